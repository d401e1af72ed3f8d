//! The piece of source that a person needs to see a finding: a line with its figures marked, or a row of a table
//! under its header.
//!
//! Excerpts are cut when the record is made, so that reports need no source text; each has a fixed greatest size.

use std::collections::{BTreeMap, BTreeSet};

use gouji_document::Span;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::place::{CellAt, Locator};
use crate::{Lang, Position};

/// Characters of a line shown before and after the figure.
const BEFORE: usize = 60;
/// Characters of a line shown after the figure.
const AFTER: usize = 100;
/// Columns of a table shown.
const MAX_COLUMNS: usize = 12;
/// Characters of a cell shown.
const MAX_CELL: usize = 40;
/// Rows of a table shown.
const MAX_ROWS: usize = 6;
/// Excerpts of one finding; the working and the list of related places carry the rest.
const MAX_EXCERPTS: usize = 4;

/// A piece of the source with figures marked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Excerpt {
    /// Where it stands, in Chinese words.
    pub place: String,
    /// Where the first marked figure stands.
    pub position: Position,
    /// What is shown.
    pub shown: Shown,
}

/// What an excerpt shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Shown {
    /// A line or paragraph, clipped around the figure (`…` where it was).
    Line {
        /// The text.
        text: String,
        /// Figures in it, in order, not overlapping.
        marks: Vec<Mark>,
    },
    /// Rows of a table under its header.
    Table {
        /// Header cells of the columns shown.
        header: Vec<String>,
        /// Rows with a figure of the finding, in the order of the table.
        rows: Vec<ExcerptRow>,
        /// Rows with a figure of the finding for which there was no room.
        #[serde(default, skip_serializing_if = "is_zero")]
        omitted: usize,
    },
}

/// A row in an excerpt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ExcerptRow {
    /// Data row of the table from 1; 0 is the header.
    pub row: usize,
    /// Its cells in the columns shown.
    pub cells: Vec<String>,
    /// Index into `cells` of the figure in question.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub main: Option<usize>,
    /// Indices into `cells` of the figures that it rests on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub related: Vec<usize>,
}

fn is_zero(n: &usize) -> bool {
    *n == 0
}

/// A marked figure in an excerpt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Mark {
    /// First character in the excerpt's text.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// It is the figure in question; others are those it rests on.
    pub main: bool,
}

/// Excerpts that show `at` and as many of `related` as there is room for.
pub(crate) fn excerpts(locator: &Locator<'_>, at: Span, related: &[Span]) -> Vec<Excerpt> {
    let mut out: Vec<Excerpt> = Vec::new();
    // What an excerpt already shows: a part of a line, or a table.
    let mut lines: Vec<Span> = Vec::new();
    let mut tables: Vec<usize> = Vec::new();
    for (nth, span) in std::iter::once(at).chain(related.iter().copied()).enumerate() {
        if out.len() == MAX_EXCERPTS {
            break;
        }
        if let Some(cell) = locator.cell_at(span) {
            if tables.contains(&cell.table) {
                continue;
            }
            tables.push(cell.table);
            let main = locator.cell_at(at).filter(|main| main.table == cell.table);
            if let Some(shown) = table(locator, cell, main, related) {
                out.push(excerpt(locator, span, shown));
            }
        } else {
            if lines.iter().any(|window| window.contains(span)) {
                continue;
            }
            let (window, shown) = line(locator, span, at, related, nth == 0);
            lines.push(window);
            out.push(excerpt(locator, span, shown));
        }
    }
    out
}

fn excerpt(locator: &Locator<'_>, span: Span, shown: Shown) -> Excerpt {
    let position = locator.position(span);
    Excerpt {
        place: position.describe(Lang::Zh),
        position,
        shown,
    }
}

