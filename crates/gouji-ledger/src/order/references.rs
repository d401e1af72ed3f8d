//! The attachments that the text announces against those that follow, title for title.

use std::sync::LazyLock;

use gouji_circular::{Attachment, ListedAttachment};
use gouji_document::Text;
use regex::Regex;

use crate::context::Context;
use crate::{Cue, Formula, Operand, Reading, Relation, RelationKind};

static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"附件\s*([0-9０-９]{1,2})").expect("a constant pattern"));

/// Adds a relation for each listed attachment that has a titled counterpart, and for each reference to an attachment
/// that the list does not have.
pub(crate) fn relations(cx: &Context<'_>, out: &mut Vec<Relation>) {
    let listed = &cx.circular.listed;
    let paired = paired(cx);
    for (at, entry) in listed.iter().enumerate() {
        let Some(printed) = counterpart(listed, &cx.circular.attachments, at) else {
            continue;
        };
        let sure = entry.number.is_some() && paired;
        out.extend(title_for_title(entry, printed, sure, listed));
    }
    missing(cx, out);
}

/// Whether the attachments listed and those that follow bear the same numbers, each once: then number means number.
fn paired(cx: &Context<'_>) -> bool {
    let mut listed: Vec<Option<u32>> = cx.circular.listed.iter().map(|l| l.number).collect();
    let mut printed: Vec<Option<u32>> = cx.circular.attachments.iter().map(|a| a.number).collect();
    listed.sort_unstable();
    printed.sort_unstable();
    listed == printed && listed.windows(2).all(|w| w[0] != w[1])
}

/// The last words of the titles of forms and lists.
const KINDS: &[&str] = &[
    "表", "清单", "名单", "台账", "方案", "办法", "细则", "标准", "目录", "情况", "指南", "说明", "模板", "样式",
];

/// What kind of thing a title names, by its last words.
fn kind(title: &str) -> Option<&'static str> {
    KINDS.iter().copied().find(|k| title.ends_with(k))
}

/// The attachment that follows for an entry: the one of its number, or the only one.
fn counterpart<'a>(listed: &[ListedAttachment], attachments: &'a [Attachment], at: usize) -> Option<&'a Text> {
    let entry = listed.get(at)?;
    let found = match entry.number {
        Some(number) => {
            let mut same = attachments.iter().filter(|a| a.number == Some(number));
            match (same.next(), same.next()) {
                (Some(one), None) => Some(one),
                (None, _) if listed.len() == 1 && attachments.len() == 1 => attachments.first(),
                _ => None,
            }
        }
        None if listed.len() == 1 && attachments.len() == 1 => attachments.first(),
        None => None,
    };
    found?.title.as_ref()
}

fn title_for_title(
    entry: &ListedAttachment,
    printed: &Text,
    sure: bool,
    listed: &[ListedAttachment],
) -> Option<Relation> {
    let (a, b) = (bare(&entry.title), bare(printed));
    if a.is_empty() || b.is_empty() {
        return None;
    }
    // A title may be shortened in the list, or carry the place's name only once.
    let holds = a == b || a.contains(&b) || b.contains(&a);
    // Titles that have little in common are more likely a heading or a table taken for a title. Under the same number
    // two names of forms need less in common, and a title that is listed under another number needs nothing.
    let swapped = || listed.iter().any(|l| bare(&l.title) == b);
    let another_form = sure && (kind(&a).is_some() && kind(&a) == kind(&b) && likeness(&a, &b) >= 200 || swapped());
    if !holds && !another_form && likeness(&a, &b) < 400 {
        return None;
    }
    let quote = entry.title.span()?;
    Some(Relation {
        kind: RelationKind::Reference,
        rule: "attachment-title",
        cue: Cue::Implied,
        readings: vec![Reading {
            formula: Formula::SameTitle { holds },
            stated: Operand::named(entry.title.trim(), Some(quote)),
            operands: vec![Operand::named(printed.trim(), printed.span())],
        }],
        quote,
    })
}

