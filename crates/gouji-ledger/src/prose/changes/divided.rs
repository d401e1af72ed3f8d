//! The growth of a whole that is told without amounts: 工业增加值增长10.2%。分门类看，采矿业增长18.1%，制造业增长9.1%，….

use super::bounds::{Growth, between, signed};
use super::words::change_of;
use crate::context::Context;
use crate::prose::clauses::{Delim, Prose};
use crate::prose::{MentionRef, Reading};
use crate::{FigureClass, Relation};

/// Most parts that are read.
const MAX_PARTS: usize = 20;
/// How many passages back the whole is looked for.
const MAX_BACK: usize = 1;
/// How many mentions before the division are looked at for the whole.
const MAX_BEFORE: usize = 16;

/// A growth is of one of these, if its words name one: the whole's and the parts' must be the same.
const MEASURED: [&str; 8] = ["增加值", "投资", "利润", "营业收入", "零售额", "用电量", "产值", "存款"];

/// Divisions announced by 分…看, each part with its growth, of the nearest growth that opens a sentence before; kept if it holds.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let text = cx.passages[passage].text.as_str();
        for clause in 0..prose.clauses.len() {
            let Some(of) = divides(text[prose.clauses[clause].range.clone()].trim()) else {
                continue;
            };
            let parts = parts(reading, passage, clause);
            if parts.len() < 2 {
                continue;
            }
            let first = prose.clauses[clause].range.end;
            // Amounts that add up are held together by themselves.
            let from = prose.mentions.partition_point(|m| m.full.start < first);
            let known = (from..parts[0][0].at.mention).any(|mention| reading.is_part(MentionRef { passage, mention }));
            if known {
                continue;
            }
            let whole = whole(cx, reading, (passage, first), &parts, of);
            out.extend(between(cx, reading, &whole, &parts));
        }
    }
}

/// 分产业看, 按经营单位所在地分, 从三大门类看: divisions that name all parts; 从热点商品看 names some. Gives the noun that names the
/// whole of such a division, if there is one.
fn divides(words: &str) -> Option<&'static str> {
    const ALL: [(&str, &str); 11] = [
        ("门类", "工业"),
        ("轻重工业", "工业"),
        ("产业", ""),
        ("三大", ""),
        ("所在地", "零售"),
        ("城乡", ""),
        ("消费类型", "零售"),
        ("消费形态", "零售"),
        ("地区", ""),
        ("区域", ""),
        ("板块", ""),
    ];
    let short = words.chars().count() <= 12;
    let by = words.starts_with(['分', '从']) && words.ends_with('看')
        || words.starts_with('按') && words.ends_with(['分', '看']);
    let all = ALL.iter().find(|(w, _)| words.contains(w))?;
    (short && by).then_some(all.1)
}

/// The growths of each part behind the clause that divides, to the sentence's end: the first of its name, and those against other times.
fn parts(reading: &Reading, passage: usize, clause: usize) -> Vec<Vec<Growth>> {
    let prose: &Prose = &reading.prose[passage];
    let head = &prose.clauses[clause];
    let mut out: Vec<Vec<Growth>> = Vec::new();
    let from = prose.mentions.partition_point(|m| m.full.start < head.range.end);
    // A name was told whose growth was not yet: 采矿业占96.0%，下降15.6%.
    let mut named = false;
    // 特别是 and 其中 tell of a part within a part, to the next ；.
    let mut within = false;
    for mention in from..prose.mentions.len().min(from + 4 * MAX_PARTS) {
        let m = &prose.mentions[mention];
        let own = &prose.clauses[m.clause];
        if own.sentence != head.sentence {
            break;
        }
        if own.group != head.group {
            continue;
        }
        if own.before == Delim::Semi {
            within = false;
        }
        within |= ["其中", "特别", "尤其"].iter().any(|w| m.label.contains(w));
        if within {
            continue;
        }
        let growth = signed(reading, MentionRef { passage, mention });
        match change_of(m).filter(|_| m.is_rate()) {
            Some(change) if named || !change.subject.is_empty() => {
                if let Some(growth) = growth {
                    out.push(vec![growth]);
                    named = false;
                }
            }
            Some(_) => {
                if let (Some(growth), Some(last)) = (growth, out.last_mut())
                    && last.iter().all(|g| g.since != growth.since)
                {
                    last.push(growth);
                }
            }
            None => {
                named |= m.label.chars().count() >= 2 && !m.label.starts_with('占') && m.class != FigureClass::Points
            }
        }
    }
    out.truncate(MAX_PARTS);
    // 第二产业投资增长46%，工业投资增长32%: beside 第一产业 and 第三产业 another name is of another level.
    let industry = |g: &Vec<Growth>| prose.mentions[g[0].at.mention].label.contains("产业");
    if out.iter().filter(|g| industry(g)).count() >= 2 {
        out.retain(industry);
    }
    out
}

