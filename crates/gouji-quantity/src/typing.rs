//! Slips of the keyboard: how near two numbers are as they are typed.

use crate::Decimal;

/// Whether one key wrongly pressed makes one number of the other: a digit replaced, dropped or added, or two neighbours swapped.
///
/// Both are compared without trailing zeros behind the point; the sign is part of the number.
#[must_use]
pub fn one_keystroke(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
    let (short, long) = (short.as_bytes(), long.as_bytes());
    match long.len() - short.len() {
        0 => {
            let differing = (0..long.len()).filter(|i| short[*i] != long[*i]).take(3).count();
            differing == 1 || neighbours_swapped(short, long)
        }
        1 => {
            let same = (0..short.len()).take_while(|i| short[*i] == long[*i]).count();
            short[same..] == long[same + 1..]
        }
        _ => false,
    }
}

/// Whether two neighbouring digits that changed places make one number of the other.
///
/// Of two numbers picked at random far fewer are so related than by [`one_keystroke`].
#[must_use]
pub fn swapped_digits(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    a != b && a.len() == b.len() && neighbours_swapped(a.as_bytes(), b.as_bytes())
}

fn neighbours_swapped(a: &[u8], b: &[u8]) -> bool {
    let differing: Vec<usize> = (0..a.len()).filter(|i| a[*i] != b[*i]).take(3).collect();
    matches!(differing[..], [i, j] if j == i + 1 && a[i] == b[j] && a[j] == b[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(a: &str, b: &str) -> bool {
        let number = |s: &str| s.parse::<Decimal>().expect("a number");
        one_keystroke(number(a), number(b))
    }

    #[test]
    fn one_key() {
        for (a, b) in [
            ("868", "867"),
            ("585", "558"),
            ("6265", "625"),
            ("97.3", "94.3"),
            ("10", "100"),
        ] {
            assert!(near(a, b) && near(b, a), "{a} {b}");
        }
    }

    #[test]
    fn swapped() {
        let number = |s: &str| s.parse::<Decimal>().expect("a number");
        for (a, b, expected) in [
            ("585", "558", true),
            ("57", "75", true),
            ("96.18", "96.81", true),
            ("868", "867", false),
            ("123", "321", false),
            ("10", "100", false),
            ("77", "77", false),
        ] {
            assert_eq!(swapped_digits(number(a), number(b)), expected, "{a} {b}");
        }
    }

    #[test]
    fn more_than_one_key_or_none() {
        for (a, b) in [
            ("868", "868"),
            ("41728", "41256"),
            ("5", "500"),
            ("123", "321"),
            ("8.44", "8.21"),
        ] {
            assert!(!near(a, b) && !near(b, a), "{a} {b}");
        }
    }
}
