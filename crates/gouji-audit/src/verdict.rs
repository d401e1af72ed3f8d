//! The verdict on one reading: exact decimals in, [`Outcome`] out.
//!
//! A reading is turned into [`Term`]s first, so that the search for repairs can ask the same question of changed values.
//! Nothing here rounds to decide: what a printed figure can stand for is an interval, and what overflows is undecided.

use gouji_ledger::{Cue, Formula, Ledger, Reading, Relation};
use gouji_quantity::{Agreement, Approx, Decimal, Interval, Ratio, feasible, rounding_power};

use crate::model::{Judgement, Verdict};
use crate::terms::{Exceptions, Term, exceptions};
use crate::wording;

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
    fn undecided() -> Self {
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

/// A reading with its verdict and the sum that leads to it.
#[derive(Debug, Clone)]
pub(crate) struct Outcome {
    /// Index of the reading.
    pub(crate) reading: usize,
    /// The check.
    pub(crate) check: Check,
    /// What the operands give, printed as the stated figure is.
    pub(crate) expected: Option<String>,
    /// The exceptions that the part of a rate is computed from.
    pub(crate) exceptions: Option<Exceptions>,
}

/// Judges a relation: it holds if any reading does, and is broken only if all are.
pub(crate) fn judge(idx: usize, relation: &Relation, ledger: &Ledger) -> (Judgement, Outcome) {
    let mut best: Option<(u8, usize, Check)> = None;
    for (at, reading) in relation.readings.iter().enumerate() {
        let check = evaluate(reading, ledger);
        // A reading that cannot be decided might hold, so it stands before a complaint.
        let rank = match check.verdict {
            Verdict::Holds => 0,
            Verdict::Rounding => 1,
            Verdict::Undecided => 2,
            Verdict::Broken | Verdict::Infeasible => 3,
        };
        if best.as_ref().is_none_or(|(r, _, _)| rank < *r) {
            best = Some((rank, at, check));
        }
        if rank == 0 {
            break;
        }
    }
    let (_, reading, mut check) = best.unwrap_or((2, 0, Check::undecided()));
    // Arithmetic alone is evidence for a reading, never against a text.
    if relation.cue == Cue::Arithmetic && check.verdict != Verdict::Holds {
        check.verdict = Verdict::Undecided;
    }
    let expected = relation.readings.get(reading).and_then(|r| expected(r, &check));
    let outcome = Outcome {
        reading,
        check,
        expected: expected.clone(),
        exceptions: relation.readings.get(reading).and_then(|r| exceptions(r, ledger)),
    };
    let judgement = Judgement {
        relation: idx,
        reading,
        verdict: check.verdict,
        expected,
    };
    (judgement, outcome)
}

/// Evaluates one reading as printed.
pub(crate) fn evaluate(reading: &Reading, ledger: &Ledger) -> Check {
    let stated = Term::of(&reading.stated, ledger);
    let operands: Vec<Term> = reading.operands.iter().map(|o| Term::of(o, ledger)).collect();
    let found = check(&reading.formula, &stated, &operands);
    let approximate = stated.approx != Approx::Exact || operands.iter().any(|o| o.approx != Approx::Exact);
    if !approximate || matches!(found.verdict, Verdict::Holds | Verdict::Undecided) {
        return found;
    }
    // 约、近、余、超: the words widen the figure; what still does not fit is too vague to complain about.
    let fits =
        found.exact.is_some_and(|exact| loosely(&stated, exact)) && operands.iter().all(|o| o.approx == Approx::Exact);
    let verdict = if fits {
        Verdict::Holds
    } else if found
        .exact
        .is_some_and(|exact| far(&reading.formula, &stated, &operands, exact))
    {
        Verdict::Broken
    } else {
        Verdict::Undecided
    };
    Check { verdict, ..found }
}

/// Whether a rough percentage cannot be what its exact counts give: on the wrong side of its bar, or twice as far off as its word
/// admits.
fn far(formula: &Formula, stated: &Term, operands: &[Term], exact: Ratio) -> bool {
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
fn loosely(stated: &Term, exact: Ratio) -> bool {
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
    let mut interval = first.interval()?;
    let mut finest = first.ulp;
    for term in rest {
        let value = term.value?;
        let set = term.interval()?;
        finest = finest.max(term.ulp);
        total = if plus {
            total.checked_add(value)?
        } else {
            total.checked_sub(value)?
        };
        interval = interval.plus(if plus { set } else { set.negated() })?;
    }
    let exact = Ratio::from_decimal(total);
    let verdict = if stated.value? == total {
        Verdict::Holds
    } else if stated.ulp.is_zero() && finest.is_zero() {
        Verdict::Broken
    } else {
        // A total printed coarser than its terms is rounded like any figure.
        let rounded = if finest < stated.ulp {
            by_agreement(stated.agrees(exact)?)
        } else {
            Verdict::Broken
        };
        match rounded {
            Verdict::Broken if stated.interval()?.meets(interval) => Verdict::Rounding,
            other => other,
        }
    };
    Some(Check {
        verdict,
        exact: Some(exact),
        agreement: None,
    })
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

/// What the operands give, printed as the stated figure is.
fn expected(reading: &Reading, found: &Check) -> Option<String> {
    match reading.formula {
        Formula::Bound { .. } | Formula::DateOrder { .. } | Formula::SameTitle { .. } | Formula::Sequence { .. } => {
            reading.operands.first().map(|o| o.surface.clone())
        }
        Formula::ShareSum => Some(reading.stated.surface.clone()),
        _ => wording::printed_like(&reading.stated, found.exact?),
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{FigureClass, RelationKind};
    use proptest::prelude::*;

    use super::*;
    use crate::sample::Sample;

    fn verdict(formula: Formula, stated: &str, operands: &[&str]) -> (Verdict, Option<String>) {
        let mut sample = Sample::new();
        sample.relate(RelationKind::Sum, Cue::Explicit, formula, stated, operands);
        let audit = sample.audit();
        (audit.judgements[0].verdict, audit.judgements[0].expected.clone())
    }

    fn of(formula: Formula, stated: &str, operands: &[&str]) -> &'static str {
        verdict(formula, stated, operands).0.name()
    }

    #[test]
    fn sums() {
        assert_eq!(of(Formula::Sum, "51件", &["20件", "31件"]), "holds");
        assert_eq!(of(Formula::Sum, "52件", &["20件", "31件"]), "broken");
        assert_eq!(of(Formula::Sum, "63.24万元", &["31.52万元", "31.73万元"]), "rounding");
        assert_eq!(of(Formula::Sum, "1.23亿元", &["8000.00万元", "4261.00万元"]), "holds");
        assert_eq!(
            of(Formula::Sum, "1.22亿元", &["8000.00万元", "4261.00万元"]),
            "rounding"
        );
        assert_eq!(of(Formula::Sum, "1.21亿元", &["8000.00万元", "4261.00万元"]), "broken");
        assert_eq!(
            verdict(Formula::Sum, "62,418.35万元", &["31,207.18万元", "31,211.18万元"])
                .1
                .as_deref(),
            Some("62,418.36万元")
        );
    }

    #[test]
    fn differences_of_rates() {
        assert_eq!(of(Formula::Difference, "-1.20‰", &["6.15‰", "7.34‰"]), "rounding");
        assert_eq!(of(Formula::Difference, "-1.19‰", &["6.15‰", "7.34‰"]), "holds");
        assert_eq!(
            of(Formula::PointChange { negative: true }, "2.3%", &["5.4%", "7.7%"]),
            "holds"
        );
        assert_eq!(
            of(Formula::PointChange { negative: false }, "2.3%", &["5.4%", "7.7%"]),
            "broken"
        );
    }

    #[test]
    fn ratios() {
        let ratio = || Formula::Ratio { scale: 100 };
        assert_eq!(of(ratio(), "94.7%", &["143件", "151件"]), "holds");
        assert_eq!(of(ratio(), "62%", &["5件", "8件"]), "rounding");
        assert_eq!(of(ratio(), "12%", &["1件", "9件"]), "rounding");
        assert_eq!(of(ratio(), "28.4%", &["41件", "143件"]), "broken");
        assert_eq!(of(ratio(), "29.00%", &["36件", "124件"]), "broken");
        assert_eq!(of(ratio(), "100%", &["999件", "1000件"]), "holds");
        assert_eq!(of(ratio(), "0%", &["0件", "0件"]), "undecided");
        assert_eq!(of(ratio(), "30%", &["3件", "4件", "6件"]), "holds");
        assert_eq!(of(Formula::Ratio { scale: 1000 }, "5.0‰", &["5件", "1000件"]), "holds");
        // A quotient of amounts that are rounded themselves.
        assert_eq!(of(ratio(), "7.6%", &["3.62亿元", "47.18亿元"]), "rounding");
        assert_eq!(of(ratio(), "18%", &["1.9亿元", "10.0亿元"]), "rounding");
        assert_eq!(of(ratio(), "17%", &["1.9亿元", "10.0亿元"]), "broken");
    }

    #[test]
    fn growth() {
        let fall = || Formula::Growth { negative: true };
        assert_eq!(of(fall(), "26.0%", &["97件", "131件"]), "holds");
        assert_eq!(of(fall(), "-26.0%", &["97件", "131件"]), "holds");
        assert_eq!(of(fall(), "35.1%", &["97件", "131件"]), "broken");
        assert_eq!(
            of(Formula::Growth { negative: false }, "26.0%", &["97件", "131件"]),
            "broken"
        );
        assert_eq!(of(fall(), "26.0%", &["97件", "0件"]), "undecided");
    }

    #[test]
    fn shares_within_and_beyond_rounding() {
        assert_eq!(of(Formula::ShareSum, "100%", &["33%", "33%", "33%"]), "holds");
        assert_eq!(of(Formula::ShareSum, "100%", &["32%", "33%", "33%"]), "rounding");
        assert_eq!(of(Formula::ShareSum, "100%", &["32%", "32%", "33%"]), "broken");
        assert_eq!(of(Formula::ShareSum, "100%", &["34%", "34%", "34%"]), "broken");
        assert_eq!(of(Formula::ShareSum, "100%", &["33.3%", "33.3%", "33.3%"]), "holds");
    }

    #[test]
    fn one_quantity_twice() {
        assert_eq!(of(Formula::Equal, "12件", &["12件"]), "holds");
        assert_eq!(of(Formula::Equal, "12件", &["13件"]), "broken");
        assert_eq!(of(Formula::Equal, "94.7%", &["94.68%"]), "holds");
        assert_eq!(of(Formula::Equal, "94.68%", &["94.7%"]), "holds");
        assert_eq!(of(Formula::Equal, "94.6%", &["94.68%"]), "rounding");
        assert_eq!(of(Formula::Equal, "94.8%", &["94.7%"]), "broken");
    }

    #[test]
    fn rates_without_their_part() {
        let ratio = || Formula::Ratio { scale: 100 };
        assert_eq!(of(ratio(), "87.35%", &["412件"]), "infeasible");
        assert_eq!(of(ratio(), "83.7%", &["829件"]), "undecided");
        assert_eq!(of(ratio(), "87.5%", &["40件"]), "undecided");
    }

    #[test]
    fn rough_percentages_of_exact_counts() {
        let with = |stated: &str, approx, part: &str| {
            let mut sample = Sample::new();
            let figure = sample.figure(stated, FigureClass::Rate);
            sample.figure_mut(figure).stated.as_mut().expect("a value").approx = approx;
            let formula = Formula::Ratio { scale: 100 };
            sample.relate_to(figure, RelationKind::Ratio, Cue::Explicit, formula, &[part, "200件"]);
            sample.audit().judgements[0].verdict.name()
        };
        assert_eq!(with("97%", Approx::MoreThan, "195件"), "holds");
        assert_eq!(with("97%", Approx::MoreThan, "190件"), "broken");
        assert_eq!(with("30%", Approx::Near, "58件"), "holds");
        assert_eq!(with("30%", Approx::Near, "62件"), "undecided");
        assert_eq!(with("30%", Approx::Near, "70件"), "broken");
        assert_eq!(with("50%", Approx::About, "108件"), "holds");
        assert_eq!(with("50%", Approx::About, "114件"), "undecided");
        assert_eq!(with("50%", Approx::About, "140件"), "broken");
    }

    #[test]
    fn words_of_approximation_widen_a_figure() {
        let with = |stated: &str, approx| {
            let mut sample = Sample::new();
            let figure = sample.figure(stated, FigureClass::Count);
            sample.figure_mut(figure).stated.as_mut().expect("a value").approx = approx;
            sample.relate_to(
                figure,
                RelationKind::Sum,
                Cue::Explicit,
                Formula::Sum,
                &["300件", "190件"],
            );
            sample.audit().judgements[0].verdict.name()
        };
        assert_eq!(with("500件", Approx::About), "holds");
        assert_eq!(with("500件", Approx::Near), "holds");
        assert_eq!(with("500件", Approx::MoreThan), "undecided");
        assert_eq!(with("480件", Approx::Over), "holds");
        assert_eq!(with("490件", Approx::Exact), "holds");
        assert_eq!(with("400件", Approx::Over), "holds", "400余件 is fewer than 500");
        assert_eq!(with("460件", Approx::Over), "undecided", "460余件 is fewer than 470");
        assert_eq!(with("500件", Approx::Exact), "broken");
    }

    #[test]
    fn a_complaint_needs_all_readings_to_fail() {
        let judged = |second: &[&str]| {
            let mut sample = Sample::new();
            let total = sample.figure("9件", FigureClass::Count);
            sample.relate_to(total, RelationKind::Sum, Cue::Explicit, Formula::Sum, &["4件", "4件"]);
            sample.relate_to(total, RelationKind::Sum, Cue::Explicit, Formula::Sum, second);
            let other = sample.ledger.relations.pop().expect("two");
            sample.ledger.relations[0].readings.extend(other.readings);
            let audit = sample.audit();
            (audit.judgements[0].verdict.name(), audit.judgements[0].reading)
        };
        assert_eq!(judged(&["4件", "5件"]), ("holds", 1));
        assert_eq!(judged(&["4件", "6件"]), ("broken", 0));
        assert_eq!(judged(&[]), ("undecided", 1));
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        /// Changing one figure of two consistent partitions breaks exactly the relations that hold it, and the old value is
        /// among the repairs.
        #[test]
        fn planted_errors_are_found_and_placed(
            by_kind in prop::collection::vec(1_u32..500, 2..6),
            cut in 1_u32..500,
            slot in 0_usize..8,
            wrong in 1_u32..900,
        ) {
            let total: u32 = by_kind.iter().sum();
            let by_unit = [cut.min(total - 1), total - cut.min(total - 1)];
            let mut values: Vec<u32> = vec![total];
            values.extend(&by_kind);
            values.extend(by_unit);
            let slot = slot % values.len();
            let right = values[slot];
            prop_assume!(wrong != right);
            values[slot] = wrong;
            let mut sample = Sample::new();
            let figures: Vec<_> = values.iter().map(|v| sample.figure(&format!("{v}件"), FigureClass::Count)).collect();
            let (kinds, units) = figures[1..].split_at(by_kind.len());
            sample.tie(RelationKind::Sum, Cue::Explicit, Formula::Sum, figures[0], kinds);
            sample.tie(RelationKind::Sum, Cue::Explicit, Formula::Sum, figures[0], units);
            let audit = sample.audit();
            let broken: Vec<bool> = audit.judgements.iter().map(|j| j.verdict == Verdict::Broken).collect();
            let in_kinds = slot <= by_kind.len();
            prop_assert_eq!(broken, vec![in_kinds, slot == 0 || !in_kinds]);
            prop_assert_eq!(audit.findings.iter().filter(|f| f.relation.is_some()).count(), if slot == 0 { 2 } else { 1 });
            let old = format!("{right}件");
            for finding in audit.findings.iter().filter(|f| f.relation.is_some()) {
                let named = finding.repairs.iter().any(|r| r.to == old && r.at == sample.ledger.figures[slot].span);
                // A list is capped, and what would need a negative figure is no repair.
                prop_assert!(named || finding.repairs.len() == 5, "{:?}", finding.repairs);
            }
        }
    }
}
