//! The period before, and the one a year ago.

use gouji_quantity::Period;

/// Reads a period as records print it: `2031`, `2031H1`, `2031Q2`, `2031-08`.
pub(super) fn parse(text: &str) -> Option<Period> {
    let (year, rest) = text.split_at_checked(4)?;
    let year = year.parse().ok()?;
    let number = |from: &str, most: u32| from.parse::<u32>().ok().filter(|n| (1..=most).contains(n));
    match rest.chars().next() {
        None => Some(Period::Year(year)),
        Some('H') => Some(Period::Half(year, number(&rest[1..], 2)?)),
        Some('Q') => Some(Period::Quarter(year, number(&rest[1..], 4)?)),
        Some('-') => Some(Period::Month(year, number(&rest[1..], 12)?)),
        Some(_) => None,
    }
}

/// The period of the same length right before.
pub(crate) fn last(period: Period) -> Period {
    match period {
        Period::Year(y) => Period::Year(y - 1),
        Period::Half(y, 1) => Period::Half(y - 1, 2),
        Period::Half(y, h) => Period::Half(y, h - 1),
        Period::Quarter(y, 1) => Period::Quarter(y - 1, 4),
        Period::Quarter(y, q) => Period::Quarter(y, q - 1),
        Period::Month(y, 1) => Period::Month(y - 1, 12),
        Period::Month(y, m) => Period::Month(y, m - 1),
    }
}

/// The same period a year ago.
pub(crate) fn year_ago(period: Period) -> Period {
    match period {
        Period::Year(y) => Period::Year(y - 1),
        Period::Half(y, h) => Period::Half(y - 1, h),
        Period::Quarter(y, q) => Period::Quarter(y - 1, q),
        Period::Month(y, m) => Period::Month(y - 1, m),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_read_as_they_are_printed() {
        for text in ["2031", "2031H2", "2031Q4", "2031-08"] {
            assert_eq!(parse(text).map(|p| p.to_string()).as_deref(), Some(text));
        }
        for text in ["203", "2031-13", "2031Q0", "2031年", "年年年年", "2031-8月"] {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(last(Period::Month(2031, 1)), Period::Month(2030, 12));
        assert_eq!(year_ago(Period::Quarter(2031, 2)), Period::Quarter(2030, 2));
    }
}
