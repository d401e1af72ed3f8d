//! # growth-recompute
//!
//! A growth rate or change in points is not what the two figures give.
//!
//! 增幅或百分点变化与两期数据不符。
//!
//! ## What it checks
//!
//! 同比/环比 growth equals (now − before) ÷ before, and a change in points equals the difference of the two rates.
//!
//! 同比、环比增幅等于（本期－上期）÷上期；百分点变化等于两个比率之差。
//!
//! ## Why it matters
//!
//! Growth taken of the wrong period's figure, or percent confused with points, turns the message of a circular
//! around.
//!
//! 以本期数作分母、或把百分比与百分点混用，会让结论走样。
//!
//! ## Example
//!
//! 本月受理90件，上月受理120件，环比下降33.3%。
//!
//! ## Correct
//!
//! 本月受理90件，上月受理120件，环比下降25%。
//!
//! ## Not reported
//!
//! Bases of zero or below, and differences that the rounding of the two figures explains.
//!
//! 基数为零或负数的，以及两数取舍足以解释的差别。
//!
//! ## Source
//!
//! Definition of the growth rate in statistical practice.
//!
//! 统计工作中增长速度的定义。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `growth-recompute`
pub(crate) const RULE: Rule = Rule {
    name: "growth-recompute",
    family: "sum",
    severity: Severity::Warning,
    doc: include_str!("growth_recompute.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!(
            "按两期数据计算应为{}，即{}，写作{}",
            case.expected(),
            case.sum(),
            case.stated()
        );
        let en = format!(
            "the two figures give {} ({}) but {} is printed",
            case.expected(),
            case.working(),
            case.stated()
        );
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, operands: &[&str]) -> Vec<String> {
        related(
            RULE.name,
            RelationKind::Change,
            Formula::Growth { negative: true },
            stated,
            operands,
        )
    }

    #[test]
    fn fires_when_the_later_month_was_the_base() {
        assert_eq!(
            found("33.3%", &["90件", "120件"]),
            [
                "warning 按两期数据计算应为25.0%，即（120－90）÷120，写作33.3%；改一处即可成立的：90件→80件（差一字），33.3%→25.0%；以本期的90件为分母则相符，增幅应以上期数为分母"
            ]
        );
    }

    #[test]
    fn silent_on_a_right_fall() {
        assert!(found("25%", &["90件", "120件"]).is_empty());
    }

    #[test]
    fn near_miss_rounded_amounts_explain_it() {
        assert!(found("24.6%", &["90.5万元", "120.0万元"]).is_empty());
    }
}
