//! The piece of source that a person needs to see a finding: a line with its figures marked, or a row of a table
//! under its header.
//!
//! Excerpts are cut when the record is made, so that reports need no source text; each has a fixed greatest size.

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
    #[serde(flatten)]
    pub shown: Shown,
}

/// What an excerpt shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Shown {
    /// A line or paragraph, clipped around the figure (`…` where it was).
    Line {
        /// The text.
        text: String,
        /// Figures in it, in order, not overlapping.
        marks: Vec<Mark>,
    },
    /// A row of a table.
    Row {
        /// Header cells of the columns shown.
        header: Vec<String>,
        /// The row's cells in those columns.
        cells: Vec<String>,
        /// Indices into `cells` of those that carry a figure of the finding; the first is the one to look at.
        marked: Vec<usize>,
    },
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
    // What an excerpt already shows: a byte range of a line, or a row.
    let mut lines: Vec<Span> = Vec::new();
    let mut rows: Vec<(usize, usize)> = Vec::new();
    for (nth, span) in std::iter::once(at).chain(related.iter().copied()).enumerate() {
        if out.len() == MAX_EXCERPTS {
            break;
        }
        if let Some(cell) = locator.cell_at(span) {
            if rows.contains(&(cell.table, cell.row)) {
                continue;
            }
            rows.push((cell.table, cell.row));
            if let Some(shown) = row(locator, cell, at, related) {
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

/// A row of a rebuilt table with the cells marked that hold one of the spans.
fn row(locator: &Locator<'_>, cell: CellAt, at: Span, related: &[Span]) -> Option<Shown> {
    let table = locator.circular().tables.get(cell.table)?;
    let data = cell.row.checked_sub(1).and_then(|r| table.rows.get(r));
    let n_cols = data.map_or(table.header.len(), |r| r.cells.len());
    let columns = columns(n_cols, cell.col);
    let mut marked = vec![cell.col];
    for span in std::iter::once(at).chain(related.iter().copied()).take(64) {
        if let Some(other) = locator.cell_at(span)
            && (other.table, other.row) == (cell.table, cell.row)
            && !marked.contains(&other.col)
        {
            marked.push(other.col);
        }
    }
    let header = |col: usize| table.header.get(col).map_or("", |t| t.as_str());
    Some(Shown::Row {
        header: columns.iter().map(|c| clip(header(*c))).collect(),
        cells: columns
            .iter()
            .map(|c| clip(data.map_or(header(*c), |r| r.cells.get(*c).map_or("", |x| x.text.as_str()))))
            .collect(),
        marked: marked
            .iter()
            .filter_map(|c| columns.iter().position(|shown| shown == c))
            .collect(),
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
            Shown::Row { cells, marked, .. } => marked.iter().map(|i| cells[*i].clone()).collect(),
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

    #[test]
    fn a_cell_is_shown_in_its_row() {
        let text = "单位\n得分\n东岭镇\n95\n";
        let doc = document(text);
        let cell = |part: &str| Cell {
            text: Text::from_source(text, span(text, part)),
            ..Cell::default()
        };
        let circular = Circular {
            body: vec![Element::Table(TableIdx(0))],
            tables: vec![Table {
                header: vec![
                    Text::from_source(text, span(text, "单位")),
                    Text::from_source(text, span(text, "得分")),
                ],
                rows: vec![Row {
                    cells: vec![cell("东岭镇"), cell("95")],
                    hidden: false,
                }],
                ..Table::default()
            }],
            ..Circular::default()
        };
        let locator = Locator::new(&doc, &circular);
        let got = excerpts(&locator, span(text, "95"), &[]);
        assert_eq!(got[0].place, "表1第1行第2列");
        assert_eq!(marked(&got[0].shown), ["95"]);
        let Shown::Row { header, cells, .. } = &got[0].shown else {
            panic!("a row")
        };
        assert_eq!((header[0].as_str(), cells[0].as_str()), ("单位", "东岭镇"));
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
