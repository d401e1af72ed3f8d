//! Lists of names and their numbers; months.

use super::clauses::{Delim, Prose};
use super::{Reading, clause_start};
use crate::context::Context;
use crate::lexicon::UNIT_SUFFIXES;
use crate::{Cue, FigureClass, Formula, Operand, Reading as RelationReading, Relation, RelationKind};
use gouji_document::Span;
use std::ops::Range;

/// Longest list of names that is counted.
const MAX_NAMES: usize = 400;
/// Longest single name, in characters.
const MAX_NAME: usize = 40;

/// Whether a clause opens with a month: 4月份…, 2024年4月….
pub(crate) fn starts_with_month(clause: &str) -> bool {
    month_of(clause).is_some()
}

/// The month that words open with.
pub(crate) fn month_of(clause: &str) -> Option<u32> {
    let words = clause.trim_start();
    let words = words
        .strip_prefix("其中")
        .unwrap_or(words)
        .trim_start_matches(['，', ',', '：', ':', ' ']);
    let found = gouji_quantity::scan_periods(
        &words[..words.char_indices().nth(16).map_or(words.len(), |(i, _)| i)],
        Some(2000),
    );
    let first = found.first().filter(|p| p.range.start == 0)?;
    match first.period {
        gouji_quantity::Period::Month(_, m) => Some(m),
        _ => None,
    }
}

/// Runs of consecutive months in a passage, each with the first amount of its clause; all of one unit.
pub(crate) fn monthly_amounts(cx: &Context, reading: &Reading, passage: usize) -> Vec<Vec<usize>> {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let mut out: Vec<Vec<usize>> = Vec::new();
    let mut run: Vec<usize> = Vec::new();
    let mut last_month = 0;
    for clause in &prose.clauses {
        let Some(month) = month_of(&text[clause.range.clone()]) else {
            continue;
        };
        let Some(&m) = clause.mentions.first() else { continue };
        if clause.group > 0 || !prose.mentions[m].is_amount() {
            continue;
        }
        let follows = run
            .last()
            .is_some_and(|l| prose.mentions[*l].unit == prose.mentions[m].unit)
            && month == last_month + 1;
        if !follows {
            if run.len() >= 2 {
                out.push(std::mem::take(&mut run));
            }
            run.clear();
        }
        run.push(m);
        last_month = month;
    }
    if run.len() >= 2 {
        out.push(run);
    }
    out
}

// ---- counts of names ----

/// Names of a list: each with its bytes in the passage's text.
#[derive(Debug, Clone, Default)]
struct Names {
    names: Vec<Range<usize>>,
    /// Further names that the last element may hold (a final 和 or 及).
    extra: usize,
}

/// Numbers that say how many names stand beside them.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let text = cx.passages[passage].text.as_str();
        for mention in 0..prose.mentions.len() {
            let m = &prose.mentions[mention];
            let counts = matches!(m.class, FigureClass::Count | FigureClass::Rank) && m.decimals == 0;
            if !counts || !m.plain {
                continue;
            }
            if two_counts(cx, reading, passage, mention, out) {
                continue;
            }
            let found = names_before(text, prose, mention)
                .or_else(|| ordinals_after(text, prose, mention))
                .or_else(|| counted_names(text, prose, reading, passage, mention))
                .or_else(|| names_after(text, prose, mention));
            let Some((names, open, cue)) = found else { continue };
            push(cx, passage, text, mention, prose, &names, open, cue, out);
        }
    }
}

