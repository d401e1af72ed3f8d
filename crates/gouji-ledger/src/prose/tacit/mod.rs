//! Sums and rates that the order of the figures tells and no list or measure was found for.
//!
//! A total may stand before parts that nothing announces ([`behind`]: 接听64件。14件当场答复，50件转办) or behind them under a word
//! of closing ([`closing`]: 甲站抽样60份…；乙站抽样40份…；合计抽样100份). Rates that found no figures by their measure may find them
//! by the words and the order of the figures around them ([`rates`], [`savings`]). Here only the arithmetic speaks, so what is found is kept if it
//! holds, and only where it would hardly hold by chance; or if figures called as the rate is miss it by little ([`missed`]);
//! counts told elsewhere are found by what was counted and of what ([`roles`]); shares may be of several together ([`several`]) or of what their neighbours are of ([`neighbours`]), and days are
//! of those of their period ([`days`]). What was
//! found wanting may be told far from the rate ([`wanting`]). The figures are those of the running text; what stands in parentheses
//! belongs to the figure before it.

mod behind;
mod closing;
mod days;
mod missed;
mod named;
mod neighbours;
mod rates;
mod roles;
mod savings;
mod several;
#[cfg(test)]
mod tests;
mod wanting;

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::{Decimal, UnitClass};

use super::changes::change_word;
use super::clauses::{Delim, Mention};
use super::labels::comes_on_top;
use super::rates::is_base;
use super::{MentionRef, Reading};
use crate::context::Context;
use crate::lexicon::PART_CUES;
use crate::{Cue, FigureClass, FigureIdx, Formula, Relation, RelationKind};

/// Most figures in front of or behind a total that are added up.
const MAX_TERMS: usize = 24;

/// A figure that can be a total or a part.
#[derive(Debug, Clone, Copy)]
struct Term {
    at: MentionRef,
    /// It is the first of its clause.
    leads_clause: bool,
    /// It is the first of its item, as ； and 。 part them.
    leads_item: bool,
    /// Words that announce parts stand before it.
    cued: bool,
    sentence: usize,
}

/// Sums found by what stands before or behind a total, as far as they are not known.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let terms: Vec<Vec<Term>> = (0..reading.prose.len()).map(|p| terms(cx, reading, p)).collect();
    let mut sums = Sums {
        cx,
        reading,
        known: out
            .iter()
            .filter(|r| r.kind == RelationKind::Sum)
            .map(|r| key(r.readings[0].operands.iter().filter_map(|o| o.figure)))
            .collect(),
        above: above(reading),
        out,
    };
    closing::sums(&terms, &mut sums);
    behind::sums(&terms, &mut sums);
    behind::own_and_below(&terms, &mut sums);
    behind::deeds(&terms, &mut sums);
    savings::relations(cx, reading, out);
    rates::relations(cx, reading, out);
}

/// The sums as they are found.
struct Sums<'a, 'b> {
    cx: &'a Context<'b>,
    reading: &'a Reading,
    /// The parts of each known sum, sorted.
    known: BTreeSet<Vec<FigureIdx>>,
    /// The nearest total that each part of a list that adds up has.
    above: BTreeMap<MentionRef, MentionRef>,
    out: &'a mut Vec<Relation>,
}

impl Sums<'_, '_> {
    /// Adds a sum whose parts are those of no other.
    fn push(&mut self, total: MentionRef, parts: &[MentionRef], rule: &'static str, cue: Cue) {
        // 新收申请86件，上年结转4件；予以公开52件…: what was carried over comes on top of what came in, unless both are told as parts.
        let label = |at: &MentionRef| self.reading.mention(*at).label.as_str();
        if comes_on_top(parts.iter().map(label)) {
            return;
        }
        if !self
            .known
            .insert(key(parts.iter().map(|p| self.reading.mention(*p).fig)))
        {
            return;
        }
        let Some(stated) = self.cx.operand(self.reading.mention(total).fig) else {
            return;
        };
        let operands: Vec<_> = parts
            .iter()
            .filter_map(|p| self.cx.operand(self.reading.mention(*p).fig))
            .collect();
        if operands.len() == parts.len() {
            self.out.extend(super::relation(
                self.cx,
                RelationKind::Sum,
                rule,
                cue,
                Formula::Sum,
                stated,
                operands,
            ));
        }
    }

    /// Whether a figure is a part of another one that stands behind `total`: it is that one that is a part of it.
    fn is_below(&self, at: MentionRef, total: MentionRef) -> bool {
        self.above.get(&at).is_some_and(|above| *above > total && *above < at)
    }

    fn sum(&self, parts: &[MentionRef]) -> Option<Decimal> {
        parts
            .iter()
            .try_fold(Decimal::ZERO, |s, p| s.checked_add(self.reading.mention(*p).value))
    }

