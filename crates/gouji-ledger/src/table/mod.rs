//! Relations inside tables: totals down and across, rates and shares, serials and ranks.
//!
//! The geometry of a table says what may belong together; labels and header words say what must. A total row or
//! column is known by its label, but what it takes together is read off the arithmetic of all rows or columns at once, so
//! that one wrong cell shows as one broken relation and not as another reading of the table.

mod balance;
mod beside;
mod changes;
mod column;
mod crossing;
mod dominance;
mod footing;
mod form;
mod formulas;
mod marks;
mod numbered;
mod of_which;
mod rate;
#[cfg(test)]
pub(crate) mod rig;
mod row;
mod scores;
mod serial;
mod share_rows;
mod shares;
mod sheet;
#[cfg(test)]
mod tests;
mod wording;

use gouji_circular::TableIdx;

use crate::Relation;
use crate::context::Context;
pub(crate) use balance::items_set_equal as balanced_items;
pub(crate) use column::ColumnKind;
pub(crate) use row::RowKind;
pub(crate) use sheet::{Number, Sheet, squash};
pub(crate) use wording::{affinity, negated};

/// Adds the relations inside each table.
pub(crate) fn relations(cx: &Context<'_>, out: &mut Vec<Relation>) {
    for idx in 0..cx.circular.tables.len() {
        let Some(sheet) = Sheet::read(cx, TableIdx(idx)) else {
            continue;
        };
        let outline = of_which::relations(cx, &sheet, out);
        let footings = footing::relations(cx, &sheet, &outline, out);
        balance::relations(cx, &sheet, out);
        beside::relations(cx, &sheet, out);
        crossing::relations(cx, &sheet, out);
        scores::relations(cx, &sheet, out);
        marks::relations(cx, &sheet, out);
        rate::relations(cx, &sheet, &footings, out);
        dominance::relations(cx, &sheet, out);
        serial::relations(cx, &sheet, out);
    }
    formulas::relations(cx, out);
}
