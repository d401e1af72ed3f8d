//! One pass over the tokens, to raw blocks.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use encoding_rs::{Encoding, WINDOWS_1252};
use gouji_document::{Deadline, Stream};

use super::state::{START, State, Target};
use super::tokens::{Token, Tokens};
use crate::doc::flow::{Flow, MAX_DEPTH};
use crate::doc::properties::{CellDefinition, RowProperties};
use crate::docx::field_code;
use crate::docx::numbering::Label;
use crate::docx::raw::{RawBlock, RawParagraph};
use crate::docx::symbols;

mod words;

/// Groups within groups; those deeper share the state of the last one.
const MAX_GROUPS: usize = 1000;
/// Fields within fields.
const MAX_FIELDS: usize = 256;
/// Characters of a field's instructions or of a label that are kept.
const MAX_CODE: usize = 256;
/// Fonts of a document.
const MAX_FONTS: usize = 10_000;
/// Notes, headers, footers and text boxes of a document.
const MAX_FLOWS: usize = 100_000;

/// What a walk gives.
#[derive(Default)]
pub(super) struct Walked {
    /// The body.
    pub body: Vec<RawBlock>,
    /// Notes, headers and footers in the order in which they come.
    pub others: Vec<(Stream, Vec<RawBlock>)>,
    /// Kinds of content that is not followed.
    pub embedded: BTreeSet<&'static str>,
    /// Limits that were reached.
    pub limits: BTreeSet<(&'static str, u64)>,
}

/// A flow with the paragraph that is open in it.
#[derive(Default)]
struct Open {
    stream: Stream,
    flow: Flow,
    paragraph: RawParagraph,
    label: String,
    formula: Option<String>,
    /// Text boxes anchored in the paragraph.
    boxes: Vec<RawBlock>,
    /// The description of the row that is open at each depth.
    rows: Vec<RowProperties>,
    /// Merges said of the cell whose edge comes next.
    cell: CellDefinition,
}

/// A field that is open.
struct Field {
    /// Its instructions.
    code: String,
    /// The number of flows, and the length of the paragraph, with nothing of its result.
    without_result: (usize, usize),
}

struct Walker {
    state: State,
    groups: Vec<State>,
    /// Groups open beyond [`MAX_GROUPS`].
    n_beyond: usize,
    open: Vec<Open>,
    walked: Walked,
    /// The code page of the document.
    page: &'static Encoding,
    /// Outline levels of styles that have one.
    outlines: BTreeMap<i32, u8>,
    /// Code pages of fonts that have one.
    fonts: BTreeMap<i32, &'static Encoding>,
    /// Names of fonts of symbols.
    symbol_fonts: BTreeMap<i32, String>,
    /// The name of the font that is being defined.
    font_name: String,
    default_font: i32,
    n_flows: usize,
    /// Bytes that are not decoded yet.
    bytes: Vec<u8>,
    /// Stand-ins still to pass over.
    n_stand_ins: usize,
    high: Option<u16>,
    /// Innermost last.
    fields: Vec<Field>,
    /// The section that is open begins on a new page.
    on_new_page: bool,
}

/// Walks a file, until `deadline`.
pub(super) fn walk(bytes: &[u8], deadline: &Deadline) -> Walked {
    let mut walker = Walker {
        state: START,
        groups: Vec::new(),
        n_beyond: 0,
        open: vec![Open::default()],
        walked: Walked::default(),
        page: WINDOWS_1252,
        outlines: BTreeMap::new(),
        fonts: BTreeMap::new(),
        symbol_fonts: BTreeMap::new(),
        font_name: String::new(),
        default_font: -1,
        n_flows: 0,
        bytes: Vec::new(),
        n_stand_ins: 0,
        high: None,
        fields: Vec::new(),
        on_new_page: true,
    };
    for token in Tokens::new(bytes) {
        if matches!(token, Token::Open) && deadline.has_passed() {
            break;
        }
        walker.token(token);
    }
    walker.finish()
}

impl Walker {
    fn token(&mut self, token: Token<'_>) {
        if let Token::Byte(byte) = token {
            self.state.is_optional = false;
            if self.n_stand_ins > 0 {
                self.n_stand_ins -= 1;
            } else if self.takes_text() {
                self.bytes.push(byte);
            }
            return;
        }
        self.decode();
        match token {
            Token::Open => {
                self.n_stand_ins = 0;
                if self.groups.len() < MAX_GROUPS {
                    self.groups.push(self.state);
                    self.state.owns_flow = false;
                    self.state.owns_field = false;
                    self.state.is_optional = false;
                } else {
                    self.n_beyond += 1;
                    self.walked.limits.insert(("depth of groups", MAX_GROUPS as u64));
                }
            }
            Token::Close => self.close(),
            Token::Symbol(b'*') => self.state.is_optional = true,
            // A stand-in may be a control word or symbol too.
            _ if self.n_stand_ins > 0 => self.n_stand_ins -= 1,
            Token::Symbol(symbol) => match symbol {
                b'\\' | b'{' | b'}' => self.push(char::from(symbol)),
                b'~' => self.push('\u{A0}'),
                // Printed like any hyphen.
                b'_' => self.push('-'),
                b'\r' | b'\n' => self.end_paragraph(),
                b'\t' => self.push('\t'),
                _ => {}
            },
            Token::Word(word, number) => {
                let is_optional = mem::take(&mut self.state.is_optional);
                self.word(word, number, is_optional);
            }
            Token::Byte(_) => {}
        }
    }

