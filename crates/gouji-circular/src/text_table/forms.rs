//! Forms that list indicators, their cells parted by single blanks: 指标名称 单位 数量 上期 环比, below which stand headings of groups without a figure,
//! and rows that have no unit or lack their last figures.

use std::ops::Range;

use gouji_document::Text;

use super::columns::narrow_cells;
use super::figures::is_numeric;
use crate::parts::{part, width};

/// Most characters of a line without figures.
const MAX_GROUP: usize = 24;
/// Fewest rows that are whole.
const LEAST_WHOLE: usize = 3;

/// Header and rows of the lines from the first on, whose cells are `heads`, with the number of lines taken.
pub(super) fn read(lines: &[&Text], heads: &[Range<usize>]) -> Option<(Vec<Text>, Vec<Vec<Text>>, usize)> {
    let n_cols = heads.len();
    let name = lines.first()?.get(heads.first()?.clone())?;
    let names_indicators = ["指标", "项目", "科目", "名称"]
        .iter()
        .any(|w| name.trim().ends_with(w));
    if n_cols < 3 || !names_indicators {
        return None;
    }
    let mut rows: Vec<Vec<Range<usize>>> = lines[1..]
        .iter()
        .map(|line| (line, narrow_cells(line.as_str(), n_cols)))
        .take_while(|(line, cells)| fits(line.as_str(), cells, n_cols))
        .map(|(_, cells)| cells)
        .collect();
    // A line without figures behind the last row is no heading of a group.
    while rows.last().is_some_and(|cells| cells.len() == 1) {
        rows.pop();
    }
    let cell = |row: usize, range: &Range<usize>| is_numeric(&lines[row + 1][range.clone()]);
    let whole: Vec<usize> = (0..rows.len()).filter(|row| rows[*row].len() == n_cols).collect();
    let told = (0..rows.len()).filter(|row| rows[*row].len() >= 2 && !cell(*row, &rows[*row][0]));
    if whole.len() < LEAST_WHOLE || whole.len() * 3 < told.count() {
        return None;
    }
    // The unit stands between the name and the figures, if it stands at all.
    let from = 1 + usize::from(whole.iter().all(|row| !cell(*row, &rows[*row][1])));
    if !whole.iter().all(|row| cell(*row, &rows[*row][from])) {
        return None;
    }
    let mut out = Vec::with_capacity(rows.len());
    for (idx, cells) in rows.iter().enumerate() {
        let mut row = vec![Text::default(); n_cols];
        let words = cells.iter().take_while(|r| !cell(idx, r)).count();
        // Figures that are wanting are those at the end; those of a row that numbers the columns are all there.
        let start = if words == 0 { n_cols - cells.len() } else { from };
        if words > from {
            return None;
        }
        for (n, range) in cells.iter().enumerate() {
            let col = if n < words { n } else { start + n - words };
            *row.get_mut(col)? = part(lines[idx + 1], range.clone());
        }
        out.push(row);
    }
    let header = heads.iter().map(|r| part(lines[0], r.clone())).collect();
    Some((header, out, rows.len() + 1))
}

/// Whether a line can stand in a form: a name, its unit and its figures; the numbers of the columns (1 2 3); or the heading of a group.
fn fits(line: &str, cells: &[Range<usize>], n_cols: usize) -> bool {
    let figure = |r: &Range<usize>| is_numeric(&line[r.clone()]);
    let Some(name) = cells.first() else { return false };
    if cells.len() > n_cols || line.contains(['。', '；']) {
        return false;
    }
    let numbers = || {
        let mut cells = cells.iter().enumerate();
        cells.all(|(n, r)| line[r.clone()] == (n + 1).to_string())
    };
    let figures = cells.iter().rev().take_while(|r| figure(r)).count();
    match cells.len() {
        1 => !figure(name) && width(line.trim()) <= MAX_GROUP,
        n => numbers() || !figure(name) && figures >= 1 && n - figures <= 2,
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns;
    use gouji_document::Text;

    fn rows(text: &str) -> Option<Vec<String>> {
        let lines: Vec<Text> = text.lines().map(Text::synthetic).collect();
        let (_, rows, _) = columns::read(&lines.iter().collect::<Vec<_>>())?;
        let line = |row: &Vec<Text>| row.iter().map(Text::as_str).collect::<Vec<_>>().join("|");
        Some(rows.iter().map(line).collect())
    }

    #[test]
    fn groups_gaps_and_numbers_of_columns() {
        let form = "指标名称 单位 数量 上期 环比\n1 2 3\n一、综合\n总支出 万元 406.1 345.7 17.47\n1.抚恤支出 万元 81.2 65.3 24.35\n（1）城市低保人数 75 76 -1.32\n其中:新增 5\n2.救助支出 万元 164.9 152.7 7.99\n附件下载";
        assert_eq!(
            rows(form).expect("a table"),
            [
                "||1|2|3",
                "一、综合||||",
                "总支出|万元|406.1|345.7|17.47",
                "1.抚恤支出|万元|81.2|65.3|24.35",
                "（1）城市低保人数||75|76|-1.32",
                "其中:新增||5||",
                "2.救助支出|万元|164.9|152.7|7.99"
            ]
        );
        assert_eq!(
            rows("指标名称 单位 数量\n一、综合\n总支出 万元 406.1\n按季度统计"),
            None
        );
        // Two words where the form has one column of them: nothing is overwritten.
        let spaced = "项目 数量 上期\n来信 30 28\n来 电 52\n来访 7 6\n网上 9 8";
        assert!(rows(spaced).is_none_or(|rows| rows.iter().all(|r| !r.starts_with("来|52"))));
    }
}
