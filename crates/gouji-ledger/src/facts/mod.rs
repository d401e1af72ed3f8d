//! Facts: figures under a channel and a measure, so that a whole archive can be queried.
//!
//! The channel is the most specific one named in the figure's clause, else the last one named before it in its passage,
//! else its heading's. The parts of a partition carry the measure of its total and what they are divided by.

mod channels;

use gouji_document::Span;
use gouji_quantity::Period;

use crate::context::{Context, Role};
use crate::lexicon::{CATEGORY_WORDS, Measure, UNIT_SUFFIXES};
use crate::prose::partition::verdict_measure;
use crate::prose::rates::{Kind, kind_of};
use crate::prose::{MentionRef, Reading, months};
use crate::{Basis, Fact, FigureClass};

/// All facts of the running text, in order of their figures.
pub(crate) fn facts(cx: &Context, reading: &Reading) -> Vec<Fact> {
    let mut out: Vec<Fact> = Vec::new();
    for passage in 0..reading.prose.len() {
        if matches!(cx.passages[passage].role, Role::Paragraph) {
            passage_facts(cx, reading, passage, &mut out);
        }
    }
    topic_facts(cx, reading, &mut out);
    out.sort_by_key(|f| f.figure);
    out.dedup();
    out
}

fn passage_facts(cx: &Context, reading: &Reading, passage: usize, out: &mut Vec<Fact>) {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let own = cx.passages[passage]
        .headings
        .iter()
        .rev()
        .find_map(|h| channels::channel_in(cx.passages[*h].text));
    let mut current = own;
    let mut month: Option<u32> = None;
    // One month alone (2023年12月以来) dates a matter; a series of months divides the passage.
    let by_month = monthly(cx, reading, passage);
    for clause in prose.clauses.iter().filter(|c| c.group == 0) {
        let words = &text[clause.range.clone()];
        if by_month && let Some(m) = months::month_of(words) {
            month = Some(m);
        }
        // A clause without its own channel goes on with that of the sentence; a new sentence keeps it too unless it names another.
        let lead = clause
            .mentions
            .first()
            .map_or(words, |m| &text[clause.range.start..prose.mentions[*m].tail_end]);
        if let Some(named) = channels::channel_in(&without_titles(lead))
            && !(own.is_some() && named == "政府网站" && own != Some("政府网站"))
        {
            current = Some(named);
        }
        for &mention in &clause.mentions {
            let at = MentionRef { passage, mention };
            if reading.is_part(at) {
                continue;
            }
            if let Some(fact) = fact(cx, reading, at, current, month) {
                out.push(fact);
            }
        }
    }
    // Figures inside parentheses that are no parts, such as exceptions, speak of their host's channel: they are left to the partitions.
    part_facts(cx, reading, passage, own, out);
}

/// Whether the clauses of a passage open with at least two different months.
fn monthly(cx: &Context, reading: &Reading, passage: usize) -> bool {
    let text = cx.passages[passage].text.as_str();
    let mut months = reading.prose[passage]
        .clauses
        .iter()
        .filter(|c| c.group == 0 && !c.mentions.is_empty())
        .filter_map(|c| months::month_of(&text[c.range.clone()]));
    months.next().is_some_and(|first| months.any(|m| m != first))
}

