//! # rank-claim
//!
//! A unit is named among the first or last and is not, or a list is not in the order that it claims.
//!
//! “前几名”“后几名”的名单与表格不符，或者“依次”“从高到低”所列的数字次序不符。
//!
//! ## What it checks
//!
//! Units named as the first or last few are those that the table ranks there; ties may stand in either order. Figures listed as
//! the first few in turn, or from high to low, are in that order.
//!
//! 正文所列“前几名”“后几名”的单位，与表格中的名次一致；并列的先后不拘。“依次”“从高到低”所列的数字按大小排列。
//!
//! ## Why it matters
//!
//! The units named read it first, and so do those left out.
//!
//! 上榜和落榜的单位都会对照。
//!
//! ## Example
//!
//! 得分前两名的是甲镇、丙镇（表中乙镇得分高于丙镇）。
//!
//! ## Correct
//!
//! 得分前两名的是甲镇、乙镇。
//!
//! ## Not reported
//!
//! Claims about a measure that the table does not have, and ties at the edge of the list. Lists ordered by a score that is not
//! printed, and lists that may be ordered by another of their figures.
//!
//! 表中没有相应列的，以及名单边缘并列的；按综合得分排名而得分未列出的，以及可能按另一项数字排列的。
//!
//! ## Source
//!
//! Agreement of text and attachment.
//!
//! 正文与附件应当一致。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `rank-claim`
pub(crate) const RULE: Rule = Rule {
    name: "rank-claim",
    family: "count",
    severity: Severity::Warning,
    doc: include_str!("rank_claim.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let (named, right) = (case.stated(), case.other());
        if case.relation.rule == "list-by-size" {
            out.push(case.finding(
                RULE.name,
                RULE.severity,
                format!("文中称按大小依次排列，“{named}”却排在“{right}”之后"),
                format!("said to be in order of size, but {named} stands behind {right}"),
            ));
            continue;
        }
        let (mut zh, mut en) = (
            format!("“{named}”按表格不在此列"),
            format!("by the table {named} does not belong here"),
        );
        if !right.is_empty() {
            zh.push_str(&format!("，应为“{right}”"));
            en.push_str(&format!("; {right} does"));
        }
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
        pattern: "names-by-rank",
        formula: |holds| Formula::Bound { holds },
        stated: "丙镇",
        other: "乙镇",
    };

    const LIST: Flagged = Flagged {
        kind: RelationKind::Bound,
        pattern: "list-by-size",
        formula: |holds| Formula::Bound { holds },
        stated: "95件",
        other: "66件",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Explicit, &[false]),
            ["warning “丙镇”按表格不在此列，应为“乙镇”"]
        );
        assert_eq!(
            LIST.found(RULE.name, Cue::Implied, &[false]),
            ["warning 文中称按大小依次排列，“95件”却排在“66件”之后"]
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
