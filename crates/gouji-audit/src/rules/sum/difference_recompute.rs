//! # difference-recompute
//!
//! A difference is not what its two figures give.
//!
//! 差额与相减的结果不符。
//!
//! ## What it checks
//!
//! 增加, 减少, 节约, 结余 and the like equal the difference of the two figures printed beside it.
//!
//! “增加”“减少”“节约”“结余”等数额，等于文中所列两数之差。
//!
//! ## Why it matters
//!
//! A difference that was carried over from a draft stays when one of the figures is corrected.
//!
//! 改了其中一个数而忘改差额，是反复修改的稿子里常见的差错。
//!
//! ## Example
//!
//! 计划采购120.5万元，实际采购100.2万元，节约20.8万元。
//!
//! ## Correct
//!
//! 计划采购120.5万元，实际采购100.2万元，节约20.3万元。
//!
//! ## Not reported
//!
//! Differences within the rounding of the figures; those are notes.
//!
//! 四舍五入所能解释的差额，只作提示。
//!
//! ## Source
//!
//! Arithmetic.
//!
//! 算术。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `difference-recompute`
pub(crate) const RULE: Rule = Rule {
    name: "difference-recompute",
    family: "sum",
    severity: Severity::Error,
    doc: include_str!("difference_recompute.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!(
            "两数相减应为{}，写作{}，相差{}",
            case.expected(),
            case.stated(),
            case.gap()
        );
        let en = format!(
            "the difference is {} but {} is printed, off by {}",
            case.expected(),
            case.stated(),
            case.gap()
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
            RelationKind::Difference,
            Formula::Difference,
            stated,
            operands,
        )
    }

    #[test]
    fn fires_on_a_wrong_difference() {
        assert_eq!(
            found("20.8万元", &["120.5万元", "100.2万元"]),
            [
                "error 两数相减应为20.3万元，写作20.8万元，相差0.5万元；改一处即可成立的：20.8万元→20.3万元（差一字），120.5万元→120.9万元（差一字），100.2万元→99.7万元"
            ]
        );
    }

    #[test]
    fn silent_on_a_right_one() {
        assert!(found("20.3万元", &["120.5万元", "100.2万元"]).is_empty());
    }

    #[test]
    fn near_miss_the_last_place_of_rounded_amounts() {
        assert!(found("20.4万元", &["120.5万元", "100.2万元"]).is_empty());
    }
}
