//! A table flattened to one cell a line: header length, number of columns and rows are found again from the sequence of
//! cells alone, by serial numbers or by the alternation of words and figures.

use super::align::{Kind, kinds, lay};
use super::figures::{is_nothing, is_numeric, is_serial_head, is_total, serial};
use super::header;
use super::proof::{Facts, Totals};
use super::stream::spread;
use crate::panels;
use crate::parts::squash;

/// A sequence laid out: indices into the sequence for each cell; an empty list is an empty cell.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Cells before the header that name the table or give its unit.
    pub caption: Vec<usize>,
    /// A head that spans several columns stands in each of them.
    pub header: Vec<Vec<usize>>,
    pub rows: Vec<Vec<Vec<usize>>>,
    /// How many cells of the sequence the table takes.
    pub used: usize,
}

#[cfg(test)]
impl Layout {
    /// The header and the rows as lines, for tests: their cells parted by bars.
    pub fn lines(&self, cells: &[&str]) -> Vec<String> {
        let cell = |c: &Vec<usize>| c.iter().map(|&i| cells[i]).collect::<String>();
        let line = |row: &Vec<Vec<usize>>| row.iter().map(cell).collect::<Vec<_>>().join("|");
        std::iter::once(&self.header).chain(&self.rows).map(line).collect()
    }
}

/// Longest header, in lines.
pub(crate) const MAX_HEADER: usize = 60;
/// Most columns of a table found by the alternation of words and figures.
const MAX_TYPED: usize = 20;

/// Lays a sequence out, if there is evidence for one layout.
///
/// `exact` says that the bounds of the sequence are known from its form (tabs, bars).
pub(crate) fn solve(cells: &[&str], exact: bool) -> Option<Layout> {
    if cells.len() < 4 {
        return None;
    }
    by_serial(cells, exact).or_else(|| by_kinds(cells, exact))
}

/// Whether `cell` is the serial number (or, in a ranking, the rank, where ties repeat) number `n`, from 1.
fn is_nth(cell: &str, n: i64, ranking: bool) -> bool {
    match serial(cell) {
        Some(v) if ranking => v == n || v < n && v >= 1 && n - v <= 5,
        Some(v) => v == n,
        None => false,
    }
}

fn by_serial(cells: &[&str], exact: bool) -> Option<Layout> {
    if !is_serial_head(cells[0]) {
        return None;
    }
    let ranking = !squash(cells[0]).contains('序') && !squash(cells[0]).contains('编');
    let first = (2..cells.len().min(MAX_HEADER)).find(|&i| serial(cells[i]) == Some(1))?;
    let n_cols = columns_by_serial(cells, first, ranking, exact)?;
    // A header whose heads are repeated panel by panel is joined panel by panel.
    let header = join_header(&cells[..first], n_cols)?;
    let names: Vec<String> = header
        .iter()
        .map(|c| c.iter().map(|&i| squash(cells[i])).collect())
        .collect();
    let n_panels = panels::count(&names);
    let mut starts = Vec::new();
    let mut at = first;
    let mut n = 1;
    let mut used = first;
    while at < cells.len() {
        if is_total(cells[at]) {
            let figures = cells[at + 1..]
                .iter()
                .take(n_cols.saturating_sub(1))
                .take_while(|c| is_numeric(c) || is_nothing(c))
                .count();
            starts.push((at, figures + 1, true));
            at += figures + 1;
            used = at;
            // A subtotal is followed by the next row; a total by nothing.
            if !(at < cells.len() && (is_nth(cells[at], n, ranking) || is_total(cells[at]))) {
                break;
            }
            continue;
        }
        if !is_nth(cells[at], n, ranking) {
            break;
        }
        let len = row_length(cells, at, n, n_cols, n_panels, ranking)?;
        starts.push((at, len, false));
        at += len;
        used = at;
        n += 1;
    }
    let regular: Vec<Vec<&str>> = starts
        .iter()
        .filter(|s| s.1 == n_cols && !s.2)
        .map(|s| cells[s.0..s.0 + s.1].to_vec())
        .collect();
    let whole = starts.iter().filter(|s| !s.2).count();
    if regular.is_empty() || regular.len() * 2 < whole {
        return None;
    }
    let kinds = kinds(&regular, n_cols);
    let short_total = n_panels == 1 && starts.iter().any(|s| s.2 && s.1 < n_cols);
    let facts = short_total.then(|| Facts::new(regular, n_cols));
    let totals = Totals::new(starts.iter().map(|s| s.2 || s.1 != n_cols).collect());
    let mut rows = Vec::with_capacity(starts.len());
    for (idx, (from, len, total)) in starts.into_iter().enumerate() {
        rows.push(if total {
            // The label stands below the names, where its cell was merged with that of the serial numbers: then the gap is
            // sought among the other columns.
            let proven = facts.as_ref().filter(|_| len < n_cols).and_then(|facts| {
                let figures = &cells[from + 1..from + len];
                let reach = totals.reach(idx);
                let padded: Vec<&str> = std::iter::once("").chain(figures.iter().copied()).collect();
                let columns = match facts.place_total(figures, reach.clone()) {
                    None if len + 1 < n_cols => facts.place_total(&padded, reach)?[1..].to_vec(),
                    found => found?,
                };
                let mut row = spread(from, n_cols, &columns);
                if row.get(1).is_some_and(Vec::is_empty) {
                    row.swap(0, 1);
                }
                Some(row)
            });
            match proven {
                Some(row) => row,
                None => total_row(cells, from, len, &kinds, n_cols / n_panels)?,
            }
        } else {
            laid_row(cells, from, len, &kinds, n_cols / n_panels)?
        });
    }
    Some(Layout {
        header,
        rows,
        used,
        ..Layout::default()
    })
}

