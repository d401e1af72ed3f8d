//! Sums of parts: what the partitions of the text claim, measure by measure and month by month.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use super::labels::Label;
use super::lists::{Announced, List};
use super::partition::{Partition, claim, one_slip};
use super::{MentionRef, Reading, quote_of};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// Most totals that a column of a list is held against.
const MAX_TOTALS: usize = 60;
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
        other_measures(cx, reading, partition, list, partition.total, out);
        if let Some(before) = told_before(cx, reading, partition) {
            other_measures(cx, reading, partition, list, before, out);
        }
    }
    let whole = deeper_parts(cx, reading, out);
    fields_of_bare_lists(cx, reading, &whole, out);
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

/// How many paragraphs before a total that is told again it is looked for.
const MAX_RETOLD: usize = 3;

/// 完成项目114项，交易额10.5亿元。¶完成的114项中，工程52项，中标额7.2亿元；…: where a paragraph before told the total with its other measures.
fn told_before(cx: &Context, reading: &Reading, partition: &Partition) -> Option<MentionRef> {
    let total = reading.mention(partition.total);
    let passage = partition.total.passage;
    if !partition.holds || total.value < Decimal::TEN {
        return None;
    }
    (passage.saturating_sub(MAX_RETOLD)..passage)
        .rev()
        .filter(|p| cx.passages[*p].body == cx.passages[passage].body)
        .flat_map(|p| before(reading, p, usize::MAX).map(move |mention| MentionRef { passage: p, mention }))
        .find(|at| {
            let m = reading.mention(*at);
            m.is_amount()
                && m.value == total.value
                && m.unit == total.unit
                && reading.prose[at.passage].clauses[m.clause].group == 0
        })
}

