//! Single files that a command names, outside any output folder.

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use crate::Cause;
use crate::walk::read_regular;

/// The bytes of a regular file, within the limit for documents.
///
/// # Errors
/// If it cannot be read or is too large.
pub fn read_file(path: &Path) -> Result<Vec<u8>, Cause> {
    read_regular(path)
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
        assert!(write_file(&dir.path().join("folder"), b"x").is_err());
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 2);
    }
}
