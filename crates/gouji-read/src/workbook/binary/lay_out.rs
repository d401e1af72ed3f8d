//! The records of a sheet: its layout, and its cells written anew for calamine.

use std::collections::BTreeMap;

use super::records::{Records, counted, kind, put};
use super::{MAX_COL, MAX_RANGES, MAX_ROW, warn_if_broken};
use crate::assembly::Assembly;
use crate::little_endian::u32_at;
use crate::workbook::formula::{Compiled, Layout, keeper};
use crate::workbook::sheet::{Merge, Sheet};
use crate::workbook::{MAX_CELLS, Spending};

/// Row and column of a cell.
pub(super) type Place = (u32, u32);

/// A cell that was written.
pub(super) struct Written {
    /// Index of its style.
    pub style: u32,
    /// Its formula, as written.
    pub formula: Option<String>,
}

/// A sheet as its records lay it out.
pub(super) struct Laid {
    /// The sheet, without cells.
    pub sheet: Sheet,
    /// The cells that were written, in their order.
    pub cells: Vec<Written>,
    /// The part for calamine.
    pub part: Vec<u8>,
}

fn is_cell(kind: u16) -> bool {
    (kind::BLANK..=kind::FORMULA_ERROR).contains(&kind) || kind == kind::RICH_STRING
}

/// The type under which calamine takes a cell, and how many bytes of its value belong to it.
fn cell_of(kind: u16, value: &[u8], n_strings: u32) -> Option<(u16, &[u8])> {
    let first = |n: usize| value.get(..n);
    Some(match kind {
        kind::RK => (kind, first(4)?),
        kind::ERROR | kind::FORMULA_ERROR => {
            let code = first(1)?;
            // 2.5.97.2; calamine gives up a sheet over any other.
            if !matches!(code[0], 0x00 | 0x07 | 0x0F | 0x17 | 0x1D | 0x24 | 0x2A | 0x2B) {
                return None;
            }
            (kind::ERROR, code)
        }
        kind::BOOL | kind::FORMULA_BOOL => (kind::BOOL, first(1)?),
        kind::REAL | kind::FORMULA_NUMBER => (kind::REAL, first(8)?),
        kind::STRING | kind::FORMULA_STRING => (kind::STRING, counted(value)?.0),
        kind::RICH_STRING => (kind::STRING, counted(value.get(1..)?)?.0),
        kind::SHARED if u32_at(value, 0)? < n_strings => (kind, first(4)?),
        _ => return None,
    })
}

/// The tokens of a cell's formula and what follows them (2.5.98.1), behind its value.
fn formula_of(kind: u16, value: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = match kind {
        kind::FORMULA_STRING => counted(value)?.0.len(),
        kind::FORMULA_NUMBER => 8,
        kind::FORMULA_BOOL | kind::FORMULA_ERROR => 1,
        _ => return None,
    };
    // Two bytes of flags stand between.
    let (tokens, rest) = bytes(value.get(len..)?.get(2..)?)?;
    Some((tokens, bytes(rest).map_or(&[], |(extra, _)| extra)))
}

/// Counted bytes without their count, and what follows them.
fn bytes(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = usize::try_from(u32_at(data, 0)?).ok()?;
    data.get(4..)?.split_at_checked(len)
}

/// Lays a sheet out.
pub(super) struct LayOut<'n, 'a> {
    /// Strings of the table.
    pub n_strings: u32,
    /// The name of the sheet that a formula means by a number.
    pub sheet_named: &'n dyn Fn(u16) -> Option<&'n str>,
    /// Cells written so far, of all sheets.
    pub n_cells: &'a mut usize,
    /// What the workbook has used of its limits.
    pub spending: &'a mut Spending,
}

impl LayOut<'_, '_> {
    /// The text of a formula of the cell `here`.
    fn compiled(&mut self, tokens: &[u8], here: Place) -> Option<String> {
        if !self.spending.may_look_at(tokens.len()) {
            return None;
        }
        let layout = Layout::Xlsb;
        let text = Compiled { tokens, layout, here }.text(self.sheet_named)?;
        self.spending.formula(&text)
    }

