//! The conservation law: each character of the source is in the record or set aside, once. White space and characters
//! without width do not count.

use gouji_document::{Document, Span, Text};

use crate::parts::is_zero_width;
use crate::{Circular, Element, Table};

fn table_texts<'a>(table: &'a Table, visit: &mut impl FnMut(&'a Text)) {
    table.caption.iter().for_each(&mut *visit);
    table.unit_line.iter().for_each(&mut *visit);
    table.header.iter().for_each(&mut *visit);
    for cell in table.rows.iter().flat_map(|r| &r.cells).filter(|c| !c.filled) {
        visit(&cell.text);
    }
    table.notes.iter().for_each(&mut *visit);
}

/// Visits every text of the record that claims source characters. A signed date inside a paragraph is claimed by the
/// date alone; [`Circular::published`] is a copy of discarded text and claims nothing.
fn texts<'a>(circular: &'a Circular, visit: &mut impl FnMut(&'a Text)) {
    circular.issuer_mark.iter().for_each(&mut *visit);
    circular.doc_number.iter().for_each(&mut *visit);
    circular.markings.iter().for_each(&mut *visit);
    circular.title.iter().for_each(&mut *visit);
    circular.subtitle.iter().for_each(&mut *visit);
    circular.addressee.iter().for_each(&mut *visit);
    for body in circular.bodies() {
        for element in body {
            match element {
                Element::Heading(h) => {
                    h.label.iter().for_each(&mut *visit);
                    visit(&h.title);
                }
                Element::Paragraph(text) => visit(text),
                Element::Table(_) => {}
            }
        }
    }
    for table in &circular.tables {
        table_texts(table, visit);
    }
    circular.listed.iter().for_each(|l| visit(&l.title));
    circular.signatures.iter().for_each(&mut *visit);
    circular.date.iter().for_each(|d| visit(&d.text));
    circular.annotation.iter().for_each(&mut *visit);
    for attachment in &circular.attachments {
        visit(&attachment.label);
        attachment.title.iter().for_each(&mut *visit);
    }
    circular.imprint.iter().for_each(&mut *visit);
    circular.discarded.iter().for_each(|d| visit(&d.text));
}

fn claims(circular: &Circular) -> Vec<Span> {
    let mut spans = Vec::new();
    texts(circular, &mut |text| spans.extend(text.claimed()));
    spans.sort_unstable();
    spans
}

/// Source characters, white space and those without width aside, that no text of the record claims.
#[must_use]
pub fn unclaimed(document: &Document, circular: &Circular) -> Vec<Span> {
    let mut out = Vec::new();
    let mut gap = |from: usize, to: usize| {
        let text = &document.text[from..to];
        let is_blank = |c: char| c.is_whitespace() || is_zero_width(c);
        let trimmed = text.trim_matches(is_blank);
        if !trimmed.is_empty() {
            let start = from + (text.len() - text.trim_start_matches(is_blank).len());
            out.push(Span::new(start, start + trimmed.len()));
        }
    };
    let mut at = 0;
    for span in claims(circular) {
        if span.start > at {
            gap(at, span.start);
        }
        at = at.max(span.end);
    }
    if at < document.text.len() {
        gap(at, document.text.len());
    }
    out
}

/// Source characters that more than one text of the record claims.
#[must_use]
pub fn doubly_claimed(circular: &Circular) -> Vec<Span> {
    let mut out = Vec::new();
    let mut at = 0;
    for span in claims(circular) {
        if span.start < at {
            out.push(Span::new(span.start, span.end.min(at)));
        }
        at = at.max(span.end);
    }
    out
}
