//! Tables: real rows and cells within the text area, the header repeated, no row torn.
//!
//! The standard says little about tables; what is done here is practice. Columns get their width from what they hold, the type
//! is the largest of the house's sizes at which it fits, numbers stand point under point. A table that the smallest type leaves too narrow on an
//! upright page gets landscape ones.

use std::ops::Range;

use gouji_circular::{Cell, Table};
use gouji_standard::{HalfPoints, House, TABLE_BODY_SIZES, TEXT_WIDTH, Twips};

use crate::head::{Group, groups, label};
use crate::measure::{widest_token, width};
use crate::paragraph::{Direct, paragraph};
use crate::style::{CellAlign, Style};
use crate::style_sheet::{CELL_PADDING, TABLE};
use crate::xml::Xml;

/// Word's limit; a wider table is written as several, one below the other.
const MOST_COLUMNS: usize = 63;
/// Text longer than this is set over several lines rather than widening its column: 12 characters, in half characters.
const WIDEST_UNWRAPPED: i32 = 24;
/// Lines that a header cell may take before it widens its column.
const HEADER_LINES: i32 = 2;
/// Added to what a column wants: the digits of a stand-in font may be wider than half a character.
const SPARE: i32 = 1;
/// A cell of text no longer than this many half characters is centred.
const WIDEST_CENTRED: i32 = 16;
/// A stretch that is longer, an address on the web, is broken after all.
const LONGEST_TOKEN: i32 = 16;
/// A header longer than this may well stand on several lines.
const LONGEST_HEADER: i32 = 16;
/// Rows of a table up to which it stays on one page.
const MOST_KEPT_ROWS: usize = 8;
/// What counts of a very long text when columns share the room that is left, in half characters.
const LONGEST_COUNTED: i32 = 160;

/// Of an entry this much, 6 characters, should stand on a line; of a header a third.
const FIRM_ENTRY: i32 = 12;
const FIRM_HEADER_LINES: i32 = 3;
/// Columns from which on a page may be turned.
const FEWEST_TURNED: usize = 8;

/// Writes a table `total` wide. `label` is its name for those who cannot see it.
pub(crate) fn write_table(xml: &mut Xml, table: &Table, label: &str, house: &House, total: Twips) {
    let n_cols = n_columns(table);
    let mut from = 0;
    while from < n_cols {
        let to = (from + MOST_COLUMNS).min(n_cols);
        if from > 0 {
            // Without a paragraph between them Word would join the two.
            xml.open("w:p", &[]);
            xml.open("w:pPr", &[]);
            xml.empty("w:pStyle", &[("w:val", &Style::Anchor)]);
            xml.close("w:pPr");
            xml.close("w:p");
        }
        panel(xml, table, label, from..to, house, total);
        from = to;
    }
}

fn n_columns(table: &Table) -> usize {
    let rows = table.rows.iter().map(|row| row.cells.len()).max();
    rows.unwrap_or(0).max(table.header.len())
}

/// Whether even the smallest type leaves columns of an upright page too narrow: numbers would be broken, or the words of headers and
/// entries torn over many lines. A landscape page must help, too.
pub(crate) fn needs_landscape(table: &Table, house: &House) -> bool {
    let n_cols = n_columns(table);
    // Fewer columns than this always find room.
    if !house.landscape || !(FEWEST_TURNED..=MOST_COLUMNS).contains(&n_cols) {
        return false;
    }
    let Some(smallest) = house.table_sizes().last() else {
        return false;
    };
    let columns = measure_all(table, &groups(&table.header, 0..n_cols), 0..n_cols);
    let firm: i64 = columns.iter().map(|c| i64::from(room(c.firm, smallest))).sum();
    firm > i64::from(TEXT_WIDTH.0)
}

