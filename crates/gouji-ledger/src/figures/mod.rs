//! Finds every number in a text and says what it is.
//!
//! Nothing is dropped: a number that is no quantity (a date, a document number, part of a name, a
//! label) keeps its place with its class, so that coverage can be told from silence.

mod cell;
mod chinese;
mod hedge;
pub(crate) mod portion;
#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use gouji_quantity::{Decimal, Magnitude, Stated, Unit, UnitClass, parse_stated, scan_dates, scan_periods};
use regex::Regex;

pub(crate) use cell::{header_unit, label_column, scan_cell};

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

/// Digits in groups of three with a blank between (34 193).
static SPACED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[0-9]{1,3}(?:[ \u{a0}\u{2009}\u{202f}][0-9]{3})+").expect("a constant pattern"));

static DOCUMENT_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"[〔\[［（(【]\s*(?:19|20)\d\d\s*[〕\]］）)】]\s*[—－-]?\s*第?\s*\d+\s*号?|第\s*\d+\s*号|\d+号[令文函]")
        .expect("a constant pattern")
});

/// Codes and addresses: anything of digits with Latin letters, URLs, clock times.
static CODE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"https?://[^\s，。；）]+|www\.[^\s，。；）]+|[A-Za-z0-9.+_-]*[A-Za-z][A-Za-z0-9.+_/-]*\d[A-Za-z0-9._/-]*|\d+\+[A-Za-z]+|\d{1,2}\s*[:：]\s*\d{2}(?:\s*[:：]\s*\d{2})?|\d{3,4}-\d{7,8}|\d{6,}/[\w/-]+|\d+-\d+/\d{4}-\d+")
        .expect("a constant pattern")
});

/// Bands of age, which name people and count nothing: 0—14岁, 65岁及以上, 16周岁以下. An age by itself (平均43岁) is a measure.
static AGES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\d{1,3}\s*(?:周?岁)?\s*[-—－–~～至到]+\s*\d{1,3}\s*周?岁(?:及?以[上下])?",
        r"|\d{1,3}\s*周?岁\s*(?:（含）|\(含\)|\s)*(?:及?以[上下]|以内|组)",
    ))
    .expect("a constant pattern")
});

/// Marks of notes that a saved page prints in the line: 常住人口[2], 0—14岁〔3〕. A year in such brackets is part of a document number.
static NOTE_MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\[〔［]\s*\d{1,2}\s*[\]〕］]").expect("a constant pattern"));

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
    "中心",
    "号线",
    "专线",
    "维权",
    "阳光",
    "民生",
];

/// Public services that are known by their number alone.
const SERVICES: [&str; 8] = ["110", "119", "120", "122", "12345", "96110", "95598", "10086"];

/// Whether a number is that of a public service before a noun of what it took: 110类警情, 122报警, 96110预警. 类 counts kinds only of
/// few; what is counted with another measure word (110件, 120人) is none.
fn is_service(printed: &str, after: &str) -> bool {
    let hotline = printed.len() == 5 && printed.starts_with("123");
    let rest = after.trim_start();
    (hotline || SERVICES.contains(&printed))
        && [
            "类",
            "报警",
            "警情",
            "接警",
            "接处警",
            "预警",
            "劝阻",
            "急救",
            "平台",
            "热线",
            "指挥",
            "中心",
        ]
        .iter()
        .any(|w| rest.starts_with(w))
}

