//! Names that stand behind their number.

use std::ops::Range;

use gouji_quantity::Decimal;

use super::records;
use super::runs::{self, Run};
use super::{Found, MAX_NAME, MAX_NAMES, Names, conjunctions, trim_range};
use crate::lexicon::UNIT_SUFFIXES;
use crate::prose::changes;
use crate::prose::clauses::{Delim, Mention, Prose};
use crate::{Cue, FigureClass};

/// Longest stretch between a number and what announces its names, in characters.
const MAX_LEAD: usize = 24;
/// Longest noun behind a place in a ranking, in characters.
const MAX_NOUN: usize = 12;
/// Longest parenthesis of names, in bytes.
const MAX_PARENTHESIS: usize = 16_000;

/// Nouns of things that have names: 单位, 镇, 窗口.
pub(super) const NAMED: [&str; 24] = [
    "单位", "部门", "镇", "乡", "街道", "县", "区", "市", "窗口", "网站", "账号", "科室", "企业", "行业", "领域",
    "平台", "公司", "医院", "学校", "站点", "社区", "村", "中心", "家",
];

/// Further ones that stand right behind a number, or before it.
const FURTHER: [&str; 4] = ["省", "州", "新媒体", "公众号"];

/// Words for kinds of units, which name none.
const GENERIC: [&str; 16] = [
    "乡镇",
    "镇",
    "乡",
    "街道",
    "开发区",
    "园区",
    "管委会",
    "社区",
    "村",
    "区",
    "市",
    "县",
    "部门",
    "单位",
    "企业",
    "科室",
];

/// 5个方面：一是…；二是…. / 三类问题，一是…，二是….
pub(super) fn ordinals(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let sorts = ["方面", "问题", "原因", "特点", "措施", "重点", "环节", "类"]
        .iter()
        .any(|w| m.tail.starts_with(w))
        || m.unit == "类";
    let colon = clause.after == Delim::Colon;
    let rest = &text[clause.range.end..text.floor_char_boundary(clause.range.end + MAX_SORTS)];
    let at_once = rest
        .trim_start_matches(['，', ',', '。', '；', ';', ' ', '\u{3000}'])
        .starts_with("一是");
    if !sorts || !colon && !at_once {
        return None;
    }
    let mut names = Names::default();
    for (n, numeral) in ORDINALS.iter().enumerate() {
        let word = format!("{numeral}是");
        let Some(at) = rest.find(&word) else { break };
        let start = clause.range.end + at + word.len();
        let item = &rest[at + word.len()..];
        // Without a mark of its own an item ends where the next begins.
        let next = ORDINALS.get(n + 1).and_then(|o| item.find(&format!("{o}是")));
        let end = item.find(['；', ';', '。']).into_iter().chain(next).min();
        let end = start + end.unwrap_or(item.len());
        if names.names.last().is_some_and(|last| start < last.end) || n != names.names.len() {
            break;
        }
        let words = text[start..end].trim_end_matches(['，', ',']);
        names.names.push(trim_range(text, start..start + words.len()));
    }
    let listed = Decimal::from(names.names.len());
    // Without a colon the items may go on in another paragraph; more of them than are said are said wrongly.
    let cue = if colon {
        Cue::Explicit
    } else if listed > m.value {
        Cue::Implied
    } else {
        Cue::Arithmetic
    };
    (names.names.len() >= 2).then_some(Found {
        names,
        open: false,
        cue,
    })
}

/// How far behind a number its 一是…二是… are looked for, in bytes.
const MAX_SORTS: usize = 12_000;

/// The numerals of items told in one paragraph: 一是, 二是.
const ORDINALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// What stands between a number and its names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    /// 有, 包括: perhaps only some.
    Some,
    /// 为, 是, 即
    Are,
    /// A colon, a parenthesis, 分别是, 依次为: these and no others.
    Exactly,
}

/// 3个单位：甲、乙、丙 / 5家单位（甲、乙、…） / 前三名的镇为甲、乙、丙 / 窗口1个，为甲.
pub(super) fn announced(text: &str, prose: &Prose, mention: usize) -> Vec<Found> {
    let m = &prose.mentions[mention];
    let Some((start, limit, link)) = announcement(text, prose, mention) else {
        return Vec::new();
    };
    let rank = m.class == FigureClass::Rank;
    let noun = &text[m.full.end..start];
    let mut out = Vec::new();
    let mut from = start;
    // 前五的县直单位为：甲…，镇街为：乙…: a ranking may hold a list for each class.
    while let Some(run) = runs::read(text, prose, from, limit) {
        let end = run.end;
        // A record each, the name first: 住建局，转办129件；卫健委，转办62件.
        let told = (run.names.len() == 1 && link == Link::Exactly)
            .then(|| records::names(text, prose, start, limit))
            .flatten();
        if told.is_some() {
            out.extend(told);
            break;
        }
        out.extend(found(text, prose, m, noun, run, link));
        let next = rank.then(|| further_class(text, end, limit)).flatten();
        let Some(next) = next else { break };
        from = next;
    }
    out
}

