//! Rows that are part of the row above them: 其中：税收收入 below 一般公共预算收入.
//!
//! 其中 opens the parts and nothing closes them. How many rows they are is read off the arithmetic: those that add up to the
//! row above in most columns. Parts that do not add up may be some of the parts only, and say nothing.

use gouji_quantity::Decimal;

use super::footing::agrees;
use super::row::RowKind;
use super::sheet::Sheet;
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most parts of one row.
const MAX_PARTS: usize = 16;
/// Most rows of one table that are parted.
const MAX_WHOLES: usize = 100;

/// A row and the rows below it that it consists of.
pub(super) struct Parted {
    whole: usize,
    pub parts: Vec<usize>,
    holds: usize,
}

/// Adds a relation for each column of each row that is followed by its parts; gives what was found.
pub(super) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) -> Vec<Parted> {
    let found = parted(sheet);
    let n_columns = sheet.addable().count();
    for parted in &found {
        for col in sheet.addable() {
            let Some(stated) = sheet.own_number(parted.whole, col) else {
                continue;
            };
            let operands: Vec<Operand> = parted
                .parts
                .iter()
                .filter_map(|r| sheet.own_number(*r, col))
                .map(|n| n.operand.clone())
                .collect();
            if operands.is_empty() {
                continue;
            }
            let reading = Reading {
                formula: Formula::Sum,
                stated: stated.operand.clone(),
                operands,
            };
            // One column alone shows that they fit, not that they must.
            let cue = match parted.holds {
                _ if n_columns < 2 => Cue::Arithmetic,
                1 => Cue::Implied,
                _ => Cue::Explicit,
            };
            out.extend(sheet.relation(cx, RelationKind::TableTotal, "table-of-which", cue, vec![reading]));
        }
    }
    found
}

fn parted(sheet: &Sheet<'_>) -> Vec<Parted> {
    let Some(names) = sheet.label_column else {
        return Vec::new();
    };
    let columns: Vec<usize> = sheet.addable().collect();
    let opens = |row: usize| sheet.squashed(row, names).starts_with("其中");
    let data = |row: usize| sheet.rows[row] == RowKind::Data;
    (1..sheet.n_rows())
        .filter(|row| data(*row) && opens(*row) && !opens(row - 1) && data(row - 1))
        .take(MAX_WHOLES)
        .filter_map(|first| {
            let below: Vec<usize> = (first..sheet.n_rows())
                .take(MAX_PARTS)
                .take_while(|r| data(*r))
                .collect();
            (2..=below.len())
                .map(|len| Parted {
                    whole: first - 1,
                    holds: columns
                        .iter()
                        .filter(|c| adds_up(sheet, first - 1, &below[..len], **c))
                        .count(),
                    parts: below[..len].to_vec(),
                })
                .filter(|p| p.holds > 0 && p.holds * 2 >= columns.len())
                .reduce(|best, p| if p.holds > best.holds { p } else { best })
        })
        .collect()
}

fn adds_up(sheet: &Sheet<'_>, whole: usize, parts: &[usize], col: usize) -> bool {
    let Some(stated) = sheet.own_number(whole, col) else {
        return false;
    };
    let mut total = Decimal::ZERO;
    let mut slack = Decimal::ZERO;
    let mut telling = 0;
    for row in parts {
        let Some(number) = sheet.own_number(*row, col) else {
            continue;
        };
        let (Some(sum), Some(more)) = (total.checked_add(number.value), slack.checked_add(number.operand.ulp)) else {
            return false;
        };
        (total, slack) = (sum, more);
        telling += usize::from(!number.value.is_zero());
    }
    telling >= 2 && agrees(stated, total, slack)
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    const TABLE: &str = "科目|预算（万元）|执行（万元）
一般公共预算收入|45230|46100
其中：税收收入|31806|32000
非税收入|13424|14100
政府性基金收入|20115|19800
合计|65345|65900";

    #[test]
    fn parts_below_their_row() {
        let found = read(TABLE);
        assert!(
            found.contains(&"table-total 45230 <- 31806 13424 ok".to_owned()),
            "{found:#?}"
        );
        assert!(
            found.contains(&"table-total 65345 <- 45230 20115 ok".to_owned()),
            "{found:#?}"
        );
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        let wrong = read(&TABLE.replace("|13424|", "|13244|"));
        let bad: Vec<&String> = wrong.iter().filter(|l| l.ends_with("BAD")).collect();
        assert_eq!(bad, ["table-total? 45230 <- 31806 13244 BAD"]);
    }

    #[test]
    fn some_parts_of_many() {
        let table = "项目|件数|户数\n受理总数|642|512\n其中：来电|480|300\n来信|62|50\n办结总数|630|500";
        assert!(read(table).iter().all(|l| l.ends_with("ok")), "{:?}", read(table));
    }
}
