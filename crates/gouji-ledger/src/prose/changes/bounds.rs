//! The growth of a total lies between the growths of its parts: 增长4.0%, of 1.8%, 6.4% and 2.8%.

use gouji_quantity::Decimal;

use super::words::{Since, change_of};
use crate::context::Context;
use crate::prose::clauses::Prose;
use crate::prose::{Reading, quote_of};
use crate::{Cue, FigureClass, Formula, Reading as RelationReading, Relation, RelationKind};

/// How many mentions behind an amount its growths are looked for.
const REACH: usize = 6;

/// A growth told behind a figure, signed, with the mention that tells it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Growth {
    pub at: usize,
    pub value: Decimal,
    pub since: Since,
}

/// For each partition that adds up, whose total and parts all tell their growth: the total's is a mean of the parts' and cannot lie
/// beyond them all. Growths at constant prices are chained and revised, so that beyond is no complaint by itself: kept if it holds.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for partition in reading.partitions.iter().filter(|p| p.holds && p.aligned.len() >= 2) {
        let prose = &reading.prose[partition.passage];
        let Some(parts) = partition
            .aligned
            .iter()
            .map(|part| part.map(|p| growths_behind(prose, p)))
            .collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let total = partition.total;
        let mut told: Vec<Since> = Vec::new();
        // Against last year and against last month, each once.
        for growth in growths_behind(&reading.prose[total.passage], total.mention) {
            if told.contains(&growth.since) {
                continue;
            }
            told.push(growth.since);
            let of_parts: Option<Vec<Growth>> = parts.iter().map(|p| of_time(p, growth.since)).collect();
            if let Some(parts) = of_parts {
                out.extend(bound(cx, reading, total.passage, growth, partition.passage, &parts));
            }
        }
    }
}

/// The growth of a part since the time that the total's is since.
fn of_time(growths: &[Growth], since: Since) -> Option<Growth> {
    let same = growths.iter().find(|g| g.since == since);
    let only = || growths.first().filter(|g| growths.len() == 1 && g.since.agrees(since));
    same.or_else(only).copied()
}

/// That the growth of a whole lies between those of its parts; `None` if it does not.
pub(super) fn bound(
    cx: &Context,
    reading: &Reading,
    total_in: usize,
    total: Growth,
    parts_in: usize,
    parts: &[Growth],
) -> Option<Relation> {
    let slack = Decimal::new(1, 1);
    let low = parts.iter().map(|p| p.value).min()?;
    let high = parts.iter().map(|p| p.value).max()?;
    let holds = total.value >= low.checked_sub(slack)? && total.value <= high.checked_add(slack)?;
    if !holds {
        return None;
    }
    let stated = cx.operand(reading.prose[total_in].mentions[total.at].fig)?;
    let prose = &reading.prose[parts_in];
    let operands: Option<Vec<_>> = parts.iter().map(|p| cx.operand(prose.mentions[p.at].fig)).collect();
    let operands = operands?;
    let quote = quote_of(cx, std::iter::once(&stated).chain(&operands))?;
    Some(Relation {
        kind: RelationKind::Bound,
        rule: "growth-between-parts",
        cue: Cue::Arithmetic,
        readings: vec![RelationReading {
            formula: Formula::Bound { holds },
            stated,
            operands,
        }],
        quote,
    })
}

/// 52.22亿元，同比增长4.0%，环比下降1.2%: the growths behind an amount, in its sentence and before the next amount; shares and
/// differences in between (占48%，增加3件) are passed over.
fn growths_behind(prose: &Prose, amount: usize) -> Vec<Growth> {
    let a = &prose.mentions[amount];
    let sentence = prose.clauses[a.clause].sentence;
    let group = prose.clauses[a.clause].group;
    let mut out = Vec::new();
    for at in amount + 1..(amount + 1 + REACH).min(prose.mentions.len()) {
        let m = &prose.mentions[at];
        let clause = &prose.clauses[m.clause];
        if clause.sentence != sentence || clause.group != group {
            break;
        }
        match growth(prose, at) {
            Some(growth) => out.push(growth),
            None if m.is_rate() || m.class == FigureClass::Points => {}
            None if m.is_amount() && change_of(m).is_some() => {}
            None => break,
        }
    }
    out
}

/// The growth that a mention tells, if it names no subject of its own and is no mean over years.
fn growth(prose: &Prose, at: usize) -> Option<Growth> {
    let m = &prose.mentions[at];
    let change = change_of(m).filter(|_| m.is_rate())?;
    let fell = change.fell && !m.value.is_sign_negative();
    let other = ["分别", "平均", "累计"].iter().any(|w| m.label.contains(w));
    (change.subject.is_empty() && !other).then(|| Growth {
        at,
        value: if fell { -m.value } else { m.value },
        since: change.since,
    })
}
