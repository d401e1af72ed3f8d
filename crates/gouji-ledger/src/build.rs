//! The ledger of one circular, room by room.

use std::collections::BTreeMap;

use gouji_circular::Circular;
use gouji_document::{Deadline, Document};

use crate::context::Context;
use crate::{FigureIdx, Ledger, Relation, RelationKind, facts, link, order, prose, table};

/// A room: it adds the relations that it finds.
type Room<'r> = &'r dyn Fn(&mut Vec<Relation>);

/// Reads the ledger of a circular: its figures, the relations among them, and its facts.
#[must_use]
pub fn build(document: &Document, circular: &Circular) -> Ledger {
    build_until(document, circular, &Deadline::default())
}

/// Reads a ledger as [`build`] does, unless that takes too long: no room is entered once `deadline` has passed, and what is
/// returned then is of no use.
#[must_use]
pub fn build_until(document: &Document, circular: &Circular, deadline: &Deadline) -> Ledger {
    let mut cx = Context::new(document, circular);
    let mut relations = Vec::new();
    let reading = prose::read(&mut cx);
    let rooms: [Room<'_>; 4] = [
        &|out| prose::relations(&cx, &reading, out),
        &|out| table::relations(&cx, out),
        &|out| link::relations(&cx, out),
        &|out| order::relations(&cx, out),
    ];
    for room in rooms {
        if deadline.has_passed() {
            return Ledger::default();
        }
        room(&mut relations);
    }
    // Source order of what is stated; ties by kind, so that the order never depends on the rooms' order.
    relations.sort_by_key(|r| {
        let stated = r
            .readings
            .first()
            .and_then(|reading| reading.stated.span)
            .unwrap_or(r.quote);
        (stated.start, r.quote.start, r.quote.end, r.kind)
    });
    relations.dedup();
    once(&mut relations);
    let facts = facts::facts(&cx, &reading);
    Ledger {
        figures: cx.figures,
        facts,
        relations,
    }
}

/// Of relations of one kind among the same figures in the same parts, the one with the strongest cue stays: two rooms may have found it.
fn once(relations: &mut Vec<Relation>) {
    let key = |r: &Relation| {
        let summed = matches!(
            r.kind,
            RelationKind::Sum | RelationKind::ShareSum | RelationKind::Difference | RelationKind::Ratio
        );
        if !summed {
            return None;
        }
        let reading = r.readings.first()?;
        let figures: Option<Vec<FigureIdx>> = reading.operands.iter().map(|o| o.figure).collect();
        Some((r.kind, reading.stated.figure?, figures?))
    };
    // Of equals the rule that says more than that a list adds up.
    let weight = |r: &Relation| (r.cue, r.rule != "breakdown-sum");
    let mut strongest: BTreeMap<(RelationKind, FigureIdx, Vec<FigureIdx>), usize> = BTreeMap::new();
    for (at, relation) in relations.iter().enumerate() {
        if let Some(key) = key(relation) {
            let best = strongest.entry(key).or_insert(at);
            if weight(relation) > weight(&relations[*best]) {
                *best = at;
            }
        }
    }
    let mut at = 0;
    relations.retain(|r| {
        at += 1;
        key(r).is_none_or(|k| strongest.get(&k).is_none_or(|best| *best == at - 1))
    });
}
