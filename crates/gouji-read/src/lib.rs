//! Bytes to [`Document`], one module per format.
//!
//! [`read`] finds out what a file is by its content, and hands it to the reader of that format. Readers mirror their
//! format faithfully (automatic numbers, merged cells, tracked changes, printed figures) and never give up on a document for
//! one bad part: what could not be read is a warning. Input is taken as hostile: sizes, depths and counts have limits as
//! named constants, nothing recurses over the input, nothing is fetched from anywhere.
//!
//! This crate never touches the file system and never interprets what the text means.

mod assembly;
mod compound;
mod doc;
mod docx;
mod encoding;
mod error;
mod html;
mod identify;
mod little_endian;
pub mod package;
mod relationships;
mod rtf;
#[cfg(test)]
mod shown;
mod text;
mod workbook;
mod xml;

use gouji_document::{Anchors, Document, Format, Parsed, Warning, WarningKind};
use identify::Opened;

pub use error::ReadError;
pub use identify::{identify, is_candidate_name};

/// Reads one file. `name` is its name or path; it only breaks ties between formats and is compared with the content.
///
/// # Errors
/// [`ReadError`] if nothing at all could be read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Parsed<Document>, ReadError> {
    let opened = identify::sniff(name, bytes)?;
    let format = opened.format();
    let mut parsed = match opened {
        Opened::Package(Format::Docx, package) => docx::read(package)?,
        Opened::Package(_, package) => workbook::read_xlsx(package)?,
        Opened::OpenDocument(package) => workbook::read_open_document(package)?,
        Opened::Binary(package) => workbook::read_binary(package)?,
        Opened::Compound(Format::Doc, file) => doc::read(&file)?,
        Opened::Compound(_, file) => workbook::read_xls(&file)?,
        Opened::Flat(Format::Rtf) => rtf::read(bytes)?,
        Opened::Flat(Format::Html) => html::read(bytes)?,
        Opened::Flat(_) => text::read(bytes)?,
    };
    if identify::is_misnamed(name, format) {
        let warning = Warning {
            kind: WarningKind::WrongExtension { actual: format.name() },
            place: name.rsplit(['/', '\\']).next().unwrap_or(name).to_owned(),
            span: None,
        };
        parsed.warnings.insert(0, warning);
    }
    Ok(parsed)
}

/// Where the text of a Word document stands in its main part. The spans count in the text that [`read`] gives of the
/// same bytes. For any other format there are no such places, and `None` is returned.
///
/// # Errors
/// [`ReadError`] if nothing at all could be read.
pub fn docx_anchors(name: &str, bytes: &[u8]) -> Result<Option<Anchors>, ReadError> {
    match identify::sniff(name, bytes)? {
        Opened::Package(Format::Docx, package) => docx::anchors(package).map(Some),
        _ => Ok(None),
    }
}
