//! More ways to write a circular: rich text, a web archive, a page of blocks in another encoding, an OpenDocument sheet, and a
//! workbook of a program that writes nothing as others do.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use encoding_rs::GB18030;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::draft::{Block, Draft};
use super::renditions::{marked, rows};

/// What a draft says, line by line: all but tables as it is printed, tables as rows of cells.
pub(super) enum Line {
    /// A line, and how it is aligned.
    Text(String, Side),
    /// A row of a table.
    Row(Vec<String>),
    /// A table is over.
    EndOfTable,
}

/// How a line is aligned.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Left,
    Centre,
    Right,
}

pub(super) fn lines(draft: &Draft) -> Vec<Line> {
    let mut out = Vec::new();
    for block in &draft.blocks {
        match block {
            Block::Centred(text) => out.push(Line::Text(text.clone(), Side::Centre)),
            Block::Right(text) => out.push(Line::Text(text.clone(), Side::Right)),
            Block::Plain(text) | Block::Heading(text) => out.push(Line::Text(text.clone(), Side::Left)),
            Block::Paragraph(words) => out.push(Line::Text(draft.text_of(words), Side::Left)),
            Block::Table(table) => {
                out.extend(rows(draft, table).into_iter().map(Line::Row));
                out.push(Line::EndOfTable);
            }
        }
    }
    out
}

/// Rich text whose characters are code points (`\u20843?`), or bytes of code page 936 (`\'c7`).
pub(super) fn rich_text(draft: &Draft, code_points: bool) -> Vec<u8> {
    let mut out = String::from(
        r"{\rtf1\ansi\ansicpg936\deff0\uc1{\fonttbl{\f0\fnil\fcharset134 SimSun;}}{\info{\title x}}\paperw11906\f0 ",
    );
    let characters = |text: &str, out: &mut String| {
        for c in text.chars() {
            let mut buffer = [0; 2];
            let _ = match c {
                '\\' | '{' | '}' => write!(out, "\\{c}"),
                c if c.is_ascii() => write!(out, "{c}"),
                c if code_points => c
                    .encode_utf16(&mut buffer)
                    .iter()
                    .try_for_each(|unit| write!(out, "\\u{}?", unit.cast_signed())),
                c => {
                    let text = c.to_string();
                    let bytes = GB18030.encode(&text).0;
                    bytes.iter().try_for_each(|byte| write!(out, "\\'{byte:02x}"))
                }
            };
        }
    };
    for line in lines(draft) {
        match line {
            Line::Text(text, side) => {
                out += match side {
                    Side::Left => "\\pard\\ql ",
                    Side::Centre => "\\pard\\qc ",
                    Side::Right => "\\pard\\qr ",
                };
                characters(&text, &mut out);
                out += "\\par\r\n";
            }
            Line::Row(cells) => {
                out += "\\trowd";
                for col in 1..=cells.len() {
                    let _ = write!(out, "\\cellx{}", col * 1400);
                }
                for cell in &cells {
                    out += "\\pard\\intbl ";
                    characters(cell, &mut out);
                    out += "\\cell";
                }
                out += "\\row\r\n";
            }
            Line::EndOfTable => out += "\\pard",
        }
    }
    (out + "}").into_bytes()
}

/// A page of `div`s with line breaks between spans, its encoding declared in the old way.
pub(super) fn page_of_blocks(draft: &Draft) -> Vec<u8> {
    let mut out = String::from(
        "<HTML><HEAD><META http-equiv=Content-Type content=\"text/html; charset=gb2312\"><STYLE>p {color: red}</STYLE></HEAD>\r\n<BODY>",
    );
    let mut in_table = false;
    for line in lines(draft) {
        match line {
            Line::Text(text, side) => {
                let align = match side {
                    Side::Left => "",
                    Side::Centre => " align=center",
                    Side::Right => " align=right",
                };
                // As pasted from a word processor: a span for each few characters, and comments between them.
                let chars: Vec<char> = text.chars().collect();
                let spans: String = chars
                    .chunks(9)
                    .map(|piece| {
                        let piece: String = piece.iter().collect();
                        format!(
                            "<SPAN lang=EN-US><FONT face=仿宋>{}</FONT></SPAN><!-- -->",
                            marked(&piece)
                        )
                    })
                    .collect();
                let _ = write!(out, "<DIV{align}>{spans}</DIV>\r\n");
            }
            Line::Row(cells) => {
                if !std::mem::replace(&mut in_table, true) {
                    out += "<TABLE><TBODY>";
                }
                out += "<TR>";
                for cell in &cells {
                    let _ = write!(out, "<TD><P>{}</P>", marked(cell));
                }
                out += "\r\n";
            }
            Line::EndOfTable => {
                in_table = false;
                out += "</TBODY></TABLE>";
            }
        }
    }
    GB18030.encode(&(out + "</BODY></HTML>")).0.into_owned()
}

