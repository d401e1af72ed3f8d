//! # share-recompute
//!
//! A share is not part ÷ whole.
//!
//! 占比与部分除以整体不符。
//!
//! ## What it checks
//!
//! A share (占比, 占总数的) equals the part beside it ÷ the whole that it divides.
//!
//! “占比”“占总数的”百分比，等于其部分除以所属的整体。
//!
//! ## Why it matters
//!
//! Shares are typed into lists by hand and outlive the figures they were computed from.
//!
//! 占比多为手工填写，数字改了而占比没改。
//!
//! ## Example
//!
//! 投诉类15件，占总数60件的28%。
//!
//! ## Correct
//!
//! 投诉类15件，占总数60件的25%。
//!
//! ## Not reported
//!
//! Shares cut off, rounded up or made to add to 100, which are other rules; shares of a whole that is not printed.
//!
//! 去尾、进一、倒挤所致的由其他规则报告；整体未印出的不查。
//!
//! ## Source
//!
//! Arithmetic.
//!
//! 算术。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `share-recompute`
pub(crate) const RULE: Rule = Rule {
    name: "share-recompute",
    family: "rate",
    severity: Severity::Warning,
    doc: include_str!("share_recompute.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("占比应为{}，即{}，写作{}", case.expected(), case.sum(), case.stated());
        let en = format!(
            "the share is {} ({}) but {} is printed",
            case.expected(),
            case.working(),
            case.stated()
        );
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, Reading, RelationKind};

    use crate::sample::Sample;

    fn found(share: &str, part: &str, whole: &str) -> Vec<String> {
        let mut sample = Sample::new();
        let stated = sample.figure(share, gouji_ledger::FigureClass::Rate);
        let operands = [part, whole].map(|o| sample.figure(o, gouji_ledger::FigureClass::Count));
        let reading = Reading {
            formula: Formula::Ratio { scale: 100 },
            stated: sample.operand(stated),
            operands: operands.iter().map(|o| sample.operand(*o)).collect(),
        };
        sample.push_relation(RelationKind::Ratio, Cue::Explicit, "share-of-total", vec![reading]);
        sample.found("share-recompute")
    }

    #[test]
    fn fires_on_a_wrong_share() {
        assert_eq!(
            found("28%", "15件", "60件"),
            [
                "warning 占比应为25%，即15÷60，写作28%；改一处即可成立的：28%→25%（差一字），15件→17件（差一字），60件→54件"
            ]
        );
    }

    #[test]
    fn silent_on_a_right_share() {
        assert!(found("25%", "15件", "60件").is_empty());
    }

    #[test]
    fn near_miss_a_share_rounded_up() {
        assert!(found("12%", "1件", "9件").is_empty());
    }
}
