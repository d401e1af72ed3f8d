//! Lists of names and their numbers.
//!
//! A number may stand behind its names ([`before`]) or before them ([`after`]), or in a
//! heading over them ([`headed`]); two numbers may share one list ([`pairs`]). The
//! names themselves are read off the text by [`runs`], where each opens a record of its own by [`records`]. Several lists of a
//! section together must not hold more than their whole
//! ([`union`]). Months are counted by [`months`], items
//! that stand one a paragraph behind their number by [`enumerated`].

mod after;
mod before;
mod bracketed;
mod enumerated;
mod headed;
mod items;
mod months;
mod pairs;
mod records;
mod runs;
#[cfg(test)]
mod tests;
mod union;

use std::ops::Range;

use gouji_document::Span;
use gouji_quantity::Decimal;

use super::clauses::{Mention, Prose};
use super::{Reading, clause_start, quote_of};
use crate::context::Context;
use crate::{Cue, FigureClass, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// Longest list of names that is counted.
const MAX_NAMES: usize = 400;
/// Longest single name, in characters.
const MAX_NAME: usize = 40;

/// Names of a list: each with its bytes in the passage's text.
#[derive(Debug, Clone, Default)]
struct Names {
    names: Vec<Range<usize>>,
    /// Further names that the last element may hold (a final 和 or 及).
    extra: usize,
    /// Names that may share a place with another, and so not count (并列).
    tied: usize,
}

/// A list of names that a number may count.
struct Found {
    names: Names,
    /// It may be incomplete.
    open: bool,
    cue: Cue,
}

impl Found {
    /// Fewest and most names that the list may be counted as.
    fn bounds(&self) -> (usize, usize) {
        let listed = self.names.names.len();
        (
            listed.saturating_sub(self.names.tied).max(1).min(listed),
            listed + self.names.extra,
        )
    }
}

/// Numbers that say how many names stand beside them.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let mut closed: Vec<union::Closed> = Vec::new();
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let text = cx.passages[passage].text.as_str();
        months::relations(cx, passage, out);
        enumerated::relations(cx, prose, passage, out);
        for mention in 0..prose.mentions.len() {
            let m = &prose.mentions[mention];
            let counts = matches!(m.class, FigureClass::Count | FigureClass::Rank) && m.decimals == 0;
            // 滞后的有3（甲地幼儿园、乙地停车场、丙地加油站）: the measure word was lost.
            let lost = m.class == FigureClass::Unknown
                && m.unit.is_empty()
                && m.decimals == 0
                && m.label.ends_with(['有', '为', '共', '计'])
                && text[m.full.end..].starts_with(['（', '(']);
            if !(counts || lost) || !m.plain {
                continue;
            }
            if lost {
                let place = Place {
                    cx,
                    prose,
                    mention,
                    listed_in: passage,
                };
                for found in after::announced(text, prose, mention) {
                    place.push(&found, out);
                }
                continue;
            }
            if pairs::relations(cx, reading, passage, mention, out) {
                continue;
            }
            let place = Place {
                cx,
                prose,
                mention,
                listed_in: passage,
            };
            let rank = m.class == FigureClass::Rank;
            // 居第四位 is one place, not four names.
            if rank && text[..m.digits.start].ends_with('第') {
                continue;
            }
            let direct = if rank {
                None
            } else {
                before::names(text, prose, mention)
            }
            .or_else(|| before::two_sorts(text, prose, mention))
            .or_else(|| after::ordinals(text, prose, mention))
            .or_else(|| items::counted(text, prose, reading, passage, mention));
            if let Some(found) = direct {
                let listed = found.names.names.len();
                if m.value == Decimal::from(listed) && listed >= 2 && union::are_units(text, &found.names.names) {
                    closed.push(union::Closed {
                        passage,
                        names: found.names.names.clone(),
                    });
                }
                place.push(&found, out);
                continue;
            }
            let announced = after::announced(text, prose, mention);
            if announced.is_empty() {
                let found = before::ranked(text, prose, mention)
                    .filter(|_| rank)
                    .or_else(|| items::parts(text, prose, reading, passage, mention))
                    .or_else(|| after::further_on(text, prose, mention))
                    .or_else(|| bracketed::names(text, prose, mention));
                if let Some(found) = found {
                    place.push(&found, out);
                } else if let Some((listed_in, found)) = headed::names(cx, prose, passage, mention) {
                    Place { listed_in, ..place }.push(&found, out);
                }
            }
            for found in announced {
                place.push(&found, out);
            }
        }
    }
    union::relations(cx, reading, &closed, out);
}

