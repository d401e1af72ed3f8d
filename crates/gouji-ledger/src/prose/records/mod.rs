//! Running text laid out as a table: records in paragraphs of their own, between ；, or under numbers, each with the same fields.
//!
//! 全县30项，总投资90亿元，完成投资22亿元。其中：¶省级6项，总投资40亿元。1—6月完成投资12亿元。¶市级24项，总投资50亿元。1—6月完成
//! 投资10亿元。: each field, summed over the records ([`runs`]), is held against the amounts of that field before them
//! ([`columns`]). Kept only if it holds, since where a record begins and what it leaves out is not said; but fields that add up
//! vouch for those beside them. Records may be known by the measures of the sentence that leads them ([`led`], over [`stretches`]), and
//! a field by its words alone, wherever its records begin ([`named`]).

mod columns;
mod led;
mod named;
mod runs;
mod stretches;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use super::partition::is_gap;
use super::{MentionRef, Reading, changes, relation};
use crate::context::Context;
use crate::{Cue, FigureIdx, Formula, Operand, Relation, RelationKind};
use columns::{anchored, columns, contradicts, head_of, slip_of, whole};

/// Most records of a run, and most fields of a record.
const MAX_RECORDS: usize = 60;
const MAX_FIELDS: usize = 12;
/// How far back heads are looked for: passages, and amounts.
const MAX_BACK: usize = 8;
const MAX_HEADS: usize = 120;

/// The amounts of a record, in order: first what the record counts, then its other fields.
type Record = Vec<MentionRef>;

/// Adds the sums of fields over records.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let known = out
        .iter()
        .filter(|r| r.kind == RelationKind::Sum)
        .filter_map(|r| {
            let parts = r.readings[0].operands.iter().filter_map(|o| o.figure).collect();
            Some((r.readings[0].stated.figure?, parts))
        })
        .collect();
    let mut sums = Sums {
        cx,
        reading,
        known,
        found: Vec::new(),
        out,
    };
    let runs = runs::all(cx, reading);
    // The first of a run may be what the others divide.
    let shorter: Vec<&[Record]> = runs.iter().filter(|r| r.len() >= 3).map(|r| &r[1..]).collect();
    for run in runs.iter().map(Vec::as_slice).chain(shorter) {
        judge(&mut sums, run);
    }
    for (head, parts, cue) in led::sums(cx, reading).into_iter().chain(named::sums(cx, reading)) {
        sums.push(head, &parts, cue);
        sums.increases(head, &parts);
    }
    sums.settle();
}

/// The amounts before one in its body that are no changes, nearest first.
fn amounts_before<'r>(
    cx: &'r Context,
    reading: &'r Reading,
    first: MentionRef,
) -> impl Iterator<Item = MentionRef> + 'r {
    reading.before(cx, first, MAX_BACK).take(MAX_HEADS).filter(|at| {
        let m = reading.mention(*at);
        m.is_amount() && changes::change_word(&m.label).is_none() && !is_gap(m)
    })
}

/// Holds the columns of a run against the amounts before it.
fn judge(sums: &mut Sums, run: &[Record]) {
    let (cx, reading) = (sums.cx, sums.reading);
    let columns = columns(reading, run);
    // Where two fields of one paragraph add up, it is that paragraph which the records divide.
    let anchor = anchored(cx, reading, run, &columns);
    let told = |n: usize| anchor.as_ref().and_then(|heads| heads[n]);
    let heads: Vec<Option<MentionRef>> = columns
        .iter()
        .enumerate()
        .map(|(n, column)| {
            let equal = |at: &MentionRef| column.sum > Decimal::ZERO && column.adds_up_to(cx, reading, *at);
            told(n).filter(equal).or_else(|| head_of(cx, reading, run, column))
        })
        .collect();
    let proven = whole(run, &columns, &heads).count() >= 2;
    for (n, column) in columns.iter().enumerate() {
        let wrong = || {
            told(n)
                .filter(|head| proven && contradicts(reading, column, *head))
                .or_else(|| slip_of(reading, run, &columns, column, &heads))
        };
        if let Some(head) = heads[n] {
            // What the last place leaves open is said only where other fields vouch for the records.
            let exact = reading.mention(head).value == column.sum;
            let cue = if proven && !exact {
                Cue::Implied
            } else {
                Cue::Arithmetic
            };
            sums.push(head, &column.parts, cue);
            sums.increases(head, &column.parts);
        } else if let Some(head) = wrong() {
            sums.push(head, &column.parts, Cue::Implied);
            sums.increases(head, &column.parts);
        }
    }
}

