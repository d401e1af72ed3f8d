//! The period that a circular reports on (通报期间).

use std::ops::Range;
use std::sync::LazyLock;

use gouji_quantity::{Date, Period, PeriodMention, scan_periods};
use regex::Regex;

/// A span of time shorter than a month, or an issue: neither is a period that a record can name.
static ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"第?\s*[\d一二三四五六七八九十]+\s*(?:[周期旬号]|个?星期)|[上中下]旬|[上下]半月")
        .expect("a fixed pattern")
});

/// The period by the title; else by the first paragraphs, where a bare year is too little.
pub(crate) fn period<'a>(
    title: Option<&str>,
    lead: impl Iterator<Item = &'a str>,
    day: Option<Date>,
) -> Option<Period> {
    if let Some(title) = title {
        if ISSUE.is_match(title) {
            return None;
        }
        if let Some(mention) = mentions(title, day).into_iter().next() {
            return Some(mention.period);
        }
    }
    lead.flat_map(|text| mentions(text, day))
        .find(|m| m.year_printed && !matches!(m.period, Period::Year(_)))
        .map(|m| m.period)
}

/// Mentions outside of quoted document titles.
fn mentions(text: &str, day: Option<Date>) -> Vec<PeriodMention> {
    let quoted = quoted(text);
    let mut found = scan_periods(text, day.map(|d| d.year));
    found.retain(|m| !quoted.iter().any(|q| q.start <= m.range.start && m.range.end <= q.end));
    if let Some(day) = day {
        // 12月 in a circular of January is the December before.
        for mention in &mut found {
            if !mention.year_printed && mention.period.months().1 > day.month {
                mention.period = year_before(mention.period);
            }
        }
    }
    found
}

fn year_before(period: Period) -> Period {
    match period {
        Period::Year(y) => Period::Year(y),
        Period::Half(y, h) => Period::Half(y - 1, h),
        Period::Quarter(y, q) => Period::Quarter(y - 1, q),
        Period::Month(y, m) => Period::Month(y - 1, m),
    }
}

fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                open.get_or_insert(at);
            }
            '》' => {
                if let Some(from) = open.take() {
                    out.push(from..at);
                }
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(title: &str, lead: &str) -> String {
        let day = Date::new(2031, 1, 9);
        let title = (!title.is_empty()).then_some(title);
        period(title, [lead].into_iter(), day).map_or(String::new(), |p| p.to_string())
    }

    #[test]
    fn by_title_then_by_lead() {
        assert_eq!(read("关于2030年第四季度检查情况的通报", "2031年1月"), "2030Q4");
        assert_eq!(read("关于12月份办理情况的通报", ""), "2030-12");
        assert_eq!(
            read("关于办理情况的通报", "根据《2029年3月要点》，2030年上半年"),
            "2030H1"
        );
        assert_eq!(read("2030年度考核情况的通报", ""), "2030");
    }

    #[test]
    fn weeks_issues_and_bare_years_in_the_text_are_no_period() {
        assert_eq!(read("2030年第25周情况通报", "2030年6月"), "");
        assert_eq!(read("督察通报（2030年第8期）", "2030年6月"), "");
        assert_eq!(read("检查通报", "抽查2030年挂账点位4处。"), "");
    }
}
