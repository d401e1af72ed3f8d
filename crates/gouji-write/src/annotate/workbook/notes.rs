//! The comments part of a sheet (ECMA-376 part 1, 18.7).

use std::collections::BTreeMap;

use gouji_document::Span;

use super::{Edit, address, edited};
use crate::annotate::AnnotateError;
use crate::annotate::markup::{Root, Step, Tags, attribute};
use crate::annotate::part::AUTHOR;
use crate::xml::Xml;

/// Characters of one note; a cell holds no more (ECMA-376 leaves it open, Excel does not).
const MAX_CHARACTERS: usize = 30_000;

/// A note that is there already.
#[derive(Default)]
struct Old {
    /// Its `text` element, without content or not.
    text: Option<(Span, bool)>,
    /// Plain characters right in it, which become a run.
    plain: Vec<Span>,
    /// Where its runs end.
    end: usize,
}

/// What is in a comments part.
#[derive(Default)]
struct Found {
    n_authors: usize,
    /// The last thing in `authors`, or the element itself if it is empty.
    authors: Option<(Span, bool)>,
    /// The same of `commentList`.
    list: Option<(Span, bool)>,
    by_cell: BTreeMap<String, Old>,
}

/// The part with a note on each of `cells`, and the cells that had none before. `vocabulary` is the namespace of a new part.
pub(super) fn with(
    existing: Option<&str>,
    part: &str,
    vocabulary: &str,
    cells: &BTreeMap<(u32, u32), Vec<&str>>,
) -> Result<(String, Vec<(u32, u32)>), AnnotateError> {
    let fresh;
    let text = match existing {
        Some(text) => text,
        None => {
            let mut xml = Xml::part();
            xml.open("comments", &[("xmlns", &vocabulary)]);
            xml.empty("authors", &[]);
            xml.empty("commentList", &[]);
            xml.close("comments");
            fresh = xml.finish();
            &fresh
        }
    };
    let prefix = Root::of(text, part)?.prefix().to_owned();
    let found = find(text, part)?;
    let (Some(authors), Some(list)) = (found.authors, found.list) else {
        return Err(AnnotateError::Malformed {
            part: part.to_owned(),
            offset: 0,
        });
    };
    let mut edits = vec![last_in(
        authors,
        &format!("{prefix}authors"),
        format!("<{prefix}author>{AUTHOR}</{prefix}author>"),
    )];
    let mut made = Vec::new();
    let mut notes = String::new();
    for (cell, lines) in cells {
        let at = address(*cell);
        match found.by_cell.get(&at) {
            Some(old) => edits.extend(continued(old, &prefix, lines)),
            None => {
                made.push(*cell);
                notes.push_str(&format!(
                    "<{prefix}comment ref=\"{at}\" authorId=\"{}\"><{prefix}text>{}</{prefix}text></{prefix}comment>",
                    found.n_authors,
                    run(&prefix, "", lines)
                ));
            }
        }
    }
    if !notes.is_empty() {
        edits.push(last_in(list, &format!("{prefix}commentList"), notes));
    }
    Ok((edited(text, edits), made))
}

/// Something as the last in an element, which is given by its end tag, or as a whole if it is empty.
fn last_in((at, is_empty): (Span, bool), name: &str, content: String) -> Edit {
    if is_empty {
        Edit {
            at,
            to: format!("<{name}>{content}</{name}>"),
        }
    } else {
        Edit::insert(at.start, content)
    }
}

/// A note's text with more lines behind its own.
fn continued(old: &Old, prefix: &str, lines: &[&str]) -> Vec<Edit> {
    let Some((text, is_empty)) = old.text else {
        return Vec::new();
    };
    if is_empty {
        let content = run(prefix, "", lines);
        return vec![last_in((text, true), &format!("{prefix}text"), content)];
    }
    // Nothing may stand between edits at one place, so what ends there is closed in the same one.
    let mut edits = Vec::new();
    let mut tail = String::new();
    for plain in &old.plain {
        edits.push(Edit::insert(plain.start, format!("<{prefix}r>")));
        if plain.end == old.end {
            tail = format!("</{prefix}r>");
        } else {
            edits.push(Edit::insert(plain.end, format!("</{prefix}r>")));
        }
    }
    edits.push(Edit::insert(old.end, tail + &run(prefix, "\n", lines)));
    edits
}

/// A run of lines.
fn run(p: &str, before: &str, lines: &[&str]) -> String {
    let mut text = format!("{before}{}", lines.join("\n"));
    if let Some((at, _)) = text.char_indices().nth(MAX_CHARACTERS) {
        text.truncate(at);
        text.push('…');
    }
    let mut xml = Xml::default();
    xml.text(&text);
    format!(
        "<{p}r><{p}rPr><{p}sz val=\"9\"/><{p}rFont val=\"宋体\"/><{p}charset val=\"134\"/></{p}rPr><{p}t xml:space=\"preserve\">{}</{p}t></{p}r>",
        xml.finish()
    )
}

fn find(text: &str, part: &str) -> Result<Found, AnnotateError> {
    let mut found = Found::default();
    let mut open: Vec<String> = Vec::new();
    // The note at hand, where it belongs, and where its piece of text began.
    let mut note: Option<(String, Old)> = None;
    let mut piece = 0;
    let mut tags = Tags::new(text, part);
    loop {
        let (name, at, is_empty) = match tags.next()? {
            Step::Start(start, at) => {
                let name: String = start.local_name().as_ref().to_owned();
                let cell = attribute(&start, "ref").filter(|_| name == "comment");
                open.push(name);
                match (open.len(), open.last().map_or("", String::as_str)) {
                    (3, "comment") => note = cell.map(|cell| (cell.replace('$', ""), Old::default())),
                    (3, "author") => found.n_authors += 1,
                    (4, "text") => {
                        if let Some((_, old)) = &mut note {
                            old.text = Some((at, false));
                            old.end = at.end;
                        }
                    }
                    (5, _) => piece = at.start,
                    _ => {}
                }
                continue;
            }
            Step::Empty(start, at) => {
                piece = at.start;
                (start.local_name().as_ref().to_owned(), at, true)
            }
            Step::End(at) => (open.pop().unwrap_or_default(), at, false),
            Step::Done => return Ok(found),
        };
        let depth = open.len() + 1;
        match (depth, name.as_str()) {
            (2, "authors") => found.authors = Some((at, is_empty)),
            (2, "commentList") => found.list = Some((at, is_empty)),
            (3, "author") if is_empty => found.n_authors += 1,
            (3, "comment") => {
                if let Some((cell, old)) = note.take() {
                    found.by_cell.entry(cell).or_insert(old);
                }
            }
            (4, "text") if is_empty => {
                if let Some((_, old)) = &mut note {
                    old.text = Some((at, true));
                }
            }
            (5, "t" | "r") if open.get(3).is_some_and(|o| o == "text") => {
                if let Some((_, old)) = &mut note {
                    old.end = at.end;
                    if name == "t" {
                        old.plain.push(Span::new(piece, at.end));
                    }
                }
            }
            _ => {}
        }
    }
}
