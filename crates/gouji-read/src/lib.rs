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

use gouji_document::{Anchors, Deadline, Document, Format, Parsed, Warning, WarningKind};
use identify::Opened;

pub use error::ReadError;
pub use identify::{identify, is_candidate_name};

/// Reads one file. `name` is its name or path; it only breaks ties between formats and is compared with the content.
///
/// # Errors
/// [`ReadError`] if nothing at all could be read.
pub fn read(name: &str, bytes: &[u8]) -> Result<Parsed<Document>, ReadError> {
    read_until(name, bytes, &Deadline::default())
}

/// Reads one file as [`read`] does, unless that takes too long: readers ask at coarse places whether `deadline` has passed.
///
/// # Errors
/// [`ReadError::OutOfTime`] if it has, else as [`read`].
pub fn read_until(name: &str, bytes: &[u8], deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    let parsed = read_opened(name, bytes, deadline);
    // A reader that stopped early may have found nothing, or half of everything.
    if deadline.has_passed() {
        return Err(ReadError::OutOfTime);
    }
    parsed
}

fn read_opened(name: &str, bytes: &[u8], deadline: &Deadline) -> Result<Parsed<Document>, ReadError> {
    let opened = identify::sniff(name, bytes)?;
    let format = opened.format();
    let mut parsed = match opened {
        Opened::Package(Format::Docx, package) => docx::read(package, deadline)?,
        Opened::Package(_, package) => workbook::read_xlsx(package, deadline)?,
        Opened::OpenDocument(package) => workbook::read_open_document(package, deadline)?,
        Opened::Binary(package) => workbook::read_binary(package, deadline)?,
        Opened::Compound(Format::Doc, file) => doc::read(&file, deadline)?,
        Opened::Compound(_, file) => workbook::read_xls(&file, deadline)?,
        Opened::Flat(Format::Rtf) => rtf::read(bytes, deadline)?,
        Opened::Flat(Format::Html) => html::read(bytes, deadline)?,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compound::tests::compound_of;
    use crate::package::tests::zip_of;

    #[test]
    fn a_reader_whose_time_is_over_gives_nothing() {
        let deadline = Deadline::new();
        let page = b"<!DOCTYPE html><p>1</p>".as_slice();
        let body = br#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
            <w:body><w:p><w:r><w:t>1</w:t></w:r></w:p></w:body></w:document>"#;
        let docx = zip_of(&[("word/document.xml", body)]);
        let files = [
            ("a.txt", b"1".as_slice()),
            ("a.html", page),
            ("a.docx", &docx),
            ("a.rtf", b"{\\rtf1 1}"),
        ];
        for (name, bytes) in files {
            assert!(read_until(name, bytes, &deadline).is_ok(), "{name}");
        }
        deadline.pass();
        let doc = compound_of(&[("WordDocument", &[]), ("0Table", &[])]);
        let xlsx = zip_of(&[("xl/workbook.xml", b"<workbook/>")]);
        for (name, bytes) in files.into_iter().chain([("a.doc", &*doc), ("a.xlsx", &xlsx)]) {
            let result = read_until(name, bytes, &deadline);
            assert!(matches!(result, Err(ReadError::OutOfTime)), "{name}: {result:?}");
        }
    }
}
