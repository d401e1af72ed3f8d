//! # item-ordinal
//!
//! 一是, 二是, 三是 do not run on.
//!
//! “一是、二是、三是”不连续。
//!
//! ## What it checks
//!
//! Items that begin with 一是, 二是, 三是 run on without gap; lists inside an item are allowed.
//!
//! 以“一是”“二是”“三是”起头的列项依次连续；列项之中可以再列项。
//!
//! ## Why it matters
//!
//! A gap says that an item was deleted or that two were merged.
//!
//! 缺号说明删了一项或合并了两项。
//!
//! ## Example
//!
//! 一是加强领导；三是强化督查。
//!
//! ## Correct
//!
//! 一是加强领导；二是强化督查。
//!
//! ## Not reported
//!
//! Lists inside a list, and numerals that do not begin a clause.
//!
//! 列项中的列项，以及不在句首的数词。
//!
//! ## Source
//!
//! GB/T 15834-2011 and common usage.
//!
//! 《标点符号用法》（GB/T 15834-2011）及通行写法。

use crate::context::Context;
use crate::model::{Finding, Severity};
use crate::passages::Role;
use crate::rules::Rule;

/// `item-ordinal`
pub(crate) const RULE: Rule = Rule {
    name: "item-ordinal",
    family: "count",
    severity: Severity::Warning,
    doc: include_str!("item_ordinal.rs"),
    check,
};

const NUMERALS: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/// Lists inside lists that are followed; the outermost is forgotten first.
const DEEPEST: usize = 8;

fn check(cx: &Context<'_>, out: &mut Vec<Finding>) {
    // Open lists from the outermost in, each with its last item; a list may run over paragraphs of one body.
    let mut open: Vec<usize> = Vec::new();
    let mut body = 0;
    for passage in &cx.passages {
        if passage.body != body || passage.role == Role::Heading {
            open.clear();
            body = passage.body;
        }
        if passage.role != Role::Paragraph {
            continue;
        }
        for (at, n) in ordinals(passage.text) {
            if let Some(depth) = open.iter().rposition(|last| last + 1 == n) {
                open.truncate(depth);
                open.push(n);
            } else if n == 1 {
                if open.len() == DEEPEST {
                    open.remove(0);
                }
                open.push(1);
            } else {
                let last = open.last().copied();
                open.clear();
                open.push(n);
                // A list whose beginning is not in the text, or another counting, is not held against it.
                let Some(last) = last.filter(|last| n == last + 2) else {
                    continue;
                };
                let printed = &passage.text[at..at + 6];
                let missing = NUMERALS[last];
                let zh = format!("“{printed}”之前没有“{missing}是”");
                let en = format!("{printed} follows without {missing}是 before it");
                out.push(Finding::plain(
                    RULE.name,
                    RULE.severity,
                    passage.span(at..at + 6),
                    zh,
                    en,
                ));
            }
        }
    }
}

/// Items that begin a clause, as byte and number.
fn ordinals(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut before = '。';
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if let Some(n) = NUMERALS.iter().position(|numeral| *numeral == c)
            && "。；;：:，,、！？\n".contains(before)
            && chars.peek().is_some_and(|(_, next)| *next == '是')
        {
            out.push((at, n + 1));
        }
        if !c.is_whitespace() {
            before = c;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::sample::Sample;

    fn found(paragraphs: &[&str]) -> Vec<String> {
        let mut sample = Sample::new();
        for text in paragraphs {
            sample.paragraph(text);
        }
        sample.found("item-ordinal")
    }

    #[test]
    fn fires_on_a_gap() {
        assert_eq!(
            found(&["一是加强领导；三是强化督查。"]),
            ["warning “三是”之前没有“二是”"]
        );
    }

    #[test]
    fn silent_on_lists_that_run_on() {
        assert!(found(&["一是加强领导。二是强化督查。", "三是压实责任。"]).is_empty());
    }

    #[test]
    fn near_miss_a_list_under_another_heading() {
        let mut sample = Sample::new();
        sample.heading(1, "存在问题").paragraph("一是加强领导。");
        sample.heading(1, "工作要求").paragraph("三是强化督查。");
        assert!(sample.found("item-ordinal").is_empty());
    }

    #[test]
    fn near_miss_a_list_inside_an_item() {
        assert!(found(&["一是加强领导：一是定人，二是定责；二是强化督查。三是从严。"]).is_empty());
        assert!(found(&["进一步讲，唯一是目标。二是强化督查。"]).is_empty());
    }
}
