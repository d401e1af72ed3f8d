//! Sums of parts: what the partitions of the text claim, measure by measure and month by month.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::lists::{Announced, List};
use super::partition::{Partition, claim};
use super::{MentionRef, Reading, quote_of};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// Amounts before a list, in one passage, among which its total is looked for.
const LOOK_BACK: usize = 400;

/// The last [`LOOK_BACK`] mentions of a passage that end before byte `end` of it.
fn before(reading: &Reading, passage: usize, end: usize) -> std::ops::Range<usize> {
    let upto = reading.prose[passage].mentions.partition_point(|m| m.full.end <= end);
    upto.saturating_sub(LOOK_BACK)..upto
}

/// The sums of all partitions, and of the other measures that their items share with the total's clause.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for partition in &reading.partitions {
        let list = &reading.lists[partition.passage][partition.list];
        if let Some(relation) = sum_of(
            cx,
            reading,
            partition,
            partition.total,
            &partition.aligned,
            partition.cue,
        ) {
            out.push(relation);
        }
        other_measures(cx, reading, partition, list, out);
    }
    fields_of_bare_lists(cx, reading, out);
    deeper_parts(cx, reading, out);
    months(cx, reading, out);
}

fn sum_of(
    cx: &Context,
    reading: &Reading,
    partition: &Partition,
    total: MentionRef,
    aligned: &[Option<usize>],
    cue: Cue,
) -> Option<Relation> {
    let list = &reading.lists[partition.passage][partition.list];
    let prose = &reading.prose[partition.passage];
    let stated = cx.operand(reading.mention(total).fig)?;
    let mut operands = Vec::new();
    for (item, m) in list.items[partition.from..partition.items].iter().zip(aligned) {
        if let Some(m) = m {
            let operand = cx.operand(prose.mentions[*m].fig)?;
            for _ in 0..item.times.max(1) {
                operands.push(operand.clone());
            }
        }
    }
    let quote = quote_of(cx, std::iter::once(&stated).chain(&operands))?;
    Some(Relation {
        kind: RelationKind::Sum,
        rule: "breakdown-sum",
        cue,
        readings: vec![RelationReading {
            formula: Formula::Sum,
            stated,
            operands,
        }],
        quote,
    })
}

/// Further amounts beside the total (办结900件, 采购计划金额…) against the items' fields of the same measure.
fn other_measures(cx: &Context, reading: &Reading, partition: &Partition, list: &List, out: &mut Vec<Relation>) {
    let total = partition.total;
    if total.passage != partition.passage {
        return;
    }
    let prose = &reading.prose[total.passage];
    let labels = &reading.labels[total.passage];
    let sentence = prose.clauses[prose.mentions[total.mention].clause].sentence;
    let group = prose.clauses[prose.mentions[total.mention].clause].group;
    // Heads: amounts of the total's own sentence, in its group, before the list.
    let heads = before(reading, total.passage, list.start).filter(|&m| {
        let clause = &prose.clauses[prose.mentions[m].clause];
        m != total.mention && clause.sentence == sentence && clause.group == group && prose.mentions[m].is_amount()
    });
    for head in heads.take(8) {
        let head_mention = &prose.mentions[head];
        let head_label = &labels[head];
        let paired = prose.mentions[head].clause == prose.mentions[total.mention].clause
            && (head + 1 == total.mention || total.mention + 1 == head);
        let mut aligned = Vec::new();
        let mut missing = 0;
        for (item, main) in list.items[partition.from..partition.items]
            .iter()
            .zip(&partition.aligned)
        {
            let found = item.amounts.iter().copied().find(|m| {
                Some(*m) != *main
                    && (item.amounts.first() == Some(m)
                        && head_mention.unit == prose.mentions[*m].unit
                        && head_mention.unit != reading.mention(total).unit
                        || paired && prose.mentions[*m].clause == prose.mentions[main.unwrap_or(*m)].clause
                        || prose.mentions[*m].unit == head_mention.unit
                            && (labels[*m].measure.is_some() && labels[*m].measure == head_label.measure
                                || !head_label.full_name.is_empty() && labels[*m].full_name == head_label.full_name))
            });
            missing += usize::from(found.is_none());
            aligned.push(found);
        }
        let present = aligned.len() - missing;
        if present < 2 || missing * 3 > aligned.len() {
            continue;
        }
        let Some(sum) = aligned
            .iter()
            .flatten()
            .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))
        else {
            continue;
        };
        let announced = if list.announced == Announced::Bare {
            Announced::Among
        } else {
            list.announced
        };
        let Some(cue) = claim(head_mention.value, sum, present, announced, true) else {
            continue;
        };
        let cue = if missing > 0 || paired {
            cue.min(Cue::Implied)
        } else {
            cue
        };
        // Where the parts do not add up to their own total, they may not be all.
        if sum != head_mention.value && (paired && missing > 0 || !partition.holds) {
            continue;
        }
        let head = MentionRef {
            passage: total.passage,
            mention: head,
        };
        if let Some(relation) = sum_of(
            cx,
            reading,
            partition,
            head,
            &aligned,
            cue.min(if partition.holds { Cue::Explicit } else { Cue::Implied }),
        ) {
            out.push(relation);
        }
    }
}

