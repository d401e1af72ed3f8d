//! Numbers of table cells, and what a header or a column says of them.

use gouji_circular::Table;
use gouji_quantity::{Unit, parse_stated};

use super::{MAX_DIGITS, Scanned, scan};
use crate::{FigureClass, Modality};

/// Numbers of a table cell: a lone number is a quantity even without a unit.
pub(crate) fn scan_cell(text: &str) -> Vec<Scanned> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    if let Some(stated) = parse_stated(trimmed)
        && trimmed.chars().count() <= MAX_DIGITS
        && trimmed.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
    {
        let unit = trimmed
            .ends_with(['%', '％', '‰'])
            .then(|| Unit::new(&trimmed[trimmed.char_indices().next_back().map_or(0, |(i, _)| i)..]));
        let class = match unit {
            Some(_) => FigureClass::Rate,
            None if stated.decimals > 0 => FigureClass::Measure,
            None => FigureClass::Unknown,
        };
        return vec![Scanned {
            digits: start..start + trimmed.trim_end_matches(['%', '％', '‰']).len(),
            full: start..start + trimmed.len(),
            stated: Some(stated),
            unit,
            class,
            modality: Modality::Fact,
        }];
    }
    scan(text)
}

/// The unit that a table header gives for its column: 合格率（%）, 金额（万元）, 收到来信（件）.
pub(crate) fn header_unit(header: &str) -> Option<Unit> {
    let open = header.rfind(['（', '('])?;
    let inner = header[open..]
        .trim_start_matches(['（', '('])
        .trim_end_matches(['）', ')'])
        .trim();
    let inner = inner
        .strip_prefix("单位：")
        .or_else(|| inner.strip_prefix("单位:"))
        .unwrap_or(inner);
    let whole = |rest: &str| {
        Unit::at_start(rest)
            .filter(|(_, len)| *len == rest.len())
            .map(|(unit, _)| unit)
    };
    // 千瓦时 begins as a magnitude does.
    whole(inner).or_else(|| whole(inner.trim_start_matches(['万', '亿', '千', '百'])))
}

/// The column that names the rows: the first that is not a serial or rank and holds words.
pub(crate) fn label_column(table: &Table) -> usize {
    let n_cols = table.header.len();
    (0..n_cols)
        .find(|&col| {
            let header = table.header[col].as_str();
            !matches!(header.trim(), "序号" | "编号" | "排名" | "名次" | "位次" | "排序")
                && table.rows.iter().take(8).any(|r| {
                    r.cells
                        .get(col)
                        .is_some_and(|c| c.text.chars().any(|c| c.is_alphabetic()))
                })
        })
        .unwrap_or(0)
}
