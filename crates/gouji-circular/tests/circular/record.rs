//! What is read of title, issuer, number, date and period on pages of several kinds.

use super::{parsed, txt};

const PROSE: &str = "全县各单位按照统一部署开展自查，对照清单逐项整改，办理质量进一步提高。";

fn meta(text: &str) -> [String; 5] {
    let c = parsed(&txt(&text.replace("PROSE", PROSE)));
    let own = |text: Option<&gouji_document::Text>| text.map_or(String::new(), |t| t.as_str().to_owned());
    [
        own(c.title.as_ref()),
        c.issuer.clone().unwrap_or_default(),
        own(c.doc_number.as_ref()),
        c.date
            .as_ref()
            .and_then(|d| d.date)
            .map_or(String::new(), |d| d.to_string()),
        c.period.map_or(String::new(), |p| p.to_string()),
    ]
}

#[test]
fn a_headline_between_the_pages_lines() {
    let page = "您好,欢迎访问青溪门户网站!\n便民资讯\n首页 > 新闻 > 正文\n青溪县人代会收到建议96件\n2031-03-07 10:22 青溪网\nPROSE";
    assert_eq!(meta(page), ["青溪县人代会收到建议96件", "", "", "", ""]);
    // With the text right below it, as the first line.
    assert_eq!(meta("二月份热线接听来电近2万个\nPROSE")[0], "二月份热线接听来电近2万个");
    // A sentence, an organ and a heading are none.
    for text in [
        "青溪县二月份共接听来电2万个。\nPROSE",
        "青溪县人民政府办公室\nPROSE",
        "一、青溪县热线总体情况\nPROSE",
    ] {
        assert_eq!(meta(text)[0], "", "{text}");
    }
}

#[test]
fn a_short_heading_below_a_headline_is_not_the_title() {
    assert_eq!(
        meta("青溪县投诉中心2031年8月份投诉受理数据分析\n01 总体情况\nPROSE")[0],
        "青溪县投诉中心2031年8月份投诉受理数据分析"
    );
}

#[test]
fn a_title_that_only_a_row_gives() {
    assert_eq!(
        meta("（原标题：青溪县公布水质抽检合格率）\nPROSE")[0],
        "青溪县公布水质抽检合格率"
    );
    // The title itself goes before.
    let page = "标题: 青溪县水质抽检情况通报\n青溪县水质抽检情况通报\n发布时间：2031-03-07 来源：青溪网\nPROSE";
    assert_eq!(meta(page)[0], "青溪县水质抽检情况通报");
}

#[test]
fn the_banner_of_a_site_issues_nothing() {
    let page = "青溪资讯中心\n首页 > 公告\n县水务局关于2031年8月水质抽检情况的通报\nPROSE";
    assert_eq!(
        meta(page),
        ["县水务局关于2031年8月水质抽检情况的通报", "县水务局", "", "", "2031-08"]
    );
    // Directly above the title it is the mark.
    let text = "青溪县水务局\n关于2031年8月水质抽检情况的通报\n各镇：\nPROSE";
    assert_eq!(meta(text)[1], "青溪县水务局");
}

#[test]
fn the_page_names_the_issuer_in_full_and_the_day() {
    let page = "县政府办公室关于8月水质抽检情况的通报\n索引号 0001/2031-0002 生成日期 2031-09-05 公开日期 2031-09-09\n文件编号 无 发布机构 青溪县人民政府办公室\n各镇：\nPROSE";
    assert_eq!(
        meta(page),
        [
            "县政府办公室关于8月水质抽检情况的通报",
            "青溪县人民政府办公室",
            "",
            "2031-09-05",
            "2031-08"
        ]
    );
    // A day of publication is no day of issue.
    let page = "8月水质抽检情况通报\n发布日期：2031-09-09\nPROSE";
    assert_eq!(meta(page)[3], "");
}

#[test]
fn an_announcement_with_its_number() {
    let text = "青溪县水务局关于水质抽检情况的通告（2031年第8号）\nPROSE";
    assert_eq!(
        meta(text)[..3],
        ["青溪县水务局关于水质抽检情况的通告", "青溪县水务局", "2031年第8号"]
    );
    // An issue is none.
    assert_eq!(
        meta("督察通报（2031年第8期）\nPROSE")[..3],
        ["督察通报（2031年第8期）", "", ""]
    );
}

#[test]
fn a_masthead_with_its_day_and_a_day_in_figures() {
    let text = "第11期\n青溪县督查局 2031年5月24日\n青溪县督查局\n关于重点项目进展的督查情况\nPROSE";
    let read = meta(text);
    assert_eq!((read[1].as_str(), read[3].as_str()), ("青溪县督查局", "2031-05-24"));
    let text = format!("8月水质抽检情况通报\n{PROSE}\n青溪县水务局\n20310911");
    let read = meta(&text);
    assert_eq!((read[1].as_str(), read[3].as_str()), ("青溪县水务局", "2031-09-11"));
    let text = format!("8月水质抽检情况通报\n{PROSE}\n20310911");
    assert_eq!(meta(&text)[3], "");
}

#[test]
fn a_title_in_a_row_of_bars() {
    let text = "|\n| 2031年1月全县生产安全事故情况 | | | |\n|\n一、总体情况\nPROSE";
    assert_eq!(meta(text)[0], "2031年1月全县生产安全事故情况");
    let c = parsed(&txt(
        "2031年1月全县抽检情况 |\n||||\n序号 |\n大类 |\n批次 |\n不合格 |\n1 |\n粮食 |\n398 |\n0 |\n2 |\n肉类 |\n120 |\n3 |\n3 |\n豆类 |\n77 |\n1 |",
    ));
    assert_eq!(c.title.as_ref().map(|t| t.as_str()), Some("2031年1月全县抽检情况"));
}

#[test]
fn the_head_of_a_table_that_reads_like_a_menu() {
    let text = "附件2\n2031年政务公开情况排名表\n排名 | 单位 | 总得分 | 政务公开 | 在线服务 | 互动交流 |\n1 | 甲局 | 94 | 70 | 18 | 6 |\n2 | 乙局 | 89 | 68 | 16 | 5 |\n3 | 丙局 | 80 | 61 | 14 | 5 |";
    let c = parsed(&txt(text));
    assert_eq!(c.tables[0].header[3].as_str(), "政务公开");
    assert_eq!(c.tables[0].rows.len(), 3);
}

#[test]
fn what_a_menu_or_a_field_says_is_no_record() {
    assert_eq!(meta("下载客户端立即领取会员\nPROSE")[0], "");
    let page = "  • 索引号:0001A\n  • 分类:部门文件、政务综合、部门文件\n  • 名称:青溪县第三方评估报告\n\n青溪县第三方评估报告\n\nPROSE";
    assert_eq!(meta(page)[1], "");
    assert_eq!(
        meta("青溪县2031年度复议情况 (2032-04-23)\nPROSE")[0],
        "青溪县2031年度复议情况"
    );
}
