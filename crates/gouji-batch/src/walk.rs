//! From the inputs of a call to the sorted list of documents.
//!
//! A folder gives the files below it whose names are those of documents, an archive its entries, a file itself
//! whatever it is called. Links are followed, a linked folder once. Nothing is opened but archives, for their lists, files named as
//! ones that no reader takes, for their first bytes, and files where this program has written, to know its own from others ([`crate::own`]).
//! What names say of files stands in [`kinds`], how paths are shown in [`paths`].

mod kinds;
mod paths;

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use walkdir::WalkDir;

use crate::archive::{self, Archive};
use crate::failure::OfArchive;
use crate::limits::{
    MAX_ARCHIVE_DEPTH, MAX_ARCHIVE_ENTRIES, MAX_DOCUMENT_BYTES, MAX_NESTED_ARCHIVE_BYTES, MAX_NESTED_BYTES,
};
use crate::own::Own;
use crate::{Cause, Failure};
use kinds::{extension, is_archive, is_document, is_hidden, is_other_than_named, is_package, is_unsupported};
use paths::{below, given_path, join, shown_path};

/// What a call names.
#[derive(Debug, Clone)]
pub enum Input {
    /// A file, a folder or an archive.
    Path(PathBuf),
    /// A document already in memory (standard input).
    Bytes {
        /// Its name in records.
        path: String,
        /// Its content.
        bytes: Arc<[u8]>,
    },
}

/// A document to be read.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Path as in records: relative to the input, `/` between components; entries of an archive follow its name.
    pub path: String,
    pub(crate) place: Place,
}

/// Where the bytes of a document are.
#[derive(Debug, Clone)]
pub(crate) enum Place {
    File(PathBuf),
    Archived { archive: usize, index: usize },
    Memory(Arc<[u8]>),
}

/// Where an archive is.
#[derive(Debug, Clone)]
pub(crate) enum ArchivePlace {
    File(PathBuf),
    Inside { archive: usize, index: usize },
}

/// The documents of a call.
#[derive(Debug, Default)]
pub struct Listing {
    /// Sorted by path; no path stands twice.
    pub entries: Vec<Entry>,
    /// What could not be listed, sorted by path.
    pub failures: Vec<Failure>,
    /// Files that are not documents by their names, counted by extension in lower case.
    pub skipped: BTreeMap<String, usize>,
    /// Files of kinds in which circulars are kept but that no reader takes (PDF, OFD, csv, pictures), sorted by path.
    pub unsupported: Vec<Failure>,
    /// Folders below those of the call that hold this program's own output, sorted by path, each with the number of files passed over.
    pub own: Vec<Failure>,
    pub(crate) archives: Vec<ArchivePlace>,
    /// For each input its path in records and as given.
    inputs: Vec<(String, String)>,
}

impl Listing {
    /// The path of a document or failure by which the caller's working folder knows it: the input as it was given,
    /// with the way below it, `/` between components. A record's own path leaves out a folder named alone.
    #[must_use]
    pub fn given(&self, path: &str) -> String {
        if let Ok(at) = self.entries.binary_search_by(|entry| entry.path.as_str().cmp(path))
            && let Place::File(file) = &self.entries[at].place
        {
            return given_path(file);
        }
        let below = |shown: &str| match path.strip_prefix(shown)? {
            "" => Some(""),
            rest if shown.is_empty() => Some(rest),
            rest => rest.strip_prefix('/'),
        };
        let mut found = self
            .inputs
            .iter()
            .filter_map(|(shown, given)| Some((given, below(shown)?)));
        match (found.next(), found.next()) {
            (Some((given, rest)), None) => join(given.strip_suffix('/').unwrap_or(given), rest),
            // Folders of one name cannot be told apart.
            _ => path.to_owned(),
        }
    }
}

/// Lists the documents of the inputs, leaving out the folder `except` (the output folder) wherever it is met.
#[must_use]
pub fn list(inputs: &[Input], except: Option<&Path>) -> Listing {
    let mut walk = Walk {
        listing: Listing::default(),
        except: except.and_then(|path| path.canonicalize().ok()),
    };
    for input in inputs {
        match input {
            Input::Bytes { path, bytes } => walk.listing.entries.push(Entry {
                path: path.clone(),
                place: Place::Memory(Arc::clone(bytes)),
            }),
            Input::Path(path) => walk.input(path, inputs.len() == 1),
        }
    }
    let mut listing = walk.listing;
    listing.entries.sort_by(|a, b| a.sort_key().cmp(&b.sort_key()));
    listing.entries.dedup_by(|a, b| a.path == b.path && a.same_file(b));
    part_equal_paths(&mut listing.entries);
    listing.failures.sort_by(|a, b| a.path.cmp(&b.path));
    listing.unsupported.sort_by(|a, b| a.path.cmp(&b.path));
    listing.unsupported.dedup_by(|a, b| a.path == b.path);
    listing.own.sort_by(|a, b| a.path.cmp(&b.path));
    listing.own.dedup_by(|a, b| a.path == b.path);
    listing.inputs.sort();
    listing.inputs.dedup();
    listing
}

