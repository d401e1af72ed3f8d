//! Figures of the text that repeat a cell (a row's name and a column's words) or a column's total.

use std::collections::BTreeSet;

use super::spoken::Spoken;
use super::tables::{self, Given, NameHit, Tables};
use crate::context::Context;
use crate::table::{ColumnKind, Sheet, affinity, negated};
use crate::{Cue, FigureClass, FigureIdx, Formula, Reading, Relation, RelationKind};
use gouji_quantity::Decimal;

/// Figures that repeat rightly before one that does not is a finding.
const ECHO: usize = 3;

/// A link that would not hold: kept until it is known whether the text reports this table.
struct Doubt {
    sheet: usize,
    at: usize,
    given: Given,
}

/// Adds the links to cells and column totals; gives the figures that were linked.
pub(crate) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    out: &mut Vec<Relation>,
) -> BTreeSet<FigureIdx> {
    let mut linked = BTreeSet::new();
    let mut echoes = vec![0_usize; tables.sheets.len()];
    let mut doubts: Vec<Doubt> = Vec::new();
    for (at, said) in spoken.iter().enumerate() {
        let mut doubt = None;
        for sheet_idx in candidates(tables, said) {
            let sheet = &tables.sheets[sheet_idx];
            let mut doubted_of = |given| {
                doubt.get_or_insert(Doubt {
                    sheet: sheet_idx,
                    at,
                    given,
                });
            };
            let row = row(tables, said, sheet_idx);
            let found = row.and_then(|row| named_cell(cx, sheet, said, row, &mut doubted_of));
            // 合计 behind a list of the rows' names speaks of the whole.
            let whole = || {
                let of_all = row.is_none() || said.name.is_some();
                of_all.then(|| column_total(cx, tables, said, sheet_idx)).flatten()
            };
            if let Some(given) = found.or_else(whole) {
                echoes[sheet_idx] += 1;
                linked.insert(said.idx);
                out.extend(link(cx, said, &given, Cue::Explicit));
                break;
            }
        }
        if !linked.contains(&said.idx) {
            doubts.extend(doubt);
        }
    }
    let mut doubted = vec![0_usize; tables.sheets.len()];
    for doubt in &doubts {
        doubted[doubt.sheet] += 1;
    }
    for doubt in doubts {
        // The text reports this table: most of what it names is repeated rightly.
        if echoes[doubt.sheet] >= ECHO && doubted[doubt.sheet] * 3 <= echoes[doubt.sheet] {
            out.extend(link(cx, &spoken[doubt.at], &doubt.given, Cue::Explicit));
        }
    }
    linked
}

/// Words of a column, or of a figure, of an earlier time.
const PAST: &[&str] = &["去年", "上年", "同期", "上月", "上季", "上期", "上周"];

/// Most tables with a row of the same name that a figure is held against.
const MAX_NAMED: usize = 6;

/// Sheets that may give a figure: those with a row of the name before it first, then all others.
fn candidates(tables: &Tables<'_>, said: &Spoken) -> Vec<usize> {
    let mut order: Vec<usize> = said
        .name
        .map(|n| tables.sheets_of(n).take(MAX_NAMED).collect())
        .unwrap_or_default();
    let named = order.clone();
    order.extend((0..tables.sheets.len()).filter(|s| !named.contains(s)));
    order
}

/// The row of a sheet that the figure's name means, if it is just one.
fn row(tables: &Tables<'_>, said: &Spoken, sheet: usize) -> Option<usize> {
    let mut rows = tables.rows_of(said.name?, sheet);
    let first = rows.next()?;
    rows.next().is_none().then_some(first)
}

pub(super) fn link(cx: &Context<'_>, said: &Spoken, given: &Given, cue: Cue) -> Option<Relation> {
    Some(Relation {
        kind: RelationKind::TextTable,
        rule: "text-against-table",
        cue,
        readings: vec![Reading {
            formula: Formula::Equal,
            stated: said.operand.clone(),
            operands: vec![given.operand.clone()],
        }],
        quote: said.quote(cx)?,
    })
}

/// Column headers without the words that only say that something is counted: 抽查批次数 → 抽查.
pub(crate) fn measure(header: &str) -> &str {
    for tail in [
        "批次数",
        "件数",
        "条数",
        "数量",
        "总数",
        "个数",
        "次数",
        "人数",
        "户数",
        "家数",
        "篇数",
        "总量",
        "情况",
        "数",
        "占比",
        "比例",
    ] {
        if let Some(rest) = header.strip_suffix(tail)
            && rest.chars().count() >= 2
        {
            return rest;
        }
    }
    header
}

