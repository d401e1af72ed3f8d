//! A header of two rows laid flat: heads that span several columns, and the heads below them.

use super::figures::{is_nothing, is_serial_head};
use super::proof::{Facts, is_total_label};
use crate::parts::squash;

/// Words of rates and of changes in per cent.
const RATES: &[&str] = &[
    "%",
    "％",
    "率",
    "占比",
    "比重",
    "比例",
    "构成比",
    "同比",
    "环比",
    "增长",
    "增幅",
    "幅度",
    "±",
];
/// Words of changes.
const CHANGES: &[&str] = &["增", "减", "升", "降", "变化", "变动", "同比", "环比", "±"];

/// Most heads in the upper row.
const MAX_UPPER: usize = 12;
/// Most heads in the lower row, where nothing but the figures tells the groups apart.
const MAX_LOWER: usize = 16;

/// Most heads that span others where nothing says where the upper row ends.
const MAX_PARTED: usize = 2;
/// How much better the figures must bear out a header of two rows than one of broken heads.
const LEAST_LEAD: i32 = 4;

/// Each column's heads, where nothing says where the upper row of a header ends: every place is tried, and the one is taken that the
/// figures bear out better than any other, and clearly better than `joined`, the same heads as broken lines.
pub(crate) fn part(
    cells: &[&str],
    heads: &[usize],
    n_cols: usize,
    facts: &Facts,
    joined: Option<&[Vec<usize>]>,
) -> Option<Vec<Vec<usize>>> {
    let n_groups = heads
        .len()
        .checked_sub(n_cols)
        .filter(|n| (1..=MAX_PARTED).contains(n))?;
    if heads.len() > MAX_UPPER + MAX_LOWER {
        return None;
    }
    let least = LEAST_LEAD + joined.map_or(0, |j| score(cells, j, facts).max(0));
    let mut best: Option<(i32, Vec<Vec<usize>>)> = None;
    let mut tied = false;
    // Where the lower heads do not say how they are divided either, there are too many ways for one to be right.
    let divided = |k: &usize| divisions(cells, &heads[*k..], n_groups).len() == 1;
    for k in (2..heads.len() - 1).filter(divided) {
        let Some(found) = composed(cells, &heads[..k], &heads[k..], n_cols, facts) else {
            continue;
        };
        match &best {
            Some((score, _)) if *score > found.score => {}
            Some((score, layout)) if *score == found.score => tied |= found.tied || *layout != found.layout,
            _ => {
                tied = found.tied;
                best = Some((found.score, found.layout));
            }
        }
    }
    let (score, layout) = best?;
    (!tied && score >= least).then_some(layout)
}

/// Each column's heads (indices into `cells`), upper before lower, if there is one way to lay them over `n_cols` columns that
/// the figures below do not contradict and, where several are possible, that they single out.
pub(crate) fn compose(
    cells: &[&str],
    upper: &[usize],
    lower: &[usize],
    n_cols: usize,
    facts: &Facts,
) -> Option<Vec<Vec<usize>>> {
    // 合计 above 补助资金合计: the last head stands above one that tells more of the same.
    if let (Some((over, upper)), Some((under, lower))) = (upper.split_last(), lower.split_last())
        && lower.len() >= 2
        && n_cols >= 4
        && squash(cells[*over]) != squash(cells[*under])
        && squash(cells[*under]).ends_with(squash(cells[*over]).as_str())
        && let Some(mut layout) = compose(cells, upper, lower, n_cols - 1, facts)
    {
        layout.push(vec![*over, *under]);
        return Some(layout);
    }
    let found = composed(cells, upper, lower, n_cols, facts)?;
    let sure = if found.ways == 1 {
        found.score >= 0
    } else {
        !found.tied && found.score > 0
    };
    sure.then_some(found.layout)
}

/// The best of the ways to lay heads over columns.
#[derive(Default)]
struct Best {
    score: i32,
    layout: Vec<Vec<usize>>,
    /// How many ways there are.
    ways: usize,
    /// Another way is as good.
    tied: bool,
}

impl Best {
    fn offer(&mut self, score: i32, layout: Vec<Vec<usize>>) {
        if self.ways == 0 || score > self.score {
            (self.score, self.layout, self.tied) = (score, layout, false);
        } else if score == self.score {
            self.tied = true;
        }
        self.ways += 1;
    }
}

