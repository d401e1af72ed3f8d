//! What the rows of a table are: data, totals at their levels, averages, sub-headings.

use super::column::ColumnKind;
use super::footing::{agrees, sum};
use super::numbered;
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
    /// A row of rates under columns of counts (办结率 below 受理 and 办结): it is not added.
    Rates,
    /// A row of another unit than its column (挽回损失（万元） below 件): it is not added.
    Apart,
    /// A sub-heading, or a row without any number.
    Section,
}

/// Reads all rows of a sheet.
pub(crate) fn read(sheet: &Sheet<'_>) -> Vec<RowKind> {
    let mut kinds: Vec<RowKind> = (0..sheet.n_rows()).map(|row| kind(sheet, row)).collect();
    outline(sheet, &mut kinds);
    apart(sheet, &mut kinds);
    unlabelled_total(sheet, &mut kinds);
    kinds
}

/// Whether the first row numbers the columns: 甲 | 乙 | 1 | 2 | 3＝1－2 below the heads of a form.
pub(super) fn numbers_columns(sheet: &Sheet<'_>) -> bool {
    let mut next = 1;
    let all = (0..sheet.n_cols()).all(|col| {
        let text = gouji_quantity::half_width(&sheet.squashed(0, col));
        let text = text.split(['=', '＝']).next().unwrap_or("");
        if text == next.to_string() {
            next += 1;
            return true;
        }
        next == 1 && ["", "甲", "乙", "丙", "丁", "栏次", "行次", "序号", "—"].contains(&text)
    });
    all && next > 2
}

/// Rows whose name gives a unit of its own, where most names give none.
fn apart(sheet: &Sheet<'_>, kinds: &mut [RowKind]) {
    let own: Vec<usize> = (0..kinds.len())
        .filter(|r| kinds[*r] == RowKind::Data && sheet.row_unit(*r).is_some())
        .collect();
    if own.len() * 2 < kinds.len() {
        for row in own {
            kinds[row] = RowKind::Apart;
        }
    }
}

/// A first or last row that is a total by its name (登记总数, 受理总量) and by what it adds up to, where no row is one by its label.
fn unlabelled_total(sheet: &Sheet<'_>, kinds: &mut [RowKind]) {
    let Some(names) = sheet.label_column else { return };
    if kinds.iter().any(|k| matches!(k, RowKind::Total { .. })) {
        return;
    }
    let data: Vec<usize> = (0..kinds.len()).filter(|r| kinds[*r] == RowKind::Data).collect();
    let (Some(&first), Some(&last)) = (data.first(), data.last()) else {
        return;
    };
    for row in [first, last] {
        let name = sheet.squashed(row, names);
        let named = ["总数", "总量", "总件数", "总数量", "总额"]
            .iter()
            .any(|w| name.ends_with(w));
        let parts: Vec<usize> = data.iter().copied().filter(|r| *r != row).collect();
        if !named || parts.len() < 2 {
            continue;
        }
        let (mut holds, mut tried) = (0, 0);
        for col in sheet.addable() {
            let Some(stated) = sheet.own_number(row, col) else {
                continue;
            };
            tried += 1;
            let total = sum(parts.iter().filter_map(|r| sheet.own_number(*r, col)));
            let telling = stated.value >= gouji_quantity::Decimal::TEN;
            holds += usize::from(telling && total.is_some_and(|(total, slack)| agrees(stated, total, slack)));
        }
        if holds > 0 && holds * 2 >= tried {
            kinds[row] = RowKind::Total {
                level: 3,
                explicit: false,
            };
            return;
        }
    }
}

/// Headings of a list that carry figures of their own (一、市直部门|97 above 1, 2, 3): they take together what stands
/// below them, if it adds up.
fn outline(sheet: &Sheet<'_>, kinds: &mut [RowKind]) {
    let columns: Vec<usize> = (0..sheet.n_cols()).take_while(|c| *c < 2).collect();
    let is_words = |row: usize, col: usize| col < sheet.n_cols() && matches!(sheet.content(row, col), Content::Text);
    for col in columns {
        let heads = |row: usize| {
            let text = sheet.squashed(row, col);
            let end = text.find(|c: char| !is_chinese_digit(c)).unwrap_or(text.len());
            let rest = &text[end..];
            end > 0 && (rest.is_empty() || rest.starts_with(['、', '．', '.']))
                || text.starts_with(['（', '(']) && text.chars().nth(1).is_some_and(is_chinese_digit)
        };
        // （三）不予公开 | 1.国家秘密 | 0: the name of a group beside its first item heads nothing by its figures.
        let names_item = |row: usize| is_words(row, col + 1) && numbered::opens_run(&sheet.squashed(row, col + 1));
        let headed: Vec<usize> = (0..kinds.len())
            .filter(|r| kinds[*r] == RowKind::Data && heads(*r))
            .collect();
        // What stands below the next heading is not of this one, though that one has no figures of its own.
        let has_items = |row: &usize| {
            let next = headed.partition_point(|r| r <= row);
            let end = headed.get(next).copied().unwrap_or(kinds.len());
            (row + 1..end).filter(|r| kinds[*r] == RowKind::Data).count()
        };
        let rows: Vec<usize> = headed.iter().copied().filter(|r| !names_item(*r)).collect();
        let items: Vec<usize> = rows.iter().map(has_items).collect();
        // （一） alone in the second column, (二) and the like having lost their place, heads nothing.
        if rows.is_empty() || items.iter().all(|n| *n < 2) || col > 0 && rows.len() < 2 {
            continue;
        }
        for (row, n_items) in rows.iter().zip(items) {
            if n_items > 0 {
                kinds[*row] = RowKind::Total {
                    level: 1,
                    explicit: false,
                };
            }
        }
        return;
    }
}

