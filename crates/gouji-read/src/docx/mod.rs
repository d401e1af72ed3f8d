//! Word documents: docx, docm, dotx, transitional and strict.
//!
//! - Handled: paragraphs, tables with merged cells and nested tables, automatic numbers, tracked changes and merges (as if
//!   accepted), fields (their result; of enclosed characters, symbols and form fields, which have none, what they show),
//!   hyperlinks, content controls, smart tags and custom XML at every level, text boxes (DrawingML and VML, once, in groups
//!   too), text drawn as a shape (VML), footnotes and endnotes, headers and footers, hidden text, page and section breaks,
//!   symbols and symbol fonts, special hyphens, ruby (base text), equations as a line of text, outline levels and alignment
//!   through styles, foreign prefixes, the strict form, parts under any name.
//! - Partly handled: a bullet leaves no label; the result of a field is what was stored; pictures, charts, diagrams,
//!   objects, embedded documents and subdocuments are only warned of.
//! - Ignored: comments, run formatting, frames, columns, line numbers, white or tiny text.

pub(crate) mod field_code;
pub(crate) mod lower;
pub(crate) mod number_format;
pub(crate) mod numbering;
pub(crate) mod raw;
pub(crate) mod styles;
pub(crate) mod symbols;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use gouji_document::{Anchors, Deadline, Document, Format, Parsed, Stream, WarningKind};

use crate::ReadError;
use crate::assembly::Assembly;
use crate::package::Package;
use crate::relationships::{self, Relationships, target_of};
use crate::xml;
use numbering::{Counters, Numbering};
use styles::Styles;
use walk::{Context, Walked, walk};

/// Reads a Word document.
pub(crate) fn read(package: Package<'_>, deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    Ok(read_traced(package, false, deadline)?.0)
}

/// Where the text of a Word document stands in its main part.
pub(crate) fn anchors(package: Package<'_>) -> Result<Anchors, ReadError> {
    Ok(read_traced(package, true, &Deadline::default())?.1)
}

/// Reads a Word document; the places are empty unless `trace` is set.
fn read_traced(
    mut package: Package<'_>,
    trace: bool,
    deadline: &Deadline,
) -> Result<(Parsed<Document>, Anchors), ReadError> {
    let main = main_part(&mut package);
    let source = match package.read_named(&main) {
        Some(source) => source?,
        None => return Err(ReadError::MissingPart { part: main }),
    };
    let source = xml::decode_part(&source);
    let related = relationships::of_part(&mut package, &main);
    let mut assembly = Assembly::until(deadline);
    let styles = Styles::parse(&support(&mut package, &related, "styles", &mut assembly));
    let numbering = Numbering::parse(&support(&mut package, &related, "numbering", &mut assembly));
    let cx = Context {
        styles: &styles,
        numbering: &numbering,
        trace,
        deadline,
    };
    let mut counters = Counters::default();

    let mut body = walk(&cx, &mut counters, &main, &source, Stream::Body);
    if body.blocks.is_empty()
        && let Some((offset, source)) = body.broken.take()
    {
        return Err(ReadError::Xml {
            part: main,
            offset,
            source,
        });
    }
    let margins = std::mem::take(&mut body.margins);
    take(body, &main, &mut assembly);

    for kind in ["footnotes", "endnotes"] {
        let source = support(&mut package, &related, kind, &mut assembly);
        if !source.is_empty() {
            let walked = walk(&cx, &mut counters, kind, &source, Stream::Note);
            take(walked, kind, &mut assembly);
        }
    }
    let mut seen = BTreeSet::new();
    for id in margins {
        let Some(relationship) = related.get(&id) else { continue };
        let stream = if relationship.kind == "header" {
            Stream::Header
        } else {
            Stream::Footer
        };
        if relationship.target.is_empty() || !seen.insert(relationship.target.clone()) {
            continue;
        }
        let source = part_text(&mut package, &relationship.target, &mut assembly);
        let walked = walk(&cx, &mut counters, &relationship.target, &source, stream);
        take(walked, &relationship.target, &mut assembly);
    }

    if assembly.n_blocks() == 0 {
        return Err(ReadError::Empty);
    }
    let anchors = Anchors {
        part: main,
        markup: if trace { source.into_owned() } else { String::new() },
        anchors: std::mem::take(&mut assembly.anchors),
    };
    let (value, warnings) = assembly.finish(Format::Docx, None);
    Ok((Parsed { value, warnings }, anchors))
}

/// The main part, as the package's relationships name it.
fn main_part(package: &mut Package<'_>) -> String {
    let top = relationships::of_part(package, "");
    target_of(&top, "officeDocument")
        .unwrap_or("word/document.xml")
        .to_owned()
}

/// The text of a part that only supports the main one; an empty string if there is none.
fn support(package: &mut Package<'_>, related: &Relationships, kind: &str, assembly: &mut Assembly) -> String {
    match target_of(related, kind) {
        Some(target) => part_text(package, target, assembly),
        None => String::new(),
    }
}

fn part_text(package: &mut Package<'_>, part: &str, assembly: &mut Assembly) -> String {
    match package.read_named(part) {
        Some(Ok(bytes)) => xml::decode_whole(bytes),
        Some(Err(error)) => {
            let reason = error.to_string();
            assembly.warn(WarningKind::PartSkipped { reason }, part);
            String::new()
        }
        None => String::new(),
    }
}

/// Takes what a walk gave into the document.
fn take(walked: Walked, part: &str, assembly: &mut Assembly) {
    assembly.warnings.extend(walked.warnings);
    if let Some((offset, _)) = walked.broken {
        let reason = format!("malformed XML at byte {offset}; what follows is left out");
        assembly.warn(WarningKind::PartSkipped { reason }, part);
    }
    lower::lower(walked.blocks, assembly);
}
