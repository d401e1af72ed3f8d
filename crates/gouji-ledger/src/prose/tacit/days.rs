//! Rates of days over the days of the period: 6月，达标天数为27天，达标天数比例为90.0%.

use gouji_quantity::{Decimal, scan_periods};

use super::rates::{Pair, Rate};
use crate::Operand;

/// Most bytes before the days in which the period is looked for.
const WINDOW: usize = 300;
/// Names of rates of days, at their end.
const OF_DAYS: [&str; 5] = ["天数", "优良", "达标", "优良天", "达标天"];

impl Rate<'_, '_> {
    /// The days told right before the rate, of those of the period that its sentence or the circular names.
    pub(super) fn of_days(&self, stem: &str) -> Option<Pair> {
        let part = *self.before().first()?;
        let p = self.mention(part);
        let said = OF_DAYS.iter().any(|w| stem.ends_with(w)) && self.mention(self.at.mention).decimals > 0;
        if !said || p.unit != "天" || self.before().iter().any(|m| self.mention(*m).value > p.value) {
            return None;
        }
        let text = self.cx.passages[self.at.passage].text.as_str();
        let mut from = p.full.start.saturating_sub(WINDOW);
        while !text.is_char_boundary(from) {
            from += 1;
        }
        let own = self.cx.circular.period;
        let named = scan_periods(&text[from..p.full.start], own.map(|p| p.months().0))
            .last()
            .map(|p| p.period);
        let (first, last) = named.or(own)?.days();
        let n = Decimal::from(last.day_number() - first.day_number() + 1);
        (p.value <= n).then_some(Pair {
            part: self.cx.operand(p.fig)?,
            wholes: vec![Operand::computed(n)],
            whole: n,
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    #[test]
    fn days_of_the_month_or_quarter() {
        for (text, expected) in [
            (
                "2018年6月，全市达标天数为27天，达标天数比例为90.0%。",
                "ratio~ 90.0% <- 27天 30",
            ),
            (
                "2023年二季度，城区优良天数81天，优良率为89.0%。",
                "ratio~ 89.0% <- 81天 91",
            ),
        ] {
            let found = read(text);
            assert!(found.iter().any(|l| l == expected), "{text}: {found:?}");
        }
        for text in [
            "2018年6月，全市达标天数为27天，达标天数比例为87.0%。",
            "2018年6月，监测29天，达标天数为27天，达标天数比例为90.0%。",
        ] {
            assert!(
                read(text).iter().all(|l| !l.ends_with(" 30")),
                "{text}: {:?}",
                read(text)
            );
        }
    }
}
