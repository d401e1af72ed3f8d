//! # row-duplicate
//!
//! Two rows of a table are the same.
//!
//! 表格中有两行完全相同。
//!
//! ## What it checks
//!
//! No two data rows agree in every cell but their serial number.
//!
//! 除序号外，任何两行的各格不应全部相同。
//!
//! ## Why it matters
//!
//! A row pasted twice counts a unit twice and hides the row it replaced.
//!
//! 重复粘贴的行会重复计数，还可能顶掉了另一行。
//!
//! ## Example
//!
//! 1 甲镇 15 ｜ 2 甲镇 15
//!
//! ## Correct
//!
//! 1 甲镇 15 ｜ 2 乙镇 15
//!
//! ## Not reported
//!
//! Rows with fewer than three filled cells, hidden rows, and rows without a name.
//!
//! 填写不足三格的行、隐藏行和没有名称的行。
//!
//! ## Source
//!
//! Good order of a table.
//!
//! 表格编排常规。

use std::collections::BTreeMap;

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use gouji_circular::Row;
use gouji_document::Span;

/// `row-duplicate`
pub(crate) const RULE: Rule = Rule {
    name: "row-duplicate",
    family: "table",
    severity: Severity::Warning,
    doc: include_str!("row_duplicate.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for table in &cx.circular.tables {
        let serial: Vec<bool> = table.header.iter().map(|h| is_serial(h)).collect();
        let mut seen: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
        for (row_idx, row) in table.rows.iter().enumerate().filter(|(_, row)| !row.hidden) {
            let key: Vec<&str> = row
                .cells
                .iter()
                .enumerate()
                .filter(|(col, _)| !serial.get(*col).copied().unwrap_or(false))
                .map(|(_, cell)| cell.text.trim())
                .collect();
            let filled = key.iter().filter(|text| !text.is_empty()).count();
            let named = key
                .iter()
                .any(|text| text.chars().filter(|c| !c.is_ascii()).count() >= 2);
            if filled < 3 || !named {
                continue;
            }
            let name = key.iter().find(|text| !text.is_empty()).copied().unwrap_or("");
            let Some(first) = seen.insert(key.clone(), row_idx) else {
                continue;
            };
            let (Some(at), Some(before)) = (span_of(row), table.rows.get(first).and_then(span_of)) else {
                continue;
            };
            let zh = format!("第{}行与第{}行完全相同（{name}）", row_idx + 1, first + 1);
            let en = format!("rows {} and {} are the same ({name})", first + 1, row_idx + 1);
            let mut finding = Finding::plain(RULE.name, RULE.severity, at, zh, en);
            finding.related = vec![before];
            out.push(finding);
        }
    }
}

fn is_serial(header: &str) -> bool {
    matches!(header.trim(), "序号" | "编号" | "序" | "名次" | "排名" | "排序")
}

/// The source of a row's own cells.
fn span_of(row: &Row) -> Option<Span> {
    row.cells
        .iter()
        .filter(|cell| !cell.filled)
        .filter_map(|cell| cell.text.span())
        .reduce(Span::cover)
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(rows: &[&[&str]]) -> Vec<String> {
        let mut sample = Sample::new();
        sample.table(&["序号", "单位", "报送", "采用"], rows);
        sample.found("row-duplicate")
    }

    #[test]
    fn fires_on_a_row_pasted_twice() {
        assert_eq!(
            found(&[
                &["1", "甲镇", "15", "9"],
                &["2", "乙镇", "8", "3"],
                &["3", "甲镇", "15", "9"]
            ]),
            ["warning 第3行与第1行完全相同（甲镇）"]
        );
    }

    #[test]
    fn silent_on_different_units() {
        assert!(found(&[&["1", "甲镇", "15", "9"], &["2", "乙镇", "15", "9"]]).is_empty());
    }

    #[test]
    fn near_miss_one_unit_with_two_entries_or_mostly_blank_rows() {
        assert!(found(&[&["1", "甲镇", "15", "9"], &["2", "甲镇", "15", "8"]]).is_empty());
        assert!(found(&[&["1", "甲镇", "", ""], &["2", "甲镇", "", ""]]).is_empty());
    }
}
