//! A draft as a text file in its issuer's habits, or as plain lines.

use super::draft::{Block, Draft, Rendered, Words};
use super::style::TableShape;

/// What a copied page has above its circular.
const PAGE_HEAD: [&str; 3] = [
    "当前位置：首页 > 政务公开 > 通知公告",
    "来源：县政府办公室    浏览次数：208 次    【字体：大 中 小】",
    "",
];
/// And below it.
const PAGE_FOOT: [&str; 3] = ["", "【打印本页】 【关闭窗口】", "扫一扫在手机打开当前页"];

/// The text file: its text as decoded, and its bytes.
pub(super) fn write(draft: &Draft) -> (Rendered, Vec<u8>) {
    let style = &draft.style;
    let mut out = Rendered::new(draft);
    let end = if style.crlf { "\r\n" } else { "\n" };
    let (before, after) = if style.page {
        (&PAGE_HEAD[..], &PAGE_FOOT[..])
    } else {
        (&[][..], &[][..])
    };
    for line in before {
        out.text.push_str(line);
        out.text.push_str(end);
    }
    for block in &draft.blocks {
        match block {
            Block::Centred(text) | Block::Plain(text) | Block::Right(text) => out.text.push_str(text),
            Block::Heading(text) => {
                out.text.push_str(style.indent);
                out.text.push_str(text);
            }
            Block::Paragraph(words) => {
                out.text.push_str(style.indent);
                out.words(draft, words);
            }
            Block::Table(table) => {
                let header: Vec<Words> = table.header.iter().map(|h| draft.say(h, &[])).collect();
                for (i, row) in std::iter::once(&header).chain(&table.rows).enumerate() {
                    if i > 0 {
                        out.text.push_str(end);
                    }
                    table_row(draft, &mut out, row, end);
                }
            }
        }
        out.text.push_str(end);
        if style.spaced {
            out.text.push_str(end);
        }
    }
    for line in after {
        out.text.push_str(line);
        out.text.push_str(end);
    }
    let bytes = if style.gb18030 {
        encoding_rs::GB18030.encode(&out.text).0.into_owned()
    } else {
        out.text.clone().into_bytes()
    };
    (out, bytes)
}

fn table_row(draft: &Draft, out: &mut Rendered, row: &[Words], end: &str) {
    let shape = draft.style.table;
    let (lead, between, tail) = match shape {
        TableShape::Pipes => ("| ", " | ".to_owned(), " |"),
        TableShape::Tabs => ("", "\t".to_owned(), ""),
        TableShape::CellPerLine => ("", format!("{end}{end}"), ""),
    };
    out.text.push_str(lead);
    // A merged cell leaves nothing behind where cells stand one a line.
    let cells = row
        .iter()
        .filter(|cell| shape != TableShape::CellPerLine || !cell.is_empty());
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.text.push_str(&between);
        }
        out.words(draft, cell);
    }
    out.text.push_str(tail);
    if shape == TableShape::CellPerLine {
        out.text.push_str(end);
    }
}

/// Paragraphs and rows a line each, cells between tabs.
pub(super) fn plain(draft: &Draft) -> Rendered {
    let mut out = Rendered::new(draft);
    for block in &draft.blocks {
        match block {
            Block::Centred(text) | Block::Plain(text) | Block::Right(text) | Block::Heading(text) => {
                out.text.push_str(text);
                out.text.push('\n');
            }
            Block::Paragraph(words) => {
                out.words(draft, words);
                out.text.push('\n');
            }
            Block::Table(table) => {
                out.text.push_str(&table.header.join("\t"));
                out.text.push('\n');
                for row in &table.rows {
                    for (i, cell) in row.iter().enumerate() {
                        if i > 0 {
                            out.text.push('\t');
                        }
                        out.words(draft, cell);
                    }
                    out.text.push('\n');
                }
            }
        }
    }
    out
}
