//! Shares that are of several parts together, or of a whole that is several amounts together.

use gouji_quantity::Decimal;

use super::rates::{Pair, Rate};
use crate::Operand;
use crate::context::Context;
use crate::prose::rates::is_base;
use crate::prose::shares::scope;
use crate::prose::{MentionRef, changes};

/// Amounts before the sentence that are tried as its whole.
const MAX_WHOLES: usize = 12;
/// Paragraphs before a share in which its whole is looked for, and the amounts of them that are looked at.
const MAX_BACK: usize = 8;
const MAX_BACK_TOTALS: usize = 6;
const MAX_LOOKED: usize = 120;

impl Rate<'_, '_> {
    /// 投诉400件…质量（120件）、其他（96件）、售后（104件），合计占比80%: the share of all that were named since the whole.
    pub(super) fn several_together(&self) -> Option<Pair> {
        let before = self.before();
        let whole = *before.last().filter(|_| self.is_of_several())?;
        let w = self.mention(whole);
        let parts: Vec<usize> = before.iter().copied().filter(|m| *m != whole).collect();
        Some(Pair {
            part: self.sum_of(&parts).filter(|_| self.mention(parts[0]).unit == w.unit)?,
            wholes: vec![self.cx.operand(w.fig)?],
            whole: w.value,
        })
    }

    /// What several amounts of one unit make together.
    fn sum_of(&self, parts: &[usize]) -> Option<Operand> {
        let unit = &self.mention(*parts.first()?).unit;
        let one_unit = parts.len() >= 2 && parts.iter().all(|m| self.mention(*m).unit == *unit);
        let sum = parts
            .iter()
            .filter(|_| one_unit)
            .try_fold(Decimal::ZERO, |s, m| s.checked_add(self.mention(*m).value))?;
        let mut computed = Operand::computed(sum);
        computed.span = Context::cover(parts.iter().map(|m| self.mention(*m).span));
        one_unit.then_some(computed)
    }

    /// 合计占比, 共占: the share of all that were named.
    fn is_of_several(&self) -> bool {
        let rate = self.mention(self.at.mention);
        ["合计占", "共占", "总计占", "累计占", "共计占", "总和占"]
            .iter()
            .any(|w| rate.label.contains(w))
    }

    /// 受理投诉750件。…主要有：质量（120件）、其他（96件）、售后（84件），合计占比40.0%: the whole stands in the sentences or paragraphs before.
    pub(super) fn several_of_far_whole(&self) -> Vec<Pair> {
        let parts = self.before();
        if !self.is_of_several() || self.mention(self.at.mention).decimals == 0 {
            return Vec::new();
        }
        let Some(part) = self.sum_of(&parts) else {
            return Vec::new();
        };
        let unit = &self.mention(parts[0]).unit;
        let wholes = self
            .reading
            .before(self.cx, self.at, MAX_BACK)
            .take(MAX_LOOKED)
            .filter(|w| {
                let whole = self.reading.mention(*w);
                !self.reading.one_sentence(*w, self.at)
                    && whole.is_amount()
                    && whole.unit == *unit
                    && part.value.is_some_and(|sum| whole.value >= sum)
                    && !is_base(self.reading, *w)
            });
        wholes
            .take(MAX_WHOLES)
            .filter_map(|w| {
                let whole = self.reading.mention(w);
                Some(Pair {
                    part: part.clone(),
                    wholes: vec![self.cx.operand(whole.fig)?],
                    whole: whole.value,
                })
            })
            .collect()
    }

    /// 接收投诉750件…接收举报250件…电话接收投诉举报600件，占比60.0%: a part that bears both names, or stands in a sentence about both, is of both
    /// totals together.
    pub(super) fn of_two_totals(&self) -> Option<Pair> {
        let part = self
            .at
            .mention
            .checked_sub(1)
            .filter(|_| self.mention(self.at.mention).decimals > 0)?;
        let p = self.mention(part);
        let at = MentionRef {
            mention: part,
            ..self.at
        };
        let total = |own: &str, other: &str| {
            self.reading
                .before(self.cx, at, MAX_BACK_TOTALS)
                .take(MAX_LOOKED)
                .map(|m| self.reading.mention(m))
                .find(|m| {
                    let named = m.label.ends_with(own) && !m.label.contains(other);
                    named && m.is_amount() && m.unit == p.unit && changes::change_word(&m.label).is_none()
                })
        };
        let beside = p.is_amount() && self.reading.one_sentence(at, self.at);
        let names = [
            self.reading.label(at).name.as_str(),
            scope(self.cx, self.reading, self.at),
        ];
        let (one, two) = names
            .into_iter()
            .filter(|_| beside)
            .filter_map(two_names)
            .find_map(|(first, second)| total(&first, &second).zip(total(&second, &first)))?;
        Some(Pair {
            part: self.cx.operand(p.fig)?,
            wholes: vec![self.cx.operand(one.fig)?, self.cx.operand(two.fig)?],
            whole: one.value.checked_add(two.value)?,
        })
    }
}

/// Two names of two characters each that end a phrase: 投诉举报, 投诉和举报.
fn two_names(phrase: &str) -> Option<(String, String)> {
    let letters = phrase.chars().rev().filter(|c| !"、和与及".contains(*c));
    let name: Vec<char> = letters.take(4).collect();
    let [d, c, b, a] = name[..] else { return None };
    let (first, second) = (String::from_iter([a, b]), String::from_iter([c, d]));
    (first != second).then_some((first, second))
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    #[test]
    fn shares_of_several_or_in_several() {
        for (text, expected) in [
            (
                "共接收投诉800件，受理750件。\n投诉主要有：质量（120件）、其他（96件）、售后（84件），合计占比40.0%。",
                "ratio~ 40.0% <- 300 750件",
            ),
            (
                "共接收投诉1047件。\n共接收举报277件。\n其中，电话接收投诉举报617件，占比46.6%。",
                "ratio~ 46.6% <- 617件 1047件 277件",
            ),
            (
                "共接收投诉1047件，举报277件，咨询3100件。\n投诉举报中，来电617件，占比46.6%；来信300件，占比22.66%。",
                "ratio~ 22.66% <- 300件 1047件 277件",
            ),
        ] {
            let found = read(text);
            assert!(found.iter().any(|l| l == expected), "{text}: {found:?}");
        }
        for text in [
            "共接收投诉800件，受理750件。\n投诉主要有：质量（120件）、其他（96件）、售后（84件），合计占比41.0%。",
            "共接收投诉1047件。\n共接收举报277件。\n其中，电话接收投诉举报617件，占比56.6%。",
            "共接收投诉1047件，举报277件，咨询3100件。\n投诉咨询中，来电617件，占比46.6%；来信300件，占比22.66%。",
        ] {
            let found: Vec<String> = read(text).into_iter().filter(|l| l.starts_with("ratio")).collect();
            assert_eq!(found, [""; 0], "{text}");
        }
    }
}
