//! Claims of a highest or lowest row with its figure (最低的是南屏镇（82.4%）) against the column that holds the figure.
//!
//! The figure behind the name says which column is meant, so that no word has to: the one in which the row has it.

use std::sync::LazyLock;

use gouji_quantity::Decimal;
use regex::Regex;

use super::spoken::Spoken;
use super::tables::{self, Tables};
use super::{classes, spoken};
use crate::context::Context;
use crate::table::{ColumnKind, Sheet};
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

/// Most claims that are tried; each looks at a column.
const MAX_CLAIMS: usize = 400;
/// Fewest rows that compete.
const LEAST: usize = 3;
/// Most bytes of the words before the name.
const REACH: usize = 60;

/// What stands before the name: 最高的是, 最低的乡镇为.
static CLAIM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"最(?P<side>高|多|大|低|少|小)(?:的)?[^，,。；;、：:（(最]{0,6}?(?:是|为|：|:)?\s*$")
        .expect("a constant pattern")
});

/// Adds a relation for each claim whose figure stands in the row that it names.
pub(super) fn relations(cx: &Context<'_>, tables: &Tables<'_>, spoken: &[Spoken], out: &mut Vec<Relation>) {
    let mut tried = 0;
    for said in spoken {
        let Some(name) = said.name else { continue };
        let text = cx.passages[said.passage].text;
        let between = text.as_str().get(name.end..said.full.start).map_or("x", str::trim);
        if !matches!(between, "" | "（" | "(" | "，" | "," | "，为" | "为" | "达" | "，达") || tried >= MAX_CLAIMS
        {
            continue;
        }
        let sentence = spoken::sentence(text.as_str(), &(name.start..name.end));
        let mut from = sentence.start.max(name.start.saturating_sub(REACH));
        while !text.as_str().is_char_boundary(from) {
            from += 1;
        }
        let lead = &text.as_str()[from..name.start];
        let Some(side) = CLAIM.captures(lead) else { continue };
        tried += 1;
        let smallest = matches!(&side["side"], "低" | "少" | "小");
        let clause = lead.rsplit(['，', '。', '；', '、']).next().unwrap_or(lead);
        let judged = tables.sheets_of(name).find_map(|idx| {
            let sheet = &tables.sheets[idx];
            let mut rows = tables.rows_of(name, idx);
            let row = rows.next().filter(|_| rows.next().is_none())?;
            let col = column(cx, sheet, said, row)?;
            let first = extreme(sheet, col, smallest)?;
            // Of a class or a section another row may be the first.
            let certain = of_all(lead) && !tables.homes[idx].sections;
            (first.contains(&row) || certain).then_some((idx, row, first))
        });
        let Some((idx, row, first)) = judged else { continue };
        let sheet = &tables.sheets[idx];
        let Some(quote) = text.source_span(name.start - clause.len()..said.full.end) else {
            continue;
        };
        let names: Vec<Operand> = first
            .iter()
            .filter_map(|r| Some(Operand::named(sheet.squashed(*r, sheet.label_column?), None)))
            .collect();
        let named = &text.as_str()[name.start..name.end];
        out.push(Relation {
            kind: RelationKind::Bound,
            rule: "rank-of-extreme",
            cue: Cue::Implied,
            readings: vec![Reading {
                formula: Formula::Bound {
                    holds: first.contains(&row),
                },
                stated: Operand::named(named, text.source_span(name.start..name.end)),
                operands: names,
            }],
            quote,
        });
    }
}

/// Whether the words before a name part off no class and no choice of the rows: 乡镇最低的是, 受检的3家中，最低的是.
fn of_all(lead: &str) -> bool {
    let chosen = lead.match_indices('中').any(|(at, _)| !lead[..at].ends_with('其'));
    classes::is_of_all(lead) && !chosen
}

/// The only column in which a row has the figure.
fn column(cx: &Context<'_>, sheet: &Sheet<'_>, said: &Spoken, row: usize) -> Option<usize> {
    let figure = cx.figure(said.idx);
    let mut columns = (0..sheet.n_cols()).filter(|c| {
        let kind = sheet.columns[*c].kind;
        !matches!(kind, ColumnKind::Rank | ColumnKind::Serial | ColumnKind::Growth)
            && tables::same_kind_at(figure, sheet, row, *c)
            && tables::given(sheet, row, *c).is_some_and(|g| tables::equal(&said.operand, &g))
    });
    let first = columns.next()?;
    columns.next().is_none().then_some(first)
}

/// The rows with the largest or smallest value of a column.
fn extreme(sheet: &Sheet<'_>, col: usize, smallest: bool) -> Option<Vec<usize>> {
    let values: Vec<(Decimal, usize)> = sheet
        .data_rows()
        .filter_map(|r| Some((sheet.own_number(r, col)?.value, r)))
        .collect();
    let all = values.iter().map(|(v, _)| *v);
    let bar = if smallest { all.min() } else { all.max() }?;
    (values.len() >= LEAST && !sheet.open).then(|| values.iter().filter(|(v, _)| *v == bar).map(|(_, r)| *r).collect())
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str = "乡镇|满意度（%）\n东岭镇|97.2\n西河乡|94.5\n北塘镇|91.3\n南屏镇|82.4";

    fn claims(text: &str) -> Vec<String> {
        let found = rig::lines(&format!("{text}\n{TABLE}"), relations);
        found.into_iter().filter(|l| l.starts_with("bound")).collect()
    }

    #[test]
    fn the_highest_and_the_lowest() {
        assert_eq!(
            claims("满意度最高的是东岭镇（97.2%），最低的乡镇为南屏镇，为82.4%。"),
            ["bound? 东岭镇 <- 东岭镇 ok", "bound? 南屏镇 <- 南屏镇 ok"]
        );
        assert_eq!(
            claims("满意度最高的是东岭镇（97.2%），最低的是北塘镇（91.3%）。"),
            ["bound? 东岭镇 <- 东岭镇 ok", "bound? 北塘镇 <- 南屏镇 BAD"]
        );
    }

    #[test]
    fn another_figure_or_a_class_says_nothing() {
        assert!(claims("满意度最低的是北塘镇（90.3%）。").is_empty());
        assert!(claims("各街道满意度最低的是北塘镇（91.3%）。").is_empty());
        assert!(claims("受检的3个乡镇中，最低的是北塘镇（91.3%）。").is_empty());
        assert!(claims("提高最多的是北塘镇，西河乡94.5%。").is_empty());
    }
}
