//! What is true of a generated circular, one JSON object a line.

use serde::Serialize;

use super::draft::{Draft, Formula, Rendered, Verdict};
use super::plant::Planted;

/// The truth about one circular.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Truth {
    /// Path in the archive.
    pub path: String,
    /// Errors planted: none or one.
    pub planted: Vec<Error>,
    /// Relations that the words of the circular state.
    pub relations: usize,
    /// Those that hold.
    pub holds: usize,
    /// Those that only rounding explains.
    pub rounding: usize,
    /// Figures printed as quantities.
    pub figures: usize,
}

/// A planted error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Error {
    /// The slip: `digits-swapped`.
    pub operator: &'static str,
    /// The figure as printed now.
    pub printed: String,
    /// The figure as it was.
    pub was: String,
    /// Byte range of the figure in the circular's text.
    pub span: (usize, usize),
    /// Relations that it breaks.
    pub breaks: Vec<Break>,
}

/// A relation broken by a planted error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Break {
    /// Kind of the relation.
    pub kind: &'static str,
    /// The verdict that is due.
    pub verdict: &'static str,
    /// The stated figure as printed; `100%` for shares.
    pub stated: String,
    /// The other figures as printed.
    pub operands: Vec<String>,
    /// What they give.
    pub expected: String,
}

/// The truth about a draft as rendered.
pub(super) fn of(path: &str, draft: &Draft, planted: Option<&Planted>, rendered: &Rendered) -> Truth {
    let verdicts: Vec<Verdict> = draft.relations.iter().map(|r| draft.judge(r).0).collect();
    let count = |verdict| verdicts.iter().filter(|v| **v == verdict).count();
    let error = |planted: &Planted| -> Option<Error> {
        let span = rendered.places[planted.figure].clone()?;
        let breaks = planted.breaks.iter().map(|i| {
            let relation = &draft.relations[*i];
            let (verdict, expected) = draft.judge(relation);
            let skip = usize::from(relation.stated.is_some());
            let operands = match relation.formula {
                Formula::Names(_) => Vec::new(),
                _ => Draft::members(relation)[skip..]
                    .iter()
                    .map(|id| draft.figures[*id].printed())
                    .collect(),
            };
            Break {
                kind: relation.kind.name(),
                verdict: verdict.name(),
                stated: relation
                    .stated
                    .map_or_else(|| "100%".to_owned(), |id| draft.figures[id].printed()),
                operands,
                expected,
            }
        });
        Some(Error {
            operator: planted.operator.name(),
            printed: draft.figures[planted.figure].printed(),
            was: planted.was.clone(),
            span: (span.start, span.end),
            breaks: breaks.collect(),
        })
    };
    Truth {
        path: path.to_owned(),
        planted: planted.and_then(error).into_iter().collect(),
        relations: verdicts.len(),
        holds: count(Verdict::Holds),
        rounding: count(Verdict::Rounding),
        figures: rendered.places.iter().flatten().count(),
    }
}
