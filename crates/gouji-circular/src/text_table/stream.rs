//! A table as a stream of cells in reading order: nothing says where a row ends, so the width is inferred.
//!
//! Pages saved as text print one cell a line. Where their markup is kept, empty cells come along, and a row with merged cells is
//! filled up at its end. Every width is tried: one is taken if, under it, labels come back at the start of each row, each column
//! holds figures or words throughout, and the cells before the first row make up its header. What has fewer cells than the width
//! is laid by what adds up ([`super::proof`]). Without such a proof there is no table.

use super::figures::{is_nothing, is_numeric, serial};
use super::header;
use super::proof::{Facts, Totals, is_total_label};
use super::sequence::{Layout, MAX_HEADER};
use super::spans;
use crate::grid::{NOTE, UNIT_LINE};
use crate::parts::{squash, width};

/// Most columns tried.
const MAX_WIDTH: usize = 60;
/// Longest label of a row, in characters.
const MAX_LABEL: usize = 30;
/// Most columns of labels before the first figure.
const MAX_LABELS: usize = 3;

/// How the header was read; the greater the surer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Heads {
    /// Lines joined to as many heads as there are columns.
    Joined,
    /// Two rows, one spanning the other.
    Spanned,
    /// As many heads as columns.
    Whole,
}

/// Rows of one width from one start.
#[derive(Debug)]
struct Rows {
    start: usize,
    n_cols: usize,
    /// Cells of each row: where it begins, how many.
    at: Vec<(usize, usize)>,
    end: usize,
}

/// Lays a stream out. `exact` says that the stream is one table from its first cell to its last, empty cells included; else it
/// may go on after it, and more rows are asked for.
pub(crate) fn solve(cells: &[&str], exact: bool) -> Option<Layout> {
    let after = (1..cells.len())
        .find(|&i| NOTE.is_match(cells[i]))
        .unwrap_or(cells.len());
    let body = &cells[..after];
    let figure = (2..body.len().min(MAX_HEADER * 2)).find(|&i| is_numeric(body[i]) && !is_nothing(body[i]))?;
    let mut best: Option<((usize, Heads, usize), Layout)> = None;
    for n_cols in 2..=MAX_WIDTH.min(figure + 1).min(body.len() / 2) {
        for start in (figure.saturating_sub(MAX_LABELS).max(1)..=figure).rev() {
            let Some(rows) = rows(body, start, n_cols, exact) else {
                continue;
            };
            let used = rows.end;
            if best.as_ref().is_some_and(|(key, _)| key.0 > used) {
                continue;
            }
            let Some((layout, heads)) = lay(body, &rows, exact) else {
                continue;
            };
            let key = (used, heads, usize::MAX - n_cols);
            if best.as_ref().is_none_or(|(found, _)| *found < key) {
                best = Some((key, layout));
            }
        }
    }
    best.map(|(_, layout)| layout)
}

fn is_label(cell: &str) -> bool {
    !cell.trim().is_empty() && !is_numeric(cell) && width(cell) <= MAX_LABEL && !cell.contains(['。', '；'])
}

/// A head over numbers that are no amounts: 月份 over 7, 8, 9.
fn is_time(head: &str) -> bool {
    ["月份", "月", "年份", "年度", "季度", "周次", "日期"].contains(&squash(head).as_str())
}

fn is_figure_or_gap(cell: &str) -> bool {
    cell.trim().is_empty() || is_numeric(cell)
}

