//! Slips of typing: which numbers one keystroke makes of a number, and how one number may have become another.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use crate::model::RepairCause;

/// Longer numbers than this have no variants, and differ by too much to be told apart.
const LONGEST: usize = 12;

/// The values that a person may have meant to type, one keystroke away from what is printed: a digit replaced, left out or
/// put in, two neighbours swapped, the point one place off, one more or less. As printed, with the same decimals; in
/// ascending order.
pub(super) fn variants(printed: Decimal) -> BTreeSet<Decimal> {
    let mut found = BTreeSet::new();
    let scale = printed.scale();
    let mantissa = printed.mantissa();
    let digits = mantissa.unsigned_abs().to_string().into_bytes();
    if digits.len() > LONGEST {
        return found;
    }
    let sign = if mantissa < 0 { -1 } else { 1 };
    let mut add = |digits: &[u8]| {
        let value = std::str::from_utf8(digits)
            .ok()
            .filter(|text| text.len() == 1 || !text.starts_with('0') || scale > 0)
            .and_then(|text| text.parse::<i128>().ok())
            .and_then(|units| Decimal::try_from_i128_with_scale(sign * units, scale).ok());
        found.extend(value.filter(|value| *value != printed));
    };
    for at in 0..digits.len() {
        let mut other = digits.clone();
        for digit in b'0'..=b'9' {
            other[at] = digit;
            add(&other);
        }
        let mut shorter = digits.clone();
        shorter.remove(at);
        add(&shorter);
        if at + 1 < digits.len() {
            let mut swapped = digits.clone();
            swapped.swap(at, at + 1);
            add(&swapped);
        }
    }
    for at in 0..=digits.len() {
        let mut longer = digits.clone();
        longer.insert(at, b'0');
        for digit in b'0'..=b'9' {
            longer[at] = digit;
            add(&longer);
        }
    }
    for step in [-1, 1] {
        add((mantissa.abs() + step).max(0).to_string().as_bytes());
    }
    found
}

/// How one number may have been typed for the other.
pub(super) fn cause(from: &str, to: &str) -> RepairCause {
    let digits = |s: &str| s.chars().filter(|c| !matches!(c, ',' | '，')).collect::<Vec<char>>();
    let is_point = |c: &char| matches!(c, '.' | '．');
    let (a, b) = (digits(from), digits(to));
    let same_places = a.iter().position(is_point) == b.iter().position(is_point);
    // A digit more or less moves the point of a number with decimals.
    let bare = |n: Vec<char>| n.into_iter().filter(|c| !is_point(c)).collect::<Vec<char>>();
    let (length, other_length) = (a.len(), b.len());
    let (a, b) = (bare(a), bare(b));
    if length == other_length {
        let differing: Vec<usize> = (0..a.len().min(b.len())).filter(|at| a[*at] != b[*at]).collect();
        return match differing.as_slice() {
            [_] if same_places => RepairCause::DigitSlip,
            [x, y] if same_places && y - x == 1 && a[*x] == b[*y] && a[*y] == b[*x] => RepairCause::Swapped,
            // 9.48 without its last digit is 0.94.
            _ if one_digit_more(without_zeros(&a), without_zeros(&b)) => RepairCause::DigitCount,
            _ => RepairCause::Other,
        };
    }
    if one_digit_more(&a, &b) {
        RepairCause::DigitCount
    } else {
        RepairCause::Other
    }
}

/// Digits without the zeros before them.
fn without_zeros(digits: &[char]) -> &[char] {
    let zeros = digits.iter().take_while(|c| **c == '0').count();
    &digits[zeros..]
}

/// Whether one number is the other with one digit more.
fn one_digit_more(a: &[char], b: &[char]) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let same = short.iter().zip(long).take_while(|(x, y)| x == y).count();
    long.len() == short.len() + 1 && short[same..] == long[same + 1..]
}

/// Fewest characters replaced, added or left out between two numbers; two neighbours swapped count as one.
pub(super) fn distance(from: &str, to: &str) -> usize {
    if cause(from, to) == RepairCause::Swapped {
        return 1;
    }
    let (a, b): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    if a.len() > 2 * LONGEST || b.len() > 2 * LONGEST {
        return 2 * LONGEST;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(s: &str) -> Decimal {
        s.parse().expect("a decimal")
    }

    #[test]
    fn causes() {
        assert_eq!(cause("1,357", "1,375"), RepairCause::Swapped);
        assert_eq!(cause("4731", "473"), RepairCause::DigitCount);
        assert_eq!(cause("1,250", "125"), RepairCause::DigitCount);
        assert_eq!(cause("862.45", "86.24"), RepairCause::DigitCount);
        assert_eq!(cause("0.94", "9.48"), RepairCause::DigitCount);
        assert_eq!(cause("0.94", "8.52"), RepairCause::Other);
        assert_eq!(cause("31.52", "35.12"), RepairCause::Swapped, "across the point");
        assert_eq!(cause("12", "97"), RepairCause::Other);
    }

    #[test]
    fn distances() {
        assert_eq!(distance("86.24", "85.20"), 2);
        assert_eq!(distance("1357", "1375"), 1);
        assert_eq!(distance("204618", "203459"), 4);
    }

    #[test]
    fn one_keystroke_away() {
        let of = |printed: &str| variants(d(printed));
        for (printed, meant) in [
            ("44", "4"),
            ("650", "950"),
            ("125", "1250"),
            ("5372.08", "53720.80"),
            ("81", "18"),
            ("99", "100"),
        ] {
            assert!(of(printed).contains(&d(meant)), "{printed} for {meant}");
        }
        for (printed, far) in [("44", "71"), ("650", "123"), ("44", "44")] {
            assert!(!of(printed).contains(&d(far)), "{printed} for {far}");
        }
        assert!(!of("105").contains(&d("5")), "no leading zero is typed");
        assert!(of("79228162514264337593543950335").is_empty(), "too long");
        assert!(of("0").iter().all(|v| !v.is_sign_negative()));
    }
}
