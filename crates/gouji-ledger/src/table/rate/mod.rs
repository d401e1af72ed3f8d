//! Rates, shares, growth and means in a table, each recomputed from the columns that most rows agree on.
//!
//! No header names its operands fully. A column of rates is bound to the pair of columns (part, whole) that gives it in
//! most rows; the header's words only decide between pairs that fit alike, or stand in where the rows are few.

mod base;
mod words;

use gouji_quantity::{Agreement, Decimal, UnitClass, agreement};

use super::changes;
use super::column::ColumnKind;
use super::crossing::countable;
use super::footing::{Footing, sum};
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use super::{share_rows, shares};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};
use base::{Base, bases, distance, exact, increases, terms};
use words::words;

/// Most columns of counts among which the pair of one rate is sought, the nearest first.
const MAX_COLUMNS: usize = 18;

/// Most columns of rates that are bound in one table.
const MAX_RATES: usize = 64;

/// Most rows on which pairs are tried, and fewest however wide the table is.
const PROBE: usize = 120;
const LEAST_PROBE: usize = 12;

/// Cells that all trials of one table may look at; the wider it is, the fewer rows are tried.
const MAX_TRIALS: usize = 1_000_000;

/// Rows in which a pair must give the rate, every one of them, to be taken against the header's words.
const THROUGHOUT: usize = 4;

/// How good a base is: named by the words, rows that hold, words, nearness of the columns.
type Score = (bool, usize, u32, usize);

/// How a candidate fits.
#[derive(Debug, Clone, Copy, Default)]
struct Fit {
    tried: usize,
    /// Agrees exactly, by half up, or by cutting off or rounding up.
    holds: usize,
    /// Agrees exactly or by half up.
    clean: usize,
    /// Fails, but agrees when one place less is printed.
    near: usize,
    /// Digits of agreement that are no chance: places of rates other than 0 and 100.
    evidence: u32,
}

/// The whole that shares of a column are taken of.
struct Whole {
    operand: Operand,
    value: Decimal,
    /// Row of the total, if it is printed.
    row: Option<usize>,
    /// Rows whose shares add to 100 %.
    parts: Vec<usize>,
}

/// Adds ratio, share-sum, change and average relations.
pub(crate) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, footings: &[Footing], out: &mut Vec<Relation>) {
    let counts: Vec<usize> = (0..sheet.n_cols()).filter(|c| countable(sheet, *c)).collect();
    let wholes: Vec<Option<Whole>> = (0..sheet.n_cols())
        .map(|col| countable(sheet, col).then(|| whole_of(sheet, footings, col)).flatten())
        .collect();
    let rates: Vec<usize> = (0..sheet.n_cols())
        .filter(|c| {
            matches!(
                sheet.columns[*c].kind,
                ColumnKind::Rate | ColumnKind::Growth | ColumnKind::Mean
            )
        })
        .take(MAX_RATES)
        .collect();
    let n_counts = counts.len().min(MAX_COLUMNS);
    let trials_of_a_row = (rates.len() * n_counts * n_counts * 3).max(1);
    let across = share_rows::relations(cx, sheet, out);
    let probe = (MAX_TRIALS / trials_of_a_row).clamp(LEAST_PROBE, PROBE);
    for col in rates {
        let mut scale = scale_of(sheet, col);
        let near = nearest(&counts, col);
        let grows = sheet.columns[col].kind == ColumnKind::Growth;
        let bound = bind(sheet, bases(sheet, &near, &wholes, col), &wholes, col, scale, probe).or_else(|| {
            let increases = grows.then(|| increases(sheet, &near, col))?;
            bind(sheet, increases, &wholes, col, scale, probe)
        });
        let bound = bound.or_else(|| {
            let (found, per) = per_many(sheet, &near, &wholes, col, probe)?;
            scale = per;
            Some(found)
        });
        if let Some((base, cue)) = bound {
            emit(cx, sheet, &wholes, col, base, scale, cue, out);
            if let (Base::OfTotal { col: of }, Some(whole)) = (base, base_whole(&wholes, base)) {
                share_sum(cx, sheet, whole, of, col, true, out);
            }
        } else if grows {
            changes::relations(cx, sheet, col, out);
        } else if sheet.columns[col].is_share()
            && !shares::of_text(cx, sheet, &counts, col, out)
            && !across.contains(&col)
            && let Some(footing) = footings.first()
        {
            let whole = Whole {
                operand: Operand::computed(Decimal::ONE_HUNDRED),
                value: Decimal::ONE_HUNDRED,
                row: Some(footing.total),
                parts: footing.rows.clone(),
            };
            share_sum(cx, sheet, &whole, col, col, false, out);
        }
    }
}

