//! Other readings of a rate that its nearest figures do not give.
//!
//! A rate is complained of only if the figures found for it can be no others. They can where the rate speaks of a narrower
//! subject (其中…, 某区的…), where a rate of the same name has used them up, or where its own item holds further
//! amounts. A pair of amounts in its own item that gives it is what it is of.

use gouji_quantity::{Agreement, Decimal};

use super::{Kind, LOOK_BACK, fits, kin_units, kind_of, ratio_reading};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::clauses::{Delim, Mention};
use crate::prose::labels::measure_in;
use crate::prose::partition::verdict_measure;
use crate::prose::{MentionRef, Reading};
use crate::words;
use crate::{Operand, Reading as RelationReading};

/// Most amounts of an item that are paired.
const MAX_PAIRED: usize = 8;

/// Words in front of a rate that name no subject of its own.
const GENERAL: [&str; 24] = [
    "其中",
    "总体",
    "整体",
    "平均",
    "综合",
    "全市",
    "全县",
    "全区",
    "全省",
    "全州",
    "本月",
    "本季度",
    "本期",
    "上半年",
    "全年",
    "累计",
    "实现",
    "达到",
    "目前",
    "截至",
    "的",
    "为",
    "共",
    "均",
];

/// Words of what was dealt with at once.
const AT_ONCE: [&str; 6] = ["即时", "当场", "现场", "直接", "当即", "在线"];
/// How something was done, which is not told of all that was.
const MANNERS: [&str; 7] = ["提前", "快速", "当场", "即时", "首次", "一次性", "上门"];

/// How near the printed rate comes to what a reading gives.
fn agreement_of(r: &RelationReading, scale: u32) -> Option<Agreement> {
    let whole = r.operands[1..]
        .iter()
        .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
    fits(&r.stated, r.operands[0].value?, whole, scale)
}

/// Whether a reading gives the printed rate, be it by a rounding of its own.
pub(super) fn agrees(r: &RelationReading, scale: u32) -> bool {
    agreement_of(r, scale).is_some_and(|a| a.holds() || a.is_rounding())
}

/// Whether a reading gives the printed rate as it is rounded everywhere.
pub(super) fn holds(r: &RelationReading, scale: u32) -> bool {
    agreement_of(r, scale).is_some_and(Agreement::holds)
}

/// Whether the word before the name of a rate is one of two characters and more that is not general, and stands beside none of its figures.
fn of_something_else<'t>(qualifier: &str, mut beside: impl Iterator<Item = &'t str>) -> bool {
    let chars: Vec<char> = qualifier.chars().collect();
    let general = GENERAL.iter().any(|w| qualifier.ends_with(w));
    let pairs = || chars.windows(2).map(|w| w.iter().collect::<String>());
    chars.len() >= 2 && !general && !beside.any(|words| pairs().any(|pair| words.contains(pair.as_str())))
}

/// The clause of a figure up to it, and the words behind it.
fn words_around<'t>(text: &'t str, prose: &crate::prose::clauses::Prose, m: usize) -> &'t str {
    let mention = &prose.mentions[m];
    let from = prose.clauses[mention.clause].range.start.min(mention.full.start);
    &text[from..mention.tail_end.max(mention.full.end)]
}

/// The words between what was done and its figure, and those behind it. Where no word of the lexicon tells the deed, the nearest are they.
fn words_of_deed<'t>(text: &'t str, prose: &crate::prose::clauses::Prose, m: usize) -> &'t str {
    let mention = &prose.mentions[m];
    let from = prose.clauses[mention.clause].range.start.min(mention.full.start);
    let before = &text[from..mention.full.start];
    let at = match measure_in(before) {
        Some((_, range)) => range.start,
        None => before.len() - words::last(before, DEED).len(),
    };
    &text[from + at..mention.tail_end.max(mention.full.end)]
}

/// Whether a reading misses the printed rate by more points than a slip of the pen does.
fn far_off(found: &RelationReading, cx: &Context, reading: &Reading, at: MentionRef) -> bool {
    gap(found, super::scale(cx, reading, at)).is_some_and(|g| g > Decimal::from(FAR_POINTS))
}

