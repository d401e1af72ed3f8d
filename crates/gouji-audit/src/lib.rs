//! The rules: [`Ledger`](gouji_ledger::Ledger) and [`Circular`](gouji_circular::Circular) to [`Audit`].
//!
//! One rule, one file, under `rules/<family>/`. A rule never parses text: what it needs to know is in the ledger or the
//! circular. No figure is ever corrected.

mod model;

pub use model::{Audit, Coverage, Finding, Judgement, Message, Repair, RepairCause, Severity, Verdict};
