//! Findings as notes on the cells of a workbook (xlsx).
//!
//! Only what notes need is changed: the comments part of a sheet, the drawing that holds their boxes, one element of the sheet
//! that names it, relationships and content types; every other entry of the package is copied as it is packed. Notes that stand
//! there already stay; a cell that has one gets its text continued.
//!
//! These are the notes of old (ECMA-376 part 1, 18.7, with a VML drawing each sheet, part 4, 19.1): every program shows them.
//! Replies to threaded comments are a part of their own, which is left as it is.

mod drawing;
mod notes;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use gouji_document::Span;

use super::markup::{Root, Step, Tags, attribute, in_utf_8};
use super::package::Source;
use super::part::{OWN_ID, TYPES, free, resolve};
use super::{AnnotateError, Annotated, MAX_COMMENTS};
use crate::parts::{PACKAGE_RELATIONS, R};
use crate::xml::Xml;

/// The vocabulary of relationships in strict packages.
const STRICT_R: &str = "http://purl.oclc.org/ooxml/officeDocument/relationships";
/// The vocabulary of sheets in strict packages.
const STRICT: &str = "http://purl.oclc.org/ooxml/spreadsheetml/main";
/// Elements of a worksheet that stand behind the one for old drawings (18.3.1.99).
const BEHIND: [&str; 10] = [
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
    "AlternateContent",
    "legacyDrawing",
];

/// A note to be made on a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellNote {
    /// The sheet's name, and the cell's address in it; `None` for a matter that has no cell, which goes to the first cell of the
    /// first sheet.
    pub cell: Option<(String, String)>,
    /// Its lines.
    pub lines: Vec<String>,
}

/// A change of a text: what stands at a span makes way for something else.
struct Edit {
    at: Span,
    to: String,
}

impl Edit {
    fn insert(at: usize, to: impl Into<String>) -> Self {
        Self {
            at: Span::new(at, at),
            to: to.into(),
        }
    }
}

/// The text with all edits made, which must not overlap.
fn edited(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|e| e.at);
    let mut out = String::with_capacity(text.len() + edits.iter().map(|e| e.to.len()).sum::<usize>());
    let mut copied = 0;
    for edit in edits {
        out.push_str(&text[copied..edit.at.start]);
        out.push_str(&edit.to);
        copied = edit.at.end;
    }
    out.push_str(&text[copied..]);
    out
}

/// Copies `xlsx` with a note on the cell of each of `notes`; several on one cell become one. `None` if it is no workbook of
/// this format (a binary one, an OpenDocument spreadsheet).
///
/// # Errors
/// [`AnnotateError`] if the package is damaged where notes must be put in.
pub fn annotate_workbook(xlsx: &[u8], notes: &[CellNote]) -> Result<Option<Annotated>, AnnotateError> {
    let mut source = Source::open(xlsx)?;
    let Some(sheets) = sheets(&mut source)? else {
        return Ok(None);
    };
    let Some((first, _)) = sheets.first() else {
        return Ok(None);
    };
    let made = notes.len().min(MAX_COMMENTS);
    let (made, left_out) = notes.split_at(made);
    // By sheet in the order of the workbook, then by row and column.
    let mut by_sheet: BTreeMap<usize, BTreeMap<(u32, u32), Vec<&str>>> = BTreeMap::new();
    for note in made {
        let (name, address) = match &note.cell {
            Some((name, address)) => (name, address.as_str()),
            None => (first, "A1"),
        };
        let sheet = sheets.iter().position(|(known, _)| known == name).unwrap_or(0);
        let lines = by_sheet
            .entry(sheet)
            .or_default()
            .entry(place(address).unwrap_or((0, 0)))
            .or_default();
        lines.extend(note.lines.iter().map(String::as_str));
    }
    let mut types = Types::default();
    for (sheet, cells) in by_sheet {
        annotate_sheet(&mut source, &sheets[sheet].1, sheet, &cells, &mut types)?;
    }
    if let Some(text) = source.text_if_any(TYPES)?
        && let Some(changed) = types.added_to(&text)?
    {
        source.replace(TYPES, changed);
    }
    Ok(Some(Annotated {
        docx: source.write()?,
        made: made.len(),
        tracked: 0,
        left_out: left_out.len(),
    }))
}

/// `AB12` → row 11, column 27.
fn place(address: &str) -> Option<(u32, u32)> {
    let split = address
        .find(|c: char| !c.is_ascii_uppercase())
        .filter(|at| (1..=3).contains(at))?;
    let (letters, digits) = address.split_at(split);
    let col = letters.bytes().fold(0, |n, b| n * 26 + u32::from(b - b'A') + 1);
    let row: u32 = digits.parse().ok()?;
    Some((row.checked_sub(1)?, col - 1))
}

