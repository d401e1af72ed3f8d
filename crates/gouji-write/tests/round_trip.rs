//! What was written is read back: by this workspace as the same circular, by a foreign reader as the same text and tables.

mod invented;

use docx_rs::{DocumentChild, TableCellContent, TableChild, TableRowChild};
use gouji_circular::{Circular, Element};
use gouji_document::Text;
use gouji_write::{Options, normalise, write};

fn read_back(circular: &Circular) -> Circular {
    let docx = write(circular, &Options::default()).expect("a package in memory");
    let document = gouji_read::read("written.docx", &docx).expect("a docx").value;
    gouji_circular::parse(&document)
}

/// A body as lines: what is a heading, a paragraph, a table.
fn outline(circular: &Circular, body: &[Element]) -> Vec<String> {
    body.iter()
        .map(|element| match element {
            Element::Heading(h) => format!(
                "{} {}|{}{}",
                h.level,
                h.label.as_deref().unwrap_or(""),
                h.title.as_str(),
                match (h.stop, h.run_in) {
                    (stop, true) => format!("{} →", stop.unwrap_or('。')),
                    (stop, false) => stop.map(String::from).unwrap_or_default(),
                }
            ),
            Element::Paragraph(text) => text.to_string(),
            Element::Table(idx) => {
                let table = &circular.tables[idx.0];
                let row = |cells: Vec<&str>| cells.join("|");
                let mut lines = vec![row(table.header.iter().map(|t| t.as_str()).collect())];
                lines.extend(
                    table
                        .rows
                        .iter()
                        .map(|r| row(r.cells.iter().map(|c| c.text.as_str()).collect())),
                );
                lines.extend(table.notes.iter().map(ToString::to_string));
                lines.join("\n")
            }
        })
        .collect()
}

fn same(circular: &Circular) {
    let (before, _) = normalise(circular);
    let after = read_back(circular);
    assert_eq!(after.issuer_mark.as_deref(), before.issuer_mark.as_deref());
    assert_eq!(after.doc_number.as_deref(), before.doc_number.as_deref());
    assert_eq!(after.title.as_deref(), before.title.as_deref());
    assert_eq!(after.addressee.as_deref(), before.addressee.as_deref());
    assert_eq!(outline(&after, &after.body), outline(&before, &before.body));
    assert_eq!(after.listed.len(), before.listed.len());
    for (a, b) in after.listed.iter().zip(&before.listed) {
        assert_eq!((a.number, a.title.as_str()), (b.number, b.title.as_str()));
    }
    let signatures = |c: &Circular| c.signatures.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(signatures(&after), signatures(&before));
    let day = |c: &Circular| c.date.as_ref().and_then(|d| d.date);
    assert_eq!(day(&after), day(&before));
    assert_eq!(after.annotation.as_deref(), before.annotation.as_deref());
    // Two columns of the imprint are parted by a tab.
    let imprint = |c: &Circular| {
        c.imprint
            .iter()
            .map(|t| t.split_whitespace().collect::<String>())
            .collect::<Vec<_>>()
    };
    assert_eq!(imprint(&after), imprint(&before));
    assert_eq!(after.attachments.len(), before.attachments.len());
    for (a, b) in after.attachments.iter().zip(&before.attachments) {
        assert_eq!(a.title.as_deref(), b.title.as_deref());
        assert_eq!((a.label.as_str(), a.number), (b.label.as_str(), b.number));
        assert_eq!(outline(&after, &a.body), outline(&before, &b.body));
    }
}

#[test]
fn a_document_comes_back() {
    same(&invented::document());
}

/// No number, no addressee, lines that begin with words that stand for themselves elsewhere.
#[test]
fn titles_in_lines_come_back() {
    for title in [
        "青禾县人民政府办公室关于2023年9月第25周群众来信来电办理总体情况的通报",
        "关于2023年第三季度全县政务新媒体检查发现问题总体情况的通报",
        "青禾县12345政务服务便民热线2023年9月运行情况月报",
    ] {
        let mut circular = invented::document();
        circular.doc_number = None;
        circular.addressee = None;
        circular.title = Some(Text::synthetic(title));
        same(&circular);
    }
}

#[test]
fn what_stands_under_tables_and_between_rules_comes_back() {
    let mut circular = invented::document();
    circular.tables[1]
        .notes
        .push(Text::synthetic("计算公式：办结率=办结件数÷受理件数。"));
    circular.tables[0].notes = vec![Text::synthetic("计算方法：各网站得分的平均。")];
    // A single attachment has no number.
    circular.attachments.pop();
    circular.listed.pop();
    circular.attachments[0].number = None;
    circular.listed[0].number = None;
    circular.imprint.push(Text::synthetic("青禾县印刷服务所承印"));
    circular.body.push(Element::Paragraph(Text::synthetic(
        "县政府办公室将持续跟踪督促，视整改情况开展复查",
    )));
    circular.body.push(Element::Paragraph(Text::synthetic(
        "对整改不力的单位，将在全县范围内通报批评。",
    )));
    same(&circular);
}

#[test]
fn a_letter_comes_back() {
    same(&invented::letter());
}

#[test]
fn a_second_writing_gives_the_same_bytes() {
    let circular = invented::letter();
    let first = write(&circular, &Options::default()).expect("a package in memory");
    let second = write(&read_back(&circular), &Options::default()).expect("a package in memory");
    assert!(first == second);
}

/// docx-rs shares no code with this workspace.
#[test]
fn a_foreign_reader_finds_text_and_tables() {
    let circular = invented::document();
    let docx = write(&circular, &Options::default()).expect("a package in memory");
    let read = docx_rs::read_docx(&docx).expect("a docx");
    let mut paragraphs = Vec::new();
    let mut tables: Vec<Vec<Vec<String>>> = Vec::new();
    for child in &read.document.children {
        match child {
            DocumentChild::Paragraph(p) => paragraphs.push(p.raw_text()),
            DocumentChild::Table(t) => tables.push(
                t.rows
                    .iter()
                    .map(|TableChild::TableRow(row)| {
                        row.cells
                            .iter()
                            .map(|TableRowChild::TableCell(cell)| {
                                cell.children
                                    .iter()
                                    .filter_map(|c| match c {
                                        TableCellContent::Paragraph(p) => Some(p.raw_text()),
                                        _ => None,
                                    })
                                    .collect()
                            })
                            .collect()
                    })
                    .collect(),
            ),
            _ => {}
        }
    }
    for expected in [
        "青府办〔2023〕36号",
        "各乡镇人民政府，县政府各部门：",
        "（一）政府网站。共检查网站12个，其中合格11个，不合格1个，合格率91.7%。",
        "附件：1.2023年第三季度政府网站检查结果表",
        "2.整改反馈单填报说明",
        "2023年10月12日",
        "（此件公开发布）",
    ] {
        assert!(
            paragraphs.iter().any(|p| p == expected),
            "{expected} in {paragraphs:#?}"
        );
    }
    assert_eq!(tables.len(), 3); // two of data, and the imprint
    assert_eq!(tables[0][0], ["序号", "类别", "检查数", "得分"]);
    assert_eq!(tables[0][3], ["合计", "12", "90.73"]);
    assert_eq!(
        tables[1][2],
        ["2", "县林业局", "87", "100%", "栏目更新不及时；附件无法下载"]
    );
}
