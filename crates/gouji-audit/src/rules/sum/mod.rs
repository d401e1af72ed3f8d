//! Sums, differences, means and growth.

pub(crate) mod average_recompute;
pub(crate) mod difference_recompute;
pub(crate) mod growth_recompute;
pub(crate) mod sum_parts;
pub(crate) mod sum_period;
pub(crate) mod sum_residual;
pub(crate) mod sum_rounding;
