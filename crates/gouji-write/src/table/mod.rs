//! Tables: real rows and cells within the text area, the header repeated, no row torn.
//!
//! The standard says little about tables; what is done here is practice. Columns get their width from what they hold, the type
//! is the largest of the house's sizes at which it fits, numbers stand point under point. A table that the smallest type leaves too narrow on an
//! upright page gets landscape ones.

mod columns;

use std::ops::Range;

use gouji_circular::{Cell, Table};
use gouji_standard::{HalfPoints, House, TEXT_WIDTH, Twips};

use crate::head::{Group, groups, label};
use crate::measure::width;
use crate::paragraph::{Direct, paragraph};
use crate::style::{CellAlign, Style};
use crate::style_sheet::TABLE;
use crate::xml::Xml;
use columns::{WIDEST_CENTRED, even_lines, height, measure_all, room, share, stand, type_size};

/// Word's limit; a wider table is written as several, one below the other.
const MOST_COLUMNS: usize = 63;
/// Rows of a table up to which it stays on one page, if these take no more than half of it.
const MOST_KEPT_ROWS: usize = 8;
/// Rows of a longer table that go to the next page with what must not stand there alone; as many stay together at its end.
const ROWS_WITH_NEXT: usize = 2;
/// Columns from which on a page may be turned.
const FEWEST_TURNED: usize = 8;

