//! One pass over a part of WordprocessingML, from events to raw blocks.
//!
//! A stack of open elements stands for the tree, so nothing recurses. Paragraphs end up in the flow or in the cell that is
//! open; tables and text boxes inside cells become blocks after the outermost table. A slot in the output is taken
//! when a block begins, so blocks come out in the order in which they begin.

use std::collections::BTreeSet;
use std::mem;

use gouji_document::{Stream, Warning, WarningKind};
use quick_xml::events::BytesStart;

use super::numbering::{Counters, Numbering};
use super::raw::{RawBlock, RawCell, RawParagraph, RawRow, RawTable, VerticalMerge};
use super::styles::{ParagraphHints, Styles};
use super::symbols;
use crate::xml::{self, Puller, Step, Vocabulary};

/// Grid columns of one cell or one gap; Word allows 63 columns in all.
const MAX_GRID_SPAN: usize = 1024;

/// What a walk needs to know about the document.
pub(crate) struct Context<'d> {
    /// Its styles.
    pub styles: &'d Styles,
    /// Its lists.
    pub numbering: &'d Numbering,
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
    /// `m:num`: a fraction's bar follows.
    Numerator,
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
}

/// A table under construction.
struct Table {
    raw: RawTable,
    slot: usize,
}

/// A complex field between its begin and its end.
struct Field {
    /// Before `separate`: instructions, not text.
    in_code: bool,
    code: String,
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
    fields: Vec<Field>,
    /// How many of `fields` are in their instructions.
    n_in_code: usize,
    /// Paragraphs whose marks are deleted, each with the depth of its container.
    carried: Vec<(usize, RawParagraph)>,
    characters: String,
    out: Vec<Option<RawBlock>>,
    warnings: Vec<Warning>,
    embedded: BTreeSet<&'static str>,
    margins: Vec<String>,
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
        out: Vec::new(),
        warnings: Vec::new(),
        embedded: BTreeSet::new(),
        margins: Vec::new(),
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
                Step::Start(vocabulary, start) => match vocabulary {
                    Vocabulary::Word => self.start_word(&start)?,
                    Vocabulary::Compatibility => self.start_alternative(&start)?,
                    Vocabulary::Math => self.start_math(&start)?,
                    _ => self.start_other(&start),
                },
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
                self.containers.push(Container::Flow(Stream::TextBox));
                Open::Flow
            }
            "footnote" | "endnote" => {
                // Separators are lines between text and notes, not notes.
                if xml::attribute(start, "type").is_some_and(|t| t != "normal") {
                    return self.puller.skip();
                }
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

    fn start_math(&mut self, start: &BytesStart<'x>) -> Result<(), quick_xml::Error> {
        let local = start.local_name();
        let open = match local.as_ref() as &str {
            "t" => {
                self.characters.clear();
                Open::Characters { preserve: true }
            }
            // A fraction must not run together into one number, nor a power.
            "num" => Open::Numerator,
            "sup" => {
                self.emit("^");
                Open::Other
            }
            "rPr" | "ctrlPr" => return self.puller.skip(),
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
                if kept.contains(['\n', '\r', '\t']) {
                    let plain: String = kept.chars().map(|c| if is_xml_blank(c) { ' ' } else { c }).collect();
                    self.emit(&plain);
                } else {
                    self.emit(kept);
                }
                // The buffer goes back for the next run.
                self.characters = text;
            }
            Some(Open::Instruction) => {
                if let Some(field) = self.fields.last_mut().filter(|f| f.in_code) {
                    field.code.push_str(&self.characters);
                }
            }
            Some(Open::Run) => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.run_is_hidden = false;
                }
            }
            Some(Open::Numerator) => self.emit("/"),
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

    // Text

    /// Whether text is printed here: not inside a field's instructions.
    fn is_shown(&self) -> bool {
        self.n_in_code == 0
    }

    fn emit(&mut self, text: &str) {
        if text.is_empty() || !self.is_shown() {
            return;
        }
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        let start = paragraph.raw.text.len();
        paragraph.raw.text.push_str(text);
        if paragraph.run_is_hidden {
            let end = paragraph.raw.text.len();
            match paragraph.raw.hidden.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => paragraph.raw.hidden.push(start..end),
            }
        }
    }

    fn field_mark(&mut self, kind: Option<&str>) {
        match kind {
            Some("begin") => {
                self.fields.push(Field {
                    in_code: true,
                    code: String::new(),
                });
                self.n_in_code += 1;
            }
            Some("separate") => {
                if let Some(field) = self.fields.last_mut().filter(|f| f.in_code) {
                    field.in_code = false;
                    self.n_in_code -= 1;
                    let code = mem::take(&mut field.code);
                    self.note_formula(&code);
                }
            }
            Some("end") => self.pop_field(),
            _ => {}
        }
    }

    fn pop_field(&mut self) {
        if let Some(field) = self.fields.pop() {
            self.n_in_code -= usize::from(field.in_code);
        }
    }

    /// Keeps a formula (`=SUM(ABOVE)`) with the cell that it stands in.
    fn note_formula(&mut self, code: &str) {
        let code = code.trim();
        if code.starts_with('=')
            && let Some(Container::Cell) = self.containers.last()
            && let Some(cell) = self.row_cell()
        {
            cell.formula = Some(code.to_owned());
        }
    }

    // Paragraphs

    fn stream(&self) -> Stream {
        self.containers
            .iter()
            .rev()
            .find_map(|c| match c {
                Container::Flow(stream) => Some(*stream),
                Container::Cell => None,
            })
            .unwrap_or_default()
    }

    fn take_slot(&mut self) -> usize {
        self.out.push(None);
        self.out.len() - 1
    }

    fn begin_paragraph(&mut self) {
        let slot = match self.containers.last() {
            Some(Container::Flow(_)) => Some(self.take_slot()),
            _ => None,
        };
        self.paragraphs.push(Paragraph {
            slot,
            raw: RawParagraph {
                stream: self.stream(),
                ..RawParagraph::default()
            },
            ..Paragraph::default()
        });
    }

    fn end_paragraph(&mut self) {
        // A field whose instructions never end would swallow the rest of the document.
        while self.fields.last().is_some_and(|f| f.in_code) {
            self.pop_field();
        }
        let Some(mut paragraph) = self.paragraphs.pop() else {
            return;
        };
        if let Some(carried) = self.take_carried() {
            paragraph.raw = joined(carried, paragraph.raw);
        }
        if paragraph.mark_is_deleted {
            self.carried.push((self.containers.len(), paragraph.raw));
            return;
        }
        let hints = self.cx.styles.resolve(paragraph.style.as_deref(), &paragraph.hints);
        self.put_label(&mut paragraph, &hints);
        let raw = &mut paragraph.raw;
        raw.align = hints.align.unwrap_or_default();
        raw.outline_level = hints.outline.filter(|level| *level < 9).map(|level| level + 1);
        raw.page_break_before = hints.page_break_before.unwrap_or(false);
        self.place(paragraph.raw, paragraph.slot);
        if let Some(on_new_page) = paragraph.section_end {
            self.out.push(Some(RawBlock::SectionEnd { on_new_page }));
        }
    }

    fn put_label(&mut self, paragraph: &mut Paragraph, hints: &ParagraphHints) {
        let Some(num_id) = hints.num_id.filter(|id| *id != 0) else {
            return;
        };
        let (numbering, styles) = (self.cx.numbering, self.cx.styles);
        let by_style = || {
            let style = paragraph.style.as_deref()?;
            numbering.level_of_style(num_id, style, styles)
        };
        let ilvl = paragraph.hints.ilvl.or_else(by_style).or(hints.ilvl).unwrap_or(0);
        let Some(label) = numbering.count(self.counters, num_id, ilvl, styles) else {
            return;
        };
        let raw = &mut paragraph.raw;
        let mut front = label.text;
        raw.label_len = front.len();
        // `1.` and `2025年` must not become `1.2025年`.
        if label.spaced && front.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.') {
            front.push(' ');
        }
        let shift = front.len();
        for part in &mut raw.hidden {
            *part = part.start + shift..part.end + shift;
        }
        for at in &mut raw.page_ends {
            // A page that ends before all text ends before the label too.
            *at = if *at == 0 { 0 } else { *at + shift };
        }
        front.push_str(&raw.text);
        raw.text = front;
    }

    /// Puts a finished paragraph into its slot, or into the open cell.
    fn place(&mut self, raw: RawParagraph, slot: Option<usize>) {
        if let Some(slot) = slot {
            self.out[slot] = Some(RawBlock::Paragraph(raw));
            return;
        }
        let Some(cell) = self.row_cell() else { return };
        if cell.n_paragraphs > 0 {
            cell.text.push('\n');
        }
        cell.n_paragraphs += 1;
        let hidden: usize = raw.hidden.iter().map(|part| part.len()).sum();
        let shown = hidden < raw.text.len();
        cell.any_shown |= shown;
        cell.all_hidden = !cell.any_shown && (cell.all_hidden || hidden > 0);
        cell.text.push_str(&raw.text);
    }

    /// What was carried over in the container that is open.
    fn take_carried(&mut self) -> Option<RawParagraph> {
        let depth = self.containers.len();
        self.carried.pop_if(|(at, _)| *at == depth).map(|(_, raw)| raw)
    }

    /// Places what was carried over as a paragraph of its own: its container ends, or a table comes.
    fn flush_carried(&mut self) {
        if let Some(raw) = self.take_carried() {
            let slot = match self.containers.last() {
                Some(Container::Cell) => None,
                _ => Some(self.take_slot()),
            };
            self.place(raw, slot);
        }
    }

    fn row(&mut self) -> Option<&mut RawRow> {
        self.tables.last_mut()?.raw.rows.last_mut()
    }

    fn row_cell(&mut self) -> Option<&mut RawCell> {
        self.row()?.cells.last_mut()
    }

    // Properties

    /// Reads `w:rPr` of a run. Most are passed over unread.
    fn run_properties(&mut self, start: &BytesStart<'x>) -> Result<(), quick_xml::Error> {
        let name = start.name();
        let any_style_hides = self.cx.styles.any_vanish;
        let hidden = match self.puller.raw_content(name.as_ref()) {
            Some(content) => {
                self.open.push(Open::Other);
                let may_hide = content.contains("vanish") || (any_style_hides && content.contains("rStyle"));
                if !may_hide {
                    return Ok(());
                }
                self.cx.styles.hides(content)
            }
            None => {
                let mut vanish = None;
                self.properties(|_, name, start| {
                    if name == "vanish" {
                        vanish = Some(xml::is_on(start));
                    }
                    Ok(false)
                })?;
                vanish
            }
        };
        if let Some(hidden) = hidden
            && let Some(Open::Run) = self.open.iter().rev().find(|o| !matches!(o, Open::Other))
            && let Some(paragraph) = self.paragraphs.last_mut()
        {
            paragraph.run_is_hidden = hidden;
        }
        Ok(())
    }

    /// Gives each element inside the one just begun to `take`, which returns whether to leave out what is inside it. Old
    /// properties kept by tracked changes are left out. Reads up to and with the end of the element.
    fn properties(
        &mut self,
        mut take: impl FnMut(&mut Self, &str, &BytesStart<'x>) -> Result<bool, quick_xml::Error>,
    ) -> Result<(), quick_xml::Error> {
        let outside = self.puller.depth() - 1;
        loop {
            match self.puller.next()? {
                Step::Start(_, start) => {
                    let local = start.local_name();
                    let name: &str = local.as_ref();
                    if (name.len() > "Change".len() && name.ends_with("Change")) || take(self, name, &start)? {
                        self.puller.skip()?;
                    }
                }
                Step::End if self.puller.depth() <= outside => return Ok(()),
                Step::Done => return Ok(()),
                Step::End | Step::Text(_) => {}
            }
        }
    }

    fn paragraph_properties(&mut self) -> Result<(), quick_xml::Error> {
        let mut hints = ParagraphHints::default();
        let mut style = None;
        let mut mark_is_deleted = false;
        let mut section_end = None;
        let mut in_mark = false;
        self.properties(|walker, name, start| {
            match name {
                "pStyle" => style = xml::attribute(start, "val").map(|v| v.into_owned()),
                // The paragraph mark's own formatting says only one thing of interest.
                "rPr" => match walker.puller.raw_content(start.name().as_ref()) {
                    Some(content) => mark_is_deleted = deletes(content),
                    None => in_mark = true,
                },
                "del" | "moveFrom" if in_mark => mark_is_deleted = true,
                "sectPr" => section_end = Some(walker.section_properties()?),
                "pBdr" | "tabs" | "ind" | "spacing" | "rFonts" | "framePr" => return Ok(true),
                _ => hints.take(name, start),
            }
            Ok(false)
        })?;
        let hidden = style
            .as_deref()
            .and_then(|id| self.cx.styles.get(id))
            .and_then(|s| s.vanish)
            .unwrap_or(false);
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.hints = hints;
            paragraph.style = style;
            paragraph.mark_is_deleted = mark_is_deleted;
            paragraph.section_end = section_end;
            paragraph.style_is_hidden = hidden;
        }
        Ok(())
    }

    /// Reads `w:sectPr` up to its end; whether its section begins on a new page.
    fn section_properties(&mut self) -> Result<bool, quick_xml::Error> {
        let mut on_new_page = true;
        self.properties(|walker, name, start| {
            walker.section_property(name, start, &mut on_new_page);
            Ok(false)
        })?;
        Ok(on_new_page)
    }

    fn section_property(&mut self, name: &str, start: &BytesStart<'_>, on_new_page: &mut bool) {
        match name {
            "type" => {
                *on_new_page = !matches!(
                    xml::attribute(start, "val").as_deref(),
                    Some("continuous" | "nextColumn")
                )
            }
            "headerReference" | "footerReference" => {
                if let Some(id) = xml::attribute(start, "id") {
                    self.margins.push(id.into_owned());
                }
            }
            _ => {}
        }
    }

    fn row_properties(&mut self) -> Result<(), quick_xml::Error> {
        let (mut before, mut header, mut hidden, mut deleted) = (0, false, false, false);
        self.properties(|_, name, start| {
            match name {
                "gridBefore" => before = span(start),
                "tblHeader" => header = xml::is_on(start),
                "hidden" => hidden = xml::is_on(start),
                "del" => deleted = true,
                _ => {}
            }
            Ok(false)
        })?;
        if let Some(row) = self.row() {
            row.grid_before = before;
            row.is_header = header;
            row.is_hidden = hidden;
            row.is_deleted = deleted;
        }
        Ok(())
    }

    fn cell_properties(&mut self) -> Result<(), quick_xml::Error> {
        let (mut grid_span, mut vertical, mut joins_left, mut deleted) = (1, VerticalMerge::Single, false, false);
        self.properties(|_, name, start| {
            match name {
                "gridSpan" => grid_span = span(start).max(1),
                "vMerge" => {
                    vertical = match xml::attribute(start, "val").as_deref() {
                        Some("restart") => VerticalMerge::Restart,
                        _ => VerticalMerge::Continue,
                    };
                }
                "hMerge" => joins_left = xml::attribute(start, "val").as_deref() != Some("restart"),
                "cellDel" => deleted = true,
                _ => {}
            }
            Ok(false)
        })?;
        if let Some(cell) = self.row_cell() {
            cell.grid_span = grid_span;
            cell.vertical = vertical;
            cell.joins_left = joins_left;
            cell.is_deleted = deleted;
        }
        Ok(())
    }

    // Warnings

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