struct Walk {
    listing: Listing,
    except: Option<PathBuf>,
}

impl Walk {
    fn input(&mut self, path: &Path, only: bool) {
        let meta = fs::metadata(path);
        let shown = match &meta {
            Ok(meta) if meta.is_dir() && only => String::new(),
            _ => shown_path(path),
        };
        self.listing.inputs.push((shown.clone(), given_path(path)));
        match meta {
            Err(error) => self.fail(shown, error.into()),
            Ok(meta) if meta.is_dir() => self.folder(path, &shown),
            Ok(_) => self.file(path, shown, true),
        }
    }

    fn folder(&mut self, root: &Path, prefix: &str) {
        let real_root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let except = self.except.clone();
        let mut linked: BTreeSet<PathBuf> = BTreeSet::new();
        let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        let walk = walk.filter_entry(|entry| {
            if entry.depth() > 0 && is_hidden(entry.file_name()) {
                return false;
            }
            if !entry.file_type().is_dir() || (entry.depth() == 0 && except.is_none()) {
                return true;
            }
            let Ok(real) = entry.path().canonicalize() else {
                return true;
            };
            if except.as_ref() == Some(&real) {
                return false;
            }
            // A linked folder below the root is met by itself, one elsewhere is taken the first time.
            !entry.path_is_symlink() || entry.depth() == 0 || (!real.starts_with(&real_root) && linked.insert(real))
        });
        // What this program wrote below the folder, and how many files of it were met.
        let mut own: Vec<(Own, usize)> = Vec::new();
        for entry in walk {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {
                    if entry.depth() > 0 {
                        own.extend(Own::of(entry.path()).map(|own| (own, 0)));
                    }
                }
                Ok(entry) => {
                    let inmost = own.iter_mut().rev().find(|(own, _)| own.holds(entry.path()));
                    if let Some((_, n)) = inmost.filter(|(own, _)| own.wrote(entry.path())) {
                        *n += 1;
                        continue;
                    }
                    let shown = join(prefix, &below(root, entry.path()));
                    self.file(entry.path(), shown, false);
                }
                Err(error) if error.loop_ancestor().is_some() => {}
                Err(error) => {
                    let path = error.path().unwrap_or(root).to_owned();
                    let name = path.file_name().unwrap_or_default();
                    // A dangling link of another kind of file is no document that was missed.
                    let dangling = path.is_symlink() && !is_document(name) && !is_archive(name);
                    if !is_hidden(name) && !dangling {
                        let cause = error.into_io_error().map_or(Cause::Missing, Cause::from);
                        self.fail(join(prefix, &below(root, &path)), cause);
                    }
                }
            }
        }
        for (own, files) in own.into_iter().filter(|(_, files)| *files > 0) {
            self.listing.own.push(Failure {
                path: join(prefix, &below(root, own.folder())),
                cause: Cause::OwnOutput { files },
            });
        }
    }

    /// A file; `named` if the call itself names it, which makes it a document whatever its extension.
    fn file(&mut self, path: &Path, shown: String, named: bool) {
        let name = path.file_name().unwrap_or_default();
        if is_archive(name) {
            match open_regular(path).and_then(archive::open_file) {
                Ok(archive) if is_package(&archive) => self.push(shown, Place::File(path.to_owned())),
                Ok(archive) => {
                    let mut budget = Budget::default();
                    self.archive(archive, ArchivePlace::File(path.to_owned()), shown, 1, &mut budget);
                }
                Err(cause) => self.fail(shown, cause),
            }
        } else if named || is_document(name) || (is_unsupported(&shown) && is_other_than_named(&shown, path)) {
            self.push(shown, Place::File(path.to_owned()));
        } else {
            self.skip(&shown);
        }
    }

    fn archive(&mut self, mut archive: Archive, place: ArchivePlace, shown: String, depth: usize, budget: &mut Budget) {
        let own = self.listing.archives.len();
        self.listing.archives.push(place);
        for listed in archive::list(&archive) {
            let path = format!("{shown}/{}", listed.name);
            let name = listed.name.rsplit('/').next().unwrap_or("");
            if listed.name.split('/').any(|part| is_hidden(OsStr::new(part))) {
                continue;
            }
            budget.entries += 1;
            if budget.entries > MAX_ARCHIVE_ENTRIES {
                let limit = MAX_ARCHIVE_ENTRIES as u64;
                self.fail(
                    shown,
                    Cause::ArchiveLimit {
                        what: OfArchive::Entries,
                        limit,
                    },
                );
                return;
            }
            let index = listed.index;
            if !is_archive(OsStr::new(name)) {
                if is_document(OsStr::new(name)) {
                    self.push(path, Place::Archived { archive: own, index });
                } else {
                    self.skip(&path);
                }
                continue;
            }
            if depth == MAX_ARCHIVE_DEPTH {
                let limit = MAX_ARCHIVE_DEPTH as u64;
                self.fail(
                    path,
                    Cause::ArchiveLimit {
                        what: OfArchive::Levels,
                        limit,
                    },
                );
                continue;
            }
            if budget.nested_bytes >= MAX_NESTED_BYTES {
                let limit = MAX_NESTED_BYTES;
                self.fail(
                    path,
                    Cause::ArchiveLimit {
                        what: OfArchive::Bytes,
                        limit,
                    },
                );
                continue;
            }
            let inner = archive::unpack(&mut archive, index, MAX_NESTED_ARCHIVE_BYTES).and_then(|bytes| {
                budget.nested_bytes += bytes.len() as u64;
                archive::open_bytes(bytes)
            });
            match inner {
                Ok(inner) if is_package(&inner) => self.push(path, Place::Archived { archive: own, index }),
                Ok(inner) => {
                    let place = ArchivePlace::Inside { archive: own, index };
                    self.archive(inner, place, path, depth + 1, budget);
                }
                Err(cause) => self.fail(path, cause),
            }
        }
    }

    fn push(&mut self, path: String, place: Place) {
        self.listing.entries.push(Entry { path, place });
    }

    fn fail(&mut self, path: String, cause: Cause) {
        self.listing.failures.push(Failure { path, cause });
    }

    fn skip(&mut self, path: &str) {
        if is_unsupported(path) {
            self.listing.unsupported.push(Failure {
                path: path.to_owned(),
                cause: Cause::Unsupported {
                    extension: extension(path),
                },
            });
        }
        *self.listing.skipped.entry(extension(path)).or_default() += 1;
    }
}

