//! Shares find their parts and wholes, and add to 100.

use gouji_quantity::Decimal;

use super::labels::measure_in;
use super::rates::{Kind, MAX_READINGS, assemble, before, fits, kind_of, ratio_reading, scale};
use super::{MentionRef, Reading};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

pub(super) fn share(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let stated = cx.operand(reading.mention(at).fig)?;
    let scale = scale(cx, reading, at);
    let inside = whole_inside(reading, at);
    let part_at = part_of_share(reading, inside.unwrap_or(at))?;
    let part = reading.mention(part_at);
    let part_operand = cx.operand(part.fig)?;
    let mut wholes: Vec<(MentionRef, Cue)> = inside.map(|w| (w, Cue::Explicit)).into_iter().collect();
    for partition in reading.partitions.iter().filter(|_| inside.is_none()) {
        if partition.passage == at.passage && partition.aligned.contains(&Some(part_at.mention)) {
            // Shares of a list may be of another whole than the one it adds up to: the one that explains most of them.
            let other =
                whole_of_list(cx, reading, part_at).filter(|(_, cue)| !partition.holds || *cue == Cue::Explicit);
            let cue = if partition.cue == Cue::Arithmetic {
                Cue::Implied
            } else {
                Cue::Explicit
            };
            wholes.push(other.unwrap_or((partition.total, cue)));
        }
    }
    if let Some(topics) = reading
        .topics
        .iter()
        .find(|t| t.items.iter().any(|i| i.amount == Some(part_at)))
        && let Some((total, _)) = topics.total(cx, reading)
    {
        wholes.push((total, Cue::Explicit));
    }
    let label = &reading.mention(at).label;
    let named = named_whole(label);
    if let Some(name) = named
        && let Some(whole) = before(reading, part_at).into_iter().find(|m| {
            let short = name
                .trim_end_matches("总数")
                .trim_end_matches("总量")
                .trim_end_matches('数')
                .trim_end_matches('量');
            reading.mention(*m).unit == part.unit
                && short.chars().count() >= 2
                && reading.mention(*m).label.contains(short)
        })
    {
        wholes.push((whole, Cue::Explicit));
    }
    if wholes.is_empty()
        && let Some(whole) = whole_of_list(cx, reading, part_at)
    {
        wholes.push(whole);
    }
    let guessed = wholes.is_empty();
    if guessed {
        // The nearest totals before the part that can hold it; kept only if the arithmetic fits.
        wholes.extend(
            before(reading, part_at)
                .into_iter()
                .filter(|m| {
                    let w = reading.mention(*m);
                    w.is_amount()
                        && w.value >= part.value
                        && (w.unit == part.unit || w.unit_class == part.unit_class)
                        && !reading.is_part(*m)
                })
                .take(MAX_READINGS)
                .map(|m| (m, Cue::Arithmetic)),
        );
    }
    let cue = wholes.iter().map(|(_, cue)| *cue).max()?;
    let readings: Vec<RelationReading> = wholes
        .iter()
        .filter_map(|(w, _)| {
            Some(ratio_reading(
                &stated,
                part_operand.clone(),
                vec![cx.operand(reading.mention(*w).fig)?],
                scale,
            ))
        })
        .collect();
    assemble(cx, "share-of-total", cue, readings, scale)
}

/// The whole of the shares in an announced list that does not add up (or is only part of it): the candidate total that
/// explains most of its shares, the nearest among equals.
fn whole_of_list(cx: &Context, reading: &Reading, part: MentionRef) -> Option<(MentionRef, Cue)> {
    let list = reading.lists[part.passage].iter().find(|l| {
        l.announced > super::lists::Announced::Bare && l.items.iter().any(|i| i.amounts.first() == Some(&part.mention))
    })?;
    let shares: Vec<(MentionRef, MentionRef)> = list
        .items
        .iter()
        .filter_map(|i| {
            let share = share_of_item(cx, reading, part.passage, i)?;
            let at = |mention| MentionRef {
                passage: part.passage,
                mention,
            };
            Some((at(*i.amounts.first()?), at(share)))
        })
        .collect();
    let mut best: Option<(usize, MentionRef)> = None;
    for whole in super::partition::candidates(cx, reading, part.passage, list, &reading.partitions)
        .into_iter()
        .take(4)
    {
        let w = reading.mention(whole);
        let fitting = shares
            .iter()
            .filter(|(p, s)| {
                let stated = cx.operand(reading.mention(*s).fig);
                stated.is_some_and(|stated| {
                    fits(&stated, reading.mention(*p).value, w.value, 100).is_some_and(|a| a.holds() || a.is_rounding())
                })
            })
            .count();
        if best.is_none_or(|(n, _)| fitting > n) {
            best = Some((fitting, whole));
        }
    }
    let (fitting, whole) = best?;
    let unit = reading.mention(whole).unit == reading.mention(part).unit;
    if fitting * 2 >= shares.len() && fitting > 0 {
        Some((
            whole,
            if unit || fitting >= 2 {
                Cue::Explicit
            } else {
                Cue::Arithmetic
            },
        ))
    } else if unit && reading.mention(whole).value >= reading.mention(part).value {
        Some((whole, Cue::Implied))
    } else {
        None
    }
}

