//! A circular as Word leaves it: fonts and sizes on every run, sentences cut into runs at each figure, marks of revision on
//! every element, tables with borders and widths on every cell, headings by automatic numbers, the styles and latent styles
//! of a real template.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n";
/// The declarations with which Word opens every part.
const DECLARED: &str = concat!(
    r#"xmlns:wpc="http://schemas.microsoft.com/office/word/2010/wordprocessingCanvas" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:o="urn:schemas-microsoft-com:office:office" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:v="urn:schemas-microsoft-com:vml" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:w10="urn:schemas-microsoft-com:office:word" "#,
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" "#,
    r#"xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" mc:Ignorable="w14""#,
);
/// Formatting of a run in the fonts of circulars.
const RUN: &str = concat!(
    r#"<w:rPr><w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:cs="仿宋_GB2312" w:hint="eastAsia"/>"#,
    r#"<w:color w:val="000000" w:themeColor="text1"/><w:sz w:val="32"/><w:szCs w:val="32"/><w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr>"#,
);

/// A run, with the formatting that nobody reads.
fn run(out: &mut String, text: &str) {
    let _ = write!(out, r#"<w:r w:rsidRPr="00A77B3E">{RUN}<w:t>{text}</w:t></w:r>"#);
}

/// A paragraph of `properties` whose text is cut into runs where figures begin and end, as editors leave it.
fn paragraph(out: &mut String, properties: &str, text: &str) {
    let n = out.len();
    let _ = write!(
        out,
        r#"<w:p w14:paraId="{n:08X}" w14:textId="77777777" w:rsidR="00A77B3E" w:rsidRDefault="00C0FFEE" w:rsidP="00A77B3E"><w:pPr>{properties}{RUN}</w:pPr>"#
    );
    let mut start = 0;
    let mut was_digit = None;
    for (at, c) in text.char_indices() {
        let is_digit = c.is_ascii_digit() || matches!(c, '.' | '%');
        if was_digit.is_some_and(|was| was != is_digit) {
            run(out, &text[start..at]);
            start = at;
        }
        was_digit = Some(is_digit);
    }
    run(out, &text[start..]);
    out.push_str("</w:p>");
}

fn table(out: &mut String, n_rows: usize, n_cols: usize) {
    out.push_str(r#"<w:tbl><w:tblPr><w:tblStyle w:val="a3"/><w:tblW w:w="5000" w:type="pct"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="04A0" w:firstRow="1" w:lastRow="0"/></w:tblPr><w:tblGrid>"#);
    for _ in 0..n_cols {
        out.push_str(r#"<w:gridCol w:w="1134"/>"#);
    }
    out.push_str("</w:tblGrid>");
    for row in 0..n_rows {
        out.push_str(r#"<w:tr w:rsidR="00A77B3E" w14:paraId="1A2B3C4D" w14:textId="77777777"><w:trPr><w:trHeight w:val="454"/><w:jc w:val="center"/></w:trPr>"#);
        for col in 0..n_cols {
            out.push_str(r#"<w:tc><w:tcPr><w:tcW w:w="1134" w:type="dxa"/><w:tcBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:left w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:bottom w:val="single" w:sz="4" w:space="0" w:color="auto"/><w:right w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="auto"/><w:vAlign w:val="center"/></w:tcPr>"#);
            let text = match (row, col) {
                (0, _) => format!("指标{}", col + 1),
                (_, 0) => format!("第{row}村"),
                _ => ((row * 37 + col * 101) % 997).to_string(),
            };
            let properties = r#"<w:widowControl/><w:spacing w:line="400" w:lineRule="exact"/><w:jc w:val="center"/>"#;
            paragraph(out, properties, &text);
            out.push_str("</w:tc>");
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
}

fn main_part() -> String {
    const HEADING: &str = r#"<w:pStyle w:val="1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/>"#;
    const BODY: &str = r#"<w:spacing w:line="560" w:lineRule="exact"/><w:ind w:firstLineChars="200" w:firstLine="640"/><w:jc w:val="both"/>"#;
    let mut out = format!("{HEAD}<w:document {DECLARED}><w:body>");
    paragraph(
        &mut out,
        r#"<w:jc w:val="center"/>"#,
        "关于2024年第三季度办理情况的通报",
    );
    for section in 0..4_usize {
        paragraph(&mut out, HEADING, "办理情况");
        for line in 0..4 {
            let (all, first) = (section * 137 + line * 29 + 208, section * 31 + line * 7 + 90);
            let text = format!(
                "全区共收到群众来信{all}件，其中：求助类{first}件、咨询类{}件；已办结{}件，办结率为98.5%，满意率为96.2%。各单位要对照问题清单逐项整改，于2024年10月31日前报送整改情况。",
                all - first,
                all - 3
            );
            paragraph(&mut out, BODY, &text);
        }
    }
    table(&mut out, 13, 7);
    out.push_str(r#"<w:sectPr w:rsidR="00A77B3E"><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1587" w:header="851" w:footer="992" w:gutter="0"/><w:docGrid w:type="lines" w:linePitch="312"/></w:sectPr></w:body></w:document>"#);
    out
}

fn styles() -> String {
    let mut out = format!(
        "{HEAD}<w:styles {DECLARED}><w:docDefaults><w:rPrDefault>{RUN}</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
    );
    out.push_str(r#"<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="0" w:defUnhideWhenUsed="0" w:defQFormat="0" w:count="376">"#);
    for n in 0..200 {
        let _ = write!(
            out,
            r#"<w:lsdException w:name="Grid Table {n}" w:semiHidden="1" w:uiPriority="{}" w:unhideWhenUsed="1" w:qFormat="1"/>"#,
            n % 99
        );
    }
    out.push_str(r#"</w:latentStyles><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl w:val="0"/><w:jc w:val="both"/></w:pPr></w:style><w:style w:type="table" w:styleId="a3"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders><w:top w:val="single" w:sz="4" w:space="0" w:color="auto"/></w:tblBorders></w:tblPr></w:style>"#);
    for n in 1..30 {
        let _ = write!(
            out,
            r#"<w:style w:type="paragraph" w:customStyle="1" w:styleId="{n}"><w:name w:val="样式{n}"/><w:basedOn w:val="a"/><w:next w:val="a"/><w:link w:val="{n}0"/><w:uiPriority w:val="9"/><w:qFormat/><w:rsid w:val="00A77B3E"/><w:pPr><w:keepNext/><w:keepLines/><w:spacing w:before="340" w:after="330" w:line="578" w:lineRule="auto"/><w:outlineLvl w:val="0"/></w:pPr>{RUN}</w:style>"#
        );
    }
    out.push_str("</w:styles>");
    out
}

fn numbering() -> String {
    let mut out = format!("{HEAD}<w:numbering {DECLARED}>");
    for id in 0..2 {
        let _ = write!(
            out,
            r#"<w:abstractNum w:abstractNumId="{id}" w15:restartNumberingAfterBreak="0"><w:nsid w:val="0A{id}B0C0D"/><w:multiLevelType w:val="multilevel"/><w:tmpl w:val="1A2B3C4D"/>"#
        );
        for level in 0..9 {
            let _ = write!(
                out,
                r#"<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:suff w:val="nothing"/><w:lvlText w:val="%{}、"/><w:lvlJc w:val="left"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr>{RUN}</w:lvl>"#,
                level + 1
            );
        }
        out.push_str("</w:abstractNum>");
    }
    out.push_str(r#"<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"#);
    out
}

/// Names and texts of the parts that a reader of text must look into, with those by which it finds them.
pub fn parts() -> Vec<(&'static str, String)> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relationships = |targets: &[(&str, &str)]| {
        let mut out =
            format!("{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">");
        for (at, (kind, target)) in targets.iter().enumerate() {
            let _ = write!(
                out,
                r#"<Relationship Id="rId{}" Type="{OFFICE}/{kind}" Target="{target}"/>"#,
                at + 1
            );
        }
        out + "</Relationships>"
    };
    let margin = |element: &str, text: &str| {
        let mut out = format!("{HEAD}<w:{element} {DECLARED}>");
        paragraph(&mut out, r#"<w:pStyle w:val="2"/><w:jc w:val="center"/>"#, text);
        out + &format!("</w:{element}>")
    };
    let types = format!(
        "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
    );
    vec![
        ("[Content_Types].xml", types),
        ("_rels/.rels", relationships(&[("officeDocument", "word/document.xml")])),
        (
            "word/_rels/document.xml.rels",
            relationships(&[
                ("styles", "styles.xml"),
                ("numbering", "numbering.xml"),
                ("header", "header1.xml"),
                ("footer", "footer1.xml"),
            ]),
        ),
        ("word/document.xml", main_part()),
        ("word/styles.xml", styles()),
        ("word/numbering.xml", numbering()),
        ("word/header1.xml", margin("hdr", "内部资料")),
        ("word/footer1.xml", margin("ftr", "第1页")),
    ]
}

/// The package of these parts.
pub fn package(parts: &[(&str, String)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, text) in parts {
        zip.start_file(*name, options).expect("a part in memory");
        zip.write_all(text.as_bytes()).expect("a part in memory");
    }
    zip.finish().expect("a package in memory").into_inner()
}
