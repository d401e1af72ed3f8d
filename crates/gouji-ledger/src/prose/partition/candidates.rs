//! The totals that a list may divide.

use gouji_quantity::Decimal;

use super::align::kin;
use super::{Partition, unit_of};
use crate::context::{Context, Role};
use crate::lexicon::Measure;
use crate::prose::clauses::{Delim, Mention, Prose};
use crate::prose::lists::{Announced, List};
use crate::prose::{MentionRef, Reading, changes, means, rates};

/// How far back totals are looked for: mentions in the passage, passages of the section.
const MAX_CANDIDATES: usize = 16;
const MAX_PASSAGES_BACK: usize = 6;
/// Mentions of the passage that are looked at for them.
const LOOK_BACK: usize = 400;
/// Most amounts of other passages that are tried.
const MAX_ELSEWHERE: usize = 120;
/// Most amounts of other passages that are looked at.
const MAX_LOOKED: usize = 4_000;

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
                (host.saturating_sub(LOOK_BACK)..host)
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
        // 问题30个（内容类12个，其中：错别字6个；空白6个）: behind an item of the parenthesis 其中 divides that.
        if list.announced == Announced::Among
            && let Some(first) = list.items[0].amounts[0].checked_sub(1)
            && prose.clauses[prose.mentions[first].clause].group == list.group
            && eligible(reading, at(first), unit_of(prose, list), &[])
        {
            out.push(at(first));
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
    let upto = prose.mentions.partition_point(|m| m.full.end <= before);
    let mut earlier: Vec<MentionRef> = (upto.saturating_sub(LOOK_BACK)..upto)
        .rev()
        .filter(|m| prose.clauses[prose.mentions[*m].clause].group == list.group || hangs_on_a_name(prose, *m, list))
        // 150件，分为五类：…: the number of the kinds is no total of theirs.
        .filter(|m| !(*m + 1 == upto && prose.mentions[*m].unit != unit && reading.label(at(*m)).cue.is_some()))
        // A part is divided further by the 其中 right behind it.
        .filter(|m| {
            eligible(reading, at(*m), unit, done)
                || super::total_at_hand(prose, list, at(*m), passage) && eligible(reading, at(*m), unit, &[])
        })
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
    // （一）住房类（793件）: a heading that gives the number of what stands below it.
    if list.announced != Announced::Bare
        && let Some(&heading) = cx.passages[passage].headings.last()
        && passage <= heading + MAX_PASSAGES_BACK
    {
        out.extend(
            (0..reading.prose[heading].mentions.len().min(MAX_CANDIDATES))
                .map(|mention| MentionRef {
                    passage: heading,
                    mention,
                })
                .filter(|m| eligible(reading, *m, unit, done) && reading.mention(*m).unit == unit)
                .take(1),
        );
    }
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

/// 1.住房类（793件，占比17%）。主要涉及…: the first figure of a parenthesis that no other figure stands before, in the sentence of the
/// list or the one before it.
fn hangs_on_a_name(prose: &Prose, mention: usize, list: &List) -> bool {
    let clause = &prose.clauses[prose.mentions[mention].clause];
    let group = &prose.groups[clause.group];
    let first = list.items.first().and_then(|i| i.amounts.first());
    let near = first.is_some_and(|f| prose.clauses[prose.mentions[*f].clause].sentence <= clause.sentence + 1);
    list.group == 0
        && clause.group > 0
        && group.parent == 0
        && group.host.is_none()
        && clause.before == Delim::Start
        && clause.mentions.first() == Some(&mention)
        && near
}

/// An amount that opens a scope of its own: 收到25条, 共检查40个. Those before it are divided no more.
pub(super) fn closes_scope(reading: &Reading, at: MentionRef, unit: &str) -> bool {
    reading.mention(at).unit == unit && incoming(reading.label(at).measure)
}

/// Measures of what came in or was looked at, each a whole of its own.
pub(super) fn incoming(measure: Option<Measure>) -> bool {
    matches!(
        measure,
        Some(Measure::Received | Measure::Published | Measure::Reported | Measure::Adopted | Measure::Checked)
    )
}

/// An amount that can be a total: no part of a partition found before, and of the unit (or kin to it).
fn eligible(reading: &Reading, at: MentionRef, unit: &str, done: &[Partition]) -> bool {
    let mention = reading.mention(at);
    // 人均消费支出18000元，其中城镇22000元，农村12000元: a mean is no sum.
    let mean = means::is_mean(mention) || ["均价", "单价"].iter().any(|w| mention.label.contains(w));
    mention.is_amount()
        && !mean
        && changes::change_word(&mention.label).is_none()
        && !rates::is_base(reading, at)
        && (mention.unit == unit || unit.is_empty() || mention.unit_class == Some(gouji_quantity::UnitClass::Count))
        && !done
            .iter()
            .rev()
            .take(24)
            .any(|p| p.passage == at.passage && p.aligned.contains(&Some(at.mention)))
}
/// A count of those who bear the parts (5个单位), never the sum of the parts.
fn counts_bearers(m: &Mention) -> bool {
    ["单位", "部门", "镇", "乡", "街道", "县", "区", "窗口", "科室"]
        .iter()
        .any(|n| m.tail.starts_with(n))
        || m.unit == "家"
}

/// Amounts out of the reach of a list that it may add up to: those of its unit that are larger than its largest part, nearest first; of
/// its own passage those before its first byte.
pub(super) fn elsewhere(
    cx: &Context,
    reading: &Reading,
    (passage, start): (usize, usize),
    unit: &str,
    largest: Decimal,
) -> Vec<MentionRef> {
    let body = cx.passages[passage].body;
    let upto = reading.prose[passage].mentions.partition_point(|m| m.full.end <= start);
    let own = (upto.saturating_sub(LOOK_BACK)..upto)
        .rev()
        .map(|mention| MentionRef { passage, mention });
    let earlier = (0..passage).rev();
    let later = passage + 1..reading.prose.len().min(passage + 3);
    let others = earlier
        .chain(later)
        .filter(|p| cx.passages[*p].body == body)
        .flat_map(|p| (0..reading.prose[p].mentions.len()).map(move |mention| MentionRef { passage: p, mention }));
    own.chain(others)
        .take(MAX_LOOKED)
        .filter(|at| {
            let m = reading.mention(*at);
            m.is_amount()
                && m.unit == unit
                && m.value > largest
                && changes::change_word(&m.label).is_none()
                && !rates::is_base(reading, *at)
        })
        .take(MAX_ELSEWHERE)
        .collect()
}
