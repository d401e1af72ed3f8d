//! Figures and names of the running text against the tables that carry them.
//!
//! A link needs words, not only an equal number: a row's name before the figure and a column's words in its clause, a
//! pointer (见附件, 下表), or the table right below. A link that does not hold is said only where the text evidently
//! reports that table: other figures of it are repeated rightly, and row and column are both named.

mod averages;
mod balance;
mod bands;
mod bounds;
mod cells;
mod classes;
mod classified;
mod counts;
mod courses;
mod current;
mod extremes;
mod growths;
mod indicators;
mod lists;
mod podium;
mod portions;
mod ranks;
mod recital;
mod roster;
mod spoken;
mod standings;
mod tables;
mod wholes;

use crate::Relation;
use crate::context::Context;
use spoken::Spoken;
use tables::Tables;

/// Adds the relations between text and tables.
pub(crate) fn relations(cx: &Context<'_>, out: &mut Vec<Relation>) {
    let podiums = podium::read(cx);
    let tables = Tables::read(cx);
    bands::relations(cx, &tables, &podiums, out);
    if tables.sheets.is_empty() {
        return;
    }
    let spoken = Spoken::read_all(cx, &tables);
    let mut linked = cells::relations(cx, &tables, &spoken, out);
    balance::relations(cx, &tables, &spoken, &mut linked, out);
    recital::relations(cx, &tables, &spoken, &mut linked, out);
    indicators::relations(cx, &tables, &spoken, &mut linked, out);
    classified::relations(cx, &tables, &spoken, &mut linked, out);
    classes::relations(cx, &tables, &spoken, &mut linked, out);
    wholes::relations(cx, &tables, &spoken, &mut linked, out);
    current::relations(cx, &tables, &spoken, &mut linked, out);
    averages::relations(cx, &tables, &spoken, &mut linked, out);
    let values = growths::Cells::read(&tables);
    courses::relations(cx, &tables, &values, &spoken, &mut linked, out);
    growths::relations(cx, &tables, &values, &spoken, &linked, out);
    counts::relations(cx, &tables, &spoken, &linked, out);
    portions::relations(cx, &tables, &spoken, &linked, out);
    bounds::relations(cx, &tables, &spoken, out);
    lists::relations(cx, &tables, out);
    roster::relations(cx, &tables, out);
    ranks::relations(cx, &tables, out);
    standings::relations(cx, &tables, out);
    extremes::relations(cx, &tables, &spoken, out);
}