#[allow(clippy::too_many_arguments, reason = "the place of a list and how it was read")]
fn push(
    cx: &Context,
    passage: usize,
    text: &str,
    mention: usize,
    prose: &Prose,
    names: &Names,
    open: bool,
    cue: Cue,
    out: &mut Vec<Relation>,
) {
    let m = &prose.mentions[mention];
    let (least, most) = (names.names.len(), names.names.len() + names.extra);
    if least == 0 || most > MAX_NAMES {
        return;
    }
    let Some(stated) = usize::try_from(m.value.mantissa() / 10_i128.pow(m.value.scale())).ok() else {
        return;
    };
    let holds = (least..=most).contains(&stated);
    // An open list (甲、乙等20家) says nothing when it names fewer; far from the number, it is another list.
    let far = stated.abs_diff(least) > 2 + stated / 3;
    if !holds && (open && stated > most || far || cue == Cue::Arithmetic || least < 2) {
        return;
    }
    let whole = cx.passages[passage].text;
    let Some(stated_operand) = cx.operand(m.fig) else {
        return;
    };
    let operands: Vec<Operand> = names
        .names
        .iter()
        .map(|r| Operand::named(text[r.clone()].trim(), whole.source_span(r.clone())))
        .collect();
    let spans = operands.iter().filter_map(|o| o.span).chain([m.span]);
    let Some(cover) = Context::cover(spans) else { return };
    let quote = Span::new(
        clause_start(&cx.document.text, cover.start),
        extend_noun(&cx.document.text, cover.end, m),
    );
    out.push(Relation {
        kind: RelationKind::Count,
        rule: "names-listed",
        cue,
        readings: vec![RelationReading {
            formula: Formula::Count { least, most, open },
            stated: stated_operand,
            operands,
        }],
        quote,
    });
}

/// 24个县直单位和11个乡镇（街道），分别是：…: two counts over one list, told apart by what the names are.
fn two_counts(cx: &Context, reading: &Reading, passage: usize, first: usize, out: &mut Vec<Relation>) -> bool {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let Some(b) = prose.mentions.get(first + 1) else {
        return false;
    };
    let a = &prose.mentions[first];
    let joined =
        a.clause == b.clause && a.unit == b.unit && ["和", "及", "、", "与"].iter().any(|w| b.label.ends_with(w));
    if !joined {
        return false;
    }
    let town = |words: &str| ["乡镇", "镇", "街道", "乡"].iter().any(|w| words.contains(w));
    let (towns_first, towns_second) = (town(&a.tail), town(&b.tail));
    if towns_first == towns_second {
        return false;
    }
    let Some(names) =
        listed_after(text, prose, b.clause).or_else(|| parts_named_after(text, prose, reading, passage, b.full.end))
    else {
        return false;
    };
    let is_town = |r: &Range<usize>| {
        ["镇", "乡", "街道", "街道办", "办事处"]
            .iter()
            .any(|s| text[r.clone()].ends_with(s))
    };
    let (towns, others): (Vec<Range<usize>>, Vec<Range<usize>>) = names.names.into_iter().partition(is_town);
    let (of_a, of_b) = if towns_first { (towns, others) } else { (others, towns) };
    let cue = if names.open_cue { Cue::Explicit } else { Cue::Arithmetic };
    for (mention, names) in [(first, of_a), (first + 1, of_b)] {
        let single = names.len() == 1;
        let names = Names { names, extra: 0 };
        if single {
            push(cx, passage, text, mention, prose, &names, false, Cue::Arithmetic, out);
        } else {
            push(cx, passage, text, mention, prose, &names, false, cue, out);
        }
    }
    true
}

/// Names behind a number, with whether the text says outright that they are the counted ones.
struct Listed {
    names: Vec<Range<usize>>,
    open_cue: bool,
}

/// The names behind 分别是： in the clauses after `clause`.
fn listed_after(text: &str, prose: &Prose, clause: usize) -> Option<Listed> {
    let group = prose.clauses[clause].group;
    let same: Vec<usize> = (clause + 1..prose.clauses.len().min(clause + MAX_NAMES))
        .filter(|c| prose.clauses[*c].group == group)
        .collect();
    // The colon may stand behind a word of its own (分别是：) or right behind the number.
    let start = if prose.clauses[clause].after == Delim::Colon {
        0
    } else {
        let next = same.first()?;
        let short = text[prose.clauses[*next].range.clone()].chars().count() <= 6;
        if !(short && prose.clauses[*next].after == Delim::Colon && prose.clauses[*next].mentions.is_empty()) {
            return None;
        }
        1
    };
    let mut names = Vec::new();
    for &c in same.get(start..)? {
        if !prose.clauses[c].mentions.is_empty() {
            return None;
        }
        names.push(trim_range(text, prose.clauses[c].range.clone()));
        if prose.clauses[c].after != Delim::Dun {
            break;
        }
    }
    (names.len() >= 3).then_some(Listed { names, open_cue: true })
}

