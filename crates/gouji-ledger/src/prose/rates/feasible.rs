//! Rates whose part is not printed: whether any whole number of cases can give them.
//!
//! The test is a weak one (a rate may be of something that is not printed at all), so it is made only where the words leave no
//! doubt what the rate is of.

use super::rivals;
use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::partition::verdict_measure;
use crate::prose::{MentionRef, Reading};
use crate::{Cue, Formula, Operand, Relation, RelationKind};

/// A rate whose part is not printed, against the nearest whole of its sentence.
pub(super) fn feasible(
    cx: &Context,
    numerator: Option<Measure>,
    reading: &Reading,
    at: MentionRef,
    amounts: &[MentionRef],
    stated: &Operand,
) -> Option<Relation> {
    // A mean of rates, or one put together of several, is of no cases.
    let of_several = ["平均", "综合", "加权"];
    if of_several.iter().any(|w| reading.mention(at).label.contains(w)) {
        return None;
    }
    let prose = &reading.prose[at.passage];
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    let item = rivals::item_start(reading, at);
    let whole = amounts.iter().copied().find(|m| {
        let w = reading.mention(*m);
        // The part would be next to its whole: the same sentence or the one before, and something that the rate is of.
        let measure = verdict_measure(reading.label(*m), w);
        let of = match numerator {
            Some(Measure::Satisfied) => measure == Some(Measure::Rated),
            Some(Measure::Passed) => measure == Some(Measure::Checked),
            Some(Measure::OnTimeClosed) => matches!(measure, Some(Measure::Received | Measure::Closed)),
            Some(_) => measure == Some(Measure::Received),
            None => matches!(measure, Some(Measure::Received | Measure::Closed)),
        };
        // 受理308709件。其中…，门户网站受理94件；…办结率99.53%: of all, not of the last part.
        let whole = !reading.is_part(*m) || w.full.start >= item;
        prose.clauses[w.clause].sentence + 1 >= sentence
            && w.decimals == 0
            && of
            && whole
            && is_last_of_chain(reading, *m)
    })?;
    if names_a_thing_of_its_own(cx, reading, whole, at) || of_all_that_is_divided(reading, whole, stated) {
        return None;
    }
    crate::prose::relation(
        cx,
        RelationKind::Ratio,
        "rate-feasible",
        Cue::Implied,
        Formula::Ratio { scale: 100 },
        stated.clone(),
        vec![cx.operand(reading.mention(whole).fig)?],
    )
}

/// 监测样品223个，其中抽查4个、例行监测219个，合格率99.55%: behind the last of all parts the rate may be of them together, if any number of those gives it.
fn of_all_that_is_divided(reading: &Reading, whole: MentionRef, stated: &Operand) -> bool {
    let mut lists = reading.partitions_of(whole.passage).iter();
    lists.any(|list| {
        let last = list.aligned.last().copied().flatten() == Some(whole.mention);
        let total = reading.mention(list.total);
        let cases = total.value.normalize().mantissa();
        let gives = || gouji_quantity::feasible(stated.value?, stated.decimals, cases);
        list.holds && last && total.value.fract().is_zero() && gives() == Some(true)
    })
}

/// 抽查了18种164家企业生产的230批次产品: of amounts that lead to each other the last is what was checked.
fn is_last_of_chain(reading: &Reading, at: MentionRef) -> bool {
    let prose = &reading.prose[at.passage];
    let clause = reading.mention(at).clause;
    let mut behind = prose.mentions[at.mention + 1..]
        .iter()
        .take_while(|m| m.clause == clause);
    !behind.any(|m| m.is_amount())
}

/// 418家企业的标签抽查合格率: between 的 and the rate stands what it is of, and how many there were is not told.
fn names_a_thing_of_its_own(cx: &Context, reading: &Reading, whole: MentionRef, rate: MentionRef) -> bool {
    let (w, r) = (reading.mention(whole), reading.mention(rate));
    w.clause == r.clause
        && whole.passage == rate.passage
        && cx.passages[rate.passage].text.as_str()[w.full.end..r.full.start].contains('的')
}
