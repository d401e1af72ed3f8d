//! Ranks told of the rows of a table (东岭镇完成率92.5%，排名第1) against its column of ranks.
//!
//! A unit has one rank in a table and another in another matter; so ranks that agree are read where the table has but one column
//! of them, and one that differs only among others that agree.

use std::collections::BTreeMap;
use std::ops::Range;

use super::spoken;
use super::tables::{self, Given, Tables};
use crate::context::{Context, Role};
use crate::table::{ColumnKind, Sheet};
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Ranks repeated rightly before one that differs is a finding, and how many of them each such one needs.
const ECHO: usize = 2;
/// Most ranks that are looked up.
const MAX_RANKS: usize = 2_000;
/// Words before a rank.
const WORDS: &[&str] = &["排名", "名次", "位列", "位居", "名列", "排在", "排", "居", "列", "位次"];
/// Characters between such a word and the rank: 位列全县第2.
const REACH: usize = 6;

/// A rank of the text with the table's.
struct Told {
    sheet: usize,
    stated: Operand,
    given: Given,
    quote: gouji_document::Span,
}

/// Adds the ranks that agree with the table, and those that alone among them do not.
pub(super) fn relations(cx: &Context<'_>, tables: &Tables<'_>, out: &mut Vec<Relation>) {
    let columns: Vec<Option<usize>> = tables.sheets.iter().map(rank_column).collect();
    if columns.iter().all(Option::is_none) {
        return;
    }
    let mut right: BTreeMap<usize, usize> = BTreeMap::new();
    let mut wrong: BTreeMap<usize, Vec<Told>> = BTreeMap::new();
    let mut tried = 0;
    for passage in cx.passages.iter().filter(|p| p.role == Role::Paragraph) {
        let text = passage.text.as_str();
        if !text.contains('第') {
            continue;
        }
        let names = tables.names_in(text);
        for figure in &passage.figures {
            if !is_rank(text, &figure.full) || tried >= MAX_RANKS {
                continue;
            }
            tried += 1;
            let sentence = spoken::sentence(text, &figure.full);
            let until = names.partition_point(|n| n.end <= figure.full.start);
            let Some(name) = names[..until].last().filter(|n| n.start >= sentence.start) else {
                continue;
            };
            // Another unit may stand between that no row is called: 、 parts units.
            if text[name.end..figure.full.start].contains('、') {
                continue;
            }
            let Some(stated) = cx.operand(figure.idx) else { continue };
            let Some(quote) = passage.text.source_span(name.start..figure.full.end) else {
                continue;
            };
            let found: Vec<Told> = tables
                .sheets_of(*name)
                .filter_map(|sheet| {
                    let mut rows = tables.rows_of(*name, sheet);
                    let row = rows.next().filter(|_| rows.next().is_none())?;
                    let given = tables::given(&tables.sheets[sheet], row, columns[sheet]?)?;
                    let stated = stated.clone();
                    Some(Told {
                        sheet,
                        stated,
                        given,
                        quote,
                    })
                })
                .collect();
            if let Some(told) = found.iter().find(|t| t.stated.value == Some(t.given.value)) {
                *right.entry(told.sheet).or_default() += 1;
                out.push(link(told, Cue::Explicit));
            } else if found.len() == 1 {
                wrong.entry(found[0].sheet).or_default().extend(found);
            }
        }
    }
    for (sheet, told) in wrong {
        if right.get(&sheet).is_some_and(|n| *n >= ECHO && told.len() * ECHO <= *n) {
            out.extend(told.iter().map(|t| link(t, Cue::Implied)));
        }
    }
}

/// The only column of ranks.
fn rank_column(sheet: &Sheet<'_>) -> Option<usize> {
    let mut columns = (0..sheet.n_cols()).filter(|c| sheet.columns[*c].kind == ColumnKind::Rank);
    let first = columns.next()?;
    columns.next().is_none().then_some(first)
}

/// Whether a figure is the rank of what stands before it: 排名第4, 位列全县第2位; not 第2季度.
fn is_rank(text: &str, figure: &Range<usize>) -> bool {
    let Some(before) = text[..figure.start].strip_suffix('第') else {
        return false;
    };
    let lead: Vec<char> = before.chars().rev().take(REACH + 2).collect();
    let lead: String = lead.into_iter().rev().collect();
    let clause = lead.rsplit(['，', '。', '；', '（', '(']).next().unwrap_or("");
    let rest = &text[figure.end..];
    let ended = rest.is_empty() || rest.starts_with(['，', '。', '；', '）', ')', '、', ',', ';', '\n', '位', '名']);
    let closed = text[..figure.end].ends_with(['位', '名']);
    (ended || closed) && WORDS.iter().any(|w| clause.contains(w))
}

fn link(told: &Told, cue: Cue) -> Relation {
    Relation {
        kind: RelationKind::TextTable,
        rule: "rank-against-table",
        cue,
        readings: vec![Reading {
            formula: Formula::Equal,
            stated: told.stated.clone(),
            operands: vec![told.given.operand.clone()],
        }],
        quote: told.quote,
    }
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str = "乡镇|完成率|排名\n东岭镇|92.5%|1\n西河乡|90.1%|2\n南屏镇|85.3%|3\n北塘镇|80.8%|4";

    fn ranks(text: &str) -> Vec<String> {
        let found = rig::lines(&format!("{text}\n{TABLE}"), relations);
        found
            .into_iter()
            .filter(|l| l.starts_with("text-table") && !l.contains('%'))
            .collect()
    }

    #[test]
    fn ranks_of_the_rows() {
        let text = "东岭镇完成率92.5%，排名第1；西河乡完成率90.1%，位列全县第2位；南屏镇排名第三。";
        assert_eq!(ranks(text).len(), 3, "{:#?}", ranks(text));
        let wrong = ranks(&text.replace("第三", "第四"));
        assert_eq!(wrong.iter().filter(|l| l.ends_with("BAD")).count(), 1, "{wrong:#?}");
    }

    #[test]
    fn other_numbers_behind_the_sign_are_no_ranks() {
        assert!(ranks("东岭镇第2季度完成率92.5%，西河乡排名第2季度好转。").is_empty());
        // Alone, a rank that differs is one in another matter.
        assert!(ranks("东岭镇完成率92.5%，安全工作排名第3。").is_empty());
        assert!(ranks("东岭镇、甲镇排名第3。").is_empty());
    }
}
