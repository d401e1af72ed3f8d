//! # sum-period
//!
//! The months do not add up to the period.
//!
//! 各月之和与全期数不符。
//!
//! ## What it checks
//!
//! What is printed for each month of a quarter, half year or year adds up to what is printed for the whole of it.
//!
//! 季度、半年或全年的数，等于所列各月之和。
//!
//! ## Why it matters
//!
//! The months were reported before, so one of the figures was revised and the others were not.
//!
//! 各月数字早已报过，对不上说明有的改了、有的没改。
//!
//! ## Example
//!
//! 第二季度共收到来信21件，4月份8件、5月份5件、6月份7件。
//!
//! ## Correct
//!
//! 第二季度共收到来信20件，4月份8件、5月份5件、6月份7件。
//!
//! ## Not reported
//!
//! Months that do not fill the period, and stocks such as numbers of accounts, which do not add over time.
//!
//! 各月未占满全期的，以及账号数一类不能跨月相加的存量。
//!
//! ## Source
//!
//! Arithmetic: a whole is the sum of its disjoint parts.
//!
//! 算术：整体等于互不重叠的各部分之和。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `sum-period`
pub(crate) const RULE: Rule = Rule {
    name: "sum-period",
    family: "sum",
    severity: Severity::Error,
    doc: include_str!("sum_period.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let (sum, stated, gap) = (case.expected(), case.stated(), case.gap());
        let zh = format!("各月相加为{sum}，全期写作{stated}，相差{gap}");
        let en = format!("the months add up to {sum} but the whole period is printed as {stated}, off by {gap}");
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula};

    use crate::sample::Sample;

    fn found(stated: &str, months: &[&str], cue: Cue) -> Vec<String> {
        let mut sample = Sample::new();
        sample.named_sum("months-sum", cue, Formula::Sum, stated, months);
        sample.found("sum-period")
    }

    #[test]
    fn fires_when_a_month_was_revised() {
        assert_eq!(
            found("21件", &["8件", "5件", "7件"], Cue::Explicit),
            [
                "error 各月相加为20件，全期写作21件，相差1件；改一处即可成立的：21件→20件（差一字），8件→9件（差一字），5件→6件（差一字）（另有1处，改其中一处也可）"
            ]
        );
    }

    #[test]
    fn silent_when_the_months_add_up() {
        assert!(found("20件", &["8件", "5件", "7件"], Cue::Explicit).is_empty());
    }

    #[test]
    fn near_miss_months_that_only_happen_to_stand_there() {
        assert!(found("21件", &["8件", "5件", "7件"], Cue::Arithmetic).is_empty());
    }
}
