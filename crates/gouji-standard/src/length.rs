use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

/// A length in twentieths of a point (1/1440 inch), the unit of WordprocessingML.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Twips(pub i32);

/// A length in hundredths of a millimetre, the unit of the standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mm {
    hundredths: i32,
}

/// A type size in half points, the unit of `w:sz`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HalfPoints(pub u32);

/// The weight of a rule in eighths of a point, the unit of a border's `w:sz`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EighthPoints(pub u32);

/// A width in half characters: a Chinese character (字) counts 2, a digit or Latin letter 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct HalfChars(pub i32);

impl Mm {
    /// Whole millimetres.
    #[must_use]
    pub const fn whole(mm: i32) -> Self {
        Self { hundredths: mm * 100 }
    }

    /// Hundredths of a millimetre.
    #[must_use]
    pub const fn hundredths(hundredths: i32) -> Self {
        Self { hundredths }
    }

    /// The nearest whole number of twips.
    #[must_use]
    pub const fn twips(self) -> Twips {
        // 1 mm = 1440 / 25.4 twips.
        let doubled = self.hundredths * 1440 * 2;
        let step = 2540 * 2;
        Twips((doubled + step / 2).div_euclid(step))
    }
}

impl HalfPoints {
    /// The height of the type.
    #[must_use]
    pub const fn twips(self) -> Twips {
        Twips(self.0 as i32 * 10)
    }
}

impl HalfChars {
    /// Whole characters (字).
    #[must_use]
    pub const fn chars(n: i32) -> Self {
        Self(n * 2)
    }

    /// The width when a character is `character` wide, rounded up to a whole twip.
    #[must_use]
    pub const fn twips(self, character: Twips) -> Twips {
        Twips((self.0 * character.0 + 1).div_euclid(2))
    }

    /// In hundredths of a character, the unit of `w:firstLineChars`.
    #[must_use]
    pub const fn hundredths(self) -> i32 {
        self.0 * 50
    }
}

impl Add for Twips {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for Twips {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl Mul<i32> for Twips {
    type Output = Self;
    fn mul(self, times: i32) -> Self {
        Self(self.0 * times)
    }
}

impl Neg for Twips {
    type Output = Self;
    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl Add for HalfChars {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0 + other.0)
    }
}

impl Sub for HalfChars {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0 - other.0)
    }
}

impl fmt::Display for Twips {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for HalfPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for EighthPoints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl fmt::Display for Mm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.hundredths / 100, self.hundredths.rem_euclid(100));
        match rest {
            0 => write!(f, "{whole}"),
            r if r % 10 == 0 => write!(f, "{whole}.{}", r / 10),
            r => write!(f, "{whole}.{r:02}"),
        }
    }
}

impl fmt::Display for HalfChars {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.0 / 2, if self.0 % 2 == 0 { "" } else { ".5" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn millimetres_round_to_the_nearest_twip() {
        assert_eq!(Mm::whole(37).twips(), Twips(2098)); // 2097.6
        assert_eq!(Mm::whole(28).twips(), Twips(1587)); // 1587.4
        assert_eq!(Mm::whole(156).twips(), Twips(8844));
        assert_eq!(Mm::whole(-7).twips(), Twips(-397)); // -396.9
    }

    #[test]
    fn half_characters_round_up() {
        assert_eq!(HalfChars::chars(2).twips(Twips(315)), Twips(630));
        assert_eq!(HalfChars(3).twips(Twips(315)), Twips(473));
        assert_eq!(HalfChars(3).hundredths(), 150);
    }

    #[test]
    fn lengths_print_as_people_write_them() {
        assert_eq!(Mm::hundredths(35).to_string(), "0.35");
        assert_eq!(Mm::hundredths(350).to_string(), "3.5");
        assert_eq!(Mm::whole(210).to_string(), "210");
        assert_eq!(HalfChars(9).to_string(), "4.5");
    }
}
