//! Lines broken in mid-sentence, joined.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use crate::grid::{NOTE, UNIT_LINE};
use crate::lines::{Line, Unit};
use crate::organ::is_organ;
use crate::parts::{ends_sentence, join_onto, width};
use crate::{headings, sign_off, text_table};

/// Starts of lines that never continue another.
static OWN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:附\s*件|附表|附[:：]|抄送|主题词|[一二三四五六七八九十]是|[●■◆★▲·•①-⑳□])")
        .expect("a fixed pattern")
});

/// The beginning of a report: a period.
static PERIOD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:19|20)\d{2}年|\d{1,2}月|[上下]半年|第?[一二三四]季度|前[一二三四五六七八九十\d]+个?[月季]|截至|全年|今年|本[月季年])").expect("a fixed pattern")
});

/// Fewest full lines that show a text wrapped at one width.
const MIN_WRAPPED: usize = 4;
/// Narrowest wrapped text, in characters.
const MIN_WIDTH: usize = 12;

/// The width at which the text is wrapped: no line is longer, and a good part of the lines are about as long.
fn wrap_width(units: &[Unit]) -> Option<usize> {
    let mut widest = 0;
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for unit in units {
        if let Unit::Line(line) = unit
            && !line.tab
            && !line.str().contains(['|', '\t'])
            && !line.str().contains("://")
        {
            let n = width(line.str());
            widest = widest.max(n);
            *counts.entry(n).or_default() += 1;
        }
    }
    let full: usize = counts.range(widest.saturating_sub(2)..).map(|c| c.1).sum();
    let long: usize = counts.range(widest / 2..).map(|c| c.1).sum();
    (widest >= MIN_WIDTH && full >= MIN_WRAPPED && full * 2 >= long).then_some(widest)
}

/// Undoes the wrapping of a text file, before anything else is read from its lines.
pub(crate) fn unwrap(units: Vec<Unit>) -> Vec<Unit> {
    let Some(wrap) = wrap_width(&units) else { return units };
    let (mut n, mut indented) = (0usize, 0usize);
    for unit in &units {
        if let Unit::Line(line) = unit {
            n += 1;
            indented += usize::from(line.indented);
        }
    }
    let all_indented = indented * 10 > n * 6;
    let mut out: Vec<Unit> = Vec::with_capacity(units.len());
    let mut last_width = 0;
    // Whether the line above is a row of a table, or the start of something that cannot go on.
    let mut row_above = true;
    for unit in units {
        let Unit::Line(line) = unit else {
            last_width = 0;
            out.push(unit);
            continue;
        };
        let here = width(line.str());
        if (wrap.saturating_sub(2)..=wrap).contains(&last_width)
            && !line.blank_before
            && (!line.indented || all_indented)
            && !begins_anew(&line)
            && !row_above
            && let Some(Unit::Line(open)) = out.last_mut()
            && !ends_sentence(open.str())
            && open.sheet == line.sheet
        {
            // At the very margin a number may have been cut in two; elsewhere two numbers stay two.
            if last_width == wrap {
                open.text.append(&line.text);
            } else {
                join_onto(&mut open.text, &line.text);
            }
        } else {
            row_above = line.str().contains(['|', '\t']);
            out.push(Unit::Line(line));
        }
        last_width = here;
    }
    out
}

/// Whether a line cannot continue the one above.
fn begins_anew(line: &Line) -> bool {
    let text = line.str();
    line.tab
        || line.outline.is_some()
        || line.page_break
        || headings::label(text).is_some()
        || OWN.is_match(text)
        || NOTE.is_match(text)
        || UNIT_LINE.is_match(text)
        || sign_off::is_day(text)
        || text.contains(['|', '\t'])
}

struct Open {
    line: Line,
    /// It is made of two lines or more.
    joined: bool,
    last_width: usize,
    /// A comma or full stop has been seen: it is prose.
    prose: bool,
    /// It is a row of cells.
    row: bool,
}

fn punctuated(text: &str) -> bool {
    text.contains(['，', '。', '；', ',', '、', '：'])
}

/// Whether the title of a labelled line is complete: no mark of a sentence stands in it, or only a comma between two phrases
/// (平稳增长，结构优化), and the line below stands by itself: it announces something, or it is a sentence too long for this one
/// to have been broken by its width.
fn is_whole_heading(title: &str, level: u8, below: &str) -> bool {
    if !punctuated(title) {
        return true;
    }
    let n = width(title);
    let commas = title.matches(['，', ',']).count();
    let phrases = || title.split(['，', ',']).filter(|p| width(p) >= 4).count() == commas + 1;
    let stands = width(below) >= 2 * n || width(below) >= n && PERIOD.is_match(below);
    level <= 2
        && n <= 30
        && (stands && ends_sentence(below) || below.ends_with(['：', ':']))
        && !title.contains(['。', '；', '：', ':'])
        && (level == 1 || !title.chars().any(|c| c.is_ascii_digit()))
        && commas <= 1
        && phrases()
        && title.ends_with(char::is_alphanumeric)
}