/// What a column holds, in half characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Column {
    /// Room for its widest unbreakable stretch.
    least: i32,
    /// Room that it should have: short texts on one line, headers on few.
    wanted: i32,
    /// Room without which it would better stand on a landscape page.
    firm: i32,
    /// Room for its header on one line.
    header: i32,
    /// Its longest text on one line.
    longest: i32,
    /// Of its numbers, what stands before the decimal point, and the point with what follows.
    before_point: i32,
    from_point: i32,
    align: CellAlign,
}

/// A cell of a row with the columns it covers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Piece {
    /// First column.
    at: usize,
    /// Columns covered.
    span: usize,
    /// It goes on with the cell above.
    continues: bool,
}

fn panel(xml: &mut Xml, table: &Table, label: &str, range: Range<usize>, house: &House, total: Twips) {
    let groups = groups(&table.header, range.clone());
    let columns = measure_all(table, &groups, range.clone());
    let size = type_size(&columns, house, total);
    let widths = share(&columns, size, total);
    xml.open("w:tbl", &[]);
    properties(xml, label, total);
    xml.open("w:tblGrid", &[]);
    for width in &widths {
        xml.empty("w:gridCol", &[("w:w", width)]);
    }
    xml.close("w:tblGrid");
    let mut out = Rows {
        xml,
        size,
        widths: &widths,
        keep: table.rows.len() <= MOST_KEPT_ROWS && !table.rows.is_empty(),
    };
    if !table.header.is_empty() {
        header_rows(&mut out, table, &groups, range.clone());
    }
    let blank = Cell::default();
    let row_cells = |row: &gouji_circular::Row| -> Vec<Cell> {
        range
            .clone()
            .map(|col| row.cells.get(col).unwrap_or(&blank).clone())
            .collect()
    };
    let mut current: Option<(Vec<Cell>, Vec<Piece>)> = None;
    let mut rows = table.rows.iter();
    loop {
        let next = rows.next().map(row_cells).map(|cells| {
            let pieces = merge(
                &cells,
                current
                    .as_ref()
                    .map(|(cells, pieces)| (cells.as_slice(), pieces.as_slice())),
            );
            (cells, pieces)
        });
        if let Some((cells, pieces)) = &current {
            let below: &[Piece] = next.as_ref().map_or(&[], |(_, pieces)| pieces);
            out.start(false);
            out.keep &= next.is_some();
            let total = total_label(cells);
            for piece in pieces {
                let starts_merge = below.iter().any(|b| b.continues && b.at == piece.at);
                let text = cells[piece.at].text.as_str();
                let column = &columns[piece.at];
                let (align, right) = if piece.span > 1 {
                    (CellAlign::Center, None)
                } else {
                    stand(column, text, size, widths[piece.at])
                };
                // The label of a total is set like a header.
                let align = if total == Some(piece.at) {
                    CellAlign::Head
                } else {
                    align
                };
                out.cell(*piece, starts_merge, text, align, right);
            }
            out.end();
        }
        if next.is_none() {
            break;
        }
        current = next;
    }
    xml.close("w:tbl");
}

/// One header row, or two where cells stand over several columns.
fn header_rows(out: &mut Rows<'_>, table: &Table, groups: &[Group], range: Range<usize>) {
    let piece = |col: usize, span: usize, continues: bool| Piece {
        at: col - range.start,
        span,
        continues,
    };
    let group_of = |col: usize| groups.iter().find(|g| g.columns.contains(&col));
    if !groups.is_empty() {
        out.start(true);
        let mut col = range.start;
        while col < range.end {
            match group_of(col) {
                Some(group) => {
                    let over = &table.header[col][..group.len];
                    out.cell(
                        piece(col, group.columns.len(), false),
                        false,
                        over,
                        CellAlign::Head,
                        None,
                    );
                    col = group.columns.end;
                }
                None => {
                    out.cell(
                        piece(col, 1, false),
                        true,
                        label(&table.header, groups, col),
                        CellAlign::Head,
                        None,
                    );
                    col += 1;
                }
            }
        }
        out.end();
    }
    out.start(true);
    for col in range.clone() {
        let continues = !groups.is_empty() && group_of(col).is_none();
        out.cell(
            piece(col, 1, continues),
            false,
            label(&table.header, groups, col),
            CellAlign::Head,
            None,
        );
    }
    out.end();
}