/// How well the words of a figure name a column: characters shared with its clause, or else with the sentence since
/// the row's name.
fn naming(cx: &Context<'_>, sheet: &Sheet<'_>, said: &Spoken, col: usize, from: usize) -> (usize, bool) {
    let header = sheet.columns[col].header.as_str();
    let label = said.label(cx);
    // The row's own name is no word of the column.
    let own = said
        .name
        .filter(|n| n.start >= said.label.start && n.end <= said.label.end)
        .map_or(label, |n| &label[n.end - said.label.start..]);
    let rough = own.trim().trim_start_matches(['约', '大', '共']);
    let bare_rate = cx.figure(said.idx).class == FigureClass::Rate
        && ["占比", "占", "比重", "占总数的", "占比为", "占比约"].contains(&rough);
    // 约占37.7% behind the row's name: its share, whatever the column says before 占比.
    if bare_rate && sheet.columns[col].is_share() {
        return (2, true);
    }
    if !bare_rate && negated(own) != negated(header) {
        return (0, false);
    }
    // 共有31人外出 is 外出人数: the words right behind the figure with its unit are the column's.
    let tailed = cx.figure(said.idx).unit.as_ref().is_some_and(|unit| {
        let stem = header
            .strip_suffix('数')
            .and_then(|h| h.strip_suffix(unit.name.as_str()));
        stem.is_some_and(|s| s.chars().count() >= 2 && said.tail(cx).starts_with(s))
    });
    let behind = if tailed { 2 } else { 1 };
    let here = affinity(own, measure(header)).max(affinity(said.tail(cx), measure(header)).min(behind));
    if here >= 2 {
        return (here, true);
    }
    // 市容类，5月为362件: what is measured stands before the row's name.
    let verb_only = ["", "为", "是", "有", "达", "共"].contains(&own.trim());
    let from = if verb_only { said.sentence.start } else { from };
    (affinity(said.before(cx, from), measure(header)), false)
}

fn text_of<'a>(cx: &Context<'a>, said: &Spoken) -> &'a str {
    cx.passages[said.passage].text.as_str()
}

/// The cell of a row whose column the words name.
fn named_cell(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    said: &Spoken,
    row: usize,
    doubt: &mut dyn FnMut(Given),
) -> Option<Given> {
    let name = said.name?;
    let figure = cx.figure(said.idx);
    let mut best: Option<(usize, Given)> = None;
    let mut named: Vec<(usize, bool, usize)> = Vec::new();
    let mut fitting: Vec<usize> = (0..sheet.n_cols())
        .filter(|c| tables::same_kind_at(figure, sheet, row, *c))
        .collect();
    // What the text says of no earlier time is not what a column of one gives, if there is a column of now.
    let past = |words: &str| PAST.iter().any(|w| words.contains(w));
    if !past(said.label(cx)) && fitting.iter().any(|c| !past(&sheet.columns[*c].header)) {
        fitting.retain(|c| !past(&sheet.columns[*c].header));
    }
    // 投诉1739件 right behind the row's name, and a figure of three places that the row holds just once.
    let between = text_of(cx, said).get(name.end..said.full.start);
    // A month says when, not what.
    let period = text_of(cx, said)
        .get(name.start..)
        .is_some_and(|n| n.starts_with(|c: char| c.is_numeric()));
    let direct = !period
        && between.is_some_and(|b| {
            matches!(
                b.trim(),
                "" | "为" | "共" | "达" | "有" | "是" | "数" | "量" | "（" | "("
            )
        });
    let bracketed = between.is_some_and(|b| matches!(b.trim(), "（" | "("));
    let held = |given: &Given| {
        fitting
            .iter()
            .filter(|c| tables::given(sheet, row, **c).is_some_and(|g| g.value == given.value))
            .count()
    };
    let hundred = |given: &Given| given.value >= Decimal::ONE_HUNDRED || given.operand.decimals >= 2;
    for &col in &fitting {
        let (words, here) = naming(cx, sheet, said, col, name.end);
        // A table with one column of the kind needs no word for it, when the name stands right before the figure.
        let lone = fitting.len() == 1 && (said.label.start <= name.start || bracketed);
        let Some(given) = tables::given(sheet, row, col) else {
            continue;
        };
        if words >= 2 {
            named.push((words, here, col));
        }
        let given = fallen(cx, sheet, said, row, col, given);
        // 合计 4271件 of a row with a column 小计.
        let summed = || totals(&sheet.columns[col].header) && totals(said.label(cx)) && hundred(&given);
        let telling = words >= 2
            || lone && given.value >= Decimal::TEN
            || (direct && hundred(&given) || summed()) && held(&given) == 1;
        if telling && tables::equal(&said.operand, &given) && best.as_ref().is_none_or(|(w, _)| words > *w) {
            best = Some((words, given));
        }
    }
    if best.is_none() {
        // Row and column both named in the clause itself, and no other column as well.
        named.sort_by(|a, b| b.cmp(a));
        let clear = match named.as_slice() {
            [(_, true, col)] => Some(*col),
            [(first, true, col), (second, _, _), ..] if first > second => Some(*col),
            _ => None,
        };
        let in_clause = name.start >= said.label.start;
        if let (Some(col), true) = (clear, in_clause)
            && let Some(given) = tables::given(sheet, row, col)
        {
            doubt(given);
        }
    }
    best.map(|(_, given)| given)
}

