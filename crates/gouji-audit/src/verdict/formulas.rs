//! What a formula says of terms: one function each, exact decimals throughout.

use gouji_ledger::Formula;
use gouji_quantity::{Agreement, Decimal, Interval, Ratio, feasible, rounding_power};

use crate::model::Verdict;
use crate::terms::Term;

/// Least power of the feasibility test, in permille of the printable rates, for it to say anything.
const LEAST_POWER: u32 = 500;

/// What a check of terms concluded.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Check {
    /// The verdict.
    pub(crate) verdict: Verdict,
    /// What the operands give, in base units, where they give a number.
    pub(crate) exact: Option<Ratio>,
    /// For a percentage or mean held against exact counts: how it was rounded.
    pub(crate) agreement: Option<Agreement>,
}

impl Check {
    pub(super) fn undecided() -> Self {
        Self {
            verdict: Verdict::Undecided,
            exact: None,
            agreement: None,
        }
    }

    fn flag(holds: bool) -> Self {
        Self {
            verdict: if holds { Verdict::Holds } else { Verdict::Broken },
            exact: None,
            agreement: None,
        }
    }
}

/// Evaluates a formula over terms.
pub(crate) fn check(formula: &Formula, stated: &Term, operands: &[Term]) -> Check {
    let found = match formula {
        Formula::Sum => linear(stated, operands, true),
        Formula::Difference => linear(stated, operands, false),
        Formula::Ratio { scale } => match operands {
            [whole] => infeasible(stated, whole, *scale),
            [part, wholes @ ..] => quotient(stated, part, wholes, *scale, false),
            [] => None,
        },
        Formula::Mean => match operands {
            [sum, count] => quotient(stated, sum, std::slice::from_ref(count), 1, false),
            _ => None,
        },
        Formula::Growth { negative } => match operands {
            [now, before] => growth(stated, now, before, *negative),
            _ => None,
        },
        Formula::PointChange { negative } => match operands {
            [now, before] => points(stated, now, before, *negative),
            _ => None,
        },
        Formula::ShareSum => shares(stated, operands),
        Formula::Count { least, most, open } => count(stated, *least, *most, *open),
        Formula::Equal => operands.first().and_then(|other| equal(stated, other)),
        Formula::Bound { holds }
        | Formula::DateOrder { holds }
        | Formula::Sequence { holds }
        | Formula::SameTitle { holds } => Some(Check::flag(*holds)),
    };
    found.unwrap_or_else(Check::undecided)
}

fn by_agreement(agreement: Agreement) -> Verdict {
    match agreement {
        Agreement::Exact | Agreement::HalfUp => Verdict::Holds,
        Agreement::CutOff | Agreement::RoundedUp => Verdict::Rounding,
        Agreement::Off => Verdict::Broken,
        Agreement::Untestable => Verdict::Undecided,
    }
}

/// s = a ± b ± …: counts exactly, rounded amounts within their intervals.
fn linear(stated: &Term, operands: &[Term], plus: bool) -> Option<Check> {
    let (first, rest) = operands.split_first()?;
    let mut total = first.value?;
    let mut coarsest = first.ulp;
    for term in rest {
        coarsest = coarsest.max(term.ulp);
        total = if plus {
            total.checked_add(term.value?)?
        } else {
            total.checked_sub(term.value?)?
        };
    }
    let exact = Ratio::from_decimal(total);
    let verdict = if stated.value? == total {
        Verdict::Holds
    } else if stated.ulp.is_zero() && coarsest.is_zero() {
        Verdict::Broken
    } else {
        // A total printed coarser than its terms is rounded like any figure; so is one beside terms of which some are as coarse as it
        // (5.77万件 of 2.06万件, 3.00万件 and 7144件).
        let agreement = stated.agrees(exact)?;
        let rounded = if coarsest < stated.ulp || coarsest == stated.ulp && agreement.holds() {
            by_agreement(agreement)
        } else {
            Verdict::Broken
        };
        match rounded {
            Verdict::Broken if rounded_alike(stated, operands, plus)? => Verdict::Rounding,
            other => other,
        }
    };
    Some(Check {
        verdict,
        exact: Some(exact),
        agreement: None,
    })
}

