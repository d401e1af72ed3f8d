//! Lists find their totals: sums of parts.
//!
//! Each list has candidate totals, nearest first. Equality decides among them; where none is equal, the
//! announcement decides whether the list claims to be complete. A list that may be partial is never complained of.

use gouji_quantity::Decimal;

use super::clauses::{Mention, Prose};
use super::lists::{Announced, List, common_suffix};
use super::{MentionRef, Reading};
use crate::Cue;
use crate::context::{Context, Role};
use crate::lexicon::Measure;

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
        .take(2)
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
                && head.unit == unit_of(prose, list)
                && let Some(prefix) = (2..end).find(|k| {
                    told_besides(&list.items[..*k], &list.items[*k..end], &reading.labels[passage])
                        && align(prose, list, 0, *k, head).1 == head.value
                })
            {
                let (aligned, ..) = align(prose, list, 0, prefix, head);
                return Some(make(0, prefix, total, aligned, true, Cue::Explicit));
            }
            // A list that does not fit is held against the nearest candidate that it can speak of.
            let other_measure = incoming(parts_measure)
                && incoming(reading.label(total).measure)
                && reading.label(total).measure != parts_measure;
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
    if fallback.is_none() && !bare && tried.is_empty() {
        fallback = one_part_too_large(cx, reading, passage, list_idx, done);
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

/// An announced list with one part larger than the total right before it, the others together within it: the part cannot be right.
fn one_part_too_large(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    list_idx: usize,
    done: &[Partition],
) -> Option<Partition> {
    let list = &reading.lists[passage][list_idx];
    let prose = &reading.prose[passage];
    let total = *candidates(cx, reading, passage, list, done).first()?;
    let head = reading.mention(total);
    let first = prose.mentions.get(*list.items.first()?.amounts.first()?)?;
    let near =
        total.passage == passage && prose.clauses[head.clause].sentence + 1 >= prose.clauses[first.clause].sentence;
    let end = *list.ends.first()?;
    let (aligned, sum, parts) = align(prose, list, 0, end, head);
    let values: Vec<Decimal> = aligned.iter().flatten().map(|m| prose.mentions[*m].value).collect();
    let largest = *values.iter().max()?;
    let one = values.iter().filter(|v| **v > head.value).count() == 1 && sum.checked_sub(largest)? <= head.value;
    let announced = matches!(
        list.announced,
        Announced::Among | Announced::All | Announced::Parenthesis
    );
    (near && one && announced && parts >= 3 && head.unit == unit_of(prose, list) && homogeneous_enough(list, end))
        .then_some(Partition {
            passage,
            list: list_idx,
            from: 0,
            items: end,
            total,
            aligned,
            holds: false,
            cue: Cue::Implied,
        })
}

/// Parts of one kind: the names end alike, or all are named in a word or two.
fn homogeneous_enough(list: &List, end: usize) -> bool {
    homogeneous(list, end)
        || list.items[..end]
            .iter()
            .all(|i| (2..=6).contains(&i.name.chars().count()))
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
        (Announced::Parenthesis, 2, _) => 50,
        (Announced::All, 2, _) => 70,
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
    reading.mention(at).unit == unit && incoming(reading.label(at).measure)
}

/// Measures of what came in or was looked at, each a whole of its own.
fn incoming(measure: Option<Measure>) -> bool {
    matches!(
        measure,
        Some(Measure::Received | Measure::Published | Measure::Reported | Measure::Adopted | Measure::Checked)
    )
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

/// The measure of a mention by its label, or by the words behind it (3个…存在问题, 2件未办理).
pub(crate) fn verdict_measure(label: &super::labels::Label, mention: &Mention) -> Option<Measure> {
    label.measure.or_else(|| {
        if let Some((measure, range)) = super::labels::measure_in(&mention.tail)
            && range.start <= 60
            && !mention.tail[range.end..].starts_with('率')
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
