//! Signs that a list tells some of the parts only, so that parts that fall short of the total say nothing against it.

use gouji_quantity::{Agreement, Decimal, swapped_digits};

use super::within_percent;
use crate::context::Context;
use crate::prose::clauses::{Mention, Prose};
use crate::prose::lists::{Announced, List, common_suffix, ranked};
use crate::prose::rates::{Kind, kind_of};
use crate::prose::{MentionRef, Reading, shares};

/// Words between a total and its list that choose among the parts: 主要集中在…, 热点问题为…, 增幅较大的有….
const CHOOSING: [&str; 31] = [
    "主要",
    "集中在",
    "集中于",
    "热点",
    "较多",
    "较大",
    "较高",
    "较突出",
    "较为突出",
    "突出的",
    "较集中",
    "较为集中",
    "居多",
    "最多",
    "最高",
    "最大",
    "靠前",
    "增幅",
    "降幅",
    "值得关注",
    "典型",
    "例如",
    "比如",
    "尤其",
    "特别是",
    "重点是",
    "重点为",
    "重点办理",
    "重点涉及",
    "部分",
    "仅",
];
/// 如 opens examples only right behind a mark or 其中.
const FOR_EXAMPLE: [&str; 5] = ["，如", ",如", "：如", ":如", "其中如"];

/// What a list falls short of its total by for other reasons than a slip of the hand: more than this in percent, and more than
/// [`SMALL`] cases.
const WIDE_PERCENT: i64 = 5;
const WIDE_PERCENT_OF_ALL: i64 = 20;
const SMALL: i64 = 3;

/// Whether the list chooses among the parts by its words.
pub(super) fn chooses(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    list: &List,
    end: usize,
    head: &Mention,
) -> bool {
    let prose = &reading.prose[passage];
    let text = cx.passages[passage].text.as_str();
    let Some(first) = list.items.first().and_then(|i| i.amounts.first()) else {
        return false;
    };
    let upto = prose.mentions[*first].full.start;
    let here = prose.mentions.iter().any(|m| m.fig == head.fig) && head.full.end <= upto;
    let from = if here {
        head.full.end
    } else {
        text[..upto].rfind('。').map_or(0, |at| at + '。'.len_utf8())
    };
    let words = &text[from..upto];
    // 52起较大事故里，农村31起: what the total counts chooses nothing.
    let counted = head.tail.ends_with(['中', '里']).then_some(head.tail.as_str());
    let words = counted
        .filter(|_| here)
        .and_then(|t| words.strip_prefix(t))
        .unwrap_or(words);
    let chosen = CHOOSING.iter().chain(&FOR_EXAMPLE).any(|w| words.contains(w)) || ranked(words);
    // …20件等问题: there are others.
    let open = list.items[..end]
        .last()
        .and_then(|i| i.amounts.first())
        .is_some_and(|m| {
            let tail = prose.mentions[*m].tail.trim_start();
            tail.starts_with('等') && !["等级", "等次", "等奖"].iter().any(|w| tail.starts_with(w))
        });
    chosen || open
}

/// Whether every part has a share, and each holds over the total: then what they fall short by is not theirs.
pub(super) fn shares_hold(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    list: &List,
    end: usize,
    total: Decimal,
) -> bool {
    end >= 2 && shares::hold_over(cx, reading, passage, &list.items[..end], total) == end
}

/// Whether a part is told by its share alone: …；其他类占1%.
pub(super) fn share_alone(cx: &Context, reading: &Reading, passage: usize, list: &List, end: usize) -> bool {
    let prose = &reading.prose[passage];
    let Some(first) = list.items.first().and_then(|i| i.amounts.first()) else {
        return false;
    };
    let Some(last) = list.items[..end].last().and_then(|i| i.amounts.first()) else {
        return false;
    };
    let sentence = prose.clauses[prose.mentions[*last].clause].sentence;
    let group = prose.clauses[prose.mentions[*last].clause].group;
    let upto = prose
        .mentions
        .partition_point(|m| prose.clauses[m.clause].sentence <= sentence);
    (*first..upto).any(|mention| {
        let m = &prose.mentions[mention];
        let clause = &prose.clauses[m.clause];
        let at = MentionRef { passage, mention };
        // Words of its own before 占: what stands before its figure is no 占 of the amount at its left.
        let named = m.label.find('占').is_some_and(|at| !m.label[..at].trim().is_empty());
        let alone = clause.mentions.first() == Some(&mention);
        m.is_rate() && clause.group == group && alone && named && kind_of(cx, reading, at) == Kind::Share
    })
}