/// The columns nearest to a column, in order.
pub(super) fn nearest(counts: &[usize], col: usize) -> Vec<usize> {
    let mut near = counts.to_vec();
    near.sort_by_key(|c| (c.abs_diff(col), *c));
    near.truncate(MAX_COLUMNS);
    near.sort_unstable();
    near
}

fn base_whole(wholes: &[Option<Whole>], base: Base) -> Option<&Whole> {
    match base {
        Base::OfTotal { col } => wholes.get(col)?.as_ref(),
        _ => None,
    }
}

/// The total of a column: printed in a total row that adds up, or the sum of all data rows.
fn whole_of(sheet: &Sheet<'_>, footings: &[Footing], col: usize) -> Option<Whole> {
    let widest = footings.iter().max_by_key(|f| f.rows.len());
    if let Some(footing) = widest
        && let Some(number) = sheet.own_number(footing.total, col)
    {
        return Some(Whole {
            operand: number.operand.clone(),
            value: number.value,
            row: Some(footing.total),
            parts: footing.rows.clone(),
        });
    }
    let parts: Vec<usize> = sheet.data_rows().collect();
    if sheet.open || parts.len() < 2 || sheet.rows.iter().any(|k| matches!(k, RowKind::Total { .. })) {
        return None;
    }
    let numbers: Vec<&Number> = parts.iter().filter_map(|r| sheet.own_number(*r, col)).collect();
    let (value, _) = sum(numbers.into_iter())?;
    Some(Whole {
        operand: Operand::computed(value),
        value,
        row: None,
        parts,
    })
}

/// 100 for a percentage, 1 for a plain fraction, 1000 for ‰.
fn scale_of(sheet: &Sheet<'_>, col: usize) -> u32 {
    let numbers: Vec<&Number> = (0..sheet.n_rows().min(PROBE))
        .filter_map(|r| sheet.number(r, col))
        .collect();
    let permille = numbers.iter().any(|n| n.operand.surface.ends_with('‰'))
        || sheet.columns[col].unit.as_ref().is_some_and(|u| u.name == "‰");
    let percent = numbers.iter().any(|n| n.percent)
        || sheet.columns[col]
            .unit
            .as_ref()
            .is_some_and(|u| u.class == UnitClass::Percent);
    let fraction =
        numbers.iter().all(|n| n.value.abs() <= Decimal::ONE) && numbers.iter().any(|n| n.operand.decimals >= 2);
    if permille {
        1000
    } else if !percent && fraction {
        1
    } else {
        100
    }
}

/// How many of the whole a rate may be told of, beside a hundred and a thousand: 万分之, 每十万人, 百万.
const SCALES: [u32; 4] = [10_000, 1_000_000, 100_000, 1_000];

/// The pair of columns that gives a rate printed as a bare number, and of how many it is told: no header names that number so
/// that it could be trusted, but the one that fits the rows is no chance.
fn per_many(
    sheet: &Sheet<'_>,
    counts: &[usize],
    wholes: &[Option<Whole>],
    col: usize,
    probe: usize,
) -> Option<((Base, Cue), u32)> {
    let column = &sheet.columns[col];
    let percent = column.unit.as_ref().is_some_and(|u| u.class == UnitClass::Percent);
    let bare = (0..sheet.n_rows()).all(|r| sheet.number(r, col).is_none_or(|n| !n.percent));
    if column.kind != ColumnKind::Rate || percent || !bare || !column.header.contains('率') {
        return None;
    }
    let pairs = || -> Vec<Base> {
        let all = bases(sheet, counts, wholes, col).into_iter();
        all.filter(|b| matches!(b, Base::Pair { .. })).collect()
    };
    SCALES
        .iter()
        .find_map(|scale| Some((bind(sheet, pairs(), wholes, col, *scale, probe)?, *scale)))
}

