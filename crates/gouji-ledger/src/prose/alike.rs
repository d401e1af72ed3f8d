//! Figures told in one form: what the same words say of the same figures several times, they say once more.
//!
//! 甲区42条中达标24条，达标为57.14%；乙区79条中达标26条，达标为32.91%；丙区73条中达标46条，达标为63.31%: of one such sentence alone it cannot be
//! said what the rate is of. Where the document tells several in one form and they hold, it says so itself, and one of that form that
//! misses it by little is wrong. The form is the row of figures from the first to the last that belongs to the relation: their measure
//! words, how they hang in parentheses and sentences, and the words that all of them share.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::{Agreement, Decimal};

use super::changes::change_word;
use super::partition::{one_slip, within_percent};
use super::rates::{assemble, fits, misses_by, near_miss, part_slipped, ratio_reading, scale, slipped};
use super::{MentionRef, Reading, figures_of, relation};
use crate::context::Context;
use crate::{Cue, FigureClass, FigureIdx, Formula, Operand, Relation, RelationKind};

/// Most figures of a form, those between that are none of the relation's included.
const MAX_FIGURES: usize = 12;
/// Relations of a form that hold by more than chance from which one that does not is looked at.
const TELLING: usize = 2;
/// As many tell it whatever the rate is like: small ones are missed by more than a quarter of themselves.
const SURE: usize = 4;
/// Points by which a rate of the form may miss what its counts give.
const NEAR_POINTS: i64 = 5;
/// Percent by which a total of the form may miss its parts.
const NEAR_PERCENT: i64 = 10;
/// Smaller sums hold by chance too often to tell a form.
const LEAST_SUM: Decimal = Decimal::TEN;
/// Characters of the words before a figure that are held together.
const MAX_SHARED: usize = 2;

/// A figure of a form and how it stands behind the one before.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Slot {
    class: FigureClass,
    unit: String,
    /// It begins another sentence.
    anew: bool,
    /// How much deeper in parentheses it stands.
    deeper: i16,
    /// 其中 stands before it.
    among: bool,
    /// It tells a change, or what is compared with.
    compared: bool,
}

/// A row of figures, and which of them the relation takes: the stated one first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Form {
    of_ratio: bool,
    scale: u32,
    slots: Vec<Slot>,
    taken: Vec<usize>,
    /// The last characters of the words before the stated figure.
    called: String,
}

/// Relations of one form: the first figure of each row, and the rule that found them.
#[derive(Default)]
struct Told {
    holding: Vec<MentionRef>,
    rules: Vec<&'static str>,
}

/// Adds what misses the form that the document tells others in.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let places: BTreeMap<FigureIdx, MentionRef> = reading.places().map(|at| (reading.mention(at).fig, at)).collect();
    let mut forms: BTreeMap<Form, Told> = BTreeMap::new();
    for held in out.iter() {
        if let Some((form, first)) = form_of(cx, reading, &places, held) {
            let told = forms.entry(form).or_default();
            told.holding.push(first);
            told.rules.push(held.rule);
        }
    }
    forms.retain(|_, told| told.holding.len() >= TELLING);
    if forms.is_empty() {
        return;
    }
    let known = Known::of(out);
    let rows: BTreeMap<&[Slot], Vec<&Form>> = forms.keys().fold(BTreeMap::new(), |mut rows, form| {
        rows.entry(form.slots.as_slice()).or_insert_with(Vec::new).push(form);
        rows
    });
    let lengths: BTreeSet<usize> = rows.keys().map(|slots| slots.len()).collect();
    // By form, what misses it.
    let mut missing: BTreeMap<&Form, Vec<Relation>> = BTreeMap::new();
    for at in reading.places() {
        for len in &lengths {
            let Some(slots) = slots(cx, reading, at, *len) else {
                continue;
            };
            for form in rows.get(slots.as_slice()).into_iter().flatten() {
                let told = &forms[*form];
                if let Some(found) = missed(cx, reading, form, told, at, &known) {
                    missing.entry(form).or_default().push(found);
                }
            }
        }
    }
    let mut settled = BTreeSet::new();
    for (form, found) in missing {
        // Where as many fail as hold, the form says nothing.
        if found.len() * TELLING <= forms[form].holding.len() {
            for new in found {
                let as_before = |r: &Relation| r.kind == new.kind && figures_of(r) == figures_of(&new);
                if settled.insert(new.readings[0].stated.figure) && !out.iter().any(as_before) {
                    // What was found wrong of other figures was read amiss.
                    out.retain(|r| r.kind != new.kind || r.readings[0].stated.figure != new.readings[0].stated.figure);
                    out.push(new);
                }
            }
        }
    }
}

/// What other relations say of the figures.
struct Known {
    stated: BTreeSet<(RelationKind, FigureIdx)>,
}

impl Known {
    fn of(relations: &[Relation]) -> Self {
        // A rate that misses figures that only its neighbourhood joins to it may be of others.
        let told = relations
            .iter()
            .filter(|r| r.kind != RelationKind::Ratio || r.cue == Cue::Explicit || holds(r));
        Self {
            stated: told
                .filter_map(|r| Some((r.kind, r.readings[0].stated.figure?)))
                .collect(),
        }
    }
}

