//! Means of the text (全县平均满意度91.35%) against the row of means of a table, or the mean of a column of scores.

use std::collections::BTreeSet;

use gouji_quantity::{Decimal, Ratio, agreement};

use super::cells::{link, measure};
use super::spoken::Spoken;
use super::tables::{self, Given, Tables};
use crate::context::Context;
use crate::table::{ColumnKind, RowKind, Sheet, affinity, squash};
use crate::{Cue, FigureClass, FigureIdx, Formula, Operand, Reading, Relation, RelationKind};

/// Cells of the column repeated rightly in the passage before a mean that differs is a finding.
const ECHO: usize = 2;
/// Most characters between 平均 and its figure: 平均满意度达到.
const REACH: usize = 10;
/// Most figures of means that are tried, and of a passage that are counted.
const MAX_MEANS: usize = 200;
const MAX_FIGURES: usize = 100;

/// Adds the links of means; the figures that were linked are marked so.
pub(super) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let means = spoken.iter().filter(|s| is_mean(cx, s)).take(MAX_MEANS);
    for said in means {
        if linked.contains(&said.idx) {
            continue;
        }
        let found: Vec<(usize, usize, usize)> = (0..tables.sheets.len())
            .filter_map(|idx| {
                let sheet = &tables.sheets[idx];
                let mut rows = (0..sheet.n_rows()).filter(|r| sheet.rows[*r] == RowKind::Average);
                let row = rows.next().filter(|_| rows.next().is_none())?;
                Some((
                    idx,
                    row,
                    column(cx, sheet, said, |c| sheet.own_number(row, c).is_some())?,
                ))
            })
            .collect();
        let given = |(sheet, row, col): (usize, usize, usize)| tables::given(&tables.sheets[sheet], row, col);
        let equal = |at: &&(usize, usize, usize)| given(**at).is_some_and(|g| tables::equal(&said.operand, &g));
        let cell = match (found.iter().find(equal), found.as_slice()) {
            (Some(at), _) => Some((*at, Cue::Explicit)),
            (None, [at]) if echoes(cx, tables, spoken, said, (at.0, at.2)) >= ECHO => Some((*at, Cue::Implied)),
            _ => None,
        };
        if let Some((at, cue)) = cell {
            linked.insert(said.idx);
            out.extend(given(at).and_then(|g| link(cx, said, &g, cue)));
        } else if found.is_empty() {
            out.extend(computed(cx, tables, said, linked));
        }
    }
}

/// Whether a figure is a mean of all by its words, and of no single row.
fn is_mean(cx: &Context<'_>, said: &Spoken) -> bool {
    let label = squash(said.label(cx));
    let near = label.rfind("平均").map(|at| label[at..].chars().count());
    let class = matches!(
        cx.figure(said.idx).class,
        FigureClass::Rate | FigureClass::Measure | FigureClass::Count
    );
    let of_row = said.name.is_some_and(|n| n.start >= said.label.start);
    // 高于平均3.2分 and 平均增长5% are differences.
    let other = ["高", "低", "增", "降", "每"].iter().any(|w| label.contains(w));
    class && near.is_some_and(|n| n <= REACH + 2) && !of_row && !other
}

/// The column that a mean is of: the only one of its kind, or the one that its words name.
fn column(cx: &Context<'_>, sheet: &Sheet<'_>, said: &Spoken, has: impl Fn(usize) -> bool) -> Option<usize> {
    let figure = cx.figure(said.idx);
    let fitting: Vec<usize> = (0..sheet.n_cols())
        .filter(|c| tables::same_kind(figure, sheet, *c) && has(*c))
        .collect();
    if let [one] = fitting.as_slice() {
        return Some(*one);
    }
    let label = said.label(cx).replace("平均", "");
    let mut named: Vec<(usize, usize)> = fitting
        .iter()
        .map(|c| (affinity(&label, measure(&sheet.columns[*c].header)), *c))
        .filter(|(words, _)| *words >= 2)
        .collect();
    named.sort_unstable_by(|a, b| b.cmp(a));
    match named.as_slice() {
        [(_, col)] => Some(*col),
        [(first, col), (second, _), ..] if first > second => Some(*col),
        _ => None,
    }
}

