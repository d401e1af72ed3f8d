//! Formulas of a workbook, each held against the figure that its cell prints (公式与所存结果).
//!
//! What a formula gives was computed by the reader from the stored values of the cells that it names, which have more places than
//! are printed. A figure that display rounding explains holds; what a relation read off the table's geometry says already is not
//! said again.

use std::collections::BTreeMap;

use gouji_document::{Block, Calculation, Exact, Grid, Operation, Span, Text};
use gouji_quantity::{Decimal, Ratio, agreement};

use super::sheet::{Content, Number, clip, read_cell};
use crate::context::Context;
use crate::{Cue, FigureIdx, Formula, Operand, Reading, Relation, RelationKind};

/// A spreadsheet's own arithmetic is this part of the largest number involved away from the exact one, at most.
const BINARY_NOISE: i128 = 1_000_000_000;
/// Places that a term which is no finite decimal is given with.
const PLACES: u32 = 15;
/// What a number format multiplies by: nothing, percent, thousands, 万, millions, 亿.
const FACTORS: [(i128, i128); 6] = [
    (1, 1),
    (100, 1),
    (1, 1000),
    (1, 10_000),
    (1, 1_000_000),
    (1, 100_000_000),
];

/// Adds a relation for each formula whose cell prints a figure, unless one of `out` says the same.
pub(super) fn relations(cx: &Context<'_>, out: &mut Vec<Relation>) {
    let grids = || {
        cx.document.blocks.iter().filter_map(|block| match block {
            Block::Table(grid) if grid.hidden.is_none() => Some(grid),
            _ => None,
        })
    };
    if !grids().flat_map(|g| &g.cells).any(|c| c.calculation.is_some()) {
        return;
    }
    let mut figures: Vec<(usize, FigureIdx)> = cx
        .figures
        .iter()
        .enumerate()
        .map(|(idx, f)| (f.digits.start, FigureIdx(idx)))
        .collect();
    figures.sort_unstable();
    let mut known: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (idx, relation) in out.iter().enumerate() {
        if let Some(span) = relation.readings.first().and_then(|r| r.stated.span) {
            known.entry(span.start).or_default().push(idx);
        }
    }
    let mut found = Vec::new();
    for grid in grids() {
        for cell in grid.cells.iter().filter(|c| c.hidden.is_none()) {
            let Some(calculation) = cell.calculation.as_deref() else {
                continue;
            };
            let made = held(cx, &figures, cell.span, calculation);
            let Some((kind, rule, reading)) = made else { continue };
            let same = |idx: &usize| out[*idx].kind == kind && says_the_same(&out[*idx], &reading);
            let at = reading.stated.span.map_or(0, |s| s.start);
            if known.get(&at).is_some_and(|others| others.iter().any(same)) {
                continue;
            }
            found.push(Relation {
                kind,
                rule,
                cue: Cue::Explicit,
                quote: quote(cx, grid, cell.row, &reading),
                readings: vec![reading],
            });
        }
    }
    out.extend(found);
}

fn ratio(exact: Exact) -> Option<Ratio> {
    Ratio::new(exact.num, exact.den)
}

/// A value as a decimal, rounded only if it is none.
fn decimal(value: Ratio) -> Option<Decimal> {
    let value = value.reduced();
    let places = (0..=PLACES).find(|p| 10_i128.pow(*p) % value.den() == 0);
    Some(value.round_half_up(places.unwrap_or(PLACES))?.normalize())
}

/// The number that a cell prints, with the figure it is; `None` if it prints something else.
fn printed(cx: &Context<'_>, figures: &[(usize, FigureIdx)], span: Span) -> Option<Number> {
    let Content::Number(mut number) = read_cell(&Text::from_source(&cx.document.text, span)) else {
        return None;
    };
    let start = number.operand.span?.start;
    number.operand.figure = figures
        .binary_search_by_key(&start, |(at, _)| *at)
        .ok()
        .map(|at| figures[at].1);
    Some(number)
}

/// What the number format multiplies a value by to print this number.
fn factor(number: &Number, raw: Ratio) -> Option<Ratio> {
    let fits = |by: &Ratio| {
        raw.multiplied(*by)
            .is_some_and(|value| agreement(number.value, number.operand.decimals, value).holds())
    };
    let mut factors: Vec<Ratio> = FACTORS.iter().filter_map(|(n, d)| Ratio::new(*n, *d)).collect();
    if number.percent {
        factors.swap(0, 1);
    }
    factors.into_iter().find(fits)
}

