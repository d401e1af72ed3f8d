//! A column and its opposite (合格, 不合格; 办结, 在办) with the column that holds both.

use gouji_quantity::Decimal;

use super::{Found, beside, fit_of, sorted};
use crate::table::sheet::Sheet;
use crate::{Cue, Formula};

/// Columns that may be the positive of one negative (合格 of 不合格), the nearest first.
const MAX_OPPOSITES: usize = 4;

/// A column and its opposite (合格, 不合格) with the column that holds both.
pub(super) fn complements(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize]) -> Vec<Found> {
    let mut out = Vec::new();
    for &no in columns {
        let mut positives: Vec<usize> = columns
            .iter()
            .copied()
            .filter(|yes| *yes != no && opposite(&sheet.columns[*yes].header, &sheet.columns[no].header))
            .collect();
        positives.sort_by_key(|yes| yes.abs_diff(no));
        for yes in positives.into_iter().take(MAX_OPPOSITES) {
            let pair = sorted(vec![yes, no]);
            let mut best: Option<(usize, usize, usize)> = None;
            for whole in beside(columns, no) {
                if pair.contains(&whole) {
                    continue;
                }
                let fit = fit_of(sheet, rows, whole, &pair);
                let distance = whole.abs_diff(pair[0]);
                if fit.mostly()
                    && (fit.telling > 0 || fit.holds >= 3 && level(sheet, &pair))
                    && best.is_none_or(|(h, d, _)| (fit.holds, d) > (h, distance))
                {
                    best = Some((fit.holds, distance, whole));
                }
            }
            if let Some((_, _, whole)) = best {
                let parts = with_third(sheet, columns, rows, whole, pair);
                let cue = if leaves_some_open(sheet, rows, whole, &parts) {
                    Cue::Arithmetic
                } else {
                    Cue::Explicit
                };
                out.push(Found {
                    whole,
                    parts,
                    formula: Formula::Sum,
                    cue,
                    rule: "table-complement",
                });
            }
        }
    }
    out
}

/// Rows that fall short from which on a pair is known to leave some cases open.
const LEAST_SHORT: usize = 3;

/// 接收 of 受理 and 不受理: where several rows fall short of their whole and none goes beyond it, there are cases that were not yet decided.
fn leaves_some_open(sheet: &Sheet<'_>, rows: &[usize], whole: usize, parts: &[usize]) -> bool {
    let gap = |row: &usize| {
        let stated = sheet.own_number(*row, whole)?.value;
        let told = parts.iter().filter_map(|c| sheet.own_number(*row, *c));
        told.map(|n| n.value).try_fold(stated, |left, v| left.checked_sub(v))
    };
    let gaps: Vec<Decimal> = rows.iter().filter_map(gap).filter(|g| !g.is_zero()).collect();
    gaps.len() >= LEAST_SHORT && gaps.iter().all(|g| *g > Decimal::ZERO)
}

/// Most characters by which the names of a pair differ where no row has both: of 按时办结 and 热线受理总数超时办结 the second stands
/// below a name of its own.
const MAX_APART: usize = 4;

fn level(sheet: &Sheet<'_>, pair: &[usize]) -> bool {
    let len = |c: usize| sheet.columns[c].header.chars().count();
    len(pair[0]).abs_diff(len(pair[1])) <= MAX_APART
}

/// A pair that leaves some rows short, with the neighbouring column that fills every one of them: 承办 is 办结, 在办 and 超时未办.
fn with_third(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize], whole: usize, pair: Vec<usize>) -> Vec<usize> {
    let two = fit_of(sheet, rows, whole, &pair);
    if two.holds == two.tried {
        return pair;
    }
    beside(columns, pair[1])
        .into_iter()
        .filter(|c| *c != whole && !pair.contains(c))
        .map(|c| sorted(vec![pair[0], pair[1], c]))
        .find(|three| {
            let fit = fit_of(sheet, rows, whole, three);
            fit.holds == fit.tried && fit.tried >= two.tried
        })
        .unwrap_or(pair)
}

/// Whether the second header is the first with a negation put in (合格批次数, 不合格批次数) or its contrary (按期, 逾期).
fn opposite(yes: &str, no: &str) -> bool {
    for word in ["不", "未", "非", "无"] {
        for (at, _) in no.match_indices(word) {
            let without = format!("{}{}", &no[..at], &no[at + word.len()..]);
            if without == yes || without == yes.replacen('已', "", 1) {
                return true;
            }
        }
    }
    [
        ("按期", "逾期"),
        ("按时", "超时"),
        ("按期", "超期"),
        ("按时", "逾期"),
        ("办结", "在办"),
        ("办结", "正在办理"),
        ("办结", "办理中"),
        ("有效", "无效"),
    ]
    .iter()
    .any(|(y, n)| yes.contains(y) && no.contains(n) && !yes.contains("未"))
}

#[cfg(test)]
mod tests {
    use crate::table::rig;

    #[test]
    fn opposites_of_two_groups_are_no_pair() {
        let table = "单位|派单总数总计|派单总数热线按时办结|派单总数热线超时办结|派单总数网站按时办结|派单总数网站超时办结|按时办结数|超时办结数\n甲所|9|7|0|2|0|9|0\n乙所|8|5|0|3|0|8|0\n丙所|7|4|0|3|0|7|0\n丁所|6|5|0|1|0|6|0";
        let found = rig::lines(table, crate::table::relations);
        assert!(found.contains(&"table-total 9 <- 9 0 ok".to_owned()), "{found:#?}");
        assert!(found.contains(&"table-total 9 <- 7 0 2 0 ok".to_owned()), "{found:#?}");
        assert!(found.iter().all(|l| !l.contains("<- 0 ")), "{found:#?}");
    }

    #[test]
    fn a_third_outcome_fills_the_rows_that_two_leave_short() {
        let table = "单位|承办件数|办结数|在办数|超时未办数\n甲区|51|45|6|0\n乙县|33|30|3|0\n丙县|22|18|3|1\n丁县|12|10|2|0\n戊局|8|5|1|2";
        let found = rig::lines(table, crate::table::relations);
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        assert!(found.iter().any(|l| l.contains("22 <- 18 3 1")), "{found:#?}");
        let wrong = rig::lines(&table.replace("丙县|22", "丙县|25"), crate::table::relations);
        assert!(
            wrong.iter().any(|l| l.contains("25 <-") && l.ends_with("BAD")),
            "{wrong:#?}"
        );
    }
}
