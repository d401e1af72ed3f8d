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
    assert!(read("食品类、服装类的受理量分别居第五位、第六位。").is_empty());
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
        read("不合格率最高的3种产品是电暖器（62.5%）、晾衣杆（41.8%）、雨衣（38.5%）。"),
        ["count~ 3种 <- 电暖器 晾衣杆 雨衣 ok"]
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

#[test]
fn places_with_any_noun_and_figures_between_the_names() {
    for (text, expected) in [
        (
            "来信受理量排前三位的是白榆市场局、临岚市场局、云峤市场局，来电受理量排前三位的是墨岭市场局、白榆市场局、临岚市场局。",
            &[
                "count? 三位 <- 白榆市场局 临岚市场局 云峤市场局 ok",
                "count? 三位 <- 墨岭市场局 白榆市场局 临岚市场局 ok",
            ][..],
        ),
        (
            "考评前三的镇街为青石镇、白水镇、红岭镇；考评前三的部门为县公安局、县住建局、县人社局。",
            &[
                "count? 三 <- 青石镇 白水镇 红岭镇 ok",
                "count? 三 <- 县公安局 县住建局 县人社局 ok",
            ],
        ),
        (
            "排名前三位的依次是食品类40件、服装类20件、家电类10件，分别占商品类投诉总量的40%、20%、10%。",
            &["count? 三位 <- 食品类 服装类 家电类 ok"],
        ),
        (
            "排名前三位的商品类投诉是，家电（占商品投诉的18%）>家装材料（13%）>日用百货（9%）。",
            &["count? 三位 <- 家电 家装材料 日用百货 ok"],
        ),
        (
            "居于前三位的是：土地权属216件，占总数的36.0%；工伤认定114件，占总数的19.0%；房屋征收72件，占总数的12.0%。",
            &["count? 三位 <- 土地权属 工伤认定 房屋征收 ok"],
        ),
    ] {
        assert_eq!(read(text), expected, "{text}");
    }
    let wrong = "投诉受理量排前四位的是白榆市场局、临岚市场局、云峤市场局。";
    assert!(read(wrong)[0].ends_with("BAD"), "{:?}", read(wrong));
    // What is left takes no place, and behind a comma the list may have ended.
    for text in [
        "排名前三位的是食品类40件、服装类20件、家电类10件、其他类9件。",
        "排名前三位的是食品类40件、服装类20件、家电类10件，投诉较多的食堂9件。",
    ] {
        assert!(read(text).iter().all(|l| l.ends_with("ok")), "{text}: {:?}", read(text));
    }
}

#[test]
fn units_each_with_its_figure() {
    assert_eq!(
        read("共涉及4个单位，其中青石镇17件，白水镇9件，县教育局4件，县水利局2件。"),
        ["count~ 4个 <- 青石镇 白水镇 县教育局 县水利局 ok"]
    );
    assert!(read("共涉及24个单位，其中青石镇17件，白水镇9件，县教育局4件，县水利局2件。").is_empty());
}

