//! Several changes told at once and paired by their order: 批次、人次分别上升25%、20%.

use super::derived;
use super::words::{Change, change_of};
use crate::context::Context;
use crate::prose::clauses::{Delim, Prose};
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, Formula, Relation, RelationKind};

/// Most differences told in a row.
const MAX_IN_ROW: usize = 8;

/// The relations of the rates that begin with `first`, whose label says 分别.
pub(super) fn relations(cx: &Context, reading: &Reading, first: MentionRef, change: &Change) -> Vec<Relation> {
    let prose = &reading.prose[first.passage];
    let rates = run_from(prose, first.mention);
    if rates.len() < 2 {
        return Vec::new();
    }
    let changed = first
        .mention
        .checked_sub(rates.len())
        .is_some_and(|d| change_of(&prose.mentions[d]).is_some());
    if changed && reading.mention(first).is_rate() {
        derived::parallel(cx, reading, first, &rates, change.fell, change.since)
    } else {
        of_two_periods(cx, reading, first, &rates, change.fell)
    }
}

/// 同比分别减少412起、265人，下降17.6%、14.9%, or 均下降20%: rates without 分别 behind as many differences told in a row, or one rate for all of
/// them.
pub(super) fn behind_differences(cx: &Context, reading: &Reading, first: MentionRef, change: &Change) -> Vec<Relation> {
    let prose = &reading.prose[first.passage];
    if !reading.mention(first).is_rate() || !change.subject.is_empty() {
        return Vec::new();
    }
    let mut rates = run_from(prose, first.mention);
    let label = reading.mention(first).label.as_str();
    let of_all = ["均", "都", "各"].iter().any(|w| label.starts_with(w));
    if rates.len() == 1 && of_all {
        let behind = |d: &usize| {
            let m = &prose.mentions[*d];
            m.is_amount() && prose.clauses[m.clause].before == Delim::Dun
        };
        let carried = (0..first.mention).rev().take(MAX_IN_ROW).take_while(behind).count();
        rates = vec![first.mention; carried + 1];
    }
    let Some(start) = first.mention.checked_sub(rates.len()).filter(|_| rates.len() >= 2) else {
        return Vec::new();
    };
    // The word of change stands once, before the first difference: what follows it says nothing of its own.
    let opens = change_of(&prose.mentions[start]).is_some_and(|c| c.subject.is_empty());
    let bare = (start + 1..first.mention).all(|d| {
        let m = &prose.mentions[d];
        m.label.is_empty() && prose.clauses[m.clause].before == Delim::Dun
            || matches!(m.label.as_str(), "和" | "及" | "与")
    });
    if opens && bare {
        derived::parallel(cx, reading, first, &rates, change.fell, change.since)
    } else {
        Vec::new()
    }
}

/// Rates, or amounts of different units, joined by 、 and 和, from the first on.
fn run_from(prose: &Prose, first: usize) -> Vec<usize> {
    let rate = prose.mentions[first].is_rate();
    (first..prose.mentions.len())
        .take_while(|i| {
            let m = &prose.mentions[*i];
            let joined = m.label.is_empty() && (prose.clauses[m.clause].before == Delim::Dun || !rate)
                || matches!(m.label.as_str(), "和" | "及" | "与");
            let kind = if rate { m.is_rate() } else { m.is_amount() };
            kind && (*i == first || joined)
        })
        .collect()
}

/// 3月来访80批500人次，4月来访100批600人次，批次、人次分别上升25%、20%: the n-th rate is of the n-th unit.
fn of_two_periods(cx: &Context, reading: &Reading, first: MentionRef, rates: &[usize], fell: bool) -> Vec<Relation> {
    let prose = &reading.prose[first.passage];
    let sentence = prose.clauses[reading.mention(first).clause].sentence;
    let amounts: Vec<usize> = (0..first.mention)
        .rev()
        .take_while(|i| prose.clauses[prose.mentions[*i].clause].sentence == sentence)
        .filter(|i| prose.mentions[*i].is_amount())
        .take(2 * rates.len())
        .collect();
    if amounts.len() != 2 * rates.len() || amounts.iter().any(|i| change_of(&prose.mentions[*i]).is_some()) {
        return Vec::new();
    }
    let amounts: Vec<usize> = amounts.into_iter().rev().collect();
    let (earlier, later) = amounts.split_at(rates.len());
    if earlier
        .iter()
        .zip(later)
        .any(|(a, b)| prose.mentions[*a].unit != prose.mentions[*b].unit)
    {
        return Vec::new();
    }
    // 比去年同期的10起、12人分别增加2起、3人: the n-th amount has the n-th unit.
    let amounts_changed = reading.mention(first).is_amount();
    if amounts_changed
        && rates
            .iter()
            .zip(later)
            .any(|(c, b)| prose.mentions[*c].unit != prose.mentions[*b].unit)
    {
        return Vec::new();
    }
    // 去年同期为… names the base; else the one told first came first.
    let text = cx.passages[first.passage].text.as_str();
    let named = &prose.mentions[later[0]].label;
    let base_last = ["去年", "上年", "同期", "上月", "上期", "上季"]
        .iter()
        .any(|w| named.contains(w));
    // 与上月相比…分别上升: the base is named and not printed, unless it stands between the amounts.
    let lead = &text[prose.mentions[later[rates.len() - 1]].full.end..reading.mention(first).full.start];
    if !base_last
        && ["相比", "同比", "环比", "较", "比上", "比去"]
            .iter()
            .any(|w| lead.contains(w))
    {
        return Vec::new();
    }
    let (bases, nows) = if base_last { (later, earlier) } else { (earlier, later) };
    let mut out = Vec::new();
    for ((rate, base), now) in rates.iter().zip(bases).zip(nows) {
        let operand = |i: &usize| cx.operand(prose.mentions[*i].fig);
        if let (Some(stated), Some(now), Some(base)) = (operand(rate), operand(now), operand(base)) {
            let (kind, rule, formula) = if amounts_changed {
                (RelationKind::Difference, "increase", Formula::Difference)
            } else {
                (RelationKind::Change, "growth", Formula::Growth { negative: fell })
            };
            let operands = if amounts_changed && fell {
                vec![base, now]
            } else {
                vec![now, base]
            };
            out.extend(relation(cx, kind, rule, Cue::Explicit, formula, stated, operands));
        }
    }
    out
}
