//! The characters of a `w:t`, each with the bytes of markup that it is written by.

use std::ops::Range;

use gouji_document::Span;

/// A text element that may be cut.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Characters {
    /// The markup of the characters that are read: without the blanks at both ends that Word drops.
    pub(super) shown: Span,
    /// For each offset asked for, the byte of the markup before which that many bytes of text stand.
    pub(super) at: Vec<usize>,
}

/// Compares the text element whose content is `content` of `markup` with `text`, which was read of it, and finds `offsets`
/// (ascending byte offsets of `text`) in the markup. `None` if it holds anything but characters, or other ones.
pub(super) fn locate(
    markup: &str,
    content: Span,
    keeps_blanks: bool,
    text: &str,
    offsets: &[usize],
) -> Option<Characters> {
    let source = markup.get(content.range())?;
    if source.contains('<') {
        return None;
    }
    let mut shown = content.range();
    if !keeps_blanks {
        shown = trimmed(source)?;
        shown = content.start + shown.start..content.start + shown.end;
    }
    let mut at = Vec::with_capacity(offsets.len());
    let mut rest = text;
    for (range, c) in tokens(&markup[shown.clone()]) {
        let offset = text.len() - rest.len();
        while offsets.get(at.len()) == Some(&offset) {
            at.push(shown.start + range.start);
        }
        rest = rest.strip_prefix(if is_blank(c?) { ' ' } else { c? })?;
    }
    while offsets.get(at.len()) == Some(&text.len()) {
        at.push(shown.end);
    }
    (rest.is_empty() && at.len() == offsets.len()).then(|| Characters {
        shown: Span::new(shown.start, shown.end),
        at,
    })
}

/// White space of XML.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The part of `source` without blanks at both ends, however they are written.
fn trimmed(source: &str) -> Option<Range<usize>> {
    let mut shown: Option<Range<usize>> = None;
    for (range, c) in tokens(source) {
        if !is_blank(c?) {
            shown = Some(shown.map_or(range.start, |s| s.start)..range.end);
        }
    }
    shown
}

/// The characters of `source` with their bytes; `None` for a reference that is none of a character.
fn tokens(source: &str) -> impl Iterator<Item = (Range<usize>, Option<char>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = &source[at..];
        let first = rest.chars().next()?;
        let (len, c) = if first == '&' {
            reference(rest)
        } else {
            (first.len_utf8(), Some(first))
        };
        let range = at..at + len;
        at = range.end;
        Some((range, c))
    })
}

/// The longest reference: `&#x10FFFF;` with a few zeros in front.
const MAX_REFERENCE: usize = 16;

/// The reference that `source` begins with: its length, and what it stands for.
fn reference(source: &str) -> (usize, Option<char>) {
    let head = source.as_bytes().iter().take(MAX_REFERENCE);
    let Some(end) = head.into_iter().position(|b| *b == b';') else {
        return (1, None);
    };
    let name = &source[1..end];
    let c = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => name
            .strip_prefix('#')
            .and_then(|number| match number.strip_prefix('x') {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok(),
                None => number.parse().ok(),
            })
            .and_then(char::from_u32),
    };
    (end + 1, c)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(source: &str, keeps_blanks: bool, text: &str, offsets: &[usize]) -> Option<(String, Vec<String>)> {
        let found = locate(source, Span::new(0, source.len()), keeps_blanks, text, offsets)?;
        let after = found.at.iter().map(|&at| source[at..].to_owned()).collect();
        Some((source[found.shown.range()].to_owned(), after))
    }

    #[test]
    fn characters_are_found_behind_references_and_dropped_blanks() {
        let found = find(" 甲&amp;12&#x4E59; ", false, "甲&12乙", &[4, 6, 9]);
        let after = ["12&#x4E59; ", "&#x4E59; ", " "].map(str::to_owned).to_vec();
        assert_eq!(found, Some(("甲&amp;12&#x4E59;".to_owned(), after)));
        let kept = find(" 12\n件", true, " 12 件", &[0, 1]);
        assert_eq!(kept.map(|k| k.1), Some(vec![" 12\n件".to_owned(), "12\n件".to_owned()]));
    }

    #[test]
    fn what_is_not_plainly_the_text_is_not_cut() {
        assert_eq!(find("12", true, "13", &[0]), None);
        assert_eq!(find("12", true, "1", &[0]), None);
        assert_eq!(find("1", true, "12", &[0]), None);
        assert_eq!(find("1<!-- 2 -->", true, "1", &[0]), None);
        assert_eq!(find("1&unknown;", true, "1&unknown;", &[0]), None);
        assert_eq!(find("甲", true, "甲", &[1]), None);
        assert_eq!(find("  ", false, "", &[0]), None);
        assert_eq!(find("1 & 2", true, "1 & 2", &[0]), None);
    }
}
