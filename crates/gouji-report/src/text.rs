//! Text of a document made fit to be shown.

use std::borrow::Cow;

/// A character as it may stand in a terminal or a page: line ends and tabs are blanks; control characters, marks that
/// turn the direction of writing and blanks of no width, which could hide or reorder what a reader sees, are
/// U+FFFD. One character gives one, so offsets stay.
pub(crate) fn visible_char(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => ' ',
        '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{feff}'
        | '\u{fff9}'..='\u{fffb}' => '\u{fffd}',
        // No characters at all, which XML does not take.
        '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// [`visible_char`] over a text.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| visible_char(c) == c) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().map(visible_char).collect())
    }
}

/// At most `n` characters, `…` behind a text that was longer.
pub(crate) fn clipped(text: &str, n: usize) -> Cow<'_, str> {
    match text.char_indices().nth(n) {
        None => Cow::Borrowed(text),
        Some((at, _)) => Cow::Owned(format!("{}…", &text[..at])),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_deceive_a_reader_is_shown() {
        assert_eq!(
            visible("甲\u{1b}[31m乙\u{202e}丙\u{200b}"),
            "甲\u{fffd}[31m乙\u{fffd}丙\u{fffd}"
        );
        assert_eq!(visible("甲\t乙\n丙"), "甲 乙 丙");
        assert!(matches!(visible("甲　乙 “丙”"), Cow::Borrowed(_)));
    }

    #[test]
    fn clipping_counts_characters() {
        assert_eq!(clipped("甲乙丙", 2), "甲乙…");
        assert_eq!(clipped("甲乙丙", 3), "甲乙丙");
    }
}
