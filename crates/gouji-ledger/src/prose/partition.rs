//! Lists find their totals: sums of parts.
//!
//! Each list has candidate totals, nearest first. Equality decides among them; where none is equal, the
//! announcement decides whether the list claims to be complete. A list that may be partial is never complained of.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::clauses::{Mention, Prose};
use super::lists::{Announced, List, common_suffix};
use super::outcomes;
use super::{MentionRef, Reading, quote_of};
use crate::context::{Context, Role};
use crate::lexicon::Measure;
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// How far back totals are looked for: mentions in the passage, passages of the section.
const MAX_CANDIDATES: usize = 16;
const MAX_PASSAGES_BACK: usize = 6;

/// A list with the total it divides.
#[derive(Debug, Clone)]
pub(crate) struct Partition {
    pub passage: usize,
    /// Index into the passage's lists.
    pub list: usize,
    /// Items that belong to it: the first `items` of the list, from `from`.
    pub from: usize,
    pub items: usize,
    pub total: MentionRef,
    /// Which amount of each item is summed.
    pub aligned: Vec<Option<usize>>,
    pub holds: bool,
    pub cue: Cue,
}

/// For every list the partition it makes, if any.
pub(crate) fn partitions(cx: &Context, reading: &Reading) -> Vec<Partition> {
    let mut out: Vec<Partition> = Vec::new();
    // Announced lists first: what they divide is surer than what a bare run may.
    for bare in [false, true] {
        for passage in 0..reading.prose.len() {
            for list_idx in 0..reading.lists[passage].len() {
                if (reading.lists[passage][list_idx].announced == Announced::Bare) == bare
                    && let Some(partition) = partition(cx, reading, passage, list_idx, &out)
                {
                    out.push(partition);
                }
            }
        }
    }
    out.sort_by_key(|p| (p.passage, p.list));
    out
}

