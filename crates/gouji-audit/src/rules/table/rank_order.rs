//! # rank-order
//!
//! Ranks do not follow the figures they rank.
//!
//! 名次与数值次序不符。
//!
//! ## What it checks
//!
//! A column of ranks runs on, ties sharing a rank, and follows the column of scores that it follows in all other
//! rows.
//!
//! 名次依次连续，并列者同名次；且与其所依据的数值列次序一致。
//!
//! ## Why it matters
//!
//! A rank given to the wrong unit is the first thing that unit will notice.
//!
//! 名次排错，当事单位第一个发现。
//!
//! ## Example
//!
//! 甲镇 98分 第2名 ｜ 乙镇 97分 第1名 ｜ 丙镇 96分 第3名
//!
//! ## Correct
//!
//! 甲镇 98分 第1名 ｜ 乙镇 97分 第2名 ｜ 丙镇 96分 第3名
//!
//! ## Not reported
//!
//! Ranks by several columns at once, and tables whose ranks follow no column.
//!
//! 按多项综合排名的，以及名次不依据表中任何一列的。
//!
//! ## Source
//!
//! Good order of a table.
//!
//! 表格编排常规。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `rank-order`
pub(crate) const RULE: Rule = Rule {
    name: "rank-order",
    family: "table",
    severity: Severity::Warning,
    doc: include_str!("rank_order.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("名次“{}”与前后或与所依据的数值不符", case.stated());
        let en = format!(
            "rank {} does not fit its neighbours or the figures ranked",
            case.stated()
        );
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, RelationKind};

    use super::RULE;
    use crate::sample::Flagged;

    const READ: Flagged = Flagged {
        kind: RelationKind::Numbering,
        pattern: "table-rank",
        formula: |holds| Formula::Sequence { holds },
        stated: "4",
        other: "3",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Implied, &[false]),
            ["warning 名次“4”与前后或与所依据的数值不符"]
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
