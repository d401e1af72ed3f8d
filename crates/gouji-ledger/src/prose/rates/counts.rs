//! A rate and the counts that it is of.
//!
//! Each step looks for one way in which a text gives them, the plainest first; a later step may need that those before it found
//! nothing. What the counts found fail to give is complained of only if they can be no others ([`super::rivals`]).

use gouji_quantity::{Agreement, Decimal};

use super::feasible::feasible;
use super::wholes::{coordinate_wholes, is_whole, opens_record};
use super::{assemble, before, fits, ratio_reading, rivals, scale};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::labels::measure_in;
use crate::prose::partition::verdict_measure;
use crate::prose::{MentionRef, Reading, means};
use crate::words::last;
use crate::{Cue, Operand, Reading as RelationReading, Relation};

/// Most amounts of headings and of the line above that are tried as a whole.
const MAX_ABOVE: usize = 24;

/// A rate with what was found for it so far.
pub(super) struct Rate<'a> {
    pub cx: &'a Context<'a>,
    pub reading: &'a Reading,
    pub at: MentionRef,
    /// The words before 率.
    pub stem: &'a str,
    /// Their last two characters.
    core: String,
    /// The two characters of the stem before its measure: 差评 in 差评整改.
    pub prefix: String,
    pub stated: Operand,
    pub scale: u32,
    pub numerator: Option<Measure>,
    exception: Option<Measure>,
    /// Amounts before the rate, nearest first.
    pub amounts: Vec<MentionRef>,
    /// The printed numerator.
    direct: Option<MentionRef>,
    readings: Vec<RelationReading>,
    cue: Cue,
    from_exceptions: bool,
}

/// The relation of a rate that is named by `stem`, if its counts are found.
pub(super) fn relation(cx: &Context, reading: &Reading, at: MentionRef, stem: &str) -> Option<Relation> {
    let mut rate = Rate::new(cx, reading, at, stem)?;
    rate.of_numerator()?;
    rate.of_exceptions()?;
    rate.of_both_outcomes();
    rate.of_none_wanting()?;
    rate.of_closed_alone()?;
    if rate.readings.is_empty() && rate.may_be_infeasible() {
        return feasible(cx, rate.numerator, reading, at, &rate.amounts, &rate.stated)
            .filter(|r| !rivals::excused(cx, reading, at, stem, &r.readings[0]));
    }
    rate.of_saved()?;
    rate.of_several();
    rate.of_planned();
    rate.hold_against_rivals();
    let rule = if rate.from_exceptions && rate.direct.is_none() {
        "rate-of-complement"
    } else {
        "rate-of-counts"
    };
    assemble(cx, rule, rate.cue, rate.readings, rate.scale)
}

impl<'a> Rate<'a> {
    fn new(cx: &'a Context<'a>, reading: &'a Reading, at: MentionRef, stem: &'a str) -> Option<Self> {
        let (numerator, exception) = numerator_of(stem);
        let prefix = measure_in(stem).map(|(_, range)| last(&stem[..range.start], 2));
        let mut rate = Self {
            cx,
            reading,
            at,
            stem,
            core: last(stem, 2).to_owned(),
            prefix: prefix.unwrap_or_default().to_owned(),
            stated: cx.operand(reading.mention(at).fig)?,
            scale: scale(cx, reading, at),
            numerator,
            exception,
            amounts: amounts(cx, reading, at),
            direct: None,
            readings: Vec::new(),
            cue: Cue::Arithmetic,
            from_exceptions: false,
        };
        rate.direct = rate.amounts.iter().copied().find(|m| rate.is_numerator(*m));
        Some(rate)
    }

    pub(super) fn measured(&self, m: MentionRef) -> Option<Measure> {
        verdict_measure(self.reading.label(m), self.reading.mention(m))
    }

    fn sentence(&self, m: MentionRef) -> usize {
        self.reading.prose[m.passage].clauses[self.reading.mention(m).clause].sentence
    }

    /// It stands at most two sentences before the rate.
    pub(super) fn near(&self, m: MentionRef) -> bool {
        self.sentence(m) + 2 >= self.sentence(self.at)
    }

