//! Means per day or month over a stated span: 92天日均20件; 第一季度呼入19800个，日均220个.

use std::ops::Range;

use gouji_quantity::{Date, DatePart, Decimal, Period, scan_dates, scan_periods};

use super::{Per, fits, relate, summed_unit, sums, total};
use crate::context::{Context, Passage};
use crate::prose::clauses::Mention;
use crate::prose::{MentionRef, Reading};
use crate::{FigureClass, Operand, Relation};

/// How far (in bytes) around a mean its span of time is looked for.
const WINDOW: usize = 600;
/// Years tried where none is printed: one that leaps and one that does not.
const YEARS: [i32; 2] = [2023, 2024];

/// A span of time that a mean may be over.
#[derive(Debug, Clone)]
struct Span {
    /// Its length in days or months; two where the year decides and is not printed.
    lengths: Vec<Operand>,
    /// It is counted out or dated from day to day, not named by a month or quarter, so that work days are no other reading.
    exact: bool,
}

/// The mean over the one span of its sentence.
pub(super) fn mean(cx: &Context, reading: &Reading, at: MentionRef, per: Per) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    // 有效报警6689起（日均215.8起）: what a parenthesis hangs on is what it is the mean of.
    let clause = &prose.clauses[m.clause];
    let host = prose.groups[clause.group]
        .host
        .filter(|h| clause.group > 0 && prose.mentions[*h].is_amount());
    let host = host.filter(|h| prose.mentions[*h].unit == summed_unit(m));
    let sums = host.map_or_else(|| sums(reading, at), |h| vec![h]);
    sums.first()?;
    let passage = &cx.passages[at.passage];
    let window = window(cx, reading, at);
    let spans = spans(cx, passage, window, per);
    let operand = |i: usize| cx.operand(prose.mentions[i].fig);
    // 受理3620件，日均20件；办结3258件，日均18件: the amount right before it, if that gives it.
    let gives = |i: &usize| {
        let lengths = || spans.iter().flat_map(|s| &s.lengths).filter_map(|n| n.value);
        sums.contains(i) && lengths().any(|n| fits(m, prose.mentions[*i].value, n))
    };
    let beside = || at.mention.checked_sub(1).filter(gives);
    let sum = host.or_else(beside).or_else(|| total(reading, at.passage, &sums));
    let pairs = |sums: &[usize]| -> Vec<(Operand, Operand)> {
        sums.iter()
            .filter_map(|s| operand(*s))
            .flat_map(|s| {
                spans
                    .iter()
                    .flat_map(|span| span.lengths.iter().cloned())
                    .map(move |n| (s.clone(), n))
            })
            .collect()
    };
    let sure = match (spans.as_slice(), sum) {
        ([span], Some(sum)) => span.exact || !of_work_days(m, &prose.mentions[sum], span),
        _ => false,
    };
    let tried = sum.map_or_else(|| sums.clone(), |s| vec![s]);
    relate(cx, m, "mean-per-time", pairs(&tried), sure)
}

/// Whether some number of work days in the span explains the mean: a window that is shut on Sundays may reckon so.
fn of_work_days(m: &Mention, sum: &Mention, span: &Span) -> bool {
    span.lengths.iter().filter_map(|n| n.value).any(|days| {
        let days = days.mantissa();
        days >= 5 && (days * 55 / 100..days * 80 / 100 + 1).any(|n| fits(m, sum.value, Decimal::from(n)))
    })
}

/// The part of the mean's sentence around it, in bytes of the passage.
fn window(cx: &Context, reading: &Reading, at: MentionRef) -> Range<usize> {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let m = reading.mention(at);
    let sentence = prose.clauses[m.clause].sentence;
    let first = prose.clauses.partition_point(|c| c.sentence < sentence);
    let last = prose.clauses.partition_point(|c| c.sentence <= sentence);
    let begin = prose.clauses.get(first).map_or(0, |c| c.range.start);
    let end = prose.clauses[first..last]
        .iter()
        .map(|c| c.range.end)
        .max()
        .unwrap_or(text.len());
    let on_boundary = |mut i: usize| {
        while !text.is_char_boundary(i) {
            i -= 1;
        }
        i
    };
    let from = begin.max(on_boundary(m.full.start.saturating_sub(WINDOW)));
    let to = end.min(on_boundary((m.full.end + WINDOW).min(text.len()))).max(from);
    from..to
}

/// The spans of time that a stretch of text states, each once.
fn spans(cx: &Context, passage: &Passage, window: Range<usize>, per: Per) -> Vec<Span> {
    let text = &passage.text.as_str()[window.clone()];
    let mut out = counted(cx, passage, window, per);
    if out.is_empty() && per == Per::Day {
        out.extend(dated(text));
    }
    if out.is_empty() {
        out.extend(named(text, per));
    }
    if out.is_empty() && per == Per::Day {
        out.extend(week(text));
    }
    out
}