/// The words without cited titles: a document's name in 《》 says nothing about the channel.
fn without_titles(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut depth = 0_usize;
    for c in words.chars() {
        match c {
            '《' => depth += 1,
            '》' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

fn fact(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    channel: Option<&'static str>,
    month: Option<u32>,
) -> Option<Fact> {
    let mention = reading.mention(at);
    if !mention.plain {
        return None;
    }
    let measure = measure_of(cx, reading, at)?;
    let channel = channel.map(str::to_owned).or_else(|| heading_noun(cx, at.passage))?;
    let year = cx.circular.period.map(|p| p.months().0);
    let whole = cx.circular.period;
    let monthly = month.filter(|m| !matches!(whole, Some(Period::Month(_, w)) if w == *m));
    let period = match (monthly, year) {
        (Some(m), Some(y)) => Some(Period::Month(y, m)),
        _ => whole,
    };
    Some(Fact {
        channel,
        measure,
        by: monthly.map(|_| Basis::Month),
        name: monthly.map(|m| format!("{m}月")),
        figure: mention.fig,
        period,
        quote: quote(cx, reading, at),
    })
}

/// The clause of a figure.
fn quote(cx: &Context, reading: &Reading, at: MentionRef) -> Span {
    let mention = reading.mention(at);
    let clause = &reading.prose[at.passage].clauses[mention.clause];
    let start = clause.range.start.min(mention.full.start);
    let text = cx.passages[at.passage].text;
    let lead = text[start..mention.full.start].len() - text[start..mention.full.start].trim_start().len();
    text.source_span(start + lead..mention.full.end).unwrap_or(mention.span)
}

/// The measure of a figure by its rate word, verb or noun.
fn measure_of(cx: &Context, reading: &Reading, at: MentionRef) -> Option<&'static str> {
    let mention = reading.mention(at);
    if mention.is_rate() {
        let Kind::Rate(stem) = kind_of(cx, reading, at) else {
            return None;
        };
        return rate_measure(&stem);
    }
    if !mention.is_amount() || mention.class == FigureClass::Measure {
        return None;
    }
    let label = reading.label(at);
    let words = format!("{} {}", mention.label, mention.tail);
    let verdict = verdict_measure(label, mention);
    if mention.unit == "个" || mention.unit == "家" {
        if verdict == Some(Measure::Failed) && !label.denied {
            return Some("failed");
        }
        if verdict == Some(Measure::Passed) && label.measure == Some(Measure::Passed) {
            return Some("passed");
        }
        let noun = mention.tail.as_str();
        let near = mention.label.as_str();
        let ends = |w: &str| near.trim_end_matches(['共', '计', '有', '为', '各']).ends_with(w) || noun.starts_with(w);
        if ends("栏目") || ends("专栏") {
            return Some("columns");
        }
        if ends("账号") || ends("新媒体") || words.contains("新媒体") || words.contains("公众号") {
            return Some("accounts");
        }
        if (ends("网站") || mention.unit == "家" && words.contains("网站")) && !words.contains("单位") {
            return Some("sites");
        }
        if label.measure == Some(Measure::Checked) || noun.ends_with("平台") {
            return Some("checked");
        }
        // 涉及5个单位, 交由10个单位 tell of the cases, not of the channel.
        let of_cases = ["涉及", "交由", "交办", "转办"].iter().any(|w| words.contains(w));
        if noun.starts_with("单位") || noun.starts_with("部门") || words.contains("单位") {
            return (!of_cases).then_some("units");
        }
        return verdict.map(measure_name);
    }
    // 共办理回复留言13件 that is then divided is what came in.
    let divided = || reading.partitions.iter().any(|p| p.total == at);
    if verdict == Some(Measure::Closed) && label.total && divided() {
        return Some("received");
    }
    verdict.map(measure_name)
}

/// The measure's name in facts: what was closed on time was closed.
fn measure_name(measure: Measure) -> &'static str {
    match measure {
        Measure::OnTimeClosed => Measure::Closed.name(),
        other => other.name(),
    }
}

/// The measure of a rate by the words before 率.
fn rate_measure(stem: &str) -> Option<&'static str> {
    // What is denied is another rate, and one of these only where it has a name of its own.
    const DENIED: [(&str, &str); 3] = [
        ("不合格", "fail_rate"),
        ("不达标", "fail_rate"),
        ("不满意", "dissatisfaction_rate"),
    ];
    const RATES: &[(&str, &str)] = &[
        ("按时办结", "ontime_rate"),
        ("按期办结", "ontime_rate"),
        ("限时办结", "ontime_rate"),
        ("按时回复", "ontime_rate"),
        ("按期回复", "ontime_rate"),
        ("按时", "ontime_rate"),
        ("按期", "ontime_rate"),
        ("主动评价", "rated_rate"),
        ("参评", "rated_rate"),
        ("办结", "closed_rate"),
        ("满意", "satisfaction_rate"),
        ("好评", "positive_rate"),
        ("差评", "negative_rate"),
        ("合格", "pass_rate"),
        ("达标", "pass_rate"),
        ("接通", "answered_rate"),
        ("回复", "reply_rate"),
        ("答复", "reply_rate"),
        ("采用", "adopted_rate"),
        ("节约", "saved_rate"),
        ("整改", "rectified_rate"),
        ("问题", "problem_rate"),
        ("投票", "rated_rate"),
        ("签收", "accepted_rate"),
        ("受理", "accepted_rate"),
    ];
    if let Some((_, measure)) = DENIED.iter().find(|(word, _)| stem.contains(word)) {
        return Some(measure);
    }
    // 基本满意率 is the rate of one answer, 未办结率 of what was left.
    let other = |head: &str| {
        ["不", "未", "非", "逾期", "超期", "超时", "基本", "非常", "比较"]
            .iter()
            .any(|w| head.ends_with(w))
    };
    let mut longest: Option<(&str, &'static str)> = None;
    for (word, measure) in RATES {
        let Some(at) = stem.find(word) else { continue };
        if other(&stem[..at]) {
            return None;
        }
        if longest.is_none_or(|(known, _)| word.len() > known.len()) {
            longest = Some((word, measure));
        }
    }
    longest.map(|(_, measure)| measure)
}

/// The parts of the partitions of a passage.
fn part_facts(cx: &Context, reading: &Reading, passage: usize, own: Option<&'static str>, out: &mut Vec<Fact>) {
    for partition in reading.partitions_of(passage) {
        let list = &reading.lists[passage][partition.list];
        // Channel and measure are the total's.
        let total = partition.total;
        let total_fact = out.iter().find(|f| f.figure == reading.mention(total).fig).cloned();
        let (channel, measure) = match &total_fact {
            Some(f) => (f.channel.clone(), f.measure),
            None => {
                let Some(measure) = measure_of(cx, reading, total) else {
                    continue;
                };
                let Some(channel) = own.map(str::to_owned).or_else(|| heading_noun(cx, passage)) else {
                    continue;
                };
                (channel, measure)
            }
        };
        let period = total_fact.as_ref().map_or(cx.circular.period, |f| f.period);
        let names: Vec<&str> = list.items[partition.from..partition.items]
            .iter()
            .map(|i| i.name.as_str())
            .collect();
        let by = basis(&names);
        for (item, main) in list.items[partition.from..partition.items]
            .iter()
            .zip(&partition.aligned)
        {
            let Some(main) = main else { continue };
            let at = MentionRef {
                passage,
                mention: *main,
            };
            // A quarter or half year is a period of the whole, not a kind of part.
            if let Some(own) = longer_period(cx, &item.name) {
                out.push(Fact {
                    channel: channel.clone(),
                    measure,
                    by: None,
                    name: None,
                    figure: reading.mention(at).fig,
                    period: Some(own),
                    quote: quote(cx, reading, at),
                });
                continue;
            }
            out.push(Fact {
                channel: channel.clone(),
                measure,
                by: Some(by),
                name: Some(item.name.clone()),
                figure: reading.mention(at).fig,
                period,
                quote: quote(cx, reading, at),
            });
        }
    }
    coordinated_levels(cx, reading, passage, own, out);
    single_parts(reading, passage, out);
}

/// The quarter or half year that a part's name opens with.
fn longer_period(cx: &Context, name: &str) -> Option<Period> {
    let year = cx.circular.period.map(|p| p.months().0)?;
    let found = gouji_quantity::scan_periods(name, Some(year));
    let first = found.first().filter(|p| p.range.start == 0)?;
    matches!(first.period, Period::Quarter(..) | Period::Half(..)).then_some(first.period)
}

/// 对全县26个县直部门、15个镇的…平台进行检查: units of two levels that were checked.
fn coordinated_levels(cx: &Context, reading: &Reading, passage: usize, own: Option<&'static str>, out: &mut Vec<Fact>) {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    for pair in 0..prose.mentions.len().saturating_sub(1) {
        let (a, b) = (&prose.mentions[pair], &prose.mentions[pair + 1]);
        let (ca, cb) = (&prose.clauses[a.clause], &prose.clauses[b.clause]);
        let joined = cb.before == crate::prose::clauses::Delim::Dun
            && b.clause == a.clause + 1
            && ca.group == 0
            && a.unit == b.unit
            && b.label.is_empty();
        let checked = a.label.starts_with('对')
            && ["检查", "抽查", "监测", "普查", "巡查"]
                .iter()
                .any(|w| text[cb.range.clone()].contains(w));
        if !joined || !checked || !a.plain || !b.plain {
            continue;
        }
        let Some(channel) = channels::channel_in(&text[cb.range.clone()]).or(own) else {
            continue;
        };
        for (m, mention) in [(pair, a), (pair + 1, b)] {
            let at = MentionRef { passage, mention: m };
            let noun: String = mention
                .tail
                .chars()
                .take_while(|c| c.is_alphabetic() && *c != '的')
                .collect();
            out.retain(|f| f.figure != mention.fig);
            out.push(Fact {
                channel: channel.to_owned(),
                measure: "checked",
                by: Some(Basis::Level),
                name: Some(noun),
                figure: mention.fig,
                period: cx.circular.period,
                quote: quote(cx, reading, at),
            });
        }
    }
}

