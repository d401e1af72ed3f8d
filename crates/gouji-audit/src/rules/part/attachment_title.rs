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
    use gouji_ledger::{Cue, Formula, Reading, RelationKind};

    use crate::sample::Sample;

    fn found(holds: bool) -> Vec<String> {
        let mut sample = Sample::new();
        let formula = Formula::SameTitle { holds };
        sample.flagged(
            RelationKind::Reference,
            "attachment-title",
            formula,
            "整改情况表",
            "整改反馈表",
        );
        sample.found("attachment-title")
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(found(false), ["warning 附件说明为“整改情况表”，附件标题为“整改反馈表”"]);
    }

    #[test]
    fn silent_when_it_holds() {
        assert!(found(true).is_empty());
    }

    #[test]
    fn near_miss_another_reading_holds() {
        let mut sample = Sample::new();
        let readings = [false, true].map(|holds| Reading {
            formula: Formula::SameTitle { holds },
            stated: sample.words("整改情况表"),
            operands: vec![sample.words("整改反馈表")],
        });
        sample.push_relation(
            RelationKind::Reference,
            Cue::Explicit,
            "attachment-title",
            readings.into(),
        );
        assert!(sample.found("attachment-title").is_empty());
    }
}
