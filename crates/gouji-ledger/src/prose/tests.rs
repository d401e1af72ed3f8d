//! Sentences in, relations out. One line a relation: kind, cue (`!` explicit, `?` implied, `~` arithmetic), stated, operands.

use gouji_circular::{Circular, Element};
use gouji_document::{Block, Document, Format, Paragraph, Span, Text};

use crate::{Cue, Relation, RelationKind};

/// The circular whose body is the lines of `text`.
pub(crate) fn circular(text: &str) -> (Document, Circular) {
    let mut blocks = Vec::new();
    let mut body = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let span = Span::new(at, at + line.len());
        at += line.len() + 1;
        if line.trim().is_empty() {
            continue;
        }
        blocks.push(Block::Paragraph(Paragraph {
            span,
            ..Paragraph::default()
        }));
        body.push(Element::Paragraph(Text::from_source(text, span)));
    }
    let document = Document {
        format: Format::Txt,
        text: text.to_owned(),
        blocks,
        encoding: None,
    };
    let circular = Circular {
        body,
        ..Circular::default()
    };
    (document, circular)
}

fn line(relation: &Relation) -> String {
    let cue = match relation.cue {
        Cue::Explicit => '!',
        Cue::Implied => '?',
        Cue::Arithmetic => '~',
    };
    let reading = &relation.readings[0];
    let operands: Vec<&str> = reading.operands.iter().map(|o| o.surface.as_str()).collect();
    format!(
        "{}{cue} {} <- {}",
        relation.kind.name(),
        reading.stated.surface,
        operands.join(" ")
    )
}

/// The relations of a text, a line each.
pub(crate) fn read(text: &str) -> Vec<String> {
    let (document, circular) = circular(text);
    crate::build(&document, &circular)
        .relations
        .iter()
        .filter(|r| r.kind != RelationKind::Numbering)
        .map(line)
        .collect()
}

/// Those of them that hold a figure within bounds.
pub(crate) fn bounds(text: &str) -> Vec<String> {
    of_kind(text, "bound")
}

/// Those of them that hold a rate or share against its counts.
pub(crate) fn ratios(text: &str) -> Vec<String> {
    of_kind(text, "ratio")
}

fn of_kind(text: &str, kind: &str) -> Vec<String> {
    of_kinds(text, &[kind])
}

/// Those of them that are of one of the kinds.
pub(crate) fn of_kinds(text: &str, kinds: &[&str]) -> Vec<String> {
    let wanted = |line: &String| kinds.iter().any(|kind| line.starts_with(kind));
    read(text).into_iter().filter(wanted).collect()
}

