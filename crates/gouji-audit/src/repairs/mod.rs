//! Where a broken relation may have gone wrong: the smallest changes of one figure that make everything hold.
//!
//! Figures and relations form a hypergraph. For each figure of a broken relation the values are tried that this relation asks
//! for, and, where the relation leaves room (a rate, rounded amounts), those one keystroke away from what is printed. A value
//! is kept if it breaks nothing that held. Which figure is wrong is never asserted: the list is ordered by how much a change
//! settles, how well the present value is supported by other relations, and how close the two are in print.

mod hypotheses;
mod neighbours;
mod solve;
#[cfg(test)]
mod tests;
mod typing;

use gouji_ledger::{FigureIdx, Formula, Ledger, Operand, Place, Reading};
use gouji_quantity::{Agreement, Decimal, Ratio, agreement, feasible};

use crate::model::{Repair, RepairCause, Verdict};
use crate::terms::{Exceptions, Term, exceptions};
use crate::verdict::{Outcome, check};
use crate::wording;

use neighbours::Neighbour;
use solve::Value;

pub(crate) use hypotheses::{Hypothesis, hypothesis};

/// Most repairs that are named for one relation.
pub(crate) const MOST_REPAIRS: usize = 12;
/// A relation of more operands than this is ambiguous by nature (any cell of a long column); only its stated figure is tried.
const MOST_OPERANDS: usize = 64;
/// Readings of one relation that are looked at.
const MOST_READINGS: usize = 4;
/// Values tried for one figure.
const MOST_VALUES: usize = 4;
/// Terms that may be evaluated for one relation, and in one document; the search stops there.
const RELATION_BUDGET: usize = 20_000;
const DOCUMENT_BUDGET: usize = 400_000;

/// The repairs of one relation.
#[derive(Debug, Clone, Default)]
pub(crate) struct Repairs {
    /// The best, best first.
    pub(crate) list: Vec<Repair>,
    /// Figures beyond the list whose change alone would settle it too, or that were too many to be tried.
    pub(crate) more: usize,
    /// Broken relations that each of them settles.
    pub(crate) settled: usize,
}

/// For each relation of the ledger the repairs found; empty unless it is broken. `cutting` says that the rates of the circular
/// are cut off, so that a rate cut off is likelier than one rounded.
pub(crate) fn search(ledger: &Ledger, outcomes: &[Outcome], cutting: bool) -> Vec<Repairs> {
    let mut out = vec![Repairs::default(); outcomes.len()];
    if !outcomes.iter().any(|o| is_off(o.check.verdict)) {
        return out;
    }
    let mut search = Search::new(ledger, outcomes, cutting);
    for (idx, outcome) in outcomes.iter().enumerate() {
        if is_off(outcome.check.verdict) {
            out[idx] = search.repairs_of(idx);
        }
    }
    out
}

struct Search<'a> {
    ledger: &'a Ledger,
    outcomes: &'a [Outcome],
    cutting: bool,
    /// For each figure the relations that it stands in.
    uses: Vec<Vec<usize>>,
    /// Terms left for the relation at hand, and for the document.
    budget: usize,
    total: usize,
}

/// A repair with what orders it.
struct Candidate {
    figure: FigureIdx,
    value: Decimal,
    /// How far the value is from the present one.
    change: Decimal,
    /// Broken relations that the change leaves broken.
    left: usize,
    settled: usize,
    supporters: usize,
    /// The relation at hand then holds by rounding only, or, if the circular cuts its rates off, by half up only.
    unlike: bool,
    /// How many values of the same figure are likelier.
    behind: usize,
    /// It changes the stated figure, which was computed from the others.
    stated: bool,
    /// The reading that the working shows then holds, not only another one.
    shown: bool,
    repair: Repair,
}

impl Candidate {
    /// Smaller is likelier: the best value of each figure before the second of any, a slip of the hand, then a value that needs
    /// no other rounding, then the result before what it rests on, then the fewest characters changed.
    fn likelihood(&self) -> (usize, u8, bool, bool, usize) {
        let (cause, distance) = ease(&self.repair);
        (self.behind, cause, self.unlike, !self.stated, distance)
    }
}

