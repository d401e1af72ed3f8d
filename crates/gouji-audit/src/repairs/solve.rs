//! The value of one figure that makes a formula hold, the other figures as printed.

use gouji_ledger::Formula;
use gouji_quantity::{Decimal, Ratio};

use crate::terms::Term;
use crate::verdict::Check;

/// Most values of a range that are named one by one.
const MOST_SINGLE: usize = 4;

/// A value that a figure may have to be, in base units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Value {
    /// The value; of a range the end nearer to the present one.
    pub(super) near: Decimal,
    /// The far end of a range, each step of which would do.
    pub(super) far: Decimal,
}

impl Value {
    pub(super) fn one(value: Decimal) -> Self {
        Self {
            near: value,
            far: value,
        }
    }
}

/// The values of one slot (0 the stated figure, n the operand n − 1) that make the formula hold: one for an equality; for a
/// stated rate the one rounded half up and, where it differs, the one cut off; for a part or whole of a rate a few, or a range.
///
/// `taken` are the exceptions, if the part is whole less exceptions: then slot 1 stands for the exceptions.
pub(super) fn solve(
    formula: &Formula,
    stated: &Term,
    operands: &[Term],
    slot: usize,
    found: &Check,
    taken: Option<Decimal>,
) -> Vec<Value> {
    if let (Formula::ShareSum, 0) = (formula, slot) {
        return Vec::new();
    }
    let quotient = match formula {
        Formula::Ratio { scale } => Some(*scale),
        Formula::Mean => Some(1),
        _ => None,
    };
    match (slot.checked_sub(1), quotient) {
        (None, _) => {
            let mut values: Vec<Decimal> = printed(stated, found, false).into_iter().collect();
            if quotient.is_some() || matches!(formula, Formula::Growth { .. }) {
                values.extend(printed(stated, found, true).filter(|cut| !values.contains(cut)));
            }
            let printable = values.into_iter().filter_map(|value| as_printable(stated, value));
            printable.map(Value::one).collect()
        }
        (Some(at), Some(scale)) if operands.len() == 2 => {
            quotient_range(stated, operands, at, scale, taken).map_or_else(Vec::new, spread)
        }
        (Some(at), _) => operand(formula, stated, operands, at, found)
            .and_then(|value| as_printable(operands.get(at)?, value))
            .map(Value::one)
            .into_iter()
            .collect(),
    }
}

/// A short range value by value, a long one as such.
fn spread((near, far, step): (Decimal, Decimal, Decimal)) -> Vec<Value> {
    let apart = far.checked_sub(near).and_then(|gap| gap.checked_div(step));
    let Some(steps) = apart.filter(|gap| gap.abs() < Decimal::from(MOST_SINGLE)) else {
        return vec![Value { near, far }];
    };
    let toward = if steps.is_sign_negative() { -step } else { step };
    std::iter::successors(Some(near), |value| value.checked_add(toward).filter(|_| *value != far))
        .take(MOST_SINGLE)
        .map(Value::one)
        .collect()
}

/// What the operands give, at the places of the stated figure.
fn printed(stated: &Term, found: &Check, cut: bool) -> Option<Decimal> {
    let factor = stated.factor();
    let by = Ratio::from_decimal(factor);
    let exact = found.exact?;
    let value = Ratio::new(exact.num().checked_mul(by.den())?, exact.den().checked_mul(by.num())?)?.reduced();
    let mut rounded = value.round_half_up(stated.decimals)?;
    if cut {
        let unit = Decimal::try_from_i128_with_scale(1, stated.decimals).ok()?;
        let (above, below) = (
            Ratio::from_decimal(rounded).compare(value)?.is_gt(),
            value.num().is_negative(),
        );
        if above && !below {
            rounded = rounded.checked_sub(unit)?;
        }
    }
    rounded.checked_mul(factor)
}

