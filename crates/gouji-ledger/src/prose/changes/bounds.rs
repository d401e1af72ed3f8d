//! The growth of a total lies between the growths of its parts: 增长4.0%, of 1.8%, 6.4% and 2.8%.

use gouji_quantity::Decimal;

use super::words::{Since, change_of};
use crate::context::Context;
use crate::prose::clauses::Prose;
use crate::prose::partition::Partition;
use crate::prose::{MentionRef, Reading, quote_of};
use crate::{Cue, Formula, Reading as RelationReading, Relation, RelationKind};

/// A growth told right behind a figure, signed, with the mention that tells it.
struct Growth {
    at: usize,
    value: Decimal,
    since: Since,
}

/// For each partition that adds up, whose total and parts all tell their growth: the total's is a mean of the parts' and cannot lie
/// beyond them all. Growths at constant prices are chained and revised, so that beyond is no complaint by itself: kept if it holds.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for partition in reading.partitions.iter().filter(|p| p.holds && p.aligned.len() >= 2) {
        out.extend(bound(cx, reading, partition));
    }
}

fn bound(cx: &Context, reading: &Reading, partition: &Partition) -> Option<Relation> {
    let total = growth_behind(&reading.prose[partition.total.passage], partition.total.mention)?;
    let prose = &reading.prose[partition.passage];
    let mut parts = Vec::new();
    for part in &partition.aligned {
        let growth = growth_behind(prose, (*part)?)?;
        if !growth.since.agrees(total.since) {
            return None;
        }
        parts.push(growth);
    }
    let slack = Decimal::new(1, 1);
    let low = parts.iter().map(|p| p.value).min()?;
    let high = parts.iter().map(|p| p.value).max()?;
    let holds = total.value >= low.checked_sub(slack)? && total.value <= high.checked_add(slack)?;
    if !holds {
        return None;
    }
    let stated = cx.operand(
        reading
            .mention(MentionRef {
                mention: total.at,
                ..partition.total
            })
            .fig,
    )?;
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

/// 52.22亿元，同比增长4.0%: the growth right behind an amount, in its sentence; a share in between (占48%，增长9%) is passed over.
fn growth_behind(prose: &Prose, amount: usize) -> Option<Growth> {
    let a = &prose.mentions[amount];
    let sentence = prose.clauses[a.clause].sentence;
    let group = prose.clauses[a.clause].group;
    for at in amount + 1..(amount + 3).min(prose.mentions.len()) {
        let m = &prose.mentions[at];
        let clause = &prose.clauses[m.clause];
        if !m.is_rate() || clause.sentence != sentence || clause.group != group {
            return None;
        }
        if let Some(change) = change_of(m) {
            let fell = change.fell && !m.value.is_sign_negative();
            return (change.subject.is_empty() && !m.label.contains("分别")).then(|| Growth {
                at,
                value: if fell { -m.value } else { m.value },
                since: change.since,
            });
        }
    }
    None
}
