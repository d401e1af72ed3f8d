//! Lines of a body become headings, paragraphs and tables.

use std::sync::LazyLock;

use gouji_document::{Deadline, Text};
use regex::Regex;

use crate::headings::{Label, MAX_HEADING, ends_in_noun, label, sentence_end, states_figures};
use crate::join::join;
use crate::lines::Unit;
use crate::parts::{ends_sentence, part, part_of, width};
use crate::{Element, Heading, Table, TableIdx};

/// Labels inside a line in which everything runs together.
static INNER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?P<one>[一二三四五六七八九十]{1,3})、|[（(](?P<two>[一二三四五六七八九十]{1,3})[)）]")
        .expect("a fixed pattern")
});

/// A heading sentence without a mark at its end, and the word that begins the next sentence.
static UNMARKED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"^([^，。；：]{2,40}?(?:情况|问题|要求|工作|建议|措施|安排|方面|特点|分析|打算))",
        r"(?:\d{4}年|截至|截止|一是|第?[一二三四]季度|本[季年月次]|今年|各[镇乡县区单部级]|我[县市区省州]|全[县市区省州]|为了?|根据|按照|从|\d{1,2}月)"
    ))
    .expect("a fixed pattern")
});

/// A heading without a number: a few words and a colon.
static COLON_HEAD: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([^，。；：:、\d（(]{2,12})([：:])").expect("a fixed pattern"));

enum Piece {
    Text {
        text: Text,
        /// Cut out of a line in which several headings ran together.
        glued: bool,
        outline: Option<u8>,
    },
    Table(Table),
}

impl Piece {
    fn str(&self) -> Option<&str> {
        match self {
            Self::Text { text, .. } => Some(text.as_str()),
            Self::Table(_) => None,
        }
    }
}

/// Builds a body; its tables go to the end of `tables`. Unfinished once `deadline` has passed.
pub(crate) fn build(units: Vec<Unit>, deadline: &Deadline, tables: &mut Vec<Table>) -> Vec<Element> {
    let mut pieces = Vec::new();
    for unit in join(units) {
        if deadline.has_passed() {
            return Vec::new();
        }
        match unit {
            Unit::Line(line) => split(line.text, line.outline, &mut pieces),
            Unit::Table(table) => pieces.push(Piece::Table(*table)),
            Unit::Grid(_) => {}
        }
    }
    let plain = plain_heads(&pieces);
    let listed = listed_runs(&pieces);
    let mut out = Vec::with_capacity(pieces.len());
    let mut queue = pieces.into_iter().enumerate().peekable();
    while let Some((idx, piece)) = queue.next() {
        match piece {
            Piece::Table(table) => {
                out.push(Element::Table(TableIdx(tables.len())));
                tables.push(table);
            }
            Piece::Text { text, glued, outline } => {
                let next = queue.peek().and_then(|(_, p)| p.str()).and_then(label);
                let last = queue.peek().is_none();
                let seen = Seen {
                    glued,
                    outline,
                    plain: plain[idx],
                    listed: listed[idx],
                    next,
                    last,
                };
                element(text, seen, &mut out);
            }
        }
    }
    out
}

/// Cuts a line at the labels of headings that run together in it.
fn split(text: Text, outline: Option<u8>, out: &mut Vec<Piece>) {
    let cuts = inner_labels(text.as_str());
    if cuts.is_empty() {
        out.push(Piece::Text {
            text,
            glued: false,
            outline,
        });
        return;
    }
    let mut at = 0;
    for cut in cuts.into_iter().chain([text.len()]) {
        let piece = part(&text, at..cut);
        if !piece.is_empty() {
            out.push(Piece::Text {
                text: piece,
                glued: true,
                outline: None,
            });
        }
        at = cut;
    }
}

/// Most bytes of a title inside a line: 40 characters, and some white space.
const MAX_OPEN: usize = 60 * 4;

/// Where headings begin inside a line: labels that continue the numbering, each after the end of a sentence or right after
/// the heading above it.
fn inner_labels(text: &str) -> Vec<usize> {
    let hits: Vec<(usize, usize, u8, i64)> = INNER
        .captures_iter(text)
        .filter_map(|c| {
            let whole = c.get(0)?;
            let (level, m) = c
                .name("one")
                .map(|m| (1, m))
                .or_else(|| c.name("two").map(|m| (2, m)))?;
            Some((
                whole.start(),
                whole.end(),
                level,
                gouji_quantity::chinese_integer(m.as_str())?,
            ))
        })
        .collect();
    let after_stop = |at: usize| text[..at].trim_end().ends_with(['。', '！', '？', '”', '：', ':']);
    // A first label is one only if the second of its level follows.
    let last_second = [
        hits.iter()
            .rfind(|h| h.2 == 1 && h.3 == 2 && after_stop(h.0))
            .map(|h| h.0),
        hits.iter()
            .rfind(|h| h.2 == 2 && h.3 == 2 && after_stop(h.0))
            .map(|h| h.0),
    ];
    let follows = |level: u8, from: usize| last_second[usize::from(level) - 1].is_some_and(|at| at > from);
    let mut current = [0i64; 2];
    // End of the last level-1 label that still waits for the end of its heading.
    let mut open_title: Option<usize> = None;
    let mut out = Vec::new();
    for (start, end, level, n) in hits {
        let slot = usize::from(level) - 1;
        if start == 0 {
            current[slot] = n;
            open_title = (level == 1).then_some(end);
            continue;
        }
        let sequel = n == current[slot] + 1 && n > 1;
        let fits = if level == 1 {
            after_stop(start) && (sequel || n == 1 && current[0] == 0 && follows(1, start))
        } else {
            // Far behind its label the title has ended somehow; what lies between is not read again for each label.
            open_title = open_title.filter(|from| start - from <= MAX_OPEN);
            let under_title = open_title.is_some_and(|from| {
                let between = &text[from..start];
                n == 1 && !between.contains(['。', '，', '；']) && (2..=40).contains(&width(between))
            });
            under_title || after_stop(start) && (sequel || n == 1 && current[1] == 0 && follows(2, start))
        };
        if !fits {
            continue;
        }
        out.push(start);
        current[slot] = n;
        if level == 1 {
            current[1] = 0;
            open_title = Some(end);
        } else {
            open_title = None;
        }
    }
    out
}

/// Which pieces are headings without a number: only in a body without 一、 and (by colon or by shape) at least two of them.
fn plain_heads(pieces: &[Piece]) -> Vec<bool> {
    let numbered = pieces
        .iter()
        .filter_map(Piece::str)
        .any(|t| label(t).is_some_and(|l| l.level <= 2));
    let mut out = vec![false; pieces.len()];
    if numbered {
        return out;
    }
    for (idx, piece) in pieces.iter().enumerate() {
        let Some(text) = piece.str() else { continue };
        let by_colon = COLON_HEAD
            .captures(text)
            .and_then(|c| c.get(1))
            .is_some_and(|m| ends_in_noun(m.as_str()));
        let alone = (4..=16).contains(&width(text))
            && !ends_sentence(text)
            && !text.contains(['，', '、', '；', '。', ',', '（', '('])
            && !text.chars().any(|c| c.is_ascii_digit())
            && ends_in_noun(text)
            && idx + 1 < pieces.len();
        out[idx] = by_colon || alone || is_between(pieces, idx);
    }
    if out.iter().filter(|h| **h).count() < 2 {
        out.fill(false);
    }
    out
}

/// Fewest characters of the paragraphs that a heading without a noun stands between.
const MIN_PROSE: usize = 40;

/// A phrase alone between two long paragraphs: 巡查力度明显加大.
fn is_between(pieces: &[Piece], idx: usize) -> bool {
    let prose = |piece: Option<&Piece>| {
        piece
            .and_then(Piece::str)
            .is_some_and(|t| width(t) >= MIN_PROSE && ends_sentence(t))
    };
    let Some(text) = pieces[idx].str() else { return false };
    let above = idx.checked_sub(1).and_then(|i| pieces.get(i));
    (6..=24).contains(&width(text))
        && text
            .chars()
            .all(|c| c.is_alphabetic() || c.is_whitespace() || "“”《》".contains(c))
        && prose(above)
        && prose(pieces.get(idx + 1))
}

/// Which labelled pieces are items of a list: whole lines that end as list items do, or bare names in a row.
fn listed_runs(pieces: &[Piece]) -> Vec<bool> {
    let labels: Vec<Option<Label>> = pieces.iter().map(|p| p.str().and_then(label)).collect();
    let mut out = vec![false; pieces.len()];
    let bare = |idx: usize| {
        pieces[idx].str().is_some_and(|t| {
            let t = t.trim_end();
            t.ends_with(['；', ';']) || sentence_end(t).is_none()
        })
    };
    let mut idx = 0;
    while idx < pieces.len() {
        let Some(first) = labels[idx] else {
            idx += 1;
            continue;
        };
        let mut end = idx + 1;
        while end < pieces.len() && labels[end].is_some_and(|l| l.level == first.level) {
            end += 1;
        }
        let run = idx..end;
        let semicolons = run
            .clone()
            .any(|i| pieces[i].str().is_some_and(|t| t.trim_end().ends_with(['；', ';'])));
        // Two bare lines of the third level or below, one directly after the other, are items: a heading has text under it.
        let names = first.level >= 3 && run.len() >= 2 && run.clone().filter(|&i| bare(i)).count() >= 2;
        if (semicolons && run.len() >= 2) || names {
            for i in run {
                out[i] = semicolons || bare(i);
            }
        }
        idx = end;
    }
    out
}

/// What is known of a line before it is read.
#[derive(Clone, Copy)]
struct Seen {
    /// Cut out of a line in which several headings ran together.
    glued: bool,
    /// The format says that it is a heading of this level.
    outline: Option<u8>,
    /// It is a heading without a number.
    plain: bool,
    /// It is an item of a list.
    listed: bool,
    /// The label of the line below.
    next: Option<Label>,
    /// Nothing stands below it.
    last: bool,
}

fn element(text: Text, seen: Seen, out: &mut Vec<Element>) {
    let str = text.as_str();
    if let Some(found) = label(str) {
        if !seen.listed
            && let Some(cut) = heading_cut(str, found, seen)
        {
            push_heading(&text, Some(found), cut, found.level, out);
            return;
        }
    } else if seen.plain {
        let cut = COLON_HEAD
            .captures(str)
            .and_then(|c| Some((c.get(1)?, c.get(2)?)))
            .map_or((str.len(), str.len()), |(words, colon)| (words.end(), colon.end()));
        let rest = push_heading_only(&text, None, cut, 1, out);
        if let Some(rest) = rest {
            // 总体情况：1.网站方面：… : a heading of the third level may run on.
            let seen = Seen {
                outline: None,
                plain: false,
                listed: false,
                ..seen
            };
            element(rest, seen, out);
        }
        return;
    } else if let Some(level) = seen.outline
        && width(str) <= MAX_HEADING
        && !str.contains(['。', '；'])
    {
        let end = str.trim_end_matches(['：', ':']).len();
        push_heading(&text, None, (end, str.len()), level.clamp(1, 4), out);
        return;
    }
    if !text.is_empty() {
        out.push(Element::Paragraph(text));
    }
}

/// Where the heading of a labelled line ends: before its closing mark, and after it.
fn heading_cut(text: &str, found: Label, seen: Seen) -> Option<(usize, usize)> {
    let Seen { glued, next, last, .. } = seen;
    let body = &text[found.title_at..];
    let stop = sentence_end(body);
    let (end, mark) = match stop {
        Some((at, c)) => (at, Some(c)),
        None => (body.len(), None),
    };
    let mut title = &body[..end];
    let mut after = found.title_at + end + mark.map_or(0, char::len_utf8);
    if glued
        && (width(title) > 30 || states_figures(title) || title.contains([',', '，']))
        && let Some(cut) = UNMARKED.captures(body).and_then(|c| c.get(1))
    {
        title = cut.as_str();
        after = found.title_at + cut.end();
        return Some((found.title_at + title.len(), after));
    }
    let n = width(title);
    let rest = !text[after..].trim().is_empty();
    let sibling = next.is_some_and(|l| l.level == found.level);
    // 一、来件量比上年减少12.5% alone on its line, with text below, says what follows.
    let told =
        found.level == 1 && mark.is_none() && n <= MAX_TOLD && !sibling && !last && !title.contains(['、', '：']);
    if !(2..=MAX_HEADING).contains(&n) || title.contains(['；', ';']) || states_figures(title) && !told {
        return None;
    }
    let deeper = next.is_some_and(|l| l.level > found.level);
    let fits = match (found.level, mark) {
        (_, None) if title.trim_end().ends_with(['，', '、', ',']) => false,
        (1, _) => true,
        (2, None) => !last || n <= 25,
        // A whole sentence on its own line is an item, unless something stands below it.
        (2, Some('。')) => rest || deeper || !title.contains(['，', ',']) && n <= 25 && !(sibling || last),
        (2, Some(_)) => true,
        // From the third level on, a heading needs text in its own line, or below it.
        (_, None) => n <= 30 && !last && !sibling && !title.contains(['，', ',']),
        (_, Some('。')) => (rest || deeper) && n <= 25 && !title.contains(['（', '(']),
        (_, Some(_)) => n <= 25 && (!rest || ends_in_noun(title)) && !is_entry(title),
    };
    fits.then_some((found.title_at + end, after))
}

/// Longest heading with a figure, in characters.
const MAX_TOLD: usize = 30;

/// 数量变化, 占比变化: the point of view of a list's item, not a heading.
fn is_entry(title: &str) -> bool {
    width(title) <= 4 || title.ends_with("变化") || title.ends_with("数据")
}

fn push_heading(text: &Text, found: Option<Label>, cut: (usize, usize), level: u8, out: &mut Vec<Element>) {
    if let Some(rest) = push_heading_only(text, found, cut, level, out) {
        out.push(Element::Paragraph(rest));
    }
}

/// Pushes the heading, and gives the text that runs on behind it.
fn push_heading_only(
    text: &Text,
    found: Option<Label>,
    cut: (usize, usize),
    level: u8,
    out: &mut Vec<Element>,
) -> Option<Text> {
    let at = found.map_or(0, |l| l.title_at);
    let rest = part(text, cut.1..text.len());
    out.push(Element::Heading(Heading {
        level,
        label: found.map(|l| part(text, 0..l.len)),
        title: part_of(text, at..cut.1, at..cut.0),
        stop: text.as_str()[cut.0..cut.1].trim_start().chars().next(),
        run_in: !rest.is_empty(),
    }));
    (!rest.is_empty()).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::Line;
    use gouji_document::Span;

    fn outline(text: &str) -> Vec<String> {
        let mut at = 0;
        let mut units = Vec::new();
        for raw in text.split('\n') {
            units.push(Unit::Line(Line {
                text: Text::from_source(text, Span::new(at, at + raw.len())),
                ..Line::default()
            }));
            at += raw.len() + 1;
        }
        build(units, &Deadline::default(), &mut Vec::new())
            .iter()
            .filter_map(|e| match e {
                Element::Heading(h) => Some(format!(
                    "{}{}",
                    h.label.as_ref().map_or("", |l| l.as_str()),
                    h.title.as_str()
                )),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn run_in_and_own_line() {
        assert_eq!(
            outline(
                "一、基本情况\n（一）网站。本季度发布信息3条。\n()留言办理，按时答复。收到2件。\n二、要求：抓好整改。"
            ),
            ["一、基本情况", "（一）网站", "()留言办理，按时答复", "二、要求"]
        );
    }

    #[test]
    fn no_line_is_read_once_the_deadline_has_passed() {
        let units = || {
            vec![Unit::Line(Line {
                text: Text::from_source("发布3条。", Span::new(0, 13)),
                ..Line::default()
            })]
        };
        let deadline = Deadline::new();
        assert_eq!(build(units(), &deadline, &mut Vec::new()).len(), 1);
        deadline.pass();
        assert!(build(units(), &deadline, &mut Vec::new()).is_empty());
    }

    #[test]
    fn a_label_far_behind_an_open_title_cuts_nothing() {
        let far = format!("一、{}（一）网站。发布3条。", "各单位要高度重视".repeat(12));
        assert!(inner_labels(&far).is_empty());
        assert_eq!(inner_labels("一、总体情况（一）网站。发布3条。").len(), 1);
    }

    #[test]
    fn the_closing_mark_is_kept() {
        let line = |text: &str| {
            Unit::Line(Line {
                text: Text::from_source(text, Span::new(0, text.len())),
                ..Line::default()
            })
        };
        let stops: Vec<_> = build(
            [
                "一、基本情况",
                "（一）网站。发布3条。",
                "（二）留言：收到2件。",
                "二、要求:",
            ]
            .map(line)
            .into(),
            &Deadline::default(),
            &mut Vec::new(),
        )
        .iter()
        .filter_map(|e| match e {
            Element::Heading(h) => Some(h.stop),
            _ => None,
        })
        .collect();
        assert_eq!(stops, [None, Some('。'), Some('：'), Some(':')]);
    }

    #[test]
    fn sentences_and_items_are_no_headings() {
        assert!(outline("（一）全县投资增长6.4%，较上期加快；第一产业下降。\n（二）受理12件，办结10件。").is_empty());
        assert!(outline("1.噪音扰民（15件）：主要反映夜间施工；\n2.市容管理（9件）：主要反映设施维修。").is_empty());
        assert!(outline("一是认真整改。\n二是及时报送。").is_empty());
        assert!(outline("诉求热点如下：1.农村事务。受理14件。2.物业。受理5件。").is_empty());
    }

    #[test]
    fn a_whole_document_on_one_line() {
        assert_eq!(
            outline(
                "现通报如下：一、总体情况（一）信件办理情况2031年第一季度，共收到3件，其中办结2件。（二）网站。共发布5条。二、要求（一）落实责任。各镇要落实。（二）及时答复。要答复。"
            ),
            [
                "一、总体情况",
                "（一）信件办理情况",
                "（二）网站",
                "二、要求",
                "（一）落实责任",
                "（二）及时答复"
            ]
        );
    }

    #[test]
    fn phrases_between_paragraphs_and_headings_with_figures() {
        let prose =
            "全县各窗口单位按照统一部署开展自查，对照清单逐项整改，及时回应群众关切的问题，办理质量进一步提高。";
        assert_eq!(
            outline(&format!(
                "{prose}\n巡查力度明显加大\n{prose}\n群众评价稳步提升\n{prose}"
            )),
            ["巡查力度明显加大", "群众评价稳步提升"]
        );
        // One alone, and lines that no paragraph stands below.
        assert!(outline(&format!("{prose}\n巡查力度明显加大\n{prose}")).is_empty());
        assert!(outline(&format!("{prose}\n甲镇巡查小组\n乙镇巡查小组\n丙镇巡查小组")).is_empty());
        assert_eq!(
            outline(&format!(
                "一、来件量比上年减少12.5%\n{prose}\n二、办结率超过九成\n{prose}"
            )),
            ["一、来件量比上年减少12.5%", "二、办结率超过九成"]
        );
        assert!(outline("一、来件减少12.5%\n二、办结增加3.5%\n三、回访增加2.5%").is_empty());
    }

    #[test]
    fn unnumbered_headings_need_company() {
        assert_eq!(
            outline(
                "总体情况：1.网站普查方面：共普查3家。\n2.新媒体方面：共检查4个。\n主要问题：1.部分单位未更新。\n工作要求：各单位要整改。"
            ),
            ["总体情况", "1.网站普查方面", "2.新媒体方面", "主要问题", "工作要求"]
        );
        assert!(outline("检查情况：共检查4个。\n各镇要整改。").is_empty());
    }
}
