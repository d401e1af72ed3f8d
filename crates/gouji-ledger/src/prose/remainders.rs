//! What is left: received is closed and pending, checked is passed and failed.

use super::Reading;
use super::clauses::Prose;
use super::lists::Announced;
use super::partition::{claim, verdict_measure, within_percent};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::{Cue, Formula, Relation, RelationKind};

/// What came in is closed or pending; what was checked passed or failed: within one sentence and its followers.
///
/// The remainder decides: among the amounts before it that it may be a remainder of, one that fits is meant, else the nearest.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
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
            } else if d.value > h.value && super::outcomes::carried(cx.passages[passage].text, h.full.start, r.tail_end)
            {
                continue;
            } else if plain
                && only_two(prose, &reading.parts[passage], head, done, rest)
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

/// What may be done with cases, or not be done: 派遣…，未派遣….
pub(super) const DONE: [&str; 24] = [
    "完成", "办理", "办结", "处理", "处置", "化解", "落实", "解决", "答复", "回复", "销号", "整改", "开工", "竣工",
    "建成", "通过", "受理", "立案", "派遣", "回访", "签收", "结案", "达标", "审结",
];

/// Whether the record tells of just two outcomes: no other amount of the unit stands from the head to the end of the
/// remainder's sentence, or to the ； that closes its record.
fn only_two(prose: &Prose, parts: &[bool], head: usize, done: usize, rest: usize) -> bool {
    let group = prose.clauses[prose.mentions[rest].clause].group;
    let sentence = prose.clauses[prose.mentions[rest].clause].sentence;
    let end = prose.end_of_record(prose.mentions[rest].clause);
    // A record told over several ； ends with its sentence.
    let one_record = prose.end_of_record(prose.mentions[head].clause) == end;
    (head + 1..prose.mentions.len())
        .take_while(|m| prose.clauses[prose.mentions[*m].clause].sentence == sentence || *m <= rest)
        .take_while(|m| !one_record || prose.mentions[*m].clause < end)
        .filter(|m| *m != done && *m != rest && !parts[*m])
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
    let own = verdict_measure(&labels[rest], r)?;
    let passed = match own {
        // 64家，11家不合格，53家合格: told the other way round.
        Measure::Failed | Measure::Passed => true,
        Measure::Pending => false,
        _ => return None,
    };
    let reversed = own == Measure::Passed;
    if !r.is_amount() || labels[rest].denied {
        return None;
    }
    let mut split = Split {
        done: Vec::new(),
        heads: Vec::new(),
        passed,
        sure: !reversed
            && (labels[rest].measure.is_some()
                || r.tail.starts_with('未')
                || ["仅", "剩", "尚"].iter().any(|w| r.label.contains(w))),
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
            Some(Measure::Failed) if reversed && m + 1 == rest && other.sentence == clause.sentence => {
                split.done.push(m)
            }
            Some(Measure::Passed) if passed && !reversed => split.done.push(m),
            Some(Measure::Closed | Measure::OnTimeClosed | Measure::Rectified) if !passed => split.done.push(m),
            // 已完成380项，正在办理20项
            None if !passed && m + 1 == rest && DONE.iter().any(|w| mention.label.ends_with(w)) => split.done.push(m),
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
