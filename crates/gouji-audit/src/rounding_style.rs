//! How a circular rounds its rates: the way that explains most of them, without a rule of its own ever firing on it.

use gouji_ledger::{Ledger, RelationKind};
use gouji_quantity::{Agreement, Ratio};

use crate::verdict::Outcome;

/// Rounded half up (四舍五入).
pub(crate) const HALF_UP: u8 = 1;
/// Cut off (去尾).
pub(crate) const CUT_OFF: u8 = 2;
/// Rounded up (进一).
pub(crate) const ROUNDED_UP: u8 = 4;

/// The ways of rounding that explain a rate of counts, as a set; `None` where the rate says nothing, being exact or wrong.
pub(crate) fn styles(idx: usize, ledger: &Ledger, outcome: &Outcome) -> Option<u8> {
    let relation = ledger.relations.get(idx)?;
    let reading = relation.readings.get(outcome.reading)?;
    if relation.kind != RelationKind::Ratio || reading.operands.iter().any(|o| !o.ulp.is_zero()) {
        return None;
    }
    let below = || {
        let printed = Ratio::from_decimal(reading.stated.value?);
        Some(outcome.check.exact?.compare(printed)?.is_lt())
    };
    match outcome.check.agreement? {
        Agreement::HalfUp if below()? => Some(HALF_UP | ROUNDED_UP),
        Agreement::HalfUp => Some(HALF_UP | CUT_OFF),
        Agreement::CutOff => Some(CUT_OFF),
        Agreement::RoundedUp => Some(ROUNDED_UP),
        Agreement::Exact | Agreement::Off | Agreement::Untestable => None,
    }
}

/// The way that explains most rates of a circular, and at least two thirds of them; half up where nothing speaks against it.
pub(crate) fn usual(ledger: &Ledger, outcomes: &[Outcome]) -> u8 {
    let sets: Vec<u8> = outcomes
        .iter()
        .enumerate()
        .filter_map(|(idx, outcome)| styles(idx, ledger, outcome))
        .collect();
    let explains = |way: u8| sets.iter().filter(|set| **set & way != 0).count();
    [CUT_OFF, ROUNDED_UP]
        .into_iter()
        .filter(|way| explains(*way) > explains(HALF_UP) && explains(*way) * 3 >= sets.len() * 2)
        .max_by_key(|way| explains(*way))
        .unwrap_or(HALF_UP)
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula};

    use super::*;
    use crate::sample::Sample;
    use crate::verdict::judge;

    fn of(rates: &[(&str, &str, &str)]) -> u8 {
        let mut sample = Sample::new();
        for (rate, part, whole) in rates {
            let formula = Formula::Ratio { scale: 100 };
            sample.relate(RelationKind::Ratio, Cue::Explicit, formula, rate, &[part, whole]);
        }
        let relations = sample.ledger.relations.iter().enumerate();
        let outcomes: Vec<Outcome> = relations.map(|(idx, r)| judge(idx, r, &sample.ledger).1).collect();
        usual(&sample.ledger, &outcomes)
    }

    #[test]
    fn the_way_that_explains_most() {
        assert_eq!(
            of(&[("66%", "2件", "3件"), ("62%", "5件", "8件"), ("33%", "1件", "3件")]),
            CUT_OFF
        );
        assert_eq!(of(&[("67%", "2件", "3件"), ("63%", "5件", "8件")]), HALF_UP);
        assert_eq!(
            of(&[("33%", "1件", "3件")]),
            HALF_UP,
            "cutting off would explain it too"
        );
        assert_eq!(of(&[("50%", "1件", "2件")]), HALF_UP, "an exact rate says nothing");
        assert_eq!(of(&[]), HALF_UP);
    }
}
