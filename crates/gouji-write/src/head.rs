//! The header of a table in the rows that it had in the source.
//!
//! A record has one header cell a column; where the source had a cell over several columns, each of them begins with its text, and only
//! the first takes it from the source. That tells the two rows apart without a guess: equal beginnings of words are not enough.

use std::ops::Range;

use gouji_document::Text;

/// A cell over several columns, with one cell a column below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its columns.
    pub(crate) columns: Range<usize>,
    /// Bytes of its text, at the begin of the text of each column.
    pub(crate) len: usize,
}

/// The cells over several columns among `range`, from left to right.
pub(crate) fn groups(header: &[Text], range: Range<usize>) -> Vec<Group> {
    let end = range.end.min(header.len());
    let mut out = Vec::new();
    let mut at = range.start;
    while at < end {
        let Some(len) = top(&header[at]) else {
            at += 1;
            continue;
        };
        let over = &header[at][..len];
        let more = header[at + 1..end]
            .iter()
            .take_while(|text| {
                text.starts_with(over) && text.len() > len && text.pieces().first().is_some_and(|p| p.at == len)
            })
            .count();
        if more > 0 {
            out.push(Group {
                columns: at..at + 1 + more,
                len,
            });
        }
        at += 1 + more;
    }
    out
}

/// Bytes of the first of several pieces of a text.
fn top(text: &Text) -> Option<usize> {
    match text.pieces() {
        [first, second, ..] if first.at == 0 && first.span.len() <= second.at => Some(second.at),
        _ => None,
    }
}

/// What stands in the lowest header cell of a column.
pub(crate) fn label<'a>(header: &'a [Text], groups: &[Group], col: usize) -> &'a str {
    let Some(text) = header.get(col) else { return "" };
    let above = groups.iter().find(|g| g.columns.contains(&col)).map_or(0, |g| g.len);
    &text[above..]
}

#[cfg(test)]
mod tests {
    use gouji_document::Span;

    use super::*;

    const SOURCE: &str = "受理\t受理数\t办结数\t合格数\t合格率";

    fn piece(text: &mut Text, part: &str, nth: usize) {
        let (at, _) = SOURCE.match_indices(part).nth(nth).expect("in the source");
        text.push_source(SOURCE, Span::new(at, at + part.len()));
    }

    #[test]
    fn a_cell_over_two_columns_is_found_by_where_its_text_comes_from() {
        let (mut first, mut second, mut alone) = (Text::default(), Text::default(), Text::default());
        piece(&mut first, "受理", 0);
        piece(&mut first, "受理数", 0);
        second.push_synthetic("受理");
        piece(&mut second, "办结数", 0);
        piece(&mut alone, "合格数", 0);
        let header = [alone.clone(), first, second, alone];
        let found = groups(&header, 0..4);
        let expected = Group {
            columns: 1..3,
            len: "受理".len(),
        };
        assert_eq!(found, [expected]);
        let labels: Vec<&str> = (0..5).map(|col| label(&header, &found, col)).collect();
        assert_eq!(labels, ["合格数", "受理数", "办结数", "合格数", ""]);
        // Cut between the two, there is nothing to be over.
        assert_eq!(groups(&header, 0..2), []);
    }

    #[test]
    fn equal_beginnings_are_no_cell() {
        let (mut number, mut rate) = (Text::default(), Text::default());
        piece(&mut number, "合格数", 0);
        piece(&mut rate, "合格率", 0);
        assert_eq!(groups(&[number, rate], 0..2), []);
        let plain = ["受理数", "受理率"].map(Text::synthetic);
        assert_eq!(groups(&plain, 0..2), []);
    }
}