/// The cells of a row with merged positions put together again: a filled position belongs to the cell above if that covers the same
/// columns with the same text, or else to the cell at its left.
fn merge(cells: &[Cell], above: Option<(&[Cell], &[Piece])>) -> Vec<Piece> {
    let (above_cells, above_pieces) = above.unwrap_or((&[], &[]));
    let mut pieces: Vec<Piece> = Vec::with_capacity(cells.len());
    let mut above_pieces = above_pieces.iter().peekable();
    let mut at = 0;
    while at < cells.len() {
        while above_pieces.peek().is_some_and(|p| p.at < at) {
            above_pieces.next();
        }
        let text = cells[at].text.as_str();
        let covers = |piece: &Piece, at: usize| {
            piece.at == at
                && cells.get(at..at + piece.span).is_some_and(|own| {
                    own.iter()
                        .all(|c| c.filled && c.text.as_str() == above_cells[at].text.as_str())
                })
        };
        if let Some(up) = above_pieces.peek().filter(|p| covers(p, at)) {
            pieces.push(Piece {
                at,
                span: up.span,
                continues: true,
            });
            at += up.span;
            continue;
        }
        let mut span = 1;
        while let Some(cell) = cells.get(at + span)
            && cell.filled
            && cell.text.as_str() == text
        {
            // A position that a cell above reaches down to is that cell's.
            while above_pieces.peek().is_some_and(|p| p.at < at + span) {
                above_pieces.next();
            }
            if above_pieces.peek().is_some_and(|p| covers(p, at + span)) {
                break;
            }
            span += 1;
        }
        pieces.push(Piece {
            at,
            span,
            continues: false,
        });
        at += span;
    }
    pieces
}

/// What the columns hold. A header over several of them must find room above them together.
fn measure_all(table: &Table, groups: &[Group], range: Range<usize>) -> Vec<Column> {
    let mut columns: Vec<Column> = range
        .clone()
        .map(|col| measure(table, col, label(&table.header, groups, col)))
        .collect();
    for group in groups {
        let over = width(&table.header[group.columns.start][..group.len]).0;
        let each = i32::try_from(group.columns.len()).map_or(1, |n| (header_wanted(over) + n - 1) / n);
        for column in &mut columns[group.columns.start - range.start..group.columns.end - range.start] {
            column.wanted = column.wanted.max(each);
            column.longest = column.longest.max(each);
        }
    }
    columns
}

/// Room for a header so wide in its lines.
fn header_wanted(header: i32) -> i32 {
    ((header + HEADER_LINES - 1) / HEADER_LINES + 1).max(header.min(4))
}

fn measure(table: &Table, col: usize, header: &str) -> Column {
    let mut column = Column {
        least: widest_token(header).clamp(2, LONGEST_TOKEN),
        wanted: 0,
        firm: 0,
        header: 0,
        longest: 0,
        before_point: 0,
        from_point: 0,
        align: CellAlign::Left,
    };
    let (mut filled, mut numbers, mut serial, mut widest) = (0_u32, 0_u32, true, 0);
    for row in &table.rows {
        let Some(cell) = row.cells.get(col).filter(|c| !c.filled) else {
            continue;
        };
        let text = cell.text.trim();
        if text.is_empty() {
            continue;
        }
        filled += 1;
        if is_number(text) {
            numbers += 1;
            let tail = from_point(text);
            column.from_point = column.from_point.max(tail);
            column.before_point = column.before_point.max(width(text).0 - tail);
            serial &= text.parse::<u32>().is_ok_and(|n| n == filled);
        } else {
            // A total row has no serial number; its label often stands there.
            serial &= filled > 1;
        }
        // The sign is a whole character wide in some fonts.
        let sign = i32::from(text.contains(['%', '‰']));
        for line in text.split('\n') {
            widest = widest.max(width(line).0 + sign);
        }
        column.least = column.least.max(widest_token(text).min(LONGEST_TOKEN) + sign + SPARE);
    }
    let header_width = width(header).0;
    let header_wanted = header_wanted(header_width);
    column.header = header_width + SPARE;
    column.longest = (widest + SPARE).max(header_wanted);
    let all_numbers = numbers > 0 && numbers * 2 >= filled;
    if all_numbers && !serial {
        // Numbers that stand point under point take more room than the widest of them.
        column.least = column.least.max(column.before_point + column.from_point + SPARE);
    }
    column.firm = column
        .least
        .max((header_width + FIRM_HEADER_LINES - 1) / FIRM_HEADER_LINES + 1)
        .max(widest.min(FIRM_ENTRY) + SPARE);
    column.wanted = header_wanted
        .max(widest.min(WIDEST_UNWRAPPED) + SPARE)
        .max(column.least);
    column.align = if all_numbers {
        if serial { CellAlign::Center } else { CellAlign::Right }
    } else if widest <= WIDEST_CENTRED {
        CellAlign::Center
    } else {
        CellAlign::Left
    };
    column
}

