//! What stands where on the page: markings, marks of several issuers, sign-offs, wide tables, and the choices of a house.

mod invented;

use std::io::{Cursor, Read as _};

use gouji_circular::{Attachment, Cell, Circular, Element, Row, Table, TableIdx};
use gouji_document::{Span, Text};
use gouji_standard::{EighthPoints, FontClass, FormChoice, HalfPoints, House};
use gouji_write::{Options, Place, normalise, write};
use zip::ZipArchive;

fn text(string: &str) -> Text {
    Text::synthetic(string)
}

fn parts_of(circular: &Circular, house: House) -> impl Fn(&str) -> Option<String> {
    let options = Options {
        house,
        ..Options::default()
    };
    let docx = write(circular, &options).expect("a package in memory");
    move |name| {
        let mut zip = ZipArchive::new(Cursor::new(&docx)).expect("a zip");
        let mut content = String::new();
        zip.by_name(name).ok()?.read_to_string(&mut content).expect("UTF-8");
        Some(content)
    }
}

fn main_part(circular: &Circular, house: House) -> String {
    parts_of(circular, house)("word/document.xml").expect("the main part")
}

/// The paragraph that holds `needle`, with its properties.
fn paragraph<'a>(main: &'a str, needle: &str) -> &'a str {
    let at = main.find(needle).unwrap_or_else(|| panic!("{needle} is not there"));
    let start = main[..at].rfind("<w:p>").expect("a paragraph");
    let end = main[at..].find("</w:p>").expect("its end") + at;
    &main[start..end]
}

fn attribute(xml: &str, name: &str) -> Option<i32> {
    let (_, rest) = xml.split_once(&format!("{name}=\""))?;
    rest.split('"').next()?.parse().ok()
}

fn numbers(n_cols: usize) -> Table {
    let header = (0..n_cols)
        .map(|col| text(if col == 0 { "单位名称" } else { "按期办结率" }))
        .collect();
    let row = |name: &str| Row {
        cells: (0..n_cols)
            .map(|col| Cell {
                text: text(if col == 0 { name } else { "98.75%" }),
                ..Cell::default()
            })
            .collect(),
        hidden: false,
    };
    Table {
        header,
        rows: vec![row("县水务局"), row("县林业局")],
        panels: 1,
        ..Table::default()
    }
}

// ── letterhead ──

#[test]
fn markings_stand_in_their_order_and_the_security_class_on_the_second_line() {
    let circular = Circular {
        markings: vec![text("特急"), text("机密★1年"), text("000012")],
        ..invented::document()
    };
    let (normalised, edits) = normalise(&circular);
    let order: Vec<&str> = normalised.markings.iter().map(|m| m.as_str()).collect();
    assert_eq!(order, ["000012", "机密★1年", "特急"]);
    assert!(edits.iter().any(|e| e.place == Place::Markings));
    let main = main_part(&circular, House::default());
    // Three lines of markings, and the mark where it always is: 1984 − 3 × 579.
    assert_eq!(
        attribute(paragraph(&main, "青禾县人民政府办公室文件"), "w:before"),
        Some(247)
    );
    assert!(paragraph(&main, "000012").contains("CopyNumber") && paragraph(&main, "特急").contains("Marking"));

    let classified = Circular {
        markings: vec![text("秘密")],
        ..invented::document()
    };
    let main = main_part(&classified, House::default());
    assert_eq!(attribute(paragraph(&main, "秘密"), "w:before"), Some(579));
    let urgent = Circular {
        markings: vec![text("加急")],
        ..invented::document()
    };
    let main = main_part(&urgent, House::default());
    assert_eq!(attribute(paragraph(&main, "加急"), "w:before"), None);
}

