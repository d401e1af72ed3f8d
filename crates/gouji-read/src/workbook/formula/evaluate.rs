//! The cells of a workbook by place, and the value of a formula's tree over them: exact fractions, nothing else.
//!
//! A cell that a formula names counts with its stored value. One that was saved without a result is computed first, with an
//! explicit stack, so that a chain of any length is no deep recursion, and a circle is found.

use std::collections::BTreeSet;

use gouji_quantity::Ratio;

use super::parse::{Area, Expr, Function};

/// Cells that all formulas of a workbook may look at together; what is left over then is not computed.
const MAX_VISITS: usize = 4_000_000;
/// Largest power, and most places that are rounded to.
const MAX_POWER: i128 = 64;
const MAX_PLACES: i128 = 15;

/// A cell's place: sheet, row, column.
pub(crate) type At = (usize, u32, u32);

/// What a cell holds for a formula.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Content {
    /// A number.
    Number(Ratio),
    /// A text or truth value: left out of sums, and no operand.
    Other,
    /// An error, or a result that is not known: whatever names it is not known either.
    Unknown,
    /// The formula with this index, which was saved without a result.
    Waiting(usize),
}

/// A column of a sheet: its cells by row.
type Column = (u32, Vec<(u32, usize)>);

/// The cells of a workbook.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    contents: Vec<Content>,
    sheets: Vec<Vec<Column>>,
    /// Hidden rows of each sheet, ascending.
    hidden: Vec<Vec<u32>>,
    /// Slots whose formula is a SUBTOTAL, which another one leaves out.
    subtotals: BTreeSet<usize>,
    visits: usize,
}

impl Cells {
    /// Adds a sheet: its hidden rows, ascending, and its cells as row, column and content, in any order. Where a position is given
    /// twice, the first wins.
    pub fn add_sheet(&mut self, hidden: Vec<u32>, cells: impl Iterator<Item = (u32, u32, Content)>) {
        // Cells come row by row, so that each column is in order as it grows.
        let mut columns: Vec<Column> = Vec::new();
        let mut at = 0;
        for (row, col, content) in cells {
            let slot = self.contents.len();
            self.contents.push(content);
            // Mostly the column behind the one before.
            if columns.get(at).is_none_or(|c| c.0 != col) {
                at = columns.partition_point(|c| c.0 < col);
                if columns.get(at).is_none_or(|c| c.0 != col) {
                    columns.insert(at, (col, Vec::new()));
                }
            }
            columns[at].1.push((row, slot));
            at += 1;
        }
        for (_, rows) in &mut columns {
            if !rows.is_sorted_by(|a, b| a.0 < b.0) {
                rows.sort_by_key(|r| r.0);
                rows.dedup_by_key(|r| r.0);
            }
        }
        self.sheets.push(columns);
        self.hidden.push(hidden);
    }

    fn slot(&self, (sheet, row, col): At) -> Option<usize> {
        let columns = self.sheets.get(sheet)?;
        let (_, rows) = &columns[columns.binary_search_by_key(&col, |c| c.0).ok()?];
        Some(rows[rows.binary_search_by_key(&row, |r| r.0).ok()?].1)
    }

    /// What the cell at a place holds; `None` if it is empty.
    pub fn content(&self, at: At) -> Option<Content> {
        self.slot(at).map(|slot| self.contents[slot])
    }

    /// Notes that a cell's formula is a SUBTOTAL.
    pub fn mark_subtotal(&mut self, at: At) {
        self.subtotals.extend(self.slot(at));
    }

    /// The cells of an area that hold something, column by column; `None` once the limit is spent.
    fn cells(&mut self, area: &Area) -> Option<Vec<(At, usize)>> {
        let columns = self.sheets.get(area.sheet)?;
        let mut out = Vec::new();
        let first = columns.partition_point(|c| c.0 < area.left);
        for (col, rows) in columns[first..].iter().take_while(|c| c.0 <= area.right) {
            let from = rows.partition_point(|r| r.0 < area.top);
            let to = rows.partition_point(|r| r.0 <= area.bottom);
            self.visits += 1 + to - from;
            if self.visits > MAX_VISITS {
                return None;
            }
            out.extend(
                rows[from..to]
                    .iter()
                    .map(|&(row, slot)| ((area.sheet, row, *col), slot)),
            );
        }
        Some(out)
    }

    /// The numbers of an area with their places; `None` if something in it is not known.
    pub fn numbers(&mut self, area: &Area) -> Option<Vec<(At, Ratio)>> {
        let cells = self.cells(area)?;
        let mut out = Vec::with_capacity(cells.len());
        for (at, slot) in cells {
            match self.contents[slot] {
                Content::Number(value) => out.push((at, value)),
                Content::Other => {}
                Content::Unknown | Content::Waiting(_) => return None,
            }
        }
        Some(out)
    }

