//! Names of organs (机关) by their shape.

use std::sync::LazyLock;

use regex::Regex;

use crate::headings;

static ORGAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[\p{Han}A-Za-z0-9“”（）()、·—\-\s]{1,60}(?:人民政府|政府|办公室|办公厅|委员会|委|局|厅|中心|小组|管委会|指挥部|",
        r"总队|支队|大队|办事处|督查室|督察室|研究室|信息室|处|所|院|会|公司|集团|部|署|社|总站|专班|街道|镇|乡|学校|大学|学院|",
        r"科|组|办|分局|联社|队)\s*(?:[（(](?:代章|章|盖章|印章|公章|印)[)）])?$"
    ))
    .expect("a fixed pattern")
});

static STAMP: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\s*[（(](?:代章|章|盖章|印章|公章|印)[)）]\s*$").expect("a fixed pattern"));

/// Words that no name of an organ holds.
const NO_NAME: [&str; 16] = [
    "关于",
    "情况",
    "通报",
    "如下",
    "问题",
    "请",
    "要求",
    "，",
    "。",
    "通知",
    "：",
    "各相关",
    "及时",
    "统计表",
    "统计数",
    "统计分",
];

/// Longest name of an organ, in characters.
const MAX_ORGAN: usize = 45;

/// Whether the whole line is the name of one organ (or of several set side by side), a stamp note allowed.
pub(crate) fn is_organ(line: &str) -> bool {
    let last = line.trim_end().chars().next_back();
    if !last.is_some_and(|c| "府室厅会委局心组部队处所院司团署社站班街道镇乡校学科办）)".contains(c))
    {
        return false;
    }
    let n = line.chars().filter(|c| !c.is_whitespace()).count();
    (3..=MAX_ORGAN).contains(&n)
        && !line.starts_with(['各', '（', '(', '附'])
        && headings::label(line).is_none()
        && (!begins_with_numeral(line) || is_place(line))
        && !NO_NAME.iter().any(|w| line.contains(w))
        && ORGAN.is_match(line)
}

fn begins_with_numeral(line: &str) -> bool {
    line.starts_with(['一', '二', '三', '四', '五', '六'])
}

/// Longest name of a place that begins with a numeral, in characters: 七台河市.
const MAX_PLACE: usize = 5;

/// Whether a line that begins with a numeral begins with a place's name (四川省, 五河县), not with a count or 一是.
fn is_place(line: &str) -> bool {
    let second = line.chars().nth(1);
    !second.is_some_and(|c| "是个大类级季批项家".contains(c))
        && line
            .chars()
            .take(MAX_PLACE)
            .skip(2)
            .any(|c| "省市县区州盟旗镇乡".contains(c))
}

/// The name without a stamp note (代章) and without white space.
pub(crate) fn organ_name(line: &str) -> String {
    let bare = STAMP.replace(line, "");
    let bare = bare.trim();
    let bare = bare.strip_suffix("文件").unwrap_or(bare);
    bare.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn organs_and_others() {
        for name in [
            "清河县人民政府办公室",
            "清河县推进职能转变领导小组办公室",
            "清河县数据局（代章）",
            "云台市市场监督管理局",
            "四明省人民政府办公厅",
            "六山市人民政府办公室",
            "五溪县人民政府",
            "七里河市水务局",
            "清河县统计局",
        ] {
            assert!(is_organ(name), "{name}");
        }
        for other in [
            "关于信访工作的通报",
            "各镇人民政府",
            "一、基本情况",
            "检查情况",
            "附件",
            "认真落实，报送办公室",
            "三是抓好统计，报送办公室",
            "三是报送办公室",
            "三个区县局",
            "一网通办",
            "五级市县办公室",
            "十、基本信息科",
            "清河县统计表报送处",
        ] {
            assert!(!is_organ(other), "{other}");
        }
        assert_eq!(organ_name("清河县数据局（代章）"), "清河县数据局");
        assert_eq!(organ_name("清 河 县 人民政府文件"), "清河县人民政府");
    }
}
