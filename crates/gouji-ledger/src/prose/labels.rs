//! What the words before a figure say: of whom, what is measured, whether it is a total.

use std::sync::LazyLock;

use super::word_list::WordList;
use crate::lexicon::{FILLERS, MEASURES, Measure, PART_CUES, PartCue, TOTAL_CUES, WORDS};

static MEASURE_WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::new(MEASURES.iter().map(|(word, _)| *word)));

/// Most characters between 通过 and the figure that passed (通过竣工验收3个); with more it says by what means.
const BY_WAY_OF: usize = 5;

/// A label taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Label {
    /// The words without cues, fillers and the measure's verb: who or what is counted. Empty for a bare 已办结.
    pub name: String,
    /// The same with the verb kept: 转载信息, 乡镇报送.
    pub full_name: String,
    /// What is measured.
    pub measure: Option<Measure>,
    /// It names a total: 共, 合计.
    pub total: bool,
    /// It is denied: 未发现.
    pub denied: bool,
    /// It announces parts.
    pub cue: Option<PartCue>,
}

/// Words behind the name of a grade.
const GRADES: [&str; 4] = ["等次", "等级", "档次", "等第"];

/// The longest measure word that ends nearest to the figure, with its place in `label`.
pub(crate) fn measure_in(label: &str) -> Option<(Measure, std::ops::Range<usize>)> {
    let mut best: Option<(Measure, std::ops::Range<usize>)> = None;
    for (idx, at) in MEASURE_WORDS.last_places(label) {
        let (word, measure) = MEASURES[idx];
        let range = at..at + word.len();
        // 信息公开申请, 政务公开工作: the name of a business, not what was done.
        if word == "公开" && names_a_business(&label[..at], &label[range.end..]) {
            continue;
        }
        // 不予受理, 未受理: what was not taken up.
        if word == "受理" && label[..at].ends_with(['未', '不', '予']) {
            continue;
        }
        // 合格等次9家: a grade beside others, not what passed.
        if GRADES.iter().any(|w| label[range.end..].starts_with(w)) {
            continue;
        }
        // 通过登记住所无法联系31户: by way of, not passed.
        if word == "通过" && label[range.end..].chars().count() > BY_WAY_OF {
            continue;
        }
        let better = best.as_ref().is_none_or(|(_, b)| {
            // A word that holds the other one wins; else the one nearer to the figure.
            if range.start <= b.start && b.end <= range.end {
                true
            } else if b.start <= range.start && range.end <= b.end {
                false
            } else {
                range.end > b.end
            }
        });
        if better {
            best = Some((measure, range));
        }
    }
    best
}

fn names_a_business(before: &str, after: &str) -> bool {
    before.ends_with("政务")
        || before.ends_with("依申请")
        || ["申请", "平台", "专栏", "栏目", "指南", "年报", "工作", "领域"]
            .iter()
            .any(|w| after.starts_with(w))
}

/// Takes a label apart.
pub(crate) fn analyse(label: &str) -> Label {
    let mut cue = None;
    let mut rest = label;
    for (word, kind) in PART_CUES {
        if let Some(at) = rest.find(word).filter(|at| !in_brackets(rest, *at)) {
            // 此外还包括: what is told besides.
            let besides = rest[..at].ends_with(['还', '也', '均', '另']);
            cue = Some(if besides { PartCue::Partial } else { *kind });
            // What stands before the cue speaks of the total, what follows of the first part.
            rest = rest[at + word.len()..].trim_start_matches(['，', ',', '：', ':', ' ']);
        }
    }
    let total = TOTAL_CUES.iter().any(|w| rest.contains(w)) && !rest.contains("公共") && !rest.contains("共同");
    let denied = rest.contains("未发现") || rest.contains("未出现") || rest.contains("没有");
    let found = measure_in(rest);
    let mut name = match &found {
        Some((_, range)) => format!("{}{}", &rest[..range.start], &rest[range.end..]),
        None => rest.to_owned(),
    };
    name = strip(&name);
    // An opinion is the name of its part: 基本满意3张.
    if let Some((Measure::Satisfied | Measure::BarelySatisfied | Measure::Dissatisfied, range)) = &found
        && name.is_empty()
    {
        name = rest[range.clone()].to_owned();
    }
    Label {
        full_name: strip(rest),
        name,
        measure: found.map(|(m, _)| m),
        total,
        denied,
        cue,
    }
}

/// Whether byte `at` stands in brackets that are closed behind it: 其他类（主要包括产权、探矿权等）.
fn in_brackets(words: &str, at: usize) -> bool {
    let (before, behind) = words.split_at(at);
    let open = before.rfind(['（', '(']);
    open > before.rfind(['）', ')']) && behind.contains(['）', ')'])
}

