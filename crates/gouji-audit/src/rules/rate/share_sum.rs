//! # share-sum
//!
//! The shares of one whole do not add to 100 %.
//!
//! 各项占比之和不为100%。
//!
//! ## What it checks
//!
//! The shares of one whole add to 100 %, within half a unit of the last place for each.
//!
//! 同一整体的各项占比之和应为100%，每项允许半个末位的舍入误差。
//!
//! ## Why it matters
//!
//! A share that is missing or mistyped shows in the sum even where parts are not printed.
//!
//! 漏列或打错一项占比，即使没有印出件数，也会在合计上显出来。
//!
//! ## Example
//!
//! 三类分别占50%、30%、30%。
//!
//! ## Correct
//!
//! 三类分别占50%、30%、20%。
//!
//! ## Not reported
//!
//! Lists of the first few only, multiple choice, shares of different wholes; sums that cutting off explains are
//! notes.
//!
//! 仅列前几项的、可多选的、分属不同整体的；去尾足以解释的只作提示。
//!
//! ## Source
//!
//! Arithmetic; the rounding error of a sum grows with the number of its terms.
//!
//! 算术；合计的舍入误差随项数增大。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `share-sum`
pub(crate) const RULE: Rule = Rule {
    name: "share-sum",
    family: "rate",
    severity: Severity::Error,
    doc: include_str!("share_sum.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let places = case.reading.operands.iter().map(|o| o.decimals).max().unwrap_or(0);
        let sum = case
            .outcome
            .check
            .exact
            .and_then(|sum| sum.round_half_up(places))
            .unwrap_or_default();
        let zh = format!("各项占比之和为{sum}%，不等于100%");
        let en = format!("the shares add up to {sum}%, not 100 %");
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, operands: &[&str]) -> Vec<String> {
        related(RULE.name, RelationKind::ShareSum, Formula::ShareSum, stated, operands)
    }

    #[test]
    fn fires_when_they_exceed() {
        assert_eq!(
            found("100%", &["50%", "30%", "30%"]),
            [
                "error 各项占比之和为110%，不等于100%；改一处即可成立的：50%→40%（差一字），30%→20%（差一字）（另有1处，改其中一处也可）"
            ]
        );
    }

    #[test]
    fn silent_when_they_add_up() {
        assert!(found("100%", &["50%", "30%", "20%"]).is_empty());
    }

    #[test]
    fn near_miss_thirds_rounded_half_up() {
        assert!(found("100%", &["33%", "33%", "33%"]).is_empty());
    }
}
