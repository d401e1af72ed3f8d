//! What is said twice: the same figure of the same thing.
//!
//! Equal figures are not yet one figure stated twice. The fewer digits they have, the more the words beside them must agree: a
//! figure of four digits hardly comes up twice by chance, a count below ten does all the time. What is told of a figure is told again
//! with it: its growth ([`rates`]); so are the parts of a whole, one a paragraph ([`retold`]). A heading gives figures that its text tells
//! ([`titled`]), a rate may be told again of the same thing ([`rated`]), several figures in the same order ([`sequence`]), a count be taken
//! up with a definite form ([`definite`]), and an amount be told to another place ([`rounded`]).

mod definite;
mod rated;
mod rates;
mod referred;
mod retold;
mod rounded;
mod sequence;
mod thing;
mod titled;

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use super::{MentionRef, Reading, quote_of};
use crate::context::{Context, Role};
use crate::{Cue, FigureClass, FigureIdx, Formula, Reading as RelationReading, Relation, RelationKind};
use thing::Thing;

/// How many earlier places of one value are looked at.
const MAX_REPEATS: usize = 6;
/// How many paragraphs further on what was counted may be said to be looked at.
const MAX_CHECKED: usize = 8;
/// Longest relation that ties its figures pairwise; a longer sum says nothing of two of them.
const MAX_TIE: usize = 12;

/// Figures whose thing was given before with the same value: kept as relations that hold.
///
/// A different value is no complaint by itself: another period, a narrower scope and a later state all look alike.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let tied = ties(out);
    let mut seen: BTreeMap<Decimal, Vec<(MentionRef, Option<Thing>)>> = BTreeMap::new();
    let mut again = retold::relations(cx, reading, out);
    for at in reading.places() {
        let Some(weight) = Weight::of(reading, at) else {
            continue;
        };
        let places = seen.entry(reading.mention(at).value.normalize()).or_default();
        if !places.is_empty() {
            let thing = Thing::of(cx, reading, at);
            let earlier = places.iter_mut().rev().find_map(|(e, before)| {
                let before = before.get_or_insert_with(|| Thing::of(cx, reading, *e));
                let rule = same(cx, reading, weight, (*e, before), (at, &thing))?;
                let pair = (reading.mention(*e).fig, reading.mention(at).fig);
                (thing.taken_up || !tied.contains(&pair)).then_some((*e, rule))
            });
            if let Some((earlier, rule)) = earlier {
                if again.insert((earlier, at)) {
                    out.extend(repeat(cx, reading, at, earlier, rule));
                }
                rates::relations(cx, reading, earlier, at, true, out);
            } else if let Some(earlier) = places
                .iter()
                .rev()
                .map(|(m, _)| *m)
                .find(|e| rates::agree(reading, *e, at))
                && !Thing::of(cx, reading, earlier).contradicts(&thing)
            {
                // The same growths behind two equal counts make them one.
                let pair = (reading.mention(earlier).fig, reading.mention(at).fig);
                if !tied.contains(&pair) && again.insert((earlier, at)) {
                    out.extend(repeat(cx, reading, at, earlier, "stated-again"));
                }
                rates::relations(cx, reading, earlier, at, false, out);
            }
        }
        if places.len() >= MAX_REPEATS {
            // The first mention is the one that later ones take up.
            places.remove(1);
        }
        places.push((at, None));
    }
    rates::otherwise(cx, reading, out);
    referred::relations(cx, reading, out);
    titled::relations(cx, reading, &mut again, out);
    definite::relations(cx, reading, out);
    sequence::relations(cx, reading, out);
    rated::relations(cx, reading, out);
    rounded::relations(cx, reading, out);
}

/// The figures of which an earlier place is known already.
fn told(relations: &[Relation]) -> BTreeSet<FigureIdx> {
    let repeats = relations.iter().filter(|r| r.kind == RelationKind::Repeat);
    repeats.filter_map(|r| r.readings.first()?.stated.figure).collect()
}

/// Digits of a value without those that only give its size.
fn digits(value: Decimal) -> usize {
    let mantissa = value.normalize().mantissa().unsigned_abs().to_string();
    mantissa.trim_end_matches('0').len()
}

/// The rule of a figure told again with another value.
const OTHERWISE: &str = "stated-otherwise";

