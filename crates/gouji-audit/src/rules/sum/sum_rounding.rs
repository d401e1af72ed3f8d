//! # sum-rounding
//!
//! Amounts agree only within the rounding of their printed places.
//!
//! 金额或平均数存在尾差。
//!
//! ## What it checks
//!
//! Sums, differences, means and changes of rounded figures that miss by less than their printed places can explain.
//!
//! 由四舍五入的数相加、相减、平均或求增幅，差额不超过末位取舍所能解释的范围。
//!
//! ## Why it matters
//!
//! A tail difference is no error, but a reader who adds up will ask; a note about rounding answers before.
//!
//! 尾差不是错误，但核算的人会问；加注“因四舍五入，合计数可能不等于分项之和”即可。
//!
//! ## Example
//!
//! 甲项3.34亿元、乙项3.34亿元，合计6.69亿元。
//!
//! ## Correct
//!
//! 甲项3.34亿元、乙项3.34亿元，合计6.68亿元。
//!
//! ## Not reported
//!
//! Exact agreement, half-up rounding of a total printed coarser, and counts, which have no tail.
//!
//! 完全相等、合计位数较少且四舍五入相符的，以及件数一类没有尾差的数。
//!
//! ## Source
//!
//! GB/T 8170-2008 on rounding of numerical values.
//!
//! 《数值修约规则与极限数值的表示和判定》（GB/T 8170-2008）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `sum-rounding`
pub(crate) const RULE: Rule = Rule {
    name: "sum-rounding",
    family: "sum",
    severity: Severity::Note,
    doc: include_str!("sum_rounding.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!(
            "按所列各数计算为{}，写作{}，相差{}，属尾差",
            case.expected(),
            case.stated(),
            case.gap()
        );
        let en = format!(
            "the figures give {} and {} is printed, off by {}: a rounding difference",
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
    fn fires_on_a_tail_difference() {
        assert_eq!(
            found("6.69亿元", &["3.34亿元", "3.34亿元"]),
            ["note 按所列各数计算为6.68亿元，写作6.69亿元，相差0.01亿元，属尾差"]
        );
    }

    #[test]
    fn silent_when_equal() {
        assert!(found("6.68亿元", &["3.34亿元", "3.34亿元"]).is_empty());
    }

    #[test]
    fn near_miss_a_gap_that_rounding_cannot_explain() {
        assert!(found("6.89亿元", &["3.34亿元", "3.34亿元"]).is_empty());
    }
}
