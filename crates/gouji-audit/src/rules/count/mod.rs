//! Counts and lists.

pub(crate) mod cap_count;
pub(crate) mod count_list;
pub(crate) mod count_rows;
pub(crate) mod item_ordinal;
pub(crate) mod list_against_table;
pub(crate) mod part_exceeds_whole;
pub(crate) mod rank_claim;
pub(crate) mod roster_member;
pub(crate) mod threshold_list;
