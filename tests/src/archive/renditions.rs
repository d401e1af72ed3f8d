//! One circular in every format, and as three programs would save it: what it says must not depend on that.

use std::fmt::Write as _;

use encoding_rs::{BIG5, GB18030};

use super::docx::{NAMESPACE, package};
use super::draft::{Block, Draft, Table};
use super::random::SplitMix64;
use super::style::TableShape;
use super::traditional::traditional;
use super::{genres, more_renditions as more, old_word, plant, txt, xlsx};

/// A circular of the archive under file names that tell how it was written; one in two has a planted error, one in three is of
/// any genre, the others have a table.
///
/// # Panics
///
/// Never in practice: everything is written to memory.
#[must_use]
pub fn renditions(index: u64, seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let draft = drafted(index, seed);
    let (rendered, text) = txt::write(&draft);
    let docx = |producer: &dyn Producer| package(&main_part(&draft, producer)).expect("written to memory");
    let units = |text: &str| -> Vec<u16> { text.encode_utf16().collect() };
    let lines: Vec<&str> = rendered.text.lines().collect();
    let page = page(&draft);
    vec![
        ("utf-8.txt", text),
        ("mark.txt", format!("\u{FEFF}{}", lines.join("\r\n")).into_bytes()),
        ("old-line-ends.txt", lines.join("\r").into_bytes()),
        ("gb18030.txt", GB18030.encode(&rendered.text).0.into_owned()),
        (
            "utf-16.txt",
            units(&rendered.text).into_iter().flat_map(u16::to_le_bytes).collect(),
        ),
        (
            "utf-16-big-endian.txt",
            units(&format!("\u{FEFF}{}", rendered.text))
                .into_iter()
                .flat_map(u16::to_be_bytes)
                .collect(),
        ),
        ("word.docx", docx(&Word)),
        ("office.docx", docx(&Office)),
        ("script.docx", docx(&Script)),
        ("edited.docx", docx(&Edited)),
        ("word-97.doc", old_word::write(&draft)),
        ("code-points.rtf", more::rich_text(&draft, true)),
        ("code-page.rtf", more::rich_text(&draft, false)),
        ("page.mht", more::web_archive(&page)),
        ("page.html", page.into_bytes()),
        ("blocks.html", more::page_of_blocks(&draft)),
        ("terse.xlsx", more::terse_workbook(&draft).expect("written to memory")),
        ("sheet.ods", more::open_document(&draft).expect("written to memory")),
        ("sheet.xlsx", xlsx::write(&draft).expect("written to memory")),
    ]
}

/// The same circular in traditional characters: as Unicode, and in Big5, as a text and as a page that says so.
///
/// # Panics
///
/// If a character of the drafts is not in Big5.
#[must_use]
pub fn traditional_renditions(index: u64, seed: u64) -> Vec<(&'static str, Vec<u8>)> {
    let draft = drafted(index, seed);
    let text = traditional(&txt::write(&draft).0.text);
    let page = traditional(&page(&draft));
    let big5 = |text: &str| {
        let (bytes, _, is_lossy) = BIG5.encode(text);
        assert!(!is_lossy, "a character that Big5 does not have: {text}");
        bytes.into_owned()
    };
    vec![
        ("traditional.txt", text.clone().into_bytes()),
        ("big5.txt", big5(&text)),
        ("big5-old-line-ends.txt", big5(&text.replace('\n', "\r"))),
        ("big5.html", big5(&page.replace("utf-8", "big5"))),
    ]
}

/// The draft that all renditions write.
fn drafted(index: u64, seed: u64) -> Draft {
    let mut draft = genres::write(index, seed, !index.is_multiple_of(3)).draft;
    let mut random = SplitMix64::new(seed ^ 0x00F0_4A75, index);
    if random.chance(1, 2) {
        plant::plant(&mut draft, &mut random);
    }
    // What only one format can say is left out: a merged cell has its text in one cell of a text, in two of a table.
    draft.style.page = false;
    draft.style.gb18030 = false;
    draft.style.table = TableShape::Tabs;
    for block in &mut draft.blocks {
        if let Block::Table(table) = block {
            table.total_spans_two = false;
        }
    }
    draft
}

/// How a program writes the same paragraph.
trait Producer {
    /// A paragraph, `place` of a line of its own: centred, at the right, a heading.
    fn paragraph(&self, text: &str, place: Place) -> String;
    /// What opens a table of so many columns, up to its first row.
    fn table(&self, columns: usize) -> String;
    /// What opens a cell.
    fn cell(&self) -> &'static str;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Left,
    Centre,
    Right,
    Heading,
    Body,
}

