//! One pass over the characters of a story, to raw blocks.
//!
//! A paragraph is known only at its mark: the properties of the mark say whether it stood in a table, ended a cell or a
//! row, and which style and list it has. So text is gathered first and placed when its mark comes.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;
use std::ops::Range;

use gouji_document::Stream;

use super::Contents;
use super::flow::{Flow, MAX_DEPTH};
use super::pieces::{Change, Piece, narrow};
use super::properties::{CharacterProperties, ParagraphProperties};
use crate::docx::field_code;
use crate::docx::numbering::Counters;
use crate::docx::raw::{RawBlock, RawParagraph};
use crate::docx::styles::Styles;
use crate::docx::symbols;
use crate::little_endian::u16_at;

/// Fields within fields.
const MAX_FIELDS: usize = 256;
/// Characters of a field's instructions that are kept.
const MAX_CODE: usize = 256;

/// Where shapes that hold text are anchored, and their text.
#[derive(Default)]
pub(crate) struct Shapes {
    /// Shape by the character that anchors it.
    pub anchors: BTreeMap<u32, u32>,
    /// Text by shape.
    pub boxes: BTreeMap<u32, Range<u32>>,
}

/// What a walk over a story gives.
#[derive(Default)]
pub(crate) struct Walked {
    /// In the order in which they begin.
    pub blocks: Vec<RawBlock>,
    /// Kinds of content that is not followed.
    pub embedded: BTreeSet<&'static str>,
    /// Shapes whose text is among the blocks.
    pub boxes: BTreeSet<u32>,
    /// Limits that were reached.
    pub limits: BTreeSet<(&'static str, u64)>,
}

/// A field between its begin and its end.
struct Field {
    /// Before its separator: instructions, not text.
    in_code: bool,
    code: String,
    /// Where in its paragraph its result begins.
    result_at: usize,
}

/// The paragraph whose mark has not come yet.
#[derive(Default)]
struct Paragraph {
    raw: RawParagraph,
    /// A formula field in it, as written.
    formula: Option<String>,
    /// Shapes with text that are anchored in it.
    shapes: Vec<u32>,
}

struct Walker<'d> {
    contents: &'d Contents<'d>,
    counters: &'d mut Counters,
    flow: Flow,
    shapes: &'d Shapes,
    /// Whether the section that ends at a character began on a new page.
    sections: &'d BTreeMap<u32, bool>,
    paragraph: Paragraph,
    fields: Vec<Field>,
    /// How many of `fields` are in their instructions.
    n_in_code: usize,
    /// A paragraph whose mark is deleted, with the depth of its table.
    carried: Option<(usize, Paragraph)>,
    walked: Walked,
    /// The first half of a character beyond U+FFFF.
    high: Option<u16>,
}

/// Walks one story.
pub(crate) fn walk(
    contents: &Contents<'_>,
    counters: &mut Counters,
    story: Range<u32>,
    stream: Stream,
    shapes: &Shapes,
    sections: &BTreeMap<u32, bool>,
) -> Walked {
    let mut walker = Walker {
        contents,
        counters,
        flow: Flow::new(stream),
        shapes,
        sections,
        paragraph: Paragraph::default(),
        fields: Vec::new(),
        n_in_code: 0,
        carried: None,
        walked: Walked::default(),
        high: None,
    };
    for piece in contents.pieces.of(story.start, story.end) {
        walker.piece(piece);
    }
    walker.finish()
}

