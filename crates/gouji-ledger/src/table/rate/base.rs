//! Where the operands of a rate may stand, and what they give in a row.

use gouji_quantity::{Decimal, Ratio};

use super::Whole;
use crate::table::column::ColumnKind;
use crate::table::sheet::Sheet;
use crate::{Formula, Operand};

/// Where a rate's operands stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// part ÷ whole, both in the row.
    Pair { part: usize, whole: usize },
    /// (whole − exceptions) ÷ whole.
    Complement { except: usize, whole: usize },
    /// part ÷ (part + rest).
    Split { part: usize, rest: usize },
    /// The row's figure ÷ the column's total.
    OfTotal { col: usize },
    /// (now − before) ÷ before.
    Growth { now: usize, before: usize },
    /// sum ÷ number.
    Mean { sum: usize, number: usize },
}

pub(super) fn bases(sheet: &Sheet<'_>, counts: &[usize], wholes: &[Option<Whole>], col: usize) -> Vec<Base> {
    let mut out = Vec::new();
    let kind = sheet.columns[col].kind;
    for &a in counts {
        for &b in counts {
            if a == b {
                continue;
            }
            match kind {
                ColumnKind::Growth => out.push(Base::Growth { now: a, before: b }),
                ColumnKind::Mean => out.push(Base::Mean { sum: a, number: b }),
                _ => {
                    out.push(Base::Pair { part: a, whole: b });
                    out.push(Base::Complement { except: a, whole: b });
                    out.push(Base::Split { part: a, rest: b });
                }
            }
        }
        if kind == ColumnKind::Rate && wholes[a].is_some() {
            out.push(Base::OfTotal { col: a });
        }
    }
    out
}

/// What the base gives in a row: the exact rate.
pub(super) fn exact(sheet: &Sheet<'_>, wholes: &[Option<Whole>], base: Base, scale: u32, row: usize) -> Option<Ratio> {
    // 万元 in one column and 亿元 in the other.
    let n = |col: usize| {
        let factor = sheet.columns[col].magnitude.factor();
        sheet.own_number(row, col)?.value.checked_mul(factor)
    };
    let ratio = |part: Decimal, whole: Decimal| -> Option<Ratio> {
        (!whole.is_zero()).then_some(())?;
        Ratio::of(part, whole)?.times(i128::from(scale))
    };
    match base {
        Base::Pair { part, whole } => ratio(n(part)?, n(whole)?),
        Base::Complement { except, whole } => {
            let whole = n(whole)?;
            let part = whole.checked_sub(n(except)?)?;
            (part >= Decimal::ZERO).then_some(())?;
            ratio(part, whole)
        }
        Base::Split { part, rest } => {
            let part = n(part)?;
            ratio(part, part.checked_add(n(rest)?)?)
        }
        Base::OfTotal { col } => ratio(sheet.own_number(row, col)?.value, wholes.get(col)?.as_ref()?.value),
        Base::Growth { now, before } => {
            let before = n(before)?;
            ratio(n(now)?.checked_sub(before)?, before)
        }
        Base::Mean { sum, number } => {
            let number = n(number)?;
            (!number.is_zero()).then_some(())?;
            Ratio::of(n(sum)?, number)
        }
    }
}

/// The formula and the operands that give a row's rate; `None` where the base gives none.
pub(super) fn terms(
    sheet: &Sheet<'_>,
    wholes: &[Option<Whole>],
    base: Base,
    scale: u32,
    row: usize,
) -> Option<(Formula, Vec<Operand>)> {
    exact(sheet, wholes, base, scale, row)?;
    let pair = match base {
        Base::Pair { part: a, whole: b }
        | Base::Complement { except: a, whole: b }
        | Base::Split { part: a, rest: b }
        | Base::Growth { now: a, before: b }
        | Base::Mean { sum: a, number: b } => Some((a, b)),
        Base::OfTotal { .. } => None,
    };
    let magnitude = |col: usize| sheet.columns[col].magnitude;
    let mixed = pair.is_some_and(|(a, b)| magnitude(a) != magnitude(b));
    let n = |col: usize| {
        let mut operand = sheet.own_number(row, col)?.operand.clone();
        if mixed {
            let factor = magnitude(col).factor();
            operand.value = Some(operand.value?.checked_mul(factor)?);
            operand.ulp = operand.ulp.checked_mul(factor)?;
        }
        Some(operand)
    };
    let formula = Formula::Ratio { scale };
    Some(match base {
        Base::Pair { part, whole } => (formula, vec![n(part)?, n(whole)?]),
        Base::Complement { except, whole } => {
            let whole = n(whole)?;
            let part = whole.value?.checked_sub(n(except)?.value?)?;
            (formula, vec![Operand::computed(part), whole])
        }
        Base::Split { part, rest } => (formula, vec![n(part)?, n(part)?, n(rest)?]),
        Base::OfTotal { col } => (formula, vec![n(col)?, wholes.get(col)?.as_ref()?.operand.clone()]),
        Base::Growth { now, before } => (Formula::Growth { negative: false }, vec![n(now)?, n(before)?]),
        Base::Mean { sum, number } => (Formula::Mean, vec![n(sum)?, n(number)?]),
    })
}

pub(super) fn distance(col: usize, base: Base) -> usize {
    match base {
        Base::Pair { part: a, whole: b } => a.abs_diff(col) + b.abs_diff(col),
        // A part that is printed is nearer than one that must be computed.
        Base::Complement { except: a, whole: b } | Base::Split { part: a, rest: b } => {
            100 + a.abs_diff(col) + b.abs_diff(col)
        }
        Base::OfTotal { col: a } => a.abs_diff(col),
        Base::Growth { now: a, before: b } | Base::Mean { sum: a, number: b } => a.abs_diff(col) + b.abs_diff(col),
    }
}
