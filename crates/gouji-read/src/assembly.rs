//! Puts blocks and their text together into one [`Document`].
//!
//! Every reader but the one for plain text builds its linear text here, so the layout of that text (blocks parted by
//! `\n`, cells by `\t`, rows by `\n`) stands in one place. Tables arrive as placed cells; this module makes them full
//! grids: it settles overlaps, fills positions that no cell covers, and falls back to paragraphs where a grid would be
//! absurdly large.

use std::ops::Range;

use gouji_document::{
    Address, Anchor, Block, Cell, Deadline, Document, Format, Grid, Hidden, Paragraph, Span, Stream, Warning,
    WarningKind,
};

/// Positions of all grids of a document, rows times columns: a grid is filled up, however few its cells. A circular's largest
/// annex has some ten thousand.
pub(crate) const MAX_GRID_POSITIONS: usize = 1_000_000;

/// A cell before it has a span: its text and what it covers.
#[derive(Debug, Clone, Default)]
pub(crate) struct PlacedCell {
    /// Row of its top-left position.
    pub row: usize,
    /// Column of its top-left position.
    pub col: usize,
    /// Rows covered.
    pub row_span: usize,
    /// Columns covered.
    pub col_span: usize,
    /// Text, its paragraphs parted by `\n`.
    pub text: String,
    /// Places of pieces of `text` in the markup, ascending, where a reader keeps them.
    pub anchors: Vec<Anchor>,
    /// Address in the format.
    pub address: Option<Address>,
    /// Hidden or not.
    pub hidden: Option<Hidden>,
    /// Formula as written.
    pub formula: Option<String>,
}

/// The properties of a table that are not its cells.
#[derive(Debug, Clone, Default)]
pub(crate) struct TableFrame {
    /// Number of rows; cells beyond it are left out.
    pub n_rows: usize,
    /// Rows that repeat as a header.
    pub header_rows: usize,
    /// The flow.
    pub stream: Stream,
    /// Set if all of it is hidden.
    pub hidden: Option<Hidden>,
    /// The sheet.
    pub sheet: Option<String>,
    /// A page break stands before it.
    pub page_break_before: bool,
}

/// A document under construction.
#[derive(Debug, Default)]
pub(crate) struct Assembly {
    text: String,
    blocks: Vec<Block>,
    /// In document order.
    pub warnings: Vec<Warning>,
    /// Places of the text so far in the markup, ascending, where a reader keeps them.
    pub anchors: Vec<Anchor>,
    /// Positions of the grids so far.
    n_positions: usize,
    deadline: Deadline,
}

impl Assembly {
    /// An empty document whose reader has until `deadline`.
    pub fn until(deadline: &Deadline) -> Self {
        Self {
            deadline: deadline.clone(),
            ..Self::default()
        }
    }

    /// Whether there is no time left: what is not read yet need not be read, as nothing will come of the document.
    pub fn is_late(&self) -> bool {
        self.deadline.has_passed()
    }

    /// Number of blocks so far.
    pub fn n_blocks(&self) -> usize {
        self.blocks.len()
    }

    /// The blocks so far.
    pub fn blocks_mut(&mut self) -> &mut [Block] {
        &mut self.blocks
    }

    fn next_block(&mut self) -> usize {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.len()
    }

    /// Appends a paragraph with `text`; spans in `hints` count from the start of `text`. A blank one is left out and
    /// `false` returned.
    pub fn paragraph(&mut self, text: &str, mut hints: Paragraph) -> bool {
        if text.trim().is_empty() || self.is_late() {
            return false;
        }
        let start = self.next_block();
        self.text.push_str(text);
        hints.span = Span::new(start, self.text.len());
        for part in &mut hints.hidden_parts {
            *part = Span::new(start + part.start, start + part.end);
        }
        self.blocks.push(Block::Paragraph(hints));
        true
    }

    /// Notes where the paragraph appended last stands in the markup: it is the piece `range` of a text whose anchors are
    /// `anchors`, ascending.
    pub fn anchor_last(&mut self, anchors: &[Anchor], range: Range<usize>) {
        let Some(block) = self.blocks.last() else { return };
        let start = block.span().start;
        let first = anchors.partition_point(|a| a.span.end <= range.start);
        for anchor in anchors[first..].iter().take_while(|a| a.span.start < range.end) {
            let from = anchor.span.start.max(range.start) - range.start;
            let to = anchor.span.end.min(range.end) - range.start;
            self.anchors.push(Anchor {
                span: Span::new(start + from, start + to),
                place: anchor.place,
            });
        }
    }

