//! Findings as Word comments in a copy of a docx.
//!
//! Only what comments need is changed: marks in the main part, the comments part, its relationship and its content
//! type; every other entry of the package is copied as it is packed, and the text read from the copy is the same. Comments
//! that stand there already stay, and new ids follow theirs.
//!
//! A comment goes around its figure; the run that holds it is split, each piece with the formatting of the whole. It falls
//! back to the whole run (or what stands for one: a formula, a locked content control, a drawing), then to the paragraph. Word
//! ignores comments in text boxes, notes, headers and footers ([MS-OI29500] 2.1.315), so those on a text box go around the
//! drawing that holds it, those on a note around its reference, and what has no place at all goes to the title. The
//! comment then names the place in words.
//!
//! The way from text to markup is the reader's own ([`Anchors`]): nothing is searched for, so a comment cannot end up at
//! another paragraph that happens to read the same. Before a run is split, its characters are compared with the text.
//!
//! [MS-OI29500]: https://learn.microsoft.com/en-us/openspecs/office_standards/ms-oi29500/

mod carry;
mod characters;
mod marks;
mod markup;
mod package;
mod part;
mod spots;
mod track;
mod workbook;

#[cfg(test)]
mod tests;

use gouji_document::{Anchors, Span};

pub use carry::Carrier;
use markup::Root;
use package::Source;
pub use workbook::{CellNote, annotate_workbook};

/// What a docx can hold: Word opens no file with more comment ranges ([MS-OI29500] 2.1.315).
///
/// [MS-OI29500]: https://learn.microsoft.com/en-us/openspecs/office_standards/ms-oi29500/
pub const MAX_COMMENTS: usize = 32_767;

/// A comment to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// The characters it is on, in the text of the document.
    pub at: Span,
    /// Its paragraphs.
    pub lines: Vec<String>,
    /// Where the matter stands, in words; a last paragraph where the comment cannot stand on its characters.
    pub place: String,
}

/// A change to be proposed: one figure for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The characters to change, in the text of the document.
    pub at: Span,
    /// What stands there; nothing is proposed where something else does.
    pub from: String,
    /// What should.
    pub to: String,
}

/// A copy with comments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotated {
    /// The docx, or the workbook.
    pub docx: Vec<u8>,
    /// Comments made.
    pub made: usize,
    /// Proposals that stand in it as tracked changes.
    pub tracked: usize,
    /// Comments left out since Word would not open a file with more.
    pub left_out: usize,
}

/// Why a docx could not be annotated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnnotateError {
    /// The package could not be read or put together.
    #[error("the package cannot be copied")]
    Package(#[source] zip::result::ZipError),
    /// A part could not be read or written.
    #[error("part `{part}` cannot be copied")]
    Io {
        /// The part.
        part: String,
        /// What went wrong.
        #[source]
        source: std::io::Error,
    },
    /// A part that comments need is no UTF-8 text, or too large.
    #[error("part `{part}` is not text that can be edited")]
    NotText {
        /// The part.
        part: String,
    },
    /// A part that comments need is damaged.
    #[error("part `{part}` is malformed XML at byte {offset}")]
    Malformed {
        /// The part.
        part: String,
        /// Byte offset in the decoded part.
        offset: usize,
    },
    /// The main part has no paragraph that a comment could be on.
    #[error("the document has no paragraph for a comment")]
    NoParagraph,
}

/// Copies `docx` with a comment for each of `comments`, in their order, and a tracked change for each of `proposals` that can have one.
///
/// A tracked change takes a figure out and puts another in, as a proposal: rejected, the text is the same again.
///
/// `text` is the text of the document, in which spans count; `anchors` says where it stands in the markup. Comments without
/// a place of their own go to `title`, or to the first paragraph.
///
/// # Errors
/// [`AnnotateError`] if the package is damaged where comments must be put in.
pub fn annotate(
    docx: &[u8],
    text: &str,
    anchors: &Anchors,
    title: Option<Span>,
    comments: &[Comment],
    proposals: &[Proposal],
) -> Result<Annotated, AnnotateError> {
    if comments.is_empty() && proposals.is_empty() {
        return Ok(Annotated {
            docx: docx.to_vec(),
            made: 0,
            tracked: 0,
            left_out: 0,
        });
    }
    let mut source = Source::open(docx)?;
    let root = Root::of(&anchors.markup, &anchors.part)?;
    let relations = part::Relations::read(&mut source, &anchors.part, root.is_strict())?;
    let existing = source.text_if_any(&relations.comments)?;
    let ids = part::Ids::read(existing.as_deref(), &relations.comments, &anchors.markup)?;
    let made = comments.len().min(MAX_COMMENTS.saturating_sub(ids.taken()));
    let (comments, left_out) = comments.split_at(made);
    let ids = ids.next(made);

    let passages = comments.iter().map(|c| c.at);
    let passages = passages.chain(title).chain(proposals.iter().map(|p| p.at));
    let spots = spots::find(anchors, passages)?;
    let marked = marks::mark(text, anchors, title, comments, proposals, &ids, &spots, &root)?;
    source.replace(&anchors.part, markup::in_utf_8(marked.markup));
    source.replace(
        &relations.comments,
        part::comments(
            existing.as_deref(),
            &relations.comments,
            &root,
            comments,
            &ids,
            &marked.exact,
        )?,
    );
    if let Some(changed) = relations.changed {
        source.replace(&relations.part, changed);
    }
    if existing.is_none()
        && let Some(types) = source.text_if_any(part::TYPES)?
        && let Some(changed) = part::typed(&types, &relations.comments)?
    {
        source.replace(part::TYPES, changed);
    }
    Ok(Annotated {
        docx: source.write()?,
        made,
        tracked: marked.tracked,
        left_out: left_out.len(),
    })
}
