//! The compound file format (MS-CFB) that holds Excel 97 workbooks, Word 97 documents and encrypted packages.
//!
//! - Handled: versions 3 and 4, streams in sectors and in mini sectors.
//! - Partly handled: of the tree of storages only the root is told apart, so that what is embedded in a document is not
//!   taken for the document.
//! - Ignored: times, class ids.
//!
//! Every chain is bounded by the number of sectors in the file, so a chain that runs in a circle is an error.

use crate::ReadError;
use crate::little_endian::{u16_at, u32_at};

/// First bytes of a compound file.
pub(crate) const MAGIC: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const END_OF_CHAIN: u32 = 0xFFFF_FFFE;
/// From here on, numbers are marks and not sectors.
const FIRST_MARK: u32 = 0xFFFF_FFFA;
const HEADER_DIFAT: usize = 109;
const ENTRY_LEN: usize = 128;
const MINI_SECTOR: usize = 64;

/// A named stream of the directory.
#[derive(Debug)]
struct Stream {
    name: String,
    start: u32,
    len: u64,
    /// Root storage, 5; storage, 1; stream, 2.
    kind: u8,
    /// Entries before and after it in its storage, and one inside it, by number.
    links: [u32; 3],
    /// It stands in the root storage.
    at_root: bool,
}

/// An opened compound file.
pub(crate) struct Compound<'a> {
    bytes: &'a [u8],
    sector: usize,
    fat: Vec<u32>,
    mini_fat: Vec<u32>,
    mini_stream: Vec<u8>,
    mini_cutoff: u64,
    streams: Vec<Stream>,
}

fn damaged(what: &'static str) -> ReadError {
    ReadError::Compound { what }
}

fn u32s(bytes: &[u8]) -> impl Iterator<Item = u32> + '_ {
    bytes
        .chunks_exact(4)
        .map(|c| u32::from_le_bytes([c[0], c[1], c[2], c[3]]))
}

