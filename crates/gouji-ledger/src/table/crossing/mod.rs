//! Totals across a row (横加): 合计 columns, wholes and their parts (抽查＝合格＋不合格), and columns that are found to be
//! the sum or difference of others.

mod declared;
mod deductions;
mod outcomes;
mod undeclared;

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::column::ColumnKind;
use super::footing::{agrees, sum};
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};
use declared::{declared, under_totals};
use deductions::deductions;
use outcomes::complements;
use undeclared::undeclared;

/// Most columns among which sums are looked for.
const MAX_COLUMNS: usize = 96;

/// Columns on both sides of a column among which its whole, or what it is the difference of, is looked for.
const BESIDE: usize = 16;

/// Rows on which candidate sums are tried; a sum that fits them is then tried on all.
const PROBE: usize = 80;

/// How well a sum of columns fits.
#[derive(Default)]
struct Fit {
    /// Rows where it holds.
    holds: usize,
    /// Rows where it can be tried.
    tried: usize,
    /// Rows with at least two parts that are not nought, and those of them where it holds.
    able: usize,
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
    let names = declared::names(sheet);
    let under = under_totals(sheet, &names, &columns, probe);
    let mut inner: BTreeSet<usize> = BTreeSet::new();
    for &whole in &columns {
        for found in declared(sheet, &names, &columns, probe, whole, &under) {
            // 总分＝得分＋扣分 is 扣分＝总分－得分 over again.
            if turned.iter().any(|(w, p)| *w == found.whole && *p == found.parts) {
                continue;
            }
            emit(cx, sheet, &rows, &found, out);
            inner.extend(found.parts.iter().copied());
            wholes.push((whole, found.parts));
        }
    }
    for found in complements(sheet, &columns, probe) {
        if !wholes.iter().any(|(w, p)| *w == found.whole && *p == found.parts) {
            emit(cx, sheet, &rows, &found, out);
            wholes.push((found.whole, found.parts));
        }
    }
    // 来电 beside 有效合计, its parts and 无效: of a total and its parts the total alone is a part of something else.
    let tops: Vec<usize> = columns.iter().copied().filter(|c| !inner.contains(c)).collect();
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
        let among_tops = || {
            let several = !inner.is_empty() && tops.len() >= 3 && tops.contains(&whole);
            several
                .then(|| undeclared(sheet, &tops, &rows, whole, &known))
                .flatten()
        };
        if let Some(found) = undeclared(sheet, &columns, &rows, whole, &known).or_else(among_tops) {
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
        let able = numbers.iter().filter(|n| !n.value.is_zero()).count() >= 2;
        let holds = sum(numbers.iter().copied()).is_some_and(|(t, slack)| agrees(stated, t, slack));
        fit.count(able, holds);
    }
    fit
}

impl Fit {
    /// Counts a row in which it can be tried; `able` says that two parts at least are not nought.
    fn count(&mut self, able: bool, holds: bool) {
        self.tried += 1;
        self.able += usize::from(able);
        self.holds += usize::from(holds);
        self.telling += usize::from(able && holds);
    }

    /// Holds in three rows of five, and not only in those where one part alone is the whole (17 of 17 and 0).
    fn mostly(&self) -> bool {
        self.holds > 0 && self.holds * 5 >= self.tried * 3 && (self.able == 0 || self.telling > 0)
    }
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
                let holds = total.is_some_and(|(t, slack)| agrees(stated, t, slack));
                fit.count(telling >= 2, holds);
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
                    (fit.tried, fit.holds, fit.able, fit.telling),
                    (plain.tried, plain.holds, plain.able, plain.telling),
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
