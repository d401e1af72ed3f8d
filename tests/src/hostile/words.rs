//! Word documents.

use std::fmt::Write as _;

use super::Outcome::{Ends, Read, Refused};
use super::containers::{CONTENT_TYPES_DOCX, RELATIONSHIPS_DOCX, package};
use super::{CANARY_FILE, Case, Size, repeated, scattered};

const OPEN: &str = r#"<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;
const CLOSE: &str = "</w:body></w:document>";

/// A Word document of a main part.
pub(super) fn docx(main: &str) -> Vec<u8> {
    docx_with(main, &[])
}

fn docx_with(main: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut parts = vec![
        ("[Content_Types].xml", CONTENT_TYPES_DOCX.as_bytes()),
        ("_rels/.rels", RELATIONSHIPS_DOCX.as_bytes()),
        ("word/document.xml", main.as_bytes()),
    ];
    parts.extend(more.iter().map(|(name, text)| (*name, text.as_bytes())));
    package(&parts)
}

fn body(content: &str) -> Vec<u8> {
    docx(&format!(
        "{OPEN}{}{content}{CLOSE}",
        paragraph("关于全县检查情况的通报")
    ))
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

fn cell(text: &str, out: &mut String) {
    let _ = write!(out, "<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>");
}

fn nested(open: &str, n: usize, middle: &str, close: &str) -> String {
    open.repeat(n) + middle + &close.repeat(n)
}

pub(super) const CASES: &[Case] = &[
    Case {
        name: "one-paragraph.docx",
        outcome: Read,
        make: |size| {
            body(&paragraph(
                &"全县受理来信12件，其中：求助类7件、咨询类5件。".repeat(size.of(700_000, 2_000)),
            ))
        },
    },
    Case {
        name: "a-run-for-each-character.docx",
        outcome: Read,
        make: |size| {
            let runs = repeated("<w:p>", size.of(500_000, 500), "</w:p>", |i, out| {
                let _ = write!(out, "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>", i % 10);
            });
            body(&runs)
        },
    },
    Case {
        name: "rows.docx",
        outcome: Read,
        make: |size| {
            let rows = repeated("<w:tbl>", size.of(200_000, 200), "</w:tbl>", |i, out| {
                out.push_str("<w:tr>");
                cell(&format!("第{i}镇"), out);
                cell(&scattered(i, 4).to_string(), out);
                cell(&scattered(i + 1, 4).to_string(), out);
                out.push_str("</w:tr>");
            });
            body(&rows)
        },
    },
    Case {
        name: "columns.docx",
        outcome: Read,
        make: |size| {
            let rows = repeated("<w:tbl>", 12, "</w:tbl>", |row, out| {
                out.push_str("<w:tr>");
                for i in 0..size.of(10_000, 50) {
                    cell(
                        &if row == 0 {
                            format!("第{i}项")
                        } else {
                            scattered(i + row, 3).to_string()
                        },
                        out,
                    );
                }
                out.push_str("</w:tr>");
            });
            body(&rows)
        },
    },
    Case {
        name: "tables.docx",
        outcome: Read,
        make: |size| {
            let tables = repeated("", size.of(20_000, 100), "", |i, out| {
                out.push_str("<w:tbl><w:tr>");
                cell("单位", out);
                cell("受理", out);
                out.push_str("</w:tr><w:tr>");
                cell("合计", out);
                cell(&i.to_string(), out);
                out.push_str("</w:tr></w:tbl>");
                out.push_str(&paragraph(&format!("共受理{i}件。")));
            });
            body(&tables)
        },
    },
    Case {
        name: "tables-in-tables.docx",
        outcome: Read,
        make: |size| {
            let n = size.of(20_000, 20);
            body(&nested(
                "<w:tbl><w:tr><w:tc>",
                n,
                &paragraph("受理1件"),
                "</w:tc></w:tr></w:tbl>",
            ))
        },
    },
    Case {
        name: "spans.docx",
        outcome: Read,
        make: |size| {
            let rows = repeated("<w:tbl>", size.of(2_000, 20), "</w:tbl>", |i, out| {
                let _ = write!(
                    out,
                    r#"<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2147483647"/><w:vMerge/></w:tcPr><w:p/></w:tc>"#
                );
                cell(&i.to_string(), out);
                out.push_str("</w:tr>");
            });
            body(&rows)
        },
    },
    Case {
        name: "depth.docx",
        outcome: Ends,
        make: |size| {
            body(&nested(
                "<w:sdt><w:sdtContent>",
                size.of(500_000, 50),
                &paragraph("受理1件"),
                "</w:sdtContent></w:sdt>",
            ))
        },
    },
    Case {
        name: "depth-never-closed.docx",
        outcome: Ends,
        make: |size| docx(&(OPEN.to_owned() + &"<w:p><w:r>".repeat(size.of(500_000, 50)))),
    },
    Case {
        name: "text-boxes-in-text-boxes.docx",
        outcome: Ends,
        make: |size| {
            let n = size.of(50_000, 50);
            body(&nested(
                "<w:p><w:r><w:pict><w:txbxContent>",
                n,
                &paragraph("受理1件"),
                "</w:txbxContent></w:pict></w:r></w:p>",
            ))
        },
    },
    Case {
        name: "fields-in-fields.docx",
        outcome: Read,
        make: |size| {
            let begin = r#"<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF</w:instrText></w:r>"#;
            let end = r#"<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>"#;
            body(&format!("<w:p>{}</w:p>", nested(begin, size.of(100_000, 100), "", end)))
        },
    },
    Case {
        name: "attributes.docx",
        outcome: Ends,
        make: |size| {
            let attributes = repeated("<w:p ", size.of(200_000, 100), "/>", |i, out| {
                let _ = write!(out, r#"w:a{i}="1" xmlns:n{i}="x" "#);
            });
            body(&attributes)
        },
    },
    Case {
        name: "one-attribute-of-megabytes.docx",
        outcome: Ends,
        make: |size| {
            let value = "1".repeat(size.of(20_000_000, 100));
            body(&format!(
                r#"<w:p><w:pPr><w:pStyle w:val="{value}"/><w:outlineLvl w:val="{value}"/></w:pPr></w:p>"#
            ))
        },
    },
    Case {
        name: "entities.docx",
        outcome: Ends,
        make: |_| {
            let mut dtd = String::from("<!DOCTYPE d [<!ENTITY a0 \"受理1件。\">");
            for i in 1..40 {
                let _ = write!(dtd, "<!ENTITY a{i} \"{}\">", format!("&a{};", i - 1).repeat(10));
            }
            docx(&format!(
                "<?xml version=\"1.0\"?>{dtd}]>{OPEN}{}{CLOSE}",
                paragraph("&a39;受理1件")
            ))
        },
    },
    Case {
        name: "external-entity.docx",
        outcome: Ends,
        make: |_| {
            let dtd =
                format!("<!DOCTYPE d [<!ENTITY x SYSTEM \"{CANARY_FILE}\"><!ENTITY % y SYSTEM \"{CANARY_FILE}\">%y;]>");
            docx(&format!(
                "<?xml version=\"1.0\"?>{dtd}{OPEN}{}{CLOSE}",
                paragraph("&x;受理1件")
            ))
        },
    },
    Case {
        name: "relationships-that-lead-outside.docx",
        outcome: Read,
        make: |_| {
            let rels = format!(
                "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
             <Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" \
             Target=\"file:///{CANARY_FILE}\" TargetMode=\"External\"/>\
             <Relationship Id=\"b\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" \
             Target=\"../../../../{CANARY_FILE}\"/></Relationships>"
            );
            docx_with(
                &format!("{OPEN}{}{CLOSE}", paragraph("受理1件")),
                &[("word/_rels/document.xml.rels", &rels)],
            )
        },
    },
    Case {
        name: "numbered-paragraphs.docx",
        outcome: Read,
        make: numbered,
    },
    Case {
        name: "styles-in-a-chain.docx",
        outcome: Read,
        make: styles,
    },
    Case {
        name: "footnotes.docx",
        outcome: Read,
        make: footnotes,
    },
    Case {
        name: "bomb.docx",
        outcome: Refused,
        make: |size| {
            docx(&format!(
                "{OPEN}<w:p><w:r><w:t>{}</w:t></w:r></w:p>{CLOSE}",
                " ".repeat(size.of(1 << 30, 40))
            ))
        },
    },
    Case {
        name: "cut.docx",
        outcome: Refused,
        make: |_| {
            let mut bytes = body(&paragraph(&"受理1件。".repeat(5_000)));
            bytes.truncate(bytes.len() / 2);
            bytes
        },
    },
    Case {
        name: "wrong-checksum.docx",
        outcome: Refused,
        make: |_| {
            let whole = body(&paragraph("受理1件。"));
            super::containers::with_wrong_checksum(whole, b"word/document.xml")
        },
    },
];

fn numbered(size: Size) -> Vec<u8> {
    let numbering = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="4294967295"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl><w:lvl w:ilvl="8"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1%2%3%4%5%6%7%8%9"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/numbering\" Target=\"numbering.xml\"/></Relationships>";
    let main = repeated(OPEN, size.of(100_000, 200), CLOSE, |i, out| {
        let level = if i % 2 == 0 { 0 } else { 8 };
        let _ = write!(
            out,
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>受理{i}件</w:t></w:r></w:p>"#
        );
    });
    docx_with(
        &main,
        &[
            ("word/numbering.xml", numbering),
            ("word/_rels/document.xml.rels", rels),
        ],
    )
}

fn styles(size: Size) -> Vec<u8> {
    let n = size.of(100_000, 200);
    let styles = repeated(
        r#"<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
        n,
        "</w:styles>",
        |i, out| {
            let _ = write!(
                out,
                r#"<w:style w:type="paragraph" w:styleId="s{i}"><w:basedOn w:val="s{}"/></w:style>"#,
                (i + 1) % n
            );
        },
    );
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/></Relationships>";
    let main = repeated(OPEN, size.of(50_000, 200), CLOSE, |i, out| {
        let _ = write!(
            out,
            r#"<w:p><w:pPr><w:pStyle w:val="s{i}"/></w:pPr><w:r><w:t>受理{i}件</w:t></w:r></w:p>"#
        );
    });
    docx_with(
        &main,
        &[("word/styles.xml", &styles), ("word/_rels/document.xml.rels", rels)],
    )
}

fn footnotes(size: Size) -> Vec<u8> {
    let n = size.of(50_000, 100);
    let notes = repeated(
        r#"<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">"#,
        n,
        "</w:footnotes>",
        |i, out| {
            let _ = write!(
                out,
                r#"<w:footnote w:id="{i}"><w:p><w:r><w:t>受理{i}件</w:t></w:r></w:p></w:footnote>"#
            );
        },
    );
    let rels = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"a\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes\" Target=\"footnotes.xml\"/></Relationships>";
    let main = repeated(OPEN, n, CLOSE, |i, out| {
        let _ = write!(out, r#"<w:p><w:r><w:footnoteReference w:id="{}"/></w:r></w:p>"#, i % 7);
    });
    docx_with(
        &main,
        &[("word/footnotes.xml", &notes), ("word/_rels/document.xml.rels", rels)],
    )
}
