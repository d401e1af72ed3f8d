//! Sentences in, sums out: `sum` with its cue (`!` explicit, `?` implied, `~` arithmetic), the total, the parts.

use crate::prose::tests::read;

fn sums(text: &str) -> Vec<String> {
    of_kind("sum", text)
}

fn rates(text: &str) -> Vec<String> {
    of_kind("ratio", text)
}

fn of_kind(kind: &str, text: &str) -> Vec<String> {
    let kind = format!("{kind}~ ");
    let mut found = read(text);
    found.retain(|l| l.starts_with(kind.as_str()) || l.starts_with(kind.replace('~', "?").as_str()));
    found
}

#[test]
fn parts_that_begin_with_their_number() {
    let found = read("本月立案240件。查处的240件问题中，有2件涉及县级干部，28件涉及科级干部，210件涉及一般人员。");
    assert!(found.contains(&"sum! 240件 <- 2件 28件 210件".to_owned()), "{found:?}");
    let answered = "两小时共接听来话64个。其中，14个问题由局长当场答复，28个问题由企业答复，22个问题转科室办理。";
    assert_eq!(read(answered), ["sum! 64个 <- 14个 28个 22个"]);
    // One of them is less: nothing says that they are all.
    assert!(read(&answered.replace("28个", "18个")).is_empty());
}

#[test]
fn two_ways_of_one_whole() {
    assert_eq!(
        sums("形成有效工单10800件，转派成员单位4700件，在线办结6100件。"),
        ["sum~ 10800件 <- 4700件 6100件"]
    );
    assert_eq!(
        sums("热线上半年受理诉求8.64万件；话务当场答复6.48万件，当场答复率75.00%；转办2.16万件，办结率97.31%。"),
        ["sum~ 8.64万件 <- 6.48万件 2.16万件"]
    );
    // A difference is no part, and the first of a list no total.
    assert!(
        sums(
            "市场管理类22件，城市管理类118件，社会保障类72件，政务服务类28件，民主法制类14件，疫情防控类27件，致谢4件。"
        )
        .is_empty()
    );
    assert!(sums("本月办件300件，上月为200件，比上月增加100件。").is_empty());
}

#[test]
fn parts_over_sentences_and_paragraphs() {
    assert_eq!(
        sums("1.问询类1500个。复工政策980个，环比上升120%；疫苗接种320个，环比下降42%；出行政策200个，环比下降20%。"),
        ["sum~ 1500个 <- 980个 320个 200个"]
    );
    assert_eq!(
        sums(
            "平台收到留言3200件。\n其中投诉类最多，共1920件，占比60%；第二为求助类800件，占比25%；第三为问询类320件，占比10%。此外，献策类140件，致谢类20件。"
        ),
        ["sum~ 3200件 <- 1920件 800件 320件 140件 20件"]
    );
}

#[test]
fn kinds_with_measure_words_of_their_own() {
    assert_eq!(
        sums("电话以外的渠道共受理诉求240件，其中，省平台转派工单20件，县长信箱来信95封，政务网转派工单125件。"),
        ["sum~ 240件 <- 20件 95封 125件"]
    );
    assert_eq!(
        sums(
            "共受理群众来话、来信3200件。\n受理中心接听电话2780个，转办460件；信箱来信300封，转办210件；接收短信120件，转办9件。"
        ),
        ["sum~ 3200件 <- 2780个 300封 120件"]
    );
    // Businesses are no cases.
    assert!(sums("检查企业300家，其中，发现隐患120条，责令整改150条，罚款30起。").is_empty());
}

#[test]
fn totals_that_close_their_parts() {
    assert_eq!(
        sums("考评分为三个等次：优秀11家、良好18家、一般7家，参评单位共36家。"),
        ["sum~ 36家 <- 11家 18家 7家"]
    );
    assert_eq!(
        sums("甲站抽样60份，合格59份；乙站抽样40份，合格38份；合计抽样100份，合格97份。"),
        ["sum~ 100份 <- 60份 40份", "sum~ 97份 <- 59份 38份"]
    );
    let slip = sums("甲站抽样60份，合格59份；乙站抽样40份，合格38份；合计抽样100份，合格79份。");
    assert_eq!(slip, ["sum~ 100份 <- 60份 40份", "sum? 79份 <- 59份 38份"]);
    // What closes another measure word closes nothing here.
    assert!(sums("办结诉求60件、咨询40件，共走访100户。").is_empty());
}

#[test]
fn a_second_division_of_one_total() {
    assert_eq!(
        sums(
            "收到留言2900条，市直部门收到1805条，各县区收到1095条，其中问询类留言1120条、投诉类留言1730条、献策类留言50条。"
        ),
        ["sum~ 2900条 <- 1805条 1095条", "sum? 2900条 <- 1120条 1730条 50条"]
    );
}

#[test]
fn done_of_planned() {
    assert_eq!(
        rates("全县应建专栏32个，已建28个，建成率87.5%。"),
        ["ratio~ 87.5% <- 28个 32个"]
    );
    assert_eq!(
        rates("计划采集数据6.5万条，实际采集6.2万条，完成率95.4%。"),
        ["ratio~ 95.4% <- 6.2万条 6.5万条"]
    );
    assert!(rates("应建专栏32个，本月新开5个，建成率87.5%。").is_empty());
}

