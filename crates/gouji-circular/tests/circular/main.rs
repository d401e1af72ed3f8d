//! Whole documents through the parser, and the law that nothing of the source is lost.

mod conservation;
mod grids;
mod record;
mod texts;

use gouji_circular::{Circular, Element, Table, doubly_claimed, parse, unclaimed};
use gouji_document::{Block, Document, Format, Paragraph, Span};

/// A text file as its reader gives it: one paragraph a line, blank ones left out.
fn txt(text: &str) -> Document {
    let mut blocks = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        if !line.trim().is_empty() {
            blocks.push(Block::Paragraph(Paragraph {
                span: Span::new(at, at + line.len()),
                ..Paragraph::default()
            }));
        }
        at += line.len() + 1;
    }
    Document {
        format: Format::Txt,
        text: text.to_owned(),
        blocks,
        encoding: None,
    }
}

/// Parses and holds the result to the conservation law.
fn parsed(document: &Document) -> Circular {
    let circular = parse(document);
    let lost: Vec<&str> = unclaimed(document, &circular)
        .into_iter()
        .map(|s| document.quote(s))
        .collect();
    assert_eq!(lost, Vec::<&str>::new(), "lost from {:?}", document.text);
    let twice: Vec<&str> = doubly_claimed(&circular)
        .into_iter()
        .map(|s| document.quote(s))
        .collect();
    assert_eq!(twice, Vec::<&str>::new(), "twice in {:?}", document.text);
    circular
}

fn headings(body: &[Element]) -> Vec<String> {
    body.iter()
        .filter_map(|e| match e {
            Element::Heading(h) => Some(format!(
                "{}{}",
                h.label.as_ref().map_or("", |l| l.as_str()),
                h.title.as_str()
            )),
            _ => None,
        })
        .collect()
}

/// The header and the rows, cells parted by `|`.
fn rows(table: &Table) -> Vec<String> {
    let header = table.header.iter().map(|h| h.as_str()).collect::<Vec<_>>().join("|");
    let rows = table
        .rows
        .iter()
        .map(|r| r.cells.iter().map(|c| c.text.as_str()).collect::<Vec<_>>().join("|"));
    std::iter::once(header).chain(rows).collect()
}
