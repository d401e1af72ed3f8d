//! Excel 97–2003 workbooks (BIFF8), and those of Excel 5 and 95 (BIFF5).
//!
//! Read with our own record reader: `calamine` 0.38 gives no number formats, hidden rows or hidden columns of this format,
//! so a rate of 97% would be read as 0.97; and it reserves memory for whatever extent a sheet declares.
//!
//! - Handled: strings of the table and in cells, numbers as printed, booleans, errors, results of formulas, merged ranges,
//!   hidden sheets, rows and columns, both date systems, code pages of BIFF5.
//! - Handled too: formulas, those of a shared group written out for each cell (computed by [`super::formula`]).
//! - Ignored: comments, charts, macros, styles other than number formats.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use gouji_document::WarningKind;

use super::formula::{Compiled, Layout, References, keeper};
use super::plain::Plain;
use super::records::{Record, Records, Strings};
use super::sheet::{Merge, Sheet, SheetCell, Value, address};
use super::styles::{Printing, Styles};
use super::{MAX_CELLS, Spending};
use crate::ReadError;
use crate::assembly::Assembly;
use crate::compound::Compound;
use crate::little_endian::{u16_at, u32_at};

/// Merged ranges of one sheet.
const MAX_MERGES: usize = 100_000;
/// Sheets of a workbook.
const MAX_SHEETS: usize = 2_000;

// Record types (MS-XLS 2.3).
const FORMULA: u16 = 0x0006;
const EOF: u16 = 0x000A;
const EXTERN_SHEET: u16 = 0x0017;
const DATE_MODE: u16 = 0x0022;
const FILE_PASS: u16 = 0x002F;
const CODE_PAGE: u16 = 0x0042;
const COL_INFO: u16 = 0x007D;
const BOUND_SHEET: u16 = 0x0085;
const MUL_RK: u16 = 0x00BD;
const RICH_STRING: u16 = 0x00D6;
const XF: u16 = 0x00E0;
const MERGE_CELLS: u16 = 0x00E5;
const STRING_TABLE: u16 = 0x00FC;
const LABEL_SST: u16 = 0x00FD;
const SUP_BOOK: u16 = 0x01AE;
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_OR_ERROR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const ROW: u16 = 0x0208;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const SHARED_FORMULA: u16 = 0x04BC;
const BOF: u16 = 0x0809;

/// What cells need to know about the workbook.
struct Book {
    strings: Strings,
    table: Vec<String>,
    styles: Styles,
    /// All sheets, those of charts and macros too.
    sheets: Vec<Listed>,
    references: References,
}

impl Book {
    /// The name of the sheet that a formula means by this number.
    fn sheet_named(&self, at: u16) -> Option<&str> {
        let at = match self.strings {
            Strings::Unicode => self.references.sheet(at)?,
            Strings::Bytes(_) => usize::from(at),
        };
        Some(&self.sheets.get(at)?.name)
    }

    /// How the tokens of formulas are laid out.
    fn layout(&self) -> Layout {
        match self.strings {
            Strings::Unicode => Layout::Xls,
            Strings::Bytes(encoding) => Layout::Xls5(encoding),
        }
    }
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    offset: usize,
    is_hidden: bool,
    is_worksheet: bool,
}

/// Reads all sheets into `assembly`.
pub(crate) fn read(file: &Compound<'_>, assembly: &mut Assembly) -> Result<(), ReadError> {
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    let stream = stream.ok_or(ReadError::Workbook {
        what: "it has no workbook stream",
    })??;
    let book = globals(&stream)?;
    let mut spending = Spending::default();
    let mut sheets = Vec::new();
    for listed in book.sheets.iter().filter(|listed| listed.is_worksheet) {
        let Some(rest) = stream.get(listed.offset..) else {
            let reason = "the sheet lies past the end of the file".to_owned();
            assembly.warn(WarningKind::PartSkipped { reason }, &listed.name);
            continue;
        };
        sheets.push(SheetReader::new(&book, &mut spending, assembly, listed).run(rest));
        if spending.stopped {
            break;
        }
    }
    let print = |style: u32, number: &Plain| book.styles.number(style, number);
    super::lower(sheets, &print, &mut spending, assembly);
    Ok(())
}