#[test]
fn some_of_those_named_right_before() {
    assert_eq!(
        rates("对在运行的1050个政务新媒体中的168个作了抽查，抽查比例为16%。"),
        ["ratio~ 16% <- 168个 1050个"]
    );
    assert_eq!(
        rates("办结率为96.25%，其中受理480件、办结462件。"),
        ["ratio~ 96.25% <- 462件 480件"]
    );
    assert!(rates("办结率为96.2%，其中受理480件、办结462件。").is_empty());
}

#[test]
fn of_both_ways_together() {
    assert_eq!(
        rates("批准逮捕360人，不捕640人，不捕率为64%。"),
        ["ratio~ 64% <- 640人 1000"]
    );
    assert!(rates("决定起诉360人，不捕640人，不捕率为64%。").is_empty());
    assert_eq!(
        rates("经审查，批准逮捕208件246人，不批准逮捕52件61人，不捕率19.87%。"),
        ["ratio~ 19.87% <- 61人 307"]
    );
    assert_eq!(
        rates("决定立项510件687人，决定不立项84件103人，不立项率14.14%。"),
        ["ratio~ 14.14% <- 84件 594"]
    );
    // Which of the two it should be nobody knows.
    assert!(rates("批准逮捕208件246人，不批准逮捕52件61人，不捕率19.78%。").is_empty());
    assert_eq!(
        rates(
            "受理投诉400件，问题主要有：质量（120件）、其他（96件）、食品安全（64件）、售后服务（40件），合计占比80%。"
        ),
        ["ratio~ 80% <- 320 400件"]
    );
}

#[test]
fn of_what_came_in_or_was_checked() {
    assert_eq!(
        rates("接听来电8800个，其中转办2200件，办结1672件，办结率76%；直办6600件，直办率75%。"),
        ["ratio~ 75% <- 6600件 8800个"]
    );
    assert_eq!(
        rates("对在运行的140个账号作了检查。其中，市直部门22家，各县区118家。检查发现35家账号不合格，总体合格率75%。"),
        ["ratio~ 75% <- 105 140个"]
    );
    assert_eq!(
        rates("常住人口62.5万人，其中城镇人口30.5万人，乡村人口32.0万人。常住人口城镇化率48.8%。"),
        ["ratio~ 48.8% <- 30.5万人 62.5万人"]
    );
}

#[test]
fn saved_against_a_budget() {
    let text = "中标总额4,836万元，较预算5,200万元节约364万元，资金节约率7%。";
    assert_eq!(
        of_kind("difference", text),
        ["difference~ 364万元 <- 5,200万元 4,836万元"]
    );
    assert_eq!(rates(text), ["ratio~ 7% <- 364万元 5,200万元"]);
    assert!(of_kind("difference", &text.replace("364", "346")).is_empty());
}

#[test]
fn parts_of_one_name_among_deeper_ones() {
    assert_eq!(
        sums(
            "全县生产总值24.4亿元，增长6.1%。其中：第一产业增加值6.2亿元；第二产业增加值6.6亿元，其中工业增加值4.1亿元；建筑业增加值2.5亿元。第三产业增加值11.6亿元。"
        ),
        ["sum~ 24.4亿元 <- 6.2亿元 6.6亿元 11.6亿元"]
    );
}

#[test]
fn a_grade_is_no_comparison() {
    let text = "考评结果分为四个等次：优秀11家、良好18家、一般5家、较差2家，共36家。";
    let sum = "36家 <- 11家 18家 5家 2家";
    assert!(read(text).iter().any(|l| l.starts_with("sum") && l.ends_with(sum)));
}

#[test]
fn how_far_the_cases_have_come() {
    for (text, expected) in [
        (
            "52件投诉中，不予受理11件、转办28件、受理13件。",
            "sum~ 52件 <- 11件 28件 13件",
        ),
        (
            "巡察反馈463个问题，完成整改451个，基本完成并持续整改7个，未完成5个。",
            "sum~ 463个 <- 451个 7个 5个",
        ),
        (
            "本年受理2143件，上年结转226件，合计审理案件2369件。",
            "sum~ 2369件 <- 2143件 226件",
        ),
    ] {
        assert_eq!(sums(text), [expected], "{text}");
    }
    assert!(sums("柳湾村12户，石桥村7户，沙头村5户。").is_empty());
}

#[test]
fn what_an_office_has_itself_and_the_places_below_it() {
    let text = "全市收入完成20.5亿元，同比下降3.6%，其中市本级完成8.2亿元，同比下降5.0%。\n各县收入完成情况：按规模排序，甲县6.1亿元，同比增长1.0%；乙县4.0亿元，同比下降2.0%；丙县2.2亿元，同比增长3.0%。";
    let found = |text: &str| -> Vec<String> {
        let sums = crate::prose::tests::read(text)
            .into_iter()
            .filter(|l| l.starts_with("sum"));
        sums.collect()
    };
    assert_eq!(found(text), ["sum~ 20.5亿元 <- 8.2亿元 6.1亿元 4.0亿元 2.2亿元"]);
    // It does not add up, or what stands beside the total is no level of its own.
    assert!(found(&text.replace("2.2亿元", "2.3亿元")).is_empty());
    assert!(found(&text.replace("市本级", "税收")).is_empty());
}
