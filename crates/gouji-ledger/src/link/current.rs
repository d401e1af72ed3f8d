//! Figures whose row or column the text does not name: the row or column of the circular's own period in a table of months, quarters
//! or years, and the rate that stands in the row of the figure before it (完成投资2765亿元，占目标的50.2%).
//!
//! Only what agrees is told: a figure that does not may be one of another time, or of a part.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::{Decimal, Period, scan_periods};

use super::cells::{link, measure, totals};
use super::spoken::Spoken;
use super::tables::{self, Given, Tables};
use crate::context::Context;
use crate::table::{ColumnKind, Sheet, negated, squash};
use crate::{Cue, FigureClass, FigureIdx, Relation, RelationKind};

/// Most rows of a table of periods.
const MAX_ROWS: usize = 80;
/// Longest name of a period, in characters, and most cells with one value that are tried.
const MAX_PERIOD: usize = 16;
const MAX_PLACES: usize = 8;
/// Names of rows and columns of totals.
const TOTALS: &[&str] = &["合计", "总计", "小计", "总数", "总量", "共计", "件数小计", "合计件数"];
/// Figures back to the one whose row a rate stands in.
const BACK: usize = 3;

/// Words that make a figure one of another time, or of a change.
const ELSEWHERE: &[&str] = &[
    "去年", "上年", "上月", "上季", "上期", "上周", "同期", "同比", "环比", "累计", "比上", "较上", "增长", "增加",
    "减少", "下降", "上升", "回落",
];

/// Adds the links of both kinds for the figures that are not linked yet.
pub(super) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let held = held(cx, tables);
    for said in spoken {
        if held.is_empty() || linked.contains(&said.idx) {
            continue;
        }
        let found = of_period(cx, tables, said, &held);
        if let Some(relation) = found.and_then(|given| link(cx, said, &given, Cue::Explicit)) {
            linked.insert(said.idx);
            out.push(relation);
        }
    }
    let places = places(tables, out);
    for (at, said) in spoken.iter().enumerate() {
        if places.is_empty() || linked.contains(&said.idx) || cx.figure(said.idx).class != FigureClass::Rate {
            continue;
        }
        if let Some(relation) =
            rate_of_row(cx, tables, spoken, at, &places).and_then(|g| link(cx, said, &g, Cue::Explicit))
        {
            linked.insert(said.idx);
            out.push(relation);
        }
    }
}

/// A cell of the circular's own period.
struct Held {
    sheet: usize,
    row: usize,
    col: usize,
    /// Its row is the period; else its column is.
    by_row: bool,
    given: Given,
}

/// The cells of the circular's own period by their value: those that are no chance.
fn held(cx: &Context<'_>, tables: &Tables<'_>) -> BTreeMap<Decimal, Vec<Held>> {
    let mut out: BTreeMap<Decimal, Vec<Held>> = BTreeMap::new();
    for (idx, sheet) in tables.sheets.iter().enumerate() {
        let mut add = |row: usize, col: usize, by_row: bool| {
            let long = |g: &Given| g.value >= Decimal::ONE_HUNDRED || g.operand.decimals >= 2;
            if let Some(given) = tables::given(sheet, row, col).filter(long) {
                let sheet = idx;
                let places = out.entry(given.value).or_default();
                places.push(Held {
                    sheet,
                    row,
                    col,
                    by_row,
                    given,
                });
            }
        };
        if let Some(row) = current_row(cx, sheet) {
            (0..sheet.n_cols()).for_each(|col| add(row, col, true));
        }
        if let Some(col) = current_column(cx, sheet) {
            (0..sheet.n_rows().min(MAX_ROWS)).for_each(|row| add(row, col, false));
        }
    }
    out
}

/// The row of a table of periods that is the circular's own; the figures of its other rows are of other times.
fn current_row(cx: &Context<'_>, sheet: &Sheet<'_>) -> Option<usize> {
    let own = cx.circular.period?;
    let names = sheet
        .label_column
        .filter(|_| (2..=MAX_ROWS).contains(&sheet.n_rows()))?;
    let mut rows = (0..sheet.n_rows()).filter(|row| is_period(&sheet.squashed(*row, names), own));
    let first = rows.next()?;
    rows.next().is_none().then_some(first)
}