fn continues(open: &Open, next: &Line) -> bool {
    let (a, b) = (open.line.str(), next.str());
    if begins_anew(next) || open.line.outline.is_some() || ends_sentence(a) || next.sheet != open.line.sheet || open.row
    {
        return false;
    }
    let last = a.chars().next_back();
    if matches!(last, Some('，' | '、' | ',' | '（' | '(' | '“' | '《')) {
        return open.last_width >= 6;
    }
    // A heading on a line of its own is whole.
    if !open.joined && headings::label(a).is_some_and(|l| is_whole_heading(&a[l.title_at..], l.level, b)) {
        return false;
    }
    // A paragraph of its own is joined only to what stops at a comma.
    !next.begins_paragraph
        && open.prose
        && open.last_width >= 10
        && !is_organ(b)
        && !text_table::is_caption(b)
        && last.is_some_and(|c| c.is_alphanumeric() || "”）)》%％".contains(c))
        && punctuated(b)
        && (ends_sentence(b) || !next.blank_before)
}

/// Joins lines that a converter or a wrapped file broke.
pub(crate) fn join(units: Vec<Unit>) -> Vec<Unit> {
    let mut out = Vec::with_capacity(units.len());
    let mut open: Option<Open> = None;
    for unit in units {
        match unit {
            Unit::Line(line) => {
                if let Some(o) = &mut open
                    && continues(o, &line)
                {
                    o.prose |= punctuated(line.str());
                    o.joined = true;
                    o.last_width = width(line.str());
                    join_onto(&mut o.line.text, &line.text);
                    continue;
                }
                out.extend(open.take().map(|o| Unit::Line(o.line)));
                open = Some(Open {
                    joined: false,
                    last_width: width(line.str()),
                    prose: punctuated(line.str()),
                    row: line.str().contains('|'),
                    line,
                });
            }
            other => {
                out.extend(open.take().map(|o| Unit::Line(o.line)));
                out.push(other);
            }
        }
    }
    out.extend(open.map(|o| Unit::Line(o.line)));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_document::{Span, Text};

    fn joined(text: &str) -> Vec<String> {
        let mut at = 0;
        let mut blank = false;
        let mut units = Vec::new();
        for raw in text.split('\n') {
            if raw.is_empty() {
                blank = true;
            } else {
                units.push(Unit::Line(Line {
                    text: Text::from_source(text, Span::new(at, at + raw.len())),
                    blank_before: std::mem::take(&mut blank),
                    ..Line::default()
                }));
            }
            at += raw.len() + 1;
        }
        join(unwrap(units))
            .iter()
            .filter_map(|u| match u {
                Unit::Line(l) => Some(l.str().to_owned()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn a_sentence_broken_after_a_comma() {
        assert_eq!(
            joined("（一）深化公开。各镇要持续加强解读，\n\n严格履行程序。"),
            ["（一）深化公开。各镇要持续加强解读，严格履行程序。"]
        );
    }

    #[test]
    fn a_text_wrapped_at_one_width() {
        let text = "各镇各部门要认真学习贯彻上级文件\n精神切实把各项任务落到实处并按时\n报送整改情况确保全年目标任务能够\n如期完成不得拖延推诿敷衍塞责全力\n抓好落实。";
        assert_eq!(joined(text).len(), 1);
    }

    #[test]
    fn paragraphs_of_a_word_document_are_joined_only_at_a_comma() {
        let count = |first: &str, second: &str| {
            let unit = |text: &str| {
                Unit::Line(Line {
                    text: Text::synthetic(text),
                    begins_paragraph: true,
                    ..Line::default()
                })
            };
            join(vec![unit(first), unit(second)]).len()
        };
        assert_eq!(count("各镇要持续加强解读，", "严格履行程序，抓好落实。"), 1);
        assert_eq!(count("各镇要持续加强解读，认真做好回应", "严格履行程序，抓好落实。"), 2);
        assert_eq!(
            joined("各镇要持续加强解读，认真做好回应\n严格履行程序，抓好落实。").len(),
            1
        );
    }

    #[test]
    fn a_heading_of_two_phrases_is_whole_above_a_long_sentence() {
        let below = "上半年，全县实现农业增加值3120万元，按可比价格计算，增长4.6%，增速居全市第二位，比上年同期加快。";
        assert_eq!(joined(&format!("一、农业稳中有进，畜牧业平稳增长\n{below}")).len(), 2);
        // A figure, or a line below that is no longer: the sentence was broken.
        assert_eq!(joined(&format!("一、本季度农业增加值3120万元，增长\n{below}")).len(), 1);
        assert_eq!(
            joined("一、各镇要切实提高认识，压实责任\n认真整改，按时报送整改情况。"),
            ["一、各镇要切实提高认识，压实责任认真整改，按时报送整改情况。"]
        );
    }

    #[test]
    fn headings_items_and_signatures_stay_alone() {
        for text in [
            "一、基本情况\n本季度收到来件3件。",
            "一、 基本情况\n本季度，收到来件3件。",
            "各镇要抓好整改，及时报送，\n（一）压实责任。",
            "请认真整改，抓好落实\n清河县人民政府办公室",
        ] {
            assert_eq!(joined(text).len(), 2, "{text}");
        }
    }
}
