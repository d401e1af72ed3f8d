//! Shares that are told side by side, each with the amount that it is the share of.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use super::parallel;
use crate::FigureClass;
use crate::context::{Context, Role};
use crate::lexicon::KINDS;
use crate::prose::changes;
use crate::prose::clauses::{Delim, Mention, Prose};
use crate::prose::lists::Announced;
use crate::prose::rates::{Kind, kin_units, kind_of};
use crate::prose::{MentionRef, Reading};

/// Most figures between a share and its part, those of a parenthesis between them included.
const MAX_ASIDE: usize = 64;
/// Most amounts in front of a share that may be meant together.
const MAX_JOINT: usize = 12;

/// A share with its amount.
#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub share: MentionRef,
    /// The amount right before it.
    pub part: MentionRef,
    /// The amounts that have no share of their own before it, if there are several: 甲160件、乙90件、丙50件，占60.0%.
    pub joint: Vec<MentionRef>,
}

/// Shares of one whole, as far as their wording tells.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    pub items: Vec<Item>,
    /// The whole printed inside the phrase: 占报送总数480条的25%.
    pub inside: Option<MentionRef>,
    /// What the phrase calls the whole: 占财产保险投诉总量的.
    pub named: Option<String>,
    /// The announced list whose parts these are.
    pub list: Option<usize>,
    /// Parts of other groups whose shares call their whole the same: hardly one of them is the whole of these.
    pub beside: Vec<MentionRef>,
}

/// All groups of shares, in order.
pub(crate) fn groups(cx: &Context, reading: &Reading) -> Vec<Group> {
    let mut out = Vec::new();
    let mut taken: BTreeSet<MentionRef> = BTreeSet::new();
    for topics in &reading.topics {
        let items: Vec<Item> = topics
            .items
            .iter()
            .filter_map(|t| {
                let (share, part) = (t.share?, t.amount?);
                (part_of_share(reading, share) == Some(part)).then(|| Item {
                    share,
                    part,
                    joint: Vec::new(),
                })
            })
            .filter(|i| !taken.contains(&i.share))
            .filter(|i| parallel::run(&reading.prose[i.share.passage], i.share.mention).is_none())
            .collect();
        // （一）…优良75个，占97.4%；（二）…优良31个，占96.9%: more than all is not divided among topics.
        let sum = items
            .iter()
            .try_fold(Decimal::ZERO, |s, i| s.checked_add(reading.mention(i.share).value));
        let divides = sum.is_some_and(|s| s <= Decimal::ONE_HUNDRED + Decimal::ONE);
        if items.len() >= 2 && divides {
            taken.extend(items.iter().map(|i| i.share));
            out.push(Group {
                items,
                inside: None,
                named: None,
                list: None,
                beside: Vec::new(),
            });
        }
    }
    let mut single: Vec<Group> = Vec::new();
    for passage in 0..reading.prose.len() {
        let mut groups = of_passage(cx, reading, passage, &taken);
        // One share that leads its paragraph may be one of several paragraphs'.
        if let [group] = &groups[..]
            && group.items.len() == 1
            && leads(reading, &group.items[0])
        {
            single.append(&mut groups);
        } else {
            out.append(&mut groups);
        }
    }
    out.extend(join_paragraphs(cx, reading, single));
    out.sort_by_key(|g| g.items[0].share);
    note_parts_beside(&mut out);
    out
}

/// Tells each group of one passage the parts of the others that are of what its own whole is called.
fn note_parts_beside(groups: &mut [Group]) {
    let mut parts: BTreeMap<(usize, String), Vec<MentionRef>> = BTreeMap::new();
    let key = |g: &Group| Some((g.items[0].share.passage, g.named.clone()?));
    for group in groups.iter() {
        if let Some(key) = key(group) {
            parts.entry(key).or_default().extend(group.items.iter().map(|i| i.part));
        }
    }
    for group in groups {
        let all = key(group).and_then(|key| parts.get(&key)).into_iter().flatten();
        let own: BTreeSet<MentionRef> = group.items.iter().map(|i| i.part).collect();
        group.beside = all.filter(|m| !own.contains(m)).copied().collect();
    }
}