/// The names of the parts of the next list in the passage, shared amounts (A、B各4条) counted name by name.
fn parts_named_after(text: &str, prose: &Prose, reading: &Reading, passage: usize, from: usize) -> Option<Listed> {
    let list = reading.lists[passage]
        .iter()
        .find(|l| l.group == 0 && l.start >= from && l.items.len() >= 3)?;
    let mut names = Vec::new();
    for item in &list.items {
        let first = &prose.mentions[*item.amounts.first()?];
        let clause = first.clause;
        let own = prose.clauses[clause].range.start..first.full.start;
        let own_end = own.end
            - if text[own.clone()].ends_with('各') {
                "各".len()
            } else {
                0
            };
        names.push(trim_range(text, own.start..own_end));
        names.extend(
            (0..clause)
                .rev()
                .filter(|c| prose.clauses[*c].group == 0)
                .take(item.times.saturating_sub(1))
                .map(|c| trim_range(text, prose.clauses[c].range.clone())),
        );
    }
    Some(Listed { names, open_cue: false })
}

/// Takes the noun behind a number into the quotation (14个 → 14个单位).
fn extend_noun(source: &str, end: usize, m: &super::clauses::Mention) -> usize {
    if end != m.span.end {
        return end;
    }
    let noun: String = m.tail.chars().take_while(|c| c.is_alphabetic()).take(8).collect();
    if source[end..].starts_with(noun.as_str()) {
        end + noun.len()
    } else {
        end
    }
}

/// 甲、乙、丙共3个单位 / 甲、乙、丙等3家 / 甲、乙、丙3个领域.
fn names_before(text: &str, prose: &Prose, mention: usize) -> Option<(Names, bool, Cue)> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    if clause.before != Delim::Dun || clause.mentions.first() != Some(&mention) {
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
    // A last element that is itself a named part (县级部门18个) is no name before a number.
    if !open && cue == Cue::Implied && !ends_as_name(last, &m.tail) {
        return None;
    }
    let mut names = Names {
        names: vec![trim_range(text, clause.range.start..clause.range.start + last.len())],
        extra: conjunctions(last),
    };
    let mut idx = m.clause;
    while idx > 0 {
        let Some(previous) = (0..idx).rev().find(|c| prose.clauses[*c].group == clause.group) else {
            break;
        };
        let c = &prose.clauses[previous];
        if c.after != Delim::Dun {
            break;
        }
        // The first element may stand behind a figure: 报送30条以上的有甲镇、乙局2个单位.
        if let Some(last) = c.mentions.last() {
            let lead = first_name(text, prose.mentions[*last].full.end..c.range.end);
            if c.before != Delim::Dun && !lead.is_empty() {
                names.names.push(lead);
            }
            break;
        }
        names.names.push(if c.before == Delim::Dun {
            trim_range(text, c.range.clone())
        } else {
            first_name(text, c.range.clone())
        });
        if c.before != Delim::Dun || names.names.len() > MAX_NAMES {
            break;
        }
        idx = previous;
    }
    names.names.reverse();
    // The first element may carry a verb (涉及甲、…), or words that are no list at all.
    let longest = names
        .names
        .iter()
        .skip(1)
        .map(|r| text[r.clone()].chars().count())
        .max()?;
    if longest > MAX_NAME || names.names.iter().any(Range::is_empty) {
        return None;
    }
    Some((names, open, cue))
}

