//! One row a line, read from its rows: a name, then as many figures as on every other line, parted by blanks or tabs.
//!
//! What [`super::columns`] reads begins with heads that it knows, as many as there are columns. Below others (辖区 得分 排名), or below heads
//! that stand a line each, rows show themselves by coming again.

use std::ops::Range;

use gouji_document::Text;

use super::figures::{is_first_head, serial};
use super::no_cell;
use super::proof::is_total_label;
use super::rows_first::{as_written, is_figure, is_group};
use crate::parts::{part, width};

/// Fewest rows.
const MIN_ROWS: usize = 3;
/// Longest name of a row, in two languages maybe, in characters.
const MAX_LABEL: usize = 60;
/// Longest head.
const MAX_HEAD: usize = 30;
/// Longest line of a row, in bytes.
const MAX_LINE: usize = 600;
/// Most words of a name that stand in columns of their own.
const MAX_WORDS: usize = 3;

/// A table found: the line that it begins with, its header and rows, and how many lines it takes from there.
pub(super) struct Found {
    pub start: usize,
    pub header: Vec<Text>,
    pub rows: Vec<Vec<Text>>,
    pub n_lines: usize,
}

/// The cells of a line: those between tabs, or its words.
fn cells(line: &str) -> Vec<Range<usize>> {
    let parted = |c: char| {
        if line.contains('\t') {
            c == '\t'
        } else {
            c.is_whitespace()
        }
    };
    let mut at = 0;
    let mut out = Vec::new();
    for cell in line.split(parted) {
        let lead = cell.len() - cell.trim_start().len();
        if !cell.trim().is_empty() {
            out.push(at + lead..at + lead + cell.trim().len());
        }
        at += cell.len() + line[at + cell.len()..].chars().next().map_or(0, char::len_utf8);
    }
    out
}

/// A line as a row: its cells, and how many words stand before its figures.
struct RowAt {
    cells: Vec<Range<usize>>,
    n_words: usize,
}

impl RowAt {
    fn n_figures(&self) -> usize {
        self.cells.len() - self.n_words
    }

    fn figures<'l>(&self, line: &'l str) -> Vec<&'l str> {
        self.cells[self.n_words..].iter().map(|r| &line[r.clone()]).collect()
    }
}

/// The line as a row of a name and two figures or more; a serial number may stand before the name.
fn row(line: &str) -> Option<RowAt> {
    if line.len() > MAX_LINE || line.contains(['。', '；', '，', '：', '|', '｜']) {
        return None;
    }
    let cells = cells(line);
    let figure = |r: &Range<usize>| is_figure(&line[r.clone()]);
    let n_figures = cells.iter().rev().take_while(|r| figure(r)).count();
    let n_words = cells.len() - n_figures;
    let (lead, name) = cells[..n_words].split_first()?;
    let numbered = serial(&line[lead.clone()]).is_some() && !name.is_empty();
    let words = if numbered { name } else { &cells[..n_words] };
    let label = words.first()?.start..words.last()?.end;
    // 项目 2030 2031 heads rows.
    let years = cells[n_words..].iter().all(|r| is_year(&line[r.clone()]));
    (n_figures >= 2 && !years && !words.iter().any(figure) && width(&line[label]) <= MAX_LABEL)
        .then_some(RowAt { cells, n_words })
}

/// Whether rows may begin with this line.
pub(super) fn begins(line: &str) -> bool {
    line.ends_with(|c: char| c.is_ascii_digit() || "%％倍".contains(c)) && row(line).is_some()
}

/// The table whose first row is line `at`; lines from `free` on may be its heads.
pub(super) fn solve(lines: &[&Text], free: usize, at: usize) -> Option<Found> {
    let mut rows: Vec<Option<RowAt>> = Vec::new();
    for (idx, line) in lines[at..].iter().enumerate() {
        match row(line.as_str()) {
            Some(found) => rows.push(Some(found)),
            // A heading of rows that follow.
            None if lines.get(at + idx + 1).is_some_and(|next| row(next.as_str()).is_some())
                && cells(line.as_str()).len() == 1
                && is_group(line.as_str(), "") =>
            {
                rows.push(None);
            }
            None => break,
        }
    }
    let told: Vec<(usize, &RowAt)> = rows
        .iter()
        .enumerate()
        .filter_map(|(i, r)| Some((i, r.as_ref()?)))
        .collect();
    let k = told.iter().map(|(_, r)| r.n_figures()).max()?;
    let whole: Vec<&(usize, &RowAt)> = told.iter().filter(|(_, r)| r.n_figures() == k).collect();
    if whole.len() < MIN_ROWS || whole.len() * 3 < told.len() * 2 {
        return None;
    }
    // Words stand in columns of their own where all rows have as many.
    let n_words = match whole[0].1.n_words {
        n if n <= MAX_WORDS && told.iter().all(|(_, r)| r.n_words == n) => n,
        _ => 1,
    };
    let n_cols = n_words + k;
    let figures: Vec<Vec<&str>> = whole.iter().map(|(i, r)| r.figures(lines[at + i].as_str())).collect();
    let full: Vec<&[&str]> = figures.iter().map(Vec::as_slice).collect();
    let mut out = Vec::with_capacity(rows.len());
    for (idx, row) in rows.iter().enumerate() {
        let line = lines[at + idx];
        let mut laid = vec![Text::default(); n_cols];
        let Some(row) = row else {
            laid[0] = line.clone();
            out.push(laid);
            continue;
        };
        if n_words == 1 {
            laid[0] = part(line, row.cells[0].start..row.cells[row.n_words - 1].end);
        } else {
            for (slot, cell) in laid.iter_mut().zip(&row.cells[..row.n_words]) {
                *slot = part(line, cell.clone());
            }
        }
        let columns = if row.n_figures() == k {
            (0..k).collect()
        } else {
            let short = row.figures(line.as_str());
            // What a total has none of is the rank in the last column.
            let unranked = is_total_label(laid[0].as_str()) && row.n_figures() + 1 == k;
            match as_written(&full, &short) {
                None if unranked => (0..k - 1).collect(),
                found => found?,
            }
        };
        for (column, cell) in columns.iter().zip(&row.cells[row.n_words..]) {
            laid[n_words + column] = part(line, cell.clone());
        }
        out.push(laid);
    }
    let heads = at
        .checked_sub(1)
        .filter(|i| *i >= free)
        .and_then(|i| heads(lines[i], n_cols, n_words));
    Some(Found {
        start: at - usize::from(heads.is_some()),
        n_lines: rows.len() + usize::from(heads.is_some()),
        header: heads.unwrap_or_else(|| vec![Text::default(); n_cols]),
        rows: out,
    })
}

