//! Fields known by their words alone: 收入完成50.3亿元。支出完成60.8亿元。¶甲区收入完成…。¶甲区支出完成…。¶乙区收入完成….
//!
//! Amounts told by the same words one after the other are a total and its parts if the first is the sum of the others. That is hardly
//! met by chance where the total has three figures and more, and the words say what is measured.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::{MAX_RECORDS, amounts_before};
use crate::Cue;
use crate::context::{Context, Role};
use crate::prose::partition::one_slip;
use crate::prose::{MentionRef, Reading, changes};

/// Shortest words of a field, in characters.
const MIN_WORDS: usize = 3;

/// A total with the parts told by the same words behind it.
struct Named {
    head: MentionRef,
    parts: Vec<MentionRef>,
    /// Nothing told by these words is left out.
    all: bool,
}

/// The sums of fields by name, each with how it is vouched for.
pub(super) fn sums(cx: &Context, reading: &Reading) -> Vec<(MentionRef, Vec<MentionRef>, Cue)> {
    let mut out = Vec::new();
    let mut wrong: Vec<Named> = Vec::new();
    let mut right: Vec<Named> = Vec::new();
    for group in groups(cx, reading) {
        let all: Vec<MentionRef> = head_before(cx, reading, &group).into_iter().chain(group).collect();
        let found = (0..all.len()).find_map(|from| adds_up(reading, &all[from..]).map(|to| (from, to)));
        match found {
            Some((from, parts)) => right.push(Named {
                head: all[from],
                parts: all[from + 1..=from + parts].to_vec(),
                all: from == 0 && parts + 1 == all.len(),
            }),
            None if all.len() >= 3 => wrong.push(Named {
                head: all[0],
                parts: all[1..].to_vec(),
                all: true,
            }),
            None => {}
        }
    }
    let mut beside: BTreeMap<(usize, usize), Vec<&Named>> = BTreeMap::new();
    for named in right.iter().filter(|r| r.all) {
        beside
            .entry((named.head.passage, named.parts.len()))
            .or_default()
            .push(named);
    }
    for named in wrong {
        // A field beside one that adds up, told as often, total by total and part by part.
        let rivals = beside.get(&(named.head.passage, named.parts.len()));
        let beside = rivals.is_some_and(|rivals| {
            rivals.iter().take(MAX_RECORDS).any(|r| {
                r.parts
                    .iter()
                    .zip(&named.parts)
                    .all(|(a, b)| b.passage.abs_diff(a.passage) <= 2)
            })
        });
        let values: Vec<Decimal> = named.parts.iter().map(|p| reading.mention(*p).value).collect();
        let total = reading.mention(named.head).value;
        let sum = values.iter().try_fold(Decimal::ZERO, |s, v| s.checked_add(*v));
        if beside
            && distinctive(cx, reading, named.head)
            && sum.is_some_and(|sum| sum != total && one_slip(total, sum, &values))
        {
            out.push((named.head, named.parts, Cue::Implied));
        }
    }
    out.extend(
        right
            .into_iter()
            .filter(|r| distinctive(cx, reading, r.head))
            .map(|r| (r.head, r.parts, Cue::Arithmetic)),
    );
    out
}

/// Amounts told by the same words and in the same unit, in the order of the text, by body and words.
fn groups(cx: &Context, reading: &Reading) -> Vec<Vec<MentionRef>> {
    let mut groups: BTreeMap<(usize, &str, &str), Vec<MentionRef>> = BTreeMap::new();
    for (passage, prose) in reading.prose.iter().enumerate() {
        if !matches!(cx.passages[passage].role, Role::Heading { .. } | Role::Paragraph) {
            continue;
        }
        for (mention, m) in prose.mentions.iter().enumerate() {
            let at = MentionRef { passage, mention };
            let words = words(reading, at);
            if prose.clauses[m.clause].group == 0
                && m.is_amount()
                && words.chars().count() >= MIN_WORDS
                && changes::change_word(&m.label).is_none()
            {
                let group = groups.entry((cx.passages[passage].body, words, &m.unit)).or_default();
                if group.len() < MAX_RECORDS {
                    group.push(at);
                }
            }
        }
    }
    groups.into_values().filter(|g| g.len() >= 2).collect()
}

/// The words of a field without the level of the place before them: 4个县财政收入, 3个区财政收入.
fn words(reading: &Reading, at: MentionRef) -> &str {
    let name = reading.label(at).full_name.as_str();
    let level = [
        "县（市、区）",
        "县(市、区)",
        "县区",
        "市县",
        "县",
        "区",
        "市",
        "镇",
        "乡",
    ]
    .iter()
    .find_map(|l| name.strip_prefix(l));
    let long = |w: &&str| w.chars().count() > MIN_WORDS;
    level.filter(long).unwrap_or(name)
}

/// An amount before a group whose words end as the group's do (全县财政收入, 财政收入).
fn head_before(cx: &Context, reading: &Reading, group: &[MentionRef]) -> Option<MentionRef> {
    let first = group[0];
    let words = words(reading, first);
    let unit = &reading.mention(first).unit;
    amounts_before(cx, reading, first)
        .find(|at| reading.mention(*at).unit == *unit && reading.label(*at).full_name.ends_with(words))
}

/// How many amounts behind the first add up to it: two at least, all in other sentences than the total and each other.
fn adds_up(reading: &Reading, amounts: &[MentionRef]) -> Option<usize> {
    let (total, parts) = amounts.split_first()?;
    let place = |at: MentionRef| {
        (
            at.passage,
            reading.prose[at.passage].clauses[reading.mention(at).clause].sentence,
        )
    };
    let whole = reading.mention(*total).value;
    let mut sum = Decimal::ZERO;
    let mut last = place(*total);
    for (n, part) in parts.iter().enumerate() {
        if place(*part) == last {
            return None;
        }
        last = place(*part);
        sum = sum.checked_add(reading.mention(*part).value)?;
        if sum == whole && n >= 1 {
            return Some(n + 1);
        }
        if sum > whole {
            return None;
        }
    }
    None
}

/// A total of three figures and more.
fn distinctive(cx: &Context, reading: &Reading, head: MentionRef) -> bool {
    let m = reading.mention(head);
    cx.operand(m.fig).is_some_and(|o| {
        let size = if o.ulp.is_zero() {
            Some(m.value)
        } else {
            m.value.checked_div(o.ulp)
        };
        size.is_some_and(|s| s >= Decimal::ONE_HUNDRED)
    })
}
