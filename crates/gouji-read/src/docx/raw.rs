//! What Word's markup says, before it becomes blocks: paragraphs with their hints, tables as rows of cells.
//!
//! The reader of Word 97 documents fills the same types, so what they mean is settled once.

use std::ops::Range;

use gouji_document::{Align, Anchor, AnchorPlace, Span, Stream};

use super::numbering::Label;

/// One thing in the flow of a part.
#[derive(Debug)]
pub(crate) enum RawBlock {
    /// A paragraph outside tables.
    Paragraph(RawParagraph),
    /// A table; what is nested in its cells follows it as blocks of their own.
    Table(RawTable),
    /// A section ends here.
    SectionEnd {
        /// That section began on a new page.
        on_new_page: bool,
    },
}

/// A paragraph with everything resolved.
#[derive(Debug, Default)]
pub(crate) struct RawParagraph {
    /// With the automatic number in front.
    pub text: String,
    /// Bytes of the automatic number at its start.
    pub label_len: usize,
    /// Hidden parts of `text`, ascending, apart from each other.
    pub hidden: Vec<Range<usize>>,
    /// Places of pieces of `text` in the markup, ascending; empty unless asked for.
    pub anchors: Vec<Anchor>,
    /// Byte offsets in `text` where a page ends.
    pub page_ends: Vec<usize>,
    /// Outline level from 1.
    pub outline_level: Option<u8>,
    /// Alignment.
    pub align: Align,
    /// By its properties.
    pub page_break_before: bool,
    /// The flow.
    pub stream: Stream,
}

impl RawParagraph {
    /// Appends text.
    pub fn push(&mut self, text: &str, is_hidden: bool) {
        let start = self.text.len();
        self.text.push_str(text);
        if is_hidden && !text.is_empty() {
            let end = self.text.len();
            match self.hidden.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => self.hidden.push(start..end),
            }
        }
    }

    /// Inserts an ASCII character at byte `at`; `anchor` is its place in the markup, if that is traced.
    pub fn insert(&mut self, at: usize, c: char, anchor: Option<Anchor>) {
        let n = c.len_utf8();
        self.text.insert(at, c);
        let first = self.anchors.partition_point(|a| a.span.end <= at);
        for later in &mut self.anchors[first..] {
            *later = later.shifted(n);
        }
        if let Some(anchor) = anchor {
            self.anchors.insert(first, anchor);
        }
        for part in self.hidden.iter_mut().rev().take_while(|part| part.end > at) {
            part.start += if part.start >= at { n } else { 0 };
            part.end += n;
        }
        for end in self.page_ends.iter_mut().rev().take_while(|end| **end > at) {
            *end += n;
        }
    }

    /// Puts an automatic number in front. `place` is where it stands in the markup, if that is traced.
    pub fn put_label(&mut self, label: Label, place: Option<AnchorPlace>) {
        let mut front = label.text;
        self.label_len = front.len();
        // `1.` and `2025年` must not become `1.2025年`.
        if label.spaced && front.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.') {
            front.push(' ');
        }
        let shift = front.len();
        if let Some(place) = place {
            let span = Span::new(0, shift);
            self.anchors = std::iter::once(Anchor { span, place })
                .chain(self.anchors.iter().map(|a| a.shifted(shift)))
                .collect();
        } else {
            for anchor in &mut self.anchors {
                *anchor = anchor.shifted(shift);
            }
        }
        for part in &mut self.hidden {
            *part = part.start + shift..part.end + shift;
        }
        for at in &mut self.page_ends {
            // A page that ends before all text ends before the label too.
            *at = if *at == 0 { 0 } else { *at + shift };
        }
        front.push_str(&self.text);
        self.text = front;
    }

    /// This paragraph without its mark, run into `next`.
    pub fn run_into(mut self, next: Self) -> Self {
        let shift = self.text.len();
        self.anchors.extend(next.anchors.iter().map(|a| a.shifted(shift)));
        self.text.push_str(&next.text);
        self.hidden
            .extend(next.hidden.iter().map(|r| r.start + shift..r.end + shift));
        self.page_ends.extend(next.page_ends.iter().map(|at| at + shift));
        Self {
            text: self.text,
            anchors: self.anchors,
            hidden: self.hidden,
            page_ends: self.page_ends,
            ..next
        }
    }
}

/// A table.
#[derive(Debug, Default)]
pub(crate) struct RawTable {
    /// Rows that are not deleted.
    pub rows: Vec<RawRow>,
    /// The flow.
    pub stream: Stream,
}

/// A row.
#[derive(Debug, Default)]
pub(crate) struct RawRow {
    /// Cells from left to right.
    pub cells: Vec<RawCell>,
    /// Grid columns left empty before the first cell.
    pub grid_before: usize,
    /// It repeats on each page.
    pub is_header: bool,
    /// It is hidden.
    pub is_hidden: bool,
    /// A tracked change deletes it.
    pub is_deleted: bool,
}

/// Vertical merging of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum VerticalMerge {
    /// It stands alone.
    #[default]
    Single,
    /// It begins a merged cell.
    Restart,
    /// It goes on with the cell above.
    Continue,
}

/// A cell.
#[derive(Debug, Default)]
pub(crate) struct RawCell {
    /// Its paragraphs, parted by `\n`.
    pub text: String,
    /// Places of pieces of `text` in the markup, ascending; empty unless asked for.
    pub anchors: Vec<Anchor>,
    /// It holds text, and all of it is hidden.
    pub all_hidden: bool,
    /// Some text in it is not hidden.
    pub any_shown: bool,
    /// Paragraphs seen so far.
    pub n_paragraphs: usize,
    /// Grid columns covered.
    pub grid_span: usize,
    /// Vertical merging.
    pub vertical: VerticalMerge,
    /// Old-style horizontal merging into the cell to the left.
    pub joins_left: bool,
    /// A tracked change deletes it.
    pub is_deleted: bool,
    /// A formula field in it, as written.
    pub formula: Option<String>,
}

impl RawCell {
    /// Appends a paragraph.
    pub fn add(&mut self, paragraph: &RawParagraph) {
        if self.n_paragraphs > 0 {
            self.text.push('\n');
        }
        self.n_paragraphs += 1;
        let hidden: usize = paragraph.hidden.iter().map(|part| part.len()).sum();
        let shown = hidden < paragraph.text.len();
        self.any_shown |= shown;
        self.all_hidden = !self.any_shown && (self.all_hidden || hidden > 0);
        let shift = self.text.len();
        self.text.push_str(&paragraph.text);
        self.anchors.extend(paragraph.anchors.iter().map(|a| a.shifted(shift)));
    }
}
