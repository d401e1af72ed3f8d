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
//! Figures that either circular gives twice; where most bases differ (a new scope) one note says so.
//!
//! 同一通报中不止一处的数据；多数基数都不同的（口径已调整），只作一条提示。
//!
//! ## Source
//!
//! Comparability of series.
//!
//! 统计数据前后可比。

use super::{not_equal, of};
use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Entry, Pair, Role, SeriesFinding};

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
    if later.previous() == earlier {
        roles.push(Role::Last);
    }
    if later.year_before() == earlier {
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
        let path = &pair.other().path;
        let (zh_time, en_time) = of(role);
        if differ.len() >= MANY && differ.len() * 2 > bases.len() {
            let (n, of) = (differ.len(), bases.len());
            let zh = format!("与{path}相比，{zh_time}数{of}项中有{n}项不同，请核对统计口径是否调整");
            let en = format!("{n} of {of} figures of {en_time} differ from {path}: was the scope changed?");
            out.push(Pair::whole(RULE.name, Severity::Note, zh, en));
            continue;
        }
        // A total differs with its part: the part says enough.
        let total = |e: &Entry| ["|合计|", "|总计|", "|小计|"].iter().any(|w| e.key.contains(w));
        let parts = differ.iter().any(|(base, _)| !total(base));
        for (base, now) in differ.into_iter().filter(|(base, _)| !parts || !total(base)) {
            let (words, before, own) = (&base.words, &base.text, &now.text);
            let zh = if pair.turned {
                format!(
                    "{}：此处为{own}，后一期通报（{path}）所列{zh_time}数为{before}",
                    now.words
                )
            } else {
                format!("{words}：此处为{before}，当期通报（{path}）为{own}")
            };
            let en =
                format!("{words}: {before} as the figure of {en_time}, {own} in the circular of that time ({path})");
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
            ["warning 东岭镇“上月受理”：此处为118，当期通报（2031-03.txt）为108"]
        );
        assert_eq!(
            found("base-restated", vec![april, march]),
            ["warning 东岭镇“本月受理”：此处为108，后一期通报（2031-04.txt）所列上期数为118"]
        );
    }

    #[test]
    fn fires_once_for_a_part_and_its_total() {
        let march = [
            ("东岭镇", "本月受理", "108"),
            ("西河乡", "本月受理", "95"),
            ("南屏镇", "本月受理", "77"),
            ("合计", "本月受理", "280"),
        ];
        let april = [
            ("东岭镇", "上月受理", "118"),
            ("西河乡", "上月受理", "95"),
            ("南屏镇", "上月受理", "77"),
            ("合计", "上月受理", "290"),
        ];
        let found = found(
            "base-restated",
            vec![issue("2031-03", &march, &[]), issue("2031-04", &april, &[])],
        );
        assert_eq!(found.len(), 1, "{found:#?}");
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
        assert_eq!(
            found(
                "base-restated",
                vec![issue("2031-03", MARCH, &[]), issue("2031-04", &all, &[])]
            ),
            ["note 与2031-03.txt相比，上期数3项中有3项不同，请核对统计口径是否调整"]
        );
    }
}
