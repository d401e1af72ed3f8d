//! What the figures of a sum were at an earlier time: 报告1108例，较上月同期（971例）上升…, of which 778例（745例） and 330例（226例）.

use gouji_quantity::Decimal;

use crate::context::Context;
use crate::prose::{MentionRef, Reading, changes};
use crate::words::last;

/// Earlier times, each with the words that name it.
const TIMES: [&[&str]; 3] = [&["上月", "上周", "上季度", "上一季度"], &["去年", "上年"], &["上半年"]];
/// How many figures behind one may tell what it was, and how many characters before them name the time.
const REACH: usize = 6;
const WORDS: usize = 12;

/// The earlier figures of a total and its parts, where all of them tell one for the same time and it adds up: total and parts.
pub(super) fn sums(
    cx: &Context,
    reading: &Reading,
    head: MentionRef,
    parts: &[MentionRef],
) -> Vec<(MentionRef, Vec<MentionRef>)> {
    let value = |at: &MentionRef| reading.mention(*at).value;
    TIMES
        .iter()
        .filter_map(|time| {
            let total = base(cx, reading, head, time)?;
            let of_parts: Vec<MentionRef> = parts
                .iter()
                .map(|p| base(cx, reading, *p, time))
                .collect::<Option<_>>()?;
            let sum = of_parts
                .iter()
                .try_fold(Decimal::ZERO, |s, m| s.checked_add(value(m)))?;
            (of_parts.len() >= 2 && sum == value(&total) && sum >= Decimal::TEN).then_some((total, of_parts))
        })
        .collect()
}

/// What a figure was at a time, told behind it in its sentence and before the next figure of its own time.
fn base(cx: &Context, reading: &Reading, at: MentionRef, time: &[&str]) -> Option<MentionRef> {
    let prose = &reading.prose[at.passage];
    let text = cx.passages[at.passage].text.as_str();
    let own = reading.mention(at);
    for mention in (at.mention + 1..prose.mentions.len()).take(REACH) {
        let place = MentionRef { mention, ..at };
        let m = &prose.mentions[mention];
        if !reading.one_sentence(at, place) {
            return None;
        }
        let before = &text[own.full.end..m.full.start];
        let words = last(before, WORDS)
            .rsplit(['，', ',', '；', ';', '、', '）', ')'])
            .next()
            .unwrap_or_default();
        if m.is_amount() && m.unit == own.unit && time.iter().any(|w| words.contains(w)) {
            return (changes::change_word(&m.label).is_none()).then_some(place);
        }
        let compared = TIMES.iter().flat_map(|t| t.iter()).any(|w| words.contains(w));
        if m.is_amount() && !compared && changes::change_word(&m.label).is_none() {
            return None;
        }
    }
    None
}