fn join_header(lines: &[&str], n_cols: usize) -> Option<Vec<Vec<usize>>> {
    let flat: Vec<String> = lines.iter().map(|l| squash(l)).collect();
    let k = panels::count(&flat);
    if k > 1 && n_cols.is_multiple_of(k) && lines.len() > n_cols {
        let width = lines.len() / k;
        let panel = header::join(&lines[..width], n_cols / k)?;
        return Some(
            (0..k)
                .flat_map(|p| {
                    panel
                        .iter()
                        .map(move |c| c.iter().map(|i| i + p * width).collect::<Vec<_>>())
                })
                .collect(),
        );
    }
    header::join(lines, n_cols)
}

/// The number of columns, by the distance at which serial numbers follow each other.
fn columns_by_serial(cells: &[&str], first: usize, ranking: bool, exact: bool) -> Option<usize> {
    let mut best = (0, 0);
    for n_cols in 2..=first {
        let mut run = 0;
        let mut n = 1;
        while first + run * n_cols < cells.len() && is_nth(cells[first + run * n_cols], n, ranking) {
            run += 1;
            n += 1;
        }
        if run > best.0 {
            best = (run, n_cols);
        }
    }
    let single = cells.len() == 2 * first;
    if best.0 >= 3 || best.0 == 2 && (exact || !single) {
        return Some(best.1);
    }
    // One data row alone: it must be as long as the header, and end the sequence.
    if single {
        return Some(first);
    }
    // A total row may follow the single data row.
    if cells.len() > 2 * first && is_total(cells[2 * first]) {
        return Some(first);
    }
    by_chain(cells, first)
}

/// The most frequent distance in the longest chain 1, 2, 3 … whose steps vary a little (cells broken or left blank).
fn by_chain(cells: &[&str], first: usize) -> Option<usize> {
    let mut best: (usize, usize) = (0, 0);
    for step in 2..=first + 3 {
        if cells.get(first + step).and_then(|c| serial(c)) != Some(2) {
            continue;
        }
        let mut steps = vec![step];
        let mut at = first + step;
        let mut n = 3;
        while let Some(next) =
            (step.saturating_sub(2).max(2)..=step + 3).find(|d| cells.get(at + d).and_then(|c| serial(c)) == Some(n))
        {
            steps.push(next);
            at += next;
            n += 1;
        }
        if steps.len() >= 3 && steps.len() > best.0 {
            let mode = (2..=step + 3)
                .max_by_key(|d| steps.iter().filter(|s| *s == d).count())
                .unwrap_or(step);
            best = (steps.len(), mode);
        }
    }
    (best.0 > 0 && best.1 <= first).then_some(best.1)
}

