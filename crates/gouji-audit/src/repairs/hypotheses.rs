//! Another way to read a relation that is broken: the list was not meant to be complete, the rate has another base.
//!
//! A hypothesis competes with the repairs of figures. What the wording says outright (其中…, a parenthesis) is dearly read
//! otherwise, what it only suggests is cheap; a figure that one keystroke mends is cheap to change, one that must become
//! another number altogether is dear. It is printed as a question and never changes a verdict.

use gouji_ledger::{Cue, Figure, FigureClass, Formula, Ledger, Place, Reading, Relation, RelationKind};

use super::Repairs;
use crate::model::{Message, RepairCause, Verdict};
use crate::terms::Term;
use crate::verdict::{Outcome, check};
use crate::wording;

/// Bytes on either side of a rate within which another base is looked for.
const REACH: usize = 400;
/// Figures on either side of a rate that are tried as its base.
const BASES: usize = 24;

/// Another reading, in words that go on a sentence.
#[derive(Debug, Clone)]
pub(crate) struct Hypothesis {
    /// 也可能只列出了一部分
    pub(crate) words: Message,
    /// It is likelier than any repair of a figure.
    pub(crate) first: bool,
    /// It is that a list in the text leaves parts out.
    pub(crate) leaves_out_parts: bool,
}

/// The other reading of a broken relation, if it is no dearer than the best repair.
pub(crate) fn hypothesis(
    relation: &Relation,
    reading: &Reading,
    outcome: &Outcome,
    ledger: &Ledger,
    repairs: &Repairs,
) -> Option<Hypothesis> {
    if outcome.check.verdict != Verdict::Broken {
        return None;
    }
    let (zh, en, discount) = words(relation, reading, outcome, ledger)?;
    let by_cue: u8 = match relation.cue {
        Cue::Explicit => 3,
        Cue::Implied => 2,
        Cue::Arithmetic => 1,
    };
    let cost = by_cue - discount;
    let by_repair = match repairs.list.first().map(|r| r.cause) {
        None => u8::MAX,
        // Several relations speak for it.
        Some(_) if repairs.settled > 1 => 0,
        Some(RepairCause::Other) => 3,
        Some(_) => 2,
    };
    (cost <= by_repair).then_some(Hypothesis {
        words: Message { zh, en },
        first: cost < by_repair,
        leaves_out_parts: relation.kind == RelationKind::Sum && is_short(reading, outcome)?,
    })
}

/// Whether what is computed is less than what is printed.
fn is_short(reading: &Reading, outcome: &Outcome) -> Option<bool> {
    let stated = gouji_quantity::Ratio::from_decimal(reading.stated.value?);
    Some(outcome.check.exact?.compare(stated)?.is_lt())
}

/// What else the words can mean, and how much cheaper the figures make that.
fn words(relation: &Relation, reading: &Reading, outcome: &Outcome, ledger: &Ledger) -> Option<(String, String, u8)> {
    let gap = wording::gap(&reading.stated, outcome.check.exact?)?;
    let short = is_short(reading, outcome)?;
    let say = |zh: String, en: String| Some((zh, en, 0));
    match (relation.kind, &reading.formula) {
        (RelationKind::Sum, Formula::Sum) if short => say(
            format!("也可能各项没有列全（尚差{gap}）"),
            format!("or the list is not complete ({gap} missing)"),
        ),
        (RelationKind::Sum, Formula::Sum) => say(
            format!("也可能各项之间有重复计算（多出{gap}）"),
            format!("or the parts overlap ({gap} too many)"),
        ),
        (RelationKind::TableTotal, Formula::Sum) if short => say(
            format!("也可能表中有未列出的项（尚差{gap}）"),
            format!("or the table leaves out items ({gap} missing)"),
        ),
        (RelationKind::TextTable, _) => say(
            "也可能正文与表格的统计范围不同".to_owned(),
            "or text and table differ in scope".to_owned(),
        ),
        (RelationKind::Repeat, _) => say("也可能两处口径不同".to_owned(), "or the two differ in scope".to_owned()),
        (RelationKind::Ratio, Formula::Ratio { scale }) => match outcome.exceptions {
            Some(_) if !short => say(
                "也可能所列例外不全".to_owned(),
                "or not all exceptions are named".to_owned(),
            ),
            Some(_) => None,
            None => {
                let base = other_base(reading, *scale, ledger)?;
                Some((
                    format!("若以{}为分母则相符", base.surface),
                    format!("of {} it would be right", base.surface),
                    1,
                ))
            }
        },
        (RelationKind::Change, Formula::Growth { negative }) => match divided_by_now(reading, *negative, ledger) {
            Some(now) => Some((
                format!("以本期的{now}为分母则相符，增幅应以上期数为分母"),
                format!("it is right of the later figure ({now}); growth is of the earlier one"),
                1,
            )),
            None => say(
                "也可能上期数据后来有调整".to_owned(),
                "or the earlier figure was revised".to_owned(),
            ),
        },
        _ => None,
    }
}

