//! # table-total
//!
//! A total of a table does not add up.
//!
//! 表格合计数与所合计的各格不符。
//!
//! ## What it checks
//!
//! A row, column or cell labelled 小计, 合计, 总计 or 共计 equals the sum of what it totals.
//!
//! 标明“小计”“合计”“总计”“共计”的行、列或格，等于其所合计各格之和。
//!
//! ## Why it matters
//!
//! Totals are typed, not computed, in most tables that are pasted into a circular.
//!
//! 贴进通报的表格，合计数往往是手工填写的。
//!
//! ## Example
//!
//! 甲镇 3 ｜ 乙镇 4 ｜ 合计 8
//!
//! ## Correct
//!
//! 甲镇 3 ｜ 乙镇 4 ｜ 合计 7
//!
//! What a table takes off or sets equal itself counts as well (第一项加第二项之和，等于第三项加第四项之和, 未完成＝计划－完成).
//!
//! 表中自列的加减关系（第一项加第二项之和，等于第三项加第四项之和；未完成＝计划－完成）同样核对。
//!
//! ## Not reported
//!
//! Columns of ranks, serial numbers and rates, and totals of rounded amounts within their places.
//!
//! 名次、序号、比率各列，以及四舍五入所能解释的金额合计。
//!
//! ## Source
//!
//! Arithmetic: a whole is the sum of its disjoint parts.
//!
//! 算术：整体等于互不重叠的各部分之和。

use gouji_ledger::Formula;

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `table-total`
pub(crate) const RULE: Rule = Rule {
    name: "table-total",
    family: "table",
    severity: Severity::Error,
    doc: include_str!("table_total.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let (expected, stated, gap) = (case.expected(), case.stated(), case.gap());
        let (zh, en) = match case.reading.formula {
            Formula::Difference => (
                format!("按表中各项的增减关系应为{expected}，写作{stated}，相差{gap}"),
                format!("what the table adds and takes off gives {expected}, printed as {stated}, off by {gap}"),
            ),
            _ => (
                format!("表中各格之和为{expected}，合计写作{stated}，相差{gap}"),
                format!("the cells add up to {expected} but the total is printed as {stated}, off by {gap}"),
            ),
        };
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, operands: &[&str]) -> Vec<String> {
        related(RULE.name, RelationKind::TableTotal, Formula::Sum, stated, operands)
    }

    #[test]
    fn fires_on_a_wrong_total() {
        assert_eq!(
            found("8", &["3", "4"]),
            ["error 表中各格之和为7，合计写作8，相差1；改一处即可成立的：8→7（差一字），3→4（差一字），4→5（差一字）"]
        );
    }

    #[test]
    fn fires_on_what_was_taken_off_wrongly() {
        assert_eq!(
            related(
                RULE.name,
                RelationKind::TableTotal,
                Formula::Difference,
                "5",
                &["68", "64"]
            ),
            [
                "error 按表中各项的增减关系应为4，写作5，相差1；改一处即可成立的：5→4（差一字），68→69（差一字），64→63（差一字）"
            ]
        );
    }

    #[test]
    fn silent_on_a_right_one() {
        assert!(found("7", &["3", "4"]).is_empty());
    }

    #[test]
    fn near_miss_a_total_rounded_from_finer_cells() {
        assert!(found("7.6万元", &["3.34万元", "4.21万元"]).is_empty());
    }
}
