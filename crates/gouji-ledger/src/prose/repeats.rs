//! What is said twice: the same count of the same thing.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::labels::strip_scope;
use super::{MentionRef, Reading, quote_of};
use crate::context::Context;
use crate::lexicon::Measure;
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
    referred(cx, reading, out);
}

/// A count taken up again with 的 (发现的378条隐患, 未整改的64条隐患) that no earlier count of the thing equals, but one nearly does in print.
///
/// The definite form says that the figure was given before; a slip of one digit or two digits swapped is then likelier than another count.
fn referred(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            let m = reading.mention(at);
            let noun: String = m.tail.chars().take(2).collect();
            if m.class != FigureClass::Count
                || !m.plain
                || !m.label.ends_with('的')
                || noun.chars().count() < 2
                || m.value < Decimal::TEN
            {
                continue;
            }
            let act: String = m
                .label
                .trim_end_matches('的')
                .chars()
                .rev()
                .take(2)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            let same = |e: &MentionRef| {
                let other = reading.mention(*e);
                let words = format!("{}{}", other.label, other.tail);
                other.class == FigureClass::Count
                    && other.plain
                    && other.unit == m.unit
                    && words.contains(act.as_str())
                    && (words.contains(noun.as_str()) || act.starts_with('未'))
            };
            let earlier: Vec<MentionRef> = (passage.saturating_sub(20)..=passage)
                .flat_map(|p| {
                    (0..reading.prose[p].mentions.len()).map(move |mention| MentionRef { passage: p, mention })
                })
                .filter(|e| *e < at)
                .filter(same)
                .collect();
            let mut values: Vec<Decimal> = earlier.iter().map(|e| reading.mention(*e).value).collect();
            if values.contains(&m.value) {
                continue;
            }
            values.sort_unstable();
            values.dedup();
            let close: Vec<&MentionRef> = earlier
                .iter()
                .filter(|e| slip(reading.mention(**e).value, m.value))
                .collect();
            let (Some(first), true) = (close.first(), values.iter().filter(|v| slip(**v, m.value)).count() == 1) else {
                continue;
            };
            if let (Some(stated), Some(operand)) = (cx.operand(m.fig), cx.operand(reading.mention(**first).fig))
                && let Some(quote) = quote_of(cx, std::iter::once(&stated))
            {
                out.push(Relation {
                    kind: RelationKind::Repeat,
                    rule: "stated-otherwise",
                    cue: Cue::Implied,
                    readings: vec![RelationReading {
                        formula: Formula::Equal,
                        stated,
                        operands: vec![operand],
                    }],
                    quote,
                });
            }
        }
    }
}

/// Two neighbouring digits swapped, or one digit of at least three replaced.
fn slip(a: Decimal, b: Decimal) -> bool {
    let (a, b) = (a.normalize().to_string(), b.normalize().to_string());
    if a.len() != b.len() || a == b {
        return false;
    }
    let differing: Vec<usize> = (0..a.len()).filter(|i| a.as_bytes()[*i] != b.as_bytes()[*i]).collect();
    match differing[..] {
        [_] => a.len() >= 3,
        [i, j] => j == i + 1 && a.as_bytes()[i] == b.as_bytes()[j] && a.as_bytes()[j] == b.as_bytes()[i],
        _ => false,
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
        let length = noun.chars().count();
        if length >= 2 {
            // 政府门户网站 may be called 网站 the next time.
            for short in [2, 4] {
                if length > short {
                    nouns.push(noun.chars().skip(length - short).collect());
                }
            }
            if length <= 24 {
                nouns.push(noun);
            }
        }
    }
    // 共检查39家 names nothing: it is the total of its unit.
    if nouns.is_empty() && (reading.label(at).total || reading.label(at).measure == Some(Measure::Checked))
        || m.label.contains('共')
    {
        nouns.push("共".to_owned());
    }
    nouns
}
