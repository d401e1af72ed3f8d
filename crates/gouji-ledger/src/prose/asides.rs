//! Remarks inside a list: 质量类150件，其中食品90件；服务类90件.
//!
//! A 其中 behind one of the items of a list speaks of that item alone, up to the next ； or 。, where the list goes on. Only where
//! what it announces adds up to the item beyond that mark is it a division with marks of its own.

use std::collections::BTreeMap;
use std::ops::Range;

use gouji_quantity::Decimal;

use super::clauses::{Clause, Delim, Mention, Prose};
use super::labels::Label;
use crate::lexicon::PartCue;

/// Most clauses of a remark that are read.
const REACH: usize = 64;

/// The end of each remark inside a list, by group and place of its first clause.
#[derive(Default)]
pub(super) struct Asides(BTreeMap<(usize, usize), usize>);

impl Asides {
    /// Keeps the remarks of a list of a group.
    pub fn note(&mut self, group: usize, remarks: &[Range<usize>]) {
        self.0.extend(remarks.iter().map(|a| ((group, a.start), a.end)));
    }

    /// The clauses that a list announced at `pos` may reach: no more than the remark it is in.
    pub fn within<'c>(&self, group: usize, pos: usize, clauses: &'c [usize]) -> &'c [usize] {
        let open = self.0.range((group, 0)..=(group, pos)).next_back();
        let end = open.map_or(clauses.len(), |(_, end)| *end);
        if end > pos { &clauses[..end] } else { clauses }
    }
}

/// Whether a clause opens a remark on what stands before it.
pub(super) fn remarks(text: &str, labels: &[Label], clause: &Clause) -> bool {
    let words = text[clause.range.clone()].trim_start();
    let cue = clause.mentions.first().and_then(|m| labels[*m].cue);
    cue.is_some_and(|c| c != PartCue::All) || words.starts_with("其中") || words.starts_with('含')
}

/// Where a list goes on whose item `owner` is followed by a 其中 in clause `pos` (a place in `clauses`): the place of the clause
/// behind the next ； or 。, if that opens with an amount of the owner's unit. `None` if the 其中 divides the owner beyond that mark.
pub(super) fn resumes(prose: &Prose, clauses: &[usize], pos: usize, owner: &Mention) -> Option<usize> {
    let opening = &prose.clauses[*clauses.get(pos)?];
    if opening.before != Delim::Comma {
        return None;
    }
    let mut next = None;
    let mut goes_on = false;
    let mut sum = Decimal::ZERO;
    let mut within = Decimal::ZERO;
    for (at, idx) in clauses.iter().enumerate().skip(pos).take(REACH) {
        let clause = &prose.clauses[*idx];
        if matches!(clause.before, Delim::Semi | Delim::Stop) {
            if next.is_some() && clause.before == Delim::Stop {
                break;
            }
            if next.is_none() {
                next = Some(at);
                within = sum;
            }
        }
        // 账号已停用，登记信息未删除1个: the words before the figure may hold a comma.
        if let Some(first) = clause.mentions.first().filter(|_| next.is_some() && !goes_on) {
            let first = &prose.mentions[*first];
            goes_on = first.is_amount() && first.unit == owner.unit && !first.label.is_empty();
            if !goes_on {
                return None;
            }
        }
        let mut amounts = clause.mentions.iter().map(|m| &prose.mentions[*m]);
        let Some(amount) = amounts.find(|m| m.is_amount() && m.unit == owner.unit) else {
            continue;
        };
        sum = sum.checked_add(amount.value)?;
        if next.is_some() && sum == owner.value {
            return None;
        }
        if next.is_some() && sum > owner.value {
            break;
        }
    }
    // 其中：甲90件；乙40件: behind a colon the marks are its own, unless the first stretch is all of the owner.
    if opening.after == Delim::Colon && within != owner.value {
        return None;
    }
    next.filter(|_| goes_on)
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn sums(text: &str) -> Vec<String> {
        let sums = read(text).into_iter().filter(|line| line.starts_with("sum"));
        sums.collect()
    }

    fn has(text: &str, line: &str) {
        assert!(sums(text).iter().any(|l| l == line), "{text}: {:?}", sums(text));
    }

    #[test]
    fn a_list_goes_on_behind_a_remark_on_one_of_its_items() {
        has(
            "发现不合格15批次（微生物超标8批次，其中菌落总数超标5批次；添加剂超标4批次；其他3批次）。",
            "sum! 15批次 <- 8批次 4批次 3批次",
        );
        has(
            "账号不合格12个（未更新10个，其中5个未登记；账号已停用，信息未删除1个；未登记的1个）。",
            "sum! 12个 <- 10个 1个 1个",
        );
        let text = "受理投诉300件，其中：质量类150件，其中食品85件、药品65件；服务类90件，其中餐饮50件；其他60件。";
        has(text, "sum! 300件 <- 150件 90件 60件");
        has(text, "sum! 150件 <- 85件 65件");
        assert!(sums(text).iter().all(|l| !l.contains(" 90件 <-")), "{:?}", sums(text));
    }

    #[test]
    fn a_remark_that_divides_its_item_has_marks_of_its_own() {
        has(
            "受理投诉300件，其中：质量类150件，其中：食品90件；药品40件；日用20件。",
            "sum! 150件 <- 90件 40件 20件",
        );
        has(
            "发现问题30个（内容类12个，其中：错别字6个；空白4个；过期2个）。",
            "sum! 12个 <- 6个 4个 2个",
        );
    }

    #[test]
    fn some_of_an_item_are_no_division_of_it() {
        for text in [
            "受理投诉300件，其中：质量类150件，其中食品90件；服务类90件；其他60件。",
            "共检查企业200户，分为：大型企业20户，其中国有8户；中型企业60户，其中国有10户；小型企业120户，其中国有2户。",
        ] {
            let lines = sums(text);
            assert_eq!(
                lines
                    .iter()
                    .filter(|l| l.contains("300件 <- 150件 90件 60件") || l.contains("200户 <- 20户 60户 120户"))
                    .count(),
                1,
                "{lines:?}"
            );
            assert!(
                lines
                    .iter()
                    .all(|l| l.starts_with("sum! 300件") || l.starts_with("sum! 200户") || l.starts_with("sum~")),
                "{lines:?}"
            );
        }
    }
}
