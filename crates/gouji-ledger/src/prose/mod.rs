//! Relations in running text.
//!
//! Each passage is cut into clauses and mentions ([`clauses`]), the words beside each figure are taken apart
//! ([`labels`]), runs of named amounts become lists ([`lists`]), lists find their totals ([`partition`], [`sums`]), rates
//! and shares their parts and wholes ([`rates`], [`shares`], rough ones in [`rough`]), changes their bases ([`changes`]), lists of
//! names their numbers ([`names`]), samples keep to their quotas ([`quotas`]), figures told side by side go column by column
//! ([`pairs`]), paragraphs laid out alike field by field ([`records`]), sums that only the order of the figures tells are added up
//! ([`tacit`]), and what is said twice is held together ([`repeats`]).

pub(crate) mod changes;
pub(crate) mod clauses;
pub(crate) mod labels;
pub(crate) mod lists;
pub(crate) mod means;
pub(crate) mod months;
pub(crate) mod names;
pub(crate) mod outcomes;
pub(crate) mod pairs;
pub(crate) mod partition;
pub(crate) mod quotas;
pub(crate) mod rates;
pub(crate) mod records;
pub(crate) mod remainders;
pub(crate) mod repeats;
pub(crate) mod rough;
pub(crate) mod shares;
pub(crate) mod sums;
pub(crate) mod tacit;
#[cfg(test)]
mod tests;
pub(crate) mod topics;
pub(crate) mod word_list;

use std::collections::{BTreeMap, BTreeSet};

use gouji_document::Span;
use gouji_quantity::Decimal;

use crate::context::Context;
use crate::{Cue, FigureIdx, Formula, Operand, Reading as RelationReading, Relation, RelationKind};
use clauses::{Mention, Prose};
use labels::Label;
use lists::List;
use partition::Partition;

/// A mention of a passage: passage index, mention index.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct MentionRef {
    pub passage: usize,
    pub mention: usize,
}

/// What the grammar made of the running text.
pub(crate) struct Reading {
    /// By passage.
    pub prose: Vec<Prose>,
    /// By passage, by mention.
    pub labels: Vec<Vec<Label>>,
    /// By passage.
    pub lists: Vec<Vec<List>>,
    /// Lists that found their totals.
    pub partitions: Vec<Partition>,
    /// By passage, by mention: it is a part in a partition.
    pub parts: Vec<Vec<bool>>,
    /// Runs of numbered topics.
    pub topics: Vec<topics::Topics>,
}

impl Reading {
    /// A mention.
    pub fn mention(&self, at: MentionRef) -> &Mention {
        &self.prose[at.passage].mentions[at.mention]
    }

    /// Its label.
    pub fn label(&self, at: MentionRef) -> &Label {
        &self.labels[at.passage][at.mention]
    }

    /// Whether it is a part in a partition.
    pub fn is_part(&self, at: MentionRef) -> bool {
        self.parts[at.passage][at.mention]
    }
}

/// Reads all passages.
pub(crate) fn read(cx: &mut Context) -> Reading {
    let prose: Vec<Prose> = cx.passages.iter().map(|p| clauses::read(cx, p)).collect();
    let labels: Vec<Vec<Label>> = prose.iter().map(lists::analyse_all).collect();
    let lists: Vec<Vec<List>> = cx
        .passages
        .iter()
        .zip(&prose)
        .zip(&labels)
        .map(|((passage, prose), labels)| lists::lists(passage.text, prose, labels))
        .collect();
    let mut reading = Reading {
        prose,
        labels,
        lists,
        partitions: Vec::new(),
        parts: Vec::new(),
        topics: Vec::new(),
    };
    reading.partitions = partition::partitions(cx, &reading);
    reading.parts = reading.prose.iter().map(|p| vec![false; p.mentions.len()]).collect();
    for partition in &reading.partitions {
        let list = &reading.lists[partition.passage][partition.list];
        for item in &list.items[partition.from..partition.items] {
            // Outcomes and other fields of a part (发现不合格1个) are no parts of the total.
            let prose = &reading.prose[partition.passage];
            let first = item.amounts.first().map(|m| prose.mentions[*m].clause);
            for m in item
                .amounts
                .iter()
                .filter(|m| Some(prose.mentions[**m].clause) == first)
            {
                reading.parts[partition.passage][*m] = true;
            }
        }
    }
    reading.topics = topics::topics(cx, &reading);
    for passage in 0..reading.prose.len() {
        for (mention, label) in reading.prose[passage].mentions.iter().zip(&reading.labels[passage]) {
            let figure = &mut cx.figures[mention.fig.0];
            figure.subject.clone_from(&label.name);
            figure.measure = label.measure.map(|m| m.name().to_owned()).unwrap_or_default();
        }
    }
    reading
}

/// Most sums of one figure that another is held against.
const MAX_RIVALS: usize = 8;

/// All relations of the running text.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    sums::relations(cx, reading, out);
    remainders::relations(cx, reading, out);
    outcomes::relations(cx, reading, out);
    topics::relations(cx, reading, out);
    rates::relations(cx, reading, out);
    rough::relations(cx, reading, out);
    changes::relations(cx, reading, out);
    means::relations(cx, reading, out);
    quotas::relations(cx, reading, out);
    names::relations(cx, reading, out);
    repeats::relations(cx, reading, out);
    pairs::relations(cx, reading, out);
    records::relations(cx, reading, out);
    tacit::relations(cx, reading, out);
    drop_misread_sums(out);
    drop_sums_by_chance(out);
}

