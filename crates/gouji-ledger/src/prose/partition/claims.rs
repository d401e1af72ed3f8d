//! Whether a list that does not add up claims that it should.

use gouji_quantity::{Decimal, one_keystroke};

use super::slips::{hardly_chance, one_slip, told_roughly, within_percent};
use super::{closed, partial};
use crate::Cue;
use crate::context::Context;
use crate::lexicon::{KINDS, UNIT_SUFFIXES};
use crate::prose::clauses::{Delim, Mention, Prose};
use crate::prose::labels::Label;
use crate::prose::lists::{Announced, Item, List, common_suffix};
use crate::prose::rates;
use crate::prose::remainders::DONE;

/// How far the words of a list's sentence are read on either side of it, in bytes: a passage without a stop may be a whole document.
const SENTENCE: usize = 2_000;

/// Whether further items are of another kind than those before: no name ends alike, no measure is the same.
pub(super) fn told_besides(parts: &[Item], rest: &[Item], labels: &[Label]) -> bool {
    let measure = |i: &Item| i.amounts.first().and_then(|m| labels[*m].measure);
    if of_one_kind(parts, rest) {
        return false;
    }
    rest.iter().take(8).all(|r| {
        parts
            .iter()
            .take(8)
            .all(|p| common_suffix(&p.name, &r.name) == 0 && (measure(p).is_none() || measure(p) != measure(r)))
    })
}

/// 饮料25批次、酒类1批次、糕点1批次: whether item `at` goes on as those before it: all behind 、, in the same measure word, and each of them nothing
/// but a name with its amount, of one kind if those before are.
pub(super) fn goes_on_alike(prose: &Prose, list: &List, at: usize, labels: &[Label]) -> bool {
    let bare = |i: &Item| {
        let [m] = i.amounts[..] else { return false };
        let (mention, label) = (&prose.mentions[m], &labels[m]);
        let deed = DONE.iter().any(|w| mention.label.contains(w));
        i.rates.is_empty()
            && label.measure.is_none()
            && label.cue.is_none()
            && !label.total
            && !deed
            && (mention.tail.is_empty() || mention.tail.starts_with(['（', '(']))
            && !mention.label.contains(['已', '未', '被', '拟', '正', '均', '共'])
            && mention.label.chars().count() >= 2
    };
    let (Some(before), Some(next)) = (at.checked_sub(1).and_then(|b| list.items.get(b)), list.items.get(at)) else {
        return false;
    };
    let unit = |i: &Item| i.amounts.first().map(|m| prose.mentions[*m].unit.as_str());
    // 一队2件、二队1件、三队3件、绿化处2件: those before are of one kind, which it is not.
    let kind = |i: &Item| i.name.chars().last();
    let of_a_kind = kind(before).is_some() && list.items[..at].iter().all(|i| kind(i) == kind(before));
    // The first stands behind the words that lead the list.
    at >= 2
        && (!of_a_kind || kind(next) == kind(before))
        && bare(next)
        && list.items[1..at].iter().all(bare)
        && unit(before) == unit(next)
        && list.items[1..=at].iter().all(|i| {
            let first = i
                .amounts
                .first()
                .map(|m| prose.clauses[prose.mentions[*m].clause].before);
            first == Some(Delim::Dun)
        })
}

/// 房建7个，金额900万元；交通1个，金额100万元；水利3个，…: whether item `at` tells the same fields as those before it, two or more of them.
pub(super) fn goes_on_in_fields(prose: &Prose, list: &List, at: usize) -> bool {
    let fields = |i: &Item| -> Vec<&str> { i.amounts.iter().map(|m| prose.mentions[*m].unit.as_str()).collect() };
    let Some(next) = list.items.get(at).map(fields) else {
        return false;
    };
    let distinct = next.iter().enumerate().any(|(n, unit)| n > 0 && *unit != next[0]);
    distinct && list.items[..at].iter().all(|i| fields(i) == next)
}

/// Whether a total of another paragraph is an item of a list of three and more there.
pub(super) fn of_a_series(reading: &crate::prose::Reading, passage: usize, total: crate::prose::MentionRef) -> bool {
    let holds = |l: &List| l.items.len() >= 3 && l.items.iter().any(|i| i.amounts.first() == Some(&total.mention));
    total.passage != passage && reading.lists[total.passage].iter().any(holds)
}

