//! # growth-of-series
//!
//! A growth is not the one that this circular's figure and the one of its base period give.
//!
//! 增减幅度与本期数、基期通报所载数不符。
//!
//! ## What it checks
//!
//! Where a growth over the period before, or over a year ago, is told without its base and the archive holds the circular of
//! that time, the growth is the one from its figure to this one.
//!
//! 环比、同比增减幅度未列基数，而归档材料中有基期通报的，按两期通报所载数计算应当相符。
//!
//! ## Why it matters
//!
//! A growth without its base can be checked by nobody who has only the one circular.
//!
//! 只看一份通报，没有基数的增幅谁也核不了。
//!
//! ## Example
//!
//! 3月受理3000件（3月通报）；4月受理3260件，环比增长9.67%。
//!
//! ## Correct
//!
//! 3月受理3000件（3月通报）；4月受理3260件，环比增长8.67%。
//!
//! ## Not reported
//!
//! Growth on comparable terms (可比口径), and what rounding explains; a base may have been reckoned anew, so it is a note.
//!
//! 注明可比口径的和四舍五入能解释的不报；基数可能重新核定过，故只作提示。
//!
//! ## Source
//!
//! Comparability of series.
//!
//! 统计数据前后可比。

use gouji_quantity::{Agreement, Ratio, agreement};

use super::of;
use crate::model::{Message, Severity};
use crate::rules::Rule;
use crate::series::{Pair, Role, SeriesFinding};

/// `growth-of-series`
pub(crate) const RULE: Rule = Rule {
    name: "growth-of-series",
    family: "archive",
    severity: Severity::Note,
    doc: include_str!("growth_of_series.rs"),
    check: super::of_no_single_circular,
};

pub(crate) fn check(pair: &Pair<'_>, out: &mut Vec<SeriesFinding>) {
    let (Some(later), Some(earlier)) = (pair.later.period, pair.earlier.period) else {
        return;
    };
    for told in &pair.later.growths {
        let time = match told.from {
            Role::YearAgo => later.year_before(),
            _ => later.previous(),
        };
        let (Some(now), Some(base)) = (
            pair.later.only(&told.key, Role::Now),
            pair.earlier.only(&told.key, Role::Now),
        ) else {
            continue;
        };
        let exact = (now.value.checked_sub(base.value))
            .filter(|_| time == earlier && !base.value.is_zero())
            .and_then(|gap| Ratio::of(gap, base.value)?.times(100));
        let Some(exact) = exact else { continue };
        let places = told.percent.scale();
        let fits = match agreement(told.percent, places, exact) {
            Agreement::Untestable => true,
            found => found.holds() || found.is_rounding(),
        };
        let Some(expected) = exact.round_half_up(places).filter(|_| !fits) else {
            continue;
        };
        let (path, (zh_time, en_time)) = (&pair.other().path, of(told.from));
        let (zh, en) = if pair.turned {
            (
                format!(
                    "后一期通报（{path}）称较本期变化{}，按两期数据（{}、{}）应为{expected}%",
                    told.text, base.text, now.text
                ),
                format!(
                    "{path} tells a change of {}, the two figures ({}, {}) give {expected}%",
                    told.text, base.text, now.text
                ),
            )
        } else {
            (
                format!(
                    "{zh_time}通报（{path}）为{}，本期为{}，变化应为{expected}%，写作{}",
                    base.text, now.text, told.text
                ),
                format!(
                    "{en_time} was {} ({path}), now {}: a change of {expected}%, printed as {}",
                    base.text, now.text, told.text
                ),
            )
        };
        out.push(SeriesFinding {
            rule: RULE.name,
            severity: RULE.severity,
            message: Message { zh, en },
            at: Some(if pair.turned {
                (base.quote.clone(), base.span)
            } else {
                (told.text.clone(), told.span)
            }),
            stated: Some(told.text.clone()),
            expected: Some(format!("{expected}%")),
        });
    }
}

#[cfg(test)]
mod tests {
    use crate::series::tests::{found, issue};
    use crate::series::{Issue, Printed};

    fn april(words: &str, value: &str) -> Issue {
        let mut issue = issue("2031-04", &[], &[("received", "受理", "3260")]);
        let (text, quote) = (value, value);
        let figure = Printed {
            text,
            value,
            unit: "%",
            quote,
            span: [4, 6],
        };
        issue.add_growth("12345热线", "received", None, "件", words, figure);
        issue
    }

    fn march() -> Issue {
        issue("2031-03", &[], &[("received", "受理", "3000")])
    }

    #[test]
    fn fires_for_a_growth_that_the_two_circulars_do_not_give() {
        assert_eq!(
            found("growth-of-series", vec![march(), april("环比增长", "9.67")]),
            ["note 上期通报（2031-03.txt）为3000，本期为3260，变化应为8.67%，写作9.67"]
        );
        assert_eq!(
            found("growth-of-series", vec![april("较上月增长", "9.67"), march()]).len(),
            1
        );
    }

    #[test]
    fn silent_for_the_growth_that_they_give() {
        assert!(found("growth-of-series", vec![march(), april("环比增长", "8.67")]).is_empty());
    }

    #[test]
    fn near_miss_another_base_or_other_terms() {
        assert!(found("growth-of-series", vec![march(), april("同比增长", "9.67")]).is_empty());
        assert!(found("growth-of-series", vec![march(), april("可比口径环比增长", "9.67")]).is_empty());
        assert!(
            found("growth-of-series", vec![march(), april("环比增长", "8.66")]).is_empty(),
            "cut off"
        );
    }
}
