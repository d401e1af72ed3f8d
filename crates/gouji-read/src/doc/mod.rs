//! Word 97–2003 documents (MS-DOC), which WPS writes as `.wps` too.
//!
//! - Handled: text in pieces, wide and narrow, as quick saves leave it; paragraphs, tables with merged cells and nested
//!   tables, automatic numbers, tracked changes (as if accepted), fields (their result), text boxes at their anchors,
//!   footnotes and endnotes, headers and footers, hidden text, page and section breaks, symbols, special hyphens, outline
//!   levels and alignment through styles.
//! - Partly handled: a bullet leaves no label; a text box in a group of shapes stands at the end; pictures and embedded
//!   objects are only warned of; of a cut file what is left is read.
//! - Ignored: comments, macros, run formatting, legacy form fields, frames, columns, cells inserted or taken away in a row
//!   after it was defined.
//!
//! What the structures say becomes the same raw blocks that the docx reader makes, so their meaning is settled in one
//! place. Every count is bounded by the bytes that are there.

mod fib;
pub(crate) mod flow;
mod formatting;
mod lists;
mod pieces;
pub(crate) mod properties;
mod styles;
mod tables;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use gouji_document::{Deadline, Document, Format, Parsed, Stream, WarningKind};

use crate::ReadError;
use crate::assembly::Assembly;
use crate::compound::Compound;
use crate::docx::lower;
use crate::docx::numbering::{Counters, Numbering};
use crate::little_endian::{u16_at, u32_at};
use fib::{Fib, Part, Ranges};
use formatting::Runs;
use pieces::{MAX_CHARACTERS, Pieces};
use properties::{MAX_OUTSIDE_BYTES, Outside};
use styles::Styles;
use walk::{Shapes, Walked, walk};

/// Fonts of a document; symbols name theirs by number.
const MAX_FONTS: usize = 10_000;
/// Bytes of an anchor of a shape (2.9.253).
const ANCHOR: usize = 26;
/// Bytes of what is said of a text box (2.9.106).
const BOX: usize = 22;
/// Bytes of what is said of a section (2.9.243).
const SECTION: usize = 12;
/// The first stories of headers part notes from the text; then six for each section.
const SEPARATORS: usize = 6;

/// The streams and what was read of them.
pub(crate) struct Contents<'d> {
    /// The main stream.
    pub main: &'d [u8],
    /// Where the text stands.
    pub pieces: Pieces<'d>,
    /// Properties of characters.
    pub characters: Runs,
    /// Properties of paragraphs.
    pub paragraphs: Runs,
    /// Properties kept apart.
    pub outside: Outside<'d>,
    /// Its styles.
    pub styles: Styles,
    /// Its lists.
    pub numbering: Numbering,
    /// Names of its fonts.
    pub fonts: Vec<String>,
    /// Until when a walk may go on.
    pub deadline: &'d Deadline,
}

/// Reads a Word 97–2003 document.
pub(crate) fn read(file: &Compound<'_>, deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    let main = file.stream("WordDocument").ok_or(ReadError::Word {
        what: "it has no main stream",
    })??;
    let fib = Fib::parse(&main)?;
    let table = table_stream(file, &fib)?;
    let data = file.stream("Data").and_then(Result::ok).unwrap_or_default();
    let outside = Outside::new(&data);
    let contents = Contents {
        main: &main,
        pieces: Pieces::parse(&fib, &main, &table)?,
        characters: Runs::of_characters(&main, fib.part(Part::CharacterPages, &table)),
        paragraphs: Runs::of_paragraphs(&main, fib.part(Part::ParagraphPages, &table)),
        styles: Styles::parse(fib.part(Part::Styles, &table), &outside),
        numbering: lists::parse(&fib, &table),
        fonts: fonts(fib.part(Part::Fonts, &table)),
        outside,
        deadline,
    };
    let mut reader = Reader {
        fib: &fib,
        table: &table,
        contents: &contents,
        counters: Counters::default(),
        assembly: Assembly::until(deadline),
    };
    reader.read_all();
    let mut assembly = reader.assembly;
    if assembly.n_blocks() == 0 {
        return Err(ReadError::Empty);
    }
    if contents.pieces.is_cut {
        let reason = "the file is cut off; some of the text is missing".to_owned();
        assembly.warn(WarningKind::PartSkipped { reason }, "WordDocument");
    }
    let limits = [
        (contents.pieces.is_too_long, "characters", u64::from(MAX_CHARACTERS)),
        (
            contents.outside.is_spent(),
            "bytes of properties",
            MAX_OUTSIDE_BYTES as u64,
        ),
    ];
    for (_, what, limit) in limits.into_iter().filter(|(reached, ..)| *reached) {
        assembly.warn(WarningKind::LimitReached { what, limit }, "WordDocument");
    }
    let (value, warnings) = assembly.finish(Format::Doc, None);
    Ok(Parsed { value, warnings })
}