#[test]
fn several_issuers_share_a_mark_and_a_letter_has_the_host_s() {
    let joint = Circular {
        issuer_mark: Some(text("青禾县教育局 青禾县卫生健康局文件")),
        ..invented::document()
    };
    let (normalised, _) = normalise(&joint);
    assert_eq!(
        normalised.issuer_mark.as_deref(),
        Some("青禾县教育局、青禾县卫生健康局文件")
    );
    let main = main_part(&joint, House::default());
    let (first, second) = (
        paragraph(&main, ">青禾县教育局<"),
        paragraph(&main, ">青禾县卫生健康局<"),
    );
    for name in [first, second] {
        assert!(name.contains("<w:jc w:val=\"distribute\"/>"), "{name}");
    }
    assert!(main.contains(">文件<") && main.matches("<w:vAlign w:val=\"center\"/>").count() > 2);

    let docx = write(&joint, &Options::default()).expect("a package in memory");
    let read = gouji_circular::parse(&gouji_read::read("a.docx", &docx).expect("a docx").value);
    assert_eq!(read.issuer_mark.as_deref(), normalised.issuer_mark.as_deref());
    assert_eq!(read.title.as_deref(), normalised.title.as_deref());
    assert_eq!(read.tables.len(), normalised.tables.len());

    let letter = Circular {
        issuer_mark: Some(text("云溪区教育局、云溪区财政局")),
        ..invented::letter()
    };
    let (normalised, _) = normalise(&letter);
    assert_eq!(normalised.issuer_mark.as_deref(), Some("云溪区教育局"));
}

#[test]
fn a_masthead_stays_above_the_title() {
    let source = "政务公开工作简报\n第12期\n关于9月检查情况的通报\n";
    let at = |part: &str| {
        let start = source.find(part).expect("in the source");
        Text::from_source(source, Span::new(start, start + part.len()))
    };
    let circular = Circular {
        title: Some(at("关于9月检查情况的通报")),
        subtitle: vec![at("政务公开工作简报"), at("第12期")],
        ..Circular::default()
    };
    let main = main_part(&circular, House::default());
    assert!(main.find("第12期") < main.find("关于9月"));
    // Under a mark it takes the place of the number, above the red rule.
    let marked = Circular {
        issuer_mark: Some(text("青禾县人民政府办公室")),
        ..circular.clone()
    };
    let main = main_part(&marked, House::default());
    let (name, issue) = (paragraph(&main, "工作简报"), paragraph(&main, "第12期"));
    assert!(
        name.contains("\"Subtitle\"") && issue.contains("\"DocNumber\""),
        "{main}"
    );
    // As a number stands, two lines below the mark; the lines of one masthead follow each other.
    assert_eq!(attribute(name, "w:before"), Some(2 * 579));
    assert_eq!(attribute(issue, "w:before"), Some(0));
    let single = Circular {
        subtitle: vec![at("第12期")],
        ..marked.clone()
    };
    let main_of_one = main_part(&single, House::default());
    let issue = paragraph(&main_of_one, "第12期");
    assert!(
        issue.contains("\"DocNumber\"") && attribute(issue, "w:before").is_none(),
        "{issue}"
    );
    assert_eq!(
        attribute(paragraph(&main, "关于9月"), "w:before"),
        None,
        "as below any rule"
    );
    // A number keeps its place, and the masthead stands below the rule.
    let numbered = Circular {
        doc_number: Some(text("青府办〔2023〕36号")),
        ..marked
    };
    let main = main_part(&numbered, House::default());
    assert!(paragraph(&main, "36号").contains("\"DocNumber\""));
    assert!(main.find("36号") < main.find("第12期"));
    let below = Circular {
        subtitle: vec![text("（第12期）")],
        ..circular
    };
    let main = main_part(&below, House::default());
    assert!(main.find("第12期") > main.find("关于9月"));
}

#[test]
fn a_mark_bears_the_rule_itself_where_neither_number_nor_title_follows() {
    let bare = Circular {
        issuer_mark: Some(text("青禾县人民政府办公室")),
        doc_number: None,
        title: None,
        ..invented::document()
    };
    let main = main_part(&bare, House::default());
    assert!(paragraph(&main, "青禾县人民政府办公室").contains("\"RuledMark\""));
    assert!(!main.contains("\"DocNumber\""));
    // Below a title's mark the place of the number is kept.
    let titled = Circular {
        title: Some(text("关于9月检查情况的通报")),
        ..bare
    };
    let main = main_part(&titled, House::default());
    assert!(main.contains("\"Mark\"") && main.contains("\"DocNumber\"") && !main.contains("\"RuledMark\""));
}

