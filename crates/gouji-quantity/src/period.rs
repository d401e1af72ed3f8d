use std::fmt;
use std::ops::Range;

use crate::{Date, numeral};

/// A reporting period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    /// A year.
    Year(i32),
    /// A half year, 1 or 2.
    Half(i32, u32),
    /// A quarter, 1–4.
    Quarter(i32, u32),
    /// A month, 1–12.
    Month(i32, u32),
}

impl Period {
    /// First and last day.
    #[must_use]
    pub fn days(self) -> (Date, Date) {
        let (year, from, to) = self.months();
        (
            Date {
                year,
                month: from,
                day: 1,
            },
            Date {
                year,
                month: to,
                day: Date::days_in(year, to),
            },
        )
    }

    /// Year, first and last month.
    #[must_use]
    pub fn months(self) -> (i32, u32, u32) {
        match self {
            Self::Year(y) => (y, 1, 12),
            Self::Half(y, h) => (y, h * 6 - 5, h * 6),
            Self::Quarter(y, q) => (y, q * 3 - 2, q * 3),
            Self::Month(y, m) => (y, m, m),
        }
    }

    /// As a text says it: `2024年`, `2024年上半年`, `2024年第二季度`, `2024年8月`.
    #[must_use]
    pub fn in_chinese(self) -> String {
        match self {
            Self::Year(y) => format!("{y}年"),
            Self::Half(y, h) => format!("{y}年{}半年", if h == 1 { '上' } else { '下' }),
            Self::Quarter(y, q) => {
                let nth = match q {
                    1 => '一',
                    2 => '二',
                    3 => '三',
                    _ => '四',
                };
                format!("{y}年第{nth}季度")
            }
            Self::Month(y, m) => format!("{y}年{m}月"),
        }
    }

    /// Whether `other` lies inside.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        let ((y, a, b), (z, c, d)) = (self.months(), other.months());
        y == z && a <= c && d <= b
    }
}

/// `2024`, `2024H1`, `2024Q2`, `2024-08`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(y) => write!(f, "{y:04}"),
            Self::Half(y, h) => write!(f, "{y:04}H{h}"),
            Self::Quarter(y, q) => write!(f, "{y:04}Q{q}"),
            Self::Month(y, m) => write!(f, "{y:04}-{m:02}"),
        }
    }
}

/// A period in a text. Where the text gives no year, `year_printed` is false and the year is the one passed to the scanner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodMention {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The period.
    pub period: Period,
    /// Whether the text itself gives the year.
    pub year_printed: bool,
}

/// Finds periods: `2024年第一季度`, `2025年二季度`, `第3季度`, `2024年8月`, `8月份`, `2024年上半年`, `2023年度`, `1-3月`, `4-6月份`.
///
/// `default_year` is used where no year is printed; without one such mentions are left out. A month that is the start of a full date is no period.
#[must_use]
pub fn scan_periods(text: &str, default_year: Option<i32>) -> Vec<PeriodMention> {
    let mut out: Vec<PeriodMention> = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some(c) = text[at..].chars().next() else { break };
        let starts = is_numeral(c) || matches!(c, '第' | '上' | '下' | '全');
        let inside = text[..at]
            .chars()
            .next_back()
            .is_some_and(|p| p.is_ascii_digit() || p == '.' || p == '-');
        if starts
            && !inside
            && let Some((len, mention)) = period_at(&text[at..], default_year)
        {
            if let Some((period, year_printed)) = mention {
                out.push(PeriodMention {
                    range: at..at + len,
                    period,
                    year_printed,
                });
            }
            at += len;
            continue;
        }
        at += c.len_utf8();
    }
    out
}

/// Characters that a year, quarter or month may have (二〇二四, １２); a longer run is no such number, and looking no further
/// keeps the scan linear.
const LONGEST_NUMERAL: usize = 8;

fn is_numeral(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９' | '十') || numeral::is_everyday_digit(c)
}

fn numeral_at(text: &str) -> Option<(i64, usize)> {
    let (n_chars, len) = text
        .chars()
        .take_while(|c| is_numeral(*c))
        .take(LONGEST_NUMERAL + 1)
        .fold((0, 0), |(n, len), c| (n + 1, len + c.len_utf8()));
    if len == 0 || n_chars > LONGEST_NUMERAL {
        return None;
    }
    let run = numeral::half_width(&text[..len]);
    let value = match run.parse::<i64>() {
        Ok(v) => v,
        Err(_) => numeral::chinese_integer(&run)?,
    };
    Some((value, len))
}

/// Length, and the period unless the text there is something else that must be stepped over (a full date).
type Found = (usize, Option<(Period, bool)>);

