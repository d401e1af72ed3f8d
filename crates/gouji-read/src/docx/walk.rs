//! One pass over a part of WordprocessingML, from events to raw blocks.
//!
//! A stack of open elements stands for the tree, so nothing recurses. Paragraphs end up in the flow or in the cell that is
//! open; tables and text boxes inside cells become blocks after the outermost table. A slot in the output is taken
//! when a block begins, so blocks come out in the order in which they begin.

use std::collections::BTreeSet;
use std::mem;

use gouji_document::{AnchorPlace, Deadline, Stream, Warning, WarningKind};
use quick_xml::events::BytesStart;

use super::numbering::{Counters, Numbering};
use super::raw::{RawBlock, RawCell, RawParagraph, RawRow, RawTable};
use super::styles::{ParagraphHints, Styles};
use super::symbols;
use crate::xml::{self, Puller, Step, Vocabulary};

mod fields;
mod math;
mod paragraphs;
mod properties;

/// What a walk needs to know about the document.
pub(crate) struct Context<'d> {
    /// Its styles.
    pub styles: &'d Styles,
    /// Its lists.
    pub numbering: &'d Numbering,
    /// Keep where text stands in the markup.
    pub trace: bool,
    /// Until when the walk may go on.
    pub deadline: &'d Deadline,
}

/// What a walk over a part gives.
#[derive(Default)]
pub(crate) struct Walked {
    /// In the order in which they begin.
    pub blocks: Vec<RawBlock>,
    /// What could not be taken.
    pub warnings: Vec<Warning>,
    /// Relationship ids of the headers and footers that sections refer to, in order.
    pub margins: Vec<String>,
    /// Set if the XML broke off: where, and why.
    pub broken: Option<(u64, quick_xml::Error)>,
}

/// An open element that matters when it ends.
enum Open {
    Paragraph,
    Run,
    /// `w:t` or `m:t`; whether white space at its ends counts.
    Characters {
        preserve: bool,
    },
    /// `w:instrText`.
    Instruction,
    Table,
    Row,
    Cell,
    /// A text box or a note: a flow of its own.
    Flow,
    /// `w:fldSimple`.
    SimpleField,
    /// `mc:AlternateContent`; whether a branch was taken.
    Alternatives {
        taken: bool,
    },
    /// Part of an equation.
    Math(math::Math),
    Other,
}

/// Where finished paragraphs go.
enum Container {
    Flow(Stream),
    Cell,
}

/// A paragraph under construction.
#[derive(Default)]
struct Paragraph {
    raw: RawParagraph,
    hints: ParagraphHints,
    style: Option<String>,
    /// Index of its place in the output; none in cells.
    slot: Option<usize>,
    run_is_hidden: bool,
    style_is_hidden: bool,
    /// A tracked change deletes its mark: it runs into the next paragraph.
    mark_is_deleted: bool,
    /// A section ends with it.
    section_end: Option<bool>,
    /// Where its element starts in the part, if that is traced.
    element: usize,
}

/// A table under construction.
struct Table {
    raw: RawTable,
    slot: usize,
}

struct Walker<'d, 'x> {
    cx: &'d Context<'d>,
    counters: &'d mut Counters,
    puller: Puller<'x>,
    part: &'d str,
    open: Vec<Open>,
    containers: Vec<Container>,
    paragraphs: Vec<Paragraph>,
    tables: Vec<Table>,
    fields: Vec<fields::Field>,
    /// How many of `fields` are in their instructions.
    n_in_code: usize,
    /// Paragraphs whose marks are deleted, each with the depth of its container.
    carried: Vec<(usize, RawParagraph)>,
    characters: String,
    /// The properties of the run, as written.
    run_format: Option<&'x str>,
    out: Vec<Option<RawBlock>>,
    warnings: Vec<Warning>,
    embedded: BTreeSet<&'static str>,
    margins: Vec<String>,
    /// Where the element that began last starts in the part, if that is traced.
    element: usize,
    /// The note that is open, if that is traced.
    note: Option<AnchorPlace>,
}

/// Walks one part. `stream` is the flow of its top level.
pub(crate) fn walk(cx: &Context<'_>, counters: &mut Counters, part: &str, source: &str, stream: Stream) -> Walked {
    let mut walker = Walker {
        cx,
        counters,
        puller: Puller::new(source),
        part,
        open: Vec::new(),
        containers: vec![Container::Flow(stream)],
        paragraphs: Vec::new(),
        tables: Vec::new(),
        fields: Vec::new(),
        n_in_code: 0,
        carried: Vec::new(),
        characters: String::new(),
        run_format: None,
        out: Vec::new(),
        warnings: Vec::new(),
        embedded: BTreeSet::new(),
        margins: Vec::new(),
        element: 0,
        note: None,
    };
    let broken = walker.run().err().map(|error| (walker.puller.offset(), error));
    while !walker.open.is_empty() {
        walker.end();
    }
    walker.flush_carried();
    if walker.puller.was_too_deep() {
        walker.warn(WarningKind::LimitReached {
            what: "XML depth",
            limit: xml::MAX_DEPTH as u64,
        });
    }
    Walked {
        blocks: walker.out.into_iter().flatten().collect(),
        warnings: walker.warnings,
        margins: walker.margins,
        broken,
    }
}

