//! Rows that are part of the row above them: 其中：税收收入 below 一般公共预算收入.
//!
//! 其中 opens the parts and nothing closes them. How many rows they are is read off the arithmetic: those that add up to the
//! row above in most columns. Parts that do not add up may be some of the parts only, and say nothing.
//!
//! A list of classes may tell their parts without any word (病毒性肝炎 above 甲型, 乙型, …): rows that add up to the row above them
//! in every column, with figures too large for chance.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::footing::{agrees, sum};
use super::numbered;
use super::row::RowKind;
use super::sheet::Sheet;
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most parts of one row.
const MAX_PARTS: usize = 16;
/// Most parts of one row that no word opens, and most rows of a table in which they are sought.
const MAX_ITEMS: usize = 48;
const MAX_ROWS: usize = 400;
/// Most rows of one table that are parted.
const MAX_WHOLES: usize = 100;

/// A row and the rows below it that it consists of.
struct Parted {
    whole: usize,
    parts: Vec<usize>,
    holds: usize,
    /// The columns that they are told in, if not all that can be added.
    columns: Option<Vec<usize>>,
}

/// Which rows are parts of a row above them, and which rows have parts and are none themselves.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub inner: BTreeSet<usize>,
    pub heads: BTreeSet<usize>,
    /// Rows that 其中 opens, each with the row above that it is a part of.
    told: Vec<(usize, usize)>,
}

impl Outline {
    fn of(parted: &[Parted], told: &[(usize, usize)]) -> Self {
        let mut inner: BTreeSet<usize> = parted.iter().flat_map(|p| p.parts.iter().copied()).collect();
        let heads = parted.iter().map(|p| p.whole).filter(|r| !inner.contains(r)).collect();
        inner.extend(told.iter().map(|(part, _)| *part));
        Self {
            inner,
            heads,
            told: told.to_vec(),
        }
    }

    /// Whether the rows hold a part that 其中 opens together with the row that it is a part of: no total takes both.
    pub fn doubles(&self, rows: &[usize]) -> bool {
        self.told
            .iter()
            .any(|(part, whole)| rows.contains(part) && rows.contains(whole))
    }
}

/// Adds a relation for each column of each row that is followed by its parts; gives what was found.
pub(super) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) -> Outline {
    let mut found = parted(sheet);
    // Numbers in front of the names part them as surely, where several columns bear it out.
    for run in numbered::runs(sheet) {
        let known = found
            .iter()
            .any(|p| p.whole == run.whole || p.parts.iter().any(|r| run.parts.contains(r)));
        if !known {
            found.push(Parted {
                whole: run.whole,
                parts: run.parts,
                holds: run.columns.len(),
                columns: Some(run.columns),
            });
        }
    }
    let told = found.len();
    found.extend(nested(sheet, &found));
    let n_columns = sheet.addable().count();
    for (nth, parted) in found.iter().enumerate() {
        for col in sheet.addable() {
            let has = parted.columns.as_ref().is_none_or(|columns| columns.contains(&col));
            let Some(stated) = sheet.own_number(parted.whole, col).filter(|_| has) else {
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
                _ if n_columns < 2 || nth >= told => Cue::Arithmetic,
                1 => Cue::Implied,
                _ => Cue::Explicit,
            };
            out.extend(sheet.relation(cx, RelationKind::TableTotal, "table-of-which", cue, vec![reading]));
        }
    }
    Outline::of(&found, &opened(sheet))
}

/// Rows whose own name begins with 其中, each with the data row above them.
fn opened(sheet: &Sheet<'_>) -> Vec<(usize, usize)> {
    let Some(names) = sheet.label_column else {
        return Vec::new();
    };
    let data = |row: usize| sheet.rows[row] == RowKind::Data;
    let opens = |row: usize| data(row) && sheet.squashed(row, names).starts_with("其中");
    let mut out = Vec::new();
    let mut whole = None;
    for row in 0..sheet.n_rows() {
        if opens(row) {
            out.extend(whole.map(|w| (row, w)));
        } else {
            whole = data(row).then_some(row);
        }
    }
    out.truncate(MAX_WHOLES);
    out
}

