//! What became of the cases of one subject, told over several sentences, and opinions.
//!
//! 城区抽查240批次…城区合格221批次…城区不合格19批次: the same name under complementary measures.
//! 参与评价2000件，满意1950件，基本满意30件，不满意20件: opinions divide those who gave one.
//! 受理120件…办结150件: more came out than went in.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::clauses::{Mention, Prose};
use super::partition::within_percent;
use super::{Reading, labels::Label};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::{Cue, Formula, Operand, Relation, RelationKind};

/// Relations of subjects told over several sentences, of opinions, and of what cannot be more.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        by_subject(cx, &reading.prose[passage], &reading.labels[passage], out);
        opinions(cx, &reading.prose[passage], &reading.labels[passage], out);
        no_more_than(
            cx,
            &reading.prose[passage],
            &reading.labels[passage],
            cx.passages[passage].text,
            out,
        );
    }
}

/// How a whole is made up of two measures.
const HALVES: [(&[Measure], Measure, Measure); 4] = [
    (&[Measure::Received], Measure::OnTimeClosed, Measure::Overdue),
    (&[Measure::Checked, Measure::Received], Measure::Passed, Measure::Failed),
    (&[Measure::Received], Measure::Closed, Measure::Pending),
    (
        &[Measure::Failed, Measure::Checked],
        Measure::Rectified,
        Measure::Pending,
    ),
];

fn by_subject(cx: &Context, prose: &Prose, labels: &[Label], out: &mut Vec<Relation>) {
    // (subject, unit) to the first mention under each measure.
    let mut subjects: BTreeMap<(&str, &str), BTreeMap<Measure, usize>> = BTreeMap::new();
    for (m, (mention, label)) in prose.mentions.iter().zip(labels).enumerate() {
        if let Some(measure) = label.measure
            && mention.is_amount()
            && !label.name.is_empty()
        {
            subjects
                .entry((&label.name, &mention.unit))
                .or_default()
                .entry(measure)
                .or_insert(m);
        }
    }
    for measures in subjects.values() {
        for (wholes, done, rest) in HALVES {
            let whole = wholes.iter().find_map(|w| measures.get(w));
            let (Some(&whole), Some(&a), Some(&b)) = (whole, measures.get(&done), measures.get(&rest)) else {
                continue;
            };
            sum(cx, prose, whole, &[a, b], "subject-sum", out);
        }
    }
}

/// A sum that the words imply: kept if it holds, complained of if it nearly does.
fn sum(cx: &Context, prose: &Prose, whole: usize, parts: &[usize], rule: &'static str, out: &mut Vec<Relation>) {
    let total = prose.mentions[whole].value;
    let Some(sum) = parts
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))
    else {
        return;
    };
    if sum != total && !within_percent(total, sum, 25) {
        return;
    }
    let Some(stated) = cx.operand(prose.mentions[whole].fig) else {
        return;
    };
    let operands: Vec<Operand> = parts
        .iter()
        .filter_map(|m| cx.operand(prose.mentions[*m].fig))
        .collect();
    out.extend(super::relation(
        cx,
        RelationKind::Sum,
        rule,
        Cue::Implied,
        Formula::Sum,
        stated,
        operands,
    ));
}

fn opinions(cx: &Context, prose: &Prose, labels: &[Label], out: &mut Vec<Relation>) {
    let opinion = |m: usize| {
        let opinion_by_word = matches!(prose.mentions[m].label.as_str(), "一般" | "中评");
        prose.mentions[m].is_amount()
            && (opinion_by_word
                || matches!(
                    labels[m].measure,
                    Some(Measure::Satisfied | Measure::BarelySatisfied | Measure::Dissatisfied)
                ))
    };
    let mut at = 0;
    while at < prose.mentions.len() {
        let mut parts = Vec::new();
        let mut next = at;
        while next < prose.mentions.len() && (opinion(next) || !parts.is_empty() && prose.mentions[next].is_rate()) {
            if opinion(next) {
                parts.push(next);
            }
            next += 1;
        }
        if parts.len() >= 2
            && at > 0
            && let Some(whole) = (0..at)
                .rev()
                .take(2)
                .find(|m| prose.mentions[*m].is_amount() && prose.mentions[*m].unit == prose.mentions[at].unit)
            && prose.clauses[prose.mentions[whole].clause].group == prose.clauses[prose.mentions[at].clause].group
            && (labels[whole].measure == Some(Measure::Rated) || same_sum(prose, whole, &parts))
        {
            sum(cx, prose, whole, &parts, "opinions-sum", out);
        }
        at = next.max(at + 1);
    }
}

