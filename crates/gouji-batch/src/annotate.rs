//! `gouji annotate`: a copy of each document with a comment on each finding, or a note on its cell.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use gouji_document::{Format, Span, Text};
use gouji_report::{AuditObject, FindingRecord, Lang, RepairRecord, Severity};
use gouji_write::Writer;
use gouji_write::annotate::{Annotated, Carrier, CellNote, Comment, Proposal, annotate_workbook};

use crate::analyse::{Analysed, analyse_until, guard};
use crate::file::write_file;
use crate::limits::MAX_SECONDS;
use crate::load::Loader;
use crate::name::DocxNames;
use crate::pipeline::ordered_map;
use crate::walk::{ArchivePlace, Input, Listing, Place, list};
use crate::watch::Watch;
use crate::{Cause, Failure, Progress, RunError, Summary};

/// Repairs named in one comment.
const MAX_REPAIRS: usize = 3;
/// Characters of source text quoted in a comment that cannot stand on them.
const MAX_QUOTE: usize = 200;
/// Documents that Word and Excel open under their own endings only.
const OTHER_ENDINGS: [&str; 7] = [".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".xltm"];

/// What annotating may be told.
#[derive(Debug, Clone)]
pub struct AnnotateOptions {
    /// Worker threads.
    pub threads: NonZeroUsize,
    /// Language of the comments.
    pub lang: Lang,
    /// How a document is regenerated.
    pub write: gouji_write::Options,
    /// Propose a tracked change where one change alone would settle a finding.
    pub track: bool,
}

/// What annotating came to.
#[derive(Debug, Default)]
pub struct Annotations {
    /// What was read and found.
    pub summary: Summary,
    /// Comments made.
    pub comments: usize,
    /// Tracked changes proposed.
    pub tracked: usize,
    /// Findings without a comment, since Word would not open a file with more.
    pub left_out: usize,
}

/// Writes a copy of each document of the inputs below `out`, with a comment for each finding.
///
/// A Word document is copied with its layout, and so is a workbook (xlsx), whose cells get notes; of any other format the
/// regenerated standard docx takes the comments.
/// `progress` is called on this thread after each document, in the order of their paths.
///
/// # Errors
/// If the output folder cannot be written, or a copy would take the place of a source. A document that fails is no error:
/// it is in the summary.
pub fn annotate(
    inputs: &[Input],
    out: &Path,
    options: &AnnotateOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<Annotations, RunError> {
    let mut listing = list(inputs, Some(out));
    let mut done = Annotations {
        summary: Summary::new(&mut listing),
        ..Annotations::default()
    };
    let mut names = DocxNames::default();
    let jobs: Vec<(usize, String)> = listing
        .entries
        .iter()
        .enumerate()
        .map(|(idx, entry)| (idx, names.assign(&entry.path)))
        .collect();
    keep_sources_safe(inputs, &listing, out, &jobs)?;
    fs::create_dir_all(out).map_err(RunError::output)?;
    let loader = Loader::new(&listing);
    let writer = Writer::new(options.write.clone());
    let watch = Watch::start();
    let work = |(idx, name): &(usize, String)| -> Result<(AuditObject, Annotated), Undone> {
        let entry = &listing.entries[*idx];
        let bytes = loader.load(entry)?;
        let given = watch.give(MAX_SECONDS);
        let analysed = analyse_until(&entry.path, &bytes, &given.deadline)?;
        drop(given);
        let own = without_docx(name);
        let keep = own.is_some() || analysed.document.format == Format::Docx;
        let (annotated, kept) = guard(|| annotated(&entry.path, &bytes, &analysed, &writer, options, keep))?;
        let name = own.filter(|_| kept).unwrap_or(name);
        let path = out.join(name);
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder).map_err(Undone::Output)?;
        }
        write_file(&path, &annotated.docx).map_err(Undone::Output)?;
        let counts = Annotated {
            docx: Vec::new(),
            ..annotated
        };
        Ok((analysed.object, counts))
    };
    ordered_map(
        &jobs,
        options.threads,
        work,
        |(idx, _), result| -> Result<(), RunError> {
            match result {
                Ok((object, counts)) => {
                    done.summary.add(&object, false);
                    done.comments += counts.made;
                    done.tracked += counts.tracked;
                    done.left_out += counts.left_out;
                }
                Err(Undone::Document(cause)) => done.summary.fail(Failure {
                    path: listing.entries[*idx].path.clone(),
                    cause,
                }),
                Err(Undone::Output(error)) => return Err(RunError::output(error)),
            }
            progress(Progress {
                done: idx + 1,
                total: jobs.len(),
            });
            Ok(())
        },
    )?;
    Ok(done)
}

