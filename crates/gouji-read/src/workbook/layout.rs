//! What blocks a sheet becomes.
//!
//! People lay sheets out for print: a title merged over the table, a line with unit and date, the table, notes under it,
//! perhaps a second table after an empty row. Rows are parted into bands at empty rows; in each band, leading title and
//! label rows and trailing notes become paragraphs, and what is between them is one table, or several side by side: parted by an
//! empty column, each with names of its own for its rows, and under other headers. Halves of one table under the same header stay
//! together; the circular stacks them.

use std::collections::BTreeMap;

use gouji_document::{Address, Hidden, Paragraph};

use super::sheet::{Sheet, SheetCell};
use crate::assembly::{Assembly, PlacedCell, TableFrame};

/// A cell with what it covers. What it holds behind what it shows is done with: large sheets are as large as memory allows.
#[derive(Debug)]
struct Covering {
    cell: Shown,
    bottom: u32,
    right: u32,
}

/// What a cell shows.
#[derive(Debug)]
struct Shown {
    row: u32,
    col: u32,
    text: String,
    formula: Option<String>,
}

impl Shown {
    fn address(&self) -> Address {
        Address {
            row: self.row,
            col: self.col,
        }
    }
}

impl From<SheetCell> for Shown {
    fn from(cell: SheetCell) -> Self {
        let SheetCell {
            row,
            col,
            text,
            formula,
            ..
        } = cell;
        Self {
            row,
            col,
            text,
            formula,
        }
    }
}

/// Tables side by side in one band.
const MAX_ABREAST: usize = 8;

/// Beginnings of a line under a table that is not data.
const NOTE_MARKS: [&str; 10] = [
    "注",
    "备注",
    "说明",
    "附注",
    "数据来源",
    "填表",
    "填报",
    "制表",
    "审核",
    "统计时间",
];

impl Sheet {
    /// Appends the sheet's blocks. `new_page`: it is not the first that shows something.
    pub fn lower(mut self, new_page: bool, assembly: &mut Assembly) {
        self.cells.retain(|c| !c.text.trim().is_empty());
        // Where a position is given twice, the first wins.
        self.cells.sort_by_key(|c| (c.row, c.col));
        self.cells.dedup_by_key(|c| (c.row, c.col));
        self.merges.sort_by_key(|m| (m.top, m.left));
        self.hidden_rows.sort_unstable();
        self.hidden_cols.sort_unstable();
        let cells = std::mem::take(&mut self.cells);
        let mut rows: Vec<Vec<Covering>> = Vec::new();
        for cell in cells {
            let merge = self
                .merges
                .binary_search_by_key(&(cell.row, cell.col), |m| (m.top, m.left))
                .ok()
                .map(|at| self.merges[at]);
            let covering = Covering {
                bottom: merge.map_or(cell.row, |m| m.bottom.max(cell.row)),
                right: merge.map_or(cell.col, |m| m.right.max(cell.col)),
                cell: cell.into(),
            };
            match rows.last_mut() {
                Some(row) if row[0].cell.row == covering.cell.row => row.push(covering),
                last => {
                    // Most rows are as wide as the one above.
                    let mut row = Vec::with_capacity(last.map_or(1, |row| row.len()));
                    row.push(covering);
                    rows.push(row);
                }
            }
        }
        let first_block = assembly.n_blocks();
        let mut band: Vec<Vec<Covering>> = Vec::new();
        let mut reach = 0u32;
        for row in rows {
            let at = row[0].cell.row;
            if !band.is_empty() && at > reach.saturating_add(1) {
                self.lower_band(std::mem::take(&mut band), MAX_ABREAST, assembly);
            }
            let row_reach = row.iter().map(|c| c.bottom).max().unwrap_or(at);
            reach = if band.is_empty() {
                row_reach
            } else {
                reach.max(row_reach)
            };
            band.push(row);
        }
        self.lower_band(band, MAX_ABREAST, assembly);
        if new_page && let Some(block) = assembly.blocks_mut().get_mut(first_block) {
            match block {
                gouji_document::Block::Paragraph(p) => p.page_break_before = true,
                gouji_document::Block::Table(t) => t.page_break_before = true,
            }
        }
    }

