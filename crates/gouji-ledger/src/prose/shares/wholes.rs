//! The whole of a group of shares: the printed amount over which they hold.
//!
//! Where all shares of a group hold over one amount, that is their whole, wherever it stands. Where all but few do, the
//! others are wrong. Where none does, the whole is not printed, and nothing can be said, unless the text says outright which
//! amount it is.

use std::collections::BTreeMap;

use gouji_quantity::Decimal;

use super::groups::{Group, Item, joint_brackets};
use super::parallel;
use crate::context::Context;
use crate::prose::changes::change_word;
use crate::prose::clauses::Mention;
use crate::prose::labels;
use crate::prose::partition::{self, Partition};
use crate::prose::rates::{fits, is_base, kin_units, near_miss, scale, slipped};
use crate::prose::{MentionRef, Reading};
use crate::{Cue, FigureClass, Operand};

/// Most amounts of the passage, and of all others, that are tried.
const MAX_NEAR: usize = 24;
const MAX_FAR: usize = 160;

/// Shares that are enough to prove, but for one, that they are of their own parts together.
const MANY: usize = 5;
/// The same for shares with decimals, each of which hardly holds by chance.
const MANY_PRECISE: usize = 3;

/// How near an amount stands to the shares, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Nearness {
    /// The text says that it is the whole: in the phrase, or as the total that the list divides.
    Said,
    /// In the same passage.
    Passage,
    /// In the same section.
    Section,
    /// Elsewhere.
    Far,
}

/// An amount that may be the whole.
#[derive(Debug, Clone)]
pub(super) struct Whole {
    pub at: MentionRef,
    pub near: Nearness,
    /// The share's own name for the whole is found beside it.
    pub named: bool,
}

/// What was found for a group.
pub(super) struct Found {
    pub whole: Whole,
    /// For each item the parts over which its share holds; `None` if it does not.
    pub fitting: Vec<Option<Vec<MentionRef>>>,
}

/// The partitions that each amount is a part of.
pub(super) type Divisions<'a> = BTreeMap<MentionRef, Vec<&'a Partition>>;

/// Looks up once which amount is a part of what.
pub(super) fn divisions(reading: &Reading) -> Divisions<'_> {
    let mut out = Divisions::new();
    for partition in &reading.partitions {
        for mention in partition.aligned.iter().flatten() {
            let at = MentionRef {
                passage: partition.passage,
                mention: *mention,
            };
            out.entry(at).or_default().push(partition);
        }
    }
    out
}

/// The amount no farther than `limit` over which most shares of the group hold, the best said or nearest among equals.
pub(super) fn whole_of(
    cx: &Context,
    reading: &Reading,
    divisions: &Divisions,
    group: &Group,
    limit: Nearness,
) -> Option<Found> {
    let mut best: Option<(usize, bool, Found)> = None;
    for whole in candidates(cx, reading, divisions, group)
        .into_iter()
        .take_while(|w| w.near <= limit)
    {
        let value = reading.mention(whole.at).value;
        let fitting: Vec<Option<Vec<MentionRef>>> = group
            .items
            .iter()
            .map(|i| {
                if i.part == whole.at {
                    None
                } else {
                    holds(cx, reading, i, value)
                }
            })
            .collect();
        let n = fitting.iter().flatten().count();
        let better = best
            .as_ref()
            .is_none_or(|(m, named, _)| n > *m || n == *m && n > 0 && whole.named && !*named);
        if better {
            let named = whole.named;
            best = Some((n, named, Found { whole, fitting }));
        }
    }
    let found = best.map(|(.., found)| found)?;
    if found.fitting.iter().all(Option::is_none)
        && let Some(whole) = named_beside(cx, reading, divisions, group)
    {
        return Some(Found { whole, ..found });
    }
    Some(found)
}

/// Points by which a share may miss the amount that is called as its whole is.
const NEAR: i64 = 4;

