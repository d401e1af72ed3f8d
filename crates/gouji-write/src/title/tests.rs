//! Titles and where their lines begin.

use gouji_standard::TITLE_LINE_WIDEST;

use super::*;
use crate::measure::width;

fn broken(title: &str) -> String {
    break_title(title, TITLE_LINE_WIDEST).join("/")
}

/// Titles with their breaks, each looked at by eye.
#[rustfmt::skip]
const BROKEN: &[&str] = &[
    "青禾县人民政府办公室/关于2024年第三季度县长信箱/群众来信办理情况的通报",
    "关于2023年全市政务公开工作/第三方评估考核结果的通报",
    "云溪区人民政府办公室/关于全区安全生产百日攻坚行动/第二阶段督查情况的通报",
    "东川省人民政府办公厅/关于2022年下半年全省政府网站/与政务新媒体检查情况的通报",
    "松原河流域水污染防治工作领导小组办公室/关于2024年1—6月重点断面/水质考核结果的通报",
    "临江市城市管理局/关于2024年8月份城市精细化管理/考核评比情况的通报",
    "关于对全县2023年度/农村人居环境整治提升工作/先进集体和先进个人予以表扬的通报",
    "青禾县纪委监委/关于3起违反中央八项规定精神/典型问题的通报",
    "云溪区安全生产委员会办公室/关于2024年“五一”假期安全生产/和消防安全督导检查情况的通报",
    "临江市市场监督管理局/关于2023年第12期食品安全监督抽检/不合格产品核查处置情况的通报",
    "东川省教育厅/关于2023—2024学年义务教育学校作业管理/和课后服务专项督导情况的通报",
    "关于全县领导干部包案化解/信访积案工作进展情况的通报",
    "青禾县人民政府/关于2024年度耕地保护/和粮食安全责任制考核情况的通报",
    "云溪区政务服务和数据局/关于2024年7月份12345政务服务便民热线/运行情况的通报",
    "临江市人民政府办公室/关于2024年上半年全市/重点建设项目推进情况的通报",
    "青禾县教育体育局/关于2024年春季学期学校食堂/食品安全专项检查情况的通报",
    "关于2024年第二季度/全市住宅工程质量常见问题专项治理/和建筑施工安全生产标准化考评情况的通报",
    "东川省住房和城乡建设厅/关于全省城镇燃气安全专项整治/“回头看”督导检查情况的通报",
    "青禾县河长制办公室/关于2024年第一季度/乡镇级河长巡河履职情况的通报",
    "临江市自然资源和规划局/关于2023年度卫星遥感监测/图斑核查整改情况的通报",
    "云溪区卫生健康局/关于基本公共卫生服务项目/2023年度绩效评价结果的通报",
    "青禾县应急管理局/关于“3·15”较大道路交通事故/调查处理情况的通报",
    "临江市营商环境建设局/关于2024年度“高效办成一件事”/重点事项落实情况的通报",
    "东川省财政厅/关于2023年度省级政府采购代理机构/监督评价结果的通报",
    "青禾县乡村振兴局/关于防返贫监测帮扶集中排查工作/第三轮督查暗访情况的通报",
    "云溪区民政局/关于养老机构服务质量星级评定/及消防安全隐患排查整改情况的通报",
    "临江市发展和改革委员会/关于2024年一季度能耗双控目标/完成情况晴雨表的通报",
    "中共青禾县委办公室青禾县人民政府办公室/关于2024年上半年整治形式主义/为基层减负工作情况的通报",
    "关于2024年国庆中秋假期/全市文化和旅游市场安全检查情况的通报",
    "关于青禾县2024年度政府信息公开工作/第三方评估发现问题整改情况的通报",
    "临江市医疗保障局/关于曝光2023年第四期/欺诈骗取医疗保障基金典型案例的通报",
    "云溪区人力资源和社会保障局/关于2023年度事业单位工作人员考核/及干部人事档案专项审核情况的通报",
    "东川省应急管理厅办公室/关于2024年6月份全省自然灾害/综合监测预警平台运行情况的通报",
    "关于县政府系统2024年第三季度/公文处理错情和信息报送采用情况的通报",
    "关于2024年第一季度区长信箱/和网民留言办理情况的通报",
    "青禾县人民政府/关于表扬2023年度/招商引资工作先进单位的通报",
    "关于深入开展营商环境突出问题/专项整治情况的通报",
    "临江市公安局交通警察支队/关于2024年“一盔一带”守护行动战果的通报",
    "关于2024年度全省法治政府建设/示范创建实地评估情况的通报",
    "云溪区财政局/关于2023年度部门预算绩效目标管理/及自评抽查复核情况的通报",
];

