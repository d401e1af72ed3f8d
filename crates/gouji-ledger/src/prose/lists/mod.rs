//! Lists of amounts: the parts that a text names one after the other.
//!
//! A list is a run of items in one group of clauses. An item begins with a named amount; bare measures (已办结12件)
//! and rates behind it are its fields. How a list was announced (a parenthesis, 其中, 按…分类, nothing)
//! goes with it, since it decides what may be complained of ([`announced`]).

mod announced;

use std::ops::Range;

use super::asides::{self, Asides};
use super::clauses::{Delim, Mention, Prose};
use super::labels::{self, Label};
use super::partition::verdict_measure;
use crate::lexicon::{Measure, UNIT_SUFFIXES};
use announced::{announced_at, cue_words};
pub(crate) use announced::{divides, ranked};

/// Most items that one list is read to; longer ones are cut there.
const MAX_ITEMS: usize = 2_000;

/// Figures in a row that are no items, at which a list that nothing announces ends: without an end each of them would be tried
/// through the whole sentence.
const MAX_PASSED: usize = 64;

/// How a list was announced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Announced {
    /// Not at all.
    Bare,
    /// By words that say themselves that it is not complete.
    Partial,
    /// By numbered topics (1.…2.…).
    Numbered,
    /// 其中
    Among,
    /// 包括, 分为, 按…分类, 从…看, 涉及单位有：
    All,
    /// It is a parenthesis right behind the total.
    Parenthesis,
}

/// One named part with its fields.
#[derive(Debug, Clone, Default)]
pub(crate) struct Item {
    pub name: String,
    /// Amounts: the named one first, then pairs and fields.
    pub amounts: Vec<usize>,
    pub rates: Vec<usize>,
    /// Names that share the amount (A、B、C各4条).
    pub times: usize,
}

/// A run of items.
#[derive(Debug, Clone)]
pub(crate) struct List {
    pub announced: Announced,
    /// The group of clauses it is in.
    pub group: usize,
    pub items: Vec<Item>,
    /// Number of items at each point where the list may end: sentence ends, then its end.
    pub ends: Vec<usize>,
    /// A total that stands behind the items (共计640起).
    pub total_behind: Option<usize>,
    /// First byte of the list in the passage.
    pub start: usize,
    /// Remarks on single items (其中…, up to the next ；), as places in the clauses of its group.
    asides: Vec<Range<usize>>,
}

/// All lists of a passage: announced ones first in text order, then bare runs of mentions that are in none.
pub(crate) fn lists(text: &str, prose: &Prose, labels: &[Label]) -> Vec<List> {
    let mut out: Vec<List> = Vec::new();
    let mut taken = vec![false; prose.mentions.len()];
    let mut asides = Asides::default();
    let groups = group_clauses(prose);
    let changes = changes(text, prose);
    for (group, clauses) in groups.iter().enumerate().skip(1) {
        if let Some(list) = parenthesis(text, prose, labels, &changes, group, clauses) {
            mark(&list, &mut taken);
            asides.note(list.group, &list.asides);
            out.push(list);
        }
    }
    for (group, clauses) in groups.iter().enumerate() {
        let mut pos = 0;
        while pos < clauses.len() {
            // What is announced in a remark stands in it.
            let within = asides.within(group, pos, clauses);
            match announced_at(text, prose, labels, within, pos) {
                Some((announced, first_clause, first_mention)) => {
                    let list = run(
                        text,
                        prose,
                        labels,
                        &changes,
                        within,
                        first_clause,
                        first_mention,
                        group,
                        announced,
                    );
                    if list.items.is_empty() {
                        pos += 1;
                    } else {
                        mark(&list, &mut taken);
                        let next = last_clause(prose, clauses, pos, &list);
                        asides.note(list.group, &list.asides);
                        // The remarks on its items are lists of their own.
                        let next = list.asides.first().map_or(next, |a| a.start);
                        out.push(list);
                        pos = if next > pos { next } else { pos + 1 };
                    }
                }
                None => pos += 1,
            }
        }
    }
    for (group, clauses) in groups.iter().enumerate() {
        let mut pos = 0;
        while pos < clauses.len() {
            let first = prose.clauses[clauses[pos]].mentions.first().copied();
            if let Some(m) = first
                && !taken[m]
                && prose.mentions[m].is_amount()
                && !labels[m].name.is_empty()
                && !prose.mentions[m].label.contains('除')
                // A change is no part, and no list begins with one.
                && !(group == 0 && changes[m])
            {
                let list = run(text, prose, labels, &changes, clauses, pos, 0, group, Announced::Bare);
                if list.items.len() >= 2 {
                    let next = last_clause(prose, clauses, pos, &list);
                    out.push(list);
                    pos = next.max(pos + 1);
                    continue;
                }
            }
            pos += 1;
        }
    }
    out.sort_by_key(|l| l.start);
    out
}

