//! Rates told again of the same thing further on: 儿童雨衣，批次不合格发现率为38.5% … 儿童雨衣中，…，批次不合格发现率为38.5%.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::super::lists::common_suffix;
use super::super::{MentionRef, Reading, changes};
use super::thing::{self, Thing};
use super::{digits, told};
use crate::context::Context;
use crate::{FigureClass, Relation};

/// How many places of one rate are looked at.
const MAX_PLACES: usize = 4;
/// Fewest characters of a rate's name, and fewest pairs of characters that the words before two rates share besides.
const MIN_NAME: usize = 3;
const MIN_SHARED: usize = 3;
/// Characters of a name that says by itself what the rate is of.
const LONG_NAME: usize = 8;

/// Rates of one name and of one thing in two sentences: kept as told again.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let known = told(out);
    let mut seen: BTreeMap<Decimal, Vec<MentionRef>> = BTreeMap::new();
    for at in reading.places() {
        let m = reading.mention(at);
        let rate = m.is_rate() && m.value != Decimal::ONE_HUNDRED && digits(m.value) >= 2;
        if !rate || word(&m.label).is_none() || changes::change_word(&m.label).is_some() {
            continue;
        }
        let places = seen.entry(m.value.normalize()).or_default();
        if !known.contains(&m.fig)
            && let Some(earlier) = places.iter().rev().find(|e| is_same(cx, reading, **e, at))
        {
            out.extend(super::repeat(cx, reading, at, *earlier, "stated-again"));
        }
        if places.len() >= MAX_PLACES {
            places.remove(1);
        }
        places.push(at);
    }
}

/// Whether two equal rates are one: of one name, and the words and counts before them are of one thing.
fn is_same(cx: &Context, reading: &Reading, e: MentionRef, at: MentionRef) -> bool {
    let (earlier, m) = (reading.mention(e), reading.mention(at));
    if reading.one_sentence(e, at) || earlier.unit != m.unit || !same_word(&earlier.label, &m.label) {
        return false;
    }
    let (a, b) = (thing::lead(cx, reading, e), thing::lead(cx, reading, at));
    let (counts_a, counts_b) = (counts(reading, e, a.len()), counts(reading, at, b.len()));
    // Counts of its own make a rate that of another thing, unless one of them was told before as well.
    let counted = counts_a.is_empty() || counts_b.is_empty() || counts_a.iter().any(|c| counts_b.contains(c));
    let (before, thing) = (Thing::of(cx, reading, e), Thing::of(cx, reading, at));
    counted && same_subject((a, &earlier.label), (b, &m.label)) && thing::one_place(a, b) && before.same_time(&thing)
}

/// Whether the words before two rates, without the name that both have, are of one thing; a long name says so itself.
pub(super) fn same_subject((a, name_a): (&str, &str), (b, name_b): (&str, &str)) -> bool {
    let name = match (word(name_a), word(name_b)) {
        (Some(x), Some(y)) => common_suffix(x, y),
        _ => 0,
    };
    name >= LONG_NAME || thing::shared(without_name(a, name), without_name(b, name)) >= MIN_SHARED
}

/// The words before a rate without its name, the last `name` characters up to 率.
fn without_name(lead: &str, name: usize) -> &str {
    let Some(rate) = lead.rfind('率').filter(|_| name > 0) else {
        return lead;
    };
    let head = &lead[..rate];
    let start = head.char_indices().rev().nth(name.saturating_sub(2));
    start.map_or("", |(at, _)| &head[..at])
}

/// The values of the counts among the `len` bytes before a figure.
fn counts(reading: &Reading, at: MentionRef, len: usize) -> Vec<Decimal> {
    let prose = &reading.prose[at.passage];
    let from = reading.mention(at).digits.start.saturating_sub(len);
    prose.mentions[..at.mention]
        .iter()
        .rev()
        .take_while(|m| m.digits.start >= from)
        .filter(|m| m.class == FigureClass::Count && m.is_amount())
        .map(|m| m.value)
        .collect()
}

/// Whether two rates have one name: that of one ends the other's, and both are denied or neither.
pub(super) fn same_word(a: &str, b: &str) -> bool {
    let (Some(a), Some(b)) = (word(a), word(b)) else {
        return false;
    };
    let denied = |w: &str| w.contains(['不', '未', '非']);
    common_suffix(a, b) >= MIN_NAME && denied(a) == denied(b)
}

/// The name of a rate: the letters of its label up to the last 率.
fn word(label: &str) -> Option<&str> {
    let end = label.rfind('率')? + '率'.len_utf8();
    let head = &label[..end];
    let start = head
        .char_indices()
        .rev()
        .take_while(|(_, c)| c.is_alphabetic())
        .last()
        .map_or(end, |(at, _)| at);
    (head[start..].chars().count() >= MIN_NAME).then_some(&head[start..])
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_by;

    fn read(source: &str) -> Vec<String> {
        read_by(source, super::relations)
    }

    #[test]
    fn a_rate_told_again_of_the_same_thing() {
        for text in [
            "不合格发现率最高的是儿童雨衣，批次不合格发现率为43.6%。\n39批次儿童雨衣中，17批次不合格，批次不合格发现率为43.6%。",
            "县政府承办的全部提案均已办结，满意率达98.13%。\n共收到提案115件。县政府承办的全部提案均已办结，满意率达98.13%。",
        ] {
            assert_eq!(read(text).len(), 1, "{text}");
        }
    }

    #[test]
    fn the_same_rate_of_another_thing() {
        for text in [
            "抽检蔬菜类产品120批次，合格率98.3%。\n抽检水果类产品240批次，合格率98.3%。",
            "青县提案均已办结答复，满意率98.3%。\n白县提案均已办结答复，满意率98.3%。",
            "全部提案均已办结答复，满意率98.3%。\n全部提案均已办结答复，见面率98.3%。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