enum Undone {
    Document(Cause),
    Output(io::Error),
}

impl From<Cause> for Undone {
    fn from(cause: Cause) -> Self {
        Self::Document(cause)
    }
}

/// The name without its last ending, where that hides one that Word or Excel wants.
fn without_docx(name: &str) -> Option<&str> {
    let own = name.strip_suffix(".docx")?;
    let lower = own.to_lowercase();
    OTHER_ENDINGS
        .iter()
        .any(|ending| lower.ends_with(ending))
        .then_some(own)
}

/// No copy may take the place of a source. A folder that is both read and written would be passed over by the listing.
fn keep_sources_safe(
    inputs: &[Input],
    listing: &Listing,
    out: &Path,
    jobs: &[(usize, String)],
) -> Result<(), RunError> {
    let Ok(real_out) = out.canonicalize() else {
        return Ok(());
    };
    let is_out = |input: &Input| match input {
        Input::Path(path) => path.canonicalize().is_ok_and(|real| real == real_out),
        Input::Bytes { .. } => false,
    };
    if inputs.iter().any(is_out) {
        return Err(RunError::OutputIsInput);
    }
    let files = listing.entries.iter().filter_map(|entry| match &entry.place {
        Place::File(path) => Some(path),
        _ => None,
    });
    let archives = listing.archives.iter().filter_map(|place| match place {
        ArchivePlace::File(path) => Some(path),
        ArchivePlace::Inside { .. } => None,
    });
    let sources: BTreeSet<PathBuf> = files
        .chain(archives)
        .filter_map(|path| path.canonicalize().ok())
        .collect();
    for (_, name) in jobs {
        for name in [Some(name.as_str()), without_docx(name)].into_iter().flatten() {
            if out.join(name).canonicalize().is_ok_and(|real| sources.contains(&real)) {
                return Err(RunError::OutputIsInput);
            }
        }
    }
    Ok(())
}

/// The copy of one document, and whether it is one in the format of its source, which it may be if `keep`. A pure function of
/// its arguments.
fn annotated(
    path: &str,
    bytes: &[u8],
    analysed: &Analysed,
    writer: &Writer,
    options: &AnnotateOptions,
    keep: bool,
) -> Result<(Annotated, bool), Cause> {
    let proposals = if options.track { proposals(analysed) } else { Vec::new() };

    let name = path.rsplit('/').next().unwrap_or(path);
    if analysed.document.format == Format::Docx
        && let Some(anchors) = gouji_read::docx_anchors(name, bytes)?
    {
        let text = &analysed.document.text;
        let comments = comments(analysed, options.lang);
        return gouji_write::annotate::annotate(bytes, text, &anchors, title(analysed), &comments, &proposals)
            .map(|annotated| (annotated, true))
            .map_err(Cause::Annotate);
    }
    if keep
        && analysed.document.format == Format::Xlsx
        && let Some(annotated) = annotate_workbook(bytes, &notes(analysed, options.lang)).map_err(Cause::Annotate)?
    {
        return Ok((annotated, true));
    }
    let docx = writer.write(&analysed.circular).map_err(Cause::Compose)?;
    annotate_regenerated(&docx, analysed, writer, options.lang, proposals).map(|annotated| (annotated, false))
}

/// The findings as notes on the cells of a workbook, in their order.
fn notes(analysed: &Analysed, lang: Lang) -> Vec<CellNote> {
    let comments = comments(analysed, lang);
    let note = |comment: Comment| {
        let cell = analysed.document.cell_at(comment.at);
        let mut lines = comment.lines;
        if cell.is_none() && !comment.place.is_empty() {
            lines.push(comment.place);
        }
        CellNote {
            cell: cell.map(|(sheet, address)| (sheet.to_owned(), address.to_owned())),
            lines,
        }
    };
    comments.into_iter().map(note).collect()
}

