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

use gouji_quantity::Decimal;

use super::{MentionRef, Reading};
use crate::context::Context;
use crate::{FigureIdx, Operand, Relation, RelationKind};
use rows::Row;

/// Earlier rows tried as the whole of a row.
const MAX_WHOLES: usize = 6;
/// Passages before a row in which its whole is looked for.
const MAX_PASSAGES_BACK: usize = 6;

/// Relations of rows. What was read of their figures one by one, against their order, is taken back.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let rows: Vec<Vec<Row>> = (0..reading.prose.len())
        .map(|passage| rows::rows(reading, passage))
        .collect();
    let mut found = Vec::new();
    sums::of_partitions(cx, reading, &rows, &mut found);
    let grouped = sums::of_groups(cx, reading, &rows, &mut found);
    let paired = rates::relations(cx, reading, &rows, &mut found);
    let figure = |o: &Operand| o.figure;
    out.retain(|r| {
        let first = &r.readings[0];
        let within = |set: &[FigureIdx]| {
            first
                .operands
                .iter()
                .all(|o| figure(o).is_some_and(|f| set.contains(&f)))
        };
        match r.kind {
            // The figures of one parenthesis are of different things.
            RelationKind::Sum => !grouped.iter().any(|row| within(row)),
            RelationKind::ShareSum => !paired.iter().any(|run| within(run)),
            RelationKind::Ratio => !figure(&first.stated).is_some_and(|f| paired.iter().any(|run| run.contains(&f))),
            _ => true,
        }
    });
    found.retain(|r| {
        !out.iter().any(|o| {
            o.kind == r.kind
                && figure(&o.readings[0].stated) == figure(&r.readings[0].stated)
                && o.readings[0].operands.len() == r.readings[0].operands.len()
                && o.readings[0]
                    .operands
                    .iter()
                    .all(|x| r.readings[0].operands.contains(x))
        })
    });
    out.append(&mut found);
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
        .flat_map(|p| rows[p].iter().rev().map(move |row| (p, row)))
        .filter(|(p, row)| *p < passage || row.end() <= before)
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
