//! Labels of headings (结构层次序数, GB/T 9704-2012 §7.3.3) and where a heading sentence ends.

use std::sync::LazyLock;

use gouji_quantity::chinese_integer;
use regex::Regex;

use crate::parts::width;

static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:(?P<one>[一二三四五六七八九十]{1,3})\s*[、．.，,]|(?P<part>第[一二三四五六七八九十]{1,3}(?:部分|章)[、:：]?)|",
        r"(?P<two>[（(]\s*[一二三四五六七八九十]{0,3}\s*[)）][、.．]?)|(?P<three>\d{1,2}\s*[．.、])|(?P<four>[（(]\s*\d{1,2}\s*[)）][、.．]?))\s*"
    ))
    .expect("a fixed pattern")
});

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

/// The label that `text` begins with.
pub(crate) fn label(text: &str) -> Option<Label> {
    let found = LABEL.captures(text)?;
    let whole = found.get(0)?;
    let (level, kind) = if let Some(m) = found.name("one") {
        (1, m)
    } else if let Some(m) = found.name("part") {
        (1, m)
    } else if let Some(m) = found.name("two") {
        (2, m)
    } else if let Some(m) = found.name("three") {
        // 1.5亿元 and 2024.3.1 are figures.
        if text[m.end()..].starts_with(|c: char| c.is_ascii_digit()) && !m.as_str().ends_with('、') {
            return None;
        }
        (3, m)
    } else {
        (4, found.name("four")?)
    };
    let digits: String = kind.as_str().chars().filter(char::is_ascii_digit).collect();
    let numerals: String = kind
        .as_str()
        .chars()
        .filter(|c| "一二三四五六七八九十".contains(*c))
        .collect();
    let ordinal = if digits.is_empty() {
        chinese_integer(&numerals).unwrap_or(0)
    } else {
        digits.parse().unwrap_or(0)
    };
    let len = whole.as_str().trim_end().len();
    // 一，二 … in running text is no label; a comma counts only as the label of a short line.
    if level == 1 && whole.as_str().trim_end().ends_with(['，', ',', '.', '．']) && width(text) > 60 {
        return None;
    }
    (whole.end() < text.len()).then_some(Label {
        level,
        len,
        title_at: whole.end(),
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