/// Whether the parts are less than a total of whole cases.
fn falls_short(relation: &Relation) -> bool {
    let reading = &relation.readings[0];
    let sum = reading
        .operands
        .iter()
        .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?));
    reading.stated.decimals == 0 && sum.zip(reading.stated.value).is_some_and(|(sum, total)| sum < total)
}

/// The sums as they are found.
struct Sums<'a, 'b> {
    cx: &'a Context<'b>,
    reading: &'a Reading,
    /// Each known sum: its total and its parts in order.
    known: BTreeSet<(FigureIdx, Vec<FigureIdx>)>,
    /// The sums over fields, each with its total and its parts.
    found: Vec<(Relation, Stand)>,
    out: &'a mut Vec<Relation>,
}

/// Where a sum stands: the paragraph of its total and those of its parts.
type Stand = (usize, Vec<usize>);

impl Sums<'_, '_> {
    /// Adds a sum that is not known.
    fn push(&mut self, head: MentionRef, parts: &[MentionRef], cue: Cue) {
        let figures: Vec<FigureIdx> = parts.iter().map(|m| self.reading.mention(*m).fig).collect();
        // 差值0.95万元，差值0.05万元: on either side.
        if is_gap(self.reading.mention(head)) || !self.known.insert((self.reading.mention(head).fig, figures)) {
            return;
        }
        let operands: Vec<Operand> = parts
            .iter()
            .filter_map(|m| self.cx.operand(self.reading.mention(*m).fig))
            .collect();
        let Some(stated) = self.cx.operand(self.reading.mention(head).fig) else {
            return;
        };
        let (kind, rule) = (RelationKind::Sum, "records-sum");
        let found = relation(self.cx, kind, rule, cue, Formula::Sum, stated, operands);
        let stand = (head.passage, parts.iter().map(|m| m.passage).collect());
        self.found.extend(found.map(|relation| (relation, stand)));
    }

    /// Gives the sums out, but for those of one paragraph over the same records that fall short together: of 共受理2313件，新收1643件，结案1119件
    /// and three kinds of cases that lack one or two of each, a fourth is not told. One wrong figure makes one sum fail.
    fn settle(self) {
        let mut lacking: BTreeMap<&Stand, usize> = BTreeMap::new();
        for (_, stand) in self.found.iter().filter(|(r, _)| falls_short(r)) {
            *lacking.entry(stand).or_default() += 1;
        }
        let unlisted: BTreeSet<Stand> = lacking
            .into_iter()
            .filter(|(_, n)| *n >= 2)
            .map(|(stand, _)| stand.clone())
            .collect();
        let kept = self
            .found
            .into_iter()
            .filter(|(r, stand)| !(falls_short(r) && unlisted.contains(stand)));
        self.out.extend(kept.map(|(relation, _)| relation));
    }

    /// Adds the sum of the increases told behind a field, if it holds.
    fn increases(&mut self, head: MentionRef, parts: &[MentionRef]) {
        let Some(found) = changes::increases_of(self.cx, self.reading, head, parts) else {
            return;
        };
        let reading = &found.readings[0];
        let figures = reading.operands.iter().filter_map(|o| o.figure).collect();
        if let Some(total) = reading.stated.figure
            && self.known.insert((total, figures))
        {
            self.out.push(found);
        }
    }
}
