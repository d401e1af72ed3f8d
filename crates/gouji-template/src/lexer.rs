//! Words of an expression. Full-width signs and brackets mean the same as half-width ones.

use crate::number::Number;
use crate::problem::What;

/// A word of an expression.
#[derive(Debug, Clone)]
pub(crate) enum Token {
    Number(Number),
    Text(String),
    /// Parts of a name between dots.
    Name(Vec<String>),
    Sign(Sign),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Plus,
    Minus,
    Times,
    Over,
    Open,
    Close,
    Comma,
    Equal,
    Unequal,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

/// Longest expression, in tokens; real ones have about ten.
const MOST_TOKENS: usize = 400;

/// Takes an expression apart.
pub(crate) fn tokens(text: &str) -> Result<Vec<Token>, What> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(c) = rest.chars().next() {
        if out.len() >= MOST_TOKENS {
            return Err(What::TooMuch);
        }
        let (token, len) = if let Some((sign, len)) = sign(rest) {
            (Token::Sign(sign), len)
        } else if let Some(close) = closing_quote(c) {
            let from = c.len_utf8();
            let to = rest[from..].find(close).ok_or_else(|| unexpected(rest))?;
            (
                Token::Text(rest[from..from + to].to_owned()),
                from + to + close.len_utf8(),
            )
        } else if let Some((number, len)) = number(rest) {
            (Token::Number(number), len)
        } else {
            name(rest).ok_or_else(|| unexpected(rest))?
        };
        out.push(token);
        rest = rest[len..].trim_start();
    }
    Ok(out)
}

pub(crate) fn unexpected(rest: &str) -> What {
    What::Unexpected(rest.chars().take(12).collect())
}

/// The quotation mark that closes the text that `open` opens.
pub(crate) fn closing_quote(open: char) -> Option<char> {
    match open {
        '"' | '\'' => Some(open),
        '“' => Some('”'),
        '‘' => Some('’'),
        _ => None,
    }
}

fn sign(rest: &str) -> Option<(Sign, usize)> {
    let signs = [
        ("<=", Sign::AtMost),
        ("≤", Sign::AtMost),
        (">=", Sign::AtLeast),
        ("≥", Sign::AtLeast),
        ("!=", Sign::Unequal),
        ("≠", Sign::Unequal),
        ("<>", Sign::Unequal),
        ("==", Sign::Equal),
        ("=", Sign::Equal),
        ("＝", Sign::Equal),
        ("<", Sign::Less),
        ("＜", Sign::Less),
        (">", Sign::Greater),
        ("＞", Sign::Greater),
        ("+", Sign::Plus),
        ("＋", Sign::Plus),
        ("-", Sign::Minus),
        ("－", Sign::Minus),
        ("−", Sign::Minus),
        ("*", Sign::Times),
        ("×", Sign::Times),
        ("/", Sign::Over),
        ("÷", Sign::Over),
        ("(", Sign::Open),
        ("（", Sign::Open),
        (")", Sign::Close),
        ("）", Sign::Close),
        (",", Sign::Comma),
        ("，", Sign::Comma),
        ("、", Sign::Comma),
    ];
    signs
        .into_iter()
        .find_map(|(text, sign)| rest.starts_with(text).then_some((sign, text.len())))
}

/// A number that no letter follows: `12345热线` is a name.
fn number(rest: &str) -> Option<(Number, usize)> {
    let len = rest
        .find(|c: char| !(c.is_ascii_digit() || c == '.'))
        .unwrap_or(rest.len());
    let after = &rest[len..];
    let percent = after.starts_with(['%', '％']);
    if len == 0 || !percent && after.starts_with(is_letter) {
        return None;
    }
    let len = if percent {
        len + after.chars().next()?.len_utf8()
    } else {
        len
    };
    Number::parse(&rest[..len]).map(|number| (number, len))
}

/// Parts between dots; a part in square brackets may hold anything but those.
fn name(rest: &str) -> Option<(Token, usize)> {
    let mut parts = Vec::new();
    let mut at = 0;
    loop {
        let here = &rest[at..];
        if let Some(inner) = here.strip_prefix('[') {
            let len = inner.find(']')?;
            parts.push(inner[..len].trim().to_owned());
            at += len + 2;
        } else {
            let len = here.find(|c: char| !is_letter(c)).unwrap_or(here.len());
            if len == 0 {
                return None;
            }
            parts.push(here[..len].to_owned());
            at += len;
        }
        match rest[at..].strip_prefix(['.', '．', '·']) {
            Some(next) if next.starts_with(|c: char| is_letter(c) || c == '[') => at = rest.len() - next.len(),
            _ => return Some((Token::Name(parts), at)),
        }
    }
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let word = |token: &Token| match token {
            Token::Number(n) => format!("{}", n.value.num()),
            Token::Text(text) => format!("“{text}”"),
            Token::Name(parts) => parts.join("/"),
            Token::Sign(sign) => format!("{sign:?}"),
        };
        tokens(text).unwrap().iter().map(word).collect()
    }

    #[test]
    fn full_width_is_half_width() {
        assert_eq!(words("占比（甲，乙，1）"), words("占比(甲, 乙, 1)"));
        assert_eq!(words("得分≥60"), ["得分", "AtLeast", "60"]);
    }

    #[test]
    fn names_may_start_with_digits_and_hold_anything_in_brackets() {
        assert_eq!(words("12345热线.受理 - 3"), ["12345热线/受理", "Minus", "3"]);
        assert_eq!(words("抽检.[合格率（%）]"), ["抽检/合格率（%）"]);
        assert_eq!(words("类别 = “投诉”"), ["类别", "Equal", "“投诉”"]);
    }

    #[test]
    fn the_rest_is_refused() {
        for text in ["甲 ? 乙", "“甲", "抽检.[合格", "\u{0}"] {
            assert!(tokens(text).is_err(), "{text}");
        }
        assert!(matches!(tokens(&"1 ".repeat(500)), Err(What::TooMuch)));
    }
}
