//! The growth of a total lies between the growths of its parts: 增长4.2%, of 2.1%, 5.9% and 3.6%.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use super::words::{self, Since, change_of};
use crate::context::Context;
use crate::prose::rates::is_base;
use crate::prose::{MentionRef, Reading};
use crate::words::last;
use crate::{Cue, FigureClass, FigureIdx, Formula, Operand, Relation, RelationKind};

/// How many mentions behind an amount its growths are looked for.
const REACH: usize = 9;
/// Most parts whose growths are held against their total's.
const MAX_PARTS: usize = 60;

/// A growth told behind a figure, signed, with the mention that tells it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Growth {
    pub at: MentionRef,
    pub value: Decimal,
    pub since: Since,
}

/// For each sum that holds, at least within rounding, whose total and parts all tell their growth: the total's is a mean of the parts'
/// and cannot lie beyond them all. Growths at constant prices are chained and revised, so that beyond is no complaint by itself: kept
/// if it holds.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let places: BTreeMap<FigureIdx, MentionRef> = reading
        .prose
        .iter()
        .enumerate()
        .flat_map(|(passage, prose)| {
            let at = move |mention| MentionRef { passage, mention };
            prose
                .mentions
                .iter()
                .enumerate()
                .map(move |(m, mention)| (mention.fig, at(m)))
        })
        .collect();
    let mut sums: BTreeSet<(MentionRef, Vec<MentionRef>)> = BTreeSet::new();
    for partition in reading.partitions.iter().filter(|p| p.adds_up(cx, reading)) {
        let parts = partition.aligned.iter().flatten().map(|mention| MentionRef {
            passage: partition.passage,
            mention: *mention,
        });
        let parts: Vec<MentionRef> = parts.collect();
        if parts.len() == partition.aligned.len() {
            sums.insert((partition.total, parts));
        }
    }
    sums.extend(out.iter().filter_map(|r| sum_of_figures(r, &places)));
    let mut known: BTreeSet<Vec<MentionRef>> = out
        .iter()
        .filter(|r| r.kind == RelationKind::Bound)
        .filter_map(|r| figures_of(r, &places))
        .collect();
    for (total, parts) in sums {
        if parts.len() < 2 || parts.len() > MAX_PARTS {
            continue;
        }
        let of_rates = rates_between(cx, reading, total, &parts);
        let parts: Vec<Vec<Growth>> = parts.iter().map(|p| growths_behind(reading, *p)).collect();
        out.extend(of_rates.filter(|r| figures_of(r, &places).is_some_and(|figures| known.insert(figures))));
        for bound in between(cx, reading, &growths_behind(reading, total), &parts) {
            if figures_of(&bound, &places).is_some_and(|figures| known.insert(figures)) {
                out.push(bound);
            }
        }
    }
}

/// 检测500批次，合格率96.0%，其中蔬菜300批次，合格率95.0%；水果200批次，合格率97.5%: the rate of all lies between those of the parts under its name.
fn rates_between(cx: &Context, reading: &Reading, total: MentionRef, parts: &[MentionRef]) -> Option<Relation> {
    let one_passage = parts.iter().all(|p| p.passage == total.passage);
    let mut ends: Vec<usize> = parts.iter().map(|p| p.mention).filter(|_| one_passage).collect();
    ends.push(total.mention);
    ends.sort_unstable();
    let prose = &reading.prose[total.passage];
    // The rate of an amount stands behind it, before the next of them and in its sentence.
    let rate = |of: MentionRef, name: Option<&str>| {
        let next = ends
            .iter()
            .copied()
            .find(|e| *e > of.mention)
            .unwrap_or(prose.mentions.len());
        (of.mention + 1..next.min(of.mention + REACH))
            .map(|mention| MentionRef { mention, ..of })
            .take_while(|m| reading.one_sentence(*m, of))
            .find(|m| name_of_rate(reading, *m).is_some_and(|n| name.is_none_or(|name| name == n)))
    };
    let all = rate(total, None).filter(|_| one_passage)?;
    let name = name_of_rate(reading, all)?;
    let told: Option<Vec<MentionRef>> = parts.iter().map(|p| rate(*p, Some(name))).collect();
    let values = || told.iter().flatten().map(|m| reading.mention(*m).value);
    let value = reading.mention(all).value;
    let slack = Decimal::new(5, reading.mention(all).decimals.min(12) + 1);
    let holds = value >= values().min()?.checked_sub(slack)? && value <= values().max()?.checked_add(slack)?;
    let stated = cx.operand(reading.mention(all).fig)?;
    let operands: Option<Vec<_>> = told?.iter().map(|m| cx.operand(reading.mention(*m).fig)).collect();
    if holds {
        within(cx, "rate-between-parts", stated, operands?)
    } else {
        None
    }
}

