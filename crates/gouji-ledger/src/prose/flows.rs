//! What came over from the period before and came in is what was closed and goes on into the next.
//!
//! 上年结转9件，今年收到623件，办结625件，结转下年7件; 上月未办结297件，本月接收2084件，共有工单2381件. The names of the flows say that nothing is left out.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::partition::one_slip;
use super::{MentionRef, Reading, relation};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::{Cue, FigureIdx, Formula, Operand, Relation, RelationKind};

/// Most amounts on either side of one carried over that are looked at.
const REACH: usize = 12;
/// Sentences that the flows of one period stand in.
const SENTENCES: usize = 2;
/// Most characters behind a figure that may say where it goes.
const MAX_TAIL: usize = 16;

/// What is carried from one period into another.
const CARRIED: [&str; 8] = ["结转", "遗留", "未办结", "未结", "积存", "旧存", "剩余", "转入"];
/// The periods before.
const BEFORE: [&str; 10] = [
    "上年",
    "上一年",
    "去年",
    "上月",
    "上个月",
    "上期",
    "上季",
    "上周",
    "往年",
    "以前",
];
/// Into the next.
const AFTER: [&str; 12] = [
    "转下",
    "转至下",
    "转到下",
    "转入下",
    "结转至",
    "结转到",
    "结转入",
    "继续办理",
    "下年继续",
    "留待下",
    "延至下",
    "下年度",
];
/// What there was to do in all.
const ALL: [&str; 9] = [
    "共有",
    "共计",
    "合计",
    "总计",
    "应办",
    "共需",
    "需办理",
    "应答复",
    "需答复",
];

/// How an amount moves through the period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Flow {
    /// 上年结转
    Before,
    /// 收到
    In,
    /// 办结
    Done,
    /// 结转下年
    After,
    /// 共有
    All,
}

/// Relations of flows, as far as their figures are not yet related so.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let mut found = Vec::new();
    for at in reading.places() {
        if flow(reading, at) == Some(Flow::Before) {
            found.extend(all_there_was(cx, reading, at));
            found.extend(goes_on(cx, reading, at));
        }
    }
    let figures = |r: &Relation| -> BTreeSet<FigureIdx> { super::figures_of(r).into_iter().flatten().collect() };
    let known: BTreeSet<BTreeSet<FigureIdx>> = out.iter().map(figures).collect();
    out.extend(found.into_iter().filter(|r| !known.contains(&figures(r))));
}

fn flow(reading: &Reading, at: MentionRef) -> Option<Flow> {
    let m = reading.mention(at);
    if !m.is_amount() {
        return None;
    }
    let tail: String = m.tail.chars().take(MAX_TAIL).collect();
    let label = m.label.as_str();
    let has = |words: &[&str], text: &str| words.iter().any(|w| text.contains(w));
    let carried = has(&CARRIED, label);
    if has(&AFTER, label) || label.is_empty() && has(&AFTER, &tail) {
        return Some(Flow::After);
    }
    // 2030年结转: of a year that is over.
    let dated = label
        .find("年")
        .is_some_and(|at| label[..at].ends_with(|c: char| c.is_ascii_digit()));
    if carried && (has(&BEFORE, label) || dated) {
        return Some(Flow::Before);
    }
    if carried || reading.label(at).denied {
        return None;
    }
    if has(&ALL, label) && reading.label(at).measure != Some(Measure::Closed) {
        return Some(Flow::All);
    }
    match reading.label(at).measure {
        Some(Measure::Received) => Some(Flow::In),
        Some(Measure::Closed) => Some(Flow::Done),
        _ => None,
    }
}

/// The flows of a kind around one: of its unit, in its sentence and those beside it.
fn around(reading: &Reading, at: MentionRef, kind: Flow) -> Vec<MentionRef> {
    let m = reading.mention(at);
    let from = at.mention.saturating_sub(REACH);
    let upto = reading.prose[at.passage].mentions.len().min(at.mention + REACH);
    (from..upto)
        .map(|mention| MentionRef { mention, ..at })
        .filter(|other| *other != at && reading.mention(*other).unit == m.unit)
        .filter(|other| reading.sentence(*other).abs_diff(reading.sentence(at)) < SENTENCES)
        .filter(|other| flow(reading, *other) == Some(kind))
        .collect()
}

