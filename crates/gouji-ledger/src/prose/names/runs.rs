//! A run of names read off the text: 甲局、乙镇（并列）、丙委, 甲县98分，乙市97分, “甲”“乙”“丙”.

use std::ops::Range;

use super::{MAX_NAME, MAX_NAMES, conjunctions, trim_range};
use crate::lexicon::UNIT_SUFFIXES;
use crate::prose::clauses::Prose;

/// Longest element with what is said of it in parentheses, in bytes.
const MAX_ELEMENT: usize = 4_000;
/// Longest quoted name with its marks, in bytes.
const MAX_QUOTED: usize = (MAX_NAME + 2) * 4;

/// Names that stand one after the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    /// Each name without its parenthesis and amount, in bytes of the passage's text.
    pub names: Vec<Range<usize>>,
    /// Further names that the last element may hold (a final 和 or 及), or that may follow it.
    pub extra: usize,
    /// How often names are said to share a place (并列).
    pub ties: usize,
    /// It ends in 等.
    pub open: bool,
    /// The mentions that are the names' own amounts (甲2件).
    pub amounts: Vec<usize>,
    /// First byte behind it.
    pub end: usize,
}

/// What ends one element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// 、, or nothing between two quotations
    Next,
    /// ， or ；
    Pause,
    /// 。 or : or the end
    Stop,
}

/// Reads the names that begin at byte `from`, not beyond `limit`.
///
/// Names are parted by 、. Behind a name with an amount (甲县102分) a comma parts as well, as long as amounts follow.
pub(super) fn read(text: &str, prose: &Prose, from: usize, limit: usize) -> Option<Run> {
    let mut run = Run::default();
    let mut at = from;
    let mut dun = false;
    let mut further = 0;
    loop {
        let (end, mark, next) = element(text, at, limit);
        let (name, amount) = name_of(text, prose, at..end);
        let measured = amount.is_some();
        run.amounts.extend(amount);
        run.ties += text[at..end].matches("并列").count();
        run.names.push(name);
        run.end = end;
        let goes_on = match mark {
            End::Next => Some(next),
            End::Pause if measured => behind_told(text, prose, next, limit),
            End::Pause | End::Stop => None,
        };
        let Some(next) = goes_on.filter(|_| run.names.len() <= MAX_NAMES) else {
            break;
        };
        dun |= mark == End::Next;
        if dun && mark == End::Pause {
            // 甲120件、乙80件，丙45件: behind a comma in a list parted by 、 the list may have ended.
            further = further_elements(text, prose, next, limit);
            break;
        }
        at = next;
    }
    run.ties += equal_amounts(prose, &run.amounts);
    close(text, &mut run);
    run.extra += further;
    let fit = |r: &Range<usize>| !r.is_empty() && text[r.clone()].chars().count() <= MAX_NAME;
    run.names.iter().all(fit).then_some(run)
}

/// Reads the quoted names that end at byte `end`: “甲”“乙”、“丙”.
pub(super) fn quoted_before(text: &str, end: usize) -> Option<Run> {
    let mut run = Run { end, ..Run::default() };
    let mut at = end;
    loop {
        let lead = text[..at].trim_end_matches(['、', '和', '及', '与', '以', ' ']);
        let (open, shut) = match lead.chars().next_back() {
            Some('”') => ('“', '”'),
            Some('》') => ('《', '》'),
            _ => break,
        };
        let window = lead.floor_char_boundary(lead.len().saturating_sub(MAX_QUOTED));
        let Some(start) = lead[window..].rfind(open).map(|at| window + at) else {
            break;
        };
        let inner = start + open.len_utf8()..lead.len() - shut.len_utf8();
        if text
            .get(inner.clone())
            .is_none_or(|w| w.contains(shut) || w.chars().count() > MAX_NAME)
        {
            break;
        }
        run.names.push(inner);
        at = start;
        if run.names.len() > MAX_NAMES {
            return None;
        }
    }
    run.names.reverse();
    (!run.names.is_empty()).then_some(run)
}

