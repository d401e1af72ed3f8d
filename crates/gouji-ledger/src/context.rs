//! What all parts of the ledger look at: the circular as a sequence of passages with their figures.

use std::collections::BTreeMap;

use gouji_circular::{Circular, Element, TableIdx};
use gouji_document::{Document, Span, Text};
use gouji_quantity::Decimal;

use crate::figures::{self, Scanned};
use crate::{Figure, FigureClass, FigureIdx, Operand, Place};

/// The circular laid out for reading.
pub(crate) struct Context<'a> {
    pub document: &'a Document,
    pub circular: &'a Circular,
    /// Title, headings, paragraphs, captions and notes, in order.
    pub passages: Vec<Passage<'a>>,
    /// All figures: passage by passage and table by table.
    pub figures: Vec<Figure>,
    /// The figures of each data cell: row and column of a table to indices into `figures`.
    pub cells: BTreeMap<(TableIdx, usize, usize), Vec<FigureIdx>>,
}

/// What a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    Title,
    Heading { level: u8, run_in: bool },
    Paragraph,
    Caption(TableIdx),
    Note(TableIdx),
}

/// One running text.
pub(crate) struct Passage<'a> {
    pub text: &'a Text,
    pub role: Role,
    /// 0 for the main text, n for the n-th attachment.
    pub body: usize,
    /// Indices of the headings above it, outermost first.
    pub headings: Vec<usize>,
    /// Its figures, in order.
    pub figures: Vec<LocalFigure>,
}

/// A figure inside its passage.
#[derive(Debug, Clone)]
pub(crate) struct LocalFigure {
    pub idx: FigureIdx,
    /// The number alone, in bytes of the passage's text.
    pub digits: std::ops::Range<usize>,
    /// The number with magnitude word and unit.
    pub full: std::ops::Range<usize>,
}

/// Most bytes of a row's label or a header that a figure of its row or column repeats. Each of thousands of figures would hold
/// a text of any length otherwise; no name is as long.
const MAX_NAME: usize = 600;

/// What a cell that names figures says, as far as that is kept.
fn opening(name: &str) -> &str {
    &name[..name.floor_char_boundary(MAX_NAME)]
}

impl<'a> Context<'a> {
    pub fn new(document: &'a Document, circular: &'a Circular) -> Self {
        let mut cx = Self {
            document,
            circular,
            passages: Vec::new(),
            figures: Vec::new(),
            cells: BTreeMap::new(),
        };
        if let Some(title) = &circular.title {
            cx.add_passage(title, Role::Title, 0, &[]);
        }
        for (body_idx, body) in circular.bodies().enumerate() {
            cx.add_body(body, body_idx);
        }
        cx
    }

    fn add_body(&mut self, body: &'a [Element], body_idx: usize) {
        let mut open: Vec<(u8, usize)> = Vec::new();
        let circular = self.circular;
        for element in body {
            let headings: Vec<usize> = open.iter().map(|(_, idx)| *idx).collect();
            match element {
                Element::Heading(heading) => {
                    while open.last().is_some_and(|(level, _)| *level >= heading.level) {
                        open.pop();
                    }
                    let above: Vec<usize> = open.iter().map(|(_, idx)| *idx).collect();
                    let role = Role::Heading {
                        level: heading.level,
                        run_in: heading.run_in,
                    };
                    let idx = self.add_passage(&heading.title, role, body_idx, &above);
                    open.push((heading.level, idx));
                }
                Element::Paragraph(text) => {
                    self.add_passage(text, Role::Paragraph, body_idx, &headings);
                }
                Element::Table(idx) => {
                    let Some(table) = circular.tables.get(idx.0) else {
                        continue;
                    };
                    for text in table.caption.iter().chain(&table.unit_line) {
                        self.add_passage(text, Role::Caption(*idx), body_idx, &headings);
                    }
                    self.add_cells(*idx);
                    for note in &table.notes {
                        self.add_passage(note, Role::Note(*idx), body_idx, &headings);
                    }
                }
            }
        }
    }

    fn add_passage(&mut self, text: &'a Text, role: Role, body: usize, headings: &[usize]) -> usize {
        let mut local = Vec::new();
        for scanned in figures::scan(text) {
            let (digits, full) = (scanned.digits.clone(), scanned.full.clone());
            if let Some(idx) = self.add_figure(text, scanned, Place::Prose) {
                local.push(LocalFigure { idx, digits, full });
            }
        }
        self.passages.push(Passage {
            text,
            role,
            body,
            headings: headings.to_vec(),
            figures: local,
        });
        self.passages.len() - 1
    }

