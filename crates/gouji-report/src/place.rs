//! From bytes of the source text to what a person looks for: line, paragraph, row of a table.
//!
//! `Document::position` answers this for one span by walking the text; a report asks it for every figure, so
//! [`Locator`] indexes the document once and then answers in logarithmic time.

use gouji_circular::{Circular, Element, TableIdx};
use gouji_document::{Block, Document, Format, Span, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Lang;

/// Where something stands, as a person would look for it. All counts from 1.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Line of the file (txt).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Paragraph of the document (formats with paragraphs).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paragraph: Option<usize>,
    /// Character in the line or paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub character: Option<usize>,
    /// The attachment that the table belongs to, as it is labelled (`附件1`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attachment: Option<String>,
    /// Number of the table in the main text or attachment; left out if an attachment has only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<usize>,
    /// Row of the table under its header; 0 is the header.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// What the row is called: the first of its cells that is no number (`甲镇`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_name: Option<String>,
    /// Column of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// Sheet and address in a workbook (`Sheet1!C7`).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

impl Position {
    /// In words: `第3段`, `第12行`, `附件1表第5行“甲镇”第2列`, `Sheet1!C7`.
    #[must_use]
    pub fn describe(&self, lang: Lang) -> String {
        if let Some(address) = &self.address {
            return address.clone();
        }
        if let Some(row) = self.row {
            let attachment = self.attachment.as_deref().unwrap_or("");
            let column = self.column.unwrap_or(1);
            let name = self.row_name.as_deref();
            return match lang {
                Lang::Zh => {
                    let table = self.table.map(|n| n.to_string()).unwrap_or_default();
                    let row = if row == 0 {
                        "表头".to_owned()
                    } else {
                        format!("第{row}行")
                    };
                    let name = name.map(|name| format!("“{name}”")).unwrap_or_default();
                    format!("{attachment}表{table}{row}{name}第{column}列")
                }
                Lang::En => {
                    let row = if row == 0 {
                        "header".to_owned()
                    } else {
                        format!("row {row}")
                    };
                    let of = match attachment.strip_prefix("附件") {
                        None => String::new(),
                        Some("") => "attachment ".to_owned(),
                        Some(number) => format!("attachment {number} "),
                    };
                    let table = self.table.map(|n| format!(" {n}")).unwrap_or_default();
                    let name = name.map(|name| format!(" ({name})")).unwrap_or_default();
                    format!("{of}table{table}, {row}{name}, column {column}")
                }
            };
        }
        match (self.line, self.paragraph, lang) {
            (Some(n), _, Lang::Zh) => format!("第{n}行"),
            (Some(n), _, Lang::En) => format!("line {n}"),
            (None, Some(n), Lang::Zh) => format!("第{n}段"),
            (None, Some(n), Lang::En) => format!("paragraph {n}"),
            (None, None, _) => String::new(),
        }
    }
}

/// Longest text of a cell, in characters, that names its row.
const MAX_ROW_NAME: usize = 20;

/// Bytes between two checkpoints of the character count.
const STEP: usize = 512;

/// A piece of a rebuilt table's cell in the source.
struct CellPiece {
    span: Span,
    table: usize,
    /// 0 for the header.
    row: usize,
    col: usize,
}

/// Where a rebuilt table stands.
#[derive(Clone, Default)]
struct TablePlace {
    attachment: Option<String>,
    number: Option<usize>,
}

/// An index over one document that answers where a byte stands.
pub(crate) struct Locator<'a> {
    document: &'a Document,
    circular: &'a Circular,
    /// Characters before each multiple of [`STEP`] bytes.
    checkpoints: Vec<usize>,
    /// First byte of each line.
    lines: Vec<usize>,
    /// For each block, how many paragraphs and tables stand before it and with it.
    counts: Vec<(usize, usize)>,
    /// Ordered by start.
    cells: Vec<CellPiece>,
    tables: Vec<TablePlace>,
}

/// A data or header cell of a rebuilt table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct CellAt {
    /// Index into `Circular::tables`.
    pub table: usize,
    /// 0 for the header, then data rows from 1.
    pub row: usize,
    /// From 0.
    pub col: usize,
}

impl<'a> Locator<'a> {
    pub(crate) fn new(document: &'a Document, circular: &'a Circular) -> Self {
        let bytes = document.text.as_bytes();
        let mut checkpoints = Vec::with_capacity(bytes.len() / STEP + 1);
        let mut count = 0;
        for chunk in bytes.chunks(STEP) {
            checkpoints.push(count);
            count += starts(chunk);
        }
        checkpoints.push(count);
        let mut lines = vec![0];
        lines.extend(document.text.match_indices('\n').map(|(at, _)| at + 1));
        let (mut paragraphs, mut tables) = (0, 0);
        let counts = document
            .blocks
            .iter()
            .map(|block| {
                match block {
                    Block::Paragraph(_) => paragraphs += 1,
                    Block::Table(_) => tables += 1,
                }
                (paragraphs, tables)
            })
            .collect();
        Self {
            document,
            circular,
            checkpoints,
            lines,
            counts,
            cells: cell_pieces(circular),
            tables: table_places(circular),
        }
    }

