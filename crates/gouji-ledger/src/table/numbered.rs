//! Rows that the numbers in front of their names make parts of a row above them: 机构数 above 1.养老机构, 2.儿童福利机构; 2.床位数 above
//! （1）…, （2）….
//!
//! The numbers say where the parts begin and end, but not that they are all: a run that does not add up says nothing.

use std::sync::LazyLock;

use regex::Regex;

use gouji_quantity::Decimal;

use super::footing::sum;
use super::of_which::adds_up;
use super::row::RowKind;
use super::sheet::{Number, Sheet};
use crate::order::labels::{self, Style};
use crate::prose::partition::within_percent;

/// Most rows of a table in which runs are sought.
const MAX_ROWS: usize = 2_000;
/// Most parts of one row, and most rows between the first and the last of them.
const MAX_PARTS: usize = 60;
const MAX_REACH: usize = 300;

/// A number in front of a name, in one of the styles of headings or as a letter.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?P<label>[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[)）]|[0-9]{1,2}[.．、]|[（(][0-9]{1,2}[)）]|[①-⑳])",
        r"|(?P<letter>[A-Z])[、.．)）]?)\p{Han}",
    ))
    .expect("a constant pattern")
});

/// How a row is numbered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    Number(Style),
    Letter,
}

/// A row and the numbered rows below it that it consists of.
pub(super) struct Run {
    pub whole: usize,
    pub parts: Vec<usize>,
    /// The columns in which they are held to add up to it.
    pub columns: Vec<usize>,
}

/// The runs that add up in one column at least. Where two hold and but one fails, that one is among the columns: it may be wrong. More that
/// fail are columns of changes or means, whatever their heads say.
pub(super) fn runs(sheet: &Sheet<'_>) -> Vec<Run> {
    let Some(names) = sheet.label_column.filter(|_| sheet.n_rows() <= MAX_ROWS) else {
        return Vec::new();
    };
    let marks: Vec<Option<(Mark, i64)>> = (0..sheet.n_rows())
        .map(|row| mark(&sheet.squashed(row, names)))
        .collect();
    let columns: Vec<usize> = sheet.addable().collect();
    let mut out = Vec::new();
    for whole in 0..sheet.n_rows().saturating_sub(2) {
        let Some((style, 1)) = marks[whole + 1] else { continue };
        let own = marks[whole].map(|(mark, _)| mark);
        // A heading of the list that has figures of its own (二、民政支出) may total more than its own run.
        let told = matches!(
            sheet.rows[whole],
            RowKind::Data | RowKind::Total { explicit: false, .. }
        );
        if own == Some(style) || !told {
            continue;
        }
        let parts = parts(sheet, &marks, whole, style);
        let fit: Vec<(usize, bool)> = columns
            .iter()
            .filter_map(|c| Some((*c, adds_up(sheet, whole, &parts, *c)?)))
            .collect();
        let holds = fit.iter().filter(|(_, ok)| *ok).count();
        let short = |col: usize| nearly(sheet, whole, &parts, col);
        // One column that misses its parts by less than a hundredth has the same parts as one that gives them.
        let alone = fit.iter().filter(|(c, ok)| !ok && short(*c)).count() == 1;
        let doubted = |col: usize| {
            holds >= 2 && fit.len() == holds + 1 && counts(sheet, whole, &parts, col) || alone && short(col)
        };
        if parts.len() >= 2 && holds > 0 {
            let columns = fit
                .iter()
                .filter(|(c, ok)| *ok || doubted(*c))
                .map(|(c, _)| *c)
                .collect();
            out.push(Run { whole, parts, columns });
        }
    }
    out
}

/// The number in front of a name.
fn mark(name: &str) -> Option<(Mark, i64)> {
    let found = NUMBER.captures(name)?;
    if let Some(letter) = found.name("letter") {
        let letter = letter.as_str().bytes().next()?;
        return Some((Mark::Letter, i64::from(letter - b'A') + 1));
    }
    let (style, number) = labels::parse(found.name("label")?.as_str())?;
    Some((Mark::Number(style), number))
}

/// Whether a name is the first of a numbered run: 1.国家秘密, （一）予以公开, A、养老机构.
pub(super) fn opens_run(name: &str) -> bool {
    mark(name).is_some_and(|(_, number)| number == 1)
}

/// The rows below a whole that go on with the numbers of the first: others may stand between them, but none numbered as the whole is.
fn parts(sheet: &Sheet<'_>, marks: &[Option<(Mark, i64)>], whole: usize, style: Mark) -> Vec<usize> {
    let own = marks[whole].map(|(mark, _)| mark);
    let mut out = Vec::new();
    let mut last = 0;
    for row in (whole + 1..sheet.n_rows()).take(MAX_REACH) {
        if sheet.rows[row] != RowKind::Data || out.len() >= MAX_PARTS {
            break;
        }
        match marks[row] {
            Some((mark, n)) if mark == style && n > last => {
                out.push(row);
                last = n;
            }
            Some((mark, _)) if mark == style || Some(mark) == own => break,
            _ => {}
        }
    }
    out
}

