//! Rates held against another that is named and stands elsewhere: 高于总体回访率12.5个百分点; 高于全省平均水平0.4和0.7个百分点.

use super::words::{above, change_of};
use crate::context::Context;
use crate::prose::shares::joined;
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, FigureClass, Formula, Relation, RelationKind};

/// How many mentions before a comparison are looked at for the rate compared, and for the other.
const REACH: usize = 10;
const NAMED_REACH: usize = 40;
/// Passages before it in which the other is looked for.
const MAX_BACK: usize = 3;

/// The differences that begin with `at`; kept only if they hold.
pub(super) fn relations(cx: &Context, reading: &Reading, at: MentionRef, fell: bool) -> Vec<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let Some(other) = other(&m.label).filter(|_| m.class == FigureClass::Points) else {
        return Vec::new();
    };
    let points: Vec<usize> = (at.mention..prose.mentions.len())
        .take_while(|i| {
            let p = &prose.mentions[*i];
            *i == at.mention || p.class == FigureClass::Points && ["", "和", "及", "与"].contains(&p.label.as_str())
        })
        .collect();
    let sentence = prose.clauses[m.clause].sentence;
    // 同比增加8.6个百分点，高于…: changes in between are of the same rate.
    let Some(last) = (0..at.mention)
        .rev()
        .take(REACH)
        .take_while(|i| prose.clauses[prose.mentions[*i].clause].sentence == sentence)
        .find(|i| prose.mentions[*i].is_rate() && change_of(&prose.mentions[*i]).is_none())
    else {
        return Vec::new();
    };
    // 分别为93.5%和93.8%，高于…0.4和0.7个百分点: the n-th difference is of the n-th rate.
    let first = (last + 1).saturating_sub(points.len());
    let nows: Vec<usize> = (first..=last).collect();
    if nows.len() != points.len() || points.len() > 1 && joined(prose, first).len() != points.len() {
        return Vec::new();
    }
    let noun = match other {
        Other::Rate(noun) => noun,
        Other::Mean => match noun(&prose.mentions[first].label) {
            Some(noun) => noun,
            None => return Vec::new(),
        },
    };
    let mut out = Vec::new();
    for (point, now) in points.iter().zip(&nows) {
        out.extend(of_named(cx, reading, at.passage, (*point, *now), first, &noun, fell));
    }
    // Of several, all or none.
    if out.len() == points.len() { out } else { Vec::new() }
}

/// What a rate is compared with.
enum Other {
    /// One of this name.
    Rate(String),
    /// The mean of all of its own name: 高于全国平均水平.
    Mean,
}

fn other(label: &str) -> Option<Other> {
    let (place, _) = above(label).or_else(|| {
        let compared = label.find(['比', '较'])?;
        label.ends_with(['高', '低']).then_some((compared, false))
    })?;
    let words = &label[place..];
    match noun(words) {
        Some(noun) => Some(Other::Rate(noun)),
        None => words.contains("平均").then_some(Other::Mean),
    }
}

/// The last two characters before the last 率 and the 率: 合格率.
fn noun(words: &str) -> Option<String> {
    let chars: Vec<char> = words[..words.rfind('率')?].chars().collect();
    let tail = chars.get(chars.len().checked_sub(2)?..)?;
    Some(tail.iter().chain(&['率']).collect())
}

/// The difference of a rate and the nearest of that name before `end` that gives it.
fn of_named(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    (point, now): (usize, usize),
    end: usize,
    noun: &str,
    fell: bool,
) -> Option<Relation> {
    let prose = &reading.prose[passage];
    let (m, n) = (&prose.mentions[point], &prose.mentions[now]);
    let expected = if fell {
        n.value.checked_add(m.value)?
    } else {
        n.value.checked_sub(m.value)?
    };
    let base = (passage.saturating_sub(MAX_BACK)..=passage)
        .rev()
        .flat_map(|p| {
            let end = if p == passage {
                end
            } else {
                reading.prose[p].mentions.len()
            };
            (0..end).rev().map(move |mention| MentionRef { passage: p, mention })
        })
        .take(NAMED_REACH)
        .map(|b| reading.mention(b))
        .find(|b| b.is_rate() && change_of(b).is_none() && b.value == expected && b.label.contains(noun))?;
    relation(
        cx,
        RelationKind::Difference,
        "point-change",
        Cue::Arithmetic,
        Formula::PointChange { negative: fell },
        cx.operand(m.fig)?,
        vec![cx.operand(n.fig)?, cx.operand(base.fig)?],
    )
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn differences(text: &str) -> Vec<String> {
        let found = read(text).into_iter().filter(|line| line.starts_with("difference"));
        found.collect()
    }

    #[test]
    fn rates_against_the_mean_of_their_name() {
        assert_eq!(
            differences(
                "全省抽检合格率为93.1%。平原、沿海地区抽检合格率分别为93.5%和93.8%，高于全省平均水平0.4和0.7个百分点；山区合格率为88.6%，低于全省平均水平4.5个百分点。"
            ),
            [
                "difference~ 0.4 <- 93.5% 93.1%",
                "difference~ 0.7个百分点 <- 93.8% 93.1%",
                "difference~ 4.5个百分点 <- 88.6% 93.1%"
            ]
        );
    }

    #[test]
    fn growth_against_the_mean_in_a_parenthesis() {
        for (text, line) in [
            (
                "收入完成46.8亿元，增长14.2%，比全省平均水平（11.7%）高2.5个百分点。",
                "difference! 2.5个百分点 <- 14.2% 11.7%",
            ),
            (
                "抽检合格率为93.5%，高于全省平均水平（93.1%）0.4个百分点。",
                "difference! 0.4个百分点 <- 93.5% 93.1%",
            ),
            (
                "投资完成46.8亿元，同比下降3.2%，比全市平均水平（2.1%）低5.3个百分点。",
                "difference! 5.3个百分点 <- 3.2% 2.1%",
            ),
        ] {
            assert_eq!(differences(text), [line], "{text}");
        }
    }

    #[test]
    fn another_rate_or_another_difference_is_none() {
        for text in [
            "全省抽检合格率为93.1%。沿海地区优等率为93.5%，高于全省平均水平0.4个百分点。",
            "全省抽检合格率为93.1%。沿海地区合格率为95.5%，高于全省平均水平0.4个百分点。",
        ] {
            assert_eq!(differences(text), [""; 0], "{text}");
        }
    }
}
