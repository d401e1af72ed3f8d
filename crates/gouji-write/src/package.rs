//! The parts as a zip package with nothing in it that could differ between two runs.
//!
//! Nine parts in ten are the same in every document. They are packed once, into a template; a document is the template with its own
//! parts behind, so that only those are compressed.

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
/// For the template, which is packed once.
const BEST: i64 = 9;
/// For the parts of each document: most of what compression gains, in a third of the time.
const FAST: i64 = 2;

/// Packs parts in the order given.
pub(crate) fn template(parts: &[Part]) -> Result<Vec<u8>, WriteError> {
    append(ZipWriter::new(Cursor::new(Vec::new())), parts, BEST)
}

/// Puts parts behind those of a template.
pub(crate) fn complete(template: &[u8], parts: &[Part]) -> Result<Vec<u8>, WriteError> {
    let zip = ZipWriter::new_append(Cursor::new(template.to_vec())).map_err(|source| WriteError::Pack {
        part: "template",
        source,
    })?;
    append(zip, parts, FAST)
}

fn append(mut zip: ZipWriter<Cursor<Vec<u8>>>, parts: &[Part], level: i64) -> Result<Vec<u8>, WriteError> {
    // The default of `DateTime` is 1 January 1980; set here because options take the clock once any crate
    // of the build turns on zip's `time`.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(level))
        .last_modified_time(DateTime::default())
        .unix_permissions(PERMISSIONS);
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