/// 不起诉118人（不含附条件不起诉5人）: whether a remark right behind a total says what it does not count.
pub(super) fn leaves_out(cx: &Context, passage: usize, head: &Mention) -> bool {
    let behind = cx.passages[passage].text.get(head.full.end..).unwrap_or_default();
    behind.strip_prefix(['（', '(']).is_some_and(|remark| {
        [
            "不含",
            "不包括",
            "不包含",
            "未含",
            "不计",
            "除",
            "扣除",
            "剔除",
            "已扣除",
        ]
        .iter()
        .any(|w| remark.starts_with(w))
    })
}

/// Whether all items, those before and the further ones, are units (…局, …镇, …街道): the list goes on.
pub(super) fn of_one_kind(parts: &[Item], rest: &[Item]) -> bool {
    let unit = |i: &Item| UNIT_SUFFIXES.iter().any(|u| i.name.ends_with(u));
    parts.iter().chain(rest).take(64).all(unit)
}

/// Whether a figure of something else stands before item `at`: 部门7个、乡镇5个，查看会议室24间，发现超标单位3个.
pub(super) fn interrupted(list: &List, at: usize) -> bool {
    let before = &list.items[at - 1];
    let last = before.amounts.iter().chain(&before.rates).max();
    let next = list.items.get(at).and_then(|i| i.amounts.first());
    before.amounts.len() > 1 || matches!((last, next), (Some(last), Some(next)) if *next > last + 1)
}

/// 三项合计占76.6%: the sentence itself says that the parts are not all.
pub(super) fn said_partial(cx: &Context, prose: &Prose, passage: usize, list: &List) -> bool {
    let text = cx.passages[passage].text.as_str();
    let last = list
        .items
        .last()
        .and_then(|i| i.amounts.last())
        .map_or(list.start, |m| prose.mentions[*m].full.end);
    let rest = &text[last..text.floor_char_boundary(last + SENTENCE)];
    let sentence = &rest[..rest.find('。').unwrap_or(rest.len())];
    // 最多的是甲，达到137件；其次是乙、丙，分别为92件、69件: equals of what stands first, no parts of it.
    let start = list.start.min(text.len());
    let before = &text[text.ceil_char_boundary(start.saturating_sub(SENTENCE))..start];
    let before = &before[before.rfind('。').map_or(0, |at| at + '。'.len_utf8())..];
    if ["其次", "次之", "紧随其后", "居第二", "位列第二", "排第二"]
        .iter()
        .any(|w| before.contains(w))
    {
        return true;
    }
    ["合计占", "共占", "总共占", "累计占"]
        .iter()
        .any(|w| sentence.contains(w))
}

/// One part alone is the whole only where the text says so: `9条。按类型分类：咨询类9条`, `4个（市直单位4个）`.
pub(super) fn may_be_single(list: &List, head: &Mention, prose: &Prose) -> bool {
    matches!(
        list.announced,
        Announced::All | Announced::Parenthesis | Announced::Among
    ) && list
        .items
        .first()
        .and_then(|i| i.amounts.first())
        .is_some_and(|m| prose.mentions[*m].value == head.value && !list.items[0].name.is_empty())
        // 80分至90分（不含90分）: where a band ends.
        && !["含", "不含", "包含", "不包含", "包括"].contains(&list.items[0].name.as_str())
}

/// Whether the items' names end alike (…类) as the members of one division do.
pub(super) fn homogeneous(list: &List, end: usize) -> bool {
    let names: Vec<&str> = list.items[..end].iter().map(|i| i.name.as_str()).collect();
    names.len() >= 2 && names.windows(2).filter(|w| common_suffix(w[0], w[1]) >= 1).count() * 3 >= (names.len() - 1) * 2
}