/// Whether the figures of a sum can be true values that were all rounded, or all cut off: nobody rounds the terms and cuts off
/// their sum. A nought is as fine as the finest figure beside it, since what is there is not printed as nothing.
fn rounded_alike(stated: &Term, operands: &[Term], plus: bool) -> Option<bool> {
    let finest = operands.iter().chain([stated]).map(|t| t.ulp).min()?;
    let fits = |set: fn(Decimal, Decimal) -> Option<Interval>| {
        let of = |term: &Term| {
            let value = term.value?;
            let ulp = if value.is_zero() { finest } else { term.ulp };
            if ulp.is_zero() {
                Some(Interval::point(value))
            } else {
                set(value, ulp)
            }
        };
        let (first, rest) = operands.split_first()?;
        let sum = rest.iter().try_fold(of(first)?, |sum, term| {
            sum.plus(if plus { of(term)? } else { of(term)?.negated() })
        })?;
        Some(of(stated)?.meets(sum))
    };
    Some(fits(Interval::nearest)? || fits(Interval::cut_off)?)
}

fn total(terms: &[Term]) -> Option<(Decimal, Interval)> {
    let (first, rest) = terms.split_first()?;
    rest.iter()
        .try_fold((first.value?, first.interval()?), |(sum, set), t| {
            Some((sum.checked_add(t.value?)?, set.plus(t.interval()?)?))
        })
}

/// s = scale × a ÷ (b + c + …).
fn quotient(stated: &Term, part: &Term, wholes: &[Term], scale: u32, negate: bool) -> Option<Check> {
    let (whole, whole_set) = total(wholes)?;
    if whole.is_zero() {
        return None;
    }
    let sign = if negate { -1 } else { 1 };
    let exact = Ratio::of(part.value?, whole)?
        .times(i128::from(scale) * sign)?
        .reduced();
    let agreement = stated.agrees(exact)?;
    let mut verdict = by_agreement(agreement);
    let rounded_terms = !part.ulp.is_zero() || wholes.iter().any(|w| !w.ulp.is_zero());
    if verdict == Verdict::Broken && rounded_terms && whole_set.low > Decimal::ZERO {
        let set = part.interval()?;
        // Ends of a quotient of intervals, the divisor positive: the far end of the divisor shrinks, the near one stretches.
        let low_by = if set.low.is_sign_negative() {
            whole_set.low
        } else {
            whole_set.high
        };
        let high_by = if set.high.is_sign_negative() {
            whole_set.high
        } else {
            whole_set.low
        };
        let low = Ratio::of(set.low, low_by)?.times(i128::from(scale) * sign)?;
        let high = Ratio::of(set.high, high_by)?.times(i128::from(scale) * sign)?;
        let (low, high) = if negate { (high, low) } else { (low, high) };
        if reaches(stated, low, high)? {
            verdict = Verdict::Rounding;
        }
    }
    Some(Check {
        verdict,
        exact: Some(exact),
        agreement: Some(agreement),
    })
}

/// Whether the range of true values meets the tolerant set of the stated figure.
fn reaches(stated: &Term, low: Ratio, high: Ratio) -> Option<bool> {
    let unit = if stated.ulp.is_zero() {
        Decimal::try_from_i128_with_scale(1, stated.decimals).ok()?
    } else {
        stated.ulp
    };
    let set = Interval::tolerant(stated.value?, unit)?;
    Some(low.compare(Ratio::from_decimal(set.high))?.is_lt() && high.compare(Ratio::from_decimal(set.low))?.is_ge())
}

/// A rate whose part is not printed: can any whole number of cases give it?
fn infeasible(stated: &Term, whole: &Term, scale: u32) -> Option<Check> {
    let whole = whole.value?.normalize();
    if scale != 100 || whole.scale() != 0 || whole <= Decimal::ZERO {
        return None;
    }
    let whole = whole.mantissa();
    if rounding_power(stated.decimals, whole) < LEAST_POWER || feasible(stated.value?, stated.decimals, whole)? {
        return None;
    }
    Some(Check {
        verdict: Verdict::Infeasible,
        exact: None,
        agreement: None,
    })
}