/// Rows that no word marks as the parts of the row above them, found from the last row up, so that parts may have parts.
fn nested(sheet: &Sheet<'_>, told: &[Parted]) -> Vec<Parted> {
    let columns: Vec<usize> = sheet.addable().collect();
    let n_rows = sheet.n_rows();
    let mut out: Vec<Parted> = Vec::new();
    if columns.len() < 2 || !(4..=MAX_ROWS).contains(&n_rows) || sheet.open || sheet.label_column.is_none() {
        return out;
    }
    let mut inner: Vec<bool> = vec![false; n_rows];
    for row in told.iter().flat_map(|p| &p.parts) {
        inner[*row] = true;
    }
    // 铁路, 其中：高铁, 公路, 民航: one part of a part among the parts.
    for (part, _) in opened(sheet) {
        inner[part] = true;
    }
    let data = |row: usize| sheet.rows[row] == RowKind::Data;
    for whole in (0..n_rows).rev() {
        // 客运量（万人） above 铁路, 公路, 民航: the unit of a whole is that of the parts below it.
        let heads = data(whole) || sheet.rows[whole] == RowKind::Apart;
        if !heads || inner[whole] || told.iter().any(|p| p.whole == whole) {
            continue;
        }
        let below: Vec<usize> = (whole + 1..n_rows)
            .take_while(|r| data(*r))
            .filter(|r| !inner[*r])
            .take(MAX_ITEMS)
            .collect();
        let Some(len) = parts_in(sheet, &columns, whole, &below) else {
            continue;
        };
        let parts = below[..len].to_vec();
        for row in &parts {
            inner[*row] = true;
        }
        let holds = columns.len();
        out.push(Parted {
            whole,
            parts,
            holds,
            columns: None,
        });
    }
    out
}

/// How many of the rows below add up to a row in every column, to the last digit; rows of noughts behind them belong to them.
fn parts_in(sheet: &Sheet<'_>, columns: &[usize], whole: usize, below: &[usize]) -> Option<usize> {
    let mut sums = vec![(Decimal::ZERO, 0_usize); columns.len()];
    let value = |row: usize, col: usize| sheet.own_number(row, col).map_or(Decimal::ZERO, |n| n.value);
    let mut found = None;
    for (at, &row) in below.iter().enumerate() {
        if found.is_some() && columns.iter().any(|c| !value(row, *c).is_zero()) {
            break;
        }
        for ((sum, telling), &col) in sums.iter_mut().zip(columns) {
            *sum = sum.checked_add(value(row, col))?;
            *telling += usize::from(!value(row, col).is_zero());
        }
        let equal = columns.iter().zip(&sums).all(|(col, (sum, _))| {
            // A blank beside parts is no nought.
            sheet.own_number(whole, *col).map_or(sum.is_zero(), |n| n.value == *sum)
        });
        let telling = || {
            columns
                .iter()
                .zip(&sums)
                .filter(|(_, (_, n))| *n >= 2)
                .map(|(c, _)| value(whole, *c))
        };
        let largest = telling().max().unwrap_or_default();
        let least = if telling().count() >= 2 { TOLD_TWICE } else { TOLD_ONCE };
        if at >= 1 && equal && largest >= Decimal::from(least) {
            found = Some(at + 1);
        }
    }
    found
}

/// Least figure that is no chance sum of the rows below it, where two columns or more show it, and where one does.
const TOLD_TWICE: i64 = 100;
const TOLD_ONCE: i64 = 1_000;

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
                        .filter(|c| adds_up(sheet, first - 1, &below[..len], **c) == Some(true))
                        .count(),
                    parts: below[..len].to_vec(),
                    columns: None,
                })
                .filter(|p| p.holds > 0 && p.holds * 2 >= columns.len())
                .reduce(|best, p| if p.holds > best.holds { p } else { best })
        })
        .collect()
}

