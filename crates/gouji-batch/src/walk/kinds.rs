//! What a file is by its name, and where the name says that no reader takes it, by its first bytes.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;

use super::open_regular;
use super::paths::name_text;
use crate::archive::{self, Archive};

/// Extensions of files in which circulars are kept too, but that no reader takes.
const UNSUPPORTED: [&str; 14] = [
    "bmp", "caj", "ceb", "csv", "gd", "heic", "jpeg", "jpg", "ofd", "pdf", "png", "sep", "tif", "tiff",
];
/// Bytes of such a file that tell whether it is what it is named.
const HEAD_BYTES: usize = 512;

/// Whether files so named are documents.
pub(super) fn is_document(name: &OsStr) -> bool {
    gouji_read::is_candidate_name(&name_text(name))
}

/// The last extension of a path's name in lower case, empty if it has none.
pub(super) fn extension(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension.to_lowercase(),
        _ => String::new(),
    }
}

/// Whether files so named may hold circulars that no reader takes.
pub(super) fn is_unsupported(path: &str) -> bool {
    // A browser saves what a page shows beside it: 通报_files/logo.png.
    let mut folders = path.split('/').rev().skip(1);
    let of_page = folders.any(|folder| ["_files", ".files"].iter().any(|end| folder.ends_with(end)));
    !of_page && UNSUPPORTED.contains(&extension(path).as_str())
}

/// Whether a file named as one that no reader takes holds something else: text, a page or a document of an office
/// program. Only its beginning is looked at; a csv is text, and stays what it is named.
pub(super) fn is_other_than_named(shown: &str, path: &Path) -> bool {
    if extension(shown) == "csv" {
        return false;
    }
    let Ok(file) = open_regular(path) else {
        return false;
    };
    let mut head = Vec::with_capacity(HEAD_BYTES);
    if file.take(HEAD_BYTES as u64).read_to_end(&mut head).is_err() || head.is_empty() {
        return false;
    }
    if head.starts_with(b"PK") {
        // An OFD is a zip as well; only an office document lists its types.
        return open_regular(path)
            .and_then(archive::open_file)
            .is_ok_and(|archive| is_package(&archive));
    }
    const OLE: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0];
    // Anything but text holds control characters soon.
    let control = |byte: &u8| *byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    let text = !head.starts_with(b"%PDF") && !head.iter().any(control);
    head.starts_with(OLE) || text
}

/// Whether files so named are archives of documents.
pub(super) fn is_archive(name: &OsStr) -> bool {
    Path::new(name)
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// An archive that is itself one document (a docx or xlsx renamed).
pub(super) fn is_package(archive: &Archive) -> bool {
    archive.index_for_name("[Content_Types].xml").is_some()
}

/// Dot files, lock files of office programs and what macOS adds to archives.
pub(super) fn is_hidden(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    (name.first() == Some(&b'.') && name != b"." && name != b"..") || name.starts_with(b"~$") || name == b"__MACOSX"
}
