//! Sentences in, shares out; see `prose::tests` for the form of a line.

use crate::prose::tests::read;

fn found(text: &str) -> Vec<String> {
    read(text)
        .into_iter()
        .filter(|line| line.starts_with("ratio") || line.starts_with("share-sum"))
        .collect()
}

#[test]
fn shares_told_by_order_are_of_the_amounts_before_them() {
    for (text, expected) in [
        (
            "家政类诉求400件。\n家政类诉求中，前三位依次是保洁160件、搬家90件、月嫂50件，分别占家政类诉求总量的40.0%、22.5%、12.5%。",
            &[
                "ratio! 40.0% <- 160件 400件",
                "ratio! 22.5% <- 90件 400件",
                "ratio! 12.5% <- 50件 400件",
            ][..],
        ),
        (
            "全县采购规模为2.50亿元。其中，货物、工程、服务采购规模分别为1.00亿元、0.90亿元和0.60亿元，占全县采购规模的40.0%、36.0%和24.0%。",
            &[
                "share-sum? 100% <- 40.0% 36.0% 24.0%",
                "ratio! 40.0% <- 1.00亿元 2.50亿元",
                "ratio! 36.0% <- 0.90亿元 2.50亿元",
                "ratio! 24.0% <- 0.60亿元 2.50亿元",
            ],
        ),
        // One does not hold: it is said.
        (
            "家政类诉求400件。\n家政类诉求中，前三位依次是保洁160件、搬家90件、月嫂50件，分别占家政类诉求总量的40.0%、25.2%、12.5%。",
            &[
                "ratio! 40.0% <- 160件 400件",
                "ratio? 25.2% <- 90件 400件",
                "ratio! 12.5% <- 50件 400件",
            ],
        ),
        (
            "公开招标、邀请招标、网上采购规模分别占全县的60.0%、30.0%、10.0%。",
            &["share-sum~ 100% <- 60.0% 30.0% 10.0%"],
        ),
    ] {
        assert_eq!(found(text), expected, "{text}");
    }
}

#[test]
fn shares_told_by_order_of_something_else_are_left_alone() {
    for text in [
        // Four amounts and three shares.
        "诉求400件，其中保洁160件、搬家90件、月嫂50件、维修100件，分别占40.0%、22.5%、12.5%。",
        // Two wholes.
        "办结80件、好评60件，分别占受理量和评价量的64.0%、75.0%。",
        // The shares of three names that are not all.
        "公开招标、邀请招标、网上采购规模分别占全县的60.0%、20.0%、10.0%。",
    ] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
}

#[test]
fn a_share_may_be_called_a_rate_or_be_cut_off() {
    assert_eq!(
        found("共接收工单2000件。其中：投诉类1500件，占比率达75.00%；咨询类500件，占比率达25.00%。"),
        [
            "share-sum! 100% <- 75.00% 25.00%",
            "ratio! 75.00% <- 1500件 2000件",
            "ratio! 25.00% <- 500件 2000件",
        ]
    );
    assert_eq!(
        found("新受理申请160件。涉及县直部门的122件，占受理总数的比例最高，达76.25%。"),
        ["ratio! 76.25% <- 122件 160件"]
    );
    // What rose is no share.
    assert!(found("新受理申请160件。涉及县直部门的122件，较上年明显增多，达76.25%。").is_empty());
}

#[test]
fn shares_of_one_whole_fill_it_whatever_stands_between() {
    let text = "共受理诉求800件。其中咨询520件，同比增长6.0%，占受理总量的65.0%；投诉200件，占受理总量的25.0%；截至目前已办结150件，办结率75.0%。举报80件，占受理总量的10.0%。";
    let sum = found(text).into_iter().find(|line| line.starts_with("share-sum"));
    assert_eq!(sum.as_deref(), Some("share-sum? 100% <- 65.0% 25.0% 10.0%"), "{text}");
    assert_eq!(
        found("从级次看，市本级采购约占全市规模的62.5%，县级采购占比约37.5%。"),
        ["share-sum~ 100% <- 62.5% 37.5%"]
    );
    // Of two wholes, or not all.
    for text in [
        "市本级采购占全市规模的62.5%，县级采购占预算总额的37.5%。",
        "市本级采购占全市规模的62.5%，县级采购占比约27.5%。",
    ] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
}

