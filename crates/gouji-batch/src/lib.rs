//! A whole archive: from the inputs of a call to the output folder, in parallel, in order, resumable.
//!
//! The chain of one document (read, parse, ledger, audit, record, docx) is a pure function; this crate maps it over
//! files, folders and .zip archives, keeps each document's failure to itself, holds memory flat however large the
//! archive, and is the only library of the workspace that touches files. It never writes anything outside the output
//! folder and never modifies a source.
//!
//! The choice that was not obvious: results are kept by an append-only journal and an index into `records.jsonl`
//! rather than by a file for each document; an archive of a hundred thousand circulars would otherwise leave twice as
//! many small files behind.

#![allow(
    clippy::disallowed_methods,
    reason = "this is the library that touches files; it reads neither the clock nor the environment"
)]

mod analyse;
mod annotate;
mod archive;
mod each;
mod error;
mod failure;
mod file;
pub mod limits;
mod load;
mod name;
mod outputs;
mod own;
mod pipeline;
mod run;
mod series;
mod store;
mod summary;
mod walk;
mod watch;
mod weigh;

pub use analyse::{Analysed, analyse};
pub use annotate::{AnnotateOptions, Annotations, annotate};
pub use each::analyse_each;
pub use error::RunError;
pub use failure::{Cause, Failure, OfArchive, OfDocument, Stage};
pub use file::{exists, files_of, read_document, read_file, write_file};
pub use outputs::rule_infos;
pub use pipeline::WORKER_NAME;
pub use run::{Progress, RunOptions, run};
pub use series::SeriesAudit;
pub use summary::Summary;
pub use walk::{Entry, Input, Listing, list};
