//! Changes whose base is printed: 比上月的1200件增加180件，增长15%.
//!
//! The base stands right before the change, or in a parenthesis on either side of it; the figure that changed is the nearest
//! plain one before the base, in its clause or the one before. A change that names no subject and no base of its own goes on
//! with those of the change before it.

use super::leftovers::flows;
use super::words::{Change, Naming, Since, change_of, names_base, new_value, same_subject, since};
use crate::context::Context;
use crate::prose::clauses::{Delim, Mention, Prose};
use crate::prose::{MentionRef, Reading, quote_of};
use crate::words::last;
use crate::{Cue, FigureClass, Formula, Reading as RelationReading, Relation, RelationKind};

/// How many mentions before a change are looked at.
const REACH: usize = 10;
/// Most figures that are tried as the one that changed.
const MAX_NOWS: usize = 2;
/// Amounts before a base that are looked at for the name in front of its comparison, and fewest characters of such a name.
const REACH_OF_SUBJECT: usize = 12;
const LEAST_SUBJECT: usize = 3;
/// Longest words (in bytes) between a change and the one whose base it goes on with.
const MAX_GAP: usize = 60;

/// What changed, and from what.
#[derive(Debug, Clone)]
pub(super) struct Basis {
    /// Figures that may be the one that changed, likeliest first.
    pub nows: Vec<usize>,
    pub base: usize,
    since: Since,
    /// The words of the two do not contradict the change's (同比 beside 上月).
    sure: bool,
}

/// The relation of a change to its printed base, and that base for the changes behind.
pub(super) fn change(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    change: &Change,
    previous: Option<&(usize, Basis)>,
) -> Option<(Option<Relation>, Basis)> {
    // 同比增长5%（上年同期200件），环比下降2%（上月214件）: a base hung on the change itself goes before one that stands in front of it.
    let hung = base_behind(cx, reading, at, change);
    let basis = hung
        .clone()
        .filter(|b| b.sure)
        .or_else(|| own_base(cx, reading, at, change))
        .or(hung)
        .or_else(|| inherited(cx, reading, at, change, previous))
        .or_else(|| years(cx, reading, at, change))?;
    let relation = relate(cx, reading, at, change, &basis);
    Some((relation, basis))
}

/// 高于全省平均水平（90.3%）0.3个百分点: the difference to a printed rate that it is compared with.
pub(super) fn compared(cx: &Context, reading: &Reading, at: MentionRef, fell: bool) -> Option<Relation> {
    let change = Change {
        fell,
        since: Since::Open,
        subject: String::new(),
    };
    let basis = own_base(cx, reading, at, &change)?;
    relate(cx, reading, at, &change, &basis)
}

/// Whether two figures can be of one thing: of one class and unit, or 件 and 件次.
fn alike(a: &Mention, b: &Mention) -> bool {
    a.class == b.class && a.unit == b.unit
}

/// A change can be of such figures: points of rates, percent of anything, amounts of their own unit.
fn suits(change: &Mention, base: &Mention) -> bool {
    match change.class {
        FigureClass::Points => base.is_rate(),
        FigureClass::Rate => base.is_rate() || base.is_amount(),
        FigureClass::Count | FigureClass::Money | FigureClass::Measure => base.is_amount() && base.unit == change.unit,
        _ => false,
    }
}

/// The words that name a figure: its label, and those before the parenthesis that it stands alone in.
fn naming_words(cx: &Context, reading: &Reading, at: MentionRef) -> String {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let clause = &prose.clauses[m.clause];
    let mut words = String::new();
    if clause.group > 0 && clause.mentions.len() == 1 {
        let text = cx.passages[at.passage].text.as_str();
        let lead = &text[..prose.groups[clause.group].range.start];
        words.push_str(
            last(lead, 14)
                .rsplit(['，', '。', '；', ',', '、', ';'])
                .next()
                .unwrap_or(""),
        );
    }
    words.push_str(&m.label);
    words
}

