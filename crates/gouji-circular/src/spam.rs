//! Injected advertising: phrases of the betting and search-rank trade planted in a text.
//!
//! Two things must come together: words of the trade in the trade's own shape (`甲体育平台,甲体育app`), and
//! evidence that the phrase is foreign: it recurs literally, or stands alone as the first line and again inside. Words
//! that a circular may use (体育, 平台, 直播, 彩票) never suffice alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use gouji_document::Span;
use regex::Regex;

use crate::adverts;
use crate::parts::squash;

/// Words that only the trade uses in this form.
const STRONG: &[&str] = &[
    "博彩",
    "下注",
    "投注",
    "足球比分",
    "比分直播",
    "比分网",
    "现金网",
    "娱乐城",
    "赌场",
    "赌博",
    "真人娱乐",
    "百家乐",
    "老虎机",
    "棋牌",
    "时时彩",
    "六合彩",
    "欧洲杯",
    "世界杯",
    "买球",
    "押注",
    "竞彩",
    "电子游艺",
    "彩票网",
    "足彩",
    "外围",
    "滚球",
    "盘口",
    "开奖",
    "捕鱼",
    "真人荷官",
];

/// Words that the trade shares with ordinary texts.
const WEAK: &[&str] = &[
    "体育",
    "app",
    "平台",
    "官网",
    "官方网站",
    "直播",
    "下载",
    "登录",
    "登陆",
    "注册",
    "入口",
    "网址",
    "娱乐",
    "首页",
    "澳门",
    "手机版",
    "客户端",
    "最新版",
    "安卓",
    "苹果版",
    "足球",
    "彩票",
    "在线",
    "网页版",
    "备用",
    "线路",
    "网站",
    "官方",
    "网",
    "ios",
    "体彩",
    "电竞",
    "篮球",
    "电玩",
];

/// Weak words that sell something: one of them beside a sport or game makes a phrase of the trade.
const SELLING: &[&str] = &[
    "app",
    "官网",
    "下载",
    "登录",
    "登陆",
    "注册",
    "入口",
    "网址",
    "手机版",
    "网页版",
    "ios",
];

static TERMS: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(STRONG.iter().chain(WEAK))
        .expect("the lexicon is a fixed list of short words")
});

/// A clause that only names a medium (`某某新媒体消息，`), put by a copying site between two figures of one enumeration. The unit of
/// the figure before it and that of the figure behind it are the first and the last group; a text that names its source does
/// so before the figures, not among them.
static ATTRIBUTION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"[0-9](\p{Han}{1,3})[，,；;]\s*",
        r"([\p{Han}A-Za-z0-9]{2,8}(?:媒体|网|资讯|财经|快讯)(?:消息|讯|报道)[，,])",
        r"[^，,；;。]{0,30}?[0-9](\p{Han}{1,3})"
    ))
    .expect("a fixed pattern")
});

/// Longest brand, in characters, at the start of a later part of a phrase.
const MAX_GAP: usize = 6;
/// Longest brand before a phrase, in characters.
const MAX_BRAND: usize = 8;
/// Longest phrase, in characters.
const MAX_PHRASE: usize = 60;

struct Cluster {
    /// Bytes of the source.
    start: usize,
    end: usize,
    line: Span,
    /// Two parts with a separator between, in the trade's shape.
    paired: bool,
    /// At least one word of the trade, or a sport with a selling word.
    trade: bool,
    strong: usize,
    /// Bytes before `start` that are the brand, known because the second part repeats it.
    brand: usize,
}

