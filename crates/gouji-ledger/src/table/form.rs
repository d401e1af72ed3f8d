//! Tables brought into one shape: one row for each thing, one column for each measure.
//!
//! A form of names and values side by side (指标总分：|100|指标得分：|81.2) becomes one row under its names; a table whose
//! rows are measures and whose columns are units is turned over; a column of cells with two numbers each (12（其中3）) becomes
//! two. Only the shape changes: each cell keeps its text and its place in the source.

use std::borrow::Cow;
use std::collections::BTreeSet;

use gouji_circular::{Cell, Row, Table};
use gouji_document::Text;

use super::column::unit_in_brackets;
use super::row::total_label;
use super::sheet::{Content, read_cell, squash};
use crate::prose::labels::measure_in;

/// Most cells of a table that is turned over; larger ones are lists of things.
const MAX_CELLS: usize = 4_000;
/// Most measures that a turned table may have.
const MAX_MEASURES: usize = 48;
/// Longest name of a measure, in characters.
const MAX_NAME: usize = 24;

/// Where a cell of the form stands in the table of the circular; `None` if it stood in the header.
type Place = Option<(usize, usize)>;

/// A table in the shape that all rooms read.
pub(super) struct Form<'a> {
    pub table: Cow<'a, Table>,
    /// The columns are periods and the changes between them, which the table has in rows.
    pub periods: bool,
    /// By row and column of the form, if the shape was changed.
    places: Option<Vec<Vec<Place>>>,
}

impl<'a> Form<'a> {
    /// The form of a table.
    pub fn of(table: &'a Table) -> Self {
        let n_cells = table.header.len().saturating_mul(table.rows.len() + 1);
        let small = n_cells <= MAX_CELLS;
        let mut changed = small.then(|| pairs(table).or_else(|| turned(table))).flatten();
        let mut by_period = false;
        if changed.is_none() && small {
            changed = periods(table);
            by_period = changed.is_some();
        }
        match changed.or_else(|| parted(table)) {
            Some((table, places)) => Self {
                table: Cow::Owned(table),
                periods: by_period,
                places: Some(places),
            },
            None => Self {
                table: Cow::Borrowed(table),
                periods: false,
                places: None,
            },
        }
    }

    /// Where a cell stands in the table of the circular.
    pub fn place(&self, row: usize, col: usize) -> Place {
        match &self.places {
            Some(places) => places.get(row)?.get(col).copied().flatten(),
            None => Some((row, col)),
        }
    }
}

type Changed = (Table, Vec<Vec<Place>>);

/// The same table with other rows and columns.
fn like(table: &Table, header: Vec<Text>, rows: Vec<Vec<Cell>>) -> Table {
    Table {
        caption: table.caption.clone(),
        unit_line: table.unit_line.clone(),
        header,
        rows: rows.into_iter().map(|cells| Row { cells, hidden: false }).collect(),
        notes: table.notes.clone(),
        panels: 1,
        panel_rows: Vec::new(),
        sheet: table.sheet.clone(),
    }
}

fn is_number(text: &Text) -> bool {
    matches!(read_cell(text), Content::Number(_))
}

fn is_blank(text: &Text) -> bool {
    matches!(read_cell(text), Content::Blank)
}

// ---- names and values side by side ----

