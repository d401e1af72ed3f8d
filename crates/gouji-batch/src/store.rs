//! What an output folder remembers of earlier runs, so that a finished document is not done twice.
//!
//! All of it lies in `.gouji/` below the output folder:
//!
//! | file | content |
//! | --- | --- |
//! | `lock` | held while a run works, so that two never share a folder |
//! | `planned.txt` | each docx that this folder's runs may have written, a line each |
//! | `journal.tsv` | results of a run that has not ended, as they came |
//! | `finished.tsv` | where each document of the last run that ended stands in `records.jsonl` |
//! | `tmp/` | files being written |
//! | `copies.txt` | hashes of the copies that annotating wrote into the folder, see [`crate::own`] |
//!
//! Nothing here is trusted: a remembered record counts only if its bytes, the document's content, the options, the
//! version and the docx on disk all still agree by their hashes. So a run may be killed between any two steps.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use sha2::{Digest, Sha256};

use crate::RunError;
use crate::outputs::NAMES;

/// Name of the folder below the output folder.
pub(crate) const WORK_FOLDER: &str = ".gouji";
/// Name of the folder of regenerated documents below the output folder.
pub(crate) const DOCX_FOLDER: &str = "docx";
/// Name of the records' file below the output folder.
pub(crate) const RECORDS: &str = "records.jsonl";

const JOURNAL: &str = "journal.tsv";
const FINISHED: &str = "finished.tsv";
const PLANNED: &str = "planned.txt";
/// Held while a run works, and left in the folder.
pub(crate) const LOCK: &str = "lock";
const TMP: &str = "tmp";
/// Results that a killed run may have to do again.
const JOURNAL_FLUSH_EVERY: usize = 32;

/// A SHA-256.
pub(crate) type Hash = [u8; 32];

