//! The list of attachments (附件说明) and the attachments that follow (附件).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use gouji_document::Text;
use gouji_quantity::chinese_integer;
use regex::Regex;

use crate::lines::{Line, Unit};
use crate::organ::is_organ;
use crate::parts::{ends_sentence, join_onto, part, part_of, squash, width};
use crate::{ListedAttachment, headings, sign_off};

/// 附件, 附件1, 附件一： alone on a line.
static ALONE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(【]?附\s*[件表]\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：.．、]?\s*[)）】]?$")
        .expect("a fixed pattern")
});

/// 附件：…, 附件1：…, 附：… with text behind.
static TITLED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^附\s*件?\s*(\d{1,2}|[一二三四五六七八九十]{1,3})?\s*[:：.．、]\s*(\S.*)$|^附\s*件\s*(\d{1,2})\s*[ \u{3000}]\s*(\S.*)$").expect("a fixed pattern")
});

static NUMBERED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(\d{1,2})\s*[.．、]\s*(\S.*)$").expect("a fixed pattern"));

/// The next entry on the same line.
static NEXT_ENTRY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[\s;；]+(\d{1,2})\s*[.．、]\s*\D").expect("a fixed pattern"));

/// An attachment as it stands in the source, not yet read.
pub(crate) struct Part {
    pub label: Text,
    pub number: Option<u32>,
    pub title: Option<Text>,
    pub units: Vec<Unit>,
}

/// The main text, the list, and the attachments.
pub(crate) struct Split {
    pub main: Vec<Unit>,
    pub listed: Vec<ListedAttachment>,
    pub parts: Vec<Part>,
    /// 附件： with nothing behind: what it announced, links to files, was the page's.
    pub bare: Option<Text>,
}

fn ordinal(text: &str) -> Option<u32> {
    text.parse()
        .ok()
        .or_else(|| chinese_integer(text).and_then(|n| u32::try_from(n).ok()))
}

fn line_of(unit: &Unit) -> Option<&Line> {
    match unit {
        Unit::Line(line) => Some(line),
        _ => None,
    }
}

/// Divides the units into main text, list of attachments, and attachments.
pub(crate) fn split(units: Vec<Unit>) -> Split {
    let mut out = Split {
        main: Vec::new(),
        listed: Vec::new(),
        parts: Vec::new(),
        bare: None,
    };
    let marks = plan(&units);
    // 附件： with its entries below belongs to the first of them.
    let mut list_label: Option<Text> = None;
    for (unit, mark) in units.into_iter().zip(marks) {
        match (mark, unit) {
            (Mark::List, Unit::Line(line)) => list(&line.text, &mut list_label, &mut out.listed),
            (Mark::Part, Unit::Line(line)) => out.parts.push(begin(&line.text)),
            (Mark::Bare, Unit::Line(line)) => out.bare = Some(line.text),
            (Mark::Repeated, Unit::Line(line)) => out.parts.push(Part {
                label: Text::default(),
                number: None,
                title: Some(line.text),
                units: Vec::new(),
            }),
            (_, unit) => match out.parts.last_mut() {
                Some(part) => part.units.push(unit),
                None => out.main.push(unit),
            },
        }
    }
    if let Some(label) = list_label {
        out.listed.push(ListedAttachment {
            number: None,
            title: label,
        });
    }
    let known: BTreeSet<String> = out.listed.iter().map(|l| squash(&l.title)).collect();
    for part in &mut out.parts {
        if part.title.is_none() {
            take_title(part, &known);
        }
    }
    out
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    None,
    List,
    Part,
    Repeated,
    Bare,
}

