//! Rates whose part is not printed: whether any whole number of cases can give them.

use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::partition::verdict_measure;
use crate::prose::{MentionRef, Reading};
use crate::{Cue, Formula, Operand, Relation, RelationKind};

/// A rate whose part is not printed, against the nearest whole of its sentence.
pub(super) fn feasible(
    cx: &Context,
    numerator: Option<Measure>,
    reading: &Reading,
    at: MentionRef,
    amounts: &[MentionRef],
    stated: &Operand,
) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    let whole = amounts.iter().copied().find(|m| {
        let w = reading.mention(*m);
        // The part would be next to its whole: the same sentence or the one before, and something that the rate is of.
        let measure = verdict_measure(reading.label(*m), w);
        let of = match numerator {
            Some(Measure::Satisfied) => measure == Some(Measure::Rated),
            Some(Measure::Passed) => measure == Some(Measure::Checked),
            Some(Measure::OnTimeClosed) => matches!(measure, Some(Measure::Received | Measure::Closed)),
            Some(_) => measure == Some(Measure::Received),
            None => matches!(measure, Some(Measure::Received | Measure::Closed)),
        };
        prose.clauses[w.clause].sentence + 1 >= sentence && w.decimals == 0 && of
    })?;
    crate::prose::relation(
        cx,
        RelationKind::Ratio,
        "rate-feasible",
        Cue::Implied,
        Formula::Ratio { scale: 100 },
        stated.clone(),
        vec![cx.operand(reading.mention(whole).fig)?],
    )
}
