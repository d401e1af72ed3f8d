//! The records of a binary workbook (MS-XLS 2.1.4) and the strings in them.
//!
//! A record longer than 8224 bytes goes on in `Continue` records; a string that is cut there says anew how wide its
//! characters are. Every read is bounded by the bytes that are there.

use encoding_rs::{BIG5, Encoding, GB18030, WINDOWS_1252};

use crate::little_endian::u16_at;

const CONTINUE: u16 = 0x003C;

/// A record with the records that continue it.
pub(crate) struct Record<'a> {
    /// Its type.
    pub kind: u16,
    /// Its bytes, part by part; at least one part.
    pub parts: Vec<&'a [u8]>,
}

impl<'a> Record<'a> {
    /// The bytes of the record itself.
    pub fn data(&self) -> &'a [u8] {
        self.parts.first().copied().unwrap_or_default()
    }

    /// A cursor over all of its bytes from `skip` on.
    pub fn cursor(&self, skip: usize) -> Cursor<'_> {
        let mut cursor = Cursor {
            parts: &self.parts,
            at: 0,
            pos: 0,
        };
        cursor.skip(skip);
        cursor
    }
}

/// The records of a stream, from some offset.
pub(crate) struct Records<'a> {
    rest: &'a [u8],
}

impl<'a> Records<'a> {
    /// Records from the start of `stream`.
    pub fn new(stream: &'a [u8]) -> Self {
        Self { rest: stream }
    }

    fn one(&mut self) -> Option<(u16, &'a [u8])> {
        let kind = u16_at(self.rest, 0)?;
        let len = usize::from(u16_at(self.rest, 2)?);
        let body = self.rest.get(4..)?;
        // A cut file ends inside a record; what is there of it is of no use.
        let data = body.get(..len)?;
        self.rest = &body[len..];
        Some((kind, data))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = Record<'a>;

    fn next(&mut self) -> Option<Record<'a>> {
        let (kind, data) = self.one()?;
        let mut parts = vec![data];
        while u16_at(self.rest, 0) == Some(CONTINUE) {
            let Some((_, data)) = self.one() else { break };
            parts.push(data);
        }
        Some(Record { kind, parts })
    }
}

/// A place in a record and its continuations.
pub(crate) struct Cursor<'r> {
    parts: &'r [&'r [u8]],
    at: usize,
    pos: usize,
}

impl Cursor<'_> {
    /// What is left of the current part; moves on from a spent one.
    fn here(&mut self) -> &[u8] {
        while self.at + 1 < self.parts.len() && self.pos >= self.parts[self.at].len() {
            self.at += 1;
            self.pos = 0;
        }
        self.parts
            .get(self.at)
            .and_then(|part| part.get(self.pos..))
            .unwrap_or_default()
    }

    /// Whether nothing is left.
    pub fn is_done(&mut self) -> bool {
        self.here().is_empty()
    }

    fn u8(&mut self) -> Option<u8> {
        let byte = *self.here().first()?;
        self.pos += 1;
        Some(byte)
    }

    /// Little-endian, over the border of two parts if need be.
    pub fn u16(&mut self) -> Option<u16> {
        Some(u16::from_le_bytes([self.u8()?, self.u8()?]))
    }

    fn u32(&mut self) -> Option<u32> {
        Some(u32::from(self.u16()?) | u32::from(self.u16()?) << 16)
    }

    fn skip(&mut self, mut n: usize) {
        while n > 0 {
            let step = self.here().len().min(n);
            if step == 0 {
                return;
            }
            self.pos += step;
            n -= step;
        }
    }

    /// `n` characters, wide or narrow. A part that begins inside them says their width again.
    fn characters(&mut self, n: usize, mut wide: bool) -> Option<String> {
        let mut units: Vec<u16> = Vec::new();
        let mut left = n;
        while left > 0 {
            if self.parts.get(self.at).is_none_or(|part| self.pos >= part.len()) {
                if self.at + 1 >= self.parts.len() {
                    return None;
                }
                self.at += 1;
                self.pos = 0;
                wide = self.u8()? & 1 != 0;
                continue;
            }
            let here = &self.parts[self.at][self.pos..];
            let width = if wide { 2 } else { 1 };
            let take = (here.len() / width).min(left);
            if take == 0 {
                // Half a character at the end of a part.
                self.pos += here.len();
                continue;
            }
            if wide {
                units.extend(
                    here[..take * 2]
                        .chunks_exact(2)
                        .map(|c| u16::from_le_bytes([c[0], c[1]])),
                );
            } else {
                units.extend(here[..take].iter().map(|b| u16::from(*b)));
            }
            self.pos += take * width;
            left -= take;
        }
        Some(String::from_utf16_lossy(&units))
    }

    /// A string of the string table (`XLUnicodeRichExtendedString`, 2.5.293).
    pub fn rich_string(&mut self) -> Option<String> {
        let n = usize::from(self.u16()?);
        let flags = self.u8()?;
        let runs = if flags & 8 != 0 { self.u16()? } else { 0 };
        let extra = if flags & 4 != 0 { self.u32()? } else { 0 };
        let text = self.characters(n, flags & 1 != 0)?;
        self.skip(usize::from(runs) * 4);
        self.skip(extra as usize);
        Some(text)
    }
}

