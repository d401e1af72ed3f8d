//! Text, and paragraphs from their begin to their place in the flow or a cell.

use gouji_document::{Align, Anchor, AnchorPlace, Span, Stream};
use quick_xml::events::BytesStart;

use super::{Container, Paragraph, Walker};
use crate::docx::raw::{RawBlock, RawParagraph};
use crate::docx::styles::ParagraphHints;
use crate::xml;

impl Walker<'_, '_> {
    /// Whether text is printed here: not inside a field's instructions.
    pub(super) fn is_shown(&self) -> bool {
        self.n_in_code == 0
    }

    pub(super) fn emit(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.is_shown() {
            self.note_code(text);
            return;
        }
        let place = self.place_in_markup();
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let start = paragraph.raw.text.len();
        paragraph.raw.push(text, paragraph.run_is_hidden);
        if let Some(place) = place {
            let span = Span::new(start, paragraph.raw.text.len());
            paragraph.raw.anchors.push(Anchor { span, place });
        }
    }

    /// Where text of the element that began last stands, if that is traced and it has a place.
    pub(super) fn place_in_markup(&self) -> Option<AnchorPlace> {
        match self.containers.first() {
            Some(Container::Flow(Stream::Body)) if self.cx.trace => Some(AnchorPlace::Element(self.element)),
            Some(Container::Flow(Stream::Note)) if self.cx.trace => self.note,
            _ => None,
        }
    }

    /// The place of text in the note that begins with `start`.
    pub(super) fn note_place(&self, name: &str, start: &BytesStart<'_>) -> Option<AnchorPlace> {
        if !self.cx.trace {
            return None;
        }
        let id = xml::attribute(start, "id")?.trim().parse().ok()?;
        Some(match name {
            "footnote" => AnchorPlace::Footnote(id),
            _ => AnchorPlace::Endnote(id),
        })
    }

    // Paragraphs

    pub(super) fn stream(&self) -> Stream {
        self.containers
            .iter()
            .rev()
            .find_map(|c| match c {
                Container::Flow(stream) => Some(*stream),
                Container::Cell => None,
            })
            .unwrap_or_default()
    }

    /// The flow of a text box that begins here: a page number in a footer often stands in one.
    pub(super) fn stream_of_box(&self) -> Stream {
        match self.containers.first() {
            Some(Container::Flow(margin @ (Stream::Header | Stream::Footer))) => *margin,
            _ => Stream::TextBox,
        }
    }

    /// Takes in text that is drawn as a shape, as the marks of issuers once were (WordArt).
    pub(super) fn art(&mut self, start: &BytesStart<'_>) {
        let Some(text) = xml::attribute(start, "string") else {
            return;
        };
        if !self.is_shown() {
            return;
        }
        let stream = self.stream_of_box();
        let slot = self.take_slot();
        let raw = RawParagraph {
            text: text.into_owned(),
            stream,
            align: Align::Center,
            ..RawParagraph::default()
        };
        self.out[slot] = Some(RawBlock::Paragraph(raw));
    }

    pub(super) fn take_slot(&mut self) -> usize {
        self.out.push(None);
        self.out.len() - 1
    }

    pub(super) fn begin_paragraph(&mut self) {
        let slot = match self.containers.last() {
            Some(Container::Flow(_)) => Some(self.take_slot()),
            _ => None,
        };
        self.paragraphs.push(Paragraph {
            slot,
            element: self.element,
            raw: RawParagraph {
                stream: self.stream(),
                ..RawParagraph::default()
            },
            ..Paragraph::default()
        });
    }

    pub(super) fn end_paragraph(&mut self) {
        // A field whose instructions never end would swallow the rest of the document.
        while self.fields.last().is_some_and(|f| f.in_code) {
            let _ = self.pop_field();
        }
        let Some(mut paragraph) = self.paragraphs.pop() else {
            return;
        };
        if let Some(carried) = self.take_carried() {
            paragraph.raw = carried.run_into(paragraph.raw);
        }
        if paragraph.mark_is_deleted {
            self.carried.push((self.containers.len(), paragraph.raw));
            return;
        }
        let hints = self.cx.styles.resolve(paragraph.style.as_deref(), &paragraph.hints);
        self.put_label(&mut paragraph, &hints);
        let raw = &mut paragraph.raw;
        raw.align = hints.align.unwrap_or_default();
        raw.outline_level = hints.outline.filter(|level| *level < 9).map(|level| level + 1);
        raw.page_break_before = hints.page_break_before.unwrap_or(false);
        self.place(paragraph.raw, paragraph.slot);
        if let Some(on_new_page) = paragraph.section_end {
            self.out.push(Some(RawBlock::SectionEnd { on_new_page }));
        }
    }

    pub(super) fn put_label(&mut self, paragraph: &mut Paragraph, hints: &ParagraphHints) {
        let Some(num_id) = hints.num_id.filter(|id| *id != 0) else {
            return;
        };
        let (numbering, styles) = (self.cx.numbering, self.cx.styles);
        let by_style = || {
            let style = paragraph.style.as_deref()?;
            numbering.level_of_style(num_id, style, styles)
        };
        let ilvl = paragraph.hints.ilvl.or_else(by_style).or(hints.ilvl).unwrap_or(0);
        let Some(label) = numbering.count(self.counters, num_id, ilvl, styles) else {
            return;
        };
        let place = match self.containers.first() {
            _ if !self.cx.trace => None,
            Some(Container::Flow(Stream::Body)) => Some(AnchorPlace::Label(paragraph.element)),
            _ => self.place_in_markup(),
        };
        paragraph.raw.put_label(label, place);
    }

    /// Puts a finished paragraph into its slot, or into the open cell.
    pub(super) fn place(&mut self, raw: RawParagraph, slot: Option<usize>) {
        if let Some(slot) = slot {
            self.out[slot] = Some(RawBlock::Paragraph(raw));
            return;
        }
        let Some(cell) = self.row_cell() else { return };
        cell.add(&raw);
    }

    /// What was carried over in the container that is open.
    pub(super) fn take_carried(&mut self) -> Option<RawParagraph> {
        let depth = self.containers.len();
        self.carried.pop_if(|(at, _)| *at == depth).map(|(_, raw)| raw)
    }

    /// Places what was carried over as a paragraph of its own: its container ends, or a table comes.
    pub(super) fn flush_carried(&mut self) {
        if let Some(raw) = self.take_carried() {
            let slot = match self.containers.last() {
                Some(Container::Cell) => None,
                _ => Some(self.take_slot()),
            };
            self.place(raw, slot);
        }
    }
}
