//! Excel 97–2003 workbooks (BIFF8), and those of Excel 5 and 95 (BIFF5).
//!
//! Read with our own record reader: `calamine` 0.38 gives no number formats, hidden rows or hidden columns of this format,
//! so a rate of 97% would be read as 0.97; and it reserves memory for whatever extent a sheet declares.
//!
//! - Handled: strings of the table and in cells, numbers as printed, booleans, errors, results of formulas, merged ranges,
//!   hidden sheets, rows and columns, both date systems, code pages of BIFF5.
//! - Partly handled: a formula's stored result is read, its text is not.
//! - Ignored: comments, charts, macros, styles other than number formats.

use gouji_document::WarningKind;

use super::number_format::NumberFormat;
use super::plain::Plain;
use super::records::{Record, Records, Strings, u16_at, u32_at};
use super::sheet::{Merge, Sheet, SheetCell, address};
use super::{MAX_CELLS, Spending};
use crate::ReadError;
use crate::assembly::Assembly;
use crate::compound::Compound;

/// Merged ranges of one sheet.
const MAX_MERGES: usize = 100_000;
/// Sheets of a workbook.
const MAX_SHEETS: usize = 2_000;

// Record types (MS-XLS 2.3).
const FORMULA: u16 = 0x0006;
const EOF: u16 = 0x000A;
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
const NUMBER: u16 = 0x0203;
const LABEL: u16 = 0x0204;
const BOOL_OR_ERROR: u16 = 0x0205;
const STRING: u16 = 0x0207;
const ROW: u16 = 0x0208;
const RK: u16 = 0x027E;
const FORMAT: u16 = 0x041E;
const BOF: u16 = 0x0809;

/// What cells need to know about the workbook.
struct Book {
    strings: Strings,
    table: Vec<String>,
    formats: std::collections::BTreeMap<u16, NumberFormat>,
    /// Number format id by cell style.
    styles: Vec<u16>,
    since_1904: bool,
    sheets: Vec<Listed>,
}

/// A sheet as the workbook lists it.
struct Listed {
    name: String,
    offset: usize,
    is_hidden: bool,
}

/// Reads all sheets into `assembly`.
pub(crate) fn read(file: &Compound<'_>, assembly: &mut Assembly) -> Result<(), ReadError> {
    let stream = file.stream("Workbook").or_else(|| file.stream("Book"));
    let stream = stream.ok_or(ReadError::Workbook {
        what: "it has no workbook stream",
    })??;
    let book = globals(&stream)?;
    let mut spending = Spending::default();
    for listed in &book.sheets {
        let Some(rest) = stream.get(listed.offset..) else {
            let reason = "the sheet lies past the end of the file".to_owned();
            assembly.warn(WarningKind::PartSkipped { reason }, &listed.name);
            continue;
        };
        let reader = SheetReader {
            book: &book,
            spending: &mut spending,
            assembly,
            sheet: Sheet {
                name: listed.name.clone(),
                is_hidden: listed.is_hidden,
                ..Sheet::default()
            },
        };
        let sheet = reader.run(rest);
        let new_page = assembly.n_blocks() > 0;
        sheet.lower(new_page, assembly);
        if spending.stopped {
            break;
        }
    }
    Ok(())
}

/// The part of the stream that is about the whole workbook.
fn globals(stream: &[u8]) -> Result<Book, ReadError> {
    let mut book = Book {
        strings: Strings::Unicode,
        table: Vec::new(),
        formats: std::collections::BTreeMap::new(),
        styles: Vec::new(),
        since_1904: false,
        sheets: Vec::new(),
    };
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
            DATE_MODE => book.since_1904 = u16_at(data, 0) == Some(1),
            FORMAT => {
                let short = matches!(book.strings, Strings::Bytes(_));
                if let (Some(id), Some(code)) = (u16_at(data, 0), book.strings.read(&record, 2, short)) {
                    book.formats.insert(id, NumberFormat::new(&code));
                }
            }
            XF => book.styles.push(u16_at(data, 2).unwrap_or(0)),
            BOUND_SHEET if book.sheets.len() < MAX_SHEETS => {
                let is_worksheet = data.get(5) == Some(&0);
                if let (true, Some(offset)) = (is_worksheet, u32_at(data, 0)) {
                    book.sheets.push(Listed {
                        name: book.strings.read(&record, 6, true).unwrap_or_default(),
                        offset: offset as usize,
                        is_hidden: data.get(4).is_some_and(|state| state & 3 != 0),
                    });
                }
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
    for &id in &book.styles {
        book.formats
            .entry(id)
            .or_insert_with(|| NumberFormat::built_in(u32::from(id)));
    }
    Ok(book)
}

struct SheetReader<'b> {
    book: &'b Book,
    spending: &'b mut Spending,
    assembly: &'b mut Assembly,
    sheet: Sheet,
}

