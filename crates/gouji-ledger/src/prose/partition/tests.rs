//! Sentences in, sums of parts out.

use crate::prose::tests::read;

fn sums(text: &str) -> Vec<String> {
    read(text).into_iter().filter(|l| l.starts_with("sum")).collect()
}

#[test]
fn what_a_name_counts_is_divided_behind_it() {
    let text = "1.住房类（100件，占比20%）。主要涉及物业管理60件、房屋建设30件、人防工程10件。";
    assert_eq!(sums(text), ["sum! 100件 <- 60件 30件 10件"]);
    // 主要 says itself that some may be missing.
    assert!(sums(&text.replace("60件", "50件")).is_empty());
    let text = "投诉类（240件）集中在两个方面。突出的是：物业管理130件、房屋建设110件。";
    assert!(sums(text).iter().any(|l| l.ends_with("240件 <- 130件 110件")));
    assert!(sums(&text.replace("110件", "90件")).is_empty());
}

#[test]
fn parts_told_one_paragraph_on() {
    let text = "本次对25种产品开展质量抽查，共抽查企业300家。\n其间，纺织品抽查了5种，农资抽查了6种，机械抽查了10种，建材抽查了4种。";
    assert!(
        sums(text).contains(&"sum~ 25种 <- 5种 6种 10种 4种".to_owned()),
        "{:?}",
        sums(text)
    );
    assert!(sums(&text.replace("10种", "9种")).is_empty());
    // Too few, or other words.
    for text in [
        "本次对25种产品开展质量抽查，共抽查企业300家。\n其间，纺织品抽查了15种，农资抽查了10种。",
        "本次对25种产品开展质量抽查，共抽查企业300家。\n纺织品合格5种，农资合格6种，机械合格10种，建材合格4种。",
    ] {
        assert!(sums(text).is_empty(), "{text}: {:?}", sums(text));
    }
}

#[test]
fn shares_of_a_total_that_was_misprinted() {
    let text = "全年共收到建议150件，所提建议分为四类：财政类24件，占16.0%；城建类36件，占24.0%；农业类51件，占34.0%；教育类39件，占26.0%。";
    assert!(sums(text).iter().any(|l| l.ends_with("150件 <- 24件 36件 51件 39件")));
    let found = sums(&text.replace("150件", "140件"));
    assert_eq!(found, ["sum? 140件 <- 24件 36件 51件 39件"]);
    // The whole of the shares is another one, and printed.
    let text = text
        .replace("150件，", "150件，已办结140件。")
        .replace("所提", "其中，所提");
    assert!(
        sums(&text).iter().all(|l| !l.starts_with("sum? 140")),
        "{:?}",
        sums(&text)
    );
}

#[test]
fn the_measures_of_a_total_that_was_told_before() {
    let text = "本月完成交易项目123项，完成交易金额1011.4万元，节约资金27.8万元。\n完成的123项交易项目中，工程58项，中标金额731.5万元，节约资金21.3万元；采购41项，成交金额63.8万元，节约资金6.5万元；其他类（主要包括产权、矿权等）24项，成交金额216.1万元。";
    let found = sums(text);
    for line in [
        "123项 <- 58项 41项 24项",
        "1011.4万元 <- 731.5万元 63.8万元 216.1万元",
        "27.8万元 <- 21.3万元 6.5万元",
    ] {
        assert!(found.iter().any(|l| l.ends_with(line)), "{line}: {found:#?}");
    }
    // The parts are known to be all: what one wrong key explains is wrong, and what it does not may be another amount.
    let found = sums(&text.replace("1011.4", "1311.4"));
    assert!(
        found.iter().any(|l| l.starts_with("sum? 1311.4万元 <- 731.5")),
        "{found:#?}"
    );
    let found = sums(&text.replace("1011.4", "1374.9"));
    assert!(found.iter().all(|l| !l.contains("万元 <- 731.5")), "{found:#?}");
}

#[test]
fn what_is_asked_for_its_parts_is_their_total() {
    let text = "全市共查处问题512起，处分584人。\n受到处分的584人中，处级干部6人，科级干部78人，其他干部500人。";
    assert!(
        sums(text).iter().any(|l| l.ends_with("584人 <- 6人 78人 500人")),
        "{:?}",
        sums(text)
    );
    let found = sums(&text.replace("的584人", "的587人"));
    assert!(
        found.iter().any(|l| l.ends_with("587人 <- 6人 78人 500人")),
        "{found:?}"
    );
}