/// A lone part behind 其中 (其中某某专题栏目共发布信息85条): no partition, but a part all the same.
fn single_parts(reading: &Reading, passage: usize, out: &mut [Fact]) {
    let prose = &reading.prose[passage];
    for (mention, m) in prose.mentions.iter().enumerate() {
        let label = &reading.labels[passage][mention];
        if label.cue.is_none() || reading.parts[passage][mention] || label.name.is_empty() {
            continue;
        }
        if let Some(fact) = out.iter_mut().find(|f| f.figure == m.fig)
            && fact.by.is_none()
            && !matches!(fact.measure, "passed" | "failed" | "closed" | "overdue" | "pending")
        {
            fact.by = Some(basis(&[label.name.as_str()]));
            fact.name = Some(label.name.clone());
        }
    }
}

/// Numbered topics with their amounts; under headings of their own only where they divide a total, for a heading may be a channel.
fn topic_facts(cx: &Context, reading: &Reading, out: &mut [Fact]) {
    for topics in &reading.topics {
        let Some(amounts) = topics.amounts(reading) else {
            continue;
        };
        let divides = topics.total(cx, reading).is_some();
        let together = amounts.iter().all(|m| m.passage == amounts[0].passage);
        if !divides && !together {
            continue;
        }
        for (topic, amount) in topics.items.iter().zip(&amounts) {
            let figure = reading.mention(*amount).fig;
            if let Some(fact) = out.iter_mut().find(|f| f.figure == figure) {
                fact.by = Some(Basis::Topic);
                fact.name = Some(topic.name.clone());
            }
        }
    }
}

