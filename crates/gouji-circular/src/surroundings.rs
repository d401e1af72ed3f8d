//! What stands around a table in the text: its caption and unit line above, its notes below.

use std::sync::LazyLock;

use gouji_document::Text;
use regex::Regex;

use crate::grid::{NEXT_NOTE, NOTE, UNIT_LINE};
use crate::lines::Unit;
use crate::parts::{ends_sentence, join_onto, width};
use crate::text_table::is_caption;
use crate::{Discarded, Reason, headings};

/// A line that says that rows or passages were left out.
static ELLIPSIS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[（(][^（()）。]{0,14}(?:略|省略|略去)[)）]|[（(]?以下空白[)）]?|[（(]?此页无正文[)）]?|……+)$")
        .expect("a fixed pattern")
});

/// Gives captions, unit lines and notes to the tables of one part, and sets ellipses aside.
///
/// `title` is the part's own title: a first table directly below it has that caption too, as a copy that claims nothing.
pub(crate) fn attach(units: Vec<Unit>, title: Option<&Text>, discarded: &mut Vec<Discarded>) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    // The table above, and whether its notes have begun.
    let mut below: Option<bool> = None;
    for unit in units {
        match unit {
            Unit::Line(line) if ELLIPSIS.is_match(line.str()) => discarded.push(Discarded {
                text: line.text,
                reason: Reason::Ellipsis,
            }),
            Unit::Line(line) => {
                let text = line.str();
                let note = match below {
                    Some(begun) => {
                        NOTE.is_match(text) || begun && (NEXT_NOTE.is_match(text) && !ends_like_heading(text))
                    }
                    None => false,
                };
                let broken = below == Some(true) && !note && last_note_open(&out) && headings::label(text).is_none();
                if (note || broken)
                    && let Some(Unit::Table(table)) = out.last_mut()
                {
                    if broken {
                        if let Some(last) = table.notes.last_mut() {
                            join_onto(last, &line.text);
                        }
                    } else {
                        table.notes.push(line.text);
                    }
                    below = Some(true);
                    continue;
                }
                below = None;
                out.push(Unit::Line(line));
            }
            Unit::Table(mut table) => {
                if table.unit_line.is_none()
                    && let Some(Unit::Line(line)) =
                        out.pop_if(|u| matches!(u, Unit::Line(l) if UNIT_LINE.is_match(l.str())))
                {
                    table.unit_line = Some(line.text);
                }
                if table.caption.is_none()
                    && let Some(Unit::Line(line)) = out.pop_if(|u| matches!(u, Unit::Line(l) if names_table(l.str())))
                {
                    table.caption = Some(line.text);
                }
                if table.caption.is_none() && out.is_empty() {
                    table.caption = title.map(|t| Text::synthetic(t.as_str()));
                }
                below = Some(!table.notes.is_empty());
                out.push(Unit::Table(table));
            }
            other => {
                below = None;
                out.push(other);
            }
        }
    }
    out
}

fn names_table(text: &str) -> bool {
    // A plain noun phrase directly above a table names it too.
    let phrase =
        (8..=40).contains(&width(text)) && text.ends_with("情况") && !text.contains(['，', ',', '。', '：', ':', '；']);
    (is_caption(text) || phrase)
        && headings::label(text).is_none()
        && !["如下", "下表", "见附表", "所示", "附件"]
            .iter()
            .any(|w| text.contains(w))
        && !text.contains(['|', '\t'])
}

fn ends_like_heading(text: &str) -> bool {
    width(text) <= 20 && !ends_sentence(text) && headings::ends_in_noun(text)
}

fn last_note_open(out: &[Unit]) -> bool {
    matches!(out.last(), Some(Unit::Table(t)) if t.notes.last().is_some_and(|n| n.ends_with(['，', '、', ','])))
}
