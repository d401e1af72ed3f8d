//! Fields: their results, and what is printed of those that have none.

use std::mem;

use super::{Container, Walker};
use crate::docx::{field_code, symbols};
use crate::xml::{self, Puller, Step};

/// Bytes of a field's instructions that are kept.
const MAX_CODE: usize = 4096;
/// Entries of a drop-down list; Word allows 25.
const MAX_ENTRIES: usize = 1000;

/// A complex field between its begin and its end.
pub(super) struct Field {
    /// Before `separate`: instructions, not text.
    pub in_code: bool,
    pub code: String,
    /// What a form field shows by its own data.
    form: Option<String>,
    /// Where in its paragraph its result begins.
    result_at: Option<usize>,
}

impl Walker<'_, '_> {
    pub(super) fn field_mark(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => {
                self.fields.push(Field {
                    in_code: true,
                    code: String::new(),
                    form: None,
                    result_at: None,
                });
                self.n_in_code += 1;
            }
            Some("separate") => {
                let at = self.paragraphs.last().map(|p| p.raw.text.len());
                if let Some(field) = self.fields.last_mut().filter(|f| f.in_code) {
                    field.in_code = false;
                    field.result_at = at;
                    self.n_in_code -= 1;
                    let code = mem::take(&mut field.code);
                    self.note_formula(&code);
                    if let Some(field) = self.fields.last_mut() {
                        field.code = code;
                    }
                }
            }
            Some("end") => {
                if let Some(field) = self.pop_field() {
                    self.show_without_result(field);
                }
            }
            _ => {}
        }
    }

    pub(super) fn pop_field(&mut self) -> Option<Field> {
        let field = self.fields.pop()?;
        self.n_in_code -= usize::from(field.in_code);
        Some(field)
    }

    /// Takes text as instructions of the field that is open.
    pub(super) fn note_code(&mut self, text: &str) {
        if let Some(field) = self.fields.last_mut().filter(|f| f.in_code)
            && field.code.len() + text.len() <= MAX_CODE
        {
            field.code.push_str(text);
        }
    }

    /// Prints a field that has no result from its instructions or its form data.
    fn show_without_result(&mut self, field: Field) {
        let here = self.paragraphs.last().map(|p| p.raw.text.len());
        if !field.in_code && field.result_at != here {
            return;
        }
        if let Some(shown) = field.form.or_else(|| field_code::printed(&field.code)) {
            self.emit(&shown);
        }
    }

    /// Reads `w:ffData`: the entry chosen of a drop-down list, or whether a box is ticked. A text field has a result.
    pub(super) fn form_field(&mut self) -> Result<(), quick_xml::Error> {
        let (mut entries, mut chosen, mut preset) = (Vec::new(), None, None);
        let (mut is_box, mut ticked, mut ticked_by_default) = (false, None, false);
        self.properties(|_, name, start| {
            let number = || xml::attribute(start, "val").and_then(|v| v.trim().parse::<usize>().ok());
            match name {
                "listEntry" if entries.len() < MAX_ENTRIES => {
                    entries.push(xml::attribute(start, "val").unwrap_or_default().into_owned());
                }
                "result" => chosen = number(),
                "checkBox" => is_box = true,
                "checked" => ticked = Some(xml::is_on(start)),
                "default" if is_box => ticked_by_default = xml::is_on(start),
                "default" => preset = number(),
                _ => {}
            }
            Ok(false)
        })?;
        let shown = if is_box {
            Some(
                if ticked.unwrap_or(ticked_by_default) {
                    "☑"
                } else {
                    "□"
                }
                .to_owned(),
            )
        } else {
            let at = chosen.or(preset).unwrap_or(0);
            (at < entries.len()).then(|| entries.swap_remove(at))
        };
        if let Some(field) = self.fields.last_mut() {
            field.form = shown;
        }
        Ok(())
    }

    /// Keeps a formula (`=SUM(ABOVE)`) with the cell that it stands in.
    pub(super) fn note_formula(&mut self, code: &str) {
        let code = code.trim();
        if code.starts_with('=')
            && let Some(Container::Cell) = self.containers.last()
            && let Some(cell) = self.row_cell()
        {
            cell.formula = Some(code.to_owned());
        }
    }

    /// Text whose private-use characters are those of a symbol font of the run, as they are printed; `None` if it has none.
    pub(super) fn in_symbol_font(&self, text: &str) -> Option<String> {
        let format = self.run_format?;
        // U+F000 to U+F0FF begin with these bytes; full-width signs share the first.
        let bytes = text.as_bytes();
        memchr::memchr_iter(0xEF, bytes).find(|at| matches!(bytes.get(at + 1), Some(0x80..=0x83)))?;
        let font = symbol_font(format)?;
        let printed = |c| match u32::from(c) {
            code @ 0xF000..=0xF0FF => symbols::symbol(&font, code).unwrap_or(c),
            _ => c,
        };
        Some(text.chars().map(printed).collect())
    }
}

/// The font of Latin text, which symbols count as, in the properties of a run.
fn symbol_font(format: &str) -> Option<String> {
    let mut puller = Puller::new(format);
    loop {
        match puller.next() {
            Ok(Step::Start(_, start)) if start.local_name().as_ref() == "rFonts" => {
                return ["ascii", "hAnsi", "cs"]
                    .iter()
                    .find_map(|name| xml::attribute(&start, name))
                    .map(|font| font.into_owned());
            }
            Ok(Step::Done) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}
