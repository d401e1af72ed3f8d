//! Finds every number in a text and says what it is.
//!
//! Nothing is dropped: a number that is no quantity (a date, a document number, part of a name, a
//! label) keeps its place with its class, so that coverage can be told from silence.

use std::ops::Range;
use std::sync::LazyLock;

use gouji_circular::Table;
use gouji_quantity::{Approx, Stated, Unit, UnitClass, chinese_integer, parse_stated, scan_dates, scan_periods};
use regex::Regex;

use crate::{FigureClass, Modality};

/// Longest run of digits that is read as a number; longer ones are codes.
const MAX_DIGITS: usize = 24;

/// A number in a text, ranges in bytes of it.
#[derive(Debug, Clone)]
pub(crate) struct Scanned {
    pub digits: Range<usize>,
    pub full: Range<usize>,
    pub stated: Option<Stated>,
    pub unit: Option<Unit>,
    pub class: FigureClass,
    pub modality: Modality,
}

static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"百分之[零〇一二三四五六七八九十百两点]+|千分之[零〇一二三四五六七八九十百两点]+",
        r"|[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?",
        r"|[0-9０-９]+(?:[.．][0-9０-９]+)?",
        r"|[零〇一二三四五六七八九十百千万两廿]+",
    ))
    .expect("a constant pattern")
});

static DOCUMENT_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[［（(【]\s*(?:19|20)\d\d\s*[〕\]］）)】]\s*[—－-]?\s*第?\s*\d+\s*号?|第\s*\d+\s*号|\d+号[令文函]")
        .expect("a constant pattern")
});

/// Codes and addresses: anything of digits with Latin letters, URLs, clock times.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"https?://[^\s，。；）]+|www\.[^\s，。；）]+|[A-Za-z0-9.+_-]*[A-Za-z][A-Za-z0-9.+_/-]*\d[A-Za-z0-9._/-]*|\d+\+[A-Za-z]+|\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?|\d{3,4}-\d{7,8}|\d{6,}/[\w/-]+|\d+-\d+/\d{4}-\d+")
        .expect("a constant pattern")
});

/// Words right behind a bare number that make it part of a name (12345热线, 315室, 110指挥中心).
const NAME_TAILS: &[&str] = &[
    "政务",
    "热线",
    "市民",
    "一号",
    "平台",
    "室",
    "号楼",
    "号院",
    "指挥",
    "便民",
    "政府热线",
    "公益",
    "投诉举报",
    "服务热线",
    "系统",
    "工程",
    "国道",
    "省道",
    "路",
    "街",
    "网格",
    "”",
    "便民",
    "中心",
    "号线",
    "专线",
    "维权",
    "阳光",
    "民生",
];

/// Every number of a running text, in order.
pub(crate) fn scan(text: &str) -> Vec<Scanned> {
    let taken = taken_ranges(text);
    let mut next_taken = 0;
    let mut out: Vec<Scanned> = Vec::new();
    for found in NUMBER.find_iter(text) {
        while next_taken < taken.len() && taken[next_taken].0.end <= found.start() {
            next_taken += 1;
        }
        if let Some((range, class)) = taken.get(next_taken)
            && range.start < found.end()
        {
            // One entry for each number inside a date, period or code, with the whole as its surface.
            if found.as_str().contains(|c: char| c.is_numeric()) || *class != FigureClass::NamePart {
                out.push(Scanned {
                    digits: found.range(),
                    full: found.range(),
                    stated: None,
                    unit: None,
                    class: *class,
                    modality: Modality::Fact,
                });
            }
            continue;
        }
        if let Some(scanned) = classify(text, found.range()) {
            out.push(scanned);
        }
    }
    share_units(text, &mut out);
    out
}

