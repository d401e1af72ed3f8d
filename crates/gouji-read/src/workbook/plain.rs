//! A cell's number as decimal text, exactly.
//!
//! Spreadsheets store binary fractions and show fifteen significant digits of them. Here the stored decimal text is cut to
//! those fifteen digits and from then on only digits are moved and rounded, so no binary arithmetic touches a figure.

use gouji_quantity::Ratio;

/// Characters of a stored number; the longest that a spreadsheet writes has 24.
const MAX_LENGTH: usize = 400;
/// Powers of ten beyond this are written with an exponent, as a spreadsheet's edit line does.
const PLAIN_POWER: i32 = 21;
/// Digits that a spreadsheet shows at most.
const SIGNIFICANT: usize = 15;

/// `±0.d₁d₂… × 10^point`, without leading or trailing zero digits; zero has no digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plain {
    /// Below zero.
    pub negative: bool,
    digits: Digits,
    point: i32,
}

/// The digits that count, and the one behind them that rounds. What is behind the last is zero.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Digits {
    len: u8,
    all: [u8; SIGNIFICANT + 1],
}

impl Digits {
    fn len(&self) -> usize {
        usize::from(self.len)
    }

    fn is_empty(&self) -> bool {
        self.len == 0
    }

    fn iter(&self) -> std::slice::Iter<'_, u8> {
        self.all[..self.len()].iter()
    }

    fn get(&self, at: usize) -> Option<u8> {
        (at < self.len()).then(|| self.all[at])
    }

    /// Adds a digit; one too many is left out.
    fn push(&mut self, digit: u8) {
        if let Some(place) = self.all.get_mut(usize::from(self.len)) {
            *place = digit;
            self.len += 1;
        }
    }

    fn truncate(&mut self, n: usize) {
        while self.len() > n {
            self.len -= 1;
            self.all[self.len()] = 0;
        }
    }

    /// Without zeros at the end.
    fn tidy(&mut self) {
        while self.len > 0 && self.all[self.len() - 1] == 0 {
            self.len -= 1;
        }
    }
}

