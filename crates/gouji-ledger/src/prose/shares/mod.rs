//! Shares find their parts and wholes, and add to 100 %.
//!
//! Shares told side by side are read as one group ([`groups`]); the group finds its whole ([`wholes`]); and what is said to be all of
//! something adds to 100 % ([`sums`]).

mod filled;
pub(crate) mod groups;
mod parallel;
mod sums;
#[cfg(test)]
mod tests;
mod wholes;

use gouji_quantity::{Decimal, one_keystroke};

use super::partition::hardly_chance;
use super::rates::{assemble, near_miss, ratio_reading, scale};
use super::{MentionRef, Reading, labels};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Relation, RelationKind};
use groups::{Group, Item};
pub(super) use groups::{of_class, share_words, whole_inside};
pub(super) use parallel::{joined, run};
pub(super) use sums::{fill_hundred, hold_over, share_of_item};
pub(super) use wholes::scope;
use wholes::{Divisions, Found, Nearness};

/// Relations of all shares.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let divisions = wholes::divisions(reading);
    let mut told = Vec::new();
    for group in groups::groups(cx, reading) {
        told.extend(of_group(cx, reading, &divisions, &group, &told, out));
    }
    sums::relations(cx, reading, out);
    filled::relations(cx, reading, &told, out);
}

/// Relates the shares of a group; gives the whole that they were held against.
fn of_group(
    cx: &Context,
    reading: &Reading,
    divisions: &Divisions,
    group: &Group,
    told: &[filled::Told],
    out: &mut Vec<Relation>,
) -> Option<filled::Told> {
    if let Some(own) = of_own_kind(cx, reading, group) {
        out.extend(own);
        return None;
    }
    let fits = |f: &Found| f.fitting.iter().flatten().count();
    let by_chance = |f: &Found| fits(f) > 0 && !believable(cx, reading, group, f, fits(f));
    let found = wholes::whole_of(cx, reading, divisions, group, Nearness::Far);
    // What fits by chance somewhere else says nothing for or against the whole that the text tells.
    let found = match found {
        Some(f) if by_chance(&f) => wholes::whole_of(cx, reading, divisions, group, Nearness::Said).or(Some(f)),
        other => other,
    };
    let fitting = found.as_ref().map_or(0, fits);
    // Shares that hold over the sum of their own parts are of that, whatever the total is printed as.
    if fitting < group.items.len()
        && let Some((holding, parts)) = wholes::together(cx, reading, group)
        && holding > fitting
    {
        let whole = parts.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
        for item in &group.items {
            let cue = match wholes::holds(cx, reading, item, whole) {
                Some(_) => Cue::Explicit,
                None => Cue::Implied,
            };
            out.extend(relation(cx, reading, item, &[item.part], &parts, cue));
        }
        total_missed(cx, reading, group, found.as_ref(), whole, out);
        return Some(filled::Told::together(group, whole, parts));
    }
    if fitting < group.items.len()
        && let Some(found) = of_unprinted(cx, reading, group, told)
    {
        out.extend(found);
        return None;
    }
    let called = wholes::called(cx, reading, group);
    // 占已审结案件的66.76%: what is called so in the section is the whole, unless another amount nearby fits.
    if let Some(product) = wholes::product(cx, reading, group)
        && let [item] = &group.items[..]
    {
        let whole = cx.operand(reading.mention(product).fig)?;
        out.extend(relation(cx, reading, item, &[item.part], &[whole], Cue::Arithmetic));
        return None;
    }
    if let Some(called) = called
        && group.items.iter().all(|i| wholes::printed(cx, reading, i).is_none())
        && found
            .as_ref()
            .is_none_or(|f| fitting == 0 || by_chance(f) || f.whole.near == Nearness::Far && !f.whole.named)
        && let [item] = &group.items[..]
    {
        let whole = cx.operand(reading.mention(called).fig)?;
        out.extend(relation(cx, reading, item, &[item.part], &[whole], Cue::Implied));
        return None;
    }
    let found = found.filter(|f| !by_chance(f))?;
    // Where some fail, and an amount that is not printed would fit all, nothing can be said.
    if fitting < group.items.len() && wholes::fits_unprinted(cx, reading, group) {
        return None;
    }
    if fitting == 0
        && let Some(pieces) = wholes::in_pieces(cx, reading, group, found.whole.at)
    {
        let items = group.items.iter();
        out.extend(items.filter_map(|item| relation(cx, reading, item, &[item.part], &pieces, Cue::Implied)));
        return None;
    }
    let whole = [cx.operand(reading.mention(found.whole.at).fig)?];
    parts_sum(cx, reading, divisions, group, &found, out);
    if fitting == group.items.len()
        && let Some(sum) = group
            .items
            .iter()
            .try_fold(Decimal::ZERO, |s, i| s.checked_add(reading.mention(i.part).value))
    {
        total_missed(cx, reading, group, Some(&found), sum, out);
    }
    let value = reading.mention(found.whole.at).value;
    let by_name = called.is_some_and(|c| reading.mention(c).value == value);
    let complain = may_complain(group, &found, fitting, by_name)
        && wholes::one_unit(reading, group, found.whole.at)
        && !(fitting == 0
            && (wholes::about_something_else(cx, reading, group, found.whole.at)
                || group.beside.contains(&found.whole.at)))
        || is_all_of_it(reading, divisions, group, &found);
    for (item, parts) in group.items.iter().zip(&found.fitting) {
        match parts {
            Some(parts) => out.extend(relation(cx, reading, item, parts, &whole, Cue::Explicit)),
            None if let Some(rival) =
                wholes::beside(cx, reading, item).or_else(|| wholes::printed(cx, reading, item)) =>
            {
                let operand = cx.operand(reading.mention(rival).fig);
                out.extend(operand.and_then(|w| relation(cx, reading, item, &[item.part], &[w], Cue::Implied)));
            }
            None if complain && item.part != found.whole.at && (alone(item, &found) || fitting > 0) => {
                let cue = if found.whole.near == Nearness::Said {
                    Cue::Explicit
                } else {
                    Cue::Implied
                };
                out.extend(relation(cx, reading, item, &[item.part], &whole, cue));
            }
            None if wholes::missed(cx, reading, divisions, group, item, &found) => {
                out.extend(relation(cx, reading, item, &[item.part], &whole, Cue::Implied));
            }
            None => {}
        }
    }
    (fitting > 0).then(|| {
        let mut told = group.clone();
        for (item, parts) in told.items.iter_mut().zip(&found.fitting) {
            // Its own part alone gives the share: what stands before it is told besides.
            if parts.as_ref().is_some_and(|p| p[..] == [item.part]) {
                item.joint.clear();
            }
        }
        filled::Told::new(&told, Some(found.whole.at), value)
    })
}

