//! Comments in a document of a foreign producer, seen by a foreign reader. docx-rs shares no code with this workspace.

use std::io::Cursor;

use docx_rs::{Comment as Remark, Docx, Insert, Paragraph, Run, Table, TableCell, TableRow};
use gouji_document::Span;
use gouji_write::annotate::{Comment, annotate};

fn paragraph(text: &str) -> Paragraph {
    Paragraph::new().add_run(Run::new().add_text(text).bold())
}

/// A remark on the first paragraph, an insertion, a table.
fn produced() -> Vec<u8> {
    let remark = Remark::new(7)
        .author("reviewer")
        .add_paragraph(paragraph("please check"));
    let mut out = Cursor::new(Vec::new());
    Docx::new()
        .add_paragraph(paragraph("共12件").add_comment_start(remark).add_comment_end(7))
        .add_paragraph(Paragraph::new().add_insert(Insert::new(Run::new().add_text("其中31件办结"))))
        .add_table(Table::new(vec![TableRow::new(vec![
            TableCell::new().add_paragraph(paragraph("合计")),
            TableCell::new().add_paragraph(paragraph("57件")),
        ])]))
        .build()
        .pack(&mut out)
        .expect("in memory");
    out.into_inner()
}

#[test]
fn remarks_stay_and_figures_in_insertions_and_cells_get_theirs() {
    let docx = produced();
    let document = gouji_read::read("a.docx", &docx).expect("a docx").value;
    let anchors = gouji_read::docx_anchors("a.docx", &docx)
        .expect("a docx")
        .expect("a docx");
    let comments: Vec<Comment> = ["12", "31", "57"]
        .into_iter()
        .map(|figure| {
            let start = document.text.find(figure).expect("in the text");
            Comment {
                at: Span::new(start, start + figure.len()),
                lines: vec![format!("on {figure}")],
                place: "elsewhere".to_owned(),
            }
        })
        .collect();
    let done = annotate(&docx, &document.text, &anchors, None, &comments, &[]).expect("a copy");
    assert_eq!(done.made, 3);
    assert_eq!(gouji_read::read("a.docx", &done.docx).expect("a docx").value, document);
    let read = docx_rs::read_docx(&done.docx).expect("a docx");
    let found: Vec<(usize, &str)> = read
        .comments
        .inner()
        .iter()
        .map(|c| (c.id(), c.author.as_str()))
        .collect();
    assert_eq!(found, [(7, "reviewer"), (8, "gouji"), (9, "gouji"), (10, "gouji")]);
    let printed = printed(&read);
    for figure in ["12", "31", "57"] {
        assert!(printed.contains(&format!("on {figure}")), "{figure}");
    }
    assert!(!printed.contains("elsewhere"), "each stands on its characters");
}

/// The comments as the foreign reader prints them.
fn printed(read: &Docx) -> String {
    format!("{:?}", read.comments)
}