/// Every number of a running text, in order.
pub(crate) fn scan(text: &str) -> Vec<Scanned> {
    let taken = taken_ranges(text);
    let mut next_taken = 0;
    let mut out: Vec<Scanned> = Vec::new();
    let mut portions = portion::scan(text)
        .into_iter()
        .filter(|p| !is_taken(&taken, &p.full))
        .peekable();
    let mut spaced = spaced(text).into_iter().peekable();
    for found in NUMBER.find_iter(text) {
        while let Some(portion) = portions.next_if(|p| p.full.start <= found.start()) {
            out.push(portion);
        }
        // A number inside a share in words or a longer number was read with it.
        let inside = |s: &Scanned| portion::overlaps(&s.full, &found.range());
        if out.last().is_some_and(inside) || portions.peek().is_some_and(inside) {
            continue;
        }
        while spaced.next_if(|r| r.end <= found.start()).is_some() {}
        if let Some(range) = spaced.next_if(|r| r.start == found.start())
            && !is_taken(&taken, &range)
        {
            out.extend(classify(text, range));
            continue;
        }
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
    out.extend(portions);
    share_units(text, &mut out);
    out
}

fn is_taken(taken: &[(Range<usize>, FigureClass)], range: &Range<usize>) -> bool {
    let at = taken.partition_point(|(t, _)| t.end <= range.start);
    taken.get(at).is_some_and(|(t, _)| portion::overlaps(t, range))
}

/// Numbers printed with a blank between the thousands. Only a measure word behind tells them from two numbers side by side.
fn spaced(text: &str) -> Vec<Range<usize>> {
    SPACED
        .find_iter(text)
        .map(|m| m.range())
        .filter(|r| {
            let lead = text[..r.start].trim_end_matches([' ', '\u{a0}']);
            let beside = text[..r.start].chars().next_back();
            let after = &text[r.end..];
            !lead.ends_with(|c: char| c.is_ascii_digit())
                && !beside.is_some_and(|c| c.is_ascii_alphanumeric() || ".,-/".contains(c))
                && Unit::at_start(after).is_some_and(|(u, len)| unit_stands(&u, &after[len..]))
        })
        .collect()
}

/// In a series only the last figure bears the unit: 3218、3051、2821起; 0.4和0.7个百分点.
fn share_units(text: &str, figures: &mut [Scanned]) {
    for i in (1..figures.len()).rev() {
        let (head, tail) = figures.split_at_mut(i);
        let (Some(before), Some(after)) = (head.last_mut(), tail.first()) else {
            continue;
        };
        let decimal = before.class == FigureClass::Measure;
        let bare = (before.class == FigureClass::Unknown || decimal) && before.unit.is_none();
        let mark = text[before.full.end..after.full.start].trim();
        let counts = after.class == FigureClass::Count && !decimal && mark == "、";
        let points = after.class == FigureClass::Points && ["、", "和", "及", "与"].contains(&mark);
        if bare && (counts || points) {
            before.unit.clone_from(&after.unit);
            before.class = after.class;
        }
    }
    for i in 1..figures.len() {
        let (head, tail) = figures.split_at_mut(i);
        let (Some(now), Some(base)) = (head.last(), tail.first_mut()) else {
            continue;
        };
        if base.class == FigureClass::Unknown && base.unit.is_none() && is_bare_base(text, now, base) {
            base.unit.clone_from(&now.unit);
            base.class = now.class;
        }
    }
}

/// Longest text (in characters) from a figure to the bare base in brackets that it is compared with.
const MAX_TO_BASE: usize = 16;

/// 共840件，比去年同期（800）增长5.0%: the base has the unit of the figure that is compared with it.
fn is_bare_base(text: &str, now: &Scanned, base: &Scanned) -> bool {
    let between = text[now.full.end..base.full.start].trim_end();
    let Some(lead) = between.strip_suffix(['（', '(']) else {
        return false;
    };
    let closed = text[base.full.end..].trim_start().starts_with(['）', ')']);
    let compares = ["比", "较"].iter().any(|w| lead.contains(w))
        && ["同期", "上年", "去年", "上月", "上季度", "上季", "上期", "前期"]
            .iter()
            .any(|w| lead.ends_with(w));
    let counted = matches!(now.class, FigureClass::Count | FigureClass::Money) && now.unit.is_some();
    counted && closed && compares && lead.chars().count() <= MAX_TO_BASE && !lead.contains(['。', '；', ';'])
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
                let chain = goes_on || text[..m.start()].ends_with('.') || is_chain_of_shares(m.as_str());
                !(chain || counts_behind_a_name(m.as_str(), &text[m.end()..]))
            })
            .map(|m| (m.range(), FigureClass::NamePart)),
    );
    all.extend(AGES.find_iter(text).map(|m| (m.range(), FigureClass::NamePart)));
    all.extend(NOTE_MARK.find_iter(text).map(|m| (m.range(), FigureClass::Label)));
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

