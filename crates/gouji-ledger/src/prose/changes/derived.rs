//! Growth whose base is what a difference leaves: 1200件，较上月增加200件，增长20%.

use std::ops::Range;

use gouji_quantity::{Agreement, Decimal};

use super::words::{Change, Naming, Since, change_of, names_base, same_subject};
use crate::context::Context;
use crate::prose::clauses::{Delim, Mention, Prose};
use crate::prose::rates::{fits, is_compared_with};
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, Formula, Operand, Relation, RelationKind};

/// How many mentions before a difference are looked at.
const REACH: usize = 10;

/// Sentences from a figure to a comparison that goes on with it.
const MAX_BETWEEN: usize = 3;

/// A difference and the figure that it brought to its present value.
#[derive(Debug, Clone, Copy)]
struct Step {
    now: usize,
    difference: usize,
}

/// The growth of a figure by a difference told right before it (减少3起下降25%) or right behind it (同比增长25%，增收20亿元).
pub(super) fn growth(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Relation> {
    behind(cx, reading, at, change).or_else(|| ahead(cx, reading, at, change))
}

/// Longest text (in characters) from a growth to the difference that it is told with.
const MAX_STEP: usize = 6;
/// The same where the difference says again since when.
const MAX_STEP_AGAIN: usize = 12;

/// 100亿元，同比增长25%，增收20亿元: a difference behind the growth that says nothing of its own but its direction.
fn ahead(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let (m, difference) = (reading.mention(at), at.mention + 1);
    let d = prose.mentions.get(difference)?;
    let stated = change_of(d)?;
    let (own, next) = (&prose.clauses[m.clause], &prose.clauses[d.clause]);
    let text = cx.passages[at.passage].text.as_str();
    let between = text.get(m.full.end..d.full.start)?;
    // 同比下降2.6%，比上年同期少7件: or it says since when once more.
    let again = stated.since != Since::Open && stated.since.agrees(change.since);
    let bare = stated.subject.is_empty() && (stated.since == Since::Open || again) && change.subject.is_empty();
    // …，增加20亿元，增长12%: the difference is told with the growth behind it.
    let told_behind = prose.mentions.get(difference + 1).is_some_and(|n| {
        n.is_rate()
            && change_of(n).is_some()
            && prose.clauses[n.clause].sentence == next.sentence
            && prose.clauses[n.clause].before != Delim::Semi
            && n.clause <= d.clause + 1
    });
    if !m.is_rate()
        || !d.is_amount()
        || !d.plain
        || !bare
        || told_behind
        || stated.fell != change.fell
        || own.group != next.group
        || own.sentence != next.sentence
        || between.contains(['；', ';'])
        || between.chars().count() > if again { MAX_STEP_AGAIN } else { MAX_STEP }
    {
        return None;
    }
    let of = MentionRef {
        mention: difference,
        ..at
    };
    let now = now_of(reading, of, at.mention, &stated, false)?;
    let n = &prose.mentions[now];
    // 同口径: the base was reckoned anew, which the difference may not have been.
    let clause = |m: &Mention| &text[prose.clauses[m.clause].range.clone()];
    let anew = ["口径", "可比", "不变价"]
        .iter()
        .any(|w| m.label.contains(w) || clause(n).contains(w));
    let alone = (now + 1..at.mention).all(|i| !prose.mentions[i].is_amount()) && m.clause <= n.clause + 2;
    if alone && !anew {
        return relate(
            cx,
            prose,
            at.mention,
            Step { now, difference },
            change.fell,
            Cue::Implied,
        );
    }
    relate(
        cx,
        prose,
        at.mention,
        Step { now, difference },
        change.fell,
        Cue::Arithmetic,
    )
    .filter(|r| holds(r, change.fell))
}

/// 减少3起下降25%: the base is what is left, where both changes are from the same base.
fn behind(cx: &Context, reading: &Reading, at: MentionRef, change: &Change) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let difference = at.mention.checked_sub(1)?;
    let d = &prose.mentions[difference];
    let stated = change_of(d)?;
    let text = cx.passages[at.passage].text.as_str();
    let between = text.get(d.full.end..m.full.start)?;
    if !m.is_rate()
        || !d.is_amount()
        || stated.fell != change.fell
        // 同比 speaks of last year, 环比 of the month before; the difference must not speak of the other.
        || !stated.since.agrees(change.since)
        || between.contains(['；', ';', '。'])
    {
        return None;
    }
    // 举报840件，比去年增加60件，举报量增长7.7%: the volume of what the difference is of.
    let of_difference = same_subject(&change.subject, &format!("{}{}", d.label, d.tail), &d.unit);
    let volume = change.subject.ends_with(['量', '数']) && change.subject.chars().count() <= 4;
    if !of_difference && !volume {
        return None;
    }
    let of = MentionRef {
        mention: difference,
        ..at
    };
    // 比上月的1200件增加180件，增长15%: the figure before the difference is its base.
    if let Some(base) = difference.checked_sub(1).map(|b| &prose.mentions[b])
        && base.is_amount()
        && base.unit == d.unit
        && prose.clauses[base.clause].sentence == prose.clauses[d.clause].sentence
        && names_base(&base.label) == Some(Naming::Compared)
        // 经费较上年增加1.68万元，其中接待减少0.58万元: a change is no base.
        && change_of(base).is_none()
    {
        return of_base(cx, base, d, m, change.fell);
    }
    let now = now_of(reading, of, difference, &stated, false)
        .or_else(|| now_before(reading, text, of, &stated))
        .or_else(|| now_compared(reading, text, of, &stated))?;
    let n = &prose.mentions[now];
    // 迁移网站21513个，其中，县级网站减少18318个: what changed may be told nowhere.
    let within = text
        .get(n.full.end..d.full.start)
        .is_some_and(|between| between.contains("其中"));
    // 甲类案件发现量减少10件 behind 电话投诉案件100件: one word in common does not make it the figure that is named.
    let cue = if !within && names_it(&stated.subject, &format!("{}{}", n.label, n.tail)) {
        Cue::Implied
    } else {
        Cue::Arithmetic
    };
    if !of_difference && !same_subject(&change.subject, &format!("{}{}", n.label, n.tail), "") {
        return None;
    }
    relate(cx, prose, at.mention, Step { now, difference }, change.fell, cue)
        .filter(|r| cue == Cue::Implied && comparable(r, change.fell) || holds(r, change.fell))
}

