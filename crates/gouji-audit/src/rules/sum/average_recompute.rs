//! # average-recompute
//!
//! A mean is not sum ÷ count.
//!
//! 平均数与总数除以个数不符。
//!
//! ## What it checks
//!
//! A printed mean equals the sum divided by the number of units, at the precision printed.
//!
//! 平均数等于总数除以单位数，按所印位数取舍。
//!
//! ## Why it matters
//!
//! A mean travels alone into summaries, where nobody can check it any more.
//!
//! 平均数常被单独摘引，离开原文便无从核对。
//!
//! ## Example
//!
//! 12个单位共报送信息300条，平均每个单位28条。
//!
//! ## Correct
//!
//! 12个单位共报送信息300条，平均每个单位25条。
//!
//! ## Not reported
//!
//! Means cut off or rounded up, which are notes, and weighted means whose weights are not printed.
//!
//! 去尾或进一所致的差别只作提示；未印出权数的加权平均不查。
//!
//! ## Source
//!
//! Arithmetic; GB/T 8170-2008.
//!
//! 算术；《数值修约规则与极限数值的表示和判定》（GB/T 8170-2008）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `average-recompute`
pub(crate) const RULE: Rule = Rule {
    name: "average-recompute",
    family: "sum",
    severity: Severity::Warning,
    doc: include_str!("average_recompute.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("平均数应为{}，即{}，写作{}", case.expected(), case.sum(), case.stated());
        let en = format!(
            "the mean is {} ({}) but {} is printed",
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
        related(RULE.name, RelationKind::Average, Formula::Mean, stated, operands)
    }

    #[test]
    fn fires_on_a_wrong_mean() {
        assert_eq!(
            found("28条", &["300条", "12个"]),
            [
                "warning 平均数应为25条，即300÷12，写作28条；改一处即可成立的：28条→25条（差一字），300条→330条（差一字），12个→11个（差一字）"
            ]
        );
    }

    #[test]
    fn silent_on_a_right_one() {
        assert!(found("25条", &["300条", "12个"]).is_empty());
    }

    #[test]
    fn near_miss_a_mean_rounded_half_up() {
        assert!(found("26条", &["308条", "12个"]).is_empty());
    }
}
