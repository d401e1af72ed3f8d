//! Counts taken up with a definite form: 派遣案件9件 … 派遣的9件案件中, 受理案件47件 … 受理的47件投诉中, 6个督察组 … 6个督察组.

use gouji_quantity::Decimal;

use super::super::clauses::Delim;
use super::super::{MentionRef, Reading};
use super::thing::{self, Thing, is_change};
use super::{digits, told};
use crate::context::Context;
use crate::words::last;
use crate::{FigureClass, Relation};

/// How many paragraphs back, and how many figures, the count is looked for.
const MAX_BEFORE: usize = 12;
const MAX_EARLIER: usize = 200;
/// How many of them that are equal are looked at closely.
const MAX_EQUAL: usize = 6;
/// Fewest digits by which a count taken up is known without a word in common.
const KNOWN: usize = 4;

/// How a count is taken up.
#[derive(Debug, Clone)]
enum Form {
    /// By the deed done to it: 派遣的9件. Its two last characters, and whether it is denied (未派遣的).
    Deed { word: String, denied: bool },
    /// By its noun alone: 45件案件中, 这45件案件.
    Noun,
    /// It stands right behind the total that gives it: 共3家单位，3家单位….
    AtOnce,
    /// It is the body that acts throughout: 6个督察组.
    Actor,
}

/// The nearest earlier place of each count taken up: kept where noun or deed agree, or where the count is long enough.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let known = told(out);
    for at in reading.places() {
        let m = reading.mention(at);
        let counted = m.class == FigureClass::Count && m.plain && m.value > Decimal::ONE && !m.unit.is_empty();
        if !counted || known.contains(&m.fig) || is_change(m) {
            continue;
        }
        let Some(form) = form(cx, reading, at) else { continue };
        let earlier = before(reading, at)
            .filter(|e| reading.mention(*e).value == m.value)
            .take(MAX_EQUAL)
            .find(|e| is_taken_up(cx, reading, *e, at, &form));
        if let Some(earlier) = earlier {
            out.extend(super::repeat(cx, reading, at, earlier, "stated-again"));
        }
    }
}

/// The mentions before a place, nearest first.
fn before(reading: &Reading, at: MentionRef) -> impl Iterator<Item = MentionRef> + '_ {
    (at.passage.saturating_sub(MAX_BEFORE)..=at.passage)
        .rev()
        .flat_map(move |passage| {
            let until = if passage == at.passage {
                at.mention
            } else {
                reading.prose[passage].mentions.len()
            };
            (0..until).rev().map(move |mention| MentionRef { passage, mention })
        })
        .take(MAX_EARLIER)
}

