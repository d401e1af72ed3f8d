//! A package written anew, for a reader that trusts what it reads.
//!
//! `calamine` reads OpenDocument and binary workbooks, but takes a file at its word: it expands repeats and spaces as often
//! as declared, waits for end tags that a cut file does not have, and indexes records and tables without looking at their
//! length. So a file is walked here first, and what calamine is given is only what that walk understood, in the plainest
//! form of the format and within the limits. No byte of the original reaches it unread.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::ReadError;
use crate::package::PackageError;

/// What is said if calamine refuses what was written for it.
pub(super) const REFUSED: ReadError = ReadError::Workbook {
    what: "its cells are not laid out as the format says",
};

/// A package of these parts, not packed: it lives only until it is read.
pub(super) fn pack(parts: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ReadError> {
    let failed = |error| ReadError::Package(PackageError::Zip(error));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, data) in parts {
        writer.start_file(name.as_str(), options).map_err(failed)?;
        writer.write_all(data).map_err(|error| failed(error.into()))?;
    }
    Ok(writer.finish().map_err(failed)?.into_inner())
}