    pub(crate) fn document(&self) -> &'a Document {
        self.document
    }

    pub(crate) fn circular(&self) -> &'a Circular {
        self.circular
    }

    /// Source text at `span`, or nothing if no text stands there.
    pub(crate) fn quote(&self, span: Span) -> &'a str {
        self.document.text.get(span.range()).unwrap_or("")
    }

    /// Characters before byte `at`.
    pub(crate) fn chars_before(&self, at: usize) -> usize {
        let bytes = self.document.text.as_bytes();
        let at = at.min(bytes.len());
        let step = at / STEP;
        self.checkpoints.get(step).copied().unwrap_or(0) + starts(&bytes[step * STEP..at])
    }

    /// A span in characters.
    pub(crate) fn char_span(&self, span: Span) -> [usize; 2] {
        [self.chars_before(span.start), self.chars_before(span.end)]
    }

    /// The cell of a rebuilt table that holds the start of `span`.
    pub(crate) fn cell_at(&self, span: Span) -> Option<CellAt> {
        let after = self.cells.partition_point(|c| c.span.start <= span.start);
        let piece = &self.cells[after.checked_sub(1)?];
        (span.start < piece.span.end).then_some(CellAt {
            table: piece.table,
            row: piece.row,
            col: piece.col,
        })
    }

    /// The line that holds byte `at`, without its end: first and last byte.
    pub(crate) fn line_span(&self, at: usize) -> Span {
        let after = self.lines.partition_point(|start| *start <= at).max(1);
        let start = self.lines[after - 1];
        let end = self
            .lines
            .get(after)
            .map_or(self.document.text.len(), |next| next.saturating_sub(1));
        Span::new(start, end.max(start))
    }

    /// What the row of a data cell is called, unless the cell itself says it.
    fn row_name(&self, at: CellAt) -> Option<String> {
        let row = self.circular.tables.get(at.table)?.rows.get(at.row.checked_sub(1)?)?;
        let cells = row.cells.iter().map(|cell| cell.text.as_str().trim());
        let (col, name) = cells
            .enumerate()
            .find(|(_, text)| text.chars().any(char::is_alphabetic))?;
        let short = !name.contains(char::is_whitespace) && name.chars().count() <= MAX_ROW_NAME;
        (col < at.col && short).then(|| name.to_owned())
    }

    /// Where the start of `span` stands.
    pub(crate) fn position(&self, span: Span) -> Position {
        let mut position = Position::default();
        if self.document.format == Format::Txt {
            let line = self.lines.partition_point(|start| *start <= span.start).max(1);
            position.line = Some(line);
            position.character = Some(self.chars_before(span.start) - self.chars_before(self.lines[line - 1]) + 1);
        } else if let Some(idx) = self.document.block_at(span) {
            match &self.document.blocks[idx] {
                Block::Paragraph(p) => {
                    position.paragraph = Some(self.counts[idx].0.max(1));
                    position.character = Some(self.chars_before(span.start) - self.chars_before(p.span.start) + 1);
                }
                Block::Table(grid) => {
                    // Cells ascend in the text as they do in the grid.
                    let after = grid.cells.partition_point(|c| c.span.start <= span.start);
                    let cell = after.checked_sub(1).map(|i| &grid.cells[i]);
                    position.table = Some(self.counts[idx].1.max(1));
                    position.row = Some(cell.map_or(1, |c| c.row + 1));
                    position.column = Some(cell.map_or(1, |c| c.col + 1));
                    position.address = cell.and_then(|c| c.address).map(|a| match &grid.sheet {
                        Some(sheet) => format!("{sheet}!{a}"),
                        None => a.to_string(),
                    });
                }
            }
        }
        if let Some(cell) = self.cell_at(span) {
            let place = self.tables.get(cell.table).cloned().unwrap_or_default();
            position.attachment = place.attachment;
            position.table = place.number;
            position.row = Some(cell.row);
            position.column = Some(cell.col + 1);
            position.row_name = self.row_name(cell);
        }
        position
    }
}

/// How many characters start in `bytes` of UTF-8.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|b| **b & 0xC0 != 0x80).count()
}

fn cell_pieces(circular: &Circular) -> Vec<CellPiece> {
    let mut out = Vec::new();
    for (table, t) in circular.tables.iter().enumerate() {
        let mut add = |text: &Text, row: usize, col: usize| {
            out.extend(text.pieces().iter().map(|p| CellPiece {
                span: p.span,
                table,
                row,
                col,
            }));
        };
        for (col, text) in t.header.iter().enumerate() {
            add(text, 0, col);
        }
        for (row, r) in t.rows.iter().enumerate() {
            for (col, cell) in r.cells.iter().enumerate().filter(|(_, c)| !c.filled) {
                add(&cell.text, row + 1, col);
            }
        }
    }
    // The first copy of a merged header cell is the one that a span is looked up by.
    out.sort_by_key(|c| (c.span.start, c.table, c.row, c.col));
    out.dedup_by_key(|c| c.span.start);
    out
}