impl SheetReader<'_> {
    fn run(mut self, stream: &[u8]) -> Sheet {
        let mut depth = 0usize;
        // Where the string result of the formula before belongs.
        let mut pending: Option<(u16, u16, u16)> = None;
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
                    if let (Some(at), Some(text)) = (pending.take(), self.book.strings.read(&record, 0, false)) {
                        self.text(at, &text);
                    }
                }
                FORMULA => pending = self.formula(record.data()),
                _ => self.record(&record),
            }
            if self.spending.stopped {
                break;
            }
        }
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
                    self.push(at, truth_or_error(value, is_error != 0).to_owned());
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

    /// Takes a formula's result; returns its place if the result is the string that comes next (2.5.133).
    fn formula(&mut self, data: &[u8]) -> Option<(u16, u16, u16)> {
        let at = position(data)?;
        let result = data.get(6..14)?;
        if result[6..] != [0xFF, 0xFF] {
            self.number(at, double(result));
            return None;
        }
        match result[0] {
            0 => return Some(at),
            1 => self.push(at, truth_or_error(result[2], false).to_owned()),
            2 => self.push(at, truth_or_error(result[2], true).to_owned()),
            _ => {}
        }
        None
    }

    fn format(&self, style: u16) -> Option<&NumberFormat> {
        let id = self.book.styles.get(usize::from(style))?;
        self.book.formats.get(id)
    }

    fn text(&mut self, at: (u16, u16, u16), text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let shown = match self.format(at.2) {
            Some(format) => format.text(&text),
            None => text,
        };
        self.push(at, shown);
    }

    fn number(&mut self, at: (u16, u16, u16), number: Option<Plain>) {
        let Some(number) = number else { return };
        let shown = match self.format(at.2) {
            Some(format) => {
                let printed = format.number(&number, self.book.since_1904);
                if !printed.known {
                    let code = format.code.clone();
                    let place = format!("{}!{}", self.sheet.name, address(u32::from(at.0), u32::from(at.1)));
                    self.spending.unknown_format(code, &place, self.assembly);
                }
                printed.text
            }
            None => number.general(),
        };
        self.push(at, shown);
    }

    fn push(&mut self, (row, col, _): (u16, u16, u16), text: String) {
        if !text.trim().is_empty() && self.spending.take(text.len(), &self.sheet.name, self.assembly) {
            self.sheet.cells.push(SheetCell {
                row: u32::from(row),
                col: u32::from(col),
                text,
                ..SheetCell::default()
            });
        }
    }
}

/// Row, column and style at the start of every cell record.
fn position(data: &[u8]) -> Option<(u16, u16, u16)> {
    Some((u16_at(data, 0)?, u16_at(data, 2)?, u16_at(data, 4)?))
}

