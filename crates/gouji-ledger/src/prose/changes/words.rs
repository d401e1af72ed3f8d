//! The words of change: rose or fell, since when, of what, and which figure is named as the base.

use std::sync::LazyLock;

use regex::Regex;

use crate::FigureClass;
use crate::prose::clauses::Mention;
use crate::prose::word_list::WordList;

/// Words of change right before a figure, with whether they say that it fell.
const CHANGES: &[(&str, bool)] = &[
    ("增加", false),
    ("增长", false),
    ("上升", false),
    ("提高", false),
    ("提升", false),
    ("扩大", false),
    ("加快", false),
    ("上涨", false),
    ("回升", false),
    ("增幅", false),
    ("涨幅", false),
    ("升幅", false),
    ("增速", false),
    ("同比增", false),
    ("环比增", false),
    ("净增", false),
    ("减少", true),
    ("下降", true),
    ("降低", true),
    ("回落", true),
    ("放缓", true),
    ("收窄", true),
    ("减幅", true),
    ("降幅", true),
    ("缩小", true),
    ("下滑", true),
    ("同比降", true),
    ("环比降", true),
    ("净减", true),
];

static CHANGE_WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::new(CHANGES.iter().map(|(word, _)| *word)));

/// What a change is reckoned from, as far as its words say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Since {
    /// The same time a year ago (同比, 去年同期).
    Year,
    /// The period right before (环比, 上月).
    Previous,
    /// The end of the year or period before (比年初, 较上年末): what a stock is reckoned from.
    Start,
    /// A mean over several years (两年平均, 年均).
    Years,
    /// Not said, or another time.
    Open,
}

impl Since {
    fn of(words: &str) -> Self {
        let any = |list: &[&str]| list.iter().any(|w| words.contains(w));
        if over_years(words) {
            Self::Years
        } else if any(&["年初", "年末", "年底", "期初", "月初", "月末", "季初", "季末"]) {
            Self::Start
        } else if any(&["环比", "上月", "上期", "上季", "上周", "上一"]) {
            Self::Previous
        } else if any(&["同比", "上年", "去年", "同期", "前年"]) {
            Self::Year
        } else {
            Self::Open
        }
    }

    /// Whether two words can speak of one base.
    pub(super) fn agrees(self, other: Self) -> bool {
        let open = |a: Self, b: Self| a == Self::Open && b != Self::Years;
        self == other || open(self, other) || open(other, self)
    }
}

/// Whether words speak of a mean over years: 两年平均, 年均; not 上半年平均.
fn over_years(words: &str) -> bool {
    let behind = |word: &str, fits: fn(char) -> bool| {
        let mut places = words.match_indices(word).map(|(at, _)| words[..at].chars().next_back());
        places.any(|c| c.is_none_or(fits))
    };
    behind("年平均", |c| {
        "两二三四五六七八九十".contains(c) || c.is_ascii_digit()
    }) || behind("年均", |c| !"半全今本当去上".contains(c))
}

/// A figure that says by how much something changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Change {
    /// It fell.
    pub fell: bool,
    /// Since when.
    pub since: Since,
    /// What changed, if its own words name it: 死亡人数, 抽检量.
    pub subject: String,
}

/// The word of change that ends a label, if any: whether it says that the figure fell.
pub(crate) fn change_word(label: &str) -> Option<bool> {
    placed(label).map(|(_, fell)| fell)
}

fn placed(label: &str) -> Option<(usize, bool)> {
    let mut best: Option<(usize, bool)> = None;
    for (idx, at) in CHANGE_WORDS.last_places(label) {
        let (word, fell) = CHANGES[idx];
        let tail = &label[at + word.len()..];
        // 负增长 falls.
        let (at, fell) = match label[..at].strip_suffix('负') {
            Some(lead) => (lead.len(), !fell),
            None => (at, fell),
        };
        // 下降到259件 gives the new value, not the change.
        if !tail.starts_with(['到', '至', '值']) && tail.chars().count() <= 4 && best.is_none_or(|(b, _)| at >= b) {
            best = Some((at, fell));
        }
    }
    // Words of budgets, only right before the figure: 增收节支项目5个 are no change.
    best.or_else(|| {
        BUDGET
            .iter()
            .find_map(|(word, fell)| Some((label.trim_end_matches('了').strip_suffix(word)?.len(), *fell)))
    })
}

/// Words of change of what came in and what was spent, with whether they say that it fell.
const BUDGET: [(&str, bool); 4] = [("增收", false), ("增支", false), ("减收", true), ("减支", true)];

/// The change that a mention states: by its word of change, or by 高 and 低 before points, 多 and 少 before an amount.
pub(super) fn change_of(m: &Mention) -> Option<Change> {
    let label = m.label.trim_end_matches("分别").trim_end_matches('了');
    let compared = |(word, fell): (&str, bool)| label.ends_with(word).then(|| (label.len() - word.len(), fell));
    let (at, fell) = placed(label).or_else(|| match m.class {
        FigureClass::Points => [("高出", false), ("高", false), ("低", true)]
            .into_iter()
            .find_map(compared),
        _ => [("多出", false), ("超出", false), ("多", false), ("少", true)]
            .into_iter()
            .find_map(compared),
    })?;
    Some(Change {
        fell,
        since: Since::of(label),
        subject: subject(&label[..at]),
    })
}

