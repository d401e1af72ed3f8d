//! The marks of comments in the main part: where a range begins, where it ends, and the run that refers to the comment.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use gouji_document::{Anchor, AnchorPlace, Anchors, Span};

use super::characters::{self, Characters};
use super::markup::Root;
use super::part::AUTHOR;
use super::spots::{ENDS, ElementIdx, Spot, Spots, Unit};
use super::track::{Revisions, Tracked};
use super::{AnnotateError, Comment, Proposal};
use crate::xml::Xml;

/// Bytes of a run's tag and formatting beyond which it is not split, for each piece repeats them. Word writes some
/// hundred.
const MAX_REPEATED: usize = 2048;

/// The main part with marks.
pub(super) struct Marked {
    pub(super) markup: String,
    /// For each comment, whether its range is just its characters.
    pub(super) exact: Vec<bool>,
    /// Proposals that stand in it as tracked changes.
    pub(super) tracked: usize,
}

/// How the markup is cut where marks stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seam {
    /// Between runs: nothing is cut.
    Between,
    /// Inside this run, between its elements.
    InRun(ElementIdx),
    /// Inside this text element of this run.
    InText(ElementIdx, ElementIdx),
    /// In this paragraph, written `<w:p/>`.
    InEmpty(ElementIdx),
}

/// A place for marks: a byte of the markup and the cut there.
pub(super) type Cut = (usize, Seam);

/// The marks at one cut, as indices of comments.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// The tracked change that ends here.
    pub(super) closes: Option<Tracked>,
    /// Whole comments on nothing.
    points: Vec<usize>,
    ends: Vec<usize>,
    references: Vec<usize>,
    starts: Vec<usize>,
    /// The tracked change that begins here.
    pub(super) opens: Option<Tracked>,
}

/// A side of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// One end of a comment's range.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bound {
    pub(super) spot: Spot,
    /// The piece of text it lies in.
    anchor: Anchor,
    /// Bytes into that piece.
    offset: usize,
    side: Side,
}

/// Sets marks for `comments`, which have the ids `ids`, and changes for `proposals`.
#[allow(clippy::too_many_arguments, reason = "what a copy is made of; each is used once")]
pub(super) fn mark(
    text: &str,
    anchors: &Anchors,
    title: Option<Span>,
    comments: &[Comment],
    proposals: &[Proposal],
    ids: &[i64],
    spots: &Spots,
    root: &Root,
) -> Result<Marked, AnnotateError> {
    let first = spots.first.ok_or(AnnotateError::NoParagraph)?;
    let bounds: Vec<Option<(Bound, Bound)>> = comments.iter().map(|c| bounds(anchors, spots, c.at)).collect();
    let fallback = title.and_then(|title| self::bounds(anchors, spots, title));
    let proposed: Vec<Option<(Bound, Bound)>> = proposals.iter().map(|p| self::bounds(anchors, spots, p.at)).collect();
    let all = bounds
        .iter()
        .chain([&fallback])
        .chain(&proposed)
        .flatten()
        .flat_map(|(a, b)| [*a, *b]);
    let scribe = Scribe {
        markup: &anchors.markup,
        spots,
        texts: texts(text, &anchors.markup, spots, all),
    };
    let mut marks: BTreeMap<usize, (Seam, Marks)> = BTreeMap::new();
    let mut put =
        |(at, seam): Cut, add: &dyn Fn(&mut Marks)| add(&mut marks.entry(at).or_insert((seam, Marks::default())).1);
    let mut exact = Vec::with_capacity(comments.len());
    for (nth, own) in bounds.iter().enumerate() {
        let (from, to, refer, is_exact) = match own.as_ref().or(fallback.as_ref()) {
            Some((start, end)) => {
                let (from, to, refer, is_exact) = scribe.range(start, end);
                (from, to, refer, is_exact && own.is_some())
            }
            None => {
                let (from, to) = (scribe.paragraph(first, Side::Start), scribe.paragraph(first, Side::End));
                (from, to, to, false)
            }
        };
        exact.push(is_exact);
        if from.0 == to.0 && from.0 == refer.0 {
            put(from, &|m| m.points.push(nth));
        } else {
            put(from, &|m| m.starts.push(nth));
            put(to, &|m| m.ends.push(nth));
            put(refer, &|m| m.references.push(nth));
        }
    }
    let mut tracked = 0;
    let mut revisions = Revisions::after(&anchors.markup, &anchors.part)?;
    for (proposal, bounds) in proposals.iter().zip(&proposed) {
        if text.get(proposal.at.range()) == Some(proposal.from.as_str())
            && let Some((start, end)) = bounds
            && let Some((from, to, leaf)) = scribe.whole(start, end)
            && let Some(change) = revisions.fits(&marks, from, to, leaf, &proposal.to)
        {
            tracked += 1;
            let (opens, closes) = change;
            marks.entry(from.0).or_insert((from.1, Marks::default())).1.opens = Some(opens);
            marks.entry(to.0).or_insert((to.1, Marks::default())).1.closes = Some(closes);
        }
    }
    Ok(Marked {
        markup: scribe.write(&marks, ids, root),
        exact,
        tracked,
    })
}

