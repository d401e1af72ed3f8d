//! `gouji run`: every document of the inputs into the output folder.

use std::collections::BTreeSet;
use std::io;
use std::num::NonZeroUsize;
use std::path::Path;

use gouji_circular::Circular;
use gouji_report::{AuditObject, EditRecord, Lang, to_json};
use gouji_write::Writer;

use crate::analyse::{analyse_until, guard};
use crate::annotate::annotate_regenerated;
use crate::limits::MAX_SECONDS;
use crate::load::Loader;
use crate::name::DocxNames;
use crate::outputs::{NAMES, Outputs, connect};
use crate::pipeline::ordered_map;
use crate::series::SeriesAudit;
use crate::store::{Hash, Line, Store, hash, key};
use crate::walk::{Entry, Input, list};
use crate::watch::Watch;
use crate::{Cause, Failure, RunError, Summary};

/// What a run may be told. Only what changes the records or the docx belongs to [`RunOptions::fingerprint`].
#[derive(Debug, Clone)]
pub struct RunOptions {
    /// Worker threads.
    pub threads: NonZeroUsize,
    /// Language of the reports.
    pub lang: Lang,
    /// Do again what an earlier run has done.
    pub fresh: bool,
    /// How documents are regenerated.
    pub write: gouji_write::Options,
    /// Put a comment on each finding into the regenerated document, in the language of the reports.
    pub annotate: bool,
}

impl RunOptions {
    /// What, beside path and content, decides the bytes of a document's record and docx.
    fn fingerprint(&self) -> String {
        let comments = self.annotate.then_some(self.lang);
        format!("{} {:?} comments={comments:?}", env!("CARGO_PKG_VERSION"), self.write)
    }
}

/// How far a run is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Documents done, failed ones among them.
    pub done: usize,
    /// All documents.
    pub total: usize,
}

/// Takes every document of the inputs through the chain and writes the output folder.
///
/// `progress` is called on this thread after each document, in the order of their paths.
///
/// # Errors
/// If the output folder cannot be used or written. A document that fails is no error: it is in the summary.
pub fn run(
    inputs: &[Input],
    out: &Path,
    options: &RunOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Summary, RunError> {
    keep_sources_safe(inputs, out)?;
    let mut store = Store::open(out)?;
    if options.fresh {
        store.forget();
    }
    let mut listing = list(inputs, Some(out));
    let mut summary = Summary::new(&mut listing);
    let mut names = DocxNames::default();
    let jobs: Vec<Job<'_>> = listing
        .entries
        .iter()
        .enumerate()
        .map(|(idx, entry)| Job {
            idx,
            entry,
            docx: names.assign(&entry.path),
        })
        .collect();
    let planned: BTreeSet<String> = jobs.iter().map(|job| job.docx.clone()).collect();
    store.plan(&planned).map_err(RunError::output)?;
    drop(planned);

    let worker = Worker {
        store: &store,
        loader: Loader::new(&listing),
        watch: Watch::start(),
        writer: Writer::new(options.write.clone()),
        options,
        fingerprint: options.fingerprint(),
    };
    let mut journal = store.journal().map_err(RunError::output)?;
    let mut index = store.index().map_err(RunError::output)?;
    let connection = connect(&store)?;
    let mut outputs = Outputs::start(&store, &connection, options.lang)?;
    let mut series = SeriesAudit::default();
    let total = jobs.len();
    ordered_map(
        &jobs,
        options.threads,
        |job| worker.work(job),
        |job, result: Result<Done, WorkError>| {
            match result {
                Ok(mut done) => {
                    let docx = match done.docx {
                        Ok(hash) => Some(hash),
                        Err(cause) => {
                            summary.fail(Failure {
                                path: job.entry.path.clone(),
                                cause,
                            });
                            store.remove_docx(&job.docx).map_err(RunError::output)?;
                            None
                        }
                    };
                    if let (false, Some(docx)) = (done.remembered, &docx) {
                        journal.add(&done.key, docx, &done.line).map_err(RunError::output)?;
                    }
                    // The journal keeps what the document says alone, the record also what it says against others.
                    if series.hold(&mut done.object) {
                        done.line = to_json(&done.object).map_err(RunError::report)?.into();
                    }
                    index
                        .add(&done.key, docx.as_ref(), &done.line)
                        .map_err(RunError::output)?;
                    outputs.add(&done.line.text, &done.object)?;
                    summary.add(&done.object, done.remembered);
                }
                Err(WorkError::Document(cause)) => {
                    store.remove_docx(&job.docx).map_err(RunError::output)?;
                    summary.fail(Failure {
                        path: job.entry.path.clone(),
                        cause,
                    });
                }
                Err(WorkError::Output(error)) => return Err(RunError::output(error)),
            }
            progress(Progress {
                done: job.idx + 1,
                total,
            });
            Ok(())
        },
    )?;
    let written = outputs.write(&summary, &store)?;
    connection.close().map_err(|(_, error)| RunError::report(error))?;
    written.publish(&store, out).map_err(RunError::output)?;
    store.end(index, journal).map_err(RunError::output)?;
    Ok(summary)
}

/// The source is never modified: the output folder must not be an input, nor hold one where it writes.
fn keep_sources_safe(inputs: &[Input], out: &Path) -> Result<(), RunError> {
    let Ok(out) = out.canonicalize() else {
        return Ok(());
    };
    for input in inputs {
        let Input::Path(path) = input else { continue };
        let Ok(real) = path.canonicalize() else { continue };
        let inside = real.strip_prefix(&out).ok().is_some_and(|below| {
            let first = below.components().next().map(|c| c.as_os_str().to_owned());
            first.is_none_or(|first| NAMES.into_iter().any(|name| first == name))
        });
        if inside {
            return Err(RunError::OutputIsInput);
        }
    }
    Ok(())
}

struct Job<'a> {
    idx: usize,
    entry: &'a Entry,
    docx: String,
}