/// How the text of a cell stands in its column, and the space at its right: numbers point under point, as a block in the middle.
fn stand(column: &Column, text: &str, size: HalfPoints, col_width: Twips) -> (CellAlign, Option<Twips>) {
    let text = text.trim();
    match column.align {
        CellAlign::Right if is_number(text) => {
            let half = size.twips().0 / 2;
            let block = column.before_point + column.from_point;
            let around = (col_width.0 - room(block, size)).max(0) / 2;
            let shorter = (column.from_point - from_point(text)) * half;
            // A number that the block has no room for stands at the edge.
            let right = if col_width.0 >= room(block, size) {
                around + shorter
            } else {
                0
            };
            (CellAlign::Right, (right > 0).then_some(Twips(right)))
        }
        // A dash among numbers, a remark.
        CellAlign::Right if width(text).0 <= WIDEST_CENTRED => (CellAlign::Center, None),
        CellAlign::Right => (CellAlign::Left, None),
        other => (other, None),
    }
}

/// Whether a cell holds a number and nothing else: digits with their marks, sign, % or ‰.
fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '+' | '−' | '－' | '%' | '％' | '‰' | ' '))
}

/// Width of a number from its decimal point on, or of the sign behind its digits if it has none.
fn from_point(text: &str) -> i32 {
    let at = text
        .find('.')
        .or_else(|| text.rfind(|c: char| c.is_ascii_digit()).map(|last| last + 1));
    at.map_or(0, |at| width(&text[at..]).0)
}

/// The cell that says that its row gives totals: the first that holds anything.
fn total_label(cells: &[Cell]) -> Option<usize> {
    let (at, cell) = cells.iter().enumerate().find(|(_, c)| !c.text.trim().is_empty())?;
    let flat: String = cell.text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_label =
        width(&flat).0 <= WIDEST_CENTRED && ["合计", "总计", "小计", "共计"].iter().any(|end| flat.ends_with(end));
    is_label.then_some(at)
}

/// Width of so many half characters at a size, with the padding of a cell.
fn room(halves: i32, size: HalfPoints) -> i32 {
    // A half character is half as wide as the type is high.
    halves.saturating_mul(size.twips().0) / 2 + 2 * CELL_PADDING.0 + BORDER
}

/// Half a rule on each side, and the rounding of word processors.
const BORDER: i32 = 12;

/// The largest type at which each column has the room it should have; the smallest if none gives that.
fn type_size(columns: &[Column], house: &House, total: Twips) -> HalfPoints {
    let mut smallest = TABLE_BODY_SIZES[0];
    for size in house.table_sizes() {
        let sum: i64 = columns.iter().map(|c| i64::from(room(c.wanted, size))).sum();
        if sum <= i64::from(total.0) {
            return size;
        }
        smallest = size;
    }
    smallest
}

