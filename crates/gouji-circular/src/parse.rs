//! The pipeline from a document to its circular.

use gouji_document::{Block, Deadline, Document, Span, Text, script};

use crate::lines::{self, Unit};
use crate::organ::{is_organ, organ_name};
use crate::page::Page;
use crate::{
    Attachment, Circular, Discarded, Element, Reason, attachments, body, chrome, grid, join, letterhead, period,
    pinyin, sign_off, spam, surroundings, text_table,
};

/// Lines of a site's terms at the end.
const MAX_RIGHTS: usize = 12;

/// The first paragraphs, which may say what period is reported on.
const LEAD: usize = 2;

/// Lines after which links to other pages may stand.
const MAX_LINKS: usize = 60;

/// Reads the elements of an official circular out of a document.
///
/// Never fails: what cannot be recognised is a paragraph.
#[must_use]
pub fn parse(document: &Document) -> Circular {
    parse_until(document, &Deadline::default())
}

/// Reads the elements as [`parse`] does, unless that takes too long: no stage is begun, and no further line or table read,
/// once `deadline` has passed, and what is returned then is of no use.
///
/// A text in traditional characters is read on its twin in simplified ones ([`script`]), and printed as it is.
#[must_use]
pub fn parse_until(document: &Document, deadline: &Deadline) -> Circular {
    let Some(twin) = script::twin(document) else {
        return read(document, deadline);
    };
    let mut circular = read(&twin, deadline);
    circular.restore(&twin.text, &document.text);
    circular
}

fn read(document: &Document, deadline: &Deadline) -> Circular {
    let mut circular = Circular::default();
    let spam = spam::find(&document.text);
    let readings = pinyin::find(&document.text);
    if deadline.has_passed() {
        return circular;
    }
    let n_spam = spam.len();
    let mut cuts = Vec::with_capacity(n_spam + readings.len());
    for (spans, reason) in [(spam, Reason::InjectedSpam), (readings, Reason::Pinyin)] {
        for span in spans {
            // A reading inside an advertisement has gone with it.
            let inside = cuts[..n_spam.min(cuts.len())].partition_point(|s: &Span| s.end <= span.start);
            if reason == Reason::Pinyin && cuts.get(inside).is_some_and(|s| inside < n_spam && s.start < span.end) {
                continue;
            }
            circular.discarded.push(Discarded {
                text: Text::from_source(&document.text, span),
                reason,
            });
            cuts.push(span);
        }
    }
    cuts.sort_unstable();
    let units = lines::units(document, &cuts, &mut circular.discarded);
    let (notes, heads) = (units.notes, units.heads);
    let mut units = join::unwrap(units.main);
    take_images(&mut units, &mut circular);
    if deadline.has_passed() {
        return circular;
    }
    let (mut units, page) = letterhead::take(document, units, &mut circular);
    letterhead::take_heads(heads, &mut circular);
    take_page_foot(&mut units, &mut circular);
    let gone = circular.cut_out();
    let mut fill = grid::Fill::default();
    let units = units
        .into_iter()
        .take_while(|_| !deadline.has_passed())
        .filter_map(|unit| match unit {
            Unit::Grid(idx) => match &document.blocks[idx] {
                Block::Table(g) => {
                    grid::read(document, g, &gone, &mut fill, &mut circular.discarded).map(|t| Unit::Table(Box::new(t)))
                }
                Block::Paragraph(_) => None,
            },
            other => Some(other),
        })
        .collect();
    circular.n_unfilled = fill.n_blank;
    let units = text_table::rebuild(units, &mut circular.discarded);
    if deadline.has_passed() {
        return circular;
    }
    let split = attachments::split(units);
    circular.listed = split.listed;
    circular.discarded.extend(split.bare.map(|text| Discarded {
        text,
        reason: Reason::PageChrome,
    }));
    let (main, unlabelled) = after_the_day(split.main);
    let mut main = sign_off::take(main, &mut circular);
    main.extend(notes.into_iter().map(Unit::Line));
    if deadline.has_passed() {
        return circular;
    }
    let main = surroundings::attach(main, None, &mut circular.discarded);
    circular.body = body::build(main, deadline, &mut circular.tables);
    let mut parts: Vec<_> = unlabelled.into_iter().chain(split.parts).collect();
    if let Some(part) = parts.last_mut() {
        sign_off::take_imprint(&mut part.units, &mut circular);
    }
    for part in parts {
        if deadline.has_passed() {
            return circular;
        }
        let units = surroundings::attach(part.units, part.title.as_ref(), &mut circular.discarded);
        let body = body::build(units, deadline, &mut circular.tables);
        circular.attachments.push(Attachment {
            label: part.label,
            number: part.number,
            title: part.title,
            body,
        });
    }
    if deadline.has_passed() {
        return circular;
    }
    circular.issuer = issuer(&circular, &page);
    if circular.doc_number.is_none() {
        circular.doc_number = page.number.as_deref().map(Text::synthetic);
    }
    if circular.date.is_none() {
        circular.date = page.made;
    }
    circular.period = reported(&circular);
    circular
        .discarded
        .sort_by_key(|d| d.text.claimed().map(|s| s.start).min());
    circular
}

