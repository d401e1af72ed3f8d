//! Sentences in, changes out; see `prose::tests` for the form of a line.

use crate::prose::tests::read;

/// The lines of changes and differences among the relations of a text.
fn changes(text: &str) -> Vec<String> {
    read(text)
        .into_iter()
        .filter(|line| line.starts_with("change") || line.starts_with("difference"))
        .collect()
}

#[test]
fn a_base_is_printed_before_behind_or_beside() {
    for (text, expected) in [
        (
            "抽查合格率98.0%，比上年同期的96.4%高1.6个百分点。",
            "difference! 1.6个百分点 <- 98.0% 96.4%",
        ),
        (
            "本月好评率99.2%，环比提高0.4个百分点（上月98.8%）。",
            "difference! 0.4个百分点 <- 99.2% 98.8%",
        ),
        (
            "受理诉求1200件，增长20%（上年同期1000件）。",
            "change! 20% <- 1200件 1000件",
        ),
        (
            "2024年受理申请138件，2023年受理申请120件，同比增长15%。",
            "change! 15% <- 138件 120件",
        ),
        (
            "2023年受理申请120件，2024年受理申请138件，同比增长15%。",
            "change! 15% <- 138件 120件",
        ),
        (
            "较上年末的640家增加32家，目前入驻企业672家。",
            "difference! 32家 <- 672家 640家",
        ),
        (
            "问题由上季度的85个降至本季度的68个，下降20%。",
            "change! 20% <- 68个 85个",
        ),
        (
            "全年投资增长4.0%，比上年同期（1.8%）加快2.2个百分点。",
            "difference! 2.2个百分点 <- 4.0% 1.8%",
        ),
        (
            "共受理12起、15人，比去年同期的10起增加2起。",
            "difference! 2起 <- 12起 10起",
        ),
    ] {
        assert_eq!(changes(text), [expected], "{text}");
    }
}

#[test]
fn without_a_base_of_the_same_subject_there_is_no_relation() {
    for text in [
        "全市共接报火灾281起，亡14人。其中，较大火灾6起，同比减少2起；重大火灾1起，同比增加1起。",
        "抽检量同比增长12.4%，合格率97.6%，提高1.5个百分点。",
        "一季度检查发现问题47个。二季度检查发现问题39个，其中上季度问题重复出现6个，新增问题33个，环比减少8个。",
        "上月结转12件，本月受理120件，增长9%。",
        "2024年受理申请138件，2023年办理提案120件，同比下降3%。",
        "甲局办结率96.2%，低于全市平均水平1.9个百分点；乙局办结率99.1%，高于全市平均水平1个百分点。",
        "增幅高于全市平均2.1个百分点，总量占全市的8.6%，与上年持平。",
        "本月刊发稿件36篇，较上月增加4篇，较去年同期减少3篇，完成全年任务的68.2%。",
    ] {
        assert_eq!(changes(text), [""; 0], "{text}");
    }
}

#[test]
fn a_change_goes_on_with_the_base_before_it_unless_it_names_its_own() {
    let text = "优良率为95.6%，较上年同期的92.1%提升3.5个百分点；颗粒物浓度均值为28微克，较上年同期上升7.7%。";
    assert_eq!(changes(text), ["difference! 3.5个百分点 <- 95.6% 92.1%"]);
    let text = "本月受理1380件，比上月的1200件增加180件，增长15%。";
    assert_eq!(
        changes(text),
        ["difference! 180件 <- 1380件 1200件", "change! 15% <- 1380件 1200件"]
    );
    let text = "9月受理2184件，环比减少132件，下降5.7%；同比增加268件，上升14.0%。";
    assert_eq!(
        changes(text),
        ["change? 5.7% <- 2184件 2316", "change? 14.0% <- 2184件 1916"]
    );
}

#[test]
fn a_rate_may_change_by_points_or_by_percent_of_itself() {
    use crate::Formula;
    let (document, circular) = crate::prose::tests::circular("不可用率由12.5%降至3.5%，降低72%。");
    let ledger = crate::build(&document, &circular);
    let found = ledger
        .relations
        .iter()
        .find(|r| r.rule == "point-change")
        .map(|r| &r.readings);
    let formulas: Vec<&Formula> = found.into_iter().flatten().map(|r| &r.formula).collect();
    assert_eq!(
        formulas,
        [
            &Formula::PointChange { negative: true },
            &Formula::Growth { negative: true }
        ]
    );
}