/// Where the element that begins at `from` ends, what ends it, and where the next begins.
fn element(text: &str, from: usize, limit: usize) -> (usize, End, usize) {
    // A mark that nothing closes would lead through the rest of the text from each number before it.
    let limit = limit.min(text.floor_char_boundary(from.saturating_add(MAX_ELEMENT)).max(from));
    let mut depth = 0_u32;
    let mut quoted = false;
    for (i, c) in text[from..limit].char_indices() {
        let at = from + i;
        let behind = at + c.len_utf8();
        match c {
            '（' | '(' => depth += 1,
            '）' | ')' => {
                depth = depth.saturating_sub(1);
                // 甲街道（52条）乙局（33条）: the mark between them was forgotten.
                if depth == 0
                    && !quoted
                    && opens_with_amount(&text[behind..limit])
                    && text[from..at].ends_with(UNIT_CHARS)
                {
                    return (behind, End::Next, behind);
                }
            }
            '“' | '《' => quoted = true,
            '”' | '》' => {
                quoted = false;
                if text[behind..limit].starts_with(['“', '《']) {
                    return (behind, End::Next, behind);
                }
            }
            '。' | '\n' | '！' | '？' => return (at, End::Stop, behind),
            _ if depth > 0 || quoted => {}
            '、' | '>' | '＞' => return (at, End::Next, behind),
            '，' | ',' | '；' | ';' => return (at, End::Pause, behind),
            '：' | ':' => return (at, End::Stop, behind),
            _ => {}
        }
    }
    (limit, End::Stop, limit)
}

/// Ends of an amount in a parenthesis.
const UNIT_CHARS: [char; 8] = ['条', '件', '个', '次', '分', '宗', '起', '%'];

/// Whether a name with an amount in a parenthesis begins here: 乙局（33条）.
fn opens_with_amount(rest: &str) -> bool {
    let mut name = 0;
    for c in rest.chars().take(20) {
        match c {
            '（' | '(' => break,
            c if c.is_alphabetic() => name += 1,
            _ => return false,
        }
    }
    let inner = rest.split_once(['（', '(']).map_or("", |(_, inner)| inner);
    name >= 2 && inner.starts_with(|c: char| c.is_ascii_digit())
}

/// The name in an element, without parenthesis, quotation marks and amount; and the amount.
fn name_of(text: &str, prose: &Prose, element: Range<usize>) -> (Range<usize>, Option<usize>) {
    let words = &text[element.clone()];
    let paren = words
        .find(['（', '('])
        .filter(|at| *at > 0)
        .map_or(element.end, |at| element.start + at);
    let first = prose.mentions.partition_point(|m| m.full.start < element.start);
    let amount = (first..prose.mentions.len())
        .next()
        .filter(|m| prose.mentions[*m].full.start < element.end);
    let end = amount.map_or(paren, |a| prose.mentions[a].full.start.min(paren));
    let mut name = trim_range(text, element.start..end);
    // 甲局和乙局各20件
    if amount.is_some()
        && let Some(bare) = text[name.clone()].strip_suffix(['各', '均'])
    {
        name.end = name.start + bare.len();
    }
    if text[name.clone()].starts_with(['“', '《']) && text[name.clone()].ends_with(['”', '》']) {
        let mark = '“'.len_utf8();
        if name.len() >= 2 * mark {
            name = name.start + mark..name.end - mark;
        }
    }
    (name, amount)
}

/// How many elements with amounts stand one behind the other from byte `from` on.
fn further_elements(text: &str, prose: &Prose, from: usize, limit: usize) -> usize {
    let mut at = from;
    for n in 1..MAX_NAMES {
        let (_, mark, next) = element(text, at, limit);
        let next = match mark {
            End::Next | End::Pause => behind_told(text, prose, next, limit),
            End::Stop => None,
        };
        let Some(next) = next else { return n };
        at = next;
    }
    MAX_NAMES
}

/// Most clauses between two names that tell of the first one's amount.
const MAX_TOLD: usize = 3;

/// Where the next element with an amount begins, at `from` or behind clauses that tell of the amount before (占23%，同比增长5%).
fn behind_told(text: &str, prose: &Prose, from: usize, limit: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..=MAX_TOLD {
        if opens_element(text, prose, at, limit) {
            return Some(at);
        }
        let (end, mark, next) = element(text, at, limit);
        let words = text[at..end].trim_start();
        let told = [
            "占", "各占", "均占", "同比", "环比", "较", "比上", "比去", "增长", "增加", "下降", "减少", "上升",
        ]
        .iter()
        .any(|w| words.starts_with(w));
        if mark != End::Pause || !told {
            return None;
        }
        at = next;
    }
    None
}

