//! # date-order
//!
//! A date stands before one that it must follow.
//!
//! 日期先后颠倒。
//!
//! ## What it checks
//!
//! Events stand in the order that they must: period end, check, review, signing, deadline.
//!
//! 各日期应合先后次序：统计期末、检查、复核、成文、整改期限。
//!
//! ## Why it matters
//!
//! A review before the inspection makes the circular worthless as evidence.
//!
//! 复核早于检查，通报作为依据便站不住。
//!
//! ## Example
//!
//! 9月3日组织检查，9月2日复核。
//!
//! ## Correct
//!
//! 9月3日组织检查，9月5日复核。
//!
//! ## Not reported
//!
//! Dates without a year that could belong to another, and events whose order is free.
//!
//! 未写年份、可能属于他年的，以及先后不拘的事项。
//!
//! ## Source
//!
//! Regulation on the handling of official documents of Party and government organs (2012).
//!
//! 《党政机关公文处理工作条例》（2012年）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `date-order`
pub(crate) const RULE: Rule = Rule {
    name: "date-order",
    family: "date",
    severity: Severity::Warning,
    doc: include_str!("date_order.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("{}与{}先后颠倒", case.stated(), case.other());
        let en = format!("{} stands in the wrong order to {}", case.stated(), case.other());
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, Reading, RelationKind};

    use crate::sample::Sample;

    fn found(holds: bool) -> Vec<String> {
        let mut sample = Sample::new();
        let formula = Formula::DateOrder { holds };
        sample.flagged(RelationKind::Date, "date-order", formula, "9月2日", "9月3日");
        sample.found("date-order")
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(found(false), ["warning 9月2日与9月3日先后颠倒"]);
    }

    #[test]
    fn silent_when_it_holds() {
        assert!(found(true).is_empty());
    }

    #[test]
    fn near_miss_another_reading_holds() {
        let mut sample = Sample::new();
        let readings = [false, true].map(|holds| Reading {
            formula: Formula::DateOrder { holds },
            stated: sample.words("9月2日"),
            operands: vec![sample.words("9月3日")],
        });
        sample.push_relation(RelationKind::Date, Cue::Explicit, "date-order", readings.into());
        assert!(sample.found("date-order").is_empty());
    }
}
