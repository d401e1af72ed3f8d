//! Office Open XML workbooks.
//!
//! Read with our own pull parser on the bounded package: `calamine` 0.38, the usual choice, reserves memory for whatever
//! count a file declares (`sst/@uniqueCount`, `f/@si`) and builds a dense range over the extent of a sheet, so three cells
//! can take all memory; and its values are binary fractions. It is a second opinion in the tests, and reads the formats that
//! have no reader of our own (see [`super::rebuilt`]).
//!
//! - Handled: shared, inline and formula strings, numbers as printed, booleans, errors, merged ranges, hidden sheets, rows
//!   and columns, both date systems, transitional and strict.
//! - Handled too: formulas, those of a shared group written out for each cell (computed by [`super::formula`]).
//! - Partly handled: rich text is joined.
//! - Ignored: comments, charts, pivot tables, conditional and cell styles, grouped outlines, print areas.

mod plain_cell;

use std::borrow::Cow;
use std::collections::BTreeMap;

use gouji_document::WarningKind;
use quick_xml::events::BytesStart;

use self::plain_cell::plain_cell;
use super::plain::Plain;
use super::sheet::{MAX_ROW, Merge, Sheet, SheetCell, Value, address, place};
use super::styles::{Printing, Styles};
use super::{MAX_CELLS, Spending, formula};
use crate::ReadError;
use crate::assembly::Assembly;
use crate::package::{Package, PackageError};
use crate::relationships::{self, target_of};
use crate::xml::{self, Puller, Step, Vocabulary};

/// Merged ranges of one sheet.
const MAX_MERGES: usize = 100_000;

/// What cells need to know about the workbook.
struct Book {
    strings: Vec<String>,
    styles: Styles,
    /// Results are computed when the workbook is opened; a stored 0 is no result.
    recalculates: bool,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    id: String,
    is_hidden: bool,
}

/// Reads all sheets into `assembly`.
pub(crate) fn read(mut package: Package<'_>, assembly: &mut Assembly) -> Result<(), ReadError> {
    let top = relationships::of_part(&mut package, "");
    let main = target_of(&top, "officeDocument")
        .unwrap_or("xl/workbook.xml")
        .to_owned();
    let Some(source) = package.read_named(&main) else {
        return Err(ReadError::MissingPart { part: main });
    };
    let source = source?;
    let Workbook {
        listed,
        since_1904,
        recalculates,
    } = workbook(&xml::decode_part(&source), &main)?;
    let related = relationships::of_part(&mut package, &main);
    let mut support = |kind: &str, assembly: &mut Assembly| match target_of(&related, kind) {
        Some(target) => part_text(package.read_named(target), target, assembly),
        None => String::new(),
    };
    let strings = strings(&support("sharedStrings", assembly), assembly);
    let book = Book {
        strings,
        styles: styles(&support("styles", assembly), since_1904),
        recalculates,
    };
    let mut spending = Spending::default();
    let mut sheets = Vec::new();
    for listed in listed {
        let Some(relationship) = related.get(&listed.id) else {
            continue;
        };
        if relationship.kind != "worksheet" {
            continue;
        }
        let part = relationship.target.as_str();
        let source = part_text(package.read_named(part), part, assembly);
        sheets.push(Reader::new(&book, &mut spending, assembly, &listed).run(&source));
    }
    let print = |style: u32, number: &Plain| book.styles.number(style, number);
    super::lower(sheets, &print, &mut spending, assembly);
    Ok(())
}

fn part_text(found: Option<Result<Vec<u8>, PackageError>>, part: &str, assembly: &mut Assembly) -> String {
    match found {
        Some(Ok(bytes)) => xml::decode_whole(bytes),
        Some(Err(error)) => {
            let reason = error.to_string();
            assembly.warn(WarningKind::PartSkipped { reason }, part);
            String::new()
        }
        None => String::new(),
    }
}

