//! Amounts told again to another place: 赔偿总金额743526.4元 … 赔偿74.35万元.

use std::collections::BTreeMap;
use std::ops::Bound;

use gouji_quantity::Decimal;

use super::super::{MentionRef, Reading};
use super::thing::{Thing, is_change};
use crate::context::Context;
use crate::{FigureClass, Operand, Relation};

/// Fewest digits of the rougher amount.
const MIN_DIGITS: i64 = 1_000;
/// How many earlier amounts about as large are looked at.
const MAX_NEAR: usize = 8;

/// Amounts of money that are an earlier one rounded, or of which an earlier one is rounded, told of the same words: kept as such.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let mut seen: BTreeMap<(Decimal, MentionRef), ()> = BTreeMap::new();
    for at in reading.places() {
        let m = reading.mention(at);
        if m.class != FigureClass::Money || !m.plain || m.value <= Decimal::ZERO || is_change(m) {
            continue;
        }
        let Some(own) = cx.operand(m.fig) else { continue };
        // Four digits are rounded by no more than a thousandth.
        let Some(reach) = m.value.checked_div(Decimal::from(MIN_DIGITS)) else {
            continue;
        };
        let first = MentionRef { passage: 0, mention: 0 };
        let range = (
            Bound::Included((m.value.saturating_sub(reach), first)),
            Bound::Included((m.value.saturating_add(reach), at)),
        );
        let earlier = seen.range(range).take(MAX_NEAR).map(|((_, e), ())| *e).find(|e| {
            cx.operand(reading.mention(*e).fig)
                .is_some_and(|other| is_rounded(&own, &other))
                && same(cx, reading, *e, at)
        });
        if let Some(earlier) = earlier {
            out.extend(super::repeat(cx, reading, at, earlier, "stated-again"));
        }
        seen.insert((m.value, at), ());
    }
}

/// Whether one amount is the other, rounded to fewer places, with four digits left.
fn is_rounded(a: &Operand, b: &Operand) -> bool {
    let (rough, fine) = if a.ulp > b.ulp { (a, b) } else { (b, a) };
    let (Some(x), Some(y)) = (rough.value, fine.value) else {
        return false;
    };
    let long = x.checked_div(rough.ulp).is_some_and(|n| n >= Decimal::from(MIN_DIGITS));
    let near = (x - y)
        .abs()
        .checked_mul(Decimal::TWO)
        .is_some_and(|gap| gap <= rough.ulp);
    rough.ulp > fine.ulp && x != y && long && near
}

/// Whether two amounts of different sentences are of one thing by their words.
fn same(cx: &Context, reading: &Reading, e: MentionRef, at: MentionRef) -> bool {
    let (before, thing) = (Thing::of(cx, reading, e), Thing::of(cx, reading, at));
    let apart = reading.one_sentence(e, at) || reading.is_part(e) && reading.is_part(at) || before.contradicts(&thing);
    !apart && before.same_time(&thing) && before.overlap(&thing) >= 2
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_by;

    fn read(source: &str) -> Vec<String> {
        read_by(source, super::relations)
    }

    #[test]
    fn an_amount_told_again_to_another_place() {
        for text in [
            "据统计，共为游客赔偿总金额583664.5元。\n本季度赔偿总金额58.37万元。",
            "本季度赔偿总金额58.37万元。\n据统计，共为游客赔偿总金额583664.5元。",
        ] {
            let found = read(text);
            assert!(found.len() == 1 && found[0].starts_with("repeat~ 58"), "{found:?}");
        }
    }

    #[test]
    fn amounts_of_other_things_or_sizes() {
        for text in [
            "本季度赔偿总金额58.37万元。\n据统计，共为游客赔偿总金额583764.5元。",
            "本季度赔偿总金额58.37万元。\n据统计，中心培训支出583664.5元。",
            "本季度赔偿总金额58万元。\n据统计，共为游客赔偿总金额583664.5元。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