fn of_passage(cx: &Context, reading: &Reading, passage: usize, taken: &BTreeSet<MentionRef>) -> Vec<Group> {
    let prose = &reading.prose[passage];
    let mut out: Vec<Group> = Vec::new();
    let homes = homes(reading, passage);
    // Parts and shares that stand in a group, with the sentence of the share.
    let mut used: BTreeMap<MentionRef, usize> = BTreeMap::new();
    let mut next = 0;
    for mention in 0..prose.mentions.len() {
        let share = MentionRef { passage, mention };
        if mention < next {
            continue;
        }
        if let Some(run) = parallel::run(prose, mention) {
            next = mention + run.len();
            out.extend(in_order(reading, passage, &run, &homes));
            continue;
        }
        if taken.contains(&share) || !reading.mention(share).is_rate() || kind_of(cx, reading, share) != Kind::Share {
            continue;
        }
        let inside = whole_inside(reading, share);
        let Some(part) = part_of_share(reading, inside.unwrap_or(share)) else {
            continue;
        };
        // 甲类80件，占40%。乙类有所上升，占21%: the second share has no amount of its own.
        let spent = used.get(&part).is_some_and(|s| *s != sentence(reading, share));
        if spent {
            continue;
        }
        let named = named_whole(share_words(cx, reading, share)).map(str::to_owned);
        // A count alone in its brackets is no list.
        let list = homes[part.mention]
            .filter(|l| reading.lists[passage][*l].announced > Announced::Bare)
            .filter(|_| outside_bracket(prose, part.mention).is_none());
        let item = Item {
            share,
            part,
            joint: joint(reading, part, &used, &homes),
        };
        used.insert(part, sentence(reading, share));
        used.insert(share, sentence(reading, share));
        let goes_on = out.last().is_some_and(|g: &Group| {
            let last = &g.items[g.items.len() - 1];
            g.inside.is_none()
                && inside.is_none()
                && !by_measure(prose, mention)
                && (g.named == named || named.is_none() && (g.named.is_none() || one_kind(reading, last.part, part)))
                && (g.list == list || list.is_none() || g.list.is_none())
                && side_by_side(reading, last, part)
                && !divides(cx, reading, last, part)
        });
        match out.last_mut() {
            Some(group) if goes_on => {
                group.list = group.list.or(list);
                group.items.push(item);
            }
            _ => out.push(Group {
                items: vec![item],
                inside,
                named,
                list,
                beside: Vec::new(),
            }),
        }
    }
    out
}

/// The group of shares told by order, if their amounts are found.
fn in_order(reading: &Reading, passage: usize, run: &[usize], homes: &[Option<usize>]) -> Option<Group> {
    let parts = parallel::parts(reading, passage, run)?;
    let at = |mention| MentionRef { passage, mention };
    let list = homes[parts[0]].filter(|l| reading.lists[passage][*l].announced > Announced::Bare);
    let items = run.iter().zip(&parts).map(|(share, part)| Item {
        share: at(*share),
        part: at(*part),
        joint: Vec::new(),
    });
    Some(Group {
        items: items.collect(),
        inside: None,
        named: named_whole(&reading.mention(at(run[0])).label).map(str::to_owned),
        list,
        beside: Vec::new(),
    })
}

/// The words of a share: those before it, or the clause before if a comma cuts it off (占总数的比例最高，达92%).
pub(crate) fn share_words<'a>(cx: &'a Context, reading: &'a Reading, at: MentionRef) -> &'a str {
    let mention = reading.mention(at);
    let prose = &reading.prose[at.passage];
    let label = mention.label.as_str();
    let cut_off = matches!(label, "达" | "达到" | "为" | "高达" | "约为" | "仅为" | "即");
    let Some(before) = mention
        .clause
        .checked_sub(1)
        .filter(|_| cut_off)
        .map(|c| &prose.clauses[c])
    else {
        return label;
    };
    let own = &prose.clauses[mention.clause];
    let words = cx.passages[at.passage].text[before.range.clone()].trim();
    let whole = before.mentions.is_empty()
        && before.group == own.group
        && own.before == Delim::Comma
        && own.mentions.first() == Some(&at.mention)
        && words.starts_with('占')
        && words.chars().count() <= 24;
    if whole { words } else { label }
}

/// 委员403人，占委员总数的68%；经济类290件，占36.3%: cases are no share of what persons are.
fn one_kind(reading: &Reading, a: MentionRef, b: MentionRef) -> bool {
    kin_units(&reading.mention(a).unit, &reading.mention(b).unit)
}