#[test]
fn labels_have_their_type_where_no_heading_follows() {
    let mut circular = invented::document();
    circular.body = [
        "（一）全县受理8件，同比下降2.0%",
        "二、全县办结8件",
        "1.退件2件",
        "三是未办结",
    ]
    .map(|s| Element::Paragraph(text(s)))
    .to_vec();
    let main = main_part(&circular, House::default());
    let labelled = |needle: &str| {
        let paragraph = paragraph(&main, needle);
        assert!(paragraph.contains("w:pStyle w:val=\"Body\""), "{paragraph}");
        let run = paragraph.split("</w:r>").next().unwrap_or("").to_owned();
        run.split_once("<w:rStyle w:val=\"")
            .map(|(_, rest)| rest[..rest.find('"').unwrap_or(0)].to_owned())
    };
    assert_eq!(labelled("全县受理").as_deref(), Some("SecondLabel"));
    assert_eq!(labelled("全县办结").as_deref(), Some("FirstLabel"));
    assert_eq!((labelled("1.退件"), labelled("三是")), (None, None));
}

#[test]
fn a_table_that_stands_alone_has_its_caption_for_a_title() {
    let mut table = numbers(3);
    table.caption = Some(text("2023年第四季度青禾县食品安全监督抽检结果汇总表"));
    let mut circular = Circular {
        body: vec![Element::Table(TableIdx(0))],
        tables: vec![table],
        ..Circular::default()
    };
    let main = main_part(&circular, House::default());
    let caption = paragraph(&main, "汇总表");
    assert!(caption.contains("\"AttachmentTitle\""), "{caption}");
    let size = attribute(caption.split_once("<w:sz ").expect("a size").1, "w:val");
    assert!(size.is_some_and(|size| (32..44).contains(&size)), "{size:?}");
    assert_eq!(attribute(caption, "w:before"), Some(0), "at the top of the page");
    // A second title keeps its distance from what stands above it, be that a table or a note.
    let mut second = numbers(3);
    second.caption = Some(text("2023年第四季度青禾县食品安全核查处置情况表"));
    let mut two = circular.clone();
    two.tables[0].notes = vec![text("注：统计时间为2023年10月至12月。")];
    two.tables.push(second);
    two.body.push(Element::Table(TableIdx(1)));
    let main = main_part(&two, House::default());
    assert_eq!(attribute(paragraph(&main, "情况表"), "w:before"), None);
    // Below text it is a caption.
    circular
        .body
        .insert(0, Element::Paragraph(text("现将抽检结果公布如下。")));
    let main = main_part(&circular, House::default());
    assert!(paragraph(&main, "汇总表").contains("\"Caption\""));
}

#[test]
fn what_is_no_note_below_a_table_is_text() {
    let mut circular = invented::document();
    circular.tables[0].notes = ["注：1.按办结计。", "2.不含退件。", "计算公式：办结率=办结数÷受理数。"]
        .map(text)
        .to_vec();
    let main = main_part(&circular, House::default());
    for (needle, style) in [
        ("按办结计", "TableNote"),
        ("不含退件", "TableNote"),
        ("计算公式", "Body"),
    ] {
        assert!(paragraph(&main, needle).contains(&format!("\"{style}\"")), "{needle}");
    }
}

/// Room is a matter of styles: no line without text stands in for it (the sign-off has blank lines of the standard's own).
#[test]
fn no_empty_line_parts_a_table_from_its_text() {
    let mut circular = Circular {
        title: Some(text("关于9月办件情况的通报")),
        body: vec![
            Element::Paragraph(text("各单位情况如下：")),
            Element::Table(TableIdx(0)),
            Element::Paragraph(text("请按期办结。")),
        ],
        tables: vec![numbers(3)],
        ..Circular::default()
    };
    let between = |main: &str, below: &str| {
        let start = main.find("</w:tbl>").expect("a table");
        let end = start + main[start..].find(below).expect("the text below");
        main[start..end].matches("\"Blank\"").count()
    };
    assert_eq!(between(&main_part(&circular, House::default()), "按期办结。"), 0);
    // A note has room below it.
    circular.tables[0].notes = vec![text("注：按办结计。")];
    let main = main_part(&circular, House::default());
    assert_eq!(between(&main, "请按期办结"), 0);
    assert_eq!(attribute(paragraph(&main, "按办结计"), "w:after"), Some(120));
}

