//! Rates that miss their own figures by little: 应结案500件，结案400件，结案率80.30%.
//!
//! What was done is called as the rate is and stands before it, and what it was done of before that, in one sentence or the one
//! before. That two figures called so come as near to the rate as these do is no chance: one of the three is wrong. Nothing is said
//! where two other amounts nearby give the rate, or where it speaks of a narrower subject.

use gouji_quantity::{Agreement, Decimal};

use super::rates::{Pair, Rate};
use crate::lexicon::Measure;
use crate::prose::labels::measure_in;
use crate::prose::rates::{excused, fits, is_base, kin_units, misses_by, near_miss, ratio_reading, slipped};
use crate::prose::{MentionRef, changes};
use crate::{Cue, Operand};

/// Points by which a rate may miss a part and a whole that only their names join to it.
const NEAR: i64 = 4;
/// The same where the whole is what was to be done, right before the part and that right before the rate.
const SURE: i64 = 10;
/// The same where the part is called by another word than the rate.
const CLOSE: i64 = 1;
/// Words that begin what was done.
const DONE_WORDS: [&str; 8] = ["已", "实际", "实有", "实现", "按期", "按时", "及时", "完成"];
/// Words of what was done in time.
const IN_TIME: [&str; 5] = ["按期", "按时", "及时", "限时", "准时"];
/// Rates that whatever was done may be told by.
const ANY_DEED: [&str; 3] = ["完成", "覆盖", "执行"];
/// Amounts between the part and the rate: what was not done besides.
const MAX_BETWEEN: usize = 2;
/// Wholes that are tried.
const MAX_WHOLES: usize = 4;
/// Figures before and behind the rate among which others that give it are looked for.
const REACH_BEFORE: usize = 24;
const REACH_BEHIND: usize = 6;
/// Amounts among them that are paired.
const MAX_RIVALS: usize = 10;

/// Words of what was to be done, in front of a measure or anywhere in a label.
const DUE: [&str; 9] = ["应", "计划", "任务", "目标", "预算", "需", "拟", "核定", "下达"];

impl Rate<'_, '_> {
    /// The part and the whole that a rate called `stem` was reckoned from and misses.
    pub(super) fn missed(&self, stem: &str, stated: &Operand, scale: u32) -> Option<(Pair, Cue)> {
        let (part, called) = match self.done(stem) {
            Some(part) => (part, true),
            None => (self.done_right_before(stem)?, false),
        };
        let wholes = self.wholes(part);
        // 办结13700件，按期办结率99.99%: how many of them were in time is not told.
        let in_time = |words: &str| IN_TIME.iter().any(|w| words.contains(w));
        let untold = in_time(stem) && !in_time(&self.mention(part).label);
        // 受理, 办结, 解决: of which of two it is that neither gives, the words do not say, unless one key is all that is wrong.
        let only = wholes.len() == 1;
        let (whole, due) = wholes
            .into_iter()
            .map(|whole| (whole, self.is_due(whole)))
            .filter(|(whole, due)| {
                let slip = slipped(stated, self.mention(part).value, self.mention(*whole).value, scale);
                slip || !untold && (only || *due)
            })
            .filter(|(whole, due)| {
                let beside = whole + 1 == part && part + 1 == self.at.mention;
                let points = match (called, *due && beside) {
                    (true, true) => SURE,
                    (true, false) => NEAR,
                    (false, _) => CLOSE,
                };
                near_miss(
                    stated,
                    self.mention(part).value,
                    self.mention(*whole).value,
                    scale,
                    points,
                )
            })
            .min_by_key(|(whole, due)| {
                let gap = misses_by(stated, self.mention(part).value, self.mention(*whole).value, scale);
                (!due, gap)
            })?;
        let pair = self.pair(part, whole)?;
        let found = ratio_reading(stated, pair.part.clone(), pair.wholes.clone(), scale);
        if self.given_by_others(stated, scale) || excused(self.cx, self.reading, self.at, stem, &found) {
            return None;
        }
        Some((pair, if due { Cue::Explicit } else { Cue::Implied }))
    }

