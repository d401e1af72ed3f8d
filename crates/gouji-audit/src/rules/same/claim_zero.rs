//! # claim-zero
//!
//! A claim of none does not fit the rate beside it.
//!
//! “零”的说法与比率不相容。
//!
//! ## What it checks
//!
//! Where a channel reports no overdue, failed or pending case, its rate of punctual, passed or closed cases is 100
//! %.
//!
//! 某渠道逾期、不合格或未办结为零的，其按时办结率、合格率或办结率应为100%。
//!
//! ## Why it matters
//!
//! One of the two is left from another draft or period.
//!
//! 两者之一是别的稿子或上期留下的。
//!
//! ## Example
//!
//! 逾期0件，按时办结率98%。
//!
//! ## Correct
//!
//! 逾期0件，按时办结率100%。
//!
//! ## Not reported
//!
//! Channels with several figures of the measure, whose scopes may differ.
//!
//! 同一渠道有多个同类数据、口径可能不同的。
//!
//! ## Source
//!
//! Arithmetic.
//!
//! 算术。

use std::collections::BTreeMap;

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use gouji_ledger::{Fact, Figure};
use gouji_quantity::{Decimal, Period};

/// `claim-zero`
pub(crate) const RULE: Rule = Rule {
    name: "claim-zero",
    family: "same",
    severity: Severity::Warning,
    doc: include_str!("claim_zero.rs"),
    check,
};

/// A count and the rate that is 100 % when it is zero.
const PAIRS: [(&str, &str); 3] = [
    ("overdue", "ontime_rate"),
    ("failed", "pass_rate"),
    ("pending", "closed_rate"),
];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    // Facts of a channel as a whole, in one period.
    let mut channels: BTreeMap<(&str, Option<Period>), Vec<&Fact>> = BTreeMap::new();
    for fact in cx.ledger.facts.iter().filter(|f| f.by.is_none() && f.name.is_none()) {
        channels
            .entry((fact.channel.as_str(), fact.period))
            .or_default()
            .push(fact);
    }
    let figure = |fact: &Fact| cx.ledger.figures.get(fact.figure.0);
    for ((channel, _), facts) in &channels {
        for (count, rate) in PAIRS {
            let only = |measure: &str| {
                let mut of = facts.iter().filter(|f| f.measure == measure);
                of.next().filter(|_| of.next().is_none()).and_then(|f| figure(f))
            };
            let (Some(none), Some(rate)) = (only(count), only(rate)) else {
                continue;
            };
            let value = |f: &Figure| f.stated.as_ref().map(|s| s.value);
            let zero = value(none).is_some_and(|v| v.is_zero());
            let short = value(rate).is_some_and(|v| v < Decimal::ONE_HUNDRED);
            if zero && short {
                let zh = format!("{channel}：写明“{}”，比率却为{}，两者不合", none.surface, rate.surface);
                let en = format!(
                    "{channel}: {} says none, yet the rate is {}",
                    none.surface, rate.surface
                );
                let mut finding = Finding::plain(RULE.name, RULE.severity, rate.span, zh, en);
                finding.related = vec![none.span];
                finding.stated = Some(rate.surface.clone());
                finding.expected = Some("100%".to_owned());
                out.push(finding);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(overdue: &[&str], rate: &str) -> Vec<String> {
        let mut sample = Sample::new();
        for count in overdue {
            sample.fact("来信", "overdue", None, count, None);
        }
        sample.fact("来信", "ontime_rate", None, rate, None);
        sample.found("claim-zero")
    }

    #[test]
    fn fires_when_none_is_late_but_the_rate_is_short() {
        assert_eq!(
            found(&["0件"], "98%"),
            ["warning 来信：写明“0件”，比率却为98%，两者不合"]
        );
    }

    #[test]
    fn silent_at_a_hundred() {
        assert!(found(&["0件"], "100%").is_empty());
    }

    #[test]
    fn near_miss_several_counts_of_different_scope() {
        assert!(found(&["0件", "2件"], "98%").is_empty());
    }
}