/// Where the names of a number begin, how far they may reach, and what announces them.
fn announcement(text: &str, prose: &Prose, mention: usize) -> Option<(usize, usize, Link)> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let group_end = prose.groups[clause.group].range.end.min(text.len());
    let limit = if clause.group > 0 {
        // Without the bracket that closes it.
        text[..group_end]
            .char_indices()
            .next_back()
            .map_or(group_end, |(i, _)| i)
    } else {
        group_end
    };
    let next_figure = prose
        .mentions
        .get(mention + 1)
        .map_or(limit, |n| n.full.start.min(limit));
    let from = m.full.end;
    // A figure may end behind the bracket: 其中甲（1）.
    let limit = limit.max(from);
    let mut comma = None;
    let mut skip_to = from;
    for (n, (i, c)) in text[from..limit].char_indices().enumerate() {
        let at = from + i;
        let behind = at + c.len_utf8();
        let rest = &text[at..limit];
        if n > MAX_LEAD || at > next_figure {
            return None;
        }
        if at < skip_to {
            continue;
        }
        match c {
            '。' | '；' | ';' | '\n' | '、' | '！' | '？' | '%' => return None,
            '：' | ':' => return Some((behind, limit, Link::Exactly)),
            '（' | '(' => {
                let near = &rest[..rest.floor_char_boundary(MAX_PARENTHESIS)];
                let close = at + near.find(['）', ')'])?;
                let named = NAMED.iter().any(|w| text[from..at].ends_with(w)) || NAMED.contains(&m.unit.as_str());
                // 5个县（市、区） is one name.
                let names = text[behind..close].split('、');
                let several = names.clone().count() > 1 && names.clone().all(|n| n.chars().count() >= 2);
                // 5个乡镇（街道、开发区）: other words for what is counted.
                let generic = names.clone().all(|n| GENERIC.contains(&n.trim()));
                if !several || generic || names.clone().all(is_pointer) {
                    // 前三的乡镇（街道）：: another word for what is counted.
                    skip_to = close + ')'.len_utf8();
                    while !text.is_char_boundary(skip_to) {
                        skip_to += 1;
                    }
                    continue;
                }
                if named {
                    return Some((behind, close, Link::Exactly));
                }
                // 3项（甲地幼儿园建设、乙地停车场建设、丙地加油站建设）: anything that has names, right behind the measure word.
                let plain = !text[behind..close].contains(['，', ',', '；', ';', '。', '：', ':']);
                // 7个电视频道（卫视频道、新闻频道、…）: names that end as what is counted does.
                let noun = last_word(&text[from..at]);
                let echoed = noun.is_some_and(|noun| names.clone().all(|n| n.trim().ends_with(noun)));
                // 3份报纸（日报、晨报、晚报）: a short noun may have any names.
                let short = at == from || noun.is_some() && text[from..at].chars().count() <= MAX_NOUN;
                return match (plain, echoed) {
                    (true, true) => Some((behind, close, Link::Exactly)),
                    (true, false) if short => Some((behind, close, Link::Are)),
                    _ => None,
                };
            }
            '，' | ',' => {
                if comma.is_some() {
                    return None;
                }
                comma = Some(at);
            }
            _ => {
                let direct =
                    at == from || comma.is_some_and(|c| text[c..at].trim_start_matches(['，', ',', ' ']).is_empty());
                let rank = m.class == FigureClass::Rank;
                if let Some((link, len)) = copula(rest, direct || named_noun(m, &text[from..at]), rank) {
                    let behind = at + len;
                    let skipped = text[behind..limit].trim_start_matches(['：', ':', ' ', '，', ',']);
                    let colon = text[behind..limit].starts_with(['：', ':']);
                    return Some((
                        limit - skipped.len(),
                        limit,
                        if colon && link < Link::Exactly {
                            Link::Exactly
                        } else {
                            link
                        },
                    ));
                }
            }
        }
    }
    None
}

/// The last two characters of a noun behind a number that is nothing but letters.
fn last_word(noun: &str) -> Option<&str> {
    let at = noun.char_indices().rev().nth(1).map(|(at, _)| at)?;
    noun.chars().all(char::is_alphabetic).then(|| &noun[at..])
}

