//! Exact numbers as templates compute and print them.

use gouji_quantity::{Decimal, Ratio, parse_stated};

use crate::problem::What;

/// Places that a product keeps at most.
const MOST_PLACES: u32 = 8;

/// An exact number with the way it is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Number {
    /// The value; 93.3 for `93.3%`.
    pub value: Ratio,
    /// Decimals to print; `None` for a quotient, which must be told.
    pub places: Option<u32>,
    /// Printed with `%`.
    pub percent: bool,
    /// Printed with thousands separators.
    pub grouped: bool,
}

/// How a number is to be printed, where that differs from its own way.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Format {
    pub places: Option<u32>,
    pub grouped: bool,
    pub chinese: bool,
    /// The magnitude word and its factor.
    pub magnitude: Option<(char, i128)>,
}

impl Number {
    /// A whole number.
    pub fn whole(n: usize) -> Self {
        Self::of(Decimal::from(n))
    }

    pub fn of(value: Decimal) -> Self {
        Self {
            places: Some(value.scale()),
            value: Ratio::from_decimal(value),
            percent: false,
            grouped: false,
        }
    }

    /// Reads `1268`, `1,268`, `-3.50`, `97.1%`; a magnitude word or a Chinese numeral makes it text.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let last = text.chars().next_back()?;
        let first = text.chars().next()?;
        let percent = matches!(last, '%' | '％');
        let digit = |c: char| c.is_ascii_digit() || ('０'..='９').contains(&c);
        if !(digit(last) || percent) || !(digit(first) || matches!(first, '-' | '−' | '－' | '+')) {
            return None;
        }
        let stated = parse_stated(text)?;
        Some(Self {
            percent,
            grouped: text.contains([',', '，']),
            ..Self::of(stated.base()?)
        })
    }

    /// The same as a plain factor: 5% is 0.05.
    fn factor(self) -> Option<Self> {
        if !self.percent {
            return Some(self);
        }
        Some(Self {
            value: Ratio::new(self.value.num(), self.value.den().checked_mul(100)?)?.reduced(),
            places: self.places.map(|p| p + 2),
            percent: false,
            grouped: self.grouped,
        })
    }

    fn with(self, other: Self, value: Option<Ratio>, places: Option<u32>) -> Result<Self, What> {
        Ok(Self {
            value: value.ok_or(What::TooLongNumber)?.reduced(),
            places,
            percent: self.percent || other.percent,
            grouped: self.grouped || other.grouped,
        })
    }

    pub fn plus(self, other: Self) -> Result<Self, What> {
        let sum = other.value.times(-1).and_then(|minus| self.value.minus(minus));
        self.with(other, sum, both(self.places, other.places, u32::max))
    }

    pub fn minus(self, other: Self) -> Result<Self, What> {
        self.with(
            other,
            self.value.minus(other.value),
            both(self.places, other.places, u32::max),
        )
    }

    pub fn times(self, other: Self) -> Result<Self, What> {
        let (a, b) = self.factor().zip(other.factor()).ok_or(What::TooLongNumber)?;
        let product = || {
            Ratio::new(
                a.value.num().checked_mul(b.value.num())?,
                a.value.den().checked_mul(b.value.den())?,
            )
        };
        let places = both(a.places, b.places, |m, n| (m + n).min(MOST_PLACES));
        a.with(b, product(), places)
    }

    pub fn over(self, other: Self) -> Result<Self, What> {
        let (a, b) = self.factor().zip(other.factor()).ok_or(What::TooLongNumber)?;
        if b.value.num() == 0 {
            return Err(What::ZeroBase);
        }
        let quotient = || {
            Ratio::new(
                a.value.num().checked_mul(b.value.den())?,
                a.value.den().checked_mul(b.value.num())?,
            )
        };
        a.with(b, quotient(), None)
    }

    /// This as a percentage of `whole`, with `places`.
    pub fn rate(self, whole: Self, places: u32) -> Result<Self, What> {
        let quotient = self.over(whole)?;
        Ok(Self {
            value: quotient.value.times(100).ok_or(What::TooLongNumber)?.reduced(),
            places: Some(places),
            percent: true,
            grouped: false,
        })
    }

    /// The value that is printed: rounded half up (四舍五入) to its places.
    pub fn rounded(self) -> Result<Self, What> {
        let places = self
            .places
            .or_else(|| (self.value.den() == 1).then_some(0))
            .ok_or(What::NeedsPlaces)?;
        let value = self.value.round_half_up(places).ok_or(What::TooLongNumber)?;
        Ok(Self {
            value: Ratio::from_decimal(value),
            places: Some(places),
            ..self
        })
    }

    pub fn compare(self, other: Self) -> Result<std::cmp::Ordering, What> {
        self.value.compare(other.value).ok_or(What::TooLongNumber)
    }

    pub fn is_zero(self) -> bool {
        self.value.num() == 0
    }

    pub fn is_negative(self) -> bool {
        self.value.num() < 0
    }

    pub fn without_sign(self) -> Result<Self, What> {
        let value = if self.is_negative() {
            self.value.times(-1)
        } else {
            Some(self.value)
        };
        Ok(Self {
            value: value.ok_or(What::TooLongNumber)?,
            ..self
        })
    }

    /// As a count or a number of places.
    pub fn as_usize(self) -> Option<usize> {
        let value = self.value.reduced();
        (value.den() == 1).then(|| usize::try_from(value.num()).ok()).flatten()
    }

    /// As printed. Nothing and all of a whole are `0%` and `100%` without places.
    pub fn print(self, format: Format) -> Result<String, What> {
        let mut number = self;
        if let Some((_, factor)) = format.magnitude {
            let den = number.value.den().checked_mul(factor).ok_or(What::TooLongNumber)?;
            number.value = Ratio::new(number.value.num(), den)
                .ok_or(What::TooLongNumber)?
                .reduced();
            number.places = None;
        }
        let bare = self.percent && format.places.is_none() && {
            let whole = Ratio::new(100, 1).and_then(|all| self.value.compare(all));
            self.is_zero() || whole == Some(std::cmp::Ordering::Equal)
        };
        number.places = if bare { Some(0) } else { format.places.or(number.places) };
        let rounded = number.rounded()?;
        if format.chinese {
            let value = rounded.value.reduced();
            return (value.den() == 1 && !rounded.percent && format.magnitude.is_none())
                .then(|| chinese(value.num()))
                .flatten()
                .ok_or(What::TooLongNumber);
        }
        let places = rounded.places.unwrap_or(0);
        let value = rounded.value.round_half_up(places).ok_or(What::TooLongNumber)?;
        let mut text = format!("{value:.*}", usize::try_from(places).unwrap_or(0));
        if value.is_zero() && text.starts_with('-') {
            text.remove(0);
        }
        if number.grouped || format.grouped {
            text = group(&text);
        }
        if let Some((word, _)) = format.magnitude {
            text.push(word);
        }
        if number.percent {
            text.push('%');
        }
        Ok(text)
    }
}

