//! Words that announce a list of parts.

use super::Announced;
use crate::FigureClass;
use crate::lexicon::{PART_CUES, PartCue};
use crate::prose::clauses::{Clause, Delim, Prose};
use crate::prose::labels::Label;

/// Whether a list is announced at clause `pos`: by the label of its first mention or by a clause without figures.
/// Gives the position of the clause of the first item and which of its mentions it is.
pub(super) fn announced_at(
    text: &str,
    prose: &Prose,
    labels: &[Label],
    clauses: &[usize],
    pos: usize,
) -> Option<(Announced, usize, usize)> {
    let clause = &prose.clauses[clauses[pos]];
    for (i, m) in clause.mentions.iter().enumerate() {
        if let Some(cue) = labels[*m].cue {
            // 其中共检查40家，其中甲类30家、乙类10家: a total of its own, and no part.
            let divided = labels[*m].total
                && i + 1 == clause.mentions.len()
                && clauses.get(pos + 1).is_some_and(|next| {
                    let first = prose.clauses[*next].mentions.first();
                    first.is_some_and(|f| labels[*f].cue == Some(PartCue::Among))
                });
            if divided {
                return None;
            }
            // 前十分别为甲610件、乙342件: the first few of many.
            let few = i > 0 && prose.mentions[clause.mentions[i - 1]].class == FigureClass::Rank;
            let announced = if few { Announced::Partial } else { announced(cue) };
            if i + 1 == clause.mentions.len()
                && let Some(next) = counted_kinds(prose, clauses, pos, *m)
            {
                return Some((announced, next, 0));
            }
            return Some((announced, pos, i));
        }
    }
    // The words behind the last figure, or all of a clause without figures.
    let words = match clause.mentions.last() {
        Some(m) => prose.mentions[*m].tail.as_str(),
        None => text[clause.range.clone()].trim(),
    };
    // 完成的5200批次抽检中，甲3900批次、…: the total with 中.
    let within = clause
        .mentions
        .last()
        .is_some_and(|m| prose.mentions[*m].is_amount() && clause.mentions.len() == 1)
        && clause.after == Delim::Comma
        && words.ends_with(['中', '里'])
        // 处分的584人中
        && (words.chars().count() >= 2 || clause.mentions.last().is_some_and(|m| prose.mentions[*m].label.ends_with('的')));
    // 在受理的投诉中，甲类…；乙类…: the total by name.
    let among = clause.mentions.is_empty()
        && clause.after == Delim::Comma
        && words.ends_with('中')
        && words.chars().count() >= 3
        && ![
            "工作中",
            "过程中",
            "检查中",
            "督查中",
            "抽查中",
            "活动中",
            "其中",
            "当中",
            "行动中",
            "建设中",
        ]
        .iter()
        .any(|w| words.ends_with(w));
    let cue = match cue_words(words, clause.after) {
        Some(cue) => cue,
        // 共评审1003家：甲级100家；乙级…: a total and its colon.
        None if totalled(prose, labels, clause) => Announced::All,
        None if among => Announced::Partial,
        None if within => Announced::Among,
        None => return None,
    };
    let next = clauses[pos + 1..]
        .iter()
        .position(|c| !prose.clauses[*c].mentions.is_empty())?
        + pos
        + 1;
    // Between cue and first figure only the names of a shared amount may stand (A、B各4条).
    let between = &clauses[pos + 1..next];
    if clause.after == Delim::Stop || between.iter().any(|c| prose.clauses[*c].after != Delim::Dun) {
        return None;
    }
    Some((cue, next, 0))
}

/// 分为五类：财政类20件、城建类32件: the number behind the cue counts the parts, which begin in the clause behind the colon. Gives the
/// position of that clause.
fn counted_kinds(prose: &Prose, clauses: &[usize], pos: usize, counted: usize) -> Option<usize> {
    let clause = &prose.clauses[clauses[pos]];
    let kinds = &prose.mentions[counted];
    let first = &prose.clauses[*clauses.get(pos + 1)?];
    let part = &prose.mentions[*first.mentions.first()?];
    let short = kinds.tail.chars().count() <= 4;
    (clause.after == Delim::Colon
        && kinds.class == FigureClass::Count
        && short
        && part.is_amount()
        && part.unit != kinds.unit)
        .then_some(pos + 1)
}

fn announced(cue: PartCue) -> Announced {
    match cue {
        PartCue::Partial => Announced::Partial,
        PartCue::Among => Announced::Among,
        PartCue::All => Announced::All,
    }
}

/// Whether a clause ends with an amount that is called a total, and a colon.
fn totalled(prose: &Prose, labels: &[Label], clause: &Clause) -> bool {
    let last = clause.mentions.last().copied();
    clause.after == Delim::Colon
        && last.is_some_and(|m| {
            let words = prose.mentions[m].tail.as_str();
            prose.mentions[m].is_amount()
                && labels[m].total
                && words.chars().count() <= 8
                && !["主要", "如下"].iter().any(|w| words.contains(w))
        })
}

/// Words that announce parts at the end of a clause.
pub(super) fn cue_words(words: &str, after: Delim) -> Option<Announced> {
    if ranked(words) {
        return Some(Announced::Partial);
    }
    for (word, cue) in PART_CUES {
        if words.ends_with(word) || words.starts_with(word) && words.chars().count() <= 6 {
            return Some(announced(*cue));
        }
    }
    if divides(words) {
        return Some(Announced::All);
    }
    let colon = after == Delim::Colon;
    // 受理的投诉按渠道分：what is divided stands before.
    let by = words.rfind('按').map(|at| &words[at..]);
    if colon && by.is_some_and(divides) {
        return Some(Announced::All);
    }
    if colon && words.contains("涉及") && !words.contains("主要") {
        return Some(Announced::All);
    }
    if colon
        && ["如下", "情况", "分布", "有", "为", "是"]
            .iter()
            .any(|w| words.ends_with(w))
        && (words.contains("分布") || words.contains("构成") || words.contains("类型") || words.contains("类别"))
    {
        return Some(Announced::All);
    }
    None
}

/// 位居前三的, 排名前十位的分别为: the first few of many.
pub(crate) fn ranked(words: &str) -> bool {
    let numeral = |rest: &str| rest.starts_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    ["居前", "位列前", "排名", "排在前", "排前"]
        .iter()
        .any(|w| words.contains(w))
        || words.match_indices('前').any(|(at, w)| numeral(&words[at + w.len()..]))
}

/// Words that divide a whole by some property: 按问题类型分类, 从来信类型看, 分产业看.
pub(crate) fn divides(words: &str) -> bool {
    // 其中按信访目的分类
    let words = words
        .strip_prefix("其中")
        .unwrap_or(words)
        .trim_start_matches(['，', ',']);
    let starts = ["按", "从", "分", "依", "以"].iter().any(|w| words.starts_with(w));
    let ends = [
        "分类",
        "看",
        "来看",
        "划分",
        "统计",
        "分布",
        "分",
        "区分",
        "分析",
        "情况为",
        "如下",
        "依次为",
    ]
    .iter()
    .any(|w| words.ends_with(w));
    starts && ends && words.chars().count() <= 24
}
