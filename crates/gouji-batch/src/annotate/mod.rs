//! `gouji annotate`: a copy of each document with a comment on each finding, or a note on its cell.

mod remarks;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use gouji_document::{Format, Span, Text};
use gouji_report::{AuditObject, Lang};
use gouji_write::Writer;
use gouji_write::annotate::{Annotated, Carrier, CellNote, Comment, Proposal, annotate_workbook};

use crate::analyse::{Analysed, analyse_until, guard};
use crate::file::write_file;
use crate::limits::MAX_SECONDS;
use crate::load::Loader;
use crate::name::DocxNames;
use crate::own::note_copies;
use crate::pipeline::ordered_map;
use crate::store::{Hash, hash};
use crate::walk::{ArchivePlace, Input, Listing, Place, list};
use crate::watch::Watch;
use crate::{Cause, Failure, Progress, RunError, Summary};
use remarks::{comments, proposals};

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
    keep_copies_off_sources(inputs, &listing, out, &jobs)?;
    fs::create_dir_all(out).map_err(RunError::output)?;
    let loader = Loader::new(&listing);
    let writer = Writer::new(options.write.clone());
    let watch = Watch::start();
    let work = |(idx, name): &(usize, String)| -> Result<(AuditObject, Annotated, Hash), Undone> {
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
        let written = hash(&annotated.docx);
        let counts = Annotated {
            docx: Vec::new(),
            ..annotated
        };
        Ok((analysed.object, counts, written))
    };
    let mut written = BTreeSet::new();
    ordered_map(
        &jobs,
        options.threads,
        work,
        |(idx, _), result| -> Result<(), RunError> {
            match result {
                Ok((object, counts, hash)) => {
                    written.insert(hash);
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
    note_copies(out, written).map_err(RunError::output)?;
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
fn keep_copies_off_sources(
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
            cell: cell.map(|(sheet, address)| (sheet.to_owned(), address.to_string())),
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
