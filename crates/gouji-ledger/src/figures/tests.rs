use gouji_quantity::Approx;

use super::*;

fn read(text: &str) -> Vec<(String, FigureClass)> {
    scan(text)
        .into_iter()
        .filter(|s| s.stated.is_some() && s.class != FigureClass::NamePart)
        .map(|s| (text[s.full].to_owned(), s.class))
        .collect()
}

#[test]
fn quantities_keep_their_units() {
    assert_eq!(
        read("共受理1,268件，办结率97.10％，节约资金3.5万元，下降7个百分点，得分82.5分，五个方面"),
        [
            ("1,268件".to_owned(), FigureClass::Count),
            ("97.10％".to_owned(), FigureClass::Rate),
            ("3.5万元".to_owned(), FigureClass::Money),
            ("7个百分点".to_owned(), FigureClass::Points),
            ("82.5分".to_owned(), FigureClass::Measure),
            ("五个".to_owned(), FigureClass::Count),
        ]
    );
}

#[test]
fn a_half_width_comma_parts_two_figures() {
    assert_eq!(read("受理737件,办结737件").len(), 2);
    assert_eq!(read("分别为12,345")[0].0, "12,345");
}

#[test]
fn what_is_no_quantity() {
    for text in [
        "12345热线",
        "（云府办函〔2021〕51号）",
        "2024年9月3日",
        "第一季度",
        "“三审三校”制度",
        "1.加强管理",
        "挂账点位50+N整治",
        "https://example.cn/a?id=12",
        "《2023年工作要点》",
        "9：30",
    ] {
        assert_eq!(read(text), [], "{text}");
    }
}

#[test]
fn norms_and_aims_are_told_from_facts() {
    let modality = |text: &str| scan(text).into_iter().find(|s| s.stated.is_some()).map(|s| s.modality);
    assert_eq!(modality("不低于60%"), Some(Modality::Threshold));
    assert_eq!(modality("达24条及以上"), Some(Modality::Threshold));
    assert_eq!(modality("确保满意率达到100%"), Some(Modality::Target));
    assert_eq!(modality("办结率100%"), Some(Modality::Fact));
}

#[test]
fn growth_may_be_negative() {
    let found = scan("投资同比增长-15.3%");
    assert_eq!(
        found[0].stated.as_ref().map(|s| s.value.to_string()),
        Some("-15.3".to_owned())
    );
}

#[test]
fn a_header_gives_the_unit() {
    assert_eq!(header_unit("合格率（%）").map(|u| u.name), Some("%".to_owned()));
    assert_eq!(header_unit("收到来信（件）").map(|u| u.name), Some("件".to_owned()));
    assert_eq!(header_unit("单位名称（签字）"), None);
}

#[test]
fn numerals_inside_names_are_no_quantities() {
    for text in [
        "违反中央八项规定精神问题",
        "三次产业投资均保持增长",
        "县政协十届三次会议以来",
        "市六届人大三次会议建议",
        "二次供水设施",
        "城南二期工程",
        "开展“双随机”检查和四不两直暗访",
        "连续两个季度排名靠后",
        "连续三次被通报",
        "三道防线全部筑牢",
        "红十字会组织募捐",
        "第八次县政府常务会议",
        "三部门规章",
        "两会期间",
    ] {
        let found: Vec<_> = read(text)
            .into_iter()
            .filter(|(_, class)| *class != FigureClass::Duration)
            .collect();
        assert_eq!(found, [], "{text}");
    }
}

#[test]
fn bands_of_age_and_marks_of_notes_count_nothing() {
    for (text, count) in [
        ("0—14岁2360人", "2360人"),
        ("15-59岁〔3〕的有8120人", "8120人"),
        ("60岁及以上人口[2]为4015人", "4015人"),
        ("65周岁以上老人310人", "310人"),
        ("未满16岁以下少年21人", "21人"),
    ] {
        let counted: Vec<_> = read(text)
            .into_iter()
            .filter(|(_, class)| !matches!(class, FigureClass::NamePart | FigureClass::Label))
            .map(|(printed, _)| printed)
            .collect();
        assert_eq!(counted, [count], "{text}");
    }
    let mean: Vec<_> = read("患者平均年龄43岁")
        .into_iter()
        .map(|(printed, _)| printed)
        .collect();
    assert_eq!(mean, ["43"]);
}

#[test]
fn a_chain_of_whole_shares_is_no_time_of_day() {
    assert_eq!(read("三次产业结构为25:30:45").len(), 3);
    assert_eq!(read("截至15:30:55"), []);
}

#[test]
fn numerals_that_count_are_read() {
    for (text, figure) in [
        ("全县共有二十四个部门", "二十四个"),
        ("全年召开三次会议", "三次"),
        ("白榆、临岚、云峤三市", "三"),
        ("市财政局、市审计局两部门", "两"),
        ("白榆县和临岚县两地", "两"),
        ("白榆、临岚、云峤3市连续", "3"),
        ("分为两类", "两类"),
    ] {
        let found = read(text);
        assert_eq!(found, [(figure.to_owned(), FigureClass::Count)], "{text}");
    }
}