/// Whether a list that does not add up claims that it should, and how plainly.
pub(crate) fn claim(
    total: Decimal,
    sum: Decimal,
    parts: usize,
    announced: Announced,
    homogeneous: bool,
) -> Option<Cue> {
    if sum == total {
        return Some(Cue::Explicit);
    }
    if total <= Decimal::ZERO || parts < 2 || matches!(announced, Announced::Partial | Announced::Bare) {
        return None;
    }
    // In percent of the total; far off, it is another total's list.
    let percent = sum.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(total)?;
    if sum > total {
        let limit = if parts >= 3 { 200 } else { 150 };
        return (percent <= Decimal::from(limit)).then_some(if announced == Announced::Numbered {
            Cue::Implied
        } else {
            Cue::Explicit
        });
    }
    let least = match (announced, parts, homogeneous) {
        (Announced::Parenthesis, 2, _) => 50,
        (Announced::All, 2, _) => 70,
        (Announced::Parenthesis | Announced::All, _, _) => 50,
        (Announced::Among, 2, _) => 90,
        (Announced::Among, 3, false) => 80,
        (Announced::Among, 3, true) => 65,
        (Announced::Among, _, false) => 70,
        (Announced::Among, _, true) => 50,
        (Announced::Numbered, ..) => 97,
        _ => return None,
    };
    (percent >= Decimal::from(least)).then_some(if announced == Announced::Numbered {
        Cue::Implied
    } else {
        Cue::Explicit
    })
}

/// 电话46.79%，网络50.93%，录入1.79%: whether the shares of all items say that they are not all.
pub(super) fn shares_leave_some_out(prose: &Prose, items: &[Item]) -> bool {
    let share = |i: &Item| {
        let mut rates = i.rates.iter().map(|m| &prose.mentions[*m]);
        rates.find(|m| m.label.contains('占')).map(|m| m.value)
    };
    let shares: Option<Vec<Decimal>> = items.iter().map(share).collect();
    // A tenth of a point each is rounding; where shares in whole per cent miss by more, it is not known.
    let within = |n: usize| Decimal::new(i64::try_from(n).unwrap_or(i64::MAX), 1);
    shares.is_some_and(|shares| {
        let sum = shares.iter().try_fold(Decimal::ZERO, |s, v| s.checked_add(*v));
        sum.is_some_and(|sum| sum < Decimal::ONE_HUNDRED && Decimal::ONE_HUNDRED - sum > within(shares.len()))
    })
}

/// Parts of one kind: the names end alike, or all are named in a word or two.
pub(super) fn homogeneous_enough(list: &List, end: usize) -> bool {
    homogeneous(list, end)
        || list.items[..end]
            .iter()
            .all(|i| (2..=8).contains(&i.name.chars().count()))
}

/// Whether a list begins anew at item `at`: it stands behind a ； or 。.
pub(super) fn new_segment(prose: &Prose, list: &List, at: usize) -> bool {
    list.items.get(at).and_then(|i| i.amounts.first()).is_some_and(|m| {
        let clause = &prose.clauses[prose.mentions[*m].clause];
        matches!(clause.before, Delim::Semi | Delim::Stop)
    })
}

/// How strong the mark before an item is: a ， or 、 less than a ；, and that less than a 。.
fn strength(prose: &Prose, list: &List, at: usize) -> u8 {
    let mark = list
        .items
        .get(at)
        .and_then(|i| i.amounts.first())
        .map(|m| prose.clauses[prose.mentions[*m].clause].before);
    match mark {
        Some(Delim::Stop) => 2,
        Some(Delim::Semi) => 1,
        _ => 0,
    }
}

/// By item: the mark before it is stronger than all between the items before it, so that another division may begin there.
pub(super) fn breaks(prose: &Prose, list: &List) -> Vec<bool> {
    let mut strongest = 0;
    (0..list.items.len())
        .map(|at| {
            let own = strength(prose, list, at);
            let stronger = own > strongest;
            // The mark before the first item is none between two of them.
            if at > 0 {
                strongest = strongest.max(own);
            }
            stronger
        })
        .collect()
}

/// Whether an item stands behind a ；.
fn behind_semicolon(prose: &Prose, list: &List, at: usize) -> bool {
    list.items
        .get(at)
        .and_then(|i| i.amounts.first())
        .is_some_and(|m| prose.clauses[prose.mentions[*m].clause].before == Delim::Semi)
}

