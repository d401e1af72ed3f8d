//! The text against a table of indicators: a name and its value in each row (受理数|1000|立案率|90.00%).
//!
//! Such a row is no thing that the text names but the measure itself: 共受理案件1000件 speaks of 受理数, 立案率90.00% of
//! 立案率. A name alone proves little (any passage says 受理), so that a passage is held against a table only where several of
//! its figures repeat the indicators they name. Then one that is named without doubt and differs is a finding.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::cells::link;
use super::spoken::Spoken;
use super::tables::{self, Given, Tables};
use crate::context::Context;
use crate::prose::labels::measure_in;
use crate::table::{ColumnKind, Sheet, negated, squash};
use crate::{Cue, FigureClass, FigureIdx, Relation};

/// Most indicators of one table, and most tables of indicators.
const MAX_INDICATORS: usize = 64;
const MAX_TABLES: usize = 12;
/// Most figures of one passage that are held against them.
const MAX_FIGURES: usize = 200;
/// Longest name of an indicator, in characters.
const MAX_NAME: usize = 16;
/// Most characters between an indicator's words and the figure: the thing that is counted (受理 of 受理常规案件).
const MAX_THING: usize = 4;
/// Indicators repeated rightly before one that differs is a finding.
const ECHO: usize = 4;

/// Words that close the name of a number of things.
const NUMBER_TAILS: &[&str] = &["总数量", "总件数", "总数", "总量", "数量", "件数", "宗数", "数", "量"];
/// Words that close the name of a rate.
const RATE_TAILS: &[&str] = &["率", "满意度"];
/// Words between a name and its figure that add nothing.
const LINKS: &[&str] = &[
    "达到", "共计", "为", "是", "达", "共", "约", "有", "了", "计", "：", ":",
];
/// Words that make a figure one of another time, or of a part.
const ELSEWHERE: &[&str] = &[
    "去年", "上年", "上月", "上周", "上季", "上期", "同期", "同比", "环比", "累计", "其中", "占",
];

/// An indicator of a table.
struct Indicator {
    /// The words that the text has for it: 受理 of 受理数, 立案率.
    words: String,
    rate: bool,
    place: (usize, usize),
    given: Given,
}

/// A figure that names an indicator.
struct Match {
    /// Its place in the list of figures.
    at: usize,
    indicator: usize,
    holds: bool,
    /// Nothing else can be meant.
    strict: bool,
}

/// How well a table answers to a passage: figures that hold, that it stands behind, nearness.
type Score = (usize, bool, usize);

/// Adds the links; the figures that were linked are marked so.
pub(crate) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let lists: Vec<(usize, Vec<Indicator>)> = tables
        .sheets
        .iter()
        .enumerate()
        .map(|(idx, sheet)| (idx, indicators(sheet)))
        .filter(|(_, list)| list.len() >= 3)
        .take(MAX_TABLES)
        .collect();
    if lists.is_empty() {
        return;
    }
    let mut from = 0;
    for passage in spoken.chunk_by(|a, b| a.passage == b.passage) {
        let base = from;
        from += passage.len();
        let figures = &passage[..passage.len().min(MAX_FIGURES)];
        // The table that repeats most of the passage; of two alike the one that stands nearer behind it.
        let mut best: Option<(Score, usize, Vec<Match>)> = None;
        let stands = figures[0].operand.span.map_or(0, |s| s.start);
        for (nth, (sheet, list)) in lists.iter().enumerate() {
            let matches = matches(cx, &tables.sheets[*sheet], list, figures);
            let holds = matches.iter().filter(|m| m.holds).count();
            let start = tables.homes[*sheet].start;
            let score = (holds, start >= stands, usize::MAX - start.abs_diff(stands));
            if best.as_ref().is_none_or(|(found, _, _)| score > *found) {
                best = Some((score, nth, matches));
            }
        }
        let Some(((holds, _, _), nth, matches)) = best else {
            continue;
        };
        let list = &lists[nth].1;
        let telling = |m: &Match| {
            let given = &list[m.indicator].given;
            m.holds && (given.value >= Decimal::ONE_HUNDRED || given.operand.decimals >= 2)
        };
        if holds < 2 || !matches.iter().any(telling) {
            continue;
        }
        let odd: Vec<&Match> = matches
            .iter()
            .filter(|m| !m.holds && m.strict && !linked.contains(&spoken[base + m.at].idx))
            // The indicator is repeated rightly elsewhere in the passage: this is another figure of the same name.
            .filter(|m| matches.iter().filter(|o| o.indicator == m.indicator).count() == 1)
            .collect();
        let judged = holds >= ECHO && odd.len() * 4 <= holds;
        for found in &matches {
            let said = &spoken[base + found.at];
            let wrong = judged && odd.iter().any(|o| o.at == found.at);
            if (found.holds || wrong) && linked.insert(said.idx) {
                out.extend(link(cx, said, &list[found.indicator].given, Cue::Explicit));
            }
        }
    }
}