/// The reading of a formula, if it and the stored result speak of the printed figure alike.
fn held(
    cx: &Context<'_>,
    figures: &[(usize, FigureIdx)],
    span: Span,
    calculation: &Calculation,
) -> Option<(RelationKind, &'static str, Reading)> {
    let number = printed(cx, figures, span)?;
    number.operand.figure?;
    let (stored, result) = (ratio(calculation.stored)?, ratio(calculation.result)?);
    let by = factor(&number, stored)?;
    let one = Ratio::new(1, 1)?;
    // The terms in the scale of the result, or, where a quotient takes the scale away, in their own.
    let scaled = matches!(
        calculation.operation,
        Operation::Sum | Operation::Difference | Operation::Same
    );
    let times = if scaled { by } else { one };
    let mut values = Vec::with_capacity(calculation.terms.len());
    let mut operands = Vec::with_capacity(calculation.terms.len());
    for term in &calculation.terms {
        let raw = ratio(term.value)?;
        values.push(raw);
        let value = decimal(raw.multiplied(times)?)?;
        match term.span.and_then(|span| printed(cx, figures, span)) {
            Some(shown) => operands.push(Operand {
                figure: shown.operand.figure.filter(|_| shown.value == value),
                value: Some(value),
                ulp: Decimal::ZERO,
                ..shown.operand
            }),
            // A blank adds nothing.
            None if scaled && raw.is_zero() && calculation.terms.len() > 1 => {}
            None => operands.push(Operand::computed(value)),
        }
    }
    let (kind, rule, formula) = shape(calculation, by, &values)?;
    let whole = |o: &Operand| o.value.is_some_and(|v| v.normalize().scale() == 0);
    let exact = number.operand.decimals == 0 && scaled && operands.iter().all(whole);
    let reading = Reading {
        formula,
        stated: Operand {
            ulp: if exact { Decimal::ZERO } else { number.operand.ulp },
            ..number.operand
        },
        operands,
    };
    let agrees = |value: Ratio| {
        let stated = &reading.stated;
        agreement(number.value, stated.decimals, value).holds()
    };
    let computed = near(stored, result, &values)? || agrees(result.multiplied(by)?);
    // A formula that rounds on its way is not what the terms alone give.
    (agrees(target(&reading)?) == computed).then_some((kind, rule, reading))
}

/// Whether two results differ by no more than binary fractions do.
fn near(stored: Ratio, result: Ratio, values: &[Ratio]) -> Option<bool> {
    let gap = stored.minus(result)?.abs()?.times(BINARY_NOISE)?;
    let mut largest = stored.abs()?;
    for value in values {
        let value = value.abs()?;
        if value.compare(largest)?.is_gt() {
            largest = value;
        }
    }
    Some(gap.compare(largest)?.is_le())
}

/// The kind of relation that an operation is, `by` being what the number format multiplies its result by.
fn shape(calculation: &Calculation, by: Ratio, values: &[Ratio]) -> Option<(RelationKind, &'static str, Formula)> {
    Some(match calculation.operation {
        Operation::Sum if values.len() > 1 => (RelationKind::TableTotal, "formula-sum", Formula::Sum),
        // A sum of one cell only repeats it.
        Operation::Sum | Operation::Same => (RelationKind::Repeat, "formula-repeat", Formula::Equal),
        Operation::Difference => (RelationKind::Difference, "formula-difference", Formula::Difference),
        Operation::Mean => {
            if by.compare(Ratio::new(1, 1)?)?.is_ne() {
                return None;
            }
            (RelationKind::Average, "formula-mean", Formula::Mean)
        }
        Operation::Quotient { scale } => match whole(by.times(i128::from(scale))?)? {
            1 if values.len() == 2 => (RelationKind::Average, "formula-quotient", Formula::Mean),
            scale @ (100 | 1000) => (RelationKind::Ratio, "formula-rate", Formula::Ratio { scale }),
            _ => return None,
        },
        Operation::Growth => {
            let [now, before] = values else { return None };
            let growth = now.minus(*before)?.divided(*before)?.times(100)?;
            // Printed in percent, whether by the format or by the formula.
            if ratio(calculation.result)?.multiplied(by)?.compare(growth)?.is_ne() {
                return None;
            }
            (
                RelationKind::Change,
                "formula-growth",
                Formula::Growth { negative: false },
            )
        }
    })
}

fn whole(value: Ratio) -> Option<u32> {
    let value = value.reduced();
    u32::try_from(value.num()).ok().filter(|_| value.den() == 1)
}