/// What one outermost archive has used up.
#[derive(Default)]
struct Budget {
    entries: usize,
    nested_bytes: u64,
}

impl Entry {
    fn sort_key(&self) -> (&str, &Path, usize, usize) {
        match &self.place {
            Place::File(path) => (&self.path, path, 0, 0),
            Place::Archived { archive, index } => (&self.path, Path::new(""), *archive, *index),
            Place::Memory(_) => (&self.path, Path::new(""), 0, 0),
        }
    }

    fn same_file(&self, other: &Self) -> bool {
        let (Place::File(a), Place::File(b)) = (&self.place, &other.place) else {
            return false;
        };
        a == b || matches!((a.canonicalize(), b.canonicalize()), (Ok(a), Ok(b)) if a == b)
    }
}

/// Two documents of one path (equal names in an archive, folders of one name) become `a.txt` and `a~2.txt`.
fn part_equal_paths(entries: &mut [Entry]) {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    let mut moved = false;
    for entry in entries.iter_mut() {
        if taken.insert(entry.path.clone()) {
            continue;
        }
        let name_at = entry.path.rfind('/').map_or(0, |at| at + 1);
        let dot = entry.path[name_at..].rfind('.').filter(|at| *at > 0);
        let (stem, extension) = entry.path.split_at(dot.map_or(entry.path.len(), |at| name_at + at));
        let mut number = 2_usize;
        let free = loop {
            let candidate = format!("{stem}~{number}{extension}");
            if taken.insert(candidate.clone()) {
                break candidate;
            }
            number += 1;
        };
        entry.path = free;
        moved = true;
    }
    if moved {
        entries.sort_by(|a, b| a.path.cmp(&b.path));
    }
}

/// Opens a regular file and nothing else: opening a pipe would wait for its writer.
pub(crate) fn open_regular(path: &Path) -> Result<File, Cause> {
    if !fs::metadata(path)?.is_file() {
        return Err(Cause::NotAFile);
    }
    Ok(File::open(path)?)
}