/// A figure with the values that may be meant.
#[derive(Debug, Clone)]
struct Proposal {
    figure: FigureIdx,
    values: Vec<Value>,
    /// The relation leaves room for more values than these.
    room: bool,
    /// The stated figure, of a rate of whole less exceptions taken off twice.
    doubly: bool,
}

impl<'a> Search<'a> {
    fn new(ledger: &'a Ledger, outcomes: &'a [Outcome], cutting: bool) -> Self {
        let mut uses = vec![Vec::new(); ledger.figures.len()];
        for (idx, outcome) in outcomes.iter().enumerate() {
            if outcome.check.verdict == Verdict::Undecided {
                continue;
            }
            for reading in ledger.relations[idx].readings.iter().take(MOST_READINGS) {
                if !is_numeric(&reading.formula) {
                    continue;
                }
                let terms = std::iter::once(&reading.stated).chain(&reading.operands);
                let figures = terms
                    .map(|o| Term::of(o, ledger).figure)
                    .chain([exceptions(reading, ledger).and_then(|e| e.figure)]);
                for figure in figures {
                    if let Some(list) = figure.and_then(|f: FigureIdx| uses.get_mut(f.0))
                        && list.last() != Some(&idx)
                    {
                        list.push(idx);
                    }
                }
            }
        }
        Self {
            ledger,
            outcomes,
            cutting,
            uses,
            budget: 0,
            total: DOCUMENT_BUDGET,
        }
    }

    fn readings(&self, idx: usize) -> impl Iterator<Item = &'a Reading> + use<'a> {
        let readings = self
            .ledger
            .relations
            .get(idx)
            .map_or(&[][..], |r| r.readings.as_slice());
        readings.iter().take(MOST_READINGS).filter(|r| is_numeric(&r.formula))
    }

    fn repairs_of(&mut self, idx: usize) -> Repairs {
        self.budget = RELATION_BUDGET.min(self.total);
        let granted = self.budget;
        let mut found: Vec<Candidate> = Vec::new();
        let mut untried = 0;
        for reading in self.readings(idx) {
            let (proposals, skipped) = self.proposals(reading);
            untried = untried.max(skipped);
            for mut proposal in proposals {
                if found.iter().any(|c| c.figure == proposal.figure) {
                    continue;
                }
                self.widen(idx, &mut proposal);
                found.extend(self.tried(idx, reading, &proposal));
            }
        }
        self.total -= granted - self.budget;
        // What the working shown would contradict says nothing to its reader, unless nothing else does.
        if found.iter().any(|c| c.shown) {
            found.retain(|c| c.shown);
        }
        // Nobody writes of none that there was one, unless one key was hit and nothing else explains it.
        if found.len() > 1 {
            found.retain(|c| !self.is_to_none(c));
        } else {
            found.retain(|c| !self.is_to_none(c) || c.repair.cause != RepairCause::Other);
        }
        let fewest_left = found.iter().map(|c| c.left).min().unwrap_or(0);
        found.retain(|c| c.left == fewest_left);
        // One change that settles several relations is less than several changes that settle one each.
        let settled = found.iter().map(|c| c.settled).max().unwrap_or(0);
        found.retain(|c| c.settled == settled);
        found.sort_by(|a, b| {
            a.supporters
                .cmp(&b.supporters)
                .then(a.likelihood().cmp(&b.likelihood()))
                .then(a.figure.cmp(&b.figure))
                .then(a.change.cmp(&b.change))
                .then(a.value.cmp(&b.value))
        });
        let mut beyond: Vec<FigureIdx> = found.iter().skip(MOST_REPAIRS).map(|c| c.figure).collect();
        beyond.sort_unstable();
        beyond.dedup();
        beyond.retain(|figure| !found.iter().take(MOST_REPAIRS).any(|c| c.figure == *figure));
        let more = beyond.len() + if settled > 1 { 0 } else { untried };
        let list = found.into_iter().take(MOST_REPAIRS).map(|c| c.repair).collect();
        Repairs { list, more, settled }
    }