/// 高于, 低于 or 高出 with what is compared behind it: where it stands, and whether it is below.
pub(super) fn above(label: &str) -> Option<(usize, bool)> {
    [("高于", false), ("高出", false), ("低于", true)]
        .into_iter()
        .find_map(|(word, fell)| Some((label.find(word)?, fell)))
}

/// Words that only say against what or how a change is reckoned.
static RECKONING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:与|和|同|比|较|相比|对比|相较|相较于)?(?:于)?",
        r"(?:(?:20)?\d\d年|[上去前今本]一?(?:年度?|个?月份?|季度?|期|周|半年)|年初|[一二三四1-4]季度|\d{1,2}月份?)",
        r"(?:底|末|春节|前\w季度|[上下]半年|\d{1,2}月份?|第?[一二三四1-4]季度)?(?:同期|同时期)?(?:相比|的)?",
        r"|[两二三四五六七八九十](?:年|个年度)(?:来|间)?|按?(?:可比|不变)价格?(?:计算)?",
        r"|同比|环比|同期|分别|相比|平均|大幅度?|小幅|明显|略有|略|有所|实际|均|各|也|又|再|约|共|了|则|并|仅|净|有|为|的|呈|是|而|总体",
    ))
    .expect("a constant pattern")
});

/// A remark on the time of the reckoning: 比2028年末（第二次普查）增加.
static REMARK: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[（(][^（()）]*[)）]").expect("a constant pattern"));

/// What is left of the words before a word of change when those of the reckoning and remarks are taken out.
fn subject(words: &str) -> String {
    RECKONING
        .replace_all(&REMARK.replace_all(words, ""), "")
        .chars()
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// How surely a figure's words name it as the base of a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// 比…的, 较…的
    Compared,
    /// 上年同期为, 上月
    Dated,
    /// 由, 从: only with a new value behind it.
    From,
}

/// Whether the words before a figure say that it was carried over from an earlier time (上月结转, 上年遗留): it is of this period's cases.
pub(crate) fn is_stock(words: &str) -> bool {
    ["结转", "遗留", "转入", "旧存", "积存", "留存", "存量"]
        .iter()
        .any(|w| words.contains(w))
}

/// Whether words name the figure behind them as a base of comparison.
///
/// 较大, 占比, 比例, 性别比为 and 由于 compare nothing; 上月结转 and 上季度问题重复出现 speak of the stock, not of the base.
pub(super) fn names_base(words: &str) -> Option<Naming> {
    let chars: Vec<char> = words.chars().collect();
    let beside = |i: usize| (i.checked_sub(1).map(|p| chars[p]), chars.get(i + 1).copied());
    for (i, c) in chars.iter().enumerate() {
        let (before, after) = beside(i);
        let stands = match c {
            '比' => {
                !before.is_some_and(|b| "占环同百对无正评反别养师".contains(b))
                    // 性别比为105.07, 抚养比43.2: the name of an index.
                    && !after.is_some_and(|a| "例重率值分拟照赛为是达约".contains(a))
            }
            '较' => {
                before != Some('比') && !after.is_some_and(|a| "大好高多低小少快长为重严轻强弱差集晚早".contains(a))
            }
            _ => false,
        };
        if stands {
            return Some(Naming::Compared);
        }
    }
    if above(words).is_some() {
        return Some(Naming::Compared);
    }
    let dated = ["上年", "去年", "上期", "上月", "上季", "上周", "前年", "同期"];
    let besides = ["未办", "未结", "重复", "以来", "延续", "跨"];
    if dated.iter().any(|w| words.contains(w)) && !is_stock(words) && !besides.iter().any(|w| words.contains(w)) {
        return Some(Naming::Dated);
    }
    for (i, c) in chars.iter().enumerate() {
        let (before, after) = beside(i);
        let from = match c {
            '由' => after != Some('于') && !before.is_some_and(|b| "理事自缘经".contains(b)),
            '从' => after != Some('而'),
            _ => false,
        };
        if from {
            return Some(Naming::From);
        }
    }
    None
}

/// Whether the words in front of a figure say that something changed from it: 由, 从2018年的, 由去年同期的. It is of the period
/// before, not of what the text tells now.
pub(crate) fn old_value(words: &str) -> bool {
    let lead = words.trim_end();
    let Some((at, from)) = lead.char_indices().rfind(|(_, c)| matches!(c, '由' | '从')) else {
        return false;
    };
    // 理由, 自由 and 由于 are other words; what stands behind 由 may only say when.
    let word = lead[..at].ends_with(['理', '事', '自', '缘', '经', '服', '听', '人', '无', '随']);
    let when = lead[at + from.len_utf8()..]
        .trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c) || c.is_whitespace())
        .trim_end_matches('的');
    let point = ["同期", "初", "末", "底"].iter().find_map(|w| when.strip_suffix(w));
    let periods = [
        "",
        "年",
        "月",
        "季度",
        "期",
        "上年",
        "上月",
        "上季度",
        "上期",
        "去年",
        "前年",
    ];
    let before = ["原来", "原先", "最初", "当初", "此前", "之前"];
    !word && (periods.contains(&point.unwrap_or(when)) || before.contains(&when))
}

