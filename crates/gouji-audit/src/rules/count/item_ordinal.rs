//! # item-ordinal
//!
//! 一是, 二是, 三是 do not run on.
//!
//! “一是、二是、三是”不连续。
//!
//! ## What it checks
//!
//! Items inside paragraphs (一是, 二是; 1., 2.; ①②) run on without gap; lists inside an item are allowed.
//!
//! 段落中的列项（一是、二是；1.2.；①②）依次连续；列项之中可以再列项。
//!
//! ## Why it matters
//!
//! A gap says that an item was deleted or that two were merged.
//!
//! 缺号说明删了一项或合并了两项。
//!
//! ## Example
//!
//! 一是加强领导；三是强化督查。
//!
//! ## Correct
//!
//! 一是加强领导；二是强化督查。
//!
//! ## Not reported
//!
//! Lists inside a list, and numerals that do not begin a clause.
//!
//! 列项中的列项，以及不在句首的数词。
//!
//! ## Source
//!
//! GB/T 15834-2011 and common usage.
//!
//! 《标点符号用法》（GB/T 15834-2011）及通行写法。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `item-ordinal`
pub(crate) const RULE: Rule = Rule {
    name: "item-ordinal",
    family: "count",
    severity: Severity::Warning,
    doc: include_str!("item_ordinal.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        // The item before the one that does not run on.
        let at = case.reading.stated.span;
        let before = case.reading.operands.iter().rfind(|o| o.span < at);
        let (zh, en) = match before {
            Some(before) => (
                format!("“{}”之后接“{}”，列项不连续", before.surface, case.stated()),
                format!("{} follows {}: an item is missing", case.stated(), before.surface),
            ),
            None => (
                format!("列项“{}”与前后不连续", case.stated()),
                format!("item {} does not run on", case.stated()),
            ),
        };
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
        pattern: "item-sequence",
        formula: |holds| Formula::Sequence { holds },
        stated: "三是",
        other: "一是",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_on_a_gap() {
        assert_eq!(
            found(Cue::Implied, &[false]),
            ["warning “一是”之后接“三是”，列项不连续"]
        );
    }

    #[test]
    fn silent_on_lists_that_run_on() {
        assert!(found(Cue::Explicit, &[true]).is_empty());
    }

    #[test]
    fn near_miss_a_list_that_can_be_read_otherwise() {
        assert!(found(Cue::Arithmetic, &[false]).is_empty());
        assert!(found(Cue::Implied, &[false, true]).is_empty());
    }
}
