//! One small document for each construct of WordprocessingML.

use gouji_document::{Align, AnchorPlace, Document, Format, Grid, Hidden, Parsed, Stream, WarningKind};

mod fields;
mod hostile;
mod package;
mod tables;

use crate::ReadError;
use crate::package::tests::zip_of;
use crate::shown::{blocks, grid, paragraph, streams};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:wps="urn:wps" xmlns:v="urn:v" xmlns:a="urn:a""#
);
const NUMBERING: &str = r#"<w:abstractNum w:abstractNumId="0">
    <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl>
    <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>
    <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>"#;

/// A package around a body, with further parts of the `word` folder.
fn package(body: &str, parts: &[(&str, String)]) -> Vec<u8> {
    let document = format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>");
    let mut related = String::new();
    for (at, (name, _)) in parts.iter().enumerate() {
        let kind = name.trim_end_matches(char::is_numeric);
        related.push_str(&format!(
            r#"<Relationship Id="r{at}" Type="x/{kind}" Target="{name}.xml"/>"#
        ));
    }
    let related = format!("<Relationships>{related}</Relationships>");
    let top =
        r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;
    let types = r#"<Types><Override PartName="/word/document.xml"
        ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
    let named: Vec<(String, &str)> = parts
        .iter()
        .map(|(n, s)| (format!("word/{n}.xml"), s.as_str()))
        .collect();
    let mut all: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", top.as_bytes()),
        ("word/document.xml", document.as_bytes()),
        ("word/_rels/document.xml.rels", related.as_bytes()),
    ];
    all.extend(named.iter().map(|(n, s)| (n.as_str(), s.as_bytes())));
    zip_of(&all)
}

fn read_parts(body: &str, parts: &[(&str, String)]) -> Parsed<Document> {
    crate::read("a.docx", &package(body, parts)).expect("a document")
}

fn read(body: &str) -> Document {
    read_parts(body, &[]).value
}

fn part(root: &str, body: &str) -> String {
    format!("<w:{root} {NAMESPACES}>{body}</w:{root}>")
}

/// Paragraphs of `body`, one string each.
#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let document = read(body);
    assert_eq!(blocks(&document), expected);
}

fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn t(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

/// Every cell as `row,col+rows×cols text`.
fn cells(document: &Document, grid: &Grid) -> Vec<String> {
    grid.cells
        .iter()
        .map(|c| {
            format!(
                "{},{}+{}×{} {}",
                c.row,
                c.col,
                c.row_span,
                c.col_span,
                document.quote(c.span)
            )
        })
        .collect()
}

#[test]
fn runs_join_and_special_characters_are_mapped() {
    check(
        &p(concat!(
            "<w:r><w:rPr><w:b/></w:rPr><w:t>政办〔2021〕</w:t></w:r><w:r><w:t>51</w:t><w:noBreakHyphen/><w:t>2</w:t></w:r>",
            "<w:r><w:softHyphen/><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:cr/></w:r>",
            r#"<w:r><w:sym w:font="Wingdings 2" w:char="F052"/><w:sym w:font="宋体" w:char="25A1"/></w:r>"#
        )),
        &["政办〔2021〕51-2\t甲\n乙\n☑□"],
    );
}

#[test]
fn white_space_counts_only_where_preserved() {
    check(
        &p("<w:r><w:t>\n  甲 </w:t><w:t xml:space=\"preserve\"> 乙 </w:t><w:t>丙\n丁</w:t></w:r>"),
        &["甲 乙 丙 丁"],
    );
}

#[test]
fn references_are_resolved() {
    check(&p(&t("甲&amp;乙&lt;&#x4E19;&#19969;")), &["甲&乙<丙丁"]);
}

#[test]
fn tracked_changes_are_read_as_accepted() {
    check(
        &p(&format!(
            "{}<w:del><w:r><w:delText>97.1%</w:delText></w:r></w:del><w:ins>{}</w:ins><w:moveFrom>{}</w:moveFrom><w:moveTo>{}</w:moveTo>",
            t("办结率"),
            t("97.07%"),
            t("旧"),
            t("新")
        )),
        &["办结率97.07%新"],
    );
}

#[test]
fn a_deleted_paragraph_mark_joins_two_paragraphs() {
    let deleted = format!("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{}</w:p>", t("共收到"));
    check(&format!("{deleted}{}", p(&t("12件。"))), &["共收到12件。"]);
    check(&format!("{}{deleted}", p(&t("一。"))), &["一。", "共收到"]);
    let kept = format!(
        r#"<w:p><w:pPr><w:rPr><w:ins w:author="Adele"/></w:rPr></w:pPr>{}</w:p>"#,
        t("共收到")
    );
    check(&format!("{kept}{}", p(&t("12件。"))), &["共收到", "12件。"]);
}

#[test]
fn containers_are_walked_through() {
    check(
        &format!(
            "<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt><w:customXml>{}</w:customXml>",
            p(&format!(
                "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt><w:hyperlink>{}</w:hyperlink><w:smartTag>{}</w:smartTag>",
                t("甲"),
                t("乙"),
                t("丙")
            )),
            p(&t("丁"))
        ),
        &["甲乙丙", "丁"],
    );
}

#[test]
fn a_text_box_stands_once_after_its_anchor() {
    let boxed = |text: &str| format!("<w:txbxContent>{}</w:txbxContent>", p(&t(text)));
    let anchor = p(&format!(
        "{}<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx>{}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>{}",
        t("前"),
        boxed("框内"),
        boxed("框内"),
        t("后")
    ));
    let document = read(&format!("{anchor}{}", p(&t("次段"))));
    assert_eq!(document.text, "前后\n框内\n次段");
    assert_eq!(paragraph(&document, 1).stream, Stream::TextBox);
    assert_eq!(paragraph(&document, 2).stream, Stream::Body);
    // Old documents have only the VML form; a fallback without a choice is taken.
    check(
        &p(&format!(
            "<w:r><w:pict><v:textbox>{}</v:textbox></w:pict></w:r>",
            boxed("框")
        )),
        &["框"],
    );
    check(
        &p("<w:r><mc:AlternateContent><mc:Fallback><w:t>退</w:t></mc:Fallback></mc:AlternateContent></w:r>"),
        &["退"],
    );
}

#[test]
fn hidden_text_is_marked() {
    let hidden =
        |extra: &str, text: &str| format!(r#"<w:r><w:rPr><w:sz w:val="2"/>{extra}</w:rPr><w:t>{text}</w:t></w:r>"#);
    let document = read(&format!(
        "{}{}",
        p(&format!(
            "{}{}{}{}",
            t("甲"),
            hidden("<w:vanish/>", "广"),
            hidden("<w:vanish/>", "告"),
            t("乙")
        )),
        p(&hidden("<w:vanish/>", "全隐"))
    ));
    assert_eq!(document.text, "甲广告乙\n全隐");
    let first = paragraph(&document, 0);
    assert_eq!((first.hidden, first.hidden_parts.len()), (None, 1));
    assert_eq!(document.quote(first.hidden_parts[0]), "广告");
    assert_eq!(paragraph(&document, 1).hidden, Some(Hidden::Text));
    let shown = read(&p(&hidden(r#"<w:vanish w:val="0"/>"#, "显")));
    assert!(paragraph(&shown, 0).hidden_parts.is_empty());
}

#[test]
fn text_is_hidden_by_a_style_too() {
    let styles = part(
        "styles",
        r#"<w:style w:type="character" w:styleId="h"><w:rPr><w:vanish/></w:rPr></w:style>"#,
    );
    let body = p(&format!(
        r#"{}<w:r><w:rPr><w:rStyle w:val="h"/></w:rPr><w:t>隐</w:t></w:r>"#,
        t("显")
    ));
    let document = read_parts(&body, &[("styles", styles)]).value;
    assert_eq!(document.quote(paragraph(&document, 0).hidden_parts[0]), "隐");
}

#[test]
fn automatic_numbers_are_printed() {
    let item = |level: usize, text: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>"#,
            t(text)
        )
    };
    let body = format!(
        "{}{}{}{}",
        item(0, "基本情况"),
        item(1, "2025年"),
        item(1, "受理"),
        item(0, "要求")
    );
    let parts = [("numbering", part("numbering", NUMBERING))];
    let document = read_parts(&body, &parts).value;
    assert_eq!(document.text, "一、基本情况\n1. 2025年\n2. 受理\n二、要求");
    assert_eq!(paragraph(&document, 0).label_len, "一、".len());
    assert_eq!(paragraph(&document, 1).label_len, "1.".len());
}

#[test]
fn a_style_carries_numbers_and_outline_and_the_paragraph_may_refuse_them() {
    let styles = part(
        "styles",
        r#"<w:style w:type="paragraph" w:styleId="base"><w:pPr><w:outlineLvl w:val="0"/><w:jc w:val="center"/></w:pPr></w:style>
           <w:style w:type="paragraph" w:styleId="h"><w:basedOn w:val="base"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"#,
    );
    let body = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="h"/></w:pPr>{}</w:p><w:p><w:pPr><w:pStyle w:val="h"/><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/></w:pPr>{}</w:p>"#,
        t("情况"),
        t("正文")
    );
    let parts = [("styles", styles), ("numbering", part("numbering", NUMBERING))];
    let document = read_parts(&body, &parts).value;
    assert_eq!(document.text, "一、情况\n正文");
    let (first, second) = (paragraph(&document, 0), paragraph(&document, 1));
    assert_eq!(
        (first.outline_level, first.align, first.label_len),
        (Some(1), Align::Center, 6)
    );
    assert_eq!(
        (second.outline_level, second.align, second.label_len),
        (None, Align::Center, 0)
    );
}

fn row(cells: &str) -> String {
    format!("<w:tr>{cells}</w:tr>")
}

fn tc(properties: &str, text: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", p(&t(text)))
}

#[test]
fn pages_begin_at_breaks_properties_and_sections() {
    let breaks = |text: &str| format!(r#"<w:r><w:br w:type="page"/><w:t>{text}</w:t></w:r>"#);
    let section = |kind: &str| format!(r#"<w:p><w:pPr><w:sectPr><w:type w:val="{kind}"/></w:sectPr></w:pPr></w:p>"#);
    let body = [
        p(&t("一")),
        p(&format!("{}{}", t("二"), breaks("三"))),
        p(&breaks("")),
        p(&t("四")),
        format!("<w:p><w:pPr><w:pageBreakBefore/></w:pPr>{}</w:p>", t("五")),
        section("nextPage"),
        p(&t("六")),
        section("continuous"),
        p(&t("七")),
        r#"<w:sectPr><w:type w:val="nextPage"/></w:sectPr>"#.to_owned(),
    ]
    .concat();
    let document = read(&body);
    let found: Vec<(&str, bool)> = (0..document.blocks.len())
        .map(|at| {
            let p = paragraph(&document, at);
            (document.quote(p.span), p.page_break_before)
        })
        .collect();
    assert_eq!(
        found,
        [
            ("一", false),
            ("二", false),
            ("三", true),
            ("四", true),
            ("五", true),
            ("六", false),
            ("七", true)
        ]
    );
}