/// Names and values in turn, over one or several lines; a first cell may name whom they speak of.
fn pairs(table: &Table) -> Option<Changed> {
    let first = table.header.len() % 2;
    let n_pairs = table.header.len() / 2;
    // Cheap to rule out: the second cell of a header is hardly ever a number.
    let printed = |i: usize| table.header.get(i).map(|t| squash(t)).unwrap_or_default();
    let marked = |text: &str| text.ends_with(['：', ':']);
    let opens = (0..n_pairs).any(|p| is_number(&table.header[first + 2 * p + 1]));
    if n_pairs == 0 || !(opens || n_pairs >= 2 && (0..n_pairs).all(|p| marked(&printed(first + 2 * p)))) {
        return None;
    }
    let mut header: Vec<Text> = Vec::new();
    let mut cells: Vec<Cell> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    let mut names = BTreeSet::new();
    let mut numbers = 0;
    let lines = table.rows.len() + 1;
    for line in 0..lines {
        let cell = |col: usize| -> Cell {
            match line.checked_sub(1) {
                None => Cell {
                    text: table.header[col].clone(),
                    ..Cell::default()
                },
                Some(row) => table.rows[row].cells.get(col).cloned().unwrap_or_default(),
            }
        };
        let place = |col: usize| line.checked_sub(1).map(|row| (row, col));
        if first == 1 && !cell(0).filled && !is_blank(&cell(0).text) {
            // A second name in the first column is a second row, and the names below it need not be the same.
            if line > 0 {
                return None;
            }
            header.push(Text::default());
            cells.push(cell(0));
            places.push(place(0));
        }
        for pair in 0..n_pairs {
            let (name, value) = (cell(first + 2 * pair), cell(first + 2 * pair + 1));
            if is_blank(&name.text) && is_blank(&value.text) || name.filled && value.filled {
                continue;
            }
            let words = squash(&name.text);
            let words = words.trim_end_matches(['：', ':']);
            let named = !is_number(&name.text) && !words.is_empty() && words.chars().count() <= MAX_NAME;
            if !named || !names.insert(words.to_owned()) || name.filled || value.filled {
                return None;
            }
            numbers += usize::from(is_number(&value.text));
            let len = name.text.trim_end().trim_end_matches(['：', ':']).len();
            header.push(name.text.slice(0..len));
            cells.push(value);
            places.push(place(first + 2 * pair + 1));
        }
    }
    (numbers >= 3 && numbers * 2 >= names.len()).then(|| (like(table, header, vec![cells]), vec![places]))
}

// ---- measures down, units across ----

/// Words that close the name of a measure.
const MEASURE_TAILS: &[&str] = &[
    "率",
    "数",
    "量",
    "额",
    "比",
    "比例",
    "比重",
    "占比",
    "满意度",
    "同比",
    "环比",
    "增幅",
    "增速",
    "增减",
    "得分",
    "扣分",
    "加分",
    "总分",
    "分值",
    "排名",
    "名次",
    "位次",
    "次数",
    "件数",
    "条数",
    "金额",
];

/// Words that close the name of a rate.
const RATE_TAILS: &[&str] = &[
    "率",
    "占比",
    "比例",
    "比重",
    "满意度",
    "同比",
    "环比",
    "增幅",
    "增速",
    "幅度",
];

/// The words of a name without what stands in brackets.
fn bare(name: &str) -> &str {
    name.find(['（', '(']).map_or(name, |at| &name[..at])
}

fn is_rate(name: &str) -> bool {
    RATE_TAILS.iter().any(|w| bare(name).ends_with(w)) || name.contains(['%', '％', '‰'])
}

/// Whether a name is that of a measure by its own form: 办结率, 受理数, 抽查网站（家）.
fn is_measure(name: &str) -> bool {
    is_rate(name) || unit_in_brackets(name) || MEASURE_TAILS.iter().any(|w| bare(name).ends_with(w))
}

/// A table with its rows as columns, where the rows are measures and the columns are not.
fn turned(table: &Table) -> Option<Changed> {
    let n_cols = table.header.len();
    let n_rows = table.rows.len();
    if n_cols < 2 || !(2..=MAX_MEASURES).contains(&n_rows) {
        return None;
    }
    let head = |col: usize| squash(&table.header[col]);
    let serial = matches!(head(0).as_str(), "序号" | "序");
    let names = usize::from(serial && n_cols >= 3);
    let mut seen = BTreeSet::new();
    let (mut measures, mut weak, mut rates, mut totals) = (0, 0, 0, 0);
    for row in &table.rows {
        let name = row.cells.get(names).filter(|c| !c.filled)?;
        let words = squash(&name.text);
        let len = words.chars().count();
        if !(2..=MAX_NAME).contains(&len) || is_number(&name.text) || !seen.insert(words.clone()) {
            return None;
        }
        rates += usize::from(is_rate(&words));
        totals += usize::from(total_label(&words).is_some());
        if is_measure(&words) {
            measures += 1;
        } else if len <= 8 && measure_in(&words).is_some() {
            weak += 1;
        }
    }
    let values: Vec<usize> = (names + 1..n_cols).collect();
    let of_measures = values.iter().filter(|c| is_measure(&head(**c))).count();
    // One column of values holds what its rows say it holds only if they are of several kinds.
    let several = values.len() >= 2 || rates > 0 && rates < n_rows || scored(&seen);
    let mostly = measures > 0 && (measures + weak) * 3 >= n_rows * 2;
    let headed = values.len() >= 2 && of_measures * 3 > values.len() || values.iter().any(|c| is_rate(&head(*c)));
    if !mostly || !several || headed || totals > 0 {
        return None;
    }
    let numbers = |col: usize| {
        table
            .rows
            .iter()
            .filter(|r| r.cells.get(col).is_some_and(|c| is_number(&c.text)))
            .count()
    };
    if values.iter().map(|c| numbers(*c)).sum::<usize>() * 5 < values.len() * n_rows * 3 {
        return None;
    }
    Some(turn(table, names, &values))
}