fn repeat(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    earlier: MentionRef,
    rule: &'static str,
) -> Option<Relation> {
    let stated = cx.operand(reading.mention(at).fig)?;
    let operand = cx.operand(reading.mention(earlier).fig)?;
    let quote = quote_of(cx, std::iter::once(&stated))?;
    Some(Relation {
        kind: RelationKind::Repeat,
        rule,
        // What is told otherwise is so found by its words; what is told again, by its figure.
        cue: if rule == OTHERWISE {
            Cue::Implied
        } else {
            Cue::Arithmetic
        },
        readings: vec![RelationReading {
            formula: Formula::Equal,
            stated,
            operands: vec![operand],
        }],
        quote,
    })
}

/// Pairs of figures that other relations hold together already, the earlier first.
fn ties(relations: &[Relation]) -> BTreeSet<(FigureIdx, FigureIdx)> {
    let mut out = BTreeSet::new();
    for reading in relations.iter().flat_map(|r| r.readings.first()) {
        let figures: Vec<FigureIdx> = std::iter::once(&reading.stated)
            .chain(&reading.operands)
            .filter_map(|o| o.figure)
            .collect();
        if figures.len() > MAX_TIE {
            continue;
        }
        for a in &figures {
            out.extend(figures.iter().filter(|b| *b > a).map(|b| (*a, *b)));
        }
    }
    out
}

/// How much an equal value says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Below ten: nothing.
    Small,
    /// Two digits, or round: little.
    Common,
    /// An amount of two or three digits: as little, but amounts are named at length.
    Short,
    /// Three digits, not round.
    Telling,
    /// Four digits and more, not round.
    Sure,
}

impl Weight {
    /// `None` for what is no quantity that can be stated again.
    fn of(reading: &Reading, at: MentionRef) -> Option<Self> {
        let m = reading.mention(at);
        if !m.plain || m.value <= Decimal::ZERO || thing::is_change(m) {
            return None;
        }
        let digits = digits(m.value);
        match m.class {
            FigureClass::Count if m.unit.is_empty() => None,
            FigureClass::Count if m.decimals == 0 => Some(match digits {
                _ if m.value < Decimal::TEN => Self::Small,
                0..=2 => Self::Common,
                3 => Self::Telling,
                _ => Self::Sure,
            }),
            // Amounts come in the millions of the same few digits; only long ones are known again.
            FigureClass::Count | FigureClass::Money | FigureClass::Measure => match digits {
                0 | 1 => None,
                2 | 3 => Some(Self::Short),
                _ => Some(Self::Sure),
            },
            _ => None,
        }
    }
}

/// The rule by which two equal figures are one figure stated twice; `None` if they may be two.
fn same(
    cx: &Context,
    reading: &Reading,
    weight: Weight,
    (e, before): (MentionRef, &Thing),
    (m, thing): (MentionRef, &Thing),
) -> Option<&'static str> {
    let (earlier, later) = (reading.mention(e), reading.mention(m));
    let prose = &reading.prose[m.passage];
    let one_sentence = reading.one_sentence(e, m);
    // Two parentheses may speak of one thing: （其中供水412件）…（供水412件全部办结）.
    let apart = !one_sentence
        || prose.clauses[earlier.clause].group != prose.clauses[later.clause].group
            && prose.clauses[earlier.clause].group > 0;
    if e.passage == m.passage && earlier.clause == later.clause || before.contradicts(thing) {
        return None;
    }
    // Parts of one list are siblings, however alike.
    if reading.is_part(e) && reading.is_part(m) && (one_sentence || before.overlap(thing) < 2) {
        return None;
    }
    let overlap = before.overlap(thing);
    let unit = earlier.unit == later.unit;
    let like = unit || before.like_unit(thing) && overlap >= 2;
    let period = before.same_time(thing);
    let role = cx.passages[e.passage].role;
    // A heading gives what its paragraph then says, a title what the text does.
    let headed = unit
        && (matches!(role, Role::Title)
            || matches!(role, Role::Heading { .. }) && cx.passages[m.passage].headings.contains(&e.passage));
    // 派遣的9件 and 未派遣的9件; but 未开工11个 and 11个未开工项目.
    let denied = later.label.ends_with('的') && before.undone != thing.undone;
    let taken_up =
        unit && thing.taken_up && !before.taken_up && before.same_noun(thing) && !thing.other_kind(before) && !denied;
    // 在册网站共39家…。共检查39家: all of them.
    let all = unit && !one_sentence && before.total && thing.total && e.passage == m.passage;
    let fits = match weight {
        Weight::Sure if apart && unit && overlap < 2 => {
            return (overlap == 1 || before.is_bare() || thing.is_bare()).then_some("same-figure");
        }
        Weight::Sure => like && apart || taken_up,
        Weight::Telling => period && (headed || taken_up || all || apart && like && overlap >= 1),
        // 直接财产损失18.4亿元 … 直接财产损失18.4亿元: the same words right before it, and many of them.
        Weight::Short => {
            unit && !one_sentence && period && overlap >= 4 && before.ends_alike(thing) && {
                let (a, b) = (thing::lead(cx, reading, e), thing::lead(cx, reading, m));
                thing::one_place(a, b)
            }
        }
        Weight::Common => {
            let named = unit && !one_sentence && overlap >= 3 && before.same_noun(thing)
                || unit && overlap >= 4 && before.parallel(thing);
            // 账号52个，其中…。检查账号52个: all were looked at.
            let checked = unit
                && !one_sentence
                && thing.is_checked()
                && before.does_nothing()
                && before.same_noun(thing)
                && m.passage - e.passage <= MAX_CHECKED
                && !reading.is_part(e);
            period && !thing.listed && (headed && overlap >= 1 || taken_up || named || all || checked)
        }
        Weight::Small => {
            let near = m.passage.abs_diff(e.passage) <= 1 && (!one_sentence || thing.begins_with(before));
            let again = taken_up && near && thing.does_nothing() && before.introduces;
            period && !thing.listed && (headed && overlap >= 6 || again)
        }
    };
    fits.then_some("stated-again")
}

