//! Columns of shares whose whole the table does not print: it lists the first few kinds only, or leaves its total to the text.
//!
//! The whole is a figure of the running text. No word of the header names it; the rows do, for no other figure gives their shares
//! to the last place. Where the rows stand in groups (商品类, 服务类), each group may have a whole of its own.

use gouji_quantity::{Agreement, Decimal, Ratio, agreement};

use super::column::ColumnKind;
use super::row::RowKind;
use super::sheet::Sheet;
use crate::context::Context;
use crate::{Cue, FigureClass, FigureIdx, Formula, Modality, Operand, Place, Reading, Relation, RelationKind};

/// Most figures of the text that are tried, the nearest to the table first.
const MAX_FIGURES: usize = 400;
/// Most figures on either side of a table that are looked at for them.
const MAX_LOOKED: usize = 4_000;
/// Most rows that are tried.
const PROBE: usize = 40;
/// Columns of counts beside the shares that are tried.
const MAX_COUNTS: usize = 4;
/// Most groups of rows.
const MAX_GROUPS: usize = 12;
/// Fewest places that the shares of a group must agree in; chance gives two or three.
const LEAST_EVIDENCE: u32 = 8;

/// Adds the shares of one column; whether there were any.
pub(super) fn of_text(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    counts: &[usize],
    col: usize,
    out: &mut Vec<Relation>,
) -> bool {
    let mut near: Vec<usize> = counts
        .iter()
        .copied()
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Count)
        .collect();
    // The counts stand before their shares, if anywhere.
    near.sort_by_key(|c| (*c > col, c.abs_diff(col)));
    near.truncate(MAX_COUNTS);
    let rows: Vec<usize> = (0..sheet.n_rows())
        .filter(|r| matches!(sheet.rows[*r], RowKind::Data | RowKind::Total { .. }))
        .collect();
    let figures = figures(cx, sheet);
    for of in near {
        let mut any = false;
        for group in groups(sheet, &rows) {
            let Some(whole) = whole(sheet, &figures, &group, of, col) else {
                continue;
            };
            any = true;
            for &row in &group {
                out.extend(relation(cx, sheet, whole, row, of, col));
            }
        }
        if any {
            return true;
        }
    }
    false
}

/// Figures of the text that may be a whole, nearest to the table first, those before it before those behind it.
fn figures(cx: &Context<'_>, sheet: &Sheet<'_>) -> Vec<Operand> {
    let spans = || sheet.table.header.iter().filter_map(|h| h.span());
    let start = spans().map(|s| s.start).min().unwrap_or(0);
    // Figures are in source order.
    let behind = cx.figures.partition_point(|f| f.span.start <= start);
    let plain = |idx: usize| {
        let figure = &cx.figures[idx];
        let counts = matches!(
            figure.class,
            FigureClass::Count | FigureClass::Money | FigureClass::Measure
        );
        let told = figure.place == Place::Prose && figure.modality == Modality::Fact && counts;
        told.then(|| cx.operand(FigureIdx(idx))).flatten()
    };
    let before = (behind.saturating_sub(MAX_LOOKED)..behind).rev().filter_map(plain);
    let after = (behind..cx.figures.len().min(behind + MAX_LOOKED)).filter_map(plain);
    before.chain(after).take(MAX_FIGURES).collect()
}

/// All rows as one group, then the groups that a column of repeated names makes.
fn groups(sheet: &Sheet<'_>, rows: &[usize]) -> Vec<Vec<usize>> {
    let named = (0..sheet.n_cols())
        .take_while(|c| matches!(sheet.columns[*c].kind, ColumnKind::Text | ColumnKind::Serial))
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Text)
        .find_map(|c| {
            let runs: Vec<Vec<usize>> = rows
                .chunk_by(|a, b| sheet.squashed(*a, c) == sheet.squashed(*b, c))
                .map(<[usize]>::to_vec)
                .collect();
            let grouped = (2..=MAX_GROUPS).contains(&runs.len()) && runs.iter().all(|r| r.len() >= 2);
            grouped.then_some(runs)
        });
    named.unwrap_or_else(|| vec![rows.to_vec()])
}

/// A count in base units.
fn part(sheet: &Sheet<'_>, row: usize, col: usize) -> Option<Operand> {
    let number = sheet.own_number(row, col).filter(|n| !n.percent)?;
    let factor = sheet.columns[col].magnitude.factor();
    let mut operand = number.operand.clone();
    operand.value = Some(number.value.checked_mul(factor)?);
    operand.ulp = operand.ulp.checked_mul(factor)?;
    Some(operand)
}

