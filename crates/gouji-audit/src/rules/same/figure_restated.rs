//! # figure-restated
//!
//! One quantity is stated twice with different values.
//!
//! 同一数据前后不一。
//!
//! ## What it checks
//!
//! The same measure of the same subject, period and scope has the same value wherever it stands.
//!
//! 同一主体、同一时期、同一口径的同一数据，全文应当一致。
//!
//! ## Why it matters
//!
//! A later draft corrects one place and forgets the other.
//!
//! 改稿时改了一处忘了另一处。
//!
//! ## Example
//!
//! 共检查网站12个。……对13个网站的检查表明……
//!
//! ## Correct
//!
//! 共检查网站12个。……对12个网站的检查表明……
//!
//! ## Not reported
//!
//! A narrower scope (其中, 本级, 存在突出问题), another period, and a value that is a rounding of the other.
//!
//! 范围更窄的（其中、本级等）、时期不同的，以及互为四舍五入的。
//!
//! ## Source
//!
//! Consistency within one document.
//!
//! 同一文件前后一致。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `figure-restated`
pub(crate) const RULE: Rule = Rule {
    name: "figure-restated",
    family: "same",
    severity: Severity::Error,
    doc: include_str!("figure_restated.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("前文为{}，此处写作{}", case.other(), case.stated());
        let en = format!("{} before, {} here", case.other(), case.stated());
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, operands: &[&str]) -> Vec<String> {
        related(RULE.name, RelationKind::Repeat, Formula::Equal, stated, operands)
    }

    #[test]
    fn fires_on_two_values() {
        assert_eq!(
            found("13个", &["12个"]),
            ["error 前文为12个，此处写作13个；改一处即可成立的：13个→12个（差一字），12个→13个（差一字）"]
        );
    }

    #[test]
    fn silent_on_one() {
        assert!(found("12个", &["12个"]).is_empty());
    }

    #[test]
    fn near_miss_one_rounds_the_other() {
        assert!(found("1.23万条", &["12345条"]).is_empty());
    }
}
