//! Single files that a command names, outside any output folder.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gouji_document::Document;

use crate::Cause;
use crate::analyse::guard;
use crate::walk::read_regular;

/// The bytes of a regular file, within the limit for documents.
///
/// # Errors
/// If it cannot be read or is too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Cause> {
    read_regular(path)
}

/// A document, as its reader sees it, without the rest of the chain.
///
/// # Errors
/// If it cannot be read, or is no document.
pub fn read_document(path: &Path) -> Result<Document, Cause> {
    let bytes = read_regular(path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    guard(|| Ok(gouji_read::read(&name, &bytes)?.value))
}

/// The files of a folder itself, sorted; hidden ones and those that an office program left open (`~$…`) are passed over.
///
/// # Errors
/// If the folder cannot be read, or holds more than `limit` files.
pub fn files_of(folder: &Path, limit: usize) -> Result<Vec<PathBuf>, Cause> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with('.') || name.starts_with("~$") || !path.is_file() {
            continue;
        }
        if files.len() >= limit {
            let limit = limit as u64;
            return Err(Cause::TooManyFiles { limit });
        }
        files.push(path);
    }
    files.sort();
    Ok(files)
}

/// Whether something stands at the path.
#[must_use]
pub fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// Writes a file beside its place and moves it there, so that it is whole or as it was.
///
/// # Errors
/// If the system cannot write it; nothing is left behind then.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = OsString::from(".");
    name.push(path.file_name().ok_or(io::ErrorKind::InvalidInput)?);
    name.push(".gouji-tmp");
    let tmp = path.with_file_name(name);
    let written = fs::write(&tmp, bytes).and_then(|()| fs::rename(&tmp, path));
    if written.is_err() {
        let _ = fs::remove_file(&tmp);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("a.docx");
        write_file(&path, b"one").unwrap();
        write_file(&path, b"two").unwrap();
        assert_eq!(read_file(&path).unwrap(), b"two");
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
        assert!(write_file(&dir.path().join("none/a.docx"), b"x").is_err());
        fs::create_dir(dir.path().join("folder")).unwrap();
        fs::write(dir.path().join("~$a.docx"), b"x").unwrap();
        assert!(files_of(dir.path(), 1).unwrap().iter().eq([&path]));
        assert!(matches!(files_of(dir.path(), 0), Err(Cause::TooManyFiles { limit: 0 })));
        assert!(
            exists(&path) && !exists(&dir.path().join("none")) && read_document(&path).is_ok_and(|d| d.text == "two")
        );
        fs::remove_file(dir.path().join("~$a.docx")).unwrap();
        assert!(write_file(&dir.path().join("folder"), b"x").is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
