//! What a total was before is the sum of what its parts were: 900件，上年同期（840件）…其中甲类600件，上年同期（550件）…乙类300件，上年同期（290件）.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::{Decimal, one_keystroke};

use super::words::{Since, since};
use crate::context::Context;
use crate::prose::{MentionRef, Reading, figures_of, relation};
use crate::words::last;
use crate::{Cue, FigureIdx, Formula, Operand, Relation, RelationKind};

/// How many characters before a base are read for the time that it is of.
const WORDS_BEFORE: usize = 16;
/// Most sums that are taken up.
const MAX_SUMS: usize = 2000;

/// The bases printed for a figure, with the time that each is of.
type Bases = BTreeMap<FigureIdx, Vec<(FigureIdx, Since)>>;

/// For each sum found whose total and parts all have a printed base of one time: the sum of these. What was added up anew since then
/// may differ, so that only a slip of one key is complained of.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let bases = bases(cx, reading, out);
    if bases.is_empty() {
        return;
    }
    let sums = || out.iter().filter(|r| r.kind == RelationKind::Sum);
    let mut known: BTreeSet<Vec<Option<FigureIdx>>> = sums().map(figures_of).collect();
    let found: Vec<Relation> = sums()
        .filter(|sum| adds_up(sum))
        .take(MAX_SUMS)
        .flat_map(|sum| of_sum(cx, &bases, sum))
        .collect();
    out.extend(found.into_iter().filter(|sum| known.insert(figures_of(sum))));
}

/// The bases over which growths were reckoned, by the figure that grew.
fn bases(cx: &Context, reading: &Reading, relations: &[Relation]) -> Bases {
    let places: BTreeMap<FigureIdx, MentionRef> = reading.places().map(|at| (reading.mention(at).fig, at)).collect();
    let mut bases = Bases::new();
    for relation in relations.iter().filter(|r| r.kind == RelationKind::Change) {
        let first = &relation.readings[0];
        let ([now, base], Formula::Growth { .. }) = (&first.operands[..], &first.formula) else {
            continue;
        };
        let (Some(now), Some(at)) = (now.figure, base.figure.and_then(|f| places.get(&f))) else {
            continue;
        };
        // A base that was reckoned from a difference bears the figure of that.
        let printed = reading.mention(*at);
        if base.value != Some(printed.value) {
            continue;
        }
        let text = cx.passages[at.passage].text.as_str();
        let before = last(&text[..printed.full.start], WORDS_BEFORE);
        let clause = before
            .rsplit(['，', '。', '；', '、', ',', ';'])
            .next()
            .unwrap_or_default();
        let since = since(clause);
        if since != Since::Open {
            bases.entry(now).or_default().push((printed.fig, since));
        }
    }
    bases
}

/// Whether the parts of a sum are exactly what it is printed as.
fn adds_up(relation: &Relation) -> bool {
    let [reading] = &relation.readings[..] else {
        return false;
    };
    let sum = |operands: &[Operand]| operands.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?));
    reading.formula == Formula::Sum && reading.operands.len() >= 2 && sum(&reading.operands) == reading.stated.value
}

/// The sums of the bases of one sum, one for each time that all of them tell.
fn of_sum(cx: &Context, bases: &Bases, sum: &Relation) -> Vec<Relation> {
    let reading = &sum.readings[0];
    let of = |o: &Operand, time: Since| {
        let own = bases.get(&o.figure?)?;
        own.iter()
            .find(|(_, since)| *since == time)
            .and_then(|(base, _)| cx.operand(*base))
    };
    let totals = reading.stated.figure.and_then(|f| bases.get(&f));
    totals
        .into_iter()
        .flatten()
        .filter_map(|(total, time)| {
            let stated = cx.operand(*total)?;
            let parts: Vec<Operand> = reading.operands.iter().map(|o| of(o, *time)).collect::<Option<_>>()?;
            let exact = parts.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
            let room = parts.iter().try_fold(stated.ulp, |s, o| s.checked_add(o.ulp))?;
            let gap = exact.checked_sub(stated.value?)?.abs();
            let rounded = !exact.fract().is_zero() && gap.checked_add(gap)? <= room;
            let holds = gap.is_zero() || rounded;
            let slip = stated
                .value
                .is_some_and(|printed| printed >= Decimal::TEN && one_keystroke(printed, exact));
            let kind = RelationKind::Sum;
            (holds || slip)
                .then(|| relation(cx, kind, "bases-of-parts", Cue::Implied, Formula::Sum, stated, parts))
                .flatten()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    const TEXT: &str = "共接收投诉举报3900件，同比上年（3700件）上升5.4%。其中投诉2800件，同比上年（2600件）上升7.7%；举报1100件，同比上年（1100件）持平。";

    fn sums(text: &str) -> Vec<String> {
        read(text).into_iter().filter(|line| line.starts_with("sum")).collect()
    }

    #[test]
    fn bases_of_the_parts_of_a_total() {
        let text = TEXT
            .replace("（1100件）持平", "（1090件）上升0.9%")
            .replace("3700", "3690")
            .replace("5.4%", "5.7%");
        let found = sums(&text);
        assert!(
            found.iter().any(|l| l.ends_with("3690件 <- 2600件 1090件")),
            "{found:?}"
        );
        // One wrong key is said.
        let found = sums(&text.replace("3690", "3680").replace("5.7%", "6.0%"));
        assert!(
            found.iter().any(|l| l.ends_with("3680件 <- 2600件 1090件")),
            "{found:?}"
        );
    }

    #[test]
    fn a_part_without_a_base_or_of_another_time_is_none() {
        let found = sums(TEXT);
        assert!(!found.iter().any(|l| l.contains("3700件 <-")), "{found:?}");
        let text = "共接收投诉举报3900件，同比上年（3700件）上升5.4%。其中投诉2800件，环比上月（2600件）上升7.7%；举报1100件，环比上月（1100件）上升0%。";
        let found = sums(text);
        assert!(!found.iter().any(|l| l.contains("3700件 <-")), "{found:?}");
    }
}