/// More of them, of several organs, with compounds and words that the list does not know.
#[rustfmt::skip]
const SEEN: &[&str] = &[
    "霁川市人民政府办公室/关于2031年第二季度全市政府系统/公文办理质量情况的通报",
    "汀源县教育局/汀源县公安局/汀源县市场监督管理局/关于中小学校园周边环境综合整治情况的通报",
    "松原河流域综合治理指挥部办公室/关于2031年4月份河湖“四乱”问题/清理整治进展情况的通报",
    "云栖区政务公开领导小组办公室/关于区级部门2030年政府信息公开/年度报告发布情况的通报",
    "关于2031年春季农村公路养护质量/检查评定结果的通报",
    "霁川市水务局/关于2030年度最严格水资源管理制度/考核结果的通报",
    "云栖区人民政府/关于表扬2030年度政务服务/“好差评”工作先进窗口的通报",
    "关于对3家未按规定开展安全培训企业/予以行政处罚的通报",
    "云栖区消防救援大队/关于九小场所和多业态混合经营场所/火灾隐患排查整治情况的通报",
    "关于2030年第四季度12345政务服务便民热线/企业诉求办理情况的通报",
    "霁川市大数据管理局/关于市本级政务信息系统/整合共享工作推进情况的通报",
    "云栖区人民政府办公室/关于2030年度区人大代表建议/和政协委员提案办理情况的通报",
    "关于2030年度镇（街道）/食品药品安全工作评议考核结果的通报",
    "云栖区教育体育局办公室/关于2030年秋季学期义务教育阶段/学生近视防控工作督查情况的通报",
    "霁川市财政局霁川市审计局/关于2030年度市级部门国有资产管理/专项检查情况的通报",
    "关于2031年6月份村（社区）/党务村务财务公开情况的通报",
    "关于2032年第二季度全市/农村生活污水治理设施运行监管情况的通报",
    "兰渚县人民政府办公室/关于2032年上半年政府投资项目/建设进度滞后问题督查情况的通报",
    "沅岭市卫生健康委员会/关于2032年度冬春季重点传染病防控工作/专项督导情况的通报",
    "兰渚县林业局/关于2032年春季松材线虫病疫木除治/和森林草原防灭火工作督查情况的通报",
    "沅岭市信访局/关于2032年第三季度/群众网上信访事项及时受理率、/按期答复率和群众满意率情况的通报",
    "苍梧湖区教育局/关于2032年校外培训机构预收费资金监管/和违规办学行为专项整治行动开展情况的通报",
    "关于对12家逾期未报送/2031年度报告企业列入经营异常名录的通报",
    "关于2032年第一季度/政务服务“好差评”和“12345”热线/群众诉求办理质效情况的通报",
    "沅岭市人民政府/关于2031年度真抓实干成效明显/地方予以督查激励的通报",
    "兰渚县机关事务服务中心/关于2031年度公共机构节约能源资源/考核结果的通报",
    "苍梧湖区科学技术局/关于2032年度高新技术企业/申报认定和科技型中小企业/入库培育工作进展情况的通报",
    "关于全市2032年二季度重大项目/集中开工暨招商引资签约项目/履约落地情况的通报",
    "苍梧湖区应急管理局/关于危险化学品企业重大危险源/安全专项检查督导发现问题隐患的通报",
];

#[test]
fn a_period_is_parted_only_where_nothing_better_offers() {
    for expected in [
        "青溪市市长热线2031年第二季度/办理情况的通报",
        "“12345热线通”平台/2031年第25周、26周受理办理情况通报",
        "硯池市政府辦公室/關於2031年第二季度政務公開工作情況的通報",
    ] {
        assert_eq!(broken(&expected.replace('/', "")), expected);
    }
}

