//! # deadline-past
//!
//! A deadline lies before the day of signing.
//!
//! 整改或报送期限早于成文日期。
//!
//! ## What it checks
//!
//! A day before which something is asked for does not lie before the day of signing.
//!
//! 要求在某日前完成、报送的日期，不早于成文日期。
//!
//! ## Why it matters
//!
//! Nobody can do it; most often the month or the year was left from the last circular.
//!
//! 这样的要求无法执行；多半是套用上期通报忘改月份或年份。
//!
//! ## Example
//!
//! 请于2024年3月5日前报送整改情况。（2024年4月8日成文）
//!
//! ## Correct
//!
//! 请于2024年4月25日前报送整改情况。（2024年4月8日成文）
//!
//! ## Not reported
//!
//! Deadlines that the text reports as gone by, and days without a year that may lie in the next one.
//!
//! 文中说明已过的期限，以及未写年份、可能属于次年的日期。
//!
//! ## Source
//!
//! Regulation on the handling of official documents of Party and government organs (2012).
//!
//! 《党政机关公文处理工作条例》（2012年）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `deadline-past`
pub(crate) const RULE: Rule = Rule {
    name: "deadline-past",
    family: "date",
    severity: Severity::Error,
    doc: include_str!("deadline_past.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("所定期限{}早于{}，无法执行", case.stated(), case.other());
        let en = format!("the deadline {} lies before {}", case.stated(), case.other());
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, RelationKind};

    use super::RULE;
    use crate::sample::Flagged;

    const READ: Flagged = Flagged {
        kind: RelationKind::Date,
        pattern: "deadline-after-signing",
        formula: |holds| Formula::DateOrder { holds },
        stated: "3月5日",
        other: "2024年4月8日",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Explicit, &[false]),
            ["error 所定期限3月5日早于2024年4月8日，无法执行"]
        );
    }

    #[test]
    fn silent_when_it_holds() {
        assert!(found(Cue::Explicit, &[true]).is_empty());
    }

    #[test]
    fn near_miss_arithmetic_alone_or_another_reading() {
        assert!(found(Cue::Arithmetic, &[false]).is_empty());
        assert!(found(Cue::Explicit, &[false, true]).is_empty());
    }
}
