//! The tables of a circular as the text may speak of them: names of rows, totals of columns, and where they stand.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use gouji_circular::{Element, TableIdx};
use gouji_quantity::{Decimal, Magnitude, Unit, UnitClass};

use crate::context::{Context, Passage};
use crate::table::{ColumnKind, Number, RowKind, Sheet, squash};
use crate::{Figure, FigureClass, Operand};

/// Most tables that the text is held against.
const MAX_TABLES: usize = 60;
/// Most characters of a row's name.
const MAX_NAME: usize = 24;

/// The tables, and an index of the names of their rows.
pub(crate) struct Tables<'a> {
    pub sheets: Vec<Sheet<'a>>,
    /// For each sheet: where it stands, and how many rows it has.
    pub homes: Vec<Home>,
    /// For each sheet and column: what the column gives for the whole table.
    pub wholes: Vec<Vec<Option<Given>>>,
    /// For each sheet: its widest total row, if the table is whole and the label leaves no doubt.
    pub totals: Vec<Option<usize>>,
    /// Names of rows, sorted.
    names: Vec<String>,
    /// Made when a text is first searched; `None` inside if it cannot be built.
    automaton: OnceCell<Option<AhoCorasick>>,
    /// For each name of the index: sheet and row.
    rows: Vec<Vec<(usize, usize)>>,
}

/// Where a table stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Home {
    /// 0 the main text, n the n-th attachment.
    pub body: usize,
    /// Source offset of its first cell.
    pub start: usize,
    /// Data rows with a name of their own.
    pub n_rows: usize,
    /// Sub-headings stand among the rows.
    pub sections: bool,
}

/// A row's name met in a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NameHit {
    pub start: usize,
    pub end: usize,
    /// Index into the names.
    name: usize,
}

impl<'a> Tables<'a> {
    pub fn read(cx: &Context<'a>) -> Self {
        let mut sheets = Vec::new();
        let mut homes = Vec::new();
        let mut wholes = Vec::new();
        let mut totals = Vec::new();
        for (body_idx, body) in cx.circular.bodies().enumerate() {
            for element in body {
                if let Element::Table(idx) = element
                    && sheets.len() < MAX_TABLES
                    && let Some(sheet) = Sheet::read(cx, *idx)
                {
                    homes.push(Home {
                        body: body_idx,
                        start: start(cx, *idx),
                        n_rows: named_rows(&sheet),
                        sections: sheet.rows.contains(&RowKind::Section),
                    });
                    totals.push(
                        total_row(&sheet)
                            .filter(|(_, explicit)| *explicit && !sheet.open)
                            .map(|(row, _)| row),
                    );
                    wholes.push((0..sheet.n_cols()).map(|c| whole(&sheet, c)).collect());
                    sheets.push(sheet);
                }
            }
        }
        let mut index: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (sheet_idx, sheet) in sheets.iter().enumerate() {
            let Some(col) = sheet.label_column else { continue };
            for row in 0..sheet.n_rows() {
                let filled = sheet.table.rows[row].cells.get(col).is_none_or(|c| c.filled);
                let mut name = sheet.squashed(row, col);
                match sheet.rows[row] {
                    RowKind::Data | RowKind::Apart => {}
                    RowKind::Total { .. } => match class_of(&name).map(str::len) {
                        Some(len) => name.truncate(len),
                        None => continue,
                    },
                    _ => continue,
                }
                // The text names it without the unit: 挽回损失 for 挽回损失（万元）.
                if sheet.row_unit(row).is_some()
                    && let Some(open) = name.rfind(['（', '('])
                {
                    name.truncate(open);
                }
                let len = name.chars().count();
                if !filled && (2..=MAX_NAME).contains(&len) {
                    index.entry(name).or_default().push((sheet_idx, row));
                }
            }
        }
        let (names, rows) = index.into_iter().unzip();
        Self {
            sheets,
            homes,
            wholes,
            totals,
            names,
            automaton: OnceCell::new(),
            rows,
        }
    }

    /// Names of rows in a text, in order, without overlaps.
    pub fn names_in(&self, text: &str) -> Vec<NameHit> {
        if self.names.is_empty() {
            return Vec::new();
        }
        // An automaton that cannot be built (far too many names) means that no name is looked for. It serves one document, so
        // it must be cheap to build rather than fast.
        let names = self.automaton.get_or_init(|| {
            AhoCorasick::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .kind(Some(AhoCorasickKind::NoncontiguousNFA))
                .build(&self.names)
                .ok()
        });
        let Some(names) = names else { return Vec::new() };
        names
            .find_iter(text)
            .map(|m| NameHit {
                start: m.start(),
                end: m.end(),
                name: m.pattern().as_usize(),
            })
            .collect()
    }