    /// Whether parts, each less than the total, add up to it.
    fn adds_up(&self, total: MentionRef, parts: &[MentionRef]) -> bool {
        let whole = self.reading.mention(total).value;
        parts.len() >= 2
            && parts.iter().all(|p| self.reading.mention(*p).value < whole)
            && self.sum(parts) == Some(whole)
    }

    /// A total in units of its last printed place: how unlikely it is to be met by chance.
    fn size(&self, total: MentionRef) -> Decimal {
        let mention = self.reading.mention(total);
        match self.cx.operand(mention.fig) {
            // Counts are exact.
            Some(o) if o.ulp.is_zero() => mention.value,
            Some(o) => mention.value.checked_div(o.ulp).unwrap_or(Decimal::ZERO),
            None => Decimal::ZERO,
        }
    }
}

/// For each part of a list that adds up its total, the nearest of several.
fn above(reading: &Reading) -> BTreeMap<MentionRef, MentionRef> {
    let mut out: BTreeMap<MentionRef, MentionRef> = BTreeMap::new();
    for partition in reading.partitions.iter().filter(|p| p.holds) {
        for mention in partition.aligned.iter().flatten() {
            let at = MentionRef {
                passage: partition.passage,
                mention: *mention,
            };
            let nearest = out.entry(at).or_insert(partition.total);
            *nearest = (*nearest).max(partition.total);
        }
    }
    out
}

fn key(figures: impl Iterator<Item = FigureIdx>) -> Vec<FigureIdx> {
    let mut key: Vec<FigureIdx> = figures.collect();
    key.sort_unstable();
    key
}

/// The figures of a passage that can be totals or parts, in order.
fn terms(cx: &Context, reading: &Reading, passage: usize) -> Vec<Term> {
    let text = cx.passages[passage].text.as_str();
    let prose = &reading.prose[passage];
    let mut out: Vec<Term> = Vec::new();
    let mut last_clause = None;
    // Nothing of the first item was seen yet.
    let mut new_item = true;
    let mut cued = false;
    for (mention, m) in prose.mentions.iter().enumerate() {
        let clause = &prose.clauses[m.clause];
        let at = MentionRef { passage, mention };
        if clause.group > 0 {
            continue;
        }
        let from = last_clause.map_or(0, |last| last + 1).min(m.clause + 1);
        for c in prose.clauses[from..=m.clause].iter().filter(|c| c.group == 0) {
            new_item |= matches!(c.before, Delim::Semi | Delim::Stop);
            // 其中，省平台20件: the announcement is a clause of its own.
            let words = text[c.range.clone()].trim();
            cued |= c.mentions.is_empty() && PART_CUES.iter().any(|(w, _)| words.ends_with(w));
        }
        let leads_clause = last_clause != Some(m.clause);
        last_clause = Some(m.clause);
        cued |= reading.label(at).cue.is_some();
        // 另有35个没有来件: told besides, and what stands behind it begins anew.
        if !summable(reading, at) || ["另有", "另外", "此外"].iter().any(|w| m.label.starts_with(w)) {
            continue;
        }
        out.push(Term {
            at,
            leads_clause,
            leads_item: std::mem::replace(&mut new_item, false),
            cued: std::mem::replace(&mut cued, false),
            sentence: clause.sentence,
        });
    }
    out
}

/// A plain amount above nothing that is no change, no base of one and no mean.
fn summable(reading: &Reading, at: MentionRef) -> bool {
    let m = reading.mention(at);
    (m.is_amount() || lost_unit(m))
        && m.value >= Decimal::ZERO
        && change_word(&m.label).is_none()
        && (!is_base(reading, at) || is_degree(&m.label))
        && !["均", "每"].iter().any(|w| m.label.contains(w))
}

/// 较大事故3起, 较差2家: a degree, no comparison.
fn is_degree(label: &str) -> bool {
    label
        .strip_prefix('较')
        .is_some_and(|rest| rest.starts_with(['大', '小', '好', '差', '多', '少', '轻', '重']))
}

/// 公安窗口320件、税务窗口280、医保窗口210件: a figure between two marks that has lost its measure word.
fn lost_unit(m: &Mention) -> bool {
    m.plain && m.class == FigureClass::Unknown && m.unit.is_empty() && m.decimals == 0 && m.tail.is_empty()
}

/// Whether two amounts are counted in one measure word.
fn one_unit(a: &Mention, b: &Mention) -> bool {
    !a.unit.is_empty() && a.unit == b.unit
}

/// Whether two amounts are counts that may be of one thing told by its kinds: 诉求240件 of 工单20件, 来信95封, 来电125个.
fn kin(a: &Mention, b: &Mention) -> bool {
    let case = |m: &Mention| {
        m.unit_class == Some(UnitClass::Count)
            && ![
                "家", "人", "户", "名", "项", "类", "种", "镇", "乡", "村", "年", "期", "部", "位",
            ]
            .contains(&m.unit.as_str())
    };
    case(a) && case(b)
}
