//! Web pages as saved by a browser.
//!
//! - Handled: declared and detected encodings, block elements, line breaks, preformatted text, tables with `rowspan` and
//!   `colspan`, headings, alignment, hidden elements (`display:none`, `visibility:hidden`, size 0, `hidden`), character
//!   references, missing and misplaced tags as the HTML standard prescribes.
//! - Partly handled: a table that only lays out the page (tables inside it, one column, whole articles in a cell) is read as
//!   paragraphs in reading order; styles are seen only on the element itself.
//! - Ignored: scripts, style sheets, frames, drop-down lists, numbers of list items, pictures, everything in the head.

mod tame;

use std::mem;
use std::ops::Range;

use gouji_document::{Align, Document, Format, Hidden, Paragraph, Parsed, Span, Stream, Warning, WarningKind};
use scraper::{Html, Node};

use crate::ReadError;
use crate::assembly::{Assembly, PlacedCell, TableFrame};
use crate::encoding;

/// Bytes of a page. Text and tables of the longest circulars take some hundred thousand; the tree of a page takes
/// many times its bytes.
const MAX_BYTES: usize = 16 << 20;
/// Bytes at the start in which the page names its encoding (HTML standard: 1024; real pages put scripts before it).
const LABEL_WINDOW: usize = 4096;
/// Columns and rows that one cell may cover (HTML standard 4.9.11).
const MAX_COL_SPAN: usize = 1000;
/// Columns of a table past which no cell covers more than one.
const MAX_COLUMNS: usize = 1000;
const MAX_ROW_SPAN: usize = 65_534;
/// A cell with so many paragraphs, or so many characters, holds an article and not a value.
const ARTICLE_PARAGRAPHS: usize = 6;
const ARTICLE_CHARACTERS: usize = 600;

/// Reads a web page.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed<Document>, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLong {
            limit: MAX_BYTES as u64,
        });
    }
    let decoded = encoding::decode(bytes, label(bytes).as_deref());
    let tamed = tame::tame(&decoded.text);
    let page = Html::parse_document(&tamed.html);
    let mut builder = Builder::new();
    builder.walk(&page);
    let mut assembly = Assembly::default();
    if decoded.n_bad > 0 {
        assembly.warn(
            WarningKind::UndecodableBytes {
                encoding: decoded.encoding,
            },
            "page",
        );
    }
    if tamed.too_deep {
        assembly.warnings.push(Warning {
            kind: WarningKind::LimitReached {
                what: "HTML depth",
                limit: tame::MAX_DEPTH as u64,
            },
            place: "page".to_owned(),
            span: None,
        });
    }
    lower(builder.finish(), &mut assembly);
    if assembly.n_blocks() == 0 {
        return Err(ReadError::Empty);
    }
    let (value, warnings) = assembly.finish(Format::Html, Some(decoded.encoding));
    Ok(Parsed { value, warnings })
}

/// The encoding that the page itself names, in `meta` or an XML declaration.
fn label(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LABEL_WINDOW)]).to_ascii_lowercase();
    let at = head
        .find("charset=")
        .map(|at| at + 8)
        .or_else(|| head.find("encoding=").map(|at| at + 9))?;
    let label: String = head[at..]
        .trim_start_matches(['"', '\'', ' '])
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        .collect();
    (!label.is_empty()).then_some(label)
}

/// A block before it has a place in the text.
enum Piece {
    Line(Line),
    Table(RawTable),
}

/// A paragraph.
#[derive(Default)]
struct Line {
    text: String,
    hidden: Vec<Range<usize>>,
    outline_level: Option<u8>,
    align: Align,
}

#[derive(Default)]
struct RawTable {
    captions: Vec<Piece>,
    cells: Vec<RawCell>,
    n_rows: usize,
    header_rows: usize,
    /// For each column, the first row that no cell from above reaches into.
    free_from: Vec<usize>,
    next_col: usize,
    in_head: bool,
}

struct RawCell {
    row: usize,
    col: usize,
    row_span: usize,
    col_span: usize,
    pieces: Vec<Piece>,
}

/// What an open element passes on to what is inside it.
#[derive(Clone, Copy, Default)]
struct Inherited {
    hidden: bool,
    align: Align,
    outline_level: Option<u8>,
    preformatted: bool,
}

struct Builder {
    /// One for the page, and one for each open cell or caption.
    flows: Vec<Vec<Piece>>,
    tables: Vec<RawTable>,
    line: Line,
    /// White space since the last character; whether it holds a line end.
    gap: Option<bool>,
    inherited: Vec<Inherited>,
}

