//! # document-number-twice
//!
//! Two circulars with different titles bear the same document number.
//!
//! 两份标题不同的通报使用了同一发文字号。
//!
//! ## What it checks
//!
//! A document number of the archive stands on circulars of one title only.
//!
//! 归档材料中同一发文字号只对应一个标题。
//!
//! ## Why it matters
//!
//! A number that stands for two documents leads to either; mostly one was made from the other and the number left.
//!
//! 一号两文，查无所据；多半是套用旧稿时忘了改文号。
//!
//! ## Example
//!
//! 岚政办函〔2031〕8号《关于3月督查情况的通报》和岚政办函〔2031〕8号《关于4月督查情况的通报》。
//!
//! ## Correct
//!
//! 岚政办函〔2031〕8号和岚政办函〔2031〕11号。
//!
//! ## Not reported
//!
//! The same circular filed twice, and a title that the other one only continues.
//!
//! 同一通报重复归档的，以及标题只是多出或少了几个字的。
//!
//! ## Source
//!
//! 党政机关公文格式 GB/T 9704-2012 7.2.5: a number is of one year, one word and one sequence.
//!
//! 《党政机关公文格式》GB/T 9704-2012第7.2.5条。

use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Pair, SeriesFinding};

/// `document-number-twice`
pub(crate) const RULE: Rule = Rule {
    name: "document-number-twice",
    family: "archive",
    severity: Severity::Warning,
    doc: include_str!("document_number_twice.rs"),
    check: super::of_no_single_circular,
};

/// What is to be said of a circular whose number another one bears.
pub(crate) fn number_twice(number: &str, title: &str, path: &str, known: &str) -> Option<SeriesFinding> {
    let plain = |t: &str| -> String { t.chars().filter(|c| c.is_alphanumeric()).collect() };
    let (here, there) = (plain(title), plain(known));
    (!here.contains(&there) && !there.contains(&here)).then(|| {
        let zh = format!("发文字号{number}已用于《{known}》（{path}）");
        let en = format!("the document number {number} is that of “{known}” ({path}), too");
        Pair::whole(RULE.name, RULE.severity, zh, en)
    })
}

#[cfg(test)]
mod tests {
    use crate::series::Issue;
    use crate::series::tests::{found, issue};

    fn numbered(period: &str, number: &str) -> Issue {
        let mut issue = issue(period, &[], &[]);
        issue.doc_number = Some(number.to_owned());
        issue
    }

    #[test]
    fn fires_for_one_number_on_two_titles() {
        let (a, b) = (
            numbered("2031-03", "岚政办函〔2031〕8号"),
            numbered("2031-04", "岚政办函〔2031〕 8号"),
        );
        assert_eq!(
            found("document-number-twice", vec![a, b]),
            ["warning 发文字号岚政办函〔2031〕 8号已用于《关于2031-03热线办理情况的通报》（2031-03.txt）"]
        );
    }

    #[test]
    fn silent_for_two_numbers() {
        let (a, b) = (
            numbered("2031-03", "岚政办函〔2031〕8号"),
            numbered("2031-04", "岚政办函〔2031〕11号"),
        );
        assert!(found("document-number-twice", vec![a, b]).is_empty());
    }

    #[test]
    fn near_miss_the_same_circular_twice() {
        let a = numbered("2031-03", "岚政办函〔2031〕8号");
        let mut b = a.clone();
        b.path = "b.docx".to_owned();
        b.title = Some("临岚县政务服务局关于2031-03热线办理情况的通报".to_owned());
        assert!(found("document-number-twice", vec![a, b]).is_empty());
    }
}
