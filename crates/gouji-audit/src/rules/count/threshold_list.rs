//! # threshold-list
//!
//! A claim about a bar does not fit the table.
//!
//! 达标名单与表格不符。
//!
//! ## What it checks
//!
//! N个单位达到24条及以上 and the units named for it are those of the table that reach the bar.
//!
//! “N个单位达到某数及以上”的个数和名单，与表格中达到该数的各行一致。
//!
//! ## Why it matters
//!
//! A unit that reached the bar and is not named will ask why.
//!
//! 达了标而没有列名的单位会来问。
//!
//! ## Example
//!
//! 共3个单位达到10条及以上（表中有4个）。
//!
//! ## Correct
//!
//! 共4个单位达到10条及以上（表中有4个）。
//!
//! ## Not reported
//!
//! Tables without a column for the bar; the ledger accepts several readings of 以上 and 以下.
//!
//! 表中没有相应列的；“以上”“以下”含不含本数，两种读法都接受。
//!
//! ## Source
//!
//! Agreement of text and attachment.
//!
//! 正文与附件应当一致。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use crate::wording;

/// `threshold-list`
pub(crate) const RULE: Rule = Rule {
    name: "threshold-list",
    family: "count",
    severity: Severity::Warning,
    doc: include_str!("threshold_list.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let unit = wording::unit_of(case.stated());
        let zh = format!("文中写作{}，按表格为{}{unit}", case.stated(), case.other());
        let en = format!("{} is printed but the table gives {}", case.stated(), case.other());
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
        pattern: "rows-beyond-bar",
        formula: |holds| Formula::Bound { holds },
        stated: "3个",
        other: "4",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(found(Cue::Explicit, &[false]), ["warning 文中写作3个，按表格为4个"]);
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