fn operand(formula: &Formula, stated: &Term, operands: &[Term], at: usize, found: &Check) -> Option<Decimal> {
    let s = stated.value?;
    let now = operands.get(at)?.value?;
    match formula {
        // What is missing from the sum is added to the one term.
        Formula::Sum => now.checked_add(s.checked_sub(total(found)?)?),
        Formula::ShareSum => now.checked_add(Decimal::ONE_HUNDRED.checked_sub(total(found)?)?),
        Formula::Difference if at == 0 => now.checked_add(s.checked_sub(total(found)?)?),
        Formula::Difference => now.checked_sub(s.checked_sub(total(found)?)?),
        Formula::PointChange { negative } => {
            let change = if *negative && !s.is_sign_negative() { -s } else { s };
            match at {
                0 => operands.get(1)?.value?.checked_add(change),
                _ => operands.first()?.value?.checked_sub(change),
            }
        }
        Formula::Equal => Some(s),
        _ => None,
    }
}

/// The sum or difference of decimals, which is one itself.
fn total(found: &Check) -> Option<Decimal> {
    let exact = found.exact?;
    let scale = exact.den().checked_ilog10()?;
    (10_i128.checked_pow(scale)? == exact.den())
        .then(|| Decimal::try_from_i128_with_scale(exact.num(), scale).ok())
        .flatten()
}

/// The values of the part (0) or the whole (1) of a quotient that give the printed quotient by half-up rounding: the end
/// nearer to the present value, the other end, and the step between two of them.
fn quotient_range(
    stated: &Term,
    operands: &[Term],
    at: usize,
    scale: u32,
    taken: Option<Decimal>,
) -> Option<(Decimal, Decimal, Decimal)> {
    let unit = if stated.ulp.is_zero() {
        Decimal::try_from_i128_with_scale(1, stated.decimals).ok()?
    } else {
        stated.ulp
    };
    let half = unit.checked_div(Decimal::TWO)?;
    let s = stated.value?;
    let (low, high) = (s.checked_sub(half)?, s.checked_add(half)?);
    if low <= Decimal::ZERO {
        return None;
    }
    let scale = Decimal::from(scale);
    let (part, whole) = (operands[0].value?, operands[1].value?);
    let (low, high, now) = match (at, taken) {
        (0, None) => {
            let per = |rate: Decimal| rate.checked_mul(whole)?.checked_div(scale);
            (per(low)?, per(high)?, part)
        }
        (_, None) => {
            let per = |rate: Decimal| part.checked_mul(scale)?.checked_div(rate);
            (per(high)?, per(low)?, whole)
        }
        (0, Some(taken)) => {
            let per = |rate: Decimal| scale.checked_sub(rate)?.checked_mul(whole)?.checked_div(scale);
            (per(high)?, per(low)?, taken)
        }
        // whole = scale × exceptions ÷ (scale − rate)
        (_, Some(taken)) => {
            let per = |rate: Decimal| taken.checked_mul(scale)?.checked_div(scale.checked_sub(rate)?);
            if high >= scale {
                return None;
            }
            (per(low)?, per(high)?, whole)
        }
    };
    let step = if operands[at].ulp.is_zero() {
        Decimal::ONE
    } else {
        operands[at].ulp
    };
    let first = low.max(Decimal::ZERO).checked_div(step)?.ceil().checked_mul(step)?;
    let last = high.checked_div(step)?.floor().checked_mul(step)?;
    if first > last {
        return None;
    }
    Some(if now < first {
        (first, last, step)
    } else {
        (last, first, step)
    })
}

/// The value, if it can be printed in the figure's place: on its last place, and not below zero unless it was.
fn as_printable(term: &Term, value: Decimal) -> Option<Decimal> {
    let step = if term.ulp.is_zero() {
        Decimal::try_from_i128_with_scale(1, term.decimals).ok()?
    } else {
        term.ulp
    };
    let whole_steps = value.checked_rem(step)?.is_zero();
    let sign_kept = !value.is_sign_negative() || value.is_zero() || term.value?.is_sign_negative();
    (whole_steps && sign_kept && Some(value) != term.value).then_some(value)
}