/// A number and the names that stand elsewhere than in one list, `least` to `most` of them.
fn relation(
    cx: &Context,
    stated: Operand,
    operands: Vec<Operand>,
    (least, most): (usize, usize),
    cue: Cue,
) -> Option<Relation> {
    let quote = quote_of(cx, operands.iter().chain([&stated]))?;
    Some(Relation {
        kind: RelationKind::Count,
        rule: "names-listed",
        cue,
        readings: vec![RelationReading {
            formula: Formula::Count {
                least,
                most,
                open: false,
            },
            stated,
            operands,
        }],
        quote,
    })
}

/// A number that may count names.
struct Place<'a, 'b> {
    cx: &'a Context<'b>,
    prose: &'a Prose,
    mention: usize,
    /// The passage of the names.
    listed_in: usize,
}

impl Place<'_, '_> {
    /// Adds the relation, if the names may be what the number counts.
    fn push(&self, found: &Found, out: &mut Vec<Relation>) {
        let m = &self.prose.mentions[self.mention];
        let (least, most) = found.bounds();
        let listed = found.names.names.len();
        if listed == 0 || most > MAX_NAMES {
            return;
        }
        let Some(stated) = usize::try_from(m.value.mantissa() / 10_i128.pow(m.value.scale())).ok() else {
            return;
        };
        let holds = (least..=most).contains(&stated);
        // Far from the number it is another list.
        let far = stated.abs_diff(listed) > 2 + stated.max(listed) / 3;
        // An open list (甲、乙等20家) says nothing when it names fewer; one that names nearly all of many would name the rest.
        let incomplete = found.open && stated > most;
        let nearly_all = listed >= 10 && stated - most.min(stated) <= listed / 5;
        let cue = if incomplete {
            found.cue.min(Cue::Implied)
        } else {
            found.cue
        };
        if !holds && (incomplete && !nearly_all || far || cue == Cue::Arithmetic || listed < 2 && cue != Cue::Implied) {
            return;
        }
        let whole = self.cx.passages[self.listed_in].text;
        let Some(stated_operand) = self.cx.operand(m.fig) else {
            return;
        };
        let operands: Vec<Operand> = found
            .names
            .names
            .iter()
            .map(|r| {
                let name = &whole.as_str()[r.clone()];
                let cue = name.strip_prefix("其中").filter(|rest| !rest.trim().is_empty());
                let start = r.end - cue.map_or(name.len(), str::len);
                Operand::named(cue.unwrap_or(name).trim(), whole.source_span(start..r.end))
            })
            .collect();
        let spans = operands.iter().filter_map(|o| o.span).chain([m.span]);
        let Some(cover) = Context::cover(spans) else { return };
        let source = &self.cx.document.text;
        let quote = Span::new(clause_start(source, cover.start), extend_noun(source, cover.end, m));
        out.push(Relation {
            kind: RelationKind::Count,
            rule: "names-listed",
            cue,
            readings: vec![RelationReading {
                formula: Formula::Count {
                    least,
                    most,
                    open: found.open && !incomplete,
                },
                stated: stated_operand,
                operands,
            }],
            quote,
        });
    }
}

/// Takes the noun behind a number into the quotation (14个 → 14个单位).
fn extend_noun(source: &str, end: usize, m: &Mention) -> usize {
    if end != m.span.end {
        return end;
    }
    let noun: String = m.tail.chars().take_while(|c| c.is_alphabetic()).take(8).collect();
    if source[end..].starts_with(noun.as_str()) {
        end + noun.len()
    } else {
        end
    }
}

fn trim_range(text: &str, range: Range<usize>) -> Range<usize> {
    let s = &text[range.clone()];
    let lead = s.len() - s.trim_start().len();
    let end = range.start + lead + s.trim().len();
    range.start + lead..end
}

/// How many more names a final element may hold: one for each 和, 及, 与, 以及 between two words.
fn conjunctions(last: &str) -> usize {
    let inner: Vec<char> = last.chars().collect();
    (1..inner.len().saturating_sub(1))
        .filter(|&i| "和及与".contains(inner[i]))
        .count()
        .min(2)
}