#[test]
fn changes_told_at_once_go_by_their_order() {
    for (text, expected) in [
        (
            "发生事故51起、死亡52人，较上年同期事故起数减少9起、死亡人数减少28人，同比分别下降15.00%和35.00%。",
            &["change? 15.00% <- 51起 60", "change? 35.00% <- 52人 80"][..],
        ),
        (
            "发生事故23起，死亡17人，同比减少5起、少死亡3人，分别下降17.9%和15%。",
            &["change? 17.9% <- 23起 28", "change? 15% <- 17人 20"],
        ),
        (
            "发生事故9起，死亡3人，受伤14人，和上年同期相比事故起数减少3起下降25%，死亡人数减少2人下降40%，受伤人数减少6人下降30%。",
            &[
                "change? 25% <- 9起 12",
                "change? 40% <- 3人 5",
                "change? 30% <- 14人 20",
            ],
        ),
        (
            "共受理12起、15人，比去年同期的10起、12人分别增加2起、3人。",
            &["difference! 2起 <- 12起 10起", "difference! 3人 <- 15人 12人"],
        ),
        // One direction against another, and a rate too many.
        (
            "发生事故51起、死亡52人，减少9起、增加28人，分别下降15.00%和35.00%。",
            &[],
        ),
        ("走访132批1548人次，较上月批次、人次分别上升21.10%、18.35%。", &[]),
        (
            "发生事故264起、死亡243人、受伤95人，同比分别下降12.0%、7.3%、15.2%。",
            &[],
        ),
    ] {
        assert_eq!(changes(text), expected, "{text}");
    }
}

#[test]
fn what_came_less_what_left_is_the_net() {
    for (text, expected) in [
        (
            "新媒体412个，较一季度净增6个，其中新开设11个、注销5个。",
            &["difference? 6个 <- 11个 5个"][..],
        ),
        (
            "较二季度末新增账号9个，注销7个，净增3个；较上年末净减4个。",
            &["difference? 3个 <- 9个 7个"],
        ),
        ("全年净增12个，其中新增岗位30个。", &[]),
    ] {
        assert_eq!(changes(text), expected, "{text}");
    }
}

#[test]
fn the_growth_of_a_total_lies_between_those_of_its_parts() {
    let text = "生产总值60亿元，同比增长4.2%。分产业看：第一产业10亿元，同比增长2.1%；第二产业20亿元，同比增长5.9%；第三产业30亿元，同比增长3.6%。";
    let bounds = |text: &str| -> Vec<String> { read(text).into_iter().filter(|l| l.starts_with("bound")).collect() };
    assert_eq!(bounds(text), ["bound~ 4.2% <- 2.1% 5.9% 3.6%"]);
    // Beyond them all, one part without its growth, another reckoning.
    for (from, to) in [
        ("4.2%", "7.1%"),
        ("30亿元，同比增长3.6%", "30亿元"),
        ("同比增长4.2%", "环比增长4.2%"),
    ] {
        assert_eq!(bounds(&text.replace(from, to)), [""; 0], "{to}");
    }
}

#[test]
fn a_share_changes_between_two_periods_told_before() {
    let text = "5月受理工单800件，其中物业类200件，占比25.0%；供水类160件，占比20.0%。\n6月受理工单1000件，其中物业类220件，占比22.0%；供水类240件，占比24.0%。\n物业类数量变化：由200件增加到220件。\n占比变化：呈下降趋势，下降了3.0%。";
    assert_eq!(changes(text), ["change? 3.0% <- 22.0% 25.0%"]);
    // No name beside it, two names beside it.
    assert_eq!(changes(&text.replace("物业类数量变化：", "数量变化：")), [""; 0]);
    assert_eq!(
        changes(&text.replace("物业类数量变化：", "物业类、供水类变化：")),
        [""; 0]
    );
    // Two shares of one list are of one time, however alike their names.
    let text = "全镇老人800人，高龄类400人，占比50.0%；低龄类160人，占比20.0%；低龄类中独居40人，占比5.0%。\n与上次普查相比，低龄类占比上升了1.5个百分点。";
    assert_eq!(changes(text), [""; 0]);
}

