//! # carried-forward
//!
//! What came over from the period before is not what its circular carried over.
//!
//! 上期结转数与上期通报的结转下期数不一致。
//!
//! ## What it checks
//!
//! The cases that a circular takes over (上期结转) are those that the circular of the period before hands on (结转下期).
//!
//! 本期通报的上期结转数，应当等于上期通报的结转下期数。
//!
//! ## Why it matters
//!
//! A case that is lost between two periods is counted as settled by neither and seen by nobody.
//!
//! 两期之间丢掉的件，哪一期都不算，也就没人再管。
//!
//! ## Example
//!
//! 3月通报：结转下月62件；4月通报：上月结转26件。
//!
//! ## Correct
//!
//! 3月通报：结转下月62件；4月通报：上月结转62件。
//!
//! ## Not reported
//!
//! Periods that do not follow one another, and circulars that carry over more than one kind.
//!
//! 不相邻的两期，以及结转不止一类的通报。
//!
//! ## Source
//!
//! The identity of the annual reports on disclosure: 上年结转 and 结转下年度.
//!
//! 政府信息公开年度报告的勾稽关系（上年结转、结转下年度继续办理）。

use super::not_equal;
use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Pair, Role, SeriesFinding};

/// `carried-forward`
pub(crate) const RULE: Rule = Rule {
    name: "carried-forward",
    family: "archive",
    severity: Severity::Error,
    doc: include_str!("carried_forward.rs"),
    check: super::of_no_single_circular,
};

pub(crate) fn check(pair: &Pair<'_>, out: &mut Vec<SeriesFinding>) {
    if !pair.follows() {
        return;
    }
    for entry in pair.later.entries.iter().filter(|e| e.role == Role::CarriedIn) {
        let (Some(carried), Some(left)) = (
            pair.later.only(&entry.key, Role::CarriedIn),
            pair.earlier.only(&entry.key, Role::CarriedOut),
        ) else {
            continue;
        };
        if not_equal(carried, left) {
            let (earlier, later) = (&pair.earlier.path, &pair.later.path);
            let zh = format!(
                "上期（{earlier}）结转下期{}，本期（{later}）上期结转{}，两处不一致",
                left.text, carried.text
            );
            let en = format!(
                "{earlier} carries over {}, {later} takes over {}",
                left.text, carried.text
            );
            out.push(pair.finding(RULE.name, RULE.severity, (carried, left), zh, en));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::series::tests::{found, issue};
    use crate::series::{Issue, Printed};

    fn carrying(period: &str, words: &[(&str, &str)]) -> Issue {
        let mut issue = issue(period, &[], &[]);
        for (words, value) in words {
            let (text, quote) = (*value, *value);
            issue.add_carried(
                words,
                Printed {
                    text,
                    value,
                    unit: "件",
                    quote,
                    span: [0, 2],
                },
            );
        }
        issue
    }

    #[test]
    fn fires_where_cases_are_lost_between_two_periods() {
        let issues = vec![
            carrying("2031-03", &[("结转下月", "62")]),
            carrying("2031-04", &[("上月结转", "26")]),
        ];
        assert_eq!(
            found("carried-forward", issues),
            ["error 上期（2031-03.txt）结转下期62，本期（2031-04.txt）上期结转26，两处不一致"]
        );
    }

    #[test]
    fn silent_where_all_are_handed_on() {
        let issues = vec![
            carrying("2031-03", &[("结转下月", "62")]),
            carrying("2031-04", &[("上月结转", "62")]),
        ];
        assert!(found("carried-forward", issues).is_empty());
    }

    #[test]
    fn near_miss_a_period_between_or_two_kinds() {
        let issues = vec![
            carrying("2031-03", &[("结转下月", "62")]),
            carrying("2031-05", &[("上月结转", "26")]),
        ];
        assert!(found("carried-forward", issues).is_empty());
        let two = carrying("2031-04", &[("上月结转", "26"), ("上月结转", "36")]);
        assert!(found("carried-forward", vec![carrying("2031-03", &[("结转下月", "62")]), two]).is_empty());
    }
}
