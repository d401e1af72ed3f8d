//! Tables in, relations out.

use super::{relations, rig};

fn read(source: &str) -> Vec<String> {
    rig::lines(source, relations)
}

fn bad(source: &str) -> Vec<String> {
    read(source).into_iter().filter(|l| l.ends_with("BAD")).collect()
}

const SURVEY: &str = "序号|区域|抽查批次数|合格批次数|不合格批次数|合格率（%）|不合格率（%）
1|东岭区|143|134|9|93.71|6.29
2|西河区|96|85|11|88.54|11.46
3|南屏县|21|19|2|90.48|9.52
4|北塘县|118|103|15|87.29|12.71
|合计|378|341|37|90.21|9.79";

#[test]
fn a_table_of_inspections_is_fully_bound() {
    let found = read(SURVEY);
    assert!(bad(SURVEY).is_empty(), "{found:#?}");
    for line in [
        "table-total 378 <- 143 96 21 118 ok",
        "table-total 143 <- 134 9 ok",
        "table-total 378 <- 341 37 ok",
        "ratio 93.71 <- 134 143 ok",
        "ratio 6.29 <- 9 143 ok",
        "ratio 90.21 <- 341 378 ok",
        "numbering 4 <- 1 2 3 ok",
    ] {
        assert!(found.iter().any(|l| l == line), "{line}: {found:#?}");
    }
    assert_eq!(found.len(), 3 + 5 + 10 + 1, "{found:#?}");
}

#[test]
fn a_wrong_cell_breaks_what_it_stands_in() {
    let wrong = SURVEY.replace("|118|103|15|", "|118|105|15|");
    assert_eq!(
        bad(&wrong),
        [
            "table-total 341 <- 134 85 19 105 BAD",
            "table-total 118 <- 105 15 BAD",
            "ratio 87.29 <- 105 118 BAD",
        ]
    );
}

#[test]
fn a_wrong_rate_is_found_and_no_other() {
    assert_eq!(bad(&SURVEY.replace("90.48", "90.84")), ["ratio 90.84 <- 19 21 BAD"]);
}

#[test]
fn a_single_column_with_a_wrong_total() {
    let table = "单位|收到来信（件）\n甲镇|12\n乙镇|7\n丙镇|5\n合计|25";
    assert_eq!(bad(table), ["table-total 25 <- 12 7 5 BAD"]);
    assert!(bad(&table.replace("25", "24")).is_empty());
}

#[test]
fn subtotals_are_not_counted_twice() {
    let table = "类别|单位|件数|户数
乡镇|甲镇|3|30
^|乙镇|4|40
小计||7|70
部门|甲局|5|50
^|乙局|6|60
小计||11|110
合计||18|180";
    let found = read(table);
    assert!(bad(table).is_empty(), "{found:#?}");
    assert!(found.iter().any(|l| l == "table-total 7 <- 3 4 ok"), "{found:#?}");
    assert!(found.iter().any(|l| l.starts_with("table-total 18 <- ")), "{found:#?}");
    assert_eq!(bad(&table.replace("合计||18", "合计||19")).len(), 1);
}

#[test]
fn a_wrong_subtotal_breaks_itself_and_the_total() {
    let table = "类别|单位|账号|发布
乡镇|甲镇|2|96
^|乙镇|3|141
小计||5|23
部门|甲局|4|212
^|乙局|3|187
小计||7|399
合计||12|636";
    let found = read(table);
    assert_eq!(
        bad(table),
        ["table-total 23 <- 96 141 BAD", "table-total 636 <- 23 399 BAD"]
    );
    assert!(found.contains(&"table-total 12 <- 5 7 ok".to_owned()), "{found:#?}");
    assert!(
        found.contains(&"table-total 636 <- 96 141 212 187 ok".to_owned()),
        "{found:#?}"
    );
    assert!(bad(&table.replace("|23\n", "|237\n")).is_empty());
    let top = "单位|件数\n总计|17\n小计|7\n甲镇|3\n乙镇|4\n小计|10\n甲局|5\n乙局|5";
    assert!(
        read(top).contains(&"table-total 17 <- 7 10 ok".to_owned()),
        "{:#?}",
        read(top)
    );
    // Subtotals of some rows only are no parts of the whole.
    let some = "单位|件数\n甲镇|3\n乙镇|4\n小计|7\n甲局|5\n合计|12";
    assert!(
        read(some).contains(&"table-total 12 <- 3 4 5 ok".to_owned()),
        "{:#?}",
        read(some)
    );
}