#[test]
fn a_remainder_is_of_the_total_before() {
    let text = "共完成36篇稿件，除秘书科报送2篇外，其他单位完成34篇。";
    assert_eq!(changes(text), ["difference! 34篇 <- 36篇 2篇"]);
    // A total that is too small is told too.
    assert_eq!(changes(&text.replace("36篇", "33篇")), ["difference! 34篇 <- 33篇 2篇"]);
    assert_eq!(changes("除秘书科报送2篇外，其他单位完成34篇。"), [""; 0]);
}

#[test]
fn a_fall_to_nothing_is_told_in_words() {
    for (text, expected) in [
        (
            "丙类报告发病300例，较上月同期（250例）上升20%；无死亡，较上月同期（1例）下降100%。",
            &["change! 20% <- 300例 250例", "change! 100% <- 0 1例"][..],
        ),
        (
            "发生事故3起，零死亡，同比减少1人，下降100%。",
            &["change! 100% <- 0 1人"],
        ),
        (
            "受理诉求300件，无积压，较上月的250件增长20%。",
            &["change! 20% <- 300件 250件"],
        ),
        ("发生事故3起，无死亡，同比减少2起，下降40%。", &["change? 40% <- 3起 5"]),
    ] {
        let found = changes(text);
        assert!(
            expected.iter().all(|e| found.iter().any(|f| f == e)),
            "{text}: {found:?}"
        );
        assert!(found.len() <= expected.len(), "{text}: {found:?}");
    }
}

#[test]
fn signs_and_words_of_falls() {
    for (text, expected) in [
        (
            "全年增加值增长-6.5%，较一季度（-9.0%）回升2.5个百分点。",
            "difference! 2.5个百分点 <- -6.5% -9.0%",
        ),
        (
            "全年增加值增长6.5%，较一季度（6.0%）回升0.5个百分点。",
            "difference! 0.5个百分点 <- 6.5% 6.0%",
        ),
        (
            "2023共受理申请60件，2024年共受理申请75件，同比增长25%。",
            "change! 25% <- 75件 60件",
        ),
    ] {
        assert_eq!(changes(text), [expected], "{text}");
    }
    let text = "受理申请1260件，比2017年的820件增加约440件，同比增长约53.66%。";
    assert_eq!(
        changes(text),
        ["difference~ 440件 <- 1260件 820件", "change~ 53.66% <- 1260件 820件"]
    );
}

#[test]
fn a_comparison_that_opens_a_sentence() {
    assert_eq!(
        changes("受理消费者举报840件，占27%。比去年同期增加60件，举报量增长7.7%。"),
        ["change? 7.7% <- 840件 780"]
    );
    assert_eq!(
        changes("完成收入800万元，为年初预算的61.2%，比上年同期增加60万元，增长8.1%。"),
        ["change? 8.1% <- 800万元 740万元"]
    );
    for text in [
        "共发生事故38起。其中，重大事故2起。同比减少12起，下降24%。",
        "受理投诉640件，举报840件。比去年同期增加60件，投诉量增长7.7%。",
    ] {
        assert_eq!(changes(text), [""; 0], "{text}");
    }
}

#[test]
fn growths_of_a_whole_between_those_of_its_parts() {
    let bounds = |text: &str| {
        let bounds = read(text).into_iter().filter(|line| line.starts_with("bound"));
        bounds.collect::<Vec<_>>()
    };
    assert_eq!(
        bounds(
            "共受理信息800件，同比增长6.4%，环比增长14.7%。其中咨询500件，同比下降2.8%，环比增长12.1%，占总量的62.5%；投诉300件，同比增长26.5%，环比增长19.4%，占总量的37.5%。"
        ),
        ["bound~ 6.4% <- 2.8% 26.5%", "bound~ 14.7% <- 12.1% 19.4%"]
    );
    assert_eq!(
        bounds("外贸总额50.0亿元，负增长10.0%。其中，出口30.0亿元，负增长12.0%；进口20.0亿元，负增长7.0%。"),
        ["bound~ 10.0% <- 12.0% 7.0%"]
    );
    assert_eq!(
        bounds("外贸总额50.0亿元，增长10.0%。其中，出口30.0亿元，负增长12.0%；进口20.0亿元，负增长7.0%。"),
        [""; 0]
    );
}

