//! A header in three rows, the first of which names the rows and has one head over all figures: 情况 | 申请人 above 自然人 | 组织 | 总计
//! above what 组织 spans; the rows below have names of unlike number before as many figures each.
//!
//! The annual reports on the disclosure of information have such a table in one form everywhere. Besides bars its rows may be parted by
//! tabs, or have lost all that parted them and stand one cell a line.

use std::ops::Range;

use gouji_document::Text;

use super::proof::is_total_label;
use super::{columns, drawn, figures};
use crate::Table;
use crate::parts::{part, width};

/// Rows of figures from which the form of a table is known.
const LEAST_ROWS: usize = 5;
/// Fewest figures of a row.
const LEAST_FIGURES: usize = 3;
/// Most names before the figures of a row.
const MAX_NAMES: usize = 3;
/// Most heads of one row of the header.
const MAX_HEADS: usize = 16;
/// Longest name of a row.
const MAX_NAME: usize = 100;

/// The heads of such a header over `n_cols` columns. The figures at the end of the rows are as many as both lower rows have heads but one.
pub(super) fn heads(header: &[Text], body: &[Vec<Text>], n_cols: usize) -> Option<Vec<Text>> {
    let ([corner, _], [upper, lower, rows @ ..]) = (header, body) else {
        return None;
    };
    let words = |row: &[Text]| row.iter().all(|t| !t.is_empty() && !figures::is_numeric(t));
    let n = (upper.len() + lower.len()).checked_sub(1)?;
    let full = rows.iter().filter(|r| figures_of(r) == n).count();
    let many = full >= 3 && full * 3 >= rows.len() * 2;
    if !words(upper) || !words(lower) || upper.len() < 2 || lower.len() < 2 || n >= n_cols || !many {
        return None;
    }
    // What is called a total spans nothing, nor does what is named in fewer words than another: 自然人 beside 法人或其他组织.
    let over = (0..upper.len())
        .filter(|i| !is_total_label(&upper[*i]))
        .max_by_key(|i| upper[*i].chars().count())?;
    let mut out = vec![corner.clone()];
    out.resize(n_cols - n, Text::default());
    for (i, head) in upper.iter().enumerate() {
        if i != over {
            out.push(head.clone());
            continue;
        }
        for (nth, below) in lower.iter().enumerate() {
            // A head that spans several columns is claimed once.
            let mut name = match nth {
                0 => head.clone(),
                _ => Text::synthetic(head.as_str()),
            };
            name.append(below);
            out.push(name);
        }
    }
    Some(out)
}

/// How many figures a row ends with.
fn figures_of(row: &[Text]) -> usize {
    row.iter().rev().take_while(|t| figures::is_numeric(t)).count()
}

/// Such a table in lines whose cells are parted by tabs, with the number of lines taken.
pub(super) fn tabbed(texts: &[&Text]) -> Option<(usize, Vec<Table>)> {
    let cells = |text: &Text| -> Vec<Text> {
        let ranges = columns::split(text.as_str());
        ranges.into_iter().map(|r| part(text, r).trimmed()).collect()
    };
    let mut lines = texts.iter().take_while(|t| t.contains('\t')).map(|t| cells(t));
    let mut rows: Vec<Vec<Text>> = lines.by_ref().take(3).collect();
    let [header, upper, lower] = &rows[..] else { return None };
    let n = (upper.len() + lower.len())
        .checked_sub(1)
        .filter(|_| header.len() == 2)?;
    // What does not end in as many figures stands below the table.
    rows.extend(lines.take_while(|row| figures_of(row) == n));
    let taken = rows.len();
    table(rows).map(|table| (taken, vec![table]))
}

/// The same one cell a line. A heading above the table is no cell of it: the table begins as late as it can.
pub(super) fn in_lines(texts: &[&Text]) -> Option<(usize, Vec<Table>)> {
    let rows = rows_in_lines(texts)?;
    if rows_in_lines(&texts[1..]).is_some() {
        return None;
    }
    let taken = rows.iter().map(Vec::len).sum();
    table(rows).map(|table| (taken, vec![table]))
}

