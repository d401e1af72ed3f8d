//! Small documents for each construct, built from their structures, and hostile ones made of those.

mod build;
mod hostile;

use gouji_document::{Align, Block, Document, Format, Hidden, Parsed, Stream, WarningKind};

use crate::ReadError;
use crate::shown::{blocks, grid, paragraph, streams};
use build::{Doc, cells, sprm};

fn read(doc: &Doc) -> Document {
    read_all(doc).value
}

fn read_all(doc: &Doc) -> Parsed<Document> {
    crate::read("a.doc", &doc.bytes()).expect("a document")
}

/// The text of each block.
#[track_caller]
fn check(doc: &Doc, expected: &[&str]) {
    let document = read(doc);
    assert_eq!(blocks(&document), expected);
}

#[test]
fn paragraphs_wide_and_narrow_and_special_characters() {
    let mut doc = Doc::default();
    doc.text("关于检查情况的通报\r第\u{1E}1号\t甲\u{B}乙\u{1F}丙\u{A0}丁𠮷\r\u{2}注\u{5}\u{8}\r");
    doc.narrow(b"Rate 12.5% \x96 caf\xE9\r");
    check(
        &doc,
        &[
            "关于检查情况的通报",
            "第-1号\t甲\n乙丙\u{A0}丁𠮷",
            "注",
            "Rate 12.5% – café",
        ],
    );
    assert_eq!(read(&doc).format, Format::Doc);
}

#[test]
fn pieces_stand_in_any_order_of_the_file() {
    let mut doc = Doc::default();
    doc.text("一、基本\r");
    doc.narrow(b"2024");
    doc.text("年共收到来信12件。\r");
    doc.reverse_pieces = true;
    check(&doc, &["一、基本", "2024年共收到来信12件。"]);
    // Half of a character at the end of one piece.
    let mut doc = Doc::default();
    let units: Vec<u16> = "𠮷\r".encode_utf16().collect();
    doc.units(&units[..1], &[]);
    doc.units(&units[1..], &[]);
    check(&doc, &["𠮷"]);
}

#[test]
fn fields_show_their_results() {
    let mut doc = Doc::default();
    doc.text("共\u{13} REF \u{13} x \u{14}y\u{15} \u{14}12\u{15}件\r\u{13} 无尽\r后文\u{15}\r");
    check(&doc, &["共12件", "后文"]);
    // One without result is printed from its instructions.
    let mut doc = Doc::default();
    doc.text("\u{13} eq \\o\\ac(○,1) \u{15}受理\u{13} PAGE \u{15}\r");
    // An empty result is none; one that shows something is what is printed.
    doc.text("\u{13} eq \\o\\ac(○,2) \u{14}\u{15}办结\u{13} eq \\o\\ac(○,3) \u{14}三\u{15}\u{13} PAGE \u{14}\u{15}\r");
    check(&doc, &["①受理", "②办结三"]);
}

#[test]
fn deleted_text_is_left_out_and_deleted_marks_join() {
    let mut doc = Doc::default();
    doc.text("收到");
    doc.run("168", &[sprm(0x0800, &[1])]);
    doc.run("186", &[sprm(0x0801, &[1])]);
    doc.text("件，");
    doc.run("\r", &[sprm(0x0800, &[1])]);
    doc.text("办结。\r");
    check(&doc, &["收到186件，办结。"]);
}

#[test]
fn hidden_text_is_marked() {
    let mut doc = Doc::default();
    doc.text("前");
    doc.run("隐藏", &[sprm(0x083C, &[1])]);
    doc.text("后\r");
    doc.run("全部隐藏\r", &[sprm(0x083C, &[1])]);
    // The style hides; the run says "not as the style".
    doc.style(1, 0, &[], &[sprm(0x083C, &[1])]);
    doc.paragraph("按样式隐藏", 1, &[]);
    doc.run("显示", &[sprm(0x083C, &[0x81])]);
    doc.paragraph("", 1, &[]);
    let document = read(&doc);
    let hidden: Vec<(Option<Hidden>, usize)> = document
        .blocks
        .iter()
        .map(|b| match b {
            Block::Paragraph(p) => (p.hidden, p.hidden_parts.len()),
            Block::Table(_) => panic!("a paragraph"),
        })
        .collect();
    assert_eq!(
        hidden,
        [(None, 1), (Some(Hidden::Text), 1), (Some(Hidden::Text), 1), (None, 0)]
    );
}