/// The first and last place of a passage where marks may stand, both in one paragraph.
fn bounds(anchors: &Anchors, spots: &Spots, at: Span) -> Option<(Bound, Bound)> {
    let found = anchors.of(at);
    let bound = |anchor: &Anchor, side| {
        let place = match side {
            Side::Start => at.start.max(anchor.span.start),
            Side::End => at.end.min(anchor.span.end),
        };
        Some(Bound {
            spot: *spots.of(anchor)?,
            anchor: *anchor,
            offset: place - anchor.span.start,
            side,
        })
    };
    let start = found.iter().take(ENDS).find_map(|a| bound(a, Side::Start))?;
    let end = found
        .iter()
        .rev()
        .take(ENDS)
        .filter_map(|a| bound(a, Side::End))
        .find(|end| end.spot.paragraph == start.spot.paragraph)
        // The passage goes on in other paragraphs; the piece that it begins in is enough.
        .unwrap_or(Bound {
            offset: at.end.min(start.anchor.span.end) - start.anchor.span.start,
            side: Side::End,
            ..start
        });
    Some((start, end))
}

/// For each text element that a bound lies in, its characters and where the bounds are among them, if it may be cut.
fn texts(
    text: &str,
    markup: &str,
    spots: &Spots,
    bounds: impl Iterator<Item = Bound>,
) -> BTreeMap<ElementIdx, (Vec<usize>, Characters)> {
    let mut wanted: BTreeMap<ElementIdx, (Span, Vec<usize>)> = BTreeMap::new();
    for bound in bounds {
        if let (
            Some(Unit {
                element,
                leaf: Some(leaf),
                ..
            }),
            AnchorPlace::Element(_),
        ) = (bound.spot.unit, bound.anchor.place)
            && may_split(markup, spots, element)
        {
            let (_, offsets) = wanted.entry(leaf).or_insert((bound.anchor.span, Vec::new()));
            offsets.push(bound.offset);
        }
    }
    let mut out = BTreeMap::new();
    for (leaf, (span, mut offsets)) in wanted {
        offsets.sort_unstable();
        offsets.dedup();
        let element = &spots.elements[leaf];
        let tag = &markup[element.whole.start..element.content.start];
        if !element.is_empty
            && let Some(read) = text.get(span.range())
            && let Some(found) = characters::locate(markup, element.content, keeps_blanks(tag), read, &offsets)
        {
            out.insert(leaf, (offsets, found));
        }
    }
    out
}

/// Whether a start tag says `xml:space="preserve"`.
fn keeps_blanks(tag: &str) -> bool {
    tag.split_once("space")
        .map(|(_, rest)| rest.trim_start_matches([' ', '=', '"', '\'']))
        .is_some_and(|value| value.starts_with("preserve"))
}

/// Whether a run may be split: its formatting is short, and no tracked change of it would then stand twice.
fn may_split(markup: &str, spots: &Spots, run: ElementIdx) -> bool {
    let run = &spots.elements[run];
    let tag = run.content.start - run.whole.start;
    tag + run.properties.len() <= MAX_REPEATED && !markup[run.properties.range()].contains("rPrChange")
}

