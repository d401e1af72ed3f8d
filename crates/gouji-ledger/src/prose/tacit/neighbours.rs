//! Rates and shares of what their neighbours are of.
//!
//! 计划1738户，已开工1609户，开工率92.6%；已完工1348户，完成率77.6%: a rate right behind its part is of the whole of the rate before it, if that gives it.
//!
//! Shares that miss what their neighbours are of: 投诉举报中，来电410件，占比40.0%；来信123件，占比12.0%；来访31件，占比3.6%.
//!
//! Where two shares of a sentence hold over one whole by arithmetic, a third that misses it by little is of it, too, and wrong.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::{Agreement, Decimal};

use crate::context::Context;
use crate::prose::rates::{Kind, assemble, fits, kind_of, near_miss, ratio_reading, scale};
use crate::prose::{MentionRef, Reading};
use crate::{Cue, FigureIdx, Operand, Relation, RelationKind};

/// Points by which a share may miss the whole of its neighbours.
const NEAR: i64 = 2;
/// Figures between a rate and the one before it.
const NEIGHBOURS: usize = 3;
/// Neighbours that must hold.
const LEAST: usize = 2;

/// A whole, and how many shares of one sentence hold over it.
struct Whole {
    operands: Vec<Operand>,
    holding: usize,
}

/// The wholes of each sentence (passage, sentence), by their figures.
type Wholes = BTreeMap<(usize, usize), BTreeMap<Vec<FigureIdx>, Whole>>;

/// The whole of the nearest rate before one in its sentence, over which the amount right before it gives it.
pub(super) fn of_the_rate_before(cx: &Context, reading: &Reading, found: &[Relation], out: &mut Vec<Relation>) {
    let mut known: BTreeMap<FigureIdx, &Relation> = BTreeMap::new();
    for relation in found.iter().filter(|r| r.kind == RelationKind::Ratio) {
        known.extend(relation.readings[0].stated.figure.map(|f| (f, relation)));
    }
    for at in reading.places() {
        let m = reading.mention(at);
        let named = m.is_rate() && m.decimals > 0 && matches!(kind_of(cx, reading, at), Kind::Rate(_));
        if !named || known.contains_key(&m.fig) {
            continue;
        }
        let mut before = (0..at.mention).rev().map(|mention| MentionRef { mention, ..at });
        let part = before
            .next()
            .filter(|p| reading.one_sentence(*p, at) && reading.mention(*p).is_amount());
        let rate = before
            .take(NEIGHBOURS)
            .find(|r| reading.one_sentence(*r, at) && reading.mention(*r).is_rate());
        let Some((part, rate)) = part.zip(rate.and_then(|r| known.get(&reading.mention(r).fig))) else {
            continue;
        };
        let (p, first) = (reading.mention(part), &rate.readings[0]);
        let [_, whole] = &first.operands[..] else { continue };
        let same = whole
            .figure
            .is_some_and(|f| cx.figure(f).unit.as_ref().is_some_and(|u| u.name == p.unit));
        let (Some(stated), Some(value)) = (cx.operand(m.fig), whole.value.filter(|v| same && *v >= p.value)) else {
            continue;
        };
        let scale = scale(cx, reading, at);
        if fits(&stated, p.value, value, scale).is_some_and(Agreement::holds)
            && let Some(part) = cx.operand(p.fig)
        {
            let reading = ratio_reading(&stated, part, vec![whole.clone()], scale);
            out.extend(assemble(cx, "rate-of-counts", Cue::Arithmetic, vec![reading], scale));
        }
    }
}

/// Adds the shares that are in no relation yet to the rates that were `found`.
pub(super) fn relations(cx: &Context, reading: &Reading, known: &BTreeSet<FigureIdx>, found: &mut Vec<Relation>) {
    let share = |at: &MentionRef| {
        let m = reading.mention(*at);
        m.is_rate() && !known.contains(&m.fig) && kind_of(cx, reading, *at) == Kind::Share
    };
    let mut open: BTreeMap<FigureIdx, MentionRef> = reading
        .places()
        .filter(share)
        .map(|at| (reading.mention(at).fig, at))
        .collect();
    let mut wholes = Wholes::new();
    for relation in found.iter() {
        let first = &relation.readings[0];
        let Some(at) = first.stated.figure.and_then(|f| open.remove(&f)) else {
            continue;
        };
        let operands = &first.operands[1..];
        let Some(key) = operands.iter().map(|o| o.figure).collect::<Option<Vec<_>>>() else {
            continue;
        };
        let place = wholes.entry((at.passage, reading.sentence(at))).or_default();
        let whole = place.entry(key).or_insert_with(|| Whole {
            operands: operands.to_vec(),
            holding: 0,
        });
        whole.holding += 1;
    }
    for at in open.into_values() {
        found.extend(missing(cx, reading, &wholes, at));
    }
}

/// The relation of a share that misses by little what enough of its neighbours are of.
fn missing(cx: &Context, reading: &Reading, wholes: &Wholes, at: MentionRef) -> Option<Relation> {
    let place = wholes.get(&(at.passage, reading.sentence(at)))?;
    let part = MentionRef {
        mention: at.mention.checked_sub(1)?,
        ..at
    };
    let amount = reading.mention(part);
    if !reading.one_sentence(part, at) || !amount.is_amount() {
        return None;
    }
    let stated = cx.operand(reading.mention(at).fig)?;
    let scale = scale(cx, reading, at);
    let missed = |whole: &&Whole| {
        let terms = whole.operands.iter();
        let sum = terms.map(|o| o.value).try_fold(Decimal::ZERO, |s, v| s.checked_add(v?));
        sum.is_some_and(|sum| near_miss(&stated, amount.value, sum, scale, NEAR))
    };
    let whole = place.values().filter(|w| w.holding >= LEAST).find(missed)?;
    let found = ratio_reading(&stated, cx.operand(amount.fig)?, whole.operands.clone(), scale);
    assemble(cx, "rate-of-counts", Cue::Implied, vec![found], scale)
}
