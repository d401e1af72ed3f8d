//! [`Circular`](gouji_circular::Circular) to [`Ledger`]: figures, facts, and the relations among them (勾稽关系).
//!
//! Every number gets a class and none vanishes. Relations are read by a deterministic grammar over clauses and
//! lists and by the geometry of tables. Where a text allows several readings, all are kept in the relation,
//! best first; a complaint needs all of them to fail. Arithmetic that fits is evidence for a reading; a reading without an
//! explicit cue is only kept if it fits.
//!
//! This crate never words a finding.

mod build;
mod context;
mod facts;
mod figures;
mod lexicon;
mod link;
mod model;
mod order;
mod prose;
mod table;
mod words;

pub use build::{build, build_until};

pub use model::{
    Basis, ChannelMeasure, Cue, Fact, Figure, FigureClass, FigureIdx, Formula, Ledger, Modality, Operand, Place,
    Reading, Relation, RelationKind,
};
