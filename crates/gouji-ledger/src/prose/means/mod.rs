//! Means find their sums and counts: 平均每个乡镇报送12.5条，8个乡镇共报送100条; 第28周（7月8日—7月14日）受理71050件，日均10150件.

mod days;
mod each;
#[cfg(test)]
mod tests;

use gouji_quantity::{Decimal, Ratio, agreement};

use super::clauses::Mention;
use super::{MentionRef, Reading};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// Amounts of the sentence that are tried on either side.
const REACH: usize = 6;

/// What a mean is per.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Per {
    Day,
    Month,
    /// Each of something counted.
    Each,
}

/// Means whose sum and count stand in the same sentence.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        // Looked for once, at the first mean per month.
        let mut monthly: Option<Vec<Vec<usize>>> = None;
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            let m = reading.mention(at);
            // （设计能力1.5万吨/日） is no mean of what was done; 6689起（215.8起/天） is.
            let prose = &reading.prose[passage];
            let hangs = m.label.is_empty() && prose.groups[prose.clauses[m.clause].group].host.is_some();
            if !m.is_amount() || m.unit.contains('/') && !hangs && !m.label.contains('均') {
                continue;
            }
            out.extend(match per(m) {
                Some(Per::Day) => days::mean(cx, reading, at, Per::Day),
                Some(Per::Month) => {
                    let runs = monthly.get_or_insert_with(|| super::months::monthly_amounts(cx, reading, passage));
                    each::of_months(cx, reading, at, runs).or_else(|| days::mean(cx, reading, at, Per::Month))
                }
                Some(Per::Each) => each::mean(cx, reading, at),
                None => None,
            });
        }
    }
}

/// What the words before a figure make it a mean per. 由平均每站18件增加到65件 tells a change of the mean, 工作日日均 the mean of days
/// that nobody counts.
fn per(m: &Mention) -> Option<Per> {
    let label = m.label.as_str();
    let any = |words: &[&str]| words.iter().any(|w| label.contains(w));
    if any(&[
        "平均水平",
        "由平均",
        "从平均",
        "由日均",
        "从日均",
        "由月均",
        "从月均",
        "由人均",
        "从人均",
        "工作日",
        "节假日",
        "周末",
        "高于",
        "低于",
    ]) || super::changes::change_word(label).is_some()
        || super::changes::new_value(label)
        || super::changes::compared(label)
    {
        return None;
    }
    // 6689起（215.8起/天）
    let slashed = |unit: &str| m.unit.split_once('/').is_some_and(|(_, per)| per == unit);
    if any(&["日均", "平均每天", "平均每日", "每天平均", "每日平均", "每日均", "天均"])
        || slashed("天")
        || slashed("日")
    {
        Some(Per::Day)
    } else if slashed("月") || any(&["月均", "平均每月", "平均每个月", "每月平均"]) {
        Some(Per::Month)
    } else if any(&["平均", "人均", "户均", "均值"]) {
        Some(Per::Each)
    } else {
        None
    }
}

/// Whether a figure is what each day, month, head or place has on the average, and not what all have together.
pub(super) fn is_mean(m: &Mention) -> bool {
    let words = ["人均", "户均", "亩均", "件均", "日均", "周均", "月均", "年均", "平均"];
    words.iter().any(|w| m.label.contains(w)) || m.unit.contains('/')
}

/// The unit of what a mean was reckoned from: 起 of 起/天.
fn summed_unit(m: &Mention) -> &str {
    m.unit.split_once('/').map_or(&m.unit, |(unit, _)| unit)
}

/// Amounts of the mean's sentence, near it, that can be its sum: of its unit, larger, no mean, no extreme, no change.
fn sums(reading: &Reading, at: MentionRef) -> Vec<usize> {
    let m = reading.mention(at);
    let prose = &reading.prose[at.passage];
    near(reading, at)
        .filter(|i| {
            let s = &prose.mentions[*i];
            s.unit == summed_unit(m)
                && s.value > m.value
                && ![
                    "均", "最多", "最少", "最高", "最低", "最大", "最小", "单日", "当日", "当天", "每天", "每日", "到",
                    "至",
                ]
                .iter()
                .any(|w| s.label.contains(w))
                && super::changes::change_word(&s.label).is_none()
        })
        .collect()
}

/// Amounts of the sentence near a mention.
fn near(reading: &Reading, at: MentionRef) -> impl Iterator<Item = usize> {
    let prose = &reading.prose[at.passage];
    let sentence = prose.clauses[prose.mentions[at.mention].clause].sentence;
    (at.mention.saturating_sub(REACH)..(at.mention + REACH).min(prose.mentions.len())).filter(move |i| {
        *i != at.mention
            && prose.clauses[prose.mentions[*i].clause].sentence == sentence
            && prose.mentions[*i].is_amount()
    })
}

/// The total among sums: the one that is nothing but a total (共计), the one that is called a total, or the only one.
fn total(reading: &Reading, passage: usize, sums: &[usize]) -> Option<usize> {
    let only = |fits: &dyn Fn(MentionRef) -> bool| {
        let mut found = sums
            .iter()
            .copied()
            .filter(|i| fits(MentionRef { passage, mention: *i }));
        found.next().filter(|_| found.next().is_none())
    };
    let bare = |at: MentionRef| {
        matches!(
            reading.mention(at).label.as_str(),
            "共计" | "合计" | "总计" | "总共" | "共"
        )
    };
    match sums {
        [one] => Some(*one),
        _ => only(&bare).or_else(|| only(&|at| reading.label(at).total)),
    }
}

/// Whether a mean is what a sum and a count give, rounded half up.
fn fits(m: &Mention, sum: Decimal, count: Decimal) -> bool {
    Ratio::of(sum, count).is_some_and(|exact| agreement(m.value, m.decimals, exact).holds())
}

/// A mean's relation; readings that fit first. Without `sure` it is kept only if it holds.
fn relate(
    cx: &Context,
    m: &Mention,
    rule: &'static str,
    mut pairs: Vec<(Operand, Operand)>,
    sure: bool,
) -> Option<Relation> {
    let stated = cx.operand(m.fig)?;
    let off = |(sum, count): &(Operand, Operand)| match (sum.value, count.value) {
        (Some(sum), Some(count)) => !fits(m, sum, count),
        _ => true,
    };
    pairs.sort_by_key(off);
    if !sure && pairs.first().is_none_or(off) {
        return None;
    }
    pairs.truncate(if sure { 4 } else { 1 });
    let readings: Vec<RelationReading> = pairs
        .into_iter()
        .map(|(sum, count)| RelationReading {
            formula: Formula::Mean,
            stated: stated.clone(),
            operands: vec![sum, count],
        })
        .collect();
    let first = readings.first()?;
    let quote = super::quote_of(cx, std::iter::once(&first.stated).chain(&first.operands))?;
    Some(Relation {
        kind: RelationKind::Average,
        rule,
        cue: if sure { Cue::Implied } else { Cue::Arithmetic },
        readings,
        quote,
    })
}