#[test]
fn a_total_on_top() {
    let table = "地区|受理|办结\n合计|30|27\n甲县|10|9\n乙县|20|18";
    assert!(bad(table).is_empty());
    assert_eq!(bad(&table.replace("|30|", "|31|")), ["table-total 31 <- 10 20 BAD"]);
}

#[test]
fn an_excerpt_need_not_add_up() {
    let table = "单位|件数\n甲镇|12\n……|……\n丙镇|5\n合计|60";
    assert!(bad(table).is_empty());
}

#[test]
fn a_whole_county_row_beside_one_place_is_no_total() {
    let table = "地区|增加值|税收\n全市|900|80\n甲县|120|9\n乙县|100|8";
    assert!(
        read(table).iter().all(|l| !l.starts_with("table-total")),
        "{:?}",
        read(table)
    );
}

#[test]
fn merged_cells_count_once() {
    let table = "单位|分组|件数\n甲镇|东|9\n乙镇|^|^\n丙镇|西|6\n合计||15";
    assert_eq!(bad(table), Vec::<String>::new());
    assert!(read(table).iter().any(|l| l == "table-total 15 <- 9 6 ok"));
}

#[test]
fn row_totals_by_header_word_and_by_measure() {
    let table = "单位|网站采用条数|网站得分|简报采用条数|简报得分|1-3月得分
甲局|35|175|3|30|205
乙局|36|180|0|0|180
丙局|27|135|1|10|145
丁局|25|125|1|10|135";
    let found = read(table);
    assert!(found.iter().any(|l| l == "table-total~ 205 <- 175 30 ok"), "{found:#?}");
    assert!(bad(table).is_empty());
    let table = "单位|一月|二月|三月|合计\n甲局|3|4|5|12\n乙局|1|2|2|5\n丙局|6|0|1|8";
    assert_eq!(bad(table), ["table-total 8 <- 6 0 1 BAD"]);
}

#[test]
fn a_total_that_is_more_than_the_columns_shown_is_left_alone() {
    let table = "月份|受理总数|甲类件数|乙类件数\n5月|1305|389|312\n6月|1382|371|286\n7月|1100|300|200";
    assert!(bad(table).is_empty());
}

#[test]
fn deductions_by_name() {
    let table = "单位|基本指标总分|基本指标得分|基本指标扣分\n甲局|100.00|76.45|23.55";
    assert!(
        read(table).iter().any(|l| l == "difference 23.55 <- 100.00 76.45 ok"),
        "{:?}",
        read(table)
    );
}

#[test]
fn what_two_names_promise_is_kept_whichever_column_comes_first() {
    for table in [
        "单位|基本指标总分|基本指标得分|基本指标扣分|基本指标甲|基本指标乙\n甲局|100.00|83.45|16.55|50.00|33.45",
        "单位|基本指标甲|基本指标乙|基本指标总分|基本指标得分|基本指标扣分\n甲局|50.00|33.45|100.00|83.45|16.55",
    ] {
        let found = read(table);
        assert!(
            found.iter().any(|l| l == "difference 16.55 <- 100.00 83.45 ok"),
            "{found:?}"
        );
    }
}