/// Widths that add to `total`, the width of the text area.
fn share(columns: &[Column], size: HalfPoints, total: Twips) -> Vec<Twips> {
    let whole = total;
    let total = i64::from(whole.0);
    let mut wanted: Vec<i64> = columns.iter().map(|c| i64::from(room(c.wanted, size))).collect();
    let least: Vec<i64> = columns.iter().map(|c| i64::from(room(c.least, size))).collect();
    // Headers come to stand on one line where there is room for that, those that need least of it first.
    let mut left = total - wanted.iter().sum::<i64>();
    let mut short: Vec<(i64, usize)> = columns
        .iter()
        .enumerate()
        .filter(|(_, c)| c.header > c.wanted && c.header <= LONGEST_HEADER)
        .map(|(at, c)| (i64::from(room(c.header, size)) - wanted[at], at))
        .collect();
    short.sort_unstable();
    for (more, at) in short {
        if more <= left {
            wanted[at] += more;
            left -= more;
        }
    }
    let (sum_wanted, sum_least): (i64, i64) = (wanted.iter().sum(), least.iter().sum());
    let spread = |base: &[i64], weights: &[i64], left: i64| -> Vec<i64> {
        let all: i64 = weights.iter().sum::<i64>().max(1);
        base.iter().zip(weights).map(|(b, w)| b + left * w / all).collect()
    };
    let mut widths = if sum_wanted <= total {
        // What is left goes to texts that take several lines, then to all alike.
        let hungry: Vec<i64> = columns
            .iter()
            .map(|c| i64::from(c.longest.min(LONGEST_COUNTED) - c.wanted).max(0))
            .collect();
        let weights = if hungry.iter().any(|w| *w > 0) {
            &hungry
        } else {
            &wanted
        };
        spread(&wanted, weights, total - sum_wanted)
    } else if sum_least <= total {
        let wishes: Vec<i64> = wanted.iter().zip(&least).map(|(w, l)| w - l).collect();
        spread(&least, &wishes, total - sum_least)
    } else {
        // Nothing fits: all give way in proportion, and numbers will break.
        spread(&vec![0; least.len()], &least, total)
    };
    // The rounding goes to the last column, so that cells, grid and table agree.
    let sum: i64 = widths.iter().sum();
    if let Some(last) = widths.last_mut() {
        *last += total - sum;
    }
    widths
        .into_iter()
        .map(|w| Twips(i32::try_from(w).unwrap_or(whole.0)))
        .collect()
}

fn properties(xml: &mut Xml, label: &str, total: Twips) {
    xml.open("w:tblPr", &[]);
    xml.empty("w:tblStyle", &[("w:val", &TABLE)]);
    xml.empty("w:tblW", &[("w:w", &total), ("w:type", &"dxa")]);
    xml.empty("w:tblInd", &[("w:w", &"0"), ("w:type", &"dxa")]);
    xml.empty("w:tblLayout", &[("w:type", &"fixed")]);
    xml.empty(
        "w:tblLook",
        &[
            ("w:val", &"0020"),
            ("w:firstRow", &"1"),
            ("w:lastRow", &"0"),
            ("w:firstColumn", &"0"),
            ("w:lastColumn", &"0"),
            ("w:noHBand", &"1"),
            ("w:noVBand", &"1"),
        ],
    );
    xml.empty("w:tblCaption", &[("w:val", &label)]);
    xml.close("w:tblPr");
}

struct Rows<'a> {
    xml: &'a mut Xml,
    size: HalfPoints,
    widths: &'a [Twips],
    /// The row stays on the page of the next.
    keep: bool,
}

