//! What the figures of a candidate layout prove: sums of columns, sums and shares within a row.
//!
//! The only place of this crate that adds figures up, and only to choose between layouts: nothing is reported or changed.

use gouji_quantity::Decimal;

use super::figures::{is_nothing, is_total};

/// The value of a plain cell; a mark for nothing is zero. `None` for words, gaps, and what has another unit than per cent.
pub(crate) fn value(cell: &str) -> Option<Decimal> {
    let cell = cell.trim();
    if cell.is_empty() {
        return None;
    }
    if is_nothing(cell) {
        return Some(Decimal::ZERO);
    }
    let bare = cell.trim_end_matches(['%', '％']).replace([',', '，'], "");
    if bare.len() > 24 {
        return None;
    }
    bare.trim().parse().ok()
}

/// Rows looked at to prove a sum within rows.
const MAX_ROWS: usize = 100;

/// Fewest columns that must add up with a row for its gap to be known.
const LEAST_PROVEN: usize = 3;

/// Whether the cell is written as a rate or a change: per cent, decimals, a sign.
fn is_rate(cell: &str) -> bool {
    is_fraction(cell) || cell.starts_with(['-', '+', '−']) && cell.len() > 1
}

/// Whether the cell is in per cent or has decimals.
fn is_fraction(cell: &str) -> bool {
    cell.contains(['%', '％', '.'])
}

/// The columns of candidate rows; `rows` holds the plain rows (no totals), each as wide as the table.
pub(crate) struct Facts<'a> {
    rows: Vec<Vec<&'a str>>,
    /// Which columns hold rates or changes.
    rates: Vec<bool>,
    /// Which columns are printed in per cent or with decimals.
    percents: Vec<bool>,
    /// Which columns hold words.
    words: Vec<bool>,
}

impl<'a> Facts<'a> {
    /// Looks at the columns of `rows`.
    pub(crate) fn new(rows: Vec<Vec<&'a str>>, n_cols: usize) -> Self {
        let column = |col: usize| {
            rows.iter()
                .filter_map(move |r| r.get(col))
                .filter(|c| !c.trim().is_empty())
        };
        let mostly = |kind: fn(&str) -> bool| -> Vec<bool> {
            (0..n_cols)
                .map(|col| {
                    let told: Vec<bool> = column(col).filter(|c| !is_nothing(c)).map(|c| kind(c)).collect();
                    told.iter().filter(|r| **r).count() * 2 > told.len()
                })
                .collect()
        };
        let (rates, percents) = (mostly(is_rate), mostly(is_fraction));
        let words = (0..n_cols)
            .map(|col| column(col).any(|c| value(c).is_none() && !super::figures::is_numeric(c)))
            .collect();
        Self {
            rows,
            rates,
            percents,
            words,
        }
    }

    /// How many columns there are.
    pub(crate) fn n_cols(&self) -> usize {
        self.rates.len()
    }

    /// Whether the column holds words.
    pub(crate) fn is_words(&self, col: usize) -> bool {
        self.words.get(col).copied().unwrap_or(false)
    }

    /// Whether the column holds rates or changes, which do not add up.
    pub(crate) fn is_rate(&self, col: usize) -> bool {
        self.rates.get(col).copied().unwrap_or(false)
    }

    /// Whether the column is printed in per cent or with decimals: a change in numbers is not.
    pub(crate) fn is_percent(&self, col: usize) -> bool {
        self.percents.get(col).copied().unwrap_or(false)
    }

    /// Whether most rows have something in the column.
    pub(crate) fn is_filled(&self, col: usize) -> bool {
        let filled = self
            .rows
            .iter()
            .filter(|r| r.get(col).is_some_and(|c| !c.trim().is_empty()));
        filled.count() * 2 > self.rows.len()
    }

    fn sum(&self, col: usize, rows: std::ops::Range<usize>) -> Option<Decimal> {
        let mut out = Decimal::ZERO;
        for row in self.rows.get(rows)? {
            let cell = row.get(col)?;
            if !cell.trim().is_empty() {
                out = out.checked_add(value(cell)?)?;
            }
        }
        Some(out)
    }

    /// Whether column `col` is the sum of the counts in `parts`: with something to add in two rows, and in all but one of four,
    /// because a figure may be wrong.
    pub(crate) fn adds_across(&self, col: usize, parts: &[usize]) -> bool {
        let parts: Vec<usize> = parts.iter().copied().filter(|&c| !self.is_rate(c)).collect();
        let (mut proven, mut broken) = (0, 0);
        // A row of changes in per cent below the figures is not added.
        let changes = |row: &[&str]| {
            let mut told = row.iter().filter(|c| value(c).is_some() && !is_nothing(c)).peekable();
            told.peek().is_some() && told.all(|c| is_rate(c))
        };
        for row in self.rows.iter().take(MAX_ROWS).filter(|r| !changes(r)) {
            let number = |col: usize| row.get(col).and_then(|c| value(c));
            let sum = parts
                .iter()
                .try_fold(Decimal::ZERO, |sum, &part| sum.checked_add(number(part)?));
            match (sum, number(col)) {
                (Some(sum), Some(stated)) if sum == stated => proven += usize::from(!sum.is_zero()),
                _ => broken += 1,
            }
        }
        parts.len() >= 2 && proven >= 2 && broken * 3 <= proven
    }