/// Relations of shares that hold over the parts of the last group before them, as these do, or miss that by little.
fn of_unprinted(cx: &Context, reading: &Reading, group: &Group, told: &[filled::Told]) -> Option<Vec<Relation>> {
    let (parts, whole) = told.iter().rev().find_map(|t| t.unprinted(reading, group))?;
    let near = |item: &Item| {
        let stated = cx.operand(reading.mention(item.share).fig);
        let part = reading.mention(item.part).value;
        let scale = scale(cx, reading, item.share);
        wholes::holds(cx, reading, item, whole).is_some_and(|p| p == [item.part])
            || stated.is_some_and(|s| near_miss(&s, part, whole, scale, NEAR_UNPRINTED))
    };
    if group.inside.is_some() || !group.items.iter().all(near) {
        return None;
    }
    let relations = group
        .items
        .iter()
        .filter_map(|item| relation(cx, reading, item, &[item.part], parts, Cue::Implied));
    Some(relations.collect())
}

/// 全年抢险救援100起、社会救助200起。夏季…抢险救援30起、社会救助60起，分别占全年同类警情的30%和30%: each share is of the amount before all of them
/// that bears the name of its part. At least one must hold and the others come near.
fn of_own_kind(cx: &Context, reading: &Reading, group: &Group) -> Option<Vec<Relation>> {
    let named = group
        .named
        .as_deref()
        .is_some_and(|n| ["同类", "同一类", "各自", "该类"].iter().any(|w| n.contains(w)));
    let first = group.items.first()?.part;
    if !named || group.inside.is_some() {
        return None;
    }
    let mut holding = 0;
    let mut out = Vec::new();
    for item in &group.items {
        let part = reading.mention(item.part);
        let name = labels::strip_scope(&reading.label(item.part).name);
        let whole = (0..first.mention)
            .rev()
            .map(|mention| MentionRef { mention, ..first })
            .find(|m| {
                let w = reading.mention(*m);
                w.is_amount()
                    && w.unit == part.unit
                    && w.value >= part.value
                    && labels::strip_scope(&reading.label(*m).name) == name
            })
            .filter(|_| !name.is_empty())?;
        let value = reading.mention(whole).value;
        let stated = cx.operand(reading.mention(item.share).fig)?;
        if wholes::holds(cx, reading, item, value).is_some() {
            holding += 1;
        } else if !near_miss(&stated, part.value, value, scale(cx, reading, item.share), 4) {
            return None;
        }
        let whole = cx.operand(reading.mention(whole).fig)?;
        out.extend(relation(cx, reading, item, &[item.part], &[whole], Cue::Implied));
    }
    (holding > 0).then_some(out)
}

