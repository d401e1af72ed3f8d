//! What is said of each finding, and what is proposed: findings of the audit object as comments and changes on the source text.

use std::collections::{BTreeMap, BTreeSet};

use gouji_document::Span;
use gouji_report::{FindingRecord, Lang, RepairRecord, Severity};
use gouji_write::annotate::{Comment, Proposal};

use crate::analyse::Analysed;

/// Repairs named in one comment.
const MAX_REPAIRS: usize = 3;
/// Characters of source text quoted in a comment that cannot stand on them.
const MAX_QUOTE: usize = 200;

/// What would settle a finding by itself, where nothing else would: the only repair that there is. Each place once.
pub(super) fn proposals(analysed: &Analysed) -> Vec<Proposal> {
    let repairs: Vec<&RepairRecord> = analysed
        .object
        .findings
        .iter()
        .filter(|finding| finding.severity > Severity::Note)
        .filter_map(|finding| match finding.repairs.as_slice() {
            [only] => Some(only),
            _ => None,
        })
        .collect();
    let spans = byte_spans(&analysed.document.text, repairs.iter().map(|r| r.span));
    // Findings that want different figures at one place settle nothing.
    let mut wanted: BTreeMap<Span, BTreeSet<&str>> = BTreeMap::new();
    for (repair, at) in repairs.iter().zip(&spans) {
        wanted.entry(*at).or_default().insert(&repair.to);
    }
    let mut out: Vec<Proposal> = Vec::new();
    for (repair, at) in repairs.iter().zip(spans) {
        if wanted.remove(&at).is_some_and(|figures| figures.len() == 1) {
            out.push(Proposal {
                at,
                from: repair.from.clone(),
                to: repair.to.clone(),
            });
        }
    }
    out
}

/// The findings as comments on the text of the source, in their order.
pub(super) fn comments(analysed: &Analysed, lang: Lang) -> Vec<Comment> {
    let findings = &analysed.object.findings;
    let spans = byte_spans(&analysed.document.text, findings.iter().map(|f| f.span));
    findings
        .iter()
        .zip(spans)
        .map(|(finding, at)| Comment {
            at,
            lines: lines(finding, lang),
            place: place(finding, lang),
        })
        .collect()
}

/// What is said of a finding: the matter, the sum, the repairs.
fn lines(finding: &FindingRecord, lang: Lang) -> Vec<String> {
    let (severity, message, rule) = (finding.severity.word(lang), finding.message_in(lang), &finding.rule);
    let mut lines = vec![match lang {
        Lang::Zh => format!("【{severity}】{message}（{rule}）"),
        Lang::En => format!("[{severity}] {message} ({rule})"),
    }];
    let colon = lang.pick("：", ": ");
    if !finding.working.is_empty() {
        lines.push(format!("{}{colon}{}", lang.pick("演算", "Working"), finding.working));
    }
    for repair in finding.told_repairs(MAX_REPAIRS) {
        lines.push(format!(
            "{}{colon}{}",
            lang.pick("或可", "Perhaps"),
            repair.describe(lang)
        ));
    }
    lines
}

/// Where a finding stands in its source, in words.
fn place(finding: &FindingRecord, lang: Lang) -> String {
    let place = finding.position.describe(lang);
    let mut quote: String = finding.quote.chars().take(MAX_QUOTE).collect();
    if quote.len() < finding.quote.len() {
        quote.push('…');
    }
    let quote = quote.split_whitespace().collect::<Vec<_>>().join(" ");
    let (place_is, source_is) = match lang {
        Lang::Zh => (format!("位置：{place}"), format!("原文：“{quote}”")),
        Lang::En => (format!("Place: {place}"), format!("Source: “{quote}”")),
    };
    let parts = [(place, place_is), (quote, source_is)];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(of, _)| !of.is_empty())
        .map(|(_, said)| said)
        .collect();
    parts.join(lang.pick("；", "; "))
}

/// Spans that count characters, in bytes of `text`.
pub(super) fn byte_spans(text: &str, spans: impl Iterator<Item = [usize; 2]>) -> Vec<Span> {
    let spans: Vec<[usize; 2]> = spans.collect();
    let mut wanted: Vec<usize> = spans.iter().copied().flatten().collect();
    wanted.sort_unstable();
    wanted.dedup();
    let mut bytes = Vec::with_capacity(wanted.len());
    let mut starts = text.char_indices().map(|(at, _)| at).enumerate();
    let mut here = starts.next();
    for &character in &wanted {
        while here.is_some_and(|(nth, _)| nth < character) {
            here = starts.next();
        }
        bytes.push(here.map_or(text.len(), |(_, at)| at));
    }
    let byte = |character: usize| wanted.binary_search(&character).map_or(text.len(), |at| bytes[at]);
    spans
        .iter()
        .map(|[start, end]| {
            let (start, end) = (byte(*start), byte(*end));
            Span::new(start, end.max(start))
        })
        .collect()
}
