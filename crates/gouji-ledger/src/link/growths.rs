//! Growth in the text whose base only a table has: 共接报800起，比上月下降20.0%，比去年同期增长60.0%, beside the rows 2031年8月,
//! 2032年7月 and 2032年8月, or the columns 本季度, 上季度 and 上年同期.
//!
//! The figure before the change has to stand in the table, where the row or the column of the time before is the base. As nothing
//! in the text names that base, a growth that does not hold is said only where others of the same table were taken from the same
//! row or column, and the text names the row that it speaks of.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::{Decimal, Period, Ratio, agreement, scan_periods};

use super::spoken::Spoken;
use super::tables::{self, Given, Tables, adds};
use crate::context::Context;
use crate::table::{Sheet, squash};
use crate::{FigureClass, FigureIdx, Formula, Reading, Relation, RelationKind};

/// Most cells that are looked up.
const MAX_CELLS: usize = 60_000;
/// Most cells with one value that are tried for one figure.
const MAX_PLACES: usize = 4;
/// Growths that show which row or column of a table the text takes its bases from.
const PROVEN: usize = 2;
/// Most figures back to the one that grew.
const BACK: usize = 4;

const FALLS: &[&str] = &["下降", "减少", "降低", "回落", "下滑"];
const RISES: &[&str] = &["增长", "上升", "增加", "提高", "增多"];

/// The time that a change is measured from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    /// The month, quarter or year right before.
    Last,
    /// The same time a year ago.
    YearAgo,
}

/// Adds the growth that holds against a cell; `linked` figures repeat a cell, and those of `out` have their base in the text.
pub(super) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    cells: &Cells,
    spoken: &[Spoken],
    linked: &BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let changes = |said: &Spoken| cx.figure(said.idx).class == FigureClass::Rate && !linked.contains(&said.idx);
    if !spoken.iter().any(|s| changes(s) && course(cx, s).is_some()) {
        return;
    }
    let known: BTreeSet<FigureIdx> = out
        .iter()
        .filter(|r| r.kind == RelationKind::Change)
        .flat_map(|r| r.readings.iter().filter_map(|reading| reading.stated.figure))
        .collect();
    let mut proven: BTreeMap<(usize, Line), usize> = BTreeMap::new();
    let mut doubtful: Vec<(&Spoken, &Spoken, bool, Base)> = Vec::new();
    for (at, said) in spoken.iter().enumerate() {
        if !changes(said) || known.contains(&said.idx) {
            continue;
        }
        let Some((before, falls)) = course(cx, said) else {
            continue;
        };
        let Some(now) = grown(cx, spoken, at) else { continue };
        let Some(value) = now.operand.value.filter(|v| *v >= Decimal::ONE_HUNDRED) else {
            continue;
        };
        let all: Vec<Base> = cells
            .of(now, value)
            .take(MAX_PLACES + 1)
            .filter(|(sheet, row, col)| tables::same_kind_at(cx.figure(now.idx), &tables.sheets[*sheet], *row, *col))
            .filter_map(|(sheet, row, col)| {
                let (given, line) = base(&tables.sheets[sheet], row, col, before)?;
                let at = (row, col);
                Some(Base { sheet, at, line, given })
            })
            .collect();
        let mut bases: Vec<&Base> = all
            .iter()
            .take(MAX_PLACES)
            .filter(|base| holds(said, value, base.given.value, falls))
            .collect();
        bases.dedup_by(|a, b| a.given.value == b.given.value);
        if let [base] = bases.as_slice() {
            *proven.entry((base.sheet, base.line)).or_default() += 1;
            out.extend(growth(cx, now, said, falls, base));
        } else if let ([], [base]) = (bases.as_slice(), all.as_slice())
            && names_line(cx, &tables.sheets[base.sheet], base, now)
        {
            doubtful.push((now, said, falls, base.clone()));
        }
    }
    for (now, said, falls, base) in doubtful {
        if proven.get(&(base.sheet, base.line)).is_some_and(|n| *n >= PROVEN) {
            out.extend(growth(cx, now, said, falls, &base));
        }
    }
}

/// What a change may be measured from.
#[derive(Debug, Clone)]
struct Base {
    sheet: usize,
    /// Row and column of the figure that changed.
    at: (usize, usize),
    line: Line,
    given: Given,
}

/// The row or the column of a table that holds what was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Line {
    Row(usize),
    /// The column of the figure that changed, and that of the time before.
    Columns(usize, usize),
}

fn growth(cx: &Context<'_>, now: &Spoken, said: &Spoken, falls: bool, base: &Base) -> Option<Relation> {
    let quote = Context::cover(now.quote(cx).into_iter().chain(said.quote(cx)))?;
    Some(Relation {
        kind: RelationKind::Change,
        rule: "growth-from-table",
        cue: crate::Cue::Implied,
        readings: vec![Reading {
            formula: Formula::Growth { negative: falls },
            stated: said.operand.clone(),
            operands: vec![now.operand.clone(), base.given.operand.clone()],
        }],
        quote,
    })
}