/// How many figures of the passage repeat a cell of the column by the name of its row.
fn echoes(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    mean: &Spoken,
    (idx, col): (usize, usize),
) -> usize {
    let from = spoken.partition_point(|s| s.passage < mean.passage);
    let own = spoken[from..].iter().take_while(|s| s.passage == mean.passage);
    own.take(MAX_FIGURES)
        .filter(|s| s.idx != mean.idx && tables::same_kind(cx.figure(s.idx), &tables.sheets[idx], col))
        .filter(|s| {
            let rows = s.name.into_iter().flat_map(|n| tables.rows_of(n, idx));
            let mut given = rows.filter_map(|row| tables::given(&tables.sheets[idx], row, col));
            given.any(|g| tables::equal(&s.operand, &g))
        })
        .count()
}

/// The mean of a column of scores that no row prints; only one that holds.
fn computed(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    said: &Spoken,
    linked: &mut BTreeSet<FigureIdx>,
) -> Option<Relation> {
    let decimals = said.operand.decimals;
    (decimals > 0).then_some(())?;
    tables.sheets.iter().find_map(|sheet| {
        let col = column(cx, sheet, said, |c| sheet.columns[c].kind == ColumnKind::Score)?;
        let rows: Vec<usize> = sheet
            .data_rows()
            .filter(|r| sheet.own_number(*r, col).is_some())
            .collect();
        let sum: Given = tables::sum_over(sheet, col, &rows)?;
        let n = Decimal::from(rows.len());
        let holds = agreement(said.operand.value?, decimals, Ratio::of(sum.value, n)?).holds();
        (rows.len() >= 3 && !sheet.open && holds).then_some(())?;
        linked.insert(said.idx);
        Some(Relation {
            kind: RelationKind::Average,
            rule: "mean-of-column",
            cue: Cue::Implied,
            readings: vec![Reading {
                formula: Formula::Mean,
                stated: said.operand.clone(),
                operands: vec![sum.operand.clone(), Operand::computed(n)],
            }],
            quote: said.quote(cx)?,
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str = "乡镇|得分\n东岭镇|97.2\n西河乡|94.5\n北塘镇|91.3\n南屏镇|82.4";
    const TEXT: &str = "全县平均得分91.35分，其中最高的是东岭镇（97.2分），最低的是南屏镇（82.4分）。";

    fn means(source: &str) -> Vec<String> {
        let found = rig::lines(source, relations);
        found.into_iter().filter(|l| l.contains(" 91.")).collect()
    }

    #[test]
    fn the_row_of_means() {
        let table = format!("{TABLE}\n平均|91.35");
        assert_eq!(means(&format!("{TEXT}\n{table}")), ["text-table 91.35分 <- 91.35 ok"]);
        let wrong = means(&format!("{}\n{table}", TEXT.replace("91.35", "91.53")));
        assert_eq!(wrong, ["text-table? 91.53分 <- 91.35 BAD"]);
        // Nothing shows that the text speaks of this table.
        assert!(means(&format!("全省平均得分91.53分。\n{table}")).is_empty());
    }

    #[test]
    fn the_mean_of_a_column() {
        assert_eq!(means(&format!("{TEXT}\n{TABLE}")), ["average? 91.35分 <- 365.4 4 ok"]);
        assert!(means(&format!("{}\n{TABLE}", TEXT.replace("91.35", "91.53"))).is_empty());
    }

    #[test]
    fn differences_and_means_of_a_row() {
        assert!(
            means(&format!(
                "东岭镇高于平均91.35分。东岭镇平均91.35分。\n{TABLE}\n平均|91.35"
            ))
            .is_empty()
        );
    }
}