    /// Appends a table. `cells` may come in any order, overlap and leave gaps: the earlier in row-major order keeps its
    /// place, a later one that meets it shrinks to what is free or, with nothing free, is appended as a paragraph.
    /// A table without any text is left out and `false` returned.
    pub fn table(&mut self, mut cells: Vec<PlacedCell>, frame: TableFrame) -> bool {
        // The largest tables are larger than the caches of the machine, so that each pass over the cells counts.
        let (mut n_cols, mut n_bytes) = (0, 0);
        cells.retain_mut(|cell| {
            if cell.row >= frame.n_rows {
                return false;
            }
            cell.row_span = cell.row_span.clamp(1, frame.n_rows - cell.row);
            cell.col_span = cell.col_span.max(1);
            n_cols = cell.col.saturating_add(cell.col_span).max(n_cols);
            n_bytes += cell.text.len() + 1;
            true
        });
        if self.is_late() || cells.iter().all(|c| c.text.trim().is_empty()) {
            return false;
        }
        cells.sort_by_key(|c| (c.row, c.col));
        let positions = frame.n_rows.checked_mul(n_cols);
        let positions = positions.and_then(|n| n.checked_add(self.n_positions));
        let Some(n_positions) = positions.filter(|n| *n <= MAX_GRID_POSITIONS) else {
            self.rows_as_paragraphs(&cells, &frame);
            return true;
        };
        self.n_positions = n_positions;
        let (cells, homeless) = settle(cells, frame.n_rows, n_cols);
        let mut grid = Grid {
            n_rows: frame.n_rows,
            n_cols,
            header_rows: frame.header_rows.min(frame.n_rows),
            stream: frame.stream,
            hidden: frame.hidden,
            sheet: frame.sheet.clone(),
            page_break_before: frame.page_break_before,
            ..Grid::default()
        };
        let start = self.next_block();
        grid.cells.reserve_exact(cells.len());
        self.text.reserve(n_bytes);
        let mut row = 0;
        let mut first_in_row = true;
        for cell in cells {
            while row < cell.row {
                self.text.push('\n');
                row += 1;
                first_in_row = true;
            }
            if !first_in_row {
                self.text.push('\t');
            }
            first_in_row = false;
            let at = self.text.len();
            self.text.push_str(&cell.text);
            self.anchors.extend(cell.anchors.iter().map(|a| a.shifted(at)));
            grid.cells.push(Cell {
                row: cell.row,
                col: cell.col,
                row_span: cell.row_span,
                col_span: cell.col_span,
                span: Span::new(at, self.text.len()),
                address: cell.address,
                hidden: cell.hidden,
                formula: cell.formula,
                calculation: None,
            });
        }
        grid.span = Span::new(start, self.text.len());
        self.blocks.push(Block::Table(grid));
        for text in homeless {
            self.paragraph(
                &text,
                Paragraph {
                    stream: frame.stream,
                    hidden: frame.hidden,
                    sheet: frame.sheet.clone(),
                    ..Paragraph::default()
                },
            );
        }
        true
    }

    /// The rows of a table that is too large for a grid, one paragraph each, cells parted by `\t`.
    fn rows_as_paragraphs(&mut self, cells: &[PlacedCell], frame: &TableFrame) {
        self.warnings.push(Warning {
            kind: WarningKind::LimitReached {
                what: "table positions",
                limit: MAX_GRID_POSITIONS as u64,
            },
            place: frame.sheet.clone().unwrap_or_else(|| "table".to_owned()),
            span: None,
        });
        for row in cells.chunk_by(|a, b| a.row == b.row) {
            let texts: Vec<&str> = row.iter().map(|c| c.text.trim()).filter(|t| !t.is_empty()).collect();
            self.paragraph(
                &texts.join("\t"),
                Paragraph {
                    stream: frame.stream,
                    hidden: frame.hidden,
                    sheet: frame.sheet.clone(),
                    ..Paragraph::default()
                },
            );
        }
    }

    /// Records a warning without a place in the text.
    pub fn warn(&mut self, kind: WarningKind, place: &str) {
        self.warnings.push(Warning {
            kind,
            place: place.to_owned(),
            span: None,
        });
    }

    /// The finished document.
    pub fn finish(self, format: Format, encoding: Option<&'static str>) -> (Document, Vec<Warning>) {
        let document = Document {
            format,
            text: self.text,
            blocks: self.blocks,
            encoding,
        };
        (document, self.warnings)
    }
}