/// The last three characters of what a rate is called, or of the plan that a part is of (完成年度计划的25.6%); shares of one whole are no rates.
fn name_of_rate(reading: &Reading, at: MentionRef) -> Option<&str> {
    let m = reading.mention(at);
    let name = m.label.trim_end_matches(['为', '达', '到', '是', '约', '仅', '均']);
    let share = ["占", "比重", "比例"].iter().any(|w| name.contains(w));
    let plan = name.ends_with('的') && ["计划", "任务", "目标"].iter().any(|w| name.contains(w));
    let rate = m.is_rate() && words::change_word(name).is_none() && !share && (name.ends_with('率') || plan);
    rate.then(|| last(name, 3))
}

/// That each growth of a whole lies between those of its parts since the same time; those that do not are left out.
pub(super) fn between(cx: &Context, reading: &Reading, whole: &[Growth], parts: &[Vec<Growth>]) -> Vec<Relation> {
    of_one_time(whole, parts)
        .into_iter()
        .filter_map(|(whole, parts)| bound(cx, reading, whole, &parts))
        .collect()
}

/// The growths of a total with those of all its parts since the same time: against last year and against last month, each once.
fn of_one_time(total: &[Growth], parts: &[Vec<Growth>]) -> Vec<(Growth, Vec<Growth>)> {
    let mut told: Vec<Since> = Vec::new();
    let mut out = Vec::new();
    for growth in total {
        if told.contains(&growth.since) {
            continue;
        }
        told.push(growth.since);
        let parts: Option<Vec<Growth>> = parts.iter().map(|p| of_time(p, growth.since)).collect();
        out.extend(parts.map(|parts| (*growth, parts)));
    }
    out
}

/// The total and the parts of a sum that holds, as places in the text; `None` if it does not or is of computed figures.
fn sum_of_figures(r: &Relation, places: &BTreeMap<FigureIdx, MentionRef>) -> Option<(MentionRef, Vec<MentionRef>)> {
    let reading = r.readings.first().filter(|_| r.kind == RelationKind::Sum)?;
    if reading.formula != Formula::Sum || !within_rounding(&reading.stated, &reading.operands) {
        return None;
    }
    let figures = figures_of(r, places)?;
    let (total, parts) = figures.split_first()?;
    Some((*total, parts.to_vec()))
}

/// The figures of a relation, the stated one first, as places in the text.
fn figures_of(r: &Relation, places: &BTreeMap<FigureIdx, MentionRef>) -> Option<Vec<MentionRef>> {
    let reading = r.readings.first()?;
    std::iter::once(&reading.stated)
        .chain(&reading.operands)
        .map(|o| places.get(&o.figure?).copied())
        .collect()
}

/// Whether amounts give a total as far as their printed places tell.
pub(crate) fn within_rounding(total: &Operand, parts: &[Operand]) -> bool {
    let gap = || {
        let sum = parts.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
        let room = parts.iter().try_fold(total.ulp, |s, o| s.checked_add(o.ulp))?;
        let gap = sum.checked_sub(total.value?)?.abs();
        Some((gap, gap.checked_add(gap)? <= room))
    };
    gap().is_some_and(|(gap, near)| gap.is_zero() || near)
}

/// The growth of a part since the time that the total's is since.
fn of_time(growths: &[Growth], since: Since) -> Option<Growth> {
    let same = growths.iter().find(|g| g.since == since);
    let only = || {
        let mut agreeing = growths.iter().filter(|g| g.since.agrees(since));
        agreeing.next().filter(|_| agreeing.next().is_none())
    };
    same.or_else(only).copied()
}

/// That the growth of a whole lies between those of its parts; `None` if it does not.
fn bound(cx: &Context, reading: &Reading, total: Growth, parts: &[Growth]) -> Option<Relation> {
    let slack = Decimal::new(1, 1);
    let low = parts.iter().map(|p| p.value).min()?;
    let high = parts.iter().map(|p| p.value).max()?;
    let holds = total.value >= low.checked_sub(slack)? && total.value <= high.checked_add(slack)?;
    if !holds {
        return None;
    }
    let stated = cx.operand(reading.mention(total.at).fig)?;
    let operands: Option<Vec<_>> = parts.iter().map(|p| cx.operand(reading.mention(p.at).fig)).collect();
    within(cx, "growth-between-parts", stated, operands?)
}

/// What all have together lies between the least and the greatest of the parts.
fn within(cx: &Context, rule: &'static str, stated: Operand, operands: Vec<Operand>) -> Option<Relation> {
    let formula = Formula::Bound { holds: true };
    crate::prose::relation(
        cx,
        RelationKind::Bound,
        rule,
        Cue::Arithmetic,
        formula,
        stated,
        operands,
    )
}

