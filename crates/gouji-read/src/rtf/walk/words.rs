//! What control words mean.

use std::mem;

use encoding_rs::{BIG5, EUC_KR, Encoding, GB18030, SHIFT_JIS, WINDOWS_1252};
use gouji_document::{Align, Stream};

use super::super::state::Target;
use super::{MAX_DEPTH, MAX_FONTS, Walker};
use crate::doc::properties::{CellDefinition, RowProperties};
use crate::docx::raw::VerticalMerge;

/// Cells of a row.
const MAX_COLUMNS: usize = 63;

impl Walker {
    pub(super) fn word(&mut self, word: &str, number: Option<i32>, is_optional: bool) {
        let is_on = number != Some(0);
        match word {
            // Characters.
            "u" => self.unit(number.unwrap_or(0)),
            "uc" => self.state.stand_ins = usize::try_from(number.unwrap_or(1)).unwrap_or(0),
            "tab" => self.push('\t'),
            "line" | "lbr" | "column" => self.push('\n'),
            "emdash" => self.push('—'),
            "endash" => self.push('–'),
            "lquote" => self.push('‘'),
            "rquote" => self.push('’'),
            "ldblquote" => self.push('“'),
            "rdblquote" => self.push('”'),
            "bullet" => self.push('•'),
            "emspace" => self.push('\u{2003}'),
            "enspace" => self.push('\u{2002}'),
            "plain" => {
                self.state.reset_characters();
                self.state.font = self.default_font;
            }
            "v" => self.state.is_hidden = is_on,
            "deleted" => self.state.is_deleted = is_on,
            "f" | "af" if self.state.target != Target::Fonts => self.state.font = number.unwrap_or(-1),
            "f" => {
                self.state.font = number.unwrap_or(-1);
                self.font_name.clear();
            }
            "deff" => self.default_font = number.unwrap_or(-1),
            "ansicpg" => self.page = code_page(number.unwrap_or(0)),
            "fcharset" | "cpg" if self.state.target == Target::Fonts => self.note_font(word, number.unwrap_or(0)),
            // Paragraphs.
            "pard" => self.state.reset_paragraph(),
            "par" => self.end_paragraph(),
            "ql" | "qj" | "qd" => self.state.align = Align::Start,
            "qc" => self.state.align = Align::Center,
            "qr" => self.state.align = Align::End,
            "outlinelevel" => {
                let level = number.and_then(|n| u8::try_from(n).ok()).unwrap_or(9);
                self.state.outline = Some(level);
                if self.state.target == Target::Styles && level < 9 && self.outlines.len() < MAX_FONTS {
                    self.outlines.insert(self.state.style, level);
                }
            }
            "s" => self.state.style = number.unwrap_or(0),
            "pagebb" => self.state.page_break = is_on,
            "page" if self.state.target == Target::Text => {
                let raw = &mut self.here().paragraph;
                raw.page_ends.push(raw.text.len());
            }
            "sect" => {
                self.end_open_paragraph();
                let on_new_page = self.on_new_page;
                if self.open.len() == 1 {
                    self.here().flow.end_section(on_new_page);
                }
            }
            "sectd" => self.on_new_page = true,
            "sbknone" | "sbkcol" => self.on_new_page = false,
            "sbkpage" | "sbkeven" | "sbkodd" => self.on_new_page = true,
            // Tables.
            "intbl" => self.state.in_table = true,
            "itap" => self.state.depth = usize::try_from(number.unwrap_or(0)).unwrap_or(0),
            "cell" => self.end_cell(1),
            "nestcell" => self.end_cell(self.state.depth().max(2)),
            "row" => self.end_row(1),
            "nestrow" => self.end_row(self.state.depth().max(2)),
            _ => {
                if !self.row_word(word, number) && !self.destination(word) && is_optional {
                    self.state.target = Target::Nothing;
                }
            }
        }
    }

