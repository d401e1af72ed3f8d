//! Lists (MS-DOC 2.9.199 and 2.9.200): definitions with their levels, and lists that use them.

use std::collections::BTreeMap;

use super::fib::{Fib, Part};
use crate::docx::number_format::NumberFormat;
use crate::docx::numbering::{LEVELS, Level, List, MAX_LEVEL_TEXT, Numbering};
use crate::little_endian::{u16_at, u32_at};

/// Lists of a document (2.6.2, `sprmPIlfo`).
const MAX_LISTS: usize = 2046;
/// Bytes of a definition without its levels.
const DEFINITION: usize = 28;
/// Bytes of a level without its properties and text.
const LEVEL: usize = 28;
/// Bytes of a list without what it changes.
const LIST: usize = 16;

/// Reads all definitions and lists; what comes after a defect is left out.
pub(crate) fn parse(fib: &Fib, table: &[u8]) -> Numbering {
    let mut out = Numbering::default();
    let ids = definitions(fib, table, &mut out);
    lists(fib.part(Part::Lists, table), &ids, &mut out);
    out
}

/// Reads the definitions. Returns the number of each by its id.
fn definitions(fib: &Fib, table: &[u8], out: &mut Numbering) -> BTreeMap<u32, i64> {
    let mut ids = BTreeMap::new();
    let listed = fib.part(Part::ListDefinitions, table);
    // The levels follow the list of definitions and are not counted in its length.
    let (start, len) = fib.place(Part::ListDefinitions);
    let mut rest = table.get(start.saturating_add(len)..).unwrap_or_default();
    let n = usize::from(u16_at(listed, 0).unwrap_or(0));
    for (number, definition) in listed
        .get(2..)
        .unwrap_or_default()
        .chunks_exact(DEFINITION)
        .take(n)
        .enumerate()
    {
        let is_simple = definition[26] & 1 != 0;
        let mut levels = Vec::new();
        for at in 0..if is_simple { 1 } else { LEVELS } {
            let Some((mut level, after)) = level(rest) else { break };
            rest = after;
            level.style = u16_at(definition, 8 + at * 2)
                .filter(|style| *style != 0x0FFF)
                .map(|style| style.to_string());
            levels.push(level);
        }
        if levels.is_empty() {
            break;
        }
        let number = i64::try_from(number).unwrap_or(0);
        out.define(number, levels);
        ids.entry(u32_at(definition, 0).unwrap_or(0)).or_insert(number);
    }
    ids
}

/// Reads the lists; they are numbered from 1.
fn lists(bytes: &[u8], ids: &BTreeMap<u32, i64>, out: &mut Numbering) {
    let n = u32_at(bytes, 0).unwrap_or(0) as usize;
    let listed = bytes.get(4..).unwrap_or_default();
    let mut rest = n
        .checked_mul(LIST)
        .and_then(|len| listed.get(len..))
        .unwrap_or_default();
    for (number, head) in listed.chunks_exact(LIST).take(n.min(MAX_LISTS)).enumerate() {
        let mut list = List {
            definition: u32_at(head, 0).and_then(|id| ids.get(&id).copied()).unwrap_or(-1),
            ..List::default()
        };
        // What it changes follows all lists, in their order: a place of no use, then a block for each level.
        let changes = head[12];
        rest = rest.get(4..).unwrap_or_default();
        for _ in 0..changes {
            let (Some(start), Some(flags)) = (u32_at(rest, 0), u32_at(rest, 4)) else {
                break;
            };
            rest = &rest[8..];
            let at = (flags & 0xF) as usize;
            let is_whole = flags & 0x20 != 0;
            if is_whole {
                let Some((level, after)) = level(rest) else { break };
                rest = after;
                if flags & 0x10 != 0 && at < LEVELS {
                    list.start_overrides.insert(at, level.start);
                }
                if at < LEVELS {
                    list.level_overrides.insert(at, level);
                }
            } else if flags & 0x10 != 0 && at < LEVELS {
                list.start_overrides.insert(at, i64::from(start.cast_signed()));
            }
        }
        out.add(i64::try_from(number).unwrap_or(0) + 1, list);
    }
}

/// Reads one level (2.9.150); returns what follows it.
fn level(bytes: &[u8]) -> Option<(Level, &[u8])> {
    let head = bytes.get(..LEVEL)?;
    let text_at = LEVEL + usize::from(head[24]) + usize::from(head[25]);
    let n = usize::from(u16_at(bytes, text_at)?);
    let text = bytes.get(text_at + 2..text_at + 2 + n * 2)?;
    let units = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    let mut label = String::new();
    for c in char::decode_utf16(units).take(MAX_LEVEL_TEXT) {
        match c.unwrap_or(char::REPLACEMENT_CHARACTER) {
            // The number of a level stands as the level's own number.
            c @ '\0'..='\u{8}' => {
                label.push('%');
                label.push(char::from(b'1' + c as u8));
            }
            c => label.push(c),
        }
    }
    let flags = head[5];
    let level = Level {
        start: i64::from(u32_at(head, 0)?.cast_signed()),
        format: NumberFormat::from_code(head[4]),
        text: label,
        suffix_nothing: head[15] == 2,
        all_decimal: flags & 0x04 != 0,
        restart: (flags & 0x08 != 0).then(|| usize::from(head[26])),
        style: None,
    };
    Some((level, &bytes[text_at + 2 + n * 2..]))
}
