//! # attachment-title
//!
//! An attachment is not headed as it was announced.
//!
//! 附件标题与附件说明不符。
//!
//! ## What it checks
//!
//! Each attachment named under the body follows, under the same title.
//!
//! 正文下附件说明所列的附件名称，与其后附件的标题逐字一致。
//!
//! ## Why it matters
//!
//! A reader looks for what was announced, and the wrong form may have been attached.
//!
//! 标题不符，可能附错了文件。
//!
//! ## Example
//!
//! 附件：整改情况表　……　附件　整改情况反馈表
//!
//! ## Correct
//!
//! 附件：整改情况表　……　附件　整改情况表
//!
//! ## Not reported
//!
//! Differences of blanks, brackets and closing punctuation.
//!
//! 空格、括号和句末标点的差别。
//!
//! ## Source
//!
//! GB/T 9704-2012 §7.3.4 and §7.3.7.
//!
//! 《党政机关公文格式》（GB/T 9704-2012）7.3.4、7.3.7。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `attachment-title`
pub(crate) const RULE: Rule = Rule {
    name: "attachment-title",
    family: "part",
    severity: Severity::Warning,
    doc: include_str!("attachment_title.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("附件说明为“{}”，附件标题为“{}”", case.stated(), case.other());
        let en = format!("announced as {} but headed {}", case.stated(), case.other());
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, RelationKind};

    use super::RULE;
    use crate::sample::Flagged;

    const READ: Flagged = Flagged {
        kind: RelationKind::Reference,
        pattern: "attachment-title",
        formula: |holds| Formula::SameTitle { holds },
        stated: "整改情况表",
        other: "整改反馈表",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Explicit, &[false]),
            ["warning 附件说明为“整改情况表”，附件标题为“整改反馈表”"]
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
