//! The records of binary parts (MS-XLSB 2.1.4), read and written, and the strings in them.

use encoding_rs::UTF_16LE;

use crate::little_endian::u32_at;

/// Record types (MS-XLSB 2.3.2) that are read or written.
pub(in crate::workbook) mod kind {
    pub const ROW: u16 = 0;
    pub const BLANK: u16 = 1;
    pub const RK: u16 = 2;
    pub const ERROR: u16 = 3;
    pub const BOOL: u16 = 4;
    pub const REAL: u16 = 5;
    pub const STRING: u16 = 6;
    pub const SHARED: u16 = 7;
    pub const FORMULA_STRING: u16 = 8;
    pub const FORMULA_NUMBER: u16 = 9;
    pub const FORMULA_BOOL: u16 = 10;
    pub const FORMULA_ERROR: u16 = 11;
    /// Cells without a column, in the order of the types from a blank cell to [`SHARED`]: they stand right of the cell
    /// before. No part of the standard, but programs write them.
    pub const SHORT_FIRST: u16 = 12;
    pub const SHORT_LAST: u16 = 18;
    pub const STRING_ITEM: u16 = 19;
    pub const FORMAT: u16 = 44;
    pub const STYLE: u16 = 47;
    pub const COLUMNS: u16 = 60;
    pub const RICH_STRING: u16 = 62;
    pub const BEGIN_DATA: u16 = 145;
    pub const END_DATA: u16 = 146;
    pub const END_SHEETS: u16 = 144;
    pub const DIMENSION: u16 = 148;
    pub const BOOK: u16 = 153;
    pub const SHEET: u16 = 156;
    pub const CALCULATION: u16 = 157;
    pub const BEGIN_STRINGS: u16 = 159;
    pub const MERGE: u16 = 176;
    pub const OTHER_BOOK: u16 = 355;
    pub const OWN_BOOK: u16 = 357;
    pub const SAME_SHEET: u16 = 358;
    pub const EXTERN_SHEETS: u16 = 362;
    pub const SHARED_FORMULA: u16 = 427;
    pub const BEGIN_STYLES: u16 = 617;
    pub const END_STYLES: u16 = 618;
    pub const ADD_IN: u16 = 667;
}

/// The records of a part, up to the first that is cut off.
pub(super) struct Records<'a> {
    rest: &'a [u8],
    /// What is left is no record.
    pub broken: bool,
}

impl<'a> Records<'a> {
    /// Records from the start of a part.
    pub fn new(part: &'a [u8]) -> Self {
        let broken = false;
        Self { rest: part, broken }
    }

    /// Type and length take seven bits a byte (2.1.4).
    fn header(&mut self) -> Option<(u16, usize)> {
        let mut byte = || {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            Some(*first)
        };
        let low = byte()?;
        let mut kind = u16::from(low);
        if low & 0x80 != 0 {
            kind = u16::from(low & 0x7F) | u16::from(byte()? & 0x7F) << 7;
        }
        let mut len = 0;
        for at in 0..4 {
            let part = byte()?;
            len |= usize::from(part & 0x7F) << (7 * at);
            if part & 0x80 == 0 {
                break;
            }
        }
        Some((kind, len))
    }
}

impl<'a> Iterator for Records<'a> {
    type Item = (u16, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let found = self
            .header()
            .and_then(|(kind, len)| self.rest.split_at_checked(len).map(|split| (kind, split)));
        let Some((kind, (data, rest))) = found else {
            self.broken = true;
            self.rest = &[];
            return None;
        };
        self.rest = rest;
        Some((kind, data))
    }
}

/// A counted string with its count, and what follows it (2.5.168).
pub(super) fn counted(data: &[u8]) -> Option<(&[u8], &[u8])> {
    let len = usize::try_from(u32_at(data, 0)?).ok()?;
    data.split_at_checked(len.checked_mul(2)?.checked_add(4)?)
}

/// The characters of a counted string.
pub(super) fn text(counted: &[u8]) -> String {
    UTF_16LE.decode_without_bom_handling(&counted[4..]).0.into_owned()
}

/// Appends a record.
pub(in crate::workbook) fn put(out: &mut Vec<u8>, kind: u16, data: &[&[u8]]) {
    let [low, high] = [kind & 0x7F, kind >> 7].map(|n| u8::try_from(n).unwrap_or(0));
    if high == 0 {
        out.push(low);
    } else {
        out.extend([low | 0x80, high]);
    }
    let mut len = data.iter().map(|d| d.len()).sum::<usize>();
    loop {
        let part = (len & 0x7F) as u8;
        len >>= 7;
        if len == 0 {
            out.push(part);
            break;
        }
        out.push(part | 0x80);
    }
    for part in data {
        out.extend_from_slice(part);
    }
}

/// A counted string.
pub(in crate::workbook) fn wide(text: &str) -> Vec<u8> {
    let units: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut out = u32::try_from(units.len() / 2).unwrap_or(0).to_le_bytes().to_vec();
    out.extend(units);
    out
}
