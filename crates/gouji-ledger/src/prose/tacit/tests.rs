//! Sentences in, sums out: `sum` with its cue (`!` explicit, `?` implied, `~` arithmetic), the total, the parts.

use crate::prose::tests::read;

fn sums(text: &str) -> Vec<String> {
    read(text).into_iter().filter(|l| l.starts_with("sum")).collect()
}

#[test]
fn parts_that_begin_with_their_number() {
    assert_eq!(
        sums("本月立案240件。查处的240件问题中，有2件涉及县级干部，28件涉及科级干部，210件涉及一般人员。"),
        ["sum~ 240件 <- 2件 28件 210件"]
    );
    assert_eq!(
        sums("两小时共接听来话64个。其中，14个问题由局长当场答复，28个问题由企业答复，22个问题转科室办理。"),
        ["sum~ 64个 <- 14个 28个 22个"]
    );
    // One of them changed: nothing says that they are all.
    assert!(
        sums("两小时共接听来话64个。其中，14个问题由局长当场答复，38个问题由企业答复，22个问题转科室办理。").is_empty()
    );
}

#[test]
fn two_ways_of_one_whole() {
    assert_eq!(
        sums("形成有效工单10800件，转派成员单位4700件，在线办结6100件。"),
        ["sum~ 10800件 <- 4700件 6100件"]
    );
    assert_eq!(
        sums("热线上半年受理诉求8.64万件；平台直接答复6.48万件，直接答复率75.00%；转办2.16万件，办结率97.31%。"),
        ["sum~ 8.64万件 <- 6.48万件 2.16万件"]
    );
    // A difference is no part, and the first of a list no total.
    assert!(sums("市场管理类19件，城市管理类106件，社会保障类65件，政务服务类25件，民主法制类13件，疫情防控类24件，致谢3件。").is_empty());
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
