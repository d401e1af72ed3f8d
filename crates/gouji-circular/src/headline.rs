//! Titles that do not end as the titles of documents do: headlines (青溪县人代会收到建议96件), 全县秋粮收购进展顺利.
//!
//! Only the shape of a line and its place tell them: a phrase alone, with the page's date line below it or with the text.

use std::sync::LazyLock;

use regex::Regex;

use crate::doc_number::is_doc_number;
use crate::organ::is_organ;
use crate::parts::{squash, width};
use crate::{headings, sign_off};

/// Fewest and most characters of a headline.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=60;
/// Fewest Chinese characters.
const MIN_HAN: usize = 6;
/// Longest speaker before a colon: 市统计局：上半年….
const MAX_SPEAKER: usize = 16;

/// What begins lines of other kinds.
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:附[件表：:]|注[：:]|[图表][\d一二三四五六七八九十：:]|【[^】]*】$|栏目[：:]|序号|单位[：:]|单位名称|来源|作者|编辑|记者|责任|通讯员|时间|日期|地[点址]|电话|联系|主题|备注|",
        r"摘要|核心提示|导读|关键词|目录|第[一二三四五六七八九十\d]+[章部版]|以下|上接|您好|欢迎|点击|下载|登录|注册|扫码|扫一扫|免费|[(（]|[●■◆★▲◇•·]|\d{1,2}(?:\s|[.、]))"
    ))
    .expect("a fixed pattern")
});

/// Whether the line, by its shape, can be a headline. A comma is a sentence's unless the page marks the line as a title
/// (`marked`).
pub(crate) fn is_headline(line: &str, marked: bool) -> bool {
    let trimmed = line.trim();
    // 纵论 | 从案例看窗口服务: a column's name.
    let flat = match trimmed.split_once(['|', '丨', '｜']) {
        Some((column, rest)) if marked && (1..=6).contains(&width(column)) && !rest.contains(['|', '丨', '｜']) => {
            squash(rest)
        }
        _ => squash(trimmed),
    };
    let commas = flat.matches(['，', ',']).count() - thousands(&flat);
    let speaker = flat.split_once(['：', ':']);
    LENGTH.contains(&flat.chars().count())
        && flat.chars().filter(|c| is_han(*c)).count() >= MIN_HAN
        && !flat.contains(['。', '；', ';', '|', '\t', '！', '!', '？', '?', '>', '＞'])
        && !flat.ends_with(['：', ':', '、', '，', ',', '…', '/'])
        && commas <= usize::from(marked)
        && speaker.is_none_or(|(who, what)| {
            (2..=MAX_SPEAKER).contains(&who.chars().count())
                && what.chars().count() >= *LENGTH.start()
                && !what.contains(['：', ':'])
        })
        && !OTHER.is_match(trimmed)
        && headings::label(trimmed).is_none()
        && !is_organ(trimmed)
        && !is_doc_number(trimmed)
        && !sign_off::is_day(trimmed)
}

/// Commas inside of figures.
fn thousands(flat: &str) -> usize {
    let bytes = flat.as_bytes();
    (1..bytes.len().saturating_sub(1))
        .filter(|&i| bytes[i] == b',' && bytes[i - 1].is_ascii_digit() && bytes[i + 1].is_ascii_digit())
        .count()
}

fn is_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// Whether a headline is whole, so that the short line below it is not its end: it closes with a figure, a measure, a noun of
/// documents.
pub(crate) fn is_whole(line: &str) -> bool {
    let flat = squash(line);
    flat.ends_with(|c: char| c.is_ascii_digit() || "%％件起家项个次批宗人元倍成）)".contains(c))
        || [
            "分析", "统计", "数据", "报告", "报表", "周报", "月报", "发布", "公布", "公开", "公示", "简况", "概况",
            "汇总", "进展",
        ]
        .iter()
        .any(|w| flat.ends_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headlines() {
        for line in [
            "青溪县人代会三次会议收到建议96件",
            "2031年青溪县服务热线接听来电3.2万个 办结率提高1.5个百分点",
            "全县秋粮收购进展顺利价格平稳",
            "青溪:垃圾分类3月考核结果分析",
            "青溪市公布八项专项行动成绩单:全年120余人被处理",
            "“八项惠民工程”二季度进展",
            "二月份12315接到咨询近20,000件",
        ] {
            assert!(is_headline(line, false), "{line}");
        }
        assert!(is_headline("热线办结率升，满意率也升", true));
        assert!(is_headline("纵论 | 从32起案例看窗口服务", true));
    }

    #[test]
    fn lines_of_other_kinds() {
        for line in [
            "一、工业生产加快恢复",
            "12345热线共受理投诉120件，办结118件",
            "青溪市人民政府办公室",
            "表1 各县区受理情况统计",
            "各县区人民政府，市直各单位：",
            "2031年3月5日",
            "您好,欢迎访问青溪门户网站!",
            "附件：抽查不合格名单一览",
            "受理数量",
            "序号 | 单位名称 | 受理数量 | 办结数量",
            "来源：青溪市人民政府办公室信息科",
            "下载客户端立即领取会员",
            "01 投诉举报总体情况说明",
            "据统计，全市共受理投诉120件。",
        ] {
            assert!(!is_headline(line, false), "{line}");
        }
    }
}
