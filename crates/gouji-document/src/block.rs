use crate::{Address, Calculation, Span};

/// One block of a document, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph (docx), a line (txt, one per line of the file, blank ones left out), a block element (html).
    Paragraph(Paragraph),
    /// A table of the format itself. A table that a text file shows by bars or line by line is paragraphs here;
    /// `gouji-circular` rebuilds it.
    Table(Grid),
}

impl Block {
    /// Where the block stands in the source text.
    #[must_use]
    pub fn span(&self) -> Span {
        match self {
            Self::Paragraph(p) => p.span,
            Self::Table(t) => t.span,
        }
    }
}

/// The flow of text that a block belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Stream {
    /// The body.
    #[default]
    Body,
    /// A text box; it stands after the paragraph that anchors it.
    TextBox,
    /// A page header.
    Header,
    /// A page footer.
    Footer,
    /// A footnote or endnote.
    Note,
}

/// Why text is not visible in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// Word's hidden text, `display:none` in html.
    Text,
    /// A hidden sheet, row or column of a workbook.
    Sheet,
}

/// How a paragraph is aligned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Left or justified, or not known.
    #[default]
    Start,
    /// Centred.
    Center,
    /// Right.
    End,
}

/// A paragraph, with the hints of its format about its role. For txt all hints are at their defaults.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Paragraph {
    /// Its characters in the source text; line breaks inside it are `\n`.
    pub span: Span,
    /// The flow it belongs to.
    pub stream: Stream,
    /// Set if it is not visible.
    pub hidden: Option<Hidden>,
    /// Parts of it that are hidden text, in order.
    pub hidden_parts: Vec<Span>,
    /// Outline level 1–9 by its style or its own properties, html's `h1`–`h6`.
    pub outline_level: Option<u8>,
    /// Alignment.
    pub align: Align,
    /// A page break stands before it, by property, break or section.
    pub page_break_before: bool,
    /// How many bytes at its start are an automatic number's printed label (`一、`), which stands in the source text too.
    pub label_len: usize,
    /// The sheet it was found on (workbooks).
    pub sheet: Option<String>,
    /// The address of its cell there (workbooks).
    pub address: Option<Address>,
}

/// A table as a full grid: every position is covered by exactly one cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Grid {
    /// The whole table in the source text: cells row by row, `\t` between cells, `\n` between rows.
    pub span: Span,
    /// Number of rows.
    pub n_rows: usize,
    /// Number of columns.
    pub n_cols: usize,
    /// Cells in row-major order of their top-left position; merged cells stand once.
    pub cells: Vec<Cell>,
    /// How many rows at the top repeat as a header (docx `tblHeader`, html `thead`); 0 if not said.
    pub header_rows: usize,
    /// The flow it belongs to.
    pub stream: Stream,
    /// Set if the whole sheet is hidden.
    pub hidden: Option<Hidden>,
    /// The sheet it was found on (workbooks).
    pub sheet: Option<String>,
    /// A page break stands before it.
    pub page_break_before: bool,
}

/// One cell of a [`Grid`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// Row of its top-left position, from 0.
    pub row: usize,
    /// Column of its top-left position, from 0.
    pub col: usize,
    /// Rows covered, at least 1.
    pub row_span: usize,
    /// Columns covered, at least 1.
    pub col_span: usize,
    /// Its characters in the source text; paragraphs inside it are parted by `\n`.
    pub span: Span,
    /// Its address in the format (`C7`), where the format has one.
    pub address: Option<Address>,
    /// The row, column or sheet is hidden.
    pub hidden: Option<Hidden>,
    /// The formula, as written, where there is one.
    pub formula: Option<String>,
    /// What that formula gives, where it can be computed.
    pub calculation: Option<Box<Calculation>>,
}

impl Grid {
    /// For each position, row by row, the index in [`Grid::cells`] of the cell that covers it.
    ///
    /// Positions that no cell covers (a defect of the source) are `None`.
    #[must_use]
    pub fn coverage(&self) -> Vec<Option<usize>> {
        let mut out = vec![None; self.n_rows * self.n_cols];
        for (idx, cell) in self.cells.iter().enumerate() {
            for row in cell.row..(cell.row + cell.row_span).min(self.n_rows) {
                for col in cell.col..(cell.col + cell.col_span).min(self.n_cols) {
                    let slot = &mut out[row * self.n_cols + col];
                    if slot.is_none() {
                        *slot = Some(idx);
                    }
                }
            }
        }
        out
    }
}
