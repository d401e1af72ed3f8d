//! Numbered topics, each with an amount and often a share of the whole.
//!
//! They stand in one paragraph (1.城市管理。受理120件。占比30%。2.…), in a paragraph each, or under a heading each.

use gouji_quantity::Decimal;

use super::lists::Announced;
use super::partition::claim;
use super::rates::{Kind, is_base, kind_of};
use super::{MentionRef, Reading};
use crate::context::{Context, LocalFigure, Role};
use crate::{Cue, FigureClass, Formula, Operand, Relation, RelationKind};

/// How many passages back a total is looked for.
const MAX_PASSAGES_BACK: usize = 8;
/// Most amounts of a topic before its share (受理120件，办结110件，占比30%).
const MAX_BEFORE_SHARE: usize = 2;

/// Topics numbered in one run.
#[derive(Debug, Clone)]
pub(crate) struct Topics {
    pub items: Vec<Topic>,
}

/// One topic with its first amount and its share.
#[derive(Debug, Clone)]
pub(crate) struct Topic {
    pub name: String,
    pub amount: Option<MentionRef>,
    pub share: Option<MentionRef>,
}

impl Topics {
    /// The amounts, if every topic has one and they are of one unit.
    pub fn amounts(&self, reading: &Reading) -> Option<Vec<MentionRef>> {
        let amounts: Vec<MentionRef> = self.items.iter().filter_map(|t| t.amount).collect();
        let unit = &reading.mention(*amounts.first()?).unit;
        let whole = amounts.len() == self.items.len() && amounts.len() >= 2;
        (whole && amounts.iter().all(|m| reading.mention(*m).unit == *unit)).then_some(amounts)
    }

    /// Whether most topics state a share.
    fn shared(&self) -> bool {
        self.items.iter().filter(|t| t.share.is_some()).count() * 2 > self.items.len()
    }

    /// The total that the topics divide, and whether they add up to it: an equal amount of their unit before them in the section; with
    /// shares stated, else the nearest that they nearly reach.
    pub fn total(&self, cx: &Context, reading: &Reading) -> Option<(MentionRef, bool)> {
        let amounts = self.amounts(reading)?;
        let first = *amounts.first()?;
        let unit = &reading.mention(first).unit;
        let sum = amounts
            .iter()
            .try_fold(Decimal::ZERO, |s, m| s.checked_add(reading.mention(*m).value))?;
        let head = cx.passages[first.passage].headings.first();
        let mut near = None;
        for back in (0..=first.passage).rev().take(MAX_PASSAGES_BACK) {
            let passage = &cx.passages[back];
            if passage.body != cx.passages[first.passage].body
                || back != first.passage
                    && passage.headings.first() != head
                    && !matches!(passage.role, Role::Heading { .. })
            {
                break;
            }
            let last = if back == first.passage {
                first.mention
            } else {
                reading.prose[back].mentions.len()
            };
            for mention in (0..last).rev() {
                let at = MentionRef { passage: back, mention };
                let m = reading.mention(at);
                // 受理案件60宗： 1、甲处22件…: other measure words of one thing, where the total announces the topics.
                let announces = back + 1 == first.passage && passage.text.as_str().trim_end().ends_with(['：', ':']);
                let counts = announces && m.class == FigureClass::Count && amounts.len() >= 3;
                // 去年同期共收案208件: the topics tell of this year.
                if !m.is_amount() || m.unit != *unit && !counts || is_base(reading, at) {
                    continue;
                }
                if m.value == sum {
                    return Some((at, true));
                }
                if m.unit != *unit {
                    continue;
                }
                // 诉讼123件，占62.1%；行政24件；执行71件，占35.9%；程序4件，占2.0%: those with shares are all, the others stand within them.
                let sharing = self.items.iter().filter(|t| t.share.is_some()).filter_map(|t| t.amount);
                let of_sharing = sharing
                    .map(|at| reading.mention(at).value)
                    .try_fold(Decimal::ZERO, Decimal::checked_add);
                if of_sharing == Some(m.value) {
                    return None;
                }
                if near.is_none() && self.shared() && claim(m.value, sum, 3, Announced::Numbered, true).is_some() {
                    near = Some((at, false));
                }
            }
        }
        near
    }
}

