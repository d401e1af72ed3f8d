//! The title (标题, GB/T 9704-2012 §7.3.1): which lines of the letterhead it is made of.

use std::sync::LazyLock;

use regex::Regex;

use crate::doc_number::is_doc_number;
use crate::headline::{is_headline, is_whole};
use crate::letterhead::{Candidate, MARKING, is_mark};
use crate::organ::is_organ;
use crate::parts::{squash, width};
use crate::{headings, sign_off};

/// The end of a title; the kind of document is the first group.
static TITLE_END: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(通报|通知|通告|公告|公报|报告|决定|意见|批复|纪要|方案|的函|情况|结果|排名|名单|总结|简报|专报|快报|月报|季报|周报",
        r"|通報|公報|報告|決定|意見|批復|批覆|紀要|情況|結果|名單|總結|簡報|專報|快報|月報|季報|週報)",
        // The mark of a note (公报[1]), an issue (第三号).
        r"\s*(?:[\[〔［]\d{1,2}[\]〕］])?\s*(?:[（(【〔][^（()）。]{1,30}[)）】〕])?$"
    ))
    .expect("a fixed pattern")
});

/// An issue of a bulletin, alone on its line.
static ISSUE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[（(]?(?:\d{4}年)?(?:总?第)?\s*\d+\s*[期号][)）]?$").expect("a fixed pattern"));

/// Longest title, in characters.
pub(crate) const MAX_TITLE: usize = 140;

/// How surely a line ends a title: 4 通报 … 1 a bulletin's name, 0 not at all.
pub(crate) fn title_rank(line: &str) -> u8 {
    let flat = squash(line);
    // A line behind a dash tells more of the title above it.
    let more = flat.starts_with(['—', '－']) || flat.starts_with("--");
    if more || flat.chars().count() > MAX_TITLE || flat.contains(['。', '；', '：', ':', '>', '＞', '»', '›']) {
        return 0;
    }
    let Some(kind) = TITLE_END.captures(&flat).and_then(|c| c.get(1)) else {
        return 0;
    };
    let about = u8::from(["关于", "關於"].iter().any(|w| flat.contains(w)));
    match kind.as_str() {
        "通报" | "通報" => 4 + about,
        "情况" | "结果" | "排名" | "名单" | "总结" | "情況" | "結果" | "名單" | "總結" => 2 + about,
        "简报" | "专报" | "快报" | "月报" | "季报" | "周报" => 1,
        "簡報" | "專報" | "快報" | "月報" | "季報" | "週報" => 1,
        _ => 3 + about,
    }
}

/// Whether the lines of one centred paragraph are one title, or one mark, broken on purpose.
pub(crate) fn is_broken_title(lines: &[&str]) -> bool {
    let Some((last, others)) = lines.split_last() else {
        return false;
    };
    let plain = |line: &str| {
        let flat = squash(line);
        width(line) <= 32
            && !flat.contains(['。', '；', '：', ':', '|'])
            && !flat.starts_with(['附', '（', '(', '—', '【'])
            && headings::label(line).is_none()
            && !is_doc_number(line)
            && !MARKING.is_match(&flat)
            && !ISSUE.is_match(&flat)
            && !sign_off::is_day(line)
    };
    (1..=5).contains(&others.len())
        && lines.iter().all(|line| plain(line))
        && others.iter().zip(&lines[1..]).all(|(line, next)| {
            // What is whole by itself: a title, the name of a bulletin, a mark, an organ.
            let whole = matches!(title_rank(line), 1 | 4..) || line.ends_with("文件");
            !whole && (!is_organ(line) || next.trim_start().starts_with("关于"))
        })
        && !is_organ(last)
        && width(&lines.concat()) <= MAX_TITLE
}

/// A second line of the title: an issue, a span of days, a line after a dash. A word like 总体情况 is a heading instead, and a
/// line with bars the head of a table.
pub(crate) fn is_subtitle(text: &str) -> bool {
    width(text) <= 30
        && !text.contains(['。', '；', '，'])
        && text.matches(['|', '｜', '│']).count() < 2
        && !text.ends_with(['：', ':'])
        && headings::label(text).is_none()
        && (text.chars().any(|c| c.is_ascii_digit()) || text.starts_with(['（', '(', '—', '-']))
}

