//! The text as stretches between ； and 。, and how stretches make records: each alone, a sentence's, a paragraph's, a number's.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::runs::fields;
use crate::context::{Context, Role};
use crate::order::labels;
use crate::prose::clauses::Delim;
use crate::prose::{MentionRef, Reading};

/// Most records of a run, and most stretches of one record.
const MAX_RECORDS: usize = 32;
const MAX_STRETCHES: usize = 24;

/// What begins with a stretch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Opens {
    Stretch,
    Sentence,
    Paragraph,
}

/// The text between two marks ； or 。, with the figures that may be fields of a record.
pub(super) struct Stretch {
    pub passage: usize,
    pub body: usize,
    /// Bytes of the passage's text.
    pub range: Range<usize>,
    pub fields: Vec<MentionRef>,
    /// How many of its fields stand before the words that announce parts (其中), if some stand before and some behind.
    pub announced: Option<usize>,
    /// The number that it begins with.
    number: Option<(labels::Style, i64)>,
    opens: Opens,
}

/// A number at the begin of a stretch: （一）, 一、, 1., (1), ①, 一是.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[\s；;。！]*([（(][一二三四五六七八九十]{1,3}[）)]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}[、是]",
        r"|\d{1,2}[.．、]|[①-⑳])",
    ))
    .expect("a constant pattern")
});

/// The stretches of the running text in order. Those that neither have a field nor begin with a number are left out.
pub(super) fn stretches(cx: &Context, reading: &Reading) -> Vec<Stretch> {
    let mut out = Vec::new();
    for (passage, prose) in reading.prose.iter().enumerate() {
        let own = &cx.passages[passage];
        if !matches!(own.role, Role::Heading { .. } | Role::Paragraph) {
            continue;
        }
        let text = own.text.as_str();
        let mut opens = Opens::Paragraph;
        let outer: Vec<usize> = (0..prose.clauses.len())
            .filter(|c| prose.clauses[*c].group == 0)
            .collect();
        let one_stretch = |_: &usize, b: &usize| !matches!(prose.clauses[*b].before, Delim::Semi | Delim::Stop);
        for clauses in outer.chunk_by(one_stretch) {
            let (Some(first), Some(last)) = (clauses.first(), clauses.last()) else {
                continue;
            };
            if opens != Opens::Paragraph && prose.clauses[*first].before == Delim::Stop {
                opens = opens.max(Opens::Sentence);
            }
            let range = prose.clauses[*first].range.start..prose.clauses[*last].range.end;
            let mentions = clauses.iter().flat_map(|c| prose.clauses[*c].mentions.iter().copied());
            let number = number_of(text.get(range.clone()).unwrap_or_default());
            let fields = fields(reading, passage, mentions);
            if fields.is_empty() && number.is_none() {
                continue;
            }
            let cued = |at: &MentionRef| reading.label(*at).cue.is_some();
            out.push(Stretch {
                passage,
                body: own.body,
                range,
                announced: fields.iter().position(cued).filter(|n| *n > 0),
                fields,
                number,
                opens,
            });
            opens = Opens::Stretch;
        }
    }
    out
}

/// The number that a stretch begins with.
fn number_of(text: &str) -> Option<(labels::Style, i64)> {
    let label = NUMBER.captures(text)?.get(1)?;
    let (style, number) = labels::parse(label.as_str())?;
    // 1.5 is no label.
    let decimal = style == labels::Style::Digits && text[label.end()..].starts_with(|c: char| c.is_ascii_digit());
    (!decimal).then_some((style, number))
}

/// How stretches are put together into records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    /// Each stretch is a record.
    Marks,
    /// Each sentence.
    Sentences,
    /// Each paragraph.
    Paragraphs,
    /// What stands under each number of one style, from 1 on.
    Numbers,
}

/// All layouts, the closest first.
pub(super) const LAYOUTS: [Layout; 4] = [Layout::Marks, Layout::Sentences, Layout::Paragraphs, Layout::Numbers];

/// The records that begin with the stretch `first`, or `inside` it behind the words that announce parts, as ranges of stretches; none if
/// no record of that layout begins there.
pub(super) fn records(all: &[Stretch], first: usize, inside: bool, layout: Layout) -> Vec<Range<usize>> {
    let least = match layout {
        Layout::Numbers => return numbered(all, first),
        Layout::Marks => Opens::Stretch,
        Layout::Sentences => Opens::Sentence,
        Layout::Paragraphs => Opens::Paragraph,
    };
    if all[first].opens < least && !inside {
        return Vec::new();
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    for at in first..all.len() {
        if all[at].body != all[first].body {
            break;
        }
        let full = out.len() >= MAX_RECORDS;
        match out.last_mut() {
            Some(last) if all[at].opens < least => {
                if last.len() >= MAX_STRETCHES {
                    break;
                }
                last.end = at + 1;
            }
            _ if full => break,
            _ => out.push(at..at + 1),
        }
    }
    out
}

/// The records under the numbers 1, 2, … of the style of a stretch that begins with 1.
fn numbered(all: &[Stretch], first: usize) -> Vec<Range<usize>> {
    let Some((style, 1)) = all[first].number else {
        return Vec::new();
    };
    let mut out: Vec<Range<usize>> = std::iter::once(first..first + 1).collect();
    let mut next = 2;
    for at in first + 1..all.len() {
        let ended = all[at].body != all[first].body || out.len() >= MAX_RECORDS;
        match all[at].number {
            _ if ended => break,
            Some((s, n)) if s == style && n == next => {
                out.push(at..at + 1);
                next += 1;
            }
            Some((s, _)) if s == style => break,
            _ => {}
        }
        let last = out.len() - 1;
        // What follows the last item in one paragraph of items is no more of it.
        let inline = last > 0 && all[out[last].start].opens != Opens::Paragraph && all[at].opens == Opens::Paragraph;
        if inline || out[last].len() > MAX_STRETCHES {
            break;
        }
        out[last].end = at + 1;
    }
    if out.len() < 2 { Vec::new() } else { out }
}
