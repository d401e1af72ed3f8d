//! Generated circulars in full dress: with the elements of the page that the archive's drafts lack.
//!
//! Number and mark of both forms, markings, several issuers, long addressees, annotations, imprints, attachments of text and of tables
//! that no upright page can hold. Nothing that is added holds a figure of the text, so no finding comes or goes with it.

use gouji_circular::{
    Attachment, Cell, Circular, Element, Heading, ListedAttachment, Row, SignedDate, Table, TableIdx,
};
use gouji_document::Text;
use gouji_quantity::Date;

use crate::archive::SplitMix64;

const PLACES: [&str; 4] = ["青禾县", "云溪区", "临江市", "松原县"];
const OFFICES: [&str; 6] = [
    "人民政府办公室",
    "市场监督管理局",
    "住房和城乡建设局",
    "农业农村局",
    "卫生健康局",
    "安全生产委员会办公室",
];
const COPIES: [&str; 4] = ["县委办公室", "县人大常委会办公室", "县政协办公室", "县监委"];
const REQUIREMENTS: [(&str, &str); 4] = [
    (
        "压实工作责任",
        "各单位主要负责同志要亲自部署，分管负责同志要具体抓落实。",
    ),
    ("加强日常管理", "建立问题台账，明确整改时限，逐项销号。"),
    ("严格信息审核", "坚持先审后发，做到全程留痕。"),
    ("及时报送情况", "整改情况加盖公章后报送，逾期未报的将予以通报。"),
];
const STATES: [&str; 4] = ["已完成整改", "正在推进整改", "尚未启动整改", "无此项内容"];

/// The circular of an index, dressed.
#[must_use]
pub fn dress(circular: &Circular, index: u64) -> Circular {
    let mut random = SplitMix64::new(0xD2E5_5ED0, index);
    let random = &mut random;
    let mut c = circular.clone();
    let place = random.pick(&PLACES);
    let n = 1 + random.below(10).saturating_sub(6);
    let offices: Vec<String> = random
        .sample(&OFFICES, n)
        .iter()
        .map(|o| format!("{place}{o}"))
        .collect();
    let letter = random.chance(1, 3);
    let date = Date::new(2031, 7, 8);
    if c.date.is_none() {
        c.date = Some(SignedDate {
            text: text("2031年7月8日"),
            date,
        });
    }
    c.issuer = offices.first().cloned();
    c.signatures = offices.iter().map(|o| text(o)).collect();
    c.doc_number = None;
    c.issuer_mark = None;
    c.markings.clear();
    if random.chance(4, 5) {
        let code = if letter { "函" } else { "发" };
        c.doc_number = Some(text(&format!("青禾办{code}〔2031〕{}号", random.range(1, 120))));
        c.issuer_mark = Some(text(&match (letter, n) {
            (true, _) => offices[0].clone(),
            (false, _) => offices.join("、") + "文件",
        }));
        for marking in ["000027", "秘密★1年", "特急"] {
            if random.chance(1, 3) {
                c.markings.push(text(marking));
            }
        }
    }
    if random.chance(1, 6) {
        let many: Vec<String> = (0..random.range(8, 24))
            .map(|_| format!("{place}{}", random.pick(&OFFICES)))
            .collect();
        c.addressee = Some(text(&many.join("，")));
    }
    if random.chance(1, 2) {
        c.annotation = Some(text(random.pick(&["（此件公开发布）", "（联系人：办公室值班室）"])));
    }
    c.imprint.clear();
    if random.chance(2, 3) {
        let n = 1 + random.below(COPIES.len());
        c.imprint.push(text(&format!("抄送：{}。", COPIES[..n].join("，"))));
        if !letter {
            c.imprint.push(text(&format!("{}\t2031年7月9日印发", offices[0])));
        }
    }
    if c.attachments.is_empty() && c.listed.is_empty() {
        attachments(&mut c, random);
    }
    c
}

fn attachments(c: &mut Circular, random: &mut SplitMix64) {
    let n = random.below(4);
    for nth in 1..=n {
        let number = (n > 1).then(|| u32::try_from(nth).unwrap_or(1));
        let wide = random.chance(1, 2);
        let title = match (wide, nth) {
            (true, 1) => "各单位整改进展情况一览表",
            (true, 2) => "责任单位逐项整改情况汇总表",
            (true, _) => "各领域整改任务分工表",
            (false, 1) => "整改工作要求",
            (false, 2) => "材料报送须知",
            (false, _) => "联络员工作职责",
        };
        let body = if wide {
            // The title above an attachment's only table is its caption.
            c.tables.push(Table {
                caption: Some(text(title)),
                ..wide_table(random)
            });
            vec![Element::Table(TableIdx(c.tables.len() - 1))]
        } else {
            requirements(random)
        };
        c.listed.push(ListedAttachment {
            number,
            title: text(title),
        });
        c.attachments.push(Attachment {
            label: text(&number.map_or("附件".to_owned(), |n| format!("附件{n}"))),
            number,
            title: Some(text(title)),
            body,
        });
    }
}

/// Headings of the first level, each with a paragraph.
fn requirements(random: &mut SplitMix64) -> Vec<Element> {
    let n = 2 + random.below(3);
    REQUIREMENTS[..n]
        .iter()
        .zip(["一、", "二、", "三、", "四、"])
        .flat_map(|((title, body), label)| {
            let heading = Heading {
                level: 1,
                label: Some(text(label)),
                title: text(title),
                stop: None,
                run_in: false,
            };
            [Element::Heading(heading), Element::Paragraph(text(body))]
        })
        .collect()
}

/// From 10 columns on no upright page has room for it.
fn wide_table(random: &mut SplitMix64) -> Table {
    let n_cols = 10 + random.below(7);
    let header = (0..n_cols)
        .map(|col| {
            text(&match col {
                0 => "单位名称".to_owned(),
                _ => format!(
                    "第{}项整改任务",
                    ["一", "二", "三", "四", "五", "六", "七", "八"][(col - 1) % 8]
                ),
            })
        })
        .collect();
    let n_rows = 2 + random.below(4);
    let names = random.sample(&OFFICES, n_rows);
    let rows = names
        .iter()
        .map(|name| Row {
            cells: (0..n_cols)
                .map(|col| Cell {
                    text: text(if col == 0 { name } else { random.pick(&STATES) }),
                    ..Cell::default()
                })
                .collect(),
            hidden: false,
        })
        .collect();
    Table {
        header,
        rows,
        panels: 1,
        ..Table::default()
    }
}

fn text(string: &str) -> Text {
    Text::synthetic(string)
}
