//! Scores made of others: what was added and taken off, weights in the header, means of several columns, running totals.
//!
//! Each is known by the words of the header and borne out by most rows; a row that fails then is a finding.

use std::sync::LazyLock;

use gouji_quantity::{Agreement, Decimal, Ratio, agreement};
use regex::Regex;

use super::column::ColumnKind;
use super::footing::agrees;
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most columns of a table whose scores are taken apart.
const MAX_COLUMNS: usize = 48;
/// Fewest rows that bear out a composition that no column says fully.
const LEAST_ROWS: usize = 3;

/// A weight in a header: 网站得分（60%）, 日常（权重0.4）.
static WEIGHT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(](?:占|权重|占比|按)?[:：]?([0-9]{1,2}(?:\.[0-9]+)?)\s*[%％]?[)）]$|[（(](?:占|权重|占比|按)?[:：]?(0\.[0-9]{1,3})[)）]$")
        .expect("a constant pattern")
});

/// Adds the relations of composed scores.
pub(crate) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    let columns: Vec<usize> = sheet.addable().collect();
    if columns.len() < 2 || columns.len() > MAX_COLUMNS {
        return;
    }
    let rows: Vec<usize> = (0..sheet.n_rows())
        .filter(|r| sheet.rows[*r] == RowKind::Data)
        .collect();
    for &whole in &columns {
        let found = weighted(sheet, &columns, &rows, whole).or_else(|| signed(sheet, &columns, &rows, whole));
        if let Some(found) = found {
            emit_sum(cx, sheet, &rows, whole, &found, out);
        }
    }
    for whole in 0..sheet.n_cols() {
        if let Some(parts) = mean_of(sheet, &columns, &rows, whole) {
            emit_mean(cx, sheet, &rows, whole, &parts, out);
        }
    }
    for &whole in &columns {
        if let Some(step) = running(sheet, &columns, &rows, whole) {
            emit_running(cx, sheet, &rows, whole, step, out);
        }
    }
}

/// What a column is made of: columns with their factors, and a constant.
struct Composed {
    parts: Vec<(usize, Decimal)>,
    base: Decimal,
    rule: &'static str,
}

impl Composed {
    /// The terms of a row, blanks as noughts; `None` if no part is printed.
    fn terms(&self, sheet: &Sheet<'_>, row: usize) -> Option<Vec<Operand>> {
        let mut out = Vec::new();
        if !self.base.is_zero() {
            out.push(Operand::computed(self.base));
        }
        let mut any = false;
        for (col, factor) in &self.parts {
            let Some(number) = sheet.own_number(row, *col) else {
                continue;
            };
            any = true;
            let mut operand = number.operand.clone();
            if *factor != Decimal::ONE {
                let value = number.value.checked_mul(*factor)?;
                operand.surface = if *factor == -Decimal::ONE {
                    format!("-{}", operand.surface)
                } else {
                    value.normalize().to_string()
                };
                operand.ulp = operand.ulp.checked_mul(factor.abs())?;
                operand.value = Some(value);
            }
            out.push(operand);
        }
        any.then_some(out)
    }

    /// Whether it gives what a row prints; `None` if it cannot be tried.
    fn fits(&self, sheet: &Sheet<'_>, row: usize, whole: usize) -> Option<bool> {
        let stated = sheet.own_number(row, whole).filter(|n| !n.percent)?;
        let terms = self.terms(sheet, row)?;
        let mut total = Decimal::ZERO;
        let mut slack = Decimal::ZERO;
        for term in &terms {
            total = total.checked_add(term.value?)?;
            slack = slack.checked_add(term.ulp)?;
        }
        Some(agrees(stated, total, slack) || rounds(stated, Ratio::from_decimal(total)))
    }

    fn tally(&self, sheet: &Sheet<'_>, rows: &[usize], whole: usize) -> (usize, usize) {
        let tried: Vec<bool> = rows.iter().filter_map(|r| self.fits(sheet, *r, whole)).collect();
        (tried.iter().filter(|ok| **ok).count(), tried.len())
    }
}

fn rounds(stated: &Number, exact: Ratio) -> bool {
    !matches!(
        agreement(stated.value, stated.operand.decimals, exact),
        Agreement::Off | Agreement::Untestable
    )
}

/// Whether a header is that of a final score.
fn is_final(header: &str) -> bool {
    let bare = header.find(['（', '(']).map_or(header, |at| &header[..at]);
    [
        "得分",
        "总分",
        "成绩",
        "合计",
        "总计",
        "评分",
        "最终分",
        "综合分",
        "考核分",
        "积分",
        "分数",
    ]
    .iter()
    .any(|w| bare.ends_with(w))
}