/// The SHA-256 of some bytes.
pub(crate) fn hash(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// In lower-case hexadecimal.
pub(crate) fn hex(hash: &[u8]) -> String {
    use std::fmt::Write as _;
    hash.iter()
        .fold(String::with_capacity(hash.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

pub(crate) fn unhex(text: &str) -> Option<Hash> {
    let mut hash = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (byte, at) in hash.iter_mut().zip((0..64).step_by(2)) {
        *byte = u8::from_str_radix(&text[at..at + 2], 16).ok()?;
    }
    Some(hash)
}

/// What makes a result reusable: program version, options, path and content, each marked off from the next.
pub(crate) fn key(fingerprint: &str, path: &str, content: &Hash) -> Hash {
    let mut hasher = Sha256::new();
    for part in [fingerprint.as_bytes(), path.as_bytes()] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.update(content);
    hasher.finalize().into()
}

/// A line of `records.jsonl` without its end, which holds no tab either; its hash is made where it is, on a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) text: String,
    digest: Hash,
}

impl From<String> for Line {
    fn from(text: String) -> Self {
        let digest = hash(text.as_bytes());
        Self { text, digest }
    }
}

/// Where a remembered record stands.
#[derive(Clone, Copy)]
struct Known {
    journal: bool,
    offset: u64,
    len: usize,
    record: Hash,
    docx: Hash,
}

/// The memory of an output folder, locked for one run.
pub(crate) struct Store {
    out: PathBuf,
    known: BTreeMap<Hash, Known>,
    records: Option<Mutex<File>>,
    journal: Option<Mutex<File>>,
    /// Held while folders of documents are made or taken away, so that none goes between its making and the move into it.
    folders: Mutex<()>,
    /// Held until the run ends.
    _lock: File,
}

impl Store {
    /// Opens or makes the output folder.
    pub(crate) fn open(out: &Path) -> Result<Self, RunError> {
        let work = out.join(WORK_FOLDER);
        if !work.join(LOCK).is_file() {
            // A folder that no run has used may hold files of the same names that somebody needs. Annotating leaves a work folder, too.
            for name in NAMES.into_iter().filter(|name| *name != WORK_FOLDER) {
                if out.join(name).exists() {
                    return Err(RunError::ForeignFolder { name: name.to_owned() });
                }
            }
        }
        fs::create_dir_all(&work).map_err(RunError::output)?;
        let lock = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(work.join(LOCK))
            .map_err(RunError::output)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(fs::TryLockError::WouldBlock) => return Err(RunError::InUse),
            // Some network file systems have no locks; a run there is on its own.
            Err(fs::TryLockError::Error(_)) => {}
        }
        let tmp = work.join(TMP);
        if tmp.exists() {
            fs::remove_dir_all(&tmp).map_err(RunError::output)?;
        }
        fs::create_dir_all(&tmp).map_err(RunError::output)?;
        let mut store = Self {
            out: out.to_owned(),
            known: BTreeMap::new(),
            records: None,
            journal: None,
            folders: Mutex::new(()),
            _lock: lock,
        };
        store.recall().map_err(RunError::output)?;
        Ok(store)
    }

    /// Reads the index of the last run that ended and the journal of one that did not.
    fn recall(&mut self) -> io::Result<()> {
        if let Some(index) = open_if_exists(&self.work(FINISHED))? {
            for line in BufReader::new(index).lines() {
                if let Some((key, known)) = parse_finished(&line?) {
                    self.known.insert(key, known);
                }
            }
        }
        self.records = open_if_exists(&self.out.join(RECORDS))?.map(Mutex::new);
        let Some(journal) = open_if_exists(&self.work(JOURNAL))? else {
            return Ok(());
        };
        let mut reader = BufReader::new(journal);
        let mut offset = 0;
        let mut line = Vec::new();
        loop {
            line.clear();
            let n = reader.read_until(b'\n', &mut line)?;
            if n == 0 {
                break;
            }
            if line.pop() != Some(b'\n') {
                // Cut off in mid-line: the run was killed as it wrote. What follows must start on a line of its own.
                OpenOptions::new()
                    .write(true)
                    .open(self.work(JOURNAL))?
                    .set_len(offset)?;
                break;
            }
            if let Some((key, known)) = parse_journal(&line, offset) {
                self.known.insert(key, known);
            }
            offset += n as u64;
        }
        self.journal = Some(Mutex::new(reader.into_inner()));
        Ok(())
    }

    /// Forgets what earlier runs did, so that every document is done again.
    pub(crate) fn forget(&mut self) {
        self.known.clear();
    }

    /// The record of a document done before and the hash of its docx, if both are still as they were.
    pub(crate) fn find(&self, key: &Hash, docx: &str) -> Option<(Line, Hash)> {
        let known = self.known.get(key)?;
        let file = if known.journal { &self.journal } else { &self.records };
        let mut bytes = vec![0; known.len];
        {
            let mut file = file.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(known.offset)).ok()?;
            file.read_exact(&mut bytes).ok()?;
        }
        if hash(&bytes) != known.record || hash(&fs::read(self.docx(docx)).ok()?) != known.docx {
            return None;
        }
        let line = Line {
            text: String::from_utf8(bytes).ok()?,
            digest: known.record,
        };
        Some((line, known.docx))
    }

    /// Notes the docx that this run may write and removes those of earlier runs that are not among them.
    pub(crate) fn plan(&self, docx: &BTreeSet<String>) -> io::Result<()> {
        if let Some(before) = open_if_exists(&self.work(PLANNED))? {
            for line in BufReader::new(before).lines() {
                let name = line?;
                if !docx.contains(&name) {
                    self.remove_docx(&name)?;
                }
            }
        }
        let mut planned = self.create(PLANNED)?;
        for name in docx {
            writeln!(planned.writer, "{name}")?;
        }
        planned.finish(&self.work(PLANNED))
    }

    /// Removes a docx that an earlier run may have written, and the folders that it leaves empty.
    pub(crate) fn remove_docx(&self, name: &str) -> io::Result<()> {
        // The list is a file that anybody may have changed: nothing outside the folder is touched for it.
        if name.is_empty() || name.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Ok(());
        }
        let path = self.docx(name);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let _held = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        let root = self.out.join(DOCX_FOLDER);
        let mut folder = path.parent();
        while let Some(dir) = folder.filter(|dir| dir.starts_with(&root) && *dir != root) {
            if fs::remove_dir(dir).is_err() {
                break;
            }
            folder = dir.parent();
        }
        Ok(())
    }

    /// Writes a docx under a temporary name of its own (`idx`) and moves it to its place.
    pub(crate) fn write_docx(&self, idx: usize, name: &str, bytes: &[u8]) -> io::Result<()> {
        let tmp = self.work(TMP).join(format!("{idx}.docx"));
        fs::write(&tmp, bytes)?;
        let path = self.docx(name);
        match fs::rename(&tmp, &path) {
            // The folder is not there yet; or a document of it failed on another thread, which took it away as empty again.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let _held = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
                path.parent().map_or(Ok(()), fs::create_dir_all)?;
                fs::rename(&tmp, &path)
            }
            moved => moved,
        }
    }

    /// A file being written under a temporary name.
    pub(crate) fn create(&self, name: &str) -> io::Result<Pending> {
        let path = self.tmp(name);
        let writer = BufWriter::with_capacity(1 << 17, File::create(&path)?);
        Ok(Pending { writer, path })
    }

    /// The temporary name of a file of the output folder.
    pub(crate) fn tmp(&self, name: &str) -> PathBuf {
        self.work(TMP).join(name)
    }

    /// The journal of this run, going on where one that was killed left off.
    pub(crate) fn journal(&self) -> io::Result<Journal> {
        let file = OpenOptions::new().append(true).create(true).open(self.work(JOURNAL))?;
        Ok(Journal {
            writer: BufWriter::with_capacity(1 << 17, file),
            waiting: 0,
        })
    }

    /// Starts the index of this run's records.
    pub(crate) fn index(&self) -> io::Result<Index> {
        Ok(Index {
            pending: self.create(FINISHED)?,
            offset: 0,
        })
    }

    /// Puts the index in its place and drops the journal. The records must be in their place before.
    pub(crate) fn end(self, index: Index, journal: Journal) -> io::Result<()> {
        index.pending.finish(&self.work(FINISHED))?;
        drop(journal);
        fs::remove_file(self.work(JOURNAL))?;
        fs::remove_dir_all(self.work(TMP))
    }

    fn work(&self, name: &str) -> PathBuf {
        self.out.join(WORK_FOLDER).join(name)
    }

    fn docx(&self, name: &str) -> PathBuf {
        self.out.join(DOCX_FOLDER).join(name)
    }
}