    /// `abreast` is how many tables side by side it may still be parted into.
    fn lower_band(&self, mut band: Vec<Vec<Covering>>, abreast: usize, assembly: &mut Assembly) {
        let Some(left) = band.iter().flatten().map(|c| c.cell.col).min() else {
            return;
        };
        if band.iter().all(|row| row.len() == 1) {
            for row in band {
                self.paragraphs(&row, assembly);
            }
            return;
        }
        // The width is that of the rows with several cells: a title may be merged over more columns than the table has.
        let several = || band.iter().filter(|row| row.len() > 1).flatten();
        let right = several().map(|c| c.right).max().unwrap_or(left);
        let left = several().map(|c| c.cell.col).min().unwrap_or(left);
        let n_leading = leading(&band, left);
        let n_trailing = trailing(&band[n_leading..], left, right);
        let notes = band.split_off(band.len() - n_trailing);
        let table = band.split_off(n_leading);
        for row in &band {
            self.paragraphs(row, assembly);
        }
        match column_gap(&table).filter(|_| abreast > 1) {
            Some(gap) => {
                let (near, far) = parted(table, gap);
                self.lower_band(near, 1, assembly);
                self.lower_band(far, abreast - 1, assembly);
            }
            None => self.table(table, assembly),
        }
        for row in &notes {
            self.paragraphs(row, assembly);
        }
    }

    fn hidden_at(&self, row: u32, col: u32) -> Option<Hidden> {
        let row_hidden = self.hidden_rows.binary_search(&row).is_ok();
        let at = self.hidden_cols.partition_point(|(first, _)| *first <= col);
        let col_hidden = at > 0 && self.hidden_cols[at - 1].1 >= col;
        (self.is_hidden || row_hidden || col_hidden).then_some(Hidden::Sheet)
    }

    fn paragraphs(&self, row: &[Covering], assembly: &mut Assembly) {
        for covering in row {
            let cell = &covering.cell;
            assembly.paragraph(
                &cell.text,
                Paragraph {
                    hidden: self.hidden_at(cell.row, cell.col),
                    sheet: Some(self.name.clone()),
                    address: Some(cell.address()),
                    ..Paragraph::default()
                },
            );
        }
    }

    fn table(&self, rows: Vec<Vec<Covering>>, assembly: &mut Assembly) {
        let top = rows.first().map_or(0, |row| row[0].cell.row);
        let left = rows.iter().flatten().map(|c| c.cell.col).min().unwrap_or(0);
        let bottom = rows.iter().flatten().map(|c| c.bottom).max().unwrap_or(top);
        let count = |from: u32, to: u32| (to - from) as usize + 1;
        let placed = rows
            .into_iter()
            .flatten()
            .map(|c| PlacedCell {
                row: (c.cell.row - top) as usize,
                col: (c.cell.col - left) as usize,
                row_span: count(c.cell.row, c.bottom),
                col_span: count(c.cell.col, c.right),
                address: Some(c.cell.address()),
                hidden: self.hidden_at(c.cell.row, c.cell.col),
                text: c.cell.text,
                anchors: Vec::new(),
                formula: c.cell.formula,
            })
            .collect();
        assembly.table(
            placed,
            TableFrame {
                n_rows: count(top, bottom),
                hidden: self.is_hidden.then_some(Hidden::Sheet),
                sheet: Some(self.name.clone()),
                ..TableFrame::default()
            },
        );
    }
}

/// The first empty column that parts a table from another to its right.
fn column_gap(rows: &[Vec<Covering>]) -> Option<u32> {
    // How far the cells of each column reach.
    let mut reach: BTreeMap<u32, u32> = BTreeMap::new();
    for cell in rows.iter().flatten() {
        let right = reach.entry(cell.cell.col).or_default();
        *right = cell.right.max(*right);
    }
    let mut end = *reach.first_key_value()?.0;
    let mut n_gaps = 0;
    for (col, right) in reach {
        let is_gap = col > end.saturating_add(1);
        n_gaps += usize::from(is_gap);
        if n_gaps > MAX_ABREAST {
            return None;
        }
        if is_gap && is_table(rows, 0, end) && is_table(rows, col, u32::MAX) && !same_header(rows, end + 1) {
            return Some(end + 1);
        }
        end = end.max(right);
    }
    None
}

/// Whether the columns from `first` to `last` could be a table by themselves: two columns and rows, and names in the first.
fn is_table(rows: &[Vec<Covering>], first: u32, last: u32) -> bool {
    let inside = |c: &&Covering| (first..=last).contains(&c.cell.col);
    let cells = || rows.iter().map(|row| row.iter().filter(inside).collect::<Vec<_>>());
    let Some(left) = cells().flatten().map(|c| c.cell.col).min() else {
        return false;
    };
    let several = cells().filter(|row| row.len() > 1).count();
    let is_number = |c: &Covering| {
        let text = c.cell.text.trim();
        text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.'))
    };
    let names = cells().flatten().filter(|c| c.cell.col == left);
    let numbers = names.clone().filter(|c| is_number(c)).count();
    several >= 2 && numbers * 2 < names.count()
}

/// Whether a header stands on both sides of an empty column: the halves of one table.
fn same_header(rows: &[Vec<Covering>], gap: u32) -> bool {
    rows.iter().take(3).any(|row| {
        let (near, far): (Vec<_>, Vec<_>) = row.iter().partition(|c| c.cell.col < gap);
        far.iter()
            .any(|f| near.iter().any(|n| n.cell.text.trim() == f.cell.text.trim()))
    })
}

