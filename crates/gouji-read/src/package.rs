//! A zip container, opened within limits.
//!
//! Serves Office packages here and archives of documents in `gouji-batch`. It reads the directory once, decodes names that
//! old Chinese programs wrote in GBK, and unpacks one entry at a time. The limits hold against what an entry really
//! unpacks to, not what its header declares, so a bomb costs no more than the limit.
//!
//! It never writes to disk and never follows a path: names are only names.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use encoding_rs::GB18030;
use zip::ZipArchive;
use zip::result::ZipError;

/// What a package may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Entries in the directory.
    pub entries: u64,
    /// Bytes that one entry may unpack to.
    pub entry_bytes: u64,
    /// Bytes that all entries read from one package may unpack to.
    pub total_bytes: u64,
    /// How many times its packed size an entry may unpack to, once it is past [`RATIO_FLOOR`].
    pub ratio: u64,
}

/// Entries of an Office package; a document with a thousand pictures has about as many.
pub const MAX_ENTRIES: u64 = 20_000;
/// Bytes that one part of an Office package may unpack to. The text of a million words takes about 100 MB of markup.
pub const MAX_ENTRY_BYTES: u64 = 128 << 20;
/// Bytes that the parts read from one Office package may unpack to.
pub const MAX_TOTAL_BYTES: u64 = 256 << 20;
/// Highest compression of a part. Office markup is packed 10 to 60 times; deflate can reach 1032.
pub const MAX_RATIO: u64 = 300;
/// Unpacked bytes below which the ratio does not matter.
pub const RATIO_FLOOR: u64 = 16 << 20;

/// Bytes set aside before unpacking, at most: the declared size may be a lie.
const MAX_PREPARED: u64 = 1 << 20;

impl Default for Limits {
    fn default() -> Self {
        Self {
            entries: MAX_ENTRIES,
            entry_bytes: MAX_ENTRY_BYTES,
            total_bytes: MAX_TOTAL_BYTES,
            ratio: MAX_RATIO,
        }
    }
}

/// Why a package, or one entry of it, cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum PackageError {
    /// The container is damaged or uses something that is not supported.
    #[error("the zip container cannot be read")]
    Zip(#[source] ZipError),
    /// An entry's data is damaged.
    #[error("entry `{part}` cannot be unpacked")]
    Entry {
        /// The entry.
        part: String,
        /// What is wrong with it.
        #[source]
        source: ZipError,
    },
    /// The directory has too many entries.
    #[error("the container has {found} entries, more than {limit}")]
    TooManyEntries {
        /// How many it says it has.
        found: u64,
        /// The limit.
        limit: u64,
    },
    /// An entry, or all entries together, unpack to too many bytes.
    #[error("entry `{part}` unpacks to more than {limit} bytes")]
    TooLarge {
        /// The entry at which the limit was reached.
        part: String,
        /// The limit in bytes.
        limit: u64,
    },
    /// An entry is packed more tightly than real documents are.
    #[error("entry `{part}` unpacks to more than {limit} times its packed size")]
    TooDense {
        /// The entry.
        part: String,
        /// The limit.
        limit: u64,
    },
    /// An entry needs a password.
    #[error("entry `{part}` is encrypted")]
    Encrypted {
        /// The entry.
        part: String,
    },
}

impl PackageError {
    /// Whether the container is refused for its size alone.
    #[must_use]
    pub fn is_limit(&self) -> bool {
        matches!(
            self,
            Self::TooManyEntries { .. } | Self::TooLarge { .. } | Self::TooDense { .. }
        )
    }
}

/// One entry of the directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, `/` between folders: UTF-8 if it is that, else read as GB18030.
    pub name: String,
    /// Unpacked size in bytes, as declared.
    pub size: u64,
    /// Packed size in bytes.
    pub packed: u64,
    /// Whether it stands for a folder.
    pub is_dir: bool,
    /// Whether it needs a password.
    pub encrypted: bool,
}

/// An opened zip container.
pub struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    entries: Vec<Entry>,
    /// Lower-case name to index of the last entry with it.
    by_name: BTreeMap<String, usize>,
    limits: Limits,
    unpacked: u64,
}