    /// Walks the records of a sheet; what is told of it in the main part is in `sheet` already.
    pub fn run(mut self, source: &[u8], mut sheet: Sheet, assembly: &mut Assembly) -> Laid {
        let mut part = Vec::new();
        put(&mut part, kind::DIMENSION, &[&[0; 16]]);
        put(&mut part, kind::BEGIN_DATA, &[]);
        let mut cells: Vec<Written> = Vec::new();
        let mut row = None;
        let mut next_col = 0u32;
        // Tokens of shared formulas by the cell that keeps them, and cells, by their index, that share them.
        let mut shared: BTreeMap<Place, &[u8]> = BTreeMap::new();
        let mut sharing: Vec<(usize, Place, Place)> = Vec::new();
        let mut last_formula = (0, 0);
        let mut records = Records::new(source);
        for (kind, data) in records.by_ref() {
            match kind {
                kind::ROW if assembly.is_late() => break,
                kind::ROW => {
                    row = u32_at(data, 0).filter(|row| *row < MAX_ROW);
                    next_col = 0;
                    let Some(row) = row else { continue };
                    put(&mut part, kind::ROW, &[&row.to_le_bytes()]);
                    // Number, style, height, two bytes of flags, of which the second has `fDyZero` (2.4.741).
                    if data.get(11).is_some_and(|flags| flags & 0x10 != 0) && sheet.hidden_rows.len() < MAX_CELLS {
                        sheet.hidden_rows.push(row);
                    }
                }
                kind::COLUMNS if data.get(16).is_some_and(|flags| flags & 1 != 0) => {
                    if let (Some(first), Some(last)) = (u32_at(data, 0), u32_at(data, 4))
                        && sheet.hidden_cols.len() < MAX_RANGES
                    {
                        sheet.hidden_cols.push((first, last.max(first)));
                    }
                }
                kind::MERGE if sheet.merges.len() < MAX_RANGES => {
                    if let [Some(top), Some(bottom), Some(left), Some(right)] = [0, 4, 8, 12].map(|at| u32_at(data, at))
                        && top <= bottom
                        && left <= right
                        && bottom < MAX_ROW
                        && right < MAX_COL
                    {
                        sheet.merges.push(Merge {
                            top,
                            left,
                            bottom,
                            right,
                        });
                    }
                }
                // A range, and the tokens (2.4.785).
                kind::SHARED_FORMULA => {
                    if let Some((tokens, _)) = data.get(16..).and_then(bytes) {
                        shared.insert(last_formula, tokens);
                    }
                }
                _ => {
                    let is_short = (kind::SHORT_FIRST..=kind::SHORT_LAST).contains(&kind);
                    let (kind, col, rest) = if is_short {
                        (kind - kind::SHORT_FIRST + kind::BLANK, Some(next_col), Some(data))
                    } else {
                        (kind, u32_at(data, 0), data.get(4..))
                    };
                    if !is_cell(kind) {
                        continue;
                    }
                    let (Some(col), Some(rest)) = (col, rest) else { continue };
                    next_col = col.saturating_add(1);
                    let Some(style) = u32_at(rest, 0) else { continue };
                    let compiled = formula_of(kind, &rest[4..]);
                    let Some((kind, value)) = cell_of(kind, &rest[4..], self.n_strings) else {
                        continue;
                    };
                    let Some(row) = row else { continue };
                    if col >= MAX_COL || *self.n_cells > MAX_CELLS {
                        continue;
                    }
                    // One more than the limit, so that it is seen to be reached.
                    *self.n_cells += 1;
                    let mut formula = None;
                    if let Some((tokens, extra)) = compiled {
                        last_formula = (row, col);
                        match keeper(tokens, extra, Layout::Xlsb) {
                            Some(keeper) => sharing.push((cells.len(), last_formula, keeper)),
                            None => formula = self.compiled(tokens, last_formula),
                        }
                    }
                    cells.push(Written {
                        // The number of the style has 24 bits (2.5.9).
                        style: style & 0x00FF_FFFF,
                        formula,
                    });
                    put(&mut part, kind, &[&col.to_le_bytes(), &rest[..4], value]);
                }
            }
        }
        put(&mut part, kind::END_DATA, &[]);
        warn_if_broken(&records, &sheet.name, assembly);
        for (at, here, keeper) in sharing {
            cells[at].formula = shared.get(&keeper).and_then(|tokens| self.compiled(tokens, here));
        }
        Laid { sheet, cells, part }
    }
}
