use gouji_circular::Element;
use gouji_document::{Block, Document, Format};

use super::{headings, parsed, rows, txt};

const LETTER: &str = "\
首页
您的位置：首页 > 政务公开 > 通知公告
关于2030年上半年全市热线办理情况的通报
索引号：00014/2030-21  主题分类：其他
云政办发〔2030〕17号
【字体：大 中 小】 打印
各县（市、区）人民政府、高新区管委会，
市直各有关单位：
    现将有关情况通报如下：
    一、总体情况
    全市共受理诉求1234件，办结1200件。各县办理情况见下表：
表1  各县办理情况统计表
单位：件
单位    受理    办结    办结率
甲县    500    490    98.0%
乙县    400    390    97.5%
合计    900    880    97.8%
注：数据截至6月30日。
    二、存在问题
    1.部分单位签收不及时。甲县有3件超期签收。
    2.部分单位答复质量不高。
    （1）答复内容空泛。乙县5件被退回。
    三、下一步工作
    1.加强领导；
    2.压实责任。
    附件：1.超期工单明细表
          2.满意度排名表
　　　　　　　　　云岭市人民政府办公室
　　　　　　　　　　　2030年7月8日
（此件公开发布）
附件1
超期工单明细表
序号\t工单编号\t承办单位\t超期天数
1\tYL30101\t甲县城管局\t3
2\tYL30188\t乙县住建局\t1
附件2
满意度排名表
名次
单位
满意率
1
丙区
99.1%
2
甲县
98.2%
2
乙县
98.2%
抄送：市委办公室。
云岭市人民政府办公室            2030年7月9日印发
扫一扫在手机打开当前页";

#[test]
fn a_letter_from_a_web_page() {
    let c = parsed(&txt(LETTER));
    let str = |t: &Option<gouji_document::Text>| t.as_ref().map_or(String::new(), |t| t.as_str().to_owned());
    assert_eq!(str(&c.title), "关于2030年上半年全市热线办理情况的通报");
    assert_eq!(str(&c.doc_number), "云政办发〔2030〕17号");
    assert_eq!(
        str(&c.addressee),
        "各县（市、区）人民政府、高新区管委会，市直各有关单位"
    );
    assert_eq!(c.issuer.as_deref(), Some("云岭市人民政府办公室"));
    assert_eq!(c.period.map(|p| p.to_string()).as_deref(), Some("2030H1"));
    assert_eq!(
        c.date.and_then(|d| d.date).map(|d| d.to_string()).as_deref(),
        Some("2030-07-08")
    );
    assert_eq!(str(&c.annotation), "（此件公开发布）");
    assert_eq!(c.imprint.len(), 2);
    assert_eq!(
        headings(&c.body),
        [
            "一、总体情况",
            "二、存在问题",
            "1.部分单位签收不及时",
            "2.部分单位答复质量不高",
            "（1）答复内容空泛",
            "三、下一步工作"
        ]
    );
    assert_eq!(c.listed.len(), 2);
    assert_eq!(c.attachments.len(), 2);
    assert_eq!(
        rows(&c.tables[0]),
        [
            "单位|受理|办结|办结率",
            "甲县|500|490|98.0%",
            "乙县|400|390|97.5%",
            "合计|900|880|97.8%"
        ]
    );
    assert_eq!(str(&c.tables[0].caption), "表1  各县办理情况统计表");
    assert_eq!(str(&c.tables[0].unit_line), "单位：件");
    assert_eq!(c.tables[0].notes.len(), 1);
    assert_eq!(rows(&c.tables[1])[2], "2|YL30188|乙县住建局|1");
    assert_eq!(rows(&c.tables[2])[3], "2|乙县|98.2%");
}

#[test]
fn the_same_letter_wrapped_reads_the_same() {
    let plain = "关于2030年第二季度检查情况的通报\n各县人民政府：\n一、总体情况\n本季度共检查网站三十九家，其中市直部门网站二十七家，县级门户网站十二家，检查覆盖率百分之百，总体运行平稳，未发现安全事故和严重表述错误，公众满意度稳步提升。\n二、要求\n各县要认真落实主体责任，严格落实信息发布审校制度，明确专人负责日常巡查，发现问题立即整改，整改情况于月底前书面报送，逾期不报的将在全市范围内通报批评。\n云岭市人民政府办公室\n2030年7月8日";
    let wrapped: String = plain
        .split('\n')
        .map(|l| {
            let chars: Vec<char> = l.chars().collect();
            chars
                .chunks(24)
                .map(|c| c.iter().collect::<String>())
                .collect::<Vec<_>>()
                .join("\n")
        })
        .collect::<Vec<_>>()
        .join("\n");
    let (a, b) = (parsed(&txt(plain)), parsed(&txt(&wrapped)));
    assert_eq!(a.body.len(), b.body.len());
    assert_eq!(headings(&a.body), headings(&b.body));
    assert_eq!(a.issuer, b.issuer);
}