/// In a series only the last figure bears the unit: 3218、3051、2821起.
fn share_units(text: &str, figures: &mut [Scanned]) {
    for i in (1..figures.len()).rev() {
        let (head, tail) = figures.split_at_mut(i);
        let (Some(before), Some(after)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let bare = before.class == FigureClass::Unknown && before.unit.is_none();
        if bare && after.class == FigureClass::Count && text[before.full.end..after.full.start].trim() == "、" {
            before.unit.clone_from(&after.unit);
            before.class = after.class;
        }
    }
}

/// Numbers of a table cell: a lone number is a quantity even without a unit.
pub(crate) fn scan_cell(text: &str) -> Vec<Scanned> {
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    if let Some(stated) = parse_stated(trimmed)
        && trimmed.len() <= MAX_DIGITS * 3
        && trimmed.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c))
    {
        let unit = trimmed
            .ends_with(['%', '％', '‰'])
            .then(|| Unit::new(&trimmed[trimmed.char_indices().next_back().map_or(0, |(i, _)| i)..]));
        let class = match unit {
            Some(_) => FigureClass::Rate,
            None if stated.decimals > 0 => FigureClass::Measure,
            None => FigureClass::Unknown,
        };
        return vec![Scanned {
            digits: start..start + trimmed.trim_end_matches(['%', '％', '‰']).len(),
            full: start..start + trimmed.len(),
            stated: Some(stated),
            unit,
            class,
            modality: Modality::Fact,
        }];
    }
    scan(text)
}

/// The unit that a table header gives for its column: 合格率（%）, 金额（万元）, 收到来信（件）.
pub(crate) fn header_unit(header: &str) -> Option<Unit> {
    let open = header.rfind(['（', '('])?;
    let inner = header[open..]
        .trim_start_matches(['（', '('])
        .trim_end_matches(['）', ')'])
        .trim();
    let inner = inner
        .strip_prefix("单位：")
        .or_else(|| inner.strip_prefix("单位:"))
        .unwrap_or(inner);
    let rest = inner.trim_start_matches(['万', '亿', '千', '百']);
    let (unit, len) = Unit::at_start(rest)?;
    (len == rest.len()).then_some(unit)
}

/// The column that names the rows: the first that is not a serial or rank and holds words.
pub(crate) fn label_column(table: &Table) -> usize {
    let n_cols = table.header.len();
    (0..n_cols)
        .find(|&col| {
            let header = table.header[col].as_str();
            !matches!(header.trim(), "序号" | "编号" | "排名" | "名次" | "位次" | "排序")
                && table.rows.iter().take(8).any(|r| {
                    r.cells
                        .get(col)
                        .is_some_and(|c| c.text.chars().any(|c| c.is_alphabetic()))
                })
        })
        .unwrap_or(0)
}

/// Ranges of dates, periods, document numbers, codes and titles in 《》, in order, disjoint.
fn taken_ranges(text: &str) -> Vec<(Range<usize>, FigureClass)> {
    let mut all: Vec<(Range<usize>, FigureClass)> = Vec::new();
    let mut depth = 0_usize;
    let mut open = 0;
    for (at, c) in text.char_indices() {
        match c {
            '《' => {
                if depth == 0 {
                    open = at;
                }
                depth += 1;
            }
            '》' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    all.push((open..at + c.len_utf8(), FigureClass::NamePart));
                }
            }
            _ => {}
        }
    }
    all.extend(
        DOCUMENT_NUMBER
            .find_iter(text)
            .map(|m| (m.range(), FigureClass::DocumentNumber)),
    );
    // A clock time is no part of a chain of shares (9.0:40.5:50.5).
    all.extend(
        CODE.find_iter(text)
            .filter(|m| {
                let goes_on = text[m.end()..].starts_with('.') && m.as_str().contains([':', '：']);
                !(goes_on || text[..m.start()].ends_with('.'))
            })
            .map(|m| (m.range(), FigureClass::NamePart)),
    );
    all.extend(scan_dates(text).into_iter().map(|d| (d.range, FigureClass::Date)));
    // Any default year will do: only the ranges matter here.
    all.extend(
        scan_periods(text, Some(2000))
            .into_iter()
            .map(|p| (p.range, FigureClass::Period)),
    );
    all.sort_by_key(|(r, _)| (r.start, std::cmp::Reverse(r.end)));
    let mut out: Vec<(Range<usize>, FigureClass)> = Vec::new();
    for (range, class) in all {
        if out.last().is_none_or(|(last, _)| last.end <= range.start) {
            out.push((range, class));
        }
    }
    out
}

