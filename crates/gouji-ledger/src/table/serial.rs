//! Serial numbers that run on, and ranks that follow a column of scores.

use gouji_quantity::Decimal;

use super::column::ColumnKind;
use super::sheet::{Content, Sheet, squash};
use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most columns that a rank is tried against.
const MAX_COLUMNS: usize = 32;

/// A serial number or rank with its row.
struct Label {
    row: usize,
    value: i64,
    /// In Chinese numerals: 一, （二）.
    chinese: bool,
    operand: Operand,
}

/// Adds one relation for each column of serials and ranks.
pub(crate) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    for col in 0..sheet.n_cols() {
        match sheet.columns[col].kind {
            ColumnKind::Serial => serials(cx, sheet, col, out),
            ColumnKind::Rank => ranks(cx, sheet, col, out),
            _ => {}
        }
    }
}

/// The labels of a column, copies of merged cells and total rows left out.
fn labels(cx: &Context<'_>, sheet: &Sheet<'_>, col: usize) -> Vec<Label> {
    let mut out = Vec::new();
    for row in 0..sheet.n_rows() {
        let Some(cell) = sheet.table.rows[row].cells.get(col) else {
            continue;
        };
        if cell.filled || matches!(sheet.content(row, col), Content::Blank) {
            continue;
        }
        let squashed = squash(&cell.text);
        let bare = squashed
            .trim_start_matches(['第', '(', '（'])
            .trim_end_matches(['名', '位', '.', '、', ')', '）', '．']);
        let plain = gouji_quantity::half_width(bare);
        let arabic = plain.parse::<i64>().ok().filter(|_| plain.len() <= 9);
        let value = arabic.or_else(|| gouji_quantity::chinese_integer(bare));
        let (Some(value), Some(span)) = (value, cell.text.trimmed().span()) else {
            continue;
        };
        let mut operand = Operand::named(cell.text.trim(), Some(span));
        operand.value = Some(Decimal::from(value));
        operand.figure = cx
            .cells
            .get(&(sheet.index, row, col))
            .and_then(|figures| figures.first().copied());
        out.push(Label {
            row,
            value,
            chinese: arabic.is_none(),
            operand,
        });
    }
    out
}

/// 序号 run 1, 2, 3, …; a run may begin anew at 1 (a new section or panel). Chinese numerals among them number the
/// sections, and run on by themselves.
fn serials(cx: &Context<'_>, sheet: &Sheet<'_>, col: usize, out: &mut Vec<Relation>) {
    let (sections, items): (Vec<Label>, Vec<Label>) =
        labels(cx, sheet, col).into_iter().partition(|label| label.chinese);
    for labels in [sections, items] {
        for run in labels.chunk_by(|_, next| next.value != 1) {
            if let Some(offender) = judge(run, sheet.open) {
                out.extend(sequence(cx, sheet, run, offender, "table-serial", Cue::Explicit));
            }
        }
    }
}

/// Whether a run of serials runs on, or which one does not; `None` if it is no sequence, or an excerpt of one.
fn judge(run: &[Label], open: bool) -> Option<Option<usize>> {
    let steps = run.windows(2).filter(|w| w[1].value == w[0].value + 1).count();
    let gaps = run.len() - 1 - steps;
    if run.len() < 2 || gaps > 0 && open {
        return None;
    }
    if gaps == 0 {
        return Some(None);
    }
    // One that is not its place among all the others that are.
    let place = |at: usize| i64::try_from(at + 1).ok();
    let mut off = (0..run.len()).filter(|at| Some(run[*at].value) != place(*at));
    if let (Some(only), None) = (off.next(), off.next())
        && (only + 1 < run.len() && run.len() >= 3 || run.len() >= 4)
    {
        return Some(Some(only));
    }
    // Many gaps are an excerpt or another numbering.
    let few = steps >= 2 && gaps <= 1 + run.len() / 10;
    (few && run[0].value == 1).then(|| {
        run.windows(2)
            .position(|w| w[1].value != w[0].value + 1)
            .map(|at| at + 1)
    })
}

fn sequence(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    run: &[Label],
    offender: Option<usize>,
    rule: &'static str,
    cue: Cue,
) -> Option<Relation> {
    let stated = offender.unwrap_or(run.len().checked_sub(1)?);
    let operands = run
        .iter()
        .enumerate()
        .filter(|(idx, _)| *idx != stated)
        .map(|(_, l)| l.operand.clone())
        .collect();
    let reading = Reading {
        formula: Formula::Sequence {
            holds: offender.is_none(),
        },
        stated: run.get(stated)?.operand.clone(),
        operands,
    };
    sheet.relation(cx, RelationKind::Numbering, rule, cue, vec![reading])
}