#[test]
fn names_in_brackets_behind_any_measure_word() {
    for (text, expected) in [
        (
            "推进缓慢的有3项（北区幼儿园建设、白水镇污水处理站建设、青石镇加油站建设），占年度任务的30%。",
            "count~ 3项 <- 北区幼儿园建设 白水镇污水处理站建设 青石镇加油站建设 ok",
        ),
        (
            "青泽县有2项（白水镇污水处理站建设、青石镇加油站建设）推进缓慢；临岚县有1项推进缓慢。",
            "count~ 2项 <- 白水镇污水处理站建设 青石镇加油站建设 ok",
        ),
        (
            "推进缓慢的有2（白水镇污水处理站建设、青石镇加油站建设）。",
            "count~ 2 <- 白水镇污水处理站建设 青石镇加油站建设 ok",
        ),
    ] {
        assert!(read(text).contains(&expected.to_owned()), "{text}: {:?}", read(text));
    }
    for text in [
        "发现问题5项（制度不健全、台账不规范）。",
        "共涉及4个乡镇（街道、开发区）。",
        "整改问题2项（台账不规范，制度不健全、责任不落实）。",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn sorts_by_any_words() {
    assert_eq!(
        read("教育、就业和创业服务、医疗卫生、住房保障4类与群众直接相关的支出完成37.2亿元。"),
        ["count~ 4类 <- 教育 就业和创业服务 医疗卫生 住房保障 ok"]
    );
    assert_eq!(
        read("对食品、药品、化妆品、医疗器械等4大类产品开展抽查。"),
        ["count 4大类 <- 食品 药品 化妆品 医疗器械 ok"]
    );
    assert!(read("教育、医疗卫生、住房保障5类与群众直接相关的支出完成37.2亿元。").is_empty());
}

#[test]
fn what_a_whole_is_divided_into() {
    assert_eq!(
        read("评查工作从7月开始，分自查和抽查两个阶段。"),
        ["count~ 两个 <- 自查 抽查 ok"]
    );
    assert_eq!(
        read("整治工作分为动员部署、自查自纠和总结验收三个阶段。"),
        ["count~ 三个 <- 动员部署 自查自纠 总结验收 ok"]
    );
    for text in [
        "部分企业和个人两个账户余额不足。",
        "整治工作分动员部署和总结验收三个阶段。",
        "得分较高和进步较快两个单位受到表扬。",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn a_number_glued_to_the_last_name() {
    for (text, expected) in [
        (
            "甲溪美术城、乙河旅游区、丙山景区3家景区被严重警告。",
            "count? 3家 <- 甲溪美术城 乙河旅游区 丙山景区 ok",
        ),
        (
            "给予青溪仙公山、白石影视城2家景区降级处理。",
            "count? 2家 <- 青溪仙公山 白石影视城 ok",
        ),
        (
            "青柯35千伏输变电工程、便民服务中心建设2个已完工。",
            "count~ 2个 <- 青柯35千伏输变电工程 便民服务中心建设 ok",
        ),
        (
            "对危化品、烟花爆竹、燃气经营、建筑施工4个重点行业领域开展检查。",
            "count? 4个 <- 危化品 烟花爆竹 燃气经营 建筑施工 ok",
        ),
        ("涉及甲购、1号店、乙会等3家平台。", "count 3家 <- 甲购 1号店 乙会 ok"),
        ("抽检水果和水产2大类产品48个品种。", "count~ 2大类 <- 水果 水产 ok"),
        ("6、7、8三个月警情最多。", "count? 三个月 <- 6 7 8 ok"),
        ("4月、5月和6月三个月警情最多。", "count? 三个月 <- 4 5 6 ok"),
    ] {
        assert_eq!(read(text), [expected], "{text}");
    }
    assert_eq!(read("5、6、7两个月警情最多。"), ["count? 两个月 <- 5 6 7 BAD"]);
}

#[test]
fn what_stands_before_a_number_and_is_no_name() {
    for text in [
        "对青溪美术城约谈、警告2家企业进行了回访。",
        "发现错字、错链2个。",
        "加强督促、检查3个重点领域。",
        "截至8、12三个月未更新。",
        "新建2号楼、3号楼5个单元。",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn names_that_open_a_record_each() {
    for (text, expected) in [
        (
            "位于前三的市直部门：水务局，转办105件；教育局，转办74件；交通局，转办39件。",
            "count~ 三 <- 水务局 教育局 交通局 ok",
        ),
        (
            "已完成子项目3个，分别是第二小学建设工程已竣工，检测室能力建设项目已投入使用，山区道路护栏工程已完工，其他项目正按进度推进。",
            "count? 3个 <- 第二小学建设工程 检测室能力建设项目 山区道路护栏工程 ok",
        ),
        (
            "5个检查组分赴青县、白县、红县、黑县、黄县开展检查。",
            "count~ 5个 <- 青县 白县 红县 黑县 黄县 ok",
        ),
        (
            "对3个电视频道（新闻频道、生活频道、少儿频道）进行监测。",
            "count 3个 <- 新闻频道 生活频道 少儿频道 ok",
        ),
        (
            "零报送单位5个，分别是县科协、县文联、县侨联、县社科联。",
            "count 5个 <- 县科协 县文联 县侨联 县社科联 BAD",
        ),
        (
            "做好四方面工作：一是抓整改；二是抓培训；三是抓监测；四是抓考核。",
            "count 四 <- 抓整改 抓培训 抓监测 抓考核 ok",
        ),
    ] {
        assert!(read(text).contains(&expected.to_owned()), "{text}: {:?}", read(text));
    }
    // A list that goes on, and one that tells other things.
    for text in [
        "已完成子项目5个，分别是幼儿园工程已竣工，道路工程已完工，其他项目正推进。",
        "2个检查组分赴青县、白县、红县、黑县、黄县开展检查。",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
}

#[test]
fn names_that_commas_part() {
    for (text, expected) in [
        (
            "拒绝检查事件共11起，涉及青省白沙市、石桥市、云台市，南省长岭市，北省新埠市等5个地市。",
            "count~ 5个 <- 青省白沙市 石桥市 云台市 南省长岭市 北省新埠市 ok",
        ),
        (
            "本次通告涉及粮食，乳制品，食用油、油脂及其制品，饮料等4类367批次样品。",
            "count~ 4类 <- 粮食 乳制品 食用油、油脂及其制品 饮料 ok",
        ),
        (
            "在青城、白城、云城3个直辖市开展了抽查。",
            "count? 3个 <- 青城 白城 云城 ok",
        ),
        (
            "检查发现主要存在三类问题，一是运维不到位，二是栏目空白，三是更新不达标。",
            "count~ 三类 <- 运维不到位 栏目空白 更新不达标 ok",
        ),
    ] {
        assert!(read(text).contains(&expected.to_owned()), "{text}: {:?}", read(text));
    }
    for text in [
        // Clauses that are no names.
        "各地高度重视，迅速部署，认真整改，白沙市、石桥市等4个地市进展较快。",
        "整改工作已经完成，成效明显，数据属实等3项均合格。",
        // The items may go on further below.
        "检查发现主要存在三类问题，一是运维不到位，二是栏目空白。",
    ] {
        assert!(read(text).iter().all(|l| l.ends_with("ok")), "{text}: {:?}", read(text));
        assert!(
            !read(text).iter().any(|l| l.contains("4个") || l.contains("3项")),
            "{text}: {:?}",
            read(text)
        );
    }
}

#[test]
fn a_bracket_that_points_at_tables_is_no_list() {
    for text in [
        "申请量居前四位的窗口（见图3、附表5）办结较快。",
        "来件排名前三位的村居(如表一、图6)将另行约谈。",
    ] {
        assert!(read(text).is_empty(), "{text}: {:?}", read(text));
    }
    // Names that only begin alike are a list.
    assert_eq!(
        read("本期通报3个单位（图书馆、表演团、档案馆）。"),
        ["count~ 3个 <- 图书馆 表演团 档案馆 ok"]
    );
    assert_eq!(read("本期通报2个单位（图三村、表一队）。").len(), 1);
}
