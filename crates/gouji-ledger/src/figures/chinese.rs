//! Chinese numerals: counts and ranks, and numerals that are part of a name.

use std::ops::Range;

use gouji_quantity::{Stated, Unit, UnitClass, chinese_integer};

use super::{Scanned, hedge, quoted_name, unit_stands};
use crate::{FigureClass, Modality};

/// Standing phrases of the genre in which a numeral and a measure word name a thing instead of counting it.
///
/// Most such names need no entry: without a measure word behind it (三公, 两会, 双随机, 四不两直, 三级医院) a numeral is none
/// here, and quoted ones (“三个一批”) are words.
const PHRASES: &[&str] = &[
    "八项规定",
    "六项纪律",
    "三项制度",
    "三项纪律",
    "四项基本原则",
    "两项补贴",
    "三次产业",
    "三次分配",
    "四个意识",
    "四个自信",
    "四个全面",
    "四个最严",
    "四个一律",
    "四个一批",
    "三个代表",
    "三个必须",
    "三个一批",
    "三个区分开来",
    "两个维护",
    "两个确立",
    "两个责任",
    "两个一百年",
    "两个毫不动摇",
    "两个覆盖",
    "三个一",
    "四个一",
    "五个一",
    "六个一",
    "四种形态",
    "三支一扶",
    "五位一体",
    "三位一体",
    "四位一体",
    "两张皮",
    "两票制",
    "两条例",
    "三条红线",
    "三道红线",
    "三道防线",
    "三通一平",
    "五通一平",
    "七通一平",
    "两节期间",
    "两节”",
    "十字路",
    "十字街",
    "十字会",
    "三门峡",
    "三门县",
    "三台县",
    "五台县",
    "五台山",
    "九台区",
    "七台河",
    "五家渠",
    "五通桥",
    "六枝",
];

/// Nouns that a numeral counts without a measure word, once the things were named: 甲、乙、丙三市, 甲、乙两部门.
const GROUPS: &[&str] = &[
    "部门", "单位", "街道", "社区", "园区", "企业", "公司", "银行", "平台", "地区", "市", "县", "区", "镇", "乡", "村",
    "省", "州", "旗", "盟", "局", "委", "院", "校", "地",
];

/// A Chinese numeral counts only with a measure word behind it: 五个方面, 两家; 第三, 前五 are ranks.
pub(super) fn figure(before: &str, word: &str, after: &str, range: Range<usize>) -> Option<Scanned> {
    let value = chinese_integer(word)?;
    let rank = before.ends_with('第') || before.ends_with('前') || before.ends_with('后') && before.ends_with("排名后");
    let great = super::great(after);
    let unit = Unit::at_start(&after[great..])
        .map(|(u, len)| (u, great + len))
        .filter(|(u, _)| matches!(u.class, UnitClass::Count | UnitClass::Duration))
        .filter(|(u, len)| unit_stands(u, &after[*len..]));
    let scanned = |len: usize, unit: Option<Unit>, class: FigureClass, modality: Modality| Scanned {
        digits: range.clone(),
        full: range.start..range.end + len,
        stated: Some(Stated::new(value.into())),
        unit,
        class,
        modality,
    };
    if rank && value > 0 && value <= 100 && word.chars().all(|c| c != '万' && c != '千') {
        let (unit, len) = unit.map_or((None, 0), |(u, l)| (Some(u), l));
        // 第一季度 and 第一产业 are names.
        let class = if before.ends_with('第') && after.starts_with(|c: char| "产季次版期章条款批届轮".contains(c))
        {
            FigureClass::NamePart
        } else {
            FigureClass::Rank
        };
        return Some(scanned(len, unit, class, Modality::Fact));
    }
    let Some((unit, len)) = unit else {
        let sides = (2..=20).contains(&value) && after.starts_with("方面");
        let group = sides || (2..=100).contains(&value) && counts_a_group(before, after);
        return group.then(|| scanned(0, None, FigureClass::Count, Modality::Fact));
    };
    // 一个、一项 are articles more often than counts; 万 alone is no number; 三名 in 前三名 was taken above.
    if value < 2 || word.starts_with(['万', '千', '百', '零', '〇']) || quoted_name(before, after) {
        return None;
    }
    // A numeral inside a word: 统一、唯一, 星期三, 十分, 红十字.
    if before.ends_with(|c: char| "统唯专单星期周初之万分合同进逐任红".contains(c))
        || unit.name == "分"
        || unit.name == "度"
        || unit.name == "年" && value > 100
    {
        return None;
    }
    let rest = &after[len..];
    let class = if is_name(before, word, after, &unit, rest) {
        FigureClass::NamePart
    } else if unit.class == UnitClass::Duration || in_a_row(before, &unit) {
        FigureClass::Duration
    } else {
        FigureClass::Count
    };
    let modality = hedge::modality(before, rest, class);
    let mut found = scanned(len, Some(unit), class, modality);
    if let Some(stated) = &mut found.stated {
        stated.approx = hedge::approximation(before, rest, false);
    }
    Some(found)
}

/// Whether a numeral with its measure word is part of a name: 八项规定, 十届三次会议, 二期工程.
fn is_name(before: &str, word: &str, after: &str, unit: &Unit, rest: &str) -> bool {
    let phrase = |p: &str| p.strip_prefix(word).is_some_and(|tail| after.starts_with(tail));
    // 二 is an ordinal before a measure word, as two of a thing are 两.
    let ordinal = word == "二"
        && ["次", "期", "类", "组", "队", "部", "所", "道", "套", "批", "档"].contains(&unit.name.as_str());
    PHRASES.iter().any(|p| phrase(p)) || ordinal || is_session(before, unit, rest)
}

/// Whether a numeral counts the sessions of a body: 十届三次会议, 五届人大五次会议. Held meetings are counted with their verb.
fn is_session(before: &str, unit: &Unit, rest: &str) -> bool {
    if unit.name != "次" {
        return false;
    }
    let body = ["届", "人大", "政协", "党代会", "常委会", "中央纪委"]
        .iter()
        .any(|w| before.ends_with(w));
    let meeting = ["会议", "全会", "全体会", "常务会", "代表大会"]
        .iter()
        .any(|w| rest.starts_with(w));
    let lead = before.trim_end_matches(['了', '过']);
    let held = [
        "召开", "开", "举办", "举行", "组织", "参加", "列席", "共", "计", "先后", "达", "约", "近", "、",
    ]
    .iter()
    .any(|w| lead.ends_with(w));
    body || meeting && !held
}

/// 连续三次, 连续两期: how long something went on.
pub(super) fn in_a_row(before: &str, unit: &Unit) -> bool {
    before.ends_with("连续") && ["次", "期", "批"].contains(&unit.name.as_str())
}

/// Whether a number without a measure word counts the names before it: 甲、乙、丙三市.
pub(super) fn counts_a_group(before: &str, after: &str) -> bool {
    if !GROUPS.iter().any(|g| after.starts_with(g)) || after.starts_with("地方") || after.starts_with("市场") {
        return false;
    }
    // Directly behind the last name, with a list before it in the same clause.
    if !before.ends_with(char::is_alphabetic) {
        return false;
    }
    let mut parted = false;
    for c in before.chars().rev().take(40) {
        match c {
            '、' => return true,
            '和' | '与' | '及' => parted = true,
            '，' | ',' | '。' | '；' | ';' | '：' | ':' | '\n' => break,
            c if c.is_ascii_digit() => return false,
            _ => {}
        }
    }
    // 甲县和乙县两地: two names need no 、, but any 和 further off is no list.
    parted && before.chars().rev().take(8).any(|c| "和与及".contains(c))
}