/// Whether no other amount can be meant together with the part of a share: none stands before it but the whole.
fn alone(item: &Item, found: &Found) -> bool {
    item.joint.iter().all(|m| *m == item.part || *m == found.whole.at)
}

/// Whether shares that hold do so by more than chance: several, or one over an amount that is near or said.
fn believable(cx: &Context, reading: &Reading, group: &Group, found: &Found, fitting: usize) -> bool {
    let near = found.whole.near;
    if fitting >= 2 && fitting * 2 >= group.items.len() || near <= Nearness::Passage {
        return true;
    }
    // A single share elsewhere: by its name, or in its section with two places printed.
    let decimals = group
        .items
        .iter()
        .map(|i| {
            cx.figure(reading.mention(i.share).fig)
                .stated
                .as_ref()
                .map_or(0, |s| s.decimals)
        })
        .max()
        .unwrap_or(0);
    match near {
        Nearness::Section => decimals >= 1 || found.whole.named || group.items.len() == 1,
        _ => found.whole.named && decimals >= 1 || decimals >= 2,
    }
}

/// Whether shares that do not hold over the whole found are wrong, and not of another whole.
fn may_complain(group: &Group, found: &Found, fitting: usize, by_name: bool) -> bool {
    let n = group.items.len();
    let said = found.whole.near == Nearness::Said;
    let named = group.named.is_none() || found.whole.named;
    if n == 1 {
        // 占报送总数的25%: the amount called so in the same passage.
        let called = group.named.is_some() && found.whole.named && found.whole.near <= Nearness::Passage;
        return said && named || called;
    }
    match fitting {
        0 => false,
        1 => n == 2 && (said && named || by_name),
        _ if said => fitting * 2 >= n,
        _ => fitting * 3 >= n * 2 && (found.whole.near <= Nearness::Section || fitting >= 4),
    }
}

/// 200件，其中满意票200件，占比98%: the only part of its total is all of it.
fn is_all_of_it(reading: &Reading, divisions: &Divisions, group: &Group, found: &Found) -> bool {
    let [item] = &group.items[..] else { return false };
    divisions.get(&item.part).is_some_and(|of| {
        of.iter().any(|p| {
            let value = |at: MentionRef| reading.mention(at).value;
            p.holds && p.items == p.from + 1 && value(p.total) == value(found.whole.at)
        })
    })
}

fn relation(
    cx: &Context,
    reading: &Reading,
    item: &Item,
    parts: &[MentionRef],
    whole: &[Operand],
    cue: Cue,
) -> Option<Relation> {
    let stated = cx.operand(reading.mention(item.share).fig)?;
    let part = match parts {
        [one] => cx.operand(reading.mention(*one).fig)?,
        several => {
            let sum = several
                .iter()
                .try_fold(Decimal::ZERO, |s, m| s.checked_add(reading.mention(*m).value))?;
            let mut computed = Operand::computed(sum);
            computed.span = Context::cover(several.iter().map(|m| reading.mention(*m).span));
            computed
        }
    };
    let scale = scale(cx, reading, item.share);
    assemble(
        cx,
        "share-of-total",
        cue,
        vec![ratio_reading(&stated, part, whole.to_vec(), scale)],
        scale,
    )
}

/// Points by which a share may miss what it is of where that is not printed.
const NEAR_UNPRINTED: i64 = 2;

/// Per mille of a total by which parts that fill it may miss it and still be its parts.
const MISSED: i64 = 10;

/// The same for a total that one wrong key makes what its parts give.
const MISTYPED: i64 = 50;

