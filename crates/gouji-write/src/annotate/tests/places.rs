//! Every kind of place in one document: where its comment stands, whether a change can be tracked there, and what is left alone.

use super::*;

const WORD: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#;

/// A figure in the text, in a cell, in a table of a text box, in an insertion, in a note, in the page header; a remark with an answer.
fn crowded() -> Vec<u8> {
    let cell = |text: &str| format!("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc></w:tr></w:tbl>");
    let boxed = format!("<w:txbxContent>{}<w:p/></w:txbxContent>", cell("框内23件"));
    let content = format!(
        concat!(
            "<w:p><w:r><w:t>情况通报</w:t></w:r></w:p>",
            r#"<w:p><w:commentRangeStart w:id="3"/><w:r><w:t>共11件</w:t></w:r><w:commentRangeEnd w:id="3"/><w:r><w:commentReference w:id="3"/></w:r>"#,
            r#"<w:commentRangeStart w:id="4"/><w:commentRangeEnd w:id="4"/><w:r><w:commentReference w:id="4"/></w:r></w:p>"#,
            "{cell}<w:p><w:r>{drawing}</w:r></w:p>",
            r#"<w:p><w:del w:id="8" w:author="x"><w:r><w:delText>34件</w:delText></w:r></w:del><w:ins w:id="9" w:author="x"><w:r><w:t>又35件</w:t></w:r></w:ins>"#,
            r#"<w:r><w:footnoteReference w:id="2"/></w:r></w:p><w:sectPr><w:headerReference r:id="rId2"/></w:sectPr>"#,
        ),
        cell = cell("格内12件"),
        drawing = format_args!(
            "<mc:AlternateContent><mc:Choice Requires=\"wps\"><wps:txbx>{boxed}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>{boxed}</v:textbox></mc:Fallback></mc:AlternateContent>"
        ),
    );
    let remark = |id: u32, text: &str| {
        format!(
            r#"<w:comment w:id="{id}" w:author="甲"><w:p w14:paraId="0000000{id}"><w:r><w:t>{text}</w:t></w:r></w:p></w:comment>"#
        )
    };
    let remarks = format!(
        r#"<w:comments {WORD} xmlns:w14="urn:w14">{}{}</w:comments>"#,
        remark(3, "请核"),
        remark(4, "已核")
    );
    let notes = format!(
        r#"<w:footnotes {WORD}><w:footnote w:id="2"><w:p><w:r><w:t>注中46件</w:t></w:r></w:p></w:footnote></w:footnotes>"#
    );
    let header = format!("<w:hdr {WORD}><w:p><w:r><w:t>页眉57件</w:t></w:r></w:p></w:hdr>");
    let related = concat!(
        r#"<Relationships><Relationship Id="rId2" Type="x/header" Target="header1.xml"/><Relationship Id="rId3" Type="x/footnotes" Target="footnotes.xml"/>"#,
        r#"<Relationship Id="rId4" Type="x/comments" Target="comments.xml"/><Relationship Id="rId5" Type="x/commentsExtended" Target="commentsExtended.xml"/>"#,
        r#"<Relationship Id="rId6" Type="x/commentsIds" Target="commentsIds.xml"/><Relationship Id="rId7" Type="x/people" Target="people.xml"/></Relationships>"#
    );
    docx_with(
        &content,
        &[
            ("word/comments.xml", &remarks),
            ("word/footnotes.xml", &notes),
            ("word/header1.xml", &header),
            ("word/_rels/document.xml.rels", related),
            (
                "word/commentsExtended.xml",
                r#"<e:commentsEx xmlns:e="urn:w15"><e:commentEx e:paraId="00000003" e:done="0"/><e:commentEx e:paraId="00000004" e:paraIdParent="00000003" e:done="1"/></e:commentsEx>"#,
            ),
            ("word/commentsIds.xml", r#"<i:commentsIds xmlns:i="urn:cid"/>"#),
            ("word/people.xml", r#"<p:people xmlns:p="urn:w15"/>"#),
        ],
    )
}

/// A figure of each place, with what a change could make of it.
const FIGURES: [(&str, &str); 6] = [
    ("11", "10"),
    ("12", "13"),
    ("23", "24"),
    ("35", "36"),
    ("46", "47"),
    ("57", "58"),
];

/// The copy with a comment on each figure and, if asked for, a change of each.
fn copy(docx: &[u8], track: bool) -> Annotated {
    let document = read(docx);
    let anchors = gouji_read::docx_anchors("a.docx", docx)
        .expect("a document")
        .expect("a docx");
    let comments: Vec<Comment> = FIGURES
        .iter()
        .map(|(figure, _)| on(span(&document, figure), &format!("on {figure}")))
        .collect();
    let proposals: Vec<Proposal> = FIGURES
        .iter()
        .filter(|_| track)
        .map(|(from, to)| Proposal {
            at: span(&document, from),
            from: (*from).to_owned(),
            to: (*to).to_owned(),
        })
        .collect();
    let title = Some(span(&document, "情况通报"));
    annotate(docx, &document.text, &anchors, title, &comments, &proposals).expect("a copy")
}

#[test]
fn each_place_gets_its_comment_and_all_else_stays_byte_for_byte() {
    let docx = crowded();
    for track in [false, true] {
        let done = copy(&docx, track);
        assert_eq!((done.made, done.left_out), (FIGURES.len(), 0));
        let (before, after) = (entries(&docx), entries(&done.docx));
        let names = |all: &[(String, Vec<u8>)]| all.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
        assert_eq!(names(&after), names(&before), "no part comes, none goes");
        for ((name, old), (_, new)) in before.iter().zip(&after) {
            let touched = matches!(name.as_str(), "word/document.xml" | "word/comments.xml");
            assert_eq!(old == new, !touched, "{name}");
        }
        // The remark and its answer are as they were, with the ids by which their thread knows them.
        let (old, new) = (part(&docx, "word/comments.xml"), part(&done.docx, "word/comments.xml"));
        assert!(new.starts_with(old.strip_suffix("</w:comments>").expect("its end")));
        for id in 5..5 + FIGURES.len() {
            assert_eq!(new.matches(&format!(r#"w:id="{id}""#)).count(), 1, "{id}");
        }
    }
}

#[test]
fn comments_stand_where_word_shows_them() {
    let docx = crowded();
    let main = part(&copy(&docx, false).docx, "word/document.xml");
    let t = |text: &str| format!(r#"<w:r><w:t xml:space="preserve">{text}</w:t></w:r>"#);
    // In the text, beside the remark of somebody else; in a cell.
    assert!(
        main.contains(&format!("{}{}{}{}", t("共"), start(5), t("11"), ends(5))),
        "{main}"
    );
    assert!(
        main.contains(&format!("{}{}{}{}", t("格内"), start(6), t("12"), ends(6))),
        "{main}"
    );
    // Around the drawing, never inside it.
    let drawing = &main[main.find("<mc:Alt").expect("a drawing")..main.find("</mc:Alt").expect("its end")];
    assert!(!drawing.contains("comment") && main.contains(&format!("{}<w:r><mc:Alt", start(7))));
    // In the insertion, the reference behind it; around the reference of the note; on the title for the page header.
    assert!(
        main.contains(&format!("{}{}</w:ins>{}", end(8), t("件"), refer(8))),
        "{main}"
    );
    assert!(
        main.contains(&format!(
            r#"{}<w:r><w:footnoteReference w:id="2"/></w:r>{}"#,
            start(9),
            ends(9)
        )),
        "{main}"
    );
    assert!(
        main.contains(&format!("{}<w:r><w:t>情况通报</w:t></w:r>{}", start(10), ends(10))),
        "{main}"
    );
    let said = part(&copy(&docx, false).docx, "word/comments.xml");
    assert_eq!(
        said.matches(">in words<").count(),
        3,
        "drawing, note and header name the place"
    );
}

#[test]
fn changes_are_tracked_in_text_and_cells_only() {
    let docx = crowded();
    let done = copy(&docx, true);
    assert_eq!(done.tracked, 2);
    let main = part(&done.docx, "word/document.xml");
    for (from, to) in [("11", "10"), ("12", "13")] {
        assert!(
            main.contains(&format!(">{from}</w:delText>")) && main.contains(&format!(">{to}</w:t>")),
            "{main}"
        );
    }
    // Ids follow those of the changes that stand there, which stay.
    assert!(main.contains(r#"<w:del w:id="8" w:author="x"><w:r><w:delText>34件"#));
    assert!(
        main.contains(r#"<w:del w:id="10" w:author="gouji">"#)
            && main.contains(r#"<w:ins w:id="11" w:author="gouji">"#)
    );
    let text = read(&done.docx).text;
    for stays in ["框内23件", "又35件", "注中46件", "页眉57件"] {
        assert!(text.contains(stays), "{stays}");
    }
    assert!(text.contains("共10件") && text.contains("格内13件"), "{text}");
}

#[test]
fn a_table_of_a_text_box_is_no_table_of_the_text() {
    let docx = crowded();
    let (before, after) = (read(&docx), read(&copy(&docx, false).docx));
    assert_eq!(before, after);
}
