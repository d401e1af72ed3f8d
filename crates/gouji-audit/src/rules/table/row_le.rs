//! # row-le
//!
//! In one row a part is larger than its whole.
//!
//! 表格某行中部分大于整体。
//!
//! ## What it checks
//!
//! In each row of a table what was closed, adopted or passed is not more than what was received, reported or checked.
//!
//! 表格每一行中，办结数、采用数、合格数等不大于受理数、报送数、检查数。
//!
//! ## Why it matters
//!
//! Two cells were swapped, or a figure slipped into the next row.
//!
//! 多半是两格填反，或数字串了行。
//!
//! ## Example
//!
//! 甲镇：报送15条，采用18条。
//!
//! ## Correct
//!
//! 甲镇：报送18条，采用15条。
//!
//! ## Not reported
//!
//! Tables in which the columns do not keep this order in the other rows either, and notes of cases carried over.
//!
//! 其他各行也不守这一次序的表，以及注明含上期结转的。
//!
//! ## Source
//!
//! Arithmetic.
//!
//! 算术。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `row-le`
pub(crate) const RULE: Rule = Rule {
    name: "row-le",
    family: "table",
    severity: Severity::Error,
    doc: include_str!("row_le.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let (part, whole) = (case.stated(), case.other());
        let row = cx.figure(&case.reading.stated).map_or("", |f| f.subject.trim());
        let of = if row.is_empty() {
            String::new()
        } else {
            format!("“{row}”一行，")
        };
        let zh = format!("{of}部分大于整体：{part}多于其所属的{whole}");
        let en = format!("{part} is more than the {whole} it is part of");
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
        pattern: "part-within-row",
        formula: |holds| Formula::Bound { holds },
        stated: "18",
        other: "15",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(found(Cue::Explicit, &[false]), ["error 部分大于整体：18多于其所属的15"]);
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