#[test]
fn a_document_on_one_line() {
    let c = parsed(&txt(
        "关于2031年第一季度全县检查情况的通报各有关单位:根据要求,现将情况通报如下:一、总体情况(一)网站情况2031年第一季度,共发布信息75条,其中原稿26条。(二)新媒体情况截至目前,共有账号3个。二、要求(一)落实责任。各单位要落实。(二)提高质量。要及时答复。2031年4月6日",
    ));
    assert_eq!(c.addressee.as_ref().map(|t| t.as_str()), Some("各有关单位"));
    assert_eq!(
        headings(&c.body),
        [
            "一、总体情况",
            "(一)网站情况",
            "(二)新媒体情况",
            "二、要求",
            "(一)落实责任",
            "(二)提高质量"
        ]
    );
    assert!(c.date.is_some());
}

#[test]
fn without_a_title_the_addressee_comes_first() {
    let c = parsed(&txt(
        "各乡镇人民政府,县级有关单位:\n按照要求,县政府办公室开展了2031年二季度检查,现通报如下:\n一、情况\n共检查3家。\n清河县人民政府办公室\n2031年7月8日",
    ));
    assert!(c.title.is_none());
    assert_eq!(c.period.map(|p| p.to_string()).as_deref(), Some("2031Q2"));
}

#[test]
fn a_mark_a_broken_title_and_a_repeated_organ() {
    let c = parsed(&txt(
        "清河县人民政府办公室\n清府办〔2031〕—8\n清河县人民政府办公室\n\n关于2031年8月政务平台巡检、\n\n网民来信办理情况的通报\n\n各镇人民政府：\n请认真整改。",
    ));
    assert_eq!(c.issuer_mark.as_ref().map(|t| t.as_str()), Some("清河县人民政府办公室"));
    assert_eq!(
        c.title.as_ref().map(|t| t.as_str()),
        Some("清河县人民政府办公室关于2031年8月政务平台巡检、网民来信办理情况的通报")
    );
    assert_eq!(c.doc_number.as_ref().map(|t| t.as_str()), Some("清府办〔2031〕—8"));
}

#[test]
fn a_title_said_again_is_the_page_s() {
    let title = "清河县人民政府办公室关于2031年第二季度网站保障情况的通报";
    let broken = "清河县人民政府办公室\n\n关于2031年第二季度网站保障情况的通报";
    let damaged = "清河县人民政府办公室关于2031第二季度网站保障情况的通报";
    for again in [broken, damaged, "关于2031年第二季度网站保障情况的通报"] {
        let c = parsed(&txt(&format!("{title}\n{again}\n各镇人民政府：\n请认真整改。")));
        assert_eq!(c.title.as_ref().map(|t| t.as_str()), Some(title));
        assert!(c.subtitle.is_empty() && c.issuer_mark.is_none(), "{again}");
        assert_eq!(c.discarded.len(), again.lines().filter(|l| !l.is_empty()).count());
    }
    // What stands between it and the addressee is not the title.
    let c = parsed(&txt(&format!(
        "{title}\n{title}\n县属各国有企业\n各镇人民政府：\n请认真整改。"
    )));
    assert_eq!((c.subtitle.len(), c.discarded.len()), (1, 1));
    // Without an addressee the lines would be text.
    let c = parsed(&txt(&format!("{title}\n{broken}\n二季度，全县网站运行平稳。")));
    assert_eq!((c.subtitle.len(), c.body.len()), (0, 1));
    // A second title says something of its own.
    let c = parsed(&txt(&format!("{title}\n2031年第二季度\n各镇人民政府：\n请认真整改。")));
    assert_eq!(c.subtitle.len(), 1);
}

