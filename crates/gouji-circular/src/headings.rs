//! Labels of headings (结构层次序数, GB/T 9704-2012 §7.3.3) and where a heading sentence ends.

use std::sync::LazyLock;

use gouji_quantity::chinese_integer;
use regex::Regex;

use crate::parts::width;

/// A figure of a sentence, which a heading does not state: decimals, rates, and counts beside a comma.
static RATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\d\.\d|[%％‰]|\d{4,}[^\d年号个\-—]{0,2}[件条万元]").expect("a fixed pattern"));
static COUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\d\s*(?:件|条|家|次|篇|人|万|亿|元|起|批|户|宗|项|个(?:百分点|单位|部门))").expect("a fixed pattern")
});

/// Nouns that headings of this genre end in.
static NOUN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:情况|问题|要求|方面|工作|建议|措施|安排|打算|特点|分析|原因|成效|意见|做法|计划|概况|进展|统计|对比|通报|结果|数据|办理|处理|变化|名单|事项)$",
    )
    .expect("a fixed pattern")
});

/// A label at the start of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Label {
    /// 1 for 一、 to 4 for （1）.
    pub level: u8,
    /// Bytes of the label, blanks after it left out.
    pub len: usize,
    /// Bytes to the title's start.
    pub title_at: usize,
    /// Its number; 0 if the numeral was lost.
    pub ordinal: i64,
}

/// Bytes at the start of `text` whose characters all pass.
fn run(text: &str, pass: impl Fn(char) -> bool) -> usize {
    text.find(|c| !pass(c)).unwrap_or(text.len())
}

fn is_numeral(c: char) -> bool {
    "一二三四五六七八九十".contains(c)
}

/// Level, bytes of the label and bytes of its numeral's range; read by hand, because every line of a document is asked.
fn scan(text: &str) -> Option<(u8, usize, std::ops::Range<usize>)> {
    let blanks = |at: usize| at + run(&text[at..], char::is_whitespace);
    let mark = |at: usize, marks: &[char]| {
        text[at..]
            .chars()
            .next()
            .filter(|c| marks.contains(c))
            .map(char::len_utf8)
    };
    let first = text.chars().next()?;
    if is_numeral(first) {
        let end = run(text, is_numeral);
        let at = blanks(end);
        let len = mark(at, &['、', '．', '.', '，', ','])?;
        return (end <= 3 * first.len_utf8()).then_some((1, at + len, 0..end));
    }
    // ―、 for 一、: a numeral that was read as a dash.
    if "―—─".contains(first) {
        let at = first.len_utf8();
        let len = mark(at, &['、'])?;
        return Some((1, at + len, 0..0));
    }
    // ⑴, one character.
    if ('⑴'..='⒇').contains(&first) {
        return Some((4, first.len_utf8(), 0..first.len_utf8()));
    }
    // 01 总体情况: a heading set off by a blank alone.
    if first == '0' && is_set_off(text) {
        return Some((1, 2, 1..2));
    }
    if first == '第' {
        let from = first.len_utf8();
        let end = from + run(&text[from..], is_numeral);
        let rest = text[end..]
            .strip_prefix("部分")
            .or_else(|| text[end..].strip_prefix('章'))?;
        let at = text.len() - rest.len();
        let len = mark(at, &['、', ':', '：']).unwrap_or(0);
        return (end > from).then_some((1, at + len, from..end));
    }
    if first == '（' || first == '(' {
        let from = blanks(first.len_utf8());
        let words = from + run(&text[from..], is_numeral);
        let digits = from + run(&text[from..], |c| c.is_ascii_digit());
        let (level, end) = if digits > from { (4, digits) } else { (2, words) };
        if digits > from + 2 || words > from + 9 {
            return None;
        }
        let at = blanks(end);
        let close = mark(at, &[')', '）'])?;
        let at = at + close;
        return Some((level, at + mark(at, &['、', '.', '．']).unwrap_or(0), from..end));
    }
    if first.is_ascii_digit() {
        let end = run(text, |c| c.is_ascii_digit());
        let at = blanks(end);
        let len = mark(at, &['．', '.', '、'])?;
        // 1.5亿元 and 2024.3.1 are figures.
        let figure = text[at + len..].starts_with(|c: char| c.is_ascii_digit()) && !text[at..].starts_with('、');
        return (end <= 2 && !figure).then_some((3, at + len, 0..end));
    }
    None
}

