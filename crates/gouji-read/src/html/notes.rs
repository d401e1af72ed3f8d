//! Marks of notes: `368<a href="#note2"><sup>2</sup></a>` says 368.
//!
//! Word processors, browsers' archives and converters all write the mark of a footnote as a link to a place of the same page, and
//! the note itself with a link back. As a part of the text it would run into the figure before it, or into the note's first word.

use scraper::{ElementRef, Node};

/// Characters of a mark: `1`, `[12]`, `①`, `*`.
const MAX_MARK: usize = 6;
/// Bytes of a mark with the white space around it.
const MAX_BYTES: usize = 64;
/// Nodes of a mark: fonts and spans around its digits.
const MAX_NODES: usize = 12;

/// Whether the node is the mark of a note, or the mark that a note begins with.
pub(super) fn is_mark(link: ElementRef<'_>) -> bool {
    let element = link.value();
    let leads_into_page = |to: &str| to.trim().strip_prefix('#').is_some_and(|place| !place.is_empty());
    // Links are spans once a page is tame; only those into the page keep where they lead.
    if element.name() != "span" || !element.attr("href").is_some_and(leads_into_page) {
        return false;
    }
    let is_raised = |element: ElementRef<'_>| element.value().name() == "sup";
    // Both ends of a note are named, or one is raised.
    let mut is_end = ["name", "id"].iter().any(|name| element.attr(name).is_some())
        || link.parent().and_then(ElementRef::wrap).is_some_and(is_raised);
    let mut text = String::new();
    for (at, inside) in link.descendants().enumerate() {
        if at > MAX_NODES || text.len() > MAX_BYTES {
            return false;
        }
        match inside.value() {
            Node::Text(piece) => text.push_str(piece),
            _ => is_end |= ElementRef::wrap(inside).is_some_and(is_raised),
        }
    }
    is_end && says_a_mark(text.trim())
}

/// A number, in brackets or not, a circled number, or stars.
fn says_a_mark(text: &str) -> bool {
    let inner = ["[]", "()", "［］", "（）", "〔〕"].iter().find_map(|pair| {
        let mut pair = pair.chars();
        text.strip_prefix(pair.next()?)?.strip_suffix(pair.next()?)
    });
    let number = inner.unwrap_or(text);
    !number.is_empty()
        && number.chars().count() <= MAX_MARK
        && (number.chars().all(|c| c.is_ascii_digit())
            || number.chars().all(|c| ('①'..='⑳').contains(&c))
            || number.chars().all(|c| matches!(c, '*' | '†' | '‡')))
}