fn partition(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    list_idx: usize,
    done: &[Partition],
) -> Option<Partition> {
    let list = &reading.lists[passage][list_idx];
    let prose = &reading.prose[passage];
    let make =
        |from: usize, items: usize, total: MentionRef, aligned: Vec<Option<usize>>, holds: bool, cue: Cue| Partition {
            passage,
            list: list_idx,
            from,
            items,
            total,
            aligned,
            holds,
            cue,
        };
    if let Some(behind) = list.total_behind {
        let total = MentionRef {
            passage,
            mention: behind,
        };
        let (aligned, sum, parts) = align(prose, list, 0, list.items.len(), reading.mention(total));
        if parts >= 2
            && let Some(cue) = claim(reading.mention(total).value, sum, parts, Announced::All, false)
        {
            return Some(make(
                0,
                list.items.len(),
                total,
                aligned,
                sum == reading.mention(total).value,
                cue,
            ));
        }
    }
    let bare = list.announced == Announced::Bare;
    let mut fallback = None;
    let largest = list
        .items
        .iter()
        .filter_map(|i| prose.mentions.get(*i.amounts.first()?))
        .map(|m| m.value)
        .max();
    let tried: Vec<MentionRef> = candidates(cx, reading, passage, list, done)
        .into_iter()
        // What is smaller than a part is no total; on its unit's own word only.
        .filter(|t| {
            reading.mention(*t).unit != unit_of(prose, list) || largest.is_none_or(|l| reading.mention(*t).value >= l)
        })
        .collect();
    let parts_measure = list
        .items
        .first()
        .and_then(|i| i.amounts.first())
        .and_then(|m| reading.labels[passage][*m].measure);
    for (rank, &total) in tried.iter().enumerate() {
        // 收到31件，办结31件。其中…: of equal amounts what came in is divided.
        let total = tried[rank..]
            .iter()
            .copied()
            .take(3)
            .find(|t| {
                t.passage == total.passage
                    && reading.mention(*t).value == reading.mention(total).value
                    && closes_scope(reading, *t, unit_of(prose, list))
            })
            .unwrap_or(total);
        let head = reading.mention(total);
        for &end in &list.ends {
            let (aligned, sum, parts) = align(prose, list, 0, end, head);
            if parts == 0 || parts == 1 && !may_be_single(list, head, prose) {
                continue;
            }
            let distinctive = parts >= 3 || sum >= Decimal::TEN || rank == 0;
            if sum == head.value && distinctive && (!bare || parts >= 2) {
                let cue = if bare {
                    bare_cue(reading, total, list, 0, end)
                } else if parts == 1 && list.announced == Announced::Among {
                    Cue::Arithmetic
                } else {
                    Cue::Explicit
                };
                return Some(make(0, end, total, aligned, true, cue));
            }
            // Items that add up before the list's end are all of it: what follows is told besides.
            if !bare
                && let Some(prefix) = (2..end).find(|k| {
                    told_besides(&list.items[..*k], &list.items[*k..end], &reading.labels[passage])
                        && align(prose, list, 0, *k, head).1 == head.value
                })
            {
                let (aligned, ..) = align(prose, list, 0, prefix, head);
                return Some(make(0, prefix, total, aligned, true, Cue::Explicit));
            }
            // A list that does not fit is held against the nearest candidate that it can speak of.
            let other_measure =
                parts_measure.is_some() && reading.label(total).measure.is_some_and(|m| Some(m) != parts_measure);
            if rank > 0 || bare || fallback.is_some() || other_measure || said_partial(cx, prose, passage, list) {
                continue;
            }
            let homogeneous = homogeneous(list, end);
            // Persons bear several attributes at once (党员260人，女同志175人).
            let overlapping = ["人", "名"].contains(&head.unit.as_str()) && !homogeneous;
            if aligned.iter().flatten().all(|m| prose.mentions[*m].unit == head.unit) {
                if overlapping && sum > head.value {
                    continue;
                }
                if let Some(cue) = claim(head.value, sum, parts, list.announced, homogeneous) {
                    fallback = Some(make(0, end, total, aligned, false, cue));
                }
            } else if parts >= 3 && within_percent(head.value, sum, 2) {
                // 参与投票900件，其中：满意票895张…: other words for one thing, and nearly equal.
                fallback = Some(make(0, end, total, aligned, false, Cue::Implied));
            }
        }
    }
    // A list may hold its own total as its first item: 账号40个，县级5个、镇级35个; 其中市局完成40批次，甲30批次、乙10批次.
    let first = MentionRef {
        passage,
        mention: *list.items.first()?.amounts.first()?,
    };
    let head = reading.mention(first);
    let n = list.items.len();
    for end in (3..=n).rev().take(8) {
        if !bare && !head.tail.ends_with('中') {
            break;
        }
        let (aligned, sum, parts) = align(prose, list, 1, end, head);
        if parts < 2 {
            continue;
        }
        let cue = bare_cue(reading, first, list, 1, end);
        if sum == head.value {
            return Some(make(1, end, first, aligned, true, cue));
        }
        if bare
            && end == n
            && cue >= Cue::Implied
            && parts >= 3
            && claim(head.value, sum, parts, Announced::Among, true).is_some()
        {
            return Some(make(1, end, first, aligned, false, Cue::Implied));
        }
    }
    fallback
}

/// Whether further items are of another kind than those before: no name ends alike, no measure is the same.
fn told_besides(parts: &[super::lists::Item], rest: &[super::lists::Item], labels: &[super::labels::Label]) -> bool {
    let measure = |i: &super::lists::Item| i.amounts.first().and_then(|m| labels[*m].measure);
    rest.iter().take(8).all(|r| {
        parts
            .iter()
            .take(8)
            .all(|p| common_suffix(&p.name, &r.name) == 0 && (measure(p).is_none() || measure(p) != measure(r)))
    })
}

/// 三项合计占76.6%: the sentence itself says that the parts are not all.
fn said_partial(cx: &Context, prose: &Prose, passage: usize, list: &List) -> bool {
    let text = cx.passages[passage].text.as_str();
    let last = list
        .items
        .last()
        .and_then(|i| i.amounts.last())
        .map_or(list.start, |m| prose.mentions[*m].full.end);
    let rest = &text[last..];
    let sentence = &rest[..rest.find('。').unwrap_or(rest.len())];
    ["合计占", "共占", "总共占", "累计占"]
        .iter()
        .any(|w| sentence.contains(w))
}

