//! Workbooks of binary parts (`.xlsb`; MS-XLSB).
//!
//! One walk over the records takes layout and number formats and writes strings and cells anew (see [`super::rebuilt`]);
//! `calamine` decodes those. It only tells dates from other numbers, so a cell's format code is applied here.
//!
//! - Handled: strings, numbers as printed, booleans, errors, merged ranges, hidden sheets, rows and columns, both date
//!   systems; formulas, those of a shared group written out for each cell (computed by [`super::formula`]).
//! - Ignored: comments, charts, styles.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Reader as _, Xlsb};
use encoding_rs::UTF_16LE;
use gouji_document::WarningKind;

use super::formula::{Compiled, Layout, References, keeper};
use super::number_format::NumberFormat;
use super::plain::Plain;
use super::sheet::{Merge, Sheet, SheetCell, Value, address};
use super::{MAX_CELLS, Spending, rebuilt};
use crate::ReadError;
use crate::assembly::Assembly;
use crate::package::Package;
use crate::relationships::{self, Relationships, target_of};

/// Rows and columns of a sheet.
const MAX_ROW: u32 = 1_048_576;
const MAX_COL: u32 = 16_384;
/// Merged ranges, and ranges of hidden columns, of one sheet.
const MAX_RANGES: usize = 100_000;

/// Record types (MS-XLSB 2.3.2) that are read or written.
pub(super) mod kind {
    pub const ROW: u16 = 0;
    pub const BLANK: u16 = 1;
    pub const RK: u16 = 2;
    pub const ERROR: u16 = 3;
    pub const BOOL: u16 = 4;
    pub const REAL: u16 = 5;
    pub const STRING: u16 = 6;
    pub const SHARED: u16 = 7;
    pub const FORMULA_STRING: u16 = 8;
    pub const FORMULA_NUMBER: u16 = 9;
    pub const FORMULA_BOOL: u16 = 10;
    pub const FORMULA_ERROR: u16 = 11;
    /// Cells without a column, in the order of the types from a blank cell to [`SHARED`]: they stand right of the cell
    /// before. No part of the standard, but programs write them.
    pub const SHORT_FIRST: u16 = 12;
    pub const SHORT_LAST: u16 = 18;
    pub const STRING_ITEM: u16 = 19;
    pub const FORMAT: u16 = 44;
    pub const STYLE: u16 = 47;
    pub const COLUMNS: u16 = 60;
    pub const RICH_STRING: u16 = 62;
    pub const BEGIN_DATA: u16 = 145;
    pub const END_DATA: u16 = 146;
    pub const END_SHEETS: u16 = 144;
    pub const DIMENSION: u16 = 148;
    pub const BOOK: u16 = 153;
    pub const SHEET: u16 = 156;
    pub const CALCULATION: u16 = 157;
    pub const BEGIN_STRINGS: u16 = 159;
    pub const MERGE: u16 = 176;
    pub const OTHER_BOOK: u16 = 355;
    pub const OWN_BOOK: u16 = 357;
    pub const SAME_SHEET: u16 = 358;
    pub const EXTERN_SHEETS: u16 = 362;
    pub const SHARED_FORMULA: u16 = 427;
    pub const BEGIN_STYLES: u16 = 617;
    pub const END_STYLES: u16 = 618;
    pub const ADD_IN: u16 = 667;
}

/// The records of a part, up to the first that is cut off.
struct Records<'a> {
    rest: &'a [u8],
    /// What is left is no record.
    broken: bool,
}

impl<'a> Records<'a> {
    fn new(part: &'a [u8]) -> Self {
        let broken = false;
        Self { rest: part, broken }
    }

    /// Type and length take seven bits a byte (2.1.4).
    fn header(&mut self) -> Option<(u16, usize)> {
        let mut byte = || {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            Some(*first)
        };
        let low = byte()?;
        let mut kind = u16::from(low);
        if low & 0x80 != 0 {
            kind = u16::from(low & 0x7F) | u16::from(byte()? & 0x7F) << 7;
        }
        let mut len = 0;
        for at in 0..4 {
            let part = byte()?;
            len |= usize::from(part & 0x7F) << (7 * at);
            if part & 0x80 == 0 {
                break;
            }
        }
        Some((kind, len))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let found = self
            .header()
            .and_then(|(kind, len)| self.rest.split_at_checked(len).map(|split| (kind, split)));
        let Some((kind, (data, rest))) = found else {
            self.broken = true;
            self.rest = &[];
            return None;
        };
        self.rest = rest;
        Some((kind, data))
    }
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*bytes))
}

fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*bytes))
}

/// A counted string with its count, and what follows it (2.5.168).
fn counted(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = usize::try_from(u32_at(data, 0)?).ok()?;
    data.split_at_checked(len.checked_mul(2)?.checked_add(4)?)
}

fn text(counted: &[u8]) -> String {
    UTF_16LE.decode_without_bom_handling(&counted[4..]).0.into_owned()
}

/// Appends a record.
pub(super) fn put(out: &mut Vec<u8>, kind: u16, data: &[&[u8]]) {
    let [low, high] = [kind & 0x7F, kind >> 7].map(|n| u8::try_from(n).unwrap_or(0));
    if high == 0 {
        out.push(low);
    } else {
        out.extend([low | 0x80, high]);
    }
    let mut len = data.iter().map(|d| d.len()).sum::<usize>();
    loop {
        let part = (len & 0x7F) as u8;
        len >>= 7;
        if len == 0 {
            out.push(part);
            break;
        }
        out.push(part | 0x80);
    }
    for part in data {
        out.extend_from_slice(part);
    }
}

/// A counted string.
pub(super) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut out = u32::try_from(units.len() / 2).unwrap_or(0).to_le_bytes().to_vec();
    out.extend(units);
    out
}

/// Row and column of a cell.
type Place = (u32, u32);

/// A cell that was written.
struct Written {
    style: usize,
    formula: Option<String>,
}

/// A sheet as its records lay it out.
struct Laid {
    sheet: Sheet,
    /// The cells that were written, in their order.
    cells: Vec<Written>,
    part: Vec<u8>,
}

/// What the main part says.
#[derive(Default)]
struct Workbook {
    /// All sheets in order, each with the id of its part.
    listed: Vec<(Sheet, String)>,
    since_1904: bool,
    references: References,
}

