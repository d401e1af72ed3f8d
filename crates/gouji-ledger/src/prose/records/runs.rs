//! Where records are: paragraphs, stretches between marks, sections and numbered items that follow one another.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::{MAX_FIELDS, MAX_RECORDS, Record};
use crate::context::{Context, Role};
use crate::order::labels;
use crate::prose::clauses::Delim;
use crate::prose::{MentionRef, Reading, changes};

/// Most paragraphs without a figure between two records (a heading, a kind of which there was none).
const MAX_BARREN: usize = 2;

/// All runs of records, each of two at least.
pub(super) fn all(cx: &Context, reading: &Reading) -> Vec<Vec<Record>> {
    let mut out = paragraphs(cx, reading);
    segments(cx, reading, false, &mut out);
    segments(cx, reading, true, &mut out);
    sections(cx, reading, &mut out);
    for passage in 0..reading.prose.len() {
        items(cx, reading, passage, &mut out);
    }
    out
}

/// What an amount is compared with that is no amount of an earlier time: 比预算节约7万元 tells what was saved.
const PLANS: [&str; 7] = ["预算", "概算", "控制价", "限价", "标底", "底价", "计划"];

/// The amounts of a stretch of mentions that are fields: no changes, nothing compared with, outside parentheses.
pub(super) fn fields(reading: &Reading, passage: usize, mentions: impl Iterator<Item = usize>) -> Record {
    let prose = &reading.prose[passage];
    mentions
        .filter(|m| {
            let mention = &prose.mentions[*m];
            prose.clauses[mention.clause].group == 0
                && mention.is_amount()
                && changes::change_word(&mention.label).is_none()
                && !["比", "较", "上年", "去年", "上期", "上月", "同期", "环比", "同比"]
                    .iter()
                    .any(|w| mention.label.starts_with(w) && !PLANS.iter().any(|p| mention.label.contains(p)))
        })
        .take(MAX_FIELDS)
        .map(|mention| MentionRef { passage, mention })
        .collect()
}

/// Runs of paragraphs of one body that each begin with a named amount of the same unit.
fn paragraphs(cx: &Context, reading: &Reading) -> Vec<Vec<Record>> {
    let mut out = Vec::new();
    let mut run: Vec<Record> = Vec::new();
    let mut barren = 0;
    for passage in 0..reading.prose.len() {
        let record = match cx.passages[passage].role {
            Role::Heading { .. } | Role::Paragraph => {
                fields(reading, passage, 0..reading.prose[passage].mentions.len())
            }
            _ => Record::new(),
        };
        let same_body = run
            .last()
            .is_none_or(|r| cx.passages[r[0].passage].body == cx.passages[passage].body);
        let goes_on = match (record.first(), run.last()) {
            (Some(lead), Some(last)) => same_body && alike(reading, *lead, last[0]),
            (None, Some(_)) => {
                barren += 1;
                same_body && barren <= MAX_BARREN
            }
            _ => true,
        };
        if !goes_on || run.len() >= MAX_RECORDS {
            close(&mut run, &mut out);
        }
        if let Some(lead) = record.first() {
            barren = 0;
            if !reading.label(*lead).name.is_empty() {
                run.push(record);
            } else if !run.is_empty() {
                close(&mut run, &mut out);
            }
        }
    }
    close(&mut run, &mut out);
    out
}

/// Runs of stretches between ； and 。 that each begin with a named amount of the same unit. They go on over a paragraph that ends in ；.
///
/// What a total is told of before 其中 does not belong to the record behind it (全县…30项，其中：省级6项；…); with `divided` it does, since
/// each record is itself divided (甲类立案900件，其中应结案880件；乙类立案100件，其中应结案90件).
fn segments(cx: &Context, reading: &Reading, divided: bool, out: &mut Vec<Vec<Record>>) {
    let mut run: Vec<Record> = Vec::new();
    for passage in 0..reading.prose.len() {
        if !(passage > 0 && goes_on_behind(cx, passage - 1)) {
            close(&mut run, out);
        }
        let prose = &reading.prose[passage];
        let text = cx.passages[passage].text.as_str();
        let mut stretches: Vec<Vec<usize>> = Vec::new();
        // The first figures behind 其中： (其中 alone in its clause).
        let mut opened: Vec<usize> = Vec::new();
        let mut among = false;
        for (idx, clause) in prose.clauses.iter().enumerate().filter(|(_, c)| c.group == 0) {
            if stretches.is_empty() || matches!(clause.before, Delim::Semi | Delim::Stop) {
                stretches.push(Vec::new());
            }
            if let Some(last) = stretches.last_mut() {
                last.extend(prose.clauses[idx].mentions.iter().copied());
            }
            if among && clause.before == Delim::Colon {
                opened.extend(clause.mentions.first());
            }
            among = text[clause.range.clone()].trim() == "其中";
        }
        for stretch in stretches {
            let cued = |m: &usize| reading.labels[passage][*m].cue.is_some() || opened.contains(m);
            let cue = if divided {
                // The announced list of another total is no record.
                stretch.iter().take(1).position(cued).map_or(0, |_| stretch.len())
            } else {
                stretch.iter().rposition(cued).unwrap_or(0)
            };
            if divided && !stretch.iter().any(cued) {
                close(&mut run, out);
                continue;
            }
            let record = fields(reading, passage, stretch[cue.min(stretch.len())..].iter().copied());
            let Some(lead) = record.first() else { continue };
            let goes_on = cue == 0 && run.last().is_some_and(|last: &Record| alike(reading, *lead, last[0]));
            if !goes_on || run.len() >= MAX_RECORDS {
                close(&mut run, out);
            }
            if !reading.label(*lead).name.is_empty() {
                run.push(record);
            }
        }
    }
    close(&mut run, out);
}

