//! The ledger of one circular, room by room.

use gouji_circular::Circular;
use gouji_document::Document;

use crate::context::Context;
use crate::{Ledger, facts, link, order, prose, table};

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
    let facts = facts::facts(&cx, &reading);
    Ledger {
        figures: cx.figures,
        facts,
        relations,
    }
}