    fn add_cells(&mut self, table_idx: TableIdx) {
        let circular = self.circular;
        let Some(table) = circular.tables.get(table_idx.0) else {
            return;
        };
        // Read once: each looks at the whole table or parses a header.
        let label_column = figures::label_column(table);
        let units: Vec<_> = table.header.iter().map(|h| figures::header_unit(h)).collect();
        for (row, cells) in table.rows.iter().enumerate() {
            for (col, cell) in cells.cells.iter().enumerate() {
                if cell.filled {
                    continue;
                }
                for mut scanned in figures::scan_cell(&cell.text) {
                    if scanned.unit.is_none() {
                        scanned.unit = units.get(col).cloned().flatten();
                    }
                    let place = Place::Cell {
                        table: table_idx,
                        row,
                        col,
                    };
                    if let Some(idx) = self.add_figure(&cell.text, scanned, place) {
                        let figure = &mut self.figures[idx.0];
                        figure.subject = opening(table.cell(row, label_column)).to_owned();
                        figure.measure = table.header.get(col).map(|h| opening(h).to_owned()).unwrap_or_default();
                        self.cells.entry((table_idx, row, col)).or_default().push(idx);
                    }
                }
            }
        }
    }

    fn add_figure(&mut self, text: &Text, scanned: Scanned, place: Place) -> Option<FigureIdx> {
        let span = text.source_span(scanned.full.clone())?;
        let digits = text.source_span(scanned.digits.clone())?;
        self.figures.push(Figure {
            span,
            digits,
            surface: text[scanned.full].to_owned(),
            stated: scanned.stated,
            unit: scanned.unit,
            class: scanned.class,
            modality: scanned.modality,
            place,
            subject: String::new(),
            measure: String::new(),
            period: None,
        });
        Some(FigureIdx(self.figures.len() - 1))
    }

    /// A figure.
    pub fn figure(&self, idx: FigureIdx) -> &Figure {
        &self.figures[idx.0]
    }

    /// A figure as an operand; `None` if it has no value.
    pub fn operand(&self, idx: FigureIdx) -> Option<Operand> {
        let figure = self.figure(idx);
        let stated = figure.stated.as_ref()?;
        let exact_count = stated.decimals == 0
            && stated.magnitude == gouji_quantity::Magnitude::One
            && matches!(
                figure.class,
                FigureClass::Count | FigureClass::Rank | FigureClass::Unknown
            );
        Some(Operand {
            surface: figure.surface.trim().to_owned(),
            span: Some(figure.span),
            value: Some(stated.base()?),
            ulp: if exact_count { Decimal::ZERO } else { stated.ulp()? },
            decimals: stated.decimals,
            figure: Some(idx),
            date: None,
        })
    }

    /// The smallest source span that holds all given spans.
    pub fn cover(spans: impl IntoIterator<Item = Span>) -> Option<Span> {
        spans.into_iter().reduce(Span::cover)
    }
}

impl Operand {
    /// An operand that was computed, with the value it shows.
    #[must_use]
    pub fn computed(value: Decimal) -> Self {
        Self {
            surface: value.normalize().to_string(),
            span: None,
            value: Some(value),
            ulp: Decimal::ZERO,
            decimals: value.scale(),
            figure: None,
            date: None,
        }
    }

    /// A name or label.
    #[must_use]
    pub fn named(surface: impl Into<String>, span: Option<Span>) -> Self {
        Self {
            surface: surface.into(),
            span,
            value: None,
            ulp: Decimal::ZERO,
            decimals: 0,
            figure: None,
            date: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::rig::circular;

    #[test]
    fn figures_of_a_cell_of_any_length_repeat_no_more_than_a_name() {
        let long = "好评9件，".repeat(400);
        let (document, circular) = circular(&format!("单位|情况\n甲镇{long}|办结5件\n乙镇|办结4件"));
        let cx = Context::new(&document, &circular);
        assert!(cx.figures.len() > 400);
        assert!(
            cx.figures
                .iter()
                .all(|f| f.subject.len() + f.measure.len() <= 2 * MAX_NAME)
        );
        let last = cx.figures.last().expect("a figure");
        assert_eq!((last.subject.as_str(), last.measure.as_str()), ("乙镇", "情况"));
    }
}
