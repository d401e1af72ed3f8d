//! One cell a line, read from its rows: a name or two, then as many figures as in every other row.
//!
//! The other readings begin with the first head and must know it. Where it is none that is known (中毒原因, 抽检对象), or stands in no
//! count to the columns because cells were lost or merged, the rows still show themselves. Their heads are then sought above them, and
//! where none fit, the columns have no names rather than wrong ones.

use std::ops::Range;

use super::figures::{is_first_head, is_nothing, is_numeric};
use super::proof::{Facts, Totals, is_total_label};
use super::sequence::{Layout, MAX_HEADER};
use super::stream::{self, Heads, spread};
use super::{is_caption, no_cell};
use crate::parts::width;

/// Longest name of a row, in characters.
const MAX_LABEL: usize = 30;
/// Longest head, in characters.
const MAX_HEAD: usize = 20;
/// Most figures of a row.
const MAX_FIGURES: usize = 60;
/// Fewest rows, and where they are wide enough to be sure of two.
const MIN_ROWS: usize = 3;
const WIDE: usize = 4;
/// Shortest name of a table where heads are sought: 排名 is a head.
const MIN_CAPTION: usize = 6;
/// What looking for the heads of a table counts for, in cells.
const COST_OF_HEADS: usize = 1000;
/// What the rows of `n` cells may cost together.
pub(super) fn budget(n: usize) -> usize {
    n.saturating_mul(16).saturating_add(100_000)
}

/// A table found: where its first cell stands, and its layout, whose indices count from there.
pub(super) struct Found {
    pub start: usize,
    pub layout: Layout,
}

/// One row: its names, and where its figures stand; a heading of a group has none.
struct RowAt {
    labels: Vec<Vec<usize>>,
    figures: Range<usize>,
}

/// Whether the cell stands in a column of figures.
pub(super) fn is_figure(cell: &str) -> bool {
    let bare = cell.trim().trim_start_matches(['↑', '↓', '→', '＋', '±']).trim();
    let bare = bare.strip_suffix('倍').unwrap_or(bare);
    bare == "?" || is_numeric(bare)
}

fn is_label(cell: &str) -> bool {
    !cell.trim().is_empty() && !is_figure(cell) && width(cell) <= MAX_LABEL && !cell.contains(['。', '；', '，', '|'])
}

fn is_head(cell: &str) -> bool {
    is_label(cell)
        && width(cell) <= MAX_HEAD
        && !no_cell(cell)
        && !cell.contains(['：', ':'])
        && !(width(cell) >= MIN_CAPTION && is_caption(cell))
}

/// Whether rows may begin with the word at `at`: a figure stands behind it, and none before it.
pub(super) fn begins(cells: &[&str], at: usize) -> bool {
    let next = cells.get(at + 1).is_some_and(|c| is_figure(c) && !is_nothing(c));
    next && is_label(cells[at]) && !at.checked_sub(1).is_some_and(|i| is_figure(cells[i]))
}

/// The table whose first row has its last name at `at`; cells before it may be its heads. What looking cost is taken from `budget`, in
/// cells: where rows go on for long and then fit nothing, each of them is a first row to be tried.
pub(super) fn solve(cells: &[&str], at: usize, budget: &mut usize) -> Option<Found> {
    let k = figures_at(cells, at + 1);
    if k == 0 || k > MAX_FIGURES {
        return None;
    }
    let n_words = words_of_a_row(cells, at, k, budget)?;
    if k == 1 && n_words == 1 {
        return None;
    }
    let first = (at + 1).checked_sub(n_words)?;
    if !cells[first..at].iter().all(|c| is_label(c)) || first.checked_sub(1).is_some_and(|i| is_figure(cells[i])) {
        return None;
    }
    let (rows, end) = rows(cells, first, n_words, k, budget)?;
    let told = rows.iter().filter(|r| !r.figures.is_empty());
    let n_told = told.clone().count();
    let n_cols = n_words + k;
    let plain: Vec<Vec<&str>> = told
        .clone()
        .filter(|r| r.figures.len() == k && !is_total_label(cells[r.labels[0][0]]))
        .map(|r| {
            r.labels
                .iter()
                .map(|l| l[0])
                .chain(r.figures.clone())
                .map(|i| cells[i])
                .collect()
        })
        .collect();
    let n_plain = plain.len();
    let facts = Facts::new(plain, n_cols);
    *budget = budget.saturating_sub(COST_OF_HEADS);
    let heads = heads(cells, first, n_cols, n_words, &facts);
    let enough = match &heads {
        Some(_) => n_told >= MIN_ROWS || n_told == 2 && k >= MIN_ROWS,
        None => k >= 2 && (n_told >= MIN_ROWS || n_told == 2 && k >= WIDE),
    };
    if !enough || n_plain * 2 < n_told {
        return None;
    }
    let body = laid_rows(cells, &rows, n_words, k, &facts)?;
    let (start, header) = heads.unwrap_or_else(|| (first, vec![Vec::new(); n_cols]));
    Some(found(start, end, header, body))
}

