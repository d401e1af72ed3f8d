//! Workbooks of binary parts (`.xlsb`; MS-XLSB).
//!
//! One walk over the records takes layout and number formats and writes strings and cells anew (see [`super::rebuilt`]);
//! `calamine` decodes those. It only tells dates from other numbers, so a cell's format code is applied here.
//!
//! - Handled: strings, numbers as printed, booleans, errors, merged ranges, hidden sheets, rows and columns, both date
//!   systems; formulas, those of a shared group written out for each cell (computed by [`super::formula`]).
//! - Ignored: comments, charts, styles.

mod lay_out;
mod records;

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, DataRef, Reader as _, Xlsb};
use gouji_document::WarningKind;

pub(super) use self::records::{kind, put, wide};

use self::lay_out::{Laid, LayOut, Written};
use self::records::{Records, counted, text};
use super::formula::References;
use super::plain::Plain;
use super::sheet::{Sheet, SheetCell, Value};
use super::styles::{Printing, Styles};
use super::{Spending, rebuilt};
use crate::ReadError;
use crate::assembly::Assembly;
use crate::little_endian::{u16_at, u32_at};
use crate::package::Package;
use crate::relationships::{self, Relationships, target_of};

/// Rows and columns of a sheet.
const MAX_ROW: u32 = 1_048_576;
const MAX_COL: u32 = 16_384;
/// Merged ranges, and ranges of hidden columns, of one sheet.
const MAX_RANGES: usize = 100_000;

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
    let styles = styles(&support("styles"), since_1904);
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
            let as_text = |text: &str| styles.text(style, text);
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
                            let sheet = sheet.name.as_str();
                            let cell = Printing { style, sheet, row, col };
                            let printed = styles.cell(cell, &number, &mut spending, assembly);
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
                style,
                ..SheetCell::default()
            });
        }
        sheets.push(sheet);
    }
    let print = |style: u32, number: &Plain| styles.number(style, number);
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

/// The number formats of the cell styles.
fn styles(source: &[u8], since_1904: bool) -> Styles {
    let mut codes = BTreeMap::new();
    let mut ids = Vec::new();
    let mut in_cell_styles = false;
    for (kind, data) in Records::new(source) {
        match kind {
            kind::FORMAT => {
                if let (Some(id), Some((code, _))) = (u16_at(data, 0), data.get(2..).and_then(counted)) {
                    codes.insert(u32::from(id), text(code));
                }
            }
            kind::BEGIN_STYLES => in_cell_styles = true,
            kind::END_STYLES => in_cell_styles = false,
            kind::STYLE if in_cell_styles => ids.push(u16_at(data, 2).map_or(0, u32::from)),
            _ => {}
        }
    }
    Styles::new(&codes, &ids, since_1904)
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
