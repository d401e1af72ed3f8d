//! Changes of a figure against one it is compared with in so many words: 579101人，与2010年的442854人相比，增加136247人，增长30.77%.

use gouji_quantity::{Decimal, one_keystroke};

use super::words::{Change, change_of};
use crate::context::Context;
use crate::prose::clauses::Mention;
use crate::prose::rates::{fits, is_compared_with, near_miss};
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, FigureClass, Formula, Relation, RelationKind};

/// Figures before a change that are looked at.
const REACH: usize = 8;
/// Points by which a growth may miss its two figures and still be of them.
const NEAR: i64 = 4;

/// The change as the difference, or the growth, of the amount before one that it is compared with; both of one unit,
/// and nothing but changes between. Kept if it fits or misses by little, since the words say of neither that it is meant.
pub(super) fn change(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let amount = |i: &usize| prose.mentions[*i].is_amount() && change_of(&prose.mentions[*i]).is_none();
    let mut before = (0..at.mention)
        .rev()
        .take(REACH)
        .take_while(|i| reading.sentence(MentionRef { mention: *i, ..at }) + 1 >= reading.sentence(at))
        .filter(amount);
    let base = before
        .next()
        .map(|i| &prose.mentions[i])
        .filter(|b| is_compared_with(b))?;
    // In the sentence of the change; what changed may be told in the one before.
    if prose.clauses[base.clause].sentence != reading.sentence(at) {
        return None;
    }
    let now = before.map(|i| &prose.mentions[i]).find(|n| n.unit == base.unit)?;
    if !change.subject.is_empty() || base.value <= Decimal::ZERO || !(m.is_rate() || m.unit == base.unit) {
        return None;
    }
    of_two(cx, m, change, now, base, ["growth-against", "difference-against"])
}

/// A change as the growth from `base` to `now`, or what lies between them, if it fits or misses by little. Rules: of a growth, of a
/// difference.
pub(super) fn of_two(
    cx: &Context,
    m: &Mention,
    change: &Change,
    now: &Mention,
    base: &Mention,
    rules: [&'static str; 2],
) -> Option<Relation> {
    let (stated, terms) = (cx.operand(m.fig)?, [cx.operand(now.fig)?, cx.operand(base.fig)?]);
    let step = if change.fell {
        base.value.checked_sub(now.value)?
    } else {
        now.value.checked_sub(base.value)?
    };
    let told = |kind, rule, formula, terms| relation(cx, kind, rule, Cue::Implied, formula, stated.clone(), terms);
    if m.class == FigureClass::Points {
        let gap = m.value.checked_sub(step)?.abs();
        let meant = gap <= Decimal::ONE || one_keystroke(m.value, step);
        let formula = Formula::PointChange { negative: change.fell };
        return meant.then(|| told(RelationKind::Difference, rules[1], formula, terms.to_vec()))?;
    }
    if m.is_rate() {
        let fit = fits(&stated, step, base.value, 100).is_some_and(|a| a.holds() || a.is_rounding());
        let meant = fit || near_miss(&stated, step, base.value, 100, NEAR);
        let formula = Formula::Growth { negative: change.fell };
        return meant.then(|| told(RelationKind::Change, rules[0], formula, terms.to_vec()))?;
    }
    let meant = m.value == step || one_keystroke(m.value, step);
    let [now, base] = terms;
    let terms = if change.fell { vec![base, now] } else { vec![now, base] };
    meant.then(|| told(RelationKind::Difference, rules[1], Formula::Difference, terms))?
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::of_kinds;

    fn found(text: &str) -> Vec<String> {
        of_kinds(text, &["change", "difference"])
    }

    #[test]
    fn a_figure_against_another() {
        assert_eq!(
            found("全区常住人口为52000人，与2010年的40000人相比，十年共增加12000人，增长30.00%。"),
            [
                "difference? 12000人 <- 52000人 40000人",
                "change? 30.00% <- 52000人 40000人"
            ]
        );
        assert_eq!(
            found("全年受理来件900件，与上年的1200件相比减少300件，下降25.0%。"),
            ["difference? 300件 <- 1200件 900件", "change? 25.0% <- 900件 1200件"]
        );
        // One wrong key.
        assert_eq!(
            found("全区常住人口为52000人，与2010年的40000人相比，十年共增加13000人。"),
            ["difference? 13000人 <- 52000人 40000人"]
        );
    }

    #[test]
    fn what_something_is_compared_with_is_not_what_changed() {
        assert!(found("与2010年的40000人相比，户籍人口增加9000人，增长45.0%。").is_empty());
    }
}
