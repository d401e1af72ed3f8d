//! Months listed before their number: 6、7、8三个月, 4月、5月和6月三个月.

use std::ops::Range;

use gouji_quantity::Decimal;

use crate::context::Context;
use crate::{Cue, FigureClass, Operand, Relation};

/// Most characters of a list of months.
const MAX_LIST: usize = 40;

/// The spans of a passage that count the months before them. Months in order are a list; a wrong number of them is no other reading.
pub(super) fn relations(cx: &Context, passage: usize, out: &mut Vec<Relation>) {
    let own = &cx.passages[passage];
    let text = own.text.as_str();
    for local in &own.figures {
        let figure = cx.figure(local.idx);
        if figure.class != FigureClass::Duration || !figure.surface.trim_end().ends_with("个月") {
            continue;
        }
        let (Some(months), Some(stated)) = (listed(text, local.full.start), cx.operand(local.idx)) else {
            continue;
        };
        let listed = months.len();
        // 8、9两个月 behind another number may be a list cut short.
        let near = stated
            .value
            .is_some_and(|v| (v - Decimal::from(listed)).abs() <= Decimal::ONE);
        if !near {
            continue;
        }
        let operands: Vec<Operand> = months
            .into_iter()
            .map(|r| Operand::named(&text[r.clone()], own.text.source_span(r)))
            .collect();
        out.extend(super::relation(cx, stated, operands, (listed, listed), Cue::Implied));
    }
}

/// The months of a list that ends at byte `end`, each one after the other of the year; two at least.
fn listed(text: &str, end: usize) -> Option<Vec<Range<usize>>> {
    let lead = text[..end].trim_end_matches(['份', '这', '共']);
    let from = lead
        .char_indices()
        .rev()
        .take(MAX_LIST)
        .take_while(|(_, c)| c.is_ascii_digit() || "、和及月份".contains(*c))
        .last()
        .map(|(at, _)| at)?;
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut last = None;
    let mut at = from;
    for part in lead[from..].split_inclusive(['、', '和', '及']) {
        let digits = part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let month = part[..digits].parse::<u32>().ok().filter(|n| (1..=12).contains(n))?;
        if last.is_some_and(|last| last + 1 != month) {
            return None;
        }
        last = Some(month);
        out.push(at..at + digits);
        at += part.len();
    }
    (out.len() >= 2).then_some(out)
}
