//! Rates and shares find their parts and wholes.
//!
//! A rate (办结率, 合格率) names its numerator; a share (占比, 占总数的, a percentage in a parenthesis behind a count)
//! has it right before it. Wholes are what was received or checked, or the total of the list that the part is in.
//! Where exceptions are stated (逾期9件, 不合格1个), the part is the whole less the exceptions.

mod counts;
mod feasible;
mod kind;
mod plans;
mod rivals;
#[cfg(test)]
mod tests;
mod wholes;

pub(crate) use kind::{Kind, kind_of};
pub(in crate::prose) use rivals::excused;

use gouji_quantity::{Agreement, Decimal, Ratio, agreement, one_keystroke};

use crate::context::Context;
use crate::prose::{MentionRef, Reading, quote_of, shares};
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// How many amounts before a rate are looked at.
const REACH: usize = 24;
/// How many figures before a rate are looked at for them.
const LOOK_BACK: usize = 400;
/// Most readings kept for one rate.
pub(in crate::prose) const MAX_READINGS: usize = 4;

/// Relations of all rates, shares and sums of shares.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            if !reading.mention(at).is_rate() {
                continue;
            }
            match kind_of(cx, reading, at) {
                // 茶叶、菌菇合格率分别为95.5%、97.0%: each is of its own item, told elsewhere.
                Kind::Rate(_) if opens_series(cx, reading, at) => {}
                Kind::Rate(stem) => out.extend(counts::relation(cx, reading, at, &stem)),
                Kind::Other => {
                    let named = || plans::names_a_plan(&reading.mention(at).label);
                    let inside = plans::printed_inside(cx, reading, at);
                    out.extend(inside.or_else(|| named().then(|| plans::relation(cx, reading, at)).flatten()));
                }
                Kind::Share => {}
            }
        }
    }
    shares::relations(cx, reading, out);
}

/// Whether a rate behind 分别 is the first of several told one after the other.
fn opens_series(cx: &Context, reading: &Reading, at: MentionRef) -> bool {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let text = cx.passages[at.passage].text.as_str();
    let words = &text[prose.clauses[m.clause].range.start..m.full.start];
    let next = prose.mentions.get(at.mention + 1);
    words.contains("分别")
        && next.is_some_and(|n| {
            let between = text[m.full.end..n.full.start].trim();
            n.is_rate() && ["、", "和", "与", "及", "，", ","].contains(&between)
        })
}

pub(in crate::prose) fn scale(cx: &Context, reading: &Reading, at: MentionRef) -> u32 {
    let permille = cx
        .figure(reading.mention(at).fig)
        .unit
        .as_ref()
        .is_some_and(|u| u.class == gouji_quantity::UnitClass::Permille);
    if permille { 1000 } else { 100 }
}

pub(in crate::prose) fn ratio_reading(
    stated: &Operand,
    part: Operand,
    wholes: Vec<Operand>,
    scale: u32,
) -> RelationReading {
    let mut operands = vec![part];
    operands.extend(wholes);
    RelationReading {
        formula: Formula::Ratio { scale },
        stated: stated.clone(),
        operands,
    }
}

pub(in crate::prose) fn fits(stated: &Operand, part: Decimal, whole: Decimal, scale: u32) -> Option<Agreement> {
    let exact = Ratio::of(part, whole)?.times(i128::from(scale))?;
    Some(agreement(stated.value?, stated.decimals, exact))
}

/// Percentage points (or what `scale` makes of them) between a printed rate and what its counts give.
pub(in crate::prose) fn misses_by(stated: &Operand, part: Decimal, whole: Decimal, scale: u32) -> Option<Decimal> {
    let exact = part.checked_mul(Decimal::from(scale))?.checked_div(whole)?;
    Some(exact.checked_sub(stated.value?)?.abs())
}

/// Whether a printed rate misses what its counts give by no more than some points, and small ones by no more than a quarter of
/// themselves: two figures that belong to others hardly come so near to it.
pub(in crate::prose) fn near_miss(stated: &Operand, part: Decimal, whole: Decimal, scale: u32, points: i64) -> bool {
    let quarter = stated.value.and_then(|v| v.checked_div(Decimal::from(4)));
    misses_by(stated, part, whole, scale)
        .zip(quarter)
        .is_some_and(|(gap, quarter)| gap <= Decimal::from(points) && gap <= quarter)
}