/// Whether words give the new value of what changed (降至, 提高到二季度的), not the change.
pub(crate) fn new_value(label: &str) -> bool {
    const VERBS: [&str; 12] = ["加", "少", "升", "降", "长", "高", "低", "增", "减", "落", "滑", "扩大"];
    label.starts_with(['到', '至'])
        || label
            .match_indices(['到', '至'])
            .any(|(at, _)| VERBS.iter().any(|v| label[..at].trim_end_matches('了').ends_with(v)))
}

/// Whether words compare what follows with something else (比今年上半年, 较上月), so that it is another period's figure.
pub(crate) fn compared(label: &str) -> bool {
    names_base(label).is_some()
}

/// Since when the words of a base say that it is.
pub(super) fn since(words: &str) -> Since {
    Since::of(words)
}

/// Whether a change of `subject` can be of the thing whose words are given: no subject, a general one, or two characters in common.
pub(super) fn same_subject(subject: &str, words: &str, unit: &str) -> bool {
    let general = ["数量", "总量", "总数", "总体", "幅度", "件数", "数"];
    if subject.chars().count() < 2 || general.contains(&subject) {
        return true;
    }
    // 起数, 批次: the unit names what changed.
    let counted = subject.trim_end_matches(['数', '次', '量']);
    if !unit.is_empty() && (unit.starts_with(counted) || counted.starts_with(unit) && subject.ends_with('数')) {
        return true;
    }
    let chars: Vec<char> = subject.chars().collect();
    chars
        .windows(2)
        .map(|pair| pair.iter().collect::<String>())
        .any(|pair| words.contains(pair.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_nearest_to_the_figure_tells_the_direction() {
        assert_eq!(change_word("较上期下降"), Some(true));
        assert_eq!(change_word("比上年增长了"), Some(false));
        assert_eq!(change_word("下降幅度为"), Some(true));
        assert_eq!(change_word("工业增加值为"), None);
        assert_eq!(change_word("办结"), None);
        assert_eq!(change_word("减收"), Some(true));
        assert_eq!(change_word("增收节支项目"), None);
    }

    #[test]
    fn a_mean_over_years_is_a_time_of_its_own() {
        for words in ["两年平均", "近三年年均", "年均"] {
            assert_eq!(Since::of(words), Since::Years, "{words}");
        }
        assert_eq!(Since::of("比上半年平均接通率"), Since::Open);
        assert!(!Since::Years.agrees(Since::Open) && Since::Open.agrees(Since::Year));
    }

    #[test]
    fn what_changed_is_what_the_reckoning_leaves() {
        for (words, left) in [
            ("比去年同期事故起数", "事故起数"),
            ("较上年同期", ""),
            ("与上月相比", ""),
            ("比2016年同期", ""),
            ("抽检量同比", "抽检量"),
            ("较一季度", ""),
            ("死亡人数", "死亡人数"),
            ("两年平均", ""),
            ("按可比价格计算同比", ""),
        ] {
            assert_eq!(subject(words), left, "{words}");
        }
    }

    #[test]
    fn bases_are_named_by_words_that_compare() {
        for words in ["比2020年的", "较上期", "同上月相比", "较前年末的"] {
            assert_eq!(names_base(words), Some(Naming::Compared), "{words}");
        }
        for words in ["上年同期为", "上月", "去年同期受理"] {
            assert_eq!(names_base(words), Some(Naming::Dated), "{words}");
        }
        assert_eq!(names_base("由一季度的"), Some(Naming::From));
        for words in [
            "较大火灾",
            "占比",
            "其中较好的",
            "上月结转",
            "上季度问题重复出现",
            "由于",
            "比例为",
        ] {
            assert_eq!(names_base(words), None, "{words}");
        }
    }

    #[test]
    fn old_values_stand_behind_from_and_a_period() {
        for words in [
            "比例由",
            "占总数的比例由去年的",
            "比重从2018年的",
            "占比由上年同期的",
            "由一季度的",
        ] {
            assert!(old_value(words), "{words}");
        }
        for words in ["由于占比", "由市本级承办的占", "理由", "由三项构成，占", "占比为", ""] {
            assert!(!old_value(words), "{words}");
        }
    }

    #[test]
    fn a_change_is_of_its_own_subject() {
        assert!(same_subject("死亡人数", "死亡", "人"));
        assert!(same_subject("事故起数", "共发生事故", "起"));
        assert!(same_subject("批次", "来访", "批"));
        assert!(same_subject("", "来访", "批"));
        assert!(!same_subject("重复投诉率", "办结率由", "%"));
        assert!(!same_subject("抽检量", "合格率", "%"));
    }
}
