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
