//! What expressions give over the data.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::BTreeSet;

use crate::data::{Data, DataTable};
use crate::expression::{Expression, Operator};
use crate::functions;
use crate::number::Number;
use crate::problem::What;
use crate::value::Value;

/// Cells that all placeholders of a template may look at; real ones look at some thousand.
const MOST_STEPS: usize = 20_000_000;
/// The name under which the figures of the period before stand (上期).
const BEFORE: [&str; 2] = ["上期", "last"];
/// The name of a row's number.
pub(crate) const ORDINAL: [&str; 2] = ["序号", "number"];

/// The data, and what has been asked of it.
pub(crate) struct Figures<'a> {
    pub data: &'a Data,
    pub before: Option<&'a Data>,
    used: RefCell<BTreeSet<String>>,
    steps: Cell<usize>,
}

/// Where a name is looked up first: a row of a table, or its totals.
#[derive(Clone, Copy)]
pub(crate) enum Row<'a> {
    /// In the text.
    None,
    /// A data row, with its number from 1.
    Data {
        table: &'a DataTable,
        row: usize,
        number: usize,
    },
    /// The totals of the rows that a table shows.
    Totals(&'a DataTable),
}

impl<'a> Figures<'a> {
    pub fn new(data: &'a Data, before: Option<&'a Data>) -> Self {
        Self {
            data,
            before,
            used: RefCell::default(),
            steps: Cell::new(0),
        }
    }

    /// Facts and tables that nothing has asked for, in order.
    pub fn unused(&self) -> Vec<String> {
        let used = self.used.borrow();
        let names = self.data.facts.keys().chain(self.data.tables.keys());
        names.filter(|name| !used.contains(*name)).cloned().collect()
    }

    /// A table of the data.
    pub fn table(&self, name: &str) -> Result<&'a DataTable, What> {
        let table = self.data.tables.get(name).ok_or_else(|| missing(self.data, name))?;
        self.used.borrow_mut().insert(name.to_owned());
        Ok(table)
    }

    pub fn spend(&self, steps: usize) -> Result<(), What> {
        let spent = self.steps.get().saturating_add(steps);
        self.steps.set(spent);
        if spent > MOST_STEPS { Err(What::TooMuch) } else { Ok(()) }
    }

    /// The value of an expression.
    pub fn value(&self, expression: &Expression, row: Row<'a>) -> Result<Value, What> {
        self.spend(1)?;
        match expression {
            Expression::Number(number) => Ok(Value::Number(*number)),
            Expression::Text(text) => Ok(Value::Text(text.clone())),
            Expression::Name(parts) => self.name(parts, row),
            Expression::Minus(inner) => {
                let zero = Value::Number(Number::whole(0));
                self.both(Operator::Minus, &zero, &self.value(inner, row)?)
            }
            Expression::Both(operator, a, b) => self.both(*operator, &self.value(a, row)?, &self.value(b, row)?),
            Expression::Call(name, arguments) => {
                // Only the branch that is taken is computed: the other may divide by nothing.
                if let [condition, yes, no] = arguments.as_slice()
                    && functions::is_choice(name)
                {
                    let branch = if self.value(condition, row)?.condition()? {
                        yes
                    } else {
                        no
                    };
                    return self.value(branch, row);
                }
                let values = arguments.iter().map(|argument| self.value(argument, row));
                let values = values.collect::<Result<Vec<_>, _>>()?;
                self.spend(values.iter().map(size).sum())?;
                functions::call(name, values)
            }
        }
    }

    fn name(&self, parts: &[String], row: Row<'a>) -> Result<Value, What> {
        if let [name] = parts {
            match row {
                Row::Data { table, row, number } => {
                    if let Some(column) = table.column(name) {
                        return Ok(table.rows[row].get(column).cloned().unwrap_or(Value::Blank));
                    }
                    if ORDINAL.contains(&name.as_str()) {
                        return Ok(Value::Number(Number::whole(number)));
                    }
                }
                Row::Totals(table) => {
                    if let Some(column) = table.column(name) {
                        self.spend(table.rows.len())?;
                        return Ok(table.sum(column).map_or(Value::Blank, Value::Number));
                    }
                    if ORDINAL.contains(&name.as_str()) {
                        return Ok(Value::Blank);
                    }
                }
                Row::None => {}
            }
        }
        let (data, parts, now) = match parts.split_first() {
            Some((first, rest)) if BEFORE.contains(&first.as_str()) && !rest.is_empty() => match self.before {
                Some(before) => (before, rest, false),
                None => return Err(missing(self.data, &parts.join("."))),
            },
            _ => (self.data, parts, true),
        };
        let (found, key) = self.find(data, parts)?;
        if now {
            self.used.borrow_mut().insert(key);
        }
        Ok(found)
    }

    /// A fact, a table, a column, a cell by its row's name; with the fact or table that was asked for.
    fn find(&self, data: &'a Data, parts: &[String]) -> Result<(Value, String), What> {
        let whole = parts.join(".");
        if let Some(fact) = data.facts.get(&whole) {
            return Ok((fact.clone(), whole));
        }
        let table = parts.first().and_then(|name| data.tables.get(name));
        let Some(table) = table else {
            return Err(missing(data, &whole));
        };
        let key = parts[0].clone();
        let cell = |row: &str, column: usize| {
            self.spend(table.rows.len())?;
            let row = table.row(row).ok_or_else(|| missing(data, &whole))?;
            Ok(table.rows[row].get(column).cloned().unwrap_or(Value::Blank))
        };
        let value = match &parts[1..] {
            [] => Value::Table(table.rows.len()),
            [column] if let Some(column) = table.column(column) => {
                self.spend(table.rows.len())?;
                let cells = table
                    .rows
                    .iter()
                    .map(|row| row.get(column).cloned().unwrap_or(Value::Blank));
                Value::Column(cells.collect())
            }
            // A table of two columns is a list of names and figures.
            [row] if table.columns.len() == 2 => cell(row, 1)?,
            [row, column] => {
                let column = table.column(column).ok_or_else(|| missing(data, &whole))?;
                cell(row, column)?
            }
            _ => return Err(missing(data, &whole)),
        };
        Ok((value, key))
    }

    /// An operator; a column with a single value, or with another column, works row by row.
    fn both(&self, operator: Operator, a: &Value, b: &Value) -> Result<Value, What> {
        match (a, b) {
            (Value::Column(a), Value::Column(b)) => {
                if a.len() != b.len() {
                    return Err(What::Lengths);
                }
                self.spend(a.len())?;
                let rows = a.iter().zip(b).map(|(a, b)| single(operator, a, b));
                Ok(Value::Column(rows.collect::<Result<_, _>>()?))
            }
            (Value::Column(a), b) => {
                self.spend(a.len())?;
                Ok(Value::Column(
                    a.iter().map(|a| single(operator, a, b)).collect::<Result<_, _>>()?,
                ))
            }
            (a, Value::Column(b)) => {
                self.spend(b.len())?;
                Ok(Value::Column(
                    b.iter().map(|b| single(operator, a, b)).collect::<Result<_, _>>()?,
                ))
            }
            (a, b) => single(operator, a, b),
        }
    }
}