fn is_chinese_digit(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

fn kind(sheet: &Sheet<'_>, row: usize) -> RowKind {
    let mut first_text = None;
    let mut numbers = 0;
    let mut rates = 0;
    let mut decimals = 0;
    for col in 0..sheet.n_cols() {
        let column = sheet.columns[col].kind;
        match sheet.content(row, col) {
            Content::Number(n) => {
                rates += usize::from(n.percent && matches!(column, ColumnKind::Count | ColumnKind::Score));
                decimals += usize::from(n.operand.decimals > 0);
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
    let labelled = first_text.is_some_and(|c| rate_label(&sheet.squashed(row, c), decimals > 0));
    if numbers > 0 && (rates == numbers || labelled) {
        return RowKind::Rates;
    }
    if numbers == 0 && first_text.is_some() && sheet.addable().next().is_some() {
        RowKind::Section
    } else {
        RowKind::Data
    }
}

/// Whether a row's label is that of rates or of changes in per cent: 合格率（%）, 占比, 比上年增减%. What people complain of
/// (办事效率) is counted.
fn rate_label(label: &str, decimals: bool) -> bool {
    let bare = label.find(['（', '(']).map_or(label, |at| &label[..at]);
    let n = bare.chars().count();
    let percent = label.contains(['%', '％', '‰']);
    let closed = label.trim_end_matches(['）', ')']).ends_with(['%', '％', '‰']);
    let named = ["率", "占比", "比重"].iter().any(|w| bare.ends_with(w)) && !bare.ends_with("效率");
    let changed = ["同比", "环比", "增长", "增减", "增幅", "增速", "升降", "变化", "幅度"]
        .iter()
        .any(|w| bare.trim_end_matches(['%', '％', '‰']).ends_with(w));
    percent && n <= 10 || closed && changed && n <= MAX_CHANGE || named && decimals && n <= 8
}

/// Longest label of a row of changes, in characters.
const MAX_CHANGE: usize = 24;

/// What kind of total or average row a label names, white space and brackets behind it left out.
pub(crate) fn total_label(label: &str) -> Option<RowKind> {
    // A page in traditional characters (總計).
    let mut label = squash(label).replace('計', "计").replace('總', "总");
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
        "全县", "全市", "全区", "全省", "全州", "全旗", "全盟", "全镇", "全乡", "全国", "全年", "全季",
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
    use crate::table::{relations, rig};

    const REGISTER: &str = "类别|本季度（件）|上季度（件）\n登记总数|7125|6713\n投诉|2164|1985\n举报|743|692\n咨询|4218|4036\n挽回损失（万元）|931.58|1048.37";

    #[test]
    fn a_total_that_only_its_name_and_its_sum_give() {
        let found = rig::lines(REGISTER, relations);
        assert!(
            found.contains(&"table-total? 7125 <- 2164 743 4218 ok".to_owned()),
            "{found:#?}"
        );
        let wrong = rig::lines(&REGISTER.replace("6713", "6731"), relations);
        assert!(
            wrong.iter().any(|l| l.contains("6731 <- 1985") && l.ends_with("BAD")),
            "{wrong:#?}"
        );
        // Neither column adds up: the name alone is no total's.
        let other = REGISTER.replace("7125", "7215").replace("6713", "6731");
        assert!(rig::lines(&other, relations).is_empty());
    }

    #[test]
    fn rows_of_changes_in_per_cent_are_not_added() {
        let table = "年份|来件总量|来电|来信小计|平信|挂号信\n2031年|520|120|400|330|70\n2032年|468|96|372|312|60\n2033年|455|90|365|310|55\n2033年比2032年增减%|-2.78|-6.25|-1.88|-0.64|-8.33";
        let found = rig::lines(table, relations);
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:#?}");
        assert!(found.contains(&"table-total 365 <- 310 55 ok".to_owned()), "{found:#?}");
        // A difference in numbers is added as its figures are.
        let plain = table.replace("增减%|-2.78|-6.25|-1.88|-0.64|-8.33", "增减|-13|-6|-7|-2|-6");
        let found = rig::lines(&plain, relations);
        assert!(
            found.iter().any(|l| l.contains("-7 <- -2 -6") && l.ends_with("BAD")),
            "{found:#?}"
        );
    }

    #[test]
    fn a_row_that_numbers_the_columns_is_not_added() {
        let table = "指标|单位|本期|上期\n甲|乙|1|2\n来信|件|30|28\n来电|件|52|40\n合计|件|82|68";
        let found = rig::lines(table, relations);
        assert!(found.contains(&"table-total 82 <- 30 52 ok".to_owned()), "{found:#?}");
        // Figures that only begin so.
        let other = "镇|本期|上期\n甲镇|1|2\n乙镇|52|40\n合计|53|42";
        let found = rig::lines(other, relations);
        assert!(found.contains(&"table-total 53 <- 1 52 ok".to_owned()), "{found:#?}");
    }

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
        assert_eq!(level("總 計"), Some((3, true)));
        assert_eq!(level("全县"), Some((3, false)));
        for text in ["全县一般公共预算收入", "县统计局", "县审计局", "会计中心", "总工会"] {
            assert_eq!(level(text), None, "{text}");
        }
        assert_eq!(total_label("平均值"), Some(RowKind::Average));
    }
}
