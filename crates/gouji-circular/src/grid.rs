//! A grid of the format (docx, xlsx, html) becomes a table: header rows found and joined, merged cells filled.

use std::sync::LazyLock;

use gouji_document::{Document, Grid, Hidden, Span, Text};
use regex::Regex;

use crate::parts::{clean, join_onto, width};
use crate::text_table::figures::{is_data_row, is_numeric};
use crate::{Cell, Discarded, Row, Table, panels};

/// A line about the whole table: 单位：万元, 统计时间：….
pub(crate) static UNIT_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(]?(?:计量)?(?:单位|金额单位|数据单位)\s*[:：]\s*\S{1,12}[)）]?$").expect("a fixed pattern")
});

/// The start of the notes under a table.
pub(crate) static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[（(]?(?:注|备注|说明|附注|数据来源|计算公式|计算方法|统计口径|填表人|制表人?|审核人?|填报人)(?:\s*\d{1,2}|[一二三四五])?\s*[:：.．、]|注\s*\d)").expect("a fixed pattern")
});

/// A numbered note after the first.
pub(crate) static NEXT_NOTE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:\d{1,2}\s*[.．、]\s*\D|[（(]\d{1,2}[)）]|[①-⑳])").expect("a fixed pattern"));

/// Most bytes that the copies of one merged cell may take together.
const MAX_FILL_OF_CELL: usize = 1 << 20;

/// Most bytes that the copies of all merged cells of a document may take together; those beyond it are left blank.
pub const MAX_FILL: usize = 4 << 20;

/// What copies of merged cells may still take.
pub(crate) struct Fill {
    left: usize,
    /// Copies that were left blank.
    pub n_blank: usize,
}

impl Default for Fill {
    fn default() -> Self {
        Self {
            left: MAX_FILL,
            n_blank: 0,
        }
    }
}

impl Fill {
    /// The string of a copy of a cell that covers `area` places, empty where there is no room for it.
    fn copy<'t>(&mut self, text: &'t Text, area: usize) -> &'t str {
        if text.len() > self.left || text.len().saturating_mul(area) > MAX_FILL_OF_CELL {
            self.n_blank += 1;
            return "";
        }
        self.left -= text.len();
        text.as_str()
    }
}

/// Reads a grid; `None` if it holds no text.
pub(crate) fn read(
    document: &Document,
    grid: &Grid,
    cuts: &[Span],
    fill: &mut Fill,
    discarded: &mut Vec<Discarded>,
) -> Option<Table> {
    let texts: Vec<Text> = grid.cells.iter().map(|c| cell_text(document, c.span, cuts)).collect();
    let cover = grid.coverage();
    let at = |row: usize, col: usize| cover[row * grid.n_cols + col];
    let filled = |row: usize, col: usize| at(row, col).is_some_and(|idx| !texts[idx].is_empty());
    let last_row = (0..grid.n_rows)
        .rev()
        .find(|r| (0..grid.n_cols).any(|c| filled(*r, c)))?;
    let last_col = (0..grid.n_cols)
        .rev()
        .find(|c| (0..grid.n_rows).any(|r| filled(r, *c)))?;
    let (n_rows, n_cols) = (last_row + 1, last_col + 1);
    // The distinct cells of a row that hold text.
    let row_cells = |row: usize| -> Vec<usize> {
        let mut out: Vec<usize> = Vec::new();
        for col in 0..n_cols {
            if let Some(idx) = at(row, col)
                && !texts[idx].is_empty()
                && out.last() != Some(&idx)
            {
                out.push(idx);
            }
        }
        out
    };
    let mut table = Table {
        panels: 1,
        sheet: grid.sheet.clone(),
        ..Table::default()
    };
    let mut taken = vec![false; grid.cells.len()];
    let mut first = 0;
    while first < n_rows {
        let cells = row_cells(first);
        let around = cells.len() == 1 && n_rows > first + 1;
        let labelled = cells.len() <= 3 && cells.iter().all(|&i| texts[i].contains(['：', ':'])) && !cells.is_empty();
        // A cell that reaches down belongs to the rows below too.
        let down = cells
            .iter()
            .any(|&i| grid.cells[i].row + grid.cells[i].row_span > first + 1);
        if cells.is_empty() {
            first += 1;
            continue;
        }
        if down || !(around || labelled) {
            break;
        }
        for idx in cells {
            if std::mem::replace(&mut taken[idx], true) {
                continue;
            }
            let text = texts[idx].clone();
            if labelled || UNIT_LINE.is_match(text.as_str()) {
                append_line(&mut table.unit_line, &text);
            } else {
                append_line(&mut table.caption, &text);
            }
        }
        first += 1;
    }
    let mut end = n_rows;
    while end > first + 1 {
        let cells = row_cells(end - 1);
        if cells.is_empty() {
            end -= 1;
            continue;
        }
        let own = cells.iter().all(|&i| grid.cells[i].row == end - 1);
        let head = &texts[cells[0]];
        if !(own
            && cells.len() <= 3
            && (NOTE.is_match(head) || cells.len() == 1 && noted_above(end, first, &row_cells, &texts)))
        {
            break;
        }
        end -= 1;
    }
    for row in end..n_rows {
        for idx in row_cells(row) {
            if !std::mem::replace(&mut taken[idx], true) {
                table.notes.push(texts[idx].clone());
            }
        }
    }
    let header_rows = header_rows(grid, first, end, n_cols, &at, &texts);
    for col in 0..n_cols {
        let mut name = Text::default();
        let mut last = None;
        for row in first..first + header_rows {
            let Some(idx) = at(row, col) else { continue };
            if last == Some(idx) {
                continue;
            }
            last = Some(idx);
            if taken[idx] {
                let source = &grid.cells[idx];
                let area = source.row_span.saturating_mul(source.col_span);
                name.push_synthetic(fill.copy(&texts[idx], area));
            } else {
                name.append(&texts[idx]);
            }
            taken[idx] = true;
        }
        table.header.push(name);
    }
    for row in first + header_rows..end {
        let group = (n_cols > 2 && row_cells(row).len() == 1)
            .then(|| at(row, 0))
            .flatten()
            .filter(|&idx| grid.cells[idx].row == row && grid.cells[idx].col_span > 1);
        let mut out = Row::default();
        for col in 0..n_cols {
            let Some(idx) = at(row, col) else {
                out.cells.push(Cell::default());
                continue;
            };
            let source = &grid.cells[idx];
            let copy = taken[idx];
            taken[idx] = true;
            let text = match (copy, group) {
                (false, _) => texts[idx].clone(),
                (true, Some(g)) if g == idx => Text::default(),
                (true, _) => Text::synthetic(fill.copy(&texts[idx], source.row_span.saturating_mul(source.col_span))),
            };
            out.cells.push(Cell {
                text,
                filled: copy,
                formula: (!copy).then(|| source.formula.clone()).flatten(),
                address: source.address,
            });
        }
        out.hidden = row_hidden(grid, row, n_cols, &at);
        table.rows.push(out);
    }
    // A cell that others cover wholly (a defect of the source) is shown under the table rather than lost.
    for (idx, text) in texts.iter().enumerate() {
        if !taken[idx] && !text.is_empty() {
            table.notes.push(text.clone());
        }
    }
    panels::drop_repeated_headers(&mut table, discarded);
    panels::stack(&mut table, discarded);
    Some(table)
}