/// 25:30:45: whole shares that give a hundred, and no time of day.
fn is_chain_of_shares(code: &str) -> bool {
    let shares: Option<Vec<u32>> = code.split([':', '：']).map(|share| share.trim().parse().ok()).collect();
    shares.is_some_and(|shares| shares.len() == 3 && shares.iter().sum::<u32>() == 100 && shares[0] > 24)
}

/// Fewest Latin letters that are a name by themselves: APP, EMS; PM10 and H7 are not.
const LATIN_NAME: usize = 3;

/// 手机APP1947件: a count right behind a name in Latin letters.
fn counts_behind_a_name(code: &str, after: &str) -> bool {
    let number = code.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let counted = Unit::at_start(after).is_some_and(|(unit, _)| unit.class == UnitClass::Count);
    code.len() - number.len() >= LATIN_NAME
        && !number.is_empty()
        && number.chars().all(|c| c.is_ascii_digit())
        && counted
}

fn classify(text: &str, range: Range<usize>) -> Option<Scanned> {
    let word = &text[range.clone()];
    let before = &text[..range.start];
    let after = &text[range.end..];
    let chinese = !word.contains(|c: char| c.is_ascii_digit() || ('０'..='９').contains(&c));
    if chinese && !word.starts_with("百分之") && !word.starts_with("千分之") {
        return chinese::figure(before, word, after, range);
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
    if word.chars().filter(|c| !c.is_whitespace()).count() > MAX_DIGITS {
        return bare(FigureClass::NamePart);
    }
    if is_label(before, word, after) {
        return bare(FigureClass::Label);
    }
    if quoted_name(before, after) || is_service(word, after) {
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
    // 500千瓦时, 2.3百分点: a unit may begin as a magnitude does.
    let bare_tail = after.trim_start_matches(' ');
    let magnitude_len = ["万亿", "千万", "百万", "亿", "億", "万", "萬", "千", "百"]
        .iter()
        .find(|w| bare_tail.starts_with(**w))
        .filter(|_| Unit::at_start(bare_tail).is_none())
        .map_or(0, |w| after.len() - bare_tail.len() + w.len());
    // Thousands may be parted by blanks.
    let mut stated_text = text[start..range.end].replace(char::is_whitespace, "");
    stated_text.push_str(after[..magnitude_len].trim());
    let Some(mut stated) = parse_stated(&stated_text) else {
        return bare(FigureClass::NamePart);
    };
    let tail_at = range.end + magnitude_len;
    let tail = &text[tail_at..];
    let hedge_len = ["余", "多", "来"]
        .iter()
        .find(|h| tail.starts_with(**h) && Unit::at_start(&tail[h.len()..]).is_some())
        .map_or(0, |h| h.len());
    let great = if magnitude_len == 0 { great(tail) } else { 0 };
    let blanks = tail[hedge_len..].len() - tail[hedge_len..].trim_start_matches([' ', '\u{a0}', '\u{3000}']).len();
    let unit_at = hedge_len + blanks + great;
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
    // 418236余项 is a whole number that was counted: nothing lies between it and the next.
    let counted = stated.magnitude == Magnitude::One
        && stated.decimals == 0
        && stated.value >= Decimal::ONE_HUNDRED
        && !(stated.value % Decimal::TEN).is_zero();
    stated.approx = hedge::approximation(before, &text[full_end..], hedge_len > 0 && !counted);
    let class = match &unit {
        None => return unitless(text, start..range.end, full_end, stated, before, after),
        Some(u) => match u.class {
            UnitClass::Count if chinese::in_a_row(before, u) => FigureClass::Duration,
            UnitClass::Count => rank_or(before, FigureClass::Count),
            UnitClass::Money => FigureClass::Money,
            UnitClass::Percent | UnitClass::Permille => FigureClass::Rate,
            UnitClass::Points => FigureClass::Points,
            UnitClass::Duration => FigureClass::Duration,
            UnitClass::Score | UnitClass::Other => rank_or(before, FigureClass::Measure),
        },
    };
    let modality = hedge::modality(before, &text[full_end..], class);
    Some(Scanned {
        digits: start..range.end,
        full: start..full_end,
        stated: Some(stated),
        unit,
        class,
        modality,
    })
}

/// 7大类, 四大类: the length of the word that only says that the kinds are large.
fn great(after: &str) -> usize {
    let kinds = ["大类", "大项", "大類"];
    if kinds.iter().any(|k| after.starts_with(k)) {
        "大".len()
    } else {
        0
    }
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
    // 12345 and its sisters are hotlines, whatever their town calls them.
    let printed = &text[digits.clone()];
    let hotline = printed.len() == 5 && printed.starts_with("123") && tail.starts_with(char::is_alphabetic);
    let class = if stated.decimals == 0 && NAME_TAILS.iter().any(|t| tail.starts_with(t))
        || hotline
        || before.ends_with(|c: char| c.is_ascii_alphabetic() || "-/_+#".contains(c))
        || after.starts_with(|c: char| c.is_ascii_alphabetic() || "-/_+#~—～".contains(c))
    {
        FigureClass::NamePart
    } else if stated.decimals > 0 {
        FigureClass::Measure
    } else if lost_percent(before, after) && stated.value <= Decimal::ONE_HUNDRED {
        FigureClass::Rate
    } else if after.starts_with('的') && rank_or(before, FigureClass::Unknown) == FigureClass::Rank {
        // 排名前5的分别是: a place without its 位.
        FigureClass::Rank
    } else if digits.end == full_end && stated.value <= Decimal::ONE_HUNDRED && chinese::counts_a_group(before, after) {
        FigureClass::Count
    } else {
        FigureClass::Unknown
    };
    let modality = hedge::modality(before, &text[full_end..], class);
    Some(Scanned {
        full: digits.start..full_end,
        digits,
        stated: Some(stated),
        unit: None,
        class,
        modality,
    })
}

/// 占总数的15，: the share of a whole whose sign is lost.
fn lost_percent(before: &str, after: &str) -> bool {
    let clause = before
        .rsplit(['，', ',', '。', '；', ';', '、', '：', ':', '\n'])
        .next()
        .unwrap_or(before);
    let share = clause.strip_suffix('的').and_then(|c| c.rfind('占').map(|at| &c[at..]));
    let whole = share.is_some_and(|s| {
        ["总数", "总量", "总额", "总人数", "总数量"]
            .iter()
            .any(|w| s.ends_with(w))
    });
    whole && after.trim_start().starts_with(['，', ',', '。', '；', ';', '、'])
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
        "部" => next.is_none_or(|c| !"门委署队级".contains(c)),
        "条" => next.is_none_or(|c| c != '例'),
        "场" => next.is_none_or(|c| c != '所'),
        "对" => next.is_none_or(|c| !"照接比应象于".contains(c)),
        "支" => next.is_none_or(|c| !"付出持".contains(c)),
        "位" => next.is_none_or(|c| !"于置".contains(c)),
        "期" => next.is_none_or(|c| !"间限".contains(c)),
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
    if word.chars().count() > 2 || word.contains(['.', '．']) {
        return false;
    }
    let lead = before.trim_end_matches([' ', '\u{3000}', '\u{a0}']);
    let at_start = lead.is_empty() || lead.ends_with(['。', '；', ';', '：', ':', '\n', '.', '!', '！']);
    let next = after.chars().next();
    if at_start && next.is_some_and(|c| ".．、".contains(c)) {
        return after.chars().nth(1).is_some_and(|c| !c.is_numeric());
    }
    if lead.ends_with(['（', '(', '[', '［']) && after.starts_with(['）', ')', ']', '］']) {
        return true;
    }
    before.ends_with(['表', '图', '注']) || before.ends_with("附件")
}

/// Inside short quotation marks a number is part of a name: “12345一线通”, “三公”.
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
