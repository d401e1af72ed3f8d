//! What the text says of the items of a table that sets its rows equal: 共收到信息公开申请66件，上年结转2件 beside 一、本年新收 | 66.
//!
//! The items of such a table are what came in, what was carried over, what was done and what is carried on. A figure of the text is of the
//! first if it came in of what the table counts, and of no channel or part of it; of what was carried over and on its words tell. Where the
//! text tells one more than once in different figures, it speaks of parts, and nothing is said.

use std::collections::BTreeSet;

use super::cells::link;
use super::spoken::Spoken;
use super::tables::{self, Given, Tables};
use crate::context::Context;
use crate::table::{Sheet, affinity, balanced_items, squash};
use crate::{Cue, FigureIdx, Relation};

/// Words of what came in.
const CAME_IN: [&str; 6] = ["收到", "受理", "新收", "接收", "接到", "新增"];
/// Words of a part or of another reckoning.
const PARTS: [&str; 24] = [
    "网络",
    "网上",
    "网站",
    "信函",
    "邮寄",
    "邮件",
    "当面",
    "现场",
    "传真",
    "平台",
    "窗口",
    "系统",
    "其中",
    "街道",
    "乡镇",
    "部门",
    "个人",
    "企业",
    "法人",
    "累计",
    "同比",
    "比上年",
    "较上年",
    "去年",
];
/// Words of the whole of a year.
const WHOLE: [&str; 8] = ["共", "总", "全年", "本年", "年度", "今年", "新收", "年，"];
/// Words of what comes from the year before, and of what goes on to the next.
const FROM_BEFORE: [&str; 4] = ["上年结转", "上年度结转", "结转上年", "去年结转"];
const TO_NEXT: [&str; 4] = ["结转下年", "结转至下", "结转到下", "转入下年"];

/// Which item of the table a figure of the text speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    CameIn,
    FromBefore,
    ToNext,
}

impl Item {
    /// The item that words tell.
    fn of(words: &str) -> Option<Self> {
        let any = |list: &[&str]| list.iter().any(|w| words.contains(w));
        if any(&FROM_BEFORE) {
            Some(Self::FromBefore)
        } else if any(&TO_NEXT) {
            Some(Self::ToNext)
        } else if any(&CAME_IN) && !words.contains("结转") {
            Some(Self::CameIn)
        } else {
            None
        }
    }
}

/// Adds the links to the items of the tables that set their rows equal.
pub(super) fn relations(
    cx: &Context<'_>,
    tables: &Tables<'_>,
    spoken: &[Spoken],
    linked: &mut BTreeSet<FigureIdx>,
    out: &mut Vec<Relation>,
) {
    for sheet in &tables.sheets {
        let Some(items) = balanced_items(sheet) else { continue };
        let Some(col) = total_column(sheet) else { continue };
        let mut told: Vec<(Item, &Spoken, Given)> = Vec::new();
        for said in spoken.iter().filter(|s| !linked.contains(&s.idx)) {
            let Some(item) = item_of(cx, said) else { continue };
            let row = items.iter().find(|(name, _)| Item::of(name) == Some(item));
            let Some((name, row)) = row else { continue };
            // 收到代表建议66件 is of something else than applications.
            let of_table = item != Item::CameIn || affinity(&words(cx, said), name) >= 4;
            let figure = cx.figure(said.idx);
            if !of_table || !tables::same_kind_at(figure, sheet, *row, col) {
                continue;
            }
            told.extend(tables::given(sheet, *row, col).map(|given| (item, said, given)));
        }
        for item in [Item::CameIn, Item::FromBefore, Item::ToNext] {
            let of_item: Vec<&(Item, &Spoken, Given)> = told.iter().filter(|(i, ..)| *i == item).collect();
            let one = of_item.windows(2).all(|w| w[0].1.operand.value == w[1].1.operand.value);
            let Some((_, said, given)) = of_item.first().filter(|_| one) else {
                continue;
            };
            // 本机关收到12件，各部门收到34件: only what is told as the whole of the year is held to be it.
            let whole = WHOLE
                .iter()
                .any(|w| said.sentence(cx)[..said.full.start - said.sentence.start].contains(w));
            if item == Item::CameIn && !whole && !tables::equal(&said.operand, given) {
                continue;
            }
            // 共收到68件，其中新收66件: what was carried over is often counted in.
            if item == Item::CameIn && with_carried_over(sheet, &items, col, said) {
                continue;
            }
            linked.insert(said.idx);
            out.extend(link(cx, said, given, Cue::Implied));
        }
    }
}

/// Whether a figure is what came in and what was carried over.
fn with_carried_over(sheet: &Sheet<'_>, items: &[(String, usize)], col: usize, said: &Spoken) -> bool {
    let value = |wanted: Item| {
        let (_, row) = items.iter().find(|(name, _)| Item::of(name) == Some(wanted))?;
        Some(tables::given(sheet, *row, col)?.value)
    };
    let both = value(Item::CameIn).zip(value(Item::FromBefore));
    let sum = both.and_then(|(a, b)| a.checked_add(b));
    sum.is_some() && sum == said.operand.value && value(Item::FromBefore).is_some_and(|v| !v.is_zero())
}

/// The words before and behind a figure in its clause.
fn words(cx: &Context<'_>, said: &Spoken) -> String {
    squash(&format!("{}{}", said.label(cx), said.tail(cx)))
}

/// The item that a figure speaks of as a whole.
fn item_of(cx: &Context<'_>, said: &Spoken) -> Option<Item> {
    let words = words(cx, said);
    let part = PARTS.iter().any(|w| words.contains(w));
    Item::of(&words).filter(|_| !part)
}

/// The column of totals.
fn total_column(sheet: &Sheet<'_>) -> Option<usize> {
    let mut totals = (0..sheet.n_cols()).filter(|c| {
        let header = squash(sheet.columns[*c].header.as_str());
        ["总计", "合计", "共计"].iter().any(|w| header.ends_with(w))
    });
    totals.next_back()
}

#[cfg(test)]
mod tests {
    use crate::link::relations;
    use crate::table::rig;

    const TABLE: &str = "（第一项加第二项之和，等于第三项加第四项之和）|自然人|企业|总计
一、本年新收政府信息公开申请数量|40|6|46
二、上年结转政府信息公开申请数量|2|0|2
三、本年度办理结果（一）予以公开|37|5|42
四、结转下年度继续办理|5|1|6";

    fn links(text: &str) -> Vec<String> {
        rig::lines(&format!("{text}\n\n{TABLE}"), relations)
            .into_iter()
            .filter(|l| l.starts_with("text-table"))
            .collect()
    }

    #[test]
    fn items_that_the_text_tells() {
        let found = links("全年共收到政府信息公开申请46件，上年结转2件，结转下年度6件。");
        assert_eq!(found.len(), 3, "{found:?}");
        assert!(found.iter().all(|l| l.ends_with("ok")), "{found:?}");
        let found = links("全年共收到政府信息公开申请49件，上年结转3件。");
        assert_eq!(found.iter().filter(|l| l.ends_with("BAD")).count(), 2, "{found:?}");
    }

    #[test]
    fn parts_and_other_things_say_nothing() {
        for text in [
            "收到政府信息公开申请网络件9件。",
            "收到代表建议29件。",
            "本机关收到政府信息公开申请12件，各部门收到政府信息公开申请34件。",
            "共收到政府信息公开申请48件。",
        ] {
            assert!(
                links(text).iter().all(|l| !l.ends_with("BAD")),
                "{text}: {:?}",
                links(text)
            );
        }
    }
}