/// First and last line of the title.
pub(crate) fn title_lines(head: &[Candidate], addressee_at: Option<usize>, followed: bool) -> Option<(usize, usize)> {
    let limit = addressee_at.unwrap_or(head.len());
    let str_at = |idx: usize| head[idx].line.str();
    let mut best: Option<(u8, usize)> = None;
    for (idx, candidate) in head.iter().enumerate().take(limit) {
        let mut rank = title_rank(candidate.line.str());
        // The tail of a broken title is short and has no subject of its own.
        if rank > 0 && idx > 0 && rank < 5 && str_at(idx - 1).contains("关于") && title_rank(str_at(idx - 1)) == 0 {
            rank += 1;
        }
        if candidate.line.outline == Some(1) && rank > 0 {
            rank += 1;
        }
        if rank > 0 && best.is_none_or(|b| rank > b.0) {
            best = Some((rank, idx));
        }
    }
    let headline = headline(head, limit, followed || addressee_at.is_some());
    // 检查情况 below a headline is its end if it is not whole, and else a heading of the text.
    if let (Some((1..=2, idx)), Some(first)) = (best, headline)
        && first < idx
        && (head[first].marked || first == 0)
        && width(str_at(first)) >= width(str_at(idx))
    {
        let one = idx == first + 1 && !head[first].marked && width(str_at(idx)) <= 8 && !is_whole(str_at(first));
        return Some((first, if one { idx } else { first }));
    }
    let end = match best {
        Some((_, idx)) => idx,
        None => fallback(head, limit, addressee_at.is_some()).or(headline)?,
    };
    let mut from = end;
    let plain = |idx: usize| {
        let t = str_at(idx);
        !is_doc_number(t)
            && !MARKING.is_match(&squash(t))
            && !t.contains("    ")
            && !t.ends_with("文件")
            && width(t) >= 4
            && !t.contains(['。', '；', '：', ':'])
            && title_rank(t) == 0
    };
    // Up to the line that says what it is about.
    let flat = |from: usize| (from..=end).map(str_at).collect::<String>();
    if !flat(from).contains("关于") && best.is_some() {
        let about = (from.saturating_sub(4)..from)
            .rev()
            .take_while(|&i| plain(i))
            .find(|&i| str_at(i).contains("关于"));
        if let Some(idx) = about {
            from = idx;
        } else if from > 0
            && plain(from - 1)
            && !is_organ(str_at(from - 1))
            && width(str_at(end)) <= 14
            && title_rank(str_at(end)) >= 3
        {
            from -= 1;
        }
    }
    // Issuing organs directly above belong to it, but not the mark, which they repeat.
    let mut organs: Vec<String> = Vec::new();
    if str_at(from).trim_start().starts_with("关于") {
        while from > 0 && organs.len() < 6 && is_organ(str_at(from - 1)) && !str_at(from - 1).contains("    ") {
            let name = squash(str_at(from - 1));
            if organs.contains(&name) {
                break;
            }
            organs.push(name);
            from -= 1;
        }
    }
    Some((from, end))
}

/// The first line that has the shape of a headline, and a place that makes it one: the page's line below it, or the text.
fn headline(head: &[Candidate], limit: usize, followed: bool) -> Option<usize> {
    let idx = (0..limit).find(|&i| {
        let text = head[i].line.str();
        !text.trim_end().ends_with("文件") && is_headline(text, head[i].marked)
    })?;
    let near = head.len() - idx <= NEAR;
    // A second line of the title may stand between.
    let marked = head[idx].marked
        || head.get(idx + 1).is_some_and(|next| {
            next.marked && next.n_chrome == head[idx].n_chrome && is_headline(next.line.str(), true)
        });
    let first = idx == 0 || idx == 1 && width(head[0].line.str()) < 8;
    (marked || (head[idx].n_chrome > 0 || first) && followed && near).then_some(idx)
}

/// Most lines between a headline and the text.
const NEAR: usize = 4;

/// Without a line that ends as titles do: a line about something, or one that the format centres or marks as a heading.
fn fallback(head: &[Candidate], limit: usize, addressed: bool) -> Option<usize> {
    let about = (0..limit).find(|&i| {
        let t = head[i].line.str();
        t.contains("关于") && !t.contains(['。', '：', ':'])
    });
    about.or_else(|| {
        (0..limit).find(|&i| {
            let line = &head[i].line;
            let shown = line.outline == Some(1) || line.align == gouji_document::Align::Center;
            shown && !is_mark(line.str()) && !is_doc_number(line.str()) && width(line.str()) >= 5 && addressed
        })
    })
}

#[cfg(test)]
mod tests {
    use super::{is_broken_title, is_subtitle, title_rank};

    #[test]
    fn titles_in_traditional_characters_rank_as_in_simplified_ones() {
        for (traditional, simplified) in [
            (
                "硯池市政府辦公室關於2031年第二季度工作情況的通報",
                "砚池市政府办公室关于2031年第二季度工作情况的通报",
            ),
            ("2031年第三季度抽檢結果", "2031年第三季度抽检结果"),
            ("政務公開簡報", "政务公开简报"),
        ] {
            assert_eq!(title_rank(traditional), title_rank(simplified), "{traditional}");
        }
    }

    #[test]
    fn marks_of_notes_end_a_title_and_a_dash_begins_none() {
        assert_eq!(title_rank("砚池县农业普查公报[1]"), title_rank("砚池县农业普查公报"));
        assert_eq!(
            title_rank("砚池县农业普查公报〔1〕（第二号）"),
            title_rank("砚池县农业普查公报")
        );
        assert_eq!(title_rank("——全县农户基本情况"), 0);
    }

    #[test]
    fn the_head_of_a_table_is_no_second_line_of_the_title() {
        assert!(is_subtitle("（2031年第一季度）") && is_subtitle("2031年第3期"));
        assert!(!is_subtitle("单位 | 2030年 | 2031年 | 同比 |"));
    }

    #[test]
    fn a_title_in_lines_and_lines_that_are_whole() {
        for lines in [
            &["青溪县人民政府办公室", "关于2031年第三季度政府网站", "检查情况的通报"][..],
            &["关于2031年9月", "第25周来信办理", "总体情况的通报"],
            &["关于2031年政府网站检查情况", "的通报"],
            &["2031年第三季度政府网站", "检查结果一览表"],
        ] {
            assert!(is_broken_title(lines), "{lines:?}");
        }
        for lines in [
            &["关于2031年政府网站检查情况的通报"][..],
            &["青溪县人民政府文件", "青政发〔2031〕8号"],
            &["关于2031年检查情况的通报", "（第3期）"],
            &["青溪县政务简报", "关于检查情况的通报"],
            &["政务督查", "2031年第3期", "关于检查情况的通报"],
            &["青溪县水务局", "青溪县林业局"],
            &["青溪县水务局", "2031年3月5日"],
            &["一、总体情况", "良好"],
        ] {
            assert!(!is_broken_title(lines), "{lines:?}");
        }
    }
}