/// The one of several bases that gives a column in most rows, with how surely the words name it.
fn bind(
    sheet: &Sheet<'_>,
    bases: Vec<Base>,
    wholes: &[Option<Whole>],
    col: usize,
    scale: u32,
    probe: usize,
) -> Option<(Base, Cue)> {
    let rows: Vec<usize> = (0..sheet.n_rows())
        .filter(|r| sheet.own_number(*r, col).is_some() && sheet.rows[*r] != RowKind::Average)
        .take(probe)
        .collect();
    if rows.is_empty() {
        return None;
    }
    let mut best: Option<(Score, Base, bool)> = None;
    let mut best_fit = Fit::default();
    let mut throughout: Option<(usize, Base)> = None;
    for base in bases {
        let fit = fit(sheet, wholes, col, base, scale, &rows);
        let words = words(sheet, col, base);
        if !accepts(fit, words) {
            continue;
        }
        let distance = distance(col, base);
        // A pair that the words name keeps its rate although another fits a wrong row better.
        let score = (words >= 3, fit.holds * 4 + fit.clean, words, usize::MAX - distance);
        if best.as_ref().is_none_or(|(s, _, _)| score > *s) {
            best = Some((score, base, words >= 3));
            best_fit = fit;
        }
        if fit.clean == fit.tried
            && fit.tried >= THROUGHOUT
            && fit.evidence >= 4
            && throughout.is_none_or(|(near, _)| distance < near)
        {
            throughout = Some((distance, base));
        }
    }
    // The words name a whole that gives half of the rows at most, and another column gives every one: that one is meant.
    if let Some((_, base)) = throughout
        && best_fit.clean * 2 <= best_fit.tried
    {
        return Some((base, Cue::Implied));
    }
    best.map(|(_, base, named)| (base, if named { Cue::Explicit } else { Cue::Implied }))
}

/// Whether a fit is evidence enough, given how well the header's words name the operands.
fn accepts(fit: Fit, words: u32) -> bool {
    let most = fit.holds * 5 >= fit.tried * 3 && fit.holds > 0;
    let by_words = match words {
        0 => fit.evidence >= 7,
        1 => fit.evidence >= 5,
        2 => fit.evidence >= 3,
        _ => true,
    };
    // Rates cut off or padded throughout (29.00% for 29.03%) still show which columns they come from.
    let least = match words {
        0 => 12,
        1 => 10,
        2 => 8,
        _ => 4,
    };
    let near = fit.tried > 0 && (fit.holds + fit.near) * 5 >= fit.tried * 4 && fit.evidence >= least;
    most && by_words || near
}

fn fit(sheet: &Sheet<'_>, wholes: &[Option<Whole>], col: usize, base: Base, scale: u32, rows: &[usize]) -> Fit {
    let mut fit = Fit::default();
    for &row in rows {
        let Some(stated) = sheet.own_number(row, col) else {
            continue;
        };
        let Some(exact) = exact(sheet, wholes, base, scale, row) else {
            continue;
        };
        fit.tried += 1;
        let places = stated.operand.decimals;
        let telling = !stated.value.is_zero() && stated.value != Decimal::from(scale);
        let digits = if telling { places + 2 } else { 0 };
        let value = stated.signed(Decimal::from(exact.num().signum()));
        match agreement(value, places, exact) {
            Agreement::Off | Agreement::Untestable => {
                let rounder = places.checked_sub(1).map(|d| agreement(value, d, exact));
                if rounder.is_some_and(|a| a.holds() || a.is_rounding()) {
                    fit.near += 1;
                    fit.evidence = fit.evidence.saturating_add(digits.saturating_sub(1));
                } else if (fit.tried - fit.holds - fit.near) * 5 > rows.len() * 2 {
                    // Two rows in five have failed: it cannot be accepted any more.
                    return Fit::default();
                }
            }
            found => {
                fit.holds += 1;
                fit.clean += usize::from(found.holds());
                fit.evidence = fit.evidence.saturating_add(digits);
            }
        }
    }
    fit
}

