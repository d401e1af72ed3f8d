//! The ledger of one circular, room by room.

use std::collections::BTreeSet;

use gouji_circular::Circular;
use gouji_document::{Document, Span};

use crate::context::Context;
use crate::{Cue, Ledger, Relation, RelationKind, facts, link, order, prose, table};

/// Reads the ledger of a circular: its figures, the relations among them, and its facts.
#[must_use]
pub fn build(document: &Document, circular: &Circular) -> Ledger {
    let mut cx = Context::new(document, circular);
    let mut relations = Vec::new();
    let reading = prose::read(&mut cx);
    prose::relations(&cx, &reading, &mut relations);
    table::relations(&cx, &mut relations);
    link::relations(&cx, &mut relations);
    order::relations(&cx, &mut relations);
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
    drop_weaker(&mut relations);
    let facts = facts::facts(&cx, &reading);
    Ledger {
        figures: cx.figures,
        facts,
        relations,
    }
}

/// Drops a relation that only arithmetic suggests where words say the same of the same figure.
fn drop_weaker(relations: &mut Vec<Relation>) {
    let said = |r: &Relation| Some((r.readings.first()?.stated.span?, r.kind));
    let worded: BTreeSet<(Span, RelationKind)> = relations
        .iter()
        .filter(|r| r.kind == RelationKind::Count && r.cue > Cue::Arithmetic)
        .filter_map(said)
        .collect();
    relations.retain(|r| r.cue > Cue::Arithmetic || said(r).is_none_or(|at| !worded.contains(&at)));
}
