//! Tables of a single row that part a figure of the text by class: 受理的45件分类情况如下, above 占道经营|商业噪音|其它 and 4|32|9.
//!
//! No column of such a table says what the parts make up; the line right above it does. Only a line that announces classes
//! and holds one count is taken: what the columns measure otherwise (受理, 办结) does not add up.

use std::collections::BTreeSet;

use super::cells::link;
use super::spoken::Spoken;
use super::tables::{Given, Tables, sum_over};
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
    if !tables.sheets.iter().any(classes) {
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
    for (sheet_idx, sheet) in tables.sheets.iter().enumerate().filter(|(_, s)| classes(s)) {
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
            .filter(|s| CLASSES.iter().any(|w| s.sentence(cx).contains(w)))
            .collect();
        let ([said], Some(whole)) = (last.as_slice(), sum_of_row(sheet)) else {
            continue;
        };
        if linked.insert(said.idx) {
            out.extend(link(cx, said, &whole, Cue::Explicit));
        }
    }
}

/// Whether a sheet is one row of counts under the names of classes.
fn classes(sheet: &Sheet<'_>) -> bool {
    sheet.n_rows() == 1
        && sheet.n_cols() >= LEAST
        && !sheet.open
        && (0..sheet.n_cols()).all(|c| {
            let column = &sheet.columns[c];
            column.kind == ColumnKind::Count
                && !column.header.is_empty()
                && !NO_CLASS.iter().any(|w| column.header.contains(w))
                && sheet.own_number(0, c).is_some_and(|n| n.operand.decimals == 0)
        })
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
}
