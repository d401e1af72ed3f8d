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
//! Sums that do not hold, and units of money or measure.
//!
//! 不相符的合计，以及货币单位和度量单位。
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
        let odd = case.reading.operands.iter().find_map(|operand| {
            let figure = cx.figure(operand).filter(|f| f.place == Place::Prose)?;
            figure
                .unit
                .as_ref()
                .filter(|u| u.class == UnitClass::Count && u.name != word.name)
                .map(|_| figure)
        });
        if let Some(odd) = odd {
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
    use gouji_ledger::{Cue, Formula, RelationKind};

    use crate::sample::Sample;

    fn found(stated: &str, operands: &[&str]) -> Vec<String> {
        let mut sample = Sample::new();
        sample.relate(RelationKind::Sum, Cue::Explicit, Formula::Sum, stated, operands);
        sample.found("unit-mixed")
    }

    #[test]
    fn fires_on_another_measure_word() {
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
    fn near_miss_a_sum_that_does_not_hold() {
        assert!(found("11件", &["3件", "7类"]).is_empty());
    }
}
