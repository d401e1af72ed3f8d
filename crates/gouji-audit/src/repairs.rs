//! Where a broken relation may have gone wrong: the smallest changes of one figure that make everything hold.
//!
//! Figures and relations form a hypergraph. For each figure of a broken relation the value that this relation asks for is solved
//! for, and kept if every other relation of the figure agrees with it. Which figure is wrong is never asserted: the list is
//! ordered by how much it settles, how well the present value is supported by others, and how close the two are in print.

use gouji_ledger::{Figure, FigureIdx, Formula, Ledger, Reading};
use gouji_quantity::{Agreement, Decimal, Ratio, agreement};

use crate::model::{Repair, RepairCause, Verdict};
use crate::terms::{Exceptions, Term};
use crate::verdict::{Check, Outcome, check};
use crate::wording;

/// Most repairs that are named for one relation.
const MOST_REPAIRS: usize = 5;
/// A relation of more operands than this is ambiguous by nature (any cell of a long column); only its stated figure is tried.
const MOST_OPERANDS: usize = 64;
/// Terms that may be evaluated in one document; the search stops there.
const TERM_BUDGET: usize = 100_000;

/// For each relation of the ledger the repairs found, best first; empty unless it is broken.
pub(crate) fn search(ledger: &Ledger, outcomes: &[Outcome]) -> Vec<Vec<Repair>> {
    let mut out = vec![Vec::new(); outcomes.len()];
    if outcomes.iter().all(|o| o.check.verdict != Verdict::Broken) {
        return out;
    }
    let mut search = Search::new(ledger, outcomes);
    for (idx, outcome) in outcomes.iter().enumerate() {
        if outcome.check.verdict == Verdict::Broken {
            out[idx] = search.repairs_of(idx);
        }
    }
    out
}

struct Search<'a> {
    ledger: &'a Ledger,
    outcomes: &'a [Outcome],
    /// For each figure the relations whose chosen reading it stands in.
    uses: Vec<Vec<usize>>,
    budget: usize,
}

/// A repair with what orders it.
struct Candidate {
    figure: FigureIdx,
    value: Decimal,
    settled: usize,
    supporters: usize,
    repair: Repair,
}

impl<'a> Search<'a> {
    fn new(ledger: &'a Ledger, outcomes: &'a [Outcome]) -> Self {
        let mut uses = vec![Vec::new(); ledger.figures.len()];
        for (idx, outcome) in outcomes.iter().enumerate() {
            let Some(reading) = ledger.relations[idx].readings.get(outcome.reading) else {
                continue;
            };
            if outcome.check.verdict == Verdict::Undecided || !is_numeric(&reading.formula) {
                continue;
            }
            let terms = std::iter::once(&reading.stated).chain(&reading.operands);
            let figures = terms
                .map(|o| Term::of(o, ledger).figure)
                .chain([outcome.exceptions.and_then(|e| e.figure)]);
            for figure in figures {
                if let Some(list) = figure.and_then(|f| uses.get_mut(f.0))
                    && list.last() != Some(&idx)
                {
                    list.push(idx);
                }
            }
        }
        Self {
            ledger,
            outcomes,
            uses,
            budget: TERM_BUDGET,
        }
    }

