//! # rate-zero-base
//!
//! A rate is printed although its base is zero.
//!
//! 基数为零而印有比率。
//!
//! ## What it checks
//!
//! No rate is printed where nothing was received or checked.
//!
//! 受理数、检查数为零时不应印出比率。
//!
//! ## Why it matters
//!
//! 0 of 0 is neither 100 % nor 0 %; in a ranking it favours or harms the unit by accident.
//!
//! 零件中的零件，既不是100%也不是0%；参与排名时会平白有利或不利。
//!
//! ## Example
//!
//! 受理0件，办结0件，办结率100%。
//!
//! ## Correct
//!
//! 受理0件，办结0件。
//!
//! ## Not reported
//!
//! Rates whose base is not printed.
//!
//! 未印出基数的比率。
//!
//! ## Source
//!
//! Arithmetic: division by zero has no value.
//!
//! 算术：零不能作除数。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use gouji_ledger::{Cue, RelationKind};

/// `rate-zero-base`
pub(crate) const RULE: Rule = Rule {
    name: "rate-zero-base",
    family: "rate",
    severity: Severity::Note,
    doc: include_str!("rate_zero_base.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.cases() {
        let [_, whole] = case.reading.operands.as_slice() else {
            continue;
        };
        let zero = whole.value.is_some_and(|v| v.is_zero());
        let printed = case.reading.stated.value.is_some() && case.reading.stated.span.is_some();
        // Another reading may have another base.
        let only = case.relation.readings.len() == 1 && case.relation.cue != Cue::Arithmetic;
        if case.relation.kind == RelationKind::Ratio && zero && printed && only {
            let zh = format!("基数为{}，却写有比率{}", whole.surface, case.stated());
            let en = format!(
                "the base is {}, yet a rate of {} is printed",
                whole.surface,
                case.stated()
            );
            out.push(case.finding(RULE.name, RULE.severity, zh, en));
        }
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
    fn fires_on_nothing_of_nothing() {
        assert_eq!(found("100%", &["0件", "0件"]), ["note 基数为0件，却写有比率100%"]);
    }

    #[test]
    fn silent_with_a_base() {
        assert!(found("100%", &["3件", "3件"]).is_empty());
    }

    #[test]
    fn near_miss_a_part_of_zero() {
        assert!(found("0%", &["0件", "5件"]).is_empty());
    }
}