fn title(analysed: &Analysed) -> Option<Span> {
    analysed.circular.title.as_ref().and_then(Text::span)
}

/// `docx`, which `writer` made of a document, with a comment for each of its findings.
pub(crate) fn annotate_regenerated(
    docx: &[u8],
    analysed: &Analysed,
    writer: &Writer,
    lang: Lang,
    mut proposals: Vec<Proposal>,
) -> Result<Annotated, Cause> {
    let mut comments = comments(analysed, lang);
    if comments.is_empty() {
        return Ok(Annotated {
            docx: docx.to_vec(),
            made: 0,
            tracked: 0,
            left_out: 0,
        });
    }
    let copy = gouji_read::read("regenerated.docx", docx)?.value;
    let read = gouji_circular::parse(&copy);
    let (written, _) = writer.normalise(&analysed.circular);
    let carrier = Carrier::new(&analysed.circular, &written, &read);
    // Beyond the text there is nothing to stand on: the comment goes to the title.
    let nowhere = Span::new(copy.text.len() + 1, copy.text.len() + 1);
    for comment in &mut comments {
        comment.at = carrier.carry(comment.at).unwrap_or(nowhere);
    }
    proposals.retain_mut(|proposal| match carrier.carry(proposal.at) {
        Some(at) => {
            proposal.at = at;
            true
        }
        None => false,
    });
    let title = title(analysed).and_then(|title| carrier.carry(title));
    let anchors = gouji_read::docx_anchors("regenerated.docx", docx)?.ok_or(gouji_read::ReadError::Empty)?;
    gouji_write::annotate::annotate(docx, &copy.text, &anchors, title, &comments, &proposals).map_err(Cause::Annotate)
}

/// What would settle a finding by itself, where nothing else would: the only repair that there is. Each place once.
fn proposals(analysed: &Analysed) -> Vec<Proposal> {
    let repairs: Vec<&RepairRecord> = analysed
        .object
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note)
        .filter_map(|finding| match finding.repairs.as_slice() {
            [only] => Some(only),
            _ => None,
        })
        .collect();
    let spans = byte_spans(&analysed.document.text, repairs.iter().map(|r| r.span));
    // Findings that want different figures at one place settle nothing.
    let mut wanted: BTreeMap<Span, BTreeSet<&str>> = BTreeMap::new();
    for (repair, at) in repairs.iter().zip(&spans) {
        wanted.entry(*at).or_default().insert(&repair.to);
    }
    let mut out: Vec<Proposal> = Vec::new();
    for (repair, at) in repairs.iter().zip(spans) {
        if wanted.remove(&at).is_some_and(|figures| figures.len() == 1) {
            out.push(Proposal {
                at,
                from: repair.from.clone(),
                to: repair.to.clone(),
            });
        }
    }
    out
}

/// The findings as comments on the text of the source, in their order.
fn comments(analysed: &Analysed, lang: Lang) -> Vec<Comment> {
    let findings = &analysed.object.findings;
    let spans = byte_spans(&analysed.document.text, findings.iter().map(|f| f.span));
    findings
        .iter()
        .zip(spans)
        .map(|(finding, at)| Comment {
            at,
            lines: lines(finding, lang),
            place: place(finding, lang),
        })
        .collect()
}

/// What is said of a finding: the matter, the sum, the repairs.
fn lines(finding: &FindingRecord, lang: Lang) -> Vec<String> {
    let (severity, message, rule) = (finding.severity.word(lang), finding.message_in(lang), &finding.rule);
    let mut lines = vec![match lang {
        Lang::Zh => format!("【{severity}】{message}（{rule}）"),
        Lang::En => format!("[{severity}] {message} ({rule})"),
    }];
    let colon = lang.pick("：", ": ");
    if !finding.working.is_empty() {
        lines.push(format!("{}{colon}{}", lang.pick("演算", "Working"), finding.working));
    }
    for repair in finding.repairs.iter().take(MAX_REPAIRS) {
        lines.push(format!(
            "{}{colon}{}",
            lang.pick("或可", "Perhaps"),
            repair.describe(lang)
        ));
    }
    lines
}

