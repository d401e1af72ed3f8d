//! Tables as such.

pub(crate) mod table_total;
