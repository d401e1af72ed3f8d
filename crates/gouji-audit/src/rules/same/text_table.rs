//! # text-table
//!
//! A figure in the text is not what the table gives.
//!
//! 正文数据与表格不符。
//!
//! ## What it checks
//!
//! A figure in prose that a table gives too (a cell, a column's sum, a group of rows) has the same value, the notes
//! under the table considered.
//!
//! 正文与表格都有的数据（单元格、列合计、某类各行之和）应当相同，表下注释一并计入。
//!
//! ## Why it matters
//!
//! Text and table are made by different hands; the reader trusts the table.
//!
//! 正文与表格常出自不同的手，读者往往以表为准。
//!
//! ## Example
//!
//! 各乡镇报送信息520条（附表各乡镇合计519条）。
//!
//! ## Correct
//!
//! 各乡镇报送信息519条（附表各乡镇合计519条）。
//!
//! ## Not reported
//!
//! Figures that any class of rows, with or without the notes, can explain.
//!
//! 按任何一种分类、计入或不计入注释能够解释的。
//!
//! ## Source
//!
//! Agreement of text and attachment.
//!
//! 正文与附件应当一致。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `text-table`
pub(crate) const RULE: Rule = Rule {
    name: "text-table",
    family: "same",
    severity: Severity::Error,
    doc: include_str!("text_table.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!(
            "表格为{}，正文写作{}，相差{}",
            case.expected(),
            case.stated(),
            case.gap()
        );
        let en = format!(
            "the table gives {} but the text says {}, off by {}",
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
        related(RULE.name, RelationKind::TextTable, Formula::Sum, stated, operands)
    }

    #[test]
    fn fires_on_a_difference() {
        assert_eq!(
            found("520条", &["480条", "39条"]),
            [
                "error 表格为519条，正文写作520条，相差1条；改一处即可成立的：480条→481条（差一字），520条→519条，39条→40条"
            ]
        );
    }

    #[test]
    fn silent_when_they_agree() {
        assert!(found("519条", &["480条", "39条"]).is_empty());
    }

    #[test]
    fn near_miss_a_rounded_restatement() {
        assert!(found("0.04万条", &["400条"]).is_empty());
    }
}
