//! # sort-order
//!
//! A column is sorted in all but one place.
//!
//! 某列除一处外均已排序。
//!
//! ## What it checks
//!
//! A column of at least ten figures that rises or falls throughout but for one entry, which alone breaks the order.
//!
//! 十行以上的数值列，通篇升序或降序，仅一处不合次序。
//!
//! ## Why it matters
//!
//! The entry out of place is often the one that was mistyped.
//!
//! 不合次序的那一格往往正是打错的数。
//!
//! ## Example
//!
//! 得分依次为98、96、95、59、93、92、90、88、85、80、77
//!
//! ## Correct
//!
//! 得分依次为98、96、95、94、93、92、90、88、85、80、77
//!
//! ## Not reported
//!
//! Groups that are each sorted, columns beside one that is sorted throughout, total rows, serial numbers, and
//! columns with many equal values.
//!
//! 分组各自排序的、另有一列已完全排序的、合计行、序号列，以及重复值很多的列。
//!
//! ## Source
//!
//! Good order of a table.
//!
//! 表格编排常规。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use gouji_circular::Table;
use gouji_quantity::{Decimal, parse_stated};

/// `sort-order`
pub(crate) const RULE: Rule = Rule {
    name: "sort-order",
    family: "table",
    severity: Severity::Note,
    doc: include_str!("sort_order.rs"),
    check,
};

/// Fewest entries that make an order.
const LEAST_ROWS: usize = 10;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for table in &cx.circular.tables {
        let whole = [table.rows.len()];
        let panels = if table.panel_rows.is_empty() {
            &whole[..]
        } else {
            &table.panel_rows
        };
        let mut from = 0_usize;
        for rows in panels {
            let to = from.saturating_add(*rows).min(table.rows.len());
            out.extend(panel(table, from..to));
            from = to;
        }
    }
}

/// The columns of a panel. Where one column is in order throughout, the table is sorted by it, and another column may well
/// follow it in all but one place.
fn panel(table: &Table, rows: std::ops::Range<usize>) -> Vec<Finding> {
    if rows.len() < LEAST_ROWS {
        return Vec::new();
    }
    let columns: Vec<(usize, Vec<(usize, Decimal)>)> = (0..table.header.len())
        .filter_map(|col| Some((col, figures(table, col, rows.clone())?)))
        .filter(|(_, figures)| figures.len() >= LEAST_ROWS && !is_serial(figures))
        .collect();
    if columns.iter().any(|(_, figures)| in_order(figures)) {
        return Vec::new();
    }
    columns
        .iter()
        .filter_map(|(col, figures)| column(table, *col, figures))
        .collect()
}

/// 1, 2, 3, …
fn is_serial(figures: &[(usize, Decimal)]) -> bool {
    figures
        .windows(2)
        .all(|pair| pair[1].1.checked_sub(pair[0].1) == Some(Decimal::ONE))
}

fn in_order(figures: &[(usize, Decimal)]) -> bool {
    let differ = figures.first().map(|f| f.1) != figures.last().map(|f| f.1);
    differ && (figures.is_sorted_by(|a, b| a.1 >= b.1) || figures.is_sorted_by(|a, b| a.1 <= b.1))
}

/// The figures of a column's panel, without total rows; `None` if a cell is something else.
fn figures(table: &Table, col: usize, rows: std::ops::Range<usize>) -> Option<Vec<(usize, Decimal)>> {
    let mut out = Vec::new();
    for row in rows {
        let cells = &table.rows.get(row)?.cells;
        let total = cells.iter().take(2).any(|c| {
            matches!(
                c.text
                    .chars()
                    .filter(|c| !c.is_whitespace())
                    .collect::<String>()
                    .as_str(),
                "合计" | "总计" | "小计" | "共计" | "平均"
            )
        });
        if total {
            continue;
        }
        let cell = cells.get(col)?;
        out.push((row, parse_stated(&cell.text).and_then(|s| s.base())?));
    }
    Some(out)
}