/// The form in which a count is taken up, if it is.
fn form(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Form> {
    let m = reading.mention(at);
    let clause = &reading.prose[at.passage].clauses[m.clause];
    if clause.mentions.first() != Some(&at.mention) || clause.before == Delim::Dun {
        return None;
    }
    let text = cx.passages[at.passage].text.as_str();
    let lead = text[clause.range.start..m.full.start].trim();
    let alone = clause.mentions.len() == 1;
    let among = alone && clause.after == Delim::Comma && m.tail.trim_end().ends_with('中');
    if let Some(head) = lead.strip_suffix('的') {
        let word = last(head, 2);
        let denied = head
            .strip_suffix(word)
            .is_some_and(|w| w.ends_with(['未', '不', '没', '非']));
        // 合格率较高的9个镇: what is so by its quality was not counted before.
        let deed = word.chars().count() == 2 && !word.ends_with(['高', '低', '大', '小', '多', '少', '好', '差']);
        return deed.then(|| Form::Deed {
            word: word.to_owned(),
            denied,
        });
    }
    // 县组共3家单位，3家单位均为满分: taken up at once.
    let at_once = at.mention.checked_sub(1).is_some_and(|before| {
        let (total, noun) = (&reading.prose[at.passage].mentions[before], noun_of(&m.tail));
        let same = total.value == m.value && total.unit == m.unit && noun.chars().count() >= 2;
        same && reading.labels[at.passage][before].total
            && noun.starts_with(&noun_of(&total.tail))
            && !total.tail.is_empty()
    });
    if at_once && lead.is_empty() {
        return Some(Form::AtOnce);
    }
    let bare = lead.trim_start_matches(['在', '从', '对', '这', '该', '上', '述', '以']);
    if among && bare.chars().count() <= 4 || bare.is_empty() && (lead.ends_with('这') || lead.ends_with("上述")) {
        return Some(Form::Noun);
    }
    let noun = noun_of(&m.tail);
    // 区委5个巡察组向32家单位反馈
    let short = bare.chars().count() <= 4;
    (short && m.unit == "个" && noun.ends_with('组') || lead.is_empty() && m.tail.starts_with('组'))
        .then_some(Form::Actor)
}

/// Whether an earlier figure is the one taken up.
fn is_taken_up(cx: &Context, reading: &Reading, e: MentionRef, at: MentionRef, form: &Form) -> bool {
    let (earlier, m) = (reading.mention(e), reading.mention(at));
    let (before, thing) = (Thing::of(cx, reading, e), Thing::of(cx, reading, at));
    let like = earlier.unit == m.unit || before.like_unit(&thing);
    let same_clause = e.passage == at.passage && earlier.clause == m.clause;
    if !like
        || same_clause
        || earlier.class != FigureClass::Count
        || !earlier.plain
        // 违反廉洁纪律的12件、违反群众纪律的12件: siblings.
        || earlier.label.ends_with('的')
        || reading.is_part(e) && reading.is_part(at)
        || is_change(earlier)
        || !before.same_time(&thing)
    {
        return false;
    }
    let noun = noun_of(&m.tail);
    let head = last(noun.trim_end_matches('中'), 2);
    let named = head.chars().count() == 2 && (earlier.label.ends_with(&head) || earlier.tail.contains(head));
    let long = digits(m.value) >= KNOWN;
    match form {
        Form::Deed { word, denied } => {
            let lead = thing::lead(cx, reading, e);
            let done = lead
                .rfind(word.as_str())
                .is_some_and(|at| lead[..at].ends_with(['未', '不', '没', '非']) == *denied);
            done && !before.listed && (named || earlier.unit == m.unit)
        }
        Form::Noun => !before.contradicts(&thing) && (named && !before.listed || long),
        Form::AtOnce => e.passage == at.passage && e.mention + 1 == at.mention,
        Form::Actor => {
            let end = last(&noun, 3);
            end.chars().count() == 3 && noun_of(&earlier.tail).ends_with(&end)
        }
    }
}

/// The noun behind a count, up to the first 组 of a body or the end of its words.
fn noun_of(tail: &str) -> String {
    let words: String = tail.chars().take_while(|c| c.is_alphabetic()).take(16).collect();
    match words.find('组') {
        Some(at) => words[..at + '组'.len_utf8()].to_owned(),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::read;

    #[test]
    fn a_count_taken_up_by_its_deed_or_noun() {
        for (text, found) in [
            (
                "共受理案件47件，咨询38件，派遣案件9件。\n派遣的9件案件中，已办结8件。",
                "repeat~ 9件 <- 9件 ok",
            ),
            (
                "热线共受理案件47件，其中咨询38件。\n受理的47件投诉中，噪音类12件。",
                "repeat~ 47件 <- 47件 ok",
            ),
            (
                "县本级平台受理187.36万件。\n在县本级187.36万件诉求中，求助类75万件。",
                "repeat~ 187.36万件 <- 187.36万件 ok",
            ),
            (
                "第二批5个省级粮食安全督察组陆续进驻。\n5个督察组共收到线索2864件。",
                "repeat~ 5个 <- 5个 ok",
            ),
            ("县组共4家单位，4家单位考核得分均为满分。", "repeat~ 4家 <- 4家 ok"),
        ] {
            assert_eq!(read(text), [found], "{text}");
        }
    }

    #[test]
    fn another_deed_or_noun_is_another_count() {
        for text in [
            "反映违反工作纪律的16件；反映违反生活纪律的16件。",
            "共派遣案件9件。\n未派遣的9件案件中，已办结8件。",
            "办结举报9件。\n派遣的9件案件中，已办结8件。",
            "得分较高的9个镇受到表扬。\n得分较高的9个局受到表扬。",
            "5个督察组陆续进驻。\n5个工作组共收到线索2864件。",
        ] {
            assert!(read(text).is_empty(), "{text}: {:?}", read(text));
        }
    }
}
