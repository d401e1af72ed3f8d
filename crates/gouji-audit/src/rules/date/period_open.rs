//! # period-open
//!
//! The circular was signed before its period ended.
//!
//! 成文时统计期尚未结束。
//!
//! ## What it checks
//!
//! The date of signing lies after the last day of the period reported on: before its end is a note, before its
//! first day a warning. A circular without a date is at least older than the deadline that it sets.
//!
//! 成文日期应在统计期末日之后：早于末日为提示，早于首日为疑似差错。未署日期的，以文中所定期限推断。
//!
//! ## Why it matters
//!
//! Figures of an unfinished period are not those of the period; a date before its beginning has a wrong year or
//! month.
//!
//! 统计期未满，数据便不完整；早于首日的，多半是年份或月份写错。
//!
//! ## Example
//!
//! 第一季度通报，3月15日成文。
//!
//! ## Correct
//!
//! 第一季度通报，4月15日成文。
//!
//! ## Not reported
//!
//! Circulars without a period, and those that have neither a date of signing nor a deadline.
//!
//! 没有统计期的，以及既无成文日期又未定期限的。
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
use gouji_quantity::Period;

/// `period-open`
pub(crate) const RULE: Rule = Rule {
    name: "period-open",
    family: "date",
    severity: Severity::Warning,
    doc: include_str!("period_open.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let Some(period) = cx.circular.period else { return };
    let Some(signed) = &cx.circular.date else {
        out.extend(by_deadline(cx, period));
        return;
    };
    let (Some(date), Some(span)) = (signed.date, signed.text.span()) else {
        return;
    };
    let (first, last) = period.days();
    let (severity, zh, en) = if date < first {
        (
            Severity::Warning,
            format!("成文日期{}早于统计期首日{}", day(date), day(first)),
            format!("signed on {date}, before the period begins on {first}"),
        )
    } else if date < last {
        (
            Severity::Note,
            format!("成文日期{}早于统计期末日{}，统计期尚未结束", day(date), day(last)),
            format!("signed on {date}, before the period ends on {last}"),
        )
    } else {
        return;
    };
    let mut finding = Finding::plain(RULE.name, severity, span, zh, en);
    finding.stated = Some(signed.text.trim().to_owned());
    out.push(finding);
}

/// A circular without a date of signing is older than the deadlines that it sets.
fn by_deadline(cx: &Context<'_>, period: Period) -> Option<Finding> {
    let (first, last) = period.days();
    let case = cx.cases().find(|case| {
        let deadline = case.relation.kind == RelationKind::Date && case.relation.rule.contains("deadline");
        // A year is often reported on, by name, while it runs.
        let short = !matches!(period, Period::Year(_));
        deadline
            && short
            && case
                .reading
                .stated
                .date
                .is_some_and(|date| (first..last).contains(&date))
    })?;
    let (date, span) = (case.reading.stated.date?, case.reading.stated.span?);
    let zh = format!(
        "未署成文日期，而所定期限{}早于统计期末日{}，成文时统计期尚未结束",
        day(date),
        day(last)
    );
    let en = format!("no date of signing, but the deadline {date} lies before the period ends on {last}");
    let mut finding = Finding::plain(RULE.name, Severity::Note, span, zh, en);
    finding.stated = Some(case.stated().to_owned());
    Some(finding)
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, Reading};
    use gouji_quantity::Date;

    use super::*;
    use crate::sample::Sample;

    fn found(date: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.period(Period::Quarter(2024, 1)).signed(date);
        sample.found("period-open")
    }

    #[test]
    fn fires_before_the_end_and_before_the_beginning() {
        assert_eq!(
            found("2024年3月15日"),
            ["note 成文日期2024年3月15日早于统计期末日2024年3月31日，统计期尚未结束"]
        );
        assert_eq!(
            found("2023年4月15日"),
            ["warning 成文日期2023年4月15日早于统计期首日2024年1月1日"]
        );
    }

    #[test]
    fn silent_after_the_period() {
        assert!(found("2024年4月15日").is_empty());
    }

    #[test]
    fn near_miss_on_its_last_day() {
        assert!(found("2024年3月31日").is_empty());
    }

    fn undated(month: u32, day: u32) -> Vec<String> {
        let mut sample = Sample::new();
        sample.period(Period::Quarter(2024, 1));
        let mut stated = sample.words("某日");
        stated.date = Date::new(2024, month, day);
        let reading = Reading {
            formula: Formula::DateOrder { holds: true },
            stated,
            operands: vec![sample.words("某日")],
        };
        sample.push_relation(
            RelationKind::Date,
            Cue::Implied,
            "deadline-after-signing",
            vec![reading],
        );
        sample.found("period-open")
    }

    #[test]
    fn fires_without_a_date_by_the_deadline() {
        assert_eq!(
            undated(3, 18),
            ["note 未署成文日期，而所定期限2024年3月18日早于统计期末日2024年3月31日，成文时统计期尚未结束"]
        );
    }

    #[test]
    fn near_miss_a_deadline_behind_the_period() {
        assert!(undated(4, 18).is_empty());
    }
}
