//! The period that a circular reports on (通报期间).
//!
//! The title says it, or the first paragraphs do. A span that no record can name (weeks, 1—11月, 前三季度) is no period, and
//! what a circular only compares with, refers to or plans for (较2031年8月, 自4月份以来, 2031年工作要点) is not its own.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use gouji_quantity::{Date, Period, scan_periods};
use regex::{Captures, Regex};

/// A span of time shorter than a month.
static WEEK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"第?[\d一二三四五六七八九十]+(?:[周旬]|个?星期)|[上中下]旬|[上下]半月|[每本上一]周")
        .expect("a fixed pattern")
});

/// An issue of a bulletin.
static ISSUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[（(]?(?:(?:19|20)\d{2}年?)?总?第?[\d一二三四五六七八九十]+[期号][）)]?").expect("a fixed pattern")
});

/// From one day to another: 2031年4月1日至30日, 4月1日—6月30日.
static DAYS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?(?:\d{1,2}[:：]\d{2})?(?:[-—–－―~～至到]{1,2})",
        r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})[日号]"
    ))
    .expect("a fixed pattern")
});

/// From one month to another (6月至9月, 1—11月份), and parts of a year that are told by their number (前三季度, 前8个月).
static MONTHS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:(\d{4})年)?(?:(\d{1,2})月?份?[-—–－―~～至到]{1,2}(\d{1,2})月份?",
        r"|前[\d一二三四五六七八九十]+个?(?:月|季度))"
    ))
    .expect("a fixed pattern")
});

/// What a figure of the reporting period stands with, behind the period.
static REPORTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"共|累计|受理|收到|接报|接到|接收|办理|办结|查处|发生|完成|运行|监测|抽查|抽检|情况|如下")
        .expect("a fixed pattern")
});

/// What was done on an occasion, which need not be the period.
static OCCASION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"印发|下发|召开|部署|组织|启动|出台|转发|成立|开展|举办|举行|会议").expect("a fixed pattern")
});

/// A year that begins a sentence or that is announced (对2031年全市…, 发布2031年…).
static ANNOUNCED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:^|[。；！？]|[对将]|公布|发布|通报|公开|本[局委厅办会院]|我[局委厅办会院省市县区州])(?:了|的)?$")
        .expect("a fixed pattern")
});

/// What makes a year one of a plan, of a duration or of a beginning.
static OF_A_PLAN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:以来|底|末|初|前|后|起|至|到|内|以前|以后|版|第|[\p{Han}]{0,8}?(?:要点|计划|方案|目标|规划|任务|预算|安排|工作会))",
    )
    .expect("a fixed pattern")
});

static YEAR: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"((?:19|20)\d{2})年").expect("a fixed pattern"));

/// Characters behind a period within which its report begins.
const CLAUSE: usize = 24;

/// Characters of a text that are looked at; what a circular reports on stands at the beginning.
const MAX_TEXT: usize = 2000;

/// Where a circular may say what it reports on.
pub(crate) struct Sources<'a> {
    /// The title, and the lines below it.
    pub title: Option<&'a str>,
    pub subtitle: Vec<&'a str>,
    /// The first paragraphs.
    pub lead: Vec<&'a str>,
    /// The paragraphs behind the lead, and the headings, for the year where the period has none.
    pub body: Vec<&'a str>,
    /// The day of issue, or of publication.
    pub day: Option<Date>,
}

/// A period in a text, or a span of time that no period is.
#[derive(Debug, Clone)]
struct Mention {
    range: Range<usize>,
    period: Option<Period>,
    year_printed: bool,
}

/// The beginning of a text without white space.
fn squash(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).take(MAX_TEXT).collect()
}

/// The period by the title; else by the first paragraphs.
pub(crate) fn period(sources: &Sources) -> Option<Period> {
    let day = sources.day;
    let year = day.map(|d| d.year).or_else(|| only_year(sources));
    if let Some(title) = sources.title {
        let title = squash(title);
        if WEEK.is_match(&title) {
            return None;
        }
        let bare = ISSUE.replace_all(&title, "，");
        let mut whole = bare.to_string();
        for line in &sources.subtitle {
            whole.push('，');
            whole.push_str(&ISSUE.replace_all(&squash(line), "，"));
        }
        if let Some(found) = by_title(&mentions(&whole, year, day)) {
            return found;
        }
        if ISSUE.is_match(&title) {
            return None;
        }
    }
    by_lead(sources, year)
}