/// The clause of a list's last figure, as a place among the clauses from `pos` on.
fn last_clause(prose: &Prose, clauses: &[usize], pos: usize, list: &List) -> usize {
    let last = list.items.last().and_then(|i| i.amounts.iter().chain(&i.rates).max());
    last.and_then(|m| {
        clauses[pos..]
            .iter()
            .position(|c| prose.clauses[*c].mentions.contains(m))
    })
    .map_or(pos, |p| pos + p)
}

fn mark(list: &List, taken: &mut [bool]) {
    for item in &list.items {
        for m in item.amounts.iter().chain(&item.rates) {
            taken[*m] = true;
        }
    }
}

/// The clauses of each group, in order, computed once for all groups.
pub(crate) fn group_clauses(prose: &Prose) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); prose.groups.len()];
    for (idx, clause) in prose.clauses.iter().enumerate() {
        out[clause.group].push(idx);
    }
    out
}

/// By mention: it tells a change (同比减少5起, 比上年同期多2人), which is no part of a list.
fn changes(text: &str, prose: &Prose) -> Vec<bool> {
    let told = |m: &Mention| {
        let words = text[prose.clauses[m.clause].range.start..m.full.start].trim_start();
        super::changes::change_word(&m.label).is_some() || compares(&m.label) || compares(words)
    };
    prose.mentions.iter().map(told).collect()
}

fn parenthesis(
    text: &str,
    prose: &Prose,
    labels: &[Label],
    changes: &[bool],
    group: usize,
    clauses: &[usize],
) -> Option<List> {
    let first = clauses.iter().position(|c| !prose.clauses[*c].mentions.is_empty())?;
    let lead = text[prose.clauses[clauses[0]].range.clone()].trim();
    let announced = if lead.starts_with('含')
        || lead.starts_with('如')
        || lead.starts_with("包括")
        || lead.starts_with("主要")
        || lead.starts_with("重点")
        || lead.starts_with("较")
        || lead.starts_with("同比")
        || lead.starts_with("另")
        || clauses.last().is_some_and(|c| {
            let end = text[prose.clauses[*c].range.clone()].trim_end();
            end.ends_with('…') || end.ends_with('等') || end.ends_with("等等")
        }) {
        Announced::Partial
    } else if lead.starts_with("其中") {
        Announced::Among
    } else {
        Announced::Parenthesis
    };
    let list = run(text, prose, labels, changes, clauses, first, 0, group, announced);
    (!list.items.is_empty()).then_some(list)
}

