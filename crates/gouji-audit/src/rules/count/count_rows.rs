//! # count-rows
//!
//! A number is not how many rows the table has.
//!
//! 所写个数与表格行数不符。
//!
//! ## What it checks
//!
//! A number in prose that names the rows of a table (详见附表) equals the number of its data rows.
//!
//! 正文所写、以附表为据的个数，等于表格的数据行数。
//!
//! ## Why it matters
//!
//! Text and table are made by different hands on different days.
//!
//! 正文与附表常出自不同的人、不同的日子。
//!
//! ## Example
//!
//! 共检查12个账号（见附表，表中11行）。
//!
//! ## Correct
//!
//! 共检查11个账号（见附表，表中11行）。
//!
//! ## Not reported
//!
//! Total rows, notes, continuation rows and rows of merged cells are not counted.
//!
//! 合计行、注释行、续行和合并单元格不计入行数。
//!
//! ## Source
//!
//! Agreement of text and attachment.
//!
//! 正文与附件应当一致。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `count-rows`
pub(crate) const RULE: Rule = Rule {
    name: "count-rows",
    family: "count",
    severity: Severity::Error,
    doc: include_str!("count_rows.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("正文写作{}，表中共{}", case.stated(), case.expected());
        let en = format!(
            "{} is printed in the text but the table has {}",
            case.stated(),
            case.expected()
        );
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, least: usize, most: usize) -> Vec<String> {
        let formula = Formula::Count {
            least,
            most,
            open: false,
        };
        related(RULE.name, RelationKind::TextTable, formula, stated, &[])
    }

    #[test]
    fn fires_when_a_row_is_missing() {
        assert_eq!(
            found("12个", 11, 11),
            ["error 正文写作12个，表中共11个；改一处即可成立的：12个→11个（差一字）"]
        );
    }

    #[test]
    fn silent_when_they_agree() {
        assert!(found("11个", 11, 11).is_empty());
    }

    #[test]
    fn near_miss_a_row_that_may_be_a_total() {
        assert!(found("11个", 11, 12).is_empty());
    }
}
