//! Lists of rows with their figures (甲镇42条、乙镇36条、丙镇20条) against the column that they recite.
//!
//! A name and a number say little; three names of one table with the numbers of one of its columns leave no doubt which
//! column is read out, and the one number among them that is not its row's is a slip.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::spoken::Spoken;
use super::tables::{self, Tables};
use crate::context::Context;
use crate::{Cue, FigureIdx, Formula, Reading, Relation, RelationKind};

/// Fewest figures that are rightly recited.
const LEAST: usize = 2;
/// Most lists that are tried; each is held against all columns of a few tables.
const MAX_LISTS: usize = 2_000;
/// Most tables that a list is held against.
const MAX_TABLES: usize = 6;

/// Adds the figures of recited columns, right and wrong, that are not linked yet.
pub(super) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let mut tried = 0;
    let unit = |s: &Spoken| cx.figure(s.idx).unit.as_ref().map(|u| u.name.clone());
    let together =
        |a: &Spoken, b: &Spoken| a.passage == b.passage && a.sentence.start == b.sentence.start && unit(a) == unit(b);
    let named: Vec<&Spoken> = spoken.iter().filter(|s| right_before(cx, s)).collect();
    for list in named.chunk_by(|a, b| together(a, b)) {
        if list.len() <= LEAST || list.iter().all(|s| linked.contains(&s.idx)) || tried >= MAX_LISTS {
            continue;
        }
        tried += 1;
        let sheets: Vec<usize> = list[0]
            .name
            .map(|n| tables.sheets_of(n).take(MAX_TABLES).collect())
            .unwrap_or_default();
        let best = sheets
            .into_iter()
            .filter_map(|s| recited(cx, tables, list, s))
            .max_by_key(|found| found.right);
        let Some(found) = best else { continue };
        for (said, given) in list.iter().zip(found.given) {
            if linked.contains(&said.idx) {
                continue;
            }
            let ok = tables::equal(&said.operand, &given);
            let Some(quote) = said.quote(cx) else { continue };
            linked.insert(said.idx);
            out.push(Relation {
                kind: RelationKind::TextTable,
                rule: "text-against-table",
                cue: if ok || found.right >= 3 {
                    Cue::Explicit
                } else {
                    Cue::Implied
                },
                readings: vec![Reading {
                    formula: Formula::Equal,
                    stated: said.operand.clone(),
                    operands: vec![given.operand.clone()],
                }],
                quote,
            });
        }
    }
}

/// Whether a row's name stands right before a figure, in brackets or not: 甲镇42条, 甲镇（42条）, 甲镇为42条.
fn right_before(cx: &Context<'_>, said: &Spoken) -> bool {
    let text = cx.passages[said.passage].text.as_str();
    said.name.is_some_and(|n| {
        let between = text.get(n.end..said.full.start).unwrap_or("x");
        let bare = between.trim_matches(|c: char| c.is_whitespace() || "（(：:".contains(c));
        between.len() <= 24 && matches!(bare, "" | "为" | "是" | "有" | "得" | "得分" | "共" | "达")
    })
}

/// A column as a list recites it.
struct Recited {
    right: usize,
    /// What the table gives for each figure of the list.
    given: Vec<tables::Given>,
}

/// The column of a sheet that a list recites but for one figure at most.
fn recited(cx: &Context<'_>, tables: &Tables<'_>, list: &[&Spoken], sheet_idx: usize) -> Option<Recited> {
    let sheet = &tables.sheets[sheet_idx];
    let mut rows = Vec::with_capacity(list.len());
    for said in list {
        let mut of = tables.rows_of(said.name?, sheet_idx);
        rows.push(of.next()?);
        of.next().is_none().then_some(())?;
    }
    let distinct: BTreeSet<usize> = rows.iter().copied().collect();
    if distinct.len() != rows.len() {
        return None;
    }
    let mut best: Option<Recited> = None;
    for col in 0..sheet.n_cols() {
        if !tables::same_kind(cx.figure(list[0].idx), sheet, col) {
            continue;
        }
        let Some(given) = rows
            .iter()
            .map(|r| tables::given(sheet, *r, col))
            .collect::<Option<Vec<_>>>()
        else {
            continue;
        };
        let equal = |(said, given): &(&&Spoken, &tables::Given)| tables::equal(&said.operand, given);
        let right = list.iter().zip(&given).filter(equal).count();
        // Small numbers agree by chance.
        let telling = list
            .iter()
            .zip(&given)
            .filter(equal)
            .filter(|(_, g)| g.value >= Decimal::TEN || g.operand.decimals > 0)
            .count();
        let enough =
            right + 1 >= list.len() && right >= LEAST && (telling >= LEAST || right == list.len() && telling > 0);
        if enough && best.as_ref().is_none_or(|b| right > b.right) {
            best = Some(Recited { right, given });
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str = "序号|窗口|办件量（件）|投诉量（件）\n1|市监窗口|742|0\n2|不动产窗口|586|1\n3|公积金窗口|295|0\n4|交通窗口|261|2\n5|气象窗口|12|0\n6|档案窗口|9|0";

    fn read(text: &str) -> Vec<String> {
        rig::lines(&format!("{text}\n{TABLE}"), relations)
            .into_iter()
            .filter(|l| l.starts_with("text-table"))
            .collect()
    }

    #[test]
    fn a_column_read_out_with_one_slip() {
        let text = "办件较多的有市监窗口（742件）、不动产窗口（586件）、公积金窗口（295件）、交通窗口（261件）。";
        assert_eq!(read(text).len(), 4);
        assert!(read(text).iter().all(|l| l.ends_with("ok")));
        let wrong = read(&text.replace("586件", "568件"));
        assert!(wrong.contains(&"text-table 568件 <- 586 BAD".to_owned()), "{wrong:#?}");
        assert_eq!(wrong.iter().filter(|l| l.ends_with("BAD")).count(), 1);
    }

    #[test]
    fn figures_of_something_else_are_left_alone() {
        for text in [
            "增量较大的有市监窗口（74件）、不动产窗口（58件）、公积金窗口（29件）。",
            "办件较多的有市监窗口（742件）、不动产窗口（568件）。",
            "超期的有市监窗口3件、气象窗口2件、档案窗口1件。",
        ] {
            assert!(read(text).iter().all(|l| l.ends_with("ok")), "{text}: {:?}", read(text));
        }
    }
}
