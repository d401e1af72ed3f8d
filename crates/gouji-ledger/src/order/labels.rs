//! Labels that number headings and items: `一、`, `（二）`, `3.`, `（4）`, `⑤`, `一是`, `一要`, `其一`, `第二，`, `第一名`.

use std::sync::LazyLock;

use gouji_quantity::{chinese_integer, half_width};
use regex::Regex;

/// How a label is written; labels of one style number one sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Style {
    /// 一、
    Chinese,
    /// （一）
    ChineseBrackets,
    /// 1. or 1、
    Digits,
    /// （1）
    DigitBrackets,
    /// ①
    Circled,
    /// 一是
    Is,
    /// 一要
    Must,
    /// 其一
    Among,
    /// 第一名
    Place,
    /// 第一，
    Ordinal,
    /// A bare digit before the words of a paragraph.
    Bare,
    /// Brackets from which the numeral is lost.
    Empty,
}

/// Reads a label; `None` if it is none.
pub(crate) fn parse(label: &str) -> Option<(Style, i64)> {
    let text: String = half_width(label).chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.as_str();
    if let Some(found) = text.chars().next().and_then(circled) {
        return Some(found);
    }
    let bracketed = text.starts_with(['（', '(']);
    let core = text
        .trim_start_matches(['（', '(', '第', '其'])
        .trim_end_matches(['）', ')', '、', '.', '．', '，', ',', '：', ':', '是', '要', '名', '。']);
    if core.is_empty() {
        return (bracketed && text.ends_with(['）', ')'])).then_some((Style::Empty, 0));
    }
    if core.bytes().all(|b| b.is_ascii_digit()) && core.len() <= 3 {
        let value = core.parse().ok()?;
        let style = if bracketed { Style::DigitBrackets } else { Style::Digits };
        return Some((style, value));
    }
    let value = chinese_integer(core).filter(|v| (1..=99).contains(v))?;
    let style = if bracketed {
        Style::ChineseBrackets
    } else if text.ends_with('是') {
        Style::Is
    } else if text.ends_with('要') {
        Style::Must
    } else if text.starts_with('其') {
        Style::Among
    } else if text.starts_with('第') && text.contains('名') {
        Style::Place
    } else if text.starts_with('第') {
        Style::Ordinal
    } else {
        Style::Chinese
    };
    Some((style, value))
}

/// ① to ⑳, and the brackets that are one character with their number: ⑴ to ⒇, ㈠ to ㈩.
fn circled(c: char) -> Option<(Style, i64)> {
    [
        ('①', '⑳', Style::Circled),
        ('⑴', '⒇', Style::DigitBrackets),
        ('㈠', '㈩', Style::ChineseBrackets),
    ]
    .into_iter()
    .find(|(first, last, _)| (*first..=*last).contains(&c))
    .map(|(first, _, style)| (style, i64::from(u32::from(c) - u32::from(first)) + 1))
}

/// The printed forms of a number as a label, to look for one that is missing.
pub(crate) fn forms(style: Style, value: i64) -> Vec<String> {
    let chinese = chinese_label(value);
    match style {
        Style::Chinese => vec![format!("{chinese}、"), format!("{chinese}，"), format!("{chinese}.")],
        Style::ChineseBrackets => vec![
            format!("（{chinese}）"),
            format!("({chinese})"),
            format!("（{chinese})"),
            format!("({chinese}）"),
        ],
        Style::Digits => vec![
            format!("{value}."),
            format!("{value}．"),
            format!("{value}、"),
            format!("{value} "),
        ],
        Style::DigitBrackets => vec![format!("（{value}）"), format!("({value})")],
        Style::Circled => u32::try_from(value - 1)
            .ok()
            .and_then(|v| char::from_u32(u32::from('①') + v))
            .map(|c| vec![c.to_string()])
            .unwrap_or_default(),
        Style::Is | Style::Must => ["是", "要", "、", "，", "："]
            .iter()
            .map(|tail| format!("{chinese}{tail}"))
            .collect(),
        Style::Ordinal => vec![format!("第{chinese}")],
        Style::Among => vec![format!("其{chinese}")],
        Style::Place => vec![format!("第{chinese}名")],
        Style::Bare | Style::Empty => Vec::new(),
    }
}

/// 1 to 99 as a Chinese numeral.
fn chinese_label(value: i64) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let digit = |v: i64| {
        usize::try_from(v)
            .ok()
            .and_then(|v| DIGITS.get(v))
            .copied()
            .unwrap_or("")
    };
    match (value / 10, value % 10) {
        (0, ones) => digit(ones).to_owned(),
        (1, ones) => format!("十{}", digit(ones)),
        (tens, ones) => format!("{}十{}", digit(tens), digit(ones)),
    }
}

/// A label inside running text, by bytes of it.
pub(crate) struct Inline {
    pub at: usize,
    pub len: usize,
    pub style: Style,
    pub value: i64,
}