/// Opens a container.
///
/// # Errors
/// [`PackageError::Zip`] for a damaged directory, [`PackageError::TooManyEntries`] past the limit.
pub fn open(bytes: &[u8], limits: Limits) -> Result<Package<'_>, PackageError> {
    // The directory is read into memory as a whole, so its size is judged before.
    if let Some(found) = declared_entries(bytes)
        && found > limits.entries
    {
        return Err(PackageError::TooManyEntries {
            found,
            limit: limits.entries,
        });
    }
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(PackageError::Zip)?;
    let found = archive.len() as u64;
    if found > limits.entries {
        return Err(PackageError::TooManyEntries {
            found,
            limit: limits.entries,
        });
    }
    let mut entries = Vec::with_capacity(archive.len());
    let mut by_name = BTreeMap::new();
    for index in 0..archive.len() {
        let file = archive.by_index_raw(index).map_err(PackageError::Zip)?;
        let name = decode_name(file.name_raw()).replace('\\', "/");
        by_name.insert(name.to_ascii_lowercase(), index);
        entries.push(Entry {
            size: file.size(),
            packed: file.compressed_size(),
            is_dir: file.is_dir() || name.ends_with('/'),
            encrypted: file.encrypted(),
            name,
        });
    }
    Ok(Package {
        archive,
        entries,
        by_name,
        limits,
        unpacked: 0,
    })
}

impl Package<'_> {
    /// The directory, in its own order.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Index of the entry called `name`, by the rules of Office packages: a leading `/` and the case of ASCII letters do not
    /// count.
    #[must_use]
    pub fn index_of(&self, name: &str) -> Option<usize> {
        self.by_name
            .get(&name.trim_start_matches('/').to_ascii_lowercase())
            .copied()
    }

    /// Unpacks the entry at `index` of [`Package::entries`].
    ///
    /// # Errors
    /// If the entry is encrypted, damaged, or past a limit.
    ///
    /// # Panics
    /// If there is no such entry.
    pub fn read(&mut self, index: usize) -> Result<Vec<u8>, PackageError> {
        let entry = &self.entries[index];
        let part = || entry.name.clone();
        if entry.encrypted {
            return Err(PackageError::Encrypted { part: part() });
        }
        let limit = self
            .limits
            .entry_bytes
            .min(self.limits.total_bytes.saturating_sub(self.unpacked));
        if entry.size > limit {
            return Err(PackageError::TooLarge { part: part(), limit });
        }
        let dense = entry.packed.saturating_mul(self.limits.ratio).max(RATIO_FLOOR);
        let file = self
            .archive
            .by_index(index)
            .map_err(|source| PackageError::Entry { part: part(), source })?;
        let mut out = Vec::with_capacity(usize::try_from(entry.size.min(MAX_PREPARED)).unwrap_or(0));
        file.take(limit.min(dense).saturating_add(1))
            .read_to_end(&mut out)
            .map_err(|source| PackageError::Entry {
                part: part(),
                source: ZipError::Io(source),
            })?;
        let got = out.len() as u64;
        if got > limit {
            return Err(PackageError::TooLarge { part: part(), limit });
        }
        if got > dense {
            return Err(PackageError::TooDense {
                part: part(),
                limit: self.limits.ratio,
            });
        }
        self.unpacked += got;
        Ok(out)
    }

    /// Unpacks the entry called `name`, or `None` if there is none; see [`Package::index_of`].
    pub fn read_named(&mut self, name: &str) -> Option<Result<Vec<u8>, PackageError>> {
        let index = self.index_of(name)?;
        Some(self.read(index))
    }
}

