//! What a file says and where it says it.
//!
//! Readers turn bytes into a [`Document`]: one linear source text ([`Document::text`]) and blocks
//! (paragraphs and tables) that are spans of it. Everything that later stages say about the file is
//! said with a [`Span`] of that one text, so a quotation is always exact source text and a
//! finding can always be traced back. [`Text`] is a string that remembers which source bytes its
//! characters are, across joined lines, removed spam and split cells.
//!
//! This crate never reads a format and never interprets what the text means.

mod address;
mod anchor;
mod block;
mod calculation;
mod deadline;
mod document;
pub mod script;
mod span;
mod text;
mod warning;

pub use address::Address;
pub use anchor::{Anchor, AnchorPlace, Anchors};
pub use block::{Align, Block, Cell, Grid, Hidden, Paragraph, Stream};
pub use calculation::{Calculation, Exact, Operation, Term};
pub use deadline::Deadline;
pub use document::{Document, Format, Position};
pub use span::Span;
pub use text::{Piece, Text};
pub use warning::{Parsed, Warning, WarningKind};
