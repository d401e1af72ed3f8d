//! Names that stand before their number.

use std::ops::Range;

use gouji_quantity::Decimal;

use super::{Found, MAX_NAME, MAX_NAMES, Names, conjunctions, runs, trim_range};
use crate::lexicon::UNIT_SUFFIXES;
use crate::prose::clauses::{Clause, Delim, Mention, Prose};
use crate::{Cue, FigureClass};

/// 甲、乙、丙共3个单位 / 甲、乙、丙等3家 / 甲、乙、丙3个领域 / 甲、乙、丙三市.
pub(super) fn names(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    if let Some(found) = quoted(text, clause.range.start, m.full.start) {
        return Some(found);
    }
    let first = clause.mentions.first() == Some(&mention);
    if first && let Some(found) = divided(text, prose, mention) {
        return Some(found);
    }
    if first && let Some(found) = over_commas(text, prose, mention) {
        return Some(found);
    }
    if clause.before != Delim::Dun || !first || CASES.contains(&m.unit.as_str()) && m.tail.is_empty() {
        return None;
    }
    let lead = &text[clause.range.start..m.full.start];
    let (last, open, cue) = if let Some(head) = lead.strip_suffix("等") {
        (head, true, Cue::Explicit)
    } else if let Some(head) = ["等共", "等共计", "等合计"].iter().find_map(|w| lead.strip_suffix(w)) {
        (head, true, Cue::Explicit)
    } else if let Some(head) = ["共计", "合计", "共", "这"].iter().find_map(|w| lead.strip_suffix(w)) {
        (head, false, Cue::Explicit)
    } else {
        (lead, false, Cue::Implied)
    };
    // 约谈、通报2个单位: what was done to them, one after the other.
    if cue == Cue::Implied && !open && is_deed(last) {
        return None;
    }
    // A last element that is itself a named part (县级部门18个) is no name before a number.
    let named = open || cue != Cue::Implied || ends_as_name(last, &m.tail) || echoes(last, &m.tail);
    let sorts = ["类", "种"].contains(&m.unit.as_str());
    let glued = !named && !sorts;
    if glued && !may_be_counted(m) {
        return None;
    }
    let last = clause.range.start..clause.range.start + last.len();
    let (names, cut) = listed(text, prose, m.clause, last)?;
    if glued && !names.names.iter().all(|r| is_long_name(&text[r.clone()])) {
        return None;
    }
    // 紧扣追赶超越、高质量建设三市这一目标: places are named in a few characters.
    let places = ["市", "县", "区", "省", "州", "镇", "乡"];
    let of_places =
        places.contains(&m.unit.as_str()) || m.unit.is_empty() && places.iter().any(|p| m.tail.starts_with(p));
    let place = |r: &Range<usize>| {
        let name = &text[r.clone()];
        name.chars().count() <= MAX_PLACE || UNIT_SUFFIXES.iter().any(|s| name.ends_with(s))
    };
    if of_places && !open && !names.names.iter().all(place) {
        return None;
    }
    // 甲、乙、丙3类与民生相关: sorts may be named by any words, which then prove nothing.
    let cue = if cut || !named { Cue::Arithmetic } else { cue };
    Some(Found { names, open, cue })
}

/// Longest name of a place without its 市 or 县, in characters.
const MAX_PLACE: usize = 5;

/// Longest name of a list whose names commas part, in characters.
const MAX_PARTED: usize = 14;

