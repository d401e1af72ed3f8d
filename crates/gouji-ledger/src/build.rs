//! The ledger of one circular, room by room.

use std::collections::BTreeMap;

use gouji_circular::Circular;
use gouji_document::{Deadline, Document, Span, script};

use crate::context::Context;
use crate::{FigureIdx, Ledger, Relation, RelationKind, facts, link, order, prose, table};

/// A room: it adds the relations that it finds.
type Room<'r> = &'r dyn Fn(&mut Vec<Relation>);

/// Reads the ledger of a circular: its figures, the relations among them, and its facts.
#[must_use]
pub fn build(document: &Document, circular: &Circular) -> Ledger {
    build_until(document, circular, &Deadline::default())
}

/// Reads a ledger as [`build`] does, unless that takes too long: once `deadline` has passed, no further passage of the text is
/// read and no further step taken, and the ledger is empty.
#[must_use]
pub fn build_until(document: &Document, circular: &Circular, deadline: &Deadline) -> Ledger {
    let Some(twin) = script::twin(document) else {
        return read(document, circular, deadline);
    };
    let mut ledger = read(&twin, &circular.simplified(), deadline);
    as_printed(&mut ledger, &document.text);
    ledger
}

/// Gives figures and operands the characters of the source where they stand in it as one piece.
fn as_printed(ledger: &mut Ledger, source: &str) {
    let restore = |surface: &mut String, span: Option<Span>| {
        let printed = span.and_then(|s| source.get(s.range()));
        if let Some(printed) = printed.filter(|p| script::simplified(p).as_deref() == Some(surface.as_str())) {
            printed.clone_into(surface);
        }
    };
    for figure in &mut ledger.figures {
        restore(&mut figure.surface, Some(figure.span));
    }
    for reading in ledger.relations.iter_mut().flat_map(|r| &mut r.readings) {
        for operand in std::iter::once(&mut reading.stated).chain(&mut reading.operands) {
            restore(&mut operand.surface, operand.span);
        }
    }
}

fn read(document: &Document, circular: &Circular, deadline: &Deadline) -> Ledger {
    let mut cx = Context::new(document, circular);
    let mut relations = Vec::new();
    let Some(reading) = prose::read_until(&mut cx, deadline) else {
        return Ledger::default();
    };
    let rooms: [Room<'_>; 4] = [
        &|out| prose::relations(&cx, &reading, deadline, out),
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
    if deadline.has_passed() {
        return Ledger::default();
    }
    // Source order of what is stated; ties by kind, rule and operands, so that the order never depends on the rooms' order and equals
    // stand side by side.
    relations.sort_by_cached_key(|r| {
        let stated = r
            .readings
            .first()
            .and_then(|reading| reading.stated.span)
            .unwrap_or(r.quote);
        let place = (stated.start, r.quote.start, r.quote.end);
        (place, r.kind, r.rule, r.cue, operands(r))
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

/// The figures of the operands of a relation's first reading.
fn operands(r: &Relation) -> Vec<Option<FigureIdx>> {
    let first = r.readings.first();
    first.map_or_else(Vec::new, |reading| reading.operands.iter().map(|o| o.figure).collect())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prose::tests::circular;

    #[test]
    fn nothing_is_read_once_the_deadline_has_passed() {
        let (document, circular) = circular("受理10件，其中甲类6件、乙类4件。");
        let deadline = Deadline::new();
        assert_eq!(build_until(&document, &circular, &deadline).relations.len(), 1);
        deadline.pass();
        assert_eq!(build_until(&document, &circular, &deadline), Ledger::default());
        // Not only at the end: the text is not read.
        assert!(prose::read_until(&mut Context::new(&document, &circular), &deadline).is_none());
    }
}