/// The table of one row below its heads (类别 房产 … 合计 数量 396 … 2083, or without 类别 and 数量), if their numbers agree and
/// nothing else can be a head; `at` is the word before the first figure.
pub(super) fn solve_single(cells: &[&str], at: usize) -> Option<Found> {
    let k = figures_at(cells, at + 1);
    if !(WIDE..=MAX_FIGURES).contains(&k) {
        return None;
    }
    let end = at + 1 + k;
    let start = heads_from(cells, at + 1);
    let n_words = at + 1 - start;
    // What follows must not go on with the table.
    if cells.get(end).is_some_and(|c| is_label(c)) && cells.get(end + 1).is_some_and(|c| is_figure(c)) {
        return None;
    }
    let labels = match n_words.checked_sub(k)? {
        0 => 0,
        2 if is_first_head(cells[start]) || names_figures(cells[at]) => 1,
        _ => return None,
    };
    let header = (start..=at - labels).map(|i| vec![i]).collect();
    let row = (at + 1 - labels..end).map(|i| vec![i]).collect();
    Some(found(start, end, header, vec![row]))
}

/// Whether the word says what the figures of its row are, whatever stands above them.
fn names_figures(label: &str) -> bool {
    [
        "数量", "件数", "起数", "次数", "人数", "占比", "比例", "比重", "数值", "得分",
    ]
    .contains(&label.trim())
}

fn found(start: usize, end: usize, header: Vec<Vec<usize>>, rows: Vec<Vec<Vec<usize>>>) -> Found {
    let from_start = |row: Vec<Vec<usize>>| -> Vec<Vec<usize>> {
        let cell = |c: Vec<usize>| c.into_iter().map(|i| i - start).collect();
        row.into_iter().map(cell).collect()
    };
    Found {
        start,
        layout: Layout {
            header: from_start(header),
            rows: rows.into_iter().map(from_start).collect(),
            used: end - start,
            ..Layout::default()
        },
    }
}

/// How many figures stand one after another.
fn figures_at(cells: &[&str], at: usize) -> usize {
    let rest = cells.get(at..).unwrap_or_default();
    rest.iter().take(MAX_FIGURES + 1).take_while(|c| is_figure(c)).count()
}

/// How many words stand before the figures of each row: one, or two where no row has fewer (所属地市, 单位).
fn words_of_a_row(cells: &[&str], at: usize, k: usize, budget: &mut usize) -> Option<usize> {
    let mut pos = at + 1 + k;
    let mut least: Option<usize> = None;
    while pos < cells.len() {
        let words = cells[pos..].iter().take(4).take_while(|c| is_label(c)).count();
        let figures = figures_at(cells, pos + words);
        if words == 0 || words > 3 || figures == 0 {
            break;
        }
        least = Some(least.map_or(words, |n| n.min(words)));
        pos += words + figures;
        if least == Some(1) {
            break;
        }
    }
    *budget = budget.saturating_sub(pos - at);
    least.filter(|n| *n <= 2)
}