/// What the main part says.
#[derive(Default)]
struct Workbook {
    /// The sheets in order.
    listed: Vec<Listed>,
    /// Days count from 1904.
    since_1904: bool,
    /// Everything is computed when it is opened.
    recalculates: bool,
}

fn workbook(source: &str, part: &str) -> Result<Workbook, ReadError> {
    let mut puller = Puller::new(source);
    let mut out = Workbook::default();
    loop {
        match puller.next() {
            Ok(Step::Start(Vocabulary::Sheet, start)) => match start.local_name().as_ref() as &str {
                "sheet" => out.listed.push(Listed {
                    name: xml::attribute(&start, "name").unwrap_or_default().into_owned(),
                    id: xml::attribute(&start, "id").unwrap_or_default().into_owned(),
                    is_hidden: xml::attribute(&start, "state").is_some_and(|s| s != "visible"),
                }),
                "workbookPr" => out.since_1904 = flag(&start, "date1904"),
                "calcPr" => out.recalculates = flag(&start, "fullCalcOnLoad"),
                _ => {}
            },
            Ok(Step::Done) => return Ok(out),
            Ok(_) => {}
            Err(source) if out.listed.is_empty() => {
                return Err(ReadError::Xml {
                    part: part.to_owned(),
                    offset: puller.offset(),
                    source,
                });
            }
            Err(_) => return Ok(out),
        }
    }
}

/// An attribute that is a truth value, false unless given.
fn flag(start: &BytesStart<'_>, name: &str) -> bool {
    matches!(xml::attribute(start, name).as_deref(), Some("1" | "true" | "on"))
}

/// The table of strings.
fn strings(source: &str, assembly: &mut Assembly) -> Vec<String> {
    let mut puller = Puller::new(source);
    let mut out = Vec::new();
    let mut current = String::new();
    let mut in_text = false;
    let mut item_depth = 0;
    loop {
        match puller.next() {
            Ok(Step::Start(Vocabulary::Sheet, start)) => match start.local_name().as_ref() as &str {
                "si" if assembly.is_late() => break,
                "si" => {
                    current.clear();
                    item_depth = puller.depth();
                }
                "t" => in_text = true,
                // How to pronounce the text.
                "rPh" | "phoneticPr" | "rPr" if puller.skip().is_err() => break,
                _ => {}
            },
            Ok(Step::Text(text)) if in_text => current.push_str(&text),
            Ok(Step::End) => {
                in_text = false;
                if item_depth > 0 && puller.depth() < item_depth {
                    out.push(unescape(&current));
                    item_depth = 0;
                }
            }
            Ok(Step::Done) => break,
            Ok(_) => {}
            Err(_) => {
                let reason = format!("malformed XML at byte {}; what follows is left out", puller.offset());
                assembly.warn(WarningKind::PartSkipped { reason }, "sharedStrings");
                break;
            }
        }
    }
    out
}

/// `_x000D_` stands for a character that XML cannot hold (`ST_Xstring`, 22.9.2.19).
fn unescape(text: &str) -> String {
    if !text.contains("_x") {
        return one_line_end(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        out.push_str(&rest[..at]);
        let code = rest
            .get(at + 2..at + 7)
            .and_then(|code| code.strip_suffix('_'))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        match code {
            Some(c) => {
                out.push(c);
                rest = &rest[at + 7..];
            }
            None => {
                out.push_str("_x");
                rest = &rest[at + 2..];
            }
        }
    }
    out.push_str(rest);
    one_line_end(&out)
}

/// The text with `\n` for whatever ends its lines.
fn one_line_end(text: &str) -> String {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n")
    } else {
        text.to_owned()
    }
}

