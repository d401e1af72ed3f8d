//! The rules, one file each, by family.

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
    sum::sum_rounding::RULE,
    sum::difference_recompute::RULE,
    sum::average_recompute::RULE,
    sum::growth_recompute::RULE,
    table::table_total::RULE,
    rate::rate_recompute::RULE,
    rate::rate_complement::RULE,
    rate::rate_infeasible::RULE,
    rate::rate_rounding::RULE,
    rate::share_recompute::RULE,
    rate::share_plug::RULE,
    rate::share_sum::RULE,
    count::count_list::RULE,
    count::count_rows::RULE,
    count::threshold_list::RULE,
    count::part_exceeds_whole::RULE,
    same::figure_restated::RULE,
    same::text_table::RULE,
    date::date_order::RULE,
    part::attachment_title::RULE,
    part::heading_sequence::RULE,
    part::serial_sequence::RULE,
];