#[test]
fn a_day_in_the_head_of_a_letter_is_its_own_where_no_sign_off_has_one() {
    let head = "2031年01月13日\n清河县人民政府办公室关于2030年第四季度网站保障情况的通报\n2031年01月13日\n各镇人民政府：\n请认真整改。";
    let c = parsed(&txt(head));
    assert_eq!(c.date.as_ref().map(|d| d.text.as_str()), Some("2031年01月13日"));
    assert!(c.subtitle.is_empty());
    let c = parsed(&txt(&format!("{head}\n清河县人民政府办公室\n2031年1月10日")));
    assert_eq!(c.date.as_ref().map(|d| d.text.as_str()), Some("2031年1月10日"));
}

#[test]
fn a_list_of_files_that_is_gone_is_no_attachment() {
    let text = "清河县关于2031年9月民生实事进展情况的通报\n9月，开工65件，完成26件。\n请各单位继续推进。\n";
    let c = parsed(&txt(&format!("{text}附件：")));
    assert!(c.attachments.is_empty() && c.listed.is_empty());
    assert_eq!(c.discarded.len(), 1);
    // A listed attachment whose page is left empty is one.
    let c = parsed(&txt(&format!(
        "{text}附件：进展情况表\n清河县发展和改革局\n2031年10月9日\n附件："
    )));
    assert_eq!((c.listed.len(), c.attachments.len()), (1, 1));
}

#[test]
fn spam_is_taken_out_of_title_heading_and_cell() {
    let phrase = "金岭体育平台,金岭体育app";
    let text = format!(
        "{phrase}\n清河县数据局{phrase}2031年检查情况的通报\n一、情况\n（一）{phrase}情况。共3件。\n序号\n单位\n条数\n1\n甲镇{phrase}\n3\n2\n乙镇\n4\n3\n丙镇\n5"
    );
    let c = parsed(&txt(&text));
    assert_eq!(
        c.title.as_ref().map(|t| t.as_str()),
        Some("清河县数据局2031年检查情况的通报")
    );
    assert_eq!(headings(&c.body), ["一、情况", "（一）情况"]);
    assert_eq!(rows(&c.tables[0])[1], "1|甲镇|3");
    assert_eq!(
        c.discarded
            .iter()
            .filter(|d| d.reason.name() == "injected-spam")
            .count(),
        4
    );
}

#[test]
fn tables_with_bars() {
    let row = "序号 | 名称 | 条数 |\n1 | 甲镇 | 3 |\n2 | 乙镇 | 4 |";
    let markdown = "| 序号 | 名称 | 条数 |\n|---|:--:|---|\n| 1 | 甲镇 | 3 |\n| 2 | 乙镇 | 4 |";
    let cells = "序号 |\n名称 |\n条数 |\n1 |\n甲镇 |\n3 |\n2 |\n乙镇 |\n4 |";
    let led = "| 序号 |\n名称 |\n条数 |\n| 1 |\n甲镇 |\n3 |\n| 2 |\n乙镇 |\n4 |";
    let broken = "| 序号 | 名称 | 条数 |\n|\n1 |\n甲镇 | 3 ||\n| 2 | 乙\n镇 | 4 |";
    for text in [row, markdown, cells, led, broken] {
        let c = parsed(&txt(&format!("一、情况\n共有两个镇。\n{text}\n二、要求\n请整改。")));
        assert_eq!(c.tables.len(), 1, "{text}");
        assert_eq!(rows(&c.tables[0]), ["序号|名称|条数", "1|甲镇|3", "2|乙镇|4"], "{text}");
    }
}

#[test]
fn a_header_of_two_rows_between_bars() {
    let c = parsed(&txt(
        "| 单位 | 得分 | | 备注 |\n| | 内容 | 功能 | |\n| 甲局 | 48 | 45 | |\n| 乙局 | 47 | 44 | 超期 |",
    ));
    assert_eq!(
        rows(&c.tables[0]),
        ["单位|得分内容|得分功能|备注", "甲局|48|45|", "乙局|47|44|超期"]
    );
    let c = parsed(&txt(
        "| 单位 | 得分 | | 备注 |\n| | 48 | 45 | |\n| 乙局 | 47 | 44 | 超期 |",
    ));
    assert_eq!(c.tables[0].rows.len(), 2);
}

