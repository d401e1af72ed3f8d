//! Proposals as tracked changes: a figure taken out and another put in, for a person to accept or to reject.
//!
//! Only characters of one run that stands in its paragraph itself are changed, and only where no mark of a comment falls between
//! them; whatever else is proposed stays in the comment.

use std::collections::BTreeMap;

use super::AnnotateError;
use super::marks::{Cut, Marks, Seam};
use super::markup::{Step, Tags, attribute};
use super::spots::ElementIdx;

/// A tracked change that is being written.
#[derive(Debug, Clone)]
pub(super) struct Tracked {
    pub(super) id: i64,
    pub(super) run: ElementIdx,
    pub(super) leaf: ElementIdx,
    /// What is put in.
    pub(super) text: String,
}

/// Elements of revisions, and others that share their ids.
const REVISIONS: [&str; 18] = [
    "ins",
    "del",
    "moveFrom",
    "moveTo",
    "moveFromRangeStart",
    "moveToRangeStart",
    "rPrChange",
    "pPrChange",
    "sectPrChange",
    "tblPrChange",
    "tblGridChange",
    "trPrChange",
    "tcPrChange",
    "tblPrExChange",
    "numberingChange",
    "cellIns",
    "cellDel",
    "cellMerge",
];

/// Ids and places of the tracked changes made so far.
pub(super) struct Revisions {
    next: i64,
    /// From the first byte to the last cut.
    taken: BTreeMap<usize, usize>,
}

impl Revisions {
    /// Ids that follow those of `markup`, the part `part`.
    pub(super) fn after(markup: &str, part: &str) -> Result<Self, AnnotateError> {
        let mut highest = 0;
        let mut tags = Tags::new(markup, part);
        loop {
            match tags.next()? {
                Step::Start(start, _) | Step::Empty(start, _) => {
                    if REVISIONS.contains(&(start.local_name().as_ref() as &str))
                        && let Some(id) = attribute(&start, "id").and_then(|id| id.trim().parse::<i32>().ok())
                    {
                        highest = highest.max(i64::from(id));
                    }
                }
                Step::End(_) => {}
                Step::Done => break,
            }
        }
        Ok(Self {
            next: highest + 1,
            taken: BTreeMap::new(),
        })
    }

    /// The change of what lies between two cuts of a text element into `text`, as it begins and as it ends: if no mark and no other
    /// change is in the way, and an id is left.
    pub(super) fn fits(
        &mut self,
        marks: &BTreeMap<usize, (Seam, Marks)>,
        from: Cut,
        to: Cut,
        leaf: (ElementIdx, ElementIdx),
        text: &str,
    ) -> Option<(Tracked, Tracked)> {
        let (run, leaf) = leaf;
        let marked = marks.range(from.0 + 1..to.0).next().is_some();
        let overlaps = self
            .taken
            .range(..to.0)
            .next_back()
            .is_some_and(|(_, end)| *end > from.0);
        let id = self.next;
        if marked || overlaps || id >= i64::from(i32::MAX) {
            return None;
        }
        self.next += 2;
        self.taken.insert(from.0, to.0);
        let change = |id| Tracked {
            id,
            run,
            leaf,
            text: text.to_owned(),
        };
        Some((change(id), change(id + 1)))
    }
}
