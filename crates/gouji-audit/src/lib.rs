//! The rules: [`Ledger`](gouji_ledger::Ledger) and [`Circular`](gouji_circular::Circular) to [`Audit`].
//!
//! One rule, one file, under `rules/<family>/`. A rule takes no figure from text: figures and what must hold among them are in
//! the ledger; rules about wording look at the words of a passage themselves. No figure is ever corrected.
//!
//! [`audit`] judges each relation of the ledger, searches the smallest repairs of what is broken, and then runs each rule of
//! [`registry`]. A relation that does not hold belongs to exactly one rule, so it is reported exactly once. [`Archive`] holds
//! the circulars of a series against each other.

mod context;
mod coverage;
mod document_number;
mod model;
mod passages;
mod rate_name;
mod registry;
mod repairs;
mod rounding_style;
mod rules;
mod series;
mod terms;
mod verdict;
mod wording;

#[cfg(test)]
mod messages;
#[cfg(test)]
mod sample;

use gouji_circular::Circular;
use gouji_document::Document;
use gouji_ledger::Ledger;

pub use model::{Audit, Coverage, Finding, Judgement, Message, Repair, RepairCause, Severity, Verdict};
pub use registry::{RuleDoc, SECTIONS, Section, registry};
pub use series::{Archive, Entry, Issue, Passage, Printed, Role, Roster, SeriesFinding, Told};

/// Audits one circular: a verdict for each relation, the findings in the order of their places, and the coverage.
///
/// `document` gives the exact source text that the findings quote.
#[must_use]
pub fn audit(document: &Document, circular: &Circular, ledger: &Ledger) -> Audit {
    let cx = context::Context::new(document, circular, ledger);
    let mut findings = Vec::new();
    for rule in rules::ALL {
        (rule.check)(&cx, &mut findings);
    }
    findings.sort_by(|a, b| {
        (a.at.start, a.at.end)
            .cmp(&(b.at.start, b.at.end))
            .then(b.severity.cmp(&a.severity))
            .then(a.rule.cmp(b.rule))
            .then(a.quote.cmp(&b.quote))
            .then(a.relation.cmp(&b.relation))
    });
    let coverage = coverage::coverage(ledger, &cx.judgements);
    Audit {
        judgements: cx.judgements,
        findings,
        coverage,
    }
}
