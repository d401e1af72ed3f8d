use std::cmp::Ordering;

use rust_decimal::Decimal;

/// An exact rational number with a positive denominator, not reduced.
///
/// All operations are checked: `None` means that the numbers are too long for an exact answer.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    num: i128,
    den: i128,
}

impl Ratio {
    /// `num / den`; `None` if `den` is zero.
    #[must_use]
    pub fn new(num: i128, den: i128) -> Option<Self> {
        match den.cmp(&0) {
            Ordering::Greater => Some(Self { num, den }),
            Ordering::Less => Some(Self {
                num: num.checked_neg()?,
                den: den.checked_neg()?,
            }),
            Ordering::Equal => None,
        }
    }

    /// The exact value of a decimal.
    #[must_use]
    pub fn from_decimal(value: Decimal) -> Self {
        let value = value.normalize();
        Self {
            num: value.mantissa(),
            den: 10_i128.pow(value.scale()),
        }
    }

    /// `part / whole`; `None` if `whole` is zero or the numbers are too long.
    #[must_use]
    pub fn of(part: Decimal, whole: Decimal) -> Option<Self> {
        let (p, w) = (Self::from_decimal(part), Self::from_decimal(whole));
        Self::new(p.num.checked_mul(w.den)?, p.den.checked_mul(w.num)?).map(Self::reduced)
    }

    /// The numerator.
    #[must_use]
    pub fn num(self) -> i128 {
        self.num
    }

    /// The denominator, positive.
    #[must_use]
    pub fn den(self) -> i128 {
        self.den
    }

    /// In lowest terms.
    #[must_use]
    pub fn reduced(self) -> Self {
        let (mut a, mut b) = (self.num.unsigned_abs(), self.den.unsigned_abs());
        while b != 0 {
            (a, b) = (b, a % b);
        }
        // The greatest common divisor divides the positive `i128` denominator, so it fits.
        let gcd = i128::try_from(a).unwrap_or(1).max(1);
        Self {
            num: self.num / gcd,
            den: self.den / gcd,
        }
    }

    /// Times a whole number (100 for a percentage).
    #[must_use]
    pub fn times(self, factor: i128) -> Option<Self> {
        Some(Self {
            num: self.num.checked_mul(factor)?,
            den: self.den,
        })
    }

    /// The difference.
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        let num = self
            .num
            .checked_mul(other.den)?
            .checked_sub(other.num.checked_mul(self.den)?)?;
        Some(
            Self {
                num,
                den: self.den.checked_mul(other.den)?,
            }
            .reduced(),
        )
    }

    /// The sum.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        // Decimals of different places: one denominator divides the other, and nothing needs to be reduced.
        let (fine, coarse) = if self.den >= other.den {
            (self, other)
        } else {
            (other, self)
        };
        if fine.den % coarse.den == 0 {
            let num = coarse.num.checked_mul(fine.den / coarse.den)?.checked_add(fine.num)?;
            return Some(Self { num, den: fine.den });
        }
        let (a, b) = (self.reduced(), other.reduced());
        let num = a.num.checked_mul(b.den)?.checked_add(b.num.checked_mul(a.den)?)?;
        Some(
            Self {
                num,
                den: a.den.checked_mul(b.den)?,
            }
            .reduced(),
        )
    }

    /// With the other sign.
    #[must_use]
    pub fn negated(self) -> Option<Self> {
        Some(Self {
            num: self.num.checked_neg()?,
            den: self.den,
        })
    }

    /// The product.
    #[must_use]
    pub fn multiplied(self, other: Self) -> Option<Self> {
        // Crosswise in lowest terms first, so that a product of long numbers fits if its value does.
        let a = Self {
            num: self.num,
            den: other.den,
        }
        .reduced();
        let b = Self {
            num: other.num,
            den: self.den,
        }
        .reduced();
        Some(Self {
            num: a.num.checked_mul(b.num)?,
            den: a.den.checked_mul(b.den)?,
        })
    }

    /// The quotient; `None` also if `other` is zero.
    #[must_use]
    pub fn divided(self, other: Self) -> Option<Self> {
        self.multiplied(Self::new(other.den, other.num)?)
    }

    /// The magnitude.
    #[must_use]
    pub fn abs(self) -> Option<Self> {
        Some(Self {
            num: self.num.checked_abs()?,
            den: self.den,
        })
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.num == 0
    }

    /// Compares exactly.
    #[must_use]
    pub fn compare(self, other: Self) -> Option<Ordering> {
        Some(self.num.checked_mul(other.den)?.cmp(&other.num.checked_mul(self.den)?))
    }

    /// Rounded half up (away from zero) to `decimals` places, for showing an expected figure.
    #[must_use]
    pub fn round_half_up(self, decimals: u32) -> Option<Decimal> {
        let scaled = self.num.checked_mul(10_i128.checked_pow(decimals)?)?;
        let twice = scaled.unsigned_abs().checked_mul(2)?;
        let den = self.den.unsigned_abs();
        let rounded = twice.checked_add(den)? / den.checked_mul(2)?;
        let rounded = i128::try_from(rounded).ok()?;
        Decimal::try_from_i128_with_scale(if self.num < 0 { -rounded } else { rounded }, decimals).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ratio(num: i128, den: i128) -> Ratio {
        Ratio::new(num, den).expect("a denominator")
    }

    #[track_caller]
    fn same(found: Option<Ratio>, num: i128, den: i128) {
        let found = found.expect("short numbers").reduced();
        assert_eq!((found.num(), found.den()), (num, den));
    }

    #[test]
    fn arithmetic_is_exact() {
        same(ratio(1, 10).plus(ratio(25, 100)), 7, 20);
        same(ratio(1, 3).plus(ratio(1, 6)), 1, 2);
        same(ratio(1, 3).plus(ratio(-1, 7)), 4, 21);
        same(ratio(3, 4).multiplied(ratio(-2, 9)), -1, 6);
        same(ratio(3, 4).divided(ratio(-3, 2)), -1, 2);
        same(ratio(-3, 4).negated(), 3, 4);
        assert!(ratio(0, 5).is_zero() && ratio(1, 2).divided(ratio(0, 1)).is_none());
    }

    #[test]
    fn what_is_too_long_is_refused_and_what_cancels_is_not() {
        let long = ratio(i128::MAX, 1);
        assert!(long.plus(ratio(1, 1)).is_none() && long.multiplied(long).is_none());
        same(long.multiplied(ratio(1, i128::MAX)), 1, 1);
        assert!(ratio(i128::MIN, 1).negated().is_none() && ratio(i128::MIN, 1).abs().is_none());
    }
}