#[test]
fn symbols_are_what_they_look_like() {
    let mut doc = Doc::default();
    doc.fonts = vec!["宋体", "Wingdings 2"];
    doc.run("(", &[sprm(0x6A09, &[1, 0, 0x52, 0xF0])]);
    doc.run("\u{F052}", &[sprm(0x4A4F, &[1, 0])]);
    doc.run("\u{F052}", &[sprm(0x4A4F, &[0, 0])]);
    doc.text("\r");
    check(&doc, &["☑☑\u{F052}"]);
}

#[test]
fn paragraphs_take_hints_from_their_styles() {
    let mut doc = Doc::default();
    // Style 1 is the second built-in heading, style 2 is based on it.
    doc.style_of(2, 0x0FFF, &[sprm(0x2461, &[1])], &[]);
    doc.style(2, 1, &[sprm(0x2461, &[2])], &[]);
    doc.paragraph("二级标题", 1, &[]);
    doc.paragraph("靠右", 2, &[]);
    doc.paragraph("正文", 2, &[sprm(0x2640, &[9]), sprm(0x2403, &[0])]);
    doc.paragraph("新页", 0, &[sprm(0x2407, &[1])]);
    let document = read(&doc);
    let hints: Vec<(Option<u8>, Align, bool)> = document
        .blocks
        .iter()
        .map(|b| match b {
            Block::Paragraph(p) => (p.outline_level, p.align, p.page_break_before),
            Block::Table(_) => panic!("a paragraph"),
        })
        .collect();
    assert_eq!(
        hints,
        [
            (Some(2), Align::Center, false),
            (Some(2), Align::End, false),
            (None, Align::Start, false),
            (None, Align::Start, true),
        ]
    );
}

#[test]
fn automatic_numbers_are_printed() {
    let mut doc = Doc::default();
    doc.lists = vec![vec![(39, "\u{0}、"), (39, "（\u{1}）"), (0, "\u{0}.\u{1}.\u{2}")]];
    let item = |level: u8| [sprm(0x260A, &[level]), sprm(0x460B, &[1, 0])];
    for (text, level) in [("基本情况", 0), ("总体", 1), ("来信", 2), ("问题", 0), ("成因", 1)] {
        doc.paragraph(text, 0, &item(level));
    }
    doc.paragraph("不编号", 0, &[sprm(0x460B, &[1, 0]), sprm(0x260A, &[0x0C])]);
    doc.paragraph("也不编号", 0, &[sprm(0x460B, &[0x01, 0xF8])]);
    doc.paragraph("没有的编号", 0, &[sprm(0x460B, &[9, 0])]);
    check(
        &doc,
        &[
            "一、基本情况",
            "（一）总体",
            "一.一.1 来信",
            "二、问题",
            "（一）成因",
            "不编号",
            "也不编号",
            "没有的编号",
        ],
    );
}

#[test]
fn tables_have_spans_merges_and_headers() {
    let mut doc = Doc::default();
    doc.text("表前\r");
    cells(
        &mut doc,
        &["单位", "数量", "占比"],
        &[0, 2000, 4000, 6000],
        &[3, 0, 0],
        true,
    );
    cells(&mut doc, &["", "12", "60%"], &[0, 2000, 4000, 6000], &[1, 0, 0], false);
    cells(&mut doc, &["合计", "20"], &[-30, 4050, 6000], &[0, 0], false);
    doc.text("表后\r");
    let document = read(&doc);
    let grid = grid(&document, 1);
    let found: Vec<(usize, usize, usize, usize, &str)> = grid
        .cells
        .iter()
        .map(|c| (c.row, c.col, c.row_span, c.col_span, document.quote(c.span)))
        .collect();
    assert_eq!(
        found,
        [
            (0, 0, 2, 1, "单位"),
            (0, 1, 1, 1, "数量"),
            (0, 2, 1, 1, "占比"),
            (1, 1, 1, 1, "12"),
            (1, 2, 1, 1, "60%"),
            (2, 0, 1, 2, "合计"),
            (2, 2, 1, 1, "20"),
        ]
    );
    assert_eq!((grid.n_rows, grid.n_cols, grid.header_rows), (3, 3, 1));
    assert_eq!(document.blocks.len(), 3);
}