/// The growths of the whole: those of the only sentence before the division, in its paragraph or else the one before, that tells any.
/// Of several it is the nearest that is named by the noun `of`, or else the first, if the noun that ends its subject is named by all
/// parts (固定资产投资, 第一产业投资).
fn whole(
    cx: &Context,
    reading: &Reading,
    (passage, before): (usize, usize),
    parts: &[Vec<Growth>],
    of: &str,
) -> Vec<Growth> {
    for p in (passage.saturating_sub(MAX_BACK)..=passage).rev() {
        let prose = &reading.prose[p];
        let until = if p == passage {
            prose.mentions.partition_point(|m| m.full.start < before)
        } else {
            prose.mentions.len()
        };
        // By sentence, in order.
        let mut told: Vec<(usize, Vec<Growth>)> = Vec::new();
        for mention in until.saturating_sub(MAX_BEFORE)..until {
            let m = &prose.mentions[mention];
            let clause = &prose.clauses[m.clause];
            let Some(g) = signed(reading, MentionRef { passage: p, mention }).filter(|_| clause.group == 0) else {
                continue;
            };
            match told.last_mut().filter(|(sentence, _)| *sentence == clause.sentence) {
                Some((_, growths)) => {
                    let further = change_of(m).is_some_and(|c| c.subject.is_empty());
                    if further && growths.iter().all(|known| known.since != g.since) {
                        growths.push(g);
                    }
                }
                None => told.push((clause.sentence, vec![g])),
            }
        }
        if told.is_empty() {
            continue;
        }
        let measured = |growths: &[Growth]| one_measure(reading, growths, parts);
        // A sentence that divides tells of parts itself.
        let text = cx.passages[p].text.as_str();
        let parted = |sentence: usize| {
            let from = prose.clauses.partition_point(|c| c.sentence < sentence);
            let own = prose.clauses[from..]
                .iter()
                .take_while(|c| c.sentence == sentence)
                .take(2);
            own.map(|c| text[c.range.clone()].trim())
                .any(|words| words.starts_with(['分', '按', '从']) && words.ends_with(['看', '分']))
        };
        let by_noun = told.iter().rev().find(|(sentence, growths)| {
            !of.is_empty() && named(reading, growths[0]).contains(of) && measured(growths) && !parted(*sentence)
        });
        if let Some((_, growths)) = by_noun {
            return growths.clone();
        }
        let (_, first) = &told[0];
        let several = told.len() > 1 || until > MAX_BEFORE;
        let subject: Vec<char> =
            change_of(reading.mention(first[0].at)).map_or(Vec::new(), |c| c.subject.chars().collect());
        let noun: String = subject[subject.len().saturating_sub(2)..].iter().collect();
        let label = |q: &Vec<Growth>| &reading.mention(q[0].at).label;
        let same = noun.chars().count() == 2 && parts.iter().all(|q| label(q).contains(noun.as_str()));
        return if !several || same && until <= MAX_BEFORE {
            first.clone()
        } else {
            Vec::new()
        };
    }
    Vec::new()
}