/// The number formats of the cell styles.
fn styles(source: &str, since_1904: bool) -> Styles {
    let mut codes = BTreeMap::new();
    let mut ids = Vec::new();
    let mut in_cell_styles = false;
    let mut puller = Puller::new(source);
    while let Ok(step) = puller.next() {
        match step {
            Step::Start(Vocabulary::Sheet, start) => {
                let id = || xml::attribute(&start, "numFmtId").and_then(|v| v.parse::<u32>().ok());
                match start.local_name().as_ref() as &str {
                    "numFmt" => {
                        if let (Some(id), Some(code)) = (id(), xml::attribute(&start, "formatCode")) {
                            codes.insert(id, code.into_owned());
                        }
                    }
                    "cellXfs" => in_cell_styles = true,
                    "cellStyleXfs" | "dxfs" | "cellStyles" => in_cell_styles = false,
                    "xf" if in_cell_styles => ids.push(id().unwrap_or(0)),
                    _ => {}
                }
            }
            Step::Done => break,
            _ => {}
        }
    }
    Styles::new(&codes, &ids, since_1904)
}

/// What the characters of a cell's value are (`ST_CellType`, 18.18.11).
#[derive(Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Number,
    /// An index into the table of strings.
    Shared,
    /// A text right here.
    Inline,
    Truth,
    Error,
    /// A date in words (`2024-09-04`).
    Date,
}

/// A cell under construction.
#[derive(Default)]
struct Open<'x> {
    row: u32,
    col: u32,
    style: u32,
    kind: Kind,
    value: Cow<'x, str>,
    formula: String,
    /// The formula is one of an array or a data table.
    is_array: bool,
    /// The group of a shared formula.
    group: Option<u32>,
    has_formula: bool,
    has_value: bool,
}

impl Open<'_> {
    /// Takes an attribute; `r` says where the cell is.
    fn attribute(&mut self, name: &str, value: &str, given: &mut Option<(u32, u32)>) {
        match name {
            "r" => *given = place(value),
            "s" => self.style = value.parse().unwrap_or(0),
            "t" => {
                self.kind = match value {
                    "s" => Kind::Shared,
                    "str" | "inlineStr" => Kind::Inline,
                    "b" => Kind::Truth,
                    "e" => Kind::Error,
                    "d" => Kind::Date,
                    _ => Kind::Number,
                }
            }
            _ => {}
        }
    }
}

/// Where characters go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Into {
    Nothing,
    Value,
    Formula,
}

struct Reader<'b> {
    book: &'b Book,
    spending: &'b mut Spending,
    assembly: &'b mut Assembly,
    sheet: Sheet,
    /// Rows and columns counted on where the file gives no address.
    next_row: u32,
    next_col: u32,
    /// Shared formulas by group, each with the cell that writes it out.
    shared: BTreeMap<u32, (u32, u32, String)>,
}

impl<'b> Reader<'b> {
    fn new(book: &'b Book, spending: &'b mut Spending, assembly: &'b mut Assembly, listed: &Listed) -> Self {
        Self {
            book,
            spending,
            assembly,
            sheet: Sheet {
                name: listed.name.clone(),
                is_hidden: listed.is_hidden,
                ..Sheet::default()
            },
            next_row: 0,
            next_col: 0,
            shared: BTreeMap::new(),
        }
    }