#[test]
fn the_last_cell_lost_its_bar_and_a_stray_line_follows() {
    let text = "全市2031年1月食品安全监督抽检情况 |\n||||\n序号 |\n品类 |\n抽检批次 |\n不合格批次 |\n不合格率(%) |\n\
                1 |\n糕点 |\n200 |\n1 |\n0.50 |\n2 |\n酒类 |\n100 |\n2 |\n2.00 |\n合计 |\n|\n300 |\n3 |\n1.00";
    let last = "合计||300|3|1.00";
    for tail in ["", "\n11/07 01:45", "\n特此通报。", "\n第1页"] {
        let c = parsed(&txt(&format!("{text}{tail}\n")));
        assert_eq!(rows(&c.tables[0]).last().map(String::as_str), Some(last), "{tail}");
    }
    // A figure behind a row that is whole is not its cell.
    let c = parsed(&txt(&format!("{text} |\n3\n")));
    assert_eq!(rows(&c.tables[0]).last().map(String::as_str), Some(last));
}

#[test]
fn a_bar_before_the_row_of_a_merged_name() {
    let c = parsed(&txt(
        "类型 | 单位 | 受理 | 办结 |\n乡镇 | 甲镇 | 12 | 11 |\n | 乙镇 | 9 | 9 |\n | 小计 | 21 | 20 |\n合计 | | 21 | 20 |",
    ));
    assert_eq!(
        rows(&c.tables[0]),
        [
            "类型|单位|受理|办结",
            "乡镇|甲镇|12|11",
            "|乙镇|9|9",
            "|小计|21|20",
            "合计||21|20"
        ]
    );
}

#[test]
fn a_total_below_both_halves() {
    let c = parsed(&txt(
        "序号 | 单位 | 条数 | 序号 | 单位 | 条数 |\n1 | 甲县 | 32 | 3 | 丙县 | 18 |\n2 | 乙县 | 27 | 4 | 丁县 | 11 |\n合计 | | | | | 88 |",
    ));
    assert_eq!(rows(&c.tables[0]).last().map(String::as_str), Some("合计||88"));
    assert_eq!(rows(&c.tables[0])[2], "2|乙县|27");
    // A total of each half stays where it is.
    let c = parsed(&txt(
        "序号 | 单位 | 条数 | 序号 | 单位 | 条数 |\n1 | 甲县 | 32 | 3 | 丙县 | 18 |\n2 | 乙县 | 27 | 4 | 丁县 | 11 |\n合计 | | 59 | 合计 | | 29 |",
    ));
    assert_eq!(rows(&c.tables[0])[3], "合计||59");
}

#[test]
fn a_sentence_with_a_bar_is_no_table() {
    let c = parsed(&txt("一、情况\n栏目“首页|公开”更新及时。\n二、要求\n请整改。"));
    assert!(c.tables.is_empty());
}

#[test]
fn halves_side_by_side_are_stacked() {
    let mut text = "一、情况\n见下：\n".to_owned();
    let head = "序号\n单位名称\n网站报送\n条数\n网站采用\n条数\n";
    text.push_str(head);
    text.push_str(head);
    for n in 1..=4 {
        text.push_str(&format!("{n}\n甲{n}镇\n{n}0\n{n}\n{}\n乙{n}局\n{n}1\n{n}\n", n + 4));
    }
    text.push_str("注:1.数据截至6月;\n2.未纳入考核的单位报送8条。");
    let c = parsed(&txt(&text));
    let table = &c.tables[0];
    assert_eq!(rows(table)[0], "序号|单位名称|网站报送条数|网站采用条数");
    assert_eq!(rows(table)[5], "5|乙1局|11|1");
    assert_eq!(
        (table.panels, table.panel_rows.as_slice(), table.notes.len()),
        (2, [4, 4].as_slice(), 2)
    );
}

#[test]
fn a_form_of_tabs_is_no_table() {
    let c = parsed(&txt(
        "附件\n整改反馈单\n\t单位名称\n\n（签字盖章）\n\t\n\t问题类型：\n网站  □更新不及时 □其他\n\t整改情况：",
    ));
    assert!(c.tables.is_empty());
    assert_eq!(c.attachments.len(), 1);
}

#[test]
fn a_document_number_that_lost_its_bracket() {
    for (above, below) in [("青政督〔2031—8\n", ""), ("", "青政督〔2031—8\n")] {
        let c = parsed(&txt(&format!(
            "{above}青溪县人民政府督查室关于重点项目督查情况的通报\n{below}各乡镇人民政府：\n现将情况通报如下。"
        )));
        assert_eq!(c.doc_number.as_ref().map(|t| t.as_str()), Some("青政督〔2031—8"));
        assert_eq!(
            c.title.as_ref().map(|t| t.as_str()),
            Some("青溪县人民政府督查室关于重点项目督查情况的通报")
        );
    }
}