/// The bytes of a regular file, within the limit for documents.
pub(crate) fn read_regular(path: &Path) -> Result<Vec<u8>, Cause> {
    let limit = MAX_DOCUMENT_BYTES;
    let file = open_regular(path)?;
    let len = file.metadata()?.len();
    if len > limit {
        return Err(Cause::TooLarge { limit });
    }
    let mut bytes = Vec::with_capacity(usize::try_from(len).unwrap_or(0));
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(Cause::TooLarge { limit });
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write as _};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer.start_file(*name, SimpleFileOptions::default()).unwrap();
            writer.write_all(content).unwrap();
        }
        writer.finish().unwrap().into_inner()
    }

    fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for (name, content) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        dir
    }

    fn paths(listing: &Listing) -> Vec<&str> {
        listing.entries.iter().map(|entry| entry.path.as_str()).collect()
    }

    fn of(paths: &[&Path]) -> Vec<Input> {
        paths.iter().map(|path| Input::Path((*path).to_owned())).collect()
    }

    #[test]
    fn a_folder_gives_its_documents_sorted_and_counts_the_others() {
        let dir = folder(&[
            ("b/2.txt", b"x"),
            ("b/10.docx", b"x"),
            ("a.xlsx", b"x"),
            ("notes.PDF", b"%PDF"),
            ("README", b"x"),
            (".hidden/c.txt", b"x"),
            ("~$a.docx", b"x"),
        ]);
        let listing = list(&of(&[dir.path()]), None);
        assert_eq!(paths(&listing), ["a.xlsx", "b/10.docx", "b/2.txt"]);
        assert_eq!(
            listing.skipped,
            BTreeMap::from([(String::new(), 1), ("pdf".to_owned(), 1)])
        );
        assert!(listing.failures.is_empty());
    }

    #[test]
    fn documents_that_no_reader_takes_are_named_and_misnamed_ones_are_read() {
        let package = zip_of(&[("[Content_Types].xml", b"x")]);
        let dir = folder(&[
            ("a.pdf", b"%PDF-1.7 x"),
            ("b.ofd", &zip_of(&[("OFD.xml", b"x")])),
            ("c.csv", b"1,2"),
            ("d.png", b"\x89PNG\r\n\x1a\n"),
            ("empty.pdf", b""),
            ("text.ofd", "情况通报".as_bytes()),
            ("word.pdf", &package),
            ("tool.log", b"x"),
            ("页面_files/logo.png", b"\x89PNG\r\n\x1a\n"),
            ("z.zip", &zip_of(&[("e.pdf", b"%PDF"), ("f.txt", b"x")])),
        ]);
        let listing = list(&of(&[dir.path()]), None);
        assert_eq!(paths(&listing), ["text.ofd", "word.pdf", "z.zip/f.txt"]);
        let named: Vec<&str> = listing.unsupported.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(named, ["a.pdf", "b.ofd", "c.csv", "d.png", "empty.pdf", "z.zip/e.pdf"]);
        assert_eq!(listing.unsupported[0].cause.name(), "unsupported");
        assert_eq!(listing.skipped.values().sum::<usize>(), 8);
    }

    #[test]
    fn what_is_given_leads_to_the_file_whatever_the_number_of_inputs() {
        let dir = folder(&[
            ("in/a.txt", b"x"),
            ("in/z.zip", &zip_of(&[("b.txt", b"x")])),
            ("q/in/a.txt", b"y"),
        ]);
        let root = given_path(dir.path());
        let alone = list(&of(&[&dir.path().join("in")]), None);
        assert_eq!(paths(&alone), ["a.txt", "z.zip/b.txt"]);
        assert_eq!(alone.given("a.txt"), format!("{root}/in/a.txt"));
        assert_eq!(alone.given("z.zip/b.txt"), format!("{root}/in/z.zip/b.txt"));
        let both = list(&of(&[&dir.path().join("in"), &dir.path().join("q/in")]), None);
        assert_eq!(both.given("in/a.txt"), format!("{root}/in/a.txt"));
        assert_eq!(both.given("in/a~2.txt"), format!("{root}/q/in/a.txt"));
        assert_eq!(both.given("in/z.zip/b.txt"), "in/z.zip/b.txt", "either may be meant");
        assert_eq!(given_path(Path::new("./a//b.txt")), "a/b.txt");
    }

    #[test]
    fn several_inputs_keep_their_names_and_a_file_named_twice_counts_once() {
        let dir = folder(&[("p/a.txt", b"x"), ("q/p/a.txt", b"y")]);
        let (p, q, file) = (dir.path().join("p"), dir.path().join("q/p"), dir.path().join("p/a.txt"));
        let listing = list(&of(&[&p, &q, &p]), None);
        assert_eq!(paths(&listing), ["p/a.txt", "p/a~2.txt"]);
        assert_eq!(paths(&list(&of(&[&file, &file]), None)), ["a.txt"]);
    }

    #[test]
    fn archives_within_archives_are_listed_to_a_depth() {
        let mut inner = zip_of(&[("deepest.txt", b"x")]);
        for _ in 0..MAX_ARCHIVE_DEPTH {
            inner = zip_of(&[("in.zip", &inner), ("x.txt", b"x")]);
        }
        let dir = folder(&[("a.zip", &inner)]);
        let listing = list(&of(&[dir.path()]), None);
        assert_eq!(
            paths(&listing),
            [
                "a.zip/in.zip/in.zip/in.zip/x.txt",
                "a.zip/in.zip/in.zip/x.txt",
                "a.zip/in.zip/x.txt",
                "a.zip/x.txt"
            ]
        );
        assert_eq!(listing.failures.len(), 1);
        assert_eq!(listing.failures[0].cause.name(), "archive-limit");
    }

    #[test]
    fn an_archive_that_is_no_archive_fails_and_a_renamed_document_is_one() {
        let dir = folder(&[
            ("bad.zip", b"no archive"),
            (
                "doc.zip",
                &zip_of(&[("[Content_Types].xml", b"x"), ("word/document.xml", b"x")]),
            ),
        ]);
        let listing = list(&of(&[dir.path()]), None);
        assert_eq!(paths(&listing), ["doc.zip"]);
        assert_eq!(listing.failures[0].path, "bad.zip");
    }

    #[test]
    fn the_output_folder_is_left_out() {
        let dir = folder(&[("a.txt", b"x"), ("out/docx/a.txt.docx", b"x")]);
        let out = dir.path().join("out");
        assert_eq!(paths(&list(&of(&[dir.path()]), Some(&out))), ["a.txt"]);
        assert_eq!(paths(&list(&of(&[dir.path()]), None)).len(), 2);
    }

    #[test]
    fn a_missing_input_fails_and_the_others_are_listed() {
        let dir = folder(&[("a.txt", b"x")]);
        let listing = list(&of(&[&dir.path().join("none.txt"), &dir.path().join("a.txt")]), None);
        assert_eq!(paths(&listing), ["a.txt"]);
        assert!(matches!(listing.failures[0].cause, Cause::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn linked_folders_are_followed_once_and_loops_not_at_all() {
        use std::os::unix::fs::symlink;
        let elsewhere = folder(&[("e.txt", b"x")]);
        let dir = folder(&[("real/a.txt", b"x")]);
        symlink(dir.path(), dir.path().join("real/loop")).unwrap();
        symlink(dir.path().join("real"), dir.path().join("again")).unwrap();
        symlink(elsewhere.path(), dir.path().join("link1")).unwrap();
        symlink(elsewhere.path(), dir.path().join("link2")).unwrap();
        symlink("nowhere.log", dir.path().join("dangling.log")).unwrap();
        symlink("nowhere.docx", dir.path().join("dangling.docx")).unwrap();
        let listing = list(&of(&[dir.path()]), None);
        assert_eq!(paths(&listing), ["link1/e.txt", "real/a.txt"]);
        let failed: Vec<&str> = listing.failures.iter().map(|f| f.path.as_str()).collect();
        assert_eq!(failed, ["dangling.docx"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_socket_is_refused_and_never_waited_for() {
        let dir = folder(&[]);
        let path = dir.path().join("a.txt");
        let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(matches!(read_regular(&path), Err(Cause::NotAFile)));
    }

    #[cfg(unix)]
    #[test]
    fn a_gbk_name_of_the_file_system_is_shown_as_text() {
        use std::os::unix::ffi::OsStrExt as _;
        let (gbk, _, _) = encoding_rs::GB18030.encode("通报");
        assert_eq!(paths::name_text(OsStr::from_bytes(&gbk)), "通报");
    }

    #[test]
    fn relative_paths_are_shown_as_given() {
        assert_eq!(shown_path(Path::new("./a//b.txt")), "a/b.txt");
        assert_eq!(shown_path(Path::new("../b.txt")), "../b.txt");
        assert_eq!(shown_path(Path::new("/x/b.txt")), "b.txt");
        assert_eq!(shown_path(Path::new(".")), "");
    }
}
