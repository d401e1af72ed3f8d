//! Shares that add to 100 %: of lists and topics, of shares that stand for themselves, of opposite rates, of printed structures.

use std::collections::BTreeSet;

use gouji_quantity::{Agreement, Approx, Decimal, one_keystroke};

use super::groups::named_whole;
use super::parallel;
use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::changes::{change_word, old_value};
use crate::prose::clauses::Mention;
use crate::prose::labels::measure_in;
use crate::prose::lists::common_suffix;
use crate::prose::rates::{Kind, assemble, fits, kind_of, ratio_reading};
use crate::prose::{MentionRef, Reading};
use crate::{Cue, FigureClass, FigureIdx, Formula, Modality, Operand, Relation, RelationKind};

/// The sums of shares: of lists and topics, of shares that stand for themselves, of opposite rates, of printed structures.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    of_lists(cx, reading, out);
    complements(cx, reading, out);
    with_rest(cx, reading, out);
    structures(cx, reading, out);
}

fn of_lists(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for (list_idx, list) in reading.lists[passage].iter().enumerate() {
            let shares: Vec<usize> = list
                .items
                .iter()
                .filter_map(|i| share_of_item(cx, reading, passage, i))
                .collect();
            if shares.len() < 2 || shares.len() != list.items.len() {
                continue;
            }
            let further = further(cx, reading, passage, &shares);
            if !further.is_empty() {
                let all: Vec<usize> = shares.into_iter().chain(further).collect();
                push_share_sum(cx, reading, passage, &all, Cue::Arithmetic, out);
                continue;
            }
            let complete = reading
                .partitions
                .iter()
                .any(|p| p.passage == passage && p.list == list_idx && p.holds && p.items == list.items.len());
            push_share_sum(
                cx,
                reading,
                passage,
                &shares,
                if complete { Cue::Explicit } else { Cue::Arithmetic },
                out,
            );
        }
    }
    for passage in 0..reading.prose.len() {
        named_shares(cx, reading, passage, out);
    }
    for topics in &reading.topics {
        let shares: Vec<MentionRef> = topics.items.iter().filter_map(|i| i.share).collect();
        if shares.len() >= 2 && shares.len() == topics.items.len() {
            let operands: Vec<Operand> = shares
                .iter()
                .filter_map(|m| cx.operand(reading.mention(*m).fig))
                .collect();
            push_shares(cx, operands, Cue::Implied, out);
        }
    }
}

/// How many of the items have a share that holds over `whole`.
pub(in crate::prose) fn hold_over(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    items: &[crate::prose::lists::Item],
    whole: Decimal,
) -> usize {
    items
        .iter()
        .filter(|item| {
            let (Some(part), Some(share)) = (item.amounts.first(), share_of_item(cx, reading, passage, item)) else {
                return false;
            };
            let share = MentionRef {
                passage,
                mention: share,
            };
            let scale = crate::prose::rates::scale(cx, reading, share);
            cx.operand(reading.mention(share).fig).is_some_and(|stated| {
                fits(&stated, reading.prose[passage].mentions[*part].value, whole, scale).is_some_and(Agreement::holds)
            })
        })
        .count()
}

/// Shares that the sentence tells right behind the last, of parts without an amount (…；其他渠道占比0.3%).
fn further(cx: &Context, reading: &Reading, passage: usize, shares: &[usize]) -> Vec<usize> {
    let prose = &reading.prose[passage];
    let Some(last) = shares.last() else { return Vec::new() };
    let clause = |m: usize| &prose.clauses[prose.mentions[m].clause];
    let goes_on = |m: &usize| {
        let mention = &prose.mentions[*m];
        mention.is_rate()
            && clause(*m).sentence == clause(*last).sentence
            && clause(*m).group == clause(*last).group
            && kind_of(cx, reading, MentionRef { passage, mention: *m }) == Kind::Share
            && named_whole(&mention.label) == named_whole(&prose.mentions[*last].label)
    };
    (last + 1..prose.mentions.len()).take_while(goes_on).collect()
}

/// Fewest shares in a row that nothing but their names stands before, and the longest such name in characters.
const LEAST_BARE: usize = 4;
const MAX_BARE_NAME: usize = 12;