/// Writes a table `total` wide. `label` is its name for those who cannot see it. `keep_next` says that what follows must not stand on a
/// page without its last rows.
pub(crate) fn write_table(xml: &mut Xml, table: &Table, label: &str, house: &House, total: Twips, keep_next: bool) {
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
        panel(xml, table, label, from..to, house, total, keep_next && to == n_cols);
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

fn panel(xml: &mut Xml, table: &Table, label: &str, range: Range<usize>, house: &House, total: Twips, keep_next: bool) {
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
    let whole = !table.rows.is_empty()
        && table.rows.len() <= MOST_KEPT_ROWS
        && height(table, range.clone(), &widths, size) <= i64::from(gouji_standard::TEXT_HEIGHT.0) / 2;
    let mut out = Rows {
        xml,
        size,
        widths: &widths,
        // A header does not stand at the foot of a page without a row.
        keep: !table.rows.is_empty(),
    };
    // Where no column has a name there is no row of names.
    if table.is_headed() {
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
    let mut left = table.rows.len();
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
            // The last row does not stand alone below the header repeated, above all where it is the total.
            let among_last = left <= ROWS_WITH_NEXT;
            out.keep = (left > 1 || keep_next) && (whole || among_last);
            left -= 1;
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

/// The cell that says that its row gives totals: the first that holds anything.
fn total_label(cells: &[Cell]) -> Option<usize> {
    let (at, cell) = cells.iter().enumerate().find(|(_, c)| !c.text.trim().is_empty())?;
    let flat: String = cell.text.chars().filter(|c| !c.is_whitespace()).collect();
    let is_label =
        width(&flat).0 <= WIDEST_CENTRED && ["合计", "总计", "小计", "共计"].iter().any(|end| flat.ends_with(end));
    is_label.then_some(at)
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
        let side = (align == CellAlign::Head)
            .then(|| even_lines(text.trim(), self.size, Twips(width)))
            .flatten();
        for line in text.split('\n') {
            let direct = Direct {
                keep_next: self.keep,
                left: side,
                right: right.or(side),
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
    use gouji_standard::TABLE_BODY_SIZES;

    use super::columns::Column;
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
        written_before(table, false)
    }

    fn written_before(table: &Table, keep_next: bool) -> String {
        let mut xml = Xml::default();
        write_table(&mut xml, table, "表", &House::default(), TEXT_WIDTH, keep_next);
        xml.finish()
    }

    #[test]
    fn the_last_rows_go_with_what_must_not_stand_alone() {
        let row: &[&str] = &["甲镇", "3"];
        let short = table(&["单位", "件数"], &[row; 4]);
        let long = table(&["单位", "件数"], &[row; 30]);
        let n = |table: &Table, keep_next| written_before(table, keep_next).matches("<w:keepNext/>").count();
        // Two cells a row: a short table stays whole, and goes whole with what follows.
        assert_eq!((n(&short, false), n(&short, true)), (2 * 4, 2 * 5));
        // Of a long one the header stays with the first row, and the last row with the one above it.
        assert_eq!((n(&long, false), n(&long, true)), (2 * 2, 2 * (1 + ROWS_WITH_NEXT)));
        // Nothing to keep, nothing kept.
        assert_eq!(n(&table(&["单位", "件数"], &[]), true), 0);
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
    fn numbers_stay_whole_in_a_font_of_wider_digits_where_there_is_room() {
        let rows: [&[&str]; 3] = [
            &["本季度受理件数", "2316", "1864", "70.40%"],
            &["所占比例", "100%", "80.48%", "19.52%"],
            &["比上年同期增减", "-12.70%", "21.35%", "-43.18%"],
        ];
        let t = table(&["类别项目", "总数", "城区", "乡镇"], &rows);
        let columns = measure_all(&t, &[], 0..4);
        let size = type_size(&columns, &House::default(), TEXT_WIDTH);
        let widths = share(&columns, size, TEXT_WIDTH);
        for (at, (w, column)) in widths.iter().zip(&columns).enumerate().skip(1) {
            for text in rows.iter().map(|row| row[at]) {
                let right = columns::stand(column, text, size, *w).1.map_or(0, |r| r.0);
                // Digits of six tenths of the type, not half of it.
                let wide = crate::measure::width(text).0 * size.twips().0 * 6 / 10;
                assert!(
                    w.0 - room(0, size) - right >= wide,
                    "{text} in {w}, {right} at its right"
                );
            }
        }
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
    fn long_remarks_do_not_make_the_type_small() {
        let remark = "未公开本单位规范性文件的征求意见和采纳情况，未说明备案和清理的结果。";
        let size = |remark: &str| {
            let row: &[&str] = &["规范性文件公开和解读情况", "4.0", "2.4", remark, remark];
            let t = table(&["指标名称", "分值", "扣分", "失分原因", "整改情况"], &[row]);
            type_size(&measure_all(&t, &[], 0..5), &House::default(), TEXT_WIDTH)
        };
        assert_eq!(size(remark), TABLE_BODY_SIZES[2]);
        // What stands on one line does so at the expense of the type.
        assert!(size("公开内容不全且未按期更新") < TABLE_BODY_SIZES[2]);
    }

    #[test]
    fn a_few_rows_stay_on_a_page_unless_they_are_high() {
        let kept = |remark: &str| {
            let row: &[&str] = &["甲局", remark];
            written(&table(&["单位", "问题"], &[row; 5]))
                .matches("<w:keepNext/>")
                .count()
                == 2 * 5
        };
        assert!(kept("链接失效"));
        assert!(kept(&"链接失效，附件无法下载，".repeat(4)));
        assert!(!kept(&"链接失效，附件无法下载，".repeat(30)));
        let many = table(&["单位"], &[&["甲局"] as &[&str]; 9]);
        assert_eq!(written(&many).matches("<w:keepNext/>").count(), 2, "its ends alone");
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
    fn on_a_turned_page_no_house_stands_words_on_end() {
        let house = House {
            table_size_smallest: HalfPoints(24),
            ..House::default()
        };
        let size = |n_cols: usize, total: Twips| {
            let t = table(&vec!["按期办结率"; n_cols], &[&vec!["98.75%"; n_cols]]);
            type_size(&measure_all(&t, &[], 0..n_cols), &house, total)
        };
        let turned = gouji_standard::TEXT_HEIGHT;
        // Where there is room for the words, the size is the house's; on an upright page it always is.
        assert_eq!(
            (size(11, TEXT_WIDTH), size(11, turned)),
            (HalfPoints(24), HalfPoints(24))
        );
        assert_eq!(size(13, TEXT_WIDTH), HalfPoints(24));
        assert_eq!(size(13, turned), HalfPoints(21));
        assert_eq!(size(40, turned), TABLE_BODY_SIZES[3], "the smallest there is");
    }

    #[test]
    fn no_character_of_a_header_stands_alone_on_its_last_line() {
        let (size, twelve) = (HalfPoints(24), 240);
        let column = |characters: i32| Twips(characters * twelve + 2 * crate::style_sheet::CELL_PADDING.0 + 30);
        let lines = |header: &str, fit: i32| {
            let side = even_lines(header, size, column(fit)).map_or(0, |side| side.0);
            // So many characters stand on a line between the two spaces.
            (column(fit).0 - 2 * crate::style_sheet::CELL_PADDING.0 - 2 * side) / twelve
        };
        assert_eq!(lines("受理件数", 3), 2);
        assert_eq!(lines("按期办结率", 4), 3);
        assert_eq!(lines("群众满意度测评", 3), 3, "as even as it can be");
        // It stands on one line, on even ones, or is not all Chinese.
        for (header, fit) in [
            ("受理件数", 4),
            ("满意率", 4),
            ("按期办结率", 3),
            ("得分", 1),
            ("合格率（%）", 5),
            ("", 3),
        ] {
            assert_eq!(even_lines(header, size, column(fit)), None, "{header}");
        }
        let t = table(&["受理件数"; 12], &[&["1,268"; 12]]);
        assert!(written(&t).contains("w:left"));
        assert!(!written(&table(&["受理件数"; 4], &[&["1,268"; 4]])).contains("w:left"));
    }

    #[test]
    fn a_date_stands_on_one_line_where_there_is_room() {
        let row: &[&str] = &["017", "青禾镇", "2024年12月29日", "46"];
        let t = table(&["编号", "承办单位", "交办日期", "交办量（件）"], &[row; 2]);
        let columns = measure_all(&t, &[], 0..4);
        let size = type_size(&columns, &House::default(), TEXT_WIDTH);
        let widths = share(&columns, size, TEXT_WIDTH);
        // Eight digits of six tenths, and five seams that some layouts set a quarter of a character wide.
        assert!(widths[2].0 >= room(width(row[2]).0 + 5, size), "{widths:?}");
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
        // Of a large one the header stays with the first row, the last but one with the last.
        let xml = written(&table(&["甲", "乙"], &[row; 9]));
        assert_eq!(xml.matches("<w:keepNext/>").count(), 2 * 2);
        let kept: Vec<bool> = xml.split("</w:tr>").map(|tr| tr.contains("<w:keepNext/>")).collect();
        assert!(kept[0] && kept[8], "{kept:?}");
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
