//! # org-alias
//!
//! One unit stands under two names.
//!
//! 同一单位前后名称不一。
//!
//! ## What it checks
//!
//! The names of bureaus in lists and tables: a short form (县卫健局) beside the full one (县卫生健康局), said once for the
//! circular.
//!
//! 名单和表格中的局名，简称与全称混用的（如县卫健局与县卫生健康局），全文提示一次。
//!
//! ## Why it matters
//!
//! A unit under two names is counted twice or looked for in vain.
//!
//! 一家两名，统计时会重复计数或对不上。
//!
//! ## Example
//!
//! 正文写县卫健局，附表写县卫生健康局。
//!
//! ## Correct
//!
//! 正文与附表都写县卫生健康局。
//!
//! ## Not reported
//!
//! Short forms that fit several full names, branches (分局), and names of other shape than a bureau's.
//!
//! 一个简称可对应几个全称的、分局，以及不以“局”结尾的名称。
//!
//! ## Source
//!
//! Regulation on the handling of official documents of Party and government organs (2012).
//!
//! 《党政机关公文处理工作条例》（2012年）：机关名称应当准确、规范。

use std::collections::BTreeMap;

use gouji_document::Span;
use gouji_ledger::{Place, RelationKind};

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `org-alias`
pub(crate) const RULE: Rule = Rule {
    name: "org-alias",
    family: "same",
    severity: Severity::Note,
    doc: include_str!("org_alias.rs"),
    check,
};

/// Names in lists and tables that are looked at, and their length in characters.
const MOST_NAMES: usize = 300;
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=12;
/// Pairs that are shown.
const SHOWN: usize = 3;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let names = names(cx);
    let mut pairs: Vec<(&str, &str, Span)> = Vec::new();
    for (short, span) in &names {
        let mut full = names.keys().filter(|name| is_short_for(short, name));
        // A form that fits several names is short for none of them.
        if let (Some(full), None) = (full.next(), full.next()) {
            pairs.push((short, full, *span));
        }
    }
    pairs.sort_by_key(|(_, _, span)| *span);
    let Some((_, _, at)) = pairs.first() else { return };
    let shown: Vec<String> = pairs
        .iter()
        .take(SHOWN)
        .map(|(short, full, _)| format!("“{short}”与“{full}”"))
        .collect();
    let zh = format!("单位名称不一，疑为同一单位：{}", shown.join("、"));
    let shown: Vec<String> = pairs
        .iter()
        .take(SHOWN)
        .map(|(short, full, _)| format!("{short} and {full}"))
        .collect();
    let en = format!("these look like one unit under two names: {}", shown.join(", "));
    let mut finding = Finding::plain(RULE.name, RULE.severity, *at, zh, en);
    finding.related = pairs
        .iter()
        .filter_map(|(_, full, _)| names.get(full).copied())
        .take(SHOWN)
        .collect();
    finding.related.sort_unstable();
    out.push(finding);
}

/// The bureaus named in lists and in the first columns of tables, each with its first place.
fn names<'a>(cx: &Context<'a>) -> BTreeMap<&'a str, Span> {
    let mut out: BTreeMap<&str, Span> = BTreeMap::new();
    let mut add = |name: &'a str, span: Span| {
        let name = name.trim();
        if name.ends_with('局') && LENGTHS.contains(&name.chars().count()) && out.len() < MOST_NAMES {
            out.entry(name).or_insert(span);
        }
    };
    for relation in cx.ledger.relations.iter().filter(|r| r.kind == RelationKind::Count) {
        for operand in relation.readings.iter().take(1).flat_map(|r| &r.operands) {
            if let Some((text, span)) = operand.span.and_then(|s| Some((cx.document.text.get(s.range())?, s))) {
                add(text, span);
            }
        }
    }
    for figure in &cx.ledger.figures {
        if let Place::Cell { .. } = figure.place {
            add(figure.subject.as_str(), figure.span);
        }
    }
    out
}

/// Whether the characters of one name are left of another by leaving some out: the first and the last are kept, and it is not
/// a branch of the other.
fn is_short_for(short: &str, full: &str) -> bool {
    let (n, m) = (short.chars().count(), full.chars().count());
    if n >= m || full.contains('分') && !short.contains('分') || short.chars().next() != full.chars().next() {
        return false;
    }
    let mut rest = full.chars();
    // What follows the place's name must begin alike too: 县水利局 is short for 县水利水电局, not for 县南水北调局.
    let alike = short.chars().zip(full.chars()).take_while(|(a, b)| a == b).count();
    alike >= 2 && short.chars().all(|c| rest.any(|d| d == c)) && rest.next().is_none()
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, Reading, RelationKind};

    use crate::sample::Sample;

    fn found(names: &[&str]) -> Vec<String> {
        let mut sample = Sample::new();
        let operands = names.iter().map(|name| sample.words(name)).collect();
        let n = names.len();
        let reading = Reading {
            formula: Formula::Count {
                least: n,
                most: n,
                open: true,
            },
            stated: sample.words("9个"),
            operands,
        };
        sample.push_relation(RelationKind::Count, Cue::Arithmetic, "names-listed", vec![reading]);
        sample.found("org-alias")
    }

    #[test]
    fn fires_once_for_all_pairs() {
        assert_eq!(
            found(&["县卫健局", "县民政局", "县卫生健康局", "县市监局", "县市场监管局"]),
            ["note 单位名称不一，疑为同一单位：“县卫健局”与“县卫生健康局”、“县市监局”与“县市场监管局”"]
        );
    }

    #[test]
    fn silent_on_one_name_each() {
        assert!(found(&["县卫生健康局", "县民政局", "县水利局"]).is_empty());
    }

    #[test]
    fn near_miss_a_branch_or_a_form_that_fits_two() {
        assert!(found(&["县公安局", "县公安分局"]).is_empty());
        assert!(found(&["县农业局", "县农业农村局", "县农业综合局"]).is_empty());
        assert!(found(&["县水利局", "县南水利用局"]).is_empty());
    }
}