impl Plain {
    /// Reads `-12.5`, `1.2E-3`; cut to fifteen significant digits.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.len() > MAX_LENGTH {
            return None;
        }
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (text, 0),
        };
        if !(-1000..=1000).contains(&exponent) {
            return None;
        }
        let (negative, mantissa) = match mantissa.as_bytes().first()? {
            b'-' => (true, &mantissa[1..]),
            b'+' => (false, &mantissa[1..]),
            _ => (false, mantissa),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        if whole.is_empty() && fraction.is_empty() {
            return None;
        }
        let mut digits = Digits::default();
        let mut point = i32::try_from(whole.len()).ok()? + exponent;
        for byte in whole.bytes().chain(fraction.bytes()) {
            if !byte.is_ascii_digit() {
                return None;
            }
            if byte == b'0' && digits.is_empty() {
                point -= 1;
            } else {
                digits.push(byte - b'0');
            }
        }
        let mut out = Self {
            negative,
            digits,
            point,
        };
        out.tidy();
        out.round_to(SIGNIFICANT);
        Some(out)
    }

    /// The value of a fraction, cut to fifteen significant digits; `None` if it is too long.
    pub fn of(value: Ratio) -> Option<Self> {
        use std::fmt::Write;
        // Digits beyond the whole part: enough for fifteen that count, however small the value is.
        const MOST: usize = 60;
        let magnitude = value.abs()?.reduced();
        let (den, mut rest) = (magnitude.den(), magnitude.num() % magnitude.den());
        let mut text = String::new();
        let _ = write!(text, "{}.", magnitude.num() / den);
        let mut significant = text.len() - 1 - usize::from(text.starts_with("0."));
        for _ in 0..MOST {
            if rest == 0 || significant > SIGNIFICANT {
                break;
            }
            rest = rest.checked_mul(10)?;
            let digit = rest / den;
            rest %= den;
            let _ = write!(text, "{digit}");
            significant += usize::from(significant > 0 || digit > 0);
        }
        let mut out = Self::parse(&text)?;
        out.negative = value.num() < 0;
        Some(out)
    }

    /// As an exact fraction; `None` if it is too long.
    pub fn ratio(&self) -> Option<Ratio> {
        let mut num = 0_i128;
        for digit in self.digits.iter() {
            num = num * 10 + i128::from(*digit);
        }
        if self.negative {
            num = -num;
        }
        let places = i32::try_from(self.digits.len()).ok()? - self.point;
        let power = 10_i128.checked_pow(places.unsigned_abs())?;
        if places > 0 {
            Ratio::new(num, power)
        } else {
            Ratio::new(num.checked_mul(power)?, 1)
        }
    }

    fn tidy(&mut self) {
        self.digits.tidy();
        if self.digits.is_empty() {
            self.point = 0;
        }
    }

    /// Keeps the first `n` digits, rounding half up in magnitude.
    fn round_to(&mut self, n: usize) {
        if self.digits.len() <= n {
            return;
        }
        let up = self.digits.all[n] >= 5;
        self.digits.truncate(n);
        if up {
            let mut at = n;
            loop {
                if at == 0 {
                    // All were nines, and are zeros now.
                    self.digits = Digits::default();
                    self.digits.push(1);
                    self.point += 1;
                    break;
                }
                at -= 1;
                if self.digits.all[at] == 9 {
                    self.digits.all[at] = 0;
                } else {
                    self.digits.all[at] += 1;
                    break;
                }
            }
        }
        self.tidy();
    }

    /// Whether it is zero.
    pub fn is_zero(&self) -> bool {
        self.digits.is_empty()
    }

    /// Times 10^`by`.
    pub fn shifted(mut self, by: i32) -> Self {
        if !self.is_zero() {
            self.point += by;
        }
        self
    }

    /// Without sign.
    pub fn magnitude(mut self) -> Self {
        self.negative = false;
        self
    }

    /// Rounded half up in magnitude to `decimals` places: its digits, and how many of them stand before the point, none for
    /// zero. `None` if it has more than some hundred digits.
    pub fn fixed(&self, decimals: usize) -> Option<(String, usize)> {
        let mut rounded = self.clone();
        let keep = rounded.point + i32::try_from(decimals).ok()?;
        if rounded.point > i32::try_from(MAX_LENGTH).ok()? || decimals > MAX_LENGTH {
            return None;
        }
        match usize::try_from(keep) {
            Ok(keep) => rounded.round_to(keep),
            // Less than half of the last place.
            Err(_) => rounded.digits = Digits::default(),
        }
        let digit_at = |power: i32| {
            // The digit of 10^power stands at index point − 1 − power.
            usize::try_from(rounded.point - 1 - power)
                .ok()
                .and_then(|at| rounded.digits.get(at))
                .map_or('0', |d| char::from(b'0' + d))
        };
        let mut digits = String::with_capacity(SIGNIFICANT + 1 + decimals);
        if !rounded.digits.is_empty() {
            digits.extend((0..rounded.point).rev().map(digit_at));
        }
        let n_whole = digits.len();
        digits.extend((1..=i32::try_from(decimals).ok()?).map(|place| digit_at(-place)));
        Some((digits, n_whole))
    }

    /// As the format `General` shows it, however wide the column.
    pub fn general(&self) -> String {
        let sign = if self.negative && !self.is_zero() { "-" } else { "" };
        let n = i32::try_from(self.digits.len()).unwrap_or(0);
        if self.point > PLAIN_POWER || self.point < -PLAIN_POWER {
            let digits: String = self.digits.iter().map(|d| char::from(b'0' + d)).collect();
            let (first, rest) = digits.split_at(1);
            let point = if rest.is_empty() { "" } else { "." };
            return format!("{sign}{first}{point}{rest}E{:+03}", self.point - 1);
        }
        let mut out = String::with_capacity(self.digits.len() + 8);
        out.push_str(sign);
        let zeros = |out: &mut String, n: i32| (0..n).for_each(|_| out.push('0'));
        if self.point <= 0 {
            out.push('0');
            if n > 0 {
                out.push('.');
                zeros(&mut out, -self.point);
            }
        }
        for (at, digit) in (0..).zip(self.digits.iter()) {
            if at == self.point && at > 0 {
                out.push('.');
            }
            out.push(char::from(b'0' + digit));
        }
        zeros(&mut out, self.point - n);
        out
    }

    /// The whole part, and the fraction in units of 1/`units`, rounded half up (so it may equal `units`). For serial dates.
    pub fn split(&self, units: i128) -> Option<(i64, i128)> {
        const PLACES: u32 = 15;
        if self.negative && !self.is_zero() {
            return None;
        }
        let (digits, n_whole) = self.fixed(PLACES as usize)?;
        let (whole, fraction) = digits.split_at(n_whole);
        let whole: i64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let fraction: i128 = fraction.parse().ok()?;
        let one = 10_i128.pow(PLACES);
        Some((whole, (fraction * units * 2 + one) / (one * 2)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn general(stored: &str, shown: &str) {
        assert_eq!(Plain::parse(stored).expect("a number").general(), shown, "{stored}");
    }

    #[test]
    fn fifteen_digits_are_shown() {
        general("12", "12");
        general("-0.5", "-0.5");
        general("12.299999999999999", "12.3");
        general("0.10000000000000001", "0.1");
        general("0.97073170731707314", "0.970731707317073");
        general("1.2E-3", "0.0012");
        general("999999999999999.9", "1000000000000000");
        general("0.0", "0");
        general("-0", "0");
        general("1E+30", "1E+30");
        general("1.25E-30", "1.25E-30");
    }

    #[test]
    fn rounding_is_half_up_on_the_decimal_text() {
        let fixed = |text: &str, n| {
            let (digits, n_whole) = Plain::parse(text).expect("a number").fixed(n).expect("short");
            let (whole, fraction) = digits.split_at(n_whole);
            format!("{whole}.{fraction}")
        };
        assert_eq!(fixed("2.675", 2), "2.68");
        assert_eq!(fixed("0.125", 2), ".13");
        assert_eq!(fixed("99.995", 2), "100.00");
        assert_eq!(fixed("0.004", 2), ".00");
        assert_eq!(fixed("0.5", 0), "1.");
        assert_eq!(fixed("0.4", 0), ".");
        assert_eq!(fixed("1234", 1), "1234.0");
    }

    #[test]
    fn fractions_come_and_go() {
        let of = |num, den| Plain::of(Ratio::new(num, den).expect("a denominator")).map(|p| p.general());
        assert_eq!(of(2, 3).as_deref(), Some("0.666666666666667"));
        assert_eq!(of(-1, 3000).as_deref(), Some("-0.000333333333333333"));
        assert_eq!(of(25, 2).as_deref(), Some("12.5"));
        assert_eq!(of(0, 7).as_deref(), Some("0"));
        assert_eq!(of(123_456_789_012_345_678, 1).as_deref(), Some("123456789012346000"));
        let back = |text: &str| {
            let ratio = Plain::parse(text).and_then(|p| p.ratio()).map(Ratio::reduced);
            ratio.map(|r| (r.num(), r.den()))
        };
        assert_eq!(back("-12.50"), Some((-25, 2)));
        assert_eq!(back("1E+20"), Some((10_i128.pow(20), 1)));
        assert_eq!(back("0"), Some((0, 1)));
        assert_eq!(back("1E+300"), None);
        assert_eq!(back("1E-300"), None);
    }

    #[test]
    fn days_and_seconds() {
        assert_eq!(
            Plain::parse("45539.5").expect("a number").split(86_400),
            Some((45_539, 43_200))
        );
        assert_eq!(
            Plain::parse("0.999999").expect("a number").split(86_400),
            Some((0, 86_400))
        );
        assert_eq!(Plain::parse("-1").expect("a number").split(86_400), None);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in ["", "-", ".", "1e", "1e9999", "1,2", "NaN", "inf", "１２"] {
            assert_eq!(Plain::parse(text), None, "{text}");
        }
        assert!(Plain::parse("1e999").expect("large").fixed(2).is_none());
    }
}