/// 甲省乙市、丙市，丁省戊市，己省庚市等4个地市 / 涉及粮食，乳制品，食用油、油脂及其制品，饮料等4类: names that commas part, or commas and 、. Known by
/// their number alone, and by how they are announced or end.
fn over_commas(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let lead = &text[prose.clauses[m.clause].range.start..m.full.start];
    let last = ["等共", "等", "共计", "合计", "共", "这"]
        .iter()
        .find_map(|w| lead.strip_suffix(w))?;
    let wanted = usize::try_from(m.value.trunc().mantissa())
        .ok()
        .filter(|n| (3..=MAX_NAMES).contains(n))?;
    let group = prose.clauses[m.clause].group;
    let start = prose.clauses[m.clause].range.start;
    let mut names = vec![trim_range(text, start..start + last.len())];
    let mut commas = 0;
    let mut idx = m.clause;
    let mut announced = false;
    while names.len() < wanted && !announced {
        let before = prose.clauses[idx].before;
        let previous = (0..idx).rev().find(|c| prose.clauses[*c].group == group)?;
        let c = &prose.clauses[previous];
        if !matches!(before, Delim::Comma | Delim::Dun) || !c.mentions.is_empty() {
            return None;
        }
        commas += usize::from(before == Delim::Comma);
        let name = first_name(text, c.range.clone());
        announced = name.start > trim_range(text, c.range.clone()).start;
        match names.last_mut() {
            // 食用油、油脂及其制品: one kind.
            Some(joined) if before == Delim::Dun && text[joined.clone()].contains("及其") => {
                joined.start = name.start
            }
            _ => names.push(name),
        }
        idx = previous;
    }
    names.reverse();
    let ends_alike = || {
        let unit = |r: &Range<usize>| UNIT_SUFFIXES.iter().any(|s| text[r.clone()].ends_with(s));
        names.iter().all(unit)
    };
    let short = |r: &Range<usize>| !r.is_empty() && text[r.clone()].chars().count() <= MAX_PARTED;
    let counted = names.len() == wanted && commas > 0;
    (counted && names.iter().all(short) && (announced || ends_alike())).then(|| Found {
        names: Names {
            names,
            ..Names::default()
        },
        open: false,
        cue: Cue::Arithmetic,
    })
}

/// Whether words are nothing but a verb of inspectors.
fn is_deed(words: &str) -> bool {
    DEEDS.contains(&words.trim_end_matches('了'))
}

/// What inspectors do to the units that a number behind it counts.
const DEEDS: [&str; 32] = [
    "检查", "督查", "督导", "督办", "督促", "通报", "约谈", "整改", "抽查", "抽检", "巡查", "核查", "排查", "走访",
    "调研", "指导", "培训", "处罚", "警告", "关停", "关闭", "取缔", "查处", "慰问", "服务", "帮扶", "表彰", "表扬",
    "新建", "改造", "整治", "问责",
];

/// Whether the noun behind the number is the one that ends the last name: 乙景区2家景区, 乙工程2个工程.
fn echoes(last: &str, tail: &str) -> bool {
    let noun: Vec<char> = tail.chars().take_while(|c| c.is_alphabetic()).take(6).collect();
    (2..=noun.len()).any(|n| last.ends_with(&noun[..n].iter().collect::<String>()))
}

/// Whether a number right behind a name may count the names before it though its noun does not say so: 乙影视城2家景区被摘牌,
/// 乙中心建设2个已完工.
fn may_be_counted(m: &Mention) -> bool {
    let told = ["已", "均", "全部", "未", "正在", "被"]
        .iter()
        .any(|w| m.tail.starts_with(w));
    let noun = m.tail.chars().take_while(|c| c.is_alphabetic()).count() >= 2;
    match m.unit.as_str() {
        "家" | "所" | "座" => noun,
        "个" | "项" => told || noun && m.value > Decimal::TWO,
        _ => false,
    }
}

/// Longer than a verb or two: what stands right before a number and is no name (约谈、通报2个单位) is short.
fn is_long_name(words: &str) -> bool {
    words.chars().count() >= 4
}

/// 蔬菜和畜禽2大类产品: two sorts, joined without 、 right before their number.
pub(super) fn two_sorts(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let sorts = ["类", "种"].contains(&m.unit.as_str()) && m.value == Decimal::TWO;
    if !sorts || clause.before == Delim::Dun || clause.mentions.first() != Some(&mention) {
        return None;
    }
    let lead = &text[clause.range.start..m.full.start];
    let (at, word) = lead
        .char_indices()
        .rev()
        .find(|(_, c)| ['和', '与', '及'].contains(c))?;
    let behind = at + word.len_utf8();
    let first = first_name(
        text,
        clause.range.start..clause.range.start + lead[..at].trim_end_matches('以').len(),
    );
    let words = &text[first.clone()];
    let verb = DRAWN.iter().find(|w| words.starts_with(**w)).map_or(0, |w| w.len());
    let names = Names {
        names: vec![
            first.start + verb..first.end,
            trim_range(text, clause.range.start + behind..m.full.start),
        ],
        ..Names::default()
    };
    let short = |r: &Range<usize>| (2..=MAX_DIVISION).contains(&text[r.clone()].chars().count());
    names.names.iter().all(short).then_some(Found {
        names,
        open: false,
        cue: Cue::Arithmetic,
    })
}

/// Verbs before what was looked at.
const DRAWN: [&str; 6] = ["抽检", "抽查", "监测", "抽样", "检测", "涉及"];

