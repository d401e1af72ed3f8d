//! What a web page puts around a circular: navigation, counters, buttons, index tables, editors' lines.
//!
//! A line is judged by how much of it is vocabulary of pages, by labels with a colon, and by its place: only lines before the
//! body and after its end are ever judged.

use std::sync::LazyLock;

use gouji_quantity::{Date, DatePart, scan_dates};
use regex::Regex;

use crate::SignedDate;
use crate::organ::is_organ;
use crate::parts::squash;
use gouji_document::Text;

/// Labels that only a page carries. Matched on the line without white space.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:(?:发布|发文|发稿|更新|公开|公布|生成|录入|上传|成文|印发|添加|信息|提供)(?:日期|时间)|(?:信息|文章|稿件|新闻)?来源|稿源|",
        r"作者|责任编辑|责编|编辑|录入人?|供稿|撰稿|摄影|(?:浏览|点击|阅读|访问|查看)(?:次数|总数|人次|量|数|率)?|人气|字体(?:大小|显示)?|字号|",
        r"(?:信息)?索引号|(?:发布|发文|公开|制发)(?:机构|机关|单位|主体)|时效|关注度|文字大小|文件编号|(?:信息|主题|组配|体裁|内容)分类|主题词|关键[词字]|发文字号|文号|信息名称|名称|标题|",
        r"公开(?:方式|形式|范围|程序|时限|责任部门|属性)|信息公开选项|责任部门|是否有效|有效性|效力状态|(?:废止|生效|失效|实施)日期|服务对象|内容概述|",
        r"分享到?|(?:保护)?视力(?:保护)?色|背景色|主办单位|承办单位|主办|承办|技术支持|网站标识码|备案号|版权所有|上一[篇条页]|下一[篇条页]|相关附件|附件下载)",
        r"(?:[:：\[【|]|$)"
    ))
    .expect("a fixed pattern")
});

/// Labels of an index table, which may stand without a colon.
static INDEX: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:信息)?索引号|公开(?:方式|形式|日期|时限|程序|责任部门)|(?:发布|发文)(?:机构|机关)|(?:信息|主题|组配|体裁)分类|发文日期|效力状[态况]|有效性")
        .expect("a fixed pattern")
});

/// Labels that a circular's own lines may carry too: they count only beside others, or at the start before a date.
static SOFT: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:名称|标题|文号|来源|主办|承办|主题词|录入人?)[:：]").expect("a fixed pattern"));

static BUTTON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)当前位置|您?(?:现在)?的?所?在?位置|网站首页|返回首页|首页|打印(?:本页|此页|文章|页面)?|关闭(?:窗口|本页|页面|此页)?|返回(?:顶部|上页|列表)?|",
        r"加入收藏|收藏(?:本页)?|分享到?|微信|微博|QQ空间|朋友圈|繁[体體](?:版|中文)?|简体(?:版|中文)?|English|进入|关怀版|无障碍(?:浏览|阅读|模式|版)?|",
        r"长者(?:模式|版|专区|助手)?|适老化?|老年(?:模式|版)|大字版|手机版|移动版|电脑版|网站地图|登录|注册|搜索|检索|请输入关键[字词]|设为首页|",
        r"扫一扫|扫描?(?:上方)?二维码|用?在?手机上?(?:打开|查看|浏览|阅读)(?:当前|本|此)?页面?|当前页面?|(?:我要|网页|网站|内容)?纠错|语音播报|朗读|播报|",
        r"字体大小|字体|字号|放大|缩小|默认|大|中|小|图片|公开内容|快速切换|复制链接|会员中心|我要投稿|退出|长辈版|更多\+?|PDF版|[参与]{0,2}评论|我来说两句|(?:打开|查看|浏览)(?:当前|本|此)页面?|下载|(?:政府|政务)(?:信息)?公开|政务服务|(?:政民)?互动(?:交流)?|新闻(?:中心|动态)|要闻(?:动态)?|解读回应|",
        r"政策解读|专题专栏|数据开放|走进\p{Han}{1,4}|联系我们|关于我们|网站声明|隐私声明|版权所有|版权声明|ICP备|公网安备|智能问答|RSS|邮箱|阅读|浏览|次|",
        r"上一[篇条页]|下一[篇条页]|没有了|相关(?:链接|文章|信息|阅读|新闻|文档|稿件)|保护|视力|色|A[+-]"
    ))
    .expect("a fixed pattern")
});

static DOMAIN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)(?:www\.[a-z0-9.-]+|[a-z0-9-]+\.gov\.cn)").expect("a fixed pattern"));

