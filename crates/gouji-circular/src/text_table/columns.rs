//! Rows whose cells are parted by tabs or wide blanks.

use std::ops::Range;
use std::sync::LazyLock;

use gouji_document::Text;
use regex::Regex;

use super::align::{kinds, lay};
use super::figures::{is_first_head, is_nothing, is_numeric, is_serial_head};
use super::forms;
use super::proof::is_total_label;
use crate::parts::{part, width};

static WIDE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[ \u{a0}]{2,}|[ \u{a0}]*\u{3000}[ \u{a0}\u{3000}]+").expect("a fixed pattern"));

/// The byte ranges of the cells of one line; one range if it has no columns.
pub(crate) fn split(line: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    if line.contains('\t') {
        for cell in line.split('\t') {
            out.push(at..at + cell.len());
            at += cell.len() + 1;
        }
        return out;
    }
    let blanks = line.contains("  ") || line.contains(['\u{a0}', '\u{3000}']);
    for gap in blanks.then(|| WIDE.find_iter(line)).into_iter().flatten() {
        out.push(at..gap.start());
        at = gap.end();
    }
    out.push(at..line.len());
    out
}

/// The byte ranges of the words of one line.
fn words(line: &str) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    for word in line.split_whitespace() {
        let from = out.last().map_or(0, |r| r.end);
        let at = from + line[from..].find(word).unwrap_or(0);
        out.push(at..at + word.len());
    }
    out
}

/// The cells of a row of words parted by single blanks: a label may have blanks of its own (总 计, 甲 镇), and all behind it are
/// figures.
pub(super) fn narrow_cells(line: &str, n_cols: usize) -> Vec<Range<usize>> {
    let mut cells = words(line);
    if let Some(more) = cells.len().checked_sub(n_cols).filter(|more| *more > 0 && n_cols >= 2) {
        let figure = |r: &Range<usize>| is_numeric(&line[r.clone()]);
        if !cells[..=more].iter().any(figure) && cells[more + 1..].iter().all(figure) {
            let end = cells[more].end;
            cells.drain(1..=more);
            cells[0].end = end;
        }
    }
    cells
}

/// Whether a table can begin with this line.
pub(crate) fn begins(line: &str) -> bool {
    if split(line).len() >= 2 {
        return true;
    }
    let mut words = line.split_whitespace();
    match (words.next(), words.next(), words.next()) {
        (Some(first), Some(_), Some(_)) => is_first_head(first),
        _ => false,
    }
}

