//! # citation-form
//!
//! A cited document number is malformed or of a later year.
//!
//! 引用的文号不规范或晚于成文年份。
//!
//! ## What it checks
//!
//! Document numbers cited in the text have their year in 〔〕 and are not of a year after signing.
//!
//! 正文引用的文号，年份应用六角括号，且不晚于成文年份。
//!
//! ## Why it matters
//!
//! A citation of a document that does not exist yet has a wrong year.
//!
//! 引用尚不存在的文件，年份必有误。
//!
//! ## Example
//!
//! 根据禾府发[2021]63号文件。
//!
//! ## Correct
//!
//! 根据禾府发〔2021〕63号文件。
//!
//! ## Not reported
//!
//! Numbers of court cases and standards, which follow rules of their own.
//!
//! 案号、标准号等另有规则的编号。
//!
//! ## Source
//!
//! GB/T 9704-2012 §7.2.5; GB/T 15835-2011.
//!
//! 《党政机关公文格式》（GB/T 9704-2012）7.2.5；《出版物上数字用法》（GB/T 15835-2011）。

use std::collections::BTreeSet;

use crate::context::Context;
use crate::document_number;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `citation-form`
pub(crate) const RULE: Rule = Rule {
    name: "citation-form",
    family: "part",
    severity: Severity::Note,
    doc: include_str!("citation_form.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let signed = cx.circular.date.as_ref().and_then(|d| d.date);
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    for passage in &cx.passages {
        for (range, citation) in document_number::citations(passage.text) {
            let printed = &passage.text[range.clone()];
            let later = signed.is_some_and(|date| citation.year > date.year);
            if citation.hexagonal && !later || !seen.insert(printed) {
                continue;
            }
            let (zh, en) = if later {
                (
                    format!("引用的“{printed}”晚于成文年份"),
                    format!("{printed} is of a year after signing"),
                )
            } else {
                (
                    format!("引用的“{printed}”年份应用六角括号〔〕"),
                    format!("{printed}: the year stands in 〔〕"),
                )
            };
            let mut finding = Finding::plain(RULE.name, RULE.severity, passage.span(range.clone()), zh, en);
            finding.stated = Some(printed.to_owned());
            out.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(text: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.paragraph(text).signed("2022年3月1日");
        sample.found("citation-form")
    }

    #[test]
    fn fires_on_other_brackets_and_later_years() {
        assert_eq!(
            found("根据禾府发[2021]63号文件"),
            ["note 引用的“[2021]63号”年份应用六角括号〔〕"]
        );
        assert_eq!(
            found("根据禾府发〔2023〕5号文件"),
            ["note 引用的“〔2023〕5号”晚于成文年份"]
        );
    }

    #[test]
    fn silent_on_a_proper_citation() {
        assert!(found("根据禾府发〔2021〕63号文件").is_empty());
    }

    #[test]
    fn near_miss_a_case_number_or_a_year_in_brackets() {
        assert!(found("（2021）禾01民初63号").is_empty());
        assert!(found("该项工作（2021）已完成").is_empty());
    }
}