/// The names in the parentheses of a list's items (热线…件，多媒体…件), each summed over the items, against an amount of that
/// name before the list: kept if it holds.
fn deeper_parts(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let lists = &reading.lists[passage];
        let by_host: BTreeMap<usize, &List> = lists
            .iter()
            .filter(|l| l.group > 0)
            .filter_map(|l| Some((prose.groups[l.group].host?, l)))
            .collect();
        for list in lists.iter().filter(|l| l.group == 0 && l.items.len() >= 3) {
            let below: Vec<&List> = list
                .items
                .iter()
                .filter_map(|i| by_host.get(i.amounts.first()?).copied())
                .collect();
            if below.len() < 3 || below.len() + 1 < list.items.len() {
                continue;
            }
            for name in below[0].items.iter().map(|i| short(&i.name)).filter(|n| !n.is_empty()) {
                let parts: Vec<usize> = below
                    .iter()
                    .filter_map(|l| {
                        l.items
                            .iter()
                            .find(|i| short(&i.name) == name)?
                            .amounts
                            .first()
                            .copied()
                    })
                    .collect();
                let Some(sum) = parts
                    .iter()
                    .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))
                else {
                    continue;
                };
                let total = (passage.saturating_sub(1)..=passage).rev().find_map(|back| {
                    let end = if back == passage { list.start } else { usize::MAX };
                    before(reading, back, end)
                        .map(|mention| MentionRef { passage: back, mention })
                        .find(|at| {
                            let m = reading.mention(*at);
                            m.is_amount()
                                && m.value == sum
                                && m.unit == prose.mentions[parts[0]].unit
                                && short(&reading.label(*at).full_name) == name
                        })
                });
                if parts.len() == below.len()
                    && let Some(stated) = total.and_then(|t| cx.operand(reading.mention(t).fig))
                {
                    let operands = parts
                        .iter()
                        .filter_map(|m| cx.operand(prose.mentions[*m].fig))
                        .collect();
                    out.extend(super::relation(
                        cx,
                        RelationKind::Sum,
                        "parts-of-parts-sum",
                        Cue::Arithmetic,
                        Formula::Sum,
                        stated,
                        operands,
                    ));
                }
            }
        }
    }
}

/// Fields of one measure in an unannounced list (办结12件 of each kind) against an amount of that measure before it: kept if they add up.
fn fields_of_bare_lists(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let labels = &reading.labels[passage];
        for list in reading.lists[passage]
            .iter()
            .filter(|l| l.announced == Announced::Bare && l.items.len() >= 3)
        {
            for measure in [
                Measure::Received,
                Measure::Closed,
                Measure::OnTimeClosed,
                Measure::Reported,
                Measure::Published,
                Measure::Adopted,
            ] {
                let aligned: Vec<usize> = list
                    .items
                    .iter()
                    .filter_map(|i| i.amounts.iter().copied().find(|m| labels[*m].measure == Some(measure)))
                    .collect();
                if aligned.len() + 1 < list.items.len() {
                    continue;
                }
                let Some(sum) = aligned
                    .iter()
                    .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))
                else {
                    continue;
                };
                let unit = &prose.mentions[aligned[0]].unit;
                let total = (passage.saturating_sub(2)..=passage).rev().find_map(|back| {
                    let end = if back == passage { list.start } else { usize::MAX };
                    before(reading, back, end)
                        .map(|mention| MentionRef { passage: back, mention })
                        .find(|at| {
                            let m = reading.mention(*at);
                            m.is_amount()
                                && m.value == sum
                                && m.unit == *unit
                                && reading.label(*at).measure == Some(measure)
                        })
                });
                let already = || {
                    let of_passage = reading.partitions.iter().filter(|p| p.passage == passage);
                    of_passage
                        .into_iter()
                        .any(|p| p.aligned.iter().flatten().eq(aligned.iter()))
                };
                if let Some(total) = total.filter(|_| sum >= Decimal::TEN && !already())
                    && let Some(stated) = cx.operand(reading.mention(total).fig)
                {
                    let operands = aligned
                        .iter()
                        .filter_map(|m| cx.operand(prose.mentions[*m].fig))
                        .collect();
                    out.extend(super::relation(
                        cx,
                        RelationKind::Sum,
                        "fields-sum",
                        Cue::Arithmetic,
                        Formula::Sum,
                        stated,
                        operands,
                    ));
                }
            }
        }
    }
}

/// The first two characters of a name, enough to know 热线受理 and 热线 as one within a circular's parentheses.
fn short(name: &str) -> String {
    name.chars().take(2).collect()
}

/// Months under a quarter: 60条。其中，4月份收到25条…5月份收到15条…6月份收到20条.
fn months(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let monthly = super::months::monthly_amounts(cx, reading, passage);
        for series in monthly {
            let unit = &prose.mentions[series[0]].unit;
            let Some(sum) = series
                .iter()
                .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))
            else {
                continue;
            };
            let Some(total) = (0..series[0])
                .rev()
                .map(|mention| MentionRef { passage, mention })
                .find(|at| reading.mention(*at).is_amount() && reading.mention(*at).unit == *unit)
            else {
                continue;
            };
            let full_quarter = series.len() == 3;
            let value = reading.mention(total).value;
            let explicit = full_quarter && claim(value, sum, series.len(), Announced::All, true).is_some();
            if value != sum && !explicit {
                continue;
            }
            let Some(stated) = cx.operand(reading.mention(total).fig) else {
                continue;
            };
            let operands: Vec<Operand> = series
                .iter()
                .filter_map(|m| cx.operand(prose.mentions[*m].fig))
                .collect();
            let cue = if full_quarter { Cue::Explicit } else { Cue::Arithmetic };
            out.extend(super::relation(
                cx,
                RelationKind::Sum,
                "months-sum",
                cue,
                Formula::Sum,
                stated,
                operands,
            ));
        }
    }
}