struct Scribe<'a> {
    markup: &'a str,
    spots: &'a Spots,
    texts: BTreeMap<ElementIdx, (Vec<usize>, Characters)>,
}

impl Scribe<'_> {
    /// Where the range between two bounds begins and ends, where its reference stands, and whether it is no wider than asked.
    fn range(&self, start: &Bound, end: &Bound) -> (Cut, Cut, Cut, bool) {
        let (from, start_is_exact) = self.cut(start);
        let (mut to, mut end_is_exact) = self.cut(end);
        let mut last = end;
        let turned;
        if to.0 < from.0 {
            // A text box may stand before characters that are read before it.
            turned = Bound {
                offset: start.anchor.span.len(),
                side: Side::End,
                ..*start
            };
            (to, end_is_exact) = (self.cut(&turned).0, false);
            last = &turned;
        }
        let refer = match last.spot.unit {
            // Whoever rejects an insertion or takes a link away should not lose the comment.
            Some(unit) if unit.top != unit.element => (self.spots.elements[unit.top].whole.end, Seam::Between),
            _ => to,
        };
        (from, to, refer, start_is_exact && end_is_exact)
    }

    /// The cuts around characters of one text element of a run that stands in the paragraph itself: what a tracked change can take
    /// out and put in.
    fn whole(&self, start: &Bound, end: &Bound) -> Option<(Cut, Cut, (ElementIdx, ElementIdx))> {
        let (unit, last) = (start.spot.unit?, end.spot.unit?);
        let leaf = unit.leaf?;
        let same = unit.element == last.element && last.leaf == Some(leaf) && unit.top == unit.element;
        let ((from, starts), (to, ends)) = (self.cut(start), self.cut(end));
        (same && starts && ends && self.texts.contains_key(&leaf) && from.0 < to.0).then_some((
            from,
            to,
            (unit.element, leaf),
        ))
    }

    /// The cut for a bound, and whether it is just there.
    fn cut(&self, bound: &Bound) -> (Cut, bool) {
        let Some(unit) = bound.spot.unit else {
            return (self.paragraph(bound.spot.paragraph, bound.side), false);
        };
        let run = &self.spots.elements[unit.element];
        let around = match bound.side {
            Side::Start => (run.whole.start, Seam::Between),
            Side::End => (run.whole.end, Seam::Between),
        };
        let Some(leaf) = unit.leaf else {
            return (around, false);
        };
        if let Some((offsets, found)) = self.texts.get(&leaf)
            && let Ok(nth) = offsets.binary_search(&bound.offset)
        {
            let at = found.at[nth];
            let cut = if at == found.shown.start {
                self.beside(unit.element, leaf, Side::Start)
            } else if at == found.shown.end {
                self.beside(unit.element, leaf, Side::End)
            } else {
                (at, Seam::InText(unit.element, leaf))
            };
            return (cut, true);
        }
        // A tab, a break or a symbol is one piece.
        let at_edge = match bound.side {
            Side::Start => bound.offset == 0,
            Side::End => bound.offset == bound.anchor.span.len(),
        };
        if at_edge && self.spots.elements[leaf].is_empty && may_split(self.markup, self.spots, unit.element) {
            return (self.beside(unit.element, leaf, bound.side), true);
        }
        (around, false)
    }

    /// The cut beside an element of a run: outside the run where nothing else is on that side.
    fn beside(&self, run: ElementIdx, leaf: ElementIdx, side: Side) -> Cut {
        let (element, whole) = (&self.spots.elements[run], self.spots.elements[leaf].whole);
        let is_blank = |from: usize, to: usize| self.markup[from..to].chars().all(char::is_whitespace);
        match side {
            Side::Start if is_blank(element.inside().min(whole.start), whole.start) => {
                (element.whole.start, Seam::Between)
            }
            Side::Start => (whole.start, Seam::InRun(run)),
            Side::End if is_blank(whole.end, element.content.end) => (element.whole.end, Seam::Between),
            Side::End => (whole.end, Seam::InRun(run)),
        }
    }

    /// The cut at the begin or end of a paragraph.
    fn paragraph(&self, paragraph: ElementIdx, side: Side) -> Cut {
        let element = &self.spots.elements[paragraph];
        match side {
            _ if element.is_empty => (element.content.start, Seam::InEmpty(paragraph)),
            Side::Start => (element.inside(), Seam::Between),
            Side::End => (element.content.end, Seam::Between),
        }
    }

    /// The markup with everything put in.
    fn write(&self, marks: &BTreeMap<usize, (Seam, Marks)>, ids: &[i64], root: &Root) -> String {
        let (prefix, declaration) = root.word();
        let names = Names {
            prefix,
            declaration: &declaration,
        };
        let mut edits: Vec<(Span, String)> = Vec::with_capacity(marks.len());
        // Text elements of which only pieces are left, or whose text is taken out.
        let mut pieces: BTreeMap<ElementIdx, Piece> = BTreeMap::new();
        for (&at, (seam, marks)) in marks {
            let mut out = String::new();
            let mut replaced = Span::new(at, at);
            let (opens, closes) = (marks.opens.as_ref(), marks.closes.as_ref());
            let open = |out: &mut String| {
                if let Some(change) = opens {
                    names.deletion(out, change);
                }
            };
            let close = |out: &mut String| {
                if let Some(change) = closes {
                    names.insertion(out, change, |out| {
                        self.reopen(out, change.run);
                        out.push_str(&self.text_tag(change.leaf));
                        push_text(out, &change.text);
                        self.close(out, change.leaf);
                        self.close(out, change.run);
                    });
                }
            };
            if let Some(change) = opens.filter(|_| !matches!(seam, Seam::InText(..))) {
                pieces.entry(change.leaf).or_default().begins_deleted = true;
            }
            if let Some(change) = closes.filter(|_| !matches!(seam, Seam::InText(..))) {
                pieces.entry(change.leaf).or_default().ends_deleted = true;
            }
            match *seam {
                Seam::Between => {
                    close(&mut out);
                    names.marks(&mut out, marks, ids);
                    open(&mut out);
                }
                Seam::InEmpty(paragraph) => {
                    let element = &self.spots.elements[paragraph];
                    replaced = element.content;
                    out.push('>');
                    names.marks(&mut out, marks, ids);
                    self.close(&mut out, paragraph);
                }
                Seam::InRun(run) => {
                    self.close(&mut out, run);
                    close(&mut out);
                    names.marks(&mut out, marks, ids);
                    open(&mut out);
                    self.reopen(&mut out, run);
                }
                Seam::InText(run, leaf) => {
                    pieces.entry(leaf).or_default();
                    if closes.is_some() {
                        self.close_deleted(&mut out, leaf);
                    } else {
                        self.close(&mut out, leaf);
                    }
                    self.close(&mut out, run);
                    close(&mut out);
                    names.marks(&mut out, marks, ids);
                    open(&mut out);
                    self.reopen(&mut out, run);
                    if opens.is_some() {
                        out.push_str(&self.deleted_tag(leaf));
                    } else {
                        out.push_str(&self.text_tag(leaf));
                    }
                }
            }
            edits.push((replaced, out));
        }
        // The ends of the pieces of a text are no longer its own: blanks there count, those that did not are gone.
        for (leaf, piece) in pieces {
            if let Some((_, found)) = self.texts.get(&leaf) {
                let element = &self.spots.elements[leaf];
                let tag = if piece.begins_deleted {
                    self.deleted_tag(leaf)
                } else {
                    self.text_tag(leaf)
                };
                edits.push((Span::new(element.whole.start, found.shown.start), tag));
                let mut end = (Span::new(found.shown.end, element.content.end), String::new());
                if piece.ends_deleted {
                    end.0.end = element.whole.end;
                    self.close_deleted(&mut end.1, leaf);
                }
                edits.push(end);
            }
        }
        edits.sort_by_key(|(span, _)| *span);
        let mut out = String::with_capacity(self.markup.len() + edits.iter().map(|(_, s)| s.len()).sum::<usize>());
        let mut from = 0;
        for (span, put) in edits {
            out.push_str(&self.markup[from..span.start]);
            out.push_str(&put);
            from = span.end;
        }
        out.push_str(&self.markup[from..]);
        out
    }

    /// The name of an element as it is written.
    fn name(&self, element: ElementIdx) -> &str {
        let tag = &self.markup[self.spots.elements[element].whole.start + 1..];
        let end = tag.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
        &tag[..end.unwrap_or(tag.len())]
    }

    fn close(&self, out: &mut String, element: ElementIdx) {
        out.push_str("</");
        out.push_str(self.name(element));
        out.push('>');
    }

    /// The start of a run with its formatting, once more.
    fn reopen(&self, out: &mut String, run: ElementIdx) {
        let run = &self.spots.elements[run];
        out.push_str(&self.markup[run.whole.start..run.content.start]);
        out.push_str(&self.markup[run.properties.range()]);
    }

    fn text_tag(&self, leaf: ElementIdx) -> String {
        format!("<{} xml:space=\"preserve\">", self.name(leaf))
    }

    /// The name of a text element that is taken out: `w:delText`, with the prefix of its `w:t`.
    fn deleted_name(&self, leaf: ElementIdx) -> String {
        let name = self.name(leaf);
        let prefix = name.find(':').map_or("", |at| &name[..=at]);
        format!("{prefix}delText")
    }

    fn deleted_tag(&self, leaf: ElementIdx) -> String {
        format!("<{} xml:space=\"preserve\">", self.deleted_name(leaf))
    }

    fn close_deleted(&self, out: &mut String, leaf: ElementIdx) {
        out.push_str("</");
        out.push_str(&self.deleted_name(leaf));
        out.push('>');
    }
}