/// Whether a rate is given by its figures, be it by a rounding of its own.
fn holds(relation: &Relation) -> bool {
    relation.readings.iter().any(|r| {
        let Formula::Ratio { scale } = r.formula else {
            return true;
        };
        let Some((part, wholes)) = r.operands.split_first() else {
            return true;
        };
        let whole = wholes.iter().try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?));
        let agreement = part.value.zip(whole).and_then(|(p, w)| fits(&r.stated, p, w, scale));
        !wholes.is_empty() && agreement.is_some_and(|a| a.holds() || a.is_rounding())
    })
}

/// The form of a relation that holds by more than chance, if its figures stand in one row of its passage.
fn form_of(
    cx: &Context,
    reading: &Reading,
    places: &BTreeMap<FigureIdx, MentionRef>,
    held: &Relation,
) -> Option<(Form, MentionRef)> {
    let first = held.readings.first()?;
    let (of_ratio, scale) = match (held.kind, &first.formula) {
        (RelationKind::Ratio, Formula::Ratio { scale }) => (true, *scale),
        (RelationKind::Sum, Formula::Sum) => (false, 0),
        _ => return None,
    };
    let taken: Vec<MentionRef> = std::iter::once(&first.stated)
        .chain(&first.operands)
        .map(|o| places.get(&o.figure?).copied())
        .collect::<Option<_>>()?;
    let passage = taken[0].passage;
    let from = taken.iter().map(|m| m.mention).min()?;
    let to = taken.iter().map(|m| m.mention).max()?;
    if taken.len() < 3 || taken.iter().any(|m| m.passage != passage) || !telling(cx, reading, of_ratio, scale, &taken) {
        return None;
    }
    let at = MentionRef { passage, mention: from };
    let form = Form {
        of_ratio,
        scale,
        slots: slots(cx, reading, at, to - from + 1)?,
        taken: taken.iter().map(|m| m.mention - from).collect(),
        called: last_words(&reading.mention(taken[0]).label).to_owned(),
    };
    Some((form, at))
}

/// Whether figures, the stated one first, belong together and would hardly do so by chance.
fn telling(cx: &Context, reading: &Reading, of_ratio: bool, scale: u32, taken: &[MentionRef]) -> bool {
    let value = |at: &MentionRef| reading.mention(*at).value;
    let Some((stated, operands)) = taken.split_first() else {
        return false;
    };
    if of_ratio {
        let [part, whole] = operands else { return false };
        // All of ten are 100 %, whatever they are all of.
        value(part) != value(whole)
            && cx
                .operand(reading.mention(*stated).fig)
                .and_then(|s| fits(&s, value(part), value(whole), scale))
                .is_some_and(Agreement::holds)
    } else {
        let sum = operands.iter().try_fold(Decimal::ZERO, |s, m| s.checked_add(value(m)));
        sum == Some(value(stated)) && value(stated) >= LEAST_SUM
    }
}

/// The row of `len` figures from `at` on in its passage.
fn slots(cx: &Context, reading: &Reading, at: MentionRef, len: usize) -> Option<Vec<Slot>> {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let row = prose.mentions.get(at.mention..at.mention.checked_add(len)?)?;
    if len > MAX_FIGURES {
        return None;
    }
    let depth = |clause: usize| i16::from(prose.clauses[clause].depth);
    let slot = |n: usize| {
        let own = &row[n];
        let before = n.checked_sub(1).map(|b| &row[b]);
        let between = before.map_or("", |b| text.get(b.full.end..own.full.start).unwrap_or_default());
        Slot {
            class: own.class,
            unit: own.unit.clone(),
            anew: before.is_some_and(|b| prose.clauses[b.clause].sentence != prose.clauses[own.clause].sentence),
            deeper: before.map_or(0, |b| depth(own.clause) - depth(b.clause)),
            among: between.contains("其中"),
            compared: change_word(&own.label).is_some() || super::rates::is_compared_with(own),
        }
    };
    Some((0..len).map(slot).collect())
}

/// The last characters of the words before a figure.
fn last_words(label: &str) -> &str {
    let from = label.char_indices().rev().take(MAX_SHARED).last();
    &label[from.map_or(0, |(at, _)| at)..]
}

/// How the words before the figure of a slot end in all rows.
fn shared<'r>(reading: &'r Reading, rows: &[MentionRef], slot: usize) -> &'r str {
    let label = |at: &MentionRef| {
        let mention = at.mention + slot;
        last_words(&reading.mention(MentionRef { mention, ..*at }).label)
    };
    let Some((first, others)) = rows.split_first() else {
        return "";
    };
    let words = label(first);
    let from = words.char_indices().map(|(at, _)| at);
    let shared = from
        .map(|at| &words[at..])
        .find(|end| others.iter().all(|o| label(o).ends_with(end)));
    shared.unwrap_or_default()
}