/// A file under a temporary name.
pub(crate) struct Pending {
    pub(crate) writer: BufWriter<File>,
    path: PathBuf,
}

impl Pending {
    /// Moves it to its place.
    pub(crate) fn finish(mut self, place: &Path) -> io::Result<()> {
        self.writer.flush()?;
        drop(self.writer);
        fs::rename(&self.path, place)
    }
}

/// Results as they come, so that a killed run need not do them again.
pub(crate) struct Journal {
    writer: BufWriter<File>,
    waiting: usize,
}

impl Journal {
    /// Notes a finished document.
    pub(crate) fn add(&mut self, key: &Hash, docx: &Hash, record: &Line) -> io::Result<()> {
        let (key, docx, digest) = (hex(key), hex(docx), hex(&record.digest));
        writeln!(self.writer, "{key}\t{docx}\t{digest}\t{}", record.text)?;
        self.waiting += 1;
        if self.waiting == JOURNAL_FLUSH_EVERY {
            self.waiting = 0;
            self.writer.flush()?;
        }
        Ok(())
    }
}

/// Where each record of this run stands in `records.jsonl`.
pub(crate) struct Index {
    pending: Pending,
    offset: u64,
}

impl Index {
    /// Notes the next record; without a docx it is passed over, so that the document is done again next time.
    pub(crate) fn add(&mut self, key: &Hash, docx: Option<&Hash>, record: &Line) -> io::Result<()> {
        let len = record.text.len();
        if let Some(docx) = docx {
            let (key, docx, digest) = (hex(key), hex(docx), hex(&record.digest));
            writeln!(self.pending.writer, "{key}\t{docx}\t{digest}\t{}\t{}", self.offset, len)?;
        }
        self.offset += len as u64 + 1;
        Ok(())
    }
}

/// Hashes of the docx that the runs of a work folder have written, as far as its lists tell.
pub(crate) fn written_docx(work: &Path) -> io::Result<BTreeSet<Hash>> {
    let mut all = BTreeSet::new();
    if let Some(index) = open_if_exists(&work.join(FINISHED))? {
        for line in BufReader::new(index).lines() {
            all.extend(parse_finished(&line?).map(|(_, known)| known.docx));
        }
    }
    if let Some(journal) = open_if_exists(&work.join(JOURNAL))? {
        for line in BufReader::new(journal).split(b'\n') {
            all.extend(parse_journal(&line?, 0).map(|(_, known)| known.docx));
        }
    }
    Ok(all)
}

fn parse_finished(line: &str) -> Option<(Hash, Known)> {
    let mut parts = line.split('\t');
    let key = unhex(parts.next()?)?;
    let docx = unhex(parts.next()?)?;
    let record = unhex(parts.next()?)?;
    let offset = parts.next()?.parse().ok()?;
    let len = parts.next()?.parse().ok()?;
    let known = Known {
        journal: false,
        offset,
        len,
        record,
        docx,
    };
    Some((key, known))
}

fn parse_journal(line: &[u8], offset: u64) -> Option<(Hash, Known)> {
    // Three hashes of 64 digits, each with a tab behind it, then the record.
    const HEAD: usize = 3 * 65;
    let head = std::str::from_utf8(line.get(..HEAD)?).ok()?;
    let mut parts = head.split('\t');
    let key = unhex(parts.next()?)?;
    let docx = unhex(parts.next()?)?;
    let record = unhex(parts.next()?)?;
    let known = Known {
        journal: true,
        offset: offset + HEAD as u64,
        len: line.len() - HEAD,
        record,
        docx,
    };
    Some((key, known))
}