#[test]
fn a_share_of_what_is_called_so_must_hold() {
    let text = "全年已审结案件1200件。\n维持原决定的750件，占已审结案件的62.5%。";
    assert_eq!(found(text), ["ratio! 62.5% <- 750件 1200件"]);
    assert_eq!(found(&text.replace("62.5%", "65.2%")), ["ratio? 65.2% <- 750件 1200件"]);
    // Two amounts are called so, or none.
    for text in [
        "一季度已审结案件1200件。二季度已审结案件1400件。\n维持原决定的750件，占已审结案件的65.2%。",
        "全年受理案件1200件。\n维持原决定的750件，占应诉案件的65.2%。",
    ] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
}

#[test]
fn many_shares_of_their_own_parts_prove_the_one_that_is_not() {
    // No total is printed: 600 in all.
    let text = "从来源看，群众反映330件，占比55.0%；单位移送90件，占比15.0%；督查发现72件，占比12.0%；上级转办60件，占比10.0%；其他48件，占比8.0%。";
    let ratios = |text: &str| {
        found(text)
            .into_iter()
            .filter(|l| l.starts_with("ratio"))
            .collect::<Vec<_>>()
    };
    assert!(
        ratios(text).iter().all(|l| l.starts_with("ratio!")),
        "{:?}",
        ratios(text)
    );
    let wrong = text.replace("12.0%", "21.0%");
    assert!(
        ratios(&wrong).contains(&"ratio? 21.0% <- 72件 330件 90件 72件 60件 48件".to_owned()),
        "{:?}",
        ratios(&wrong)
    );
    // Two of five: it may be of another whole.
    let other = wrong.replace("15.0%", "51.0%");
    assert!(ratios(&other).is_empty(), "{:?}", ratios(&other));
}

#[test]
fn a_share_is_of_the_count_before_scores_and_parentheses() {
    assert_eq!(
        found(
            "检查网站40家，其中云岭县、石桥镇等8家运行良好，获评100分，占比20%；90分以上（含90分）的29家，平均得分95.5分，占比72.5%；3家网站被一票否决（链接失效2家，其中1家未整改；空白1家），占比7.5%。"
        ),
        [
            "share-sum? 100% <- 20% 72.5% 7.5%",
            "ratio! 20% <- 8家 40家",
            "ratio! 72.5% <- 29家 40家",
            "ratio! 7.5% <- 3家 40家"
        ]
    );
    // A scheme of scores: the score is the part.
    assert!(
        found("总分100分，基础工作40分，占40%；业务工作60分，占60%。").contains(&"ratio! 40% <- 40分 100分".to_owned())
    );
}

#[test]
fn a_single_share_is_of_what_is_called_so_but_for_one_key() {
    let text = "年度计划投资486.20亿元，工程概算900.00亿元，1—6月累计完成投资304.75亿元，占年计划投资的62.86%。";
    assert_eq!(found(text), ["ratio? 62.86% <- 304.75亿元 486.20亿元"]);
    for text in [
        "年度计划投资486.20亿元，工程概算900.00亿元，1—6月累计完成投资304.75亿元，占年计划投资的51.27%。",
        "年度总投资486.20亿元，1—6月累计完成投资304.75亿元，占应急处置支出的62.86%。",
    ] {
        assert!(found(text).is_empty(), "{text}: {:?}", found(text));
    }
}

#[test]
fn the_product_of_the_place_is_a_whole_from_afar() {
    let text = "全市完成地区生产总值126.4亿元，增长5.7%。\n完成工业总产值88.5亿元，增长12%；实现工业增加值35.2亿元，占GDP的27.8%。";
    assert_eq!(found(text), ["ratio~ 27.8% <- 35.2亿元 126.4亿元"]);
    let text = "全市完成地区生产总值126.4亿元，增长5.7%。上年地区生产总值为119.6亿元。\n实现工业增加值35.2亿元，占GDP的29.8%。";
    assert!(found(text).is_empty(), "{:?}", found(text));
}

