//! The wholes of a rate: what was received or checked, what the rate names, or two counts side by side.

use gouji_quantity::Decimal;

use super::counts::Rate;
use super::{LOOK_BACK, is_base, kin_units, rivals};
use crate::Operand;
use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::clauses::Delim;
use crate::prose::{MentionRef, Reading, months};

impl Rate<'_> {
    /// The wholes of a part of `unit`, best first: at least `least`, and never the amount `not`.
    pub(super) fn wholes(&self, unit: &str, least: Decimal, not: MentionRef) -> Vec<MentionRef> {
        let reading = self.reading;
        let fit = |m: &MentionRef| {
            let w = reading.mention(*m);
            *m != not
                && !is_listed_beside(reading, not, *m)
                && w.value >= least
                && (w.unit == unit || kin_units(&w.unit, unit))
                && (is_whole(self.measured(*m), self.numerator) || self.names(*m) || self.searched(*m))
                && !is_base(reading, *m)
        };
        let mut found: Vec<MentionRef> = self
            .amounts
            .iter()
            .copied()
            .filter(fit)
            .filter(|m| !reading.is_part(*m) || self.near(*m))
            .collect();
        // What was received or checked is the whole before anything that is only named.
        // What stands in the rate's own item is nearer than all of these.
        let item = rivals::item_start(reading, self.at);
        let own = |m: MentionRef| reading.mention(m).full.start >= item && reading.mention(not).full.start >= item;
        found.sort_by_key(|m| {
            (
                !self.names(*m),
                !own(*m),
                reading.is_part(*m),
                self.measured(*m).is_none(),
            )
        });
        // Another measure word is the same thing only where nothing has the part's own.
        if found.iter().any(|m| reading.mention(*m).unit == unit) {
            found.retain(|m| reading.mention(*m).unit == unit);
        }
        found.truncate(if found.first().is_some_and(|m| self.names(*m)) {
            1
        } else {
            2
        });
        if found.is_empty() {
            found.extend(whole_before(self.cx, reading, self.at, unit, least));
        }
        found
    }

    /// 差评整改率 is of the 差评: the words before the measure name the whole.
    pub(super) fn names(&self, m: MentionRef) -> bool {
        self.prefix.chars().count() == 2 && self.reading.mention(m).label.ends_with(self.prefix.as_str())
    }

    /// 排查隐患1300项，已整改1248项: what was searched for and found.
    fn searched(&self, m: MentionRef) -> bool {
        let label = &self.reading.mention(m).label;
        self.numerator == Some(Measure::Rectified)
            && self.measured(m) == Some(Measure::Checked)
            && ["隐患", "问题"].iter().any(|w| label.contains(w))
    }
}

/// 检查网站42个、新媒体135个: what is listed behind the part under the same verb is no whole of it.
fn is_listed_beside(reading: &Reading, part: MentionRef, other: MentionRef) -> bool {
    let prose = &reading.prose[part.passage];
    let (p, o) = (reading.mention(part), reading.mention(other));
    part.passage == other.passage
        && o.clause == p.clause + 1
        && prose.clauses[o.clause].before == Delim::Dun
        && reading.label(part).measure.is_some()
        && reading
            .label(other)
            .measure
            .is_none_or(|m| reading.label(part).measure == Some(m))
}

/// Whether what an amount measures can be the whole of a rate of `of`.
pub(super) fn is_whole(measure: Option<Measure>, of: Option<Measure>) -> bool {
    match measure {
        // What was traded for is no base of what was saved; only what was planned is.
        None => of != Some(Measure::Saved),
        Some(Measure::Checked) => of != Some(Measure::Rectified),
        Some(Measure::Received | Measure::Reported | Measure::Planned) => true,
        Some(Measure::Closed) => matches!(of, Some(Measure::OnTimeClosed | Measure::Satisfied | Measure::Rated)),
        Some(Measure::Rated) => matches!(
            of,
            Some(Measure::Satisfied | Measure::BarelySatisfied | Measure::Dissatisfied)
        ),
        Some(Measure::Failed) => of == Some(Measure::Rectified),
        Some(_) => false,
    }
}

/// What was received or checked last in the paragraphs before, in the same section.
fn whole_before(cx: &Context, reading: &Reading, at: MentionRef, unit: &str, least: Decimal) -> Option<MentionRef> {
    let headings = &cx.passages[at.passage].headings;
    (at.passage.saturating_sub(3)..at.passage)
        .rev()
        .filter(|p| cx.passages[*p].headings == *headings && cx.passages[*p].body == cx.passages[at.passage].body)
        .flat_map(|passage| {
            (0..reading.prose[passage].mentions.len())
                .rev()
                .map(move |mention| MentionRef { passage, mention })
        })
        .find(|m| {
            let w = reading.mention(*m);
            w.is_amount()
                && w.unit == unit
                && w.value >= least
                && !reading.is_part(*m)
                && matches!(reading.label(*m).measure, Some(Measure::Received | Measure::Checked))
        })
}

/// The amount begins a record of its own: its clause opens with a month or quarter, at the start of a sentence.
pub(super) fn opens_record(cx: &Context, reading: &Reading, at: MentionRef) -> bool {
    let prose = &reading.prose[at.passage];
    let clause = &prose.clauses[reading.mention(at).clause];
    clause.group == 0
        && clause.mentions.first() == Some(&at.mention)
        && matches!(clause.before, Delim::Stop | Delim::Start)
        && months::starts_with_month(&cx.passages[at.passage].text[clause.range.clone()])
        && matches!(reading.label(at).measure, Some(Measure::Received | Measure::Checked))
}

/// What has the cases that are counted.
const BEARERS: [&str; 10] = ["区", "县", "市", "镇", "乡", "街道", "单位", "部门", "村", "社区"];

/// Two counts in neighbouring clauses under one verb that together are the whole: the two nearest before the part with units other than its own verb's.
pub(super) fn coordinate_wholes(cx: &Context, reading: &Reading, part: MentionRef) -> Option<Vec<Operand>> {
    let prose = &reading.prose[part.passage];
    let own = reading.mention(part);
    let sentence = prose.clauses[own.clause].sentence;
    // 问题涉及12个区: where they are is no number of them.
    if BEARERS.iter().any(|w| own.tail.starts_with(w)) {
        return None;
    }
    // 涉及12个区共60处: what stands beside it in its clause is no whole of it.
    let pair: Vec<usize> = (0..part.mention)
        .rev()
        .take(LOOK_BACK)
        .filter(|m| prose.mentions[*m].is_amount() && prose.mentions[*m].clause != own.clause)
        .take(2)
        .collect();
    let [second, first] = pair[..] else { return None };
    let (a, b) = (&prose.mentions[first], &prose.mentions[second]);
    let joined = prose.clauses[a.clause].sentence == sentence
        && prose.clauses[b.clause].sentence == sentence
        && b.clause == a.clause + 1;
    let verb = reading.labels[part.passage][first].measure == Some(Measure::Checked)
        && reading.labels[part.passage][second].measure.is_none();
    (joined && verb)
        .then(|| [a, b].iter().filter_map(|m| cx.operand(m.fig)).collect::<Vec<_>>())
        .filter(|o| o.len() == 2)
}
