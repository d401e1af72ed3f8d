//! Figures told again to another place: 赔偿总金额743526.4元 … 赔偿74.35万元; 办理业务371946人次 … 业务逾37万人次.

use std::collections::BTreeMap;
use std::ops::Bound;

use gouji_quantity::{Approx, Decimal};

use super::super::{MentionRef, Reading};
use super::thing::{Thing, is_change};
use crate::context::Context;
use crate::{FigureClass, Modality, Operand, Relation};

/// Fewest digits of the rougher figure: of an amount of money, of a count, and where its words say that it is rough (逾26万).
const MIN_DIGITS: [i64; 3] = [1_000, 100, 10];
/// How many earlier figures about as large are looked at.
const MAX_NEAR: usize = 16;

/// Figures that are an earlier one rounded, or of which an earlier one is rounded, told of the same words: kept as such.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let mut seen: BTreeMap<(Decimal, MentionRef), ()> = BTreeMap::new();
    for at in reading.places() {
        let m = reading.mention(at);
        let fact = cx.figure(m.fig).modality == Modality::Fact;
        let amount = matches!(m.class, FigureClass::Money | FigureClass::Count) && fact;
        if !amount || m.value <= Decimal::ZERO || is_change(m) {
            continue;
        }
        let Some(own) = cx.operand(m.fig) else { continue };
        // Two digits are rounded by no more than a tenth.
        let Some(reach) = m.value.checked_div(Decimal::TEN) else {
            continue;
        };
        let first = MentionRef { passage: 0, mention: 0 };
        let range = (
            Bound::Included((m.value.saturating_sub(reach), first)),
            Bound::Included((m.value.saturating_add(reach), at)),
        );
        let earlier = seen.range(range).take(MAX_NEAR).map(|((_, e), ())| *e).find(|e| {
            let other = reading.mention(*e);
            other.class == m.class
                && (other.unit == m.unit || m.class == FigureClass::Money)
                && cx
                    .operand(other.fig)
                    .is_some_and(|o| is_rounded(cx, (&own, at), (&o, *e), reading))
                && same(cx, reading, *e, at)
        });
        if let Some(earlier) = earlier {
            // What is told roughly is held against what is told exactly, whichever comes first.
            let rough = approx(cx, reading, earlier) != Approx::Exact;
            let (stated, of) = if rough { (earlier, at) } else { (at, earlier) };
            out.extend(super::repeat(cx, reading, stated, of, "stated-again"));
        }
        seen.insert((m.value, at), ());
    }
}

/// How exactly a figure is told.
fn approx(cx: &Context, reading: &Reading, at: MentionRef) -> Approx {
    let figure = cx.figure(reading.mention(at).fig);
    figure.stated.as_ref().map_or(Approx::Exact, |s| s.approx)
}

/// Whether one figure is the other to fewer places: rounded, or as its words of approximation say.
fn is_rounded(cx: &Context, a: (&Operand, MentionRef), b: (&Operand, MentionRef), reading: &Reading) -> bool {
    let ((rough, at), (fine, exact)) = if a.0.ulp > b.0.ulp { (a, b) } else { (b, a) };
    let (Some(x), Some(y)) = (rough.value, fine.value) else {
        return false;
    };
    let approx = |at: MentionRef| approx(cx, reading, at);
    let gap = y - x;
    let half = || gap.abs().checked_mul(Decimal::TWO).is_some_and(|g| g <= rough.ulp);
    let (near, least) = match approx(at) {
        Approx::Exact if reading.mention(at).class == FigureClass::Money => (half(), MIN_DIGITS[0]),
        Approx::Exact => (half(), MIN_DIGITS[1]),
        Approx::About => (half(), MIN_DIGITS[2]),
        Approx::Over | Approx::MoreThan => (gap >= Decimal::ZERO && gap < rough.ulp, MIN_DIGITS[2]),
        Approx::Near => (gap <= Decimal::ZERO && gap.abs() < rough.ulp, MIN_DIGITS[2]),
        Approx::LessThan | Approx::AtLeast | Approx::AtMost => return false,
    };
    let long = x.checked_div(rough.ulp).is_some_and(|n| n >= Decimal::from(least));
    rough.ulp > fine.ulp && x != y && long && near && approx(exact) == Approx::Exact
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
    fn a_count_told_again_roughly() {
        for text in [
            "一季度便民服务平台受理有效诉求超684万件。\n据统计，一季度便民服务平台共受理有效诉求684.37万件，比去年同期增长17.62%。",
            "一季度便民服务平台受理有效诉求684万件，增长较快。\n据统计，一季度便民服务平台共受理有效诉求684.37万件。",
            "据统计，全年办理网上业务342817人次。\n网上业务逾34万人次，同比增长较快。",
        ] {
            let found = read(text);
            assert!(
                found.len() == 1 && found[0].starts_with("repeat~ "),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn amounts_of_other_things_or_sizes() {
        for text in [
            "截至7月底，全市便民站点达75182个。\n巡查结果显示，7.4万多个站点中，基层站点问题较多。",
            "截至7月底，全市便民站点达74382个。\n7.4万多名群众参与了评议。",
            "截至7月底，全市便民站点达74382个。\n巡查结果显示，7万多个站点中，基层站点问题较多。",
            "本季度赔偿总金额58.37万元。\n据统计，共为游客赔偿总金额583764.5元。",
            "本季度赔偿总金额58.37万元。\n据统计，中心培训支出583664.5元。",
            "本季度赔偿总金额58万元。\n据统计，共为游客赔偿总金额583664.5元。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