/// The rows left and right of an empty column.
fn parted(rows: Vec<Vec<Covering>>, gap: u32) -> (Vec<Vec<Covering>>, Vec<Vec<Covering>>) {
    let (mut near, mut far) = (Vec::new(), Vec::new());
    for row in rows {
        let (left, right): (Vec<_>, Vec<_>) = row.into_iter().partition(|c| c.cell.col < gap);
        near.push(left);
        far.push(right);
    }
    near.retain(|row| !row.is_empty());
    far.retain(|row| !row.is_empty());
    (near, far)
}

/// How many rows at the top are title or label rows.
fn leading(band: &[Vec<Covering>], left: u32) -> usize {
    let mut n = 0;
    while let [row, next, ..] = &band[n..] {
        let stands_apart = row.iter().all(|c| c.bottom < next[0].cell.row);
        // A lone cell further right is the upper row of a header whose corner is empty.
        let is_title = row.len() == 1 && row[0].cell.col <= left;
        if !(stands_apart && (is_title || row.iter().all(is_label))) {
            break;
        }
        n += 1;
    }
    n
}

/// How many rows at the bottom are notes.
fn trailing(band: &[Vec<Covering>], left: u32, right: u32) -> usize {
    let lone = |row: &&Vec<Covering>| row.len() == 1 && row[0].cell.col <= left && row[0].bottom == row[0].cell.row;
    let labels = band
        .iter()
        .rev()
        .take_while(|row| row.len() > 1 && row.iter().all(is_label))
        .count();
    let body = &band[..band.len() - labels];
    let n_lone = body
        .iter()
        .rev()
        .take_while(lone)
        .count()
        .min(body.len().saturating_sub(1));
    let run = &body[body.len() - n_lone..];
    // A lone cell may be a row with nothing but its name; a note says that it is one, or is merged across.
    let first_note = run.iter().position(|row| {
        let cell = &row[0];
        let covered = cell.right - cell.cell.col + 1;
        let is_wide = covered >= 2 && covered * 2 > right - left;
        is_wide
            || NOTE_MARKS
                .iter()
                .any(|mark| cell.cell.text.trim_start().starts_with(mark))
    });
    labels.min(band.len() - 1) + first_note.map_or(0, |at| run.len() - at)
}

