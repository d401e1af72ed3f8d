use crate::{Address, Block, Span};

/// The format a document was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// Office Open XML text (docx, docm, dotx).
    Docx,
    /// Word 97–2003 document, and WPS's own format of those years, which is the same (doc, wps).
    Doc,
    /// Rich text (rtf).
    Rtf,
    /// A workbook in a package: Office Open XML (xlsx, xlsm), its binary form (xlsb), or OpenDocument (ods).
    Xlsx,
    /// Excel 97–2003 workbook.
    Xls,
    /// Plain text.
    Txt,
    /// A saved web page.
    Html,
}

impl Format {
    /// The name used in records: `docx`, `doc`, `rtf`, `xlsx`, `xls`, `txt`, `html`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Doc => "doc",
            Self::Rtf => "rtf",
            Self::Xlsx => "xlsx",
            Self::Xls => "xls",
            Self::Txt => "txt",
            Self::Html => "html",
        }
    }

    /// Whether it is a word processor's own format, whose paragraphs are those of the author.
    #[must_use]
    pub fn is_word(self) -> bool {
        matches!(self, Self::Docx | Self::Doc | Self::Rtf)
    }
}

/// A file as its reader saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The format.
    pub format: Format,
    /// All text of the file in reading order. For txt it is the decoded file with `\r\n` and `\r` turned to `\n`,
    /// nothing else changed; for other formats blocks are parted by `\n`, cells by `\t`.
    pub text: String,
    /// In reading order; their spans are disjoint and ascending, and cover all of `text` but white space.
    pub blocks: Vec<Block>,
    /// The encoding that a text was decoded from.
    pub encoding: Option<&'static str>,
}

/// Where something stands, as a person would look for it. All counts from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Position {
    /// A paragraph (for txt: a line of the file) and the character in it.
    Paragraph {
        /// Paragraph number; for txt the line number of the file.
        number: usize,
        /// Character in it.
        column: usize,
    },
    /// A cell of a table of the format.
    Cell {
        /// Table number in the document.
        table: usize,
        /// Row.
        row: usize,
        /// Column.
        column: usize,
        /// Sheet and address, for workbooks.
        address: Option<String>,
    },
}

impl Document {
    /// The exact source text at `span`.
    ///
    /// # Panics
    /// If `span` is not on character boundaries; spans made by this workspace's stages are.
    #[must_use]
    pub fn quote(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The index of the block that holds the start of `span`, or the nearest before it.
    #[must_use]
    pub fn block_at(&self, span: Span) -> Option<usize> {
        let after = self.blocks.partition_point(|b| b.span().start <= span.start);
        after.checked_sub(1)
    }

    /// The sheet and the address of the cell that holds the start of `span`, or the nearest before it (workbooks).
    #[must_use]
    pub fn cell_at(&self, span: Span) -> Option<(&str, Address)> {
        match &self.blocks[self.block_at(span)?] {
            Block::Paragraph(paragraph) => Some((paragraph.sheet.as_deref()?, paragraph.address?)),
            Block::Table(grid) => {
                let after = grid.cells.partition_point(|c| c.span.start <= span.start);
                let mut before = grid.cells[..after].iter().rev();
                let address = before.find_map(|c| c.address)?;
                Some((grid.sheet.as_deref()?, address))
            }
        }
    }

    /// Where the start of `span` stands.
    #[must_use]
    pub fn position(&self, span: Span) -> Position {
        if self.format != Format::Txt
            && let Some(idx) = self.block_at(span)
            && let Block::Table(grid) = &self.blocks[idx]
        {
            let table = self.blocks[..=idx]
                .iter()
                .filter(|b| matches!(b, Block::Table(_)))
                .count();
            let cell = grid
                .cells
                .iter()
                .rev()
                .find(|c| c.span.start <= span.start && span.start <= c.span.end);
            return Position::Cell {
                table,
                row: cell.map_or(1, |c| c.row + 1),
                column: cell.map_or(1, |c| c.col + 1),
                address: cell.and_then(|c| c.address).map(|a| match &grid.sheet {
                    Some(sheet) => format!("{sheet}!{a}"),
                    None => a.to_string(),
                }),
            };
        }
        let before = &self.text[..span.start.min(self.text.len())];
        if self.format == Format::Txt {
            let number = before.matches('\n').count() + 1;
            let line = before.rsplit('\n').next().unwrap_or("");
            return Position::Paragraph {
                number,
                column: line.chars().count() + 1,
            };
        }
        match self.block_at(span) {
            Some(idx) => Position::Paragraph {
                number: self.blocks[..=idx]
                    .iter()
                    .filter(|b| matches!(b, Block::Paragraph(_)))
                    .count()
                    .max(1),
                column: before[self.blocks[idx].span().start.min(before.len())..]
                    .chars()
                    .count()
                    + 1,
            },
            None => Position::Paragraph {
                number: 1,
                column: before.chars().count() + 1,
            },
        }
    }
}
