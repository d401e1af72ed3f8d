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
