//! Totals across a row (横加): 合计 columns, wholes and their parts (抽查＝合格＋不合格), and columns that are found to be
//! the sum or difference of others.

use gouji_quantity::Decimal;

use super::column::ColumnKind;
use super::footing::{agrees, sum};
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most columns among which sums are looked for.
const MAX_COLUMNS: usize = 96;

/// Columns on both sides of a column among which its whole, or what it is the difference of, is looked for.
const BESIDE: usize = 16;

/// Columns that may be the positive of one negative (合格 of 不合格), the nearest first.
const MAX_OPPOSITES: usize = 4;

/// Rows on which candidate sums are tried; a sum that fits them is then tried on all.
const PROBE: usize = 80;

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

/// How well a sum of columns fits.
#[derive(Default)]
struct Fit {
    /// Rows where it holds.
    holds: usize,
    /// Rows where it can be tried.
    tried: usize,
    /// Rows where it holds with at least two parts that are not nought.
    telling: usize,
}

/// Adds the relations across rows.
pub(crate) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    let columns: Vec<usize> = sheet.addable().collect();
    if columns.len() < 3 || columns.len() > MAX_COLUMNS {
        return;
    }
    let rows: Vec<usize> = (0..sheet.n_rows())
        .filter(|r| matches!(sheet.rows[*r], RowKind::Data | RowKind::Apart | RowKind::Total { .. }))
        .collect();
    let probe = &rows[..rows.len().min(PROBE)];
    let mut wholes: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut turned: Vec<(usize, Vec<usize>)> = Vec::new();
    for found in deductions(sheet, &columns, probe) {
        emit(cx, sheet, &rows, &found, out);
        turned.push((found.parts[0], sorted(vec![found.whole, found.parts[1]])));
        wholes.push((found.whole, found.parts));
    }
    for &whole in &columns {
        for found in declared(sheet, &columns, probe, whole) {
            // 总分＝得分＋扣分 is 扣分＝总分－得分 over again.
            if turned.iter().any(|(w, p)| *w == found.whole && *p == found.parts) {
                continue;
            }
            emit(cx, sheet, &rows, &found, out);
            wholes.push((whole, found.parts));
        }
    }
    for found in complements(sheet, &columns, probe) {
        if !wholes.iter().any(|(w, p)| *w == found.whole && *p == found.parts) {
            emit(cx, sheet, &rows, &found, out);
            wholes.push((found.whole, found.parts));
        }
    }
    for &whole in &columns {
        if wholes.iter().any(|(w, _)| *w == whole) {
            continue;
        }
        // A column that is a part of a known whole and the rest of it says nothing new.
        let known = |parts: &[usize]| {
            wholes.iter().any(|(w, p)| {
                parts.contains(w) && p.contains(&whole) || p.contains(&whole) && parts.iter().any(|x| p.contains(x))
            })
        };
        if let Some(found) = undeclared(sheet, &columns, &rows, whole, &known) {
            emit(cx, sheet, &rows, &found, out);
            wholes.push((whole, found.parts));
        }
    }
}

/// A column found to be made of others.
struct Found {
    whole: usize,
    /// Columns, in order; for a difference the first is what the others are taken from.
    parts: Vec<usize>,
    formula: Formula,
    cue: Cue,
    rule: &'static str,
}

fn fit_of(sheet: &Sheet<'_>, rows: &[usize], whole: usize, parts: &[usize]) -> Fit {
    let mut fit = Fit::default();
    for &row in rows {
        let Some(stated) = sheet.own_number(row, whole).filter(|n| !n.percent) else {
            continue;
        };
        let numbers: Vec<&Number> = parts.iter().filter_map(|c| sheet.own_number(row, *c)).collect();
        if numbers.is_empty() {
            continue;
        }
        fit.tried += 1;
        if sum(numbers.iter().copied()).is_some_and(|(t, slack)| agrees(stated, t, slack)) {
            fit.holds += 1;
            fit.telling += usize::from(numbers.iter().filter(|n| !n.value.is_zero()).count() >= 2);
        }
    }
    fit
}

impl Fit {
    /// Holds in three rows of five and at least tells something.
    fn mostly(&self) -> bool {
        self.holds > 0 && self.holds * 5 >= self.tried * 3
    }
}