fn composed(cells: &[&str], upper: &[usize], lower: &[usize], n_cols: usize, facts: &Facts) -> Option<Best> {
    let n_groups = (upper.len() + lower.len()).checked_sub(n_cols)?;
    if n_groups == 0 || n_groups > upper.len() || upper.len() > MAX_UPPER || lower.len() < 2 * n_groups {
        return None;
    }
    let divisions = divisions(cells, lower, n_groups);
    let ranked = lower.first().is_some_and(|&i| is_serial_head(cells[i]));
    let mut best = Best::default();
    for mask in 0u32..1 << upper.len() {
        // The first head names the rows: it spans nothing, unless all do, or unless ranks stand below it.
        if mask.count_ones() as usize != n_groups || mask & 1 == 1 && n_groups < upper.len() && !ranked {
            continue;
        }
        for spans in &divisions {
            let layout = laid(upper, lower, mask, spans);
            best.offer(score(cells, &layout, facts), layout);
        }
    }
    (best.ways > 0).then_some(best)
}

/// Most heads in the middle one of three rows.
const MAX_MIDDLE: usize = 8;

/// Each column's heads in a header of three rows, where one head of the first spans all of the second, some of which span the third:
/// 单位 | 来件 | 评分 above 总计 | 来电 | 来信 above 按时 | 超时 | 按时 | 超时.
pub(crate) fn nested(
    cells: &[&str],
    [upper, middle, lower]: [&[usize]; 3],
    n_cols: usize,
    facts: &Facts,
) -> Option<Vec<Vec<usize>>> {
    let below = (n_cols + 1).checked_sub(upper.len())?;
    let n_groups = (middle.len() + lower.len()).checked_sub(below)?;
    let fits = n_groups > 0 && n_groups <= middle.len() && lower.len() >= 2 * n_groups;
    if !fits || upper.len() < 2 || upper.len() > MAX_UPPER || middle.len() > MAX_MIDDLE || lower.len() > MAX_LOWER {
        return None;
    }
    let divisions = divisions(cells, lower, n_groups);
    let mut best = Best::default();
    for (mask, spans) in (0u32..1 << middle.len())
        .filter(|m| m.count_ones() as usize == n_groups)
        .flat_map(|m| divisions.iter().map(move |spans| (m, spans)))
    {
        let inner = laid(middle, lower, mask, spans);
        for at in 1..upper.len() {
            let mut layout: Vec<Vec<usize>> = upper[..at].iter().map(|&head| vec![head]).collect();
            layout.extend(
                inner
                    .iter()
                    .map(|c| std::iter::once(upper[at]).chain(c.iter().copied()).collect()),
            );
            layout.extend(upper[at + 1..].iter().map(|&head| vec![head]));
            best.offer(score(cells, &layout, facts), layout);
        }
    }
    (!best.tied && best.score > 0 && best.layout.len() == n_cols).then_some(best.layout)
}

/// How many columns each group may span: where the first head below comes again, a group begins; else any two groups of two
/// columns at least.
fn divisions(cells: &[&str], lower: &[usize], n_groups: usize) -> Vec<Vec<usize>> {
    let n = lower.len();
    if n_groups == 1 {
        return vec![vec![n]];
    }
    // 走读生（每学期250元）comes again as 走读生（每学期300元）.
    let name = |i: usize| {
        let name = squash(cells[i]);
        let end = name.find(['（', '(']).filter(|at| *at > 0).unwrap_or(name.len());
        name[..end].to_owned()
    };
    let first = lower.first().map(|&i| name(i));
    let mut starts: Vec<usize> = (0..n).filter(|&i| Some(name(lower[i])) == first).collect();
    if starts.len() == n_groups {
        starts.push(n);
        let spans: Vec<usize> = starts.windows(2).map(|w| w[1] - w[0]).collect();
        return if spans.iter().all(|s| *s >= 2) {
            vec![spans]
        } else {
            Vec::new()
        };
    }
    if n_groups == 2 && n <= MAX_LOWER {
        return (2..=n.saturating_sub(2)).map(|k| vec![k, n - k]).collect();
    }
    Vec::new()
}

fn laid(upper: &[usize], lower: &[usize], mask: u32, spans: &[usize]) -> Vec<Vec<usize>> {
    let (mut out, mut spans, mut lower) = (Vec::new(), spans.iter(), lower.iter());
    for (idx, &head) in upper.iter().enumerate() {
        if mask >> idx & 1 == 1 {
            let span = spans.next().copied().unwrap_or(0);
            out.extend(lower.by_ref().take(span).map(|&child| vec![head, child]));
        } else {
            out.push(vec![head]);
        }
    }
    out
}