/// Percentage points by which a growth may miss what its figures give and still be of them.
const COMPARABLE: i64 = 10;

/// Whether what the figures give is of the size of the growth that is printed: one many times as large is of other figures.
fn comparable(relation: &Relation, fell: bool) -> bool {
    let reading = &relation.readings[0];
    let gap = || {
        let [now, before] = &reading.operands[..] else {
            return None;
        };
        let (now, before, stated) = (now.value?, before.value?, reading.stated.value?);
        let step = if fell {
            before.checked_sub(now)?
        } else {
            now.checked_sub(before)?
        };
        let given = step.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(before)?;
        Some((given.checked_sub(stated)?.abs(), stated.abs()))
    };
    gap().is_none_or(|(gap, stated)| gap <= stated.max(Decimal::from(COMPARABLE)))
}

/// Whether a growth found by its arithmetic alone is as printed.
fn holds(relation: &Relation, fell: bool) -> bool {
    let reading = &relation.readings[0];
    let [now, before] = &reading.operands[..] else {
        return false;
    };
    let (Some(now), Some(before)) = (now.value, before.value) else {
        return false;
    };
    let step = if fell {
        before.checked_sub(now)
    } else {
        now.checked_sub(before)
    };
    step.and_then(|s| fits(&reading.stated, s, before, 100))
        .is_some_and(Agreement::holds)
}

/// Fewest characters of a subject that names one thing among several of a kind, and of one that a third of its words names.
const NAMING: usize = 4;
const LONG: usize = 7;

/// Whether a figure's words are those of a subject: 未结案件 shares more than the word of its kind with them.
fn names_it(subject: &str, words: &str) -> bool {
    // 受伤人数 is what 受伤14人 counts.
    let subject = ["人数", "起数", "件数", "户数", "数量", "总数"]
        .iter()
        .find_map(|w| subject.strip_suffix(w))
        .unwrap_or(subject);
    let n = subject.chars().count();
    let pairs = shared(subject, words) * if n < LONG { 2 } else { 3 };
    n < NAMING || pairs >= n - 1
}