#[test]
fn notes_of_a_table_stand_below_each_other() {
    let mut circular = invented::document();
    circular.tables[0].notes = ["注：1.按办结计。", "2.不含退件。"].map(text).to_vec();
    let main = main_part(&circular, House::default());
    let indents = |needle| {
        let note = paragraph(&main, needle);
        (attribute(note, "w:left"), attribute(note, "w:hanging"))
    };
    // 小四: 240 twips a character. Both numbers begin below each other, and so does what wraps.
    assert_eq!(indents("按办结计"), (Some(720), Some(720)));
    assert_eq!(indents("不含退件"), (Some(720), Some(240)));
    assert_eq!(
        attribute(paragraph(&main, "按办结计"), "w:after"),
        None,
        "between two notes"
    );
}

#[test]
fn a_very_long_signature_stands_on_lines_of_its_own_making() {
    let long = "青禾县推进职能转变和深化改革协调小组及其工作专班办公室安全生产监督管理处";
    let signed = |name: &str| Circular {
        signatures: vec![text(name)],
        ..invented::document()
    };
    let main = main_part(&signed(long), House::default());
    let signature = main
        .split("<w:p>")
        .find(|p| p.contains("\"Signature\""))
        .expect("a signature");
    assert_eq!(signature.matches("<w:br/>").count(), 1, "{signature}");
    // The date begins two characters behind the wider line.
    let lines: Vec<usize> = signature
        .split("<w:t>")
        .skip(1)
        .map(|t| t.split('<').next().unwrap_or("").chars().count())
        .collect();
    let widest = i32::try_from(*lines.iter().max().expect("lines")).expect("few");
    let date = main.split("<w:p>").find(|p| p.contains("\"Date\"")).expect("a date");
    let width = 315 * 2 * 7 / 2;
    let start = 315 * 28 - attribute(date, "w:right").expect("an indent") - width;
    let right = attribute(signature, "w:right").expect("an indent");
    assert!(
        (start - (315 * 28 - right - 315 * widest) - 630).abs() <= 315,
        "{start} {lines:?}"
    );
    let one = main_part(&signed("青禾县推进职能转变和深化改革协调小组办公室"), House::default());
    assert!(!one.contains("<w:br/>办公室"));
}

#[test]
fn a_text_without_addressee_keeps_its_blank_line_without_an_empty_paragraph() {
    let circular = Circular {
        addressee: None,
        ..invented::document()
    };
    let main = main_part(&circular, House::default());
    assert_eq!(attribute(paragraph(&main, "检查情况的通报"), "w:after"), Some(579));
    assert!(!main.contains("\"Blank\""));
}

#[test]
fn an_addressee_that_fills_the_page_moves_to_the_imprint() {
    let names: Vec<String> = (1..=60).map(|i| format!("第{i}街道办事处")).collect();
    let circular = Circular {
        addressee: Some(text(&names.join("，"))),
        ..invented::document()
    };
    let (normalised, edits) = normalise(&circular);
    assert_eq!(normalised.addressee, None);
    assert!(normalised.imprint[0].starts_with("主送：第1街道办事处，") && normalised.imprint[0].ends_with('。'));
    assert!(edits.iter().any(|e| e.place == Place::Addressee && e.after.is_empty()));
    let main = main_part(&circular, House::default());
    assert!(paragraph(&main, "主送：").contains("ImprintCopies"));
    let (kept, _) = normalise(&invented::document());
    assert!(kept.addressee.is_some());
}

// ── sign-off ──

