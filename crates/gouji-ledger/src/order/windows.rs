//! Spans of two dates: 某日至某日, and the days on which something began and ended.

use gouji_quantity::{Date, Period};

use super::dates::{Known, Mention, relation};
use crate::context::Context;
use crate::{Cue, Operand, Relation};

/// Most bytes between the day on which something began and the one on which it ended.
const MAX_COURSE: usize = 150;

/// Pairs 某日至某日. Returns the mentions taken, by index.
pub(super) fn windows(cx: &Context<'_>, mentions: &[Mention], known: &Known, out: &mut Vec<Relation>) -> Vec<usize> {
    let mut taken = Vec::new();
    for (idx, pair) in mentions.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        if from.passage != to.passage || taken.last() == Some(&idx) {
            continue;
        }
        let text = from.text(cx);
        let between: String = text[from.range.end..to.range.start]
            .chars()
            .filter(|c| {
                !c.is_whitespace()
                    && !c.is_ascii_digit()
                    && !matches!(
                        c,
                        ':' | '：' | '时' | '点' | '分' | '起' | '零' | '整' | '凌' | '晨' | '上' | '下' | '午'
                    )
            })
            .collect();
        let joined = between.chars().count() <= 3
            && !between.is_empty()
            && between
                .chars()
                .all(|c| matches!(c, '至' | '到' | '—' | '-' | '－' | '～' | '~' | '―' | '–' | '止'));
        if !joined && !is_course(from, to, cx) {
            continue;
        }
        taken.push(idx);
        taken.push(idx + 1);
        let mut end = to.date;
        if !to.full {
            // Without a year of its own the end lies in the year of the start, or the one after it.
            let Some(same) = Date::new(from.date.year, end.month, end.day) else {
                continue;
            };
            end = same;
            if same < from.date
                && from.date.month >= 11
                && same.month <= 2
                && let Some(next) = Date::new(same.year + 1, same.month, same.day)
            {
                end = next;
            }
        }
        let (Some(span), forward) = (text.source_span(from.range.start..to.range.end), from.date <= end) else {
            continue;
        };
        // Backwards it is only certain with both years printed.
        let certain = from.full && to.full;
        if !(forward || certain) {
            continue;
        }
        let mut stated = to.operand(cx);
        stated.date = Some(end);
        let mut operands = vec![from.operand(cx)];
        let mut holds = forward;
        let mut cue = Cue::Explicit;
        if let Some(period) = named_period(cx, from, end) {
            operands.push(Operand::named(period.to_string(), None));
        }
        // What was counted in the window was counted before the day of signing.
        let limit = known.signed.as_ref().or(known.published.as_ref());
        if let Some((limit, by)) = limit {
            if end <= *limit {
                operands.push(by.clone());
            } else if forward && to.full && is_statistic(from, to, cx) && known.signed.is_some() {
                operands.push(by.clone());
                holds = false;
                cue = Cue::Implied;
            }
        }
        out.push(relation("date-window", cue, holds, stated, operands, span));
    }
    taken
}

/// 自8月27日起开展的检查于9月26日结束: the days on which something began and ended, in one sentence.
fn is_course(from: &Mention, to: &Mention, cx: &Context<'_>) -> bool {
    let between = &from.text(cx).as_str()[from.range.end..to.range.start];
    let begins = from.before(cx).trim_end().ends_with(['自', '从', '由'])
        && ["起", "开始", "启动"]
            .iter()
            .any(|w| between.trim_start().starts_with(w));
    let ended: String = to.after(cx).chars().take(8).collect();
    let ends = ["结束", "完成", "截止", "为止", "止", "收官", "闭幕"]
        .iter()
        .any(|w| ended.contains(w));
    begins && ends && between.len() <= MAX_COURSE && !between.contains(['。', '；', ';', '\n'])
}

/// Whether a window is said to be that of data or a check already done.
fn is_statistic(from: &Mention, to: &Mention, cx: &Context<'_>) -> bool {
    let around = format!("{}{}", from.before(cx), to.after(cx));
    let done = [
        "统计",
        "监测时间",
        "监测时段",
        "数据",
        "共受理",
        "共收到",
        "共发布",
        "检查时间",
        "抽查时间",
    ];
    let ahead = ["将", "拟", "计划", "下一步", "开展", "整改", "请"];
    done.iter().any(|w| around.contains(w)) && !ahead.iter().any(|w| around.contains(w))
}

/// The period of the circular, if a window is just that.
fn named_period(cx: &Context<'_>, from: &Mention, end: Date) -> Option<Period> {
    cx.circular.period.filter(|p| p.days() == (from.date, end))
}
