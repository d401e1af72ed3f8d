//! The growth of a whole that is told without amounts: 工业增加值增长10.2%。分门类看，采矿业增长18.1%，制造业增长9.1%，….

use super::bounds::{Growth, bound};
use super::words::change_of;
use crate::Relation;
use crate::context::Context;
use crate::prose::clauses::{Delim, Prose};
use crate::prose::{MentionRef, Reading};

/// Most parts that are read.
const MAX_PARTS: usize = 20;
/// How many passages back the whole is looked for.
const MAX_BACK: usize = 1;
/// How many mentions before the division are looked at for the whole.
const MAX_BEFORE: usize = 12;

/// Divisions announced by 分…看, each part with its growth, of the nearest growth that opens a sentence before; kept if it holds.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let text = cx.passages[passage].text.as_str();
        for clause in 0..prose.clauses.len() {
            if !divides(text[prose.clauses[clause].range.clone()].trim()) {
                continue;
            }
            let parts = parts(prose, clause);
            if parts.len() < 2 {
                continue;
            }
            let first = prose.clauses[clause].range.end;
            if let Some((stands_in, whole)) = whole(reading, passage, first, &parts)
                && parts.iter().all(|p| p.since.agrees(whole.since))
            {
                // Amounts that add up were held together already.
                let from = prose.mentions.partition_point(|m| m.full.start < first);
                let known = (from..parts[0].at).any(|mention| reading.is_part(MentionRef { passage, mention }));
                if !known {
                    out.extend(bound(cx, reading, stands_in, whole, passage, &parts));
                }
            }
        }
    }
}

/// 分产业看, 按经营单位所在地分, 从三大门类看: divisions that name all parts; 从热点商品看 names some.
fn divides(words: &str) -> bool {
    let short = words.chars().count() <= 12;
    let by = words.starts_with(['分', '从']) && words.ends_with('看')
        || words.starts_with('按') && words.ends_with(['分', '看']);
    let all = [
        "产业",
        "门类",
        "三大",
        "所在地",
        "城乡",
        "消费类型",
        "消费形态",
        "轻重工业",
    ]
    .iter()
    .any(|w| words.contains(w));
    short && by && all
}

/// The growths of the parts behind the clause that divides, to the sentence's end: the first of each name.
fn parts(prose: &Prose, clause: usize) -> Vec<Growth> {
    let head = &prose.clauses[clause];
    let mut out: Vec<Growth> = Vec::new();
    let from = prose.mentions.partition_point(|m| m.full.start < head.range.end);
    // A name was told whose growth was not yet: 采矿业占96.0%，下降15.6%.
    let mut named = false;
    // 特别是 and 其中 tell of a part within a part, to the next ；.
    let mut within = false;
    for at in from..prose.mentions.len().min(from + 4 * MAX_PARTS) {
        let m = &prose.mentions[at];
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
        match change_of(m).filter(|_| m.is_rate()) {
            Some(change) if named || !change.subject.is_empty() => {
                if let Some(growth) = named_growth(prose, at) {
                    out.push(growth);
                    named = false;
                }
            }
            Some(_) => {}
            None => named |= m.label.chars().count() >= 2 && !m.label.starts_with('占'),
        }
    }
    out.truncate(MAX_PARTS);
    // 第二产业投资增长46%，工业投资增长32%: beside 第一产业 and 第三产业 another name is of another level.
    let industry = |g: &Growth| prose.mentions[g.at].label.contains("产业");
    if out.iter().filter(|g| industry(g)).count() >= 2 {
        out.retain(industry);
    }
    out
}

/// 制造业同比增长9.1%: the growth of what its own words name.
fn named_growth(prose: &Prose, at: usize) -> Option<Growth> {
    let m = &prose.mentions[at];
    let change = change_of(m).filter(|_| m.is_rate())?;
    let other = ["分别", "平均", "累计"].iter().any(|w| m.label.contains(w));
    let fell = change.fell && !m.value.is_sign_negative();
    (!other).then(|| Growth {
        at,
        value: if fell { -m.value } else { m.value },
        since: change.since,
    })
}

/// The growth of the whole: the first of the only sentence before the division, in its paragraph or else the one before, that tells any;
/// of several the first sentence's, if the noun that ends its subject is named by all parts (固定资产投资, 第一产业投资).
fn whole(reading: &Reading, passage: usize, before: usize, parts: &[Growth]) -> Option<(usize, Growth)> {
    let named = &reading.prose[passage].mentions;
    for p in (passage.saturating_sub(MAX_BACK)..=passage).rev() {
        let prose = &reading.prose[p];
        let until = if p == passage {
            named.partition_point(|m| m.full.start < before)
        } else {
            prose.mentions.len()
        };
        let mut found: Option<(usize, Growth)> = None;
        let mut several = until > MAX_BEFORE;
        for at in until.saturating_sub(MAX_BEFORE)..until {
            let m = &prose.mentions[at];
            let clause = &prose.clauses[m.clause];
            if clause.group > 0 {
                continue;
            }
            if let Some(g) = named_growth(prose, at) {
                match found {
                    Some((sentence, _)) => several |= sentence != clause.sentence,
                    None => found = Some((clause.sentence, g)),
                }
            }
        }
        if let Some((_, g)) = found {
            let subject = change_of(&prose.mentions[g.at]).map(|c| c.subject)?;
            let noun: String = subject
                .chars()
                .skip(subject.chars().count().saturating_sub(2))
                .collect();
            let same = noun.chars().count() == 2 && parts.iter().all(|q| named[q.at].label.contains(noun.as_str()));
            return (!several || same && until <= MAX_BEFORE).then_some((p, g));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn bounds(text: &str) -> Vec<String> {
        let bounds = read(text).into_iter().filter(|line| line.starts_with("bound"));
        bounds.collect()
    }

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
    fn a_growth_beyond_all_parts_is_of_another_whole() {
        for text in [
            "固定资产投资增长16.0%。分产业看，第一产业投资增长3.2%，第二产业投资增长9.5%。",
            "消费品零售额增长16.8%。从热点商品看，粮油类增长38.8%，烟酒类增长16.2%。",
            "技改投资增长28.5%。民营企业增加值增长9.0%。分产业看，第一产业增长86.6%，第二产业增长4.1%。",
            "固定资产投资增长6.0%。其中，第一产业投资增长3.2%，第二产业投资增长9.5%。",
        ] {
            assert_eq!(bounds(text), [""; 0], "{text}");
        }
    }
}