/// Whether words say that a figure is a total.
pub(super) fn totals(words: &str) -> bool {
    ["合计", "总计", "共计", "小计", "一共"]
        .iter()
        .any(|w| words.contains(w))
}

/// A change that the table prints with a sign and the text with a word (-66.25 and 同比降低66.25%), as the text has it.
fn fallen(cx: &Context<'_>, sheet: &Sheet<'_>, said: &Spoken, row: usize, col: usize, mut given: Given) -> Given {
    let falls = ["下降", "降低", "减少", "回落", "下滑"]
        .iter()
        .any(|w| said.label(cx).trim_end().ends_with(w));
    let negative = sheet.columns[col].kind == ColumnKind::Growth && given.value.is_sign_negative();
    if falls && negative && sheet.own_number(row, col).is_some() {
        given.value = -given.value;
        given.operand.value = Some(given.value);
    }
    given
}

/// Whether a figure is too long to be equal by chance: five places, or four in words of a whole.
fn unmistakable(given: &Given, said_whole: bool) -> bool {
    let least = if said_whole { 1_000 } else { 10_000 };
    let round = given
        .value
        .checked_rem(Decimal::ONE_HUNDRED)
        .is_none_or(|rest| rest.is_zero());
    given.value >= Decimal::from(least) && !round
}

/// Whether a figure's words name what the caption says the table counts (投诉 of 投诉问题类别统计表), where the column has its total.
fn corner(sheet: &Sheet<'_>, col: usize, label: &str, given: &Given) -> bool {
    let header = sheet.columns[col].header.as_str();
    let caption = sheet.table.caption.as_ref().map_or("", |c| c.as_str());
    matches!(header, "合计" | "总计" | "共计" | "总数" | "小计")
        && given.value >= Decimal::ONE_HUNDRED
        && negated(label) == negated(caption)
        && affinity(label, caption) >= 2
}

