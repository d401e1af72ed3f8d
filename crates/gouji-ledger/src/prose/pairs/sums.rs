//! Rows of parts against the row of their whole, column by column.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::rows::Row;
use super::{at, earlier, value};
use crate::context::Context;
use crate::lexicon::KINDS;
use crate::prose::{Reading, relation};
use crate::{Cue, FigureIdx, Formula, Relation, RelationKind};

/// Longest text (in bytes) between two parentheses of one list: a name with its mark.
const MAX_NAME: usize = 60;
/// Paragraphs that may be the parts of a whole.
const MAX_PARAGRAPHS: usize = 12;
/// Figures beside a whole that may be the total of a column instead.
const REACH: usize = 6;

/// 200起、20人…城市120起、8人…农村80起、12人: a list that divides one figure of a row divides the others.
pub(super) fn of_partitions(cx: &Context, reading: &Reading, rows: &[Vec<Row>], out: &mut Vec<Relation>) {
    for partition in &reading.partitions {
        let row_of = |passage: usize, m: usize| row_at(&rows[passage], m);
        let total = partition.total;
        let Some(whole) = row_of(total.passage, total.mention) else {
            continue;
        };
        if !partition.holds || partition.aligned.len() < 2 {
            continue;
        }
        for (unit, head) in whole.units.iter().zip(&whole.mentions) {
            if *head == total.mention {
                continue;
            }
            let parts: Option<Vec<usize>> = partition
                .aligned
                .iter()
                .map(|main| {
                    let row = row_of(partition.passage, (*main)?)?;
                    row.of_unit(unit)
                })
                .collect();
            if let Some(parts) = parts.filter(|p| p.windows(2).all(|w| w[0] < w[1])) {
                let parts: Vec<(usize, usize)> = parts.into_iter().map(|m| (partition.passage, m)).collect();
                if let Some(head) = column_total(reading, total.passage, *head, &parts) {
                    // Parts that bear all of the second figure (死亡6人) may be some of the first (较大事故2起 of 14起).
                    let some = whole.mentions.first() != Some(&total.mention)
                        && sum(reading, &parts).is_some_and(|s| s < value(reading, total.passage, head));
                    let cue = partition.cue.min(Cue::Implied);
                    if some {
                        continue;
                    }
                    push(cx, reading, (total.passage, head), &parts, cue, out);
                }
            }
        }
    }
}

/// 14起、6人。其中道路9起、4人，工矿8起、2人: a list whose second column adds up while its first is more than the whole, or as many paragraphs
/// that each open with a row. A first column that is less may be of some of the cases only.
pub(super) fn of_rows(cx: &Context, reading: &Reading, rows: &[Vec<Row>], out: &mut Vec<Relation>) {
    let settled: BTreeSet<(usize, usize)> = reading
        .partitions
        .iter()
        .filter(|p| p.holds)
        .map(|p| (p.passage, p.list))
        .collect();
    for passage in 0..reading.prose.len() {
        for (idx, list) in reading.lists[passage].iter().enumerate() {
            if settled.contains(&(passage, idx)) || list.group > 0 || list.items.len() < 2 {
                continue;
            }
            let parts: Vec<(usize, usize)> = list
                .items
                .iter()
                .filter_map(|i| Some((passage, *i.amounts.first()?)))
                .collect();
            two_columns(cx, reading, rows, &parts, out);
        }
        let parts: Vec<(usize, usize)> = (passage + 1..reading.prose.len().min(passage + 1 + MAX_PARAGRAPHS))
            .map_while(|p| {
                let first = rows[p].first()?.mentions[0];
                (first == 0 && cx.passages[p].body == cx.passages[passage].body).then_some((p, first))
            })
            .collect();
        if parts.len() >= 2 && !rows[passage].is_empty() {
            two_columns(cx, reading, rows, &parts, out);
        }
    }
}

