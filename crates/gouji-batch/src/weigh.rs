//! Whether a document is small enough to be audited, told before the costly stages.
//!
//! The limits stand for time: a clock would make the outcome depend on the machine, counts do not. Relations are looked for
//! among neighbours, so that the work grows with the numbers of a document; those of running text cost far more than
//! those of tables, where the grid says what belongs together.

use gouji_circular::Circular;
use gouji_document::{Block, Document};

use crate::Cause;
use crate::failure::OfDocument;
use crate::limits::{MAX_CELLS, MAX_PARAGRAPHS, MAX_PROSE_NUMBERS, MAX_TABLE_NUMBERS, MAX_TEXT_BYTES};

/// Refuses a text that is too long for its elements to be told.
pub(crate) fn text(document: &Document) -> Result<(), Cause> {
    at_most(document.text.len() as u64, MAX_TEXT_BYTES, OfDocument::Text)?;
    at_most(document.blocks.len() as u64, MAX_PARAGRAPHS, OfDocument::Paragraphs)?;
    let cells = document.blocks.iter().map(|block| match block {
        Block::Table(grid) => grid.cells.len() as u64,
        Block::Paragraph(_) => 0,
    });
    at_most(cells.sum(), MAX_CELLS, OfDocument::Cells)
}

/// Refuses a circular with too many numbers. Those that merged cells repeat count once, as they stand in the source.
pub(crate) fn numbers(document: &Document, circular: &Circular) -> Result<(), Cause> {
    let all = count(&document.text);
    if all <= MAX_PROSE_NUMBERS {
        return Ok(());
    }
    let in_tables = circular.tables.iter().flat_map(|table| {
        let header = table.header.iter().flat_map(|text| text.pieces());
        let rows = table.rows.iter().flat_map(|row| &row.cells).filter(|cell| !cell.filled);
        header
            .map(|piece| document.quote(piece.span))
            .chain(rows.map(|cell| cell.text.as_str()))
    });
    let in_tables: u64 = in_tables.map(count).sum();
    at_most(in_tables, MAX_TABLE_NUMBERS, OfDocument::TableNumbers)?;
    at_most(
        all.saturating_sub(in_tables),
        MAX_PROSE_NUMBERS,
        OfDocument::ProseNumbers,
    )
}

fn at_most(found: u64, limit: u64, what: OfDocument) -> Result<(), Cause> {
    if found > limit {
        return Err(Cause::TooMuch { what, limit });
    }
    Ok(())
}

/// Runs of digits, and runs of Chinese numerals.
fn count(text: &str) -> u64 {
    let (mut n, mut before) = (0, ' ');
    for c in text.chars() {
        let kind = match c {
            '0'..='9' | '０'..='９' => '0',
            '零' | '〇' | '一' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '百' | '千' | '万'
            | '两' => '一',
            _ => ' ',
        };
        n += u64::from(kind != ' ' && kind != before);
        before = kind;
    }
    n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weighed(text: &str) -> Result<(), Cause> {
        let document = gouji_read::read("a.txt", text.as_bytes()).unwrap().value;
        super::text(&document)?;
        numbers(&document, &gouji_circular::parse(&document))
    }

    #[test]
    fn runs_of_digits_and_of_numerals_are_numbers() {
        assert_eq!(count("受理12件，其中三十件、５件，97.5%"), 5);
        assert_eq!(count(""), 0);
    }

    #[test]
    fn running_text_with_too_many_numbers_is_refused() {
        let n = usize::try_from(MAX_PROSE_NUMBERS).unwrap();
        let Err(Cause::TooMuch { what, .. }) = weighed(&"受理1件，".repeat(n + 1)) else {
            panic!("not refused");
        };
        assert_eq!(what, OfDocument::ProseNumbers);
    }

    #[test]
    fn as_many_as_are_allowed_are_weighed_and_found_light() {
        let n = usize::try_from(MAX_PROSE_NUMBERS).unwrap();
        assert!(weighed(&"受理1件，".repeat(n)).is_ok());
    }

    #[test]
    fn a_table_may_hold_more() {
        let n = usize::try_from(MAX_PROSE_NUMBERS).unwrap();
        let rows: String = (0..n / 3).map(|i| format!("甲镇\t{i}\t2\t3\t5\n")).collect();
        assert!(weighed(&format!("单位\t受理\t办结\t在办\t合计\n{rows}")).is_ok());
    }

    #[test]
    fn copies_of_merged_cells_hide_no_number_of_the_text() {
        let n = usize::try_from(MAX_PROSE_NUMBERS).unwrap();
        let prose = "受理1件，".repeat(n + 1);
        let rows = "<tr><td colspan=100>12</td><td>3</td></tr>".repeat(20);
        let page = format!("<!DOCTYPE html><p>{prose}</p><table>{rows}</table>");
        let document = gouji_read::read("a.html", page.as_bytes()).unwrap().value;
        let refused = numbers(&document, &gouji_circular::parse(&document));
        assert!(
            matches!(
                refused,
                Err(Cause::TooMuch {
                    what: OfDocument::ProseNumbers,
                    ..
                })
            ),
            "{refused:?}"
        );
    }

    #[test]
    fn a_text_of_too_many_bytes_or_paragraphs_is_refused() {
        let document = |text: String, blocks: usize| {
            let block = gouji_read::read("a.txt", "甲".as_bytes())
                .unwrap()
                .value
                .blocks
                .remove(0);
            Document {
                format: gouji_document::Format::Txt,
                text,
                blocks: vec![block; blocks],
                encoding: None,
            }
        };
        let long = "甲".repeat(usize::try_from(MAX_TEXT_BYTES).unwrap() / 3 + 1);
        assert!(matches!(
            text(&document(long, 1)),
            Err(Cause::TooMuch {
                what: OfDocument::Text,
                ..
            })
        ));
        let many = usize::try_from(MAX_PARAGRAPHS).unwrap() + 1;
        assert!(matches!(
            text(&document("甲".to_owned(), many)),
            Err(Cause::TooMuch {
                what: OfDocument::Paragraphs,
                ..
            })
        ));
        assert!(text(&document("甲".to_owned(), many - 1)).is_ok());
    }
}
