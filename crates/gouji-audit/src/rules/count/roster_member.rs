//! # roster-member
//!
//! One of the units listed is not among those of the table, which has another instead.
//!
//! 所列单位中有一个不在表内，而表中另有一个未列。
//!
//! ## What it checks
//!
//! A list that is to be the whole of a table, and is as long, has the table's units; where all others match, the one left
//! over in the text and the one left over in the table ought to be the same unit.
//!
//! 名单应与表格所列单位完全一致、个数也相同的，其余各项都对得上时，双方各自剩下的一个应是同一单位。
//!
//! ## Why it matters
//!
//! A unit named in place of another is praised or blamed for what it has not done.
//!
//! 张冠李戴，受表扬或挨批评的就不是该单位。
//!
//! ## Example
//!
//! 以下4家单位未按期报送：甲局、乙局、丙镇、戊镇（附表为甲局、乙局、丙镇、丁镇）。
//!
//! ## Correct
//!
//! 以下4家单位未按期报送：甲局、乙局、丙镇、丁镇（附表同）。
//!
//! ## Not reported
//!
//! Lists that choose some of the units, lists in which more than one name differs, and short forms of a name.
//!
//! 只列一部分的名单、不止一处不同的名单，以及简称与全称之别。
//!
//! ## Source
//!
//! Agreement of text and attachment.
//!
//! 正文与附件应当一致。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `roster-member`
pub(crate) const RULE: Rule = Rule {
    name: "roster-member",
    family: "count",
    severity: Severity::Warning,
    doc: include_str!("roster_member.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!(
            "“{}”不在表中所列单位之内，表中另有“{}”未列入名单",
            case.stated(),
            case.other()
        );
        let en = format!(
            "“{}” is not among the units of the table, and the list lacks “{}”",
            case.stated(),
            case.other()
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
        kind: RelationKind::TextTable,
        pattern: "roster-of-rows",
        formula: |holds| Formula::Bound { holds },
        stated: "戊镇",
        other: "丁镇",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Implied, &[false]),
            ["warning “戊镇”不在表中所列单位之内，表中另有“丁镇”未列入名单"]
        );
    }

    #[test]
    fn silent_when_it_holds() {
        assert!(found(Cue::Implied, &[true]).is_empty());
    }

    #[test]
    fn near_miss_arithmetic_alone_or_another_reading() {
        assert!(found(Cue::Arithmetic, &[false]).is_empty());
        assert!(found(Cue::Implied, &[false, true]).is_empty());
    }
}
