//! The package that is copied: all entries as they are packed, but for those replaced.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::AnnotateError;

/// Bytes that a part that is edited may unpack to, as much as the reader takes.
const MAX_PART_BYTES: u64 = 128 << 20;
/// A regular file that its owner may write.
const PERMISSIONS: u32 = 0o644;
/// Fixed, so that a new default of the packer does not change our bytes.
const COMPRESSION_LEVEL: i64 = 6;

/// A package, and what will be other in its copy.
pub(super) struct Source<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    /// Index of the last entry of a name, by the name as [`key`] has it.
    by_name: BTreeMap<String, usize>,
    /// By index of the entry.
    replaced: BTreeMap<usize, String>,
    /// Parts that are not there yet.
    added: Vec<(String, String)>,
}

/// Office packages do not tell capital letters apart, and some producers write `\`.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

impl<'a> Source<'a> {
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, AnnotateError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(AnnotateError::Package)?;
        let names = archive.file_names_raw().enumerate();
        let by_name = names
            .map(|(at, name)| (key(&String::from_utf8_lossy(name)), at))
            .collect();
        Ok(Self {
            archive,
            by_name,
            replaced: BTreeMap::new(),
            added: Vec::new(),
        })
    }

    /// Whether there is, or will be, a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.by_name.contains_key(&key(name)) || self.added.iter().any(|(added, _)| key(added) == key(name))
    }

    /// The part of this name as text.
    pub(super) fn text_if_any(&mut self, name: &str) -> Result<Option<String>, AnnotateError> {
        let Some(&at) = self.by_name.get(&key(name)) else {
            return Ok(None);
        };
        let not_text = || AnnotateError::NotText { part: name.to_owned() };
        let entry = self.archive.by_index(at).map_err(AnnotateError::Package)?;
        let mut bytes = Vec::new();
        let read = entry.take(MAX_PART_BYTES + 1).read_to_end(&mut bytes);
        read.map_err(|source| AnnotateError::Io {
            part: name.to_owned(),
            source,
        })?;
        if bytes.len() as u64 > MAX_PART_BYTES {
            return Err(not_text());
        }
        let text = String::from_utf8(bytes).map_err(|_| not_text())?;
        Ok(Some(match text.strip_prefix('\u{feff}') {
            Some(rest) => rest.to_owned(),
            None => text,
        }))
    }

    /// Gives the part of this name another content, or adds it behind the others.
    pub(super) fn replace(&mut self, name: &str, content: String) {
        match self.by_name.get(&key(name)) {
            Some(&at) => drop(self.replaced.insert(at, content)),
            None => self.added.push((name.to_owned(), content)),
        }
    }

    /// The copy.
    pub(super) fn write(mut self) -> Result<Vec<u8>, AnnotateError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(COMPRESSION_LEVEL))
            .last_modified_time(DateTime::default())
            .unix_permissions(PERMISSIONS);
        zip.set_raw_comment(self.archive.comment().into())
            .map_err(AnnotateError::Package)?;
        for at in 0..self.archive.len() {
            let entry = self.archive.by_index_raw(at).map_err(AnnotateError::Package)?;
            match self.replaced.get(&at) {
                Some(content) => {
                    let time = entry.last_modified().unwrap_or_default();
                    let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
                    drop(entry);
                    put(&mut zip, &name, content, options.last_modified_time(time))?;
                }
                None => zip.raw_copy_file(entry).map_err(AnnotateError::Package)?,
            }
        }
        for (name, content) in &self.added {
            put(&mut zip, name, content, options)?;
        }
        Ok(zip.finish().map_err(AnnotateError::Package)?.into_inner())
    }
}

fn put(
    zip: &mut ZipWriter<Cursor<Vec<u8>>>,
    name: &str,
    content: &str,
    options: SimpleFileOptions,
) -> Result<(), AnnotateError> {
    zip.start_file(name, options).map_err(AnnotateError::Package)?;
    zip.write_all(content.as_bytes()).map_err(|source| AnnotateError::Io {
        part: name.to_owned(),
        source,
    })
}
