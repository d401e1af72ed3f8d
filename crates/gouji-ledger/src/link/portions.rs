//! Shares and rates of the text whose counts only the table prints: 投诉…占比61.71% beside a row 投诉|324, and 甲县办结率98.33%
//! beside 受理 and 办结.
//!
//! The row is named in the sentence, the part by the words before the figure or by the lone column of counts. Only what holds to
//! the last place is said: another figure may be a share of something that no table gives.

use std::collections::BTreeSet;

use gouji_quantity::{Decimal, Ratio, agreement};

use super::spoken::Spoken;
use super::tables::{self, Given, Tables};
use crate::context::Context;
use crate::table::{ColumnKind, Sheet, affinity, negated};
use crate::{Cue, FigureClass, FigureIdx, Formula, Reading, Relation, RelationKind};

/// Most tables with a row of the name that are tried.
const MAX_NAMED: usize = 4;
/// Most columns of counts of one table that are tried.
const MAX_COLUMNS: usize = 12;
/// Smallest part that tells anything.
const LEAST: Decimal = Decimal::TEN;

/// Adds the shares and rates that no relation has yet.
pub(super) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let known: BTreeSet<usize> = out
        .iter()
        .filter(|r| matches!(r.kind, RelationKind::Ratio | RelationKind::Change))
        .filter_map(|r| Some(r.readings.first()?.stated.span?.start))
        .collect();
    for said in spoken {
        let figure = cx.figure(said.idx);
        let Some(name) = said.name.filter(|_| figure.class == FigureClass::Rate) else {
            continue;
        };
        let told = said.operand.span.is_none_or(|s| known.contains(&s.start));
        if told || said.operand.decimals == 0 {
            continue;
        }
        let label = said.label(cx).trim();
        let share = ["占", "占比", "占比为", "占比达", "比重为", "比重", "占比是"]
            .iter()
            .any(|w| label.ends_with(w))
            || label
                .rfind('占')
                .is_some_and(|at| label[at..].ends_with(['的', '数', '量']));
        // A rate that repeats a cell is told by it; a share may repeat the printed one and still be one of the counts.
        let rate = !linked.contains(&said.idx)
            && ["率", "率为", "率达", "率达到", "率是"]
                .iter()
                .any(|w| label.ends_with(w));
        let found = tables.sheets_of(name).take(MAX_NAMED).find_map(|sheet_idx| {
            let mut rows = tables.rows_of(name, sheet_idx);
            let row = rows.next().filter(|_| rows.next().is_none())?;
            let sheet = &tables.sheets[sheet_idx];
            if share {
                share_of_column(tables, sheet_idx, row, said)
            } else if rate {
                rate_of_row(sheet, row, said, label)
            } else {
                None
            }
        });
        let (Some((part, whole)), Some(quote)) = (found, said.quote(cx)) else {
            continue;
        };
        out.push(Relation {
            kind: RelationKind::Ratio,
            rule: "text-against-table-counts",
            cue: Cue::Arithmetic,
            readings: vec![Reading {
                formula: Formula::Ratio { scale: 100 },
                stated: said.operand.clone(),
                operands: vec![part.operand, whole.operand],
            }],
            quote,
        });
    }
}

fn counts<'s>(sheet: &'s Sheet<'_>) -> impl Iterator<Item = usize> + 's {
    (0..sheet.n_cols())
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Count)
        .take(MAX_COLUMNS)
}

/// Whether a share or rate is `part` of `whole` to its last place.
fn holds(said: &Spoken, part: &Given, whole: &Given) -> bool {
    let exact = Ratio::of(part.value, whole.value).and_then(|r| r.times(100));
    let stated = said
        .operand
        .value
        .zip(exact)
        .filter(|_| part.value >= LEAST && part.value < whole.value);
    stated.is_some_and(|(value, exact)| agreement(value, said.operand.decimals, exact).holds())
}

/// The row's cell and the whole of its column, in the one column where they give the share.
fn share_of_column(tables: &Tables<'_>, sheet_idx: usize, row: usize, said: &Spoken) -> Option<(Given, Given)> {
    let sheet = &tables.sheets[sheet_idx];
    let mut fits = counts(sheet).filter_map(|col| {
        let part = tables::given(sheet, row, col)?;
        let whole = tables.wholes[sheet_idx][col].clone()?;
        holds(said, &part, &whole).then_some((part, whole))
    });
    let found = fits.next()?;
    fits.next().is_none().then_some(found)
}

/// The row's cells that give a rate: the part by its words, the whole in another column.
fn rate_of_row(sheet: &Sheet<'_>, row: usize, said: &Spoken, label: &str) -> Option<(Given, Given)> {
    let stem = label[..label.rfind('率')?].trim();
    let part = counts(sheet)
        .filter(|c| negated(&sheet.columns[*c].header) == negated(stem))
        .max_by_key(|c| (affinity(stem, &sheet.columns[*c].header), std::cmp::Reverse(*c)))
        .filter(|c| affinity(stem, &sheet.columns[*c].header) >= 2)?;
    let given = tables::given(sheet, row, part)?;
    let mut fits = counts(sheet).filter(|c| *c != part).filter_map(|col| {
        let whole = tables::given(sheet, row, col)?;
        holds(said, &given, &whole).then_some((given.clone(), whole))
    });
    let found = fits.next()?;
    fits.next().is_none().then_some(found)
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn ratios(text: &str, table: &str) -> Vec<String> {
        rig::lines(&format!("{text}\n{table}"), relations)
            .into_iter()
            .filter(|l| l.starts_with("ratio"))
            .collect()
    }

    const KINDS: &str = "类型|本季度（件）|上年同期（件）\n投诉|324|796\n举报|58|94\n咨询|143|418";

    #[test]
    fn a_share_of_the_column_that_has_no_total() {
        let text = "其中，投诉0.03万件，占比61.71%；举报0.01万件，占比11.05%；咨询0.01万件，占比27.24%。";
        assert_eq!(
            ratios(text, KINDS),
            [
                "ratio~ 61.71% <- 324 525 ok",
                "ratio~ 11.05% <- 58 525 ok",
                "ratio~ 27.24% <- 143 525 ok"
            ]
        );
        // A share of something else is left alone.
        assert!(ratios("投诉多为消费纠纷，占比60.18%。", KINDS).is_empty());
        assert!(ratios("投诉较多，占比62%。", KINDS).is_empty());
    }

    #[test]
    fn a_rate_of_two_columns() {
        let table = "单位|受理量|办结量|满意量\n甲县|1306|1274|1195\n乙县|902|888|801";
        assert_eq!(
            ratios("甲县办结率97.55%，居首位。", table),
            ["ratio~ 97.55% <- 1274 1306 ok"]
        );
        assert_eq!(ratios("乙县满意率为90.20%。", table), ["ratio~ 90.20% <- 801 888 ok"]);
        assert!(ratios("甲县签收率97.55%。", table).is_empty());
    }
}
