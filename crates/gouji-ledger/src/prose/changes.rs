//! Changes find what they changed from: growth, differences, remainders.

use std::sync::LazyLock;

use gouji_quantity::UnitClass;

use super::clauses::{Delim, Mention};
use super::labels::measure_in;
use super::word_list::WordList;
use super::{MentionRef, Reading, quote_of};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::{Cue, FigureClass, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// How many amounts before a change are looked at.
const REACH: usize = 10;

/// Words of change right before a figure, with whether they say that it fell.
const CHANGES: &[(&str, bool)] = &[
    ("增加", false),
    ("增长", false),
    ("上升", false),
    ("提高", false),
    ("提升", false),
    ("扩大", false),
    ("加快", false),
    ("上涨", false),
    ("增幅", false),
    ("涨幅", false),
    ("升幅", false),
    ("增速", false),
    ("同比增", false),
    ("环比增", false),
    ("减少", true),
    ("下降", true),
    ("降低", true),
    ("回落", true),
    ("减幅", true),
    ("降幅", true),
    ("缩小", true),
    ("下滑", true),
    ("同比降", true),
    ("环比降", true),
];

static CHANGE_WORDS: LazyLock<WordList> = LazyLock::new(|| WordList::new(CHANGES.iter().map(|(word, _)| *word)));

/// Words that name a base of comparison.
const BASES: &[&str] = &[
    "比", "较", "上年", "去年", "上期", "上月", "上季", "同期", "前年", "由", "从", "相比",
];

/// The word of change that ends a label, if any: whether it says that the figure fell.
pub(crate) fn change_word(label: &str) -> Option<bool> {
    let mut best: Option<(usize, bool)> = None;
    for (idx, at) in CHANGE_WORDS.last_places(label) {
        let (word, fell) = CHANGES[idx];
        let tail = &label[at + word.len()..];
        // 下降到259件 gives the new value, not the change.
        if !tail.starts_with(['到', '至', '值']) && tail.chars().count() <= 4 && best.is_none_or(|(b, _)| at >= b) {
            best = Some((at, fell));
        }
    }
    best.map(|(_, fell)| fell)
}

/// Relations of all changes and remainders.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            let m = reading.mention(at);
            if !m.plain {
                continue;
            }
            if m.is_rate() && m.label.contains("自然增长率") {
                out.extend(natural_growth(cx, reading, at));
            } else if let Some(fell) =
                change_word(m.label.trim_end_matches("分别")).filter(|_| m.label.contains("分别"))
            {
                parallel(cx, reading, at, fell, out);
            } else if change_word(&m.label).is_some() {
                out.extend(change(cx, reading, at));
            } else if m.is_amount() {
                out.extend(remainder(cx, reading, at));
                out.extend(saved(cx, reading, at));
            }
        }
    }
}

/// 3月来访80批500人次，4月来访100批600人次，批次、人次分别上升25%、20%: the n-th rate is of the n-th unit.
fn parallel(cx: &Context, reading: &Reading, first: MentionRef, fell: bool, out: &mut Vec<Relation>) {
    let prose = &reading.prose[first.passage];
    let sentence = prose.clauses[reading.mention(first).clause].sentence;
    let rates: Vec<usize> = (first.mention..prose.mentions.len())
        .take_while(|i| {
            let m = &prose.mentions[*i];
            m.is_rate() && (*i == first.mention || m.label.is_empty() && prose.clauses[m.clause].before == Delim::Dun)
        })
        .collect();
    let amounts: Vec<usize> = (0..first.mention)
        .rev()
        .take_while(|i| prose.clauses[prose.mentions[*i].clause].sentence == sentence)
        .filter(|i| prose.mentions[*i].is_amount())
        .take(2 * rates.len())
        .collect();
    if rates.len() < 2 || amounts.len() != 2 * rates.len() {
        return;
    }
    let amounts: Vec<usize> = amounts.into_iter().rev().collect();
    let (earlier, later) = amounts.split_at(rates.len());
    if earlier
        .iter()
        .zip(later)
        .any(|(a, b)| prose.mentions[*a].unit != prose.mentions[*b].unit)
    {
        return;
    }
    // 去年同期为… names the base; else the one told first came first.
    let text = cx.passages[first.passage].text.as_str();
    let named = &prose.mentions[later[0]].label;
    let base_last = ["去年", "上年", "同期", "上月", "上期", "上季"]
        .iter()
        .any(|w| named.contains(w));
    // 与上月相比…分别上升: the base is named and not printed, unless it stands between the amounts.
    let lead = &text[prose.mentions[later[rates.len() - 1]].full.end..reading.mention(first).full.start];
    if !base_last
        && ["相比", "同比", "环比", "较", "比上", "比去"]
            .iter()
            .any(|w| lead.contains(w))
    {
        return;
    }
    let (bases, nows) = if base_last { (later, earlier) } else { (earlier, later) };
    for ((rate, base), now) in rates.iter().zip(bases).zip(nows) {
        let operand = |i: &usize| cx.operand(prose.mentions[*i].fig);
        if let (Some(stated), Some(now), Some(base)) = (operand(rate), operand(now), operand(base)) {
            out.extend(super::relation(
                cx,
                RelationKind::Change,
                "growth",
                Cue::Explicit,
                Formula::Growth { negative: fell },
                stated,
                vec![now, base],
            ));
        }
    }
}

