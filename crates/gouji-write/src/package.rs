//! The parts as a zip package with nothing in it that could differ between two runs.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::WriteError;

/// One part of the package.
#[derive(Debug)]
pub(crate) struct Part {
    /// Its name in the package.
    pub(crate) name: &'static str,
    /// Its content.
    pub(crate) content: String,
}

/// A regular file that its owner may write: some readers refuse entries without permissions.
const PERMISSIONS: u32 = 0o644;
/// Fixed, so that a new default of the packer does not change our bytes.
const COMPRESSION_LEVEL: i64 = 6;

/// Packs parts in the order given.
pub(crate) fn pack(parts: &[Part]) -> Result<Vec<u8>, WriteError> {
    // The default of `DateTime` is 1 January 1980; set here because options take the clock once any crate
    // of the build turns on zip's `time`.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(COMPRESSION_LEVEL))
        .last_modified_time(DateTime::default())
        .unix_permissions(PERMISSIONS);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for part in parts {
        zip.start_file(part.name, options).map_err(|source| WriteError::Pack {
            part: part.name,
            source,
        })?;
        zip.write_all(part.content.as_bytes())
            .map_err(|source| WriteError::Io {
                part: part.name,
                source,
            })?;
    }
    let done = zip.finish().map_err(|source| WriteError::Pack {
        part: "central directory",
        source,
    })?;
    Ok(done.into_inner())
}
