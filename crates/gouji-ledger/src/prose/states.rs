//! How far the cases of a whole have come, told state by state: done, done in part, being done, not done, the rest.
//!
//! 应派遣1360件，实际派遣1284件，未派遣76件; 412件中已办结168件、阶段性办结203件、未办结41件; 受理36800件，已办结21500件，其余15300件正在办理.
//! What was done and what was not, by one word, leave nothing out; so do the rest and what is still being done beside what was finished.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::clauses::Mention;
use super::outcomes::carried;
use super::partition::{hardly_chance, one_slip, within_percent};
use super::remainders::DONE;
use super::{MentionRef, Reading, relation};
use crate::context::Context;
use crate::lexicon::Measure;
use crate::{Cue, FigureIdx, Formula, Relation, RelationKind};

/// Most states that one whole is told by.
const MAX_STATES: usize = 4;
/// Most amounts before a state that are looked at.
const LOOK_BACK: usize = 12;
/// Characters behind a figure that may tell its state (26个项目已经开工).
const MAX_TAIL: usize = 16;
/// Passages before two states without a whole beside them in which it is looked for.
const MAX_BACK: usize = 4;
/// Characters of what was not done that are more than a verb.
const LONG_PHRASE: usize = 4;
/// How far the states may miss their whole in percent, to be called wrong.
const NEAR_PERCENT: i64 = 15;
/// Smaller wholes of another paragraph are met by chance too often.
const LEAST: Decimal = Decimal::TEN;

/// What is finished when it is done: nothing of it is still being done.
const FINISHED: [&str; 24] = [
    "完成",
    "完成整改",
    "办结",
    "办理完毕",
    "办理完成",
    "处理完毕",
    "处置完毕",
    "处理",
    "处置",
    "竣工",
    "完工",
    "建成",
    "投产",
    "解决",
    "化解",
    "落实",
    "销号",
    "整改",
    "整改到位",
    "答复",
    "回复",
    "办复",
    "结案",
    "审结",
];
/// Words before 未 and 不 or behind them that are no part of what was not done.
const AROUND: [&str; 6] = ["能", "予", "按时", "按期", "及时", "得到"];

/// How far a case has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State<'a> {
    /// 已办结, 完成
    Done,
    /// 阶段性办结, 部分属实, 基本完成
    Part,
    /// 正在办理, 在建, 推进中
    Going,
    /// 正在做前期工作
    Early,
    /// 未办结: by the word behind 未.
    Not(&'a str),
    /// 其余, 剩余
    Left,
}

/// Adds what the states of one whole make up, as far as the figures are not yet related so.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let figures = |r: &Relation| -> BTreeSet<FigureIdx> {
        let first = &r.readings[0];
        std::iter::once(&first.stated)
            .chain(&first.operands)
            .filter_map(|o| o.figure)
            .collect()
    };
    let known: BTreeSet<BTreeSet<FigureIdx>> = out
        .iter()
        .filter(|r| matches!(r.kind, RelationKind::Sum | RelationKind::Difference))
        .map(figures)
        .collect();
    let mut found = Vec::new();
    for passage in 0..reading.prose.len() {
        for mention in 0..reading.prose[passage].mentions.len() {
            found.extend(states_up_to(cx, reading, MentionRef { passage, mention }));
        }
    }
    out.extend(found.into_iter().filter(|r| !known.contains(&figures(r))));
}

/// States that leave nothing out, nearest to the last first, and the amount before them.
struct Chain {
    /// In the order of the text.
    parts: Vec<MentionRef>,
    sum: Decimal,
    before: Option<MentionRef>,
    /// The only amount before them.
    alone: bool,
    /// By one word, done and not done.
    strict: bool,
    /// Told in two sentences: 共有156件得到回复。有8件尚未回复.
    apart: bool,
}

