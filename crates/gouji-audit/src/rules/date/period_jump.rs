//! # period-jump
//!
//! A figure jumps from one period to the next.
//!
//! 相邻两期数据突变。
//!
//! ## What it checks
//!
//! Counts of one measure over successive periods of the circular change by less than a factor of five, or by fewer
//! than a hundred.
//!
//! 同一指标在相邻两期之间，变化不到五倍或不足一百。
//!
//! ## Why it matters
//!
//! A jump is an event worth a sentence, a changed scope, or a digit too many.
//!
//! 突变要么是值得写一句的大事，要么口径变了，要么多打了一位。
//!
//! ## Example
//!
//! 4月受理412件，5月受理476件，6月受理4731件。
//!
//! ## Correct
//!
//! 4月受理412件，5月受理476件，6月受理473件。
//!
//! ## Not reported
//!
//! Rates, small numbers, and figures of different names or scopes.
//!
//! 比率、较小的数，以及名称或口径不同的数。
//!
//! ## Source
//!
//! Good practice of data review.
//!
//! 数据审核通行做法。

use std::collections::{BTreeMap, BTreeSet};

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use crate::wording;
use gouji_ledger::{Basis, Figure, FigureClass};
use gouji_quantity::{Decimal, Period};

/// `period-jump`
pub(crate) const RULE: Rule = Rule {
    name: "period-jump",
    family: "date",
    severity: Severity::Note,
    doc: include_str!("period_jump.rs"),
    check,
};

/// Least factor and least difference of a jump.
const FACTOR: i64 = 5;
const DIFFERENCE: i64 = 100;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    type Series<'a> = BTreeMap<Period, &'a Figure>;
    let mut series: BTreeMap<(&str, &str, Option<&str>), Series<'_>> = BTreeMap::new();
    for fact in &cx.ledger.facts {
        let name = match fact.by {
            None => None,
            // The parts of a division by month are one series; those of any other are theirs by name.
            Some(Basis::Month) => None,
            Some(_) => fact.name.as_deref(),
        };
        let divided = fact.by.is_some_and(|by| by != Basis::Month);
        let (Some(period), Some(figure)) = (fact.period, cx.ledger.figures.get(fact.figure.0)) else {
            continue;
        };
        if figure.class != FigureClass::Count || divided && name.is_none() {
            continue;
        }
        series
            .entry((fact.channel.as_str(), fact.measure, name))
            .or_default()
            .entry(period)
            .or_insert(figure);
    }
    // Cases received and closed jump together: once for each channel and pair of periods.
    let mut told: BTreeSet<(&str, Option<&str>, Period)> = BTreeSet::new();
    for ((channel, _, name), periods) in &series {
        for (now, b) in periods {
            let before = now.previous();
            let Some(a) = periods.get(&before) else { continue };
            let (Some(x), Some(y)) = (value(a), value(b)) else {
                continue;
            };
            let (small, large) = (x.min(y), x.max(y));
            let far = small
                .checked_mul(Decimal::from(FACTOR))
                .is_some_and(|limit| large >= limit)
                && large - small >= Decimal::from(DIFFERENCE);
            if !far || small.is_zero() || !told.insert((channel, *name, *now)) {
                continue;
            }
            let zh = format!(
                "{channel}：{}为{}，{}为{}，变化较大，请核对或说明原因",
                wording::period(before),
                a.surface,
                wording::period(*now),
                b.surface
            );
            let en = format!(
                "{channel}: {} in {before}, {} in {now}; check, or say why",
                a.surface, b.surface
            );
            let mut finding = Finding::plain(RULE.name, RULE.severity, b.span, zh, en);
            finding.related = vec![a.span];
            finding.stated = Some(b.surface.clone());
            out.push(finding);
        }
    }
}

fn value(figure: &Figure) -> Option<Decimal> {
    figure.stated.as_ref()?.base().filter(|v| !v.is_sign_negative())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn found(first: (&str, u32), second: (&str, u32)) -> Vec<String> {
        let mut sample = Sample::new();
        for (surface, month) in [first, second] {
            let period = Some(Period::Month(2024, month));
            sample.fact("来信", "received", None, surface, period);
        }
        sample.found("period-jump")
    }

    #[test]
    fn fires_on_a_digit_too_many() {
        assert_eq!(
            found(("612件", 5), ("6318件", 6)),
            ["note 来信：2024年5月为612件，2024年6月为6318件，变化较大，请核对或说明原因"]
        );
    }

    #[test]
    fn silent_on_a_usual_change() {
        assert!(found(("612件", 5), ("701件", 6)).is_empty());
    }

    #[test]
    fn near_miss_small_numbers_or_months_apart() {
        assert!(found(("2件", 5), ("14件", 6)).is_empty());
        assert!(found(("612件", 1), ("6318件", 6)).is_empty());
    }
}