fn table_places(circular: &Circular) -> Vec<TablePlace> {
    let mut out = vec![TablePlace::default(); circular.tables.len()];
    for (body_idx, body) in circular.bodies().enumerate() {
        let tables: Vec<usize> = body
            .iter()
            .filter_map(|e| match e {
                Element::Table(TableIdx(idx)) => Some(*idx),
                _ => None,
            })
            .collect();
        let attachment = body_idx
            .checked_sub(1)
            .and_then(|i| circular.attachments.get(i))
            .map(|a| match a.number {
                Some(n) => format!("附件{n}"),
                None => "附件".to_owned(),
            });
        for (n, idx) in tables.iter().enumerate() {
            if let Some(place) = out.get_mut(*idx) {
                *place = TablePlace {
                    number: (attachment.is_none() || tables.len() > 1).then_some(n + 1),
                    attachment: attachment.clone(),
                };
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_document::Paragraph;

    fn document(text: &str, format: Format) -> Document {
        let mut blocks = Vec::new();
        let mut at = 0;
        for line in text.split('\n') {
            if !line.is_empty() {
                blocks.push(Block::Paragraph(Paragraph {
                    span: Span::new(at, at + line.len()),
                    ..Paragraph::default()
                }));
            }
            at += line.len() + 1;
        }
        Document {
            format,
            text: text.to_owned(),
            blocks,
            encoding: None,
        }
    }

    #[test]
    fn lines_count_blank_ones_and_paragraphs_do_not() {
        let text = "甲\n\n乙丙丁";
        let at = Span::new(text.find('丙').unwrap(), text.find('丁').unwrap());
        let circular = Circular::default();
        let txt = document(text, Format::Txt);
        let found = Locator::new(&txt, &circular).position(at);
        assert_eq!((found.line, found.character), (Some(3), Some(2)));
        assert_eq!(found.describe(Lang::Zh), "第3行");
        let docx = document(text, Format::Docx);
        let found = Locator::new(&docx, &circular).position(at);
        assert_eq!((found.paragraph, found.character), (Some(2), Some(2)));
        assert_eq!(found.describe(Lang::En), "paragraph 2");
    }

    #[test]
    fn characters_are_counted_across_checkpoints_as_by_hand() {
        let text = "甲a乙".repeat(1000);
        let doc = document(&text, Format::Txt);
        let circular = Circular::default();
        let locator = Locator::new(&doc, &circular);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(locator.chars_before(at), count);
        }
        assert_eq!(locator.chars_before(usize::MAX), 3000);
    }

    #[test]
    fn a_workbook_cell_is_named_by_its_address() {
        let place = Position {
            row: Some(3),
            address: Some("Sheet1!C7".into()),
            ..Position::default()
        };
        assert_eq!(place.describe(Lang::Zh), "Sheet1!C7");
    }

    #[test]
    fn a_row_is_called_by_its_first_cell_that_is_no_number() {
        let text = "序号\t单位\t受理\n1\t甲镇\t12\n2\t\t7";
        let cell = |word: &str| gouji_circular::Cell {
            text: text.find(word).map_or_else(Text::default, |at| {
                Text::from_source(text, Span::new(at, at + word.len()))
            }),
            ..gouji_circular::Cell::default()
        };
        let row = |words: [&str; 3]| gouji_circular::Row {
            cells: words.iter().map(|word| cell(word)).collect(),
            ..gouji_circular::Row::default()
        };
        let circular = Circular {
            tables: vec![gouji_circular::Table {
                header: ["序号", "单位", "受理"].iter().map(|word| cell(word).text).collect(),
                rows: vec![row(["1", "甲镇", "12"]), row(["2", "-", "7"])],
                ..gouji_circular::Table::default()
            }],
            ..Circular::default()
        };
        let doc = document(text, Format::Txt);
        let locator = Locator::new(&doc, &circular);
        let name = |word: &str| {
            let at = text.find(word).unwrap();
            locator.position(Span::new(at, at + word.len())).row_name
        };
        assert_eq!(name("12").as_deref(), Some("甲镇"));
        assert_eq!(name("甲镇"), None, "the cell itself says it");
        assert_eq!(name("7"), None, "a row without a name");
        assert_eq!(name("受理"), None, "a header");
    }

    #[test]
    fn a_row_of_an_attachment_is_named_in_both_languages() {
        let place = Position {
            attachment: Some("附件1".into()),
            row: Some(5),
            column: Some(2),
            ..Position::default()
        };
        assert_eq!(place.describe(Lang::Zh), "附件1表第5行第2列");
        assert_eq!(place.describe(Lang::En), "attachment 1 table, row 5, column 2");
        let named = Position {
            row_name: Some("甲镇".into()),
            ..place
        };
        assert_eq!(named.describe(Lang::Zh), "附件1表第5行“甲镇”第2列");
        assert_eq!(named.describe(Lang::En), "attachment 1 table, row 5 (甲镇), column 2");
        let header = Position {
            table: Some(2),
            row: Some(0),
            column: Some(1),
            ..Position::default()
        };
        assert_eq!(header.describe(Lang::Zh), "表2表头第1列");
    }
}
