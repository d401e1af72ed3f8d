//! Changes whose base is told behind them: 受理3860件，同比上升10.92%，去年同期为3480件.
//!
//! The base stands in a clause of its own in the sentence of the change, behind it and what else changed, and its words say when it was.
//! What changed is the nearest figure of its kind before the change, or the one that the words of the base name (去年同期受理3480件). Kept
//! if the change fits or misses by little: the words do not say that it was reckoned from it.

use super::against::of_two;
use super::words::{Change, Naming, change_of, names_base, same_subject, since};
use crate::context::Context;
use crate::prose::clauses::Mention;
use crate::prose::{MentionRef, Reading};
use crate::words::last;
use crate::{FigureClass, Relation};

/// Figures behind a change among which its base is looked for, and before it what changed.
const REACH_BEHIND: usize = 3;
const REACH_BEFORE: usize = 6;
/// Words of a base that name nothing.
const NAMELESS: [&str; 16] = [
    "上年",
    "去年",
    "上期",
    "上月",
    "上季度",
    "上季",
    "上周",
    "同期",
    "同月",
    "为",
    "是",
    "仅",
    "只",
    "有",
    "共",
    "达",
];

/// The change from a base that stands behind it.
pub(super) fn change(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let group = |n: &Mention| prose.clauses[n.clause].group;
    let here = |i: &usize| {
        let place = MentionRef { mention: *i, ..at };
        reading.one_sentence(place, at) && group(&prose.mentions[*i]) == group(m)
    };
    let plain = |i: &usize| prose.mentions[*i].plain && change_of(&prose.mentions[*i]).is_none();
    let base = (at.mention + 1..prose.mentions.len())
        .take(REACH_BEHIND)
        .take_while(here)
        .find(|i| change_of(&prose.mentions[*i]).is_none())
        .filter(plain)?;
    let b = &prose.mentions[base];
    let alone = b.clause != m.clause && prose.clauses[b.clause].mentions.first() == Some(&base);
    let dated = names_base(&b.label) == Some(Naming::Dated) && change.since.agrees(since(&b.label));
    // 去年同期3480件，增长10.9%: the base of a change behind it.
    let next = prose.mentions.get(base + 1).filter(|n| n.clause != b.clause);
    let goes_on = next.is_some_and(|n| {
        let place = MentionRef {
            mention: base + 1,
            ..at
        };
        change_of(n).is_some() && reading.one_sentence(place, at) && group(n) == group(m)
    });
    if !alone || !dated || goes_on {
        return None;
    }
    let alike = |n: &Mention| n.class == b.class && n.unit == b.unit;
    let nows: Vec<&Mention> = (0..at.mention)
        .rev()
        .take(REACH_BEFORE)
        .take_while(here)
        .filter(plain)
        .map(|i| &prose.mentions[i])
        .filter(|n| alike(n))
        .collect();
    let name = name_of(&b.label);
    let now = match last(&name, 2) {
        "" => nows.first().copied(),
        name => nows
            .into_iter()
            .find(|n| n.label.contains(name) || n.tail.contains(name)),
    }?;
    let suits = match m.class {
        FigureClass::Points => b.is_rate(),
        FigureClass::Rate => b.is_amount(),
        _ => b.is_amount() && m.unit == b.unit,
    };
    let words = format!("{}{}", now.label, now.tail);
    if !suits || !same_subject(&change.subject, &words, &now.unit) {
        return None;
    }
    of_two(cx, m, change, now, b, ["growth-from-behind", "difference-from-behind"])
}

/// What the words of a base name besides its time: 受理 of 去年同期受理.
fn name_of(label: &str) -> String {
    let mut name = label.to_owned();
    for word in NAMELESS {
        name = name.replace(word, "");
    }
    name.retain(|c| c.is_alphabetic());
    name
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::of_kinds;

    fn found(text: &str) -> Vec<String> {
        of_kinds(text, &["change", "difference"])
    }

    #[test]
    fn bases_behind() {
        for (text, expected) in [
            (
                "受理来电3860件，同比上升10.92%，去年同期为3480件。",
                "change? 10.92% <- 3860件 3480件",
            ),
            (
                "受理来电3860件，同比上升12.6%，去年同期为3480件。",
                "change? 12.6% <- 3860件 3480件",
            ),
            (
                "受理3860件，办结3700件，同比减少40件，去年同期受理3900件。",
                "difference? 40件 <- 3900件 3860件",
            ),
            (
                "合格率95.6%，同比上升1.2个百分点，去年同期为94.1%。",
                "difference? 1.2个百分点 <- 95.6% 94.1%",
            ),
        ] {
            assert!(found(text).iter().any(|l| l == expected), "{text}: {:?}", found(text));
        }
    }

    #[test]
    fn other_comparisons_say_nothing() {
        for text in [
            "受理3860件，环比上升2.6%，去年同期为3480件。",
            "受理3860件，增长2.6%，去年同期为3480件，同比增长10.92%。",
            "受理3860件，办结率同比上升2.6%，去年同期受理3480件。",
        ] {
            assert!(
                found(text).iter().all(|l| !l.contains("2.6%")),
                "{text}: {:?}",
                found(text)
            );
        }
    }
}
