//! A mean over all residents lies between those of town and country, and so does its growth: 人均可支配收入增长4.6%, of 4.1% and 5.3%.

use gouji_quantity::Agreement;

use super::bounds::{between, growths_behind};
use super::words::change_word;
use crate::context::Context;
use crate::prose::rates::fits;
use crate::prose::{MentionRef, Reading, relation};
use crate::{Cue, FigureClass, Formula, Relation, RelationKind};

/// How many mentions behind the mean of all those of town and country are looked for.
const REACH: usize = 14;

/// Growths of means over all residents whose amount lies between those of town and country; kept if they hold, since people move.
pub(super) fn relations(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for (passage, prose) in reading.prose.iter().enumerate() {
        for (mention, all) in prose.mentions.iter().enumerate() {
            let mean = |m: usize| {
                let n = &prose.mentions[m];
                let named = ["收入", "支出", "消费"].iter().any(|w| n.label.contains(w));
                n.is_amount() && n.class == FigureClass::Money && n.label.contains("人均") && named
            };
            let of = |m: usize, words: [&str; 2]| words.iter().any(|w| prose.mentions[m].label.contains(w));
            let (town, country) = (["城镇", "城市"], ["农村", "乡村"]);
            if !mean(mention) || of(mention, town) || of(mention, country) {
                continue;
            }
            let sentence = |m: usize| prose.clauses[prose.mentions[m].clause].sentence;
            let near = || {
                (mention + 1..prose.mentions.len().min(mention + 1 + REACH))
                    .take_while(|m| sentence(*m) <= sentence(mention) + 2)
                    .filter(|m| mean(*m))
            };
            let (Some(a), Some(b)) = (near().find(|m| of(*m, town)), near().find(|m| of(*m, country))) else {
                continue;
            };
            let (high, low) = (&prose.mentions[a], &prose.mentions[b]);
            if !(low.value.min(high.value)..=low.value.max(high.value)).contains(&all.value) {
                continue;
            }
            let growths = |mention: usize| growths_behind(reading, MentionRef { passage, mention });
            let parts = [growths(a.min(b)), growths(a.max(b))];
            out.extend(between(cx, reading, &growths(mention), &parts));
        }
    }
}

/// Mentions before a ratio of town and country among which their means are looked for.
const BACK: usize = 16;

/// 城镇居民人均可支配收入10000元；农村居民人均可支配收入5000元。城乡收入比为2.00: kept if the two give it.
pub(super) fn ratios(cx: &Context, reading: &Reading, out: &mut Vec<Relation>) {
    for at in reading.places() {
        let m = reading.mention(at);
        let named = m.label.contains("收入比") && (m.label.contains("城乡") || m.label.contains("居民"));
        if !named || m.decimals == 0 || m.is_rate() || !m.unit.is_empty() || change_word(&m.label).is_some() {
            continue;
        }
        let mean = |word: [&str; 2]| {
            reading
                .before(cx, at, 1)
                .take(BACK)
                .map(|n| reading.mention(n))
                .find(|n| {
                    n.class == FigureClass::Money
                        && n.label.contains("人均")
                        && word.iter().any(|w| n.label.contains(w))
                })
        };
        let (Some(town), Some(country)) = (mean(["城镇", "城市"]), mean(["农村", "乡村"])) else {
            continue;
        };
        let operands = (cx.operand(m.fig), cx.operand(town.fig), cx.operand(country.fig));
        let (Some(stated), Some(part), Some(whole)) = operands else {
            continue;
        };
        if fits(&stated, town.value, country.value, 1).is_some_and(Agreement::holds) {
            let formula = Formula::Ratio { scale: 1 };
            let kind = RelationKind::Ratio;
            out.extend(relation(
                cx,
                kind,
                "town-to-country",
                Cue::Arithmetic,
                formula,
                stated,
                vec![part, whole],
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::bounds;

    #[test]
    fn all_residents_between_town_and_country() {
        assert_eq!(
            bounds(
                "全县居民人均可支配收入30500元，同比增长4.6%。其中，城镇居民人均可支配收入41200元，增长4.1%；农村居民人均可支配收入19800元，增长5.3%。"
            ),
            ["bound~ 4.6% <- 4.1% 5.3%"]
        );
        assert_eq!(
            bounds(
                "居民人均消费支出18000元，名义增长5.0%，同比增长4.0%。按常住地分，农村居民人均消费支出12000元，同比增长4.5%；城镇居民人均消费支出22000元，同比增长3.6%。"
            ),
            ["bound~ 4.0% <- 4.5% 3.6%"]
        );
    }

    #[test]
    fn people_move_so_that_beyond_both_is_no_error() {
        for text in [
            "居民人均可支配收入30500元，增长6.0%。其中，城镇居民人均可支配收入41200元，增长4.1%；农村居民人均可支配收入19800元，增长5.3%。",
            "居民人均可支配收入42500元，增长4.6%。其中，城镇居民人均可支配收入41200元，增长4.1%；农村居民人均可支配收入19800元，增长5.3%。",
            "居民人均可支配收入30500元，增长4.6%。其中，人均工资性收入18000元，增长4.1%；人均经营净收入6000元，增长5.3%。",
        ] {
            assert_eq!(bounds(text), [""; 0], "{text}");
        }
    }
}