#[test]
fn shares_of_a_total() {
    let table = "类别|件数|占比\n求助|40|40.0%\n投诉|35|35.0%\n建议|25|25.0%\n合计|100|100%";
    let found = read(table);
    assert!(found.iter().any(|l| l == "ratio 35.0% <- 35 100 ok"), "{found:#?}");
    assert!(
        found
            .iter()
            .any(|l| l.starts_with("share-sum") && l.ends_with("40.0% 35.0% 25.0% ok")),
        "{found:#?}"
    );
    let wrong = bad(&table.replace("35.0%", "53.0%"));
    assert!(wrong.contains(&"ratio 53.0% <- 35 100 BAD".to_owned()), "{wrong:?}");
}

#[test]
fn shares_padded_with_a_nought_are_still_bound() {
    let table = "月份|受理工单总数|市容类工单数量|市容类工单占比\n5月|1247|362|29.00%\n6月|1258|337|26.70%";
    assert_eq!(bad(table).len(), 2, "{:?}", read(table));
}

#[test]
fn rates_of_something_else_are_left_alone() {
    let table = "单位|受理|办结|群众满意率\n甲局|30|30|97.2%\n乙局|41|40|95.1%\n丙局|25|25|93.3%";
    assert!(read(table).iter().all(|l| !l.starts_with("ratio")), "{:?}", read(table));
}

#[test]
fn growth_between_two_columns() {
    let table = "单位|本期|上年同期|同比增长（%）\n甲局|120|100|20.0\n乙局|90|100|-10.0\n丙局|50|40|25.0";
    let found = read(table);
    assert!(
        found
            .iter()
            .any(|l| l.starts_with("change") && l.ends_with("-10.0 <- 90 100 ok")),
        "{found:#?}"
    );
    assert_eq!(bad(&table.replace("25.0", "52.0")).len(), 1);
}

