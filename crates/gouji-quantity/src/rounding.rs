//! How a printed figure can have come from an exact value.

use std::cmp::Ordering;

use rust_decimal::Decimal;

use crate::Ratio;

/// How a printed figure relates to the exact value it should show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// The exact value needs no rounding.
    Exact,
    /// Rounded half up (四舍五入) to the printed places.
    HalfUp,
    /// Cut off (去尾): the exact value is less than one unit of the last place above, and half up would differ.
    CutOff,
    /// Rounded up (进一): the exact value is less than one unit of the last place below, and half up would differ.
    RoundedUp,
    /// More than rounding can explain.
    Off,
    /// The numbers are too long to tell.
    Untestable,
}

impl Agreement {
    /// Exact or half up: the contract's `holds`.
    #[must_use]
    pub fn holds(self) -> bool {
        matches!(self, Self::Exact | Self::HalfUp)
    }

    /// Explained only by cutting off or rounding up: the contract's `rounding`.
    #[must_use]
    pub fn is_rounding(self) -> bool {
        matches!(self, Self::CutOff | Self::RoundedUp)
    }
}

/// Compares a figure printed with `decimals` places with the exact value, both in the same scale
/// (a percentage is compared with 100 × part ÷ whole).
///
/// Half-up acceptance is `[v − u/2, v + u/2)` for `v ≥ 0`, mirrored below zero, where `u` is one unit of the last printed place;
/// cutting off gives `[v, v + u)`, rounding up `(v − u, v]`.
#[must_use]
pub fn agreement(printed: Decimal, decimals: u32, exact: Ratio) -> Agreement {
    compare(printed, decimals, exact).unwrap_or(Agreement::Untestable)
}

fn compare(printed: Decimal, decimals: u32, exact: Ratio) -> Option<Agreement> {
    let negative = printed.is_sign_negative() && !printed.is_zero() || printed.is_zero() && exact.num() < 0;
    let (printed, exact) = if negative {
        (-printed, exact.times(-1)?)
    } else {
        (printed, exact)
    };
    let unit = Decimal::try_from_i128_with_scale(1, decimals).ok()?;
    // d = exact − printed, in halves of a unit: |d| < 1 half-unit is half up, |d| < 2 one-sided rounding.
    let gap = exact.minus(Ratio::from_decimal(printed))?;
    let unit = Ratio::from_decimal(unit);
    let halves = Ratio::new(
        gap.num().checked_mul(2)?.checked_mul(unit.den())?,
        gap.den().checked_mul(unit.num())?,
    )?;
    let at = |n: i128| -> Option<Ordering> { halves.compare(Ratio::new(n, 1)?) };
    Some(if at(0)? == Ordering::Equal {
        Agreement::Exact
    } else if at(-1)? != Ordering::Less && at(1)? == Ordering::Less {
        Agreement::HalfUp
    } else if at(0)? == Ordering::Greater && at(2)? == Ordering::Less {
        Agreement::CutOff
    } else if at(0)? == Ordering::Less && at(-2)? == Ordering::Greater {
        Agreement::RoundedUp
    } else {
        Agreement::Off
    })
}

/// Whether some whole number of cases out of `whole` gives the percentage `printed` under the
/// tolerant acceptance set `[v − u/2, v + u)`. `None` if the numbers are too long.
#[must_use]
pub fn feasible(printed: Decimal, decimals: u32, whole: i128) -> Option<bool> {
    if whole <= 0 || printed.is_sign_negative() {
        return None;
    }
    let p = printed
        .checked_mul(Decimal::from(10_i64.checked_pow(decimals)?))?
        .round()
        .mantissa_at_zero()?;
    let scale = 10_i128.checked_pow(decimals)?.checked_mul(100)?;
    // (2P − 1)·n ≤ 2·s·k  and  s·k < (P + 1)·n
    let low = p.checked_mul(2)?.checked_sub(1)?.checked_mul(whole)?;
    let k = div_ceil(low, scale.checked_mul(2)?).max(0);
    Some(scale.checked_mul(k)? < p.checked_add(1)?.checked_mul(whole)?)
}

