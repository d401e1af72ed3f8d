//! What Word's markup says, before it becomes blocks: paragraphs with their hints, tables as rows of cells.

use std::ops::Range;

use gouji_document::{Align, Anchor, Stream};

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