impl<'a> Compound<'a> {
    /// Reads header, allocation tables and directory.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let cut = || damaged("the header is cut off");
        if !bytes.starts_with(MAGIC) || bytes.len() < 512 {
            return Err(cut());
        }
        let sector = match u16_at(bytes, 30).ok_or_else(cut)? {
            9 => 512,
            12 => 4096,
            _ => return Err(damaged("the sector size is neither 512 nor 4096")),
        };
        let dir_start = u32_at(bytes, 48).ok_or_else(cut)?;
        let mini_cutoff = u64::from(u32_at(bytes, 56).ok_or_else(cut)?);
        let mini_fat_start = u32_at(bytes, 60).ok_or_else(cut)?;
        let mut difat_at = u32_at(bytes, 68).ok_or_else(cut)?;
        let mut out = Self {
            bytes,
            sector,
            fat: Vec::new(),
            mini_fat: Vec::new(),
            mini_stream: Vec::new(),
            mini_cutoff,
            streams: Vec::new(),
        };
        let n_sectors = bytes.len() / sector;
        let mut fat_sectors: Vec<u32> = u32s(&bytes[76..512]).take(HEADER_DIFAT).collect();
        let mut steps = 0;
        while difat_at < FIRST_MARK {
            steps += 1;
            if steps > n_sectors {
                return Err(damaged("the table of tables runs in a circle"));
            }
            let table = out
                .sector_at(difat_at)
                .ok_or_else(|| damaged("a sector lies past the end"))?;
            let mut ids: Vec<u32> = u32s(table).collect();
            difat_at = ids.pop().unwrap_or(END_OF_CHAIN);
            fat_sectors.append(&mut ids);
        }
        fat_sectors.retain(|&id| id < FIRST_MARK);
        if fat_sectors.len() > n_sectors {
            return Err(damaged("more allocation tables than sectors"));
        }
        for id in fat_sectors {
            // Cut files often lack their last sectors; what is missing ends every chain that needs it.
            if let Some(table) = out.sector_at(id) {
                let ids: Vec<u32> = u32s(table).collect();
                out.fat.extend(ids);
            }
        }
        let directory = out.chain(dir_start, u64::MAX)?;
        let mut entries: Vec<Option<Stream>> = directory.chunks_exact(ENTRY_LEN).map(|e| entry(e, sector)).collect();
        mark_root(&mut entries);
        out.streams = entries.into_iter().flatten().collect();
        if let Some(root) = out.streams.iter().find(|s| s.kind == 5) {
            let (start, len) = (root.start, root.len);
            if len > 0 && start < FIRST_MARK {
                out.mini_stream = out.chain(start, len)?;
                out.mini_fat = u32s(&out.chain(mini_fat_start, u64::MAX)?).collect();
            }
        }
        Ok(out)
    }

    /// Whether a stream or storage of that name exists (ASCII case does not count).
    pub fn has(&self, name: &str) -> bool {
        self.streams.iter().any(|s| s.name.eq_ignore_ascii_case(name))
    }

    /// Whether a stream or storage of that name stands in the root storage.
    pub fn has_at_root(&self, name: &str) -> bool {
        self.streams
            .iter()
            .any(|s| s.at_root && s.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of the stream of that name: the one in the root storage, else the first one.
    pub fn stream(&self, name: &str) -> Option<Result<Vec<u8>, ReadError>> {
        let named = |s: &&Stream| s.kind == 2 && s.name.eq_ignore_ascii_case(name);
        let stream =
            (self.streams.iter().filter(named).find(|s| s.at_root)).or_else(|| self.streams.iter().find(named))?;
        Some(if stream.len < self.mini_cutoff {
            self.mini_chain(stream.start, stream.len)
        } else {
            self.chain(stream.start, stream.len)
        })
    }

    fn sector_at(&self, id: u32) -> Option<&'a [u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(self.sector)?;
        // The last sector of a file may be short.
        let end = (start + self.sector).min(self.bytes.len());
        self.bytes.get(start..end).filter(|s| !s.is_empty())
    }

    fn chain(&self, mut id: u32, len: u64) -> Result<Vec<u8>, ReadError> {
        let mut out = Vec::new();
        let mut steps = 0;
        while id < FIRST_MARK && (out.len() as u64) < len {
            steps += 1;
            if steps > self.bytes.len() / self.sector + 1 {
                return Err(damaged("a chain of sectors runs in a circle"));
            }
            out.extend_from_slice(
                self.sector_at(id)
                    .ok_or_else(|| damaged("a sector lies past the end"))?,
            );
            id = self.fat.get(id as usize).copied().unwrap_or(END_OF_CHAIN);
        }
        out.truncate(usize::try_from(len).unwrap_or(usize::MAX));
        Ok(out)
    }

    fn mini_chain(&self, mut id: u32, len: u64) -> Result<Vec<u8>, ReadError> {
        let mut out = Vec::new();
        let mut steps = 0;
        while id < FIRST_MARK && (out.len() as u64) < len {
            steps += 1;
            if steps > self.mini_stream.len() / MINI_SECTOR + 1 {
                return Err(damaged("a chain of small sectors runs in a circle"));
            }
            let start = id as usize * MINI_SECTOR;
            let end = (start + MINI_SECTOR).min(self.mini_stream.len());
            out.extend_from_slice(
                self.mini_stream
                    .get(start..end)
                    .ok_or_else(|| damaged("a small sector lies past the end"))?,
            );
            id = self.mini_fat.get(id as usize).copied().unwrap_or(END_OF_CHAIN);
        }
        out.truncate(usize::try_from(len).unwrap_or(usize::MAX));
        Ok(out)
    }
}

/// Marks the entries of the root storage. Each entry is visited once, so links that run in a circle end.
fn mark_root(entries: &mut [Option<Stream>]) {
    let root = entries.iter().flatten().find(|e| e.kind == 5);
    let mut open: Vec<u32> = root.map(|root| root.links[2]).into_iter().collect();
    while let Some(at) = open.pop() {
        let entry = entries.get_mut(at as usize).and_then(Option::as_mut);
        if let Some(entry) = entry.filter(|e| !e.at_root && e.kind != 5) {
            entry.at_root = true;
            open.extend(&entry.links[..2]);
        }
    }
}