/// What a worker hands to the writer.
struct Done {
    key: Hash,
    line: Line,
    object: AuditObject,
    docx: Result<Hash, Cause>,
    /// It was taken over from an earlier run.
    remembered: bool,
}

enum WorkError {
    Document(Cause),
    Output(io::Error),
}

impl From<Cause> for WorkError {
    fn from(cause: Cause) -> Self {
        Self::Document(cause)
    }
}

struct Worker<'a> {
    store: &'a Store,
    loader: Loader<'a>,
    watch: Watch,
    writer: Writer,
    options: &'a RunOptions,
    fingerprint: String,
}

impl Worker<'_> {
    fn work(&self, job: &Job<'_>) -> Result<Done, WorkError> {
        let path = job.entry.path.as_str();
        let bytes = self.loader.load(job.entry)?;
        let key = key(&self.fingerprint, path, &hash(&bytes));
        if let Some((line, docx)) = self.store.find(&key, &job.docx)
            && let Ok(object) = serde_json::from_str(&line.text)
        {
            return Ok(Done {
                key,
                line,
                object,
                docx: Ok(docx),
                remembered: true,
            });
        }
        let given = self.watch.give(MAX_SECONDS);
        let mut done = analyse_until(path, &bytes, &given.deadline)?;
        drop(given);
        drop(bytes);
        done.object.edits = guard(|| Ok(edits(&self.writer, &done.circular)))?;
        let line = guard(|| {
            to_json(&done.object).map_err(|error| Cause::Internal {
                message: error.to_string(),
            })
        })?;
        let line = Line::from(line);
        let docx = guard(|| {
            let docx = self.writer.write(&done.circular).map_err(Cause::Compose)?;
            if self.options.annotate {
                annotate_regenerated(&docx, &done, &self.writer, self.options.lang, Vec::new())
                    .map(|annotated| annotated.docx)
            } else {
                Ok(docx)
            }
        });
        let docx = match docx {
            Ok(bytes) => {
                self.store
                    .write_docx(job.idx, &job.docx, &bytes)
                    .map_err(WorkError::Output)?;
                Ok(hash(&bytes))
            }
            Err(cause) => Err(cause),
        };
        Ok(Done {
            key,
            line,
            object: done.object,
            docx,
            remembered: false,
        })
    }
}