    /// Adds the values that the figure's other broken relations ask for, and those that a keystroke explains.
    fn widen(&self, idx: usize, proposal: &mut Proposal) {
        /// Relations of one figure that are asked.
        const ASKED: usize = 6;
        if !proposal.room {
            return;
        }
        let others = self.uses.get(proposal.figure.0).map_or(&[][..], Vec::as_slice);
        let broken = others
            .iter()
            .filter(|other| **other != idx && self.outcomes[**other].check.verdict == Verdict::Broken);
        let mut more: Vec<Value> = Vec::new();
        for other in broken.take(ASKED) {
            for reading in self.readings(*other).filter(|r| r.operands.len() <= MOST_OPERANDS) {
                let (proposals, _) = self.proposals(reading);
                more.extend(
                    proposals
                        .into_iter()
                        .filter(|p| p.figure == proposal.figure)
                        .flat_map(|p| p.values),
                );
            }
        }
        more.extend(self.typed_for(proposal.figure).into_iter().map(Value::one));
        for value in more {
            if !proposal.values.contains(&value) {
                proposal.values.push(value);
            }
        }
    }

    /// The best values of one figure: what a keystroke explains, else the nearest.
    fn tried(&mut self, idx: usize, reading: &Reading, proposal: &Proposal) -> Vec<Candidate> {
        let mut found: Vec<Candidate> = Vec::new();
        for value in &proposal.values {
            if let Some(candidate) = self.try_value(idx, reading, proposal, *value) {
                found.push(candidate);
            }
        }
        if found.iter().any(|c| c.repair.cause != RepairCause::Other && !c.unlike) {
            found.retain(|c| c.repair.cause != RepairCause::Other);
        }
        // A stated rate is corrected as the circular rounds, as the message names it; otherwise it would be noted next.
        if found.iter().any(|c| c.stated && !c.unlike) {
            found.retain(|c| !c.unlike);
        }
        found.sort_by(|a, b| {
            (a.left, a.likelihood())
                .cmp(&(b.left, b.likelihood()))
                .then(a.change.cmp(&b.change))
                .then(a.value.cmp(&b.value))
        });
        found.truncate(MOST_VALUES);
        for (at, candidate) in found.iter_mut().enumerate() {
            candidate.behind = at;
        }
        found
    }

    /// Whether a figure of running text that counts something is made to count nothing. Tables do print zeros.
    fn is_to_none(&self, candidate: &Candidate) -> bool {
        let known = self.ledger.figures.get(candidate.figure.0);
        candidate.value.is_zero() && !candidate.change.is_zero() && known.is_some_and(|f| f.place == Place::Prose)
    }

    /// The figures of a reading with the values that may be meant; and how many were not looked at.
    fn proposals(&self, reading: &Reading) -> (Vec<Proposal>, usize) {
        let exceptions = exceptions(reading, self.ledger);
        let (stated, operands) = terms(reading, self.ledger, exceptions, None);
        let found = check(&reading.formula, &stated, &operands);
        // Slot 0 is the stated figure, slot n the operand n − 1.
        let (slots, untried) = if operands.len() > MOST_OPERANDS {
            (1, operands.len())
        } else {
            (operands.len() + 1, 0)
        };
        let rounded = std::iter::once(&stated).chain(&operands).any(|t| !t.ulp.is_zero());
        let room = rounded
            || matches!(
                reading.formula,
                Formula::Ratio { .. } | Formula::Mean | Formula::Growth { .. }
            );
        let mut out: Vec<Proposal> = Vec::new();
        // The 100 % that shares add to are no figure.
        let first = usize::from(reading.formula == Formula::ShareSum);
        let taken = exceptions.map(|e| e.value);
        for slot in first..slots {
            let term = if slot == 0 { &stated } else { &operands[slot - 1] };
            let values = solve::solve(&reading.formula, &stated, &operands, slot, &found, taken);
            let figure = match (exceptions, slot) {
                // A part that is whole less exceptions is changed through the exceptions.
                (Some(taken), 1) => taken.figure,
                _ => term.figure,
            };
            let Some(figure) = figure.filter(|f| !out.iter().any(|p| p.figure == *f)) else {
                continue;
            };
            let doubly = slot == 0 && doubly_deducted(reading, exceptions);
            out.push(Proposal {
                figure,
                values,
                room,
                doubly,
            });
        }
        (out, untried)
    }

