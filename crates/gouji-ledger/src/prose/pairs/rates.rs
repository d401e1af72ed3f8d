//! Rates told with 分别, paired with a row by their order.

use gouji_quantity::Decimal;

use super::rows::Row;
use super::{at, earlier, value};
use crate::context::Context;
use crate::prose::changes::change_word;
use crate::prose::clauses::{Delim, Prose};
use crate::prose::rates::{fits, ratio_reading};
use crate::prose::shares::{joined, run};
use crate::prose::{MentionRef, Reading, quote_of};
use crate::{Cue, Relation, RelationKind};

/// Amounts before the rates that are looked at.
const REACH: usize = 16;

/// A rate with its part and whole, as (passage, mention) where they stand.
type Triple = (usize, (usize, usize), (usize, usize));

/// Relations of all runs of rates.
pub(super) fn relations(cx: &Context, reading: &Reading, rows: &[Vec<Row>], out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let mut next = 0;
        while next < prose.mentions.len() {
            // Shares of amounts of one unit are read with all others (`prose::shares`).
            let (run, triples) = if let Some(run) = run(prose, next) {
                let triples = shares(cx, reading, rows, passage, &run);
                (run, triples)
            } else {
                let run = of_names(cx, prose, passage, next);
                let named = by_name(cx, reading, passage, &run)
                    .or_else(|| by_order(cx, reading, passage, &run))
                    .or_else(|| by_columns(cx, reading, passage, &run));
                (run, named)
            };
            let share = run.first().is_some_and(|m| prose.mentions[*m].label.contains('占'));
            next += run.len().max(1);
            for triple in triples.into_iter().flatten() {
                out.extend(relate(cx, reading, passage, triple, share));
            }
        }
    }
}

/// Two rates or more from a mention on, joined by 、 and 和: its words say 分别 and tell no change.
fn of_names(cx: &Context, prose: &Prose, passage: usize, first: usize) -> Vec<usize> {
    let text = cx.passages[passage].text.as_str();
    let opens = prose.mentions.get(first).is_some_and(|m| {
        let words = words_before(text, prose, first);
        m.is_rate()
            && words.contains("分别")
            && change_word(words.trim_end_matches(['为', '是']).trim_end_matches("分别")).is_none()
    });
    let run = if opens { joined(prose, first) } else { Vec::new() };
    if run.len() >= 2 { run } else { Vec::new() }
}

/// The words before a mention, those before a colon (回复率分别为：66.3%) as well as its own.
fn words_before<'a>(text: &'a str, prose: &'a Prose, m: usize) -> &'a str {
    let mention = &prose.mentions[m];
    let clause = &prose.clauses[mention.clause];
    let before = || mention.clause.checked_sub(1).map(|c| &prose.clauses[c]);
    match before().filter(|b| clause.before == Delim::Colon && mention.label.is_empty() && b.mentions.is_empty()) {
        Some(before) => text[before.range.clone()].trim(),
        None => mention.label.as_str(),
    }
}

/// Whether a rate is what a part and a whole give, half up or cut off.
fn fit(cx: &Context, reading: &Reading, passage: usize, (rate, part, whole): Triple) -> bool {
    let stated = cx.operand(reading.mention(at(passage, rate)).fig);
    stated.is_some_and(|s| {
        fits(
            &s,
            value(reading, part.0, part.1),
            value(reading, whole.0, whole.1),
            100,
        )
        .is_some_and(|a| a.holds() || a.is_rounding())
    })
}

/// 城市火灾120起、亡8人，分别占总数的60%、40%: the n-th share is of the n-th figure of the row right before, over the row of its shape that
/// explains one of them at least.
fn shares(cx: &Context, reading: &Reading, rows: &[Vec<Row>], passage: usize, run: &[usize]) -> Option<Vec<Triple>> {
    let before = rows[passage].partition_point(|r| r.end() <= run[0]).checked_sub(1)?;
    let row = rows[passage]
        .get(before)
        .filter(|r| r.end() == run[0] && r.mentions.len() >= run.len())?;
    let parts = &row.mentions[row.mentions.len() - run.len()..];
    let units: Vec<&str> = row.units[row.units.len() - run.len()..]
        .iter()
        .map(String::as_str)
        .collect();
    let mut best: Option<(usize, Vec<Triple>)> = None;
    for (p, whole) in earlier(cx, rows, &units, passage, row.mentions[0]) {
        let triples: Option<Vec<Triple>> = run
            .iter()
            .zip(parts)
            .zip(&units)
            .map(|((rate, part), unit)| {
                let whole = (p, whole.of_unit(unit)?);
                (value(reading, whole.0, whole.1) >= value(reading, passage, *part)).then_some((
                    *rate,
                    (passage, *part),
                    whole,
                ))
            })
            .collect();
        let Some(triples) = triples else { continue };
        let n = triples.iter().filter(|t| fit(cx, reading, passage, **t)).count();
        if n > best.as_ref().map_or(0, |(known, _)| *known) {
            best = Some((n, triples));
        }
    }
    best.map(|(_, triples)| triples)
}