fn row_length(cells: &[&str], at: usize, n: i64, n_cols: usize, n_panels: usize, ranking: bool) -> Option<usize> {
    let left = cells.len() - at;
    let starts = |d: usize| {
        cells
            .get(at + d)
            .is_some_and(|c| is_nth(c, n + 1, ranking) && !(ranking && serial(c) < Some(n)) || is_total(c))
    };
    if left == n_cols || starts(n_cols) {
        return Some(n_cols);
    }
    if let Some(d) = (n_cols + 1..=n_cols + 6).find(|d| starts(*d)) {
        return Some(d);
    }
    if let Some(d) = (2..n_cols).rev().take(3).find(|d| starts(*d)) {
        return Some(d);
    }
    if left > n_cols {
        return Some(n_cols);
    }
    // The last row of side-by-side halves may have no right half.
    let width = n_cols / n_panels;
    if n_panels > 1 && left < n_cols && left.is_multiple_of(width) {
        return Some(left);
    }
    (left + 2 >= n_cols && left >= 2).then_some(left)
}

fn laid_row(cells: &[&str], from: usize, len: usize, kinds: &[Kind], width: usize) -> Option<Vec<Vec<usize>>> {
    if len == kinds.len() || width < kinds.len() && len.is_multiple_of(width) && len < kinds.len() {
        // Panels that are missing at the end of the last row stay empty.
        let mut row: Vec<Vec<usize>> = (from..from + len).map(|i| vec![i]).collect();
        row.resize(kinds.len(), Vec::new());
        return Some(row);
    }
    let columns = lay(&cells[from..from + len], kinds)?;
    Some(
        columns
            .into_iter()
            .map(|c| c.into_iter().map(|i| i + from).collect())
            .collect(),
    )
}

/// The total's row: the merged serial cell before it is put in as an empty one. Beside stacked halves it belongs to the last.
fn total_row(cells: &[&str], from: usize, len: usize, kinds: &[Kind], width: usize) -> Option<Vec<Vec<usize>>> {
    let n_cols = kinds.len();
    let skipped = n_cols - width;
    let mut row = vec![Vec::new(); skipped];
    if len == n_cols {
        return Some((from..from + len).map(|i| vec![i]).collect());
    }
    // An empty cell behind the label kept the place of the name: what is missing is the last cell.
    if cells.get(from + 1).is_some_and(|c| c.trim().is_empty()) && skipped == 0 {
        let mut row: Vec<Vec<usize>> = (from..from + len).map(|i| vec![i]).collect();
        row.resize(n_cols, Vec::new());
        return Some(row);
    }
    if len >= width {
        row = vec![Vec::new(); n_cols - len];
        row.extend((from..from + len).map(|i| vec![i]));
        return Some(row);
    }
    row.push(Vec::new());
    let mut expected = kinds[skipped + 1..].to_vec();
    if let Some(kind) = expected.first_mut() {
        *kind = Kind::Mixed;
    }
    let columns = lay(&cells[from..from + len], &expected)?;
    row.extend(
        columns
            .into_iter()
            .map(|c| c.into_iter().map(|i| i + from).collect::<Vec<_>>()),
    );
    Some(row)
}

/// A reading of a sequence by kinds; the greatest is the best.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Shape {
    /// Cells in data rows.
    taken: usize,
    /// No header cell was split.
    whole_heads: bool,
    /// Falls with the number of columns.
    fewer: usize,
    n_cols: usize,
    start: usize,
    n_rows: usize,
}

/// Rows known by their shape: a name first, figures always in the same columns.
fn by_kinds(cells: &[&str], exact: bool) -> Option<Layout> {
    let figure = (2..cells.len().min(MAX_HEADER)).find(|&i| is_numeric(cells[i]) && !is_nothing(cells[i]))?;
    let mut best: Option<Shape> = None;
    for n_cols in 2..=MAX_TYPED.min(figure) {
        for start in n_cols.max((figure + 1).saturating_sub(n_cols))..figure {
            if start > n_cols * 2 {
                continue;
            }
            let n_rows = shaped_rows(cells, start, n_cols);
            let enough = if exact { 1 } else { 2 };
            if n_rows < enough || (n_rows < 3 && start != n_cols) {
                continue;
            }
            let shape = Shape {
                taken: n_rows * n_cols,
                whole_heads: start == n_cols,
                fewer: usize::MAX - n_cols,
                n_cols,
                start,
                n_rows,
            };
            best = best.max(Some(shape));
        }
    }
    let Shape {
        n_cols, start, n_rows, ..
    } = best?;
    if exact && n_rows == 1 && start + n_cols != cells.len() {
        return None;
    }
    let header = header::join(&cells[..start], n_cols)?;
    let rows = (0..n_rows)
        .map(|r| (0..n_cols).map(|c| vec![start + r * n_cols + c]).collect())
        .collect();
    Some(Layout {
        header,
        rows,
        used: start + n_rows * n_cols,
        ..Layout::default()
    })
}

