//! Elements of the circular.

pub(crate) mod attachment_title;
pub(crate) mod heading_sequence;
pub(crate) mod serial_sequence;
