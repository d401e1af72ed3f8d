//! Totals in the text that are not what the table's total row gives.
//!
//! That a figure is meant to be the table's total is certain only where its words name one column better than all
//! others, and where the sentence evidently reports the total row: other figures of it are repeated rightly, or several
//! differ from theirs by a slip.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::{Decimal, Period, one_keystroke, scan_periods};

use super::cells::measure;
use super::classes::{self, NoteFigure};
use super::spoken::Spoken;
use super::tables::{self, Given, Tables};
use crate::context::Context;
use crate::prose::labels::{analyse, measure_in, strip_scope};
use crate::table::{Sheet, affinity, negated};
use crate::{Cue, FigureIdx, Formula, Reading, Relation, RelationKind};

/// Most figures of one sentence that are looked at; longer enumerations report rows, not totals.
const MAX_FIGURES: usize = 24;
/// Most pairs of a sentence and a table that are looked at.
const MAX_PAIRS: usize = 4_000;

/// Words before a figure that make it one of another time or of a part.
const ELSEWHERE: &[&str] = &[
    "其中", "去年", "上年", "上月", "上季", "上期", "同期", "同比", "环比", "累计", "截至", "比上", "较上", "超过",
    "增加", "减少", "增长", "下降", "剩余", "另有", "还有",
];

/// Words that only say how something was done, or name the thing that any table counts.
const GENERAL: &[&str] = &[
    "检验", "检测", "实际", "依法", "办理", "事项", "工单", "信息", "产品", "样品", "群众", "任务", "项目", "问题",
    "共",
];

/// A figure that names a column's total and is another number.
struct Candidate {
    at: usize,
    col: usize,
    given: Given,
    /// It differs by a slip of the pen or by little.
    near: bool,
}

/// Adds a relation for each figure that should be a table's total and is not; such figures count as linked.
pub(crate) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let with_totals: Vec<usize> = (0..tables.sheets.len())
        .filter(|s| tables.totals[*s].is_some())
        .collect();
    let mut notes: BTreeMap<usize, Vec<NoteFigure>> = BTreeMap::new();
    let mut pairs = 0;
    let mut from = 0;
    for sentence in spoken.chunk_by(|a, b| a.passage == b.passage && a.sentence.start == b.sentence.start) {
        let figures = from..from + sentence.len();
        from = figures.end;
        if sentence.len() > MAX_FIGURES || sentence.iter().all(|s| linked.contains(&s.idx)) {
            continue;
        }
        for &sheet_idx in &with_totals {
            pairs += 1;
            if pairs > MAX_PAIRS {
                return;
            }
            let echoes = sentence
                .iter()
                .filter(|s| linked.contains(&s.idx) && repeats(cx, tables, s, sheet_idx))
                .count();
            let pointed = with_totals.len() == 1
                || tables.points_at(cx, sentence[0].passage(cx), sheet_idx, sentence[0].sentence(cx));
            if echoes == 0 && !pointed {
                continue;
            }
            let mut found: Vec<Candidate> = figures
                .clone()
                .filter(|at| !linked.contains(&spoken[*at].idx))
                .filter_map(|at| candidate(cx, tables, &spoken[at], at, sheet_idx, echoes))
                .collect();
            let notes = notes
                .entry(sheet_idx)
                .or_insert_with(|| classes::notes(cx, &tables.sheets[sheet_idx]));
            found.retain(|c| !closed_by_a_note(&spoken[c.at], &c.given, notes));
            let near = found.iter().filter(|c| c.near).count();
            // Several columns beside their totals alike; figures of another scope would differ in all.
            let together = pointed && near >= 2 && near == found.len();
            found.retain(|c| echoes >= 2 || echoes == 1 && c.near || together);
            for one in &found {
                let cue = if echoes > 0 && one.near {
                    Cue::Explicit
                } else {
                    Cue::Implied
                };
                push(cx, &spoken[one.at], &one.given, cue, linked, out);
            }
            for part in parts(cx, tables, spoken, figures.clone(), sheet_idx, &found, linked) {
                push(cx, &spoken[part.at], &part.given, Cue::Implied, linked, out);
            }
        }
    }
}

fn push(
    cx: &Context<'_>,
    said: &Spoken,
    given: &Given,
    cue: Cue,
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let Some(quote) = said.quote(cx) else { return };
    if !linked.insert(said.idx) {
        return;
    }
    out.push(Relation {
        kind: RelationKind::TextTable,
        rule: "text-against-total",
        cue,
        readings: vec![Reading {
            formula: Formula::Equal,
            stated: said.operand.clone(),
            operands: vec![given.operand.clone()],
        }],
        quote,
    });
}

