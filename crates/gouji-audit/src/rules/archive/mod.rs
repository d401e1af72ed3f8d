//! Rules over an archive: two circulars of a series against each other.

pub(crate) mod base_restated;
pub(crate) mod carried_forward;
pub(crate) mod cumulative_shrinks;
pub(crate) mod document_number_twice;
pub(crate) mod figures_copied;
pub(crate) mod growth_of_series;
pub(crate) mod period_twice;
pub(crate) mod text_copied;
pub(crate) mod unit_renamed;

use crate::context::Context;
use crate::model::Finding;
use crate::series::{Entry, Pair, Role, SeriesFinding};

pub(crate) use document_number_twice::number_twice;

/// What is checked of each two circulars of a series, in the order of the catalogue.
pub(crate) static CHECKS: &[fn(&Pair<'_>, &mut Vec<SeriesFinding>)] = &[
    base_restated::check,
    growth_of_series::check,
    carried_forward::check,
    cumulative_shrinks::check,
    figures_copied::check,
    text_copied::check,
    period_twice::check,
    unit_renamed::check,
];

/// A rule over an archive finds nothing in a single circular.
pub(crate) fn of_no_single_circular(_: &Context<'_>, _: &mut Vec<Finding>) {}

/// Whether two figures are not the same; one that is the other in 万 may be printed in another unit.
pub(crate) fn not_equal(a: &Entry, b: &Entry) -> bool {
    let (less, more) = (a.value.min(b.value), a.value.max(b.value));
    let in_ten_thousands = less.checked_mul(10_000.into()) == Some(more);
    // Of 3.1万 and 31420 the shorter one is rounded.
    let places = a.value.scale().min(b.value.scale());
    let rounded = a.value.scale() != b.value.scale() && a.value.round_dp(places) == b.value.round_dp(places);
    a.value != b.value && !in_ten_thousands && !rounded
}

/// The time of a role in Chinese and in English.
pub(crate) fn of(role: Role) -> (&'static str, &'static str) {
    match role {
        Role::YearAgo => ("上年同期", "a year ago"),
        _ => ("上期", "the period before"),
    }
}
