//! The documents that cases are made of: the samples, the passages of the corpora, and generated circulars.

use std::io;
use std::path::{Path, PathBuf};

use super::Target;
use crate::archive::generate;
use crate::golden::samples;

/// Generated circulars taken in.
const GENERATED: u64 = 60;

/// Documents by target.
#[derive(Debug, Default)]
pub struct Corpus {
    docx: Vec<Vec<u8>>,
    xlsx: Vec<Vec<u8>>,
    xls: Vec<Vec<u8>>,
    doc: Vec<Vec<u8>>,
    rtf: Vec<Vec<u8>>,
    txt: Vec<Vec<u8>>,
    html: Vec<Vec<u8>>,
}

impl Corpus {
    /// Reads the documents of the repository.
    ///
    /// # Errors
    /// If a folder cannot be read, or holds a document that is of no target.
    #[allow(clippy::disallowed_methods, reason = "tests read the samples")]
    pub fn load() -> io::Result<Self> {
        let mut corpus = Self::default();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        for folder in [samples(), root.join("corpus"), root.join("corpus/workbooks")] {
            let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)?
                .map(|entry| entry.map(|entry| entry.path()))
                .collect::<Result<_, _>>()?;
            paths.sort();
            for path in paths {
                let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("").to_owned();
                if path.is_file() {
                    corpus.add(&extension, std::fs::read(&path)?)?;
                }
            }
        }
        for index in 0..GENERATED {
            let circular = generate(index, 11);
            let extension = circular.path.rsplit('.').next().unwrap_or("").to_owned();
            corpus.add(&extension, circular.bytes)?;
        }
        Ok(corpus)
    }

    fn add(&mut self, extension: &str, bytes: Vec<u8>) -> io::Result<()> {
        match extension {
            "doc" | "wps" if bytes.starts_with(b"{\\rtf") => self.rtf.push(bytes),
            "docx" | "docm" | "dotx" => self.docx.push(bytes),
            "xlsx" | "xlsm" | "xlsb" | "ods" => self.xlsx.push(bytes),
            "xls" | "et" => self.xls.push(bytes),
            "doc" | "wps" => self.doc.push(bytes),
            "rtf" => self.rtf.push(bytes),
            // Passages of one corpus file are documents of their own: a whole file would drown a small change.
            "txt" if bytes.len() > 20_000 => {
                let lines: Vec<&[u8]> = bytes.split(|b| *b == b'\n').collect();
                self.txt.extend(lines.chunks(24).map(|lines| lines.join(&b'\n')));
            }
            "txt" => self.txt.push(bytes),
            "html" | "mht" => self.html.push(bytes),
            // What the samples are made of, and archives of documents that are samples themselves.
            "md" | "json" | "zip" | "" => {}
            other => return Err(io::Error::other(format!("no target for .{other}"))),
        }
        Ok(())
    }

    /// The documents of a target; never none.
    pub(super) fn of(&self, target: Target) -> &[Vec<u8>] {
        match target {
            Target::Docx => &self.docx,
            Target::Xlsx => &self.xlsx,
            Target::Xls => &self.xls,
            Target::Doc => &self.doc,
            Target::Rtf => &self.rtf,
            Target::Html => &self.html,
            Target::Txt | Target::Numerals | Target::Ledger | Target::WriteRead => &self.txt,
        }
    }
}
