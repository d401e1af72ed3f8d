//! Spans of days that leave out what their two ends share: 9月6日至10日, 11月18-30日, 2027年10月1日至31日, 4月8日—5月15日.
//!
//! Such a span is read from its print alone, since its order hangs on no year. Spans of months (2018年12月—2019年4月) are read beside them.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Match, Regex};

use crate::context::{Context, Passage};
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// A span, with the hours of its ends where they are printed.
static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<from>(?:[0-9]{4}年)?(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})(?:日|号)?)",
        r"(?:[0-9]{1,2}(?:时|点|[:：][0-9]{2})(?:[0-9]{1,2}分)?)?",
        r"\s*(?:至|到|[-－—–―~～]{1,2})\s*",
        r"(?P<to>(?:(?P<end_month>[0-9]{1,2})月)?(?P<end_day>[0-9]{1,2})(?:日|号))",
    ))
    .expect("a constant pattern")
});

/// A span of months, the year of its end printed or left out.
static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<from>(?P<year>[0-9]{4})年(?P<month>[0-9]{1,2})月(?:份)?)",
        r"\s*(?:至|到|[-－—–―~～]{1,2})\s*",
        r"(?P<to>(?:(?P<end_year>[0-9]{4})年)?(?P<end_month>[0-9]{1,2})月(?:份)?)",
    ))
    .expect("a constant pattern")
});

/// Adds a relation for each span of months.
pub(super) fn of_months(cx: &Context<'_>, out: &mut Vec<Relation>) {
    for passage in &cx.passages {
        let text = passage.text.as_str();
        for found in MONTHS.captures_iter(text) {
            let (Some(from), Some(to)) = (found.name("from"), found.name("to")) else {
                continue;
            };
            // 2023年5月至6月8日 ends on a day; digits before it are of something else.
            let digit = |c: char| c.is_ascii_digit();
            if text[to.end()..].starts_with(digit) || text[..from.start()].ends_with(digit) {
                continue;
            }
            let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
            let (Some(year), Some(month), Some(end_month)) = (number("year"), number("month"), number("end_month"))
            else {
                continue;
            };
            let exists = |month: u32| (1..=12).contains(&month);
            let end_year = number("end_year");
            let holds = (year, month) < (end_year.unwrap_or(year), end_month);
            // Backwards it is only certain with both years printed.
            if !exists(month) || !exists(end_month) || !holds && end_year.is_none() {
                continue;
            }
            out.extend(window(passage, &from, &to, holds));
        }
    }
}

fn window(passage: &Passage<'_>, from: &Match<'_>, to: &Match<'_>, holds: bool) -> Option<Relation> {
    let (start, end) = (
        passage.text.source_span(from.range())?,
        passage.text.source_span(to.range())?,
    );
    Some(Relation {
        kind: RelationKind::Date,
        rule: "date-window",
        cue: Cue::Implied,
        readings: vec![Reading {
            formula: Formula::DateOrder { holds },
            stated: Operand::named(to.as_str(), Some(end)),
            operands: vec![Operand::named(from.as_str(), Some(start))],
        }],
        quote: start.cover(end),
    })
}

/// Adds a relation for each span of days that `taken` (passage and range of the dates read already) does not hold.
pub(super) fn relations(cx: &Context<'_>, taken: &[(usize, Range<usize>)], out: &mut Vec<Relation>) {
    for (idx, passage) in cx.passages.iter().enumerate() {
        let text = passage.text.as_str();
        // The dates taken stand in the order of the text.
        let first = taken.partition_point(|(p, _)| *p < idx);
        let mut known = taken[first..].iter().take_while(|(p, _)| *p == idx).peekable();
        for found in SPAN.captures_iter(text) {
            let (Some(from), Some(to)) = (found.name("from"), found.name("to")) else {
                continue;
            };
            while known.next_if(|(_, r)| r.end <= from.start()).is_some() {}
            if known.peek().is_some_and(|(_, r)| r.start < to.end()) {
                continue;
            }
            // 12018年: digits of something else.
            if text[..from.start()].ends_with(|c: char| c.is_ascii_digit()) {
                continue;
            }
            let number = |name: &str| found.name(name).and_then(|m| m.as_str().parse::<u32>().ok());
            let (Some(month), Some(day), Some(end_day)) = (number("month"), number("day"), number("end_day")) else {
                continue;
            };
            let Some(holds) = runs_forward((month, day), (number("end_month"), end_day)) else {
                continue;
            };
            out.extend(window(passage, &from, &to, holds));
        }
    }
}

/// Whether a span runs forward; `None` for days that no month has, and where only a year could tell: a span over the months that runs
/// backward may end in the next year.
fn runs_forward(from: (u32, u32), (month, day): (Option<u32>, u32)) -> Option<bool> {
    let to = (month.unwrap_or(from.0), day);
    let exists = |(month, day): (u32, u32)| (1..=12).contains(&month) && (1..=31).contains(&day);
    if !exists(from) || !exists(to) {
        return None;
    }
    match month {
        // 9月10日至10日 is one day, and hardly a span.
        None if from.1 == day => None,
        None => Some(from.1 < day),
        Some(_) if from <= to => Some(true),
        Some(end) => (from.0 >= 11 && end <= 2).then_some(true),
    }
}

#[cfg(test)]
mod tests {
    use crate::order::dates::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    #[test]
    fn spans_without_a_year_or_with_a_short_end() {
        for (text, found) in [
            ("9月6日至10日，对网站进行了检查。", "date? 10日 <- 9月6日 ok"),
            ("检查时间为4月8日—15日。", "date? 15日 <- 4月8日 ok"),
            ("11月18-30日开展复查。", "date? 30日 <- 11月18 ok"),
            ("2027年10月1日至31日共受理12件。", "date? 31日 <- 2027年10月1日 ok"),
            ("6月4日至7月11日开展抽查。", "date? 7月11日 <- 6月4日 ok"),
            ("8月14日8时至15日8时接警12起。", "date? 15日 <- 8月14日 ok"),
        ] {
            assert_eq!(read(text), [found], "{text}");
        }
        assert_eq!(read("9月16日至10日，对网站进行了检查。"), ["date? 10日 <- 9月16日 BAD"]);
    }

    #[test]
    fn spans_of_months() {
        for (text, found) in [
            ("2018年12月～2019年4月开展评估。", "date? 2019年4月 <- 2018年12月 ok"),
            ("2022年3月至9月共受理12件。", "date? 9月 <- 2022年3月 ok"),
            ("2019年12月-2018年4月开展评估。", "date? 2018年4月 <- 2019年12月 BAD"),
        ] {
            assert_eq!(read(text), [found], "{text}");
        }
        for text in [
            "2022年11月至2月共受理12件。",
            "2022年3月、9月两次检查。",
            "2022年13月至14月。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn what_is_no_span_of_days() {
        for text in [
            "9月6日、10日两次检查。",
            "12月28日至1月3日，共受理3件。",
            "6月14日至3月11日。",
            "9月36日至40日。",
            "9月6日至10家单位检查。",
        ] {
            assert!(read(text).iter().all(|l| l.ends_with("ok")), "{text}: {:?}", read(text));
        }
        assert_eq!(
            read("2029年3月16日至2029年6月15日。").len(),
            1,
            "a span of two full dates is read once"
        );
    }
}