    /// The rows of a sheet that bear a name.
    pub fn rows_of(&self, hit: NameHit, sheet: usize) -> impl Iterator<Item = usize> + '_ {
        let rows = &self.rows[hit.name];
        let from = rows.partition_point(|(s, _)| *s < sheet);
        rows[from..]
            .iter()
            .take_while(move |(s, _)| *s == sheet)
            .map(|(_, r)| *r)
    }

    /// The sheets that have a row of a name.
    pub fn sheets_of(&self, hit: NameHit) -> impl Iterator<Item = usize> + '_ {
        let mut last = None;
        self.rows[hit.name]
            .iter()
            .map(|(s, _)| *s)
            .filter(move |s| last.replace(*s) != Some(*s))
    }

    /// Whether a passage points at a table: by its attachment, or as the table above or below.
    pub fn points_at(&self, cx: &Context<'_>, passage: &Passage<'_>, sheet: usize, sentence: &str) -> bool {
        let home = self.homes[sheet];
        if home.body > 0 {
            let number = cx.circular.attachments.get(home.body - 1).and_then(|a| a.number);
            return match number {
                Some(n) => {
                    mentions_attachment(sentence, n) || sentence.contains("附件") && cx.circular.attachments.len() == 1
                }
                None => sentence.contains("附件") || sentence.contains("附表"),
            };
        }
        passage.body == 0
            && ["下表", "见表", "如表", "附表", "表所示", "上表", "如下："]
                .iter()
                .any(|w| sentence.contains(w))
    }
}

/// The class that a total's label names: 丙类传染病 of 丙类传染病合计. 全市合计 names none.
fn class_of(label: &str) -> Option<&str> {
    let class = ["合计", "小计", "总计"].iter().find_map(|w| label.strip_suffix(w))?;
    let whole = class.starts_with(['全', '总', '各', '本']);
    (class.chars().count() >= 3 && !whole).then_some(class)
}

/// Whether a text names an attachment by number: 附件2, 附件 2, 附件２.
fn mentions_attachment(text: &str, number: u32) -> bool {
    let text = gouji_quantity::half_width(&squash(text));
    text.match_indices("附件").any(|(at, word)| {
        let digits: String = text[at + word.len()..]
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        digits.parse() == Ok(number)
    })
}

fn start(cx: &Context<'_>, idx: TableIdx) -> usize {
    cx.circular
        .tables
        .get(idx.0)
        .and_then(|t| {
            t.header
                .iter()
                .chain(t.rows.iter().flat_map(|r| r.cells.iter().map(|c| &c.text)))
                .find_map(|c| c.span())
        })
        .map_or(0, |s| s.start)
}

/// A figure that a table gives: a cell, or the sum of a column.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    pub operand: Operand,
    /// In base units, the header's 万 multiplied out.
    pub value: Decimal,
}

/// A cell's number in base units.
pub(crate) fn given(sheet: &Sheet<'_>, row: usize, col: usize) -> Option<Given> {
    let magnitude = sheet
        .row_unit(row)
        .map_or(sheet.columns[col].magnitude, |(magnitude, _)| magnitude);
    sheet.number(row, col).and_then(|n| in_base_units(magnitude, n))
}

fn in_base_units(magnitude: Magnitude, number: &Number) -> Option<Given> {
    let factor = magnitude.factor();
    let value = number.value.checked_mul(factor)?;
    let mut operand = number.operand.clone();
    operand.value = Some(value);
    operand.ulp = operand.ulp.checked_mul(factor)?;
    Some(Given { operand, value })
}

/// The sum of a column over rows, as one computed figure.
pub(crate) fn sum_over(sheet: &Sheet<'_>, col: usize, rows: &[usize]) -> Option<Given> {
    let mut value = Decimal::ZERO;
    let mut any = false;
    let mut ulp = Decimal::ZERO;
    for row in rows {
        if let Some(number) = sheet.own_number(*row, col) {
            value = value.checked_add(number.value)?;
            ulp = ulp.max(number.operand.ulp);
            any = true;
        }
    }
    any.then_some(())?;
    let factor = sheet.columns[col].magnitude.factor();
    let value = value.checked_mul(factor)?;
    let mut operand = Operand::computed(value);
    operand.ulp = ulp.checked_mul(factor)?;
    Some(Given { operand, value })
}

