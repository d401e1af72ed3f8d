use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What kind of thing a unit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum UnitClass {
    /// A measure word: 件, 条, 个, 家.
    Count,
    /// Money: 元, 万元.
    Money,
    /// `%`
    Percent,
    /// `‰`
    Permille,
    /// 个百分点
    Points,
    /// A span of time: 日, 天, 小时, 个工作日.
    Duration,
    /// A score: 分.
    Score,
    /// A physical or other measure.
    Other,
}

/// A unit as printed (`件`, `万元`, `%`), with 万 and 亿 left to the figure's magnitude.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    /// The canonical word.
    pub name: String,
    /// Its class.
    pub class: UnitClass,
}

/// Measure words that count.
const COUNTS: &[&str] = &[
    "个批次",
    "批次",
    "人次",
    "件次",
    "户次",
    "篇次",
    "起次",
    "场次",
    "班次",
    "车次",
    "票",
    "件",
    "条",
    "个",
    "家",
    "篇",
    "起",
    "处",
    "人",
    "次",
    "户",
    "批",
    "份",
    "项",
    "例",
    "封",
    "张",
    "台",
    "辆",
    "所",
    "座",
    "宗",
    "则",
    "名",
    "位",
    "本",
    "册",
    "期",
    "场",
    "类",
    "种",
    "部",
    "块",
    "套",
    "组",
    "站",
    "只",
    "头",
    "间",
    "栋",
    "幢",
    "支",
    "队",
    "艘",
    "对",
    "株",
    "幅",
    "盒",
    "瓶",
    "袋",
    "箱",
    "单",
    "笔",
    "通",
    "门",
    "点",
    "段",
    "片",
    "道",
    "根",
    "口",
    "眼",
    "粒",
    "枚",
    "颗",
    "枝",
    "架",
    "艇",
    "列",
    "节",
    "款",
    "件套",
    "字",
    "页",
    "集",
    "组次",
];

/// Measure words in traditional characters, each with the simplified one.
const TRADITIONAL: &[(&str, &str)] = &[
    ("個", "个"),
    ("條", "条"),
    ("項", "项"),
    ("戶", "户"),
    ("處", "处"),
    ("張", "张"),
    ("臺", "台"),
    ("輛", "辆"),
    ("則", "则"),
    ("冊", "册"),
    ("場", "场"),
    ("類", "类"),
    ("種", "种"),
    ("塊", "块"),
    ("組", "组"),
    ("隻", "只"),
    ("頭", "头"),
    ("間", "间"),
    ("棟", "栋"),
    ("隊", "队"),
    ("對", "对"),
    ("單", "单"),
    ("筆", "笔"),
    ("門", "门"),
    ("點", "点"),
    ("節", "节"),
    ("頁", "页"),
    ("個批次", "批次"),
    ("个批次", "批次"),
    ("個月", "个月"),
    ("小時", "小时"),
    ("分鐘", "分钟"),
    ("個百分點", "个百分点"),
    ("百分點", "百分点"),
];

fn simplified(name: &str) -> &str {
    TRADITIONAL
        .iter()
        .find(|(traditional, _)| *traditional == name)
        .map_or(name, |(_, simplified)| simplified)
}

/// Words that no noun is counted with.
const OTHERS: &[&str] = &[
    "个百分点",
    "百分点",
    "个工作日",
    "工作日",
    "个小时",
    "个月",
    "个季度",
    "个星期",
    "个年度",
    "个学期",
    "个半月",
    "个半小时",
    "学期",
    "小时",
    "分钟",
    "季度",
    "星期",
    "美元",
    "平方公里",
    "平方米",
    "立方米",
    "公里",
    "公斤",
    "公顷",
    "千瓦时",
    "千瓦",
    "吨",
    "亩",
    "米",
    "克",
    "升",
    "%",
    "％",
    "﹪",
    "‰",
    "元",
    "分",
    "日",
    "天",
    "年",
    "月",
    "周",
    "秒",
    "度",
    "倍",
];

/// All units by their first character, those of one character longest first: a unit is looked for behind every number.
static BY_FIRST: LazyLock<BTreeMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut map: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
    let traditional = TRADITIONAL.iter().map(|(traditional, _)| traditional);
    for name in OTHERS.iter().chain(COUNTS).chain(traditional) {
        map.entry(name.chars().next().unwrap_or_default())
            .or_default()
            .push(name);
    }
    for names in map.values_mut() {
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    }
    map
});

impl Unit {
    /// A unit by its printed word.
    ///
    /// A measure word in traditional characters (件、個、項) is the same unit as in simplified ones.
    #[must_use]
    pub fn new(name: &str) -> Self {
        let name = simplified(name);
        let class = match name {
            "%" | "％" | "﹪" => UnitClass::Percent,
            "‰" => UnitClass::Permille,
            "个百分点" | "百分点" => UnitClass::Points,
            "元" | "美元" => UnitClass::Money,
            "日" | "天" | "小时" | "分钟" | "秒" | "个工作日" | "工作日" | "年" | "个月" | "月" | "周" | "星期"
            | "季度" | "个小时" | "个季度" | "个星期" | "个年度" | "个学期" | "学期" | "个半月" | "个半小时" => {
                UnitClass::Duration
            }
            "分" => UnitClass::Score,
            _ if COUNTS.contains(&name) => UnitClass::Count,
            _ => UnitClass::Other,
        };
        Self {
            name: if class == UnitClass::Percent {
                "%".to_owned()
            } else {
                name.to_owned()
            },
            class,
        }
    }

    /// The unit that stands at the start of `text`, longest first, with its length in bytes.
    ///
    /// A magnitude word must have been taken off before.
    #[must_use]
    pub fn at_start(text: &str) -> Option<(Self, usize)> {
        BY_FIRST
            .get(&text.chars().next()?)?
            .iter()
            .find(|name| text.starts_with(**name))
            .map(|name| (Self::new(name), name.len()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_unit_wins() {
        let (unit, len) = Unit::at_start("个百分点，").expect("a unit");
        assert_eq!(
            (unit.name.as_str(), unit.class, len),
            ("个百分点", UnitClass::Points, 12)
        );
        assert_eq!(Unit::at_start("批次产品").expect("a unit").0.name, "批次");
        assert!(Unit::at_start("，").is_none());
        let (unit, len) = Unit::at_start("個季度").expect("a unit");
        assert_eq!((unit.name.as_str(), len), ("个", 3));
        assert_eq!(Unit::at_start("个季度").expect("a unit").0.class, UnitClass::Duration);
    }
}
