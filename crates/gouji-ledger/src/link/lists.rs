//! Lists of names in the text against the rows of the table that the text points at.

use gouji_quantity::Decimal;

use super::spoken;
use super::tables::{NameHit, Tables};
use crate::context::{Context, Role};
use crate::table::squash;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most lists that are tried; each looks at all rows of a table.
const MAX_LISTS: usize = 200;

/// Adds a relation for each list of at least three names that points at an attachment's table.
pub(crate) fn relations(cx: &Context<'_>, tables: &Tables<'_>, out: &mut Vec<Relation>) {
    let mut tried = 0;
    for passage in &cx.passages {
        if passage.role != Role::Paragraph {
            continue;
        }
        let text = passage.text.as_str();
        let hits = tables.names_in(text);
        for run in runs(text, &hits) {
            let (Some(first), Some(last)) = (run.first(), run.last()) else {
                continue;
            };
            let sentence = spoken::sentence(text, &(first.start..last.end));
            for sheet_idx in tables.sheets_of(*first) {
                let sheet = &tables.sheets[sheet_idx];
                let after = &text[last.end..sentence.end];
                let pointed = tables.homes[sheet_idx].body > 0 && tables.points_at(cx, passage, sheet_idx, after);
                let ends = !after.trim_start().starts_with('等');
                if sheet.open || !pointed || !ends || tried >= MAX_LISTS {
                    continue;
                }
                tried += 1;
                let Some(col) = sheet.label_column else { continue };
                let mut listed: Vec<usize> = run.iter().flat_map(|h| tables.rows_of(*h, sheet_idx)).collect();
                listed.sort_unstable();
                listed.dedup();
                let rows: Vec<usize> = sheet
                    .data_rows()
                    .filter(|r| !squash(sheet.table.cell(*r, col)).is_empty())
                    .collect();
                let all_known = run.iter().all(|h| tables.rows_of(*h, sheet_idx).next().is_some());
                let same = all_known && listed == rows;
                // A shorter list may be a choice of the rows; one or two names off is a slip.
                if !same && (rows.len().abs_diff(run.len()) > 1 || run.len() < 4) {
                    continue;
                }
                // The list may go on before or behind with names that no row has.
                if !same && continues(text, first.start, last.end) {
                    continue;
                }
                let Some(quote) = passage.text.source_span(first.start..sentence.end) else {
                    continue;
                };
                let formula = if same || run.len() != rows.len() {
                    Formula::Equal
                } else {
                    Formula::Bound { holds: false }
                };
                out.push(Relation {
                    kind: RelationKind::TextTable,
                    rule: "list-against-rows",
                    cue: if same { Cue::Explicit } else { Cue::Implied },
                    readings: vec![Reading {
                        formula,
                        stated: Operand::computed(Decimal::from(run.len())),
                        operands: vec![Operand::computed(Decimal::from(rows.len()))],
                    }],
                    quote,
                });
                break;
            }
        }
    }
}

/// Runs of at least three names with only 、 (or 和) between them.
pub(crate) fn runs<'h>(text: &str, hits: &'h [NameHit]) -> Vec<&'h [NameHit]> {
    hits.chunk_by(|a, b| matches!(text[a.end..b.start].trim(), "、" | "和" | "及" | "以及" | "，" | ","))
        .filter(|run| run.len() >= 3)
        .collect()
}

/// As [`runs`], where each name may bring its figure: 甲镇（96分）、乙镇（93分）.
pub(super) fn runs_with_figures<'h>(text: &str, hits: &'h [NameHit]) -> Vec<&'h [NameHit]> {
    let joins = |a: &NameHit, b: &NameHit| {
        let between = &text[a.end..b.start];
        let words: String = between
            .chars()
            .filter(|c| !c.is_whitespace() && !c.is_ascii_digit() && !matches!(c, '.' | '%' | '（' | '）' | '(' | ')'))
            .collect();
        let bare = words.trim_start_matches(['分', '件', '条', '个', '次', '篇', '起']);
        between.len() <= 40 && matches!(bare, "、" | "和" | "及" | "以及" | "，" | ",")
    };
    hits.chunk_by(joins).filter(|run| run.len() >= 2).collect()
}

/// Whether a list goes on beyond its ends.
fn continues(text: &str, start: usize, end: usize) -> bool {
    let marks = ['、', '和', '及'];
    text[..start].trim_end().ends_with(marks) || text[end..].trim_start().starts_with(marks)
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str =
        "附件 存在问题的责任单位\n序号|责任单位|问题\n1|县财政局|超期\n2|县民政局|超期\n3|东岭镇|错字\n4|西河乡|错字";

    fn read(text: &str) -> Vec<String> {
        rig::lines(&format!("{text}\n{TABLE}"), relations)
    }

    #[test]
    fn the_same_names_hold() {
        assert_eq!(
            read("县财政局、县民政局、东岭镇、西河乡存在逾期现象（附件）。"),
            ["text-table 4 <- 4 ok"]
        );
    }

    #[test]
    fn a_choice_of_names_says_nothing() {
        assert!(read("县财政局、县民政局、东岭镇较好（附件）。").is_empty());
        assert!(
            read("县财政局、县民政局、东岭镇、西河乡存在逾期现象。").is_empty(),
            "no pointer"
        );
        assert!(read("县财政局、县民政局、东岭镇、西河乡等单位存在逾期现象（附件）。").is_empty());
    }
}