/// The later figure, if the growth is right as a share of it: a slip of method, and the commonest one.
fn divided_by_now<'r>(reading: &'r Reading, negative: bool, ledger: &Ledger) -> Option<&'r str> {
    let [now, before] = reading.operands.as_slice() else {
        return None;
    };
    let stated = Term::of(&reading.stated, ledger);
    // (now − before) ÷ now is what fell, or rose, the other way round.
    let turned = [Term::of(before, ledger), Term::of(now, ledger)];
    let formula = Formula::Growth { negative: !negative };
    (check(&formula, &stated, &turned).verdict == Verdict::Holds).then_some(now.surface.as_str())
}

/// The nearest figure of the whole's unit that makes the rate right as its base. A rate in whole percent fits too many.
fn other_base<'l>(reading: &Reading, scale: u32, ledger: &'l Ledger) -> Option<&'l Figure> {
    let [part, whole] = reading.operands.as_slice() else {
        return None;
    };
    if reading.stated.decimals == 0 {
        return None;
    }
    let (at, known) = (reading.stated.figure?, ledger.figures.get(reading.stated.figure?.0)?);
    let unit = &ledger.figures.get(whole.figure?.0)?.unit;
    let (stated, part_term) = (Term::of(&reading.stated, ledger), Term::of(part, ledger));
    let fits = |figure: &&Figure| {
        let value = figure.stated.as_ref().and_then(gouji_quantity::Stated::base);
        let near = figure.place == Place::Prose
            && figure.span.start.abs_diff(known.span.start) <= REACH
            && matches!(figure.class, FigureClass::Count | FigureClass::Money)
            && figure.unit == *unit
            && Some(figure.span) != part.span
            && Some(figure.span) != whole.span;
        let mut base = Term::of(whole, ledger);
        base.value = value;
        near && value > part_term.value
            && check(&Formula::Ratio { scale }, &stated, &[part_term, base]).verdict == Verdict::Holds
    };
    let from = at.0.saturating_sub(BASES);
    let to = (at.0 + BASES).min(ledger.figures.len());
    ledger
        .figures
        .get(from..to)?
        .iter()
        .filter(fits)
        .min_by_key(|figure| figure.span.start.abs_diff(known.span.start))
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{FigureClass, RelationKind};

    use super::*;
    use crate::sample::Sample;

    fn message(cue: Cue, stated: &str, parts: &[&str]) -> String {
        let mut sample = Sample::new();
        sample.relate(RelationKind::Sum, cue, Formula::Sum, stated, parts);
        sample.found("sum-parts").concat()
    }

    #[test]
    fn fires_where_no_keystroke_explains_a_list_that_is_short() {
        assert!(message(Cue::Explicit, "954件", &["212件", "231件"]).contains("也可能各项没有列全（尚差511件）"));
        assert!(message(Cue::Explicit, "54件", &["212件", "231件"]).contains("也可能各项之间有重复计算（多出389件）"));
    }

    #[test]
    fn silent_where_the_wording_is_plain_and_one_digit_mends_it() {
        assert!(!message(Cue::Explicit, "444件", &["212件", "231件"]).contains("也可能"));
        assert!(
            message(Cue::Implied, "444件", &["212件", "231件"]).contains("也可能"),
            "the wording only suggests it"
        );
    }

    #[test]
    fn another_base_is_named_if_it_fits() {
        let found = |other: &str| {
            let mut sample = Sample::new();
            sample.figure(other, FigureClass::Count);
            let formula = Formula::Ratio { scale: 100 };
            sample.relate(
                RelationKind::Ratio,
                Cue::Explicit,
                formula,
                "91.8%",
                &["112件", "187件"],
            );
            sample.found("rate-recompute").concat()
        };
        assert!(found("122件").contains("若以122件为分母则相符"));
        assert!(!found("124件").contains("若以"), "another figure that does not fit");
        assert!(!found("122家").contains("若以"), "another unit");
    }
}
