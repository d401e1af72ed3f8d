//! What became of the cases of one subject, told over several sentences, and opinions.
//!
//! 城区抽查240批次…城区合格221批次…城区不合格19批次: the same name under complementary measures.
//! 参与评价2000件，满意1950件，基本满意30件，不满意20件: opinions divide those who gave one.
//! 受理120件…办结150件: more came out than went in.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::clauses::{Mention, Prose};
use super::partition::within_percent;
use super::rates::kin_units;
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
            &reading.parts[passage],
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
            && let Some(whole) = (0..at).rev().take(2).find(|m| {
                // Opinions are told of those who gave one by whatever word either is counted: 参评90件，满意票88张.
                let (whole, first) = (&prose.mentions[*m], &prose.mentions[at]);
                let rated = labels[*m].measure == Some(Measure::Rated) && kin_units(&whole.unit, &first.unit);
                whole.is_amount() && (whole.unit == first.unit || rated)
            })
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

/// What cannot be more than what it is taken from, where both are told of one record: measure, and that of the whole.
const WITHIN: [(Measure, Measure); 6] = [
    (Measure::Closed, Measure::Received),
    (Measure::OnTimeClosed, Measure::Received),
    (Measure::Passed, Measure::Checked),
    (Measure::Failed, Measure::Checked),
    (Measure::Satisfied, Measure::Rated),
    (Measure::Dissatisfied, Measure::Rated),
];

/// How far behind a figure its sentence is read, in bytes: one without an end may be a whole document.
const MAX_SENTENCE: usize = 2_000;

/// Units that count what is checked and never what is found there (检查12个乡镇，发现问题80个).
const OF_THE_CHECKED: [&str; 6] = ["家", "户", "批次", "所", "台", "辆"];

/// In one record what was closed cannot be more than what was received, unless cases were carried over; nor what passed than
/// what was checked. 收到…受理…: what was taken up is within what came in.
fn no_more_than(cx: &Context, prose: &Prose, labels: &[Label], parts: &[bool], text: &str, out: &mut Vec<Relation>) {
    for m in 1..prose.mentions.len() {
        let part = &prose.mentions[m];
        if !part.is_amount() || !labels[m].name.is_empty() {
            continue;
        }
        let group = prose.clauses[part.clause].group;
        let Some(whole) = (0..m)
            .rev()
            .find(|r| {
                let other = &prose.mentions[*r];
                // 受理1910件，同比增加184件，已办结1834件: how many more is no whole.
                let change = super::changes::change_word(&other.label).is_some();
                prose.clauses[other.clause].group == group && other.is_amount() && !change
            })
            .filter(|w| {
                prose.mentions[*w].unit == part.unit && is_within(part, &labels[m], &prose.mentions[*w], &labels[*w])
            })
        else {
            continue;
        };
        // 网站接收40件、热线接收360件，已办结380件: what came in is told before its parts.
        if parts[whole] {
            continue;
        }
        let w: &Mention = &prose.mentions[whole];
        let sentence = prose.clauses[part.clause].sentence;
        let same_sentence = prose.clauses[w.clause].sentence == sentence;
        if !same_sentence {
            continue;
        }
        let hung = part.hung.map(|g| &text[prose.groups[g].range.clone()]);
        if hung.is_some_and(mentions_carry) {
            carried_over(cx, prose, whole, m, out);
            continue;
        }
        if part.value <= w.value {
            continue;
        }
        let rest = &text[part.full.end..text.floor_char_boundary(part.full.end + MAX_SENTENCE)];
        let sentence_end = part.full.end + rest.find(['。', '；', ';']).unwrap_or(rest.len());
        if carried(text, w.full.start, sentence_end) {
            continue;
        }
        let (Some(stated), Some(operand)) = (cx.operand(part.fig), cx.operand(w.fig)) else {
            continue;
        };
        out.extend(super::relation(
            cx,
            RelationKind::Bound,
            if labels[m].measure == Some(Measure::Closed) {
                "closed-within-received"
            } else {
                "part-within-whole"
            },
            Cue::Implied,
            Formula::Bound { holds: false },
            stated,
            vec![operand],
        ));
    }
}

/// Whether a measure is of cases among those of another.
fn is_within(part: &Mention, label: &Label, whole: &Mention, of: &Label) -> bool {
    let (Some(measure), Some(whole_measure)) = (label.measure, of.measure) else {
        return false;
    };
    if measure == whole_measure {
        return part.label.trim_end_matches(['了', '共']).ends_with("受理")
            && ["收到", "接到", "来信", "来电", "登记"]
                .iter()
                .any(|w| whole.label.contains(w));
    }
    // A total of all channels may be told before what one of them did.
    !of.total
        && WITHIN.contains(&(measure, whole_measure))
        && (whole_measure != Measure::Checked || OF_THE_CHECKED.contains(&part.unit.as_str()))
}

fn mentions_carry(words: &str) -> bool {
    const STOCK: [&str; 8] = ["未办结", "积压", "遗留", "结转", "往期", "以前", "历史", "存量"];
    const BEFORE: [&str; 5] = ["上周", "上月", "上期", "上年", "去年"];
    // 较上月增长1.3%, 去年同期: a comparison carries nothing over.
    let compared = |at: usize, word: &str| {
        let behind = &words[at + word.len()..];
        words[..at].ends_with(['较', '比', '同', '与', '和'])
            || behind.starts_with("同期")
            || behind.starts_with("相比")
    };
    let told = |word: &str| words.match_indices(word).any(|(at, _)| !compared(at, word));
    words.contains('含') || STOCK.iter().any(|w| words.contains(w)) || BEFORE.iter().any(|w| told(w))
}

/// Whether the words from one byte to another speak of cases carried over.
pub(crate) fn carried(text: &str, from: usize, to: usize) -> bool {
    mentions_carry(&text[from..to])
}

/// 办结415件(包括上周15件): closed is what was received and what was carried over, kept if it holds; without what was carried
/// over it cannot be more than what was received.
fn carried_over(cx: &Context, prose: &Prose, received: usize, closed: usize, out: &mut Vec<Relation>) {
    let Some(group) = prose.mentions[closed].hung else {
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
    let Some(most) = r.value.checked_add(k.value) else {
        return;
    };
    if k.unit != c.unit || c.value < most {
        return;
    }
    let (Some(stated), Some(a), Some(b)) = (cx.operand(c.fig), cx.operand(r.fig), cx.operand(k.fig)) else {
        return;
    };
    out.extend(super::relation(
        cx,
        RelationKind::Sum,
        "carried-over",
        if c.value == most { Cue::Arithmetic } else { Cue::Implied },
        Formula::Sum,
        stated,
        vec![a, b],
    ));
}
