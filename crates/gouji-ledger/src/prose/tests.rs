//! Sentences in, relations out. One line a relation: kind, cue (`!` explicit, `?` implied, `~` arithmetic), stated, operands.

use gouji_circular::{Circular, Element};
use gouji_document::{Block, Document, Format, Paragraph, Span, Text};

use crate::{Cue, Relation, RelationKind};

/// The circular whose body is the lines of `text`.
pub(crate) fn circular(text: &str) -> (Document, Circular) {
    let mut blocks = Vec::new();
    let mut body = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        if line.trim().is_empty() {
            continue;
        }
        blocks.push(Block::Paragraph(Paragraph {
            span,
            ..Paragraph::default()
        }));
        body.push(Element::Paragraph(Text::from_source(text, span)));
    }
    let document = Document {
        format: Format::Txt,
        text: text.to_owned(),
        blocks,
        encoding: None,
    };
    let circular = Circular {
        body,
        ..Circular::default()
    };
    (document, circular)
}

fn line(relation: &Relation) -> String {
    let cue = match relation.cue {
        Cue::Explicit => '!',
        Cue::Implied => '?',
        Cue::Arithmetic => '~',
    };
    let reading = &relation.readings[0];
    let operands: Vec<&str> = reading.operands.iter().map(|o| o.surface.as_str()).collect();
    format!(
        "{}{cue} {} <- {}",
        relation.kind.name(),
        reading.stated.surface,
        operands.join(" ")
    )
}

fn read(text: &str) -> Vec<String> {
    let (document, circular) = circular(text);
    crate::build(&document, &circular)
        .relations
        .iter()
        .filter(|r| r.kind != RelationKind::Numbering)
        .map(line)
        .collect()
}

#[test]
fn show() {
    let text = std::fs::read_to_string("/tmp/forms.txt").unwrap();
    for l in text.lines() {
        println!("{l}");
        for r in read(l) {
            println!("      {r}");
        }
    }
}