/// The rows from `start` on, and where they end; `None` if figures would be left behind them.
fn rows(cells: &[&str], start: usize, n_words: usize, k: usize, budget: &mut usize) -> Option<(Vec<RowAt>, usize)> {
    let mut out: Vec<RowAt> = Vec::new();
    let mut at = start;
    loop {
        let words = cells[at..].iter().take(n_words + 2).take_while(|c| is_label(c)).count();
        let figures = figures_at(cells, at + words);
        *budget = budget.saturating_sub(words + figures + 1);
        if words == 0 || figures == 0 {
            return (words > 0 || at >= cells.len() || !is_figure(cells[at])).then_some((out, at));
        }
        if figures > k || words > n_words + 1 || (figures < k && !is_total_label(cells[at]) && n_words > 1) {
            return None;
        }
        let figures = at + words..at + words + figures;
        match words.cmp(&n_words) {
            std::cmp::Ordering::Equal => out.push(RowAt {
                labels: (at..at + words).map(|i| vec![i]).collect(),
                figures: figures.clone(),
            }),
            // A total names nothing in the second column.
            std::cmp::Ordering::Less if is_total_label(cells[at]) => out.push(RowAt {
                labels: vec![vec![at], Vec::new()],
                figures: figures.clone(),
            }),
            std::cmp::Ordering::Greater if n_words == 1 => {
                if is_group(cells[at], cells[at + 1]) {
                    out.push(RowAt {
                        labels: vec![vec![at]],
                        figures: at + 1..at + 1,
                    });
                    out.push(RowAt {
                        labels: vec![vec![at + 1]],
                        figures: figures.clone(),
                    });
                } else {
                    out.push(RowAt {
                        labels: vec![vec![at, at + 1]],
                        figures: figures.clone(),
                    });
                }
            }
            _ => return None,
        }
        at = figures.end;
    }
}

/// Whether a line without figures heads the rows below it (按医院等级分, 一、医院, 其中：), rather than being the first half of a name that
/// was broken.
pub(super) fn is_group(line: &str, next: &str) -> bool {
    let line = line.trim();
    let continued = is_open(line) || next.starts_with(['或', '及', '和', '与', '、', '）', ')']);
    let kinds = [
        "分", "：", ":", "单位", "部门", "乡镇", "街道", "类", "组", "系统", "县区", "区县", "其中",
    ];
    !continued && (kinds.iter().any(|w| line.ends_with(w)) || no_cell(line) || line.starts_with(['按', '#']))
}

/// Each row in its columns. A total that lacks cells is laid by what adds up, any other row by how its figures are written; where
/// that tells no one way, there is no table.
fn laid_rows(
    cells: &[&str],
    rows: &[RowAt],
    n_words: usize,
    k: usize,
    facts: &Facts<'_>,
) -> Option<Vec<Vec<Vec<usize>>>> {
    let n_cols = n_words + k;
    let told: Vec<&RowAt> = rows.iter().filter(|r| !r.figures.is_empty()).collect();
    let is_plain = |r: &RowAt| r.figures.len() == k && !is_total_label(cells[r.labels[0][0]]);
    let totals = Totals::new(told.iter().map(|r| !is_plain(r)).collect());
    let full: Vec<&[&str]> = told
        .iter()
        .filter(|r| r.figures.len() == k)
        .map(|r| &cells[r.figures.clone()])
        .collect();
    let mut nth = 0;
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let mut laid = row.labels.clone();
        if row.figures.is_empty() {
            laid.resize(n_cols, Vec::new());
        } else if row.figures.len() == k {
            laid.extend(row.figures.clone().map(|i| vec![i]));
        } else {
            let figures = &cells[row.figures.clone()];
            let total = n_words == 1 && is_total_label(cells[row.labels[0][0]]);
            let summed = if total {
                facts.place_total(figures, totals.reach(nth))
            } else {
                None
            };
            let columns = match summed {
                Some(columns) => columns,
                None => as_written(&full, figures)?.into_iter().map(|c| c + n_words).collect(),
            };
            laid = spread(row.figures.start - 1, n_cols, &columns);
            laid[0].clone_from(&row.labels[0]);
        }
        nth += usize::from(!row.figures.is_empty());
        out.push(laid);
    }
    Some(out)
}

/// How a figure is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Writing {
    Arrow,
    Percent,
    Decimal,
    Whole,
    /// Of a column: with and without decimals.
    Plain,
}

impl Writing {
    fn of(cell: &str) -> Self {
        let cell = cell.trim();
        match cell {
            _ if cell.starts_with(['↑', '↓', '→']) => Self::Arrow,
            _ if cell.ends_with(['%', '％']) => Self::Percent,
            _ if cell.contains('.') => Self::Decimal,
            _ => Self::Whole,
        }
    }

    fn is_plain(self) -> bool {
        matches!(self, Self::Decimal | Self::Whole | Self::Plain)
    }

