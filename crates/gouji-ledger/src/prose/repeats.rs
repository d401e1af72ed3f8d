//! What is said twice: the same count of the same thing.

use std::collections::BTreeMap;

use super::labels::strip_scope;
use super::{MentionRef, Reading, quote_of};
use crate::context::Context;
use crate::{Cue, FigureClass, Formula, Reading as RelationReading, Relation, RelationKind};

/// How often one thing is followed through a circular.
const MAX_REPEATS: usize = 6;

/// Counts whose thing (the noun behind or before them) was counted before with the same value: kept as relations that hold.
///
/// A different value is no complaint by itself: another period, a narrower scope and a later state all look alike. Only where the same
/// whole noun phrase is counted as a total twice within one section and period is the tie implied.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    // (unit, noun) to where it was counted.
    let mut seen: BTreeMap<(String, String), Vec<MentionRef>> = BTreeMap::new();
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            let m = reading.mention(at);
            if m.class != FigureClass::Count
                || !m.plain
                || m.decimals != 0
                || super::changes::change_word(&m.label).is_some()
            {
                continue;
            }
            let nouns = nouns_of(reading, at);
            let Some(earlier) = nouns
                .iter()
                .filter_map(|n| seen.get(&(m.unit.clone(), n.clone())))
                .flatten()
                .rev()
                .find(|e| {
                    let other = reading.mention(**e);
                    other.value == m.value && other.fig != m.fig && separate(reading, **e, at)
                })
                .copied()
            else {
                remember(&mut seen, &m.unit, nouns, at);
                continue;
            };
            if let (Some(stated), Some(operand)) = (cx.operand(m.fig), cx.operand(reading.mention(earlier).fig))
                && let Some(quote) = quote_of(cx, std::iter::once(&stated))
            {
                out.push(Relation {
                    kind: RelationKind::Repeat,
                    rule: "stated-again",
                    cue: Cue::Arithmetic,
                    readings: vec![RelationReading {
                        formula: Formula::Equal,
                        stated,
                        operands: vec![operand],
                    }],
                    quote,
                });
            }
            remember(&mut seen, &m.unit, nouns, at);
        }
    }
}

fn remember(seen: &mut BTreeMap<(String, String), Vec<MentionRef>>, unit: &str, nouns: Vec<String>, at: MentionRef) {
    for noun in nouns {
        let places = seen.entry((unit.to_owned(), noun)).or_default();
        if places.len() < MAX_REPEATS {
            places.push(at);
        }
    }
}

/// Two mentions in different clauses that are not parts of one list.
fn separate(reading: &Reading, a: MentionRef, b: MentionRef) -> bool {
    (a.passage != b.passage || reading.mention(a).clause != reading.mention(b).clause)
        && !(reading.is_part(a) && reading.is_part(b))
}

/// The noun that a count counts: behind it (12个政务新媒体), else before it (政府网站共39家).
fn nouns_of(reading: &Reading, at: MentionRef) -> Vec<String> {
    let m = reading.mention(at);
    let behind: String = m.tail.chars().take_while(|c| c.is_alphabetic()).collect();
    let mut nouns = Vec::new();
    for words in [behind.as_str(), reading.label(at).name.as_str()] {
        let noun = strip_scope(words);
        if (2..=16).contains(&noun.chars().count()) {
            nouns.push(noun);
        }
    }
    nouns
}
