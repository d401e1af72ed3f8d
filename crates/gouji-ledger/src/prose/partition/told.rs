//! Lists that nothing announces, below the paragraph that tells their total.

use gouji_quantity::Decimal;

use super::align::align;
use crate::context::Context;
use crate::prose::lists::List;
use crate::prose::{MentionRef, Reading};

/// How many paragraphs before a list that nothing announces its total is looked for, and how many parts such a list must have.
const MAX_BEFORE: usize = 3;
const MIN_PARTS: usize = 4;
/// Most amounts of the paragraphs before a list that are looked at.
const LOOKED: usize = 120;

/// 抽查37种产品…。¶甲类抽查了5种，乙类抽查了6种，…: the amount of a paragraph before, told with the words that all parts share, that a list
/// adds up to though nothing announces it.
pub(super) fn told_before(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    list: &List,
) -> Option<(MentionRef, Vec<Option<usize>>)> {
    let prose = &reading.prose[passage];
    let n = list.items.len();
    let first = prose.mentions.get(*list.items.first()?.amounts.first()?)?;
    let labels = list.items.iter().filter_map(|i| i.amounts.first());
    let shared = labels
        .map(|m| prose.mentions[*m].label.trim_end_matches(['了', '为', '有', '共']))
        .reduce(|a, b| {
            let len: usize = a
                .chars()
                .rev()
                .zip(b.chars().rev())
                .take_while(|(x, y)| x == y)
                .map(|(x, _)| x.len_utf8())
                .sum();
            &a[a.len() - len..]
        })?;
    if n < MIN_PARTS || list.group > 0 || shared.chars().count() < 2 {
        return None;
    }
    reading
        .before(cx, MentionRef { passage, mention: 0 }, MAX_BEFORE)
        .take(LOOKED)
        .filter(|at| {
            let m = reading.mention(*at);
            m.is_amount() && m.unit == first.unit && m.value >= Decimal::from(20)
        })
        .filter(|at| {
            let m = reading.mention(*at);
            m.label.contains(shared) || m.tail.contains(shared)
        })
        .find_map(|at| {
            let (aligned, sum, parts) = align(prose, list, 0, n, reading.mention(at));
            (parts == n && sum == reading.mention(at).value).then_some((at, aligned))
        })
}
