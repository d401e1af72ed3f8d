//! Columns that are part of another: what was published of what was reported, what passed of what was checked.
//!
//! The words of the headers say which may be part of which; a table says that it is, when all rows but one bear it out.

use super::column::ColumnKind;
use super::sheet::Sheet;
use crate::context::Context;
use crate::{Cue, Formula, Reading, Relation, RelationKind};

/// Fewest rows that bear it out.
const LEAST_ROWS: usize = 10;
/// Most columns that are held against each other.
const MAX_COLUMNS: usize = 40;

/// Words of a whole with words of what is part of it.
const PARTS: &[(&[&str], &[&str])] = &[
    (
        &["报送", "上报", "投稿", "报稿", "提供"],
        &["公开", "采用", "录用", "采纳", "刊发", "发布", "采编"],
    ),
    (
        &["检查", "抽查", "抽检", "普查", "监测", "抽样", "巡查", "排查"],
        &["合格", "不合格", "达标", "问题", "通过"],
    ),
    (
        &["受理", "收到", "接收", "派发", "交办", "转办", "来件", "承办", "派单"],
        &["办结", "回复", "答复", "满意", "逾期", "超期", "按期", "按时"],
    ),
    (&["应"], &["已", "实际", "按期", "按时", "逾期", "未"]),
    (&["参评", "评价", "测评"], &["满意", "好评", "差评", "不满意"]),
];

/// Words that let a part be larger than its whole: cases carried over, several of one.
const LOOSE: &[&str] = &["结转", "上年", "上期", "上月", "历年", "累计", "次", "分", "率"];

/// Adds a relation for each row that is the only one in which a part exceeds its whole.
pub(crate) fn relations(cx: &Context<'_>, sheet: &Sheet<'_>, out: &mut Vec<Relation>) {
    let rows: Vec<usize> = sheet.data_rows().collect();
    let columns: Vec<usize> = (0..sheet.n_cols())
        .filter(|c| sheet.columns[*c].kind == ColumnKind::Count)
        .take(MAX_COLUMNS)
        .collect();
    let header = |c: usize| sheet.columns[c].header.as_str();
    let loose = |words: &str| LOOSE.iter().any(|w| words.contains(w));
    if rows.len() <= LEAST_ROWS
        || sheet
            .table
            .notes
            .iter()
            .any(|n| n.contains("结转") || n.contains("上期"))
    {
        return;
    }
    for &whole in &columns {
        for &part in &columns {
            let named = whole != part
                && !loose(header(whole))
                && !loose(header(part))
                && sheet.columns[whole].unit == sheet.columns[part].unit
                && same_thing(header(whole), header(part));
            if !named {
                continue;
            }
            let pairs: Vec<(usize, bool)> = rows
                .iter()
                .filter_map(|r| {
                    let (w, p) = (sheet.own_number(*r, whole)?, sheet.own_number(*r, part)?);
                    Some((*r, p.value <= w.value))
                })
                .collect();
            let mut over = pairs.iter().filter(|(_, ok)| !ok).map(|(row, _)| *row);
            let (Some(row), None) = (over.next(), over.next()) else {
                continue;
            };
            if pairs.len() <= LEAST_ROWS {
                continue;
            }
            let (Some(stated), Some(of)) = (sheet.own_number(row, part), sheet.own_number(row, whole)) else {
                continue;
            };
            let reading = Reading {
                formula: Formula::Bound { holds: false },
                stated: stated.operand.clone(),
                operands: vec![of.operand.clone()],
            };
            out.extend(sheet.relation(cx, RelationKind::Bound, "part-within-row", Cue::Implied, vec![reading]));
        }
    }
}

/// Whether one header names a whole and the other what is part of it, and both speak of the same things: what is left of
/// them without those words is alike (网站报送条数, 网站采用条数), or nothing but a measure.
fn same_thing(whole: &str, part: &str) -> bool {
    PARTS.iter().any(|(wholes, parts)| {
        let found = wholes
            .iter()
            .find(|w| whole.contains(**w))
            .zip(parts.iter().find(|w| part.contains(**w)));
        found.is_some_and(|(w, p)| {
            let (before, _) = whole.split_once(w).unwrap_or_default();
            let (other, _) = part.split_once(p).unwrap_or_default();
            let other = other.trim_end_matches(['不', '已', '未', '被', '其', '中', '：', ':']);
            (before == other || other.is_empty() || other == *w)
                && !parts.iter().any(|x| whole.contains(x))
                && !wholes
                    .iter()
                    .any(|x| *x != "应" && part.contains(x) && !other.contains(x))
        })
    })
}

#[cfg(test)]
mod tests {
    use crate::table::{relations, rig};

    fn bad(source: &str) -> Vec<String> {
        rig::lines(source, relations)
            .into_iter()
            .filter(|l| l.ends_with("BAD"))
            .collect()
    }

    /// A table of rows with a whole and a part.
    fn table(header: &str, pairs: &[(u32, u32)]) -> String {
        let names: Vec<char> = "甲乙丙丁戊己庚辛壬癸子丑".chars().collect();
        pairs
            .iter()
            .zip(names)
            .fold(format!("单位|{header}"), |out, ((a, b), name)| {
                format!("{out}\n{name}镇|{a}|{b}")
            })
    }

    const PAIRS: [(u32, u32); 12] = [
        (62, 58),
        (54, 50),
        (48, 41),
        (45, 45),
        (39, 30),
        (32, 31),
        (30, 22),
        (28, 25),
        (25, 52),
        (22, 20),
        (19, 15),
        (15, 9),
    ];

    #[test]
    fn more_was_published_than_was_reported() {
        assert_eq!(bad(&table("报送条数|公开条数", &PAIRS)), ["bound? 52 <- 25 BAD"]);
    }

    #[test]
    fn other_columns_and_few_rows_say_nothing() {
        assert!(bad(&table("微信发布条数|微博发布条数", &PAIRS)).is_empty());
        assert!(bad(&table("网站报送条数|简报采用条数", &PAIRS)).is_empty());
        assert!(bad(&table("上期结转受理|办结", &PAIRS)).is_empty());
        assert!(bad(&table("报送条数|公开条数", &PAIRS[4..])).is_empty());
        let mut two = PAIRS;
        two[0] = (62, 85);
        assert!(bad(&table("报送条数|公开条数", &two)).is_empty());
    }
}