    /// The amount that is called as the rate is, in its sentence; between them only what was not done.
    fn done(&self, stem: &str) -> Option<usize> {
        let chars: Vec<char> = stem.chars().collect();
        let core: String = chars[chars.len().saturating_sub(2)..].iter().collect();
        let measure = measure_in(stem).map(|(m, _)| m);
        let wanting = |m: usize| {
            let left = matches!(
                self.measure(m),
                Some(Measure::Pending | Measure::Overdue | Measure::Failed | Measure::Dissatisfied)
            );
            left || ["未", "正在", "尚", "不"]
                .iter()
                .any(|w| self.mention(m).label.contains(w))
        };
        let called = self.called(&core);
        let before = self.before();
        let at = before
            .iter()
            .take(MAX_BETWEEN + 1)
            .position(|m| called.contains(m) || measure.is_some() && self.measure(*m) == measure && !self.is_due(*m))
            .or_else(|| self.done_of_due(&before).then_some(0))?;
        let group = |m: usize| self.reading.prose[self.at.passage].clauses[self.mention(m).clause].group;
        let part = before[at];
        let whole_between = before[..at].iter().any(|m| !wanting(*m));
        (!whole_between && !self.is_due(part) && group(part) == group(self.at.mention)).then_some(part)
    }

    /// 列入计划1738户，已完工1348户，完成率77.9%: what was done by another word, right before the rate in its sentence.
    fn done_right_before(&self, stem: &str) -> Option<usize> {
        let part = *self.before().first()?;
        // 已落实资金15个，开工率57%: of another deed. 完工 and 完成, 办理 and 办结 are much the same, and 完成率 may be of any.
        let chars: Vec<char> = stem.chars().collect();
        let core = &chars[chars.len().saturating_sub(2)..];
        let any = ANY_DEED.iter().any(|w| w.chars().eq(core.iter().copied()));
        if !any && !self.mention(part).label.contains(core) {
            return None;
        }
        let at = |mention| MentionRef { mention, ..self.at };
        let done = DONE_WORDS.iter().any(|w| self.mention(part).label.starts_with(w));
        let beside = part + 1 == self.at.mention && self.reading.one_sentence(at(part), self.at);
        (done && beside && !self.is_due(part)).then_some(part)
    }

    /// 应到位3200万元，实际2880万元: what was done by another word behind what was to be done.
    fn done_of_due(&self, before: &[usize]) -> bool {
        let [part, whole, ..] = before else { return false };
        let done = ["已", "实际", "实", "完成"]
            .iter()
            .any(|w| self.mention(*part).label.starts_with(w));
        done && self.is_due(*whole) && whole + 1 == *part && part + 1 == self.at.mention
    }

    /// 应结案, 年度计划投资: what was to be done.
    fn is_due(&self, m: usize) -> bool {
        let label = &self.mention(m).label;
        let done = ["完成", "实际", "已"].iter().any(|w| label.contains(w));
        // 供应, 应急: another word.
        let bound = |at: usize| {
            let behind = &label[at + '应'.len_utf8()..];
            label[..at].ends_with(['适', '反', '供', '响', '对', '相', '效'])
                || behind.starts_with(['急', '用', '对', '答'])
        };
        let due = DUE.iter().any(|w| label.contains(w)) || label.match_indices('应').any(|(at, _)| !bound(at));
        !done && due
    }

    /// Amounts that a part may be of, nearest first: the one right before it if 其中 begins the part.
    fn wholes(&self, part: usize) -> Vec<usize> {
        let prose = &self.reading.prose[self.at.passage];
        let p = self.mention(part);
        let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
        let n = if p.label.contains("其中") { 1 } else { MAX_WHOLES };
        (0..part)
            .rev()
            .take(REACH_BEFORE)
            .take_while(|m| sentence(*m) + 1 >= sentence(part))
            .filter(|m| {
                let w = self.mention(*m);
                w.is_amount()
                    && w.unit == p.unit
                    && changes::change_word(&w.label).is_none()
                    && !is_base(self.reading, MentionRef { mention: *m, ..self.at })
            })
            .take(n)
            .filter(|m| self.mention(*m).value >= p.value)
            .collect()
    }