/// How well heads and columns agree: a rate's head over rates, a total's head over the sum of its neighbours.
fn score(cells: &[&str], layout: &[Vec<usize>], facts: &Facts) -> i32 {
    let mut out = 0;
    for (col, heads) in layout.iter().enumerate().skip(1) {
        let Some(&last) = heads.last() else { continue };
        let head = squash(cells[last]);
        if is_nothing(&head) {
            continue;
        }
        let names = |words: &[&str], head: &str| words.iter().any(|w| head.contains(w));
        let rate = names(RATES, &head);
        // 增/减 is told in numbers or in per cent.
        let changes = heads.iter().any(|&i| names(CHANGES, &squash(cells[i])));
        out += match (rate, facts.is_percent(col), facts.is_rate(col)) {
            (true, true, _) => 2,
            (false, false, false) => 0,
            (false, ..) if changes => 0,
            (true, false, true) if changes && !head.contains('幅') => 2,
            _ => -2,
        };
        // What stands below a head in per cent is in per cent.
        let parent = heads.len().checked_sub(2);
        let above = parent.map(|p| squash(cells[heads[p]]));
        let percent = above.is_some_and(|a| a.trim_end_matches(['）', ')']).ends_with(['%', '％']));
        if percent && !facts.is_percent(col) && !facts.is_rate(col) {
            out -= 2;
        }
        if parent.is_some() && is_total_label(&head) {
            let group = &heads[..heads.len() - 1];
            let siblings: Vec<usize> = (1..layout.len())
                .filter(|&c| c != col && layout[c].starts_with(group))
                .collect();
            out += if facts.adds_across(col, &siblings) { 6 } else { -3 };
        }
        // 总数 beside groups: what all that stands below them adds up to.
        if parent.is_none() && (is_total_label(&head) || head.starts_with('总')) {
            let grouped: Vec<usize> = (1..layout.len()).filter(|&c| layout[c].len() > 1).collect();
            out += if facts.adds_across(col, &grouped) { 6 } else { 0 };
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(upper: &str, lower: &str, rows: &[&'static str]) -> Option<Vec<String>> {
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.split(' ').collect()).collect();
        let n = rows[0].len();
        let cells: Vec<&str> = upper.split(' ').chain(lower.split(' ')).collect();
        let k = upper.split(' ').count();
        let (u, l): (Vec<usize>, Vec<usize>) = ((0..k).collect(), (k..cells.len()).collect());
        let layout = compose(&cells, &u, &l, n, &Facts::new(rows, n))?;
        Some(layout.iter().map(|c| c.iter().map(|&i| cells[i]).collect()).collect())
    }

    #[test]
    fn groups_of_one_pattern() {
        assert_eq!(
            heads(
                "单位 上半年 下半年",
                "受理 办结 受理 办结",
                &["甲 3 2 5 4", "乙 1 1 2 2"]
            )
            .expect("one way"),
            ["单位", "上半年受理", "上半年办结", "下半年受理", "下半年办结"]
        );
    }

    #[test]
    fn the_figures_single_out_the_group() {
        let rows = ["甲 9 7 4 3 77.8% 2", "乙 8 5 2 3 62.5% 3"];
        assert_eq!(
            heads("单位 来电 有效 无效", "合计 咨询 投诉 占比", &rows).expect("one way")[2..],
            ["有效合计", "有效咨询", "有效投诉", "有效占比", "无效"]
        );
        // One wrong figure does not undo what the other rows prove.
        let rows = [
            "甲 9 7 4 3 77.8% 2",
            "乙 8 5 2 4 62.5% 3",
            "丙 6 4 1 3 66.7% 2",
            "丁 5 5 2 3 100% 0",
        ];
        assert_eq!(
            heads("单位 来电 有效 无效", "合计 咨询 投诉 占比", &rows).expect("one way")[2],
            "有效合计"
        );
        // Nothing tells the three ways apart.
        let rows = ["甲 9 7 4 3 1 2", "乙 8 5 2 5 1 3"];
        assert_eq!(heads("单位 来电 有效 无效", "咨询 投诉 建议 其他", &rows), None);
    }

    #[test]
    fn a_last_head_above_one_of_its_own() {
        assert_eq!(
            heads(
                "序号 乡镇 总数 小学 初中 合计",
                "走读（250元） 寄宿（500元） 走读（300元） 寄宿（600元） 资金合计",
                &["1 甲 13 3 2 5 3 9000", "2 乙 6 1 1 2 2 3000"]
            )
            .expect("one way")[2..],
            [
                "总数",
                "小学走读（250元）",
                "小学寄宿（500元）",
                "初中走读（300元）",
                "初中寄宿（600元）",
                "合计资金合计"
            ]
        );
    }

    fn parted(heads: &str, rows: &[&'static str]) -> Option<Vec<String>> {
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.split(' ').collect()).collect();
        let n = rows[0].len();
        let cells: Vec<&str> = heads.split(' ').collect();
        let all: Vec<usize> = (0..cells.len()).collect();
        let joined =
            crate::text_table::header::join(&cells, n).map(|heads| heads.into_iter().collect::<Vec<Vec<usize>>>());
        let layout = part(&cells, &all, n, &Facts::new(rows, n), joined.as_deref())?;
        Some(layout.iter().map(|c| c.iter().map(|&i| cells[i]).collect()).collect())
    }

    #[test]
    fn nothing_says_where_the_upper_row_ends() {
        let rows = [
            "甲所 52 40.4% 59.6% 0.0% 3",
            "乙所 31 22.6% 67.7% 9.7% 8",
            "丙所 47 51.1% 46.8% 2.1% 5",
        ];
        assert_eq!(
            parted("办理单位 来件数 渠道构成比 退回数 来电（%） 来信（%） 来访（%）", &rows).expect("one way")[2..],
            [
                "渠道构成比来电（%）",
                "渠道构成比来信（%）",
                "渠道构成比来访（%）",
                "退回数"
            ]
        );
        // The total among the heads below adds up, but for a row of changes.
        let rows = [
            "2032年 100 60 10 30 11 19",
            "2033年 94 57 9 28 12 16",
            "增减% -6.00 -5.00 -10.00 -6.67 9.09 -15.79",
        ];
        assert_eq!(
            parted("年度 总额 会议 培训 用车 小计 购置 维护", &rows).expect("one way"),
            ["年度", "总额", "会议", "培训", "用车小计", "用车购置", "用车维护"]
        );
        // Broken lines, and figures that single nothing out.
        let rows = ["甲镇 3 2 4", "乙镇 5 4 1", "丙镇 2 2 6"];
        assert_eq!(parted("单位 报送 条数 采用 条数 退回数", &rows), None);
    }

    #[test]
    fn ranks_below_the_first_head() {
        let rows = ["1 甲 2731 1 甲 911 199.8%", "2 乙 1840 3 乙 720 155.6%"];
        assert_eq!(
            heads("2031年 2030年 同比（%）", "排名 省份 数量 排名 省份 数量", &rows).expect("one way"),
            [
                "2031年排名",
                "2031年省份",
                "2031年数量",
                "2030年排名",
                "2030年省份",
                "2030年数量",
                "同比（%）"
            ]
        );
    }

    #[test]
    fn one_head_over_two_rows_of_heads() {
        let rows = [
            "甲所 9 4 1 3 1 77.8% 2",
            "乙所 8 5 0 2 1 87.5% 3",
            "丙所 6 2 2 1 1 50.0% 1",
        ];
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.split(' ').collect()).collect();
        let names = |source: &str, rows: &[Vec<&'static str>]| -> Option<Vec<String>> {
            let lines: Vec<Vec<&str>> = source.split('/').map(|l| l.split(' ').collect()).collect();
            let cells: Vec<&str> = lines.concat();
            let (a, b) = (lines[0].len(), lines[0].len() + lines[1].len());
            let all: Vec<usize> = (0..cells.len()).collect();
            let layout = nested(
                &cells,
                [&all[..a], &all[a..b], &all[b..]],
                8,
                &Facts::new(rows.to_vec(), 8),
            )?;
            Some(layout.iter().map(|c| c.iter().map(|&i| cells[i]).collect()).collect())
        };
        let header = "单位 来件 按时率 排队数/总计 来电 来信/按时 超时 按时 超时";
        assert_eq!(
            names(header, &rows).expect("one way"),
            [
                "单位",
                "来件总计",
                "来件来电按时",
                "来件来电超时",
                "来件来信按时",
                "来件来信超时",
                "按时率",
                "排队数"
            ]
        );
        // No total adds up: the group may stand anywhere.
        let other = "单位 来件 评语 排队数/柜台 来电 来信/按时 超时 按时 超时";
        assert_eq!(names(other, &rows), None);
    }

    #[test]
    fn groups_of_unknown_size_are_left() {
        assert_eq!(
            heads(
                "单位 一 二 三",
                "甲类 乙类 丙类 丁类 戊类 己类 庚类",
                &["甲 3 2 5 4 1 2 6", "乙 1 1 2 2 3 1 5"]
            ),
            None
        );
    }
}