impl Builder {
    fn new() -> Self {
        Self {
            flows: vec![Vec::new()],
            tables: Vec::new(),
            line: Line::default(),
            gap: None,
            inherited: vec![Inherited::default()],
        }
    }

    /// Goes through the tree without recursion.
    fn walk(&mut self, page: &Html) {
        let mut node = page.tree.root();
        'tree: loop {
            let enters = self.open(node.value());
            if enters && let Some(child) = node.first_child() {
                node = child;
                continue;
            }
            if enters {
                self.close(node.value());
            }
            loop {
                if let Some(next) = node.next_sibling() {
                    node = next;
                    continue 'tree;
                }
                match node.parent() {
                    Some(parent) => node = parent,
                    None => return,
                }
                self.close(node.value());
            }
        }
    }

    fn finish(mut self) -> Vec<Piece> {
        self.flush();
        mem::take(&mut self.flows[0])
    }

    /// Takes a node in; whether to go into it.
    fn open(&mut self, node: &Node) -> bool {
        let element = match node {
            Node::Text(text) => {
                self.text(text);
                return true;
            }
            Node::Element(element) => element,
            _ => return true,
        };
        let name = element.name();
        if matches!(name, "head" | "rt" | "rp") {
            return false;
        }
        let mut inherited = self.inherited.last().copied().unwrap_or_default();
        let style = element.attr("style").unwrap_or("").to_ascii_lowercase();
        inherited.hidden |= element.attr("hidden").is_some() || hides(&style);
        if let Some(align) = alignment(name, element.attr("align"), &style) {
            inherited.align = align;
        }
        if is_block(name) {
            self.flush();
        }
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                inherited.outline_level = name[1..].parse().ok();
            }
            "pre" => inherited.preformatted = true,
            "br" => self.line_break(),
            "table" => {
                inherited = Inherited {
                    hidden: inherited.hidden,
                    ..Inherited::default()
                };
                self.tables.push(RawTable::default());
            }
            "thead" => self.in_head(true),
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.n_rows += 1;
                    table.next_col = 0;
                    if table.in_head && table.header_rows + 1 == table.n_rows {
                        table.header_rows = table.n_rows;
                    }
                }
            }
            "td" | "th" => {
                let span = |name: &str, most: usize| {
                    element
                        .attr(name)
                        .and_then(|v| v.trim().parse::<usize>().ok())
                        .map_or(1, |n| n.min(most))
                };
                let (rows, cols) = (span("rowspan", MAX_ROW_SPAN), span("colspan", MAX_COL_SPAN).max(1));
                if let Some(table) = self.tables.last_mut() {
                    table.begin_cell(rows, cols);
                }
                self.flows.push(Vec::new());
            }
            "caption" => self.flows.push(Vec::new()),
            _ => {}
        }
        self.inherited.push(inherited);
        true
    }

    fn close(&mut self, node: &Node) {
        let Node::Element(element) = node else { return };
        let name = element.name();
        if is_block(name) {
            self.flush();
        }
        self.inherited.pop();
        match name {
            "td" | "th" | "caption" if self.flows.len() > 1 => {
                let pieces = self.flows.pop().unwrap_or_default();
                if let Some(table) = self.tables.last_mut() {
                    match table.cells.last_mut() {
                        Some(cell) if name != "caption" => cell.pieces = pieces,
                        _ => table.captions.extend(pieces),
                    }
                }
            }
            "thead" => self.in_head(false),
            "table" => {
                if let Some(table) = self.tables.pop()
                    && let Some(flow) = self.flows.last_mut()
                {
                    place_table(table, flow);
                }
            }
            _ => {}
        }
    }

    fn in_head(&mut self, is_in: bool) {
        if let Some(table) = self.tables.last_mut() {
            table.in_head = is_in;
        }
    }

    // Text

    fn text(&mut self, text: &str) {
        let inherited = self.inherited.last().copied().unwrap_or_default();
        if inherited.preformatted {
            for (at, part) in text.split('\n').enumerate() {
                if at > 0 {
                    self.line_break();
                }
                self.push(part, inherited);
            }
            return;
        }
        let mut rest = text;
        loop {
            let word = rest.find(is_blank).unwrap_or(rest.len());
            if word > 0 {
                self.push(&rest[..word], inherited);
                rest = &rest[word..];
            }
            if rest.is_empty() {
                return;
            }
            let end = rest.find(|c| !is_blank(c)).unwrap_or(rest.len());
            let has_line_end = rest[..end].contains('\n');
            self.gap = Some(self.gap.unwrap_or(false) || has_line_end);
            rest = &rest[end..];
        }
    }

    /// Appends characters, with a blank before them where white space stood. A line end between two East Asian characters is
    /// only the layout of the source (CSS Text 3, 4.1.3).
    fn push(&mut self, text: &str, inherited: Inherited) {
        let Some(first) = text.chars().next() else { return };
        let before = self.line.text.chars().next_back();
        if let Some(has_line_end) = self.gap.take()
            && let Some(before) = before
            && before != '\n'
            && !(has_line_end && is_east_asian(before) && is_east_asian(first))
        {
            self.line.text.push(' ');
        }
        if self.line.text.is_empty() {
            self.line.align = inherited.align;
            self.line.outline_level = inherited.outline_level;
        }
        let start = self.line.text.len();
        self.line.text.push_str(text);
        if inherited.hidden {
            let end = self.line.text.len();
            match self.line.hidden.last_mut() {
                Some(last) if last.end == start => last.end = end,
                _ => self.line.hidden.push(start..end),
            }
        }
    }

    /// A line that is broken by hand is a paragraph to its writer; in a cell it is a line of the cell, which comes to the
    /// same.
    fn line_break(&mut self) {
        self.flush();
    }

    fn flush(&mut self) {
        self.gap = None;
        let line = mem::take(&mut self.line);
        if !line.text.trim().is_empty()
            && let Some(flow) = self.flows.last_mut()
        {
            flow.push(Piece::Line(line));
        }
    }
}