/// The states that end with the one at `last`, which leaves nothing out, and their whole.
fn states_up_to(cx: &Context, reading: &Reading, last: MentionRef) -> Option<Relation> {
    let r = reading.mention(last);
    if !r.is_amount() || reading.label(last).denied {
        return None;
    }
    let closing = state(r).filter(|s| !matches!(s, State::Done | State::Part))?;
    let chains = chains(reading, last, closing);
    let value = |at: MentionRef| reading.mention(at).value;
    let fits = |c: &&Chain| c.before.is_some_and(|h| value(h) == c.sum);
    if let Some(Chain {
        parts,
        before: Some(head),
        ..
    }) = chains.iter().find(fits)
    {
        return told(cx, reading, *head, parts, closing, Cue::Explicit);
    }
    // By 已 and 未 alone nothing is left out, wherever the whole stands.
    if let Some(chain) = chains.iter().find(|c| c.strict && c.sum >= LEAST)
        && let Some(head) = reading
            .before(cx, chain.parts[0], MAX_BACK)
            .take(LOOK_BACK * MAX_BACK)
            .find(|h| reading.mention(*h).is_amount() && reading.mention(*h).unit == r.unit && value(*h) == chain.sum)
    {
        return told(cx, reading, head, &chain.parts, closing, Cue::Arithmetic);
    }
    let values = |c: &Chain| -> Vec<Decimal> { c.parts.iter().map(|m| value(*m)).collect() };
    let near = |c: &Chain, head: MentionRef| {
        let (whole, values) = (value(head), values(c));
        one_slip(whole, c.sum, &values)
            || hardly_chance(whole, c.sum, &values)
            || c.strict && values.len() == 2 && within_percent(whole, c.sum, 5)
    };
    // 网上6718件。受理的44670件中，已办结24226件，其余20444件: the longest that comes near what stands before it.
    let (chain, head) = chains.iter().rev().find_map(|c| {
        let head = c.before.filter(|h| is_whole(reading, *h) && near(c, *h))?;
        Some((c, head))
    })?;
    let h = reading.mention(head);
    let values = values(chain);
    // 1648件中，1568件得到回复。有80件尚未回复: told of one whole, which is asked for its parts.
    let wrong = (!chain.apart || chain.strict && h.tail.ends_with('中'))
        && chain.alone
        && within_percent(h.value, chain.sum, NEAR_PERCENT)
        && values.iter().all(|v| *v <= h.value)
        && nothing_besides(reading, head, &chain.parts)
        // 另有2件正在核查: told besides.
        && !r.label.contains('另')
        && !reading.partitions.iter().any(|p| p.total == head && p.holds)
        && !carried_over(cx, reading, head, last);
    wrong.then(|| told(cx, reading, head, &chain.parts, closing, Cue::Implied))?
}

/// Whether the words from a whole to the last of its states, but for that one's own, speak of cases carried over.
fn carried_over(cx: &Context, reading: &Reading, head: MentionRef, last: MentionRef) -> bool {
    let text = cx.passages[last.passage].text.as_str();
    let (h, r) = (reading.mention(head), reading.mention(last));
    let clause = &reading.prose[last.passage].clauses[r.clause];
    carried(text, h.full.start, clause.range.start.max(h.full.start)) || carried(text, r.full.end, r.tail_end)
}