/// The first name of a list without the words that lead up to it: 涉及甲区, 以上的有乙镇, 对责任单位丙局, 二是统计.
fn first_name(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trim_range(text, range);
    let words = &text[range.clone()];
    let mut start = 0;
    for lead in [
        "涉及",
        "包括",
        "责任单位",
        "一是",
        "二是",
        "三是",
        "四是",
        "五是",
        "的有",
        "有",
        "如",
        "是",
        "为",
    ] {
        if let Some(at) = words.rfind(lead)
            && words[at + lead.len()..].chars().count() >= 2
            && !words[..at].ends_with(['国', '所', '因', '行', '作', '人'])
        {
            start = start.max(at + lead.len());
        }
    }
    range.start + start..range.end
}

/// A bare list before a number must end like names do: units, or the noun the number counts is a class word.
fn ends_as_name(last: &str, tail: &str) -> bool {
    let named = UNIT_SUFFIXES.iter().any(|s| last.ends_with(s));
    let class = [
        "单位", "部门", "领域", "方面", "镇", "乡", "街道", "县", "区", "市", "网站", "账号", "栏目", "类", "行业",
        "地区", "平台", "项目", "环节", "窗口",
    ]
    .iter()
    .any(|w| tail.starts_with(w));
    class || named && tail.is_empty()
}

/// How many more names a final element may hold: one for each 和, 及, 与, 以及 between two words.
fn conjunctions(last: &str) -> usize {
    let inner: Vec<char> = last.chars().collect();
    (1..inner.len().saturating_sub(1))
        .filter(|&i| "和及与".contains(inner[i]))
        .count()
        .min(2)
}

fn trim_range(text: &str, range: Range<usize>) -> Range<usize> {
    let s = &text[range.clone()];
    let lead = s.len() - s.trim_start().len();
    let end = range.start + lead + s.trim().len();
    range.start + lead..end
}

/// 五个方面：一是…；二是….
fn ordinals_after(text: &str, prose: &Prose, mention: usize) -> Option<(Names, bool, Cue)> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let sorts = ["方面", "问题", "原因", "特点", "措施", "重点", "环节", "类"]
        .iter()
        .any(|w| m.tail.starts_with(w))
        || m.unit == "类";
    if !sorts || clause.after != Delim::Colon {
        return None;
    }
    let rest = &text[clause.range.end..];
    let mut names = Names::default();
    for (n, numeral) in ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"]
        .iter()
        .enumerate()
    {
        let word = format!("{numeral}是");
        let Some(at) = rest.find(&word) else { break };
        let start = clause.range.end + at + word.len();
        let end = text[start..].find(['；', ';', '。']).map_or(text.len(), |e| start + e);
        if names.names.last().is_some_and(|last| start < last.end) || n != names.names.len() {
            break;
        }
        names.names.push(trim_range(text, start..end));
    }
    (names.names.len() >= 2).then_some((names, false, Cue::Explicit))
}

/// N个单位（甲2件、乙1件） and 前五位依次为：甲880件、乙679件: names with figures of another unit.
fn counted_names(
    text: &str,
    prose: &Prose,
    reading: &Reading,
    passage: usize,
    mention: usize,
) -> Option<(Names, bool, Cue)> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let group = prose.groups.iter().position(|g| g.host == Some(mention));
    let list = match group {
        Some(group) => reading.lists[passage].iter().find(|l| l.group == group)?,
        None => {
            if clause.after != Delim::Colon || clause.mentions.last() != Some(&mention) {
                return None;
            }
            let next = clause.range.end;
            reading.lists[passage]
                .iter()
                .find(|l| l.group == clause.group && l.start > next && text[next..l.start].chars().count() < 60)?
        }
    };
    let unit = prose.mentions[*list.items.first()?.amounts.first()?].unit.as_str();
    if unit == m.unit || list.items.len() < 2 {
        return None;
    }
    // The noun must be one that names can be: 单位, 镇, 部门, 窗口…; 前五 needs none.
    let nouns = [
        "单位", "部门", "镇", "乡", "街道", "县", "区", "市", "窗口", "网站", "账号", "科室", "企业", "行业", "领域",
        "平台",
    ];
    // 5个单位 or 责任单位5个.
    let counted = m.class == FigureClass::Rank
        || nouns.iter().any(|n| m.tail.starts_with(n))
        || m.tail.is_empty()
            && ["单位", "部门", "乡镇", "窗口", "企业", "科室"]
                .iter()
                .any(|n| m.label.ends_with(n));
    if !counted {
        return None;
    }
    let mut names = Names::default();
    for item in &list.items {
        let first = &prose.mentions[*item.amounts.first()?];
        let c = &prose.clauses[first.clause];
        let start = if first.digits.start > c.range.start && c.mentions.first() == item.amounts.first() {
            c.range.start
        } else {
            return None;
        };
        names.names.push(trim_range(text, start..first.full.start));
    }
    let open = group.is_some_and(|g| text[prose.groups[g].range.clone()].contains('等'));
    let cue = if m.class == FigureClass::Rank {
        Cue::Arithmetic
    } else {
        Cue::Explicit
    };
    Some((names, open, cue))
}