/// The table stream that the main stream names; the other one if that is missing.
fn table_stream(file: &Compound<'_>, fib: &Fib) -> Result<Vec<u8>, ReadError> {
    let names = if fib.first_table {
        ["1Table", "0Table"]
    } else {
        ["0Table", "1Table"]
    };
    let stream = names.into_iter().find_map(|name| file.stream(name));
    stream.unwrap_or(Err(ReadError::Word {
        what: "it has no table stream",
    }))
}

/// The names of the fonts (2.9.286); what comes after a defect is left out.
fn fonts(bytes: &[u8]) -> Vec<String> {
    /// Bytes of a font before its name.
    const NAME: usize = 39;
    let n = usize::from(u16_at(bytes, 0).unwrap_or(0));
    let mut rest = bytes.get(4..).unwrap_or_default();
    let mut out = Vec::new();
    for _ in 0..n.min(MAX_FONTS) {
        let Some((&len, body)) = rest.split_first() else { break };
        let Some(font) = body.get(..usize::from(len)) else {
            break;
        };
        let units: Vec<u16> = font
            .get(NAME..)
            .unwrap_or_default()
            .chunks_exact(2)
            .map(|pair| u16::from_le_bytes([pair[0], pair[1]]))
            .take_while(|unit| *unit != 0)
            .collect();
        out.push(String::from_utf16_lossy(&units));
        rest = &body[font.len()..];
    }
    out
}

/// Goes through the stories in the order in which the docx reader has them.
struct Reader<'d> {
    fib: &'d Fib,
    table: &'d [u8],
    contents: &'d Contents<'d>,
    counters: Counters,
    assembly: Assembly,
}