    fn operand(&self, m: MentionRef) -> Option<Operand> {
        self.cx.operand(self.reading.mention(m).fig)
    }

    fn push(&mut self, part: Operand, wholes: Vec<Operand>) {
        self.readings
            .push(ratio_reading(&self.stated, part, wholes, self.scale));
    }

    /// Whether an amount is the printed numerator.
    fn is_numerator(&self, m: MentionRef) -> bool {
        let mention = self.reading.mention(m);
        let measured = self.numerator.is_some() && self.measured(m) == self.numerator;
        let by_word = self.numerator.is_none()
            && self.core.chars().count() == 2
            && !["未", "正在", "尚"].iter().any(|w| mention.label.contains(w))
            && (mention.label.contains(self.core.as_str())
                || same_outcome(&self.core).is_some_and(|word| mention.label.contains(word))
                || named_behind(&mention.tail, &self.core));
        let all_good = self.numerator == Some(Measure::Passed) && mention.tail.contains("全部合格");
        // 检测发现71批次商品不合格: how they were found is not what they are.
        let found = self.numerator == Some(Measure::Failed)
            && ["发现", "检出", "查出"].iter().any(|w| mention.label.ends_with(w))
            && measure_in(&mention.tail).is_some_and(|(measure, _)| measure == Measure::Failed);
        self.near(m) && (measured || by_word || all_good || found)
    }

    /// 1. A printed numerator.
    fn of_numerator(&mut self) -> Option<()> {
        let Some(part) = self.direct else { return Some(()) };
        let p = self.reading.mention(part);
        let wholes = self.wholes(&p.unit, p.value, part);
        // 立案59宗，结案49宗；非立案处理72宗: what is told behind the part may be anything, unless it says that it came in or was looked at.
        let unsure = |w: &MentionRef| *w > part && self.measured(*w).is_none() && !self.names(*w);
        let behind = wholes.iter().any(unsure);
        // 受理1910件，已按期办结1834件，按期办结率100%: the others are not due yet.
        let not_due = self.numerator == Some(Measure::OnTimeClosed)
            && self.stated.value == Some(Decimal::ONE_HUNDRED)
            && wholes.iter().all(|w| self.measured(*w) == Some(Measure::Received));
        for whole in wholes {
            if let (Some(a), Some(b)) = (self.operand(part), self.operand(whole)) {
                self.push(a, vec![b]);
                // A numerator known only by its word may be of a whole that is not told, unless both stand right before the rate.
                let adjacent = part.mention + 1 == self.at.mention && whole.mention + 1 == part.mention;
                self.cue = self.cue.max(match self.numerator {
                    Some(_) if behind || not_due => Cue::Arithmetic,
                    Some(_) => Cue::Explicit,
                    None if adjacent && self.measured(whole).is_some() => Cue::Implied,
                    None => Cue::Arithmetic,
                });
            }
        }
        if self.readings.is_empty()
            && let Some(whole) = self.told_above(part)
        {
            self.push(self.operand(part)?, vec![self.operand(whole)?]);
        }
        self.of_satisfied_and_barely(part)?;
        // The whole may be two counts side by side: 抽查道路210条，点位190处.
        if let Some(pair) = coordinate_wholes(self.cx, self.reading, part) {
            self.push(self.operand(part)?, pair);
            self.cue = self.cue.max(Cue::Implied);
        }
        for other in self.told_beside(part) {
            if let Some(pair) = coordinate_wholes(self.cx, self.reading, other) {
                self.push(self.operand(other)?, pair);
            }
        }
        Some(())
    }

