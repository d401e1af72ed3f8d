//! What reading a large workbook costs, as a ratio to bare `calamine`: values and formulas of the same sheet, no number formats,
//! no merges, nothing laid out.
//!
//! The two take turns, round by round, and the median of the ratios within a round is printed. Nothing is asserted about time.

use std::hint::black_box;
use std::io::Cursor;
use std::time::Duration;

use calamine::{Reader as _, Xlsx};
use criterion::measurement::{Measurement, WallTime};
use rust_xlsxwriter::{Format, Formula, Workbook};

const ROWS: u32 = 5000;
const COLUMNS: u16 = 100;
/// Odd, so that there is a middle one.
const ROUNDS: usize = 11;

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

fn bare(bytes: &[u8]) -> usize {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let values = book.worksheet_range("汇总").expect("a sheet");
    let formulas = book.worksheet_formula("汇总").expect("a sheet");
    values.used_cells().count() + formulas.used_cells().count()
}

fn timed(bytes: &[u8], read: fn(&[u8]) -> usize) -> Duration {
    let start = WallTime.start();
    black_box(read(black_box(bytes)));
    WallTime.end(start)
}

#[expect(clippy::print_stdout, reason = "the ratio is what this program is for")]
fn main() {
    // Nothing is measured by `cargo test --benches`.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let bytes = generated();
    let mut rounds: Vec<(u128, Duration, Duration)> = (0..ROUNDS)
        .map(|_| {
            let (bare, ours) = (timed(&bytes, bare), timed(&bytes, ours));
            (ours.as_nanos() * 100 / bare.as_nanos().max(1), bare, ours)
        })
        .collect();
    rounds.sort_unstable();
    let (ratio, bare, ours) = rounds[ROUNDS / 2];
    println!(
        "{} cells, {} KB: calamine {} ms, gouji-read {} ms, ratio {}.{:02}",
        u32::from(COLUMNS) * ROWS,
        bytes.len() / 1024,
        bare.as_millis(),
        ours.as_millis(),
        ratio / 100,
        ratio % 100
    );
}