/// The spans of injected advertising in `source`, ascending and disjoint.
pub(crate) fn find(source: &str) -> Vec<Span> {
    let mut clusters = Vec::new();
    let mut first_line = None;
    let mut found = Vec::new();
    let mut at = 0;
    for line in source.split('\n') {
        let lead = line.len() - line.trim_start().len();
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let span = Span::new(at + lead, at + lead + trimmed.len());
            first_line.get_or_insert(span);
            collect(source, span, &mut clusters);
            let attributed = ["消息", "讯", "报道"].iter().any(|w| trimmed.contains(w));
            for hit in attributed
                .then(|| ATTRIBUTION.captures_iter(trimmed))
                .into_iter()
                .flatten()
            {
                if let (Some(unit), Some(clause), Some(other)) = (hit.get(1), hit.get(2), hit.get(3))
                    && unit.as_str() == other.as_str()
                    && !clause.as_str().starts_with('据')
                {
                    found.push(Span::new(span.start + clause.start(), span.start + clause.end()));
                }
            }
        }
        at += line.len() + 1;
    }
    let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (idx, cluster) in clusters.iter().enumerate() {
        groups
            .entry(&source[cluster.start - cluster.brand..cluster.end])
            .or_default()
            .push(idx);
    }
    let mut phrases: Vec<String> = Vec::new();
    for members in groups.values() {
        let first = &clusters[members[0]];
        let left = brand_before(source, members.iter().map(|&idx| &clusters[idx]));
        let heads = members.iter().any(|&idx| {
            let c = &clusters[idx];
            Some(c.line) == first_line
                && c.end == c.line.end
                && c.start - left.min(c.start - c.line.start) == c.line.start
        });
        let recurs = members.len() >= 2;
        let lone = members.len() == 1 && heads && first.paired && first.strong >= 1;
        if !((recurs && (first.paired || heads && first.trade)) || lone) {
            continue;
        }
        for &idx in members {
            let c = &clusters[idx];
            let start = c.start - left.min(c.start - c.line.start);
            found.push(with_quotes(source, Span::new(start, c.end), c.line));
        }
        phrases.push(squash(
            &source[first.start - left.min(first.start - first.line.start)..first.end],
        ));
    }
    found.extend(broken(source, &phrases));
    found.extend(adverts::find(source));
    found.sort_unstable();
    // The later of two that overlap is merged into the earlier.
    found.dedup_by(|b, a| {
        let overlap = a.overlaps(*b);
        if overlap {
            a.end = a.end.max(b.end);
        }
        overlap
    });
    found
}

/// Further places of phrases already known, where a line break cut them.
fn broken(source: &str, phrases: &[String]) -> Vec<Span> {
    if phrases.is_empty() {
        return Vec::new();
    }
    let Ok(finder) = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(phrases)
    else {
        return Vec::new();
    };
    let mut flat = String::with_capacity(source.len());
    let mut offsets: Vec<(usize, usize)> = Vec::new();
    let mut white = true;
    for (at, c) in source.char_indices() {
        if c.is_whitespace() {
            white = true;
            continue;
        }
        if white {
            // From here on, source = flat + a new difference.
            offsets.push((flat.len(), at));
            white = false;
        }
        flat.push(c);
    }
    let place = |pos: usize| {
        let run = offsets.partition_point(|o| o.0 <= pos).saturating_sub(1);
        offsets.get(run).map_or(pos, |o| o.1 + (pos - o.0))
    };
    finder
        .find_iter(&flat)
        .filter(|m| !m.is_empty())
        .map(|m| {
            let last = flat[..m.end()].chars().next_back().map_or(1, char::len_utf8);
            Span::new(place(m.start()), place(m.end() - last) + last)
        })
        .collect()
}

fn is_joiner(c: char) -> bool {
    matches!(c, ',' | '，' | '_' | '-' | '—' | '|' | '/')
}

/// Groups the words of one line into phrases.
fn collect(source: &str, line: Span, out: &mut Vec<Cluster>) {
    let text = &source[line.range()];
    let mut hits: Vec<(usize, usize, bool, bool)> = Vec::new();
    for hit in TERMS.find_iter(text) {
        let strong = hit.pattern().as_usize() < STRONG.len();
        let word = text[hit.range()].to_ascii_lowercase();
        hits.push((hit.start(), hit.end(), strong, SELLING.contains(&word.as_str())));
    }
    let mut from = 0;
    while from < hits.len() {
        let mut to = from;
        while let Some(next) = hits.get(to + 1) {
            let gap = &text[hits[to].1..next.0];
            // Words of one part touch; between parts stands one joiner, and perhaps a brand.
            let bridged = gap.is_empty()
                || gap.starts_with(is_joiner)
                    && gap.chars().count() <= MAX_GAP + 1
                    && gap.chars().skip(1).all(|c| c.is_alphanumeric() || c == ' ');
            if !bridged || text[hits[from].0..next.1].chars().count() > MAX_PHRASE {
                break;
            }
            to += 1;
        }
        if to > from {
            out.extend(cluster(text, line, &hits[from..=to]));
        }
        from = to + 1;
    }
}

fn cluster(text: &str, line: Span, hits: &[(usize, usize, bool, bool)]) -> Option<Cluster> {
    let strong = hits.iter().filter(|h| h.2).count();
    let selling = hits.iter().any(|h| h.3);
    let sport = hits
        .iter()
        .any(|h| ["体育", "娱乐", "直播", "彩票", "足球", "电竞"].contains(&&text[h.0..h.1]));
    let before = &text[..hits[0].0];
    let mut joined = false;
    let mut brand = 0;
    for pair in hits.windows(2) {
        let gap = &text[pair[0].1..pair[1].0];
        if let Some(at) = gap.find(is_joiner) {
            joined = true;
            let name = gap[at..].trim_start_matches(|c: char| is_joiner(c) || c == ' ');
            if name.chars().count() >= 2 && before.ends_with(name) {
                brand = name.len();
            }
        }
    }
    let trade = strong >= 1 || (selling && sport);
    let paired = joined && (strong >= 1 || brand > 0 && trade);
    (trade || paired).then_some(Cluster {
        start: line.start + hits[0].0,
        end: line.start + hits[hits.len() - 1].1,
        line,
        paired,
        trade,
        strong,
        brand,
    })
}

