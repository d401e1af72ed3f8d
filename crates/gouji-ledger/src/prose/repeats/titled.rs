//! Rates that a title or heading gives and its text tells: 产品不合格率为9.7% … 检出率为9.7%.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::super::clauses::Mention;
use super::super::{MentionRef, Reading, changes};
use crate::Relation;
use crate::context::{Context, Role};

/// How many paragraphs behind a title or heading its rate is looked for.
const MAX_BEHIND: usize = 10;
/// Most figures of a heading, and most behind it that each is looked for among.
const MAX_RATES: usize = 8;
const MAX_LOOKED: usize = 2_000;
/// Most characters of a line that stands for a heading, and the last passage that may be a title.
const MAX_LINE: usize = 60;
const LAST_LINE: usize = 3;

/// The first place in the text of each rate of a title or heading: kept where it is told of the same words, or rose or fell alike.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for (passage, prose) in reading.prose.iter().enumerate() {
        if !heads(cx, passage) {
            continue;
        }
        for (mention, m) in prose.mentions.iter().enumerate().take(MAX_RATES) {
            let at = MentionRef { passage, mention };
            if is_telling(m) {
                out.extend(
                    told(cx, reading, at).and_then(|again| super::repeat(cx, reading, again, at, "stated-again")),
                );
            }
        }
    }
}

/// Whether a passage gives what those behind it tell: a title, a heading, or a line that ends in no stop.
fn heads(cx: &Context, passage: usize) -> bool {
    let own = &cx.passages[passage];
    let text = own.text.as_str();
    match own.role {
        Role::Title | Role::Heading { .. } => true,
        Role::Paragraph => !text.contains(['。', '；', ';']) && text.chars().count() <= MAX_LINE,
        Role::Caption(_) | Role::Note(_) => false,
    }
}

/// A rate of two digits at least that is no round one.
fn is_telling(m: &Mention) -> bool {
    m.is_rate() && m.decimals > 0 && m.value.normalize().mantissa() >= 10
}

/// Where the text first tells a rate of a heading.
fn told(cx: &Context, reading: &Reading, at: MentionRef) -> Option<MentionRef> {
    let own = &cx.passages[at.passage];
    let below = |p: &usize| match own.role {
        Role::Heading { .. } => cx.passages[*p].headings.contains(&at.passage),
        _ => cx.passages[*p].body == own.body || own.role == Role::Title,
    };
    // A line inside the text may head the paragraph behind it.
    let reach = if own.role == Role::Paragraph && at.passage > LAST_LINE {
        1
    } else {
        MAX_BEHIND
    };
    let last = (at.passage + reach).min(reading.prose.len().saturating_sub(1));
    let m = reading.mention(at);
    (at.passage + 1..=last)
        .take_while(below)
        .flat_map(|passage| {
            (0..reading.prose[passage].mentions.len()).map(move |mention| MentionRef { passage, mention })
        })
        .take(MAX_LOOKED)
        .filter(|again| {
            let other = reading.mention(*again);
            other.is_rate() && other.unit == m.unit && other.value == m.value
        })
        .find(|again| alike(m, reading.mention(*again)) || overlaps(m, reading.mention(*again)))
}

/// Both rose or both fell, since no other time than each other.
fn alike(a: &Mention, b: &Mention) -> bool {
    let previous = |m: &Mention| m.label.contains("环比") || m.label.contains("上月") || m.label.contains("上季");
    let fell = changes::change_word(&a.label);
    fell.is_some() && fell == changes::change_word(&b.label) && previous(a) == previous(b)
}

/// Neither is a change, and both are rates of the same words.
fn overlaps(a: &Mention, b: &Mention) -> bool {
    let rate = |m: &Mention| m.label.contains('率') && changes::change_word(&m.label).is_none();
    let denied = |m: &Mention| m.label.contains('不') || m.label.contains('未');
    let shared = pairs(&a.label).intersection(&pairs(&b.label)).count();
    rate(a) && rate(b) && denied(a) == denied(b) && shared >= 2 && a.value != Decimal::ONE_HUNDRED
}

/// The pairs of neighbouring characters of the words nearest to a figure.
fn pairs(label: &str) -> BTreeSet<[char; 2]> {
    let near: Vec<char> = label.chars().rev().take(NEAR).collect();
    let idle = |c: &char| "为率是达约的".contains(*c) || !c.is_alphabetic();
    let pairs = near.windows(2).filter(|p| !p.iter().any(idle));
    pairs.map(|p| [p[0], p[1]]).collect()
}

/// Most characters before a rate that say what it is of.
const NEAR: usize = 24;

#[cfg(test)]
mod tests {
    use super::super::tests::read_by;

    fn read(source: &str) -> Vec<String> {
        read_by(source, super::relations)
    }

    #[test]
    fn a_rate_of_the_heading_is_told_in_the_text() {
        assert_eq!(
            read("全省第2批产品质量不合格率为8.6%\n共抽查产品700批次，检出60批次不合格品，不合格产品检出率为8.6%。"),
            ["repeat~ 8.6% <- 8.6% ok"]
        );
        assert_eq!(
            read("# 一、财政收入同比增长20.6%\n一般公共预算收入完成50.3亿元，比上年同期增长20.6%。"),
            ["repeat~ 20.6% <- 20.6% ok"]
        );
    }

    #[test]
    fn another_rate_of_the_same_size_is_none() {
        for text in [
            "# 一、财政收入同比增长20.6%\n一般公共预算支出完成50.3亿元，占全市的20.6%。",
            "# 一、财政收入同比增长20.6%\n一般公共预算支出完成50.3亿元，同比下降20.6%。",
            "# 一、回访满意率98.5%\n本月共接听电话600个，接通率98.5%。",
            "# 一、财政收入同比增长20.6%\n# 二、支出\n一般公共预算支出完成50.3亿元，同比增长20.6%。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
