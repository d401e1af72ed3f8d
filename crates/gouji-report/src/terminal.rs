//! One document's findings as text for a terminal.
//!
//! Carets are drawn by annotate-snippets, which counts Chinese characters as two cells; since some terminals draw
//! ambiguous characters wide all the same, the place is always given in words, too.

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use crate::excerpt::{Excerpt, Shown};
use crate::text::{visible, visible_char};
use crate::{AuditObject, FindingRecord, Lang, Severity, Totals};

/// Findings printed for one document; the last line says how many there are.
const MAX_FINDINGS: usize = 500;
/// Repairs printed for one finding.
const MAX_REPAIRS: usize = 3;
/// Characters of a quote printed where there is no excerpt.
const MAX_QUOTE: usize = 200;

/// How the text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TerminalOptions {
    /// With ANSI colours.
    pub color: bool,
    /// Language of messages.
    pub lang: Lang,
    /// Cells in a line; longer source lines are clipped around the figure.
    pub width: usize,
}

impl Default for TerminalOptions {
    fn default() -> Self {
        Self {
            color: false,
            lang: Lang::Zh,
            width: 100,
        }
    }
}

/// A document's path and title, a block for each finding, and a line of counts; ends in a line end.
#[must_use]
pub fn terminal(object: &AuditObject, options: &TerminalOptions) -> String {
    let lang = options.lang;
    let (bold, dim, reset) = if options.color {
        ("\u{1b}[1m", "\u{1b}[2m", "\u{1b}[0m")
    } else {
        ("", "", "")
    };
    let path = visible(&object.source.path);
    let mut out = format!("{bold}{path}{reset}");
    if let Some(title) = &object.circular.meta.title {
        out.push_str("  ");
        out.push_str(&visible(title));
    }
    out.push('\n');
    for finding in object.findings.iter().take(MAX_FINDINGS) {
        out.push('\n');
        out.push_str(&block(&path, finding, options));
        out.push('\n');
    }
    if let Some(more) = object.findings.len().checked_sub(MAX_FINDINGS).filter(|n| *n > 0) {
        out.push_str(&match lang {
            Lang::Zh => format!("\n……另有 {more} 处发现未列出\n"),
            Lang::En => format!("\n… and {more} more findings\n"),
        });
    }
    if !object.findings.is_empty() {
        out.push('\n');
    }
    for warning in &object.warnings {
        let message = lang.pick(&warning.message, &warning.message_en);
        let word = lang.pick("读取时：", "reading: ");
        out.push_str(&format!(
            "{dim}{word}{} {}{reset}\n",
            visible(&warning.place),
            visible(message)
        ));
    }
    out.push_str(&format!("{dim}{}{reset}\n", Totals::of(object).line(lang)));
    out
}

fn block(path: &str, finding: &FindingRecord, options: &TerminalOptions) -> String {
    let lang = options.lang;
    let renderer = if options.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    // Lines are clipped here, around the figure; the renderer's own clipping would cut marks off.
    let renderer = renderer.decor_style(DecorStyle::Ascii).term_width(10_000);
    let (blue, bold, reset) = if options.color {
        ("\u{1b}[1m\u{1b}[94m", "\u{1b}[1m", "\u{1b}[0m")
    } else {
        ("", "", "")
    };
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    }
    .with_name(finding.severity.word(lang));
    let title = level
        .primary_title(visible(finding.message_in(lang)).into_owned())
        .id(visible(&finding.rule).into_owned());
    let mut out = renderer.render(&[Group::with_title(title)]);
    // The renderer would count the character from where a line was clipped, so places are written here, and each
    // snippet is moved to a gutter that is as wide as the longest number.
    let gutter = finding
        .excerpts
        .iter()
        .map(|e| digits(line_number(e)))
        .max()
        .unwrap_or(0);
    let margin = " ".repeat(gutter);
    out.push_str(&format!("\n{margin}{blue}-->{reset} {}", place(path, finding, lang)));
    for (nth, excerpt) in finding.excerpts.iter().enumerate() {
        if nth > 0 {
            let place = excerpt.position.describe(lang);
            out.push_str(&format!(
                "\n{margin} {blue}|{reset}\n{margin}{blue}:::{reset} {}",
                visible(&place)
            ));
        }
        let pad = " ".repeat(gutter - digits(line_number(excerpt)));
        let group = Group::with_level(Level::NOTE).element(snippet(excerpt, options));
        for line in renderer.render(&[group]).lines() {
            out.push('\n');
            out.push_str(&pad);
            out.push_str(line);
        }
    }
    let mut lines: Vec<(&str, String)> = Vec::new();
    if finding.excerpts.is_empty() && !finding.quote.is_empty() {
        let quote = visible(&finding.quote).chars().take(MAX_QUOTE).collect();
        lines.push((lang.pick("原文", "source"), quote));
    }
    if !finding.working.is_empty() {
        lines.push((lang.pick("演算", "working"), finding.working.clone()));
    }
    for repair in finding.told_repairs(MAX_REPAIRS) {
        lines.push((lang.pick("或可", "perhaps"), repair.describe(lang)));
    }
    if !lines.is_empty() {
        out.push_str(&format!("\n{margin} {blue}|{reset}"));
    }
    for (name, text) in lines {
        out.push_str(&format!(
            "\n{margin} {blue}={reset} {bold}{name}{reset}: {}",
            visible(&text)
        ));
    }
    out
}