fn is_year(cell: &str) -> bool {
    cell.len() == 4 && cell.parse().is_ok_and(|year: u16| (1900..2100).contains(&year))
}

/// The heads of the columns on one line, if they are as many; the corner may be empty.
fn heads(line: &Text, n_cols: usize, n_words: usize) -> Option<Vec<Text>> {
    let words = cells(line.as_str());
    let head = |r: &Range<usize>| {
        let cell = &line.as_str()[r.clone()];
        // 毕业生数 Graduates: one name in two languages.
        let latin = cell.chars().all(|c| c.is_ascii_alphabetic() || "-'".contains(c));
        !latin
            && (!is_figure(cell) || is_year(cell))
            && width(cell) <= MAX_HEAD
            && !cell.contains(['。', '；', '，', '：'])
    };
    if no_cell(line.as_str()) || !words.iter().all(head) {
        return None;
    }
    let named = words.iter().map(|r| part(line, r.clone()));
    if words.len() == n_cols {
        return Some(named.collect());
    }
    // A first head that names rows is not wanting.
    let corner = words.len() + 1 == n_cols && n_words == 1 && words.len() >= 2;
    let first = words.first().map(|r| &line.as_str()[r.clone()])?;
    (corner && !is_first_head(first)).then(|| std::iter::once(Text::default()).chain(named).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str) -> Option<Vec<String>> {
        let lines: Vec<Text> = text.lines().map(Text::synthetic).collect();
        let lines: Vec<&Text> = lines.iter().collect();
        let at = (0..lines.len()).find(|i| begins(lines[*i].as_str()))?;
        let found = solve(&lines, 0, at)?;
        let line = |row: &Vec<Text>| row.iter().map(Text::as_str).collect::<Vec<_>>().join("|");
        Some(std::iter::once(&found.header).chain(&found.rows).map(line).collect())
    }

    #[test]
    fn rows_come_again_below_any_heads() {
        assert_eq!(
            show("辖区 得分 排名\n东港 83.0 1\n西港 81.2 2\n南 港 80.4 3\n请认真整改。").expect("a table"),
            ["辖区|得分|排名", "东港|83.0|1", "西港|81.2|2", "南 港|80.4|3"]
        );
        // Words in columns of their own.
        assert_eq!(
            show("编号 指标 平均 最高 最低\nA1 开办 89.2 95.5 84.3\nA2 许可 88.6 92.8 81.2\nA3 登记 88.8 94.0 84.2")
                .expect("a table")[..2],
            ["编号|指标|平均|最高|最低", "A1|开办|89.2|95.5|84.3"]
        );
        // Heads that do not fit name nothing.
        assert_eq!(
            show("投资计划\n完成投资\n东县 12.9% 527.3 78.5%\n市本级 209.8 78.0%\n西县 13.7% 59.4 82.7%\n南县 13.4% 41.2 90.8%")
                .expect("a table")[..3],
            ["|||", "东县|12.9%|527.3|78.5%", "市本级||209.8|78.0%"]
        );
        assert_eq!(
            show("渠道 2030 2031\n来信 3 4\n来电 5 6\n来访 1 2").expect("a table")[0],
            "渠道|2030|2031"
        );
    }

    #[test]
    fn lines_that_are_no_rows() {
        // Any column may lack its figure.
        assert_eq!(show("单位 东港 西港 南港\n甲 1 1 2\n乙 1 1\n丙 2 1 3\n丁 1 1 1"), None);
        assert_eq!(show("电话 12345 67890\n传真 12345 67890"), None);
        assert_eq!(show("受理3件，办结 2 1\n受理 4 件。 2 2\n受理 5 5"), None);
    }
}
