//! Small documents, annotated and read again.

mod places;
mod tracked;

use std::io::{Cursor, Read as _, Write as _};

use gouji_document::{Document, Span};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

use super::{AnnotateError, Annotated, Comment, Proposal, annotate};

const NAMESPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" "#,
    r#"xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" "#,
    r#"xmlns:wps="urn:wps" xmlns:v="urn:v""#
);
const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const TOP: &str =
    r#"<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>"#;

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (nth, (name, content)) in parts.iter().enumerate() {
        // Neither the packing nor the times of the copy's own.
        let method = if nth % 2 == 0 {
            CompressionMethod::Stored
        } else {
            CompressionMethod::Deflated
        };
        let time = DateTime::from_date_and_time(2020, 2, 3, 4, 5, 6).expect("a time");
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(time);
        zip.start_file(*name, options).expect("an entry");
        zip.write_all(content.as_bytes()).expect("in memory");
    }
    zip.finish().expect("in memory").into_inner()
}

fn body(body: &str) -> String {
    format!("<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>")
}

fn docx(content: &str) -> Vec<u8> {
    docx_with(content, &[])
}

fn docx_with(content: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let main = body(content);
    let mut parts = vec![
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", TOP),
        ("word/document.xml", &main),
    ];
    parts.extend_from_slice(more);
    package(&parts)
}

fn entries(docx: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut zip = ZipArchive::new(Cursor::new(docx)).expect("a package");
    (0..zip.len())
        .map(|at| {
            let mut entry = zip.by_index(at).expect("an entry");
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).expect("an entry");
            (String::from_utf8_lossy(entry.name_raw()).into_owned(), bytes)
        })
        .collect()
}

fn part(docx: &[u8], name: &str) -> String {
    let found = entries(docx).into_iter().find(|(n, _)| n == name);
    String::from_utf8(found.unwrap_or_else(|| panic!("no {name}")).1).expect("UTF-8")
}

fn read(docx: &[u8]) -> Document {
    gouji_read::read("a.docx", docx).expect("a document").value
}

fn span(document: &Document, passage: &str) -> Span {
    let start = document
        .text
        .find(passage)
        .unwrap_or_else(|| panic!("no {passage} in {:?}", document.text));
    Span::new(start, start + passage.len())
}

fn on(at: Span, line: &str) -> Comment {
    Comment {
        at,
        lines: vec![line.to_owned()],
        place: "in words".to_owned(),
    }
}

fn try_annotate(docx: &[u8], title: Option<Span>, comments: &[Comment]) -> Result<Annotated, AnnotateError> {
    let anchors = gouji_read::docx_anchors("a.docx", docx)
        .expect("a document")
        .expect("a docx");
    annotate(docx, &read(docx).text, &anchors, title, comments, &[])
}

/// Annotates and checks what always holds: the text stays, all other entries stay, it is the same each time.
#[track_caller]
fn annotated(docx: &[u8], title: Option<Span>, comments: &[Comment]) -> Vec<u8> {
    let done = try_annotate(docx, title, comments).expect("a copy");
    assert_eq!((done.made, done.left_out), (comments.len(), 0));
    assert_eq!(
        try_annotate(docx, title, comments).expect("a copy"),
        done,
        "the same each time"
    );
    let (before, after) = (read(docx), read(&done.docx));
    assert_eq!(after, before, "what is read");
    let copied = entries(&done.docx);
    let touched = |name: &str| {
        matches!(name, "word/document.xml" | "[Content_Types].xml" | "word/comments.xml")
            || name == "word/_rels/document.xml.rels"
    };
    for (name, bytes) in entries(docx) {
        let copy = copied.iter().find(|(n, _)| *n == name).expect("each entry");
        assert!(touched(&name) || copy.1 == bytes, "{name}");
    }
    let comments_part = part(&done.docx, "word/comments.xml");
    let main = part(&done.docx, "word/document.xml");
    for what in ["commentRangeStart", "commentRangeEnd", "commentReference"] {
        assert_eq!(
            main.matches(what).count(),
            comments_part.matches("<w:comment ").count(),
            "{what}"
        );
    }
    done.docx
}

