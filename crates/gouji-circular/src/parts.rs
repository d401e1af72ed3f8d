//! Cutting texts so that every character stays accounted for.

use std::ops::Range;

use gouji_document::{Span, Text};

/// Puts the source of `from` at `range` into the marks of `into`.
pub(crate) fn mark_range(into: &mut Text, from: &Text, range: Range<usize>) {
    if range.is_empty() {
        return;
    }
    for piece in from.slice(range).pieces() {
        into.push_mark(piece.span);
    }
}

/// The part of `text` at `keep`, trimmed; the rest of `whole`, which holds `keep`, as its marks.
pub(crate) fn part_of(text: &Text, whole: Range<usize>, keep: Range<usize>) -> Text {
    let mut out = text.slice(keep.clone()).trimmed();
    mark_range(&mut out, text, whole.start..keep.start);
    mark_range(&mut out, text, keep.end..whole.end);
    out
}

/// The part of `text` at `range`, trimmed, without marks.
pub(crate) fn part(text: &Text, range: Range<usize>) -> Text {
    text.slice(range).trimmed()
}

/// Appends `next` after a line break that meant nothing: a blank only between two Latin words or numbers.
pub(crate) fn join_onto(text: &mut Text, next: &Text) {
    let left = text.as_str().chars().next_back();
    let right = next.as_str().chars().next();
    if let (Some(a), Some(b)) = (left, right)
        && a.is_ascii_alphanumeric()
        && b.is_ascii_alphanumeric()
    {
        text.push_synthetic(" ");
    }
    text.append(next);
}

/// Characters without width, which editors and web pages leave inside words and figures: they are no text.
pub(crate) fn is_zero_width(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Appends the source at `span` but for characters without width.
fn push_visible(out: &mut Text, source: &str, span: Span) {
    let mut at = span.start;
    for (start, c) in source[span.range()].char_indices().filter(|(_, c)| is_zero_width(*c)) {
        let start = span.start + start;
        out.push_source(source, Span::new(at, start));
        at = start + c.len_utf8();
    }
    out.push_source(source, Span::new(at, span.end));
}

/// The source at `span` without white space at both ends, without characters that have no width, and without the spans of
/// `cuts` (ascending, disjoint).
pub(crate) fn clean(source: &str, span: Span, cuts: &[Span]) -> Text {
    let mut out = Text::default();
    let mut at = span.start;
    let first = cuts.partition_point(|c| c.end <= span.start);
    for cut in &cuts[first..] {
        if cut.start >= span.end {
            break;
        }
        if cut.start > at {
            push_visible(&mut out, source, Span::new(at, cut.start));
        }
        at = at.max(cut.end);
    }
    if at < span.end {
        push_visible(&mut out, source, Span::new(at, span.end));
    }
    out.trimmed()
}

/// Length in characters, white space left out.
pub(crate) fn width(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// The string without white space.
pub(crate) fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Whether a sentence ends here: full stop and the like, closing quotes and brackets after it allowed.
pub(crate) fn ends_sentence(text: &str) -> bool {
    let end = text
        .trim_end()
        .trim_end_matches(['”', '"', '’', '」', '』', ')', '）', '》', '】']);
    let closed = end.len() < text.trim_end().len();
    match end.chars().next_back() {
        Some('。' | '！' | '？' | '!' | '?' | '；' | ';' | '：' | ':' | '…') => true,
        Some('.') => !closed,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_leaves_a_gap() {
        let source = "甲乙丙丁";
        let text = clean(source, Span::new(0, 12), &[Span::new(3, 6)]);
        assert_eq!(text.as_str(), "甲丙丁");
        assert_eq!(text.pieces().len(), 2);
    }

    #[test]
    fn what_is_not_kept_is_marked() {
        let source = "甲乙：";
        let text = Text::from_source(source, Span::new(0, 9));
        let kept = part_of(&text, 0..9, 0..6);
        assert_eq!(kept.as_str(), "甲乙");
        assert_eq!(kept.marks(), &[Span::new(6, 9)]);
    }

    #[test]
    fn words_are_kept_apart_and_characters_are_not() {
        let source = "pass\nrate甲\n乙";
        let mut text = Text::from_source(source, Span::new(0, 4));
        join_onto(&mut text, &Text::from_source(source, Span::new(5, 12)));
        join_onto(&mut text, &Text::from_source(source, Span::new(13, 16)));
        assert_eq!(text.as_str(), "pass rate甲乙");
    }

    #[test]
    fn ends_of_sentences() {
        assert!(ends_sentence("整改。"));
        assert!(ends_sentence("“整改。”"));
        assert!(!ends_sentence("整改，"));
        assert!(!ends_sentence("（整改）"));
    }
}
