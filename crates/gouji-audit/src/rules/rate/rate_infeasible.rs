//! # rate-infeasible
//!
//! No whole number of cases gives this rate.
//!
//! 没有哪个整数件数能得出这个比率。
//!
//! ## What it checks
//!
//! A rate printed with its whole but without its part must be k ÷ whole for some whole number k.
//!
//! 印出总数而未印出分子的比率，总应有某个整数分子与之对应。
//!
//! ## Why it matters
//!
//! The test finds a rate that was copied or mistyped even though its part was never printed.
//!
//! 即使没有印出分子，也能发现抄错、打错的比率。
//!
//! ## Example
//!
//! 受理40件，群众满意率为83.8%。
//!
//! ## Correct
//!
//! 受理40件，群众满意率为87.5%。
//!
//! ## Not reported
//!
//! Wholes so large that nearly every rate is possible, and rates that fit by cutting off.
//!
//! 总数大到几乎任何比率都可能的，以及去尾后相符的。
//!
//! ## Source
//!
//! The granularity test of means (GRIM), applied to percentages.
//!
//! 对百分比适用的粒度检验（GRIM）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use crate::wording;
use gouji_quantity::nearest_feasible;

/// `rate-infeasible`
pub(crate) const RULE: Rule = Rule {
    name: "rate-infeasible",
    family: "rate",
    severity: Severity::Warning,
    doc: include_str!("rate_infeasible.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let stated = &case.reading.stated;
        let nearest = stated
            .value
            .zip(case.reading.operands.first().and_then(|whole| whole.value))
            .and_then(|(rate, whole)| nearest_feasible(rate, stated.decimals, whole.normalize().mantissa()));
        let unit = wording::unit_of(case.other());
        let (near_zh, near_en) = match nearest {
            Some([(k, below), (m, above)]) => (
                format!("，最接近的是{k}{unit}（{below}%）和{m}{unit}（{above}%）"),
                format!("; the nearest are {below}% ({k}) and {above}% ({m})"),
            ),
            None => (String::new(), String::new()),
        };
        let zh = format!("以{}为总数，没有哪个整数能得出{}{near_zh}", case.other(), case.stated());
        let en = format!(
            "no whole number out of {} gives {}{near_en}",
            case.other(),
            case.stated()
        );
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, operands: &[&str]) -> Vec<String> {
        related(
            RULE.name,
            RelationKind::Ratio,
            Formula::Ratio { scale: 100 },
            stated,
            operands,
        )
    }

    #[test]
    fn fires_on_a_rate_that_no_count_gives() {
        assert_eq!(
            found("83.8%", &["40件"]),
            [
                "warning 以40件为总数，没有哪个整数能得出83.8%，最接近的是33件（82.5%）和34件（85.0%）；改一处即可成立的：40件→80件（差一字）"
            ]
        );
    }

    #[test]
    fn silent_on_a_possible_rate() {
        assert!(found("87.5%", &["40件"]).is_empty());
    }

    #[test]
    fn near_miss_a_base_too_large_to_tell() {
        assert!(found("83.8%", &["829件"]).is_empty());
    }
}
