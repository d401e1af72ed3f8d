//! How far a plan was fulfilled: 年度计划投资20亿元。1—9月完成投资25亿元，投资完成率125%; 完成收入12.5亿元，为年初预算的62.5%.
//!
//! The whole is what was planned, and what was done may be more than it.

use gouji_quantity::Decimal;

use super::counts::Rate;
use super::{assemble, fits, is_base, misses_by, near_miss, ratio_reading, scale};
use crate::context::Context;
use crate::prose::changes::change_word;
use crate::prose::{MentionRef, Reading};
use crate::{Cue, FigureClass, Reading as RelationReading, Relation};

/// Amounts before the rate that are looked at.
const REACH: usize = 12;

/// What was done, by the end of a rate's name.
const DONE: [(&str, &[&str]); 10] = [
    ("完成", &["完成"]),
    ("执行", &["执行", "支出", "完成"]),
    ("到位", &["到位"]),
    ("入库", &["入库"]),
    ("支付", &["支付"]),
    ("支出", &["支出"]),
    ("开工", &["开工"]),
    ("动工", &["动工"]),
    ("竣工", &["竣工"]),
    ("完工", &["完工"]),
];

/// Words of an amount that was planned.
const PLANNED: [&str; 6] = ["计划", "预算", "目标", "任务", "应完成", "应到位"];

impl Rate<'_> {
    /// 投资完成率: what was done over what was planned for it, with how surely it is so.
    pub(super) fn of_plan(&self) -> Option<(RelationReading, Cue)> {
        let (_, done) = DONE.iter().find(|(end, _)| self.stem.ends_with(end))?;
        let (cx, reading) = (self.cx, self.reading);
        let label = |m: MentionRef| reading.mention(m).label.as_str();
        let planned = |m: MentionRef| PLANNED.iter().any(|w| label(m).contains(w));
        let before = amounts(reading, self.at);
        let part = before.iter().copied().find(|m| {
            self.near(*m) && !planned(*m) && done.iter().any(|w| label(*m).contains(w)) && !label(*m).contains('未')
        })?;
        let unit = &reading.mention(part).unit;
        let whole = before
            .iter()
            .copied()
            .find(|m| *m < part && self.near(*m) && planned(*m) && reading.mention(*m).unit == *unit)?;
        // What was done follows what was planned, and the rate that: nothing else is between.
        let close = |a: MentionRef, b: MentionRef| {
            (a.mention + 1..b.mention).all(|m| !reading.prose[a.passage].mentions[m].is_amount())
        };
        let cue = if close(whole, part) && close(part, self.at) {
            Cue::Implied
        } else {
            Cue::Arithmetic
        };
        let found = ratio_reading(
            &self.stated,
            cx.operand(reading.mention(part).fig)?,
            vec![cx.operand(reading.mention(whole).fig)?],
            self.scale,
        );
        Some((found, cue))
    }
}

/// Most clauses from what was done to the percentage of the plan, those between telling how it changed.
const MAX_CHANGES: usize = 4;

/// Points by which a percentage of a plan may miss what was done and what was planned and still be of these.
const NEAR: i64 = 5;
/// Words that tell one plan of a year from another.
const REVISED: [&str; 3] = ["调整", "变动", "追加"];

/// Whether a percentage is of a plan by its words: 为年初预算的, 完成年度计划的, 完成年度计划投资的.
pub(super) fn names_a_plan(label: &str) -> bool {
    let mut words = label;
    for behind in [
        "的", "数", "额", "量", "总", "开工", "竣工", "投产", "建设", "新", "投资", "资金", "任务",
    ] {
        words = words.strip_suffix(behind).unwrap_or(words);
    }
    let planned = |w: &str| ["预算", "计划", "任务", "目标"].iter().any(|p| w.ends_with(p));
    (planned(words) || planned(label.trim_end_matches('的')))
        && ["为", "完成", "达", "占", "是"].iter().any(|w| words.contains(w))
}

/// Words that may stand between the amount of a plan and the percentage of it: 70亿元目标任务的, 4820户任务数的, 70亿元的.
const BEHIND_PLAN: [&str; 14] = [
    "的", "数", "量", "总", "额", "任务", "目标", "计划", "预算", "指标", "投资", "资金", "年度", "考核",
];
/// Longest words (in characters) between the two.
const MAX_BEHIND_PLAN: usize = 10;

