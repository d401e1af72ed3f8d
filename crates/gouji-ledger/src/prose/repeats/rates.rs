//! What is told of a figure is told again with it: 咨询1436件，同比增长12.5% … 本月共受理咨询1436件，同比增长12.5%.

use std::collections::BTreeMap;

use gouji_quantity::{Decimal, one_keystroke};

use super::super::clauses::{Mention, Prose};
use super::super::{MentionRef, Reading, changes};
use super::digits;
use super::thing::Thing;
use crate::context::Context;
use crate::{FigureClass, Relation};

/// How many mentions behind a figure its rates are looked for.
const REACH: usize = 6;
/// Fewest digits, those of the count and of the rate together, by which two counts with one growth are one.
const MIN_DIGITS: usize = 5;
/// Fewest digits of the growths that two unequal counts must share to be meant as one.
const MIN_SHARED: usize = 4;
/// How many places of one growth are looked at.
const MAX_PLACES: usize = 4;

/// A rate told of a figure.
#[derive(Debug, Clone, Copy)]
struct Told {
    at: usize,
    value: Decimal,
    of: Of,
}

/// What a rate says of its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    /// 同比增长
    Year { fell: bool },
    /// 环比增长
    Previous { fell: bool },
    /// 占
    Share,
}

/// The rates behind two places of one figure, each of a kind with its like: kept where they agree.
///
/// With `sure` places a growth that differs by one key is complained of; shares may be of two wholes, and other differences of two
/// periods.
pub(super) fn relations(
    cx: &Context,
    reading: &Reading,
    earlier: MentionRef,
    later: MentionRef,
    sure: bool,
    out: &mut Vec<Relation>,
) {
    let before = told_behind(&reading.prose[earlier.passage], earlier.mention);
    if before.is_empty() {
        return;
    }
    for told in told_behind(&reading.prose[later.passage], later.mention) {
        let mut like = before.iter().filter(|b| b.of == told.of);
        let (Some(b), None) = (like.next(), like.next()) else {
            continue;
        };
        let equal = b.value == told.value;
        let slip = sure && told.of != Of::Share && is_slip(b.value, told.value);
        if equal || slip {
            out.extend(relation(
                cx,
                reading,
                (earlier.passage, b.at),
                (later.passage, told.at),
                equal,
            ));
        }
    }
}

/// Whether two equal counts are followed by the same growth, and both have enough digits between them.
pub(super) fn agree(reading: &Reading, earlier: MentionRef, later: MentionRef) -> bool {
    let (e, m) = (reading.mention(earlier), reading.mention(later));
    let (p, q) = (&reading.prose[earlier.passage], &reading.prose[later.passage]);
    if reading.one_sentence(earlier, later)
        || e.unit != m.unit
        || e.class != FigureClass::Count
        || m.value < Decimal::TEN
    {
        return false;
    }
    let before = told_behind(p, earlier.mention);
    let behind = if before.is_empty() {
        Vec::new()
    } else {
        told_behind(q, later.mention)
    };
    behind.iter().any(|t| {
        t.of != Of::Share
            && digits(m.value) + digits(t.value) >= MIN_DIGITS
            && before.iter().any(|b| b.of == t.of && b.value == t.value)
    })
}

/// Counts told with the growths of an earlier one of the same thing, that differ from it by one key: 咨询1436件，同比增长12.5%，环比下降2.5%
/// … 咨询1463件，同比增长12.5%，环比下降2.5%.
pub(super) fn otherwise(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let mut seen: BTreeMap<(Of, Decimal), Vec<MentionRef>> = BTreeMap::new();
    for at in reading.places() {
        let m = reading.mention(at);
        if m.class != FigureClass::Count || !m.is_amount() || changes::change_word(&m.label).is_some() {
            continue;
        }
        let growths: Vec<Told> = growths_behind(&reading.prose[at.passage], at.mention).collect();
        let earlier = growths
            .iter()
            .filter_map(|g| seen.get(&(g.of, g.value)))
            .flat_map(|places| places.iter().rev())
            .copied()
            .find(|e| is_misprint(cx, reading, *e, at, &growths));
        if let Some(e) = earlier {
            out.extend(relation(
                cx,
                reading,
                (e.passage, e.mention),
                (at.passage, at.mention),
                false,
            ));
        }
        for g in &growths {
            let places = seen.entry((g.of, g.value)).or_default();
            if places.len() >= MAX_PLACES {
                places.remove(0);
            }
            places.push(at);
        }
    }
}

/// Whether a count with these growths is an earlier one with a wrong key.
fn is_misprint(cx: &Context, reading: &Reading, e: MentionRef, at: MentionRef, growths: &[Told]) -> bool {
    let (earlier, later) = (reading.mention(e), reading.mention(at));
    let prose = &reading.prose[e.passage];
    if reading.one_sentence(e, at) || earlier.unit != later.unit || !is_slip(earlier.value, later.value) {
        return false;
    }
    let before: Vec<Told> = growths_behind(prose, e.mention).collect();
    let mut shared = 0;
    for g in growths {
        match before.iter().find(|b| b.of == g.of) {
            Some(b) if b.value == g.value => shared += digits(g.value),
            Some(_) => return false,
            None => {}
        }
    }
    let (a, b) = (Thing::of(cx, reading, e), Thing::of(cx, reading, at));
    shared >= MIN_SHARED && !a.contradicts(&b) && a.same_time(&b) && a.overlap(&b) >= 1
}