/// The first period of a title; the part of its year that follows (2031年…情况（8月）) is more exact. `None` inside: it is a span
/// without a name.
fn by_title(mentions: &[Mention]) -> Option<Option<Period>> {
    let first = mentions.first()?;
    if let Some(Period::Year(year)) = first.period {
        let part = mentions[1..]
            .iter()
            .find(|m| m.period.is_none_or(|p| p.months().0 == year && p != Period::Year(year)));
        if let Some(part) = part {
            return Some(part.period);
        }
    }
    Some(first.period)
}

fn by_lead(sources: &Sources, year: Option<i32>) -> Option<Period> {
    let texts: Vec<String> = sources.lead.iter().map(|t| squash(t)).collect();
    let found: Vec<Vec<Mention>> = texts.iter().map(|t| mentions(t, year, sources.day)).collect();
    let mut years: Vec<Period> = Vec::new();
    for (text, mentions) in texts.iter().zip(&found) {
        for mention in mentions {
            let before = &text[..mention.range.start];
            let after = &text[mention.range.end..];
            if is_compared(before) {
                continue;
            }
            match mention.period {
                None if mention.year_printed => return None,
                None => {}
                Some(period @ Period::Year(_)) => {
                    // 1至12月 is the year in so many words.
                    let spelled = text[mention.range.clone()].contains('月');
                    if spelled || is_announced(before, &text[mention.range.clone()], after) {
                        years.push(period);
                    }
                }
                Some(period) if mention.year_printed || is_reported(before, after) => return Some(period),
                Some(_) => {}
            }
        }
    }
    // A bare year is the period only where no part of a year is spoken of.
    let whole = found
        .iter()
        .flatten()
        .all(|m| m.period.is_some_and(|p| matches!(p, Period::Year(_))));
    years.first().copied().filter(|_| whole)
}

/// 较2031年8月, 与去年8月相比: what is compared with.
fn is_compared(before: &str) -> bool {
    ["较", "比", "与", "同", "和", "相对于", "去年", "上年", "去年的"]
        .iter()
        .any(|w| before.ends_with(w))
}

fn is_announced(before: &str, year: &str, after: &str) -> bool {
    let annual = year.ends_with('度') && !before.ends_with(['从', '自', '至', '到']);
    (annual || ANNOUNCED.is_match(before)) && !OF_A_PLAN.is_match(after)
}

/// Whether a part of a year without its year is what the sentence reports on.
fn is_reported(before: &str, after: &str) -> bool {
    let bound = ["截至", "截止", "截止到", "到", "至", "自", "从", "于", "计划", "预计"]
        .iter()
        .any(|w| before.ends_with(w));
    let edge = [
        "底", "末", "初", "中旬", "上旬", "下旬", "以来", "起", "前", "后", "开始", "以前",
    ]
    .iter()
    .any(|w| after.starts_with(w));
    let clause: String = after.chars().take(CLAUSE).collect();
    !bound && !edge && REPORTED.is_match(&clause) && !OCCASION.is_match(&clause)
}

/// The only year that the text speaks of, twice or at the beginning.
fn only_year(sources: &Sources) -> Option<i32> {
    let mut years = BTreeSet::new();
    let mut count = 0;
    let head = sources.title.iter().chain(&sources.subtitle).chain(&sources.lead);
    let mut read = |text: &str| -> usize {
        let text = squash(text);
        let quoted = quoted(&text);
        for hit in YEAR.captures_iter(&text) {
            let Some(whole) = hit.get(0) else { continue };
            let plan = text[whole.end()..].starts_with("版");
            if plan || is_compared(&text[..whole.start()]) || is_inside(&quoted, &whole.range()) {
                continue;
            }
            years.extend(hit[1].parse::<i32>().ok());
            count += 1;
        }
        count
    };
    let mut at_head = false;
    for text in head {
        at_head = read(text) > 0;
    }
    for text in &sources.body {
        read(text);
    }
    (years.len() == 1 && (at_head || count >= 2))
        .then(|| years.first().copied())
        .flatten()
}

