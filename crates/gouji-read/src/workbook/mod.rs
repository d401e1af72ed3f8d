//! Workbooks: what a reader of the file format finds in sheets becomes paragraphs and tables as printed.

mod binary;
mod formula;
mod layout;
mod number_format;
mod open_document;
mod plain;
mod rebuilt;
mod records;
mod sheet;
mod styles;
mod xls;
mod xlsx;

#[cfg(test)]
mod rebuilt_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use gouji_document::{Deadline, Document, Format, Parsed, WarningKind};

use self::plain::Plain;
use self::sheet::Sheet;
use crate::ReadError;
use crate::assembly::Assembly;
use crate::compound::Compound;
use crate::package::Package;

/// Cells with content of one workbook. The largest annexes have some ten thousand.
pub(crate) const MAX_CELLS: usize = 1_000_000;
/// Bytes of text of one workbook, as printed: a string may be shown by any number of cells.
pub(crate) const MAX_TEXT: usize = 64 << 20;
/// Bytes of formulas of one workbook that are looked at and kept; one that is shared is written out for each of its cells.
const MAX_FORMULAS: usize = 16 << 20;
/// Cells of one kind that are warned of one by one.
const MAX_WARNED: usize = 20;

/// Reads an Office Open XML workbook.
pub(crate) fn read_xlsx(package: Package<'_>, deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    let mut assembly = Assembly::until(deadline);
    xlsx::read(package, &mut assembly)?;
    finish(assembly, Format::Xlsx)
}

/// Reads an OpenDocument spreadsheet.
pub(crate) fn read_open_document(package: Package<'_>, deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    let mut assembly = Assembly::until(deadline);
    open_document::read(package, &mut assembly)?;
    finish(assembly, Format::Xlsx)
}

/// Reads a workbook of binary parts (xlsb).
pub(crate) fn read_binary(package: Package<'_>, deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    let mut assembly = Assembly::until(deadline);
    binary::read(package, &mut assembly)?;
    finish(assembly, Format::Xlsx)
}

/// Reads an Excel 97 workbook.
pub(crate) fn read_xls(file: &Compound<'_>, deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    let mut assembly = Assembly::until(deadline);
    xls::read(file, &mut assembly)?;
    finish(assembly, Format::Xls)
}

/// Computes the formulas of the sheets and appends what they show. `print` gives a number as the style of its cell shows it.
fn lower(
    mut sheets: Vec<Sheet>,
    print: &dyn Fn(u32, &Plain) -> String,
    spending: &mut Spending,
    assembly: &mut Assembly,
) {
    let results = formula::compute(&mut sheets, print, spending, assembly);
    let mut first_blocks = Vec::with_capacity(sheets.len());
    for sheet in sheets {
        first_blocks.push(assembly.n_blocks());
        let new_page = assembly.n_blocks() > 0;
        sheet.lower(new_page, assembly);
    }
    results.attach(&first_blocks, assembly);
}

fn finish(assembly: Assembly, format: Format) -> Result<Parsed<Document>, ReadError> {
    if assembly.n_blocks() == 0 {
        return Err(ReadError::Empty);
    }
    let (value, warnings) = assembly.finish(format, None);
    Ok(Parsed { value, warnings })
}

/// How much of its limits a workbook has used.
#[derive(Debug, Default)]
pub(crate) struct Spending {
    cells: usize,
    text: usize,
    stopped: bool,
    unknown_codes: BTreeSet<String>,
    without_value: usize,
    formulas: usize,
}

impl Spending {
    /// Takes one cell with `len` bytes; `false`, with one warning, once a limit is reached.
    fn take(&mut self, len: usize, sheet: &str, assembly: &mut Assembly) -> bool {
        self.cells += 1;
        self.text += len;
        let reached = if self.cells > MAX_CELLS {
            ("cells", MAX_CELLS)
        } else if self.text > MAX_TEXT {
            ("bytes of text", MAX_TEXT)
        } else {
            return true;
        };
        if !self.stopped {
            self.stopped = true;
            let (what, limit) = reached;
            let limit = limit as u64;
            assembly.warn(WarningKind::LimitReached { what, limit }, sheet);
        }
        false
    }

    /// Whether `n` more bytes of formulas may be looked at: a shared one is worked through again for each of its cells, also
    /// where nothing comes of it.
    fn may_look_at(&mut self, n: usize) -> bool {
        self.formulas = self.formulas.saturating_add(n);
        self.formulas <= MAX_FORMULAS
    }

    /// A formula, unless those of the workbook are too long together.
    fn formula(&mut self, text: &str) -> Option<String> {
        let text = text.trim();
        (self.may_look_at(text.len()) && !text.is_empty()).then(|| text.to_owned())
    }

    /// Warns of a format code once.
    fn unknown_format(&mut self, code: String, place: &str, assembly: &mut Assembly) {
        if self.unknown_codes.len() < MAX_WARNED && self.unknown_codes.insert(code.clone()) {
            assembly.warn(WarningKind::UnknownNumberFormat { code }, place);
        }
    }

    /// Warns of a formula that was saved without its result and cannot be computed.
    fn formula_without_value(&mut self, place: &str, assembly: &mut Assembly) {
        self.without_value += 1;
        if self.without_value <= MAX_WARNED {
            assembly.warn(WarningKind::FormulaWithoutValue, place);
        }
    }
}