/// 3个单位：甲、乙、丙 / 前三名为甲、乙、丙 / 3个账号…对责任单位甲、乙、丙予以通报.
fn names_after(text: &str, prose: &Prose, mention: usize) -> Option<(Names, bool, Cue)> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    if clause.mentions.last() != Some(&mention) {
        return None;
    }
    let same_group: Vec<usize> = (m.clause + 1..prose.clauses.len().min(m.clause + 1 + MAX_NAMES))
        .filter(|c| prose.clauses[*c].group == clause.group)
        .collect();
    let announced = clause.after == Delim::Colon || m.class == FigureClass::Rank && clause.after == Delim::Dun;
    // Names in the number's own clause behind 分别是, 为: 窗口1个，为… and 前三名为甲、乙.
    let mut names = Names::default();
    let mut cue = Cue::Arithmetic;
    let first = if announced && clause.after == Delim::Colon {
        cue = if m.class == FigureClass::Rank {
            Cue::Arithmetic
        } else {
            Cue::Explicit
        };
        same_group.first().copied()?
    } else {
        *same_group
            .iter()
            .take(3)
            .find(|c| prose.clauses[**c].after == Delim::Dun && prose.clauses[**c].mentions.is_empty())?
    };
    let position = same_group.iter().position(|c| *c == first)?;
    let rank = m.class == FigureClass::Rank;
    for &c in &same_group[position..] {
        let clause = &prose.clauses[c];
        // In a ranking each name may bring its score: 甲县102分，乙县101分.
        let end = match clause.mentions.first() {
            Some(score) if rank => prose.mentions[*score].full.start,
            Some(_) => return None,
            None => clause.range.end,
        };
        let name = trim_range(text, clause.range.start..end.max(clause.range.start));
        let bare: String = text[name.clone()].chars().take_while(|c| !"（(".contains(*c)).collect();
        names.names.push(name.start..name.start + bare.trim_end().len());
        let goes_on = clause.after == Delim::Dun || rank && clause.after == Delim::Comma && !clause.mentions.is_empty();
        if !goes_on {
            break;
        }
    }
    let last = names.names.last()?.clone();
    let last_words = &text[last.clone()];
    let open = last_words.ends_with('等') || last_words.contains("等单位");
    names.extra = conjunctions(last_words);
    let long = names
        .names
        .iter()
        .any(|r| text[r.clone()].chars().count() > MAX_NAME || r.is_empty());
    if long || names.names.len() < 2 {
        return None;
    }
    // Only names of units are surely what 单位, 家 or 部门 counts.
    let units = names
        .names
        .iter()
        .take(names.names.len() - 1)
        .all(|r| UNIT_SUFFIXES.iter().any(|s| text[r.clone()].ends_with(s)));
    if cue == Cue::Explicit
        && !(units
            && ["单位", "部门", "镇", "乡", "街道", "县", "家"]
                .iter()
                .any(|n| m.tail.starts_with(n) || m.unit == *n))
    {
        cue = Cue::Arithmetic;
    }
    Some((names, open, cue))
}
