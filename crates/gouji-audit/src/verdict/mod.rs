//! The verdict on one reading: exact decimals in, [`Outcome`] out.
//!
//! A reading is turned into [`Term`]s first, so that the search for repairs can ask the same question of changed values.
//! Nothing here rounds to decide: what a printed figure can stand for is an interval, and what overflows is undecided.

mod formulas;
mod rough;
#[cfg(test)]
mod tests;

use gouji_ledger::{Cue, Formula, Ledger, Reading, Relation};
use gouji_quantity::Approx;

use crate::model::{Judgement, Verdict};
use crate::terms::{Exceptions, Term, exceptions};
use crate::wording;

pub(crate) use formulas::{Check, check};
use rough::{far, loosely};

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
