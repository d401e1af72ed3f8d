//! Sentences in, counts of names out: `count`, the cue (nothing for explicit, `?` implied, `~` arithmetic), what is stated, the names.

use crate::table::rig;

fn read(source: &str) -> Vec<String> {
    rig::lines(source, |cx, out| {
        let mut own = crate::context::Context::new(cx.document, cx.circular);
        let reading = crate::prose::read(&mut own);
        super::relations(&own, &reading, out);
    })
}

#[test]
fn lists_joined_each_with_its_number() {
    let text = "临岚、青泽、墨岭、云峤4个县级网站和白塔、鹤洲、石泷3个镇街网站得分居前。";
    assert_eq!(
        read(text),
        [
            "count? 4个 <- 临岚 青泽 墨岭 云峤 ok",
            "count? 3个 <- 白塔 鹤洲 石泷 ok"
        ]
    );
    assert_eq!(read(&text.replace("3个", "2个"))[1], "count? 2个 <- 白塔 鹤洲 石泷 BAD");
}

#[test]
fn groups_without_a_measure_word() {
    assert_eq!(
        read("白榆、临岚、云峤三市查处力度较大。"),
        ["count? 三 <- 白榆 临岚 云峤 ok"]
    );
    assert_eq!(
        read("白榆、临岚、云峤、墨岭4省已完成。"),
        ["count? 4 <- 白榆 临岚 云峤 墨岭 ok"]
    );
    assert_eq!(
        read("白榆、临岚、云峤四市查处力度较大。"),
        ["count? 四 <- 白榆 临岚 云峤 BAD"]
    );
    // A comma among the names: the list began before it.
    assert!(
        read("白榆区、临岚区，云峤、墨岭四区进度较快。")
            .iter()
            .all(|l| l.ends_with("ok"))
    );
    assert!(read("省、市、县三级联动。").is_empty());
}

#[test]
fn places_behind_their_names() {
    assert_eq!(
        read("县公安局、县交通局、县水利局受理量排名前三位。"),
        ["count? 三位 <- 县公安局 县交通局 县水利局 ok"]
    );
    assert_eq!(
        read("甲财险、乙财险的投诉量位列全市前三位。"),
        ["count? 三位 <- 甲财险 乙财险 BAD"]
    );
    assert!(read("食品类、服装类的投诉量分别居第四位、第五位。").is_empty());
    assert!(read("县公安局、县交通局等受理量排名前五位。").is_empty());
}

#[test]
fn places_before_their_names() {
    assert_eq!(
        read("排名前四名有县工信局、县财政局、县统计局、县公安局。"),
        ["count? 四名 <- 县工信局 县财政局 县统计局 县公安局 ok"]
    );
    assert_eq!(
        read("数量排在前三的部门：鹤洲街道（52条）区住建局（33条）、区房产中心（18条）。"),
        ["count? 三 <- 鹤洲街道 区住建局 区房产中心 ok"]
    );
    // What the listed units together did is no further name.
    let found = read("投诉量前两位的公司依次为：甲财险（84件）、乙财险（75件），这两家公司投诉量合计159件。");
    assert_eq!(found[0], "count? 两位 <- 甲财险 乙财险 ok");
}

#[test]
fn a_first_name_without_its_verb() {
    assert_eq!(
        read("本月共抽查了白塔、石泷、枫渡等3个镇。"),
        ["count 3个 <- 白塔 石泷 枫渡 ok"]
    );
    assert_eq!(
        read("对市医保局、市水利局、市民政局等3个单位予以通报。"),
        ["count 3个 <- 市医保局 市水利局 市民政局 ok"]
    );
    assert_eq!(
        read("不合格率最高的3种产品是双层床（83.1%）、晾衣架（46.2%）、磷肥（46.0%）。"),
        ["count~ 3种 <- 双层床 晾衣架 磷肥 ok"]
    );
}

#[test]
fn items_of_a_list() {
    let text = "主动公开的信息共有5类，其中，机构类31条，政策类640条，财政类22条，人事类18条，应急类27条。";
    assert_eq!(read(text), ["count~ 5类 <- 机构类 政策类 财政类 人事类 应急类 ok"]);
    assert_eq!(
        read(&text.replace("5类", "6类")),
        ["count? 6类 <- 机构类 政策类 财政类 人事类 应急类 BAD"]
    );
    // A list that names some.
    assert!(read("主动公开的信息共有9类，其中，机构类31条，政策类640条。").is_empty());
    assert!(read("主动公开的信息共有5类，其中，机构类31条，政策类640条，财政类22条，人事类18条等。").is_empty());
}

#[test]
fn what_there_is_none_of_is_not_counted() {
    assert!(read("轻度污染断面2个，无中度污染、重度污染断面。").is_empty());
    assert!(read("协办提案3件。目前，由我局承办的人大建议、政协提案答复意见、代表来信均已办结。").is_empty());
}
