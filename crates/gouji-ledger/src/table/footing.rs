//! Totals down a column (竖加): which rows a 小计, 合计 or 总计 row takes together, and whether they add up.
//!
//! The label says that a row is a total; which rows it totals is read off the arithmetic of the whole row: of the
//! groupings that the order of rows allows, the one that holds in most columns is meant.

use gouji_quantity::Decimal;

use super::column::ColumnKind;
use super::of_which::Outline;
use super::row::RowKind;
use super::sheet::{Content, Number, Sheet};
use crate::context::Context;
use crate::prose::partition::hardly_chance;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Rows that a total row may take together.
type Group = Vec<usize>;

/// A total row with the rows it was found to take together.
#[derive(Debug, Clone)]
pub(crate) struct Footing {
    pub total: usize,
    pub rows: Group,
}

/// Finds what each total row takes together, and adds a relation for each column. `outline` has the rows
/// that are part of a row above them.
pub(crate) fn relations(
    cx: &Context<'_>,
    sheet: &Sheet<'_>,
    outline: &Outline,
    out: &mut Vec<Relation>,
) -> Vec<Footing> {
    let columns: Vec<usize> = sheet.addable().collect();
    let mut footings = Vec::new();
    let mut totals: Vec<(usize, u8, bool)> = sheet
        .rows
        .iter()
        .enumerate()
        .filter_map(|(row, kind)| match kind {
            RowKind::Total { level, explicit } => Some((row, *level, *explicit)),
            _ => None,
        })
        .collect();
    // Subtotals first, wherever the total stands.
    totals.sort_by_key(|(row, level, _)| (*level, *row));
    // A sheet of nothing but totals is no list of parts; each total looks at every row, so their number is bounded too.
    if totals.len() > MAX_TOTALS {
        return footings;
    }
    let found: Vec<Candidates> = totals
        .iter()
        .map(|(total, level, _)| candidates(sheet, &columns, outline, *total, *level))
        .collect();
    let mut n_operands = 0;
    for (nth, (total, level, explicit)) in totals.iter().copied().enumerate() {
        let stated = &found[nth].stated;
        let Some(best) = found[nth].best() else { continue };
        let (mut holds, mut n_summed, mut group) = (best.holds, best.n_summed, best.group.clone());
        let mut peers = 0;
        let mut fits = holds > 0;
        if holds == 0 && explicit && !sheet.open && !displaced(sheet, &columns, total, &group) {
            // One column that fails may be an error of that column. Several that all fail say that these rows are not the parts.
            // Two totals of one set of rows cannot both be meant so.
            let shared = || {
                let mut others = found.iter().enumerate().filter(|(at, _)| *at != nth);
                others.any(|(_, other)| other.best().is_some_and(|b| b.group == group))
            };
            fits = found[nth].groups.len() == 1 && n_summed <= 2 && group.len() >= 2 && !shared();
            // All columns far from their totals: the rows go on elsewhere.
            if stated.len() >= 2 && stated.iter().all(|c| far_short(sheet, total, &group, *c)) {
                fits = false;
            }
            // 总计 183492 of 32 rows that give 183489: no other choice of rows comes so near.
            if let Some(near) = found[nth]
                .groups
                .iter()
                .find(|c| all_but(sheet, total, &c.group, stated))
            {
                fits = !shared();
                (holds, n_summed, group) = (0, near.n_summed, near.group.clone());
            }
            // What the other totals of its level do (all rows above up to the total before), this one does too.
            if let Some((votes, like)) = by_peers(&found, &totals, nth, level).filter(|_| n_summed <= 2) {
                (peers, fits) = (votes, true);
                (holds, n_summed, group) = (0, like.n_summed, like.group.clone());
            }
        }
        if !fits || !explicit && holds * 2 < n_summed {
            continue;
        }
        if holds > 0 || peers > 0 {
            footings.push(Footing {
                total,
                rows: group.clone(),
            });
        }
        // The subtotals that took these rows together stand for them.
        let subtotals = subtotals(&footings, total, &group);
        for col in stated.iter().copied() {
            let ok = adds_up(sheet, total, &group, col);
            let cue = match sheet.columns[col].kind {
                _ if sheet.open && !ok => Cue::Arithmetic,
                // Beside counts that add up, what is told to a place behind the point is a change or a mean.
                _ if !explicit && !ok && holds > 0 && is_measured(sheet, total, &group, col) => Cue::Arithmetic,
                // The total of a column of scores is as often a mean or a sum of something else.
                ColumnKind::Score if holds < 2 && peers == 0 => Cue::Arithmetic,
                // Units met several times are counted once in a total.
                _ if distinct(&sheet.columns[col].header) => Cue::Arithmetic,
                _ if explicit && (holds > 0 || peers >= 2 || peers == 0 && n_summed == 1) => Cue::Explicit,
                _ => Cue::Implied,
            };
            let Some(number) = sheet.own_number(total, col) else {
                continue;
            };
            n_operands += group.len();
            if n_operands > MAX_OPERANDS {
                return footings;
            }
            let by_subtotals = subtotals
                .as_ref()
                .filter(|s| s.iter().all(|r| sheet.own_number(*r, col).is_some()));
            let agree = by_subtotals.is_none_or(|s| adds_up(sheet, total, s, col) == ok);
            // Where a subtotal is wrong, the total is held against the subtotals as well as against the rows.
            for rows in by_subtotals
                .into_iter()
                .chain((by_subtotals.is_none() || !agree).then_some(&group))
            {
                let operands = operands(sheet, rows, col);
                if operands.is_empty() {
                    continue;
                }
                let reading = Reading {
                    formula: Formula::Sum,
                    stated: number.operand.clone(),
                    operands,
                };
                out.extend(sheet.relation(cx, RelationKind::TableTotal, "table-column-total", cue, vec![reading]));
            }
        }
    }
    averages(cx, sheet, out);
    footings
}