/// How many pairs of neighbouring characters of a subject the words hold.
fn shared(subject: &str, words: &str) -> usize {
    let chars: Vec<char> = subject.chars().collect();
    chars
        .windows(2)
        .filter(|pair| words.contains(pair.iter().collect::<String>().as_str()))
        .count()
}

/// 事故51起、死亡52人，较上年同期事故起数减少9起、死亡人数减少28人，同比分别下降15.00%和35.00%: the n-th rate is of the n-th difference.
/// `rates` are two or more.
pub(super) fn parallel(
    cx: &Context,
    reading: &Reading,
    first: MentionRef,
    rates: &[usize],
    fell: bool,
    since: Since,
) -> Vec<Relation> {
    let prose = &reading.prose[first.passage];
    let Some(start) = first.mention.checked_sub(rates.len()) else {
        return Vec::new();
    };
    let sentence = |i: usize| prose.clauses[prose.mentions[i].clause].sentence;
    let row = row_before(prose, start..first.mention);
    let mut steps = Vec::new();
    let mut last: Option<Change> = None;
    for difference in start..first.mention {
        let d = &prose.mentions[difference];
        if !d.is_amount() || sentence(difference) != sentence(first.mention) {
            return Vec::new();
        }
        // 减少5起、少死亡3人; 减少7起、8人: the word of change stands once.
        let carried = last
            .clone()
            .filter(|_| prose.clauses[d.clause].before == Delim::Dun && d.label.chars().count() <= 6);
        let Some(change) = change_of(d).or(carried.map(|c| Change {
            subject: d.label.clone(),
            ..c
        })) else {
            return Vec::new();
        };
        if change.fell != fell || !change.since.agrees(since) {
            return Vec::new();
        }
        let at = MentionRef {
            mention: difference,
            ..first
        };
        let in_order = row.as_ref().map(|row| row[difference - start]);
        let found = in_order.or_else(|| now_of(reading, at, start, &change, true));
        let Some(now) = found.filter(|now| prose.mentions[*now].unit == d.unit) else {
            return Vec::new();
        };
        steps.push(Step { now, difference });
        last = Some(change);
    }
    if steps.windows(2).any(|w| w[0].now == w[1].now) {
        return Vec::new();
    }
    rates
        .iter()
        .zip(steps)
        .filter_map(|(rate, step)| relate(cx, prose, *rate, step, fell, Cue::Implied))
        .collect()
}

/// 120起、死亡30人、受伤40人，同比分别减少30起、6人、10人: as many figures right before the differences, of the same units in the same order.
fn row_before(prose: &Prose, differences: Range<usize>) -> Option<Vec<usize>> {
    let home = &prose.clauses[prose.mentions[differences.start].clause];
    let mut row: Vec<usize> = (0..differences.start)
        .rev()
        .take(REACH)
        .take_while(|i| prose.clauses[prose.mentions[*i].clause].sentence == home.sentence)
        .filter(|i| {
            let n = &prose.mentions[*i];
            n.is_amount() && n.plain && prose.clauses[n.clause].group == home.group
        })
        .take(differences.len())
        .collect();
    row.reverse();
    let alike = row.len() == differences.len()
        && row.iter().zip(differences).all(|(n, d)| {
            prose.mentions[*n].unit == prose.mentions[d].unit && change_of(&prose.mentions[*n]).is_none()
        });
    alike.then_some(row)
}