fn is_inside(quoted: &[Range<usize>], range: &Range<usize>) -> bool {
    quoted.iter().any(|q| q.start <= range.start && range.end <= q.end)
}

/// Mentions outside of quoted document titles, in order; `text` has no white space.
fn mentions(text: &str, year: Option<i32>, day: Option<Date>) -> Vec<Mention> {
    let quoted = quoted(text);
    let mut out: Vec<Mention> = Vec::new();
    let printed = YEAR.captures(text).and_then(|c| c[1].parse::<i32>().ok());
    for found in DAYS.captures_iter(text) {
        out.extend(days(&found, printed.or(year)));
    }
    for found in MONTHS.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        let free = out
            .iter()
            .all(|m| m.range.end <= whole.start() || whole.end() <= m.range.start);
        let named = scan_periods(whole.as_str(), year)
            .into_iter()
            .find(|m| m.range == (0..whole.len()))
            .map(|m| m.period)
            .or_else(|| months(&found, printed.or(year)));
        if free {
            out.push(Mention {
                range: whole.range(),
                period: named,
                year_printed: found.get(1).is_some(),
            });
        }
    }
    for found in scan_periods(text, year) {
        let free = out
            .iter()
            .all(|m| m.range.end <= found.range.start || found.range.end <= m.range.start);
        if free {
            let mut period = found.period;
            // 12月 in a circular of January is the December before.
            if let Some(day) = day
                && !found.year_printed
                && period.months().0 == day.year
                && period.months().1 > day.month
            {
                period = year_before(period);
            }
            out.push(Mention {
                range: found.range,
                period: Some(period),
                year_printed: found.year_printed,
            });
        }
    }
    out.retain(|m| !is_inside(&quoted, &m.range));
    out.sort_by_key(|m| m.range.start);
    out
}

/// A span of days: the period that it covers to the day. A span that covers none is left out: it may be that of the check.
fn days(found: &Captures, year: Option<i32>) -> Option<Mention> {
    let number = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    let years = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<i32>().ok());
    let from_year = years(1).or(year)?;
    let from = Date::new(from_year, number(2)?, number(3)?)?;
    let to = Date::new(
        years(4).unwrap_or(from_year),
        number(5).unwrap_or(from.month),
        number(6)?,
    )?;
    let period = [
        Period::Month(from.year, from.month),
        Period::Quarter(from.year, (from.month - 1) / 3 + 1),
        Period::Half(from.year, (from.month - 1) / 6 + 1),
        Period::Year(from.year),
    ]
    .into_iter()
    .find(|p| p.days() == (from, to))?;
    Some(Mention {
        range: found.get(0)?.range(),
        period: Some(period),
        year_printed: found.get(1).is_some(),
    })
}

/// 1月至3月 with the word at both ends.
fn months(found: &Captures, year: Option<i32>) -> Option<Period> {
    let number = |i: usize| found.get(i).and_then(|m| m.as_str().parse::<u32>().ok());
    let year = found.get(1).and_then(|m| m.as_str().parse::<i32>().ok()).or(year)?;
    let (from, to) = (number(2)?, number(3)?);
    [
        Period::Quarter(year, from.div_ceil(3).max(1)),
        Period::Half(year, from.div_ceil(6).max(1)),
        Period::Year(year),
    ]
    .into_iter()
    .find(|p| p.months() == (year, from, to))
}

/// The same part of the year before; a year stays.
fn year_before(period: Period) -> Period {
    match period {
        Period::Year(_) => period,
        _ => period.year_before(),
    }
}