/// Header and rows of the lines from the first on, with the number of lines taken.
///
/// Single blanks part cells only under a first word that heads tables, and only if every row has as many words as the header.
pub(crate) fn read(lines: &[&Text]) -> Option<(Vec<Text>, Vec<Vec<Text>>, usize)> {
    let narrow = split(lines.first()?.as_str()).len() < 2;
    if !begins(lines[0].as_str()) {
        return None;
    }
    let first = lines[0].as_str();
    let first = if narrow { words(first) } else { split(first) };
    let n_cols = first.len();
    let split = |line: &str| {
        if narrow {
            narrow_cells(line, n_cols)
        } else {
            split(line)
        }
    };
    let head: Vec<&str> = first.iter().map(|r| &lines[0].as_str()[r.clone()]).collect();
    if narrow && let Some(found) = forms::read(lines, &first) {
        return Some(found);
    }
    if n_cols < 2
        || head.iter().filter(|c| is_numeric(c)).count() * 2 > n_cols
        || head.iter().any(|c| width(c) > 20 || c.contains(['。', '；']))
    {
        return None;
    }
    let mut rows: Vec<Vec<Range<usize>>> = Vec::new();
    for line in &lines[1..] {
        let cells = split(line.as_str());
        // Of narrow rows only a total's may be short: its serial cell was merged, or 全市总体 has no rank.
        let totals = |r: &Range<usize>| {
            let name = &line.as_str()[r.clone()];
            is_total_label(name) || ["总体", "平均"].iter().any(|w| name.ends_with(w))
        };
        let total = cells.len() + 1 == n_cols && cells.first().is_some_and(totals);
        if cells.len() < 2 || cells.len() > n_cols || narrow && cells.len() != n_cols && !total {
            break;
        }
        rows.push(cells);
    }
    let texts: Vec<Vec<&str>> = rows
        .iter()
        .enumerate()
        .map(|(i, r)| r.iter().map(|c| lines[i + 1].as_str()[c.clone()].trim()).collect())
        .collect();
    let regular: Vec<Vec<&str>> = texts.iter().filter(|r| r.len() == n_cols).cloned().collect();
    if regular.is_empty() || regular.len() * 3 < rows.len() * 2 {
        return None;
    }
    let figures = (0..n_cols).any(|c| regular.iter().all(|r| is_numeric(r[c]) && !is_nothing(r[c])));
    let enough = if is_serial_head(head[0]) { 1 } else { 2 };
    if !figures || rows.len() < enough {
        return None;
    }
    let kinds = kinds(&regular, n_cols);
    // What a row of all has none of is the rank in the last column.
    let last = head[n_cols - 1].trim();
    let unranked = !is_serial_head(head[0]) && ["排名", "名次", "位次", "排序"].iter().any(|w| last.ends_with(w));
    let mut out = Vec::with_capacity(rows.len());
    for (i, cells) in rows.iter().enumerate() {
        let line = lines[i + 1];
        let mut row = vec![Text::default(); n_cols];
        if cells.len() == n_cols || line.contains('\t') || unranked && cells.len() + 1 == n_cols {
            for (slot, cell) in row.iter_mut().zip(cells) {
                *slot = part(line, cell.clone());
            }
        } else {
            let columns = lay(&texts[i], &kinds)?;
            for (slot, from) in row.iter_mut().zip(&columns) {
                if let (Some(a), Some(b)) = (from.first(), from.last()) {
                    *slot = part(line, cells[*a].start..cells[*b].end);
                }
            }
        }
        out.push(row);
    }
    let header = first.into_iter().map(|r| part(lines[0], r)).collect();
    Some((header, out, rows.len() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_document::Span;

    fn rows(text: &str) -> Option<usize> {
        let mut at = 0;
        let lines: Vec<Text> = text
            .split('\n')
            .map(|l| {
                let t = Text::from_source(text, Span::new(at, at + l.len()));
                at += l.len() + 1;
                t
            })
            .collect();
        read(&lines.iter().collect::<Vec<_>>()).map(|(_, r, _)| r.len())
    }

    #[test]
    fn columns_by_blanks_and_tabs() {
        assert_eq!(rows("单位    受理  办结\n甲镇    3     3\n乙镇    4     4"), Some(2));
        assert_eq!(rows("序号 单位 受理 办结\n1 甲镇 3 3\n2 乙镇 4 4\n合计 7 7"), Some(3));
        assert_eq!(
            rows("单位 得分 排名\n全市总体 90.5\n甲镇 93.5 1\n乙镇 91.4 2\n丙镇 88.0 3"),
            Some(4)
        );
        assert_eq!(rows("单位 受理 办结\n甲镇 3 3\n乙镇 4 4\n请认真整改。"), Some(2));
        // A label with blanks inside.
        assert_eq!(
            rows("年龄段 人数 占比\n合 计 70 100.00\n少 年 30 42.86\n成年 40 57.14"),
            Some(3)
        );
        assert_eq!(
            rows("年龄段 人数 占比\n合 计 70 100.00\n少年 不 详 30\n成年 40 57.14"),
            None
        );
        assert_eq!(rows("单位\t受理\t备注\n甲镇\t3\t\n乙镇\t4\t无"), Some(2));
    }

    #[test]
    fn prose_with_wide_blanks_is_no_table() {
        assert_eq!(rows("各镇要认真落实。  不得拖延\n甲镇  乙镇\n丙镇  丁镇"), None);
        assert_eq!(rows("我们 要 认真\n甲镇 3 3\n乙镇 4 4"), None);
        assert_eq!(rows("单位  负责人\n甲镇  王某\n乙镇  李某"), None);
    }
}