/// Points between the printed rate and what a reading gives.
fn gap(r: &RelationReading, scale: u32) -> Option<Decimal> {
    let whole = r.operands[1..]
        .iter()
        .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
    super::misses_by(&r.stated, r.operands[0].value?, whole, scale)
}

/// Whether the rate may well be of other figures than those of `found`.
pub(in crate::prose) fn excused(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    stem: &str,
    found: &RelationReading,
) -> bool {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let rate = reading.mention(at);
    let bound: Vec<usize> = found
        .operands
        .iter()
        .filter_map(|o| o.figure)
        .filter_map(|f| prose.mentions.binary_search_by_key(&f, |m| m.fig).ok())
        .filter(|m| *m < at.mention)
        .collect();
    // Counts hung on the rate in a parenthesis are its own.
    if bound.is_empty() && found.operands.iter().any(|o| o.figure.is_some()) {
        return false;
    }
    let last = bound.iter().max().copied();
    let from = last.map_or(0, |m| prose.mentions[m].full.end);
    // A narrower subject.
    if text[from..rate.full.start].contains("其中") {
        return true;
    }
    // 来信720件。初次信访1210件，及时受理率100%: a part told before its whole, in another sentence, is hardly its part.
    let told = |o: &Operand| {
        let f = o.figure?;
        prose.mentions.binary_search_by_key(&f, |m| m.fig).ok()
    };
    let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
    if let (Some(part), Some(whole)) = (told(&found.operands[0]), found.operands.last().and_then(told))
        && part < whole
        && sentence(part) != sentence(whole)
    {
        return true;
    }
    // 回访办结1833件，提前办结率69.16%: how many of them were so is not told, or of what they are.
    let manner = |words: &str| MANNERS.iter().any(|w| words.contains(w));
    if manner(stem) && !bound.is_empty() {
        let so = told(&found.operands[0]).is_some_and(|m| manner(words_around(text, prose, m)));
        let figures = found.operands.iter().filter(|o| o.figure.is_some()).count();
        let together = bound.len() == figures && bound.iter().all(|m| sentence(*m) == sentence(at.mention));
        if !so || !together {
            return true;
        }
    }
    // 即时答复14.09万件，转办2.75万件，办结率94.23%: what was dealt with at once and what was handed on are all; some of the latter was closed, too.
    let at_once = |words: &str| AT_ONCE.iter().any(|w| words.contains(w));
    if let (Some(part), Some(whole)) = (told(&found.operands[0]), found.operands.last().and_then(told))
        && !at_once(stem)
        && at_once(&prose.mentions[part].label)
        && let Some(rest) = prose.mentions[whole].value.checked_sub(prose.mentions[part].value)
        && prose
            .mentions
            .iter()
            .any(|m| m.value == rest && m.is_amount() && prose.clauses[m.clause].sentence == sentence(part))
    {
        return true;
    }
    // 抽查结果公示率: not the rate of what was checked.
    if let Some((_, range)) = measure_in(stem)
        && ["公示", "公布", "公开", "录入", "上传", "归集", "反馈", "通报"]
            .iter()
            .any(|w| stem[range.end..].ends_with(w))
    {
        return true;
    }
    // 处理争议54.72万件，办结51.00万件。…仲裁结案率81.87%: in a sentence of its own, by a word that neither figure's words have. Where it is far
    // off, the name of who did it (各级仲裁机构共处理争议) does not make the word theirs.
    if let Some((_, range)) = measure_in(stem)
        && found.operands.len() >= 2
        && last.is_some_and(|m| sentence(m) != sentence(at.mention))
    {
        let far = far_off(found, cx, reading, at);
        let beside = bound.iter().map(|m| match far {
            true => words_of_deed(text, prose, *m),
            false => words_around(text, prose, *m),
        });
        if of_something_else(&stem[..range.start], beside) {
            return true;
        }
    }
    // Its part is of a narrower subject that has an amount of its own: 抽查生产企业40批次…生产企业2批次不合格.
    if let Some(part) = found.operands[0]
        .figure
        .and_then(|f| prose.mentions.binary_search_by_key(&f, |m| m.fig).ok())
        && bound.len() >= 2
        && narrower(text, prose, part, &bound)
    {
        return true;
    }
    // A rate of the same name in between has its figures.
    let name = |stem: &str| match measure_in(stem) {
        Some((measure, _)) => measure.name().to_owned(),
        None => words::last(stem, 2).to_owned(),
    };
    let spent = found.operands[0]
        .figure
        .and_then(|f| prose.mentions.binary_search_by_key(&f, |m| m.fig).ok())
        .or(last);
    let used = (spent.map_or(0, |m| m + 1)..at.mention).any(|mention| {
        let other = MentionRef { mention, ..at };
        reading.mention(other).is_rate()
            && matches!(kind_of(cx, reading, other), Kind::Rate(ref s) if name(s) == name(stem))
    });
    if used {
        return true;
    }
    let start = item_start(reading, at);
    let outside = bound.is_empty() || bound.iter().any(|m| prose.mentions[*m].full.start < start);
    // Its own item holds an amount that is not among them.
    let unit = found.operands.last().and_then(|o| o.figure).map(|f| cx.figure(f));
    let unit = unit.and_then(|f| f.unit.as_ref()).map_or("", |u| u.name.as_str());
    let part = found.operands[0].value.unwrap_or(Decimal::ZERO);
    let further = amounts_of_item(reading, at).iter().any(|m| {
        let other = &prose.mentions[*m];
        !bound.contains(m) && other.value >= part && kin_units(&other.unit, unit)
    });
    if outside && further {
        return true;
    }
    outside && own_subject(text, prose, rate, &bound, start)
}

