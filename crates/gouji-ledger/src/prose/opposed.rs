//! Two parts that are each other's opposites leave nothing out, however they are told.
//!
//! 受理诉求7227宗，当场答复5113宗，转办2114宗; 应到174人，出席170人，缺席4人: each case is on one side or on the other, as the words say. So are
//! classes of one scale that begin with its first (A类52家，B类2家，C类2家), and bands of scores that are open at both ends. No list need be announced, and what the total is called need
//! not be known: it is the amount right before them. Parts that miss it are complained of if they are more than all of it, or
//! fall short by so little that a third kind is hardly left out.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::{Decimal, one_keystroke};

use super::changes::change_word;
use super::clauses::Mention;
use super::outcomes::carried;
use super::partition::{hardly_chance, within_percent};
use super::rates::is_base;
use super::{MentionRef, Reading, figures_of, relation};
use crate::context::Context;
use crate::{Cue, FigureIdx, Formula, Relation, RelationKind};

/// Words of the one side and of the other. A word of the second may hold one of the first (不合格): it is looked for before.
///
/// The first pairs leave no third open; beside the others there may be one.
const SIDES: [(&[&str], &[&str]); 22] = [
    (
        &["按时", "按期", "及时"],
        &["未按时", "未按期", "未及时", "不及时", "超时", "超期", "逾期"],
    ),
    (&["有效"], &["无效"]),
    (&["合格"], &["不合格", "未合格"]),
    (&["出席", "实到", "到会", "参会"], &["缺席", "请假", "未到"]),
    (&["专职"], &["兼职"]),
    (&["税收"], &["非税"]),
    (&["福利彩票", "福彩"], &["体育彩票", "体彩"]),
    (&["实名", "署名"], &["匿名"]),
    (
        &[
            "直接办理",
            "直接答复",
            "直接处理",
            "直接解答",
            "当场答复",
            "当场解答",
            "当场办理",
            "即时答复",
            "即时办结",
            "自行处理",
            "自行办理",
            "直办",
            "在线办结",
            "在线答复",
            "在线解答",
            "直接回复",
        ],
        &[
            "转办", "交办", "派单", "派发", "转派", "交由", "派遣", "转交", "下派", "转送",
        ],
    ),
    (&["达标"], &["不达标", "未达标", "超标"]),
    (&["合法"], &["违法", "非法"]),
    (&["国内", "境内"], &["出境", "境外", "国外", "国（境）外"]),
    (&["商品"], &["服务"]),
    (&["主办", "主管"], &["会办", "协办"]),
    (&["个人"], &["集体"]),
    (&["入境", "进口"], &["出境", "出口"]),
    (&["线上"], &["线下"]),
    (&["属实"], &["不属实", "失实", "不实"]),
    (&["立案"], &["不立案", "不予立案", "未立案"]),
    (&["予以受理", "受理"], &["不予受理", "未受理"]),
    (
        &["生产企业", "生产单位", "生产领域", "生产环节"],
        &[
            "销售企业",
            "销售单位",
            "经销企业",
            "经销单位",
            "经营单位",
            "流通领域",
            "流通环节",
        ],
    ),
    (&["续建"], &["新建", "新开工", "新开"]),
];
/// Pairs of them that leave no third open.
const STRICT: usize = 8;
/// Letters of the classes of a scale, and the words behind them.
const CLASSES: [char; 5] = ['A', 'B', 'C', 'D', 'E'];
const OF_CLASS: [&str; 4] = ["类", "级", "等", "档"];
/// Characters behind a figure that may tell its side.
const MAX_TAIL: usize = 8;
/// Amounts before the last part that are looked at.
const LOOK_BACK: usize = 8;
/// Percent of the total by which opposites may be more than it, and where one wrong key explains it.
const BEYOND_PERCENT: i64 = 5;
const MISTYPED_PERCENT: i64 = 15;
/// Percent of the total by which they may fall short of it where one key explains it.
const SHORT_PERCENT: i64 = 3;
/// The same for those that leave no third open.
const FORGOTTEN_PERCENT: i64 = 1;
/// Smaller totals are met by chance.
const LEAST: Decimal = Decimal::TEN;