fn takes_off(header: &str) -> bool {
    header.contains("扣") || header.contains("减分")
}

/// A final score as the sum of others less what was taken off; 100 or another full score may stand unprinted at the start.
fn signed(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize) -> Option<Composed> {
    let header = |c: usize| sheet.columns[c].header.as_str();
    if !is_final(header(whole)) || takes_off(header(whole)) {
        return None;
    }
    // Marks taken off are printed with or without their sign; with it, plain addition will do.
    let less: Vec<usize> = columns
        .iter()
        .copied()
        .filter(|c| *c != whole && takes_off(header(*c)))
        .filter(|c| {
            rows.iter()
                .all(|r| sheet.own_number(*r, *c).is_none_or(|n| n.value >= Decimal::ZERO))
        })
        .collect();
    if less.is_empty() {
        return None;
    }
    let plain = |c: &usize| *c != whole && !takes_off(header(*c));
    let scores = |c: &usize| plain(c) && (sheet.columns[*c].kind == ColumnKind::Score || header(*c).ends_with('分'));
    let adds = |c: &usize| plain(c) && ["加分", "奖励", "附加"].iter().any(|w| header(*c).contains(w));
    let sets: [Vec<usize>; 4] = [
        columns.iter().copied().filter(|c| *c < whole).filter(scores).collect(),
        columns.iter().copied().filter(scores).collect(),
        columns.iter().copied().filter(|c| *c < whole).filter(plain).collect(),
        columns.iter().copied().filter(adds).collect(),
    ];
    for (nth, plus) in sets.into_iter().enumerate() {
        let bare = nth == 3;
        if plus.is_empty() && !bare {
            continue;
        }
        let parts: Vec<(usize, Decimal)> = plus
            .into_iter()
            .map(|c| (c, Decimal::ONE))
            .chain(less.iter().map(|c| (*c, -Decimal::ONE)))
            .collect();
        // 得分＝满分－扣分 alone is a difference, found by its words elsewhere.
        if !bare && parts.len() < 3 {
            continue;
        }
        let mut found = Composed {
            parts,
            base: Decimal::ZERO,
            rule: "table-signed-sum",
        };
        if bare {
            found.base = base_of(&found, sheet, rows, whole)?;
        }
        let (holds, tried) = found.tally(sheet, rows, whole);
        if holds >= LEAST_ROWS && tried - holds <= 1 + tried / 10 && holds * 5 >= tried * 3 {
            return Some(found);
        }
    }
    None
}

/// The full score from which marks are taken: the same in most rows, and round.
fn base_of(found: &Composed, sheet: &Sheet<'_>, rows: &[usize], whole: usize) -> Option<Decimal> {
    let mut bases: Vec<Decimal> = rows
        .iter()
        .filter_map(|r| {
            let stated = sheet.own_number(*r, whole)?.value;
            let terms = found.terms(sheet, *r)?;
            terms.iter().try_fold(stated, |rest, t| rest.checked_sub(t.value?))
        })
        .collect();
    bases.sort_unstable();
    let most = bases.chunk_by(|a, b| a == b).max_by_key(|run| run.len())?;
    let base = most.first().copied()?.normalize();
    let round = base >= Decimal::TEN && base.scale() == 0 && (base % Decimal::TEN).is_zero();
    (round && most.len() > LEAST_ROWS).then_some(base)
}

/// The weight that a header prints, as a fraction.
fn weight(sheet: &Sheet<'_>, col: usize) -> Option<Decimal> {
    let printed = super::sheet::squash(&sheet.table.header[col]);
    let found = WEIGHT.captures(&printed)?;
    if let Some(fraction) = found.get(2) {
        return fraction.as_str().parse().ok();
    }
    let percent = printed.contains(['%', '％']).then(|| found.get(1))??;
    let value: Decimal = percent.as_str().parse().ok()?;
    value.checked_div(Decimal::ONE_HUNDRED)
}

/// A final score as the sum of others by the weights in their headers.
fn weighted(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize) -> Option<Composed> {
    if !is_final(&sheet.columns[whole].header) || weight(sheet, whole).is_some() {
        return None;
    }
    let parts: Vec<(usize, Decimal)> = columns
        .iter()
        .filter(|c| **c != whole)
        .filter_map(|c| Some((*c, weight(sheet, *c)?)))
        .collect();
    let sum: Decimal = parts.iter().map(|(_, w)| *w).sum();
    if parts.len() < 2 || sum != Decimal::ONE {
        return None;
    }
    let found = Composed {
        parts,
        base: Decimal::ZERO,
        rule: "table-weighted-sum",
    };
    let (holds, tried) = found.tally(sheet, rows, whole);
    (holds > 0 && holds * 5 >= tried * 3).then_some(found)
}

