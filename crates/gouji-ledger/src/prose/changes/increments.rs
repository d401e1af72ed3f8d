//! The increase of a total is the sum of its parts' increases: 增加50万元, of which 增加80万元 and 减少30万元.

use gouji_quantity::{Decimal, one_keystroke};

use super::words::{Since, change_of};
use crate::context::Context;
use crate::prose::clauses::{Delim, Prose};
use crate::prose::{MentionRef, Reading, quote_of};
use crate::{Cue, Formula, Reading as RelationReading, Relation, RelationKind};

/// How many mentions behind an amount its increase is looked for, and one that names what it is of.
const REACH: usize = 5;
const NAMED_REACH: usize = 12;

/// An increase told behind a figure; a decrease has its sign.
#[derive(Debug, Clone, Copy)]
struct Increase {
    at: usize,
    value: Decimal,
    since: Since,
}

/// For each partition that adds up, whose total and parts all tell their increase since one time. What was added up anew for the
/// year before may differ, so that only a slip of one key is complained of.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for partition in reading.partitions.iter().filter(|p| p.holds && p.aligned.len() >= 2) {
        let total = partition.total;
        let prose = &reading.prose[partition.passage];
        let Some(of_total) = increase_behind(cx, &reading.prose[total.passage], total.passage, total.mention) else {
            continue;
        };
        // 与上年持平: nothing to add.
        let changed = |part: &&Option<usize>| part.is_none_or(|at| !is_unchanged(cx, prose, partition.passage, at));
        let parts: Option<Vec<(usize, Increase)>> = partition
            .aligned
            .iter()
            .filter(changed)
            .map(|part| {
                let increase = increase_behind(cx, prose, partition.passage, (*part)?)?;
                Some((partition.passage, increase))
            })
            .collect();
        if let Some(parts) = parts.filter(|parts| parts.len() >= 2) {
            out.extend(relation(cx, reading, (total.passage, of_total), &parts).map(|(found, _)| found));
        }
    }
}

/// The sum of the increases told behind the parts of a total that stand in records of their own; `None` if one tells none, or if they
/// do not add up to the total's.
pub(crate) fn increases_of(
    cx: &Context,
    reading: &Reading,
    total: MentionRef,
    parts: &[MentionRef],
) -> Option<Relation> {
    let behind = |at: MentionRef| {
        let increase = increase_behind(cx, &reading.prose[at.passage], at.passage, at.mention)?;
        Some((at.passage, increase))
    };
    let of_parts: Vec<(usize, Increase)> = parts.iter().map(|part| behind(*part)).collect::<Option<_>>()?;
    let named = || {
        Some((
            total.passage,
            increase_named(&reading.prose[total.passage], total.mention)?,
        ))
    };
    let (found, holds) = relation(cx, reading, behind(total).or_else(named)?, &of_parts)?;
    (holds && of_parts.len() >= 2).then_some(Relation {
        cue: Cue::Arithmetic,
        ..found
    })
}

/// The increase of a total as the sum of those of its parts, each with its passage, and whether it holds; `None` where neither that nor
/// a slip of one key is the case.
fn relation(
    cx: &Context,
    reading: &Reading,
    (total_in, total): (usize, Increase),
    parts: &[(usize, Increase)],
) -> Option<(Relation, bool)> {
    let one_time = parts.windows(2).all(|w| w[0].1.since == w[1].1.since);
    if !one_time || !parts.iter().all(|(_, p)| p.since.agrees(total.since)) {
        return None;
    }
    let fell = total.value.is_sign_negative();
    let signed = |i: &Increase| if fell { -i.value } else { i.value };
    let stated = cx.operand(reading.prose[total_in].mentions[total.at].fig)?;
    let mut operands = Vec::new();
    let mut sum = Decimal::ZERO;
    let mut room = stated.ulp;
    for (passage, part) in parts {
        let mut operand = cx.operand(reading.prose[*passage].mentions[part.at].fig)?;
        let value = signed(part);
        sum = sum.checked_add(value)?;
        room = room.checked_add(operand.ulp)?;
        if value.is_sign_negative() {
            operand.surface = format!("-{}", operand.surface);
        }
        operand.value = Some(value);
        operands.push(operand);
    }
    let printed = stated.value?;
    let gap = sum.checked_sub(printed)?.abs();
    let holds = gap.checked_add(gap)? <= room;
    let of_part = |(_, p): &(usize, Increase)| slip(signed(p), gap_without(printed, sum, signed(p)));
    if !holds && !slip(printed, Some(sum)) && !parts.iter().any(of_part) {
        return None;
    }
    let quote = quote_of(cx, std::iter::once(&stated).chain(&operands))?;
    let found = Relation {
        kind: RelationKind::Sum,
        rule: "increases-of-parts",
        cue: Cue::Implied,
        readings: vec![RelationReading {
            formula: Formula::Sum,
            stated,
            operands,
        }],
        quote,
    };
    Some((found, holds))
}

/// What one part would have to be for the sum to hold.
fn gap_without(stated: Decimal, sum: Decimal, part: Decimal) -> Option<Decimal> {
    stated.checked_sub(sum.checked_sub(part)?)
}

/// One wrong key in a figure of at least two digits that leaves its sign.
fn slip(printed: Decimal, meant: Option<Decimal>) -> bool {
    meant.is_some_and(|m| {
        m.is_sign_negative() == printed.is_sign_negative()
            && printed.abs().normalize().mantissa() >= 10
            && one_keystroke(printed.abs(), m.abs())
    })
}

