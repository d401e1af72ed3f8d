use std::fmt;
use std::ops::Range;

use crate::numeral;

/// A calendar day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    /// Year, four digits.
    pub year: i32,
    /// Month, 1–12.
    pub month: u32,
    /// Day of the month, 1–31.
    pub day: u32,
}

impl Date {
    /// A day that exists; `None` otherwise.
    #[must_use]
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(())?;
        (1..=Self::days_in(year, month))
            .contains(&day)
            .then_some(Self { year, month, day })
    }

    /// The number of days of a month.
    #[must_use]
    pub fn days_in(year: i32, month: u32) -> u32 {
        match month {
            4 | 6 | 9 | 11 => 30,
            2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
            2 => 28,
            _ => 31,
        }
    }

    /// Days since 1 March of year 0, for differences and weekdays.
    #[must_use]
    pub fn day_number(self) -> i64 {
        let (y, m) = if self.month > 2 {
            (i64::from(self.year), i64::from(self.month) - 3)
        } else {
            (i64::from(self.year) - 1, i64::from(self.month) + 9)
        };
        y * 365 + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (m * 306 + 5) / 10 + i64::from(self.day) - 1
    }

    /// Day of the week, Monday 1 to Sunday 7.
    #[must_use]
    pub fn weekday(self) -> u32 {
        u32::try_from((self.day_number() + 2).rem_euclid(7)).unwrap_or(0) + 1
    }
}

/// `2024-09-03`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// What of a date is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatePart {
    /// Year, month and day of a day that exists.
    Full(Date),
    /// A full date that no calendar has (2月30日): year, month, day as printed.
    Impossible(i32, u32, u32),
    /// Month and day without a year.
    MonthDay(u32, u32),
}

/// A date in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// What is printed.
    pub part: DatePart,
}

/// Finds dates: `2024年9月3日`, `2024-09-03`, `2024.9.3`, `2024/9/3`, `二〇二四年九月三日`, `9月3日`.
#[must_use]
pub fn scan_dates(text: &str) -> Vec<DateMention> {
    let mut out = Vec::new();
    let mut skip_to = 0;
    for (start, c) in text.char_indices() {
        if start < skip_to || !is_numeral(c) {
            continue;
        }
        if text[..start]
            .chars()
            .next_back()
            .is_some_and(|p| is_numeral(p) || p == '.')
        {
            continue;
        }
        if let Some((len, part)) = date_at(&text[start..]) {
            out.push(DateMention {
                range: start..start + len,
                part,
            });
            skip_to = start + len;
        }
    }
    out
}

fn is_numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '十' | '廿') || numeral::is_everyday_digit(c)
}

fn number(text: &str) -> Option<(u32, usize)> {
    let len: usize = text.chars().take_while(|c| is_numeral(*c)).map(char::len_utf8).sum();
    let run = numeral::half_width(&text[..len]);
    let value = if run.bytes().all(|b| b.is_ascii_digit()) && !run.is_empty() {
        run.parse::<u32>().ok()?
    } else {
        u32::try_from(numeral::chinese_integer(&run)?).ok()?
    };
    Some((value, len))
}

fn blanks(text: &str) -> usize {
    text.len() - text.trim_start_matches([' ', '\u{a0}', '\u{3000}']).len()
}

/// A separator at the start of `text`, blanks around it allowed, with its length.
fn separator(text: &str, marks: &[char]) -> Option<(char, usize)> {
    let lead = blanks(text);
    let c = text[lead..].chars().next().filter(|c| marks.contains(c))?;
    let after = lead + c.len_utf8();
    Some((c, after + blanks(&text[after..])))
}

fn date_at(text: &str) -> Option<(usize, DatePart)> {
    let (first, mut at) = number(text)?;
    let (mark, len) = separator(&text[at..], &['年', '-', '/', '.', '月', '－', '．'])?;
    at += len;
    let (second, len) = number(&text[at..])?;
    at += len;
    if mark == '月' {
        let (_, len) = separator(&text[at..], &['日', '号'])?;
        let end = at + text[at..at + len].trim_end().len();
        return ((1..=12).contains(&first) && (1..=31).contains(&second))
            .then_some((end, DatePart::MonthDay(first, second)));
    }
    let expected: &[char] = if mark == '年' {
        &['月']
    } else {
        &['-', '/', '.', '－', '．']
    };
    let (_, len) = separator(&text[at..], expected)?;
    at += len;
    let (third, len) = number(&text[at..])?;
    at += len;
    if mark == '年' {
        if let Some((_, len)) = separator(&text[at..], &['日', '号']) {
            at += text[at..at + len].trim_end().len();
        } else {
            return None;
        }
    } else if text[at..]
        .chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() && c.is_ascii() || c == '.' || c == '-' || c == '%')
    {
        return None;
    }
    let year = i32::try_from(first).ok().filter(|y| (1900..=2199).contains(y))?;
    if second > 99 || third > 99 {
        return None;
    }
    Some((
        at,
        Date::new(year, second, third).map_or(DatePart::Impossible(year, second, third), DatePart::Full),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> DatePart {
        let found = scan_dates(text);
        assert_eq!(found.len(), 1, "{text}");
        found[0].part
    }

    #[test]
    fn forms_of_a_date() {
        let day = DatePart::Full(Date::new(2024, 9, 3).expect("a day"));
        for text in [
            "于 2024年9月3日 开始",
            "2024-09-03 10:00",
            "2024.9.3",
            "二〇二四年九月三日",
            "2024 年 9 月 3 日",
        ] {
            assert_eq!(one(text), day, "{text}");
        }
        assert_eq!(one("9月3日前"), DatePart::MonthDay(9, 3));
        assert_eq!(one("2023年2月30日"), DatePart::Impossible(2023, 2, 30));
        assert!(scan_dates("2023.5%、1.2.3、2024年9月").is_empty());
    }

    #[test]
    fn weekdays() {
        assert_eq!(Date::new(2026, 11, 22).expect("a day").weekday(), 7);
        assert_eq!(Date::new(2024, 2, 29).expect("a day").weekday(), 4);
    }
}
