//! Where the operands of a rate may stand, and what they give in a row.

use gouji_quantity::{Decimal, Ratio, UnitClass};

use super::Whole;
use crate::table::column::ColumnKind;
use crate::table::sheet::{Course, Sheet};
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
    /// by ÷ (now − by), where no column has what was before.
    Increase { now: usize, by: usize },
    /// sum ÷ number.
    Mean { sum: usize, number: usize },
}

/// Words of a column of an earlier time.
const PAST: &[&str] = &["去年", "上年", "同期", "上月", "上季", "上期", "上周"];

/// The bases that a column of rates, growth or means may have among columns of counts.
pub(super) fn bases(sheet: &Sheet<'_>, counts: &[usize], wholes: &[Option<Whole>], col: usize) -> Vec<Base> {
    let mut out = Vec::new();
    let kind = sheet.columns[col].kind;
    // 上年合格率 is a rate of last year's figures, however near this year's come to it.
    let past = |c: usize| PAST.iter().any(|w| sheet.columns[c].header.contains(w));
    let of_past = kind == ColumnKind::Rate && past(col);
    let counts: Vec<usize> = counts.iter().copied().filter(|c| !of_past || past(*c)).collect();
    for &a in &counts {
        for &b in &counts {
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

/// Words of a column that says by how much something grew or fell.
const INCREASES: &[&str] = &[
    "增减",
    "增加",
    "增长",
    "增/减",
    "增／减",
    "净增",
    "变化",
    "变动",
    "同比",
    "环比",
    "较上",
    "比上",
    "较去",
    "比去",
    "升降",
];

/// Words of a column that says by how much something fell, without a sign.
const DECREASES: &[&str] = &["减少", "下降", "降低"];

/// Columns on both sides of a rate of growth among which its increase is looked for.
const BESIDE: usize = 6;

/// The bases of a rate of growth whose table has no figure of the time before: an increase and the figure that grew.
pub(super) fn increases(sheet: &Sheet<'_>, counts: &[usize], col: usize) -> Vec<Base> {
    let grew = |c: usize| {
        let column = &sheet.columns[c];
        let has = |words: &[&str]| words.iter().any(|w| column.header.contains(w));
        let counted = match column.kind {
            ColumnKind::Count => true,
            ColumnKind::Growth => (0..sheet.n_rows()).all(|r| sheet.own_number(r, c).is_none_or(|n| !n.percent)),
            _ => false,
        };
        let percent = column
            .unit
            .as_ref()
            .is_some_and(|u| matches!(u.class, UnitClass::Percent | UnitClass::Points));
        counted && !percent && has(INCREASES) && (column.header.contains('增') || !has(DECREASES))
    };
    let columns = col.saturating_sub(BESIDE)..(col + BESIDE + 1).min(sheet.n_cols());
    let mut out = Vec::new();
    for by in columns.filter(|c| *c != col && grew(*c)) {
        for &now in counts.iter().filter(|now| **now != by && !grew(**now)) {
            out.push(Base::Increase { now, by });
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
        Base::Increase { now, by } => {
            let (by, before) = before(sheet, row, now, by)?;
            ratio(by, before.value?)
        }
        Base::Mean { sum, number } => {
            let number = n(number)?;
            (!number.is_zero()).then_some(())?;
            Ratio::of(n(sum)?, number)
        }
    }
}

/// How much a row's figure grew by, with its sign, and what it was before; in base units.
fn before(sheet: &Sheet<'_>, row: usize, now: usize, by: usize) -> Option<(Decimal, Operand)> {
    let (n, b) = (sheet.own_number(row, now)?, sheet.own_number(row, by)?);
    // ▲ alone says less in one table and more in another.
    (b.course != Course::Either).then_some(())?;
    let (of_now, of_by) = (
        sheet.columns[now].magnitude.factor(),
        sheet.columns[by].magnitude.factor(),
    );
    let increase = b.signed(b.value).checked_mul(of_by)?;
    let mut operand = Operand::computed(n.value.checked_mul(of_now)?.checked_sub(increase)?);
    operand.ulp = n
        .operand
        .ulp
        .checked_mul(of_now)?
        .checked_add(b.operand.ulp.checked_mul(of_by)?)?;
    Some((increase, operand))
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
        Base::OfTotal { .. } | Base::Increase { .. } => None,
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
        Base::Increase { now, by } => {
            let (_, before) = before(sheet, row, now, by)?;
            let mut operand = n(now)?;
            let factor = magnitude(now).factor();
            operand.value = Some(operand.value?.checked_mul(factor)?);
            operand.ulp = operand.ulp.checked_mul(factor)?;
            (Formula::Growth { negative: false }, vec![operand, before])
        }
        Base::Mean { sum, number } => (Formula::Mean, vec![n(sum)?, n(number)?]),
    })
}

pub(super) fn distance(col: usize, base: Base) -> usize {
    match base {
        Base::Pair { part: a, whole: b }
        | Base::Increase { now: a, by: b }
        | Base::Growth { now: a, before: b }
        | Base::Mean { sum: a, number: b } => a.abs_diff(col) + b.abs_diff(col),
        // A part that is printed is nearer than one that must be computed.
        Base::Complement { except: a, whole: b } | Base::Split { part: a, rest: b } => {
            100 + a.abs_diff(col) + b.abs_diff(col)
        }
        Base::OfTotal { col: a } => a.abs_diff(col),
    }
}
