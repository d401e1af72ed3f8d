//! A stream whose first column is one cell merged over all rows: the total of a list beside it (受理总量 | 来源 | 件数 over
//! 860 | 电话 | 520, then 网络 | 340 and an empty cell at the end).

use super::figures::{is_nothing, is_numeric};
use super::sequence::Layout;
use crate::parts::width;

/// Fewest and most columns.
const COLUMNS: std::ops::RangeInclusive<usize> = 3..=16;
/// Fewest rows below the first.
const LEAST_ROWS: usize = 2;
/// Longest head and longest cell of words, in characters.
const MAX_WORDS: usize = 30;

/// Lays a stream out whose rows below the first are filled up at their end, in the way that takes the most of it. Nothing but
/// empty cells may stand behind the last row.
pub(super) fn solve(cells: &[&str]) -> Option<Layout> {
    COLUMNS
        .filter_map(|n_cols| lay(cells, n_cols))
        .max_by_key(|layout| layout.rows.len())
}

fn lay(cells: &[&str], n_cols: usize) -> Option<Layout> {
    let word = |c: &str| !c.trim().is_empty() && !is_numeric(c) && width(c) <= MAX_WORDS;
    let figure = |c: &str| is_numeric(c) && !is_nothing(c);
    let (header, first) = (cells.get(..n_cols)?, cells.get(n_cols..2 * n_cols)?);
    // A serial number or a rank is no total of what stands beside it.
    let merged = figure(first[0]) && first[0].trim().chars().filter(char::is_ascii_digit).count() >= 2;
    let opens = merged && word(first[1]) && first[1..].iter().any(|c| figure(c));
    if !opens || !header.iter().all(|c| word(c)) || !first[1..].iter().all(|c| word(c) || figure(c)) {
        return None;
    }
    let fits = |row: &[&str]| {
        // Panels beside each other may end at different rows.
        let alike = row[..n_cols - 1]
            .iter()
            .zip(&first[1..])
            .all(|(c, model)| c.trim().is_empty() || is_nothing(c) || figure(c) == figure(model));
        word(row[0]) && alike && row[n_cols - 1].trim().is_empty()
    };
    let mut rows: Vec<Vec<Vec<usize>>> = vec![(n_cols..2 * n_cols).map(|i| vec![i]).collect()];
    let mut at = 2 * n_cols;
    let mut padded = cells.to_vec();
    // Trailing bars of the last row may be lost.
    padded.resize(cells.len() + n_cols, "");
    while at < cells.len() && fits(&padded[at..at + n_cols]) {
        let mut row = vec![Vec::new()];
        let end = cells.len();
        row.extend((at..at + n_cols - 1).map(|i| if i < end { vec![i] } else { Vec::new() }));
        rows.push(row);
        at += n_cols;
    }
    let ended = cells.iter().skip(at).all(|c| c.trim().is_empty());
    (rows.len() > LEAST_ROWS && ended).then(|| Layout {
        header: (0..n_cols).map(|i| vec![i]).collect(),
        rows,
        used: cells.len(),
        ..Layout::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cells parted by blanks; `_` is an empty one.
    fn show(text: &str) -> Option<Vec<String>> {
        let cells: Vec<&str> = text.split_whitespace().map(|c| if c == "_" { "" } else { c }).collect();
        Some(solve(&cells)?.lines(&cells).split_off(1))
    }

    #[test]
    fn a_total_merged_over_two_lists() {
        let text = "总量 来源 件数 占比 性质 件数 占比 860 电话 520 60.5% 咨询 600 69.8% 网络 300 34.9% 投诉 260 30.2% _ 来访 40 4.7%";
        assert_eq!(
            show(text).expect("a table"),
            [
                "860|电话|520|60.5%|咨询|600|69.8%",
                "|网络|300|34.9%|投诉|260|30.2%",
                "|来访|40|4.7%|||"
            ]
        );
    }

    #[test]
    fn rows_that_begin_with_figures_of_their_own() {
        // Each row has its own first cell, or they are serial numbers.
        assert_eq!(show("年份 来源 件数 2031 电话 52 2032 网络 34 2033 来访 3"), None);
        assert_eq!(show("序号 来源 件数 1 电话 52 网络 34 _ 来访 3 _"), None);
    }
}