/// 前三名的乡镇 or 5种产品 before a copula: what is counted may be named first. Behind a place in a ranking it may be any noun
/// (前三位的商品类投诉是, 前五名的省份是): nothing else is listed by places.
fn named_noun(m: &Mention, words: &str) -> bool {
    let named = NAMED.iter().any(|n| words.ends_with(n));
    match m.class {
        FigureClass::Rank => {
            // 前三年的工作是 tells of time.
            let place = ["", "位", "名"].contains(&m.unit.as_str());
            named || place && words.starts_with('的') && words.chars().count() <= MAX_NOUN
        }
        _ => named && words.chars().count() <= 4 || ["产品", "指标", "品种"].contains(&words),
    }
}

/// A word that announces names, with its length; 为 and 是 alone only where nothing but the number is before them.
fn copula(rest: &str, direct: bool, rank: bool) -> Option<(Link, usize)> {
    for word in ["分别是", "分别为", "依次是", "依次为", "分别有"] {
        if rest.starts_with(word) {
            return Some((Link::Exactly, word.len()));
        }
    }
    // 居前五位的分别甲、乙、…: the verb is left out.
    if rank && rest.starts_with("分别") {
        return Some((Link::Exactly, "分别".len()));
    }
    if direct && rank {
        for word in ["主要涉及", "主要是", "主要有", "主要集中在", "集中在", "的是", "的为"] {
            if rest.starts_with(word) {
                return Some((Link::Are, word.len()));
            }
        }
    }
    if direct {
        for (word, link) in [
            ("包括", Link::Some),
            ("有", Link::Some),
            ("即", Link::Are),
            ("为", Link::Are),
            ("是", Link::Are),
        ] {
            if rest.starts_with(word) {
                return Some((link, word.len()));
            }
        }
    }
    None
}

/// The next class of a ranking behind byte `end`: ，镇街为：.
fn further_class(text: &str, end: usize, limit: usize) -> Option<usize> {
    let rest = text.get(end..limit)?.strip_prefix(['，', ',', '；', ';'])?;
    let colon = rest.find(['：', ':'])?;
    let head = &rest[..colon];
    // 排名后三位的是：: a ranking of its own.
    let own = head.contains(['前', '后', '第', '末']);
    let short = head.chars().count() <= 10 && !own && !head.contains(['。', '、', '，', ',']);
    let from = limit - rest.len() + colon;
    (short && (head.ends_with('为') || head.ends_with('是')))
        .then(|| from + text[from..].chars().next().map_or(1, char::len_utf8))
}

/// How a run of names bears on the number.
fn found(text: &str, prose: &Prose, m: &Mention, noun: &str, mut run: Run, link: Link) -> Option<Found> {
    let rank = m.class == FigureClass::Rank;
    // 前三位的是甲、乙、丙、其他: what is left takes no place.
    let rest = |r: &Range<usize>| text[r.clone()].starts_with("其他") || text[r.clone()].starts_with("其余");
    if rank && run.names.last().is_some_and(rest) && m.value == Decimal::from(run.names.len() - 1) {
        run.names.pop();
        run.amounts.truncate(run.names.len());
    }
    let single = run.names.len() == 1;
    let is_unit = |r: &Range<usize>| UNIT_SUFFIXES.iter().any(|s| text[r.clone()].ends_with(s));
    if single {
        // 窗口1个，为甲公司: one name, and nothing but the name.
        let name = &text[run.names[0].clone()];
        let whole = link >= Link::Are && is_unit(&run.names[0]) && run.extra == 0 && name.chars().count() <= 20;
        let ends = text[run.end..].starts_with(['。', '；', '，', ',', ')', '）']) || run.end == text.len();
        if !whole || !ends || rank {
            return None;
        }
    }
    // Amounts of the number's own unit are its parts, not its names.
    let own_unit = |a: &usize| prose.mentions[*a].unit == m.unit && !m.unit.is_empty();
    if !rank && run.amounts.iter().any(own_unit) {
        return None;
    }
    // 县科协、县文联、县贸促会: most end as units do, and none is long.
    let known = run.names.iter().filter(|r| is_unit(r)).count();
    let short = run.names.iter().all(|r| text[r.clone()].chars().count() <= MAX_NOUN);
    // 频道 behind the number, and at the end of each name.
    let echoed = last_word(noun.trim_end_matches(['（', '(', '：', ':', ' ']))
        .is_some_and(|w| !single && run.names.iter().all(|r| text[r.clone()].ends_with(w)));
    // “县农业局”“县粮食局”: what stands in quotation marks is a name.
    let quoted = |r: &Range<usize>| text[..r.start].ends_with(['“', '《']) || text[r.clone()].starts_with(['“', '《']);
    let units = known == run.names.len()
        || echoed
        || !single && run.names.iter().all(quoted)
        || link == Link::Exactly && short && 2 * known >= run.names.len()
        || run.amounts.len() == run.names.len();
    let label = m.label.trim_end_matches('共');
    let counted = NAMED
        .iter()
        .chain(&FURTHER)
        .any(|n| noun.trim_start().starts_with(n) || m.unit == *n || label.ends_with(n))
        || echoed;
    let cue = match link {
        Link::Some if !rank => Cue::Arithmetic,
        _ if run.ties > 0 => Cue::Arithmetic,
        // 6家，较上季度增加2家，分别是：: all of them, or those that are new.
        _ if changes::change_word(&m.label).is_some() && !m.label.ends_with("的有") => Cue::Arithmetic,
        // The first three are three: a tie would be told.
        _ if rank => Cue::Implied,
        Link::Exactly if units && counted && !single => Cue::Explicit,
        _ if single => Cue::Implied,
        _ => Cue::Arithmetic,
    };
    let ties = run.ties;
    Some(Found {
        names: Names {
            names: run.names,
            extra: run.extra,
            tied: 2 * ties,
        },
        open: run.open || link == Link::Some && !rank,
        cue,
    })
}

