//! Records known by the sentence that leads them: it tells several measures of a whole, and each record behind it the same measures
//! of one part, under whatever words, marks and paragraphs.
//!
//! 成交130宗，交易额80万元，节约7万元。其中，工程56宗，中标价70万元，节约资金6万元；采购74宗，采购额10万元，比预算节约1万元。
//!
//! How many of the stretches behind a lead are its records is not said. It is known where two measures at least, summed over the
//! first n records, both give the lead's figures: the words of a field (交易额, 中标价) may differ then, and a third measure which every
//! record has by the lead's own words, and which misses its figure by one wrong key, is complained of.

use std::ops::Range;

use gouji_quantity::Decimal;

use super::MAX_FIELDS;
use super::columns::{Column, contradicts};
use super::stretches::{LAYOUTS, Stretch, records, stretches};
use crate::Cue;
use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::partition::one_slip;
use crate::prose::sums::{begin_alike, one_field};
use crate::prose::{MentionRef, Reading};

/// Most figures of a lead.
const MAX_HEADS: usize = 10;
/// Most paragraphs with figures before a record that may lead it, and most stretches that are looked at for them.
const MAX_LEADS: usize = 3;
const MAX_BACK: usize = 64;
/// Most runs of records that are held against their leads, in a whole document.
const MAX_TRIED: usize = 6_000;
/// Most sentences between two figures of one lead.
const MAX_APART: usize = 2;
/// Digits of the totals that add up, taken together, that no chance explains over three records; over two one more.
const LEAST_WEIGHT: usize = 4;

/// Digits of a total that adds up alone.
const LEAST_ALONE: usize = 3;

/// A sum: the lead's figure, the records' figures, how it is vouched for.
pub(super) type Sum = (MentionRef, Vec<MentionRef>, Cue);

/// The sums of records with several measures.
pub(super) fn sums(cx: &Context, reading: &Reading) -> Vec<Sum> {
    let all = stretches(cx, reading);
    let mut out = Vec::new();
    // Within records that have found their lead no others begin by the same layout.
    let mut next = [0; LAYOUTS.len()];
    let mut tried = 0;
    for first in 0..all.len() {
        // 其中 may announce the records, or divide the first of them.
        for split in [Some(0), all[first].announced].into_iter().flatten() {
            let leads = leads(reading, &all, first, split);
            if leads.is_empty() || tried >= MAX_TRIED {
                continue;
            }
            let mut seen: Vec<Vec<Range<usize>>> = Vec::new();
            for (layout, next) in LAYOUTS.into_iter().zip(&mut next) {
                let ranges = records(&all, first, split > 0, layout);
                if first < *next || ranges.len() < 2 || seen.contains(&ranges) {
                    continue;
                }
                tried += 1;
                if let Some((sums, taken)) = at(cx, reading, &all, (first, split), &ranges, &leads) {
                    out.extend(sums);
                    *next = first + taken;
                }
                seen.push(ranges);
            }
        }
    }
    out
}

/// A record: its fields, and the stretches that they are from.
struct Record<'a> {
    fields: Vec<MentionRef>,
    stretches: &'a [Stretch],
}

/// The sums of the records that begin with a stretch, behind so many fields of it, under the lead that they fit best, and the number of
/// stretches that they take.
fn at(
    cx: &Context,
    reading: &Reading,
    all: &[Stretch],
    (first, split): (usize, usize),
    ranges: &[Range<usize>],
    leads: &[Vec<MentionRef>],
) -> Option<(Vec<Sum>, usize)> {
    let mut run: Vec<Record> = Vec::with_capacity(ranges.len());
    for (n, range) in ranges.iter().enumerate() {
        let fields = all[range.clone()].iter().flat_map(|s| s.fields.iter().copied());
        let fields: Vec<MentionRef> = fields.skip(if n == 0 { split } else { 0 }).take(MAX_FIELDS).collect();
        if !fields.is_empty() {
            run.push(Record {
                fields,
                stretches: &all[range.clone()],
            });
        }
    }
    let best = leads
        .iter()
        .filter_map(|lead| fit(cx, reading, lead, &run))
        .reduce(|best, fit| if fit.weight > best.weight { fit } else { best })?;
    let end = run[best.records - 1].stretches.last()?;
    let end = (end.passage, end.range.end);
    let taken = all[first..].iter().take_while(|s| (s.passage, s.range.end) <= end);
    let taken = taken.count().max(1);
    Some((best.sums, taken))
}

