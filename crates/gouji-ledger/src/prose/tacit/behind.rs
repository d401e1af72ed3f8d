//! Parts that follow their total without a word that announces them.

use gouji_quantity::{Decimal, one_keystroke};

use super::{MAX_TERMS, Sums, Term, kin, one_unit};
use crate::Cue;
use crate::context::Role;
use crate::lexicon::Measure;
use crate::prose::MentionRef;
use crate::prose::lists::common_suffix;
use crate::prose::partition::{hardly_chance, one_slip};

/// Sentences behind the one of the total that may hold its parts.
const MAX_SENTENCES: usize = 3;

/// Which of the figures behind a total are taken for its parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Series {
    /// All of the total's measure word.
    All,
    /// The first of each item, of the total's measure word.
    Items,
    /// Those of the total's measure word whose names end alike, in at least so many characters.
    Named(usize),
    /// Those that are told in the words of the total: 合格的样品116个…合格的样品71个…合格的样品45个.
    AsTotal,
    /// The first of each clause, of any measure word of cases.
    MixedClauses,
    /// The first of each item, of any measure word of cases.
    MixedItems,
}

/// Adds the sums of totals before their parts.
pub(super) fn sums(terms: &[Vec<Term>], sums: &mut Sums) {
    for passage in 0..terms.len() {
        for place in (0..terms[passage].len()).rev() {
            let total = terms[passage][place].at;
            if !sums.reading.mention(total).is_amount() {
                continue;
            }
            let window = window(terms, sums, passage, place);
            for series in [
                Series::All,
                Series::Items,
                Series::Named(6),
                Series::Named(5),
                Series::Named(4),
                Series::AsTotal,
                Series::MixedClauses,
                Series::MixedItems,
            ] {
                let divisions = divisions(sums, &terms[passage][place], &window, series);
                if divisions.is_empty() {
                    continue;
                }
                let total = what_came_in(&terms[passage][..=place], sums, total);
                for parts in divisions {
                    sums.push(total, &parts, "tacit-sum", Cue::Arithmetic);
                    columns(sums, &terms[passage], place, &parts);
                }
                break;
            }
        }
    }
}

/// What is done with cases that are not taken up as others are.
const DEEDS: [&str; 8] = ["答复", "直接", "当场", "转办", "交办", "转交", "直办", "派单"];
/// Most parts of a sentence that are held against the amount that opens it.
const MAX_BESIDE: usize = 6;

/// 诉求7230件，当场答复5113件，转办2114件: all further amounts of the sentence that a total opens give it, or come so near that a wrong
/// key parts them and no chance brought them there.
pub(super) fn deeds(terms: &[Vec<Term>], sums: &mut Sums) {
    for own in terms {
        for sentence in own.chunk_by(|a, b| a.sentence == b.sentence) {
            let Some((total, parts)) = sentence.split_first() else {
                continue;
            };
            let head = sums.reading.mention(total.at);
            let alike = |t: &Term| {
                let m = sums.reading.mention(t.at);
                // 电话2056件，公众号1027件，网站822件: kinds told side by side, and nothing that was done with the first.
                let deed = DEEDS.iter().any(|w| m.label.contains(w));
                (one_unit(head, m) || kin(head, m)) && m.value < head.value && t.leads_clause && deed
            };
            let refs: Vec<MentionRef> = parts.iter().map(|t| t.at).collect();
            let values: Vec<Decimal> = refs.iter().map(|p| sums.reading.mention(*p).value).collect();
            let Some(sum) = sums.sum(&refs).filter(|_| (2..=MAX_BESIDE).contains(&refs.len())) else {
                continue;
            };
            let large = sums.size(total.at) >= Decimal::ONE_THOUSAND;
            let holds = sum == head.value;
            let near = holds || hardly_chance(head.value, sum, &values) && one_slip(head.value, sum, &values);
            if large && near && parts.iter().all(alike) && !parts.iter().any(|t| sums.is_below(t.at, total.at)) {
                let cue = if holds { Cue::Arithmetic } else { Cue::Implied };
                sums.push(total.at, &refs, "tacit-sum", cue);
            }
        }
    }
}

/// Words of the part that an office has itself, beside those of the places below it.
const OWN: [&str; 8] = ["本级", "市直", "县直", "区直", "州直", "省直", "直属", "直管"];
/// Paragraphs behind the one of the total in which the parts of the places below may stand.
const MAX_BELOW: usize = 2;

