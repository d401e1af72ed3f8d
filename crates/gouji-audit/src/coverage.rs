//! How much of a circular was looked at.

use std::collections::BTreeMap;

use gouji_ledger::{FigureClass, Ledger, Modality};

use crate::model::{Coverage, Judgement, Verdict};

/// Whether a figure of this class is a quantity that something could bear on.
fn is_quantity(class: FigureClass) -> bool {
    matches!(
        class,
        FigureClass::Count
            | FigureClass::Money
            | FigureClass::Rate
            | FigureClass::Points
            | FigureClass::Measure
            | FigureClass::Unknown
    )
}

/// Counts figures: quantities are checked if some relation with a verdict refers to them; the others are exempt by class or
/// because they are norms.
pub(crate) fn coverage(ledger: &Ledger, judgements: &[Judgement]) -> Coverage {
    let mut referred = vec![false; ledger.figures.len()];
    let mut out = Coverage::default();
    for judgement in judgements {
        if judgement.verdict == Verdict::Undecided {
            out.undecided += 1;
            continue;
        }
        let Some(reading) = ledger
            .relations
            .get(judgement.relation)
            .and_then(|r| r.readings.get(judgement.reading))
        else {
            continue;
        };
        for operand in std::iter::once(&reading.stated).chain(&reading.operands) {
            if let Some(slot) = operand.figure.and_then(|f| referred.get_mut(f.0)) {
                *slot = true;
            }
        }
    }
    let add = |map: &mut BTreeMap<FigureClass, usize>, class| *map.entry(class).or_insert(0) += 1;
    for (figure, checked) in ledger.figures.iter().zip(referred) {
        let quantity = is_quantity(figure.class);
        if checked && quantity {
            out.checked += 1;
            out.checkable += 1;
        } else if !quantity || figure.modality != Modality::Fact {
            add(&mut out.exempt, figure.class);
        } else {
            out.checkable += 1;
            add(&mut out.unchecked, figure.class);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, RelationKind};

    use super::*;
    use crate::sample::Sample;

    #[test]
    fn every_figure_is_checked_exempt_or_unchecked() {
        let mut sample = Sample::new();
        sample.relate(RelationKind::Sum, Cue::Explicit, Formula::Sum, "9件", &["4件", "5件"]);
        sample.figure("3家", FigureClass::Count);
        sample.figure("12345", FigureClass::NamePart);
        let audit = sample.audit();
        let c = &audit.coverage;
        assert_eq!((c.checked, c.checkable, c.undecided), (3, 4, 0));
        assert_eq!(c.exempt.get(&FigureClass::NamePart), Some(&1));
        assert_eq!(c.unchecked.get(&FigureClass::Count), Some(&1));
    }

    #[test]
    fn figures_that_are_no_quantities_raise_no_share() {
        let mut sample = Sample::new();
        let (later, earlier) = (
            sample.figure("5月6日", FigureClass::Date),
            sample.figure("4月6日", FigureClass::Date),
        );
        sample.tie(
            RelationKind::Date,
            Cue::Explicit,
            Formula::DateOrder { holds: true },
            later,
            &[earlier],
        );
        let c = sample.audit().coverage;
        assert_eq!((c.checked, c.checkable), (0, 0));
        assert_eq!(c.exempt.get(&FigureClass::Date), Some(&2));
    }

    #[test]
    fn an_undecided_relation_checks_nothing() {
        let mut sample = Sample::new();
        sample.relate(
            RelationKind::Ratio,
            Cue::Explicit,
            Formula::Ratio { scale: 100 },
            "0%",
            &["0件", "0件"],
        );
        let c = sample.audit().coverage;
        assert_eq!((c.checked, c.undecided), (0, 1));
    }
}