/// Whether the rows give less than nine tenths of the total of a column.
fn far_short(sheet: &Sheet<'_>, total: usize, group: &Group, col: usize) -> bool {
    let of_rows = sum(group.iter().filter_map(|r| sheet.own_number(*r, col)));
    let share = |of_rows: Decimal, total: Decimal| {
        Some(of_rows.checked_mul(Decimal::TEN)? < total.checked_mul(Decimal::from(9))?)
    };
    sheet
        .own_number(total, col)
        .zip(of_rows)
        .is_some_and(|(total, (sum, _))| share(sum, total.value) == Some(true))
}

/// Whether a total that prints one figure, of four digits or more, misses many rows by less than a thousandth of it.
fn all_but(sheet: &Sheet<'_>, total: usize, group: &Group, stated: &[usize]) -> bool {
    let [col] = stated else { return false };
    let Some(number) = sheet.own_number(total, *col).filter(|n| n.operand.ulp.is_zero()) else {
        return false;
    };
    let numbers: Vec<&Number> = group.iter().filter_map(|r| sheet.own_number(*r, *col)).collect();
    let many = numbers.len() >= MANY && numbers.len() == group.len();
    let parts: Vec<Decimal> = numbers.iter().map(|n| n.value).collect();
    many && sum(numbers.into_iter()).is_some_and(|(sum, _)| hardly_chance(number.value, sum, &parts))
}

/// Rows of which a total by a figure alone is believed.
const MANY: usize = 5;

/// What a total may take together, each with how well it fits.
struct Candidates {
    /// Columns in which the total prints a number.
    stated: Vec<usize>,
    groups: Vec<Candidate>,
}

struct Candidate {
    group: Group,
    /// The ways of grouping that give it, a bit each.
    ways: u32,
    /// Columns where it adds up, and where it can be tried.
    holds: usize,
    n_summed: usize,
}

impl Candidates {
    /// The candidate that holds in most columns, the likeliest first.
    fn best(&self) -> Option<&Candidate> {
        let tried = self.groups.iter().filter(|c| c.n_summed > 0);
        tried.reduce(|best, c| if c.holds > best.holds { c } else { best })
    }
}

