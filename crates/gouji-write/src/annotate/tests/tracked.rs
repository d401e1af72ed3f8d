//! Tracked changes.

use super::*;

/// The copy with a change of each `from` into `to`, a comment on each `on`, and how many changes it has.
#[track_caller]
fn tracked(docx: &[u8], comments: &[&str], changes: &[(&str, &str)]) -> (Vec<u8>, usize) {
    let document = read(docx);
    let comments: Vec<Comment> = comments
        .iter()
        .map(|passage| on(span(&document, passage), "m"))
        .collect();
    let proposals: Vec<Proposal> = changes
        .iter()
        .map(|(from, to)| Proposal {
            at: span(&document, from),
            from: (*from).to_owned(),
            to: (*to).to_owned(),
        })
        .collect();
    let anchors = gouji_read::docx_anchors("a.docx", docx)
        .expect("a document")
        .expect("a docx");
    let done = annotate(docx, &document.text, &anchors, None, &comments, &proposals).expect("a copy");
    assert_eq!(read(&rejected(&done.docx)), document, "rejected, it is as it was");
    (done.docx, done.tracked)
}

/// The document with all changes by this program rejected, as Word does it.
fn rejected(docx: &[u8]) -> Vec<u8> {
    let mut main = part(docx, "word/document.xml");
    let own = |main: &str, name: &str| {
        let mut tags = main
            .match_indices(&format!("<w:{name} "))
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
            .into_iter();
        tags.find(|at| main[*at..].split('>').next().is_some_and(|tag| tag.contains("gouji")))
    };
    while let Some(at) = own(&main, "ins") {
        let end = at + main[at..].find("</w:ins>").expect("an end") + "</w:ins>".len();
        main.replace_range(at..end, "");
    }
    while let Some(at) = own(&main, "del") {
        let tag = at + main[at..].find('>').expect("an end") + 1;
        let end = tag + main[tag..].find("</w:del>").expect("an end");
        let inside = main[tag..end].replace("delText", "t");
        main.replace_range(at..end + "</w:del>".len(), &inside);
    }
    package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", TOP),
        ("word/document.xml", &main),
    ])
}

const RUN: &str = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>共62件，其中31件</w:t></w:r></w:p>";

#[test]
fn a_figure_is_taken_out_and_another_put_in_with_its_formatting() {
    let (made, n) = tracked(&docx(RUN), &["62件"], &[("62件", "61件")]);
    assert_eq!((n, read(&made).text.trim()), (1, "共61件，其中31件"));
    let main = part(&made, "word/document.xml");
    let expected = concat!(
        r#"<w:t xml:space="preserve">共</w:t></w:r><w:commentRangeStart w:id="0"/>"#,
        r#"<w:del w:id="1" w:author="gouji"><w:r><w:rPr><w:b/></w:rPr><w:delText xml:space="preserve">62件</w:delText></w:r></w:del>"#,
        r#"<w:ins w:id="2" w:author="gouji"><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">61件</w:t></w:r></w:ins>"#,
        r#"<w:commentRangeEnd w:id="0"/>"#
    );
    assert!(main.contains(expected), "{main}");
}

#[test]
fn a_figure_at_either_end_of_its_run_or_beside_a_tab_is_changed_too() {
    let (made, n) = tracked(&docx(RUN), &[], &[("共62件", "共63件"), ("31件", "32件")]);
    assert_eq!((n, read(&made).text.trim()), (2, "共63件，其中32件"));
    let whole = docx("<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:t>62</w:t></w:r><w:r><w:t>乙</w:t></w:r></w:p>");
    let (made, n) = tracked(&whole, &["62"], &[("62", "61")]);
    assert_eq!((n, read(&made).text.trim()), (1, "甲61乙"));
    let tab = docx("<w:p><w:r><w:t>甲</w:t><w:tab/><w:t> 62 </w:t><w:tab/><w:t>乙</w:t></w:r></w:p>");
    let (made, n) = tracked(&tab, &[], &[("62", "61")]);
    assert_eq!((n, read(&made).text.trim()), (1, "甲\t61\t乙"));
}

#[test]
fn neighbours_and_markup_in_the_text_do_no_harm() {
    let both = docx("<w:p><w:r><w:t>1&amp;2</w:t></w:r></w:p>");
    let (made, n) = tracked(&both, &[], &[("1", "<3>"), ("2", "4"), ("&", "和")]);
    assert_eq!((n, read(&made).text.trim()), (3, "<3>和4"));
}

#[test]
fn ids_follow_those_of_changes_that_stand_there() {
    let content = concat!(
        r#"<w:p><w:ins w:id="40" w:author="x"><w:r><w:t>甲</w:t></w:r></w:ins>"#,
        r#"<w:del w:id="7" w:author="x"><w:r><w:delText>丙</w:delText></w:r></w:del><w:r><w:t>62件</w:t></w:r></w:p>"#
    );
    let (made, n) = tracked(&docx(content), &[], &[("62", "61")]);
    assert_eq!((n, read(&made).text.trim()), (1, "甲61件"));
    let main = part(&made, "word/document.xml");
    assert!(
        main.contains(r#"<w:del w:id="41" w:author="gouji">"#)
            && main.contains(r#"<w:ins w:id="42" w:author="gouji">"#)
    );
}

#[test]
fn what_is_in_the_way_stays_as_it_is() {
    // A comment that begins inside the figure; two changes of one figure; another text.
    let (_, n) = tracked(&docx(RUN), &["2件"], &[("62件", "61件")]);
    assert_eq!(n, 0);
    let (made, n) = tracked(&docx(RUN), &[], &[("62件", "61件"), ("62", "63")]);
    assert_eq!((n, read(&made).text.trim()), (1, "共61件，其中31件"));
    // Over two runs, in an insertion, in a link.
    let torn = docx("<w:p><w:r><w:t>6</w:t></w:r><w:r><w:t>2件</w:t></w:r></w:p>");
    assert_eq!(tracked(&torn, &[], &[("62", "61")]).1, 0);
    for (open, close) in [
        (r#"<w:ins w:id="1" w:author="x">"#, "</w:ins>"),
        ("<w:hyperlink>", "</w:hyperlink>"),
    ] {
        let inside = docx(&format!("<w:p>{open}<w:r><w:t>62件</w:t></w:r>{close}</w:p>"));
        assert_eq!(tracked(&inside, &["62"], &[("62", "61")]).1, 0, "{open}");
    }
    let document = read(&docx(RUN));
    let anchors = gouji_read::docx_anchors("a.docx", &docx(RUN))
        .expect("a document")
        .expect("a docx");
    let other = Proposal {
        at: span(&document, "62"),
        from: "63".to_owned(),
        to: "61".to_owned(),
    };
    let done = annotate(&docx(RUN), &document.text, &anchors, None, &[], &[other]).expect("a copy");
    assert_eq!(done.tracked, 0);
}
