//! Changes find what they changed from: growth, differences, points.
//!
//! A change (增长20%, 减少12起, 提高0.4个百分点) says in its own words whether it rose or fell, since when, and sometimes of
//! what ([`words`]). Its base is printed ([`based`], [`against`]; [`behind`] it), or is what a printed difference leaves ([`derived`]), or several changes
//! are told at once and paired by their order ([`parallel`]) or by their measure words ([`measured`]). The growth of
//! a total lies between those of its parts ([`bounds`], [`divided`]), its increase is the sum of theirs ([`increments`]), and what it was before is the sum of what they were ([`bases`](mod@bases)); what
//! fell to nothing may say so in words alone ([`nothing`]); a change of 占比 may be of shares told elsewhere ([`portions`]); what each
//! part adds to a growth gives it ([`pulls`]); rates are compared with others of their name ([`compared`]), and means of all with
//! those of town and country ([`residents`]). Without a base of the same subject there is no relation.

mod against;
mod based;
mod bases;
mod behind;
mod bounds;
mod compared;
mod derived;
mod divided;
mod increments;
mod leftovers;
mod measured;
mod nothing;
mod parallel;
mod portions;
mod pulls;
mod residents;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use bases::relations as bases;
pub(crate) use bounds::{relations as bounds, within_rounding};
pub(crate) use increments::increases_of;
pub(crate) use words::{change_word, compared, is_stock, new_value, old_value};

use gouji_quantity::Approx;

use super::clauses::Mention;
use super::{MentionRef, Reading};
use crate::context::Context;
use crate::{Cue, FigureClass, Modality, Relation};

/// Relations of all changes and remainders.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let mut previous: Option<(usize, based::Basis)> = None;
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            let m = reading.mention(at);
            if !m.plain {
                // 比上年的820件增加约440件: kept if it is so exactly.
                if is_about(cx, m)
                    && let Some(change) = words::change_of(m)
                    && let Some((relation, basis)) = based::change(cx, reading, at, &change, previous.as_ref())
                {
                    out.extend(relation.map(|r| Relation {
                        cue: Cue::Arithmetic,
                        ..r
                    }));
                    previous = Some((mention, basis));
                }
                continue;
            }
            if m.is_rate() && m.label.contains("自然增长率") {
                out.extend(leftovers::natural_growth(cx, reading, at));
                continue;
            }
            let Some(change) = words::change_of(m) else {
                if m.class == FigureClass::Points
                    && let Some((_, fell)) = words::above(&m.label)
                {
                    match based::compared(cx, reading, at, fell) {
                        Some(relation) => out.push(relation),
                        None => out.extend(compared::relations(cx, reading, at, fell)),
                    }
                }
                if m.is_amount() {
                    out.extend(leftovers::remainder(cx, reading, at));
                    out.extend(leftovers::saved(cx, reading, at));
                }
                continue;
            };
            if m.label.contains("分别") {
                out.extend(parallel::relations(cx, reading, at, &change));
                continue;
            }
            let in_row = parallel::behind_differences(cx, reading, at, &change);
            if !in_row.is_empty() {
                out.extend(in_row);
                previous = None;
                continue;
            }
            if let Some(fall) = nothing::fall(cx, reading, at, &change) {
                out.extend(fall);
                previous = None;
                continue;
            }
            if let Some(net) = leftovers::net(cx, reading, at) {
                out.push(net);
                continue;
            }
            let told = measured::growth(cx, reading, at, &change).or_else(|| against::change(cx, reading, at, &change));
            if let Some(told) = told {
                out.push(told);
                continue;
            }
            match based::change(cx, reading, at, &change, previous.as_ref()) {
                Some((relation, basis)) => {
                    out.extend(relation);
                    previous = Some((mention, basis));
                }
                None => {
                    let told = behind::change(cx, reading, at, &change);
                    match told.or_else(|| derived::growth(cx, reading, at, &change)) {
                        Some(told) => out.push(told),
                        None => out.extend(compared::relations(cx, reading, at, change.fell)),
                    }
                }
            }
        }
    }
    divided::relations(cx, reading, out);
    increments::relations(cx, reading, out);
    portions::relations(cx, reading, out);
    pulls::relations(cx, reading, out);
    residents::relations(cx, reading, out);
    residents::ratios(cx, reading, out);
}

/// Stated as a fact, but roughly (约).
fn is_about(cx: &Context, m: &Mention) -> bool {
    let figure = cx.figure(m.fig);
    let about = figure.stated.as_ref().is_some_and(|s| s.approx == Approx::About);
    about && figure.modality == Modality::Fact
}
