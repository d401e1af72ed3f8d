//! # document-number-year
//!
//! The year of the document number is not that of signing.
//!
//! 发文字号的年份与成文年份不一致。
//!
//! ## What it checks
//!
//! The year in the document number is the year of the date of signing; in January the year before is allowed.
//!
//! 发文字号中的年份应为成文日期的年份；一月成文的可以是上一年。
//!
//! ## Why it matters
//!
//! In January and after copying, the old year stays in one of the two.
//!
//! 年初或套用旧稿时，常有一处还是旧年份。
//!
//! ## Example
//!
//! 禾办函〔2023〕27号，2024年5月6日成文。
//!
//! ## Correct
//!
//! 禾办函〔2024〕27号，2024年5月6日成文。
//!
//! ## Not reported
//!
//! Circulars without a date of signing, and numbers without a year.
//!
//! 没有成文日期或字号没有年份的。
//!
//! ## Source
//!
//! GB/T 9704-2012 §7.2.5 and §7.3.5.
//!
//! 《党政机关公文格式》（GB/T 9704-2012）7.2.5、7.3.5。

use crate::context::Context;
use crate::document_number::DocumentNumber;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `document-number-year`
pub(crate) const RULE: Rule = Rule {
    name: "document-number-year",
    family: "part",
    severity: Severity::Warning,
    doc: include_str!("document_number_year.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let (Some(text), Some(signed)) = (&cx.circular.doc_number, &cx.circular.date) else {
        return;
    };
    let (Some(number), Some(date), Some(span)) = (DocumentNumber::parse(text.trim()), signed.date, text.span()) else {
        return;
    };
    let early = date.month == 1 && number.year == date.year - 1;
    if number.year == date.year || early {
        return;
    }
    let zh = format!("发文字号年份为{}，成文日期为{}", number.year, signed.text.trim());
    let en = format!(
        "the document number is of {}, the date of signing is {date}",
        number.year
    );
    let mut finding = Finding::plain(RULE.name, RULE.severity, span, zh, en);
    finding.related.extend(signed.text.span());
    finding.stated = Some(number.year.to_string());
    finding.expected = Some(date.year.to_string());
    out.push(finding);
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(number: &str, date: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.doc_number(number).signed(date);
        sample.found("document-number-year")
    }

    #[test]
    fn fires_on_another_year() {
        assert_eq!(
            found("禾办函〔2023〕27号", "2024年5月6日"),
            ["warning 发文字号年份为2023，成文日期为2024年5月6日"]
        );
    }

    #[test]
    fn silent_on_the_same_year() {
        assert!(found("禾办函〔2024〕27号", "2024年5月6日").is_empty());
    }

    #[test]
    fn near_miss_january() {
        assert!(found("禾办函〔2023〕98号", "2024年1月4日").is_empty());
    }
}
