//! What this program has written itself: copies and results of earlier calls that lie below a folder being read.
//!
//! Read as sources they would give every circular twice. A document counts as ours only while its bytes are those that were written:
//! a copy that somebody has worked on is a source like any other, and so is what somebody put beside ours. What is passed over is counted and
//! told. A folder that the call itself names is read whatever is in it.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Write as _};
use std::path::{Path, PathBuf};

use crate::file::write_file;
use crate::outputs::NAMES;
use crate::store::{Hash, LOCK, WORK_FOLDER, hash, hex, open_if_exists, unhex, written_docx};
use crate::walk::read_regular;

/// The copies that annotating has written into a folder, a hash a line, in the folder's work folder.
const COPIES: &str = "copies.txt";

/// What a folder holds of ours.
#[derive(Debug)]
pub(crate) struct Own {
    folder: PathBuf,
    /// Files of the names of results are those of a run.
    of_run: bool,
    written: BTreeSet<Hash>,
}

impl Own {
    /// What an earlier call has written into a folder, if one has.
    pub(crate) fn of(folder: &Path) -> Option<Self> {
        let work = folder.join(WORK_FOLDER);
        if !work.is_dir() {
            return None;
        }
        let mut written = copies(&work).unwrap_or_default();
        written.extend(written_docx(&work).unwrap_or_default());
        Some(Self {
            folder: folder.to_owned(),
            of_run: work.join(LOCK).is_file(),
            written,
        })
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether a path lies below the folder.
    pub(crate) fn holds(&self, path: &Path) -> bool {
        path.starts_with(&self.folder)
    }

    /// Whether the file is as it was written.
    pub(crate) fn wrote(&self, path: &Path) -> bool {
        let Ok(below) = path.strip_prefix(&self.folder) else {
            return false;
        };
        // No run overwrites a file of these names that is not one of its own.
        if self.of_run && NAMES.into_iter().any(|name| below == Path::new(name)) {
            return true;
        }
        !self.written.is_empty() && read_regular(path).is_ok_and(|bytes| self.written.contains(&hash(&bytes)))
    }
}

/// Notes copies that were written into a folder, beside those of earlier calls.
pub(crate) fn note_copies(folder: &Path, new: impl IntoIterator<Item = Hash>) -> io::Result<()> {
    let work = folder.join(WORK_FOLDER);
    fs::create_dir_all(&work)?;
    let mut all = copies(&work)?;
    all.extend(new);
    let mut lines = Vec::with_capacity(all.len() * 65);
    for hash in &all {
        writeln!(lines, "{}", hex(hash))?;
    }
    write_file(&work.join(COPIES), &lines)
}

fn copies(work: &Path) -> io::Result<BTreeSet<Hash>> {
    let Some(file) = open_if_exists(&work.join(COPIES))? else {
        return Ok(BTreeSet::new());
    };
    let mut all = BTreeSet::new();
    for line in BufReader::new(file).lines() {
        all.extend(unhex(&line?));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_as_it_was_written_is_ours() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path();
        assert!(Own::of(folder).is_none());
        for (name, content) in [("a.docx", "copy"), ("b.docx", "earlier"), ("c.docx", "somebody's")] {
            fs::write(folder.join(name), content).unwrap();
        }
        note_copies(folder, [hash(b"earlier")]).unwrap();
        note_copies(folder, [hash(b"copy")]).unwrap();
        let own = Own::of(folder).unwrap();
        assert!(own.wrote(&folder.join("a.docx")) && own.wrote(&folder.join("b.docx")));
        assert!(!own.wrote(&folder.join("c.docx")) && !own.wrote(&folder.join("none.docx")));
        fs::write(folder.join("a.docx"), "copy, corrected").unwrap();
        assert!(!own.wrote(&folder.join("a.docx")));
        // Annotating writes no results: a workbook of that name is somebody's.
        fs::write(folder.join("findings.xlsx"), "theirs").unwrap();
        assert!(!own.wrote(&folder.join("findings.xlsx")));
        fs::write(folder.join(WORK_FOLDER).join(LOCK), "").unwrap();
        let own = Own::of(folder).unwrap();
        assert!(own.wrote(&folder.join("findings.xlsx")) && !own.wrote(&folder.join("c.docx")));
        // A list that anybody may have changed does no harm.
        fs::write(folder.join(WORK_FOLDER).join(COPIES), "nonsense\n\u{0}").unwrap();
        assert!(!Own::of(folder).unwrap().wrote(&folder.join("b.docx")));
    }
}
