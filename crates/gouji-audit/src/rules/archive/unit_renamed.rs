//! # unit-renamed
//!
//! One unit of a table has another name than in the period before.
//!
//! 表中有一个单位与上期名称不同。
//!
//! ## What it checks
//!
//! The tables of two circulars that follow one another list as many units, all the same but one.
//!
//! 相邻两期通报同一表格所列单位个数相同，只有一个名称不同。
//!
//! ## Why it matters
//!
//! It is a new name, a unit put in another's place, or a slip; figures of the two must not be taken for those of one.
//!
//! 可能是更名、换了单位或写错；不核实就会把两家的数据当成一家。
//!
//! ## Example
//!
//! 3月表中为丁镇，4月表中为戊镇，其余相同。
//!
//! ## Correct
//!
//! 两期所列单位相同。
//!
//! ## Not reported
//!
//! Short forms of a name, tables of fewer than five units, and tables in which more than one differs.
//!
//! 简称与全称之别、不足五个单位的表，以及不止一处不同的表。
//!
//! ## Source
//!
//! Comparability of series.
//!
//! 统计数据前后可比。

use std::collections::BTreeSet;

use crate::model::Severity;
use crate::rules::Rule;
use crate::series::{Pair, SeriesFinding};

/// `unit-renamed`
pub(crate) const RULE: Rule = Rule {
    name: "unit-renamed",
    family: "archive",
    severity: Severity::Note,
    doc: include_str!("unit_renamed.rs"),
    check: super::of_no_single_circular,
};

/// Fewest units of a table.
const LEAST: usize = 5;

pub(crate) fn check(pair: &Pair<'_>, out: &mut Vec<SeriesFinding>) {
    if !pair.follows() {
        return;
    }
    for roster in &pair.told().rosters {
        let mut others = pair.other().rosters.iter().filter(|r| r.key == roster.key);
        let (Some(other), None) = (others.next(), others.next()) else {
            continue;
        };
        let (here, there): (BTreeSet<&str>, BTreeSet<&str>) = (
            roster.names.iter().map(String::as_str).collect(),
            other.names.iter().map(String::as_str).collect(),
        );
        let whole = here.len() == roster.names.len() && there.len() == other.names.len();
        if !whole || here.len() < LEAST || here.len() != there.len() {
            continue;
        }
        let new: Vec<&&str> = here.difference(&there).collect();
        let old: Vec<&&str> = there.difference(&here).collect();
        if let ([new], [old]) = (new.as_slice(), old.as_slice())
            && !is_short_for(new, old)
            && !is_short_for(old, new)
        {
            let path = &pair.other().path;
            let zh = format!("表中“{new}”在相邻一期（{path}）为“{old}”，其余单位相同，请核对是否更名");
            let en = format!("“{new}” of the table is “{old}” in the period beside ({path}), all others are the same");
            out.push(Pair::whole(RULE.name, RULE.severity, zh, en));
        }
    }
}

/// Whether the signs of one name stand in the other in order: 人社局 in 人力资源和社会保障局.
fn is_short_for(short: &str, long: &str) -> bool {
    let mut rest = long.chars();
    short.chars().all(|c| rest.any(|r| r == c))
}

#[cfg(test)]
mod tests {
    use crate::series::Issue;
    use crate::series::tests::{found, issue};

    fn listing(period: &str, names: &[&str]) -> Issue {
        let mut issue = issue(period, &[], &[]);
        let header = ["单位".to_owned(), "受理".to_owned()];
        issue.add_roster(
            "各单位办理情况表",
            &header,
            names.iter().map(|n| (*n).to_owned()).collect(),
        );
        issue
    }

    const UNITS: [&str; 5] = ["东岭镇", "西河乡", "南屏镇", "北塘镇", "县财政局"];

    #[test]
    fn fires_for_one_name_that_changed() {
        let now = ["东岭镇", "西河乡", "南屏镇", "云峤镇", "县财政局"];
        assert_eq!(
            found(
                "unit-renamed",
                vec![listing("2031-03", &UNITS), listing("2031-04", &now)]
            ),
            ["note 表中“云峤镇”在相邻一期（2031-03.txt）为“北塘镇”，其余单位相同，请核对是否更名"]
        );
    }

    #[test]
    fn silent_for_the_same_names_in_another_order() {
        let now = ["县财政局", "西河乡", "南屏镇", "北塘镇", "东岭镇"];
        assert!(
            found(
                "unit-renamed",
                vec![listing("2031-03", &UNITS), listing("2031-04", &now)]
            )
            .is_empty()
        );
    }

    #[test]
    fn near_miss_a_short_form_or_two_that_differ() {
        let short = ["东岭镇", "西河乡", "南屏镇", "北塘镇", "财政局"];
        assert!(
            found(
                "unit-renamed",
                vec![listing("2031-03", &UNITS), listing("2031-04", &short)]
            )
            .is_empty()
        );
        let two = ["东岭镇", "西河乡", "南屏镇", "云峤镇", "县民政局"];
        assert!(
            found(
                "unit-renamed",
                vec![listing("2031-03", &UNITS), listing("2031-04", &two)]
            )
            .is_empty()
        );
    }
}