    /// Lays the figures of a total's row, fewer than the columns, so that the gap stands where the columns add up or where
    /// a label spans them. `figures` are the cells after the label; `rows` the plain rows that it can total. Gives the
    /// column of each figure.
    pub(crate) fn place_total(&self, figures: &[&str], rows: std::ops::Range<usize>) -> Option<Vec<usize>> {
        let n_cols = self.rates.len();
        let gap = n_cols.checked_sub(figures.len() + 1)?;
        let sums: Vec<Option<Decimal>> = (0..n_cols).map(|col| self.sum(col, rows.clone())).collect();
        let mut best: Option<(Score, usize)> = None;
        let mut tied = false;
        for at in 0..=figures.len() {
            let col = |idx: usize| if idx < at { idx + 1 } else { idx + 1 + gap };
            if (0..figures.len()).any(|i| self.is_words(col(i)) && value(figures[i]).is_some()) {
                continue;
            }
            let mut score = Score::default();
            for (idx, figure) in figures.iter().enumerate() {
                let col = col(idx);
                if self.is_rate(col) || figure.contains(['%', '％']) {
                    score.misfits += usize::from(self.is_rate(col) != is_rate(figure));
                    continue;
                }
                match (value(figure), sums[col]) {
                    (Some(v), Some(s)) if v == s => score.proven += usize::from(!v.is_zero()),
                    (Some(_), Some(_)) => score.misfits += 1,
                    _ => {}
                }
            }
            match best {
                Some((found, _)) if found.beats(&score) => {}
                Some((found, _)) if !score.beats(&found) => tied = true,
                _ => {
                    best = Some((score, at));
                    tied = false;
                }
            }
        }
        let (score, at) = best?;
        (!tied && score.proven >= 1 && score.misfits <= score.proven / 3).then(|| {
            (0..figures.len())
                .map(|idx| if idx < at { idx + 1 } else { idx + 1 + gap })
                .collect()
        })
    }

    /// Lays the figures of a row that lost one cell to a merged one above it, so that with it all columns of counts add up to
    /// the row of the total. `rows` are the plain rows that the total takes together. Gives the column of each figure.
    pub(crate) fn place_part(
        &self,
        figures: &[&str],
        total: &[&str],
        rows: std::ops::Range<usize>,
    ) -> Option<Vec<usize>> {
        let n_cols = self.rates.len();
        if figures.len() + 2 != n_cols || total.len() != n_cols {
            return None;
        }
        let sums: Vec<Option<Decimal>> = (0..n_cols).map(|col| self.sum(col, rows.clone())).collect();
        let fits = |gap: usize| {
            let mut proven = 0;
            for col in 1..n_cols {
                let figure = match col.cmp(&gap) {
                    std::cmp::Ordering::Less => figures[col - 1],
                    std::cmp::Ordering::Equal => "",
                    std::cmp::Ordering::Greater => figures[col - 2],
                };
                if self.is_words(col) || self.is_rate(col) {
                    if !figure.is_empty() && self.is_rate(col) != is_fraction(figure) {
                        return false;
                    }
                    continue;
                }
                let own = if figure.is_empty() {
                    Some(Decimal::ZERO)
                } else {
                    value(figure)
                };
                let sum = sums[col].zip(own).and_then(|(sum, own)| sum.checked_add(own));
                if sum.is_none() || sum != value(total[col]) {
                    return false;
                }
                proven += usize::from(own.is_some_and(|v| !v.is_zero()));
            }
            proven >= LEAST_PROVEN
        };
        let mut gaps = (1..n_cols).filter(|gap| fits(*gap));
        let gap = gaps.next()?;
        gaps.next()
            .is_none()
            .then(|| (1..n_cols).filter(|col| *col != gap).collect())
    }