#[cfg(test)]
mod tests {
    use crate::Relation;
    use crate::context::Context;
    use crate::prose::{self, Reading};
    use crate::table::rig;

    /// The relations that `relations` finds in a text, a line each.
    pub(super) fn read_by(source: &str, relations: impl Fn(&Context, &Reading, &mut Vec<Relation>)) -> Vec<String> {
        rig::lines(source, |cx, out| {
            let mut own = Context::new(cx.document, cx.circular);
            let reading = prose::read(&mut own);
            relations(&own, &reading, out);
        })
    }

    /// All repeats of a text.
    pub(super) fn read(source: &str) -> Vec<String> {
        read_by(source, super::relations)
    }

    #[test]
    fn a_figure_of_many_digits_is_known_again() {
        assert_eq!(
            read("全省共查处问题6458起。\n分类型看，查处的问题共6458起。"),
            ["repeat~ 6458起 <- 6458起 ok"]
        );
        assert_eq!(
            read("查出隐患2364条。\n各县共查出隐患问题2364条。"),
            ["repeat~ 2364条 <- 2364条 ok"]
        );
        // Another thing, or what became of it.
        for text in [
            "共受理诉求3136件，已办结3136件。",
            "受理诉求3136件。\n办结诉求3136件。",
            "住房类诉求3136件。\n交通类留言3136件。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn three_digits_need_a_word_in_common() {
        let found = read("收到来信645件，其中涉及供水412件。\n供水方面来信412件全部办结。");
        assert_eq!(found, ["repeat~ 412件 <- 412件 ok"]);
        assert!(read("住房类诉求412件。\n文件印发412件。").is_empty());
        assert_eq!(
            read("涉事干部223人。\n涉事干部共223名，均已处理。"),
            ["repeat~ 223名 <- 223人 ok"]
        );
    }

    #[test]
    fn small_counts_are_one_only_where_they_are_taken_up() {
        assert_eq!(
            read("县直部门登记的政务新媒体共6个。6个政务新媒体运行正常。"),
            ["repeat~ 6个 <- 6个 ok"]
        );
        assert_eq!(read("检查全县12个政务新媒体。\n对12个政务新媒体逐一核查。").len(), 1);
        assert_eq!(read("进展滞后7项，其余正常。滞后的7项中，住建局3项。").len(), 1);
        assert_eq!(read("全县在用账号52个。\n检查账号52个，合格51个。").len(), 1);
        for text in [
            "1.机械行业发生1起，死亡1人。2.建筑行业发生1起，死亡1人。",
            "开具建议书4份，涉及整改4个项目，暂缓施工4个项目。",
            "非煤矿山方面：检查企业8家，发现隐患32条。危化品方面：检查企业8家，发现隐患4条。",
            "# 2024年11月情况\n劣质点位1个。\n# 2024年1—11月情况\n劣质点位1个。",
            "甲镇、乙镇、丙局等9个单位办理较慢。\n丁镇、戊镇、己局等9个单位回复率低。",
            "1.劳资类。本季度共受理52件。\n2.房产类。本季度共受理52件。",
            "3个单位更新不及时。3个单位存在错别字。",
            "微信号中不合格0个。\n微博中不合格0个。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn a_heading_gives_what_its_paragraph_says() {
        assert_eq!(
            read("# 全市42家单位受到处罚\n抽查中共对42家单位作出处罚。"),
            ["repeat~ 42家 <- 42家 ok"]
        );
    }
}
