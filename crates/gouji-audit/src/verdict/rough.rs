//! 约、近、余、超: what a word of approximation admits, and what it does not.

use gouji_ledger::Formula;
use gouji_quantity::{Approx, Decimal, Ratio};

use crate::terms::Term;

/// Whether a rough percentage cannot be what its exact counts give: on the wrong side of its bar, or twice as far off as its word
/// admits.
pub(super) fn far(formula: &Formula, stated: &Term, operands: &[Term], exact: Ratio) -> bool {
    let beyond = || -> Option<bool> {
        let value = stated.value?;
        let slack = value.abs().checked_div(Decimal::TEN)?.max(stated.ulp);
        let twice = slack.checked_mul(Decimal::TWO)?;
        let below = |bar: Decimal| exact.compare(Ratio::from_decimal(bar)).map(std::cmp::Ordering::is_lt);
        let above = |bar: Decimal| exact.compare(Ratio::from_decimal(bar)).map(std::cmp::Ordering::is_gt);
        Some(match stated.approx {
            Approx::Exact => false,
            Approx::About => below(value.checked_sub(twice)?)? || above(value.checked_add(twice)?)?,
            Approx::Near => below(value.checked_sub(twice)?)? || above(value.checked_add(slack)?)?,
            Approx::Over => below(value)? || above(value.checked_add(twice)?)?,
            Approx::MoreThan | Approx::AtLeast => below(value)?,
            Approx::LessThan | Approx::AtMost => above(value)?,
        })
    };
    let counts = operands.iter().all(|o| o.approx == Approx::Exact && o.ulp.is_zero());
    matches!(formula, Formula::Ratio { .. }) && operands.len() == 2 && counts && beyond().unwrap_or(false)
}

/// Whether `exact` lies in what the stated figure's approximating word admits.
pub(super) fn loosely(stated: &Term, exact: Ratio) -> bool {
    let within = || -> Option<bool> {
        let value = stated.value?;
        let tenth = value.abs().checked_div(Decimal::TEN)?;
        let slack = tenth.max(stated.ulp);
        let (low, high) = match stated.approx {
            Approx::Exact => return Some(false),
            Approx::About => (value.checked_sub(slack), value.checked_add(slack)),
            Approx::Near => (value.checked_sub(slack), Some(value)),
            Approx::Over => (Some(value), value.checked_add(last_place(value, stated.ulp)?)),
            Approx::MoreThan | Approx::AtLeast => (Some(value), None),
            Approx::LessThan | Approx::AtMost => (None, Some(value)),
        };
        let at_least = match low {
            Some(low) => exact.compare(Ratio::from_decimal(low))?.is_ge(),
            None => true,
        };
        let at_most = match high {
            Some(high) => exact.compare(Ratio::from_decimal(high))?.is_le(),
            None => true,
        };
        Some(at_least && at_most)
    };
    within().unwrap_or(false)
}

/// One unit of the last place that is not zero: 10 of 480 (480余件), 100 of 500.
fn last_place(value: Decimal, ulp: Decimal) -> Option<Decimal> {
    let value = value.normalize();
    if !ulp.is_zero() && value.scale() > 0 {
        return Decimal::try_from_i128_with_scale(1, value.scale()).ok();
    }
    let mut place = Decimal::ONE;
    while !value.is_zero() && value.checked_rem(place.checked_mul(Decimal::TEN)?)?.is_zero() {
        place = place.checked_mul(Decimal::TEN)?;
    }
    Some(place)
}