/// 态度满意的496份，结果满意的485份，态度满意率和结果满意率分别为99.2%和97%: parts are found by the names of the rates, over the nearest whole
/// that explains one of them at least.
fn by_name(cx: &Context, reading: &Reading, passage: usize, run: &[usize]) -> Option<Vec<Triple>> {
    let prose = &reading.prose[passage];
    let names = names(cx, prose, passage, run)?;
    let amounts = before(reading, passage, run[0]);
    let parts: Option<Vec<usize>> = names
        .iter()
        .map(|name| {
            let lead: String = name.chars().take(2).collect();
            amounts
                .iter()
                .copied()
                .find(|m| prose.mentions[*m].label.contains(lead.as_str()))
        })
        .collect();
    let parts = parts?;
    let first = *parts.iter().min()?;
    if parts.windows(2).any(|w| w[0] == w[1]) {
        return None;
    }
    amounts.iter().copied().filter(|m| *m < first).find_map(|whole| {
        let triples: Vec<Triple> = run
            .iter()
            .zip(&parts)
            .map(|(rate, part)| (*rate, (passage, *part), (passage, whole)))
            .collect();
        let alike = triples.iter().all(|(_, part, whole)| {
            prose.mentions[part.1].unit == prose.mentions[whole.1].unit
                && prose.mentions[part.1].value <= prose.mentions[whole.1].value
        });
        (alike && triples.iter().any(|t| fit(cx, reading, passage, *t))).then_some(triples)
    })
}

/// The names of the rates, as many as there are rates: 态度满意率和结果满意率分别.
fn names(cx: &Context, prose: &Prose, passage: usize, run: &[usize]) -> Option<Vec<String>> {
    let text = cx.passages[passage].text.as_str();
    let first = &prose.mentions[*run.first()?];
    let mut clause = first.clause;
    // 甲率、乙率分别为: the first names are clauses of their own.
    while clause > 0 && prose.clauses[clause].before == Delim::Dun && prose.clauses[clause - 1].mentions.is_empty() {
        clause -= 1;
    }
    let words = text.get(prose.clauses[clause].range.start..first.full.start)?;
    let words = &words[..words.rfind("分别")?];
    let names: Vec<String> = words
        .split(['、', '和', '及', '与'])
        .map(|n| n.trim().to_owned())
        .filter(|n| !n.is_empty())
        .collect();
    let rates = names.len() == run.len() && names.iter().all(|n| n.ends_with('率') && n.chars().count() >= 4);
    rates.then_some(names)
}

/// 县直部门28个、乡镇16个，其中县直部门有问题的9个、乡镇有问题的5个，分别为32.1%和31.3%: as many parts right before the rates, as many wholes
/// before those (or the nearest of each part's noun); all must fit.
fn by_order(cx: &Context, reading: &Reading, passage: usize, run: &[usize]) -> Option<Vec<Triple>> {
    let prose = &reading.prose[passage];
    let amounts = before(reading, passage, *run.first()?);
    let parts: Vec<usize> = amounts.iter().copied().take(run.len()).rev().collect();
    let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
    if parts.len() < run.len() || sentence(parts[0]) != sentence(run[0]) {
        return None;
    }
    let wholes = &amounts[run.len()..];
    let triples: Option<Vec<Triple>> = run
        .iter()
        .zip(&parts)
        .map(|(rate, part)| {
            let p = &prose.mentions[*part];
            let counted = |w: &usize| {
                let m = &prose.mentions[*w];
                let noun = noun(reading, at(passage, *w));
                m.unit == p.unit
                    && m.value >= p.value
                    && noun.chars().count() >= 2
                    && (p.label.contains(noun.as_str()) || p.tail.contains(noun.as_str()))
            };
            wholes
                .iter()
                .copied()
                .filter(counted)
                .map(|w| (*rate, (passage, *part), (passage, w)))
                .find(|t| fit(cx, reading, passage, *t))
        })
        .collect();
    triples.filter(|t| t.windows(2).all(|w| w[0].2 != w[1].2))
}