/// 38.46亿元，同比增长5.7%，环比下降1.2%: the growths behind an amount, in its sentence and before the next amount; shares, bases and
/// differences in between (占48%，环比上月50亿元，增加3件) are passed over.
pub(super) fn growths_behind(reading: &Reading, amount: MentionRef) -> Vec<Growth> {
    let prose = &reading.prose[amount.passage];
    let a = reading.mention(amount);
    let sentence = prose.clauses[a.clause].sentence;
    let group = prose.clauses[a.clause].group;
    let mut out = Vec::new();
    // 同比去年400件增长了50%: the base says since when.
    let mut since = None;
    for mention in amount.mention + 1..(amount.mention + 1 + REACH).min(prose.mentions.len()) {
        let at = MentionRef { mention, ..amount };
        let m = &prose.mentions[mention];
        let clause = &prose.clauses[m.clause];
        if clause.sentence != sentence {
            break;
        }
        if clause.group != group {
            let inner = &prose.groups[clause.group];
            if inner.parent != group {
                break;
            }
            // 比全省平均水平（17.9%）高2.7个百分点: what a parenthesis says is told besides, unless it hangs on the amount.
            if inner.host != Some(amount.mention) {
                continue;
            }
        }
        match growth(reading, at) {
            Some(mut growth) => {
                if let Some(since) = since.filter(|_| growth.since == Since::Open) {
                    growth.since = since;
                }
                out.push(growth);
            }
            None if m.is_rate() || m.class == FigureClass::Points => {}
            None if m.is_amount() && (change_of(m).is_some() || is_base(reading, at)) => {
                let said = words::since(&m.label);
                since = Some(said).filter(|s| *s != Since::Open).or(since);
            }
            None => break,
        }
    }
    out
}

/// The growth that a mention tells, if it names no subject of its own.
pub(super) fn growth(reading: &Reading, at: MentionRef) -> Option<Growth> {
    let change = change_of(reading.mention(at))?;
    signed(reading, at).filter(|_| change.subject.is_empty())
}

/// The growth that a mention tells of what its own words name, or of what stands before it.
pub(super) fn signed(reading: &Reading, at: MentionRef) -> Option<Growth> {
    let m = reading.mention(at);
    let change = change_of(m).filter(|_| m.is_rate())?;
    let mean = m.label.contains("平均") && change.since != Since::Years;
    let other = mean || ["分别", "累计"].iter().any(|w| m.label.contains(w));
    let fell = change.fell && !m.value.is_sign_negative();
    (!other).then(|| Growth {
        at,
        value: if fell { -m.value } else { m.value },
        since: change.since,
    })
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::bounds;

    #[test]
    fn growths_against_several_times_are_held_together_each_for_itself() {
        assert_eq!(
            bounds(
                "生产总值100.0亿元，同比增长10.0%，两年平均增长8.0%。其中：第一产业10.0亿元，增长8.0%，两年平均增长5.0%；第二产业40.0亿元，增长9.0%，两年平均增长8.0%；第三产业50.0亿元，增长11.2%，两年平均增长8.6%。"
            ),
            ["bound~ 10.0% <- 8.0% 9.0% 11.2%", "bound~ 8.0% <- 5.0% 8.0% 8.6%"]
        );
        assert_eq!(
            bounds(
                "共登记600件，环比上季度500件增长了20.00%，同比去年400件增长了50.00%。其中咨询300件，占总数50.00%，环比上季度310件下降了3.23%，同比去年200件增长了50.00%；投诉300件，占总数50.00%，环比上季度190件增长了57.89%，同比去年200件增长了50.00%。"
            ),
            ["bound~ 20.00% <- 3.23% 57.89%", "bound~ 50.00% <- 50.00% 50.00%"]
        );
    }

    #[test]
    fn the_rate_of_all_lies_between_those_of_the_parts() {
        let text = "检测500批次，合格480批次，合格率96.0%，其中蔬菜300批次，合格率95.0%；水果200批次，合格率97.5%。";
        assert_eq!(bounds(text), ["bound~ 96.0% <- 95.0% 97.5%"]);
        let text = "完成投资90.0亿元，完成年度计划的32.1%。其中续建项目完成投资50.0亿元，完成年度计划的25.6%；新建项目完成投资40.0亿元，完成年度计划的47.2%。";
        assert_eq!(bounds(text), ["bound~ 32.1% <- 25.6% 47.2%"]);
        for text in [
            // The shares of parts in one whole add up; another rate.
            "受理500件，占全市总量的50.0%，其中投诉300件，占全市总量的30.0%；咨询200件，占全市总量的20.0%。",
            "检测500批次，合格率96.0%，其中蔬菜300批次，抽检率95.0%；水果200批次，抽检率97.5%。",
        ] {
            assert_eq!(bounds(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_sum_that_holds_within_rounding_is_enough() {
        let text = "地区生产总值100.01亿元，按不变价格计算，同比增长5.6%。其中，第一产业10.00亿元，同比增长3.3%；第二产业50.00亿元，同比增长6.5%；第三产业40.02亿元，同比增长4.7%。";
        assert_eq!(bounds(text), ["bound~ 5.6% <- 3.3% 6.5% 4.7%"]);
    }

    #[test]
    fn growths_beyond_all_or_of_other_years_are_none() {
        for text in [
            "生产总值100.0亿元，同比增长13.0%。其中：第一产业40.0亿元，增长8.0%；第二产业60.0亿元，增长9.0%。",
            "生产总值100.0亿元，两年平均增长8.5%。其中：第一产业40.0亿元，增长8.0%；第二产业60.0亿元，增长9.0%。",
        ] {
            assert_eq!(bounds(text), [""; 0], "{text}");
        }
    }
}
