//! A table read cell by cell: what each column holds, what each row is, and each cell's number.

use std::borrow::Cow;

use gouji_circular::{Reason, Table, TableIdx};
use gouji_document::{Span, Text};
use gouji_quantity::{Decimal, Magnitude, Unit, UnitClass, half_width, parse_stated};

use super::column::{self, Column, ColumnKind};
use super::form::Form;
use super::row::{self, RowKind};
use crate::context::Context;
use crate::{Cue, Operand, Reading, Relation, RelationKind};

/// Longest quote of a relation inside a table, in bytes; a longer one is cut down to the row or the cells involved.
const MAX_QUOTE: usize = 4_000;
/// Most bytes of a number in a cell; longer runs of digits are codes.
const MAX_NUMBER: usize = 24;

/// What a data cell holds.
#[derive(Debug, Clone)]
pub(crate) enum Content {
    /// Nothing, or a mark for nothing (—, /, 无).
    Blank,
    /// One number, with its unit at most.
    Number(Number),
    /// Anything else.
    Text,
}

/// Which way a change went, by the mark beside its figure (↑2.55, 下降0.56, 12.5%▼).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Course {
    /// No mark: a sign tells, if anything does.
    #[default]
    Unmarked,
    Up,
    Down,
    /// ▲ alone, which stands for less in accounts and for more elsewhere.
    Either,
}

/// A number in a cell.
#[derive(Debug, Clone)]
pub(crate) struct Number {
    /// As an operand, in the scale printed in the cell (the header's 万元 is not multiplied out).
    pub operand: Operand,
    /// Its value, the same as the operand's.
    pub value: Decimal,
    /// A percent sign is printed in the cell.
    pub percent: bool,
    /// The cell repeats a merged one.
    pub filled: bool,
    /// The way that a mark gives it.
    pub course: Course,
}

impl Number {
    /// The value with the sign of its mark; of two ways the one that comes nearer to what is looked for.
    pub fn signed(&self, sought: Decimal) -> Decimal {
        match self.course {
            Course::Down => -self.value,
            Course::Either if sought.is_sign_negative() => -self.value,
            _ => self.value,
        }
    }
}

/// A table with its columns and rows understood.
pub(crate) struct Sheet<'a> {
    /// In the shape that the rooms read; see [`Form`].
    pub table: Cow<'a, Table>,
    pub index: TableIdx,
    pub columns: Vec<Column>,
    pub rows: Vec<RowKind>,
    /// Column that names the rows, if any.
    pub label_column: Option<usize>,
    /// The table is an excerpt (（略）, ……): totals need not hold.
    pub open: bool,
    cells: Vec<Content>,
}

impl<'a> Sheet<'a> {
    /// Reads a table; `None` if it has no rows or no columns.
    pub fn read(cx: &Context<'a>, index: TableIdx) -> Option<Self> {
        let form = Form::of(cx.circular.tables.get(index.0)?);
        let table = &*form.table;
        let n_cols = table.header.len();
        if n_cols == 0 || table.rows.is_empty() {
            return None;
        }
        let mut cells = Vec::with_capacity(n_cols * table.rows.len());
        for (row_idx, row) in table.rows.iter().enumerate() {
            for col_idx in 0..n_cols {
                let content = row.cells.get(col_idx).map_or(Content::Blank, |cell| {
                    let figure = form
                        .place(row_idx, col_idx)
                        .and_then(|(row, col)| cx.cells.get(&(index, row, col)))
                        .filter(|figures| figures.len() == 1)
                        .and_then(|figures| figures.first().copied());
                    match read_cell(&cell.text) {
                        Content::Number(mut number) => {
                            number.filled = cell.filled;
                            number.operand.figure = figure;
                            // Of 400（↓12.5%） the mark was left outside when the cell was parted.
                            if number.course == Course::Unmarked && form.place(row_idx, col_idx).is_none() {
                                number.course = course_before(cx, &number);
                            }
                            Content::Number(number)
                        }
                        other => other,
                    }
                });
                cells.push(content);
            }
        }
        let open = is_excerpt(cx, table);
        let mut sheet = Self {
            table: form.table,
            index,
            columns: Vec::new(),
            rows: Vec::new(),
            label_column: None,
            open,
            cells,
        };
        // 甲 | 乙 | 1 | 2 below the heads numbers the columns: no figure of any.
        if row::numbers_columns(&sheet) {
            for cell in sheet.cells.iter_mut().take(n_cols) {
                *cell = Content::Text;
            }
        }
        sheet.settle_courses();
        sheet.columns = column::read(&sheet);
        sheet.label_column = column::label_column(&sheet.columns);
        sheet.settle_units(form.periods);
        sheet.rows = row::read(&sheet);
        Some(sheet)
    }

