//! Totals across a row (横加): 合计 columns, wholes and their parts (抽查＝合格＋不合格), and columns that are found to be
//! the sum or difference of others.

use super::column::ColumnKind;
use super::footing::{agrees, sum};
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most columns among which sums are looked for.
const MAX_COLUMNS: usize = 48;

/// Rows on which candidate sums are tried; a sum that fits them is then tried on all.
const PROBE: usize = 80;

/// Words that make a column the total of others.
const TOTAL_WORDS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "总数",
    "总量",
    "总分",
    "总得分",
    "累计",
    "汇总",
    "总",
];

/// How well a sum of columns fits.
struct Fit {
    /// Rows where it holds.
    holds: usize,
    /// Rows where it can be tried.
    tried: usize,
    /// Rows where it holds with at least two parts that are not nought.
    telling: usize,
}

/// Adds the relations across rows.
pub(crate) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    let columns: Vec<usize> = sheet.addable().collect();
    if columns.len() < 3 || columns.len() > MAX_COLUMNS {
        return;
    }
    let rows: Vec<usize> = (0..sheet.n_rows())
        .filter(|r| matches!(sheet.rows[*r], RowKind::Data | RowKind::Total { .. }))
        .collect();
    let probe = &rows[..rows.len().min(PROBE)];
    let mut wholes: Vec<(usize, Vec<usize>)> = Vec::new();
    for &whole in &columns {
        for found in declared(sheet, &columns, probe, whole) {
            emit(cx, sheet, &rows, &found, out);
            wholes.push((whole, found.parts));
        }
    }
    for found in complements(sheet, &columns, probe) {
        if !wholes.iter().any(|(w, p)| *w == found.whole && *p == found.parts) {
            emit(cx, sheet, &rows, &found, out);
            wholes.push((found.whole, found.parts));
        }
    }
    for found in deductions(sheet, &columns, probe) {
        emit(cx, sheet, &rows, &found, out);
        wholes.push((found.whole, found.parts));
    }
    for &whole in &columns {
        if wholes.iter().any(|(w, _)| *w == whole) {
            continue;
        }
        // A column that is a part of a known whole and the rest of it says nothing new.
        let known = |parts: &[usize]| {
            wholes.iter().any(|(w, p)| {
                parts.contains(w) && p.contains(&whole) || p.contains(&whole) && parts.iter().any(|x| p.contains(x))
            })
        };
        if let Some(found) = undeclared(sheet, &columns, &rows, whole, &known) {
            emit(cx, sheet, &rows, &found, out);
            wholes.push((whole, found.parts));
        }
    }
}

/// A column found to be made of others.
struct Found {
    whole: usize,
    /// Columns, in order; for a difference the first is what the others are taken from.
    parts: Vec<usize>,
    formula: Formula,
    cue: Cue,
    rule: &'static str,
}

fn fit_of(sheet: &Sheet<'_>, rows: &[usize], whole: usize, parts: &[usize]) -> Fit {
    let mut fit = Fit {
        holds: 0,
        tried: 0,
        telling: 0,
    };
    for &row in rows {
        let Some(stated) = sheet.own_number(row, whole) else {
            continue;
        };
        let numbers: Vec<&Number> = parts.iter().filter_map(|c| sheet.own_number(row, *c)).collect();
        if numbers.is_empty() {
            continue;
        }
        fit.tried += 1;
        if sum(numbers.iter().copied()).is_some_and(|(t, slack)| agrees(stated, t, slack)) {
            fit.holds += 1;
            fit.telling += usize::from(numbers.iter().filter(|n| !n.value.is_zero()).count() >= 2);
        }
    }
    fit
}

impl Fit {
    /// Holds in three rows of five and at least tells something.
    fn mostly(&self) -> bool {
        self.holds > 0 && self.holds * 5 >= self.tried * 3
    }
}