/// Parts of a column whose header says that it is a total: the candidate set of columns that fits most rows.
fn declared(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize) -> Vec<Found> {
    let header = sheet.columns[whole].header.as_str();
    let Some(word) = TOTAL_WORDS.iter().find(|w| header.contains(**w)) else {
        return final_score(sheet, columns, rows, whole);
    };
    // 总 alone counts only at the head of a word: 总件数, but not 局总站.
    if *word == "总" && !header.starts_with('总') {
        return Vec::new();
    }
    let rest = header.replacen(word, "", 1);
    let others: Vec<usize> = columns.iter().copied().filter(|c| *c != whole).collect();
    let is_total = |c: usize| {
        let h = &sheet.columns[c].header;
        TOTAL_WORDS[..TOTAL_WORDS.len() - 1].iter().any(|w| h.contains(w)) || h.starts_with('总')
    };
    let kind = sheet.columns[whole].kind;
    let like = |c: &usize| sheet.columns[*c].kind == kind && sheet.columns[*c].unit == sheet.columns[whole].unit;
    let mut candidates: Vec<Vec<usize>> = Vec::new();
    let mut add = |set: Vec<usize>| {
        if set.len() >= 2 && !candidates.contains(&set) {
            candidates.push(set);
        }
    };
    let telling = |fit: &Fit| fit.mostly() && (fit.telling > 0 || fit.holds >= 3);
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
    add(left.iter().copied().filter(like).collect());
    add(right.iter().copied().filter(like).collect());
    let mut best: Option<(usize, Vec<usize>)> = None;
    for parts in candidates {
        let fit = fit_of(sheet, rows, whole, &parts);
        if telling(&fit) && best.as_ref().is_none_or(|(h, _)| fit.holds > *h) {
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

fn sorted(mut columns: Vec<usize>) -> Vec<usize> {
    columns.sort_unstable();
    columns
}

/// Runs of at least two columns that start right behind a column, or end right before it, each with its fit.
///
/// The sum of a run is that of the run shorter by one and one more cell, so that all runs together cost what the longest
/// one costs.
fn runs(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize) -> Vec<(Fit, std::ops::Range<usize>)> {
    let Some(at) = columns.iter().position(|c| *c == whole) else {
        return Vec::new();
    };
    let behind: Vec<usize> = (at + 1..columns.len()).collect();
    let before: Vec<usize> = (0..at).rev().collect();
    let mut out = Vec::new();
    for (places, forward) in [(behind, true), (before, false)] {
        let mut fits: Vec<Fit> = places.iter().map(|_| Fit::default()).collect();
        for &row in rows {
            let Some(stated) = sheet.own_number(row, whole).filter(|n| !n.percent) else {
                continue;
            };
            let mut total = Some((Decimal::ZERO, Decimal::ZERO));
            let (mut any, mut telling) = (false, 0);
            for (&place, fit) in places.iter().zip(&mut fits) {
                if let Some(number) = sheet.own_number(row, columns[place]) {
                    any = true;
                    telling += usize::from(!number.value.is_zero());
                    total = total.and_then(|(t, slack)| {
                        Some((t.checked_add(number.value)?, slack.checked_add(number.operand.ulp)?))
                    });
                }
                if !any {
                    continue;
                }
                fit.tried += 1;
                if total.is_some_and(|(t, slack)| agrees(stated, t, slack)) {
                    fit.holds += 1;
                    fit.telling += usize::from(telling >= 2);
                }
            }
        }
        for (len, fit) in fits.into_iter().enumerate().skip(1) {
            let run = if forward {
                at + 1..at + 2 + len
            } else {
                at - 1 - len..at
            };
            out.push((fit, run));
        }
    }
    out
}

/// The columns nearest to a place, the place itself left out.
fn beside(columns: &[usize], place: usize) -> Vec<usize> {
    let at = columns.partition_point(|c| *c < place);
    let from = at.saturating_sub(BESIDE / 2);
    let to = (at + BESIDE / 2 + 1).min(columns.len());
    columns[from..to].iter().copied().filter(|c| *c != place).collect()
}

/// A column and its opposite (合格, 不合格) with the column that holds both.
fn complements(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize]) -> Vec<Found> {
    let mut out = Vec::new();
    for &no in columns {
        let mut positives: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|yes| *yes != no && opposite(&sheet.columns[*yes].header, &sheet.columns[no].header))
            .collect();
        positives.sort_by_key(|yes| yes.abs_diff(no));
        for yes in positives.into_iter().take(MAX_OPPOSITES) {
            let pair = sorted(vec![yes, no]);
            let mut best: Option<(usize, usize, usize)> = None;
            for whole in beside(columns, no) {
                if pair.contains(&whole) {
                    continue;
                }
                let fit = fit_of(sheet, rows, whole, &pair);
                let distance = whole.abs_diff(pair[0]);
                if fit.mostly()
                    && (fit.telling > 0 || fit.holds >= 3)
                    && best.is_none_or(|(h, d, _)| (fit.holds, d) > (h, distance))
                {
                    best = Some((fit.holds, distance, whole));
                }
            }
            if let Some((_, _, whole)) = best {
                let parts = with_third(sheet, columns, rows, whole, pair);
                out.push(Found {
                    whole,
                    parts,
                    formula: Formula::Sum,
                    cue: Cue::Explicit,
                    rule: "table-complement",
                });
            }
        }
    }
    out
}

/// A pair that leaves some rows short, with the neighbouring column that fills every one of them: 承办 is 办结, 在办 and 超时未办.
fn with_third(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize, pair: Vec<usize>) -> Vec<usize> {
    let two = fit_of(sheet, rows, whole, &pair);
    if two.holds == two.tried {
        return pair;
    }
    beside(columns, pair[1])
        .into_iter()
        .filter(|c| *c != whole && !pair.contains(c))
        .map(|c| sorted(vec![pair[0], pair[1], c]))
        .find(|three| {
            let fit = fit_of(sheet, rows, whole, three);
            fit.holds == fit.tried && fit.tried >= two.tried
        })
        .unwrap_or(pair)
}

/// Whether the second header is the first with a negation put in (合格批次数, 不合格批次数) or its contrary (按期, 逾期).
fn opposite(yes: &str, no: &str) -> bool {
    for word in ["不", "未", "非", "无"] {
        for (at, _) in no.match_indices(word) {
            let without = format!("{}{}", &no[..at], &no[at + word.len()..]);
            if without == yes || without == yes.replacen('已', "", 1) {
                return true;
            }
        }
    }
    [
        ("按期", "逾期"),
        ("按时", "超时"),
        ("按期", "超期"),
        ("按时", "逾期"),
        ("办结", "在办"),
        ("办结", "正在办理"),
        ("办结", "办理中"),
        ("有效", "无效"),
    ]
    .iter()
    .any(|(y, n)| yes.contains(y) && no.contains(n) && !yes.contains("未"))
}

/// Columns whose header says that they are a difference (扣分, 节约金额, 增减) of two others.
fn deductions(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize]) -> Vec<Found> {
    let mut out = Vec::new();
    for &whole in columns {
        let header = &sheet.columns[whole].header;
        let word = [
            "扣分",
            "节约",
            "结余",
            "增减",
            "增/减",
            "增／减",
            "差额",
            "净增",
            "增加",
            "减少",
            "未完成",
            "剩余",
        ]
        .iter()
        .find(|w| header.contains(**w));
        let Some(word) = word else { continue };
        let stem = header.split(word).next().unwrap_or("");
        let mut best: Option<(usize, usize, Found)> = None;
        let named = |c: usize| !stem.is_empty() && sheet.columns[c].header.starts_with(stem);
        let mut near = beside(columns, whole);
        let others = columns
            .iter()
            .copied()
            .filter(|c| *c != whole && named(*c) && !near.contains(c));
        near.extend(others.take(BESIDE).collect::<Vec<_>>());
        near.sort_unstable();
        for &from in &near {
            for &less in &near {
                if from == whole || less == whole || from == less {
                    continue;
                }
                let fit = difference_fit(sheet, rows, whole, from, less);
                let affinity = usize::from(named(from)) + usize::from(named(less));
                // 甲总分, 甲得分, 甲扣分: the names alone say it, where no row could show it.
                let promised = affinity == 2 && scores(sheet, columns, stem, word, from, less);
                let enough = fit.telling >= 2 || affinity == 2 && fit.holds > 0 || promised;
                let score = (affinity + usize::from(promised), fit.holds);
                if (fit.mostly() || promised && fit.tried <= 2)
                    && enough
                    && best.as_ref().is_none_or(|(a, h, _)| score > (*a, *h))
                {
                    best = Some((
                        affinity,
                        fit.holds,
                        Found {
                            whole,
                            parts: vec![from, less],
                            formula: Formula::Difference,
                            cue: Cue::Explicit,
                            rule: "table-difference",
                        },
                    ));
                }
            }
        }
        out.extend(best.map(|(_, _, found)| found));
    }
    out
}

