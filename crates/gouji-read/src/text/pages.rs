//! Page numbers that stand between the lines of a text made from PDF or from print.

use gouji_document::Span;

/// Digits of a page number.
const MAX_DIGITS: usize = 4;

/// What a line that holds nothing but a page number says.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Number {
    page: u32,
    /// It is marked as a page number: by dashes on both sides, or by 第…页.
    is_marked: bool,
}

/// Which of `lines` (spans of `text`, ascending) are page numbers.
///
/// Marked ones must go up by one from each to the next through the whole text. Bare ones count only as the last or
/// the first lines of all pages that form feeds part, and must go up by one, too: a cell may hold nothing but a number.
pub(super) fn feet(text: &str, lines: &[Span]) -> Vec<bool> {
    let numbers: Vec<Option<Number>> = lines.iter().map(|span| number(&text[span.range()])).collect();
    let mut feet = vec![false; lines.len()];
    let marked: Vec<usize> = (0..lines.len())
        .filter(|&at| numbers[at].is_some_and(|n| n.is_marked))
        .collect();
    if run_on(&numbers, &marked) {
        marked.iter().for_each(|&at| feet[at] = true);
    }
    let pages = pages(text, lines);
    let last: Vec<usize> = pages.iter().map(|page| page.end - 1).collect();
    let first: Vec<usize> = pages.iter().map(|page| page.start).collect();
    for ends in [last, first] {
        if ends.len() > 1 && ends.iter().all(|&at| numbers[at].is_some()) && run_on(&numbers, &ends) {
            ends.iter().for_each(|&at| feet[at] = true);
            break;
        }
    }
    feet
}

/// Lines by page; pages without any are left out.
fn pages(text: &str, lines: &[Span]) -> Vec<std::ops::Range<usize>> {
    let mut pages = Vec::new();
    let mut start = 0;
    for at in 1..=lines.len() {
        let ends = lines
            .get(at)
            .is_none_or(|next| text[lines[at - 1].end..next.start].contains('\u{c}'));
        if ends {
            pages.push(start..at);
            start = at;
        }
    }
    pages
}

/// Whether the page numbers at these lines go up one by one.
fn run_on(numbers: &[Option<Number>], at: &[usize]) -> bool {
    at.windows(2).all(|pair| match (numbers[pair[0]], numbers[pair[1]]) {
        (Some(a), Some(b)) => a.page + 1 == b.page,
        _ => false,
    })
}

/// The page number that is all there is in a line.
fn number(line: &str) -> Option<Number> {
    let line = line.trim();
    let is_dash = |c: char| matches!(c, '-' | '—' | '–' | '―' | '－' | '─') || c.is_whitespace();
    let inner = line.trim_matches(is_dash);
    let dashed = |side: &str| side.contains(|c: char| is_dash(c) && !c.is_whitespace());
    let at = line.find(inner)?;
    let between_dashes = dashed(&line[..at]) && dashed(&line[at + inner.len()..]);
    let named = inner.strip_prefix('第').and_then(|rest| {
        let (page, rest) = rest.split_once('页')?;
        let rest =
            rest.trim_matches(|c: char| c.is_whitespace() || matches!(c, '，' | ',' | '/' | '（' | '）' | '(' | ')'));
        let total = rest.strip_prefix('共').and_then(|total| total.strip_suffix('页'));
        (rest.is_empty() || total.is_some_and(|total| digits(total).is_some())).then_some(page)
    });
    let page = digits(named.unwrap_or(inner))?;
    let is_bare = at == 0 && inner.len() == line.len() && named.is_none();
    (is_bare || between_dashes || named.is_some()).then_some(Number {
        page,
        is_marked: !is_bare,
    })
}

fn digits(text: &str) -> Option<u32> {
    let text = text.trim();
    (text.len() <= MAX_DIGITS && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lines of `text` that are page numbers, parted by blanks.
    fn found(text: &str) -> String {
        let lines = super::super::lines(text);
        let feet = feet(text, &lines);
        let shown = lines.iter().zip(feet).filter(|(_, is_foot)| *is_foot);
        shown
            .map(|(span, _)| text[span.range()].trim().replace(' ', ""))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn marked_numbers_that_run_on_are_feet() {
        assert_eq!(found("甲\n — 1 —\n乙\n- 2 -\n丙"), "—1— -2-");
        assert_eq!(
            found("甲\n第 3 页 共 5 页\n\u{c}乙\n第4页，共5页"),
            "第3页共5页 第4页，共5页"
        );
        assert_eq!(found("甲\n－ 7 －"), "－7－");
    }

    #[test]
    fn bare_numbers_are_feet_only_at_the_ends_of_all_pages() {
        assert_eq!(found("甲\n1\n\u{c}乙\n2\n\u{c}丙\n3\n"), "1 2 3");
        assert_eq!(found("1\n甲\n\u{c}2\n乙"), "1 2");
        // A column of cells, and a page without number.
        assert_eq!(found("甲\n1\n乙\n2"), "");
        assert_eq!(found("甲\n120\n\u{c}乙\n80\n\u{c}丙\n3"), "");
        assert_eq!(found("甲\n1\n\u{c}乙\n2\n\u{c}丙"), "");
    }

    #[test]
    fn figures_and_lists_are_no_feet() {
        for text in [
            "甲\n-5\n乙",
            "甲\n—1—\n乙\n—1—",
            "第1页说明",
            "—12件—",
            "第一页",
            "— —",
            "甲\n12 -\n",
        ] {
            assert_eq!(found(text), "", "{text}");
        }
    }
}