impl Walker<'_> {
    /// Takes the characters of one piece, run by run.
    fn piece(&mut self, piece: Piece) {
        let contents = self.contents;
        let (main, width) = (contents.main, piece.width());
        let mut place = piece.start;
        let mut at = piece.at;
        while place < piece.end && !contents.deadline.has_passed() {
            let run = contents.characters.at(main, at);
            let properties = self.character_properties(run.properties, at, piece);
            // A run that ends inside a character still ends after it.
            let there = run.end.saturating_sub(at).div_ceil(width).max(1);
            let n = there.min((piece.end - place) as usize);
            let Some(bytes) = main.get(at..at + n * width) else {
                return;
            };
            for character in bytes.chunks_exact(width) {
                let unit = match *character {
                    [low, high] => u16::from_le_bytes([low, high]),
                    [byte] => narrow(byte),
                    _ => 0,
                };
                self.unit(unit, place, at, &piece, &properties);
                place += 1;
                at += width;
            }
        }
    }

    fn character_properties(&self, list: &[u8], at: usize, piece: Piece) -> CharacterProperties {
        let mut out = CharacterProperties::default();
        let contents = self.contents;
        if list.is_empty() && piece.change == Change::None && !contents.styles.any_hides {
            return out;
        }
        let stored = contents.paragraphs.at(contents.main, at).properties;
        let style = u16_at(stored, 0).unwrap_or(0);
        let base = contents.styles.hides(style).unwrap_or(false);
        out.is_hidden = base;
        let hides = |style| contents.styles.hides(style);
        out.take_all(list, base, &hides);
        out.change(piece.change, self.group(piece), base, &hides);
        out
    }

    /// The group of properties that a piece names.
    fn group(&self, piece: Piece) -> &[u8] {
        let group = self.contents.pieces.group(piece.change);
        // Many small pieces may name one large group.
        if self.contents.outside.spend(group.len()) {
            group
        } else {
            &[]
        }
    }

    /// Takes one UTF-16 unit: `place` counts characters, `at` bytes of the main stream.
    fn unit(&mut self, unit: u16, place: u32, at: usize, piece: &Piece, about: &CharacterProperties) {
        let high = self.high.take();
        match unit {
            0x0D | 0x07 => return self.end_paragraph(unit, at, piece, about.is_deleted),
            0x0C => {
                if let Some(&on_new_page) = self.sections.get(&(place + 1)) {
                    self.end_paragraph(0x0D, at, piece, false);
                    self.flow.end_section(on_new_page);
                    return;
                }
            }
            _ => {}
        }
        if about.is_deleted {
            return;
        }
        // Some writers store a symbol as the character itself, in its font.
        let in_font = (0xF000..=0xF0FF).contains(&unit).then_some(about.font).flatten();
        if let Some((font, code)) = about.symbol.or(in_font.map(|font| (font, unit))) {
            let font = self.contents.fonts.get(usize::from(font)).map_or("", String::as_str);
            if let Some(c) = symbols::symbol(font, u32::from(code)) {
                self.push(c, about.is_hidden);
            }
            return;
        }
        match unit {
            0x13 => self.begin_field(),
            0x14 => self.separate_field(),
            0x15 => self.end_field(about.is_hidden),
            0x09 => self.push('\t', about.is_hidden),
            // Breaks of lines and columns.
            0x0A | 0x0B | 0x0E => self.push('\n', about.is_hidden),
            0x0C => {
                if self.is_shown() {
                    let raw = &mut self.paragraph.raw;
                    raw.page_ends.push(raw.text.len());
                }
            }
            // Printed like any hyphen; in document numbers and telephone numbers it must read as one.
            0x1E => self.push('-', about.is_hidden),
            0x01 if self.is_shown() && about.is_special && !about.is_data => {
                if about.is_object {
                    self.walked.embedded.insert("an embedded object");
                } else if about.is_picture {
                    self.walked.embedded.insert("a picture");
                }
            }
            0x08 => {
                if let Some(&shape) = self.shapes.anchors.get(&place)
                    && self.walked.boxes.insert(shape)
                {
                    self.paragraph.shapes.push(shape);
                }
            }
            // References to notes and comments, and what else stands for something that is not text.
            0..=0x1F => {}
            0xD800..=0xDBFF => self.high = Some(unit),
            0xDC00..=0xDFFF => {
                let pair = high.map(|high| [high, unit]);
                let c = pair.and_then(|pair| char::decode_utf16(pair).next()?.ok());
                self.push(c.unwrap_or(char::REPLACEMENT_CHARACTER), about.is_hidden);
            }
            _ => {
                let c = char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER);
                self.push(c, about.is_hidden);
            }
        }
    }

    /// Whether text is printed here: not inside a field's instructions.
    fn is_shown(&self) -> bool {
        self.n_in_code == 0
    }

    fn push(&mut self, c: char, is_hidden: bool) {
        if self.is_shown() {
            self.paragraph.raw.push(c.encode_utf8(&mut [0; 4]), is_hidden);
        } else if let Some(field) = self.fields.last_mut()
            && field.in_code
            && field.code.len() < MAX_CODE
        {
            field.code.push(c);
        }
    }

    // Fields

    fn begin_field(&mut self) {
        if self.fields.len() < MAX_FIELDS {
            self.fields.push(Field {
                in_code: true,
                code: String::new(),
                result_at: 0,
            });
            self.n_in_code += 1;
        }
    }

    fn separate_field(&mut self) {
        if let Some(field) = self.fields.last_mut().filter(|f| f.in_code) {
            field.in_code = false;
            field.result_at = self.paragraph.raw.text.len();
            self.n_in_code -= 1;
            let code = field.code.trim();
            if code.starts_with('=') {
                self.paragraph.formula = Some(code.to_owned());
            }
        }
    }

    /// Ends a field; one without result may be printed from its instructions.
    fn end_field(&mut self, is_hidden: bool) {
        let here = self.paragraph.raw.text.len();
        let has_none = |field: &&mut Field| field.in_code || field.result_at == here;
        let code = self.fields.last_mut().filter(has_none).map(|f| mem::take(&mut f.code));
        self.pop_field();
        if let Some(shown) = code.and_then(|code| field_code::printed(&code)) {
            shown.chars().for_each(|c| self.push(c, is_hidden));
        }
    }

    fn pop_field(&mut self) {
        if let Some(field) = self.fields.pop() {
            self.n_in_code -= usize::from(field.in_code);
        }
    }

    // Paragraphs

    /// Ends the paragraph with the mark `mark` at byte `at`.
    fn end_paragraph(&mut self, mark: u16, at: usize, piece: &Piece, mark_is_deleted: bool) {
        let contents = self.contents;
        let stored = contents.paragraphs.at(contents.main, at).properties;
        let mut about = ParagraphProperties::of(stored, &contents.outside);
        about.change(piece.change, self.group(*piece), &contents.outside);
        // A field whose instructions never end would swallow the rest of the document.
        while self.fields.last().is_some_and(|f| f.in_code) {
            self.pop_field();
        }
        let mut paragraph = mem::take(&mut self.paragraph);
        let depth = about.depth.min(MAX_DEPTH + 1);
        let is_cell_mark = mark == 0x07;
        let ends_row = depth > 0 && about.ends_row && (is_cell_mark || depth > 1);
        let ends_cell = depth > 0 && !ends_row && (is_cell_mark || depth > 1 && about.ends_inner_cell);
        if let Some((carried_depth, carried)) = self.carried.take() {
            if carried_depth == depth && !ends_row {
                paragraph = carried.run_into(paragraph);
            } else {
                self.place(carried, carried_depth);
            }
        }
        if mark_is_deleted && !ends_row && !ends_cell {
            self.carried = Some((depth, paragraph));
            return;
        }
        if ends_row {
            self.flow.end_row(about.row, mark_is_deleted, depth);
            return;
        }
        self.settle(&mut paragraph.raw, &about);
        self.place(paragraph, depth);
        if ends_cell {
            self.flow.end_cell();
        }
    }

    /// Resolves what the properties say of a paragraph.
    fn settle(&mut self, raw: &mut RawParagraph, about: &ParagraphProperties) {
        let contents = self.contents;
        let style = contents.styles.hints(about.style);
        let mut hints = about.hints.clone();
        hints.inherit(&style);
        if let Some(list) = hints.num_id.filter(|list| *list != 0) {
            let none = Styles::default();
            let numbering = &contents.numbering;
            let by_style = || numbering.level_of_style(list, &about.style.to_string(), &none);
            let level = about.hints.ilvl.or_else(by_style).or(hints.ilvl).unwrap_or(0);
            if let Some(label) = numbering.count(self.counters, list, level, &none) {
                raw.put_label(label, None);
            }
        }
        raw.align = hints.align.unwrap_or_default();
        raw.outline_level = hints.outline.filter(|level| *level < 9).map(|level| level + 1);
        raw.page_break_before = hints.page_break_before.unwrap_or(false);
    }

    /// Puts a paragraph into the flow, or into the cell that is open at that depth; then the text boxes anchored in it.
    fn place(&mut self, paragraph: Paragraph, depth: usize) {
        self.flow.place(paragraph.raw, paragraph.formula, depth);
        for shape in paragraph.shapes {
            let Some(story) = self.shapes.boxes.get(&shape) else {
                continue;
            };
            // Text boxes hold no shapes, so this goes one level deep.
            let (no_shapes, no_sections) = (Shapes::default(), BTreeMap::new());
            let inner = walk(
                self.contents,
                self.counters,
                story.clone(),
                self.flow.stream_of_box(),
                &no_shapes,
                &no_sections,
            );
            self.flow.place_all(inner.blocks);
            self.walked.embedded.extend(inner.embedded);
            self.walked.limits.extend(inner.limits);
        }
    }

    /// Places what has no mark: the story is cut off, or ends with a deleted mark.
    fn finish(mut self) -> Walked {
        let mut rest = mem::take(&mut self.paragraph);
        let mut depth = self.flow.depth();
        if let Some((carried_depth, carried)) = self.carried.take() {
            rest = carried.run_into(rest);
            depth = carried_depth;
        }
        if !rest.raw.text.is_empty() || !rest.shapes.is_empty() {
            self.place(rest, depth);
        }
        if let Some((_, &on_new_page)) = self.sections.last_key_value() {
            self.flow.end_section(on_new_page);
        }
        self.walked.limits.extend(self.flow.limits());
        self.walked.blocks = self.flow.finish();
        self.walked
    }
}

impl Paragraph {
    /// This paragraph without its mark, run into `next`.
    fn run_into(mut self, next: Self) -> Self {
        self.shapes.extend(next.shapes);
        Self {
            raw: self.raw.run_into(next.raw),
            formula: next.formula.or(self.formula),
            shapes: self.shapes,
        }
    }
}
