//! # date-order
//!
//! A date stands before one that it must follow.
//!
//! 日期先后颠倒。
//!
//! ## What it checks
//!
//! Events stand in the order that they must: period end, check, review, signing, deadline.
//!
//! 各日期应合先后次序：统计期末、检查、复核、成文、整改期限。
//!
//! ## Why it matters
//!
//! A review before the inspection makes the circular worthless as evidence.
//!
//! 复核早于检查，通报作为依据便站不住。
//!
//! ## Example
//!
//! 9月3日组织检查，9月2日复核。
//!
//! ## Correct
//!
//! 9月3日组织检查，9月5日复核。
//!
//! ## Not reported
//!
//! Dates without a year that could belong to another, and events whose order is free.
//!
//! 未写年份、可能属于他年的，以及先后不拘的事项。
//!
//! ## Source
//!
//! Regulation on the handling of official documents of Party and government organs (2012).
//!
//! 《党政机关公文处理工作条例》（2012年）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `date-order`
pub(crate) const RULE: Rule = Rule {
    name: "date-order",
    family: "date",
    severity: Severity::Warning,
    doc: include_str!("date_order.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let stated = &case.reading.stated;
        // What a window's end is held against stands behind its beginning: the beginning, or the day of signing.
        let operands = case.reading.operands.as_slice();
        let against = operands
            .iter()
            .filter(|o| o.date.is_some() && o.date > stated.date)
            .chain(
                operands
                    .iter()
                    .rev()
                    .filter(|o| o.date.is_some() && o.date < stated.date),
            )
            .next();
        let windowed = case.relation.rule.contains("window");
        let against = if windowed { against } else { operands.first() };
        let other = against.map_or("", |o| o.surface.as_str());
        let (zh, en) = match (stated.date, against.and_then(|o| o.date)) {
            (Some(a), Some(b)) if a < b => (
                format!("{}早于{other}，先后次序不合", stated.surface),
                format!("{} lies before {other}, which it should follow", stated.surface),
            ),
            (Some(a), Some(b)) if a > b => (
                format!("{}晚于{other}，先后次序不合", stated.surface),
                format!("{} lies after {other}, which should follow it", stated.surface),
            ),
            _ => (
                format!("{}与{other}先后颠倒", stated.surface),
                format!("{} stands in the wrong order to {other}", stated.surface),
            ),
        };
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, Reading, RelationKind};
    use gouji_quantity::Date;

    use super::RULE;
    use crate::sample::{Flagged, Sample};

    const READ: Flagged = Flagged {
        kind: RelationKind::Date,
        pattern: "reported-before-signing",
        formula: |holds| Formula::DateOrder { holds },
        stated: "9月2日",
        other: "9月3日",
    };

    fn found(cue: Cue, holds: &[bool]) -> Vec<String> {
        READ.found(RULE.name, cue, holds)
    }

    #[test]
    fn fires_as_the_ledger_reads_it() {
        assert_eq!(found(Cue::Explicit, &[false]), ["warning 9月2日与9月3日先后颠倒"]);
    }

    #[test]
    fn silent_when_it_holds() {
        assert!(found(Cue::Explicit, &[true]).is_empty());
    }

    #[test]
    fn near_miss_arithmetic_alone_or_another_reading() {
        assert!(found(Cue::Arithmetic, &[false]).is_empty());
        assert!(found(Cue::Explicit, &[false, true]).is_empty());
    }

    /// A window from April to June, held against a day of signing.
    fn window(to: (u32, u32), signed: (u32, u32)) -> Vec<String> {
        let mut sample = Sample::new();
        let mut day = |text: Option<&str>, (month, day)| {
            let mut operand = sample.words(text.unwrap_or(&format!("{month}月{day}日")));
            operand.date = Date::new(2024, month, day);
            operand
        };
        let (from, to, signed) = (day(None, (4, 1)), day(None, to), day(Some("成文日期"), signed));
        let reading = Reading {
            formula: Formula::DateOrder { holds: false },
            stated: to,
            operands: vec![from, signed],
        };
        sample.push_relation(RelationKind::Date, Cue::Implied, "date-window", vec![reading]);
        sample.found("date-order")
    }

    #[test]
    fn fires_on_a_window_with_the_day_that_it_conflicts_with() {
        assert_eq!(window((6, 30), (6, 15)), ["warning 6月30日晚于成文日期，先后次序不合"]);
        assert_eq!(window((3, 30), (4, 15)), ["warning 3月30日早于4月1日，先后次序不合"]);
    }
}
