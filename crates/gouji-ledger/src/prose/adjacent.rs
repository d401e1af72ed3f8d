//! Amounts that stand right behind or before the one they add up to.
//!
//! 46件投诉中，不予受理10件、转办25件、受理11件; 697个问题，完成整改688个，持续整改4个，未完成5个; 新收1243件，结转126件，合计1369件.
//! Where no list was read (its items bear verbs for names), the figures themselves tell: all of one unit, one after the other,
//! adding up exactly. Kept only if they do.

use std::collections::BTreeSet;

use gouji_quantity::Decimal;

use super::clauses::{Mention, Prose};
use super::partition::verdict_measure;
use super::{Reading, changes, relation};
use crate::context::Context;
use crate::{Cue, FigureIdx, Formula, Operand, Relation, RelationKind};

/// Most parts of one amount.
const MAX_PARTS: usize = 12;
/// Smaller amounts add up by chance too often.
const LEAST: Decimal = Decimal::TEN;

/// Adds the sums of amounts side by side that no list has given.
pub(crate) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    let known: BTreeSet<FigureIdx> = out
        .iter()
        .filter(|r| r.kind == RelationKind::Sum)
        .filter_map(|r| r.readings[0].stated.figure)
        .collect();
    for passage in 0..reading.prose.len() {
        let prose = &reading.prose[passage];
        for at in 0..prose.mentions.len() {
            let m = &prose.mentions[at];
            if !is_plain(m) || m.value < LEAST || known.contains(&m.fig) {
                continue;
            }
            let parts = if closes(m) {
                before(prose, at)
            } else {
                behind(reading, passage, at)
            };
            if let Some(parts) = parts
                && let Some(stated) = cx.operand(m.fig)
            {
                let operands: Vec<Operand> = parts
                    .iter()
                    .filter_map(|p| cx.operand(prose.mentions[*p].fig))
                    .collect();
                out.extend(relation(
                    cx,
                    RelationKind::Sum,
                    "adjacent-sum",
                    Cue::Arithmetic,
                    Formula::Sum,
                    stated,
                    operands,
                ));
            }
        }
    }
}

/// An amount that is no change and nothing that another is compared with.
fn is_plain(m: &Mention) -> bool {
    m.is_amount()
        && changes::change_word(&m.label).is_none()
        && (carried(&m.label)
            || !["比", "较", "上年", "去年", "上期", "上月", "同期"]
                .iter()
                .any(|w| m.label.starts_with(w)))
}

/// 上年结转126件: what was carried over is put together with what came in.
fn carried(label: &str) -> bool {
    ["结转", "存量", "遗留", "留存"].iter().any(|w| label.contains(w))
}

/// 合计审理案件1369件, 两项合计4342件, 共48件: the words say that the amounts before are put together.
fn closes(m: &Mention) -> bool {
    let label = m.label.as_str();
    ["合计", "共计", "总计"].iter().any(|w| label.contains(w)) || label == "共"
}

/// The nearest amounts before that add up to the one at `at`, in its sentence.
fn before(prose: &Prose, at: usize) -> Option<Vec<usize>> {
    let total = &prose.mentions[at];
    let own = &prose.clauses[total.clause];
    let mut sum = Decimal::ZERO;
    let mut parts = Vec::new();
    for m in (0..at).rev() {
        let mention = &prose.mentions[m];
        let clause = &prose.clauses[mention.clause];
        if clause.sentence != own.sentence || parts.len() >= MAX_PARTS {
            break;
        }
        if clause.group != own.group || mention.is_rate() {
            continue;
        }
        if !is_plain(mention) || mention.unit != total.unit {
            break;
        }
        sum = sum.checked_add(mention.value)?;
        parts.push(m);
        if sum >= total.value {
            break;
        }
    }
    parts.reverse();
    (parts.len() >= 2 && sum == total.value).then_some(parts)
}

/// The next amounts behind that add up to the one at `at`, in its sentence.
fn behind(reading: &Reading, passage: usize, at: usize) -> Option<Vec<usize>> {
    let prose = &reading.prose[passage];
    let total = &prose.mentions[at];
    let own = &prose.clauses[total.clause];
    let mut sum = Decimal::ZERO;
    let mut parts = Vec::new();
    for m in at + 1..prose.mentions.len() {
        let mention = &prose.mentions[m];
        let clause = &prose.clauses[mention.clause];
        if clause.sentence != own.sentence || parts.len() >= MAX_PARTS {
            break;
        }
        // 含5例由…转为…: told of a part.
        if clause.group != own.group || mention.is_rate() || mention.label.trim_start().starts_with('含') {
            continue;
        }
        if !is_plain(mention) || mention.unit != total.unit || mention.value >= total.value {
            break;
        }
        sum = sum.checked_add(mention.value)?;
        parts.push(m);
        if sum >= total.value {
            break;
        }
    }
    if parts.len() < 2 || sum != total.value {
        return None;
    }
    let announced =
        total.tail.ends_with('中') || parts.first().is_some_and(|p| reading.labels[passage][*p].cue.is_some());
    // 甲村12户，乙村7户，丙村5户: members of one list are no parts of its first.
    let outcomes = parts.iter().all(|p| {
        verdict_measure(&reading.labels[passage][*p], &prose.mentions[*p]).is_some() || is_state(&prose.mentions[*p])
    });
    (announced || outcomes).then_some(parts)
}

/// 完成整改688个, 正在办理4件, 未完成5个: how far the cases have come.
fn is_state(m: &Mention) -> bool {
    ["已", "未", "正在", "完成", "基本完成", "尚", "持续", "继续", "长期"]
        .iter()
        .any(|w| m.label.trim_start().starts_with(w))
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn sums(text: &str) -> Vec<String> {
        read(text).into_iter().filter(|l| l.starts_with("sum")).collect()
    }

    #[test]
    fn verbs_for_names() {
        for (text, expected) in [
            (
                "52件投诉中，不予受理11件、转办28件、受理13件。",
                "sum~ 52件 <- 11件 28件 13件",
            ),
            (
                "巡察反馈463个问题，完成整改451个，基本完成并持续整改7个，未完成5个。",
                "sum~ 463个 <- 451个 7个 5个",
            ),
            (
                "已办结318件，其中交办工单262件，直接答复工单56件。",
                "sum~ 318件 <- 262件 56件",
            ),
            (
                "本年受理2143件，上年结转226件，合计审理案件2369件。",
                "sum~ 2369件 <- 2143件 226件",
            ),
        ] {
            let found = sums(text);
            assert!(found.iter().any(|l| l == expected), "{text}: {found:?}");
        }
    }

    #[test]
    fn members_of_a_list_and_what_does_not_add_up_say_nothing() {
        for text in [
            "柳湾村12户，石桥村7户，沙头村5户。",
            "52件投诉中，不予受理11件、转办27件、受理13件。",
            "受理案件88件，比上年60件多28件。",
        ] {
            assert!(
                sums(text).iter().all(|l| !l.contains("<- 7户") && !l.ends_with("BAD")),
                "{:?}",
                sums(text)
            );
            assert!(
                !sums(text)
                    .iter()
                    .any(|l| l.contains("52件 <-") || l.contains("88件 <-")),
                "{:?}",
                sums(text)
            );
        }
    }
}