/// The figures that may lead the records from a stretch on: those before them in its paragraph, and those of the paragraphs before.
fn leads(reading: &Reading, all: &[Stretch], first: usize, split: usize) -> Vec<Vec<MentionRef>> {
    let own = &all[first];
    let mut out: Vec<Vec<MentionRef>> = Vec::new();
    let before = all[..first]
        .iter()
        .rev()
        .take(MAX_BACK)
        .take_while(|s| s.body == own.body);
    let mut passage = own.passage;
    let mut here: Vec<MentionRef> = own.fields[..split].iter().rev().copied().collect();
    for stretch in before {
        if stretch.passage != passage {
            out.push(std::mem::take(&mut here));
            out.retain(|lead| !lead.is_empty());
            if out.len() > MAX_LEADS {
                break;
            }
            passage = stretch.passage;
        }
        here.extend(stretch.fields.iter().rev());
    }
    out.push(here);
    out.retain(|lead| lead.len() >= 2);
    for lead in &mut out {
        lead.reverse();
        // In the paragraph of the records the nearest lead them, in another what it opens with.
        if lead[0].passage == own.passage && lead.len() > MAX_HEADS {
            lead.drain(..lead.len() - MAX_HEADS);
        }
        lead.truncate(MAX_HEADS);
        lead.retain(|at| reading.mention(*at).value > Decimal::ZERO);
    }
    out
}

/// How the fields of a column were known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    /// The same words, or words much like them.
    Words,
    /// The n-th amount of the unit, as the head is in its sentence.
    Order,
}

/// A figure of the lead that the fields of the first n records add up to.
struct Hit {
    head: MentionRef,
    parts: Vec<MentionRef>,
    /// Those of the parts that are told for this figure, and not for all that a record counts.
    own: Vec<MentionRef>,
    by: By,
    /// The records that it takes.
    records: usize,
    weight: usize,
}

/// What fits a lead.
struct Fit {
    sums: Vec<Sum>,
    records: usize,
    weight: usize,
}

fn fit(cx: &Context, reading: &Reading, lead: &[MentionRef], run: &[Record]) -> Option<Fit> {
    let mut hits: Vec<Hit> = Vec::new();
    for head in lead {
        for by in [By::Words, By::Order] {
            hits_of(cx, reading, lead, *head, run, by, &mut hits);
        }
    }
    let mut best: Option<(usize, usize, Vec<&Hit>)> = None;
    for anchor in &hits {
        let mut chosen: Vec<&Hit> = Vec::new();
        for hit in hits
            .iter()
            .filter(|h| h.records == anchor.records && near(reading, h.head, anchor.head))
        {
            // One figure is a total once, and a part once.
            let shared = |c: &Hit| c.head == hit.head || c.own.iter().any(|p| hit.own.contains(p));
            if !chosen.iter().any(|c| shared(c)) {
                chosen.push(hit);
            }
        }
        let weight: usize = chosen.iter().map(|h| h.weight).sum();
        let better = best
            .as_ref()
            .is_none_or(|(w, n, _)| (weight, anchor.records) > (*w, *n));
        // Two records fit a lead sooner than three.
        let least = LEAST_WEIGHT + usize::from(anchor.records == 2);
        if chosen.len() >= 2 && weight >= least && better {
            best = Some((weight, anchor.records, chosen));
        }
    }
    let held = |chosen: &[&Hit]| -> Vec<Sum> {
        let sums = chosen.iter().map(|h| (h.head, h.parts.clone(), Cue::Arithmetic));
        sums.collect()
    };
    if let Some((weight, records, chosen)) = best {
        let mut sums = held(&chosen);
        sums.extend(wrong(reading, lead, &run[..records], &chosen));
        return Some(Fit { sums, records, weight });
    }
    // Of two measures by the lead's own words one adds up, and the other but for a wrong key.
    hits.iter()
        .filter(|h| h.by == By::Words && h.own.len() == h.records && h.weight >= LEAST_ALONE)
        .find_map(|hit| {
            let wrong = wrong(reading, lead, &run[..hit.records], &[hit]);
            let mut sums = held(&[hit]);
            sums.extend(wrong);
            (sums.len() >= 2).then_some(Fit {
                sums,
                records: hit.records,
                weight: hit.weight,
            })
        })
}

/// Whether two figures of a lead stand near each other.
fn near(reading: &Reading, a: MentionRef, b: MentionRef) -> bool {
    a.passage == b.passage && reading.sentence(a).abs_diff(reading.sentence(b)) <= MAX_APART
}

/// Each number of records whose fields add up to a figure of the lead.
fn hits_of(
    cx: &Context,
    reading: &Reading,
    lead: &[MentionRef],
    head: MentionRef,
    run: &[Record],
    by: By,
    out: &mut Vec<Hit>,
) {
    let total = reading.mention(head).value;
    let mut parts: Vec<MentionRef> = Vec::new();
    let mut own: Vec<MentionRef> = Vec::new();
    let mut sum = Decimal::ZERO;
    let mut told = 0;
    for (n, record) in run.iter().enumerate() {
        let field = match by {
            By::Words => by_words(reading, head, record),
            By::Order => by_order(reading, lead, head, record),
        };
        own.extend(field);
        let lent = || all_of_it(cx, reading, head, record).filter(|_| by == By::Words);
        if let Some(field) = field.or_else(lent) {
            let value = reading.mention(field).value;
            told += usize::from(value > Decimal::ZERO);
            parts.push(field);
            match sum.checked_add(value) {
                Some(s) if s <= total => sum = s,
                _ => return,
            }
        }
        if sum == total && told >= 2 {
            let missing = n + 1 - own.len();
            let loss = missing + usize::from(by == By::Order);
            out.push(Hit {
                head,
                parts: parts.clone(),
                own: own.clone(),
                by,
                records: n + 1,
                weight: digits(cx, reading, head).saturating_sub(loss).max(1),
            });
        }
    }
}

