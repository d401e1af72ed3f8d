//! Parts, prefixes and other producers; where text stands in the markup.

use super::*;

#[test]
fn notes_headers_and_footers_follow_the_body() {
    let body = format!(
        r#"{}<w:sectPr><w:headerReference r:id="r1"/><w:footerReference r:id="r2"/><w:footerReference r:id="r2"/></w:sectPr>"#,
        p(&format!("{}<w:r><w:footnoteReference w:id=\"2\"/></w:r>", t("正文")))
    );
    let notes = format!(
        r#"<w:footnote w:type="separator" w:id="0">{}</w:footnote><w:footnote w:id="2">{}</w:footnote>"#,
        p(&t("线")),
        p(&t("注释"))
    );
    let parts = [
        ("footnotes", part("footnotes", &notes)),
        ("header1", part("hdr", &p(&t("眉")))),
        ("footer1", part("ftr", &p(&t("脚")))),
    ];
    let document = read_parts(&body, &parts).value;
    assert_eq!(document.text, "正文\n注释\n眉\n脚");
    let streams: Vec<Stream> = (0..4).map(|at| paragraph(&document, at).stream).collect();
    assert_eq!(streams, [Stream::Body, Stream::Note, Stream::Header, Stream::Footer]);
}

#[test]
fn other_prefixes_and_the_strict_namespace_are_understood() {
    for namespace in [W, "http://purl.oclc.org/ooxml/wordprocessingml/main"] {
        let document = format!(
            r#"<x:document xmlns:x="{namespace}"><x:body><x:p><x:r><x:rPr><x:vanish/></x:rPr><x:t>甲</x:t></x:r></x:p></x:body></x:document>"#
        );
        let top =
            r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="/main/d.xml"/></Relationships>"#;
        let types =
            r#"<Types><Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>"#;
        let bytes = zip_of(&[
            ("[Content_Types].xml", types.as_bytes()),
            ("_rels/.rels", top.as_bytes()),
            ("main/d.xml", document.as_bytes()),
        ]);
        let document = crate::read("a.docm", &bytes).expect("a document").value;
        assert_eq!((document.text.as_str(), document.format), ("甲", Format::Docx));
        assert_eq!(paragraph(&document, 0).hidden, Some(Hidden::Text));
    }
}

#[test]
fn embedded_content_is_warned_of_once() {
    let picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>";
    let parsed = read_parts(
        &format!("{}<w:altChunk/>", p(&format!("{}{picture}{picture}", t("甲")))),
        &[],
    );
    let kinds: Vec<bool> = parsed
        .warnings
        .iter()
        .map(|w| matches!(w.kind, WarningKind::EmbeddedContent { .. }))
        .collect();
    assert_eq!(kinds, [true, true]);
}

#[test]
fn documents_of_another_producer_are_read() {
    use docx_rs::{Docx, Paragraph as P, Run, Table, TableCell, TableRow, VMergeType};
    let cell = |text: &str| TableCell::new().add_paragraph(P::new().add_run(Run::new().add_text(text)));
    let docx = Docx::new()
        .add_paragraph(P::new().add_run(Run::new().add_text("关于检查情况的通报")))
        .add_table(Table::new(vec![
            TableRow::new(vec![
                cell("单位").vertical_merge(VMergeType::Restart),
                cell("数量").grid_span(2),
            ]),
            TableRow::new(vec![
                cell("").vertical_merge(VMergeType::Continue),
                cell("12"),
                cell("3"),
            ]),
        ]));
    let mut bytes = std::io::Cursor::new(Vec::new());
    docx.build().pack(&mut bytes).expect("a package");
    let document = crate::read("a.docx", bytes.get_ref()).expect("a document").value;
    assert_eq!(document.text, "关于检查情况的通报\n单位\t数量\n12\t3");
    assert_eq!(
        cells(&document, grid(&document, 1)),
        ["0,0+2×1 单位", "0,1+1×2 数量", "1,1+1×1 12", "1,2+1×1 3"]
    );
}

