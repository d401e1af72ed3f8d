//! The parts of a document number (发文字号), read character by character.

use std::ops::Range;

/// A document number: `禾办函〔2024〕27号`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DocumentNumber<'a> {
    /// What stands before the year: the agency's code.
    pub(crate) agency: &'a str,
    /// The year.
    pub(crate) year: i32,
    /// The year stands in 〔〕.
    pub(crate) hexagonal: bool,
    /// What stands behind the year: `27号`.
    pub(crate) serial: &'a str,
}

const OPEN: [char; 8] = ['〔', '[', '［', '(', '（', '【', '﹝', '〈'];
const CLOSE: [char; 8] = ['〕', ']', '］', ')', '）', '】', '﹞', '〉'];

/// A year in brackets at the start of `text`: the year, whether the brackets are hexagonal, and the length.
fn bracketed_year(text: &str) -> Option<(i32, bool, usize)> {
    let open = text.chars().next().filter(|c| OPEN.contains(c))?;
    let rest = &text[open.len_utf8()..];
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let year: i32 = rest[..digits].parse().ok().filter(|y| (1949..=2199).contains(y))?;
    let close = rest[digits..].chars().next().filter(|c| CLOSE.contains(c))?;
    let hexagonal = matches!((open, close), ('〔', '〕') | ('﹝', '﹞'));
    Some((year, hexagonal, open.len_utf8() + digits + close.len_utf8()))
}

impl<'a> DocumentNumber<'a> {
    /// Reads a whole string; `None` if it has no year of four digits in brackets.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        text.char_indices()
            .filter(|(_, c)| OPEN.contains(c))
            .find_map(|(at, _)| {
                let (year, hexagonal, len) = bracketed_year(&text[at..])?;
                Some(Self {
                    agency: text[..at].trim(),
                    year,
                    hexagonal,
                    serial: text[at + len..].trim(),
                })
            })
    }
}

/// The number of an announcement (公告, 通告, 令), which has no agency's code: `2021年第43号`, `第7号`, in brackets or not.
pub(crate) fn is_announcement_number(text: &str) -> bool {
    let bare = text.trim().trim_start_matches(OPEN).trim_end_matches(CLOSE);
    let year = bare
        .split_once('年')
        .filter(|(year, _)| year.len() == 4 && is_digits(year));
    let serial = year.map_or(bare, |(_, rest)| rest).trim();
    serial
        .strip_prefix('第')
        .and_then(|s| s.strip_suffix('号'))
        .is_some_and(|digits| is_digits(digits.trim()))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// Document numbers cited in a text: a year in brackets behind a Chinese word, digits, 号. The ranges begin at the bracket.
pub(crate) fn citations(text: &str) -> Vec<(Range<usize>, DocumentNumber<'_>)> {
    let mut out = Vec::new();
    let mut before = None;
    for (at, c) in text.char_indices() {
        let behind_word = before.is_some_and(|b: char| b.is_alphabetic());
        before = Some(c);
        if !behind_word || !OPEN.contains(&c) {
            continue;
        }
        let Some((year, hexagonal, len)) = bracketed_year(&text[at..]) else {
            continue;
        };
        let serial = &text[at + len..];
        let digits = serial.len() - serial.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if digits == 0 || digits > 5 || !serial[digits..].starts_with('号') {
            continue;
        }
        let end = at + len + digits + '号'.len_utf8();
        out.push((
            at..end,
            DocumentNumber {
                agency: "",
                year,
                hexagonal,
                serial: &text[at + len..end],
            },
        ));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_number() {
        let number = DocumentNumber::parse("禾办函〔2024〕27号").expect("a number");
        assert_eq!(
            (number.agency, number.year, number.hexagonal, number.serial),
            ("禾办函", 2024, true, "27号")
        );
        assert_eq!(DocumentNumber::parse("第45期"), None);
        assert_eq!(DocumentNumber::parse("〔20245〕1号"), None);
    }

    #[test]
    fn numbers_of_announcements() {
        for number in ["2021年第43号", "（2021年第 43 号）", "第7号", "(第7号)"] {
            assert!(is_announcement_number(number), "{number}");
        }
        for number in ["禾办函〔2024〕27号", "〔2024〕27号", "2021年43号", "第七期", ""] {
            assert!(!is_announcement_number(number), "{number}");
        }
    }

    #[test]
    fn citations_in_a_text() {
        let found = citations("据禾府发〔2021〕63号、禾府函（2022）3号，以及（2020）的安排");
        assert_eq!(found.iter().map(|(_, n)| n.year).collect::<Vec<_>>(), [2021, 2022]);
    }
}