/// How strings are stored.
#[derive(Clone, Copy)]
pub(crate) enum Strings {
    /// BIFF8: UTF-16, narrow where it can be.
    Unicode,
    /// BIFF5: bytes in a code page.
    Bytes(&'static Encoding),
}

impl Strings {
    /// The encoding of a Windows code page; most old Chinese workbooks say 936.
    pub fn of_code_page(page: u16) -> Self {
        Self::Bytes(match page {
            950 => BIG5,
            1252 | 367 => WINDOWS_1252,
            _ => GB18030,
        })
    }

    /// A string after its length: `short` lengths have one byte, others two.
    pub fn read(self, record: &Record<'_>, at: usize, short: bool) -> Option<String> {
        let mut cursor = record.cursor(at);
        let n = if short {
            usize::from(cursor.u8()?)
        } else {
            usize::from(cursor.u16()?)
        };
        match self {
            Self::Unicode if n == 0 => Some(String::new()),
            Self::Unicode => {
                let wide = cursor.u8()? & 1 != 0;
                cursor.characters(n, wide)
            }
            Self::Bytes(encoding) => {
                let here = cursor.here();
                Some(
                    encoding
                        .decode_without_bom_handling(&here[..n.min(here.len())])
                        .0
                        .into_owned(),
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_string_cut_by_a_continue_record_says_its_width_again() {
        // Four characters: two wide ones, then a new part with two narrow ones, then formatting to skip.
        let mut first = vec![4, 0, 1 | 8, 1, 0];
        first.extend("甲乙".encode_utf16().flat_map(u16::to_le_bytes));
        let record = Record {
            kind: 0xFC,
            parts: vec![&first, &[0, b'1', b'2', 9, 9], &[9, 9, 1, 0, 0, b'x']],
        };
        let mut cursor = record.cursor(0);
        assert_eq!(cursor.rich_string().as_deref(), Some("甲乙12"));
        assert_eq!(cursor.rich_string().as_deref(), Some("x"));
        assert!(cursor.is_done() && cursor.rich_string().is_none());
    }

    #[test]
    fn records_are_joined_with_their_continuations_and_cuts_end_them() {
        let bytes = [0xFC, 0, 1, 0, 7, 0x3C, 0, 1, 0, 8, 0x0A, 0, 0, 0, 0x03, 2, 9, 0, 1];
        let found: Vec<(u16, usize)> = Records::new(&bytes).map(|r| (r.kind, r.parts.len())).collect();
        assert_eq!(found, [(0xFC, 2), (0x0A, 1)]);
    }

    #[test]
    fn lengths_that_lie_are_refused() {
        let record = Record {
            kind: 0,
            parts: vec![&[0xFF, 0xFF, 1, 0x2D]],
        };
        assert_eq!(Strings::Unicode.read(&record, 0, false), None);
        assert_eq!(Strings::Unicode.read(&record, 9, false), None);
    }
}
