//! Changes of a share whose two values stand elsewhere: 占比变化：呈下降趋势，下降了2.3%.
//!
//! Shares are known by the name of what they are a share of the whole of (城市管理类). A change of 占比 or 比重 is of the name that
//! stands nearest above it or beside it, if that name has exactly two shares before it, each in a list of its own: one list tells of
//! one time. The later told is the present one.

use std::collections::BTreeMap;

use super::words::{Change, change_of};
use crate::context::Context;
use crate::prose::lists::Item;
use crate::prose::{MentionRef, Reading, quote_of};
use crate::{Cue, FigureClass, Formula, Reading as RelationReading, Relation, RelationKind};

/// Passages before a change in which its name may stand.
const NEAR: usize = 2;
/// Shares kept for one name; with more than two the change has no base.
const MAX_SHARES: usize = 3;
/// Names kept, and changes read; a circular has a handful.
const MAX_NAMES: usize = 200;
const MAX_CHANGES: usize = 50;

/// A share of a list's item.
struct Share {
    at: MentionRef,
    /// The list's place among those of its passage.
    list: usize,
}

pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let mut shares: Option<BTreeMap<String, Vec<Share>>> = None;
    let mut read = 0;
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            let m = reading.mention(at);
            if !m.plain || !matches!(m.class, FigureClass::Rate | FigureClass::Points) {
                continue;
            }
            let Some(change) = change_of(m).filter(|c| speaks_of_share(cx, reading, at, c)) else {
                continue;
            };
            if read >= MAX_CHANGES || out.iter().any(|r| r.readings[0].stated.figure == Some(m.fig)) {
                continue;
            }
            read += 1;
            let shares = shares.get_or_insert_with(|| named_shares(reading));
            out.extend(relate(cx, reading, at, &change, shares));
        }
    }
}

/// 占比变化：呈下降趋势，下降了2.3%: the sentence speaks of a share before the change and prints no other rate.
fn speaks_of_share(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> bool {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let sentence = prose.clauses[m.clause].sentence;
    let first = prose.clauses.partition_point(|c| c.sentence < sentence);
    let from = prose.clauses[first].range.start;
    let words = &cx.passages[at.passage].text.as_str()[from..m.full.start];
    let alone = at.mention == 0 || prose.clauses[prose.mentions[at.mention - 1].clause].sentence != sentence;
    let named = ["占比", "比重"].iter().any(|w| words.contains(w));
    alone
        && named
        && words.len() <= 120
        && (change.subject.is_empty() || change.subject.contains('占') || change.subject.contains("比重"))
}

/// The shares of list items, by the items' names, in the order of the text.
fn named_shares(reading: &Reading) -> BTreeMap<String, Vec<Share>> {
    let mut out: BTreeMap<String, Vec<Share>> = BTreeMap::new();
    for (passage, lists) in reading.lists.iter().enumerate() {
        let prose = &reading.prose[passage];
        let share = |item: &Item| {
            item.rates
                .iter()
                .copied()
                .find(|r| prose.mentions[*r].label.contains('占') && change_of(&prose.mentions[*r]).is_none())
        };
        for (list, item) in lists
            .iter()
            .enumerate()
            .flat_map(|(n, l)| l.items.iter().map(move |i| (n, i)))
        {
            if item.name.chars().count() < 2 {
                continue;
            }
            if out.len() >= MAX_NAMES && !out.contains_key(&item.name) {
                continue;
            }
            if let Some(mention) = share(item) {
                let places = out.entry(item.name.clone()).or_default();
                let share = Share {
                    at: MentionRef { passage, mention },
                    list,
                };
                if places.len() < MAX_SHARES && places.iter().all(|p| p.at != share.at) {
                    places.push(share);
                }
            }
        }
    }
    out
}

fn relate(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    change: &Change,
    shares: &BTreeMap<String, Vec<Share>>,
) -> Option<Relation> {
    // The words that may name it: its own passage up to it, the headings above, the passages right before under the same heading.
    let own = &cx.passages[at.passage];
    let mut near: Vec<&str> = vec![&own.text.as_str()[..reading.mention(at).full.start]];
    near.extend(own.headings.iter().rev().take(1).map(|h| cx.passages[*h].text.as_str()));
    near.extend(
        (at.passage.saturating_sub(NEAR)..at.passage)
            .rev()
            .filter(|p| cx.passages[*p].body == own.body)
            .map(|p| cx.passages[p].text.as_str()),
    );
    let pairs = |words: &str| -> Vec<(MentionRef, MentionRef)> {
        shares
            .iter()
            .filter(|(name, _)| words.contains(name.as_str()))
            .filter_map(|(_, places)| match places[..] {
                [ref base, ref now] => {
                    let one_list = (base.at.passage, base.list) == (now.at.passage, now.list);
                    let of_one_unit = reading.mention(now.at).unit == reading.mention(base.at).unit;
                    (now.at < at && of_one_unit && !one_list).then_some((base.at, now.at))
                }
                _ => None,
            })
            .collect()
    };
    let found = near.iter().map(|words| pairs(words)).find(|p| !p.is_empty())?;
    let [(base, now)] = found[..] else { return None };
    let m = reading.mention(at);
    let (stated, base, now) = (
        cx.operand(m.fig)?,
        cx.operand(reading.mention(base).fig)?,
        cx.operand(reading.mention(now).fig)?,
    );
    let mut formulas = vec![Formula::PointChange { negative: change.fell }];
    if m.class == FigureClass::Rate {
        formulas.push(Formula::Growth { negative: change.fell });
    }
    let quote = quote_of(cx, [&stated])?;
    let readings = formulas
        .into_iter()
        .map(|formula| RelationReading {
            formula,
            stated: stated.clone(),
            operands: vec![now.clone(), base.clone()],
        })
        .collect();
    Some(Relation {
        kind: RelationKind::Change,
        rule: "share-change",
        cue: Cue::Implied,
        readings,
        quote,
    })
}
