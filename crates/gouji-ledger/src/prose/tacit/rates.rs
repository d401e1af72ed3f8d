//! Rates that found no figures by their measure, and find them by the words and the order of the figures around them.
//!
//! Each way of speaking names its part and its whole; where several would do, the nearest is meant. A rate is kept if it holds.

use std::collections::BTreeSet;

use gouji_quantity::{Agreement, Decimal};

use super::{kin, neighbours, roles};
use crate::context::{Context, Role};
use crate::lexicon::Measure;
use crate::prose::clauses::Mention;
use crate::prose::labels::measure_in;
use crate::prose::partition::verdict_measure;
use crate::prose::rates::{
    Kind, assemble, fits, is_base, kin_units, kind_of, part_slipped, ratio_reading, scale, slipped,
};
use crate::prose::{MentionRef, Reading};
use crate::{Cue, FigureIdx, Operand, Relation, RelationKind};

/// Figures before and behind a rate that are looked at.
const REACH: usize = 12;
/// Passages before a rate in which what was checked is looked for.
const MAX_PASSAGES_BACK: usize = 2;

/// Amounts before a rate of what was decided one way or the other: two pairs of them.
const MOST_DECIDED: usize = 4;

/// Words of what was to be done.
const PLANNED: [&str; 7] = ["应", "计划", "任务", "目标", "需", "拟", "核定"];
/// Words of what was done of it.
const DONE: [&str; 5] = ["已", "实际", "实", "完成", "达到"];

/// A part and its whole, which may be the sum of several.
pub(super) struct Pair {
    pub part: Operand,
    pub wholes: Vec<Operand>,
    pub whole: Decimal,
}

/// Adds the rates that are known by nothing else.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let known: BTreeSet<FigureIdx> = out
        .iter()
        .filter(|r| r.kind == RelationKind::Ratio && !only_whole(r))
        .filter_map(|r| r.readings[0].stated.figure)
        .collect();
    let inherited = roles::inherited(reading);
    let mut found = Vec::new();
    for passage in 0..reading.prose.len() {
        for (mention, m) in reading.prose[passage].mentions.iter().enumerate() {
            let at = MentionRef { passage, mention };
            if !m.is_rate() || known.contains(&m.fig) {
                continue;
            }
            let Some(stated) = cx.operand(m.fig) else { continue };
            let scale = scale(cx, reading, at);
            let rate = Rate {
                cx,
                reading,
                at,
                inherited: &inherited,
            };
            let pairs = rate.pairs();
            let holds = |p: &Pair| {
                // More than was planned may be done.
                let over = stated.value > Some(Decimal::ONE_HUNDRED);
                p.part.value.is_some_and(|part| {
                    (part <= p.whole || over) && fits(&stated, part, p.whole, scale).is_some_and(Agreement::holds)
                })
            };
            // Where none gives it, one that can be no other's, and a slip of one key.
            let pair = match pairs.iter().position(holds) {
                Some(at) => pairs.into_iter().nth(at).map(|p| (p, Cue::Arithmetic)),
                None => rate
                    .sure()
                    .filter(|p| {
                        p.part.value.is_some_and(|part| {
                            slipped(&stated, part, p.whole, scale) || part_slipped(&stated, part, p.whole, scale)
                        })
                    })
                    .map(|p| (p, Cue::Implied))
                    .or_else(|| rate.cut_off(&stated, scale))
                    .or_else(|| rate.missed(&rate.stem()?, &stated, scale))
                    .or_else(|| rate.missed_by_role(&rate.stem()?, &stated, scale))
                    .or_else(|| rate.missed_by_failed(&rate.stem()?, &stated, scale)),
            };
            if let Some((pair, cue)) = pair {
                let readings = vec![ratio_reading(&stated, pair.part, pair.wholes, scale)];
                found.extend(assemble(cx, "rate-of-counts", cue, readings, scale));
            }
        }
    }
    neighbours::relations(cx, reading, &known, &mut found);
    // Where part and whole are found, no other whole was meant.
    let settled: BTreeSet<Option<FigureIdx>> = found.iter().map(|r: &Relation| r.readings[0].stated.figure).collect();
    out.retain(|r| r.kind != RelationKind::Ratio || !only_whole(r) || !settled.contains(&r.readings[0].stated.figure));
    out.append(&mut found);
    let mut further = Vec::new();
    neighbours::of_the_rate_before(cx, reading, out, &mut further);
    out.append(&mut further);
}