/// The table with its rows as columns: `names` is the column of their names, `values` are those that become rows.
fn turn(table: &Table, names: usize, values: &[usize]) -> Changed {
    let n_rows = table.rows.len();
    let mut header = vec![table.header[names].clone()];
    let name = |r: &Row| r.cells.get(names).map(|c| c.text.clone()).unwrap_or_default();
    header.extend(table.rows.iter().map(name));
    let mut rows = Vec::with_capacity(values.len());
    let mut places = Vec::with_capacity(values.len());
    for &col in values {
        let mut cells = vec![Cell {
            text: table.header[col].clone(),
            ..Cell::default()
        }];
        cells.extend(table.rows.iter().map(|r| r.cells.get(col).cloned().unwrap_or_default()));
        let mut of_row: Vec<Place> = vec![None];
        of_row.extend((0..n_rows).map(|row| Some((row, col))));
        rows.push(cells);
        places.push(of_row);
    }
    (like(table, header, rows), places)
}

/// Words that close the name of a row of changes.
const CHANGES: &[&str] = &[
    "增减",
    "增长",
    "同比",
    "环比",
    "增幅",
    "增速",
    "升降",
    "变化",
    "变动",
    "幅度",
    "增长率",
    "增减率",
    "变动率",
];
/// Words that open the name of a row that is a period.
const PERIODS: &[&str] = &[
    "本年", "上年", "今年", "去年", "本月", "上月", "本季", "上季", "本期", "上期", "同期", "前年",
];
/// Most rows of periods and changes.
const MAX_PERIODS: usize = 8;

/// Whether a name is that of a period: 2031年, 2031年1-6月, 上年同期.
fn is_period(name: &str) -> bool {
    let name = bare(name);
    let year = name
        .find('年')
        .is_some_and(|at| at == 4 && name.is_char_boundary(at) && name[..at].bytes().all(|b| b.is_ascii_digit()));
    let short = name.chars().count() <= 12 && !name.contains('比');
    short && (year || PERIODS.iter().any(|w| name.starts_with(w)))
}

/// A table of two periods or more and the changes between them, a row each, with its rows as columns.
fn periods(table: &Table) -> Option<Changed> {
    let (n_cols, n_rows) = (table.header.len(), table.rows.len());
    if n_cols < 3 || !(3..=MAX_PERIODS).contains(&n_rows) {
        return None;
    }
    let (mut n_periods, mut n_changes) = (0, 0);
    let mut seen = BTreeSet::new();
    for row in &table.rows {
        let name = row.cells.first().filter(|c| !c.filled)?;
        let words = squash(&name.text);
        if !seen.insert(words.clone()) {
            return None;
        }
        let change = CHANGES
            .iter()
            .any(|w| bare(&words).trim_end_matches(['%', '％']).ends_with(w));
        if change && words.chars().count() <= MAX_NAME {
            n_changes += 1;
        } else if is_period(&words) {
            n_periods += 1;
        } else {
            return None;
        }
    }
    let heads: Vec<String> = table.header[1..].iter().map(|t| squash(t)).collect();
    let plain = |h: &String| {
        let change = CHANGES.iter().any(|w| bare(h).ends_with(w));
        !h.is_empty() && !change && !is_rate(h) && !is_period(h)
    };
    let figures = |row: &Row| {
        let numbers = row.cells.iter().skip(1).filter(|c| is_number(&c.text));
        numbers.count() * 5 >= (n_cols - 1) * 3
    };
    let distinct: BTreeSet<&String> = heads.iter().collect();
    let fits = n_periods >= 2 && n_changes >= 1 && distinct.len() == heads.len();
    if !fits || !heads.iter().all(plain) || !table.rows.iter().all(figures) {
        return None;
    }
    Some(turn(table, 0, &(1..n_cols).collect::<Vec<_>>()))
}

