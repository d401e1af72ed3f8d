//! Side-by-side halves of a table, stacked into one.

use gouji_document::Text;

use crate::parts::squash;
use crate::text_table::figures::{is_numeric, is_total};
use crate::{Cell, Discarded, Reason, Row, Table};

/// How many equal panels the header shows: the greatest `k` for which its cells are one tuple of two or more, `k` times.
pub(crate) fn count(header: &[String]) -> usize {
    let n = header.len();
    for k in (2..=n / 2).rev() {
        if !n.is_multiple_of(k) {
            continue;
        }
        let width = n / k;
        let distinct = header[..width].iter().any(|h| *h != header[0]);
        if distinct
            && (width..n).all(|i| header[i] == header[i % width])
            && header[..width].iter().all(|h| !h.is_empty())
        {
            return k;
        }
    }
    1
}

/// Stacks the panels of `table`, left before right; rows that are wholly empty in a panel are left out.
pub(crate) fn stack(table: &mut Table, discarded: &mut Vec<Discarded>) {
    let names: Vec<String> = table.header.iter().map(|h| squash(h)).collect();
    let k = count(&names);
    table.panels = k;
    if k == 1 {
        return;
    }
    let width = names.len() / k;
    let mut copies = Text::default();
    for copy in table.header.drain(width..) {
        copies.append(&copy);
    }
    discard(copies, Reason::RepeatedHeader, discarded);
    let mut panels: Vec<Vec<Row>> = vec![Vec::new(); k];
    let mut totals = Vec::new();
    for row in table.rows.drain(..) {
        if let Some(cells) = total_over_all(&row.cells, width) {
            totals.push(Row {
                cells,
                hidden: row.hidden,
            });
            continue;
        }
        let hidden = row.hidden;
        let mut cells = row.cells.into_iter();
        for panel in &mut panels {
            let part: Vec<_> = cells.by_ref().take(width).collect();
            if part.iter().any(|c| !c.text.is_empty()) {
                panel.push(Row { cells: part, hidden });
            }
        }
    }
    if let Some(last) = panels.last_mut() {
        last.append(&mut totals);
    }
    table.panel_rows = panels.iter().map(Vec::len).collect();
    table.rows = panels.into_iter().flatten().collect();
}

/// A total below all panels as one row, if its label stands in one of them only, in the cells that the panel names its rows in, and
/// no column has figures in two.
fn total_over_all(cells: &[Cell], width: usize) -> Option<Vec<Cell>> {
    let filled: Vec<usize> = (0..cells.len()).filter(|&i| !cells[i].text.trim().is_empty()).collect();
    let (label, figures) = filled.split_first()?;
    let plain = figures.iter().all(|&i| is_numeric(&cells[i].text)) && !figures.is_empty();
    let outside = figures.iter().any(|&i| i / width != label / width);
    if !is_total(&cells[*label].text) || !plain || !outside || label % width > 1 {
        return None;
    }
    let mut out = vec![Cell::default(); width];
    for &at in &filled {
        let slot = &mut out[at % width];
        if !slot.text.is_empty() {
            return None;
        }
        *slot = cells[at].clone();
    }
    Some(out)
}

/// Takes rows that only repeat the header out of the table.
pub(crate) fn drop_repeated_headers(table: &mut Table, discarded: &mut Vec<Discarded>) {
    let names: Vec<String> = table.header.iter().map(|h| squash(h)).collect();
    if names.iter().filter(|n| !n.is_empty()).count() < 2 {
        return;
    }
    let rows = std::mem::take(&mut table.rows);
    for row in rows {
        let same = row.cells.len() == names.len() && row.cells.iter().zip(&names).all(|(c, n)| squash(&c.text) == *n);
        if same {
            let mut text = Text::default();
            row.cells
                .iter()
                .filter(|c| !c.filled)
                .for_each(|c| text.append(&c.text));
            discard(text, Reason::RepeatedHeader, discarded);
        } else {
            table.rows.push(row);
        }
    }
}

/// Sets a text aside, unless it claims nothing.
pub(crate) fn discard(text: Text, reason: Reason, discarded: &mut Vec<Discarded>) {
    if text.claimed().next().is_some() {
        discarded.push(Discarded { text, reason });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn panels(header: &str) -> usize {
        count(&header.split(' ').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn panels_of_a_header() {
        assert_eq!(panels("序号 单位 条数 序号 单位 条数"), 2);
        assert_eq!(panels("序号 分 序号 分 序号 分"), 3);
        assert_eq!(panels("序号 单位 条数"), 1);
        assert_eq!(panels("得分 得分"), 1);
        assert_eq!(panels("单位 一季度 得分 二季度 得分"), 1);
    }
}