/// The number shown before an excerpt's line: none for a table.
fn line_number(excerpt: &Excerpt) -> Option<usize> {
    match excerpt.shown {
        Shown::Line { .. } => excerpt.position.line.or(excerpt.position.paragraph),
        Shown::Table { .. } => None,
    }
}

fn digits(number: Option<usize>) -> usize {
    number.map_or(0, |n| n.to_string().len())
}

/// `path:line:character` for a text file, with the place in words where it is more than that.
fn place(path: &str, finding: &FindingRecord, lang: Lang) -> String {
    let position = &finding.position;
    let words = position.describe(lang);
    let words = visible(&words);
    let character = position.character.unwrap_or(1);
    match position.line {
        Some(line) if position.row.is_none() => format!("{path}:{line}:{character}"),
        Some(line) => format!("{path}:{line}:{character} ({words})"),
        None if words.is_empty() => path.to_owned(),
        None => format!("{path} ({words})"),
    }
}

fn snippet<'a>(excerpt: &Excerpt, options: &TerminalOptions) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let number = line_number(excerpt);
    let (text, marks) = match &excerpt.shown {
        Shown::Line { text, marks } => {
            let chars: Vec<char> = text.chars().map(visible_char).collect();
            let marks: Vec<(usize, usize, bool)> = marks.iter().map(|m| (m.start, m.end, m.main)).collect();
            let (text, marks) = narrowed(&chars, &marks, options.width);
            (text, marks)
        }
        Shown::Table { header, rows, omitted } => {
            let (mut text, mut marks) = (String::new(), Vec::new());
            let mut add = |cells: &[String], marked: &dyn Fn(usize) -> Option<bool>| {
                for (idx, cell) in cells.iter().enumerate() {
                    if idx > 0 {
                        text.push_str(" | ");
                    }
                    let start = text.len();
                    text.push_str(&visible(cell));
                    if let Some(main) = marked(idx) {
                        marks.push((start, text.len(), main));
                    }
                }
                text.push('\n');
            };
            if rows.first().is_none_or(|r| r.row != 0) {
                add(header, &|_| None);
            }
            for row in rows {
                add(&row.cells, &|idx| {
                    (row.main == Some(idx))
                        .then_some(true)
                        .or(row.related.contains(&idx).then_some(false))
                });
            }
            if *omitted > 0 {
                let more = match options.lang {
                    Lang::Zh => format!("……另有{omitted}行"),
                    Lang::En => format!("… {omitted} more rows"),
                };
                add(&[more], &|_| None);
            }
            text.truncate(text.trim_end_matches('\n').len());
            (text, marks)
        }
    };
    let annotations: Vec<_> = marks
        .into_iter()
        .filter(|(start, end, _)| start < end && *end <= text.len())
        .map(|(start, end, main)| {
            let kind = if main {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            kind.span(start..end)
        })
        .collect();
    Snippet::source(text)
        .line_start(number.unwrap_or(1))
        .line_numbering(number.is_some())
        .fold(false)
        .annotations(annotations)
}

/// A mark in bytes: start, end, whether it is the main one.
type ByteMark = (usize, usize, bool);

