//! One fact stated twice.

pub(crate) mod figure_restated;
pub(crate) mod text_table;