    /// Number of columns.
    pub fn n_cols(&self) -> usize {
        self.table.header.len()
    }

    /// Number of data rows.
    pub fn n_rows(&self) -> usize {
        self.table.rows.len()
    }

    /// What a cell holds.
    pub fn content(&self, row: usize, col: usize) -> &Content {
        &self.cells[row * self.table.header.len() + col]
    }

    /// The number in a cell, copies of merged cells included.
    pub fn number(&self, row: usize, col: usize) -> Option<&Number> {
        match self.content(row, col) {
            Content::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The number in a cell that is no copy of a merged one.
    pub fn own_number(&self, row: usize, col: usize) -> Option<&Number> {
        self.number(row, col).filter(|n| !n.filled)
    }

    /// A cell's text without white space.
    pub fn squashed(&self, row: usize, col: usize) -> String {
        squash(self.table.cell(row, col))
    }

    /// The unit that the name of a row gives for its figures: 挽回损失（万元）.
    pub fn row_unit(&self, row: usize) -> Option<(Magnitude, Unit)> {
        let name = self.table.cell(row, self.label_column?);
        name.trim_end()
            .ends_with(['）', ')'])
            .then(|| column::bracketed_unit(name))?
    }

    /// Data rows, in order.
    pub fn data_rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows
            .iter()
            .enumerate()
            .filter(|(_, kind)| matches!(kind, RowKind::Data))
            .map(|(idx, _)| idx)
    }

    /// Columns of a kind that can be added down and across: counts, amounts, scores.
    pub fn addable(&self) -> impl Iterator<Item = usize> + '_ {
        self.columns
            .iter()
            .enumerate()
            .filter(|(_, c)| matches!(c.kind, ColumnKind::Count | ColumnKind::Score))
            .map(|(idx, _)| idx)
    }

    /// The quote of a relation among cells: from the caption or the first header cell to the last cell
    /// involved, or what of the row or the cells fits the limit.
    pub fn quote(&self, cx: &Context<'_>, operands: &[&Operand]) -> Option<Span> {
        let involved = Context::cover(operands.iter().filter_map(|o| o.span))?;
        let header = self.table.header.iter().find_map(|h| h.span());
        let caption = self.table.caption.as_ref().and_then(|c| c.span());
        // A caption far from the header (the attachment's title on another page) is not part of the quote.
        let head = match (caption, header) {
            (Some(c), Some(h)) if c.end <= h.start && h.start - c.end < 300 => Some(c),
            (_, h) => h,
        };
        let whole = head.map_or(involved, |h| h.cover(involved));
        Some(if whole.len() <= MAX_QUOTE {
            whole
        } else {
            clip(cx, involved)
        })
    }

    /// A relation among cells with its quote; `None` without readings or without a place in the source.
    pub fn relation(
        &self,
        cx: &Context<'_>,
        kind: RelationKind,
        rule: &'static str,
        cue: Cue,
        readings: Vec<Reading>,
    ) -> Option<Relation> {
        let first = readings.first()?;
        let involved: Vec<&Operand> = std::iter::once(&first.stated).chain(&first.operands).collect();
        let quote = self.quote(cx, &involved)?;
        Some(Relation {
            kind,
            rule,
            cue,
            readings,
            quote,
        })
    }

    /// ▲ means more in a column that has ▼ for less.
    fn settle_courses(&mut self) {
        let n_cols = self.n_cols();
        let course = |content: &Content| match content {
            Content::Number(n) => n.course,
            _ => Course::Unmarked,
        };
        for col in 0..n_cols {
            let falls = self
                .cells
                .iter()
                .skip(col)
                .step_by(n_cols)
                .any(|c| course(c) == Course::Down);
            if !falls {
                continue;
            }
            for content in self.cells.iter_mut().skip(col).step_by(n_cols) {
                if let Content::Number(number) = content
                    && number.course == Course::Either
                {
                    number.course = Course::Up;
                }
            }
        }
    }