/// The address of a cell.
fn address((row, col): (u32, u32)) -> String {
    let mut letters = Vec::new();
    let mut n = col + 1;
    while n > 0 {
        letters.push(char::from(b'A' + ((n - 1) % 26) as u8));
        n = (n - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &(row + 1).to_string()
}

/// The worksheets by name with their parts, in order; `None` if the package is no workbook of markup.
fn sheets(source: &mut Source<'_>) -> Result<Option<Vec<(String, String)>>, AnnotateError> {
    let top = Relations::read(source, "")?;
    let Some(main) = top.of_kind("officeDocument").filter(|main| !main.ends_with(".bin")) else {
        return Ok(None);
    };
    let Some(text) = source.text_if_any(&main)? else {
        return Ok(None);
    };
    let related = Relations::read(source, &main)?;
    let mut out = Vec::new();
    let mut tags = Tags::new(&text, &main);
    loop {
        let start = match tags.next()? {
            Step::Start(start, _) | Step::Empty(start, _) => start,
            Step::End(_) => continue,
            Step::Done => break,
        };
        if start.local_name().as_ref() as &str != "sheet" {
            continue;
        }
        let (Some(name), Some(id)) = (attribute(&start, "name"), attribute(&start, "id")) else {
            continue;
        };
        if let Some(part) = related.of_id(&id, "worksheet").filter(|part| source.has(part)) {
            out.push((name, part));
        }
    }
    Ok(Some(out))
}

/// A relationship: id, kind, part.
type Relation = (String, String, String);

/// The relationships of a part, and what will be added to them.
struct Relations {
    part: String,
    /// As they stand; none if the part has none.
    text: Option<String>,
    list: Vec<Relation>,
    added: String,
}

impl Relations {
    fn read(source: &mut Source<'_>, of: &str) -> Result<Self, AnnotateError> {
        let (folder, file) = of.rsplit_once('/').map_or(("", of), |(f, n)| (&of[..f.len() + 1], n));
        let part = format!("{folder}_rels/{file}.rels");
        let text = source.text_if_any(&part)?;
        let mut list = Vec::new();
        let mut tags = Tags::new(text.as_deref().unwrap_or_default(), &part);
        loop {
            let start = match tags.next()? {
                Step::Start(start, _) | Step::Empty(start, _) => start,
                Step::End(_) => continue,
                Step::Done => break,
            };
            let is_outside = attribute(&start, "TargetMode").is_some_and(|mode| mode == "External");
            if let (Some(id), Some(kind), Some(target)) = (
                attribute(&start, "Id"),
                attribute(&start, "Type"),
                attribute(&start, "Target"),
            ) {
                let target = if is_outside {
                    String::new()
                } else {
                    resolve(folder, &target)
                };
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                list.push((id, kind, target));
            }
        }
        drop(tags);
        Ok(Self {
            part,
            text,
            list,
            added: String::new(),
        })
    }

    fn of_kind(&self, kind: &str) -> Option<String> {
        let mut found = self
            .list
            .iter()
            .filter(|(_, k, target)| k == kind && !target.is_empty());
        found.next().map(|(_, _, target)| target.clone())
    }

    fn of_id(&self, id: &str, kind: &str) -> Option<String> {
        let mut found = self
            .list
            .iter()
            .filter(|(i, k, target)| i == id && k == kind && !target.is_empty());
        found.next().map(|(_, _, target)| target.clone())
    }

    /// Adds a relationship to a part; its id.
    fn add(&mut self, base: &str, kind: &str, target: &str) -> String {
        let id = free(OWN_ID, "", |id| self.list.iter().any(|(i, ..)| i == id));
        let mut xml = Xml::default();
        let (kind_name, path) = (format!("{base}/{kind}"), format!("/{target}"));
        xml.empty(
            "Relationship",
            &[
                ("xmlns", &PACKAGE_RELATIONS),
                ("Id", &id),
                ("Type", &kind_name),
                ("Target", &path),
            ],
        );
        self.added.push_str(&xml.finish());
        self.list.push((id.clone(), kind.to_owned(), target.to_owned()));
        id
    }

    /// The part with what was added; `None` if nothing was.
    fn changed(&self) -> Result<Option<String>, AnnotateError> {
        if self.added.is_empty() {
            return Ok(None);
        }
        let fresh;
        let text = match &self.text {
            Some(text) => text,
            None => {
                let mut xml = Xml::part();
                xml.empty("Relationships", &[("xmlns", &PACKAGE_RELATIONS)]);
                fresh = xml.finish();
                &fresh
            }
        };
        Ok(Some(Root::of(text, &self.part)?.with_last(text, &self.added)))
    }
}

/// Content types to be added.
#[derive(Default)]
struct Types {
    /// Comments parts.
    comments: Vec<String>,
    /// There is a new drawing.
    drawing: bool,
}

impl Types {
    fn added_to(&self, types: &str) -> Result<Option<String>, AnnotateError> {
        const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
        let mut has_drawing = false;
        let mut tags = Tags::new(types, TYPES);
        loop {
            match tags.next()? {
                Step::Start(start, _) | Step::Empty(start, _) => {
                    has_drawing |= start.local_name().as_ref() as &str == "Default"
                        && attribute(&start, "Extension").is_some_and(|e| e.eq_ignore_ascii_case("vml"));
                }
                Step::End(_) => {}
                Step::Done => break,
            }
        }
        let mut xml = Xml::default();
        if self.drawing && !has_drawing {
            let kind = "application/vnd.openxmlformats-officedocument.vmlDrawing";
            xml.empty(
                "Default",
                &[("xmlns", &NAMESPACE), ("Extension", &"vml"), ("ContentType", &kind)],
            );
        }
        for part in &self.comments {
            let (name, kind) = (
                format!("/{part}"),
                "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml",
            );
            xml.empty(
                "Override",
                &[("xmlns", &NAMESPACE), ("PartName", &name), ("ContentType", &kind)],
            );
        }
        let added = xml.finish();
        if added.is_empty() {
            return Ok(None);
        }
        Ok(Some(Root::of(types, TYPES)?.with_last(types, &added)))
    }
}

/// What of a sheet notes need to know.
struct Layout {
    /// Id of the relationship to its old drawing, and the tag that names it, with content or not.
    drawing: Option<(String, Span, bool)>,
    /// Where the element that names one goes.
    behind: usize,
    /// Prefix of its vocabulary, with the colon.
    prefix: String,
    is_strict: bool,
}

impl Layout {
    fn read(text: &str, part: &str) -> Result<Self, AnnotateError> {
        let root = Root::of(text, part)?;
        let mut out = Self {
            drawing: None,
            behind: 0,
            prefix: root.prefix().to_owned(),
            is_strict: text[..text.len().min(4000)].contains(STRICT),
        };
        let mut has_data = false;
        let mut tags = Tags::new(text, part);
        loop {
            let (start, at, depth, is_empty) = match tags.next()? {
                Step::Start(start, at) => (start, at, tags.depth(), false),
                Step::Empty(start, at) => (start, at, tags.depth() + 1, true),
                Step::End(at) => {
                    if tags.depth() == 0 && out.behind == 0 {
                        out.behind = at.start;
                    }
                    continue;
                }
                Step::Done => break,
            };
            if depth != 2 {
                continue;
            }
            let name = start.local_name();
            let name: &str = name.as_ref();
            has_data |= name == "sheetData";
            if name == "legacyDrawing" {
                out.drawing = attribute(&start, "id").map(|id| (id, at, is_empty));
            }
            if has_data && out.behind == 0 && BEHIND.contains(&name) {
                out.behind = at.start;
            }
        }
        if out.behind == 0 {
            return Err(AnnotateError::Malformed {
                part: part.to_owned(),
                offset: text.len(),
            });
        }
        Ok(out)
    }
}

fn annotate_sheet(
    source: &mut Source<'_>,
    part: &str,
    nth: usize,
    cells: &BTreeMap<(u32, u32), Vec<&str>>,
    types: &mut Types,
) -> Result<(), AnnotateError> {
    let text = source.text_if_any(part)?.unwrap_or_default();
    let layout = Layout::read(&text, part)?;
    let base = if layout.is_strict { STRICT_R } else { R };
    let mut relations = Relations::read(source, part)?;

    let existing = relations.of_kind("comments").filter(|name| source.has(name));
    let name = match &existing {
        Some(name) => name.clone(),
        None => {
            let name = free("xl/comments", ".xml", |name| source.has(name));
            relations.add(base, "comments", &name);
            types.comments.push(name.clone());
            name
        }
    };
    let old = match &existing {
        Some(name) => source.text_if_any(name)?,
        None => None,
    };
    let vocabulary = if layout.is_strict {
        STRICT
    } else {
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    };
    let (comments, fresh) = notes::with(old.as_deref(), &name, vocabulary, cells)?;
    source.replace(&name, in_utf_8(comments));

    // A note that was there has its box.
    let drawn = layout
        .drawing
        .as_ref()
        .and_then(|(id, ..)| relations.of_id(id, "vmlDrawing"));
    let drawn = drawn.filter(|name| source.has(name));
    match drawn {
        Some(name) => {
            let old = source.text_if_any(&name)?.unwrap_or_default();
            source.replace(&name, drawing::with(Some(&old), &name, nth, &fresh)?);
        }
        None => {
            let name = free("xl/drawings/vmlDrawing", ".vml", |name| source.has(name));
            let boxes: Vec<(u32, u32)> = cells.keys().copied().collect();
            source.replace(&name, drawing::with(None, &name, nth, &boxes)?);
            types.drawing = true;
            let id = relations.add(base, "vmlDrawing", &name);
            let element = format!("<{}legacyDrawing xmlns:r=\"{base}\" r:id=\"{id}\"", layout.prefix);
            // One that leads nowhere makes way.
            let edit = match layout.drawing {
                Some((_, at, is_empty)) => Edit {
                    at,
                    to: element + if is_empty { "/>" } else { ">" },
                },
                None => Edit::insert(layout.behind, element + "/>"),
            };
            source.replace(part, in_utf_8(edited(&text, vec![edit])));
        }
    }
    if let Some(changed) = relations.changed()? {
        source.replace(&relations.part, changed);
    }
    Ok(())
}
