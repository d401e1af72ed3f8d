//! Web pages as saved by a browser, web archives included.
//!
//! - Handled: declared and detected encodings, block elements, line breaks, preformatted text, tables with `rowspan` and
//!   `colspan`, headings, alignment, hidden elements (`display:none`, `visibility:hidden`, size 0, `hidden`), deleted
//!   text (`del`, as hidden), marks of notes (left out, as in a Word document), numbers of list items, character references, missing and misplaced tags as the HTML standard prescribes.
//! - Partly handled: a table that only lays out the page (tables inside it, one column, whole articles in a cell) is read as
//!   paragraphs in reading order; styles are seen only on the element itself; only lists of sentences are numbered; of a web
//!   archive the first page.
//! - Ignored: scripts, style sheets, frames, drop-down lists, pictures, everything in the head.

mod archive;
mod builder;
mod lists;
mod notes;
mod styles;
mod tame;

#[cfg(test)]
mod tests;

use gouji_document::{Deadline, Document, Format, Hidden, Paragraph, Parsed, Span, Stream, Warning, WarningKind};
use scraper::Html;

use crate::ReadError;
use crate::assembly::{Assembly, PlacedCell, TableFrame};
use crate::encoding;
use builder::{Builder, Line, Piece, RawCell};
use lists::Lists;
use styles::is_blank;

pub(crate) use archive::is_archive;

/// Bytes of a page. Text and tables of the longest circulars take some hundred thousand; the tree of a page takes
/// many times its bytes.
const MAX_BYTES: usize = 16 << 20;
/// Tags of a page, of which each takes some four hundred bytes in its tree.
const MAX_TAGS: usize = 1_000_000;
/// Bytes at the start in which the page names its encoding (HTML standard: 1024; real pages put scripts before it).
const LABEL_WINDOW: usize = 4096;

/// Reads a web page.
pub(crate) fn read(bytes: &[u8], deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    let archive = archive::open(bytes);
    let (bytes, charset) = match &archive {
        Some(archive) => (&*archive.page, archive.charset.clone()),
        None => (bytes, None),
    };
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLong {
            limit: MAX_BYTES as u64,
        });
    }
    let decoded = encoding::decode(bytes, charset.or_else(|| label(bytes)).as_deref());
    if decoded.text.bytes().filter(|b| *b == b'<').nth(MAX_TAGS).is_some() {
        return Err(ReadError::TooManyTags { limit: MAX_TAGS });
    }
    let tamed = tame::tame(&decoded.text);
    let page = Html::parse_document(&tamed.html);
    let mut builder = Builder::new();
    builder.walk(&page, deadline);
    let mut assembly = Assembly::until(deadline);
    if decoded.n_bad > 0 {
        assembly.warn(
            WarningKind::UndecodableBytes {
                encoding: decoded.encoding,
            },
            "page",
        );
    }
    if archive.is_some_and(|archive| archive.n_others > 0) {
        let what = "another page of the web archive";
        assembly.warn(WarningKind::EmbeddedContent { what }, "page");
    }
    if tamed.too_deep {
        assembly.warnings.push(Warning {
            kind: WarningKind::LimitReached {
                what: "HTML depth",
                limit: tame::MAX_DEPTH as u64,
            },
            place: "page".to_owned(),
            span: None,
        });
    }
    let (pieces, lists) = builder.finish();
    lower(pieces, &lists, &mut assembly);
    if assembly.n_blocks() == 0 {
        return Err(ReadError::Empty);
    }
    let (value, warnings) = assembly.finish(Format::Html, Some(decoded.encoding));
    Ok(Parsed { value, warnings })
}

/// The encoding that the page itself names, in `meta` or an XML declaration.
fn label(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LABEL_WINDOW)]).to_ascii_lowercase();
    let at = head
        .find("charset=")
        .map(|at| at + 8)
        .or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!label.is_empty()).then_some(label)
}

fn lower(pieces: Vec<Piece>, lists: &Lists, assembly: &mut Assembly) {
    for piece in pieces {
        match piece {
            Piece::Line(mut line) => {
                line.number(lists);
                let all_hidden = is_all_hidden(&line);
                let text = line.text.trim_matches(is_blank);
                let shift = line.text.len() - line.text.trim_start_matches(is_blank).len();
                let hidden_parts = line
                    .hidden
                    .iter()
                    .map(|part| {
                        (
                            part.start.saturating_sub(shift),
                            (part.end.saturating_sub(shift)).min(text.len()),
                        )
                    })
                    .filter(|(start, end)| start < end)
                    .map(|(start, end)| Span::new(start, end))
                    .collect();
                assembly.paragraph(
                    text,
                    Paragraph {
                        stream: Stream::Body,
                        hidden: all_hidden.then_some(Hidden::Text),
                        hidden_parts,
                        outline_level: line.outline_level,
                        align: line.align,
                        label_len: line.label_len,
                        ..Paragraph::default()
                    },
                );
            }
            Piece::Table(table) => {
                let n_rows = table.n_rows;
                let placed = table.cells.into_iter().map(|cell| placed_cell(cell, lists)).collect();
                assembly.table(
                    placed,
                    TableFrame {
                        n_rows,
                        header_rows: table.header_rows,
                        ..TableFrame::default()
                    },
                );
            }
        }
    }
}

fn placed_cell(mut cell: RawCell, lists: &Lists) -> PlacedCell {
    let mut text = String::new();
    let mut all_hidden = !cell.pieces.is_empty();
    for piece in &mut cell.pieces {
        // A table inside makes the outer one layout, so only lines are left.
        if let Piece::Line(line) = piece {
            line.number(lists);
            all_hidden &= is_all_hidden(line);
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line.text.trim_matches(is_blank));
        }
    }
    PlacedCell {
        row: cell.row,
        col: cell.col,
        row_span: cell.row_span,
        col_span: cell.col_span,
        text,
        hidden: all_hidden.then_some(Hidden::Text),
        ..PlacedCell::default()
    }
}

fn is_all_hidden(line: &Line) -> bool {
    let mut from = 0;
    for part in &line.hidden {
        if !line.text[from..part.start].trim().is_empty() {
            return false;
        }
        from = part.end;
    }
    line.text[from..].trim().is_empty()
}