impl RawTable {
    /// Finds the place of the next cell of the row (HTML standard 4.9.12.1). `rows` 0 means down to the end.
    fn begin_cell(&mut self, rows: usize, cols: usize) {
        if self.n_rows == 0 {
            self.n_rows = 1;
        }
        let row = self.n_rows - 1;
        while self.free_from.get(self.next_col).is_some_and(|free| *free > row) {
            self.next_col += 1;
        }
        let col = self.next_col;
        let cols = if col + cols > MAX_COLUMNS { 1 } else { cols };
        let row_span = if rows == 0 { MAX_ROW_SPAN } else { rows };
        if self.free_from.len() < col + cols {
            self.free_from.resize(col + cols, 0);
        }
        for free in &mut self.free_from[col..col + cols] {
            *free = (*free).max(row + row_span);
        }
        self.next_col = col + cols;
        self.cells.push(RawCell {
            row,
            col,
            row_span,
            col_span: cols,
            pieces: Vec::new(),
        });
    }

    /// Whether it lays out the page instead of showing data.
    fn is_layout(&self) -> bool {
        let columns = self.cells.iter().map(|c| c.col + 1).max().unwrap_or(0);
        columns < 2
            || self.cells.iter().any(|cell| {
                let mut characters = 0;
                for piece in &cell.pieces {
                    match piece {
                        Piece::Table(_) => return true,
                        Piece::Line(line) => characters += line.text.chars().count(),
                    }
                }
                cell.pieces.len() >= ARTICLE_PARAGRAPHS && characters >= ARTICLE_CHARACTERS
            })
    }
}

/// Appends a finished table to the flow around it, or what is in its cells if it is only layout.
fn place_table(mut table: RawTable, flow: &mut Vec<Piece>) {
    flow.append(&mut table.captions);
    if table.is_layout() {
        for mut cell in table.cells {
            flow.append(&mut cell.pieces);
        }
    } else {
        flow.push(Piece::Table(table));
    }
}

fn lower(pieces: Vec<Piece>, assembly: &mut Assembly) {
    for piece in pieces {
        match piece {
            Piece::Line(line) => {
                let all_hidden = is_all_hidden(&line);
                let text = line.text.trim_matches(is_blank);
                let shift = line.text.len() - line.text.trim_start_matches(is_blank).len();
                let hidden_parts = line
                    .hidden
                    .iter()
                    .map(|part| {
                        (
                            part.start.saturating_sub(shift),
                            (part.end.saturating_sub(shift)).min(text.len()),
                        )
                    })
                    .filter(|(start, end)| start < end)
                    .map(|(start, end)| Span::new(start, end))
                    .collect();
                assembly.paragraph(
                    text,
                    Paragraph {
                        stream: Stream::Body,
                        hidden: all_hidden.then_some(Hidden::Text),
                        hidden_parts,
                        outline_level: line.outline_level,
                        align: line.align,
                        ..Paragraph::default()
                    },
                );
            }
            Piece::Table(table) => {
                let n_rows = table.n_rows;
                let placed = table.cells.into_iter().map(placed_cell).collect();
                assembly.table(
                    placed,
                    TableFrame {
                        n_rows,
                        header_rows: table.header_rows,
                        ..TableFrame::default()
                    },
                );
            }
        }
    }
}

