//! Records in, sums out.

use crate::prose::tests::read;

fn sums(text: &str) -> Vec<String> {
    read(text).into_iter().filter(|l| l.starts_with("sum")).collect()
}

const PROJECTS: &str = "全县安排重点项目30项，总投资90.50亿元，年度计划投资40亿元。截至6月底，完成投资22亿元。其中：
省级项目6项，总投资40.20亿元，年度计划投资25亿元。1—6月完成投资12亿元。
市级项目24项，总投资50.30亿元，年度计划投资15亿元。1—6月完成投资10亿元。";

#[test]
fn a_paragraph_each() {
    let found = sums(PROJECTS);
    for expected in [
        "90.50亿元 <- 40.20亿元 50.30亿元",
        "40亿元 <- 25亿元 15亿元",
        "22亿元 <- 12亿元 10亿元",
    ] {
        assert!(found.iter().any(|l| l.ends_with(expected)), "{expected}: {found:?}");
    }
}

#[test]
fn many_leads_reach_a_total_of_another_section() {
    let text = "一、总体情况
全市发生道路交通事故18起，死亡4人。
二、各辖区情况
云台辖区发生5起，死亡1人；白石辖区发生4起；新埠辖区发生6起，死亡2人；长岭辖区发生3起，死亡1人。";
    let found = sums(text);
    assert!(
        found.iter().any(|l| l.ends_with("18起 <- 5起 4起 6起 3起")),
        "{found:?}"
    );
}

#[test]
fn fields_that_add_up_vouch_for_one_that_does_not() {
    let found = sums(&PROJECTS.replace("12亿元", "13亿元"));
    assert!(
        found.iter().any(|l| l.starts_with("sum? 22亿元 <- 13亿元")),
        "{found:?}"
    );
}

#[test]
fn what_does_not_add_up_says_nothing_where_nothing_does() {
    let text = PROJECTS
        .replace("12亿元", "13亿元")
        .replace("40.20", "41.20")
        .replace("25亿元", "31亿元");
    let found = sums(&text.replace("6项", "9项"));
    assert!(found.is_empty(), "{found:?}");
}

/// What is stated and its parts, of each sum found.
fn has(text: &str, expected: &[&str]) {
    let found = sums(text);
    for line in expected {
        assert!(
            found.iter().any(|l| l.ends_with(line)),
            "{text}\nlacks {line}: {found:#?}"
        );
    }
}

const ACCIDENTS: &str = "全县共发生各类生产事故5起，死亡6人，受伤1人，直接经济损失173.6万元，同比减少8.4万元。
（一）工矿事故。本月发生事故1起，同比持平；死亡1人；受伤0人；直接经济损失98万元，同比增加18万元。其中：矿山事故1起，死亡1人。
（二）道路事故。本月发生事故3起；死亡4人；受伤1人；直接经济损失0.6万元，同比减少1.4万元。
（三）其他事故。本月发生事故1起；死亡1人；受伤0人；直接经济损失75万元，同比减少25万元。";

#[test]
fn small_figures_of_numbered_items_vouch_for_each_other() {
    let expected = [
        "5起 <- 1起 3起 1起",
        "6人 <- 1人 4人 1人",
        "1人 <- 0人 1人 0人",
        "173.6万元 <- 98万元 0.6万元 75万元",
        "8.4万元 <- -18万元 1.4万元 25万元",
    ];
    has(ACCIDENTS, &expected);
    // In one paragraph as well, whatever the numbers look like.
    has(&ACCIDENTS.replace('\n', ""), &expected);
    let digits = ACCIDENTS
        .replace("（一）", "1.")
        .replace("（二）", "2.")
        .replace("（三）", "3.");
    has(&digits.replace('\n', ""), &expected);
}

#[test]
fn money_that_does_not_add_up_beside_counts_that_do() {
    let found = sums(&ACCIDENTS.replace("0.6万元，", "0.6元，"));
    assert!(
        found
            .iter()
            .any(|l| l.starts_with("sum? 173.6万元 <- 98万元 0.6元 75万元")),
        "{found:#?}"
    );
}

