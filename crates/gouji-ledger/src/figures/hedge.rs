//! What the words beside a figure say of it: how exactly it is meant, and whether it is a norm.

use gouji_quantity::Approx;

use crate::{FigureClass, Modality};

/// How many characters of its clause are read on either side of a figure.
const REACH: usize = 120;

/// How exactly a figure is meant, by the words before and behind it; `hedged` where 余 or 多 stands before its unit.
pub(super) fn approximation(before: &str, after: &str, hedged: bool) -> Approx {
    let lead = before.trim_end();
    // 预约、节约、违约、最近、附近 are words of their own.
    let lead = match lead.char_indices().next_back() {
        Some((at, '约')) if lead[..at].ends_with(|c: char| "预节违签合解条公相契特集".contains(c)) => "",
        Some((at, '近')) if lead[..at].ends_with(|c: char| "最附临邻就靠".contains(c)) => "",
        _ => lead,
    };
    let ends = |words: &[&str]| words.iter().any(|w| lead.ends_with(w));
    if hedged || after.starts_with("余") {
        Approx::Over
    } else if after.starts_with("以上") || after.starts_with("及以上") || after.starts_with("（含）以上") {
        Approx::AtLeast
    } else if after.starts_with("以下") || after.starts_with("及以下") || after.starts_with("以内") {
        Approx::AtMost
    } else if let Some((approx, _)) = compared(lead) {
        approx
    } else if ends(&["约", "大约", "约为", "大概"]) || after.starts_with("左右") {
        Approx::About
    } else if ends(&["近", "将近", "接近"]) {
        Approx::Near
    } else {
        Approx::Exact
    }
}

/// Words that compare a figure with another: what they say of it, and what they say behind a denial (不得超过, 未超过).
const COMPARING: [(&str, Approx, Option<Approx>); 14] = [
    ("超过", Approx::MoreThan, Some(Approx::AtMost)),
    ("突破", Approx::MoreThan, Some(Approx::AtMost)),
    ("高于", Approx::MoreThan, Some(Approx::AtMost)),
    ("大于", Approx::MoreThan, Some(Approx::AtMost)),
    ("多于", Approx::MoreThan, Some(Approx::AtMost)),
    ("低于", Approx::LessThan, Some(Approx::AtLeast)),
    ("少于", Approx::LessThan, Some(Approx::AtLeast)),
    ("小于", Approx::LessThan, Some(Approx::AtLeast)),
    ("不足", Approx::LessThan, None),
    ("不到", Approx::LessThan, None),
    ("至少", Approx::AtLeast, None),
    ("至多", Approx::AtMost, None),
    ("超", Approx::MoreThan, Some(Approx::AtMost)),
    ("逾", Approx::MoreThan, Some(Approx::AtMost)),
];

/// What denies a comparing word; with the first ones it is a norm, the last two tell what is so.
const DENIALS: [&str; 10] = [
    "不得",
    "不能",
    "不应",
    "不应当",
    "不宜",
    "不可",
    "不许",
    "不",
    "未",
    "没有",
];

/// What a comparing word at the end of `lead` says of the figure behind it, and whether that is a norm: 不低于, 至少.
fn compared(lead: &str) -> Option<(Approx, bool)> {
    let (head, approx, turned) = COMPARING
        .iter()
        .find_map(|(word, approx, turned)| lead.strip_suffix(word).map(|head| (head, *approx, *turned)))?;
    let denial = turned.and_then(|t| DENIALS.iter().find(|d| head.ends_with(**d)).map(|d| (t, *d)));
    match denial {
        Some((turned, denial)) => Some((turned, denial.starts_with('不'))),
        None => Some((approx, matches!(approx, Approx::AtLeast | Approx::AtMost))),
    }
}

/// Words that make a figure a norm or an aim, looked for in its own clause.
pub(super) fn modality(before: &str, after: &str, class: FigureClass) -> Modality {
    const BREAKS: [char; 8] = ['，', '。', '；', ',', ';', '：', ':', '、'];
    // A clause without marks may be a whole document; what stands far off says nothing of the figure.
    let mut clause_start = before.len();
    for (at, c) in before.char_indices().rev().take(REACH) {
        if BREAKS.contains(&c) {
            break;
        }
        clause_start = at;
    }
    let clause = &before[clause_start..];
    let tail_end = after
        .char_indices()
        .take(REACH)
        .find(|(_, c)| BREAKS.contains(c))
        .map_or_else(
            || after.char_indices().nth(REACH).map_or(after.len(), |(at, _)| at),
            |(at, _)| at,
        );
    let tail = &after[..tail_end];
    let near_tail: String = tail.chars().take(4).collect();
    // The upper end of a range (90—100分) bounds, it does not count; so does the lower (90分至100分).
    let mut back = clause.chars().rev();
    let joined = back.next().is_some_and(|c| "-—－~～至".contains(c));
    if joined && back.next().is_some_and(|c| c.is_numeric() || "%％分".contains(c)) {
        return Modality::Threshold;
    }
    let mut ahead = tail.chars();
    if ahead.next().is_some_and(|c| "-—－~～至".contains(c)) && ahead.next().is_some_and(char::is_numeric) {
        return Modality::Threshold;
    }
    if compared(clause.trim_end()).is_some_and(|(_, norm)| norm)
        || near_tail.starts_with("以上")
        || near_tail.starts_with("及以上")
        || near_tail.starts_with("以内")
        || near_tail.starts_with("以下")
        || near_tail.starts_with("及以下")
    {
        return Modality::Threshold;
    }
    if clause.contains("确保")
        || clause.contains("力争")
        || clause.contains("要达到")
        || clause.contains("务必")
        || clause.contains("应达到")
    {
        return Modality::Target;
    }
    if class == FigureClass::Duration && ["每", "内", "前"].iter().any(|w| clause.ends_with(w)) {
        return Modality::Threshold;
    }
    Modality::Fact
}