    /// Whether two amounts near the rate give it, or one and what another leaves of it, or two together.
    pub(super) fn given_by_others(&self, stated: &Operand, scale: u32) -> bool {
        let prose = &self.reading.prose[self.at.passage];
        let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
        let own = sentence(self.at.mention);
        let before = (self.at.mention.saturating_sub(REACH_BEFORE)..self.at.mention)
            .rev()
            .take_while(|m| sentence(*m) + 2 >= own);
        let behind = (self.at.mention + 1..prose.mentions.len())
            .take(REACH_BEHIND)
            .take_while(|m| sentence(*m) == own);
        let amounts: Vec<usize> = before
            .chain(behind)
            .filter(|m| prose.mentions[*m].is_amount() && prose.mentions[*m].value > Decimal::ZERO)
            .take(MAX_RIVALS)
            .collect();
        let gives = |part: Decimal, whole: Decimal| {
            part <= whole && fits(stated, part, whole, scale).is_some_and(Agreement::holds)
        };
        amounts.iter().any(|whole| {
            let w = self.mention(*whole);
            let parts: Vec<Decimal> = amounts
                .iter()
                .filter(|m| *m != whole && kin_units(&self.mention(**m).unit, &w.unit))
                .map(|m| self.mention(*m).value)
                .collect();
            let left = |p: &Decimal| w.value.checked_sub(*p).is_some_and(|rest| gives(rest, w.value));
            let both = |p: &[Decimal]| p[0].checked_add(p[1]).is_some_and(|sum| gives(sum, w.value));
            parts.iter().any(|p| gives(*p, w.value) || left(p)) || parts.windows(2).any(both)
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::ratios;

    #[test]
    fn a_rate_near_what_its_own_figures_give_is_wrong() {
        for (text, expected) in [
            ("应结案500件，结案400件，结案率80.30%。", "ratio! 80.30% <- 400件 500件"),
            ("确定事项400项，完成380项，完成率95.4%。", "ratio? 95.4% <- 380项 400项"),
            (
                "新建项目共200个，至9月底，开工建设160个，开工率为83.0%。",
                "ratio? 83.0% <- 160个 200个",
            ),
            (
                "确定事项400项，完成380项，正在推进20项，完成率94.2%。",
                "ratio? 94.2% <- 380项 400项",
            ),
            (
                "共发放问卷2000份，收回1860份，回收率94.2%。",
                "ratio? 94.2% <- 1860份 2000份",
            ),
            (
                "全县3050个村已启动改造，其中2836个村已完成改造任务，完成率92.68%。",
                "ratio? 92.68% <- 2836个 3050个",
            ),
            (
                "应急演练计划50场，已开展43场，演练完成率84.6%。",
                "ratio! 84.6% <- 43场 50场",
            ),
            ("签约项目80个，其中开工60个，开工率78.0%。", "ratio? 78.0% <- 60个 80个"),
            ("应建站点45个，已建成36个，建成率85%。", "ratio! 85% <- 36个 45个"),
        ] {
            let found = ratios(text);
            assert_eq!(found.first().map_or("", String::as_str), expected, "{text}");
        }
    }

    #[test]
    fn what_may_be_of_others_is_no_error() {
        for text in [
            // Nothing comes near.
            "确定事项400项，完成180项，完成率95.4%。",
            // 380 of 390, or all but 20 of 400.
            "确定事项400项，当年应完成390项，完成380项，完成率97.4%。",
            // A narrower subject that is not told.
            "确定事项400项，完成380项，其中民生事项完成率96.0%。",
            // What was not done.
            "确定事项400项，未完成380项，完成率95.4%。",
        ] {
            let wrong: Vec<String> = ratios(text).into_iter().filter(|l| !l.starts_with("ratio~")).collect();
            assert_eq!(wrong, [""; 0], "{text}");
        }
    }
}