    fn reading(&self, idx: usize) -> Option<&'a Reading> {
        self.ledger
            .relations
            .get(idx)?
            .readings
            .get(self.outcomes.get(idx)?.reading)
    }

    fn repairs_of(&mut self, idx: usize) -> Vec<Repair> {
        let Some(reading) = self.reading(idx) else {
            return Vec::new();
        };
        if !is_numeric(&reading.formula) {
            return Vec::new();
        }
        let exceptions = self.outcomes[idx].exceptions;
        let (stated, operands) = terms(reading, self.ledger, exceptions, None);
        // Slot 0 is the stated figure, slot n the operand n − 1.
        let slots = if operands.len() > MOST_OPERANDS {
            1
        } else {
            operands.len() + 1
        };
        let found = self.outcomes[idx].check;
        let mut candidates: Vec<Candidate> = Vec::new();
        for slot in 0..slots {
            let term = if slot == 0 { &stated } else { &operands[slot - 1] };
            let Some(value) = solve(&reading.formula, &stated, &operands, slot, &found) else {
                continue;
            };
            // A part that is whole less exceptions is changed through the exceptions; its whole moves both terms.
            let (figure, value) = match (exceptions, slot) {
                (Some(Exceptions { figure, .. }), 1) => {
                    let rest = operands.get(1).and_then(|whole| whole.value?.checked_sub(value));
                    (figure, rest.filter(|rest| !rest.is_sign_negative()))
                }
                (Some(_), 2) => continue,
                _ => (term.figure, as_printable(term, value)),
            };
            let (Some(figure), Some(value)) = (figure, value) else {
                continue;
            };
            if candidates.iter().any(|c| c.figure == figure) {
                continue;
            }
            if let Some(candidate) = self.try_value(idx, figure, value, slot) {
                candidates.push(candidate);
            }
        }
        candidates.sort_by(|a, b| {
            b.settled
                .cmp(&a.settled)
                .then(a.supporters.cmp(&b.supporters))
                .then(ease(&a.repair).cmp(&ease(&b.repair)))
                .then(a.figure.cmp(&b.figure))
                .then(a.value.cmp(&b.value))
        });
        candidates.into_iter().take(MOST_REPAIRS).map(|c| c.repair).collect()
    }

    /// The change, if every relation of the figure agrees with it.
    fn try_value(&mut self, idx: usize, figure: FigureIdx, value: Decimal, slot: usize) -> Option<Candidate> {
        let (mut settled, mut supporters) = (0, 0);
        for at in 0..self.uses.get(figure.0)?.len() {
            let relation = self.uses[figure.0][at];
            let reading = self.reading(relation)?;
            self.budget = self.budget.checked_sub(reading.operands.len() + 1)?;
            let exceptions = self.outcomes[relation].exceptions;
            let (stated, operands) = terms(reading, self.ledger, exceptions, Some((figure, value)));
            let verdict = check(&reading.formula, &stated, &operands).verdict;
            let before = self.outcomes[relation].check.verdict;
            if !matches!(verdict, Verdict::Holds | Verdict::Rounding) {
                return None;
            }
            // A repair of what is off should not leave a neighbour worse than it was.
            if before == Verdict::Holds && verdict == Verdict::Rounding {
                return None;
            }
            if before == Verdict::Broken {
                settled += 1;
            } else {
                supporters += 1;
            }
        }
        let known = self.ledger.figures.get(figure.0)?;
        let reading = self.reading(idx)?;
        let operand = if slot == 0 {
            &reading.stated
        } else {
            reading.operands.get(slot - 1)?
        };
        let own = wording::number_of(&operand.surface) == wording::number_of(&known.surface);
        let (from, at, to) = if own {
            let to = wording::printed_like(operand, Ratio::from_decimal(value))?;
            (operand.surface.clone(), operand.span.unwrap_or(known.span), to)
        } else {
            (
                known.surface.clone(),
                known.span,
                wording::with_number(&known.surface, value.normalize()),
            )
        };
        if to == from {
            return None;
        }
        let cause = if slot == 0 && doubly_deducted(reading, self.outcomes[idx].exceptions) {
            RepairCause::DoubleDeduction
        } else if slot == 0 && self.neighbour_prints_the_same(figure, known) {
            RepairCause::CopiedNeighbour
        } else {
            typing_cause(wording::number_of(&from), wording::number_of(&to))
        };
        Some(Candidate {
            figure,
            value,
            settled,
            supporters,
            repair: Repair { at, from, to, cause },
        })
    }

    /// Whether the figure right before or after has the same number but another unit (5件，涉及5个单位).
    fn neighbour_prints_the_same(&self, figure: FigureIdx, known: &Figure) -> bool {
        let number = wording::number_of(&known.surface);
        [figure.0.checked_sub(1), figure.0.checked_add(1)]
            .into_iter()
            .flatten()
            .filter_map(|idx| self.ledger.figures.get(idx))
            .any(|near| near.unit != known.unit && wording::number_of(&near.surface) == number)
    }
}

/// The terms of a reading, one figure changed; a part of whole less exceptions follows either.
fn terms(
    reading: &Reading,
    ledger: &Ledger,
    exceptions: Option<Exceptions>,
    change: Option<(FigureIdx, Decimal)>,
) -> (Term, Vec<Term>) {
    let with = |operand| {
        let mut term = Term::of(operand, ledger);
        if let Some((figure, value)) = change
            && term.figure == Some(figure)
        {
            term.value = Some(value);
        }
        term
    };
    let stated = with(&reading.stated);
    let mut operands: Vec<Term> = reading.operands.iter().map(with).collect();
    if let (Some(exceptions), [part, whole]) = (exceptions, operands.as_mut_slice()) {
        let taken = match change {
            Some((figure, value)) if exceptions.figure == Some(figure) => value,
            _ => exceptions.value,
        };
        part.value = whole.value.and_then(|whole| whole.checked_sub(taken));
    }
    (stated, operands)
}