#[test]
fn lines_are_whole_in_meaning() {
    let wrong: Vec<String> = BROKEN
        .iter()
        .chain(SEEN)
        .filter(|expected| broken(&expected.replace('/', "")) != **expected)
        .map(|expected| format!("{expected} is broken {}", broken(&expected.replace('/', ""))))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The list gives no break that the dictionary forbids, and is enough for most titles.
#[test]
fn the_list_of_words_agrees_with_the_dictionary() {
    let mut by_list = 0;
    for title in BROKEN.iter().map(|title| title.replace('/', "")) {
        let chars: Vec<(usize, char)> = title.char_indices().collect();
        let mut starts = vec![0];
        for (_, c) in &chars {
            starts.push(starts[starts.len() - 1] + char_width(*c));
        }
        let line = Line {
            title: &title,
            chars: &chars,
            starts: &starts,
            spare: &vec![0; starts.len()],
            widest: TITLE_LINE_WIDEST,
        };
        let Some((breaks, true)) = line.breaks(Words::List) else {
            continue;
        };
        by_list += 1;
        let words = DICTIONARY.cut(&title, false);
        for at in breaks {
            assert!(words.iter().any(|w| w.start == at), "{title} at {at}");
        }
    }
    assert!(by_list * 10 >= BROKEN.len() * 9, "{by_list} of {}", BROKEN.len());
}

#[test]
fn a_compound_is_not_torn_where_two_words_of_it_are_known() {
    for (title, compound) in [
        ("青禾县教育局关于2031年中小学生校服质量抽查情况的通报", "中小学生"),
        (
            "青禾县人民政府办公室关于2031年承办政协提案办理进展情况的通报",
            "政协提案",
        ),
        (
            "青禾县住房和城乡建设局关于2031年农村危房改造工程进展情况的通报",
            "危房改造",
        ),
        ("2031年第三季度青禾县市场监管部门食品安全监督抽检信息的通告", "监管部门"),
    ] {
        let lines = break_title(title, TITLE_LINE_WIDEST);
        assert!(
            lines.len() > 1 && lines.iter().any(|line| line.contains(compound)),
            "{lines:?}"
        );
    }
}

#[test]
fn a_short_title_stays_on_one_line() {
    assert_eq!(
        broken("关于2023年度网站检查情况的通报"),
        "关于2023年度网站检查情况的通报"
    );
}

#[test]
fn the_organ_has_a_line_of_its_own() {
    assert_eq!(
        broken("青禾县人民政府办公室关于2023年第三季度政府网站和政务新媒体检查情况的通报"),
        "青禾县人民政府办公室/关于2023年第三季度政府网站/和政务新媒体检查情况的通报"
    );
    assert_eq!(
        broken("关于2023年上半年全市食品安全监督抽检工作开展情况的通报"),
        "关于2023年上半年全市食品安全/监督抽检工作开展情况的通报"
    );
}

#[test]
fn book_titles_numbers_and_the_end_are_never_cut() {
    for title in [
        "云溪区住房和城乡建设局关于贯彻落实《云溪区城镇老旧小区改造工作实施方案》情况的通报",
        "关于云溪区第二十三批“扫码查询、一键举报”平台2023年1—9月运行情况的通报",
        "松原河流域管理委员会办公室关于2022年12月至2023年2月水质自动监测站运维考核结果的通报",
    ] {
        let lines = break_title(title, TITLE_LINE_WIDEST);
        assert!(lines.len() > 1, "{title}");
        assert_eq!(lines.concat(), title);
        for line in &lines {
            assert!(width(line) <= TITLE_LINE_WIDEST, "{line}");
            assert_eq!(line.matches('《').count(), line.matches('》').count(), "{line}");
            assert_eq!(line.matches('“').count(), line.matches('”').count(), "{line}");
            assert!(!line.starts_with(['的', '年', '月', '、', '批']), "{line}");
        }
        assert!(width(lines[lines.len() - 1]) > HalfChars(STRANDED));
    }
}

/// The lines of a title that needs several, each of which begins and ends with a whole word of the dictionary.
#[test]
fn words_and_names_are_never_cut() {
    for (title, whole) in [
        (
            "关于2023年第二季度全区住宅小区电梯维护保养和充电桩安装进度情况的通报",
            &["电梯", "维护", "充电", "安装", "进度", "第二季度"][..],
        ),
        (
            "关于云溪区住房和城乡建设局2022年建筑工地扬尘治理督查问题整改情况的通报",
            &["住房和城乡建设局", "建筑工地", "扬尘", "督查"],
        ),
        (
            "青禾县人力资源和社会保障局关于2024年1—6月拖欠农民工工资线索核查处置情况的通报",
            &["青禾县人力资源和社会保障局", "1—6月", "农民工", "线索", "核查"],
        ),
    ] {
        let lines = break_title(title, TITLE_LINE_WIDEST);
        assert!(lines.len() > 1, "{title}");
        for word in whole {
            assert!(lines.iter().any(|l| l.contains(word)), "{word} in {lines:?}");
        }
    }
}

#[test]
fn lines_make_no_hourglass() {
    let lines = break_title(
        "东川省水利厅关于2023年度全省农村供水工程建设管理和水质提升专项行动完成情况的通报",
        TITLE_LINE_WIDEST,
    );
    let widths: Vec<_> = lines.iter().map(|l| width(l)).collect();
    let top = widths.iter().enumerate().max_by_key(|(_, w)| **w).map_or(0, |(i, _)| i);
    assert!(widths[..=top].is_sorted(), "{lines:?}");
    assert!(widths[top..].is_sorted_by(|a, b| a >= b), "{lines:?}");
}

#[test]
fn a_number_stays_with_the_name_that_it_is_part_of() {
    let lines = broken("青禾县人民政府办公室关于2023年第四季度12345热线办理工作情况的通报");
    assert!(lines.contains("12345热线"), "{lines}");
}

#[test]
fn a_line_that_some_layouts_make_too_wide_is_set_closer() {
    let title = ["关于2023年10月份网上留言办理情况的通报"];
    let by = closer(&title, TITLE_LINE_WIDEST, gouji_standard::TITLE.size).expect("too wide");
    assert!(by < Twips(0) && by > Twips(-28), "{by}");
    assert_eq!(
        closer(&["关于检查情况的通报"], TITLE_LINE_WIDEST, gouji_standard::TITLE.size),
        None
    );
    let endless = "通".repeat(500);
    assert_eq!(closer(&[&endless], TITLE_LINE_WIDEST, gouji_standard::TITLE.size), None);
}

#[test]
fn what_cannot_be_broken_is_left_alone() {
    let title = format!("《{}》", "长".repeat(30));
    assert_eq!(break_title(&title, TITLE_LINE_WIDEST), vec![title.as_str()]);
    let title = "通".repeat(500);
    assert_eq!(break_title(&title, TITLE_LINE_WIDEST), vec![title.as_str()]);
    assert!(!break_title(&"(（《".repeat(40), TITLE_LINE_WIDEST).is_empty());
}

#[test]
fn several_organs_part_where_one_ends() {
    let parts = |organs: &str| {
        let chars: Vec<(usize, char)> = organs.char_indices().collect();
        let mut out = organs.to_owned();
        for at in borders(organs, &chars).into_iter().rev() {
            out.insert(chars[at].0, '|');
        }
        out
    };
    for organs in [
        "青禾县教育局|青禾县卫生健康局|青禾县公安局",
        "中共青禾县委办公室|青禾县人民政府办公室",
        "县公安局|县交通运输局",
        "松原河自治县水务局|松原河自治县林业局",
        "云溪区财政局、|云溪区审计局",
        "云溪区财政局 |审计局",
        // One organ, whatever its name holds.
        "青禾县深化改革推进职能转变领导小组办公室",
        "市市场监督管理局",
        "青禾县安全生产、消防工作领导小组办公室",
        "中共青禾县委办公室",
        "",
    ] {
        assert_eq!(parts(&organs.replace('|', "")), organs);
    }
    assert_eq!(
        broken("青禾县发展和改革委员会青禾县生态环境保护委员会办公室关于2031年第三季度空气质量改善情况的通报"),
        "青禾县发展和改革委员会/青禾县生态环境保护委员会办公室/关于2031年第三季度空气质量改善情况的通报"
    );
}