#[test]
fn changes_beside_their_counts_do_not_add_up() {
    let bad_lines = bad("县区|事故起数|起数同比（±%）|死亡人数|死亡同比
合计|12|-14.3|5|-16.7
东岭区|7|-12.5|3|-25.0
西河区|5|-16.7|2|0");
    assert!(bad_lines.is_empty(), "{bad_lines:#?}");
    // A change in cases does add up.
    let wrong = bad("县区|事故起数|同比增减（起）\n东岭区|7|-1\n西河区|5|-1\n南屏县|4|-2\n合计|16|-5");
    assert_eq!(wrong, ["table-total -5 <- -1 -1 -2 BAD"]);
}

#[test]
fn changes_in_points() {
    let table = "地区|2024年满意率（%）|2023年满意率（%）|增减（百分点）\n甲区|96.5|94.2|2.3\n乙县|92.1|93.0|-0.9\n丙县|95.0|91.8|3.2\n全市|94.6|93.1|1.5";
    assert!(bad(table).is_empty(), "{:?}", bad(table));
    assert_eq!(bad(&table.replace("|3.2", "|2.3")), ["change 2.3 <- 95.0 91.8 BAD"]);
    let relative =
        "地区|本期满意率（%）|上期满意率（%）|增幅（%）\n甲区|96.0|80.0|20.0\n乙县|92.0|80.0|15.0\n丙县|90.0|75.0|20.0";
    assert!(read(relative).iter().all(|l| l.ends_with("ok")), "{:?}", read(relative));
}

#[test]
fn means_by_the_name_of_their_number() {
    let table = "季度|受理|月数|月均受理\n一季度|963|3|321\n二季度|1026|3|342\n三季度|1101|3|367";
    assert_eq!(bad(&table.replace("342", "324")), ["average 324 <- 1026 3 BAD"]);
}

#[test]
fn headings_with_figures_of_their_own() {
    let table = "序号|单位|报送|采用
一|市直部门|97|42
1|市发改委|40|20
2|市教育局|32|12
3|市民政局|25|10
二|县区|160|77
1|白榆区|60|33
2|临岚县|48|24
3|云峤县|52|20
合计||257|119";
    assert!(bad(table).is_empty(), "{:?}", bad(table));
    assert_eq!(
        bad(&table.replace("|32|12", "|23|12")),
        ["table-total? 97 <- 40 23 25 BAD"],
        "the total is held against the headings"
    );
    let list = "序号|事项|件数\n一|供水|5\n二|供电|7\n三|供气|4\n合计||16";
    assert!(
        read(list).contains(&"table-total 16 <- 5 7 4 ok".to_owned()),
        "{:?}",
        read(list)
    );
}

#[test]
fn totals_of_a_lone_column_do_as_their_peers() {
    let table = "类别|单位|件数\n乡镇|甲镇|20\n|乙乡|11\n小计||31\n部门|甲局|6\n|乙局|7\n小计||13\n协会|甲会|5\n|乙会|4\n小计||9\n总计||53";
    assert!(bad(table).is_empty(), "{:?}", bad(table));
    assert_eq!(
        bad(&table.replace("甲局|6", "甲局|9")),
        ["table-total 13 <- 9 7 BAD"],
        "the total is held against the subtotals"
    );
}

#[test]
fn omitted_rows_need_not_add_up() {
    for row in ["（其余单位略）", "以下略", "其他从略"] {
        let table = format!("单位|件数\n甲局|35\n乙局|32\n{row}|\n合计|320");
        assert!(bad(&table).is_empty(), "{row}");
    }
    assert_eq!(bad("项目|件数\n乡村振兴战略|35\n其他|32\n合计|320").len(), 1);
}

#[test]
fn rates_below_counts_are_not_added() {
    let table = "项目|甲县|乙县|合计\n受理事项|40|60|100\n办结事项|38|60|98\n办结率|95.0%|100%|98.0%\n合计|78|120|198";
    assert!(bad(table).is_empty(), "{:?}", bad(table));
    let complaints = "问题|件数\n服务态度|12\n办事效率|8\n合计|20";
    assert!(read(complaints).contains(&"table-total 20 <- 12 8 ok".to_owned()));
}

#[test]
fn serials_with_a_gap_and_new_runs() {
    assert_eq!(bad("序号|单位\n1|甲\n2|乙\n4|丙\n5|丁"), ["numbering 4 <- 1 2 5 BAD"]);
    assert!(bad("序号|单位\n1|甲\n2|乙\n1|丙\n2|丁").is_empty());
    assert!(bad("序号|单位\n3|甲\n17|乙\n21|丙").is_empty(), "an excerpt");
}

#[test]
fn ranks_follow_their_scores() {
    let table = "排名|单位|得分\n1|甲|98\n2|乙|95\n2|丙|95\n4|丁|90\n5|戊|88";
    assert_eq!(read(table), ["numbering 5 <- 1 2 2 4 ok"]);
    assert_eq!(bad(&table.replace("丁|90", "丁|96")).len(), 1);
}

#[test]
fn averages_of_scores() {
    let table = "单位|得分\n甲|90.5\n乙|80.0\n丙|70.0\n平均分|80.17";
    assert!(
        read(table).iter().any(|l| l == "average? 80.17 <- 240.5 3 ok"),
        "{:?}",
        read(table)
    );
}

#[test]
fn hostile_tables_do_no_harm() {
    let zeros = vec!["0"; 48].join("|");
    let table = format!("{}\n{}", vec!["合计"; 48].join("|"), vec![zeros; 300].join("\n"));
    assert!(bad(&table).is_empty());
    // Wide tables of rates, negatives and deductions: bounded in what they bring.
    for header in [
        "合格率（%）",
        "合格|不合格",
        "扣分",
        "甲扣分|甲得分",
        "小计|件数|占比（%）",
    ] {
        let n = 96 / header.split('|').count();
        let row: Vec<String> = (0..96).map(|i| format!("{}", 10 + i * 7 % 83)).collect();
        let table = format!("{}\n{}", vec![header; n].join("|"), vec![row.join("|"); 20].join("\n"));
        assert!(read(&table).len() <= 96 * 20, "{header}");
    }
    assert!(read("|\n|").is_empty());
    let long = "9".repeat(27);
    assert!(bad(&format!("单位|件数\n甲|{long}\n乙|{long}\n合计|{long}")).len() <= 1);
}