impl Circular {
    /// What has been cut out of the source so far: spam, readings and hidden passages, ascending.
    pub(crate) fn cut_out(&self) -> Vec<Span> {
        let mut cuts: Vec<Span> = self
            .discarded
            .iter()
            .filter(|d| matches!(d.reason, Reason::InjectedSpam | Reason::Pinyin | Reason::Hidden))
            .flat_map(|d| d.text.claimed())
            .collect();
        cuts.sort_unstable();
        cuts
    }
}

/// Sets images aside that the page printed by their names.
fn take_images(units: &mut Vec<Unit>, circular: &mut Circular) {
    units.retain(|unit| {
        let Unit::Line(line) = unit else { return true };
        let image = chrome::is_anywhere(line.str());
        if image {
            circular.discarded.push(Discarded {
                text: line.text.clone(),
                reason: Reason::PageChrome,
            });
        }
        !image
    });
}

/// Sets the page's lines after the end aside.
fn take_page_foot(units: &mut Vec<Unit>, circular: &mut Circular) {
    let from = units.len().saturating_sub(MAX_LINKS);
    let links = (from.max(1)..units.len()).find(|&idx| {
        matches!(&units[idx], Unit::Line(l) if chrome::begins_links(l.str()))
            && units[idx + 1..]
                .iter()
                .all(|u| matches!(u, Unit::Line(l) if !l.str().contains('。') && !sign_off::is_day(l.str())))
    });
    let rights = (from.max(1)..units.len()).find(|&idx| {
        matches!(&units[idx], Unit::Line(l) if chrome::begins_rights(l.str()))
            && units.len() - idx <= MAX_RIGHTS
            && units[idx + 1..]
                .iter()
                .all(|u| matches!(u, Unit::Line(l) if chrome::is_of_rights(l.str())))
    });
    if let Some(idx) = links.into_iter().chain(rights).min() {
        for unit in units.split_off(idx) {
            if let Unit::Line(line) = unit {
                circular.discarded.push(Discarded {
                    text: line.text,
                    reason: Reason::PageChrome,
                });
            }
        }
    }
    while units.len() > 1
        && matches!(units.last(), Some(Unit::Line(l)) if chrome::at_tail(l.str()) || chrome::is_rule(l.str()) && !l.str().contains('|'))
        && !ends_in_nothing(units)
    {
        if let Some(Unit::Line(line)) = units.pop() {
            circular.discarded.push(Discarded {
                text: line.text,
                reason: Reason::PageChrome,
            });
        }
    }
}