/// What the operands of a reading give, in the scale of its stated figure.
fn target(reading: &Reading) -> Option<Ratio> {
    let values: Option<Vec<Ratio>> = reading
        .operands
        .iter()
        .map(|o| o.value.map(Ratio::from_decimal))
        .collect();
    let values = values?;
    let (first, rest) = values.split_first()?;
    let sum = |list: &[Ratio]| list.iter().try_fold(Ratio::new(0, 1)?, |sum, v| sum.plus(*v));
    match &reading.formula {
        Formula::Sum => sum(&values),
        Formula::Difference => first.minus(sum(rest)?),
        Formula::Ratio { scale } => first.divided(sum(rest)?)?.times(i128::from(*scale)),
        Formula::Mean => first.divided(*rest.first()?),
        Formula::Growth { .. } => {
            let before = *rest.first()?;
            first.minus(before)?.divided(before)?.times(100)
        }
        Formula::Equal => Some(*first),
        _ => None,
    }
}

/// Whether a relation of the same figure asks for the same number.
fn says_the_same(known: &Relation, reading: &Reading) -> bool {
    let asked = |reading: &Reading| target(reading)?.round_half_up(reading.stated.decimals);
    known
        .readings
        .iter()
        .any(|other| asked(other).is_some_and(|value| asked(reading) == Some(value)))
}

