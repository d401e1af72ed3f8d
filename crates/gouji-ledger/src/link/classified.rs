//! Tables that part a figure of the text by class: 受理的45件分类情况如下, above 占道经营|商业噪音|其它 and 4|32|9, or above 类别|件数 with
//! a class in each row.
//!
//! No column of such a table says what the parts make up; the line right above it does. Only a line that announces classes
//! and holds one count is taken: what the columns measure otherwise (受理, 办结) does not add up.

use std::collections::BTreeSet;

use super::cells::link;
use super::spoken::Spoken;
use super::tables::{self, Given, Tables, sum_over};
use crate::context::{Context, Role};
use crate::table::{ColumnKind, Sheet};
use crate::{Cue, FigureClass, FigureIdx, Operand, Relation};
use gouji_quantity::Decimal;

/// Words that announce classes.
const CLASSES: &[&str] = &["分类", "类型", "类别", "构成", "分布"];
/// Words of a column that is a total or a state rather than a class.
const NO_CLASS: &[&str] = &[
    "合计", "总计", "小计", "总数", "总量", "共计", "率", "受理", "办结", "完成", "派遣", "结案", "立案", "应",
];
/// Most characters of the line that announces the table.
const MAX_LINE: usize = 120;
/// Fewest classes.
const LEAST: usize = 3;

/// Adds a relation for each table of classes under the figure that it parts.
pub(super) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    let parted: Vec<(usize, Parted)> = (0..tables.sheets.len())
        .filter_map(|idx| Some((idx, Parted::of(tables, idx)?)))
        .collect();
    if parted.is_empty() {
        return;
    }
    // The passages of running text by their place, so that the one above a table is found at once.
    let mut lines: Vec<(usize, usize)> = cx
        .passages
        .iter()
        .enumerate()
        .filter(|(_, p)| matches!(p.role, Role::Paragraph | Role::Heading { .. }))
        .filter_map(|(idx, p)| Some((p.text.span()?.end, idx)))
        .collect();
    lines.sort_unstable();
    for (sheet_idx, parted) in parted {
        let sheet = &tables.sheets[sheet_idx];
        let home = tables.homes[sheet_idx];
        let above = lines.partition_point(|(end, _)| *end <= home.start);
        let Some(&(end, passage)) = above.checked_sub(1).and_then(|at| lines.get(at)) else {
            continue;
        };
        let between = cx.document.text.get(end..home.start).unwrap_or("x");
        let text = cx.passages[passage].text.as_str().trim_end();
        let announced = text.ends_with(['：', ':']) || text.ends_with("如下") || text.ends_with("如下。");
        if cx.passages[passage].body != home.body
            || between.chars().any(char::is_alphanumeric)
            || text.chars().count() > MAX_LINE
            || !announced
        {
            continue;
        }
        let from = spoken.partition_point(|s| s.passage < passage);
        let own = spoken[from..].iter().take_while(|s| s.passage == passage);
        let last: Vec<&Spoken> = own
            .filter(|s| cx.figure(s.idx).class == FigureClass::Count)
            .filter(|s| match parted.column {
                None => CLASSES.iter().any(|w| s.sentence(cx).contains(w)),
                // 其中 announces the classes of a part that need not be printed.
                Some(col) => tables::same_kind(cx.figure(s.idx), sheet, col) && !s.sentence(cx).contains("其中"),
            })
            .collect();
        let [said] = last.as_slice() else { continue };
        let whole = parted.whole;
        if linked.insert(said.idx) {
            out.extend(link(cx, said, &whole, Cue::Explicit));
        }
    }
}

/// A table of classes with what they make up.
struct Parted {
    whole: Given,
    /// The column of counts, where each row is a class.
    column: Option<usize>,
}

impl Parted {
    fn of(tables: &Tables<'_>, idx: usize) -> Option<Self> {
        let sheet = &tables.sheets[idx];
        if sheet.open {
            return None;
        }
        if one_row(sheet) {
            return Some(Self {
                whole: sum_of_row(sheet)?,
                column: None,
            });
        }
        let col = classes_down(sheet)?;
        Some(Self {
            whole: tables.wholes[idx][col].clone()?,
            column: Some(col),
        })
    }
}

