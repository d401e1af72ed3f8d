//! Names that stand before their number.

use std::ops::Range;

use super::{Found, MAX_NAME, MAX_NAMES, Names, conjunctions, runs, trim_range};
use crate::Cue;
use crate::lexicon::UNIT_SUFFIXES;
use crate::prose::clauses::{Delim, Prose};

/// 甲、乙、丙共3个单位 / 甲、乙、丙等3家 / 甲、乙、丙3个领域.
pub(super) fn names(text: &str, prose: &Prose, mention: usize) -> Option<Found> {
    let m = &prose.mentions[mention];
    let clause = &prose.clauses[m.clause];
    if let Some(found) = quoted(text, clause.range.start, m.full.start) {
        return Some(found);
    }
    if clause.before != Delim::Dun || clause.mentions.first() != Some(&mention) {
        return None;
    }
    let lead = &text[clause.range.start..m.full.start];
    let (last, open, cue) = if let Some(head) = lead.strip_suffix("等") {
        (head, true, Cue::Explicit)
    } else if let Some(head) = ["等共", "等共计", "等合计"].iter().find_map(|w| lead.strip_suffix(w)) {
        (head, true, Cue::Explicit)
    } else if let Some(head) = ["共计", "合计", "共", "这"].iter().find_map(|w| lead.strip_suffix(w)) {
        (head, false, Cue::Explicit)
    } else {
        (lead, false, Cue::Implied)
    };
    // A last element that is itself a named part (县级部门18个) is no name before a number.
    if !open && cue == Cue::Implied && !ends_as_name(last, &m.tail) {
        return None;
    }
    let mut names = Names {
        names: vec![trim_range(text, clause.range.start..clause.range.start + last.len())],
        extra: conjunctions(last),
        tied: 0,
    };
    let mut idx = m.clause;
    while idx > 0 {
        let Some(previous) = (0..idx).rev().find(|c| prose.clauses[*c].group == clause.group) else {
            break;
        };
        let c = &prose.clauses[previous];
        if c.after != Delim::Dun {
            break;
        }
        // The first element may stand behind a figure: 报送30条以上的有甲镇、乙局2个单位.
        if let Some(last) = c.mentions.last() {
            let lead = first_name(text, prose.mentions[*last].full.end..c.range.end);
            if c.before != Delim::Dun && !lead.is_empty() {
                names.names.push(lead);
            }
            break;
        }
        names.names.push(if c.before == Delim::Dun {
            trim_range(text, c.range.clone())
        } else {
            first_name(text, c.range.clone())
        });
        if c.before != Delim::Dun || names.names.len() > MAX_NAMES {
            break;
        }
        idx = previous;
    }
    names.names.reverse();
    // The first element may carry a verb (涉及甲、…), or words that are no list at all.
    let longest = names
        .names
        .iter()
        .skip(1)
        .map(|r| text[r.clone()].chars().count())
        .max()?;
    if longest > MAX_NAME || names.names.iter().any(Range::is_empty) {
        return None;
    }
    Some(Found { names, open, cue })
}

/// 有“政策解读”“回应关切”等3个: quoted names right before the number.
fn quoted(text: &str, from: usize, number: usize) -> Option<Found> {
    let lead = &text[from..number];
    let words = ["等共", "等", "共计", "合计", "共", "这", "栏目", "专栏"]
        .iter()
        .fold(lead, |l, w| l.strip_suffix(w).unwrap_or(l));
    if !words.ends_with(['”', '》']) {
        return None;
    }
    let run = runs::quoted_before(text, from + words.len())?;
    (run.names.len() >= 2).then(|| Found {
        names: Names {
            names: run.names,
            extra: 0,
            tied: 0,
        },
        open: lead[words.len()..].contains('等'),
        cue: if words.len() < lead.len() {
            Cue::Explicit
        } else {
            Cue::Implied
        },
    })
}

/// The first name of a list without the words that lead up to it: 涉及甲区, 以上的有乙镇, 对责任单位丙局, 二是统计.
fn first_name(text: &str, range: Range<usize>) -> Range<usize> {
    let range = trim_range(text, range);
    let words = &text[range.clone()];
    let mut start = 0;
    for lead in [
        "涉及",
        "包括",
        "责任单位",
        "一是",
        "二是",
        "三是",
        "四是",
        "五是",
        "的有",
        "有",
        "如",
        "是",
        "为",
    ] {
        if let Some(at) = words.rfind(lead)
            && words[at + lead.len()..].chars().count() >= 2
            && !words[..at].ends_with(['国', '所', '因', '行', '作', '人'])
        {
            start = start.max(at + lead.len());
        }
    }
    range.start + start..range.end
}

/// A bare list before a number must end like names do: units, or the noun the number counts is a class word.
fn ends_as_name(last: &str, tail: &str) -> bool {
    let named = UNIT_SUFFIXES.iter().any(|s| last.ends_with(s));
    let class = [
        "单位", "部门", "领域", "方面", "镇", "乡", "街道", "县", "区", "市", "网站", "账号", "栏目", "类", "行业",
        "地区", "平台", "项目", "环节", "窗口",
    ]
    .iter()
    .any(|w| tail.starts_with(w));
    class || named && tail.is_empty()
}