    /// The numbers that a SUBTOTAL of this kind takes from an area: none that is a SUBTOTAL itself, none of hidden rows from 101
    /// on. Below, rows that a filter hides are left out and others are not; the file does not say which is which.
    pub fn subtotalled(&mut self, kind: i128, area: &Area) -> Option<Vec<(At, Ratio)>> {
        let found = self.numbers(area)?;
        let mut out = Vec::with_capacity(found.len());
        for (at, value) in found {
            if self.slot(at).is_some_and(|slot| self.subtotals.contains(&slot)) {
                continue;
            }
            let hidden = self.hidden.get(at.0)?.binary_search(&at.1).is_ok();
            match (hidden, kind > 100) {
                (true, true) => {}
                (true, false) => return None,
                (false, _) => out.push((at, value)),
            }
        }
        Some(out)
    }

    /// Computes the formulas that wait, `formulas` being all of them by index, each with its place.
    pub fn settle(&mut self, formulas: &[(At, Option<Expr>)]) {
        #[derive(Clone, Copy, PartialEq)]
        enum State {
            New,
            Open,
            Done,
        }
        let mut states = vec![State::New; formulas.len()];
        for first in 0..formulas.len() {
            let mut stack = vec![first];
            while let Some(&at) = stack.last() {
                let (place, expr) = &formulas[at];
                let Some(slot) = self
                    .slot(*place)
                    .filter(|s| matches!(self.contents[*s], Content::Waiting(_)))
                else {
                    stack.pop();
                    continue;
                };
                let Some(expr) = expr.as_ref().filter(|_| states[at] != State::Done) else {
                    self.contents[slot] = Content::Unknown;
                    stack.pop();
                    continue;
                };
                if states[at] == State::New {
                    states[at] = State::Open;
                    match self.waiting(expr) {
                        Some(before) if before.iter().all(|b| states[*b] != State::Open) => stack.extend(before),
                        // A circle, or too much to look at.
                        _ => states[at] = State::Done,
                    }
                    continue;
                }
                self.contents[slot] = self.value(expr).map_or(Content::Unknown, Content::Number);
                states[at] = State::Done;
                stack.pop();
            }
        }
    }

    /// The formulas that wait among the cells that a tree names.
    fn waiting(&mut self, expr: &Expr) -> Option<Vec<usize>> {
        let mut areas = Vec::new();
        collect(expr, &mut areas);
        let mut out = Vec::new();
        for area in areas {
            for (_, slot) in self.cells(&area)? {
                if let Content::Waiting(formula) = self.contents[slot] {
                    out.push(formula);
                }
            }
        }
        Some(out)
    }

    /// The value of a tree; `None` if it has none that is sure.
    pub fn value(&mut self, expr: &Expr) -> Option<Ratio> {
        match expr {
            Expr::Number(constant) => Some(constant.0),
            Expr::Text => None,
            Expr::Area(area) if area.is_cell() => match self.content((area.sheet, area.top, area.left)) {
                None => Ratio::new(0, 1),
                Some(Content::Number(value)) => Some(value),
                Some(_) => None,
            },
            Expr::Area(_) => None,
            Expr::Terms(terms) => {
                let mut sum = Ratio::new(0, 1)?;
                for (minus, term) in terms {
                    let value = self.value(term)?;
                    sum = if *minus { sum.minus(value)? } else { sum.plus(value)? };
                }
                Some(sum)
            }
            Expr::Factors(factors) => {
                let mut product = Ratio::new(1, 1)?;
                for (over, factor) in factors {
                    let value = self.value(factor)?;
                    product = if *over {
                        product.divided(value)?
                    } else {
                        product.multiplied(value)?
                    };
                }
                Some(product)
            }
            Expr::Negated(inner) => self.value(inner)?.negated(),
            Expr::Percent(inner) => self.value(inner)?.divided(Ratio::new(100, 1)?),
            Expr::Power(base, exponent) => {
                let base = self.value(base)?;
                let exponent = whole(self.value(exponent)?).filter(|n| n.abs() <= MAX_POWER)?;
                let mut power = Ratio::new(1, 1)?;
                for _ in 0..exponent.unsigned_abs() {
                    power = power.multiplied(base)?;
                }
                if exponent < 0 {
                    Ratio::new(1, 1)?.divided(power)
                } else {
                    Some(power)
                }
            }
            Expr::Call(function, arguments) => self.call(*function, arguments),
        }
    }

