//! # part-exceeds-whole
//!
//! A part is larger than its whole.
//!
//! 部分大于整体。
//!
//! ## What it checks
//!
//! What was closed, passed or named as part of a whole is not more than the whole.
//!
//! 办结、合格等部分数，不大于其所属的整体。
//!
//! ## Why it matters
//!
//! It cannot be so, unless items of an earlier period were counted in, and then the text must say it.
//!
//! 不可能多于整体；若含上期结转，应当写明。
//!
//! ## Example
//!
//! 受理118件，办结153件。
//!
//! ## Correct
//!
//! 受理118件，办结153件（含上期结转35件）。
//!
//! ## Not reported
//!
//! Wholes of another period, and texts that name items carried over.
//!
//! 整体属于另一时期的，以及注明上期结转的。
//!
//! ## Source
//!
//! Arithmetic.
//!
//! 算术。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `part-exceeds-whole`
pub(crate) const RULE: Rule = Rule {
    name: "part-exceeds-whole",
    family: "count",
    severity: Severity::Error,
    doc: include_str!("part_exceeds_whole.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("部分大于整体：{}多于其所属的{}", case.stated(), case.other());
        let en = format!("{} is more than the {} it is part of", case.stated(), case.other());
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, RelationKind};

    use super::RULE;
    use crate::sample::Flagged;

    const READ: Flagged = Flagged {
        kind: RelationKind::Bound,
        pattern: "part-within-whole",
        formula: |holds| Formula::Bound { holds },
        stated: "18件",
        other: "12件",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Explicit, &[false]),
            ["error 部分大于整体：18件多于其所属的12件"]
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
