//! What a formula does at its outermost: the operation and the terms that a person would check it with.

use gouji_document::Operation;
use gouji_quantity::Ratio;

use super::evaluate::{At, Cells, whole};
use super::parse::{Expr, Function};

/// A term of a formula before its cell has a place in the text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    /// Its value.
    pub value: Ratio,
    /// Its cell, if it is one as it stands.
    pub cell: Option<At>,
}

/// Operation and terms of a formula; `None` if it is none of those that are explained.
pub(crate) fn explain(cells: &mut Cells, expr: &Expr) -> Option<(Operation, Vec<Part>)> {
    match peeled(expr) {
        Expr::Area(area) if area.is_cell() => Some((Operation::Same, vec![part(cells, peeled(expr))?])),
        sum @ Expr::Call(Function::Sum | Function::Subtotal, _) => {
            let mut parts = Vec::new();
            summands(cells, sum, false, &mut parts)?;
            Some((Operation::Sum, parts))
        }
        Expr::Call(Function::Average, arguments) => {
            let mut parts = Vec::new();
            for argument in arguments {
                match argument {
                    Expr::Area(area) => parts.extend(cells.numbers(area)?.into_iter().map(|(_, value)| value)),
                    other => parts.push(cells.value(other)?),
                }
            }
            let number = Ratio::new(i128::try_from(parts.len()).ok()?, 1)?;
            let computed = |value| Part { value, cell: None };
            Some((
                Operation::Mean,
                vec![computed(super::evaluate::sum(&parts)?), computed(number)],
            ))
        }
        Expr::Terms(terms) => differences(cells, terms),
        Expr::Factors(factors) => quotient(cells, factors),
        _ => None,
    }
}

/// Without rounding and the like around it.
fn peeled(mut expr: &Expr) -> &Expr {
    while let Expr::Call(Function::Round | Function::RoundUp | Function::RoundDown | Function::IfError, arguments) =
        expr
    {
        match arguments.first() {
            Some(inner) => expr = inner,
            None => break,
        }
    }
    expr
}

/// A cell as such, anything else by its value.
fn part(cells: &mut Cells, expr: &Expr) -> Option<Part> {
    let value = cells.value(expr)?;
    let cell = match expr {
        Expr::Area(area) if area.is_cell() => Some((area.sheet, area.top, area.left)),
        _ => None,
    };
    Some(Part { value, cell })
}

/// The summands of a sum, cells one by one.
fn summands(cells: &mut Cells, expr: &Expr, negative: bool, out: &mut Vec<Part>) -> Option<()> {
    let signed = |value: Ratio, cell: Option<At>| -> Option<Part> {
        Some(if negative {
            Part {
                value: value.negated()?,
                cell: None,
            }
        } else {
            Part { value, cell }
        })
    };
    match expr {
        Expr::Terms(terms) => {
            for (minus, term) in terms {
                summands(cells, term, negative != *minus, out)?;
            }
        }
        Expr::Negated(inner) => summands(cells, inner, !negative, out)?,
        Expr::Call(Function::Sum, arguments) => {
            for argument in arguments {
                match argument {
                    Expr::Area(area) => {
                        for (at, value) in cells.numbers(area)? {
                            out.push(signed(value, Some(at))?);
                        }
                    }
                    other => summands(cells, other, negative, out)?,
                }
            }
        }
        Expr::Call(Function::Subtotal, arguments) => {
            let (kind, areas) = arguments.split_first()?;
            let kind = whole(cells.value(kind)?).filter(|k| matches!(k, 9 | 109))?;
            for argument in areas {
                let Expr::Area(area) = argument else { return None };
                for (at, value) in cells.subtotalled(kind, area)? {
                    out.push(signed(value, Some(at))?);
                }
            }
        }
        other => {
            let part = part(cells, other)?;
            out.push(signed(part.value, part.cell)?);
        }
    }
    Some(())
}

/// a − b − …, a ÷ b − 1, or a sum with signs.
fn differences(cells: &mut Cells, terms: &[(bool, Expr)]) -> Option<(Operation, Vec<Part>)> {
    if let [(false, Expr::Factors(factors)), (true, one)] = terms
        && let [(false, now), (true, before)] = factors.as_slice()
        && constant(one).and_then(whole) == Some(1)
    {
        return Some((Operation::Growth, vec![part(cells, now)?, part(cells, before)?]));
    }
    let taken_off = terms.iter().skip(1).all(|(minus, _)| *minus);
    if taken_off && !terms.first()?.0 {
        let parts: Option<Vec<Part>> = terms.iter().map(|(_, term)| part(cells, term)).collect();
        return Some((Operation::Difference, parts?));
    }
    let mut parts = Vec::new();
    for (minus, term) in terms {
        summands(cells, term, *minus, &mut parts)?;
    }
    Some((Operation::Sum, parts))
}

/// a ÷ b, a ÷ b × 100, (a − b) ÷ b.
fn quotient(cells: &mut Cells, factors: &[(bool, Expr)]) -> Option<(Operation, Vec<Part>)> {
    let mut scale = Ratio::new(1, 1)?;
    let (mut over, mut under) = (None, None);
    for (divides, factor) in factors {
        match (constant(factor), divides) {
            (Some(by), false) => scale = scale.multiplied(by)?,
            (Some(by), true) => scale = scale.divided(by)?,
            (None, divides) => {
                let place = if *divides { &mut under } else { &mut over };
                if place.replace(factor).is_some() {
                    return None;
                }
            }
        }
    }
    let (over, under) = (over?, under?);
    let scale = u32::try_from(whole(scale)?)
        .ok()
        .filter(|s| matches!(s, 1 | 100 | 1000))?;
    if let Expr::Terms(terms) = over
        && let [(false, now), (true, before)] = terms.as_slice()
        && before == under
        && matches!(scale, 1 | 100)
    {
        return Some((Operation::Growth, vec![part(cells, now)?, part(cells, before)?]));
    }
    let mut parts = vec![part(cells, over)?];
    let mut wholes = Vec::new();
    summands(cells, under, false, &mut wholes)?;
    if wholes.iter().all(|w| w.cell.is_some()) {
        parts.extend(wholes);
    } else {
        parts.push(part(cells, under)?);
    }
    Some((Operation::Quotient { scale }, parts))
}

/// The value of a constant.
fn constant(expr: &Expr) -> Option<Ratio> {
    match expr {
        Expr::Number(constant) => Some(constant.0),
        Expr::Percent(inner) => constant(inner)?.divided(Ratio::new(100, 1)?),
        _ => None,
    }
}