/// Whether two amounts differ by at most `percent` of the first.
pub(crate) fn within_percent(total: Decimal, sum: Decimal, percent: i64) -> bool {
    (sum - total)
        .abs()
        .checked_mul(Decimal::ONE_HUNDRED)
        .is_some_and(|gap| {
            total
                .checked_mul(Decimal::from(percent))
                .is_some_and(|limit| gap <= limit)
        })
}

/// A bare list is announced a little if its total is called one, or if its parts bear the total's name.
fn bare_cue(reading: &Reading, total: MentionRef, list: &List, from: usize, end: usize) -> Cue {
    let label = reading.label(total);
    let noun = if label.full_name.is_empty() {
        reading.mention(total).tail.as_str()
    } else {
        label.full_name.as_str()
    };
    let named = !noun.is_empty() && list.items[from..end].iter().all(|i| common_suffix(&i.name, noun) >= 2);
    if named { Cue::Implied } else { Cue::Arithmetic }
}

fn unit_of<'a>(prose: &'a Prose, list: &List) -> &'a str {
    list.items
        .first()
        .and_then(|i| i.amounts.first())
        .map_or("", |m| prose.mentions[*m].unit.as_str())
}

/// One part alone is the whole only where the text says so: `9条。按类型分类：咨询类9条`, `4个（市直单位4个）`.
fn may_be_single(list: &List, head: &Mention, prose: &Prose) -> bool {
    matches!(
        list.announced,
        Announced::All | Announced::Parenthesis | Announced::Among
    ) && list
        .items
        .first()
        .and_then(|i| i.amounts.first())
        .is_some_and(|m| prose.mentions[*m].value == head.value && !list.items[0].name.is_empty())
}

/// Whether the items' names end alike (…类) as the members of one division do.
fn homogeneous(list: &List, end: usize) -> bool {
    let names: Vec<&str> = list.items[..end].iter().map(|i| i.name.as_str()).collect();
    names.len() >= 2 && names.windows(2).filter(|w| common_suffix(w[0], w[1]) >= 1).count() * 3 >= (names.len() - 1) * 2
}

/// Whether a list that does not add up claims that it should, and how plainly.
pub(crate) fn claim(
    total: Decimal,
    sum: Decimal,
    parts: usize,
    announced: Announced,
    homogeneous: bool,
) -> Option<Cue> {
    if sum == total {
        return Some(Cue::Explicit);
    }
    if total <= Decimal::ZERO || parts < 2 || matches!(announced, Announced::Partial | Announced::Bare) {
        return None;
    }
    // In percent of the total; far off, it is another total's list.
    let percent = sum.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(total)?;
    if sum > total {
        let limit = if parts >= 3 { 200 } else { 150 };
        return (percent <= Decimal::from(limit)).then_some(if announced == Announced::Numbered {
            Cue::Implied
        } else {
            Cue::Explicit
        });
    }
    let least = match (announced, parts, homogeneous) {
        (Announced::Parenthesis | Announced::All, 2, _) => 70,
        (Announced::Parenthesis | Announced::All, _, _) => 50,
        (Announced::Among, 2, _) => 90,
        (Announced::Among, 3, false) => 80,
        (Announced::Among, 3, true) => 65,
        (Announced::Among, _, false) => 70,
        (Announced::Among, _, true) => 50,
        (Announced::Numbered, ..) => 97,
        _ => return None,
    };
    (percent >= Decimal::from(least)).then_some(if announced == Announced::Numbered {
        Cue::Implied
    } else {
        Cue::Explicit
    })
}

/// For each item from `from` to `end` the amount that is a part of `head`: by unit and measure, else the item's first.
/// Gives the amounts, their sum, and how many there are.
fn align(prose: &Prose, list: &List, from: usize, end: usize, head: &Mention) -> (Vec<Option<usize>>, Decimal, usize) {
    let mut sum = Decimal::ZERO;
    let mut parts = 0;
    let mut aligned = Vec::with_capacity(end.saturating_sub(from));
    for item in &list.items[from..end] {
        let found = item
            .amounts
            .iter()
            .copied()
            .find(|m| prose.mentions[*m].unit == head.unit)
            .or_else(|| item.amounts.first().copied().filter(|m| kin(&prose.mentions[*m], head)));
        if let Some(m) = found {
            let times = Decimal::from(item.times.max(1));
            match prose.mentions[m]
                .value
                .checked_mul(times)
                .and_then(|v| sum.checked_add(v))
            {
                Some(s) => sum = s,
                None => return (Vec::new(), Decimal::ZERO, 0),
            }
            parts += 1;
        }
        aligned.push(found);
    }
    (aligned, sum, parts)
}

