//! Whether a figure may have been copied from one beside it.

use gouji_ledger::{Figure, FigureClass, FigureIdx, Ledger, Place};

use crate::wording;

/// Figures before a figure of running text that are looked at.
const BEFORE: usize = 8;
/// Bytes between two figures of one sentence, at most.
const REACH: usize = 150;
/// Figures on either side among which those of the rows above and below are found.
const CELLS: usize = 40;

/// A figure beside another that prints the same number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Neighbour {
    /// It counts something else: 5件，涉及5个单位.
    OfAnotherUnit,
    /// It counts the same.
    OfTheSameUnit,
}

/// The neighbour that prints the same number: the figure right before or after in a sentence, or the cell above, below or
/// beside. A number of one digit stands beside its like too often to say anything, unless the two count different things,
/// where the one before it may also stand a list away.
pub(super) fn like(ledger: &Ledger, at: FigureIdx) -> Option<Neighbour> {
    let known = ledger.figures.get(at.0)?;
    let number = wording::number_of(&known.surface);
    let telling = number.chars().filter(char::is_ascii_digit).count() >= 2;
    let near = |other: &Figure, adjacent: bool| -> Option<Neighbour> {
        let quantity = !matches!(
            other.class,
            FigureClass::Label | FigureClass::Date | FigureClass::NamePart | FigureClass::DocumentNumber
        );
        if !quantity || wording::number_of(&other.surface) != number {
            return None;
        }
        match (known.place, other.place) {
            (Place::Prose, Place::Prose) => {
                let (first, second) = if known.span <= other.span {
                    (known, other)
                } else {
                    (other, known)
                };
                if second.span.start.saturating_sub(first.span.end) > REACH {
                    None
                } else if other.unit != known.unit {
                    Some(Neighbour::OfAnotherUnit)
                } else {
                    (adjacent && telling).then_some(Neighbour::OfTheSameUnit)
                }
            }
            (
                Place::Cell { table, row, col },
                Place::Cell {
                    table: t,
                    row: r,
                    col: c,
                },
            ) => {
                let beside = row == r && col.abs_diff(c) == 1 || col == c && row.abs_diff(r) == 1;
                (telling && table == t && beside).then_some(Neighbour::OfTheSameUnit)
            }
            _ => None,
        }
    };
    let reach = match known.place {
        Place::Prose => at.0.saturating_sub(BEFORE)..(at.0 + 2).min(ledger.figures.len()),
        Place::Cell { .. } => at.0.saturating_sub(CELLS)..(at.0 + CELLS).min(ledger.figures.len()),
    };
    reach
        .filter(|idx| *idx != at.0)
        .filter_map(|idx| near(&ledger.figures[idx], idx.abs_diff(at.0) == 1))
        .min()
}