/// Whether the properties of a paragraph mark, as written, say that a tracked change deletes it.
fn deletes(content: &str) -> bool {
    // Most say nothing of the kind; a name of a reviser may only look like it.
    if !content.contains("del") && !content.contains("moveFrom") {
        return false;
    }
    let mut puller = Puller::new(content);
    loop {
        match puller.next() {
            Ok(Step::Start(_, start)) if matches!(start.local_name().as_ref() as &str, "del" | "moveFrom") => {
                return true;
            }
            Ok(Step::Done) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

/// White space of XML, which Word drops at the ends of a text that does not preserve it.
fn is_xml_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// A count of grid columns.
fn span(start: &BytesStart<'_>) -> usize {
    xml::attribute(start, "val")
        .and_then(|v| v.trim().parse::<usize>().ok())
        .map_or(0, |n| n.min(MAX_GRID_SPAN))
}

/// `first` without its paragraph mark, run into `second`.
fn joined(mut first: RawParagraph, second: RawParagraph) -> RawParagraph {
    let shift = first.text.len();
    first.text.push_str(&second.text);
    first
        .hidden
        .extend(second.hidden.iter().map(|r| r.start + shift..r.end + shift));
    first.page_ends.extend(second.page_ends.iter().map(|at| at + shift));
    RawParagraph {
        text: first.text,
        hidden: first.hidden,
        page_ends: first.page_ends,
        ..second
    }
}