/// A rate held against a whole alone: whether any whole number of cases can give it.
fn only_whole(relation: &Relation) -> bool {
    relation.readings[0].operands.len() == 1
}

pub(super) struct Rate<'a, 'b> {
    pub cx: &'a Context<'b>,
    pub reading: &'a Reading,
    pub at: MentionRef,
    pub inherited: &'a roles::Inherited,
}

impl Rate<'_, '_> {
    /// The name of the rate, if it has one.
    fn stem(&self) -> Option<String> {
        match kind_of(self.cx, self.reading, self.at) {
            Kind::Rate(stem) => Some(stem),
            Kind::Share | Kind::Other => None,
        }
    }

    /// Part and whole where the words leave no choice: 1000宗中的900宗, 应建32个，已建28个, 受理1500件，解决1200件，解决率.
    fn sure(&self) -> Option<Pair> {
        let stem = self.stem()?;
        let core: String = stem.chars().skip(stem.chars().count().saturating_sub(2)).collect();
        self.done_of_planned()
            .or_else(|| self.some_of_those())
            .or_else(|| self.called_right_before(&core))
            .or_else(|| self.turned_into(&stem))
    }

    fn pairs(&self) -> Vec<Pair> {
        let mut out = Vec::new();
        let kind = kind_of(self.cx, self.reading, self.at);
        let Kind::Rate(stem) = kind else {
            if kind == Kind::Share {
                out.extend(self.several_together());
                out.extend(self.several_of_far_whole());
                out.extend(self.of_two_totals());
            }
            return out;
        };
        let chars: Vec<char> = stem.chars().collect();
        let core: String = chars[chars.len().saturating_sub(2)..].iter().collect();
        out.extend(self.done_of_planned());
        out.extend(self.some_of_those());
        out.extend(self.told_behind(&stem));
        out.extend(self.decided_either_way(&stem));
        out.extend(self.of_a_pair());
        out.extend(self.of_all_received(&core));
        out.extend(self.turned_into(&stem));
        out.extend(self.found_among_checked(&stem));
        out.extend(self.wanting_far_off(&stem));
        out.extend(self.by_its_word(&core));
        out.extend(self.whole_behind(&core));
        out.extend(self.of_its_kind(&core));
        out.extend(self.saved_of_traded(&stem));
        out.extend(self.done_and_undone(&core));
        out.extend(self.right_before(&stem));
        out.extend(self.by_role(&stem));
        out.extend(self.of_days(&stem));
        out.extend(self.of_ones_noun());
        out
    }

    /// 重点项目26个，已开工15个，开工率57.6%: the two right before the rate, the part called as it is, which give it cut off or rounded up.
    fn cut_off(&self, stated: &Operand, scale: u32) -> Option<(Pair, Cue)> {
        let stem = self.stem()?;
        let core: String = stem.chars().skip(stem.chars().count().saturating_sub(2)).collect();
        let before = self.before();
        let [part, whole] = *before.first_chunk::<2>()?;
        let beside = part + 1 == self.at.mention && whole + 1 == part && self.called(&core).first() == Some(&part);
        let (p, w) = (self.mention(part), self.mention(whole));
        let rounded = fits(stated, p.value, w.value, scale).is_some_and(Agreement::is_rounding);
        let base = is_base(
            self.reading,
            MentionRef {
                mention: whole,
                ..self.at
            },
        );
        (beside && rounded && !base && p.unit == w.unit)
            .then(|| self.pair(part, whole).map(|p| (p, Cue::Implied)))
            .flatten()
    }