    /// Lays a short row of shares under the counts of a row of `whole` (label left out): the gap is the column of the total,
    /// and each share is its count by that total. Gives the column of each share.
    pub(crate) fn place_shares(&self, shares: &[&str], row: usize) -> Option<Vec<usize>> {
        let counts = self.rows.get(row)?;
        if counts.len() != shares.len() + 2 || shares.len() < 2 {
            return None;
        }
        let mut found = None;
        for gap in [1, counts.len() - 1] {
            let col = |idx: usize| if idx + 1 < gap { idx + 1 } else { idx + 2 };
            let whole = value(counts[gap])?;
            let fits = (0..shares.len()).all(|i| share_of(shares[i], value(counts[col(i)]), whole));
            if fits && found.replace(gap).is_some() {
                return None;
            }
        }
        let gap = found?;
        Some(
            (0..shares.len())
                .map(|idx| if idx + 1 < gap { idx + 1 } else { idx + 2 })
                .collect(),
        )
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Score {
    proven: usize,
    misfits: usize,
}

impl Score {
    fn beats(&self, other: &Self) -> bool {
        (other.misfits, self.proven) > (self.misfits, other.proven)
    }
}

/// Whether `share` per cent is `part` of `whole`, within one unit of its last place (however it was rounded).
fn share_of(share: &str, part: Option<Decimal>, whole: Decimal) -> bool {
    let (Some(part), true) = (part, share.contains(['%', '％', '.'])) else {
        return false;
    };
    let Some(share) = value(share) else { return false };
    let unit = Decimal::new(1, share.scale());
    part.checked_mul(Decimal::ONE_HUNDRED)
        .and_then(|p| p.checked_div(whole))
        .is_some_and(|exact| (exact - share).abs() < unit)
}

/// Which rows of a table are totals, and how many plain rows stand before each row.
pub(crate) struct Totals {
    is_total: Vec<bool>,
    plain_before: Vec<usize>,
}

impl Totals {
    /// `is_total` says of each row whether it is one.
    pub(crate) fn new(is_total: Vec<bool>) -> Self {
        let mut n = 0;
        let mut plain_before = vec![0];
        for total in &is_total {
            n += usize::from(!total);
            plain_before.push(n);
        }
        Self { is_total, plain_before }
    }

    /// Whether the row is a total.
    pub(crate) fn is_total(&self, row: usize) -> bool {
        self.is_total[row]
    }

    /// How many plain rows stand before `row`.
    pub(crate) fn plain_before(&self, row: usize) -> usize {
        self.plain_before[row]
    }

    /// The plain rows that a total at `row` can total: those since the total above it, or, for one that stands first, those up
    /// to the next.
    pub(crate) fn reach(&self, row: usize) -> std::ops::Range<usize> {
        let above = self.is_total[..row]
            .iter()
            .rposition(|t| *t)
            .map_or(0, |r| self.plain_before(r + 1));
        let here = self.plain_before(row);
        if here > above {
            return above..here;
        }
        let below = self.is_total[row + 1..].iter().position(|t| *t);
        here..self.plain_before(below.map_or(self.is_total.len(), |r| row + 1 + r))
    }
}

/// Whether the label is a total's, words before it allowed (全市合计, 乡镇小计).
pub(crate) fn is_total_label(cell: &str) -> bool {
    let flat = crate::parts::squash(cell);
    is_total(&flat) || flat.chars().count() <= 8 && ["合计", "总计", "小计", "共计"].iter().any(|t| flat.ends_with(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(rows: &[&'static str]) -> Facts<'static> {
        let rows: Vec<Vec<&str>> = rows.iter().map(|r| r.split(' ').collect()).collect();
        let n = rows[0].len();
        Facts::new(rows, n)
    }

    #[test]
    fn a_gap_stands_where_the_columns_add_up() {
        let table = facts(&["甲 12 3 25.0% 9", "乙 20 6 30.0% 14"]);
        assert_eq!(table.place_total(&["32", "9", "23"], 0..2), Some(vec![1, 2, 4]));
        // No column adds up: undecided.
        assert_eq!(table.place_total(&["40", "50", "60"], 0..2), None);
        // Columns that are alike prove nothing.
        let alike = facts(&["甲 2 2", "乙 3 3"]);
        assert_eq!(alike.place_total(&["5"], 0..2), None);
    }

    #[test]
    fn a_label_over_two_columns() {
        let table = facts(&["1 甲 12 3", "2 乙 20 6"]);
        assert_eq!(table.place_total(&["32", "9"], 0..2), Some(vec![2, 3]));
    }

    #[test]
    fn a_row_with_a_gap_stands_where_it_completes_the_total() {
        let table = facts(&["甲 12 3 40 7.5", "乙 20 6 60 9.1", "_ _ _ _ _"]);
        let table = Facts::new(
            table
                .rows
                .iter()
                .map(|r| r.iter().map(|c| if *c == "_" { "" } else { c }).collect())
                .collect(),
            5,
        );
        let total = ["合计", "37", "9", "130", "8.8"];
        assert_eq!(table.place_part(&["5", "30", "6.0"], &total, 0..3), None);
        let wide = facts(&["甲 12 3 40 2 7.5", "乙 20 6 60 5 9.1"]);
        let total = ["合计", "37", "9", "130", "8", "8.8"];
        assert_eq!(
            wide.place_part(&["5", "30", "1", "6.0"], &total, 0..2),
            Some(vec![1, 3, 4, 5])
        );
        // One figure off: nothing says where the gap is.
        assert_eq!(wide.place_part(&["5", "31", "1", "6.0"], &total, 0..2), None);
    }

    #[test]
    fn shares_under_their_counts() {
        let table = facts(&["本季度 200 150 48 2"]);
        assert_eq!(table.place_shares(&["75.0%", "24.0%", "1.0%"], 0), Some(vec![2, 3, 4]));
        assert_eq!(table.place_shares(&["57.0%", "24.0%", "1.0%"], 0), None);
    }

    #[test]
    fn rows_that_a_total_reaches() {
        assert_eq!(Totals::new(vec![true, false, false]).reach(0), 0..2);
        let two = Totals::new(vec![false, false, true, false, true]);
        assert_eq!((two.reach(2), two.reach(4)), (0..2, 2..3));
    }
}