fn size(value: &Value) -> usize {
    match value {
        Value::Column(cells) => cells.len(),
        _ => 1,
    }
}

fn single(operator: Operator, a: &Value, b: &Value) -> Result<Value, What> {
    let numbers = || Ok::<_, What>((a.number()?, b.number()?));
    let calculated = |result: Result<Number, What>| result.map(Value::Number);
    match operator {
        // What cannot be counted stays blank in the calculations of a row.
        Operator::Plus | Operator::Minus | Operator::Times | Operator::Over if a.is_blank() || b.is_blank() => {
            Ok(Value::Blank)
        }
        Operator::Plus => numbers().and_then(|(a, b)| calculated(a.plus(b))),
        Operator::Minus => numbers().and_then(|(a, b)| calculated(a.minus(b))),
        Operator::Times => numbers().and_then(|(a, b)| calculated(a.times(b))),
        Operator::Over => numbers().and_then(|(a, b)| calculated(a.over(b))),
        Operator::And => Ok(Value::Bool(a.condition()? && b.condition()?)),
        Operator::Or => Ok(Value::Bool(a.condition()? || b.condition()?)),
        Operator::Equal => equal(a, b).map(Value::Bool),
        Operator::Unequal => equal(a, b).map(|equal| Value::Bool(!equal)),
        Operator::Less => ordered(a, b, Ordering::is_lt),
        Operator::AtMost => ordered(a, b, Ordering::is_le),
        Operator::Greater => ordered(a, b, Ordering::is_gt),
        Operator::AtLeast => ordered(a, b, Ordering::is_ge),
    }
}