    pub(super) fn mention(&self, m: usize) -> &Mention {
        &self.reading.prose[self.at.passage].mentions[m]
    }

    pub(super) fn measure(&self, m: usize) -> Option<Measure> {
        verdict_measure(&self.reading.labels[self.at.passage][m], self.mention(m))
    }

    /// Amounts of the rate's sentence before it, nearest first.
    pub(super) fn before(&self) -> Vec<usize> {
        let prose = &self.reading.prose[self.at.passage];
        let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
        (0..self.at.mention)
            .rev()
            .take_while(|m| sentence(*m) == sentence(self.at.mention))
            .take(REACH)
            .filter(|m| prose.mentions[*m].is_amount())
            .collect()
    }

    pub(super) fn pair(&self, part: usize, whole: usize) -> Option<Pair> {
        let (p, w) = (self.mention(part), self.mention(whole));
        Some(Pair {
            part: self.cx.operand(p.fig)?,
            wholes: vec![self.cx.operand(w.fig)?],
            whole: w.value,
        })
    }

    /// 应建专栏32个，已建28个，建成率87.5%: the two amounts right before the rate.
    fn done_of_planned(&self) -> Option<Pair> {
        let before = self.before();
        let [part, whole] = before[..].first_chunk::<2>()?;
        let (p, w) = (self.mention(*part), self.mention(*whole));
        let done = DONE.iter().any(|d| p.label.starts_with(d)) || p.label.ends_with("完成");
        let planned = PLANNED.iter().any(|d| w.label.contains(d));
        (done && planned && p.unit == w.unit && *part + 1 == self.at.mention)
            .then(|| self.pair(*part, *whole))
            .flatten()
    }

    /// 1050个账号中的168个作了抽查，抽查比例为16%.
    fn some_of_those(&self) -> Option<Pair> {
        let part = *self.before().first()?;
        let whole = part.checked_sub(1)?;
        let those =
            self.mention(part).label.ends_with("中的") && self.mention(whole).clause == self.mention(part).clause;
        (those && kin_units(&self.mention(whole).unit, &self.mention(part).unit))
            .then(|| self.pair(part, whole))
            .flatten()
    }

    /// 办结率为96.25%，其中受理480件、办结462件: both are told behind the rate, in its sentence.
    fn told_behind(&self, stem: &str) -> Option<Pair> {
        let prose = &self.reading.prose[self.at.passage];
        let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
        let done = measure_in(stem).map(|(m, _)| m)?;
        let behind: Vec<usize> = (self.at.mention + 1..prose.mentions.len())
            .take_while(|m| sentence(*m) == sentence(self.at.mention))
            .take(2)
            .collect();
        let [a, b] = behind[..] else { return None };
        let came_in = |m: usize| matches!(self.measure(m), Some(Measure::Received | Measure::Checked));
        let (part, whole) = if came_in(a) { (b, a) } else { (a, b) };
        let fit =
            came_in(whole) && self.measure(part) == Some(done) && self.mention(part).unit == self.mention(whole).unit;
        fit.then(|| self.pair(part, whole)).flatten()
    }

    /// 批准逮捕360人，不捕640人，不捕率为64%: of those decided either way together; 批准逮捕208件246人，不批准逮捕52件61人: in cases or in people.
    fn decided_either_way(&self, stem: &str) -> Vec<Pair> {
        // 不捕率 and 批捕率, 不诉率 and 起诉率 are of the same two.
        let denies = stem.rsplit_once('不').filter(|(_, verb)| !verb.is_empty());
        let decides = ["批捕", "逮捕", "起诉"].iter().find(|w| stem.ends_with(**w));
        let verb = match (denies, decides) {
            (Some((_, verb)), _) => verb,
            (None, Some(word)) => word.trim_start_matches(['批', '逮', '起']),
            (None, None) => return Vec::new(),
        };
        let says = |words: &str| verb.chars().all(|c| words.contains(c));
        let (mut denied, mut done) = (Vec::new(), Vec::new());
        for m in self.before().into_iter().take(MOST_DECIDED) {
            let words = self.words_of(m);
            match words.rfind('不') {
                Some(at) if says(&words[at..]) => denied.push(m),
                None if says(words) => done.push(m),
                _ => {}
            }
        }
        let pair = |no: usize| {
            let n = self.mention(no);
            let d = self.mention(*done.iter().find(|yes| self.mention(**yes).unit == n.unit)?);
            let whole = n.value.checked_add(d.value)?;
            let mut computed = Operand::computed(whole);
            computed.span = Some(n.span.cover(d.span));
            let part = if denies.is_some() { n } else { d };
            Some(Pair {
                part: self.cx.operand(part.fig)?,
                wholes: vec![computed],
                whole,
            })
        };
        denied.into_iter().filter_map(pair).collect()
    }

