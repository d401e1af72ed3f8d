//! Names that are the items of a list of amounts.

use gouji_quantity::Decimal;

use super::after::NAMED;
use super::{Found, Names, trim_range};
use crate::lexicon::UNIT_SUFFIXES;
use crate::prose::Reading;
use crate::prose::clauses::{Delim, Prose};
use crate::prose::lists::Announced;
use crate::{Cue, FigureClass};

/// 5个单位（甲2件、乙1件）: names with figures of another unit in a parenthesis hung on the number.
pub(super) fn counted(text: &str, prose: &Prose, reading: &Reading, passage: usize, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let group = m.hung?;
    let list = reading.lists[passage].iter().find(|l| l.group == group)?;
    let unit = prose.mentions[*list.items.first()?.amounts.first()?].unit.as_str();
    if unit == m.unit || list.items.len() < 2 {
        return None;
    }
    // 5个单位 or 责任单位5个.
    let noun = m.class == FigureClass::Rank
        || NAMED.iter().any(|n| m.tail.starts_with(n))
        || m.tail.is_empty()
            && ["单位", "部门", "乡镇", "窗口", "企业", "科室"]
                .iter()
                .any(|n| m.label.ends_with(n));
    if !noun {
        return None;
    }
    let mut names = Names::default();
    for item in &list.items {
        let first = &prose.mentions[*item.amounts.first()?];
        let c = &prose.clauses[first.clause];
        let start = if first.digits.start > c.range.start && c.mentions.first() == item.amounts.first() {
            c.range.start
        } else {
            return None;
        };
        names.names.push(trim_range(text, start..first.full.start));
    }
    let inside = &text[prose.groups[group].range.clone()];
    let ties = inside.matches("并列").count();
    names.tied = 2 * ties;
    let cue = match m.class {
        FigureClass::Rank if ties > 0 => Cue::Arithmetic,
        FigureClass::Rank => Cue::Implied,
        _ => Cue::Explicit,
    };
    Some(Found {
        names,
        open: inside.contains('等'),
        cue,
    })
}

/// 共有5类，其中，甲类31条，乙类40条… / 四个县区运行正常。其中：甲县受理915件；…: the named parts of the list that follows.
pub(super) fn parts(text: &str, prose: &Prose, reading: &Reading, passage: usize, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    let noun = if m.unit == "类" {
        "类"
    } else {
        GROUPED.iter().find(|g| m.tail.starts_with(**g))?
    };
    let list = reading.lists[passage]
        .iter()
        .find(|l| l.group == clause.group && l.start >= m.full.end)?;
    let announced = matches!(list.announced, Announced::Among | Announced::All);
    let first = &prose.mentions[*list.items.first()?.amounts.first()?];
    let near = prose.clauses[first.clause].sentence <= clause.sentence + 1;
    // Another figure between them may be what the list divides.
    let direct = (mention + 1..prose.mentions.len())
        .find(|n| prose.mentions[*n].is_amount())
        .is_some_and(|n| prose.mentions[n].digits == first.digits);
    if m.class == FigureClass::Rank
        || !announced
        || !near
        || !direct
        || list.items.len() < 2
        || first.unit == m.unit
        || clause.after == Delim::Dun
    {
        return None;
    }
    let mut names = Names::default();
    for item in &list.items {
        let amount = &prose.mentions[*item.amounts.first()?];
        let start = prose.clauses[amount.clause].range.start;
        let own = trim_range(text, start..amount.full.start.max(start));
        let words = &text[own.clone()];
        // The name ends where its class word does: 甲县受理.
        let end = match noun {
            "类" => words.rfind('类').map(|at| at + '类'.len_utf8()),
            "单位" | "部门" => Some(words.len()).filter(|_| UNIT_SUFFIXES.iter().any(|s| words.ends_with(s))),
            _ => ["县", "区", "市", "镇", "乡", "街道", "州", "旗"]
                .iter()
                .filter_map(|s| words.find(s).filter(|at| *at > 0).map(|at| at + s.len()))
                .min(),
        }?;
        names.names.push(own.start..own.start + end);
    }
    let last = prose.mentions[*list.items.last()?.amounts.last()?].full.end;
    let ended = !text[last..]
        .chars()
        .take(12)
        .take_while(|c| !"。；\n".contains(*c))
        .any(|c| c == '等');
    let stated = m.value.normalize();
    let listed = names.names.len();
    // A list may leave some out; one that leaves out a single one of many hardly does.
    let slip = listed >= 4 && (stated - Decimal::from(listed)).abs() == Decimal::ONE;
    (ended && list.items.iter().all(|i| i.times <= 1)).then_some(Found {
        names,
        open: false,
        cue: if slip { Cue::Implied } else { Cue::Arithmetic },
    })
}

/// Groups of places, each of which a list may name.
const GROUPED: [&str; 10] = ["县区", "区县", "县", "市", "区", "乡镇", "镇街", "街道", "单位", "部门"];