    /// 监测情况（第一批42条） above 达标26条，达标率61.90%: in its heading or in the line above it, kept only if it gives the rate.
    fn told_above(&self, part: MentionRef) -> Option<MentionRef> {
        let (reading, at) = (self.reading, self.at);
        let p = reading.mention(part);
        let headings = self.cx.passages[at.passage].headings.iter().rev().copied();
        let line = at.passage.checked_sub(1).filter(|above| {
            let text = self.cx.passages[*above].text.as_str().trim_end();
            self.cx.passages[*above].body == self.cx.passages[at.passage].body && !text.ends_with(['。', '；', ';'])
        });
        let lines: Vec<usize> = line.into_iter().chain(headings).collect();
        let amounts = lines.into_iter().flat_map(|passage| {
            let n = reading.prose[passage].mentions.len();
            (0..n).rev().map(move |mention| MentionRef { passage, mention })
        });
        amounts.take(MAX_ABOVE).find(|m| {
            let w = reading.mention(*m);
            let gives = || fits(&self.stated, p.value, w.value, self.scale).is_some_and(Agreement::holds);
            w.is_amount() && w.unit == p.unit && w.value > p.value && self.stated.decimals > 0 && gives()
        })
    }

    /// What may be the part instead: of 31处40起 the other; of 涉及12个区共60处84起 one behind it in its clause.
    fn told_beside(&self, part: MentionRef) -> Vec<MentionRef> {
        let own = self.reading.mention(part).clause;
        let before = part
            .mention
            .checked_sub(1)
            .filter(|_| self.reading.label(part).name.is_empty());
        let behind = part.mention + 1..self.at.mention.min(part.mention + 3);
        before
            .into_iter()
            .chain(behind)
            .map(|mention| MentionRef { mention, ..part })
            .filter(|m| self.reading.mention(*m).clause == own)
            .collect()
    }

    /// Those who are barely satisfied may be counted among the satisfied.
    fn of_satisfied_and_barely(&mut self, part: MentionRef) -> Option<()> {
        let p = self.reading.mention(part);
        let barely = self.amounts.iter().copied().find(|m| {
            self.near(*m)
                && self.measured(*m) == Some(Measure::BarelySatisfied)
                && self.reading.mention(*m).unit == p.unit
        });
        let Some(barely) = barely.filter(|_| self.numerator == Some(Measure::Satisfied)) else {
            return Some(());
        };
        let barely = self.reading.mention(barely);
        let both = p.value.checked_add(barely.value)?;
        for whole in self.wholes(&p.unit, both, part) {
            let mut computed = Operand::computed(both);
            computed.span = Some(p.span.cover(barely.span));
            self.push(computed, vec![self.operand(whole)?]);
        }
        Some(())
    }

    /// 2. Exceptions: before the rate, in a parenthesis hung on it, or told behind it.
    fn of_exceptions(&mut self) -> Option<()> {
        let Some(exception) = self.exception else {
            return Some(());
        };
        let direct = self.direct;
        for bad in self.exceptions(exception) {
            let b = self.reading.mention(bad);
            let wholes = self.wholes(&b.unit, b.value, bad);
            for whole in wholes.into_iter().filter(|w| Some(*w) != direct) {
                let w = self.reading.mention(whole);
                let part = w.value.checked_sub(b.value)?;
                // Only a rate that is named for it is surely of what was not done in time or not good.
                let prose = &self.reading.prose[bad.passage];
                let hangs = prose.groups[prose.clauses[b.clause].group].host == Some(self.at.mention);
                // Those who were barely satisfied may be counted with either.
                let open = matches!(exception, Measure::Pending | Measure::Dissatisfied);
                let sure = !open && (bad < self.at || hangs);
                if !sure && !fits(&self.stated, part, w.value, self.scale).is_some_and(Agreement::holds) {
                    continue;
                }
                if let Some(whole) = self.operand(whole) {
                    let mut computed = Operand::computed(part);
                    // The exception is where the computed part comes from.
                    computed.span = Some(b.span);
                    computed.figure = Some(b.fig);
                    self.push(computed, vec![whole]);
                    self.cue = Cue::Explicit;
                    self.from_exceptions = true;
                }
            }
        }
        Some(())
    }