    /// 办结案件400件480人，其中适用简易程序360件420人，适用率90%: by cases or by people, of the pair before the one right before the rate.
    fn of_a_pair(&self) -> Vec<Pair> {
        let before = self.before();
        let Some([second, first, w_second, w_first]) = before.first_chunk::<4>().copied() else {
            return Vec::new();
        };
        let unit = |m: usize| self.mention(m).unit.as_str();
        let pairs = |a: usize, b: usize| a + 1 == b && self.mention(a).clause == self.mention(b).clause;
        let alike = unit(first) == unit(w_first) && unit(second) == unit(w_second) && unit(first) != unit(second);
        if !alike || !pairs(first, second) || !pairs(w_first, w_second) || second + 1 != self.at.mention {
            return Vec::new();
        }
        [(first, w_first), (second, w_second)]
            .into_iter()
            .filter(|(part, whole)| self.mention(*part).value <= self.mention(*whole).value)
            .filter_map(|(part, whole)| self.pair(part, whole))
            .collect()
    }

    /// The words of an amount; those of 61人 in 不批准逮捕52件61人 stand before the first of the two.
    fn words_of(&self, m: usize) -> &str {
        let own = self.mention(m);
        let first = m.checked_sub(1).map(|before| self.mention(before));
        match first.filter(|first| own.label.is_empty() && first.clause == own.clause) {
            Some(first) => &first.label,
            None => &own.label,
        }
    }

    /// 已开工36个，未开工14个，开工率72%: of those done and those not yet, side by side.
    fn done_and_undone(&self, core: &str) -> Option<Pair> {
        let before = self.before();
        let [second, first] = before[..].first_chunk::<2>()?;
        let undone = |m: usize| self.mention(m).label.contains(&format!("未{core}"));
        let (done, undone) = match (undone(*first), undone(*second)) {
            (false, true) => (*first, *second),
            (true, false) => (*second, *first),
            _ => return None,
        };
        let (d, u) = (self.mention(done), self.mention(undone));
        let beside = *second + 1 == self.at.mention && *first + 1 == *second;
        let named = core.chars().count() == 2 && d.label.contains(core);
        let whole = d
            .value
            .checked_add(u.value)
            .filter(|_| beside && named && d.unit == u.unit)?;
        let mut computed = Operand::computed(whole);
        computed.span = Some(d.span.cover(u.span));
        Some(Pair {
            part: self.cx.operand(d.fig)?,
            wholes: vec![computed],
            whole,
        })
    }

    /// 监测广告418264条次，其中涉嫌违规广告1763条次，违规广告发布率0.42%: two amounts of one unit right before it, by whatever name, if it is printed to
    /// a place behind the point.
    fn right_before(&self, stem: &str) -> Option<Pair> {
        let before = self.before();
        let [part, whole] = before[..].first_chunk::<2>()?;
        let (p, w) = (self.mention(*part), self.mention(*whole));
        let beside = *part + 1 == self.at.mention && *whole + 1 == *part;
        let group = |m: &Mention| self.reading.prose[self.at.passage].clauses[m.clause].group;
        let one = group(p) == group(w) && group(p) == group(self.mention(self.at.mention));
        let base = is_base(
            self.reading,
            MentionRef {
                mention: *whole,
                ..self.at
            },
        );
        // What was not done is no part of a rate of what was.
        let not = |words: &str| ["未", "不", "正在", "尚"].iter().any(|n| words.contains(n));
        (beside
            && one
            && !base
            && not(&p.label) == not(stem)
            && p.unit == w.unit
            && self.mention(self.at.mention).decimals > 0)
            .then(|| self.pair(*part, *whole))
            .flatten()
    }