/// Word: runs parted by revision marks, proofing errors, bookmarks, hints for fonts.
struct Word;
/// LibreOffice: every property said, also those that are as usual; empty runs.
struct Office;
/// A library in a script: nothing that need not be.
struct Script;
/// Under revision: what was put in and what was struck out, text in content controls and links.
struct Edited;

impl Producer for Word {
    fn paragraph(&self, text: &str, place: Place) -> String {
        let properties = match place {
            Place::Left => "",
            Place::Centre => r#"<w:jc w:val="center"/>"#,
            Place::Right => r#"<w:wordWrap w:val="0"/><w:jc w:val="right"/>"#,
            Place::Heading => r#"<w:pStyle w:val="1"/>"#,
            Place::Body => r#"<w:ind w:firstLineChars="200" w:firstLine="640"/>"#,
        };
        let mut out = format!(
            r#"<w:p w:rsidR="00A1" w:rsidRDefault="00B2"><w:pPr>{properties}<w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr></w:pPr><w:bookmarkStart w:id="0" w:name="_GoBack"/><w:bookmarkEnd w:id="0"/>"#
        );
        let chars: Vec<char> = text.chars().collect();
        // Runs of uneven length, some of one character, as typing and correcting leave them.
        for (i, piece) in uneven(&chars).into_iter().enumerate() {
            let piece = escaped(piece);
            if i % 3 == 1 {
                let _ = write!(
                    out,
                    r#"<w:proofErr w:type="gramStart"/><w:r w:rsidRPr="00C3"><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:lastRenderedPageBreak/><w:t xml:space="preserve">{piece}</w:t></w:r><w:proofErr w:type="gramEnd"/>"#
                );
            } else {
                let _ = write!(
                    out,
                    r#"<w:r w:rsidR="00D4"><w:t xml:space="preserve">{piece}</w:t></w:r>"#
                );
            }
        }
        out + "</w:p>"
    }

    fn table(&self, columns: usize) -> String {
        let grid = r#"<w:gridCol w:w="1400"/>"#.repeat(columns);
        format!(
            r#"<w:tbl><w:tblPr><w:tblStyle w:val="a3"/><w:tblW w:w="0" w:type="auto"/><w:tblLook w:val="04A0" w:firstRow="1"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
        )
    }

    fn cell(&self) -> &'static str {
        r#"<w:tc><w:tcPr><w:tcW w:w="1400" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>"#
    }
}

impl Producer for Office {
    fn paragraph(&self, text: &str, place: Place) -> String {
        let (style, align) = match place {
            Place::Left | Place::Body => ("a", "start"),
            Place::Centre => ("a", "center"),
            Place::Right => ("a", "end"),
            Place::Heading => ("1", "start"),
        };
        let text = marked(text);
        format!(
            r#"<w:p><w:pPr><w:pStyle w:val="{style}"/><w:widowControl/><w:bidi w:val="0"/><w:spacing w:before="0" w:after="0"/><w:jc w:val="{align}"/><w:rPr></w:rPr></w:pPr><w:r><w:rPr></w:rPr></w:r><w:r><w:rPr><w:strike w:val="false"/><w:vanish w:val="false"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>"#
        )
    }

    fn table(&self, columns: usize) -> String {
        let grid = r#"<w:gridCol w:w="1606"/>"#.repeat(columns);
        format!(
            r#"<w:tbl><w:tblPr><w:tblW w:w="9638" w:type="dxa"/><w:jc w:val="start"/><w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="55" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#
        )
    }

    fn cell(&self) -> &'static str {
        r#"<w:tc><w:tcPr><w:tcW w:w="1606" w:type="dxa"/><w:tcBorders><w:top w:val="single" w:sz="2"/></w:tcBorders></w:tcPr>"#
    }
}

impl Producer for Script {
    fn paragraph(&self, text: &str, place: Place) -> String {
        let properties = match place {
            Place::Left | Place::Body => "",
            Place::Centre => r#"<w:pPr><w:jc w:val="center"/></w:pPr>"#,
            Place::Right => r#"<w:pPr><w:jc w:val="right"/></w:pPr>"#,
            Place::Heading => r#"<w:pPr><w:pStyle w:val="1"/></w:pPr>"#,
        };
        let text = marked(text);
        let space = if text.trim() == text {
            ""
        } else {
            r#" xml:space="preserve""#
        };
        format!("<w:p>{properties}<w:r><w:t{space}>{text}</w:t></w:r></w:p>")
    }