/// 上月未办结297件，本月共有工单2381件: what came over and what came in are all there was.
fn all_there_was(cx: &Context, reading: &Reading, before: MentionRef) -> Option<Relation> {
    let value = |at: MentionRef| reading.mention(at).value;
    let totals = around(reading, before, Flow::All);
    let received = around(reading, before, Flow::In);
    let sum = |came: MentionRef| value(before).checked_add(value(came));
    let pairs = || totals.iter().flat_map(|t| received.iter().map(|r| (*t, *r)));
    let (total, came, cue) = match pairs().find(|(t, r)| sum(*r) == Some(value(*t))) {
        Some((total, came)) => (total, came, Cue::Explicit),
        None => {
            let ([total], [came]) = (&totals[..], &received[..]) else {
                return None;
            };
            let parts = [value(before), value(*came)];
            one_slip(value(*total), sum(*came)?, &parts).then_some((*total, *came, Cue::Implied))?
        }
    };
    let mut parts = [before, came];
    parts.sort_unstable();
    let operands = parts
        .iter()
        .filter_map(|m| cx.operand(reading.mention(*m).fig))
        .collect();
    let stated = cx.operand(reading.mention(total).fig)?;
    relation(
        cx,
        RelationKind::Sum,
        "carried-over",
        cue,
        Formula::Sum,
        stated,
        operands,
    )
}

/// 上年结转9件，收到623件，办结625件，结转下年7件: what came over and came in, less what was closed, goes on.
fn goes_on(cx: &Context, reading: &Reading, before: MentionRef) -> Option<Relation> {
    let value = |at: MentionRef| reading.mention(at).value;
    let (after, closed) = (
        around(reading, before, Flow::After),
        around(reading, before, Flow::Done),
    );
    let received = around(reading, before, Flow::In);
    let there = |came: MentionRef| value(before).checked_add(value(came));
    let left = |came: MentionRef, done: MentionRef| there(came)?.checked_sub(value(done));
    let all = || {
        let pairs = received.iter().flat_map(|r| closed.iter().map(|d| (*r, *d)));
        pairs.flat_map(|(r, d)| after.iter().map(move |a| (r, d, *a)))
    };
    let (came, done, goes, cue) = match all().find(|(r, d, a)| left(*r, *d) == Some(value(*a))) {
        Some((came, done, goes)) => (came, done, goes, Cue::Explicit),
        None => {
            let ([came], [done], [goes]) = (&received[..], &closed[..], &after[..]) else {
                return None;
            };
            let left = left(*came, *done).filter(|left| *left >= Decimal::ZERO)?;
            let slip = one_slip(value(*goes), left, &[])
                || one_slip(
                    there(*came)?,
                    value(*done).checked_add(value(*goes))?,
                    &[value(before), value(*came)],
                );
            slip.then_some((*came, *done, *goes, Cue::Implied))?
        }
    };
    let mut there = Operand::computed(there(came)?);
    there.span = Context::cover([before, came].iter().map(|m| reading.mention(*m).span));
    let (stated, less) = (
        cx.operand(reading.mention(goes).fig)?,
        cx.operand(reading.mention(done).fig)?,
    );
    relation(
        cx,
        RelationKind::Difference,
        "goes-on",
        cue,
        Formula::Difference,
        stated,
        vec![there, less],
    )
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn found(text: &str) -> Vec<String> {
        let of = |l: &String| l.starts_with("sum") || l.starts_with("difference");
        read(text).into_iter().filter(of).collect()
    }

    #[test]
    fn what_came_over_and_in_is_all() {
        assert_eq!(
            found("本月接收工单2084件，驳回98件；上月未办结工单297件，本月共有热线工单2381件。"),
            ["sum! 2381件 <- 2084件 297件"]
        );
        assert_eq!(
            found("受理下派工单1905件；上月未办结工单233件，本月共有工单2188件。"),
            ["sum? 2188件 <- 1905件 233件"]
        );
        assert!(found("受理下派工单1905件；上月未办结工单233件，本月共有工单2957件。").is_empty());
    }

    #[test]
    fn what_is_not_closed_goes_on() {
        assert_eq!(
            found("上年结转的9件政府信息公开申请，今年共收到依申请公开623件，全年共办结625件，结转下年继续办理7件。"),
            ["difference! 7件 <- 632 625件"]
        );
        assert_eq!(
            found("共收到10件公开申请，2031年结转公开申请2件，共办结10件，结转2032年度继续办理2件。"),
            ["difference! 2件 <- 12 10件"]
        );
        assert_eq!(
            found("上年结转申请9件，今年收到申请623件，办结申请625件，结转下年8件。"),
            ["difference? 8件 <- 632 625件"]
        );
        // Some were withdrawn: nothing is known.
        assert!(found("上年结转申请9件，今年收到申请623件，办结申请598件，结转下年7件。").is_empty());
    }
}
