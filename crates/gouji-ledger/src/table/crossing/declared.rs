//! Columns whose header says that they are a total (合计, 总数, 得分), with the parts that the rows show.

use super::{Fit, Found, fit_of, runs, sorted};
use crate::table::sheet::Sheet;
use crate::{Cue, Formula};

/// Words that make a column the total of others.
const TOTAL_WORDS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "总量",
    "总分",
    "总得分",
    "累计",
    "汇总",
    "总",
];

/// The headers of all columns; of a group that a total's name spans and that has a total of its own (受理总数 over 总计, 来电, 来信)
/// what stands below that name: the others are its parts.
pub(super) fn names(sheet: &Sheet<'_>) -> Vec<String> {
    let headers: Vec<&str> = sheet.columns.iter().map(|c| c.header.as_str()).collect();
    let group = |total: &str| {
        let mut words = TOTAL_WORDS[..TOTAL_WORDS.len() - 1].iter();
        let group = words.find_map(|w| total.strip_suffix(w))?;
        let named = TOTAL_WORDS.iter().any(|w| group.ends_with(w)) && group.chars().count() >= 2;
        named.then(|| group.to_owned())
    };
    let groups: Vec<String> = headers.iter().filter_map(|h| group(h)).collect();
    let below = |header: &&str| {
        let rest = groups.iter().find_map(|g| header.strip_prefix(g.as_str()));
        rest.filter(|r| !r.is_empty()).unwrap_or(header).to_owned()
    };
    headers.iter().map(below).collect()
}

/// Whether a header says of its column that it is a total.
fn says_total(header: &str) -> bool {
    TOTAL_WORDS[..TOTAL_WORDS.len() - 1].iter().any(|w| header.contains(w)) || header.starts_with('总')
}

/// A fit that says something.
fn telling(fit: &Fit) -> bool {
    fit.mostly() && (fit.telling > 0 || fit.holds >= 3)
}

/// The columns that are the parts of a total beside them, each with that total: of 总量, 有效合计, 咨询, 投诉, 无效 the
/// two between 有效合计 and 无效.
pub(super) fn under_totals(
    sheet: &Sheet<'_>,
    names: &[String],
    columns: &[usize],
    rows: &[usize],
) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for &total in columns.iter().filter(|c| says_total(&names[**c])) {
        let best = runs(sheet, columns, rows, total)
            .into_iter()
            .filter(|(fit, run)| telling(fit) && !columns[run.clone()].iter().any(|c| says_total(&names[*c])))
            .max_by_key(|(fit, run)| (fit.holds, std::cmp::Reverse(run.len())));
        if let Some((_, run)) = best {
            out.extend(columns[run].iter().map(|c| (*c, total)));
        }
    }
    out
}