/// Measure words of cases: how many there were of each name is told elsewhere, so that they never count the names.
const CASES: [&str; 12] = [
    "件", "起", "次", "宗", "例", "封", "批次", "件次", "人次", "批", "元", "万元",
];

/// Longest name of what a whole is divided into, in characters.
const MAX_DIVISION: usize = 12;

/// 分自查和抽查两个阶段, 分为甲、乙和丙3个片区: what a whole is divided into.
fn divided(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let lead = &text[clause.range.start..m.full.start];
    let (at, word) = lead
        .char_indices()
        .rev()
        .find(|(_, c)| ['和', '与', '及'].contains(c))
        .map(|(at, c)| (at, c.len_utf8()))?;
    let (before, last) = (lead[..at].trim_end_matches('以'), &lead[at + word..]);
    // The verb stands in the clause of the first name.
    let mut first_clause = m.clause;
    while prose.clauses[first_clause].before == Delim::Dun {
        first_clause = (0..first_clause)
            .rev()
            .find(|c| prose.clauses[*c].group == clause.group)
            .filter(|c| prose.clauses[*c].mentions.is_empty() && m.clause - c <= MAX_NAMES)?;
    }
    let home = &prose.clauses[first_clause];
    let end = if first_clause == m.clause {
        home.range.start + before.len()
    } else {
        home.range.end
    };
    let words = &text[home.range.start..end];
    let verb = DIVIDES
        .iter()
        .find_map(|v| words.rfind(v).map(|at| at + v.len()))
        .filter(|at| {
            let lead = &words[..*at];
            !["部分", "充分", "区分", "得分", "评分", "积分", "百分", "划分"]
                .iter()
                .any(|w| lead.ends_with(w))
        })?;
    let mut names = Names::default();
    names.names.push(trim_range(text, home.range.start + verb..end));
    for c in (first_clause + 1..=m.clause).filter(|c| prose.clauses[*c].group == clause.group) {
        let range = prose.clauses[c].range.clone();
        let stop = if c == m.clause {
            clause.range.start + before.len()
        } else {
            range.end
        };
        names.names.push(trim_range(text, range.start..stop.max(range.start)));
    }
    let from = clause.range.start + at + word;
    names.names.push(trim_range(text, from..from + last.len()));
    let short = |r: &Range<usize>| (2..=MAX_DIVISION).contains(&text[r.clone()].chars().count());
    names.names.iter().all(short).then_some(Found {
        names,
        open: false,
        cue: Cue::Arithmetic,
    })
}

/// Verbs of dividing, before the first name.
const DIVIDES: [&str; 5] = ["分为", "分成", "分别由", "包括", "分"];

/// 甲局、乙局、丙局受理量排名前三位 / 甲、乙的投诉量位列全省前两位: names before the places that they take.
pub(super) fn ranked(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let lead = &text[clause.range.start..m.digits.start];
    if clause.before != Delim::Dun || clause.mentions.first() != Some(&mention) || !lead.ends_with(['前', '后']) {
        return None;
    }
    let verb = RANKING.iter().filter_map(|w| lead.find(w)).min()?;
    let words = lead[..verb].trim_end_matches("分别").trim_end_matches('均');
    if words.contains('等') {
        return None;
    }
    let end = words
        .find(['的', '是'])
        .filter(|at| *at > 0)
        .or_else(|| {
            UNIT_SUFFIXES
                .iter()
                .filter_map(|s| words.rfind(s).map(|at| at + s.len()))
                .max()
        })
        .or_else(|| MEASURED.iter().filter_map(|w| words.find(w)).min())
        .unwrap_or(words.len());
    let (names, cut) = listed(text, prose, m.clause, clause.range.start..clause.range.start + end)?;
    Some(Found {
        names,
        open: false,
        cue: if cut { Cue::Arithmetic } else { Cue::Implied },
    })
}

/// Verbs of a place in a ranking.
const RANKING: [&str; 12] = [
    "排名", "位列", "位居", "排在", "名列", "列前", "居前", "分列", "分居", "排前", "进入", "跻身",
];

/// What units are ranked by.
const MEASURED: [&str; 14] = [
    "受理", "办件", "办结", "得分", "成绩", "综合", "总分", "信息", "报送", "采用", "投诉", "诉求", "增速", "总量",
];