/// All runs of topics.
pub(crate) fn topics(cx: &Context, reading: &Reading) -> Vec<Topics> {
    let mut out = Vec::new();
    for passage in 0..cx.passages.len() {
        in_one_paragraph(cx, reading, passage, &mut out);
    }
    a_paragraph_each(cx, reading, &mut out);
    a_heading_each(cx, reading, &mut out);
    out
}

/// The labels 1. 2. of a passage.
fn labels<'a>(cx: &'a Context, passage: usize) -> Vec<&'a LocalFigure> {
    let text = cx.passages[passage].text.as_str();
    cx.passages[passage]
        .figures
        .iter()
        .filter(|f| cx.figure(f.idx).class == FigureClass::Label && text[f.full.end..].starts_with(['.', '．', '、']))
        .collect()
}

fn number(cx: &Context, passage: usize, label: &LocalFigure) -> String {
    gouji_quantity::half_width(&cx.passages[passage].text[label.digits.clone()])
}

fn in_one_paragraph(cx: &Context, reading: &Reading, passage: usize, out: &mut Vec<Topics>) {
    let labels = labels(cx, passage);
    let mut run: Vec<usize> = Vec::new();
    let mut close = |run: &mut Vec<usize>| {
        if run.len() >= 2 {
            let text = cx.passages[passage].text.as_str();
            let items = run
                .iter()
                .enumerate()
                .map(|(n, &i)| {
                    let end = run.get(n + 1).map_or(text.len(), |&j| labels[j].full.start);
                    topic(cx, reading, passage, labels[i].full.end, end)
                })
                .collect();
            out.push(Topics { items });
        }
        run.clear();
    };
    for (i, label) in labels.iter().enumerate() {
        let printed = number(cx, passage, label);
        if printed == (run.len() + 1).to_string() {
            run.push(i);
        } else if printed == "1" {
            close(&mut run);
            run.push(i);
        }
    }
    close(&mut run);
}

/// The topic that stands in the bytes `start..end` of a passage.
fn topic(cx: &Context, reading: &Reading, passage: usize, start: usize, end: usize) -> Topic {
    let text = cx.passages[passage].text.as_str();
    let body = text[start..end].trim_start_matches(['.', '．', '、', ' ']);
    let name: String = body.chars().take_while(|c| !"。，；：、,;:（(".contains(*c)).collect();
    let (amount, share) = amount_and_share(cx, reading, passage, start, end);
    Topic {
        name: name.trim().to_owned(),
        amount,
        share,
    }
}

fn amount_and_share(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    start: usize,
    end: usize,
) -> (Option<MentionRef>, Option<MentionRef>) {
    let prose = &reading.prose[passage];
    let first = prose.mentions.partition_point(|m| m.full.start < start);
    let range: Vec<MentionRef> = (first..prose.mentions.len())
        .take_while(|m| prose.mentions[*m].full.end <= end)
        .map(|mention| MentionRef { passage, mention })
        .collect();
    let amount = range.iter().copied().find(|m| reading.mention(*m).is_amount());
    let share = range
        .iter()
        .position(|m| reading.mention(*m).is_rate() && kind_of(cx, reading, *m) == Kind::Share);
    // 甲镇80件、乙镇70件、丙镇64件，合计占30%: behind several amounts it is the share of them all.
    let n_amounts = |end: usize| range[..end].iter().filter(|m| reading.mention(**m).is_amount()).count();
    let share = share
        .filter(|end| n_amounts(*end) <= MAX_BEFORE_SHARE)
        .map(|at| range[at]);
    // 商品类2469件，其中名列前五的为食品1268件，占51.36%: of what the topic is divided into.
    let text = cx.passages[passage].text.as_str();
    let within = |share: &MentionRef| {
        amount.is_none_or(|a| {
            let between = text.get(reading.mention(a).full.end..reading.mention(*share).full.start);
            !between.unwrap_or_default().contains("其中")
        })
    };
    let share = share.filter(within);
    (amount, share)
}