pub(crate) fn open_if_exists(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(store: &Store, name: &str, record: &str) -> (Hash, Hash) {
        let key = key("v1", name, &hash(b"content"));
        store.write_docx(0, name, b"docx").unwrap();
        let docx = hash(b"docx");
        let mut journal = store.journal().unwrap();
        journal.add(&key, &docx, &Line::from(record.to_owned())).unwrap();
        (key, docx)
    }

    #[test]
    fn a_result_of_a_killed_run_is_found_again() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let (key, _) = done(&store, "a/b.docx", "{\"a\":\"记录\"}");
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        let found = store.find(&key, "a/b.docx");
        assert_eq!(found, Some((Line::from("{\"a\":\"记录\"}".to_owned()), hash(b"docx"))));
        assert_eq!(store.find(&hash(b"other"), "a/b.docx"), None);
        assert_eq!(store.find(&key, "a/c.docx"), None);
    }

    #[test]
    fn a_journal_cut_at_any_byte_gives_whole_records_or_none() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let (first, _) = done(&store, "a.docx", "{\"n\":1}");
        let one = fs::metadata(store.work(JOURNAL)).unwrap().len();
        let (second, _) = done(&store, "b.docx", "{\"n\":2}");
        let whole = fs::read(store.work(JOURNAL)).unwrap();
        drop(store);
        let path = dir.path().join(WORK_FOLDER).join(JOURNAL);
        for cut in 0..=whole.len() {
            fs::write(&path, &whole[..cut]).unwrap();
            let store = Store::open(dir.path()).unwrap();
            assert_eq!(
                store.find(&first, "a.docx").is_some(),
                cut as u64 >= one,
                "cut at {cut}"
            );
            assert_eq!(store.find(&second, "b.docx").is_some(), cut == whole.len());
            // And what is written next is not glued to the rest of a cut line.
            let (third, _) = done(&store, "c.docx", "{\"n\":3}");
            drop(store);
            assert!(Store::open(dir.path()).unwrap().find(&third, "c.docx").is_some());
        }
    }

    #[test]
    fn a_docx_that_was_changed_or_removed_is_made_again() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let (key, _) = done(&store, "a.docx", "{}");
        drop(store);
        let store = Store::open(dir.path()).unwrap();
        assert!(store.find(&key, "a.docx").is_some());
        fs::write(store.docx("a.docx"), b"edited").unwrap();
        assert!(store.find(&key, "a.docx").is_none());
        fs::remove_file(store.docx("a.docx")).unwrap();
        assert!(store.find(&key, "a.docx").is_none());
    }

    #[test]
    fn a_docx_finds_its_folder_though_another_thread_takes_it_away() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let ended = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !ended.load(std::sync::atomic::Ordering::Relaxed) {
                    store.remove_docx("a/b/failed.docx").unwrap();
                }
            });
            let written: io::Result<()> = (0..2000).try_for_each(|_| {
                store.write_docx(0, "a/b/done.docx", b"docx")?;
                fs::remove_file(store.docx("a/b/done.docx"))
            });
            ended.store(true, std::sync::atomic::Ordering::Relaxed);
            written.unwrap();
        });
    }

    #[test]
    fn a_docx_no_longer_planned_leaves_and_a_strange_file_stays() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        let both = BTreeSet::from(["a/x.docx".to_owned(), "b/y.docx".to_owned()]);
        store.plan(&both).unwrap();
        for name in &both {
            store.write_docx(0, name, b"docx").unwrap();
        }
        fs::write(store.docx("b/mine.txt"), b"mine").unwrap();
        store.plan(&BTreeSet::new()).unwrap();
        assert!(!store.docx("a").exists(), "an empty folder goes too");
        assert!(!store.docx("b/y.docx").exists());
        assert!(store.docx("b/mine.txt").exists());
    }

    #[test]
    fn a_list_that_was_tampered_with_removes_nothing_outside() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(&dir.path().join("out")).unwrap();
        let outside = dir.path().join("precious.txt");
        fs::write(&outside, b"x").unwrap();
        fs::create_dir_all(dir.path().join("out/docx")).unwrap();
        fs::write(store.work(PLANNED), "../../precious.txt\n/etc/hostname\n").unwrap();
        store.plan(&BTreeSet::new()).unwrap();
        assert!(outside.exists());
    }

    #[test]
    fn two_runs_never_share_a_folder_and_a_foreign_one_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path()).unwrap();
        assert!(matches!(Store::open(dir.path()), Err(RunError::InUse)));
        drop(store);
        assert!(Store::open(dir.path()).is_ok());
        let foreign = tempfile::tempdir().unwrap();
        fs::write(foreign.path().join("findings.xlsx"), b"mine").unwrap();
        assert!(matches!(
            Store::open(foreign.path()),
            Err(RunError::ForeignFolder { .. })
        ));
    }

    #[test]
    fn the_key_keeps_its_parts_apart() {
        let content = hash(b"x");
        assert_ne!(key("ab", "c", &content), key("a", "bc", &content));
    }
}