/// Whether a printed rate would be what its counts give but for one wrong key: 80.71% where they give 80.41%. Whole
/// per cents are too short to tell.
pub(in crate::prose) fn slipped(stated: &Operand, part: Decimal, whole: Decimal, scale: u32) -> bool {
    let meant = || {
        Ratio::of(part, whole)?
            .times(i128::from(scale))?
            .round_half_up(stated.decimals)
    };
    match (stated.value, meant()) {
        (Some(printed), Some(meant)) => stated.decimals > 0 && printed != meant && one_keystroke(printed, meant),
        _ => false,
    }
}

/// The same for a part that was counted: 23 of 32 where 28 give the 87.5 % printed.
pub(in crate::prose) fn part_slipped(stated: &Operand, part: Decimal, whole: Decimal, scale: u32) -> bool {
    let meant = || {
        let exact = Ratio::of(whole.checked_mul(stated.value?)?, Decimal::from(scale))?;
        exact.round_half_up(0)
    };
    let counted = part.fract().is_zero() && part >= Decimal::TEN;
    counted
        && stated.decimals > 0
        && meant().is_some_and(|meant| {
            meant != part
                && one_keystroke(part, meant)
                && fits(stated, meant, whole, scale).is_some_and(Agreement::holds)
        })
}

pub(in crate::prose) fn assemble(
    cx: &Context,
    rule: &'static str,
    cue: Cue,
    mut readings: Vec<RelationReading>,
    scale: u32,
) -> Option<Relation> {
    // Best reading first: one that holds, then one that rounding explains, then the order they were found in.
    readings.sort_by_key(|r| {
        let whole = r.operands[1..]
            .iter()
            .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?));
        match (r.operands[0].value, whole) {
            (Some(part), Some(whole)) => match fits(&r.stated, part, whole, scale) {
                Some(a) if a.holds() => 0,
                Some(a) if a.is_rounding() => 1,
                _ => 2,
            },
            _ => 3,
        }
    });
    readings.truncate(MAX_READINGS);
    let first = readings.first()?;
    if cue == Cue::Arithmetic {
        let whole = first.operands[1..]
            .iter()
            .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
        if !fits(&first.stated, first.operands[0].value?, whole, scale)?.holds() {
            return None;
        }
    }
    let quote = quote_of(cx, std::iter::once(&first.stated).chain(&first.operands))?;
    Some(Relation {
        kind: RelationKind::Ratio,
        rule,
        cue,
        readings,
        quote,
    })
}

/// Amounts of the same or an outer group before a mention, nearest first, in its passage.
pub(in crate::prose) fn before(reading: &Reading, at: MentionRef) -> Vec<MentionRef> {
    let prose = &reading.prose[at.passage];
    let group = prose.clauses[prose.mentions[at.mention].clause].group;
    let outer = prose.groups[group].parent;
    (0..at.mention)
        .rev()
        .take(LOOK_BACK)
        .filter(|m| {
            let g = prose.clauses[prose.mentions[*m].clause].group;
            g == group || g == outer || g == 0
        })
        .filter(|m| prose.mentions[*m].is_amount())
        .take(REACH)
        .map(|mention| MentionRef {
            passage: at.passage,
            mention,
        })
        .collect()
}

/// 件 and 张 and the like count the same cases in rates of opinion and handling.
pub(in crate::prose) fn kin_units(a: &str, b: &str) -> bool {
    let cases = ["件", "张", "票", "条", "封", "件次", "份"];
    let sites = ["个", "家"];
    a == b
        || a.is_empty()
        || b.is_empty()
        || cases.contains(&a) && cases.contains(&b)
        || sites.contains(&a) && sites.contains(&b)
}

/// 与2010年的442854人相比: what something is compared with.
pub(in crate::prose) fn is_compared_with(m: &crate::prose::clauses::Mention) -> bool {
    // 442854人[2]相比, 442854人④相比: the mark of a note may stand between.
    let note =
        |c: char| c.is_whitespace() || ('①'..='⑳').contains(&c) || "[]〔〕()（）".contains(c) || c.is_ascii_digit();
    let behind = m.tail.trim_start_matches(note);
    // 40人比较集中 compares nothing.
    let named = m.label.starts_with(['与', '同', '和']) && behind.starts_with("比较");
    named || behind.starts_with("相比") || behind.starts_with("相较")
}

/// A base of comparison (比2020年的…, 较上期…) is no whole; what was carried over (上年结转126件) is put together with what came in.
pub(crate) fn is_base(reading: &Reading, at: MentionRef) -> bool {
    let label = &reading.mention(at).label;
    if crate::prose::changes::is_stock(label) {
        return false;
    }
    ["比", "较", "上年", "去年", "上期", "上月", "同期", "环比", "同比"]
        .iter()
        .any(|w| label.starts_with(w))
        || crate::prose::changes::change_word(label).is_some()
        || is_compared_with(reading.mention(at))
}
