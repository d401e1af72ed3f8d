//! Lists of the first or last few with their figures: 得分前3名的单位分别为：甲镇96分、乙镇93分、丙镇90分.
//!
//! How many names such a list must hold is a matter of running text; here its figures are read, as the ends of a column that
//! the text does not print whole.

use std::ops::Range;
use std::sync::LazyLock;

use gouji_quantity::{Decimal, parse_stated};
use regex::Regex;

use crate::context::{Context, Role};

/// Most lists of one circular.
const MAX_LISTS: usize = 400;
/// Most names of one list.
const MAX_NAMES: usize = 60;
/// Longest list, in bytes.
const REACH: usize = 4_000;

/// Longest claim, in bytes.
const MAX_CLAIM: usize = 160;

/// The claim with what announces its list: 前3名的单位分别为：.
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?P<side>[前后末])\s*(?:[0-9０-９]{1,2}|[两二三四五六七八九十]{1,3})\s*(?:[位名]|个|家)",
        r"[^，,。；;：:、（(0-9]{0,20}?(?:分别为|分别是|依次为|依次是|为|是|[：:])\s*[：:]?",
    ))
    .expect("a constant pattern")
});

/// A name with its figure: 甲镇96.5分, 乙镇（93分）.
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^\s*[^0-9０-９（(）)：:]{2,60}?\s*[（(]?\s*(?:得分|综合得分|总分)?\s*",
        r"(?P<value>[0-9０-９]+(?:[.．][0-9０-９]+)?)\s*(?P<unit>[^0-9，,。；;、（()）]{0,3})\s*[)）]?\s*$",
    ))
    .expect("a constant pattern")
});

/// A list of the first or last few.
pub(super) struct Podium {
    /// Index of its passage.
    pub passage: usize,
    /// End of the list, in bytes of the passage.
    pub end: usize,
    /// The figures, with their bytes in the passage.
    pub values: Vec<(Decimal, Range<usize>)>,
    /// Their unit: 分, 件.
    pub unit: String,
    /// The last few instead of the first.
    pub last: bool,
}

/// Reads all lists of figures.
pub(super) fn read(cx: &Context<'_>) -> Vec<Podium> {
    let mut found = Vec::new();
    for (passage_idx, passage) in cx.passages.iter().enumerate() {
        if passage.role != Role::Paragraph {
            continue;
        }
        let text = passage.text.as_str();
        let mut done = 0;
        for (at, _) in text.match_indices(['前', '后', '末']) {
            if at < done {
                continue;
            }
            // A pattern of such words over the whole text would be tried at each of its characters.
            let near = &text[at..text.floor_char_boundary(at + MAX_CLAIM)];
            let Some(claim) = ANNOUNCED.captures(near) else {
                continue;
            };
            let from = at + claim.get(0).map_or(0, |whole| whole.end());
            done = from;
            let (values, unit) = list(text, from);
            if values.len() < 2 || found.len() >= MAX_LISTS {
                continue;
            }
            found.push(Podium {
                passage: passage_idx,
                end: values.last().map_or(from, |(_, r)| r.end),
                values,
                unit,
                last: &claim["side"] != "前",
            });
        }
    }
    found
}

/// The figures of the names behind a place, as far as each name has one and all have one unit.
fn list(text: &str, from: usize) -> (Vec<(Decimal, Range<usize>)>, String) {
    let limit = text.floor_char_boundary(from + REACH);
    let stop = text[from..limit]
        .find(['。', '；', ';', '\n'])
        .map_or(limit, |at| from + at);
    let mut values = Vec::new();
    let mut unit: Option<String> = None;
    let mut at = from;
    for piece in text[from..stop].split_inclusive(['、', '，', ',']) {
        let words = piece.trim_end_matches(['、', '，', ',']);
        let value = ITEM.captures(words).and_then(|found| {
            let own = found.name("unit").map_or("", |m| m.as_str()).trim();
            let same = unit.as_ref().is_none_or(|u| u == own || own.is_empty());
            let value = found.name("value").filter(|_| same)?;
            unit.get_or_insert_with(|| own.to_owned());
            Some((
                parse_stated(value.as_str())?.base()?,
                at + value.start()..at + value.end(),
            ))
        });
        match value.filter(|_| values.len() < MAX_NAMES) {
            Some(value) => values.push(value),
            None => break,
        }
        at += piece.len();
    }
    (values, unit.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::list;

    fn figures(text: &str) -> Vec<String> {
        list(text, 0).0.into_iter().map(|(v, _)| v.to_string()).collect()
    }

    #[test]
    fn figures_of_names() {
        assert_eq!(
            figures("甲镇98分，乙镇（96.5分）、丙镇95分）；丁镇70分。"),
            ["98", "96.5", "95"]
        );
        assert_eq!(figures("甲镇98分，乙镇96分，予以表扬。"), ["98", "96"]);
        assert_eq!(figures("甲镇98分，乙镇12件。"), ["98"]);
        assert!(figures("甲镇、乙镇和丙镇。").is_empty());
    }
}