/// Whether the last line is the last cell of a table laid out one cell a line: a dash for nothing below a figure.
fn ends_in_nothing(units: &[Unit]) -> bool {
    let [.., Unit::Line(above), Unit::Line(last)] = units else {
        return false;
    };
    text_table::figures::is_nothing(last.str()) && text_table::figures::is_numeric(above.str())
}

/// Tables that follow the sign-off without a label are an attachment of their own, with the lines around them.
fn after_the_day(mut main: Vec<Unit>) -> (Vec<Unit>, Option<attachments::Part>) {
    let day = (1..main.len()).rev().find(|&idx| match (&main[idx - 1], &main[idx]) {
        (Unit::Line(above), Unit::Line(line)) => sign_off::is_day(line.str()) && is_organ(above.str()),
        _ => false,
    });
    let Some(day) = day else { return (main, None) };
    if !main[day + 1..].iter().any(|u| matches!(u, Unit::Table(_))) {
        return (main, None);
    }
    let numbered = main[day + 1..]
        .iter()
        .any(|u| matches!(u, Unit::Line(l) if crate::headings::label(l.str()).is_some_and(|x| x.level == 1)));
    if numbered {
        return (main, None);
    }
    // An annotation and the like stays with the sign-off.
    let first = (day + 1..main.len())
        .find(|&i| !matches!(&main[i], Unit::Line(l) if l.str().starts_with(['（', '(']) && l.str().ends_with(['）', ')'])))
        .unwrap_or(main.len());
    let units = main.split_off(first);
    let part = attachments::Part {
        label: Text::default(),
        number: None,
        title: None,
        units,
    };
    (main, Some(part))
}

/// The issuing authority: the first signature that names an organ, else the mark, else the organ in the title, which the page
/// may name in full, else the page's.
fn issuer(circular: &Circular, page: &Page) -> Option<String> {
    if let Some(name) = circular
        .signatures
        .iter()
        .find(|s| is_organ(s))
        .or(circular.signatures.first())
    {
        return Some(organ_name(name));
    }
    if let Some(mark) = &circular.issuer_mark {
        return Some(organ_name(mark));
    }
    let title = circular.title.as_ref().map(Text::as_str);
    let named = title.and_then(named_by_title);
    page.issuer(named.as_deref(), title)
}

/// The organ that a title begins with: before 关于, or, with its place, before the year.
fn named_by_title(title: &str) -> Option<String> {
    if let Some((name, _)) = title.split_once("关于") {
        return is_organ(name.trim()).then(|| organ_name(name));
    }
    let (year, _) = title
        .match_indices('年')
        .filter_map(|(at, _)| title[..at].char_indices().rev().nth(3).map(|(from, _)| (from, at)))
        .find(|(from, at)| title[*from..*at].chars().all(|c| c.is_ascii_digit()))?;
    let name = title[..year].trim();
    (is_organ(name) && crate::page::placed_at(name)).then(|| organ_name(name))
}

fn reported(circular: &Circular) -> Option<gouji_quantity::Period> {
    let day = circular
        .date
        .as_ref()
        .and_then(|d| d.date)
        .or_else(|| circular.published.as_ref().and_then(|d| d.date));
    let lead: Vec<&str> = circular.body.iter().filter_map(paragraph).take(LEAD).collect();
    let headings = circular.body.iter().filter_map(|e| match e {
        Element::Heading(heading) => Some(heading.title.as_str()),
        _ => None,
    });
    let body = circular.body.iter().filter_map(paragraph).skip(LEAD);
    let sources = period::Sources {
        title: circular.title.as_ref().map(Text::as_str),
        subtitle: circular.subtitle.iter().map(Text::as_str).collect(),
        lead,
        body: body.chain(headings).collect(),
        day,
    };
    period::period(&sources)
}

fn paragraph(element: &Element) -> Option<&str> {
    match element {
        Element::Paragraph(text) => Some(text.as_str()),
        _ => None,
    }
}
