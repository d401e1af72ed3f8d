//! A row with too many or too few lines laid onto the columns.

use super::figures::{is_nothing, is_numeric};

/// What a column holds, learnt from regular rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Figure,
    Words,
    Mixed,
}

/// The kind of each column of regular rows.
pub(crate) fn kinds(rows: &[Vec<&str>], n_cols: usize) -> Vec<Kind> {
    (0..n_cols)
        .map(|col| {
            let cells = rows.iter().filter_map(|r| r.get(col)).filter(|c| !is_nothing(c));
            let (mut figures, mut all) = (0usize, 0usize);
            for cell in cells {
                all += 1;
                figures += usize::from(is_numeric(cell));
            }
            if all == 0 {
                Kind::Mixed
            } else if figures * 10 >= all * 9 {
                Kind::Figure
            } else if figures * 10 <= all {
                Kind::Words
            } else {
                Kind::Mixed
            }
        })
        .collect()
}

const MAX_JOINED: usize = 4;

fn cost(cells: &[&str], kind: Kind) -> u32 {
    match (cells.len(), kind) {
        (0, _) => 4,
        (1, Kind::Mixed) => 0,
        (1, Kind::Figure) => u32::from(!is_numeric(cells[0]) && !is_nothing(cells[0])) * 9,
        (1, Kind::Words) => u32::from(is_numeric(cells[0])) * 9,
        (n, Kind::Figure) => 20 * u32::try_from(n).unwrap_or(9),
        (n, _) if cells.iter().any(|c| is_numeric(c)) => 14 * u32::try_from(n).unwrap_or(9),
        (n, _) => 3 * u32::try_from(n - 1).unwrap_or(9),
    }
}

/// For each column the indices of the cells laid there, in the cheapest layout. `cells` and `kinds` are short.
pub(crate) fn lay(cells: &[&str], kinds: &[Kind]) -> Option<Vec<Vec<usize>>> {
    let (n, m) = (cells.len(), kinds.len());
    if n > m * MAX_JOINED || n > 200 {
        return None;
    }
    const HIGH: u32 = u32::MAX / 2;
    let mut best = vec![vec![HIGH; n + 1]; m + 1];
    let mut from = vec![vec![0usize; n + 1]; m + 1];
    best[0][0] = 0;
    for j in 1..=m {
        for i in 0..=n {
            for len in 0..=MAX_JOINED.min(i) {
                let prev = best[j - 1][i - len];
                if prev == HIGH {
                    continue;
                }
                let value = prev + cost(&cells[i - len..i], kinds[j - 1]);
                // On a tie the longer cell wins, so that gaps come last.
                if value < best[j][i] || value == best[j][i] && len == 1 {
                    best[j][i] = value;
                    from[j][i] = len;
                }
            }
        }
    }
    if best[m][n] == HIGH {
        return None;
    }
    let mut out = vec![Vec::new(); m];
    let mut i = n;
    for j in (1..=m).rev() {
        let len = from[j][i];
        out[j - 1] = (i - len..i).collect();
        i -= len;
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_cell_and_a_gap() {
        use Kind::{Figure, Words};
        let kinds = [Figure, Words, Figure, Words];
        let broken = lay(&["3", "清河县", "数据局", "12", "按时"], &kinds).expect("fits");
        assert_eq!(broken, [vec![0], vec![1, 2], vec![3], vec![4]]);
        let gap = lay(&["3", "清河县", "12"], &kinds).expect("fits");
        assert_eq!(gap, [vec![0], vec![1], vec![2], vec![]]);
    }
}