static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:^|[。；;：:，,、！？\s）)”])\s*(?:",
        r"(?P<is>[一二三四五六七八九十]{1,3}[是要])",
        r"|(?P<among>其[一二三四五六七八九十][，,：:、是])",
        r"|(?P<digits>[0-9０-９]{1,2}[.．、])\s*(?P<next>[^\s0-9０-９])",
        r"|(?P<brackets>[（(](?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})[）)])",
        r"|(?P<circled>[①-⑳⑴-⒇㈠-㈩])",
        r")",
    ))
    .expect("a constant pattern")
});

/// Labels that only number at the start of a paragraph: 一、 and bare digits before a word.
static START: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^\s*(?:(?P<chinese>[一二三四五六七八九十]{1,3}、)",
        r"|(?P<place>第[一二三四五六七八九十]{1,3}名)",
        r"|(?P<bare>[0-9０-９]{1,2})(?P<next>\p{Han}))",
    ))
    .expect("a constant pattern")
});

/// A label at the start of a paragraph that [`INLINE`] does not know.
fn start(text: &str) -> Option<Inline> {
    let found = START.captures(text)?;
    if let Some(label) = found.name("chinese").or_else(|| found.name("place")) {
        let (style, value) = parse(label.as_str())?;
        return Some(Inline {
            at: label.start(),
            len: label.len(),
            style,
            value,
        });
    }
    let (label, next) = (found.name("bare")?, found.name("next")?);
    // 6月, 12个, 3家: quantities and dates.
    let counted = "个家件条人次名项篇批位元岁年月日号级期季届万亿千百多余时大".contains(next.as_str());
    let value = half_width(label.as_str()).parse().ok().filter(|_| !counted)?;
    Some(Inline {
        at: label.start(),
        len: label.len(),
        style: Style::Bare,
        value,
    })
}

/// The label that a paragraph begins with.
pub(crate) fn first(text: &str) -> Option<Inline> {
    inline(text.get(..text.floor_char_boundary(MAX_START)).unwrap_or(text))
        .into_iter()
        .next()
        .filter(|label| text[..label.at].trim().is_empty())
}

/// Bytes of a paragraph in which its first label is looked for.
const MAX_START: usize = 60;

/// Labels of items in a paragraph, at its start or behind a mark.
pub(crate) fn inline(text: &str) -> Vec<Inline> {
    let mut out: Vec<Inline> = start(text).into_iter().collect();
    let mut from = 0;
    while let Some(found) = INLINE.captures_at(text, from) {
        let whole = found.get(0).map_or(from..from, |m| m.range());
        let group = ["is", "among", "digits", "brackets", "circled"]
            .iter()
            .find_map(|g| found.name(g));
        // The label's last character may be the mark before the next one.
        from = group.map_or(whole.end, |g| g.end()).max(from + 1);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let Some(group) = group else { continue };
        if let Some((style, value)) = parse(group.as_str()) {
            out.push(Inline {
                at: group.start(),
                len: group.len(),
                style,
                value,
            });
        }
        if from >= text.len() {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_all_styles() {
        for (label, style, value) in [
            ("一、", Style::Chinese, 1),
            ("（十二）", Style::ChineseBrackets, 12),
            ("(三)", Style::ChineseBrackets, 3),
            ("3.", Style::Digits, 3),
            ("（4）", Style::DigitBrackets, 4),
            ("⑤", Style::Circled, 5),
            ("二是", Style::Is, 2),
            ("()", Style::Empty, 0),
            ("⑵", Style::DigitBrackets, 2),
            ("㈢", Style::ChineseBrackets, 3),
            ("二要", Style::Must, 2),
            ("其二，", Style::Among, 2),
            ("第三名", Style::Place, 3),
        ] {
            assert_eq!(parse(label), Some((style, value)), "{label}");
        }
        assert_eq!(parse("附件"), None);
        assert_eq!(parse(""), None);
    }

    #[test]
    fn items_in_a_paragraph() {
        let values = |s: &str| inline(s).iter().map(|i| i.value).collect::<Vec<_>>();
        assert_eq!(values("一是不重视；二是不及时；三是不规范。"), [1, 2, 3]);
        assert_eq!(values("1.噪音（15件）；2.市容（14件）；3、交通"), [1, 2, 3]);
        assert_eq!(values("增长1.5%，达3.2万件；2.市容"), [2]);
        assert_eq!(values("这一是非问题"), Vec::<i64>::new());
        assert_eq!(values("3税务分中心投票情况。"), [3]);
        assert_eq!(values("（四）全县投资增长。"), [4]);
        assert_eq!(values("6月份共办件3件"), Vec::<i64>::new());
        assert_eq!(values("12个单位未报"), Vec::<i64>::new());
    }

    #[test]
    fn numerals_of_labels() {
        assert_eq!(chinese_label(10), "十");
        assert_eq!(chinese_label(21), "二十一");
    }
}