#[test]
fn of_three_precise_shares_one_may_be_wrong() {
    let text = "县处级9件，占比1.72%；乡科级118件，占比18.64%；乡科级以下506件，占比79.94%。";
    assert!(
        found(text).contains(&"ratio? 1.72% <- 9件 9件 118件 506件".to_owned()),
        "{:?}",
        found(text)
    );
    // Whole per cents may hold by chance.
    let text = "县处级10件，占比14%；乡科级40件，占比40%；乡科级以下50件，占比50%。";
    assert!(
        found(text).iter().all(|l| !l.contains("14% <- 10件")),
        "{:?}",
        found(text)
    );
}

#[test]
fn shares_that_end_in_others_leave_nothing_out() {
    let text = "扬尘问题占38.4%，噪声问题占54.6%，油烟问题占3.1%，垃圾堆放问题占1.2%，电磁及其他问题占3.0%。";
    assert_eq!(found(text), ["share-sum? 100% <- 38.4% 54.6% 3.1% 1.2% 3.0%"]);
    let text = "认为流程繁琐的占38.2%，认为材料偏多的占46.0%，认为其他的占3.3%。";
    assert!(found(text).is_empty(), "{:?}", found(text));
}

#[test]
fn counts_in_brackets_have_their_shares_behind() {
    let text = "三个部门立案140件，占总数的10.00%。其中，城建局（70件）是受理量最多的部门，占第一类的50.00%，公安局（42件）占30.00%、城管局（28件）占20.00%。";
    let lines = read(text);
    for line in [
        "ratio! 50.00% <- 70件 140件",
        "ratio! 30.00% <- 42件 140件",
        "ratio! 20.00% <- 28件 140件",
        "share-sum",
        "sum? 140件 <- 70件 42件 28件",
    ] {
        assert!(lines.iter().any(|l| l.starts_with(line)), "{line}: {lines:?}");
    }
    // A bracket of something else, or with more in it, is no part.
    for text in [
        "全县立案100件，其中城建局（2个下属单位）办理60件，占60%。",
        "全县立案100件，城建局（含市容科50件）办理60件，占60%。",
    ] {
        let lines = found(text);
        assert_eq!(lines, ["ratio! 60% <- 60件 100件"], "{text}");
    }
}

#[test]
fn a_total_with_a_share_of_its_own_is_divided() {
    let text = "全市立案1000件。各区的立案总数为900件，占当月立案总数的90.00%。其中甲区450件，占50.00%；乙区270件，占30.00%；丙区180件，占20.00%。";
    let lines = found(text);
    for line in [
        "ratio! 90.00% <- 900件 1000件",
        "ratio! 50.00% <- 450件 900件",
        "ratio! 30.00% <- 270件 900件",
        "ratio! 20.00% <- 180件 900件",
    ] {
        assert!(lines.iter().any(|l| l == line), "{line}: {lines:?}");
    }
    // Shares of the grand total go on as they are.
    let text = "全市立案1000件。各区的立案总数为900件，占当月立案总数的90.00%。其中甲区450件，占45.00%；乙区270件，占27.00%；丙区180件，占18.00%。";
    let lines = found(text);
    assert!(lines.iter().any(|l| l == "ratio! 45.00% <- 450件 1000件"), "{lines:?}");
    assert!(lines.iter().all(|l| !l.starts_with("share-sum")), "{lines:?}");
}

#[test]
fn more_was_done_than_planned() {
    let text = "年度计划投资200亿元。1-8月完成投资210亿元，占年计划的105%。";
    assert_eq!(found(text), ["ratio! 105% <- 210亿元 200亿元"]);
    let text = "上年投资200亿元。1-8月完成投资210亿元，占年计划的105%。";
    assert!(found(text).is_empty());
}

#[test]
fn a_share_near_the_only_whole_that_it_can_be_of_is_wrong() {
    for (text, expected) in [
        ("检查单位60家，存在问题的24家，占42%。", "ratio? 42% <- 24家 60家"),
        (
            "共受理投诉500件。质量类200件，占40.0%；价格类120件，占24.6%。",
            "ratio? 24.6% <- 120件 500件",
        ),
        (
            "共通报问题200起，处理383人。\n从12类突出问题来看，违规吃喝共计64起，占全部问题的35.0%。",
            "ratio? 35.0% <- 64起 200起",
        ),
        (
            "年度计划投资764.0亿元，1—9月完成投资548.6亿元，占年度投资计划的73.8%。",
            "ratio? 73.8% <- 548.6亿元 764.0亿元",
        ),
    ] {
        assert!(read(text).iter().any(|l| l == expected), "{text}: {:?}", read(text));
    }
    for text in [
        // Far off, of another whole by name, of a whole some amounts before.
        "检查单位60家，存在问题的24家，占52%。",
        "检查单位60家，存在问题的24家，占在册单位的42%。",
        "检查单位60家，派出人员120人，发现问题300个，存在问题的24家，占在册单位的42%。",
    ] {
        let wrong: Vec<String> = read(text).into_iter().filter(|l| l.starts_with("ratio")).collect();
        assert_eq!(wrong, [""; 0], "{text}");
    }
}

