//! Means find their sums and counts: 平均每个乡镇报送12.5条，8个乡镇共报送100条.

use gouji_quantity::{Decimal, Ratio, agreement};

use super::{MentionRef, Reading};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// Amounts of the sentence that are tried on either side.
const REACH: usize = 6;

/// Means whose sum and count stand in the same sentence.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            let m = reading.mention(at);
            let mean = ["平均", "人均", "户均", "均值", "日均", "月均"]
                .iter()
                .any(|w| m.label.contains(w));
            if mean && m.is_amount() && !m.label.contains("平均水平") {
                out.extend(mean_of(cx, reading, at));
            }
        }
    }
}

fn mean_of(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let sentence = prose.clauses[m.clause].sentence;
    let near: Vec<usize> = (at.mention.saturating_sub(REACH)..(at.mention + REACH).min(prose.mentions.len()))
        .filter(|i| {
            *i != at.mention
                && prose.clauses[prose.mentions[*i].clause].sentence == sentence
                && prose.mentions[*i].is_amount()
        })
        .collect();
    let stated = cx.operand(m.fig)?;
    let mut readings = Vec::new();
    for &sum in near.iter().filter(|i| {
        prose.mentions[**i].unit == m.unit
            && prose.mentions[**i].value > m.value
            && !extreme(&prose.mentions[**i].label)
    }) {
        for &count in near
            .iter()
            .filter(|i| prose.mentions[**i].unit != m.unit && prose.mentions[**i].decimals == 0)
        {
            let (s, c) = (&prose.mentions[sum], &prose.mentions[count]);
            let Some(exact) = Ratio::of(s.value, c.value) else {
                continue;
            };
            let holds = agreement(m.value, m.decimals, exact).holds();
            readings.push((
                !holds,
                RelationReading {
                    formula: Formula::Mean,
                    stated: stated.clone(),
                    operands: vec![cx.operand(s.fig)?, cx.operand(c.fig)?],
                },
            ));
        }
    }
    if readings.is_empty()
        && m.label.contains("月均")
        && let Some(months) = super::months::monthly_amounts(cx, reading, at.passage)
            .into_iter()
            .find(|run| {
                run.iter().all(|i| {
                    *i < at.mention
                        && prose.mentions[*i].unit == m.unit
                        && prose.clauses[prose.mentions[*i].clause].sentence == sentence
                })
            })
    {
        return mean_of_months(cx, reading, at, &months);
    }
    // More than one pair: only one that fits is surely meant.
    let unique = readings.len() == 1;
    readings.sort_by_key(|(off, _)| *off);
    let (off, first) = readings.into_iter().next()?;
    if off && !unique {
        return None;
    }
    let quote = super::quote_of(cx, std::iter::once(&first.stated).chain(&first.operands))?;
    Some(Relation {
        kind: RelationKind::Average,
        rule: "mean-of-sum",
        cue: if unique { Cue::Implied } else { Cue::Arithmetic },
        readings: vec![first],
        quote,
    })
}

/// 10月办件1052件，11月办件1107件，12月办件1021件，月均办件1060件.
fn mean_of_months(cx: &Context, reading: &Reading, at: MentionRef, months: &[usize]) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let sum = months
        .iter()
        .try_fold(Decimal::ZERO, |s, i| s.checked_add(prose.mentions[*i].value))?;
    let mut total = Operand::computed(sum);
    total.span = Context::cover(months.iter().map(|i| prose.mentions[*i].span));
    super::relation(
        cx,
        RelationKind::Average,
        "mean-of-months",
        Cue::Implied,
        Formula::Mean,
        cx.operand(reading.mention(at).fig)?,
        vec![total, Operand::computed(Decimal::from(months.len()))],
    )
}

/// 最多97件 is one case's figure, not a sum.
fn extreme(label: &str) -> bool {
    ["最多", "最少", "最高", "最低", "最大", "最小"]
        .iter()
        .any(|w| label.contains(w))
}
