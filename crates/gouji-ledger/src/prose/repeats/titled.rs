//! Figures that a title or heading gives and its text tells: 产品不合格率为9.7% … 检出率为9.7%, 16家网站不合格 … 不合格网站16家.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::super::clauses::Mention;
use super::super::{MentionRef, Reading, changes, labels};
use super::thing::{self, Thing};
use super::{digits, rated};
use crate::context::{Context, Role};
use crate::lexicon::Measure;
use crate::{FigureClass, Relation};

/// How many paragraphs behind a title or heading its figures are looked for.
const MAX_BEHIND: usize = 10;
/// Most figures of a heading, and most behind it that each is looked for among.
const MAX_FIGURES: usize = 8;
const MAX_LOOKED: usize = 2_000;
/// How many of those that are equal are looked at closely.
const MAX_EQUAL: usize = 24;
/// Most characters of a line that stands for a heading, and the last passage that may be a title.
const MAX_LINE: usize = 60;
const LAST_LINE: usize = 3;

/// The first place in the text of each figure of a title or heading: kept where it is told of the same words, or rose or fell alike.
/// `again` holds the pairs that are kept already, the earlier first.
pub(super) fn relations(
    cx: &Context,
    reading: &Reading,
    again: &mut BTreeSet<(MentionRef, MentionRef)>,
    out: &mut Vec<Relation>,
) {
    for (passage, prose) in reading.prose.iter().enumerate() {
        if !heads(cx, passage) {
            continue;
        }
        for (mention, m) in prose.mentions.iter().enumerate().take(MAX_FIGURES) {
            let at = MentionRef { passage, mention };
            let found = if is_telling(m) {
                told(cx, reading, at, |later| same_rate(cx, reading, at, later))
            } else if is_counted(cx, reading, at) {
                told(cx, reading, at, |later| same_count(cx, reading, at, later))
            } else {
                None
            };
            if let Some(later) = found
                && again.insert((at, later))
            {
                out.extend(super::repeat(cx, reading, later, at, "stated-again"));
            }
        }
    }
}

/// Whether a passage gives what those behind it tell: a title, a heading, or a line that ends in no stop.
fn heads(cx: &Context, passage: usize) -> bool {
    let own = &cx.passages[passage];
    let text = own.text.as_str();
    match own.role {
        Role::Title | Role::Heading { .. } => true,
        Role::Paragraph => !text.contains(['。', '；', ';']) && text.chars().count() <= MAX_LINE,
        Role::Caption(_) | Role::Note(_) => false,
    }
}

/// A rate of two digits at least.
fn is_telling(m: &Mention) -> bool {
    m.is_rate() && m.value != Decimal::ONE_HUNDRED && m.value.normalize().mantissa() >= 10
}

/// A count of a title, of a heading, or of a line above the text.
fn is_counted(cx: &Context, reading: &Reading, at: MentionRef) -> bool {
    let m = reading.mention(at);
    let above = cx.passages[at.passage].role != Role::Paragraph || at.passage <= LAST_LINE;
    above && m.class == FigureClass::Count && m.is_amount() && m.value > Decimal::ZERO && !thing::is_change(m)
}

/// Where the text first tells a figure of a heading.
fn told(cx: &Context, reading: &Reading, at: MentionRef, same: impl Fn(MentionRef) -> bool) -> Option<MentionRef> {
    let own = &cx.passages[at.passage];
    let below = |p: &usize| match own.role {
        Role::Heading { .. } => cx.passages[*p].headings.contains(&at.passage),
        _ => cx.passages[*p].body == own.body || own.role == Role::Title,
    };
    // A line inside the text may head the paragraph behind it.
    let reach = if own.role == Role::Paragraph && at.passage > LAST_LINE {
        1
    } else {
        MAX_BEHIND
    };
    let last = (at.passage + reach).min(reading.prose.len().saturating_sub(1));
    let m = reading.mention(at);
    (at.passage + 1..=last)
        .take_while(below)
        .flat_map(|passage| {
            (0..reading.prose[passage].mentions.len()).map(move |mention| MentionRef { passage, mention })
        })
        .take(MAX_LOOKED)
        .filter(|later| reading.mention(*later).value == m.value)
        .take(MAX_EQUAL)
        .find(|later| same(*later))
}

/// Whether two equal rates are one: a rate with places by its words or by how it rose or fell; a whole one, or one of two digits,
/// only where the words over the comma before it agree as well.
fn same_rate(cx: &Context, reading: &Reading, at: MentionRef, later: MentionRef) -> bool {
    let (m, other) = (reading.mention(at), reading.mention(later));
    if !other.is_rate() || other.unit != m.unit {
        return false;
    }
    let (a, b) = (thing::lead(cx, reading, at), thing::lead(cx, reading, later));
    let agree = rated::same_subject((a, &m.label), (b, &other.label));
    let known = alike(m, other) || overlaps(m, other);
    let named = rated::same_word(&m.label, &other.label);
    let fits = known && m.decimals > 0 || named && (m.decimals > 0 && digits(m.value) >= 3 || agree);
    fits && thing::within(a, b)
}

