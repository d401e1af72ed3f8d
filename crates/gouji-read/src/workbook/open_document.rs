//! OpenDocument spreadsheets (`.ods`; OpenDocument 1.3 part 3, 9).
//!
//! One walk over `content.xml` takes the layout (names, merges, what is hidden) and writes the cells anew within limits;
//! `calamine` reads those (see [`super::rebuilt`]). A cell's paragraphs are what its producer printed, so they are the
//! figure; only where a cell has a value but no paragraph the value stands in, with a warning.
//!
//! - Handled: strings, printed values, formulas, repeats, merged ranges, hidden sheets, rows and columns, row groups.
//! - Ignored: comments, drawings, tables inside cells, tracked changes, tables cached from other files.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::Cursor;

use calamine::{Data, Ods, Reader as _};
use gouji_document::WarningKind;
use quick_xml::escape::escape;
use quick_xml::events::BytesStart;

use super::plain::Plain;
use super::sheet::{Merge, Sheet, SheetCell, Value, address};
use super::{MAX_CELLS, MAX_TEXT, Spending, rebuilt};
use crate::ReadError;
use crate::assembly::Assembly;
use crate::package::Package;
use crate::xml::{self, Puller, Step, Vocabulary};

/// Rows and columns of a sheet; both LibreOffice and Excel end here.
const MAX_ROW: u64 = 1_048_576;
const MAX_COL: u64 = 16_384;
/// Spaces that one element may stand for.
const MAX_SPACES: u64 = 1000;
/// Ranges of hidden columns of one sheet.
const MAX_HIDDEN: usize = 100_000;

const CONTENT: &str = "content.xml";
const MIMETYPE: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
const TOO_LARGE: ReadError = ReadError::Workbook {
    what: "its sheets declare more than 1000000 cells",
};
const TOO_LONG: ReadError = ReadError::Workbook {
    what: "its repeated cells hold more than 64 MiB of text",
};

/// Reads all sheets into `assembly`.
pub(super) fn read(mut package: Package<'_>, assembly: &mut Assembly) -> Result<(), ReadError> {
    if let Some(manifest) = package.read_named("META-INF/manifest.xml")
        && xml::decode_part(&manifest?).contains("encryption-data")
    {
        return Err(ReadError::Encrypted);
    }
    let Some(source) = package.read_named(CONTENT) else {
        let part = CONTENT.to_owned();
        return Err(ReadError::MissingPart { part });
    };
    let source = source?;
    let mut walk = Walk::default();
    walk.run(&xml::decode_part(&source), assembly)?;
    drop(source);
    let layouts = std::mem::take(&mut walk.sheets);
    let mut book = open(walk.written)?;
    let mut spending = Spending::default();
    let mut sheets = Vec::with_capacity(layouts.len());
    for (at, (mut sheet, numbers)) in layouts.into_iter().zip(walk.numbers).enumerate() {
        let key = at.to_string();
        let values = book.worksheet_range(&key).map_err(|_| rebuilt::REFUSED)?;
        let formulas = book.worksheet_formula(&key).map_err(|_| rebuilt::REFUSED)?;
        let (top, left) = values.start().unwrap_or_default();
        for (row, col, value) in values.used_cells() {
            let place = (top + to_u32(row as u64), left + to_u32(col as u64));
            let formula = formulas.get_value(place).map(|f| formula(f)).unwrap_or_default();
            let text = shown(value, place, &sheet.name, &mut spending, assembly);
            let number = numbers.binary_search_by_key(&place, |n| n.0).ok();
            if text.trim().is_empty() && number.is_none() {
                continue;
            }
            if !spending.take(text.len(), &sheet.name, assembly) {
                break;
            }
            sheet.cells.push(SheetCell {
                row: place.0,
                col: place.1,
                value: match number {
                    Some(at) => Value::Number(numbers[at].1.clone()),
                    // Calc prints an error as such (`#REF!`, `Err:502`).
                    None if text.starts_with('#') || text.starts_with("Err:") => Value::Error,
                    None => Value::Text,
                },
                text,
                formula: spending.formula(&formula),
                ..SheetCell::default()
            });
        }
        let (top, left) = formulas.start().unwrap_or_default();
        for (row, col, text) in formulas.used_cells() {
            let (row, col) = (top + to_u32(row as u64), left + to_u32(col as u64));
            if !matches!(values.get_value((row, col)), None | Some(Data::Empty)) {
                continue;
            }
            match spending.formula(&formula(text)) {
                Some(formula) => sheet.cells.push(SheetCell {
                    row,
                    col,
                    formula: Some(formula),
                    value: Value::Missing,
                    ..SheetCell::default()
                }),
                None => spending.formula_without_value(&format!("{}!{}", sheet.name, address(row, col)), assembly),
            }
        }
        sheets.push(sheet);
    }
    super::lower(sheets, &|_, number| number.general(), &mut spending, assembly);
    Ok(())
}

