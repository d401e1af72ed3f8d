//! Means of counted things and of listed months: 平均每个乡镇55人, 月均办件1060件.

use gouji_quantity::Decimal;

use super::{near, relate, sums, total};
use crate::context::Context;
use crate::prose::{MentionRef, Reading};
use crate::{Operand, Relation};

/// The mean of a sum over what 每 names: its measure word, and its noun if that is printed.
pub(super) fn mean(cx: &Context, reading: &Reading, at: MentionRef) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let words = m.label.as_str();
    // 平均每组每天 divides twice.
    if words.matches('每').count() > 1 {
        return None;
    }
    let sums = sums(reading, at);
    let counts: Vec<usize> = near(reading, at)
        .filter(|i| {
            let n = &prose.mentions[*i];
            n.unit != m.unit && n.decimals == 0 && n.value > Decimal::ONE && super::per(n).is_none()
        })
        .collect();
    let each = Each::of(words);
    let named: Vec<usize> = counts
        .iter()
        .copied()
        .filter(|i| {
            let n = &prose.mentions[*i];
            each.as_ref().is_some_and(|e| e.counts(&n.unit, &n.label, &n.tail))
        })
        .collect();
    let operand = |i: usize| cx.operand(prose.mentions[i].fig);
    let sure_sum = total(reading, at.passage, &sums);
    if let ([count], Some(sum)) = (named.as_slice(), sure_sum) {
        return relate(cx, m, "mean-of-sum", vec![(operand(sum)?, operand(*count)?)], true);
    }
    let counts = if named.is_empty() { counts } else { named };
    // One sum and one count are surely meant where nothing names another divisor.
    let sure = match (sums.as_slice(), counts.as_slice()) {
        ([sum], [count]) => {
            each.is_none() && is_about(m.value, prose.mentions[*sum].value, prose.mentions[*count].value)
        }
        _ => false,
    };
    let pairs = sums
        .iter()
        .flat_map(|s| counts.iter().map(move |c| (*s, *c)))
        .filter_map(|(s, c)| Some((operand(s)?, operand(c)?)))
        .collect();
    relate(cx, m, "mean-of-sum", pairs, sure)
}

/// Whether so many times the mean come within a factor of two of the sum: the best of three scores (91.3分) is no sum of them,
/// of which 88.2分 would be the mean.
fn is_about(mean: Decimal, sum: Decimal, count: Decimal) -> bool {
    let about = || {
        let all = mean.checked_mul(count)?;
        Some(all <= sum.checked_mul(Decimal::TWO)? && sum <= all.checked_mul(Decimal::TWO)?)
    };
    about().unwrap_or(false)
}

/// What 每 stands before.
struct Each<'a> {
    /// Its measure word, if printed: 个 of 每个乡镇.
    measure: &'a str,
    /// Its noun: 乡镇.
    noun: String,
}

impl<'a> Each<'a> {
    fn of(words: &'a str) -> Option<Self> {
        if words.contains("人均") {
            return Some(Self {
                measure: "人",
                noun: String::new(),
            });
        }
        if words.contains("户均") {
            return Some(Self {
                measure: "户",
                noun: String::new(),
            });
        }
        let rest = &words[words.find('每')? + '每'.len_utf8()..];
        let measure = [
            "个", "家", "户", "名", "人", "位", "所", "处", "件", "条", "辆", "组", "座", "场", "次", "批", "站",
        ]
        .into_iter()
        .find(|m| rest.starts_with(m))
        .unwrap_or("");
        let noun = rest[measure.len()..]
            .chars()
            .take_while(|c| c.is_alphabetic())
            .take(2)
            .collect();
        Some(Self { measure, noun })
    }

    fn counts(&self, unit: &str, label: &str, tail: &str) -> bool {
        let measured = self.measure == unit || self.measure == "人" && unit == "名" || self.measure.is_empty();
        let noun = self.noun.chars().count() >= 2
            && (tail.starts_with(self.noun.as_str()) || label.contains(self.noun.as_str()));
        // The noun decides; a verb behind the measure word (每家报送) names none.
        noun && (measured || self.measure == "个") || measured && !self.measure.is_empty() && self.measure != "个"
    }
}

/// 10月办件1052件，11月办件1107件，12月办件1021件，月均办件1060件. `runs` are the months of the passage, in order.
pub(super) fn of_months(cx: &Context, reading: &Reading, at: MentionRef, runs: &[Vec<usize>]) -> Option<Relation> {
    let prose = &reading.prose[at.passage];
    let m = reading.mention(at);
    let sentence = prose.clauses[m.clause].sentence;
    let before = runs.partition_point(|run| run.last().is_some_and(|i| *i < at.mention));
    let months = runs.get(before.checked_sub(1)?).filter(|run| {
        run.iter().all(|i| {
            let n = &prose.mentions[*i];
            n.unit == m.unit && prose.clauses[n.clause].sentence == sentence
        })
    })?;
    let sum = months
        .iter()
        .try_fold(Decimal::ZERO, |s, i| s.checked_add(prose.mentions[*i].value))?;
    let mut total = Operand::computed(sum);
    total.span = Context::cover(months.iter().map(|i| prose.mentions[*i].span));
    let count = Operand::computed(Decimal::from(months.len()));
    relate(cx, m, "mean-of-months", vec![(total, count)], true)
}
