//! A filled template as a circular.

use gouji_circular::{Attachment, Circular, Element, ListedAttachment, SignedDate, Table, TableIdx};
use gouji_document::{Align, Block, Cell, Document, Format, Grid, Paragraph, Span, Text};
use gouji_quantity::{Date, DatePart, scan_dates};

use crate::data::Data;
use crate::eval::{Figures, Row};
use crate::expression::Expression;
use crate::fill::Line;
use crate::problem::{Problem, What};
use crate::template::{BodyLine, Meta, Template};

/// Most mistakes that are reported at once.
const MOST_PROBLEMS: usize = 50;

/// A circular, with what a clerk should look at.
#[derive(Debug, Clone)]
pub struct Composed {
    /// The circular.
    pub circular: Circular,
    /// Figures that are not used, and the like.
    pub warnings: Vec<Problem>,
}

/// Fills a template with `data`, or with the example in the template itself; `before` holds the figures of the period
/// before, under 上期.
///
/// # Errors
/// All that is missing or cannot be computed, by its line, at most fifty.
pub fn compose(template: &Template, data: Option<&Data>, before: Option<&Data>) -> Result<Composed, Vec<Problem>> {
    let data = data.unwrap_or(&template.example);
    let figures = Figures::new(data, before);
    let mut problems = Vec::new();
    let meta = Filled::of(&template.meta, &figures, &mut problems);
    let mut maker = Maker {
        template,
        figures: &figures,
        problems,
        placed: Vec::new(),
    };
    let main = maker.body(&template.body);
    let attachments: Vec<(String, Vec<Filling>)> = template
        .attachments
        .iter()
        .map(|attachment| (maker.line(&attachment.title, Row::None), maker.body(&attachment.body)))
        .collect();
    let Maker {
        mut problems, placed, ..
    } = maker;
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.line.unwrap_or(0));
        problems.truncate(MOST_PROBLEMS);
        return Err(problems);
    }
    let mut warnings = data.warnings.clone();
    warnings.extend(
        figures
            .unused()
            .into_iter()
            .map(|name| Problem::new(What::Unused(name))),
    );
    for table in &template.tables {
        if !placed.contains(&table.name) {
            warnings.push(Problem::at(table.line, What::UnplacedTable(table.name.clone())));
        }
    }
    let circular = meta.circular(main, attachments, &mut warnings);
    Ok(Composed { circular, warnings })
}

/// A filled line, or a table.
enum Filling {
    Line(String),
    Table(Box<Table>),
}

struct Maker<'f, 'a> {
    template: &'f Template,
    figures: &'f Figures<'a>,
    problems: Vec<Problem>,
    placed: Vec<String>,
}

impl<'a> Maker<'_, 'a> {
    fn line(&mut self, line: &Line, row: Row<'a>) -> String {
        match line.fill(self.figures, row) {
            Ok(text) => text.trim().to_owned(),
            Err(problem) => {
                self.note(problem);
                String::new()
            }
        }
    }

    fn note(&mut self, problem: Problem) {
        // One mistake in a line that is filled for each row is one mistake.
        if self.problems.len() <= MOST_PROBLEMS && !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }

    fn body(&mut self, lines: &[BodyLine]) -> Vec<Filling> {
        let mut out = Vec::new();
        for line in lines {
            match line {
                BodyLine::Plain(line) => {
                    let text = self.line(line, Row::None);
                    out.push(Filling::Line(text));
                }
                BodyLine::If {
                    condition,
                    source,
                    line,
                } => {
                    if self.holds(Some(condition), source, line.number, Row::None) {
                        let text = self.line(line, Row::None);
                        out.push(Filling::Line(text));
                    }
                }
                BodyLine::Each {
                    table,
                    condition,
                    source,
                    line,
                } => self.each(table, condition.as_ref(), source, line, &mut out),
                BodyLine::Table { name, number } => {
                    let spec = self.template.tables.iter().find(|table| table.name == *name);
                    self.placed.push(name.clone());
                    match spec {
                        None => self.note(Problem::at(*number, What::NoTable(name.clone()))),
                        Some(spec) => match spec.make(self.figures) {
                            Ok(table) => out.push(Filling::Table(Box::new(table))),
                            Err(problem) => self.note(problem),
                        },
                    }
                }
            }
        }
        // A placeholder may give nothing, and then its line is none.
        out.retain(|block| !matches!(block, Filling::Line(text) if text.is_empty()));
        out
    }

    fn each(&mut self, name: &str, condition: Option<&Expression>, source: &str, line: &Line, out: &mut Vec<Filling>) {
        let table = match self.figures.table(name) {
            Ok(table) => table,
            Err(what) => return self.note(Problem::at(line.number, what).within(source)),
        };
        let mut number = 0;
        for row in 0..table.rows.len() {
            let scope = Row::Data {
                table,
                row,
                number: number + 1,
            };
            if self.holds(condition, source, line.number, scope) {
                number += 1;
                let text = self.line(line, scope);
                out.push(Filling::Line(text));
            }
            if self.problems.len() > MOST_PROBLEMS {
                return;
            }
        }
    }

    fn holds(&mut self, condition: Option<&Expression>, source: &str, line: usize, row: Row<'a>) -> bool {
        let Some(condition) = condition else { return true };
        let holds = self.figures.value(condition, row).and_then(|value| value.condition());
        holds.unwrap_or_else(|what| {
            self.note(Problem::at(line, what).within(source));
            false
        })
    }
}

