//! Split header cells joined: `n` lines become `c` cells.

use std::collections::BTreeMap;

use crate::parts::{squash, width};

use super::figures::{is_first_head, is_serial_head};

/// Most lines that one header cell may be broken into.
const MAX_LINES: usize = 3;

/// Words for the heads of rows or columns as such.
const CORNERS: [&str; 4] = ["项目", "指标", "类别", "内容"];

/// How well `tail` continues the header cell that `head` begins; 0 for not at all.
fn affinity(head: &str, tail: &str, counts: &BTreeMap<String, usize>, all: &[String]) -> i32 {
    if is_serial_head(head) || is_serial_head(tail) {
        return -50;
    }
    let (a, b) = (width(head), width(tail));
    let mut score = 0;
    if tail.starts_with(['（', '(', '/']) {
        score += 10;
    }
    // A tail that several columns share (抽查/批次数, 合格/批次数), or that ends other columns' whole names.
    if counts.get(tail).is_some_and(|n| *n >= 2) {
        score += 8;
    }
    if all.iter().any(|h| h.len() > tail.len() && h.ends_with(tail)) {
        score += 8;
    }
    const TAILS: [&str; 18] = [
        "数",
        "数量",
        "条数",
        "件数",
        "批次数",
        "次数",
        "人数",
        "得分",
        "名称",
        "情况",
        "单位",
        "合格率",
        "占比",
        "比例",
        "率",
        "时间",
        "总数",
        "分值",
    ];
    let bare = tail.split(['（', '(']).next().unwrap_or(tail);
    if TAILS.contains(&bare) {
        score += 4;
    }
    if a <= 2 {
        score += 3;
    } else if a <= 4 {
        score += 1;
    }
    if b <= 4 {
        score += 1;
    }
    if a + b > 14 {
        score -= 4;
    }
    if head.ends_with(['、', '，', '（', '(', '/', '-', '—', '与', '和', '及']) {
        score += 10;
    }
    score
}

/// Ways to join `lines` to exactly `n_cells` cells: for each cell the indices of its lines. `None` if there are fewer lines
/// than cells, or if joining is not plausible.
pub(crate) fn join(lines: &[&str], n_cells: usize) -> Option<Vec<Vec<usize>>> {
    let n = lines.len();
    if n < n_cells || n_cells == 0 || n > n_cells * MAX_LINES || n > 200 {
        return None;
    }
    if n == n_cells {
        return Some((0..n).map(|i| vec![i]).collect());
    }
    let flat: Vec<String> = lines.iter().map(|l| squash(l)).collect();
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for line in &flat {
        *counts.entry(line.clone()).or_default() += 1;
    }
    let mut score: Vec<i32> = flat
        .windows(2)
        .map(|w| affinity(&w[0], &w[1], &counts, &flat))
        .collect();
    // Both halves of a corner cut by a diagonal (类别 over 项目) name rows and columns; no column has such a head second.
    if let [first, second, ..] = flat.as_slice()
        && is_first_head(first)
        && CORNERS.contains(&second.as_str())
        && !is_serial_head(first)
        && first != second
    {
        score[0] += 12;
    }
    // best[j][i]: the best score of the first i lines as j cells.
    const LOW: i32 = i32::MIN / 2;
    let mut best = vec![vec![LOW; n + 1]; n_cells + 1];
    let mut from = vec![vec![0usize; n + 1]; n_cells + 1];
    best[0][0] = 0;
    for j in 1..=n_cells {
        for i in j..=n {
            for len in 1..=MAX_LINES.min(i) {
                let prev = best[j - 1][i - len];
                if prev == LOW {
                    continue;
                }
                let joined: i32 = score[i - len..i - 1].iter().sum();
                // A cell of three lines must be worth it.
                let value = prev + joined - if len == MAX_LINES { 3 } else { 0 };
                if value > best[j][i] {
                    best[j][i] = value;
                    from[j][i] = len;
                }
            }
        }
    }
    let total = best[n_cells][n];
    if total <= 0 {
        return None;
    }
    let mut cells = Vec::with_capacity(n_cells);
    let (mut j, mut i) = (n_cells, n);
    while j > 0 {
        let len = from[j][i];
        cells.push((i - len..i).collect::<Vec<_>>());
        i -= len;
        j -= 1;
    }
    cells.reverse();
    Some(cells)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(lines: &str, n: usize) -> String {
        let lines: Vec<&str> = lines.split(' ').collect();
        join(&lines, n).map_or(String::new(), |cells| {
            cells
                .iter()
                .map(|c| c.iter().map(|&i| lines[i]).collect::<String>())
                .collect::<Vec<_>>()
                .join(" ")
        })
    }

    #[test]
    fn tails_that_recur_are_joined() {
        assert_eq!(
            joined("序号 单位名称 网站报送 条数 网站采用 条数", 4),
            "序号 单位名称 网站报送条数 网站采用条数"
        );
        assert_eq!(
            joined("序号 检查区域 各区域检查户数 达标 户数 不达标户数", 5),
            "序号 检查区域 各区域检查户数 达标户数 不达标户数"
        );
        assert_eq!(joined("序号 栏目 名称 更新次数", 3), "序号 栏目名称 更新次数");
        assert_eq!(joined("类别 项目 总数 国内 出境", 4), "类别项目 总数 国内 出境");
    }

    #[test]
    fn too_few_lines_are_no_header() {
        assert_eq!(joined("序号 单位", 3), "");
    }
}