/// A name in UTF-8, else as a Chinese Windows wrote it.
fn decode_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// The number of entries that the end record declares (APPNOTE.TXT 4.3.16, and 4.3.14 for zip64), if there is one.
fn declared_entries(bytes: &[u8]) -> Option<u64> {
    const END: &[u8] = b"PK\x05\x06";
    const END64: &[u8] = b"PK\x06\x06";
    const END_LEN: usize = 22;
    let tail_start = bytes.len().saturating_sub(END_LEN + usize::from(u16::MAX));
    let tail = &bytes[tail_start..];
    let at = (0..tail.len().checked_sub(END_LEN)? + 1)
        .rev()
        .find(|&at| tail[at..].starts_with(END))?;
    let short = u64::from(u16::from_le_bytes([tail[at + 10], tail[at + 11]]));
    if short != u64::from(u16::MAX) {
        return Some(short);
    }
    // The zip64 record stands shortly before the end record.
    let before = &bytes[..tail_start + at];
    let window = &before[before.len().saturating_sub(4096)..];
    let at = (0..window.len().saturating_sub(40))
        .rev()
        .find(|&at| window[at..].starts_with(END64));
    Some(match at {
        Some(at) => {
            let mut count = [0; 8];
            count.copy_from_slice(&window[at + 32..at + 40]);
            u64::from_le_bytes(count)
        }
        None => short,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use std::io::Write;

    use zip::write::SimpleFileOptions;
    use zip::{CompressionMethod, ZipWriter};

    use super::*;

    /// A zip of `parts`, for the tests of this crate.
    pub(crate) fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, data) in parts {
            let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
            writer.start_file(*name, options).expect("an entry");
            writer.write_all(data).expect("its data");
        }
        writer.finish().expect("a zip").into_inner()
    }

    #[test]
    fn entries_are_found_by_the_rules_of_packages() {
        let bytes = zip_of(&[("Word/Document.xml", b"<a/>"), ("x/", b"")]);
        let mut package = open(&bytes, Limits::default()).expect("a package");
        assert_eq!(
            package.read_named("/word/document.XML").expect("there").expect("whole"),
            b"<a/>"
        );
        assert!(package.read_named("word/other.xml").is_none());
        assert!(package.entries()[1].is_dir);
    }

    #[test]
    fn gbk_names_are_read() {
        let bytes = zip_of(&[("AABB.txt", b"x")]);
        let gbk = GB18030.encode("通报").0;
        let patched: Vec<u8> = {
            let mut out = bytes.clone();
            for at in 0..out.len() - 4 {
                if &bytes[at..at + 4] == b"AABB" {
                    out[at..at + 4].copy_from_slice(&gbk);
                }
            }
            out
        };
        let package = open(&patched, Limits::default()).expect("a package");
        assert_eq!(package.entries()[0].name, "通报.txt");
    }

    #[test]
    fn a_bomb_stops_at_its_limit() {
        let bytes = zip_of(&[("bomb", &vec![0u8; 24 << 20])]);
        let mut package = open(&bytes, Limits::default()).expect("a package");
        assert!(matches!(package.read(0), Err(PackageError::TooDense { .. })));
        let small = Limits {
            entry_bytes: 1000,
            ..Limits::default()
        };
        let mut package = open(&bytes, small).expect("a package");
        assert!(matches!(
            package.read(0),
            Err(PackageError::TooLarge { limit: 1000, .. })
        ));
    }

    #[test]
    fn a_bomb_that_lies_about_its_size_stops_too() {
        let bytes = zip_of(&[("bomb", &vec![0u8; 5000])]);
        let declared = 5000u32.to_le_bytes();
        let mut patched = bytes.clone();
        for at in 0..bytes.len() - 4 {
            if bytes[at..at + 4] == declared {
                patched[at..at + 4].copy_from_slice(&10u32.to_le_bytes());
            }
        }
        let limits = Limits {
            entry_bytes: 1000,
            ..Limits::default()
        };
        let mut package = open(&patched, limits).expect("a package");
        assert!(package.read(0).is_err());
    }

    #[test]
    fn all_entries_share_one_budget() {
        let bytes = zip_of(&[("a", &[1; 600]), ("b", &[2; 600])]);
        let limits = Limits {
            total_bytes: 1000,
            ..Limits::default()
        };
        let mut package = open(&bytes, limits).expect("a package");
        assert_eq!(package.read(0).expect("fits").len(), 600);
        assert!(matches!(package.read(1), Err(PackageError::TooLarge { .. })));
    }

    #[test]
    fn too_many_entries_are_refused_before_they_are_read() {
        let bytes = zip_of(&[("a", b""), ("b", b""), ("c", b"")]);
        let limits = Limits {
            entries: 2,
            ..Limits::default()
        };
        assert!(matches!(
            open(&bytes, limits),
            Err(PackageError::TooManyEntries { found: 3, limit: 2 })
        ));
        assert_eq!(declared_entries(&bytes), Some(3));
    }

    #[test]
    fn damaged_containers_are_errors() {
        let bytes = zip_of(&[("a", &[7; 3000])]);
        for cut in 0..bytes.len() {
            if let Ok(mut package) = open(&bytes[..cut], Limits::default()) {
                for index in 0..package.entries().len() {
                    let _ = package.read(index);
                }
            }
        }
        assert!(open(&bytes[..bytes.len() - 30], Limits::default()).is_err());
    }
}