/// What a division is by, from the names of its parts.
fn basis(names: &[&str]) -> Basis {
    let most = |test: &dyn Fn(&str) -> bool| names.iter().filter(|n| test(n)).count() * 2 > names.len();
    let generic = |n: &str| {
        [
            "级",
            "市直",
            "县直",
            "区直",
            "州直",
            "省直",
            "部门",
            "乡镇",
            "镇街",
            "县(市)",
            "县（市",
            "县(区",
            "县（区",
            "街道)",
            "街道）",
            "序列",
        ]
        .iter()
        .any(|w| n.contains(w))
    };
    if most(&|n| months::month_of(n).is_some()) {
        Basis::Month
    } else if most(&|n| n.ends_with('类') || CATEGORY_WORDS.iter().any(|w| n.starts_with(w))) {
        Basis::Category
    } else if most(&|n| generic(n)) {
        Basis::Level
    } else if most(&|n| n.contains("专题") || n.contains("栏目") || n.contains("专栏")) {
        Basis::Column
    } else if most(&|n| {
        [
            "转载", "审核", "原创", "受理", "渠道", "来源", "热线", "网络", "平台", "电话",
        ]
        .iter()
        .any(|w| n.contains(w))
    }) {
        Basis::Source
    } else if most(&|n| UNIT_SUFFIXES.iter().any(|s| n.ends_with(s))) {
        Basis::Unit
    } else {
        Basis::Category
    }
}