/// Parts of a column whose header says that it is a total: the candidate set of columns that fits most rows.
fn declared(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize) -> Vec<Found> {
    let header = sheet.columns[whole].header.as_str();
    let Some(word) = TOTAL_WORDS.iter().find(|w| header.contains(**w)) else {
        return Vec::new();
    };
    // 总 alone counts only at the head of a word: 总件数, but not 局总站.
    if *word == "总" && !header.starts_with('总') {
        return Vec::new();
    }
    let rest = header.replacen(word, "", 1);
    let others: Vec<usize> = columns.iter().copied().filter(|c| *c != whole).collect();
    let is_total = |c: usize| {
        let h = &sheet.columns[c].header;
        TOTAL_WORDS[..TOTAL_WORDS.len() - 1].iter().any(|w| h.contains(w)) || h.starts_with('总')
    };
    let kind = sheet.columns[whole].kind;
    let like = |c: &usize| sheet.columns[*c].kind == kind && sheet.columns[*c].unit == sheet.columns[whole].unit;
    let mut candidates: Vec<Vec<usize>> = Vec::new();
    let mut add = |set: Vec<usize>| {
        if set.len() >= 2 && !candidates.contains(&set) {
            candidates.push(set);
        }
    };
    if !rest.is_empty() {
        let plain = |c: &usize| !is_total(*c);
        add(others
            .iter()
            .copied()
            .filter(|c| plain(c) && sheet.columns[*c].header.ends_with(&rest))
            .collect());
        add(others
            .iter()
            .copied()
            .filter(|c| plain(c) && sheet.columns[*c].header.starts_with(&rest))
            .collect());
    }
    let left: Vec<usize> = others.iter().copied().filter(|c| *c < whole).collect();
    let right: Vec<usize> = others.iter().copied().filter(|c| *c > whole).collect();
    let near_left: Vec<usize> = left
        .iter()
        .rev()
        .copied()
        .take_while(|c| !is_total(*c))
        .collect::<Vec<_>>();
    add(sorted(near_left));
    add(right.iter().copied().take_while(|c| !is_total(*c)).collect());
    add(left.iter().copied().filter(|c| !is_total(*c)).collect());
    add(left.iter().copied().filter(|c| is_total(*c)).collect());
    add(right.iter().copied().filter(|c| is_total(*c)).collect());
    add(others.iter().copied().filter(|c| !is_total(*c)).collect());
    add(left.iter().copied().filter(like).collect());
    add(right.iter().copied().filter(like).collect());
    for run in runs(columns, whole) {
        add(run);
    }
    let mut best: Option<(usize, Vec<usize>)> = None;
    for parts in candidates {
        let fit = fit_of(sheet, rows, whole, &parts);
        let enough = fit.telling > 0 || fit.holds >= 3;
        if fit.mostly() && enough && best.as_ref().is_none_or(|(h, _)| fit.holds > *h) {
            best = Some((fit.holds, parts));
        }
    }
    best.map(|(_, parts)| Found {
        whole,
        parts,
        formula: Formula::Sum,
        cue: Cue::Explicit,
        rule: "table-row-total",
    })
    .into_iter()
    .collect()
}

fn sorted(mut columns: Vec<usize>) -> Vec<usize> {
    columns.sort_unstable();
    columns
}

/// Runs of at least two columns that start right behind a column, or end right before it.
fn runs(columns: &[usize], whole: usize) -> Vec<Vec<usize>> {
    let Some(at) = columns.iter().position(|c| *c == whole) else {
        return Vec::new();
    };
    let mut out = Vec::new();
    for end in at + 3..=columns.len() {
        out.push(columns[at + 1..end].to_vec());
    }
    for start in (0..at.saturating_sub(1)).rev() {
        out.push(columns[start..at].to_vec());
    }
    out
}

/// A column and its opposite (合格, 不合格) with the column that holds both.
fn complements(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize]) -> Vec<Found> {
    let mut out = Vec::new();
    for &yes in columns {
        for &no in columns {
            if yes == no || !opposite(&sheet.columns[yes].header, &sheet.columns[no].header) {
                continue;
            }
            let pair = sorted(vec![yes, no]);
            let mut best: Option<(usize, usize, usize)> = None;
            for &whole in columns {
                if pair.contains(&whole) {
                    continue;
                }
                let fit = fit_of(sheet, rows, whole, &pair);
                let distance = whole.abs_diff(pair[0]);
                if fit.mostly()
                    && (fit.telling > 0 || fit.holds >= 3)
                    && best.is_none_or(|(h, d, _)| (fit.holds, d) > (h, distance))
                {
                    best = Some((fit.holds, distance, whole));
                }
            }
            if let Some((_, _, whole)) = best {
                out.push(Found {
                    whole,
                    parts: pair,
                    formula: Formula::Sum,
                    cue: Cue::Explicit,
                    rule: "table-complement",
                });
            }
        }
    }
    out
}

/// Whether the second header is the first with a negation put in (合格批次数, 不合格批次数) or its contrary (按期, 逾期).
fn opposite(yes: &str, no: &str) -> bool {
    for word in ["不", "未", "非", "无"] {
        for (at, _) in no.match_indices(word) {
            let without = format!("{}{}", &no[..at], &no[at + word.len()..]);
            if without == yes || without == yes.replacen('已', "", 1) {
                return true;
            }
        }
    }
    [
        ("按期", "逾期"),
        ("按时", "超时"),
        ("按期", "超期"),
        ("按时", "逾期"),
        ("办结", "在办"),
        ("办结", "正在办理"),
        ("办结", "办理中"),
        ("有效", "无效"),
    ]
    .iter()
    .any(|(y, n)| yes.contains(y) && no.contains(n) && !yes.contains("未"))
}