    /// The values, in base units, one keystroke away from what a figure prints.
    fn typed_for(&self, figure: FigureIdx) -> Vec<Decimal> {
        let stated = self.ledger.figures.get(figure.0).and_then(|f| f.stated.as_ref());
        let Some(stated) = stated else {
            return Vec::new();
        };
        typing::variants(stated.value)
            .into_iter()
            .filter_map(|value| value.checked_mul(stated.magnitude.factor()))
            .collect()
    }

    /// The change, if it breaks nothing that held and the relation at hand then holds.
    fn try_value(&mut self, idx: usize, reading: &Reading, proposal: &Proposal, values: Value) -> Option<Candidate> {
        let (figure, value) = (proposal.figure, values.near);
        // The relation at hand first: most values fail there.
        let own = self.judged(idx, figure, value)?;
        if !holds(own) {
            return None;
        }
        let (mut settled, mut supporters, mut left) = (1, 0, 0);
        for at in 0..self.uses.get(figure.0)?.len() {
            let relation = self.uses[figure.0][at];
            if relation == idx {
                continue;
            }
            let verdict = self.judged(relation, figure, value)?;
            match self.outcomes[relation].check.verdict {
                before if is_off(before) && holds(verdict) => settled += 1,
                before if is_off(before) => left += 1,
                // A repair of what is off should not leave a neighbour worse than it was; but shares that were made to add
                // to 100 do not any longer.
                Verdict::Holds if verdict == Verdict::Rounding && self.is_share_sum(relation) => supporters += 1,
                Verdict::Holds if verdict != Verdict::Holds => return None,
                _ if !holds(verdict) => return None,
                _ => supporters += 1,
            }
        }
        // A range is named only where nothing else bears on the figure.
        let far = Some(values.far).filter(|far| *far != value && settled == 1 && supporters == 0 && left == 0);
        let now = self.ledger.figures.get(figure.0)?.stated.as_ref()?.base()?;
        let repair = self.repair(reading, proposal, value, far)?;
        // A range far from what is printed explains no slip.
        let (least, most) = (value.abs().min(now.abs()), value.abs().max(now.abs()));
        if far.is_some() && repair.cause == RepairCause::Other && most > least.checked_mul(Decimal::TWO)? {
            return None;
        }
        let shown = self.shown_holds(idx, figure, value);
        let counts = std::iter::once(&reading.stated)
            .chain(&reading.operands)
            .skip(1)
            .all(|o| o.ulp.is_zero());
        let cut = self.cutting && counts && is_quotient(&reading.formula);
        let unlike = if cut {
            own == Verdict::Holds
        } else {
            own == Verdict::Rounding
        };
        Some(Candidate {
            figure,
            value,
            change: value.checked_sub(now)?.abs(),
            left,
            settled,
            supporters,
            unlike,
            behind: 0,
            stated: Term::of(&reading.stated, self.ledger).figure == Some(figure),
            shown,
            repair,
        })
    }

    fn is_share_sum(&self, idx: usize) -> bool {
        self.readings(idx).any(|r| r.formula == Formula::ShareSum)
    }

    /// Whether the reading that the working shows holds with one figure changed. One without numbers shows none.
    fn shown_holds(&self, idx: usize, figure: FigureIdx, value: Decimal) -> bool {
        let readings = self.ledger.relations.get(idx).map(|r| r.readings.as_slice());
        let shown = readings.and_then(|all| all.get(self.outcomes[idx].reading));
        shown
            .filter(|reading| is_numeric(&reading.formula))
            .is_none_or(|reading| {
                let taken = exceptions(reading, self.ledger);
                let (stated, operands) = terms(reading, self.ledger, taken, Some((figure, value)));
                // A rate of a whole alone, which some whole number must give, was judged as such.
                operands.len() == 1 || holds(check(&reading.formula, &stated, &operands).verdict)
            })
    }