/// 年度计划投资486.20亿元…，占年计划投资的62.38%: no amount fits a single share, and but for one wrong key, or by little, it would be of the one
/// nearby that is called as its whole is.
fn named_beside(cx: &Context, reading: &Reading, divisions: &Divisions, group: &Group) -> Option<Whole> {
    let [item] = &group.items[..] else { return None };
    group.named.as_ref()?;
    let stated = cx.operand(reading.mention(item.share).fig)?;
    let part = reading.mention(item.part).value;
    let scale = scale(cx, reading, item.share);
    candidates(cx, reading, divisions, group)
        .into_iter()
        .filter(|w| w.named && w.near <= Nearness::Passage)
        .find(|w| {
            let whole = reading.mention(w.at).value;
            slipped(&stated, part, whole, scale) || near_miss(&stated, part, whole, scale, NEAR)
        })
}

/// 检查单位60家，存在问题的24家，占42%: whether a share misses by little a whole that it can hardly but be of: one over which shares beside it
/// hold, the amount right before the part, or one that is called so in the section.
pub(super) fn missed(
    cx: &Context,
    reading: &Reading,
    divisions: &Divisions,
    group: &Group,
    item: &Item,
    found: &Found,
) -> bool {
    let whole = &found.whole;
    let fitting = found.fitting.iter().flatten().count();
    let Some(stated) = cx.operand(reading.mention(item.share).fig) else {
        return false;
    };
    let (part, total) = (reading.mention(item.part), reading.mention(whole.at));
    let prose = &reading.prose[item.part.passage];
    let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
    let near = near_miss(&stated, part.value, total.value, scale(cx, reading, item.share), NEAR);
    if !near || item.part == whole.at || part.unit != total.unit || total.value <= part.value {
        return false;
    }
    // 48406件，环比增长43.5%，占投诉总量的56.9%: what it changed by parts it from nothing.
    let changes = |m: &Mention| change_word(&m.label).is_some();
    let beside = item.share.passage == item.part.passage
        && item.share.mention > item.part.mention
        && prose.mentions[item.part.mention + 1..item.share.mention]
            .iter()
            .all(changes);
    let named = group.named.is_none() || whole.named;
    // 发现211家、立案90家，分别占总数的63.8%、26.8%: told by order.
    let by_order = group
        .items
        .windows(2)
        .all(|w| w[0].share.mention + 1 == w[1].share.mention && w[1].part.mention < w[0].share.mention);
    let wrong_key = slipped(&stated, part.value, total.value, scale(cx, reading, item.share));
    if fitting > 0 && group.items.len() >= 2 && by_order && wrong_key {
        return whole.near <= Nearness::Passage;
    }
    if fitting > 0 {
        // Two shares that hold over one amount, not both of whole per cents, do so over no other, wherever it stands.
        let precise = |i: &Item| reading.mention(i.share).decimals > 0;
        let mut held = group.items.iter().zip(&found.fitting).filter(|(_, f)| f.is_some());
        let surely = fitting >= 2 && held.any(|(i, _)| precise(i));
        return beside && named && (whole.near <= Nearness::Section || surely);
    }
    let right_before = whole.at.passage == item.part.passage
        && whole.at.mention + 1 == item.part.mention
        && sentence(whole.at.mention) + 1 >= sentence(item.part.mention)
        && whole.near <= Nearness::Passage;
    // Of several that are called so it is not known which is meant.
    let called = group.named.is_some()
        && whole.named
        && whole.near <= Nearness::Section
        && candidates(cx, reading, divisions, group)
            .iter()
            .filter(|w| w.named)
            .all(|w| reading.mention(w.at).value == total.value);
    let alone = item.joint.iter().all(|m| *m == item.part || *m == whole.at);
    group.items.len() == 1 && alone && beside && (right_before && named || called)
}