fn sentence(reading: &Reading, at: MentionRef) -> usize {
    reading.prose[at.passage].clauses[reading.mention(at).clause].sentence
}

/// For each mention of a passage the list that it leads an item of, announced ones first.
fn homes(reading: &Reading, passage: usize) -> Vec<Option<usize>> {
    let mut out = vec![None; reading.prose[passage].mentions.len()];
    for announced in [true, false] {
        for (idx, list) in reading.lists[passage].iter().enumerate() {
            if (list.announced > Announced::Bare) != announced {
                continue;
            }
            for m in list.items.iter().filter_map(|i| i.amounts.first()) {
                out[*m].get_or_insert(idx);
            }
        }
    }
    out
}

/// Whether a part follows the share of the one before it: in the same depth and one of the next two sentences, with no total in between.
/// Parts may all be called totals of their kind: 问询类共30件，占30%；求助类共70件，占70%.
fn side_by_side(reading: &Reading, last: &Item, part: MentionRef) -> bool {
    let share = last.share;
    let prose = &reading.prose[share.passage];
    let clause = |m: usize| &prose.clauses[prose.mentions[m].clause];
    let (a, b) = (clause(share.mention), clause(part.mention));
    // A share in a parenthesis hangs on its part.
    let depth = |m: usize| match prose.groups[clause(m).group].host {
        Some(host) => clause(host).group,
        None => clause(m).group,
    };
    let level = outside_bracket(prose, part.mention).unwrap_or(b.group);
    let host_level = depth(share.mention) == level || a.group == b.group;
    let between = share.mention + 1..part.mention;
    let total = between.clone().any(|m| {
        let label = reading.label(MentionRef { mention: m, ..share });
        prose.mentions[m].is_amount() && label.total && clause(m).group == b.group
    });
    let of_its_kind = !reading.label(part).total
        || reading.label(last.part).total
            && !reading.label(part).name.is_empty()
            && !reading.label(last.part).name.is_empty();
    host_level && b.sentence <= a.sentence + 2 && !total && of_its_kind
}

/// 各区共900件，占总数的90%。其中甲区450件，占50%: a total with a share of its own, and the sentence behind it divides it.
fn divides(cx: &Context, reading: &Reading, last: &Item, part: MentionRef) -> bool {
    let prose = &reading.prose[part.passage];
    let share = &prose.mentions[last.share.mention];
    let total = reading.label(last.part);
    let opens = cx.passages[part.passage]
        .text
        .get(share.full.end..reading.mention(part).full.start)
        .is_some_and(|between| between.trim_start_matches('。').trim_start().starts_with("其中"));
    let whole = reading
        .partitions
        .iter()
        .any(|p| p.total == last.part && p.passage == part.passage && p.aligned.first() == Some(&Some(part.mention)));
    let bracketed = outside_bracket(prose, part.mention).is_some();
    opens && sentence(reading, last.share) != sentence(reading, part) && (whole || total.total || bracketed)
}

/// Amounts of one unit before `part`, in its sentence, that no share was given to.
fn joint(
    reading: &Reading,
    part: MentionRef,
    used: &BTreeMap<MentionRef, usize>,
    homes: &[Option<usize>],
) -> Vec<MentionRef> {
    let prose = &reading.prose[part.passage];
    let own = &prose.mentions[part.mention];
    let clause = &prose.clauses[own.clause];
    let one_list = |m: usize| homes[m].is_some() && homes[m] == homes[part.mention];
    let mut out = vec![part];
    for m in (0..part.mention).rev() {
        let other = &prose.mentions[m];
        let at = MentionRef { mention: m, ..part };
        let c = &prose.clauses[other.clause];
        let shared = used.contains_key(&at);
        let beside = c.group == clause.group
            && c.sentence == clause.sentence
            && other.is_amount()
            && other.unit == own.unit
            && !reading.label(at).total
            && !reading.label(at).name.is_empty()
            && one_list(m)
            && !shared;
        if !beside || out.len() >= MAX_JOINT {
            break;
        }
        out.push(at);
    }
    out.reverse();
    if out.len() >= 2 { out } else { Vec::new() }
}