fn classify(text: &str, range: Range<usize>) -> Option<Scanned> {
    let word = &text[range.clone()];
    let before = &text[..range.start];
    let after = &text[range.end..];
    let chinese = !word.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if chinese && !word.starts_with("百分之") && !word.starts_with("千分之") {
        return chinese_figure(before, word, after, range);
    }
    let fraction = word.starts_with("百分之") || word.starts_with("千分之");
    let bare = |class| {
        Some(Scanned {
            digits: range.clone(),
            full: range.clone(),
            stated: None,
            unit: None,
            class,
            modality: Modality::Fact,
        })
    };
    if word.len() > MAX_DIGITS * 3 {
        return bare(FigureClass::NamePart);
    }
    if is_label(before, word, after) {
        return bare(FigureClass::Label);
    }
    if quoted_name(before, after) {
        return bare(FigureClass::NamePart);
    }
    // A negative sign stands right before the digits and not behind another digit (a range).
    let negative = before.ends_with(['-', '−', '－'])
        && before
            .trim_end_matches(['-', '−', '－'])
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() || "长为是率增降幅".contains(c));
    let start = if negative {
        before.char_indices().next_back().map_or(range.start, |(i, _)| i)
    } else {
        range.start
    };
    let magnitude_len = ["万亿", "千万", "百万", "亿", "万", "千", "百"]
        .iter()
        .find(|w| after.trim_start_matches(' ').starts_with(**w))
        .map_or(0, |w| after.len() - after.trim_start_matches(' ').len() + w.len());
    // 万 and the like only count with a unit or an end behind them (3万元, 3万，), not in a name (5千米).
    let stated_text = format!("{}{}", &text[start..range.end], after[..magnitude_len].trim());
    let mut stated = parse_stated(&stated_text)?;
    let tail_at = range.end + magnitude_len;
    let tail = &text[tail_at..];
    let hedge_len = ["余", "多", "来"]
        .iter()
        .find(|h| tail.starts_with(**h) && Unit::at_start(&tail[h.len()..]).is_some())
        .map_or(0, |h| h.len());
    let blanks = tail[hedge_len..].len() - tail[hedge_len..].trim_start_matches([' ', '\u{a0}', '\u{3000}']).len();
    let unit_at = hedge_len + blanks;
    let unit = if fraction {
        Some((Unit::new(if word.starts_with("百分") { "%" } else { "‰" }), 0))
    } else {
        Unit::at_start(&tail[unit_at..]).filter(|(unit, len)| unit_stands(unit, &tail[unit_at + len..]))
    };
    let (unit, mut full_end) = match unit {
        Some((unit, len)) => (Some(unit), if fraction { range.end } else { tail_at + unit_at + len }),
        None => (None, tail_at),
    };
    // 批次/千人 is one unit.
    let mut unit = unit;
    if let Some(u) = &mut unit
        && let Some(rest) = text[full_end..].strip_prefix(['/', '／'])
    {
        let lead = rest.len() - rest.trim_start_matches(['千', '万', '百']).len();
        if let Some((_, len)) = Unit::at_start(&rest[lead..]) {
            u.name = format!("{}/{}", u.name, &rest[..lead + len]);
            u.class = UnitClass::Other;
            full_end += 1 + lead + len;
        }
    }
    stated.approx = approximation(before, &text[full_end..], hedge_len > 0);
    let class = match &unit {
        None => return unitless(text, start..range.end, full_end, stated, before, after),
        Some(u) => match u.class {
            UnitClass::Count => rank_or(before, FigureClass::Count),
            UnitClass::Money => FigureClass::Money,
            UnitClass::Percent | UnitClass::Permille => FigureClass::Rate,
            UnitClass::Points => FigureClass::Points,
            UnitClass::Duration => FigureClass::Duration,
            UnitClass::Score | UnitClass::Other => rank_or(before, FigureClass::Measure),
            UnitClass::Rank => FigureClass::Rank,
        },
    };
    let modality = modality(before, &text[full_end..], class);
    Some(Scanned {
        digits: start..range.end,
        full: start..full_end,
        stated: Some(stated),
        unit,
        class,
        modality,
    })
}