/// The first figures of parts and those of their rows' second unit, against the nearest row before them of their shape. Of a list the
/// parts may lack the second (未造成人员死亡).
fn two_columns(cx: &Context, reading: &Reading, rows: &[Vec<Row>], first: &[(usize, usize)], out: &mut Vec<Relation>) {
    let row_of = |(passage, m): (usize, usize)| row_at(&rows[passage], m);
    let Some(units) = first.iter().find_map(|part| row_of(*part)).map(|row| &row.units[..2]) else {
        return;
    };
    let unit = |(p, m): &(usize, usize)| reading.prose[*p].mentions[*m].unit.as_str();
    if first.iter().any(|part| unit(part) != units[0]) {
        return;
    }
    let second: Vec<(usize, usize)> = first
        .iter()
        .filter_map(|part| Some((part.0, row_of(*part)?.of_unit(&units[1])?)))
        .collect();
    let (Some(a), Some(b)) = (sum(reading, first), sum(reading, &second)) else {
        return;
    };
    let shape: Vec<&str> = units.iter().map(String::as_str).collect();
    let Some((p, whole)) = earlier(cx, rows, &shape, first[0].0, first[0].1).into_iter().next() else {
        return;
    };
    let (Some(x), Some(y)) = (whole.of_unit(shape[0]), whole.of_unit(shape[1])) else {
        return;
    };
    let (x_value, y_value) = (value(reading, p, x), value(reading, p, y));
    let proven = second.len() >= 2 && b == y_value && b >= Decimal::from(second.len() + 2);
    if a == x_value && second.len() == first.len() || proven && a > x_value {
        push(cx, reading, (p, x), first, Cue::Implied, out);
        push(
            cx,
            reading,
            (p, y),
            &second,
            if proven { Cue::Implied } else { Cue::Arithmetic },
            out,
        );
    }
}

/// The row that a mention is in.
fn row_at(rows: &[Row], m: usize) -> Option<&Row> {
    let place = rows.partition_point(|r| r.end() <= m);
    rows.get(place).filter(|r| r.mentions.contains(&m))
}

/// The total of a column: the whole row's figure, or another of its unit in the sentence that the parts reach exactly (预算8.64亿元，
/// 实际8.21亿元). Where there are several and none is reached, it is not known which is meant.
fn column_total(reading: &Reading, passage: usize, head: usize, parts: &[(usize, usize)]) -> Option<usize> {
    let prose = &reading.prose[passage];
    let h = &prose.mentions[head];
    let sum = sum(reading, parts)?;
    if h.value == sum {
        return Some(head);
    }
    let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
    let first = parts
        .first()
        .filter(|(p, _)| *p == passage)
        .map_or(prose.mentions.len(), |(_, m)| *m);
    let others = (head.saturating_sub(REACH)..(head + REACH).min(first)).filter(|m| {
        let n = &prose.mentions[*m];
        *m != head && sentence(*m) == sentence(head) && n.is_amount() && n.unit == h.unit
    });
    let mut alone = true;
    for other in others {
        if prose.mentions[other].value == sum {
            return Some(other);
        }
        alone = false;
    }
    alone.then_some(head)
}