/// The percentages nearest below and above `printed` that whole numbers of cases out of `whole` give,
/// rounded half up to `decimals`, each with its number of cases.
#[must_use]
pub fn nearest_feasible(printed: Decimal, decimals: u32, whole: i128) -> Option<[(i128, Decimal); 2]> {
    if whole <= 0 || printed.is_sign_negative() {
        return None;
    }
    let exact = Ratio::from_decimal(printed);
    // Above 100 % the nearest are the last two.
    let k = (exact.num().checked_mul(whole)? / exact.den().checked_mul(100)?).min(whole - 1);
    let rate = |k: i128| Ratio::new(k.checked_mul(100)?, whole)?.round_half_up(decimals);
    Some([(k, rate(k)?), (k + 1, rate(k + 1)?)])
}

/// The share of printable percentages with `decimals` places that no whole number out of `whole` gives, in permille.
///
/// The feasibility test says nothing where this is small (`whole` large against the places printed).
#[must_use]
pub fn rounding_power(decimals: u32, whole: i128) -> u32 {
    let Some(values) = 10_i128.checked_pow(decimals).and_then(|p| p.checked_mul(100)) else {
        return 0;
    };
    if whole <= 0 {
        return 0;
    }
    // Each of the `whole` rates is hit by at most 1.5 printed values under the tolerant set.
    let hit = (whole.saturating_mul(3) / 2).min(values);
    u32::try_from((values - hit) * 1000 / values).unwrap_or(0)
}

fn div_ceil(a: i128, b: i128) -> i128 {
    a.div_euclid(b) + i128::from(a.rem_euclid(b) != 0)
}

/// The mantissa of a decimal that is a whole number.
trait MantissaAtZero {
    fn mantissa_at_zero(self) -> Option<i128>;
}

impl MantissaAtZero for Decimal {
    fn mantissa_at_zero(self) -> Option<i128> {
        let n = self.normalize();
        (n.scale() == 0).then(|| n.mantissa())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(printed: &str, part: i128, whole: i128) -> Agreement {
        let value: Decimal = printed.parse().expect("a decimal");
        agreement(value, value.scale(), Ratio::new(part * 100, whole).expect("not zero"))
    }

    #[test]
    fn styles_of_rounding() {
        assert_eq!(percent("94.7", 143, 151), Agreement::HalfUp);
        assert_eq!(percent("85", 17, 20), Agreement::Exact);
        assert_eq!(percent("62", 5, 8), Agreement::CutOff);
        assert_eq!(percent("13", 1, 8), Agreement::HalfUp);
        assert_eq!(percent("12", 1, 9), Agreement::RoundedUp);
        assert_eq!(percent("95.12", 391, 400), Agreement::Off);
        assert_eq!(percent("28.4", 41, 143), Agreement::Off);
    }

    #[test]
    fn below_zero_is_mirrored() {
        let value: Decimal = "-3.5".parse().expect("a decimal");
        assert_eq!(
            agreement(value, 1, Ratio::new(-355, 100).expect("not zero")),
            Agreement::CutOff
        );
        assert_eq!(
            agreement(value, 1, Ratio::new(-345, 100).expect("not zero")),
            Agreement::HalfUp
        );
    }

    #[test]
    fn feasibility_of_a_rate() {
        let f = |s: &str, n| {
            feasible(
                s.parse().expect("a decimal"),
                s.parse::<Decimal>().expect("a decimal").scale(),
                n,
            )
        };
        assert_eq!(f("87.35", 412), Some(false));
        assert_eq!(f("83.7", 829), Some(true));
        assert_eq!(f("100", 12), Some(true));
        assert!(rounding_power(2, 412) > 900);
        assert_eq!(rounding_power(1, 829), 0);
    }
}