    /// Whether a figure so written can stand in a column of this.
    fn takes(self, figure: Self) -> bool {
        self == figure || self == Self::Plain && figure.is_plain()
    }
}

/// The columns of the figures of a short row (from nought), if how they are written leaves one way; `full` are the figures of rows
/// that lack none.
pub(super) fn as_written(full: &[&[&str]], short: &[&str]) -> Option<Vec<usize>> {
    let k = full.first()?.len();
    let column = |col: usize| -> Option<Writing> {
        let told = || full.iter().map(|r| r[col]).filter(|c| !is_nothing(c)).map(Writing::of);
        let first = told().next()?;
        let plain = || told().all(Writing::is_plain).then_some(Writing::Plain);
        if told().all(|w| w == first) {
            Some(first)
        } else {
            plain()
        }
    };
    let columns: Vec<Writing> = (0..k).map(column).collect::<Option<_>>()?;
    let figures: Vec<Writing> = short.iter().map(|c| Writing::of(c)).collect();
    // From the left as far left as can be, and from the right as far right: the same way twice is the only one.
    let place = |figures: &[Writing], columns: &[Writing]| -> Option<Vec<usize>> {
        let mut next = 0;
        figures
            .iter()
            .map(|f| {
                let col = next + columns[next..].iter().position(|c| c.takes(*f))?;
                next = col + 1;
                Some(col)
            })
            .collect()
    };
    let left = place(&figures, &columns)?;
    let reversed = |kinds: &[Writing]| kinds.iter().rev().copied().collect::<Vec<_>>();
    let mut right: Vec<usize> = place(&reversed(&figures), &reversed(&columns))?;
    right.iter_mut().for_each(|c| *c = k - 1 - *c);
    right.reverse();
    (left == right).then_some(left)
}

/// Where the words before `end` begin that can all be heads.
fn heads_from(cells: &[&str], end: usize) -> usize {
    let run = cells[..end]
        .iter()
        .rev()
        .take(MAX_HEADER)
        .take_while(|c| is_head(c))
        .count();
    end - run
}

/// Whether the lines of a head show that they are one: brackets that begin or stay open, a mark at an end.
fn is_one_head(cells: &[&str], head: &[usize]) -> bool {
    head.windows(2)
        .all(|w| is_open(cells[w[0]]) || cells[w[1]].starts_with(['（', '(', '/', '、', '％', '%']))
}

/// Whether the line breaks off: at a mark that goes on, or inside brackets.
fn is_open(line: &str) -> bool {
    line.ends_with(['、', '（', '(', '/', '和', '与', '及', '或'])
        || line.matches(['（', '(']).count() > line.matches(['）', ')']).count()
}

