//! # placeholder-left
//!
//! A placeholder was left where a figure belongs.
//!
//! 数字处留有占位符。
//!
//! ## What it checks
//!
//! XX, ×, ____ or 〇〇 directly before a unit that ends a clause, where a figure belongs.
//!
//! “XX件”“×月×日”“____个”等，占位符后紧跟计量单位且其后断句。
//!
//! ## Why it matters
//!
//! The draft was issued before it was finished.
//!
//! 说明稿子没有填完就发了。
//!
//! ## Example
//!
//! 共受理XX件，办结率XX%。
//!
//! ## Correct
//!
//! 共受理36件，办结率97%。
//!
//! ## Not reported
//!
//! Masked names (张××), names of places, and letters that belong to a word.
//!
//! 隐去的人名、地名，以及属于词语的字母。
//!
//! ## Source
//!
//! Good practice of proof-reading.
//!
//! 核稿通行做法。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `placeholder-left`
pub(crate) const RULE: Rule = Rule {
    name: "placeholder-left",
    family: "part",
    severity: Severity::Warning,
    doc: include_str!("placeholder_left.rs"),
    check,
};

/// Units that a figure would carry.
const UNITS: [&str; 14] = [
    "%", "％", "万元", "亿元", "元", "件", "条", "个", "家", "篇", "起", "人次", "月", "日",
];

/// Signs that stand for a figure to come.
pub(super) fn is_placeholder(c: char) -> bool {
    matches!(c, 'X' | 'x' | 'Ｘ' | 'ｘ' | '×' | '_' | '＿' | '△' | '*' | '＊')
}

/// Circles, of which two or more stand for a figure to come; one may be a zero (一〇件).
fn is_circle(c: char) -> bool {
    matches!(c, '〇' | '○' | '◯')
}

/// Whether `c` may be a digit beside a circle that is a zero.
fn is_numeral(c: char) -> bool {
    c.is_ascii_alphanumeric() || "零一二三四五六七八九十百千万亿两".contains(c) || ('０'..='９').contains(&c)
}

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for passage in &cx.passages {
        for range in placeholders(passage.text) {
            let printed = &passage.text[range.clone()];
            let zh = format!("“{printed}”处数字未填");
            let en = format!("the figure is missing in {printed}");
            let mut finding = Finding::plain(RULE.name, RULE.severity, passage.span(range.clone()), zh, en);
            finding.stated = Some(printed.to_owned());
            out.push(finding);
        }
    }
}

/// Runs of placeholder characters with the unit behind them.
fn placeholders(text: &str) -> Vec<std::ops::Range<usize>> {
    let mut out = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let sign: fn(char) -> bool = if is_circle(c) { is_circle } else { is_placeholder };
        if !sign(c) {
            before = Some(c);
            continue;
        }
        let mut end = start + c.len_utf8();
        while let Some((at, next)) = chars.next_if(|(_, next)| sign(*next)) {
            end = at + next.len_utf8();
        }
        // Letters and digits on either side: a product, a formula, a size, a year in characters.
        let joined: fn(char) -> bool = if is_circle(c) {
            is_numeral
        } else {
            |b| b.is_ascii_alphanumeric()
        };
        let in_word = before.is_some_and(joined);
        let zero = is_circle(c) && (end == start + c.len_utf8() || text[end..].chars().next().is_some_and(is_numeral));
        before = Some(c);
        if in_word || zero {
            continue;
        }
        let rest = text[end..].trim_start();
        let Some(unit) = UNITS.iter().find(|unit| rest.starts_with(**unit)) else {
            continue;
        };
        let behind = &rest[unit.len()..];
        let ends = behind.chars().next().is_none_or(|c| !c.is_alphanumeric())
            || *unit == "月" && behind.starts_with(is_placeholder)
            || behind.starts_with(['前', '至', '起']);
        if ends {
            let unit_start = end + (text[end..].len() - rest.len());
            out.push(start..unit_start + unit.len());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(text: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.paragraph(text);
        sample.found("placeholder-left")
    }

    #[test]
    fn fires_where_a_figure_belongs() {
        assert_eq!(
            found("共受理XX件，办结率×%。"),
            ["warning “XX件”处数字未填", "warning “×%”处数字未填"]
        );
        assert_eq!(found("请于____日前报送。"), ["warning “____日”处数字未填"]);
        assert_eq!(
            found("受理〇〇件，办结○○件。"),
            ["warning “〇〇件”处数字未填", "warning “○○件”处数字未填"]
        );
    }

    #[test]
    fn silent_on_figures() {
        assert!(found("共受理36件，办结率97%。").is_empty());
    }

    #[test]
    fn near_miss_masked_names_and_words() {
        assert!(found("群众张××反映，XX家园小区，XX条例，XX人民政府。").is_empty());
        assert!(found("规格为3×4件。").is_empty());
        assert!(found("截至二〇〇八年十月，共一百〇〇件、一〇件、〇件，二〇〇〇年一月。").is_empty());
    }
}
