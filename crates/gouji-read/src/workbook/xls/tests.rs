//! Records by hand, and another reader as a witness.

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
    assert_eq!(grid.cells[2].address.map(|a| a.to_string()).as_deref(), Some("A2"));
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

/// A cell with the formula `tokens` and the result stored for it.
fn formula(row: u16, col: u16, result: [u8; 8], flags: u16, tokens: &[&[u8]]) -> Vec<u8> {
    let tokens = tokens.concat();
    let len = tokens.len() as u16;
    let rest = [&result[..], &flags.to_le_bytes(), &[0; 4], &len.to_le_bytes(), &tokens].concat();
    record(FORMULA, &at(row, col, 0, &rest))
}

fn number(row: u16, col: u16, value: &str) -> Vec<u8> {
    record(NUMBER, &at(row, col, 0, &bits(value)))
}

fn label(row: u16, col: u16, text: &str) -> Vec<u8> {
    record(LABEL, &at(row, col, 0, &wide(text, false)))
}

/// `SUM(A1:A2)`, with ends that move.
const SUM: [&[u8]; 2] = [&[0x25, 0, 0, 1, 0, 0, 0xC0, 0, 0xC0], &[0x19, 0x10, 0, 0]];
/// The result of a formula that gives an empty text, or of none.
const EMPTY: [u8; 8] = [3, 0, 0, 0, 0, 0, 0xFF, 0xFF];

/// The cells of the only table with formula, stored figure and computed figure.
fn calculated(bytes: &[u8]) -> Vec<String> {
    let document = read_all(bytes).value;
    let Some(Block::Table(grid)) = document.blocks.first() else {
        panic!("a table")
    };
    let with_formula = grid.cells.iter().filter(|c| c.formula.is_some());
    let told = with_formula.map(|cell| {
        let formula = cell.formula.as_deref().unwrap_or_default();
        let shown = document.quote(cell.span);
        match &cell.calculation {
            Some(c) => format!(
                "{formula} {shown} {}/{} {}/{}",
                c.stored.num, c.stored.den, c.result.num, c.result.den
            ),
            None => format!("{formula} {shown}"),
        }
    });
    told.collect()
}

#[test]
fn a_stored_result_is_held_against_its_formula() {
    let cells = [
        number(0, 0, "40"),
        label(0, 1, "甲"),
        number(1, 0, "2.5"),
        label(1, 1, "乙"),
        formula(2, 0, bits("45.2"), 0, &SUM),
        label(2, 1, "合计"),
    ];
    assert_eq!(calculated(&workbook(&cells, 0)), ["SUM(A1:A2) 45.2 226/5 85/2"]);
}

#[test]
fn a_shared_formula_counts_from_each_of_its_cells() {
    // A1+B1 of the cell's own row.
    let shared = [0x4C, 0, 0, 0xFE, 0xC0, 0x4C, 0, 0, 0xFF, 0xC0, 0x03];
    let mut kept = vec![0, 0, 1, 0, 2, 2, 0, 2];
    kept.extend((shared.len() as u16).to_le_bytes());
    kept.extend(shared);
    let elsewhere: &[u8] = &[1, 0, 0, 2, 0];
    let cells = [
        number(0, 0, "6"),
        number(0, 1, "7"),
        formula(0, 2, bits("13"), 8, &[elsewhere]),
        record(SHARED_FORMULA, &kept),
        number(1, 0, "3"),
        number(1, 1, "5"),
        formula(1, 2, bits("16"), 8, &[elsewhere]),
        // The keeper of this one keeps nothing.
        formula(2, 2, bits("1"), 8, &[&[1, 9, 0, 9, 0]]),
    ];
    assert_eq!(
        calculated(&workbook(&cells, 0)),
        ["A1+B1 13 13/1 13/1", "A2+B2 16 16/1 8/1"]
    );
}

#[test]
fn a_formula_saved_without_its_result_is_computed() {
    let cells = |result, flags| {
        [
            number(0, 0, "40"),
            label(0, 1, "甲"),
            number(1, 0, "2.5"),
            label(1, 1, "乙"),
            formula(2, 0, result, flags, &SUM),
            label(2, 1, "合计"),
        ]
    };
    let computed = ["SUM(A1:A2) 42.5 85/2 85/2"];
    assert_eq!(calculated(&workbook(&cells(EMPTY, 0), 0)), computed);
    assert_eq!(calculated(&workbook(&cells(bits("0"), 3), 0)), computed);
    // A nought that counts is held against its formula.
    assert_eq!(
        calculated(&workbook(&cells(bits("0"), 0), 0)),
        ["SUM(A1:A2) 0 0/1 85/2"]
    );
}