fn is_numeric(formula: &Formula) -> bool {
    !matches!(
        formula,
        Formula::Bound { .. } | Formula::DateOrder { .. } | Formula::Sequence { .. } | Formula::SameTitle { .. }
    )
}

fn sum(terms: &[Term], but: Option<usize>) -> Option<Decimal> {
    terms
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != but)
        .try_fold(Decimal::ZERO, |total, (_, t)| total.checked_add(t.value?))
}

/// The value of one slot that makes the formula hold, nearest to the present one where several do.
fn solve(formula: &Formula, stated: &Term, operands: &[Term], slot: usize, found: &Check) -> Option<Decimal> {
    if slot == 0 {
        if matches!(formula, Formula::ShareSum) {
            return None;
        }
        let factor = stated.factor();
        let by = Ratio::from_decimal(factor);
        let exact = found.exact?;
        let printed = Ratio::new(exact.num().checked_mul(by.den())?, exact.den().checked_mul(by.num())?)?;
        return printed.reduced().round_half_up(stated.decimals)?.checked_mul(factor);
    }
    let at = slot - 1;
    let s = stated.value?;
    match formula {
        Formula::Sum => s.checked_sub(sum(operands, Some(at))?),
        Formula::ShareSum => Decimal::ONE_HUNDRED.checked_sub(sum(operands, Some(at))?),
        Formula::Difference if at == 0 => s.checked_add(sum(&operands[1..], None)?),
        Formula::Difference => operands[0]
            .value?
            .checked_sub(s)?
            .checked_sub(sum(&operands[1..], Some(at - 1))?),
        Formula::PointChange { negative } => {
            let change = if *negative && !s.is_sign_negative() { -s } else { s };
            match at {
                0 => operands.get(1)?.value?.checked_add(change),
                _ => operands.first()?.value?.checked_sub(change),
            }
        }
        Formula::Equal => Some(s),
        Formula::Ratio { scale } if operands.len() == 2 => factor_of_quotient(stated, operands, at, *scale),
        Formula::Mean if operands.len() == 2 => factor_of_quotient(stated, operands, at, 1),
        _ => None,
    }
}