#[expect(clippy::too_many_arguments, reason = "the parts of one column's binding")]
fn emit(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    wholes: &[Option<Whole>],
    col: usize,
    base: Base,
    scale: u32,
    cue: Cue,
    out: &mut Vec<Relation>,
) {
    let (kind, rule) = match base {
        Base::Growth { .. } | Base::Increase { .. } => (RelationKind::Change, "table-growth"),
        Base::Mean { .. } => (RelationKind::Average, "table-mean"),
        Base::OfTotal { .. } => (RelationKind::Ratio, "table-share"),
        _ => (RelationKind::Ratio, "table-rate"),
    };
    // Growth that goes with the increase printed beside it is not what is wrong: the increase is, or what it was taken from.
    let others: Vec<Base> = match base {
        Base::Growth { now, .. } => increases(sheet, &[now], col),
        _ => Vec::new(),
    };
    for row in 0..sheet.n_rows() {
        if sheet.rows[row] == RowKind::Average {
            continue;
        }
        let Some(stated) = sheet.own_number(row, col) else {
            continue;
        };
        // The share of the total in itself is 100 % by definition, checked with the sum of shares.
        if base_whole(wholes, base).is_some_and(|w| w.row == Some(row)) {
            continue;
        }
        let reading = |base: Base| -> Option<Reading> {
            let (mut formula, operands) = terms(sheet, wholes, base, scale, row)?;
            if matches!(formula, Formula::Growth { .. }) {
                let gap = exact(sheet, wholes, base, scale, row).map_or(0, |r| r.num().signum());
                formula = Formula::Growth {
                    negative: changes::falls(stated, Decimal::from(gap)),
                };
            }
            Some(Reading {
                formula,
                stated: stated.operand.clone(),
                operands,
            })
        };
        let Some(first) = reading(base) else { continue };
        let others = others.iter().filter_map(|base| reading(*base));
        let readings = std::iter::once(first).chain(others).collect();
        out.extend(sheet.relation(cx, kind, rule, cue, readings));
    }
}

