//! Where in the markup marks for a piece of text may stand.
//!
//! One pass over the main part. The elements of interest are known beforehand by the byte they start at, so no text is
//! looked at. In a paragraph, marks may stand wherever a run may: also inside hyperlinks, tracked insertions, smart tags
//! and content controls (`EG_PContent`, ECMA-376 part 1, A.1). What is nested deeper than a run of the outermost paragraph (a
//! text box, ruby) has that run for its unit.

use std::collections::{BTreeMap, BTreeSet};

use gouji_document::{Anchor, AnchorPlace, Anchors, Span};
use quick_xml::events::BytesStart;

use super::AnnotateError;
use super::markup::{Step, Tags, attribute};

/// An element that marks are set in or around.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Element {
    /// With its tags.
    pub(super) whole: Span,
    /// Between its tags; for `<w:p/>` the two bytes `/>`.
    pub(super) content: Span,
    /// Its `w:rPr` or `w:pPr`, with tags; empty if it has none.
    pub(super) properties: Span,
    pub(super) is_empty: bool,
}

impl Element {
    /// Where its content begins, behind its properties.
    pub(super) fn inside(&self) -> usize {
        self.content.start.max(self.properties.end)
    }
}

/// Index of an [`Element`].
pub(super) type ElementIdx = usize;

/// A place for marks.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot {
    /// The outermost paragraph.
    pub(super) paragraph: ElementIdx,
    /// What the marks go around; none for the paragraph itself.
    pub(super) unit: Option<Unit>,
}

/// A run, or what stands in a paragraph like one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// Itself.
    pub(super) element: ElementIdx,
    /// The child of the paragraph that holds it, or itself.
    pub(super) top: ElementIdx,
    /// The element of the text in it, if it is a run that may be split there.
    pub(super) leaf: Option<ElementIdx>,
}

/// All places that comments may ask for.
#[derive(Debug, Default)]
pub(super) struct Spots {
    pub(super) elements: Vec<Element>,
    /// By the byte that an element starts at.
    by_element: BTreeMap<usize, Spot>,
    /// By kind (whether it is an endnote) and id; the first reference.
    by_note: BTreeMap<(bool, i64), Spot>,
    /// The first paragraph.
    pub(super) first: Option<ElementIdx>,
}

impl Spots {
    /// The spot of a piece of text.
    pub(super) fn of(&self, anchor: &Anchor) -> Option<&Spot> {
        match anchor.place {
            AnchorPlace::Element(at) | AnchorPlace::Label(at) => self.by_element.get(&at),
            AnchorPlace::Footnote(id) => self.by_note.get(&(false, id)),
            AnchorPlace::Endnote(id) => self.by_note.get(&(true, id)),
        }
    }
}

/// What an open element is to the runs in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Paragraph,
    Run,
    /// Marks may stand inside.
    Open,
    /// A content control; closed if its content is bound to data or must be plain.
    Control {
        closed: bool,
    },
    Other,
}

fn kind(local: &str) -> Kind {
    match local {
        "p" => Kind::Paragraph,
        "r" => Kind::Run,
        "hyperlink" | "ins" | "moveTo" | "smartTag" | "customXml" | "sdtContent" | "fldSimple" | "dir" | "bdo" => {
            Kind::Open
        }
        "sdt" => Kind::Control { closed: false },
        _ => Kind::Other,
    }
}

/// An open element.
struct Frame {
    start: Span,
    kind: Kind,
    is_properties: bool,
    properties: Span,
    element: Option<ElementIdx>,
}

struct Finder {
    spots: Spots,
    stack: Vec<Frame>,
    wanted: BTreeSet<usize>,
    wanted_notes: BTreeSet<(bool, i64)>,
}