/// Whether two parts at least that are not nought add up to the whole in a column; `None` if it can't be tried.
pub(super) fn adds_up(sheet: &Sheet<'_>, whole: usize, parts: &[usize], col: usize) -> Option<bool> {
    let stated = sheet.own_number(whole, col)?;
    let numbers = || parts.iter().filter_map(|row| sheet.own_number(*row, col));
    let (total, slack) = sum(numbers())?;
    let telling = numbers().filter(|n| !n.value.is_zero()).count();
    (telling >= 2).then(|| agrees(stated, total, slack))
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

    /// A single part that 其中 opens is inside the row above it, wherever the total stands.
    #[test]
    fn one_part_of_the_row_above_it() {
        let table = "年龄段|人数|比重（%）\n总计|5200|100.00\n少年|1040|20.00\n成年|3120|60.00\n老年|1040|20.00\n其中：高龄|310|5.96";
        let found = read(table);
        assert!(
            found.contains(&"table-total 5200 <- 1040 3120 1040 ok".to_owned()),
            "{found:#?}"
        );
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        let wrong = read(&table.replace("成年|3120", "成年|3210"));
        assert!(wrong.iter().all(|l| !l.contains("1040 310")), "{wrong:#?}");
        // Right below a total 其中 opens the list of its parts.
        let whole = "项目|本月|上月\n总计|30|41\n其中：来电|18|25\n来信|7|9\n来访|5|7";
        assert!(
            read(whole).contains(&"table-total 41 <- 25 9 7 ok".to_owned()),
            "{:?}",
            read(whole)
        );
    }

    #[test]
    fn some_parts_of_many() {
        let table = "项目|件数|户数\n受理总数|642|512\n其中：来电|480|300\n来信|62|50\n办结总数|630|500";
        assert!(read(table).iter().all(|l| l.ends_with("ok")), "{:?}", read(table));
    }

    const CLASSES: &str = "病名|发病数|死亡数
甲乙丙类总计|5560|21
甲乙类|3360|21
霍乱|0|0
肝炎|2475|1
甲肝|55|0
乙肝|1907|1
丙肝|513|0
肺结核|885|20
狂犬病|0|0
丙类合计|2200|0
流行性感冒|1300|0
手足口病|900|0";

    #[test]
    fn classes_and_their_parts_without_a_word() {
        let found = read(CLASSES);
        for line in [
            "table-total~ 2475 <- 55 1907 513 ok",
            "table-total~ 3360 <- 0 2475 885 0 ok",
            "table-total 2200 <- 1300 900 ok",
            "table-total 5560 <- 3360 2200 ok",
        ] {
            assert!(found.contains(&line.to_owned()), "{line}: {found:#?}");
        }
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        let wrong = read(&CLASSES.replace("总计|5560", "总计|5650"));
        assert!(
            wrong.contains(&"table-total 5650 <- 3360 2200 BAD".to_owned()),
            "{wrong:#?}"
        );
    }

    #[test]
    fn parts_among_which_one_is_a_part_of_another() {
        let table = "指标|本期累计|上年同期|增速（%）\n客运量（万人）|2460.29|2364.67|4.0\n铁路|444.90|389.27|14.3\n其中：高铁|219.19|167.28|31.0\n公路|1762.90|1762.21|0.0\n民航|252.49|213.19|18.4\n货运量（万吨）|5881.17|5850.65|0.5\n铁路|1288.89|1327.72|-2.9\n公路|4592.28|4522.93|1.5";
        let found = read(table);
        for line in [
            "table-total~ 2460.29 <- 444.90 1762.90 252.49 ok",
            "table-total~ 5850.65 <- 1327.72 4522.93 ok",
        ] {
            assert!(found.contains(&line.to_owned()), "{line}: {found:#?}");
        }
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
    }

    #[test]
    fn rows_that_add_up_in_one_column_or_by_small_figures_are_no_parts() {
        let table = "乡镇|受理|办结\n甲镇|30|28\n乙镇|18|17\n丙镇|12|11\n丁镇|7|7";
        assert!(read(table).is_empty(), "{:?}", read(table));
        let other = "乡镇|受理|办结\n甲镇|1300|1280\n乙镇|800|790\n丙镇|500|491\n丁镇|70|70";
        assert!(read(other).is_empty(), "{:?}", read(other));
    }
}