/// `填报单位：甲局`, `日期:2024年9月`.
fn is_label(covering: &Covering) -> bool {
    let text = covering.cell.text.trim();
    text.find(['：', ':']).is_some_and(|at| {
        (2..=8).contains(&text[..at].chars().count()) && !text[..at].chars().any(|c| c.is_ascii_digit())
    })
}
#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::sheet::Merge;
    use gouji_document::{Block, Document, Format};

    /// Cells from lines of `address text`, `address:address text` for merged ones.
    fn sheet(lines: &[&str]) -> Sheet {
        let place = |a: &str| {
            let col = a
                .bytes()
                .take_while(u8::is_ascii_uppercase)
                .fold(0, |n, b| n * 26 + u32::from(b - b'A') + 1)
                - 1;
            let row: u32 = a
                .trim_start_matches(|c: char| c.is_ascii_uppercase())
                .parse()
                .expect("a row");
            (row - 1, col)
        };
        let mut out = Sheet {
            name: "表".to_owned(),
            ..Sheet::default()
        };
        for line in lines {
            let (at, text) = line.split_once(' ').expect("address and text");
            let (first, last) = at.split_once(':').unwrap_or((at, at));
            let ((top, left), (bottom, right)) = (place(first), place(last));
            out.cells.push(SheetCell {
                row: top,
                col: left,
                text: text.to_owned(),
                ..SheetCell::default()
            });
            if first != last {
                out.merges.push(Merge {
                    top,
                    left,
                    bottom,
                    right,
                });
            }
        }
        out
    }

    fn lowered(sheet: Sheet) -> Document {
        let mut assembly = Assembly::default();
        sheet.lower(false, &mut assembly);
        assembly.finish(Format::Xlsx, None).0
    }

    /// `P text` for paragraphs, `T` with rows parted by `/` and cells by `|` for tables.
    #[track_caller]
    fn check(lines: &[&str], expected: &[&str]) {
        let document = lowered(sheet(lines));
        let found: Vec<String> = document
            .blocks
            .iter()
            .map(|b| match b {
                Block::Paragraph(p) => format!("P {}", document.quote(p.span)),
                Block::Table(t) => format!("T {}", document.quote(t.span).replace('\n', "/").replace('\t', "|")),
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn titles_and_notes_stand_outside_the_table() {
        check(
            &[
                "A1 附件1",
                "A2:C2 信件办理情况表",
                "A3 填报单位：甲局",
                "C3 单位：件",
                "A4 单位",
                "B4 受理",
                "C4 办结",
                "A5 甲镇",
                "B5 12",
                "C5 11",
                "A6:C6 注：以上为8月数据。",
                "A7 2.不含咨询。",
                "A8 填表人：某某",
                "C8 审核人：某某",
            ],
            &[
                "P 附件1",
                "P 信件办理情况表",
                "P 填报单位：甲局",
                "P 单位：件",
                "T 单位|受理|办结/甲镇|12|11",
                "P 注：以上为8月数据。",
                "P 2.不含咨询。",
                "P 填表人：某某",
                "P 审核人：某某",
            ],
        );
    }

    #[test]
    fn header_rows_and_bare_rows_stay_in_the_table() {
        check(
            &[
                "B1:C1 数量",
                "A2 单位",
                "B2 受理",
                "C2 办结",
                "A3 甲镇",
                "B3 1",
                "C3 1",
                "A4 乙镇",
            ],
            &["T |数量/单位|受理|办结/甲镇|1|1/乙镇||"],
        );
        check(
            &[
                "A1:A2 单位",
                "B1:C1 数量",
                "B2 受理",
                "C2 办结",
                "A3 甲镇",
                "B3 1",
                "C3 1",
            ],
            &["T 单位|数量/受理|办结/甲镇|1|1"],
        );
    }

    #[test]
    fn empty_rows_part_tables_but_merges_bridge_them() {
        check(
            &["A1 甲", "B1 乙", "A2 1", "B2 2", "A4 丙", "B4 丁", "A5 3", "B5 4"],
            &["T 甲|乙/1|2", "T 丙|丁/3|4"],
        );
        check(&["A1 甲", "B1 乙", "A2:A4 丙", "B2 1", "B4 2"], &["T 甲|乙/丙|1//2"]);
    }

    #[test]
    fn tables_side_by_side_are_parted_and_halves_of_one_are_not() {
        check(
            &[
                "A1:G1 上半年情况",
                "A2 单位",
                "B2 受理",
                "D2 栏目",
                "E2 更新",
                "A3 甲镇",
                "B3 1",
                "D3 要闻",
                "E3 3",
                "A4 乙镇",
                "B4 2",
                "A5 注：不含咨询。",
            ],
            &[
                "P 上半年情况",
                "T 单位|受理/甲镇|1/乙镇|2",
                "T 栏目|更新/要闻|3",
                "P 注：不含咨询。",
            ],
        );
        // The same header: two halves.
        check(
            &[
                "A1 单位",
                "B1 受理",
                "D1 单位",
                "E1 受理",
                "A2 甲镇",
                "B2 1",
                "D2 乙镇",
                "E2 2",
            ],
            &["T 单位|受理||单位|受理/甲镇|1||乙镇|2"],
        );
        // An empty column for looks: what stands right of it has no names of its own.
        check(
            &[
                "A1 单位",
                "B1 受理",
                "D1 办结",
                "E1 超期",
                "A2 甲镇",
                "B2 2",
                "D2 1",
                "E2 1",
                "A3 乙镇",
                "B3 2",
                "D3 2",
                "E3 0",
            ],
            &["T 单位|受理||办结|超期/甲镇|2||1|1/乙镇|2||2|0"],
        );
    }

    #[test]
    fn lines_without_a_table_are_paragraphs() {
        check(&["A1:F1 通报", "A2 正文", "B4 尾"], &["P 通报", "P 正文", "P 尾"]);
    }

    #[test]
    fn hidden_rows_columns_and_sheets_are_marked() {
        let mut hidden = sheet(&["A1 甲", "B1 乙", "A2 1", "B2 2"]);
        hidden.hidden_rows = vec![1];
        hidden.hidden_cols = vec![(1, 3)];
        let document = lowered(hidden);
        let Block::Table(grid) = &document.blocks[0] else {
            panic!("a table")
        };
        let marks: Vec<bool> = grid.cells.iter().map(|c| c.hidden.is_some()).collect();
        assert_eq!(marks, [false, true, true, true]);
        assert_eq!(grid.cells[3].address.map(|a| a.to_string()).as_deref(), Some("B2"));
        let mut hidden = sheet(&["A1 甲"]);
        hidden.is_hidden = true;
        let document = lowered(hidden);
        assert!(matches!(&document.blocks[0], Block::Paragraph(p) if p.hidden == Some(Hidden::Sheet)));
    }

    #[test]
    fn hostile_merges_cost_nothing() {
        let mut hostile = sheet(&["A1 甲", "B1 乙", "A2 丙", "B3 丁"]);
        hostile.merges = vec![
            Merge {
                top: 0,
                left: 0,
                bottom: u32::MAX,
                right: u32::MAX
            };
            1000
        ];
        let document = lowered(hostile);
        assert!(document.text.contains('丁'));
    }
}
