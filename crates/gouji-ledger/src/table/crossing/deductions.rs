//! Columns whose header says that they are a difference of two others (扣分, 节约金额, 增减).

use super::super::footing::agrees;
use super::{BESIDE, Fit, Found, beside};
use crate::table::sheet::Sheet;
use crate::{Cue, Formula};

/// Columns whose header says that they are a difference (扣分, 节约金额, 增减) of two others.
pub(super) fn deductions(sheet: &Sheet<'_>, columns: &[usize], rows: &[usize]) -> Vec<Found> {
    let mut out = Vec::new();
    for &whole in columns {
        let header = &sheet.columns[whole].header;
        let word = [
            "扣分",
            "节约",
            "结余",
            "增减",
            "增/减",
            "增／减",
            "差额",
            "净增",
            "增加",
            "减少",
            "未完成",
            "剩余",
        ]
        .iter()
        .find(|w| header.contains(**w));
        let Some(word) = word else { continue };
        let stem = header.split(word).next().unwrap_or("");
        let mut best: Option<((usize, usize), Found)> = None;
        let named = |c: usize| !stem.is_empty() && sheet.columns[c].header.starts_with(stem);
        let mut near = beside(columns, whole);
        let others = columns
            .iter()
            .copied()
            .filter(|c| *c != whole && named(*c) && !near.contains(c));
        near.extend(others.take(BESIDE).collect::<Vec<_>>());
        near.sort_unstable();
        for &from in &near {
            for &less in &near {
                if from == whole || less == whole || from == less {
                    continue;
                }
                let fit = difference_fit(sheet, rows, whole, from, less);
                let affinity = usize::from(named(from)) + usize::from(named(less));
                // 甲总分, 甲得分, 甲扣分: the names alone say it, where no row could show it.
                let promised = affinity == 2 && scores(sheet, columns, stem, word, from, less);
                let enough = fit.telling >= 2 || affinity == 2 && fit.holds > 0 || promised;
                let score = (affinity + usize::from(promised), fit.holds);
                if (fit.mostly() || promised && fit.tried <= 2)
                    && enough
                    && best.as_ref().is_none_or(|(known, _)| score > *known)
                {
                    best = Some((
                        score,
                        Found {
                            whole,
                            parts: vec![from, less],
                            formula: Formula::Difference,
                            cue: Cue::Explicit,
                            rule: "table-difference",
                        },
                    ));
                }
            }
        }
        out.extend(best.map(|(_, found)| found));
    }
    out
}

/// Whether two columns are by their names the full score and the score of what a third takes off, and nothing is added on.
fn scores(sheet: &Sheet<'_>, columns: &[usize], stem: &str, word: &str, from: usize, less: usize) -> bool {
    let tail = |col: usize| sheet.columns[col].header.strip_prefix(stem).unwrap_or("");
    let full = |col: &usize| matches!(tail(*col), "总分" | "满分" | "分值" | "标准分" | "总分值");
    let got = |col: &usize| matches!(tail(*col), "得分" | "实得分" | "实际得分" | "考核得分");
    word == "扣分"
        && full(&from)
        && got(&less)
        && columns.iter().filter(|c| full(c)).count() == 1
        && columns.iter().filter(|c| got(c)).count() == 1
        && !sheet.columns.iter().any(|c| c.header.contains("加分"))
}

fn difference_fit(sheet: &Sheet<'_>, rows: &[usize], whole: usize, from: usize, less: usize) -> Fit {
    let mut fit = Fit::default();
    for &row in rows {
        let numbers = (
            sheet.own_number(row, whole),
            sheet.own_number(row, from),
            sheet.own_number(row, less),
        );
        let (Some(w), Some(f), Some(l)) = numbers else { continue };
        fit.tried += 1;
        let Some(gap) = f.value.checked_sub(l.value) else {
            continue;
        };
        if agrees(w, gap, f.operand.ulp + l.operand.ulp) {
            fit.holds += 1;
            fit.telling += usize::from(!w.value.is_zero() && !l.value.is_zero());
        }
    }
    fit
}