/// Whether a sheet is one row of counts under the names of classes.
fn one_row(sheet: &Sheet<'_>) -> bool {
    sheet.n_rows() == 1
        && sheet.n_cols() >= LEAST
        && (0..sheet.n_cols()).all(|c| {
            let column = &sheet.columns[c];
            column.kind == ColumnKind::Count
                && !column.header.is_empty()
                && !NO_CLASS.iter().any(|w| column.header.contains(w))
                && sheet.own_number(0, c).is_some_and(|n| n.operand.decimals == 0)
        })
}

/// The one column of counts of a sheet whose rows are classes by the head of their column (类别, 类型) and that holds nothing else
/// but shares.
fn classes_down(sheet: &Sheet<'_>) -> Option<usize> {
    let label = sheet.label_column?;
    let named = |c: usize| CLASSES.iter().any(|w| sheet.columns[c].header.contains(w));
    let counts: Vec<usize> = (0..sheet.n_cols())
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Count)
        .collect();
    let [col] = *counts else { return None };
    let others = (0..sheet.n_cols()).filter(|c| *c != col && *c != label).all(|c| {
        let kind = sheet.columns[c].kind;
        kind == ColumnKind::Serial || sheet.columns[c].is_share()
    });
    let whole = sheet
        .data_rows()
        .all(|r| sheet.own_number(r, col).is_some_and(|n| n.operand.decimals == 0));
    (named(label) && others && whole && sheet.data_rows().count() >= LEAST).then_some(col)
}

/// The sum of the only row.
fn sum_of_row(sheet: &Sheet<'_>) -> Option<Given> {
    let mut value = Decimal::ZERO;
    for col in 0..sheet.n_cols() {
        value = value.checked_add(sum_over(sheet, col, &[0])?.value)?;
    }
    Some(Given {
        operand: Operand::computed(value),
        value,
    })
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    const TABLE: &str = "占道经营|商业噪音|其它\n14|32|9";

    #[test]
    fn classes_of_the_figure_above() {
        let line = "正在受理的55件中，分类情况如下：";
        assert_eq!(read(&format!("{line}\n{TABLE}")), ["text-table 55件 <- 55 ok"]);
        let wrong = read(&format!("{}\n{TABLE}", line.replace("55", "45")));
        assert_eq!(wrong, ["text-table 45件 <- 55 BAD"]);
    }

    #[test]
    fn what_does_not_add_up() {
        // Two counts above; states, not classes; no announcement; another line between.
        for source in [
            "受理55件，办结40件，分类情况如下：\n占道经营|商业噪音|其它\n14|32|19",
            "受理的45件分类情况如下：\n受理|办结|在办\n55|40|15",
            "正在受理的45件正在抓紧处理。\n占道经营|商业噪音|其它\n14|32|9",
            "正在受理的45件分类情况如下：\n单位甲\n占道经营|商业噪音|其它\n14|32|9",
        ] {
            assert!(read(source).is_empty(), "{source}: {:#?}", read(source));
        }
    }

    #[test]
    fn classes_down_and_their_count() {
        let rows = "类别|件数|占比\n占道经营|14|25.45%\n商业噪音|32|58.18%\n其它|9|16.36%";
        let line = "本月共受理诉求55件，具体情况如下：";
        let linked = |source: &str| -> Vec<String> {
            let found = read(source);
            found.into_iter().filter(|l| l.starts_with("text-table")).collect()
        };
        assert_eq!(linked(&format!("{line}\n{rows}")), ["text-table 55件 <- 55 ok"]);
        let total = format!("{rows}\n合计|55|100%");
        assert_eq!(
            linked(&format!("{}\n{total}", line.replace("55", "65"))),
            ["text-table 65件 <- 55 BAD"]
        );
        // Classes of a part, units instead of classes, two counts above.
        for source in [
            format!("本月共受理诉求65件，其中投诉类情况如下：\n{rows}"),
            format!("本月共受理诉求65件，具体情况如下：\n{}", rows.replace("类别", "单位")),
            format!("本月共受理诉求65件，办结60件，具体情况如下：\n{rows}"),
        ] {
            assert!(linked(&source).is_empty(), "{source}: {:#?}", linked(&source));
        }
    }
}
