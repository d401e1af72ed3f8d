//! Elements of the circular.

pub(crate) mod attachment_missing;
pub(crate) mod attachment_title;
pub(crate) mod citation_form;
pub(crate) mod document_number_form;
pub(crate) mod document_number_year;
pub(crate) mod heading_sequence;
pub(crate) mod placeholder_left;
pub(crate) mod serial_sequence;
pub(crate) mod text_injected;