/// 收入20亿元，其中市本级8亿元。…¶甲县6亿元，乙县4亿元，丙县2亿元: what the office has itself stands with the total, and the places below it further
/// on, one to a clause.
pub(super) fn own_and_below(terms: &[Vec<Term>], sums: &mut Sums) {
    for passage in 0..terms.len() {
        for place in 0..terms[passage].len().saturating_sub(1) {
            let (total, own) = (terms[passage][place], terms[passage][place + 1]);
            let (head, part) = (sums.reading.mention(total.at), sums.reading.mention(own.at));
            let apart = OWN.iter().any(|w| part.label.contains(w));
            if !own.cued || !apart || own.sentence != total.sentence || !one_unit(head, part) {
                continue;
            }
            let body = sums.cx.passages[passage].body;
            let last = (passage + MAX_BELOW).min(terms.len() - 1);
            let below: Vec<MentionRef> = terms[passage][place + 2..]
                .iter()
                .chain(terms[passage + 1..=last].iter().flatten())
                .filter(|t| t.leads_clause && sums.cx.passages[t.at.passage].body == body)
                .filter(|t| one_unit(head, sums.reading.mention(t.at)))
                .take(MAX_TERMS)
                .map(|t| t.at)
                .collect();
            let found = (0..below.len()).find_map(|from| {
                // They begin with a sentence or paragraph of their own and are told one after the other.
                let mut parts = vec![own.at];
                parts.extend(&below[from..]);
                (4..=parts.len())
                    .find(|to| sums.adds_up(total.at, &parts[..*to]))
                    .map(|to| parts[..to].to_vec())
            });
            if let Some(parts) = found.filter(|_| sums.size(total.at) >= Decimal::ONE_HUNDRED) {
                sums.push(total.at, &parts, "tacit-sum", Cue::Arithmetic);
            }
        }
    }
}

/// The figures behind a total: of the sentences that follow it, or of the next paragraph where its own has no more.
fn window(terms: &[Vec<Term>], sums: &Sums, passage: usize, place: usize) -> Vec<Term> {
    let own = &terms[passage];
    let last = own[place].sentence + MAX_SENTENCES;
    let here: Vec<Term> = own[place + 1..]
        .iter()
        .take_while(|t| t.sentence <= last)
        .take(MAX_TERMS)
        .copied()
        .collect();
    if !here.is_empty() || passage + 1 >= terms.len() {
        return here;
    }
    let (a, b) = (&sums.cx.passages[passage], &sums.cx.passages[passage + 1]);
    // 1.问询类1500个。 may be a heading of its own.
    let under = match a.role {
        Role::Heading { .. } => b.headings.last() == Some(&passage),
        _ => a.headings == b.headings,
    };
    let follows = a.body == b.body && b.role == Role::Paragraph && under;
    let next = &terms[passage + 1];
    if follows && next.len() <= MAX_TERMS {
        next.clone()
    } else {
        Vec::new()
    }
}

/// The runs of a series that each add up to the total: from the total on, from a word that announces parts, or from where a run that
/// does has ended, up to where an item ends.
fn divisions(sums: &Sums, total: &Term, window: &[Term], series: Series) -> Vec<Vec<MentionRef>> {
    let reading = sums.reading;
    let head = reading.mention(total.at);
    let mixed = matches!(series, Series::MixedClauses | Series::MixedItems);
    // 第一产业增加值6.2亿元；第二产业增加值6.6亿元，其中工业增加值4.1亿元…。第三产业增加值11.6亿元.
    let name = |t: &Term| reading.label(t.at).full_name.as_str();
    let pattern = window.first().map_or("", name);
    let wanted = |t: &&Term| match series {
        Series::All => true,
        Series::Named(least) => common_suffix(pattern, name(t)) >= least,
        Series::AsTotal => common_suffix(&head.label, &reading.mention(t.at).label) >= ALIKE,
        Series::Items | Series::MixedItems => t.leads_item || t.cued,
        Series::MixedClauses => t.leads_clause,
    };
    let fits = |t: &&Term| {
        let m = reading.mention(t.at);
        (one_unit(head, m) || mixed && kin(head, m)) && !sums.is_below(t.at, total.at)
    };
    let of_series: Vec<Term> = match series {
        // 对109家企业生产的122批次产品进行了检验: the item is led by a figure of another measure word.
        Series::Items => {
            let mut new_item = false;
            let mut cued = false;
            let mut led = Vec::new();
            for t in window {
                new_item |= t.leads_item;
                cued |= t.cued;
                if fits(&t) {
                    // One that does not lead its item itself ends no run of others: 94件，402人次；…；1件，1人次.
                    if std::mem::take(&mut new_item) | cued {
                        led.push(Term { cued, ..*t });
                    }
                    cued = false;
                }
            }
            led
        }
        _ => window.iter().filter(wanted).copied().collect(),
    };
    let run: Vec<Term> = of_series.iter().filter(fits).copied().collect();
    let refs: Vec<MentionRef> = run.iter().map(|t| t.at).collect();
    let mut out: Vec<Vec<MentionRef>> = Vec::new();
    let mut from = 0;
    // Where the last run that added up ended.
    let mut ended = 0;
    while from < run.len() {
        let first = &run[from];
        let begins = from == ended && (from == 0 || first.leads_item) || first.cued;
        let cued = first.cued || from == 0 && asked_of(sums, total.at);
        let found = (from + 2..=run.len()).filter(|_| begins).find(|&to| {
            let ends = run.get(to).is_none_or(|next| {
                next.leads_item
                    || next.cued
                    || next.at.passage != run[to - 1].at.passage
                    // …，建议1条，已办结281件: what was done with them is told besides.
                    || mixed && reading.label(next.at).measure.is_some()
            });
            let parts = &refs[from..to];
            ends && sums.adds_up(total.at, parts)
                && (cued || !sibling(sums, total.at, parts))
                && distinctive(sums, total, &run[from..to], cued, mixed)
        });
        match found {
            Some(to) => {
                out.push(refs[from..to].to_vec());
                (from, ended) = (to, to);
            }
            None => from += 1,
        }
    }
    out
}

