use std::cmp::Ordering;

use rust_decimal::Decimal;

/// The set of true values that a printed figure can stand for, ends open or closed each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Lower end.
    pub low: Decimal,
    /// Whether the lower end belongs to it.
    pub low_closed: bool,
    /// Upper end.
    pub high: Decimal,
    /// Whether the upper end belongs to it.
    pub high_closed: bool,
}

impl Interval {
    /// Just one value: a count.
    #[must_use]
    pub fn point(value: Decimal) -> Self {
        Self {
            low: value,
            low_closed: true,
            high: value,
            high_closed: true,
        }
    }

    /// The tolerant set of a figure rounded to unit `ulp`: `[v − u/2, v + u)` for `v ≥ 0`, mirrored below zero.
    #[must_use]
    pub fn tolerant(value: Decimal, ulp: Decimal) -> Option<Self> {
        let half = ulp.checked_div(Decimal::TWO)?;
        Some(if value.is_sign_negative() {
            Self {
                low: value.checked_sub(ulp)?,
                low_closed: false,
                high: value.checked_add(half)?,
                high_closed: true,
            }
        } else {
            Self {
                low: value.checked_sub(half)?,
                low_closed: true,
                high: value.checked_add(ulp)?,
                high_closed: false,
            }
        })
    }

    /// What rounds half up (or down) to a figure of unit `ulp`: `[v − u/2, v + u/2]`, both ends open to doubt and so in it.
    #[must_use]
    pub fn nearest(value: Decimal, ulp: Decimal) -> Option<Self> {
        let half = ulp.checked_div(Decimal::TWO)?;
        Some(Self {
            low: value.checked_sub(half)?,
            low_closed: true,
            high: value.checked_add(half)?,
            high_closed: true,
        })
    }

    /// What is cut off to a figure of unit `ulp`: `[v, v + u)` for `v ≥ 0`, mirrored below zero.
    #[must_use]
    pub fn cut_off(value: Decimal, ulp: Decimal) -> Option<Self> {
        let negative = value.is_sign_negative();
        Some(Self {
            low: if negative { value.checked_sub(ulp)? } else { value },
            low_closed: !negative,
            high: if negative { value } else { value.checked_add(ulp)? },
            high_closed: negative,
        })
    }

    /// The sum of two sets.
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self {
            low: self.low.checked_add(other.low)?,
            low_closed: self.low_closed && other.low_closed,
            high: self.high.checked_add(other.high)?,
            high_closed: self.high_closed && other.high_closed,
        })
    }

    /// The set of the negatives.
    #[must_use]
    pub fn negated(self) -> Self {
        Self {
            low: -self.high,
            low_closed: self.high_closed,
            high: -self.low,
            high_closed: self.low_closed,
        }
    }

    /// Whether the two share a value.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        let below = |a: Self, b: Self| match a.high.cmp(&b.low) {
            Ordering::Less => true,
            Ordering::Equal => !(a.high_closed && b.low_closed),
            Ordering::Greater => false,
        };
        !below(self, other) && !below(other, self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(s: &str) -> Decimal {
        s.parse().expect("a decimal")
    }

    #[test]
    fn sets_that_touch_need_both_ends() {
        let a = Interval::tolerant(d("3.3"), d("0.1")).expect("short");
        let b = Interval {
            low: d("3.4"),
            low_closed: true,
            high: d("4"),
            high_closed: true,
        };
        assert!(!a.meets(b), "3.4 is not in [3.25, 3.4)");
        assert!(a.meets(Interval::point(d("3.25"))));
    }

    #[test]
    fn each_way_of_rounding_has_its_set() {
        let near = Interval::nearest(d("3.3"), d("0.1")).expect("short");
        assert!(near.meets(Interval::point(d("3.35"))) && !near.meets(Interval::point(d("3.36"))));
        let cut = Interval::cut_off(d("3.3"), d("0.1")).expect("short");
        assert!(cut.meets(Interval::point(d("3.3"))) && !cut.meets(Interval::point(d("3.4"))));
        let below = Interval::cut_off(d("-3.3"), d("0.1")).expect("short");
        assert!(below.meets(Interval::point(d("-3.39"))) && !below.meets(Interval::point(d("-3.2"))));
    }
}