/// Whether an amount that is not the whole bears the subject of the part, and the whole does not.
fn narrower(text: &str, prose: &crate::prose::clauses::Prose, part: usize, bound: &[usize]) -> bool {
    let words = |m: usize| &text[prose.clauses[prose.mentions[m].clause].range.start..prose.mentions[m].full.start];
    // What was done or found is no subject.
    let own = words(part);
    let named = match measure_in(own) {
        Some((_, range)) => &own[..range.start],
        None => own,
    };
    let subject: Vec<char> = named.chars().filter(|c| c.is_alphabetic()).collect();
    let shared = |m: usize| {
        subject
            .windows(4)
            .any(|w| words(m).contains(w.iter().collect::<String>().as_str()))
    };
    let unit = &prose.mentions[part].unit;
    let wholes: Vec<usize> = bound.iter().copied().filter(|m| *m != part).collect();
    // 已开工建设37个 and 已开工建设10个 tell one deed of two records: neither is of the other.
    let told_alike = |m: usize| words(m).trim_end().ends_with(own.trim());
    !wholes.iter().any(|m| shared(*m))
        && (0..part).rev().take(12).any(|m| {
            prose.mentions[m].is_amount()
                && prose.mentions[m].unit == *unit
                && !wholes.contains(&m)
                && shared(m)
                && !told_alike(m)
        })
}

/// Whether the rate names a subject that is named nowhere beside the figures.
fn own_subject(text: &str, prose: &crate::prose::clauses::Prose, rate: &Mention, bound: &[usize], item: usize) -> bool {
    let clause = &prose.clauses[rate.clause];
    let words = &text[clause.range.start.max(item).min(rate.full.start)..rate.full.start];
    let words = words.rfind('率').map_or(words, |at| &words[..at]);
    let mut subject = match measure_in(words) {
        Some((_, range)) => words[..range.start].to_owned(),
        None => words.chars().take(words.chars().count().saturating_sub(2)).collect(),
    };
    for word in GENERAL {
        subject = subject.replace(word, "");
    }
    let chars: Vec<char> = subject.chars().filter(|c| c.is_alphabetic() && !c.is_ascii()).collect();
    if chars.len() < 3 {
        return false;
    }
    let beside: String = bound
        .iter()
        .map(|m| &text[prose.clauses[prose.mentions[*m].clause].range.clone()])
        .collect();
    !chars
        .windows(2)
        .any(|w| beside.contains(w.iter().collect::<String>().as_str()))
}

/// First byte of the item that a mention stands in: behind the last ； or 。 of its group.
pub(super) fn item_start(reading: &Reading, at: MentionRef) -> usize {
    let prose = &reading.prose[at.passage];
    let own = &prose.clauses[reading.mention(at).clause];
    prose.clauses[..=reading.mention(at).clause]
        .iter()
        .rev()
        .take(LOOK_BACK)
        .find(|c| c.group == own.group && matches!(c.before, Delim::Semi | Delim::Stop | Delim::Start))
        .map_or(0, |c| c.range.start)
}