#[test]
fn shares_that_fill_a_hundred_say_that_their_parts_are_all() {
    let text = "本月受理问题1003件，应结案880件，结案792件，结案率90.00%。\n按来源分：热线电话600件，占总数的60.00%；网络上报300件，占总数的30.00%；窗口反映100件，占总数的10.00%。";
    assert!(
        read(text).iter().any(|l| l == "sum? 1003件 <- 600件 300件 100件"),
        "{:?}",
        read(text)
    );
    // They leave a rest, or the total is far from them.
    for text in [
        "本月受理问题1003件，应结案900件。\n按来源分：热线电话600件，占总数的59.82%；网络上报300件，占总数的29.91%；窗口反映90件，占总数的8.97%。",
        "本月受理问题1500件，应结案900件。\n按来源分：热线电话600件，占总数的60.00%；网络上报300件，占总数的30.00%；窗口反映100件，占总数的10.00%。",
    ] {
        assert!(
            !read(text).iter().any(|l| l.starts_with("sum? 1")),
            "{text}: {:?}",
            read(text)
        );
    }
}

#[test]
fn shares_of_ones_own_kind_are_of_what_bears_the_same_name() {
    let text = "全年抢险救援100起、社会救助150起。夏季共接报92起，其中抢险救援32起、社会救助60起，分别占全年同类警情的32%和40%。";
    let found = found(text);
    for line in ["ratio? 32% <- 32起 100起", "ratio? 40% <- 60起 150起"] {
        assert!(found.iter().any(|l| l == line), "{line}: {found:?}");
    }
}

#[test]
fn opposites_and_the_rest_fill_a_hundred() {
    let sums = |text: &str| -> Vec<String> {
        let found = found(text).into_iter().filter(|l| l.starts_with("share-sum"));
        found.collect()
    };
    for (text, expected) in [
        (
            "合格样品4386个，合格率为88.9%。不合格样品547个，不合格率为11.1%。",
            "share-sum~ 100% <- 88.9% 11.1%",
        ),
        (
            "首轮办理满意率达到93.26%，基本满意率6.74%。",
            "share-sum~ 100% <- 93.26% 6.74%",
        ),
        (
            "派员上门处理的仅占36.8%，剩下占63.2%的求助均为电话答复。",
            "share-sum~ 100% <- 36.8% 63.2%",
        ),
        (
            "其中，甲类120件，占40.0%，乙类105件，占35.0%，其余的占25.0%。",
            "share-sum~ 100% <- 40.0% 35.0% 25.0%",
        ),
    ] {
        let found: Vec<String> = sums(text).iter().map(|l| l.replace(['!', '?'], "~")).collect();
        assert!(found.iter().any(|l| l == expected), "{text}: {found:?}");
    }
    for text in [
        "合格率为88.9%。上年同期不合格率为12.3%。",
        "办结率93.26%，满意率7.74%。",
        "甲类占40.0%，乙类占35.0%，其余各类分别占不到5.0%。",
    ] {
        assert_eq!(sums(text), [""; 0], "{text}");
    }
}

#[test]
fn a_share_without_its_word_among_others() {
    let text =
        "公开信息602条，其中动态类241条，占40.03%；政务类323条，占53.65%；经济类1条，0.17%；专题类37条，占6.15%。";
    let shares = found(text);
    assert!(shares.iter().any(|l| l.contains("0.17% <- 1条 602条")), "{shares:?}");
    let shares = found("动态类241条，占40.03%；政务类323条，同比53.65%；经济类1条，增长0.17%。");
    assert!(shares.iter().all(|l| !l.contains("0.17%")), "{shares:?}");
}
