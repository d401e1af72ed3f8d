//! Signs that a list tells all parts, so that parts that miss the total are wrong.

use gouji_quantity::{Decimal, chinese_integer};

use super::within_percent;
use crate::context::Context;
use crate::prose::Reading;
use crate::prose::clauses::Mention;
use crate::prose::lists::Item;
use crate::prose::shares::share_of_item;

/// Names of a part that holds all the others.
const OTHERS: [&str; 5] = ["其他", "其它", "其余", "另有", "剩余"];
/// Fewest kinds whose number is worth counting the parts for.
const LEAST_KINDS: usize = 3;
/// How far before a total the number of its kinds is looked for, in bytes.
const NEAR: usize = 120;

/// Whether the last part is that of all others.
pub(super) fn by_others(items: &[Item]) -> bool {
    items
        .last()
        .is_some_and(|i| OTHERS.iter().any(|w| i.name.starts_with(w)))
}

/// Whether every item has a share, and the shares fill 100 %.
pub(super) fn fills_hundred(cx: &Context, reading: &Reading, passage: usize, items: &[Item]) -> bool {
    let shares: Vec<&Mention> = items
        .iter()
        .filter_map(|i| share_of_item(cx, reading, passage, i))
        .map(|m| &reading.prose[passage].mentions[m])
        .collect();
    let sum = shares.iter().try_fold(Decimal::ZERO, |s, m| s.checked_add(m.value));
    // Rounded shares miss 100 by less than one unit of their last place each.
    let slack = shares
        .iter()
        .fold(Decimal::ZERO, |s, m| s + Decimal::new(1, m.decimals.min(6)));
    shares.len() >= 2 && shares.len() == items.len() && sum.is_some_and(|s| (s - Decimal::ONE_HUNDRED).abs() <= slack)
}

/// Whether every item has a share, three at least, and the shares give 100 % to the last place: nothing is left for a part that is not told.
pub(super) fn is_hundred(cx: &Context, reading: &Reading, passage: usize, items: &[Item]) -> bool {
    let shares: Vec<&Mention> = items
        .iter()
        .filter_map(|i| share_of_item(cx, reading, passage, i))
        .map(|m| &reading.prose[passage].mentions[m])
        .collect();
    let sum = shares.iter().try_fold(Decimal::ZERO, |s, m| s.checked_add(m.value));
    shares.len() >= LEAST_KINDS && shares.len() == items.len() && sum == Some(Decimal::ONE_HUNDRED)
}

/// Words that part all there is in two.
const OPPOSITES: [(&str, &[&str]); 3] = [
    ("城镇", &["乡村", "农村"]),
    ("城市", &["乡村", "农村"]),
    ("男", &["女"]),
];
/// Percent of the total by which two opposites may miss it and still be meant to be all of it.
const NEAR_PERCENT: i64 = 10;

/// 用电1.34亿千瓦时。其中，城镇0.63亿千瓦时；乡村0.82亿千瓦时: two parts that are each other's opposites, of a total that is no mean.
pub(super) fn opposites(items: &[Item], head: &Mention, sum: Decimal) -> bool {
    let [a, b] = items else { return false };
    let opposed = |a: &Item, b: &Item| {
        let fits = |(one, others): &(&str, &[&str])| {
            let rest = |name: &str, word: &str| name.replacen(word, "", 1);
            a.name.contains(one)
                && others
                    .iter()
                    .any(|o| b.name.contains(o) && rest(&a.name, one) == rest(&b.name, o))
        };
        OPPOSITES.iter().any(fits)
    };
    let mean = ["均", "率", "比"].iter().any(|w| head.label.contains(w));
    !mean && (opposed(a, b) || opposed(b, a)) && within_percent(head.value, sum, NEAR_PERCENT)
}

/// 五类案件共3630件。其中，甲类…: whether the sentence of a total says beforehand how many kinds there are, and the list has as many parts.
pub(super) fn kinds_told(cx: &Context, reading: &Reading, passage: usize, head: &Mention, parts: usize) -> bool {
    let prose = &reading.prose[passage];
    if parts < LEAST_KINDS || !prose.mentions.iter().any(|m| m.fig == head.fig) {
        return false;
    }
    let text = cx.passages[passage].text.as_str();
    let before = &text[text.ceil_char_boundary(head.full.start.saturating_sub(NEAR))..head.full.start];
    let before = &before[before
        .rfind(['。', '；', '\n'])
        .map_or(0, |at| at + '。'.len_utf8().min(before.len() - at))..];
    ["类", "种", "大类"].iter().any(|word| {
        before.match_indices(word).any(|(at, _)| {
            let digits = &before[..at];
            let start = digits
                .char_indices()
                .rev()
                .take_while(|(_, c)| c.is_ascii_digit() || "两一二三四五六七八九十".contains(*c))
                .last()
                .map_or(at, |(at, _)| at);
            let number = &digits[start..];
            let told = number
                .parse()
                .ok()
                .or_else(|| usize::try_from(chinese_integer(number)?).ok());
            told == Some(parts)
        })
    })
}
