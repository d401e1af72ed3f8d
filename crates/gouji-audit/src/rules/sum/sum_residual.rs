//! # sum-residual
//!
//! What is done and what is left do not add up to the whole.
//!
//! 已办与未办之和与总数不符。
//!
//! ## What it checks
//!
//! What was closed and what is still open, passed and failed, satisfied and not, add up to what was received, checked or
//! rated.
//!
//! 办结与未办结、合格与不合格、满意与不满意等，相加等于受理、检查、评价的总数。
//!
//! ## Why it matters
//!
//! A case that is neither closed nor open has been lost.
//!
//! 既未办结又不在办的件，就是漏掉的件。
//!
//! ## Example
//!
//! 收到来信52件，已办结46件，正在办理5件。
//!
//! ## Correct
//!
//! 收到来信51件，已办结46件，正在办理5件。
//!
//! ## Not reported
//!
//! Texts that speak of cases carried over, and sums of which a third outcome may be missing.
//!
//! 写明含上期结转的，以及可能还有第三种结果未列出的。
//!
//! ## Source
//!
//! Arithmetic: a whole is the sum of its disjoint parts.
//!
//! 算术：整体等于互不重叠的各部分之和。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `sum-residual`
pub(crate) const RULE: Rule = Rule {
    name: "sum-residual",
    family: "sum",
    severity: Severity::Error,
    doc: include_str!("sum_residual.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let (sum, stated, gap) = (case.expected(), case.stated(), case.gap());
        let zh = format!("各类结果相加为{sum}，总数写作{stated}，相差{gap}");
        let en = format!("the outcomes add up to {sum} but the whole is printed as {stated}, off by {gap}");
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula};

    use crate::sample::Sample;

    fn found(stated: &str, parts: &[&str], cue: Cue) -> Vec<String> {
        let mut sample = Sample::new();
        sample.named_sum("residual-sum", cue, Formula::Sum, stated, parts);
        sample.found("sum-residual")
    }

    #[test]
    fn fires_when_a_case_is_neither_closed_nor_open() {
        assert_eq!(
            found("52件", &["46件", "5件"], Cue::Implied),
            [
                "warning 各类结果相加为51件，总数写作52件，相差1件；改一处即可成立的：52件→51件（差一字），46件→47件（差一字），5件→6件（差一字）；也可能各项没有列全（尚差1件）"
            ]
        );
    }

    #[test]
    fn silent_when_all_are_accounted_for() {
        assert!(found("51件", &["46件", "5件"], Cue::Implied).is_empty());
    }

    #[test]
    fn near_miss_only_the_arithmetic_suggests_it() {
        assert!(found("52件", &["46件", "5件"], Cue::Arithmetic).is_empty());
    }
}