/// Reads all sheets into `assembly`.
pub(super) fn read(mut package: Package<'_>, assembly: &mut Assembly) -> Result<(), ReadError> {
    let top = relationships::of_part(&mut package, "");
    let main = target_of(&top, "officeDocument")
        .unwrap_or("xl/workbook.bin")
        .to_owned();
    let Some(book) = package.read_named(&main) else {
        return Err(ReadError::MissingPart { part: main });
    };
    let Workbook {
        listed,
        since_1904,
        references,
    } = workbook(&book?, &main, assembly);
    let names: Vec<String> = listed.iter().map(|(sheet, _)| sheet.name.clone()).collect();
    let sheet_named = |at: u16| names.get(references.sheet(at)?).map(String::as_str);
    let related = relationships::of_part(&mut package, &main);
    let mut support = |kind| part(&mut package, target_of(&related, kind), assembly);
    let (n_strings, strings) = strings(&support("sharedStrings"));
    let (formats, styles) = formats(&support("styles"));
    let mut laid = Vec::new();
    let mut n_cells = 0;
    let mut spending = Spending::default();
    for (sheet, id) in listed {
        let target = worksheet(&related, &id);
        if target.is_none() {
            continue;
        }
        let source = part(&mut package, target, assembly);
        let layout = LayOut {
            n_strings,
            sheet_named: &sheet_named,
            n_cells: &mut n_cells,
            spending: &mut spending,
        };
        laid.push(layout.run(&source, sheet, assembly));
    }
    let mut book = open(&mut laid, strings)?;
    let mut sheets = Vec::with_capacity(laid.len());
    for (at, laid) in laid.into_iter().enumerate() {
        let mut sheet = laid.sheet;
        let mut cells = book
            .worksheet_cells_reader(&at.to_string())
            .map_err(|_| rebuilt::REFUSED)?;
        // Cells come in the order in which they were written.
        for Written { style, formula } in laid.cells {
            let Some(cell) = cells.next_cell().map_err(|_| rebuilt::REFUSED)? else {
                break;
            };
            let (row, col) = cell.get_position();
            let format = styles.get(style).or(styles.first()).and_then(|id| formats.get(id));
            let as_text = |text: &str| format.map_or_else(|| text.to_owned(), |f| f.text(text));
            let mut held = Value::Text;
            let shown = match cell.get_value() {
                DataRef::String(text) => as_text(text),
                DataRef::SharedString(text) => as_text(text),
                DataRef::Bool(true) => "TRUE".to_owned(),
                DataRef::Bool(false) => "FALSE".to_owned(),
                DataRef::Error(error) => {
                    held = Value::Error;
                    error.to_string()
                }
                value => {
                    let stored = Data::from(value.clone()).to_string();
                    match Plain::parse(&stored) {
                        Some(number) => {
                            let printed = match format {
                                Some(format) => {
                                    let printed = format.number(&number, since_1904);
                                    if !printed.known {
                                        let place = format!("{}!{}", sheet.name, address(row, col));
                                        spending.unknown_format(format.code.clone(), &place, assembly);
                                    }
                                    printed.text
                                }
                                None => number.general(),
                            };
                            held = Value::Number(number);
                            printed
                        }
                        None => stored,
                    }
                }
            };
            if shown.trim().is_empty() && !matches!(held, Value::Number(_)) {
                continue;
            }
            if !spending.take(shown.len(), &sheet.name, assembly) {
                break;
            }
            sheet.cells.push(SheetCell {
                row,
                col,
                text: shown,
                formula,
                value: held,
                style: u32::try_from(style).unwrap_or(0),
                ..SheetCell::default()
            });
        }
        sheets.push(sheet);
    }
    let print = |style: u32, number: &Plain| {
        let id = styles.get(style as usize).or(styles.first());
        match id.and_then(|id| formats.get(id)) {
            Some(format) => format.number(number, since_1904).text,
            None => number.general(),
        }
    };
    super::lower(sheets, &print, &mut spending, assembly);
    Ok(())
}

fn worksheet<'r>(related: &'r Relationships, id: &str) -> Option<&'r str> {
    related
        .get(id)
        .filter(|r| r.kind == "worksheet" && !r.target.is_empty())
        .map(|r| r.target.as_str())
}

/// A part's bytes; none, with a warning, if it cannot be unpacked.
fn part(package: &mut Package<'_>, target: Option<&str>, assembly: &mut Assembly) -> Vec<u8> {
    let Some(target) = target else { return Vec::new() };
    match package.read_named(target) {
        Some(Ok(bytes)) => bytes,
        Some(Err(error)) => {
            let reason = error.to_string();
            assembly.warn(WarningKind::PartSkipped { reason }, target);
            Vec::new()
        }
        None => Vec::new(),
    }
}

fn warn_if_broken(records: &Records<'_>, place: &str, assembly: &mut Assembly) {
    if records.broken {
        let reason = "a record is longer than its part; what follows is left out".to_owned();
        assembly.warn(WarningKind::PartSkipped { reason }, place);
    }
}

fn workbook(source: &[u8], place: &str, assembly: &mut Assembly) -> Workbook {
    let mut out = Workbook::default();
    let mut records = Records::new(source);
    for (kind, data) in records.by_ref() {
        match kind {
            kind::BOOK => out.since_1904 = data.first().is_some_and(|flags| flags & 1 != 0),
            kind::SHEET => {
                // State, number, id of the part, name (2.4.311).
                let Some((id, rest)) = data.get(8..).and_then(counted) else {
                    continue;
                };
                let Some((name, _)) = counted(rest) else { continue };
                let sheet = Sheet {
                    name: text(name),
                    is_hidden: u32_at(data, 0) != Some(0),
                    ..Sheet::default()
                };
                out.listed.push((sheet, text(id)));
            }
            kind::OWN_BOOK => out.references.add_book(true),
            kind::OTHER_BOOK | kind::SAME_SHEET | kind::ADD_IN => out.references.add_book(false),
            // A count, and for each a book with its first and last sheet (2.5.173).
            kind::EXTERN_SHEETS => {
                for entry in data.get(4..).unwrap_or_default().chunks_exact(12) {
                    if let [Some(book), Some(first), Some(last)] = [0, 4, 8].map(|at| u32_at(entry, at))
                        && !out.references.add(book, first, last)
                    {
                        break;
                    }
                }
            }
            _ => {}
        }
    }
    warn_if_broken(&records, place, assembly);
    out
}

