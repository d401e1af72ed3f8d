//! One small document for each construct of WordprocessingML.

use gouji_document::{
    Align, AnchorPlace, Block, Document, Format, Grid, Hidden, Paragraph, Parsed, Stream, WarningKind,
};

use crate::ReadError;
use crate::package::tests::zip_of;

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
    let found: Vec<&str> = document.blocks.iter().map(|b| document.quote(b.span())).collect();
    assert_eq!(found, expected);
}

fn p(runs: &str) -> String {
    format!("<w:p>{runs}</w:p>")
}

fn t(text: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#)
}

fn paragraph(document: &Document, at: usize) -> &Paragraph {
    match &document.blocks[at] {
        Block::Paragraph(p) => p,
        Block::Table(_) => panic!("block {at} is a table"),
    }
}

fn grid(document: &Document, at: usize) -> &Grid {
    match &document.blocks[at] {
        Block::Table(grid) => grid,
        Block::Paragraph(_) => panic!("block {at} is a paragraph"),
    }
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
fn a_field_shows_its_result_only() {
    let mark = |kind: &str| format!(r#"<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>"#);
    let code = |code: &str| format!("<w:r><w:instrText>{code}</w:instrText></w:r>");
    let (begin, separate, end) = (mark("begin"), mark("separate"), mark("end"));
    check(
        &p(&format!(
            "{}{begin}{}{}{separate}{}{end}{}",
            t("甲"),
            code(" REF x "),
            t("指令"),
            t("乙"),
            t("丙")
        )),
        &["甲乙丙"],
    );
    // A field inside the instructions of another.
    check(
        &p(&format!(
            "{begin}{}{begin}{}{separate}{}{end}{}{separate}{}{end}",
            code("IF "),
            code("MERGEFIELD"),
            t("内"),
            code(" = 1"),
            t("外")
        )),
        &["外"],
    );
    check(
        &p(&format!(r#"<w:fldSimple w:instr="PAGE">{}</w:fldSimple>"#, t("3"))),
        &["3"],
    );
    // Instructions that never end take no more than their own paragraph.
    check(
        &format!("{}{}", p(&format!("{}{begin}{}", t("甲"), t("乙"))), p(&t("丙"))),
        &["甲", "丙"],
    );
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
fn ruby_gives_its_base_and_math_stays_apart() {
    check(
        &p(
            "<w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>fen</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>汾</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        ),
        &["汾"],
    );
    check(
        &p(
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
        ),
        &["1/2"],
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
fn merged_cells_stand_once() {
    let body = format!(
        "<w:tbl><w:tblPr><w:jc w:val=\"center\"/></w:tblPr><w:tblGrid><w:gridCol/></w:tblGrid>{}{}{}</w:tbl>",
        row(&format!(
            "<w:trPr><w:tblHeader/></w:trPr>{}{}",
            tc(r#"<w:vMerge w:val="restart"/>"#, "单位"),
            tc(r#"<w:gridSpan w:val="2"/>"#, "数量")
        )),
        row(&format!(
            "{}{}{}",
            tc("<w:vMerge/>", ""),
            tc("", "受理"),
            tc("", "办结")
        )),
        row(&format!("{}{}{}", tc("", "甲镇"), tc("", "12"), tc("", "11"))),
    );
    let document = read(&body);
    assert_eq!(document.text, "单位\t数量\n受理\t办结\n甲镇\t12\t11");
    let grid = grid(&document, 0);
    assert_eq!((grid.n_rows, grid.n_cols, grid.header_rows), (3, 3, 1));
    assert_eq!(
        cells(&document, grid),
        [
            "0,0+2×1 单位",
            "0,1+1×2 数量",
            "1,1+1×1 受理",
            "1,2+1×1 办结",
            "2,0+1×1 甲镇",
            "2,1+1×1 12",
            "2,2+1×1 11"
        ]
    );
}

#[test]
fn ragged_and_broken_tables_become_full_grids() {
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&format!("<w:trPr><w:gridBefore w:val=\"1\"/></w:trPr>{}", tc("", "甲"))),
        row(&format!(
            "{}{}",
            tc("<w:vMerge/>", "孤"),
            tc(r#"<w:hMerge w:val="restart"/>"#, "乙")
        )),
        row(&format!(
            "{}{}{}",
            tc(r#"<w:hMerge w:val="restart"/>"#, "丙"),
            tc("<w:hMerge/>", ""),
            tc("", "丁")
        )),
    );
    let document = read(&body);
    let grid = grid(&document, 0);
    assert!(grid.coverage().iter().all(Option::is_some));
    assert_eq!(
        cells(&document, grid),
        [
            "0,0+1×1 ",
            "0,1+1×1 甲",
            "0,2+1×1 ",
            "1,0+1×1 孤",
            "1,1+1×1 乙",
            "1,2+1×1 ",
            "2,0+1×2 丙",
            "2,2+1×1 丁"
        ]
    );
}

#[test]
fn nested_tables_follow_without_doubling_their_text() {
    let inner = format!("<w:tbl>{}</w:tbl>", row(&tc("", "内")));
    let outer = format!(
        "<w:tbl>{}</w:tbl>{}",
        row(&format!(
            "<w:tc>{}{inner}{}</w:tc>{}",
            p(&t("外一")),
            p(&t("外二")),
            tc("", "右")
        )),
        p(&t("后"))
    );
    let document = read(&outer);
    assert_eq!(document.text, "外一\n外二\t右\n内\n后");
    assert_eq!(cells(&document, grid(&document, 1)), ["0,0+1×1 内"]);
}

#[test]
fn deleted_rows_and_cells_are_left_out_and_formulas_kept() {
    let formula = "<w:tc><w:p><w:fldSimple w:instr=\"=SUM(ABOVE)\"><w:r><w:t>12</w:t></w:r></w:fldSimple></w:p></w:tc>";
    let body = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&tc("", "甲")),
        row(&format!("<w:trPr><w:del/></w:trPr>{}", tc("", "删"))),
        row(&format!("{formula}{}", tc("<w:cellDel/>", "删"))),
    );
    let document = read(&body);
    assert_eq!(document.text, "甲\n12");
    assert_eq!(grid(&document, 0).cells[1].formula.as_deref(), Some("=SUM(ABOVE)"));
}

#[test]
fn rows_and_cells_inside_content_controls_are_found() {
    let body = format!(
        "<w:tbl><w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>{}</w:tbl>",
        row(&tc("", "甲")),
        row(&format!("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", tc("", "乙")))
    );
    assert_eq!(read(&body).text, "甲\n乙");
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
        "<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath></w:p>",
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
                    "/" => assert!(element.starts_with("<m:t")),
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
