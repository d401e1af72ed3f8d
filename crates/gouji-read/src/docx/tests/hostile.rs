//! Broken and hostile documents.

use super::*;

#[test]
fn a_broken_part_keeps_what_came_before() {
    let parsed = read_parts(&format!("{}<w:p><w:r><w:t>乙</w:t></w:x>", p(&t("甲"))), &[]);
    assert_eq!(parsed.value.text, "甲\n乙");
    assert!(matches!(parsed.warnings[0].kind, WarningKind::PartSkipped { .. }));
    let nothing = package("</w:x>", &[]);
    assert!(matches!(crate::read("a.docx", &nothing), Err(ReadError::Xml { .. })));
    assert!(matches!(
        crate::read("a.docx", &package("<w:p/>", &[])),
        Err(ReadError::Empty)
    ));
}

#[test]
fn hostile_documents_neither_hang_nor_overflow() {
    let deep_tables = "<w:tbl><w:tr><w:tc>".repeat(50_000);
    let deep_runs = "<w:ins>".repeat(60_000);
    let unclosed_properties = "<w:p><w:r><w:rPr>".repeat(20_000);
    let fields = p(
        &r#"<w:r><w:fldChar w:fldCharType="begin"/><w:fldChar w:fldCharType="separate"/><w:t>甲</w:t></w:r>"#
            .repeat(20_000),
    );
    let breaks = p(
        &r#"<w:r><w:rPr><w:vanish/></w:rPr><w:br w:type="page"/><w:t>甲</w:t></w:r><w:r><w:t>乙</w:t></w:r>"#
            .repeat(20_000),
    );
    let wide = format!(
        "<w:tbl>{}</w:tbl>",
        row(&tc(r#"<w:gridSpan w:val="99999999999"/>"#, "甲")).repeat(5_000)
    );
    for body in [deep_tables, deep_runs, unclosed_properties, fields, breaks, wide] {
        let _ = crate::read("a.docx", &package(&format!("{}{body}", p(&t("始"))), &[]));
    }
}

/// Every construct at once.
fn everything() -> String {
    let list = r#"<w:p><w:pPr><w:pStyle w:val="h"/><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr></w:pPr>"#;
    format!(
        "{list}{}</w:p>{}<w:tbl>{}{}</w:tbl>{}<w:sectPr><w:headerReference r:id=\"r1\"/></w:sectPr>",
        t("甲&amp;"),
        p(
            r#"<w:r><w:rPr><w:vanish/></w:rPr><w:fldChar w:fldCharType="begin"/><w:instrText>=1</w:instrText><w:fldChar w:fldCharType="separate"/><w:t>乙</w:t><w:br w:type="page"/><w:fldChar w:fldCharType="end"/></w:r>"#
        ),
        row(&format!(
            "{}{}",
            tc(r#"<w:vMerge w:val="restart"/>"#, "丙"),
            tc(r#"<w:gridSpan w:val="2"/>"#, "丁")
        )),
        row(&format!(
            "{}<w:tc>{}<w:tbl>{}</w:tbl></w:tc>",
            tc("<w:vMerge/>", ""),
            p(""),
            row(&tc("", "内"))
        )),
        p(
            "<w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:sym w:font=\"Symbol\" w:char=\"F0B1\"/></w:r></w:p></w:txbxContent></mc:Choice></mc:AlternateContent></w:r>"
        ),
    )
}

#[test]
fn damaged_markup_never_panics() {
    let body = everything();
    let parts = [
        ("numbering", part("numbering", NUMBERING)),
        ("header1", part("hdr", &p(&t("眉")))),
    ];
    assert_eq!(read_parts(&body, &parts).value.blocks.len(), 5);
    for (at, c) in body.char_indices().step_by(3) {
        let rest = &body[at + c.len_utf8()..];
        // One character lost, the rest lost, and a stretch repeated.
        let _ = crate::read("a.docx", &package(&format!("{}{rest}", &body[..at]), &parts));
        if at % 9 == 0 {
            let _ = crate::read("a.docx", &package(&body[..at], &parts));
            let _ = crate::read("a.docx", &package(&format!("{}{}", &body[..at], &body), &parts));
        }
    }
}
