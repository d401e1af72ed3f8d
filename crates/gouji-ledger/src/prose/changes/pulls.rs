//! What each part adds to a growth: 增长10.4%, of which 拉动0.5, 4.3 and 5.6 points; 贡献率 of 5 %, 38.8 % and 56.2 %.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::bounds::within_rounding;
use super::words::change_of;
use crate::context::Context;
use crate::prose::clauses::{Delim, Prose};
use crate::prose::{MentionRef, Reading, relation, shares};
use crate::{Cue, FigureClass, Formula, Operand, Relation, RelationKind};

/// How many mentions before the pulls the growth is looked for.
const REACH: usize = 40;
/// Most parts of a growth.
const MAX_PARTS: usize = 12;

/// The pulls of the parts of a growth give it, their contributions 100 %: kept if they do.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for first in 0..prose.mentions.len() {
            if taken.contains(&first) {
                continue;
            }
            let pulls = run(prose, first, "拉动", FigureClass::Points);
            if pulls.len() >= 2 {
                out.extend(growth(cx, reading, passage, &pulls));
                taken.extend(pulls);
                continue;
            }
            let contributions = run(prose, first, "贡献", FigureClass::Rate);
            if contributions.len() >= 2 {
                hundred(cx, reading, passage, &contributions, out);
                taken.extend(contributions);
            }
        }
    }
}

/// Contributions add to 100 %.
fn hundred(cx: &Context, reading: &Reading, passage: usize, contributions: &[usize], out: &mut Vec<Relation>) {
    let prose = &reading.prose[passage];
    let first = &prose.mentions[contributions[0]];
    let operands = contributions.iter().filter_map(|m| cx.operand(prose.mentions[*m].fig));
    // 三次产业…贡献率分别为: all of it.
    let start = prose.clauses[first.clause.saturating_sub(1)].range.start;
    let words = cx.passages[passage].text.get(start..first.full.start).unwrap_or("");
    let all = contributions.len() == 3 && ["三次产业", "三产", "三大需求"].iter().any(|w| words.contains(w));
    shares::fill_hundred(cx, operands.collect(), all, out);
}

/// Figures from one on that each say `word`, or are joined to one that does by 、 and 和 (分别拉动…0.4个、3.2个、4.6个百分点), in one sentence.
fn run(prose: &Prose, first: usize, word: &str, class: FigureClass) -> Vec<usize> {
    let mut out: Vec<usize> = Vec::new();
    let mut joined = false;
    for (at, m) in prose.mentions.iter().enumerate().skip(first).take(3 * MAX_PARTS) {
        let clause = &prose.clauses[m.clause];
        let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
        if out.last().is_some_and(|last| sentence(*last) != clause.sentence) {
            break;
        }
        let said = m.label.contains(word);
        let follows = !out.is_empty()
            && (m.label.is_empty() && clause.before == Delim::Dun || ["和", "及", "与"].contains(&m.label.as_str()))
            && out.last() == at.checked_sub(1).as_ref();
        // In a row only the last has the whole unit: 0.4个、3.2个、4.6个百分点.
        let bare = class == FigureClass::Points && m.class == FigureClass::Count && m.unit == "个" && m.decimals > 0;
        let fits = m.plain && (m.class == class || bare);
        match (out.is_empty(), fits && (said || follows)) {
            (true, false) => return out,
            (_, true) => {
                joined |= follows;
                out.push(at);
            }
            // 第一产业10亿元，贡献率6%，拉动0.5个百分点；第二产业40亿元，贡献率…: others stand between.
            (false, false) if !joined => {}
            (false, false) => break,
        }
    }
    out.truncate(MAX_PARTS);
    let whole = |m: &usize| prose.mentions[*m].class == class;
    if out.last().is_some_and(whole) { out } else { Vec::new() }
}

