//! # weekday-mismatch
//!
//! The day of the week does not fit the date.
//!
//! 星期与日期不符。
//!
//! ## What it checks
//!
//! A day of the week printed directly behind a full date is the one that the calendar gives.
//!
//! 紧跟在完整日期之后的星期，应与历法一致。
//!
//! ## Why it matters
//!
//! One of the two is wrong, and people will come on the wrong day.
//!
//! 两者必有一误，会让人来错日子。
//!
//! ## Example
//!
//! 2024年9月3日（星期三）
//!
//! ## Correct
//!
//! 2024年9月3日（星期二）
//!
//! ## Not reported
//!
//! Dates without a year, and weekdays that stand elsewhere.
//!
//! 没有年份的日期，以及不紧跟日期的星期。
//!
//! ## Source
//!
//! The Gregorian calendar; GB/T 7408.
//!
//! 公历；《数据元和交换格式 信息交换 日期和时间表示法》（GB/T 7408）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use gouji_quantity::{DatePart, scan_dates};

/// `weekday-mismatch`
pub(crate) const RULE: Rule = Rule {
    name: "weekday-mismatch",
    family: "date",
    severity: Severity::Error,
    doc: include_str!("weekday_mismatch.rs"),
    check,
};

const DAYS: [char; 7] = ['一', '二', '三', '四', '五', '六', '日'];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for passage in &cx.passages {
        for mention in scan_dates(passage.text) {
            let DatePart::Full(date) = mention.part else { continue };
            let Some((day, len)) = weekday_at(&passage.text[mention.range.end..]) else {
                continue;
            };
            if day == date.weekday() {
                continue;
            }
            let name = |day: u32| {
                usize::try_from(day)
                    .ok()
                    .and_then(|d| DAYS.get(d.wrapping_sub(1)))
                    .copied()
                    .unwrap_or('日')
            };
            let printed = &passage.text[mention.range.clone()];
            let (right, wrong) = (name(date.weekday()), name(day));
            let zh = format!("{printed}是星期{right}，写作星期{wrong}");
            let en = format!(
                "{printed} is day {} of the week (星期{right}), not 星期{wrong}",
                date.weekday()
            );
            let span = passage.span(mention.range.start..mention.range.end + len);
            let mut finding = Finding::plain(RULE.name, RULE.severity, span, zh, en);
            finding.stated = Some(format!("星期{wrong}"));
            finding.expected = Some(format!("星期{right}"));
            out.push(finding);
        }
    }
}

/// A day of the week at the start of `text`, Monday 1, with its length in bytes.
fn weekday_at(text: &str) -> Option<(u32, usize)> {
    let rest = text.trim_start_matches(['（', '(', ' ', '\u{3000}']);
    let day = ["星期", "礼拜", "周"].iter().find_map(|word| rest.strip_prefix(word))?;
    let c = day.chars().next()?;
    let c = if c == '天' { '日' } else { c };
    let n = DAYS.iter().position(|d| *d == c)?;
    let len = text.len() - day.len() + day.chars().next().map_or(0, char::len_utf8);
    Some((u32::try_from(n).ok()? + 1, len))
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(text: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.paragraph(text);
        sample.found("weekday-mismatch")
    }

    #[test]
    fn fires_on_the_wrong_day() {
        assert_eq!(
            found("定于2024年9月3日（星期三）召开。"),
            ["error 2024年9月3日是星期二，写作星期三"]
        );
    }

    #[test]
    fn silent_on_the_right_day() {
        assert!(found("定于2024年9月3日（星期二）召开，2024年9月8日周日补报。").is_empty());
    }

    #[test]
    fn near_miss_a_date_without_a_year_or_another_word() {
        assert!(found("定于9月3日（星期三）召开。").is_empty());
        assert!(found("自2024年9月3日周密部署。").is_empty());
    }
}
