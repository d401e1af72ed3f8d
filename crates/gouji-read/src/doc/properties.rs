//! Properties as lists of changes (MS-DOC 2.2.5, "sprm"): what they say of characters, paragraphs and table rows.
//!
//! The width of an operand is part of its code, so what is not known here is passed over.

use std::cell::Cell;

use gouji_document::Align;

use super::pieces::Change;
use crate::docx::raw::VerticalMerge;
use crate::docx::styles::ParagraphHints;
use crate::little_endian::{u16_at, u32_at};

/// Bytes of property lists kept apart from the text, read of one document: a list may be named from many places.
pub(crate) const MAX_OUTSIDE_BYTES: usize = 64 << 20;
/// Cells of a row (2.9.322).
const MAX_COLUMNS: usize = 63;
/// `sprmPIlvl`: the list passes this paragraph over.
const LEVEL_PASSED_OVER: u8 = 0x0C;

// Paragraphs (2.6.2).
const P_STYLE: u16 = 0x4600;
const P_ALIGN_OLD: u16 = 0x2403;
const P_ALIGN: u16 = 0x2461;
const P_PAGE_BREAK: u16 = 0x2407;
const P_LEVEL: u16 = 0x260A;
const P_LIST: u16 = 0x460B;
const P_TABS: u16 = 0xC615;
const P_IN_TABLE: u16 = 0x2416;
const P_ROW_END: u16 = 0x2417;
const P_OUTLINE: u16 = 0x2640;
const P_OUTSIDE_OLD: u16 = 0x6645;
const P_OUTSIDE: u16 = 0x6646;
const P_DEPTH: u16 = 0x6649;
const P_DEPTH_MORE: u16 = 0x664A;
const P_INNER_CELL: u16 = 0x244B;
const P_INNER_ROW_END: u16 = 0x244C;
const P_TABLE_OUTSIDE: u16 = 0x646B;

// Table rows (2.6.3).
const T_HEADER: u16 = 0x3404;
const T_DEFINITION_OLD: u16 = 0xD606;
const T_DEFINITION: u16 = 0xD608;
const T_MERGE: u16 = 0x5624;
const T_VERTICAL_MERGE: u16 = 0xD62B;

// Characters (2.6.1).
const C_DELETED: u16 = 0x0800;
const C_PICTURE: u16 = 0x6A03;
const C_DATA: u16 = 0x0806;
const C_SYMBOL: u16 = 0x6A09;
const C_FONT: u16 = 0x4A4F;
const C_OLE: u16 = 0x080A;
const C_HIDDEN: u16 = 0x083C;
const C_SPECIAL: u16 = 0x0855;
const C_OBJECT: u16 = 0x0856;
const C_STYLE: u16 = 0x4A30;
const C_PLAIN: u16 = 0x2A33;

// Sections (2.6.4).
const S_BREAK: u16 = 0x3009;

/// The properties of a list, each with its operand.
pub(crate) struct Sprms<'b> {
    rest: &'b [u8],
}

impl<'b> Sprms<'b> {
    /// Of the list `bytes`.
    pub fn new(bytes: &'b [u8]) -> Self {
        Self { rest: bytes }
    }
}

impl<'b> Iterator for Sprms<'b> {
    type Item = (u16, &'b [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        let code = u16_at(self.rest, 0)?;
        let body = &self.rest[2..];
        let (skip, len) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            _ if code == T_DEFINITION || code == T_DEFINITION_OLD => {
                (2, usize::from(u16_at(body, 0)?).saturating_sub(1))
            }
            _ => match usize::from(*body.first()?) {
                // Too long for its own length: the tab stops taken away (four bytes each), then those set (three each).
                255 if code == P_TABS => {
                    let gone = 2 + usize::from(*body.get(1)?) * 4;
                    (1, gone + usize::from(*body.get(gone)?) * 3)
                }
                n => (1, n),
            },
        };
        let operand = body.get(skip..skip + len)?;
        self.rest = &body[skip + len..];
        Some((code, operand))
    }
}

fn flag(operand: &[u8]) -> bool {
    operand.first().is_some_and(|&byte| byte != 0)
}

/// A property that a style may have too (2.9.327): on, off, as the style has it, or the other way round.
fn toggled(operand: &[u8], style: bool) -> bool {
    match operand.first() {
        Some(0x80) => style,
        Some(0x81) => !style,
        Some(&byte) => byte != 0,
        None => style,
    }
}

/// A cell of a row definition.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CellDefinition {
    /// It is merged with the cell to the left.
    pub joins_left: bool,
    /// Vertical merging.
    pub vertical: VerticalMerge,
}

/// What the end of a row says of the row.
#[derive(Debug, Clone, Default)]
pub(crate) struct RowProperties {
    /// Left edge of each cell and right edge of the last one, in twips.
    pub edges: Vec<i16>,
    /// The cells.
    pub cells: Vec<CellDefinition>,
    /// It repeats on each page.
    pub is_header: bool,
}

