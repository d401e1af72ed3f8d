//! # share-plug
//!
//! One share was made so that the shares add to 100 %.
//!
//! 占比系以100%减其余各项倒挤所得。
//!
//! ## What it checks
//!
//! The shares of one whole add to exactly 100 %, but one of them, and only one, is not its part ÷ whole.
//!
//! 一组占比恰好合计100%，而其中有且只有一项与部分除以整体不符。
//!
//! ## Why it matters
//!
//! Plugging hides the rounding of the others in one figure, which then is wrong by itself.
//!
//! 倒挤把其余各项的舍入误差全压在一项上，这一项本身就不准了。
//!
//! ## Example
//!
//! 三类各占33%、33%、34%，而第三类为60件中的20件。
//!
//! ## Correct
//!
//! 三类各占33%、33%、33%，并注明因四舍五入合计不等于100%。
//!
//! ## Not reported
//!
//! Lists in which several shares are out: they were computed from another whole.
//!
//! 多项占比同时不符的，多半是分母不同，不作倒挤。
//!
//! ## Source
//!
//! GB/T 8170-2008; statistical yearbooks note that totals may differ because of rounding.
//!
//! 《数值修约规则与极限数值的表示和判定》（GB/T 8170-2008）；统计年鉴惯例为加注说明。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `share-plug`
pub(crate) const RULE: Rule = Rule {
    name: "share-plug",
    family: "rate",
    severity: Severity::Warning,
    doc: include_str!("share_plug.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!(
            "“{}”疑为以100%减其余各项倒挤所得，按{}应为{}",
            case.stated(),
            case.sum(),
            case.expected()
        );
        let en = format!(
            "{} looks like 100 % less the others; by {} it is {}",
            case.stated(),
            case.working(),
            case.expected()
        );
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, FigureClass, FigureIdx, Formula, RelationKind};

    use crate::sample::Sample;

    /// Shares of one whole of 60, with their parts.
    fn found(shares: &[(&str, &str)]) -> Vec<String> {
        let mut sample = Sample::new();
        let whole = sample.figure("60件", FigureClass::Count);
        let figures: Vec<FigureIdx> = shares
            .iter()
            .map(|(share, part)| {
                let part = sample.figure(part, FigureClass::Count);
                let share = sample.figure(share, FigureClass::Rate);
                let formula = Formula::Ratio { scale: 100 };
                sample.tie(RelationKind::Ratio, Cue::Explicit, formula, share, &[part, whole]);
                share
            })
            .collect();
        let hundred = sample.figure("100%", FigureClass::Rate);
        sample.tie(
            RelationKind::ShareSum,
            Cue::Implied,
            Formula::ShareSum,
            hundred,
            &figures,
        );
        sample.found("share-plug")
    }

    #[test]
    fn fires_on_the_one_share_that_is_out() {
        assert_eq!(
            found(&[("33%", "20件"), ("33%", "20件"), ("34%", "20件")]),
            ["note “34%”疑为以100%减其余各项倒挤所得，按20÷60应为33%"]
        );
    }

    #[test]
    fn silent_when_all_shares_are_rounded_half_up() {
        assert!(found(&[("33%", "20件"), ("33%", "20件"), ("33%", "20件")]).is_empty());
    }

    #[test]
    fn near_miss_several_shares_are_out() {
        assert!(found(&[("30%", "20件"), ("30%", "20件"), ("40%", "20件")]).is_empty());
    }
}