/// The parts of an item over which its share of `whole` holds: its own, else those before it together.
pub(super) fn holds(cx: &Context, reading: &Reading, item: &Item, whole: Decimal) -> Option<Vec<MentionRef>> {
    let stated = cx.operand(reading.mention(item.share).fig)?;
    let scale = scale(cx, reading, item.share);
    let fit = |part: Decimal| fits(&stated, part, whole, scale).is_some_and(|a| a.holds() || a.is_rounding());
    if fit(reading.mention(item.part).value) {
        return Some(vec![item.part]);
    }
    let together = |several: Vec<MentionRef>| {
        let sum = several
            .iter()
            .try_fold(Decimal::ZERO, |s, m| s.checked_add(reading.mention(*m).value))?;
        (several.len() >= 2 && fit(sum)).then_some(several)
    };
    together(item.joint.clone()).or_else(|| together(joint_brackets(cx, reading, item.part)))
}

/// What the sentence of a figure is about: 投诉举报 in 投诉举报中，电话接收600件，占比60.0%; nothing in 其中.
pub(in crate::prose) fn scope<'a>(cx: &'a Context, reading: &'a Reading, at: MentionRef) -> &'a str {
    let prose = &reading.prose[at.passage];
    let sentence = reading.sentence(at);
    let first = prose.clauses.partition_point(|c| c.sentence < sentence);
    let opening = prose.clauses.get(first).filter(|c| c.mentions.is_empty());
    let words = opening.map_or("", |c| cx.passages[at.passage].text[c.range.clone()].trim());
    words
        .strip_suffix(['中', '里', '内'])
        .filter(|w| w.chars().count() >= 2)
        .unwrap_or("")
}

/// 咨询2400件。平台工单中，来电410件，占比46.6%: whether the sentence of the shares is about something that the amount does not count.
pub(super) fn about_something_else(cx: &Context, reading: &Reading, group: &Group, whole: MentionRef) -> bool {
    let share = group.items[0].share;
    let about: Vec<char> = scope(cx, reading, share).chars().collect();
    let w = reading.mention(whole);
    let counted = format!("{}{}", w.label, w.tail);
    let bears = |pair: &[char]| counted.contains(String::from_iter(pair).as_str());
    !about.is_empty() && !reading.one_sentence(share, whole) && !about.windows(2).any(bears)
}

/// Amounts that may be the whole, best said first, then nearest.
fn candidates(cx: &Context, reading: &Reading, divisions: &Divisions, group: &Group) -> Vec<Whole> {
    let first = group.items[0].part;
    let last = group.items[group.items.len() - 1].share;
    let mut out: Vec<Whole> = Vec::new();
    let add = |at: MentionRef, near: Nearness, out: &mut Vec<Whole>| {
        let named = group.named.as_deref().is_some_and(|n| is_named(cx, reading, at, n));
        match out.iter_mut().find(|w| w.at == at) {
            Some(known) => known.near = known.near.min(near),
            None => out.push(Whole { at, near, named }),
        }
    };
    if let Some(inside) = group.inside {
        add(inside, Nearness::Said, &mut out);
        return out;
    }
    for partition in divisions.get(&first).into_iter().flatten() {
        let near = if partition.cue > Cue::Arithmetic {
            Nearness::Said
        } else {
            Nearness::Passage
        };
        add(partition.total, near, &mut out);
    }
    if let Some(topics) = reading
        .topics
        .iter()
        .find(|t| t.items.iter().any(|i| i.amount == Some(first)))
        && let Some((total, _)) = topics.total(cx, reading)
    {
        add(total, Nearness::Section, &mut out);
    }
    if let Some(list) = group.list {
        let list = &reading.lists[first.passage][list];
        for (n, total) in partition::candidates(cx, reading, first.passage, list, &reading.partitions)
            .into_iter()
            .take(4)
            .enumerate()
        {
            let near = if n == 0 && total.passage == first.passage {
                Nearness::Said
            } else {
                Nearness::Passage
            };
            if eligible(reading, group, total) && (near != Nearness::Said || same_unit(reading, total, first)) {
                add(total, near, &mut out);
            }
        }
    }
    let in_passage =
        |passage: usize| (0..reading.prose[passage].mentions.len()).map(move |mention| MentionRef { passage, mention });
    let before = (0..first.mention).rev().map(|mention| MentionRef { mention, ..first });
    let behind = in_passage(last.passage).filter(|m| *m > last);
    for at in before
        .chain(behind)
        .filter(|m| eligible(reading, group, *m))
        .take(MAX_NEAR)
    {
        add(at, Nearness::Passage, &mut out);
    }
    let section = cx.passages[first.passage].headings.first();
    let earlier = (0..first.passage).rev().flat_map(|p| in_passage(p).collect::<Vec<_>>());
    let later = (last.passage + 1..reading.prose.len()).flat_map(|p| in_passage(p).collect::<Vec<_>>());
    for at in earlier
        .chain(later)
        .filter(|m| cx.passages[m.passage].body == cx.passages[first.passage].body)
        .filter(|m| eligible(reading, group, *m))
        .take(MAX_FAR)
    {
        let near = if cx.passages[at.passage].headings.first() == section {
            Nearness::Section
        } else {
            Nearness::Far
        };
        add(at, near, &mut out);
    }
    out.sort_by_key(|w| w.near);
    out
}

