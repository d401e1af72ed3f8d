//! Shares told by order: 甲40件、乙20件、丙10件，分别占投诉总量的40%、20%、10%.
//!
//! The n-th share is of the n-th of the amounts right before them, if these are of one unit; figures of several units make a row
//! (`prose::pairs`). Where names stand before the shares (甲、乙、丙规模分别占60%、30%、10%), the shares stand for themselves.

use super::groups::outside_bracket;
use crate::prose::changes::change_word;
use crate::prose::clauses::{Delim, Prose};
use crate::prose::rates::is_base;
use crate::prose::{MentionRef, Reading};

/// Mentions before the shares that are looked at.
const REACH: usize = 48;
/// Most clauses that hold the names of shares.
const MAX_NAMES: usize = 40;

/// Rates joined by 、 and 和, from one on.
pub(in crate::prose) fn joined(prose: &Prose, first: usize) -> Vec<usize> {
    (first..prose.mentions.len())
        .take_while(|i| {
            let m = &prose.mentions[*i];
            let follows = m.label.is_empty() && prose.clauses[m.clause].before == Delim::Dun
                || matches!(m.label.as_str(), "和" | "及" | "与" | "以及");
            m.is_rate() && (*i == first || follows)
        })
        .collect()
}

/// Two shares or more from a mention on, joined by 、 and 和: its words say 占 and tell no change.
pub(in crate::prose) fn run(prose: &Prose, first: usize) -> Option<Vec<usize>> {
    let m = prose.mentions.get(first)?;
    let opens = m.is_rate() && m.label.contains('占') && change_word(m.label.trim_end_matches("分别")).is_none();
    let run = if opens { joined(prose, first) } else { return None };
    (run.len() >= 2).then_some(run)
}

/// The amounts that a run of shares is of, one each: those of one unit right before it in its sentence, none more of them; or those alone in
/// the brackets of their names (摊店（1401件）、线缆（410件）等，分别占15.86%、4.36%).
pub(super) fn parts(reading: &Reading, passage: usize, run: &[usize]) -> Option<Vec<usize>> {
    parts_of(reading, passage, run, false).or_else(|| parts_of(reading, passage, run, true))
}

fn parts_of(reading: &Reading, passage: usize, run: &[usize], bracketed: bool) -> Option<Vec<usize>> {
    let prose = &reading.prose[passage];
    let first = &prose.mentions[run[0]];
    // 占火灾起数和亡人数的: of several wholes.
    if !head(&first.label).is_empty() || first.label.contains(['和', '与', '及']) {
        return None;
    }
    let clause = &prose.clauses[first.clause];
    let at = |mention| MentionRef { passage, mention };
    let mut before = (0..run[0])
        .rev()
        .take(REACH)
        .take_while(|m| prose.clauses[prose.mentions[*m].clause].sentence == clause.sentence)
        .filter(|m| {
            let other = &prose.mentions[*m];
            let group = if bracketed {
                outside_bracket(prose, *m)
            } else {
                Some(prose.clauses[other.clause].group)
            };
            group == Some(clause.group)
                && other.is_amount()
                && change_word(&other.label).is_none()
                && !is_base(reading, at(*m))
        });
    let mut parts: Vec<usize> = before.by_ref().take(run.len()).collect();
    parts.reverse();
    let unit = &prose.mentions[*parts.first()?].unit;
    let alike = parts
        .iter()
        .all(|m| prose.mentions[*m].unit == *unit && !reading.label(at(*m)).total);
    // One more in the same series: it is not known which are meant.
    let lead = &prose.mentions[parts[0]];
    let more = before.next().is_some_and(|m| {
        let next = &prose.mentions[m];
        let joined = if bracketed {
            // Between two names of a series stands a 、.
            let mut around = prose.clauses_of(clause.group);
            around
                .find(|c| prose.clauses[*c].range.contains(&lead.full.start))
                .is_some_and(|c| prose.clauses[c].before == Delim::Dun)
        } else {
            prose.clauses[lead.clause].before == Delim::Dun && next.clause + 1 >= lead.clause
        };
        next.unit == *unit && joined
    });
    (parts.len() == run.len() && alike && !more).then_some(parts)
}

/// Whether a run of shares stands behind as many names, of which it speaks itself.
pub(super) fn behind_names(text: &str, prose: &Prose, run: &[usize]) -> bool {
    let first = &prose.mentions[run[0]];
    let named = head(&first.label);
    if named.is_empty() {
        return false;
    }
    let mut n = named.split(['和', '与', '及']).filter(|w| !w.trim().is_empty()).count();
    let mut clause = first.clause;
    while clause > 0
        && n <= MAX_NAMES
        && prose.clauses[clause].before == Delim::Dun
        && prose.clauses[clause - 1].mentions.is_empty()
    {
        clause -= 1;
        n += usize::from(!text[prose.clauses[clause].range.clone()].trim().is_empty());
    }
    n == run.len()
}

/// The words of a share's label that name its own subject: 农村采购 of 农村采购占比, nothing of 分别占总数的.
pub(super) fn head(label: &str) -> &str {
    let cut = ["分别", "依次", "各占", "占"]
        .iter()
        .filter_map(|w| label.find(w))
        .min()
        .unwrap_or(0);
    let words = label[..cut].trim_end_matches(['约', '共', '均', '仅', '也', '就', '则', '已']);
    match words {
        "数量" | "件数" | "金额" | "规模" | "合计" | "两者" | "二者" | "三者" | "其" | "且" | "并" | "总计"
        | "其数量" => "",
        other => other,
    }
}