/// Whether the words of a figure name the row of its cell, or its column where the rows are times.
fn names_line(cx: &Context<'_>, sheet: &Sheet<'_>, base: &Base, now: &Spoken) -> bool {
    let name = match base.line {
        Line::Row(_) => sheet.columns[base.at.1].header.clone(),
        Line::Columns(..) => sheet
            .label_column
            .map_or_else(String::new, |c| sheet.squashed(base.at.0, c)),
    };
    name.chars().count() >= 2 && squash(now.label(cx)).contains(&name)
}

/// What a rate is measured from, and whether it fell, by the words before it.
fn course(cx: &Context<'_>, said: &Spoken) -> Option<(Before, bool)> {
    let label = squash(said.label(cx));
    let label = label.trim_end_matches(['了', '约']);
    let falls = FALLS.iter().any(|w| label.ends_with(w));
    if !falls && !RISES.iter().any(|w| label.ends_with(w)) {
        return None;
    }
    let has = |words: &[&str]| words.iter().any(|w| label.contains(w));
    let year = has(&["同比", "去年同期", "上年同期", "去年同月"]);
    let last = has(&[
        "环比",
        "比上月",
        "较上月",
        "比上季",
        "较上季",
        "比上期",
        "较上期",
        "比上周",
        "较上周",
    ]);
    match (year, last) {
        (true, false) => Some((Before::YearAgo, falls)),
        (false, true) => Some((Before::Last, falls)),
        _ => None,
    }
}

/// The figure that grew: the nearest count or amount before it in the sentence, increments left out.
pub(super) fn grown<'s>(cx: &Context<'_>, spoken: &'s [Spoken], at: usize) -> Option<&'s Spoken> {
    let said = &spoken[at];
    spoken[at.saturating_sub(BACK)..at]
        .iter()
        .rev()
        .take_while(|s| s.passage == said.passage && s.sentence.start == said.sentence.start)
        .filter(|s| matches!(cx.figure(s.idx).class, FigureClass::Count | FigureClass::Money))
        .find(|s| {
            let label = squash(s.label(cx));
            !FALLS.iter().chain(RISES).any(|w| label.ends_with(w))
        })
}

/// Cells of counts and amounts by their value in base units.
pub(super) struct Cells(BTreeMap<Decimal, Vec<(usize, usize, usize)>>);

impl Cells {
    pub fn read(tables: &Tables<'_>) -> Self {
        let mut out: BTreeMap<Decimal, Vec<(usize, usize, usize)>> = BTreeMap::new();
        let mut n = 0;
        for (idx, sheet) in tables.sheets.iter().enumerate() {
            for col in (0..sheet.n_cols()).filter(|c| adds(sheet, *c)) {
                for row in 0..sheet.n_rows() {
                    n += 1;
                    if n > MAX_CELLS {
                        return Self(out);
                    }
                    if let Some(given) = tables::given(sheet, row, col) {
                        out.entry(given.value).or_default().push((idx, row, col));
                    }
                }
            }
        }
        Self(out)
    }

    /// Sheet, row and column of the cells that give a figure: as it is, or rounded to the places that the text prints (35.2亿元 for
    /// 352013万元).
    pub fn of(&self, said: &Spoken, value: Decimal) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let exact = self.0.get(&value).into_iter().flatten().copied();
        let near = || -> Option<std::ops::Range<Decimal>> {
            let half = said.operand.ulp.checked_div(Decimal::TWO)?;
            let rounded = !half.is_zero() && !self.0.contains_key(&value);
            rounded.then_some(value.checked_sub(half)?..value.checked_add(half)?)
        };
        let rounded = near().into_iter().flat_map(|range| self.0.range(range));
        exact.chain(rounded.flat_map(|(_, places)| places.iter().copied()))
    }
}

/// The cell of the time before, with the line that holds it: in the column of another row, or in the row of another column.
fn base(sheet: &Sheet<'_>, row: usize, col: usize, before: Before) -> Option<(Given, Line)> {
    if let Some(names) = period_column(sheet)
        && let Some(now) = period(&sheet.squashed(row, names))
    {
        let sought = earlier(now, before)?;
        let mut rows = (0..sheet.n_rows()).filter(|r| period(&sheet.squashed(*r, names)) == Some(sought));
        let first = rows.next()?;
        let given = tables::given(sheet, first, col)?;
        return rows.next().is_none().then_some((given, Line::Row(first)));
    }
    let header = |c: usize| sheet.columns[c].header.as_str();
    let past = |c: usize| {
        let year = ["去年", "上年"].iter().any(|w| header(c).contains(w));
        let last = ["上月", "上季", "上期", "上周"].iter().any(|w| header(c).contains(w));
        match before {
            Before::YearAgo => year,
            Before::Last => last && !year,
        }
    };
    let current = !["去年", "上年", "上月", "上季", "上期", "上周", "同期"]
        .iter()
        .any(|w| header(col).contains(w));
    // 本期 has the column of the time before on the side where no other measure stands between.
    let mut columns = (0..sheet.n_cols()).filter(|c| *c != col && adds(sheet, *c) && past(*c));
    let first = columns.next().filter(|_| current)?;
    let given = tables::given(sheet, row, first)?;
    columns.next().is_none().then_some((given, Line::Columns(col, first)))
}