/// Whether a paragraph ends in ； and its sentence goes on in the next.
fn goes_on_behind(cx: &Context, passage: usize) -> bool {
    let (own, next) = (&cx.passages[passage], &cx.passages[passage + 1]);
    own.text.as_str().trim_end().ends_with(['；', ';'])
        && next.role == Role::Paragraph
        && own.body == next.body
        && (own.headings == next.headings || next.headings.last() == Some(&passage))
}

/// Ends a run.
fn close(run: &mut Vec<Record>, out: &mut Vec<Vec<Record>>) {
    let ended = std::mem::take(run);
    out.extend((ended.len() >= 2).then_some(ended));
}

/// Runs of sibling sections, each with the figures of its heading and of what stands below it.
fn sections(cx: &Context, reading: &Reading, out: &mut Vec<Vec<Record>>) {
    let mut siblings: BTreeMap<(usize, Option<usize>, u8), Vec<Record>> = BTreeMap::new();
    for (idx, passage) in cx.passages.iter().enumerate() {
        let Role::Heading { level, .. } = passage.role else {
            continue;
        };
        let depth = passage.headings.len();
        let below = (idx + 1..cx.passages.len()).take_while(|p| cx.passages[*p].headings.get(depth) == Some(&idx));
        let mut record = Record::new();
        for p in std::iter::once(idx).chain(below) {
            if matches!(cx.passages[p].role, Role::Heading { .. } | Role::Paragraph) {
                record.extend(fields(reading, p, 0..reading.prose[p].mentions.len()));
            }
            if record.len() >= MAX_FIELDS {
                record.truncate(MAX_FIELDS);
                break;
            }
        }
        let run = siblings
            .entry((passage.body, passage.headings.last().copied(), level))
            .or_default();
        if !record.is_empty() && run.len() < MAX_RECORDS {
            run.push(record);
        }
    }
    out.extend(siblings.into_values().filter(|run| run.len() >= 2));
}

/// A number before an item inside a paragraph: （一）, 1., (1), ①, 一是.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[。；;：:！\s])\s*",
        r"([（(][一二三四五六七八九十]{1,3}[）)]|[（(]\d{1,2}[）)]|[一二三四五六七八九十]{1,3}是|\d{1,2}[.．、]|[①-⑳])",
    ))
    .expect("a constant pattern")
});

/// The items of a paragraph that are numbered in one style from 1 on.
fn items(cx: &Context, reading: &Reading, passage: usize, out: &mut Vec<Vec<Record>>) {
    let prose = &reading.prose[passage];
    if prose.mentions.len() < 4 {
        return;
    }
    let text = cx.passages[passage].text.as_str();
    // By style: where the items of the run begin, and the last number.
    let mut open: BTreeMap<labels::Style, Vec<usize>> = BTreeMap::new();
    let mut ended: Vec<Vec<usize>> = Vec::new();
    for found in NUMBER.captures_iter(text) {
        let Some(label) = found.get(1) else { continue };
        let Some((style, number)) = labels::parse(label.as_str()) else {
            continue;
        };
        // 1.5 is no label.
        if style == labels::Style::Digits && text[label.end()..].starts_with(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let starts = open.entry(style).or_default();
        if usize::try_from(number) != Ok(starts.len() + 1) {
            ended.push(std::mem::take(starts));
        }
        if usize::try_from(number) == Ok(starts.len() + 1) {
            starts.push(label.start());
        }
    }
    ended.extend(open.into_values());
    for starts in ended.iter().filter(|s| s.len() >= 2 && s.len() <= MAX_RECORDS) {
        let mut run: Vec<Record> = Vec::new();
        for (n, start) in starts.iter().enumerate() {
            let end = starts.get(n + 1).copied().unwrap_or(text.len());
            let from = prose.mentions.partition_point(|m| m.full.start < *start);
            let to = prose.mentions.partition_point(|m| m.full.start < end);
            let record = fields(reading, passage, from..to);
            if !record.is_empty() {
                run.push(record);
            }
        }
        out.extend((run.len() >= 2).then_some(run));
    }
}

/// Whether two leads count in one unit.
fn alike(reading: &Reading, a: MentionRef, b: MentionRef) -> bool {
    reading.mention(a).unit == reading.mention(b).unit && !reading.label(a).name.is_empty()
}