/// The column of counts that is the circular's own period.
fn current_column(cx: &Context<'_>, sheet: &Sheet<'_>) -> Option<usize> {
    let own = cx.circular.period?;
    let header = |c: usize| sheet.columns[c].header.as_str();
    let mut columns = (0..sheet.n_cols()).filter(|c| tables::adds(sheet, *c) && is_period(header(*c), own));
    let first = columns.next()?;
    columns.next().is_none().then_some(first)
}

/// Whether a name is a period and nothing else but its unit: 2031年第三季度（件）.
fn is_period(name: &str, period: Period) -> bool {
    let bare = name.find(['（', '(']).map_or(name, |at| &name[..at]);
    let short = bare.chars().count() <= MAX_PERIOD;
    let year = Some(period.months().0);
    short
        && matches!(scan_periods(bare, year).as_slice(), [one] if one.period == period && one.range == (0..bare.len()))
}

/// The cell of the own period that a figure's words name.
fn of_period(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    said: &Spoken,
    held: &BTreeMap<Decimal, Vec<Held>>,
) -> Option<Given> {
    let places = held.get(&said.operand.value?)?;
    let figure = cx.figure(said.idx);
    let label = squash(said.label(cx));
    let counted = matches!(figure.class, FigureClass::Count | FigureClass::Money);
    if !counted || ELSEWHERE.iter().any(|w| label.contains(w)) || other_period(cx, said) {
        return None;
    }
    let named = places.iter().take(MAX_PLACES).find(|cell| {
        let sheet = &tables.sheets[cell.sheet];
        let name = if cell.by_row {
            measure(&sheet.columns[cell.col].header).to_owned()
        } else {
            sheet
                .label_column
                .map_or_else(String::new, |names| sheet.squashed(cell.row, names))
        };
        let total = TOTALS.contains(&name.as_str());
        let whole = total && (totals(&label) || cell.given.value >= Decimal::ONE_THOUSAND);
        let words = !total && name.chars().count() >= 2 && label.contains(&name) && negated(&label) == negated(&name);
        (whole || words)
            && Some(cell.col) != sheet.label_column
            && tables::same_kind_at(figure, sheet, cell.row, cell.col)
    });
    named.map(|cell| cell.given.clone())
}

/// Words of an earlier time.
const PAST: &[&str] = &["去年", "上年", "上月", "上季", "上期", "上周", "同期"];

/// Whether the sentence before a figure speaks of another time than the circular; 比上月 only compares with one.
fn other_period(cx: &Context<'_>, said: &Spoken) -> bool {
    let Some(own) = cx.circular.period else { return true };
    let text = format!("{}{}", said.before(cx, said.sentence.start), said.label(cx));
    let apart = |at: usize| !text[..at].ends_with(['比', '较', '与', '年']);
    if PAST.iter().any(|w| text.match_indices(w).any(|(at, _)| apart(at))) {
        return true;
    }
    let last: Option<Period> = scan_periods(&text, Some(own.months().0)).last().map(|m| m.period);
    last.is_some_and(|p| p != own)
}

/// A row of a sheet.
type Place = (usize, usize);

/// The rows of the cells that figures of the text are linked to already.
fn places(tables: &Tables<'_>, out: &[Relation]) -> BTreeMap<FigureIdx, Place> {
    let mut sought: BTreeMap<usize, Vec<FigureIdx>> = BTreeMap::new();
    for relation in out.iter().filter(|r| r.kind == RelationKind::TextTable) {
        if let Some(reading) = relation.readings.first()
            && let (Some(figure), [cell]) = (reading.stated.figure, reading.operands.as_slice())
            && let Some(span) = cell.span
        {
            sought.entry(span.start).or_default().push(figure);
        }
    }
    let mut found = BTreeMap::new();
    for (idx, sheet) in tables.sheets.iter().enumerate().filter(|_| !sought.is_empty()) {
        for row in 0..sheet.n_rows() {
            for number in (0..sheet.n_cols()).filter_map(|col| sheet.own_number(row, col)) {
                let figures = number.operand.span.and_then(|span| sought.get(&span.start));
                for figure in figures.into_iter().flatten() {
                    found.insert(*figure, (idx, row));
                }
            }
        }
    }
    found
}