/// Further amounts beside the total (办结900件, 采购计划金额…) against the items' fields of the same measure.
///
/// `total` is the partition's or the same figure where it was told before.
fn other_measures(
    cx: &Context,
    reading: &Reading,
    partition: &Partition,
    list: &List,
    total: MentionRef,
    out: &mut Vec<Relation>,
) {
    let prose = &reading.prose[total.passage];
    let labels = &reading.labels[total.passage];
    let of_items = &reading.prose[partition.passage];
    let item_labels = &reading.labels[partition.passage];
    let here = total.passage == partition.passage;
    let sentence = prose.clauses[prose.mentions[total.mention].clause].sentence;
    let group = prose.clauses[prose.mentions[total.mention].clause].group;
    // Heads: amounts of the total's own sentence, in its group, before the list.
    // In another passage they are those around the total.
    let end = if here {
        list.start
    } else {
        let around = (total.mention + LOOK_BACK / 2).min(prose.mentions.len() - 1);
        prose.mentions[around].full.end
    };
    let heads = before(reading, total.passage, end).filter(|&m| {
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
        let mut by_words = false;
        for (item, main) in list.items[partition.from..partition.items]
            .iter()
            .zip(&partition.aligned)
        {
            let like = |m: &usize, exact: bool| {
                Some(*m) != *main
                    && (item.amounts.first() == Some(m)
                        && head_mention.unit == of_items.mentions[*m].unit
                        && head_mention.unit != reading.mention(total).unit
                        || paired && of_items.mentions[*m].clause == of_items.mentions[main.unwrap_or(*m)].clause
                        || of_items.mentions[*m].unit == head_mention.unit
                            && (item_labels[*m].measure.is_some() && item_labels[*m].measure == head_label.measure
                                || if exact {
                                    !head_label.full_name.is_empty()
                                        && item_labels[*m].full_name == head_label.full_name
                                } else {
                                    one_field(&item_labels[*m], head_label)
                                }))
            };
            let by = |exact: bool| item.amounts.iter().copied().find(|m| like(m, exact));
            // 节约建设资金 of 节约金额: words that begin alike.
            let kindred = || {
                let found = item.amounts.iter().copied().find(|m| {
                    Some(*m) != *main
                        && of_items.mentions[*m].unit == head_mention.unit
                        && begin_alike(&item_labels[*m], head_label)
                });
                found.filter(|_| head_mention.unit != reading.mention(total).unit)
            };
            let found = by(true).or_else(|| by(false)).or_else(kindred);
            by_words |= found
                .is_some_and(|m| item_labels[m].measure.is_none() && item_labels[m].full_name != head_label.full_name);
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
            .try_fold(Decimal::ZERO, |s, m| s.checked_add(of_items.mentions[*m].value))
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
        let cue = if missing > 0 || paired || !here {
            cue.min(Cue::Implied)
        } else {
            cue
        };
        // Where a part lacks the field, or the parts do not add up to their own total, they may not be all.
        let unsure = (paired || by_words) && missing > 0 || !partition.holds || !here;
        // …；监测水产品50批次，全部合格: what a part without the field may add is between nothing and all of it.
        let untold = list.items[partition.from..partition.items]
            .iter()
            .zip(&aligned)
            .filter(|(_, field)| field.is_none())
            .filter_map(|(item, _)| item.amounts.first())
            .try_fold(sum, |s, m| s.checked_add(of_items.mentions[*m].value));
        if missing > 0 && head_mention.value > sum && untold.is_none_or(|most| head_mention.value <= most) {
            continue;
        }
        let values: Vec<Decimal> = aligned.iter().flatten().map(|m| of_items.mentions[*m].value).collect();
        // The list is whole, the field is told of every part and by the same words: what one wrong key explains is wrong.
        let vouched = partition.holds && missing == 0 && !by_words && one_slip(head_mention.value, sum, &values);
        // A list that only its figures make one vouches for nothing.
        let found_by_figures = partition.cue == Cue::Arithmetic;
        if sum != head_mention.value && (found_by_figures || unsure && !vouched) {
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

/// Whether two labels are of one field: the same words, or words that end alike and share two more (交易额, 交易金额), with no
/// other measures.
pub(super) fn one_field(a: &Label, b: &Label) -> bool {
    let (one, other) = (a.full_name.as_str(), b.full_name.as_str());
    if one.is_empty() || other.is_empty() || a.measure.is_some() && b.measure.is_some() && a.measure != b.measure {
        return false;
    }
    let chars: Vec<char> = one.chars().collect();
    one == other
        || one.chars().last() == other.chars().last()
            && chars
                .windows(2)
                .any(|pair| other.contains(pair.iter().collect::<String>().as_str()))
}

/// Whether two labels begin with the same two characters and do not say that different things are measured.
pub(super) fn begin_alike(a: &Label, b: &Label) -> bool {
    let begin = |l: &Label| l.full_name.chars().take(2).collect::<String>();
    let apart = a.measure.is_some() && b.measure.is_some() && a.measure != b.measure;
    !apart && begin(a).chars().count() == 2 && begin(a) == begin(b)
}

/// The names in the parentheses of a list's items (热线…件，多媒体…件), each summed over the items, against an amount of that
/// name before the list: kept if it holds. Gives the lists (passage, first byte) that are so known to leave nothing out.
fn deeper_parts(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) -> BTreeSet<(usize, usize)> {
    let mut whole = BTreeSet::new();
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
                    if parts.len() == members(list) && sum >= Decimal::TEN {
                        whole.insert((passage, list.start));
                    }
                }
            }
        }
    }
    whole
}

/// Measures whose fields in a list may add up to a total of that measure.
const FIELDS: [Measure; 6] = [
    Measure::Received,
    Measure::Closed,
    Measure::OnTimeClosed,
    Measure::Reported,
    Measure::Published,
    Measure::Adopted,
];

/// Fields of one measure in a list that claims nothing (办结12件 of each kind) against an amount of that measure before it: kept if
/// they add up. Where another column of the same list does, the list leaves nothing out, and a total that one wrong key
/// parts from its column is complained of.
fn fields_of_bare_lists(cx: &Context, reading: &Reading, whole: &BTreeSet<(usize, usize)>, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        for list in reading.lists[passage]
            .iter()
            .filter(|l| matches!(l.announced, Announced::Bare | Announced::Partial) && l.items.len() >= 3)
        {
            let columns: Vec<Column> = FIELDS
                .iter()
                .filter_map(|measure| column(cx, reading, passage, list, *measure))
                .collect();
            let whole = whole.contains(&(passage, list.start))
                || columns
                    .iter()
                    .any(|c| c.complete && c.equal.is_some() && c.sum >= Decimal::TEN);
            for column in columns {
                let already = || {
                    let mut here = reading.partitions_of(passage).iter();
                    here.any(|p| p.aligned.iter().flatten().eq(column.amounts.iter()))
                };
                let slip = column.slip.filter(|_| whole && column.complete);
                if let Some(total) = column.equal.or(slip)
                    && column.sum >= Decimal::TEN
                    && !already()
                    && let Some(stated) = cx.operand(reading.mention(total).fig)
                {
                    let operands = column
                        .amounts
                        .iter()
                        .filter_map(|m| cx.operand(prose.mentions[*m].fig))
                        .collect();
                    out.extend(super::relation(
                        cx,
                        RelationKind::Sum,
                        "fields-sum",
                        if column.equal.is_some() {
                            Cue::Arithmetic
                        } else {
                            Cue::Implied
                        },
                        Formula::Sum,
                        stated,
                        operands,
                    ));
                }
            }
        }
    }
}

