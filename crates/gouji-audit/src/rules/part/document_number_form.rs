//! # document-number-form
//!
//! The document number is malformed.
//!
//! 发文字号不合规范。
//!
//! ## What it checks
//!
//! A document number is the agency's code, the year of four digits in 〔〕, the number without leading zero or 第, and
//! 号.
//!
//! 发文字号由机关代字、用六角括号括入的四位年份、不编虚位且不加“第”的序号和“号”组成。
//!
//! ## Why it matters
//!
//! A number without its agency or 号 identifies no document and cannot be cited.
//!
//! 缺机关代字或“号”的字号无法指认和引用文件。
//!
//! ## Example
//!
//! 〔2023〕27
//!
//! ## Correct
//!
//! 禾办函〔2024〕27号
//!
//! ## Not reported
//!
//! Brackets of another shape, which web pages often substitute, are only a note; 第 and leading zeros a warning;
//! numbers with placeholders belong to another rule. Announcements are numbered in a way of their own (2024年第27号).
//!
//! 括号形状不同多为网页转换所致，只作提示；“第”和虚位为疑似；留有占位符的由其他规则报告；公告、通告另有编号方式（2024年第27号）。
//!
//! ## Source
//!
//! GB/T 9704-2012 §7.2.5.
//!
//! 《党政机关公文格式》（GB/T 9704-2012）7.2.5 发文字号。

use crate::context::Context;
use crate::document_number::{DocumentNumber, is_announcement_number};
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use crate::rules::part::placeholder_left::is_placeholder;

/// `document-number-form`
pub(crate) const RULE: Rule = Rule {
    name: "document-number-form",
    family: "part",
    severity: Severity::Error,
    doc: include_str!("document_number_form.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(text) = &cx.circular.doc_number else { return };
    let Some(span) = text.span() else { return };
    let printed = text.trim();
    if printed.contains(is_placeholder) || is_announcement_number(printed) {
        return;
    }
    let Some((severity, zh, en)) = fault(printed) else {
        return;
    };
    let zh = format!("发文字号“{printed}”{zh}");
    let en = format!("document number {printed}: {en}");
    let mut finding = Finding::plain(RULE.name, severity, span, zh, en);
    finding.stated = Some(printed.to_owned());
    out.push(finding);
}

/// The gravest fault of a document number.
fn fault(printed: &str) -> Option<(Severity, &'static str, &'static str)> {
    let Some(number) = DocumentNumber::parse(printed) else {
        return Some((Severity::Error, "缺年份或年份未加括号", "no year in brackets"));
    };
    let serial: String = number.serial.chars().filter(|c| !c.is_whitespace()).collect();
    let bare = serial.trim_start_matches('第');
    let digits = bare.trim_end_matches('号');
    if number.agency.is_empty() {
        Some((Severity::Error, "缺机关代字", "the agency's code is missing"))
    } else if digits.is_empty() || !digits.chars().all(|c| c.is_ascii_digit() || ('０'..='９').contains(&c)) {
        Some((Severity::Error, "缺序号", "the number is missing"))
    } else if !bare.ends_with('号') {
        Some((Severity::Error, "缺“号”字", "号 is missing"))
    } else if bare.len() != serial.len() {
        Some((
            Severity::Warning,
            "序号前不应加“第”",
            "第 does not belong before the number",
        ))
    } else if digits.starts_with(['0', '０']) {
        Some((Severity::Warning, "序号不编虚位", "the number has a leading zero"))
    } else if !number.hexagonal {
        Some((Severity::Note, "年份应用六角括号〔〕", "the year stands in 〔〕"))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(number: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.doc_number(number);
        sample.found("document-number-form")
    }

    #[test]
    fn fires_by_the_gravity_of_the_fault() {
        assert_eq!(found("〔2023〕27"), ["error 发文字号“〔2023〕27”缺机关代字"]);
        assert_eq!(found("禾办函〔2024〕27"), ["error 发文字号“禾办函〔2024〕27”缺“号”字"]);
        assert_eq!(
            found("禾办函〔2024〕第27号"),
            ["warning 发文字号“禾办函〔2024〕第27号”序号前不应加“第”"]
        );
        assert_eq!(
            found("禾办函〔2024〕027号"),
            ["warning 发文字号“禾办函〔2024〕027号”序号不编虚位"]
        );
        assert_eq!(
            found("禾办函[2024]27号"),
            ["note 发文字号“禾办函[2024]27号”年份应用六角括号〔〕"]
        );
    }

    #[test]
    fn silent_on_a_proper_number() {
        assert!(found("禾办函〔2024〕27号").is_empty());
    }

    #[test]
    fn near_miss_blanks_and_placeholders() {
        assert!(found("禾办函〔2024〕 27 号").is_empty());
        assert!(found("禾办函〔2024〕×号").is_empty());
    }

    #[test]
    fn near_miss_the_number_of_an_announcement() {
        assert!(found("2024年第27号").is_empty());
        assert!(found("（2024年第27号）").is_empty());
    }
}
