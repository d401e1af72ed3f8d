//! Panels side by side, one cell a line: the head says itself how wide they are (单位 | 得分 | 排名 | 单位 | 得分 | 排名), and the last may
//! end before the others.

use super::figures::{is_nothing, is_numeric};
use super::sequence::Layout;
use crate::parts::{squash, width};

/// Most heads of one panel.
const MAX_WIDTH: usize = 12;
/// Longest head and longest cell of words, in characters.
const MAX_WORDS: usize = 30;

/// Lays out a sequence that begins with a head given twice or more.
pub(super) fn solve(cells: &[&str]) -> Option<Layout> {
    (2..=MAX_WIDTH).find_map(|panel| lay(cells, panel))
}

fn lay(cells: &[&str], panel: usize) -> Option<Layout> {
    let words = |c: &str| !c.trim().is_empty() && !is_numeric(c) && width(c) <= MAX_WORDS;
    let names: Vec<String> = cells.get(..panel)?.iter().map(|c| squash(c)).collect();
    let heads = cells[..panel].iter().all(|c| words(c));
    let distinct = (1..panel).all(|i| !names[..i].contains(&names[i]));
    let repeats = |n: usize| {
        let next = cells.get(n * panel..(n + 1) * panel);
        next.is_some_and(|c| c.iter().zip(&names).all(|(c, name)| squash(c) == *name))
    };
    let n_panels = (0..).take_while(|n| repeats(*n)).count();
    if !heads || !distinct || n_panels < 2 {
        return None;
    }
    let start = n_panels * panel;
    let model: Vec<bool> = cells.get(start..start + panel)?.iter().map(|c| is_numeric(c)).collect();
    let named = !model[0] || model.iter().any(|figure| !figure);
    if !named || !model.contains(&true) {
        return None;
    }
    let fits = |part: &[&str]| {
        part.iter()
            .zip(&model)
            .all(|(c, figure)| is_nothing(c) || is_numeric(c) == *figure && width(c) <= MAX_WORDS)
            && !is_nothing(part[0])
    };
    let mut parts = Vec::new();
    let mut at = start;
    while cells.get(at..at + panel).is_some_and(fits) {
        parts.push(at);
        at += panel;
    }
    // What is left must be another matter: a row that does not fit would leave its figures behind.
    let ended = !cells[at..].iter().take(panel).any(|c| is_numeric(c));
    if parts.len() <= n_panels || !ended {
        return None;
    }
    let row = |parts: &[usize]| {
        let mut row: Vec<Vec<usize>> = parts.iter().flat_map(|at| (*at..at + panel).map(|i| vec![i])).collect();
        row.resize(start, Vec::new());
        row
    };
    Some(Layout {
        header: (0..start).map(|i| vec![i]).collect(),
        rows: parts.chunks(n_panels).map(row).collect(),
        used: at,
        ..Layout::default()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Option<Vec<String>> {
        let cells: Vec<&str> = text.split_whitespace().collect();
        Some(solve(&cells)?.lines(&cells).split_off(1))
    }

    #[test]
    fn the_last_panel_is_one_row_short() {
        let head = "单位 总数 得分 单位 总数 得分";
        let rows = show(&format!(
            "{head} 甲区 10 97.5 乙区 20 95.3 丙区 40 96.9 丁区 23 92.9 戊区 49 96.5"
        ));
        assert_eq!(
            rows.expect("a table"),
            [
                "甲区|10|97.5|乙区|20|95.3",
                "丙区|40|96.9|丁区|23|92.9",
                "戊区|49|96.5|||"
            ]
        );
        // A row that lost a cell: nothing says which.
        assert_eq!(
            show(&format!("{head} 甲区 10 97.5 乙区 20 95.3 丙区 96.9 丁区 23 92.9")),
            None
        );
        assert_eq!(show("单位 得分 名次 甲区 97.5 1 乙区 95.3 2"), None);
    }
}