    fn close(&mut self) {
        self.n_stand_ins = 0;
        if self.n_beyond > 0 {
            self.n_beyond -= 1;
            return;
        }
        let Some(before) = self.groups.pop() else { return };
        // The last paragraph often has no mark, and the end of the file takes its properties along.
        if self.groups.is_empty() && !self.state.owns_flow {
            self.end_open_paragraph();
        }
        if self.state.owns_flow {
            self.close_flow();
        }
        if self.state.target == Target::Fonts
            && let Some(name) = self.symbol_fonts.get_mut(&self.state.font)
            && name.is_empty()
        {
            *name = self.font_name.trim().trim_end_matches(';').to_owned();
        }
        let owns_field = self.state.owns_field;
        self.state = before;
        if owns_field {
            self.end_field();
        }
    }

    /// Whether text goes anywhere.
    fn takes_text(&self) -> bool {
        !matches!(self.state.target, Target::Styles | Target::Shape | Target::Nothing)
    }

    /// Decodes the bytes gathered so far.
    fn decode(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = mem::take(&mut self.bytes);
        if let Some(name) = self
            .symbol_fonts
            .get(&self.state.font)
            .filter(|_| self.state.target != Target::Fonts)
        {
            let text: String = bytes
                .iter()
                .filter_map(|b| symbols::symbol(name, 0xF000 + u32::from(*b)))
                .collect();
            self.push_str(&text);
            return;
        }
        let encoding = self.fonts.get(&self.state.font).copied().unwrap_or(self.page);
        let text = encoding.decode_without_bom_handling(&bytes).0;
        if text.contains(is_control) {
            self.push_str(&text.replace(is_control, ""));
        } else {
            self.push_str(&text);
        }
        // The buffer goes back for the next run.
        self.bytes = bytes;
        self.bytes.clear();
    }

    fn push(&mut self, c: char) {
        self.push_str(c.encode_utf8(&mut [0; 4]));
    }

    fn push_str(&mut self, text: &str) {
        self.high = None;
        match self.state.target {
            Target::Text if !self.state.is_deleted => {
                let is_hidden = self.state.is_hidden;
                self.here().paragraph.push(text, is_hidden);
            }
            Target::Code => {
                if let Some(field) = self.fields.last_mut().filter(|f| f.code.len() < MAX_CODE) {
                    field.code.push_str(text);
                }
            }
            Target::Fonts if self.font_name.len() < MAX_CODE => self.font_name.push_str(text),
            Target::Label => {
                let label = &mut self.here().label;
                if label.len() < MAX_CODE {
                    label.push_str(text);
                }
            }
            _ => {}
        }
    }

    /// Takes a UTF-16 unit.
    fn unit(&mut self, number: i32) {
        // Units from 8000 on are written as negative numbers.
        let unit = number.cast_unsigned() as u16;
        let high = self.high.take();
        self.n_stand_ins = self.state.stand_ins;
        if (0xD800..0xDC00).contains(&unit) {
            self.high = Some(unit);
            return;
        }
        let units = high.into_iter().chain([unit]);
        let c = char::decode_utf16(units).last().and_then(Result::ok);
        let c = c.unwrap_or(char::REPLACEMENT_CHARACTER);
        let font = self.symbol_fonts.get(&self.state.font);
        let printed = font
            .filter(|_| (0xF000..=0xF0FF).contains(&unit))
            .and_then(|font| symbols::symbol(font, u32::from(unit)));
        if !is_control(c) {
            self.push(printed.unwrap_or(c));
        }
    }

    /// The flow that is open.
    fn here(&mut self) -> &mut Open {
        if self.open.is_empty() {
            self.open.push(Open::default());
        }
        let last = self.open.len() - 1;
        &mut self.open[last]
    }

    // Fields