/// The runs of states that end with the one at `last` and leave nothing out, shortest first.
fn chains(reading: &Reading, last: MentionRef, closing: State) -> Vec<Chain> {
    let prose = &reading.prose[last.passage];
    let r = reading.mention(last);
    let clause = &prose.clauses[r.clause];
    let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
    let at = |mention: usize| MentionRef { mention, ..last };
    // Amounts of the measure word before it in its group, nearest first, with those of the sentence before.
    let before: Vec<usize> = (0..last.mention)
        .rev()
        .take(LOOK_BACK)
        .take_while(|m| sentence(*m) + 1 >= clause.sentence)
        .filter(|m| {
            let other = &prose.mentions[*m];
            prose.clauses[other.clause].group == clause.group && other.is_amount() && other.unit == r.unit
        })
        .collect();
    let mut out = Vec::new();
    let mut sum = Some(r.value);
    for k in 1..=before.len().min(MAX_STATES) {
        let m = before[k - 1];
        sum = sum.and_then(|s| s.checked_add(prose.mentions[m].value));
        let is_state = matches!(
            state(&prose.mentions[m]),
            Some(State::Done | State::Part | State::Going | State::Early)
        ) || answers(closing, &prose.mentions[m]);
        // 应整改100家，已整改95家，未整改5家: what was due is the whole.
        let due = ["应", "需"].iter().any(|w| prose.mentions[m].label.contains(w));
        // What was not done may be told in a sentence of its own behind what was.
        let apart = sentence(m) != clause.sentence;
        let goes_on = !apart || k == 1 && answers(closing, &prose.mentions[m]);
        let Some(sum) = sum.filter(|_| is_state && !due && goes_on) else {
            break;
        };
        if exhausts(&prose.mentions, &before[..k], closing) {
            let head = before.get(k).copied();
            out.push(Chain {
                parts: before[..k].iter().rev().map(|m| at(*m)).chain([last]).collect(),
                sum,
                before: head.map(at),
                alone: head.is_some_and(|h| before.get(k + 1).is_none_or(|o| sentence(*o) < sentence(h))),
                strict: before[..k].iter().any(|m| answers(closing, &prose.mentions[*m])),
                apart,
            });
        }
    }
    out
}

/// The relation of a whole and its states: what is left is a difference where it is called so.
fn told(
    cx: &Context,
    reading: &Reading,
    head: MentionRef,
    parts: &[MentionRef],
    closing: State,
    cue: Cue,
) -> Option<Relation> {
    let operand = |at: MentionRef| cx.operand(reading.mention(at).fig);
    let whole = operand(head)?;
    let mut operands = parts.iter().map(|m| operand(*m)).collect::<Option<Vec<_>>>()?;
    if closing != State::Left {
        return relation(
            cx,
            RelationKind::Sum,
            "residual-sum",
            cue,
            Formula::Sum,
            whole,
            operands,
        );
    }
    let left = operands.pop()?;
    operands.insert(0, whole);
    relation(
        cx,
        RelationKind::Difference,
        "remainder",
        cue,
        Formula::Difference,
        left,
        operands,
    )
}

/// How far the cases that an amount counts have come, by the words before it or right behind it.
fn state(m: &Mention) -> Option<State<'_>> {
    // 审结案件增加79.4万件，未结案件减少2.6万件: how much more or less, not how many.
    if super::changes::change_word(&m.label).is_some() {
        return None;
    }
    let label = m.label.trim_start_matches(['，', ',', '；', ';', '、', ' ']);
    let tail_end = m.tail.char_indices().nth(MAX_TAIL).map_or(m.tail.len(), |(at, _)| at);
    let tail = &m.tail[..tail_end];
    let short = label.chars().count() <= 6;
    if short && ["其余", "剩余", "余下", "剩下"].iter().any(|w| label.starts_with(w)) {
        return Some(State::Left);
    }
    let of = |words: &'_ str| is_going(words) || denied(words).is_some();
    if ["尚有", "仍有", "还有", "尚余", "还剩", "尚剩"].contains(&label) && of(tail) {
        return Some(State::Left);
    }
    let behind = || {
        let told = by_words(tail)?;
        // 27件信访件进行调查处理: what is done with them, not what was.
        let ended = ["已", "完成", "到位", "完毕", "属实"].iter().any(|w| tail.contains(w));
        (ended || !matches!(told, State::Done | State::Part)).then_some(told)
    };
    by_words(label.trim_end_matches(['了', '的', '共', '有', '为'])).or_else(behind)
}

/// The state that some words tell of.
fn by_words(words: &str) -> Option<State<'_>> {
    if let Some(w) = denied(words) {
        return Some(State::Not(w));
    }
    if words.contains("前期") {
        return Some(State::Early);
    }
    if is_going(words) {
        return Some(State::Going);
    }
    let done = DONE.iter().chain(&FINISHED).find_map(|w| words.find(w));
    let in_part = |w: &&str| words.find(*w).is_some_and(|at| done.is_none_or(|d| at < d));
    if ["部分", "阶段性", "基本", "初步"].iter().any(in_part) {
        return Some(State::Part);
    }
    (done.is_some() || words.contains('已') || words.contains("属实")).then_some(State::Done)
}

