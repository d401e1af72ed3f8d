//! Which amount of each item of a list is a part of a total, and what the parts add up to.

use gouji_quantity::Decimal;

use crate::prose::clauses::{Mention, Prose};
use crate::prose::lists::{Item, List};

/// Most ends of a list, and most numbers of its first items, at which it is held against a total; of a list with more ends, the
/// first and the last.
pub(super) const MAX_ENDS: usize = 64;

/// The first items of a list held against a total, for all numbers of them at once.
pub(super) struct Alignment {
    pub found: Vec<Option<usize>>,
    /// By number of items: what they add up to and how many parts there are; shorter where the sum overflows.
    pub sums: Vec<(Decimal, usize)>,
    /// Numbers of items, from two on, that add up to the total.
    pub reached: Vec<usize>,
}

impl Alignment {
    pub fn of(prose: &Prose, list: &List, head: &Mention) -> Self {
        let found: Vec<Option<usize>> = list.items.iter().map(|item| part_of(prose, item, head)).collect();
        let mut sums = vec![(Decimal::ZERO, 0)];
        for (item, m) in list.items.iter().zip(&found) {
            let Some((sum, parts)) = sums.last().copied() else {
                break;
            };
            let more = match m {
                Some(m) => plus(prose, sum, item, *m).map(|s| (s, parts + 1)),
                None => Some((sum, parts)),
            };
            let Some(more) = more else { break };
            sums.push(more);
        }
        let reached = (2..sums.len())
            .filter(|k| sums[*k].0 == head.value)
            .take(MAX_ENDS)
            .collect();
        Self { found, sums, reached }
    }

    /// As [`align`] gives it for the first `end` items.
    pub fn upto(&self, end: usize) -> (Vec<Option<usize>>, Decimal, usize) {
        match self.sums.get(end) {
            Some((sum, parts)) => (self.found[..end].to_vec(), *sum, *parts),
            None => (Vec::new(), Decimal::ZERO, 0),
        }
    }
}

/// The amount of an item that is a part of `head`: by unit and measure, else the item's first.
pub(super) fn part_of(prose: &Prose, item: &Item, head: &Mention) -> Option<usize> {
    item.amounts
        .iter()
        .copied()
        .find(|m| prose.mentions[*m].unit == head.unit && prose.mentions[*m].class != crate::FigureClass::Rank)
        .or_else(|| item.amounts.first().copied().filter(|m| kin(&prose.mentions[*m], head)))
}

/// What an item's part adds to a sum; `None` if that is too large.
fn plus(prose: &Prose, sum: Decimal, item: &Item, part: usize) -> Option<Decimal> {
    let times = Decimal::from(item.times.max(1));
    sum.checked_add(prose.mentions[part].value.checked_mul(times)?)
}

/// For each item from `from` to `end` its part of `head`. Gives the amounts, their sum, and how many there are.
pub(super) fn align(
    prose: &Prose,
    list: &List,
    from: usize,
    end: usize,
    head: &Mention,
) -> (Vec<Option<usize>>, Decimal, usize) {
    let mut sum = Decimal::ZERO;
    let mut parts = 0;
    let mut aligned = Vec::with_capacity(end.saturating_sub(from));
    for item in &list.items[from..end] {
        let found = part_of(prose, item, head);
        if let Some(m) = found {
            match plus(prose, sum, item, m) {
                Some(s) => sum = s,
                None => return (Vec::new(), Decimal::ZERO, 0),
            }
            parts += 1;
        }
        aligned.push(found);
    }
    (aligned, sum, parts)
}

/// 来信124件，其中转办35件次、登记76件次、…: what the head counts, told by the times that it came.
pub(super) fn in_times(prose: &Prose, aligned: &[Option<usize>], head: &Mention) -> bool {
    let mut units = aligned.iter().flatten().map(|m| prose.mentions[*m].unit.as_str());
    units.all(|unit| unit == head.unit || unit.strip_suffix('次').is_some_and(|u| u == head.unit))
}

/// Amounts whose units differ but may count the same thing: 件 and 件次, 票 and 张, or one that lost its unit. Persons are no cases.
pub(super) fn kin(a: &Mention, b: &Mention) -> bool {
    use gouji_quantity::UnitClass::Count;
    let persons = |m: &Mention| ["人", "名", "人次"].contains(&m.unit.as_str());
    // 办结700件，其中责令整改500家: those who were dealt with are not what was.
    let firms = |m: &Mention| ["家", "户"].contains(&m.unit.as_str());
    let cases = |m: &Mention| ["件", "起", "宗", "批次"].contains(&m.unit.as_str());
    let apart = firms(a) && cases(b) || cases(a) && firms(b);
    // 化解147件，全省排名第三: a place counts nothing.
    let place = |m: &Mention| m.class == crate::FigureClass::Rank;
    if place(a) || place(b) {
        return false;
    }
    a.unit.is_empty()
        || persons(a) == persons(b) && !apart && a.unit_class == Some(Count) && b.unit_class == Some(Count)
}
