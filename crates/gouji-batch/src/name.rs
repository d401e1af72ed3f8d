//! Names under the output folder: none leaves it, none is refused by a common file system, no two are the same.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

/// Longest file or folder name, in bytes; file systems take 255, and a suffix may follow.
const MAX_COMPONENT_BYTES: usize = 180;
/// Longest path below the output folder, in bytes; file systems take 4096 with all folders above.
const MAX_PATH_BYTES: usize = 1024;

/// Gives each document the place of its regenerated docx.
#[derive(Default)]
pub(crate) struct DocxNames {
    /// In lower case: some file systems do not tell `A` from `a`.
    used: BTreeSet<String>,
}

impl DocxNames {
    /// The path of the docx below the output folder's `docx/`, for a document's path as in records.
    ///
    /// `a/b.docx` stays, any other name keeps its extension inside (`a/b.txt.docx`). Where that is taken, a few digits
    /// of the path's hash part the two; documents come in path order, so the same one always gives way.
    pub(crate) fn assign(&mut self, path: &str) -> String {
        let mut parts: Vec<String> = path
            .split('/')
            .filter(|part| !part.is_empty() && *part != "." && *part != "..")
            .map(safe_component)
            .collect();
        let name = parts.pop().unwrap_or_else(|| "unnamed".to_owned());
        let stem = match name.char_indices().rev().nth(4) {
            Some((at, '.')) if at > 0 && name[at + 1..].eq_ignore_ascii_case("docx") => name[..at].to_owned(),
            _ => name,
        };
        // A folder never ends in `.docx`, a file always does: they cannot stand in each other's way.
        let mut folder: String = parts
            .iter()
            .map(|part| {
                if ends_with_docx(part) {
                    format!("{part}~/")
                } else {
                    format!("{part}/")
                }
            })
            .collect();
        if folder.len() + stem.len() > MAX_PATH_BYTES {
            folder = format!("{}/", hash(path));
        }
        let plain = format!("{folder}{stem}.docx");
        if self.used.insert(plain.to_lowercase()) {
            return plain;
        }
        let parted = format!("{folder}{stem}~{}.docx", hash(path));
        self.used.insert(parted.to_lowercase());
        parted
    }
}

fn ends_with_docx(name: &str) -> bool {
    name.to_lowercase().ends_with(".docx")
}

/// Twelve hexadecimal digits of the hash of a text.
fn hash(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}

/// A file or folder name that Linux, macOS and Windows all take.
fn safe_component(part: &str) -> String {
    let mut name: String = part
        .chars()
        .map(|c| match c {
            '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '_',
            c if c.is_control() => '_',
            c => c,
        })
        .collect();
    if name.len() > MAX_COMPONENT_BYTES {
        let mut cut = MAX_COMPONENT_BYTES;
        while !name.is_char_boundary(cut) {
            cut -= 1;
        }
        name.truncate(cut);
        name = format!("{name}~{}", hash(part));
    }
    if name.ends_with(['.', ' ']) {
        name.push('_');
    }
    let device = name.split('.').next().unwrap_or("").to_ascii_uppercase();
    let numbered = device
        .strip_prefix("COM")
        .or_else(|| device.strip_prefix("LPT"))
        .is_some_and(|n| n.len() == 1 && n.as_bytes()[0].is_ascii_digit());
    if numbered || matches!(device.as_str(), "CON" | "PRN" | "AUX" | "NUL") {
        name.insert(0, '_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str]) -> Vec<String> {
        let mut names = DocxNames::default();
        paths.iter().map(|path| names.assign(path)).collect()
    }

    #[test]
    fn a_docx_keeps_its_name_and_others_keep_their_extension_inside() {
        assert_eq!(
            names(&["a/b.docx", "a/b.txt", "a.zip/c.xlsx", "通报"]),
            ["a/b.docx", "a/b.txt.docx", "a.zip/c.xlsx.docx", "通报.docx"]
        );
    }

    #[test]
    fn two_documents_never_share_a_name() {
        let made = names(&["b.docx", "B.docx", "b.txt", "b.txt.docx", "x.docx", "x.docx/y.txt"]);
        let distinct: BTreeSet<String> = made.iter().map(|name| name.to_lowercase()).collect();
        assert_eq!(distinct.len(), made.len(), "{made:?}");
        assert_eq!(made[0], "b.docx");
        assert_eq!(made[5], "x.docx~/y.txt.docx");
    }

    #[test]
    fn nothing_leaves_the_folder_or_is_refused_by_a_file_system() {
        let long = "长".repeat(300);
        for path in [
            "../../etc/passwd",
            "/etc/passwd",
            "a/../../b",
            "..",
            "",
            "NUL.txt",
            "a\u{0}b",
            "c:\\x",
            &long,
        ] {
            let made = names(&[path]).remove(0);
            assert!(
                made.split('/')
                    .all(|part| !part.is_empty() && part != ".." && part.len() < 250),
                "{made}"
            );
            assert!(!made.contains(['\\', ':', '\u{0}']), "{made}");
        }
        assert_eq!(names(&["NUL.txt"]), ["_NUL.txt.docx"]);
        assert_eq!(names(&["NULL.txt"]), ["NULL.txt.docx"]);
        let deep = format!("{}a.txt", "folder/".repeat(500));
        assert!(names(&[&deep])[0].len() < 100);
    }
}
