use maud::{Markup, html};

use super::{badge, name};
use crate::excerpt::{Excerpt, ExcerptRow, Mark, Shown};
use crate::text::{clipped, visible, visible_char};
use crate::{AuditObject, FindingRecord, Lang, RelationRecord};

/// Relations shown of one document.
const MAX_CHECKS: usize = 60;
/// Operands shown of one relation.
const MAX_OPERANDS: usize = 12;
/// Characters of a quote.
const MAX_QUOTE: usize = 120;
/// Characters of a working.
const MAX_WORKING: usize = 600;
/// Repairs shown of one finding.
const MAX_REPAIRS: usize = 3;

/// A finding with its source, its working and what might be changed.
pub(super) fn finding(f: &FindingRecord, lang: Lang) -> Markup {
    let severity = f.severity.name();
    html! {
        li class={ "f " (severity) } data-s=(severity) data-r=(f.rule) {
            div.head {
                (badge(f.severity, lang))
                span { (name(&f.position.describe(lang))) }
                code.soft { (name(&f.rule)) }
            }
            p.msg { (visible(&clipped(f.message_in(lang), MAX_WORKING))) }
            @for (nth, e) in f.excerpts.iter().enumerate() { (excerpt(e, nth > 0, lang)) }
            @if f.excerpts.is_empty() && !f.quote.is_empty() {
                div.src lang="zh" { (visible(&clipped(&f.quote, MAX_QUOTE))) }
            }
            @if has_more(f) {
                dl.more {
                    @if let Some((stated, expected)) = computed(f) {
                        dt { (lang.pick("写作", "printed")) }
                        dd { (name(stated)) " · " (lang.pick("算得", "computed")) " " b { (name(expected)) } }
                    }
                    @if !f.working.is_empty() {
                        dt { (lang.pick("演算", "working")) }
                        dd { code { (visible(&clipped(&f.working, MAX_WORKING))) } }
                    }
                    @if !f.repairs.is_empty() {
                        dt { (lang.pick("或可", "perhaps")) }
                        dd { @for r in f.told_repairs(MAX_REPAIRS) { div { (name(&r.describe(lang))) } } }
                    }
                }
            }
        }
    }
}

fn has_more(f: &FindingRecord) -> bool {
    !f.working.is_empty() || !f.repairs.is_empty()
}

/// What is printed and what was computed instead. Titles, dates and numbers that only differ from each other were not computed, and stand in
/// the message; the 100 % that shares should give is no result of theirs.
fn computed(f: &FindingRecord) -> Option<(&str, &str)> {
    let (stated, expected) = (f.stated.as_deref()?, f.expected.as_deref()?);
    (!f.working.is_empty() && stated != expected).then_some((stated, expected))
}

fn excerpt(e: &Excerpt, with_place: bool, lang: Lang) -> Markup {
    html! {
        div.src lang="zh" {
            @if with_place { span.at lang=(lang.tag()) { (name(&e.position.describe(lang))) } }
            @match &e.shown {
                Shown::Line { text, marks } => { (line(text, marks)) }
                Shown::Table { header, rows, omitted } => {
                    div.scroll { table {
                        @if rows.first().is_none_or(|r| r.row != 0) && header.iter().any(|cell| !cell.is_empty()) {
                            thead { tr { @for cell in header { th scope="col" { (name(cell)) } } } }
                        }
                        tbody { @for row in rows { (table_row(row)) } }
                    } }
                    @if *omitted > 0 {
                        span.at lang=(lang.tag()) { (lang.pick("另有", "and")) " " (omitted) " " (lang.pick("行", "more rows")) }
                    }
                }
            }
        }
    }
}

fn table_row(row: &ExcerptRow) -> Markup {
    html! { tr { @for (idx, cell) in row.cells.iter().enumerate() {
        td {
            @if row.main == Some(idx) { mark.main { (name(cell)) } }
            @else if row.related.contains(&idx) { mark { (name(cell)) } }
            @else { (name(cell)) }
        }
    } } }
}

/// A line with its marks; marks that do not fit the text are left out.
fn line(text: &str, marks: &[Mark]) -> Markup {
    let chars: Vec<char> = text.chars().map(visible_char).collect();
    let part = |from: usize, to: usize| chars[from..to].iter().collect::<String>();
    let mut at = 0;
    let mut pieces: Vec<(String, Option<bool>)> = Vec::new();
    for m in marks {
        if m.start < at || m.end <= m.start || m.end > chars.len() {
            continue;
        }
        pieces.push((part(at, m.start), None));
        pieces.push((part(m.start, m.end), Some(m.main)));
        at = m.end;
    }
    pieces.push((part(at, chars.len()), None));
    html! { @for (text, marked) in &pieces {
        @match marked {
            None => { (text) }
            Some(true) => { mark.main { (text) } }
            Some(false) => { mark { (text) } }
        }
    } }
}

/// What was checked in a document, folded.
pub(super) fn checks(object: &AuditObject, lang: Lang) -> Markup {
    let more = object.relations.len().saturating_sub(MAX_CHECKS);
    html! {
        @if !object.relations.is_empty() {
            details.checks {
                summary { (lang.pick("核对过的关系", "Relations checked")) " " (object.relations.len()) }
                div.scroll { table.list {
                    thead { tr {
                        th { (lang.pick("结论", "verdict")) } th { (lang.pick("关系", "relation")) }
                        th { (lang.pick("写作", "printed")) } th { (lang.pick("据以核对", "against")) } th { (lang.pick("原文", "source")) }
                    } }
                    tbody { @for r in object.relations.iter().take(MAX_CHECKS) { (check(r, lang)) } }
                } }
                @if more > 0 { p.soft { (lang.pick("另有", "and")) " " (more) " " (lang.pick("条未列出", "more")) } }
            }
        }
    }
}

fn check(r: &RelationRecord, lang: Lang) -> Markup {
    let (zh, en) = r.verdict.words();
    let operands = r
        .operands
        .iter()
        .take(MAX_OPERANDS)
        .map(|o| name(o))
        .collect::<Vec<_>>();
    html! { tr {
        td { span class={ "verdict v-" (r.verdict.name()) } { (lang.pick(zh, en)) } }
        td { (name(r.kind_in(lang))) }
        td lang="zh" { (name(&r.stated)) }
        td lang="zh" { (operands.join("、")) @if r.operands.len() > MAX_OPERANDS { " … (" (r.operands.len()) ")" } }
        td lang="zh" { (visible(&clipped(&r.quote, MAX_QUOTE))) }
    } }
}
