//! Months in running text, and the amounts they open.

use super::Reading;
use crate::context::Context;

/// Whether a clause opens with a month: 4月份…, 2024年4月….
pub(crate) fn starts_with_month(clause: &str) -> bool {
    month_of(clause).is_some()
}

/// The month that words open with.
pub(crate) fn month_of(clause: &str) -> Option<u32> {
    let words = clause.trim_start();
    let words = words
        .strip_prefix("其中")
        .unwrap_or(words)
        .trim_start_matches(['，', ',', '：', ':', ' ']);
    let found = gouji_quantity::scan_periods(
        &words[..words.char_indices().nth(16).map_or(words.len(), |(i, _)| i)],
        Some(2000),
    );
    let first = found.first().filter(|p| p.range.start == 0)?;
    match first.period {
        gouji_quantity::Period::Month(_, m) => Some(m),
        _ => None,
    }
}

/// Runs of consecutive months in a passage, each with the first amount of its clause; all of one unit.
pub(crate) fn monthly_amounts(cx: &Context, reading: &Reading, passage: usize) -> Vec<Vec<usize>> {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let mut last_month = 0;
    for clause in &prose.clauses {
        let Some(month) = month_of(&text[clause.range.clone()]) else {
            continue;
        };
        let Some(&m) = clause.mentions.first() else { continue };
        if clause.group > 0 || !prose.mentions[m].is_amount() {
            continue;
        }
        let follows = run
            .last()
            .is_some_and(|l| prose.mentions[*l].unit == prose.mentions[m].unit)
            && month == last_month + 1;
        if !follows {
            if run.len() >= 2 {
                out.push(std::mem::take(&mut run));
            }
            run.clear();
        }
        run.push(m);
        last_month = month;
    }
    if run.len() >= 2 {
        out.push(run);
    }
    out
}