/// Data rows with a name of their own; a name merged over several rows counts once.
fn named_rows(sheet: &Sheet<'_>) -> usize {
    sheet
        .data_rows()
        .filter(|r| {
            sheet
                .label_column
                .and_then(|c| sheet.table.rows[*r].cells.get(c))
                .is_none_or(|c| !c.filled && !c.text.trim().is_empty())
        })
        .count()
}

/// The widest total row of a sheet, and whether its label is a total's by itself.
fn total_row(sheet: &Sheet<'_>) -> Option<(usize, bool)> {
    sheet
        .rows
        .iter()
        .enumerate()
        .filter_map(|(row, kind)| match kind {
            RowKind::Total { level, explicit } => Some((*level, row, *explicit)),
            _ => None,
        })
        .max_by_key(|(level, row, _)| (*level, *row))
        .map(|(_, row, explicit)| (row, explicit))
}

/// What a column gives for the whole table: the cell of its widest total row, or the sum of its data rows.
fn whole(sheet: &Sheet<'_>, col: usize) -> Option<Given> {
    match total_row(sheet) {
        Some((row, _)) => given(sheet, row, col),
        None if adds(sheet, col) => sum_over(sheet, col, &sheet.data_rows().collect::<Vec<_>>()),
        None => None,
    }
}

/// Whether a column adds up down.
pub(crate) fn adds(sheet: &Sheet<'_>, col: usize) -> bool {
    matches!(sheet.columns[col].kind, ColumnKind::Count | ColumnKind::Score)
}

/// Whether a figure of the text and a column hold the same kind of quantity.
pub(crate) fn same_kind(figure: &Figure, sheet: &Sheet<'_>, col: usize) -> bool {
    of_unit(figure, sheet, col, sheet.columns[col].unit.as_ref())
}

/// As [`same_kind`] for one cell, whose row may have a unit of its own.
pub(crate) fn same_kind_at(figure: &Figure, sheet: &Sheet<'_>, row: usize, col: usize) -> bool {
    match sheet.row_unit(row) {
        Some((_, unit)) => of_unit(figure, sheet, col, Some(&unit)),
        None => same_kind(figure, sheet, col),
    }
}

fn of_unit(figure: &Figure, sheet: &Sheet<'_>, col: usize, unit: Option<&Unit>) -> bool {
    let column = &sheet.columns[col];
    match (figure.class, column.kind) {
        (FigureClass::Rate, ColumnKind::Rate | ColumnKind::Growth) | (FigureClass::Points, ColumnKind::Growth) => true,
        (FigureClass::Money, ColumnKind::Count) => unit.is_some_and(|u| u.class == UnitClass::Money),
        (FigureClass::Count, ColumnKind::Count) => unit.is_none_or(|u| {
            u.class != UnitClass::Money && figure.unit.as_ref().is_none_or(|f| same_unit(&f.name, &u.name))
        }),
        (FigureClass::Measure, ColumnKind::Count | ColumnKind::Score | ColumnKind::Mean) => {
            figure.unit.as_ref().zip(unit).is_none_or(|(f, u)| f.name == u.name)
        }
        // 外出223天 below 外出天数.
        (FigureClass::Duration, ColumnKind::Count) => figure.unit.as_ref().is_some_and(|u| {
            column
                .header
                .strip_suffix('数')
                .is_some_and(|h| h.ends_with(u.name.as_str()))
        }),
        (FigureClass::Count, ColumnKind::Score) => figure.unit.as_ref().is_some_and(|u| u.class == UnitClass::Score),
        _ => false,
    }
}

/// Measure words that stand for each other.
fn same_unit(a: &str, b: &str) -> bool {
    a == b
        || ["件条封篇起", "个家所处", "人名位"]
            .iter()
            .any(|set| set.contains(a) && set.contains(b))
}

/// Whether a stated figure and one that a table gives are the same, as far as either is printed.
pub(crate) fn equal(stated: &Operand, given: &Given) -> bool {
    let Some(value) = stated.value else { return false };
    let gap = (value - given.value).abs();
    gap.is_zero() || gap + gap <= stated.ulp.max(given.operand.ulp)
}
