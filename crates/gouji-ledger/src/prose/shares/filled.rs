//! Shares of one whole that fill it: 占受理总量的58.6%…占受理总量的33.2%…占受理总量的8.2%, whatever is told between them.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::groups::{Group, Item};
use super::{parallel, sums};
use crate::context::Context;
use crate::lexicon::PartCue;
use crate::prose::partition::one_slip;
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, FigureIdx, Formula, Operand, Relation, RelationKind};

/// Most shares that are taken together.
const MAX_SHARES: usize = 64;
/// Groups behind one that may be of its whole.
const MAX_GROUPS: usize = 16;

/// Shares that were held against one whole.
pub(super) struct Told {
    items: Vec<Item>,
    /// The printed whole; `None` for the sum of the parts.
    whole: Option<MentionRef>,
    value: Decimal,
    /// What makes up a whole that is not printed.
    parts: Vec<Operand>,
}

impl Told {
    /// The shares of a group and what they are of.
    pub fn new(group: &Group, whole: Option<MentionRef>, value: Decimal) -> Self {
        Self {
            items: group.items.clone(),
            whole,
            value,
            parts: Vec::new(),
        }
    }

    /// The shares of a group that are of its own parts together.
    pub fn together(group: &Group, value: Decimal, parts: Vec<Operand>) -> Self {
        Self {
            parts,
            ..Self::new(group, None, value)
        }
    }

    /// The parts that are the whole of a later group in the same passage: 甲类40人，占40%；乙类60人，占60%，其中丙类15人，占15%.
    pub fn unprinted(&self, reading: &Reading, group: &Group) -> Option<(&[Operand], Decimal)> {
        let (own, other) = (self.items[0].part, group.items[0].part);
        let alike = own.passage == other.passage && reading.mention(own).unit == reading.mention(other).unit;
        (alike && !self.parts.is_empty()).then_some((&self.parts[..], self.value))
    }
}

/// Sums of the shares of each group, of groups of one whole together, and of shares that stand behind their names.
pub(super) fn relations(cx: &Context, reading: &Reading, told: &[Told], out: &mut Vec<Relation>) {
    let mut known: BTreeSet<FigureIdx> = out
        .iter()
        .filter(|r| r.kind == RelationKind::ShareSum)
        .flat_map(|r| r.readings[0].operands.iter().filter_map(|o| o.figure))
        .collect();
    for group in told {
        for items in divisions(reading, &group.items, group.value) {
            if let Some(all) = of_items(cx, reading, items, group.value, &mut known, out)
                && let Some(whole) = group.whole
            {
                parts_of_hundred(cx, reading, &all, whole, out);
            }
        }
    }
    for (i, group) in told.iter().enumerate() {
        let open = |g: &Told| !g.items.iter().any(|i| known.contains(&reading.mention(i.share).fig));
        let first = group.items[0].part.passage;
        let section = cx.passages[first].headings.first();
        if group.whole.is_none() || !open(group) {
            continue;
        }
        let further = told[i + 1..]
            .iter()
            .take(MAX_GROUPS)
            .take_while(|g| cx.passages[g.items[0].part.passage].headings.first() == section)
            .filter(|g| g.whole == group.whole && open(g));
        let items: Vec<Item> = std::iter::once(group)
            .chain(further)
            .flat_map(|g| g.items.clone())
            .collect();
        if items.len() > group.items.len() && fills(reading, &items, group.value) {
            of_items(cx, reading, &items, group.value, &mut known, out);
        }
    }
    behind_names(cx, reading, &known, out);
}

/// The shares of a group as the divisions of their whole one after the other, where their parts make up several (按内容分…；按结果分…); else all
/// of them together.
fn divisions<'i>(reading: &Reading, items: &'i [Item], whole: Decimal) -> Vec<&'i [Item]> {
    let mut out = Vec::new();
    let mut from = 0;
    while from < items.len() {
        let full = (from + 2..=items.len()).find(|to| fills(reading, &items[from..*to], whole));
        let Some(to) = full else { return vec![items] };
        out.push(&items[from..to]);
        from = to;
    }
    out
}

/// Whether the parts of shares add up to their whole.
fn fills(reading: &Reading, items: &[Item], whole: Decimal) -> bool {
    let sum = items
        .iter()
        .try_fold(Decimal::ZERO, |s, i| s.checked_add(reading.mention(i.part).value));
    sum == Some(whole)
}

/// Of a thousand: what parts may fall short of their whole by where their shares give a hundred to the last place.
const PER_THOUSAND: i64 = 1_000;
/// Fewest parts that a hundred says something of.
const LEAST_PARTS: usize = 3;

