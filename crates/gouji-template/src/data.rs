//! Facts and tables that a template asks for.

use std::collections::BTreeMap;

use gouji_document::Document;

use crate::number::Number;
use crate::problem::{Problem, What};
use crate::raw::{self, Body, Raw};
use crate::value::Value;

/// Rows of one table; an annex of a circular has hundreds.
const MOST_ROWS: usize = 20_000;
/// Columns of one table.
const MOST_COLUMNS: usize = 200;
/// Words in the titles of columns that are never added up.
const NOT_ADDED: [&str; 8] = ["率", "%", "％", "‰", "占比", "比例", "比重", "均"];
/// Labels of rows that add up the others.
const TOTALS: [&str; 7] = ["合计", "总计", "共计", "总数", "小计", "合　计", "合 计"];

/// The figures for one circular: named facts and tables.
#[derive(Debug, Clone, Default)]
pub struct Data {
    /// By name; names of groups stand before a dot.
    pub(crate) facts: BTreeMap<String, Value>,
    pub(crate) tables: BTreeMap<String, DataTable>,
    /// Totals that are not what the rows give.
    pub(crate) warnings: Vec<Problem>,
}

/// A table of data without its total row: totals are computed.
#[derive(Debug, Clone, Default)]
pub(crate) struct DataTable {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<Value>>,
}

impl Data {
    /// Reads TOML: facts as `name = 12`, groups of them as `[group]`, tables as `[[table]]`, one entry a row, or as
    /// `table = { columns = [...], rows = [[...]] }`.
    ///
    /// # Errors
    /// If it is no TOML, or no facts and tables.
    pub fn from_toml(text: &str) -> Result<Self, Problem> {
        Self::from_raw(&raw::toml(text)?)
    }

    /// Reads JSON of the same shape.
    ///
    /// # Errors
    /// If it is no JSON, or no facts and tables.
    pub fn from_json(text: &str) -> Result<Self, Problem> {
        Self::from_raw(&raw::json(text)?)
    }

    pub(crate) fn from_raw(raw: &Raw) -> Result<Self, Problem> {
        let mut data = Self::default();
        let Body::Map(entries) = &raw.body else {
            return Err(wrong_type(raw.line, "", "table"));
        };
        for (name, value) in entries {
            data.add(name, value, true)?;
        }
        Ok(data)
    }

    fn add(&mut self, name: &str, raw: &Raw, outermost: bool) -> Result<(), Problem> {
        match &raw.body {
            Body::Map(entries) if outermost && is_grid(entries) => self.add_table(name, grid(name, entries)?, raw.line),
            Body::Map(entries) if outermost => {
                for (key, value) in entries {
                    self.add(&format!("{name}.{key}"), value, false)?;
                }
                Ok(())
            }
            Body::List(rows) if outermost => self.add_table(name, of_objects(name, rows)?, raw.line),
            Body::Map(_) | Body::List(_) => Err(Problem::at(raw.line, What::TooDeep)),
            _ => self.add_fact(name, fact(raw)?, raw.line),
        }
    }

    fn add_fact(&mut self, name: &str, value: Value, line: usize) -> Result<(), Problem> {
        let name = name.trim();
        if self.facts.insert(name.to_owned(), value).is_some() {
            return Err(Problem::at(line, What::Twice(name.to_owned())));
        }
        Ok(())
    }

    fn add_table(&mut self, name: &str, mut table: DataTable, line: usize) -> Result<(), Problem> {
        let name = name.trim();
        if table.rows.len() > MOST_ROWS || table.columns.len() > MOST_COLUMNS {
            return Err(Problem::at(
                line,
                What::TooLong {
                    limit: MOST_ROWS,
                    columns: MOST_COLUMNS,
                },
            ));
        }
        if self.tables.contains_key(name) {
            return Err(Problem::at(line, What::Twice(name.to_owned())));
        }
        self.drop_totals(name, &mut table);
        self.tables.insert(name.to_owned(), table);
        Ok(())
    }

    /// Takes the tables of a workbook, or of any document that a reader has read. `name` names a single table; several go
    /// by the names of their sheets.
    ///
    /// # Errors
    /// If a table of that name is there already, or one is too long.
    pub fn add_document(&mut self, name: &str, document: &Document) -> Result<(), Problem> {
        let circular = gouji_circular::parse(document);
        let single = circular.tables.len() == 1;
        for table in circular.tables {
            let its = match &table.sheet {
                Some(sheet) if !single => sheet.as_str(),
                _ => name,
            };
            let columns = table.header.iter().map(|t| t.split_whitespace().collect()).collect();
            let rows = table
                .rows
                .iter()
                .map(|row| row.cells.iter().map(|c| Value::cell(&c.text)).collect());
            let table = DataTable {
                columns,
                rows: rows.collect(),
            };
            self.add_table(its, table, 0)?;
        }
        Ok(())
    }