/// A site's registration.
static FILING: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"ICP备|ICP证|公网安备|网站标识码").expect("a fixed pattern"));

static CRUMBS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:您?(?:现在)?的?(?:当前)?所?在?(?:的)?位置|当前位置)[:：]?|^首页.{0,20}[>＞»›]")
        .expect("a fixed pattern")
});

static BARE_DAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\[【（(]?\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])】）]?$")
        .expect("a fixed pattern")
});

/// A line that a day begins, with its hour or its source behind: `2031-02-03 10:22 青溪网`, `2031年2月3日 来源：…`, `03.02.2031 10:22`;
/// also with a label before it.
static DATELINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[•·\-\s\[【（(]*(?:(?:时间|日期)\s*[:：]\s*(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}",
        r"|(?:(?:19|20)\d{2}(?:年\d{1,2}月\d{1,2}日|[-/.]\d{1,2}[-/.]\d{1,2})|\d{1,2}\.\d{1,2}\.(?:19|20)\d{2})\s*",
        r"(?:星期.\s*)?(?:\d{1,2}:\d{2}|[^。，]{0,12}来源))"
    ))
    .expect("a fixed pattern")
});

/// Day before month before year, as some sites print it.
static DAY_FIRST: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?-u:\b)(\d{1,2})\.(\d{1,2})\.((?:19|20)\d{2})(?-u:\b)").expect("a fixed pattern"));

/// Furniture of forums, newspapers and shops that no circular has.
static FURNITURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^(?:第?[A-Z]?\d{1,3}版[:：]\S{2,10}|\d+[次人]?(?:浏览|阅读|点击)|",
        r"\[复制链接\]|.{0,20}发表于\d{4}-\d{1,2}-\d{1,2}.{0,60}|.{0,30}(?:显示全部楼层|只看该作者|阅读模式).{0,20}|",
        r"(?:您好)?[,，]?欢迎(?:访问|光临|来到|登录|您)[^。]{2,20}|[(（](?:相关)?(?:资料图|图片)(?:片)?(?:仅供参考)?[)）])$"
    ))
    .expect("a fixed pattern")
});

/// Rows of an index table without a colon: 名称 …, 文号 ….
static ROW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:名\s*称|标\s*题|文\s*号|文件编号|效力状[况态]|有\s*效\s*期|发文字号|主\s*题\s*词|关\s*键\s*词|内容概述)[\s:：]+\S")
        .expect("a fixed pattern")
});

/// A line that says where the text is from, and nothing else.
static CREDIT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[•·\-\s（(]*(?:(?:本文|文章|信息|稿件|文稿|视图|图文|图片)?来源|原文链接|作者|(?:责任)?编辑|责编)[:：]?[^。，；]{0,30}$")
        .expect("a fixed pattern")
});

/// Images by their file names, alone on a line.
static IMAGES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:\s*(?:!\[[^\]]*\]\([^)]*\)|[^\s.,，。；;：:!]+\.(?:png|jpe?g|gif|bmp|webp)))+\s*$")
        .expect("a fixed pattern")
});

/// Who made the page's article: at the end of it only.
static CREDITS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^[（(\[【]?(?:(?:本文|文章|信息|稿件|文稿|视图|图文|图片|原文)?(?:来源|链接|供稿|审核)|编辑(?:排版)?|责任编辑|责编|作者|[初复终]审|校对|监制|",
        r"原标题|关键[词字]|标签|相关热词搜索)[:：/][^。]{0,80}$"
    ))
    .expect("a fixed pattern")
});

/// What a site says about its rights.
static RIGHTS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[\[【]?(?:郑重声明|免责声明|版权声明|特别声明|声明|.{0,10}版权(?:及|与)?免责声明)[\]】]?[:：]?")
        .expect("a fixed pattern")
});

static RELATED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[【\[]?(?:相关(?:链接|文章|信息|阅读|新闻|文档|稿件)|上一[篇条]|下一[篇条])")
        .expect("a fixed pattern")
});

/// Longest line that can be chrome, in characters.
const MAX_CHROME: usize = 120;

/// Characters of a button that no sentence has: 网站地图, 联系我们.
const BUTTON_NAME: usize = 4;

