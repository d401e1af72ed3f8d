//! # text-injected
//!
//! Foreign advertising stands in the text.
//!
//! 正文被植入无关广告。
//!
//! ## What it checks
//!
//! Betting and other advertising that stands in the middle of a circular, as set aside when the text was read.
//!
//! 通报正文中夹带的博彩等广告文字（读入时已剔除并注明）。
//!
//! ## Why it matters
//!
//! The web page was tampered with; words of the circular may have been replaced.
//!
//! 说明网页被篡改，原有文字可能已被替换。
//!
//! ## Example
//!
//! 抓好○○平台下载及其他问题整改。
//!
//! ## Correct
//!
//! 抓好其他问题整改。
//!
//! ## Not reported
//!
//! Navigation and other furniture of the web page. A single place is only a warning.
//!
//! 网页导航等页面元素；仅有一处的只作疑似。
//!
//! ## Source
//!
//! Cybersecurity Law of the People's Republic of China; national checks of government websites.
//!
//! 《中华人民共和国网络安全法》及政府网站检查指标。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use gouji_circular::Reason;
use gouji_document::Text;

/// `text-injected`
pub(crate) const RULE: Rule = Rule {
    name: "text-injected",
    family: "part",
    severity: Severity::Error,
    doc: include_str!("text_injected.rs"),
    check,
};

/// Longest part of the text that is quoted.
const SHOWN: usize = 16;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let injected: Vec<&Text> = cx
        .circular
        .discarded
        .iter()
        .filter(|d| d.reason == Reason::InjectedSpam)
        .map(|d| &d.text)
        .collect();
    let mut spans = injected.iter().filter_map(|text| text.span());
    let (Some(first), Some(at)) = (injected.first(), spans.next()) else {
        return;
    };
    let head: String = first.trim().chars().take(SHOWN).collect();
    let more = if first.trim().chars().count() > SHOWN {
        "…"
    } else {
        ""
    };
    let n = injected.len();
    let zh = format!("正文有{n}处被植入“{head}{more}”一类无关文字，疑为网页被篡改，该处原文可能已被替换");
    let en = format!("foreign text such as {head}{more} stands at {n} place(s): the page may have been tampered with");
    // One place may be a credit or a link of the page; the same hand at several places is an intruder.
    let severity = if n > 1 { RULE.severity } else { Severity::Warning };
    let mut finding = Finding::plain(RULE.name, severity, at, zh, en);
    finding.related = spans.collect();
    out.push(finding);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn found(texts: &[(&str, Reason)]) -> Vec<String> {
        let mut sample = Sample::new();
        for (text, reason) in texts {
            sample.discarded(text, *reason);
        }
        sample.found("text-injected")
    }

    #[test]
    fn fires_once_for_all_places() {
        assert_eq!(
            found(&[
                ("某某娱乐下载", Reason::InjectedSpam),
                ("某某娱乐下载", Reason::InjectedSpam)
            ]),
            ["error 正文有2处被植入“某某娱乐下载”一类无关文字，疑为网页被篡改，该处原文可能已被替换"]
        );
    }

    #[test]
    fn fires_more_softly_on_a_single_place() {
        assert_eq!(
            found(&[("某某娱乐下载", Reason::InjectedSpam)]),
            ["warning 正文有1处被植入“某某娱乐下载”一类无关文字，疑为网页被篡改，该处原文可能已被替换"]
        );
    }

    #[test]
    fn silent_on_a_clean_text() {
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn near_miss_page_furniture() {
        assert!(found(&[("打印 关闭", Reason::PageChrome)]).is_empty());
    }
}