/// The filled `[meta]`.
#[derive(Debug, Default)]
struct Filled {
    title: String,
    issuer: Option<String>,
    mark: Option<String>,
    number: Option<String>,
    date: Option<(String, Date)>,
    addressee: Option<String>,
    signature: Option<String>,
    annotation: Option<String>,
    markings: Vec<String>,
    imprint: Vec<String>,
}

impl Filled {
    fn of(meta: &Meta, figures: &Figures<'_>, problems: &mut Vec<Problem>) -> Self {
        let mut fill = |line: &Line| match line.fill(figures, Row::None) {
            Ok(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Err(problem) => {
                problems.push(problem);
                None
            }
        };
        let issuer = meta.issuer.as_ref().and_then(&mut fill);
        let date = meta.date.as_ref().and_then(|line| Some((fill(line)?, line.number)));
        let addressee = meta.addressee.as_ref().and_then(&mut fill);
        let mut filled = Self {
            title: fill(&meta.title).unwrap_or_default(),
            mark: meta.mark.as_ref().and_then(&mut fill),
            number: meta.number.as_ref().and_then(&mut fill),
            addressee: addressee.map(|text| text.trim_end_matches(['：', ':']).to_owned()),
            signature: meta.signature.as_ref().and_then(&mut fill).or_else(|| issuer.clone()),
            annotation: meta.annotation.as_ref().and_then(&mut fill),
            markings: meta.markings.iter().filter_map(&mut fill).collect(),
            imprint: meta.imprint.iter().filter_map(&mut fill).collect(),
            issuer,
            date: None,
        };
        if let Some((text, line)) = date {
            match day(&text) {
                Some(date) => filled.date = Some((format!("{}年{}月{}日", date.year, date.month, date.day), date)),
                None => problems.push(Problem::at(line, What::NotADate(text))),
            }
        }
        filled
    }

    /// The elements are read out of the filled text by the same parser that reads every other circular, so that headings
    /// mean here what they mean there; what `[meta]` and `[[table]]` say is then put in as they say it.
    fn circular(
        self,
        main: Vec<Filling>,
        attachments: Vec<(String, Vec<Filling>)>,
        warnings: &mut Vec<Problem>,
    ) -> Circular {
        let mut circular = self.part(main, warnings);
        circular.issuer_mark = self.mark.map(Text::synthetic);
        circular.doc_number = self.number.map(Text::synthetic);
        circular.markings = self.markings.into_iter().map(Text::synthetic).collect();
        circular.subtitle.clear();
        circular.imprint = self.imprint.into_iter().map(Text::synthetic).collect();
        circular.annotation = self.annotation.map(Text::synthetic);
        circular.signatures = self.signature.iter().map(Text::synthetic).collect();
        circular.date = self.date.as_ref().map(|(text, date)| SignedDate {
            text: Text::synthetic(text),
            date: Some(*date),
        });
        circular.issuer = self.issuer.clone().or(circular.issuer);
        let single = attachments.len() == 1;
        for (idx, (title, blocks)) in attachments.into_iter().enumerate() {
            let number = u32::try_from(idx + 1).ok().filter(|_| !single);
            let head = Self {
                title: self.title.clone(),
                addressee: self.addressee.clone(),
                ..Self::default()
            };
            let part = head.part(blocks, warnings);
            let shift = circular.tables.len();
            circular.tables.extend(part.tables);
            let body = part.body.into_iter().map(|element| match element {
                Element::Table(TableIdx(idx)) => Element::Table(TableIdx(idx + shift)),
                other => other,
            });
            let body: Vec<Element> = body.collect();
            // A table that begins an attachment is captioned by its title.
            if let Some(Element::Table(TableIdx(first))) = body.first()
                && let Some(table) = circular.tables.get_mut(*first)
            {
                table.caption.get_or_insert_with(|| Text::synthetic(&title));
            }
            circular.listed.push(ListedAttachment {
                number,
                title: Text::synthetic(&title),
            });
            circular.attachments.push(Attachment {
                label: Text::synthetic(number.map_or_else(|| "附件".to_owned(), |n| format!("附件{n}"))),
                number,
                title: Some(Text::synthetic(title)),
                body,
            });
        }
        circular
    }

    /// Title, addressee and body of one part, read as a circular of its own.
    fn part(&self, blocks: Vec<Filling>, warnings: &mut Vec<Problem>) -> Circular {
        let mut page = Page::default();
        page.paragraph(&self.title, Align::Center);
        let addressee = self.addressee.as_deref().unwrap_or("各有关单位");
        page.paragraph(&format!("{addressee}："), Align::Start);
        let mut tables = Vec::new();
        for block in blocks {
            match block {
                Filling::Line(text) => page.paragraph(&text, Align::Start),
                Filling::Table(table) => {
                    page.table(&table);
                    tables.push(*table);
                }
            }
        }
        for text in [&self.signature, &self.date.as_ref().map(|(text, _)| text.clone())]
            .into_iter()
            .flatten()
        {
            page.paragraph(text, Align::End);
        }
        let mut circular = gouji_circular::parse(&page.finish());
        circular.title = Some(Text::synthetic(&self.title));
        circular.addressee = self.addressee.as_ref().map(Text::synthetic);
        if circular.tables.len() == tables.len() {
            circular.tables = tables;
        }
        for gone in circular.discarded.drain(..) {
            let text = gone.text.as_str().chars().take(40).collect();
            warnings.push(Problem::new(What::SetAside(text)));
        }
        circular
    }
}

/// A whole text as a day.
fn day(text: &str) -> Option<Date> {
    match scan_dates(text).as_slice() {
        [mention] if mention.range == (0..text.len()) => match mention.part {
            DatePart::Full(date) => Some(date),
            DatePart::Impossible(..) | DatePart::MonthDay(..) => None,
        },
        _ => None,
    }
}

/// A document under construction.
#[derive(Default)]
struct Page {
    text: String,
    blocks: Vec<Block>,
}

impl Page {
    fn start(&mut self) -> usize {
        if !self.text.is_empty() {
            self.text.push('\n');
        }
        self.text.len()
    }