#[test]
fn shares_that_fill_a_hundred_behind_the_total() {
    let text = "全县总产值18.6亿元，同比增长9.0%。其中：农业9.8亿元，占52.7%；林业1.1亿元，占5.9%；牧业7.5亿元，占40.3%；渔业0.2亿元，占1.1%。";
    assert!(
        sums(text)
            .iter()
            .any(|l| l.ends_with("18.6亿元 <- 9.8亿元 1.1亿元 7.5亿元 0.2亿元"))
    );
    let found = sums(&text.replace("18.6", "28.6"));
    assert!(found.iter().any(|l| l.starts_with("sum? 28.6亿元 <-")), "{found:?}");
    // Asked from another side, the shares may be of another whole.
    let found = sums(&text.replace("18.6", "28.6").replace("其中：", "从行业来看，"));
    assert!(found.iter().all(|l| !l.contains("28.6亿元 <-")), "{found:?}");
}

#[test]
fn parts_told_by_what_stands_behind_their_figures() {
    let text = "本次共评价企业60家，其中12家为A级，33家为B级，15家为C级。";
    assert_eq!(sums(text), ["sum! 60家 <- 12家 33家 15家"]);
    assert_eq!(sums(&text.replace("15家", "18家")), ["sum! 60家 <- 12家 33家 18家"]);
    // Some of them only.
    assert!(sums("抽查单位40个，其中5个单位未按时更新，3个单位存在错别字。").is_empty());
}

#[test]
fn persons_are_divided_by_office() {
    let text = "共与126名领导干部谈话，其中县级领导50人，部门主要负责同志76人。";
    assert_eq!(sums(text), ["sum! 126名 <- 50人 76人"]);
    assert_eq!(sums(&text.replace("76人", "79人")), ["sum! 126名 <- 50人 79人"]);
    assert!(sums("共走访干部群众126人，其中党员干部50人，女职工79人。").is_empty());
}

#[test]
fn siblings_that_are_each_divided() {
    let text = "本周立案1000件，应结案980件，结案900件。事件类立案900件，其中应结案884件，结案820件；部件类立案100件，其中应结案96件，结案80件。";
    let found = sums(text);
    for line in ["1000件 <- 900件 100件", "980件 <- 884件 96件", "900件 <- 820件 80件"] {
        assert!(found.iter().any(|l| l.ends_with(line)), "{line}: {found:#?}");
    }
    let found = sums(&text.replace("980", "950"));
    assert!(found.iter().all(|l| !l.contains("950件 <- 884件 100件")), "{found:#?}");
}

#[test]
fn one_part_alone_beyond_its_total() {
    assert_eq!(sums("收到来信来电3件（来信5件、来电1件）。"), ["sum? 3件 <- 5件 1件"]);
    assert_eq!(sums("收到来信来电6件（来信5件、来电1件）。"), ["sum! 6件 <- 5件 1件"]);
    assert!(sums("收到来信来电3件，印发简报5期、专报1期。").is_empty());
}

#[test]
fn repeats_that_were_put_together_before_the_cases_were_handed_on() {
    let text = "共计受理举报997件（其中来电600件，来信400件），经逐件甄别并合并重复举报，累计交办800件。";
    assert!(
        sums(text).iter().any(|l| l.ends_with("997件 <- 600件 400件")),
        "{:?}",
        sums(text)
    );
    let twice = text.replace("经逐件甄别并合并重复举报", "来电来信有重复");
    assert!(sums(&twice).iter().all(|l| !l.contains("997件")), "{:?}", sums(&twice));
}

#[test]
fn what_is_divided_may_stand_before_the_words_of_dividing() {
    let text = "共受理投诉举报7429件，其中市局接收512件、热线接收6917件。\n受理的投诉举报按受理渠道分：来访14件、来电7168件、邮件153件、短信94件。";
    assert!(
        sums(text)
            .iter()
            .any(|l| l.ends_with("7429件 <- 14件 7168件 153件 94件")),
        "{:?}",
        sums(text)
    );
    let text = "共提供服务143582件，其中总登记量131407件、总转办量41263件、总回访量73518件；从受理渠道看，电话端95814件，互联网端1346件，其他渠道46422件。";
    assert!(
        sums(text)
            .iter()
            .any(|l| l.ends_with("143582件 <- 95814件 1346件 46422件")),
        "{:?}",
        sums(text)
    );
}