/// The part of the stream that is about the whole workbook.
fn globals(stream: &[u8]) -> Result<Book, ReadError> {
    let mut book = Book {
        strings: Strings::Unicode,
        table: Vec::new(),
        styles: Styles::default(),
        sheets: Vec::new(),
        references: References::default(),
    };
    let (mut codes, mut ids, mut since_1904) = (BTreeMap::new(), Vec::new(), false);
    let mut begun = false;
    for record in Records::new(stream) {
        let data = record.data();
        match record.kind {
            BOF if !begun => {
                begun = true;
                match u16_at(data, 0) {
                    Some(0x0600) => {}
                    Some(0x0500) => book.strings = Strings::of_code_page(936),
                    _ => {
                        return Err(ReadError::Workbook {
                            what: "it is older than Excel 5",
                        });
                    }
                }
            }
            FILE_PASS => return Err(ReadError::Encrypted),
            CODE_PAGE => {
                if let (Strings::Bytes(_), Some(page)) = (book.strings, u16_at(data, 0)) {
                    book.strings = Strings::of_code_page(page);
                }
            }
            DATE_MODE => since_1904 = u16_at(data, 0) == Some(1),
            FORMAT => {
                let short = matches!(book.strings, Strings::Bytes(_));
                if let (Some(id), Some(code)) = (u16_at(data, 0), book.strings.read(&record, 2, short)) {
                    codes.insert(u32::from(id), code);
                }
            }
            XF => ids.push(u16_at(data, 2).map_or(0, u32::from)),
            BOUND_SHEET if book.sheets.len() < MAX_SHEETS => {
                book.sheets.push(Listed {
                    name: book.strings.read(&record, 6, true).unwrap_or_default(),
                    offset: u32_at(data, 0).map_or(usize::MAX, |offset| offset as usize),
                    is_hidden: data.get(4).is_some_and(|state| state & 3 != 0),
                    is_worksheet: data.get(5) == Some(&0),
                });
            }
            // The number of sheets, and instead of a name the mark of this workbook (2.4.271).
            SUP_BOOK => book.references.add_book(data.get(2..4) == Some(&[0x01, 0x04])),
            EXTERN_SHEET if matches!(book.strings, Strings::Unicode) => {
                let mut cursor = record.cursor(2);
                while let [Some(of), Some(first), Some(last)] = [(); 3].map(|()| cursor.u16().map(u32::from))
                    && book.references.add(of, first, last)
                {}
            }
            STRING_TABLE => {
                let mut cursor = record.cursor(8);
                while !cursor.is_done() {
                    let Some(text) = cursor.rich_string() else { break };
                    book.table.push(text);
                }
            }
            EOF => break,
            _ => {}
        }
    }
    if !begun {
        return Err(ReadError::Workbook {
            what: "its stream does not begin as one",
        });
    }
    book.styles = Styles::new(&codes, &ids, since_1904);
    Ok(book)
}

struct SheetReader<'b> {
    book: &'b Book,
    spending: &'b mut Spending,
    assembly: &'b mut Assembly,
    sheet: Sheet,
    /// Tokens of shared formulas by the cell that keeps them.
    shared: BTreeMap<(u32, u32), Vec<u8>>,
    /// Cells, by their index, whose formula another cell keeps.
    sharing: Vec<(usize, (u32, u32))>,
    /// The cell of the formula read last.
    last_formula: (u32, u32),
}

/// Row, column and style.
type Place = (u16, u16, u16);

