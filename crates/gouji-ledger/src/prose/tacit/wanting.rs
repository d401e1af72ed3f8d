//! Rates of what is left when the exceptions are told far from them: 合格率97.0%。对500家网站中的400家进行抽查，发现不合格网站12家.

use gouji_quantity::Decimal;

use super::rates::{Pair, Rate};
use crate::context::Role;
use crate::lexicon::Measure;
use crate::prose::labels::measure_in;
use crate::prose::rates::{excused, is_base, kin_units, near_miss, ratio_reading};
use crate::prose::{MentionRef, changes};
use crate::{Cue, Operand};

/// Figures before and behind the rate that are looked at.
const REACH: usize = 12;
/// Words before 合格率 that speak of all that was checked.
const OF_ALL: [&str; 7] = ["总体", "整体", "抽查", "检查", "抽检", "普查", "监测"];
/// Points by which a rate may miss what was checked and what of it failed.
const NEAR: i64 = 4;
/// The same where there may be more than the two answers.
const NEXT_TO_NOTHING: i64 = 1;
/// Paragraphs behind, and figures of each.
const NEXT: usize = 3;
const REACH_NEXT: usize = 6;

impl Rate<'_, '_> {
    /// All pairs of what was checked or taken in and what is left of it without what was found wanting, near the rate or in the
    /// paragraphs behind it. They are tried, and only one that gives a rate printed to a place behind the point is kept.
    pub(super) fn wanting_far_off(&self, stem: &str) -> Vec<Pair> {
        let Some(done) = measure_in(stem).map(|(m, _)| m) else {
            return Vec::new();
        };
        if self.mention(self.at.mention).decimals == 0 {
            return Vec::new();
        }
        let near = self.around();
        let mut out = Vec::new();
        for bad in near.iter().copied().filter(|m| self.wanting(*m, done)) {
            let b = self.reading.mention(bad);
            let wholes = near.iter().copied().filter(|w| {
                let whole = self.reading.mention(*w);
                *w != bad && whole.value > b.value && kin_units(&whole.unit, &b.unit) && self.taken(*w, done)
            });
            for whole in wholes {
                let w = self.reading.mention(whole);
                let (Some(left), Some(operand)) = (w.value.checked_sub(b.value), self.cx.operand(w.fig)) else {
                    continue;
                };
                let mut part = Operand::computed(left);
                part.span = Some(b.span);
                part.figure = Some(b.fig);
                out.push(Pair {
                    part,
                    wholes: vec![operand],
                    whole: w.value,
                });
            }
        }
        out
    }

    /// 抽查400家网站，合格率99%。抽查发现不合格网站14家: the one number of what was checked and the one of what failed, in the sentence of the
    /// rate, the one before or the one behind it, which miss the rate by little.
    pub(super) fn missed_by_failed(&self, stem: &str, stated: &Operand, scale: u32) -> Option<(Pair, Cue)> {
        let done = measure_in(stem).map(|(m, _)| m)?;
        // 首次检查合格率, 新媒体合格率, 平均合格率: of something else than all that was checked, or not reckoned from it.
        let (mut of, points) = match done {
            Measure::Passed => (stem.strip_suffix("合格")?, NEAR),
            // Who is asked may say neither: only what is missed by next to nothing was reckoned so.
            Measure::Satisfied => (stem.strip_suffix("满意")?, NEXT_TO_NOTHING),
            _ => return None,
        };
        while let Some(shorter) = OF_ALL.iter().find_map(|w| of.strip_suffix(w)) {
            of = shorter;
        }
        if !of.is_empty() || self.mention(self.at.mention).label.contains("分别") {
            return None;
        }
        let sentence = self.reading.sentence(self.at);
        let near: Vec<MentionRef> = self
            .around()
            .into_iter()
            .filter(|m| m.passage == self.at.passage && self.reading.sentence(*m).abs_diff(sentence) <= 1)
            .collect();
        let only = |fits: &dyn Fn(&MentionRef) -> bool| {
            let mut found = near.iter().copied().filter(fits);
            found.next().filter(|_| found.next().is_none())
        };
        let bad = only(&|m| self.wanting(*m, done))?;
        // 满意90件、基本满意5件、不满意5件: told itself.
        if done == Measure::Satisfied
            && near
                .iter()
                .any(|m| *m != bad && self.words_around_amount(*m).contains("满意"))
        {
            return None;
        }
        // What stands in the sentence of the rate is meant before what stands beside it.
        let checked = |m: &MentionRef| *m != bad && self.taken(*m, done);
        let own = |m: &MentionRef| checked(m) && self.reading.sentence(*m) == sentence;
        let whole = only(&own).or_else(|| only(&checked))?;
        let (b, w) = (self.reading.mention(bad), self.reading.mention(whole));
        let left = w.value.checked_sub(b.value).filter(|l| *l > Decimal::ZERO)?;
        // 抽查网站100个、新媒体50个: of two kinds.
        let text = self.cx.passages[self.at.passage].text.as_str();
        let kinds = text[w.full.end..].starts_with('、')
            || text[..w.full.start]
                .rfind(['，', ',', '。', '；'])
                .is_some_and(|at| text[at..w.full.start].contains('、'));
        let mended = ["整改后", "经整改", "复查"].iter().any(|words| text.contains(words));
        if kinds || mended || !kin_units(&w.unit, &b.unit) || !near_miss(stated, left, w.value, scale, points) {
            return None;
        }
        let mut part = Operand::computed(left);
        part.span = Some(b.span);
        part.figure = Some(b.fig);
        let pair = Pair {
            part,
            wholes: vec![self.cx.operand(w.fig)?],
            whole: w.value,
        };
        let found = ratio_reading(stated, pair.part.clone(), pair.wholes.clone(), scale);
        let other = self.given_by_others(stated, scale) || excused(self.cx, self.reading, self.at, stem, &found);
        (!other).then_some((pair, Cue::Implied))
    }