/// Whether two equal counts are one by the words beside them.
fn same_count(cx: &Context, reading: &Reading, at: MentionRef, later: MentionRef) -> bool {
    let other = reading.mention(later);
    if other.class != FigureClass::Count || !other.is_amount() || thing::is_change(other) {
        return false;
    }
    let (given, told) = (Thing::of(cx, reading, at), Thing::of(cx, reading, later));
    let like = reading.mention(at).unit == other.unit || given.like_unit(&told);
    like && !told.listed
        && !contradicts(reading, at, later)
        && !told.other_kind(&given)
        && given.same_time(&told)
        && thing::shared(&beside(reading.mention(at)), &beside(other)) >= 2
        && thing::within(thing::lead(cx, reading, at), thing::lead(cx, reading, later))
}

/// Whether what was done to two counts, before or behind them, has nothing in common: 14家网站不合格 and 合格14家.
fn contradicts(reading: &Reading, a: MentionRef, b: MentionRef) -> bool {
    let done = |at: MentionRef| {
        let behind = labels::measure_in(&reading.mention(at).tail).map(|(measure, _)| measure);
        [reading.label(at).measure, behind]
    };
    let (a, b) = (done(a), done(b));
    let told = |measures: &[Option<Measure>]| measures.iter().any(Option::is_some);
    told(&a) && told(&b) && !a.iter().flatten().any(|m| b.contains(&Some(*m)))
}

/// The words right before and behind a figure, verbs included.
fn beside(m: &Mention) -> String {
    let before: String = m
        .label
        .chars()
        .skip(m.label.chars().count().saturating_sub(BESIDE))
        .collect();
    let behind: String = m.tail.chars().take(BESIDE).collect();
    format!("{before}|{behind}")
}

/// Most characters on each side of a count that say what it is of.
const BESIDE: usize = 12;

/// Both rose or both fell, since no other time than each other.
fn alike(a: &Mention, b: &Mention) -> bool {
    let previous = |m: &Mention| m.label.contains("环比") || m.label.contains("上月") || m.label.contains("上季");
    let fell = changes::change_word(&a.label);
    fell.is_some() && fell == changes::change_word(&b.label) && previous(a) == previous(b)
}

/// Neither is a change, and both are rates of the same words.
fn overlaps(a: &Mention, b: &Mention) -> bool {
    let rate = |m: &Mention| m.label.contains('率') && changes::change_word(&m.label).is_none();
    let denied = |m: &Mention| m.label.contains('不') || m.label.contains('未');
    let shared = pairs(&a.label).intersection(&pairs(&b.label)).count();
    rate(a) && rate(b) && denied(a) == denied(b) && shared >= 2 && a.value != Decimal::ONE_HUNDRED
}

/// The pairs of neighbouring characters of the words nearest to a figure.
fn pairs(label: &str) -> BTreeSet<[char; 2]> {
    let near: Vec<char> = label.chars().rev().take(NEAR).collect();
    let idle = |c: &char| "为率是达约的".contains(*c) || !c.is_alphabetic();
    let pairs = near.windows(2).filter(|p| !p.iter().any(idle));
    pairs.map(|p| [p[0], p[1]]).collect()
}

/// Most characters before a rate that say what it is of.
const NEAR: usize = 24;

#[cfg(test)]
mod tests {
    use super::super::tests::read_by;
    use std::collections::BTreeSet;

    fn read(source: &str) -> Vec<String> {
        read_by(source, |cx, reading, out| {
            super::relations(cx, reading, &mut BTreeSet::new(), out);
        })
    }

    #[test]
    fn a_rate_of_the_heading_is_told_in_the_text() {
        assert_eq!(
            read("全省第2批产品质量不合格率为8.6%\n共抽查产品700批次，检出60批次不合格品，不合格产品检出率为8.6%。"),
            ["repeat~ 8.6% <- 8.6% ok"]
        );
        assert_eq!(
            read("# 一、财政收入同比增长14.2%\n一般公共预算收入完成46.8亿元，比上年同期增长14.2%。"),
            ["repeat~ 14.2% <- 14.2% ok"]
        );
    }

    #[test]
    fn a_rate_is_known_by_its_name() {
        for (text, found) in [
            (
                "全县提案办理满意率达97.12%\n县政府承办的提案均已办结，满意率达97.12%。",
                "repeat~ 97.12% <- 97.12% ok",
            ),
            (
                "婴儿围兜合格率仅为45%\n抽检婴儿围兜160组，合格率仅为45%。",
                "repeat~ 45% <- 45% ok",
            ),
            (
                "抽查情况通报 14家网站不合格\n共抽查网站512家，发现不合格网站14家。",
                "repeat~ 14家 <- 14家 ok",
            ),
            (
                "抽查64家加油站\n此次抽检了64个加油站的油品。",
                "repeat~ 64个 <- 64家 ok",
            ),
        ] {
            assert!(read(text).contains(&found.to_owned()), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn a_narrower_scope_is_another_thing() {
        for text in [
            "全市提案办理满意率达97.12%\n其中青县提案办理满意率达97.12%。",
            "婴儿围兜合格率仅为45%\n抽检电线电缆160组，合格率仅为45%。",
            "抽查情况通报 14家网站不合格\n共抽查网站512家，14家企业未备案。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }

    #[test]
    fn another_rate_of_the_same_size_is_none() {
        for text in [
            "# 一、财政收入同比增长20.6%\n一般公共预算支出完成50.3亿元，占全市的20.6%。",
            "# 一、财政收入同比增长20.6%\n一般公共预算支出完成50.3亿元，同比下降20.6%。",
            "# 一、回访满意率98.5%\n本月共接听电话600个，接通率98.5%。",
            "# 一、财政收入同比增长20.6%\n# 二、支出\n一般公共预算支出完成50.3亿元，同比增长20.6%。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