    /// 296家合格，24家不合格，合格率92.5%: without a whole, the two outcomes of the rate's own sentence are it. 新收565件，办结554件，存案69件: what came
    /// in besides what was left from before is not all that was dealt with, so they are it there too where they give the rate.
    fn of_both_outcomes(&mut self) {
        let (Some(good), Some(exception)) = (self.direct, self.exception) else {
            return;
        };
        let beside = |m: MentionRef| self.sentence(m) == self.sentence(self.at);
        let g = self.reading.mention(good);
        let of_unit = |m: &MentionRef| beside(*m) && self.reading.mention(*m).unit == g.unit;
        let left = self.amounts.iter().copied().filter(|m| self.is_left(*m, exception));
        let bad = self.exceptions(exception).into_iter().chain(left).find(of_unit);
        let Some(bad) = bad.filter(|bad| beside(good) && *bad != good) else {
            return;
        };
        let whole = g.value.checked_add(self.reading.mention(bad).value);
        let gives = whole.is_some_and(|w| fits(&self.stated, g.value, w, self.scale).is_some_and(Agreement::holds));
        if (self.readings.is_empty() && !self.is_left(bad, exception) || gives)
            && let (Some(good), Some(bad)) = (self.operand(good), self.operand(bad))
        {
            self.push(good.clone(), vec![good, bad]);
            self.cue = self.cue.max(Cue::Implied);
        }
    }

    /// Whether an amount is what was left undone at the end, in the words of courts and arbitrators.
    fn is_left(&self, m: MentionRef, exception: Measure) -> bool {
        let label = self.reading.mention(m).label.trim_end_matches(['为', '共', '有']);
        exception == Measure::Pending
            && ["存案", "未结", "结存", "未审结", "未结案件", "未执结"]
                .iter()
                .any(|w| label.ends_with(w))
    }

    fn exceptions(&self, exception: Measure) -> Vec<MentionRef> {
        let (reading, at) = (self.reading, self.at);
        let prose = &reading.prose[at.passage];
        let hung = reading
            .mention(at)
            .hung
            .into_iter()
            .flat_map(|g| {
                prose
                    .clauses_of(g)
                    .flat_map(|c| prose.clauses[c].mentions.clone())
                    .collect::<Vec<_>>()
            })
            .map(|mention| MentionRef { mention, ..at });
        // 总体合格率95.0%。抽查发现不合格网站40个: told behind the rate.
        let behind = (at.mention + 1..prose.mentions.len())
            .take(2)
            .map(|mention| MentionRef { mention, ..at })
            .filter(|m| self.direct.is_none() && reading.mention(*m).is_amount())
            .filter(|m| self.sentence(*m) <= self.sentence(at) + 1);
        self.amounts
            .iter()
            .copied()
            .filter(|m| self.near(*m) && !reading.is_part(*m))
            .chain(hung)
            .chain(behind)
            .filter(|m| {
                self.measured(*m) == Some(exception) || exception == Measure::Failed && judged(self.cx, reading, *m)
            })
            .filter(|m| !reading.label(*m).denied)
            .take(2)
            .collect()
    }

    /// 3. None was found wanting (未发现不合格…): the part is the whole.
    fn of_none_wanting(&mut self) -> Option<()> {
        if self.readings.is_empty()
            && self.stated.value == Some(Decimal::ONE_HUNDRED)
            && self.numerator == Some(Measure::Passed)
            && let Some(whole) = self.sampled_right_before().or_else(|| self.none_wanting_of())
        {
            let operand = self.operand(whole)?;
            self.push(operand.clone(), vec![operand]);
        }
        Some(())
    }

    /// What was checked, where the sentence says that none of it was found wanting.
    fn none_wanting_of(&self) -> Option<MentionRef> {
        let none = none_found(self.cx, self.reading, self.at);
        let mut amounts = self.amounts.iter().copied().filter(|_| none);
        amounts.find(|m| is_whole(self.measured(*m), self.numerator) && !self.reading.is_part(*m))
    }

    /// 猪肉产品18批次，合格率为100%: samples right before the rate, and nothing else told of them.
    fn sampled_right_before(&self) -> Option<MentionRef> {
        let samples = ["批次", "批", "组", "份", "样"];
        self.amounts.first().copied().filter(|m| {
            m.mention + 1 == self.at.mention
                && self.sentence(*m) == self.sentence(self.at)
                && is_whole(self.measured(*m), self.numerator)
                && samples.contains(&self.reading.mention(*m).unit.as_str())
        })
    }