/// The line around `span`, clipped, with the marks of all spans inside it.
fn line(locator: &Locator<'_>, span: Span, at: Span, related: &[Span], main: bool) -> (Span, Shown) {
    let source = &locator.document().text;
    let whole = locator.line_span(span.start);
    let end = span.end.clamp(span.start, whole.end.max(span.start));
    let before = source.get(whole.start..span.start).unwrap_or("");
    let after = source.get(end..whole.end).unwrap_or("");
    let from = span.start - tail_len(before, BEFORE);
    let to = end + head_len(after, AFTER);
    // A figure that is itself overlong is cut, too.
    let to = from + head_len(source.get(from..to).unwrap_or(""), BEFORE + AFTER + MAX_CELL);
    let window = Span::new(from, to);
    let body = source.get(window.range()).unwrap_or("");
    let lead = body.len() - body.trim_start().len();
    let clipped_before = from > whole.start;
    let mut text = String::new();
    let shift = if clipped_before {
        text.push('…');
        1
    } else {
        0
    };
    let cut = if clipped_before { 0 } else { lead };
    text.push_str(body[cut..].trim_end());
    if to < whole.end {
        text.push('…');
    }
    let length = text.chars().count();
    let base = locator.chars_before(from + cut);
    let mut marks: Vec<Mark> = std::iter::once((at, main))
        .chain(related.iter().map(|r| (*r, false)))
        .filter(|(s, _)| window.contains(*s) && !s.is_empty())
        .map(|(s, main)| {
            let [start, end] = locator.char_span(s);
            Mark {
                start: (start.saturating_sub(base) + shift).min(length),
                end: (end.saturating_sub(base) + shift).min(length),
                main,
            }
        })
        .filter(|m| m.start < m.end)
        .collect();
    // The figure in question wins where two overlap.
    marks.sort_by_key(|m| (m.start, !m.main, m.end));
    let main_mark = marks.iter().copied().find(|m| m.main);
    let mut free = 0;
    marks.retain(|m| {
        let clear = m.main || main_mark.is_none_or(|k| m.end <= k.start || k.end <= m.start);
        let keep = clear && m.start >= free;
        if keep {
            free = m.end;
        }
        keep
    });
    (window, Shown::Line { text, marks })
}

/// The rows of one table that hold the figure in question or those it rests on.
fn table(locator: &Locator<'_>, first: CellAt, main: Option<CellAt>, related: &[Span]) -> Option<Shown> {
    let table = locator.circular().tables.get(first.table)?;
    let n_cols = table.rows.first().map_or(table.header.len(), |r| r.cells.len());
    let columns = columns(n_cols, main.unwrap_or(first).col);
    let shown_at = |col: usize| columns.iter().position(|c| *c == col);
    // Marked columns of each row, by row.
    let mut marked: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut omitted: BTreeSet<usize> = BTreeSet::new();
    if let Some(main) = main {
        marked.entry(main.row).or_default();
    }
    for cell in related.iter().filter_map(|span| locator.cell_at(*span)) {
        if cell.table != first.table {
            continue;
        }
        if marked.len() >= MAX_ROWS && !marked.contains_key(&cell.row) {
            omitted.insert(cell.row);
            continue;
        }
        let cols = marked.entry(cell.row).or_default();
        if let Some(col) = shown_at(cell.col)
            && !cols.contains(&col)
        {
            cols.push(col);
        }
    }
    let header = |col: usize| table.header.get(col).map_or("", |t| t.as_str());
    Some(Shown::Table {
        header: columns.iter().map(|c| clip(header(*c))).collect(),
        rows: marked
            .into_iter()
            .map(|(row, mut related)| {
                let data = row.checked_sub(1).and_then(|r| table.rows.get(r));
                let main = main.filter(|m| m.row == row).and_then(|m| shown_at(m.col));
                related.retain(|col| main != Some(*col));
                related.sort_unstable();
                ExcerptRow {
                    row,
                    cells: columns
                        .iter()
                        .map(|c| clip(data.map_or(header(*c), |r| r.cells.get(*c).map_or("", |x| x.text.as_str()))))
                        .collect(),
                    main,
                    related,
                }
            })
            .collect(),
        omitted: omitted.len(),
    })
}