/// The part or the whole of a quotient, nearest to its present value, that gives the printed quotient by half-up rounding.
fn factor_of_quotient(stated: &Term, operands: &[Term], at: usize, scale: u32) -> Option<Decimal> {
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
    let (low, high, now) = if at == 0 {
        let per = |p: Decimal| p.checked_mul(whole)?.checked_div(scale);
        (per(low)?, per(high)?, part)
    } else {
        let per = |p: Decimal| part.checked_mul(scale)?.checked_div(p);
        (per(high)?, per(low)?, whole)
    };
    let step = if operands[at].ulp.is_zero() {
        Decimal::ONE
    } else {
        operands[at].ulp
    };
    let steps = if now < low {
        low.checked_div(step)?.ceil()
    } else {
        high.checked_div(step)?.floor()
    };
    let value = steps.checked_mul(step)?;
    (value >= low && value <= high).then_some(value)
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

/// A rate of whole less exceptions that fits exactly if the exceptions are taken off twice.
fn doubly_deducted(reading: &Reading, exceptions: Option<Exceptions>) -> bool {
    let found = || -> Option<bool> {
        let (Formula::Ratio { scale }, [part, whole]) = (&reading.formula, reading.operands.as_slice()) else {
            return None;
        };
        let twice = part.value?.checked_sub(exceptions?.value)?;
        if twice.is_sign_negative() {
            return None;
        }
        let exact = Ratio::of(twice, whole.value?)?.times(i128::from(*scale))?;
        let fits = agreement(reading.stated.value?, reading.stated.decimals, exact);
        Some(matches!(fits, Agreement::Exact | Agreement::HalfUp))
    };
    found().unwrap_or(false)
}

/// How easily one number is typed for the other.
fn typing_cause(from: &str, to: &str) -> RepairCause {
    let digits = |s: &str| s.chars().filter(|c| !matches!(c, ',' | '，')).collect::<Vec<char>>();
    let (a, b) = (digits(from), digits(to));
    if a.len() == b.len() {
        let differing: Vec<usize> = (0..a.len()).filter(|at| a[*at] != b[*at]).collect();
        return match differing.as_slice() {
            [_] => RepairCause::DigitSlip,
            [x, y] if y - x == 1 && a[*x] == b[*y] && a[*y] == b[*x] => RepairCause::Swapped,
            _ => RepairCause::Other,
        };
    }
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    if long.len() == short.len() + 1 {
        let same = short.iter().zip(long.iter()).take_while(|(x, y)| x == y).count();
        if short[same..] == long[same + 1..] {
            return RepairCause::DigitCount;
        }
    }
    RepairCause::Other
}

/// Smaller is likelier: the cause first, then how many characters were typed otherwise.
fn ease(repair: &Repair) -> (u8, usize) {
    let cause = match repair.cause {
        RepairCause::DoubleDeduction | RepairCause::Plugged => 0,
        RepairCause::CopiedNeighbour => 1,
        RepairCause::DigitSlip | RepairCause::Swapped | RepairCause::DigitCount => 2,
        RepairCause::Other => 3,
    };
    let distance = typing_distance(wording::number_of(&repair.from), wording::number_of(&repair.to));
    (cause, distance)
}

/// Fewest characters replaced, added or left out between two numbers.
fn typing_distance(from: &str, to: &str) -> usize {
    /// Longer numbers than this differ by too much to be told apart.
    const LONGEST: usize = 24;
    let (a, b): (Vec<char>, Vec<char>) = (from.chars().collect(), to.chars().collect());
    if a.len() > LONGEST || b.len() > LONGEST {
        return LONGEST;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, RelationKind};

    use super::*;
    use crate::model::Audit;
    use crate::sample::Sample;

    fn repairs(audit: &Audit, finding: usize) -> Vec<String> {
        audit.findings[finding]
            .repairs
            .iter()
            .map(|r| format!("{}→{} {:?}", r.from, r.to, r.cause))
            .collect()
    }

    #[test]
    fn any_part_or_the_total_may_be_wrong() {
        let mut sample = Sample::new();
        sample.relate(
            RelationKind::Sum,
            Cue::Explicit,
            Formula::Sum,
            "954件",
            &["712件", "231件", "10件"],
        );
        assert_eq!(
            repairs(&sample.audit(), 0),
            [
                "954件→953件 DigitSlip",
                "712件→713件 DigitSlip",
                "231件→232件 DigitSlip",
                "10件→11件 DigitSlip"
            ]
        );
    }

    #[test]
    fn a_total_that_another_partition_confirms_is_left_alone() {
        let mut sample = Sample::new();
        let total = sample.relate(RelationKind::Sum, Cue::Explicit, Formula::Sum, "20件", &["12件", "9件"]);
        sample.relate_to(total, RelationKind::Sum, Cue::Explicit, Formula::Sum, &["15件", "5件"]);
        assert_eq!(
            repairs(&sample.audit(), 0),
            ["12件→11件 DigitSlip", "9件→8件 DigitSlip"]
        );
    }

    #[test]
    fn the_cell_where_a_broken_row_and_column_cross_comes_first() {
        let mut sample = Sample::new();
        let cross = sample.figure("8", gouji_ledger::FigureClass::Count);
        let a = sample.figure("3", gouji_ledger::FigureClass::Count);
        let b = sample.figure("4", gouji_ledger::FigureClass::Count);
        let row = sample.figure("10", gouji_ledger::FigureClass::Count);
        let column = sample.figure("11", gouji_ledger::FigureClass::Count);
        sample.tie(RelationKind::TableTotal, Cue::Explicit, Formula::Sum, row, &[cross, a]);
        sample.tie(
            RelationKind::TableTotal,
            Cue::Explicit,
            Formula::Sum,
            column,
            &[cross, b],
        );
        let audit = sample.audit();
        assert_eq!(repairs(&audit, 0)[0], "8→7 DigitSlip");
        assert_eq!(repairs(&audit, 1)[0], "8→7 DigitSlip");
    }

    #[test]
    fn exceptions_taken_off_twice() {
        let mut sample = Sample::new();
        sample.complement("96.00%", "400件", "8件");
        assert_eq!(
            repairs(&sample.audit(), 0),
            ["96.00%→98.00% DoubleDeduction", "8件→16件 Other"]
        );
    }

    #[test]
    fn causes() {
        assert_eq!(typing_cause("1,357", "1,375"), RepairCause::Swapped);
        assert_eq!(typing_cause("4731", "473"), RepairCause::DigitCount);
        assert_eq!(typing_cause("12", "97"), RepairCause::Other);
        assert_eq!(typing_distance("86.24", "85.20"), 2);
        assert_eq!(typing_distance("204618", "203459"), 4);
    }

    #[test]
    fn a_long_column_names_only_its_total() {
        let cells: Vec<&str> = vec!["1"; 200];
        let mut sample = Sample::new();
        sample.relate(RelationKind::TableTotal, Cue::Explicit, Formula::Sum, "201", &cells);
        assert_eq!(repairs(&sample.audit(), 0), ["201→200 DigitSlip"]);
    }
}