    /// Takes all that `other` holds.
    ///
    /// # Errors
    /// If a fact or table of a name is there already.
    pub fn merge(&mut self, other: Self) -> Result<(), Problem> {
        let twice = |name: String| Problem::new(What::Twice(name));
        for (name, value) in other.facts {
            if self.facts.insert(name.clone(), value).is_some() {
                return Err(twice(name));
            }
        }
        for (name, table) in other.tables {
            if self.tables.insert(name.clone(), table).is_some() {
                return Err(twice(name));
            }
        }
        self.warnings.extend(other.warnings);
        Ok(())
    }

    /// Takes the total row off the end of a table, and says where it is not what the rows give.
    fn drop_totals(&mut self, name: &str, table: &mut DataTable) {
        let is_total = |row: &Vec<Value>| {
            let first = row.iter().find(|cell| !cell.is_blank());
            matches!(first, Some(Value::Text(text)) if TOTALS.contains(&text.as_str()))
        };
        if table.rows.len() < 2 || !table.rows.last().is_some_and(is_total) {
            return;
        }
        let Some(total) = table.rows.pop() else { return };
        for (idx, column) in table.columns.iter().enumerate() {
            let Some(Value::Number(stated)) = total.get(idx) else {
                continue;
            };
            let Some(sum) = table.sum(idx) else { continue };
            let print = |number: Number| number.print(crate::number::Format::default()).unwrap_or_default();
            if !stated.percent && stated.compare(sum).is_ok_and(std::cmp::Ordering::is_ne) {
                self.warnings.push(Problem::new(What::TotalDiffers {
                    column: format!("{name}.{column}"),
                    stated: print(*stated),
                    computed: print(sum),
                }));
            }
        }
    }
}

impl DataTable {
    pub fn column(&self, name: &str) -> Option<usize> {
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        self.columns
            .iter()
            .position(|column| column == name)
            .or_else(|| self.columns.iter().position(|column| plain(column) == plain(name)))
    }

    /// The sum of a column of numbers; `None` if something else stands in it, or rates or means by its title.
    pub fn sum(&self, column: usize) -> Option<Number> {
        if NOT_ADDED.iter().any(|word| self.columns[column].contains(word)) {
            return None;
        }
        let mut sum: Option<Number> = None;
        for row in &self.rows {
            match row.get(column) {
                Some(Value::Number(number)) if !number.percent => {
                    sum = Some(match sum {
                        None => *number,
                        Some(sum) => sum.plus(*number).ok()?,
                    });
                }
                Some(cell) if !cell.is_blank() => return None,
                _ => {}
            }
        }
        sum
    }

    /// The first row whose first text is `name`.
    pub fn row(&self, name: &str) -> Option<usize> {
        self.rows.iter().position(|row| {
            let first = row.iter().find_map(|cell| match cell {
                Value::Text(text) => Some(text),
                _ => None,
            });
            first.is_some_and(|text| text == name)
        })
    }
}

fn wrong_type(line: usize, key: &str, wanted: &'static str) -> Problem {
    Problem::at(
        line,
        What::WrongType {
            key: key.to_owned(),
            wanted,
        },
    )
}

fn fact(raw: &Raw) -> Result<Value, Problem> {
    match &raw.body {
        Body::Text(text) => Ok(Value::cell(text)),
        Body::Number(text) => match Number::parse(text) {
            Some(number) => Ok(Value::Number(number)),
            None => Err(Problem::at(raw.line, What::NotANumber(text.clone()))),
        },
        Body::Bool(yes) => Ok(Value::Bool(*yes)),
        Body::Null => Ok(Value::Blank),
        Body::List(_) | Body::Map(_) => Err(Problem::at(raw.line, What::TooDeep)),
    }
}

fn is_grid(entries: &[(String, Raw)]) -> bool {
    let has = |name: &str| {
        entries
            .iter()
            .any(|(key, raw)| key == name && matches!(raw.body, Body::List(_)))
    };
    entries.len() == 2 && has("columns") && has("rows")
}

