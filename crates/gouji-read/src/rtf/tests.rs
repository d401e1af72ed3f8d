//! One small file for each construct.

use gouji_document::{Align, Document, Format, Hidden, Parsed, Stream, WarningKind};

use crate::ReadError;
use crate::shown::{blocks, grid, paragraph, streams};

/// Rich text in the code page of simplified Chinese around a body; characters beyond ASCII are written as a writer would.
fn file(body: &str) -> Vec<u8> {
    let mut out = br"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 SimSun;}{\f1\fcharset2 Wingdings 2;}{\f2\fcharset0 Arial;}}{\stylesheet{\s1\outlinelevel1 heading 2;}}{\info{\title no}}".to_vec();
    // The sources below are indented.
    for c in body.lines().flat_map(|line| line.trim_start().chars()) {
        if c.is_ascii() {
            out.push(c as u8);
        } else {
            let text = c.to_string();
            for byte in &*encoding_rs::GB18030.encode(&text).0 {
                out.extend(format!("\\'{byte:02x}").bytes());
            }
        }
    }
    out.push(b'}');
    out
}

fn read_all(body: &str) -> Parsed<Document> {
    crate::read("a.rtf", &file(body)).expect("a document")
}

fn read(body: &str) -> Document {
    read_all(body).value
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let document = read(body);
    assert_eq!(blocks(&document), expected);
}

#[test]
fn text_in_code_pages_and_in_unicode() {
    check(
        r"\pard 关于{\b 检查}的通报\par 12.5%\~甲\_乙\-丙\line 丁\tab 戊\par\uc1\u20851 ?\u-10179?\u-8265?\uc2\u20108 \'b6\'fe\uc0\u19977\par {\upr{a}{\*\ud x}}",
        &["关于检查的通报", "12.5%\u{A0}甲-乙丙\n丁\t戊", "关\u{1F7B7}二三", "a"],
    );
    assert_eq!(read("a").format, Format::Rtf);
}

#[test]
fn a_character_may_be_cut_by_plain_bytes() {
    // The second byte of 镕 (E946) is a plain letter.
    check(r"\f0\'e9F\'d6\'d0\par", &["镕中"]);
}

#[test]
fn symbols_are_what_they_look_like() {
    check(r"\f1 R\f0 R\f1\u-4014?\f2\u-4014?\par", &["☑R☑\u{F052}"]);
}

#[test]
fn paragraphs_take_their_hints() {
    let document =
        read(r"\pard\qc 题\par\pard\s1 二级\par\pard\s1\outlinelevel9\qr 右\par\pard\pagebb 页\par 后\page 末");
    let hints: Vec<(Align, Option<u8>, bool)> = (0..6)
        .map(|at| paragraph(&document, at))
        .map(|p| (p.align, p.outline_level, p.page_break_before))
        .collect();
    assert_eq!(
        hints,
        [
            (Align::Center, None, false),
            (Align::Start, Some(2), false),
            (Align::End, None, false),
            (Align::Start, None, true),
            (Align::Start, None, true),
            (Align::Start, None, true),
        ]
    );
}

#[test]
fn hidden_and_deleted_text() {
    let document = read(r"甲{\v 隐}乙{\deleted 删}\par{\v 全隐\par}丙{\deleted\par}丁\par");
    let found: Vec<(&str, Option<Hidden>, usize)> = (0..3)
        .map(|at| paragraph(&document, at))
        .map(|p| (document.quote(p.span), p.hidden, p.hidden_parts.len()))
        .collect();
    assert_eq!(
        found,
        [("甲隐乙", None, 1), ("全隐", Some(Hidden::Text), 1), ("丙丁", None, 0)]
    );
}

#[test]
fn labels_of_automatic_numbers_are_in_the_text() {
    let document =
        read(r"{\listtext\pard 一、\tab}基本情况\par{\pntext\f1\'b7\tab}一点\par{\listtext 1.\tab}2024年\par");
    assert_eq!(document.text, "一、基本情况\n一点\n1. 2024年");
    assert_eq!(paragraph(&document, 0).label_len, "一、".len());
}

#[test]
fn fields_show_their_results() {
    check(
        r#"共{\field{\*\fldinst{ REF a {\field{\*\fldinst b}{\fldrslt c}}}}{\fldrslt{12}}}件\par{\*\unknown 不见}{\bkmkstart x}尾\par"#,
        &["共12件", "尾"],
    );
}

#[test]
fn a_field_without_result_is_printed_from_its_instructions() {
    check(
        r"{\field{\*\fldinst {EQ \\o\\ac(○,1)}}{\fldrslt }}受理{\field\fldedit{\*\fldinst eq \\o\\ac(○,2)}}办结\par",
        &["①受理②办结"],
    );
    // What has a result shows that; what is printed of no field is left out.
    check(
        r"{\field{\*\fldinst EQ \\o\\ac(○,1)}{\fldrslt 一}}件{\field{\*\fldinst PAGE}{\fldrslt}}\par",
        &["一件"],
    );
    // Inside another field's instructions it belongs to those; a cut one is no text.
    check(
        r"甲{\field{\*\fldinst SYMBOL {\field{\*\fldinst EQ \\o(1)}{\fldrslt}} \\f Arial}{\fldrslt 乙}}\par 丙{\field{\*\fldinst EQ \\o(2)",
        &["甲乙", "丙"],
    );
}