fn equal(a: &Value, b: &Value) -> Result<bool, What> {
    Ok(match (a, b) {
        (Value::Number(a), Value::Number(b)) => a.compare(*b)?.is_eq(),
        (Value::Text(a), Value::Text(b)) => a == b,
        (Value::Bool(a), Value::Bool(b)) => a == b,
        (Value::Blank, Value::Blank) => true,
        (Value::Blank, Value::Text(text)) | (Value::Text(text), Value::Blank) => text.is_empty(),
        _ => false,
    })
}

/// A blank is neither more nor less than a number.
fn ordered(a: &Value, b: &Value, holds: fn(Ordering) -> bool) -> Result<Value, What> {
    if a.is_blank() || b.is_blank() {
        return Ok(Value::Bool(false));
    }
    Ok(Value::Bool(holds(a.number()?.compare(b.number()?)?)))
}

/// Names of the data that look like one that it does not have, at most three.
fn missing(data: &Data, name: &str) -> What {
    let last = name.rsplit('.').next().unwrap_or(name);
    let columns = data
        .tables
        .iter()
        .flat_map(|(table, t)| t.columns.iter().map(move |column| format!("{table}.{column}")));
    let known = data
        .facts
        .keys()
        .cloned()
        .chain(data.tables.keys().cloned())
        .chain(columns);
    let alike = known.filter(|known| {
        let its = known.rsplit('.').next().unwrap_or(known);
        !its.is_empty() && (its.contains(last) || last.contains(its) || one_off(its, last))
    });
    What::Missing {
        name: name.to_owned(),
        like: alike.take(3).collect(),
    }
}

/// Equal but for one character.
fn one_off(a: &str, b: &str) -> bool {
    a.chars().count() > 1
        && a.chars().count() == b.chars().count()
        && a.chars().zip(b.chars()).filter(|(a, b)| a != b).count() == 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expression::parse;
    use crate::number::Format;

    fn data() -> Data {
        Data::from_json(
            r#"{"受理":132,"办结":129,"热线":{"受理":2318},
                "类别":{"columns":["名称","件数"],"rows":[["咨询类",318],["求助类",593],["投诉类",276]]},
                "抽检":{"columns":["单位","类型","数","合格（个）"],
                        "rows":[["甲镇","乡镇",4,3],["乙局","部门",6,6],["丙镇","乡镇",5,""]]}}"#,
        )
        .unwrap()
    }

    fn show(text: &str) -> Result<String, What> {
        let (data, before) = (data(), Data::from_json(r#"{"受理":120}"#).unwrap());
        let figures = Figures::new(&data, Some(&before));
        figures.value(&parse(text)?, Row::None)?.print(Format::default())
    }

    #[test]
    fn names_reach_facts_columns_and_cells() {
        for (text, shown) in [
            ("受理 - 办结", "3"),
            ("热线.受理", "2318"),
            ("受理 - 上期.受理", "12"),
            ("类别.求助类", "593"),
            ("抽检.乙局.数", "6"),
            ("合计(抽检.[合格（个）])", "9"),
            ("合计(抽检.数, 抽检.类型 = “乡镇”)", "9"),
            ("个数(抽检, 抽检.数 > 4)", "2"),
        ] {
            assert_eq!(show(text).unwrap(), shown, "{text}");
        }
    }

    #[test]
    fn what_is_missing_is_named_with_what_looks_like_it() {
        let Err(What::Missing { name, like }) = show("热线.受里") else {
            panic!()
        };
        assert_eq!(name, "热线.受里");
        assert!(like.contains(&"热线.受理".to_owned()));
        assert!(matches!(show("类别.件数"), Err(What::NotOne(_))));
        assert!(matches!(show("受理 + 类别"), Err(What::NotOne(_))));
        assert!(matches!(show("抽检.数 + 类别.件数"), Err(What::NotOne(_))));
        assert!(matches!(show("合计(抽检.单位)"), Err(What::NotANumber(_))));
    }

    #[test]
    fn what_nothing_asks_for_is_known() {
        let data = data();
        let figures = Figures::new(&data, None);
        figures
            .value(&parse("受理 + 合计(类别.件数)").unwrap(), Row::None)
            .unwrap();
        assert_eq!(figures.unused(), ["办结", "热线.受理", "抽检"]);
    }

    #[test]
    fn only_the_branch_that_is_taken_is_computed() {
        assert_eq!(show("若(办结 > 0, 占比(办结, 受理, 1), 0)").unwrap(), "97.7%");
        assert_eq!(show("若(受理 = 0, 1 / 0, “无”)").unwrap(), "无");
    }
}
