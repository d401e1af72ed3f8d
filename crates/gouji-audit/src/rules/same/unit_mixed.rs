//! # unit-mixed
//!
//! The parts of one total are counted with different words.
//!
//! 同一合计的各分项计量单位不一。
//!
//! ## What it checks
//!
//! A total and its parts are counted with one measure word.
//!
//! 合计与各分项用同一个量词。
//!
//! ## Why it matters
//!
//! 件 beside 类 is a slip, and it keeps readers and programs from adding up.
//!
//! “件”与“类”混用多为笔误，也妨碍核算。
//!
//! ## Example
//!
//! 来信10件，其中建议3件、举报类7类。
//!
//! ## Correct
//!
//! 来信10件，其中建议3件、举报类7件。
//!
//! ## Not reported
//!
//! Sums that do not hold, units of money or measure, and parts that all have a word of their own.
//!
//! 不相符的合计，货币单位和度量单位，以及各分项统一用另一量词的。
//!
//! ## Source
//!
//! Good practice of reports.
//!
//! 公文写作通行做法。

use gouji_ledger::{Place, RelationKind};
use gouji_quantity::UnitClass;

use crate::context::Context;
use crate::model::Verdict;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `unit-mixed`
pub(crate) const RULE: Rule = Rule {
    name: "unit-mixed",
    family: "same",
    severity: Severity::Note,
    doc: include_str!("unit_mixed.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.cases() {
        if case.relation.kind != RelationKind::Sum || case.verdict() != Verdict::Holds {
            continue;
        }
        let Some(total) = cx.figure(&case.reading.stated).filter(|f| f.place == Place::Prose) else {
            continue;
        };
        let Some(word) = total.unit.as_ref().filter(|u| u.class == UnitClass::Count) else {
            continue;
        };
        let parts = case.reading.operands.iter().filter_map(|o| cx.figure(o));
        let mut other = parts.filter(|f| {
            f.place == Place::Prose
                && f.unit
                    .as_ref()
                    .is_some_and(|u| u.class == UnitClass::Count && u.name != word.name)
        });
        // One odd part among others: where all parts have a word of their own (投票9件：满意票8张…), it is meant.
        let n_parts = case.reading.operands.len();
        if let (Some(odd), None, true) = (other.next(), other.next(), n_parts >= 2) {
            let zh = format!("合计为{}，分项却写作{}，量词不一", total.surface, odd.surface);
            let en = format!(
                "the total is {} but a part is {}: different measure words",
                total.surface, odd.surface
            );
            let mut finding = Finding::plain(RULE.name, RULE.severity, odd.span, zh, en);
            finding.related = vec![total.span];
            finding.quote = case.relation.quote;
            finding.stated = Some(odd.surface.clone());
            out.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, operands: &[&str]) -> Vec<String> {
        related(RULE.name, RelationKind::Sum, Formula::Sum, stated, operands)
    }

    #[test]
    fn fires_on_one_part_with_another_word() {
        assert_eq!(
            found("10件", &["3件", "7类"]),
            ["note 合计为10件，分项却写作7类，量词不一"]
        );
    }

    #[test]
    fn silent_on_one_word() {
        assert!(found("10件", &["3件", "7件"]).is_empty());
    }

    #[test]
    fn near_miss_parts_with_a_word_of_their_own() {
        assert!(found("10件", &["3张", "7张"]).is_empty());
    }
}
