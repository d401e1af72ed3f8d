//! Totals that are stated roughly above exact parts: 约1200件，其中咨询703件、投诉499件; 1200余件，包括咨询703件、投诉502件.
//!
//! Lists in a parenthesis find such totals by themselves (`prose::partition`).
//! The parts give the total as far as its printed places tell: half of the last place that is no nought for 约, up to one of it for
//! 近, 余 and 超. What lies farther off is left alone, since the list may leave some out.

use gouji_quantity::{Approx, Decimal};

use super::lists::{Announced, List};
use super::{MentionRef, Reading, relation};
use crate::context::Context;
use crate::{Cue, FigureClass, Formula, Modality, Operand, Relation, RelationKind};

/// Words (in bytes) that may stand between the total and its first part's clause.
const MAX_GAP: usize = 60;

/// Relations of all rough totals with the lists right behind them.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for list in &reading.lists[passage] {
            if matches!(
                list.announced,
                Announced::Among | Announced::All | Announced::Parenthesis
            ) {
                out.extend(of_list(cx, reading, passage, list));
            }
        }
    }
}

fn of_list(cx: &Context, reading: &Reading, passage: usize, list: &List) -> Option<Relation> {
    let prose = &reading.prose[passage];
    if list.items.len() < 2 || list.items.iter().any(|i| i.times != 1) {
        return None;
    }
    let parts: Option<Vec<usize>> = list.items.iter().map(|i| i.amounts.first().copied()).collect();
    let parts = parts?;
    let total = parts[0].checked_sub(1)?;
    let t = &prose.mentions[total];
    let alike = parts.iter().all(|m| prose.mentions[*m].unit == t.unit);
    let figure = cx.figure(t.fig);
    let stated = figure.stated.as_ref()?;
    let counted = matches!(t.class, FigureClass::Count | FigureClass::Money | FigureClass::Measure);
    let between = prose.mentions[parts[0]].full.start.checked_sub(t.full.end)?;
    if !alike || !counted || t.unit.is_empty() || figure.modality != Modality::Fact || between > MAX_GAP {
        return None;
    }
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))?;
    let operand = |m: usize| cx.operand(reading.mention(MentionRef { passage, mention: m }).fig);
    let whole = operand(total)?;
    if !admits(stated.approx, t.value, place(t.value, whole.ulp), sum)? {
        return None;
    }
    let parts: Option<Vec<Operand>> = parts.into_iter().map(operand).collect();
    relation(
        cx,
        RelationKind::Sum,
        "rough-total",
        Cue::Arithmetic,
        Formula::Sum,
        whole,
        parts?,
    )
}

/// One unit of the last place that is no nought: 100 of 1200, 10 of 480; that of the last printed one of 1.20万.
fn place(value: Decimal, ulp: Decimal) -> Decimal {
    if !ulp.is_zero() {
        return ulp;
    }
    let mut place = Decimal::ONE;
    let mut next = place * Decimal::TEN;
    while next < value && (value % next).is_zero() {
        place = next;
        next *= Decimal::TEN;
    }
    place
}

/// Whether a sum is what a rough figure admits, as far as its printed places tell.
fn admits(approx: Approx, value: Decimal, place: Decimal, sum: Decimal) -> Option<bool> {
    let low = value.checked_sub(place)?;
    let high = value.checked_add(place)?;
    let gap = value.checked_sub(sum)?.abs();
    Some(match approx {
        Approx::Exact => false,
        Approx::About => gap.checked_mul(Decimal::TWO)? <= place,
        Approx::Near | Approx::LessThan | Approx::AtMost => low <= sum && sum <= value,
        Approx::Over | Approx::MoreThan | Approx::AtLeast => value <= sum && sum < high,
    })
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn sums(text: &str) -> Vec<String> {
        let found = read(text).into_iter().filter(|line| line.starts_with("sum"));
        found.collect()
    }

    #[test]
    fn parts_give_a_rough_total_as_far_as_it_is_printed() {
        for (text, expected) in [
            (
                "共受理约1200件，其中咨询类703件，投诉类499件。",
                "sum~ 1200件 <- 703件 499件",
            ),
            (
                "共受理1200余件，其中咨询类703件，投诉类502件。",
                "sum~ 1200余件 <- 703件 502件",
            ),
            (
                "共受理近1200件，包括咨询类703件、投诉类490件。",
                "sum~ 1200件 <- 703件 490件",
            ),
            (
                "共筹集资金约1.2亿元，其中财政资金7030万元、社会资金4980万元。",
                "sum~ 1.2亿元 <- 7030万元 4980万元",
            ),
        ] {
            assert_eq!(sums(text).first().map_or("", String::as_str), expected, "{text}");
        }
    }

    #[test]
    fn what_lies_farther_off_is_left_alone() {
        for text in [
            "共受理1200余件，其中咨询类703件，投诉类302件。",
            "共受理约1200件，其中咨询类703件，投诉类402件。",
            "力争受理1200件以上，其中咨询类703件，投诉类502件。",
            "共受理1200余件，涉及1205人，其中咨询类703件，投诉类502件。",
        ] {
            assert_eq!(sums(text), [""; 0], "{text}");
        }
    }
}