/// The columns to show: all, or the first and a window around `main`.
fn columns(n_cols: usize, main: usize) -> Vec<usize> {
    if n_cols <= MAX_COLUMNS {
        return (0..n_cols).collect();
    }
    let room = MAX_COLUMNS - 1;
    let start = main.saturating_sub(room / 2).clamp(1, n_cols - room);
    std::iter::once(0).chain(start..start + room).collect()
}

/// On one line, not longer than a cell may be.
fn clip(text: &str) -> String {
    let mut out = String::new();
    for (n, c) in text.chars().enumerate() {
        if n == MAX_CELL {
            out.push('…');
            break;
        }
        out.push(if c.is_whitespace() { ' ' } else { c });
    }
    out
}

/// Bytes of the last `n` characters of `text`.
fn tail_len(text: &str, n: usize) -> usize {
    match n.checked_sub(1) {
        None => 0,
        Some(last) => text
            .char_indices()
            .rev()
            .nth(last)
            .map_or(text.len(), |(at, _)| text.len() - at),
    }
}

/// Bytes of the first `n` characters of `text`.
fn head_len(text: &str, n: usize) -> usize {
    text.char_indices().nth(n).map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_circular::{Cell, Circular, Element, Row, Table, TableIdx};
    use gouji_document::{Document, Format, Text};

    fn document(text: &str) -> Document {
        Document {
            format: Format::Txt,
            text: text.to_owned(),
            blocks: Vec::new(),
            encoding: None,
        }
    }

    fn span(text: &str, part: &str) -> Span {
        let start = text.find(part).expect("a part of the text");
        Span::new(start, start + part.len())
    }

    fn marked(shown: &Shown) -> Vec<String> {
        match shown {
            Shown::Line { text, marks } => marks
                .iter()
                .map(|m| text.chars().skip(m.start).take(m.end - m.start).collect())
                .collect(),
            Shown::Table { rows, .. } => rows
                .iter()
                .flat_map(|r| r.main.iter().chain(&r.related).map(|i| r.cells[*i].clone()))
                .collect(),
        }
    }

    #[test]
    fn one_line_carries_all_its_figures() {
        let text = "首行\n　　收到来信30件，其中：求助12件、咨询17件。\n末行";
        let doc = document(text);
        let circular = Circular::default();
        let locator = Locator::new(&doc, &circular);
        let got = excerpts(&locator, span(text, "30件"), &[span(text, "12件"), span(text, "17件")]);
        assert_eq!(got.len(), 1);
        assert_eq!(marked(&got[0].shown), ["30件", "12件", "17件"]);
        assert_eq!(got[0].place, "第2行");
        let Shown::Line { text, .. } = &got[0].shown else {
            panic!("a line")
        };
        assert_eq!(text, "收到来信30件，其中：求助12件、咨询17件。");
    }

    #[test]
    fn a_long_line_is_clipped_around_the_figure() {
        let text = format!("{}98件{}", "甲".repeat(50_000), "乙".repeat(50_000));
        let doc = document(&text);
        let circular = Circular::default();
        let locator = Locator::new(&doc, &circular);
        let got = excerpts(&locator, span(&text, "98件"), &[]);
        assert_eq!(marked(&got[0].shown), ["98件"]);
        let Shown::Line { text, .. } = &got[0].shown else {
            panic!("a line")
        };
        assert!(text.starts_with("…甲") && text.ends_with("乙…"));
        assert!(text.chars().count() <= BEFORE + AFTER + 5);
    }

    #[test]
    fn many_related_places_give_few_excerpts() {
        let text = (0..5000).map(|n| format!("第{n}件\n")).collect::<String>();
        let doc = document(&text);
        let circular = Circular::default();
        let locator = Locator::new(&doc, &circular);
        let related: Vec<Span> = (1..5000).map(|n| span(&text, &format!("第{n}件"))).collect();
        assert_eq!(excerpts(&locator, span(&text, "第0件"), &related).len(), MAX_EXCERPTS);
    }

    /// A table of a header and rows, one cell a line, as a converter leaves it.
    fn flat_table(rows: &[[&str; 2]]) -> (String, Circular) {
        let mut text = String::new();
        let mut made: Vec<Vec<Text>> = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            for part in row {
                let start = text.len();
                text.push_str(part);
                cells.push(Text::from_source(&text, Span::new(start, text.len())));
                text.push('\n');
            }
            made.push(cells);
        }
        let header = made.remove(0);
        let rows = made
            .into_iter()
            .map(|cells| Row {
                cells: cells
                    .into_iter()
                    .map(|text| Cell {
                        text,
                        ..Cell::default()
                    })
                    .collect(),
                hidden: false,
            })
            .collect();
        let circular = Circular {
            body: vec![Element::Table(TableIdx(0))],
            tables: vec![Table {
                header,
                rows,
                ..Table::default()
            }],
            ..Circular::default()
        };
        (text, circular)
    }

    #[test]
    fn a_cell_is_shown_in_its_row_under_the_header() {
        let (text, circular) = flat_table(&[["单位", "得分"], ["东岭镇", "95"], ["石桥乡", "88"], ["合计", "184"]]);
        let doc = document(&text);
        let locator = Locator::new(&doc, &circular);
        let got = excerpts(&locator, span(&text, "184"), &[span(&text, "95"), span(&text, "88")]);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].place, "表1第3行“合计”第2列");
        let Shown::Table { header, rows, omitted } = &got[0].shown else {
            panic!("a table")
        };
        assert_eq!((header[0].as_str(), *omitted), ("单位", 0));
        assert_eq!(
            rows.iter().map(|r| r.cells[0].as_str()).collect::<Vec<_>>(),
            ["东岭镇", "石桥乡", "合计"]
        );
        assert_eq!((rows[2].main, &rows[0].related), (Some(1), &vec![1]));
    }

    #[test]
    fn of_a_long_column_a_few_rows_are_shown_and_the_rest_counted() {
        let names: Vec<String> = (0..50).map(|n| format!("镇{n:02}")).collect();
        let scores: Vec<String> = (100..150).map(|n| n.to_string()).collect();
        let mut rows = vec![["单位", "得分"]];
        rows.extend(names.iter().zip(&scores).map(|(a, b)| [a.as_str(), b.as_str()]));
        rows.push(["合计", "9999"]);
        let (text, circular) = flat_table(&rows);
        let doc = document(&text);
        let locator = Locator::new(&doc, &circular);
        let related: Vec<Span> = scores.iter().map(|s| span(&text, s)).collect();
        let got = excerpts(&locator, span(&text, "9999"), &related);
        let Shown::Table { rows, omitted, .. } = &got[0].shown else {
            panic!("a table")
        };
        assert_eq!((rows.len(), *omitted), (MAX_ROWS, 50 - (MAX_ROWS - 1)));
        assert_eq!(rows.last().expect("rows").main, Some(1));
    }

    #[test]
    fn a_wide_table_keeps_its_first_column_and_the_marked_one() {
        let shown = columns(5000, 4321);
        assert_eq!(shown.len(), MAX_COLUMNS);
        assert!(shown[0] == 0 && shown.contains(&4321));
        assert_eq!(columns(13, 0).len(), MAX_COLUMNS);
        assert!(columns(13, 12).contains(&12));
    }

    #[test]
    fn hostile_spans_do_not_panic() {
        let doc = document("甲乙");
        let circular = Circular::default();
        let locator = Locator::new(&doc, &circular);
        for (start, end) in [(0, 0), (1, 2), (6, 6), (6, 900), (900, 901), (0, 6)] {
            excerpts(&locator, Span::new(start, end), &[Span::new(2, 5)]);
        }
    }
}
