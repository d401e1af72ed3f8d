//! The piece table (MS-DOC 2.8.35): which bytes of the main stream are which characters.
//!
//! A piece is UTF-16 or, where every character fits, one byte a character. A document that was saved quickly has many
//! pieces in any order; its pieces may carry properties of their own, which change those of the text.

use super::fib::{Fib, Part, Ranges};
use crate::ReadError;
use crate::little_endian::{u16_at, u32_at};

/// Characters of all stories. Word itself ends at 32 MB of text.
pub(crate) const MAX_CHARACTERS: u32 = 32 << 20;

/// What a piece changes of the properties of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Change {
    /// Nothing.
    None,
    /// One property in short form: its short code and value (2.9.215).
    One(u8, u8),
    /// The group of properties with this number.
    Group(usize),
}

/// A range of characters that stand together in the main stream.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Piece {
    /// First character.
    pub start: u32,
    /// One past the last character.
    pub end: u32,
    /// Byte offset of the first one.
    pub at: usize,
    /// Two bytes a character, not one.
    pub wide: bool,
    /// Change of properties.
    pub change: Change,
}

impl Piece {
    /// Bytes of a character.
    pub fn width(&self) -> usize {
        if self.wide { 2 } else { 1 }
    }
}

/// All pieces, ascending.
#[derive(Default)]
pub(crate) struct Pieces<'t> {
    pieces: Vec<Piece>,
    groups: Vec<&'t [u8]>,
    /// Some text lies past the end of the file.
    pub is_cut: bool,
    /// There are more characters than are read.
    pub is_too_long: bool,
}

impl<'t> Pieces<'t> {
    /// Reads the piece table.
    pub fn parse(fib: &Fib, main: &[u8], table: &'t [u8]) -> Result<Self, ReadError> {
        let mut out = Self::default();
        let mut rest = fib.part(Part::Pieces, table);
        let mut listed: &[u8] = &[];
        // Groups of properties come first, each after a 1; the table comes last, after a 2.
        while let Some((&kind, body)) = rest.split_first() {
            match kind {
                1 => {
                    let len = usize::from(u16_at(body, 0).unwrap_or(0));
                    let Some(group) = body.get(2..2 + len) else { break };
                    out.groups.push(group);
                    rest = &body[2 + len..];
                }
                2 => {
                    let len = u32_at(body, 0).unwrap_or(0) as usize;
                    listed = body.get(4..).unwrap_or_default();
                    listed = &listed[..len.min(listed.len())];
                    break;
                }
                _ => break,
            }
        }
        // Each byte is text once. Pieces that share bytes could make a small file endless.
        let limit = u32::try_from(main.len()).unwrap_or(u32::MAX).min(MAX_CHARACTERS);
        let mut n_characters = 0u32;
        for (start, end, piece) in Ranges::new(listed, 8).iter() {
            let in_order = out.pieces.last().map_or(0, |last| last.end) <= start;
            let (Some(place), Some(change)) = (u32_at(piece, 2), u16_at(piece, 6)) else {
                break;
            };
            if start >= end || !in_order {
                break;
            }
            let wide = place & 0x4000_0000 == 0;
            let place = (place & 0x3FFF_FFFF) as usize;
            let mut piece = Piece {
                start,
                end,
                at: if wide { place } else { place / 2 },
                wide,
                change: match change {
                    0 => Change::None,
                    _ if change & 1 == 1 => Change::Group(usize::from(change >> 1)),
                    _ => Change::One((change >> 1 & 0x7F) as u8, (change >> 8) as u8),
                },
            };
            let there = u32::try_from(main.len().saturating_sub(piece.at) / piece.width()).unwrap_or(u32::MAX);
            if there < end - start {
                out.is_cut = true;
                piece.end = start + there;
            }
            if piece.end - piece.start > limit - n_characters {
                out.is_too_long = true;
                piece.end = piece.start + (limit - n_characters);
            }
            n_characters += piece.end - piece.start;
            if piece.end > piece.start {
                out.pieces.push(piece);
            }
        }
        if out.pieces.is_empty() {
            out.take_plain(fib, main);
        }
        if out.pieces.is_empty() {
            return Err(ReadError::Word {
                what: if fib.lengths.body == 0 {
                    "it holds no text"
                } else {
                    "its piece table is damaged"
                },
            });
        }
        Ok(out)
    }

    /// Takes the text as one piece, where there is no table.
    fn take_plain(&mut self, fib: &Fib, main: &[u8]) {
        let lengths = fib.lengths;
        let n = [
            lengths.body,
            lengths.footnotes,
            lengths.headers,
            lengths.macros,
            lengths.comments,
            lengths.endnotes,
            lengths.boxes,
            lengths.header_boxes,
        ]
        .into_iter()
        .fold(0u32, u32::saturating_add);
        let bytes = fib.plain.end.min(main.len()).saturating_sub(fib.plain.start);
        let wide = bytes as u64 >= u64::from(n) * 2;
        let there = bytes / if wide { 2 } else { 1 };
        let end = n.min(u32::try_from(there).unwrap_or(u32::MAX)).min(MAX_CHARACTERS);
        if end > 0 {
            self.pieces.push(Piece {
                start: 0,
                end,
                at: fib.plain.start,
                wide,
                change: Change::None,
            });
        }
    }

    /// The pieces of the characters from `start` to `end`, cut to them.
    pub fn of(&self, start: u32, end: u32) -> impl Iterator<Item = Piece> + '_ {
        let first = self.pieces.partition_point(|p| p.end <= start);
        self.pieces[first..]
            .iter()
            .take_while(move |p| p.start < end)
            .map(move |p| {
                let skip = start.saturating_sub(p.start);
                Piece {
                    start: p.start + skip,
                    end: p.end.min(end),
                    at: p.at + skip as usize * p.width(),
                    ..*p
                }
            })
    }

    /// The group of properties that a change names; empty if it names none.
    pub fn group(&self, change: Change) -> &'t [u8] {
        match change {
            Change::Group(idx) => self.groups.get(idx).copied().unwrap_or_default(),
            _ => &[],
        }
    }
}

/// A character of a piece with one byte a character (2.9.73): Latin-1, but for some of what Windows puts between.
pub(crate) fn narrow(byte: u8) -> u16 {
    match byte {
        0x80..=0x9F => {
            let decoded = encoding_rs::WINDOWS_1252
                .decode_without_bom_handling(std::slice::from_ref(&byte))
                .0;
            decoded.encode_utf16().next().unwrap_or(u16::from(byte))
        }
        _ => u16::from(byte),
    }
}
