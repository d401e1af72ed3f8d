//! Figures told side by side: 火灾120起、亡8人; 5起、7人 behind each of several names; rates paired with them by their order.
//!
//! Amounts of different units that follow one another make a row ([`rows`]). Rows of one shape are held against an earlier row
//! of that shape, column by column ([`sums`]); n rates told with 分别 behind a row of n are its shares, or the rates of what is
//! named before them ([`rates`]). A row is proof of its own reading: where one column fits, the others are meant too.

mod rates;
mod rows;
mod sums;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use super::{MentionRef, Reading, figures_of};
use crate::context::Context;
use crate::{FigureIdx, Operand, Relation, RelationKind};
use rows::Row;

/// Earlier rows tried as the whole of a row.
const MAX_WHOLES: usize = 6;
/// Rows of a passage that are looked at.
const REACH: usize = 64;
/// Passages before a row in which its whole is looked for.
const MAX_PASSAGES_BACK: usize = 6;

/// Relations of rows. Sums of figures that stand in one row, and so are of different things, are taken back.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let rows: Vec<Vec<Row>> = (0..reading.prose.len())
        .map(|passage| rows::rows(reading, passage))
        .collect();
    let mut found = Vec::new();
    sums::of_partitions(cx, reading, &rows, &mut found);
    sums::of_rows(cx, reading, &rows, &mut found);
    let grouped = sums::of_groups(cx, reading, &rows, &mut found);
    rates::relations(cx, reading, &rows, &mut found);
    // The figures of one parenthesis are of different things.
    let grouped = places(&grouped);
    out.retain(|r| r.kind != RelationKind::Sum || !within(&grouped, &r.readings[0].operands));
    let mut known: BTreeSet<Vec<Option<FigureIdx>>> = out.iter().map(figures_of).collect();
    found.retain(|r| known.insert(figures_of(r)));
    out.append(&mut found);
}

/// The place of each figure among sets of figures.
fn places(sets: &[Vec<FigureIdx>]) -> BTreeMap<FigureIdx, usize> {
    sets.iter()
        .enumerate()
        .flat_map(|(i, set)| set.iter().map(move |f| (*f, i)))
        .collect()
}

/// Whether all operands are of one set.
fn within(places: &BTreeMap<FigureIdx, usize>, operands: &[Operand]) -> bool {
    let place = |o: &Operand| o.figure.and_then(|f| places.get(&f));
    operands.first().and_then(place).is_some() && operands.windows(2).all(|w| place(&w[0]) == place(&w[1]))
}

/// Rows of the shape `units` before a place, nearest first: its passage, then the passages before it in its body.
fn earlier<'r>(
    cx: &Context,
    rows: &'r [Vec<Row>],
    units: &[&str],
    passage: usize,
    before: usize,
) -> Vec<(usize, &'r Row)> {
    let body = cx.passages[passage].body;
    (passage.saturating_sub(MAX_PASSAGES_BACK)..=passage)
        .rev()
        .filter(|p| cx.passages[*p].body == body)
        .flat_map(|p| {
            let end = if p < passage {
                rows[p].len()
            } else {
                rows[p].partition_point(|row| row.end() <= before)
            };
            rows[p][..end].iter().rev().take(REACH).map(move |row| (p, row))
        })
        .filter(|(_, row)| row.has_units(units))
        .take(MAX_WHOLES)
        .collect()
}

fn at(passage: usize, mention: usize) -> MentionRef {
    MentionRef { passage, mention }
}

fn value(reading: &Reading, passage: usize, mention: usize) -> Decimal {
    reading.mention(at(passage, mention)).value
}