/// Gives each position of the grid exactly one cell. `cells` are sorted by row and column and lie inside the grid but for
/// overlaps. Returns the cells in row-major order with empty ones put into gaps, and the texts of cells for which no
/// position was left.
fn settle(mut cells: Vec<PlacedCell>, n_rows: usize, n_cols: usize) -> (Vec<PlacedCell>, Vec<String>) {
    let mut taken = vec![false; n_rows * n_cols];
    let mut homeless = Vec::new();
    cells.retain_mut(|cell| {
        let free = |row: usize, col: usize| !taken[row * n_cols + col];
        if !free(cell.row, cell.col) {
            if !cell.text.trim().is_empty() {
                homeless.push(std::mem::take(&mut cell.text));
            }
            return false;
        }
        let wanted = cell.col_span.min(n_cols - cell.col);
        cell.col_span = (0..wanted).take_while(|&d| free(cell.row, cell.col + d)).count().max(1);
        cell.row_span = (0..cell.row_span)
            .take_while(|&d| (0..cell.col_span).all(|c| free(cell.row + d, cell.col + c)))
            .count()
            .max(1);
        for row in cell.row..cell.row + cell.row_span {
            taken[row * n_cols + cell.col..row * n_cols + cell.col + cell.col_span].fill(true);
        }
        true
    });
    let n_settled = cells.len();
    for (at, _) in taken.iter().enumerate().filter(|(_, taken)| !**taken) {
        cells.push(PlacedCell {
            row: at / n_cols,
            col: at % n_cols,
            row_span: 1,
            col_span: 1,
            ..PlacedCell::default()
        });
    }
    if cells.len() > n_settled {
        cells.sort_by_key(|c| (c.row, c.col));
    }
    (cells, homeless)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: usize, col: usize, row_span: usize, col_span: usize, text: &str) -> PlacedCell {
        PlacedCell {
            row,
            col,
            row_span,
            col_span,
            text: text.to_owned(),
            ..PlacedCell::default()
        }
    }

    fn build(cells: Vec<PlacedCell>, n_rows: usize) -> Document {
        let mut assembly = Assembly::default();
        assembly.table(
            cells,
            TableFrame {
                n_rows,
                ..TableFrame::default()
            },
        );
        assembly.finish(Format::Docx, None).0
    }

    #[test]
    fn every_position_is_covered_once() {
        let document = build(
            vec![cell(0, 0, 2, 1, "甲"), cell(0, 1, 1, 2, "乙"), cell(1, 2, 1, 1, "丙")],
            2,
        );
        assert_eq!(document.text, "甲\t乙\n\t丙");
        let Block::Table(grid) = &document.blocks[0] else {
            panic!("a table")
        };
        assert!(grid.coverage().iter().all(Option::is_some));
        assert_eq!(grid.cells.iter().map(|c| c.row_span * c.col_span).sum::<usize>(), 6);
    }

    #[test]
    fn overlapping_cells_lose_no_text() {
        let document = build(
            vec![cell(0, 0, 2, 2, "甲"), cell(0, 1, 1, 1, "乙"), cell(1, 1, 1, 1, "")],
            2,
        );
        assert_eq!(document.text, "甲\n乙");
        assert_eq!(document.blocks.len(), 2);
    }

    #[test]
    fn an_absurd_grid_becomes_paragraphs() {
        let document = build(vec![cell(0, 0, 1, usize::MAX, "甲"), cell(1, 3, 1, 1, "乙")], 2);
        assert_eq!(document.text, "甲\n乙");
        assert!(document.blocks.iter().all(|b| matches!(b, Block::Paragraph(_))));
    }

    #[test]
    fn small_tables_of_far_cells_fill_one_budget_together() {
        let mut assembly = Assembly::default();
        let width = MAX_GRID_POSITIONS / 10;
        for _ in 0..12 {
            let cells = vec![cell(0, 0, 1, 1, "甲"), cell(0, width - 1, 1, 1, "乙")];
            let frame = TableFrame {
                n_rows: 1,
                ..TableFrame::default()
            };
            assembly.table(cells, frame);
        }
        let document = assembly.finish(Format::Xlsx, None).0;
        let tables = document.blocks.iter().filter(|b| matches!(b, Block::Table(_)));
        assert_eq!(tables.count(), 10);
        assert_eq!(document.text.matches('甲').count(), 12, "no text is lost");
    }

    #[test]
    fn a_blank_table_is_no_block() {
        assert!(
            build(vec![cell(0, 0, 1, 1, " "), cell(0, 1, 1, 1, "　")], 1)
                .blocks
                .is_empty()
        );
    }
}
