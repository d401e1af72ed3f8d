//! One fact stated twice.

pub(crate) mod claim_zero;
pub(crate) mod figure_restated;
pub(crate) mod number_form;
pub(crate) mod org_alias;
pub(crate) mod praise_blame;
pub(crate) mod text_table;
pub(crate) mod unit_mixed;