/// The figure that the difference `at` is of: the nearest plain one of its unit before `end` in the sentence; of several, one that
/// its subject names. A nearer figure of another unit, unless the two are a pair (12起、15人), ends the search where the difference
/// names nothing; differences told in a row are of figures in a row.
fn now_of(reading: &Reading, at: MentionRef, end: usize, change: &Change, in_row: bool) -> Option<usize> {
    let prose = &reading.prose[at.passage];
    let d = &prose.mentions[at.mention];
    let clause = &prose.clauses[d.clause];
    let mut same_unit: Vec<usize> = Vec::new();
    for i in (0..end).rev().take(REACH) {
        let n = &prose.mentions[i];
        let c = &prose.clauses[n.clause];
        if c.sentence != clause.sentence {
            break;
        }
        if c.group != clause.group || !n.plain || change_of(n).is_some() || is_compared_with(n) || told_before(prose, i)
        {
            continue;
        }
        if n.is_amount() && n.unit == d.unit {
            // 完成24627万元，完成年初预算数60999万元的40.4%，较上年减收1070万元: a plan inside the phrase of its rate did not change.
            let inside = prose
                .mentions
                .get(i + 1)
                .is_some_and(|r| r.is_rate() && r.label == "的");
            if !inside {
                same_unit.push(i);
            }
        } else if n.is_rate() && (n.label == "的" || ["占", "为", "完成"].iter().any(|w| n.label.starts_with(w))) {
            // 800万元，为年初预算的61.2%，比上年同期增加60万元: a share of it is no other thing.
        } else if change.subject.is_empty()
            && same_unit.is_empty()
            && !(n.is_amount() && (in_row || c.before == Delim::Dun))
        {
            return None;
        }
    }
    let named = |i: &&usize| {
        let n = &prose.mentions[**i];
        let words = format!("{}{}", n.label, n.tail);
        !change.subject.is_empty() && same_subject(&change.subject, &words, "")
    };
    match same_unit.as_slice() {
        [] => None,
        [only] => {
            let n: &Mention = &prose.mentions[*only];
            let words = format!("{}{}", n.label, n.tail);
            // One unit, one figure: 死亡41人…死亡人数减少24人; another name is another thing.
            (same_subject(&change.subject, &words, &n.unit) || n.unit == d.unit && counts(&change.subject))
                .then_some(*only)
        }
        several if change.subject.is_empty() => several.first().copied(),
        // The one whose words the subject shares most of, the nearest of equals.
        several => several.iter().filter(named).copied().min_by_key(|i| {
            let n = &prose.mentions[*i];
            std::cmp::Reverse(shared(&change.subject, &format!("{}{}", n.label, n.tail)))
        }),
    }
}

/// 受理举报840件，占27%。比去年同期增加60件: a sentence that opens with a comparison goes on with the only figure of the one before.
fn now_before(reading: &Reading, text: &str, at: MentionRef, change: &Change) -> Option<usize> {
    let prose = &reading.prose[at.passage];
    let d = &prose.mentions[at.mention];
    let clause = &prose.clauses[d.clause];
    let opens = clause.before == Delim::Stop
        && clause.mentions.first() == Some(&at.mention)
        && ["比", "较", "与", "同比", "环比"]
            .iter()
            .any(|w| d.label.starts_with(w));
    if !opens || !change.subject.is_empty() {
        return None;
    }
    let mut found = None;
    // 3846件。按期办结率100%。较上月增加175件: sentences of rates alone lie between.
    let home = (0..at.mention)
        .rev()
        .take(REACH)
        .find(|i| prose.mentions[*i].is_amount())
        .map(|i| prose.clauses[prose.mentions[i].clause].sentence)
        .filter(|s| s + MAX_BETWEEN >= clause.sentence)?;
    let of_rates = |s: usize| {
        let between = (0..at.mention).rev().take(REACH).map(|i| &prose.mentions[i]);
        let mut own = between.filter(|m| prose.clauses[m.clause].sentence == s);
        own.next().is_some()
    };
    if !(home + 1..clause.sentence).all(of_rates) {
        return None;
    }
    for i in (0..at.mention).rev().take(REACH) {
        let n = &prose.mentions[i];
        let c = &prose.clauses[n.clause];
        if c.sentence < home {
            break;
        }
        if !n.is_amount() || n.unit != d.unit || c.group != clause.group || change_of(n).is_some() {
            continue;
        }
        let of = MentionRef { mention: i, ..at };
        let first = prose.clauses.partition_point(|c| c.sentence < home);
        let lead = &text[prose.clauses[first].range.start.min(n.full.start)..n.full.start];
        if found.is_some() || reading.is_part(of) || lead.contains("其中") {
            return None;
        }
        found = Some(i);
    }
    found
}

