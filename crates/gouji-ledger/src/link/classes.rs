//! Sums over a class of rows (乡镇报送…条, 县级部门报送…条), with what the notes add.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use super::cells::measure;
use super::spoken::Spoken;
use super::tables::{self, Given, Tables};
use crate::context::{Context, Role};
use crate::table::{ColumnKind, RowKind, Sheet, affinity};
use crate::{Cue, FigureIdx, Formula, Operand, Reading, Relation, RelationKind};

/// Smallest sum that is no chance hit.
const LEAST: Decimal = Decimal::TEN;
/// Most figures of notes that are looked at.
const MAX_NOTES: usize = 12;

/// A figure of a note with the words before it.
pub(crate) struct NoteFigure {
    label: String,
    operand: Operand,
    pub value: Decimal,
}

/// Adds sums over classes of rows for the figures that are not linked yet; only sums that hold.
pub(crate) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let notes: Vec<Vec<NoteFigure>> = tables.sheets.iter().map(|s| notes(cx, s)).collect();
    // The sums of a class are made once for each table, however many figures name it.
    let mut sums: BTreeMap<(usize, &str), Vec<Sums>> = BTreeMap::new();
    for said in spoken {
        if linked.contains(&said.idx) || said.operand.value.is_none_or(|v| v < LEAST) {
            continue;
        }
        let figure = cx.figure(said.idx);
        let (class, word) = class(said.label(cx));
        let mut found = None;
        for (idx, sheet) in tables.sheets.iter().enumerate() {
            let sums = sums.entry((idx, word)).or_insert_with(|| sums_of(sheet, class, word));
            found = (0..sheet.n_cols()).find_map(|col| {
                if !tables::same_kind(figure, sheet, col) {
                    return None;
                }
                sums.iter().find_map(|group| {
                    let given = group.by_column.get(col)?.as_ref()?;
                    let operands = fit(cx, said, group.n_rows, given, &sheet.columns[col].header, &notes[idx])?;
                    // The text repeats what all rows add up to: then it is the printed total that it must agree with.
                    let printed = (class == Class::All && operands.len() == 1)
                        .then(|| tables::given(sheet, tables.totals[idx]?, col))
                        .flatten();
                    Some(printed.map_or(operands, |p| vec![p.operand]))
                })
            });
            if found.is_some() {
                break;
            }
        }
        if let (Some(operands), Some(quote)) = (found, said.quote(cx)) {
            linked.insert(said.idx);
            let formula = if operands.len() == 1 {
                Formula::Equal
            } else {
                Formula::Sum
            };
            out.push(Relation {
                kind: RelationKind::TextTable,
                rule: "text-against-rows",
                cue: Cue::Explicit,
                readings: vec![Reading {
                    formula,
                    stated: said.operand.clone(),
                    operands,
                }],
                quote,
            });
        }
    }
}

/// A group of rows with the sum of each column over it.
struct Sums {
    n_rows: usize,
    by_column: Vec<Option<Given>>,
}

fn sums_of(sheet: &Sheet<'_>, class: Class, word: &str) -> Vec<Sums> {
    groups(sheet, class, word)
        .iter()
        .map(|rows| Sums {
            n_rows: rows.len(),
            by_column: (0..sheet.n_cols())
                .map(|col| {
                    tables::adds(sheet, col)
                        .then(|| tables::sum_over(sheet, col, rows))
                        .flatten()
                })
                .collect(),
        })
        .collect()
}

/// The operands that give the figure: the sum alone, or with a figure of the notes.
fn fit(
    cx: &Context<'_>,
    said: &Spoken,
    n_rows: usize,
    given: &Given,
    header: &str,
    notes: &[NoteFigure],
) -> Option<Vec<Operand>> {
    let words = || affinity(said.label(cx), measure(header));
    if n_rows >= 2 && tables::equal(&said.operand, given) && words() >= 2 {
        return Some(vec![given.operand.clone()]);
    }
    // A note's figure closes the gap: its words must name what the text or the column names.
    let stated = said.operand.value?;
    notes.iter().find_map(|note| {
        let closes = given.value.checked_add(note.value) == Some(stated);
        (closes && n_rows >= 5 && !note.value.is_zero() && (affinity(said.label(cx), &note.label) >= 2 || words() >= 2))
            .then(|| vec![given.operand.clone(), note.operand.clone()])
    })
}

/// The figures of a sheet's notes.
pub(crate) fn notes(cx: &Context<'_>, sheet: &Sheet<'_>) -> Vec<NoteFigure> {
    let mut out = Vec::new();
    for passage in cx.passages.iter().filter(|p| p.role == Role::Note(sheet.index)) {
        let mut from = 0;
        for local in &passage.figures {
            let label = &passage.text.as_str()[from.min(local.full.start)..local.full.start];
            from = local.full.end;
            if out.len() < MAX_NOTES
                && let Some(operand) = cx.operand(local.idx)
                && let Some(value) = operand.value
            {
                out.push(NoteFigure {
                    label: label.to_owned(),
                    operand,
                    value,
                });
            }
        }
    }
    out
}