impl<'x> Walker<'_, 'x> {
    fn run(&mut self) -> Result<(), quick_xml::Error> {
        loop {
            match self.puller.next()? {
                Step::Start(..) if self.cx.deadline.has_passed() => return Ok(()),
                Step::Start(vocabulary, start) => {
                    if self.cx.trace {
                        self.element = self.puller.start_of(&start);
                    }
                    match vocabulary {
                        Vocabulary::Word => self.start_word(&start)?,
                        Vocabulary::Compatibility => self.start_alternative(&start)?,
                        Vocabulary::Math => self.start_math(&start)?,
                        _ => self.start_other(&start),
                    }
                }
                Step::End => self.end(),
                Step::Text(text) => {
                    if let Some(Open::Characters { .. } | Open::Instruction) = self.open.last() {
                        self.characters.push_str(&text);
                    }
                }
                Step::Done => return Ok(()),
            }
        }
    }

    fn start_word(&mut self, start: &BytesStart<'x>) -> Result<(), quick_xml::Error> {
        let local = start.local_name();
        let name: &str = local.as_ref();
        let open = match name {
            "r" => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run_is_hidden = paragraph.style_is_hidden;
                }
                self.run_format = None;
                Open::Run
            }
            "rPr" => {
                self.run_properties(start)?;
                return Ok(());
            }
            "t" => {
                self.characters.clear();
                Open::Characters {
                    preserve: xml::attribute(start, "space").as_deref() == Some("preserve"),
                }
            }
            "p" => {
                self.begin_paragraph();
                Open::Paragraph
            }
            "pPr" => {
                self.paragraph_properties()?;
                return Ok(());
            }
            "tbl" => {
                self.flush_carried();
                let stream = self.stream();
                let slot = self.take_slot();
                self.tables.push(Table {
                    raw: RawTable {
                        stream,
                        ..RawTable::default()
                    },
                    slot,
                });
                Open::Table
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.raw.rows.push(RawRow::default());
                }
                Open::Row
            }
            "trPr" => {
                self.row_properties()?;
                return Ok(());
            }
            "tc" => {
                if let Some(row) = self.row() {
                    row.cells.push(RawCell {
                        grid_span: 1,
                        ..RawCell::default()
                    });
                }
                self.containers.push(Container::Cell);
                Open::Cell
            }
            "tcPr" => {
                self.cell_properties()?;
                return Ok(());
            }
            // Deleted by a tracked change, or not text.
            "del" | "moveFrom" | "delText" | "delInstrText" | "rt" | "rubyPr" | "tblPr" | "tblGrid" | "tblPrEx"
            | "sdtPr" | "sdtEndPr" | "customXmlPr" | "smartTagPr" => return self.puller.skip(),
            "tab" | "ptab" => {
                self.emit("\t");
                Open::Other
            }
            "br" => {
                match xml::attribute(start, "type").as_deref() {
                    Some("page") => {
                        if self.is_shown()
                            && let Some(paragraph) = self.paragraphs.last_mut()
                        {
                            paragraph.raw.page_ends.push(paragraph.raw.text.len());
                        }
                    }
                    _ => self.emit("\n"),
                }
                Open::Other
            }
            "cr" => {
                self.emit("\n");
                Open::Other
            }
            // Printed like any hyphen; in document numbers and telephone numbers it must read as one.
            "noBreakHyphen" => {
                self.emit("-");
                Open::Other
            }
            "sym" => {
                let code = xml::attribute(start, "char").and_then(|c| u32::from_str_radix(c.trim(), 16).ok());
                let font = xml::attribute(start, "font").unwrap_or_default();
                if let Some(c) = code.and_then(|code| symbols::symbol(&font, code)) {
                    self.emit(c.encode_utf8(&mut [0; 4]));
                }
                Open::Other
            }
            "fldChar" => {
                self.field_mark(xml::attribute(start, "fldCharType").as_deref());
                Open::Other
            }
            "ffData" => {
                self.form_field()?;
                return Ok(());
            }
            "instrText" => {
                self.characters.clear();
                Open::Instruction
            }
            "fldSimple" => {
                if let Some(code) = xml::attribute(start, "instr") {
                    self.note_formula(&code);
                }
                Open::SimpleField
            }
            "txbxContent" => {
                let stream = self.stream_of_box();
                self.containers.push(Container::Flow(stream));
                Open::Flow
            }
            "footnote" | "endnote" => {
                // Separators are lines between text and notes, not notes.
                if xml::attribute(start, "type").is_some_and(|t| t != "normal") {
                    return self.puller.skip();
                }
                self.note = self.note_place(name, start);
                self.containers.push(Container::Flow(Stream::Note));
                Open::Flow
            }
            "sectPr" => {
                let on_new_page = self.section_properties()?;
                self.out.push(Some(RawBlock::SectionEnd { on_new_page }));
                return Ok(());
            }
            "altChunk" => {
                self.embedded("an embedded document (altChunk)");
                Open::Other
            }
            "subDoc" => {
                self.embedded("a subdocument in a file of its own");
                Open::Other
            }
            "object" => {
                self.embedded("an embedded object");
                Open::Other
            }
            _ => Open::Other,
        };
        self.open.push(open);
        Ok(())
    }

    fn start_alternative(&mut self, start: &BytesStart<'x>) -> Result<(), quick_xml::Error> {
        let local = start.local_name();
        let open = match local.as_ref() as &str {
            "AlternateContent" => Open::Alternatives { taken: false },
            "Choice" | "Fallback" => {
                if let Some(Open::Alternatives { taken }) = self.open.last_mut() {
                    if *taken {
                        return self.puller.skip();
                    }
                    *taken = true;
                }
                Open::Other
            }
            _ => Open::Other,
        };
        self.open.push(open);
        Ok(())
    }

    fn start_other(&mut self, start: &BytesStart<'x>) {
        let local = start.local_name();
        match local.as_ref() as &str {
            "chart" => self.embedded("a chart"),
            "relIds" => self.embedded("a diagram"),
            "blip" | "imagedata" => self.embedded("a picture"),
            "textpath" => self.art(start),
            _ => {}
        }
        self.open.push(Open::Other);
    }

    fn end(&mut self) {
        match self.open.pop() {
            Some(Open::Characters { preserve }) => {
                let text = mem::take(&mut self.characters);
                let kept = if preserve {
                    &text
                } else {
                    text.trim_matches(is_xml_blank)
                };
                if let Some(shown) = self.in_symbol_font(kept) {
                    self.emit(&shown);
                } else if kept.contains(['\n', '\r', '\t']) {
                    let plain: String = kept.chars().map(|c| if is_xml_blank(c) { ' ' } else { c }).collect();
                    self.emit(&plain);
                } else {
                    self.emit(kept);
                }
                // The buffer goes back for the next run.
                self.characters = text;
            }
            Some(Open::Instruction) => {
                let text = mem::take(&mut self.characters);
                self.note_code(&text);
                self.characters = text;
            }
            Some(Open::Run) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run_is_hidden = false;
                }
            }
            Some(Open::Math(math)) => self.end_math(math),
            Some(Open::Paragraph) => self.end_paragraph(),
            Some(Open::Cell) => {
                self.flush_carried();
                self.containers.pop();
                if self.row_cell().is_some_and(|c| c.is_deleted)
                    && let Some(row) = self.row()
                {
                    row.cells.pop();
                }
            }
            Some(Open::Row) => {
                if let Some(table) = self.tables.last_mut()
                    && table.raw.rows.last().is_some_and(|r| r.is_deleted)
                {
                    table.raw.rows.pop();
                }
            }
            Some(Open::Table) => {
                if let Some(table) = self.tables.pop() {
                    self.out[table.slot] = Some(RawBlock::Table(table.raw));
                }
            }
            Some(Open::Flow) => {
                self.flush_carried();
                self.containers.pop();
            }
            Some(Open::SimpleField | Open::Alternatives { .. } | Open::Other) | None => {}
        }
    }

    fn row(&mut self) -> Option<&mut RawRow> {
        self.tables.last_mut()?.raw.rows.last_mut()
    }

    fn row_cell(&mut self) -> Option<&mut RawCell> {
        self.row()?.cells.last_mut()
    }

    fn warn(&mut self, kind: WarningKind) {
        self.warnings.push(Warning {
            kind,
            place: self.part.to_owned(),
            span: None,
        });
    }

    /// Each kind once a part: a page of seals would flood the list.
    fn embedded(&mut self, what: &'static str) {
        if self.embedded.insert(what) {
            self.warn(WarningKind::EmbeddedContent { what });
        }
    }
}

/// White space of XML, which Word drops at the ends of a text that does not preserve it.
fn is_xml_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}
