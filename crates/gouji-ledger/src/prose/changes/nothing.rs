//! A fall to nothing that words tell: 无死亡，较上月同期（1例）下降100%; 零伤亡，同比减少2人，下降100%.

use gouji_quantity::Decimal;

use super::words::{Change, change_of, names_base};
use crate::context::Context;
use crate::prose::clauses::{Mention, Prose};
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, Formula, Operand, Relation, RelationKind};

/// How many clauses before a change are looked at for the words.
const REACH: usize = 3;
/// How many clauses, those in parentheses counted, are looked at for them.
const MAX_CLAUSES: usize = 16;
/// Longest clause (in characters) that only denies.
const MAX_DENIAL: usize = 12;

/// The relation of a change that fell to nothing; `Some(None)` if words tell the nothing but no base is printed.
///
/// Without these words the figure of the clause before would be taken as what changed. Only a fall of all of it is one to nothing:
/// 受理300件，无积压，较上月的250件增长20% is of the 300.
pub(super) fn fall(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Option<Relation>> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let of_all = m.is_rate() && m.value == Decimal::ONE_HUNDRED;
    if !change.fell || !of_all && !m.is_amount() {
        return None;
    }
    let from = denial(cx, reading, at)?;
    let between = from..at.mention;
    let base = between.clone().rev().find(|i| {
        let b = &prose.mentions[*i];
        change_of(b).is_none() && b.is_amount() && b.value > Decimal::ZERO
    });
    if !of_all {
        // 无死亡，同比减少1人: the base is what it fell by, or is printed.
        let base = &prose.mentions[base?];
        let all = base.unit == m.unit && base.value == m.value;
        return all.then(|| {
            let (stated, base) = (cx.operand(m.fig)?, cx.operand(base.fig)?);
            let operands = vec![base, Operand::computed(Decimal::ZERO)];
            let (kind, formula) = (RelationKind::Difference, Formula::Difference);
            relation(cx, kind, "increase", Cue::Explicit, formula, stated, operands)
        });
    }
    let fell_by = || {
        between
            .rev()
            .find(|i| prose.mentions[*i].is_amount() && change_of(&prose.mentions[*i]).is_some_and(|c| c.fell))
    };
    Some(base.or_else(fell_by).and_then(|base| {
        let base = cx.operand(prose.mentions[base].fig)?;
        base.value.filter(|v| *v > Decimal::ZERO)?;
        let stated = cx.operand(m.fig)?;
        let operands = vec![Operand::computed(Decimal::ZERO), base];
        let formula = Formula::Growth { negative: true };
        relation(
            cx,
            RelationKind::Change,
            "growth",
            Cue::Explicit,
            formula,
            stated,
            operands,
        )
    }))
}

/// The first mention behind words that deny all of the thing, if nothing but bases and changes stand between them and the change.
fn denial(cx: &Context, reading: &Reading, at: MentionRef) -> Option<usize> {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let m = reading.mention(at);
    let own = &prose.clauses[m.clause];
    let mut first = at.mention;
    let back = (0..=m.clause)
        .rev()
        .take(MAX_CLAUSES)
        .filter(|c| prose.clauses[*c].group == own.group)
        .take(REACH + 1);
    for (n, c) in back.enumerate() {
        let clause = &prose.clauses[c];
        if clause.sentence != own.sentence {
            return None;
        }
        for &i in clause.mentions.iter().filter(|i| **i < at.mention) {
            if !says_nothing(&prose.mentions[i]) {
                return None;
            }
            first = first.min(i);
        }
        // The bases stand in parentheses of their own.
        let inside = first.min(first_inside(prose, clause.range.start, first));
        let words = text[clause.range.clone()].trim_start();
        let denies = ["无", "零", "没有", "未发生", "未出现"]
            .iter()
            .any(|w| words.starts_with(w));
        let short = words.chars().count() <= MAX_DENIAL || !clause.mentions.is_empty();
        let mut before = clause.mentions.iter().filter(|i| **i < at.mention);
        if denies && short && before.all(|i| says_nothing(&prose.mentions[*i])) {
            return Some(inside);
        }
        if clause.mentions.is_empty() && n > 0 {
            return None;
        }
    }
    None
}

/// The first mention from byte `from` on, at most `most`.
fn first_inside(prose: &Prose, from: usize, most: usize) -> usize {
    prose.mentions.partition_point(|m| m.full.start < from).min(most)
}

/// A base or a change, which says nothing of how much there is now, or a nought.
fn says_nothing(m: &Mention) -> bool {
    m.value.is_zero() || change_of(m).is_some() || names_base(&m.label).is_some()
}