fn same_sum(prose: &Prose, whole: usize, parts: &[usize]) -> bool {
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value));
    sum == Some(prose.mentions[whole].value)
}

/// In one list what was closed cannot be more than what was received, unless cases were carried over.
fn no_more_than(cx: &Context, prose: &Prose, labels: &[Label], text: &str, out: &mut Vec<Relation>) {
    for m in 1..prose.mentions.len() {
        let closed = &prose.mentions[m];
        if !closed.is_amount() || labels[m].measure != Some(Measure::Closed) || !labels[m].name.is_empty() {
            continue;
        }
        let group = prose.clauses[closed.clause].group;
        let Some(received) = (0..m)
            .rev()
            .find(|r| prose.clauses[prose.mentions[*r].clause].group == group && prose.mentions[*r].is_amount())
            .filter(|r| {
                labels[*r].measure == Some(Measure::Received)
                    && !labels[*r].total
                    && prose.mentions[*r].unit == closed.unit
            })
        else {
            continue;
        };
        let r: &Mention = &prose.mentions[received];
        let sentence = prose.clauses[closed.clause].sentence;
        let same_sentence = prose.clauses[r.clause].sentence == sentence;
        let sentence_end = text[closed.full.end..]
            .find(['。', '；', ';'])
            .map_or(text.len(), |i| closed.full.end + i);
        let around = carried(text, r.full.start, sentence_end);
        let hung = prose
            .groups
            .iter()
            .find(|g| g.host == Some(m))
            .map(|g| &text[g.range.clone()]);
        if closed.value <= r.value || !same_sentence {
            continue;
        }
        if let Some(hung) = hung.filter(|h| mentions_carry(h)) {
            carried_over(cx, prose, received, m, hung, out);
            continue;
        }
        if around {
            continue;
        }
        let (Some(stated), Some(operand)) = (cx.operand(closed.fig), cx.operand(r.fig)) else {
            continue;
        };
        out.extend(super::relation(
            cx,
            RelationKind::Bound,
            "closed-within-received",
            Cue::Implied,
            Formula::Bound { holds: false },
            stated,
            vec![operand],
        ));
    }
}

fn mentions_carry(words: &str) -> bool {
    [
        "未办结",
        "积压",
        "遗留",
        "上周",
        "上月",
        "上期",
        "上年",
        "结转",
        "往期",
        "以前",
        "历史",
        "存量",
        "去年",
        "含",
    ]
    .iter()
    .any(|w| words.contains(w))
}

/// Whether the words from one byte to another speak of cases carried over.
pub(crate) fn carried(text: &str, from: usize, to: usize) -> bool {
    mentions_carry(&text[from..to])
}

/// 办结415件(包括上周15件): closed is what was received and what was carried over; kept if it holds.
fn carried_over(cx: &Context, prose: &Prose, received: usize, closed: usize, _hung: &str, out: &mut Vec<Relation>) {
    let Some(group) = prose.groups.iter().position(|g| g.host == Some(closed)) else {
        return;
    };
    let inside: Vec<usize> = prose
        .clauses_of(group)
        .flat_map(|c| prose.clauses[c].mentions.clone())
        .collect();
    let [carried] = inside[..] else { return };
    let (r, c, k) = (
        &prose.mentions[received],
        &prose.mentions[closed],
        &prose.mentions[carried],
    );
    if r.value.checked_add(k.value) != Some(c.value) {
        return;
    }
    let (Some(stated), Some(a), Some(b)) = (cx.operand(c.fig), cx.operand(r.fig), cx.operand(k.fig)) else {
        return;
    };
    out.extend(super::relation(
        cx,
        RelationKind::Sum,
        "carried-over",
        Cue::Arithmetic,
        Formula::Sum,
        stated,
        vec![a, b],
    ));
}
