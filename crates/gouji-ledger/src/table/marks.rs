//! Full marks in the heads of a table of scores: 总得分（100）, 政务公开（77）, 在线服务（9）, … add up as the scores below them do.

use std::sync::LazyLock;

use gouji_document::Text;
use gouji_quantity::Decimal;
use regex::Regex;

use super::footing::{agrees, sum};
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Fewest parts, and most columns.
const LEAST_PARTS: usize = 2;
const MAX_COLUMNS: usize = 48;
/// Fewest rows whose scores add up.
const LEAST_ROWS: usize = 2;

/// The full marks in a head: （100）, （满分30分）. A weight in per cent is none.
static MARKS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(]\s*(?:满分|分值|总分)?\s*[:：]?\s*([0-9]{1,4}(?:\.[0-9])?)\s*分?\s*[)）]\s*$")
        .expect("a constant pattern")
});

/// The full marks that a head prints.
fn marks(head: &Text) -> Option<Operand> {
    let found = MARKS.captures(head.as_str())?.get(1)?;
    let value: Decimal = found.as_str().parse().ok()?;
    let mut operand = Operand::named(found.as_str(), Some(head.source_span(found.range())?));
    operand.value = Some(value);
    operand.decimals = value.scale();
    Some(operand)
}

/// Adds the sum of the full marks, if the scores of the rows add up in the same way: then they must, unless something comes on top.
pub(super) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    let columns: Vec<(usize, Operand)> = sheet
        .addable()
        .take(MAX_COLUMNS)
        .filter_map(|col| Some((col, marks(&sheet.table.header[col])?)))
        .collect();
    if columns.len() <= LEAST_PARTS {
        return;
    }
    for (whole, full) in &columns {
        let bare = sheet.columns[*whole].header.split(['（', '(']).next().unwrap_or("");
        if !["总得分", "总分", "合计", "总计", "综合得分", "得分", "分值"].contains(&bare) {
            continue;
        }
        let parts: Vec<&(usize, Operand)> = columns.iter().filter(|(col, _)| col != whole).collect();
        let on_top = |(col, _): &&(usize, Operand)| {
            let header = &sheet.columns[*col].header;
            ["加分", "附加", "奖", "扣"].iter().any(|w| header.contains(w))
        };
        if parts.iter().any(on_top) || !rows_add_up(sheet, *whole, &parts) {
            continue;
        }
        let reading = Reading {
            formula: Formula::Sum,
            stated: full.clone(),
            operands: parts.iter().map(|(_, operand)| operand.clone()).collect(),
        };
        out.extend(sheet.relation(cx, RelationKind::Sum, "table-full-marks", Cue::Implied, vec![reading]));
        return;
    }
}

/// Whether the scores of the rows add up, but for one row in five.
fn rows_add_up(sheet: &Sheet<'_>, whole: usize, parts: &[&(usize, Operand)]) -> bool {
    let (mut holds, mut tried) = (0, 0);
    for row in (0..sheet.n_rows()).filter(|r| sheet.rows[*r] == RowKind::Data) {
        let numbers: Vec<&Number> = parts
            .iter()
            .filter_map(|(col, _)| sheet.own_number(row, *col))
            .collect();
        let Some(stated) = sheet.own_number(row, whole).filter(|_| numbers.len() == parts.len()) else {
            continue;
        };
        tried += 1;
        holds += usize::from(sum(numbers.into_iter()).is_some_and(|(total, slack)| agrees(stated, total, slack)));
    }
    holds >= LEAST_ROWS && holds * 5 >= tried * 4
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    const TABLE: &str = "名次|单位|总得分（100）|政务公开（70）|在线服务（20）|互动（10）\n1|甲局|91|65|17|9\n2|乙局|86|61|18|7\n3|丙局|80|58|14|8";

    fn sums(table: &str) -> Vec<String> {
        let found = rig::lines(table, relations);
        found.into_iter().filter(|l| l.starts_with("sum")).collect()
    }

    #[test]
    fn full_marks_add_up_as_the_scores_do() {
        assert_eq!(sums(TABLE), ["sum? 100 <- 70 20 10 ok"]);
        assert_eq!(sums(&TABLE.replace("（20）", "（25）")), ["sum? 100 <- 70 25 10 BAD"]);
        assert_eq!(sums(&TABLE.replace("（20）", "（满分20分）")).len(), 1);
    }

    #[test]
    fn marks_of_scores_that_do_not_add_up_are_left_alone() {
        // 加分 comes on top, and weights are no marks.
        let extra =
            "单位|总得分（100）|公开（70）|服务（30）|加分（5）\n甲局|93|65|25|3\n乙局|88|61|26|2\n丙局|80|55|24|2";
        assert!(sums(extra).is_empty());
        let other =
            "单位|总得分（100）|公开（70）|服务（30）|互动（10）\n甲局|70|65|25|3\n乙局|68|61|26|2\n丙局|66|55|24|2";
        assert!(sums(other).is_empty());
        assert!(sums(&TABLE.replace("（70）", "（70%）").replace("（20）", "（20%）")).is_empty());
    }
}