/// The figure that gives the shares of most rows of a group, and of enough to be no chance.
fn whole<'f>(sheet: &Sheet<'_>, figures: &'f [Operand], group: &[usize], of: usize, col: usize) -> Option<&'f Operand> {
    let pairs: Vec<(Decimal, Decimal, u32)> = group
        .iter()
        .take(PROBE)
        .filter_map(|row| {
            let share = sheet.own_number(*row, col)?;
            let part = part(sheet, *row, of)?.value?;
            (!part.is_zero() && !share.value.is_zero()).then_some((part, share.value, share.operand.decimals))
        })
        .collect();
    let largest = pairs.iter().map(|(part, _, _)| *part).max()?;
    if pairs.len() < 2 {
        return None;
    }
    let mut best: Option<(usize, &Operand)> = None;
    for figure in figures {
        let Some(value) = figure.value.filter(|v| *v >= largest) else {
            continue;
        };
        let (mut holds, mut clean, mut evidence) = (0, 0, 0);
        for (part, share, places) in &pairs {
            let exact = Ratio::of(*part, value).and_then(|r| r.times(100));
            let found = exact.map_or(Agreement::Untestable, |e| agreement(*share, *places, e));
            if found.holds() || found.is_rounding() {
                holds += 1;
                clean += usize::from(found.holds());
                evidence += if *share == Decimal::ONE_HUNDRED { 0 } else { places + 1 };
            }
        }
        // All of few rows, or four of five.
        let slips = if pairs.len() < 4 { 0 } else { (pairs.len() / 5).max(1) };
        let most = holds + slips >= pairs.len();
        let score = holds * 4 + clean;
        if most && evidence >= LEAST_EVIDENCE && best.is_none_or(|(found, _)| score > found) {
            best = Some((score, figure));
        }
    }
    best.map(|(_, figure)| figure)
}

/// A row's share, quoted by its cells; the whole stands elsewhere.
fn relation(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    whole: &Operand,
    row: usize,
    of: usize,
    col: usize,
) -> Option<Relation> {
    let stated = sheet.own_number(row, col)?;
    let part = part(sheet, row, of)?;
    let quote = sheet.quote(cx, &[&stated.operand, &part])?;
    Some(Relation {
        kind: RelationKind::Ratio,
        rule: "table-share-of-text",
        cue: Cue::Implied,
        readings: vec![Reading {
            formula: Formula::Ratio { scale: 100 },
            stated: stated.operand.clone(),
            operands: vec![part, whole.clone()],
        }],
        quote,
    })
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    const TEXT: &str = "上半年全市共受理投诉8216件，办结8003件。投诉量居前的几类如下表。";
    const TABLE: &str = "类别|投诉量（件）|投诉比重（%）\n家电|1873|22.80\n日用|1266|15.41\n食品|942|11.47\n服装|655|7.97\n建材|318|3.87";

    #[test]
    fn the_whole_stands_in_the_text() {
        let found = read(&format!("{TEXT}\n{TABLE}"));
        assert_eq!(found.len(), 5, "{found:#?}");
        assert!(
            found.contains(&"ratio? 22.80 <- 1873 8216件 ok".to_owned()),
            "{found:#?}"
        );
        let wrong = read(&format!("{TEXT}\n{}", TABLE.replace("7.97", "9.77")));
        assert!(
            wrong.contains(&"ratio? 9.77 <- 655 8216件 BAD".to_owned()),
            "{wrong:#?}"
        );
    }

    #[test]
    fn each_group_has_its_own_whole() {
        let text = "共受理投诉2555件，其中商品类1420件、服务类1135件。";
        let table = "项目|类别|受理量|占比\n商品类|食品|563|39.65%\n商品类|服装|214|15.07%\n商品类|家居|72|5.07%\n服务类|餐饮|368|32.42%\n服务类|教育|126|11.10%\n服务类|美容|91|8.02%";
        let found = read(&format!("{text}\n{table}"));
        assert!(found.contains(&"ratio? 5.07% <- 72 1420件 ok".to_owned()), "{found:#?}");
        assert!(
            found.contains(&"ratio? 32.42% <- 368 1135件 ok".to_owned()),
            "{found:#?}"
        );
    }

    #[test]
    fn shares_of_nothing_printed_are_left_alone() {
        let text = "上半年全市共受理举报8612件。";
        assert!(read(&format!("{text}\n{TABLE}")).is_empty());
        // Two rows of whole per cents fit many figures.
        let few = "类别|件数|占比\n家电|5|5%\n日用|3|3%";
        assert!(read(&format!("共发放资料100份。\n{few}")).is_empty());
    }
}