/// The words that name what grew: the growth's own, or those of the amount before it.
fn named(reading: &Reading, growth: Growth) -> &str {
    let prose = &reading.prose[growth.at.passage];
    let m = reading.mention(growth.at);
    let own = change_of(m).is_none_or(|c| !c.subject.is_empty());
    let sentence = prose.clauses[m.clause].sentence;
    let before = || {
        let before = (0..growth.at.mention).rev().take(4).map(|i| &prose.mentions[i]);
        before
            .take_while(|n| prose.clauses[n.clause].sentence == sentence)
            .find(|n| n.is_amount() && change_of(n).is_none())
    };
    match before().filter(|_| !own) {
        Some(amount) => &amount.label,
        None => &m.label,
    }
}

/// Whether the whole measures what its parts do, where these say it.
fn one_measure(reading: &Reading, whole: &[Growth], parts: &[Vec<Growth>]) -> bool {
    let words = named(reading, whole[0]);
    MEASURED
        .iter()
        .filter(|w| parts.iter().any(|p| named(reading, p[0]).contains(*w)))
        .all(|w| words.contains(w))
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::bounds;

    #[test]
    fn growths_of_a_division_without_amounts() {
        assert_eq!(
            bounds(
                "规模以上工业增加值同比增长8.2%，两年平均增长5.0%。分门类看，采矿业同比增长12.5%，制造业同比增长7.9%，热力生产业同比下降1.3%。"
            ),
            ["bound~ 8.2% <- 12.5% 7.9% 1.3%"]
        );
        assert_eq!(
            bounds(
                "固定资产投资负增长6.0%。分产业看，第一产业投资增长3.2%，第二产业投资负增长9.5%，第三产业投资负增长4.1%。"
            ),
            ["bound~ 6.0% <- 3.2% 9.5% 4.1%"]
        );
    }

    #[test]
    fn growths_against_several_times_and_one_division_behind_another() {
        assert_eq!(
            bounds(
                "规模以上工业增加值24.7亿元，增长12.6%，两年平均增长9.8%。分三大门类看，上半年，采矿业增加值同比下降8.4%，两年平均增长3.1%；制造业增加值增长16.5%，两年平均增长7.4%；电力热力供应业增加值增长13.7%，两年平均增长12.9%。"
            ),
            ["bound~ 12.6% <- 8.4% 16.5% 13.7%", "bound~ 9.8% <- 3.1% 7.4% 12.9%"]
        );
        assert_eq!(
            bounds(
                "规模以上工业增加值同比增长7.6%，比一季度加快1.3个百分点。分经济类型看，国有企业增长9.2%；私营企业增长6.8%。分三大门类看，采矿业增加值增长5.9%，制造业增长7.8%，热力供应业增长10.4%。"
            ),
            ["bound~ 7.6% <- 5.9% 7.8% 10.4%"]
        );
    }

    #[test]
    fn trade_is_divided_by_place_and_by_kind() {
        assert_eq!(
            bounds(
                "消费品零售总额增长5.0%。按经营单位所在地分，城镇消费品零售额增长4.8%，乡村消费品零售额增长6.1%。按消费类型分，商品零售增长4.7%，餐饮收入增长8.0%。"
            ),
            ["bound~ 5.0% <- 4.8% 6.1%", "bound~ 5.0% <- 4.7% 8.0%"]
        );
    }

    #[test]
    fn a_growth_beyond_all_parts_is_of_another_whole() {
        for text in [
            "固定资产投资增长16.0%。分产业看，第一产业投资增长3.2%，第二产业投资增长9.5%。",
            "消费品零售额增长14.6%。从热点商品看，粮油类增长27.3%，烟酒类增长13.9%。",
            "技改投资增长31.4%。民营企业增加值增长9.0%。分产业看，第一产业增长67.2%，第二产业增长4.1%。",
            "固定资产投资增长6.0%。其中，第一产业投资增长3.2%，第二产业投资增长9.5%。",
            "规模以上工业利润增长8.0%。进出口增长2.0%。分三大门类看，采矿业增加值增长7.0%，制造业增加值增长9.0%。",
        ] {
            assert_eq!(bounds(text), [""; 0], "{text}");
        }
    }
}