/// 受理3423件。其中咨询2157件，占63%；投诉920件，占26.9%，已办结746件；举报345件，占10.1%: parts whose shares give exactly a hundred are all there
/// is, whatever is told between them.
fn parts_of_hundred(cx: &Context, reading: &Reading, items: &[Item], whole: MentionRef, out: &mut Vec<Relation>) {
    let total = reading.mention(whole);
    let hundred = items
        .iter()
        .try_fold(Decimal::ZERO, |s, i| s.checked_add(reading.mention(i.share).value))
        == Some(Decimal::ONE_HUNDRED);
    let alike = items.iter().all(|i| reading.mention(i.part).unit == total.unit);
    let known = out.iter().any(|r| {
        let first = &r.readings[0];
        r.kind == RelationKind::Sum
            && first.stated.figure == Some(total.fig)
            && first
                .operands
                .iter()
                .any(|o| o.figure == Some(reading.mention(items[0].part).fig))
    });
    if !hundred || !alike || known || items.len() < LEAST_PARTS {
        return;
    }
    let values: Vec<Decimal> = items.iter().map(|i| reading.mention(i.part).value).collect();
    let Some(sum) = values.iter().try_fold(Decimal::ZERO, |s, v| s.checked_add(*v)) else {
        return;
    };
    let little = (total.value - sum)
        .abs()
        .checked_mul(Decimal::from(PER_THOUSAND))
        .is_some_and(|gap| gap <= total.value);
    if !little && !one_slip(total.value, sum, &values) {
        return;
    }
    let operand = |at: MentionRef| cx.operand(reading.mention(at).fig);
    let parts: Option<Vec<Operand>> = items.iter().map(|i| operand(i.part)).collect();
    if let (Some(stated), Some(parts)) = (operand(whole), parts) {
        let cue = if sum == total.value {
            Cue::Arithmetic
        } else {
            Cue::Implied
        };
        let kind = RelationKind::Sum;
        out.extend(relation(cx, kind, "breakdown-sum", cue, Formula::Sum, stated, parts));
    }
}

/// The sum of shares of one whole, those of a part (其中) left out where that fills it. Gives the items that were added.
fn of_items(
    cx: &Context,
    reading: &Reading,
    items: &[Item],
    whole: Decimal,
    known: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) -> Option<Vec<Item>> {
    let fig = |i: &Item| reading.mention(i.share).fig;
    if items.len() > MAX_SHARES || items.iter().any(|i| known.contains(&fig(i)) || !i.joint.is_empty()) {
        return None;
    }
    let first: Vec<Item> = items
        .iter()
        .enumerate()
        .filter(|(n, i)| *n == 0 || reading.label(i.part).cue.is_none_or(|c| c == PartCue::All))
        .map(|(_, i)| i.clone())
        .collect();
    for chosen in [items, &first] {
        let operands: Vec<Operand> = chosen.iter().filter_map(|i| cx.operand(fig(i))).collect();
        // Where the parts are all of the whole their shares must be, too.
        let cue = if fills(reading, chosen, whole) {
            Cue::Implied
        } else {
            Cue::Arithmetic
        };
        if operands.len() < 2 || operands.len() != chosen.len() {
            continue;
        }
        let before = out.len();
        sums::push_shares(cx, operands, cue, out);
        if out.len() > before {
            known.extend(chosen.iter().map(fig));
            return Some(chosen.to_vec());
        }
    }
    None
}

/// 货物、工程、服务采购规模分别占40%、35%、25%: as many shares as names before them; or shares with places behind the point that fill 100 %.
fn behind_names(cx: &Context, reading: &Reading, known: &BTreeSet<FigureIdx>, out: &mut Vec<Relation>) {
    for (passage, prose) in reading.prose.iter().enumerate() {
        let text = cx.passages[passage].text.as_str();
        let mut next = 0;
        while next < prose.mentions.len() {
            let Some(run) = parallel::run(prose, next) else {
                next += 1;
                continue;
            };
            next += run.len();
            let fresh = !run.iter().any(|m| known.contains(&prose.mentions[*m].fig));
            if !fresh {
                continue;
            }
            let operands: Vec<Operand> = run.iter().filter_map(|m| cx.operand(prose.mentions[*m].fig)).collect();
            // 起数占比为41.3%、58.7%，亡人占比为53.2%、46.8%: the names stand before another run, and the figures are printed closely enough.
            if parallel::behind_names(text, prose, &run) || sums::fills(&operands) {
                sums::push_shares(cx, operands, Cue::Arithmetic, out);
            }
        }
    }
}