/// 本周共接警42起: a week that opens a clause.
fn week(text: &str) -> Option<Span> {
    text.split(['，', ',', '。', '；', ';', '（', '('])
        .any(|clause| {
            ["本周", "上周", "这一周"]
                .iter()
                .any(|w| clause.trim_start().starts_with(w))
        })
        .then(|| Span {
            lengths: vec![Operand::computed(Decimal::from(7))],
            exact: false,
        })
}

/// 92天, 这五天, 历时90日; 5个月.
fn counted(cx: &Context, passage: &Passage, window: Range<usize>, per: Per) -> Vec<Span> {
    let units: &[&str] = if per == Per::Day {
        &["天", "日"]
    } else {
        &["个月", "月"]
    };
    let from = passage.figures.partition_point(|f| f.full.start < window.start);
    let mut out: Vec<Span> = Vec::new();
    for local in passage.figures[from..].iter().take_while(|f| f.full.end <= window.end) {
        let figure = cx.figure(local.idx);
        let fits = figure.class == FigureClass::Duration
            && figure.modality == crate::Modality::Fact
            && figure.unit.as_ref().is_some_and(|u| units.contains(&u.name.as_str()));
        if let Some(length) = cx.operand(local.idx).filter(|_| fits)
            && length.value.is_some_and(|v| v > Decimal::ONE && v.scale() == 0)
        {
            out.push(Span {
                lengths: vec![length],
                exact: true,
            });
        }
    }
    out
}

/// 7月8日—7月14日, 自1月1日起至3月31日.
fn dated(text: &str) -> Vec<Span> {
    let dates = scan_dates(text);
    let mut out = Vec::new();
    for pair in dates.windows(2) {
        let between = text[pair[0].range.end..pair[1].range.start].trim();
        if !matches!(
            between,
            "—" | "－" | "-" | "–" | "~" | "～" | "至" | "到" | "——" | "起至" | "起到"
        ) {
            continue;
        }
        let day = |part: DatePart, year: i32| match part {
            DatePart::Full(date) => Some(date),
            DatePart::MonthDay(month, day) => Date::new(year, month, day),
            DatePart::Impossible(..) => None,
        };
        let printed = dates.iter().find_map(|d| match d.part {
            DatePart::Full(date) => Some(date.year),
            _ => None,
        });
        let mut lengths: Vec<i64> = printed
            .map_or(YEARS.to_vec(), |y| vec![y])
            .into_iter()
            .filter_map(|year| {
                let (from, to) = (day(pair[0].part, year)?, day(pair[1].part, year)?);
                Some(to.day_number() - from.day_number() + 1)
            })
            .filter(|days| (2..=366).contains(days))
            .collect();
        lengths.dedup();
        if !lengths.is_empty() {
            out.push(Span {
                lengths: lengths
                    .into_iter()
                    .map(|n| Operand::computed(Decimal::from(n)))
                    .collect(),
                exact: true,
            });
        }
    }
    out
}

/// 第一季度, 2024年7月, 全年: a period that opens a clause, compared with nothing.
fn named(text: &str, per: Per) -> Vec<Span> {
    let mut found: Vec<(Vec<i64>, bool)> = Vec::new();
    for mention in scan_periods(text, Some(YEARS[0])) {
        let before = text[..mention.range.start].trim_end();
        let opens = before.is_empty() || before.ends_with(['，', ',', '：', ':', '；', ';', '。', '（', '(']);
        if !opens {
            continue;
        }
        let days = |period: Period| {
            let (from, to) = period.days();
            to.day_number() - from.day_number() + 1
        };
        let mut lengths = match (per, mention.period) {
            (Per::Month, period) => {
                let (_, from, to) = period.months();
                vec![i64::from(to) - i64::from(from) + 1]
            }
            (_, period) if mention.year_printed => vec![days(period)],
            (_, Period::Year(_)) => vec![365, 366],
            (_, Period::Half(_, h)) => YEARS.map(|y| days(Period::Half(y, h))).to_vec(),
            (_, Period::Quarter(_, q)) => YEARS.map(|y| days(Period::Quarter(y, q))).to_vec(),
            (_, Period::Month(_, m)) => YEARS.map(|y| days(Period::Month(y, m))).to_vec(),
        };
        lengths.dedup();
        if lengths.iter().all(|n| *n > 1) && !found.iter().any(|(known, _)| *known == lengths) {
            found.push((lengths, per == Per::Month));
        }
    }
    found
        .into_iter()
        .map(|(lengths, exact)| Span {
            lengths: lengths
                .into_iter()
                .map(|n| Operand::computed(Decimal::from(n)))
                .collect(),
            exact,
        })
        .collect()
}