/// What the writer makes of the text, for the record.
fn edits(writer: &Writer, circular: &Circular) -> Vec<EditRecord> {
    let (_, edits) = writer.normalise(circular);
    edits
        .into_iter()
        .map(|edit| EditRecord {
            place: edit.place.to_string(),
            before: edit.before,
            after: edit.after,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::store::{RECORDS, WORK_FOLDER};

    fn options(threads: usize) -> RunOptions {
        RunOptions {
            threads: NonZeroUsize::new(threads).unwrap(),
            lang: Lang::Zh,
            fresh: false,
            write: gouji_write::Options::default(),
            annotate: false,
        }
    }

    /// A folder of small circulars, one of them empty.
    fn archive(n: usize) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for i in 0..n {
            let folder = dir.path().join(format!("{}", i % 3));
            fs::create_dir_all(&folder).unwrap();
            let (a, b) = (i + 3, i * 2 + 1);
            let text = format!(
                "关于第{}期检查情况的通报\n\n各科室：\n共受理{}件，其中：甲类{a}件、乙类{b}件。\n",
                i + 1,
                a + b
            );
            fs::write(folder.join(format!("{i}.txt")), text).unwrap();
        }
        fs::write(dir.path().join("empty.txt"), b"").unwrap();
        dir
    }

    fn run_into(input: &Path, out: &Path, threads: usize) -> Summary {
        let inputs = [Input::Path(input.to_owned())];
        run(&inputs, out, &options(threads), &mut |_| ()).unwrap()
    }

    /// Every file below a folder with its bytes.
    fn contents(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        walkdir::WalkDir::new(root)
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let below = entry.path().strip_prefix(root).unwrap().to_owned();
                (below, fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    #[test]
    fn any_number_of_threads_and_a_second_run_give_the_same_bytes() {
        let input = archive(40);
        let out = tempfile::tempdir().unwrap();
        let (one, four) = (out.path().join("one"), out.path().join("four"));
        let first = run_into(input.path(), &one, 1);
        run_into(input.path(), &four, 4);
        assert_eq!(
            (first.totals.documents, first.remembered, first.failures.len()),
            (40, 0, 1)
        );
        let bytes = contents(&one);
        assert!(bytes == contents(&four));
        let again = run_into(input.path(), &one, 3);
        assert_eq!(
            (again.totals.documents, again.remembered, again.failures.len()),
            (40, 40, 1)
        );
        assert!(bytes == contents(&one));
        let names = [
            "docx/0/0.txt.docx",
            "records.jsonl",
            "failures.jsonl",
            "report.html",
            "findings.xlsx",
        ];
        for name in names.into_iter().chain(["gouji.sqlite"]) {
            assert!(bytes.contains_key(Path::new(name)), "{name}");
        }
        assert!(!bytes.keys().any(|path| path.starts_with(".gouji/tmp")));
    }

    /// A page separator of Unicode inside a paragraph must not part its record for readers that split lines there.
    #[test]
    fn a_record_is_one_line_for_every_reader() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("in");
        fs::create_dir(&input).unwrap();
        let page =
            "<html><body><p>关于检查情况的通报</p><p>共受理\u{85}10件，\u{2028}其中：甲类6件、\u{2029}乙类4件。</p>";
        fs::write(input.join("a.html"), page).unwrap();
        let out = dir.path().join("out");
        run_into(&input, &out, 1);
        let records = fs::read_to_string(out.join(RECORDS)).unwrap();
        assert!(!records.contains(['\u{85}', '\u{2028}', '\u{2029}']));
        assert!(records.contains(r"\u2028"), "the text itself is kept");
        assert_eq!(records.lines().count(), 1);
        // It is found again as it was written.
        assert_eq!(run_into(&input, &out, 1).remembered, 1);
    }

    #[test]
    fn a_record_lists_what_was_changed_of_the_text_and_only_that() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("in");
        fs::create_dir_all(&input).unwrap();
        fs::write(
            input.join("a.txt"),
            "关于一项工作的通报\n\n各科室：\n\n全年受理10件,其中：甲类6件、乙类4件。\n\n均已办结。\n",
        )
        .unwrap();
        let out = dir.path().join("out");
        let edits = |options: &RunOptions| {
            let inputs = [Input::Path(input.clone())];
            run(&inputs, &out, options, &mut |_| ()).unwrap();
            let line = fs::read_to_string(out.join("records.jsonl")).unwrap();
            serde_json::from_str::<AuditObject>(line.trim_end()).unwrap().edits
        };
        let changed = edits(&options(1));
        assert_eq!(changed.len(), 1, "{changed:?}");
        assert_eq!(changed[0].place, "body[0]");
        assert!(changed[0].before.contains("10件,其中") && changed[0].after.contains("10件，其中"));
        let kept = RunOptions {
            write: gouji_write::Options {
                keep_text: true,
                ..gouji_write::Options::default()
            },
            ..options(1)
        };
        assert_eq!(edits(&kept), []);
    }

    #[test]
    fn a_changed_document_is_done_again_and_a_vanished_one_leaves() {
        let input = archive(9);
        let out = tempfile::tempdir().unwrap();
        run_into(input.path(), out.path(), 2);
        fs::write(input.path().join("0/0.txt"), "关于一项工作的通报\n\n共受理7件。\n").unwrap();
        fs::remove_file(input.path().join("1/1.txt")).unwrap();
        fs::write(input.path().join("2/2.txt"), "").unwrap();
        let again = run_into(input.path(), out.path(), 2);
        assert_eq!(
            (again.totals.documents, again.remembered, again.failures.len()),
            (7, 6, 2)
        );
        let fresh = tempfile::tempdir().unwrap();
        run_into(input.path(), fresh.path(), 2);
        assert!(contents(out.path()) == contents(fresh.path()));
        assert!(!out.path().join("docx/1/1.txt.docx").exists());
        assert!(
            !out.path().join("docx/2/2.txt.docx").exists(),
            "what failed has no docx"
        );
    }

    /// Stops a run after `n` documents as a kill would: nothing is finished or cleaned up.
    fn interrupted(input: &Path, out: &Path, n: usize) {
        let inputs = [Input::Path(input.to_owned())];
        let stopped = std::panic::catch_unwind(|| {
            run(&inputs, out, &options(2), &mut |progress| {
                assert!(progress.done < n, "stop")
            })
        });
        assert!(stopped.is_err());
    }

    #[test]
    fn an_interrupted_run_goes_on_and_ends_in_the_same_bytes() {
        let input = archive(120);
        let out = tempfile::tempdir().unwrap();
        let whole = out.path().join("whole");
        run_into(input.path(), &whole, 2);
        let cut = out.path().join("cut");
        interrupted(input.path(), &cut, 50);
        assert!(!cut.join(RECORDS).exists());
        // Between the two runs one input goes and one temporary file is left behind.
        interrupted(input.path(), &cut, 100);
        fs::write(cut.join(WORK_FOLDER).join("tmp/stray.docx"), b"x").unwrap();
        let last = run_into(input.path(), &cut, 2);
        assert!(last.remembered >= 64, "{}", last.remembered);
        assert!(contents(&whole) == contents(&cut));
    }

    /// What a record says against others is found anew in each run, whether it was taken over or not.
    #[test]
    fn a_series_is_held_together_in_every_run() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("in");
        fs::create_dir(&input).unwrap();
        let issue = |month: u32, own: u32, base: u32| {
            let text = format!(
                "临岚县政务服务局关于2031年{month}月热线办理情况的通报\n\n各乡镇：\n情况见附件。\n\n附件 办理情况表\n乡镇|本月受理|上月受理\n东岭镇|{own}|{base}\n西河乡|95|95\n\n临岚县政务服务局\n2031年{}月3日\n",
                month + 1
            );
            fs::write(input.join(format!("{month}.txt")), text).unwrap();
        };
        issue(3, 108, 90);
        issue(4, 120, 118);
        let told = |out: &Path| {
            let records = fs::read_to_string(out.join(RECORDS)).unwrap();
            records.matches("base-restated").count()
        };
        let out = dir.path().join("out");
        run_into(&input, &out, 2);
        assert_eq!(told(&out), 1);
        let bytes = contents(&out);
        assert_eq!(run_into(&input, &out, 1).remembered, 2);
        assert!(bytes == contents(&out));
        // One of the two is mended: the other, taken over, says nothing any more.
        issue(3, 118, 90);
        assert_eq!(run_into(&input, &out, 1).remembered, 1);
        assert_eq!(told(&out), 0);
    }

    #[test]
    fn everything_is_done_again_on_demand() {
        let input = archive(3);
        let out = tempfile::tempdir().unwrap();
        run_into(input.path(), out.path(), 1);
        let before = contents(out.path());
        let inputs = [Input::Path(input.path().to_owned())];
        let fresh = RunOptions {
            fresh: true,
            ..options(1)
        };
        let summary = run(&inputs, out.path(), &fresh, &mut |_| ()).unwrap();
        assert_eq!(summary.remembered, 0);
        assert!(before == contents(out.path()));
    }

    #[test]
    fn comments_go_into_the_regenerated_documents_on_demand() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("in");
        fs::create_dir(&input).unwrap();
        let head = "关于检查情况的通报\n\n各科室：\n共受理";
        fs::write(input.join("a.txt"), format!("{head}9件，其中：甲类6件、乙类4件。\n")).unwrap();
        fs::write(input.join("b.txt"), format!("{head}10件，其中：甲类6件、乙类4件。\n")).unwrap();
        let inputs = [Input::Path(input)];
        let commented = RunOptions {
            annotate: true,
            ..options(2)
        };
        let (plain, out) = (dir.path().join("plain"), dir.path().join("out"));
        run(&inputs, &plain, &options(1), &mut |_| ()).unwrap();
        run(&inputs, &out, &commented, &mut |_| ()).unwrap();
        let has_comments = |folder: &Path, name: &str| {
            let docx = fs::read(folder.join("docx").join(name)).unwrap();
            let mut package = gouji_read::package::open(&docx, gouji_read::package::Limits::default()).unwrap();
            package.read_named("word/comments.xml").is_some()
        };
        assert!(has_comments(&out, "a.txt.docx") && !has_comments(&plain, "a.txt.docx"));
        // Nothing found, nothing added.
        let same = |name: &str| {
            fs::read(out.join("docx").join(name)).unwrap() == fs::read(plain.join("docx").join(name)).unwrap()
        };
        assert!(same("b.txt.docx") && !same("a.txt.docx"));
        // What was done without comments does not count as done with them.
        assert_eq!(run(&inputs, &plain, &commented, &mut |_| ()).unwrap().remembered, 0);
        assert!(contents(&plain.join("docx")) == contents(&out.join("docx")));
    }

    #[test]
    fn a_source_is_never_overwritten() {
        let input = archive(3);
        let inputs = [Input::Path(input.path().to_owned())];
        let before = contents(input.path());
        let refused = run(&inputs, input.path(), &options(1), &mut |_| ());
        assert!(matches!(refused, Err(RunError::OutputIsInput)));
        assert!(before == contents(input.path()));
        // A folder inside the input is fine, and is not read as input the next time.
        let inside = input.path().join("out");
        assert_eq!(run_into(input.path(), &inside, 1).totals.documents, 3);
        assert_eq!(run_into(input.path(), &inside, 1).totals.documents, 3);
        // What a run has written may be audited, but not into the same place.
        let inputs = [Input::Path(inside.join("docx"))];
        let refused = run(&inputs, &inside, &options(1), &mut |_| ());
        assert!(matches!(refused, Err(RunError::OutputIsInput)));
    }
}
