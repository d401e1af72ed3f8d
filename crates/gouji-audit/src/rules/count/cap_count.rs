//! # cap-count
//!
//! More units than there are items handed to them.
//!
//! 承办单位多于交办件数。
//!
//! ## What it checks
//!
//! Where items are handed out (交由, 转交, 分派) to a number of units, there are no more units than items.
//!
//! 件数交由、转交、分派给若干单位的，单位数不多于件数。
//!
//! ## Why it matters
//!
//! A unit without an item was counted twice, or the number of items is too small.
//!
//! 没有件可办的单位多半重复计数，或者件数少写了。
//!
//! ## Example
//!
//! 本月来信8件，分别交由5个镇和6个部门办理。
//!
//! ## Correct
//!
//! 本月来信18件，分别交由5个镇和6个部门办理。
//!
//! ## Not reported
//!
//! 涉及, since one item may concern several units; texts that say 共同, 联合 or 会同; paragraphs with a larger number of items.
//!
//! “涉及”若干单位的（一件可涉及多个单位），写明共同、联合、会同办理的，以及同段另有更大件数的。
//!
//! ## Source
//!
//! Arithmetic: each unit has at least one item.
//!
//! 算术：每个承办单位至少有一件。

use gouji_ledger::{Figure, FigureClass, Modality, Place};
use gouji_quantity::Decimal;

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `cap-count`
pub(crate) const RULE: Rule = Rule {
    name: "cap-count",
    family: "count",
    severity: Severity::Note,
    doc: include_str!("cap_count.rs"),
    check,
};

/// Words that hand items out.
const HANDED: [&str; 7] = ["交由", "转交", "分派", "派发", "交办", "转办", "分送"];
/// Words by which one item has several units.
const SHARED: [&str; 5] = ["共同", "联合", "会同", "协同", "配合"];
/// What is handed out, and what units are counted with.
const ITEMS: [&str; 4] = ["件", "条", "起", "项"];
const UNITS: [&str; 2] = ["个", "家"];
/// Figures before the items among which the whole that they are part of is looked for.
const BEFORE: usize = 20;
/// Bytes of one clause pair, at most.
const REACH: usize = 240;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let figures = &cx.ledger.figures;
    for (idx, items) in figures.iter().enumerate() {
        let Some(n_items) = count(items, &ITEMS) else { continue };
        let mut units: Vec<&Figure> = Vec::new();
        for next in figures
            .iter()
            .skip(idx + 1)
            .take_while(|f| f.span.start <= items.span.end + REACH)
        {
            let from = units.last().map_or(items.span.end, |f| f.span.end);
            let between = cx.document.text.get(from..next.span.start).unwrap_or("。");
            let joined = match units.is_empty() {
                true => HANDED.iter().any(|word| between.contains(word)),
                false => between.chars().count() <= 8 && between.contains(['和', '、', '及']),
            };
            let of_units = count(next, &UNITS).is_some() && is_unit(cx, next);
            if !joined || !of_units || between.contains(['。', '；', ';', '\n']) {
                break;
            }
            units.push(next);
        }
        let (Some(first), Some(last)) = (units.first(), units.last()) else {
            continue;
        };
        let total = units
            .iter()
            .try_fold(Decimal::ZERO, |sum, f| sum.checked_add(count(f, &UNITS)?));
        let quote = items.span.cover(last.span);
        let behind = cx.document.text.get(last.span.end..).unwrap_or("");
        let sentence = behind.split(['。', '；', ';', '\n']).next().unwrap_or("");
        let shared = SHARED
            .iter()
            .any(|w| sentence.contains(w) || cx.document.text.get(quote.range()).is_some_and(|t| t.contains(w)));
        let Some(total) = total.filter(|total| *total > n_items && !shared) else {
            continue;
        };
        // What is handed out may be a larger number further up in the paragraph, and the one beside it a part of that.
        let enough = figures[..idx].iter().rev().take(BEFORE).any(|f| {
            let same = cx
                .document
                .text
                .get(f.span.end..items.span.start)
                .is_some_and(|t| !t.contains('\n'));
            same && count(f, &ITEMS).is_some_and(|n| n >= total)
        });
        if enough {
            continue;
        }
        let zh = format!("{}交由{}个单位办理，单位多于件数", items.surface, total.normalize());
        let en = format!(
            "{} are handed to {} units: more units than items",
            items.surface,
            total.normalize()
        );
        let mut finding = Finding::plain(RULE.name, RULE.severity, first.span, zh, en);
        finding.related = vec![items.span];
        finding.quote = quote;
        finding.stated = Some(first.surface.clone());
        out.push(finding);
    }
}

/// The value of a count of prose in one of the units.
fn count(figure: &Figure, units: &[&str]) -> Option<Decimal> {
    let of_unit = figure.unit.as_ref().is_some_and(|u| units.contains(&u.name.as_str()));
    let plain = figure.class == FigureClass::Count && figure.modality == Modality::Fact && figure.place == Place::Prose;
    figure.stated.as_ref()?.base().filter(|_| plain && of_unit)
}

/// Whether units of government are counted.
fn is_unit(cx: &Context<'_>, figure: &Figure) -> bool {
    let behind = cx.document.text.get(figure.span.end..).unwrap_or("");
    let head: String = behind.chars().take(6).collect();
    ["单位", "部门", "镇", "乡", "街道", "局"]
        .iter()
        .any(|w| head.contains(w))
}

#[cfg(test)]
mod tests {
    use gouji_ledger::FigureClass;

    use crate::sample::Sample;

    fn found(text: &str, figures: &[&str]) -> Vec<String> {
        let mut sample = Sample::new();
        sample.paragraph(text);
        for figure in figures {
            sample.figure_in_text(figure, FigureClass::Count);
        }
        sample.found("cap-count")
    }

    #[test]
    fn fires_on_units_without_an_item() {
        assert_eq!(
            found("本月来信8件，分别交由5个镇和6个部门办理。", &["8件", "5个", "6个"]),
            ["note 8件交由11个单位办理，单位多于件数"]
        );
    }

    #[test]
    fn silent_when_each_has_one() {
        assert!(found("本月来信18件，分别交由5个镇和6个部门办理。", &["18件", "5个", "6个"]).is_empty());
    }

    #[test]
    fn near_miss_items_that_concern_several_units() {
        assert!(found("本月来信8件，涉及11个单位。", &["8件", "11个"]).is_empty());
        assert!(found("本月来信8件，交由11个单位共同办理。", &["8件", "11个"]).is_empty());
        assert!(
            found(
                "本月来信18件，逾期2件，分别交由5个镇和6个部门办理。",
                &["18件", "2件", "5个", "6个"]
            )
            .is_empty(),
            "the part beside it is not what was handed out"
        );
        assert!(found("本月来信8件。另转交11个单位自查。", &["8件", "11个"]).is_empty());
    }
}