/// 排名 run on (ties share a rank), and follow the column of scores that they follow in all other rows.
fn ranks(cx: &Context<'_>, sheet: &Sheet<'_>, col: usize, out: &mut Vec<Relation>) {
    let labels = labels(cx, sheet, col);
    if labels.len() < 3 {
        return;
    }
    let mut order: Vec<usize> = (0..labels.len()).collect();
    order.sort_by_key(|i| (labels[*i].value, *i));
    let runs_on = order.first().is_some_and(|i| labels[*i].value == 1)
        && order.windows(2).enumerate().all(|(at, w)| {
            let (a, b) = (labels[w[0]].value, labels[w[1]].value);
            // Equal, next in line (dense ties), or the place itself (1, 1, 3).
            b == a || b == a + 1 || usize::try_from(b).is_ok_and(|b| b == at + 2)
        });
    let ranked: Vec<(Vec<usize>, usize)> = (0..sheet.n_cols())
        .filter(|c| {
            matches!(
                sheet.columns[*c].kind,
                ColumnKind::Score | ColumnKind::Count | ColumnKind::Rate
            )
        })
        .take(MAX_COLUMNS)
        .filter_map(|c| Some((off_their_place(sheet, &labels, c)?, c)))
        .collect();
    let scores = |c: usize| sheet.columns[c].kind == ColumnKind::Score;
    // A column that all ranks follow is what they rank.
    if ranked.iter().any(|(off, _)| off.is_empty()) {
        out.extend(sequence(cx, sheet, &labels, None, "table-rank", Cue::Explicit));
        return;
    }
    // One rank that is not that of its figure, among five or more that are.
    // 发布量排名 ranks 发布量.
    let stem = sheet.columns[col]
        .header
        .trim_end_matches(['排', '名', '位', '次', '序']);
    let named = |c: usize| stem.chars().count() >= 2 && sheet.columns[c].header.starts_with(stem);
    let wrong = ranked
        .iter()
        .find(|(off, c)| off.len() == 1 && labels.len() >= if scores(*c) || named(*c) { 4 } else { 6 });
    if let Some((off, _)) = wrong {
        out.extend(sequence(
            cx,
            sheet,
            &labels,
            off.first().copied(),
            "table-rank",
            Cue::Implied,
        ));
        return;
    }
    let moved = ranked
        .iter()
        .map(|(_, c)| *c)
        .filter(|c| scores(*c) && labels.len() >= 5)
        .find(|c| follow(sheet, &labels, &order, *c) == Some(1));
    match moved {
        // One row out of its place among five or more; a rank by two criteria would break more.
        Some(scores) => {
            if let Some(at) = misplaced(sheet, &labels, &order, scores) {
                out.extend(sequence(cx, sheet, &labels, Some(at), "table-rank", Cue::Implied));
            }
        }
        None if runs_on => out.extend(sequence(cx, sheet, &labels, None, "table-rank", Cue::Explicit)),
        None => {
            // Ranks in the order of rows, each its place but one.
            let sorted = labels.len() >= 5
                && labels
                    .iter()
                    .enumerate()
                    .all(|(at, l)| at == 0 || l.row > labels[at - 1].row);
            let inside = |offender: &Option<usize>| offender.is_some_and(|at| at + 1 < labels.len());
            if let Some(Some(offender)) = judge(&labels, sheet.open).filter(|o| sorted && inside(o)) {
                let alone = labels
                    .iter()
                    .enumerate()
                    .filter(|(at, l)| usize::try_from(l.value).ok() != Some(at + 1))
                    .count();
                if alone == 1 {
                    out.extend(sequence(cx, sheet, &labels, Some(offender), "table-rank", Cue::Implied));
                }
            }
        }
    }
}

/// The labels that are not the rank of their row by a column, descending or ascending, whichever fits better; rows that tie
/// may share a rank or take the next ones in any order. `None` if a value is missing.
fn off_their_place(sheet: &Sheet<'_>, labels: &[Label], col: usize) -> Option<Vec<usize>> {
    let values: Vec<Decimal> = labels
        .iter()
        .map(|l| sheet.number(l.row, col).map(|n| n.value))
        .collect::<Option<_>>()?;
    let by = |down: bool| {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| {
            if down {
                values[*b].cmp(&values[*a])
            } else {
                values[*a].cmp(&values[*b])
            }
        });
        let (mut plain, mut dense) = (Vec::new(), Vec::new());
        let mut first = 1;
        for (nth, tie) in order.chunk_by(|a, b| values[*a] == values[*b]).enumerate() {
            let last = first + tie.len() - 1;
            for label in tie {
                let rank = usize::try_from(labels[*label].value).unwrap_or(0);
                if !(first..=last).contains(&rank) {
                    plain.push(*label);
                }
                if rank != nth + 1 {
                    dense.push(*label);
                }
            }
            first = last + 1;
        }
        if dense.len() < plain.len() { dense } else { plain }
    };
    let (down, up) = (by(true), by(false));
    Some(if up.len() < down.len() { up } else { down })
}

