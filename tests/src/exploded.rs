//! Golden docx as text: each part of some regenerated and annotated documents, so that a change of the writer shows in
//! review as what it is.
//!
//! A line begins at each paragraph, row, cell, style and the like; nothing else of the markup is touched. A part that
//! the first document has byte for byte is not written again.
#![allow(clippy::disallowed_methods, reason = "a tool of the tests that reads the samples")]

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};

use gouji_batch::analyse;
use gouji_report::CircularRecord;
use gouji_template::{Data, Template};
use gouji_write::Options;
use zip::ZipArchive;

use crate::golden::samples;

/// Elements that begin a line.
const LINES: [&str; 22] = [
    "w:p",
    "w:tbl",
    "w:tblGrid",
    "w:tr",
    "w:tc",
    "w:sectPr",
    "w:body",
    "w:style",
    "w:docDefaults",
    "w:latentStyles",
    "w:comment",
    "w:footnote",
    "w:font",
    "w:compat",
    "w:compatSetting",
    "Override",
    "Default",
    "Relationship",
    "w:abstractNum",
    "w:num",
    "w:lvl",
    "w15:commentEx",
];

/// Samples that are regenerated; the first shows what all documents have alike.
const REGENERATED: [&str; 4] = [
    "red-head-and-imprint.docx",
    "merged-cells-total-row.docx",
    "saved-page-two-header-rows.html",
    "attachment-title-differs.txt",
];
/// Records that are composed.
const COMPOSED: [&str; 2] = ["joint-and-landscape", "letter-with-markings"];

/// The folder of the exploded documents.
#[must_use]
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("exploded")
}

/// The text that the sample template gives, file by file as above.
#[must_use]
pub fn template_text() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("composed/mailbox.txt")
}

/// All parts of all documents as they are now, by `DOCUMENT/PART`.
///
/// # Errors
/// If a sample cannot be read or written.
pub fn current() -> Result<BTreeMap<String, String>, Box<dyn Error>> {
    let mut documents: Vec<(String, Vec<u8>)> = Vec::new();
    for name in REGENERATED {
        let done = analyse(name, &fs::read(samples().join(name))?)?;
        documents.push((
            name.to_owned(),
            gouji_write::write(&done.circular, &Options::default())?,
        ));
    }
    let records = Path::new(env!("CARGO_MANIFEST_DIR")).join("records");
    for name in COMPOSED {
        let record: CircularRecord = serde_json::from_slice(&fs::read(records.join(format!("{name}.json")))?)?;
        documents.push((
            name.to_owned(),
            gouji_write::write(&record.to_circular()?, &Options::default())?,
        ));
    }
    let mut out = BTreeMap::new();
    let mut alike: BTreeMap<String, String> = BTreeMap::new();
    for (name, docx) in documents {
        let mut parts = ZipArchive::new(Cursor::new(docx))?;
        for idx in 0..parts.len() {
            let mut part = parts.by_index(idx)?;
            let part_name = part.name()?.into_owned();
            let mut markup = String::new();
            part.read_to_string(&mut markup)?;
            let text = in_lines(&markup);
            if alike.get(&part_name) == Some(&text) {
                continue;
            }
            if name == REGENERATED[0] {
                alike.insert(part_name.clone(), text.clone());
            }
            out.insert(format!("{name}/{part_name}"), text);
        }
    }
    Ok(out)
}

/// The text of the docx that the sample template and its data give.
///
/// # Errors
/// If the sample cannot be filled, written or read back.
pub fn composed() -> Result<String, Box<dyn Error>> {
    let read = |name: &str| fs::read_to_string(samples().join("compose").join(name));
    let template = Template::parse(&read("mailbox.toml")?).map_err(|problem| problem.to_string())?;
    let data = Data::from_toml(&read("mailbox-data.toml")?).map_err(|problem| problem.to_string())?;
    let before = Data::from_toml(&read("mailbox-last.toml")?).map_err(|problem| problem.to_string())?;
    let composed = gouji_template::compose(&template, Some(&data), Some(&before));
    let composed = composed.map_err(|problems| problems.iter().map(|p| format!("{p}\n")).collect::<String>())?;
    let docx = gouji_write::write(&composed.circular, &Options::default())?;
    Ok(analyse("composed.docx", &docx)?.document.text + "\n")
}

/// Markup with a line break before each element that begins a line.
fn in_lines(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len() + markup.len() / 8);
    for (idx, piece) in markup.split('<').enumerate() {
        if idx > 0 {
            let name = piece.split([' ', '>', '/']).next().unwrap_or("");
            if LINES.contains(&name) && !out.ends_with('\n') {
                out.push('\n');
            }
            out.push('<');
        }
        out.push_str(piece);
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_line_breaks_are_added() {
        let markup = "<?xml?><w:body><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:pPr/></w:body>";
        let lines = in_lines(markup);
        assert_eq!(lines.lines().count(), 3);
        assert_eq!(lines.replace('\n', ""), markup);
    }
}