#[test]
fn shares_in_words_are_rough_percentages() {
    let portion = |text: &str| {
        scan(text)
            .into_iter()
            .find(|s| s.class == FigureClass::Rate)
            .and_then(|s| {
                s.stated
                    .map(|v| (text[s.full].to_owned(), v.value.to_string(), v.approx))
            })
    };
    let is = |text: &str, surface: &str, value: &str, approx| {
        assert_eq!(
            portion(text),
            Some((surface.to_owned(), value.to_owned(), approx)),
            "{text}"
        );
    };
    is("占总数的一半", "一半", "50", Approx::About);
    is("超过总数的一半", "一半", "50", Approx::MoreThan);
    is("占比过半", "过半", "50", Approx::MoreThan);
    is("占总留言数近三成", "三成", "30", Approx::Near);
    is("占七成五", "七成五", "75", Approx::About);
    is("不足三分之二", "三分之二", "66.67", Approx::LessThan);
    is("约占1/6", "1/6", "16.67", Approx::About);
    is("办结率九成以上", "九成", "90", Approx::AtLeast);
    for text in [
        "任务完成过半",
        "另一半在建",
        "建成立体车库",
        "三成立专班",
        "第1/6页",
        "2021/6/3",
        "百分之二十",
        "一半以上人员",
    ] {
        assert!(portion(text).is_none_or(|(_, v, _)| v == "20"), "{text}");
    }
}

#[test]
fn hedges_and_blanks() {
    let approx = |text: &str| scan(text).into_iter().find_map(|s| s.stated).map(|s| s.approx);
    assert_eq!(approx("整改隐患418236余项"), Some(Approx::Exact));
    assert_eq!(approx("接待3200余人"), Some(Approx::Over));
    assert_eq!(approx("节约3.5万元"), Some(Approx::Exact));
    assert_eq!(approx("约3.5万元"), Some(Approx::About));
    assert_eq!(read("监测水样34 193份，合格率13.5 %")[0].0, "34 193份");
    assert_eq!(read("白榆 34 193 12份")[0].0, "34");
    assert_eq!(read("受理投訴128件，3個單位，5萬元")[1].0, "3個");
    assert_eq!(read("覆盖率[9]95.5%"), [("95.5%".to_owned(), FigureClass::Rate)]);
}

#[test]
fn a_denied_comparison_is_turned_round() {
    let read = |text: &str| {
        let figure = scan(text).into_iter().find(|s| s.stated.is_some());
        figure.map(|f| (f.modality, f.stated.map(|s| s.approx)))
    };
    for (text, modality, approx) in [
        ("占比不得低于30%", Modality::Threshold, Approx::AtLeast),
        ("每镇不应少于4件", Modality::Threshold, Approx::AtLeast),
        ("时长不得超过20分钟", Modality::Threshold, Approx::AtMost),
        ("误差不大于3%", Modality::Threshold, Approx::AtMost),
        ("至多6件", Modality::Threshold, Approx::AtMost),
        // What was kept is told as a fact.
        ("用时未超过20分钟", Modality::Fact, Approx::AtMost),
        ("办结率低于30%", Modality::Fact, Approx::LessThan),
        ("受理超过300件", Modality::Fact, Approx::MoreThan),
        ("受理不足300件", Modality::Fact, Approx::LessThan),
    ] {
        assert_eq!(read(text), Some((modality, Some(approx))), "{text}");
    }
}

#[test]
fn a_unit_that_begins_as_a_magnitude_does_is_one() {
    let read = |text: &str| {
        let f = scan(text).into_iter().find(|s| s.stated.is_some()).expect("a figure");
        let value = f.stated.and_then(|s| s.base()).map(|v| v.to_string());
        (
            value.unwrap_or_default(),
            f.unit.map(|u| u.name).unwrap_or_default(),
            f.class,
        )
    };
    assert_eq!(
        read("用电500千瓦时"),
        ("500".to_owned(), "千瓦时".to_owned(), FigureClass::Measure)
    );
    assert_eq!(
        read("上升2.3百分点"),
        ("2.3".to_owned(), "百分点".to_owned(), FigureClass::Points)
    );
    assert_eq!(
        read("发放5百件"),
        ("500".to_owned(), "件".to_owned(), FigureClass::Count)
    );
    assert_eq!(read("用电3万千瓦时").0, "30000");
    let header = |text: &str| header_unit(text).map(|u| u.name);
    assert_eq!(header("用电量（千瓦时）").as_deref(), Some("千瓦时"));
    assert_eq!(header("金额（万元）").as_deref(), Some("元"));
}

#[test]
fn no_number_vanishes() {
    let classes = |text: &str| scan(text).into_iter().map(|s| s.class).collect::<Vec<_>>();
    let code = "1234567890".repeat(3) + "1234";
    assert_eq!(classes(&code), [FigureClass::NamePart]);
    assert_eq!(
        classes("编号１２３４５６７８９０１２３４５６７８９０１２３４５６"),
        [FigureClass::NamePart]
    );
    assert_eq!(classes("１．加强管理。２．落实责任"), [FigureClass::Label; 2]);
    assert_eq!(classes("１２．5件"), [FigureClass::Count]);
}

#[test]
fn a_cell_with_two_numbers_is_not_one() {
    let values = |text: &str| -> Vec<String> {
        let found = scan_cell(text).into_iter();
        found.filter_map(|s| s.stated.map(|s| s.value.to_string())).collect()
    };
    assert_eq!(values("12 15"), ["12", "15"]);
    assert_eq!(values(" 1215 "), ["1215"]);
}
