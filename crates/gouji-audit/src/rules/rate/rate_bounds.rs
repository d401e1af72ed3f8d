//! # rate-bounds
//!
//! A rate of a part lies outside 0–100 %.
//!
//! 部分占整体的比率超出0—100%。
//!
//! ## What it checks
//!
//! Rates of a part in its whole (合格率, 满意率, 回复率 …) lie between 0 and 100 %.
//!
//! 合格率、满意率、回复率等部分占整体的比率，应在0至100%之间。
//!
//! ## Why it matters
//!
//! No part is more than its whole.
//!
//! 部分不会多于整体。
//!
//! ## Example
//!
//! 合格率为102%。
//!
//! ## Correct
//!
//! 合格率为100%。
//!
//! ## Not reported
//!
//! Growth rates, completion of a plan, and norms. 办结率 over 100 % is only a warning: cases of an earlier period may
//! be among those closed.
//!
//! 增长率、计划完成率和要求达到的指标；办结率超过100%可能含上期结转，只作疑似。
//!
//! ## Source
//!
//! Arithmetic.
//!
//! 算术。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rate_name::rate_name;
use crate::rules::Rule;
use gouji_ledger::{FigureClass, Modality};
use gouji_quantity::{Decimal, UnitClass};

/// `rate-bounds`
pub(crate) const RULE: Rule = Rule {
    name: "rate-bounds",
    family: "rate",
    severity: Severity::Error,
    doc: include_str!("rate_bounds.rs"),
    check,
};

/// Rates that cannot exceed 100 %.
const BOUNDED: &[&str] = &[
    "合格率",
    "满意率",
    "满意度",
    "好评率",
    "差评率",
    "回复率",
    "答复率",
    "签收率",
    "评价率",
    "参评率",
    "投票率",
    "及时率",
    "按时办结率",
    "按期办结率",
    "公开率",
    "知晓率",
    "可用率",
    "正常率",
];
/// Rates whose part may hold cases of an earlier period.
const CARRIED: &[&str] = &["办结率", "结案率", "化解率"];

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for figure in &cx.ledger.figures {
        if figure.class != FigureClass::Rate || figure.modality != Modality::Fact {
            continue;
        }
        let percent = figure.unit.as_ref().is_some_and(|u| u.class == UnitClass::Percent);
        let Some(value) = figure.stated.as_ref().map(|s| s.value).filter(|_| percent) else {
            continue;
        };
        if value >= Decimal::ZERO && value <= Decimal::ONE_HUNDRED {
            continue;
        }
        let Some(name) = rate_name(cx.document, figure) else {
            continue;
        };
        let severity = if BOUNDED.iter().any(|rate| name.ends_with(rate)) {
            Severity::Error
        } else if CARRIED.iter().any(|rate| name.ends_with(rate)) {
            Severity::Warning
        } else {
            continue;
        };
        let zh = format!("{name}写作{}，超出0—100%", figure.surface);
        let en = format!("{name} is printed as {}, outside 0–100 %", figure.surface);
        let mut finding = Finding::plain(RULE.name, severity, figure.span, zh, en);
        finding.stated = Some(figure.surface.clone());
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn found(text: &str, rate: &str) -> Vec<String> {
        let mut sample = Sample::new();
        sample.paragraph(text);
        sample.figure_in_text(rate, FigureClass::Rate);
        sample.found("rate-bounds")
    }

    #[test]
    fn fires_above_a_hundred() {
        assert_eq!(
            found("抽查产品，合格率为102%。", "102%"),
            ["error 合格率写作102%，超出0—100%"]
        );
        assert_eq!(
            found("全年办结率104.5%。", "104.5%"),
            ["warning 全年办结率写作104.5%，超出0—100%"]
        );
    }

    #[test]
    fn silent_at_a_hundred() {
        assert!(found("合格率为100%。", "100%").is_empty());
    }

    #[test]
    fn near_miss_growth_and_completion_may_exceed() {
        assert!(found("增长率为120%。", "120%").is_empty());
        assert!(found("任务完成率达120%。", "120%").is_empty());
    }
}