/// Most clauses without a figure between two shares that go on one with the other.
const MAX_REMARKS: usize = 2;

/// Shares that stand for themselves: 分地域看，城镇占比70.5%，乡村占比约29.5%; 城镇占全县总量的70.5%，乡村占29.5%.
fn named_shares(cx: &Context, reading: &Reading, passage: usize, out: &mut Vec<Relation>) {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let own = |m: usize| {
        let mention = &prose.mentions[m];
        let at = MentionRef { passage, mention: m };
        let figure = cx.figure(mention.fig);
        // 占比约29.5%: told to a place behind the point, 约 says no more than that it is rounded.
        let about = mention.decimals > 0
            && figure.modality == Modality::Fact
            && figure.stated.as_ref().is_some_and(|s| s.approx == Approx::About);
        let told = mention.is_rate() || mention.class == FigureClass::Rate && about;
        // 其次是西片，占33.5%: the name is a clause of its own.
        let before = || mention.clause.checked_sub(1).map(|c| &prose.clauses[c]);
        let apart = || mention.label == "占" && before().is_some_and(|b| b.mentions.is_empty() && b.range.len() > 3);
        let named = parallel::head(&mention.label).chars().count() >= 2 || apart();
        told && named && kind_of(cx, reading, at) == Kind::Share && prose.clauses[mention.clause].mentions == [m]
    };
    let whole = |m: usize| named_whole(&prose.mentions[m].label);
    let goes_on = |m: usize| {
        let same = whole(m).is_none() || whole(m) == whole(m - 1);
        let (before, own) = (prose.mentions[m - 1].clause, prose.mentions[m].clause);
        // 东片占41.3%，比例最高；其次是西片，占33.5%: a remark, and the name may be a clause of its own.
        let one_sentence = prose.clauses[before].sentence == prose.clauses[own].sentence;
        let remarks = own <= before + 1 + MAX_REMARKS
            && one_sentence
            // A clause that goes on behind a parenthesis stands before those inside it.
            && prose.clauses.get(before + 1..own).is_some_and(|c| c.iter().all(|c| c.mentions.is_empty()));
        same && (own == before + 1 || remarks)
    };
    // 优良天数比例为89.3%，轻度污染天数比例为8.5%: rates of one noun, which are shares if they fill 100 %.
    let alike = |a: usize, b: usize| {
        let name = |m: usize| {
            let label = prose.mentions[m].label.as_str();
            let name = label.strip_suffix('为').unwrap_or(label);
            prose.mentions[m]
                .is_rate()
                .then_some(name)
                .filter(|n| n.ends_with("比例"))
        };
        match (name(a), name(b)) {
            (Some(x), Some(y)) => x != y && common_suffix(x, y) >= 4,
            _ => false,
        }
    };
    // 质量问题23.0%，售后服务21.5%，…: names with nothing but their figures, printed to a place behind the point.
    let bare = |m: usize| {
        let mention = &prose.mentions[m];
        let label = mention.label.as_str();
        let named = (2..=MAX_BARE_NAME).contains(&label.chars().count())
            && !label.ends_with(['率', '为', '达', '到', '了', '于', '约', '过', '度'])
            && change_word(label).is_none();
        let at = MentionRef { passage, mention: m };
        named
            && mention.is_rate()
            && mention.decimals > 0
            && mention.value > Decimal::ZERO
            && kind_of(cx, reading, at) == Kind::Other
            && prose.clauses[mention.clause].mentions == [m]
    };
    let mut at = 0;
    while at < prose.mentions.len() {
        let mut end = at;
        let next = |m: usize| prose.mentions[m].clause == prose.mentions[m - 1].clause + 1;
        while end < prose.mentions.len() && own(end) && (end == at || goes_on(end)) {
            end += 1;
        }
        let mut last = at + 1;
        while end == at && last < prose.mentions.len() && alike(last - 1, last) && next(last) {
            last += 1;
        }
        let mut behind = at;
        while last == at + 1
            && end == at
            && behind < prose.mentions.len()
            && bare(behind)
            && (behind == at || next(behind))
        {
            behind += 1;
        }
        if behind - at >= LEAST_BARE {
            last = behind;
        }
        if last - at >= 3 {
            let shares: Vec<usize> = (at..last).collect();
            push_share_sum(cx, reading, passage, &shares, Cue::Arithmetic, out);
            at = last;
            continue;
        }
        // …，表扬类占0.13%，其他类0.01%: the last goes without 占.
        if end - at >= 2 && end < prose.mentions.len() && bare(end) && next(end) {
            end += 1;
        }
        if end - at >= 2 {
            let first = prose.mentions[at].clause;
            let announced = first > 0 && {
                let before = &prose.clauses[first - 1];
                before.mentions.is_empty() && crate::prose::lists::divides(text[before.range.clone()].trim())
            };
            let shares: Vec<usize> = (at..end).collect();
            // 扬尘问题占38.4%，噪声问题占54.6%，…，其他问题占7.0%: the last of three or more leaves nothing out.
            let last = &prose.mentions[end - 1].label;
            let closed = shares.len() >= 3
                && ["其他", "其它", "其余"].iter().any(|w| last.contains(w))
                && one_key_off(&shares.iter().map(|m| prose.mentions[*m].value).collect::<Vec<_>>());
            push_share_sum(
                cx,
                reading,
                passage,
                &shares,
                if announced && whole(at).is_none() || closed {
                    Cue::Implied
                } else {
                    Cue::Arithmetic
                },
                out,
            );
        }
        at = end.max(at + 1);
    }
}