/// Whether a figure is one of a sheet's totals.
fn repeats(cx: &Context<'_>, tables: &Tables<'_>, said: &Spoken, sheet_idx: usize) -> bool {
    let sheet = &tables.sheets[sheet_idx];
    (0..sheet.n_cols()).any(|col| {
        tables.wholes[sheet_idx][col]
            .as_ref()
            .is_some_and(|g| g.value >= Decimal::TEN && tables::equal(&said.operand, g))
            && tables::same_kind(cx.figure(said.idx), sheet, col)
    })
}

/// The total that a figure's words name, if it is another number.
fn candidate(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    said: &Spoken,
    at: usize,
    sheet_idx: usize,
    echoes: usize,
) -> Option<Candidate> {
    let sheet = &tables.sheets[sheet_idx];
    let row = tables.totals[sheet_idx]?;
    let label = said.label(cx);
    let figure = cx.figure(said.idx);
    let stated = said.operand.value?;
    let of_row = said.name.is_some_and(|n| tables.rows_of(n, sheet_idx).next().is_some());
    if stated < Decimal::TEN
        || of_row
        || ELSEWHERE.iter().any(|w| label.contains(w))
        || !classes::is_of_all(label)
        || other_period(cx, sheet, said)
        || !scope_is_whole(cx, sheet, label)
    {
        return None;
    }
    let mut best: Option<(usize, usize, Given)> = None;
    let mut tie = false;
    for col in 0..sheet.n_cols() {
        if !tables::same_kind(figure, sheet, col) {
            continue;
        }
        let words = named(label, &sheet.columns[col].header);
        match &best {
            Some((most, _, _)) if *most > words => {}
            Some((most, _, _)) if *most == words => tie = true,
            _ if words >= 2 => {
                tie = false;
                best = tables::given(sheet, row, col)
                    .filter(|g| g.value >= Decimal::TEN)
                    .map(|g| (words, col, g));
            }
            _ => {}
        }
    }
    let (_, col, given) = best.filter(|_| !tie)?;
    let near = is_near(stated, &given);
    (!tables::equal(&said.operand, &given) && (near || echoes >= 2)).then_some(Candidate { at, col, given, near })
}

/// How well a clause names a column: by its words, or by a word of the same meaning (共办理 and 办件量).
fn named(label: &str, header: &str) -> usize {
    if negated(label) != negated(header) {
        return 0;
    }
    let words = affinity(label, measure(header));
    match (measure_in(label), measure_in(header)) {
        (Some((a, _)), Some((b, _))) if a == b => words.max(2) + 10,
        (Some(_), Some(_)) => 0,
        _ => words,
    }
}

/// Whether what is counted is no part of what the table counts: nothing but the measure, or words of the table's names.
fn scope_is_whole(cx: &Context<'_>, sheet: &Sheet<'_>, label: &str) -> bool {
    let own = analyse(label);
    let mut counted = strip_scope(&own.name);
    for word in GENERAL {
        counted = counted.replace(word, "");
    }
    let counted = counted.trim_matches(|c: char| c.is_whitespace() || c.is_ascii_digit());
    if own.denied {
        return false;
    }
    counted.chars().count() < 2
        || sheet.table.caption.as_ref().is_some_and(|c| affinity(counted, c) >= 2)
        || cx.circular.title.as_ref().is_some_and(|t| affinity(counted, t) >= 2)
        || sheet.columns.iter().any(|c| affinity(counted, &c.header) >= 2)
}

/// Whether the sentence speaks of another period than the caption.
fn other_period(cx: &Context<'_>, sheet: &Sheet<'_>, said: &Spoken) -> bool {
    let Some(own) = cx.circular.period else { return false };
    let year = Some(own.months().0);
    let last = |text: &str| -> Option<Period> { scan_periods(text, year).last().map(|m| m.period) };
    let of_table = sheet.table.caption.as_ref().and_then(|c| last(c)).unwrap_or(own);
    last(&format!("{}{}", said.before(cx, said.sentence.start), said.label(cx))).is_some_and(|p| p != of_table)
}

/// Whether two numbers differ by one wrong key, or by no more than two in a hundred.
fn is_near(stated: Decimal, given: &Given) -> bool {
    let gap = (stated - given.value).abs();
    let few = gap.checked_mul(Decimal::from(50)).is_some_and(|g| g <= given.value);
    few || one_keystroke(stated, given.value)
}

/// Whether a figure of the notes is what the text has more or less.
fn closed_by_a_note(said: &Spoken, given: &Given, notes: &[NoteFigure]) -> bool {
    let gap = said.operand.value.map(|v| (v - given.value).abs());
    notes.iter().any(|n| Some(n.value) == gap)
}