/// Reads items from clause `pos` on, from its `skip`-th mention.
#[allow(
    clippy::too_many_arguments,
    reason = "the place of a list is its group, clause and mention"
)]
fn run(
    text: &str,
    prose: &Prose,
    labels: &[Label],
    changes: &[bool],
    clauses: &[usize],
    pos: usize,
    skip: usize,
    group: usize,
    announced: Announced,
) -> List {
    let first_clause = &prose.clauses[clauses[pos]];
    let mut list = List {
        announced,
        group,
        items: Vec::new(),
        ends: Vec::new(),
        total_behind: None,
        start: first_clause
            .mentions
            .get(skip)
            .map_or(first_clause.range.start, |m| prose.mentions[*m].full.start),
        asides: Vec::new(),
    };
    let mut unit: Option<String> = None;
    let mut sentence = first_clause.sentence;
    let mut barren = 0;
    // The clause of the last change that was passed over.
    let mut changed: Option<usize> = None;
    // First clause behind the remark that is read.
    let mut resume = 0;
    // Figures since the last item that were none.
    let mut passed = 0;
    for (step, &clause_idx) in clauses[pos..].iter().enumerate() {
        if pos + step < resume {
            continue;
        }
        let clause = &prose.clauses[clause_idx];
        let owner = list.items.last().filter(|_| announced != Announced::Bare);
        if let Some(owner) = owner.and_then(|i| i.amounts.first())
            && step > 0
            && asides::remarks(text, labels, clause)
            && let Some(next) = asides::resumes(prose, clauses, pos + step, &prose.mentions[*owner])
        {
            list.asides.push(pos + step..next);
            resume = next;
            continue;
        }
        if clause.sentence != sentence || step > 0 && clause.before == Delim::Stop {
            sentence = clause.sentence;
            if announced == Announced::Bare || group > 0 {
                break;
            }
            if list.ends.last() != Some(&list.items.len()) {
                list.ends.push(list.items.len());
            }
            if !continues(prose, labels, clause.mentions.first().copied(), &list, unit.as_deref()) {
                break;
            }
        }
        if clause.mentions.is_empty() {
            if step > 0 && cue_words(text[clause.range.clone()].trim(), clause.after).is_some() {
                break;
            }
            barren += 1;
            // Names before a shared amount are no break; three clauses of plain words are.
            if clause.after != Delim::Dun && barren > 2 {
                break;
            }
            continue;
        }
        barren = 0;
        let from = if step == 0 { skip } else { 0 };
        let mut stop = false;
        let mut first_amount = true;
        for (i, &m) in clause.mentions.iter().enumerate().skip(from) {
            let mention = &prose.mentions[m];
            let label = &labels[m];
            passed += 1;
            if announced == Announced::Bare && passed > MAX_PASSED {
                stop = true;
                break;
            }
            if !(step == 0 && i == from) && label.cue.is_some() {
                stop = true;
                break;
            }
            if mention.is_rate() {
                if let Some(item) = list.items.last_mut() {
                    item.rates.push(m);
                }
                continue;
            }
            let lost_unit =
                mention.unit.is_empty() && mention.decimals == 0 && mention.tail.is_empty() && unit.is_some();
            // 税收2628万元，占年初预算6265万元的41.9%: the whole of a share is no part.
            if mention.label.starts_with('占') && m + 1 < prose.mentions.len() && prose.mentions[m + 1].is_rate() {
                continue;
            }
            // A mean or what is told besides is no part: the list ends before it, unless all its parts are told so.
            let beside = unit.as_deref().is_none_or(|u| u == mention.unit || lost_unit)
                && BESIDES.iter().any(|w| {
                    mention.label.contains(w)
                        && !list
                            .items
                            .first()
                            .is_some_and(|i| prose.mentions[i.amounts[0]].label.contains(w))
                });
            // 甲30起，同比减少5起2人；乙1起，…: a change is no part. The list goes on behind it in a record of its own only.
            let change = changes[m];
            if change && group == 0 {
                changed = Some(clause_idx).filter(|_| !list.items.is_empty());
                continue;
            }
            if (beside || change) && !list.items.is_empty() && announced != Announced::Parenthesis {
                stop = true;
                break;
            }
            if let Some(at) = changed {
                let own_record = i == 0
                    && (clause.before == Delim::Semi || clause.before == Delim::Stop && announced != Announced::Bare);
                match (at == clause_idx, own_record) {
                    (true, _) => continue,
                    (false, true) => changed = None,
                    (false, false) => {
                        stop = true;
                        break;
                    }
                }
            }
            if !mention.is_amount() && !lost_unit {
                continue;
            }
            let opens_record = clause.before == Delim::Semi && i == 0 && announced != Announced::Bare;
            let same = unit
                .as_deref()
                .is_none_or(|u| u == mention.unit || opens_record && in_turn(u, &mention.unit))
                || lost_unit;
            // 共计640起 behind the items is their total; 网站共7个 is an item.
            let closing = ["合计", "共计", "总计"].iter().any(|w| mention.label.ends_with(w));
            let summed = label.name.is_empty() || closing && label.name.contains('个');
            if same && label.total && !list.items.is_empty() && label.measure.is_none() && summed {
                list.total_behind = Some(m);
                stop = true;
                break;
            }
            // ；乙水库问题共14个，其中…: a total of its own begins another record.
            let opens = matches!(clause.before, Delim::Semi | Delim::Stop) && label.total && i == 0;
            if opens && !list.items.is_empty() && !labels[list.items[0].amounts[0]].total {
                stop = true;
                break;
            }
            // 100人、200人和300人
            let tied = i > 0 && ["和", "及", "与", "以及"].contains(&mention.label.trim());
            let series =
                label.name.is_empty() && label.measure.is_none() && (clause.before == Delim::Dun && i == 0 || tied);
            // 审结的262件案件中，…: what is asked for its parts is no part.
            let asked = mention.label.ends_with('的') && mention.tail.ends_with('中');
            if asked && clause.mentions.last() == Some(&m) {
                stop = true;
                break;
            }
            // What came of the cases (不合格1个, 办结12件) is a field, unless the list is of such.
            let came_of = outcome(labels, prose, m);
            let foreign = !list.items.is_empty()
                && came_of.is_some()
                && came_of != list.items[0].amounts.first().and_then(|f| outcome(labels, prose, *f));
            let leads = std::mem::replace(&mut first_amount, false);
            // 来访555件；来电45件: a way to turn to the office is a part's name, though it is a word for receiving too.
            let way = !list.items.is_empty() && ["来信", "来电", "来件"].contains(&label.full_name.as_str());
            // 甲类30件、乙类20件，已处理45件: what was done with all of them.
            let done = |m: usize| prose.mentions[m].label.trim_start().starts_with('已');
            let foreign = foreign || !list.items.is_empty() && done(m) && !done(list.items[0].amounts[0]);
            // …、教育类10件和其他5件
            let tied_name = |l: &str| {
                ["以及", "和", "及", "与"]
                    .iter()
                    .find_map(|w| l.strip_prefix(w))
                    .map(str::len)
            };
            let joined = i > 0 && tied_name(mention.label.trim()).is_some_and(|rest| rest > 0);
            // 其中10个项目建成，24个项目在建: told by what stands behind the figures, from the first part on.
            let led = leads
                && announced != Announced::Bare
                && clause.mentions.first() == Some(&m)
                && is_led(label, mention)
                && list
                    .items
                    .first()
                    .is_some_and(|i| is_led(&labels[i.amounts[0]], &prose.mentions[i.amounts[0]]));
            let named = (!label.name.is_empty() || way) && (leads || joined) && !foreign || series || led;
            if named && (same || group > 0) || list.items.is_empty() {
                if list.items.len() >= MAX_ITEMS {
                    stop = true;
                    break;
                }
                passed = 0;
                unit.get_or_insert_with(|| mention.unit.clone());
                let times = if mention.label.ends_with('各') {
                    joined_names(&mention.label)
                        + clauses[..pos + step]
                            .iter()
                            .rev()
                            .take_while(|c| {
                                prose.clauses[**c].mentions.is_empty() && prose.clauses[**c].after == Delim::Dun
                            })
                            .count()
                } else {
                    1
                };
                list.items.push(Item {
                    name: if led {
                        mention.tail.chars().take(MAX_NAME).collect()
                    } else {
                        let name = if label.full_name.is_empty() {
                            label.name.as_str()
                        } else {
                            label.full_name.as_str()
                        };
                        let from = tied_name(name).filter(|rest| joined && *rest > 0);
                        name[name.len() - from.unwrap_or(name.len())..].to_owned()
                    },
                    amounts: vec![m],
                    rates: Vec::new(),
                    times,
                });
            } else if let Some(item) = list.items.last_mut() {
                item.amounts.push(m);
            }
        }
        if stop
            || clause
                .mentions
                .last()
                .is_some_and(|m| cue_words(&prose.mentions[*m].tail, clause.after).is_some())
        {
            break;
        }
    }
    if list.ends.last() != Some(&list.items.len()) {
        list.ends.push(list.items.len());
    }
    list
}