impl RowProperties {
    /// Takes in one property of tables.
    fn take(&mut self, code: u16, operand: &[u8]) {
        match code {
            T_HEADER => self.is_header = flag(operand),
            T_DEFINITION => self.define(operand),
            T_MERGE => {
                if let [first, end, ..] = *operand {
                    let range = usize::from(first) + 1..usize::from(end).min(self.cells.len());
                    for cell in self.cells.get_mut(range).into_iter().flatten() {
                        cell.joins_left = true;
                    }
                }
            }
            T_VERTICAL_MERGE => {
                if let [at, merge, ..] = *operand
                    && let Some(cell) = self.cells.get_mut(usize::from(at))
                {
                    cell.vertical = vertical(merge);
                }
            }
            _ => {}
        }
    }

    fn define(&mut self, operand: &[u8]) {
        let n = usize::from(operand.first().copied().unwrap_or(0));
        if n > MAX_COLUMNS {
            return;
        }
        self.edges = (0..=n)
            .map_while(|at| u16_at(operand, 1 + at * 2))
            .map(u16::cast_signed)
            .collect();
        let cells = operand.get(1 + (n + 1) * 2..).unwrap_or_default();
        // The value that begins a set of cells merged side by side, while one is open. Descriptions of the format differ on
        // which of the two values begins a set; that of its first cell does.
        let mut head = None;
        self.cells = (0..n)
            .map(|at| {
                // Cells at the end that have nothing to say may be left out.
                let flags = u16_at(cells, at * 20).unwrap_or(0);
                let merge = flags & 0b11;
                head = if merge == 0 { None } else { head.or(Some(merge)) };
                CellDefinition {
                    joins_left: head.is_some_and(|head| head != merge),
                    vertical: vertical((flags >> 5 & 0b11) as u8),
                }
            })
            .collect();
    }
}

fn vertical(merge: u8) -> VerticalMerge {
    match merge & 0b11 {
        1 => VerticalMerge::Continue,
        2 | 3 => VerticalMerge::Restart,
        _ => VerticalMerge::Single,
    }
}

/// What is said of a paragraph.
#[derive(Debug, Clone, Default)]
pub(crate) struct ParagraphProperties {
    /// Number of its style.
    pub style: u16,
    /// Its own hints.
    pub hints: ParagraphHints,
    /// How many tables it stands in.
    pub depth: usize,
    /// It ends a row.
    pub ends_row: bool,
    /// Its paragraph mark ends a cell.
    pub ends_inner_cell: bool,
    /// The row that it ends.
    pub row: RowProperties,
}

/// Where property lists may go on.
pub(crate) struct Outside<'m> {
    /// The data stream.
    data: &'m [u8],
    /// Bytes of it that may still be read.
    left: Cell<usize>,
}

impl<'m> Outside<'m> {
    /// The data stream `data`.
    pub fn new(data: &'m [u8]) -> Self {
        Self {
            data,
            left: Cell::new(MAX_OUTSIDE_BYTES),
        }
    }

    /// Whether some lists were left out because too much was read.
    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// The list at the place that `operand` names.
    fn list(&self, operand: &[u8]) -> &'m [u8] {
        let list = || {
            let at = u32_at(operand, 0)? as usize;
            let len = usize::from(u16_at(self.data, at)?);
            self.data.get(at + 2..)?.get(..len)
        };
        let list = list().unwrap_or_default();
        if self.spend(list.len()) { list } else { &[] }
    }

    /// Counts `n` bytes as read; `false` if that is too much.
    pub fn spend(&self, n: usize) -> bool {
        let left = self.left.get().checked_sub(n);
        self.left.set(left.unwrap_or(0));
        left.is_some()
    }
}

impl ParagraphProperties {
    /// Of the stored properties of a paragraph: a style and a list.
    pub fn of(stored: &[u8], outside: &Outside<'_>) -> Self {
        let mut out = Self {
            style: u16_at(stored, 0).unwrap_or(0),
            ..Self::default()
        };
        out.take_all(stored.get(2..).unwrap_or_default(), outside, false);
        out
    }

    /// Takes in a list of properties. What stands in the data stream leads nowhere else.
    pub fn take_all(&mut self, list: &[u8], outside: &Outside<'_>, is_outside: bool) {
        for (code, operand) in Sprms::new(list) {
            match code {
                P_OUTSIDE | P_OUTSIDE_OLD | P_TABLE_OUTSIDE if !is_outside => {
                    self.take_all(outside.list(operand), outside, true);
                }
                _ => self.take(code, operand),
            }
        }
    }

    /// Takes in what a piece changes.
    pub fn change(&mut self, change: Change, group: &[u8], outside: &Outside<'_>) {
        match change {
            Change::None => {}
            Change::Group(_) => self.take_all(group, outside, false),
            Change::One(short, value) => {
                let code = match short {
                    0x05 => P_ALIGN,
                    0x09 => P_PAGE_BREAK,
                    0x0C => P_LEVEL,
                    0x18 => P_IN_TABLE,
                    0x19 => P_ROW_END,
                    _ => return,
                };
                self.take(code, &[value]);
            }
        }
    }

