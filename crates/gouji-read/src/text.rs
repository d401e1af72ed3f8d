//! Plain text: each line that is not blank is a paragraph.
//!
//! - Handled: UTF-8, GB18030, UTF-16 (both byte orders) and Big5, with and without byte order mark; all line ends, those
//!   of pages, columns and Unicode included; page numbers, as text made from PDF has them between the lines.
//! - Partly handled: other encodings, as general detection guesses them.
//! - Ignored: nothing; every character stays, form feeds and tabs included. Tables drawn with bars, tabs or one cell a
//!   line stay paragraphs; `gouji-circular` rebuilds them.

use gouji_document::{Block, Document, Format, Paragraph, Parsed, Span, Stream, Warning, WarningKind};

use crate::ReadError;
use crate::encoding::{self, MAX_REPORTED_PLACES};

mod pages;

/// Bytes of a text file. The longest circulars have some hundred thousand.
pub(crate) const MAX_TEXT_BYTES: usize = 64 << 20;

/// Reads a plain text.
pub(crate) fn read(bytes: &[u8]) -> Result<Parsed<Document>, ReadError> {
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(ReadError::TooLong {
            limit: MAX_TEXT_BYTES as u64,
        });
    }
    let decoded = encoding::decode(bytes, None);
    let warnings = decoding_warnings(&decoded);
    let lines = lines(&decoded.text);
    let feet = pages::feet(&decoded.text, &lines);
    let blocks: Vec<Block> = lines
        .iter()
        .zip(feet)
        .map(|(&span, is_foot)| {
            Block::Paragraph(Paragraph {
                span,
                stream: if is_foot { Stream::Footer } else { Stream::Body },
                ..Paragraph::default()
            })
        })
        .collect();
    if blocks.is_empty() {
        return Err(ReadError::Empty);
    }
    Ok(Parsed {
        value: Document {
            format: Format::Txt,
            text: decoded.text,
            blocks,
            encoding: Some(decoded.encoding),
        },
        warnings,
    })
}

/// The lines that are not blank.
fn lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(ends_line) {
        let span = Span::new(start, start + line.trim_end_matches(ends_line).len());
        start += line.len();
        if !line.trim().is_empty() {
            lines.push(span);
        }
    }
    lines
}

/// Ends of lines, of pages (form feed) and those of Unicode (UAX 14, class BK).
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// One warning for each undecodable place, and one for all that are beyond the limit.
fn decoding_warnings(decoded: &encoding::Decoded) -> Vec<Warning> {
    let (mut line, mut seen) = (1, 0);
    let mut warnings: Vec<Warning> = decoded
        .bad
        .iter()
        .map(|&at| {
            line += decoded.text[seen..at].matches('\n').count();
            seen = at;
            Warning {
                kind: WarningKind::UndecodableBytes {
                    encoding: decoded.encoding,
                },
                place: format!("line {line}"),
                span: Some(Span::new(at, at + '\u{FFFD}'.len_utf8())),
            }
        })
        .collect();
    if decoded.n_bad > decoded.bad.len() {
        warnings.push(Warning {
            kind: WarningKind::LimitReached {
                what: "undecodable places reported",
                limit: MAX_REPORTED_PLACES as u64,
            },
            place: format!("line {line}"),
            span: None,
        });
    }
    warnings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_paragraphs_and_blank_ones_are_none() {
        let parsed = read("关于检查的通报\r\n\r\n　　各镇：\r\n \t\n完".as_bytes()).expect("a text");
        let document = parsed.value;
        assert_eq!(document.text, "关于检查的通报\n\n　　各镇：\n \t\n完");
        let lines: Vec<&str> = document.blocks.iter().map(|b| document.quote(b.span())).collect();
        assert_eq!(lines, ["关于检查的通报", "　　各镇：", "完"]);
        assert!(parsed.warnings.is_empty());
    }

    #[test]
    fn pages_and_all_ends_of_lines_part_paragraphs() {
        let document = read("一\u{c}二\u{b}三\u{2028}四\u{85}\u{c}五".as_bytes())
            .expect("a text")
            .value;
        let lines: Vec<&str> = document.blocks.iter().map(|b| document.quote(b.span())).collect();
        assert_eq!(lines, ["一", "二", "三", "四", "五"]);
    }

    #[test]
    fn unusual_characters_stay() {
        let text = "甲\u{A0}乙\u{200B}丙\u{2028}丁\u{C}戊\u{E5E5}";
        assert_eq!(read(text.as_bytes()).expect("a text").value.text, text);
    }

    #[test]
    fn an_undecodable_byte_is_warned_with_its_line() {
        let mut bytes = "第一行有十个以上的汉字字符在这里\n第二行".as_bytes().to_vec();
        bytes.push(0x80);
        let parsed = read(&bytes).expect("a text");
        assert_eq!(parsed.warnings.len(), 1);
        assert_eq!(parsed.warnings[0].place, "line 2");
        let span = parsed.warnings[0].span.expect("a place");
        assert_eq!(parsed.value.quote(span), "\u{FFFD}");
    }

    #[test]
    fn blank_files_are_empty() {
        assert!(matches!(read(b" \r\n\t\n"), Err(ReadError::Empty)));
    }
}
