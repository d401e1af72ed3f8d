//! # serial-sequence
//!
//! Serial numbers do not run on.
//!
//! 序号不连续。
//!
//! ## What it checks
//!
//! A column or list of serial numbers or ranks runs on without gap or repeat; equal ranks may skip what they share.
//!
//! 序号、名次依次连续，不缺不重；并列名次可以空位。
//!
//! ## Why it matters
//!
//! A gap says that a row was lost, a repeat that one was pasted twice.
//!
//! 缺号说明漏了一行，重号说明粘贴了两次。
//!
//! ## Example
//!
//! 1 甲镇 ｜ 2 乙镇 ｜ 4 丙镇
//!
//! ## Correct
//!
//! 1 甲镇 ｜ 2 乙镇 ｜ 3 丙镇
//!
//! ## Not reported
//!
//! Serials that begin anew in each group, and columns of codes.
//!
//! 各组重新编号的，以及编码列。
//!
//! ## Source
//!
//! Good order of a table.
//!
//! 表格编排常规。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `serial-sequence`
pub(crate) const RULE: Rule = Rule {
    name: "serial-sequence",
    family: "part",
    severity: Severity::Error,
    doc: include_str!("serial_sequence.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("序号“{}”与前后不连续", case.stated());
        let en = format!("serial number {} does not run on", case.stated());
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
        pattern: "table-serial",
        formula: |holds| Formula::Sequence { holds },
        stated: "4",
        other: "3",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(found(Cue::Explicit, &[false]), ["error 序号“4”与前后不连续"]);
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