/// Whether an element with an amount of its own begins at `from`: a short name and a figure before the next mark.
fn opens_element(text: &str, prose: &Prose, from: usize, limit: usize) -> bool {
    let (end, _, _) = element(text, from, limit);
    let (name, amount) = name_of(text, prose, from..end);
    let words = &text[name];
    let told = [
        "共", "其中", "较", "比", "同比", "环比", "各", "占", "合计", "平均", "累计", "这", "上述", "以上", "该",
        "分别", "增长", "增加", "下降", "减少", "上升", "约占", "均", "三项", "两项",
    ];
    let place = words.ends_with(['前', '后', '第']);
    amount.is_some()
        && !place
        && !words.is_empty()
        && words.chars().count() <= 20
        && !told.iter().any(|w| words.starts_with(w))
}

/// How many amounts (甲县92分、乙县92分) an earlier one of the run equals: their names share a place.
fn equal_amounts(prose: &Prose, amounts: &[usize]) -> usize {
    let mut values: Vec<_> = amounts.iter().map(|a| prose.mentions[*a].value).collect();
    values.sort_unstable();
    values.windows(2).filter(|w| w[0] == w[1]).count()
}

/// Ends the last name where names end: before 等, or behind its unit's suffix where all others have one.
fn close(text: &str, run: &mut Run) {
    let is_unit = |r: &Range<usize>| UNIT_SUFFIXES.iter().any(|s| text[r.clone()].ends_with(s));
    let others = run.names.len().saturating_sub(1);
    let units = others >= 1 && run.names[..others].iter().all(is_unit);
    let Some(last) = run.names.last_mut() else { return };
    let words = &text[last.clone()];
    if let Some(at) = words.find('等').filter(|at| *at > 0) {
        run.open = true;
        last.end = last.start + at;
    } else if units && !is_unit(last) {
        let end = UNIT_SUFFIXES
            .iter()
            .filter_map(|s| words.rfind(s).filter(|at| *at > 0).map(|at| at + s.len()))
            .max();
        if let Some(end) = end {
            last.end = last.start + end;
        }
    }
    run.extra = conjunctions(&text[last.clone()]);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Option<Vec<&str>> {
        read(text, &Prose::default(), 0, text.len()).map(|r| r.names.iter().map(|n| &text[n.clone()]).collect())
    }

    #[test]
    fn names_with_parentheses_and_quotations() {
        assert_eq!(
            names("青田镇、白沙局（并列第二）、石桥委。另有"),
            Some(vec!["青田镇", "白沙局", "石桥委"])
        );
        assert_eq!(
            names("“政策解读”“回应关切”栏目"),
            Some(vec!["政策解读", "“回应关切”栏目"])
        );
        let text = "有“甲类”“乙类”、“丙类”";
        let run = quoted_before(text, text.len()).expect("quoted names");
        assert_eq!(run.names.len(), 3);
    }

    #[test]
    fn what_is_never_closed_is_no_name_and_ends() {
        let long = "甲，".repeat(100_000);
        for open in ["“", "甲镇、《", "甲镇、乙（"] {
            let text = format!("{open}{long}");
            let (end, mark, _) = element(&text, text.find(['“', '《', '（']).expect("a mark"), text.len());
            assert!(end <= MAX_ELEMENT + 20 && mark == End::Stop, "{open}");
        }
        assert_eq!(names(&format!("“{long}")), None);
        let text = format!("“{long}甲”");
        assert!(quoted_before(&text, text.len()).is_none());
        let text = format!("“{long}甲”“乙”、“丙”");
        assert_eq!(quoted_before(&text, text.len()).map(|run| run.names.len()), Some(2));
    }

    #[test]
    fn a_last_name_ends_with_its_suffix() {
        assert_eq!(
            names("青田镇、白沙镇、石桥镇受到通报"),
            Some(vec!["青田镇", "白沙镇", "石桥镇"])
        );
        assert_eq!(names("青田镇、白沙镇等单位"), Some(vec!["青田镇", "白沙镇"]));
    }
}
