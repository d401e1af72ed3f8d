//! Names of organs (机关) by their shape.

use std::sync::LazyLock;

use regex::Regex;

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
const NO_NAME: [&str; 14] = [
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
    "统计",
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
        && !line.starts_with('各')
        && !line.starts_with(['一', '二', '三', '四', '五', '六', '（', '(', '附'])
        && !NO_NAME.iter().any(|w| line.contains(w))
        && ORGAN.is_match(line)
        || n > 3
            && n <= MAX_ORGAN
            && line.starts_with(['一', '二', '三'])
            && line.contains("人民政府")
            && ORGAN.is_match(line)
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
        ] {
            assert!(!is_organ(other), "{other}");
        }
        assert_eq!(organ_name("清河县数据局（代章）"), "清河县数据局");
        assert_eq!(organ_name("清 河 县 人民政府文件"), "清河县人民政府");
    }
}