    /// The verdict on a relation with one figure changed: that of its best reading. `None` when the budget is spent.
    fn judged(&mut self, idx: usize, figure: FigureIdx, value: Decimal) -> Option<Verdict> {
        let mut best = Verdict::Broken;
        for reading in self.readings(idx) {
            self.budget = self.budget.checked_sub(reading.operands.len() + 1)?;
            let taken = exceptions(reading, self.ledger);
            let (stated, operands) = terms(reading, self.ledger, taken, Some((figure, value)));
            // A rate that some whole number gives is all that could be asked for.
            if let (Formula::Ratio { .. }, [whole]) = (&reading.formula, operands.as_slice()) {
                let whole = whole.value.filter(|whole| whole.scale() == 0)?.mantissa();
                if feasible(stated.value?, stated.decimals, whole) == Some(true) {
                    return Some(Verdict::Holds);
                }
                continue;
            }
            match check(&reading.formula, &stated, &operands).verdict {
                Verdict::Holds => return Some(Verdict::Holds),
                Verdict::Rounding => best = Verdict::Rounding,
                _ => {}
            }
        }
        Some(best)
    }

    /// The change as it is printed, with its likely cause.
    fn repair(&self, reading: &Reading, proposal: &Proposal, value: Decimal, far: Option<Decimal>) -> Option<Repair> {
        let known = self.ledger.figures.get(proposal.figure.0)?;
        let own = |operand: &&Operand| Term::of(operand, self.ledger).figure == Some(proposal.figure);
        let operand = std::iter::once(&reading.stated).chain(&reading.operands).find(own);
        let (from, at, to) = match operand {
            Some(operand) => {
                let to = wording::printed_like(operand, Ratio::from_decimal(value))?;
                (operand.surface.clone(), operand.span.unwrap_or(known.span), to)
            }
            None => (
                known.surface.clone(),
                known.span,
                wording::with_number(&known.surface, value.normalize()),
            ),
        };
        if to == from {
            return None;
        }
        let number = wording::number_of;
        let typed = typing::cause(number(&from), number(&to));
        let to = match far.filter(|_| typed == RepairCause::Other) {
            Some(far) => {
                let shown = |value| wording::printed_like(operand?, Ratio::from_decimal(value));
                let (low, high) = (shown(value.min(far))?, shown(value.max(far))?);
                to.replacen(number(&to), &format!("{}～{}", number(&low), number(&high)), 1)
            }
            None => to,
        };
        let cause = if proposal.doubly && operand == Some(&reading.stated) {
            RepairCause::DoubleDeduction
        } else {
            match neighbours::like(self.ledger, proposal.figure) {
                Some(Neighbour::OfAnotherUnit) => RepairCause::CopiedNeighbour,
                Some(Neighbour::OfTheSameUnit) if typed == RepairCause::Other => RepairCause::CopiedNeighbour,
                _ => typed,
            }
        };
        Some(Repair { at, from, to, cause })
    }
}

fn is_off(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Broken | Verdict::Infeasible)
}

fn holds(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Holds | Verdict::Rounding)
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

fn is_quotient(formula: &Formula) -> bool {
    matches!(formula, Formula::Ratio { .. } | Formula::Mean | Formula::Growth { .. })
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

/// Smaller is likelier: the cause first, then how many characters were typed otherwise.
fn ease(repair: &Repair) -> (u8, usize) {
    let cause = match repair.cause {
        RepairCause::DoubleDeduction | RepairCause::Plugged => 0,
        RepairCause::CopiedNeighbour => 1,
        // A number has few neighbours to swap, and many digits to mistype.
        RepairCause::Swapped => 2,
        RepairCause::DigitSlip | RepairCause::DigitCount => 3,
        RepairCause::Other => 4,
    };
    let distance = typing::distance(wording::number_of(&repair.from), wording::number_of(&repair.to));
    (cause, distance)
}