/// A number with no unit behind it: part of a name, or a quantity that lost its unit.
fn unitless(
    text: &str,
    digits: Range<usize>,
    full_end: usize,
    stated: Stated,
    before: &str,
    after: &str,
) -> Option<Scanned> {
    let tail = after.trim_start();
    let class = if stated.decimals == 0 && NAME_TAILS.iter().any(|t| tail.starts_with(t))
        || before.ends_with(|c: char| c.is_ascii_alphabetic() || "-/_+#".contains(c))
        || after.starts_with(|c: char| c.is_ascii_alphabetic() || "-/_+#~—～".contains(c))
    {
        FigureClass::NamePart
    } else if stated.decimals > 0 {
        FigureClass::Measure
    } else {
        FigureClass::Unknown
    };
    let modality = modality(before, &text[full_end..], class);
    Some(Scanned {
        full: digits.start..full_end,
        digits,
        stated: Some(stated),
        unit: None,
        class,
        modality,
    })
}

/// A Chinese numeral counts only with a measure word behind it: 五个方面, 两家; 第三, 前五 are ranks.
fn chinese_figure(before: &str, word: &str, after: &str, range: Range<usize>) -> Option<Scanned> {
    let value = chinese_integer(word)?;
    let rank = before.ends_with('第') || before.ends_with('前') || before.ends_with('后') && before.ends_with("排名后");
    let unit = Unit::at_start(after).filter(|(u, _)| matches!(u.class, UnitClass::Count | UnitClass::Duration));
    if rank && value > 0 && value <= 100 && word.chars().all(|c| c != '万' && c != '千') {
        let (unit, len) = unit.map_or((None, 0), |(u, l)| (Some(u), l));
        // 第一季度 and 第一产业 are names.
        let class = if before.ends_with('第') && after.starts_with(|c: char| "产季次版期章条款批".contains(c))
        {
            FigureClass::NamePart
        } else {
            FigureClass::Rank
        };
        return Some(Scanned {
            digits: range.clone(),
            full: range.start..range.end + len,
            stated: Some(Stated::new(value.into())),
            unit,
            class,
            modality: Modality::Fact,
        });
    }
    let (unit, len) = unit?;
    // 一个、一项 are articles more often than counts; 万 alone is no number; 三名 in 前三名 was taken above.
    if value < 2 || word.starts_with(['万', '千', '百', '零', '〇']) || quoted_name(before, after) {
        return None;
    }
    // A numeral inside a word: 统一、唯一, 星期三, 十分.
    if before.ends_with(|c: char| "统唯专单星期周初之万分合同进逐任".contains(c))
        || unit.name == "分"
        || unit.name == "度"
        || unit.name == "年" && value > 100
    {
        return None;
    }
    let class = if unit.class == UnitClass::Duration {
        FigureClass::Duration
    } else {
        FigureClass::Count
    };
    let full_end = range.end + len;
    Some(Scanned {
        digits: range.clone(),
        full: range.start..full_end,
        stated: Some(Stated::new(value.into())),
        unit: Some(unit),
        class,
        modality: modality(before, &after[len..], class),
    })
}

fn rank_or(before: &str, class: FigureClass) -> FigureClass {
    if before.ends_with(['第', '前']) || before.ends_with("排名后") || before.ends_with("得分后") {
        FigureClass::Rank
    } else {
        class
    }
}