/// 公务执勤（9.6万起）及其他出动（10.5万起）占10.3%: counts alone in brackets, with nothing but names and a joining word between.
pub(super) fn joint_brackets(cx: &Context, reading: &Reading, part: MentionRef) -> Vec<MentionRef> {
    let prose = &reading.prose[part.passage];
    let text = cx.passages[part.passage].text.as_str();
    let own = &prose.mentions[part.mention];
    let bracket = |m: usize| &prose.groups[prose.clauses[prose.mentions[m].clause].group].range;
    let Some(outside) = outside_bracket(prose, part.mention) else {
        return Vec::new();
    };
    let mut out = vec![part];
    for m in (0..part.mention).rev().take(MAX_JOINT) {
        let next = out[out.len() - 1].mention;
        let alike = outside_bracket(prose, m) == Some(outside) && prose.mentions[m].unit == own.unit;
        if !alike {
            break;
        }
        let between = text.get(bracket(m).end..bracket(next).start).unwrap_or("，");
        let joined = between.trim_start_matches(['）', ')']).starts_with(['及', '和', '与']);
        if !joined || between.contains(['，', ',', '；', ';', '。', '：', ':']) {
            break;
        }
        out.push(MentionRef { mention: m, ..part });
    }
    out.reverse();
    out
}

/// Whether a share's part is the first amount of its paragraph.
fn leads(reading: &Reading, item: &Item) -> bool {
    let prose = &reading.prose[item.part.passage];
    (0..item.part.mention).all(|m| !prose.mentions[m].is_amount())
}

/// Paragraphs one after the other, each led by an amount with its share, are one group.
fn join_paragraphs(cx: &Context, reading: &Reading, single: Vec<Group>) -> Vec<Group> {
    let mut out: Vec<Group> = Vec::new();
    for group in single {
        let joins = out.last().is_some_and(|last: &Group| {
            let a = last.items[last.items.len() - 1].part;
            let b = group.items[0].part;
            let (pa, pb) = (&cx.passages[a.passage], &cx.passages[b.passage]);
            a.passage + 1 == b.passage
                && pa.role == Role::Paragraph
                && pb.role == Role::Paragraph
                && pa.body == pb.body
                && pa.headings == pb.headings
                && reading.mention(a).unit == reading.mention(b).unit
                && last.named == group.named
        });
        match out.last_mut() {
            Some(last) if joins => last.items.extend(group.items),
            _ => out.push(group),
        }
    }
    out
}

/// The amount that a share speaks of: the host of its parenthesis, or the amount before it in the item.
pub(crate) fn part_of_share(reading: &Reading, at: MentionRef) -> Option<MentionRef> {
    let prose = &reading.prose[at.passage];
    let mention = &prose.mentions[at.mention];
    let clause = &prose.clauses[mention.clause];
    if let Some(part) = bracketed_before(reading, at) {
        return Some(part);
    }
    if clause.group > 0
        && clause.mentions.first() == Some(&at.mention)
        && let Some(host) = prose.groups[clause.group].host
    {
        return prose.mentions[host].is_amount().then_some(MentionRef {
            passage: at.passage,
            mention: host,
        });
    }
    // 民生支出占比81.3%: the share names its part itself.
    if clause.mentions.first() == Some(&at.mention)
        && let Some(cut) = mention.label.find('占')
    {
        if let Some(mention) = counted_as(prose, at.mention, &mention.label[..cut]) {
            return Some(MentionRef { mention, ..at });
        }
        let noun = crate::prose::labels::analyse(&mention.label[..cut]).full_name;
        if noun.chars().count() >= 2 {
            // 合同总金额 and 合同金额 are one.
            let plain = |words: &str| words.replace('总', "");
            let noun = plain(&noun);
            return (0..at.mention)
                .rev()
                .take(12)
                .find(|m| prose.mentions[*m].is_amount() && plain(&prose.mentions[*m].label).contains(noun.as_str()))
                .or_else(|| amount_behind(prose, at.mention))
                .map(|m| MentionRef {
                    passage: at.passage,
                    mention: m,
                });
        }
    }
    // Back to the amount before it; a rate in between (同比增长4.8%) belongs to the same amount, and so does a parenthesis.
    let mut before = (0..at.mention)
        .rev()
        .take(MAX_ASIDE)
        .filter(|m| prose.clauses[prose.mentions[*m].clause].group == clause.group)
        .take(4)
        .filter(|m| {
            let other = &prose.mentions[*m];
            // 部分公开45，占4.5%: a figure right before it may have lost its unit.
            let bare =
                *m + 1 == at.mention && other.plain && other.class == FigureClass::Unknown && other.decimals == 0;
            // 其余五类占13.1%: kinds have no share of their own in a number of cases.
            let kinds = KINDS.contains(&other.unit.as_str());
            other.is_amount() && !kinds && changes::change_word(&other.label).is_none() || bare
        })
        .filter(|m| prose.clauses[prose.mentions[*m].clause].sentence + 1 >= clause.sentence);
    let nearest = before.next()?;
    if let Some(named) = bearing_the_name(prose, at.mention, nearest) {
        return Some(MentionRef { mention: named, ..at });
    }
    // 优秀等次12个，平均得分95.6分，占25%: what was scored is no part of a number of those who scored it.
    let record = |m: usize| prose.end_of_record(prose.mentions[m].clause);
    let scored = std::iter::once(nearest)
        .chain(before)
        .take_while(|m| record(*m) == record(nearest))
        .find(|m| prose.mentions[*m].unit != SCORE);
    Some(MentionRef {
        passage: at.passage,
        mention: scored.unwrap_or(nearest),
    })
}

