//! A figure of the running text with the words that say what it is.

use std::ops::Range;

use gouji_document::Span;

use super::tables::{NameHit, Tables};
use crate::context::{Context, Passage, Role};
use crate::{FigureClass, FigureIdx, Modality, Operand};

/// Longest sentence that is looked at, in bytes to each side.
const REACH: usize = 600;

/// Most figures of the text that are held against tables.
const MAX_FIGURES: usize = 20_000;

/// Marks that end a clause.
const CLAUSE: [char; 13] = ['，', ',', '。', '；', ';', '：', ':', '、', '\n', '（', '(', '）', ')'];
/// Marks that end a sentence.
const SENTENCE: [char; 5] = ['。', '！', '？', '\n', '；'];

/// A figure of the text.
pub(crate) struct Spoken {
    pub idx: FigureIdx,
    /// Its passage.
    pub passage: usize,
    pub operand: Operand,
    /// Bytes of the passage: the sentence it stands in.
    pub sentence: Range<usize>,
    /// The words before it in its clause, back to the figure before.
    pub label: Range<usize>,
    /// The number with its unit.
    pub full: Range<usize>,
    /// The words behind it, up to the next mark or figure.
    pub tail: Range<usize>,
    /// The name of a table's row that stands before it in the sentence, nearest first.
    pub name: Option<NameHit>,
}

impl Spoken {
    /// All plain figures of the text that a table may give.
    pub fn read_all(cx: &Context<'_>, tables: &Tables<'_>) -> Vec<Self> {
        let mut out = Vec::new();
        for (passage_idx, passage) in cx.passages.iter().enumerate() {
            if !matches!(passage.role, Role::Paragraph | Role::Heading { .. }) || out.len() >= MAX_FIGURES {
                continue;
            }
            let text = passage.text.as_str();
            let names = tables.names_in(text);
            let mut previous = 0;
            for (nth, local) in passage.figures.iter().enumerate() {
                let figure = cx.figure(local.idx);
                let before = previous;
                // Numbers inside names and dates do not end a clause.
                if quantity(figure.class) {
                    previous = local.full.end;
                }
                let plain = figure.modality == Modality::Fact
                    && matches!(
                        figure.class,
                        FigureClass::Count
                            | FigureClass::Money
                            | FigureClass::Rate
                            | FigureClass::Measure
                            | FigureClass::Duration
                    );
                let Some(operand) = plain.then(|| cx.operand(local.idx)).flatten() else {
                    continue;
                };
                let sentence = sentence(text, &local.full);
                let clause = clause_start(text, sentence.start, local.full.start);
                let next = passage.figures[nth + 1..]
                    .iter()
                    .find(|f| quantity(cx.figure(f.idx).class))
                    .map_or(sentence.end, |f| f.full.start.min(sentence.end));
                let tail_end = text[local.full.end..next.max(local.full.end)]
                    .find(CLAUSE)
                    .map_or(next.max(local.full.end), |at| local.full.end + at);
                let until = names.partition_point(|n| n.end <= local.full.start);
                let name = names[..until].last().copied().filter(|n| n.start >= sentence.start);
                out.push(Self {
                    idx: local.idx,
                    passage: passage_idx,
                    operand,
                    label: clause.max(before).min(local.full.start)..local.full.start,
                    full: local.full.clone(),
                    tail: local.full.end..tail_end,
                    sentence,
                    name,
                });
            }
        }
        out
    }

    /// The words before it in its clause.
    pub fn label<'a>(&self, cx: &Context<'a>) -> &'a str {
        &cx.passages[self.passage].text.as_str()[self.label.clone()]
    }

    /// The words behind it in its clause.
    pub fn tail<'a>(&self, cx: &Context<'a>) -> &'a str {
        &cx.passages[self.passage].text.as_str()[self.tail.clone()]
    }

    /// The sentence before it, from a place on.
    pub fn before<'a>(&self, cx: &Context<'a>, from: usize) -> &'a str {
        &cx.passages[self.passage].text.as_str()[from.max(self.sentence.start).min(self.label.start)..self.label.start]
    }

    /// Its sentence.
    pub fn sentence<'a>(&self, cx: &Context<'a>) -> &'a str {
        &cx.passages[self.passage].text.as_str()[self.sentence.clone()]
    }

    /// Its passage.
    pub fn passage<'c, 'a>(&self, cx: &'c Context<'a>) -> &'c Passage<'a> {
        &cx.passages[self.passage]
    }

    /// Its clause in the source: label, figure and tail.
    pub fn quote(&self, cx: &Context<'_>) -> Option<Span> {
        let text = cx.passages[self.passage].text;
        let label = text.as_str()[self.label.clone()].trim_start();
        text.source_span(self.full.start - label.len()..self.tail.end)
            .or(self.operand.span)
    }
}

/// Where the clause before `at` begins, not before `from`. Brackets that close before `at` belong to it: 乡镇(街道)报送.
fn clause_start(text: &str, from: usize, at: usize) -> usize {
    let mut depth = 0_usize;
    for (i, c) in text[from..at].char_indices().rev() {
        match c {
            '）' | ')' => depth += 1,
            '（' | '(' if depth > 0 => depth -= 1,
            _ if depth == 0 && CLAUSE.contains(&c) => return from + i + c.len_utf8(),
            _ => {}
        }
    }
    from
}

/// Classes of figures that are quantities.
fn quantity(class: FigureClass) -> bool {
    matches!(
        class,
        FigureClass::Count
            | FigureClass::Money
            | FigureClass::Rate
            | FigureClass::Points
            | FigureClass::Measure
            | FigureClass::Duration
            | FigureClass::Unknown
    )
}

/// The sentence around a range, at most [`REACH`] bytes to each side.
pub(crate) fn sentence(text: &str, around: &Range<usize>) -> Range<usize> {
    let mut from = around.start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let mut to = (around.end + REACH).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let start = text[from..around.start]
        .char_indices()
        .rfind(|(_, c)| SENTENCE.contains(c))
        .map_or(from, |(i, c)| from + i + c.len_utf8());
    let end = text[around.end..to].find(SENTENCE).map_or(to, |i| around.end + i);
    start..end
}