/// Amounts of the rate's own item before it, in order.
fn amounts_of_item(reading: &Reading, at: MentionRef) -> Vec<usize> {
    let prose = &reading.prose[at.passage];
    let group = prose.clauses[reading.mention(at).clause].group;
    let start = item_start(reading, at);
    let mut found: Vec<usize> = (0..at.mention)
        .rev()
        .take(LOOK_BACK)
        .take_while(|m| prose.mentions[*m].full.start >= start)
        .filter(|m| prose.mentions[*m].is_amount() && prose.clauses[prose.mentions[*m].clause].group == group)
        .take(MAX_PAIRED)
        .collect();
    found.reverse();
    found
}

/// Two amounts of the rate's own item that give it.
pub(super) fn near_pair(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    stated: &Operand,
    scale: u32,
) -> Option<RelationReading> {
    let prose = &reading.prose[at.passage];
    let mut amounts = amounts_of_item(reading, at);
    // 共排查150项，已整改60项。但进度较慢，整改率仅为40.0%: an item without amounts speaks of the sentence before.
    if amounts.is_empty() && stated.decimals > 0 {
        let group = prose.clauses[reading.mention(at).clause].group;
        let sentence = prose.clauses[reading.mention(at).clause].sentence;
        amounts = (0..at.mention)
            .rev()
            .take(LOOK_BACK)
            .map(|m| (m, &prose.mentions[m]))
            .take_while(|(_, m)| prose.clauses[m.clause].sentence + 1 >= sentence)
            .filter(|(_, m)| m.is_amount() && prose.clauses[m.clause].group == group)
            .map(|(m, _)| m)
            .take(MAX_PAIRED)
            .collect();
        amounts.reverse();
    }
    for part in amounts.iter().rev() {
        for whole in amounts.iter().rev().filter(|w| *w != part) {
            let (p, w) = (&prose.mentions[*part], &prose.mentions[*whole]);
            let fit = kin_units(&p.unit, &w.unit)
                && p.value <= w.value
                && fits(stated, p.value, w.value, scale).is_some_and(Agreement::holds);
            if fit {
                return Some(ratio_reading(
                    stated,
                    cx.operand(p.fig)?,
                    vec![cx.operand(w.fig)?],
                    scale,
                ));
            }
        }
    }
    None
}

/// The amounts nearer to the rate than the whole of a reading that may be its whole: of its unit and no smaller than its part.
fn nearer<'a>(
    reading: &'a Reading,
    at: MentionRef,
    r: &'a RelationReading,
    amounts: &'a [MentionRef],
) -> impl Iterator<Item = MentionRef> + 'a {
    let figure = |o: usize| r.operands.get(o).and_then(|o| o.figure);
    let unit = amounts
        .iter()
        .find(|m| Some(reading.mention(**m).fig) == figure(1))
        .map_or("", |m| reading.mention(*m).unit.as_str());
    let part = r.operands[0].value.unwrap_or(Decimal::ZERO);
    amounts
        .iter()
        .copied()
        .filter(move |m| m.passage == at.passage)
        .take_while(move |m| Some(reading.mention(*m).fig) != figure(1))
        .filter(move |m| {
            let m = reading.mention(*m);
            Some(m.fig) != figure(0) && m.value >= part && kin_units(&m.unit, unit)
        })
}

/// 受理267件，答复263件，…公开81件，公开率30.80%: an amount nearer than the whole that gives the rate is its whole.
pub(super) fn nearer_whole(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    found: &[RelationReading],
    amounts: &[MentionRef],
    scale: u32,
) -> Option<RelationReading> {
    found.iter().find_map(|r| {
        let part = r.operands[0].value?;
        let whole = nearer(reading, at, r, amounts)
            .find(|m| fits(&r.stated, part, reading.mention(*m).value, scale).is_some_and(Agreement::holds))?;
        let whole = cx.operand(reading.mention(whole).fig)?;
        Some(ratio_reading(&r.stated, r.operands[0].clone(), vec![whole], scale))
    })
}

/// Characters before a figure that tell its deed where no word of the lexicon does.
const DEED: usize = 8;