/// The row of the formula with the cells of the same table that it names, or what of that is not too long.
fn quote(cx: &Context<'_>, grid: &Grid, row: usize, reading: &Reading) -> Span {
    let first = grid.cells.partition_point(|c| c.row < row);
    let own = grid.cells[first..].iter().take_while(|c| c.row == row);
    let own = Context::cover(own.map(|c| c.span)).unwrap_or(grid.span);
    let named = reading.operands.iter().filter_map(|o| o.span);
    let all = Context::cover(named.filter(|s| grid.span.contains(*s)).chain([own])).unwrap_or(own);
    let quoted = if clip(cx, all) == all { all } else { own };
    let quoted = clip(cx, quoted);
    // Blank cells at the ends are no text.
    let text = cx.document.quote(quoted);
    let start = quoted.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

#[cfg(test)]
mod tests {
    use gouji_document::{Cell, Document, Term};

    use super::*;
    use crate::table::rig;

    /// A formula's cell, its operation, its terms as cell and value, what is stored, and what it gives.
    type Case<'a> = (&'a str, Operation, &'a [(&'a str, &'a str)], &'a str, &'a str);

    /// A number as `7`, `2.5` or `1/3`.
    fn exact(text: &str) -> Exact {
        let (num, den) = match (text.split_once('/'), text.split_once('.')) {
            (Some((num, den)), _) => (num.to_owned(), den.parse().expect("a denominator")),
            (None, Some((whole, places))) => (format!("{whole}{places}"), 10_i128.pow(places.len() as u32)),
            (None, None) => (text.to_owned(), 1),
        };
        let num = num.parse().expect("a number");
        Exact { num, den }
    }

    /// The document of `source` with its table as one of a workbook: `A2` counts from the header.
    fn book(source: &str, formulas: &[Case<'_>]) -> (Document, Vec<Relation>) {
        let (mut document, circular) = rig::circular(source);
        let mut grid = Grid {
            span: Span::new(0, source.len()),
            ..Grid::default()
        };
        let mut at = 0;
        for (row, line) in source.split('\n').enumerate() {
            for (col, text) in line.split('|').enumerate() {
                grid.cells.push(Cell {
                    row,
                    col,
                    row_span: 1,
                    col_span: 1,
                    span: Span::new(at, at + text.len()),
                    ..Cell::default()
                });
                at += text.len() + 1;
                grid.n_cols = grid.n_cols.max(col + 1);
            }
            grid.n_rows = row + 1;
        }
        let place = |address: &str| -> Option<usize> {
            let col = usize::from(*address.as_bytes().first()? - b'A');
            let row = address.get(1..)?.parse::<usize>().ok()? - 1;
            grid.cells.iter().position(|c| (c.row, c.col) == (row, col))
        };
        let made: Vec<_> = formulas
            .iter()
            .map(|(address, operation, terms, stored, result)| {
                let term = |(cell, value): &(&str, &str)| Term {
                    value: exact(value),
                    span: place(cell).map(|at| grid.cells[at].span),
                };
                let calculation = Calculation {
                    operation: *operation,
                    terms: terms.iter().map(term).collect(),
                    stored: exact(stored),
                    result: exact(result),
                };
                (place(address).expect("a cell"), Box::new(calculation))
            })
            .collect();
        for (at, calculation) in made {
            grid.cells[at].calculation = Some(calculation);
        }
        document.blocks = vec![Block::Table(grid)];
        let mut out = Vec::new();
        crate::table::relations(&Context::new(&document, &circular), &mut out);
        out.retain(|r| r.rule.starts_with("formula-"));
        (document, out)
    }

    #[track_caller]
    fn check(source: &str, formula: Case<'_>, expected: &[&str]) {
        let (document, found) = book(source, &[formula]);
        let lines: Vec<String> = found.iter().map(|r| rig::line(r, &document)).collect();
        assert_eq!(lines, expected);
    }

    const FEES: &str = "项目|甲|乙|合价\n木|3.4|2.3|5.8\n土|1|2|3";

    #[test]
    fn a_stale_sum_breaks_and_a_fresh_one_holds() {
        let terms = [("B2", "3.4"), ("C2", "2.3")];
        check(
            "项目|甲|乙|备\n木|3.4|2.3|7.7",
            ("D2", Operation::Sum, &terms, "7.7", "5.7"),
            &["table-total 7.7 <- 3.4 2.3 BAD"],
        );
        check(
            "项目|甲|乙|备\n木|3.4|2.3|5.7",
            ("D2", Operation::Sum, &terms, "5.7", "5.7"),
            &["table-total 5.7 <- 3.4 2.3 ok"],
        );
    }

    #[test]
    fn what_display_rounding_explains_holds() {
        // 3.44 and 2.34 print as 3.4 and 2.3; their sum as 5.8.
        let terms = [("B2", "3.44"), ("C2", "2.34")];
        check(
            FEES,
            ("D2", Operation::Sum, &terms, "5.78", "5.78"),
            &["table-total 5.8 <- 3.4 2.3 ok"],
        );
        // Binary fractions.
        check(
            FEES,
            ("D2", Operation::Sum, &terms, "5.7800000000001", "5.78"),
            &["table-total 5.8 <- 3.4 2.3 ok"],
        );
        // Stale by less than is printed.
        check(
            FEES,
            ("D2", Operation::Sum, &terms, "5.81", "5.78"),
            &["table-total 5.8 <- 3.4 2.3 ok"],
        );
    }

    #[test]
    fn a_formula_that_rounds_on_its_way_is_not_complained_of() {
        // ROUND(B2+C2, 0) is 6, which the terms alone are not.
        let terms = [("B2", "3.4"), ("C2", "2.3")];
        let source = "项目|甲|乙|备\n木|3.4|2.3|6.0";
        check(source, ("D2", Operation::Sum, &terms, "6", "6"), &[]);
    }

    #[test]
    fn rates_are_held_in_the_scale_that_the_format_prints() {
        let terms = [("B2", "3"), ("C2", "8")];
        let rate = |shown: &str| format!("项目|甲|乙|备\n木|3|8|{shown}");
        let plain = Operation::Quotient { scale: 1 };
        check(
            &rate("37.5%"),
            ("D2", plain, &terms, "0.375", "0.375"),
            &["ratio 37.5% <- 3 8 ok"],
        );
        check(
            &rate("35.7%"),
            ("D2", plain, &terms, "0.357", "0.375"),
            &["ratio 35.7% <- 3 8 BAD"],
        );
        let hundred = Operation::Quotient { scale: 100 };
        check(
            &rate("35.70"),
            ("D2", hundred, &terms, "35.7", "37.5"),
            &["ratio 35.70 <- 3 8 BAD"],
        );
        check(
            &rate("0.40"),
            ("D2", plain, &terms, "0.4", "0.375"),
            &["average 0.40 <- 3 8 BAD"],
        );
        check(
            &rate("-62.5%"),
            ("D2", Operation::Growth, &terms, "-0.625", "-5/8"),
            &["change -62.5% <- 3 8 ok"],
        );
    }

    #[test]
    fn figures_that_are_not_printed_as_such_are_left_alone() {
        let terms = [("B2", "3"), ("C2", "8")];
        // A format shows a word, or another number than the stored one.
        for shown in ["达标", "2024-05-01", "12"] {
            let source = format!("项目|甲|乙|备\n木|3|8|{shown}");
            check(&source, ("D2", Operation::Sum, &terms, "45413", "11"), &[]);
        }
    }

    #[test]
    fn blanks_add_nothing_and_cells_elsewhere_are_computed() {
        let terms = [("B2", "3"), ("C2", "0"), ("", "4")];
        check(
            "项目|甲|乙|备\n木|3||9",
            ("D2", Operation::Sum, &terms, "9", "7"),
            &["table-total 9 <- 3 4 BAD"],
        );
    }

    #[test]
    fn what_the_geometry_says_is_not_said_twice() {
        let source = "单位|受理|办结\n甲镇|10|9\n乙镇|20|18\n丙镇|30|27\n合计|60|55";
        let terms = |col: char| ["2", "3", "4"].map(|r| format!("{col}{r}"));
        let cells = terms('C');
        let all: Vec<(&str, &str)> = cells.iter().map(String::as_str).zip(["9", "18", "27"]).collect();
        check(source, ("C5", Operation::Sum, &all, "55", "54"), &[]);
        // A range that leaves a row out says something else.
        check(
            source,
            ("C5", Operation::Sum, &all[..2], "55", "27"),
            &["table-total 55 <- 9 18 BAD"],
        );
    }
}