#[test]
fn small_figures_alone_say_nothing() {
    for text in [
        // One field adds up, the other does not.
        ACCIDENTS.replace("死亡4人", "死亡3人").replace("75万元", "45万元"),
        // Nothing does.
        ACCIDENTS
            .replace("5起", "9起")
            .replace("死亡6人", "死亡8人")
            .replace("173.6", "300.6"),
    ] {
        let text = text.replace("受伤1人，直接", "受伤3人，直接");
        let found = sums(&text);
        assert!(
            found.iter().all(|l| !l.contains("起 <-") && !l.contains("人 <-")),
            "{text}\n{found:#?}"
        );
    }
}

#[test]
fn fields_of_the_same_words_over_paragraphs() {
    let text = "全市财政收入完成50.3亿元，同比增加8.5亿元。财政支出完成63.4亿元，同比增加10.7亿元。
在4个县，财政收入完成15.1亿元，同比增加2.1亿元。其中：税收收入9.5亿元。
财政支出完成30.6亿元，同比增加3.2亿元。
在3个区，财政收入完成35.2亿元，同比增加6.4亿元。
财政支出完成32.8亿元，同比增加7.5亿元。";
    has(
        text,
        &[
            "50.3亿元 <- 15.1亿元 35.2亿元",
            "8.5亿元 <- 2.1亿元 6.4亿元",
            "63.4亿元 <- 30.6亿元 32.8亿元",
            "10.7亿元 <- 3.2亿元 7.5亿元",
        ],
    );
    let found = sums(&text.replace("32.8亿元", "33.8亿元"));
    assert!(
        found
            .iter()
            .any(|l| l.starts_with("sum? 63.4亿元 <- 30.6亿元 33.8亿元")),
        "{found:#?}"
    );
    let found = sums(&text.replace("32.8亿元", "33.8亿元").replace("35.2", "36.2"));
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn a_list_over_several_paragraphs() {
    let text = "上半年抽查产品25种。其中包括：围巾、手套等2种纺织品；电锅、风扇、充电机（器）等9种电器；
纸巾、灯具等6种轻工产品；
砂轮、阀门等8种机械产品。";
    has(text, &["25种 <- 2种 9种 6种 8种"]);
    assert!(sums(&text.replace("9种", "7种")).is_empty());
}

#[test]
fn what_is_counted_may_be_called_by_the_names_of_its_kinds() {
    let text = "本季度共受理信访事项9件次，涉及14人次。一是来信2件次，涉及2人次。二是来访4件次，涉及9人次。三是网访3件次，涉及3人次。";
    has(text, &["9件次 <- 2件次 4件次 3件次", "14人次 <- 2人次 9人次 3人次"]);
}

#[test]
fn a_mark_inside_a_record_makes_no_record() {
    let text = "共接报火灾19.4万起，亡1126人，伤742人。
从火灾单位看，其他单位火灾共17.8万起，亡1058人，伤683人；其中较大火灾42起，重大火灾3起。重点单位火灾共1.6万起，亡68人，伤59人。";
    let found = sums(text);
    assert!(found.iter().any(|l| l.ends_with("1126人 <- 1058人 68人")), "{found:#?}");
    assert!(found.iter().all(|l| !l.contains("42起")), "{found:#?}");
}

#[test]
fn records_known_by_the_measures_of_their_lead() {
    for (text, expected) in [
        // Other words in each record, over paragraphs, with a record behind them that is of something else.
        (
            "上半年完成招标类项目130宗，交易金额791.97万元，节约金额66.45万元，节约率7.7%。其中，工程建设项目56宗，中标价690.49万元，节约资金55.61万元，节约率7.47%。
完成采购项目74宗，采购金额101.48万元，比预算节约10.84万元，节约率9.6%。土地出让1宗，成交价284万元。",
            vec![
                "130宗 <- 56宗 74宗",
                "791.97万元 <- 690.49万元 101.48万元",
                "66.45万元 <- 55.61万元 10.84万元",
            ],
        ),
        (
            "全市共抽检文具516批次，合格样品378批次，总体合格率73.26%。
本子方面，抽检207批次，合格样品128批次，合格率61.84%；尺规方面，抽检92批次，合格样品87批次，合格率94.57%。书包合格率最低，共抽检217批次，合格样品163批次，合格率75.12%。",
            vec!["516批次 <- 207批次 92批次 217批次", "378批次 <- 128批次 87批次 163批次"],
        ),
        (
            "全市累计查处违规问题1874起，处理25628人，给予处分14495人。
从级别看，市管干部被处理27人，其中给予处分的25人；县级干部被处理2416人，给予处分的1623人；乡科级干部被处理23185人，给予处分的12847人。",
            vec!["25628人 <- 27人 2416人 23185人", "14495人 <- 25人 1623人 12847人"],
        ),
        (
            "一、基本情况
全年确定重要任务558项，已完成528项，正在办理30项，完成率95%
（一）党组会议。全年召开党组会议6次，确定事项42项，完成42项，完成率100%
（二）常务会议。
全年召开常务会议11次，确定事项388项，完成367项，正在办理21项。其中第六次会议确定事项41项，完成40项，正在办理1项。
（三）办公会议。
全年召开办公会议12次，确定事项128项，完成119项，正在办理9项。",
            vec!["558项 <- 42项 388项 128项", "528项 <- 42项 367项 119项"],
        ),
        (
            "全季共监测农产品13274批次，合格样品13158批次，总体合格率99.13%，其中监测果蔬产品11842批次，合格样品11726批次；监测蛋奶产品354批次，合格354批次；监测淡水产品1078批次，全部合格。",
            vec![
                "13274批次 <- 11842批次 354批次 1078批次",
                "13158批次 <- 11726批次 354批次 1078批次",
            ],
        ),
    ] {
        has(text, &expected);
    }
}

#[test]
fn a_measure_of_the_lead_that_its_records_contradict() {
    let text = "全省共检查企业3512家，发现隐患18230项，处罚金额1203.6万元。分行业看，矿山行业检查612家、发现隐患4310项、处罚金额400.5万元；化工行业检查1100家、发现隐患6020项、处罚金额503.1万元；其他行业检查1800家、发现隐患7900项、处罚金额300万元。";
    has(
        text,
        &["3512家 <- 612家 1100家 1800家", "18230项 <- 4310项 6020项 7900项"],
    );
    let found = sums(&text.replace("503.1万元", "508.1万元"));
    assert!(
        found
            .iter()
            .any(|l| l.contains("1203.6万元 <- 400.5万元 508.1万元") && !l.starts_with("sum~")),
        "{found:#?}"
    );
}

#[test]
fn what_does_not_fit_a_lead_in_two_measures() {
    for text in [
        // Only one measure adds up, and its figures are small.
        "全县签约项目12个，到位资金8.6亿元。甲镇签约5个，注册资金1.2亿元；乙镇签约3个，注册资金2.4亿元；丙镇签约3个，注册资金1.1亿元。",
        // The same figure cannot be both.
        "本月收件26件，办件26件。甲局退回9件；乙局退回8件。",
    ] {
        assert!(sums(text).is_empty(), "{text}: {:?}", sums(text));
    }
}

#[test]
fn what_the_figures_were_before_adds_up_as_well() {
    let text = "5月，全市共报告病例11592例，较上月同期（9799例）上升18.30%，较去年同期（26239例）下降55.82%；死亡92例，较上月同期（81例）上升13.58%。
乙类共报告8124例，较上月同期（7512例）上升8.15%，较去年同期（7985例）上升1.74%；死亡89例，较上月同期（79例）上升12.66%。
丙类共报告3468例，较上月同期（2287例）上升51.64%，较去年同期（18254例）下降81.00%；死亡3例，较上月同期（2例）上升50%。";
    has(
        text,
        &[
            "11592例 <- 8124例 3468例",
            "9799例 <- 7512例 2287例",
            "26239例 <- 7985例 18254例",
        ],
    );
    let found = sums(&text.replace("2287例", "2297例"));
    assert!(found.iter().all(|l| !l.contains("9799")), "{found:?}");
}