/// Takes out sums that other sums show to be of chance: of one part; of a part as the sum of its siblings; of some siblings
/// alone; of a whole and its own parts together.
fn drop_sums_by_chance(out: &mut Vec<Relation>) {
    out.retain(|r| r.kind != RelationKind::Sum || r.readings[0].operands.len() >= 2);
    let told = Held::of(out, &|r| r.cue > Cue::Arithmetic);
    out.retain(|r| {
        let Some(total) = r.readings[0]
            .stated
            .figure
            .filter(|_| r.kind == RelationKind::Sum && adds_up(r))
        else {
            return true;
        };
        let own = parts(r);
        let sibling = told.any(&told.by_part, total, &|s| own.is_subset(s));
        // What follows a total without a word that says so may be some parts of another.
        let tacit = r.cue == Cue::Arithmetic && total < *own.first().unwrap_or(&total);
        let some = tacit
            && own
                .first()
                .is_some_and(|first| told.any(&told.by_part, *first, &|s| s.len() > own.len() && own.is_subset(s)));
        !(sibling || some)
    });
    let all = Held::of(out, &|_| true);
    out.retain(|r| {
        if r.kind != RelationKind::Sum || r.cue > Cue::Arithmetic || !adds_up(r) {
            return true;
        }
        let own = parts(r);
        !own.iter()
            .any(|part| all.any(&all.by_total, *part, &|s| s.len() >= 2 && s.is_subset(&own)))
    });
}

/// Sums that hold, by their parts and by their totals.
#[derive(Default)]
struct Held {
    sums: Vec<BTreeSet<FigureIdx>>,
    by_part: BTreeMap<FigureIdx, Vec<usize>>,
    by_total: BTreeMap<FigureIdx, Vec<usize>>,
}

impl Held {
    fn of(relations: &[Relation], wanted: &dyn Fn(&Relation) -> bool) -> Self {
        let mut held = Self::default();
        for relation in relations
            .iter()
            .filter(|r| r.kind == RelationKind::Sum && adds_up(r) && wanted(r))
        {
            let own = parts(relation);
            for part in &own {
                held.by_part.entry(*part).or_default().push(held.sums.len());
            }
            if let Some(total) = relation.readings[0].stated.figure {
                held.by_total.entry(total).or_default().push(held.sums.len());
            }
            held.sums.push(own);
        }
        held
    }

    fn any(
        &self,
        index: &BTreeMap<FigureIdx, Vec<usize>>,
        figure: FigureIdx,
        test: &dyn Fn(&BTreeSet<FigureIdx>) -> bool,
    ) -> bool {
        index
            .get(&figure)
            .is_some_and(|sums| sums.iter().take(MAX_RIVALS).any(|i| test(&self.sums[*i])))
    }
}

/// The figures that a relation is of, but for what it states.
fn parts(r: &Relation) -> BTreeSet<FigureIdx> {
    r.readings[0].operands.iter().filter_map(|o| o.figure).collect()
}

/// Whether the operands of a sum add up to it, as printed.
fn adds_up(r: &Relation) -> bool {
    let reading = &r.readings[0];
    let sum = reading
        .operands
        .iter()
        .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?));
    sum.is_some() && sum == reading.stated.value
}

/// Takes out sums that do not hold where another of the same total does with parts of theirs: the list was cut wrongly.
fn drop_misread_sums(out: &mut Vec<Relation>) {
    let mut right: BTreeMap<FigureIdx, Vec<BTreeSet<FigureIdx>>> = BTreeMap::new();
    for relation in out.iter().filter(|r| r.kind == RelationKind::Sum && adds_up(r)) {
        if let Some(total) = relation.readings[0].stated.figure {
            right.entry(total).or_default().push(parts(relation));
        }
    }
    out.retain(|r| {
        let reading = &r.readings[0];
        let rivals = reading.stated.figure.and_then(|total| right.get(&total));
        let misread = |rivals: &Vec<BTreeSet<FigureIdx>>| {
            let own = parts(r);
            rivals.iter().any(|rival| own.intersection(rival).count() >= 2)
        };
        r.kind != RelationKind::Sum || adds_up(r) || !rivals.is_some_and(misread)
    });
}

/// A relation of one reading, quoted from its first figure's label to its last figure.
pub(crate) fn relation(
    cx: &Context,
    kind: RelationKind,
    rule: &'static str,
    cue: Cue,
    formula: Formula,
    stated: Operand,
    operands: Vec<Operand>,
) -> Option<Relation> {
    let quote = quote_of(cx, std::iter::once(&stated).chain(&operands))?;
    Some(Relation {
        kind,
        rule,
        cue,
        readings: vec![RelationReading {
            formula,
            stated,
            operands,
        }],
        quote,
    })
}

/// The source text that carries the operands, begun at the clause of the first.
pub(crate) fn quote_of<'a>(cx: &Context, operands: impl IntoIterator<Item = &'a Operand>) -> Option<Span> {
    let span = Context::cover(operands.into_iter().filter_map(|o| o.span))?;
    Some(Span::new(clause_start(&cx.document.text, span.start), span.end))
}

/// Goes back from `at` to the mark before it, so that a quotation begins with the words of its first figure.
pub(crate) fn clause_start(source: &str, at: usize) -> usize {
    let head = &source[..at];
    let mut start = at;
    for (i, c) in head.char_indices().rev().take(40) {
        if "，。；：、,;:（(\n\t|！？".contains(c) {
            break;
        }
        start = i;
    }
    start + (source[start..at].len() - source[start..at].trim_start().len())
}