    fn table(&self, columns: usize) -> String {
        let grid = "<w:gridCol/>".repeat(columns);
        format!(r#"<w:tbl><w:tblPr><w:tblW w:type="auto" w:w="0"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"#)
    }

    fn cell(&self) -> &'static str {
        "<w:tc>"
    }
}

impl Producer for Edited {
    fn paragraph(&self, text: &str, place: Place) -> String {
        let mut out = Script.paragraph("", place).replace("<w:r><w:t></w:t></w:r></w:p>", "");
        let chars: Vec<char> = text.chars().collect();
        for (i, piece) in uneven(&chars).into_iter().enumerate() {
            let run = format!(r#"<w:r><w:t xml:space="preserve">{}</w:t></w:r>"#, escaped(piece));
            let _ = match i % 4 {
                0 => write!(out, "{run}"),
                1 => write!(
                    out,
                    r#"<w:del w:id="1" w:author="a"><w:r><w:delText>另有99件</w:delText></w:r></w:del><w:ins w:id="2" w:author="a">{run}</w:ins>"#
                ),
                2 => write!(out, "<w:sdt><w:sdtPr/><w:sdtContent>{run}</w:sdtContent></w:sdt>"),
                _ => write!(out, r#"<w:hyperlink w:anchor="b">{run}</w:hyperlink>"#),
            };
        }
        out + "</w:p>"
    }

    fn table(&self, columns: usize) -> String {
        Script.table(columns)
    }

    fn cell(&self) -> &'static str {
        Script.cell()
    }
}

fn main_part(draft: &Draft, producer: &dyn Producer) -> String {
    let mut out = format!(r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{NAMESPACE}"><w:body>"#);
    for block in &draft.blocks {
        match block {
            Block::Centred(text) => out += &producer.paragraph(text, Place::Centre),
            Block::Plain(text) => out += &producer.paragraph(text, Place::Left),
            Block::Right(text) => out += &producer.paragraph(text, Place::Right),
            Block::Heading(text) => out += &producer.paragraph(text, Place::Heading),
            Block::Paragraph(words) => out += &producer.paragraph(&draft.text_of(words), Place::Body),
            Block::Table(table) => {
                out += &producer.table(table.header.len());
                for row in rows(draft, table) {
                    out += "<w:tr>";
                    for text in row {
                        out += producer.cell();
                        out += &producer.paragraph(&text, Place::Left);
                        out += "</w:tc>";
                    }
                    out += "</w:tr>";
                }
                out += "</w:tbl>";
            }
        }
    }
    out + r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"#
}

fn page(draft: &Draft) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"></head>\n<body>\n");
    for block in &draft.blocks {
        let _ = match block {
            Block::Centred(text) => writeln!(out, "<p align=\"center\">{}</p>", marked(text)),
            Block::Plain(text) => writeln!(out, "<p>{}</p>", marked(text)),
            Block::Right(text) => writeln!(out, "<p style=\"text-align:right\">{}</p>", marked(text)),
            Block::Heading(text) => writeln!(out, "<h2>{}</h2>", marked(text)),
            Block::Paragraph(words) => {
                writeln!(
                    out,
                    "<p style=\"text-indent:2em\">{}</p>",
                    marked(&draft.text_of(words))
                )
            }
            Block::Table(table) => {
                out += "<table border=1>\n";
                for row in rows(draft, table) {
                    let cells: String = row.iter().map(|text| format!("<td>{}</td>", marked(text))).collect();
                    let _ = writeln!(out, "<tr>{cells}</tr>");
                }
                writeln!(out, "</table>")
            }
        };
    }
    out + "</body></html>\n"
}

/// The text as markup.
pub(super) fn marked(text: &str) -> String {
    escaped(&text.chars().collect::<Vec<_>>())
}

/// Header and rows as printed.
pub(super) fn rows(draft: &Draft, table: &Table) -> Vec<Vec<String>> {
    let mut out = vec![table.header.clone()];
    out.extend(
        table
            .rows
            .iter()
            .map(|row| row.iter().map(|words| draft.text_of(words)).collect()),
    );
    out
}

/// Pieces of 1, 7, 2, 19, 4 … characters.
fn uneven(chars: &[char]) -> Vec<&[char]> {
    const LENGTHS: [usize; 6] = [1, 7, 2, 19, 4, 1];
    let (mut out, mut rest, mut i) = (Vec::new(), chars, 0);
    while !rest.is_empty() {
        let (piece, more) = rest.split_at(LENGTHS[i % LENGTHS.len()].min(rest.len()));
        out.push(piece);
        rest = more;
        i += 1;
    }
    out
}

fn escaped(text: &[char]) -> String {
    let mut out = String::new();
    for c in text {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            other => out.push(*other),
        }
    }
    out
}