#[test]
fn tables_have_spans_merges_and_headers() {
    let document = read(
        r"表前\par\trowd\trhdr\clvmgf\cellx2000\cellx4000\cellx6000\pard\intbl 单位\cell 数量\cell 占比\cell\row
          \trowd\clvmrg\cellx2000\cellx4000\cellx6000\pard\intbl\cell 12\cell 60%\cell\row
          \trowd\clmgf\cellx2000\clmrg\cellx4000\cellx6000\pard\intbl 合计\cell\cell 20\cell\row\pard 表后\par",
    );
    let table = grid(&document, 1);
    let found: Vec<(usize, usize, usize, usize, &str)> = table
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
    assert_eq!((table.n_rows, table.header_rows, document.blocks.len()), (3, 1, 3));
}

#[test]
fn nested_tables_and_formulas() {
    let document = read(
        r"\trowd\cellx2000\cellx6000\pard\intbl 外甲\par\pard\intbl\itap2 内甲\nestcell 内乙\nestcell
          {\*\nesttableprops\trowd\cellx500\cellx900\nestrow}{\nonesttables\par}\pard\intbl\itap1 外乙\cell
          {\field{\*\fldinst =SUM(ABOVE)}{\fldrslt 124}}\cell\row
          \trowd\cellx6000\pard\intbl 合并\cell\row\pard 文后",
    );
    let found: Vec<&str> = document.blocks.iter().map(|b| document.quote(b.span())).collect();
    assert_eq!(found, ["外甲\n外乙\t124\n合并", "内甲\t内乙", "文后"]);
    let cells = &grid(&document, 0).cells;
    assert_eq!(
        (cells[1].formula.as_deref(), cells[2].col_span),
        (Some("=SUM(ABOVE)"), 2)
    );
}

#[test]
fn notes_headers_and_boxes_stand_where_the_docx_reader_has_them() {
    let document = read(
        r"{\header 眉\par}{\footer — {\field{\*\fldinst PAGE}{\fldrslt 1}} —}正文{\footnote\pard{\super\chftn} 脚注}一
          {\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt\pard 框内\par 框二}}{\shprslt{\*\do{\dptxbxtext 框内}}}}\par 正文二\par\sect{\header 眉\par}",
    );
    assert_eq!(
        streams(&document),
        [
            (Stream::Body, "正文一"),
            (Stream::TextBox, "框内"),
            (Stream::TextBox, "框二"),
            (Stream::Body, "正文二"),
            (Stream::Note, "脚注"),
            (Stream::Header, "眉"),
            (Stream::Footer, "— 1 —"),
        ]
    );
}

#[test]
fn a_text_box_of_a_footer_belongs_to_it() {
    let document = read(r"{\footer\pard{\shp{\*\shpinst{\shptxt\pard — 1 —\par}}}\par}正文\par");
    assert_eq!(streams(&document), [(Stream::Body, "正文"), (Stream::Footer, "— 1 —")]);
}

#[test]
fn sections_begin_pages_unless_they_run_on() {
    let document = read(r"甲\par\sect\sectd\sbknone 乙\par\sect\sectd 丙\par");
    let breaks: Vec<bool> = (0..3).map(|at| paragraph(&document, at).page_break_before).collect();
    assert_eq!(breaks, [false, false, true]);
}

#[test]
fn pictures_are_warned_of_and_their_bytes_are_no_text() {
    let parsed = read_all(
        r"{\*\shppict{\pict\pngblip 89504e47}}{\nonshppict{\pict 00}}{\object{\*\objdata 01}{\result 果}}\par",
    );
    assert_eq!(parsed.value.text, "果");
    let kinds: Vec<WarningKind> = parsed.warnings.into_iter().map(|w| w.kind).collect();
    let of = |what| WarningKind::EmbeddedContent { what };
    assert_eq!(kinds, [of("a picture"), of("an embedded object")]);
}

#[test]
fn the_name_is_compared_with_the_content() {
    let warnings = crate::read("a.doc", &file("文")).expect("a document").warnings;
    assert!(matches!(warnings[..], [ref w] if w.kind == WarningKind::WrongExtension { actual: "rtf" }));
    assert!(matches!(crate::read("a.rtf", &file(r"\par ")), Err(ReadError::Empty)));
}

#[test]
fn damage_anywhere_is_survived() {
    let bytes = file(
        r"{\header 眉}\trowd\clvmgf\cellx2000\cellx4000\pard\intbl 外\par\itap2 内\nestcell{\*\nesttableprops\trowd\cellx9\nestrow}\cell\cell\row
          \pard{\listtext 一、\tab}甲{\footnote 注}{\shp{\*\shpinst{\shptxt 框}}}\u20851?{\field{\*\fldinst =1}{\fldrslt 2}}\sect{\v 隐}\page",
    );
    let mut random = 0x9E37_79B9_7F4A_7C15u64;
    let mut next = || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random >> 16) as usize
    };
    for round in 0..4000 {
        let mut damaged = bytes.clone();
        for _ in 0..1 + round % 6 {
            let at = next() % damaged.len();
            damaged[at] = match next() % 5 {
                0 => b'{',
                1 => b'}',
                2 => b'\\',
                _ => next() as u8,
            };
        }
        damaged.truncate(if round % 3 == 0 {
            next() % damaged.len()
        } else {
            damaged.len()
        });
        if let Ok(parsed) = crate::read("a.rtf", &damaged) {
            let document = parsed.value;
            assert!(
                document
                    .blocks
                    .iter()
                    .all(|b| document.text.get(b.span().range()).is_some())
            );
        }
    }
}

#[test]
fn floods_of_groups_and_flows_end() {
    for flood in [
        r"{",
        r"{\footnote ",
        r"\footnote ",
        r"{\shp{\*\shpinst{\shptxt x",
        r"\trowd\cellx1",
        r"\intbl\itap9999 x\nestcell\nestrow ",
    ] {
        let body = format!("文{}", flood.repeat(20_000));
        let parsed = read_all(&body);
        assert!(parsed.value.text.starts_with('文'), "{flood}");
    }
}
