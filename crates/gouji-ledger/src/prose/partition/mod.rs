//! Lists find their totals: sums of parts.
//!
//! Each list has candidate totals, nearest first. Equality decides among them; where none is equal, the
//! announcement decides whether the list claims to be complete. A list that may be partial is never complained of.

mod align;
mod candidates;
mod claims;
mod closed;
mod partial;
mod slips;
#[cfg(test)]
mod tests;
mod told;

use gouji_document::Deadline;
use gouji_quantity::{Decimal, one_keystroke};

use super::clauses::{Mention, Prose};
use super::labels::comes_on_top;
use super::lists::{Announced, List, common_suffix};
use super::{MentionRef, Reading, changes};
use crate::Cue;
use crate::context::Context;
use crate::lexicon::Measure;
use align::{Alignment, MAX_ENDS, align, in_times};
pub(crate) use candidates::candidates;
use candidates::{closes_scope, elsewhere, incoming};
pub(crate) use claims::{claim, is_gap};
use claims::{complaint, homogeneous, homogeneous_enough, may_be_single, said_partial, told_besides};
pub(crate) use slips::{hardly_chance, one_slip, within_percent};
use told::told_before;

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

impl Partition {
    /// Whether the parts give the total exactly, or as far as their printed places tell (846.35 of 58.27, 431.76 and 356.33).
    pub fn adds_up(&self, cx: &Context, reading: &Reading) -> bool {
        let operand = |m: MentionRef| cx.operand(reading.mention(m).fig);
        let at = |mention| MentionRef {
            passage: self.passage,
            mention,
        };
        let parts = || {
            self.aligned
                .iter()
                .map(|m| operand(at((*m)?)))
                .collect::<Option<Vec<_>>>()
        };
        let near = || Some(changes::within_rounding(&operand(self.total)?, &parts()?));
        self.holds || near() == Some(true)
    }
}

/// For every list the partition it makes, if any; `None` once `deadline` has passed.
pub(crate) fn partitions(cx: &Context, reading: &Reading, deadline: &Deadline) -> Option<Vec<Partition>> {
    let mut out: Vec<Partition> = Vec::new();
    // Announced lists first: what they divide is surer than what a bare run may.
    for bare in [false, true] {
        for passage in 0..reading.prose.len() {
            if deadline.has_passed() {
                return None;
            }
            for list_idx in 0..reading.lists[passage].len() {
                if (reading.lists[passage][list_idx].announced == Announced::Bare) == bare
                    && let Some(partition) = partition(cx, reading, passage, list_idx, &out)
                    && !counts_what_comes_on_top(reading, &partition)
                {
                    out.push(partition);
                    let further = out.last().and_then(|p| further(reading, p));
                    out.extend(further);
                }
            }
        }
    }
    out.sort_by_key(|p| (p.passage, p.list));
    Some(out)
}

/// Whether a part was carried over from before and so is none of its total.
fn counts_what_comes_on_top(reading: &Reading, partition: &Partition) -> bool {
    let mentions = &reading.prose[partition.passage].mentions;
    comes_on_top(partition.aligned.iter().flatten().map(|m| mentions[*m].label.as_str()))
}

/// The next division of the same total in the rest of a list: 城镇54人，乡村46人；男性51人，女性49人.
fn further(reading: &Reading, first: &Partition) -> Option<Partition> {
    let list = &reading.lists[first.passage][first.list];
    let prose = &reading.prose[first.passage];
    let head = reading.mention(first.total);
    let rest = list
        .items
        .len()
        .checked_sub(first.items)
        .filter(|n| *n >= 2 && first.holds)?;
    let (aligned, sum, parts) = align(prose, list, first.items, first.items + rest, head);
    let division = |total: MentionRef, aligned: Vec<Option<usize>>| Partition {
        from: first.items,
        items: list.items.len(),
        total,
        aligned,
        ..first.clone()
    };
    if parts >= 2 && sum == head.value {
        return Some(division(first.total, aligned));
    }
    // 网站50个，新媒体75个。其中：县级网站16个，部门网站34个；县级新媒体32个，部门新媒体43个: of the amount told beside the total, by its name.
    let siblings = &reading.prose[first.total.passage].mentions;
    (first.total.mention + 1..siblings.len())
        .map(|mention| MentionRef { mention, ..first.total })
        .take_while(|at| reading.one_sentence(*at, first.total))
        .filter(|at| reading.mention(*at).full.end <= list.start || at.passage != first.passage)
        .find_map(|at| {
            let other = reading.mention(at);
            let named = |i: &super::lists::Item| common_suffix(&i.name, &reading.label(at).name) >= 2;
            let (aligned, sum, parts) = align(prose, list, first.items, first.items + rest, other);
            let all = parts == rest && list.items[first.items..].iter().all(named);
            (all && other.is_amount() && sum == other.value).then(|| division(at, aligned))
        })
}

