//! Rates and shares.

pub(crate) mod rate_complement;
pub(crate) mod rate_infeasible;
pub(crate) mod rate_recompute;
pub(crate) mod rate_rounding;
pub(crate) mod share_plug;
pub(crate) mod share_recompute;
pub(crate) mod share_sum;