#[test]
fn nested_tables_and_paragraphs_in_cells() {
    let mut doc = Doc::default();
    let outer = [sprm(0x2416, &[1]), sprm(0x6649, &[1, 0, 0, 0])];
    let inner = [sprm(0x2416, &[1]), sprm(0x6649, &[2, 0, 0, 0])];
    let and = |base: &[Vec<u8>], more: Vec<u8>| [base, &[more]].concat();
    doc.paragraph("外甲", 0, &outer);
    doc.marked("内甲", '\r', 0, &and(&inner, sprm(0x244B, &[1])));
    doc.marked("内乙", '\r', 0, &and(&inner, sprm(0x244B, &[1])));
    doc.marked("", '\r', 0, &and(&and(&inner, sprm(0x244B, &[1])), sprm(0x244C, &[1])));
    doc.marked("外乙", '\u{7}', 0, &outer);
    doc.marked("", '\u{7}', 0, &and(&outer, sprm(0x2417, &[1])));
    doc.text("文后\r");
    check(&doc, &["外甲\n外乙", "内甲\t内乙", "文后"]);
}

#[test]
fn a_formula_stays_with_its_cell() {
    let mut doc = Doc::default();
    cells(
        &mut doc,
        &["1", "\u{13} =SUM(ABOVE) \u{14}124\u{15}"],
        &[0, 1000, 2000],
        &[0, 0],
        false,
    );
    let document = read(&doc);
    let cells = &grid(&document, 0).cells;
    assert_eq!(document.quote(cells[1].span), "124");
    assert_eq!(cells[1].formula.as_deref(), Some("=SUM(ABOVE)"));
}

#[test]
fn properties_may_stand_in_the_data_stream() {
    let mut doc = Doc::default();
    // Twenty columns do not fit into a page of properties.
    let edges: Vec<i16> = (0..=20).map(|at| at * 400).collect();
    let texts: Vec<String> = (0..20).map(|at| at.to_string()).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    cells(&mut doc, &texts, &edges, &[0; 20], true);
    cells(&mut doc, &["半", "半"], &[0, 4000, 8000], &[0, 0], false);
    let document = read(&doc);
    let grid = grid(&document, 0);
    assert_eq!((grid.n_rows, grid.n_cols, grid.header_rows), (2, 20, 1));
    assert_eq!(grid.cells[20].col_span, 10);
}

#[test]
fn notes_headers_and_boxes_stand_where_the_docx_reader_has_them() {
    let mut doc = Doc::default();
    doc.text("正文一\u{2}\u{8}\r正文二\r");
    doc.footnotes = "\u{2} 脚注甲\r\r".to_owned();
    doc.endnotes = "\u{2}尾注\r\r".to_owned();
    doc.comments = "批注不读\r".to_owned();
    doc.headers = vec![
        "",
        "",
        "",
        "",
        "",
        "",
        "双页眉\r",
        "页眉\r",
        "",
        "— \u{13} PAGE \u{14}1\u{15} —\r",
        "",
        "",
    ];
    doc.boxes = vec![("框内\r", Some(4)), ("无锚\r", None)];
    let document = read(&doc);
    assert_eq!(
        streams(&document),
        [
            (Stream::Body, "正文一"),
            (Stream::TextBox, "框内"),
            (Stream::Body, "正文二"),
            (Stream::TextBox, "无锚"),
            (Stream::Note, "脚注甲"),
            (Stream::Note, "尾注"),
            (Stream::Header, "双页眉"),
            (Stream::Header, "页眉"),
            (Stream::Footer, "— 1 —"),
        ]
    );
}

#[test]
fn boxes_of_headers_and_footers_belong_to_them() {
    let mut doc = Doc::default();
    doc.text("正文\u{8}\r");
    doc.boxes = vec![("框内\r", Some(2))];
    doc.headers = vec!["", "", "", "", "", "", "", "页眉\u{8}\r", "", "\u{8}\r"];
    // The mark of the issuer in a box of the header, the page number in one of the footer, and one that nothing anchors.
    doc.header_boxes = vec![
        ("岚县人民政府办公室文件\r", Some(2)),
        ("— \u{13} PAGE \u{14}1\u{15} —\r", Some(4)),
        ("无锚\r", None),
    ];
    assert_eq!(
        streams(&read(&doc)),
        [
            (Stream::Body, "正文"),
            (Stream::TextBox, "框内"),
            (Stream::Header, "页眉"),
            (Stream::Header, "岚县人民政府办公室文件"),
            (Stream::Footer, "— 1 —"),
            (Stream::Header, "无锚"),
        ]
    );
}