/// Each text with the lines that must be among its relations, and nothing complained of that is not listed.
#[test]
fn forms_of_speech() {
    for (text, expected) in [
        (
            "3月来访80批500人次，4月来访100批600人次，批次、人次分别上升25%、20%。",
            &["change! 25% <- 100批 80批", "change! 20% <- 600人次 500人次"][..],
        ),
        (
            "满意率由一季度的90.5%提高到二季度的93.0%，提高2.5个百分点。",
            &["difference! 2.5个百分点 <- 93.0% 90.5%"],
        ),
        (
            "本季度共抽查企业120家，合格108家，不合格12家，合格率90%。",
            &["sum! 120家 <- 108家 12家", "ratio! 90% <- 108家 120家"][..],
        ),
        (
            "全市共检查网站120家，不合格18家，合格率85%。",
            &["ratio! 85% <- 102 120家"],
        ),
        (
            "热线共受理诉求2406件，其中咨询类1100件、投诉类900件、求助类406件。",
            &["sum! 2406件 <- 1100件 900件 406件"],
        ),
        (
            "微信公众号96个（市直单位31个，县（市）区65个）。",
            &["sum! 96个 <- 31个 65个"],
        ),
        (
            "甲乡、乙镇、丙街道各4条，丁局3条，共计15条。",
            &["sum! 15条 <- 4条 4条 4条 3条"],
        ),
        (
            "三个月分别受理210、230、260起，共计700起。",
            &["sum! 700起 <- 210 230 260起"],
        ),
        (
            "本月收到来信43件，较上月（50件）下降14%。",
            &["change! 14% <- 43件 50件"],
        ),
        (
            "今年办结1230件，比去年同期的1000件增加230件，增长23%。",
            &["difference! 230件 <- 1230件 1000件", "change! 23% <- 1230件 1000件"],
        ),
        (
            "合格率为97.5%，较上期（99.0%）下降1.5个百分点。",
            &["difference! 1.5个百分点 <- 97.5% 99.0%"],
        ),
        (
            "共收到信息85条，除办公室综合报送7条外，其他单位报送78条。",
            &["difference! 78条 <- 85条 7条"],
        ),
        (
            "清河镇、青石镇、云水街道等3个单位未按时报送。",
            &["count! 3个 <- 清河镇 青石镇 云水街道"],
        ),
        (
            "清河镇、青石镇、云水街道共4个单位未按时报送。",
            &["count! 4个 <- 清河镇 青石镇 云水街道"],
        ),
        (
            "受理11起、13人，其中甲县5起6人、乙县6起7人。",
            &["sum! 11起 <- 5起 6起", "sum! 13人 <- 6人 7人"],
        ),
        (
            "项目总投资3.5亿元，其中甲项目1.2亿元、乙项目2.3亿元。",
            &["sum! 3.5亿元 <- 1.2亿元 2.3亿元"],
        ),
        (
            "平均每个乡镇报送12.5条，8个乡镇共报送100条。",
            &["average? 12.5条 <- 100条 8个"],
        ),
        (
            "检查单位60个，发现问题45个，其中已整改40个，正在整改5个，整改率88.9%。",
            &["sum! 45个 <- 40个 5个", "ratio! 88.9% <- 40个 45个"],
        ),
        (
            "参与评价2000件，满意1950件，基本满意30件，不满意20件，满意率97.5%。",
            &["sum? 2000件 <- 1950件 30件 20件", "ratio! 97.5% <- 1950件 2000件"],
        ),
        (
            "城区抽查240批次，乡镇抽查160批次。城区合格221批次，乡镇合格142批次。城区不合格19批次，乡镇不合格18批次。",
            &["sum? 240批次 <- 221批次 19批次", "sum? 160批次 <- 142批次 18批次"],
        ),
        ("采用信息120条，占报送总数480条的25%。", &["ratio! 25% <- 120条 480条"]),
        (
            "共办理工单1200件，较上月增加200件，环比增长20%。",
            &["change? 20% <- 1200件 1000"],
        ),
        (
            "一季度收到来信90件。其中，1月收到20件，2月收到30件，3月收到40件。",
            &["sum! 90件 <- 20件 30件 40件"],
        ),
        (
            "收到来信5件（咨询类3件、投诉类2件），涉及2个单位（甲局4件、乙局1件）。",
            &["sum! 5件 <- 3件 2件", "sum! 5件 <- 4件 1件", "count! 2个 <- 甲局 乙局"],
        ),
        (
            "受理件120件。按来源分类：电话80件，网络40件。",
            &["sum! 120件 <- 80件 40件"],
        ),
        (
            "收到留言25条，按类型分：咨询类10条，占40%；投诉类15条，占60%。",
            &[
                "ratio! 40% <- 10条 25条",
                "ratio! 60% <- 15条 25条",
                "share-sum! 100% <- 40% 60%",
            ],
        ),
        (
            "派发工单640件，办结640件。逾期办结16件（甲局9件，乙镇7件）。按时办结率97.5%。",
            &["ratio! 97.5% <- 624 640件", "sum! 16件 <- 9件 7件"],
        ),
    ] {
        let found = read(text);
        for line in expected {
            assert!(found.iter().any(|f| f == line), "{text}\nlacks {line}\nhas {found:#?}");
        }
    }
}

/// Texts in which nothing ties the figures plainly: no relation, or only ones that the arithmetic itself suggested and that hold.
#[test]
fn what_claims_nothing_is_left_alone() {
    for text in [
        "全年共受理诉求6000件，其中主要为城市管理2000件、物业服务1500件。",
        "共发布信息7000条，其中县直单位原稿2600条，乡镇原稿1200条。",
        "清河镇、青石镇、云水街道等12个单位未按时报送。",
        "本月群众满意率99.2%，接通率97.8%。",
        "甲县、乙县、丙县接通率分别为98.2%、97.1%、96.0%。",
        "分别交由9个镇和12个单位办理，共38件。",
        "确保按时办结率达到100%，抽查比例不低于60%。",
        "收到来信100件，其中市民张某反映的3件已转办。",
        "三分之二的单位完成了整改，共20个单位。",
        "到局走访90批700人次，其中集访60批650人次，较上月批次、人次分别上升12.5%、8.3%。",
        "办理12345热线工单120件，同比增长15.3%。",
    ] {
        let found = read(text);
        assert!(found.iter().all(|f| f.contains('~')), "{text}\nhas {found:#?}");
    }
}

#[test]
fn days_counted_by_what_they_were_like() {
    let found = read("监测182天，其中优良175天，轻度污染7天，优良率为96.2%。");
    assert_eq!(found, ["sum! 182天 <- 175天 7天", "ratio~ 96.2% <- 175天 182天"]);
    // A length of time is none of them.
    assert!(read("公示期7天，整改时限15天，其中复查8天。").is_empty());
}

#[test]
fn rates_of_one_noun_that_fill_a_hundred() {
    let found =
        read("本月优良天数比例为89.3%，轻度污染天数比例为8.5%，中度污染天数比例为1.8%，重度污染天数比例为0.4%。");
    assert_eq!(found, ["share-sum~ 100% <- 89.3% 8.5% 1.8% 0.4%"]);
    assert!(read("本月优良天数比例为89.3%，轻度污染天数比例为28.5%，中度污染天数比例为1.8%。").is_empty());
}

#[test]
fn a_number_of_units_is_no_total_of_problems() {
    assert!(
        read("检查部门28个、乡镇16个。从问题类型看，更新不及时11个、错别字8个、链接错误6个、互动缺失2个。").is_empty()
    );
}