    fn take(&mut self, code: u16, operand: &[u8]) {
        let byte = operand.first().copied().unwrap_or(0);
        let hints = &mut self.hints;
        match code {
            P_STYLE => self.style = u16_at(operand, 0).unwrap_or(self.style),
            P_ALIGN | P_ALIGN_OLD => {
                hints.align = Some(match byte {
                    1 => Align::Center,
                    2 => Align::End,
                    _ => Align::Start,
                });
            }
            P_PAGE_BREAK => hints.page_break_before = Some(byte != 0),
            P_LEVEL if byte == LEVEL_PASSED_OVER => hints.num_id = Some(0),
            P_LEVEL => hints.ilvl = Some(usize::from(byte)),
            P_LIST => {
                // From F801 on, numbers of lists that are not, or no longer, shown.
                let list = u16_at(operand, 0).unwrap_or(0);
                hints.num_id = Some(if list < 0xF801 { i64::from(list) } else { 0 });
            }
            P_OUTLINE => hints.outline = Some(byte),
            P_IN_TABLE if byte == 0 => self.depth = 0,
            P_IN_TABLE => self.depth = self.depth.max(1),
            P_DEPTH => self.depth = u32_at(operand, 0).map_or(self.depth, |depth| depth as usize),
            P_DEPTH_MORE => {
                let more = u32_at(operand, 0).unwrap_or(0).cast_signed();
                self.depth = self.depth.saturating_add_signed(more as isize);
            }
            P_ROW_END | P_INNER_ROW_END => self.ends_row |= byte != 0,
            P_INNER_CELL => self.ends_inner_cell = byte != 0,
            _ => self.row.take(code, operand),
        }
    }
}

/// What is said of characters.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct CharacterProperties {
    /// A tracked change deletes them.
    pub is_deleted: bool,
    /// They are hidden.
    pub is_hidden: bool,
    /// Characters below U+0020 stand for something else.
    pub is_special: bool,
    /// They carry the data of a field.
    pub is_data: bool,
    /// They stand for an embedded object.
    pub is_object: bool,
    /// They stand for a picture.
    pub is_picture: bool,
    /// Font number and code of the symbol that is printed instead.
    pub symbol: Option<(u16, u16)>,
    /// Number of the font, where it is said.
    pub font: Option<u16>,
}

impl CharacterProperties {
    /// Takes in a list of properties. `hides` says whether a style hides its text; `base` is what the paragraph's style
    /// says of that.
    pub fn take_all(&mut self, list: &[u8], base: bool, hides: &dyn Fn(u16) -> Option<bool>) {
        for (code, operand) in Sprms::new(list) {
            self.take(code, operand, base, hides);
        }
    }

    /// Takes in what a piece changes.
    pub fn change(&mut self, change: Change, group: &[u8], base: bool, hides: &dyn Fn(u16) -> Option<bool>) {
        match change {
            Change::None => {}
            Change::Group(_) => self.take_all(group, base, hides),
            Change::One(0x41, value) => self.take(C_DELETED, &[value], base, hides),
            Change::One(0x5C, value) => self.take(C_HIDDEN, &[value], base, hides),
            Change::One(0x53, value) => self.take(C_PLAIN, &[value], base, hides),
            Change::One(..) => {}
        }
    }

    fn take(&mut self, code: u16, operand: &[u8], base: bool, hides: &dyn Fn(u16) -> Option<bool>) {
        match code {
            C_DELETED => self.is_deleted = toggled(operand, false),
            C_HIDDEN => self.is_hidden = toggled(operand, base),
            C_PLAIN => self.is_hidden = base,
            C_STYLE => {
                let style = u16_at(operand, 0).and_then(hides);
                self.is_hidden = style.unwrap_or(self.is_hidden);
            }
            C_SPECIAL => self.is_special = flag(operand),
            C_DATA => self.is_data = flag(operand),
            C_OLE | C_OBJECT => self.is_object |= flag(operand),
            C_PICTURE => self.is_picture = true,
            C_FONT => self.font = u16_at(operand, 0),
            C_SYMBOL => self.symbol = u16_at(operand, 0).zip(u16_at(operand, 2)),
            _ => {}
        }
    }
}

/// Whether a style's character properties hide its text.
pub(crate) fn hidden_by(list: &[u8]) -> Option<bool> {
    let said = Sprms::new(list).filter(|(code, _)| *code == C_HIDDEN).last();
    match said?.1.first()? {
        0x80 => None,
        byte => Some(*byte != 0),
    }
}

/// Whether the section with these properties begins on a new page.
pub(crate) fn begins_page(list: &[u8]) -> bool {
    let said = Sprms::new(list).filter(|(code, _)| *code == S_BREAK).last();
    said.is_none_or(|(_, operand)| !matches!(operand.first(), Some(0 | 1)))
}
