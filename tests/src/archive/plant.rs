//! Errors planted in a consistent circular: one figure is changed as a person's slip would change it.
//!
//! What the change breaks is not guessed: every relation that the figure stands in is judged anew.

use super::draft::Block;
use super::draft::{Draft, FigureId, Formula, Kind, Piece, Verdict};
use super::random::SplitMix64;

/// A slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Operator {
    /// One digit is another.
    Replaced,
    /// One digit is missing.
    Dropped,
    /// One digit stands twice.
    Doubled,
    /// Two neighbouring digits have changed places.
    Swapped,
    /// One more or one less.
    OffByOne,
    /// The figure before or after it is printed in its place.
    CopiedNeighbour,
    /// A share that was made to bring the sum to 100.
    PluggedShare,
}

impl Operator {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Replaced,
        Self::Dropped,
        Self::Doubled,
        Self::Swapped,
        Self::OffByOne,
        Self::CopiedNeighbour,
        Self::PluggedShare,
    ];

    /// The name in the truth file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Replaced => "digit-replaced",
            Self::Dropped => "digit-dropped",
            Self::Doubled => "digit-doubled",
            Self::Swapped => "digits-swapped",
            Self::OffByOne => "off-by-one",
            Self::CopiedNeighbour => "copied-neighbour",
            Self::PluggedShare => "plugged-share",
        }
    }
}

/// A planted error.
#[derive(Debug, Clone)]
pub struct Planted {
    /// The slip.
    pub operator: Operator,
    /// The changed figure.
    pub figure: FigureId,
    /// As it was printed before.
    pub was: String,
    /// Indices of the relations that held before and do not now.
    pub breaks: Vec<usize>,
}

/// Changes one figure so that some relation breaks; `None` when twenty tries found no such change.
pub fn plant(draft: &mut Draft, random: &mut SplitMix64) -> Option<Planted> {
    let printed = printed_order(draft);
    for _ in 0..20 {
        let operator = random.pick(&Operator::ALL);
        let relation = random.below(draft.relations.len().max(1));
        let members = Draft::members(draft.relations.get(relation)?);
        let figure = if operator == Operator::PluggedShare {
            let Some(figure) = plugged(draft) else { continue };
            figure
        } else {
            random.pick(&members)
        };
        let Some(changed) = change(draft, &printed, operator, figure, random) else {
            continue;
        };
        let before: Vec<Verdict> = draft.relations.iter().map(|r| draft.judge(r).0).collect();
        let old = draft.figures[figure].clone();
        draft.figures[figure].scaled = changed;
        let breaks: Vec<usize> = (0..before.len())
            .filter(|i| before[*i] != Verdict::Broken && draft.judge(&draft.relations[*i]).0 == Verdict::Broken)
            .collect();
        if !breaks.is_empty() {
            return Some(Planted {
                operator,
                figure,
                was: old.printed(),
                breaks,
            });
        }
        draft.figures[figure] = old;
    }
    None
}

/// The ids of the figures in the order in which they are printed.
fn printed_order(draft: &Draft) -> Vec<FigureId> {
    let ids = |words: &[Piece]| -> Vec<FigureId> {
        words
            .iter()
            .filter_map(|p| if let Piece::Figure(id) = p { Some(*id) } else { None })
            .collect()
    };
    draft
        .blocks
        .iter()
        .flat_map(|block| match block {
            Block::Paragraph(words) => ids(words),
            Block::Table(table) => table.rows.iter().flatten().flat_map(|cell| ids(cell)).collect(),
            Block::Centred(_) | Block::Plain(_) | Block::Heading(_) | Block::Right(_) => Vec::new(),
        })
        .collect()
}

/// The first of some shares that do not add to 100 as printed.
fn plugged(draft: &Draft) -> Option<FigureId> {
    draft.relations.iter().find_map(|r| match (&r.formula, r.kind) {
        (Formula::Shares(shares), Kind::ShareSum) if !is_hundred(&draft.judge(r).1) => shares.first().copied(),
        _ => None,
    })
}

/// Whether a percentage is 100 %, with whatever decimals.
fn is_hundred(percentage: &str) -> bool {
    percentage
        .strip_prefix("100")
        .is_some_and(|rest| rest.chars().all(|c| matches!(c, '.' | '0' | '%')))
}

/// The changed value, scaled as the figure is; `None` where the slip changes nothing or leaves no figure.
fn change(draft: &Draft, order: &[FigureId], operator: Operator, id: FigureId, random: &mut SplitMix64) -> Option<i64> {
    let figure = &draft.figures[id];
    let mut digits: Vec<u8> = figure.scaled.to_string().into_bytes();
    let at = random.below(digits.len());
    match operator {
        Operator::Replaced => digits[at] = b'0' + u8::try_from(random.below(10)).ok()?,
        Operator::Dropped => {
            digits.remove(at);
        }
        Operator::Doubled => digits.insert(at, digits[at]),
        Operator::Swapped => {
            let next = at + 1;
            if next >= digits.len() {
                return None;
            }
            digits.swap(at, next);
        }
        Operator::OffByOne => {
            let step = if random.chance(1, 2) { 1 } else { -1 };
            digits = (figure.scaled + step).to_string().into_bytes();
        }
        Operator::CopiedNeighbour => {
            let place = order.iter().position(|other| *other == id)?;
            let neighbour = *order.get(if random.chance(1, 2) {
                place + 1
            } else {
                place.checked_sub(1)?
            })?;
            let other = &draft.figures[neighbour];
            if other.decimals != figure.decimals || other.suffix != figure.suffix {
                return None;
            }
            digits = other.scaled.to_string().into_bytes();
        }
        Operator::PluggedShare => {
            let shares = draft.relations.iter().find_map(|r| match &r.formula {
                Formula::Shares(shares) if shares.contains(&id) => Some(shares),
                _ => None,
            })?;
            let others: i64 = shares
                .iter()
                .filter(|s| **s != id)
                .map(|s| draft.figures[*s].scaled)
                .sum();
            digits = (100 * 10_i64.pow(figure.decimals) - others).to_string().into_bytes();
        }
    }
    let text = String::from_utf8(digits).ok()?;
    let leads_with_zero = figure.decimals == 0 && text.len() > 1 && text.starts_with('0');
    let value: i64 = text.parse().ok()?;
    let is_rate = figure.suffix == "%" || is_rate_cell(draft, id);
    let too_much = is_rate && value > 100 * 10_i64.pow(figure.decimals);
    (value > 0 && value != figure.scaled && !leads_with_zero && !too_much).then_some(value)
}

/// Whether the figure is a rate whose sign stands in a table's header.
fn is_rate_cell(draft: &Draft, id: FigureId) -> bool {
    draft
        .relations
        .iter()
        .any(|r| r.stated == Some(id) && r.kind == Kind::Ratio)
}