fn period_at(text: &str, default_year: Option<i32>) -> Option<Found> {
    let mut at = 0;
    let mut year = default_year;
    let mut year_printed = false;
    if let Some((value, len)) = numeral_at(text)
        && let Some(rest) = text[len..].strip_prefix('年')
    {
        let y = i32::try_from(value).ok().filter(|y| (1900..=2199).contains(y))?;
        year = Some(y);
        year_printed = true;
        at = text.len() - rest.len();
        if let Some(r) = text[at..].strip_prefix('度') {
            // 年度 alone; 年度第一季度 goes on below.
            if sub_period(r, y).is_none() {
                return Some((at + '度'.len_utf8(), Some((Period::Year(y), true))));
            }
            at += '度'.len_utf8();
        }
    }
    let y = year?;
    match sub_period(&text[at..], y) {
        Some((len, Some(period))) => Some((at + len, Some((period, year_printed)))),
        Some((len, None)) => Some((at + len, None)),
        None if year_printed => Some((at, Some((Period::Year(y), true)))),
        None => None,
    }
}

/// A part of a year at the start of `text`; `None` inside for a full date.
fn sub_period(text: &str, year: i32) -> Option<(usize, Option<Period>)> {
    for (word, half) in [("上半年", 1), ("下半年", 2)] {
        if text.starts_with(word) {
            return Some((word.len(), Some(Period::Half(year, half))));
        }
    }
    if text.starts_with("全年") {
        return Some(("全年".len(), Some(Period::Year(year))));
    }
    let lead = if text.starts_with('第') { '第'.len_utf8() } else { 0 };
    let (value, len) = numeral_at(&text[lead..])?;
    let mut at = lead + len;
    let rest = &text[at..];
    let word = |w: &str| rest.strip_prefix(w).map(|r| text.len() - r.len());
    if let Some(end) = word("季度").or_else(|| word("个季度").filter(|_| lead > 0)) {
        let q = u32::try_from(value).ok().filter(|q| (1..=4).contains(q))?;
        return Some((end, Some(Period::Quarter(year, q))));
    }
    if lead > 0 {
        return None;
    }
    let month = |v: i64| u32::try_from(v).ok().filter(|m| (1..=12).contains(m));
    // 1-3月, 4—6月份
    if let Some(dash) = rest.chars().next().filter(|c| "-—－~～至".contains(*c)) {
        let second = &rest[dash.len_utf8()..];
        let (to, len) = numeral_at(second)?;
        let after = &second[len..];
        let tail = after.strip_prefix('月')?;
        let (from, to) = (month(value)?, month(to)?);
        at = text.len() - tail.len();
        if let Some(r) = tail.strip_prefix('份') {
            at = text.len() - r.len();
        } else if tail.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let period = match (from, to) {
            (1, 12) => Period::Year(year),
            (1, 6) => Period::Half(year, 1),
            (7, 12) => Period::Half(year, 2),
            (a, b) if b == a + 2 && a % 3 == 1 => Period::Quarter(year, b / 3),
            _ => return None,
        };
        return Some((at, Some(period)));
    }
    let tail = rest.strip_prefix('月')?;
    at = text.len() - tail.len();
    let m = month(value)?;
    if let Some((_, len)) = numeral_at(tail)
        && tail[len..].starts_with(['日', '号'])
    {
        return Some((at + len, None));
    }
    if let Some(r) = tail.strip_prefix('份') {
        at = text.len() - r.len();
    }
    Some((at, Some(Period::Month(year, m))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        scan_periods(text, Some(2020))
            .iter()
            .map(|m| m.period.to_string())
            .collect()
    }

    #[test]
    fn forms_of_a_period() {
        assert_eq!(read("关于2027年第一季度政务公开"), ["2027Q1"]);
        assert_eq!(read("2025年二季度"), ["2025Q2"]);
        assert_eq!(read("关于2027年8月政务公开"), ["2027-08"]);
        assert_eq!(read("6月份来件57件"), ["2020-06"]);
        assert_eq!(read("2024年上半年"), ["2024H1"]);
        assert_eq!(read("2019年度政府采购"), ["2019"]);
        assert_eq!(read("1-3月信息报送"), ["2020Q1"]);
        assert_eq!(read("4-6月份累计"), ["2020Q2"]);
        assert_eq!(read("2024年9月3日"), Vec::<String>::new());
        assert_eq!(read("第5个月"), Vec::<String>::new());
    }

    #[test]
    fn a_period_as_a_text_says_it_is_read_again() {
        for text in ["2031年", "2031年上半年", "2031年第四季度", "2031年11月"] {
            let found = scan_periods(text, None);
            let said: Vec<String> = found.iter().map(|m| m.period.in_chinese()).collect();
            assert_eq!(said, [text]);
        }
    }
}