impl<'b> SheetReader<'b> {
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
            shared: BTreeMap::new(),
            sharing: Vec::new(),
            last_formula: (0, 0),
        }
    }

    fn run(mut self, stream: &[u8]) -> Sheet {
        let mut depth = 0usize;
        // The formula before, if its result is the string to come.
        let mut pending: Option<(Place, Written)> = None;
        for record in Records::new(stream) {
            match record.kind {
                BOF => depth += 1,
                EOF => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        break;
                    }
                }
                // Charts inside the sheet have cells of their own.
                _ if depth > 1 => {}
                STRING => {
                    if let (Some((at, written)), Some(text)) =
                        (pending.take(), self.book.strings.read(&record, 0, false))
                    {
                        self.text(at, &text);
                        self.attach(at, written);
                    }
                }
                FORMULA => pending = self.formula(record.data()),
                SHARED_FORMULA => self.keep_shared(record.data()),
                _ => self.record(&record),
            }
            if self.spending.stopped || self.assembly.is_late() {
                break;
            }
        }
        self.write_shared();
        self.sheet
    }

    fn record(&mut self, record: &Record<'_>) {
        let data = record.data();
        match record.kind {
            NUMBER => {
                if let (Some(at), Some(bits)) = (position(data), data.get(6..14)) {
                    self.number(at, double(bits));
                }
            }
            RK => {
                if let (Some(at), Some(packed)) = (position(data), u32_at(data, 6)) {
                    self.number(at, rk(packed));
                }
            }
            MUL_RK => {
                let (Some(row), Some(first)) = (u16_at(data, 0), u16_at(data, 2)) else {
                    return;
                };
                let cells = data.get(4..data.len().saturating_sub(2)).unwrap_or_default();
                for (col, cell) in (first..=u16::MAX).zip(cells.chunks_exact(6)) {
                    if let (Some(style), Some(packed)) = (u16_at(cell, 0), u32_at(cell, 2)) {
                        self.number((row, col, style), rk(packed));
                    }
                }
            }
            LABEL_SST => {
                if let (Some(at), Some(index)) = (position(data), u32_at(data, 6))
                    && let Some(text) = self.book.table.get(index as usize)
                {
                    self.text(at, text);
                }
            }
            LABEL | RICH_STRING => {
                if let (Some(at), Some(text)) = (position(data), self.book.strings.read(record, 6, false)) {
                    self.text(at, &text);
                }
            }
            BOOL_OR_ERROR => {
                if let (Some(at), Some(&value), Some(&is_error)) = (position(data), data.get(6), data.get(7)) {
                    let is_error = is_error != 0;
                    let held = if is_error { Value::Error } else { Value::Text };
                    self.push(at, truth_or_error(value, is_error).to_owned(), held);
                }
            }
            MERGE_CELLS => {
                for range in data.get(2..).unwrap_or_default().chunks_exact(8) {
                    let edge = |at: usize| u32::from(u16_at(range, at).unwrap_or(0));
                    let merge = Merge {
                        top: edge(0),
                        bottom: edge(2),
                        left: edge(4),
                        right: edge(6),
                    };
                    if self.sheet.merges.len() < MAX_MERGES && merge.top <= merge.bottom && merge.left <= merge.right {
                        self.sheet.merges.push(merge);
                    }
                }
            }
            ROW => {
                const HIDDEN: u32 = 0x20;
                if let (Some(row), Some(flags)) = (u16_at(data, 0), u32_at(data, 12))
                    && flags & HIDDEN != 0
                    && self.sheet.hidden_rows.len() < MAX_CELLS
                {
                    self.sheet.hidden_rows.push(u32::from(row));
                }
            }
            COL_INFO => {
                if let (Some(first), Some(last), Some(flags)) = (u16_at(data, 0), u16_at(data, 2), u16_at(data, 8))
                    && flags & 1 != 0
                    && first <= last
                {
                    self.sheet.hidden_cols.push((u32::from(first), u32::from(last)));
                }
            }
            _ => {}
        }
    }

    /// Takes a formula with its result; returns its place if the result is the string that comes next (2.5.133).
    fn formula(&mut self, data: &[u8]) -> Option<(Place, Written)> {
        /// Bits of the flags: it is computed anew whenever the workbook is opened.
        const RECALCULATES: u16 = 3;
        let at = position(data)?;
        self.last_formula = (at.0.into(), at.1.into());
        let result = data.get(6..14)?;
        let written = self.written(data).unwrap_or(Written::Nothing);
        if result[6..] != [0xFF, 0xFF] {
            let number = double(result);
            let recalculates = u16_at(data, 14).is_some_and(|flags| flags & RECALCULATES != 0);
            if recalculates && number.as_ref().is_some_and(Plain::is_zero) && !matches!(written, Written::Nothing) {
                self.without_result(at, written);
            } else {
                self.number(at, number);
                self.attach(at, written);
            }
            return None;
        }
        match result[0] {
            0 => return Some((at, written)),
            1 => self.push(at, truth_or_error(result[2], false).to_owned(), Value::Text),
            2 => self.push(at, truth_or_error(result[2], true).to_owned(), Value::Error),
            // An empty text, which is no result of a formula that can be computed: some programs store nothing else.
            _ if matches!(written, Written::Text(_)) => {
                self.without_result(at, written);
                return None;
            }
            _ => return None,
        }
        self.attach(at, written);
        None
    }

    /// What a formula's tokens say.
    fn written(&mut self, data: &[u8]) -> Option<Written> {
        let tokens = tokens(data, 20)?;
        if let Some(keeper) = keeper(tokens, &[], self.book.layout()) {
            return Some(Written::Elsewhere(keeper));
        }
        self.compiled(tokens, self.last_formula).map(Written::Text)
    }

    /// The text of a formula of the cell `here`.
    fn compiled(&mut self, tokens: &[u8], here: (u32, u32)) -> Option<String> {
        if !self.spending.may_look_at(tokens.len()) {
            return None;
        }
        let layout = self.book.layout();
        let text = Compiled { tokens, layout, here }.text(&|at| self.book.sheet_named(at))?;
        self.spending.formula(&text)
    }

    /// Gives the cell that was taken last, if it is the one at this place, its formula.
    fn attach(&mut self, (row, col, _): Place, written: Written) {
        let at = self.sheet.cells.len().wrapping_sub(1);
        let Some(cell) = self.sheet.cells.last_mut() else {
            return;
        };
        if (cell.row, cell.col) != (row.into(), col.into()) {
            return;
        }
        match written {
            Written::Text(text) => cell.formula = Some(text),
            Written::Elsewhere(keeper) => self.sharing.push((at, keeper)),
            Written::Nothing => {}
        }
    }

    /// Takes a formula that was saved without its result.
    fn without_result(&mut self, (row, col, style): Place, written: Written) {
        if self.spending.take(0, &self.sheet.name, self.assembly) {
            self.sheet.cells.push(SheetCell {
                row: row.into(),
                col: col.into(),
                style: style.into(),
                value: Value::Missing,
                ..SheetCell::default()
            });
            self.attach((row, col, style), written);
        }
    }

    /// Keeps the tokens that the formula before shares with others (2.4.277).
    fn keep_shared(&mut self, data: &[u8]) {
        if let Some(tokens) = tokens(data, 8)
            && self.spending.may_look_at(tokens.len())
        {
            self.shared.insert(self.last_formula, tokens.to_vec());
        }
    }

    /// Writes shared formulas out for their cells.
    fn write_shared(&mut self) {
        let shared = std::mem::take(&mut self.shared);
        for (at, keeper) in std::mem::take(&mut self.sharing) {
            let cell = &self.sheet.cells[at];
            let (row, col) = (cell.row, cell.col);
            let text = shared.get(&keeper).and_then(|tokens| self.compiled(tokens, (row, col)));
            if text.is_none() && matches!(self.sheet.cells[at].value, Value::Missing) {
                let place = format!("{}!{}", self.sheet.name, address(row, col));
                self.spending.formula_without_value(&place, self.assembly);
            }
            self.sheet.cells[at].formula = text;
        }
    }

    fn text(&mut self, at: Place, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let shown = self.book.styles.text(at.2.into(), &text);
        self.push(at, shown, Value::Text);
    }

    fn number(&mut self, at: Place, number: Option<Plain>) {
        let Some(number) = number else { return };
        let cell = Printing {
            style: at.2.into(),
            sheet: &self.sheet.name,
            row: at.0.into(),
            col: at.1.into(),
        };
        let shown = self.book.styles.cell(cell, &number, self.spending, self.assembly);
        self.push(at, shown, Value::Number(number));
    }

    /// Takes a cell that shows something, or a number, which a formula may name though it is shown as nothing.
    fn push(&mut self, (row, col, style): Place, text: String, value: Value) {
        let counts = !text.trim().is_empty() || matches!(value, Value::Number(_));
        if counts && self.spending.take(text.len(), &self.sheet.name, self.assembly) {
            self.sheet.cells.push(SheetCell {
                row: row.into(),
                col: col.into(),
                text,
                value,
                style: style.into(),
                ..SheetCell::default()
            });
        }
    }
}