/// Whether a column holds whole numbers without a sign in these rows.
fn counts(sheet: &Sheet<'_>, whole: usize, parts: &[usize], col: usize) -> bool {
    let mut numbers = parts.iter().chain([&whole]).filter_map(|r| sheet.own_number(*r, col));
    numbers.all(|n| n.operand.decimals == 0 && !n.value.is_sign_negative())
}

/// Whether three parts and more give a whole of four digits but for less than a hundredth of it.
fn nearly(sheet: &Sheet<'_>, whole: usize, parts: &[usize], col: usize) -> bool {
    let numbers: Vec<&Number> = parts.iter().filter_map(|r| sheet.own_number(*r, col)).collect();
    let complete = parts.len() >= 3 && numbers.len() == parts.len();
    let stated = sheet
        .own_number(whole, col)
        .filter(|n| n.value >= Decimal::ONE_THOUSAND);
    let given = sum(numbers.into_iter());
    complete
        && stated
            .zip(given)
            .is_some_and(|(stated, (given, _))| within_percent(stated.value, given, 1))
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    const TABLE: &str = "指标名称|单位|数量
民政支出|万元|4044.1
1.社会福利|万元|407.9
2.社会救助|万元|3324.0
（1）低保|万元|2656.5
（2）特困供养|万元|320.9
3.其他|万元|312.2
机构数|个|942
A、养老机构|个|842
B、救助机构|个|100";

    #[test]
    fn numbered_rows_are_parts_where_they_add_up() {
        let found = rig::lines(TABLE, relations);
        assert!(
            found.contains(&"table-total~ 4044.1 <- 407.9 3324.0 312.2 ok".to_owned()),
            "{found:#?}"
        );
        assert!(
            found.contains(&"table-total~ 942 <- 842 100 ok".to_owned()),
            "{found:#?}"
        );
        // Low incomes and the destitute are not all of social relief.
        assert!(found.iter().all(|l| !l.contains("3324.0 <-")), "{found:#?}");
    }

    #[test]
    fn a_run_that_does_not_add_up_says_nothing() {
        let found = rig::lines(&TABLE.replace("942", "952"), relations);
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
    }

    #[test]
    fn columns_of_changes_are_not_added() {
        let table = "游客|本月|比上年同月|累计|比上年同期\n一、过夜游客（人次）|39427276|10.07|274904634|11.3\n1.入境游客|2754535|-6.64|21588386|1.27\n2.国内游客|36672741|11.56|253316248|12.25";
        let found = rig::lines(table, relations);
        assert!(
            found.contains(&"table-total 274904634 <- 21588386 253316248 ok".to_owned()),
            "{found:#?}"
        );
        // What only the figures suggest is no finding.
        let told = |l: &&String| l.ends_with("BAD") && !l.starts_with("table-total~");
        assert_eq!(found.iter().find(told), None, "{found:#?}");
    }

    /// One column that fails beside two that hold is doubted.
    #[test]
    fn a_wrong_figure_beside_columns_that_hold() {
        let table = "项目|一月|二月|三月\n受理|120|130|140\n1.来电|80|85|90\n2.来信|40|45|50\n走访|31|32|33";
        let found = rig::lines(&table.replace("140", "114"), relations);
        assert!(found.contains(&"table-total 114 <- 90 50 BAD".to_owned()), "{found:#?}");
        assert!(found.contains(&"table-total 130 <- 85 45 ok".to_owned()), "{found:#?}");
    }

    #[test]
    fn one_period_that_misses_its_parts_by_little() {
        let table = "指标名称|单位|本期|上期|增减（%）\n事业费支出|万元|40441.1|38112.4|6.11\n1.社会福利|万元|4079.5|3902.2|4.54\n2.社会救助|万元|33240.1|31176.3|6.62\n3.其他|万元|3121.5|3033.9|2.89";
        let found = rig::lines(table, relations);
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:?}");
        let found = rig::lines(&table.replace("38112.4", "38172.4"), relations);
        assert!(
            found
                .iter()
                .any(|l| l.contains("38172.4 <- 3902.2 31176.3 3033.9") && l.ends_with("BAD")),
            "{found:?}"
        );
        // Far from it, the parts of that period are not these.
        let found = rig::lines(&table.replace("38112.4", "48112.4"), relations);
        let totals = |l: &&String| l.starts_with("table-total");
        assert!(found.iter().filter(totals).all(|l| l.ends_with("ok")), "{found:?}");
    }
}
