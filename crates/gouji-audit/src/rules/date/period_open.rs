//! # period-open
//!
//! The circular was signed before its period ended.
//!
//! 成文时统计期尚未结束。
//!
//! ## What it checks
//!
//! The date of signing lies after the last day of the period reported on: before its end is a note, before its
//! first day a warning.
//!
//! 成文日期应在统计期末日之后：早于末日为提示，早于首日为疑似差错。
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
//! Circulars without a date of signing or without a period.
//!
//! 没有成文日期或统计期的。
//!
//! ## Source
//!
//! Good practice of periodical reports.
//!
//! 定期统计通报的通行做法。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `period-open`
pub(crate) const RULE: Rule = Rule {
    name: "period-open",
    family: "date",
    severity: Severity::Warning,
    doc: include_str!("period_open.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let (Some(period), Some(signed)) = (cx.circular.period, &cx.circular.date) else {
        return;
    };
    let (Some(date), Some(span)) = (signed.date, signed.text.span()) else {
        return;
    };
    let (first, last) = period.days();
    let (severity, zh, en) = if date < first {
        (
            Severity::Warning,
            format!("成文日期{date}早于统计期首日{first}"),
            format!("signed on {date}, before the period begins on {first}"),
        )
    } else if date < last {
        (
            Severity::Note,
            format!("成文日期{date}早于统计期末日{last}"),
            format!("signed on {date}, before the period ends on {last}"),
        )
    } else {
        return;
    };
    let mut finding = Finding::plain(RULE.name, severity, span, zh, en);
    finding.stated = Some(signed.text.trim().to_owned());
    out.push(finding);
}

#[cfg(test)]
mod tests {
    use gouji_quantity::Period;

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
            ["note 成文日期2024-03-15早于统计期末日2024-03-31"]
        );
        assert_eq!(
            found("2023年4月15日"),
            ["warning 成文日期2023-04-15早于统计期首日2024-01-01"]
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
}