/// s = 100 × (a − b) ÷ b. A fall may be printed with its sign or without.
fn growth(stated: &Term, now: &Term, before: &Term, negative: bool) -> Option<Check> {
    let (a, b) = (now.value?, before.value?);
    if b <= Decimal::ZERO {
        return None;
    }
    let sign = if negative && !stated.value?.is_sign_negative() {
        -1
    } else {
        1
    };
    let exact = Ratio::of(a.checked_sub(b)?, b)?.times(100 * sign)?.reduced();
    let agreement = stated.agrees(exact)?;
    let mut verdict = by_agreement(agreement);
    if verdict == Verdict::Broken && !(now.ulp.is_zero() && before.ulp.is_zero()) {
        let (x, y) = (now.interval()?, before.interval()?);
        if y.low > Decimal::ZERO && !x.low.is_sign_negative() {
            let low = Ratio::of(x.low.checked_sub(y.high)?, y.high)?.times(100 * sign)?;
            let high = Ratio::of(x.high.checked_sub(y.low)?, y.low)?.times(100 * sign)?;
            let (low, high) = if sign < 0 { (high, low) } else { (low, high) };
            if reaches(stated, low, high)? {
                verdict = Verdict::Rounding;
            }
        }
    }
    Some(Check {
        verdict,
        exact: Some(exact),
        agreement: Some(agreement),
    })
}

/// s = a − b in points, with the sign of the wording.
fn points(stated: &Term, now: &Term, before: &Term, negative: bool) -> Option<Check> {
    let flip = negative && !stated.value?.is_sign_negative();
    let pair = if flip { [*before, *now] } else { [*now, *before] };
    linear(stated, &pair, false)
}

/// Σ shares = the whole, within half a unit of the last place for each.
fn shares(stated: &Term, operands: &[Term]) -> Option<Check> {
    let (sum, _) = total(operands)?;
    let whole = stated.value.unwrap_or(Decimal::ONE_HUNDRED);
    let mut units = Decimal::ZERO;
    for term in operands {
        let unit = if term.ulp.is_zero() {
            Decimal::try_from_i128_with_scale(1, term.decimals).ok()?
        } else {
            term.ulp
        };
        units = units.checked_add(unit)?;
    }
    let gap = whole.checked_sub(sum)?;
    let half = units.checked_div(Decimal::TWO)?;
    let verdict = if gap.abs() <= half {
        Verdict::Holds
    } else if gap > Decimal::ZERO && gap < units {
        // Every share cut off: the sum falls short by less than one unit for each.
        Verdict::Rounding
    } else {
        Verdict::Broken
    };
    Some(Check {
        verdict,
        exact: Some(Ratio::from_decimal(sum)),
        agreement: None,
    })
}

/// A number of names between `least` and `most`, or at least `least` of an open list.
fn count(stated: &Term, least: usize, most: usize, open: bool) -> Option<Check> {
    let n = stated.value?;
    let holds = n >= Decimal::from(least) && (open || n <= Decimal::from(most));
    let shown = if n < Decimal::from(least) { least } else { most };
    Some(Check {
        exact: Some(Ratio::new(i128::try_from(shown).ok()?, 1)?),
        ..Check::flag(holds)
    })
}

/// One quantity printed twice: the coarser print must be a rounding of the finer.
fn equal(stated: &Term, other: &Term) -> Option<Check> {
    let (s, o) = (stated.value?, other.value?);
    let exact = Some(Ratio::from_decimal(o));
    let verdict = if s == o {
        Verdict::Holds
    } else if stated.ulp > other.ulp {
        by_agreement(stated.agrees(Ratio::from_decimal(o))?)
    } else if other.ulp > stated.ulp {
        by_agreement(other.agrees(Ratio::from_decimal(s))?)
    } else {
        Verdict::Broken
    };
    Some(Check {
        verdict,
        exact,
        agreement: None,
    })
}
