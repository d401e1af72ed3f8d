//! How near parts come to a total that they miss, and what a slip of the hand explains.

use gouji_quantity::{Decimal, one_keystroke};

use crate::context::Context;
use crate::prose::clauses::{Mention, Prose};

/// Whether two amounts differ by at most `percent` of the first.
pub(crate) fn within_percent(total: Decimal, sum: Decimal, percent: i64) -> bool {
    (sum - total)
        .abs()
        .checked_mul(Decimal::ONE_HUNDRED)
        .is_some_and(|gap| {
            total
                .checked_mul(Decimal::from(percent))
                .is_some_and(|limit| gap <= limit)
        })
}

/// Whether one wrong key in the total or in one part explains the gap.
pub(crate) fn one_slip(total: Decimal, sum: Decimal, parts: &[Decimal]) -> bool {
    let Some(gap) = sum.checked_sub(total) else {
        return false;
    };
    one_keystroke(total, sum)
        || parts.iter().any(|p| {
            p.checked_sub(gap)
                .is_some_and(|q| q >= Decimal::ZERO && one_keystroke(*p, q))
        })
}

/// Fewest units of its last place that make a rounded amount tell a wrong key from another amount.
const PRECISE: i64 = 1_000;

/// Fewest units of its last place that a rounded total has, for its parts to give it by more than chance.
const LEAST_PRECISE: i64 = 10;

/// Whether a total is the sum of its parts rounded half up, each of which is printed more exactly than it.
pub(super) fn rounds_to(cx: &Context, prose: &Prose, head: &Mention, sum: Decimal, aligned: &[Option<usize>]) -> bool {
    let ulp = |m: &Mention| cx.operand(m.fig).map(|o| o.ulp);
    let Some(own) = ulp(head).filter(|u| *u > Decimal::ZERO) else {
        return false;
    };
    let finer = aligned
        .iter()
        .flatten()
        .all(|m| ulp(&prose.mentions[*m]).is_some_and(|u| u.checked_mul(Decimal::TEN).is_some_and(|u| u <= own)));
    let precise = own
        .checked_mul(Decimal::from(LEAST_PRECISE))
        .is_some_and(|least| head.value >= least);
    let gap = sum
        .checked_sub(head.value)
        .and_then(|gap| gap.abs().checked_mul(Decimal::from(2)));
    finer && precise && gap.is_some_and(|gap| gap <= own)
}

/// Whether an amount is rounded to three digits or fewer.
pub(super) fn told_roughly(cx: &Context, m: &Mention) -> bool {
    let places = || m.value.checked_div(cx.operand(m.fig)?.ulp);
    m.decimals > 0 && places().is_some_and(|n| n < Decimal::from(PRECISE))
}

/// Whether parts come within a thousandth of a total that is large enough to tell, and within a tenth of what the parts beside the largest
/// are together, as no choice among them does.
pub(crate) fn hardly_chance(total: Decimal, sum: Decimal, parts: &[Decimal]) -> bool {
    let thousand = Decimal::ONE_THOUSAND;
    let gap = (total - sum).abs();
    let rest = parts.iter().max().and_then(|most| sum.checked_sub(*most));
    let within = |times: Decimal, of: Decimal| gap.checked_mul(times).is_some_and(|gap| gap <= of);
    total >= thousand && within(thousand, total) && rest.is_some_and(|rest| within(Decimal::TEN, rest))
}