/// What a formula record says of the formula itself.
enum Written {
    /// Nothing that is computed.
    Nothing,
    /// Its text.
    Text(String),
    /// The cell that keeps its tokens, or those of an array.
    Elsewhere((u32, u32)),
}

/// The tokens of a formula whose length stands at byte `at`.
fn tokens(data: &[u8], at: usize) -> Option<&[u8]> {
    let len = usize::from(u16_at(data, at)?);
    data.get(at + 2..)?.get(..len)
}

/// Row, column and style at the start of every cell record.
fn position(data: &[u8]) -> Option<Place> {
    Some((u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?))
}

/// A stored binary fraction through its shortest decimal text, which a spreadsheet shows fifteen digits of.
#[expect(
    clippy::disallowed_types,
    reason = "the format stores binary fractions; only their decimal text goes on"
)]
pub(super) fn double(bytes: &[u8]) -> Option<Plain> {
    let value = f64::from_le_bytes(bytes.try_into().ok()?);
    value.is_finite().then(|| Plain::parse(&format!("{value:e}")))?
}

/// A number packed into 30 bits (`RkNumber`, 2.5.217): an integer or the upper half of a binary fraction, perhaps in
/// hundredths.
fn rk(packed: u32) -> Option<Plain> {
    let number = if packed & 2 != 0 {
        Plain::parse(&(packed.cast_signed() >> 2).to_string())
    } else {
        double(&(u64::from(packed & !3) << 32).to_le_bytes())
    };
    number.map(|n| if packed & 1 != 0 { n.shifted(-2) } else { n })
}

fn truth_or_error(value: u8, is_error: bool) -> &'static str {
    match (is_error, value) {
        (false, 0) => "FALSE",
        (false, _) => "TRUE",
        (true, 0x00) => "#NULL!",
        (true, 0x07) => "#DIV/0!",
        (true, 0x0F) => "#VALUE!",
        (true, 0x17) => "#REF!",
        (true, 0x1D) => "#NAME?",
        (true, 0x24) => "#NUM!",
        (true, _) => "#N/A",
    }
}
