//! What a rate is called where it is printed: 按时办结率, 合格率.

use gouji_document::Document;
use gouji_ledger::{Figure, Place};

/// Longest name that is looked for, in characters.
const LONGEST: usize = 8;

/// The name printed for a rate: the column's header without its unit, or the words directly before the figure
/// that end in 率 or 满意度. `None` if it has no such name.
pub(crate) fn rate_name<'a>(document: &'a Document, figure: &'a Figure) -> Option<&'a str> {
    let name = match figure.place {
        Place::Cell { .. } => figure.measure.split(['（', '(']).next()?.trim(),
        Place::Prose => name_before(document.text.get(..figure.span.start)?),
    };
    (name.ends_with('率') || name.ends_with("满意度")).then_some(name)
}

/// The Chinese characters at the end of `text`, without a verb such as 为 or 达到 behind them.
fn name_before(text: &str) -> &str {
    let text = text
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '为' | '达' | '到' | '是' | '仅' | '：' | ':'));
    let start = text
        .char_indices()
        .rev()
        .take(LONGEST)
        .take_while(|(_, c)| ('\u{4e00}'..='\u{9fff}').contains(c))
        .last()
        .map_or(text.len(), |(at, _)| at);
    &text[start..]
}

#[cfg(test)]
mod tests {
    use super::name_before;

    #[test]
    fn the_words_before_a_figure() {
        assert_eq!(name_before("，按时办结率达到"), "按时办结率");
        assert_eq!(name_before("2家合格率："), "家合格率");
        assert_eq!(name_before("共9件，"), "");
    }
}