/// A title without white space, punctuation and remarks in brackets at its end.
fn bare(title: &str) -> String {
    let mut title: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    for remark in [
        "（略）",
        "(略)",
        "（样表）",
        "(样表)",
        "（式样）",
        "（附后）",
        "（另附）",
        "（另发）",
    ] {
        if let Some(rest) = title.strip_suffix(remark) {
            title = rest.to_owned();
        }
    }
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Pairs of neighbouring characters that two titles share, in permille of the longer one's.
fn likeness(a: &str, b: &str) -> usize {
    let pairs = |s: &str| {
        let chars: Vec<char> = s.chars().take(200).collect();
        let mut pairs: Vec<(char, char)> = chars.windows(2).map(|w| (w[0], w[1])).collect();
        pairs.sort_unstable();
        pairs
    };
    let (a, b) = (pairs(a), pairs(b));
    let (mut i, mut j, mut same) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Equal => {
                same += 1;
                i += 1;
                j += 1;
            }
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
        }
    }
    same * 1000 / a.len().max(b.len()).max(1)
}

/// References in the text (见附件3) beyond the list of attachments.
fn missing(cx: &Context<'_>, out: &mut Vec<Relation>) {
    let listed = &cx.circular.listed;
    let numbers: Option<Vec<u32>> = listed.iter().map(|l| l.number).collect();
    let Some(last) = numbers.and_then(|n| n.into_iter().max()) else {
        return;
    };
    let beyond = |n: u32| n > last && !cx.circular.attachments.iter().any(|a| a.number == Some(n));
    for passage in cx.passages.iter().filter(|p| p.body == 0) {
        for found in REFERENCE.captures_iter(passage.text) {
            let Some(whole) = found.get(0) else { continue };
            let Ok(number) = gouji_quantity::half_width(&found[1]).parse::<u32>() else {
                continue;
            };
            // An attachment of another document: 《…通知》附件3, 〔2023〕4号文附件3.
            let foreign = passage.text[..whole.start()].ends_with(['》', '号', '文', '）', '〉', '的', '中']);
            if foreign || !beyond(number) {
                continue;
            }
            let (Some(span), Some(entry)) = (passage.text.source_span(whole.range()), listed.last()) else {
                continue;
            };
            out.push(Relation {
                kind: RelationKind::Reference,
                rule: "attachment-missing",
                cue: Cue::Implied,
                readings: vec![Reading {
                    formula: Formula::SameTitle { holds: false },
                    stated: Operand::named(whole.as_str(), Some(span)),
                    operands: vec![Operand::named(entry.title.trim(), entry.title.span())],
                }],
                quote: span,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{likeness, relations};
    use crate::table::rig;

    fn read(source: &str) -> Vec<String> {
        rig::lines(source, relations)
    }

    #[test]
    fn the_same_title_holds() {
        assert_eq!(
            read("通报如下。\n附件列表 各镇信息采用情况统计表\n附件 各镇信息采用 情况统计表"),
            ["reference? 各镇信息采用情况统计表 <- 各镇信息采用 情况统计表 ok"]
        );
    }

    #[test]
    fn another_word_in_the_title_is_broken() {
        assert_eq!(
            read("通报如下。\n附件列表 问题销号反馈表\n附件 工作销号反馈表"),
            ["reference? 问题销号反馈表 <- 工作销号反馈表 BAD"]
        );
    }

    #[test]
    fn another_form_under_the_number() {
        let text = "通报如下。\n附件列表 1.各镇账号清单\n附件列表 2.新媒体问题整改反馈表\n附件 1.各镇账号清单\n附件 2.新媒体自查情况登记表";
        assert_eq!(
            read(text),
            [
                "reference? 各镇账号清单 <- 各镇账号清单 ok",
                "reference? 新媒体问题整改反馈表 <- 新媒体自查情况登记表 BAD"
            ]
        );
        let swapped = "通报如下。\n附件列表 1.账号清单\n附件列表 2.整改反馈表\n附件 1.整改反馈表\n附件 2.账号清单";
        assert_eq!(read(swapped).iter().filter(|l| l.ends_with("BAD")).count(), 2);
        let other_kind = text.replace("附件 2.新媒体自查情况登记表", "附件 2.新媒体基本情况");
        assert_eq!(read(&other_kind).len(), 1, "perhaps a heading");
        let other_number = text.replace("附件 2.", "附件 3.");
        assert_eq!(read(&other_number).len(), 1);
    }

    #[test]
    fn an_unlike_heading_says_nothing() {
        assert!(likeness("各镇统计表", "整改要求") < 400);
        assert!(read("通报如下。\n附件列表 各镇统计表\n附件 整改要求").is_empty());
        assert!(read("通报如下。\n附件列表 各镇统计表").is_empty());
    }
}
