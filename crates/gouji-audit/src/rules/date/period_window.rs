//! # period-window
//!
//! The window of the data is not the period named.
//!
//! 数据起止日期与所称统计期不一致。
//!
//! ## What it checks
//!
//! Where data are said to run from one day to another, the days are the first and last of the period that the
//! circular names.
//!
//! 写明数据起止日期的，起止日应为所称月份、季度的首日和末日。
//!
//! ## Why it matters
//!
//! Quarters of two circulars overlap or leave days out, and their figures cannot be compared.
//!
//! 前后两期起止日不衔接，数据便不可比。
//!
//! ## Example
//!
//! 第二季度通报，统计时间为3月10日至6月10日。
//!
//! ## Correct
//!
//! 第二季度通报，统计时间为4月1日至6月30日。
//!
//! ## Not reported
//!
//! Windows of a few days, which are those of a check, and windows that do not touch the period.
//!
//! 仅数日的（多为检查时间），以及与统计期不相交的。
//!
//! ## Source
//!
//! Good practice of periodical reports.
//!
//! 定期统计通报的通行做法。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use crate::wording::day;
use gouji_ledger::RelationKind;

/// `period-window`
pub(crate) const RULE: Rule = Rule {
    name: "period-window",
    family: "date",
    severity: Severity::Note,
    doc: include_str!("period_window.rs"),
    check,
};

/// Windows shorter than this share of the period's days, in percent, are those of a check.
const LEAST_SHARE: i64 = 60;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(period) = cx.circular.period else { return };
    let (first, last) = period.days();
    let days = last.day_number() - first.day_number() + 1;
    for case in cx.cases() {
        if case.relation.kind != RelationKind::Date || case.relation.rule != "date-window" {
            continue;
        }
        let (Some(from), Some(to)) = (
            case.reading.operands.first().and_then(|o| o.date),
            case.reading.stated.date,
        ) else {
            continue;
        };
        let length = to.day_number() - from.day_number() + 1;
        let apart = to < first || last < from;
        if apart || (from, to) == (first, last) || length * 100 < days * LEAST_SHARE || length > 2 * days {
            continue;
        }
        let zh = format!(
            "数据起止为{}至{}，所称统计期为{}至{}",
            day(from),
            day(to),
            day(first),
            day(last)
        );
        let en = format!("the data run from {from} to {to}, the period named from {first} to {last}");
        let mut finding = Finding::plain(RULE.name, RULE.severity, case.relation.quote, zh, en);
        finding.relation = Some(case.idx);
        finding.stated = Some(format!("{from}/{to}"));
        finding.expected = Some(format!("{first}/{last}"));
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, Reading};
    use gouji_quantity::{Date, Period};

    use super::*;
    use crate::sample::Sample;

    fn found(from: (u32, u32), to: (u32, u32)) -> Vec<String> {
        let mut sample = Sample::new();
        sample.period(Period::Quarter(2023, 2));
        let mut day = |(month, day)| {
            let mut operand = sample.words("某日");
            operand.date = Date::new(2023, month, day);
            operand
        };
        let (from, to) = (day(from), day(to));
        let reading = Reading {
            formula: Formula::DateOrder { holds: true },
            stated: to,
            operands: vec![from],
        };
        sample.push_relation(RelationKind::Date, Cue::Explicit, "date-window", vec![reading]);
        sample.found("period-window")
    }

    #[test]
    fn fires_on_a_shifted_quarter() {
        assert_eq!(
            found((3, 10), (6, 10)),
            ["note 数据起止为2023年3月10日至2023年6月10日，所称统计期为2023年4月1日至2023年6月30日"]
        );
    }

    #[test]
    fn silent_on_the_quarter_itself() {
        assert!(found((4, 1), (6, 30)).is_empty());
    }

    #[test]
    fn near_miss_the_days_of_a_check() {
        assert!(found((5, 9), (5, 13)).is_empty());
        assert!(found((7, 1), (9, 30)).is_empty());
    }
}