fn entry(bytes: &[u8], sector: usize) -> Option<Stream> {
    let kind = bytes[66];
    if !matches!(kind, 1 | 2 | 5) {
        return None;
    }
    let name_len = usize::from(u16_at(bytes, 64)?).clamp(2, 64) - 2;
    let units: Vec<u16> = bytes[..name_len]
        .chunks_exact(2)
        .map(|c| u16::from_le_bytes([c[0], c[1]]))
        .collect();
    let low = u32_at(bytes, 120)?;
    // Version 3 files may carry rubbish in the upper half of the length.
    let high = if sector == 512 { 0 } else { u32_at(bytes, 124)? };
    Some(Stream {
        name: String::from_utf16_lossy(&units),
        start: u32_at(bytes, 116)?,
        len: u64::from(high) << 32 | u64::from(low),
        kind,
        links: [u32_at(bytes, 68)?, u32_at(bytes, 72)?, u32_at(bytes, 76)?],
        at_root: false,
    })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// A compound file with streams of at least 4096 bytes each (shorter ones are padded with zeros).
    pub(crate) fn compound_of(streams: &[(&str, &[u8])]) -> Vec<u8> {
        const FREE: u32 = 0xFFFF_FFFF;
        let mut fat = vec![0xFFFF_FFFD, END_OF_CHAIN];
        let mut body = Vec::new();
        let mut directory = vec![directory_entry("Root Entry", 5, END_OF_CHAIN, 0)];
        assert!(streams.len() <= 3, "one sector of directory");
        for (at, (name, data)) in streams.iter().enumerate() {
            let mut data = data.to_vec();
            data.resize(data.len().max(4096).next_multiple_of(512), 0);
            let (start, n) = (fat.len() as u32, data.len() / 512);
            fat.extend((1..n as u32).map(|i| start + i));
            fat.push(END_OF_CHAIN);
            let mut entry = directory_entry(name, 2, start, data.len() as u32);
            if at + 1 < streams.len() {
                entry[72..76].copy_from_slice(&(at as u32 + 2).to_le_bytes());
            }
            directory.push(entry);
            body.extend(data);
        }
        assert!(fat.len() <= 128, "one sector of table");
        let mut header = MAGIC.to_vec();
        header.resize(512, 0);
        header[24..32].copy_from_slice(&[0x3E, 0, 3, 0, 0xFE, 0xFF, 9, 0]);
        header[32] = 6;
        header[44] = 1;
        header[48..52].copy_from_slice(&1u32.to_le_bytes());
        header[56..60].copy_from_slice(&4096u32.to_le_bytes());
        header[60..64].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
        header[68..72].copy_from_slice(&END_OF_CHAIN.to_le_bytes());
        header[76..512].fill(0xFF);
        header[76..80].copy_from_slice(&0u32.to_le_bytes());
        fat.resize(128, FREE);
        let mut out = header;
        out.extend(fat.iter().flat_map(|id| id.to_le_bytes()));
        directory.resize(4, vec![0; ENTRY_LEN]);
        out.extend(directory.concat());
        out.extend(body);
        out
    }

    fn directory_entry(name: &str, kind: u8, start: u32, len: u32) -> Vec<u8> {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let name_len = entry.len() as u16 + 2;
        entry.resize(ENTRY_LEN, 0);
        entry[64..66].copy_from_slice(&name_len.to_le_bytes());
        entry[66] = kind;
        entry[68..80].fill(0xFF);
        if kind == 5 {
            entry[76..80].copy_from_slice(&1u32.to_le_bytes());
        }
        entry[116..120].copy_from_slice(&start.to_le_bytes());
        entry[120..124].copy_from_slice(&len.to_le_bytes());
        entry
    }

    #[test]
    fn a_stream_is_found_by_name() {
        let bytes = compound_of(&[("First", &[1; 5000]), ("Second", &[2; 4096])]);
        let file = Compound::open(&bytes).expect("a compound file");
        assert!(file.has("second") && !file.has("third"));
        let first = file.stream("FIRST").expect("there").expect("whole");
        assert_eq!((first.len(), first[4999], first[5000]), (5120, 1, 0));
        assert_eq!(file.stream("Second").expect("there").expect("whole"), [2; 4096]);
    }

    #[test]
    fn what_is_embedded_is_not_at_the_root() {
        let mut bytes = compound_of(&[("WordDocument", &[1]), ("Workbook", &[2])]);
        let file = Compound::open(&bytes).expect("a compound file");
        assert!(file.has_at_root("WordDocument") && file.has_at_root("workbook"));
        // The directory is the second sector; the first entry after the root loses its link to the next.
        let link = 1024 + ENTRY_LEN + 72;
        bytes[link..link + 4].fill(0xFF);
        let file = Compound::open(&bytes).expect("a compound file");
        assert!(file.has("Workbook") && !file.has_at_root("Workbook"));
        // A link to itself.
        bytes[link..link + 4].copy_from_slice(&1u32.to_le_bytes());
        assert!(Compound::open(&bytes).is_ok());
    }

    #[test]
    fn circles_and_cuts_are_errors_not_hangs() {
        let bytes = compound_of(&[("Stream", &[1; 5000])]);
        let mut circle = bytes.clone();
        circle[512 + 4..512 + 8].copy_from_slice(&1u32.to_le_bytes());
        assert!(matches!(Compound::open(&circle), Err(ReadError::Compound { .. })));
        for cut in (0..bytes.len()).step_by(37) {
            if let Ok(file) = Compound::open(&bytes[..cut]) {
                let _ = file.stream("Stream");
            }
        }
    }
}
