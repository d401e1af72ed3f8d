//! The running text of a circular, in source order, with the part each passage plays.

use gouji_circular::{Circular, Element};
use gouji_document::{Span, Text};

/// What part a passage plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Title,
    Heading,
    Paragraph,
    Note,
    AttachmentTitle,
}

/// A text of the circular outside its data cells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Passage<'a> {
    pub(crate) role: Role,
    /// 0 for the main text, then one for each attachment.
    pub(crate) body: usize,
    pub(crate) text: &'a Text,
}

impl Passage<'_> {
    /// The source of the bytes `range` of the passage, or of all of it where they have none.
    pub(crate) fn span(&self, range: std::ops::Range<usize>) -> Span {
        self.text
            .source_span(range)
            .or_else(|| self.text.span())
            .unwrap_or_default()
    }
}

/// All passages: title, then each body with its headings, paragraphs and the notes of its tables.
pub(crate) fn passages(circular: &Circular) -> Vec<Passage<'_>> {
    let mut out = Vec::new();
    if let Some(title) = &circular.title {
        out.push(Passage {
            role: Role::Title,
            body: 0,
            text: title,
        });
    }
    for (body, elements) in circular.bodies().enumerate() {
        if let Some(title) = body
            .checked_sub(1)
            .and_then(|a| circular.attachments.get(a))
            .and_then(|a| a.title.as_ref())
        {
            out.push(Passage {
                role: Role::AttachmentTitle,
                body,
                text: title,
            });
        }
        for element in elements {
            match element {
                Element::Heading(heading) => out.push(Passage {
                    role: Role::Heading,
                    body,
                    text: &heading.title,
                }),
                Element::Paragraph(text) => out.push(Passage {
                    role: Role::Paragraph,
                    body,
                    text,
                }),
                Element::Table(idx) => {
                    let notes = circular.tables.get(idx.0).map_or(&[][..], |t| t.notes.as_slice());
                    out.extend(notes.iter().map(|text| Passage {
                        role: Role::Note,
                        body,
                        text,
                    }));
                }
            }
        }
    }
    out
}

/// Farthest that a sentence is followed to each side, in bytes.
const LONGEST_HALF: usize = 4_000;

/// The bytes of the sentence around `at`: between 。；！？ and line ends.
pub(crate) fn sentence_around(text: &str, at: usize) -> std::ops::Range<usize> {
    let ends = ['。', '；', ';', '！', '？', '\n'];
    let from = text.floor_char_boundary(at.saturating_sub(LONGEST_HALF));
    let to = text.ceil_char_boundary((at + LONGEST_HALF).min(text.len()));
    let start = text[from..at].rfind(ends).map_or(from, |found| {
        from + found + text[from + found..].chars().next().map_or(0, char::len_utf8)
    });
    let end = text[at..to].find(ends).map_or(to, |found| at + found);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_at_its_stop() {
        let text = "甲。乙丙；丁";
        assert_eq!(&text[sentence_around(text, 9)], "乙丙");
        assert_eq!(&text[sentence_around(text, 0)], "甲");
        assert_eq!(&text[sentence_around(text, 15)], "丁");
    }
}
