//! The source as units: lines of text with the hints of their format, and grids.

use gouji_document::{Align, Block, Document, Grid, Hidden, Paragraph, Span, Stream, Text};

use crate::parts::{clean, join_onto};
use crate::title::is_broken_title;
use crate::{Discarded, Reason, Table};

/// One line of text.
#[derive(Debug, Clone, Default)]
pub(crate) struct Line {
    /// Its characters, trimmed, without what was cut out.
    pub text: Text,
    /// An empty line stands before it.
    pub blank_before: bool,
    /// A tab stands before its first character.
    pub tab: bool,
    /// Two or more blanks, or an ideographic one, stand before its first character.
    pub indented: bool,
    /// The format says that it is a heading of this level.
    pub outline: Option<u8>,
    /// Its alignment.
    pub align: Align,
    /// A page break stands before it.
    pub page_break: bool,
    /// The sheet it stands on.
    pub sheet: Option<String>,
    /// It begins a paragraph of a format that knows paragraphs, where lines are wrapped on the page and not in the file.
    pub begins_paragraph: bool,
    /// The block of the one-column grid that it was laid out in.
    pub frame: Option<usize>,
}

impl Line {
    /// The string of the line.
    pub(crate) fn str(&self) -> &str {
        self.text.as_str()
    }
}

/// A line, a table that is done, or a grid that is not yet read.
#[derive(Debug, Clone)]
pub(crate) enum Unit {
    Line(Line),
    Grid(usize),
    Table(Box<Table>),
}

/// The units of a document in reading order, its footnotes and its running heads.
pub(crate) struct Units {
    pub main: Vec<Unit>,
    pub notes: Vec<Line>,
    pub heads: Vec<Line>,
}

/// Lists the units. Hidden text, running feet, and the spans of `cuts` are set aside.
pub(crate) fn units(document: &Document, cuts: &[Span], discarded: &mut Vec<Discarded>) -> Units {
    let mut out = Units {
        main: Vec::new(),
        notes: Vec::new(),
        heads: Vec::new(),
    };
    let mut before = 0;
    let mut hidden = hidden_spans(document);
    hidden.sort_unstable();
    let mut all: Vec<Span> = cuts.to_vec();
    for span in &hidden {
        set_aside(document, *span, cuts, Reason::Hidden, discarded);
    }
    all.extend(&hidden);
    all.sort_unstable();
    let all = merged(all);
    for (idx, block) in document.blocks.iter().enumerate() {
        let span = block.span();
        let gap = document.text.get(before..span.start).unwrap_or("");
        let blank_before = gap.bytes().filter(|b| *b == b'\n').count() >= 2;
        before = span.end.max(before);
        match block {
            Block::Paragraph(p) => {
                let mut lines = Vec::new();
                paragraph_lines(document, p, blank_before, gap, &all, &mut lines);
                if p.stream == Stream::Header {
                    out.heads.extend(lines);
                } else if p.stream == Stream::Footer {
                    discarded.extend(lines.into_iter().map(|l| Discarded {
                        text: l.text,
                        reason: Reason::PageFurniture,
                    }));
                } else if p.stream == Stream::Note {
                    out.notes.extend(lines);
                } else {
                    out.main.extend(lines.into_iter().map(Unit::Line));
                }
            }
            Block::Table(grid) => {
                if is_hidden_grid(grid) {
                    continue;
                }
                match grid.stream {
                    Stream::Header | Stream::Footer => {
                        for cell in &grid.cells {
                            set_aside(document, cell.span, &all, Reason::PageFurniture, discarded);
                        }
                    }
                    _ if is_layout(grid) => {
                        for cell in &grid.cells {
                            lines_of(document, cell.span, &all, |line| {
                                out.main.push(Unit::Line(Line {
                                    page_break: grid.page_break_before,
                                    sheet: grid.sheet.clone(),
                                    frame: Some(idx),
                                    ..line
                                }));
                            });
                        }
                    }
                    _ => out.main.push(Unit::Grid(idx)),
                }
            }
        }
    }
    out
}

fn is_hidden_grid(grid: &Grid) -> bool {
    grid.hidden.is_some()
}

/// A grid of one column (or one cell) lays text out; it is no table.
fn is_layout(grid: &Grid) -> bool {
    let widest = grid.cells.iter().filter(|c| !c.span.is_empty()).map(|c| c.col).max();
    let first = grid.cells.iter().filter(|c| !c.span.is_empty()).map(|c| c.col).min();
    grid.n_cols <= 1 || grid.cells.len() <= 1 || widest == first
}

fn hidden_spans(document: &Document) -> Vec<Span> {
    let mut out = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph(p) if p.hidden.is_some() => out.push(p.span),
            Block::Paragraph(p) => out.extend(p.hidden_parts.iter().filter(|s| p.span.contains(**s))),
            Block::Table(grid) if grid.hidden.is_some() => out.extend(grid.cells.iter().map(|c| c.span)),
            Block::Table(grid) => {
                out.extend(
                    grid.cells
                        .iter()
                        .filter(|c| c.hidden == Some(Hidden::Text))
                        .map(|c| c.span),
                );
            }
        }
    }
    out
}

fn set_aside(document: &Document, span: Span, cuts: &[Span], reason: Reason, discarded: &mut Vec<Discarded>) {
    let text = clean(&document.text, span, cuts);
    if !text.is_empty() {
        discarded.push(Discarded { text, reason });
    }
}

fn merged(sorted: Vec<Span>) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::with_capacity(sorted.len());
    for span in sorted {
        match out.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => out.push(span),
        }
    }
    out
}

fn paragraph_lines(document: &Document, p: &Paragraph, blank: bool, gap: &str, cuts: &[Span], out: &mut Vec<Line>) {
    let mut first = true;
    // A txt reader may leave the indent outside of the block.
    let lead = gap.rsplit('\n').next().unwrap_or("");
    lines_of(document, p.span, cuts, |line| {
        out.push(Line {
            blank_before: if first { blank } else { line.blank_before },
            tab: line.tab || first && lead.contains('\t'),
            indented: line.indented || first && is_indent(lead),
            outline: p.outline_level,
            align: p.align,
            page_break: first && p.page_break_before,
            sheet: p.sheet.clone(),
            begins_paragraph: first && document.format.is_word(),
            ..line
        });
        first = false;
    });
    // A centred paragraph with line breaks is a title set in lines (回行).
    if document.format.is_word()
        && p.align == Align::Center
        && is_broken_title(&out.iter().map(Line::str).collect::<Vec<_>>())
    {
        let mut lines = std::mem::take(out).into_iter();
        if let Some(mut whole) = lines.next() {
            for line in lines {
                join_onto(&mut whole.text, &line.text);
            }
            out.push(whole);
        }
    }
}

fn is_indent(lead: &str) -> bool {
    lead.contains(['\u{3000}', '\t']) || lead.chars().filter(|c| *c == ' ' || *c == '\u{a0}').count() >= 2
}

fn lines_of(document: &Document, span: Span, cuts: &[Span], mut push: impl FnMut(Line)) {
    let mut at = span.start;
    let mut blank = false;
    let mut seen = false;
    for raw in document.text[span.range()].split('\n') {
        let text = clean(&document.text, Span::new(at, at + raw.len()), cuts);
        at += raw.len() + 1;
        if text.is_empty() {
            blank |= seen;
            continue;
        }
        let lead = &raw[..raw.len() - raw.trim_start().len()];
        push(Line {
            text,
            blank_before: blank,
            tab: lead.contains('\t'),
            indented: is_indent(lead),
            ..Line::default()
        });
        seen = true;
        blank = false;
    }
}
