//! Dates and periods.

pub(crate) mod date_order;