fn both(a: Option<u32>, b: Option<u32>, join: impl Fn(u32, u32) -> u32) -> Option<u32> {
    Some(join(a?, b?))
}

/// With a comma before each three digits of the whole part.
fn group(text: &str) -> String {
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = sign.to_owned();
    for (idx, digit) in digits.chars().enumerate() {
        if idx > 0 && (digits.len() - idx).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out + rest
}

/// A whole number below 10¹² as a Chinese numeral (十二, 一百零五).
fn chinese(n: i128) -> Option<String> {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if !(0..1_000_000_000_000).contains(&n) {
        return None;
    }
    if n == 0 {
        return Some("零".to_owned());
    }
    let mut out = String::new();
    let mut gap = false;
    for (unit, word) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let section = n / unit % 10_000;
        if section == 0 {
            gap = !out.is_empty();
            continue;
        }
        for (place, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = usize::try_from(section / place % 10).ok()?;
            if digit == 0 {
                gap = !out.is_empty();
                continue;
            }
            if std::mem::take(&mut gap) {
                out.push('零');
            }
            if !(out.is_empty() && digit == 1 && place == 10) {
                out.push(DIGITS[digit]);
            }
            out += name;
        }
        out += word;
        // A gap at the end of a section is said only if the next begins with one: 一百万零五, 一百万一千.
        gap = false;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn plain(number: Number) -> String {
        number.print(Format::default()).unwrap()
    }

    #[test]
    fn sums_keep_places_and_separators() {
        assert_eq!(plain(n("1,268").plus(n("32")).unwrap()), "1,300");
        assert_eq!(plain(n("1.50").minus(n("2")).unwrap()), "-0.50");
        assert_eq!(plain(n("120").times(n("5%")).unwrap()), "6.00");
    }

    #[test]
    fn rates_are_rounded_half_up() {
        assert_eq!(plain(n("1").rate(n("8"), 1).unwrap()), "12.5%");
        assert_eq!(plain(n("1").rate(n("8"), 0).unwrap()), "13%");
        assert_eq!(plain(n("47").rate(n("47"), 1).unwrap()), "100%");
        assert_eq!(plain(n("0").rate(n("47"), 2).unwrap()), "0%");
        assert!(matches!(n("1").rate(n("0"), 1), Err(What::ZeroBase)));
    }

    #[test]
    fn a_quotient_needs_places() {
        let third = n("1").over(n("3")).unwrap();
        assert!(matches!(third.print(Format::default()), Err(What::NeedsPlaces)));
        let two = Format {
            places: Some(2),
            ..Format::default()
        };
        assert_eq!(third.print(two).unwrap(), "0.33");
        assert_eq!(plain(n("6").over(n("3")).unwrap()), "2");
    }

    #[test]
    fn formats() {
        let wan = Format {
            magnitude: Some(('万', 10_000)),
            places: Some(1),
            ..Format::default()
        };
        assert_eq!(n("123456").print(wan).unwrap(), "12.3万");
        let grouped = Format {
            grouped: true,
            ..Format::default()
        };
        assert_eq!(n("1234567.5").print(grouped).unwrap(), "1,234,567.5");
        assert_eq!(n("-123").print(grouped).unwrap(), "-123");
        let chinese = Format {
            chinese: true,
            ..Format::default()
        };
        for (number, text) in [
            ("0", "零"),
            ("12", "十二"),
            ("105", "一百零五"),
            ("110", "一百一十"),
            ("10000", "一万"),
            ("10010", "一万零一十"),
            ("1000005", "一百万零五"),
            ("1001000", "一百万一千"),
            ("100001000", "一亿零一千"),
            ("200000000", "二亿"),
        ] {
            assert_eq!(n(number).print(chinese).unwrap(), text, "{number}");
        }
        assert!(n("1.5").print(chinese).is_err() && n("-1").print(chinese).is_err());
    }

    #[test]
    fn what_is_no_plain_number_is_text() {
        for text in ["", "三", "1.2万", "第3", "2024-08", "12,34", "—"] {
            assert!(Number::parse(text).is_none(), "{text}");
        }
    }
}