/// Whether names speak of a score and what was taken from it.
fn scored(names: &BTreeSet<String>) -> bool {
    ["得分", "扣分"].iter().all(|w| names.iter().any(|n| n.contains(w)))
}

// ---- two numbers in one cell ----

/// Places of the two numbers of a cell: 12 and 3 of 12（其中3） or 12（3）.
fn two_numbers(text: &Text) -> Option<(std::ops::Range<usize>, std::ops::Range<usize>)> {
    let string = text.as_str();
    let open = string.find(['（', '('])?;
    let close = string.trim_end();
    let inner = close.strip_suffix(['）', ')'])?;
    let from = open + string[open..].chars().next()?.len_utf8();
    let inside = inner.get(from..)?;
    let lead = inside.len() - inside.trim_start_matches(|c: char| !c.is_ascii_digit()).len();
    let range = from + lead..inner.len();
    let plain = |r: &std::ops::Range<usize>| is_number(&text.slice(r.clone()));
    (lead < inside.len() && plain(&(0..open)) && plain(&range)).then_some((0..open, range))
}

/// A table with each column of two numbers a cell parted into two columns.
fn parted(table: &Table) -> Option<Changed> {
    let bracketed = |col: usize| {
        let mut cells = table.rows.iter().filter_map(|r| r.cells.get(col));
        cells.any(|c| c.text.trim_end().ends_with(['）', ')']))
    };
    let parts = |col: usize| {
        if !bracketed(col) {
            return false;
        }
        let mut both = 0;
        let mut alone = 0;
        for row in &table.rows {
            let Some(cell) = row.cells.get(col) else { continue };
            if two_numbers(&cell.text).is_some() {
                both += 1;
            } else if is_number(&cell.text) {
                alone += 1;
            } else if !is_blank(&cell.text) {
                return false;
            }
        }
        both >= 2 && both >= alone
    };
    let doubled: Vec<bool> = (0..table.header.len()).map(parts).collect();
    doubled.contains(&true).then_some(())?;
    let mut header = Vec::new();
    for (col, text) in table.header.iter().enumerate() {
        if doubled[col] {
            let words = text.as_str();
            let head = bare(words).trim_end().len();
            header.push(text.slice(0..head));
            let mut inner = text.slice(head..words.len());
            if inner.is_empty() {
                inner = Text::synthetic(format!("{words}其中"));
            }
            header.push(inner);
        } else {
            header.push(text.clone());
        }
    }
    let mut rows = Vec::with_capacity(table.rows.len());
    let mut places = Vec::with_capacity(table.rows.len());
    for (row_idx, row) in table.rows.iter().enumerate() {
        let mut cells = Vec::with_capacity(header.len());
        let mut of_row = Vec::with_capacity(header.len());
        for (col, doubled) in doubled.iter().enumerate() {
            let cell = row.cells.get(col).cloned().unwrap_or_default();
            match two_numbers(&cell.text).filter(|_| *doubled) {
                Some((first, second)) => {
                    for range in [first, second] {
                        cells.push(Cell {
                            text: cell.text.slice(range),
                            ..cell.clone()
                        });
                    }
                    // Two figures in one cell: neither is the cell's.
                    of_row.extend([None, None]);
                }
                None => {
                    cells.push(cell);
                    of_row.push(Some((row_idx, col)));
                    if *doubled {
                        cells.push(Cell::default());
                        of_row.push(None);
                    }
                }
            }
        }
        rows.push(cells);
        places.push(of_row);
    }
    let mut out = like(table, header, rows);
    out.panels = table.panels;
    out.panel_rows.clone_from(&table.panel_rows);
    Some((out, places))
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    fn bad(source: &str) -> Vec<String> {
        read(source).into_iter().filter(|l| l.ends_with("BAD")).collect()
    }

    const FORM: &str = "单位：|县水务局|测评日期：|6月28日
网站指标总分：|60.00|网站指标得分：|52.50
网站指标扣分：|7.50|新媒体指标总分：|40.00
新媒体指标得分：|37.25|新媒体指标扣分：|2.75";

    #[test]
    fn names_and_values_side_by_side() {
        let found = read(FORM);
        assert_eq!(
            found,
            ["difference 7.50 <- 60.00 52.50 ok", "difference 2.75 <- 40.00 37.25 ok"]
        );
        assert_eq!(
            bad(&FORM.replace("7.50", "7.80")),
            ["difference 7.80 <- 60.00 52.50 BAD"]
        );
    }

    #[test]
    fn a_form_in_one_line_behind_its_unit() {
        let line = "县水务局|指标总分：|60.00|指标得分：|52.50|指标扣分：|7.50\n备注|||||";
        assert!(
            read(line).is_empty() || bad(line).is_empty(),
            "a second name in the first column"
        );
    }

    #[test]
    fn two_columns_of_names_and_numbers_are_no_form() {
        let table = "单位|条数|单位|条数\n甲镇|12|甲局|7\n乙镇|9|乙局|5";
        assert!(read(table).is_empty(), "{:?}", read(table));
    }

    const TURNED: &str = "指标|白榆区|临岚县|云峤县|全市
抽查网站（家）|45|38|52|135
合格网站（家）|44|36|48|128
不合格网站（家）|1|2|4|7
合格率（%）|97.8|94.7|92.3|94.8";

    #[test]
    fn measures_down_and_units_across() {
        assert!(bad(TURNED).is_empty());
        assert_eq!(read(TURNED).len(), 3 + 4 + 4, "{:#?}", read(TURNED));
        assert_eq!(
            bad(&TURNED.replace("|36|", "|35|")),
            [
                "table-total? 128 <- 44 35 48 BAD",
                "table-total 38 <- 35 2 BAD",
                "ratio 94.7 <- 35 38 BAD"
            ]
        );
    }

    #[test]
    fn periods_and_the_changes_between_them() {
        let table = "年度|合计|会议费|培训费|用车小计|购车|养车\n2031年|1220|310|90|820|120|700\n2032年|1082|295|81|706|106|600\n增减%|-11.31|-4.84|-10.00|-13.90|-11.67|-14.29";
        let found = read(table);
        assert!(bad(table).is_empty(), "{found:#?}");
        for line in ["change -13.90 <- 706 820 ok", "table-total 706 <- 106 600 ok"] {
            assert!(found.contains(&line.to_owned()), "{line}: {found:#?}");
        }
        assert_eq!(bad(&table.replace("-4.84", "-8.44")), ["change -8.44 <- 295 310 BAD"]);
        // Rows of places are no periods.
        let other = "县区|合计|来电|来信\n甲县|40|30|10\n乙县|36|27|9\n同比|-10.00|-10.00|-10.00";
        assert!(
            read(other).iter().all(|l| !l.starts_with("change")),
            "{:?}",
            read(other)
        );
    }

    #[test]
    fn accounts_of_periods_are_rounded() {
        let ulp = |table: &str| {
            let (document, circular) = rig::circular(table);
            let cx = crate::context::Context::new(&document, &circular);
            let sheet = crate::table::Sheet::read(&cx, gouji_circular::TableIdx(0)).expect("a table");
            sheet.number(1, 1).map(|n| n.operand.ulp.to_string())
        };
        let money = "年度|合计|会议费|培训费\n2031年|400|310|90\n2032年|376|295|81\n增减%|-6.00|-4.84|-10.00";
        assert_eq!(ulp(money).as_deref(), Some("1"));
        assert_eq!(
            ulp(&money.replace("会议费", "来电").replace("培训费", "来信")).as_deref(),
            Some("0")
        );
    }

    #[test]
    fn rates_in_rows_are_not_added_across() {
        let table = "月份|1月|2月|3月|合计\n受理|120|98|134|352\n办结|118|97|130|345\n办结率|98.3%|99.0%|97.0%|98.0%";
        assert!(bad(table).is_empty(), "{:?}", bad(table));
        assert_eq!(bad(&table.replace("|345", "|354")).len(), 2);
    }

    #[test]
    fn kinds_of_matters_are_no_measures() {
        let table = "类别|一月|二月|三月|合计\n城市管理|120|98|134|352\n交通出行|86|75|91|252\n总计|206|173|225|604";
        assert_eq!(bad(&table.replace("|75|", "|57|")).len(), 2);
    }

    #[test]
    fn two_numbers_in_a_cell() {
        let table = "单位|受理（其中疑难）|办结\n甲镇|12（其中3）|12\n乙镇|9（其中2）|8\n丙镇|15（其中4）|15\n合计|36（其中9）|35";
        assert!(bad(table).is_empty());
        assert_eq!(
            bad(&table.replace("36（其中9）", "36（其中8）")),
            ["table-total 8 <- 3 2 4 BAD"]
        );
        assert_eq!(bad(&table.replace("9（其中2）", "7（其中2）")).len(), 1);
    }
}
