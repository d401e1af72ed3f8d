use crate::Span;

/// Where the text of a Word document stands in the markup of its main part, so that marks can be set there.
///
/// Characters that have no entry stand in another part (a page header, a footer) or in no place of their own (blanks
/// between paragraphs of a cell).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchors {
    /// Name of the main part in the package.
    pub part: String,
    /// The decoded markup of the main part, which the offsets of [`AnchorPlace`] count in.
    pub markup: String,
    /// Ascending by span; spans are disjoint.
    pub anchors: Vec<Anchor>,
}

/// A piece of [`Document::text`](crate::Document::text) with its place in the markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// The characters.
    pub span: Span,
    /// Where they come from.
    pub place: AnchorPlace,
}

/// What a piece of text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AnchorPlace {
    /// The element that starts at this byte of the markup: `w:t` for characters, `w:tab` for a tab and so on.
    Element(usize),
    /// An automatic number, of the `w:p` that starts at this byte of the markup.
    Label(usize),
    /// The footnote with this id.
    Footnote(i64),
    /// The endnote with this id.
    Endnote(i64),
}

impl Anchor {
    /// The same anchor in a text that `shift` bytes were put in front of.
    #[must_use]
    pub fn shifted(self, shift: usize) -> Self {
        Self {
            span: Span::new(self.span.start + shift, self.span.end + shift),
            place: self.place,
        }
    }
}

impl Anchors {
    /// The entries that share characters with `span`; for an empty span, the entry that it stands in or at the end of.
    #[must_use]
    pub fn of(&self, span: Span) -> &[Anchor] {
        let (from, to) = if span.is_empty() {
            let from = self.anchors.partition_point(|a| a.span.end < span.start);
            let stands = self.anchors.get(from).is_some_and(|a| a.span.start <= span.start);
            (from, from + usize::from(stands))
        } else {
            (
                self.anchors.partition_point(|a| a.span.end <= span.start),
                self.anchors.partition_point(|a| a.span.start < span.end),
            )
        };
        self.anchors.get(from..to).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(spans: &[(usize, usize)]) -> Anchors {
        Anchors {
            part: String::new(),
            markup: String::new(),
            anchors: spans
                .iter()
                .map(|&(start, end)| Anchor {
                    span: Span::new(start, end),
                    place: AnchorPlace::Element(start),
                })
                .collect(),
        }
    }

    #[test]
    fn a_span_finds_the_entries_that_it_shares_characters_with() {
        let anchors = anchors(&[(0, 3), (3, 6), (8, 9)]);
        let starts = |from, to| {
            anchors
                .of(Span::new(from, to))
                .iter()
                .map(|a| a.span.start)
                .collect::<Vec<_>>()
        };
        assert_eq!(starts(2, 4), [0, 3]);
        assert_eq!(starts(3, 6), [3]);
        assert_eq!(starts(6, 8), [0; 0]);
        assert_eq!(starts(5, 20), [3, 8]);
        assert_eq!(starts(6, 6), [3]);
        assert_eq!(starts(7, 7), [0; 0]);
        assert_eq!(starts(30, 30), [0; 0]);
    }
}