/// The field of a record by the words of the lead's figure: the same, much the same, or begun alike.
fn by_words(reading: &Reading, head: MentionRef, record: &Record) -> Option<MentionRef> {
    let of_unit = || record.fields.iter().copied().filter(|f| one_unit(reading, *f, head));
    let own = reading.label(head);
    let same = |f: &MentionRef| {
        let label = reading.label(*f);
        !own.full_name.is_empty() && label.full_name == own.full_name
            || own.measure.is_some() && label.measure == own.measure
    };
    let ends = |f: &MentionRef| {
        let name = reading.label(*f).full_name.as_str();
        own.full_name.chars().count() >= 2 && name.ends_with(own.full_name.as_str())
            || name.chars().count() >= 2 && own.full_name.ends_with(name)
    };
    of_unit()
        .find(same)
        .or_else(|| of_unit().find(ends))
        .or_else(|| of_unit().find(|f| one_field(reading.label(*f), own)))
        .or_else(|| of_unit().find(|f| begin_alike(reading.label(*f), own)))
}

/// The field of a record at the place, among those of its unit, that the figure has in its sentence.
fn by_order(reading: &Reading, lead: &[MentionRef], head: MentionRef, record: &Record) -> Option<MentionRef> {
    let fellows = lead
        .iter()
        .filter(|h| reading.one_sentence(**h, head) && one_unit(reading, **h, head));
    let place = fellows.take_while(|h| **h != head).count();
    record
        .fields
        .iter()
        .copied()
        .filter(|f| one_unit(reading, *f, head))
        .nth(place)
}

/// What a record counts, where all of it is said to be as the lead's figure tells (监测水产品50批次，全部合格).
fn all_of_it(cx: &Context, reading: &Reading, head: MentionRef, record: &Record) -> Option<MentionRef> {
    let measure = reading.label(head).measure?;
    let good = matches!(
        measure,
        Measure::Passed | Measure::Closed | Measure::OnTimeClosed | Measure::Satisfied
    );
    let mut counted = record.fields.iter().copied().filter(|f| one_unit(reading, *f, head));
    let only = counted.next().filter(|_| counted.next().is_none())?;
    let said = record.stretches.iter().any(|s| {
        let text = cx.passages[s.passage]
            .text
            .as_str()
            .get(s.range.clone())
            .unwrap_or_default();
        [
            "全部合格",
            "均合格",
            "全部办结",
            "均办结",
            "均已办结",
            "全部完成",
            "均已完成",
            "全部按期办结",
        ]
        .iter()
        .any(|w| text.contains(w))
    });
    (good && said).then_some(only)
}

fn one_unit(reading: &Reading, a: MentionRef, b: MentionRef) -> bool {
    reading.mention(a).unit == reading.mention(b).unit
}

/// How many digits a figure has as printed.
fn digits(cx: &Context, reading: &Reading, at: MentionRef) -> usize {
    let m = reading.mention(at);
    let ulp = cx.operand(m.fig).map_or(Decimal::ZERO, |o| o.ulp);
    let size = if ulp.is_zero() {
        Some(m.value)
    } else {
        m.value.checked_div(ulp)
    };
    size.map_or(1, |s| s.trunc().normalize().to_string().len())
}

/// The lead's figures, in a sentence of those that add up, that the records contradict: every record has the field by the same words, or
/// at the same place and but for a wrong key. Beside a single sum that is no proof, only a wrong key is doubted.
fn wrong(reading: &Reading, lead: &[MentionRef], run: &[Record], chosen: &[&Hit]) -> Vec<Sum> {
    let free = |head: &&MentionRef| {
        chosen.iter().all(|c| c.head != **head) && chosen.iter().any(|c| reading.one_sentence(c.head, **head))
    };
    let used = |part: &MentionRef| chosen.iter().any(|c| c.parts.contains(part));
    let column = |head: MentionRef, by: By| {
        let field = |record: &Record| match by {
            By::Words => by_words(reading, head, record),
            By::Order => by_order(reading, lead, head, record),
        };
        let parts: Vec<MentionRef> = run.iter().map(field).collect::<Option<_>>()?;
        Column::of(reading, parts.into_iter().filter(|p| !used(p)).collect()).filter(|c| c.parts.len() == run.len())
    };
    let doubted = |head: &MentionRef| {
        let total = reading.mention(*head).value;
        let by_words = column(*head, By::Words);
        let strict = chosen.len() < 2 || by_words.is_none();
        let column = by_words.or_else(|| column(*head, By::Order).filter(|_| chosen.len() >= 2))?;
        let values: Vec<Decimal> = column.parts.iter().map(|m| reading.mention(*m).value).collect();
        let slip = !strict || one_slip(total, column.sum, &values);
        let doubted = column.sum != total && slip && contradicts(reading, &column, *head);
        doubted.then_some((*head, column.parts, Cue::Implied))
    };
    lead.iter().filter(free).filter_map(doubted).collect()
}
