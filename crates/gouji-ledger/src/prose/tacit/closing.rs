//! Totals that close the parts before them, and the further figures told with them.

use gouji_quantity::{Decimal, one_keystroke};

use super::{MAX_TERMS, Sums, Term, lost_unit, one_unit};
use crate::Cue;
use crate::prose::MentionRef;
use crate::prose::partition::{verdict_measure, within_percent};

/// Words of a figure that closes what stands before it.
const CLOSING: [&str; 6] = ["合计", "共计", "总计", "总共", "一共", "共"];

/// Words behind the number of figures that a total closes: 两项合计.
const OF_NUMBER: [&str; 4] = ["项", "类", "部分", "方面"];
/// Percent of a total by which as many figures as it says may miss it.
const NEAR_PERCENT: i64 = 10;

/// Adds the sums of totals behind their parts.
pub(super) fn sums(terms: &[Vec<Term>], sums: &mut Sums) {
    for passage in terms {
        for place in 2..passage.len() {
            let total = passage[place].at;
            let label = sums.reading.label(total);
            let mention = sums.reading.mention(total);
            let closes = label.total && label.cue.is_none() && CLOSING.iter().any(|w| mention.label.contains(w));
            // 现有360例，累计治愈3260例，累计死亡50例，累计报告3670例: nothing says that the last is all of them but its size.
            let stock = !closes && mention.label.contains("累计") && sums.size(total) >= Decimal::ONE_THOUSAND;
            // 10个账号停更，15个账号逾期，这25个账号…: those that were just told.
            let those = ["这", "上述", "以上"].iter().any(|w| mention.label.ends_with(w));
            if !(closes || stock || those) || !mention.is_amount() || sums.size(total) < Decimal::TEN {
                continue;
            }
            let parts = parts_before(sums, &passage[..=place]);
            if let (None, Some(parts)) = (&parts, counted(sums, &passage[..=place])) {
                sums.push(total, &parts, "closing-sum", Cue::Implied);
            }
            if let Some(parts) = parts.filter(|p| closes || those || p.len() >= 3) {
                let refs: Vec<MentionRef> = parts.iter().map(|t| t.at).collect();
                sums.push(total, &refs, "closing-sum", Cue::Arithmetic);
                fields(sums, passage, place, &parts);
            }
        }
    }
}

/// 平台受理1717件，热线转办2625件，两项合计4339件: the figures before the last one, if it says how many it closes, they are all of its measure
/// word in its sentence, and they miss it by little.
fn counted(sums: &Sums, terms: &[Term]) -> Option<Vec<MentionRef>> {
    let (total, before) = terms.split_last()?;
    let head = sums.reading.mention(total.at);
    let before_it = total.at.mention.checked_sub(1)?;
    let number = sums.reading.mention(MentionRef {
        mention: before_it,
        ..total.at
    });
    let closes = CLOSING.iter().any(|w| head.label.starts_with(w));
    let told = OF_NUMBER.contains(&number.unit.as_str()) && number.clause == head.clause && closes;
    let parts: Vec<MentionRef> = before
        .iter()
        .filter(|t| t.sentence == total.sentence && one_unit(sums.reading.mention(t.at), head))
        .map(|t| t.at)
        .collect();
    let sum = sums.sum(&parts)?;
    (told && Decimal::from(parts.len()) == number.value && within_percent(head.value, sum, NEAR_PERCENT))
        .then_some(parts)
}

/// The figures before the last one that add up to it: all of its sentence, the first of each item, or those of its measure; else those of
/// the sentence before.
fn parts_before(sums: &Sums, terms: &[Term]) -> Option<Vec<Term>> {
    let (total, before) = terms.split_last()?;
    let head = sums.reading.mention(total.at);
    let measure = |t: &Term| verdict_measure(sums.reading.label(t.at), sums.reading.mention(t.at));
    let reach: Vec<Term> = before
        .iter()
        .rev()
        .take(MAX_TERMS)
        .take_while(|t| t.sentence + 1 >= total.sentence)
        .filter(|t| {
            let m = sums.reading.mention(t.at);
            one_unit(m, head) || lost_unit(m)
        })
        .copied()
        .collect();
    let sentence = reach.first()?.sentence;
    let mut own: Vec<Term> = reach.into_iter().filter(|t| t.sentence == sentence).collect();
    own.reverse();
    let adds_up = |parts: &Vec<Term>| {
        let refs: Vec<MentionRef> = parts.iter().map(|t| t.at).collect();
        sums.adds_up(total.at, &refs)
    };
    let items: Vec<Term> = own.iter().filter(|t| t.leads_item).copied().collect();
    let like: Vec<Term> = match measure(total) {
        Some(wanted) => own.iter().filter(|t| measure(t) == Some(wanted)).copied().collect(),
        None => Vec::new(),
    };
    // The last item alone: 甲情况…；乙登记120对、离婚40对，合计160对.
    let last: Vec<Term> = match own.iter().rposition(|t| t.leads_item) {
        Some(from) => own[from..].to_vec(),
        None => Vec::new(),
    };
    [own, items, like, last].into_iter().find(|parts| adds_up(parts))
}

/// 抽样60份，合格59份；抽样40份，合格38份；合计抽样100份，合格97份: what is told behind the total, each item's own added up.
///
/// The items that made the total prove the form, so a figure that is a key away from its sum is doubted.
fn fields(sums: &mut Sums, terms: &[Term], place: usize, parts: &[Term]) {
    if !parts.iter().all(|t| t.leads_item) {
        return;
    }
    let reading = sums.reading;
    let index = |t: &Term| terms.partition_point(|o| o.at < t.at);
    for field in terms[place + 1..].iter().take_while(|t| !t.leads_item).take(MAX_TERMS) {
        let same = |t: &&Term| {
            let (a, b) = (reading.mention(field.at), reading.mention(t.at));
            let measures = [field, *t].map(|t| verdict_measure(reading.label(t.at), reading.mention(t.at)));
            let words = |label: &str| label.trim_start_matches(['已', '共', '均']).to_owned();
            one_unit(a, b)
                && (measures[0].is_some() && measures[0] == measures[1]
                    || measures[0].is_none() && words(&a.label) == words(&b.label))
        };
        let found: Option<Vec<MentionRef>> = parts
            .iter()
            .map(|part| {
                let from = index(part) + 1;
                let item = terms[from..place].iter().take_while(|t| !t.leads_item);
                let mut of_field = item.filter(same);
                of_field.next().map(|t| t.at)
            })
            .collect();
        let (Some(found), stated) = (found, reading.mention(field.at).value) else {
            continue;
        };
        match sums.sum(&found) {
            Some(sum) if sum == stated => sums.push(field.at, &found, "closing-sum", Cue::Arithmetic),
            Some(sum) if one_keystroke(sum, stated) => sums.push(field.at, &found, "closing-sum", Cue::Implied),
            _ => {}
        }
    }
}
