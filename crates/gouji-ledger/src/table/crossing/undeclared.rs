//! Columns that are found to be the sum of others, although no word says so.

use super::{Fit, Found, PROBE, fit_of, runs};
use crate::table::sheet::Sheet;
use crate::{Cue, Formula};

/// The columns whose sum a column is found to be, although no word says so: the columns beside it, or those of the same
/// measure (all that end in 得分).
pub(super) fn undeclared(
    sheet: &Sheet<'_>,
    columns: &[usize],
    rows: &[usize],
    whole: usize,
    known: &dyn Fn(&[usize]) -> bool,
) -> Option<Found> {
    let header = sheet.columns[whole].header.as_str();
    let tail: String = header
        .chars()
        .rev()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let same_tail: Vec<usize> = columns
        .iter()
        .copied()
        .filter(|c| *c != whole && tail.chars().count() == 2 && sheet.columns[*c].header.ends_with(&tail))
        .collect();
    let probe = &rows[..rows.len().min(PROBE)];
    let kind = sheet.columns[whole].kind;
    let judge = |fit: Fit, parts: &[usize]| -> Option<Found> {
        if fit.holds == 0
            || fit.holds + 1 < fit.tried
            || known(parts)
            || parts.iter().any(|c| sheet.columns[*c].kind != kind)
        {
            return None;
        }
        let fit = if rows.len() > probe.len() {
            fit_of(sheet, rows, whole, parts)
        } else {
            fit
        };
        // Sums of small numbers fit by chance; three rows that tell something do not.
        let all = fit.holds == fit.tried && (fit.telling >= 3 || fit.holds >= 3 && fit.telling >= 2);
        let all_but_one = fit.tried >= 5 && fit.holds + 1 == fit.tried && fit.telling >= 4;
        (all || all_but_one).then(|| Found {
            whole,
            parts: parts.to_vec(),
            formula: Formula::Sum,
            cue: if all { Cue::Arithmetic } else { Cue::Implied },
            rule: "table-found-sum",
        })
    };
    if same_tail.len() >= 2
        && let Some(found) = judge(fit_of(sheet, probe, whole, &same_tail), &same_tail)
    {
        return Some(found);
    }
    runs(sheet, columns, probe, whole)
        .into_iter()
        .find_map(|(fit, run)| judge(fit, &columns[run]))
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    #[test]
    fn a_whole_of_a_subtotal_and_what_stands_behind_its_parts() {
        let table = "县区|来电数量|有效合计|咨询|投诉|求助|其他无关\n甲县|92|70|30|25|15|22\n乙县|81|64|27|22|15|17\n丙县|60|48|20|17|11|12\n丁县|53|44|19|17|8|9";
        let found = rig::lines(table, relations);
        assert!(found.contains(&"table-total~ 81 <- 64 17 ok".to_owned()), "{found:#?}");
        // One row in four that does not fit: nothing says that it should.
        let found = rig::lines(&table.replace("乙县|81", "乙县|82"), relations);
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
    }
}