/// Whether two columns are by their names the full score and the score of what a third takes off, and nothing is added on.
fn scores(sheet: &Sheet<'_>, columns: &[usize], stem: &str, word: &str, from: usize, less: usize) -> bool {
    let tail = |col: usize| sheet.columns[col].header.strip_prefix(stem).unwrap_or("");
    let full = |col: &usize| matches!(tail(*col), "总分" | "满分" | "分值" | "标准分" | "总分值");
    let got = |col: &usize| matches!(tail(*col), "得分" | "实得分" | "实际得分" | "考核得分");
    word == "扣分"
        && full(&from)
        && got(&less)
        && columns.iter().filter(|c| full(c)).count() == 1
        && columns.iter().filter(|c| got(c)).count() == 1
        && !sheet.columns.iter().any(|c| c.header.contains("加分"))
}

fn difference_fit(sheet: &Sheet<'_>, rows: &[usize], whole: usize, from: usize, less: usize) -> Fit {
    let mut fit = Fit::default();
    for &row in rows {
        let numbers = (
            sheet.own_number(row, whole),
            sheet.own_number(row, from),
            sheet.own_number(row, less),
        );
        let (Some(w), Some(f), Some(l)) = numbers else { continue };
        fit.tried += 1;
        let Some(gap) = f.value.checked_sub(l.value) else {
            continue;
        };
        if agrees(w, gap, f.operand.ulp + l.operand.ulp) {
            fit.holds += 1;
            fit.telling += usize::from(!w.value.is_zero() && !l.value.is_zero());
        }
    }
    fit
}