/// The rows of `n_cols` cells that begin at `start`, if they are enough and, in an exact stream, all there is.
fn rows(cells: &[&str], start: usize, n_cols: usize, exact: bool) -> Option<Rows> {
    // Serial numbers begin the rows, or months and the like one after the other, or names.
    let first = serial(cells[start]).filter(|n| *n == 1 || start == n_cols && is_time(cells[0]));
    let serials = first.is_some();
    if !serials && !is_label(cells[start]) {
        return None;
    }
    let mut model: Vec<Option<bool>> = vec![None; n_cols];
    let mut at = start;
    let mut out = Vec::new();
    let mut n = first.map_or(0, |n| n - 1);
    while at < cells.len() {
        let total = is_total_label(cells[at]);
        let begins = |at: usize| match cells.get(at) {
            None => true,
            Some(cell) => {
                is_total_label(cell)
                    || if serials {
                        serial(cell) == Some(n + 2 - i64::from(total))
                    } else {
                        is_label(cell)
                    }
            }
        };
        let fresh = total
            || if serials {
                serial(cells[at]) == Some(n + 1)
            } else {
                is_label(cells[at])
            };
        if !fresh {
            break;
        }
        let len = if at + n_cols <= cells.len() && fits(&cells[at..at + n_cols], total, &mut model) {
            n_cols
        } else {
            // A row with merged or missing cells is short.
            let short = (n_cols.saturating_sub(2).max(2)..n_cols).rev().find(|&len| {
                at + len <= cells.len() && begins(at + len) && cells[at + 1..at + len].iter().all(|c| is_numeric(c))
            });
            match short {
                Some(len) => len,
                None => break,
            }
        };
        out.push((at, len));
        at += len;
        n += i64::from(!total);
    }
    let rest = &cells[at.min(cells.len())..];
    let figures = model.contains(&Some(true));
    let whole = out
        .iter()
        .filter(|r| r.1 == n_cols && !is_total_label(cells[r.0]))
        .count();
    let short = out
        .iter()
        .filter(|r| r.1 < n_cols && !is_total_label(cells[r.0]))
        .count();
    let enough = whole >= if exact { 2 } else { 3 } && short * 3 <= whole;
    // A row that does not fit would leave its figures behind.
    let ended = if exact {
        rest.iter().all(|c| c.trim().is_empty())
    } else {
        !rest.iter().take(2).any(|c| is_numeric(c))
    };
    (figures && enough && ended).then_some(Rows {
        start,
        n_cols,
        at: out,
        end: at,
    })
}

/// Whether the cells are a row of the model: figures where figures were, words where words were. A total's label may span
/// columns of words, and its figures may have moved.
fn fits(row: &[&str], total: bool, model: &mut [Option<bool>]) -> bool {
    if total {
        return row[1..].iter().all(|c| is_figure_or_gap(c) || is_nothing(c));
    }
    let agrees = row.iter().zip(model.iter()).skip(1).all(|(cell, kind)| {
        is_nothing(cell) || kind.is_none_or(|figure| figure == is_numeric(cell)) && width(cell) <= MAX_LABEL * 2
    });
    if agrees {
        for (cell, kind) in row.iter().zip(model.iter_mut()).skip(1) {
            if !is_nothing(cell) {
                *kind = Some(is_numeric(cell));
            }
        }
    }
    agrees
}

fn lay(cells: &[&str], rows: &Rows, exact: bool) -> Option<(Layout, Heads)> {
    let Rows { n_cols, start, .. } = *rows;
    let totals = Totals::new(rows.at.iter().map(|r| is_total_label(cells[r.0])).collect());
    let plain: Vec<Vec<&str>> = rows
        .at
        .iter()
        .enumerate()
        .filter(|(idx, _)| !totals.is_total(*idx))
        .map(|(_, &(at, len))| {
            if len == n_cols {
                cells[at..at + len].to_vec()
            } else {
                vec![""; n_cols]
            }
        })
        .collect();
    let facts = Facts::new(plain, n_cols);
    let mut laid: Vec<Vec<Vec<usize>>> = Vec::with_capacity(rows.at.len());
    let mut seen = std::collections::BTreeSet::new();
    for (idx, &(at, len)) in rows.at.iter().enumerate() {
        // In a text without bars a name that comes again is no name of a row.
        if !exact && !totals.is_total(idx) && !seen.insert(cells[at]) {
            return None;
        }
        laid.push(if totals.is_total(idx) {
            total_row(cells, at, len, &facts, totals.reach(idx))?
        } else if len == n_cols {
            (at..at + len).map(|i| vec![i]).collect()
        } else {
            let figures = &cells[at + 1..at + len];
            let above = totals.plain_before(idx).checked_sub(1);
            let shares = above.and_then(|above| facts.place_shares(figures, above));
            let columns = shares.or_else(|| under_total(cells, rows, &totals, &facts, idx))?;
            spread(at, n_cols, &columns)
        });
    }
    let mut layout = Layout {
        rows: laid,
        used: rows.end,
        ..Layout::default()
    };
    let mut from = 0;
    // A first cell that names the table or gives its unit, or that is merged over all columns.
    let over_all = |from: usize| {
        let gaps = cells.get(from + 1..from + n_cols);
        from + n_cols < start
            && !cells[from].trim().is_empty()
            && gaps.is_some_and(|g| g.iter().all(|c| c.trim().is_empty()))
    };
    while from + 1 < start && (super::is_caption(cells[from]) || UNIT_LINE.is_match(cells[from]) || over_all(from)) {
        let gaps = cells[from + 1..start]
            .iter()
            .take_while(|c| c.trim().is_empty())
            .count();
        layout.caption.push(from);
        from += 1 + gaps;
    }
    let (header, kind) = heads(&cells[..start], from, n_cols, &facts)?;
    layout.header = header;
    drop_gaps(&mut layout, cells);
    Some((layout, kind))
}