/// The words of an indicator's name, and whether it is a rate; `None` for a name of something else.
fn words(name: &str) -> Option<(String, bool)> {
    let name = name.trim_end_matches(['：', ':']);
    let bare = name.find(['（', '(']).map_or(name, |at| &name[..at]);
    if !(2..=MAX_NAME).contains(&bare.chars().count()) {
        return None;
    }
    if RATE_TAILS.iter().any(|w| bare.ends_with(w)) {
        return Some((bare.to_owned(), true));
    }
    let stem = NUMBER_TAILS
        .iter()
        .find_map(|w| bare.strip_suffix(w))
        .filter(|s| s.chars().count() >= 2);
    match stem {
        Some(stem) => Some((stem.to_owned(), false)),
        None => measure_in(bare).map(|_| (bare.to_owned(), false)),
    }
}

/// The indicators of a sheet: names in a column of text with their values in the next one, or a single row under its names.
fn indicators(sheet: &Sheet<'_>) -> Vec<Indicator> {
    let mut out: Vec<Indicator> = Vec::new();
    let mut others = 0;
    let mut add = |name: &str, row: usize, col: usize| {
        let Some(given) = tables::given(sheet, row, col) else {
            return;
        };
        match words(name) {
            Some((words, rate)) if out.len() < MAX_INDICATORS => out.push(Indicator {
                words,
                rate,
                place: (row, col),
                given,
            }),
            _ => others += 1,
        }
    };
    let text = |col: usize| sheet.columns.get(col).is_some_and(|c| c.kind == ColumnKind::Text);
    if sheet.n_rows() == 1 {
        for col in 0..sheet.n_cols() {
            add(&squash(&sheet.table.header[col]), 0, col);
        }
    } else {
        // Names with one value each; with several (本月, 上月) they are rows like any other.
        let names: Vec<usize> = (0..sheet.n_cols())
            .filter(|c| text(*c) && !text(*c + 1) && *c + 1 < sheet.n_cols())
            .filter(|c| *c + 2 >= sheet.n_cols() || text(*c + 2))
            .collect();
        for row in 0..sheet.n_rows() {
            for &col in &names {
                add(&sheet.squashed(row, col), row, col + 1);
            }
        }
    }
    let mut seen = BTreeSet::new();
    let distinct = out.iter().all(|i| seen.insert(i.words.clone()));
    // 受理数 twice belongs to two things that the names do not tell.
    if !distinct || others > out.len() {
        out.clear();
    }
    out
}

/// The figures that name indicators of a sheet.
fn matches(cx: &Context<'_>, sheet: &Sheet<'_>, list: &[Indicator], figures: &[Spoken]) -> Vec<Match> {
    let mut out = Vec::new();
    for (at, said) in figures.iter().enumerate() {
        let label = squash(said.label(cx));
        let Some((indicator, strict)) = named(cx, sheet, list, said, &label) else {
            continue;
        };
        out.push(Match {
            at,
            indicator,
            holds: tables::equal(&said.operand, &list[indicator].given),
            strict,
        });
    }
    out
}