/// Where a finding stands in its source, in words.
fn place(finding: &FindingRecord, lang: Lang) -> String {
    let place = finding.position.describe(lang);
    let mut quote: String = finding.quote.chars().take(MAX_QUOTE).collect();
    if quote.len() < finding.quote.len() {
        quote.push('…');
    }
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let (place_is, source_is) = match lang {
        Lang::Zh => (format!("位置：{place}"), format!("原文：“{quote}”")),
        Lang::En => (format!("Place: {place}"), format!("Source: “{quote}”")),
    };
    let parts = [(place, place_is), (quote, source_is)];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(of, _)| !of.is_empty())
        .map(|(_, said)| said)
        .collect();
    parts.join(lang.pick("；", "; "))
}

/// Spans that count characters, in bytes of `text`.
fn byte_spans(text: &str, spans: impl Iterator<Item = [usize; 2]>) -> Vec<Span> {
    let spans: Vec<[usize; 2]> = spans.collect();
    let mut wanted: Vec<usize> = spans.iter().copied().flatten().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut bytes = Vec::with_capacity(wanted.len());
    let mut starts = text.char_indices().map(|(at, _)| at).enumerate();
    let mut here = starts.next();
    for &character in &wanted {
        while here.is_some_and(|(nth, _)| nth < character) {
            here = starts.next();
        }
        bytes.push(here.map_or(text.len(), |(_, at)| at));
    }
    let byte = |character: usize| wanted.binary_search(&character).map_or(text.len(), |at| bytes[at]);
    spans
        .iter()
        .map(|[start, end]| {
            let (start, end) = (byte(*start), byte(*end));
            Span::new(start, end.max(start))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analyse;

    const TEXT: &str = "关于2031年第一季度受理情况的通报\n\n各科室：\n全季共受理62件，其中：甲类31件，乙类30件。\n\
        一、总体情况\n各科室均已办结。\n\n云栖区办公室\n2031年4月2日\n";

    fn options(threads: usize, lang: Lang) -> AnnotateOptions {
        AnnotateOptions {
            threads: NonZeroUsize::new(threads).unwrap(),
            lang,
            write: gouji_write::Options::default(),
            track: false,
        }
    }

    fn standard_docx() -> Vec<u8> {
        let analysed = analyse("a.txt", TEXT.as_bytes()).unwrap();
        gouji_write::write(&analysed.circular, &gouji_write::Options::default()).unwrap()
    }

    fn into(inputs: &[&Path], out: &Path, options: &AnnotateOptions) -> Result<Annotations, RunError> {
        let inputs: Vec<Input> = inputs.iter().map(|path| Input::Path(path.to_path_buf())).collect();
        annotate(&inputs, out, options, &mut |_| ())
    }

    fn contents(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
        walkdir::WalkDir::new(root)
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                (
                    entry.path().strip_prefix(root).unwrap().to_owned(),
                    fs::read(entry.path()).unwrap(),
                )
            })
            .collect()
    }

    fn part(docx: &[u8], name: &str) -> String {
        let mut package = gouji_read::package::open(docx, gouji_read::package::Limits::default()).unwrap();
        String::from_utf8(package.read_named(name).unwrap().unwrap()).unwrap()
    }

    /// What stands between the marks of the first comment, as text.
    fn marked(docx: &[u8]) -> String {
        let main = part(docx, "word/document.xml");
        let (_, rest) = main.split_once("<w:commentRangeStart").unwrap();
        let (inside, _) = rest.split_once("<w:commentRangeEnd").unwrap();
        let texts = inside
            .split("<w:t")
            .skip(1)
            .filter_map(|t| t.split_once('>')?.1.split_once("</w:t>"));
        texts.map(|(text, _)| text).collect()
    }

    #[test]
    fn a_docx_is_copied_and_a_text_is_regenerated_under_its_name() {
        let dir = tempfile::tempdir().unwrap();
        let input = dir.path().join("in");
        fs::create_dir_all(input.join("a")).unwrap();
        fs::write(input.join("a/b.docx"), standard_docx()).unwrap();
        fs::write(input.join("a/b.txt"), TEXT).unwrap();
        fs::write(input.join("broken.docx"), b"PK\x03\x04").unwrap();
        let before = contents(&input);
        let out = dir.path().join("out");
        let done = into(&[&input], &out, &options(2, Lang::Zh)).unwrap();
        assert_eq!(
            (
                done.summary.totals.documents,
                done.summary.failures.len(),
                done.left_out
            ),
            (2, 1, 0)
        );
        let found: usize = done.summary.totals.findings.values().sum();
        assert!(
            found >= 2 && done.comments == found,
            "{found} findings, {} comments",
            done.comments
        );
        assert!(contents(&input) == before, "sources stay as they are");
        let made = contents(&out);
        assert_eq!(
            made.keys().collect::<Vec<_>>(),
            [Path::new("a/b.docx"), Path::new("a/b.txt.docx")]
        );
        for docx in made.values() {
            let comments = part(docx, "word/comments.xml");
            assert!(comments.contains("【必错】") && comments.contains("演算：") && comments.contains("（sum-parts）"));
            assert_eq!(marked(docx), "62件");
        }
        let again = dir.path().join("again");
        into(&[&input], &again, &options(1, Lang::Zh)).unwrap();
        assert!(contents(&again) == made, "any number of threads gives the same bytes");
        into(&[&input], &out, &options(1, Lang::En)).unwrap();
        assert!(part(&contents(&out)[Path::new("a/b.docx")], "word/comments.xml").contains("[error]"));
    }

    #[test]
    fn a_workbook_keeps_its_ending_and_gets_notes_on_its_cells() {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("out");
        let done = into(&[&samples.join("column-total-wrong.xlsx")], &out, &options(1, Lang::Zh)).unwrap();
        let made = contents(&out);
        assert_eq!(made.keys().collect::<Vec<_>>(), [Path::new("column-total-wrong.xlsx")]);
        let notes = part(&made[Path::new("column-total-wrong.xlsx")], "xl/comments.xml");
        assert!(done.comments >= 2 && notes.contains("<comment ref=\"E8\""), "{notes}");
        assert!(
            notes.contains("【必错】") && notes.contains("（table-total）"),
            "{notes}"
        );
        let refused = into(&[&out], &out, &options(1, Lang::Zh));
        assert!(matches!(refused, Err(RunError::OutputIsInput)));
    }

    #[test]
    fn a_source_is_never_overwritten() {
        let dir = tempfile::tempdir().unwrap();
        let source = dir.path().join("b.docx");
        fs::write(&source, standard_docx()).unwrap();
        let before = contents(dir.path());
        let refused = into(&[&source], dir.path(), &options(1, Lang::Zh));
        assert!(matches!(refused, Err(RunError::OutputIsInput)));
        assert!(contents(dir.path()) == before);
        // Another name in the same folder is fine.
        let text = dir.path().join("c.txt");
        fs::write(&text, TEXT).unwrap();
        into(&[&text], dir.path(), &options(1, Lang::Zh)).unwrap();
        assert!(dir.path().join("c.txt.docx").exists());
    }

    #[test]
    fn documents_with_macros_keep_their_ending() {
        assert_eq!(without_docx("a/b.docm.docx"), Some("a/b.docm"));
        assert_eq!(without_docx("a/b.DOTX.docx"), Some("a/b.DOTX"));
        assert_eq!(without_docx("a/b.xlsx.docx"), Some("a/b.xlsx"));
        assert_eq!(without_docx("a/b.txt.docx"), None);
        assert_eq!(without_docx("a/b.docx"), None);
    }

    #[test]
    fn every_sample_gets_a_comment_for_each_finding_and_stays_as_it_was() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../samples");
        let (mut read, mut made, mut tracked) = (0, 0, 0);
        let writer = Writer::default();
        let track = AnnotateOptions {
            track: true,
            ..options(1, Lang::Zh)
        };
        for (name, bytes) in contents(&folder) {
            let path = name.to_string_lossy().into_owned();
            let Ok(before) = analyse(&path, &bytes) else { continue };
            let is_docx = before.document.format == Format::Docx;
            let (done, kept) = annotated(&path, &bytes, &before, &writer, &options(1, Lang::Zh), true).unwrap();
            let is_xlsx = path.ends_with(".xlsx") || path.ends_with(".xlsm");
            assert_eq!(kept, is_docx || is_xlsx, "{path}");
            assert_eq!((done.made, done.left_out), (before.object.findings.len(), 0), "{path}");
            read += 1;
            made += done.made;
            if kept && !is_docx {
                let after = gouji_read::read(&path, &done.docx).unwrap().value;
                assert!(after == before.document, "{path}");
                continue;
            }
            if done.made > 0 {
                let comments = comments_of(&done.docx);
                assert_eq!(comments.matches(":comment ").count(), done.made, "{path}");
            }
            // Proposals take nothing from the comments.
            let (proposed, _) = annotated(&path, &bytes, &before, &writer, &track, true).unwrap();
            assert_eq!(proposed.made, done.made, "{path}");
            assert!(proposed.tracked <= proposals(&before).len(), "{path}");
            tracked += proposed.tracked;
            if is_docx {
                let after = gouji_read::read(&path, &done.docx).unwrap().value;
                assert!(after == before.document, "{path}");
                same_entries(&bytes, &done.docx);
            }
        }
        assert!(
            read > 30 && made > 30 && tracked > 5,
            "{read} samples, {made} comments, {tracked} changes"
        );
    }

    /// All entries but those that comments need are the same, also as they are packed.
    fn same_entries(before: &[u8], after: &[u8]) {
        let open = |bytes| zip::ZipArchive::new(io::Cursor::new(bytes)).unwrap();
        let (mut before, mut after) = (open(before), open(after));
        let raw = |archive: &mut zip::ZipArchive<io::Cursor<&[u8]>>, at: usize| {
            let mut entry = archive.by_index_raw(at).unwrap();
            let mut bytes = Vec::new();
            io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (entry.name_raw().to_vec(), entry.crc32(), bytes)
        };
        // The text, its relationships, and the list of types; whatever the first two are called.
        let mut touched = Vec::new();
        for at in 0..before.len() {
            let (old, new) = (raw(&mut before, at), raw(&mut after, at));
            assert_eq!(old.0, new.0, "the order of entries");
            if old != new {
                touched.push(String::from_utf8(old.0).unwrap());
            }
        }
        let of = |end: &str| touched.iter().filter(|name| name.ends_with(end)).count();
        assert!(
            touched.is_empty() || touched.len() <= 3 && of("[Content_Types].xml") == 1 && of(".rels") == 1,
            "{touched:?}"
        );
    }

    /// The part with the comments, wherever the main part stands.
    fn comments_of(docx: &[u8]) -> String {
        let mut archive = zip::ZipArchive::new(io::Cursor::new(docx)).unwrap();
        let name = (0..archive.len())
            .map(|at| archive.by_index_raw(at).unwrap().name().unwrap().into_owned())
            .find(|name| name.ends_with("comments.xml"))
            .unwrap();
        part(docx, &name)
    }

    #[test]
    fn characters_become_bytes() {
        let analysed = analyse("a.txt", TEXT.as_bytes()).unwrap();
        let comments = comments(&analysed, Lang::Zh);
        assert!(
            comments.iter().any(|c| analysed.document.quote(c.at) == "62件"),
            "{comments:?}"
        );
        let mut far = analysed.object.findings[0].clone();
        far.span = [9000, 3];
        assert_eq!(byte_spans("甲乙", [far.span].into_iter()), [Span::new(6, 6)]);
    }

    #[test]
    fn a_change_is_proposed_only_where_it_is_the_only_one() {
        let proposed = |text: &str| proposals(&analyse("a.txt", text.as_bytes()).unwrap());
        let rate = "关于一项工作的通报\n\n共检查单位8个，其中甲局、乙局、丙局等3个单位较好。\n下列单位未报送：甲局、乙局、丙局，共4个单位。\n";
        let only = proposed(rate);
        assert!(
            only.iter().all(|p| p.from == "4个" && p.to == "3个") && only.len() <= 1,
            "{only:?}"
        );
        // Any of the three figures could be wrong.
        assert_eq!(proposed(TEXT), []);
    }
}