/// 12起、15人…甲（5起、7人）、乙（4起、4人）: the parentheses of a list, column by column, against the nearest row of their shape before
/// them for which a column adds up. Gives the figures of each parenthesis.
pub(super) fn of_groups(
    cx: &Context,
    reading: &Reading,
    rows: &[Vec<Row>],
    out: &mut Vec<Relation>,
) -> Vec<Vec<FigureIdx>> {
    let mut claimed = Vec::new();
    for passage in 0..reading.prose.len() {
        for list in lists(cx, reading, passage, &rows[passage]) {
            let units: Vec<&str> = list[0].units.iter().map(String::as_str).collect();
            let before = list[0].mentions[0];
            let columns: Vec<Vec<(usize, usize)>> = (0..units.len())
                .map(|i| list.iter().map(|row| (passage, row.mentions[i])).collect())
                .collect();
            let sums: Option<Vec<Decimal>> = columns.iter().map(|c| sum(reading, c)).collect();
            let Some(sums) = sums else { continue };
            let fitting = |passage: usize, row: &Row| {
                units
                    .iter()
                    .zip(&sums)
                    .filter(|(u, s)| row.of_unit(u).is_some_and(|m| value(reading, passage, m) == **s))
                    .count()
            };
            let wholes = earlier(cx, rows, &units, passage, before);
            let mut best: Option<(usize, usize, &Row)> = None;
            for (p, row) in wholes {
                let n = fitting(p, row);
                if n > best.map_or(0, |(known, ..)| known) {
                    best = Some((n, p, row));
                }
            }
            claimed.extend(list.iter().map(|row| {
                row.mentions
                    .iter()
                    .map(|m| reading.prose[passage].mentions[*m].fig)
                    .collect()
            }));
            let Some((_, p, row)) = best else { continue };
            for (unit, column) in units.iter().zip(&columns) {
                if let Some(head) = row.of_unit(unit) {
                    push(cx, reading, (p, head), column, Cue::Implied, out);
                }
            }
        }
    }
    claimed
}

/// Runs of parentheses that each hold one row and nothing else, of one shape, with no more than a name between two.
fn lists<'r>(cx: &Context, reading: &Reading, passage: usize, rows: &'r [Row]) -> Vec<Vec<&'r Row>> {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let mut out: Vec<Vec<&Row>> = Vec::new();
    let mut last_end: Option<usize> = None;
    for row in rows {
        let first = &prose.mentions[row.mentions[0]];
        let group = prose.clauses[first.clause].group;
        if group == 0 {
            last_end = None;
            continue;
        }
        let range = &prose.groups[group].range;
        let alone = |m: usize| prose.mentions.get(m).is_none_or(|n| !range.contains(&n.full.start));
        if !alone(row.end()) || row.mentions[0].checked_sub(1).is_some_and(|m| !alone(m)) {
            last_end = None;
            continue;
        }
        let follows = last_end.is_some_and(|end| {
            text.get(end..range.start).is_some_and(|between| {
                between.len() <= MAX_NAME
                    && between.starts_with(['、', '，', ',', '和', '；', ';'])
                    && !between.contains(['。', '：'])
                    && !between.contains(|c: char| c.is_ascii_digit())
            })
        });
        match out.last_mut().filter(|list| follows && list[0].units == row.units) {
            Some(list) => list.push(row),
            None => out.push(vec![row]),
        }
        last_end = Some(range.end);
    }
    out.retain(|list| list.len() >= 2);
    out
}

fn sum(reading: &Reading, parts: &[(usize, usize)]) -> Option<Decimal> {
    parts
        .iter()
        .try_fold(Decimal::ZERO, |s, (p, m)| s.checked_add(value(reading, *p, *m)))
}

fn push(
    cx: &Context,
    reading: &Reading,
    head: (usize, usize),
    parts: &[(usize, usize)],
    cue: Cue,
    out: &mut Vec<Relation>,
) {
    let operand = |(p, m): (usize, usize)| cx.operand(reading.mention(at(p, m)).fig);
    let operands: Option<Vec<_>> = parts.iter().map(|part| operand(*part)).collect();
    // 24种产品300批次, 市级11种140批次，县级14种160批次: one kind may be looked at in both.
    let unit = reading.mention(at(head.0, head.1)).unit.as_str();
    let more = sum(reading, parts).is_some_and(|s| s > value(reading, head.0, head.1));
    if more && KINDS.contains(&unit) {
        return;
    }
    if let (Some(stated), Some(operands)) = (operand(head), operands) {
        out.extend(relation(
            cx,
            RelationKind::Sum,
            "pair-sum",
            cue,
            Formula::Sum,
            stated,
            operands,
        ));
    }
}