/// The amount that a share speaks of: the host of its parenthesis, or the amount before it in the item.
pub(crate) fn part_of_share(reading: &Reading, at: MentionRef) -> Option<MentionRef> {
    let prose = &reading.prose[at.passage];
    let mention = &prose.mentions[at.mention];
    let clause = &prose.clauses[mention.clause];
    if clause.group > 0
        && clause.mentions.first() == Some(&at.mention)
        && let Some(host) = prose.groups[clause.group].host
    {
        return prose.mentions[host].is_amount().then_some(MentionRef {
            passage: at.passage,
            mention: host,
        });
    }
    // 民生支出占比81.3%: the share names its part itself.
    if clause.mentions.first() == Some(&at.mention)
        && let Some(cut) = mention.label.find('占')
    {
        let noun = super::labels::analyse(&mention.label[..cut]).full_name;
        if noun.chars().count() >= 2 {
            return (0..at.mention)
                .rev()
                .take(12)
                .find(|m| prose.mentions[*m].is_amount() && prose.mentions[*m].label.contains(noun.as_str()))
                .map(|m| MentionRef {
                    passage: at.passage,
                    mention: m,
                });
        }
    }
    // Back to the amount before it; a rate in between (同比增长4.8%) belongs to the same amount.
    (0..at.mention)
        .rev()
        .take(4)
        .find(|m| {
            let other = &prose.mentions[*m];
            other.is_amount() && prose.clauses[other.clause].group == clause.group
        })
        .filter(|m| prose.clauses[prose.mentions[*m].clause].sentence + 1 >= clause.sentence)
        .map(|m| MentionRef {
            passage: at.passage,
            mention: m,
        })
}

/// The whole printed between 占 and the percentage.
pub(super) fn whole_inside(reading: &Reading, at: MentionRef) -> Option<MentionRef> {
    let before = MentionRef {
        mention: at.mention.checked_sub(1)?,
        ..at
    };
    let (m, b) = (reading.mention(at), reading.mention(before));
    (b.clause == m.clause && b.is_amount() && b.label.contains('占')).then_some(before)
}

/// The name of the whole in 占…的 and 占…比重.
fn named_whole(label: &str) -> Option<&str> {
    let at = label.rfind('占')? + '占'.len_utf8();
    let rest = &label[at..];
    let end = rest
        .find("比重")
        .or_else(|| rest.find("的"))
        .or_else(|| rest.find("比例"))
        .unwrap_or(rest.len());
    let name = rest[..end].trim_end_matches('的').trim();
    (name.chars().count() >= 2 && !matches!(name, "总数" | "总量" | "全部" | "总" | "比为" | "比达")).then_some(name)
}

/// The sums of shares: of lists and topics, of shares that stand for themselves, of opposite rates, of printed structures.
pub(super) fn sums(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    of_lists(cx, reading, out);
    complements(cx, reading, out);
    structures(cx, reading, out);
}

fn of_lists(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for (list_idx, list) in reading.lists[passage].iter().enumerate() {
            let shares: Vec<usize> = list
                .items
                .iter()
                .filter_map(|i| share_of_item(cx, reading, passage, i))
                .collect();
            if shares.len() < 2 || shares.len() != list.items.len() {
                continue;
            }
            let complete = reading
                .partitions
                .iter()
                .any(|p| p.passage == passage && p.list == list_idx && p.holds && p.items == list.items.len());
            push_share_sum(
                cx,
                reading,
                passage,
                &shares,
                if complete { Cue::Explicit } else { Cue::Arithmetic },
                out,
            );
        }
    }
    for passage in 0..reading.prose.len() {
        named_shares(cx, reading, passage, out);
    }
    for topics in &reading.topics {
        let shares: Vec<MentionRef> = topics.items.iter().filter_map(|i| i.share).collect();
        if shares.len() >= 2 && shares.len() == topics.items.len() {
            let operands: Vec<Operand> = shares
                .iter()
                .filter_map(|m| cx.operand(reading.mention(*m).fig))
                .collect();
            push_shares(cx, operands, Cue::Implied, out);
        }
    }
}

/// Shares that stand for themselves: 分地域看，城镇占比70.5%，乡村占比29.5%.
fn named_shares(cx: &Context, reading: &Reading, passage: usize, out: &mut Vec<Relation>) {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let own = |m: usize| {
        let mention = &prose.mentions[m];
        let at = MentionRef { passage, mention: m };
        let named = mention.label.find('占').is_some_and(|i| i >= "二字".len());
        mention.is_rate() && named && kind_of(cx, reading, at) == Kind::Share && named_whole(&mention.label).is_none()
    };
    let mut at = 0;
    while at < prose.mentions.len() {
        let mut end = at;
        while end < prose.mentions.len()
            && own(end)
            && (end == at || prose.mentions[end].clause == prose.mentions[end - 1].clause + 1)
        {
            end += 1;
        }
        if end - at >= 2 {
            let first = prose.mentions[at].clause;
            let announced = first > 0 && {
                let before = &prose.clauses[first - 1];
                before.mentions.is_empty() && super::lists::divides(text[before.range.clone()].trim())
            };
            let shares: Vec<usize> = (at..end).collect();
            push_share_sum(
                cx,
                reading,
                passage,
                &shares,
                if announced { Cue::Implied } else { Cue::Arithmetic },
                out,
            );
        }
        at = end.max(at + 1);
    }
}

