//! Readings in pinyin behind characters, as some sites that turn pages into traditional characters print them: 轉(zhuǎn)辦, 合計(jì).
//!
//! A page that was turned so has them throughout, behind every character of several readings. One or two are a remark of the
//! text itself (亳(bó)州) and stay.

use std::sync::LazyLock;

use gouji_document::Span;
use regex::Regex;

/// Fewest readings that tell a page that was turned from a text that explains a name.
const LEAST: usize = 3;

/// One syllable with its tone in brackets of its own, right behind a character.
static READING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Han}([(（][a-zü]{0,4}[āáǎàōóǒòēéěèīíǐìūúǔùǖǘǚǜ][a-zü]{0,3}[)）])").expect("a fixed pattern")
});

/// The readings of a text, ascending.
pub(crate) fn find(text: &str) -> Vec<Span> {
    let found: Vec<Span> = READING
        .captures_iter(text)
        .filter_map(|c| c.get(1))
        .map(|m| Span::new(m.start(), m.end()))
        .collect();
    if found.len() >= LEAST { found } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn only_a_text_full_of_readings_has_them_taken_out() {
        let turned = "白榆縣(xiàn)轉(zhuǎn)辦12件，合計(jì)30件。";
        let found: Vec<&str> = find(turned).into_iter().map(|s| &turned[s.start..s.end]).collect();
        assert_eq!(found, ["(xiàn)", "(zhuǎn)", "(jì)"]);
        for kept in [
            "郦(lì)阳镇办理12件。",
            "使用系统(app)3个、平台(wifi)2个、网站(http)5个。",
            "（一）（二）（三）",
        ] {
            assert!(find(kept).is_empty(), "{kept}");
        }
    }
}
