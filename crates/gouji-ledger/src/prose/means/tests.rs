//! Sentences in, means out; see `prose::tests` for the form of a line.

use crate::prose::tests::read;

fn means(text: &str) -> Vec<String> {
    read(text)
        .into_iter()
        .filter(|line| line.starts_with("average"))
        .collect()
}

#[test]
fn a_mean_per_day_is_over_the_stated_span() {
    for (text, expected) in [
        (
            "第28周（7月8日—7月14日），热线共受理诉求71050件，日均10150件。",
            "average? 10150件 <- 71050件 7",
        ),
        (
            "2025年第一季度，呼入总量为19800个，日均220个。",
            "average? 220个 <- 19800个 90",
        ),
        (
            "日均呼入达到2300个，这五天的呼入总量为16000个。",
            "average? 2300个 <- 16000个 五天",
        ),
        (
            "本季度共办结工单1840件，92天日均办结20件。",
            "average? 20件 <- 1840件 92天",
        ),
        (
            "自1月1日起至3月31日，累计受理206件，日均2.3件。",
            "average? 2.3件 <- 206件 90",
        ),
        (
            "2024年上半年，共受理诉求2400件，月均400件。",
            "average? 400件 <- 2400件 6",
        ),
        (
            "本周全县共接噪声类诉求52件（日均7.4件），较上周的57件减少5件。",
            "average? 7.4件 <- 52件 7",
        ),
    ] {
        assert_eq!(means(text), [expected], "{text}");
    }
}

#[test]
fn a_mean_of_other_days_is_left_alone() {
    for text in [
        // 22 work days of July.
        "2025年7月，共受理诉求4400件，日均200件。",
        "本周共受理诉求500件，日均100件。",
        "平台全年受理24600件，工作日日均78件，节假日日均41件。",
        "日均受理诉求128件，最高单日受理236件，月均受理3890件。",
        "五天呼入总量为16000个，比上半年日均量2100个增长。",
        "与上周比，由日均960件降至日均640件，总量由上一周的5210件降到目前的4480件。",
    ] {
        assert_eq!(means(text), [""; 0], "{text}");
    }
}

#[test]
fn a_mean_of_each_is_over_what_it_names() {
    let staff = "全县19个乡镇（街道）共有专职网格员418人，兼职网格员627人，共计1045人，平均每个乡镇（街道）";
    assert_eq!(means(&format!("{staff}55人。")), ["average? 55人 <- 1045人 19个"]);
    assert_eq!(means(&format!("{staff}58人。")), ["average? 58人 <- 1045人 19个"]);
    assert_eq!(
        means("共检查场所1260家，发现隐患1512处，平均每家1.2处。"),
        ["average? 1.2处 <- 1512处 1260家"]
    );
    for text in [
        "公开答复件由平均每站31件增加到120件，征集次数由平均每站2次增加到5次。",
        "检查组共5个，每组4人，走访单位60个，平均每组每天3个。",
        "人均办件量42件，最多的办件97件，窗口工作人员共36人。",
    ] {
        assert_eq!(means(text), [""; 0], "{text}");
    }
}