fn noted_above(end: usize, first: usize, row_cells: &dyn Fn(usize) -> Vec<usize>, texts: &[Text]) -> bool {
    // A continuation of notes: only single-cell rows stand between it and the row that opens them.
    for row in (first + 1..end).rev().take(12) {
        let cells = row_cells(row);
        if cells.len() != 1 {
            return false;
        }
        if NOTE.is_match(&texts[cells[0]]) {
            return true;
        }
    }
    false
}

fn append_line(slot: &mut Option<Text>, text: &Text) {
    match slot {
        Some(line) => {
            line.push_synthetic(" ");
            line.append(text);
        }
        None => *slot = Some(text.clone()),
    }
}

fn cell_text(document: &Document, span: Span, cuts: &[Span]) -> Text {
    let mut out = Text::default();
    let mut at = span.start;
    for line in document.text[span.range()].split('\n') {
        let text = clean(&document.text, Span::new(at, at + line.len()), cuts);
        at += line.len() + 1;
        if !text.is_empty() {
            join_onto(&mut out, &text);
        }
    }
    out
}

fn row_hidden(grid: &Grid, row: usize, n_cols: usize, at: &dyn Fn(usize, usize) -> Option<usize>) -> bool {
    let mut any = false;
    for col in 0..n_cols {
        if let Some(idx) = at(row, col)
            && grid.cells[idx].row == row
        {
            if grid.cells[idx].hidden != Some(Hidden::Sheet) {
                return false;
            }
            any = true;
        }
    }
    any
}

/// How many rows from `first` are the header: what the format says, else the rows that a merged head cell covers; none where the first
/// is a row like those below it.
fn header_rows(
    grid: &Grid,
    first: usize,
    end: usize,
    n_cols: usize,
    at: &dyn Fn(usize, usize) -> Option<usize>,
    texts: &[Text],
) -> usize {
    let room = end.saturating_sub(first);
    if room <= 1 {
        return room;
    }
    if grid.header_rows > first {
        return (grid.header_rows - first).min(room - 1).min(4);
    }
    let head = |row: usize| {
        (0..n_cols)
            .filter_map(move |col| at(row, col))
            .map(|idx| &grid.cells[idx])
    };
    let row = |row: usize| -> Vec<&str> {
        (0..n_cols)
            .map(|col| at(row, col).map_or("", |idx| texts[idx].as_str()))
            .collect()
    };
    let below: Vec<Vec<&str>> = (first + 1..end.min(first + 9)).map(row).collect();
    if is_data_row(&row(first), &below) {
        return 0;
    }
    let across = head(first).any(|c| c.row == first && c.col_span > 1 && c.col_span < n_cols);
    if !across {
        return 1;
    }
    let down = head(first)
        .filter(|c| c.row == first)
        .map(|c| c.row_span)
        .filter(|n| *n <= 3)
        .max()
        .unwrap_or(1);
    let wordy = |row: usize| {
        let own: Vec<usize> = (0..n_cols)
            .filter_map(|col| at(row, col))
            .filter(|&idx| grid.cells[idx].row == row && !texts[idx].is_empty())
            .collect();
        !own.is_empty()
            && own
                .iter()
                .all(|&idx| !is_numeric(&texts[idx]) && width(&texts[idx]) <= 20)
    };
    let mut n = 1;
    while n < down.max(2).min(room - 1) && wordy(first + n) {
        n += 1;
    }
    n
}
