//! Raw blocks to the blocks of a document: pages, hidden text, merged cells.

use std::collections::BTreeMap;

use gouji_document::{Block, Hidden, Paragraph, Span};

use super::raw::{RawBlock, RawParagraph, RawTable, VerticalMerge};
use crate::assembly::{Assembly, PlacedCell, TableFrame};

/// What is carried from block to block of one flow.
#[derive(Default)]
struct Pages {
    /// The next block begins a page.
    pending: bool,
    /// Index of the first block of the section that is open, if it is not the first section.
    section_start: Option<usize>,
}

/// Appends the blocks of one part.
pub(crate) fn lower(blocks: Vec<RawBlock>, assembly: &mut Assembly) {
    let mut pages = Pages::default();
    for block in blocks {
        match block {
            RawBlock::Paragraph(raw) => paragraph(&raw, &mut pages, assembly),
            RawBlock::Table(raw) => table(raw, &mut pages, assembly),
            RawBlock::SectionEnd { on_new_page } => {
                // Whether a section begins a page is said at its end.
                if let Some(first) = pages.section_start
                    && on_new_page
                    && let Some(block) = assembly.blocks_mut().get_mut(first)
                {
                    match block {
                        Block::Paragraph(p) => p.page_break_before = true,
                        Block::Table(t) => t.page_break_before = true,
                    }
                }
                pages.section_start = Some(assembly.n_blocks());
            }
        }
    }
}

fn paragraph(raw: &RawParagraph, pages: &mut Pages, assembly: &mut Assembly) {
    pages.pending |= raw.page_break_before;
    let mut hidden = raw.hidden.as_slice();
    let mut from = 0;
    for (at, end) in raw.page_ends.iter().copied().chain([raw.text.len()]).enumerate() {
        let mut hidden_parts = Vec::new();
        while let Some((part, rest)) = hidden.split_first() {
            if part.start >= end {
                break;
            }
            hidden_parts.push(Span::new(part.start.max(from) - from, part.end.min(end) - from));
            // A part that goes on past the page is met again.
            if part.end > end {
                break;
            }
            hidden = rest;
        }
        let all_hidden = !hidden_parts.is_empty() && is_all_hidden(&raw.text[from..end], &hidden_parts);
        let hints = Paragraph {
            stream: raw.stream,
            hidden: all_hidden.then_some(Hidden::Text),
            hidden_parts,
            outline_level: raw.outline_level,
            align: raw.align,
            page_break_before: pages.pending,
            label_len: if from == 0 { raw.label_len.min(end) } else { 0 },
            ..Paragraph::default()
        };
        if assembly.paragraph(&raw.text[from..end], hints) {
            assembly.anchor_last(&raw.anchors, from..end);
            pages.pending = false;
        }
        // Every piece but the last ends a page.
        pages.pending |= at < raw.page_ends.len();
        from = end;
    }
}

/// Whether nothing but white space stands outside the hidden parts.
fn is_all_hidden(text: &str, hidden: &[Span]) -> bool {
    let mut from = 0;
    for part in hidden {
        if !text[from..part.start].trim().is_empty() {
            return false;
        }
        from = part.end;
    }
    text[from..].trim().is_empty()
}

fn table(raw: RawTable, pages: &mut Pages, assembly: &mut Assembly) {
    let n_rows = raw.rows.len();
    let header_rows = raw.rows.iter().take_while(|r| r.is_header).count();
    let mut placed: Vec<PlacedCell> = Vec::new();
    // By first column: the cell above that a continued cell belongs to, and the row it reaches to.
    let mut above: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for (row_idx, row) in raw.rows.into_iter().enumerate() {
        let mut col = row.grid_before;
        let mut in_row: Option<usize> = None;
        for cell in row.cells {
            let span = cell.grid_span;
            if cell.joins_left
                && let Some(left) = in_row
            {
                placed[left].col_span += span;
                if !cell.text.trim().is_empty() {
                    let left = &mut placed[left];
                    left.text.push('\n');
                    let shift = left.text.len();
                    left.text.push_str(&cell.text);
                    left.anchors.extend(cell.anchors.iter().map(|a| a.shifted(shift)));
                }
                col += span;
                continue;
            }
            let continued = (cell.vertical == VerticalMerge::Continue)
                .then(|| above.get(&col).copied())
                .flatten()
                .filter(|(at, reach)| *reach == row_idx && placed[*at].col_span == span);
            if let Some((at, _)) = continued {
                placed[at].row_span += 1;
                above.insert(col, (at, row_idx + 1));
                // What a continued cell holds is not printed.
                in_row = None;
            } else {
                let hidden = row.is_hidden || cell.all_hidden;
                placed.push(PlacedCell {
                    row: row_idx,
                    col,
                    row_span: 1,
                    col_span: span,
                    text: cell.text,
                    anchors: cell.anchors,
                    address: None,
                    hidden: hidden.then_some(Hidden::Text),
                    formula: cell.formula,
                });
                let at = placed.len() - 1;
                in_row = Some(at);
                if cell.vertical == VerticalMerge::Single {
                    above.remove(&col);
                } else {
                    above.insert(col, (at, row_idx + 1));
                }
            }
            col += span;
        }
    }
    let frame = TableFrame {
        n_rows,
        header_rows,
        stream: raw.stream,
        hidden: None,
        sheet: None,
        page_break_before: pages.pending,
    };
    if assembly.table(placed, frame) {
        pages.pending = false;
    }
}