fn plan(units: &[Unit]) -> Vec<Mark> {
    let mut marks = vec![Mark::None; units.len()];
    let mut signed = false;
    let mut in_parts = false;
    let mut listing = false;
    let mut titles: BTreeSet<String> = BTreeSet::new();
    for (idx, unit) in units.iter().enumerate() {
        let Some(line) = line_of(unit) else {
            listing = false;
            continue;
        };
        let text = line.str();
        if !listing && titles.is_empty() && !text.starts_with(['附', '（', '(', '【']) {
            signed |= !in_parts && idx > 0 && sign_off::is_day(text);
            continue;
        }
        if listing && !in_parts && NUMBERED.is_match(text) && width(text) <= 80 && !text.trim_end().ends_with('。') {
            marks[idx] = Mark::List;
            titles.insert(bare_title(text));
            continue;
        }
        let was_listing = std::mem::replace(&mut listing, false);
        if ALONE.is_match(text) {
            let opens_list =
                !in_parts && !signed && text.trim_end().ends_with(['：', ':']) && begins_list(units, idx + 1);
            if opens_list {
                marks[idx] = Mark::List;
                listing = true;
            } else if !in_parts && titles.is_empty() && idx + 1 == units.len() && text.trim_end().ends_with(['：', ':'])
            {
                marks[idx] = Mark::Bare;
            } else {
                marks[idx] = Mark::Part;
                in_parts = true;
            }
        } else if TITLED.is_match(text) && width(text) <= 120 && !text.trim_end().ends_with('。') {
            let more = has_content(units, idx + 1);
            if (signed || in_parts) && more {
                marks[idx] = Mark::Part;
                in_parts = true;
            } else if !in_parts {
                marks[idx] = Mark::List;
                listing = true;
                titles.insert(bare_title(text));
            }
        } else if (signed || was_listing) && !in_parts && titles.contains(&squash(text)) && has_content(units, idx + 1)
        {
            // The attachment follows under its listed title, without a label.
            marks[idx] = Mark::Repeated;
            in_parts = true;
        } else if signed && titles.contains(&squash(text)) && !matches!(marks[idx - 1], Mark::Part) {
            marks[idx] = Mark::Repeated;
        }
        if !in_parts && sign_off::is_day(text) && idx > 0 {
            signed = true;
        }
    }
    marks
}

fn bare_title(text: &str) -> String {
    let text = TITLED
        .captures(text)
        .and_then(|c| c.get(2).or_else(|| c.get(4)))
        .map_or(text, |m| m.as_str());
    let text = NUMBERED
        .captures(text)
        .and_then(|c| c.get(2))
        .map_or(text, |m| m.as_str());
    squash(text.trim_end_matches(['；', ';', '。']))
}

/// Whether numbered titles follow, and below them a signature or the end.
fn begins_list(units: &[Unit], from: usize) -> bool {
    let mut n = 0;
    for unit in units.iter().skip(from).take(30) {
        let Some(line) = line_of(unit) else { return false };
        let text = line.str();
        if NUMBERED.is_match(text) && width(text) <= 80 && !text.contains('。') {
            n += 1;
        } else {
            return n > 0 && (is_organ(text) || sign_off::is_day(text) || ALONE.is_match(text));
        }
    }
    n > 0
}

/// Whether something that is not a further label follows.
fn has_content(units: &[Unit], from: usize) -> bool {
    match units.get(from) {
        Some(Unit::Line(line)) => {
            !TITLED.is_match(line.str())
                && !ALONE.is_match(line.str())
                && !sign_off::is_day(line.str())
                && !is_organ(line.str())
        }
        Some(_) => true,
        None => false,
    }
}

/// Reads the entries of one line of the list.
fn list(text: &Text, label: &mut Option<Text>, out: &mut Vec<ListedAttachment>) {
    if ALONE.is_match(text) {
        let mut marks = Text::default();
        crate::parts::mark_range(&mut marks, text, 0..text.len());
        *label = Some(marks);
        return;
    }
    let mut number = None;
    let mut at = 0;
    if let Some(found) = TITLED.captures(text) {
        number = found.get(1).or_else(|| found.get(3)).and_then(|m| ordinal(m.as_str()));
        at = found.get(2).or_else(|| found.get(4)).map_or(0, |m| m.start());
    }
    let mut from = 0;
    loop {
        let rest = &text.as_str()[at..];
        if let Some(found) = NUMBERED.captures(rest)
            && let (Some(n), Some(title)) = (found.get(1), found.get(2))
        {
            number = ordinal(n.as_str());
            at += title.start();
        }
        let rest = &text.as_str()[at..];
        let next = NEXT_ENTRY
            .captures(rest)
            .filter(|_| number.is_some())
            .and_then(|c| c.get(1));
        let end = next.map_or(text.len(), |m| at + m.start());
        let kept = text.as_str()[at..end]
            .trim_end_matches(['；', ';', '。', ' ', '\u{3000}', '\t'])
            .len();
        let mut title = part_of(text, from..end, at..at + kept);
        if let Some(label) = label.take() {
            for span in label.marks() {
                title.push_mark(*span);
            }
        }
        out.push(ListedAttachment { number, title });
        if next.is_none() {
            return;
        }
        from = end;
        at = end;
        number = None;
    }
}