#[test]
fn pages_end_by_break_and_by_section() {
    let mut doc = Doc::default();
    doc.text("甲\u{C}乙\r丙\u{C}丁\r戊\u{C}己\r");
    // Sections end after 丙 and 戊; the second runs on, the third begins on a new page.
    doc.sections = vec![(6, None), (10, Some(0)), (12, Some(2))];
    let document = read(&doc);
    let found: Vec<(&str, bool)> = (0..document.blocks.len())
        .map(|at| paragraph(&document, at))
        .map(|p| (document.quote(p.span), p.page_break_before))
        .collect();
    assert_eq!(
        found,
        [
            ("甲", false),
            ("乙", true),
            ("丙", false),
            ("丁", false),
            ("戊", false),
            ("己", true)
        ]
    );
}

#[test]
fn a_piece_may_change_the_properties_of_its_text() {
    let mut doc = Doc::default();
    doc.text("留下");
    doc.changed("删去", 0x41 << 1 | 1 << 8);
    doc.text("的\r");
    doc.groups = vec![[sprm(0x2461, &[1]), sprm(0x083C, &[1])].concat()];
    doc.changed("居中且隐藏\r", 1);
    let document = read(&doc);
    let Block::Paragraph(second) = &document.blocks[1] else {
        panic!("a paragraph")
    };
    assert_eq!(document.text, "留下的\n居中且隐藏");
    assert_eq!((second.align, second.hidden), (Align::Center, Some(Hidden::Text)));
}

#[test]
fn embedded_content_is_warned_of_once() {
    let mut doc = Doc::default();
    for _ in 0..2 {
        doc.run("\u{1}", &[sprm(0x0855, &[1]), sprm(0x6A03, &[0; 4])]);
        doc.run(
            "\u{1}",
            &[sprm(0x0855, &[1]), sprm(0x6A03, &[0; 4]), sprm(0x080A, &[1])],
        );
        doc.run(
            "\u{1}",
            &[sprm(0x0855, &[1]), sprm(0x6A03, &[0; 4]), sprm(0x0806, &[1])],
        );
    }
    doc.text("文\r");
    let kinds: Vec<WarningKind> = read_all(&doc).warnings.into_iter().map(|w| w.kind).collect();
    let of = |what| WarningKind::EmbeddedContent { what };
    assert_eq!(kinds, [of("a picture"), of("an embedded object")]);
}

#[test]
fn protected_old_and_empty_documents_are_told() {
    let mut doc = Doc::default();
    doc.text("文\r");
    let change = |at: usize, value: u16| {
        let mut doc = doc.clone();
        doc.patches = vec![(at, value.to_le_bytes().to_vec())];
        crate::read("a.doc", &doc.bytes())
    };
    assert!(matches!(change(10, 0x1300), Err(ReadError::Encrypted)));
    assert!(matches!(change(2, 0x0065), Err(ReadError::OldWord)));
    assert!(matches!(change(0, 0x1234), Err(ReadError::Word { .. })));
    let mut old = doc.clone();
    old.patches = vec![(0, vec![0xDC, 0xA5, 0x68, 0x00])];
    assert!(matches!(crate::read("a.doc", &old.bytes()), Err(ReadError::OldWord)));
    let mut empty = Doc::default();
    empty.text(" \r\u{C}\r");
    assert!(matches!(crate::read("a.doc", &empty.bytes()), Err(ReadError::Empty)));
}

#[test]
fn text_without_pieces_is_read_as_it_stands() {
    let mut doc = Doc::default();
    doc.text("没有分块表\r第二段\r");
    doc.without_pieces = true;
    check(&doc, &["没有分块表", "第二段"]);
}

#[test]
fn the_name_is_compared_with_the_content() {
    let mut doc = Doc::default();
    doc.text("文\r");
    let bytes = doc.bytes();
    for (name, is_misnamed) in [("a.doc", false), ("a.wps", false), ("a.docx", true), ("a.xls", true)] {
        let warnings = crate::read(name, &bytes).expect("a document").warnings;
        assert_eq!(warnings.len(), usize::from(is_misnamed), "{name}");
    }
}
