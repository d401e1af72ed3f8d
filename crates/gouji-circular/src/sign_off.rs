//! Signature, date of issue, annotation and imprint (GB/T 9704-2012 §7.3.5–7.3.7, §7.4).

use std::sync::LazyLock;

use gouji_document::{Align, Text};
use gouji_quantity::{DatePart, scan_dates};
use regex::Regex;

use crate::lines::{Line, Unit};
use crate::organ::is_organ;
use crate::parts::{ends_sentence, join_onto, part, squash, width};
use crate::{Circular, SignedDate, headings};

static ANNOTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^[（(].{0,6}(?:公开|此件|联系人|联系电话|信息公开选项|不予公开).{0,80}[)）]$|^(?:此件|信息公开选项[:：]).{0,30}$").expect("a fixed pattern")
});

static IMPRINT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:抄\s*送|抄\s*报|主\s*送|分\s*送|报\s*送|主题词|印发|共印)\s*[:：\d]|印发$|[（(]?共印\s*\d+\s*份[)）]?$",
    )
    .expect("a fixed pattern")
});

/// Lines at the end that the sign-off is looked for in.
const MAX_TAIL: usize = 40;
/// Most signatures.
const MAX_SIGNATURES: usize = 8;

/// The date if the line is one and nothing else; with the bytes before it if these are an organ's name.
fn day_of(line: &str) -> Option<(usize, Option<gouji_quantity::Date>)> {
    let last = line.trim_end().chars().next_back()?;
    if !(last.is_ascii_digit() || "日号。０１２３４５６７８９".contains(last)) || line.len() > 400 || width(line) > 70
    {
        return None;
    }
    let mention = scan_dates(line).pop()?;
    let after = line[mention.range.end..].trim();
    if !after.is_empty() && after != "。" {
        return None;
    }
    let date = match mention.part {
        DatePart::Full(date) => Some(date),
        DatePart::Impossible(..) => None,
        DatePart::MonthDay(..) => return None,
    };
    let before = line[..mention.range.start].trim();
    (before.is_empty() || is_organ(before)).then_some((mention.range.start, date))
}

/// Whether the line is a full date and nothing else, or an organ with its date.
pub(crate) fn is_day(line: &str) -> bool {
    day_of(line).is_some()
}

/// Bytes of the organ in a line that is an organ with its day and nothing else.
pub(crate) fn organ_before_day(line: &str) -> Option<usize> {
    day_of(line).and_then(|(at, date)| (!line[..at].trim().is_empty() && date.is_some()).then_some(at))
}

/// Whether the line belongs to the imprint or is an annotation.
fn is_after_day(line: &str) -> bool {
    IMPRINT.is_match(line) || ANNOTATION.is_match(line)
}

fn str_of(unit: &Unit) -> Option<&str> {
    match unit {
        Unit::Line(line) => Some(line.str()),
        _ => None,
    }
}

/// A day in eight figures (20310211), which only a signature above it makes one.
fn compact_day(line: &str) -> Option<gouji_quantity::Date> {
    let flat = line.trim();
    let part = |range: std::ops::Range<usize>| flat.get(range)?.parse::<u32>().ok();
    let figures = flat.len() == 8 && flat.bytes().all(|b| b.is_ascii_digit());
    let year = part(0..4).filter(|y| figures && (1990..=2099).contains(y))?;
    gouji_quantity::Date::new(i32::try_from(year).ok()?, part(4..6)?, part(6..8)?)
}

/// The index of the line that dates the main text: the last one near the end, or one with a signature above it after which no
/// numbered heading follows.
pub(crate) fn day_index(units: &[Unit]) -> Option<usize> {
    let mut end = units.len();
    while end > 0 && str_of(&units[end - 1]).is_some_and(|t| is_after_day(t) && !is_day(t)) {
        end -= 1;
    }
    for idx in (0..end).rev().take(MAX_TAIL) {
        let Some(text) = str_of(&units[idx]) else { continue };
        if headings::label(text).is_some_and(|l| l.level == 1) {
            break;
        }
        let compact = compact_day(text).is_some() && idx > 0 && str_of(&units[idx - 1]).is_some_and(is_organ);
        if !compact && day_of(text).is_none() || IMPRINT.is_match(text) {
            continue;
        }
        let signed = idx > 0 && str_of(&units[idx - 1]).is_some_and(|t| is_organ(t) || is_loose_signature(t));
        let prose_after = units[idx + 1..end]
            .iter()
            .filter_map(str_of)
            .any(|t| t.contains('。') && !is_after_day(t));
        if idx + 1 == end || signed || !prose_after {
            return Some(idx);
        }
    }
    None
}