impl Rows<'_> {
    fn start(&mut self, header: bool) {
        self.xml.open("w:tr", &[]);
        self.xml.open("w:trPr", &[]);
        self.xml.empty("w:cantSplit", &[]);
        if header {
            self.xml.empty("w:tblHeader", &[]);
        }
        self.xml.close("w:trPr");
    }

    fn end(&mut self) {
        self.xml.close("w:tr");
    }

    fn cell(&mut self, piece: Piece, starts_merge: bool, text: &str, align: CellAlign, right: Option<Twips>) {
        let width: i32 = self.widths[piece.at..piece.at + piece.span].iter().map(|w| w.0).sum();
        let style = Style::Cell(align, self.size);
        let xml = &mut *self.xml;
        xml.open("w:tc", &[]);
        xml.open("w:tcPr", &[]);
        xml.empty("w:tcW", &[("w:w", &width), ("w:type", &"dxa")]);
        if piece.span > 1 {
            xml.empty("w:gridSpan", &[("w:val", &piece.span)]);
        }
        if piece.continues {
            xml.empty("w:vMerge", &[]);
        } else if starts_merge {
            xml.empty("w:vMerge", &[("w:val", &"restart")]);
        }
        xml.empty("w:vAlign", &[("w:val", &"center")]);
        xml.close("w:tcPr");
        let text = if piece.continues { "" } else { text };
        for line in text.split('\n') {
            let direct = Direct {
                keep_next: self.keep,
                right,
                ..Direct::default()
            };
            paragraph(xml, style, &direct, line.trim());
        }
        xml.close("w:tc");
    }
}

#[cfg(test)]
mod tests {
    use gouji_circular::Row;
    use gouji_document::Text;

    use super::*;

    fn table(header: &[&str], rows: &[&[&str]]) -> Table {
        let text = |s: &&str| Text::synthetic(*s);
        Table {
            header: header.iter().map(text).collect(),
            rows: rows
                .iter()
                .map(|row| Row {
                    cells: row
                        .iter()
                        .map(|s| Cell {
                            text: Text::synthetic(s.trim_start_matches('^')),
                            filled: s.starts_with('^'),
                            ..Cell::default()
                        })
                        .collect(),
                    hidden: false,
                })
                .collect(),
            panels: 1,
            ..Table::default()
        }
    }

    fn written(table: &Table) -> String {
        let mut xml = Xml::default();
        write_table(&mut xml, table, "表", &House::default(), TEXT_WIDTH);
        xml.finish()
    }

    #[test]
    fn columns_fill_the_text_area_and_give_numbers_their_room() {
        let long = "存在栏目更新不及时、链接打不开、附件无法下载等问题，整改后仍未达到要求".repeat(3);
        let t = table(
            &["序号", "单位", "得分", "主要问题"],
            &[&["1", "青禾县水务局", "98.55", long.as_str()]],
        );
        let columns: Vec<Column> = measure_all(&t, &[], 0..4);
        let size = type_size(&columns, &House::default(), TEXT_WIDTH);
        let widths = share(&columns, size, TEXT_WIDTH);
        assert_eq!(widths.iter().map(|w| w.0).sum::<i32>(), TEXT_WIDTH.0);
        for (w, c) in widths.iter().zip(&columns) {
            assert!(w.0 >= room(c.wanted, size), "{c:?} in {w}");
        }
        assert!(widths[3] > widths[1]);
        let aligns: Vec<CellAlign> = columns.iter().map(|c| c.align).collect();
        assert_eq!(
            aligns,
            [CellAlign::Center, CellAlign::Center, CellAlign::Right, CellAlign::Left]
        );
    }

    #[test]
    fn type_steps_down_as_columns_are_added() {
        let size = |n: usize| {
            let t = table(&vec!["办件数量"; n], &[&vec!["1,234.5"; n]]);
            type_size(&measure_all(&t, &[], 0..n), &House::default(), TEXT_WIDTH)
        };
        assert_eq!(size(4), TABLE_BODY_SIZES[0]);
        assert!(size(9) < TABLE_BODY_SIZES[0]);
        assert_eq!(size(40), TABLE_BODY_SIZES[3]);
    }