fn to_u32(n: u64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Gives calamine what the walk wrote.
fn open(sheets: String) -> Result<Ods<Cursor<Vec<u8>>>, ReadError> {
    let content =
        format!("<office:document-content><office:spreadsheet>{sheets}</office:spreadsheet></office:document-content>");
    drop(sheets);
    let bytes = rebuilt::pack(&[
        ("mimetype".to_owned(), MIMETYPE.to_vec()),
        ("META-INF/manifest.xml".to_owned(), b"<manifest:manifest/>".to_vec()),
        (CONTENT.to_owned(), content.into_bytes()),
    ])?;
    Ods::new(Cursor::new(bytes)).map_err(|_| rebuilt::REFUSED)
}

/// A value as text. Whatever was printed comes as a string.
fn shown(
    value: &Data,
    (row, col): (u32, u32),
    sheet: &str,
    spending: &mut Spending,
    assembly: &mut Assembly,
) -> String {
    let (text, kind) = match value {
        Data::String(text) => return text.clone(),
        Data::Bool(true) => return "TRUE".to_owned(),
        Data::Bool(false) => return "FALSE".to_owned(),
        Data::Empty => return String::new(),
        Data::DateTimeIso(text) => (text.clone(), "date"),
        Data::DurationIso(text) => (text.clone(), "time"),
        other => {
            let text = other.to_string();
            (Plain::parse(&text).map_or(text, |n| n.general()), "number")
        }
    };
    let place = format!("{sheet}!{}", address(row, col));
    spending.unknown_format(format!("{kind}, not printed in the file"), &place, assembly);
    text
}

/// `of:=SUM([.B3:.B5];1)` → `SUM(B3:B5,1)`.
fn formula(stored: &str) -> String {
    let body = match stored.split_once('=') {
        Some((prefix, body)) if prefix.bytes().all(|b| b.is_ascii_alphanumeric() || b == b':') => body,
        _ => stored,
    };
    let mut out = String::with_capacity(body.len());
    let (mut quoted, mut named, mut in_reference, mut last) = (false, false, false, ' ');
    for c in body.chars() {
        match c {
            '\'' if in_reference => {
                named = !named;
                out.push(c);
            }
            _ if named => out.push(c),
            '"' => {
                quoted = !quoted;
                out.push(c);
            }
            _ if quoted => out.push(c),
            '[' => in_reference = true,
            ']' => in_reference = false,
            '.' if in_reference && matches!(last, '[' | ':') => {}
            // A sheet's name is parted from the cell by a point, in Excel's notation by `!`.
            '.' if in_reference => out.push('!'),
            ';' => out.push(','),
            _ => out.push(c),
        }
        last = c;
    }
    out
}

/// A cell under construction.
#[derive(Default)]
struct Open {
    depth: usize,
    col: u64,
    repeat: u64,
    cols_spanned: u64,
    rows_spanned: u64,
    text: String,
    n_paragraphs: usize,
    /// Depth of the open paragraph.
    paragraph: Option<usize>,
    is_string: bool,
    /// Attribute that holds the value, and the value.
    value: Option<(&'static str, String)>,
    formula: String,
}

impl Open {
    fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.value.is_none() && self.formula.is_empty()
    }

    /// White space counts as one space, and not at all at the start of a paragraph (OpenDocument 1.3 part 3, 6.1.2).
    fn push(&mut self, text: &str) {
        for c in text.chars() {
            if !matches!(c, ' ' | '\t' | '\r' | '\n') {
                self.text.push(c);
            } else if !self.text.is_empty() && !self.text.ends_with([' ', '\n', '\t']) {
                self.text.push(' ');
            }
        }
    }
}

#[derive(Default)]
struct Row {
    depth: usize,
    repeat: u64,
    is_hidden: bool,
    /// The column that comes next.
    col: u64,
    cells: Vec<Open>,
}

struct Table {
    depth: usize,
    sheet: Sheet,
    /// It caches another file.
    is_foreign: bool,
    /// The row that comes next.
    row: u64,
    /// The column whose declaration comes next.
    col: u64,
    /// Its first row with content.
    first: Option<u64>,
    /// Rows written, counted from the top of the sheet.
    n_written: u64,
    width: u64,
    written: String,
    numbers: Numbers,
}

/// The numbers behind what cells show, by row and column.
type Numbers = Vec<((u32, u32), Plain)>;

#[derive(Default)]
struct Walk {
    style: String,
    hidden_styles: BTreeSet<String>,
    table: Option<Table>,
    row: Option<Row>,
    cell: Option<Open>,
    /// Cells and bytes of text that the sheets so far take.
    cells: u64,
    text: u64,
    sheets: Vec<Sheet>,
    /// Of each of the sheets.
    numbers: Vec<Numbers>,
    written: String,
}

/// How often an element stands; what is no number counts once.
fn count(start: &BytesStart<'_>, name: &str) -> u64 {
    xml::attribute(start, name).map_or(1, |v| {
        let digits = !v.is_empty() && v.bytes().all(|b| b.is_ascii_digit());
        v.parse::<u64>().unwrap_or(if digits { u64::MAX } else { 1 }).max(1)
    })
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    matches!(
        xml::attribute(start, "visibility").as_deref(),
        Some("collapse" | "filter")
    )
}

impl Walk {
    fn run(&mut self, source: &str, assembly: &mut Assembly) -> Result<(), ReadError> {
        let mut puller = Puller::new(source);
        let broken = loop {
            if assembly.is_late() {
                return Ok(());
            }
            let leave_out = match puller.next() {
                Ok(Step::Start(Vocabulary::OpenTable, start)) => self.start_table(&start, puller.depth())?,
                Ok(Step::Start(Vocabulary::OpenText, start)) => self.start_text(&start, puller.depth()),
                Ok(Step::Start(_, start)) => {
                    self.start_other(&start);
                    self.cell.is_some()
                }
                Ok(Step::Text(text)) => {
                    if let Some(cell) = self.cell.as_mut().filter(|c| c.paragraph.is_some()) {
                        cell.push(&text);
                    }
                    false
                }
                Ok(Step::End) => {
                    self.end(puller.depth())?;
                    false
                }
                // What is open at the end was cut off.
                Ok(Step::Done) => break (puller.depth() > 0).then_some(None),
                Err(error) => break Some(Some(error)),
            };
            if leave_out && let Err(error) = puller.skip() {
                break Some(Some(error));
            }
        };
        let Some(error) = broken else { return Ok(()) };
        self.end(0)?;
        match error {
            Some(source) if self.sheets.is_empty() => Err(ReadError::Xml {
                part: CONTENT.to_owned(),
                offset: puller.offset(),
                source,
            }),
            _ => {
                let reason = format!("malformed XML at byte {}; what follows is left out", puller.offset());
                assembly.warn(WarningKind::PartSkipped { reason }, CONTENT);
                Ok(())
            }
        }
    }

    /// Takes the start of a table's element; `true` if what is inside is to be left out.
    fn start_table(&mut self, start: &BytesStart<'_>, depth: usize) -> Result<bool, ReadError> {
        let name = start.local_name();
        if self.cell.is_some() {
            return Ok(true);
        }
        let Some(table) = &mut self.table else {
            if name.as_ref() == "table" {
                let style = xml::attribute(start, "style-name").unwrap_or_default();
                self.table = Some(Table {
                    depth,
                    sheet: Sheet {
                        name: xml::attribute(start, "name").unwrap_or_default().into_owned(),
                        is_hidden: self.hidden_styles.contains(style.as_ref()),
                        ..Sheet::default()
                    },
                    is_foreign: false,
                    row: 0,
                    col: 0,
                    first: None,
                    n_written: 0,
                    width: 0,
                    written: String::new(),
                    numbers: Numbers::new(),
                });
            }
            return Ok(false);
        };
        match (name.as_ref(), &mut self.row) {
            ("table" | "shapes", _) => return Ok(true),
            ("table-source", _) => table.is_foreign = true,
            ("table-column", _) => {
                let end = table.col.saturating_add(count(start, "number-columns-repeated"));
                if is_hidden(start) && table.sheet.hidden_cols.len() < MAX_HIDDEN {
                    table.sheet.hidden_cols.push((to_u32(table.col), to_u32(end - 1)));
                }
                table.col = end;
            }
            ("table-row", None) => {
                self.row = Some(Row {
                    depth,
                    repeat: count(start, "number-rows-repeated"),
                    is_hidden: is_hidden(start),
                    ..Row::default()
                });
            }
            ("covered-table-cell", Some(row)) => {
                row.col = row.col.saturating_add(count(start, "number-columns-repeated"));
                return Ok(true);
            }
            ("table-cell", Some(row)) => self.cell = Some(begin_cell(start, depth, row)),
            _ => {}
        }
        Ok(false)
    }

    /// Takes the start of a text element; `true` if what is inside is to be left out.
    fn start_text(&mut self, start: &BytesStart<'_>, depth: usize) -> bool {
        let Some(cell) = &mut self.cell else { return false };
        match (start.local_name().as_ref() as &str, cell.paragraph) {
            ("p" | "h", None) => {
                if cell.n_paragraphs > 0 {
                    cell.text.push('\n');
                }
                cell.n_paragraphs += 1;
                cell.paragraph = Some(depth);
            }
            ("s", Some(_)) => {
                for _ in 0..count(start, "c").min(MAX_SPACES) {
                    cell.text.push(' ');
                }
            }
            ("tab", Some(_)) => cell.text.push('\t'),
            ("line-break", Some(_)) => cell.text.push('\n'),
            ("ruby-text" | "note", _) => return true,
            _ => {}
        }
        false
    }

    fn start_other(&mut self, start: &BytesStart<'_>) {
        match start.local_name().as_ref() as &str {
            "style" => self.style = xml::attribute(start, "name").unwrap_or_default().into_owned(),
            "table-properties" if xml::attribute(start, "display").as_deref() == Some("false") => {
                self.hidden_styles.insert(self.style.clone());
            }
            _ => {}
        }
    }

    /// Closes whatever was opened deeper than `depth`.
    fn end(&mut self, depth: usize) -> Result<(), ReadError> {
        if let Some(cell) = &mut self.cell {
            cell.paragraph.take_if(|at| depth < *at);
        }
        if let Some(cell) = self.cell.take_if(|c| depth < c.depth)
            && let Some(row) = &mut self.row
        {
            row.col = row.col.saturating_add(cell.repeat);
            if !cell.is_empty() {
                row.cells.push(cell);
            }
        }
        if let Some(row) = self.row.take_if(|r| depth < r.depth) {
            self.end_row(row)?;
        }
        if let Some(mut table) = self.table.take_if(|t| depth < t.depth)
            && let Some(first) = table.first
        {
            table.numbers.sort_by_key(|n| n.0);
            self.cells += (table.n_written - first) * table.width;
            let key = self.sheets.len();
            let _ = write!(
                self.written,
                "<table:table table:name=\"{key}\">{}</table:table>",
                table.written
            );
            self.sheets.push(table.sheet);
            self.numbers.push(table.numbers);
        }
        Ok(())
    }

    /// Writes a row that shows something. The extent of the sheet so far must stay within the limit, since calamine lays
    /// out all of it.
    fn end_row(&mut self, row: Row) -> Result<(), ReadError> {
        let Some(table) = &mut self.table else { return Ok(()) };
        let at = table.row;
        table.row = at.saturating_add(row.repeat);
        let Some(last) = row.cells.last() else { return Ok(()) };
        if table.is_foreign {
            return Ok(());
        }
        let width = last.col.saturating_add(last.repeat).max(table.width);
        let first = *table.first.get_or_insert(at);
        let extent = (table.row - first).saturating_mul(width);
        if table.row > MAX_ROW || width > MAX_COL || self.cells.saturating_add(extent) > MAX_CELLS as u64 {
            return Err(TOO_LARGE);
        }
        table.width = width;
        if at > table.n_written {
            let gap = at - table.n_written;
            let _ = write!(table.written, "<table:table-row table:number-rows-repeated=\"{gap}\"/>");
        }
        table.n_written = table.row;
        if row.is_hidden {
            table.sheet.hidden_rows.extend((at..table.row).map(to_u32));
        }
        let _ = write!(
            table.written,
            "<table:table-row table:number-rows-repeated=\"{}\">",
            row.repeat
        );
        let mut col = 0;
        for cell in &row.cells {
            let value = cell.value.as_ref().map_or(0, |(_, v)| v.len());
            let len = (cell.text.len() + cell.formula.len() + value) as u64;
            self.text = self.text.saturating_add(len.saturating_mul(cell.repeat * row.repeat));
            if self.text > MAX_TEXT as u64 {
                return Err(TOO_LONG);
            }
            write_cell(cell, cell.col - col, &mut table.written);
            // The extent is within the limit, and with it the number of repeats.
            let number = cell.value.as_ref().filter(|(name, _)| *name == "value");
            if let Some(number) = number.and_then(|(_, value)| Plain::parse(value)) {
                for row in at..table.row {
                    let cols = cell.col..cell.col.saturating_add(cell.repeat);
                    let places = cols.map(|col| (to_u32(row), to_u32(col)));
                    table.numbers.extend(places.map(|place| (place, number.clone())));
                }
            }
            col = cell.col + cell.repeat;
            if cell.cols_spanned > 1 || cell.rows_spanned > 1 {
                // A repeated row repeats its merges, unless they reach out of it.
                let n = if cell.rows_spanned > 1 { 1 } else { row.repeat };
                table.sheet.merges.extend((at..at + n).map(|top| Merge {
                    top: to_u32(top),
                    left: to_u32(cell.col),
                    bottom: to_u32(top.saturating_add(cell.rows_spanned - 1)),
                    right: to_u32(cell.col.saturating_add(cell.cols_spanned - 1)),
                }));
            }
        }
        table.written.push_str("</table:table-row>");
        Ok(())
    }
}

fn begin_cell(start: &BytesStart<'_>, depth: usize, row: &Row) -> Open {
    let mut value = None;
    for name in ["value", "date-value", "time-value", "boolean-value", "string-value"] {
        if let Some(found) = xml::attribute(start, name) {
            value = Some((name, found.into_owned()));
            break;
        }
    }
    Open {
        depth,
        col: row.col,
        repeat: count(start, "number-columns-repeated"),
        cols_spanned: count(start, "number-columns-spanned"),
        rows_spanned: count(start, "number-rows-spanned"),
        is_string: xml::attribute(start, "value-type").as_deref() == Some("string"),
        value,
        formula: xml::attribute(start, "formula").unwrap_or_default().into_owned(),
        ..Open::default()
    }
}

/// Writes a cell, `gap` empty ones before it.
fn write_cell(cell: &Open, gap: u64, out: &mut String) {
    if gap > 0 {
        let _ = write!(out, "<table:table-cell table:number-columns-repeated=\"{gap}\"/>");
    }
    let _ = write!(
        out,
        "<table:table-cell table:number-columns-repeated=\"{}\"",
        cell.repeat
    );
    if !cell.formula.is_empty() {
        let _ = write!(out, " table:formula=\"{}\"", escape(cell.formula.as_str()));
    }
    let mut text = cell.text.as_str();
    match &cell.value {
        Some((name, value)) if text.trim().is_empty() => {
            let is_plain = *name != "value" || Plain::parse(value).is_some();
            if is_plain && *name != "string-value" {
                let _ = write!(out, " office:{name}=\"{}\"/>", escape(value.trim()));
                return;
            }
            text = value;
        }
        // A formula that was saved without its result.
        None if text.is_empty() && !cell.is_string => {
            out.push_str("/>");
            return;
        }
        _ => {}
    }
    let _ = write!(
        out,
        " office:value-type=\"string\"><text:p>{}</text:p></table:table-cell>",
        escape(text)
    );
}