fn begin(text: &Text) -> Part {
    let (label, number, title) = if let Some(found) = TITLED.captures(text) {
        let number = found.get(1).or_else(|| found.get(3)).and_then(|m| ordinal(m.as_str()));
        let at = found.get(2).or_else(|| found.get(4)).map_or(text.len(), |m| m.start());
        (part(text, 0..at), number, Some(part(text, at..text.len())))
    } else {
        let number = ALONE
            .captures(text)
            .and_then(|c| c.get(1))
            .and_then(|m| ordinal(m.as_str()));
        (text.clone(), number, None)
    };
    Part {
        label,
        number,
        title,
        units: Vec::new(),
    }
}

/// Takes the title off the front of an attachment: the lines that give one of the listed titles, `known`, else one short line.
fn take_title(part: &mut Part, known: &BTreeSet<String>) {
    let mut whole = String::new();
    let mut n = 0;
    for (idx, unit) in part.units.iter().take(4).enumerate() {
        let Some(line) = line_of(unit) else { break };
        whole.push_str(&squash(line.str()));
        if known.contains(&whole) {
            n = idx + 1;
            break;
        }
    }
    if n == 0
        && let Some(line) = part.units.first().and_then(line_of)
    {
        let text = line.str();
        let titled = (2..=60).contains(&width(text))
            && !ends_sentence(text)
            && !line.tab
            && !text.contains('|')
            && !text.contains("略）")
            && !text.contains("略)")
            && headings::label(text).is_none();
        n = usize::from(titled);
    }
    let mut title = Text::default();
    for unit in part.units.drain(..n) {
        if let Unit::Line(line) = unit {
            join_onto(&mut title, &line.text);
        }
    }
    part.title = (n > 0).then_some(title);
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_document::Span;

    fn read(text: &str) -> (Vec<String>, Vec<String>, usize) {
        let mut at = 0;
        let mut units = Vec::new();
        for raw in text.split('\n') {
            units.push(Unit::Line(Line {
                text: Text::from_source(text, Span::new(at, at + raw.len())),
                ..Line::default()
            }));
            at += raw.len() + 1;
        }
        let split = split(units);
        (
            split
                .listed
                .iter()
                .map(|l| format!("{}{}", l.number.unwrap_or(0), l.title.as_str()))
                .collect(),
            split
                .parts
                .iter()
                .map(|p| format!("{}/{}", p.label.as_str(), p.title.as_ref().map_or("", |t| t.as_str())))
                .collect(),
            split.main.len(),
        )
    }

    #[test]
    fn listed_and_following() {
        let (listed, parts, main) = read(
            "请整改。\n附件：1.逾期单位名单\n2.整改反馈单\n清河县数据局\n2031年4月8日\n附件1\n逾期单位名单\n无。\n附件2：\n整改反馈单\n无。",
        );
        assert_eq!(listed, ["1逾期单位名单", "2整改反馈单"]);
        assert_eq!(parts, ["附件1/逾期单位名单", "附件2：/整改反馈单"]);
        assert_eq!(main, 3);
    }

    #[test]
    fn several_entries_on_one_line() {
        let (listed, _, _) = read("请整改。\n附件：1.逾期单位名单 2.整改反馈单");
        assert_eq!(listed, ["1逾期单位名单", "2整改反馈单"]);
    }

    #[test]
    fn a_link_after_the_date_is_listed_and_a_mention_is_neither() {
        let (listed, parts, _) = read("请整改。\n清河县数据局\n2031年4月8日\n附件：统计表.xlsx");
        assert_eq!((listed.len(), parts.len()), (1, 0));
        let (listed, parts, _) = read("附件所列单位要及时整改。\n请整改。");
        assert_eq!((listed.len(), parts.len()), (0, 0));
    }
}