/// Whether an amount may be the whole of a group: large enough, of its unit, no part of it, no change and no base of one.
fn eligible(reading: &Reading, group: &Group, at: MentionRef) -> bool {
    let m = reading.mention(at);
    let largest = group.items.iter().map(|i| reading.mention(i.part).value).max();
    m.is_amount()
        && m.value > Decimal::ZERO
        && largest.is_some_and(|l| m.value >= l || surpassed(reading, group, m))
        && same_unit(reading, at, group.items[0].part)
        && !group.items.iter().any(|i| i.part == at)
        && !is_base(reading, at)
}

/// 占年计划的105%: what was planned is less than what was done.
fn surpassed(reading: &Reading, group: &Group, whole: &Mention) -> bool {
    let planned = |words: &str| ["计划", "任务", "目标", "预算"].iter().any(|w| words.contains(w));
    let [item] = &group.items[..] else { return false };
    reading.mention(item.share).value > Decimal::ONE_HUNDRED
        && group.named.as_deref().is_some_and(planned)
        && planned(&whole.label)
}

fn same_unit(reading: &Reading, whole: MentionRef, part: MentionRef) -> bool {
    let (w, p) = (reading.mention(whole), reading.mention(part));
    kin_units(&w.unit, &p.unit) || w.class == FigureClass::Count && p.class == FigureClass::Count && one_thing(w, p)
}

/// Other measure words of one thing: 网站416个 and 网站640家.
fn one_thing(a: &Mention, b: &Mention) -> bool {
    let words = |m: &Mention| format!("{}{}", m.label, m.tail);
    let (a, b) = (words(a), words(b));
    let chars: Vec<char> = a.chars().filter(|c| c.is_alphabetic()).collect();
    chars
        .windows(2)
        .any(|w| b.contains(w.iter().collect::<String>().as_str()))
}

/// Words of handing on what came in.
const HANDED_ON: [&str; 7] = ["转办", "交办", "派发", "派单", "下派", "转交", "分派"];

