//! Numbers printed digit by digit: `0.00`, `#,##0`, `0.0%`.

use super::code::{Section, Token};
use crate::workbook::plain::Plain;

/// A magnitude as the digits of a section print it; `None` if it has more than some hundred.
pub(super) fn print_digits(section: &Section, value: &Plain) -> Option<String> {
    let tokens = &section.tokens;
    let point = tokens.iter().position(|t| *t == Token::Point).unwrap_or(tokens.len());
    let is_digit = |t: &&Token| matches!(t, Token::Digit(_));
    let n_whole = tokens[..point].iter().filter(is_digit).count();
    let places = || {
        let behind = tokens[point..].iter();
        behind.filter_map(|t| if let Token::Digit(c) = t { Some(*c) } else { None })
    };
    let n_places = places().count();
    let last_whole = tokens[..point].iter().rposition(|t| matches!(t, Token::Digit(_)));
    let after_last = last_whole.map_or(0, |at| at + 1);
    let scale = tokens[after_last..point]
        .iter()
        .take_while(|t| **t == Token::Comma)
        .count();
    let grouped = tokens[..last_whole.unwrap_or(0)].contains(&Token::Comma);
    let percents = tokens.iter().filter(|t| **t == Token::Percent).count();
    let shift = i32::try_from(percents * 2).ok()? - i32::try_from(scale * 3).ok()?;
    let (digits, n_before) = value.clone().magnitude().shifted(shift).fixed(n_places)?;
    let (whole, fraction) = digits.split_at(n_before);

    // The last place that must be shown, or has something to show.
    let shown_places = places()
        .zip(fraction.bytes())
        .enumerate()
        .filter(|(_, (place, digit))| *place == '0' || *digit != b'0')
        .last()
        .map_or(0, |(at, _)| at + 1);
    let whole = whole.as_bytes();
    let mut out = String::with_capacity(32);
    let mut fraction = fraction.chars();
    let (mut whole_seen, mut place_seen) = (0, 0);
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::Literal(text) => out.push_str(text),
            Token::Percent => out.push('%'),
            Token::Point if shown_places > 0 || n_places == 0 || n_whole == 0 => out.push('.'),
            Token::Digit(kind) if at < point => {
                let position = n_whole - 1 - whole_seen;
                let highest = if whole_seen == 0 {
                    position.max(whole.len().saturating_sub(1))
                } else {
                    position
                };
                whole_seen += 1;
                for position in (position..=highest).rev() {
                    let digit = match whole.len().checked_sub(position + 1) {
                        Some(index) => Some(char::from(whole[index])),
                        None => (*kind == '0').then_some('0'),
                    };
                    if let Some(digit) = digit {
                        out.push(digit);
                        if grouped && position > 0 && position % 3 == 0 {
                            out.push(',');
                        }
                    }
                }
            }
            Token::Digit(_) => {
                place_seen += 1;
                let digit = fraction.next();
                if place_seen <= shown_places {
                    out.extend(digit);
                }
            }
            _ => {}
        }
    }
    Some(out)
}