fn quoted(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open = None;
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                open.get_or_insert(at);
            }
            '》' => {
                if let Some(from) = open.take() {
                    out.push(from..at);
                }
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, lead: &str, day: Option<Date>) -> String {
        let sources = Sources {
            title: (!title.is_empty()).then_some(title),
            subtitle: Vec::new(),
            lead: vec![lead],
            body: vec![lead],
            day,
        };
        period(&sources).map_or(String::new(), |p| p.to_string())
    }

    fn read(title: &str, lead: &str) -> String {
        of(title, lead, Date::new(2031, 1, 9))
    }

    fn undated(title: &str, lead: &str) -> String {
        of(title, lead, None)
    }

    #[test]
    fn by_title_then_by_lead() {
        assert_eq!(read("关于2030年第四季度检查情况的通报", "2031年1月"), "2030Q4");
        assert_eq!(read("关于12月份办理情况的通报", ""), "2030-12");
        assert_eq!(
            read("关于办理情况的通报", "根据《2029年3月要点》，2030年上半年"),
            "2030H1"
        );
        assert_eq!(read("2030年度考核情况的通报", ""), "2030");
    }

    #[test]
    fn weeks_issues_and_bare_years_in_the_text_are_no_period() {
        assert_eq!(read("2030年第25周情况通报", "2030年6月"), "");
        assert_eq!(read("督察通报（2030年第8期）", "2030年6月"), "");
        assert_eq!(read("检查通报", "抽查2030年挂账点位4处。"), "");
    }

    #[test]
    fn an_issue_beside_a_month_is_no_obstacle() {
        assert_eq!(read("12345热线2030年8月运行情况通报（第8期）", ""), "2030-08");
        assert_eq!(read("一线通平台2030年二季度办理情况通报", ""), "2030Q2");
    }

    #[test]
    fn spans_without_a_name_are_no_period() {
        for title in [
            "关于2030年1—11月份政务公开测评的通报",
            "2030年前三季度经济运行情况",
            "2030年民生实事1-8月进度",
            "2030年6月至9月抽查情况的通报",
        ] {
            assert_eq!(read(title, "2030年11月"), "", "{title}");
        }
        assert_eq!(undated("", "2030年6月至9月，组织开展抽查，共抽查12家。"), "");
    }

    #[test]
    fn days_that_make_a_period_up() {
        assert_eq!(undated("", "2030年12月1日至31日，热线共受理20件。"), "2030-12");
        assert_eq!(undated("2030年热线运行报告（4月1日-4月30日）", ""), "2030-04");
        assert_eq!(undated("", "本期（2030年1月1日—2030年3月31日）共接收8件。"), "2030Q1");
        assert_eq!(undated("", "2030年12月3日至31日，组织检查，发现问题20件。"), "");
        assert_eq!(undated("2030年1月至6月办理情况", ""), "2030H1");
    }

    #[test]
    fn a_month_without_its_year() {
        let day = Date::new(2031, 9, 16);
        assert_eq!(of("", "现将8月份案件办理情况通报如下：", day), "2031-08");
        assert_eq!(
            undated("", "今年7月全县查处违章21起。2031年以来，查处140起。"),
            "2031-07"
        );
        // An occasion, a bound, and a comparison.
        assert_eq!(of("", "8月，市政府组织开展检查，情况如下：", day), "");
        assert_eq!(of("", "截至8月底，共受理12件。", day), "");
        assert_eq!(of("", "受理12件，较7月增加3件。", day), "");
        // Two years leave it open.
        assert_eq!(undated("", "7月全县查处问题51起，2030年320起，2031年90起。"), "");
    }

    #[test]
    fn a_bare_year_that_is_announced() {
        assert_eq!(undated("", "2031年，县政府共收到建议35件。"), "2031");
        assert_eq!(undated("", "近日，县局发布2031年度灯具抽检结果。"), "2031");
        assert_eq!(undated("", "本局2031年共受理申请10件。"), "2031");
        assert_eq!(undated("", "2031年1至12月，全县发生事故4起。"), "2031");
        // A plan, a beginning, and a year of which only a part is told.
        assert_eq!(undated("", "按照2031年度工作要点，检查12家。"), "");
        assert_eq!(undated("", "2031年以来，共受理12件。"), "");
        assert_eq!(undated("", "2031年，安排项目12个。1-4月完成投资3亿元。"), "");
    }
}