/// The column whose cells are times.
fn period_column(sheet: &Sheet<'_>) -> Option<usize> {
    (0..sheet.n_cols().min(2)).find(|c| {
        let named = (0..sheet.n_rows().min(4)).filter(|r| period(&sheet.squashed(*r, *c)).is_some());
        sheet.n_rows() >= 2 && named.count() >= 2
    })
}

/// The time that a cell is, with its year.
fn period(cell: &str) -> Option<Period> {
    let found = scan_periods(cell, None);
    match found.as_slice() {
        [one] if one.year_printed && one.range == (0..cell.len()) => Some(one.period),
        _ => None,
    }
}

fn earlier(now: Period, before: Before) -> Option<Period> {
    Some(match (before, now) {
        (Before::YearAgo, Period::Month(y, m)) => Period::Month(y - 1, m),
        (Before::YearAgo, Period::Quarter(y, q)) => Period::Quarter(y - 1, q),
        (Before::YearAgo, Period::Half(y, h)) => Period::Half(y - 1, h),
        (_, Period::Year(y)) => Period::Year(y - 1),
        (Before::Last, Period::Month(y, 1)) => Period::Month(y - 1, 12),
        (Before::Last, Period::Month(y, m)) => Period::Month(y, m - 1),
        (Before::Last, Period::Quarter(y, 1)) => Period::Quarter(y - 1, 4),
        (Before::Last, Period::Quarter(y, q)) => Period::Quarter(y, q - 1),
        (Before::Last, Period::Half(..)) => return None,
    })
}

/// Whether a printed growth is that from one value to another.
fn holds(said: &Spoken, now: Decimal, before: Decimal, falls: bool) -> bool {
    let Some(stated) = said.operand.value.filter(|v| !v.is_zero()) else {
        return false;
    };
    let gap = if falls {
        before.checked_sub(now)
    } else {
        now.checked_sub(before)
    };
    gap.filter(|_| before > Decimal::ZERO)
        .and_then(|gap| Ratio::of(gap, before))
        .and_then(|r| r.times(100))
        .is_some_and(|exact| agreement(stated, said.operand.decimals, exact).holds())
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn changes(source: &str) -> Vec<String> {
        let found = rig::lines(source, relations);
        found.into_iter().filter(|l| l.starts_with("change")).collect()
    }

    const MONTHS: &str = "月份|警情数\n2031年8月|500\n2032年7月|1000\n2032年8月|800";

    #[test]
    fn rows_of_months() {
        let text = "8月份共接报800起，比上月下降20.0%，比去年同期增长60.0%。";
        let found = changes(&format!("{text}\n{MONTHS}"));
        assert_eq!(
            found,
            ["change? 20.0% <- 800起 1000 ok", "change? 60.0% <- 800起 500 ok"]
        );
        // A base that does not give it may be another one.
        assert_eq!(changes(&format!("{}\n{MONTHS}", text.replace("20.0", "12.0"))).len(), 1);
        // Of another figure.
        assert!(changes(&format!("{}\n{MONTHS}", text.replace("800起", "700起"))).is_empty());
    }

    #[test]
    fn columns_of_times() {
        let table = "类别|本季度|上季度|去年同期\n投诉|250|200|400\n举报|370|296|350";
        let text = "本季度投诉250件，环比增长25.0%，同比下降37.5%。";
        let found = changes(&format!("{text}\n{table}"));
        assert_eq!(found.len(), 2, "{found:#?}");
        assert!(changes(&format!("本季度投诉250件，满意率25.0%。\n{table}")).is_empty());
    }

    #[test]
    fn a_wrong_growth_among_others_of_the_same_columns() {
        let table = "类别|本季度|上季度\n投诉类|250|200\n举报类|370|296\n咨询类|630|600";
        let text = "本季度投诉类250件，环比增长25.0%；举报类370件，环比增长25.0%；咨询类630件，环比增长5.0%。";
        assert_eq!(changes(&format!("{text}\n{table}")).len(), 3);
        let wrong = changes(&format!("{}\n{table}", text.replace("5.0%。", "8.0%。")));
        assert!(
            wrong.contains(&"change? 8.0% <- 630件 600 BAD".to_owned()),
            "{wrong:#?}"
        );
        // Only one other shows the column, or the row is not the one that the text names.
        let few = "本季度投诉类250件，环比增长25.0%；咨询类630件，环比增长8.0%。";
        assert_eq!(changes(&format!("{few}\n{table}")).len(), 1);
        let other = text.replace("咨询类630件，环比增长5.0%", "其他各类630件，环比增长8.0%");
        assert_eq!(changes(&format!("{other}\n{table}")).len(), 2);
    }
}
