//! Facts: figures under a channel and a measure.

use crate::Fact;
use crate::context::Context;
use crate::prose::Reading;

pub(crate) fn facts(_cx: &Context, _reading: &Reading) -> Vec<Fact> {
    Vec::new()
}
