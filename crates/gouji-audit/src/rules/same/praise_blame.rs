//! # praise-blame
//!
//! One unit is praised and blamed for the same thing.
//!
//! 同一单位因同一事项既受表扬又受批评。
//!
//! ## What it checks
//!
//! Within a paragraph, the units listed as praised (予以表扬) and those listed as blamed (予以批评) for one measure differ.
//!
//! 同一段内，就同一事项予以表扬的名单与予以批评的名单没有相同的单位。
//!
//! ## Why it matters
//!
//! One of the two lists is from another draft, or a name was pasted twice.
//!
//! 多半是名单沿用了旧稿，或名称重复粘贴。
//!
//! ## Example
//!
//! 甲镇、乙镇、丙镇等3个镇报送信息及时，予以表扬；丙镇、丁镇2个镇未报送信息，予以批评。
//!
//! ## Correct
//!
//! 甲镇、乙镇2个镇报送信息及时，予以表扬；丙镇、丁镇2个镇未报送信息，予以批评。
//!
//! ## Not reported
//!
//! Praise and blame for different things, such as one channel and another, and lists in different paragraphs.
//!
//! 就不同事项（如不同渠道）分别表扬、批评的，以及不在同一段的名单。
//!
//! ## Source
//!
//! Consistency within one document.
//!
//! 同一文件前后一致。

use gouji_document::Span;
use gouji_ledger::RelationKind;

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::passages::{Passage, Role, sentence_around};
use crate::rules::Rule;

/// `praise-blame`
pub(crate) const RULE: Rule = Rule {
    name: "praise-blame",
    family: "same",
    severity: Severity::Warning,
    doc: include_str!("praise_blame.rs"),
    check,
};

/// What lists are about; two lists are held against each other only if they share one of these words and differ in none.
const MATTERS: [&str; 9] = ["报送", "发布", "更新", "回复", "办结", "办理", "公开", "采用", "整改"];

/// Lists on either side of one that are held against it.
const MAX_LISTS: usize = 100;

/// A list of names with the sentence that it stands in.
struct List<'a> {
    passage: usize,
    praised: bool,
    sentence: &'a str,
    names: Vec<(&'a str, Span)>,
}

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let lists = lists(cx);
    for (at, praise) in lists.iter().enumerate().filter(|(_, list)| list.praised) {
        // Lists are in source order: a paragraph's own stand together.
        let own = |l: &&List<'_>| l.passage == praise.passage;
        let around = lists[..at].iter().rev().take(MAX_LISTS).take_while(own);
        let behind = lists[at + 1..].iter().take(MAX_LISTS).take_while(own);
        for blame in around.chain(behind).filter(|l| !l.praised && same_matter(l, praise)) {
            for (name, span) in &blame.names {
                let Some((_, other)) = praise.names.iter().find(|(praised, _)| praised == name) else {
                    continue;
                };
                let zh = format!("“{name}”在同一段内既受表扬又受批评");
                let en = format!("{name} is praised and blamed in one paragraph");
                let mut finding = Finding::plain(RULE.name, RULE.severity, *span, zh, en);
                finding.related = vec![*other];
                finding.stated = Some((*name).to_owned());
                out.push(finding);
            }
        }
    }
}

fn same_matter(a: &List<'_>, b: &List<'_>) -> bool {
    let matters = |list: &List<'_>| MATTERS.map(|word| list.sentence.contains(word));
    let (a, b) = (matters(a), matters(b));
    a == b && a.contains(&true)
}

/// The lists of names whose sentence praises or blames, but not both.
fn lists<'a>(cx: &Context<'a>) -> Vec<List<'a>> {
    // By their place, so that a document of many lists does not look through all paragraphs for each.
    let of = |(idx, passage): (usize, &Passage<'_>)| Some((passage.text.span()?, idx));
    let written = cx.passages.iter().enumerate();
    let mut paragraphs: Vec<(Span, usize)> = written
        .filter(|(_, passage)| passage.role == Role::Paragraph)
        .filter_map(of)
        .collect();
    paragraphs.sort_unstable_by_key(|(whole, idx)| (whole.start, *idx));
    let mut out = Vec::new();
    for relation in cx.ledger.relations.iter().filter(|r| r.kind == RelationKind::Count) {
        let Some(reading) = relation.readings.first() else {
            continue;
        };
        let names: Vec<(&str, Span)> = reading
            .operands
            .iter()
            .filter_map(|o| Some((cx.document.text.get(o.span?.range())?.trim(), o.span?)))
            .filter(|(name, _)| name.chars().count() >= 2)
            .collect();
        let Some(start) = names.first().map(|(_, span)| span.start) else {
            continue;
        };
        let at = paragraphs.partition_point(|(whole, _)| whole.start <= start);
        let Some(&(whole, passage)) = at.checked_sub(1).and_then(|at| paragraphs.get(at)) else {
            continue;
        };
        if !whole.range().contains(&start) {
            continue;
        }
        let text = cx.document.text.get(whole.range()).unwrap_or("");
        let sentence = &text[sentence_around(text, start - whole.start)];
        let (praised, blamed) = (sentence.contains("表扬"), sentence.contains("批评"));
        if praised != blamed {
            out.push(List {
                passage,
                praised,
                sentence,
                names,
            });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use gouji_document::Span;
    use gouji_ledger::{Cue, Formula, Reading, RelationKind};

    use crate::sample::Sample;

    /// Each list is its names, all in the text.
    fn found(text: &str, lists: &[&[&str]]) -> Vec<String> {
        let mut sample = Sample::new();
        sample.paragraph(text);
        let mut from = 0;
        for names in lists {
            let mut operands = Vec::new();
            for name in *names {
                let start = from + text[from..].find(name).expect("in the text");
                from = start + name.len();
                let mut operand = sample.words(name);
                operand.span = Some(Span::new(start, from));
                operands.push(operand);
            }
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
        }
        sample.found("praise-blame")
    }

    const LISTS: [&[&str]; 2] = [&["甲镇", "丙镇"], &["丙镇", "丁镇"]];

    #[test]
    fn fires_on_a_unit_in_both_lists() {
        assert_eq!(
            found(
                "甲镇、丙镇报送信息及时，予以表扬；丙镇、丁镇未报送信息，予以批评。",
                &LISTS
            ),
            ["warning “丙镇”在同一段内既受表扬又受批评"]
        );
    }

    #[test]
    fn silent_when_the_lists_differ() {
        let lists: [&[&str]; 2] = [&["甲镇", "乙镇"], &["丙镇", "丁镇"]];
        assert!(
            found(
                "甲镇、乙镇报送信息及时，予以表扬；丙镇、丁镇未报送信息，予以批评。",
                &lists
            )
            .is_empty()
        );
    }

    #[test]
    fn near_miss_praise_and_blame_for_different_things() {
        assert!(
            found(
                "甲镇、丙镇报送信息及时，予以表扬；丙镇、丁镇来信回复超期，予以批评。",
                &LISTS
            )
            .is_empty()
        );
        assert!(found("甲镇、丙镇报送信息及时；丙镇、丁镇未报送信息，予以批评。", &LISTS).is_empty());
    }
}