/// The shares of a column's parts add to 100 %.
fn share_sum(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    whole: &Whole,
    of: usize,
    col: usize,
    bound: bool,
    out: &mut Vec<Relation>,
) {
    let numbers: Vec<&Number> = whole.parts.iter().filter_map(|r| sheet.own_number(*r, col)).collect();
    // A part without a share leaves a gap.
    let complete = whole
        .parts
        .iter()
        .all(|r| sheet.own_number(*r, col).is_some() || sheet.own_number(*r, of).is_none_or(|n| n.value.is_zero()));
    if numbers.len() < 2 || !complete {
        return;
    }
    let printed = whole.row.and_then(|r| sheet.own_number(r, col));
    let hundred = |n: &&Number| n.value == Decimal::ONE_HUNDRED;
    let stated = printed.filter(hundred).map_or_else(
        || {
            let mut operand = Operand::computed(Decimal::ONE_HUNDRED);
            "100%".clone_into(&mut operand.surface);
            operand
        },
        |n| n.operand.clone(),
    );
    let reading = Reading {
        formula: Formula::ShareSum,
        stated,
        operands: numbers.iter().map(|n| n.operand.clone()).collect(),
    };
    let cue = if bound { Cue::Implied } else { Cue::Arithmetic };
    out.extend(sheet.relation(cx, RelationKind::ShareSum, "table-share-sum", cue, vec![reading]));
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    #[test]
    fn a_wrong_figure_that_its_increase_and_its_growth_know_better_is_said_once() {
        let table = "单位|本月完成数|上月完成数|增/减（件）|增减幅度\n甲区|2675|2696|-21|-0.78%\n乙区|1468|1457|11|0.75%\n丙区|1346|1399|-53|-3.79%\n丁区|1699|1646|53|3.22%";
        let bad = |table: &str| -> Vec<String> {
            let found = rig::lines(table, relations);
            found.into_iter().filter(|l| l.ends_with("BAD")).collect()
        };
        assert!(bad(table).is_empty(), "{:#?}", bad(table));
        assert_eq!(
            bad(&table.replace("|1646|", "|1664|")),
            ["difference 53 <- 1699 1664 BAD"]
        );
        assert_eq!(bad(&table.replace("3.22%", "3.52%")), ["change 3.52% <- 1699 1646 BAD"]);
    }

    #[test]
    fn a_rate_of_ten_thousand_or_of_a_million() {
        let table = "单位|投诉件数|运输量（万人次）|投诉率（万分之）\n甲社|2|1.93|1.036\n乙社|4|10.57|0.378\n丙社|1|11.37|0.088\n丁社|3|54.16|0.055\n戊社|0|91.40|0";
        let found = rig::lines(table, relations);
        assert!(found.contains(&"ratio? 0.378 <- 4 10.57 ok".to_owned()), "{found:#?}");
        let wrong = rig::lines(&table.replace("0.378", "0.387"), relations);
        assert!(wrong.contains(&"ratio? 0.387 <- 4 10.57 BAD".to_owned()), "{wrong:#?}");
        let million =
            "单位|申诉件数|业务量（万件）|申诉率（百万分之）\n甲社|12|310|3.871\n乙社|7|155|4.516\n丙社|3|95|3.158";
        let found = rig::lines(million, relations);
        assert!(found.contains(&"ratio? 4.516 <- 7 155 ok".to_owned()), "{found:#?}");
        // Rates of something that the table does not print.
        let other = "单位|投诉件数|运输量（万人次）|满意率\n甲社|2|1.93|96.2\n乙社|4|10.57|93.4\n丙社|1|11.37|91.8";
        assert!(rig::lines(other, relations).is_empty());
    }

    #[test]
    fn two_magnitudes_in_one_table() {
        let table = "县区|投资额（万元）|到位资金（亿元）|到位率（%）\n甲县|35000|2.8|80.00\n乙县|24000|1.2|50.00\n丙县|10000|0.9|90.00";
        let found = rig::lines(table, relations);
        assert_eq!(found.iter().filter(|l| l.ends_with("ok")).count(), 3, "{found:#?}");
        let wrong = rig::lines(&table.replace("50.00", "55.00"), relations);
        assert!(
            wrong.contains(&"ratio? 55.00 <- 1.2 24000 BAD".to_owned()),
            "{wrong:#?}"
        );
    }

    #[test]
    fn months_side_by_side() {
        let table = "案件来源|6月受理数（宗）|7月受理数（宗）|增/减幅（%）\n采集|240|252|5.00\n举报|150|120|-20.00\n合计|390|372|-4.62";
        let found = rig::lines(table, relations);
        assert_eq!(
            found
                .iter()
                .filter(|l| l.starts_with("change") && l.ends_with("ok"))
                .count(),
            3,
            "{found:#?}"
        );
        let wrong = rig::lines(&table.replace("-20.00", "-25.00"), relations);
        assert_eq!(wrong.iter().filter(|l| l.ends_with("BAD")).count(), 1, "{wrong:#?}");
    }

    #[test]
    fn a_rate_of_last_year_is_not_one_of_this_years_figures() {
        let table = "品种|抽检批次|合格批次|合格率|上年合格率\n蔬菜|800|780|97.5%|97.0%\n畜禽|250|248|99.2%|98.8%\n水产|150|148|98.7%|98.0%";
        let found = rig::lines(table, relations);
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        assert_eq!(found.iter().filter(|l| l.starts_with("ratio")).count(), 3, "{found:#?}");
        let both =
            "品种|上年抽检批次|上年合格批次|上年合格率\n蔬菜|800|776|97.0%\n畜禽|250|247|98.8%\n水产|150|147|98.0%";
        let found = rig::lines(both, relations);
        assert_eq!(found.iter().filter(|l| l.starts_with("ratio")).count(), 3, "{found:#?}");
    }

    #[test]
    fn an_increase_and_its_rate_without_the_time_before() {
        let changes = |table: &str| -> Vec<String> {
            let found = rig::lines(table, relations);
            found.into_iter().filter(|l| l.starts_with("change")).collect()
        };
        let table = "县区|本期|同比增减数|增减幅度（%）\n甲县|132|12|10.0\n乙县|150|-50|-25.0\n丙区|100|20|25.0\n合计|382|-18|-4.5";
        let found = changes(table);
        assert_eq!(found.len(), 4, "{found:#?}");
        assert!(found.contains(&"change -25.0 <- 150 200 ok".to_owned()), "{found:#?}");
        let wrong = changes(&table.replace("-25.0", "-20.0"));
        assert!(wrong.contains(&"change -20.0 <- 150 200 BAD".to_owned()), "{wrong:#?}");
        // Marks instead of signs, and the increase behind its rate.
        let marked = "县区|本期|升降幅度|比上月增减\n甲县|132|↑10.0%|↑12\n乙县|150|↓25.0%|↓50\n丙区|100|↑25.0%|↑20";
        assert_eq!(changes(marked).len(), 3, "{:#?}", changes(marked));
        // An increase of something else.
        let other = "县区|本期|新增人员变化|增幅（%）\n甲县|132|7|10.0\n乙县|150|9|-25.0\n丙区|100|3|25.0";
        assert!(changes(other).is_empty(), "{:#?}", changes(other));
    }

    #[test]
    fn all_done() {
        let table = "部门|派遣数|完成数|未完成数|完成率\n一队|3|3|0|100%\n二队|8|8|0|100%\n合计|11|11|0|100%";
        let ratios = |table: &str| -> Vec<String> {
            let found = rig::lines(table, relations);
            found.into_iter().filter(|l| l.starts_with("ratio")).collect()
        };
        assert_eq!(
            ratios(table),
            ["ratio 100% <- 3 3 ok", "ratio 100% <- 8 8 ok", "ratio 100% <- 11 11 ok"]
        );
    }
}
