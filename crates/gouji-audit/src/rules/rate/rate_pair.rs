//! # rate-pair
//!
//! Two complementary rates do not fit together.
//!
//! 互补的两个比率不相容。
//!
//! ## What it checks
//!
//! 合格率 and 不合格率 named side by side add to 100 %; 满意率 and 不满意率, 好评率 and 差评率 to no more.
//!
//! 并列的合格率与不合格率之和为100%；满意率与不满意率、好评率与差评率之和不超过100%。
//!
//! ## Why it matters
//!
//! One of the two was updated and the other was not.
//!
//! 两个比率只更新了一个。
//!
//! ## Example
//!
//! 合格率96%，不合格率7%。
//!
//! ## Correct
//!
//! 合格率96%，不合格率4%。
//!
//! ## Not reported
//!
//! Rates in different sentences, which may have different bases.
//!
//! 不在同一句、基数可能不同的。
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
use gouji_ledger::{FigureClass, Modality, Place};
use gouji_quantity::Decimal;

/// `rate-pair`
pub(crate) const RULE: Rule = Rule {
    name: "rate-pair",
    family: "rate",
    severity: Severity::Warning,
    doc: include_str!("rate_pair.rs"),
    check,
};

/// Positive rate, negative rate, and whether the two exhaust the whole.
const PAIRS: [(&str, &str, bool); 3] = [
    ("合格率", "不合格率", true),
    ("满意率", "不满意率", false),
    ("好评率", "差评率", false),
];
/// Figures that may stand between the two.
const REACH: usize = 3;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let figures = &cx.ledger.figures;
    let is = |idx: usize, name: &str| {
        rate_name(cx.document, &figures[idx])
            .is_some_and(|n| n.ends_with(name) && (name.starts_with('不') || !n.ends_with(&format!("不{name}"))))
    };
    for (idx, figure) in figures.iter().enumerate() {
        if figure.class != FigureClass::Rate || figure.modality != Modality::Fact || figure.place != Place::Prose {
            continue;
        }
        let Some((_, negative, whole)) = PAIRS.iter().find(|(positive, _, _)| is(idx, positive)) else {
            continue;
        };
        let near = (idx + 1)..(idx + 1 + REACH).min(figures.len());
        let Some(other) = near.clone().find(|at| is(*at, negative)).map(|at| &figures[at]) else {
            continue;
        };
        let between = cx.document.text.get(figure.span.end..other.span.start).unwrap_or("\n");
        if between.contains(['。', '；', '\n']) {
            continue;
        }
        let (Some(a), Some(b)) = (&figure.stated, &other.stated) else {
            continue;
        };
        let sum = || -> Option<(Decimal, Decimal)> {
            let slack = a.ulp()?.checked_add(b.ulp()?)?.checked_div(Decimal::TWO)?;
            Some((a.value.checked_add(b.value)?, slack))
        };
        let Some((sum, slack)) = sum() else { continue };
        let over = sum - Decimal::ONE_HUNDRED;
        if over <= slack && (!whole || -over <= slack) {
            continue;
        }
        let limit = if *whole { "应为100%" } else { "不应超过100%" };
        let zh = format!("{}与{}之和为{sum}%，{limit}", figure.surface, other.surface);
        let en = format!("{} and {} add to {sum} %", figure.surface, other.surface);
        let mut finding = Finding::plain(RULE.name, RULE.severity, other.span, zh, en);
        finding.related = vec![figure.span];
        finding.quote = figure.span.cover(other.span);
        finding.stated = Some(other.surface.clone());
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn found(text: &str, rates: [&str; 2]) -> Vec<String> {
        let mut sample = Sample::new();
        sample.paragraph(text);
        for rate in rates {
            sample.figure_in_text(rate, FigureClass::Rate);
        }
        sample.found("rate-pair")
    }

    #[test]
    fn fires_when_they_exceed() {
        assert_eq!(
            found("合格率96%，不合格率7%。", ["96%", "7%"]),
            ["warning 96%与7%之和为103%，应为100%"]
        );
    }

    #[test]
    fn silent_when_they_fit() {
        assert!(found("合格率96%，不合格率4%。", ["96%", "4%"]).is_empty());
    }

    #[test]
    fn near_miss_a_middle_answer_exists_or_another_sentence() {
        assert!(found("满意率90%，不满意率4%。", ["90%", "4%"]).is_empty());
        assert!(found("合格率96%。其中不合格率7%。", ["96%", "7%"]).is_empty());
        assert!(
            found("合格率96%，不合格率5%。", ["96%", "5%"]).is_empty(),
            "95.5 and 4.5"
        );
    }
}