/// Whether words say that something is being done still.
fn is_going(words: &str) -> bool {
    const GOING: [&str; 12] = [
        "正在",
        "在办",
        "在建",
        "在审",
        "在查",
        "正常推进",
        "有序推进",
        "持续推进",
        "加快推进",
        "办理中",
        "处理中",
        "整改中",
    ];
    GOING.iter().any(|w| words.contains(w)) || words.ends_with("推进") || words.ends_with("推进中")
}

/// What words say was not done: the words behind 未 or 不.
fn denied(words: &str) -> Option<&str> {
    let at = words.rfind(['未', '不'])?;
    let mut rest = &words[at + '未'.len_utf8()..];
    while let Some(shorter) = AROUND.iter().find_map(|w| rest.strip_prefix(w)) {
        rest = shorter;
    }
    (rest.chars().count() >= 2).then_some(rest)
}

/// Whether an amount is of what another says was not done.
fn answers(closing: State, done: &Mention) -> bool {
    let State::Not(words) = closing else { return false };
    // 尚未回复处理结果: the verb that a longer phrase begins with.
    let word = match words.char_indices().nth(LONG_PHRASE) {
        Some(_) => words.char_indices().nth(2).map_or(words, |(at, _)| &words[..at]),
        None => words,
    };
    let said = |words: &str| denied(words).is_none() && words.contains(word);
    said(&done.label) || said(&done.tail)
}

/// Whether states leave nothing out: what was not done beside what was, what is left, what goes on beside what is finished.
fn exhausts(mentions: &[Mention], chain: &[usize], closing: State) -> bool {
    let is = |wanted: State| chain.iter().any(|m| state(&mentions[*m]) == Some(wanted));
    let finished = chain.iter().map(|m| &mentions[*m]).any(|m| {
        let words = m.label.trim_end_matches(['了', '的', '共', '有', '为']);
        state(m) == Some(State::Done) && FINISHED.iter().any(|w| words.ends_with(w) || m.tail.contains(w))
    });
    match closing {
        State::Left => is(State::Done),
        State::Going => finished,
        // 26个已开工，24个正在做前期工作: what is being prepared was not begun.
        State::Early => finished || chain.iter().any(|m| begun(&mentions[*m])),
        State::Not(_) => {
            chain.iter().any(|m| answers(closing, &mentions[*m]))
                || is(State::Done) && (is(State::Part) || is(State::Going))
        }
        State::Done | State::Part => false,
    }
}

fn begun(m: &Mention) -> bool {
    m.label.ends_with("开工") || m.tail.contains("开工")
}

/// Whether an amount may be what the states divide: no state itself, or called what came in or was due.
fn is_whole(reading: &Reading, at: MentionRef) -> bool {
    let (m, label) = (reading.mention(at), reading.label(at));
    let due = ["应", "需", "共", "总", "计划"].iter().any(|w| m.label.contains(w));
    let came_in = matches!(
        label.measure,
        Some(Measure::Received | Measure::Checked | Measure::Failed)
    );
    label.cue.is_none() && (due || came_in || state(m).is_none())
}