    fn paragraph(&mut self, text: &str, align: Align) {
        let start = self.start();
        // A line break within would be two paragraphs of a text.
        self.text
            .extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
        self.blocks.push(Block::Paragraph(Paragraph {
            span: Span::new(start, self.text.len()),
            align,
            ..Paragraph::default()
        }));
    }

    fn table(&mut self, table: &Table) {
        let start = self.start();
        let mut grid = Grid {
            n_rows: table.rows.len() + 1,
            n_cols: table.header.len(),
            header_rows: 1,
            ..Grid::default()
        };
        let header: Vec<&str> = table.header.iter().map(Text::as_str).collect();
        let rows = table
            .rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect());
        for (row, cells) in std::iter::once(header).chain(rows).enumerate() {
            for (col, text) in cells.into_iter().enumerate() {
                if row + col > 0 {
                    self.text.push(if col == 0 { '\n' } else { '\t' });
                }
                let from = self.text.len();
                self.text
                    .extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
                grid.cells.push(Cell {
                    row,
                    col,
                    row_span: 1,
                    col_span: 1,
                    span: Span::new(from, self.text.len()),
                    ..Cell::default()
                });
            }
        }
        grid.span = Span::new(start, self.text.len());
        self.blocks.push(Block::Table(grid));
    }

    fn finish(self) -> Document {
        Document {
            format: Format::Docx,
            text: self.text,
            blocks: self.blocks,
            encoding: None,
        }
    }
}
