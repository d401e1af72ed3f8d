//! # rate-false-hundred
//!
//! 100 % is printed although the part is less than the whole.
//!
//! 部分少于整体而写作100%。
//!
//! ## What it checks
//!
//! A rate of 100 % that only rounding makes so: some cases of the whole are missing from the part.
//!
//! 部分少于整体，仅因取舍而写作100%的比率。
//!
//! ## Why it matters
//!
//! 100 % is read as all of them.
//!
//! 读者会把100%理解为全部。
//!
//! ## Example
//!
//! 受理2000件，办结1999件，办结率100%。
//!
//! ## Correct
//!
//! 受理2000件，办结1999件，办结率99.95%。
//!
//! ## Not reported
//!
//! Parts equal to their whole, and gaps that rounding does not explain, which other rules report.
//!
//! 部分等于整体的；取舍解释不了的由其他规则报告。
//!
//! ## Source
//!
//! GB/T 8170-2008; good practice of reporting.
//!
//! 《数值修约规则与极限数值的表示和判定》（GB/T 8170-2008）及通行做法。

use gouji_ledger::{Cue, RelationKind};
use gouji_quantity::{Decimal, Ratio};

use crate::context::Context;
use crate::model::Verdict;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `rate-false-hundred`
pub(crate) const RULE: Rule = Rule {
    name: "rate-false-hundred",
    family: "rate",
    severity: Severity::Warning,
    doc: include_str!("rate_false_hundred.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.cases() {
        let hundred = case.reading.stated.value == Some(Decimal::ONE_HUNDRED);
        let counts = case.reading.operands.iter().all(|o| o.ulp.is_zero());
        let less = case
            .outcome
            .check
            .exact
            .and_then(|exact| exact.compare(Ratio::from_decimal(Decimal::ONE_HUNDRED)))
            .is_some_and(std::cmp::Ordering::is_lt);
        if case.relation.kind != RelationKind::Ratio
            || case.relation.cue == Cue::Arithmetic
            || case.verdict() != Verdict::Holds
            || !(hundred && counts && less)
        {
            continue;
        }
        let (part, whole) = (
            case.other(),
            case.reading.operands.last().map_or("", |o| o.surface.as_str()),
        );
        let zh = format!("{whole}中只有{part}，不应写作{}", case.stated());
        let en = format!("{part} is less than {whole}, yet {} is printed", case.stated());
        let finding = case.finding(RULE.name, RULE.severity, zh, en);
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, operands: &[&str]) -> Vec<String> {
        related(
            RULE.name,
            RelationKind::Ratio,
            Formula::Ratio { scale: 100 },
            stated,
            operands,
        )
    }

    #[test]
    fn fires_when_one_is_missing() {
        assert_eq!(
            found("100%", &["1999件", "2000件"]),
            ["warning 2000件中只有1999件，不应写作100%"]
        );
    }

    #[test]
    fn silent_when_all_are_there() {
        assert!(found("100%", &["2000件", "2000件"]).is_empty());
    }

    #[test]
    fn near_miss_printed_with_its_places() {
        assert!(found("99.95%", &["1999件", "2000件"]).is_empty());
    }
}