    /// Notes the code page of the font that is being defined.
    fn note_font(&mut self, word: &str, number: i32) {
        if word == "fcharset" && number == 2 && self.symbol_fonts.len() < MAX_FONTS {
            self.symbol_fonts.insert(self.state.font, String::new());
        }
        let page = match (word, number) {
            ("cpg", page) => Some(code_page(page)).filter(|page| *page != WINDOWS_1252),
            (_, 134) => Some(GB18030),
            (_, 136) => Some(BIG5),
            (_, 128) => Some(SHIFT_JIS),
            (_, 129) => Some(EUC_KR),
            _ => None,
        };
        if let Some(page) = page
            && self.fonts.len() < MAX_FONTS
        {
            self.fonts.insert(self.state.font, page);
        }
    }

    /// What is said of a row and its cells; whether the word is one of those.
    fn row_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let depth = if self.state.in_nested_row {
            self.state.depth().clamp(2, MAX_DEPTH)
        } else {
            1
        };
        let here = self.here();
        if here.rows.len() <= depth {
            here.rows.resize_with(depth + 1, RowProperties::default);
        }
        let row = &mut here.rows[depth];
        match word {
            "trowd" => {
                *row = RowProperties::default();
                here.cell = CellDefinition::default();
            }
            "trhdr" => row.is_header = true,
            "clvmgf" => here.cell.vertical = VerticalMerge::Restart,
            "clvmrg" => here.cell.vertical = VerticalMerge::Continue,
            "clmgf" => here.cell.joins_left = false,
            "clmrg" => here.cell.joins_left = true,
            "cellx" => {
                let right = number.unwrap_or(0).clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
                if row.edges.is_empty() {
                    row.edges.push(right.min(0));
                }
                if row.cells.len() < MAX_COLUMNS {
                    row.edges.push(right);
                    row.cells.push(mem::take(&mut here.cell));
                }
            }
            "trleft" => {
                let left = number.unwrap_or(0).clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16;
                if row.cells.is_empty() {
                    row.edges = vec![left];
                }
            }
            _ => return false,
        }
        true
    }

    /// Begins the destination that a word names, if it names one.
    fn destination(&mut self, word: &str) -> bool {
        let target = match word {
            "fonttbl" => Target::Fonts,
            "listtext" | "pntext" => {
                self.here().label.clear();
                Target::Label
            }
            "field" => {
                self.begin_field();
                return true;
            }
            "fldinst" => {
                if let Some(field) = self.fields.last_mut() {
                    field.code.clear();
                }
                Target::Code
            }
            "fldrslt" => {
                let code = self.fields.last().map_or("", |field| field.code.trim());
                if code.starts_with('=') {
                    let code = code.to_owned();
                    self.here().formula = Some(code);
                }
                return true;
            }
            // What an object shows.
            "result" if self.state.target == Target::Nothing => Target::Text,
            "nesttableprops" => {
                self.state.in_nested_row = true;
                return true;
            }
            "shppict" => return true,
            "stylesheet" => Target::Styles,
            "shpinst" | "do" if matches!(self.state.target, Target::Text | Target::Shape) => Target::Shape,
            "footnote" => {
                self.open_flow(Stream::Note);
                return true;
            }
            "header" | "headerl" | "headerr" | "headerf" => {
                self.open_flow(Stream::Header);
                return true;
            }
            "footer" | "footerl" | "footerr" | "footerf" => {
                self.open_flow(Stream::Footer);
                return true;
            }
            "shptxt" | "dptxbxtext" => {
                self.open_flow(Stream::TextBox);
                return true;
            }
            "pict" | "object" => {
                if matches!(self.state.target, Target::Text | Target::Shape) {
                    let what = if word == "pict" {
                        "a picture"
                    } else {
                        "an embedded object"
                    };
                    self.walked.embedded.insert(what);
                }
                Target::Nothing
            }
            "colortbl" | "info" | "filetbl" | "shpinst" | "shprslt" | "do" | "nonshppict" | "nonesttables"
            | "bkmkstart" | "bkmkend" | "annotation" | "atnid" | "atnauthor" | "xe" | "tc" | "rxe" | "ftnsep"
            | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "objdata" | "private" => Target::Nothing,
            _ => return false,
        };
        self.state.target = target;
        true
    }
}

/// The encoding of a Windows code page.
fn code_page(number: i32) -> &'static Encoding {
    match number {
        936 | 54936 => GB18030,
        950 => BIG5,
        932 => SHIFT_JIS,
        949 => EUC_KR,
        65001 => encoding_rs::UTF_8,
        _ => WINDOWS_1252,
    }
}