/// Most characters behind a figure that name what it counts.
const MAX_NAME: usize = 12;

/// Whether an amount has no words before it but some behind it: 10个项目建成投用.
fn is_led(label: &Label, m: &Mention) -> bool {
    label.full_name.is_empty()
        && label.measure.is_none()
        && !label.total
        && m.is_amount()
        && m.tail.chars().count() >= 2
}

/// Words before what is told besides the parts of a list.
const BESIDES: [&str; 15] = [
    "平均", "人均", "日均", "月均", "年均", "户均", "另", "目前", "现有", "实有", "新增", "截至", "累计", "带动",
    "惠及",
];

/// Whether one list may use two measure words in turn for what it counts: 采购138项；土地出让32宗; 罚款100件；移送20起.
fn in_turn(a: &str, b: &str) -> bool {
    let kinds = [["项", "宗", "个"], ["件", "起", "宗"]];
    kinds.iter().any(|kind| kind.contains(&a) && kind.contains(&b))
}

/// 比上年同期 before a figure: it is what another is compared with.
fn compares(label: &str) -> bool {
    !super::changes::is_stock(label)
        && [
            "比上",
            "比去",
            "较上",
            "较去",
            "上年同期",
            "去年同期",
            "上期",
            "上月",
            "同期",
            "环比",
            "同比",
        ]
        .iter()
        .any(|w| label.starts_with(w))
}