#[test]
fn a_sealed_sign_off_is_centred_on_its_date_and_leaves_room_for_the_seal() {
    let house = House {
        sealed: true,
        ..House::default()
    };
    let main = main_part(&invented::document(), house.clone());
    let date = paragraph(&main, ">2023年10月12日<");
    assert_eq!(attribute(date, "w:right"), Some(4 * 315));
    // 10 characters over 7: 4 − 1.5 characters.
    let signature = main
        .split("<w:p>")
        .find(|p| p.contains("\"Signature\"") && p.contains(">青禾县人民政府办公室<"))
        .expect("the signature");
    assert_eq!(attribute(signature, "w:right"), Some(788));
    assert_eq!(attribute(signature, "w:before"), Some(2 * 579));

    let joint = Circular {
        signatures: vec![text("青禾县教育局"), text("青禾县财政局")],
        ..invented::document()
    };
    let main = main_part(&joint, house);
    let second = attribute(paragraph(&main, ">青禾县财政局<"), "w:before").expect("room for a seal");
    // 42 mm, and no less.
    assert!(second + 579 > 2381);
    let plain = main_part(&joint, House::default());
    assert_eq!(attribute(paragraph(&plain, ">青禾县财政局<"), "w:before"), None);
}

// ── tables ──

#[test]
fn numbers_stand_point_under_point() {
    let mut circular = invented::document();
    circular.tables[1].rows[1].cells[3].text = text("7.25%");
    let main = main_part(&circular, House::default());
    // From the point on: 98.5% takes 3 halves, 7.25% takes 4, of 14 pt.
    let right = |number: &str| attribute(paragraph(&main, &format!(">{number}<")), "w:right").unwrap_or(0);
    let half = 140;
    assert_eq!(right("98.5%") - right("7.25%"), half);
    assert_eq!(right("76.4%"), right("98.5%"));
    // Whole numbers end below each other.
    assert_eq!(right("1,268"), right("87"));
    // A whole rate ends where the others do.
    let main = main_part(&invented::document(), House::default());
    let right = |number: &str| attribute(paragraph(&main, &format!(">{number}<")), "w:right").unwrap_or(0);
    assert_eq!(right("100%"), right("98.5%"));
}

#[test]
fn a_total_row_and_a_dash_are_told_apart_from_numbers() {
    let mut circular = invented::document();
    circular.tables[0].rows[0].cells[3].text = text("—");
    let main = main_part(&circular, House::default());
    assert!(paragraph(&main, ">合计<").contains("CellHead"));
    assert!(paragraph(&main, ">90.73<").contains("CellRight"));
    assert!(paragraph(&main, ">—<").contains("CellCenter"));
    // 合计 in the middle of a row is no label of it.
    circular.tables[0].rows[1].cells[1].text = text("分项合计");
    let main = main_part(&circular, House::default());
    assert!(paragraph(&main, ">分项合计<").contains("CellCenter"));
}

#[test]
fn a_table_too_wide_for_an_upright_page_turns_it() {
    let mut circular = invented::letter();
    circular.tables = vec![numbers(18)];
    circular.body.insert(3, Element::Table(TableIdx(0)));
    let part = parts_of(&circular, House::default());
    let main = part("word/document.xml").expect("the main part");
    assert_eq!(main.matches("<w:sectPr>").count(), 3);
    assert_eq!(main.matches("w:orient=\"landscape\"").count(), 1);
    // Only the first section has a first page of its own.
    assert_eq!(main.matches("<w:titlePg/>").count(), 1);
    assert!(main.find("<w:titlePg/>") < main.find("w:orient"));
    // The table lies between the first break and the second, and fills the page.
    let breaks: Vec<usize> = main.match_indices("<w:sectPr>").map(|(at, _)| at).collect();
    let table = main
        .find("<w:tblW w:w=\"12756\"")
        .expect("a table as wide as the page is high");
    assert!(breaks[0] < table && table < breaks[1]);
    for footer in ["word/footer4.xml", "word/footer5.xml"] {
        assert!(
            part(footer)
                .expect("a footer")
                .contains("<w:textDirection w:val=\"tbRl\"/>")
        );
    }
}