/// The amount that a group's name for its whole is printed for, before it in its section: 已审结案件862件 for 占已审结案件的. Only where
/// the share stands right behind its part and nothing else of another value is called so.
pub(super) fn called(cx: &Context, reading: &Reading, group: &Group) -> Option<MentionRef> {
    let name = labels::analyse(group.named.as_deref()?);
    let item = &group.items[0];
    let (part, share) = (reading.mention(item.part), reading.mention(item.share));
    let prose = &reading.prose[item.part.passage];
    let between = item.part.mention + 1..item.share.mention;
    // Nothing that the share could be of instead stands between, and no clause that is not known.
    let beside = item.part.passage == item.share.passage
        && prose.clauses[part.clause].sentence == prose.clauses[share.clause].sentence
        && prose
            .clauses
            .get(part.clause..=share.clause)
            .is_some_and(|clauses| clauses.len() <= 2 + between.len())
        && between
            .clone()
            .all(|m| !prose.mentions[m].is_amount() || group.items.iter().any(|i| i.part.mention == m));
    let own = parallel::head(&share.label).is_empty() && item.joint.is_empty() && group.inside.is_none();
    if !beside || !own || self::beside(cx, reading, item).is_some() {
        return None;
    }
    let noun = thing(&name.name);
    let section = cx.passages[item.part.passage].headings.first();
    let body = cx.passages[item.part.passage].body;
    let mut found: Option<MentionRef> = None;
    let before = (0..=item.part.passage)
        .rev()
        .filter(|p| cx.passages[*p].headings.first() == section && cx.passages[*p].body == body)
        .flat_map(|passage| {
            (0..reading.prose[passage].mentions.len())
                .rev()
                .map(move |mention| MentionRef { passage, mention })
        })
        .filter(|m| *m < item.part)
        .take(MAX_FAR);
    for at in before {
        let label = reading.label(at);
        if name.measure.is_some() && label.measure != name.measure
            || !eligible(reading, group, at)
            || !one_unit(reading, group, at)
        {
            continue;
        }
        // 转办工单133737件 is not 受理总量: what was handed on came in, but not all that came in was handed on.
        let words = &reading.mention(at).label;
        let handed_on = |w: &&str| words.contains(*w) && !group.named.as_deref().is_some_and(|n| n.contains(*w));
        let same = if noun.is_empty() {
            !HANDED_ON.iter().any(handed_on)
                && name.measure.is_some()
                && !reading.is_part(at)
                && (label.total || label.name.is_empty())
        } else {
            thing(&label.name) == noun
        };
        if !same {
            continue;
        }
        match found {
            Some(known) if reading.mention(known).value != reading.mention(at).value => return None,
            Some(_) => {}
            None => found = Some(at),
        }
    }
    found
}

/// The thing itself, without its scope and the words that say that it is there: 正在运行的政府网站 and 运行政府网站 are 政府网站.
fn thing(name: &str) -> String {
    let stripped = labels::strip_scope(name);
    let mut thing = stripped.trim_start_matches('的');
    for word in ["正在", "在", "现", "运行", "开设", "的"] {
        thing = thing
            .strip_prefix(word)
            .filter(|rest| rest.chars().count() >= 2)
            .unwrap_or(thing);
    }
    thing.to_owned()
}

/// 占GDP的27.3%: the product of the place, printed once in the paragraphs before, over which a single share of an amount holds.
pub(super) fn product(cx: &Context, reading: &Reading, group: &Group) -> Option<MentionRef> {
    let called = |words: &str| ["GDP", "生产总值"].iter().any(|w| words.contains(w));
    let [item] = &group.items[..] else { return None };
    if !called(group.named.as_deref()?) || reading.mention(item.part).class != FigureClass::Money {
        return None;
    }
    let body = cx.passages[item.part.passage].body;
    let mut found = (0..=item.part.passage)
        .rev()
        .filter(|p| cx.passages[*p].body == body)
        .flat_map(|passage| {
            (0..reading.prose[passage].mentions.len())
                .rev()
                .map(move |mention| MentionRef { passage, mention })
        })
        .filter(|m| *m < item.part)
        .take(MAX_FAR)
        .filter(|m| {
            let w = reading.mention(*m);
            w.is_amount()
                && w.class == FigureClass::Money
                && called(&w.label)
                && !w.label.contains("人均")
                && !is_base(reading, *m)
        });
    let first = found.next()?;
    let value = reading.mention(first).value;
    // Of several, as of a year and a half year, it is not known which is meant.
    let alone = found.all(|m| reading.mention(m).value == value);
    (alone && holds(cx, reading, item, value)? == [item.part]).then_some(first)
}