/// The share of an item: among its rates or in a parenthesis behind its amount.
pub(crate) fn share_of_item(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    item: &crate::prose::lists::Item,
) -> Option<usize> {
    let prose = &reading.prose[passage];
    let share = |m: &usize| kind_of(cx, reading, MentionRef { passage, mention: *m }) == Kind::Share;
    item.rates.iter().copied().find(share).or_else(|| {
        let host = *item.amounts.first()?;
        let after = *item.amounts.last()?;
        (host + 1..(after + 3).min(prose.mentions.len())).find(|m| {
            prose.mentions[*m].is_rate()
                && prose.groups[prose.clauses[prose.mentions[*m].clause].group].host == Some(host)
                && share(m)
        })
    })
}

/// Mentions between a rate and that of its opposite: 合格率88.9%。不合格样品547个，不合格率11.1%.
const MAX_BETWEEN: usize = 3;

/// A rate and the rate of its opposite (不合格率3.2%，合格率为96.8%), side by side or in the next sentence; two rates side by side that fill 100 % to a
/// place behind the point (满意率93.26%，基本满意率6.74%).
fn complements(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let stem = |i: usize| match kind_of(cx, reading, MentionRef { passage, mention: i }) {
            Kind::Rate(stem) if prose.mentions[i].is_rate() => Some(stem),
            _ => None,
        };
        let sentence = |i: usize| prose.clauses[prose.mentions[i].clause].sentence;
        for m in (1..prose.mentions.len()).filter(|m| prose.mentions[*m].is_rate()) {
            let earlier = (m.saturating_sub(MAX_BETWEEN)..m)
                .rev()
                .find(|i| prose.mentions[*i].is_rate() && sentence(*i) + 1 >= sentence(m));
            let Some((other, own)) = earlier.and_then(|e| stem(e).zip(stem(m))) else {
                continue;
            };
            let Some(earlier) = earlier else { continue };
            let measure = |stem: &str| measure_in(stem).map(|(x, _)| x);
            let opposite = matches!(
                (measure(&other), measure(&own)),
                (Some(Measure::Passed), Some(Measure::Failed)) | (Some(Measure::Failed), Some(Measure::Passed))
            );
            let beside = earlier + 1 == m && sentence(earlier) == sentence(m);
            let precise = |i: usize| prose.mentions[i].decimals > 0;
            let sum = prose.mentions[earlier].value.checked_add(prose.mentions[m].value);
            let full = sum == Some(Decimal::ONE_HUNDRED) && precise(earlier) && precise(m);
            if opposite {
                let cue = if beside { Cue::Implied } else { Cue::Arithmetic };
                push_share_sum(cx, reading, passage, &[earlier, m], cue, out);
            } else if beside && full && other != own {
                push_share_sum(cx, reading, passage, &[earlier, m], Cue::Arithmetic, out);
            }
        }
    }
}

/// Most shares that stand before the rest.
const MAX_BEFORE_REST: usize = 12;