#[test]
fn an_attachment_of_wide_tables_is_turned_whole_and_nothing_else_is() {
    let mut circular = invented::document();
    circular.tables[1] = numbers(18);
    circular.imprint.clear();
    circular.attachments.truncate(1);
    let main = main_part(&circular, House::default());
    // The last section is that of the attachment: no empty page follows.
    assert_eq!(main.matches("<w:sectPr>").count(), 2);
    assert!(main.rfind("<w:sectPr>") < main.find("w:orient"));
    assert!(main.find("<w:sectPr>") < main.find(">附件1<"));

    circular.attachments.push(Attachment {
        label: text("附件2"),
        number: Some(2),
        title: Some(text("填报说明")),
        body: vec![Element::Paragraph(text("逐项填报。"))],
    });
    let main = main_part(&circular, House::default());
    assert_eq!(main.matches("<w:sectPr>").count(), 3);
}

#[test]
fn narrower_tables_and_houses_that_never_turn_stay_upright() {
    let mut circular = invented::document();
    for (n_cols, house) in [
        (10, House::default()),
        (
            30,
            House {
                landscape: false,
                ..House::default()
            },
        ),
        // More than Word can hold in one table is parted, not turned.
        (130, House::default()),
    ] {
        circular.tables[1] = numbers(n_cols);
        let part = parts_of(&circular, house);
        assert!(
            !part("word/document.xml").expect("the main part").contains("landscape"),
            "{n_cols}"
        );
        assert_eq!(part("word/footer4.xml"), None);
    }
}

// ── house standard ──

#[test]
fn a_house_has_its_own_fonts_sizes_and_rules() {
    let mut house = House {
        mark_size: HalfPoints(60),
        rule_weight: EighthPoints(12),
        attachment_title: House::PLAIN_ATTACHMENT_TITLE,
        third_level_bold: true,
        western_font: Some("Times New Roman".to_owned()),
        form: FormChoice::Document,
        mark_with_file: false,
        ..House::default()
    };
    house.fonts[FontClass::ALL
        .iter()
        .position(|c| *c == FontClass::FangSong)
        .expect("a class")] = "方正仿宋_GBK".to_owned();
    let mut circular = invented::letter();
    circular.body.push(Element::Heading(gouji_circular::Heading {
        level: 3,
        label: Some(text("1.")),
        title: text("复查"),
        stop: Some('。'),
        run_in: true,
    }));
    circular.body.push(Element::Paragraph(text("另行安排。")));
    let part = parts_of(&circular, house);
    let main = part("word/document.xml").expect("the main part");
    let styles = part("word/styles.xml").expect("styles");
    // 信函 number, document form; the mark without 文件.
    assert!(main.contains("\"DocNumber\"") && main.contains(">云溪区人民政府办公室<") && !main.contains("文件<"));
    assert!(main.contains("<w:sz w:val=\"60\"/>"));
    assert!(styles.contains("w:eastAsia=\"方正仿宋_GBK\"") && !styles.contains("仿宋_GB2312"));
    assert!(styles.contains("w:ascii=\"Times New Roman\"") && styles.contains("w:ascii=\"宋体\""));
    assert!(styles.contains("<w:bottom w:val=\"single\" w:sz=\"12\""));
    assert!(main.contains("<w:rStyle w:val=\"ThirdLevel\"/></w:rPr><w:t>1.复查。</w:t>"));
    assert!(styles.contains("w:styleId=\"ThirdLevel\""));
    assert!(part("word/fontTable.xml").expect("fonts").contains("方正仿宋_GBK"));
}

#[test]
fn the_first_double_rule_of_a_letter_hangs_below_its_mark() {
    let main = main_part(&invented::letter(), House::default());
    // 30 mm from the top of the page, the mark of 38 pt, 4 mm; less the top margin.
    let rule = main
        .split("<w:p>")
        .find(|p| p.contains("\"LetterRule\""))
        .expect("the rule");
    assert_eq!(attribute(rule, "w:before"), Some(1701 + 760 + 227 - 2098));
}