/// Finds the places of `passages`.
pub(super) fn find(anchors: &Anchors, passages: impl Iterator<Item = Span>) -> Result<Spots, AnnotateError> {
    let mut finder = Finder {
        spots: Spots::default(),
        stack: Vec::new(),
        wanted: BTreeSet::new(),
        wanted_notes: BTreeSet::new(),
    };
    for span in passages {
        // Of a long passage only the ends matter; of one that begins where no mark can stand, what follows.
        let found = anchors.of(span);
        for anchor in found.iter().take(ENDS).chain(found.iter().rev().take(ENDS)) {
            match anchor.place {
                AnchorPlace::Element(at) | AnchorPlace::Label(at) => drop(finder.wanted.insert(at)),
                AnchorPlace::Footnote(id) => drop(finder.wanted_notes.insert((false, id))),
                AnchorPlace::Endnote(id) => drop(finder.wanted_notes.insert((true, id))),
            }
        }
    }
    let mut tags = Tags::new(&anchors.markup, &anchors.part);
    loop {
        match tags.next()? {
            Step::Start(start, span) => {
                finder.begin(&start, span);
            }
            Step::Empty(start, span) => {
                finder.begin(&start, span);
                finder.end(Span::new(span.end - "/>".len(), span.end), true);
            }
            Step::End(span) => finder.end(span, false),
            Step::Done => return Ok(finder.spots),
        }
    }
}

/// Pieces looked at from each end of the passage of a comment.
pub(super) const ENDS: usize = 64;

impl Finder {
    fn begin(&mut self, start: &BytesStart<'_>, span: Span) {
        let name = start.local_name();
        let local: &str = name.as_ref();
        if matches!(local, "text" | "date" | "dropDownList" | "comboBox" | "dataBinding") {
            self.close_control();
        }
        self.stack.push(Frame {
            start: span,
            kind: kind(local),
            is_properties: matches!(local, "rPr" | "pPr"),
            properties: Span::default(),
            element: None,
        });
        if self.spots.first.is_none() && local == "p" {
            let at = self.stack.len() - 1;
            self.spots.first = Some(self.intern(at));
        }
        if self.wanted.contains(&span.start)
            && let Some(spot) = self.spot(true)
        {
            self.spots.by_element.insert(span.start, spot);
        }
        if matches!(local, "footnoteReference" | "endnoteReference")
            && !self.wanted_notes.is_empty()
            && let Some(id) = attribute(start, "id").and_then(|id| id.trim().parse().ok())
        {
            let key = (local == "endnoteReference", id);
            if self.wanted_notes.contains(&key)
                && !self.spots.by_note.contains_key(&key)
                && let Some(spot) = self.spot(false)
            {
                self.spots.by_note.insert(key, spot);
            }
        }
    }

    /// `w:sdt` > `w:sdtPr` > the element that is about to begin.
    fn close_control(&mut self) {
        if let Some(at) = self.stack.len().checked_sub(2)
            && let Kind::Control { closed } = &mut self.stack[at].kind
        {
            *closed = true;
        }
    }

    /// The spot of the innermost element.
    fn spot(&mut self, may_split: bool) -> Option<Spot> {
        let last = self.stack.len().checked_sub(1)?;
        let outermost = self.stack.iter().position(|f| f.kind == Kind::Paragraph)?;
        let paragraph = self.intern(outermost);
        if outermost == last {
            return Some(Spot { paragraph, unit: None });
        }
        let is_open = |frame: &Frame| matches!(frame.kind, Kind::Open | Kind::Control { closed: false });
        let unit = (outermost + 1..last)
            .find(|&at| !is_open(&self.stack[at]))
            .unwrap_or(last);
        let splits = may_split && self.stack[unit].kind == Kind::Run && unit + 1 == last;
        let unit = Unit {
            element: self.intern(unit),
            top: self.intern(outermost + 1),
            leaf: splits.then(|| self.intern(last)),
        };
        Some(Spot {
            paragraph,
            unit: Some(unit),
        })
    }

    /// The element of an open frame; its end is filled in when it comes.
    fn intern(&mut self, at: usize) -> ElementIdx {
        let next = self.spots.elements.len();
        let frame = &mut self.stack[at];
        *frame.element.get_or_insert_with(|| {
            self.spots.elements.push(Element::default());
            next
        })
    }

    fn end(&mut self, end: Span, is_empty: bool) {
        let Some(frame) = self.stack.pop() else { return };
        let whole = Span::new(frame.start.start, end.end);
        if let Some(element) = frame.element {
            let start = if is_empty { end.start } else { frame.start.end };
            self.spots.elements[element] = Element {
                whole,
                content: Span::new(start, if is_empty { end.end } else { end.start }),
                properties: frame.properties,
                is_empty,
            };
        }
        if frame.is_properties
            && let Some(parent) = self.stack.last_mut()
            && parent.properties.is_empty()
        {
            parent.properties = whole;
        }
    }
}