/// Columns whose header says that they are a difference (扣分, 节约金额, 增减) of two others.
fn deductions(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize]) -> Vec<Found> {
    let mut out = Vec::new();
    for &whole in columns {
        let header = &sheet.columns[whole].header;
        let word = [
            "扣分",
            "节约",
            "结余",
            "增减",
            "差额",
            "净增",
            "增加",
            "减少",
            "未完成",
            "剩余",
        ]
        .iter()
        .find(|w| header.contains(**w));
        let Some(word) = word else { continue };
        let stem = header.split(word).next().unwrap_or("");
        let mut best: Option<(usize, usize, Found)> = None;
        for &from in columns {
            for &less in columns {
                if from == whole || less == whole || from == less {
                    continue;
                }
                let fit = difference_fit(sheet, rows, whole, from, less);
                let named = |c: usize| !stem.is_empty() && sheet.columns[c].header.starts_with(stem);
                let affinity = usize::from(named(from)) + usize::from(named(less));
                let enough = fit.telling >= 2 || affinity == 2 && fit.holds > 0;
                let score = (affinity, fit.holds);
                if fit.mostly() && enough && best.as_ref().is_none_or(|(a, h, _)| score > (*a, *h)) {
                    best = Some((
                        affinity,
                        fit.holds,
                        Found {
                            whole,
                            parts: vec![from, less],
                            formula: Formula::Difference,
                            cue: Cue::Explicit,
                            rule: "table-difference",
                        },
                    ));
                }
            }
        }
        out.extend(best.map(|(_, _, found)| found));
    }
    out
}

fn difference_fit(sheet: &Sheet<'_>, rows: &[usize], whole: usize, from: usize, less: usize) -> Fit {
    let mut fit = Fit {
        holds: 0,
        tried: 0,
        telling: 0,
    };
    for &row in rows {
        let numbers = (
            sheet.own_number(row, whole),
            sheet.own_number(row, from),
            sheet.own_number(row, less),
        );
        let (Some(w), Some(f), Some(l)) = numbers else { continue };
        fit.tried += 1;
        let Some(gap) = f.value.checked_sub(l.value) else {
            continue;
        };
        if agrees(w, gap, f.operand.ulp + l.operand.ulp) {
            fit.holds += 1;
            fit.telling += usize::from(!w.value.is_zero() && !l.value.is_zero());
        }
    }
    fit
}

/// The columns whose sum a column is found to be, although no word says so: the columns beside it, or those of the same
/// measure (all that end in 得分).
fn undeclared(
    sheet: &Sheet<'_>,
    columns: &[usize],
    rows: &[usize],
    whole: usize,
    known: &dyn Fn(&[usize]) -> bool,
) -> Option<Found> {
    let header = sheet.columns[whole].header.as_str();
    let mut candidates = Vec::new();
    let tail: String = header
        .chars()
        .rev()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let same_tail: Vec<usize> = columns
        .iter()
        .copied()
        .filter(|c| *c != whole && tail.chars().count() == 2 && sheet.columns[*c].header.ends_with(&tail))
        .collect();
    if same_tail.len() >= 2 {
        candidates.push(same_tail);
    }
    candidates.extend(runs(columns, whole));
    for parts in candidates {
        if known(&parts)
            || parts
                .iter()
                .any(|c| sheet.columns[*c].kind != sheet.columns[whole].kind)
        {
            continue;
        }
        let probe = &rows[..rows.len().min(PROBE)];
        let mut fit = fit_of(sheet, probe, whole, &parts);
        if fit.holds + 1 >= fit.tried && rows.len() > probe.len() {
            fit = fit_of(sheet, rows, whole, &parts);
        }
        // Sums of small numbers fit by chance; three rows that tell something do not.
        let all = fit.holds == fit.tried && (fit.telling >= 3 || fit.holds >= 3 && fit.telling >= 2);
        let all_but_one = fit.tried >= 5 && fit.holds + 1 == fit.tried && fit.telling >= 4;
        if all || all_but_one {
            return Some(Found {
                whole,
                parts,
                formula: Formula::Sum,
                cue: if all { Cue::Arithmetic } else { Cue::Implied },
                rule: "table-found-sum",
            });
        }
    }
    None
}

fn emit(cx: &Context<'_>, sheet: &Sheet<'_>, rows: &[usize], found: &Found, out: &mut Vec<Relation>) {
    for &row in rows {
        let Some(stated) = sheet.own_number(row, found.whole) else {
            continue;
        };
        let operands: Vec<Operand> = found
            .parts
            .iter()
            .filter_map(|c| sheet.own_number(row, *c))
            .map(|n| n.operand.clone())
            .collect();
        if operands.is_empty() || found.formula == Formula::Difference && operands.len() != found.parts.len() {
            continue;
        }
        // A single part beside blanks is a total only if the blanks are noughts: then it must hold to be one.
        let lone = operands.len() == 1 && operands[0].value != stated.operand.value;
        let kind = match found.formula {
            Formula::Difference => RelationKind::Difference,
            _ => RelationKind::TableTotal,
        };
        let reading = Reading {
            formula: found.formula.clone(),
            stated: stated.operand.clone(),
            operands,
        };
        let cue = if lone { Cue::Arithmetic } else { found.cue };
        out.extend(sheet.relation(cx, kind, found.rule, cue, vec![reading]));
    }
}

/// Whether a column can be the part or the whole of a rate.
pub(crate) fn countable(sheet: &Sheet<'_>, col: usize) -> bool {
    matches!(sheet.columns[col].kind, ColumnKind::Count | ColumnKind::Score)
}