/// Points by which a rate may miss before another whole that stands nearer is the likelier reading.
const FAR_POINTS: i64 = 10;

/// Takes out readings that miss the rate by far where another amount that may be the whole stands nearer than theirs.
pub(super) fn drop_far_off(
    reading: &Reading,
    at: MentionRef,
    found: &mut Vec<RelationReading>,
    amounts: &[MentionRef],
    scale: u32,
) {
    found.retain(|r| {
        gap(r, scale).is_none_or(|g| g <= Decimal::from(FAR_POINTS)) || nearer(reading, at, r, amounts).next().is_none()
    });
}

/// The rate of several items together: 甲期采集80份，合格62份；乙期采集70份，合格63份；总合格率83.3%.
pub(super) fn of_all_items(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    stated: &Operand,
    scale: u32,
    numerator: Option<Measure>,
) -> Option<RelationReading> {
    let numerator = numerator?;
    let prose = &reading.prose[at.passage];
    let label = &reading.mention(at).label;
    if !["总", "综合", "整体", "平均", "合计"].iter().any(|w| label.contains(w)) {
        return None;
    }
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    let measured = |m: usize| verdict_measure(&reading.labels[at.passage][m], &prose.mentions[m]);
    let mut parts = Vec::new();
    let mut wholes: Vec<usize> = Vec::new();
    for m in (at.mention.saturating_sub(LOOK_BACK)..at.mention)
        .filter(|m| prose.mentions[*m].is_amount() && prose.clauses[prose.mentions[*m].clause].sentence + 1 >= sentence)
    {
        if measured(m) == Some(numerator) {
            parts.push(m);
        } else if parts.len() == wholes.len() {
            wholes.push(m);
        }
    }
    wholes.truncate(parts.len());
    let unit = &prose.mentions[*parts.first()?].unit;
    let one_unit = parts
        .iter()
        .chain(&wholes)
        .all(|m| kin_units(&prose.mentions[*m].unit, unit));
    if parts.len() < 2 || !one_unit {
        return None;
    }
    let sum = |of: &[usize]| {
        of.iter()
            .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))
    };
    let mut part = Operand::computed(sum(&parts)?);
    part.span = Context::cover(parts.iter().map(|m| prose.mentions[*m].span));
    let whole: Vec<Operand> = wholes
        .iter()
        .filter_map(|m| cx.operand(prose.mentions[*m].fig))
        .collect();
    let fit = fits(stated, part.value?, sum(&wholes)?, scale).is_some_and(Agreement::holds);
    fit.then(|| ratio_reading(stated, part, whole, scale))
}

/// The rate of what was done in several ways: 来电2500个，当场办结1300个，转办办结1125个，办结率97%.
pub(super) fn of_all_done(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    stated: &Operand,
    scale: u32,
    numerator: Option<Measure>,
) -> Option<RelationReading> {
    let numerator = numerator?;
    let prose = &reading.prose[at.passage];
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    let own =
        |m: &usize| prose.clauses[prose.mentions[*m].clause].sentence == sentence && prose.mentions[*m].is_amount();
    let measured = |m: usize| verdict_measure(&reading.labels[at.passage][m], &prose.mentions[m]);
    let parts: Vec<usize> = (at.mention.saturating_sub(LOOK_BACK)..at.mention)
        .filter(own)
        .filter(|m| measured(*m) == Some(numerator))
        .collect();
    let first = *parts.first()?;
    let whole = (first.saturating_sub(LOOK_BACK)..first)
        .rev()
        .find(|m| own(m) && kin_units(&prose.mentions[*m].unit, &prose.mentions[first].unit))?;
    let sum = parts
        .iter()
        .try_fold(Decimal::ZERO, |s, m| s.checked_add(prose.mentions[*m].value))?;
    let fit = fits(stated, sum, prose.mentions[whole].value, scale).is_some_and(Agreement::holds);
    if parts.len() < 2 || !fit {
        return None;
    }
    let mut part = Operand::computed(sum);
    part.span = Context::cover(parts.iter().map(|m| prose.mentions[*m].span));
    Some(ratio_reading(
        stated,
        part,
        vec![cx.operand(prose.mentions[whole].fig)?],
        scale,
    ))
}
