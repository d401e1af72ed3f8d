//! # rate-rounding-mixed
//!
//! No single way of rounding explains the rates of this circular.
//!
//! 全文比率的取舍方法不一。
//!
//! ## What it checks
//!
//! Over all rates and shares of counts: half up, cutting off or rounding up must explain each of them.
//!
//! 全文各比率、占比，应能用同一种取舍方法（四舍五入、去尾或进一）全部解释。
//!
//! ## Why it matters
//!
//! Mixed rounding is how shares are made to add to 100 %, and it makes units with equal figures differ.
//!
//! 取舍不一，往往是为凑足100%，也会使数值相同的单位显得不同。
//!
//! ## Example
//!
//! 5件占62%、2件占25%、1件占13%（共8件）。
//!
//! ## Correct
//!
//! 5件占62.5%、2件占25%、1件占12.5%（共8件）。
//!
//! ## Not reported
//!
//! Circulars in which one way explains all, and rates that no way explains.
//!
//! 一种方法可以全部解释的；任何方法都解释不了的由其他规则报告。
//!
//! ## Source
//!
//! GB/T 8170-2008.
//!
//! 《数值修约规则与极限数值的表示和判定》（GB/T 8170-2008）。

use gouji_document::Span;

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rounding_style::{self, CUT_OFF, HALF_UP, ROUNDED_UP};
use crate::rules::Rule;

/// `rate-rounding-mixed`
pub(crate) const RULE: Rule = Rule {
    name: "rate-rounding-mixed",
    family: "rate",
    severity: Severity::Note,
    doc: include_str!("rate_rounding_mixed.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    /// Examples named for each way.
    const SHOWN: usize = 4;
    let mut common = HALF_UP | CUT_OFF | ROUNDED_UP;
    let mut at = None;
    let mut related: Vec<Span> = Vec::new();
    let mut shown: [Vec<String>; 3] = Default::default();
    for case in cx.cases() {
        let Some(set) = rounding_style::styles(case.idx, cx.ledger, case.outcome) else {
            continue;
        };
        let Some(span) = case.reading.stated.span else { continue };
        common &= set;
        if common == 0 && at.is_none() {
            at = Some(span);
        } else {
            related.push(span);
        }
        // Named by the way that sets it apart.
        let way = match set {
            CUT_OFF => 1,
            ROUNDED_UP => 2,
            _ => 0,
        };
        if shown[way].len() < SHOWN && !shown[way].iter().any(|s| s == case.stated()) {
            shown[way].push(case.stated().to_owned());
        }
    }
    let Some(at) = at else { return };
    let list = |names: [&str; 3], and: &str| -> String {
        names
            .iter()
            .zip(&shown)
            .filter(|(_, rates)| !rates.is_empty())
            .map(|(name, rates)| format!("{name}{}", rates.join(and)))
            .collect::<Vec<_>>()
            .join(if and == "、" { "；" } else { "; " })
    };
    let zh = format!(
        "全文比率的取舍方法不一：{}",
        list(["四舍五入：", "去尾：", "进一："], "、")
    );
    let en = format!(
        "the rates are rounded in different ways: {}",
        list(["half up: ", "cut off: ", "up: "], ", ")
    );
    let mut finding = Finding::plain(RULE.name, RULE.severity, at, zh, en);
    related.sort_unstable();
    finding.related = related;
    out.push(finding);
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Cue, Formula, RelationKind};

    use crate::sample::Sample;

    fn found(rates: &[(&str, &str, &str)]) -> Vec<String> {
        let mut sample = Sample::new();
        for (rate, part, whole) in rates {
            let formula = Formula::Ratio { scale: 100 };
            sample.relate(RelationKind::Ratio, Cue::Explicit, formula, rate, &[part, whole]);
        }
        sample.found("rate-rounding-mixed")
    }

    #[test]
    fn fires_on_one_cut_off_beside_one_rounded() {
        assert_eq!(
            found(&[("62%", "5件", "8件"), ("25%", "2件", "8件"), ("13%", "1件", "8件")]),
            ["note 全文比率的取舍方法不一：四舍五入：13%；去尾：62%"]
        );
    }

    #[test]
    fn silent_when_all_are_rounded_half_up() {
        assert!(found(&[("63%", "5件", "8件"), ("13%", "1件", "8件"), ("33%", "1件", "3件")]).is_empty());
    }

    #[test]
    fn near_miss_all_can_have_been_cut_off() {
        assert!(found(&[("62%", "5件", "8件"), ("33%", "1件", "3件")]).is_empty());
    }
}
