//! What reading a large workbook costs, as a ratio to bare `calamine`: open it and turn every cell of all ranges into a string,
//! no number formats, no merges, nothing laid out. A second ratio is to calamine reading the formulas too, as `gouji-read` does.
//!
//! Nothing is asserted about time.

mod ratio;

use std::io::Cursor;

use calamine::{Reader as _, Xlsx};
use rust_xlsxwriter::{Format, Formula, Workbook};

const ROWS: u32 = 5000;
const COLUMNS: u16 = 100;

/// Labels, counts, amounts and rates in turn, a formula at the end of each row and a row of totals.
fn generated() -> Vec<u8> {
    let mut book = Workbook::new();
    let amount = Format::new().set_num_format("#,##0.00");
    let rate = Format::new().set_num_format("0.0%");
    let sheet = book.add_worksheet().set_name("汇总").expect("a name");
    for col in 0..COLUMNS {
        sheet.write(0, col, format!("指标{col}")).expect("a header");
    }
    for row in 1..=ROWS {
        sheet.write(row, 0, format!("第{row}村")).expect("a name");
        for col in 1..COLUMNS - 1 {
            let n = (row * 7919 + u32::from(col) * 104_729) % 100_003;
            match col % 4 {
                0 => sheet.write_with_format(row, col, n, &amount),
                1 => sheet.write(row, col, n),
                2 => sheet.write_with_format(row, col, format!("{n}件"), &amount),
                _ => sheet.write_with_format(row, col, n, &rate),
            }
            .expect("a figure");
        }
        let formula = Formula::new(format!("=B{0}+D{0}", row + 1)).set_result("7");
        sheet.write(row, COLUMNS - 1, formula).expect("a formula");
    }
    sheet.write(ROWS + 1, 0, "合计").expect("a label");
    for col in (1..COLUMNS).step_by(2) {
        let name = rust_xlsxwriter::utility::column_number_to_name(col);
        let formula = Formula::new(format!("=SUM({name}2:{name}{})", ROWS + 1)).set_result("7");
        sheet.write(ROWS + 1, col, formula).expect("a total");
    }
    book.save_to_buffer().expect("a workbook")
}

fn ours(bytes: &[u8]) -> usize {
    let parsed = gouji_read::read("a.xlsx", bytes).expect("a workbook");
    parsed.value.text.len()
}

/// Opens the workbook and turns every cell of all ranges into a string.
fn values(bytes: &[u8]) -> usize {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let mut n = 0;
    for name in book.sheet_names() {
        let range = book.worksheet_range(&name).expect("a sheet");
        let printed: Vec<String> = range.rows().flatten().map(ToString::to_string).collect();
        n += printed.iter().map(String::len).sum::<usize>();
    }
    n
}

/// As [`values`], and all formulas.
fn values_and_formulas(bytes: &[u8]) -> usize {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let formulas = book.sheet_names().into_iter().map(|name| {
        let formulas = book.worksheet_formula(&name).expect("a sheet");
        formulas.used_cells().count()
    });
    formulas.sum::<usize>() + values(bytes)
}

#[expect(clippy::print_stdout, reason = "the ratio is what this program is for")]
fn main() {
    // Nothing is measured by `cargo test --benches`.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let bytes = generated();
    println!("{} cells, {} KB", u32::from(COLUMNS) * ROWS, bytes.len() / 1024);
    println!("values: {}", ratio::measured(&bytes, 1, values, ours));
    println!(
        "with formulas: {}",
        ratio::measured(&bytes, 1, values_and_formulas, ours)
    );
}
