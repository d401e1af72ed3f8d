//! Tables as such.

pub(crate) mod rank_order;
pub(crate) mod row_duplicate;
pub(crate) mod row_le;
pub(crate) mod sort_order;
pub(crate) mod table_total;
