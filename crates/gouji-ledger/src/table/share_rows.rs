//! Shares that give a hundred across a row: 来电占比, 来信占比 and 来访占比 of each unit.
//!
//! No header says that the shares are all there are; the rows do, where they add to a hundred in most of them.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::column::ColumnKind;
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Fewest shares of one row; of two rates that are each other's rest (合格率, 不合格率) each is recomputed by itself.
const LEAST_SHARES: usize = 3;
/// Most shares of one row.
const MAX_SHARES: usize = 12;
/// Rows on which a run of columns is tried.
const PROBE: usize = 60;
/// Fewest rows that add to a hundred with two shares or more that are not nought.
const LEAST_ROWS: usize = 3;
/// Most runs of shares in one table.
const MAX_RUNS: usize = 24;

/// Adds the shares of each row; gives the columns of shares that are summed across.
pub(super) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) -> BTreeSet<usize> {
    let mut across = BTreeSet::new();
    let shares: Vec<usize> = (0..sheet.n_cols())
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Rate)
        .collect();
    for run in shares.chunk_by(|a, b| a + 1 == *b).take(MAX_RUNS) {
        let Some((columns, cue)) = summed(sheet, &run[..run.len().min(MAX_SHARES)]) else {
            continue;
        };
        for row in rows(sheet) {
            let numbers = numbers(sheet, row, columns);
            // A unit without any case has no shares.
            if numbers.len() != columns.len() || numbers.iter().all(|n| n.value.is_zero()) {
                continue;
            }
            let mut stated = Operand::computed(Decimal::ONE_HUNDRED);
            "100%".clone_into(&mut stated.surface);
            let reading = Reading {
                formula: Formula::ShareSum,
                stated,
                operands: numbers.iter().map(|n| n.operand.clone()).collect(),
            };
            out.extend(sheet.relation(cx, RelationKind::ShareSum, "table-shares-across", cue, vec![reading]));
        }
        across.extend(columns.iter().copied());
    }
    across
}

fn rows<'s>(sheet: &'s Sheet<'_>) -> impl Iterator<Item = usize> + 's {
    let told = |row: &usize| matches!(sheet.rows[*row], RowKind::Data | RowKind::Total { .. });
    (0..sheet.n_rows()).filter(told)
}

fn numbers<'s>(sheet: &'s Sheet<'_>, row: usize, columns: &[usize]) -> Vec<&'s Number> {
    columns.iter().filter_map(|c| sheet.own_number(row, *c)).collect()
}

/// The longest part of a run of columns that adds to a hundred in four rows of five, and how sure that makes it.
fn summed<'c>(sheet: &Sheet<'_>, run: &'c [usize]) -> Option<(&'c [usize], Cue)> {
    for len in (LEAST_SHARES..=run.len()).rev() {
        for columns in run.windows(len) {
            let (mut holds, mut tried) = (0, 0);
            for row in rows(sheet).take(PROBE) {
                let numbers = numbers(sheet, row, columns);
                let telling = numbers.iter().filter(|n| !n.value.is_zero()).count() >= 2;
                if numbers.len() == len && telling {
                    tried += 1;
                    holds += usize::from(hundred(&numbers));
                }
            }
            if holds >= LEAST_ROWS && holds * 5 >= tried * 4 {
                // One row that fails among few may not be meant to be checked so.
                let sure = holds > LEAST_ROWS || holds == tried;
                return Some((columns, if sure { Cue::Implied } else { Cue::Arithmetic }));
            }
        }
    }
    None
}

/// Whether shares add to a hundred within the places printed.
fn hundred(numbers: &[&Number]) -> bool {
    super::footing::sum(numbers.iter().copied()).is_some_and(|(total, slack)| {
        let gap = (Decimal::ONE_HUNDRED - total).abs();
        gap.is_zero() || gap + gap <= slack
    })
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    const TABLE: &str = "辖区|来电比例（%）|来信比例（%）|来访比例（%）|退回数
甲所|40.4|59.6|0.0|3
乙所|22.6|67.7|9.7|8
丙所|51.1|46.8|2.1|5
丁所|33.3|33.3|33.3|2
戊所|100.0|0.0|0.0|4
己所|20.5|30.5|49.0|1
庚所|11.1|77.8|11.1|6";

    #[test]
    fn shares_of_each_row() {
        let found = read(TABLE);
        assert!(
            found.contains(&"share-sum? 100% <- 51.1 46.8 2.1 ok".to_owned()),
            "{found:#?}"
        );
        assert_eq!(found.len(), 7, "{found:#?}");
        let wrong = read(&TABLE.replace("46.8", "48.6"));
        assert!(
            wrong.contains(&"share-sum? 100% <- 51.1 48.6 2.1 BAD".to_owned()),
            "{wrong:#?}"
        );
    }

    #[test]
    fn rates_of_several_things_are_not_added() {
        let table = "辖区|办结率（%）|满意率（%）\n甲所|98.5|96.2\n乙所|97.1|99.0\n丙所|100.0|0.0\n丁所|50.0|50.0";
        assert!(read(table).is_empty(), "{:?}", read(table));
    }
}
