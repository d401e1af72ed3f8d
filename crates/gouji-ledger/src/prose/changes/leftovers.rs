//! What the words name as left: remainders, savings, natural growth, net increase.

use gouji_quantity::{UnitClass, one_keystroke};

use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::clauses::Mention;
use crate::prose::labels::measure_in;
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, Formula, Operand, Relation, RelationKind};

/// How many mentions before a remainder are looked at.
const REACH: usize = 64;

/// 除甲6条外，其他78条 and 其余为…共计210件: a remainder of the total before.
pub(super) fn remainder(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let clause = &prose.clauses[m.clause];
    if clause.mentions.first() != Some(&at.mention) {
        return None;
    }
    let same = |i: &usize| {
        prose.mentions[*i].is_amount()
            && prose.mentions[*i].unit == m.unit
            && prose.clauses[prose.mentions[*i].clause].group == clause.group
    };
    let previous = (0..at.mention).rev().take(REACH).find(same)?;
    let p = &prose.mentions[previous];
    let text = cx.passages[at.passage].text.as_str();
    let words = &text[p.full.end..m.full.start];
    if !["其他", "其余", "剩余", "余下"].iter().any(|w| words.contains(w)) {
        return None;
    }
    // 其余依次为丙30件、丁20件: the rest are several.
    if ["依次", "分别"].iter().any(|w| m.label.contains(w)) {
        return None;
    }
    let excepted = p.label.contains('除') && p.tail.ends_with('外');
    // 其他类845件 is a category, not a remainder.
    if !excepted && (m.label.starts_with("其他") || prose.clauses[p.clause].sentence != clause.sentence) {
        return None;
    }
    let total = (0..previous)
        .rev()
        .take(REACH)
        .filter(same)
        .find(|t| prose.mentions[*t].value >= m.value.max(p.value))
        // A total that is too small for what it is divided into is still the total, if it stands right before.
        .or_else(|| {
            let sentence = |i: usize| prose.clauses[prose.mentions[i].clause].sentence;
            (0..previous)
                .rev()
                .take(3)
                .filter(|i| excepted && sentence(*i) == sentence(previous))
                .find(same)
        })?;
    let left = prose.mentions[total].value.checked_sub(p.value)?;
    // 受理300件，办结60件，其余…共计230件: all the rest of one record, and a slip of one key.
    let all_the_rest = left != m.value
        && words.contains("其余")
        && m.label.trim_end_matches('为').ends_with(['共', '计'])
        && (0..previous).rev().take(REACH).find(same) == Some(total)
        && prose.end_of_record(prose.mentions[total].clause) == prose.end_of_record(m.clause)
        && one_keystroke(left, m.value);
    if !excepted && left != m.value && !all_the_rest {
        return None;
    }
    relation(
        cx,
        RelationKind::Difference,
        "remainder",
        match (excepted, all_the_rest) {
            (true, _) => Cue::Explicit,
            (false, true) => Cue::Implied,
            (false, false) => Cue::Arithmetic,
        },
        Formula::Difference,
        cx.operand(m.fig)?,
        vec![cx.operand(prose.mentions[total].fig)?, cx.operand(p.fig)?],
    )
}

/// What was saved is what was planned less what was spent.
pub(super) fn saved(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let m = reading.mention(at);
    if m.unit_class != Some(UnitClass::Money) || reading.label(at).measure != Some(Measure::Saved) {
        return None;
    }
    let find = |measure: Measure| -> Option<&Mention> {
        (0..at.mention)
            .rev()
            .take(4)
            .map(|mention| MentionRef { mention, ..at })
            .find(|n| {
                reading.mention(*n).unit_class == Some(UnitClass::Money)
                    && measure_in(&reading.mention(*n).label).is_some_and(|(x, _)| x == measure)
            })
            .map(|n| reading.mention(n))
    };
    let (planned, actual) = (find(Measure::Planned)?, find(Measure::Actual)?);
    relation(
        cx,
        RelationKind::Difference,
        "saving",
        Cue::Explicit,
        Formula::Difference,
        cx.operand(m.fig)?,
        vec![cx.operand(planned.fig)?, cx.operand(actual.fig)?],
    )
}

/// Natural growth of a population is births less deaths, all per thousand.
pub(super) fn natural_growth(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let find = |word: &str| -> Option<&Mention> {
        (0..at.mention)
            .rev()
            .take(6)
            .map(|mention| reading.mention(MentionRef { mention, ..at }))
            .find(|m| m.is_rate() && m.label.contains(word))
    };
    let m = reading.mention(at);
    let (births, deaths) = (find("出生率")?, find("死亡率")?);
    let operands: Vec<Operand> = vec![cx.operand(births.fig)?, cx.operand(deaths.fig)?];
    relation(
        cx,
        RelationKind::Difference,
        "natural-growth",
        Cue::Explicit,
        Formula::Difference,
        cx.operand(m.fig)?,
        operands,
    )
}

/// Words of what came to a stock, and of what left it.
const CAME: &[&str] = &[
    "新增",
    "新开",
    "新设",
    "新建",
    "新成立",
    "增加",
    "开通",
    "注册",
    "吸收",
    "新办",
];
const LEFT: &[&str] = &[
    "注销", "关停", "关闭", "撤销", "减少", "退出", "核销", "停用", "下线", "停运", "关张",
];

/// Whether words tell of what came to a stock or left it.
pub(super) fn flows(label: &str) -> bool {
    CAME.iter().chain(LEFT).any(|w| label.contains(w))
}

/// 新开设11个、注销5个，净增6个: what came less what left, the two right before it or right behind.
pub(super) fn net(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    if !m.is_amount() {
        return None;
    }
    let fell = match m.label.trim_end_matches('了') {
        label if label.ends_with("净增") || label.ends_with("净增加") => false,
        label if label.ends_with("净减") || label.ends_with("净减少") => true,
        _ => return None,
    };
    let sentence = prose.clauses[m.clause].sentence;
    let pair = |x: usize, y: usize| -> Option<(usize, usize)> {
        let (a, b) = (prose.mentions.get(x)?, prose.mentions.get(y)?);
        let fits = |n: &Mention| {
            n.is_amount() && n.unit == m.unit && prose.clauses[n.clause].sentence == sentence && !n.label.contains('净')
        };
        let has = |n: &Mention, words: &[&str]| words.iter().any(|w| n.label.contains(w));
        if !fits(a) || !fits(b) {
            return None;
        }
        match (has(a, CAME), has(a, LEFT), has(b, CAME), has(b, LEFT)) {
            (true, false, false, true) => Some((x, y)),
            (false, true, true, false) => Some((y, x)),
            _ => None,
        }
    };
    let before = at.mention.checked_sub(2).and_then(|first| pair(first, first + 1));
    let (came, left) = before.or_else(|| pair(at.mention + 1, at.mention + 2))?;
    let operand = |i: usize| cx.operand(prose.mentions[i].fig);
    let operands = if fell {
        vec![operand(left)?, operand(came)?]
    } else {
        vec![operand(came)?, operand(left)?]
    };
    relation(
        cx,
        RelationKind::Difference,
        "net-increase",
        Cue::Implied,
        Formula::Difference,
        cx.operand(m.fig)?,
        operands,
    )
}