fn emit_sum(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    rows: &[usize],
    whole: usize,
    found: &Composed,
    out: &mut Vec<Relation>,
) {
    for &row in rows {
        let (Some(stated), Some(operands)) = (sheet.own_number(row, whole), found.terms(sheet, row)) else {
            continue;
        };
        let reading = Reading {
            formula: Formula::Sum,
            stated: stated.operand.clone(),
            operands,
        };
        out.extend(sheet.relation(cx, RelationKind::TableTotal, found.rule, Cue::Explicit, vec![reading]));
    }
}

// ---- means of several columns ----

fn mean_at(sheet: &Sheet<'_>, row: usize, whole: usize, parts: &[usize]) -> Option<(bool, Decimal, Decimal)> {
    let stated = sheet.own_number(row, whole)?;
    let mut total = Decimal::ZERO;
    for col in parts {
        total = total.checked_add(sheet.own_number(row, *col)?.value)?;
    }
    let number = Decimal::from(parts.len());
    Some((rounds(stated, Ratio::of(total, number)?), total, number))
}

/// The columns whose mean a column of means is: those beside it, or all of its kind.
fn mean_of(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize) -> Option<Vec<usize>> {
    let header = &sheet.columns[whole].header;
    let said = ["平均", "均分", "均值"].iter().any(|w| header.contains(w));
    let plain = matches!(
        sheet.columns[whole].kind,
        ColumnKind::Score | ColumnKind::Mean | ColumnKind::Count
    );
    if !said || !plain {
        return None;
    }
    let others: Vec<usize> = columns.iter().copied().filter(|c| *c != whole).collect();
    let at = others.partition_point(|c| *c < whole);
    let scores = others
        .iter()
        .copied()
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Score);
    let mut sets = vec![scores.collect::<Vec<_>>()];
    for len in 2..=at.min(12) {
        sets.push(others[at - len..at].to_vec());
    }
    sets.push(others[at..].to_vec());
    sets.into_iter().filter(|set| set.len() >= 2).find(|set| {
        let tried: Vec<bool> = rows
            .iter()
            .filter_map(|r| mean_at(sheet, *r, whole, set).map(|(ok, _, _)| ok))
            .collect();
        let holds = tried.iter().filter(|ok| **ok).count();
        holds >= LEAST_ROWS && tried.len() - holds <= 1 + tried.len() / 10
    })
}

fn emit_mean(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    rows: &[usize],
    whole: usize,
    parts: &[usize],
    out: &mut Vec<Relation>,
) {
    for &row in rows {
        let (Some(stated), Some((_, sum, number))) = (sheet.own_number(row, whole), mean_at(sheet, row, whole, parts))
        else {
            continue;
        };
        let reading = Reading {
            formula: Formula::Mean,
            stated: stated.operand.clone(),
            operands: vec![Operand::computed(sum), Operand::computed(number)],
        };
        out.extend(sheet.relation(
            cx,
            RelationKind::Average,
            "table-mean-of-columns",
            Cue::Explicit,
            vec![reading],
        ));
    }
}

// ---- running totals ----

/// The column whose figures a running total (累计) adds up from row to row.
fn running(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize) -> Option<usize> {
    let header = &sheet.columns[whole].header;
    if !["累计", "累积"].iter().any(|w| header.contains(w)) {
        return None;
    }
    columns.iter().copied().filter(|c| *c != whole).find(|step| {
        let tried: Vec<bool> = rows
            .windows(2)
            .filter_map(|w| step_fits(sheet, w, whole, *step))
            .collect();
        let holds = tried.iter().filter(|ok| **ok).count();
        holds >= 2 && holds * 2 >= tried.len()
    })
}

fn step_fits(sheet: &Sheet<'_>, pair: &[usize], whole: usize, step: usize) -> Option<bool> {
    let before = sheet.own_number(*pair.first()?, whole)?;
    let now = sheet.own_number(*pair.last()?, whole)?;
    let added = sheet.own_number(*pair.last()?, step)?;
    let slack = before.operand.ulp.checked_add(added.operand.ulp)?;
    Some(agrees(now, before.value.checked_add(added.value)?, slack))
}

