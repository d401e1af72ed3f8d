//! Formulas computed anew, so that a figure that is not what its formula gives can be told.
//!
//! - Computed: numbers, cells and ranges (`$`, other sheets, whole rows and columns), `+ − × ÷ % ^`, parentheses, SUM, AVERAGE,
//!   COUNT, MAX, MIN, PRODUCT, SUMPRODUCT of ranges, SUBTOTAL of sums, means and counts, ROUND, ROUNDUP, ROUNDDOWN, ABS,
//!   IFERROR where there is no error.
//! - Left alone: everything else (other functions, names, arrays, other files, comparisons, texts, circles), formulas that name
//!   an error, and what would take too long. Nothing is said of them.
//!
//! Arithmetic is in exact fractions. A spreadsheet's own binary fractions differ from them by less than the fifteen digits that
//! it shows, which whoever compares must allow for.

mod compiled;
mod evaluate;
mod explain;
mod parse;
#[cfg(test)]
mod tests;
mod token;

use std::collections::BTreeMap;

use gouji_document::{Block, Calculation, Exact, Operation, Span, Term};
use gouji_quantity::Ratio;

use self::evaluate::{At, Cells, Content};
use self::explain::{Part, explain};
use self::parse::{Expr, parse};
use super::Spending;
use super::plain::Plain;
use super::sheet::{Sheet, Value, address};
use crate::assembly::Assembly;

pub(crate) use self::compiled::{Compiled, Layout, References, keeper};
pub(crate) use self::token::moved;

/// Terms that the formulas of one workbook may have together, a cell counted once for each formula.
const MAX_TERMS: usize = 300_000;

/// A formula with its result, before its cells have places in the text.
struct Draft {
    operation: Operation,
    parts: Vec<Part>,
    stored: Ratio,
    result: Ratio,
}

/// What the formulas of a workbook give, by place.
#[derive(Default)]
pub(crate) struct Results(BTreeMap<At, Draft>);

/// Computes the formulas of all sheets. Cells that were saved without a result get it, printed by `print` after their style; one
/// that cannot be computed is warned of.
pub(crate) fn compute(
    sheets: &mut [Sheet],
    print: &dyn Fn(u32, &Plain) -> String,
    spending: &mut Spending,
    assembly: &mut Assembly,
) -> Results {
    let mut results = Results::default();
    if sheets.iter().flat_map(|s| &s.cells).all(|c| c.formula.is_none()) {
        return results;
    }
    let mut names = BTreeMap::new();
    for (at, sheet) in sheets.iter().enumerate() {
        names.entry(sheet.name.to_lowercase()).or_insert(at);
    }
    let tree = |sheet: usize, cell: &super::sheet::SheetCell| -> Option<Expr> {
        let text = cell.formula.as_ref().filter(|_| !cell.is_array)?;
        parse(text.strip_prefix('=').unwrap_or(text), sheet, &names)
    };
    let mut waiting: Vec<(At, Option<Expr>)> = Vec::new();
    let mut cells = Cells::default();
    for (at, sheet) in sheets.iter().enumerate() {
        let mut hidden = sheet.hidden_rows.clone();
        hidden.sort_unstable();
        let contents = sheet.cells.iter().map(|cell| {
            let content = match &cell.value {
                Value::Number(number) => number.ratio().map_or(Content::Unknown, Content::Number),
                Value::Text => Content::Other,
                Value::Error => Content::Unknown,
                Value::Missing => {
                    waiting.push(((at, cell.row, cell.col), tree(at, cell)));
                    Content::Waiting(waiting.len() - 1)
                }
            };
            (cell.row, cell.col, content)
        });
        cells.add_sheet(hidden, contents);
    }
    for (at, sheet) in sheets.iter().enumerate() {
        let subtotal = |f: &String| f.to_ascii_uppercase().contains("SUBTOTAL");
        for cell in sheet.cells.iter().filter(|c| c.formula.as_ref().is_some_and(subtotal)) {
            cells.mark_subtotal((at, cell.row, cell.col));
        }
    }
    cells.settle(&waiting);
    drop(waiting);
    let mut n_terms = 0;
    for (at, sheet) in sheets.iter_mut().enumerate() {
        let name = &sheet.name;
        for cell in sheet.cells.iter_mut().filter(|c| c.formula.is_some()) {
            if assembly.is_late() {
                return results;
            }
            let here = (at, cell.row, cell.col);
            let stored = match &cell.value {
                Value::Number(stored) => stored.ratio(),
                Value::Text | Value::Error => None,
                Value::Missing => {
                    let value = match cells.content(here) {
                        Some(Content::Number(value)) => Plain::of(value).map(|number| (value, number)),
                        _ => None,
                    };
                    match &value {
                        Some((_, number)) => cell.text = print(cell.style, number),
                        None => {
                            let place = format!("{name}!{}", address(cell.row, cell.col));
                            spending.formula_without_value(&place, assembly);
                        }
                    }
                    // What is shown is what was computed, which agrees with itself.
                    value.map(|(value, _)| value)
                }
            };
            let Some((stored, expr)) = stored.zip(tree(at, cell)) else {
                continue;
            };
            let draft = explain(&mut cells, &expr).and_then(|(operation, parts)| {
                Some(Draft {
                    operation,
                    parts,
                    stored,
                    result: cells.value(&expr)?,
                })
            });
            if let Some(draft) = draft {
                n_terms += draft.parts.len();
                if n_terms <= MAX_TERMS {
                    results.0.insert(here, draft);
                }
            }
        }
    }
    results
}