/// Whether the words around an amount hold the name that the share gives its whole.
fn is_named(cx: &Context, reading: &Reading, at: MentionRef, name: &str) -> bool {
    let clause = &reading.prose[at.passage].clauses[reading.mention(at).clause];
    let words = &cx.passages[at.passage].text.as_str()[clause.range.clone()];
    let chars: Vec<char> = name.chars().collect();
    let known = chars
        .windows(2)
        .filter(|w| words.contains(w.iter().collect::<String>().as_str()))
        .count();
    // 年度计划投资 and 年度投资计划 are one.
    let planned = ["计划", "任务", "目标"]
        .iter()
        .any(|w| name.contains(w) && words.contains(w));
    known * 3 >= chars.len().saturating_sub(1) * 2 || planned && known * 2 >= chars.len().saturating_sub(1)
}

/// The sum of the group's own parts, if every share holds over it, or all of many but one, which is wrong then: of three, if they are
/// printed to a place behind the point. Gives how many hold.
pub(super) fn together(cx: &Context, reading: &Reading, group: &Group) -> Option<(usize, Vec<Operand>)> {
    let parts: Vec<MentionRef> = group.items.iter().map(|i| i.part).collect();
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(reading.mention(*m).value))?;
    let holding = group
        .items
        .iter()
        .filter(|i| holds(cx, reading, i, sum).is_some_and(|p| p == [i.part]))
        .count();
    let precise = group.items.iter().all(|i| reading.mention(i.share).decimals > 0);
    let many = parts.len() >= if precise { MANY_PRECISE } else { MANY };
    let all = holding == parts.len() || many && holding + 1 == parts.len();
    (parts.len() >= 2 && sum > Decimal::ZERO && all).then(|| {
        let parts = parts.iter().filter_map(|m| cx.operand(reading.mention(*m).fig));
        (holding, parts.collect())
    })
}

/// Most amounts of a sentence that may be pieces of one whole.
const PIECES: usize = 4;

/// 公路、城市道路上分别发生交通事故27起和96起。…37起，占事故总数的30.08%: the amounts of the sentence of a whole that does not fit, all of its unit
/// there, over the sum of which all shares of the group hold.
pub(super) fn in_pieces(cx: &Context, reading: &Reading, group: &Group, whole: MentionRef) -> Option<Vec<Operand>> {
    let (unit, first) = (&reading.mention(whole).unit, group.items[0].part);
    let mentions = 0..reading.prose[whole.passage].mentions.len();
    let pieces: Vec<MentionRef> = mentions
        .map(|mention| MentionRef { mention, ..whole })
        .filter(|m| *m < first && reading.one_sentence(*m, whole))
        .filter(|m| reading.mention(*m).is_amount() && reading.mention(*m).unit == *unit && !is_base(reading, *m))
        .collect();
    let sum = pieces
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(reading.mention(*m).value))?;
    let precise = |i: &Item| reading.mention(i.share).decimals > 0;
    let hold = |i: &Item| holds(cx, reading, i, sum).is_some_and(|p| p == [i.part]);
    let fits = (2..=PIECES).contains(&pieces.len()) && group.items.iter().all(|i| precise(i) && hold(i));
    fits.then(|| {
        pieces
            .iter()
            .filter_map(|m| cx.operand(reading.mention(*m).fig))
            .collect()
    })
}

/// Whether one amount that is not printed would fit all shares of a group of at least four: then that is their whole.
pub(super) fn fits_unprinted(cx: &Context, reading: &Reading, group: &Group) -> bool {
    if group.items.len() < 4 {
        return false;
    }
    let mut least = Decimal::ZERO;
    let mut most = Decimal::MAX;
    for item in &group.items {
        let at = item.share;
        let Some(stated) = cx.operand(reading.mention(at).fig) else {
            return false;
        };
        let (Some(value), half) = (stated.value, Decimal::new(5, stated.decimals.min(12) + 1)) else {
            return false;
        };
        let part = reading
            .mention(item.part)
            .value
            .checked_mul(Decimal::from(scale(cx, reading, at)));
        let (Some(part), true) = (part, value > half) else {
            return false;
        };
        let (Some(low), Some(high)) = (part.checked_div(value + half), part.checked_div(value - half)) else {
            return false;
        };
        least = least.max(low);
        most = most.min(high);
    }
    // The bounds are rounded; what counts is that the shares hold.
    let all_hold = |whole: Decimal| {
        group
            .items
            .iter()
            .all(|i| holds(cx, reading, i, whole).is_some_and(|p| p == [i.part]))
    };
    let middle = least.checked_add(most).and_then(|s| s.checked_div(Decimal::TWO));
    least < most && (all_hold(most.floor()) || middle.is_some_and(all_hold))
}