fn emit_running(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    rows: &[usize],
    whole: usize,
    step: usize,
    out: &mut Vec<Relation>,
) {
    for pair in rows.windows(2) {
        let numbers = (
            sheet.own_number(pair[0], whole),
            sheet.own_number(pair[1], step),
            sheet.own_number(pair[1], whole),
        );
        let (Some(before), Some(added), Some(now)) = numbers else {
            continue;
        };
        let reading = Reading {
            formula: Formula::Sum,
            stated: now.operand.clone(),
            operands: vec![before.operand.clone(), added.operand.clone()],
        };
        out.extend(sheet.relation(
            cx,
            RelationKind::TableTotal,
            "table-running-total",
            Cue::Explicit,
            vec![reading],
        ));
    }
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    fn bad(source: &str) -> Vec<String> {
        read(source).into_iter().filter(|l| l.ends_with("BAD")).collect()
    }

    const SIGNED: &str = "单位|基础得分|加分|扣分|总得分
青泽镇|88.5|6|1.5|93.0
枫渡乡|86.0|5|2.0|89.0
石泷镇|84.5|3|0.5|87.0
柳汀乡|80.0|4|3.0|81.0
云岫镇|78.0|0|2.0|76.0";

    #[test]
    fn what_was_added_and_taken_off() {
        let found = read(SIGNED);
        assert!(
            found.contains(&"table-total 93.0 <- 88.5 6 -1.5 ok".to_owned()),
            "{found:#?}"
        );
        assert!(bad(SIGNED).is_empty());
        assert_eq!(
            bad(&SIGNED.replace("89.0", "98.0")),
            ["table-total 98.0 <- 86.0 5 -2.0 BAD"]
        );
        let other = "单位|发布|扣分|总得分\n甲|30|2|81\n乙|21|1|77.5\n丙|14|0|90\n丁|9|3|62";
        assert!(
            read(other).iter().all(|l| !l.starts_with("table-total")),
            "a score of its own"
        );
    }

    #[test]
    fn marks_taken_from_a_full_score_that_is_not_printed() {
        let table = "单位|扣分|加分|最后得分\n甲局|4.5|1|96.5\n乙局|8|0|92\n丙局|12.5|2|89.5\n丁局|6|0|94\n戊局|3|1|98";
        assert!(bad(table).is_empty());
        assert_eq!(
            bad(&table.replace("89.5", "98.5")),
            ["table-total 98.5 <- 100 2 -12.5 BAD"]
        );
    }

    #[test]
    fn weights_in_the_header() {
        let table = "单位|网站得分（60%）|新媒体得分（40%）|综合得分
青泽镇|95|90|93.0
枫渡乡|88|92|89.6
石泷镇|82|85|83.2
柳汀乡|90|80|86.0";
        assert!(bad(table).is_empty(), "{:?}", bad(table));
        assert_eq!(bad(&table.replace("83.2", "82.3")).len(), 1);
        // Shares of the marks, already multiplied out: nothing to weigh.
        let done = "单位|网站（60%）|新媒体（40%）|综合得分\n甲|57|36|93\n乙|52.8|36.8|89.6\n丙|49.2|34|83.2";
        assert!(bad(done).is_empty(), "{:?}", bad(done));
    }

    #[test]
    fn the_mean_of_quarters() {
        let table = "单位|一季度得分|二季度得分|平均得分\n甲|92.0|94.0|93.0\n乙|90.0|91.0|90.5\n丙|88.0|86.0|87.0\n丁|80.0|85.0|82.5";
        assert!(bad(table).is_empty());
        assert_eq!(bad(&table.replace("90.5", "95.0")), ["average 95.0 <- 181 2 BAD"]);
        let other = "单位|一季度得分|二季度得分|全市平均分\n甲|92|94|88\n乙|90|91|88\n丙|88|86|88";
        assert!(
            read(other).iter().all(|l| !l.starts_with("average")),
            "a mean of others"
        );
    }

    #[test]
    fn totals_that_run_from_row_to_row() {
        let table = "月份|当月发布|累计发布\n1月|120|120\n2月|98|218\n3月|134|352\n4月|110|462\n5月|126|588";
        assert!(bad(table).is_empty());
        assert_eq!(bad(&table.replace("|98|", "|89|")), ["table-total 218 <- 120 89 BAD"]);
        let other = "单位|本月|累计\n甲|12|120\n乙|9|98\n丙|10|134\n丁|8|110";
        assert!(read(other).is_empty(), "{:?}", read(other));
    }
}