/// Whether the items are classes of one scale (得分90—100分, 80分以下): three at least, each with a bar, neighbours sharing one.
pub(super) fn classes_of_a_scale(cx: &Context, prose: &Prose, passage: usize, items: &[Item]) -> bool {
    let text = cx.passages[passage].text.as_str();
    // The bars are figures themselves, so that the name of an item may not hold them.
    let words: Vec<&str> = items
        .iter()
        .filter_map(|i| {
            let mention = &prose.mentions[*i.amounts.first()?];
            Some(&text[prose.clauses[mention.clause].range.start..mention.full.start])
        })
        .collect();
    let bars = |words: &str| -> Vec<String> {
        words
            .split(|c: char| !c.is_ascii_digit() && c != '.')
            .filter(|n| !n.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let classes: Vec<Vec<String>> = words.iter().map(|w| bars(w)).collect();
    classes.len() >= 3
        && words.iter().all(|w| w.contains(['分', '%', '％']))
        && classes.windows(2).all(|w| w[0].iter().any(|bar| w[1].contains(bar)))
}

/// Kinds that one case may be at once: by what an investment is for and by who makes it; who is punished by the party is often
/// punished in office as well.
const OVERLAPPING: [&[&str]; 3] = [
    &[
        "工业投资",
        "民间投资",
        "技改",
        "技术改造",
        "基础设施",
        "制造业投资",
        "高技术",
    ],
    &["党纪", "政务处分", "政纪", "组织处理", "诫勉", "移送"],
    &["罚款", "警告", "没收", "吊销", "责令"],
];

/// Whether what was due stands beside what was done: 应开工12个，实际开工5个.
pub(super) fn due_and_done(items: &[Item]) -> bool {
    // 其他结合实际应当公开的信息: one part that has both words is neither.
    let told = |w: &str, other: &str| items.iter().any(|i| i.name.contains(w) && !i.name.contains(other));
    told("应", "实际") && told("实际", "应")
}

/// 女性609人, 党员120人: a property of persons, which says nothing of how they are divided.
pub(super) fn is_property(item: &Item) -> bool {
    ["女", "男", "党员", "少数民族", "残疾"]
        .iter()
        .any(|w| item.name.contains(w))
}

/// 差值为0.9万元: how far two figures lie apart.
pub(crate) fn is_gap(m: &Mention) -> bool {
    ["差值", "差额", "差距", "相差"].iter().any(|w| m.label.contains(w))
}

/// Paragraphs before a list in which its total may stand.
const TOTAL_BACK: usize = 8;

/// 化解积案38件，化解率95%，其中国家交办12件全部化解，省交办18件化解17件，…: whether a rate right behind the total says that it is what was done of
/// the parts.
fn done_of_all(cx: &Context, reading: &crate::prose::Reading, passage: usize, head: &Mention, sum: Decimal) -> bool {
    let of = |passage: usize, mention: usize| {
        let at = crate::prose::MentionRef { passage, mention };
        let rate = reading.mention(at);
        let stated = cx.operand(rate.fig).filter(|_| rate.is_rate());
        stated
            .is_some_and(|s| rates::fits(&s, head.value, sum, rates::scale(cx, reading, at)).is_some_and(|a| a.holds()))
    };
    let near = (passage.saturating_sub(TOTAL_BACK)..=passage).filter_map(|p| {
        let mentions = &reading.prose[p].mentions;
        let at = mentions.partition_point(|m| m.fig < head.fig);
        mentions.get(at).filter(|m| m.fig == head.fig).map(|_| (p, at))
    });
    sum > head.value
        && near.into_iter().any(|(p, at)| {
            let behind = at + 1..reading.prose[p].mentions.len().min(at + 3);
            behind.into_iter().any(|mention| of(p, mention))
        })
}

/// Whether persons are divided by what they are in office, which each is once: 省级领导50人，部门负责同志76人.
pub(super) fn by_office(items: &[Item]) -> bool {
    items.len() >= 2
        && items.iter().all(|i| {
            let office = ["级", "领导", "负责人", "负责同志", "干部", "职工", "工作人员"]
                .iter()
                .any(|w| i.name.contains(w));
            office && !["党员", "女", "男", "岁", "族"].iter().any(|w| i.name.contains(w))
        })
}

/// Whether two parts are kinds that one case may be at once, or what was due stands beside what was done.
pub(super) fn overlapping(items: &[Item]) -> bool {
    due_and_done(items)
        || OVERLAPPING.iter().any(|kinds| {
            // 移送拘留 and 移送审查 are of one kind.
            let met = |kind: &&&str| items.iter().any(|i| i.name.contains(**kind));
            kinds.iter().filter(met).count() >= 2
        })
}

/// 24种产品…，市级抽查11种产品，…；县级抽查14种产品，…: kinds told in items of their own, each of which may be looked at in both.
pub(super) fn kinds_apart(prose: &Prose, list: &List, end: usize, head: &Mention) -> bool {
    KINDS.contains(&head.unit.as_str())
        && (1..end).any(|at| strength(prose, list, at) > 0 || list.items[at - 1].amounts.len() > 1)
}

/// What is done with cases one after the other, as the volume of each is called.
const STAGES: [&str; 18] = [
    "受理", "接听", "接收", "登记", "派单", "派发", "派遣", "转办", "交办", "签收", "处置", "办结", "结案", "立案",
    "答复", "回复", "回访", "评价",
];

/// 总受理量1200件、总派单量370件: volumes of what was done one after the other, which count the same cases.
pub(super) fn of_stages(prose: &Prose, aligned: &[Option<usize>]) -> bool {
    let volume = |m: &usize| {
        let label = prose.mentions[*m].label.trim_end_matches(['为', '共']);
        let deed = label.strip_suffix(['量', '数']);
        deed.is_some_and(|deed| STAGES.iter().any(|w| deed.ends_with(w)))
    };
    aligned.iter().flatten().filter(|m| volume(m)).count() >= 2
}

/// Kinds of which, and of all others, a division that misses its total by far is one of it all the same.
const FEWEST_KINDS: usize = 3;
/// Cases, if no more than one in a hundred, that may be of a kind that a list behind 其中 leaves out.
const FEW: i64 = 3;
/// Percent of the total by which the parts of a parenthesis may fall short of it and still be meant to be all.
const NEAR_PERCENT: i64 = 15;
/// Percent of the total by which parts that are all of one kind may be more than it by mistake.
const FAR_BEYOND_PERCENT: i64 = 25;

/// Whether a list that claims to add up and does not is complained of, and how strongly.
///
/// It is not where another reading is open: that it goes on with another subject behind a ； or 。, that its first part is the
/// total told again, or that it names some parts only. A list that names all says so: by a last part of all others, by shares
/// that fill 100 %, by a parenthesis; and a gap that one wrong key explains is no choice of parts.
#[allow(clippy::too_many_arguments, reason = "a list, its total and how it was read")]
pub(super) fn complaint(
    cx: &Context,
    reading: &crate::prose::Reading,
    passage: usize,
    list: &List,
    end: usize,
    aligned: &[Option<usize>],
    head: &Mention,
    sum: Decimal,
    cue: Cue,
) -> Option<Cue> {
    let prose = &reading.prose[passage];
    let values: Vec<Decimal> = aligned.iter().flatten().map(|m| prose.mentions[*m].value).collect();
    // 监测6家（扣除无需监测15家，停产1家）: what is left out.
    if list.announced == Announced::Parenthesis && leaves_out(cx, passage, head) {
        return None;
    }
    // 收到187件，其中会后17件，经审查立案175件: what became of all of them is no further part.
    let after_all = |i: &Item| {
        let label = i.amounts.first().map_or("", |m| prose.mentions[*m].label.as_str());
        [
            "经审",
            "经核",
            "经查",
            "经调查",
            "经整改",
            "经初审",
            "经研究",
            "经认定",
            "经检",
            "经复查",
        ]
        .iter()
        .any(|w| label.starts_with(w))
    };
    if list.items[1..end].iter().any(after_all) {
        return None;
    }
    // 差值为0.9万元。其中…差值为0.95万元: differences have signs that are not printed.
    if is_gap(head) {
        return None;
    }
    // A part of another list is no total of this one, unless it hangs on it.
    let other = reading.lists[passage].iter().any(|l| {
        l.start != list.start
            && l.items.len() >= 3
            // A run that it opens may be itself and its parts.
            && l.items[1..]
                .iter()
                .any(|i| i.amounts.first().is_some_and(|m| prose.mentions[*m].fig == head.fig))
            && homogeneous(l, l.items.len())
    });
    if other && list.announced != Announced::Parenthesis {
        return None;
    }
    // 甲、乙等6个省…；丙、丁等8个省…: counts of the names before them, not of what the total counts.
    if list.items[..end]
        .iter()
        .filter_map(|i| i.amounts.first())
        .any(|m| prose.mentions[*m].label.ends_with('等'))
    {
        return None;
    }
    if sum > head.value && several_at_once(cx, prose, passage, list) {
        return None;
    }
    if values.first() == Some(&head.value) && new_segment(prose, list, 1) {
        return None;
    }
    if partial::sibling(cx, reading, passage, list, end, head)
        || partial::opens_a_like_record(reading, passage, list, end, head)
    {
        return None;
    }
    if done_of_all(cx, reading, passage, head, sum) {
        return None;
    }
    if closed::opposites(&list.items[..end], head, sum) {
        return Some(cue);
    }
    if sum < head.value
        && (due_and_done(&list.items[..end])
            || partial::chooses(cx, reading, passage, list, end, head)
            || partial::shares_hold(cx, reading, passage, list, end, head.value)
                && !closed::is_hundred(cx, reading, passage, &list.items[..end])
            || partial::share_alone(cx, reading, passage, list, end)
            || partial::filled_by_others(prose, list, end, head.value, sum))
    {
        return None;
    }
    if shared_among_themselves(cx, reading, passage, &list.items[..end], sum, head.value) {
        // 150件，分为五类：…; 18.6亿元，增长9%。其中：…: the cue hangs on the total; what the shares are of is told nowhere, and the total is
        // a key away from it.
        let sentence = |m: &Mention| prose.clauses[m.clause].sentence;
        let first = list.items.first().and_then(|i| i.amounts.first());
        let apart = match list.announced {
            Announced::All => 0,
            Announced::Among => 1,
            _ => return None,
        };
        let together = prose.mentions.iter().any(|m| m.fig == head.fig)
            && first.is_some_and(|f| sentence(&prose.mentions[*f]) <= sentence(head) + apart);
        let printed = prose.mentions.iter().any(|m| m.value == sum && m.unit == head.unit);
        // 共受理284406件。其中，…；其他类9791件，占5.01%: the last of all kinds says that they are all of it.
        let all = list.announced == Announced::Among && closed::by_others(&list.items[..end]) && end > FEWEST_KINDS;
        let meant = together
            && closed::fills_hundred(cx, reading, passage, &list.items[..end])
            && !printed
            && (one_keystroke(head.value, sum) || all)
            && sum >= Decimal::ONE_HUNDRED;
        return meant.then_some(Cue::Implied);
    }
    if bearers_apart(prose, list, end, head) {
        return None;
    }
    let slip = one_slip(head.value, sum, &values);
    let alike = homogeneous(list, end) || homogeneous_enough(list, end);
    let closed = closed::by_others(&list.items[..end])
        || closed::fills_hundred(cx, reading, passage, &list.items[..end])
        || closed::kinds_told(cx, reading, passage, head, end);
    if sum > head.value {
        // Far beyond the total and no slip: what is listed overlaps, or is told of each stage of the same cases.
        if !slip && !within_percent(head.value, sum, FAR_BEYOND_PERCENT) {
            return None;
        }
        // A； B； C: every part stands behind its ；, none of them opens another record, and no chance brings them this near.
        let one_by_one = values.len() >= 3
            && (1..end).all(|k| behind_semicolon(prose, list, k))
            && head.value >= Decimal::ONE_HUNDRED
            && within_percent(head.value, sum, 1);
        if one_by_one {
            return Some(cue);
        }
        // Up to a ； or 。 it stays within the total.
        let mut before = Decimal::ZERO;
        for (k, value) in values.iter().enumerate() {
            if k > 0
                && new_segment(prose, list, k)
                && before <= head.value
                // Behind a 。 two parts are too few to tell that the second goes on with the list.
                && !(slip && (homogeneous(list, end) && (values.len() > 2 || strength(prose, list, k) < 2) || closed))
            {
                return None;
            }
            before = before.checked_add(*value)?;
        }
        return Some(cue);
    }
    match list.announced {
        // 结案440件（调解结案211件，撤诉97件）: what comes nowhere near the total is some of it.
        Announced::Parenthesis if slip || within_percent(head.value, sum, NEAR_PERCENT) => Some(cue),
        Announced::Parenthesis => None,
        _ if closed => Some(cue),
        _ if partial::wide(list.announced, head.value, sum, &values) => None,
        Announced::All if slip => Some(cue),
        // 基金收入6.05亿元，其中：保险费5.74亿元；补贴0.11亿元: of three digits any gap is a key away, and interest and the like are not told.
        Announced::Among if values.len() == 2 && told_roughly(cx, head) => None,
        // 受理1803件，其中：刑事68件，民事925件，…: two that are not told may be of a kind of their own.
        Announced::Among if slip && (alike || values.len() >= 3 && hardly_chance(head.value, sum, &values)) => {
            let few = head.value - sum <= Decimal::from(FEW) && within_percent(head.value, sum, 1);
            Some(if few { Cue::Implied } else { cue })
        }
        _ => None,
    }
}

/// 检查乡镇16个…。从问题类型看，错别字8个、…: a number of units in an earlier sentence, and parts that are no units.
fn bearers_apart(prose: &Prose, list: &List, end: usize, head: &Mention) -> bool {
    let unit = |words: &str| UNIT_SUFFIXES.iter().any(|u| words.ends_with(u));
    let bears = unit(&head.label)
        || ["单位", "部门", "乡镇", "镇", "街道", "县区"]
            .iter()
            .any(|u| head.tail.starts_with(u));
    let sentence = |m: &Mention| prose.clauses[m.clause].sentence;
    let first = list.items.first().and_then(|i| i.amounts.first());
    let together = first.is_some_and(|f| {
        prose.mentions.iter().any(|m| m.fig == head.fig) && sentence(&prose.mentions[*f]) == sentence(head)
    });
    bears && !together && !list.items[..end].iter().any(|i| unit(&i.name))
}

/// Whether the shares of the items hold over what the items are together, and not over the total: the list divides another
/// whole, which need not be printed.
fn shared_among_themselves(
    cx: &Context,
    reading: &crate::prose::Reading,
    passage: usize,
    items: &[Item],
    sum: Decimal,
    total: Decimal,
) -> bool {
    let over = |whole: Decimal| crate::prose::shares::hold_over(cx, reading, passage, items, whole);
    let own = over(sum);
    own >= 2 && own * 3 >= items.len() * 2 && over(total) * 2 < own
}

/// 其中3家两项均有问题: the sentence or the next says that a case may be counted twice.
fn several_at_once(cx: &Context, prose: &Prose, passage: usize, list: &List) -> bool {
    let text = cx.passages[passage].text.as_str();
    let last = list
        .items
        .last()
        .and_then(|i| i.amounts.last())
        .map_or(list.start, |m| prose.mentions[*m].full.end);
    let start = list.start.min(text.len());
    let far = text.ceil_char_boundary(start.saturating_sub(SENTENCE));
    let from = text[far..start].rfind('。').map_or(far, |at| far + at);
    let rest = &text[last..text.floor_char_boundary(last + SENTENCE)];
    let to = last + rest.find('。').unwrap_or(rest.len());
    [
        "均有",
        "均存在",
        "同时",
        "兼有",
        "兼具",
        "既",
        "交叉",
        // 合并重复举报 speaks of what came in, and not of the parts.
        "重复计",
        "重复统计",
        "有重复",
        "两项",
        "两类",
        "多选",
    ]
    .iter()
    .any(|w| text[from..to].contains(w))
        // 重复件8件，无效件2件
        || list.items.iter().any(|i| i.name.contains("重复"))
}