    fn call(&mut self, function: Function, arguments: &[Expr]) -> Option<Ratio> {
        let zero = Ratio::new(0, 1)?;
        match (function, arguments) {
            (Function::Round | Function::RoundUp | Function::RoundDown, [value, places]) => {
                let value = self.value(value)?;
                let places = whole(self.value(places)?).filter(|n| n.abs() <= MAX_PLACES)?;
                round(function, value, places)
            }
            (Function::Abs, [value]) => self.value(value)?.abs(),
            (Function::IfError, [value, _]) => self.value(value),
            (Function::Sum, _) => sum(&self.all_numbers(arguments)?),
            (Function::Average, _) => mean(&self.all_numbers(arguments)?),
            (Function::Count, _) => Ratio::new(i128::try_from(self.all_numbers(arguments)?.len()).ok()?, 1),
            (Function::Max | Function::Min, _) => {
                let wanted = if function == Function::Max {
                    std::cmp::Ordering::Greater
                } else {
                    std::cmp::Ordering::Less
                };
                let mut best: Option<Ratio> = None;
                for value in self.all_numbers(arguments)? {
                    if match best {
                        Some(best) => value.compare(best)? == wanted,
                        None => true,
                    } {
                        best = Some(value);
                    }
                }
                Some(best.unwrap_or(zero))
            }
            (Function::Product, _) => {
                let numbers = self.all_numbers(arguments)?;
                let one = Ratio::new(1, 1)?;
                numbers.into_iter().try_fold(one, Ratio::multiplied)
            }
            (Function::SumProduct, [Expr::Area(first), rest @ ..]) => self.sum_of_products(first, rest),
            (Function::Subtotal, [kind, rest @ ..]) if !rest.is_empty() => {
                let kind = whole(self.value(kind)?)?;
                let mut numbers = Vec::new();
                for argument in rest {
                    let Expr::Area(area) = argument else { return None };
                    numbers.extend(self.subtotalled(kind, area)?.into_iter().map(|(_, value)| value));
                }
                match kind {
                    9 | 109 => sum(&numbers),
                    1 | 101 => mean(&numbers),
                    2 | 102 => Ratio::new(i128::try_from(numbers.len()).ok()?, 1),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The numbers that a function of many takes: those of areas, texts and blanks left out, and the values of others.
    fn all_numbers(&mut self, arguments: &[Expr]) -> Option<Vec<Ratio>> {
        let mut out = Vec::new();
        for argument in arguments {
            match argument {
                Expr::Area(area) => out.extend(self.numbers(area)?.into_iter().map(|(_, value)| value)),
                other => out.push(self.value(other)?),
            }
        }
        Some(out)
    }

    fn sum_of_products(&mut self, first: &Area, rest: &[Expr]) -> Option<Ratio> {
        let shape = |a: &Area| (a.bottom - a.top, a.right - a.left);
        let mut areas = Vec::new();
        for other in rest {
            match other {
                Expr::Area(area) if shape(area) == shape(first) => areas.push(*area),
                _ => return None,
            }
        }
        // An error anywhere makes the whole one.
        for area in &areas {
            self.numbers(area)?;
        }
        let mut total = Ratio::new(0, 1)?;
        for ((_, row, col), value) in self.numbers(first)? {
            let mut product = value;
            for area in &areas {
                let at = (area.sheet, area.top + (row - first.top), area.left + (col - first.left));
                self.visits += 1;
                product = match self.content(at) {
                    Some(Content::Number(factor)) => product.multiplied(factor)?,
                    _ => Ratio::new(0, 1)?,
                };
            }
            total = total.plus(product)?;
        }
        Some(total)
    }
}

/// The areas of a tree.
fn collect(expr: &Expr, out: &mut Vec<Area>) {
    match expr {
        Expr::Number(_) | Expr::Text => {}
        Expr::Area(area) => out.push(*area),
        Expr::Terms(list) | Expr::Factors(list) => list.iter().for_each(|(_, e)| collect(e, out)),
        Expr::Negated(inner) | Expr::Percent(inner) => collect(inner, out),
        Expr::Power(base, exponent) => {
            collect(base, out);
            collect(exponent, out);
        }
        Expr::Call(_, arguments) => arguments.iter().for_each(|e| collect(e, out)),
    }
}

/// The sum of numbers.
pub(crate) fn sum(numbers: &[Ratio]) -> Option<Ratio> {
    numbers.iter().try_fold(Ratio::new(0, 1)?, |sum, n| sum.plus(*n))
}

fn mean(numbers: &[Ratio]) -> Option<Ratio> {
    sum(numbers)?.divided(Ratio::new(i128::try_from(numbers.len()).ok()?, 1)?)
}

/// A whole number as such.
pub(crate) fn whole(value: Ratio) -> Option<i128> {
    let value = value.reduced();
    (value.den() == 1).then_some(value.num())
}

/// Half up in magnitude, away from zero, or cut off.
fn round(function: Function, value: Ratio, places: i128) -> Option<Ratio> {
    let power = Ratio::new(10_i128.checked_pow(u32::try_from(places.abs()).ok()?)?, 1)?;
    let scaled = if places >= 0 {
        value.multiplied(power)?
    } else {
        value.divided(power)?
    };
    let (num, den) = (scaled.num().checked_abs()?, scaled.den());
    let (floor, rest) = (num / den, num % den);
    let up = match function {
        Function::RoundUp => rest > 0,
        Function::RoundDown => false,
        _ => rest >= den - rest,
    };
    let rounded = Ratio::new((floor + i128::from(up)) * scaled.num().signum(), 1)?;
    if places >= 0 {
        rounded.divided(power)
    } else {
        rounded.multiplied(power)
    }
}