/// The columns whose sum a column is found to be, although no word says so: the columns beside it, or those of the same
/// measure (all that end in 得分).
fn undeclared(
    sheet: &Sheet<'_>,
    columns: &[usize],
    rows: &[usize],
    whole: usize,
    known: &dyn Fn(&[usize]) -> bool,
) -> Option<Found> {
    let header = sheet.columns[whole].header.as_str();
    let tail: String = header
        .chars()
        .rev()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let same_tail: Vec<usize> = columns
        .iter()
        .copied()
        .filter(|c| *c != whole && tail.chars().count() == 2 && sheet.columns[*c].header.ends_with(&tail))
        .collect();
    let probe = &rows[..rows.len().min(PROBE)];
    let kind = sheet.columns[whole].kind;
    let judge = |fit: Fit, parts: &[usize]| -> Option<Found> {
        if fit.holds == 0
            || fit.holds + 1 < fit.tried
            || known(parts)
            || parts.iter().any(|c| sheet.columns[*c].kind != kind)
        {
            return None;
        }
        let fit = if rows.len() > probe.len() {
            fit_of(sheet, rows, whole, parts)
        } else {
            fit
        };
        // Sums of small numbers fit by chance; three rows that tell something do not.
        let all = fit.holds == fit.tried && (fit.telling >= 3 || fit.holds >= 3 && fit.telling >= 2);
        let all_but_one = fit.tried >= 5 && fit.holds + 1 == fit.tried && fit.telling >= 4;
        (all || all_but_one).then(|| Found {
            whole,
            parts: parts.to_vec(),
            formula: Formula::Sum,
            cue: if all { Cue::Arithmetic } else { Cue::Implied },
            rule: "table-found-sum",
        })
    };
    if same_tail.len() >= 2
        && let Some(found) = judge(fit_of(sheet, probe, whole, &same_tail), &same_tail)
    {
        return Some(found);
    }
    runs(sheet, columns, probe, whole)
        .into_iter()
        .find_map(|(fit, run)| judge(fit, &columns[run]))
}