/// 来信来访1368件次，其中来信420件、来访315件次: whether a measure word counts cases, once or each time.
fn counts_cases(unit: &str) -> bool {
    ["件", "件次", "件（次）", "件(次)"].contains(&unit)
}

fn values_of(prose: &Prose, aligned: &[Option<usize>]) -> Vec<Decimal> {
    aligned.iter().flatten().map(|m| prose.mentions[*m].value).collect()
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
        // 来信28件，来访36批，来电156件，合计220件（批）: what is missing is told in a measure word of its own.
        let first = aligned.iter().flatten().min().copied().unwrap_or(behind);
        let left_out = || {
            let gap = reading.mention(total).value.checked_sub(sum);
            (first..behind).any(|m| {
                let other = &prose.mentions[m];
                other.is_amount() && Some(other.value) == gap && !aligned.contains(&Some(m))
            })
        };
        if parts >= 2
            && !left_out()
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
    let mut fallback: Option<Partition> = None;
    // 处分的5104人中，…: what is asked for its parts is their total, whatever else a wrong key makes them add up to.
    let asked = |fallback: &Option<Partition>| {
        fallback.as_ref().is_some_and(|f| {
            let head = reading.mention(f.total);
            let sum = align(prose, list, f.from, f.items, head).1;
            let near = one_keystroke(head.value, sum)
                || head.value >= Decimal::ONE_THOUSAND && within_percent(head.value, sum, 1);
            f.total.passage == passage && head.tail.ends_with('中') && near
        })
    };
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
    let breaks = claims::breaks(prose, list);
    let ends: Vec<usize> = match list.ends.split_at_checked(MAX_ENDS) {
        Some((first, rest)) => first.iter().chain(rest.last()).copied().collect(),
        None => list.ends.clone(),
    };
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
        let alignment = Alignment::of(prose, list, head);
        for &end in &ends {
            let (aligned, sum, parts) = alignment.upto(end);
            if parts == 0 || parts == 1 && !may_be_single(list, head, prose) {
                continue;
            }
            let distinctive = parts >= 3 || sum >= Decimal::TEN || rank == 0;
            if sum == head.value
                && distinctive
                && (!bare || parts >= 2)
                && (total.passage == passage || !asked(&fallback))
            {
                let cue = if bare {
                    bare_cue(reading, total, list, 0, end)
                } else if parts == 1 && list.announced == Announced::Among {
                    Cue::Arithmetic
                } else {
                    Cue::Explicit
                };
                return Some(make(0, end, total, aligned, true, cue));
            }
            // 1.31亿元，其中甲类4227万元、乙类8872万元: a total printed less exactly than its parts.
            if !bare
                && parts >= 2
                && slips::rounds_to(cx, prose, head, sum, &aligned)
                && !claims::shares_leave_some_out(prose, &list.items[..end])
            {
                return Some(make(0, end, total, aligned, true, Cue::Implied));
            }
            // Items that add up before the list's end are all of it: what follows is told besides.
            if !bare
                && head.unit == unit_of(prose, list)
                && let Some(&prefix) = alignment.reached.iter().take_while(|k| **k < end).find(|k| {
                    if claims::goes_on_in_fields(prose, list, **k) {
                        return false;
                    }
                    let goes_on = || claims::goes_on_alike(prose, list, **k, &reading.labels[passage]);
                    // A parenthesis holds its parts and little else.
                    list.group == 0
                        && told_besides(&list.items[..**k], &list.items[**k..end], &reading.labels[passage])
                        && !goes_on()
                        || breaks[**k]
                        || claims::leaves_out(cx, passage, head)
                        // 410件，其中，初次360件，重复50件，署名84件: another property of the same cases.
                        || total_at_hand(prose, list, total, passage)
                            && end - **k < **k
                            && !claims::of_one_kind(&list.items[..**k], &list.items[**k..end])
                            && !goes_on()
                        // 21家，其中市级1家、县级10家、部门10家，正常运行21家: the total again.
                        || end == **k + 1
                            && list.items[**k]
                                .amounts
                                .first()
                                .is_some_and(|m| prose.mentions[*m].value == head.value)
                })
            {
                let (aligned, ..) = alignment.upto(prefix);
                return Some(make(0, prefix, total, aligned, true, Cue::Explicit));
            }
            // 1289人，其中女性609人，35岁以下272人，36至54岁751人，55岁以上266人: the first is another property, the others are all.
            if list.announced == Announced::Among
                && claims::is_property(&list.items[0])
                && parts > LEAST_BEHIND_FIRST
                && aligned.first().copied().flatten().is_some_and(|m| {
                    let first = &prose.mentions[m];
                    sum.checked_sub(first.value) == Some(head.value) && first.unit == head.unit
                })
            {
                return Some(make(1, end, total, aligned[1..].to_vec(), true, Cue::Arithmetic));
            }
            // A list that does not fit is held against the nearest candidate that it can speak of.
            let other_measure = incoming(parts_measure)
                && reading.label(total).measure.is_some()
                && reading.label(total).measure != parts_measure;
            // Or against one a little further off that no chance brings so near: 受理4217件，办结3855件，其中….
            let as_near = total.passage == passage
                && rank <= 3
                && head.value >= Decimal::ONE_HUNDRED
                && within_percent(head.value, sum, 1);
            // 检查网站14个。100分以上2个，90—100分7个，80—90分5个: classes of one scale leave nothing out.
            let classes = bare
                && rank == 0
                && claims::classes_of_a_scale(cx, prose, passage, &list.items[..end])
                && one_keystroke(head.value, sum);
            if rank > 0 && !as_near
                || bare && !classes
                || fallback.is_some()
                || other_measure
                || said_partial(cx, prose, passage, list)
            {
                continue;
            }
            // 400件，其中有效回访328件，满意319件，一般7件，不满意2件: the first part is divided, and not the total.
            let n = list.items.len();
            if n >= 3 {
                let first = &prose.mentions[*list.items[0].amounts.first()?];
                let (below, sum, parts) = align(prose, list, 1, n, first);
                if parts >= 2 && sum == first.value {
                    let at = MentionRef {
                        passage,
                        mention: *list.items[0].amounts.first()?,
                    };
                    return Some(make(1, n, at, below, true, Cue::Explicit));
                }
            }
            // 6个山区县和4个平原县，其中：6个山区县2000万元，4个平原县500万元: what is all of it alone has no others beside it.
            if aligned.iter().flatten().map(|m| &prose.mentions[*m]).any(|m| {
                m.value == head.value
                    && sum > head.value
                    && m.tail
                        .chars()
                        .zip(head.tail.chars())
                        .take_while(|(a, b)| a == b)
                        .count()
                        >= 2
            }) {
                continue;
            }
            // 抽查12个，其中部门7个、乡镇5个，查看…，发现超标单位3个: the first items that add up are what it is divided into.
            if sum > head.value
                && !bare
                && head.unit == unit_of(prose, list)
                && let Some(&prefix) = alignment.reached.first().filter(|k| **k < end)
                && !claims::goes_on_alike(prose, list, prefix, &reading.labels[passage])
                && !claims::goes_on_in_fields(prose, list, prefix)
                && (!claims::of_one_kind(&list.items[..prefix], &list.items[prefix..end])
                    || claims::interrupted(list, prefix))
            {
                let (aligned, ..) = alignment.upto(prefix);
                fallback = Some(make(0, prefix, total, aligned, true, Cue::Arithmetic));
                continue;
            }
            let homogeneous = homogeneous(list, end);
            // Persons bear several attributes at once (党员260人，女同志175人).
            let persons = ["人", "名", "位"].contains(&head.unit.as_str());
            let divided = homogeneous || claims::by_office(&list.items[..end]);
            let overlapping = persons && !divided || claims::overlapping(&list.items[..end]);
            // 五类案件300件，其中…罚款案件100件…移送70起: words of cases are one where the kinds are counted out.
            let cases = closed::kinds_told(cx, reading, passage, head, parts);
            // 申请10件，其中当面申请1宗，网上申请9宗: one measure word for the total and one for all parts.
            let all_parts_in = |unit: &str| aligned.iter().flatten().all(|m| prose.mentions[*m].unit == unit);
            let one_unit = |unit: &str| {
                unit == head.unit
                    || counts_cases(unit) && counts_cases(&head.unit)
                    || persons && ["人", "名", "位"].contains(&unit)
                    || (cases || all_parts_in(unit))
                        && ["件", "起", "宗"].contains(&unit)
                        && ["件", "起", "宗"].contains(&head.unit.as_str())
            };
            // 1.31亿元 and 4227万元
            let money = |m: &Mention| m.unit_class == Some(gouji_quantity::UnitClass::Money);
            let alike = |m: &Mention| one_unit(&m.unit) || money(m) && money(head);
            if aligned.iter().flatten().all(|m| alike(&prose.mentions[*m])) {
                let overlapping = overlapping || claims::kinds_apart(prose, list, end, head);
                if overlapping && sum > head.value || claims::of_stages(prose, &aligned) {
                    continue;
                }
                if classes {
                    fallback = Some(make(0, end, total, aligned, false, Cue::Implied));
                } else if claims::of_a_series(reading, passage, total) {
                    // 第二产业41.26亿元；…¶从工业看，采矿业0.37亿元…: one of several is not divided by what the next paragraph tells.
                } else if let Some(cue) = claim(head.value, sum, parts, list.announced, homogeneous)
                    && let Some(cue) = complaint(cx, reading, passage, list, end, &aligned, head, sum, cue)
                {
                    fallback = Some(make(0, end, total, aligned, false, cue));
                }
            } else if parts >= 3
                && (within_percent(head.value, sum, 2) && in_times(prose, &aligned, head)
                    || !bare && hardly_chance(head.value, sum, &values_of(prose, &aligned)))
            {
                fallback = Some(make(0, end, total, aligned, false, Cue::Implied));
            }
        }
    }
    // 服务1273件，其中受理1199件、派单370件；从渠道看，…: parts that make up another amount before them are of that.
    if let Some(f) = &fallback
        && !asked(&fallback)
        && let Some(rival) = reached_before(prose, list, f)
    {
        let total = MentionRef {
            passage,
            mention: rival,
        };
        let (aligned, _, parts) = align(prose, list, f.from, f.items, reading.mention(total));
        return (parts >= 3).then(|| make(f.from, f.items, total, aligned, true, Cue::Implied));
    }
    // An amount elsewhere that the list reaches exactly.
    if !bare
        && !asked(&fallback)
        && let Some(&end) = list.ends.last()
        && let Some(first) = largest
    {
        for total in elsewhere(cx, reading, (passage, list.start), unit_of(prose, list), first) {
            let (aligned, sum, parts) = align(prose, list, 0, end, reading.mention(total));
            // 分收入结构看: two parts that are told to divide something, of four figures and more.
            let two = parts == 2 && list.announced == Announced::All && sum >= Decimal::from(1_000);
            if (parts >= 3 || two) && sum == reading.mention(total).value && sum >= Decimal::from(50) {
                return Some(make(0, end, total, aligned, true, Cue::Implied));
            }
        }
    }
    if bare && let Some((total, aligned)) = told_before(cx, reading, passage, list) {
        return Some(make(0, list.items.len(), total, aligned, true, Cue::Arithmetic));
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
        // 柳湾村12户，石桥村7户，沙头村5户: the first of equals is no total.
        let equals = bare
            && !reading.label(first).total
            && list.items[1..end].iter().all(|i| {
                common_suffix(&i.name, &list.items[0].name) >= 1
                    && i.name.chars().count() == list.items[0].name.chars().count()
            });
        if sum == head.value && !equals {
            return Some(make(1, end, first, aligned, true, cue));
        }
        // Only what is called a total is held against its list, and a slip of one key: 共…个; 完成的40批次中，甲30批次、乙10批次.
        let called = bare && end == n && cue >= Cue::Implied && parts >= 3 && reading.label(first).total;
        let divided = !bare && list.ends.contains(&end) && head.value >= Decimal::ONE_HUNDRED;
        let values: Vec<Decimal> = aligned.iter().flatten().map(|m| prose.mentions[*m].value).collect();
        // 对14个网站检查，100分以上2个，90—100分7个，80—90分5个: classes of one scale leave nothing out.
        let classes = bare && end == n && claims::classes_of_a_scale(cx, prose, passage, &list.items[1..end]);
        if classes && one_keystroke(head.value, sum)
            || (called && one_keystroke(head.value, sum) || divided && one_slip(head.value, sum, &values))
                && claim(head.value, sum, parts, Announced::Among, true).is_some()
        {
            return Some(make(1, end, first, aligned, false, Cue::Implied));
        }
    }
    fallback
}