/// The items of the table of strings, counted and written anew without runs and readings.
fn strings(source: &[u8]) -> (u32, Vec<u8>) {
    let mut n = 0u32;
    let mut items = Vec::new();
    for (kind, data) in Records::new(source) {
        if kind == kind::STRING_ITEM {
            // An item that cannot be read still counts.
            let found = data.get(1..).and_then(counted).map_or(&[0; 4][..], |(text, _)| text);
            put(&mut items, kind::STRING_ITEM, &[&[0], found]);
            n += 1;
        }
    }
    let mut out = Vec::new();
    put(&mut out, kind::BEGIN_STRINGS, &[&n.to_le_bytes(), &n.to_le_bytes()]);
    out.extend(items);
    (n, out)
}

/// Format codes by id, and the format id of each cell style.
fn formats(source: &[u8]) -> (BTreeMap<u32, NumberFormat>, Vec<u32>) {
    let mut formats = BTreeMap::new();
    let mut ids = Vec::new();
    let mut in_cell_styles = false;
    for (kind, data) in Records::new(source) {
        match kind {
            kind::FORMAT => {
                if let (Some(id), Some((code, _))) = (u16_at(data, 0), data.get(2..).and_then(counted)) {
                    formats.insert(u32::from(id), NumberFormat::new(&text(code)));
                }
            }
            kind::BEGIN_STYLES => in_cell_styles = true,
            kind::END_STYLES => in_cell_styles = false,
            kind::STYLE if in_cell_styles => ids.push(u16_at(data, 2).map_or(0, u32::from)),
            _ => {}
        }
    }
    for &id in &ids {
        formats.entry(id).or_insert_with(|| NumberFormat::built_in(id));
    }
    (formats, ids)
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

/// Lays sheets out.
struct LayOut<'n, 'a> {
    n_strings: u32,
    /// The name of the sheet that a formula means by a number.
    sheet_named: &'n dyn Fn(u16) -> Option<&'n str>,
    /// Cells written so far, of all sheets.
    n_cells: &'a mut usize,
    spending: &'a mut Spending,
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

    fn run(mut self, source: &[u8], mut sheet: Sheet, assembly: &mut Assembly) -> Laid {
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
                        style: usize::try_from(style & 0x00FF_FFFF).unwrap_or(0),
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

/// Gives calamine what the walk wrote.
fn open(laid: &mut [Laid], strings: Vec<u8>) -> Result<Xlsb<Cursor<Vec<u8>>>, ReadError> {
    let mut book = Vec::new();
    let mut related = String::from("<Relationships>");
    let mut parts = vec![("xl/sharedStrings.bin".to_owned(), strings)];
    for (at, laid) in laid.iter_mut().enumerate() {
        let name = wide(&at.to_string());
        put(&mut book, kind::SHEET, &[&[0; 8], &name, &name]);
        let target = format!("worksheets/sheet{at}.bin");
        related += &format!("<Relationship Id=\"{at}\" Target=\"{target}\"/>");
        parts.push((format!("xl/{target}"), std::mem::take(&mut laid.part)));
    }
    put(&mut book, kind::END_SHEETS, &[]);
    put(&mut book, kind::CALCULATION, &[]);
    related += "</Relationships>";
    parts.push(("xl/workbook.bin".to_owned(), book));
    parts.push(("xl/_rels/workbook.bin.rels".to_owned(), related.into_bytes()));
    let bytes = rebuilt::pack(&parts)?;
    drop(parts);
    Xlsb::new(Cursor::new(bytes)).map_err(|_| rebuilt::REFUSED)
}
