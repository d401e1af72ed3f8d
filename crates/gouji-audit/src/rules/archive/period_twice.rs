//! # period-twice
//!
//! Two circulars of a series report on the same period.
//!
//! 同一系列中有两份通报的期间相同。
//!
//! ## What it checks
//!
//! Two files of the archive bear the same title but for its times, come from the same issuer and report on one period.
//!
//! 归档材料中两份文件发文机关相同、标题（除期次外）相同，通报的期间也相同。
//!
//! ## Why it matters
//!
//! One of them may be of another period with its title left as it was; or the same circular was filed twice.
//!
//! 可能是其中一份忘了改期次，也可能是同一通报重复归档。
//!
//! ## Example
//!
//! a.txt和b.txt都是2031年3月的热线通报。
//!
//! ## Correct
//!
//! a.txt为2031年3月、b.txt为2031年4月。
//!
//! ## Not reported
//!
//! Circulars whose period is not known, and one circular kept in two formats side by side (a.doc, a.docx).
//!
//! 期间不明的通报，以及同一通报并存的两种格式（a.doc和a.docx）。
//!
//! ## Source
//!
//! One circular for each period of a series.
//!
//! 一期一报。

use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Pair, SeriesFinding};

/// `period-twice`
pub(crate) const RULE: Rule = Rule {
    name: "period-twice",
    family: "archive",
    severity: Severity::Note,
    doc: include_str!("period_twice.rs"),
    check: super::of_no_single_circular,
};

pub(crate) fn check(pair: &Pair<'_>, out: &mut Vec<SeriesFinding>) {
    if pair.later.period.is_none()
        || pair.later.period != pair.earlier.period
        || stem(&pair.later.path) == stem(&pair.earlier.path)
    {
        return;
    }
    let (period, path) = (pair.told().period, &pair.other().path);
    let in_chinese = period.map_or_else(String::new, gouji_quantity::Period::in_chinese);
    let in_digits = period.map_or_else(String::new, |p| p.to_string());
    let (zh, en) = if pair.later.digest == pair.earlier.digest {
        (format!("与{path}内容完全相同"), format!("the same file as {path}"))
    } else {
        (
            format!("与{path}同为{in_chinese}的通报，请核对期次"),
            format!("reports on {in_digits} as {path} does"),
        )
    };
    out.push(Pair::whole(RULE.name, RULE.severity, zh, en));
}

/// A path without its extension.
fn stem(path: &str) -> &str {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    path[name..].rfind('.').map_or(path, |at| &path[..name + at])
}

#[cfg(test)]
mod tests {
    use super::stem;
    use crate::series::tests::{found, issue};

    #[test]
    fn fires_for_two_circulars_of_one_period() {
        let mut second = issue("2031-03", &[], &[]);
        second.path = "b.txt".to_owned();
        let first = issue("2031-03", &[], &[]);
        assert_eq!(
            found("period-twice", vec![first.clone(), second.clone()]),
            ["note 与2031-03.txt内容完全相同"]
        );
        second.digest = "b".to_owned();
        assert_eq!(
            found("period-twice", vec![first, second]),
            ["note 与2031-03.txt同为2031年3月的通报，请核对期次"]
        );
    }

    #[test]
    fn silent_for_one_circular_a_period() {
        assert!(
            found(
                "period-twice",
                vec![issue("2031-03", &[], &[]), issue("2031-04", &[], &[])]
            )
            .is_empty()
        );
    }

    #[test]
    fn near_miss_two_formats_of_one_circular() {
        let first = issue("2031-03", &[], &[]);
        let mut second = first.clone();
        second.path = "2031-03.docx".to_owned();
        second.digest = "b".to_owned();
        assert!(found("period-twice", vec![first, second]).is_empty());
        assert_eq!(stem("卷1.2/a.doc"), "卷1.2/a");
        assert_eq!(stem("卷1.2/a"), "卷1.2/a");
    }

    #[test]
    fn near_miss_another_issuer_or_matter() {
        let mut other = issue("2031-03", &[], &[]);
        other.issuer = Some("云峤县政务服务局".to_owned());
        assert!(found("period-twice", vec![issue("2031-03", &[], &[]), other]).is_empty());
        let mut other = issue("2031-03", &[], &[]);
        other.title = Some("关于2031-03网站检查情况的通报".to_owned());
        assert!(found("period-twice", vec![issue("2031-03", &[], &[]), other]).is_empty());
    }
}
