//! Rates and shares.

pub(crate) mod precision_drift;
pub(crate) mod rate_bounds;
pub(crate) mod rate_complement;
pub(crate) mod rate_false_hundred;
pub(crate) mod rate_infeasible;
pub(crate) mod rate_pair;
pub(crate) mod rate_recompute;
pub(crate) mod rate_rounding;
pub(crate) mod rate_rounding_mixed;
pub(crate) mod rate_zero_base;
pub(crate) mod share_plug;
pub(crate) mod share_recompute;
pub(crate) mod share_sum;