fn placed_cell(cell: RawCell) -> PlacedCell {
    let mut text = String::new();
    let mut all_hidden = !cell.pieces.is_empty();
    for piece in &cell.pieces {
        // A table inside makes the outer one layout, so only lines are left.
        if let Piece::Line(line) = piece {
            all_hidden &= is_all_hidden(line);
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line.text.trim_matches(is_blank));
        }
    }
    PlacedCell {
        row: cell.row,
        col: cell.col,
        row_span: cell.row_span,
        col_span: cell.col_span,
        text,
        hidden: all_hidden.then_some(Hidden::Text),
        ..PlacedCell::default()
    }
}

fn is_all_hidden(line: &Line) -> bool {
    let mut from = 0;
    for part in &line.hidden {
        if !line.text[from..part.start].trim().is_empty() {
            return false;
        }
        from = part.end;
    }
    line.text[from..].trim().is_empty()
}

/// White space that pages collapse; ideographic and no-break blanks are characters.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}

/// Characters beside which a line end of the source is no blank.
fn is_east_asian(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FE30}'..='\u{FE4F}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}')
        || matches!(c, '“' | '”' | '‘' | '’' | '—' | '…' | '①'..='⑳')
}

fn is_block(name: &str) -> bool {
    !matches!(name, "span" | "br" | "ruby")
}

/// Whether a style, in lower case, hides its element.
fn hides(style: &str) -> bool {
    style.split(';').any(|declaration| {
        let Some((property, value)) = declaration.split_once(':') else {
            return false;
        };
        let value = value.trim().trim_end_matches("!important").trim_end();
        match property.trim() {
            "display" => value == "none",
            "visibility" => value == "hidden",
            "font-size" => value
                .strip_prefix('0')
                .is_some_and(|unit| matches!(unit, "" | "px" | "pt" | "em" | "rem" | "%")),
            _ => false,
        }
    })
}