fn candidates(sheet: &Sheet<'_>, columns: &[usize], outline: &Outline, total: usize, level: u8) -> Candidates {
    let stated: Vec<usize> = columns
        .iter()
        .copied()
        .filter(|c| sheet.own_number(total, *c).is_some())
        .collect();
    let groups = groups(sheet, outline, total, level)
        .into_iter()
        .map(|(group, ways)| {
            let summed: Vec<usize> = stated
                .iter()
                .copied()
                .filter(|c| has_figures(sheet, &group, *c))
                .collect();
            // Noughts add up to nought whatever the rows are: they tell nothing beside a column that has figures.
            let is_nought = |c: &usize| sheet.own_number(total, *c).is_some_and(|n| n.value.is_zero());
            let all_nought = summed.iter().all(is_nought);
            let holds = summed
                .iter()
                .filter(|c| (all_nought || !is_nought(c)) && adds_up(sheet, total, &group, **c))
                .count();
            Candidate {
                group,
                ways,
                holds,
                n_summed: summed.len(),
            }
        })
        .collect();
    Candidates { stated, groups }
}

/// The candidate of a total that is made as those of the other totals of its level which add up, with their number.
fn by_peers<'c>(
    found: &'c [Candidates],
    totals: &[(usize, u8, bool)],
    nth: usize,
    level: u8,
) -> Option<(usize, &'c Candidate)> {
    let mut votes = [0_usize; WAYS];
    for (at, other) in found.iter().enumerate() {
        if at == nth || totals[at].1 != level {
            continue;
        }
        let ways = other
            .groups
            .iter()
            .filter(|c| c.holds > 0 && c.group.len() >= 2)
            .fold(0, |ways, c| ways | c.ways);
        for (way, votes) in votes.iter_mut().enumerate() {
            *votes += usize::from(ways >> way & 1 == 1);
        }
    }
    // The first of the ways that most peers share.
    let most = votes.iter().copied().max().filter(|most| *most > 0)?;
    let way = votes.iter().position(|v| *v == most)?;
    found[nth]
        .groups
        .iter()
        .find(|c| c.ways >> way & 1 == 1 && c.group.len() >= 2 && c.n_summed > 0)
        .map(|c| (most, c))
}

/// The totals before a total that take together just its rows, each row once; `None` if they do not.
fn subtotals(footings: &[Footing], total: usize, group: &Group) -> Option<Group> {
    let below: Vec<&Footing> = footings
        .iter()
        .filter(|f| f.total != total && f.rows.len() < group.len())
        .collect();
    let mut covered: Group = below.iter().flat_map(|f| f.rows.iter().copied()).collect();
    covered.sort_unstable();
    (below.len() >= 2 && covered == *group).then(|| below.iter().map(|f| f.total).collect())
}

/// Most total rows of one table that are looked at.
const MAX_TOTALS: usize = 200;
/// Most cells that the totals of one table may take together, a cell counted once for each total.
const MAX_OPERANDS: usize = 300_000;

/// Whether a column counts things that may be met in several rows (涉及单位数).
fn distinct(header: &str) -> bool {
    header.contains("涉及") || header.ends_with("单位数") || header.contains("覆盖")
}

/// Whether the figures of a total stand a column away from where they add up: its row lost a cell, or has one too many.
fn displaced(sheet: &Sheet<'_>, columns: &[usize], total: usize, group: &[usize]) -> bool {
    let value = |col: usize| match sheet.content(total, col) {
        Content::Number(n) if !n.filled => Some(n.value),
        _ => None,
    };
    columns.iter().any(|&col| {
        let Some((sum, _)) = sum(group.iter().filter_map(|r| sheet.own_number(*r, col))) else {
            return false;
        };
        let beside = [col.checked_sub(1), Some(col + 1).filter(|c| *c < sheet.n_cols())];
        sum >= Decimal::TEN && beside.into_iter().flatten().any(|c| value(c) == Some(sum))
    })
}

fn operands(sheet: &Sheet<'_>, group: &[usize], col: usize) -> Vec<Operand> {
    group
        .iter()
        .filter_map(|row| sheet.own_number(*row, col))
        .map(|n| n.operand.clone())
        .collect()
}

