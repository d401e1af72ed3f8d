//! Rates and shares find their parts and wholes.
//!
//! A rate (办结率, 合格率) names its numerator; a share (占比, 占总数的, a percentage in a parenthesis behind a count)
//! has it right before it. Wholes are what was received or checked, or the total of the list that the part is in.
//! Where exceptions are stated (逾期9件, 不合格1个), the part is the whole less the exceptions.

mod counts;
mod feasible;
mod plans;
mod rivals;
#[cfg(test)]
mod tests;
mod wholes;

use gouji_quantity::{Agreement, Decimal, Ratio, agreement, one_keystroke};

use crate::context::Context;
use crate::prose::{MentionRef, Reading, quote_of, shares};
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// How many amounts before a rate are looked at.
const REACH: usize = 24;
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
                // 蔬菜、水果合格率分别为96.0%、98.0%: each is of its own item, told elsewhere.
                Kind::Rate(_) if opens_series(cx, reading, at) => {}
                Kind::Rate(stem) => out.extend(counts::relation(cx, reading, at, &stem)),
                Kind::Other if plans::names_a_plan(&reading.mention(at).label) => {
                    out.extend(plans::relation(cx, reading, at));
                }
                Kind::Share | Kind::Other => {}
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

/// What a percentage says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A part's share of a whole.
    Share,
    /// A rate with the words before 率.
    Rate(String),
    /// Growth or something else.
    Other,
}

/// What kind of percentage a mention is.
pub(crate) fn kind_of(cx: &Context, reading: &Reading, at: MentionRef) -> Kind {
    let mention = reading.mention(at);
    let prose = &reading.prose[at.passage];
    let clause = &prose.clauses[mention.clause];
    let label = shares::share_words(cx, reading, at);
    if crate::prose::changes::change_word(label).is_some() {
        return Kind::Other;
    }
    // 占比率达: a share under the name of a rate.
    if label.contains("占比率") {
        return Kind::Share;
    }
    // 率 may stand before the last amounts' words only: 办结率为, 总体合格率.
    if let Some(end) = label.rfind('率') {
        let tail = &label[end + '率'.len_utf8()..];
        if tail.chars().count() <= 6 {
            return Kind::Rate(last_chars(&label[..end], 10));
        }
    }
    // 评查面为89.1%, 培训覆盖面达95%: how much was reached. 方面, 层面 and the like measure nothing.
    let face = label.trim_end_matches(['为', '达', '到', '约']);
    if let Some(stem) = face.strip_suffix('面')
        && ["查", "盖", "益", "训", "与", "检", "测", "到", "种", "保", "播"]
            .iter()
            .any(|w| stem.ends_with(w))
    {
        return Kind::Rate(last_chars(stem, 10));
    }
    // 获奖比例, 开通比例: a rate of its own noun, not the share of what stands before it.
    if let Some(noun) = label.strip_suffix('为').unwrap_or(label).strip_suffix("比例")
        && noun.chars().count() >= 2
        && !noun.contains('占')
    {
        return Kind::Rate(last_chars(noun, 10));
    }
    if label.contains('占') || label.ends_with("比例") || label.ends_with("比例为") || label.contains("比重") {
        return Kind::Share;
    }
    // 占报送总数480条的25%: the whole stands inside the phrase.
    if label == "的" && shares::whole_inside(reading, at).is_some() {
        return Kind::Share;
    }
    let text = cx.passages[at.passage].text.as_str();
    // A clause 占比 or 占总数的 may be cut off by a colon: 占比：27%.
    if label.is_empty() && clause.group > 0 {
        let group = &prose.groups[clause.group];
        let alone = prose.clauses[mention.clause].range.end - prose.clauses[mention.clause].range.start
            <= mention.full.len() + 12;
        if let Some(host) = group.host
            && alone
            && prose.mentions[host].is_amount()
            && text[prose.mentions[host].full.end..group.range.start].trim().is_empty()
        {
            return Kind::Share;
        }
    }
    Kind::Other
}

/// The last `n` characters of some words.
fn last_chars(words: &str, n: usize) -> String {
    let start = words.char_indices().rev().take(n).last().map_or(0, |(at, _)| at);
    words[start..].to_owned()
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
    // A whole that is the sum of its parts, the part among them, is printed as a figure of its own.
    let doubled = part.figure.is_some() && wholes.len() >= 2 && wholes.iter().any(|w| w.figure == part.figure);
    let sum = wholes.iter().try_fold(Decimal::ZERO, |s, w| s.checked_add(w.value?));
    let mut operands = vec![part];
    match sum.filter(|_| doubled) {
        Some(sum) => {
            let mut whole = Operand::computed(sum);
            whole.span = Context::cover(wholes.iter().filter_map(|w| w.span));
            operands.push(whole);
        }
        None => operands.extend(wholes),
    }
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

/// Whether a printed rate would be what its counts give but for one wrong key: 81.82% where they give 81.52%. Whole
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

/// A base of comparison (比2020年的…, 较上期…) is no whole.
pub(crate) fn is_base(reading: &Reading, at: MentionRef) -> bool {
    let label = &reading.mention(at).label;
    ["比", "较", "上年", "去年", "上期", "上月", "同期", "环比", "同比"]
        .iter()
        .any(|w| label.starts_with(w))
        || crate::prose::changes::change_word(label).is_some()
}