/// 52840万元，为预算的57%，比上年增加4360万元: the increase of the amount's unit behind it, before the next plain amount of that unit;
/// 减少8起9人 carries the word of change on.
fn increase_behind(cx: &Context, prose: &Prose, passage: usize, amount: usize) -> Option<Increase> {
    let a = &prose.mentions[amount];
    let home = &prose.clauses[a.clause];
    let text = cx.passages[passage].text.as_str();
    let mut carried = None;
    for at in amount + 1..(amount + 1 + REACH).min(prose.mentions.len()) {
        let m = &prose.mentions[at];
        let clause = &prose.clauses[m.clause];
        if clause.sentence != home.sentence || clause.group != home.group {
            return None;
        }
        // The other figure of a record (9起、死亡8人) stands between the amount and its increase.
        let change = change_of(m).filter(|c| c.subject.chars().count() <= 4).or_else(|| {
            let behind = m.label.is_empty() || clause.before == Delim::Dun && m.label.chars().count() <= 2;
            let close = text[prose.mentions[at - 1].full.end..m.full.start].chars().count() <= 3;
            carried.clone().filter(|_| behind && close && m.is_amount())
        });
        match change {
            Some(change) if m.is_amount() => {
                if m.unit == a.unit {
                    return Some(Increase {
                        at,
                        value: if change.fell { -m.value } else { m.value },
                        since: change.since,
                    });
                }
                carried = Some(change);
            }
            Some(_) => {}
            None if m.is_rate() => {}
            None if m.is_amount() && m.unit != a.unit && carried.is_none() => {}
            None => return None,
        }
    }
    None
}

/// 40万元，与上年持平: the words behind an amount, up to the next figure or the end of its item, say that it is what it was.
fn is_unchanged(cx: &Context, prose: &Prose, passage: usize, amount: usize) -> bool {
    let text = cx.passages[passage].text.as_str();
    let from = prose.mentions[amount].full.end;
    let to = prose.mentions.get(amount + 1).map_or(text.len(), |m| m.full.start);
    let words = text[from..to].split(['；', ';', '。']).next();
    words.is_some_and(|words| words.contains("持平"))
}

/// 死亡33人，受伤14人，同比死亡人数减少9人，受伤人数减少7人: the increase further on in the sentence that names what an amount counts.
fn increase_named(prose: &Prose, amount: usize) -> Option<Increase> {
    let a = &prose.mentions[amount];
    let home = &prose.clauses[a.clause];
    let mut own = a.label.chars().rev().take(2).collect::<Vec<char>>();
    own.reverse();
    let own: String = own.into_iter().collect();
    let behind = amount + 1..(amount + 1 + NAMED_REACH).min(prose.mentions.len());
    behind
        .map(|at| (at, &prose.mentions[at]))
        .filter(|(_, m)| prose.clauses[m.clause].sentence == home.sentence && m.is_amount() && m.unit == a.unit)
        .find_map(|(at, m)| {
            let change = change_of(m).filter(|c| own.chars().count() == 2 && c.subject.contains(&own))?;
            Some(Increase {
                at,
                value: if change.fell { -m.value } else { m.value },
                since: change.since,
            })
        })
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn sums(text: &str) -> Vec<String> {
        let sums = read(text).into_iter().filter(|line| line.starts_with("sum"));
        sums.collect()
    }

    #[test]
    fn increases_of_the_parts_of_a_total() {
        let text = "全年收入900万元，比上年增加50万元。其中：税收600万元，增加80万元；非税300万元，减少30万元。";
        assert!(
            sums(text).iter().any(|l| l.ends_with("50万元 <- 80万元 -30万元")),
            "{:?}",
            sums(text)
        );
        let text = "共发生事故19起，同比减少13起。其中：交通事故12起，减少11起；建筑事故7起，减少2起。";
        assert!(
            sums(text).iter().any(|l| l.ends_with("13起 <- 11起 2起")),
            "{:?}",
            sums(text)
        );
    }

    #[test]
    fn a_part_that_is_what_it_was_adds_nothing() {
        let text = "经费预算1969万元，比上年减少221万元。其中：出国经费40万元，与上年持平；接待费242万元，比上年减少12万元；车辆费1687万元，比上年减少209万元。";
        let increases = "sum? 221万元 <- 12万元 209万元".to_owned();
        assert!(sums(text).contains(&increases));
        // One that says nothing of it may have changed.
        assert!(!sums(&text.replace("，与上年持平", "")).contains(&increases));
    }

    #[test]
    fn an_increase_that_names_what_it_is_of() {
        let text = "全市共发生事故39起，死亡35人，受伤17人，与去年同期相比，事故起数减少9起，下降18.8%；死亡人数减少11人，下降23.9%。其中，交通事故31起，死亡27人，同比减少6起5人。采矿事故1起，死亡1人，同比减少1起1人。商贸事故6起，死亡6人，同比减少1起2人。建筑事故1起，死亡1人，同比减少1起3人。";
        let found = sums(text);
        for expected in ["9起 <- 6起 1起 1起 1起", "11人 <- 5人 1人 2人 3人"] {
            assert!(found.iter().any(|l| l.ends_with(expected)), "{expected}: {found:?}");
        }
        let found = sums(&text.replace("死亡人数减少11人", "受伤人数减少11人"));
        assert!(!found.iter().any(|l| l.contains("11人 <-")), "{found:?}");
    }

    #[test]
    fn another_time_or_another_sum_is_none() {
        for text in [
            "全年收入900万元，比上年增加50万元。其中：税收600万元，比上月增加80万元；非税300万元，比上月减少30万元。",
            "全年收入900万元，比上年增加50万元。其中：税收600万元，增加95万元；非税300万元，减少62万元。",
        ] {
            assert!(
                sums(text).iter().all(|l| !l.contains("50万元 <-")),
                "{text}: {:?}",
                sums(text)
            );
        }
    }
}