/// A workbook of Excel 95 with two sheets, `表` and `汇总`, of these records.
fn old_workbook(first: &[Vec<u8>], second: &[Vec<u8>]) -> Vec<u8> {
    let bof = |kind: u8| record(BOF, &[0, 5, kind, 0, 0, 0, 0, 0]);
    let sheets = [first, second].map(|cells| [bof(0x10), cells.concat(), record(EOF, &[])].concat());
    let listed = |offset: usize, name: &str| {
        let name = encoding_rs::GB18030.encode(name).0;
        let offset = u32::try_from(offset).expect("a short stream").to_le_bytes();
        record(BOUND_SHEET, &[&offset[..], &[0, 0, name.len() as u8], &name].concat())
    };
    let globals = |start: usize| {
        let second = start + sheets[0].len();
        let page = record(CODE_PAGE, &936u16.to_le_bytes());
        let style = record(XF, &[0; 16]);
        [
            bof(5),
            page,
            style,
            listed(start, "表"),
            listed(second, "汇总"),
            record(EOF, &[]),
        ]
        .concat()
    };
    let stream = [globals(globals(0).len()), sheets.concat()].concat();
    compound_of(&[("Book", &stream)])
}

#[test]
fn formulas_of_the_older_format_are_computed_too() {
    let label = |row, col, text: &str| {
        let text = encoding_rs::GB18030.encode(text).0;
        let len = (text.len() as u16).to_le_bytes();
        record(LABEL, &at(row, col, 0, &[&len[..], &text].concat()))
    };
    // SUM(A1:A2), and A1 with A1 of the other sheet.
    let sum: [&[u8]; 2] = [&[0x25, 0, 0xC0, 1, 0xC0, 0, 0], &[0x19, 0x10, 0, 0]];
    let other = [&[0x5A, 0xFF, 0xFF][..], &[0; 8], &[1, 0, 1, 0, 0, 0xC0, 0]].concat();
    let first = [
        number(0, 0, "30"),
        label(0, 1, "甲"),
        number(1, 0, "12"),
        label(1, 1, "乙"),
        formula(2, 0, bits("43"), 0, &sum),
        label(2, 1, "合计"),
        formula(3, 0, bits("35"), 0, &[&[0x44, 0, 0xC0, 0], &other, &[0x03]]),
        label(3, 1, "全年"),
    ];
    let bytes = old_workbook(&first, &[number(0, 0, "5")]);
    assert_eq!(
        calculated(&bytes),
        ["SUM(A1:A2) 43 43/1 42/1", "A1+汇总!A1 35 35/1 35/1"]
    );
    assert_eq!(read_all(&bytes).value.text, "30\t甲\n12\t乙\n43\t合计\n35\t全年\n5");
    for at in (0..bytes.len()).step_by(5) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 0xFF;
        let _ = crate::read("a.xls", &damaged);
    }
}

#[test]
fn nothing_is_said_of_a_formula_that_is_not_computed() {
    let empty_text = [0x17, 0, 0];
    let cells = [
        number(0, 0, "40"),
        label(0, 1, "甲"),
        // Of a function that is not computed, of a text, of a damaged length.
        formula(1, 0, bits("1"), 0, &[&[0x1E, 1, 0], &[0x42, 1, 1, 0]]),
        label(1, 1, "乙"),
        formula(2, 0, EMPTY, 0, &[&empty_text, &empty_text, &[0x08]]),
        label(2, 1, "丙"),
        record(
            FORMULA,
            &at(3, 0, 0, &[&bits("7")[..], &[0; 6], &[0xFF, 0xFF, 0x44]].concat()),
        ),
        label(3, 1, "丁"),
    ];
    let bytes = workbook(&cells, 0);
    assert_eq!(calculated(&bytes), [""; 0]);
    let parsed = read_all(&bytes);
    assert_eq!(
        (parsed.value.text.as_str(), parsed.warnings),
        ("40\t甲\n1\t乙\n\t丙\n7\t丁", vec![])
    );
}
