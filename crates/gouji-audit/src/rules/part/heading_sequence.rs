//! # heading-sequence
//!
//! Headings do not run on.
//!
//! 标题序号不连续。
//!
//! ## What it checks
//!
//! Headings run 一、二、三、; （一）（二）; 1.2. without gap, repeat or empty brackets.
//!
//! 各级标题序号依次连续，不缺号、不重号、不空括号。
//!
//! ## Why it matters
//!
//! A gap says that a section was lost.
//!
//! 缺号说明可能漏了一节。
//!
//! ## Example
//!
//! 一、基本情况　三、工作要求
//!
//! ## Correct
//!
//! 一、基本情况　二、工作要求
//!
//! ## Not reported
//!
//! A level with a single heading, and lists inside a paragraph.
//!
//! 只有一个标题的层次，以及段内列项。
//!
//! ## Source
//!
//! GB/T 9704-2012 §7.3.3 on the order of heading numbers.
//!
//! 《党政机关公文格式》（GB/T 9704-2012）7.3.3 结构层次序数。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `heading-sequence`
pub(crate) const RULE: Rule = Rule {
    name: "heading-sequence",
    family: "part",
    severity: Severity::Warning,
    doc: include_str!("heading_sequence.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let stated = case.stated();
        let (zh, en) = match case.before() {
            Some(before) if before.trim() == stated.trim() => (
                format!("标题序号“{stated}”与前一个重复"),
                format!("heading label {stated} stands twice"),
            ),
            Some(before) => (
                format!("标题序号“{stated}”与前后不连续，前一个是“{before}”"),
                format!("heading label {stated} does not run on from {before}"),
            ),
            None => (
                format!("标题序号“{stated}”与前后不连续，之前没有同级标题"),
                format!("heading label {stated} does not run on; none of its level stands before it"),
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
        pattern: "label-sequence",
        formula: |holds| Formula::Sequence { holds },
        stated: "三、",
        other: "一、",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Explicit, &[false]),
            ["warning 标题序号“三、”与前后不连续，前一个是“一、”"]
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