/// 5个检查组分赴甲县、乙县、丙县、丁县、戊县: the places that teams went to, one each; kept if they are as many.
fn sent_to(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let team = ["组", "队", "专班"].iter().any(|w| m.tail.contains(w)) || m.unit == "组";
    if !team || clause.after != Delim::Dun || m.value <= Decimal::TWO {
        return None;
    }
    let words = &text[m.full.end..clause.range.end];
    let verb = ["分赴", "赴", "进驻", "深入", "前往", "对", "到", "向"]
        .iter()
        .filter_map(|v| words.rfind(v).map(|at| at + v.len()))
        .max()?;
    let run = runs::read(text, prose, m.full.end + verb, prose.groups[clause.group].range.end)?;
    let short = run
        .names
        .iter()
        .rev()
        .skip(1)
        .all(|r| text[r.clone()].chars().count() <= MAX_NOUN);
    (run.amounts.is_empty() && run.names.len() > 2 && short).then_some(Found {
        names: Names {
            names: run.names,
            extra: run.extra,
            tied: 0,
        },
        open: run.open,
        cue: Cue::Arithmetic,
    })
}

/// 3个账号…，对责任单位甲、乙、丙予以通报: names further on in the sentence, kept if they are as many.
pub(super) fn further_on(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    if let Some(found) = sent_to(text, prose, mention) {
        return Some(found);
    }
    if clause.mentions.last() != Some(&mention) {
        return None;
    }
    let same_group: Vec<usize> = (m.clause + 1..prose.clauses.len().min(m.clause + 1 + MAX_NAMES))
        .filter(|c| prose.clauses[*c].group == clause.group && prose.clauses[*c].sentence == clause.sentence)
        .collect();
    let first = *same_group
        .iter()
        .take(3)
        .find(|c| prose.clauses[**c].after == Delim::Dun && prose.clauses[**c].mentions.is_empty())?;
    let position = same_group.iter().position(|c| *c == first)?;
    let mut names = Names::default();
    for &c in &same_group[position..] {
        let clause = &prose.clauses[c];
        if !clause.mentions.is_empty() {
            return None;
        }
        let name = trim_range(text, clause.range.clone());
        let bare: String = text[name.clone()].chars().take_while(|c| !"（(".contains(*c)).collect();
        names.names.push(name.start..name.start + bare.trim_end().len());
        if clause.after != Delim::Dun {
            break;
        }
    }
    let last_words = &text[names.names.last()?.clone()];
    let open = last_words.ends_with('等') || last_words.contains("等单位");
    names.extra = conjunctions(last_words);
    let long = names
        .names
        .iter()
        .any(|r| text[r.clone()].chars().count() > MAX_NAME || r.is_empty());
    // 无Ⅳ类、劣Ⅴ类断面: what there is none of is not what was counted.
    let denied = names
        .names
        .iter()
        .any(|r| text[r.clone()].starts_with(['无', '未', '不', '没']));
    (!long && !denied && names.names.len() >= 2).then_some(Found {
        names,
        open,
        cue: Cue::Arithmetic,
    })
}

/// Whether words point at a figure or table instead of naming something: 见图2, 表2, 附表3.
fn is_pointer(words: &str) -> bool {
    let words = words.trim();
    let words = words.strip_prefix(['见', '如']).unwrap_or(words);
    let number = ["附件", "附图", "附表", "图", "表"]
        .iter()
        .find_map(|w| words.strip_prefix(w));
    number.map(str::trim).is_some_and(|number| {
        let numeral = |c: char| c.is_ascii_digit() || "０１２３４５６７８９一二三四五六七八九十-—－.".contains(c);
        !number.is_empty() && number.chars().all(numeral)
    })
}