/// The columns of a short row that a whole total takes together with others, if no other row of them is short.
fn under_total(cells: &[&str], rows: &Rows, totals: &Totals, facts: &Facts, idx: usize) -> Option<Vec<usize>> {
    let (at, len) = rows.at[idx];
    let nth = totals.plain_before(idx);
    let total = (0..rows.at.len()).find(|&t| totals.is_total(t) && totals.reach(t).contains(&nth))?;
    let (from, whole) = rows.at[total];
    let reach = totals.reach(total);
    let short = (0..rows.at.len())
        .filter(|&r| !totals.is_total(r) && rows.at[r].1 < rows.n_cols && reach.contains(&totals.plain_before(r)))
        .count();
    (short == 1).then(|| facts.place_part(&cells[at + 1..at + len], &cells[from..from + whole], reach))?
}

/// Cell `at` is the label; each next one stands in its column.
pub(super) fn spread(at: usize, n_cols: usize, columns: &[usize]) -> Vec<Vec<usize>> {
    let mut row = vec![Vec::new(); n_cols];
    row[0].push(at);
    for (idx, &col) in columns.iter().enumerate() {
        row[col].push(at + 1 + idx);
    }
    row
}

/// A total's row; one with gaps at its end is laid by what adds up.
fn total_row(
    cells: &[&str],
    at: usize,
    len: usize,
    facts: &Facts,
    reach: std::ops::Range<usize>,
) -> Option<Vec<Vec<usize>>> {
    let n_cols = facts.n_cols();
    let mut end = at + len;
    while end > at + 1 && cells[end - 1].trim().is_empty() {
        end -= 1;
    }
    let moved = (end - at..n_cols).any(|col| facts.is_filled(col))
        || (at + 1..end).any(|i| facts.is_words(i - at) && is_numeric(cells[i]) && !is_nothing(cells[i]));
    if !moved {
        let mut row: Vec<Vec<usize>> = (at..end).map(|i| vec![i]).collect();
        row.resize(n_cols, Vec::new());
        return Some(row);
    }
    let columns = facts.place_total(&cells[at + 1..end], reach)?;
    Some(spread(at, n_cols, &columns))
}