fn shaped_rows(cells: &[&str], start: usize, n_cols: usize) -> usize {
    let Some(model) = cells.get(start..start + n_cols) else {
        return 0;
    };
    let figures: Vec<bool> = model.iter().map(|c| is_numeric(c)).collect();
    if !figures.iter().any(|f| *f) {
        return 0;
    }
    let mut names = std::collections::BTreeSet::new();
    let mut n = 0;
    while let Some(row) = cells.get(start + n * n_cols..start + (n + 1) * n_cols) {
        let fits = !is_numeric(row[0])
            && row[0].chars().count() <= 30
            && row[1..]
                .iter()
                .zip(&figures[1..])
                .all(|(c, f)| is_nothing(c) || is_numeric(c) == *f);
        // A name that comes again is no name of a row.
        if !fits || !names.insert(row[0]) && !is_total(row[0]) {
            break;
        }
        n += 1;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, exact: bool) -> Option<Vec<String>> {
        let cells: Vec<&str> = text.split_whitespace().collect();
        Some(solve(&cells, exact)?.lines(&cells))
    }

    #[test]
    fn serial_numbers_give_the_period() {
        let rows = show(
            "序号 单位 报送 条数 采用 条数 1 甲镇 3 2 2 乙镇 5 3 3 丙镇 2 1 合计 10 6",
            false,
        )
        .expect("a table");
        assert_eq!(
            rows,
            [
                "序号|单位|报送条数|采用条数",
                "1|甲镇|3|2",
                "2|乙镇|5|3",
                "3|丙镇|2|1",
                "|合计|10|6"
            ]
        );
    }

    #[test]
    fn a_total_shorter_than_the_header_stands_where_its_columns_add_up() {
        let text = "序号 名称 抽检 不合格 不合格率 1 糕点 200 1 0.50 2 酒类 100 2 2.00 3 乳品 50 0 0.00";
        let total = |row: &str| show(&format!("{text} {row}"), false).expect("a table").pop();
        assert_eq!(total("合计 350 3 0.86").as_deref(), Some("|合计|350|3|0.86"));
        assert_eq!(total("合计 350 3").as_deref(), Some("|合计|350|3|"));
    }

    #[test]
    fn halves_side_by_side() {
        let rows = show(
            "序号 单位 条数 序号 单位 条数 1 甲镇 3 4 丁镇 2 2 乙镇 5 5 戊镇 1 3 丙镇 2",
            false,
        )
        .expect("a table");
        assert_eq!(rows[0], "序号|单位|条数|序号|单位|条数");
        assert_eq!(rows[3], "3|丙镇|2|||");
    }

    #[test]
    fn a_cell_broken_over_two_lines() {
        let rows = show("序号 单位 条数 1 甲镇 3 2 乙 镇 5 3 丙镇 2 4 丁镇 8", false).expect("a table");
        assert_eq!(rows[2], "2|乙镇|5");
        assert_eq!(rows.len(), 5);
    }

    #[test]
    fn words_and_figures_give_the_period() {
        let rows = show("办理单位 收到 回复 甲局 3 3 乙局 2 2 丙局 4 4 合计 9 9", false).expect("a table");
        assert_eq!(rows.len(), 5);
        assert_eq!(rows[4], "合计|9|9");
    }

    #[test]
    fn a_single_row_needs_to_end_the_sequence() {
        assert!(show("序号 地区 名称 1 甲县 某号", true).is_some());
        assert!(show("序号 地区 名称 1 甲县 某号 另外", true).is_none());
    }

    #[test]
    fn short_lines_alone_are_no_table() {
        assert!(show("责任单位 甲局 乙局 丙局 丁局 戊局", false).is_none());
        assert!(show("项目 一 二 3 四 五 六", false).is_none());
    }
}