    /// The words before and behind an amount.
    fn words_around_amount(&self, m: MentionRef) -> String {
        let mention = self.reading.mention(m);
        format!("{}{}", mention.label, mention.tail)
    }

    /// Amounts around the rate in its paragraph, and the first of the next.
    fn around(&self) -> Vec<MentionRef> {
        let at = self.at;
        let own = self.reading.prose[at.passage].mentions.len();
        let here = (at.mention.saturating_sub(REACH)..own.min(at.mention + 1 + REACH))
            .map(|mention| MentionRef { mention, ..at });
        let passages = &self.cx.passages;
        let next = (at.passage + 1..passages.len()).take(NEXT).take_while(|passage| {
            let next = &passages[*passage];
            next.role == Role::Paragraph
                && next.body == passages[at.passage].body
                && next.headings == passages[at.passage].headings
        });
        let behind = next.flat_map(|passage| {
            let n = self.reading.prose[passage].mentions.len().min(REACH_NEXT);
            (0..n).map(move |mention| MentionRef { passage, mention })
        });
        here.chain(behind)
            .filter(|m| {
                let mention = self.reading.mention(*m);
                mention.is_amount() && changes::change_word(&mention.label).is_none() && !is_base(self.reading, *m)
            })
            .collect()
    }

    /// What was not `done`: 不合格10家, 4个网站目前仍未整改合格, 超期未处置150件.
    fn wanting(&self, m: MentionRef, done: Measure) -> bool {
        let mention = self.reading.mention(m);
        let words = self.words_around_amount(m);
        let measure = crate::prose::partition::verdict_measure(self.reading.label(m), mention);
        let not = ["未", "没有"].iter().any(|w| words.contains(w));
        match done {
            Measure::Passed => {
                measure == Some(Measure::Failed) || not && ["合格", "达标"].iter().any(|w| words.contains(w))
            }
            Measure::Satisfied => measure == Some(Measure::Dissatisfied),
            Measure::OnTimeClosed => measure == Some(Measure::Overdue),
            Measure::Closed => measure == Some(Measure::Pending) || not && measure == Some(Measure::Overdue),
            Measure::Rectified => measure == Some(Measure::Pending) || not && words.contains("整改"),
            _ => false,
        }
    }

    /// What was checked, taken in or due.
    fn taken(&self, m: MentionRef, done: Measure) -> bool {
        let mention = self.reading.mention(m);
        let measure = self
            .reading
            .label(m)
            .measure
            .or_else(|| measure_in(&mention.tail).map(|(m, _)| m));
        let looked = ["检查", "复查", "抽查", "抽检", "监测", "检测"]
            .iter()
            .any(|w| mention.tail.contains(w));
        let due = mention.label.contains('应');
        match done {
            Measure::Passed => looked || measure == Some(Measure::Checked),
            // 抽查回访工单1699件，其中不满意41件
            Measure::Satisfied => {
                measure == Some(Measure::Rated) || ["回访", "评价", "测评"].iter().any(|w| mention.label.contains(w))
            }
            Measure::Rectified => matches!(measure, Some(Measure::Failed | Measure::Checked)),
            _ => due || measure == Some(Measure::Received),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::ratios;

    #[test]
    fn exceptions_far_from_the_rate() {
        for (text, expected) in [
            (
                "对40个政府网站进行了复查，复查合格率为90.0%。\n“甲县统计局”等4个网站目前仍未整改合格。",
                "ratio~ 90.0% <- 36 40个",
            ),
            (
                "抽查合格率为97.0%。对运行中的500家网站中的400家进行抽查，发现不合格网站12家。",
                "ratio~ 97.0% <- 388 400家",
            ),
            (
                "应结案1000件，结案率为85.00%，按期结案率为70.00%。遗留超期未处置案件150件。",
                "ratio~ 85.00% <- 850 1000件",
            ),
        ] {
            let found = ratios(text);
            assert!(found.iter().any(|l| l == expected), "{text}: {found:?}");
        }
    }

    #[test]
    fn exceptions_that_do_not_give_it_say_nothing() {
        for text in [
            "对40个政府网站进行了复查，复查合格率为95.0%。\n“甲县统计局”等4个网站目前仍未整改合格。",
            "对40个政府网站进行了复查，复查合格率为90%。\n另有4个网站未备案。",
        ] {
            let found: Vec<String> = ratios(text).into_iter().filter(|l| l.contains(" 36 ")).collect();
            assert_eq!(found, [""; 0], "{text}");
        }
    }
}
