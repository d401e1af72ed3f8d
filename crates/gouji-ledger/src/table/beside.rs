//! A total merged over all rows beside the lists that it consists of: 受理总量 860 beside 电话 520, 网络 300, 来访 40.
//!
//! One list alone shows that it fits, not that it must; where two lists stand under one total and one adds up, the other must.

use super::column::ColumnKind;
use super::footing::{agrees, sum};
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Reading, Relation, RelationKind};

/// Most columns and rows that are looked at.
const MAX_COLUMNS: usize = 32;
const MAX_ROWS: usize = 200;

/// Adds the sum of each list under a total in the first column.
pub(super) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    let header = &sheet.columns[0].header;
    let named = ["总量", "总数", "合计", "总计", "总件数"]
        .iter()
        .any(|w| header.ends_with(w));
    let data = sheet.n_rows() >= 3 && sheet.rows.iter().all(|k| *k == RowKind::Data);
    if !named || !data || sheet.open || sheet.n_rows() > MAX_ROWS {
        return;
    }
    let mut totals = (0..sheet.n_rows()).filter_map(|row| sheet.own_number(row, 0));
    let (Some(total), None) = (totals.next(), totals.next()) else {
        return;
    };
    let lists: Vec<Vec<&Number>> = (1..sheet.n_cols())
        .take(MAX_COLUMNS)
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Count)
        .map(|c| (0..sheet.n_rows()).filter_map(|row| sheet.own_number(row, c)).collect())
        .filter(|list: &Vec<&Number>| list.len() >= 2)
        .collect();
    let fits = |list: &Vec<&Number>| sum(list.iter().copied()).is_some_and(|(t, slack)| agrees(total, t, slack));
    if !lists.iter().any(fits) {
        return;
    }
    let cue = if lists.len() >= 2 {
        Cue::Implied
    } else {
        Cue::Arithmetic
    };
    for list in lists {
        let reading = Reading {
            formula: Formula::Sum,
            stated: total.operand.clone(),
            operands: list.iter().map(|n| n.operand.clone()).collect(),
        };
        out.extend(sheet.relation(cx, RelationKind::TableTotal, "table-total-beside", cue, vec![reading]));
    }
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn sums(source: &str) -> Vec<String> {
        let mut found = rig::lines(source, relations);
        found.retain(|l| l.starts_with("table-total"));
        found
    }

    const TABLE: &str = "受理总量|来源|件数|性质|数量\n860|电话|520|咨询|600\n|网络|300|投诉|260\n|来访|40||";

    #[test]
    fn two_lists_of_one_total() {
        assert_eq!(
            sums(TABLE),
            ["table-total? 860 <- 520 300 40 ok", "table-total? 860 <- 600 260 ok"]
        );
        assert_eq!(
            sums(&TABLE.replace("|260", "|280")),
            ["table-total? 860 <- 520 300 40 ok", "table-total? 860 <- 600 280 BAD"]
        );
    }

    #[test]
    fn a_figure_that_no_list_adds_up_to_is_no_total_of_theirs() {
        assert!(sums(&TABLE.replace("860", "912")).is_empty());
        // Each row has its own.
        let own = "受理总量|来源|件数|性质|数量\n860|电话|520|咨询|600\n300|网络|300|投诉|260\n40|来访|40||";
        assert!(sums(own).iter().all(|l| !l.contains("860 <-")), "{:?}", sums(own));
    }
}