impl Reader<'_> {
    fn read_all(&mut self) {
        let lengths = self.fib.lengths;
        // Each story begins where the one before it ends.
        let mut end = 0u32;
        let mut story = |len: u32| {
            let start = end;
            end = end.saturating_add(len);
            start..end
        };
        let body = story(lengths.body);
        let footnotes = story(lengths.footnotes);
        let headers = story(lengths.headers);
        story(lengths.macros);
        story(lengths.comments);
        let endnotes = story(lengths.endnotes);
        let boxes = story(lengths.boxes);
        let header_boxes = story(lengths.header_boxes);

        let shapes = self.shapes(Part::BodyShapes, Part::BodyBoxes, &body, boxes);
        let sections = self.sections();
        let walked = walk(
            self.contents,
            &mut self.counters,
            body,
            Stream::Body,
            &shapes,
            &sections,
        );
        let used = self.take(walked, "WordDocument");
        self.leftover_boxes(&shapes, &used, Stream::TextBox);
        for (notes, name) in [(footnotes, "footnotes"), (endnotes, "endnotes")] {
            let walked = self.plain(notes, Stream::Note);
            self.take(walked, name);
        }
        let shapes = self.shapes(Part::HeaderShapes, Part::HeaderBoxes, &headers, header_boxes);
        let mut used = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let stories = Ranges::new(self.fib.part(Part::HeaderStories, self.table), 0);
        let mut last = headers.start;
        for idx in SEPARATORS..stories.len() {
            let Some((from, to, _)) = stories.get(idx) else { break };
            let to = headers.start.saturating_add(to).min(headers.end);
            let from = headers.start.saturating_add(from).max(last);
            // Headers of even, of other pages; footers of even, of other pages; header and footer of the first page.
            let stream = match (idx - SEPARATORS) % 6 {
                0 | 1 | 4 => Stream::Header,
                _ => Stream::Footer,
            };
            if from >= to {
                continue;
            }
            last = to;
            let walked = walk(
                self.contents,
                &mut self.counters,
                from..to,
                stream,
                &shapes,
                &BTreeMap::new(),
            );
            // Sections repeat what they share.
            if seen.insert(format!("{:?}", walked.blocks)) {
                used.extend(self.take(walked, "headers and footers"));
            } else {
                used.extend(walked.boxes);
            }
        }
        // Which of head and foot they stand in is not known; neither is text of the circular.
        self.leftover_boxes(&shapes, &used, Stream::Header);
    }

    /// Walks a story without shapes and sections.
    fn plain(&mut self, story: Range<u32>, stream: Stream) -> Walked {
        walk(
            self.contents,
            &mut self.counters,
            story,
            stream,
            &Shapes::default(),
            &BTreeMap::new(),
        )
    }

    /// Takes what a walk gave into the document; returns the text boxes that it met.
    fn take(&mut self, walked: Walked, part: &str) -> BTreeSet<u32> {
        for what in walked.embedded {
            self.assembly.warn(WarningKind::EmbeddedContent { what }, part);
        }
        for (what, limit) in walked.limits {
            self.assembly.warn(WarningKind::LimitReached { what, limit }, part);
        }
        lower::lower(walked.blocks, &mut self.assembly);
        walked.boxes
    }

    /// Text boxes that no anchor led to: their shapes are parts of other shapes.
    fn leftover_boxes(&mut self, shapes: &Shapes, used: &BTreeSet<u32>, stream: Stream) {
        for (shape, story) in &shapes.boxes {
            if !used.contains(shape) {
                let walked = self.plain(story.clone(), stream);
                self.take(walked, "text boxes");
            }
        }
    }

    /// Where shapes are anchored, and which of them hold text. `story` is the text that they are anchored in, `boxes` the
    /// text that they hold.
    fn shapes(&self, anchors: Part, listed: Part, story: &Range<u32>, boxes: Range<u32>) -> Shapes {
        let mut out = Shapes::default();
        let listed = Ranges::new(self.fib.part(listed, self.table), BOX);
        // The last one is a spare.
        let mut last = boxes.start;
        for idx in 0..listed.len().saturating_sub(1) {
            let Some((from, to, about)) = listed.get(idx) else {
                break;
            };
            let from = boxes.start.saturating_add(from).max(last);
            let to = boxes.start.saturating_add(to).min(boxes.end);
            let is_spare = u16_at(about, 8) != Some(0);
            if let Some(shape) = u32_at(about, 14).filter(|_| !is_spare && from < to) {
                out.boxes.entry(shape).or_insert(from..to);
                // Boxes that share text could make a small file endless.
                last = to;
            }
        }
        let anchors = Ranges::new(self.fib.part(anchors, self.table), ANCHOR);
        for (at, _, about) in anchors.iter() {
            let shape = u32_at(about, 0).filter(|shape| out.boxes.contains_key(shape));
            if let Some(shape) = shape {
                out.anchors.entry(story.start.saturating_add(at)).or_insert(shape);
            }
        }
        out
    }

    /// Where each section ends, and whether it begins on a new page.
    fn sections(&self) -> BTreeMap<u32, bool> {
        let listed = Ranges::new(self.fib.part(Part::Sections, self.table), SECTION);
        let on_new_page = |about: &[u8]| {
            let at = u32_at(about, 2).filter(|at| *at != u32::MAX)? as usize;
            let len = usize::from(u16_at(self.contents.main, at)?);
            let list = self.contents.main.get(at + 2..)?.get(..len)?;
            Some(properties::begins_page(list))
        };
        listed
            .iter()
            .map(|(_, end, about)| (end, on_new_page(about).unwrap_or(true)))
            .collect()
    }
}
