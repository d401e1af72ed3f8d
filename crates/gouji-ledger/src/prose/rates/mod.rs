//! Rates and shares find their parts and wholes.
//!
//! A rate (办结率, 合格率) names its numerator; a share (占比, 占总数的, a percentage in a parenthesis behind a count)
//! has it right before it. Wholes are what was received or checked, or the total of the list that the part is in.
//! Where exceptions are stated (逾期9件, 不合格1个), the part is the whole less the exceptions.

mod feasible;
mod rivals;

use feasible::feasible;
use gouji_quantity::{Agreement, Decimal, Ratio, agreement};

use crate::context::Context;
use crate::lexicon::Measure;
use crate::prose::labels::measure_in;
use crate::prose::partition::verdict_measure;
use crate::prose::{MentionRef, Reading, months, quote_of, shares};
use crate::{Cue, Formula, Operand, Reading as RelationReading, Relation, RelationKind};

/// How many amounts before a rate are looked at.
const REACH: usize = 24;
/// Most readings kept for one rate.
pub(in crate::prose) const MAX_READINGS: usize = 4;

/// Relations of all rates, shares and sums of shares.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            let at = MentionRef { passage, mention };
            if !reading.mention(at).is_rate() {
                continue;
            }
            if let Kind::Rate(stem) = kind_of(cx, reading, at) {
                out.extend(rate(cx, reading, at, &stem));
            }
        }
    }
    shares::relations(cx, reading, out);
}

/// What a percentage says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A part's share of a whole.
    Share,
    /// A rate with the words before 率.
    Rate(String),
    /// Growth or something else.
    Other,
}

/// What kind of percentage a mention is.
pub(crate) fn kind_of(cx: &Context, reading: &Reading, at: MentionRef) -> Kind {
    let mention = reading.mention(at);
    let prose = &reading.prose[at.passage];
    let clause = &prose.clauses[mention.clause];
    let label = mention.label.as_str();
    if crate::prose::changes::change_word(label).is_some() {
        return Kind::Other;
    }
    // 率 may stand before the last amounts' words only: 办结率为, 总体合格率.
    if let Some(end) = label.rfind('率') {
        let tail = &label[end + '率'.len_utf8()..];
        if tail.chars().count() <= 6 {
            let stem: String = label[..end]
                .chars()
                .rev()
                .take(10)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect();
            return Kind::Rate(stem);
        }
    }
    // 获奖比例, 开通比例: a rate of its own noun, not the share of what stands before it.
    if let Some(noun) = label.strip_suffix('为').unwrap_or(label).strip_suffix("比例")
        && noun.chars().count() >= 2
        && !noun.contains('占')
    {
        return Kind::Rate(
            noun.chars()
                .rev()
                .take(10)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect(),
        );
    }
    if label.contains('占') || label.ends_with("比例") || label.ends_with("比例为") || label.contains("比重") {
        return Kind::Share;
    }
    // 占报送总数480条的25%: the whole stands inside the phrase.
    if label == "的" && shares::whole_inside(reading, at).is_some() {
        return Kind::Share;
    }
    let text = cx.passages[at.passage].text.as_str();
    // A clause 占比 or 占总数的 may be cut off by a colon: 占比：27%.
    if label.is_empty() && clause.group > 0 {
        let group = &prose.groups[clause.group];
        let alone = prose.clauses[mention.clause].range.end - prose.clauses[mention.clause].range.start
            <= mention.full.len() + 12;
        if let Some(host) = group.host
            && alone
            && prose.mentions[host].is_amount()
            && text[prose.mentions[host].full.end..group.range.start].trim().is_empty()
        {
            return Kind::Share;
        }
    }
    Kind::Other
}

pub(in crate::prose) fn scale(cx: &Context, reading: &Reading, at: MentionRef) -> u32 {
    let permille = cx
        .figure(reading.mention(at).fig)
        .unit
        .as_ref()
        .is_some_and(|u| u.class == gouji_quantity::UnitClass::Permille);
    if permille { 1000 } else { 100 }
}

pub(in crate::prose) fn ratio_reading(
    stated: &Operand,
    part: Operand,
    wholes: Vec<Operand>,
    scale: u32,
) -> RelationReading {
    let mut operands = vec![part];
    operands.extend(wholes);
    RelationReading {
        formula: Formula::Ratio { scale },
        stated: stated.clone(),
        operands,
    }
}