/// The total of a column that the words name; no row's name stands before the figure in its sentence.
fn column_total(cx: &Context<'_>, tables: &Tables<'_>, said: &Spoken, sheet_idx: usize) -> Option<Given> {
    let sheet = &tables.sheets[sheet_idx];
    let label = said.label(cx);
    let cue = ["合计", "总计", "共计", "一共"].iter().any(|w| label.contains(w));
    // A row of this table in the sentence: the figure is that row's, unless its own clause says that it is the whole.
    let of_row = |n: NameHit| tables.rows_of(n, sheet_idx).next().is_some() && (!cue || n.start >= said.label.start);
    let rows_own = said.name.is_some_and(of_row);
    let figure = cx.figure(said.idx);
    let mut best: Option<(usize, Given)> = None;
    for col in 0..sheet.n_cols() {
        let Some(given) = &tables.wholes[sheet_idx][col] else {
            continue;
        };
        let telling = given.value >= Decimal::TEN || given.operand.decimals > 0;
        if !telling || !tables::equal(&said.operand, given) || !tables::same_kind(figure, sheet, col) {
            continue;
        }
        let (mut words, here) = naming(cx, sheet, said, col, said.sentence.start);
        // A figure as long as this says by itself what it repeats, if the table is no mere pair of rows.
        let whole_said = cue || ["共", "总"].iter().any(|w| label.contains(w));
        let long = unmistakable(given, whole_said) && tables.homes[sheet_idx].n_rows >= 3;
        // A total cue with nothing more (合计555批次) speaks of the table it points at.
        if long {
            words = words.max(2);
        } else if rows_own {
            continue;
        } else if !here && corner(sheet, col, label, given) {
            words = words.max(2);
        } else if !here {
            let pointed = cue && tables.points_at(cx, said.passage(cx), sheet_idx, said.sentence(cx));
            if !pointed {
                continue;
            }
            words = words.max(2);
        }
        if words >= 2 && best.as_ref().is_none_or(|(w, _)| words > *w) {
            best = Some((words, given.clone()));
        }
    }
    best.map(|(_, given)| given)
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    const TABLE: &str = "环节|抽查批次数|合格批次数|不合格批次数|合格率（%）
城区|418|386|32|92.34
乡村|236|209|27|88.56
合计|654|595|59|90.98";

    #[test]
    fn totals_and_cells_repeated_in_the_text() {
        let text = "本次共抽查654批次，合格595批次，不合格59批次，合格率90.98%。其中城区抽查418批次，乡村抽查236批次（见表1）。";
        let found = read(&format!("{text}\n{TABLE}"));
        for line in [
            "654 <- 654",
            "595 <- 595",
            "59 <- 59",
            "90.98% <- 90.98",
            "418 <- 418",
            "236 <- 236",
        ] {
            let (stated, given) = line.split_once(" <- ").expect("a line");
            assert!(
                found
                    .iter()
                    .any(|l| l.starts_with(&format!("text-table {stated}")) && l.ends_with(&format!("<- {given} ok"))),
                "{line}: {found:#?}"
            );
        }
    }

    #[test]
    fn a_cell_repeated_wrongly_among_right_ones() {
        let text = "城区抽查418批次，城区合格386批次，乡村抽查236批次，乡村合格206批次。";
        let bad: Vec<String> = read(&format!("{text}\n{TABLE}"))
            .into_iter()
            .filter(|l| l.ends_with("BAD"))
            .collect();
        assert_eq!(bad, ["text-table 206批次 <- 209 BAD"]);
    }

    #[test]
    fn an_equal_number_of_something_else_is_no_link() {
        assert!(read(&format!("全年共培训654人次，发放资料595份。\n{TABLE}")).is_empty());
        assert!(
            read(&format!("城区抽查120批次。\n{TABLE}")).is_empty(),
            "nothing shows that this table is meant"
        );
    }

    #[test]
    fn a_total_behind_a_list_of_the_rows() {
        let found = read(&format!(
            "本次抽查涉及城区、乡村2类环节，合计654批次（见表1）。\n{TABLE}"
        ));
        assert!(found.contains(&"text-table 654批次 <- 654 ok".to_owned()), "{found:#?}");
    }

    #[test]
    fn a_measure_before_the_name_of_the_row() {
        let table = "月份|市容类工单数量|物业类工单数量\n5月份|389|312\n6月份|371|286";
        let found = read(&format!(
            "数量变化：市容类，5月份为389件，6月份为371件，呈下降态势。\n{table}"
        ));
        assert_eq!(found, ["text-table 389件 <- 389 ok", "text-table 371件 <- 371 ok"]);
        assert!(read(&format!("数量变化：交通类，5月份为389件。\n{table}")).is_empty());
    }

    #[test]
    fn a_row_named_right_before_its_figure() {
        let table = "类别|本季度（件）|上季度（件）\n登记总数|7125|6713\n投诉|2164|1985\n举报|743|692\n咨询|4218|4036\n挽回损失（万元）|931.58|1048.37";
        let text = "本季度共登记各类诉求7125件，其中咨询4218件，投诉2164件，举报743件，挽回损失931.58万元。";
        let found = read(&format!("{text}\n{table}"));
        for (stated, given) in [
            ("7125件", "7125"),
            ("4218件", "4218"),
            ("2164件", "2164"),
            ("743件", "743"),
            ("931.58万元", "931.58"),
        ] {
            assert!(
                found.contains(&format!("text-table {stated} <- {given} ok")),
                "{stated}: {found:#?}"
            );
        }
        // Another figure behind the name, or the same behind another name, is no link.
        let other = read(&format!("其中咨询投诉处的回访743件，投诉满意173件。\n{table}"));
        assert!(other.is_empty(), "{other:#?}");
    }

    #[test]
    fn a_fall_in_words_and_with_a_sign() {
        let table =
            "类别|本季度（件）|上年同期（件）|同比（%）\n投诉|216|640|-66.25\n举报|46|85|-45.88\n咨询|132|112|17.86";
        let found = read(&format!(
            "投诉216件，同比降低66.25%；咨询132件，同比增长17.86%。\n{table}"
        ));
        assert!(
            found.contains(&"text-table 66.25% <- -66.25 ok".to_owned()),
            "{found:#?}"
        );
        assert!(
            found.contains(&"text-table 17.86% <- 17.86 ok".to_owned()),
            "{found:#?}"
        );
    }

    #[test]
    fn a_share_without_its_own_words_takes_those_before() {
        let table = "月份|受理工单总数|市容类工单数量|市容类工单占比\n5月份|1305|389|29.8%\n6月份|1382|371|26.8%";
        let found = read(&format!("6月份共受理工单1382件，其中市容类371件，占比26.8%。\n{table}"));
        assert_eq!(found.len(), 3, "{found:#?}");
    }

    #[test]
    fn a_figure_of_now_is_not_that_of_an_earlier_time() {
        let table = "类别|本月（件）|上月（件）|去年同期（件）\n投诉类|1120|1000|1200\n咨询类|500|400|500";
        let found = read(&format!("本月咨询类500件，投诉类1120件。\n{table}"));
        assert_eq!(found.len(), 2, "{found:#?}");
        let found = read(&format!("去年同期咨询类500件，投诉类1200件。\n{table}"));
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
    }
}