/// The nearest growth before the pulls that they give.
fn growth(cx: &Context, reading: &Reading, passage: usize, pulls: &[usize]) -> Option<Relation> {
    let prose = &reading.prose[passage];
    let operands: Option<Vec<Operand>> = pulls
        .iter()
        .map(|m| {
            let mention = &prose.mentions[*m];
            let mut operand = cx.operand(mention.fig)?;
            // 0.7个 beside 百分点 is rounded as they are.
            operand.ulp = Decimal::new(1, mention.decimals.min(12));
            Some(operand)
        })
        .collect();
    let operands = operands?;
    let sum = operands
        .iter()
        .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
    let growths = |passage: usize, before: usize| -> Vec<Operand> {
        let mentions = (0..before).rev().take(REACH);
        mentions
            .map(|mention| reading.mention(MentionRef { passage, mention }))
            .filter(|m| m.is_rate() && !m.label.contains("贡献") && change_of(m).is_some_and(|c| !c.fell))
            .filter_map(|m| cx.operand(m.fig))
            .collect()
    };
    let beside = growths(passage, *pulls.first()?);
    // Within rounding it is the growth that all the others are told behind.
    let exact = beside.iter().find(|stated| stated.value == Some(sum)).cloned();
    let first = || {
        beside
            .last()
            .filter(|stated| within_rounding(stated, &operands))
            .cloned()
    };
    // A paragraph of their own has the growth in the one above it.
    let above = || {
        let passage = passage.checked_sub(1).filter(|_| beside.is_empty())?;
        let growths = growths(passage, reading.prose[passage].mentions.len());
        growths.into_iter().find(|stated| stated.value == Some(sum))
    };
    let stated = exact.or_else(first).or_else(above)?;
    relation(
        cx,
        RelationKind::Sum,
        "growth-from-pulls",
        Cue::Arithmetic,
        Formula::Sum,
        stated,
        operands,
    )
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn lines(text: &str) -> Vec<String> {
        let found = read(text).into_iter();
        found
            .filter(|l| l.starts_with("sum") || l.starts_with("share-sum"))
            .collect()
    }

    #[test]
    fn pulls_give_the_growth_and_contributions_a_hundred() {
        let text = "生产总值同比增长8.2%，两年平均增长6.4%。三次产业对增长的贡献率分别为5%、38.8%、56.2%，分别拉动经济增长0.4个、3.2个、4.6个百分点。";
        assert_eq!(
            lines(text),
            [
                "sum~ 8.2% <- 0.4个 3.2个 4.6个百分点",
                "share-sum~ 100% <- 5% 38.8% 56.2%"
            ]
        );
        let text =
            "生产总值增长6.0%。第一产业拉动增长0.5个百分点，第二产业拉动增长2.5个百分点，第三产业拉动增长3.0个百分点。";
        assert_eq!(lines(text), ["sum~ 6.0% <- 0.5个百分点 2.5个百分点 3.0个百分点"]);
        let text = "生产总值100.0亿元，同比增长10.4%。第二产业40.0亿元，增长10.2%；三次产业分别拉动增长0.5、4.3和5.6个百分点。";
        assert_eq!(lines(text), ["sum~ 10.4% <- 0.5 4.3 5.6个百分点"]);
        let text = "第一产业贡献率为8.0%，拉动0.5个百分点；第二产业贡献率为42.0%，拉动2.5个百分点；第三产业贡献率为50.0%，拉动3.0个百分点。";
        assert_eq!(lines(text), ["share-sum~ 100% <- 8.0% 42.0% 50.0%"]);
    }

    #[test]
    fn contributions_of_the_three_industries_are_all() {
        let text = "生产总值同比增长8.2%。三次产业对增长的贡献率分别为5%、38.5%、56.2%。";
        assert_eq!(lines(text), ["share-sum? 100% <- 5% 38.5% 56.2%"]);
        let text = "生产总值同比增长8.2%。三大行业对增长的贡献率分别为5%、21.3%、34.6%。";
        assert_eq!(lines(text), [""; 0]);
    }

    #[test]
    fn the_growth_of_the_paragraph_above() {
        let text = "全县生产总值120.5亿元，同比增长3.6%，其中第一产业增长2.2%。\n第一产业对经济增长的贡献率为6.6%，拉动经济增长0.2个百分点；第二产业贡献率为70.4%，拉动经济增长2.6个百分点；第三产业贡献率为23.0%，拉动经济增长0.8个百分点。";
        assert!(lines(text).contains(&"sum~ 3.6% <- 0.2个百分点 2.6个百分点 0.8个百分点".to_owned()));
        let none = text.replace("增长3.6%", "增长3.9%");
        assert!(!lines(&none).iter().any(|l| l.starts_with("sum")));
    }

    #[test]
    fn some_pulls_are_no_growth() {
        for text in [
            "生产总值增长6.0%。工业拉动增长2.5个百分点，服务业拉动增长1.0个百分点。",
            "第一产业贡献率为8.0%，工业贡献率为32.0%。",
            "消费拉动增长2.5个百分点。",
        ] {
            assert_eq!(lines(text), [""; 0], "{text}");
        }
    }
}
