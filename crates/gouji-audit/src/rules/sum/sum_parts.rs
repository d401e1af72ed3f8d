//! # sum-parts
//!
//! The parts do not add up to the total.
//!
//! 其中各项之和与合计不符。
//!
//! ## What it checks
//!
//! A total with 其中, 包括, a colon list or a parenthesis equals the sum of the parts listed. Counts must agree
//! exactly.
//!
//! 带“其中”“包括”、冒号或括号列项的合计，等于所列各项之和；件数、条数等须完全相等。
//!
//! ## Why it matters
//!
//! A total that its own parts contradict is the commonest slip of a circular, and the first that a reader finds.
//!
//! 合计与分项对不上，是通报里最常见、也最容易被读者发现的差错。
//!
//! ## Example
//!
//! 受理来信50件，其中：咨询类20件、求助类25件、建议类6件。
//!
//! ## Correct
//!
//! 受理来信51件，其中：咨询类20件、求助类25件、建议类6件。
//!
//! ## Not reported
//!
//! Lists marked as incomplete (主要, 等), figures in different units, and amounts whose printed places allow the
//! total.
//!
//! 注明“主要”“等”的不完全列举，计量单位不同的数，以及四舍五入足以解释的金额。
//!
//! ## Source
//!
//! Arithmetic: a whole is the sum of its disjoint parts.
//!
//! 算术：整体等于互不重叠的各部分之和。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `sum-parts`
pub(crate) const RULE: Rule = Rule {
    name: "sum-parts",
    family: "sum",
    severity: Severity::Error,
    doc: include_str!("sum_parts.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!(
            "各分项相加为{}，合计写作{}，相差{}",
            case.expected(),
            case.stated(),
            case.gap()
        );
        let en = format!(
            "the parts add up to {} but the total is printed as {}, off by {}",
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
        related(RULE.name, RelationKind::Sum, Formula::Sum, stated, operands)
    }

    #[test]
    fn fires_when_parts_exceed_the_total() {
        assert_eq!(
            found("50件", &["20件", "25件", "6件"]),
            [
                "error 各分项相加为51件，合计写作50件，相差1件；改一处即可成立的：50件→51件（差一字），25件→24件（差一字），6件→5件（差一字）（另有1处，改其中一处也可）"
            ]
        );
    }

    #[test]
    fn silent_when_they_add_up() {
        assert!(found("51件", &["20件", "25件", "6件"]).is_empty());
    }

    #[test]
    fn near_miss_a_total_rounded_from_finer_parts() {
        assert!(found("10.0亿元", &["3.34亿元", "3.33亿元", "3.34亿元"]).is_empty());
    }
}
