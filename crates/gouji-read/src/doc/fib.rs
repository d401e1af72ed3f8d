//! The file information block (MS-DOC 2.5): the version, how long each story is, and where each structure stands.

use std::ops::Range;

use crate::ReadError;
use crate::little_endian::{u16_at, u32_at};

/// `wIdent` of Word 97 and later.
const WORD_97: u16 = 0xA5EC;
/// `wIdent` of Word 6 and 95; some later writers use it too.
const WORD_95: u16 = 0xA5DC;
/// `nFib` of the first version whose text is Unicode.
const FIRST_UNICODE: u16 = 0x00C0;
/// Pairs of place and length that are of use here.
const PAIRS: usize = 93;

/// A structure of the table stream, by its place in the list of places (2.5.6).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Part {
    Styles = 1,
    Sections = 6,
    HeaderStories = 11,
    CharacterPages = 12,
    ParagraphPages = 13,
    Fonts = 15,
    Pieces = 33,
    BodyShapes = 40,
    HeaderShapes = 41,
    BodyBoxes = 56,
    HeaderBoxes = 58,
    ListDefinitions = 73,
    Lists = 74,
}

/// The lengths of the stories in characters; they follow each other in this order.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lengths {
    pub body: u32,
    pub footnotes: u32,
    pub headers: u32,
    pub macros: u32,
    pub comments: u32,
    pub endnotes: u32,
    pub boxes: u32,
    pub header_boxes: u32,
}

/// The file information block.
pub(crate) struct Fib {
    /// The table stream is `1Table`, not `0Table`.
    pub first_table: bool,
    /// The text, where there are no pieces.
    pub plain: Range<usize>,
    /// The lengths of the stories.
    pub lengths: Lengths,
    places: Vec<(u32, u32)>,
}

impl Fib {
    /// Reads it from the start of the main stream.
    pub fn parse(main: &[u8]) -> Result<Self, ReadError> {
        let cut = || ReadError::Word {
            what: "its first block is cut off",
        };
        let word = |at| u16_at(main, at).ok_or_else(cut);
        let (kind, version, flags) = (word(0)?, word(2)?, word(10)?);
        if kind != WORD_97 && kind != WORD_95 {
            return Err(if version < FIRST_UNICODE && version != 0 {
                ReadError::OldWord
            } else {
                ReadError::Word {
                    what: "its first block is not one of Word",
                }
            });
        }
        if version < FIRST_UNICODE {
            return Err(ReadError::OldWord);
        }
        if flags & 0x0100 != 0 {
            return Err(ReadError::Encrypted);
        }
        let long = |at| u32_at(main, at).ok_or_else(cut);
        let plain = long(24)? as usize..long(28)? as usize;
        // Three arrays follow, each after its length: words, double words, pairs of double words.
        let longs = 34 + usize::from(word(32)?) * 2 + 2;
        let n_longs = usize::from(word(longs - 2)?);
        let pairs = longs + n_longs * 4 + 2;
        let n_pairs = usize::from(word(pairs - 2)?).min(PAIRS);
        let length = |idx: usize| {
            if idx < n_longs {
                u32_at(main, longs + idx * 4).unwrap_or(0)
            } else {
                0
            }
        };
        let lengths = Lengths {
            body: length(3),
            footnotes: length(4),
            headers: length(5),
            macros: length(6),
            comments: length(7),
            endnotes: length(8),
            boxes: length(9),
            header_boxes: length(10),
        };
        let places = (0..n_pairs)
            .map_while(|idx| Some((u32_at(main, pairs + idx * 8)?, u32_at(main, pairs + idx * 8 + 4)?)))
            .collect();
        Ok(Self {
            first_table: flags & 0x0200 != 0,
            plain,
            lengths,
            places,
        })
    }

    /// Where a structure begins in the table stream, and how long it is.
    pub fn place(&self, part: Part) -> (usize, usize) {
        let (start, len) = self.places.get(part as usize).copied().unwrap_or_default();
        (start as usize, len as usize)
    }

    /// The bytes of a structure; of a cut one, what is left.
    pub fn part<'t>(&self, part: Part, table: &'t [u8]) -> &'t [u8] {
        let (start, len) = self.place(part);
        let end = start.saturating_add(len).min(table.len());
        table.get(start..end).unwrap_or_default()
    }
}

/// The positions and the data of a list of ranges (2.2.2, PLC): one position more than data.
pub(crate) struct Ranges<'t> {
    bytes: &'t [u8],
    width: usize,
    n: usize,
}

impl<'t> Ranges<'t> {
    /// Data of `width` bytes each.
    pub fn new(bytes: &'t [u8], width: usize) -> Self {
        let n = bytes.len().saturating_sub(4) / (4 + width);
        Self { bytes, width, n }
    }

    /// Number of ranges.
    pub fn len(&self) -> usize {
        self.n
    }

    /// Start, end and data of one range.
    pub fn get(&self, idx: usize) -> Option<(u32, u32, &'t [u8])> {
        if idx >= self.n {
            return None;
        }
        let data = (self.n + 1) * 4 + idx * self.width;
        Some((
            u32_at(self.bytes, idx * 4)?,
            u32_at(self.bytes, idx * 4 + 4)?,
            self.bytes.get(data..data + self.width)?,
        ))
    }

    /// All ranges in order.
    pub fn iter(&self) -> impl Iterator<Item = (u32, u32, &'t [u8])> + '_ {
        (0..self.n).map_while(|idx| self.get(idx))
    }
}
