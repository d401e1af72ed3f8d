//! Growth told right behind a figure of the text, against the table's own column of growth: 税收收入24.1亿元，增长5.2%, beside
//! 税收收入|241000|5.2; or its increase against the column of increases (立案130件，同比增加15件).
//!
//! The text says neither row nor column of the growth; the figure before it does. Where it stands in the table, its row's cell
//! in the column of growth (同比, 环比 or the only one) is what the text repeats. A growth that differs is said only where
//! others of the same column are repeated rightly and the text names the row.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use super::cells::link;
use super::growths::{Cells, grown};
use super::spoken::Spoken;
use super::tables::{self, Given, Tables};
use crate::context::Context;
use crate::table::{ColumnKind, Sheet, squash};
use crate::{Cue, FigureClass, FigureIdx, Relation};

/// Growths repeated rightly before one that differs is a finding, and how many of them each such one needs.
const ECHO: usize = 2;
/// Most cells with one value that are tried for one figure.
const MAX_PLACES: usize = 4;

const RISES: &[&str] = &[
    "增长",
    "上升",
    "增加",
    "提高",
    "上涨",
    "增幅",
    "增速",
    "增幅为",
    "增速为",
    "增长率为",
];
const FALLS: &[&str] = &[
    "下降",
    "减少",
    "降低",
    "回落",
    "下滑",
    "下跌",
    "降幅",
    "降幅为",
    "负增长",
];
/// Words of a column that says by how many something grew.
const INCREASES: &[&str] = &["增减", "增加", "净增", "比上", "较上", "比去", "较去", "同比", "环比"];
const YEAR: &[&str] = &["同比", "去年", "上年"];
const LAST: &[&str] = &["环比", "上月", "上季", "上期", "上周"];

/// A growth with the cell that it may repeat.
struct Told<'s> {
    said: &'s Spoken,
    /// Sheet and column of the growth.
    column: (usize, usize),
    given: Given,
    /// The text names the row, and a growth over an earlier time.
    named: bool,
}

/// Adds the links to cells of growth; the figures that were linked are marked so.
pub(super) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    cells: &Cells,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let grows = |s: &Sheet<'_>| (0..s.n_cols()).any(|c| s.columns[c].kind == ColumnKind::Growth || increases(s, c));
    if !tables.sheets.iter().any(grows) {
        return;
    }
    let mut right: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    let mut wrong: BTreeMap<(usize, usize), Vec<Told<'_>>> = BTreeMap::new();
    for (at, said) in spoken.iter().enumerate() {
        let class = cx.figure(said.idx).class;
        let grows = matches!(class, FigureClass::Rate | FigureClass::Count | FigureClass::Money);
        if !grows {
            continue;
        }
        let (Some(falls), Some(now)) = (falls(cx, said), grown(cx, spoken, at)) else {
            continue;
        };
        let Some(value) = now.operand.value.filter(|v| *v >= Decimal::TEN) else {
            continue;
        };
        let found: Vec<Told<'_>> = cells
            .of(now, value)
            .take(MAX_PLACES)
            .filter(|(sheet, row, col)| tables::same_kind_at(cx.figure(now.idx), &tables.sheets[*sheet], *row, *col))
            .filter_map(|(sheet, row, col)| told(cx, tables, (said, now, falls), (sheet, row, col)))
            .collect();
        let holds = |t: &&Told<'_>| tables::equal(&said.operand, &t.given);
        if let Some(told) = found.iter().find(holds) {
            *right.entry(told.column).or_default() += 1;
            // One that was linked before shows as well which column the text repeats.
            if linked.insert(said.idx) {
                out.extend(link(cx, said, &told.given, Cue::Explicit));
            }
        } else if linked.contains(&said.idx) {
            continue;
        } else if let [told] = found.as_slice()
            && told.named
        {
            wrong.entry(told.column).or_default().extend(found);
        }
    }
    for (column, told) in wrong {
        if right
            .get(&column)
            .is_some_and(|n| *n >= ECHO && told.len() * ECHO <= *n)
        {
            for told in told {
                linked.insert(told.said.idx);
                out.extend(link(cx, told.said, &told.given, Cue::Implied));
            }
        }
    }
}

/// Whether a rate says that something fell; `None` if it is no growth, one of several told together (分别), or reckoned otherwise.
fn falls(cx: &Context<'_>, said: &Spoken) -> Option<bool> {
    let label = squash(said.label(cx));
    let label = label.trim_end_matches(['了', '约']);
    let falls = FALLS.iter().any(|w| label.ends_with(w));
    let told = falls || RISES.iter().any(|w| label.ends_with(w));
    let other = ["别", "口径", "可比", "剔除", "扣除", "年均", "日均"]
        .iter()
        .any(|w| label.contains(w));
    (told && !other).then_some(falls)
}

/// The cell of growth in the row of a figure, signed as the text tells it.
fn told<'s>(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    (said, now, falls): (&'s Spoken, &Spoken, bool),
    (sheet_idx, row, col): (usize, usize, usize),
) -> Option<Told<'s>> {
    let sheet = &tables.sheets[sheet_idx];
    let label = squash(said.label(cx));
    let rate = cx.figure(said.idx).class == FigureClass::Rate;
    let growth = column(sheet, row, col, &label, rate)?;
    let number = sheet.own_number(row, growth)?;
    let mut given = tables::given(sheet, row, growth)?;
    let sought = if falls { -Decimal::ONE } else { Decimal::ONE };
    given.value = number.signed(sought);
    if falls {
        given.value = -given.value;
    }
    given.operand.value = Some(given.value);
    let name = sheet.label_column.map_or_else(String::new, |c| sheet.squashed(row, c));
    // 比计划增加15件 is no growth over an earlier time.
    let bare = label.trim_end_matches(['了', '约']);
    let timed = YEAR.iter().chain(LAST).any(|w| label.contains(w)) || RISES.iter().chain(FALLS).any(|w| *w == bare);
    let named = timed && name.chars().count() >= 2 && squash(now.label(cx)).contains(&name);
    let column = (sheet_idx, growth);
    Some(Told {
        said,
        column,
        given,
        named,
    })
}

