//! Relations in running text.
//!
//! Each passage is cut into clauses and mentions ([`clauses`]), the words beside each figure are taken apart
//! ([`labels`]), runs of named amounts become lists ([`lists`]), lists find their totals ([`partition`], [`sums`]), rates
//! and shares their parts and wholes ([`rates`], [`shares`], rough ones in [`rough`], rough totals in [`rough_totals`]), changes their
//! bases ([`changes`]), lists of names their numbers ([`names`]), what was done, is being done and was not makes up its whole
//! ([`states`]), and so do opposites ([`opposed`]), what comes over from one period goes on into the next ([`flows`]), what several passages tell in one form holds of all of them ([`alike`]), samples keep to their quotas ([`quotas`]), figures told side by side go column by column ([`pairs`]), paragraphs laid
//! out alike field by field ([`records`]), sums that only the order of the figures tells are added up
//! ([`tacit`]), what is said to lie on one side of a bar is held against it ([`bars`]), lists in order of size are held against their figures ([`by_size`]), and what is said twice is held together ([`repeats`]). Sums that another sum gives the lie are taken out again ([`misread`]).

mod alike;
mod asides;
pub(crate) mod bars;
mod by_size;
pub(crate) mod chance;
pub(crate) mod changes;
pub(crate) mod clauses;
mod flows;
pub(crate) mod labels;
pub(crate) mod lists;
pub(crate) mod means;
mod misread;
pub(crate) mod months;
pub(crate) mod names;
mod opposed;
pub(crate) mod outcomes;
pub(crate) mod pairs;
pub(crate) mod partition;
pub(crate) mod quotas;
pub(crate) mod rates;
pub(crate) mod records;
pub(crate) mod remainders;
pub(crate) mod repeats;
pub(crate) mod rough;
mod rough_totals;
pub(crate) mod shares;
mod states;
pub(crate) mod sums;
pub(crate) mod tacit;
#[cfg(test)]
pub(crate) mod tests;
pub(crate) mod topics;
pub(crate) mod word_list;

use gouji_document::{Deadline, Span};

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
    /// All mentions, in the order of the text.
    pub fn places(&self) -> impl Iterator<Item = MentionRef> + '_ {
        self.prose
            .iter()
            .enumerate()
            .flat_map(|(passage, prose)| (0..prose.mentions.len()).map(move |mention| MentionRef { passage, mention }))
    }

    /// The number of the sentence that a mention stands in, counted in its passage.
    pub fn sentence(&self, at: MentionRef) -> usize {
        self.prose[at.passage].clauses[self.mention(at).clause].sentence
    }

    /// Whether two mentions stand in one sentence.
    pub fn one_sentence(&self, a: MentionRef, b: MentionRef) -> bool {
        a.passage == b.passage && self.sentence(a) == self.sentence(b)
    }

    /// A mention.
    pub fn mention(&self, at: MentionRef) -> &Mention {
        &self.prose[at.passage].mentions[at.mention]
    }

    /// Its label.
    pub fn label(&self, at: MentionRef) -> &Label {
        &self.labels[at.passage][at.mention]
    }

    /// The mentions before one in its body, nearest first: those of its passage, then those of up to `back` passages before.
    pub fn before<'r>(&'r self, cx: &'r Context, at: MentionRef, back: usize) -> impl Iterator<Item = MentionRef> + 'r {
        let body = cx.passages[at.passage].body;
        (at.passage.saturating_sub(back)..=at.passage)
            .rev()
            .filter(move |p| cx.passages[*p].body == body)
            .flat_map(move |passage| {
                let end = if passage == at.passage {
                    at.mention
                } else {
                    self.prose[passage].mentions.len()
                };
                (0..end).rev().map(move |mention| MentionRef { passage, mention })
            })
    }

    /// The partitions of a passage, in the order of their lists.
    pub fn partitions_of(&self, passage: usize) -> &[Partition] {
        let from = self.partitions.partition_point(|p| p.passage < passage);
        let len = self.partitions[from..].partition_point(|p| p.passage == passage);
        &self.partitions[from..from + len]
    }

    /// Whether it is a part in a partition.
    pub fn is_part(&self, at: MentionRef) -> bool {
        self.parts[at.passage][at.mention]
    }
}

/// Reads all passages; `None` once `deadline` has passed.
pub(crate) fn read_until(cx: &mut Context, deadline: &Deadline) -> Option<Reading> {
    let mut prose: Vec<Prose> = Vec::with_capacity(cx.passages.len());
    let mut labels: Vec<Vec<Label>> = Vec::with_capacity(cx.passages.len());
    let mut lists: Vec<Vec<List>> = Vec::with_capacity(cx.passages.len());
    for passage in &cx.passages {
        if deadline.has_passed() {
            return None;
        }
        let read = clauses::read(cx, passage);
        let analysed = lists::analyse_all(&read);
        lists.push(lists::lists(passage.text, &read, &analysed));
        labels.push(analysed);
        prose.push(read);
    }
    let mut reading = Reading {
        prose,
        labels,
        lists,
        partitions: Vec::new(),
        parts: Vec::new(),
        topics: Vec::new(),
    };
    reading.partitions = partition::partitions(cx, &reading, deadline)?;
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
    (!deadline.has_passed()).then_some(reading)
}

/// Reads all passages, however long that takes.
#[cfg(test)]
pub(crate) fn read(cx: &mut Context) -> Reading {
    read_until(cx, &Deadline::default()).expect("the deadline never passes")
}

/// What finds relations of the running text, in this order: later steps see what earlier ones found.
const STEPS: [fn(&Context, &Reading, &mut Vec<Relation>); 25] = [
    sums::relations,
    remainders::relations,
    outcomes::relations,
    topics::relations,
    rates::relations,
    rough::relations,
    rough_totals::relations,
    changes::relations,
    means::relations,
    quotas::relations,
    names::relations,
    repeats::relations,
    pairs::relations,
    records::relations,
    tacit::relations,
    states::relations,
    opposed::relations,
    flows::relations,
    |cx, _, out| misread::drop_sums(cx, out),
    |_, _, out| chance::drop_sums(out),
    alike::relations,
    changes::bounds,
    changes::bases,
    bars::relations,
    by_size::relations,
];

/// All relations of the running text; some of them only where `deadline` passes.
pub(crate) fn relations(cx: &Context, reading: &Reading, deadline: &Deadline, out: &mut Vec<Relation>) {
    for step in STEPS {
        if deadline.has_passed() {
            return;
        }
        step(cx, reading, out);
    }
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

/// The figures of a relation by its first reading, the stated one first.
pub(crate) fn figures_of(relation: &Relation) -> Vec<Option<FigureIdx>> {
    let first = &relation.readings[0];
    std::iter::once(&first.stated)
        .chain(&first.operands)
        .map(|o| o.figure)
        .collect()
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