/// A page in a web archive, its bytes quoted.
pub(super) fn web_archive(page: &str) -> Vec<u8> {
    let mut out = String::from(
        "From: <Saved by a browser>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"----=_Part_01\"\r\n\r\n------=_Part_01\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n",
    );
    let mut width = 0;
    for byte in page.bytes() {
        if width > 70 {
            out += "=\r\n";
            width = 0;
        }
        match byte {
            b'\n' => {
                out += "\r\n";
                width = 0;
            }
            b'!'..=b'~' if byte != b'=' => {
                out.push(char::from(byte));
                width += 1;
            }
            _ => {
                let _ = write!(out, "={byte:02X}");
                width += 3;
            }
        }
    }
    (out + "\r\n------=_Part_01--\r\n").into_bytes()
}

/// How many columns a sheet has: those of the widest table, or a few.
fn columns(draft: &Draft) -> usize {
    let widths = lines(draft).into_iter().filter_map(|line| {
        if let Line::Row(cells) = line {
            Some(cells.len())
        } else {
            None
        }
    });
    widths.max().unwrap_or(6)
}

/// An OpenDocument spreadsheet: lines merged over all columns, repeated empty cells and rows.
pub(super) fn open_document(draft: &Draft) -> zip::result::ZipResult<Vec<u8>> {
    let n = columns(draft);
    let mut out = String::from(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="通报"><table:table-column table:number-columns-repeated="16384"/>"#,
    );
    for line in lines(draft) {
        match line {
            Line::Text(text, _) => {
                let _ = write!(
                    out,
                    r#"<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="{n}"><text:p>{}</text:p></table:table-cell><table:covered-table-cell table:number-columns-repeated="{}"/><table:table-cell table:number-columns-repeated="{}"/></table:table-row>"#,
                    marked(&text),
                    n - 1,
                    16384 - n
                );
            }
            Line::Row(cells) => {
                out += "<table:table-row>";
                for cell in &cells {
                    let value = cell.replace(',', "");
                    let kind = match value.parse::<i64>() {
                        Ok(_) => format!(r#"office:value-type="float" office:value="{value}""#),
                        Err(_) => r#"office:value-type="string""#.to_owned(),
                    };
                    let _ = write!(
                        out,
                        "<table:table-cell {kind}><text:p>{}</text:p></table:table-cell>",
                        marked(cell)
                    );
                }
                out += "</table:table-row>";
            }
            Line::EndOfTable => {}
        }
    }
    out += r#"<table:table-row table:number-rows-repeated="1048000"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;
    packed(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest/>"),
        ("content.xml", &out),
    ])
}

/// A workbook without strings of its own part, styles and addresses, every name with a prefix and every element on a line.
pub(super) fn terse_workbook(draft: &Draft) -> zip::result::ZipResult<Vec<u8>> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const RELATED: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
    let mut sheet = format!("<x:worksheet xmlns:x='{MAIN}'>\n<x:sheetData>\n");
    for line in lines(draft) {
        let cells = match line {
            Line::Text(text, _) => vec![text],
            Line::Row(cells) => cells,
            // A line below a table that is neither merged nor called a note would be one of its rows.
            Line::EndOfTable => Vec::new(),
        };
        sheet += "<x:row>\n";
        for cell in cells {
            let _ = write!(
                sheet,
                "<x:c t='inlineStr'>\n<x:is><x:t>{}</x:t></x:is>\n</x:c>\n",
                marked(&cell)
            );
        }
        sheet += "</x:row>\n";
    }
    sheet += "</x:sheetData>\n</x:worksheet>";
    packed(&[
        (
            "[Content_Types].xml",
            "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override PartName='/xl/workbook.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/><Override PartName='/xl/one.xml' ContentType='application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml'/></Types>",
        ),
        (
            "_rels/.rels",
            &format!(
                "<Relationships xmlns='{PACKAGE}'><Relationship Id='a' Type='{RELATED}/officeDocument' Target='/xl/workbook.xml'/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            &format!(
                "<x:workbook xmlns:x='{MAIN}' xmlns:r='{RELATED}'><x:sheets><x:sheet name='通报' sheetId='1' r:id='b'/></x:sheets></x:workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &format!(
                "<Relationships xmlns='{PACKAGE}'><Relationship Id='b' Type='{RELATED}/worksheet' Target='one.xml'/></Relationships>"
            ),
        ),
        ("xl/one.xml", &sheet),
    ])
}

fn packed(parts: &[(&str, &str)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in parts {
        zip.start_file(*name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}
