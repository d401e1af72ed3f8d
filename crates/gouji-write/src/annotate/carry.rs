//! From a passage of a source to the same passage in the standard docx that was made of it.
//!
//! Both are circulars with the same elements, so an element is found by its address, and taken only if it reads as it was
//! written. Within it, a passage is the same if it has the same number in order among all that read like it: normalising
//! changes labels and punctuation, never figures.

use std::collections::BTreeMap;

use gouji_circular::{Circular, Element, Table};
use gouji_document::{Span, Text};

/// Bytes of an element whose text was normalised up to which a passage is looked for in it; beyond, the element stands for
/// it. A paragraph of a circular has some thousand.
const MAX_SEARCHED: usize = 64 << 10;

/// What an element is: body (or table, attachment …), then what and where in it.
type Address = (Part, usize, usize, usize);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Head,
    Body,
    Table,
    Header,
    Cell,
    Note,
    Foot,
    Attachment,
}

/// The passages of a source and of its regenerated copy.
pub struct Carrier<'a> {
    /// The texts of the source by address.
    source: BTreeMap<Address, &'a Text>,
    /// Pieces of the source, by where they begin.
    pieces: Vec<(Span, usize, Address)>,
    written: BTreeMap<Address, &'a Text>,
    copy: BTreeMap<Address, &'a Text>,
    /// Texts of the copy that no other reads like.
    by_string: BTreeMap<&'a str, Option<&'a Text>>,
}

impl<'a> Carrier<'a> {
    /// `written` is `source` as it was written, `copy` what is read of the result.
    #[must_use]
    pub fn new(source: &'a Circular, written: &'a Circular, copy: &'a Circular) -> Self {
        let (source, written, copy) = (texts(source), texts(written), texts(copy));
        let mut pieces: Vec<(Span, usize, Address)> = source
            .iter()
            .flat_map(|(address, text)| text.pieces().iter().map(|p| (p.span, p.at, *address)))
            .collect();
        // Of pieces at one place (a merged header cell in each column) the first element counts.
        pieces.sort_unstable_by_key(|(span, _, address)| (span.start, *address));
        pieces.dedup_by_key(|(span, _, _)| span.start);
        let mut by_string = BTreeMap::new();
        for text in copy.values() {
            by_string
                .entry(text.as_str())
                .and_modify(|only| *only = None)
                .or_insert(Some(*text));
        }
        Self {
            source,
            pieces,
            written,
            copy,
            by_string,
        }
    }

    /// Where the passage `at` of the source stands in the text of the copy: itself, or the element that holds it. `None`
    /// if it was set aside, or its element cannot be told for certain.
    #[must_use]
    pub fn carry(&self, at: Span) -> Option<Span> {
        let nearest = self
            .pieces
            .partition_point(|(span, _, _)| span.start <= at.start)
            .checked_sub(1)?;
        let (span, offset, address) = self.pieces[nearest];
        if at.start > span.end || (at.start == span.end && !at.is_empty()) {
            return None;
        }
        let (source, written) = (self.source.get(&address)?, self.written.get(&address)?);
        let copy = match self.copy.get(&address) {
            Some(copy) if copy.as_str() == written.as_str() => *copy,
            _ => (*self.by_string.get(written.as_str())?)?,
        };
        let from = offset + (at.start - span.start);
        let to = (from + at.len()).min(source.len());
        let found = passage(source, from, to, copy).and_then(|range| copy.source_span(range));
        found.or_else(|| copy.span())
    }
}

/// The bytes of `copy` that are the same passage as the bytes `from..to` of `source`.
fn passage(source: &str, from: usize, to: usize, copy: &str) -> Option<std::ops::Range<usize>> {
    let wanted = source.get(from..to).filter(|w| !w.is_empty())?;
    if source == copy {
        return Some(from..to);
    }
    if source.len().max(copy.len()) > MAX_SEARCHED {
        return None;
    }
    let before = source.match_indices(wanted).take_while(|(at, _)| *at < from).count();
    let same = source.matches(wanted).count() == copy.matches(wanted).count();
    let (at, _) = copy.match_indices(wanted).nth(before).filter(|_| same)?;
    Some(at..at + wanted.len())
}

/// All texts of a circular that are written, by address.
fn texts(circular: &Circular) -> BTreeMap<Address, &Text> {
    let mut out = BTreeMap::new();
    let single = [
        &circular.issuer_mark,
        &circular.doc_number,
        &circular.title,
        &circular.addressee,
        &circular.annotation,
    ];
    for (nth, text) in single.into_iter().enumerate() {
        out.extend(text.iter().map(|text| ((Part::Head, nth, 0, 0), text)));
    }
    let several = [
        &circular.markings,
        &circular.subtitle,
        &circular.signatures,
        &circular.imprint,
    ];
    for (list, texts) in several.into_iter().enumerate() {
        out.extend(
            texts
                .iter()
                .enumerate()
                .map(|(nth, text)| ((Part::Foot, list, nth, 0), text)),
        );
    }
    out.extend(circular.date.iter().map(|date| ((Part::Foot, 8, 0, 0), &date.text)));
    out.extend(
        circular
            .listed
            .iter()
            .enumerate()
            .map(|(nth, l)| ((Part::Foot, 9, nth, 0), &l.title)),
    );
    for (nth, body) in circular.bodies().enumerate() {
        for (at, element) in body.iter().enumerate() {
            match element {
                Element::Heading(heading) => {
                    out.extend(heading.label.iter().map(|label| ((Part::Body, nth, at, 1), label)));
                    out.insert((Part::Body, nth, at, 0), &heading.title);
                }
                Element::Paragraph(text) => drop(out.insert((Part::Body, nth, at, 0), text)),
                Element::Table(_) => {}
            }
        }
    }
    for (nth, attachment) in circular.attachments.iter().enumerate() {
        out.insert((Part::Attachment, nth, 0, 0), &attachment.label);
        out.extend(
            attachment
                .title
                .iter()
                .map(|title| ((Part::Attachment, nth, 1, 0), title)),
        );
    }
    for (nth, table) in circular.tables.iter().enumerate() {
        table_texts(nth, table, &mut out);
    }
    out
}