/// The heads of `n_cols` columns from the cells before the first row.
pub(super) fn heads(cells: &[&str], from: usize, n_cols: usize, facts: &Facts) -> Option<(Vec<Vec<usize>>, Heads)> {
    let filled = |i: &usize| !cells[*i].trim().is_empty();
    let all: Vec<usize> = (from..cells.len()).filter(filled).collect();
    let n = cells.len() - from;
    if n == n_cols && all.len() + 1 >= n_cols {
        return Some((
            (from..cells.len())
                .map(|i| if filled(&i) { vec![i] } else { Vec::new() })
                .collect(),
            Heads::Whole,
        ));
    }
    if all.iter().any(|&i| is_numeric(cells[i]) || width(cells[i]) > MAX_LABEL) {
        return None;
    }
    if n == 2 * n_cols {
        // Each row is filled up at its end; an empty first cell is a head without a name.
        let row = |at: usize| {
            let end = (at..at + n_cols).rev().find(filled).map_or(at, |i| i + 1);
            (at..end).collect::<Vec<_>>()
        };
        let (upper, lower) = (row(from), row(from + n_cols));
        let inner = |r: &[usize]| r.iter().skip(1).all(filled);
        if inner(&upper) && lower.iter().all(filled) {
            return Some((spans::compose(cells, &upper, &lower, n_cols, facts)?, Heads::Spanned));
        }
        return None;
    }
    if n == 3 * n_cols {
        let row = |nth: usize| {
            let at = from + nth * n_cols;
            let end = (at..at + n_cols).rev().find(filled).map_or(at, |i| i + 1);
            (at..end).collect::<Vec<_>>()
        };
        let rows = [row(0), row(1), row(2)];
        if rows.iter().all(|r| r.iter().all(filled)) {
            let [upper, middle, lower] = &rows;
            return Some((
                spans::nested(cells, [upper, middle, lower], n_cols, facts)?,
                Heads::Spanned,
            ));
        }
        return None;
    }
    if all.len() == n_cols {
        return Some((all.into_iter().map(|i| vec![i]).collect(), Heads::Whole));
    }
    if all.len() != n || all.len() > MAX_HEADER {
        return None;
    }
    // Without gaps nothing shows where the upper row ends: heads that come again in groups do.
    if all.len() > n_cols {
        let tail = (2..all.len()).filter(|&k| repeats(&all[k..], cells, all.len() - n_cols));
        let found: Vec<_> = tail
            .filter_map(|k| spans::compose(cells, &all[..k], &all[k..], n_cols, facts))
            .take(2)
            .collect();
        if let [one] = found.as_slice() {
            return Some((one.clone(), Heads::Spanned));
        }
    }
    let names: Vec<&str> = all.iter().map(|&i| cells[i]).collect();
    let joined: Option<Vec<Vec<usize>>> = header::join(&names, n_cols).map(|heads| {
        heads
            .into_iter()
            .map(|c| c.into_iter().map(|i| all[i]).collect())
            .collect()
    });
    match spans::part(cells, &all, n_cols, facts, joined.as_deref()) {
        Some(spanned) => Some((spanned, Heads::Spanned)),
        None => Some((joined?, Heads::Joined)),
    }
}

/// Whether the heads are one tuple, `times` times.
fn repeats(heads: &[usize], cells: &[&str], times: usize) -> bool {
    let names: Vec<String> = heads.iter().map(|&i| squash(cells[i])).collect();
    times >= 2
        && names.len().is_multiple_of(times)
        && names.len() / times >= 2
        && (names.len() / times..names.len()).all(|i| names[i] == names[i % (names.len() / times)])
}

