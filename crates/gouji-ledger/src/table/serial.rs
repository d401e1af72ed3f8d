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
            .trim_start_matches(['第', '('])
            .trim_end_matches(['名', '位', '.', '、', ')', '．']);
        let plain = gouji_quantity::half_width(bare);
        let value = plain
            .parse::<i64>()
            .ok()
            .filter(|_| plain.len() <= 9)
            .or_else(|| gouji_quantity::chinese_integer(bare));
        let (Some(value), Some(span)) = (value, cell.text.trimmed().span()) else {
            continue;
        };
        let mut operand = Operand::named(cell.text.trim(), Some(span));
        operand.value = Some(Decimal::from(value));
        operand.figure = cx
            .cells
            .get(&(sheet.index, row, col))
            .and_then(|figures| figures.first().copied());
        out.push(Label { row, value, operand });
    }
    out
}

/// 序号 run 1, 2, 3, …; a run may begin anew at 1 (a new section or panel).
fn serials(cx: &Context<'_>, sheet: &Sheet<'_>, col: usize, out: &mut Vec<Relation>) {
    let labels = labels(cx, sheet, col);
    for run in labels.chunk_by(|_, next| next.value != 1) {
        let steps = run.windows(2).filter(|w| w[1].value == w[0].value + 1).count();
        let bad = run.len() - 1 - steps;
        // Two entries are a sequence; many gaps are an excerpt or another numbering.
        if run.len() < 2 || bad > 0 && (sheet.open || steps < 2 || bad > 1 + run.len() / 10) {
            continue;
        }
        let first_ok = run[0].value == 1;
        if !first_ok && bad > 0 {
            continue;
        }
        let offender = run
            .windows(2)
            .position(|w| w[1].value != w[0].value + 1)
            .map(|at| at + 1);
        out.extend(sequence(cx, sheet, run, offender, "table-serial", Cue::Explicit));
    }
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
    let best = (0..sheet.n_cols())
        .filter(|c| {
            matches!(
                sheet.columns[*c].kind,
                ColumnKind::Score | ColumnKind::Count | ColumnKind::Rate
            )
        })
        .take(MAX_COLUMNS)
        .filter_map(|c| {
            follow(sheet, &labels, &order, c)
                .map(|wrong| (wrong, usize::from(sheet.columns[c].kind != ColumnKind::Score), c))
        })
        .min();
    match best {
        // One row out of its place among five or more; a rank by two criteria would break more.
        Some((1, _, scores)) if labels.len() >= 5 && sheet.columns[scores].kind == ColumnKind::Score => {
            let Some(at) = misplaced(sheet, &labels, &order, scores) else {
                return;
            };
            out.extend(sequence(cx, sheet, &labels, Some(at), "table-rank", Cue::Implied));
        }
        _ if runs_on => out.extend(sequence(cx, sheet, &labels, None, "table-rank", Cue::Explicit)),
        _ => {}
    }
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