/// Adds what opposites make up, as far as no sum of their total or of the two is known.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let known = Known::of(out);
    let mut found = Vec::new();
    for at in reading.places() {
        found.extend(ending_with(cx, reading, at, &known));
    }
    out.append(&mut found);
}

/// Figures of each sum and difference, by each of them.
struct Known {
    sets: Vec<BTreeSet<FigureIdx>>,
    by_figure: BTreeMap<FigureIdx, Vec<usize>>,
}

impl Known {
    fn of(out: &[Relation]) -> Self {
        let mut known = Self {
            sets: Vec::new(),
            by_figure: BTreeMap::new(),
        };
        for r in out {
            if !matches!(r.kind, RelationKind::Sum | RelationKind::Difference) {
                continue;
            }
            let set: BTreeSet<FigureIdx> = figures_of(r).into_iter().flatten().collect();
            for figure in &set {
                known.by_figure.entry(*figure).or_default().push(known.sets.len());
            }
            known.sets.push(set);
        }
        known
    }

    /// Whether a sum has two of the figures: the total and a part, or two parts.
    fn has_two(&self, total: FigureIdx, parts: &[&Mention]) -> bool {
        let own = || std::iter::once(total).chain(parts.iter().map(|m| m.fig));
        let sets = own().filter_map(|f| self.by_figure.get(&f)).flatten();
        sets.take(MAX_KNOWN)
            .any(|set| own().filter(|f| self.sets[*set].contains(f)).count() >= 2)
    }
}

/// Most sums of one figure that are looked at.
const MAX_KNOWN: usize = 64;

/// The sum of the parts that end with the one at `last`.
fn ending_with(cx: &Context, reading: &Reading, last: MentionRef, known: &Known) -> Option<Relation> {
    let prose = &reading.prose[last.passage];
    let own = reading.mention(last);
    if !counts(reading, last) {
        return None;
    }
    let at = |mention| MentionRef { mention, ..last };
    let group = |m: usize| prose.clauses[prose.mentions[m].clause].group;
    let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
    let before: Vec<usize> = (0..last.mention)
        .rev()
        .take(3 * LOOK_BACK)
        .take_while(|m| sentence(*m) + 1 >= sentence(last.mention))
        .filter(|m| group(*m) == group(last.mention))
        .filter(|m| counts(reading, at(*m)) && one_unit(&prose.mentions[*m].unit, &own.unit))
        .take(LOOK_BACK)
        .collect();
    let in_bands = bands(cx, reading, last, &before);
    let parts = in_bands.or_else(|| parts_before(&prose.mentions, &before, last.mention))?;
    let head = *before.get(parts)?;
    // Parts of one sentence.
    if before[..parts].iter().any(|m| sentence(*m) != sentence(last.mention)) {
        return None;
    }
    let sides: Vec<&Mention> = before[..parts]
        .iter()
        .rev()
        .map(|m| &prose.mentions[*m])
        .chain([own])
        .collect();
    let total = &prose.mentions[head];
    let sum = sides.iter().try_fold(Decimal::ZERO, |s, m| s.checked_add(m.value))?;
    let told = known.has_two(total.fig, &sides);
    let near_bands = in_bands.is_some() && within_percent(total.value, sum, BANDS_PERCENT);
    let on_a_side = sides.iter().any(|m| opposed(m, total)) || class_of(total).is_some();
    let text = cx.passages[last.passage].text.as_str();
    if told
        || on_a_side
        || total.value < LEAST
        || sides.iter().any(|m| m.value > total.value)
        // 90分以上（含90分）: where a band ends, nothing that was carried over.
        || in_bands.is_none() && carried(text, total.full.start, own.tail_end)
        || ["另有", "另外", "此外"]
            .iter()
            .any(|w| text[total.full.end..own.full.start].contains(w))
    {
        return None;
    }
    let values: Vec<Decimal> = sides.iter().map(|m| m.value).collect();
    let cue = if sum == total.value {
        Cue::Arithmetic
    } else {
        let short = sum < total.value;
        let by_one_key = one_keystroke(total.value, sum) && within_percent(total.value, sum, SHORT_PERCENT);
        let near = if short {
            // Of those that leave no third open a few are forgotten.
            let strict = before[..parts]
                .iter()
                .any(|m| opposed_in(&prose.mentions[*m], own, STRICT));
            by_one_key
                || strict && within_percent(total.value, sum, FORGOTTEN_PERCENT)
                || hardly_chance(total.value, sum, &values)
        } else {
            let percent = if one_keystroke(total.value, sum) {
                MISTYPED_PERCENT
            } else {
                BEYOND_PERCENT
            };
            within_percent(total.value, sum, percent)
        };
        if !(near || near_bands) {
            return None;
        }
        Cue::Implied
    };
    let operand = |m: &Mention| cx.operand(m.fig);
    let operands = sides.into_iter().map(operand).collect::<Option<Vec<_>>>()?;
    relation(
        cx,
        RelationKind::Sum,
        "opposites-sum",
        cue,
        Formula::Sum,
        operand(total)?,
        operands,
    )
}