fn column(table: &Table, col: usize, figures: &[(usize, Decimal)]) -> Option<Finding> {
    let odd = odd_one(figures, true).or_else(|| odd_one(figures, false))?;
    let (row, _) = figures.get(odd)?;
    let cell = &table.rows.get(*row)?.cells.get(col)?.text;
    let header = table.header.get(col).map_or("", |h| h.trim());
    let zh = format!("“{header}”列只有“{}”一处不合排列次序，请核对", cell.trim());
    let en = format!("column {header} is sorted but for {}", cell.trim());
    let mut finding = Finding::plain(RULE.name, RULE.severity, cell.span()?, zh, en);
    finding.stated = Some(cell.trim().to_owned());
    Some(finding)
}

/// The one entry without which the figures fall (or rise) throughout; `None` if there is none or they do so anyway.
fn odd_one(figures: &[(usize, Decimal)], falling: bool) -> Option<usize> {
    let runs = |a: usize, b: usize| {
        if falling {
            figures[a].1 >= figures[b].1
        } else {
            figures[a].1 <= figures[b].1
        }
    };
    let mut breaks = (1..figures.len()).filter(|at| !runs(at - 1, *at));
    let at = breaks.next()?;
    let more = breaks.next();
    // Mostly equal values are in any order.
    let steps = (1..figures.len())
        .filter(|at| figures[at - 1].1 != figures[*at].1)
        .count();
    if steps * 3 < figures.len() * 2 {
        return None;
    }
    // Taking out either side of the break must join the rest; at either end one value more or less proves nothing.
    let joins = |out: usize| out > 0 && out + 1 < figures.len() && runs(out - 1, out + 1);
    let rest_runs = |out: usize| more.is_none_or(|second| second == out + 1);
    [at, at - 1].into_iter().find(|out| joins(*out) && rest_runs(*out))
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(figures: &[&str]) -> usize {
        let rows: Vec<Vec<&str>> = figures.iter().map(|f| vec!["甲镇", *f]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let mut sample = Sample::new();
        sample.table(&["单位", "得分"], &rows);
        sample.found("sort-order").len()
    }

    #[test]
    fn fires_on_the_one_that_breaks_the_order() {
        let mut sample = Sample::new();
        let figures = ["98", "96", "95", "59", "93", "92", "90", "88", "85", "80", "77"];
        let rows: Vec<[&str; 2]> = figures.iter().map(|f| ["甲镇", *f]).collect();
        let rows: Vec<&[&str]> = rows.iter().map(|r| r.as_slice()).collect();
        sample.table(&["单位", "得分"], &rows);
        assert_eq!(
            sample.found("sort-order"),
            ["note “得分”列只有“59”一处不合排列次序，请核对"]
        );
    }

    #[test]
    fn silent_on_a_sorted_column() {
        assert_eq!(found(&["98", "96", "95", "94", "93", "92", "90", "88", "85", "80"]), 0);
    }

    #[test]
    fn near_miss_two_groups_each_sorted() {
        assert_eq!(
            found(&["98", "96", "95", "94", "93", "97", "90", "88", "85", "80"]),
            1,
            "one entry out of place"
        );
        assert_eq!(
            found(&["98", "96", "95", "94", "93", "99", "97", "96", "85", "80"]),
            0,
            "a second group"
        );
        assert_eq!(found(&["5", "3", "4"]), 0, "too short to be an order");
    }

    #[test]
    fn near_miss_a_column_that_follows_the_sorted_one() {
        let figures = [98, 96, 95, 94, 93, 92, 90, 88, 85, 80];
        let follows = [49, 48, 47, 41, 46, 45, 44, 43, 42, 40];
        let rows: Vec<[String; 3]> = figures
            .iter()
            .zip(follows)
            .map(|(a, b)| ["甲镇".to_owned(), a.to_string(), b.to_string()])
            .collect();
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.iter().map(String::as_str).collect()).collect();
        let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
        let mut sample = Sample::new();
        sample.table(&["单位", "报送", "采用"], &rows);
        assert!(sample.found("sort-order").is_empty());
    }
}