/// The indicator that the words before a figure name, the longest name first, and whether they name nothing else.
fn named(cx: &Context<'_>, sheet: &Sheet<'_>, list: &[Indicator], said: &Spoken, label: &str) -> Option<(usize, bool)> {
    let figure = cx.figure(said.idx);
    let rate = figure.class == FigureClass::Rate;
    let mut core = label;
    // 受理案件（不含重复件）1000件
    if let Some(inner) = core.strip_suffix(['）', ')'])
        && let Some(open) = inner.rfind(['（', '('])
    {
        core = &core[..open];
    }
    while let Some(rest) = LINKS.iter().find_map(|w| core.strip_suffix(w)) {
        core = rest;
    }
    let mut best: Option<(usize, usize, bool)> = None;
    for (idx, one) in list.iter().enumerate() {
        if one.rate != rate || !rate && !tables::same_kind_at(figure, sheet, one.place.0, one.place.1) {
            continue;
        }
        let Some(at) = core.rfind(&one.words) else { continue };
        let (before, thing) = (&core[..at], &core[at + one.words.len()..]);
        let counted =
            thing.chars().count() <= MAX_THING && measure_in(thing).is_none() && !thing.contains(['率', '后']);
        if negated(before) || !(thing.is_empty() || !rate && counted) {
            continue;
        }
        let whole = before.is_empty() || before.ends_with(['共', '总']);
        let strict = whole && (thing.is_empty() || thing.ends_with(['件', '单', '项'])) && thing.chars().count() <= 2;
        let strict = strict && !ELSEWHERE.iter().any(|w| label.contains(w));
        let len = one.words.len();
        if best.is_none_or(|(found, _, _)| len > found) {
            best = Some((len, idx, strict));
        }
    }
    best.map(|(_, idx, strict)| (idx, strict))
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    const TEXT: &str = "全市共受理案件1250件，立案1000件，立案率80.00%；派遣900件，派遣率90.00%；应结案880件，结案660件，结案率75.00%；返工11件。";
    const TABLE: &str = "基础指标|案件数|比率指标|数值\n受理数|1250||\n立案数|1000|立案率|80.00%\n派遣数|900|派遣率|90.00%\n应结案数|880||\n结案数|660|结案率|75.00%\n返工数|11|返工率|1.25%";

    #[test]
    fn names_and_values_side_by_side() {
        let found = read(&format!("{TEXT}\n{TABLE}"));
        for line in [
            "text-table 1250件 <- 1250 ok",
            "text-table 80.00% <- 80.00% ok",
            "text-table 880件 <- 880 ok",
            "text-table 660件 <- 660 ok",
            "text-table 11件 <- 11 ok",
        ] {
            assert!(found.contains(&line.to_owned()), "{line}: {found:#?}");
        }
        assert_eq!(found.len(), 9, "{found:#?}");
    }

    #[test]
    fn one_that_differs_is_said() {
        let bad = |text: &str| -> Vec<String> {
            let found = read(&format!("{text}\n{TABLE}"));
            found.into_iter().filter(|l| l.ends_with("BAD")).collect()
        };
        assert_eq!(
            bad(&TEXT.replace("派遣900", "派遣909")),
            ["text-table 909件 <- 900 BAD"]
        );
        // Of another time, or of a part.
        assert!(bad(&TEXT.replace("派遣900", "上周派遣909")).is_empty());
        assert!(bad(&TEXT.replace("派遣900", "城区派遣909")).is_empty());
        // Another period altogether.
        assert!(bad("全市共受理案件2250件，立案2000件，派遣1900件，返工11件。").is_empty());
    }

    #[test]
    fn a_column_of_names_and_one_of_values() {
        let table = "指标|案件数\n受理数|1250\n立案数|1000\n派遣数|900";
        let text = "全市共受理案件1250件，立案1000件，派遣900件。";
        assert_eq!(read(&format!("{text}\n{table}")).len(), 3);
        // Equal numbers of other things are no link.
        assert!(read(&format!("共走访群众1250人，立项1000个，培训900人。\n{table}")).is_empty());
    }
}