/// The one rate in the row of the figure before that is the rate said.
fn rate_of_row(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    at: usize,
    places: &BTreeMap<FigureIdx, Place>,
) -> Option<Given> {
    let said = &spoken[at];
    let label = squash(said.label(cx));
    if said.operand.decimals == 0 || ELSEWHERE.iter().any(|w| label.contains(w)) {
        return None;
    }
    let near = spoken[at.saturating_sub(BACK)..at].iter().rev();
    let (sheet, row) = near
        .take_while(|s| s.passage == said.passage && s.sentence.start == said.sentence.start)
        .find_map(|s| places.get(&s.idx).copied())?;
    let sheet = &tables.sheets[sheet];
    let mut fitting = (0..sheet.n_cols())
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Rate)
        .filter_map(|c| tables::given(sheet, row, c))
        .filter(|given| given.operand.decimals > 0 && tables::equal(&said.operand, given));
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only)
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    #[test]
    fn the_rate_in_the_row_of_the_figure_before() {
        let table = "地区|投资目标（亿元）|完成投资（亿元）|完成比例（%）\n甲市|964.0|503.2|52.2\n乙市|812.6|378.7|46.6\n合计|1776.6|881.9|49.6";
        let found = read(&format!("各市共完成投资881.9亿元，占全年计划任务的49.6%。\n{table}"));
        assert!(found.contains(&"text-table 49.6% <- 49.6 ok".to_owned()), "{found:#?}");
        // Of another row, or a change.
        for text in [
            "各市共完成投资881.9亿元，占全年计划任务的46.6%。",
            "各市共完成投资881.9亿元，同比增长49.6%。",
        ] {
            let found = read(&format!("{text}\n{table}"));
            assert!(
                !found.iter().any(|l| l.contains("49.6%") || l.contains("46.6%")),
                "{text}: {found:#?}"
            );
        }
    }

    const MONTHS: &str = "月度|热线|平台|件数小计|挽回损失（万元）\n4月|2374|856|3230|39.46\n5月|2918|1183|4101|31.27\n6月|2743|1528|4271|58.92\n总计|8035|3567|11602|129.65";

    #[test]
    fn the_row_of_the_own_period() {
        let text = "今年6月，热线收到诉求2743件，平台受理1528件，两项合计受理4271件，为群众挽回损失58.92万元。";
        let found = read(&format!("时期 2031年6月\n{text}\n{MONTHS}"));
        for stated in [
            "2743件 <- 2743",
            "1528件 <- 1528",
            "4271件 <- 4271",
            "58.92万元 <- 58.92",
        ] {
            assert!(
                found.contains(&format!("text-table {stated} ok")),
                "{stated}: {found:#?}"
            );
        }
        // Without the name of the month too, but not of another one.
        let bare = "本月热线收到诉求2743件，两项合计受理4271件。";
        assert_eq!(read(&format!("时期 2031年6月\n{bare}\n{MONTHS}")).len(), 2);
        assert!(read(&format!("时期 2031年5月\n{bare}\n{MONTHS}")).is_empty());
        let past = "上月热线收到诉求2743件，两项合计受理4271件。";
        assert!(read(&format!("时期 2031年6月\n{past}\n{MONTHS}")).is_empty());
    }

    #[test]
    fn classes_across_and_periods_down() {
        let table =
            "类别|总数|境内|境外|入境\n2031年第三季度（件）|1287|1052|233|2\n2030年第三季度（件）|1583|942|626|15";
        let text = "受理投诉共1287件，其中受理境内投诉1052件，受理境外投诉233件。";
        let found = read(&format!("时期 2031年第三季度\n{text}\n{table}"));
        assert_eq!(found.len(), 3, "{found:#?}");
        assert!(found.iter().all(|l| l.ends_with("ok")));
        assert!(read(&format!("时期 2031年第三季度\n受理境内咨询942件。\n{table}")).is_empty());
    }

    #[test]
    fn the_total_of_what_the_caption_counts() {
        let text = "本月共受理投诉296件。";
        let table = "种类|证照|食品安全|产品质量|服务质量|合计\n数量|21|113|131|31|296";
        assert!(
            read(&format!("{text}\n{table}")).is_empty(),
            "nothing says what the table counts"
        );
    }
}
