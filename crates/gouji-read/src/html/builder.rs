//! The tree of a page as lines and tables, in reading order.

use std::mem;
use std::ops::Range;

use gouji_document::{Align, Deadline};
use scraper::{ElementRef, Html, Node};

use super::lists::{Item, Lists};
use super::notes;
use super::styles::{alignment, hides, is_blank, is_block, is_east_asian};

/// Columns and rows that one cell may cover (HTML standard 4.9.11).
const MAX_COL_SPAN: usize = 1000;
/// Columns of a table past which no cell covers more than one.
const MAX_COLUMNS: usize = 1000;
const MAX_ROW_SPAN: usize = 65_534;
/// A cell with so many paragraphs, or so many characters, holds an article and not a value.
const ARTICLE_PARAGRAPHS: usize = 6;
const ARTICLE_CHARACTERS: usize = 600;

/// A block before it has a place in the text.
pub(super) enum Piece {
    Line(Line),
    Table(RawTable),
}

/// A paragraph.
#[derive(Default)]
pub(super) struct Line {
    pub text: String,
    /// Bytes of the number of a list item at its start.
    pub label_len: usize,
    pub hidden: Vec<Range<usize>>,
    pub outline_level: Option<u8>,
    pub align: Align,
    /// It is the first line of an item.
    item: Option<Item>,
}

impl Line {
    /// Puts the number of its item in front.
    pub fn number(&mut self, lists: &Lists) {
        let Some(label) = self.item.take().and_then(|item| lists.label(&item).map(str::to_owned)) else {
            return;
        };
        // `1.` and `2025年` must not become `1.2025年`.
        let front = if label.ends_with('.') {
            format!("{label} ")
        } else {
            label.clone()
        };
        self.label_len = label.len();
        self.text.insert_str(0, &front);
        for part in &mut self.hidden {
            *part = part.start + front.len()..part.end + front.len();
        }
    }
}

#[derive(Default)]
pub(super) struct RawTable {
    captions: Vec<Piece>,
    pub cells: Vec<RawCell>,
    pub n_rows: usize,
    pub header_rows: usize,
    /// For each column, the first row that no cell from above reaches into.
    free_from: Vec<usize>,
    next_col: usize,
    in_head: bool,
}

pub(super) struct RawCell {
    pub row: usize,
    pub col: usize,
    pub row_span: usize,
    pub col_span: usize,
    pub pieces: Vec<Piece>,
}

/// What an open element passes on to what is inside it.
#[derive(Clone, Copy, Default)]
struct Inherited {
    hidden: bool,
    align: Align,
    outline_level: Option<u8>,
    preformatted: bool,
}

pub(super) struct Builder {
    /// One for the page, and one for each open cell or caption.
    flows: Vec<Vec<Piece>>,
    tables: Vec<RawTable>,
    line: Line,
    /// White space since the last character; whether it holds a line end.
    gap: Option<bool>,
    inherited: Vec<Inherited>,
    lists: Lists,
}

impl Builder {
    pub fn new() -> Self {
        Self {
            flows: vec![Vec::new()],
            tables: Vec::new(),
            line: Line::default(),
            gap: None,
            inherited: vec![Inherited::default()],
            lists: Lists::default(),
        }
    }

    /// Goes through the tree without recursion, until `deadline`.
    pub fn walk(&mut self, page: &Html, deadline: &Deadline) {
        let mut node = page.tree.root();
        'tree: loop {
            if deadline.has_passed() {
                return;
            }
            let is_mark = ElementRef::wrap(node).is_some_and(notes::is_mark);
            let enters = !is_mark && self.open(node.value());
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

    /// What the page holds, and the numbers of its items.
    pub fn finish(mut self) -> (Vec<Piece>, Lists) {
        self.flush();
        (mem::take(&mut self.flows[0]), self.lists)
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
        // A `comment` is what a reader of a sheet noted on a cell.
        if matches!(name, "head" | "rt" | "rp" | "comment") {
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
            // What a revision deleted, as Word and some editors save it.
            "del" => inherited.hidden = true,
            "ol" | "ul" => self.lists.begin(name == "ol", |name| element.attr(name)),
            "li" => self.lists.begin_item(|name| element.attr(name)),
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
            "ol" | "ul" => self.lists.end(),
            "li" => self.lists.end_item(),
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
            self.line.item = self.lists.take();
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
        if line.text.trim().is_empty() {
            return;
        }
        if let Some(item) = &line.item {
            self.lists.note(item, &line.text);
        }
        if let Some(flow) = self.flows.last_mut() {
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
