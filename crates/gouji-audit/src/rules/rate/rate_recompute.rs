//! # rate-recompute
//!
//! A rate is not part ÷ whole.
//!
//! 比率与分子除以分母不符。
//!
//! ## What it checks
//!
//! A printed rate (办结率, 合格率, 满意率 …) equals part ÷ whole at its printed precision, for at least one admissible pair
//! of figures.
//!
//! 办结率、合格率、满意率等等于分子除以分母，按所印位数取舍；几种可能的分子分母中有一种相符即可。
//!
//! ## Why it matters
//!
//! Units are ranked and blamed by these rates.
//!
//! 各单位的排名和问责都以这些比率为据。
//!
//! ## Example
//!
//! 受理80件，办结76件，办结率为97%。
//!
//! ## Correct
//!
//! 受理80件，办结76件，办结率为95%。
//!
//! ## Not reported
//!
//! Rates cut off or rounded up (a note), rates whose base is not printed, and 0 ÷ 0.
//!
//! 去尾或进一的比率（只作提示），未印出分母的比率，以及零除以零。
//!
//! ## Source
//!
//! Arithmetic; GB/T 8170-2008.
//!
//! 算术；《数值修约规则与极限数值的表示和判定》（GB/T 8170-2008）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rate_name::rate_name;
use crate::rules::Rule;

/// `rate-recompute`
pub(crate) const RULE: Rule = Rule {
    name: "rate-recompute",
    family: "rate",
    severity: Severity::Error,
    doc: include_str!("rate_recompute.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let subject = cx
            .figure(&case.reading.stated)
            .and_then(|figure| rate_name(cx.document, figure))
            .unwrap_or("比率");
        let zh = format!(
            "{}应为{}，即{}，写作{}",
            subject,
            case.expected(),
            case.sum(),
            case.stated()
        );
        let en = format!(
            "the rate should be {} ({}) but {} is printed",
            case.expected(),
            case.working(),
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
    fn fires_on_a_wrong_rate() {
        assert_eq!(
            found("97%", &["76件", "80件"]),
            [
                "error 比率应为95%，即76÷80，写作97%；改一处即可成立的：97%→95%（差一字），76件→77件（差一字），80件→78件"
            ]
        );
    }

    #[test]
    fn silent_on_a_right_one() {
        assert!(found("95%", &["76件", "80件"]).is_empty());
    }

    #[test]
    fn near_miss_a_rate_cut_off() {
        assert!(found("66%", &["2件", "3件"]).is_empty());
    }
}