/// The clause before one in its group.
fn clause_before(prose: &Prose, clause: usize) -> Option<usize> {
    let inside = &prose.groups[prose.clauses[clause].group].clauses;
    let at = inside.binary_search(&clause).ok()?;
    inside.get(at.checked_sub(1)?).copied()
}

/// The names of the list whose last is `last`, in the clause `idx`, back to its first; and whether a comma may have cut the list
/// (甲区、乙区，丙、丁四区).
fn listed(text: &str, prose: &Prose, idx: usize, last: Range<usize>) -> Option<(Names, bool)> {
    let mut names = Names {
        extra: conjunctions(&text[last.clone()]),
        names: vec![trim_range(text, last)],
        tied: 0,
    };
    let mut cut = false;
    let mut idx = idx;
    while idx > 0 {
        let Some(previous) = clause_before(prose, idx) else {
            break;
        };
        let c = &prose.clauses[previous];
        // 1、甲类共计4件: the serial of an item is no name.
        if c.after != Delim::Dun || is_serial(&text[c.range.clone()]) {
            break;
        }
        // The first element may stand behind a figure: 报送30条以上的有甲镇、乙局2个单位; 2个县网站和甲镇、乙镇2个镇网站.
        if let Some(last) = c.mentions.last().filter(|last| !is_in_name(prose, c, **last)) {
            let behind = prose.mentions[*last].full.end..c.range.end;
            let joined = text[behind.clone()]
                .rfind(['和', '及', '与'])
                .map(|at| trim_range(text, behind.start + at + '和'.len_utf8()..behind.end));
            let first = match joined {
                Some(name) => Some(name),
                None => (c.before != Delim::Dun).then(|| first_name(text, behind)),
            };
            names.names.extend(first.filter(|r| !r.is_empty()));
            break;
        }
        names.names.push(if c.before == Delim::Dun {
            trim_range(text, c.range.clone())
        } else {
            first_name(text, c.range.clone())
        });
        if c.before != Delim::Dun || names.names.len() > MAX_NAMES {
            let before = || clause_before(prose, previous);
            cut = c.before == Delim::Comma && before().is_some_and(|b| is_name_like(text, prose, b));
            break;
        }
        idx = previous;
    }
    names.names.reverse();
    if names.names.len() < 2 && names.extra == 0 {
        return None;
    }
    // The first element may carry a verb (涉及甲、…), or words that are no list at all.
    let longest = names
        .names
        .iter()
        .skip(1)
        .map(|r| text[r.clone()].chars().count())
        .max()?;
    (longest <= MAX_NAME && !names.names.iter().any(Range::is_empty)).then_some((names, cut))
}

/// 1号店, 110千伏输变电工程: a number that counts nothing is part of a name.
fn is_in_name(prose: &Prose, clause: &Clause, mention: usize) -> bool {
    let m = &prose.mentions[mention];
    let named = matches!(m.class, FigureClass::Measure | FigureClass::Unknown);
    named && clause.mentions.len() == 1 && m.tail.chars().next().is_some_and(char::is_alphabetic)
}

/// 1, 十二, ③: the serial of an item, parted from it by 、 like a name.
fn is_serial(words: &str) -> bool {
    let words = words.trim();
    let numeral = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c) || ('①'..='⑳').contains(&c);
    !words.is_empty() && words.chars().count() <= 3 && words.chars().all(numeral)
}

/// A short clause that ends as a unit's name does, or as the last of names.
fn is_name_like(text: &str, prose: &Prose, clause: usize) -> bool {
    let c = &prose.clauses[clause];
    let words = text[c.range.clone()].trim();
    let short = words.chars().count() <= 8 && c.mentions.is_empty();
    short && (c.before == Delim::Dun || UNIT_SUFFIXES.iter().any(|s| words.ends_with(s)))
}

/// 有“政策解读”“回应关切”等3个: quoted names right before the number.
fn quoted(text: &str, from: usize, number: usize) -> Option<Found> {
    let lead = &text[from..number];
    let words = ["等共", "等", "共计", "合计", "共", "这", "栏目", "专栏"]
        .iter()
        .fold(lead, |l, w| l.strip_suffix(w).unwrap_or(l));
    if !words.ends_with(['”', '》']) {
        return None;
    }
    let run = runs::quoted_before(text, from + words.len())?;
    (run.names.len() >= 2).then(|| Found {
        names: Names {
            names: run.names,
            extra: 0,
            tied: 0,
        },
        open: lead[words.len()..].contains('等'),
        cue: if words.len() < lead.len() {
            Cue::Explicit
        } else {
            Cue::Implied
        },
    })
}