/// 事故37起，死亡33人，受伤14人。与上年同期相比，起数减少8起，下降17.8%；死亡减少9人…: a sentence that opens with a comparison and names
/// each of its differences goes on with the figures of the sentence before.
fn now_compared(reading: &Reading, text: &str, at: MentionRef, change: &Change) -> Option<usize> {
    let prose = &reading.prose[at.passage];
    let d = &prose.mentions[at.mention];
    let clause = &prose.clauses[d.clause];
    let first = prose.clauses.partition_point(|c| c.sentence < clause.sentence);
    let opening = text.get(prose.clauses[first].range.clone())?;
    let compares = prose.clauses[first].mentions.is_empty()
        && (opening.ends_with("相比") || ["对比", "比", "较", "同比"].iter().any(|w| opening.starts_with(w)));
    if !compares || change.subject.chars().count() < 2 {
        return None;
    }
    let home = clause.sentence.checked_sub(1)?;
    let start = prose.clauses[first].range.start;
    let before = prose.mentions.partition_point(|m| m.full.start < start);
    let same_unit: Vec<usize> = (0..before)
        .rev()
        .take(REACH)
        .take_while(|i| prose.clauses[prose.mentions[*i].clause].sentence == home)
        .filter(|i| {
            let n = &prose.mentions[*i];
            let of = MentionRef { mention: *i, ..at };
            let plain = n.is_amount() && n.plain && n.unit == d.unit && change_of(n).is_none();
            plain && prose.clauses[n.clause].group == clause.group && !reading.is_part(of)
        })
        .collect();
    let words = |i: usize| format!("{}{}", prose.mentions[i].label, prose.mentions[i].tail);
    let mut named = same_unit
        .iter()
        .copied()
        .filter(|i| shared(&change.subject, &words(*i)) > 0);
    match (named.next(), named.next(), same_unit.as_slice()) {
        (Some(only), None, _) => Some(only),
        (None, _, [only]) if counts(&change.subject) => Some(*only),
        _ => None,
    }
}

/// 起数, 人数: a subject that only says what is counted.
fn counts(subject: &str) -> bool {
    subject.ends_with('数') && subject.chars().count() <= 2
}

/// A figure that comes second to a change in a row of changes (增加1起、1人): it is a change itself.
fn told_before(prose: &Prose, i: usize) -> bool {
    let n = &prose.mentions[i];
    n.label.is_empty()
        && prose.clauses[n.clause].before == Delim::Dun
        && i > 0
        && change_of(&prose.mentions[i - 1]).is_some()
}

/// The growth of a printed base by a printed difference.
fn of_base(cx: &Context, base: &Mention, d: &Mention, rate: &Mention, fell: bool) -> Option<Relation> {
    let now = if fell {
        base.value.checked_sub(d.value)?
    } else {
        base.value.checked_add(d.value)?
    };
    let before = cx.operand(base.fig)?;
    let mut computed = Operand::computed(now);
    computed.surface = in_unit_of(&before.surface, now).unwrap_or(computed.surface);
    computed.span = Some(d.span);
    computed.figure = Some(d.fig);
    computed.ulp = cx.operand(d.fig)?.ulp;
    relation(
        cx,
        RelationKind::Change,
        "growth-from-difference",
        Cue::Implied,
        Formula::Growth { negative: fell },
        cx.operand(rate.fig)?,
        vec![computed, before],
    )
}

/// An amount as it would be printed beside one in 万 or 亿: 7400000 beside 800万元 is 740万元.
fn in_unit_of(surface: &str, value: Decimal) -> Option<String> {
    let unit = surface.trim_start_matches(|c: char| c.is_ascii_digit() || ".,，-− ".contains(c));
    let size = match unit.chars().next()? {
        '万' => Decimal::from(10_000),
        '亿' => Decimal::from(100_000_000),
        _ => return None,
    };
    let printed = value.checked_div(size)?;
    (unit.chars().nth(1) != Some('亿')).then(|| format!("{}{unit}", printed.normalize()))
}

fn relate(cx: &Context, prose: &Prose, rate: usize, step: Step, fell: bool, cue: Cue) -> Option<Relation> {
    let (n, d) = (&prose.mentions[step.now], &prose.mentions[step.difference]);
    let base = if fell {
        n.value.checked_add(d.value)?
    } else {
        n.value.checked_sub(d.value)?
    };
    let (now, difference) = (cx.operand(n.fig)?, cx.operand(d.fig)?);
    let mut computed = Operand::computed(base);
    computed.surface = in_unit_of(&now.surface, base).unwrap_or(computed.surface);
    computed.span = Some(d.span);
    computed.figure = Some(d.fig);
    computed.ulp = now.ulp.max(difference.ulp);
    relation(
        cx,
        RelationKind::Change,
        "growth-from-difference",
        cue,
        Formula::Growth { negative: fell },
        cx.operand(prose.mentions[rate].fig)?,
        vec![now, computed],
    )
}