/// Longest 按…程序 phrase behind its 按, in bytes.
const MAX_PHRASE: usize = 33;

/// 新收申请86件，上年结转4件；予以公开52件，…: whether a part was carried over from before and none is said to be new, so that it comes on top of
/// what came in and is no part of it.
pub(crate) fn comes_on_top<'a>(labels: impl Iterator<Item = &'a str> + Clone) -> bool {
    let carried = |l: &str| l.contains("结转") && l.contains(['上', '去']);
    let new = |l: &str| l.contains(['新', '本', '当']);
    labels.clone().any(carried) && !labels.into_iter().any(new)
}

/// Takes fillers, 按…程序 phrases and marks off both ends.
fn strip(words: &str) -> String {
    let outer: &[char] = if words.contains(['(', '（']) && words.contains([')', '）']) {
        &['，', ',', '、', '；', ';', '：', ':', '。', '“', '”', '"', '-']
    } else {
        &[
            '，', ',', '、', '；', ';', '：', ':', '。', '“', '”', '"', '-', '(', '（', ')', '）',
        ]
    };
    let mut s = words
        .trim()
        .trim_matches(|c: char| c.is_whitespace() || outer.contains(&c));
    loop {
        let before = s;
        for filler in FILLERS {
            // 数据资料, 中医药: words of their own that begin as a filler does.
            let word = WORDS.iter().any(|w| s.starts_with(w) && w.starts_with(filler));
            s = s.strip_prefix(filler).filter(|_| !word).unwrap_or(s);
            s = s.strip_suffix(filler).unwrap_or(s);
        }
        if let Some(rest) = s.strip_prefix('按') {
            // Each turn looks at the beginning only: a label may be as long as its passage.
            let near = &rest[..rest.floor_char_boundary(MAX_PHRASE)];
            for end in ["程序", "要求", "规定", "时限", "期限", "计划"] {
                if let Some(at) = near.find(end) {
                    s = &rest[at + end.len()..];
                }
            }
        }
        s = s.trim().trim_matches(|c: char| "，,、；;：:。".contains(c));
        if s == before {
            return s.to_owned();
        }
    }
}

/// A noun phrase without the words of its scope and what is done to it: 全县政府系统政务新媒体 is 政务新媒体.
pub(crate) fn strip_scope(words: &str) -> String {
    let mut s = words.trim();
    for verb in ["在运行", "运行的"] {
        if let Some(at) = s.find(verb).filter(|at| *at <= 12) {
            s = &s[at + verb.len()..];
        }
    }
    // The thing itself ends the phrase in front of a verb: 网站全部合格, 账号存在突出问题.
    for verb in [
        "全部", "存在", "进行", "开展", "均", "已", "基本", "符合", "完成", "未", "按照",
    ] {
        if let Some(at) = s.find(verb).filter(|at| *at > 0) {
            s = &s[..at];
        }
    }
    loop {
        let before = s;
        for scope in [
            "全县",
            "全市",
            "全州",
            "全区",
            "全省",
            "我县",
            "我市",
            "我区",
            "政府系统",
            "正常",
            "在运行",
            "本级",
            "正式",
            "登记备案",
            "的",
        ] {
            s = s.strip_prefix(scope).unwrap_or(s);
            s = s.strip_suffix(scope).unwrap_or(s);
        }
        if s == before {
            return s.to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_taken_apart() {
        let l = analyse("其中：乡镇(街道)报送");
        assert_eq!(
            (l.name.as_str(), l.measure, l.cue),
            ("乡镇(街道)", Some(Measure::Reported), Some(PartCue::Among))
        );
        let l = analyse("已按时办结");
        assert_eq!((l.name.as_str(), l.measure), ("", Some(Measure::OnTimeClosed)));
        let l = analyse("按法定程序按时办结");
        assert_eq!((l.name.as_str(), l.measure), ("", Some(Measure::OnTimeClosed)));
        let l = analyse("县政府门户网站共发布信息");
        assert!(l.total);
        assert_eq!(l.measure, Some(Measure::Published));
        assert_eq!(analyse("其他类（主要包括产权、探矿权等）交易").cue, None);
        assert_eq!(analyse("（其中").cue, Some(PartCue::Among));
        assert_eq!(analyse("通过竣工验收").measure, Some(Measure::Passed));
        assert_eq!(analyse("通过登记住所无法联系").measure, None);
        let l = analyse("发现不合格");
        assert_eq!(l.measure, Some(Measure::Failed));
    }
}
