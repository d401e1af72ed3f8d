//! A draft typed into a sheet: paragraphs in merged rows, the table in cells.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::draft::{Block, Draft, Piece, Words};

/// The workbook's bytes.
pub(super) fn write(draft: &Draft) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // Without a date of its own the file would carry the day on which it was made.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2024, 1, 1)?));
    let columns = draft.blocks.iter().find_map(|b| {
        if let Block::Table(t) = b {
            Some(t.header.len())
        } else {
            None
        }
    });
    let last = u16::try_from(columns.unwrap_or(6).max(2) - 1).unwrap_or(5);
    let sheet = book.add_worksheet();
    sheet.set_name("通报")?;
    let (normal, grouped) = (Format::new(), Format::new().set_num_format("#,##0"));
    let mut row = 0;
    for block in &draft.blocks {
        match block {
            Block::Centred(text) | Block::Plain(text) | Block::Right(text) | Block::Heading(text) => {
                sheet.merge_range(row, 0, row, last, text, &normal)?;
                row += 1;
            }
            Block::Paragraph(words) => {
                sheet.merge_range(row, 0, row, last, &draft.text_of(words), &normal)?;
                row += 1;
            }
            Block::Table(table) => {
                for (col, text) in (0..).zip(&table.header) {
                    sheet.write_string(row, col, text)?;
                }
                row += 1;
                for (i, cells) in table.rows.iter().enumerate() {
                    let merged = table.total_spans_two && i + 1 == table.rows.len();
                    if merged {
                        sheet.merge_range(row, 0, row, 1, &draft.text_of(&cells[0]), &normal)?;
                    }
                    for (col, words) in (0..).zip(cells).skip(if merged { 2 } else { 0 }) {
                        cell(sheet, row, col, draft, words, &grouped)?;
                    }
                    row += 1;
                }
            }
        }
    }
    book.save_to_buffer()
}

/// A whole number as a number, with separators where the issuer prints them; anything else as text.
fn cell(
    sheet: &mut Worksheet,
    row: u32,
    col: u16,
    draft: &Draft,
    words: &Words,
    grouped: &Format,
) -> Result<(), XlsxError> {
    let whole = match words.as_slice() {
        [Piece::Figure(id)] if draft.figures[*id].decimals == 0 => {
            let figure = &draft.figures[*id];
            i32::try_from(figure.scaled).ok().map(|value| (value, figure.grouped))
        }
        [Piece::Text(text)] => text.parse().ok().map(|value| (value, false)),
        _ => None,
    };
    match whole {
        Some((value, true)) => sheet.write_number_with_format(row, col, value, grouped)?,
        Some((value, false)) => sheet.write_number(row, col, value)?,
        None => sheet.write_string(row, col, draft.text_of(words))?,
    };
    Ok(())
}