/// A stored binary fraction through its shortest decimal text, which a spreadsheet shows fifteen digits of.
#[expect(
    clippy::disallowed_types,
    reason = "the format stores binary fractions; only their decimal text goes on"
)]
fn double(bytes: &[u8]) -> Option<Plain> {
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

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use calamine::{Data, Reader as _, Xls};
    use gouji_document::{Block, Document, Hidden, Parsed};

    use super::*;
    use crate::compound::tests::compound_of;

    fn record(kind: u16, data: &[u8]) -> Vec<u8> {
        [&kind.to_le_bytes(), &(data.len() as u16).to_le_bytes(), data].concat()
    }

    fn wide(text: &str, short: bool) -> Vec<u8> {
        let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let n = text.encode_utf16().count() as u16;
        let mut out = if short { vec![n as u8] } else { n.to_le_bytes().to_vec() };
        out.push(1);
        out.extend(units);
        out
    }

    fn at(row: u16, col: u16, style: u16, rest: &[u8]) -> Vec<u8> {
        [&row.to_le_bytes()[..], &col.to_le_bytes(), &style.to_le_bytes(), rest].concat()
    }

    #[expect(clippy::disallowed_types, reason = "what the format stores")]
    fn bits(value: &str) -> [u8; 8] {
        value.parse::<f64>().expect("a number").to_le_bytes()
    }

    /// A workbook with one sheet, hidden or not, of these records.
    fn workbook(cells: &[Vec<u8>], state: u8) -> Vec<u8> {
        let bof = |kind: u16| {
            let mut data = 0x0600u16.to_le_bytes().to_vec();
            data.extend(kind.to_le_bytes());
            data.resize(16, 0);
            record(BOF, &data)
        };
        let xf = |format: u16| {
            let mut data = vec![0; 20];
            data[2..4].copy_from_slice(&format.to_le_bytes());
            record(XF, &data)
        };
        let mut strings = vec![2, 0, 0, 0, 2, 0, 0, 0];
        for text in ["甲镇", "乙镇"] {
            strings.extend(wide(text, false));
        }
        let before: Vec<u8> = [
            bof(5),
            record(FORMAT, &[&170u16.to_le_bytes()[..], &wide("0.0\"%\"", false)].concat()),
            xf(0),
            xf(10),
            xf(31),
            xf(170),
        ]
        .concat();
        let name = wide("表", true);
        let after: Vec<u8> = [record(STRING_TABLE, &strings), record(EOF, &[])].concat();
        let offset = before.len() + 4 + 6 + name.len() + after.len();
        let listed = [&(offset as u32).to_le_bytes()[..], &[state, 0], &name].concat();
        let mut stream = [before, record(BOUND_SHEET, &listed), after, bof(0x10)].concat();
        stream.extend(cells.concat());
        stream.extend(record(EOF, &[]));
        compound_of(&[("Workbook", &stream)])
    }

    fn cells() -> Vec<Vec<u8>> {
        let row = |row: u16, flags: u8| {
            let mut data = vec![0; 16];
            data[..2].copy_from_slice(&row.to_le_bytes());
            data[12] = flags;
            record(ROW, &data)
        };
        vec![
            row(0, 0),
            row(2, 0x20),
            record(COL_INFO, &[1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0]),
            record(LABEL_SST, &at(0, 0, 0, &[0, 0, 0, 0])),
            record(LABEL_SST, &at(0, 1, 0, &[1, 0, 0, 0])),
            record(NUMBER, &at(1, 0, 1, &bits("0.97073170731707314"))),
            record(RK, &at(1, 1, 3, &((9707 << 2 | 3) as u32).to_le_bytes())),
            record(
                MUL_RK,
                &[
                    &[2, 0, 0, 0][..],
                    &[2, 0],
                    &((45_539 << 2 | 2) as u32).to_le_bytes(),
                    &[0, 0],
                    &(((-7i32) << 2 | 2) as u32).to_le_bytes(),
                    &[1, 0],
                ]
                .concat(),
            ),
            record(
                FORMULA,
                &at(3, 0, 0, &[&[0, 0, 0, 0, 0, 0, 0xFF, 0xFF][..], &[0; 8]].concat()),
            ),
            record(STRING, &wide("合计", false)),
            record(
                FORMULA,
                &at(3, 1, 0, &[&bits("12.299999999999999")[..], &[0; 8]].concat()),
            ),
            record(BOOL_OR_ERROR, &at(4, 0, 0, &[7, 1])),
            record(LABEL, &at(4, 1, 0, &wide("文", false))),
            record(MERGE_CELLS, &[1, 0, 4, 0, 5, 0, 1, 0, 1, 0]),
        ]
    }

    fn read_all(bytes: &[u8]) -> Parsed<Document> {
        crate::read("a.xls", bytes).expect("a workbook")
    }

    #[test]
    fn values_are_printed_as_shown() {
        let document = read_all(&workbook(&cells(), 0)).value;
        assert_eq!(
            document.text,
            "甲镇\t乙镇\n97.07%\t97.1%\n2024年9月4日\t-7\n合计\t12.3\n#DIV/0!\t文\n"
        );
        let Block::Table(grid) = &document.blocks[0] else {
            panic!("a table")
        };
        assert_eq!(grid.cells[9].row_span, 2);
        let hidden: Vec<bool> = grid.cells.iter().map(|c| c.hidden.is_some()).collect();
        assert_eq!(hidden[..6], [false, true, false, true, true, true]);
        assert_eq!(grid.cells[2].address.as_deref(), Some("A2"));
    }

    #[test]
    fn hidden_sheets_are_marked() {
        let document = read_all(&workbook(&cells(), 1)).value;
        assert!(matches!(&document.blocks[0], Block::Table(t) if t.hidden == Some(Hidden::Sheet)));
    }

    #[test]
    fn another_reader_sees_the_same_values() {
        let bytes = workbook(&cells(), 0);
        let mut other: Xls<_> = calamine::open_workbook_from_rs(Cursor::new(&bytes)).expect("a workbook");
        let range = other.worksheet_range("表").expect("a sheet");
        assert_eq!(range.get_value((0, 0)), Some(&Data::String("甲镇".to_owned())));
        assert_eq!(range.get_value((3, 0)), Some(&Data::String("合计".to_owned())));
        assert_eq!(range.get_value((2, 1)), Some(&Data::Int(-7)));
    }

    #[test]
    fn protected_and_old_workbooks_are_told() {
        let stream = [
            record(BOF, &[0, 6, 5, 0, 0, 0, 0, 0]),
            record(FILE_PASS, &[1, 0]),
            record(EOF, &[]),
        ]
        .concat();
        let result = crate::read("a.xls", &compound_of(&[("Workbook", &stream)]));
        assert!(matches!(result, Err(ReadError::Encrypted)));
        let result = crate::read("a.xls", &compound_of(&[("Book", &record(BOF, &[0, 4, 5, 0]))]));
        assert!(matches!(result, Err(ReadError::Workbook { .. })));
    }

    #[test]
    fn damage_anywhere_is_survived() {
        let bytes = workbook(&cells(), 0);
        for at in (0..bytes.len()).step_by(3) {
            let mut damaged = bytes.clone();
            damaged[at] ^= 0xFF;
            let _ = crate::read("a.xls", &damaged);
            if at % 60 == 0 {
                let _ = crate::read("a.xls", &bytes[..at]);
            }
        }
    }
}