/// Whether a line is of a page's surroundings, by its labels, its buttons or its shape.
fn is_of_page(line: &str) -> bool {
    let flat = squash(line);
    let n = flat.chars().count();
    if n == 0 || n > MAX_CHROME || flat.contains('。') && !flat.contains('|') {
        return false;
    }
    if CRUMBS.is_match(&flat) || flat.matches(['>', '＞', '»', '›']).count() >= 2 {
        return true;
    }
    let labels = LABEL.find_iter(&flat).count();
    // Without white space a day runs into the hour behind it.
    let dated = || !scan_dates(&flat).is_empty() || !scan_dates(line).is_empty();
    if labels >= 2 || labels == 1 && (!SOFT.is_match(&flat) || flat.contains('|') || dated()) {
        return true;
    }
    // A label that a circular may carry, in one line with buttons that none has.
    let buttons = BUTTON
        .find_iter(&flat)
        .filter(|b| b.as_str().chars().count() >= BUTTON_NAME)
        .count();
    if labels == 1 && buttons >= 2 {
        return true;
    }
    let index = INDEX.find_iter(&flat).count();
    if index >= 2 || INDEX.find(&flat).is_some_and(|m| m.start() == 0 && n <= 40) && !flat.ends_with(['：', ':', '，'])
    {
        return true;
    }
    if FILING.is_match(&flat) || DOMAIN.is_match(line) && n <= 60 {
        return true;
    }
    // What is left of the line when vocabulary, marks and figures are taken out.
    let mut rest = 0;
    let mut words = 0;
    let mut at = 0;
    let plain = |s: &str| s.chars().filter(|c| c.is_alphabetic()).count();
    for hit in BUTTON.find_iter(&flat) {
        rest += plain(&flat[at..hit.start()]);
        words += hit.as_str().chars().count();
        at = hit.end();
    }
    rest += plain(&flat[at..]);
    words > 0 && rest * 5 <= words
}

/// Whether a line before the body belongs to the page.
pub(crate) fn at_head(line: &str) -> bool {
    let trimmed = line.trim();
    let short = trimmed.chars().take(MAX_CHROME + 1).count() <= MAX_CHROME && !trimmed.contains('。');
    is_of_page(line)
        || BARE_DAY.is_match(trimmed)
        || short && (DATELINE.is_match(trimmed) || FURNITURE.is_match(&squash(trimmed)))
}

/// Whether a line directly below one of the page is one, too: a row of its index table, a credit.
pub(crate) fn is_row(line: &str) -> bool {
    let trimmed = line.trim();
    let index = trimmed.chars().take(61).count() <= 60 && !trimmed.contains('，') && INDEX.is_match(&squash(trimmed));
    let short = trimmed.chars().take(MAX_CHROME + 1).count() <= MAX_CHROME;
    short && !trimmed.contains('。') && (ROW.is_match(trimmed) || CREDIT.is_match(trimmed) || index)
}

/// Whether a line is a row of an index table by its label, whatever it says behind.
pub(crate) fn is_labelled(line: &str) -> bool {
    ROW.is_match(line.trim())
}

/// Whether a line can be the value of the label above it: a day, an organ, or nothing.
pub(crate) fn is_value(line: &str) -> bool {
    let trimmed = line.trim();
    BARE_DAY.is_match(trimmed) || is_rule(trimmed) || is_organ(trimmed)
}

/// Whether a line is furniture wherever it stands: an image by its name.
pub(crate) fn is_anywhere(line: &str) -> bool {
    line.len() <= 400 && !line.starts_with('附') && IMAGES.is_match(line)
}

/// Whether a line has neither words nor figures, so that it can only part or draw something.
pub(crate) fn is_rule(line: &str) -> bool {
    !line.chars().any(char::is_alphanumeric)
}

/// Whether a line after the end belongs to the page.
pub(crate) fn at_tail(line: &str) -> bool {
    let flat = squash(line);
    // 抄送, 印发 and 附件 lines of the circular itself end in nothing that a page prints.
    !flat.starts_with("抄送")
        && !flat.ends_with("印发")
        && !flat.starts_with("附件")
        && !flat.starts_with('注')
        && (is_of_page(line) || is_credit(&flat))
}

/// Credits and rights below an article.
fn is_credit(flat: &str) -> bool {
    let rights = RIGHTS.is_match(flat) && ["版权", "转载", "侵权"].iter().any(|w| flat.contains(w));
    CREDITS.is_match(flat) || rights || FURNITURE.is_match(flat) || is_anywhere(flat)
}

/// Whether a site's own terms begin here, and whether a line can be one of them.
pub(crate) fn begins_rights(line: &str) -> bool {
    RIGHTS.is_match(&squash(line))
}

/// Whether a line speaks of a site's rights.
pub(crate) fn is_of_rights(line: &str) -> bool {
    ["本网", "本站", "版权", "转载", "侵权", "作品", "免责"]
        .iter()
        .any(|w| line.contains(w))
}