/// The share of an item: among its rates or in a parenthesis behind its amount.
fn share_of_item(cx: &Context, reading: &Reading, passage: usize, item: &super::lists::Item) -> Option<usize> {
    let prose = &reading.prose[passage];
    let share = |m: &usize| kind_of(cx, reading, MentionRef { passage, mention: *m }) == Kind::Share;
    item.rates.iter().copied().find(share).or_else(|| {
        let host = *item.amounts.first()?;
        let after = *item.amounts.last()?;
        (host + 1..(after + 3).min(prose.mentions.len())).find(|m| {
            prose.mentions[*m].is_rate()
                && prose.groups[prose.clauses[prose.mentions[*m].clause].group].host == Some(host)
                && share(m)
        })
    })
}

/// A rate beside the rate of its opposite: 不合格率3.2%，合格率为96.8%.
fn complements(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        for m in 1..prose.mentions.len() {
            let stem = |i: usize| match kind_of(cx, reading, MentionRef { passage, mention: i }) {
                Kind::Rate(stem) if prose.mentions[i].is_rate() => measure_in(&stem).map(|(x, _)| x),
                _ => None,
            };
            let opposite = matches!(
                (stem(m - 1), stem(m)),
                (Some(Measure::Passed), Some(Measure::Failed)) | (Some(Measure::Failed), Some(Measure::Passed))
            );
            let sentence = |i: usize| prose.clauses[prose.mentions[i].clause].sentence;
            if opposite && sentence(m - 1) == sentence(m) {
                push_share_sum(cx, reading, passage, &[m - 1, m], Cue::Implied, out);
            }
        }
    }
}

fn push_share_sum(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    shares: &[usize],
    cue: Cue,
    out: &mut Vec<Relation>,
) {
    let prose = &reading.prose[passage];
    let operands: Vec<Operand> = shares
        .iter()
        .filter_map(|m| cx.operand(prose.mentions[*m].fig))
        .collect();
    push_shares(cx, operands, cue, out);
}

fn push_shares(cx: &Context, operands: Vec<Operand>, cue: Cue, out: &mut Vec<Relation>) {
    let Some(sum) = operands.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?)) else {
        return;
    };
    let slack = operands
        .iter()
        .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.ulp))
        .unwrap_or(Decimal::ONE);
    let gap = (sum - Decimal::ONE_HUNDRED).abs();
    if cue == Cue::Arithmetic && gap > slack || gap > Decimal::from(30) {
        return;
    }
    let stated = Operand {
        value: Some(Decimal::ONE_HUNDRED),
        ..Operand::named("100%", None)
    };
    out.extend(super::relation(
        cx,
        RelationKind::ShareSum,
        "share-sum",
        cue,
        Formula::ShareSum,
        stated,
        operands,
    ));
}

/// Structures printed as a chain of shares: 9.0:40.5:50.5, against 100 and against the parts named before it.
fn structures(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let text = cx.passages[passage].text.as_str();
        let mut at = 0;
        while at < prose.mentions.len() {
            let mut end = at;
            while end + 1 < prose.mentions.len() {
                let between = &text[prose.mentions[end].full.end..prose.mentions[end + 1].full.start];
                if !matches!(between.trim(), ":" | "：" | "∶") {
                    break;
                }
                end += 1;
            }
            let chain = at..end + 1;
            at = end + 1;
            if chain.len() < 3 {
                continue;
            }
            let operands: Vec<Operand> = chain
                .clone()
                .filter_map(|m| cx.operand(prose.mentions[m].fig))
                .collect();
            let Some(sum) = operands.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?)) else {
                continue;
            };
            let slack = operands.iter().fold(Decimal::ZERO, |s, o| s + o.ulp);
            if operands.len() != chain.len() || (sum - Decimal::ONE_HUNDRED).abs() > slack {
                continue;
            }
            push_shares(cx, operands.clone(), Cue::Implied, out);
            // The list that was divided: the nearest partition before it with as many parts.
            let Some(partition) = reading.partitions.iter().rev().find(|p| {
                p.passage == passage
                    && p.holds
                    && p.aligned.len() == chain.len()
                    && reading.lists[passage][p.list].start < prose.mentions[chain.start].full.start
            }) else {
                continue;
            };
            let Some(whole) = cx.operand(reading.mention(partition.total).fig) else {
                continue;
            };
            for (stated, part) in operands.into_iter().zip(&partition.aligned) {
                let Some(part) = part.and_then(|m| cx.operand(prose.mentions[m].fig)) else {
                    continue;
                };
                out.extend(assemble(
                    cx,
                    "structure-share",
                    Cue::Implied,
                    vec![ratio_reading(&stated, part, vec![whole.clone()], 100)],
                    100,
                ));
            }
        }
    }
}
