//! What the rows of a table are: data, totals at their levels, averages, sub-headings.

use super::column::ColumnKind;
use super::sheet::{Content, Sheet, squash};

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RowKind {
    Data,
    /// A row that totals others.
    Total {
        /// 1 for 小计, 2 for 合计, 3 for 总计.
        level: u8,
        /// The label is a total's by itself (合计); else it may only be one (全县, 累计).
        explicit: bool,
    },
    /// A row of means.
    Average,
    /// A sub-heading, or a row without any number.
    Section,
}

/// Reads all rows of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> Vec<RowKind> {
    (0..sheet.n_rows()).map(|row| kind(sheet, row)).collect()
}

fn kind(sheet: &Sheet<'_>, row: usize) -> RowKind {
    let mut first_text = None;
    let mut numbers = 0;
    for col in 0..sheet.n_cols() {
        let column = sheet.columns[col].kind;
        match sheet.content(row, col) {
            Content::Number(_) => {
                let quantity = !matches!(
                    column,
                    ColumnKind::Serial | ColumnKind::Rank | ColumnKind::Text | ColumnKind::Code
                );
                numbers += usize::from(quantity);
            }
            Content::Text => {
                let text = sheet.squashed(row, col);
                // A total's label may stand in the serial column or in any label column before the first figure.
                if numbers == 0
                    && let Some(total) = total_label(&text)
                {
                    return total;
                }
                if first_text.is_none() {
                    first_text = Some(col);
                }
            }
            Content::Blank => {}
        }
    }
    if numbers == 0 && first_text.is_some() && sheet.addable().next().is_some() {
        RowKind::Section
    } else {
        RowKind::Data
    }
}

/// The label of a total or average row, white space already taken out.
pub(crate) fn total_label(label: &str) -> Option<RowKind> {
    let mut label = squash(label);
    while let (Some(open), true) = (label.rfind(['（', '(']), label.ends_with(['）', ')'])) {
        label.truncate(open);
    }
    let label = label.trim_matches([
        '：', ':', '、', '，', '*', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十',
    ]);
    if label.chars().count() > 10 {
        return None;
    }
    let total = |level, explicit| Some(RowKind::Total { level, explicit });
    let is = |words: &[&str]| words.contains(&label);
    if label.contains("平均") || label.ends_with("均值") {
        return Some(RowKind::Average);
    }
    if label.starts_with("小计") || label.ends_with("小计") {
        return total(1, true);
    }
    if is(&["总计", "总和", "总合计", "总计数", "总数"]) || label.ends_with("总计") {
        return total(3, true);
    }
    if label.starts_with("合计") || label.ends_with("合计") || is(&["共计", "合计数", "计"]) || label.ends_with("共计")
    {
        return total(2, true);
    }
    let region = is(&[
        "全县", "全市", "全区", "全省", "全州", "全旗", "全盟", "全镇", "全乡", "全国",
    ]);
    if region || is(&["累计", "汇总", "全部", "总体"]) || label.ends_with("累计") || label.ends_with("汇总")
    {
        return total(3, false);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_totals() {
        let level = |s: &str| match total_label(s) {
            Some(RowKind::Total { level, explicit }) => Some((level, explicit)),
            _ => None,
        };
        assert_eq!(level("合 计"), Some((2, true)));
        assert_eq!(level("合计（件）"), Some((2, true)));
        assert_eq!(level("乡镇小计"), Some((1, true)));
        assert_eq!(level("总计"), Some((3, true)));
        assert_eq!(level("全县"), Some((3, false)));
        for text in ["全县一般公共预算收入", "县统计局", "县审计局", "会计中心", "总工会"] {
            assert_eq!(level(text), None, "{text}");
        }
        assert_eq!(total_label("平均值"), Some(RowKind::Average));
    }
}