/// Whether links to other articles begin here.
pub(crate) fn begins_links(line: &str) -> bool {
    RELATED.is_match(&squash(line))
}

/// Whether an opening bracket of the line waits for its partner on a later line, as in `字体：[`.
pub(crate) fn waits_for_bracket(line: &str) -> bool {
    let open = line.matches(['[', '【']).count();
    open > line.matches([']', '】']).count()
}

/// Whether the cells are those of a page's index table (索引号, 发布机构 …).
pub(crate) fn is_index_table<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let mut labels = 0;
    for cell in cells.take(60) {
        let flat = squash(cell);
        let end = flat.trim_end_matches([':', '：']);
        if end.chars().count() <= 8 && LABEL.find(end).is_some_and(|m| m.start() == 0) {
            labels += 1;
        }
        if labels >= 2 {
            return true;
        }
    }
    false
}

/// The day of publication that a page's line gives, if it gives one.
pub(crate) fn published(line: &Text) -> Option<SignedDate> {
    let read = scan_dates(line.as_str()).into_iter().find_map(|d| match d.part {
        DatePart::Full(date) => Some(SignedDate {
            text: line.slice(d.range),
            date: Some(date),
        }),
        _ => None,
    });
    read.or_else(|| {
        let found = DAY_FIRST.captures(line.as_str())?;
        let date = Date::new(found[3].parse().ok()?, found[2].parse().ok()?, found[1].parse().ok()?)?;
        Some(SignedDate {
            text: line.slice(found.get(0)?.range()),
            date: Some(date),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_page() {
        for line in [
            "当前位置： 首页 > 信息公开 > 通报",
            "发布日期：2031-02-03 11:09  来源：县府办  浏览次数：12",
            "索 引 号  0001/2031-0001  公开方式  主动公开",
            "繁体 | 简体 | 无障碍 | 长者模式",
            "【字体：大 中 小】 打印 关闭",
            "作者: 点击数:",
            "[纠错]",
            "2031-02-03 10:22",
            "清河县人民政府 www.qinghe.gov.cn",
            "上一篇：下一篇：",
            "主办：清河县人民政府办公室　网站地图　联系我们",
            "2031-02-03 10:22:09 清河新闻网",
            "2031年2月3日  来源：清河晚报",
            "03.02.2031  10:22",
            "[时间:2031-02-03 清河网 关注度:0]",
            "第03版:综合新闻",
            "1207次浏览",
            "[复制链接]",
            "您好,欢迎访问清河门户网站!",
        ] {
            assert!(at_head(line), "{line}");
        }
    }

    #[test]
    fn lines_below_one_of_the_page_and_at_the_end() {
        for line in [
            "名称 清河县水质抽检情况通报",
            "来源: 监测中心",
            "效力状况 有效 附件 无",
            "文件编号 无 发布机构 县水务局",
        ] {
            assert!(is_row(line) && !at_head("来源于各镇的信息，报送12条"), "{line}");
        }
        assert!(!is_row("来源广泛，报送信息12条。") && !is_row("名称规范"));
        for line in [
            "编辑:张三",
            "文稿来源:县融媒体中心 张三",
            "终审:李四",
            "相关热词搜索:",
            "郑重声明:本文版权归原作者所有,如有侵权,请联系删除。",
            "(资料图片仅供参考)",
            "图1.png 图2.png",
        ] {
            assert!(at_tail(line), "{line}");
        }
        for line in [
            "声明：以上数据不作为考核依据。",
            "附件1.jpg",
            "审核把关不严",
            "联系人：张三",
            "来源分布较为集中",
        ] {
            assert!(!at_tail(line) && !is_anywhere(line), "{line}");
        }
        let read = |line: &str| {
            let text = Text::synthetic(line);
            published(&text).and_then(|d| d.date).map(|d| d.to_string())
        };
        assert_eq!(read("03.02.2031  10:22").as_deref(), Some("2031-02-03"));
        assert_eq!(read("1.2.3 版"), None);
    }

    #[test]
    fn lines_of_a_circular() {
        for line in [
            "关于2031年第一季度政务公开和政务服务情况的通报",
            "清河县人民政府办公室",
            "各镇人民政府，县级各部门：",
            "清府办函〔2031〕8号",
            "2031年2月3日",
            "现将来源、浏览情况通报如下：",
            "中心小学",
            "主办：清河县人民政府办公室",
        ] {
            assert!(!at_head(line), "{line}");
        }
        assert!(!at_tail("抄送：县委办公室。"));
        assert!(!at_tail("2031-02-03"));
    }
}
