use rust_decimal::Decimal;

use crate::numeral;

/// The magnitude word behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Magnitude {
    /// None.
    #[default]
    One,
    /// 百
    Hundred,
    /// 千
    Thousand,
    /// 万
    Wan,
    /// 百万
    Million,
    /// 千万
    TenMillion,
    /// 亿
    Yi,
    /// 万亿
    WanYi,
}

impl Magnitude {
    /// The factor.
    #[must_use]
    pub fn factor(self) -> Decimal {
        Decimal::from(match self {
            Self::One => 1_i64,
            Self::Hundred => 100,
            Self::Thousand => 1_000,
            Self::Wan => 10_000,
            Self::Million => 1_000_000,
            Self::TenMillion => 10_000_000,
            Self::Yi => 100_000_000,
            Self::WanYi => 1_000_000_000_000,
        })
    }
}

/// What a word beside the figure says about its exactness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Approx {
    /// Nothing.
    #[default]
    Exact,
    /// 约、大约、左右
    About,
    /// 近、将近
    Near,
    /// 余、多
    Over,
    /// 超、超过、逾
    MoreThan,
    /// 不足、不到、以下
    LessThan,
    /// 及以上、不少于、达到…以上
    AtLeast,
    /// 及以下、不超过
    AtMost,
}

/// What no amount of a circular reaches (10¹⁸, a million 万亿): larger numbers are codes, or mean harm, and nothing is computed with them.
pub const MAX_BASE: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);

/// A figure as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    /// The printed digits as a number, without the magnitude word: 1.2 for 1.2万.
    pub value: Decimal,
    /// Decimals printed: 2 for `97.10`.
    pub decimals: u32,
    /// The magnitude word.
    pub magnitude: Magnitude,
    /// Exactness by the words beside it.
    pub approx: Approx,
}

impl Stated {
    /// A plain figure.
    #[must_use]
    pub fn new(value: Decimal) -> Self {
        Self {
            decimals: value.scale(),
            value,
            magnitude: Magnitude::One,
            approx: Approx::Exact,
        }
    }

    /// The value in base units: 12000 for 1.2万. `None` from [`MAX_BASE`] on.
    ///
    /// Sums and differences of fewer than 10¹⁰ such values, and a hundred times each, are always within what a decimal holds.
    #[must_use]
    pub fn base(&self) -> Option<Decimal> {
        self.value
            .checked_mul(self.magnitude.factor())
            .filter(|base| base.abs() < MAX_BASE)
    }

    /// One unit of the last printed place, in base units: 1000 for 1.2万.
    #[must_use]
    pub fn ulp(&self) -> Option<Decimal> {
        Decimal::try_from_i128_with_scale(1, self.decimals)
            .ok()?
            .checked_mul(self.magnitude.factor())
    }
}

/// Reads a whole string as one figure: digits (half or full width) with thousands separators, a sign, a
/// decimal point, a magnitude word, a trailing `%`, `％` or `‰` that is dropped; or a Chinese numeral, 百分之… included.
///
/// Blanks are ignored around it and beside marks and magnitude words; between two digits they part two numbers. `None` if
/// anything else stands in it.
#[must_use]
pub fn parse_stated(printed: &str) -> Option<Stated> {
    let printed = numeral::half_width(printed);
    let mut text = String::with_capacity(printed.len());
    let mut parted = false;
    for c in printed.trim().chars() {
        if c.is_whitespace() {
            parted = true;
            continue;
        }
        let is_digit = |c: char| c.is_ascii_digit() || numeral::is_everyday_digit(c);
        if parted && is_digit(c) && text.ends_with(is_digit) {
            return None;
        }
        parted = false;
        text.push(c);
    }
    let text = text
        .strip_suffix(['%', '‰'])
        .or_else(|| text.strip_suffix("个百分点"))
        .unwrap_or(&text);
    let (digits, magnitude) = split_magnitude(text);
    if let Some(value) = plain(digits) {
        return Some(Stated {
            decimals: value.scale(),
            value,
            magnitude,
            approx: Approx::Exact,
        });
    }
    numeral::chinese_number(text).map(Stated::new)
}

fn split_magnitude(text: &str) -> (&str, Magnitude) {
    for (word, magnitude) in [
        ("万亿", Magnitude::WanYi),
        ("亿", Magnitude::Yi),
        ("億", Magnitude::Yi),
        ("千万", Magnitude::TenMillion),
        ("百万", Magnitude::Million),
        ("万", Magnitude::Wan),
        ("萬", Magnitude::Wan),
        ("千", Magnitude::Thousand),
        ("百", Magnitude::Hundred),
    ] {
        if let Some(rest) = text.strip_suffix(word)
            && rest.ends_with(|c: char| c.is_ascii_digit())
        {
            return (rest, magnitude);
        }
    }
    (text, Magnitude::One)
}

/// Digits with optional sign, thousands separators in their places, and decimals.
fn plain(text: &str) -> Option<Decimal> {
    let (negative, body) = match text.strip_prefix(['-', '−', '－']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, fraction) = match body.split_once('.') {
        Some((w, f)) => (w, Some(f)),
        None => (body, None),
    };
    if fraction.is_some_and(|f| f.is_empty() || !f.bytes().all(|b| b.is_ascii_digit())) {
        return None;
    }
    let grouped = whole.contains(',');
    let mut groups = whole.split(',');
    let first = groups.next()?;
    if first.is_empty() || !first.bytes().all(|b| b.is_ascii_digit()) || grouped && first.len() > 3 {
        return None;
    }
    let mut digits = first.to_owned();
    for group in groups {
        if group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        digits.push_str(group);
    }
    if let Some(f) = fraction {
        digits.push('.');
        digits.push_str(f);
    }
    let value = Decimal::from_str_exact(&digits).ok()?;
    Some(if negative { -value } else { value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_has_a_limit() {
        assert_eq!(MAX_BASE.to_string(), "1000000000000000000");
        let base = |s: &str| parse_stated(s).and_then(|s| s.base()).map(|b| b.to_string());
        assert_eq!(base("999999万亿").as_deref(), Some("999999000000000000"));
        assert_eq!(base("1000000万亿"), None);
        assert_eq!(base("-1000000000000000000"), None);
    }

    #[test]
    fn blanks_part_two_numbers() {
        let read = |s: &str| parse_stated(s).map(|s| s.value.to_string());
        assert_eq!(read(" 12 \u{3000}").as_deref(), Some("12"));
        assert_eq!(read("3 万").as_deref(), Some("3"));
        assert_eq!(read("97.5 %").as_deref(), Some("97.5"));
        assert_eq!(read("12 15"), None);
        assert_eq!(read("１２\u{3000}１５"), None);
        assert_eq!(read("三 五"), None);
    }

    #[test]
    fn printed_figures() {
        let read = |s: &str| parse_stated(s).map(|s| (s.value.to_string(), s.magnitude));
        assert_eq!(read("97.10%"), Some(("97.10".into(), Magnitude::One)));
        assert_eq!(read("１，２６８"), Some(("1268".into(), Magnitude::One)));
        assert_eq!(read("1.2万"), Some(("1.2".into(), Magnitude::Wan)));
        assert_eq!(read("-1.20‰"), Some(("-1.20".into(), Magnitude::One)));
        assert_eq!(read("12,34"), None);
        assert_eq!(read("三十二"), Some(("32".into(), Magnitude::One)));
        assert_eq!(read("2024-08"), None);
    }
}
