//! Numbers printed as fractions: `# ?/?`, `0 ??/100`.

use super::code::Token;
use crate::workbook::plain::Plain;

/// How a fraction is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    /// The whole part stands before it; `true` if also where it is 0.
    whole: Option<bool>,
    /// The denominator, or the largest that it may be.
    fixed: bool,
    denominator: i128,
}

impl Fraction {
    /// Reads the tokens of a section: digits of the whole part, a blank, digits, `/`, digits or a number.
    pub fn of(tokens: &[Token]) -> Option<Self> {
        const MOST: i128 = 999;
        let slash = tokens.iter().position(|t| matches!(t, Token::Literal(l) if l == "/"))?;
        let (before, after) = (&tokens[..slash], &tokens[slash + 1..]);
        let is_digit = |t: &&Token| matches!(t, Token::Digit(_));
        let n_over = before.iter().rev().take_while(is_digit).count();
        let rest = &before[..before.len() - n_over];
        let whole: Vec<char> = rest
            .iter()
            .filter_map(|t| if let Token::Digit(c) = t { Some(*c) } else { None })
            .collect();
        let blank = |t: &&Token| matches!(t, Token::Literal(l) if l.trim().is_empty());
        if n_over == 0 || rest.iter().any(|t| !is_digit(&t) && !blank(&t)) {
            return None;
        }
        let mut written = String::new();
        let mut places = 0;
        for token in after.iter().filter(|t| !blank(t)) {
            match token {
                Token::Digit('0') if !written.is_empty() => written.push('0'),
                Token::Digit(_) if written.is_empty() => places += 1,
                Token::Literal(l) if places == 0 && l.bytes().all(|b| b.is_ascii_digit()) => written.push_str(l),
                _ => return None,
            }
        }
        let fixed = !written.is_empty();
        let denominator = if fixed {
            written.parse().ok().filter(|n| (1..=10_000).contains(n))?
        } else {
            10_i128.pow(u32::try_from(places).ok().filter(|n| (1..=3).contains(n))?) - 1
        };
        Some(Self {
            whole: (!whole.is_empty()).then(|| whole.contains(&'0')),
            fixed,
            denominator: if fixed { denominator } else { denominator.min(MOST) },
        })
    }

    /// A magnitude as printed.
    pub fn print(self, value: &Plain) -> Option<String> {
        let value = value.ratio()?.abs()?.reduced();
        let (num, den) = (value.num(), value.den());
        let (mut whole, rest) = match self.whole {
            Some(_) => (num / den, num % den),
            None => (0, num),
        };
        // The nearest n/d, the smallest d of those: rest/den against n/d is |rest·d − n·den| over den·d.
        let first = if self.fixed { self.denominator } else { 1 };
        let mut best: Option<(i128, i128, i128)> = None;
        for d in first..=self.denominator {
            let scaled = rest.checked_mul(d)?;
            let n = scaled.checked_mul(2)?.checked_add(den)? / den.checked_mul(2)?;
            let gap = scaled.checked_sub(n.checked_mul(den)?)?.abs();
            let nearer = match best {
                Some((_, other, least)) => gap.checked_mul(other)? < least.checked_mul(d)?,
                None => true,
            };
            if nearer {
                best = Some((n, d, gap));
            }
        }
        let (mut n, d, _) = best?;
        if self.whole.is_some() && n == d {
            (whole, n) = (whole + 1, 0);
        }
        Some(match self.whole {
            Some(_) if n == 0 => whole.to_string(),
            Some(false) if whole == 0 => format!("{n}/{d}"),
            Some(_) => format!("{whole} {n}/{d}"),
            None => format!("{n}/{d}"),
        })
    }
}