/// A short line without punctuation directly above the date may sign it without ending as organs do.
fn is_loose_signature(text: &str) -> bool {
    (4..=30).contains(&width(text))
        && !text.contains(['，', '。', '；', '：', ':', '、', ','])
        && !text.chars().any(|c| c.is_ascii_digit())
        && !text.contains("特此")
        && !text.starts_with('附')
        && headings::label(text).is_none()
}

/// Takes the sign-off off the end of the main text.
pub(crate) fn take(mut units: Vec<Unit>, circular: &mut Circular) -> Vec<Unit> {
    let Some(idx) = day_index(&units) else {
        if !take_glued(&mut units, circular) {
            take_after(&mut units, circular);
            take_undated(&mut units, circular);
        }
        return units;
    };
    let tail = units.split_off(idx + 1);
    if let Some(Unit::Line(line)) = units.pop() {
        date(&line, circular);
    }
    if circular.signatures.is_empty() {
        signatures(&mut units, circular);
    }
    let mut stray = Vec::new();
    for unit in tail {
        match unit {
            Unit::Line(line) => after(line, circular),
            other => stray.push(other),
        }
    }
    units.extend(stray);
    units
}

/// Takes the imprint off the end of the last attachment: 抄送 and 印发 stand on the last page.
pub(crate) fn take_imprint(units: &mut Vec<Unit>, circular: &mut Circular) {
    let mut lines = Vec::new();
    // Between its rules (a grid of one column) the imprint may have lines that do not say what they are.
    let frame = |unit: &Unit| match unit {
        Unit::Line(line) => line.frame,
        _ => None,
    };
    if let Some(last) = units.last().and_then(frame) {
        let start = units
            .iter()
            .rposition(|u| frame(u) != Some(last))
            .map_or(0, |at| at + 1);
        if units[start..].iter().filter_map(str_of).any(|t| IMPRINT.is_match(t)) {
            lines.extend(units.drain(start..).rev().filter_map(|unit| match unit {
                Unit::Line(line) => Some(line.text),
                _ => None,
            }));
        }
    }
    while let Some(Unit::Line(line)) = units.pop_if(|u| str_of(u).is_some_and(|t| IMPRINT.is_match(t))) {
        lines.push(line.text);
    }
    circular.imprint.extend(lines.into_iter().rev());
}

/// Gives a line after the date its place.
fn after(line: Line, circular: &mut Circular) {
    let bracketed = line.str().starts_with(['（', '(']) && line.str().ends_with(['）', ')']);
    if circular.annotation.is_none() && (ANNOTATION.is_match(line.str()) || bracketed && width(line.str()) <= 80) {
        circular.annotation = Some(line.text);
    } else {
        circular.imprint.push(line.text);
    }
}

fn date(line: &Line, circular: &mut Circular) {
    let compact = || compact_day(line.str()).map(|date| (0, Some(date)));
    let Some((from, date)) = day_of(line.str()).or_else(compact) else {
        return;
    };
    let organ = part(&line.text, 0..from);
    if !organ.is_empty() {
        circular.signatures.push(organ);
    }
    if let Some(noted) = circular.date.take() {
        circular.subtitle.push(noted.text);
    }
    circular.date = Some(SignedDate {
        text: part(&line.text, from..line.text.len()),
        date,
    });
}

fn signatures(units: &mut Vec<Unit>, circular: &mut Circular) {
    let mut found: Vec<Text> = Vec::new();
    while found.len() < MAX_SIGNATURES {
        let Some(Unit::Line(line)) = units.last() else { break };
        let text = line.str();
        let names = is_organ(text) && !ends_sentence(text);
        let loose = found.is_empty()
            && is_loose_signature(text)
            && (line.align == Align::End
                || units.len() >= 2 && units.get(units.len() - 2).and_then(str_of).is_some_and(ends_sentence));
        if !(names || loose) {
            break;
        }
        // A name over two lines: the line above has no end of its own, and both together are a name.
        let above = units.len().checked_sub(2).and_then(|i| units.get(i)).and_then(str_of);
        let broken = above.is_some_and(|a| {
            !ends_sentence(a)
                && !is_organ(a)
                && !a.contains(['，', '、', '：', ':', ','])
                && !a.chars().any(|c| c.is_ascii_digit())
                && headings::label(a).is_none()
                && !a.starts_with('附')
                && width(a) <= 40
                && is_organ(&format!("{}{}", squash(a), squash(text)))
                && units
                    .len()
                    .checked_sub(3)
                    .is_none_or(|i| str_of(&units[i]).is_none_or(|t| ends_sentence(t) || t.starts_with('附')))
        });
        let Some(Unit::Line(line)) = units.pop() else { break };
        if broken && let Some(Unit::Line(mut first)) = units.pop() {
            join_onto(&mut first.text, &line.text);
            found.push(first.text);
        } else {
            found.push(line.text);
        }
    }
    found.reverse();
    circular.signatures.extend(found);
}