/// The rows of cells that stand one a line.
fn rows_in_lines(texts: &[&Text]) -> Option<Vec<Vec<Text>>> {
    let name = |text: &Text| !figures::is_numeric(text) && width(text) <= MAX_NAME && !text.trim_end().ends_with('。');
    let words = |from: usize| texts[from..].iter().take_while(|t| name(t)).take(3 * MAX_HEADS).count();
    let numbers = |from: usize| texts[from..].iter().take_while(|t| figures::is_numeric(t)).count();
    let n_words = words(0);
    let n_figures = numbers(n_words);
    // Corner and head above it, the two lower rows, and the names of the first row of figures.
    let header = n_figures.checked_add(3)?;
    let first = n_words.checked_sub(header).filter(|n| (1..=MAX_NAMES).contains(n))?;
    if n_figures < LEAST_FIGURES {
        return None;
    }
    let total = (3..header - 2).find(|at| is_total_label(texts[*at]))?;
    let own = |range: Range<usize>| -> Vec<Text> { texts[range].iter().map(|t| (*t).clone()).collect() };
    let mut rows = vec![own(0..2), own(2..total + 1), own(total + 1..header)];
    let (mut at, mut names) = (header, first);
    while (1..=MAX_NAMES).contains(&names) && numbers(at + names) == n_figures {
        rows.push(own(at..at + names + n_figures));
        at += names + n_figures;
        names = if at < texts.len() { words(at) } else { 0 };
    }
    Some(rows)
}

/// The table of rows that have such a header.
fn table(rows: Vec<Vec<Text>>) -> Option<Table> {
    let [header, body @ ..] = &rows[..] else { return None };
    let n_cols = rows.iter().map(Vec::len).max()?;
    let told = body.iter().filter(|r| figures_of(r) >= LEAST_FIGURES).count();
    (told >= LEAST_ROWS && heads(header, body, n_cols).is_some())
        .then(|| drawn::tables(rows, false).pop())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = "情况|申请人\n自然人|法人或其他组织|总计\n企业|机构|其他\n一、新收|58|7|0|1|66\n二、结转|2|0|0|0|2\n\
        三、办理结果|（一）予以公开|12|1|0|0|13\n（二）不予公开|属于秘密|0|0|0|0|0\n其他|1|0|0|0|1\n四、结转下年|3|0|0|0|3";

    fn header(found: Option<(usize, Vec<Table>)>) -> (usize, String) {
        let (taken, mut tables) = found.expect("a table");
        let table = tables.pop().expect("a table");
        let heads: Vec<&str> = table.header.iter().map(Text::as_str).collect();
        (taken, format!("{} / {}", heads.join("|"), table.rows.len()))
    }

    #[test]
    fn rows_parted_by_tabs_and_cells_on_lines() {
        let expected = "情况||自然人|法人或其他组织企业|法人或其他组织机构|法人或其他组织其他|总计 / 6";
        let source = ROWS.replace('|', "\t");
        let lines: Vec<Text> = source.lines().chain(["说明。"]).map(Text::synthetic).collect();
        let refs: Vec<&Text> = lines.iter().collect();
        assert_eq!(header(tabbed(&refs)), (9, expected.to_owned()));
        let cells: Vec<Text> = ROWS.split(['|', '\n']).chain(["说明。"]).map(Text::synthetic).collect();
        let refs: Vec<&Text> = cells.iter().collect();
        assert_eq!(header(in_lines(&refs)), (cells.len() - 1, expected.to_owned()));
        let heading = Text::synthetic("三、收到和处理申请情况");
        let headed: Vec<&Text> = std::iter::once(&heading).chain(refs).collect();
        assert!(in_lines(&headed).is_none());
    }

    #[test]
    fn figures_that_the_heads_do_not_answer_for() {
        let source = ROWS.replace("企业|机构|其他\n", "企业|机构\n");
        let cells: Vec<Text> = source.split(['|', '\n']).map(Text::synthetic).collect();
        let refs: Vec<&Text> = cells.iter().collect();
        assert!(in_lines(&refs).is_none());
        let tabs = source.replace('|', "\t");
        let lines: Vec<Text> = tabs.lines().map(Text::synthetic).collect();
        let refs: Vec<&Text> = lines.iter().collect();
        assert!(tabbed(&refs).is_none());
    }
}