/// Fewest parts that add up behind a first one that is told besides.
const LEAST_BEHIND_FIRST: usize = 3;
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
    // 3件（来信5件、来电1件）: of two parts only where nothing stands between them and the total.
    let left_out = list.announced == Announced::Parenthesis && claims::leaves_out(cx, passage, head);
    let enough = parts >= 3
        || parts == 2 && (list.announced == Announced::Parenthesis || total_at_hand(prose, list, total, passage));
    (near
        && one
        && announced
        && enough
        && !left_out
        && head.unit == unit_of(prose, list)
        && homogeneous_enough(list, end))
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

/// An amount of the list's sentence or the one before that its parts add up to, if the total they were held against is another.
fn reached_before(prose: &Prose, list: &List, found: &Partition) -> Option<usize> {
    if found.holds {
        return None;
    }
    let sum = found
        .aligned
        .iter()
        .flatten()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))?;
    let first = *list.items.first()?.amounts.first()?;
    let sentence = prose.clauses[prose.mentions[first].clause].sentence;
    (0..first).rev().take(12).find(|m| {
        let other = &prose.mentions[*m];
        prose.clauses[other.clause].sentence + 1 >= sentence
            && other.is_amount()
            && other.unit == unit_of(prose, list)
            && other.value == sum
            && super::changes::change_word(&other.label).is_none()
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

/// Whether a total stands right before the 其中 of its list: no other amount between them.
fn total_at_hand(prose: &Prose, list: &List, total: MentionRef, passage: usize) -> bool {
    list.announced == Announced::Among
        && total.passage == passage
        && prose.mentions.get(total.mention + 1).is_some_and(|next| {
            next.full.start == list.start
                && prose.clauses[next.clause].sentence == prose.clauses[prose.mentions[total.mention].clause].sentence
        })
}

fn unit_of<'a>(prose: &'a Prose, list: &List) -> &'a str {
    list.items
        .first()
        .and_then(|i| i.amounts.first())
        .map_or("", |m| prose.mentions[*m].unit.as_str())
}

/// The measure of a mention by its label, or by the words behind it (3个…存在问题, 2件未办理).
pub(crate) fn verdict_measure(label: &super::labels::Label, mention: &Mention) -> Option<Measure> {
    // 此次检查中有296家合格: the check is when it was found, not what the figure counts.
    let when = label.measure == Some(Measure::Checked) && mention.label.trim_end_matches('有').ends_with('中');
    label.measure.filter(|_| !when).or_else(|| {
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
            .or(label.measure)
    })
}
