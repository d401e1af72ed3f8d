//! Two circulars that never were: one in the document form with tables, one in the letter form.

use gouji_circular::{
    Attachment, Cell, Circular, Element, Heading, ListedAttachment, Row, SignedDate, Table, TableIdx,
};
use gouji_document::Text;
use gouji_quantity::Date;

fn text(string: &str) -> Text {
    Text::synthetic(string)
}

fn heading(level: u8, label: &str, title: &str, run_in: bool) -> Element {
    Element::Heading(Heading {
        level,
        label: Some(text(label)),
        title: text(title),
        stop: run_in.then_some('。'),
        run_in,
    })
}

fn paragraph(string: &str) -> Element {
    Element::Paragraph(text(string))
}

/// A table; a cell that starts with `^` repeats a merged one.
fn table(caption: Option<&str>, header: &[&str], rows: &[&[&str]], notes: &[&str]) -> Table {
    Table {
        caption: caption.map(text),
        header: header.iter().copied().map(text).collect(),
        rows: rows
            .iter()
            .map(|row| Row {
                cells: row
                    .iter()
                    .map(|s| Cell {
                        text: text(s.trim_start_matches('^')),
                        filled: s.starts_with('^'),
                        ..Cell::default()
                    })
                    .collect(),
                hidden: false,
            })
            .collect(),
        notes: notes.iter().copied().map(text).collect(),
        panels: 1,
        ..Table::default()
    }
}

/// 文件格式: run-in headings, a table with a merged cell, two attachments, an imprint.
pub fn document() -> Circular {
    let title = "2023年第三季度政府网站检查结果表";
    Circular {
        issuer: Some("青禾县人民政府办公室".to_owned()),
        doc_number: Some(text("青府办〔2023〕36号")),
        title: Some(text(
            "青禾县人民政府办公室关于2023年第三季度政府网站和政务新媒体检查情况的通报",
        )),
        addressee: Some(text("各乡镇人民政府，县政府各部门")),
        body: vec![
            paragraph("根据有关规定，县政府办公室对全县政府网站和政务新媒体进行了检查，现将有关情况通报如下："),
            heading(1, "一、", "总体情况", false),
            heading(2, "（一）", "政府网站", true),
            paragraph("共检查网站12个，其中合格11个，不合格1个，合格率91.7%。"),
            heading(2, "（二）", "政务新媒体", true),
            paragraph("共检查账号35个，合格34个（含整改后合格2个），合格率97.1%。各类网站得分见表1。"),
            Element::Table(TableIdx(0)),
            heading(1, "二、", "工作要求", false),
            paragraph("请各单位认真对照检查结果抓好整改，并于2023年10月20日前将整改情况报县政府办公室。"),
        ],
        listed: vec![
            ListedAttachment {
                number: Some(1),
                title: text(title),
            },
            ListedAttachment {
                number: Some(2),
                title: text("整改反馈单填报说明"),
            },
        ],
        signatures: vec![text("青禾县人民政府办公室")],
        date: Some(SignedDate {
            text: text("2023年10月12日"),
            date: Date::new(2023, 10, 12),
        }),
        annotation: Some(text("（此件公开发布）")),
        attachments: vec![
            Attachment {
                label: text("附件1"),
                number: Some(1),
                title: Some(text(title)),
                body: vec![Element::Table(TableIdx(1))],
            },
            Attachment {
                label: text("附件2"),
                number: Some(2),
                title: Some(text("整改反馈单填报说明")),
                body: vec![
                    heading(1, "一、", "填报范围", false),
                    paragraph("本次检查中发现问题的单位应当逐项填报，经主要负责人签字后报送。"),
                ],
            },
        ],
        imprint: vec![
            text("抄送：县委办公室，县人大常委会办公室，县政协办公室。"),
            text("青禾县人民政府办公室 2023年10月12日印发"),
        ],
        tables: vec![
            table(
                Some("表1 各类网站得分"),
                &["序号", "类别", "检查数", "得分"],
                &[
                    &["1", "部门网站", "7", "92.50"],
                    &["2", "乡镇网站", "5", "88.25"],
                    &["合计", "^合计", "12", "90.73"],
                ],
                &["注：得分为平均分。"],
            ),
            table(
                None,
                &["序号", "单位名称", "信息条数", "办结率", "主要问题"],
                &[
                    &["1", "县水务局", "1,268", "98.5%", "无"],
                    &["2", "县林业局", "87", "100%", "栏目更新不及时；附件无法下载"],
                    &["3", "石门镇", "9", "76.4%", "首页长期未更新"],
                ],
                &["注：数据截至2023年9月30日。"],
            ),
        ],
        ..Circular::default()
    }
}

/// 信函格式: no attachments, no imprint.
pub fn letter() -> Circular {
    Circular {
        issuer: Some("云溪区人民政府办公室".to_owned()),
        doc_number: Some(text("云府办函〔2022〕8号")),
        title: Some(text("云溪区人民政府办公室关于2022年6月12345热线办理情况的通报")),
        addressee: Some(text("各街道办事处，区政府各部门")),
        body: vec![
            paragraph("现将2022年6月热线办理情况通报如下。"),
            heading(1, "一、", "基本情况", false),
            paragraph("共受理543件，办结540件，正在办理3件，办结率99.4%。"),
            heading(1, "二、", "有关要求", false),
            paragraph("请各单位加快办理，按时回复。"),
        ],
        signatures: vec![text("云溪区人民政府办公室")],
        date: Some(SignedDate {
            text: text("2022年7月5日"),
            date: Date::new(2022, 7, 5),
        }),
        ..Circular::default()
    }
}
