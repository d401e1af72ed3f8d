//! # date-invalid
//!
//! A date that no calendar has.
//!
//! 日期不存在。
//!
//! ## What it checks
//!
//! Each full date, the date of signing among them, is a day that exists.
//!
//! 写全的日期（含成文日期）都应是历法上存在的日子。
//!
//! ## Why it matters
//!
//! A deadline of 31 November cannot be kept.
//!
//! “11月31日前报送”无从遵守。
//!
//! ## Example
//!
//! 2023年2月30日
//!
//! ## Correct
//!
//! 2023年2月28日
//!
//! ## Not reported
//!
//! Numbers with stops that are versions or clauses, not dates.
//!
//! 形似日期的版本号、条款号。
//!
//! ## Source
//!
//! GB/T 7408 on the representation of dates.
//!
//! 《数据元和交换格式 信息交换 日期和时间表示法》（GB/T 7408）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `date-invalid`
pub(crate) const RULE: Rule = Rule {
    name: "date-invalid",
    family: "date",
    severity: Severity::Error,
    doc: include_str!("date_invalid.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("日期{}不存在", case.stated());
        let en = format!("there is no day {}", case.stated());
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
    let signed = cx.circular.date.as_ref().filter(|d| d.date.is_none());
    if let Some(signed) = signed
        && let Some(span) = signed.text.span()
    {
        let zh = format!("成文日期{}不存在", signed.text.trim());
        let en = format!("the date of signing, {}, does not exist", signed.text.trim());
        out.push(Finding::plain(RULE.name, RULE.severity, span, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, RelationKind};

    use super::RULE;
    use crate::sample::{Flagged, Sample};

    /// A date that the ledger read as wrong by `pattern`, held against `other`.
    fn read(pattern: &'static str, stated: &'static str, other: &'static str) -> Vec<String> {
        let read = Flagged {
            kind: RelationKind::Date,
            pattern,
            formula: |holds| Formula::DateOrder { holds },
            stated,
            other,
        };
        read.found(RULE.name, Cue::Explicit, &[false])
    }

    #[test]
    fn fires_on_a_day_that_does_not_exist() {
        let mut sample = Sample::new();
        sample.signed("2023年2月30日");
        assert_eq!(sample.found(RULE.name), ["error 成文日期2023年2月30日不存在"]);
        assert_eq!(
            read("date-exists", "2023年4月31日", ""),
            ["error 日期2023年4月31日不存在"]
        );
    }

    #[test]
    fn silent_on_a_leap_day() {
        let mut sample = Sample::new();
        sample.signed("2024年2月29日");
        assert!(sample.found(RULE.name).is_empty());
    }

    #[test]
    fn near_miss_a_date_that_only_stands_out_of_order() {
        assert!(read("review-after-check", "2023年4月3日", "2023年4月5日").is_empty());
    }
}