/// Longest heading behind a number and a blank, in characters.
const MAX_SET_OFF: usize = 16;

/// 01 总体情况, 02 咨询情况分析.
fn is_set_off(text: &str) -> bool {
    let mut chars = text.chars();
    let digit = chars.next() == Some('0') && chars.next().is_some_and(|c| ('1'..='9').contains(&c));
    let title = chars.as_str();
    digit
        && title.starts_with(char::is_whitespace)
        && (2..=MAX_SET_OFF).contains(&width(title))
        && ends_in_noun(title)
        && !title.contains(|c: char| c.is_ascii_digit() || "，。；：,".contains(c))
}

/// The label that `text` begins with.
pub(crate) fn label(text: &str) -> Option<Label> {
    let (level, len, numeral) = scan(text)?;
    // 一，二 … in running text is no label; a comma counts only as the label of a short line.
    if level == 1 && text[..len].ends_with(['，', ',', '.', '．']) && width(text) > 60 {
        return None;
    }
    let title_at = len + run(&text[len..], char::is_whitespace);
    let numeral = &text[numeral];
    let ordinal = match numeral.chars().next() {
        Some(c @ '⑴'..='⒇') => i64::from(u32::from(c) - u32::from('⑴') + 1),
        _ => numeral.parse().ok().or_else(|| chinese_integer(numeral)).unwrap_or(0),
    };
    (title_at < text.len()).then_some(Label {
        level,
        len,
        title_at,
        ordinal,
    })
}

/// Where the heading sentence of `text` ends: the byte of the first 。 or ： outside brackets and quotes, with its mark.
pub(crate) fn sentence_end(text: &str) -> Option<(usize, char)> {
    let mut depth = 0i32;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        match c {
            '（' | '(' | '“' | '《' | '‘' => depth += 1,
            '）' | ')' | '”' | '》' | '’' => depth = (depth - 1).max(0),
            '。' => return Some((at, c)),
            '：' | ':' if depth == 0 => {
                let next = chars.peek().map(|n| n.1);
                let time =
                    next.is_some_and(|n| n.is_ascii_digit()) && text[..at].ends_with(|p: char| p.is_ascii_digit());
                if !time && next != Some('/') {
                    return Some((at, c));
                }
            }
            _ => {}
        }
    }
    None
}

/// Whether a heading sentence states figures, so that it is a sentence of the text instead.
pub(crate) fn states_figures(title: &str) -> bool {
    RATE.is_match(title) || COUNT.is_match(title) && title.contains(['，', ',', '、'])
}

/// Whether the title ends in a noun that headings end in.
pub(crate) fn ends_in_noun(title: &str) -> bool {
    NOUN.is_match(title.trim())
}

/// Longest heading sentence, in characters.
pub(crate) const MAX_HEADING: usize = 55;

#[cfg(test)]
mod tests {
    use super::*;

    fn level(text: &str) -> u8 {
        label(text).map_or(0, |l| l.level)
    }

    #[test]
    fn labels() {
        assert_eq!(level("一、基本情况"), 1);
        assert_eq!(level("（十二）网站"), 2);
        assert_eq!(level("()网站方面"), 2);
        assert_eq!(level("3.网站方面"), 3);
        assert_eq!(level("（4）网站方面"), 4);
        assert_eq!(level("1.5亿元"), 0);
        assert_eq!(level("―、基本情况"), 1);
        assert_eq!(label("⑵举报情况").map(|l| (l.level, l.ordinal)), Some((4, 2)));
        assert_eq!(label("02 咨询情况分析").map(|l| (l.level, l.ordinal)), Some((1, 2)));
        assert_eq!(level("02 咨询12件"), 0);
        assert_eq!(level("0.5个百分点"), 0);
        assert_eq!(level("——坚持问题导向"), 0);
        assert_eq!(level("一是网站"), 0);
        assert_eq!(level("2031年"), 0);
        assert_eq!(label("十一、要求").map(|l| l.ordinal), Some(11));
    }

    #[test]
    fn ends_of_a_heading_sentence() {
        assert_eq!(sentence_end("网站（含：子站）情况。共").map(|e| e.1), Some('。'));
        assert_eq!(sentence_end("12:00至13:00").map(|e| e.1), None);
        assert!(
            states_figures("办理12件，办结10件")
                && !states_figures("12345热线办理情况")
                && !states_figures("前3名，通报表扬")
        );
    }
}
