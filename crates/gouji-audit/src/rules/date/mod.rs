//! Dates and periods.

pub(crate) mod date_invalid;
pub(crate) mod date_order;
pub(crate) mod deadline_past;
pub(crate) mod period_agree;
pub(crate) mod period_jump;
pub(crate) mod period_open;
pub(crate) mod period_window;
pub(crate) mod weekday_mismatch;
