//! Rows that a table itself sets equal, by their ordinals: 第一项加第二项之和，等于第三项加第四项之和 (勾稽关系).
//!
//! The annual report on the disclosure of information has carried this sentence in its table since 2019 (国办公开办函〔2019〕60号): what
//! came in and what was carried over is what was dealt with and what is carried on. It is read as it stands, so any table may say the like.
//! An item with rows below it is told by its total row (（七）总计).

use std::sync::LazyLock;

use gouji_quantity::{Decimal, chinese_integer};
use regex::Regex;

use super::sheet::{Number, Sheet};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Both sides of the sentence.
static SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    let item = "第[一二三四五六七八九十]{1,2}项";
    let side = format!("{item}(?:(?:加上?|与|和|及|＋|\\+|、){item})*");
    Regex::new(&format!(
        "({side})(?:之和|的和|合计)?[，,]?应?(?:等于|＝|=)({side})(?:之和|的和|合计)?"
    ))
    .expect("a constant pattern")
});
/// The ordinal that opens the name of an item.
static ORDINAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("^([一二三四五六七八九十]{1,2})[、.．]").expect("a constant pattern"));
/// The ordinals of a side.
static ITEM: LazyLock<Regex> =
    LazyLock::new(|| Regex::new("第([一二三四五六七八九十]{1,2})项").expect("a constant pattern"));
/// Words of the row that totals an item.
const TOTAL: [&str; 4] = ["总计", "合计", "共计", "小计"];

/// Adds what each column says of the rows that are set equal.
pub(super) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    let Some((left, right)) = sentence(sheet) else { return };
    let items = items(sheet);
    let row_of = |ordinal: &i64| items.iter().find(|(n, _)| n == ordinal).map(|(_, row)| *row);
    let rows = |side: &[i64]| side.iter().map(row_of).collect::<Option<Vec<usize>>>();
    let (Some(left), Some(right)) = (rows(&left), rows(&right)) else {
        return;
    };
    for col in 0..sheet.n_cols() {
        let numbers = |rows: &[usize]| -> Option<Vec<&Number>> {
            rows.iter()
                .map(|r| sheet.own_number(*r, col).filter(|n| !n.percent))
                .collect()
        };
        if let (Some(left), Some(right)) = (numbers(&left), numbers(&right)) {
            out.extend(set_equal(cx, sheet, &left, &right));
        }
    }
}

/// The names of the items that the table sets equal, each with the row that tells it; `None` if it sets none equal.
pub(crate) fn items_set_equal(sheet: &Sheet<'_>) -> Option<Vec<(String, usize)>> {
    let (left, right) = sentence(sheet)?;
    let items = items(sheet);
    let wanted = left.iter().chain(&right);
    wanted
        .map(|ordinal| {
            let row = items.iter().find(|(n, _)| n == ordinal).map(|(_, row)| *row)?;
            Some((sheet.squashed(row, 0), row))
        })
        .collect()
}

/// The last term on the right as what the others leave of the left.
fn set_equal(cx: &Context<'_>, sheet: &Sheet<'_>, left: &[&Number], right: &[&Number]) -> Option<Relation> {
    let (last, others) = right.split_last()?;
    let operand = |n: &&Number| n.operand.clone();
    let (formula, operands): (Formula, Vec<Operand>) = if others.is_empty() {
        (Formula::Sum, left.iter().map(operand).collect())
    } else {
        let whole = match left {
            [one] => operand(one),
            several => {
                let sum = several.iter().try_fold(Decimal::ZERO, |s, n| s.checked_add(n.value))?;
                let mut computed = Operand::computed(sum);
                computed.span = Context::cover(several.iter().filter_map(|n| n.operand.span));
                computed
            }
        };
        let rest = others.iter().map(operand);
        (Formula::Difference, std::iter::once(whole).chain(rest).collect())
    };
    let reading = Reading {
        formula,
        stated: last.operand.clone(),
        operands,
    };
    sheet.relation(
        cx,
        RelationKind::TableTotal,
        "table-balance",
        Cue::Explicit,
        vec![reading],
    )
}

/// The ordinals that a cell of the head, the caption or a note sets equal.
fn sentence(sheet: &Sheet<'_>) -> Option<(Vec<i64>, Vec<i64>)> {
    let table = &*sheet.table;
    let heads = table.header.iter().map(|h| h.as_str());
    let notes = table.notes.iter().map(|n| n.as_str());
    let caption = table.caption.iter().map(|c| c.as_str());
    let first = (0..sheet.n_rows().min(HEAD_ROWS)).map(|row| table.cell(row, 0));
    heads.chain(notes).chain(caption).chain(first).find_map(|words| {
        let words = super::squash(words);
        let found = SENTENCE.captures(&words)?;
        let side = |n: usize| -> Option<Vec<i64>> {
            ITEM.captures_iter(found.get(n)?.as_str())
                .map(|item| chinese_integer(item.get(1)?.as_str()))
                .collect()
        };
        Some((side(1)?, side(2)?))
    })
}

/// Rows at the top of a table that may be what is left of its head.
const HEAD_ROWS: usize = 3;

/// The ordinal that opens the name of a row: 3 of 三、办理结果.
pub(super) fn ordinal(sheet: &Sheet<'_>, row: usize) -> Option<i64> {
    let name = sheet.squashed(row, 0);
    let found = ORDINAL.captures(&name)?;
    chinese_integer(found.get(1)?.as_str())
}

/// The items by their ordinals, each with the row that tells it: its only row, or the last one of a total.
fn items(sheet: &Sheet<'_>) -> Vec<(i64, usize)> {
    let first = sheet.addable().next().unwrap_or(1);
    let mut out: Vec<(i64, Vec<usize>)> = Vec::new();
    for row in 0..sheet.n_rows() {
        match (ordinal(sheet, row), out.last_mut()) {
            (Some(ordinal), Some((last, rows))) if ordinal == *last => rows.push(row),
            (Some(ordinal), _) => out.push((ordinal, vec![row])),
            (None, Some((_, rows))) => rows.push(row),
            (None, None) => {}
        }
    }
    let total = |row: &usize| {
        (0..first).any(|col| {
            let name = sheet.squashed(*row, col);
            TOTAL.iter().any(|w| name.ends_with(w))
        })
    };
    out.into_iter()
        .filter_map(|(ordinal, rows)| {
            let row = match rows[..] {
                [one] => Some(one),
                _ => rows.iter().rev().copied().find(|row| total(row)),
            };
            Some((ordinal, row?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    const TABLE: &str = "（第一项加第二项之和，等于第三项加第四项之和）|自然人|企业|总计
一、本年新收|40|6|46
二、上年结转|2|0|2
三、办理结果（一）予以公开|21|3|24
（二）不予公开|16|2|18
（三）总计|37|5|42
四、结转下年|5|1|6";

    #[test]
    fn items_that_the_table_sets_equal() {
        let found = rig::lines(TABLE, relations);
        let balance: Vec<&String> = found
            .iter()
            .filter(|l| l.contains("<- 42 37") || l.contains("<- 48 42"))
            .collect();
        assert_eq!(balance.len(), 2, "{found:?}");
        let found = rig::lines(&TABLE.replace("结转下年|5|1|6", "结转下年|5|1|8"), relations);
        assert!(found.iter().any(|l| l.contains("8 <- 48 42")), "{found:?}");
    }

    #[test]
    fn a_table_that_says_nothing_of_the_kind() {
        let found = rig::lines(&TABLE.replace("等于", "另见"), relations);
        assert!(!found.iter().any(|l| l.contains("48 42")), "{found:?}");
    }
}