/// 主干路发生事故37起，造成6人死亡，占事故总数的30.08%: where the amount right before a share is not of what its whole counts, the one of the
/// sentence that is.
fn bearing_the_name(prose: &Prose, share: usize, nearest: usize) -> Option<usize> {
    let name = named_whole(&prose.mentions[share].label)?;
    let bears = |m: &Mention| m.label.contains(name) || m.tail.contains(name);
    let clause = |m: usize| &prose.clauses[prose.mentions[m].clause];
    let near = |m: usize| {
        let (own, of) = (clause(m), clause(nearest));
        own.sentence == of.sentence
            && own.group == of.group
            && prose.end_of_record(prose.mentions[m].clause) == prose.end_of_record(prose.mentions[nearest].clause)
    };
    let mut before = (0..nearest).rev().take(MAX_ASIDE).take_while(|m| near(*m));
    let found = before.find(|m| {
        let other = &prose.mentions[*m];
        other.is_amount() && !KINDS.contains(&other.unit.as_str()) && bears(other)
    })?;
    let apart = !bears(&prose.mentions[nearest]) && prose.mentions[found].unit != prose.mentions[nearest].unit;
    apart.then_some(found)
}

/// Whether a share calls its part by its measure word.
fn by_measure(prose: &Prose, share: usize) -> bool {
    let label = &prose.mentions[share].label;
    label
        .find('占')
        .is_some_and(|cut| counted_as(prose, share, &label[..cut]).is_some())
}

/// 住宅火灾30起，亡18人，起数占总数的10%，亡人数占总数的15%: the amount of the sentence that the share calls by its measure word.
fn counted_as(prose: &Prose, share: usize, noun: &str) -> Option<usize> {
    let counted = noun.strip_suffix('数')?;
    let (words, unit) = counted.split_at(counted.char_indices().last()?.0);
    let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
    (0..share)
        .rev()
        .take(MAX_ASIDE)
        .take_while(|m| sentence(*m) == sentence(share))
        .filter(|m| prose.mentions[*m].is_amount() && changes::change_word(&prose.mentions[*m].label).is_none())
        .find(|m| {
            let own = &prose.mentions[*m];
            own.unit == unit && words.chars().all(|c| own.label.contains(c))
        })
}

/// 主要网站受理量占61.4%，达682.9万件: the amount that the share speaks of stands behind it, with no words of its own.
fn amount_behind(prose: &Prose, share: usize) -> Option<usize> {
    let own = &prose.mentions[share];
    let (m, part) = (share + 1, prose.mentions.get(share + 1)?);
    let clause = &prose.clauses[part.clause];
    let told = ["", "达", "达到", "为", "共", "共计", "有", "即", "计", "约", "高达"].contains(&part.label.as_str());
    let follows = part.clause == own.clause + 1 && clause.before == Delim::Comma && clause.mentions == [m];
    (told && follows && part.is_amount() && clause.group == prose.clauses[own.clause].group).then_some(m)
}

/// Longest text (in characters) between a count in brackets and its share: 甲局（60件）是受理量最多的部门，占60%.
const MAX_REMARK: usize = 30;