/// Whether a unit word really is one here: 个 must not begin 个人, 家 not 家庭, 分 not 分别.
fn unit_stands(unit: &Unit, rest: &str) -> bool {
    let next = rest.chars().next();
    match unit.name.as_str() {
        "个" => !rest.starts_with("人信") && !rest.starts_with("别"),
        "家" => !rest.starts_with('庭'),
        "分" => next.is_none_or(|c| !"别为类钟布管之局支公".contains(c)),
        "部" => next.is_none_or(|c| !"门委".contains(c)),
        "期" => next.is_none_or(|c| !"间限".contains(c)),
        "项" => next.is_none_or(|c| c != '目') || rest.starts_with("目"),
        "名" => next.is_none_or(|c| c != '称'),
        "度" => false,
        "站" => next.is_none_or(|c| c != '点'),
        "点" => false,
        "日" | "月" | "年" => next.is_none_or(|c| c != '常'),
        "所" => next.is_none_or(|c| c != '有'),
        "人" => next.is_none_or(|c| !"民社大力".contains(c)),
        _ => true,
    }
}

/// A list or heading label: `1.` or `1、` or `（1）` before words, at the start or behind a stop.
fn is_label(before: &str, word: &str, after: &str) -> bool {
    if word.len() > 2 || word.contains('.') {
        return false;
    }
    let lead = before.trim_end_matches([' ', '\u{3000}', '\u{a0}']);
    let at_start = lead.is_empty() || lead.ends_with(['。', '；', ';', '：', ':', '\n', '.', '!', '！']);
    let next = after.chars().next();
    if at_start && next.is_some_and(|c| ".．、".contains(c)) {
        return after.chars().nth(1).is_some_and(|c| !c.is_numeric());
    }
    if lead.ends_with(['（', '(']) && after.starts_with(['）', ')']) {
        return true;
    }
    before.ends_with(['表', '图', '注']) || before.ends_with("附件")
}

/// Inside short quotation marks a number is part of a name: “12345一号通”, “三公”.
fn quoted_name(before: &str, after: &str) -> bool {
    let open = before.chars().rev().take(10).position(|c| c == '“');
    let shut = before.chars().rev().take(10).position(|c| c == '”');
    let inside = match (open, shut) {
        (Some(o), Some(s)) => o < s,
        (Some(_), None) => true,
        _ => false,
    };
    inside && after.chars().take(16).any(|c| c == '”')
}

fn approximation(before: &str, after: &str, hedged: bool) -> Approx {
    let lead = before.trim_end();
    let ends = |words: &[&str]| words.iter().any(|w| lead.ends_with(w));
    if hedged || after.starts_with("余") {
        Approx::Over
    } else if after.starts_with("以上")
        || after.starts_with("及以上")
        || after.starts_with("（含）以上")
        || ends(&["不少于", "不低于", "至少"])
    {
        Approx::AtLeast
    } else if after.starts_with("以下")
        || after.starts_with("及以下")
        || after.starts_with("以内")
        || ends(&["不超过", "不高于", "至多"])
    {
        Approx::AtMost
    } else if ends(&["超过", "超", "逾", "突破", "大于", "高于"]) {
        Approx::MoreThan
    } else if ends(&["不足", "不到", "低于", "少于", "小于"]) {
        Approx::LessThan
    } else if ends(&["约", "大约", "约为", "大概"]) || after.starts_with("左右") {
        Approx::About
    } else if ends(&["近", "将近", "接近"]) {
        Approx::Near
    } else {
        Approx::Exact
    }
}