/// Whether a column holds figures told to a place behind the point, where the others that add up are counts.
fn is_measured(sheet: &Sheet<'_>, total: usize, group: &[usize], col: usize) -> bool {
    let mut numbers = group.iter().chain([&total]).filter_map(|r| sheet.own_number(*r, col));
    numbers.any(|n| n.operand.decimals > 0)
}

fn has_figures(sheet: &Sheet<'_>, group: &[usize], col: usize) -> bool {
    group.iter().any(|row| sheet.own_number(*row, col).is_some())
}

/// The sum of numbers with the slack that their printed places allow; `None` if too long.
pub(crate) fn sum<'n>(numbers: impl Iterator<Item = &'n Number>) -> Option<(Decimal, Decimal)> {
    let mut total = Decimal::ZERO;
    let mut slack = Decimal::ZERO;
    for number in numbers {
        total = total.checked_add(number.value)?;
        slack = slack.checked_add(number.operand.ulp)?;
    }
    Some((total, slack))
}

/// Whether a stated number equals a sum within the places printed: whole counts exactly, and rounded amounts by half a
/// unit of the last place each.
pub(crate) fn agrees(stated: &Number, total: Decimal, slack: Decimal) -> bool {
    let gap = (stated.value - total).abs();
    gap.is_zero() || gap + gap <= slack + stated.operand.ulp
}

fn adds_up(sheet: &Sheet<'_>, total: usize, group: &[usize], col: usize) -> bool {
    let Some(stated) = sheet.own_number(total, col) else {
        return false;
    };
    sum(group.iter().filter_map(|row| sheet.own_number(*row, col)))
        .is_some_and(|(total, slack)| agrees(stated, total, slack))
}

/// Ways of grouping, at most.
const WAYS: usize = 16;