/// The heads of the columns above the rows that begin at `first`, and where they begin.
fn heads(
    cells: &[&str],
    first: usize,
    n_cols: usize,
    n_words: usize,
    facts: &Facts<'_>,
) -> Option<(usize, Vec<Vec<usize>>)> {
    let from = heads_from(cells, first);
    let known = (from..first).filter(|&i| i == from || is_first_head(cells[i]));
    for start in known.take_while(|start| first - start >= n_cols) {
        if let Some((header, kind)) = stream::heads(&cells[..first], start, n_cols, facts)
            && (kind != Heads::Joined || header.iter().all(|head| is_one_head(cells, head)))
        {
            return Some((start, header));
        }
    }
    // The corner is empty.
    if n_words == 1 && first - from + 1 == n_cols && n_cols >= MIN_ROWS {
        let header = std::iter::once(Vec::new()).chain((from..first).map(|i| vec![i]));
        return Some((from, header.collect()));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Cells parted by blanks: the table that the first word before a figure begins, if any; `.` before it where cells are left before it.
    fn show(text: &str) -> Option<Vec<String>> {
        let cells: Vec<&str> = text.split_whitespace().collect();
        let mut budget = budget(cells.len());
        let found = (0..cells.len())
            .filter(|at| begins(&cells, *at))
            .find_map(|at| solve(&cells, at, &mut budget).or_else(|| solve_single(&cells, at)))?;
        let mut lines = found.layout.lines(&cells[found.start..]);
        if found.start > 0 {
            lines[0].insert(0, '.');
        }
        Some(lines)
    }

    #[test]
    fn heads_are_sought_above_the_rows() {
        assert_eq!(
            show("中毒原因 起数 人数 微生物 5 31 化学物 2 9 不明 1 4 合计 8 44").expect("a table"),
            [
                "中毒原因|起数|人数",
                "微生物|5|31",
                "化学物|2|9",
                "不明|1|4",
                "合计|8|44"
            ]
        );
        // In two rows.
        let twice = "抽检对象 本月抽检 累计抽检 批次 合格 批次 合格 基地 6 5 40 39 市场 3 3 21 20 超市 2 2 18 18";
        assert_eq!(
            show(twice).expect("a table")[0],
            "抽检对象|本月抽检批次|本月抽检合格|累计抽检批次|累计抽检合格"
        );
        // What stands before them is none.
        assert_eq!(
            show("现将情况通报如下： 受理渠道 来电 来信 东港 3 2 西港 8 1 南港 4 4").expect("a table")[0],
            ".受理渠道|来电|来信"
        );
        // Broken lines join where they show that they were one.
        assert_eq!(
            show("排名县 （市、区） 所属地市 排名 云溪县 澄州 1 柳河县 岚州 2 石桥县 澄州 3").expect("a table")[..2],
            ["排名县（市、区）|所属地市|排名", "云溪县|澄州|1"]
        );
    }

    #[test]
    fn heads_that_do_not_fit_name_nothing() {
        // Two heads were lost.
        assert_eq!(
            show("类别 比重变化 家电 49611 11.8 44096 ↓0.6 食品 31627 7.5 28309 ↑0.4 服装 31078 7.4 22915 ↑0.9")
                .expect("a table")[..2],
            [".||||", "家电|49611|11.8|44096|↓0.6"]
        );
        // None at all.
        assert_eq!(
            show("投诉 56 41 15 举报 21 16 5 咨询 71 84 -13").expect("a table")[0],
            "|||"
        );
        // The corner alone.
        assert_eq!(
            show("受理 办结 城东 3 2 城西 8 1 城南 4 4").expect("a table")[..2],
            ["|受理|办结", "城东|3|2"]
        );
    }

    #[test]
    fn short_rows_are_laid_by_what_adds_up_or_how_they_are_written() {
        let rows = show("渠道 件数 占比 去年 变化 来电 60 60.0 50 ↑10.0 来信 30 30 ↓1.0 来访 10 10.0 20 ↓9.0");
        assert_eq!(rows.expect("a table")[2], "来信|30||30|↓1.0");
        // Any column may lack its figure.
        assert_eq!(show("渠道 件数 去年 变化 来电 60 50 10 来信 30 31 来访 10 20 9"), None);
        let total = show("渠道 件数 占比 去年 来电 60 60.0 50 来信 30 30.0 31 来访 10 10.0 20 合计 100 101");
        assert_eq!(total.expect("a table")[4], "合计|100||101");
    }

    #[test]
    fn groups_and_broken_names() {
        let rows = show("机构 上年 今年 医院 34 35 按等级分 三级 4 5 二级 30 30 不明原因 或其他 7 9").expect("a table");
        assert_eq!(
            rows[2..],
            ["按等级分||", "三级|4|5", "二级|30|30", "不明原因或其他|7|9"]
        );
    }

    #[test]
    fn one_row_needs_as_many_heads_as_figures() {
        assert_eq!(
            show("类别 房产 供水 供热 合计 数量 396 163 149 708").expect("a table"),
            ["类别|房产|供水|供热|合计", "数量|396|163|149|708"]
        );
        assert_eq!(
            show("申请 受理 许可 不予许可 22 21 20 1").expect("a table"),
            ["申请|受理|许可|不予许可", "22|21|20|1"]
        );
        // A head was broken: there seems to be a name of the row.
        assert_eq!(show("处罚数量 警告 没收所得 没收财物 合计 罚没金额 0 29 0 29"), None);
        assert_eq!(show("申请 受理 许可 22 21 20 1"), None);
    }

    #[test]
    fn no_rows_where_figures_would_be_left_or_numbers_begin_them() {
        // Serial numbers stand before the names.
        assert_eq!(show("名次 1 东村 95 50 2 西村 94 40 3 南村 93 30"), None);
        // The last row has more.
        assert_eq!(show("县区 受理 办结 甲 3 2 乙 8 1 丙 4 4 丁 4 4 1"), None);
        assert_eq!(show("阅读 123 点赞 4 转发 5"), None);
    }
}