/// Paragraphs that begin with 1., 2., … one after the other.
fn a_paragraph_each(cx: &Context, reading: &Reading, out: &mut Vec<Topics>) {
    let mut items: Vec<Topic> = Vec::new();
    let mut above: Option<(usize, &[usize])> = None;
    let mut close = |items: &mut Vec<Topic>| {
        if items.len() >= 2 {
            out.push(Topics {
                items: std::mem::take(items),
            });
        }
        items.clear();
    };
    for (idx, passage) in cx.passages.iter().enumerate() {
        let lead = labels(cx, idx);
        let own = lead.first().filter(|l| {
            lead.len() == 1 && passage.role == Role::Paragraph && passage.text[..l.full.start].trim().is_empty()
        });
        let same = above == Some((passage.body, passage.headings.as_slice()));
        match own {
            Some(label) if same && number(cx, idx, label) == (items.len() + 1).to_string() => {
                items.push(topic(cx, reading, idx, label.full.end, passage.text.len()));
            }
            Some(label) if number(cx, idx, label) == "1" => {
                close(&mut items);
                above = Some((passage.body, passage.headings.as_slice()));
                items.push(topic(cx, reading, idx, label.full.end, passage.text.len()));
            }
            _ => close(&mut items),
        }
    }
    close(&mut items);
}

/// Sibling headings below the first level, each with a paragraph that has an amount.
fn a_heading_each(cx: &Context, reading: &Reading, out: &mut Vec<Topics>) {
    let mut items: Vec<Topic> = Vec::new();
    let mut above: Option<(u8, usize, &[usize])> = None;
    let mut close = |items: &mut Vec<Topic>| {
        let whole = items.iter().all(|t| t.amount.is_some());
        if items.len() >= 2 && whole {
            out.push(Topics {
                items: std::mem::take(items),
            });
        }
        items.clear();
    };
    for (idx, passage) in cx.passages.iter().enumerate() {
        let Role::Heading { level, .. } = passage.role else {
            continue;
        };
        if level < 2 {
            close(&mut items);
            above = None;
            continue;
        }
        let here = Some((level, passage.body, passage.headings.as_slice()));
        if above != here {
            // A deeper heading belongs to its topic.
            if above.is_some_and(|(l, ..)| level > l) {
                continue;
            }
            close(&mut items);
            above = here;
        }
        let own = cx
            .passages
            .get(idx + 1)
            .filter(|p| p.role == Role::Paragraph && p.headings.last() == Some(&idx));
        let (amount, share) = match own {
            Some(p) => amount_and_share(cx, reading, idx + 1, 0, p.text.len()),
            None => (None, None),
        };
        items.push(Topic {
            name: passage.text.as_str().to_owned(),
            amount,
            share,
        });
    }
    close(&mut items);
}

/// The sums of topics.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for topics in &reading.topics {
        let Some(amounts) = topics.amounts(reading) else {
            continue;
        };
        let Some((total, holds)) = topics.total(cx, reading) else {
            continue;
        };
        let cue = if topics.shared() { Cue::Implied } else { Cue::Arithmetic };
        // Two topics that happen to add up to a small amount are no division.
        let distinctive = amounts.len() >= 3 || reading.mention(total).value >= Decimal::ONE_HUNDRED;
        if cue == Cue::Arithmetic && !(holds && distinctive) {
            continue;
        }
        let Some(stated) = cx.operand(reading.mention(total).fig) else {
            continue;
        };
        let operands: Vec<Operand> = amounts
            .iter()
            .filter_map(|m| cx.operand(reading.mention(*m).fig))
            .collect();
        out.extend(super::relation(
            cx,
            RelationKind::Sum,
            "topics-sum",
            cue,
            Formula::Sum,
            stated,
            operands,
        ));
    }
}
