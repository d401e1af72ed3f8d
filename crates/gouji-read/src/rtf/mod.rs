//! Rich text (RTF 1.9.1), which often travels as `.doc`.
//!
//! - Handled: text in code pages and in Unicode, paragraphs with alignment and outline level, tables with merged cells and
//!   nested tables, the printed labels of automatic numbers, fields (their result; of enclosed characters and symbols, which have
//!   none, what they show), tracked changes (as if accepted),
//!   hidden text, footnotes and endnotes, headers and footers, text boxes, page and section breaks, special hyphens.
//! - Partly handled: a bullet leaves no label; pictures and objects are only warned of.
//! - Ignored: comments, styles (each paragraph repeats what its style says), all looks, drawings.
//!
//! Groups may nest at will; a stack stands for them, and nothing recurses.

mod state;
mod tokens;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use gouji_document::{Deadline, Document, Format, Parsed, Stream, WarningKind};

use crate::ReadError;
use crate::assembly::Assembly;
use crate::docx::lower;
use crate::text::MAX_TEXT_BYTES;

/// First bytes of rich text.
pub(crate) const MAGIC: &[u8] = b"{\\rtf";

/// Reads rich text.
pub(crate) fn read(bytes: &[u8], deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(ReadError::TooLong {
            limit: MAX_TEXT_BYTES as u64,
        });
    }
    let walked = walk::walk(bytes, deadline);
    let mut assembly = Assembly::until(deadline);
    for what in walked.embedded {
        assembly.warn(WarningKind::EmbeddedContent { what }, "text");
    }
    for (what, limit) in walked.limits {
        assembly.warn(WarningKind::LimitReached { what, limit }, "text");
    }
    lower::lower(walked.body, &mut assembly);
    // Notes come before headers and footers, as in the other formats of Word.
    let (notes, margins): (Vec<_>, Vec<_>) = walked
        .others
        .into_iter()
        .partition(|(stream, _)| *stream == Stream::Note);
    let mut seen = BTreeSet::new();
    for (stream, blocks) in notes.into_iter().chain(margins) {
        // Sections repeat what they share.
        if stream == Stream::Note || seen.insert(format!("{blocks:?}")) {
            lower::lower(blocks, &mut assembly);
        }
    }
    if assembly.n_blocks() == 0 {
        return Err(ReadError::Empty);
    }
    let (value, warnings) = assembly.finish(Format::Rtf, None);
    Ok(Parsed { value, warnings })
}