fn table_texts<'a>(nth: usize, table: &'a Table, out: &mut BTreeMap<Address, &'a Text>) {
    out.extend(table.caption.iter().map(|text| ((Part::Table, nth, 0, 0), text)));
    out.extend(table.unit_line.iter().map(|text| ((Part::Table, nth, 1, 0), text)));
    out.extend(
        table
            .header
            .iter()
            .enumerate()
            .map(|(at, text)| ((Part::Header, nth, at, 0), text)),
    );
    for (row, cells) in table.rows.iter().enumerate() {
        for (col, cell) in cells.cells.iter().enumerate().filter(|(_, cell)| !cell.filled) {
            out.insert((Part::Cell, nth, row, col), &cell.text);
        }
    }
    out.extend(
        table
            .notes
            .iter()
            .enumerate()
            .map(|(at, text)| ((Part::Note, nth, at, 0), text)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Options, normalise, write};

    /// What the marked passages of a plain text become in its regenerated copy; the n-th occurrence of each.
    #[track_caller]
    fn check(source: &str, passages: &[(&str, usize, Option<&str>)]) {
        let document = gouji_read::read("a.txt", source.as_bytes()).expect("a text").value;
        let circular = gouji_circular::parse(&document);
        let docx = write(&circular, &Options::default()).expect("a package in memory");
        let copy = gouji_read::read("a.docx", &docx).expect("a docx").value;
        let read = gouji_circular::parse(&copy);
        let (written, _) = normalise(&circular);
        let carrier = Carrier::new(&circular, &written, &read);
        for (passage, nth, expected) in passages {
            let (at, _) = document.text.match_indices(passage).nth(*nth).expect("in the source");
            let found = carrier.carry(Span::new(at, at + passage.len()));
            assert_eq!(found.map(|span| copy.quote(span)), *expected, "{passage}");
            // The characters around it are the same, too.
            if let Some(found) = found.filter(|f| copy.quote(*f) == *passage) {
                let digits = |s: &str| s.chars().rev().filter(char::is_ascii_digit).take(6).collect::<String>();
                assert_eq!(
                    digits(&copy.text[..found.start]),
                    digits(&document.text[..at]),
                    "{passage}"
                );
            }
        }
    }

    const TEXT: &str = "关于2031年第一季度检查情况的通报\n\n各科室：\n全季共受理62件,其中甲类31件,乙类31件。\n\
        一、总体情况\n办结31件(其中逾期2件)，办结率50%。\n二、存在问题\n略有不足。\n\n云栖区办公室\n2031年4月2日\n";

    #[test]
    fn figures_are_found_where_punctuation_changed_and_others_read_alike() {
        check(
            TEXT,
            &[
                ("62", 0, Some("62")),
                ("31件", 0, Some("31件")),
                ("31件", 1, Some("31件")),
                ("31件", 2, Some("31件")),
                ("2件", 1, Some("2件")),
                ("50%", 0, Some("50%")),
                ("检查情况", 0, Some("检查情况")),
                ("4月2日", 0, Some("4月2日")),
            ],
        );
    }

    #[test]
    fn an_empty_or_foreign_passage_has_no_place_of_its_own() {
        let document = gouji_read::read("a.txt", TEXT.as_bytes()).expect("a text").value;
        let circular = gouji_circular::parse(&document);
        let nothing = Circular::default();
        let carrier = Carrier::new(&circular, &circular, &nothing);
        assert_eq!(carrier.carry(Span::new(3, 9)), None, "the copy lost it");
        let carrier = Carrier::new(&nothing, &nothing, &circular);
        assert_eq!(carrier.carry(Span::new(3, 9)), None, "it was set aside");
        let carrier = Carrier::new(&circular, &circular, &circular);
        let title = circular.title.as_ref().and_then(Text::span);
        assert_eq!(
            carrier.carry(Span::new(0, 0)),
            title,
            "an empty passage means its element"
        );
        assert_eq!(carrier.carry(Span::new(9000, 9100)), None);
    }

    #[test]
    fn what_cannot_be_counted_the_same_is_its_element() {
        assert_eq!(passage("甲12,12", 3, 5, "甲12，12"), Some(3..5));
        assert_eq!(passage("甲12,12", 6, 8, "甲12，12"), Some(8..10));
        assert_eq!(passage("甲12,12", 6, 8, "甲12"), None);
        assert_eq!(passage("甲,1", 3, 4, "甲，1"), None);
        assert_eq!(passage("甲12", 1, 4, "甲13"), None);
    }
}