/// A class of rows by what they are called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    All,
    Towns,
    Departments,
    Counties,
}

/// The rows that a label may mean: all, or those of the class that it names.
pub(crate) fn groups_of(sheet: &Sheet<'_>, label: &str) -> Vec<Vec<usize>> {
    let (class, word) = class(label);
    groups(sheet, class, word)
}

/// Whether a label names no class of rows.
pub(crate) fn is_of_all(label: &str) -> bool {
    class(label).0 == Class::All
}

/// The class that a label names, and the word that names it.
fn class(label: &str) -> (Class, &'static str) {
    for (words, class) in [
        (&["乡镇", "镇街", "镇乡", "街道", "各镇"][..], Class::Towns),
        (&["部门", "县直", "市直", "区直", "州直", "局"][..], Class::Departments),
        (
            &["县区", "县市", "区县", "县（区）", "县（市", "县(区)", "县(市", "各县"][..],
            Class::Counties,
        ),
    ] {
        if let Some(word) = words.iter().find(|w| label.contains(**w)) {
            return (class, word);
        }
    }
    (Class::All, "")
}

fn is_town(name: &str) -> bool {
    [
        "镇",
        "乡",
        "街道",
        "街道办",
        "街道办事处",
        "苏木",
        "镇政府",
        "乡政府",
        "镇人民政府",
        "乡人民政府",
        "林场",
        "农场",
    ]
    .iter()
    .any(|w| name.ends_with(w))
}

fn is_county(name: &str) -> bool {
    ["县", "区", "市", "旗", "县政府", "区政府", "市政府", "管委会"]
        .iter()
        .any(|w| name.ends_with(w))
}

/// Rows that a class may mean: by the suffix of their names, by sub-heading, by a column of groups, by panel.
fn groups(sheet: &Sheet<'_>, class: Class, word: &str) -> Vec<Vec<usize>> {
    let data: Vec<usize> = sheet.data_rows().collect();
    if class == Class::All {
        return vec![data];
    }
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut add = |rows: Vec<usize>| {
        if !rows.is_empty() && rows.len() < data.len() && !out.contains(&rows) {
            out.push(rows);
        }
    };
    if let Some(col) = sheet.label_column {
        let of = |test: &dyn Fn(&str) -> bool| -> Vec<usize> {
            data.iter()
                .copied()
                .filter(|r| test(&sheet.squashed(*r, col)))
                .collect()
        };
        match class {
            Class::Towns => add(of(&is_town)),
            Class::Departments => {
                add(of(&|n| !is_town(n)));
                add(of(&|n| !is_town(n) && !is_county(n)));
            }
            Class::Counties => add(of(&is_county)),
            Class::All => {}
        }
    }
    // Sub-headings that bear the word.
    let mut open = false;
    let mut under = Vec::new();
    for (row, kind) in sheet.rows.iter().enumerate() {
        match kind {
            RowKind::Section => open = (0..sheet.n_cols()).any(|c| sheet.table.cell(row, c).contains(word)),
            RowKind::Data if open => under.push(row),
            _ => {}
        }
    }
    add(under);
    for col in 0..sheet.n_cols() {
        if sheet.columns[col].kind == ColumnKind::Text && Some(col) != sheet.label_column {
            add(data
                .iter()
                .copied()
                .filter(|r| sheet.table.cell(*r, col).contains(word))
                .collect());
        }
    }
    // Panels that stood side by side.
    let mut from = 0;
    for rows in &sheet.table.panel_rows {
        add(data
            .iter()
            .copied()
            .filter(|r| (from..from + rows).contains(r))
            .collect());
        from += rows;
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    const TABLE: &str = "附件 各单位信息统计表
序号|单位名称|网站报送条数|网站采用条数
1|东岭镇|42|10
2|西河乡|36|11
3|北塘街道|20|9
4|县财政局|30|14
5|县民政局|15|6
6|县档案馆|12|5
注：未纳入考核的单位报送18条，审核发布9条。";

    #[test]
    fn classes_of_rows_by_their_names() {
        let found = read(&format!(
            "各单位报送信息155条，其中乡镇报送98条、县级部门报送57条。\n{TABLE}"
        ));
        assert!(found.contains(&"text-table 98条 <- 98 ok".to_owned()), "{found:#?}");
        assert!(found.contains(&"text-table 57条 <- 57 ok".to_owned()), "{found:#?}");
        assert!(found.contains(&"text-table 155条 <- 155 ok".to_owned()), "{found:#?}");
    }

    #[test]
    fn a_note_closes_the_gap() {
        let found = read(&format!("各单位报送信息173条。审核发布信息64条。\n{TABLE}"));
        assert!(
            found.contains(&"text-table 173条 <- 155 18条 ok".to_owned()),
            "{found:#?}"
        );
        assert!(found.contains(&"text-table 64条 <- 55 9条 ok".to_owned()), "{found:#?}");
    }

    #[test]
    fn other_sums_say_nothing() {
        assert!(read(&format!("各单位报送信息170条，其中乡镇报送90条。\n{TABLE}")).is_empty());
        assert!(read(&format!("全县召开会议98次。\n{TABLE}")).is_empty());
    }
}
