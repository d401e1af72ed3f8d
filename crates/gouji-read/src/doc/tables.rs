//! Tables under construction: cells and rows come one by one, and only the end of a row says what the row is like.
//!
//! Word draws each row on its own: a cell has a left and a right edge, and spans as many columns as other rows have edges
//! between them. Edges that differ by less than a tenth of an inch are one, as people drag them.

use super::properties::RowProperties;
use crate::docx::raw::{RawCell, RawParagraph, RawRow, RawTable};

/// Twips by which edges may differ and yet be one. A column for a single character is three times as wide.
const SAME_EDGE: i32 = 100;
/// Columns of one cell or one gap.
const MAX_SPAN: usize = 1024;

/// A table of which not all rows are there.
#[derive(Debug, Default)]
pub(crate) struct OpenTable {
    /// Its place in the output.
    pub slot: usize,
    raw: RawTable,
    /// Edges of the cells of each row; empty if they are not known.
    edges: Vec<Vec<i16>>,
    row: Vec<RawCell>,
    cell: RawCell,
}

impl OpenTable {
    /// An empty table.
    pub fn new(slot: usize, stream: gouji_document::Stream) -> Self {
        Self {
            slot,
            raw: RawTable {
                stream,
                ..RawTable::default()
            },
            ..Self::default()
        }
    }

    /// Adds a paragraph to the open cell.
    pub fn add(&mut self, paragraph: &RawParagraph, formula: Option<String>) {
        self.cell.add(paragraph);
        if formula.is_some() {
            self.cell.formula = formula;
        }
    }

    /// Ends the open cell.
    pub fn end_cell(&mut self) {
        self.row.push(RawCell {
            grid_span: 1,
            ..std::mem::take(&mut self.cell)
        });
    }

    /// Ends the open row.
    pub fn end_row(&mut self, properties: RowProperties, is_deleted: bool) {
        if self.cell.n_paragraphs > 0 {
            self.end_cell();
        }
        let cells = std::mem::take(&mut self.row);
        // Some writers mark the end of the row before as deleted too; a row that still holds text is there.
        let is_gone = is_deleted && cells.iter().all(|cell| cell.text.is_empty());
        if cells.is_empty() || is_gone {
            return;
        }
        let mut row = RawRow {
            is_header: properties.is_header,
            ..RawRow::default()
        };
        let mut edges = properties.edges;
        // Rows whose description does not fit them have none.
        let fits = properties.cells.len() == cells.len() && edges.len() == cells.len() + 1;
        if !fits {
            edges.clear();
        }
        for (at, mut cell) in cells.into_iter().enumerate() {
            let definition = properties.cells.get(at).copied().filter(|_| fits).unwrap_or_default();
            let n = row.cells.len();
            match row.cells.last_mut() {
                Some(left) if definition.joins_left => {
                    // The edge between them goes; what the right one holds is not lost.
                    edges.remove(n);
                    if !cell.text.trim().is_empty() {
                        left.text.push('\n');
                        left.text.push_str(&cell.text);
                    }
                }
                _ => {
                    cell.vertical = definition.vertical;
                    row.cells.push(cell);
                }
            }
        }
        self.raw.rows.push(row);
        self.edges.push(edges);
    }

    /// The finished table.
    pub fn finish(mut self) -> RawTable {
        // A row that never ends still has its cells.
        self.end_row(RowProperties::default(), false);
        let columns = Columns::of(&self.edges);
        for (row, edges) in self.raw.rows.iter_mut().zip(&self.edges) {
            let Some((first, rights)) = edges.split_first() else {
                continue;
            };
            let mut at = columns.at(*first);
            row.grid_before = at.min(MAX_SPAN);
            for (cell, right) in row.cells.iter_mut().zip(rights) {
                cell.grid_span = columns.at(*right).saturating_sub(at).clamp(1, MAX_SPAN);
                at += cell.grid_span;
            }
        }
        self.raw
    }
}