/// `{ columns = [...], rows = [[...]] }`
fn grid(name: &str, entries: &[(String, Raw)]) -> Result<DataTable, Problem> {
    let list = |wanted: &str| {
        entries.iter().find_map(|(key, raw)| match &raw.body {
            Body::List(list) if key == wanted => Some(list.as_slice()),
            _ => None,
        })
    };
    let columns = list("columns").unwrap_or_default().iter().map(|raw| match &raw.body {
        Body::Text(text) => Ok(text.trim().to_owned()),
        _ => Err(wrong_type(raw.line, "columns", "text")),
    });
    let columns: Vec<String> = columns.collect::<Result<_, _>>()?;
    let mut rows = Vec::new();
    for (idx, raw) in list("rows").unwrap_or_default().iter().enumerate() {
        let Body::List(cells) = &raw.body else {
            return Err(wrong_type(raw.line, "rows", "list"));
        };
        if cells.len() > columns.len() {
            let what = What::RaggedRow {
                table: name.to_owned(),
                row: idx + 1,
            };
            return Err(Problem::at(raw.line, what));
        }
        let mut row = cells.iter().map(fact).collect::<Result<Vec<_>, _>>()?;
        row.resize(columns.len(), Value::Blank);
        rows.push(row);
    }
    Ok(DataTable { columns, rows })
}

/// `[[name]]`: one map for each row; columns in the order in which they first come.
fn of_objects(name: &str, list: &[Raw]) -> Result<DataTable, Problem> {
    let mut table = DataTable::default();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for raw in list {
        let Body::Map(entries) = &raw.body else {
            return Err(wrong_type(raw.line, name, "table"));
        };
        let mut row = vec![Value::Blank; table.columns.len()];
        for (key, value) in entries {
            let at = *places.entry(key.trim().to_owned()).or_insert_with(|| {
                table.columns.push(key.trim().to_owned());
                table.columns.len() - 1
            });
            if row.len() <= at {
                row.resize(at + 1, Value::Blank);
            }
            row[at] = fact(value)?;
        }
        // Here already, or each row could bring columns of its own.
        if table.columns.len() > MOST_COLUMNS || table.rows.len() >= MOST_ROWS {
            return Err(Problem::at(
                raw.line,
                What::TooLong {
                    limit: MOST_ROWS,
                    columns: MOST_COLUMNS,
                },
            ));
        }
        table.rows.push(row);
    }
    let width = table.columns.len();
    for row in &mut table.rows {
        row.resize(width, Value::Blank);
    }
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_groups_and_tables() {
        let text = "\"受理\" = 132\n\"期间\" = \"三季度\"\n[\"热线\"]\n\"受理\" = 2318\n\
                    [[\"抽检\"]]\n\"单位\" = \"甲镇\"\n\"数\" = 3\n[[\"抽检\"]]\n\"单位\" = \"乙镇\"\n\"合格\" = 2\n";
        let data = Data::from_toml(text).unwrap();
        assert_eq!(data.facts.keys().collect::<Vec<_>>(), ["受理", "期间", "热线.受理"]);
        let table = &data.tables["抽检"];
        assert_eq!(table.columns, ["单位", "数", "合格"]);
        assert!(table.rows[0][2].is_blank() && table.rows[1][1].is_blank());
        let json = r#"{"受理":132,"抽检":{"columns":["单位","数"],"rows":[["甲镇",3],["乙镇"]]}}"#;
        assert_eq!(Data::from_json(json).unwrap().tables["抽检"].rows.len(), 2);
    }

    #[test]
    fn a_total_row_is_not_counted_twice() {
        let json = r#"{"表":{"columns":["单位","数"],"rows":[["甲镇",3],["乙镇",4],["合计",8]]}}"#;
        let data = Data::from_json(json).unwrap();
        assert_eq!(data.tables["表"].rows.len(), 2);
        assert_eq!(data.warnings.len(), 1);
        assert!(
            data.warnings[0].chinese().contains("为8，各行相加为7"),
            "{}",
            data.warnings[0].chinese()
        );
        // A rate is not added up.
        let rates = json.replace("数", "合格率");
        assert!(Data::from_json(&rates).unwrap().warnings.is_empty());
        let json = json.replace('8', "7");
        assert!(Data::from_json(&json).unwrap().warnings.is_empty());
    }

    #[test]
    fn what_is_no_data_is_refused() {
        for json in [
            "[]",
            "3",
            r#"{"a":{"b":{"c":1}}}"#,
            r#"{"a":[1]}"#,
            r#"{"a":1,"a":2}"#,
            r#"{"a":1e400}"#,
            r#"{"a":{"columns":["x"],"rows":[[1,2]]}}"#,
        ] {
            assert!(Data::from_json(json).is_err(), "{json}");
        }
    }
}