/// What becomes of the tags of a text element.
#[derive(Debug, Default)]
struct Piece {
    begins_deleted: bool,
    ends_deleted: bool,
}

fn push_text(out: &mut String, text: &str) {
    let mut xml = Xml::default();
    xml.text(text);
    out.push_str(&xml.finish());
}

/// Names of what is put in.
struct Names<'a> {
    prefix: &'a str,
    declaration: &'a str,
}

impl Names<'_> {
    fn marks(&self, out: &mut String, marks: &Marks, ids: &[i64]) {
        for &nth in &marks.points {
            self.empty(out, "commentRangeStart", ids[nth]);
            self.empty(out, "commentRangeEnd", ids[nth]);
            self.reference(out, ids[nth]);
        }
        for &nth in &marks.ends {
            self.empty(out, "commentRangeEnd", ids[nth]);
        }
        for &nth in &marks.references {
            self.reference(out, ids[nth]);
        }
        for &nth in &marks.starts {
            self.empty(out, "commentRangeStart", ids[nth]);
        }
    }

    fn empty(&self, out: &mut String, name: &str, id: i64) {
        let Self { prefix, declaration } = self;
        // Writing to a String cannot fail.
        let _ = write!(out, "<{prefix}:{name}{declaration} {prefix}:id=\"{id}\"/>");
    }

    /// Begins what is taken out.
    fn deletion(&self, out: &mut String, change: &Tracked) {
        self.revision(out, "del", change.id);
    }

    /// Ends what is taken out, and puts in what `run` writes.
    fn insertion(&self, out: &mut String, change: &Tracked, run: impl FnOnce(&mut String)) {
        let prefix = self.prefix;
        let _ = write!(out, "</{prefix}:del>");
        self.revision(out, "ins", change.id);
        run(out);
        let _ = write!(out, "</{prefix}:ins>");
    }

    fn revision(&self, out: &mut String, name: &str, id: i64) {
        let Self { prefix, declaration } = self;
        // Writing to a String cannot fail. No date: there is no clock.
        let _ = write!(
            out,
            "<{prefix}:{name}{declaration} {prefix}:id=\"{id}\" {prefix}:author=\"{AUTHOR}\">"
        );
    }

    fn reference(&self, out: &mut String, id: i64) {
        let Self { prefix, declaration } = self;
        let _ = write!(out, "<{prefix}:r{declaration}>");
        self.empty(out, "commentReference", id);
        let _ = write!(out, "</{prefix}:r>");
    }
}
