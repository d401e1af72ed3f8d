//! Sentences in, rates out; see `prose::tests` for the form of a line.

use crate::prose::tests::ratios;

#[test]
fn a_plan_may_be_more_than_fulfilled() {
    for (text, expected) in [
        (
            "年度计划投资16亿元。1—9月份完成投资20.4亿元，投资完成率127.5%。",
            "ratio? 127.5% <- 20.4亿元 16亿元",
        ),
        // One of them is wrong.
        (
            "年度计划投资16亿元。1—9月份完成投资20.4亿元，投资完成率125.7%。",
            "ratio? 125.7% <- 20.4亿元 16亿元",
        ),
        (
            "年初预算25.6亿元，全年完成收入17.2亿元，为年初预算的67.2%。",
            "ratio~ 67.2% <- 17.2亿元 25.6亿元",
        ),
    ] {
        assert_eq!(ratios(text), [expected], "{text}");
    }
}

#[test]
fn what_was_planned_of_something_else_is_no_whole() {
    for text in [
        "总投资40亿元。1—9月份完成投资20.4亿元，投资完成率127.5%。",
        "年度计划投资16亿元、开工项目12个。完成投资20.4亿元，新建厂房4万平方米、投入设备资金3亿元，设备投资完成率82.4%。",
        "年初预算25.6亿元，全年完成收入17.2亿元，为调整预算的98.1%。",
    ] {
        assert!(ratios(text).is_empty(), "{text}: {:?}", ratios(text));
    }
}

#[test]
fn what_was_found_in_a_check_is_not_what_was_checked() {
    for (text, expected) in [
        (
            "对全市416家网站进行检查。此次检查中有390家网站合格，26家网站不合格，合格率为93.8%。",
            "ratio! 93.8% <- 390家 416家",
        ),
        (
            "此次检查中有390家网站合格，26家网站不合格，合格率为93.8%。",
            "ratio? 93.8% <- 390家 390家 26家",
        ),
        (
            "抽样检验中合格190批次，不合格10批次，合格率为96.0%。",
            "ratio? 96.0% <- 190批次 190批次 10批次",
        ),
    ] {
        assert_eq!(ratios(text), [expected], "{text}");
    }
    // The whole is told elsewhere, or the exceptions are of another kind.
    assert!(ratios("合格390家，整改后仍有26起未处理，合格率为99.0%。").is_empty());
}

#[test]
fn whether_a_rate_can_be_is_asked_only_of_what_it_is_of() {
    assert_eq!(ratios("共检查网站26家，合格率为85.2%。"), ["ratio? 85.2% <- 26家"]);
    for text in [
        "全年抽查了26种184家企业生产的1306批次产品，抽查合格率为85.2%。",
        "此次抽查的26家大型企业的标签抽查合格率为85.2%。",
    ] {
        assert!(
            ratios(text).iter().all(|r| !r.contains("26")),
            "{text}: {:?}",
            ratios(text)
        );
    }
}

#[test]
fn what_is_listed_beside_the_part_is_no_whole() {
    assert!(ratios("本次检查网站42个、新媒体135个，检查比例100%。").is_empty());
    // What was there before the check is one.
    assert_eq!(ratios("共有网站120个，检查网站42个，检查比例35%。").len(), 1);
}

#[test]
fn another_word_for_what_was_found_true() {
    assert_eq!(
        ratios("核查举报600件，核查率92.3%；属实412件，查实率68.7%。"),
        ["ratio~ 68.7% <- 412件 600件"]
    );
}