/// The edges of all rows, those that are one together.
struct Columns(Vec<i32>);

impl Columns {
    fn of(rows: &[Vec<i16>]) -> Self {
        let mut edges: Vec<i32> = rows.iter().flatten().map(|edge| i32::from(*edge)).collect();
        edges.sort_unstable();
        // Each group is named by its least edge.
        edges.dedup_by(|next, first| *next - *first < SAME_EDGE);
        Self(edges)
    }

    /// The number of the column that begins at an edge.
    fn at(&self, edge: i16) -> usize {
        self.0
            .partition_point(|first| *first <= i32::from(edge))
            .saturating_sub(1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::properties::CellDefinition;
    use super::*;

    fn row(table: &mut OpenTable, edges: &[i16], merged: &[usize]) {
        for at in 1..edges.len() {
            let text = at.to_string();
            table.add(
                &RawParagraph {
                    text,
                    ..RawParagraph::default()
                },
                None,
            );
            table.end_cell();
        }
        let cells = (1..edges.len())
            .map(|at| CellDefinition {
                joins_left: merged.contains(&at),
                ..CellDefinition::default()
            })
            .collect();
        let properties = RowProperties {
            edges: edges.to_vec(),
            cells,
            is_header: false,
        };
        table.end_row(properties, false);
    }

    fn spans(table: OpenTable) -> Vec<(usize, Vec<usize>)> {
        let rows = table.finish().rows;
        rows.iter()
            .map(|row| (row.grid_before, row.cells.iter().map(|c| c.grid_span).collect()))
            .collect()
    }

    #[test]
    fn a_cell_spans_the_columns_that_others_part() {
        let mut table = OpenTable::default();
        row(&mut table, &[-108, 2000, 4000, 6000], &[]);
        row(&mut table, &[-108, 4000, 6000], &[]);
        row(&mut table, &[2000, 6000], &[]);
        assert_eq!(spans(table), [(0, vec![1, 1, 1]), (0, vec![2, 1]), (1, vec![2])]);
    }

    #[test]
    fn edges_dragged_a_little_are_one() {
        let mut table = OpenTable::default();
        row(&mut table, &[-108, 2000, 4000], &[]);
        row(&mut table, &[-90, 2060, 3990], &[]);
        assert_eq!(spans(table), [(0, vec![1, 1]), (0, vec![1, 1])]);
    }

    #[test]
    fn cells_merged_side_by_side_are_one() {
        let mut table = OpenTable::default();
        row(&mut table, &[0, 1000, 2000, 3000], &[]);
        row(&mut table, &[0, 1000, 2000, 3000], &[2]);
        let rows = table.finish().rows;
        let cells: Vec<(&str, usize)> = rows[1].cells.iter().map(|c| (c.text.as_str(), c.grid_span)).collect();
        assert_eq!(cells, [("1\n2", 2), ("3", 1)]);
    }

    #[test]
    fn a_row_that_its_description_does_not_fit_goes_by_its_cells() {
        let mut table = OpenTable::default();
        row(&mut table, &[0, 1000, 2000], &[]);
        table.add(&RawParagraph::default(), None);
        table.end_cell();
        table.end_row(
            RowProperties {
                edges: vec![0, 1, 2],
                cells: vec![CellDefinition::default(); 2],
                is_header: true,
            },
            false,
        );
        assert_eq!(spans(table), [(0, vec![1, 1]), (0, vec![1])]);
    }

    #[test]
    fn deleted_rows_and_rows_without_cells_are_no_rows() {
        let mut table = OpenTable::default();
        table.end_row(RowProperties::default(), false);
        table.add(&RawParagraph::default(), None);
        table.end_cell();
        table.end_row(RowProperties::default(), true);
        table.add(&RawParagraph::default(), None);
        assert_eq!(spans(table), [(0, vec![1])]);
    }
}