/// 出警的占38.3%，剩下占61.7%的为其他警情: the shares of a sentence up to that of the rest.
fn with_rest(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let sums = out.iter().filter(|r| r.kind == RelationKind::ShareSum);
    let known: BTreeSet<Vec<Option<FigureIdx>>> = sums
        .map(|r| r.readings[0].operands.iter().map(|o| o.figure).collect())
        .collect();
    for at in reading.places() {
        let m = reading.mention(at);
        let rest = ["剩下", "剩余", "其余", "余下"].iter().any(|w| m.label.contains(w));
        if !rest || !m.is_rate() || kind_of(cx, reading, at) != Kind::Share {
            continue;
        }
        let mut shares: Vec<MentionRef> = (0..at.mention)
            .rev()
            .map(|mention| MentionRef { mention, ..at })
            .take_while(|s| reading.one_sentence(*s, at))
            .filter(|s| reading.mention(*s).is_rate())
            .take_while(|s| kind_of(cx, reading, *s) == Kind::Share)
            .take(MAX_BEFORE_REST)
            .collect();
        shares.reverse();
        shares.push(at);
        let figures: Vec<Option<FigureIdx>> = shares.iter().map(|s| Some(reading.mention(*s).fig)).collect();
        if shares.len() >= 2 && !known.contains(&figures) {
            let operands = figures
                .into_iter()
                .flatten()
                .filter_map(|fig| cx.operand(fig))
                .collect();
            fill_hundred(cx, operands, shares.len() == 2, out);
        }
    }
}

fn push_share_sum(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    shares: &[usize],
    cue: Cue,
    out: &mut Vec<Relation>,
) {
    let prose = &reading.prose[passage];
    let operands: Vec<Operand> = shares
        .iter()
        .filter_map(|m| cx.operand(prose.mentions[*m].fig))
        .collect();
    push_shares(cx, operands, cue, out);
}

/// Shares that nothing says are all, kept if they add to 100 %; those that are `all` also if one wrong key parts them from it.
pub(in crate::prose) fn fill_hundred(cx: &Context, operands: Vec<Operand>, all: bool, out: &mut Vec<Relation>) {
    let values: Vec<Decimal> = operands.iter().filter_map(|o| o.value).collect();
    let cue = if all && one_key_off(&values) {
        Cue::Implied
    } else {
        Cue::Arithmetic
    };
    push_shares(cx, operands, cue, out);
}

/// Whether shares with places behind the point add to 100 % as far as rounding tells: half of the last place of each.
pub(super) fn fills(shares: &[Operand]) -> bool {
    let sum = shares.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?));
    let slack = shares.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.ulp));
    let (Some(sum), Some(slack)) = (sum, slack) else {
        return false;
    };
    let precise = shares.iter().all(|o| o.decimals > 0);
    shares.len() >= 2 && precise && (sum - Decimal::ONE_HUNDRED).abs() * Decimal::TWO <= slack
}

/// Whether shares miss 100 % by one wrong key in one of them.
fn one_key_off(shares: &[Decimal]) -> bool {
    let Some(gap) = shares.iter().try_fold(-Decimal::ONE_HUNDRED, |s, v| s.checked_add(*v)) else {
        return false;
    };
    shares.iter().any(|v| {
        v.checked_sub(gap)
            .is_some_and(|meant| meant >= Decimal::ZERO && one_keystroke(*v, meant))
    })
}

/// Percentage points by which shares that are said to be all may miss 100 and still be held against it.
const WIDEST_GAP: i64 = 6;

/// Shares against 100 %: by arithmetic alone only if they add to it, and never if they are far off.
pub(super) fn push_shares(cx: &Context, operands: Vec<Operand>, cue: Cue, out: &mut Vec<Relation>) {
    let Some(sum) = operands.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?)) else {
        return;
    };
    let slack = operands
        .iter()
        .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.ulp))
        .unwrap_or(Decimal::ONE);
    let gap = (sum - Decimal::ONE_HUNDRED).abs();
    // What misses by more than a slip is not all, or of several wholes.
    if cue == Cue::Arithmetic && gap > slack || gap > Decimal::from(WIDEST_GAP) {
        return;
    }
    let stated = Operand {
        value: Some(Decimal::ONE_HUNDRED),
        ..Operand::named("100%", None)
    };
    out.extend(crate::prose::relation(
        cx,
        RelationKind::ShareSum,
        "share-sum",
        cue,
        Formula::ShareSum,
        stated,
        operands,
    ));
}