/// The group that holds a parenthesis which stands behind a name and has nothing in it but this amount: 甲局（60件）.
pub(super) fn outside_bracket(prose: &Prose, m: usize) -> Option<usize> {
    let mention = &prose.mentions[m];
    let group = prose.clauses[mention.clause].group;
    let own = prose.groups.get(group).filter(|g| group > 0 && g.host.is_none())?;
    // The range runs from mark to mark.
    let bare = own.range.len() <= mention.full.len() + 2 * '（'.len_utf8();
    (bare && mention.is_amount() && mention.plain).then_some(own.parent)
}

/// 甲局（60件）占60%: the count in brackets right before a share, behind the name of which both are told.
fn bracketed_before(reading: &Reading, at: MentionRef) -> Option<MentionRef> {
    let prose = &reading.prose[at.passage];
    let share = &prose.mentions[at.mention];
    let clause = &prose.clauses[share.clause];
    // 占第一类的42.36%: an ordinal in the words of the share is no count.
    let ordinal = |m: usize| {
        let own = &prose.mentions[m];
        own.clause == share.clause && (is_ordinal(own) || !own.is_amount() && !own.is_rate())
    };
    let mention = (0..at.mention).rev().take(3).find(|m| !ordinal(*m))?;
    let part = &prose.mentions[mention];
    let group = &prose.groups[prose.clauses[part.clause].group];
    let beside = outside_bracket(prose, mention) == Some(clause.group)
        && prose.clauses[part.clause].sentence == clause.sentence
        && clause.mentions.iter().all(|m| *m >= at.mention || ordinal(*m));
    if !beside {
        return None;
    }
    // Behind the bracket no other part begins: at most one comma, and the share has no name of its own behind it.
    let inside = clause.range.start <= group.range.start;
    let follows = clause.before == Delim::Comma
        && clause.range.start > group.range.end
        && parallel::head(&share.label).is_empty()
        && share.clause == part.clause + 1
        && part.clause.checked_sub(1).is_some_and(|before| {
            let before = &prose.clauses[before];
            before.range.start <= group.range.start && before.range.end >= group.range.end && before.mentions.is_empty()
        });
    let between = share.full.start.checked_sub(group.range.end)?;
    (inside && between <= MAX_REMARK || follows && between <= MAX_REMARK * '占'.len_utf8())
        .then_some(MentionRef { mention, ..at })
}

/// 第一类: a number with 第 before it counts nothing.
fn is_ordinal(mention: &Mention) -> bool {
    mention.label.ends_with('第')
}

/// The unit of scores.
const SCORE: &str = "分";

/// The whole printed between 占 and the percentage.
pub(crate) fn whole_inside(reading: &Reading, at: MentionRef) -> Option<MentionRef> {
    let before = MentionRef {
        mention: at.mention.checked_sub(1)?,
        ..at
    };
    let (m, b) = (reading.mention(at), reading.mention(before));
    (b.clause == m.clause && b.is_amount() && b.label.contains('占') && !is_ordinal(b)).then_some(before)
}

/// 占第一类的42.36%: a class called by its number stands between 占 and the percentage.
pub(crate) fn of_class(reading: &Reading, at: MentionRef) -> bool {
    let before = at.mention.checked_sub(1).map(|mention| MentionRef { mention, ..at });
    before.is_some_and(|before| {
        let (m, b) = (reading.mention(at), reading.mention(before));
        b.clause == m.clause && is_ordinal(b) && b.label.contains('占')
    })
}

/// The name of the whole in 占…的 and 占…比重, without the words that say that it is a whole: 占全市投诉总量的 is of 投诉.
pub(super) fn named_whole(label: &str) -> Option<&str> {
    let at = label.rfind('占')? + '占'.len_utf8();
    let rest = &label[at..];
    let end = rest
        .find("比重")
        .or_else(|| rest.find("的"))
        .or_else(|| rest.find("比例"))
        .unwrap_or(rest.len());
    let mut name = rest[..end].trim_end_matches('的').trim();
    // 占比率达, 占比最高: no name at all.
    if name.starts_with('比') || name == "到" || name.is_empty() {
        return None;
    }
    loop {
        let before = name;
        for word in [
            "全市", "全县", "全区", "全省", "全州", "全国", "全部", "本月", "总", "各类", "所有", "同期",
        ] {
            name = name.strip_prefix(word).unwrap_or(name);
        }
        for word in ["总数", "总量", "总额", "数量", "数", "量", "总"] {
            name = name.strip_suffix(word).unwrap_or(name);
        }
        if name == before {
            break;
        }
    }
    (name.chars().count() >= 2).then_some(name)
}