    /// Gives a column's operands what its unit says about exactness: counts are exact, amounts are rounded.
    fn settle_units(&mut self, periods: bool) {
        let n_cols = self.n_cols();
        // Accounts of several periods (会议费, 接待费) without any unit: nothing says that whole figures are not rounded.
        let names = |row: &usize| self.label_column.map(|c| self.squashed(*row, c)).unwrap_or_default();
        let money_rows = (0..self.n_rows()).filter(|r| column::of_money(&names(r))).count();
        let amounts = periods && money_rows * 3 >= self.n_rows();
        for col in 0..n_cols {
            let column = &self.columns[col];
            let money = match &column.unit {
                Some(unit) => unit.class == UnitClass::Money,
                None => amounts,
            };
            let scaled = column.magnitude != Magnitude::One;
            let exact_whole = matches!(column.kind, ColumnKind::Count | ColumnKind::Score) && !money && !scaled;
            for row in 0..self.table.rows.len() {
                if let Content::Number(number) = &mut self.cells[row * n_cols + col]
                    && exact_whole
                    && number.operand.decimals == 0
                    && number.operand.ulp == Decimal::ONE
                    && !number.percent
                {
                    number.operand.ulp = Decimal::ZERO;
                }
            }
        }
    }
}

/// A quote over the limit, cut at the last line break before it, so that it still is one run of the source.
pub(super) fn clip(cx: &Context<'_>, span: Span) -> Span {
    if span.len() <= MAX_QUOTE {
        return span;
    }
    let mut end = span.start + MAX_QUOTE;
    while !cx.document.text.is_char_boundary(end) {
        end -= 1;
    }
    let end = cx.document.text[span.start..end]
        .rfind(['\n', '\t'])
        .filter(|at| *at > 0)
        .map_or(end, |at| span.start + at);
    Span::new(span.start, end)
}

/// Whether the source says that rows were left out.
fn is_excerpt(cx: &Context<'_>, table: &Table) -> bool {
    let dotted = |s: &str| {
        let s = s.trim();
        !s.is_empty() && s.chars().all(|c| matches!(c, '…' | '.' | '·' | '⋯')) && (s.contains('…') || s.len() >= 3)
            || says_omitted(s)
    };
    if table.rows.iter().any(|r| r.cells.iter().any(|c| dotted(&c.text))) {
        return true;
    }
    if table.notes.iter().any(|n| n.contains("略") && n.chars().count() < 20) {
        return true;
    }
    let spans = || table.rows.iter().flat_map(|r| &r.cells).filter_map(|c| c.text.span());
    let (Some(first), Some(last)) = (spans().map(|s| s.start).min(), spans().map(|s| s.end).max()) else {
        return false;
    };
    cx.circular.discarded.iter().any(|d| {
        d.reason == Reason::Ellipsis
            && d.text
                .span()
                .is_some_and(|s| s.start >= first && s.start <= last.saturating_add(16))
    })
}

/// Whether a cell says that rows are left out: （略）, 其余单位略, （以下从略）. 发展战略 does not.
fn says_omitted(cell: &str) -> bool {
    let bare = cell.trim_matches(['(', ')', '（', '）', '。', ' ']);
    let opens = ["其余", "其他", "其它", "余", "以下", "下", "此处"];
    bare.ends_with('略') && bare.chars().count() <= 14 && (bare == "略" || opens.iter().any(|w| bare.starts_with(w)))
}

/// A string without white space.
pub(crate) fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Words and marks of a change beside its figure.
const COURSES: &[(&str, Course)] = &[
    ("↑", Course::Up),
    ("↗", Course::Up),
    ("⬆", Course::Up),
    ("△", Course::Either),
    ("▲", Course::Either),
    ("↓", Course::Down),
    ("↘", Course::Down),
    ("⬇", Course::Down),
    ("▼", Course::Down),
    ("▽", Course::Down),
    ("上升", Course::Up),
    ("增长", Course::Up),
    ("增加", Course::Up),
    ("提高", Course::Up),
    ("提升", Course::Up),
    ("下降", Course::Down),
    ("减少", Course::Down),
    ("降低", Course::Down),
    ("回落", Course::Down),
    ("升", Course::Up),
    ("增", Course::Up),
    ("降", Course::Down),
    ("减", Course::Down),
];

/// The mark at the beginning of a cell (a sign or a word), or at its end (a sign), and the text without it.
fn marked(text: &str) -> (Course, usize, &str) {
    for (mark, course) in COURSES {
        if let Some(rest) = text.strip_prefix(mark) {
            let bare = rest.trim_start();
            return (*course, text.len() - bare.len(), bare);
        }
    }
    for (mark, course) in COURSES.iter().take_while(|(m, _)| m.chars().count() == 1) {
        if let Some(rest) = text.strip_suffix(mark) {
            return (*course, 0, rest.trim_end());
        }
    }
    (Course::Unmarked, 0, text)
}