/// Words that make a figure a norm or an aim, looked for in its own clause.
fn modality(before: &str, after: &str, class: FigureClass) -> Modality {
    const BREAKS: [char; 8] = ['，', '。', '；', ',', ';', '：', ':', '、'];
    let clause_start = before
        .rfind(BREAKS)
        .map_or(0, |i| i + before[i..].chars().next().map_or(1, char::len_utf8));
    let clause = &before[clause_start..];
    let tail_end = after.find(BREAKS).unwrap_or(after.len());
    let tail = &after[..tail_end];
    let near_tail: String = tail.chars().take(4).collect();
    // The upper end of a range (90—100分) bounds, it does not count; so does the lower (90分至100分).
    let mut back = clause.chars().rev();
    let joined = back.next().is_some_and(|c| "-—－~～至".contains(c));
    if joined && back.next().is_some_and(|c| c.is_numeric() || "%％分".contains(c)) {
        return Modality::Threshold;
    }
    let mut ahead = tail.chars();
    if ahead.next().is_some_and(|c| "-—－~～至".contains(c)) && ahead.next().is_some_and(char::is_numeric) {
        return Modality::Threshold;
    }
    if ["不低于", "不少于", "不得少于", "不超过", "不得超过", "至少", "不高于"]
        .iter()
        .any(|w| clause.ends_with(w))
        || near_tail.starts_with("以上")
        || near_tail.starts_with("及以上")
        || near_tail.starts_with("以内")
        || near_tail.starts_with("以下")
        || near_tail.starts_with("及以下")
    {
        return Modality::Threshold;
    }
    if clause.contains("确保")
        || clause.contains("力争")
        || clause.contains("要达到")
        || clause.contains("务必")
        || clause.contains("应达到")
    {
        return Modality::Target;
    }
    if class == FigureClass::Duration && ["每", "内", "前"].iter().any(|w| clause.ends_with(w)) {
        return Modality::Threshold;
    }
    Modality::Fact
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(String, FigureClass)> {
        scan(text)
            .into_iter()
            .filter(|s| s.stated.is_some() && s.class != FigureClass::NamePart)
            .map(|s| (text[s.full].to_owned(), s.class))
            .collect()
    }

    #[test]
    fn quantities_keep_their_units() {
        assert_eq!(
            read("共受理1,268件，办结率97.10％，节约资金3.5万元，下降7个百分点，得分82.5分，五个方面"),
            [
                ("1,268件".to_owned(), FigureClass::Count),
                ("97.10％".to_owned(), FigureClass::Rate),
                ("3.5万元".to_owned(), FigureClass::Money),
                ("7个百分点".to_owned(), FigureClass::Points),
                ("82.5分".to_owned(), FigureClass::Measure),
                ("五个".to_owned(), FigureClass::Count),
            ]
        );
    }

    #[test]
    fn a_half_width_comma_parts_two_figures() {
        assert_eq!(read("受理737件,办结737件").len(), 2);
        assert_eq!(read("分别为12,345")[0].0, "12,345");
    }

    #[test]
    fn what_is_no_quantity() {
        for text in [
            "12345热线",
            "（云府办函〔2021〕51号）",
            "2024年9月3日",
            "第一季度",
            "“三审三校”制度",
            "1.加强管理",
            "挂账点位50+N整治",
            "https://example.cn/a?id=12",
            "《2023年工作要点》",
            "9：30",
        ] {
            assert_eq!(read(text), [], "{text}");
        }
    }

    #[test]
    fn norms_and_aims_are_told_from_facts() {
        let modality = |text: &str| scan(text).into_iter().find(|s| s.stated.is_some()).map(|s| s.modality);
        assert_eq!(modality("不低于60%"), Some(Modality::Threshold));
        assert_eq!(modality("达24条及以上"), Some(Modality::Threshold));
        assert_eq!(modality("确保满意率达到100%"), Some(Modality::Target));
        assert_eq!(modality("办结率100%"), Some(Modality::Fact));
    }

    #[test]
    fn growth_may_be_negative() {
        let found = scan("投资同比增长-15.3%");
        assert_eq!(
            found[0].stated.as_ref().map(|s| s.value.to_string()),
            Some("-15.3".to_owned())
        );
    }

    #[test]
    fn a_header_gives_the_unit() {
        assert_eq!(header_unit("合格率（%）").map(|u| u.name), Some("%".to_owned()));
        assert_eq!(header_unit("收到来信（件）").map(|u| u.name), Some("件".to_owned()));
        assert_eq!(header_unit("单位名称（签字）"), None);
    }
}
