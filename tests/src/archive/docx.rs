//! A draft as a Word document, written by hand: a witness that shares no code with the project's own writer.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::draft::{Block, Draft, Table};
use super::random::SplitMix64;

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/></Types>"#;
const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const DOCUMENT_RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>"#;
pub(super) const NAMESPACE: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The package's bytes. Runs are split at random places, as editing leaves them.
pub(super) fn write(draft: &Draft, random: &mut SplitMix64) -> zip::result::ZipResult<Vec<u8>> {
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{NAMESPACE}\"><w:body>"
    );
    for block in &draft.blocks {
        match block {
            Block::Centred(text) => paragraph(&mut xml, r#"<w:pPr><w:jc w:val="center"/></w:pPr>"#, text, random),
            Block::Plain(text) => paragraph(&mut xml, "", text, random),
            Block::Right(text) => paragraph(&mut xml, r#"<w:pPr><w:jc w:val="right"/></w:pPr>"#, text, random),
            Block::Heading(text) => paragraph(&mut xml, r#"<w:pPr><w:pStyle w:val="1"/></w:pPr>"#, text, random),
            Block::Paragraph(words) => {
                let indent = r#"<w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr>"#;
                paragraph(&mut xml, indent, &draft.text_of(words), random);
            }
            Block::Table(table) => write_table(&mut xml, draft, table, random),
        }
    }
    xml.push_str(r#"<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>"#);

    package(&xml)
}

/// A package of a main part and the styles.
pub(super) fn package(main: &str) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONSHIPS),
        ("word/styles.xml", STYLES),
        ("word/document.xml", main),
    ] {
        zip.start_file(name, options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn write_table(xml: &mut String, draft: &Draft, table: &Table, random: &mut SplitMix64) {
    xml.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr><w:tblGrid>");
    for _ in &table.header {
        xml.push_str(r#"<w:gridCol w:w="1400"/>"#);
    }
    xml.push_str("</w:tblGrid><w:tr>");
    for text in &table.header {
        cell(xml, "", text, random);
    }
    xml.push_str("</w:tr>");
    for (i, row) in table.rows.iter().enumerate() {
        xml.push_str("<w:tr>");
        let merged = table.total_spans_two && i + 1 == table.rows.len();
        for (col, words) in row.iter().enumerate() {
            let span = match (merged, col) {
                (true, 0) => r#"<w:gridSpan w:val="2"/>"#,
                (true, 1) => continue,
                _ => "",
            };
            cell(xml, span, &draft.text_of(words), random);
        }
        xml.push_str("</w:tr>");
    }
    xml.push_str("</w:tbl>");
}

fn cell(xml: &mut String, span: &str, text: &str, random: &mut SplitMix64) {
    xml.push_str("<w:tc><w:tcPr><w:tcW w:w=\"1400\" w:type=\"dxa\"/>");
    xml.push_str(span);
    xml.push_str("</w:tcPr>");
    paragraph(xml, "", text, random);
    xml.push_str("</w:tc>");
}

fn paragraph(xml: &mut String, properties: &str, text: &str, random: &mut SplitMix64) {
    xml.push_str("<w:p>");
    xml.push_str(properties);
    let mut rest = text;
    while !rest.is_empty() {
        let chars = 3 + random.below(60);
        let end = rest.char_indices().nth(chars).map_or(rest.len(), |(at, _)| at);
        let (run, tail) = rest.split_at(end);
        xml.push_str("<w:r><w:t xml:space=\"preserve\">");
        for c in run.chars() {
            match c {
                '&' => xml.push_str("&amp;"),
                '<' => xml.push_str("&lt;"),
                '>' => xml.push_str("&gt;"),
                other => xml.push(other),
            }
        }
        xml.push_str("</w:t></w:r>");
        rest = tail;
    }
    xml.push_str("</w:p>");
}