/// A part of a line at most `width` cells wide around the main mark (or the first), marks in bytes of it.
fn narrowed(chars: &[char], marks: &[(usize, usize, bool)], width: usize) -> (String, Vec<ByteMark>) {
    let width = width.max(40) - 12;
    let cells = |range: &[char]| -> usize { range.iter().map(|c| cells_of(*c)).sum() };
    let (mut from, mut to) = (0, chars.len());
    if cells(chars) > width {
        let main = marks
            .iter()
            .find(|m| m.2)
            .or(marks.first())
            .copied()
            .unwrap_or((0, 0, true));
        from = main.0.min(chars.len());
        to = main.1.clamp(from, chars.len());
        let mut room = width.saturating_sub(cells(&chars[from..to]) + 4);
        // Two characters before for each one behind would waste the room at a line's ends: grow by turns.
        loop {
            let (was_from, was_to) = (from, to);
            if let Some(before) = from.checked_sub(1)
                && cells_of(chars[before]) <= room
            {
                from = before;
                room -= cells_of(chars[before]);
            }
            if to < chars.len() && cells_of(chars[to]) <= room {
                room -= cells_of(chars[to]);
                to += 1;
            }
            if (from, to) == (was_from, was_to) {
                break;
            }
        }
    }
    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    let mut offsets = Vec::with_capacity(to - from + 1);
    for c in &chars[from..to] {
        offsets.push(text.len());
        text.push(*c);
    }
    offsets.push(text.len());
    if to < chars.len() {
        text.push('…');
    }
    let marks = marks
        .iter()
        .filter(|(start, end, _)| *start < to && *end > from)
        .map(|(start, end, main)| {
            (
                offsets[(*start).max(from) - from],
                offsets[(*end).min(to) - from],
                *main,
            )
        })
        .collect();
    (text, marks)
}

/// Cells that a character takes: two for the wide East Asian blocks.
fn cells_of(c: char) -> usize {
    match c {
        '\u{1100}'..='\u{115f}'
        | '\u{2e80}'..='\u{a4cf}'
        | '\u{ac00}'..='\u{d7a3}'
        | '\u{f900}'..='\u{faff}'
        | '\u{fe30}'..='\u{fe6f}'
        | '\u{ff00}'..='\u{ff60}'
        | '\u{ffe0}'..='\u{ffe6}'
        | '\u{1f300}'..='\u{1faff}'
        | '\u{20000}'..='\u{3fffd}' => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_sample_in_chinese() {
        insta::assert_snapshot!(terminal(&sample::object(), &TerminalOptions::default()));
    }

    #[test]
    fn the_sample_in_english() {
        let options = TerminalOptions {
            lang: Lang::En,
            ..TerminalOptions::default()
        };
        insta::assert_snapshot!(terminal(&sample::object(), &options));
    }

    #[test]
    fn colour_only_on_request_and_no_escape_of_the_document() {
        let mut object = sample::object();
        object.source.path = "甲\u{1b}[31m.txt".into();
        object.findings[0].message.push_str("\u{1b}]0;x\u{7}");
        if let Shown::Line { text, .. } = &mut object.findings[0].excerpts[0].shown {
            *text = text.replace('县', "\u{1b}");
        }
        object.findings[0].working.push('\u{9b}');
        let plain = terminal(&object, &TerminalOptions::default());
        assert!(!plain.contains('\u{1b}') && !plain.contains('\u{7}') && !plain.contains('\u{9b}'));
        let options = TerminalOptions {
            color: true,
            ..TerminalOptions::default()
        };
        assert!(terminal(&object, &options).contains("\u{1b}[1m"));
    }

    #[test]
    fn a_narrow_terminal_keeps_the_figure() {
        let line: Vec<char> = format!("{}868件{}", "甲".repeat(100), "乙".repeat(100))
            .chars()
            .collect();
        for width in [0, 40, 41, 80, 200] {
            let (text, marks) = narrowed(&line, &[(0, 2, false), (100, 104, true), (150, 152, false)], width);
            let main = marks.iter().find(|m| m.2).expect("the main mark");
            assert_eq!(&text[main.0..main.1], "868件");
            assert!(text.chars().map(cells_of).sum::<usize>() <= width.max(40));
        }
    }

    #[test]
    fn many_findings_are_cut_and_counted() {
        let mut object = sample::object();
        object.findings = vec![object.findings[0].clone(); MAX_FINDINGS + 7];
        let text = terminal(&object, &TerminalOptions::default());
        assert_eq!(text.matches("sum-parts").count(), MAX_FINDINGS);
        assert!(text.contains("另有 7 处发现"));
    }

    #[test]
    fn wild_marks_are_harmless() {
        let mut object = sample::object();
        for finding in &mut object.findings {
            for excerpt in &mut finding.excerpts {
                match &mut excerpt.shown {
                    Shown::Line { marks, .. } => marks.iter_mut().for_each(|m| (m.start, m.end) = (900, 7)),
                    Shown::Table { rows, .. } => rows.iter_mut().for_each(|r| r.main = Some(99)),
                }
            }
        }
        assert!(terminal(&object, &TerminalOptions::default()).contains("sum-parts"));
    }
}