/// How many neighbours by rank are out of order by a column (descending or ascending, whichever fits better); `None`
/// if a value is missing.
fn follow(sheet: &Sheet<'_>, labels: &[Label], order: &[usize], col: usize) -> Option<usize> {
    let values: Vec<Decimal> = order
        .iter()
        .map(|i| sheet.number(labels[*i].row, col).map(|n| n.value))
        .collect::<Option<_>>()?;
    let down = values.windows(2).filter(|w| w[0] < w[1]).count();
    let up = values.windows(2).filter(|w| w[0] > w[1]).count();
    Some(down.min(up))
}

/// The label that stands out of order.
fn misplaced(sheet: &Sheet<'_>, labels: &[Label], order: &[usize], col: usize) -> Option<usize> {
    let value = |at: usize| sheet.number(labels[order[at]].row, col).map(|n| n.value);
    let down = order
        .len()
        .checked_sub(1)
        .and_then(|last| Some(value(0)? >= value(last)?))
        .unwrap_or(true);
    (1..order.len())
        .find(|at| match (value(*at - 1), value(*at)) {
            (Some(a), Some(b)) if down => a < b,
            (Some(a), Some(b)) => a > b,
            _ => false,
        })
        .map(|at| order[at])
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn bad(source: &str) -> Vec<String> {
        rig::lines(source, relations)
            .into_iter()
            .filter(|l| l.ends_with("BAD"))
            .collect()
    }

    #[test]
    fn one_serial_among_all_the_others() {
        let table = |serials: [&str; 4]| {
            let names = ["甲", "乙", "丙", "丁"];
            let rows: Vec<String> = serials.iter().zip(names).map(|(s, n)| format!("{s}|{n}")).collect();
            format!("序号|单位\n{}", rows.join("\n"))
        };
        assert_eq!(bad(&table(["1", "2", "3", "4"])).len(), 0);
        assert_eq!(bad(&table(["1", "7", "3", "4"])), ["numbering 7 <- 1 3 4 BAD"]);
        assert_eq!(bad(&table(["4", "2", "3", "4"])), ["numbering 4 <- 2 3 4 BAD"]);
        assert!(bad(&table(["2", "5", "9", "14"])).is_empty(), "an excerpt");
        assert!(bad(&table(["1", "1", "2", "2"])).is_empty(), "another numbering");
    }

    #[test]
    fn sections_are_numbered_by_themselves() {
        let table = "序号|单位|条数\n一|市直|9\n1|甲局|5\n2|乙局|4\n二|县区|7\n1|甲县|4\n2|乙县|3";
        assert!(bad(table).is_empty(), "{:?}", bad(table));
        assert_eq!(
            bad(&table.replace("2|乙局", "4|乙局")).len(),
            0,
            "two entries are no sequence"
        );
    }

    const RANKS: &str = "单位|合格率（%）|名次\n甲|97.8|1\n乙|94.7|2\n丙|92.3|3\n丁|92.3|3\n戊|90.0|5\n己|88.1|6";

    #[test]
    fn a_rank_that_is_not_that_of_its_figure() {
        assert!(bad(RANKS).is_empty());
        assert_eq!(bad(&RANKS.replace("90.0|5", "90.0|8")).len(), 1);
        assert!(
            bad(&RANKS.replace("92.3|3\n戊", "92.3|4\n戊")).is_empty(),
            "a tie told apart"
        );
        let dense = RANKS.replace("90.0|5", "90.0|4").replace("88.1|6", "88.1|5");
        assert!(bad(&dense).is_empty(), "ranks without gaps behind a tie");
        let other = RANKS.replace("94.7|2", "94.7|3").replace("92.3|3\n丁", "92.3|2\n丁");
        assert!(
            bad(&other).is_empty(),
            "ranked by something else as well: {:?}",
            bad(&other)
        );
    }

    #[test]
    fn ranks_in_the_order_of_rows() {
        let table = "名次|单位|备注\n1|甲|\n2|乙|\n3|丙|\n4|丁|\n5|戊|";
        assert!(bad(table).is_empty());
        assert_eq!(bad(&table.replace("3|丙", "8|丙")), ["numbering? 8 <- 1 2 4 5 BAD"]);
        assert!(bad("名次|单位\n1|甲\n3|乙\n4|丙\n8|丁\n9|戊").is_empty(), "an excerpt");
        assert!(bad("名次|单位\n1|甲\n2|乙\n2|丙\n4|丁\n5|戊").is_empty(), "a tie");
    }
}
