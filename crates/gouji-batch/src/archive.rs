//! Documents inside .zip archives, read in place: nothing is ever unpacked to disk.
//!
//! The directory of an archive is read once and shared; each reader has its own position. Names that are not UTF-8
//! are taken for GB18030, as Windows writes them in China.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::{Arc, Mutex, PoisonError};

use encoding_rs::GB18030;
use gouji_read::package::{MAX_RATIO, RATIO_FLOOR};
use zip::ZipArchive;
use zip::result::ZipError;

use crate::Cause;

/// An open archive; a clone shares its directory.
pub(crate) type Archive = ZipArchive<Source>;

/// The bytes of an archive.
#[derive(Clone)]
pub(crate) enum Source {
    File(SharedFile),
    Memory(Cursor<Arc<[u8]>>),
}

/// A file read by several threads, each with a position and a small buffer of its own.
#[derive(Clone)]
pub(crate) struct SharedFile {
    file: Arc<Mutex<File>>,
    len: u64,
    position: u64,
    buffer: Vec<u8>,
    buffer_start: u64,
}

const BUFFER_BYTES: usize = 16 << 10;

impl SharedFile {
    fn new(file: File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        Ok(Self {
            file: Arc::new(Mutex::new(file)),
            len,
            position: 0,
            buffer: Vec::new(),
            buffer_start: 0,
        })
    }

    /// The buffered bytes from the current position on.
    fn buffered(&self) -> &[u8] {
        let Some(skip) = self.position.checked_sub(self.buffer_start) else {
            return &[];
        };
        usize::try_from(skip)
            .ok()
            .and_then(|skip| self.buffer.get(skip..))
            .unwrap_or(&[])
    }

    fn fill(&mut self) -> io::Result<()> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.position))?;
        self.buffer.resize(BUFFER_BYTES, 0);
        let read = file.read(&mut self.buffer)?;
        self.buffer.truncate(read);
        self.buffer_start = self.position;
        Ok(())
    }
}

impl Read for SharedFile {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.buffered().is_empty() {
            self.fill()?;
        }
        let from = self.buffered();
        let n = from.len().min(out.len());
        out[..n].copy_from_slice(&from[..n]);
        self.position += n as u64;
        Ok(n)
    }
}

impl Seek for SharedFile {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let target = match to {
            SeekFrom::Start(at) => Some(at),
            SeekFrom::End(by) => self.len.checked_add_signed(by),
            SeekFrom::Current(by) => self.position.checked_add_signed(by),
        };
        self.position = target.ok_or_else(|| io::Error::from(io::ErrorKind::InvalidInput))?;
        Ok(self.position)
    }
}

impl Read for Source {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::File(file) => file.read(out),
            Self::Memory(bytes) => bytes.read(out),
        }
    }
}

impl Seek for Source {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        match self {
            Self::File(file) => file.seek(to),
            Self::Memory(bytes) => bytes.seek(to),
        }
    }
}

/// Opens an archive that is a file.
pub(crate) fn open_file(file: File) -> Result<Archive, Cause> {
    ZipArchive::new(Source::File(SharedFile::new(file)?)).map_err(cause)
}

/// Opens an archive held in memory.
pub(crate) fn open_bytes(bytes: Vec<u8>) -> Result<Archive, Cause> {
    ZipArchive::new(Source::Memory(Cursor::new(Arc::from(bytes)))).map_err(cause)
}

/// An entry as the archive's directory lists it.
pub(crate) struct Listed {
    /// Number in the directory.
    pub index: usize,
    /// Path inside the archive, made safe: `/` between components, no `..`, no root, no control characters.
    pub name: String,
}

/// The files of an archive, in the order of its directory.
pub(crate) fn list(archive: &Archive) -> Vec<Listed> {
    archive
        .file_names_raw()
        .enumerate()
        .filter(|(_, raw)| !raw.ends_with(b"/") && !raw.ends_with(b"\\"))
        .map(|(index, raw)| Listed {
            index,
            name: safe_name(&decode_name(raw)),
        })
        .collect()
}

/// Unpacks one entry, at most `limit` bytes of it, whatever size it declares. One that is packed more tightly than
/// documents are is a bomb, and given up early: an archive may hold thousands.
pub(crate) fn unpack(archive: &mut Archive, index: usize, limit: u64) -> Result<Vec<u8>, Cause> {
    if archive.by_index_raw(index).map_err(cause)?.encrypted() {
        return Err(Cause::Password);
    }
    let entry = archive.by_index(index).map_err(cause)?;
    let dense = entry.compressed_size().saturating_mul(MAX_RATIO).max(RATIO_FLOOR);
    let too_dense = || Cause::Archive {
        what: format!("the entry unpacks to more than {MAX_RATIO} times its packed size"),
    };
    // One that says so itself need not be unpacked to be refused: a thousand of them cost nothing.
    if entry.size() > dense {
        return Err(too_dense());
    }
    let mut bytes = Vec::new();
    entry
        .take(limit.min(dense).saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|error| Cause::Archive {
            what: error.to_string(),
        })?;
    if bytes.len() as u64 > limit {
        return Err(Cause::TooLarge { limit });
    }
    if bytes.len() as u64 > dense {
        return Err(too_dense());
    }
    Ok(bytes)
}

