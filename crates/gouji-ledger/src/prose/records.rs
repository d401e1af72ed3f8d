//! Running text laid out as a table: records in paragraphs of their own, or between ；, each with the same fields.
//!
//! 全县30项，总投资90亿元，完成投资22亿元。其中：¶省级6项，总投资40亿元。1—6月完成投资12亿元。¶市级24项，总投资50亿元。1—6月完成
//! 投资10亿元。: each field, summed over the records, is held against the amounts of that field before them. Kept only if it holds, since where
//! a record begins and what it leaves out is not said; but fields that add up vouch for those beside them.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::clauses::Delim;
use super::labels::Label;
use super::partition::one_slip;
use super::sums::one_field;
use super::{MentionRef, Reading, changes, relation};
use crate::context::{Context, Role};
use crate::{Cue, FigureIdx, Formula, Operand, Relation, RelationKind};

/// Most records of a run, and most fields of a record.
const MAX_RECORDS: usize = 60;
const MAX_FIELDS: usize = 12;
/// How far back heads are looked for: passages, and amounts.
const MAX_BACK: usize = 8;
const MAX_HEADS: usize = 120;
/// Most paragraphs without a figure between two records (a heading, a kind of which there was none).
const MAX_BARREN: usize = 2;
/// Smaller sums are met by chance too often.
const LEAST: Decimal = Decimal::TEN;

/// The amounts of a record, in order: first what the record counts, then its other fields.
type Record = Vec<MentionRef>;

/// Adds the sums of fields over records.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let known: BTreeSet<(FigureIdx, Vec<FigureIdx>)> = out
        .iter()
        .filter(|r| r.kind == RelationKind::Sum)
        .filter_map(|r| {
            let parts = r.readings[0].operands.iter().filter_map(|o| o.figure).collect();
            Some((r.readings[0].stated.figure?, parts))
        })
        .collect();
    let mut runs = paragraphs(cx, reading);
    for passage in 0..reading.prose.len() {
        runs.extend(segments(reading, passage));
    }
    // The first of a run may be what the others divide.
    let shorter: Vec<&[Record]> = runs.iter().filter(|r| r.len() >= 3).map(|r| &r[1..]).collect();
    for run in runs.iter().map(Vec::as_slice).chain(shorter) {
        let columns = columns(reading, run);
        let heads: Vec<Option<MentionRef>> = columns.iter().map(|c| head_of(cx, reading, run, c)).collect();
        for (column, head) in columns.iter().zip(&heads) {
            let slip = || slip_of(reading, run, column, &heads);
            let Some((head, cue)) = head
                .map(|h| (h, Cue::Arithmetic))
                .or_else(|| Some((slip()?, Cue::Implied)))
            else {
                continue;
            };
            let figures: Vec<FigureIdx> = column.iter().map(|m| reading.mention(*m).fig).collect();
            if known.contains(&(reading.mention(head).fig, figures)) {
                continue;
            }
            let operands: Vec<Operand> = column
                .iter()
                .filter_map(|m| cx.operand(reading.mention(*m).fig))
                .collect();
            if let Some(stated) = cx.operand(reading.mention(head).fig) {
                out.extend(relation(
                    cx,
                    RelationKind::Sum,
                    "records-sum",
                    cue,
                    Formula::Sum,
                    stated,
                    operands,
                ));
            }
        }
    }
}

/// The head that a column misses by one wrong key, where the records are known to leave nothing out: two other columns, or one
/// and its head in the same sentence, add up; every record has the field; and only one amount bears its words.
fn slip_of(
    reading: &Reading,
    run: &[Record],
    column: &[MentionRef],
    heads: &[Option<MentionRef>],
) -> Option<MentionRef> {
    let sentence = |at: MentionRef| {
        let prose = &reading.prose[at.passage];
        (at.passage, prose.clauses[reading.mention(at).clause].sentence)
    };
    let held: Vec<MentionRef> = heads.iter().copied().flatten().collect();
    let known = held.first().filter(|_| column.len() == run.len())?;
    let first = run[0][0];
    let end = if known.passage == first.passage {
        first.mention
    } else {
        reading.prose[known.passage].mentions.len()
    };
    let bearers = |exact: bool| -> Vec<MentionRef> {
        (0..end)
            .rev()
            .take(MAX_HEADS)
            .map(|mention| MentionRef { mention, ..*known })
            .filter(|at| !held.contains(at))
            .filter(|at| reading.mention(*at).is_amount() && same_field(reading, *at, column[0], exact))
            .take(2)
            .collect()
    };
    let found = Some(bearers(true))
        .filter(|f| !f.is_empty())
        .unwrap_or_else(|| bearers(false));
    let [one] = found[..] else { return None };
    let near = held.len() >= 2 || sentence(one) == sentence(*known);
    let values: Vec<Decimal> = column.iter().map(|m| reading.mention(*m).value).collect();
    let sum = values.iter().try_fold(Decimal::ZERO, |s, v| s.checked_add(*v))?;
    (near && sum >= Decimal::ONE_HUNDRED && one_slip(reading.mention(one).value, sum, &values)).then_some(one)
}