/// How many items a list has without a closing one that tells what is left of the last (其余为…共计30件).
fn members(list: &List) -> usize {
    let left = |name: &str| ["其余", "剩余", "余下"].iter().any(|w| name.starts_with(w));
    list.items.iter().filter(|i| !left(&i.name)).count()
}

/// The fields of one measure in a list, and the totals of that measure before it.
struct Column {
    amounts: Vec<usize>,
    sum: Decimal,
    /// Every item has the field.
    complete: bool,
    /// The nearest total that they add up to.
    equal: Option<MentionRef>,
    /// The only total that one wrong key parts from the sum.
    slip: Option<MentionRef>,
}

fn column(cx: &Context, reading: &Reading, passage: usize, list: &List, measure: Measure) -> Option<Column> {
    let prose = &reading.prose[passage];
    let labels = &reading.labels[passage];
    let amounts: Vec<usize> = list
        .items
        .iter()
        .filter_map(|i| i.amounts.iter().copied().find(|m| labels[*m].measure == Some(measure)))
        .collect();
    if amounts.len() + 1 < list.items.len() {
        return None;
    }
    let sum = amounts
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))?;
    let unit = &prose.mentions[*amounts.first()?].unit;
    let totals: Vec<MentionRef> = (passage.saturating_sub(2)..=passage)
        .rev()
        .filter(|back| cx.passages[*back].body == cx.passages[passage].body)
        .flat_map(|back| {
            let end = if back == passage { list.start } else { usize::MAX };
            before(reading, back, end).map(move |mention| MentionRef { passage: back, mention })
        })
        .filter(|at| {
            let m = reading.mention(*at);
            m.is_amount() && m.unit == *unit && reading.label(*at).measure == Some(measure)
        })
        .take(MAX_TOTALS)
        .collect();
    let equal = totals.iter().copied().find(|at| reading.mention(*at).value == sum);
    let plain: Vec<MentionRef> = totals
        .into_iter()
        .filter(|at| reading.label(*at).name.is_empty() && !reading.is_part(*at))
        .collect();
    let values: Vec<Decimal> = amounts.iter().map(|m| prose.mentions[*m].value).collect();
    let slips: Vec<MentionRef> = plain
        .into_iter()
        .filter(|at| one_slip(reading.mention(*at).value, sum, &values))
        .collect();
    let slip = match slips[..] {
        [only] => Some(only),
        _ => None,
    };
    Some(Column {
        complete: amounts.len() == members(list),
        amounts,
        sum,
        equal,
        slip,
    })
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
