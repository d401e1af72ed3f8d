//! Damage inside the parts of a package, which is packed again.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::{bytes, markup};
use crate::archive::SplitMix64;

type Parts = Vec<(String, Vec<u8>)>;

/// `base` with damaged parts; `other` lends pieces of its parts of the same names.
pub(super) fn mutate(base: &[u8], other: &[u8], rounds: usize, random: &mut SplitMix64) -> Vec<u8> {
    let (mut parts, lent) = (unpack(base), unpack(other));
    for _ in 0..rounds {
        if parts.is_empty() {
            break;
        }
        let at = chosen(&parts, random);
        let name = parts[at].0.clone();
        match random.below(40) {
            0 => {
                parts.remove(at);
            }
            1 => {
                let to = random.below(parts.len());
                let content = parts[at].1.clone();
                parts[to].1 = content;
            }
            2 => {
                if let Some((_, content)) = lent.iter().find(|(other, _)| *other == name) {
                    parts[at].1.clone_from(content);
                }
            }
            3 => parts[at].1 = bytes::mutate(parts[at].1.clone(), base, 3, random),
            _ => {
                let own = String::from_utf8_lossy(&parts[at].1).into_owned();
                let lender = lent.iter().find(|(other, _)| *other == name);
                let lender = lender.map(|(_, content)| String::from_utf8_lossy(content).into_owned());
                parts[at].1 = markup::mutate(&own, lender.as_deref().unwrap_or(""), 2, random).into_bytes();
            }
        }
    }
    let packed = pack(&parts, random.chance(1, 8));
    if random.chance(1, 12) {
        bytes::mutate(packed, base, 3, random)
    } else {
        packed
    }
}

/// The part to damage: mostly one that says something.
fn chosen(parts: &Parts, random: &mut SplitMix64) -> usize {
    const TELLING: [&str; 8] = [
        "word/document.xml",
        "sheet1.xml",
        "content.xml",
        "numbering.xml",
        "styles.xml",
        "footnotes.xml",
        "sharedStrings.xml",
        "workbook.xml",
    ];
    let telling: Vec<usize> = (0..parts.len())
        .filter(|at| TELLING.iter().any(|name| parts[*at].0.ends_with(name)))
        .collect();
    match telling.as_slice() {
        [first, ..] if random.chance(1, 2) => *first,
        [_, ..] if random.chance(3, 4) => random.pick(&telling),
        _ => random.below(parts.len()),
    }
}

fn unpack(bytes: &[u8]) -> Parts {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return Parts::new();
    };
    (0..archive.len())
        .filter_map(|index| {
            let mut entry = archive.by_index(index).ok()?;
            let mut content = Vec::new();
            entry.read_to_end(&mut content).ok()?;
            Some((entry.name().ok()?.into_owned(), content))
        })
        .collect()
}

fn pack(parts: &Parts, deflated: bool) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let method = if deflated {
        CompressionMethod::Deflated
    } else {
        CompressionMethod::Stored
    };
    let options = SimpleFileOptions::default()
        .compression_method(method)
        .last_modified_time(DateTime::default());
    for (name, content) in parts {
        // Two parts of one name are refused by the writer; the first stands.
        if zip.start_file(name.as_str(), options).is_ok() {
            zip.write_all(content).expect("written to memory");
        }
    }
    zip.finish().expect("written to memory").into_inner()
}
