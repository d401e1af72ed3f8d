//! Numbers of things in the text against the number of rows of the table that lists them.

use std::collections::BTreeSet;

use gouji_quantity::{Decimal, UnitClass};

use super::spoken::Spoken;
use super::tables::Tables;
use crate::context::Context;
use crate::table::{ColumnKind, affinity};
use crate::words::last;
use crate::{Cue, FigureClass, FigureIdx, Formula, Operand, Reading, Relation, RelationKind};

/// Farthest that a table may stand below the text that counts its rows, in bytes of the source.
const NEAR: usize = 1_200;
/// Words in common with a caption that leave no doubt what is counted, in characters.
const SURE: usize = 6;

/// Adds a relation for each count that a table's rows are meant by.
pub(crate) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    for said in spoken {
        let figure = cx.figure(said.idx);
        let counts = figure.class == FigureClass::Count
            && figure.unit.as_ref().is_some_and(|u| {
                u.class == UnitClass::Count
                    && matches!(
                        u.name.as_str(),
                        "个" | "家" | "名" | "所" | "条" | "项" | "处" | "户" | "件" | "人"
                    )
            });
        if !counts || linked.contains(&said.idx) {
            continue;
        }
        let mut best: Option<(bool, Cue, usize)> = None;
        for (sheet_idx, sheet) in tables.sheets.iter().enumerate() {
            let n_rows = tables.homes[sheet_idx].n_rows;
            let Some(value) = said.operand.value.filter(|_| n_rows > 0 && !sheet.open) else {
                continue;
            };
            let rows = Decimal::from(n_rows);
            let equal = value == rows;
            // A slip is near; a number far off counts something else.
            if (value - rows).abs() > Decimal::TWO.max(rows / Decimal::TEN) {
                continue;
            }
            let Some(cue) = meant(cx, tables, said, sheet_idx, equal) else {
                continue;
            };
            if best.is_none_or(|(e, _, _)| equal && !e) {
                best = Some((equal, cue, n_rows));
            }
        }
        if best.is_none() {
            best = columns(cx, tables, said).map(|n| (true, Cue::Explicit, n));
        }
        let (Some((_, cue, n_rows)), Some(quote)) = (best, said.quote(cx)) else {
            continue;
        };
        out.push(Relation {
            kind: RelationKind::TextTable,
            rule: "count-of-rows",
            cue,
            readings: vec![Reading {
                formula: Formula::Equal,
                stated: said.operand.clone(),
                operands: vec![Operand::computed(Decimal::from(n_rows))],
            }],
            quote,
        });
    }
}

/// The columns that a figure counts, where the things counted head the columns: 五个街道…如下 above 甲街道|乙街道|….
fn columns(cx: &Context<'_>, tables: &Tables<'_>, said: &Spoken) -> Option<usize> {
    let noun: String = said.tail(cx).trim_start().chars().take(2).collect();
    let value = said.operand.value?;
    if noun.chars().count() < 2 || value < Decimal::TWO {
        return None;
    }
    (0..tables.sheets.len()).find_map(|idx| {
        let n = tables.sheets[idx]
            .columns
            .iter()
            .filter(|c| c.header.ends_with(&noun))
            .count();
        let below = said.passage(cx).body == tables.homes[idx].body
            && said
                .operand
                .span
                .is_some_and(|s| s.end <= tables.homes[idx].start && tables.homes[idx].start - s.end <= NEAR);
        (below && value == Decimal::from(n)).then_some(n)
    })
}

/// How surely a figure counts the rows of a table; `None` if it does not.
fn meant(cx: &Context<'_>, tables: &Tables<'_>, said: &Spoken, sheet_idx: usize, equal: bool) -> Option<Cue> {
    let sheet = &tables.sheets[sheet_idx];
    let home = tables.homes[sheet_idx];
    let clause = format!("{}{}", said.label(cx), said.tail(cx));
    let noun = said.tail(cx);
    let caption = sheet.table.caption.as_ref().map(|c| c.as_str().to_owned()).or_else(|| {
        let attachment = cx.circular.attachments.get(home.body.checked_sub(1)?)?;
        attachment.title.as_ref().map(|t| t.as_str().to_owned())
    });
    let by_caption = caption.as_ref().map_or(0, |c| affinity(&clause, c));
    // What stands behind the number is what the rows are: 22个单位 under 办理单位, 12个账号 under 账号名称.
    let named: Vec<usize> = (0..sheet.n_cols())
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Text)
        .collect();
    let by_header = named.iter().any(|c| {
        let header = &sheet.columns[*c].header;
        let noun: String = noun.trim().chars().take(8).collect();
        let core = header.trim_end_matches("名称").trim_end_matches('名');
        noun.chars().count() >= 2
            && (header.contains(&noun)
                || core.chars().count() >= 2 && noun.contains(core)
                || core.chars().count() >= 2 && noun.starts_with(last(core, 2)))
    });
    let pointer = tables.points_at(cx, said.passage(cx), sheet_idx, said.sentence(cx));
    let below = said.passage(cx).body == home.body
        && said
            .operand
            .span
            .is_some_and(|s| s.end <= home.start && home.start - s.end <= NEAR);
    // A row's name beside the figure: it counts something of that row.
    if said.name.is_some_and(|n| tables.rows_of(n, sheet_idx).next().is_some()) {
        return None;
    }
    let small = said.operand.value.is_none_or(|v| v < Decimal::from(5));
    if equal {
        let words = by_header || by_caption >= 4;
        let serial = sheet.columns.iter().any(|c| c.kind == ColumnKind::Serial);
        return (words && (pointer || below || !small || by_caption >= SURE) || below && serial && !small)
            .then_some(Cue::Explicit);
    }
    // A number that is not the table's is only wrong if the caption or a pointer leaves no doubt.
    let whole = !home.sections;
    let sure = by_header && pointer && by_caption >= 2 || by_caption >= SURE && by_header && home.body > 0;
    (sure && whole && !said.sentence(cx).contains("其中")).then_some(Cue::Implied)
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    const TABLE: &str = "办理单位|收到来信（件）\n东岭区|31\n西河区|22\n南屏县|18\n北塘县|12\n市教育局|9\n合计|92";

    #[test]
    fn rows_that_the_text_counts() {
        let found = read(&format!("收到来信92件，涉及5个单位。\n{TABLE}"));
        assert!(found.contains(&"text-table 5个 <- 5 ok".to_owned()), "{found:#?}");
    }

    #[test]
    fn columns_that_the_text_counts() {
        let table = "月份|东街道|西街道|北街道\n5月|24|34|57\n6月|19|40|61";
        let found = read(&format!("三个街道办理情况如下：\n{table}"));
        assert_eq!(found, ["text-table 三个 <- 3 ok"]);
        assert!(read(&format!("四个街道办理情况如下：\n{table}")).is_empty());
    }

    #[test]
    fn another_number_of_units_is_not_held_against_it() {
        let found = read(&format!("收到来信92件，检查单位47个。\n{TABLE}"));
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
    }

    #[test]
    fn a_count_with_a_pointer_and_the_same_words_is_broken() {
        let source = "发现3个新媒体账号存在严重问题（见附件）。\n附件 存在严重问题的新媒体账号名单\n序号|账号|问题\n1|东岭发布|错字\n2|西河融媒|超期";
        assert_eq!(read(source), ["text-table? 3个 <- 2 BAD"]);
        assert_eq!(read(&source.replace("发现3个", "发现2个")), ["text-table 2个 <- 2 ok"]);
    }
}