fn emit(cx: &Context<'_>, sheet: &Sheet<'_>, rows: &[usize], found: &Found, out: &mut Vec<Relation>) {
    for &row in rows {
        // A rate in a column of counts (a row 办结率 under 合计) is no sum.
        let Some(stated) = sheet.own_number(row, found.whole).filter(|n| !n.percent) else {
            continue;
        };
        let operands: Vec<Operand> = found
            .parts
            .iter()
            .filter_map(|c| sheet.own_number(row, *c))
            .map(|n| n.operand.clone())
            .collect();
        if operands.is_empty() || found.formula == Formula::Difference && operands.len() != found.parts.len() {
            continue;
        }
        // A single part beside blanks is a total only if the blanks are noughts: then it must hold to be one.
        let lone = operands.len() == 1 && operands[0].value != stated.operand.value;
        let kind = match found.formula {
            Formula::Difference => RelationKind::Difference,
            _ => RelationKind::TableTotal,
        };
        let reading = Reading {
            formula: found.formula.clone(),
            stated: stated.operand.clone(),
            operands,
        };
        let cue = if lone { Cue::Arithmetic } else { found.cue };
        out.extend(sheet.relation(cx, kind, found.rule, cue, vec![reading]));
    }
}

/// Whether a column can be the part or the whole of a rate.
pub(crate) fn countable(sheet: &Sheet<'_>, col: usize) -> bool {
    matches!(sheet.columns[col].kind, ColumnKind::Count | ColumnKind::Score)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::rig;
    use gouji_circular::TableIdx;

    #[test]
    fn a_third_outcome_fills_the_rows_that_two_leave_short() {
        let table = "单位|承办件数|办结数|在办数|超时未办数\n甲区|51|45|6|0\n乙县|33|30|3|0\n丙县|22|18|3|1\n丁县|12|10|2|0\n戊局|8|5|1|2";
        let found = rig::lines(table, crate::table::relations);
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        assert!(found.iter().any(|l| l.contains("22 <- 18 3 1")), "{found:#?}");
        let wrong = rig::lines(&table.replace("丙县|22", "丙县|25"), crate::table::relations);
        assert!(
            wrong.iter().any(|l| l.contains("25 <-") && l.ends_with("BAD")),
            "{wrong:#?}"
        );
    }

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
        let other = "单位|网站|新媒体|得分\n甲县|38|27|92.1\n乙县|37|28|90.4\n丙县|36|26|86.5\n丁县|35|25|83.5";
        assert!(rig::lines(other, crate::table::relations).is_empty());
    }

    #[test]
    fn runs_fit_as_their_columns_one_by_one() {
        let (document, circular) = rig::circular(
            "单位|一|二|三|合计|四|五\n甲镇|3|4|5|12|7|5\n乙镇|1||2|3|3|\n丙镇|0|6|0|6|1|5\n丁镇|2.5|1|1|4.5|9|9",
        );
        let cx = Context::new(&document, &circular);
        let sheet = Sheet::read(&cx, TableIdx(0)).expect("a table");
        let columns: Vec<usize> = sheet.addable().collect();
        let rows: Vec<usize> = sheet.data_rows().collect();
        let mut seen = 0;
        for &whole in &columns {
            for (fit, run) in runs(&sheet, &columns, &rows, whole) {
                let plain = fit_of(&sheet, &rows, whole, &columns[run.clone()]);
                assert_eq!(
                    (fit.tried, fit.holds, fit.telling),
                    (plain.tried, plain.holds, plain.telling),
                    "{whole} {run:?}"
                );
                seen += 1;
            }
        }
        assert_eq!(seen, 20, "all runs of two and more on either side of six columns");
    }

    #[test]
    fn the_columns_beside_a_place() {
        let columns: Vec<usize> = (1..60).collect();
        assert_eq!(beside(&columns, 1), (2..=9).collect::<Vec<_>>());
        assert_eq!(beside(&columns, 30).len(), BESIDE);
    }
}