/// Structures printed as a chain of shares: 9.0:40.5:50.5, against 100 and against the parts named before it.
fn structures(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        let text = cx.passages[passage].text.as_str();
        let mut at = 0;
        while at < prose.mentions.len() {
            let mut end = at;
            while end + 1 < prose.mentions.len() {
                let between = &text[prose.mentions[end].full.end..prose.mentions[end + 1].full.start];
                if !matches!(between.trim(), ":" | "：" | "∶") {
                    break;
                }
                end += 1;
            }
            let chain = at..end + 1;
            at = end + 1;
            if chain.len() < 3 {
                continue;
            }
            let operands: Vec<Operand> = chain
                .clone()
                .filter_map(|m| cx.operand(prose.mentions[m].fig))
                .collect();
            let Some(sum) = operands.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?)) else {
                continue;
            };
            let slack = operands.iter().fold(Decimal::ZERO, |s, o| s + o.ulp);
            if operands.len() != chain.len() || (sum - Decimal::ONE_HUNDRED).abs() > slack {
                continue;
            }
            push_shares(cx, operands.clone(), Cue::Implied, out);
            let start = prose.mentions[chain.start].full.start;
            // 由7.3:53.5:39.2调整为6.9:53.7:39.4: the first are of the year before.
            let clause = &prose.clauses[prose.mentions[chain.start].clause];
            if old_value(&text[clause.range.start.min(start)..start]) {
                continue;
            }
            // The list that was divided: the nearest partition before it with as many parts; three industries may stand in the
            // paragraph before, with the caption of a chart between.
            let silent = |p: usize| !reading.prose[p].mentions.iter().any(Mention::is_amount);
            let sectors = ["三次产业", "产业结构", "三产"].iter().any(|w| text.contains(w));
            let Some(partition) = reading.partitions.iter().rev().find(|p| {
                let list = || reading.lists[p.passage][p.list].start;
                let here = p.passage == passage && list() < start && same_year(cx, passage, list(), start);
                let next = || p.passage < passage && passage - p.passage <= 2 && (p.passage + 1..passage).all(silent);
                let above = || sectors && next() && of_industries(reading, p);
                p.aligned.len() == chain.len()
                    && p.adds_up(cx, reading)
                    && (here || above() && same_year(cx, passage, 0, start))
            }) else {
                continue;
            };
            let Some(whole) = cx.operand(reading.mention(partition.total).fig) else {
                continue;
            };
            for (stated, part) in operands.into_iter().zip(&partition.aligned) {
                let parts_in = &reading.prose[partition.passage].mentions;
                let Some(part) = part.and_then(|m| cx.operand(parts_in[m].fig)) else {
                    continue;
                };
                out.extend(assemble(
                    cx,
                    "structure-share",
                    Cue::Implied,
                    vec![ratio_reading(&stated, part, vec![whole.clone()], 100)],
                    100,
                ));
            }
        }
    }
}

/// Whether the parts are 第一产业, 第二产业 and 第三产业.
fn of_industries(reading: &Reading, partition: &crate::prose::partition::Partition) -> bool {
    let named = |m: &Option<usize>, name: &str| {
        m.is_some_and(|mention| {
            reading
                .mention(MentionRef {
                    passage: partition.passage,
                    mention,
                })
                .label
                .contains(name)
        })
    };
    partition.aligned.len() == 3
        && ["一产", "二产", "三产"]
            .iter()
            .zip(&partition.aligned)
            .all(|(name, m)| named(m, name))
}

/// Whether no other year is named between two bytes of a passage.
fn same_year(cx: &Context, passage: usize, from: usize, to: usize) -> bool {
    let text = &cx.passages[passage].text.as_str()[from.min(to)..to];
    let years = ["上年", "去年", "年"].iter().any(|w| match *w {
        "年" => text
            .match_indices("年")
            .any(|(at, _)| text[..at].ends_with(|c: char| c.is_ascii_digit())),
        word => text.contains(word),
    });
    !years
}