/// The base right before the change (比2027年的8460批次增加了, 较上期（31.4%）下降), at most a new value between (由85个降至68个，下降).
fn own_base(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Basis> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let sentence = prose.clauses[m.clause].sentence;
    let within = |i: usize| prose.clauses[prose.mentions[i].clause].sentence == sentence;
    let mut reached = None;
    let mut base = None;
    for i in (0..at.mention).rev().take(3) {
        let b = &prose.mentions[i];
        if !within(i) || !b.plain || change_of(b).is_some() {
            break;
        }
        let words = naming_words(cx, reading, MentionRef { mention: i, ..at });
        // 同比（200件）增长5%: the word of the reckoning itself, in front of the bracket that the base stands alone in.
        let reckoned = b.label.is_empty() && ["同比", "环比"].iter().any(|w| words.ends_with(w));
        let naming = names_base(&words).or(reckoned.then_some(Naming::Dated));
        if suits(m, b)
            && naming.is_some_and(|n| n != Naming::From || reached.is_some_and(|r: usize| alike(&prose.mentions[r], b)))
        {
            base = Some((i, words));
            break;
        }
        // 由91.2%提高到94.5%，提高3.3个百分点: the new value stands behind the base.
        if reached.is_none() && new_value(&b.label) && suits(m, b) {
            reached = Some(i);
            continue;
        }
        // 去年同期为20起、26人，起数下降45%: the other of a pair.
        if b.label.is_empty() && prose.clauses[b.clause].before == Delim::Dun {
            continue;
        }
        break;
    }
    let (base, words) = base?;
    let b = &prose.mentions[base];
    let nows = match reached.filter(|r| alike(&prose.mentions[*r], b)) {
        Some(reached) => vec![reached],
        None => {
            let before = nows_before(
                reading,
                at,
                base,
                change,
                m.class == FigureClass::Points && (pace(m, &words) || of_a_territory(&words)),
            );
            if before.is_empty() {
                now_behind(reading, at, b)
            } else {
                before
            }
        }
    };
    let named = |i: &usize| {
        let now = &prose.mentions[*i];
        let all = format!("{}{}{}{}", now.label, now.tail, words, b.tail);
        same_subject(&change.subject, &all, &now.unit)
    };
    let nows: Vec<usize> = match called_in_front(cx, reading, MentionRef { mention: base, ..at }, &nows) {
        Some(called) => vec![called],
        None => nows.into_iter().filter(named).take(MAX_NOWS).collect(),
    };
    (!nows.is_empty()).then(|| Basis {
        nows,
        base,
        since: since(&words),
        sure: change.since.agrees(since(&words)),
    })
}