/// Takes out the columns in which nothing stands at all.
fn drop_gaps(layout: &mut Layout, cells: &[&str]) {
    let empty = |c: &[usize]| c.iter().all(|&i| cells[i].trim().is_empty());
    for col in (0..layout.header.len()).rev() {
        let gap = empty(&layout.header[col]) && layout.rows.iter().all(|r| empty(&r[col]));
        if gap {
            layout.header.remove(col);
            layout.rows.iter_mut().for_each(|r| drop(r.remove(col)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cells parted by blanks; `_` is an empty one.
    fn show(text: &str, exact: bool) -> Option<Vec<String>> {
        let cells: Vec<&str> = text.split_whitespace().map(|c| if c == "_" { "" } else { c }).collect();
        Some(solve(&cells, exact)?.lines(&cells))
    }

    #[test]
    fn labels_come_back_at_the_width() {
        assert_eq!(
            show("辖区 呼入 有效 无效 全县合计 30 22 8 甲镇 18 12 6 乙镇 12 10 2", true).expect("a table"),
            [
                "辖区|呼入|有效|无效",
                "全县合计|30|22|8",
                "甲镇|18|12|6",
                "乙镇|12|10|2"
            ]
        );
        // A row is one cell short, and no total: which cell is missing is not known.
        assert_eq!(
            show("辖区 呼入 有效 无效 甲镇 18 12 6 乙镇 12 10 丙镇 9 5 4", true),
            None
        );
        // Labels alone.
        assert_eq!(show("辖区 呼入 有效 甲镇 多 少 乙镇 少 多", true), None);
    }

    #[test]
    fn two_rows_of_heads_filled_up_at_their_ends() {
        let rows = show(
            "_ 起数 人数 _ _ 矿山 建筑 矿山 建筑 _ 合计 3 4 1 2 甲县 1 4 0 2 乙县 2 0 1 0",
            true,
        )
        .expect("a table");
        assert_eq!(rows[0], "|起数矿山|起数建筑|人数矿山|人数建筑");
        assert_eq!(rows[3], "乙县|2|0|1|0");
    }

    #[test]
    fn a_merged_cell_of_the_total_is_found_by_its_columns() {
        let rows = show(
            "县区 来电 有效 占比% 无效 合计 30 22 8 _ 甲县 18 12 54.5 6 乙县 12 10 45.5 2",
            true,
        )
        .expect("a table");
        assert_eq!(rows[1], "合计|30|22||8");
        // Nothing adds up: the gap is anywhere.
        assert_eq!(
            show(
                "县区 来电 有效 占比% 无效 合计 31 23 9 _ 甲县 18 12 54.5 6 乙县 12 10 45.5 2",
                true
            ),
            None
        );
    }

    #[test]
    fn a_wrong_figure_undoes_no_proof() {
        let text = "县区 来电 有效 无效 _ _ _ _ 合计 咨询 投诉 求助 占比% _ _ _ 合计 4210 3560 1500 1260 800 650 _ \
                    甲区 1830 1560 640 560 360 43.8 270 乙县 1090 920 400 310 210 25.8 170 \
                    丙县 760 640 270 202 150 18.0 120 丁县 530 440 190 170 80 12.4 90";
        let rows = show(text, true).expect("a table");
        assert_eq!(rows[0], "县区|来电|有效合计|有效咨询|有效投诉|有效求助|有效占比%|无效");
        assert_eq!(rows[1], "合计|4210|3560|1500|1260|800||650");
    }

    #[test]
    fn an_empty_column_parts_the_rows() {
        let rows = show("单位 来信 回复 _ 甲局 3 2 _ 乙局 5 5 _ 合计 8 7 _", true).expect("a table");
        assert_eq!(rows, ["单位|来信|回复", "甲局|3|2", "乙局|5|5", "合计|8|7"]);
    }

    #[test]
    fn a_row_of_shares_without_its_total() {
        let rows = show(
            "类别 总数 国内 出境 入境 本季度 200 150 48 2 占比 75.0% 24.0% 1.0% 上季度 100 50 48 2 增减 100% 200% 0% 0% 人次 400 300 96 4",
            false,
        )
        .expect("a table");
        assert_eq!(rows[2], "占比||75.0%|24.0%|1.0%");
        assert_eq!(rows.len(), 6);
    }

    #[test]
    fn the_name_of_the_table_is_a_first_cell() {
        let cells = [
            "来信统计表",
            "",
            "",
            "单位",
            "来信",
            "回复",
            "甲局",
            "3",
            "2",
            "乙局",
            "5",
            "5",
        ];
        let layout = solve(&cells, true).expect("a table");
        assert_eq!(layout.caption, [0]);
        assert_eq!(layout.rows.len(), 2);
        // By its place alone, whatever its words.
        let mut other = cells;
        other[0] = "云岭市人民政府办公室二〇三一年一月份县长信箱群众来信办理有关情况";
        let layout = solve(&other, true).expect("a table");
        assert_eq!(layout.caption, [0]);
        assert_eq!(layout.header, [vec![3], vec![4], vec![5]]);
    }
}