/// Whether two measure words count the same things: 275个样品，涉及生产企业237家 are not.
fn one_unit(a: &str, b: &str) -> bool {
    let cases = ["件", "件次", "宗", "起", "封", "个"];
    a == b || cases.contains(&a) && cases.contains(&b)
}

/// How many amounts before the last part are parts beside it: one that is its opposite, or the classes before it down from the first.
fn parts_before(mentions: &[Mention], before: &[usize], last: usize) -> Option<usize> {
    let own = &mentions[last];
    if let Some(class) = class_of(own) {
        let falling = before.iter().take(class).enumerate();
        let in_order = falling
            .filter(|(n, m)| class_of(&mentions[**m]) == Some(class - 1 - n))
            .count();
        // A类52家，B类2家，C类2家: the scale goes on.
        let goes_on = mentions.get(last + 1).and_then(class_of) == Some(class + 1);
        return (class >= 1 && in_order == class && !goes_on).then_some(class);
    }
    before.first().filter(|m| opposed(&mentions[**m], own)).map(|_| 1)
}

/// 90分以上的27个，80—90分的29个，80分以下的9个: how many amounts before the last one count the other bands of a scale that is open at both
/// ends, neighbours sharing a bar.
fn bands(cx: &Context, reading: &Reading, last: MentionRef, before: &[usize]) -> Option<usize> {
    let prose = &reading.prose[last.passage];
    let text = cx.passages[last.passage].text.as_str();
    let words = |m: usize| {
        let mention = &prose.mentions[m];
        let from = prose.clauses[mention.clause].range.start.min(mention.full.start);
        last_part(&text[from..mention.full.start])
    };
    let has = |words: &str, ends: &[&str]| words.contains(['分', '%', '％']) && ends.iter().any(|w| words.contains(w));
    let (low, high) = (&BELOW[..], &ABOVE[..]);
    let own = words(last.mention);
    // From the top down or from the bottom up.
    let first_end = if has(own, low) {
        high
    } else if has(own, high) {
        low
    } else {
        return None;
    };
    let mut bars = bars_of(own);
    for (n, m) in before.iter().enumerate() {
        let own = words(*m);
        let next = bars_of(own);
        if !next.iter().any(|bar| bars.contains(bar)) {
            return None;
        }
        if has(own, first_end) {
            return (n >= 1).then_some(n + 1);
        }
        bars = next;
    }
    None
}

/// Words of the bands at the ends of a scale.
const BELOW: [&str; 4] = ["以下", "不足", "低于", "不到"];
const ABOVE: [&str; 4] = ["以上", "超过", "高于", "满分"];
/// Percent of the total by which bands may miss it.
const BANDS_PERCENT: i64 = 15;

/// What stands behind the last mark of some words.
fn last_part(words: &str) -> &str {
    words
        .rsplit(['，', ',', '、', '；', ';', '：', ':'])
        .next()
        .unwrap_or(words)
}