/// Whether no other amount of the measure word stands between a whole and its states, nor behind them in their record.
fn nothing_besides(reading: &Reading, head: MentionRef, parts: &[MentionRef]) -> bool {
    let prose = &reading.prose[head.passage];
    let Some(last) = parts.last().map(|p| p.mention) else {
        return false;
    };
    let own = &prose.clauses[prose.mentions[last].clause];
    let end = prose.end_of_record(prose.mentions[last].clause);
    let parts_of_other = &reading.parts[head.passage];
    (head.mention + 1..prose.mentions.len())
        .take_while(|m| *m <= last || prose.mentions[*m].clause < end)
        .filter(|m| !parts.iter().any(|p| p.mention == *m) && !parts_of_other[*m])
        .map(|m| &prose.mentions[m])
        .all(|m| prose.clauses[m.clause].group != own.group || !m.is_amount() || m.unit != prose.mentions[last].unit)
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::of_kinds;

    fn told(text: &str) -> Vec<String> {
        of_kinds(text, &["sum", "difference"])
    }

    #[test]
    fn what_was_done_and_what_was_not() {
        for (text, whole, parts) in [
            ("全区应换证企业300家，已换证260家，未换证40家。", "300家", "260家 40家"),
            (
                "在抽查的200个单位中，171个单位按时整改到位，29个单位未整改到位。",
                "200个",
                "171个 29个",
            ),
            ("收到各类意见220条，采纳180条，未采纳40条。", "220条", "180条 40条"),
            ("共核查线索560条，属实320条，不属实240条。", "560条", "320条 240条"),
        ] {
            let found = told(text);
            assert!(
                found.iter().any(|l| l.contains(&format!("{whole} <- {parts}"))),
                "{text}: {found:?}"
            );
            let wrong = text.replace(whole, &whole.replacen('0', "3", 1));
            assert!(
                told(&wrong).iter().any(|l| l.contains('?') && l.ends_with(parts)),
                "{wrong}: {:?}",
                told(&wrong)
            );
        }
    }

    #[test]
    fn three_states_and_what_goes_on() {
        let text = "31件转办件逐一核查，其中，已办结9件、阶段性办结18件、未办结4件，关停取缔8家。";
        assert!(
            told(text).iter().any(|l| l.ends_with("31件 <- 9件 18件 4件")),
            "{:?}",
            told(text)
        );
        let found = told(&text.replace("未办结4件", "未办结7件"));
        assert!(
            found.iter().any(|l| l.starts_with("sum? 31件 <- 9件 18件 7件")),
            "{found:?}"
        );
        let text = "会议议定事项120项，已完成96项，正在推进24项。";
        assert!(
            told(text).iter().any(|l| l.ends_with("120项 <- 96项 24项")),
            "{:?}",
            told(text)
        );
        assert!(
            told(&text.replace("24项", "27项"))
                .iter()
                .any(|l| l.starts_with("sum?"))
        );
        let text = "50个项目中26个项目已经开工，24个项目正在做前期工作。";
        assert!(
            told(text).iter().any(|l| l.ends_with("50个 <- 26个 24个")),
            "{:?}",
            told(text)
        );
        assert!(
            told(&text.replace("24个", "27个"))
                .iter()
                .any(|l| l.starts_with("sum?"))
        );
    }

    #[test]
    fn what_was_not_done_in_a_sentence_of_its_own() {
        let text = "本月173件咨询中，共有164件得到了妥善处理和答复。有9件尚未答复处理结果，涉及7家单位。";
        assert!(
            told(text).iter().any(|l| l.ends_with("173件 <- 164件 9件")),
            "{:?}",
            told(text)
        );
        // A whole that 中 asks for its parts is held against both sentences; another is not.
        let wrong = text.replace("9件尚未", "10件尚未");
        let found = told(&wrong);
        assert!(found.iter().any(|l| l == "sum? 173件 <- 164件 10件"), "{found:?}");
        let found = told(&wrong.replace("173件咨询中", "受理咨询173件"));
        assert!(found.iter().all(|l| !l.starts_with("sum")), "{found:?}");
    }

    #[test]
    fn states_that_leave_something_out_say_nothing() {
        for text in [
            // What is being built was begun, and what was accepted is being dealt with.
            "共有项目60个，已开工41个，在建22个。",
            "收到举报100件，受理90件，正在办理13件。",
            // Another state of the same cases; cases carried over; another whole.
            "共有项目60个，已完成41个，正在推进12个，暂缓4个。",
            "受理45件，办理完成42件（含上月结转），剩余6件。",
            "检查单位50家，发现隐患的45家，已整改20家，未整改23家，另移交3家。",
        ] {
            assert!(
                told(text).iter().all(|l| !l.contains('?') && !l.contains('!')),
                "{text}: {:?}",
                told(text)
            );
        }
    }
}