#[test]
fn characters_without_width_are_no_text() {
    let circular = parsed(&txt(
        "\u{feff}关于热线办理情况的通报\n各乡镇：\n一\u{200b}、受理情况\n共受理1\u{200b}23件，办结12\u{ad}0件。\n\u{200b}",
    ));
    assert_eq!(headings(&circular.body), ["一、受理情况"]);
    let prose = circular.body.iter().find_map(|e| match e {
        Element::Paragraph(text) => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(prose, Some("共受理123件，办结120件。"));
}

/// A document whose first `n` lines stand in the running head.
fn with_heads(text: &str, n: usize) -> Document {
    let mut document = txt(text);
    document.format = Format::Docx;
    for block in document.blocks.iter_mut().take(n) {
        if let Block::Paragraph(p) = block {
            p.stream = gouji_document::Stream::Header;
        }
    }
    document
}

#[test]
fn mark_and_number_may_stand_in_the_running_head() {
    let text =
        "澄湖县人民政府办公室文件\n澄政办发〔2024〕8号\n内部资料\n关于热线办理情况的通报\n各乡镇：\n现将情况通报如下：";
    let circular = parsed(&with_heads(text, 3));
    assert_eq!(
        circular.issuer_mark.as_ref().map(|m| m.as_str()),
        Some("澄湖县人民政府办公室文件")
    );
    assert_eq!(
        circular.doc_number.as_ref().map(|n| n.as_str()),
        Some("澄政办发〔2024〕8号")
    );
    assert_eq!(circular.discarded.len(), 1);
    // What the text has itself is not taken from the head.
    let text = "澄湖县人民政府办公室文件\n澄湖县人民政府办公室文件\n澄政办发〔2024〕9号\n关于热线办理情况的通报\n各乡镇：\n现将情况通报如下：";
    let circular = parsed(&with_heads(text, 1));
    assert_eq!(
        circular.doc_number.as_ref().map(|n| n.as_str()),
        Some("澄政办发〔2024〕9号")
    );
    assert_eq!(circular.discarded.len(), 1);
}

#[test]
fn a_figure_above_the_signature_is_no_part_of_the_name() {
    let signed = |above: &str| {
        let text = format!(
            "关于热线办理情况的通报\n各乡镇：\n现将情况通报如下。\n{above}\n推进职能转变协调小组办公室\n2024年7月8日"
        );
        let circular = parsed(&with_heads(&text, 0));
        circular
            .signatures
            .iter()
            .map(|s| s.as_str().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(signed("共受理12件"), ["推进职能转变协调小组办公室"]);
    assert_eq!(signed("澄湖县"), ["澄湖县推进职能转变协调小组办公室"]);
}

/// Markings of a letterhead are such without an addressee too, if a number says that it is one; a number above a title is none.
#[test]
fn markings_need_no_addressee_below_a_numbered_letterhead() {
    let text = "000027\n特急\n青禾县水务局文件\n青水发〔2031〕8号\n关于2031年第一季度检查情况的通报\n全季共检查12次，情况良好。\n青禾县水务局\n2031年4月8日\n";
    let circular = parsed(&txt(text));
    let markings: Vec<&str> = circular.markings.iter().map(|m| m.as_str()).collect();
    assert_eq!((markings, circular.subtitle.len()), (vec!["000027", "特急"], 0));
    let bare = text.replace("青水发〔2031〕8号\n", "").replace("特急\n", "");
    assert!(parsed(&txt(&bare)).markings.is_empty());
}

#[test]
fn a_bulletin_signed_under_its_title() {
    let c = parsed(&txt(
        "砚池县第五次农业普查公报[1]\n（第二号）\n——农户基本情况\n砚池县统计局\n砚池县农业普查领导小组办公室\n2031年6月8日\n一、农户\n全县农户2万户。",
    ));
    assert_eq!(
        c.title.as_ref().map(|t| t.as_str()),
        Some("砚池县第五次农业普查公报[1]")
    );
    assert_eq!(c.issuer.as_deref(), Some("砚池县统计局"));
    assert_eq!((c.signatures.len(), c.subtitle.len()), (2, 2));
    assert!(c.date.is_some());
    // Organs without a day are none that sign.
    let c = parsed(&txt("砚池县农业普查公报\n砚池县统计局\n一、农户\n全县农户2万户。"));
    assert!(c.signatures.is_empty() && c.date.is_none());
}