/// How many characters before two figures must be the same, so that they are told in the same words.
const ALIKE: usize = 4;

/// 15家企业的15批次，合格11批次，其中6家企业的6批次，合格6批次，9家企业的9批次，合格5批次: the other figures told with a total, each the sum of those told
/// with its parts.
fn columns(sums: &mut Sums, terms: &[Term], place: usize, parts: &[MentionRef]) {
    let reading = sums.reading;
    let total = terms[place];
    let index = |at: MentionRef| terms.binary_search_by_key(&at, |t| t.at).ok();
    let Some(places) = parts.iter().map(|p| index(*p)).collect::<Option<Vec<usize>>>() else {
        return;
    };
    let Some((&first, &last)) = places.first().zip(places.last()) else {
        return;
    };
    let beside = (0..first).filter(|i| *i != place && terms[*i].sentence == total.sentence);
    for other in beside.rev().take(MAX_COLUMNS).collect::<Vec<usize>>() {
        let o = terms[other].at;
        let (own, label) = (reading.mention(o), reading.label(o));
        let same = |t: &Term| {
            let m = reading.mention(t.at);
            one_unit(own, m) && reading.label(t.at).measure == label.measure
        };
        let column: Option<Vec<MentionRef>> = places
            .iter()
            .zip(places.iter().skip(1).chain([&terms.len()]))
            .map(|(from, to)| {
                let mut record = terms[from + 1..*to]
                    .iter()
                    .take_while(|t| t.sentence == terms[last].sentence);
                record.find(|t| same(t)).map(|t| t.at)
            })
            .collect();
        let Some(column) = column else { continue };
        if column.iter().any(|at| parts.contains(at)) || own.value < Decimal::ONE {
            continue;
        }
        // The parts that make the total prove the form.
        match sums.sum(&column) {
            Some(sum) if sum == own.value => sums.push(o, &column, "tacit-sum", Cue::Arithmetic),
            Some(sum) if own.value >= Decimal::TEN && one_keystroke(sum, own.value) => {
                sums.push(o, &column, "tacit-sum", Cue::Implied);
            }
            _ => {}
        }
    }
}

/// Most figures beside a total that are tried as totals of further columns.
const MAX_COLUMNS: usize = 4;

/// Whether parts that add up do so by more than chance.
fn distinctive(sums: &Sums, total: &Term, parts: &[Term], cued: bool, mixed: bool) -> bool {
    let size = sums.size(total.at);
    let (first, last) = (&parts[0], &parts[parts.len() - 1]);
    let apart = first.at.passage != total.at.passage || first.sentence != total.sentence;
    let together = first.at.passage == last.at.passage && first.sentence == last.sentence;
    let value = |t: &Term| sums.reading.mention(t.at).value;
    if mixed {
        let units = parts
            .iter()
            .any(|t| !one_unit(sums.reading.mention(total.at), sums.reading.mention(t.at)));
        return units && parts.len() >= 3 && size >= Decimal::ONE_HUNDRED && (cued || apart);
    }
    if cued && together {
        return size >= Decimal::TEN;
    }
    match parts.len() {
        2 => together && size >= Decimal::ONE_HUNDRED && value(first) != value(last),
        _ if together => size >= Decimal::from(20),
        _ => size >= Decimal::ONE_HUNDRED,
    }
}

/// 社保类65件，政务类25件，民主类40件: a total named as its parts are is the first of them.
fn sibling(sums: &Sums, total: MentionRef, parts: &[MentionRef]) -> bool {
    let label = sums.reading.label(total);
    let last = |at: MentionRef| sums.reading.label(at).full_name.chars().last();
    !label.total
        && label.measure.is_none()
        && last(total).is_some()
        && parts.iter().take(2).all(|p| last(*p) == last(total))
}

/// 查处的240件问题中，: the total itself is asked for its parts.
fn asked_of(sums: &Sums, total: MentionRef) -> bool {
    let tail = &sums.reading.mention(total).tail;
    tail.ends_with('中') && tail.chars().count() >= 2
}

/// 收到31件，办结31件。甲20件，乙11件: of equal amounts what came in is divided.
fn what_came_in(before: &[Term], sums: &Sums, total: MentionRef) -> MentionRef {
    let value = |at: MentionRef| sums.reading.mention(at).value;
    before
        .iter()
        .rev()
        .skip(1)
        .take(3)
        .map(|t| t.at)
        .find(|at| {
            value(*at) == value(total)
                && one_unit(sums.reading.mention(*at), sums.reading.mention(total))
                && sums.reading.label(*at).measure == Some(Measure::Received)
        })
        .unwrap_or(total)
}
