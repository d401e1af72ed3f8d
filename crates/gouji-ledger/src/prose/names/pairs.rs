//! Two counts over one list, told apart by what the names are.

use std::ops::Range;

use gouji_quantity::{Decimal, one_keystroke};

use super::{Found, MAX_NAMES, Names, Place, trim_range};
use crate::context::Context;
use crate::prose::Reading;
use crate::prose::clauses::{Delim, Prose};
use crate::{Cue, Relation};

/// 18个县直部门和9个乡镇（街道），分别是：…: two counts over one list, told apart by what the names are.
pub(super) fn relations(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    first: usize,
    out: &mut Vec<Relation>,
) -> bool {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let Some(b) = prose.mentions.get(first + 1) else {
        return false;
    };
    let a = &prose.mentions[first];
    let joined =
        a.clause == b.clause && a.unit == b.unit && ["和", "及", "、", "与"].iter().any(|w| b.label.ends_with(w));
    if !joined {
        return false;
    }
    let town = |words: &str| ["乡镇", "镇", "街道", "乡"].iter().any(|w| words.contains(w));
    let (towns_first, towns_second) = (town(&a.tail), town(&b.tail));
    if towns_first == towns_second {
        return false;
    }
    let Some(names) =
        listed_after(text, prose, b.clause).or_else(|| parts_named_after(text, prose, reading, passage, b.full.end))
    else {
        return false;
    };
    let is_town = |r: &Range<usize>| {
        ["镇", "乡", "街道", "街道办", "办事处"]
            .iter()
            .any(|s| text[r.clone()].ends_with(s))
    };
    let (towns, others): (Vec<Range<usize>>, Vec<Range<usize>>) = names.names.into_iter().partition(is_town);
    let (of_a, of_b) = if towns_first { (towns, others) } else { (others, towns) };
    let cue = if names.open_cue { Cue::Explicit } else { Cue::Arithmetic };
    let all = of_a.len() + of_b.len();
    let counts = [(first, of_a), (first + 1, of_b)];
    let fits: Vec<bool> = counts
        .iter()
        .map(|(m, names)| prose.mentions[*m].value == Decimal::from(names.len()))
        .collect();
    for (idx, (mention, names)) in counts.into_iter().enumerate() {
        // The other count fits the list: one wrong key in this one.
        let slip =
            all >= 5 && fits[1 - idx] && one_keystroke(prose.mentions[mention].value, Decimal::from(names.len()));
        let cue = match names.len() {
            _ if slip => cue.max(Cue::Implied),
            1 => Cue::Arithmetic,
            _ => cue,
        };
        let found = Found {
            names: Names {
                names,
                extra: 0,
                tied: 0,
            },
            open: false,
            cue,
        };
        let place = Place {
            cx,
            prose,
            mention,
            listed_in: passage,
        };
        place.push(&found, out);
    }
    true
}

/// Names behind a number, with whether the text says outright that they are the counted ones.
struct Listed {
    names: Vec<Range<usize>>,
    open_cue: bool,
}

/// The names behind 分别是： in the clauses after `clause`.
fn listed_after(text: &str, prose: &Prose, clause: usize) -> Option<Listed> {
    let group = prose.clauses[clause].group;
    let same: Vec<usize> = (clause + 1..prose.clauses.len().min(clause + MAX_NAMES))
        .filter(|c| prose.clauses[*c].group == group)
        .collect();
    // The colon may stand behind a word of its own (分别是：) or right behind the number.
    let start = if prose.clauses[clause].after == Delim::Colon {
        0
    } else {
        let next = same.first()?;
        let short = text[prose.clauses[*next].range.clone()].chars().count() <= 6;
        if !(short && prose.clauses[*next].after == Delim::Colon && prose.clauses[*next].mentions.is_empty()) {
            return None;
        }
        1
    };
    let mut names = Vec::new();
    for &c in same.get(start..)? {
        if !prose.clauses[c].mentions.is_empty() {
            return None;
        }
        names.push(trim_range(text, prose.clauses[c].range.clone()));
        if prose.clauses[c].after != Delim::Dun {
            break;
        }
    }
    (names.len() >= 3).then_some(Listed { names, open_cue: true })
}

/// The names of the parts of the next list in the passage, shared amounts (A、B各4条) counted name by name.
fn parts_named_after(text: &str, prose: &Prose, reading: &Reading, passage: usize, from: usize) -> Option<Listed> {
    let list = reading.lists[passage]
        .iter()
        .find(|l| l.group == 0 && l.start >= from && l.items.len() >= 3)?;
    let mut names = Vec::new();
    for item in &list.items {
        let first = &prose.mentions[*item.amounts.first()?];
        let clause = first.clause;
        let own = prose.clauses[clause].range.start..first.full.start;
        let own_end = own.end
            - if text[own.clone()].ends_with('各') {
                "各".len()
            } else {
                0
            };
        names.push(trim_range(text, own.start..own_end));
        names.extend(
            (0..clause)
                .rev()
                .filter(|c| prose.clauses[*c].group == 0)
                .take(item.times.saturating_sub(1))
                .map(|c| trim_range(text, prose.clauses[c].range.clone())),
        );
    }
    Some(Listed { names, open_cue: false })
}
