//! # count-list
//!
//! A number is not how many names are listed.
//!
//! 所写个数与列出的名称数不符。
//!
//! ## What it checks
//!
//! N个单位：A、B、C, or A、B、C等N个单位, states how many names the list has; a final 和 may or may not part two names.
//!
//! “N个单位：A、B、C”或“A、B、C等N个单位”所写的N，等于列出的名称数；末尾的“和”可断可不断，两种都算。
//!
//! ## Why it matters
//!
//! A unit dropped from a list of blame or praise is a complaint in the making.
//!
//! 表扬或批评名单里漏了一家，就会引来申诉。
//!
//! ## Example
//!
//! 甲局、乙局、丙镇等4个单位未按时报送。
//!
//! ## Correct
//!
//! 甲局、乙局、丙镇等3个单位未按时报送。
//!
//! ## Not reported
//!
//! Open lists (等) shorter than the number, and lists whose names can be divided in several ways, one of which fits.
//!
//! 以“等”结尾、未列全的；名称有几种断法而其中一种相符的。
//!
//! ## Source
//!
//! GB/T 15835-2011 on figures in publications; arithmetic.
//!
//! 算术；《出版物上数字用法》（GB/T 15835-2011）。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::rules::Rule;

/// `count-list`
pub(crate) const RULE: Rule = Rule {
    name: "count-list",
    family: "count",
    severity: Severity::Error,
    doc: include_str!("count_list.rs"),
    check,
};

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    for case in cx.owned(RULE.name) {
        let zh = format!("文中写作{}，实际列出{}", case.stated(), case.expected());
        let en = format!("{} is printed but the list has {}", case.stated(), case.expected());
        out.push(case.finding(RULE.name, RULE.severity, zh, en));
    }
}

#[cfg(test)]
mod tests {
    use gouji_ledger::{Formula, RelationKind};

    use super::RULE;
    use crate::sample::related;

    fn found(stated: &str, least: usize, most: usize, open: bool) -> Vec<String> {
        let formula = Formula::Count { least, most, open };
        related(RULE.name, RelationKind::Count, formula, stated, &[])
    }

    #[test]
    fn fires_when_the_list_is_shorter() {
        assert_eq!(
            found("5个", 4, 4, false),
            ["error 文中写作5个，实际列出4个；改一处即可成立的：5个→4个（差一字）"]
        );
        assert_eq!(
            found("五个", 4, 4, false),
            ["error 文中写作五个，实际列出四个；改一处即可成立的：五个→四个（差一字）"]
        );
    }

    #[test]
    fn silent_when_the_number_fits() {
        assert!(found("4个", 4, 4, false).is_empty());
    }

    #[test]
    fn near_miss_a_final_and_or_an_open_list() {
        assert!(found("5个", 5, 6, false).is_empty());
        assert!(found("6个", 5, 6, false).is_empty());
        assert!(found("9个", 3, 3, true).is_empty());
    }
}