/// The mark right before a number in the source.
fn course_before(cx: &Context<'_>, number: &Number) -> Course {
    let Some(span) = number.operand.span else {
        return Course::Unmarked;
    };
    let before = cx.document.text[..span.start].trim_end_matches(' ');
    let found = COURSES.iter().find(|(mark, _)| before.ends_with(mark));
    found.map_or(Course::Unmarked, |(_, course)| *course)
}

/// Reads a cell: a number with at most a unit behind it, a mark for nothing, or text.
pub(super) fn read_cell(text: &Text) -> Content {
    let string = text.as_str();
    let trimmed = string.trim();
    if is_blank_mark(trimmed) {
        return Content::Blank;
    }
    let (course, lead, trimmed) = marked(trimmed);
    let start = string.len() - string.trim_start().len() + lead;
    let mut end = 0;
    for (at, c) in trimmed.char_indices() {
        let numeric = c.is_ascii_digit() || ('０'..='９').contains(&c) || matches!(c, ',' | '，' | '.' | '．');
        let sign = at == 0 && matches!(c, '+' | '-' | '−' | '－' | '＋');
        if !numeric && !sign {
            break;
        }
        end = at + c.len_utf8();
    }
    let digits = trimmed[..end].trim_end_matches([',', '，', '.', '．']);
    if digits.is_empty() || digits.len() > MAX_NUMBER * 3 {
        return Content::Text;
    }
    let plain = half_width(digits);
    // 0371 is an area code or a serial, 371 a number.
    let code = plain.len() > MAX_NUMBER || plain.len() > 1 && plain.starts_with('0') && !plain.starts_with("0.");
    let mut rest = trimmed[digits.len()..].trim_start();
    let mut surface_end = digits.len();
    for word in ["万亿", "亿", "万"] {
        if let Some(after) = rest.strip_prefix(word) {
            surface_end = trimmed.len() - after.len();
            rest = after.trim_start();
            break;
        }
    }
    // 6月 and 2024年 name a period.
    if rest.starts_with(['月', '年', '季']) {
        return Content::Text;
    }
    let percent = rest.starts_with(['%', '％', '‰']);
    let unit_len = if rest.is_empty() {
        0
    } else {
        Unit::at_start(rest).map_or(usize::MAX, |(_, len)| len)
    };
    if code || unit_len == usize::MAX || !rest[unit_len..].trim().is_empty() {
        return Content::Text;
    }
    let Some(stated) = parse_stated(&trimmed[..surface_end]) else {
        return Content::Text;
    };
    let (Some(value), Some(ulp)) = (stated.base(), stated.ulp()) else {
        return Content::Text;
    };
    Content::Number(Number {
        operand: Operand {
            surface: trimmed.to_owned(),
            span: text.source_span(start..start + digits.len()),
            value: Some(value),
            ulp,
            decimals: stated.decimals,
            figure: None,
            date: None,
        },
        value,
        percent,
        filled: false,
        // A sign says it already: ↓-3.5%.
        course: if value.is_sign_negative() {
            Course::Unmarked
        } else {
            course
        },
    })
}

/// Marks that stand for an empty cell.
fn is_blank_mark(trimmed: &str) -> bool {
    trimmed.is_empty()
        || matches!(trimmed, "无" | "／" | "/" | "\\" | "空" | "暂无")
        || trimmed
            .chars()
            .all(|c| matches!(c, '-' | '－' | '—' | '―' | '–' | '─' | '_' | '·'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Option<(String, bool)> {
        match read_cell(&Text::synthetic(text)) {
            Content::Number(n) => Some((n.value.to_string(), n.percent)),
            _ => None,
        }
    }

    #[test]
    fn numbers_of_cells() {
        assert_eq!(number(" 1,204 "), Some(("1204".into(), false)));
        assert_eq!(number("96.50%"), Some(("96.50".into(), true)));
        assert_eq!(number("37件"), Some(("37".into(), false)));
        assert_eq!(number("1.2万"), Some(("12000.0".into(), false)));
        assert_eq!(number("↓0.56"), Some(("0.56".into(), false)));
        for text in [
            "0371",
            "12—15",
            "3人2次",
            "逾期2日",
            "无",
            "",
            "第3名",
            "2024-05-01",
            "6月",
        ] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn marks_for_nothing_are_blank() {
        for text in ["", "—", "--", "/", "无"] {
            assert!(matches!(read_cell(&Text::synthetic(text)), Content::Blank), "{text}");
        }
        assert!(matches!(read_cell(&Text::synthetic("无故")), Content::Text));
    }
}
