//! The rules, one file each, by family.

pub(crate) mod archive;
mod count;
mod date;
mod part;
mod rate;
mod same;
mod sum;
mod table;

use crate::context::Context;
use crate::model::{Finding, Severity};

/// One rule.
pub(crate) struct Rule {
    /// Its name, as findings carry it; never reused.
    pub(crate) name: &'static str,
    /// The folder it stands in.
    pub(crate) family: &'static str,
    /// The gravest severity of its findings.
    pub(crate) severity: Severity,
    /// The source of its file, whose doc comment documents it.
    pub(crate) doc: &'static str,
    /// Adds what it finds.
    pub(crate) check: fn(&Context<'_>, &mut Vec<Finding>),
}

/// All rules, in the order of the catalogue.
pub(crate) static ALL: &[Rule] = &[
    sum::sum_parts::RULE,
    sum::sum_period::RULE,
    sum::sum_residual::RULE,
    sum::sum_rounding::RULE,
    sum::difference_recompute::RULE,
    sum::average_recompute::RULE,
    sum::growth_recompute::RULE,
    table::table_total::RULE,
    table::row_le::RULE,
    table::rank_order::RULE,
    table::row_duplicate::RULE,
    table::sort_order::RULE,
    rate::rate_recompute::RULE,
    rate::rate_complement::RULE,
    rate::rate_infeasible::RULE,
    rate::rate_rounding::RULE,
    rate::share_recompute::RULE,
    rate::share_plug::RULE,
    rate::share_sum::RULE,
    rate::rate_bounds::RULE,
    rate::rate_pair::RULE,
    rate::rate_false_hundred::RULE,
    rate::rate_zero_base::RULE,
    rate::rate_rounding_mixed::RULE,
    rate::precision_drift::RULE,
    count::count_list::RULE,
    count::count_rows::RULE,
    count::list_against_table::RULE,
    count::roster_member::RULE,
    count::threshold_list::RULE,
    count::rank_claim::RULE,
    count::cap_count::RULE,
    count::part_exceeds_whole::RULE,
    count::item_ordinal::RULE,
    same::figure_restated::RULE,
    same::text_table::RULE,
    same::claim_zero::RULE,
    same::praise_blame::RULE,
    same::org_alias::RULE,
    same::unit_mixed::RULE,
    same::number_form::RULE,
    date::date_order::RULE,
    date::date_invalid::RULE,
    date::weekday_mismatch::RULE,
    date::deadline_past::RULE,
    date::period_window::RULE,
    date::period_open::RULE,
    date::period_agree::RULE,
    date::period_jump::RULE,
    part::document_number_form::RULE,
    part::document_number_year::RULE,
    part::citation_form::RULE,
    part::attachment_title::RULE,
    part::attachment_missing::RULE,
    part::heading_sequence::RULE,
    part::serial_sequence::RULE,
    part::text_injected::RULE,
    part::placeholder_left::RULE,
    archive::base_restated::RULE,
    archive::growth_of_series::RULE,
    archive::carried_forward::RULE,
    archive::cumulative_shrinks::RULE,
    archive::figures_copied::RULE,
    archive::period_twice::RULE,
    archive::text_copied::RULE,
    archive::document_number_twice::RULE,
    archive::unit_renamed::RULE,
];