impl Results {
    /// Gives the cells of the document their calculations. `first_blocks` tells at which block each sheet begins.
    pub fn attach(self, first_blocks: &[usize], assembly: &mut Assembly) {
        if self.0.is_empty() {
            return;
        }
        let blocks = assembly.blocks_mut();
        let places = Places::of(blocks, first_blocks);
        for (at, draft) in self.0 {
            let Some(here) = places.get(at) else { continue };
            let Some(Block::Table(grid)) = blocks.get_mut(here.block) else {
                continue;
            };
            let term = |part: &Part| Term {
                value: exact(part.value),
                span: part.cell.and_then(|cell| places.get(cell)).map(|place| place.span),
            };
            grid.cells[here.idx].calculation = Some(Box::new(Calculation {
                operation: draft.operation,
                terms: draft.parts.iter().map(term).collect(),
                stored: exact(draft.stored),
                result: exact(draft.result),
            }));
        }
    }
}

/// Where the cells of a workbook stand in the document.
struct Places {
    /// Sheet and row, ascending, each with the first of its cells.
    rows: Vec<((usize, u32), usize)>,
    /// Row by row.
    cells: Vec<Placed>,
}

/// A cell in the document.
struct Placed {
    at: At,
    span: Span,
    /// Its table, and its number among the cells of that.
    block: usize,
    idx: usize,
}

impl Places {
    /// The cells of all tables that show something. `first_blocks` tells at which block each sheet begins.
    fn of(blocks: &[Block], first_blocks: &[usize]) -> Self {
        let mut cells = Vec::new();
        for (block, grid) in blocks.iter().enumerate() {
            let Block::Table(grid) = grid else { continue };
            let sheet = first_blocks.partition_point(|first| *first <= block).saturating_sub(1);
            // A grid keeps its cells as far apart as they are in the sheet, so that one address tells all others.
            let Some((at, first)) = grid.cells.iter().find_map(|cell| Some((cell.address?, cell))) else {
                continue;
            };
            let shifted =
                |at: u32, by: usize, first: usize| u32::try_from(at as usize + by - first).unwrap_or(u32::MAX);
            let shown = grid.cells.iter().enumerate();
            let shown = shown.filter(|(_, cell)| !cell.span.is_empty() && cell.address.is_some());
            cells.extend(shown.map(|(idx, cell)| Placed {
                at: (
                    sheet,
                    shifted(at.row, cell.row, first.row),
                    shifted(at.col, cell.col, first.col),
                ),
                span: cell.span,
                block,
                idx,
            }));
        }
        // Tables side by side come one after the other.
        cells.sort_by_key(|cell| cell.at);
        let mut rows: Vec<((usize, u32), usize)> = Vec::new();
        for (idx, cell) in cells.iter().enumerate() {
            let row = (cell.at.0, cell.at.1);
            if rows.last().is_none_or(|last| last.0 != row) {
                rows.push((row, idx));
            }
        }
        Self { rows, cells }
    }

    fn get(&self, at: At) -> Option<&Placed> {
        let wanted = (at.0, at.1);
        // Mostly the first sheet has no gap either.
        let (sheet, first) = self.rows.first()?.0;
        let near =
            at.1.checked_sub(first)
                .filter(|_| sheet == at.0)
                .map(|near| near as usize);
        let row = match near.filter(|near| self.rows.get(*near).is_some_and(|row| row.0 == wanted)) {
            Some(near) => near,
            None => self.rows.binary_search_by_key(&wanted, |row| row.0).ok()?,
        };
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |next| next.1);
        let cells = &self.cells[self.rows[row].1..end];
        // Mostly a row has no gap, and a column of thousands of cells is looked up one by one.
        let col = at.2.checked_sub(cells.first()?.at.2)? as usize;
        if let Some(cell) = cells.get(col).filter(|cell| cell.at == at) {
            return Some(cell);
        }
        let found = cells.binary_search_by_key(&at, |cell| cell.at).ok()?;
        Some(&cells[found])
    }
}

fn exact(value: Ratio) -> Exact {
    let value = value.reduced();
    Exact {
        num: value.num(),
        den: value.den(),
    }
}