/// The amounts of a stretch of mentions that are fields: no changes, nothing compared with, outside parentheses.
fn fields(reading: &Reading, passage: usize, mentions: impl Iterator<Item = usize>) -> Record {
    let prose = &reading.prose[passage];
    mentions
        .filter(|m| {
            let mention = &prose.mentions[*m];
            prose.clauses[mention.clause].group == 0
                && mention.is_amount()
                && changes::change_word(&mention.label).is_none()
                && !["比", "较", "上年", "去年", "上期", "上月", "同期", "环比", "同比"]
                    .iter()
                    .any(|w| mention.label.starts_with(w))
        })
        .take(MAX_FIELDS)
        .map(|mention| MentionRef { passage, mention })
        .collect()
}

/// Runs of paragraphs of one body that each begin with a named amount of the same unit.
fn paragraphs(cx: &Context, reading: &Reading) -> Vec<Vec<Record>> {
    let mut out = Vec::new();
    let mut run: Vec<Record> = Vec::new();
    let mut barren = 0;
    for passage in 0..reading.prose.len() {
        let record = match cx.passages[passage].role {
            Role::Heading { .. } | Role::Paragraph => {
                fields(reading, passage, 0..reading.prose[passage].mentions.len())
            }
            _ => Record::new(),
        };
        let same_body = run
            .last()
            .is_none_or(|r| cx.passages[r[0].passage].body == cx.passages[passage].body);
        let goes_on = match (record.first(), run.last()) {
            (Some(lead), Some(last)) => same_body && alike(reading, *lead, last[0]),
            (None, Some(_)) => {
                barren += 1;
                same_body && barren <= MAX_BARREN
            }
            _ => true,
        };
        if !goes_on || run.len() >= MAX_RECORDS {
            out.extend((run.len() >= 2).then(|| std::mem::take(&mut run)));
            run.clear();
        }
        if let Some(lead) = record.first() {
            barren = 0;
            if !reading.label(*lead).name.is_empty() {
                run.push(record);
            } else if !run.is_empty() {
                out.extend((run.len() >= 2).then(|| std::mem::take(&mut run)));
                run.clear();
            }
        }
    }
    out.extend((run.len() >= 2).then_some(run));
    out
}

/// Runs of stretches between ； and 。 in one passage that each begin with a named amount of the same unit.
fn segments(reading: &Reading, passage: usize) -> Vec<Vec<Record>> {
    let prose = &reading.prose[passage];
    let mut stretches: Vec<Vec<usize>> = Vec::new();
    for (idx, clause) in prose.clauses.iter().enumerate().filter(|(_, c)| c.group == 0) {
        if stretches.is_empty() || matches!(clause.before, Delim::Semi | Delim::Stop) {
            stretches.push(Vec::new());
        }
        if let Some(last) = stretches.last_mut() {
            last.extend(prose.clauses[idx].mentions.iter().copied());
        }
    }
    let mut out = Vec::new();
    let mut run: Vec<Record> = Vec::new();
    for stretch in stretches {
        // What a total is told of first (全县…30项，其中：省级6项) does not belong to the record.
        let cue = stretch
            .iter()
            .rposition(|m| reading.labels[passage][*m].cue.is_some())
            .unwrap_or(0);
        let record = fields(reading, passage, stretch[cue..].iter().copied());
        let Some(lead) = record.first() else { continue };
        let goes_on = cue == 0 && run.last().is_some_and(|last: &Record| alike(reading, *lead, last[0]));
        if !goes_on || run.len() >= MAX_RECORDS {
            out.extend((run.len() >= 2).then(|| std::mem::take(&mut run)));
            run.clear();
        }
        if !reading.label(*lead).name.is_empty() {
            run.push(record);
        }
    }
    out.extend((run.len() >= 2).then_some(run));
    out
}

/// Whether two leads count in one unit.
fn alike(reading: &Reading, a: MentionRef, b: MentionRef) -> bool {
    reading.mention(a).unit == reading.mention(b).unit && !reading.label(a).name.is_empty()
}

