//! Sentences in, relations of rows out; see `prose::tests` for the form of a line.

use crate::prose::tests::read;

fn found(text: &str) -> Vec<String> {
    read(text)
        .into_iter()
        .filter(|line| ["sum", "ratio", "share-sum"].iter().any(|kind| line.starts_with(kind)))
        .collect()
}

fn has(text: &str, expected: &[&str]) {
    let lines = found(text);
    for line in expected {
        assert!(lines.iter().any(|l| l == line), "{text}\nlacks {line}, has {lines:#?}");
    }
}

#[test]
fn rows_are_summed_and_shared_column_by_column() {
    has(
        "全市共接报火灾200起，亡20人。\n从城乡看，城市火灾120起、亡8人，分别占总数的60%、45%；农村火灾80起、亡12人，分别占总数的40%、60%。",
        &[
            "sum? 20人 <- 8人 12人",
            "ratio? 60% <- 120起 200起",
            "ratio? 45% <- 8人 20人",
            "ratio? 40% <- 80起 200起",
            "ratio? 60% <- 12人 20人",
        ],
    );
    has(
        "全县共接报火灾160起，亡25人，伤18人。住宅发生火灾72起、亡20人，占火灾起数和亡人数的45%和80%。",
        &["ratio? 45% <- 72起 160起", "ratio? 80% <- 20人 25人"],
    );
}

#[test]
fn a_column_may_divide_another_figure_of_the_sentence() {
    let text =
        "采购项目312个，采购预算8.64亿元，实际采购金额8.21亿元。按组织形式分，集中采购186个、4.52亿元，分散采购126个、";
    has(&format!("{text}3.69亿元。"), &["sum? 8.21亿元 <- 4.52亿元 3.69亿元"]);
    // Neither is reached: it is not known which was divided.
    assert_eq!(found(&format!("{text}3.96亿元。")), ["sum! 312个 <- 186个 126个"]);
}

#[test]
fn parentheses_of_one_shape_are_columns() {
    let text = "全省共发生事故12起、死亡15人。\n有3个地区发生事故，分别是临岚市（7起、8人）、云峤市（4起、4人）、墨岭市（1起、3人）。";
    assert_eq!(found(text), ["sum? 12起 <- 7起 4起 1起", "sum? 15人 <- 8人 4人 3人"]);
    // One column proves the other wrong.
    has(
        &text.replace("（1起、3人）", "（2起、3人）"),
        &["sum? 12起 <- 7起 4起 2起", "sum? 15人 <- 8人 4人 3人"],
    );
    // Nothing fits: the list is of something else.
    assert_eq!(found(&text.replace("（1起、3人）", "（2起、5人）")), [""; 0]);
}

#[test]
fn rates_find_their_parts_by_name_and_by_order() {
    has(
        "收回意见表500份，其中对办理态度满意的496份，对办理结果满意的485份，态度满意率和结果满意率分别为92.9%和97%。",
        &["ratio? 92.9% <- 496份 500份", "ratio? 97% <- 485份 500份"],
    );
    has(
        "检查涉及县直部门28个、乡镇16个，其中县直部门有问题的9个、乡镇有问题的5个，问题检出率分别为32.1%和31.3%。",
        &["ratio? 32.1% <- 9个 28个", "ratio? 31.3% <- 5个 16个"],
    );
}

#[test]
fn rows_without_a_whole_say_nothing() {
    for text in [
        "1.机械行业发生1起，死亡1人，同比增加1起、1人。2.建筑行业发生1起，死亡2人。",
        "住宅发生火灾72起、亡20人，分别占火灾起数和亡人数的45%和80%。",
        "甲县、乙县接通率分别为98.2%、97.1%，受理诉求300件、120人。",
        "抽查网站20家、新媒体120个，抽查比例分别为52.6%和29.1%。",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn one_column_proves_the_list_that_the_other_breaks() {
    let text =
        "发生事故14起，死亡6人。其中道路交通事故9起、死亡4人，工矿商贸事故8起、死亡2人，火灾事故2起、未造成人员死亡。";
    has(text, &["sum! 14起 <- 9起 8起 2起", "sum! 6人 <- 4人 2人"]);
    // The larger accidents only, with all who died: no complaint.
    assert_eq!(
        found("发生事故14起，死亡6人。其中较大事故2起、死亡3人，重大事故1起、死亡3人。"),
        ["sum! 6人 <- 3人 3人"]
    );
    let text = "全省共查处问题780起，处理1130人。\n其中，查处形式主义问题380起，处理580人。\n查处享乐主义问题400起，处理550人。";
    assert_eq!(found(text), ["sum? 780起 <- 380起 400起", "sum? 1130人 <- 580人 550人"]);
    has(&text.replace("400起", "420起"), &["sum? 780起 <- 380起 420起"]);
    assert_eq!(
        found(&text.replace("550人", "450人").replace("400起", "300起")),
        [""; 0]
    );
}