/// Parts of a column whose header says that it is a total: the candidate set of columns that fits most rows.
/// `names` is what [`names`] gives, `under` what [`under_totals`] does.
pub(super) fn declared(
    sheet: &Sheet<'_>,
    names: &[String],
    columns: &[usize],
    rows: &[usize],
    whole: usize,
    under: &[(usize, usize)],
) -> Vec<Found> {
    let header = names[whole].as_str();
    let Some(word) = TOTAL_WORDS.iter().find(|w| header.contains(**w)) else {
        return final_score(sheet, columns, rows, whole);
    };
    // 总 alone counts only at the head of a word: 总件数, but not 局总站.
    if *word == "总" && !header.starts_with('总') {
        return Vec::new();
    }
    let rest = header.replacen(word, "", 1);
    let others: Vec<usize> = columns.iter().copied().filter(|c| *c != whole).collect();
    let is_total = |c: usize| says_total(&names[c]);
    let kind = sheet.columns[whole].kind;
    let like = |c: &usize| sheet.columns[*c].kind == kind && sheet.columns[*c].unit == sheet.columns[whole].unit;
    let mut candidates: Vec<Vec<usize>> = Vec::new();
    let mut add = |set: Vec<usize>| {
        if set.len() >= 2 && !candidates.contains(&set) {
            candidates.push(set);
        }
    };
    // What stands below the same name as the total is what it totals.
    if let Some(group) = sheet.columns[whole]
        .header
        .strip_suffix(header)
        .filter(|g| !g.is_empty())
    {
        add(others
            .iter()
            .copied()
            .filter(|c| !is_total(*c) && sheet.columns[*c].header.starts_with(group))
            .collect());
    }
    if !rest.is_empty() {
        let plain = |c: &usize| !is_total(*c);
        add(others
            .iter()
            .copied()
            .filter(|c| plain(c) && sheet.columns[*c].header.ends_with(&rest))
            .collect());
        add(others
            .iter()
            .copied()
            .filter(|c| plain(c) && sheet.columns[*c].header.starts_with(&rest))
            .collect());
    }
    let left: Vec<usize> = others.iter().copied().filter(|c| *c < whole).collect();
    let right: Vec<usize> = others.iter().copied().filter(|c| *c > whole).collect();
    let near_left: Vec<usize> = left
        .iter()
        .rev()
        .copied()
        .take_while(|c| !is_total(*c))
        .collect::<Vec<_>>();
    add(sorted(near_left));
    add(right.iter().copied().take_while(|c| !is_total(*c)).collect());
    add(left.iter().copied().filter(|c| !is_total(*c)).collect());
    add(left.iter().copied().filter(|c| is_total(*c)).collect());
    add(right.iter().copied().filter(|c| is_total(*c)).collect());
    add(others.iter().copied().filter(|c| !is_total(*c)).collect());
    // A subtotal stands for its parts, which may be wrong where it is right.
    let top = |c: &usize| !under.iter().any(|(part, total)| part == c && *total != whole);
    add(left.iter().copied().filter(top).collect());
    add(right.iter().copied().filter(top).collect());
    add(left.iter().copied().filter(like).collect());
    add(right.iter().copied().filter(like).collect());
    let mut best: Option<(usize, Vec<usize>)> = None;
    for parts in candidates {
        let fit = fit_of(sheet, rows, whole, &parts);
        // Where a row fails both the subtotal and its parts, the shorter sum is the one to complain about.
        let better = |held: usize, than: &[usize]| {
            fit.holds > held || fit.holds == held && fit.holds < fit.tried && parts.len() < than.len()
        };
        if telling(&fit) && best.as_ref().is_none_or(|(held, than)| better(*held, than)) {
            best = Some((fit.holds, parts));
        }
    }
    for (fit, run) in runs(sheet, columns, rows, whole) {
        if telling(&fit) && best.as_ref().is_none_or(|(h, _)| fit.holds > *h) {
            best = Some((fit.holds, columns[run].to_vec()));
        }
    }
    best.map(|(_, parts)| Found {
        whole,
        parts,
        formula: Formula::Sum,
        cue: Cue::Explicit,
        rule: "table-row-total",
    })
    .into_iter()
    .collect()
}

/// A final score (得分, 综合得分) that is the sum of the columns right beside it in all rows but one.
fn final_score(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize) -> Vec<Found> {
    let header = sheet.columns[whole].header.as_str();
    let named = ["得分", "评分", "成绩", "考核分", "综合分", "分数", "积分"];
    if !named.iter().any(|w| header.ends_with(w)) {
        return Vec::new();
    }
    // 10.00 in every row is what everybody got, whatever stands beside it.
    let mut values = rows.iter().filter_map(|r| sheet.own_number(*r, whole)).map(|n| n.value);
    let first = values.next();
    if values.all(|v| Some(v) == first) {
        return Vec::new();
    }
    let best = runs(sheet, columns, rows, whole)
        .into_iter()
        .filter(|(fit, run)| {
            // Points given on top are not among what is weighed, and a rate is no score.
            let scores = columns[run.clone()]
                .iter()
                .all(|c| sheet.columns[*c].unit == sheet.columns[whole].unit || sheet.columns[*c].unit.is_none());
            scores && fit.telling >= 3 && fit.holds + 1 >= fit.tried
        })
        .max_by_key(|(fit, run)| (fit.holds, std::cmp::Reverse(run.len())));
    best.map(|(_, run)| Found {
        whole,
        parts: columns[run].to_vec(),
        formula: Formula::Sum,
        cue: Cue::Explicit,
        rule: "table-row-total",
    })
    .into_iter()
    .collect()
}