/// Words that lead up to the first name of a list, wherever they stand before it.
const LEADS: [&str; 29] = [
    "涉及",
    "包括",
    "责任单位",
    "一是",
    "二是",
    "三是",
    "四是",
    "五是",
    "的有",
    "分别是",
    "分别为",
    "依次是",
    "依次为",
    "主要是",
    "主要有",
    "集中在",
    "分布在",
    "来自",
    "覆盖",
    "了",
    "有",
    "如",
    "是",
    "为",
    "检查",
    "进驻",
    "前往",
    "深入",
    "奔赴",
];

/// Words that may stand right before the first name, and names that begin so.
const PREPOSITIONS: [(&str, &[&str]); 8] = [
    ("给予", &[]),
    ("对", &["对外", "对口"]),
    ("向", &["向阳", "向东"]),
    ("共", &["共青", "共和"]),
    ("由", &[]),
    ("在", &[]),
    ("从", &["从化", "从江"]),
    ("与", &[]),
];

/// The first name of a list without the words that lead up to it: 涉及甲区, 以上的有乙镇, 对责任单位丙局, 二是统计.
fn first_name(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trim_range(text, range);
    let words = &text[range.clone()];
    // 1.甲局、乙局…: the label of a list is no part of its first name.
    let label = words.trim_start_matches(|c: char| c.is_ascii_digit());
    let mut start = match label.strip_prefix(['.', '．']) {
        Some(rest) if label.len() < words.len() => words.len() - rest.trim_start().len(),
        _ => 0,
    };
    for lead in LEADS {
        if let Some(at) = words.rfind(lead)
            && words[at + lead.len()..].chars().count() >= 2
            && !words[..at].ends_with(['国', '所', '因', '行', '作', '人'])
            && !words[at..].starts_with("了解")
        {
            start = start.max(at + lead.len());
        }
    }
    // 应急部门对甲区: who did it stands before.
    for (at, word) in words.match_indices('对') {
        let done_by = UNIT_SUFFIXES
            .iter()
            .any(|s| s.len() > word.len() && words[..at].ends_with(s));
        // 本次抽查对服装: what was done stands before.
        let deed = [
            "抽查", "检查", "监测", "检测", "抽检", "调查", "检验", "行动", "分别", "现",
        ]
        .iter()
        .any(|w| words[..at].ends_with(w));
        if (done_by || deed) && words[at + word.len()..].chars().count() >= 2 {
            start = start.max(at + word.len());
        }
    }
    for (word, names) in PREPOSITIONS {
        let rest = &words[start..];
        if rest.starts_with(word) && rest.chars().count() >= 3 && !names.iter().any(|n| rest.starts_with(n)) {
            start += word.len();
        }
    }
    range.start + start..range.end
}

/// Words between a measure word and its noun that say which ones, not what.
const QUALITIES: [&str; 8] = ["重点", "主要", "关键", "突出", "高危", "热点", "民生", "薄弱"];

/// A bare list before a number must end like names do: units, or the noun the number counts is a class word.
fn ends_as_name(last: &str, tail: &str) -> bool {
    let named = UNIT_SUFFIXES.iter().any(|s| last.ends_with(s));
    let noun = QUALITIES
        .iter()
        .fold(tail, |noun, quality| noun.strip_prefix(quality).unwrap_or(noun));
    // 督促、检查3个重点领域: what is qualified may stand behind verbs; a name is longer.
    if noun.len() < tail.len() && last.chars().count() < 3 {
        return false;
    }
    let class = [
        "单位",
        "部门",
        "领域",
        "方面",
        "镇",
        "乡",
        "街道",
        "县",
        "区",
        "市",
        "省",
        "州",
        "旗",
        "地",
        "局",
        "村",
        "社区",
        "网站",
        "账号",
        "栏目",
        "类",
        "行业",
        "平台",
        "项目",
        "环节",
        "窗口",
        "指标",
        "品种",
        "产品",
        "系统",
        "公司",
        "企业",
        "景区",
        "频道",
        "工程",
        "城市",
        "省份",
        "渠道",
        "板块",
        "媒体",
        "场所",
        "直辖市",
        "地级市",
        "大中城市",
        "国家",
        "品牌",
        "机场",
        "港口",
        "学校",
        "医院",
    ]
    .iter()
    .any(|w| noun.starts_with(w));
    class || named && tail.is_empty()
}