    /// 4. 按期办结率 beside 办结 alone, kept only if it fits.
    fn of_closed_alone(&mut self) -> Option<()> {
        if self.readings.is_empty()
            && self.numerator == Some(Measure::OnTimeClosed)
            && let Some(part) = self
                .amounts
                .iter()
                .copied()
                .find(|m| self.near(*m) && self.measured(*m) == Some(Measure::Closed))
        {
            let p = self.reading.mention(part);
            for whole in self.wholes(&p.unit, p.value, part) {
                let value = self.reading.mention(whole).value;
                if fits(&self.stated, p.value, value, self.scale).is_some_and(Agreement::holds) {
                    self.push(self.operand(part)?, vec![self.operand(whole)?]);
                }
            }
        }
        Some(())
    }

    /// 5. Only the whole is known: whether any whole number of cases can give the rate (100 % always is).
    fn may_be_infeasible(&self) -> bool {
        let of_cases = matches!(
            self.numerator,
            Some(Measure::Closed | Measure::OnTimeClosed | Measure::Passed | Measure::Satisfied)
        );
        self.scale == 100
            && self.stated.value != Some(Decimal::ONE_HUNDRED)
            && (of_cases || self.stem.ends_with("主动评价") || self.stem.ends_with("参评"))
    }

    /// 中标38.6亿元，节约2.1亿元，节约率5.2%: what was planned is what was spent and what was saved.
    fn of_saved(&mut self) -> Option<()> {
        let spent = self
            .amounts
            .iter()
            .copied()
            .find(|m| self.near(*m) && self.measured(*m) == Some(Measure::Actual));
        if self.numerator == Some(Measure::Saved)
            && let (Some(saved), Some(spent)) = (self.direct, spent)
        {
            let saved = self.operand(saved)?;
            self.push(saved.clone(), vec![self.operand(spent)?, saved]);
        }
        Some(())
    }

    /// 6. What was done in several ways, and what all items have together: 总合格率 behind 丰水期…; 枯水期….
    fn of_several(&mut self) {
        let (cx, reading, at) = (self.cx, self.reading, self.at);
        let done = rivals::of_all_done(cx, reading, at, &self.stated, self.scale, self.numerator);
        let items = rivals::of_all_items(cx, reading, at, &self.stated, self.scale, self.numerator);
        self.readings.extend(done.into_iter().chain(items));
    }

    /// 7. What was planned, where nothing before gives the rate.
    fn of_planned(&mut self) {
        if let Some((found, cue)) = self.of_plan()
            && !self.readings.iter().any(|r| rivals::agrees(r, self.scale))
        {
            self.readings = vec![found];
            self.cue = cue;
        }
    }

    /// Where nothing found gives the rate: two amounts beside it that do, or no complaint if it may be of others.
    fn hold_against_rivals(&mut self) {
        let (cx, reading, at, stem) = (self.cx, self.reading, self.at, self.stem);
        // 其中，棉服不合格率为10%: one that only a rough rounding brings to the figures of all is of its own.
        let holds = |r: &RelationReading| rivals::holds(r, self.scale);
        if !self.readings.iter().any(holds) {
            self.readings
                .retain(|r| !rivals::agrees(r, self.scale) || !rivals::excused(cx, reading, at, stem, r));
        }
        if self.cue == Cue::Arithmetic || self.readings.iter().any(|r| rivals::agrees(r, self.scale)) {
            return;
        }
        let nearer = rivals::nearer_whole(cx, reading, at, &self.readings, &self.amounts, self.scale);
        if let Some(pair) = rivals::near_pair(cx, reading, at, &self.stated, self.scale).or(nearer) {
            self.readings = vec![pair];
            self.cue = Cue::Arithmetic;
        } else {
            rivals::drop_far_off(reading, at, &mut self.readings, &self.amounts, self.scale);
            self.readings.retain(|r| !rivals::excused(cx, reading, at, stem, r));
        }
    }
}