fn change(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let m = reading.mention(at);
    let fell = change_word(&m.label)?;
    let Some(base) = base_of(cx, reading, at) else {
        return growth_from_difference(cx, reading, at, fell);
    };
    let b = reading.mention(base);
    if other_thing(&m.label, reading, base) {
        return None;
    }
    let stated = cx.operand(m.fig)?;
    let base_operand = cx.operand(b.fig)?;
    // The figure that changed: before the base, with its unit; a whole before a part.
    let mut nows: Vec<MentionRef> = (0..base.mention)
        .rev()
        .map(|mention| MentionRef { mention, ..base })
        .filter(|n| {
            let now = reading.mention(*n);
            now.class == b.class && now.unit == b.unit && now.plain && change_word(&now.label).is_none()
        })
        .take(REACH)
        .collect();
    nows.sort_by_key(|n| reading.is_part(*n));
    // 由91.2%提高到94.5%，提高3.3个百分点: the new value stands behind the base.
    let reached = (base.mention + 1..at.mention)
        .map(|mention| MentionRef { mention, ..base })
        .find(|n| {
            let now = reading.mention(*n);
            now.class == b.class && now.unit == b.unit && now.plain && now.label.contains(['到', '至'])
        });
    if let Some(reached) = reached {
        nows = vec![reached];
    }
    nows.truncate(2);
    let (kind, formula, rule) = match (m.class, b.class) {
        (FigureClass::Points, FigureClass::Rate) => (
            RelationKind::Difference,
            Formula::PointChange { negative: fell },
            "point-change",
        ),
        (FigureClass::Rate, FigureClass::Rate) => (
            RelationKind::Change,
            Formula::PointChange { negative: fell },
            "point-change",
        ),
        (FigureClass::Rate, _) if b.is_amount() => (RelationKind::Change, Formula::Growth { negative: fell }, "growth"),
        (FigureClass::Count | FigureClass::Money | FigureClass::Measure, _) if m.unit == b.unit => {
            (RelationKind::Difference, Formula::Difference, "increase")
        }
        _ => return None,
    };
    let readings: Vec<RelationReading> = nows
        .iter()
        .filter_map(|n| {
            let now = cx.operand(reading.mention(*n).fig)?;
            let operands = if formula == Formula::Difference && fell {
                vec![base_operand.clone(), now]
            } else {
                vec![now, base_operand.clone()]
            };
            Some(RelationReading {
                formula: formula.clone(),
                stated: stated.clone(),
                operands,
            })
        })
        .collect();
    let first = readings.first()?;
    let quote = quote_of(cx, std::iter::once(&first.stated).chain(&first.operands))?;
    // A rate that fell by "2%" may mean points or percent: a complaint would be about words.
    let cue = if m.class == FigureClass::Rate && b.class == FigureClass::Rate {
        Cue::Implied
    } else {
        Cue::Explicit
    };
    Some(Relation {
        kind,
        rule,
        cue,
        readings,
        quote,
    })
}

/// 1200件，较上月增加200件，增长20%: the base is what is left, where both changes are from the same base.
fn growth_from_difference(cx: &Context, reading: &Reading, at: MentionRef, fell: bool) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let difference = at.mention.checked_sub(1)?;
    let now = difference.checked_sub(1)?;
    let (d, n) = (&prose.mentions[difference], &prose.mentions[now]);
    let sentence = |x: &Mention| prose.clauses[x.clause].sentence;
    if m.class != FigureClass::Rate
        || !d.is_amount()
        || !n.is_amount()
        || d.unit != n.unit
        || sentence(d) != sentence(m)
        || sentence(n) != sentence(m)
    {
        return None;
    }
    // 同比 speaks of last year, 环比 of the month before; the difference must not speak of the other.
    let other = m.label.contains("同比") && ["上月", "上期", "上季", "环比"].iter().any(|w| d.label.contains(w))
        || m.label.contains("环比") && ["上年", "去年", "同期", "同比"].iter().any(|w| d.label.contains(w));
    if change_word(&d.label) != Some(fell) || other || change_word(&n.label).is_some() {
        return None;
    }
    let base = if fell {
        n.value.checked_add(d.value)?
    } else {
        n.value.checked_sub(d.value)?
    };
    let mut computed = Operand::computed(base);
    computed.span = Some(d.span);
    computed.figure = Some(d.fig);
    super::relation(
        cx,
        RelationKind::Change,
        "growth-from-difference",
        Cue::Implied,
        Formula::Growth { negative: fell },
        cx.operand(m.fig)?,
        vec![cx.operand(n.fig)?, computed],
    )
}