    #[test]
    fn a_hopeless_table_still_fits() {
        let t = table(&["列"; 50], &[&["1234567890"; 50]]);
        let columns: Vec<Column> = measure_all(&t, &[], 0..50);
        let widths = share(&columns, TABLE_BODY_SIZES[3], TEXT_WIDTH);
        assert_eq!(widths.iter().map(|w| w.0).sum::<i32>(), TEXT_WIDTH.0);
        assert!(widths.iter().all(|w| w.0 > 0));
    }

    #[test]
    fn headers_stand_on_one_line_where_there_is_room() {
        let t = table(&["抽查领域", "抽查批次", "不合格批次"], &[&["生产", "68", "6"]]);
        let columns = measure_all(&t, &[], 0..3);
        let size = type_size(&columns, &House::default(), TEXT_WIDTH);
        for (w, c) in share(&columns, size, TEXT_WIDTH).iter().zip(&columns) {
            assert!(w.0 >= room(c.header, size), "{c:?} in {w}");
        }
    }

    #[test]
    fn a_long_address_does_not_squeeze_the_other_columns() {
        let address = format!("http://www.example.cn/{}", "a1".repeat(60));
        let t = table(&["序号", "单位", "地址"], &[&["1", "青禾县水务局", address.as_str()]]);
        let columns = measure_all(&t, &[], 0..3);
        let size = type_size(&columns, &House::default(), TEXT_WIDTH);
        let widths = share(&columns, size, TEXT_WIDTH);
        assert!(widths[1].0 >= room(12, size) && widths[2] > widths[1], "{widths:?}");
    }

    #[test]
    fn a_small_table_stays_on_one_page_and_a_large_one_may_part() {
        let row: &[&str] = &["1", "2"];
        let xml = written(&table(&["甲", "乙"], &[row; 3]));
        // All rows but the last stay with the next.
        assert_eq!(xml.matches("<w:keepNext/>").count(), 2 * 3);
        let xml = written(&table(&["甲", "乙"], &[row; 9]));
        assert!(!xml.contains("keepNext"));
    }

    #[test]
    fn merged_cells_are_merged_again() {
        let t = table(
            &["类别", "项目", "数量"],
            &[
                &["网站", "更新", "3"],
                &["^网站", "回应", "4"],
                &["合计", "^合计", "7"],
                &["说明", "^说明", "^说明"],
            ],
        );
        let xml = written(&t);
        assert_eq!(xml.matches("<w:vMerge w:val=\"restart\"/>").count(), 1);
        assert_eq!(xml.matches("<w:vMerge/>").count(), 1);
        assert_eq!(xml.matches("<w:gridSpan w:val=\"2\"/>").count(), 1);
        assert_eq!(xml.matches("<w:gridSpan w:val=\"3\"/>").count(), 1);
        assert_eq!(xml.matches("网站").count(), 1);
    }

    #[test]
    fn a_block_of_two_by_two_is_one_cell() {
        let t = table(&["甲", "乙"], &[&["总评", "^总评"], &["^总评", "^总评"]]);
        let xml = written(&t);
        assert_eq!(xml.matches("总评").count(), 1);
        assert_eq!(xml.matches("<w:gridSpan w:val=\"2\"/>").count(), 2);
    }

    #[test]
    fn equal_cells_that_are_not_filled_stay_apart() {
        let t = table(&["甲", "乙"], &[&["3", "3"], &["3", "3"]]);
        let xml = written(&t);
        assert!(!xml.contains("vMerge") && !xml.contains("gridSpan"));
        assert_eq!(xml.matches(">3<").count(), 4);
    }

    #[test]
    fn rows_of_uneven_length_are_made_full_and_wide_tables_are_parted() {
        let xml = written(&table(&["甲", "乙", "丙"], &[&["1"], &["1", "2", "3"]]));
        assert_eq!(xml.matches("<w:tc>").count(), 9);
        let xml = written(&table(&["列"; 130], &[&["1"; 130]]));
        assert_eq!(xml.matches("<w:tbl>").count(), 3);
        assert_eq!(xml.matches("<w:tc>").count(), 260);
        assert_eq!(written(&Table::default()), "");
    }
}
