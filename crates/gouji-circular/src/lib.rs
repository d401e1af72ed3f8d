//! [`Document`](gouji_document::Document) to [`Circular`]: the elements of an official circular (通报).
//!
//! What came from a web page, a converter or an intruder is set aside with a reason, broken lines are
//! joined, text tables are rebuilt, and what is left becomes the elements of GB/T 9704-2012 §7: letterhead, title,
//! addressee, a body of numbered sections, attachments, sign-off, imprint.
//!
//! Conservation: every character of the source text that has a width and is not white space is in exactly one
//! [`Text`](gouji_document::Text) of the circular (as a piece or a mark) or in [`Circular::discarded`].
//!
//! This crate never computes with figures.

mod adverts;
mod attachments;
mod body;
mod chrome;
mod conservation;
mod doc_number;
mod glued;
mod grid;
mod head_grids;
mod headings;
mod headline;
mod join;
mod letterhead;
mod lines;
mod model;
mod organ;
mod page;
mod panels;
mod parse;
mod parts;
mod period;
mod pinyin;
mod sign_off;
mod spam;
mod surroundings;
mod text_table;
mod title;
mod twin;

pub use conservation::{doubly_claimed, unclaimed};
pub use grid::MAX_FILL;
pub use model::{
    Attachment, Cell, Circular, Discarded, Element, Heading, ListedAttachment, Reason, Row, Section, SignedDate, Table,
    TableIdx,
};
pub use parse::{parse, parse_until};