/// Parts whose row the text names in short (镇街 for 镇街便民中心), off by what their whole is off by.
fn parts(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    figures: std::ops::Range<usize>,
    sheet_idx: usize,
    wholes: &[Candidate],
    linked: &BTreeSet<FigureIdx>,
) -> Vec<Candidate> {
    let sheet = &tables.sheets[sheet_idx];
    let Some(names) = sheet.label_column.filter(|_| !wholes.is_empty()) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for at in figures {
        let said = &spoken[at];
        let short = analyse(said.label(cx)).full_name;
        if linked.contains(&said.idx) || short.chars().count() < 2 {
            continue;
        }
        let mut rows = sheet
            .data_rows()
            .filter(|r| sheet.squashed(*r, names).starts_with(&short));
        let (Some(row), None) = (rows.next(), rows.next()) else {
            continue;
        };
        let off = |whole: &&Candidate| {
            let given = tables::given(sheet, row, whole.col)?;
            let gap = said.operand.value? - given.value;
            let of_whole = spoken[whole.at].operand.value? - whole.given.value;
            (whole.at < at && gap == of_whole).then_some(given)
        };
        if let Some((col, given)) = wholes.iter().find_map(|w| off(&w).map(|g| (w.col, g))) {
            out.push(Candidate {
                at,
                col,
                given,
                near: true,
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str = "单位|承办（件）|按期办结（件）|按期办结率（%）
东岭镇|612|604|98.7
西河乡|548|535|97.6
县民政局|973|951|97.7
合计|2133|2090|98.0";

    fn bad(text: &str) -> Vec<String> {
        rig::lines(&format!("{text}\n{TABLE}"), relations)
            .into_iter()
            .filter(|l| l.ends_with("BAD"))
            .collect()
    }

    #[test]
    fn a_total_misquoted_beside_right_ones() {
        assert_eq!(
            bad("全县共承办2233件，按期办结2090件，按期办结率98.0%。"),
            ["text-table 2233件 <- 2133 BAD"]
        );
        assert_eq!(
            bad("全县共承办213件，按期办结2090件，按期办结率98.0%。"),
            ["text-table 213件 <- 2133 BAD"]
        );
        assert_eq!(
            bad("全县共承办612件，按期办结2090件，按期办结率98.0%。"),
            ["text-table? 612件 <- 2133 BAD"],
            "far off, but all else is the total row"
        );
    }

    #[test]
    fn words_of_the_trade_before_the_measure() {
        let table = "品种|抽检批次|合格批次|不合格批次|合格率（%）\n糕点|402|395|7|98.26\n乳品|300|294|6|98.00\n合计|702|689|13|98.15";
        let found = rig::lines(
            &format!("本次共抽检702批次，检验合格702批次，合格率98.15%。\n{table}"),
            relations,
        );
        assert!(
            found.contains(&"text-table 702批次 <- 689 BAD".to_owned()),
            "{found:#?}"
        );
    }

    #[test]
    fn two_totals_misquoted_by_little() {
        assert_eq!(
            bad("全县共承办2143件，按期办结2100件。"),
            ["text-table? 2143件 <- 2133 BAD", "text-table? 2100件 <- 2090 BAD"]
        );
    }

    #[test]
    fn a_part_named_in_short_that_is_off_as_its_whole() {
        let table = "单位|办件量|按期办结\n市场窗口|1846|1846\n镇街便民中心|2341|2334\n合计|4187|4180";
        let found = rig::lines(
            &format!("全区共办件4157件，其中镇街2311件，按期办结4150件。\n{table}"),
            relations,
        );
        let bad: Vec<&String> = found.iter().filter(|l| l.ends_with("BAD")).collect();
        assert!(bad.iter().any(|l| *l == "text-table? 2311件 <- 2341 BAD"), "{found:#?}");
    }

    #[test]
    fn figures_of_another_scope_say_nothing() {
        for text in [
            "全县共承办3500件，按期办结3400件，按期办结率97.1%。",
            "全县共承办2233件。",
            "去年同期承办2233件，按期办结2090件，按期办结率98.0%。",
            "其中乡镇承办1160件，按期办结2090件，按期办结率98.0%。",
            "全县共受理网站留言2033条，按期办结2090件，按期办结率98.0%。",
            "全县共承办2133件，按期办结2090件，按期办结率98.0%。",
        ] {
            assert!(bad(text).is_empty(), "{text}: {:?}", bad(text));
        }
    }

    #[test]
    fn a_note_that_explains_the_gap_is_enough() {
        let text = "全县共承办2163件，按期办结2090件，按期办结率98.0%。";
        let found = rig::lines(&format!("{text}\n{TABLE}\n注：另有30件已退回。"), relations);
        assert!(found.iter().all(|l| !l.ends_with("BAD")), "{found:#?}");
    }

    #[test]
    fn the_column_adds_up_to_the_text_but_its_total_does_not() {
        let table = TABLE.replace("合计|2133|", "合计|2143|");
        let found = rig::lines(&format!("全县共承办2133件，按期办结2090件。\n{table}"), relations);
        assert!(
            found.contains(&"text-table 2133件 <- 2143 BAD".to_owned()),
            "{found:#?}"
        );
    }
}
