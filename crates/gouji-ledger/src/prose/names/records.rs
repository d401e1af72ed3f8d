//! Names that each open a record: 前三的部门：水务局，转办105件；教育局，转办74件；… / 分别是甲工程已竣工，乙项目已投入使用，….

use std::ops::Range;

use super::{Found, MAX_NAMES, Names, trim_range};
use crate::Cue;
use crate::prose::clauses::Prose;

/// Longest name that opens a record, and longest record told by its predicate alone, in characters.
const MAX_NAME: usize = 30;
const MAX_RECORD: usize = 50;

/// Longest stretch of records, in bytes.
const MAX_RECORDS: usize = 4_000;

/// Words with which a record says how its thing stands.
const STANDS: [&str; 8] = ["已", "正在", "尚未", "未", "全部", "基本", "完成", "累计"];

/// The names of the records behind `from`, parted by ； where each has a figure, else by ， where each says how its thing stands;
/// `None` for fewer than two.
pub(super) fn names(text: &str, prose: &Prose, from: usize, limit: usize) -> Option<Found> {
    let limit = text.floor_char_boundary(limit.min(from + MAX_RECORDS)).max(from);
    let end = text[from..limit].find(['。', '\n']).map_or(limit, |at| from + at);
    let records = parted(text, from..end, &['；', ';']);
    let marked = records.len() >= 2;
    let names = if marked {
        records
            .into_iter()
            .map(|r| opened(text, prose, r))
            .collect::<Option<Vec<_>>>()?
    } else {
        let mut records = parted(text, from..end, &['，', ',']);
        // What is left is none of those counted: 其他项目正按序时推进.
        let rest = |r: &Range<usize>| {
            ["其他", "其它", "其余"]
                .iter()
                .any(|w| text[r.clone()].trim_start().starts_with(w))
        };
        if let Some(at) = records.iter().position(rest) {
            records.truncate(at);
        }
        records
            .into_iter()
            .map(|r| standing(text, r))
            .collect::<Option<Vec<_>>>()?
    };
    let counted = (2..=MAX_NAMES).contains(&names.len());
    // 分别是 with a verb to each: no list of another kind. Two may be one thing told in two steps.
    let cue = if marked || names.len() < 3 {
        Cue::Arithmetic
    } else {
        Cue::Implied
    };
    counted.then(|| Found {
        names: Names {
            names,
            ..Names::default()
        },
        open: text[from..end].contains('等'),
        cue,
    })
}

/// The stretches of a range between marks, empty ones left out.
fn parted(text: &str, range: Range<usize>, marks: &[char]) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = range.start;
    for part in text[range.clone()].split_inclusive(marks) {
        let words = start..start + part.trim_end_matches(marks).len();
        start += part.len();
        if !text[words.clone()].trim().is_empty() {
            out.push(words);
        }
    }
    out
}

/// The name before the first comma of a record that has a figure behind it.
fn opened(text: &str, prose: &Prose, record: Range<usize>) -> Option<Range<usize>> {
    let comma = text[record.clone()].find(['，', ','])?;
    let name = trim_range(text, record.start..record.start + comma);
    let length = text[name.clone()].chars().count();
    let behind = prose.mentions.partition_point(|m| m.full.start < record.start);
    let figure = prose.mentions[behind..]
        .first()
        .is_some_and(|m| m.full.start > name.end && m.full.end <= record.end);
    (figure && (2..=MAX_NAME).contains(&length)).then_some(name)
}

/// The name before the words that say how a record's thing stands.
fn standing(text: &str, record: Range<usize>) -> Option<Range<usize>> {
    let words = &text[record.clone()];
    let at = STANDS.iter().filter_map(|w| words.find(w).filter(|at| *at > 0)).min()?;
    let name = trim_range(text, record.start..record.start + at);
    let fits = (2..=MAX_NAME).contains(&text[name.clone()].chars().count()) && words.chars().count() <= MAX_RECORD;
    fits.then_some(name)
}
