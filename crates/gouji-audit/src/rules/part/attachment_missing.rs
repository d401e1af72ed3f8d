//! # attachment-missing
//!
//! The text refers to an attachment that is not listed.
//!
//! 正文引用的附件未列出。
//!
//! ## What it checks
//!
//! Each 见附件n of the text has its entry in the list of attachments or an attachment that follows.
//!
//! 正文“见附件n”，在附件说明或其后的附件中都应有对应。
//!
//! ## Why it matters
//!
//! Attachments are renumbered when one is dropped; references in the text are forgotten.
//!
//! 删去一个附件后重新编号，正文的引用常忘了改。
//!
//! ## Example
//!
//! 详见附件3（附件说明只列有附件1、附件2）。
//!
//! ## Correct
//!
//! 详见附件2（附件说明列有附件1、附件2）。
//!
//! ## Not reported
//!
//! Attachments of other documents that are cited, and circulars without a list of attachments.
//!
//! 所引其他文件的附件，以及没有附件说明的。
//!
//! ## Source
//!
//! GB/T 9704-2012 §7.3.4.
//!
//! 《党政机关公文格式》（GB/T 9704-2012）7.3.4。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `attachment-missing`
pub(crate) const RULE: Rule = Rule {
    name: "attachment-missing",
    family: "part",
    severity: Severity::Warning,
    doc: include_str!("attachment_missing.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("正文引用的“{}”未在附件说明中列出", case.stated());
        let en = format!("{} is referred to but not listed", case.stated());
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
        pattern: "attachment-missing",
        formula: |holds| Formula::SameTitle { holds },
        stated: "附件3",
        other: "情况表",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(
            found(Cue::Explicit, &[false]),
            ["warning 正文引用的“附件3”未在附件说明中列出"]
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