/// Amounts whose units differ but may count the same thing: 件 and 件次, 票 and 张, or one that lost its unit.
fn kin(a: &Mention, b: &Mention) -> bool {
    use gouji_quantity::UnitClass::Count;
    a.unit.is_empty() || a.unit_class == Some(Count) && b.unit_class == Some(Count)
}

/// A count of those who bear the parts (5个单位), never the sum of the parts.
fn counts_bearers(m: &Mention) -> bool {
    ["单位", "部门", "镇", "乡", "街道", "县", "区", "窗口", "科室"]
        .iter()
        .any(|n| m.tail.starts_with(n))
        || m.unit == "家"
}

/// Totals that a list may divide, best first.
pub(crate) fn candidates(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    list: &List,
    done: &[Partition],
) -> Vec<MentionRef> {
    let prose = &reading.prose[passage];
    let at = |mention| MentionRef { passage, mention };
    let mut out: Vec<MentionRef> = Vec::new();
    let group = &prose.groups[list.group];
    if list.group > 0
        && let Some(host) = group.host
    {
        let unit = unit_of(prose, list);
        if list.announced == Announced::Parenthesis && prose.mentions[host].unit != unit {
            // 5件（…），涉及5个单位（甲2件、乙1件）: the parts are of an earlier total with their unit.
            out.extend(
                (0..host)
                    .rev()
                    .filter(|m| prose.mentions[*m].unit == unit && eligible(reading, at(*m), unit, done))
                    .take(3)
                    .map(at),
            );
            if !kin(&prose.mentions[host], &prose.mentions[list.items[0].amounts[0]])
                || counts_bearers(&prose.mentions[host])
            {
                return out;
            }
        }
        // The host, and a figure paired with it (31处40起（…）).
        out.push(at(host));
        if host > 0
            && reading.labels[passage][host].name.is_empty()
            && prose.mentions[host - 1].clause == prose.mentions[host].clause
        {
            out.push(at(host - 1));
        }
        return out;
    }
    let unit = unit_of(prose, list);
    let before = list.start;
    let mut closed = false;
    let own_measure = list
        .items
        .first()
        .and_then(|i| i.amounts.first())
        .and_then(|m| reading.labels[passage][*m].measure);
    let mut earlier: Vec<MentionRef> = (0..prose.mentions.len())
        .rev()
        .filter(|m| prose.mentions[*m].full.end <= before)
        .filter(|m| prose.clauses[prose.mentions[*m].clause].group == list.group)
        .filter(|m| eligible(reading, at(*m), unit, done))
        .take(MAX_CANDIDATES)
        // A new total of the same kind closes the scope of those before it.
        .take_while(|m| {
            let own = own_measure.is_none() || reading.label(at(*m)).measure == own_measure;
            !std::mem::replace(&mut closed, own && closes_scope(reading, at(*m), unit))
        })
        .map(at)
        .collect();
    if closed && list.announced != Announced::Bare {
        return earlier;
    }
    // A total under the list's own cue stands in the clause right before it; totals by name come first among equals.
    out.append(&mut earlier);
    let first_of_section = cx.passages[passage].headings.first().copied();
    for back in (0..passage).rev().take(MAX_PASSAGES_BACK) {
        let same = cx.passages[back].headings.first().copied() == first_of_section
            && cx.passages[back].body == cx.passages[passage].body;
        if !same || cx.passages[back].role != Role::Paragraph {
            if matches!(
                cx.passages[back].role,
                Role::Heading { .. } | Role::Caption(_) | Role::Note(_)
            ) {
                continue;
            }
            break;
        }
        if list.announced == Announced::Bare {
            break;
        }
        out.extend(
            (0..reading.prose[back].mentions.len())
                .map(|mention| MentionRef { passage: back, mention })
                .filter(|m| reading.prose[back].clauses[reading.mention(*m).clause].group == 0)
                .filter(|m| eligible(reading, *m, unit, done))
                .take(MAX_CANDIDATES),
        );
    }
    out
}

