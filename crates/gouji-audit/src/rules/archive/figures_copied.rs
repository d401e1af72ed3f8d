//! # figures-copied
//!
//! Figures that come anew each period are those of the circular before.
//!
//! 本期多项数据与上期完全相同，疑似未更新。
//!
//! ## What it checks
//!
//! Of two circulars that follow one another at least three figures of what happened, none of them round, are the same, and at
//! least half of all that both give.
//!
//! 相邻两期通报中，至少有三项当期发生数（非整数）完全相同，且占两期共有数据一半以上。
//!
//! ## Why it matters
//!
//! Last period's text was taken as a form, and part of it was left as it stood.
//!
//! 以上期材料为底稿，部分数据忘了更新。
//!
//! ## Example
//!
//! 3月：受理3127件、办结3094件、发布218条；4月：受理3127件、办结3094件、发布218条。
//!
//! ## Correct
//!
//! 3月：受理3127件；4月：受理3342件。
//!
//! ## Not reported
//!
//! Round and small figures, what stands from period to period (sites, accounts, units), and figures given for comparison.
//!
//! 整数和小数目、存量数（网站、账号、单位数等），以及用于比较的上期数。
//!
//! ## Source
//!
//! Two unrelated figures of three digits agree once in hundreds; three of them do not.
//!
//! 互不相干的三位数偶然相同的机会不过数百分之一，三项同时相同绝非巧合。

use gouji_quantity::Decimal;

use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Entry, Pair, Role, SeriesFinding};

/// `figures-copied`
pub(crate) const RULE: Rule = Rule {
    name: "figures-copied",
    family: "archive",
    severity: Severity::Warning,
    doc: include_str!("figures_copied.rs"),
    check: super::of_no_single_circular,
};

/// Fewest figures that are the same.
const LEAST: usize = 3;

pub(crate) fn check(pair: &Pair<'_>, out: &mut Vec<SeriesFinding>) {
    if !pair.follows() || pair.later.digest == pair.earlier.digest {
        return;
    }
    let both: Vec<(&Entry, &Entry)> = (pair.later.entries.iter())
        .filter(|e| e.flow && e.role == Role::Now && is_telling(e.value))
        .filter_map(|e| {
            Some((
                pair.later.only(&e.key, Role::Now)?,
                pair.earlier.only(&e.key, Role::Now)?,
            ))
        })
        .collect();
    let mut same: Vec<&(&Entry, &Entry)> = both.iter().filter(|(l, e)| l.value == e.value).collect();
    same.sort_by_key(|(l, _)| l.span);
    let Some(&&(first, before)) = same
        .first()
        .filter(|_| same.len() >= LEAST && same.len() * 2 >= both.len())
    else {
        return;
    };
    let shown: Vec<&str> = same.iter().take(LEAST).map(|(l, _)| l.text.as_str()).collect();
    let path = &pair.other().path;
    let zh = format!(
        "{}等{}项数据与相邻一期（{path}）完全相同，疑未更新",
        shown.join("、"),
        same.len()
    );
    let en = format!(
        "{} and others, {} figures in all, are those of the period beside ({path})",
        shown.join(", "),
        same.len()
    );
    out.push(pair.finding(RULE.name, RULE.severity, (first, before), zh, en));
}

/// Whether a figure is of three digits at least and not round.
fn is_telling(value: Decimal) -> bool {
    value >= Decimal::ONE_HUNDRED && !(value % Decimal::TEN).is_zero()
}

#[cfg(test)]
mod tests {
    use crate::series::Issue;
    use crate::series::tests::{found, issue};

    fn of(period: &str, values: [&str; 3]) -> Issue {
        let [received, closed, published] = values;
        issue(
            period,
            &[],
            &[
                ("received", "受理", received),
                ("closed", "办结", closed),
                ("published", "发布", published),
            ],
        )
    }

    #[test]
    fn fires_for_three_figures_that_were_left_as_they_stood() {
        let values = ["3127", "3094", "218"];
        assert_eq!(
            found("figures-copied", vec![of("2031-03", values), of("2031-04", values)]),
            ["warning 3094、218、3127等3项数据与相邻一期（2031-03.txt）完全相同，疑未更新"]
        );
    }

    #[test]
    fn silent_for_new_figures() {
        assert!(
            found(
                "figures-copied",
                vec![
                    of("2031-03", ["3127", "3094", "218"]),
                    of("2031-04", ["3342", "3310", "244"])
                ]
            )
            .is_empty()
        );
    }

    #[test]
    fn near_miss_round_figures_one_chance_or_a_period_between() {
        let round = ["3000", "2900", "200"];
        assert!(found("figures-copied", vec![of("2031-03", round), of("2031-04", round)]).is_empty());
        let (a, b) = (["3127", "3094", "218"], ["3127", "3094", "244"]);
        assert!(found("figures-copied", vec![of("2031-03", a), of("2031-04", b)]).is_empty());
        assert!(found("figures-copied", vec![of("2031-03", a), of("2031-05", a)]).is_empty());
    }
}