/// The amounts that a rate may be of, nearest first.
fn amounts(cx: &Context, reading: &Reading, at: MentionRef) -> Vec<MentionRef> {
    let prose = &reading.prose[at.passage];
    let mut amounts = before(reading, at);
    // 办结率98%（受理350件，办结343件）: the counts are hung on the rate.
    if let Some(group) = reading.mention(at).hung {
        let hung: Vec<MentionRef> = prose
            .clauses_of(group)
            .flat_map(|c| prose.clauses[c].mentions.clone())
            .map(|mention| MentionRef { mention, ..at })
            .filter(|m| reading.mention(*m).is_amount())
            .collect();
        let whole = |m: &MentionRef| matches!(reading.label(*m).measure, Some(Measure::Received | Measure::Checked));
        if hung.len() >= 2 && hung.iter().any(whole) {
            amounts = hung.into_iter().rev().collect();
        }
    }
    // A period opens a new record: amounts before the last one that is 受理-like and named by a month belong to another.
    if let Some(border) = amounts.iter().position(|m| opens_record(cx, reading, *m)) {
        amounts.truncate(border + 1);
    }
    // 法官人均结案449.6件: what each has is neither part nor whole of what all have.
    amounts.retain(|m| !means::is_mean(reading.mention(*m)));
    amounts
}

/// Which measure a rate's numerator has, and which its exceptions.
fn numerator_of(stem: &str) -> (Option<Measure>, Option<Measure>) {
    if ["节约", "节支"].iter().any(|w| stem.ends_with(w)) {
        return (Some(Measure::Saved), None);
    }
    // 不合格商品检出率: what was detected, not what was checked.
    if stem.contains("不合格") && ["检出", "发现"].iter().any(|w| stem.ends_with(w)) {
        return (Some(Measure::Failed), None);
    }
    match measure_in(stem).map(|(m, _)| m) {
        Some(Measure::Closed) => (Some(Measure::Closed), Some(Measure::Pending)),
        Some(Measure::OnTimeClosed) => (Some(Measure::OnTimeClosed), Some(Measure::Overdue)),
        Some(Measure::Passed) => (Some(Measure::Passed), Some(Measure::Failed)),
        Some(Measure::Satisfied) => (Some(Measure::Satisfied), Some(Measure::Dissatisfied)),
        Some(m) => (Some(m), None),
        None => (None, None),
    }
}

/// Another word for what a rate is of: 查实率 beside 属实12件.
fn same_outcome(core: &str) -> Option<&'static str> {
    match core {
        "查实" => Some("属实"),
        "属实" => Some("查实"),
        _ => None,
    }
}

/// Whether the words behind an amount name it (12个账号整改到位), and not the rate itself (9个地区网站合格率).
fn named_behind(tail: &str, core: &str) -> bool {
    tail.match_indices(core)
        .any(|(at, _)| !tail[at + core.len()..].starts_with('率'))
}

/// 发现2个账号超过14天未更新，判定为不合格: the next clause of the sentence says what the found ones are.
fn judged(cx: &Context, reading: &Reading, at: MentionRef) -> bool {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let sentence = prose.clauses[m.clause].sentence;
    m.label.ends_with("发现")
        && prose.clauses[m.clause + 1..]
            .iter()
            .take(2)
            .filter(|c| c.sentence == sentence && c.mentions.is_empty())
            .any(|c| cx.passages[at.passage].text[c.range.clone()].contains("不合格"))
}

/// 未发现 or 无 … in the sentence of the rate.
fn none_found(cx: &Context, reading: &Reading, at: MentionRef) -> bool {
    let prose = &reading.prose[at.passage];
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    let text = cx.passages[at.passage].text.as_str();
    prose
        .clauses
        .iter()
        .filter(|c| c.sentence == sentence && c.range.end <= reading.mention(at).full.start)
        .any(|c| {
            ["未发现", "全部合格", "均合格", "全部达标"]
                .iter()
                .any(|w| text[c.range.clone()].contains(w))
        })
}