/// How many bytes before the words belong to the phrase too: the repeated brand, or what all places share there.
fn brand_before<'a>(source: &str, mut members: impl Iterator<Item = &'a Cluster>) -> usize {
    let Some(first) = members.next() else { return 0 };
    if first.brand > 0 {
        return first.brand;
    }
    let word = |c: char| c.is_alphanumeric();
    let before = |c: &Cluster| -> Vec<char> {
        source[c.line.start..c.start]
            .chars()
            .rev()
            .take(MAX_BRAND)
            .take_while(|c| word(*c))
            .collect()
    };
    let mut shared = before(first);
    // A place where the phrase begins at a boundary proves where it begins; else only figures and Latin letters count.
    let mut bounded = shared.len() < MAX_BRAND;
    for member in members {
        let other = before(member);
        bounded |= other.len() < MAX_BRAND;
        let same = shared.iter().zip(&other).take_while(|(a, b)| a == b).count();
        shared.truncate(same);
    }
    if !bounded {
        let latin = shared.iter().take_while(|c| c.is_ascii_alphanumeric()).count();
        shared.truncate(latin);
    }
    shared.iter().map(|c| c.len_utf8()).sum()
}

/// The phrase with the quotation marks that hold nothing else.
fn with_quotes(source: &str, span: Span, line: Span) -> Span {
    let left = source[line.start..span.start].chars().next_back();
    let right = source[span.end..line.end].chars().next();
    match (left, right) {
        (Some(a @ '“'), Some(b @ '”')) | (Some(a @ '"'), Some(b @ '"')) | (Some(a @ '《'), Some(b @ '》')) => {
            Span::new(span.start - a.len_utf8(), span.end + b.len_utf8())
        }
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(source: &str) -> Vec<&str> {
        find(source).into_iter().map(|s| &source[s.range()]).collect()
    }

    #[test]
    fn a_phrase_with_a_brand_that_recurs() {
        let phrase = "金岭体育平台,金岭体育app";
        let source = format!("{phrase}\n关于检查{phrase}情况的通报\n二、{phrase}办理情况。");
        assert_eq!(taken(&source), [phrase, phrase, phrase]);
    }

    #[test]
    fn a_phrase_in_quotes_goes_with_them() {
        let source = "收到“彩票投注,彩票投注网”来件3件。\n对“彩票投注,彩票投注网”转办件未签收。";
        assert_eq!(taken(source).len(), 2);
        assert_eq!(taken(source)[0], "“彩票投注,彩票投注网”");
    }

    #[test]
    fn a_year_before_the_phrase_belongs_to_it() {
        let source = "2030世界杯买球平台_新港现金网-官网\n办公室2030世界杯买球平台_新港现金网-官网印发通知";
        assert_eq!(taken(source).len(), 2);
        assert!(
            taken(source)
                .iter()
                .all(|t| t.starts_with("2030") && t.ends_with("官网"))
        );
    }

    #[test]
    fn a_phrase_that_a_line_break_cut() {
        let source = "金岭体育平台,金岭体育app\n关于金岭体育平台,金岭体育app情况\n其他金岭体\n育平台,金岭体育app单位";
        assert_eq!(taken(source)[2], "金岭体\n育平台,金岭体育app");
    }

    #[test]
    fn ordinary_words_stay() {
        let source = "县体育局官网平台\n县体育局官网平台更新及时，县体育中心、直播平台、网站平台运行正常。\n打击网络赌博、博彩平台。\n打击网络赌博、博彩平台。";
        assert_eq!(taken(source), Vec::<&str>::new());
    }

    #[test]
    fn a_phrase_that_stands_once_stays() {
        assert!(taken("一、情况\n查处某某投注平台,某某投注app一起。").is_empty());
    }

    #[test]
    fn a_clause_that_only_names_a_medium_among_figures() {
        assert_eq!(
            taken("全县不合格3批次，华岭新媒体消息，合格9批次（见表1）。"),
            ["华岭新媒体消息，"]
        );
        // A text that names its source itself.
        for own in [
            "2031年3月15日，华岭日报网报道，我县办结9件。",
            "据华岭新媒体消息，合格9批次。收到消息，合格",
            "受理12件，华岭日报网报道，平均用时3天。",
        ] {
            assert!(taken(own).is_empty(), "{own}");
        }
    }
}