/// 完成全年70亿元目标任务的118.36%, 占今年4820户任务数的75%, 完成目标任务（76500万元）的92%: what was planned is printed in the phrase itself, and what was
/// done is the amount before it. Kept if it fits, or misses by little.
pub(super) fn printed_inside(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let rate = reading.mention(at);
    let plan = MentionRef {
        mention: at.mention.checked_sub(1)?,
        ..at
    };
    let p = reading.mention(plan);
    let (own, of_plan) = (&prose.clauses[rate.clause], &prose.clauses[p.clause]);
    let bracketed = of_plan.depth == own.depth + 1 && own.range.start <= of_plan.range.start;
    if !p.is_amount() || !p.plain || p.value <= Decimal::ZERO || p.clause != rate.clause && !bracketed {
        return None;
    }
    let lead = text
        .get(own.range.start..p.full.start)?
        .trim_end_matches(['（', '('])
        .trim();
    let between = text
        .get(p.full.end..rate.full.start)?
        .trim_start_matches(['）', ')'])
        .trim();
    let mut rest = between;
    while let Some(shorter) = BEHIND_PLAN.iter().find_map(|w| rest.strip_prefix(w)) {
        rest = shorter;
    }
    let named = |w: &str| PLANNED.iter().chain(&["指标"]).any(|p| w.contains(p));
    let reached = ["完成", "占", "达到", "实现"].iter().any(|w| lead.contains(w)) || lead.starts_with('为');
    if !rest.is_empty()
        || !between.ends_with('的')
        || between.chars().count() > MAX_BEHIND_PLAN
        || !reached
        || !(named(between) || named(lead))
        || change_word(&rate.label).is_some()
    {
        return None;
    }
    let stated = cx.operand(rate.fig)?;
    let scale = scale(cx, reading, at);
    let part = amounts(reading, at).into_iter().filter(|m| *m < plan).find(|m| {
        let a = reading.mention(*m);
        // 80亿目标任务: the unit of money is left out.
        let bare = p.unit.is_empty() && text[p.full.clone()].ends_with(['亿', '万']);
        let money = a.class == FigureClass::Money && (p.class == FigureClass::Money || bare);
        let same = a.unit == p.unit || money;
        // 为季度目标33.23亿元的101.78%，完成全年目标42亿元的80.52%: another plan is nothing that was done.
        let behind = prose
            .mentions
            .get(m.mention + 1)
            .is_some_and(|n| n.is_rate() && n.clause == a.clause);
        let planned = behind && named(&a.label);
        same && !planned && prose.clauses[a.clause].sentence == own.sentence
    })?;
    let done = reading.mention(part).value;
    let holds = fits(&stated, done, p.value, scale).is_some_and(gouji_quantity::Agreement::holds);
    if !holds && !near_miss(&stated, done, p.value, scale, NEAR) {
        return None;
    }
    let (part, whole) = (cx.operand(reading.mention(part).fig)?, cx.operand(p.fig)?);
    let found = ratio_reading(&stated, part, vec![whole], scale);
    assemble(cx, "rate-of-plan", Cue::Implied, vec![found], scale)
}

/// The amount before a percentage of a plan over what was planned: if it fits, or misses the only plan nearby by little.
pub(super) fn relation(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let stated = cx.operand(reading.mention(at).fig)?;
    let before = amounts(reading, at);
    let part = *before.first()?;
    let p = reading.mention(part);
    let clause = |m: MentionRef| reading.mention(m).clause;
    let scale = scale(cx, reading, at);
    // 完成254.2亿元，较去年同期增加21.6亿元，同比增长9.29%，为年度计划的31.0%: how it changed is told between.
    let only_changes =
        || (part.mention + 1..at.mention).all(|m| change_word(&reading.prose[at.passage].mentions[m].label).is_some());
    if clause(part) + 2 < clause(at) && !(clause(part) + MAX_CHANGES >= clause(at) && only_changes()) {
        return None;
    }
    let planned: Vec<MentionRef> = before
        .iter()
        .copied()
        .filter(|m| {
            let w = reading.mention(*m);
            *m != part
                && w.unit == p.unit
                && ["年初预算", "调整预算", "预算数", "计划", "任务", "目标"]
                    .iter()
                    .any(|word| w.label.contains(word))
        })
        .collect();
    let value = |m: MentionRef| reading.mention(m).value;
    let fitting = planned
        .iter()
        .copied()
        .find(|m| fits(&stated, p.value, value(*m), scale).is_some_and(gouji_quantity::Agreement::holds))
        .filter(|_| stated.decimals > 0);
    // The nearest plan, what was done right before the percentage, and both near it: one of the three is wrong.
    let missed = || {
        let whole = *planned.first()?;
        let words = |m: MentionRef| REVISED.map(|w| reading.mention(m).label.contains(w));
        let near = near_miss(&stated, p.value, value(whole), scale, NEAR);
        let fits = |a: MentionRef, b: MentionRef| {
            reading.mention(a).unit == reading.mention(b).unit
                && value(a) <= value(b)
                && fits(&stated, value(a), value(b), scale).is_some_and(gouji_quantity::Agreement::holds)
        };
        let given = before.iter().any(|a| before.iter().any(|b| fits(*a, *b)));
        // Of several plans the nearest gives the percentage best, too.
        let gap = |m: MentionRef| misses_by(&stated, p.value, value(m), scale);
        let best = planned.iter().all(|m| gap(*m) >= gap(whole));
        (near && best && !given && words(whole) == words(at)).then_some(whole)
    };
    let (whole, cue) = match fitting {
        Some(whole) => (whole, Cue::Arithmetic),
        None => (missed()?, Cue::Implied),
    };
    let found = ratio_reading(
        &stated,
        cx.operand(p.fig)?,
        vec![cx.operand(reading.mention(whole).fig)?],
        scale,
    );
    assemble(cx, "rate-of-plan", cue, vec![found], scale)
}

/// Amounts before a rate in its group, nearest first, changes and bases of comparison left out.
fn amounts(reading: &Reading, at: MentionRef) -> Vec<MentionRef> {
    let prose = &reading.prose[at.passage];
    let group = prose.clauses[reading.mention(at).clause].group;
    (0..at.mention)
        .rev()
        .take(4 * REACH)
        .map(|mention| MentionRef { mention, ..at })
        .filter(|m| {
            let other = reading.mention(*m);
            other.is_amount()
                && other.value > Decimal::ZERO
                && prose.clauses[other.clause].group == group
                && change_word(&other.label).is_none()
                && !is_base(reading, *m)
        })
        .take(REACH)
        .collect()
}
