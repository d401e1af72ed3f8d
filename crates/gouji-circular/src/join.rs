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

/// Fewest lines of one width that show a text wrapped at that width.
const MIN_WRAPPED: usize = 4;

/// The width at which the text is wrapped, if it is.
fn wrap_width(units: &[Unit]) -> Option<usize> {
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    let mut total = 0usize;
    for unit in units {
        if let Unit::Line(line) = unit {
            total += 1;
            if !ends_sentence(line.str()) {
                *counts.entry(width(line.str())).or_default() += 1;
            }
        }
    }
    let near = |w: usize| (w.saturating_sub(2)..=w).filter_map(|v| counts.get(&v)).sum::<usize>();
    let (best, n) = counts.keys().map(|w| (*w, near(*w))).max_by_key(|(w, n)| (*n, *w))?;
    (best >= 12 && n >= MIN_WRAPPED && n * 3 >= total).then_some(best)
}

struct Open {
    line: Line,
    last_width: usize,
    /// A comma or full stop has been seen: it is prose.
    prose: bool,
}

fn punctuated(text: &str) -> bool {
    text.contains(['，', '。', '；', ',', '、', '：'])
}

fn continues(open: &Open, next: &Line, wrap: Option<usize>) -> bool {
    let (a, b) = (open.line.str(), next.str());
    if next.tab
        || next.outline.is_some()
        || open.line.outline.is_some()
        || next.page_break
        || ends_sentence(a)
        || headings::label(b).is_some()
        || OWN.is_match(b)
        || NOTE.is_match(b)
        || UNIT_LINE.is_match(b)
        || sign_off::is_day(b)
        || next.sheet != open.line.sheet
        || a.contains('|')
        || b.contains('|')
    {
        return false;
    }
    let last = a.chars().next_back();
    let wrapped = wrap.is_some_and(|w| (w.saturating_sub(2)..=w).contains(&open.last_width))
        && !next.blank_before
        && !next.indented;
    if matches!(last, Some('，' | '、' | ',' | '（' | '(' | '“' | '《')) {
        return width(a) >= 6;
    }
    // A heading on a line of its own is whole.
    if headings::label(a).is_some_and(|l| !punctuated(&a[l.title_at..])) && !wrapped {
        return false;
    }
    if is_organ(b) || text_table::is_caption(b) && !wrapped {
        return false;
    }
    if open.prose && open.last_width >= 10 && last.is_some_and(|c| c.is_alphanumeric() || "”）)》%％".contains(c))
    {
        return wrapped || punctuated(b) && (ends_sentence(b) || !next.blank_before);
    }
    wrapped && open.last_width >= 12
}

/// Joins lines that a converter or a wrapped file broke.
pub(crate) fn join(units: Vec<Unit>) -> Vec<Unit> {
    let wrap = wrap_width(&units);
    let mut out = Vec::with_capacity(units.len());
    let mut open: Option<Open> = None;
    for unit in units {
        match unit {
            Unit::Line(line) => {
                if let Some(o) = &mut open
                    && continues(o, &line, wrap)
                {
                    o.prose |= punctuated(line.str());
                    o.last_width = width(line.str());
                    join_onto(&mut o.line.text, &line.text);
                    continue;
                }
                out.extend(open.take().map(|o| Unit::Line(o.line)));
                open = Some(Open {
                    last_width: width(line.str()),
                    prose: punctuated(line.str()),
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
        join(units)
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
    fn headings_items_and_signatures_stay_alone() {
        for text in [
            "一、基本情况\n本季度收到来件3件。",
            "各镇要抓好整改，及时报送，\n（一）压实责任。",
            "请认真整改，抓好落实\n清河县人民政府办公室",
        ] {
            assert_eq!(joined(text).len(), 2, "{text}");
        }
    }
}