pub(in crate::prose) fn fits(stated: &Operand, part: Decimal, whole: Decimal, scale: u32) -> Option<Agreement> {
    let exact = Ratio::of(part, whole)?.times(i128::from(scale))?;
    Some(agreement(stated.value?, stated.decimals, exact))
}

pub(in crate::prose) fn assemble(
    cx: &Context,
    rule: &'static str,
    cue: Cue,
    mut readings: Vec<RelationReading>,
    scale: u32,
) -> Option<Relation> {
    // Best reading first: one that holds, then one that rounding explains, then the order they were found in.
    readings.sort_by_key(|r| {
        let whole = r.operands[1..]
            .iter()
            .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?));
        match (r.operands[0].value, whole) {
            (Some(part), Some(whole)) => match fits(&r.stated, part, whole, scale) {
                Some(a) if a.holds() => 0,
                Some(a) if a.is_rounding() => 1,
                _ => 2,
            },
            _ => 3,
        }
    });
    readings.truncate(MAX_READINGS);
    let first = readings.first()?;
    if cue == Cue::Arithmetic {
        let whole = first.operands[1..]
            .iter()
            .try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
        if !fits(&first.stated, first.operands[0].value?, whole, scale)?.holds() {
            return None;
        }
    }
    let quote = quote_of(cx, std::iter::once(&first.stated).chain(&first.operands))?;
    Some(Relation {
        kind: RelationKind::Ratio,
        rule,
        cue,
        readings,
        quote,
    })
}

/// Amounts of the same or an outer group before a mention, nearest first, in its passage.
pub(in crate::prose) fn before(reading: &Reading, at: MentionRef) -> Vec<MentionRef> {
    let prose = &reading.prose[at.passage];
    let group = prose.clauses[prose.mentions[at.mention].clause].group;
    let outer = prose.groups[group].parent;
    (0..at.mention)
        .rev()
        .filter(|m| {
            let g = prose.clauses[prose.mentions[*m].clause].group;
            g == group || g == outer || g == 0
        })
        .filter(|m| prose.mentions[*m].is_amount())
        .take(REACH)
        .map(|mention| MentionRef {
            passage: at.passage,
            mention,
        })
        .collect()
}

/// Which measure a rate's numerator has, and which its exceptions.
fn numerator_of(stem: &str) -> (Option<Measure>, Option<Measure>) {
    if ["节约", "节支"].iter().any(|w| stem.ends_with(w)) {
        return (Some(Measure::Saved), None);
    }
    match measure_in(stem).map(|(m, _)| m) {
        Some(Measure::Closed) => (Some(Measure::Closed), Some(Measure::Pending)),
        Some(Measure::OnTimeClosed) => (Some(Measure::OnTimeClosed), Some(Measure::Overdue)),
        Some(Measure::Passed) => (Some(Measure::Passed), Some(Measure::Failed)),
        Some(m) => (Some(m), None),
        None => (None, None),
    }
}

