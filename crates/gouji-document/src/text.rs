use std::fmt;
use std::ops::{Deref, Range};

use crate::Span;

/// A run of a [`Text`] that stands in the source in one piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Byte offset of the run in [`Text::as_str`].
    pub at: usize,
    /// The same characters in the source; `span.len()` is the length of the run.
    pub span: Span,
}

/// A string whose characters know where they stand in the source.
///
/// Most texts are one piece. A paragraph whose lines were joined, one from which injected spam was
/// taken, or a header cell that was split over several lines has several. Characters between
/// pieces (a blank put in when two Latin words are joined) have no source.
///
/// `marks` are spans that belong to this element without being part of its string: the colon
/// after an addressee, the full stop after a run-in heading, the bars around a cell. They exist so that
/// every character of the source is accounted for exactly once.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    string: String,
    pieces: Vec<Piece>,
    marks: Vec<Span>,
}

impl Text {
    /// The characters of `source` at `span`, as one piece.
    ///
    /// # Panics
    /// If `span` is not on character boundaries of `source`.
    #[must_use]
    pub fn from_source(source: &str, span: Span) -> Self {
        let mut text = Self::default();
        text.push_source(source, span);
        text
    }

    /// A text that was never in a source, as in a record read back from JSON.
    #[must_use]
    pub fn synthetic(string: impl Into<String>) -> Self {
        Self {
            string: string.into(),
            ..Self::default()
        }
    }

    /// Appends the characters of `source` at `span`.
    pub fn push_source(&mut self, source: &str, span: Span) {
        if span.is_empty() {
            return;
        }
        let at = self.string.len();
        self.string.push_str(&source[span.range()]);
        match self.pieces.last_mut() {
            Some(last) if last.span.end == span.start && last.at + last.span.len() == at => {
                last.span.end = span.end;
            }
            _ => self.pieces.push(Piece { at, span }),
        }
    }

    /// Appends characters that do not stand in the source.
    pub fn push_synthetic(&mut self, string: &str) {
        self.string.push_str(string);
    }

    /// Notes source characters that belong to this element but not to its string.
    pub fn push_mark(&mut self, span: Span) {
        if !span.is_empty() {
            self.marks.push(span);
        }
    }

    /// Appends another text, with its pieces and marks.
    pub fn append(&mut self, other: &Self) {
        let base = self.string.len();
        self.string.push_str(&other.string);
        for piece in &other.pieces {
            match self.pieces.last_mut() {
                Some(last) if last.span.end == piece.span.start && last.at + last.span.len() == base + piece.at => {
                    last.span.end = piece.span.end;
                }
                _ => self.pieces.push(Piece {
                    at: base + piece.at,
                    span: piece.span,
                }),
            }
        }
        self.marks.extend_from_slice(&other.marks);
    }

    /// The string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// The runs that stand in the source, in the order of the string.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Source spans that belong to the element but not to the string.
    #[must_use]
    pub fn marks(&self) -> &[Span] {
        &self.marks
    }

    /// The part of the string at `range` (bytes of the string), with its pieces, without the marks.
    ///
    /// # Panics
    /// If `range` is not on character boundaries of the string.
    #[must_use]
    pub fn slice(&self, range: Range<usize>) -> Self {
        let mut out = Self {
            string: self.string[range.clone()].to_owned(),
            ..Self::default()
        };
        let first = self.pieces.partition_point(|p| p.at + p.span.len() <= range.start);
        for piece in &self.pieces[first..] {
            if piece.at >= range.end {
                break;
            }
            let from = piece.at.max(range.start);
            let to = (piece.at + piece.span.len()).min(range.end);
            if from < to {
                let start = piece.span.start + (from - piece.at);
                out.pieces.push(Piece {
                    at: from - range.start,
                    span: Span::new(start, start + (to - from)),
                });
            }
        }
        out
    }

    /// The text without white space at both ends (ideographic and no-break blanks included).
    #[must_use]
    pub fn trimmed(&self) -> Self {
        let lead = self.string.len() - self.string.trim_start().len();
        let end = self.string.trim_end().len().max(lead);
        let mut out = self.slice(lead..end);
        out.marks.clone_from(&self.marks);
        out
    }

    /// The text with its traditional characters replaced by the simplified ones, each where it stands.
    #[must_use]
    pub fn simplified(&self) -> Self {
        match crate::script::simplified(&self.string) {
            Some(string) => Self { string, ..self.clone() },
            None => self.clone(),
        }
    }

    /// The text with the characters of each piece as `source` has them: the undoing of a replacement that kept every place.
    #[must_use]
    pub fn as_in(&self, source: &str) -> Self {
        let mut string = String::with_capacity(self.string.len());
        let mut at = 0;
        for piece in &self.pieces {
            let end = piece.at + piece.span.len();
            let (Some(between), Some(own)) = (self.string.get(at..piece.at), source.get(piece.span.range())) else {
                return self.clone();
            };
            string.push_str(between);
            string.push_str(own);
            at = end;
        }
        let Some(rest) = self.string.get(at..) else {
            return self.clone();
        };
        string.push_str(rest);
        Self { string, ..self.clone() }
    }

    /// The smallest source span that holds the characters of the string at `range`, or `None` if none
    /// of them stands in the source.
    #[must_use]
    pub fn source_span(&self, range: Range<usize>) -> Option<Span> {
        let mut found: Option<Span> = None;
        let first = self.pieces.partition_point(|p| p.at + p.span.len() <= range.start);
        for piece in &self.pieces[first..] {
            if piece.at >= range.end {
                break;
            }
            let from = piece.at.max(range.start);
            let to = (piece.at + piece.span.len()).min(range.end);
            if from < to {
                let start = piece.span.start + (from - piece.at);
                let part = Span::new(start, start + (to - from));
                found = Some(found.map_or(part, |f| f.cover(part)));
            }
        }
        found
    }

    /// The smallest source span that holds the whole string.
    #[must_use]
    pub fn span(&self) -> Option<Span> {
        self.source_span(0..self.string.len())
    }

    /// Every source span that this text accounts for: its pieces, then its marks.
    pub fn claimed(&self) -> impl Iterator<Item = Span> + '_ {
        self.pieces.iter().map(|p| p.span).chain(self.marks.iter().copied())
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.string
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_joined_text_finds_its_source() {
        let source = "甲乙\n丙丁";
        let mut text = Text::from_source(source, Span::new(0, 6));
        text.push_source(source, Span::new(7, 13));
        assert_eq!(text.as_str(), "甲乙丙丁");
        assert_eq!(text.pieces().len(), 2);
        assert_eq!(text.source_span(3..9), Some(Span::new(3, 10)));
        assert_eq!(text.slice(6..12).span(), Some(Span::new(7, 13)));
    }

    #[test]
    fn neighbouring_pieces_grow_together() {
        let source = "甲乙";
        let mut text = Text::from_source(source, Span::new(0, 3));
        text.push_source(source, Span::new(3, 6));
        assert_eq!(text.pieces().len(), 1);
    }

    #[test]
    fn a_synthetic_text_has_no_span() {
        assert_eq!(Text::synthetic("甲").span(), None);
    }

    #[test]
    fn trimming_takes_ideographic_blanks() {
        let source = "　甲 ";
        let text = Text::from_source(source, Span::new(0, source.len())).trimmed();
        assert_eq!(text.as_str(), "甲");
        assert_eq!(text.span(), Some(Span::new(3, 6)));
    }
}