/// The noun of the nearest heading, for circulars of another genre: 产品质量监督抽查情况 gives 产品质量监督抽查.
fn heading_noun(cx: &Context, passage: usize) -> Option<String> {
    let heading = cx.passages[passage].headings.last()?;
    let title = cx.passages[*heading].text.as_str();
    let mut noun = title.trim();
    for end in [
        "工作开展情况",
        "办理情况",
        "运行情况",
        "检查情况",
        "工作情况",
        "总体情况",
        "基本情况",
        "情况分析",
        "情况",
        "方面",
    ] {
        noun = noun.strip_suffix(end).unwrap_or(noun);
    }
    (!noun.is_empty() && !of_no_matter(noun)).then(|| noun.to_owned())
}

/// Whether a heading names a part of the circular and no matter: 存在问题, 下一步工作, 有关要求.
fn of_no_matter(noun: &str) -> bool {
    let opens = [
        "存在",
        "主要问题",
        "突出问题",
        "问题",
        "原因",
        "下一步",
        "下步",
        "有关要求",
        "相关要求",
        "工作要求",
        "几点",
        "意见建议",
        "工作建议",
    ];
    let ends = [
        "存在的问题",
        "存在问题",
        "主要问题",
        "不足",
        "要求",
        "打算",
        "安排",
        "措施",
    ];
    opens.iter().any(|w| noun.starts_with(w)) || ends.iter().any(|w| noun.ends_with(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_of_problems_or_requirements_is_no_channel() {
        for noun in [
            "存在问题",
            "存在的主要问题",
            "下一步工作",
            "有关要求",
            "整改措施",
            "下一步工作安排",
        ] {
            assert!(of_no_matter(noun), "{noun}");
        }
        for noun in ["产品质量监督抽查", "信访", "问卷调查", "群众诉求"] {
            assert!(!of_no_matter(noun), "{noun}");
        }
    }

    #[test]
    fn a_rate_has_the_measure_that_its_words_name() {
        for (stem, measure) in [
            ("办结", Some("closed_rate")),
            ("按时办结", Some("ontime_rate")),
            ("主动评价", Some("rated_rate")),
            ("问题整改", Some("rectified_rate")),
            ("抽检不合格", Some("fail_rate")),
            ("群众不满意", Some("dissatisfaction_rate")),
            ("满意和基本满意", Some("satisfaction_rate")),
            ("绿化", None),
        ] {
            assert_eq!(rate_measure(stem), measure, "{stem}");
        }
    }

    #[test]
    fn a_rate_of_what_is_not_so_has_not_the_measure_of_what_is() {
        for stem in [
            "未办结",
            "问题未整改",
            "逾期办结",
            "按时未回复",
            "基本满意",
            "未按期答复",
        ] {
            assert_eq!(rate_measure(stem), None, "{stem}");
        }
        assert_eq!(rate_measure("抽检不达标"), Some("fail_rate"));
    }
}
