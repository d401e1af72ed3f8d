//! # rate-rounding
//!
//! A rate is cut off or rounded up, not rounded half up.
//!
//! 比率未按四舍五入取舍。
//!
//! ## What it checks
//!
//! Rates and shares that equal part ÷ whole only by cutting off or rounding up the last place, or only because the
//! two figures are rounded themselves.
//!
//! 只有去尾或进一才与分子除以分母相符的比率和占比，或因分子分母本身经过取舍才相符的。
//!
//! ## Why it matters
//!
//! One place rounded the wrong way is no error of substance, but shares that were cut off no longer add to 100 %.
//!
//! 末位取舍不一致不算实质差错，但占比合计会因此不等于100%。
//!
//! ## Example
//!
//! 5件，占8件的62%。
//!
//! ## Correct
//!
//! 5件，占8件的63%。
//!
//! ## Not reported
//!
//! Half-up rounding, and gaps that no way of rounding explains, which belong to other rules.
//!
//! 四舍五入相符的；任何取舍都解释不了的由其他规则报告。
//!
//! ## Source
//!
//! GB/T 8170-2008.
//!
//! 《数值修约规则与极限数值的表示和判定》（GB/T 8170-2008）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;
use gouji_quantity::Agreement;

/// `rate-rounding`
pub(crate) const RULE: Rule = Rule {
    name: "rate-rounding",
    family: "rate",
    severity: Severity::Note,
    doc: include_str!("rate_rounding.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let (how_zh, how_en) = match case.outcome.check.agreement {
            Some(Agreement::CutOff) => ("系去尾", "cut off"),
            Some(Agreement::RoundedUp) => ("系进一", "rounded up"),
            _ => ("系分子分母经过取舍所致", "explained by the rounding of its terms"),
        };
        let zh = format!(
            "四舍五入应为{}，即{}，写作{}，{how_zh}",
            case.expected(),
            case.sum(),
            case.stated()
        );
        let en = format!(
            "half up it is {} ({}); {} is {how_en}",
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
    fn fires_on_a_share_cut_off() {
        assert_eq!(
            found("62%", &["5件", "8件"]),
            ["note 四舍五入应为63%，即5÷8，写作62%，系去尾"]
        );
    }

    #[test]
    fn silent_on_half_up() {
        assert!(found("63%", &["5件", "8件"]).is_empty());
    }

    #[test]
    fn near_miss_a_gap_beyond_rounding() {
        assert!(found("60%", &["5件", "8件"]).is_empty());
    }
}