/// Whether a column says by how many something grew, with falls below nought.
fn increases(sheet: &Sheet<'_>, col: usize) -> bool {
    let column = &sheet.columns[col];
    column.kind == ColumnKind::Count && INCREASES.iter().any(|w| column.header.contains(w))
}

/// The column of growth that belongs to a column of figures: of the time that the words name, and nearest behind it.
fn column(sheet: &Sheet<'_>, row: usize, col: usize, label: &str, rate: bool) -> Option<usize> {
    let has = |text: &str, words: &[&str]| words.iter().any(|w| text.contains(w));
    let (year, last) = (has(label, YEAR), has(label, LAST));
    let of_time = |c: &usize| {
        let header = sheet.columns[*c].header.as_str();
        match (has(header, YEAR), has(header, LAST)) {
            (true, false) => !last,
            (false, true) => last || !year,
            _ => true,
        }
    };
    let of_kind = |c: &usize| {
        let grows = sheet.columns[*c].kind == ColumnKind::Growth;
        let number = sheet.own_number(row, *c);
        match rate {
            true => grows && number.is_some_and(|n| n.percent || n.value.scale() > 0),
            false => increases(sheet, *c) && *c != col && number.is_some_and(|n| !n.percent),
        }
    };
    let mut columns: Vec<usize> = (0..sheet.n_cols()).filter(of_kind).filter(of_time).collect();
    if columns.len() > 1 {
        // 事故起数|同比|死亡人数|同比: each measure has its own right behind it.
        let counts = |c: &usize| sheet.columns[*c].kind == ColumnKind::Count && !increases(sheet, *c);
        let next = (col + 1..sheet.n_cols()).find(counts);
        columns.retain(|c| *c > col && next.is_none_or(|n| *c < n));
    }
    match columns.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn rates(source: &str) -> Vec<String> {
        let found = rig::lines(source, relations);
        found
            .into_iter()
            .filter(|l| l.starts_with("text-table") && l.contains('%'))
            .collect()
    }

    const TABLE: &str =
        "项目|本年累计（万元）|增减%\n公共预算收入|352000|6.3\n税收收入|241000|5.2\n非税收入|111000|-8.7";
    const TEXT: &str =
        "公共预算收入完成352000万元，同比增长6.3%。其中税收收入241000万元，增长5.2%；非税收入111000万元，下降8.7%。";

    #[test]
    fn growth_behind_the_figure_of_its_row() {
        assert_eq!(
            rates(&format!("{TEXT}\n{TABLE}")),
            [
                "text-table 6.3% <- 6.3 ok",
                "text-table 5.2% <- 5.2 ok",
                "text-table 8.7% <- -8.7 ok"
            ]
        );
        let wrong = rates(&format!("{}\n{TABLE}", TEXT.replace("下降8.7%", "下降7.8%")));
        assert!(wrong.contains(&"text-table? 7.8% <- -8.7 BAD".to_owned()), "{wrong:#?}");
        let turned = rates(&format!("{}\n{TABLE}", TEXT.replace("下降8.7%", "增长8.7%")));
        assert!(turned.iter().any(|l| l.ends_with("BAD")), "{turned:#?}");
    }

    #[test]
    fn each_measure_has_its_own_column() {
        let table = "行业|事故起数|同比（%）|死亡人数|同比（%）\n道路运输|61|-15.3|17|-5.6\n工矿商贸|25|-10.7|16|-14.3";
        let text = "道路运输事故61起，同比下降15.3%，死亡17人，同比下降5.6%。";
        assert_eq!(rates(&format!("{text}\n{table}")).len(), 2);
    }

    #[test]
    fn increases_behind_the_figure_of_their_row() {
        let table = "类别|1-3月累计|同比增减\n立案|130|15\n结案|118|-6\n处分|95|8";
        let text = "累计立案130件，同比增加15件；结案118件，同比减少6件；处分95人，同比增加8人。";
        let read = |source: &str| rig::lines(source, relations);
        let found = read(&format!("{text}\n{table}"));
        for line in ["15件 <- 15 ok", "6件 <- -6 ok", "8人 <- 8 ok"] {
            assert!(found.iter().any(|l| l.ends_with(line)), "{line}: {found:#?}");
        }
        let wrong = read(&format!("{}\n{table}", text.replace("增加8人", "增加18人")));
        assert!(wrong.iter().any(|l| l.ends_with("18人 <- 8 BAD")), "{wrong:#?}");
    }

    #[test]
    fn growth_of_another_time_or_of_several_says_nothing() {
        let other = TEXT.replace("，增长5.2%", "，环比增长2.5%");
        let table = TABLE.replace("增减%", "同比增减%");
        let found = rates(&format!("{other}\n{table}"));
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        let both = "税收收入241000万元、非税收入111000万元，分别增长5.2%、8.1%。";
        assert!(rates(&format!("{both}\n{TABLE}")).iter().all(|l| l.ends_with("ok")));
        // One that differs among one that agrees may be of something else.
        let few = "税收收入241000万元，增长5.2%；非税收入111000万元，下降7.8%。";
        assert_eq!(rates(&format!("{few}\n{TABLE}")), ["text-table 5.2% <- 5.2 ok"]);
    }
}
