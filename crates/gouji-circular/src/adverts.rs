//! Injected advertising that a name gives away: houses of the betting trade, and hospitals recommended in mid-sentence.
//!
//! A name is no evidence by itself: a circular may tell of a case against a betting site or of a check of hospitals. It must
//! sell something (官网, 下载, 哪家医院…好), come more than once, and the text must not be about the trade.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use gouji_document::Span;
use regex::Regex;

/// A house of the trade with what it sells: `77华体会官网`, `BET365体育入口`. Word borders are those of ASCII: others cost the engine
/// its quick ways through Chinese text.
static HOUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)[0-9a-z]{0,6}(bet365|365bet|188bet|betway|金宝搏|亚博|博狗|华体会|万博|沙巴|新葡京|乐鱼|米乐|开云|九游会?|星空|半岛|",
        r"爱游戏|皇冠|竞博|(?-u:\b)bob|(?-u:\b)188|(?-u:\b)365)",
        r"((?:体育|电竞|娱乐|平台|官网|官方|网站|在线|首页|入口|下载|安装|app|备用|网址|客户端|登录|注册|世界杯|手机版|网页?版?)+)"
    ))
    .expect("a fixed pattern")
});

/// What nobody but the trade sells under a house's name.
static SELLING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)官网|官方|入口|下载|app|备用|网址|客户端|在线|首页|体育网").expect("a fixed pattern")
});

/// A hospital recommended for a disease, in the words of a search.
static HOSPITAL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:哪家医院|怎[么样]|如何)(?:治疗?|看)?(癫痫|白癜风|牛皮癣|银屑病|不孕不育|尖锐湿疣|荨麻疹|前列腺)病?的?(?:效果)?(?:更|最|比较)?好?",
        r"|(癫痫|白癜风|牛皮癣|银屑病|不孕不育|尖锐湿疣|荨麻疹|前列腺)病?(?:专业|正规|权威|专科|最好的?|哪家)*医院(?:哪里|哪家|哪个)?(?:比较|更|最)?(?:好|专业|正规|权威)?"
    ))
    .expect("a fixed pattern")
});

/// The spans of such advertising in `source`, ascending.
pub(crate) fn find(source: &str) -> Vec<Span> {
    let mut out = houses(source);
    out.extend(hospitals(source));
    out.sort_unstable();
    out
}

fn houses(source: &str) -> Vec<Span> {
    // A text about gambling names the houses itself.
    if source.contains('赌') {
        return Vec::new();
    }
    let mut by_name: BTreeMap<String, Vec<(Span, bool)>> = BTreeMap::new();
    for found in HOUSE.captures_iter(source) {
        if let (Some(whole), Some(name), Some(goods)) = (found.get(0), found.get(1), found.get(2)) {
            by_name
                .entry(name.as_str().to_lowercase())
                .or_default()
                .push((Span::new(whole.start(), whole.end()), SELLING.is_match(goods.as_str())));
        }
    }
    by_name
        .into_values()
        .filter(|places| places.len() >= 2 && places.iter().filter(|p| p.1).count() >= 2)
        .flatten()
        .filter(|(_, sells)| *sells)
        .map(|(span, _)| span)
        .collect()
}

fn hospitals(source: &str) -> Vec<Span> {
    let found: Vec<(Span, &str)> = HOSPITAL
        .captures_iter(source)
        .filter_map(|c| Some((c.get(0)?, c.get(1).or(c.get(2))?)))
        .map(|(whole, disease)| (Span::new(whole.start(), whole.end()), disease.as_str()))
        .collect();
    let asks = |span: &Span| ['哪', '怎', '如'].iter().any(|w| source[span.range()].contains(*w));
    let one = found.windows(2).all(|pair| pair[0].1 == pair[1].1);
    if found.len() < 2 || !one || found.iter().filter(|(span, _)| asks(span)).count() < 2 {
        return Vec::new();
    }
    found.into_iter().map(|(span, _)| span).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(source: &str) -> Vec<&str> {
        find(source).into_iter().map(|s| &source[s.range()]).collect()
    }

    #[test]
    fn a_house_that_sells_twice() {
        assert_eq!(
            taken("全县抽查站点40个，其中77华体会官网不合格3个，77华体会在线整改2个。"),
            ["77华体会官网", "77华体会在线"]
        );
        assert_eq!(
            taken("BET365体育入口青溪灯具抽检合格率九成\n　BET365体育下载5月，全县抽检20批次。"),
            ["BET365体育入口", "BET365体育下载"]
        );
    }

    #[test]
    fn names_of_ordinary_things_and_of_cases() {
        for source in [
            "皇冠大厦消防通道堵塞。皇冠平台整改完毕。",
            "半岛体育中心开放。半岛网站更新及时。",
            "查处亚博体育app网络赌博案一起，关停亚博官网。",
            "开云平台上线。",
            "12365平台受理投诉20件。12365热线接听36件。",
        ] {
            assert!(taken(source).is_empty(), "{source}");
        }
    }

    #[test]
    fn hospitals_in_mid_sentence() {
        assert_eq!(
            taken("对白榆哪家医院治疗白癜风好公园通报批评；南门白癜风专业医院哪里比较好路灯损坏。").len(),
            2
        );
        for source in [
            "检查癫痫病专科医院2家、白癜风专科医院1家。",
            "群众咨询哪家医院治疗癫痫病好的来电1件。",
        ] {
            assert!(taken(source).is_empty(), "{source}");
        }
    }
}