/// 有效投诉38件，…国外公司2件，有效投诉与去年同期（21件）相比增加17件: the nearest amount before the base that bears the name in front of the
/// comparison, if none of those that would be compared does.
fn called_in_front(cx: &Context, reading: &Reading, base: MentionRef, nows: &[usize]) -> Option<usize> {
    let prose = &reading.prose[base.passage];
    let b = &prose.mentions[base.mention];
    let text = cx.passages[base.passage].text.as_str();
    // 与上月（47件）相比减少9件 goes on with the name before it.
    let comparison = |clause: &&str| clause.contains(['与', '比', '较', '同']);
    let subject = text[..b.full.start]
        .rsplit(['，', ',', '。', '；', ';'])
        .take_while(comparison)
        .take(2)
        .filter_map(|clause| clause.find(['与', '比', '较', '同']).map(|cut| clause[..cut].trim()))
        .find(|subject| !subject.is_empty())?;
    let long =
        subject.chars().count() >= LEAST_SUBJECT && subject.chars().all(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let bears = |i: usize| {
        let m = &prose.mentions[i];
        m.label.ends_with(subject) || m.tail.starts_with(subject)
    };
    if !long || nows.is_empty() || nows.iter().any(|i| bears(*i)) {
        return None;
    }
    (0..base.mention)
        .rev()
        .take(REACH_OF_SUBJECT)
        .find(|i| prose.mentions[*i].is_amount() && prose.mentions[*i].unit == b.unit && bears(*i))
}

/// 增速加快, 增幅回落: what changed is a growth rate itself.
fn pace(m: &Mention, words: &str) -> bool {
    ["加快", "回落", "回升", "放缓", "收窄", "增速", "增幅", "降幅", "涨幅"]
        .iter()
        .any(|w| m.label.contains(w) || words.contains(w))
}

/// 比全省平均水平（17.9%）高: what is compared may be a growth.
fn of_a_territory(words: &str) -> bool {
    ["平均", "全国", "全省", "全市", "全区", "全州", "全县"]
        .iter()
        .any(|w| words.contains(w))
}

/// Figures before the base that may have changed to now: the nearest plain one, if it is of the base's kind, and the one before it;
/// none in the base's sentence, the totals of the sentence before.
fn nows_before(reading: &Reading, at: MentionRef, base: usize, change: &Change, of_pace: bool) -> Vec<usize> {
    let prose = &reading.prose[at.passage];
    let b = &prose.mentions[base];
    let own = prose.clauses[reading.mention(at).clause].group;
    let outer = [own, prose.groups[own].parent, 0];
    let sentence = prose.clauses[b.clause].sentence;
    let net = reading.mention(at).label.contains('净');
    let mut found: Vec<usize> = Vec::new();
    let mut first_clause = None;
    for i in (0..base).rev().take(REACH) {
        let n = &prose.mentions[i];
        let clause = &prose.clauses[n.clause];
        if clause.sentence != sentence {
            break;
        }
        if !outer.contains(&clause.group) || !n.plain || change_of(n).is_some() && !of_pace {
            continue;
        }
        // 注销4个，新增2个，较上季度末的60个净减少2个: what came and went is not what there is now.
        if net && flows(&n.label) {
            continue;
        }
        // 300件，环比上季度310件下降3.23%，同比去年200件增长50%: the base of another comparison.
        if n.is_amount() && ["环比", "同比", "比", "较"].iter().any(|w| n.label.starts_with(w)) {
            continue;
        }
        if alike(n, b) {
            found.push(i);
            if found.len() >= MAX_NOWS {
                break;
            }
        } else if n.is_rate() && n.label.starts_with('占') {
            // 300件，占总数50%，环比上季度310件下降3.23%: a share of it is no other thing.
        } else if found.is_empty() {
            // Another unit stands nearer: only the other of a pair (12起、15人) may be passed over.
            let paired = first_clause.is_none_or(|c| c == n.clause)
                && (clause.before == Delim::Dun || clause.mentions.len() > 1)
                || !change.subject.is_empty();
            first_clause = Some(n.clause);
            if !paired {
                return found;
            }
        }
    }
    if found.is_empty() && first_clause.is_none() {
        found = (0..base)
            .rev()
            .take(REACH)
            .filter(|i| {
                let n = &prose.mentions[*i];
                let clause = &prose.clauses[n.clause];
                clause.sentence + 1 == sentence
                    && clause.group == 0
                    && n.plain
                    && alike(n, b)
                    && change_of(n).is_none()
                    && !reading.is_part(MentionRef { mention: *i, ..at })
            })
            .take(MAX_NOWS)
            .collect();
    }
    found
}

/// 较上年末的640家增加32家，目前入驻企业672家: the new value stands behind the change.
fn now_behind(reading: &Reading, at: MentionRef, base: &Mention) -> Vec<usize> {
    let prose = &reading.prose[at.passage];
    let sentence = prose.clauses[reading.mention(at).clause].sentence;
    let next = at.mention + 1;
    prose
        .mentions
        .get(next)
        .filter(|n| {
            prose.clauses[n.clause].sentence == sentence
                && n.plain
                && alike(n, base)
                && change_of(n).is_none()
                && ["目前", "现", "达", "共", "总数", "为", "到", "至"]
                    .iter()
                    .any(|w| n.label.contains(w))
        })
        .map(|_| next)
        .into_iter()
        .collect()
}

/// 环比提高0.4个百分点（上月98.8%）: the base in a parenthesis behind the change.
fn base_behind(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Basis> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let base = at.mention + 1;
    let b = prose.mentions.get(base)?;
    let clause = &prose.clauses[b.clause];
    let text = cx.passages[at.passage].text.as_str();
    let group = &prose.groups[clause.group];
    let hung = clause.group > 0
        && clause.group != prose.clauses[m.clause].group
        && group.host == Some(at.mention)
        && text[m.full.end..group.range.start].trim().is_empty();
    if !hung || clause.mentions.len() != 1 || !b.plain || !suits(m, b) {
        return None;
    }
    if !matches!(names_base(&b.label), Some(Naming::Dated | Naming::Compared)) {
        return None;
    }
    let own = prose.clauses[m.clause].group;
    let outer = [own, prose.groups[own].parent, 0];
    let now = (0..at.mention)
        .rev()
        .take(REACH)
        .take_while(|i| prose.clauses[prose.mentions[*i].clause].sentence == prose.clauses[m.clause].sentence)
        .filter(|i| outer.contains(&prose.clauses[prose.mentions[*i].clause].group))
        .find(|i| prose.mentions[*i].plain && change_of(&prose.mentions[*i]).is_none())?;
    let n = &prose.mentions[now];
    let words = format!("{}{}{}", n.label, n.tail, b.label);
    (alike(n, b) && same_subject(&change.subject, &words, &n.unit)).then(|| Basis {
        nows: vec![now],
        base,
        since: since(&b.label),
        sure: change.since.agrees(since(&b.label)),
    })
}

/// 比上月的1200件增加180件，增长15%: the second change is from the base of the first.
fn inherited(
    cx: &Context,
    reading: &Reading,
    at: MentionRef,
    change: &Change,
    previous: Option<&(usize, Basis)>,
) -> Option<Basis> {
    let (before, basis) = previous?;
    let prose = &reading.prose[at.passage];
    let (m, p) = (reading.mention(at), &prose.mentions[*before]);
    let text = cx.passages[at.passage].text.as_str();
    let between = text.get(p.full.end..m.full.start)?;
    let base = &prose.mentions[basis.base];
    // Changes to the other of two known times are from another base.
    let near = before + 1 == at.mention
        && between.len() <= MAX_GAP
        && !between.contains(['；', ';', '。'])
        && change.since.agrees(basis.since);
    let now = &prose.mentions[*basis.nows.first()?];
    let words = format!("{}{}", now.label, now.tail);
    (near && suits(m, base) && same_subject(&change.subject, &words, &now.unit)).then(|| basis.clone())
}

/// 2024年受理138件，2023年受理120件，同比增长15%: two years side by side.
fn years(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Basis> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let (second, first) = (at.mention.checked_sub(1)?, at.mention.checked_sub(2)?);
    let (a, b) = (&prose.mentions[first], &prose.mentions[second]);
    let sentence = |x: &Mention| prose.clauses[x.clause].sentence;
    if change.since == Since::Previous
        || !change.subject.is_empty()
        || sentence(a) != sentence(m)
        || sentence(b) != sentence(m)
        || a.clause == b.clause
        || !a.plain
        || !b.plain
        || !alike(a, b)
        || !suits(m, b)
        || change_of(a).is_some()
        || change_of(b).is_some()
    {
        return None;
    }
    let ((x, of), (y, also)) = (year_of(cx, prose, at.passage, a)?, year_of(cx, prose, at.passage, b)?);
    // 2024年受理申请138件，2023年办理提案120件: two things; 2024年受理138件，2023年120件: one.
    if !also.is_empty() && !of.is_empty() && last(of, 2) != last(also, 2) {
        return None;
    }
    let (now, base) = match x - y {
        1 => (first, second),
        -1 => (second, first),
        _ => return None,
    };
    Some(Basis {
        nows: vec![now],
        base,
        since: Since::Year,
        sure: true,
    })
}

/// The year that opens a mention's clause, and the words behind it: 2024年, 受理.
fn year_of<'a>(cx: &'a Context, prose: &Prose, passage: usize, m: &Mention) -> Option<(i32, &'a str)> {
    let clause = &prose.clauses[m.clause];
    let words = cx.passages[passage].text.as_str()[clause.range.start..m.full.start].trim();
    let words = words.strip_prefix("其中").unwrap_or(words);
    let at = words.find(|c: char| !c.is_ascii_digit()).filter(|at| *at == 4)?;
    let year = words[..at].parse::<i32>().ok().filter(|y| (1990..2100).contains(y))?;
    // 2023共受理: the word may be left out.
    let rest = words[at..].strip_prefix('年').unwrap_or(&words[at..]);
    Some((year, rest.trim_end_matches(['为', '共', '有'])))
}

