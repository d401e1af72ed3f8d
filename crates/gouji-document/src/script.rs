//! Traditional characters, read as the simplified ones.
//!
//! The words of the genre are known in simplified characters. A page that was printed or turned into traditional ones (辦結率, 佔總數的) is
//! read on a twin in which each is replaced by its simplified one. Both are three bytes long in UTF-8, so that every place in
//! the twin is the same place in the source, and what is shown is always the source.

use std::sync::LazyLock;

use crate::Document;

/// Each traditional character with its simplified one, side by side: those of the words that are read, without the few that
/// simplified texts write too (乾, 著).
const PAIRS: &str = include_str!("script/pairs.txt");

/// First and last character that is looked up.
const FIRST: u32 = 0x4e00;
const LAST: u32 = 0x9fff;

/// For each character from [`FIRST`] on its simplified one, or nought.
static SIMPLIFIED: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table = vec![0_u16; (LAST - FIRST + 1) as usize];
    let chars: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
    for pair in chars.chunks_exact(2) {
        let slot = place(pair[0]).and_then(|at| table.get_mut(at));
        if let (Some(slot), Ok(simplified)) = (slot, u16::try_from(u32::from(pair[1]))) {
            *slot = simplified;
        }
    }
    table
});

fn place(c: char) -> Option<usize> {
    let at = u32::from(c).checked_sub(FIRST)?;
    (at <= LAST - FIRST).then_some(at as usize)
}

/// The simplified character of a traditional one; any other as it is.
#[must_use]
pub fn simplified_char(c: char) -> char {
    let known = place(c).and_then(|at| SIMPLIFIED.get(at)).filter(|s| **s != 0);
    known.and_then(|s| char::from_u32(u32::from(*s))).unwrap_or(c)
}

/// A text with its traditional characters replaced, byte for byte as long; `None` if it has none.
#[must_use]
pub fn simplified(text: &str) -> Option<String> {
    text.chars()
        .any(|c| simplified_char(c) != c)
        .then(|| text.chars().map(simplified_char).collect())
}

/// Longest text that is read on a twin, in bytes: no circular comes near it, and a twin takes the memory of the document again.
const MAX_TWIN: usize = 4_000_000;

/// The twin of a document in simplified characters; `None` if it has no traditional ones, or is too long to be read twice.
#[must_use]
pub fn twin(document: &Document) -> Option<Document> {
    let text = simplified(&document.text).filter(|t| t.len() <= MAX_TWIN)?;
    Some(Document {
        text,
        ..document.clone()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_stays_where_it_is() {
        let pairs: Vec<char> = PAIRS.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(pairs.len() > 1_000 && pairs.len().is_multiple_of(2));
        for pair in pairs.chunks(2) {
            assert_eq!(pair[0].len_utf8(), pair[1].len_utf8(), "{pair:?}");
            assert_eq!(simplified_char(pair[0]), pair[1]);
            assert_eq!(simplified_char(pair[1]), pair[1], "what is simplified stays: {pair:?}");
        }
    }

    #[test]
    fn a_page_in_traditional_characters() {
        assert_eq!(
            simplified("受理來電1200件，辦結率為97.5%，佔總數的60%。").as_deref(),
            Some("受理来电1200件，办结率为97.5%，占总数的60%。")
        );
        assert_eq!(simplified("受理来电1200件，显著增加，乾元镇12件。"), None);
    }
}