/// 受理1003件…电话600件，占60.00%；网络400件，占40.00%: shares that add to 100 % say that the parts are all, and all of these is not what the
/// total that they are told under is printed as.
fn total_missed(
    cx: &Context,
    reading: &Reading,
    group: &Group,
    found: Option<&Found>,
    sum: Decimal,
    out: &mut Vec<Relation>,
) {
    let Some(total) = found.map(|f| &f.whole) else { return };
    let printed = reading.mention(total.at).value;
    let parts: Vec<Decimal> = group.items.iter().map(|i| reading.mention(i.part).value).collect();
    // 2511195人 …483656人、1743020人、284518人: nothing else comes so near.
    let surely = parts.len() >= 3 && hardly_chance(printed, sum, &parts);
    if total.near > Nearness::Section && !surely || breaks_off(cx, reading, group) {
        return;
    }
    let shares: Vec<Operand> = group
        .items
        .iter()
        .filter_map(|i| cx.operand(reading.mention(i.share).fig))
        .collect();
    let told = surely
        || total.near == Nearness::Said
        || reading.label(total.at).total
        || reading.label(total.at).measure.is_some();
    let near = || {
        let gap = printed.checked_sub(sum)?.abs().checked_mul(Decimal::from(1000))?;
        // 共60个…58个，占93.5%；3个，占4.8%；1个，占1.6%: a small total is missed by a wrong key.
        let wrong_key = reading.label(total.at).total && group.items.len() >= 3 && one_keystroke(printed, sum);
        let permille = if wrong_key { MISTYPED } else { MISSED };
        Some(!gap.is_zero() && gap <= sum.checked_mul(Decimal::from(permille))?)
    };
    let alone = group.items.iter().all(|i| i.joint.is_empty()) && wholes::one_unit(reading, group, total.at);
    if !told || !alone || near() != Some(true) || !sums::fills(&shares) {
        return;
    }
    let operands = parts_of(cx, reading, group);
    let known = out.iter().any(|r| {
        r.kind == RelationKind::Sum
            && r.readings[0]
                .operands
                .iter()
                .map(|o| o.figure)
                .eq(operands.iter().map(|o| o.figure))
    });
    if let Some(stated) = cx.operand(reading.mention(total.at).fig).filter(|_| !known) {
        out.extend(sum_of(cx, stated, operands));
    }
}

/// Whether the text ends behind the last share with a mark that something follows: 视频45件，占0.05%；
fn breaks_off(cx: &Context, reading: &Reading, group: &Group) -> bool {
    let Some(last) = group.items.last().map(|i| i.share) else {
        return true;
    };
    let text = cx.passages[last.passage].text.as_str();
    let rest = text.get(reading.mention(last).full.end..).unwrap_or_default().trim();
    matches!(rest, "；" | ";" | "，" | "," | "、")
}

/// The parts that bear the shares of a group.
fn parts_of(cx: &Context, reading: &Reading, group: &Group) -> Vec<Operand> {
    let parts = group.items.iter().map(|i| reading.mention(i.part).fig);
    parts.filter_map(|fig| cx.operand(fig)).collect()
}

fn sum_of(cx: &Context, stated: Operand, parts: Vec<Operand>) -> Option<Relation> {
    let (kind, rule) = (RelationKind::Sum, "shares-parts-sum");
    super::relation(cx, kind, rule, Cue::Implied, Formula::Sum, stated, parts)
}

/// Parts that bear shares of one whole and add up to it, where no list was found to do so: kept since it holds.
fn parts_sum(
    cx: &Context,
    reading: &Reading,
    divisions: &Divisions,
    group: &Group,
    found: &Found,
    out: &mut Vec<Relation>,
) {
    let total = found.whole.at;
    let first = group.items[0].part;
    let known = divisions
        .get(&first)
        .is_some_and(|d| d.iter().any(|p| p.total == total))
        || reading
            .topics
            .iter()
            .any(|t| t.items.iter().any(|i| i.amount == Some(first)) && t.total(cx, reading).is_some());
    let sum = group
        .items
        .iter()
        .try_fold(Decimal::ZERO, |s, i| s.checked_add(reading.mention(i.part).value));
    if known || group.items.len() < 2 || sum != Some(reading.mention(total).value) {
        return;
    }
    let operands = parts_of(cx, reading, group);
    let Some(stated) = cx.operand(reading.mention(total).fig) else {
        return;
    };
    out.extend(sum_of(cx, stated, operands));
}
