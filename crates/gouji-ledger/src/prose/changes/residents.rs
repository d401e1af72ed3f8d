//! A mean over all residents lies between those of town and country, and so does its growth: 人均可支配收入增长4.6%, of 4.1% and 5.3%.

use super::bounds::{between, growths_behind};
use crate::context::Context;
use crate::prose::{MentionRef, Reading};
use crate::{FigureClass, Relation};

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