fn relate(cx: &Context, reading: &Reading, at: MentionRef, change: &Change, basis: &Basis) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let b = &prose.mentions[basis.base];
    let points = Formula::PointChange { negative: change.fell };
    let growth = Formula::Growth { negative: change.fell };
    let (kind, formulas, rule) = match m.class {
        FigureClass::Points => (RelationKind::Difference, vec![points.clone()], "point-change"),
        // A rate that fell by "2%" may mean points or percent of itself.
        FigureClass::Rate if b.is_rate() => (RelationKind::Change, vec![points.clone(), growth], "point-change"),
        FigureClass::Rate => (RelationKind::Change, vec![growth], "growth"),
        _ => (RelationKind::Difference, vec![Formula::Difference], "increase"),
    };
    let ambiguous = formulas.len() > 1;
    let stated = cx.operand(m.fig)?;
    let base = cx.operand(b.fig)?;
    let mut readings = Vec::new();
    for now in &basis.nows {
        let n = &prose.mentions[*now];
        let mut now = cx.operand(n.fig)?;
        // 下降5.4%，较一季度（-7.2%）回升1.8个百分点: beside a signed base the word of the fall is a sign as well.
        let fell = m.class == FigureClass::Points && b.value.is_sign_negative() && change_of(n).is_some_and(|c| c.fell);
        if fell && let Some(value) = now.value.as_mut().filter(|v| !v.is_sign_negative()) {
            *value = -*value;
        }
        for formula in &formulas {
            let operands = if *formula == Formula::Difference && change.fell {
                vec![base.clone(), now.clone()]
            } else {
                vec![now.clone(), base.clone()]
            };
            readings.push(RelationReading {
                formula: formula.clone(),
                stated: stated.clone(),
                operands,
            });
        }
        // 下降3.2%，比全省平均水平（2.1%）低5.3个百分点: or it fell below what grew.
        let mut below = now.clone();
        below.value = below.value.map(|v| -v);
        if m.class == FigureClass::Points && !fell && change_of(n).is_some_and(|c| c.fell) {
            readings.push(RelationReading {
                formula: points.clone(),
                stated: stated.clone(),
                operands: vec![below, base.clone()],
            });
        }
    }
    let first = readings.first()?;
    let quote = quote_of(cx, std::iter::once(&first.stated).chain(&first.operands))?;
    let cue = match (basis.sure, ambiguous) {
        (false, _) => Cue::Arithmetic,
        (true, true) => Cue::Implied,
        (true, false) => Cue::Explicit,
    };
    Some(Relation {
        kind,
        rule,
        cue,
        readings,
        quote,
    })
}