#[cfg(test)]
mod tests {
    use crate::table::rig;

    #[test]
    fn a_score_of_the_columns_before_it() {
        let table = "单位|信息公开|解读回应|平台建设|得分\n甲县|38.5|27|26.5|92\n乙县|37|28|25|90\n丙县|36.5|26|24|86.5\n丁县|35|25.5|23|83.5";
        let found = rig::lines(table, crate::table::relations);
        assert!(
            found.contains(&"table-total 83.5 <- 35 25.5 23 ok".to_owned()),
            "{found:#?}"
        );
        let wrong = rig::lines(&table.replace("|90", "|91"), crate::table::relations);
        assert!(
            wrong.contains(&"table-total 91 <- 37 28 25 BAD".to_owned()),
            "{wrong:#?}"
        );
        // The same score in every row, which two others happen to reach.
        let same = "单位|抽检得分|及时得分|稳定得分\n甲县|10.00|4.98|5.00\n乙县|10.00|4.99|5.00\n丙县|10.00|5.00|5.00\n丁县|10.00|4.99|5.00";
        assert!(rig::lines(same, crate::table::relations).is_empty());
        let other = "单位|网站|新媒体|得分\n甲县|38|27|92.1\n乙县|37|28|90.4\n丙县|36|26|86.5\n丁县|35|25|83.5";
        assert!(rig::lines(other, crate::table::relations).is_empty());
    }

    /// One part is the whole in most rows, and where there are two they do not add up: the second is a part of the first.
    #[test]
    fn a_whole_that_only_noughts_confirm() {
        let table = "省份|县总数|已启动县数|基本完成县数\n甲省|17|17|0\n乙省|16|16|0\n丙省|168|168|55\n丁省|119|119|0\n戊省|24|24|0";
        let found = rig::lines(table, crate::table::relations);
        assert!(found.iter().all(|l| !l.ends_with("BAD")), "{found:#?}");
    }

    #[test]
    fn the_name_of_a_total_over_its_parts() {
        let table = "单位|派单总数总计|派单总数来电|派单总数来信|办结数|退回数\n甲所|92|70|22|92|0\n乙所|81|64|17|81|0\n丙所|60|48|12|60|0\n丁所|53|44|9|53|0";
        let found = rig::lines(table, crate::table::relations);
        assert!(found.contains(&"table-total 81 <- 64 17 ok".to_owned()), "{found:#?}");
        assert!(found.iter().all(|l| !l.contains("<- 0 ")), "{found:#?}");
        let wrong = rig::lines(&table.replace("|17|", "|71|"), crate::table::relations);
        assert!(wrong.contains(&"table-total 81 <- 64 71 BAD".to_owned()), "{wrong:#?}");
    }

    /// Where a part of a subtotal is wrong, the subtotal is, and not the total that it still adds up to.
    #[test]
    fn a_total_of_a_subtotal_and_what_stands_beside_it() {
        let table = "县区|总量|有效合计|咨询|投诉|求助|无效\n甲县|92|70|30|25|15|22\n乙县|81|64|27|22|15|17\n丙县|60|48|20|17|11|12\n丁县|53|44|19|17|8|9";
        let broken = |table: &str| -> Vec<String> {
            let mut lines = rig::lines(table, crate::table::relations);
            lines.retain(|line| line.ends_with("BAD"));
            lines
        };
        assert!(broken(table).is_empty());
        assert_eq!(
            broken(&table.replace("27|22|15", "27|20|15")),
            ["table-total 64 <- 27 20 15 BAD"]
        );
        assert_eq!(
            broken(&table.replace("乙县|81", "乙县|82")),
            ["table-total 82 <- 64 17 BAD"]
        );
    }
}
