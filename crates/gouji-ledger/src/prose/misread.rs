//! Sums that were read amiss, as other sums show.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use crate::context::Context;
use crate::{Cue, FigureIdx, Operand, Relation, RelationKind};

/// Measure words of persons, who are no cases.
const PERSONS: [&str; 4] = ["人", "名", "位", "人次"];

/// Takes out the sums that others show to be misread, and those that only chance made.
pub(super) fn drop_sums(cx: &Context, out: &mut Vec<Relation>) {
    drop_cut_wrongly(out);
    drop_chance(cx, out);
}

/// The parts of a sum that are figures.
fn parts(relation: &Relation) -> BTreeSet<FigureIdx> {
    let operands = relation.readings[0].operands.iter();
    operands.filter_map(|o| o.figure).collect()
}

fn adds_up(relation: &Relation) -> bool {
    let reading = &relation.readings[0];
    let sum = reading
        .operands
        .iter()
        .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?));
    sum.is_some() && sum == reading.stated.value
}

/// Takes out sums that nothing but their figures suggested where the total is itself, like one of its parts, a part of a printed whole (70件、
/// 41件、23件、6件 of 140件), or is counted in other units than they are (1起 of 1人 and 0人).
fn drop_chance(cx: &Context, out: &mut Vec<Relation>) {
    let mut wholes: BTreeMap<FigureIdx, Vec<BTreeSet<FigureIdx>>> = BTreeMap::new();
    for relation in out.iter().filter(|r| r.kind == RelationKind::Sum && adds_up(r)) {
        let all = parts(relation);
        if all.len() > 2
            && let Some(first) = all.first()
        {
            wholes.entry(*first).or_default().push(all);
        }
    }
    // By each part, so that a sum need only be held against those that its total is a part of.
    let mut by_part: BTreeMap<FigureIdx, Vec<&BTreeSet<FigureIdx>>> = BTreeMap::new();
    for whole in wholes.values().flatten() {
        for part in whole {
            by_part.entry(*part).or_default().push(whole);
        }
    }
    let chance = |r: &Relation| {
        let own = parts(r);
        let total = r.readings[0].stated.figure;
        let sibling = total
            .and_then(|t| by_part.get(&t))
            // 甲160个、乙42个、丙36个、丁25个；新增3个，注销8个: 丙 is no sum of 丁, which stands beside it, and others.
            .is_some_and(|wholes| wholes.iter().any(|whole| own.len() >= 2 && !own.is_disjoint(whole)));
        sibling
            || r.readings[0]
                .operands
                .iter()
                .any(|o| !one_kind(cx, &r.readings[0].stated, o))
    };
    out.retain(|r| r.kind != RelationKind::Sum || r.cue != Cue::Arithmetic || !chance(r));
}

/// Whether two figures may be of one kind by their units: persons are summed with persons, money with money.
fn one_kind(cx: &Context, a: &Operand, b: &Operand) -> bool {
    let unit = |o: &Operand| {
        let unit = cx.figure(o.figure?).unit.as_ref()?;
        Some((
            PERSONS.contains(&unit.name.as_str()),
            unit.class == gouji_quantity::UnitClass::Money,
        ))
    };
    match (unit(a), unit(b)) {
        (Some(a), Some(b)) => a == b,
        _ => true,
    }
}

/// Takes out sums that do not hold where another of the same total does with parts of theirs: the list was cut wrongly.
fn drop_cut_wrongly(out: &mut Vec<Relation>) {
    let mut right: BTreeMap<FigureIdx, Vec<BTreeSet<FigureIdx>>> = BTreeMap::new();
    for relation in out.iter().filter(|r| r.kind == RelationKind::Sum && adds_up(r)) {
        if let Some(total) = relation.readings[0].stated.figure {
            right.entry(total).or_default().push(parts(relation));
        }
    }
    // Of two that do not hold the longer is the whole list.
    let mut wrong: BTreeMap<FigureIdx, Vec<BTreeSet<FigureIdx>>> = BTreeMap::new();
    for relation in out.iter().filter(|r| r.kind == RelationKind::Sum && !adds_up(r)) {
        if let Some(total) = relation.readings[0].stated.figure {
            wrong.entry(total).or_default().push(parts(relation));
        }
    }
    out.retain(|r| {
        let longer = r.readings[0].stated.figure.and_then(|total| wrong.get(&total));
        let shorter = |all: &Vec<BTreeSet<FigureIdx>>| {
            let own = parts(r);
            all.iter().any(|other| other.len() > own.len() && own.is_subset(other))
        };
        r.kind != RelationKind::Sum || adds_up(r) || !longer.is_some_and(shorter)
    });
    out.retain(|r| {
        let reading = &r.readings[0];
        let rivals = reading.stated.figure.and_then(|total| right.get(&total));
        let misread = |rivals: &Vec<BTreeSet<FigureIdx>>| {
            let own = parts(r);
            rivals.iter().any(|rival| own.intersection(rival).count() >= 2)
        };
        r.kind != RelationKind::Sum || adds_up(r) || !rivals.is_some_and(misread)
    });
}