/// The columns of a run: the leads, and each further field of the fullest record with its like in the others.
fn columns(reading: &Reading, run: &[Record]) -> Vec<Vec<MentionRef>> {
    let mut out = vec![run.iter().map(|r| r[0]).collect::<Vec<_>>()];
    let Some(model) = run.iter().max_by_key(|r| r.len()) else {
        return out;
    };
    for field in &model[1..] {
        let column: Vec<MentionRef> = run
            .iter()
            .filter_map(|record| {
                let like = |exact: bool| {
                    record[1..]
                        .iter()
                        .copied()
                        .find(|m| same_field(reading, *m, *field, exact))
                };
                like(true).or_else(|| like(false))
            })
            .collect();
        if column.len() >= 2 {
            out.push(column);
        }
    }
    out
}

/// Whether two amounts are of one field: the same words, or words much like them.
fn same_field(reading: &Reading, a: MentionRef, b: MentionRef, exact: bool) -> bool {
    let (x, y): (&Label, &Label) = (reading.label(a), reading.label(b));
    reading.mention(a).unit == reading.mention(b).unit
        && if exact {
            !x.full_name.is_empty() && x.full_name == y.full_name
                || x.name.is_empty() && y.name.is_empty() && x.measure.is_some() && x.measure == y.measure
        } else {
            one_field(x, y)
        }
}

/// The nearest amount before the run that a column adds up to: of its field, or for many leads of its unit.
fn head_of(cx: &Context, reading: &Reading, run: &[Record], column: &[MentionRef]) -> Option<MentionRef> {
    let first = run[0][0];
    let lead = column[0] == first;
    let sum = column
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(reading.mention(*m).value))?;
    if sum < LEAST {
        return None;
    }
    (first.passage.saturating_sub(MAX_BACK)..=first.passage)
        .rev()
        .filter(|p| cx.passages[*p].body == cx.passages[first.passage].body)
        .flat_map(|passage| {
            let last = if passage == first.passage {
                first.mention
            } else {
                reading.prose[passage].mentions.len()
            };
            (0..last).rev().map(move |mention| MentionRef { passage, mention })
        })
        .take(MAX_HEADS)
        .find(|at| {
            let m = reading.mention(*at);
            m.is_amount()
                && m.value == sum
                && m.unit == reading.mention(column[0]).unit
                && changes::change_word(&m.label).is_none()
                && (same_field(reading, *at, column[0], true)
                    || same_field(reading, *at, column[0], false)
                    || lead && column.len() >= 3)
        })
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn sums(text: &str) -> Vec<String> {
        read(text).into_iter().filter(|l| l.starts_with("sum")).collect()
    }

    const PROJECTS: &str =
        "全县安排重点项目30项，总投资90.50亿元，年度计划投资40亿元。截至6月底，完成投资22亿元。其中：
省级项目6项，总投资40.20亿元，年度计划投资25亿元。1—6月完成投资12亿元。
市级项目24项，总投资50.30亿元，年度计划投资15亿元。1—6月完成投资10亿元。";

    #[test]
    fn a_paragraph_each() {
        let found = sums(PROJECTS);
        for expected in [
            "90.50亿元 <- 40.20亿元 50.30亿元",
            "40亿元 <- 25亿元 15亿元",
            "22亿元 <- 12亿元 10亿元",
        ] {
            assert!(found.iter().any(|l| l.ends_with(expected)), "{expected}: {found:?}");
        }
    }

    #[test]
    fn many_leads_reach_a_total_of_another_section() {
        let text = "一、总体情况
全市发生道路交通事故18起，死亡4人。
二、各辖区情况
云台辖区发生5起，死亡1人；白石辖区发生4起；新埠辖区发生6起，死亡2人；长岭辖区发生3起，死亡1人。";
        let found = sums(text);
        assert!(
            found.iter().any(|l| l.ends_with("18起 <- 5起 4起 6起 3起")),
            "{found:?}"
        );
    }

    #[test]
    fn fields_that_add_up_vouch_for_one_that_does_not() {
        let found = sums(&PROJECTS.replace("12亿元", "13亿元"));
        assert!(
            found.iter().any(|l| l.starts_with("sum? 22亿元 <- 13亿元")),
            "{found:?}"
        );
    }

    #[test]
    fn what_does_not_add_up_says_nothing_where_nothing_does() {
        let text = PROJECTS
            .replace("12亿元", "13亿元")
            .replace("40.20", "41.20")
            .replace("25亿元", "31亿元");
        let found = sums(&text.replace("6项", "9项"));
        assert!(found.is_empty(), "{found:?}");
    }
}
