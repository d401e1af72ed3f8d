//! Tables that a template describes: their columns, their total row, their order.

use gouji_circular::{Cell, Row as CircularRow, Table};
use gouji_document::Text;

use crate::data::DataTable;
use crate::eval::{Figures, Row};
use crate::expression::{Expression, parse};
use crate::fill::Line;
use crate::functions::sorted;
use crate::number::{Format, Number};
use crate::problem::{Problem, What};
use crate::value::Value;

/// A table of the template.
#[derive(Debug, Clone)]
pub(crate) struct TableSpec {
    pub name: String,
    pub line: usize,
    /// The table of the data.
    pub data: String,
    pub caption: Option<Line>,
    pub unit: Option<Line>,
    /// Empty: all columns of the data.
    pub columns: Vec<ColumnSpec>,
    /// Which rows.
    pub condition: Option<Expression>,
    /// By which number, and whether the greatest stands first.
    pub sort: Option<(Expression, bool)>,
    /// The label of the total row.
    pub total: Option<String>,
    pub notes: Vec<Line>,
}

/// Columns that number the rows and are never added up.
const ORDINALS: [&str; 5] = ["序号", "名次", "排名", "位次", "编号"];

/// A column: a title and what stands under it.
#[derive(Debug, Clone)]
pub(crate) struct ColumnSpec {
    pub title: String,
    pub line: usize,
    pub value: Expression,
    /// As written, for messages.
    pub source: String,
    pub format: Format,
    /// Whether the total row has a value here.
    pub total: bool,
}

impl ColumnSpec {
    /// A column of the data under its own name.
    pub fn plain(name: &str, line: usize) -> Self {
        Self {
            title: name.to_owned(),
            line,
            value: Expression::Name(vec![name.to_owned()]),
            source: name.to_owned(),
            format: Format::default(),
            total: !ORDINALS.contains(&name),
        }
    }

    /// A column with an expression, and perhaps a format behind a bar.
    pub fn computed(title: &str, value: &str, total: bool, line: usize) -> Result<Self, Problem> {
        let placeholder = Line::parse(&format!("{{{value}}}"), line)?;
        let [crate::fill::Piece::Placeholder(placeholder)] = placeholder.pieces.as_slice() else {
            return Err(Problem::at(line, What::Unexpected(value.chars().take(12).collect())));
        };
        Ok(Self {
            title: title.to_owned(),
            line,
            value: placeholder.expression.clone(),
            source: value.to_owned(),
            format: placeholder.format,
            total,
        })
    }
}

/// A condition or an order, as the template writes it.
pub(crate) fn expression(text: &str, line: usize) -> Result<Expression, Problem> {
    parse(text).map_err(|what| Problem::at(line, what).within(text))
}

/// What a rate of nothing shows in a table.
const NOTHING: &str = "—";

impl TableSpec {
    /// The table with its rows and totals.
    pub fn make(&self, figures: &Figures<'_>) -> Result<Table, Problem> {
        let fail = |what: What| Problem::at(self.line, what);
        let data = figures.table(&self.data).map_err(fail)?;
        // Rows borrow the table that they are chosen from: totals are those of the rows that are shown.
        let shown = self.chosen(figures, data)?;
        let plain: Vec<ColumnSpec>;
        let columns = if self.columns.is_empty() {
            plain = data
                .columns
                .iter()
                .map(|name| ColumnSpec::plain(name, self.line))
                .collect();
            &plain
        } else {
            &self.columns
        };
        let mut rows = Vec::with_capacity(shown.rows.len() + 1);
        for row in 0..shown.rows.len() {
            let scope = Scope(&shown);
            let cells = columns.iter().map(|column| scope.cell(column, figures, Some(row)));
            rows.push(cells.collect::<Result<Vec<_>, _>>()?);
        }
        if let Some(label) = &self.total {
            let scope = Scope(&shown);
            let cells = columns.iter().map(|column| {
                if column.total {
                    scope.cell(column, figures, None)
                } else {
                    Ok(String::new())
                }
            });
            let mut cells = cells.collect::<Result<Vec<_>, _>>()?;
            let labelled = cells.iter().position(String::is_empty).unwrap_or(0);
            if let Some(cell) = cells.get_mut(labelled) {
                cell.clone_from(label);
            }
            rows.push(cells);
        }
        let row = |cells: Vec<String>| CircularRow {
            cells: cells.into_iter().map(cell).collect(),
            hidden: false,
        };
        let text = |line: &Option<Line>| line.as_ref().map(|line| line.fill(figures, Row::None)).transpose();
        let notes = self.notes.iter().map(|note| note.fill(figures, Row::None));
        Ok(Table {
            caption: text(&self.caption)?.map(Text::synthetic),
            unit_line: text(&self.unit)?.map(Text::synthetic),
            header: columns.iter().map(|column| Text::synthetic(&column.title)).collect(),
            rows: rows.into_iter().map(row).collect(),
            notes: notes.map(|note| note.map(Text::synthetic)).collect::<Result<_, _>>()?,
            panels: 1,
            ..Table::default()
        })
    }

    /// The rows that are shown, in their order.
    fn chosen(&self, figures: &Figures<'_>, data: &DataTable) -> Result<DataTable, Problem> {
        let fail = |what: What| Problem::at(self.line, what);
        let mut kept: Vec<(usize, Number)> = Vec::new();
        for row in 0..data.rows.len() {
            let scope = Scope(data);
            let value = |expression| scope.value(expression, figures, Some(row)).map_err(fail);
            if let Some(condition) = &self.condition
                && !value(condition)?.condition().map_err(fail)?
            {
                continue;
            }
            let by = match &self.sort {
                Some((expression, _)) => value(expression)?.number().map_err(fail)?,
                None => Number::whole(0),
            };
            kept.push((row, by));
        }
        if let Some((_, greatest_first)) = &self.sort {
            kept = sorted(kept, *greatest_first).map_err(fail)?;
        }
        Ok(DataTable {
            columns: data.columns.clone(),
            rows: kept.into_iter().map(|(row, _)| data.rows[row].clone()).collect(),
        })
    }
}

fn cell(text: String) -> Cell {
    Cell {
        text: Text::synthetic(text),
        ..Cell::default()
    }
}

/// The rows that names in a table's expressions stand for.
struct Scope<'t>(&'t DataTable);

impl Scope<'_> {
    /// The value in a row, or in the total row.
    fn value(&self, expression: &Expression, figures: &Figures<'_>, row: Option<usize>) -> Result<Value, What> {
        let scope = match row {
            Some(row) => Row::Data {
                table: self.0,
                row,
                number: row + 1,
            },
            None => Row::Totals(self.0),
        };
        figures.value(expression, scope)
    }

    fn cell(&self, column: &ColumnSpec, figures: &Figures<'_>, row: Option<usize>) -> Result<String, Problem> {
        let shown = match self.value(&column.value, figures, row) {
            Err(What::ZeroBase) => Ok(NOTHING.to_owned()),
            Ok(value) => value.print(column.format),
            Err(what) => Err(what),
        };
        shown.map_err(|what| Problem::at(column.line, what).within(&column.source))
    }
}