/// The groups of rows that a total at `total` may take together, likeliest first, without repeats, each with the ways that
/// give it.
fn groups(sheet: &Sheet<'_>, outline: &Outline, total: usize, level: u8) -> Vec<(Group, u32)> {
    let rows = &sheet.rows;
    let is_data = |row: &usize| matches!(rows[*row], RowKind::Data);
    let level_of = |row: usize| match rows[row] {
        RowKind::Total { level, .. } => Some(level),
        _ => None,
    };
    let above = |stop: &dyn Fn(usize) -> bool| (0..total).rev().take_while(|r| !stop(*r)).collect::<Vec<_>>();
    let below = |stop: &dyn Fn(usize) -> bool| (total + 1..rows.len()).take_while(|r| !stop(*r)).collect::<Vec<_>>();
    let any_total = |r: usize| level_of(r).is_some();
    let same_or_higher = |r: usize| level_of(r).is_some_and(|l| l >= level);
    let section = |r: usize| rows[r] == RowKind::Section || level_of(r).is_some();
    let mut out: Vec<(Group, u32)> = Vec::new();
    let mut add = |way: u32, mut group: Group| {
        group.sort_unstable();
        match out.iter_mut().find(|(known, _)| *known == group) {
            Some((_, ways)) => *ways |= 1 << way,
            None if group.is_empty() => {}
            None => out.push((group, 1 << way)),
        }
    };
    let data = |span: Vec<usize>| -> Group { span.into_iter().filter(is_data).collect() };
    add(0, data(above(&any_total)));
    add(1, data(above(&same_or_higher)));
    add(2, data(above(&section)));
    // Subtotals only, the highest level below its own.
    for (way, span) in [(3, above(&same_or_higher)), (4, below(&same_or_higher))] {
        let top = span.iter().filter_map(|r| level_of(*r)).filter(|l| *l < level).max();
        let subtotals: Group = span
            .iter()
            .copied()
            .filter(|r| top.is_some() && level_of(*r) == top)
            .collect();
        if subtotals.len() >= 2 {
            add(way, subtotals);
        }
    }
    // Totals of its own level that stand before it, when all sections end in 合计 and the last 合计 totals them.
    let peers: Group = (0..total).filter(|r| any_total(*r)).collect();
    if peers.len() >= 2 {
        add(5, peers);
    }
    add(6, data(below(&any_total)));
    add(7, data(below(&same_or_higher)));
    add(8, data((0..rows.len()).collect()));
    // Parts introduced by 其中 are inside the row above them.
    let of_which = |r: &usize| {
        sheet
            .label_column
            .is_some_and(|c| sheet.squashed(*r, c).starts_with("其中"))
    };
    let all: Group = data((0..total).collect());
    let inner = &outline.inner;
    // Classes that have their parts below them, beside totals of others.
    for (way, span) in [(13, above(&same_or_higher)), (14, below(&same_or_higher))] {
        let top = |r: &usize| outline.heads.contains(r) || level_of(*r).is_some_and(|l| l < level);
        let mixed: Group = span.into_iter().filter(top).collect();
        if mixed.len() >= 2 && mixed.iter().any(|r| outline.heads.contains(r)) {
            add(way, mixed);
        }
    }
    if !inner.is_empty() {
        let outer = |span: Vec<usize>| data(span).into_iter().filter(|r| !inner.contains(r)).collect::<Group>();
        add(11, outer(above(&any_total)));
        add(12, outer(below(&any_total)));
    }
    if all.iter().any(of_which) {
        add(9, all.iter().copied().filter(|r| !of_which(r)).collect());
    }
    // A column of group names, merged over the rows of the group: rows that share the total's name there.
    if let Some(group_col) = (0..sheet.n_cols()).find(|c| sheet.columns[*c].kind == ColumnKind::Text) {
        let name = sheet.squashed(total, group_col);
        let merged = |r: usize| sheet.table.rows[r].cells.get(group_col).is_some_and(|c| c.filled);
        if !name.is_empty() && (merged(total) || (0..rows.len()).any(merged)) {
            let of_name = (0..rows.len())
                .filter(|r| *r != total && is_data(r) && sheet.squashed(*r, group_col) == name)
                .collect();
            add(10, of_name);
        }
    }
    // 三、办理结果 | （一）予以公开 | 12 …（七）总计: from the item that the ordinal begins, whose name stands beside its first row.
    let item = (0..total).rev().find(|r| super::balance::ordinal(sheet, *r).is_some());
    if let Some(first) = item.filter(|r| is_data(r)) {
        add(15, data((first..total).collect()));
    }
    out.retain(|(group, _)| !outline.doubles(group));
    out
}

/// Rows of means: each against the sum of the data rows, if that holds in most columns.
fn averages(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    let data: Vec<usize> = sheet.data_rows().collect();
    if data.len() < 2 {
        return;
    }
    let rows = sheet.rows.iter().enumerate().filter(|(_, k)| **k == RowKind::Average);
    for (row, _) in rows.take(MAX_TOTALS) {
        let mut found: Vec<(bool, Reading)> = Vec::new();
        for col in 0..sheet.n_cols() {
            let kind = sheet.columns[col].kind;
            if !matches!(kind, ColumnKind::Count | ColumnKind::Score) {
                continue;
            }
            let Some(stated) = sheet.own_number(row, col) else {
                continue;
            };
            let numbers: Vec<&Number> = data.iter().filter_map(|r| sheet.own_number(*r, col)).collect();
            let Some((total, _)) = sum(numbers.iter().copied()) else {
                continue;
            };
            let count = Decimal::from(numbers.len());
            let Some(exact) = gouji_quantity::Ratio::of(total, count) else {
                continue;
            };
            let agreement = gouji_quantity::agreement(stated.value, stated.operand.decimals, exact);
            found.push((
                agreement.holds() || agreement.is_rounding(),
                Reading {
                    formula: Formula::Mean,
                    stated: stated.operand.clone(),
                    operands: vec![Operand::computed(total), Operand::computed(count)],
                },
            ));
        }
        let holds = found.iter().filter(|(ok, _)| *ok).count();
        if holds == 0 || holds * 2 < found.len() {
            continue;
        }
        for (_, reading) in found {
            out.extend(sheet.relation(cx, RelationKind::Average, "table-average", Cue::Implied, vec![reading]));
        }
    }
}
