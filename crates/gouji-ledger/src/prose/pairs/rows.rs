//! Rows: amounts of different units side by side.

use super::at;
use crate::prose::Reading;
use crate::prose::changes::change_word;
use crate::prose::clauses::{Delim, Prose};

/// Most figures in a row.
const MAX_WIDTH: usize = 4;
/// Longest words (in characters) before the second and later figures of a row: 死亡, 直接经济损失.
const MAX_LABEL: usize = 8;

/// Mentions of a passage that follow one another, each of another unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Row {
    pub mentions: Vec<usize>,
    /// For each the unit, and what parts it from another of that unit.
    pub units: Vec<String>,
}

impl Row {
    /// The mention behind its last one.
    pub fn end(&self) -> usize {
        self.mentions.last().map_or(0, |m| m + 1)
    }

    /// Whether it has these units, in this order, perhaps among others.
    pub fn has_units(&self, units: &[&str]) -> bool {
        let mut own = self.units.iter();
        units.iter().all(|u| own.any(|o| o == u))
    }

    /// Its figure of a unit.
    pub fn of_unit(&self, unit: &str) -> Option<usize> {
        self.units.iter().position(|u| u == unit).map(|i| self.mentions[i])
    }
}

/// The rows of a passage, of two figures or more, in order.
pub(super) fn rows(reading: &Reading, passage: usize) -> Vec<Row> {
    let prose = &reading.prose[passage];
    let mut out = Vec::new();
    let mut first = 0;
    while first < prose.mentions.len() {
        let mut row = Row {
            mentions: Vec::new(),
            units: Vec::new(),
        };
        for m in first..prose.mentions.len() {
            if !belongs(reading, passage, &row, m) {
                break;
            }
            let unit = column(prose, &row, m);
            row.mentions.push(m);
            row.units.push(unit);
        }
        first += row.mentions.len().max(1);
        if row.mentions.len() >= 2 {
            out.push(row);
        }
    }
    out
}

/// What a figure stands for in its row: its unit, and for people of whom the row has some already the last character of the words,
/// too (亡3人，伤5人).
fn column(prose: &Prose, row: &Row, m: usize) -> String {
    let mention = &prose.mentions[m];
    let mut column = mention.unit.clone();
    if column == "人" && row.units.contains(&column) {
        column.extend(mention.label.chars().last());
    }
    column
}

fn belongs(reading: &Reading, passage: usize, row: &Row, m: usize) -> bool {
    let prose: &Prose = &reading.prose[passage];
    let mention = &prose.mentions[m];
    if !mention.is_amount() || mention.unit.is_empty() || change_word(&mention.label).is_some() {
        return false;
    }
    let Some(&last) = row.mentions.last() else { return true };
    let before = &prose.mentions[last];
    let (clause, previous) = (&prose.clauses[mention.clause], &prose.clauses[before.clause]);
    let joined = mention.clause == before.clause
        || matches!(clause.before, Delim::Dun | Delim::Comma) && clause.range.start <= previous.range.end + 3;
    row.mentions.len() < MAX_WIDTH
        && !row.units.contains(&column(prose, row, m))
        && joined
        && clause.group == previous.group
        && clause.sentence == previous.sentence
        && mention.label.chars().count() <= MAX_LABEL
        && reading.label(at(passage, m)).cue.is_none()
}