fn is_whole(measure: Option<Measure>, of: Option<Measure>) -> bool {
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

fn rate(cx: &Context, reading: &Reading, at: MentionRef, stem: &str) -> Option<Relation> {
    let stated = cx.operand(reading.mention(at).fig)?;
    let scale = scale(cx, reading, at);
    let prose = &reading.prose[at.passage];
    let (numerator, exception) = numerator_of(stem);
    let core: String = stem
        .chars()
        .rev()
        .take(2)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    let mut amounts = before(reading, at);
    // 办结率98%（受理350件，办结343件）: the counts are hung on the rate.
    if let Some(group) = prose.groups.iter().position(|g| g.host == Some(at.mention)) {
        let hung: Vec<MentionRef> = prose
            .clauses_of(group)
            .flat_map(|c| prose.clauses[c].mentions.clone())
            .map(|mention| MentionRef {
                passage: at.passage,
                mention,
            })
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
    let measured = |m: MentionRef| verdict_measure(reading.label(m), reading.mention(m));
    let near = |m: MentionRef| prose.clauses[reading.mention(m).clause].sentence + 2 >= sentence;
    // 差评整改率 is of the 差评: the words before the measure name the whole.
    let prefix: String = measure_in(stem)
        .map(|(_, range)| {
            stem[..range.start]
                .chars()
                .rev()
                .take(2)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
                .collect()
        })
        .unwrap_or_default();
    let named = |m: MentionRef| prefix.chars().count() == 2 && reading.mention(m).label.ends_with(prefix.as_str());
    // 排查隐患1300项，已整改1248项: what was searched for and found.
    let searched = |m: MentionRef| {
        let label = &reading.mention(m).label;
        numerator == Some(Measure::Rectified)
            && measured(m) == Some(Measure::Checked)
            && ["隐患", "问题"].iter().any(|w| label.contains(w))
    };
    let wholes_for = |unit: &str, least: Decimal, not: MentionRef| -> Vec<MentionRef> {
        let fit = |m: &MentionRef| {
            let w = reading.mention(*m);
            *m != not
                && w.value >= least
                && (w.unit == unit || kin_units(&w.unit, unit))
                && (is_whole(measured(*m), numerator) || named(*m) || searched(*m))
                && !is_base(reading, *m)
        };
        let mut found: Vec<MentionRef> = amounts
            .iter()
            .copied()
            .filter(fit)
            .filter(|m| !reading.is_part(*m) || near(*m))
            .collect();
        // What was received or checked is the whole before anything that is only named.
        // What stands in the rate's own item is nearer than all of these.
        let item = rivals::item_start(reading, at);
        let own = |m: MentionRef| reading.mention(m).full.start >= item && reading.mention(not).full.start >= item;
        found.sort_by_key(|m| (!named(*m), !own(*m), reading.is_part(*m), measured(*m).is_none()));
        // Another measure word is the same thing only where nothing has the part's own.
        if found.iter().any(|m| reading.mention(*m).unit == unit) {
            found.retain(|m| reading.mention(*m).unit == unit);
        }
        found.truncate(if found.first().is_some_and(|m| named(*m)) { 1 } else { 2 });
        if found.is_empty() {
            found.extend(whole_before(cx, reading, at, unit, least));
        }
        found
    };
    let mut readings: Vec<RelationReading> = Vec::new();
    let mut cue = Cue::Arithmetic;
    let mut from_exceptions = false;
    // 1. A printed numerator.
    let direct = amounts.iter().copied().find(|m| {
        let m_measure = measured(*m);
        near(*m)
            && (numerator.is_some() && m_measure == numerator
                || numerator.is_none()
                    && core.chars().count() == 2
                    && !["未", "正在", "尚"]
                        .iter()
                        .any(|w| reading.mention(*m).label.contains(w))
                    && (reading.mention(*m).label.contains(core.as_str())
                        || named_behind(&reading.mention(*m).tail, &core))
                || numerator == Some(Measure::Passed) && reading.mention(*m).tail.contains("全部合格"))
    });
    if let Some(part) = direct {
        let p = reading.mention(part);
        for whole in wholes_for(&p.unit, p.value, part) {
            if let (Some(a), Some(b)) = (cx.operand(p.fig), cx.operand(reading.mention(whole).fig)) {
                readings.push(ratio_reading(&stated, a, vec![b], scale));
                // A numerator known only by its word may be of a whole that is not told, unless both stand right before the rate.
                let adjacent = part.mention + 1 == at.mention && whole.mention + 1 == part.mention;
                cue = cue.max(match numerator {
                    Some(_) => Cue::Explicit,
                    None if adjacent && measured(whole).is_some() => Cue::Implied,
                    None => Cue::Arithmetic,
                });
            }
        }
        // Those who are barely satisfied may be counted among the satisfied.
        if numerator == Some(Measure::Satisfied)
            && let Some(barely) = amounts.iter().copied().find(|m| {
                near(*m) && measured(*m) == Some(Measure::BarelySatisfied) && reading.mention(*m).unit == p.unit
            })
        {
            let both = p.value.checked_add(reading.mention(barely).value)?;
            for whole in wholes_for(&p.unit, both, part) {
                let mut computed = Operand::computed(both);
                computed.span = Some(p.span.cover(reading.mention(barely).span));
                readings.push(ratio_reading(
                    &stated,
                    computed,
                    vec![cx.operand(reading.mention(whole).fig)?],
                    scale,
                ));
            }
        }
        // The whole may be two counts side by side: 抽查道路210条，点位190处.
        if let Some(pair) = coordinate_wholes(cx, reading, part) {
            readings.push(ratio_reading(&stated, cx.operand(p.fig)?, pair, scale));
            cue = cue.max(Cue::Implied);
        }
        // 31处40起: either of a pair may be the part.
        if part.mention > 0
            && reading.label(part).name.is_empty()
            && prose.mentions[part.mention - 1].clause == p.clause
        {
            let other = MentionRef {
                mention: part.mention - 1,
                ..part
            };
            if let Some(pair) = coordinate_wholes(cx, reading, other) {
                readings.push(ratio_reading(
                    &stated,
                    cx.operand(reading.mention(other).fig)?,
                    pair,
                    scale,
                ));
            }
        }
    }
    // 2. Exceptions: before the rate, or in a parenthesis hung on it.
    if let Some(exception) = exception {
        let hung = prose
            .groups
            .iter()
            .position(|g| g.host == Some(at.mention))
            .into_iter()
            .flat_map(|g| {
                prose
                    .clauses_of(g)
                    .flat_map(|c| prose.clauses[c].mentions.clone())
                    .collect::<Vec<_>>()
            })
            .map(|mention| MentionRef {
                passage: at.passage,
                mention,
            });
        // 总体合格率95.0%。抽查发现不合格网站40个: told behind the rate.
        let behind = (at.mention + 1..prose.mentions.len())
            .take(2)
            .map(|mention| MentionRef { mention, ..at })
            .filter(|m| direct.is_none() && reading.mention(*m).is_amount())
            .filter(|m| prose.clauses[reading.mention(*m).clause].sentence <= sentence + 1);
        let exceptions: Vec<MentionRef> = amounts
            .iter()
            .copied()
            .filter(|m| near(*m) && !reading.is_part(*m))
            .chain(hung)
            .chain(behind)
            .filter(|m| measured(*m) == Some(exception) || exception == Measure::Failed && judged(cx, reading, *m))
            .filter(|m| !reading.label(*m).denied)
            .take(2)
            .collect();
        for bad in exceptions {
            let b = reading.mention(bad);
            for whole in wholes_for(&b.unit, b.value, bad)
                .into_iter()
                .filter(|w| Some(*w) != direct || direct.is_none())
            {
                let w = reading.mention(whole);
                let part = w.value.checked_sub(b.value)?;
                // Only a rate that is named for it is surely of what was not done in time or not good.
                let hangs = prose.groups[prose.clauses[b.clause].group].host == Some(at.mention);
                let sure = exception != Measure::Pending && (bad < at || hangs);
                if !sure && !fits(&stated, part, w.value, scale).is_some_and(Agreement::holds) {
                    continue;
                }
                if let Some(whole) = cx.operand(w.fig) {
                    let mut computed = Operand::computed(part);
                    // The exception is where the computed part comes from.
                    computed.span = Some(b.span);
                    computed.figure = Some(b.fig);
                    readings.push(ratio_reading(&stated, computed, vec![whole], scale));
                    cue = Cue::Explicit;
                    from_exceptions = true;
                }
            }
        }
    }
    // 3. None was found wanting (未发现不合格…): the part is the whole.
    if readings.is_empty()
        && stated.value == Some(Decimal::ONE_HUNDRED)
        && numerator == Some(Measure::Passed)
        && none_found(cx, reading, at)
        && let Some(whole) = amounts
            .iter()
            .copied()
            .find(|m| is_whole(measured(*m), numerator) && !reading.is_part(*m))
    {
        let operand = cx.operand(reading.mention(whole).fig)?;
        readings.push(ratio_reading(&stated, operand.clone(), vec![operand], scale));
    }
    // 4. 按期办结率 beside 办结 alone, kept only if it fits.
    if readings.is_empty()
        && numerator == Some(Measure::OnTimeClosed)
        && let Some(part) = amounts
            .iter()
            .copied()
            .find(|m| near(*m) && measured(*m) == Some(Measure::Closed))
    {
        let p = reading.mention(part);
        for whole in wholes_for(&p.unit, p.value, part) {
            let whole = reading.mention(whole);
            if fits(&stated, p.value, whole.value, scale).is_some_and(Agreement::holds) {
                readings.push(ratio_reading(
                    &stated,
                    cx.operand(p.fig)?,
                    vec![cx.operand(whole.fig)?],
                    scale,
                ));
            }
        }
    }
    // 5. Only the whole is known: whether any whole number of cases can give the rate (100 % always is).
    if readings.is_empty()
        && scale == 100
        && stated.value != Some(Decimal::ONE_HUNDRED)
        && (matches!(
            numerator,
            Some(Measure::Closed | Measure::OnTimeClosed | Measure::Passed | Measure::Satisfied)
        ) || stem.ends_with("主动评价")
            || stem.ends_with("参评"))
    {
        return feasible(cx, numerator, reading, at, &amounts, &stated)
            .filter(|r| !rivals::excused(cx, reading, at, stem, &r.readings[0]));
    }
    // 中标38.6亿元，节约2.1亿元，节约率5.2%: what was planned is what was spent and what was saved.
    if numerator == Some(Measure::Saved)
        && let Some(saved) = direct
        && let Some(spent) = amounts
            .iter()
            .copied()
            .find(|m| near(*m) && measured(*m) == Some(Measure::Actual))
    {
        let (s, a) = (reading.mention(saved), reading.mention(spent));
        readings.push(ratio_reading(
            &stated,
            cx.operand(s.fig)?,
            vec![cx.operand(a.fig)?, cx.operand(s.fig)?],
            scale,
        ));
    }
    readings.extend(rivals::of_all_done(cx, reading, at, &stated, scale, numerator));
    // 6. What all items have together: 总合格率 behind 丰水期…; 枯水期….
    readings.extend(rivals::of_all_items(cx, reading, at, &stated, scale, numerator));
    if cue > Cue::Arithmetic && !readings.iter().any(|r| rivals::agrees(r, scale)) {
        if let Some(pair) = rivals::near_pair(cx, reading, at, &stated, scale) {
            readings = vec![pair];
            cue = Cue::Arithmetic;
        } else {
            readings.retain(|r| !rivals::excused(cx, reading, at, stem, r));
        }
    }
    let rule = if from_exceptions && direct.is_none() {
        "rate-of-complement"
    } else {
        "rate-of-counts"
    };
    assemble(cx, rule, cue, readings, scale)
}

/// Whether the words behind an amount name it (12个账号整改到位), and not the rate itself (9个地区网站合格率).
fn named_behind(tail: &str, core: &str) -> bool {
    tail.match_indices(core)
        .any(|(at, _)| !tail[at + core.len()..].starts_with('率'))
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

/// 件 and 张 and the like count the same cases in rates of opinion and handling.
pub(in crate::prose) fn kin_units(a: &str, b: &str) -> bool {
    let cases = ["件", "张", "票", "条", "封", "件次", "份"];
    let sites = ["个", "家"];
    a == b
        || a.is_empty()
        || b.is_empty()
        || cases.contains(&a) && cases.contains(&b)
        || sites.contains(&a) && sites.contains(&b)
}

/// A base of comparison (比2020年的…, 较上期…) is no whole.
pub(crate) fn is_base(reading: &Reading, at: MentionRef) -> bool {
    let label = &reading.mention(at).label;
    ["比", "较", "上年", "去年", "上期", "上月", "同期"]
        .iter()
        .any(|w| label.starts_with(w))
        || crate::prose::changes::change_word(label).is_some()
}

/// The amount begins a record of its own: its clause opens with a month or quarter, at the start of a sentence.
fn opens_record(cx: &Context, reading: &Reading, at: MentionRef) -> bool {
    let prose = &reading.prose[at.passage];
    let clause = &prose.clauses[reading.mention(at).clause];
    clause.group == 0
        && clause.mentions.first() == Some(&at.mention)
        && matches!(
            clause.before,
            crate::prose::clauses::Delim::Stop | crate::prose::clauses::Delim::Start
        )
        && months::starts_with_month(&cx.passages[at.passage].text[clause.range.clone()])
        && matches!(reading.label(at).measure, Some(Measure::Received | Measure::Checked))
}

/// Two counts in neighbouring clauses under one verb that together are the whole: the two nearest before the part with units other than its own verb's.
fn coordinate_wholes(cx: &Context, reading: &Reading, part: MentionRef) -> Option<Vec<Operand>> {
    let prose = &reading.prose[part.passage];
    let sentence = prose.clauses[reading.mention(part).clause].sentence;
    let pair: Vec<usize> = (0..part.mention)
        .rev()
        .filter(|m| prose.mentions[*m].is_amount())
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
