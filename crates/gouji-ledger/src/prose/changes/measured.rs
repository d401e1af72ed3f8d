//! Growth told of a measure: 受理478件635人，去年同期为773件1350人，同比件数下降38.16%、人数下降52.96%.

use super::words::{Change, names_base};
use crate::context::Context;
use crate::prose::clauses::Mention;
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, Formula, Relation, RelationKind};

/// Figures before a growth that are looked at.
const REACH: usize = 12;
/// Words of a subject that only say that something is counted.
const COUNTING: [char; 3] = ['数', '量', '次'];

/// The growth of the figure that is counted in the measure word of its subject, over the one of that word in the row told for the year
/// before. Both rows stand in its sentence, each figure of the row in one clause.
pub(super) fn growth(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let unit = change.subject.trim_end_matches(COUNTING);
    if !m.is_rate() || unit.is_empty() || unit == change.subject || unit.chars().count() > 2 {
        return None;
    }
    let before: Vec<usize> = (0..at.mention)
        .rev()
        .take(REACH)
        .take_while(|i| reading.one_sentence(MentionRef { mention: *i, ..at }, at))
        .filter(|i| prose.mentions[*i].is_amount())
        .collect();
    let of_unit = |i: &&usize| prose.mentions[**i].unit == unit;
    // A row is told in one clause, and its first figure says what it is: 去年同期为773件1350人.
    let leads = |m: &Mention| {
        let first = prose.clauses[m.clause].mentions.first();
        first.is_some_and(|f| names_base(&prose.mentions[*f].label).is_some())
    };
    let base = *before.iter().find(of_unit).filter(|i| leads(&prose.mentions[**i]))?;
    let now = *before
        .iter()
        .filter(of_unit)
        .find(|i| **i < base && !leads(&prose.mentions[**i]))?;
    let row = |i: usize| prose.clauses[prose.mentions[i].clause].mentions.len();
    (row(base) >= 2 && row(now) == row(base)).then_some(())?;
    relation(
        cx,
        RelationKind::Change,
        "growth-of-measure",
        Cue::Implied,
        Formula::Growth { negative: change.fell },
        cx.operand(m.fig)?,
        vec![
            cx.operand(prose.mentions[now].fig)?,
            cx.operand(prose.mentions[base].fig)?,
        ],
    )
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    #[test]
    fn growths_of_rows_by_their_measure_words() {
        let text = "受理审查案件450件600人，去年同期为600件1000人，同比件数下降25.00%、人数下降40.00%。";
        let found: Vec<String> = read(text).into_iter().filter(|l| l.starts_with("change")).collect();
        assert_eq!(
            found,
            ["change? 25.00% <- 450件 600件", "change? 40.00% <- 600人 1000人"]
        );
        let other = "受理审查案件450件600人，同比件数下降25.00%、人数下降40.00%。";
        assert!(read(other).iter().all(|l| !l.starts_with("change")));
    }
}
