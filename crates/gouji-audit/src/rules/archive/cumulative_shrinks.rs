//! # cumulative-shrinks
//!
//! A figure that runs up over the year is smaller than it was before, or grows by other than the period's own.
//!
//! 累计数比上期还小，或累计增加数与本期数不符。
//!
//! ## What it checks
//!
//! Within a year a cumulative figure does not shrink from one circular to the next; where they follow one another and the
//! period's own figure is printed, it grows by that.
//!
//! 同一年度内累计数只增不减；前后两期相邻且列有本期数的，累计数应恰好增加本期数。
//!
//! ## Why it matters
//!
//! A cumulative figure that shrinks says that one of two circulars was wrong.
//!
//! 累计数减少，两期之中必有一期有误。
//!
//! ## Example
//!
//! 3月：累计受理9100件；4月：累计受理9010件。
//!
//! ## Correct
//!
//! 3月：累计受理9100件；4月：本月受理900件，累计受理10000件。
//!
//! ## Not reported
//!
//! Another year, a month against a quarter, what stands rather than runs up (accounts, sites), and corrections that the text tells of, which are a note.
//!
//! 跨年度的、期间长短不同的（月度与季度）、存量指标（账号、网站等）；文中说明核减、注销或口径调整的只作提示。
//!
//! ## Source
//!
//! Arithmetic of running totals.
//!
//! 累计数与当期数的勾稽关系。

use std::mem::discriminant;

use gouji_quantity::Period;

use super::not_equal;
use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Entry, Pair, Role, SeriesFinding};

/// `cumulative-shrinks`
pub(crate) const RULE: Rule = Rule {
    name: "cumulative-shrinks",
    family: "archive",
    severity: Severity::Error,
    doc: include_str!("cumulative_shrinks.rs"),
    check: super::of_no_single_circular,
};

/// Words that explain a figure that shrank.
const CORRECTED: &[&str] = &["注销", "核减", "口径", "调整", "撤销", "清理", "更正", "剔除"];

pub(crate) fn check(pair: &Pair<'_>, out: &mut Vec<SeriesFinding>) {
    let (Some(later), Some(earlier)) = (pair.later.period, pair.earlier.period) else {
        return;
    };
    // What a monthly circular calls cumulative may be another thing than what a quarterly one does.
    let alike = discriminant(&later) == discriminant(&earlier);
    if !alike || later.months().0 != earlier.months().0 || later == earlier {
        return;
    }
    for entry in pair
        .later
        .entries
        .iter()
        .filter(|e| e.role == Role::Cumulative && e.flow)
    {
        let (Some(now), Some(before)) = (
            pair.later.only(&entry.key, Role::Cumulative),
            pair.earlier.only(&entry.key, Role::Cumulative),
        ) else {
            continue;
        };
        let corrected = |e: &Entry| CORRECTED.iter().any(|w| e.quote.contains(w));
        let severity = if corrected(now) || corrected(before) {
            Severity::Note
        } else {
            RULE.severity
        };
        let place = (&pair.earlier.path, &pair.later.path);
        if now.value < before.value {
            let zh = format!("累计数由{}（{}）减为{}（{}）", before.text, place.0, now.text, place.1);
            let en = format!(
                "the cumulative figure shrinks from {} ({}) to {} ({})",
                before.text, place.0, now.text, place.1
            );
            out.push(pair.finding(RULE.name, severity, (now, before), zh, en));
        } else if let Some(own) = own(pair, later, &entry.key)
            && now.value.checked_sub(before.value).is_some_and(|gap| gap != own.value)
            && not_equal(now, before)
            && severity == RULE.severity
        {
            let gap = (now.value - before.value).normalize();
            let zh = format!(
                "累计数由{}（{}）增为{}（{}），增加{gap}，而本期为{}",
                before.text, place.0, now.text, place.1, own.text
            );
            let en = format!(
                "the cumulative figure grows from {} ({}) to {} ({}) by {gap}, the period's own is {}",
                before.text, place.0, now.text, place.1, own.text
            );
            out.push(pair.finding(RULE.name, Severity::Warning, (now, before), zh, en));
        }
    }
}

/// The period's own figure, where the later circular follows right on the earlier one.
fn own<'a>(pair: &Pair<'a>, later: Period, key: &str) -> Option<&'a Entry> {
    let short = matches!(later, Period::Month(..) | Period::Quarter(..));
    (short && pair.follows()).then(|| pair.later.only(key, Role::Now))?
}

#[cfg(test)]
mod tests {
    use crate::series::Issue;
    use crate::series::tests::{found, issue};

    fn running(period: &str, own: &str, total: &str, quote: &str) -> Issue {
        issue(period, &[], &[("received", "受理", own), ("received", quote, total)])
    }

    #[test]
    fn fires_where_a_running_total_shrinks_or_grows_by_another_figure() {
        let march = running("2031-03", "3000", "9100", "累计受理");
        assert_eq!(
            found(
                "cumulative-shrinks",
                vec![march.clone(), running("2031-04", "900", "9010", "累计受理")]
            ),
            ["error 累计数由9100（2031-03.txt）减为9010（2031-04.txt）"]
        );
        assert_eq!(
            found(
                "cumulative-shrinks",
                vec![march, running("2031-04", "800", "10000", "累计受理")]
            ),
            ["warning 累计数由9100（2031-03.txt）增为10000（2031-04.txt），增加900，而本期为800"]
        );
    }

    #[test]
    fn silent_where_it_grows_by_the_periods_own() {
        let march = running("2031-03", "3000", "9100", "累计受理");
        assert!(
            found(
                "cumulative-shrinks",
                vec![march, running("2031-04", "900", "10000", "累计受理")]
            )
            .is_empty()
        );
    }

    #[test]
    fn near_miss_a_new_year_a_correction_or_what_stands() {
        let december = running("2031-12", "800", "9100", "累计受理");
        assert!(
            found(
                "cumulative-shrinks",
                vec![december, running("2032-01", "700", "700", "累计受理")]
            )
            .is_empty()
        );
        let quarter = running("2031Q3", "3000", "9100", "累计受理");
        let january = running("2031-01", "700", "700", "累计受理");
        for issues in [[&quarter, &january], [&january, &quarter]] {
            assert!(found("cumulative-shrinks", issues.map(Issue::clone).into()).is_empty());
        }
        let march = running("2031-03", "3000", "9100", "累计受理");
        assert_eq!(
            found(
                "cumulative-shrinks",
                vec![march, running("2031-04", "900", "9010", "剔除重复件后累计受理")]
            ),
            ["note 累计数由9100（2031-03.txt）减为9010（2031-04.txt）"]
        );
        let stock = |period: &str, n: &str| issue(period, &[], &[("accounts", "累计开设账号", n)]);
        assert!(
            found(
                "cumulative-shrinks",
                vec![stock("2031-03", "34"), stock("2031-04", "31")]
            )
            .is_empty()
        );
    }
}