/// 办结率由98.6%下降至97.1%，重复投诉率上升0.6个百分点: the change names a rate of its own, which the base does not.
fn other_thing(label: &str, reading: &Reading, base: MentionRef) -> bool {
    let Some(end) = label.rfind('率') else { return false };
    let noun: String = label[..end]
        .chars()
        .rev()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let from = base.mention.saturating_sub(1);
    noun.chars().count() == 2
        && CHANGES.iter().any(|(w, _)| label[end..].contains(w))
        && !(from..=base.mention).any(|mention| {
            reading
                .mention(MentionRef { mention, ..base })
                .label
                .contains(noun.as_str())
        })
}

/// The base of a change: a figure in the sentence whose own words name it (比上年的1200批次, 较上期（31.2%）), or, for
/// several changes in a row, the base of the change before.
fn base_of(cx: &Context, reading: &Reading, at: MentionRef) -> Option<MentionRef> {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    (0..at.mention)
        .rev()
        .take(6)
        .map(|mention| MentionRef { mention, ..at })
        .take_while(|m| prose.clauses[reading.mention(*m).clause].sentence == sentence)
        .find(|m| {
            let b = reading.mention(*m);
            if change_word(&b.label).is_some() || !(b.is_amount() || b.is_rate()) {
                return false;
            }
            let own = BASES.iter().any(|w| b.label.contains(w))
                && !b.label.contains("比例")
                && !b.label.contains("占比")
                && !b.label.contains("比重");
            let group = prose.clauses[b.clause].group;
            let hung = group > 0 && {
                let g = &prose.groups[group];
                let lead: String = text[..g.range.start]
                    .chars()
                    .rev()
                    .take(12)
                    .collect::<Vec<_>>()
                    .into_iter()
                    .rev()
                    .collect();
                let lead = lead.rsplit(['，', '。', '；', ',', '、']).next().unwrap_or("");
                BASES.iter().any(|w| lead.contains(w)) && prose.clauses[b.clause].mentions.len() == 1
            };
            own || hung
        })
}

/// 除甲6条外，其他78条 and 其余为…共计210件: a remainder of the total before.
fn remainder(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
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
    let previous = (0..at.mention).rev().find(same)?;
    let p = &prose.mentions[previous];
    let text = cx.passages[at.passage].text.as_str();
    let words = &text[p.full.end..m.full.start];
    if !["其他", "其余", "剩余", "余下"].iter().any(|w| words.contains(w)) {
        return None;
    }
    let excepted = p.label.contains('除') && p.tail.ends_with('外');
    // 其他类1196件 is a category, not a remainder.
    if !excepted && (m.label.starts_with("其他") || prose.clauses[p.clause].sentence != clause.sentence) {
        return None;
    }
    let total = (0..previous)
        .rev()
        .filter(same)
        .find(|t| prose.mentions[*t].value >= m.value.max(p.value))?;
    let total_value = prose.mentions[total].value;
    let holds = total_value.checked_sub(p.value) == Some(m.value);
    if !excepted && !holds {
        return None;
    }
    super::relation(
        cx,
        RelationKind::Difference,
        "remainder",
        if excepted { Cue::Explicit } else { Cue::Arithmetic },
        Formula::Difference,
        cx.operand(m.fig)?,
        vec![cx.operand(prose.mentions[total].fig)?, cx.operand(p.fig)?],
    )
}

/// What was saved is what was planned less what was spent.
fn saved(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
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
    super::relation(
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
fn natural_growth(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
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
    super::relation(
        cx,
        RelationKind::Difference,
        "natural-growth",
        Cue::Explicit,
        Formula::Difference,
        cx.operand(m.fig)?,
        operands,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_nearest_to_the_figure_tells_the_direction() {
        assert_eq!(change_word("较上期下降"), Some(true));
        assert_eq!(change_word("比上年增长了"), Some(false));
        assert_eq!(change_word("下降幅度为"), Some(true));
        assert_eq!(change_word("工业增加值为"), None);
        assert_eq!(change_word("办结"), None);
    }
}
