//! Order: dates, numbering, and the attachments announced against those that follow.
//!
//! Only what is certain is said here. A label that seems to be missing is looked for in the source first, since it may
//! stand where no heading was recognised; a date without a year is completed from what stands around it, and if it then
//! does not fit, nothing is said.

mod dateline;
mod dates;
pub(crate) mod labels;
mod numbering;
mod references;
mod spans;
mod windows;

use crate::Relation;
use crate::context::Context;

/// Adds date, numbering and reference relations.
pub(crate) fn relations(cx: &Context<'_>, out: &mut Vec<Relation>) {
    dates::relations(cx, out);
    numbering::relations(cx, out);
    references::relations(cx, out);
}