/// A date at the end of the last paragraph, where a whole circular stands on one line.
fn take_glued(units: &mut [Unit], circular: &mut Circular) -> bool {
    let Some(Unit::Line(line)) = units.last_mut() else {
        return false;
    };
    let text = line.str();
    let Some(stop) = text.rfind('。') else { return false };
    let from = stop + '。'.len_utf8();
    if from >= text.len() || day_of(text[from..].trim()).is_none() {
        return false;
    }
    let tail = Line {
        text: part(&line.text, from..text.len()),
        ..Line::default()
    };
    line.text = part(&line.text, 0..from);
    date(&tail, circular);
    true
}

fn take_after(units: &mut Vec<Unit>, circular: &mut Circular) {
    let mut lines = Vec::new();
    while let Some(text) = units.last().and_then(str_of)
        && is_after_day(text)
        && units.len() > 1
    {
        if let Some(Unit::Line(line)) = units.pop() {
            lines.push(line);
        }
    }
    for line in lines.into_iter().rev() {
        after(line, circular);
    }
}

/// A signature without a date: the last line, below a finished sentence.
fn take_undated(units: &mut Vec<Unit>, circular: &mut Circular) {
    let n = units.len();
    if n < 2 {
        return;
    }
    let last = str_of(&units[n - 1]).unwrap_or("");
    let above = str_of(&units[n - 2]).unwrap_or("");
    if is_organ(last) && (ends_sentence(above) || above.starts_with("附件")) {
        signatures(units, circular);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gouji_document::Span;

    fn signed(text: &str) -> (Vec<String>, String, usize) {
        let mut at = 0;
        let mut units = Vec::new();
        for raw in text.split('\n') {
            units.push(Unit::Line(Line {
                text: Text::from_source(text, Span::new(at, at + raw.len())),
                ..Line::default()
            }));
            at += raw.len() + 1;
        }
        let mut circular = Circular::default();
        let rest = take(units, &mut circular);
        let names = circular.signatures.iter().map(|s| s.as_str().to_owned()).collect();
        let day = circular
            .date
            .and_then(|d| d.date)
            .map_or(String::new(), |d| d.to_string());
        (names, day, rest.len())
    }

    #[test]
    fn forms_of_a_sign_off() {
        let office = "清河县人民政府办公室";
        for text in [
            "请认真整改。\n清河县人民政府办公室\n2031年4月8日",
            "请认真整改。\n清河县人民政府办公室 2031年4月8日",
            "请认真整改。\n清河县人民政府办公室\n二〇三一年四月八日\n（此件公开发布）\n抄送：县委办公室。",
        ] {
            assert_eq!(
                signed(text),
                (vec![office.to_owned()], "2031-04-08".to_owned(), 1),
                "{text}"
            );
        }
        assert_eq!(signed("请认真整改。2031年4月8日"), (vec![], "2031-04-08".to_owned(), 1));
    }

    #[test]
    fn a_name_over_two_lines_and_joint_signatures() {
        let (names, _, rest) = signed("请整改。\n清河县推进职能转变和放管服改革\n领导小组办公室\n2031年4月8日");
        assert_eq!(
            (names, rest),
            (vec!["清河县推进职能转变和放管服改革领导小组办公室".to_owned()], 1)
        );
        let (names, _, _) = signed("请整改。\n清河县数据局\n清河县信访局（代章）\n2031年4月8日");
        assert_eq!(names.len(), 2);
    }

    #[test]
    fn a_deadline_in_the_text_is_no_date_of_issue() {
        let (names, day, rest) = signed("请于2031年4月8日前报送。\n联系电话12345。");
        assert_eq!((names.len(), day.as_str(), rest), (0, "", 2));
    }
}