/// An amount that opens a scope of its own: 收到25条, 共检查40个. Those before it are divided no more.
fn closes_scope(reading: &Reading, at: MentionRef, unit: &str) -> bool {
    let label = reading.label(at);
    let incoming = matches!(
        label.measure,
        Some(Measure::Received | Measure::Published | Measure::Reported | Measure::Adopted | Measure::Checked)
    );
    reading.mention(at).unit == unit && incoming && label.measure.is_some()
}

/// An amount that can be a total: no part of a partition found before, and of the unit (or kin to it).
fn eligible(reading: &Reading, at: MentionRef, unit: &str, done: &[Partition]) -> bool {
    let mention = reading.mention(at);
    mention.is_amount()
        && super::changes::change_word(&mention.label).is_none()
        && !super::rates::is_base(reading, at)
        && (mention.unit == unit || unit.is_empty() || mention.unit_class == Some(gouji_quantity::UnitClass::Count))
        && !done
            .iter()
            .rev()
            .take(24)
            .any(|p| p.passage == at.passage && p.aligned.contains(&Some(at.mention)))
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
    residuals(cx, reading, out);
    outcomes::relations(cx, reading, out);
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
    let heads = (0..prose.mentions.len()).filter(|&m| {
        let clause = &prose.clauses[prose.mentions[m].clause];
        m != total.mention
            && clause.sentence == sentence
            && clause.group == group
            && prose.mentions[m].full.end <= list.start
            && prose.mentions[m].is_amount()
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
        if sum != head_mention.value && paired && missing > 0 {
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
                    (0..reading.prose[back].mentions.len())
                        .map(|mention| MentionRef { passage: back, mention })
                        .filter(|at| back != passage || reading.mention(*at).full.end <= list.start)
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
                    (0..reading.prose[back].mentions.len())
                        .map(|mention| MentionRef { passage: back, mention })
                        .filter(|at| back != passage || reading.mention(*at).full.end <= list.start)
                        .find(|at| {
                            let m = reading.mention(*at);
                            m.is_amount()
                                && m.value == sum
                                && m.unit == *unit
                                && reading.label(*at).measure == Some(measure)
                        })
                });
                let already = reading
                    .partitions
                    .iter()
                    .any(|p| p.passage == passage && p.aligned.iter().flatten().eq(aligned.iter()));
                if let Some(total) = total.filter(|_| !already && sum >= Decimal::TEN)
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
        let monthly = super::names::monthly_amounts(cx, reading, passage);
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

/// What came in is closed or pending; what was checked passed or failed: within one sentence and its followers.
///
/// The remainder decides: among the amounts before it that it may be a remainder of, one that fits is meant, else the nearest.
fn residuals(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let labels = &reading.labels[passage];
        for rest in 0..prose.mentions.len() {
            let Some(split) = split_of(prose, labels, &reading.parts[passage], rest) else {
                continue;
            };
            let r = &prose.mentions[rest];
            let mut found: Option<(usize, usize, bool)> = None;
            for &done in &split.done {
                for &head in split.heads.iter().filter(|h| **h != done) {
                    let holds = prose.mentions[done].value.checked_add(r.value) == Some(prose.mentions[head].value);
                    if found.is_none() || holds && found.is_some_and(|f| !f.2) {
                        found = Some((head, done, holds));
                    }
                }
            }
            let Some((head, done, holds)) = found else { continue };
            let (h, d) = (&prose.mentions[head], &prose.mentions[done]);
            let sum = d.value.saturating_add(r.value);
            let plain = labels[done].name.is_empty() && labels[rest].name.is_empty() || split.passed;
            let cue = if holds {
                Cue::Explicit
            } else if plain
                && only_two(prose, head, done, rest)
                && split.sure
                && claim(h.value, sum, 2, Announced::All, false).is_some()
                && within_percent(h.value, sum, 50)
            {
                Cue::Implied
            } else {
                continue;
            };
            let (Some(total), Some(x), Some(y)) = (cx.operand(h.fig), cx.operand(d.fig), cx.operand(r.fig)) else {
                continue;
            };
            let only = ["仅", "剩", "尚"].iter().any(|w| r.label.contains(w));
            out.extend(if only {
                super::relation(
                    cx,
                    RelationKind::Difference,
                    "remainder",
                    cue,
                    Formula::Difference,
                    y,
                    vec![total, x],
                )
            } else {
                super::relation(
                    cx,
                    RelationKind::Sum,
                    "residual-sum",
                    cue,
                    Formula::Sum,
                    total,
                    vec![x, y],
                )
            });
        }
    }
}

/// Whether the record tells of just two outcomes: no other amount of the unit stands from the head to the end of the remainder's sentence.
fn only_two(prose: &Prose, head: usize, done: usize, rest: usize) -> bool {
    let group = prose.clauses[prose.mentions[rest].clause].group;
    let sentence = prose.clauses[prose.mentions[rest].clause].sentence;
    (head + 1..prose.mentions.len())
        .take_while(|m| *m <= rest || prose.clauses[prose.mentions[*m].clause].sentence == sentence)
        .filter(|m| *m != done && *m != rest)
        .all(|m| {
            let other = &prose.mentions[m];
            prose.clauses[other.clause].group != group || !other.is_amount() || other.unit != prose.mentions[rest].unit
        })
}

/// A remainder's neighbours.
struct Split {
    /// What was done or passed, nearest first.
    done: Vec<usize>,
    /// What came in or was checked, nearest first.
    heads: Vec<usize>,
    /// It is of what passed and failed.
    passed: bool,
    /// The remainder says outright that it is one.
    sure: bool,
}

fn split_of(prose: &Prose, labels: &[super::labels::Label], parts: &[bool], rest: usize) -> Option<Split> {
    let r = &prose.mentions[rest];
    let clause = &prose.clauses[r.clause];
    let passed = match verdict_measure(&labels[rest], r)? {
        Measure::Failed => true,
        Measure::Pending => false,
        _ => return None,
    };
    if !r.is_amount() || labels[rest].denied {
        return None;
    }
    let mut split = Split {
        done: Vec::new(),
        heads: Vec::new(),
        passed,
        sure: labels[rest].measure.is_some()
            || r.tail.starts_with('未')
            || ["仅", "剩", "尚"].iter().any(|w| r.label.contains(w)),
    };
    for m in (0..rest).rev().take(9) {
        let mention = &prose.mentions[m];
        let other = &prose.clauses[mention.clause];
        if other.sentence + 1 < clause.sentence {
            break;
        }
        if other.group != clause.group || !mention.is_amount() || mention.unit != r.unit {
            continue;
        }
        match verdict_measure(&labels[m], mention) {
            Some(Measure::Passed) if passed => split.done.push(m),
            Some(Measure::Closed | Measure::OnTimeClosed | Measure::Rectified) if !passed => split.done.push(m),
            Some(Measure::Failed) if !passed => split.heads.push(m),
            Some(Measure::Received | Measure::Checked) => split.heads.push(m),
            None => split.heads.push(m),
            _ => {}
        }
    }
    // A part of another division is a head only if nothing else is.
    split.heads.sort_by_key(|h| parts[*h]);
    // Another remainder of the same record would own the parts before it.
    (!split.done.is_empty()).then_some(split)
}

/// The measure of a mention by its label, or by the words behind it (3个…存在问题, 2件未办理).
pub(crate) fn verdict_measure(label: &super::labels::Label, mention: &Mention) -> Option<Measure> {
    label.measure.or_else(|| {
        if let Some((measure, range)) = super::labels::measure_in(&mention.tail)
            && range.start <= 60
            && matches!(
                measure,
                Measure::Failed | Measure::Passed | Measure::Pending | Measure::Overdue
            )
        {
            return Some(measure);
        }
        // 3个账号存在未按要求更新的情况
        mention
            .tail
            .find("存在")
            .filter(|at| *at <= 60)
            .map(|_| Measure::Failed)
    })
}