/// A name as bytes: UTF-8 if it is, else GB18030.
pub(crate) fn decode_name(raw: &[u8]) -> String {
    match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
    }
}

/// The path without what could lead out of its folder or upset a terminal.
fn safe_name(name: &str) -> String {
    let parts: Vec<String> = name
        .split(['/', '\\'])
        .filter(|part| !part.is_empty() && *part != "." && *part != "..")
        .map(|part| {
            part.chars()
                .map(|c| if c.is_control() { '\u{fffd}' } else { c })
                .collect()
        })
        .collect();
    if parts.is_empty() {
        "unnamed".to_owned()
    } else {
        parts.join("/")
    }
}

fn cause(error: ZipError) -> Cause {
    match error {
        ZipError::Io(error) if error.kind() != io::ErrorKind::UnexpectedEof => Cause::from(error),
        ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) | ZipError::InvalidPassword => Cause::Password,
        other => Cause::Archive {
            what: other.to_string(),
        },
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    /// A zip of one stored entry whose name is replaced byte for byte afterwards.
    fn zip_with_raw_name(raw: &[u8], content: &[u8]) -> Vec<u8> {
        let placeholder = "x".repeat(raw.len());
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer
            .start_file(placeholder.as_str(), SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
        let mut bytes = writer.finish().unwrap().into_inner();
        let mut at = 0;
        while let Some(found) = bytes[at..]
            .windows(raw.len())
            .position(|window| window == placeholder.as_bytes())
        {
            bytes[at + found..at + found + raw.len()].copy_from_slice(raw);
            at += found + raw.len();
        }
        bytes
    }

    #[test]
    fn a_gbk_name_is_read_and_a_utf_8_name_stays() {
        let (gbk, _, _) = GB18030.encode("通报/第一季度.txt");
        for raw in [&*gbk, "通报/第一季度.txt".as_bytes()] {
            let mut archive = open_bytes(zip_with_raw_name(raw, b"text")).unwrap();
            let listed = list(&archive);
            assert_eq!(listed[0].name, "通报/第一季度.txt");
            assert_eq!(unpack(&mut archive, listed[0].index, 10).unwrap(), b"text");
        }
    }

    #[test]
    fn no_name_leads_out_of_the_archive() {
        assert_eq!(safe_name("../../etc/./a.txt"), "etc/a.txt");
        assert_eq!(safe_name("/root/a.txt"), "root/a.txt");
        assert_eq!(safe_name("a\\..\\b.txt"), "a/b.txt");
        assert_eq!(safe_name("../.."), "unnamed");
        assert_eq!(safe_name("a\u{1b}[31m.txt"), "a\u{fffd}[31m.txt");
        assert_eq!(safe_name("a..b.txt"), "a..b.txt");
    }

    #[test]
    fn an_entry_over_the_limit_is_refused_whatever_it_declares() {
        let mut archive = open_bytes(zip_with_raw_name(b"a.txt", &[b'a'; 100])).unwrap();
        assert!(matches!(
            unpack(&mut archive, 0, 99),
            Err(Cause::TooLarge { limit: 99 })
        ));
        assert_eq!(unpack(&mut archive, 0, 100).unwrap().len(), 100);
    }

    #[test]
    fn a_bomb_is_given_up_at_its_ratio_and_plain_text_is_not() {
        let packed = |content: &[u8]| {
            let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
            let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
            writer.start_file("a.txt", options).unwrap();
            writer.write_all(content).unwrap();
            open_bytes(writer.finish().unwrap().into_inner()).unwrap()
        };
        let floor = usize::try_from(RATIO_FLOOR).unwrap();
        let mut bomb = packed(&vec![b' '; floor + 1]);
        assert!(matches!(unpack(&mut bomb, 0, u64::MAX), Err(Cause::Archive { .. })));
        let mut small = packed(&vec![b' '; floor]);
        assert_eq!(unpack(&mut small, 0, u64::MAX).unwrap().len(), floor);
    }

    #[test]
    fn a_damaged_archive_is_an_error_and_not_a_panic() {
        let whole = zip_with_raw_name(b"a.txt", b"some text that is stored");
        for cut in 0..whole.len() {
            if let Ok(mut archive) = open_bytes(whole[..cut].to_vec()) {
                let _ = unpack(&mut archive, 0, 1000);
            }
        }
        assert!(open_bytes(b"PK".to_vec()).is_err());
    }
}
