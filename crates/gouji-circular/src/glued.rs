//! Parts of the letterhead that stand in one line with something else: title, addressee and body run together, an addressee that opens
//! a paragraph, a title in a row of bars.

use std::sync::LazyLock;

use regex::Regex;

use crate::Circular;
use crate::letterhead::{NO_ADDRESSEE, is_addressee};
use crate::lines::Line;
use crate::parts::{part, part_of, width};
use crate::title::title_rank;

/// Title, addressee and the beginning of the body run together in one line.
static GLUED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^([^。；：:，]{0,40}?关于[^。；：:]{2,90}?的(?:情况)?(?:通报|通知|通告|公告|报告|决定|意见))",
        r"(?:\s*((?:各|[\p{Han}]{0,12}(?:镇|乡|县|区|市|街道|局|委|办|部门|单位|政府))[^。：:]{0,120})\s*([：:]))?\s*\S"
    ))
    .expect("a fixed pattern")
});

/// Longest addressee that opens a paragraph, in characters.
const MAX_ADDRESSED: usize = 120;

/// Splits a line in which title, addressee and body run together; inside the answer, the body's part.
pub(crate) fn unglue(line: &Line, circular: &mut Circular) -> Option<Option<Line>> {
    let text = line.str();
    if width(text) < 60 {
        return None;
    }
    let found = GLUED.captures(text)?;
    let title = found.get(1)?;
    let mut at = title.end();
    let rest = &text[at..];
    if let (Some(names), Some(colon)) = (found.get(2), found.get(3)) {
        if NO_ADDRESSEE.iter().any(|w| names.as_str().contains(w)) {
            return None;
        }
        circular.addressee = Some(part_of(
            &line.text,
            names.start()..colon.end(),
            names.start()..names.end(),
        ));
        at = colon.end();
    } else if !(rest.trim_start().starts_with("现将")
        || rest.trim_start().starts_with("根据")
        || rest.trim_start().starts_with("按照"))
    {
        return None;
    }
    circular.title = Some(part(&line.text, title.range()));
    let tail = part(&line.text, at..text.len());
    Some((!tail.is_empty()).then(|| Line {
        text: tail,
        ..line.clone()
    }))
}

/// A title in the one cell of a row of bars, without the bars: `| 2031年4月全市生产安全事故情况 | | |`.
pub(crate) fn unbarred(line: Line) -> Line {
    let text = line.str();
    let bar = |c: char| matches!(c, '|' | '｜' | '│' | '┃');
    if !text.contains(bar) {
        return line;
    }
    let drawn = |c: char| bar(c) || c.is_whitespace();
    let at = text.len() - text.trim_start_matches(drawn).len();
    let kept = text.trim_matches(drawn);
    if kept.contains(bar) || title_rank(kept) < 2 {
        return line;
    }
    let text = part_of(&line.text, 0..line.text.len(), at..at + kept.len());
    Line { text, ..line }
}

/// Where the addressee ends that opens the paragraph of a text without line breaks: 各乡镇人民政府、各街道办事处： 现将…通报如下：….
pub(crate) fn addressed(text: &str) -> Option<usize> {
    let colon = text
        .char_indices()
        .take(MAX_ADDRESSED)
        .find(|(_, c)| matches!(c, '：' | ':' | '。'))?;
    let end = colon.0 + colon.1.len_utf8();
    let (names, rest) = (&text[..end], text[end..].trim_start());
    let opens = ["现将", "根据", "按照", "为", "近日", "按", "经", "今年", "截至"];
    (names.starts_with('各') && is_addressee(names) && width(rest) >= 20 && opens.iter().any(|w| rest.starts_with(w)))
        .then_some(end)
}

#[cfg(test)]
mod tests {
    use super::addressed;

    #[test]
    fn an_addressee_that_opens_a_paragraph() {
        let text = "各乡镇人民政府、街道办事处，开发区管委会： 现将5月份值守情况通报如下，请各单位逐项对照改进。";
        assert_eq!(
            addressed(text).map(|end| &text[..end]),
            text.split_once(' ').map(|(names, _)| names)
        );
        for text in [
            "各乡镇完成情况：甲镇完成120件，乙镇完成98件，丙镇完成75件，丁镇完成60件。",
            "各单位： 请认真落实。",
            "现将各单位： 现将5月份值守情况通报如下，请各单位逐项对照改进。",
        ] {
            assert_eq!(addressed(text), None, "{text}");
        }
    }
}
