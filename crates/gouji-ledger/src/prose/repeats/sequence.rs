//! Several figures told again in the same order: 约谈1246人，问责1583人 … 约谈1246人，问责1583人.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::super::clauses::Mention;
use super::super::lists::common_suffix;
use super::super::{MentionRef, Reading, changes};
use super::thing::{self, Thing};
use super::{digits, told};
use crate::context::Context;
use crate::{FigureClass, Relation};

/// How many places of one pair of figures are looked at.
const MAX_PLACES: usize = 4;
/// Most figures of one sequence.
const MAX_LENGTH: usize = 24;
/// Fewest digits of a sequence, those of its rates left out where two counts give them.
const MIN_DIGITS: usize = 6;
/// Fewest digits of a sequence whose first name has [`MIN_NAME`] characters.
const MIN_NAMED: usize = 4;
const MIN_NAME: usize = 4;

/// Figures that follow each other as they did before, with the same words: kept as told again.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let mut known = told(out);
    let mut seen: BTreeMap<(Decimal, Decimal), Vec<MentionRef>> = BTreeMap::new();
    let mut taken: Option<MentionRef> = None;
    for at in reading.places() {
        let Some(second) = next(reading, at) else { continue };
        let key = (reading.mention(at).value, reading.mention(second).value);
        let places = seen.entry(key).or_default();
        // The figures of a sequence are told again with its first.
        if taken.is_none_or(|end| at > end) {
            let earlier = places.iter().rev().find_map(|e| {
                let length = length(reading, *e, at);
                is_retold(cx, reading, *e, at, length).then_some((*e, length))
            });
            if let Some((e, length)) = earlier {
                for step in 0..length {
                    let (a, b) = (behind(e, step), behind(at, step));
                    if known.insert(reading.mention(b).fig) {
                        out.extend(super::repeat(cx, reading, b, a, "stated-again"));
                    }
                }
                taken = Some(behind(at, length - 1));
            }
        }
        if places.len() >= MAX_PLACES {
            places.remove(1);
        }
        places.push(at);
    }
}

fn behind(at: MentionRef, step: usize) -> MentionRef {
    MentionRef {
        mention: at.mention + step,
        ..at
    }
}

/// The mention behind another in its sentence, if both are figures that can be told again.
fn next(reading: &Reading, at: MentionRef) -> Option<MentionRef> {
    let second = behind(at, 1);
    let prose = &reading.prose[at.passage];
    let (a, b) = (prose.mentions.get(at.mention)?, prose.mentions.get(second.mention)?);
    (is_figure(a) && is_figure(b) && reading.one_sentence(at, second)).then_some(second)
}

fn is_figure(m: &Mention) -> bool {
    m.plain && m.value > Decimal::ZERO && (m.is_amount() || m.is_rate())
}

/// How many figures from two places on are told alike.
fn length(reading: &Reading, e: MentionRef, at: MentionRef) -> usize {
    let (p, q) = (&reading.prose[e.passage], &reading.prose[at.passage]);
    (0..MAX_LENGTH)
        .take_while(|step| {
            let (Some(a), Some(b)) = (p.mentions.get(e.mention + step), q.mentions.get(at.mention + step)) else {
                return false;
            };
            // The earlier stretch ends where the later begins, and both with their sentences.
            behind(e, *step) < at
                && reading.one_sentence(e, behind(e, *step))
                && reading.one_sentence(at, behind(at, *step))
                && is_figure(a)
                && a.value == b.value
                && a.unit == b.unit
                && is_alike(&a.label, &b.label)
        })
        .count()
}

/// Whether the words before two figures say the same.
fn is_alike(a: &str, b: &str) -> bool {
    let bare = |w: &str| {
        w.trim()
            .trim_end_matches(['为', '达', '共', '约', '仅', '了', '有', '是'])
            .to_owned()
    };
    let (a, b) = (bare(a), bare(b));
    changes::change_word(&a) == changes::change_word(&b) && (a == b || common_suffix(&a, &b) >= 2)
}

/// Whether the figures from two places on are the same ones told twice.
fn is_retold(cx: &Context, reading: &Reading, e: MentionRef, at: MentionRef, length: usize) -> bool {
    if length < 2 || reading.one_sentence(e, at) {
        return false;
    }
    let figures = || (0..length).map(|step| reading.mention(behind(at, step)));
    let size = |m: &Mention| {
        if m.value == Decimal::ONE_HUNDRED {
            0
        } else {
            digits(m.value)
        }
    };
    let all: usize = figures().map(size).sum();
    let counts = figures().filter(|m| m.class != FigureClass::Rate).count();
    let telling: usize = match counts {
        0 | 1 => all.saturating_sub(1),
        _ => figures().filter(|m| m.class != FigureClass::Rate).map(size).sum(),
    };
    let (a, b) = (reading.mention(e).label.trim(), reading.mention(at).label.trim());
    let short = a.chars().count().min(b.chars().count());
    // 同比增长12.5% may be of anything.
    let named = changes::change_word(a).is_none()
        && (a.ends_with(b) || b.ends_with(a))
        && short >= MIN_NAME
        && all >= MIN_NAMED;
    let (before, thing) = (Thing::of(cx, reading, e), Thing::of(cx, reading, at));
    (telling >= MIN_DIGITS || named)
        && before.same_time(&thing)
        && thing::one_place(thing::lead(cx, reading, e), thing::lead(cx, reading, at))
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_by;

    fn read(source: &str) -> Vec<String> {
        read_by(source, super::relations)
    }

    #[test]
    fn figures_told_again_in_their_order() {
        assert_eq!(
            read("共约谈1246人，问责1583人。\n立案处罚187家；约谈1246人，问责1583人。"),
            ["repeat~ 1246人 <- 1246人 ok", "repeat~ 1583人 <- 1583人 ok"]
        );
        assert_eq!(
            read("儿童用品中，婴儿纸尿裤150组，合格率97%。\n2.儿童用品类。婴儿纸尿裤150组，合格率97%。"),
            ["repeat~ 150组 <- 150组 ok", "repeat~ 97% <- 97% ok"]
        );
    }

    #[test]
    fn other_things_with_the_same_few_figures() {
        for text in [
            "抽检蔬菜120批次，合格118批次，合格率98.3%。\n抽检水果120批次，合格118批次，合格率98.3%。",
            "机械行业发生1起，死亡1人。\n建筑行业发生1起，死亡1人。",
            "青县受理1523件，办结1498件。\n白县受理1523件，办结1498件。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