    /// 接听来电8800个，其中转办2200件…；直办6600件，直办率75%: of what came in at the head of the sentence.
    fn of_all_received(&self, core: &str) -> Option<Pair> {
        let before = self.before();
        let part = *before.first()?;
        let head = *before.last()?;
        let (p, w) = (self.mention(part), self.mention(head));
        let named = core.chars().count() == 2 && p.label.contains(core) && part + 1 == self.at.mention;
        let came_in = self.measure(head) == Some(Measure::Received);
        (named && came_in && (p.unit == w.unit || kin(p, w)))
            .then(|| self.pair(part, head))
            .flatten()
    }

    /// 常住人口62.5万人，其中城镇人口30.5万人…，城镇化率48.8%: the part that the rate is named for, of what it is a part of.
    fn turned_into(&self, stem: &str) -> Option<Pair> {
        let name: Vec<char> = stem.strip_suffix('化')?.chars().collect();
        let name: String = name[name.len().saturating_sub(2)..].iter().collect();
        if name.chars().count() < 2 {
            return None;
        }
        let passage = self.at.passage;
        // 户籍人口城镇化率 is of those who are registered, and of nobody else.
        let registered = self.mention(self.at.mention).label.contains("户籍");
        self.reading
            .partitions
            .iter()
            .filter(|p| p.passage == passage && p.total.passage == passage)
            .filter(|p| self.mention(p.total.mention).label.contains("户籍") == registered)
            .find_map(|p| {
                let part = *p
                    .aligned
                    .iter()
                    .flatten()
                    .find(|m| **m < self.at.mention && self.mention(**m).label.contains(name.as_str()))?;
                self.pair(part, p.total.mention)
            })
    }

    /// 对140个账号作了检查。…发现35家不合格，总体合格率75%: what was checked stands some sentences or a heading before.
    fn found_among_checked(&self, stem: &str) -> Option<Pair> {
        if measure_in(stem).map(|(m, _)| m) != Some(Measure::Passed) {
            return None;
        }
        let bad = *self.before().first()?;
        let b = self.mention(bad);
        // 检查发现35家账号不合格: what was found stands behind.
        let failed =
            self.measure(bad) == Some(Measure::Failed) || matches!(measure_in(&b.tail), Some((Measure::Failed, _)));
        if !failed || bad + 1 != self.at.mention {
            return None;
        }
        let passage = self.at.passage;
        let near = (0..bad).rev().map(|mention| MentionRef { passage, mention });
        let far = (passage.saturating_sub(MAX_PASSAGES_BACK)..passage)
            .rev()
            .filter(|p| {
                let (a, own) = (&self.cx.passages[*p], &self.cx.passages[passage]);
                a.body == own.body && (matches!(a.role, Role::Heading { .. }) || a.headings == own.headings)
            })
            .flat_map(|p| {
                (0..self.reading.prose[p].mentions.len())
                    .rev()
                    .map(move |mention| MentionRef { passage: p, mention })
            });
        let whole = near.chain(far).take(REACH).find(|m| {
            let w = self.reading.mention(*m);
            let checked = self.reading.label(*m).measure == Some(Measure::Checked)
                || matches!(measure_in(&w.tail), Some((Measure::Checked, _)));
            w.is_amount() && checked && kin_units(&w.unit, &b.unit) && w.value > b.value
        })?;
        let w = self.reading.mention(whole);
        let mut computed = Operand::computed(w.value.checked_sub(b.value)?);
        computed.span = Some(b.span);
        computed.figure = Some(b.fig);
        Some(Pair {
            part: computed,
            wholes: vec![self.cx.operand(w.fig)?],
            whole: w.value,
        })
    }
}
