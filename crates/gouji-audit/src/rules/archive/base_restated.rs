//! # base-restated
//!
//! A figure of an earlier period is not what that period's circular printed.
//!
//! 本期所列上期（上年同期）数，与当期通报所载不一致。
//!
//! ## What it checks
//!
//! Where a circular gives the figure of the period before, or of a year ago, and the archive holds that period's circular, the
//! two are the same.
//!
//! 通报列有上月、上季或上年同期数，而归档材料中有当期通报的，两处数据应当一致。
//!
//! ## Why it matters
//!
//! Growth is measured from this figure: a base changed in silence makes the growth what one likes.
//!
//! 增减幅度以它为基数：基数悄悄变了，增幅也就靠不住了。
//!
//! ## Example
//!
//! 4月通报：东岭镇上月受理118件（3月通报：东岭镇本月受理108件）。
//!
//! ## Correct
//!
//! 4月通报：东岭镇上月受理108件。
//!
//! ## Not reported
//!
//! Bases most of which differ (the scope was changed), and figures that either circular gives twice.
//!
//! 多数基数都不同的（口径已调整），以及同一通报中不止一处的数据。
//!
//! ## Source
//!
//! Comparability of series.
//!
//! 统计数据前后可比。

use super::{not_equal, of};
use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Entry, Pair, Role, SeriesFinding, period};

/// `base-restated`
pub(crate) const RULE: Rule = Rule {
    name: "base-restated",
    family: "archive",
    severity: Severity::Warning,
    doc: include_str!("base_restated.rs"),
    check: super::of_no_single_circular,
};

/// Fewest bases of which most differ, where the scope was changed rather than a figure.
const MANY: usize = 3;

pub(crate) fn check(pair: &Pair<'_>, out: &mut Vec<SeriesFinding>) {
    let (Some(later), Some(earlier)) = (pair.later.period, pair.earlier.period) else {
        return;
    };
    let mut roles = Vec::new();
    if period::last(later) == earlier {
        roles.push(Role::Last);
    }
    if period::year_ago(later) == earlier {
        roles.push(Role::YearAgo);
    }
    for role in roles {
        let bases: Vec<(&Entry, &Entry)> = (pair.later.entries.iter())
            .filter(|e| e.role == role)
            .filter_map(|e| {
                let base = pair.later.only(&e.key, role)?;
                Some((base, pair.earlier.only(&e.key, Role::Now)?))
            })
            .collect();
        let differ: Vec<&(&Entry, &Entry)> = bases.iter().filter(|(b, n)| not_equal(b, n)).collect();
        if differ.len() >= MANY && differ.len() * 2 > bases.len() {
            continue;
        }
        for (base, now) in differ {
            let (path, other) = (&pair.other().path, if pair.turned { base } else { now });
            let (zh_time, en_time) = of(role);
            let zh = format!(
                "{}：后一期所列{zh_time}数为{}，当期通报（{path}）为{}，两处不一致",
                base.words, base.text, now.text
            );
            let zh = if pair.turned {
                format!(
                    "{}：本期为{}，后一期通报（{path}）所列{zh_time}数为{}，两处不一致",
                    base.words, now.text, other.text
                )
            } else {
                zh
            };
            let en = format!(
                "{}: {} here, {} as {en_time} in the other circular ({path})",
                base.words, now.text, base.text
            );
            out.push(pair.finding(RULE.name, RULE.severity, (base, now), zh, en));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::series::tests::{found, issue};

    const MARCH: &[(&str, &str, &str)] = &[
        ("东岭镇", "本月受理", "108"),
        ("西河乡", "本月受理", "95"),
        ("南屏镇", "本月受理", "77"),
    ];

    fn april(base: &'static str) -> Vec<(&'static str, &'static str, &'static str)> {
        vec![
            ("东岭镇", "上月受理", base),
            ("西河乡", "上月受理", "95"),
            ("南屏镇", "上月受理", "77"),
        ]
    }

    #[test]
    fn fires_for_a_base_that_the_earlier_circular_gives_otherwise() {
        let (march, april) = (issue("2031-03", MARCH, &[]), issue("2031-04", &april("118"), &[]));
        assert_eq!(
            found("base-restated", vec![march.clone(), april.clone()]),
            ["warning 东岭镇“上月受理”：后一期所列上期数为118，当期通报（2031-03.txt）为108，两处不一致"]
        );
        assert_eq!(
            found("base-restated", vec![april, march]),
            ["warning 东岭镇“上月受理”：本期为108，后一期通报（2031-04.txt）所列上期数为118，两处不一致"]
        );
    }

    #[test]
    fn silent_where_they_agree() {
        assert!(
            found(
                "base-restated",
                vec![issue("2031-03", MARCH, &[]), issue("2031-04", &april("108"), &[])]
            )
            .is_empty()
        );
    }

    #[test]
    fn near_miss_another_period_or_a_new_scope() {
        assert!(
            found(
                "base-restated",
                vec![issue("2031-02", MARCH, &[]), issue("2031-04", &april("118"), &[])]
            )
            .is_empty()
        );
        let all = [
            ("东岭镇", "上月受理", "118"),
            ("西河乡", "上月受理", "99"),
            ("南屏镇", "上月受理", "80"),
        ];
        assert!(
            found(
                "base-restated",
                vec![issue("2031-03", MARCH, &[]), issue("2031-04", &all, &[])]
            )
            .is_empty()
        );
    }
}
