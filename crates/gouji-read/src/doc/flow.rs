//! Paragraphs and table marks in the order of the text, to raw blocks.
//!
//! Both old formats of Word mark tables the same way: a paragraph says how deep it stands, a mark ends its cell, and the
//! end of a row says what the row is like. A slot in the output is taken when a block is placed, a table's when its first
//! paragraph is, so blocks come out in the order in which they begin.

use gouji_document::Stream;

use super::properties::RowProperties;
use super::tables::OpenTable;
use crate::docx::raw::{RawBlock, RawParagraph};

/// Tables within tables. Word's own limit is not known; nobody reads more than a few.
pub(crate) const MAX_DEPTH: usize = 32;
/// Paragraphs and cells of one flow. A mark is one byte of a file, and what stands for it here a few hundred.
pub(crate) const MAX_MARKS: usize = 1_000_000;

/// One flow of text under construction.
#[derive(Debug, Default)]
pub(crate) struct Flow {
    stream: Stream,
    tables: Vec<OpenTable>,
    out: Vec<Option<RawBlock>>,
    n_marks: usize,
    is_too_deep: bool,
    is_too_long: bool,
}

impl Flow {
    /// The flow of a text box that is anchored here: a page number in a footer often stands in one.
    pub fn stream_of_box(&self) -> Stream {
        match self.stream {
            Stream::Header | Stream::Footer => self.stream,
            _ => Stream::TextBox,
        }
    }

    /// An empty flow.
    pub fn new(stream: Stream) -> Self {
        Self {
            stream,
            ..Self::default()
        }
    }

    /// How many tables are open.
    pub fn depth(&self) -> usize {
        self.tables.len()
    }

    /// Limits that were reached: what, and how much.
    pub fn limits(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let deep = self.is_too_deep.then_some(("depth of tables", MAX_DEPTH as u64));
        let long = self.is_too_long.then_some(("paragraphs and cells", MAX_MARKS as u64));
        deep.into_iter().chain(long)
    }

    /// Puts a paragraph into the flow, or into the cell that is open at that depth.
    pub fn place(&mut self, mut paragraph: RawParagraph, formula: Option<String>, depth: usize) {
        self.enter(depth);
        let says_nothing = paragraph.text.is_empty() && paragraph.page_ends.is_empty() && !paragraph.page_break_before;
        if self.tables.is_empty() && says_nothing || !self.counts() {
            return;
        }
        if let Some(table) = self.tables.last_mut() {
            table.add(&paragraph, formula);
        } else {
            paragraph.stream = self.stream;
            self.out.push(Some(RawBlock::Paragraph(paragraph)));
        }
    }

    /// Puts blocks of another flow here; they do not belong to a table that is open.
    pub fn place_all(&mut self, blocks: Vec<RawBlock>) {
        self.out.extend(blocks.into_iter().map(Some));
    }

    /// Ends the cell that is open. Past the limit, what follows stays in the same cell.
    pub fn end_cell(&mut self) {
        if self.counts()
            && let Some(table) = self.tables.last_mut()
        {
            table.end_cell();
        }
    }

    /// Ends the row that is open at that depth.
    pub fn end_row(&mut self, properties: RowProperties, is_deleted: bool, depth: usize) {
        self.enter(depth);
        if let Some(table) = self.tables.last_mut() {
            table.end_row(properties, is_deleted);
        }
    }

    /// Ends a section.
    pub fn end_section(&mut self, on_new_page: bool) {
        self.leave(0);
        self.out.push(Some(RawBlock::SectionEnd { on_new_page }));
    }

    /// The blocks.
    pub fn finish(mut self) -> Vec<RawBlock> {
        self.leave(0);
        self.out.into_iter().flatten().collect()
    }

    /// Counts one mark; `false` if there are too many.
    fn counts(&mut self) -> bool {
        self.n_marks += 1;
        self.is_too_long |= self.n_marks > MAX_MARKS;
        !self.is_too_long
    }

    /// Makes `depth` tables open.
    fn enter(&mut self, depth: usize) {
        self.is_too_deep |= depth > MAX_DEPTH;
        let depth = depth.min(MAX_DEPTH);
        self.leave(depth);
        while self.tables.len() < depth {
            self.out.push(None);
            self.tables.push(OpenTable::new(self.out.len() - 1, self.stream));
        }
    }

    /// Ends tables until no more than `depth` are open.
    fn leave(&mut self, depth: usize) {
        while self.tables.len() > depth {
            if let Some(table) = self.tables.pop() {
                let slot = table.slot;
                self.out[slot] = Some(RawBlock::Table(table.finish()));
            }
        }
    }
}
