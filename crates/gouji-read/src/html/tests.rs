//! Pages in, blocks out.

use super::*;
use crate::shown::paragraph;
use gouji_document::{Align, Block, Deadline};

fn page(body: &str) -> Document {
    super::read(
        format!("<html><head><title>页</title></head><body>{body}</body></html>").as_bytes(),
        &Deadline::default(),
    )
    .expect("a page")
    .value
}

/// `P text` for paragraphs, `T` with rows parted by `/` and cells by `|` for tables.
#[track_caller]
fn check(body: &str, expected: &[&str]) {
    let document = page(body);
    let found: Vec<String> = document
        .blocks
        .iter()
        .map(|b| match b {
            Block::Paragraph(p) => format!("P {}", document.quote(p.span)),
            Block::Table(t) => format!("T {}", document.quote(t.span).replace('\n', "/").replace('\t', "|")),
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn blocks_and_breaks_are_paragraphs() {
    check(
        "<div>甲<p>乙<b>丙</b>\n丁</p>戊 <br>己</div><ul><li>一<li>二</ul>",
        &["P 甲", "P 乙丙丁", "P 戊", "P 己", "P 一", "P 二"],
    );
}

#[test]
fn white_space_collapses_but_wide_blanks_stay() {
    check(
        "<p>　　受理\n   12&nbsp;件，  PDF\n file</p><pre>甲  乙\n丙</pre>",
        &["P 　　受理 12\u{A0}件， PDF file", "P 甲  乙", "P 丙"],
    );
}

#[test]
fn references_are_resolved_and_signs_kept() {
    check(
        "<p>甲&amp;乙&#19969;&lt;60%，合格率<60%</p>",
        &["P 甲&乙丁<60%，合格率<60%"],
    );
}

#[test]
fn scripts_and_the_head_are_left_out() {
    check(
        "<script>var a='<p>x</p>'</script><p>甲</p><select><option>链接</select><noscript>x</noscript>",
        &["P 甲"],
    );
}

#[test]
fn spans_make_a_full_grid() {
    let document = page(
        "<table><caption>表1</caption><thead><tr><th rowspan=2>单位<th colspan=2>数量<tr><th>受理<th>办结</thead>
         <tr><td>甲镇<td><p>12</p><td>11<tr><td>乙镇<td rowspan=0>3</table>",
    );
    assert_eq!(document.text, "表1\n单位\t数量\n受理\t办结\n甲镇\t12\t11\n乙镇\t3\t");
    let Block::Table(grid) = &document.blocks[1] else {
        panic!("a table")
    };
    assert_eq!((grid.n_rows, grid.n_cols, grid.header_rows), (4, 3, 2));
    assert!(grid.coverage().iter().all(Option::is_some));
    assert_eq!((grid.cells[0].row_span, grid.cells[1].col_span), (2, 2));
}

#[test]
fn layout_tables_are_read_as_paragraphs() {
    check(
        "<table><tr><td>导航<td><table><tr><td>甲<td>1<tr><td>乙<td>2</table><p>正文</p></table>",
        &["P 导航", "T 甲|1/乙|2", "P 正文"],
    );
    check("<table><tr><td><p>甲</p><p>乙</p></table>", &["P 甲", "P 乙"]);
    let article = "<p>本季度各单位认真落实要求，按时办理各类来信，总体情况良好，具体情况见下文所述各个部分的内容。</p>"
        .repeat(15);
    assert!(
        page(&format!("<table><tr><td>一<td>{article}</table>"))
            .blocks
            .iter()
            .all(|b| matches!(b, Block::Paragraph(_)))
    );
}

#[test]
fn hidden_text_is_marked() {
    let document = page(
        "<p>甲<span style='DISPLAY: none'>广告</span>乙</p><div style='display:none;'><p>隐</p></div><p style='font-size:0.9em'>显</p>",
    );
    assert_eq!(document.text, "甲广告乙\n隐\n显");
    assert_eq!(document.quote(paragraph(&document, 0).hidden_parts[0]), "广告");
    assert_eq!(paragraph(&document, 0).hidden, None);
    assert_eq!(paragraph(&document, 1).hidden, Some(Hidden::Text));
    assert_eq!(paragraph(&document, 2).hidden, None);
}

#[test]
fn headings_and_alignment() {
    let document = page(
        "<h2>一</h2><p align=right>二</p><center>三</center><div style='text-align:center'><p>四</p></div><p>五</p>",
    );
    let found: Vec<(Option<u8>, Align)> = (0..5)
        .map(|at| (paragraph(&document, at).outline_level, paragraph(&document, at).align))
        .collect();
    assert_eq!(
        found,
        [
            (Some(2), Align::Start),
            (None, Align::End),
            (None, Align::Center),
            (None, Align::Center),
            (None, Align::Start)
        ]
    );
}

#[test]
fn the_declared_encoding_is_used() {
    let source = "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset=gb2312\"></head><p>乙</p>";
    let bytes = encoding_rs::GB18030.encode(source).0;
    let document = super::read(&bytes, &Deadline::default()).expect("a page").value;
    assert_eq!((document.text.as_str(), document.encoding), ("乙", Some("GB18030")));
}

#[test]
fn damaged_pages_never_panic() {
    let body = "<!-- c --><h1 align=center>甲&nbsp;<br>乙</h1><table border=1><caption>表</caption><thead><tr><th rowspan=2>丙</th>\
        <th colspan='2'>丁</thead><tr><td>1<td style=\"display:none\">2<table><td>内</table></table><pre> 甲\n乙</pre><script>x</script>";
    for (at, c) in body.char_indices() {
        let _ = super::read(
            format!("<html>{}{}", &body[..at], &body[at + c.len_utf8()..]).as_bytes(),
            &Deadline::default(),
        );
        let _ = super::read(format!("<html>{}", &body[at..]).as_bytes(), &Deadline::default());
        let _ = super::read(format!("<html>{}{body}", &body[..at]).as_bytes(), &Deadline::default());
    }
}

#[test]
fn hostile_pages_end_quickly() {
    let distinct: String = (0..20_000).map(|n| format!("<font size={n}><p>x")).collect();
    for body in [
        "<div>".repeat(200_000),
        "<b><i>".repeat(100_000),
        "<table><tr><td>".repeat(50_000),
        "<a><table>".repeat(50_000),
        format!("<p {}>x", (0..100_000).map(|n| format!("a{n}=1 ")).collect::<String>()),
        distinct,
        "<td colspan=1000 rowspan=65534>x".repeat(2000),
        format!(
            "<table>{}</table>",
            "<tr><td colspan=1000 rowspan=65534>x<td>y".repeat(2000)
        ),
    ] {
        let _ = super::read(format!("<html>{body}").as_bytes(), &Deadline::default());
    }
}

#[test]
fn items_of_ordered_lists_are_numbered() {
    check(
        "<ol><li>2024年受理12件。<p>其中</p></li><li value=5>办结11件。<ul><li>甲<li>乙</ul><li>完</ol><ol type=a start=3><li>丙，</ol>",
        &[
            "P 1. 2024年受理12件。",
            "P 其中",
            "P 5. 办结11件。",
            "P 甲",
            "P 乙",
            "P 6. 完",
            "P c. 丙，",
        ],
    );
    check(
        "<ol style='list-style-type: cjk-ideographic'><li>基本情况。<li style='list-style:none'>受理</ol>",
        &["P 一、基本情况。", "P 受理"],
    );
    check(
        "<table><tr><td><ol><li>签收；<li>办理</ol><td>1</table>",
        &["T 1. 签收；/2. 办理|1"],
    );
    let document = page("<ol><li>受理<span hidden>密</span>件。</ol>");
    let first = paragraph(&document, 0);
    assert_eq!((first.label_len, document.quote(first.hidden_parts[0])), (2, "密"));
    // Paths and menus are lists too.
    check("<ol><li>首页<li>政务公开</ol>", &["P 首页", "P 政务公开"]);
}

#[test]
fn deleted_text_is_hidden() {
    let document = page("<p>受理<del>12</del><ins>13</ins>件</p>");
    assert_eq!(document.text, "受理1213件");
    assert_eq!(document.quote(paragraph(&document, 0).hidden_parts[0]), "12");
}

#[test]
fn the_page_of_a_web_archive_is_read() {
    let source = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<html><p>=CD=A8=B1=A8</p>\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n";
    let parsed = crate::read("a.mht", source.as_bytes()).expect("a page");
    assert_eq!(
        (parsed.value.text.as_str(), parsed.value.encoding),
        ("通报", Some("GB18030"))
    );
    assert_eq!(parsed.value.format, Format::Html);
    assert!(matches!(
        parsed.warnings[..],
        [Warning {
            kind: WarningKind::EmbeddedContent { .. },
            ..
        }]
    ));
}

#[test]
fn notes_on_cells_do_not_run_into_their_figures() {
    check(
        "<table><tr><td>甲镇</td><td><a class=i></a><comment>应为999件</comment>500</td></tr></table>",
        &["T 甲镇|500"],
    );
}

#[test]
fn marks_of_notes_do_not_run_into_figures() {
    check(
        "<p>受理368<a name=n1 href=#s1><font><sup>2</sup></font></a>件，办结12<sup><a href='#x'>[1]</a></sup>件。</p>\
         <p><a id=s1 href=#n1>2</a>不含转办件。</p>",
        &["P 受理368件，办结12件。", "P 不含转办件。"],
    );
    // Powers, pages and tabs are no notes.
    check(
        "<p>面积5m<sup>2</sup>，见第<a href='#t'>3</a>页、第<a id=u href='#'>4</a>页、<a id=v href='#v'>第5页</a>。</p>",
        &["P 面积5m2，见第3页、第4页、第5页。"],
    );
}