/// The relation of a row that has the form and misses what it says.
fn missed(
    cx: &Context,
    reading: &Reading,
    form: &Form,
    told: &Told,
    at: MentionRef,
    known: &Known,
) -> Option<Relation> {
    let rows = &told.holding;
    if rows.contains(&at) {
        return None;
    }
    let of = |slot: usize| MentionRef {
        mention: at.mention + slot,
        ..at
    };
    let kind = if form.of_ratio {
        RelationKind::Ratio
    } else {
        RelationKind::Sum
    };
    let (stated, operands) = form.taken.split_first()?;
    let (stated, operands): (MentionRef, Vec<MentionRef>) = (of(*stated), operands.iter().map(|o| of(*o)).collect());
    if known.stated.contains(&(kind, reading.mention(stated).fig)) {
        return None;
    }
    let plain = operands.iter().all(|o| reading.mention(*o).is_amount()) && reading.mention(stated).plain;
    // Each figure has the words that those of the others share; the stated one is called as they are.
    let called = form.taken[1..].iter().all(|slot| {
        let words = shared(reading, rows, *slot);
        reading.mention(of(*slot)).label.ends_with(words)
    });
    if !plain || !called || last_words(&reading.mention(stated).label) != form.called {
        return None;
    }
    let value = |m: &MentionRef| reading.mention(*m).value;
    let operand = |m: &MentionRef| cx.operand(reading.mention(*m).fig);
    let printed = operand(&stated)?;
    let parts: Vec<Operand> = operands.iter().map(operand).collect::<Option<_>>()?;
    let rule = *told.rules.first()?;
    if form.of_ratio {
        let [part, whole] = operands[..] else { return None };
        let scale = scale(cx, reading, stated);
        let (part, whole) = (value(&part), value(&whole));
        let agreement = fits(&printed, part, whole, scale)?;
        let points = Decimal::from(NEAR_POINTS);
        let by_little = rows.len() >= SURE && misses_by(&printed, part, whole, scale).is_some_and(|gap| gap <= points);
        let near = by_little
            || near_miss(&printed, part, whole, scale, NEAR_POINTS)
            || slipped(&printed, part, whole, scale)
            || part_slipped(&printed, part, whole, scale);
        if scale != form.scale || agreement.holds() || agreement.is_rounding() || !near {
            return None;
        }
        let [part, whole] = <[Operand; 2]>::try_from(parts).ok()?;
        let readings = vec![ratio_reading(&printed, part, vec![whole], scale)];
        assemble(cx, rule, Cue::Implied, readings, scale)
    } else {
        let sum = operands
            .iter()
            .try_fold(Decimal::ZERO, |s, m| s.checked_add(value(m)))?;
        let total = value(&stated);
        let values: Vec<Decimal> = operands.iter().map(value).collect();
        let near = one_slip(total, sum, &values) || within_percent(total, sum, NEAR_PERCENT);
        if sum == total || !near || total < LEAST_SUM {
            return None;
        }
        relation(cx, kind, rule, Cue::Implied, Formula::Sum, printed, parts)
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::ratios;

    /// Of one such sentence alone it may be asked whether the rate is of samples or of items.
    const FORM: &str = "甲站检测样品9100批次，检测项目10600项次，阳性样品68批次，阳性项目90项次，样品阳性率0.75%；\
        乙站检测样品13300批次，检测项目14800项次，阳性样品84批次，阳性项目96项次，样品阳性率0.63%；\
        丙站检测样品6700批次，检测项目7900项次，阳性样品53批次，阳性项目72项次，样品阳性率0.79%；\
        丁站检测样品2500批次，检测项目3300项次，阳性样品31批次，阳性项目38项次，样品阳性率1.24%；\
        戊站检测样品1300批次，检测项目1400项次，阳性样品4批次，阳性项目6项次，样品阳性率0.31%。";

    fn wrong(text: &str) -> Vec<String> {
        ratios(text).into_iter().filter(|l| l.contains('?')).collect()
    }

    #[test]
    fn one_of_several_that_are_told_alike() {
        assert_eq!(ratios(FORM).len(), 5, "{:?}", ratios(FORM));
        assert_eq!(wrong(FORM), [""; 0]);
        let text = FORM.replace("0.63%", "0.99%");
        assert_eq!(wrong(&text), ["ratio? 0.99% <- 84批次 13300批次"]);
    }

    #[test]
    fn another_form_says_nothing() {
        let told = |l: &String| l.ends_with("批次");
        for (from, to) in [
            // Far off; with a figure more; of another name.
            ("0.63%", "61.10%"),
            ("检测项目14800项次", "检测项目14800项次，复检12批次"),
            ("样品阳性率0.63%", "样品复检率0.99%"),
        ] {
            let text = FORM.replace(from, to).replace("0.63%", "0.99%");
            assert!(!wrong(&text).iter().any(told), "{text}: {:?}", wrong(&text));
        }
        // More that fail than those that hold can answer for.
        let text = FORM.replace("0.63%", "0.99%").replace("0.79%", "1.13%");
        assert!(!wrong(&text).iter().any(told), "{:?}", wrong(&text));
    }
}