/// The main part of a document of `content` with a comment on each of `passages`, without the frame.
#[track_caller]
fn marked(content: &str, passages: &[&str]) -> String {
    let docx = docx(content);
    let document = read(&docx);
    let comments: Vec<Comment> = passages.iter().map(|p| on(span(&document, p), "m")).collect();
    let main = part(&annotated(&docx, None, &comments), "word/document.xml");
    let frame = body("\u{0}");
    let (before, after) = frame.split_once('\u{0}').expect("a frame");
    main.strip_prefix(before)
        .and_then(|m| m.strip_suffix(after))
        .expect("the frame")
        .to_owned()
}

fn start(id: u32) -> String {
    format!(r#"<w:commentRangeStart w:id="{id}"/>"#)
}

fn end(id: u32) -> String {
    format!(r#"<w:commentRangeEnd w:id="{id}"/>"#)
}

fn refer(id: u32) -> String {
    format!(r#"<w:r><w:commentReference w:id="{id}"/></w:r>"#)
}

fn ends(id: u32) -> String {
    end(id) + &refer(id)
}

#[test]
fn a_run_is_split_around_its_figure_with_its_formatting() {
    let run =
        |text: &str| format!(r#"<w:r w:rsidR="00"><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let found = marked(
        r#"<w:p><w:r w:rsidR="00"><w:rPr><w:b/></w:rPr><w:t>  共12件&amp;余 </w:t></w:r></w:p>"#,
        &["12"],
    );
    assert_eq!(
        found,
        format!(
            "<w:p>{}{}{}{}{}</w:p>",
            run("共"),
            start(0),
            run("12"),
            ends(0),
            run("件&amp;余")
        )
    );
}

#[test]
fn a_whole_run_is_not_split() {
    let content = "<w:p><w:r><w:t>共</w:t></w:r><w:r><w:t>12</w:t></w:r><w:r><w:t>件</w:t></w:r></w:p>";
    let found = marked(content, &["12"]);
    let expected = content
        .replace("<w:r><w:t>12", &(start(0) + "<w:r><w:t>12"))
        .replace("12</w:t></w:r>", &("12</w:t></w:r>".to_owned() + &ends(0)));
    assert_eq!(found, expected);
}

#[test]
fn a_figure_over_several_runs_and_several_figures_in_one() {
    let t = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    let found = marked(
        &format!("<w:p>{}{}</w:p>", t("共1"), t("2件，余3件")),
        &["12", "3", "2件"],
    );
    assert_eq!(
        found,
        format!(
            "<w:p>{}{}{}{}{}{}{}{}{}{}{}{}</w:p>",
            t("共"),
            start(0),
            t("1"),
            start(2),
            t("2"),
            ends(0),
            t("件"),
            ends(2),
            t("，余"),
            start(1),
            t("3"),
            ends(1) + &t("件"),
        )
    );
}

#[test]
fn breaks_and_tabs_stay_in_their_runs() {
    let found = marked(
        "<w:p><w:r><w:t>甲</w:t><w:tab/><w:t>12</w:t><w:br/><w:t>乙</w:t></w:r></w:p>",
        &["12"],
    );
    assert_eq!(
        found,
        format!(
            "<w:p><w:r><w:t>甲</w:t><w:tab/></w:r>{}<w:r><w:t>12</w:t></w:r>{}<w:r><w:br/><w:t>乙</w:t></w:r></w:p>",
            start(0),
            ends(0)
        )
    );
}

#[test]
fn a_cell_keeps_its_comment_inside() {
    let found = marked(
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>合计</w:t></w:r></w:p></w:tc><w:tc><w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:t>12</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/>",
        &["12"],
    );
    let cell = format!("</w:pPr>{}<w:r><w:t>12</w:t></w:r>{}</w:p></w:tc>", start(0), ends(0));
    assert!(found.contains(&cell), "{found}");
}

#[test]
fn in_an_insertion_the_figure_is_marked_and_the_reference_stands_outside() {
    let found = marked(
        r#"<w:p><w:r><w:t>率</w:t></w:r><w:del w:id="1"><w:r><w:delText>97.0%</w:delText></w:r></w:del><w:ins w:id="2"><w:r><w:t>97.1%，</w:t></w:r></w:ins><w:r><w:t>后</w:t></w:r></w:p>"#,
        &["97.1%"],
    );
    let expected = format!(
        r#"<w:ins w:id="2">{}<w:r><w:t xml:space="preserve">97.1%</w:t></w:r>{}<w:r><w:t xml:space="preserve">，</w:t></w:r></w:ins>{}<w:r><w:t>后"#,
        start(0),
        end(0),
        refer(0)
    );
    assert!(found.contains(&expected), "{found}");
}

#[test]
fn a_text_box_is_marked_as_a_whole_and_its_place_is_told() {
    let inside =
        |tag: &str| format!("<{tag}><w:txbxContent><w:p><w:r><w:t>共12件</w:t></w:r></w:p></w:txbxContent></{tag}>");
    let run = format!(
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"wps\">{}</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent></w:r>",
        inside("wps:txbx"),
        inside("v:textbox")
    );
    let content = format!("<w:p><w:r><w:t>前</w:t></w:r>{run}<w:r><w:t>后</w:t></w:r></w:p>");
    let found = marked(&content, &["12"]);
    assert!(found.contains(&format!("{}{run}{}", start(0), ends(0))), "{found}");
    let docx = docx(&content);
    let at = span(&read(&docx), "12");
    let comments = part(&annotated(&docx, None, &[on(at, "m")]), "word/comments.xml");
    assert!(comments.contains(">in words<"));
    let plain = span(&read(&docx), "前");
    let comments = part(&annotated(&docx, None, &[on(plain, "m")]), "word/comments.xml");
    assert!(!comments.contains(">in words<"), "it stands on its characters");
}

#[test]
fn what_must_not_be_split_is_marked_as_a_whole() {
    // Formatting under a tracked change, a formula, a bound content control, characters behind a comment.
    let changed = r#"<w:r><w:rPr><w:rPrChange w:id="7"><w:rPr/></w:rPrChange></w:rPr><w:t>共12件</w:t></w:r>"#;
    let formula = "<m:oMath><m:r><m:t>a12</m:t></m:r></m:oMath>";
    let bound = "<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r><w:t>共12件</w:t></w:r></w:sdtContent></w:sdt>";
    let remark = "<w:r><w:t>共12件<!-- 3 --></w:t></w:r>";
    for unit in [changed, formula, bound, remark] {
        let found = marked(&format!("<w:p><w:r><w:t>前</w:t></w:r>{unit}</w:p>"), &["12"]);
        assert!(found.contains(&format!("{}{unit}{}", start(0), ends(0))), "{found}");
    }
    let free = "<w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>12</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let found = marked(free, &["12"]);
    assert!(
        found.contains(&format!(
            "<w:sdtContent>{}<w:r><w:t>12</w:t></w:r>{}</w:sdtContent></w:sdt>{}",
            start(0),
            end(0),
            refer(0)
        )),
        "{found}"
    );
}

const NUMBERING: &str = r#"<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
const RELATED: &str = r#"<q:Relationships xmlns:q="http://schemas.openxmlformats.org/package/2006/relationships"><q:Relationship Id="rId1" Type="x/numbering" Target="numbering.xml"/><q:Relationship Id="rId2" Type="x/header" Target="header1.xml"/><q:Relationship Id="rId3" Type="x/footnotes" Target="footnotes.xml"/></q:Relationships>"#;

#[test]
fn an_automatic_number_is_marked_by_its_paragraph() {
    let content = r#"<w:p><w:r><w:t>题</w:t></w:r></w:p><w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>总体</w:t></w:r></w:p>"#;
    let docx = docx_with(
        content,
        &[
            ("word/numbering.xml", NUMBERING),
            ("word/_rels/document.xml.rels", RELATED),
        ],
    );
    let at = span(&read(&docx), "一、");
    let made = annotated(&docx, None, &[on(at, "m")]);
    let expected = format!("</w:pPr>{}<w:r><w:t>总体</w:t></w:r>{}</w:p>", start(0), ends(0));
    assert!(part(&made, "word/document.xml").contains(&expected));
    let relations = part(&made, "word/_rels/document.xml.rels");
    assert!(
        relations.contains(r#"<q:Relationship Id="rIdGouji""#) && relations.contains(r#"Target="comments.xml"/></q:"#)
    );
}

#[test]
fn a_reference_that_leads_nowhere_does_not_come_to_the_comments() {
    let content = r#"<w:p><w:r><w:t>题</w:t></w:r></w:p><w:p><w:r><w:t>正文</w:t></w:r></w:p><w:sectPr><w:headerReference w:type="default" r:id="rId4"/></w:sectPr>"#;
    let docx = docx_with(content, &[("word/_rels/document.xml.rels", RELATED)]);
    let at = span(&read(&docx), "正文");
    let made = annotated(&docx, None, &[on(at, "m")]);
    assert_eq!(read(&made).text, read(&docx).text);
    assert_eq!(read(&made).blocks.len(), read(&docx).blocks.len());
}

#[test]
fn notes_go_to_their_reference_and_what_has_no_place_to_the_title() {
    let word = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let notes = format!(
        "<w:footnotes {word}><w:footnote w:id=\"4\"><w:p><w:r><w:t>另有31件</w:t></w:r></w:p></w:footnote></w:footnotes>"
    );
    let header = format!("<w:hdr {word}><w:p><w:r><w:t>页眉57</w:t></w:r></w:p></w:hdr>");
    let reference = r#"<w:r><w:footnoteReference w:id="4"/></w:r>"#;
    let content = format!(
        r#"<w:p/><w:p><w:r><w:t>大标题</w:t></w:r></w:p><w:p><w:r><w:t>正文</w:t></w:r>{reference}</w:p><w:sectPr><w:headerReference r:id="rId2"/></w:sectPr>"#
    );
    let docx = docx_with(
        &content,
        &[
            ("word/footnotes.xml", &notes),
            ("word/header1.xml", &header),
            ("word/_rels/document.xml.rels", RELATED),
        ],
    );
    let document = read(&docx);
    let (note, margin) = (span(&document, "31"), span(&document, "57"));
    let comments = [on(note, "m"), on(margin, "m"), on(Span::new(0, 0), "m")];
    let main = part(
        &annotated(&docx, Some(span(&document, "大标题")), &comments),
        "word/document.xml",
    );
    assert!(main.contains(&format!("{}{reference}{}", start(0), ends(0))), "{main}");
    let title = format!("{}<w:r><w:t>大标题</w:t></w:r>{}", start(1), end(1));
    assert!(main.contains(&title), "{main}");
    // Without a title the first paragraph takes it, also one written without an end tag.
    let main = part(&annotated(&docx, None, &[on(margin, "m")]), "word/document.xml");
    assert!(main.contains(&format!("<w:p>{}{}</w:p>", start(0), ends(0))), "{main}");
}

#[test]
fn comments_that_are_there_stay_and_ids_follow_theirs() {
    let word = r#"xmlns:x="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;
    let existing = format!(
        r#"<x:comments {word}><x:comment x:id="5" x:author="甲"><x:p><x:r><x:t>请核</x:t></x:r></x:p></x:comment></x:comments>"#
    );
    let related =
        r#"<Relationships><Relationship Id="rId9" Type="x/comments" Target="/word/comments.xml"/></Relationships>"#;
    let content = r#"<w:p><w:commentRangeStart w:id="5"/><w:r><w:t>共12件</w:t></w:r><w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r></w:p>"#;
    let docx = docx_with(
        content,
        &[
            ("word/comments.xml", &existing),
            ("word/_rels/document.xml.rels", related),
        ],
    );
    let comments = [
        on(span(&read(&docx), "12"), "甲<乙>&\u{1}"),
        on(span(&read(&docx), "12"), "m"),
    ];
    let made = try_annotate(&docx, None, &comments).expect("a copy").docx;
    let (before, after) = (entries(&docx), entries(&made));
    for name in ["[Content_Types].xml", "word/_rels/document.xml.rels"] {
        let of = |all: &[(String, Vec<u8>)]| all.iter().find(|(n, _)| n == name).cloned();
        assert_eq!(of(&before), of(&after), "{name} needs nothing");
    }
    let part_after = part(&made, "word/comments.xml");
    assert!(
        part_after.starts_with(existing.trim_end_matches("</x:comments>")),
        "{part_after}"
    );
    assert!(part_after.contains(r#"x:id="6" x:author="gouji" x:initials="gj">"#) && part_after.contains(r#"x:id="7""#));
    assert!(part_after.contains("甲&lt;乙&gt;&amp;\u{fffd}"));
    let main = part(&made, "word/document.xml");
    for id in 5..=7 {
        assert_eq!(main.matches(&start(id)).count() + main.matches(&end(id)).count(), 2);
    }
    assert_eq!(read(&made), read(&docx));
}

#[test]
fn a_document_without_prefix_gets_marks_that_declare_theirs() {
    let main = r#"<document xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"><body><p><r><t>共12件</t></r></p></body></document>"#;
    let docx = package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", TOP),
        ("word/document.xml", main),
    ]);
    let made = annotated(&docx, None, &[on(span(&read(&docx), "12"), "m")]);
    let main = part(&made, "word/document.xml");
    let strict = r#"xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main""#;
    assert!(
        main.contains(&format!(
            r#"</t></r><w:commentRangeStart {strict} w:id="0"/><r><t xml:space="preserve">12</t>"#
        )),
        "{main}"
    );
    assert!(part(&made, "word/comments.xml").contains(strict));
    assert!(
        part(&made, "word/_rels/document.xml.rels")
            .contains("http://purl.oclc.org/ooxml/officeDocument/relationships/comments")
    );
    assert!(part(&made, "[Content_Types].xml").contains("/word/comments.xml"));
}

#[test]
fn without_findings_the_copy_is_the_source() {
    let docx = docx("<w:p><w:r><w:t>共12件</w:t></w:r></w:p>");
    assert_eq!(try_annotate(&docx, None, &[]).expect("a copy").docx, docx);
}

#[test]
fn many_comments_on_one_run_take_no_more_than_word_opens() {
    let text: String = "12件".repeat(200);
    let docx = docx(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    let comments: Vec<Comment> = (0..33_000)
        .map(|n| on(Span::new(n % 200 * 5, n % 200 * 5 + 2), "m"))
        .collect();
    let done = try_annotate(&docx, None, &comments).expect("a copy");
    assert_eq!((done.made, done.left_out), (super::MAX_COMMENTS, 233));
    assert_eq!(read(&done.docx), read(&docx));
}

#[test]
fn hostile_spans_and_damaged_markup_do_not_panic() {
    let docx = docx("<w:p><w:r><w:t>共12件</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>");
    let text = read(&docx).text;
    for from in 0..text.len() + 3 {
        for to in from..text.len() + 3 {
            let done = try_annotate(&docx, Some(Span::new(0, 900)), &[on(Span::new(from, to), "m")]).expect("a copy");
            assert_eq!(read(&done.docx).text, text, "{from}..{to}");
        }
    }
    let anchors = gouji_read::docx_anchors("a.docx", &docx)
        .expect("a document")
        .expect("a docx");
    let comment = [on(Span::new(3, 5), "m")];
    for cut in (0..anchors.markup.len()).filter(|&at| anchors.markup.is_char_boundary(at)) {
        let damaged = gouji_document::Anchors {
            markup: anchors.markup[..cut].to_owned(),
            ..anchors.clone()
        };
        assert!(annotate(&docx, &text, &damaged, None, &comment, &[]).is_err());
    }
    for cut in (0..docx.len()).step_by(5) {
        let _ = annotate(&docx[..cut], &text, &anchors, None, &comment, &[]);
    }
}