#[test]
fn a_share_or_a_sentence_of_rates_may_stand_between() {
    assert_eq!(
        changes("咨询300件，占总数50.00%，环比上季度310件下降了3.23%；同比去年200件增长了50.00%。"),
        ["change! 3.23% <- 300件 310件", "change! 50.00% <- 300件 200件"]
    );
    assert_eq!(
        changes("共转派工单4560件。按期办结率100%，满意率99.8%。较上月增加360件，上升8.57%。"),
        ["change? 8.57% <- 4560件 4200"]
    );
    for text in [
        "共有工作人员120人。群众对此表示满意。较上年增加20人，增长15.2%。",
        "共转派工单4560件。满意3000件。按期办结率100%。较上月增加360件，上升9.57%。",
    ] {
        assert!(
            changes(text)
                .iter()
                .all(|l| !l.contains("15.2%") && !l.contains("4560件")),
            "{text}: {:?}",
            changes(text)
        );
    }
}

#[test]
fn budgets_tell_the_growth_before_the_difference() {
    let growth = |text: &str| -> Vec<String> {
        let lines = crate::prose::tests::read(text).into_iter();
        lines.filter(|l| l.starts_with("change")).collect()
    };
    for (text, line) in [
        (
            "全市收入完成100亿元，同比增长25%，增收20亿元。",
            "change? 25% <- 100亿元 80亿元",
        ),
        (
            "财政总收入完成80亿元，为年度预算的68.4%，同比下降20%，减收20亿元。",
            "change? 20% <- 80亿元 100亿元",
        ),
        (
            "一般公共预算支出108300万元，增支8300万元，同比增长8.3%。",
            "change? 8.3% <- 108300万元 100000万元",
        ),
        (
            "财政总收入完成80亿元，同比下降21%，减收20亿元。",
            "change? 21% <- 80亿元 100亿元",
        ),
    ] {
        assert_eq!(growth(text), [line], "{text}");
    }
    for text in [
        "全市收入完成100亿元，同口径增长27%，增收20亿元。",
        "全市收入完成100亿元，同比增长27%，税收增收20亿元。",
        "全市收入完成100亿元，其中税收60亿元，同比增长5%。实施增收节支项目5个。",
    ] {
        assert!(growth(text).is_empty(), "{text}: {:?}", growth(text));
    }
}

#[test]
fn a_difference_that_says_again_since_when() {
    assert_eq!(
        changes("受理甲类案件360件，同比下降2.70%，比上年同期少10件。"),
        ["change? 2.70% <- 360件 370"]
    );
    // Since another time.
    assert_eq!(changes("受理甲类案件360件，同比下降2.70%，比上月少10件。"), [""; 0]);
}

#[test]
fn a_sentence_of_named_differences_goes_on_with_the_figures_before_it() {
    let text = "发生事故37起，造成33人死亡、14人受伤。对比上年同期，起数少8起，降幅17.78%；死亡少9人，降幅21.43%；受伤少17人，降幅54.84%。";
    assert_eq!(
        changes(text),
        [
            "change? 17.78% <- 37起 45",
            "change? 21.43% <- 33人 42",
            "change? 54.84% <- 14人 31"
        ]
    );
    // One that names neither of two is of neither, and one that compares nothing does not go on.
    assert_eq!(changes(&text.replace("死亡少9人", "失踪少9人")).len(), 2);
    assert_eq!(changes(&text.replace("对比上年同期", "此外")), [""; 0]);
}

#[test]
fn a_remark_on_the_time_is_no_subject() {
    assert_eq!(
        changes("全县合作社916个，比2028年末（第二次普查）增加21个，增长2.35%。"),
        ["change? 2.35% <- 916个 895"]
    );
    // What stands before the brackets is one.
    assert_eq!(
        changes("全县合作社916个，社员户数（上年末）增加21个，增长2.35%。"),
        [""; 0]
    );
}

#[test]
fn a_bare_base_in_brackets() {
    assert_eq!(
        changes("共办结840件，比去年同期（800）增长5.0%；其中来信300件，较上月(240)增长25%。"),
        ["change! 5.0% <- 840件 800", "change! 25% <- 300件 240"]
    );
    // A mark of a note is no base.
    assert_eq!(changes("共办结840件，比去年同期（注3）增长5.0%。"), [""; 0]);
}