/// How many names a label with 各 joins by 和 or 及: 甲局和乙局各2条. Only between names that end as units do.
fn joined_names(label: &str) -> usize {
    let names = label.trim_end_matches('各');
    let unit = |s: &str| UNIT_SUFFIXES.iter().any(|u| s.ends_with(u)) && s.chars().count() >= 2;
    names
        .char_indices()
        .filter(|(at, c)| ['和', '及', '与'].contains(c) && unit(&names[..*at]) && unit(&names[at + c.len_utf8()..]))
        .count()
        + 1
}

/// What became of the cases that an amount counts, if it says so.
fn outcome(labels: &[Label], prose: &Prose, m: usize) -> Option<Measure> {
    verdict_measure(&labels[m], &prose.mentions[m]).filter(|measure| {
        matches!(
            measure,
            Measure::Passed
                | Measure::Failed
                | Measure::Closed
                | Measure::OnTimeClosed
                | Measure::Pending
                | Measure::Overdue
        )
    })
}

/// Whether a sentence goes on with a list: its first amount is named, has the list's unit, and its name ends like one of the items'.
fn continues(prose: &Prose, labels: &[Label], first: Option<usize>, list: &List, unit: Option<&str>) -> bool {
    let Some(m) = first else { return false };
    let (mention, label): (&Mention, &Label) = (&prose.mentions[m], &labels[m]);
    if !mention.is_amount()
        || Some(mention.unit.as_str()) != unit
        || label.name.is_empty()
        || label.total
        || label.cue.is_some()
    {
        return false;
    }
    list.items.iter().any(|i| common_suffix(&i.name, &label.full_name) >= 1)
}

/// Length in characters of the common end of two names.
pub(crate) fn common_suffix(a: &str, b: &str) -> usize {
    a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count()
}

/// The label analysis of every mention.
pub(crate) fn analyse_all(prose: &Prose) -> Vec<Label> {
    prose.mentions.iter().map(|m| labels::analyse(&m.label)).collect()
}
