//! # precision-drift
//!
//! One rate is printed with differing decimals.
//!
//! 同一比率小数位数不一。
//!
//! ## What it checks
//!
//! Values of one rate, in the text or in one column, have the same number of decimals; 0 and 100 % are left out.
//!
//! 同一比率在正文或同一列中的小数位数应当一致；0%和100%不论。
//!
//! ## Why it matters
//!
//! 84.2 % beside 86.35 % says that one of them was rounded elsewhere, or came from another source.
//!
//! 84.2%与86.35%并列，说明其中一个在别处取舍过，或来源不同。
//!
//! ## Example
//!
//! 4月满意率84.2%，5月满意率86.35%。
//!
//! ## Correct
//!
//! 4月满意率84.20%，5月满意率86.35%。
//!
//! ## Not reported
//!
//! Different rates, each with decimals of its own.
//!
//! 不同的比率各用各的位数。
//!
//! ## Source
//!
//! Good practice of tables and reports.
//!
//! 统计报告通行做法。

use std::collections::BTreeMap;

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rate_name::rate_name;
use crate::rules::Rule;
use gouji_ledger::{Figure, FigureClass, Modality, Place};
use gouji_quantity::Decimal;

/// `precision-drift`
pub(crate) const RULE: Rule = Rule {
    name: "precision-drift",
    family: "rate",
    severity: Severity::Note,
    doc: include_str!("precision_drift.rs"),
    check,
};

/// Where the values of one rate are compared: in the text by name, in a table by column.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group<'a> {
    /// The measure as the ledger knows it, and the last characters of the printed name.
    Prose(&'a str, &'a str),
    Column(usize, usize),
}

/// The last three characters of a name, so that the words before it do not matter; the ledger's measure tells 按时办结率 apart.
fn tail(name: &str) -> &str {
    let start = name.char_indices().rev().take(3).last().map_or(0, |(at, _)| at);
    &name[start..]
}

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    let mut groups: BTreeMap<Group<'_>, Vec<(&Figure, u32)>> = BTreeMap::new();
    for figure in &cx.ledger.figures {
        let Some(stated) = &figure.stated else { continue };
        let trivial = stated.value.is_zero() || stated.value == Decimal::ONE_HUNDRED;
        if figure.class != FigureClass::Rate || figure.modality != Modality::Fact || trivial {
            continue;
        }
        let group = match figure.place {
            Place::Prose => match rate_name(cx.document, figure) {
                Some(name) => Group::Prose(figure.measure.as_str(), tail(name)),
                None => continue,
            },
            Place::Cell { table, col, .. } => Group::Column(table.0, col),
        };
        groups.entry(group).or_default().push((figure, stated.decimals));
    }
    for values in groups.values() {
        let Some(most) = values.iter().map(|(_, d)| *d).max() else {
            continue;
        };
        let short = values.iter().filter(|(_, d)| *d < most).count();
        let (Some((odd, _)), Some((model, _))) = (
            values.iter().find(|(_, d)| (*d < most) == (short * 2 <= values.len())),
            values.iter().find(|(_, d)| (*d == most) == (short * 2 <= values.len())),
        ) else {
            continue;
        };
        if short == 0 {
            continue;
        }
        let zh = format!("同一比率的小数位数不一：{}与{}", odd.surface, model.surface);
        let en = format!("decimals differ: {} and {}", odd.surface, model.surface);
        let mut finding = Finding::plain(RULE.name, RULE.severity, odd.span, zh, en);
        finding.related = vec![model.span];
        finding.stated = Some(odd.surface.clone());
        out.push(finding);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    fn found(text: &str, rates: &[&str]) -> Vec<String> {
        let mut sample = Sample::new();
        sample.paragraph(text);
        for rate in rates {
            sample.figure_in_text(rate, FigureClass::Rate);
        }
        sample.found("precision-drift")
    }

    #[test]
    fn fires_on_the_odd_one() {
        assert_eq!(
            found(
                "满意率84.2%，五月满意率86.35%，六月满意率91.08%",
                &["84.2%", "86.35%", "91.08%"]
            ),
            ["note 同一比率的小数位数不一：84.2%与86.35%"]
        );
        assert_eq!(
            found("满意率84.2%，满意率86.3%，满意率91.08%", &["84.2%", "86.3%", "91.08%"]),
            ["note 同一比率的小数位数不一：91.08%与84.2%"]
        );
    }

    #[test]
    fn silent_when_alike() {
        assert!(found("满意率84.2%，满意率86.3%", &["84.2%", "86.3%"]).is_empty());
    }

    #[test]
    fn near_miss_a_hundred_or_another_rate() {
        assert!(found("满意率100%，满意率86.35%，办结率94.7%", &["100%", "86.35%", "94.7%"]).is_empty());
    }
}