/// Most figures of several series that stand before the rates of their columns.
const MAX_SERIES: usize = 4;

/// 三级留言量分别为5200条、5000条、3500条；回复量分别为3448条、3950条、2905条；回复率分别为66.31%、79%、83%: the n-th rate is of the n-th figure of the series before it over the
/// n-th of one before that. All fit, or of three and more all but one.
fn by_columns(cx: &Context, reading: &Reading, passage: usize, run: &[usize]) -> Option<Vec<Triple>> {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let words = words_before(text, prose, *run.first()?);
    if !["率", "比例", "进度"].iter().any(|w| words.contains(w)) {
        return None;
    }
    let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
    let series: Vec<Vec<usize>> = series_before(prose, *run.first()?)
        .into_iter()
        .filter(|s| s.len() == run.len() && sentence(s[0]) + 1 >= sentence(run[0]))
        .take(MAX_SERIES)
        .collect();
    let parts = series.first()?;
    series[1..].iter().find_map(|wholes| {
        let triples: Vec<Triple> = run
            .iter()
            .zip(parts)
            .zip(wholes)
            .map(|((rate, part), whole)| (*rate, (passage, *part), (passage, *whole)))
            .collect();
        let alike = triples.iter().all(|(_, part, whole)| {
            let (p, w) = (&prose.mentions[part.1], &prose.mentions[whole.1]);
            p.unit == w.unit && p.value <= w.value
        });
        let fitting = triples.iter().filter(|t| fit(cx, reading, passage, **t)).count();
        let enough = fitting == run.len() || run.len() >= 3 && fitting + 1 == run.len();
        (alike && enough).then_some(triples)
    })
}

/// The runs of two amounts and more of one unit before a mention, joined by 、 and 和, nearest first.
fn series_before(prose: &Prose, mention: usize) -> Vec<Vec<usize>> {
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    for m in mention.saturating_sub(4 * REACH)..mention {
        let own = &prose.mentions[m];
        let goes_on = run.last().is_some_and(|last| {
            let before = &prose.mentions[*last];
            let joined = own.label.is_empty() && prose.clauses[own.clause].before == Delim::Dun
                || matches!(own.label.as_str(), "和" | "及" | "与" | "以及");
            joined && before.unit == own.unit && *last + 1 == m
        });
        let amount = own.is_amount() && own.value > Decimal::ZERO && change_word(&own.label).is_none();
        if !goes_on || !amount {
            out.extend(Some(std::mem::take(&mut run)).filter(|r| r.len() >= 2));
        }
        if amount {
            run.push(m);
        }
    }
    out.extend(Some(run).filter(|r| r.len() >= 2));
    out.reverse();
    out
}

/// The last two characters of the noun that an amount counts: 在运行政府网站38家, 乡镇16个.
fn noun(reading: &Reading, m: MentionRef) -> String {
    let name: Vec<char> = reading.label(m).name.chars().collect();
    name[name.len().saturating_sub(2)..].iter().collect()
}

/// Plain amounts before a mention, nearest first.
fn before(reading: &Reading, passage: usize, mention: usize) -> Vec<usize> {
    let prose = &reading.prose[passage];
    (0..mention)
        .rev()
        .take(4 * REACH)
        .filter(|m| {
            let n = &prose.mentions[*m];
            n.is_amount()
                && n.value > Decimal::ZERO
                && prose.clauses[n.clause].group == 0
                && change_word(&n.label).is_none()
        })
        .take(REACH)
        .collect()
}

fn relate(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    (rate, part, whole): Triple,
    share: bool,
) -> Option<Relation> {
    let operand = |p: usize, m: usize| cx.operand(reading.mention(at(p, m)).fig);
    let stated = operand(passage, rate)?;
    let found = ratio_reading(&stated, operand(part.0, part.1)?, vec![operand(whole.0, whole.1)?], 100);
    let quote = quote_of(cx, std::iter::once(&stated).chain(&found.operands))?;
    Some(Relation {
        kind: RelationKind::Ratio,
        rule: if share { "share-of-pair" } else { "rate-by-order" },
        cue: Cue::Implied,
        readings: vec![found],
        quote,
    })
}