fn alignment(name: &str, attribute: Option<&str>, style: &str) -> Option<Align> {
    let from_word = |word: &str| match word.trim().to_ascii_lowercase().as_str() {
        "center" | "middle" => Align::Center,
        "right" | "end" => Align::End,
        _ => Align::Start,
    };
    if name == "center" {
        return Some(Align::Center);
    }
    style
        .split(';')
        .filter_map(|declaration| declaration.split_once(':'))
        .find(|(property, _)| property.trim() == "text-align")
        .map(|(_, value)| from_word(value))
        .or_else(|| attribute.filter(|_| name != "table").map(from_word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_document::Block;

    fn page(body: &str) -> Document {
        super::read(format!("<html><head><title>页</title></head><body>{body}</body></html>").as_bytes())
            .expect("a page")
            .value
    }

    /// `P text` for paragraphs, `T` with rows parted by `/` and cells by `|` for tables.
    #[track_caller]
    fn check(body: &str, expected: &[&str]) {
        let document = page(body);
        let found: Vec<String> = document
            .blocks
            .iter()
            .map(|b| match b {
                Block::Paragraph(p) => format!("P {}", document.quote(p.span)),
                Block::Table(t) => format!("T {}", document.quote(t.span).replace('\n', "/").replace('\t', "|")),
            })
            .collect();
        assert_eq!(found, expected);
    }

    fn paragraph(document: &Document, at: usize) -> &Paragraph {
        match &document.blocks[at] {
            Block::Paragraph(p) => p,
            Block::Table(_) => panic!("block {at} is a table"),
        }
    }

    #[test]
    fn blocks_and_breaks_are_paragraphs() {
        check(
            "<div>甲<p>乙<b>丙</b>\n丁</p>戊 <br>己</div><ul><li>一<li>二</ul>",
            &["P 甲", "P 乙丙丁", "P 戊", "P 己", "P 一", "P 二"],
        );
    }

    #[test]
    fn white_space_collapses_but_wide_blanks_stay() {
        check(
            "<p>　　受理\n   12&nbsp;件，  PDF\n file</p><pre>甲  乙\n丙</pre>",
            &["P 　　受理 12\u{A0}件， PDF file", "P 甲  乙", "P 丙"],
        );
    }

    #[test]
    fn references_are_resolved_and_signs_kept() {
        check(
            "<p>甲&amp;乙&#19969;&lt;60%，合格率<60%</p>",
            &["P 甲&乙丁<60%，合格率<60%"],
        );
    }

    #[test]
    fn scripts_and_the_head_are_left_out() {
        check(
            "<script>var a='<p>x</p>'</script><p>甲</p><select><option>链接</select><noscript>x</noscript>",
            &["P 甲"],
        );
    }

    #[test]
    fn spans_make_a_full_grid() {
        let document = page(
            "<table><caption>表1</caption><thead><tr><th rowspan=2>单位<th colspan=2>数量<tr><th>受理<th>办结</thead>
             <tr><td>甲镇<td><p>12</p><td>11<tr><td>乙镇<td rowspan=0>3</table>",
        );
        assert_eq!(document.text, "表1\n单位\t数量\n受理\t办结\n甲镇\t12\t11\n乙镇\t3\t");
        let Block::Table(grid) = &document.blocks[1] else {
            panic!("a table")
        };
        assert_eq!((grid.n_rows, grid.n_cols, grid.header_rows), (4, 3, 2));
        assert!(grid.coverage().iter().all(Option::is_some));
        assert_eq!((grid.cells[0].row_span, grid.cells[1].col_span), (2, 2));
    }

    #[test]
    fn layout_tables_are_read_as_paragraphs() {
        check(
            "<table><tr><td>导航<td><table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>正文</p></table>",
            &["P 导航", "T 甲|1/乙|2", "P 正文"],
        );
        check("<table><tr><td><p>甲</p><p>乙</p></table>", &["P 甲", "P 乙"]);
        let article =
            "<p>本季度各单位认真落实要求，按时办理各类来信，总体情况良好，具体情况见下文所述各个部分的内容。</p>"
                .repeat(15);
        assert!(
            page(&format!("<table><tr><td>一<td>{article}</table>"))
                .blocks
                .iter()
                .all(|b| matches!(b, Block::Paragraph(_)))
        );
    }

    #[test]
    fn hidden_text_is_marked() {
        let document = page(
            "<p>甲<span style='DISPLAY: none'>广告</span>乙</p><div style='display:none;'><p>隐</p></div><p style='font-size:0.9em'>显</p>",
        );
        assert_eq!(document.text, "甲广告乙\n隐\n显");
        assert_eq!(document.quote(paragraph(&document, 0).hidden_parts[0]), "广告");
        assert_eq!(paragraph(&document, 0).hidden, None);
        assert_eq!(paragraph(&document, 1).hidden, Some(Hidden::Text));
        assert_eq!(paragraph(&document, 2).hidden, None);
    }

    #[test]
    fn headings_and_alignment() {
        let document = page(
            "<h2>一</h2><p align=right>二</p><center>三</center><div style='text-align:center'><p>四</p></div><p>五</p>",
        );
        let found: Vec<(Option<u8>, Align)> = (0..5)
            .map(|at| (paragraph(&document, at).outline_level, paragraph(&document, at).align))
            .collect();
        assert_eq!(
            found,
            [
                (Some(2), Align::Start),
                (None, Align::End),
                (None, Align::Center),
                (None, Align::Center),
                (None, Align::Start)
            ]
        );
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let source =
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"></head><p>乙</p>";
        let bytes = encoding_rs::GB18030.encode(source).0;
        let document = super::read(&bytes).expect("a page").value;
        assert_eq!((document.text.as_str(), document.encoding), ("乙", Some("GB18030")));
    }

    #[test]
    fn damaged_pages_never_panic() {
        let body = "<!-- c --><h1 align=center>甲&nbsp;<br>乙</h1><table border=1><caption>表</caption><thead><tr><th rowspan=2>丙</th>\
            <th colspan='2'>丁</thead><tr><td>1<td style=\"display:none\">2<table><td>内</table></table><pre> 甲\n乙</pre><script>x</script>";
        for (at, c) in body.char_indices() {
            let _ = super::read(format!("<html>{}{}", &body[..at], &body[at + c.len_utf8()..]).as_bytes());
            let _ = super::read(format!("<html>{}", &body[at..]).as_bytes());
            let _ = super::read(format!("<html>{}{body}", &body[..at]).as_bytes());
        }
    }

    #[test]
    fn hostile_pages_end_quickly() {
        let distinct: String = (0..20_000).map(|n| format!("<font size={n}><p>x")).collect();
        for body in [
            "<div>".repeat(200_000),
            "<b><i>".repeat(100_000),
            "<table><tr><td>".repeat(50_000),
            "<a><table>".repeat(50_000),
            format!("<p {}>x", (0..100_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
            distinct,
            "<td colspan=1000 rowspan=65534>x".repeat(2000),
            format!(
                "<table>{}</table>",
                "<tr><td colspan=1000 rowspan=65534>x<td>y".repeat(2000)
            ),
        ] {
            let _ = super::read(format!("<html>{body}").as_bytes());
        }
    }
}