#[test]
fn every_character_knows_the_element_that_it_comes_from() {
    let body = [
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>总体</w:t></w:r></w:p>"#,
        &p(&format!("{}<w:r><w:tab/><w:t> 甲&amp;乙 </w:t><w:br/><w:t>丙</w:t></w:r>", t("一"))),
        &p(&format!("{}<w:r><w:br w:type=\"page\"/><w:t>后页</w:t></w:r>", t("前页"))),
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>上</w:t></w:r></w:p>",
        &p(&t("下")),
        "<w:p><w:r><w:t>锚</w:t><v:textbox><w:txbxContent><w:p><w:r><w:t >框内</w:t></w:r></w:p></w:txbxContent></v:textbox></w:r></w:p>",
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>左</w:t></w:r></w:p></w:tc><w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p><w:r><w:t>并</w:t></w:r></w:p><w:p><w:r><w:t>二</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r><m:r><m:t>+3</m:t></m:r></m:den></m:f></m:oMath></w:p>",
        "<w:p><w:r><w:t>注</w:t><w:footnoteReference w:id=\"3\"/></w:r></w:p>",
    ]
    .concat();
    let notes = part(
        "footnotes",
        r#"<w:footnote w:id="3"><w:p><w:r><w:t>见表</w:t></w:r></w:p></w:footnote>"#,
    );
    let bytes = package(
        &body,
        &[("numbering", part("numbering", NUMBERING)), ("footnotes", notes)],
    );
    let document = crate::read("a.docx", &bytes).expect("a document").value;
    let anchors = crate::docx_anchors("a.docx", &bytes)
        .expect("a document")
        .expect("a docx");
    assert_eq!(anchors.part, "word/document.xml");
    assert!(anchors.anchors.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    let mut bare = document.text.clone();
    let mut shown = Vec::new();
    for anchor in &anchors.anchors {
        let quote = document.quote(anchor.span);
        bare.replace_range(anchor.span.range(), &" ".repeat(anchor.span.len()));
        match anchor.place {
            AnchorPlace::Element(at) => {
                let element = &anchors.markup[at..];
                let inside = &element[element.find('>').expect("a tag") + 1..];
                match quote {
                    "\t" => assert!(element.starts_with("<w:tab")),
                    "\n" => assert!(element.starts_with("<w:br")),
                    "/" | "(" | ")" => assert!(element.starts_with("<m:t")),
                    _ => {
                        assert!(element.starts_with("<w:t") || element.starts_with("<m:t"), "{element}");
                        assert!(inside.trim_start().replace("&amp;", "&").starts_with(quote), "{quote}");
                    }
                }
            }
            AnchorPlace::Label(at) => {
                assert!(anchors.markup[at..].starts_with("<w:p>"));
                shown.push(quote);
            }
            place => {
                assert_eq!((place, quote), (AnchorPlace::Footnote(3), "见表"));
                shown.push(quote);
            }
        }
    }
    assert_eq!(bare.trim(), "", "characters without a place");
    assert_eq!(shown, ["一、", "见表"]);
    assert_eq!(crate::docx_anchors("a.txt", "甲".as_bytes()).expect("a text"), None);
}

#[test]
fn a_text_box_of_a_header_or_footer_belongs_to_it() {
    let body = format!(
        r#"{}<w:sectPr><w:headerReference r:id="r0"/><w:footerReference r:id="r1"/></w:sectPr>"#,
        p(&t("正文"))
    );
    let boxed = |text: &str| {
        p(&format!(
            "<w:r><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></w:r>",
            p(&t(text))
        ))
    };
    let parts = [
        ("header1", part("hdr", &boxed("某某县文件"))),
        ("footer1", part("ftr", &boxed("— 1 —"))),
    ];
    let document = read_parts(&body, &parts).value;
    assert_eq!(
        streams(&document),
        [
            (Stream::Body, "正文"),
            (Stream::Header, "某某县文件"),
            (Stream::Footer, "— 1 —")
        ]
    );
}

#[test]
fn text_drawn_as_a_shape_is_text() {
    let art = r#"<w:r><w:pict><v:shapetype><v:textpath on="t"/></v:shapetype><v:shape><v:textpath string="某某县&amp;文件"/></v:shape></w:pict></w:r>"#;
    let document = read(&format!("{}{}", p(art), p(&t("正文"))));
    assert_eq!(document.text, "某某县&文件\n正文");
    assert_eq!(paragraph(&document, 0).stream, Stream::TextBox);
    // The drawing beside it says the same in a text box.
    check(
        &p(&format!(
            "<w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></mc:Choice><mc:Fallback>{art}</mc:Fallback></mc:AlternateContent></w:r>",
            p(&t("某某县文件"))
        )),
        &["某某县文件"],
    );
}

#[test]
fn documents_inside_a_document_are_warned_of() {
    let parsed = read_parts(
        &format!("{}<w:subDoc r:id=\"x\"/><w:altChunk r:id=\"y\"/>", p(&t("甲"))),
        &[],
    );
    let kinds: Vec<&str> = parsed
        .warnings
        .iter()
        .map(|w| match &w.kind {
            WarningKind::EmbeddedContent { what } => *what,
            _ => "",
        })
        .collect();
    assert_eq!(
        kinds,
        ["a subdocument in a file of its own", "an embedded document (altChunk)"]
    );
}

#[test]
fn boxes_of_a_group_and_tables_in_boxes_are_read() {
    let inner = format!("<w:tbl>{}</w:tbl>", row(&format!("{}{}", tc("", "甲"), tc("", "5"))));
    let shape =
        |content: &str| format!("<wps:wsp><wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx></wps:wsp>");
    let body = p(&format!(
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><a:grp>{}{}</a:grp></w:drawing></mc:Choice></mc:AlternateContent></w:r>",
        shape(&p(&t("框一"))),
        shape(&format!("{inner}{}", p(&t("框二"))))
    ));
    let document = read(&body);
    assert_eq!(document.text, "框一\n甲\t5\n框二");
    assert_eq!(grid(&document, 1).stream, Stream::TextBox);
}
