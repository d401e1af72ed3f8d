//! What the tests of all readers look at in a document.

use gouji_document::{Block, Document, Grid, Paragraph, Stream};

/// The text of each block.
pub(crate) fn blocks(document: &Document) -> Vec<&str> {
    document.blocks.iter().map(|b| document.quote(b.span())).collect()
}

/// A block that must be a paragraph.
#[track_caller]
pub(crate) fn paragraph(document: &Document, at: usize) -> &Paragraph {
    match &document.blocks[at] {
        Block::Paragraph(paragraph) => paragraph,
        Block::Table(_) => panic!("block {at} is a table"),
    }
}

/// A block that must be a table.
#[track_caller]
pub(crate) fn grid(document: &Document, at: usize) -> &Grid {
    match &document.blocks[at] {
        Block::Table(grid) => grid,
        Block::Paragraph(_) => panic!("block {at} is a paragraph"),
    }
}

/// The text of each block, all of them paragraphs, with the flow it stands in.
#[track_caller]
pub(crate) fn streams(document: &Document) -> Vec<(Stream, &str)> {
    (0..document.blocks.len())
        .map(|at| paragraph(document, at))
        .map(|p| (p.stream, document.quote(p.span).trim()))
        .collect()
}
