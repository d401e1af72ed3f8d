//! # rate-complement
//!
//! A rate does not fit the exceptions named beside it.
//!
//! 比率与文中列出的例外数不符。
//!
//! ## What it checks
//!
//! A rate that is stated with its exceptions (逾期9件, 不合格2个) equals (whole − exceptions) ÷ whole.
//!
//! 列有例外数（逾期、不合格等）的比率，等于（总数－例外数）÷总数。
//!
//! ## Why it matters
//!
//! Exceptions are often taken off twice, or come from another draft than the rate.
//!
//! 例外数常被重复扣减，或与比率出自不同的稿子。
//!
//! ## Example
//!
//! 受理400件，逾期8件，按时办结率96.00%。
//!
//! ## Correct
//!
//! 受理400件，逾期8件，按时办结率98.00%。
//!
//! ## Not reported
//!
//! Exceptions given as examples only (如, 等), and rates cut off or rounded up.
//!
//! 仅为举例的例外（如、等），以及去尾或进一的比率。
//!
//! ## Source
//!
//! Arithmetic.
//!
//! 算术。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `rate-complement`
pub(crate) const RULE: Rule = Rule {
    name: "rate-complement",
    family: "rate",
    severity: Severity::Error,
    doc: include_str!("rate_complement.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!(
            "按所列例外数计算应为{}，即{}，写作{}",
            case.expected(),
            case.sum(),
            case.stated()
        );
        let en = format!(
            "with the exceptions named the rate is {} ({}) but {} is printed",
            case.expected(),
            case.working(),
            case.stated()
        );
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(rate: &str, whole: &str, exceptions: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.complement(rate, whole, exceptions);
        sample.found("rate-complement")
    }

    #[test]
    fn fires_when_exceptions_are_taken_off_twice() {
        assert_eq!(
            found("96.00%", "400件", "8件"),
            [
                "error 按所列例外数计算应为98.00%，即（400－8）÷400，写作96.00%；改一处即可成立的：96.00%→98.00%（疑重复扣减），400件→200件（差一字），8件→16件"
            ]
        );
    }

    #[test]
    fn silent_when_the_rate_fits() {
        assert!(found("98.00%", "400件", "8件").is_empty());
    }

    #[test]
    fn near_miss_a_rate_cut_off() {
        assert!(found("98.48%", "66件", "1件").is_empty());
    }
}