    fn begin_field(&mut self) {
        if self.n_beyond > 0 || self.state.owns_field || self.fields.len() >= MAX_FIELDS {
            return;
        }
        self.state.owns_field = true;
        let without_result = (self.open.len(), self.here().paragraph.text.len());
        self.fields.push(Field {
            code: String::new(),
            without_result,
        });
    }

    /// Ends a field; one without result may be printed from its instructions.
    fn end_field(&mut self) {
        let Some(field) = self.fields.pop() else { return };
        let here = (self.open.len(), self.here().paragraph.text.len());
        if field.without_result == here
            && let Some(shown) = field_code::printed(&field.code)
        {
            self.push_str(&shown);
        }
    }

    // Flows

    fn open_flow(&mut self, stream: Stream) {
        let may_begin = match self.state.target {
            Target::Text => true,
            Target::Shape => stream == Stream::TextBox,
            _ => false,
        };
        // A group begins one flow at most.
        if !may_begin || self.state.owns_flow || self.n_beyond > 0 {
            return;
        }
        self.n_flows += 1;
        if self.n_flows > MAX_FLOWS {
            self.walked.limits.insert(("notes and text boxes", MAX_FLOWS as u64));
            self.state.target = Target::Nothing;
            return;
        }
        // A page number in a footer often stands in a box.
        let margin = self
            .open
            .iter()
            .map(|open| open.stream)
            .find(|around| matches!(around, Stream::Header | Stream::Footer))
            .filter(|_| stream == Stream::TextBox);
        self.open.push(Open {
            stream,
            flow: Flow::new(margin.unwrap_or(stream)),
            ..Open::default()
        });
        self.state = State {
            owns_flow: true,
            target: Target::Text,
            ..self.state
        };
        self.state.reset_paragraph();
        self.state.reset_characters();
    }

    fn close_flow(&mut self) {
        if self.open.len() < 2 {
            return;
        }
        self.end_open_paragraph();
        let Some(done) = self.open.pop() else { return };
        self.walked.limits.extend(done.flow.limits());
        let blocks = done.flow.finish();
        if done.stream == Stream::TextBox {
            self.here().boxes.extend(blocks);
        } else {
            self.walked.others.push((done.stream, blocks));
        }
    }

    fn finish(mut self) -> Walked {
        self.decode();
        // A cut file ends anywhere; what was gathered is text.
        self.state = START;
        while self.open.len() > 1 {
            self.close_flow();
        }
        self.end_open_paragraph();
        let on_new_page = self.on_new_page;
        self.here().flow.end_section(on_new_page);
        if let Some(body) = self.open.pop() {
            self.walked.limits.extend(body.flow.limits());
            self.walked.body = body.flow.finish();
        }
        self.walked
    }

    // Paragraphs

    /// Ends a paragraph without a mark, if there is anything in it.
    fn end_open_paragraph(&mut self) {
        let here = self.here();
        if !here.paragraph.text.is_empty() || !here.boxes.is_empty() {
            self.end_paragraph();
        }
    }

    fn end_paragraph(&mut self) {
        // Without its mark a paragraph runs into the next.
        if self.state.target == Target::Text && !self.state.is_deleted {
            self.place(self.state.depth());
        }
    }

    /// Puts the open paragraph where it belongs.
    fn place(&mut self, depth: usize) {
        let state = self.state;
        let outline = state.outline.or_else(|| self.outlines.get(&state.style).copied());
        let here = self.here();
        let mut raw = mem::take(&mut here.paragraph);
        let label = mem::take(&mut here.label);
        let text = label.trim();
        // A mark is no number.
        if text.contains(char::is_alphanumeric) {
            let label = Label {
                text: text.to_owned(),
                spaced: text.len() < label.len(),
            };
            raw.put_label(label, None);
        }
        raw.align = state.align;
        raw.outline_level = outline.filter(|level| *level < 9).map(|level| level + 1);
        raw.page_break_before = state.page_break;
        let formula = here.formula.take();
        here.flow.place(raw, formula, depth);
        let boxes = mem::take(&mut here.boxes);
        here.flow.place_all(boxes);
    }

    fn end_cell(&mut self, depth: usize) {
        if self.state.target == Target::Text {
            self.place(depth);
            self.here().flow.end_cell();
        }
    }

    fn end_row(&mut self, depth: usize) {
        if self.state.target == Target::Text {
            let here = self.here();
            let row = here.rows.get(depth).cloned().unwrap_or_default();
            here.flow.end_row(row, false, depth);
        }
    }
}

/// Whether a character has no place in text.
fn is_control(c: char) -> bool {
    c < ' ' && c != '\t'
}
