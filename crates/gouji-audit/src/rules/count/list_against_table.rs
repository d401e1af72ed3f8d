//! # list-against-table
//!
//! The units listed in the text are not those of the table.
//!
//! 正文所列名单与表格各行不一致。
//!
//! ## What it checks
//!
//! Where the text lists the units of a table, the list has the rows of the table, no more and no fewer.
//!
//! 正文列出表中各单位的，名单与表格各行一致，不多不少。
//!
//! ## Why it matters
//!
//! A unit that stands in only one of the two is praised or blamed by accident.
//!
//! 只在一处出现的单位，受表扬或挨批评都成了偶然。
//!
//! ## Example
//!
//! 甲局、乙局、丙镇、丁镇的情况见附表（表中有五行）。
//!
//! ## Correct
//!
//! 甲局、乙局、丙镇、丁镇的情况见附表（表中即此四行）。
//!
//! ## Not reported
//!
//! Lists that choose some of the rows, short lists, and lists that go on with other names.
//!
//! 只列其中一部分的、过短的，以及还夹有其他名称的名单。
//!
//! ## Source
//!
//! Agreement of text and attachment.
//!
//! 正文与附件应当一致。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `list-against-table`
pub(crate) const RULE: Rule = Rule {
    name: "list-against-table",
    family: "count",
    severity: Severity::Warning,
    doc: include_str!("list_against_table.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("正文列出{}个，表中为{}行，名单不一致", case.stated(), case.other());
        let en = format!(
            "the text lists {}, the table has {} rows, and they differ",
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
        pattern: "list-against-rows",
        formula: |holds| Formula::Bound { holds },
        stated: "4",
        other: "5",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Explicit, &[false]),
            ["warning 正文列出4个，表中为5行，名单不一致"]
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