/// The growths told of an amount.
fn growths_behind(prose: &Prose, amount: usize) -> impl Iterator<Item = Told> {
    told_behind(prose, amount).into_iter().filter(|t| t.of != Of::Share)
}

/// One digit replaced, doubled, dropped or swapped in a rate of two digits and more.
fn is_slip(a: Decimal, b: Decimal) -> bool {
    a != b && digits(a) >= 2 && digits(b) >= 2 && one_keystroke(a, b)
}

/// The rates told of an amount: behind it in its sentence, before the next amount that is no change.
fn told_behind(prose: &Prose, amount: usize) -> Vec<Told> {
    let home = &prose.clauses[prose.mentions[amount].clause];
    let mut out = Vec::new();
    for at in amount + 1..(amount + 1 + REACH).min(prose.mentions.len()) {
        let m = &prose.mentions[at];
        let clause = &prose.clauses[m.clause];
        if clause.sentence != home.sentence || clause.group != home.group {
            break;
        }
        let changed = changes::change_word(&m.label).is_some();
        match m.class {
            FigureClass::Rate if m.plain => out.extend(kind(m).map(|of| Told { at, value: m.value, of })),
            FigureClass::Points => {}
            _ if changed => {}
            _ => break,
        }
    }
    out
}

/// What a rate says; `None` if its words do not tell since when, or name another thing (办结率同比增长).
fn kind(m: &Mention) -> Option<Of> {
    let label = m.label.trim();
    if let Some(fell) = changes::change_word(label) {
        let lead = ["与", "较", "比", "和"].iter().any(|w| label.starts_with(w));
        return if label.starts_with("同比") || lead && (label.contains("同期") || label.contains("去年")) {
            Some(Of::Year { fell })
        } else if label.starts_with("环比") || lead && label.contains("上月") {
            Some(Of::Previous { fell })
        } else {
            None
        };
    }
    label.starts_with('占').then_some(Of::Share)
}

fn relation(
    cx: &Context,
    reading: &Reading,
    earlier: (usize, usize),
    later: (usize, usize),
    equal: bool,
) -> Option<Relation> {
    let at = |(passage, mention): (usize, usize)| MentionRef { passage, mention };
    let rule = if equal { "stated-again" } else { super::OTHERWISE };
    super::repeat(cx, reading, at(later), at(earlier), rule)
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    const TEXT: &str = "本月共受理信息2618件。其中咨询1436件，同比增长12.5%，环比下降2.5%，占受理总量的54.9%；投诉1182件。\n二、咨询情况\n本月共受理咨询1436件，同比增长12.5%，环比下降2.5%。";

    #[test]
    fn growths_of_a_figure_told_again() {
        assert_eq!(
            read(TEXT),
            [
                "repeat~ 1436件 <- 1436件 ok",
                "repeat~ 12.5% <- 12.5% ok",
                "repeat~ 2.5% <- 2.5% ok"
            ]
        );
        // Differences may stand between them.
        let text =
            "举报312件，同比增长15.6%，环比增长7.2%。\n本月共受理举报312件，与上年同期相比增加42件，同比增长15.6%。";
        assert_eq!(read(text), ["repeat~ 312件 <- 312件 ok", "repeat~ 15.6% <- 15.6% ok"]);
    }

    #[test]
    fn a_growth_that_differs_by_one_key() {
        let text = TEXT.replace("12.5%，环比下降2.5%。", "12.6%，环比下降2.5%。");
        let found = read(&text);
        assert!(found.contains(&"repeat? 12.6% <- 12.5% BAD".to_owned()), "{found:?}");
    }

    #[test]
    fn a_count_that_differs_by_one_key() {
        let text = TEXT.replace("本月共受理咨询1436件", "本月共受理咨询1463件");
        assert_eq!(read(&text), ["repeat? 1463件 <- 1436件 BAD"]);
        for text in [
            // Another thing, another count, another growth.
            TEXT.replace("本月共受理咨询1436件", "本月共受理举报1463件"),
            TEXT.replace("本月共受理咨询1436件", "本月共受理咨询2871件"),
            TEXT.replace(
                "咨询1436件，同比增长12.5%，环比下降2.5%。",
                "咨询1463件，同比增长11.5%，环比下降2.5%。",
            ),
        ] {
            assert!(read(&text).is_empty(), "{text}: {:?}", read(&text));
        }
    }

    #[test]
    fn another_growth_is_of_another_time() {
        for text in [
            TEXT.replace("12.5%，环比下降2.5%。", "31.8%，环比增长2.5%。"),
            TEXT.replace("同比增长12.5%，环比下降2.5%。", "较一季度增长12.6%，满意率2.5%。"),
        ] {
            assert_eq!(read(&text), ["repeat~ 1436件 <- 1436件 ok"], "{text}");
        }
        assert!(read("受理投诉24件，同比增长20%。\n办结举报24件，同比增长20%。").is_empty());
    }
}
