//! Relations in running text.

use crate::Relation;
use crate::context::Context;

/// What the grammar made of the running text.
pub(crate) struct Reading {}

pub(crate) fn read(_cx: &mut Context) -> Reading {
    Reading {}
}

pub(crate) fn relations(_cx: &Context, _reading: &Reading, _out: &mut Vec<Relation>) {}