    fn run(mut self, source: &str) -> Sheet {
        let mut puller = Puller::new(source);
        let mut open: Option<(usize, Open<'_>)> = None;
        let mut into = Into::Nothing;
        // Depth of the row that is open, if its cells have no prefix either.
        let mut row = None;
        let mut behind_tag = false;
        loop {
            if behind_tag && row == Some(puller.depth()) && open.is_none() && !self.plain_cells(&mut puller) {
                break;
            }
            behind_tag = true;
            match puller.next() {
                Ok(Step::Start(Vocabulary::Sheet, start)) => match start.local_name().as_ref() as &str {
                    "row" if self.assembly.is_late() => break,
                    "row" => {
                        self.begin_row(&start);
                        row = (*start.name().as_ref() == *"row").then_some(puller.depth());
                    }
                    "c" => {
                        let mut cell = self.begin_cell(&start);
                        if *start.name().as_ref() == *"c"
                            && let Some(value) = puller.only_child("c", "v")
                        {
                            (cell.value, cell.has_value) = (Cow::Borrowed(value), true);
                        }
                        open = Some((puller.depth(), cell));
                    }
                    "v" | "t" => {
                        into = Into::Value;
                        if let Some((_, cell)) = &mut open {
                            cell.has_value = true;
                        }
                    }
                    "f" => {
                        into = Into::Formula;
                        if let Some((_, cell)) = &mut open {
                            cell.has_formula = true;
                            let kind = xml::attribute(&start, "t");
                            cell.is_array = matches!(kind.as_deref(), Some("array" | "dataTable"));
                            if kind.as_deref() == Some("shared") {
                                cell.group = xml::attribute(&start, "si").and_then(|si| si.parse().ok());
                            }
                        }
                    }
                    "rPh" if puller.skip().is_err() => break,
                    "col" if flag(&start, "hidden") => {
                        let bound = |name: &str| xml::attribute(&start, name).and_then(|v| v.parse::<u32>().ok());
                        if let (Some(first @ 1..), Some(last)) = (bound("min"), bound("max")) {
                            self.sheet.hidden_cols.push((first - 1, last.max(first) - 1));
                        }
                    }
                    "mergeCell" if self.sheet.merges.len() < MAX_MERGES => {
                        let range = xml::attribute(&start, "ref").and_then(|r| merge(&r));
                        self.sheet.merges.extend(range);
                    }
                    _ => {}
                },
                Ok(Step::Text(text)) => {
                    behind_tag = false;
                    match (&mut open, into) {
                        (Some((_, cell)), Into::Value) if cell.value.is_empty() => cell.value = text,
                        (Some((_, cell)), Into::Value) => cell.value.to_mut().push_str(&text),
                        (Some((_, cell)), Into::Formula) => cell.formula.push_str(&text),
                        _ => {}
                    }
                }
                Ok(Step::End) => {
                    into = Into::Nothing;
                    if let Some((_, cell)) = open.take_if(|(depth, _)| puller.depth() < *depth)
                        && !self.end_cell(cell)
                    {
                        break;
                    }
                }
                Ok(Step::Done) => break,
                Ok(Step::Start(..)) => {}
                Err(_) => {
                    let reason = format!("malformed XML at byte {}; what follows is left out", puller.offset());
                    let name = self.sheet.name.clone();
                    self.assembly.warn(WarningKind::PartSkipped { reason }, &name);
                    break;
                }
            }
        }
        self.sheet
    }

    fn begin_row(&mut self, start: &BytesStart<'_>) {
        let given = xml::attribute(start, "r").and_then(|r| r.parse::<u32>().ok());
        let row = match given {
            Some(row @ 1..=MAX_ROW) => row - 1,
            _ => self.next_row,
        };
        self.next_row = row.saturating_add(1);
        self.next_col = 0;
        if flag(start, "hidden") && self.sheet.hidden_rows.len() < MAX_CELLS {
            self.sheet.hidden_rows.push(row);
        }
    }

    /// Takes the plain cells that come next; `false` if the limits are spent.
    fn plain_cells(&mut self, puller: &mut Puller<'_>) -> bool {
        while let Some(ahead) = puller.ahead() {
            let mut cell = Open::default();
            let mut given = None;
            let Some(found) = plain_cell(ahead, |name, value| cell.attribute(name, value, &mut given)) else {
                break;
            };
            puller.pass(found.len);
            self.locate(&mut cell, given);
            cell.has_formula = found.formula.is_some();
            cell.formula.push_str(found.formula.unwrap_or_default());
            cell.has_value = found.value.is_some();
            cell.value = Cow::Borrowed(found.value.unwrap_or_default());
            if !self.end_cell(cell) {
                return false;
            }
        }
        true
    }

    fn begin_cell<'x>(&mut self, start: &BytesStart<'_>) -> Open<'x> {
        let mut cell = Open::default();
        let mut given = None;
        xml::each_attribute(start, |name, value| cell.attribute(name, value, &mut given));
        self.locate(&mut cell, given);
        cell
    }

    /// Places a cell where it says, or else behind the last.
    fn locate(&mut self, cell: &mut Open<'_>, given: Option<(u32, u32)>) {
        (cell.row, cell.col) = given.unwrap_or((self.next_row.saturating_sub(1), self.next_col));
        self.next_col = cell.col.saturating_add(1);
    }

    /// Takes a finished cell; `false` if the limits are spent.
    fn end_cell(&mut self, cell: Open<'_>) -> bool {
        let stored = &*cell.value;
        let styles = &self.book.styles;
        let as_text = |text: &str| styles.text(cell.style, text);
        let (mut text, mut value) = match cell.kind {
            Kind::Shared => {
                let found = stored
                    .trim()
                    .parse::<usize>()
                    .ok()
                    .and_then(|at| self.book.strings.get(at));
                (as_text(found.map_or("", String::as_str)), Value::Text)
            }
            Kind::Inline => (as_text(&unescape(stored)), Value::Text),
            Kind::Truth => {
                let truth = matches!(stored.trim(), "1" | "true");
                (if truth { "TRUE" } else { "FALSE" }.to_owned(), Value::Text)
            }
            Kind::Error => (stored.trim().to_owned(), Value::Error),
            Kind::Date => (stored.trim().to_owned(), Value::Text),
            Kind::Number => match Plain::parse(stored) {
                Some(number) => {
                    let cell = Printing {
                        style: cell.style,
                        sheet: &self.sheet.name,
                        row: cell.row,
                        col: cell.col,
                    };
                    let printed = styles.cell(cell, &number, self.spending, self.assembly);
                    (printed, Value::Number(number))
                }
                None => (stored.trim().to_owned(), Value::Text),
            },
        };
        let formula = if cell.has_formula { self.formula(&cell) } else { None };
        if cell.has_formula {
            let is_number = cell.kind == Kind::Number;
            let no_result = match &value {
                Value::Number(number) => self.book.recalculates && number.is_zero(),
                _ => !cell.has_value || is_number && text.is_empty(),
            };
            if no_result {
                text.clear();
                value = Value::Missing;
            }
        }
        let counts = !matches!(value, Value::Text) && (formula.is_some() || !matches!(value, Value::Missing));
        if matches!(value, Value::Missing) && formula.is_none() {
            let place = format!("{}!{}", self.sheet.name, address(cell.row, cell.col));
            self.spending.formula_without_value(&place, self.assembly);
        }
        if text.trim().is_empty() && !counts {
            return true;
        }
        if !self.spending.take(text.len(), &self.sheet.name, self.assembly) {
            return false;
        }
        self.sheet.cells.push(SheetCell {
            row: cell.row,
            col: cell.col,
            text,
            formula,
            is_array: cell.is_array,
            value,
            style: cell.style,
        });
        true
    }

    /// A cell's formula; one of a group is written out by the first of its cells.
    fn formula(&mut self, cell: &Open<'_>) -> Option<String> {
        let written = cell.formula.trim();
        match cell.group {
            Some(group) if written.is_empty() => {
                let (row, col, text) = self.shared.get(&group)?;
                if !self.spending.may_look_at(text.len()) {
                    return None;
                }
                let by = |to: u32, from: u32| i64::from(to) - i64::from(from);
                let text = formula::moved(text, by(cell.row, *row), by(cell.col, *col))?;
                self.spending.formula(&text)
            }
            Some(group) => {
                let text = self.spending.formula(written)?;
                self.shared.insert(group, (cell.row, cell.col, text.clone()));
                Some(text)
            }
            None => self.spending.formula(written),
        }
    }
}

/// `A1:C2`.
fn merge(range: &str) -> Option<Merge> {
    let (first, last) = range.split_once(':')?;
    let ((top, left), (bottom, right)) = (place(first)?, place(last)?);
    (top <= bottom && left <= right).then_some(Merge {
        top,
        left,
        bottom,
        right,
    })
}
