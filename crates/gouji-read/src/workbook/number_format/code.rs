//! A format code taken apart: sections of tokens.

use super::fraction::Fraction;

/// A piece of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    Literal(String),
    /// `0`, `#` or `?`.
    Digit(char),
    Point,
    Comma,
    Percent,
    Text,
    General,
    Year(usize),
    /// Month, or minute beside hours or seconds.
    M(usize),
    Day(usize),
    /// Weekday: 3 for 三, 4 for 星期三.
    Weekday(usize),
    Hour(usize),
    Second(usize),
    HalfDay,
    ElapsedHours,
    ElapsedMinutes,
    ElapsedSeconds,
}

/// What prints the values of one sign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Section {
    /// Its pieces, in order.
    pub tokens: Vec<Token>,
    /// It holds what is not printed here.
    pub unknown: bool,
    /// It asks for Chinese numerals.
    pub chinese_digits: bool,
    /// A fraction.
    pub fraction: Option<Fraction>,
}

impl Section {
    /// It prints days or times.
    pub fn is_date(&self) -> bool {
        self.tokens.iter().any(|t| {
            !matches!(
                t,
                Token::Literal(_)
                    | Token::Digit(_)
                    | Token::Point
                    | Token::Comma
                    | Token::Percent
                    | Token::Text
                    | Token::General
            )
        })
    }

    /// It has this piece.
    pub fn has(&self, token: &Token) -> bool {
        self.tokens.contains(token)
    }

    /// It has places for digits.
    pub fn has_digits(&self) -> bool {
        self.tokens.iter().any(|t| matches!(t, Token::Digit(_)))
    }
}

/// The sections of a code.
pub(super) fn compile(code: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut rest = code;
    while let Some(c) = rest.chars().next() {
        let Some(section) = sections.last_mut() else { break };
        let tail = &rest[c.len_utf8()..];
        let (token, used) = match c {
            ';' => {
                sections.push(Section::default());
                rest = tail;
                continue;
            }
            '"' => {
                let len = tail.find('"').unwrap_or(tail.len());
                (
                    Some(Token::Literal(tail[..len].to_owned())),
                    (1 + len + 1).min(rest.len()),
                )
            }
            // East Asian spreadsheets take `!` for the other: `0!.0,"万"` shows 123456 as 12.3万.
            '\\' | '!' => {
                let next = tail.chars().next();
                (
                    next.map(|n| Token::Literal(n.to_string())),
                    1 + next.map_or(0, char::len_utf8),
                )
            }
            // A blank as wide as the next character, and a fill with it.
            '_' | '*' => (None, 1 + tail.chars().next().map_or(0, char::len_utf8)),
            '[' => {
                let len = tail.find(']').unwrap_or(tail.len());
                let token = bracketed(&tail[..len], section);
                (token, (1 + len + 1).min(rest.len()))
            }
            '0' | '#' | '?' => (Some(Token::Digit(c)), 1),
            '.' => (Some(Token::Point), 1),
            ',' => (Some(Token::Comma), 1),
            '%' => (Some(Token::Percent), 1),
            '@' => (Some(Token::Text), 1),
            _ => lettered(rest, c, section),
        };
        section.tokens.extend(token);
        rest = &rest[used..];
    }
    for section in &mut sections {
        settle(section);
    }
    sections
}

/// `[Red]`, `[$-804]`, `[h]`, `[DBNum1]`, `[>=100]`.
fn bracketed(inside: &str, section: &mut Section) -> Option<Token> {
    let lower = inside.to_ascii_lowercase();
    if let Some(currency) = inside.strip_prefix('$') {
        let mark = currency.split('-').next().unwrap_or("");
        return (!mark.is_empty()).then(|| Token::Literal(mark.to_owned()));
    }
    match lower.as_str() {
        "h" | "hh" => Some(Token::ElapsedHours),
        "m" | "mm" => Some(Token::ElapsedMinutes),
        "s" | "ss" => Some(Token::ElapsedSeconds),
        _ if lower.starts_with("dbnum") => {
            section.chinese_digits = true;
            None
        }
        _ => {
            section.unknown |= lower.starts_with(['<', '>', '=']);
            None
        }
    }
}

/// A token that begins with a letter or stands for itself, and the bytes it takes.
fn lettered(rest: &str, c: char, section: &mut Section) -> (Option<Token>, usize) {
    let starts = |word: &str| rest.get(..word.len()).is_some_and(|r| r.eq_ignore_ascii_case(word));
    for word in ["General", "G/通用格式"] {
        if starts(word) {
            return (Some(Token::General), word.len());
        }
    }
    for word in ["AM/PM", "A/P", "上午/下午"] {
        if starts(word) {
            return (Some(Token::HalfDay), word.len());
        }
    }
    let run = rest.chars().take_while(|r| r.eq_ignore_ascii_case(&c)).count();
    let token = match c.to_ascii_lowercase() {
        'y' => Token::Year(run),
        'm' => Token::M(run),
        'd' if run >= 3 => Token::Weekday(run),
        'd' => Token::Day(run),
        'a' if run >= 3 => Token::Weekday(run),
        'h' => Token::Hour(run),
        's' => Token::Second(run),
        'e' => {
            if rest[1..].starts_with(['+', '-']) {
                section.unknown = true;
                return (None, 2);
            }
            // The year of the era, which in Chinese is the year.
            Token::Year(4)
        }
        'b' if run >= 2 => Token::Year(4),
        _ => return (Some(Token::Literal(c.to_string())), c.len_utf8()),
    };
    (Some(token), run * c.len_utf8())
}

/// What only shows once a section is whole.
fn settle(section: &mut Section) {
    let is_date = section.is_date();
    if is_date {
        // In a date, `.`, `,` and `%` only stand for themselves.
        for token in &mut section.tokens {
            let own = match token {
                Token::Point => ".",
                Token::Comma => ",",
                Token::Percent => "%",
                _ => continue,
            };
            *token = Token::Literal(own.to_owned());
        }
    }
    section.unknown |= is_date && section.has_digits();
    let is_slash = |t: &Token| matches!(t, Token::Literal(l) if l == "/");
    if section.has_digits() && section.tokens.iter().any(is_slash) {
        section.fraction = Fraction::of(&section.tokens);
        section.unknown |= section.fraction.is_none();
    }
}