/// The numbers in some words.
fn bars_of(words: &str) -> Vec<&str> {
    words
        .split(|c: char| !c.is_ascii_digit() && c != '.')
        .filter(|n| !n.is_empty())
        .collect()
}

/// An amount that may be a part or a total: no change, no mean and nothing that others are compared with.
fn counts(reading: &Reading, at: MentionRef) -> bool {
    let m = reading.mention(at);
    m.is_amount()
        && change_word(&m.label).is_none()
        && !is_base(reading, at)
        && !["均", "每", "同比", "环比"].iter().any(|w| m.label.contains(w))
}

/// Whether two amounts are of opposite sides.
fn opposed(a: &Mention, b: &Mention) -> bool {
    opposed_in(a, b, SIDES.len())
}

/// The same for the first pairs alone.
fn opposed_in(a: &Mention, b: &Mention, pairs: usize) -> bool {
    let words = |m: &Mention| {
        let tail = m.tail.char_indices().nth(MAX_TAIL).map_or(m.tail.len(), |(at, _)| at);
        format!("{}|{}", m.label, &m.tail[..tail])
    };
    let (a, b) = (words(a), words(b));
    let side = |words: &str, (one, other): &(&[&str], &[&str])| {
        let has = |side: &[&str]| side.iter().any(|w| words.contains(w));
        (!has(other) && has(one), has(other))
    };
    SIDES.iter().take(pairs).any(|pair| {
        let (a, b) = (side(&a, pair), side(&b, pair));
        a.0 && b.1 || a.1 && b.0
    })
}

/// Which class of a scale an amount counts, from 0.
fn class_of(m: &Mention) -> Option<usize> {
    let label = m.label.trim_end_matches(['有', '为', '共', '的', '）', ')', '”']);
    let letters = OF_CLASS.iter().find_map(|w| label.strip_suffix(w))?;
    let letter = letters.chars().last()?.to_ascii_uppercase();
    CLASSES.iter().position(|c| *c == letter)
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn sums(text: &str) -> Vec<String> {
        read(text).into_iter().filter(|l| l.starts_with("sum")).collect()
    }

    #[test]
    fn opposites_that_miss_their_total() {
        for (text, expected) in [
            ("会议应到171人，出席170人，缺席4人。", "sum? 171人 <- 170人 4人"),
            (
                "受理热线事项7230宗，当场答复5113宗，转办2114宗。",
                "sum? 7230宗 <- 5113宗 2114宗",
            ),
            ("53家单位的等级为A类52家，B类2家，C类2家。", "sum? 53家 <- 52家 2家 2家"),
            ("应到174人，出席170人，缺席4人。", "sum~ 174人 <- 170人 4人"),
            (
                "抽评63个村，90分以上（含90分）的村共有27个，占43.5%，80分至90分（不含90分）的29个，80分以下的9个。",
                "sum? 63个 <- 27个 29个 9个",
            ),
            (
                "63个单位参加考核，90分以上的27个，80—90分的29个，80分以下的9个。",
                "sum? 63个 <- 27个 29个 9个",
            ),
        ] {
            assert!(sums(text).iter().any(|l| l == expected), "{text}: {:?}", sums(text));
        }
    }

    #[test]
    fn a_third_kind_may_be_left_out() {
        for text in [
            "受理热线事项7290宗，当场答复5113宗，转办2114宗。",
            "受理热线事项7100宗，当场答复5113宗，转办2114宗（含上月结转）。",
            "收到来信420件，其中有效信件371件，无效信件41件，另有8件未启封。",
            // Open at one end; another scale.
            "检查网站46个，100分以上21个，90—100分7个，80—90分12个。",
            "检查网站46个，90分以上21个，90分以下7个，60%以下12个。",
            "甲类不合格品12批次，合格40批次，不合格12批次。",
        ] {
            assert!(sums(text).iter().all(|l| !l.contains('?')), "{text}: {:?}", sums(text));
        }
    }
}