/// Whether the whole and all parts are counted in one measure word.
pub(super) fn one_unit(reading: &Reading, group: &Group, whole: MentionRef) -> bool {
    let unit = &reading.mention(whole).unit;
    group
        .items
        .iter()
        .all(|i| kin_units(&reading.mention(i.part).unit, unit))
}

/// Sentences before a share in which another amount is looked for that it may be of.
const SENTENCES: usize = 4;

/// 提出建议856件，其中归政府系统办理的778件。其中经济类206件，占26.5%; 重大火灾6起。…较大火灾60起，占92.3%，重大火灾5起，占83.3%: an amount of the
/// sentences before over which a share printed to a place behind the point holds, told alone or by the name of its part.
pub(super) fn printed(cx: &Context, reading: &Reading, item: &Item) -> Option<MentionRef> {
    let prose = &reading.prose[item.part.passage];
    let (part, share) = (reading.mention(item.part), reading.mention(item.share));
    let sentence = prose.clauses[part.clause].sentence;
    if share.decimals == 0 {
        return None;
    }
    (0..item.part.mention)
        .rev()
        .map(|mention| MentionRef { mention, ..item.part })
        .take_while(|m| reading.sentence(*m) + SENTENCES >= sentence)
        .filter(|m| {
            let w = reading.mention(*m);
            w.is_amount() && w.value > part.value && w.unit == part.unit && !is_base(reading, *m)
        })
        .find(|m| holds(cx, reading, item, reading.mention(*m).value).is_some_and(|p| p == [item.part]))
        .or_else(|| of_its_name(cx, reading, item))
}

/// Passages before a share in which an amount of the name of its part is looked for.
const PASSAGES: usize = 4;
/// Fewest characters of a name that tells one thing from another.
const NAMING: usize = 3;

/// The nearest amount before a share that bears the name of its part, before it or behind it (重大火灾6起, 6起重大火灾中), if the share holds over it.
fn of_its_name(cx: &Context, reading: &Reading, item: &Item) -> Option<MentionRef> {
    let part = reading.mention(item.part);
    let name = &reading.label(item.part).name;
    if name.chars().count() < NAMING {
        return None;
    }
    reading
        .before(cx, item.part, PASSAGES)
        .filter(|m| {
            let w = reading.mention(*m);
            let named = reading.label(*m).name == *name || w.tail.starts_with(name.as_str());
            named && w.is_amount() && w.value >= part.value && w.unit == part.unit && !is_base(reading, *m)
        })
        .find(|m| holds(cx, reading, item, reading.mention(*m).value).is_some_and(|p| p == [item.part]))
}

/// An amount of the item's own sentence over which its share holds: 40个重点项目中，按期推进37个，占92.5%.
pub(super) fn beside(cx: &Context, reading: &Reading, item: &Item) -> Option<MentionRef> {
    let prose = &reading.prose[item.part.passage];
    let part = reading.mention(item.part);
    let sentence = prose.clauses[part.clause].sentence;
    (0..item.part.mention)
        .rev()
        .take(MAX_NEAR)
        .map(|mention| MentionRef { mention, ..item.part })
        .take_while(|m| prose.clauses[reading.mention(*m).clause].sentence == sentence)
        .filter(|m| {
            let w = reading.mention(*m);
            w.is_amount() && w.value >= part.value && kin_units(&w.unit, &part.unit)
        })
        .find(|m| holds(cx, reading, item, reading.mention(*m).value).is_some_and(|p| p == [item.part]))
}