/// Whether amounts counted in another word and told right behind the parts make up what they lack (投诉281件，举报36件，表扬1条，建议1条), or one told
/// among them (查封54件，移送拘留6起，移送犯罪12件).
pub(super) fn filled_by_others(prose: &Prose, list: &List, end: usize, total: Decimal, sum: Decimal) -> bool {
    let Some(&last) = list.items[..end].last().and_then(|i| i.amounts.first()) else {
        return false;
    };
    let place = |m: &Mention| (prose.clauses[m.clause].sentence, prose.clauses[m.clause].group);
    let own = place(&prose.mentions[last]);
    let unit = &prose.mentions[last].unit;
    let lacking = total.checked_sub(sum);
    let among = list.items[..end].iter().flat_map(|i| i.amounts.iter().skip(1));
    if among
        .map(|m| &prose.mentions[*m])
        .any(|m| m.unit != *unit && place(m) == own && Some(m.value) == lacking)
    {
        return true;
    }
    let mut reached = sum;
    prose.mentions[last + 1..]
        .iter()
        .take(8)
        .take_while(|m| place(m).0 == own.0)
        .filter(|m| place(m) == own && m.is_amount() && !m.label.trim().is_empty())
        .any(|m| {
            reached = reached.saturating_add(m.value);
            reached == total
        })
}

/// Whether the parts fall short by more than a slip: then they are not all.
///
/// Two digits that changed places are a slip that chance seldom makes.
pub(super) fn wide(announced: Announced, total: Decimal, sum: Decimal, parts: &[Decimal]) -> bool {
    let slip = |part: &Decimal| {
        total
            .checked_sub(sum)
            .and_then(|gap| part.checked_add(gap))
            .is_some_and(|right| swapped_digits(*part, right))
    };
    let percent = match announced {
        Announced::All => WIDE_PERCENT_OF_ALL,
        _ if swapped_digits(total, sum) || parts.iter().any(slip) => WIDE_PERCENT_OF_ALL,
        _ => WIDE_PERCENT,
    };
    total.checked_sub(sum).is_some_and(|gap| gap > Decimal::from(SMALL)) && !within_percent(total, sum, percent)
}

/// 甲类立案900件，其中应结案880件，结案820件；乙类立案100件，其中…: whether an item behind a ； or 。 opens a record like the one that the list
/// stands in, and is no part of what that record divides.
pub(super) fn opens_a_like_record(reading: &Reading, passage: usize, list: &List, end: usize, head: &Mention) -> bool {
    let prose = &reading.prose[passage];
    let Some(&first) = list.items.first().and_then(|i| i.amounts.first()) else {
        return false;
    };
    let record = |m: usize| prose.end_of_record(prose.mentions[m].clause);
    // The amount that opens the record of the list.
    let Some(lead) = (0..first)
        .rev()
        .take(8)
        .take_while(|m| record(*m) == record(first))
        .last()
    else {
        return false;
    };
    // 受理100件，其中甲类受理60件…；乙类受理40件，其中…: parts of the total that opens the record.
    if prose.mentions[lead].fig == head.fig {
        return false;
    }
    let labels = &reading.labels[passage];
    (1..end).any(|k| {
        let item = list.items[k].amounts[0];
        let alike = labels[lead].measure.is_some() && labels[lead].measure == labels[item].measure
            || common_suffix(&labels[lead].full_name, &labels[item].full_name) >= 2;
        // It is divided itself.
        let divided = || {
            (item + 1..prose.mentions.len())
                .take(8)
                .take_while(|m| record(*m) == record(item))
                .any(|m| labels[m].cue.is_some())
        };
        super::claims::new_segment(prose, list, k) && alike && divided()
    })
}

/// Whether the total has a share itself, and a part behind a ； or 。 has one that is not of the total: it is told beside the total, not
/// under it.
pub(super) fn sibling(
    cx: &Context,
    reading: &Reading,
    passage: usize,
    list: &List,
    end: usize,
    head: &Mention,
) -> bool {
    let prose = &reading.prose[passage];
    // 事件类900件，占90%，其中…；部件类100件，占10%: a total with a share is a part itself.
    let shared = prose
        .mentions
        .binary_search_by_key(&head.fig, |m| m.fig)
        .is_ok_and(|m| {
            let at = MentionRef {
                passage,
                mention: m + 1,
            };
            prose.mentions.get(m + 1).is_some_and(Mention::is_rate) && kind_of(cx, reading, at) == Kind::Share
        });
    shared
        && (1..end).any(|k| {
            let item = &list.items[k];
            let Some(share) = shares::share_of_item(cx, reading, passage, item) else {
                return false;
            };
            let at = MentionRef {
                passage,
                mention: share,
            };
            let scale = crate::prose::rates::scale(cx, reading, at);
            let fits = cx.operand(prose.mentions[share].fig).is_some_and(|stated| {
                let part = prose.mentions[item.amounts[0]].value;
                crate::prose::rates::fits(&stated, part, head.value, scale).is_some_and(Agreement::holds)
            });
            super::claims::new_segment(prose, list, k) && !fits
        })
}
