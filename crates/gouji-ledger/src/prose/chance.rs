//! Sums that hold by chance: other sums show that their figures are some parts of another whole, or a whole and its own parts.

use std::collections::{BTreeMap, BTreeSet};

use gouji_quantity::Decimal;

use crate::{Cue, FigureIdx, Relation, RelationKind};

/// Most sums of one figure that another is held against.
const MAX_RIVALS: usize = 8;

/// Takes out sums and differences that nothing but their figures suggested, of some siblings alone (80起、120起 of 80起、120起、600起) or of a whole
/// and its own parts together.
pub(super) fn drop_sums(out: &mut Vec<Relation>) {
    let told = Held::of(out, &|r| r.cue > Cue::Arithmetic);
    out.retain(|r| {
        let own = parts(r);
        let (Some(total), Some(first), Cue::Arithmetic) = (total_of(r), own.first().copied(), r.cue) else {
            return true;
        };
        // Behind its parts a total may well be of some of them: 以上两项共200起.
        let before = total < first;
        let some = |of: FigureIdx, s: &BTreeSet<FigureIdx>| of != total && s.len() > own.len() && own.is_subset(s);
        !(before && told.any(&told.by_part, first, &some))
    });
    // 500件，其中甲局150件、乙局100件，其余50件: the rest of the whole, and not of 甲局's.
    out.retain(|r| {
        let rest = r.kind == RelationKind::Difference && r.cue == Cue::Arithmetic;
        let Some(stated) = r.readings[0].stated.figure.filter(|_| rest) else {
            return true;
        };
        let mut all = parts(r);
        all.insert(stated);
        !told.any(&told.by_part, stated, &|_, s| all.is_subset(s))
    });
    out.retain(|r| {
        if r.cue > Cue::Arithmetic || total_of(r).is_none() {
            return true;
        }
        let own = parts(r);
        let twice = |part: &FigureIdx| told.any(&told.by_total, *part, &|_, s| s.len() >= 2 && s.is_subset(&own));
        !own.iter().any(twice)
    });
}

/// Sums that hold, each with its total, by their parts and by their totals.
#[derive(Default)]
struct Held {
    sums: Vec<(FigureIdx, BTreeSet<FigureIdx>)>,
    by_part: BTreeMap<FigureIdx, Vec<usize>>,
    by_total: BTreeMap<FigureIdx, Vec<usize>>,
}

impl Held {
    fn of(relations: &[Relation], wanted: &dyn Fn(&Relation) -> bool) -> Self {
        let mut held = Self::default();
        for relation in relations.iter().filter(|r| wanted(r)) {
            let Some(total) = total_of(relation) else { continue };
            let own = parts(relation);
            for part in &own {
                held.by_part.entry(*part).or_default().push(held.sums.len());
            }
            held.by_total.entry(total).or_default().push(held.sums.len());
            held.sums.push((total, own));
        }
        held
    }

    fn any(
        &self,
        index: &BTreeMap<FigureIdx, Vec<usize>>,
        figure: FigureIdx,
        test: &dyn Fn(FigureIdx, &BTreeSet<FigureIdx>) -> bool,
    ) -> bool {
        index.get(&figure).is_some_and(|sums| {
            sums.iter()
                .take(MAX_RIVALS)
                .map(|i| &self.sums[*i])
                .any(|(total, s)| test(*total, s))
        })
    }
}

/// The figures that a relation is of, but for what it states.
fn parts(r: &Relation) -> BTreeSet<FigureIdx> {
    r.readings[0].operands.iter().filter_map(|o| o.figure).collect()
}

/// The total of a sum that its operands add up to, as printed.
fn total_of(r: &Relation) -> Option<FigureIdx> {
    let reading = &r.readings[0];
    let mut operands = reading.operands.iter();
    let sum = operands.try_fold(Decimal::ZERO, |s, o| s.checked_add(o.value?))?;
    let holds = r.kind == RelationKind::Sum && reading.stated.value == Some(sum);
    reading.stated.figure.filter(|_| holds)
}

#[cfg(test)]
mod tests {
    use crate::prose::tests::read;

    fn sums(text: &str) -> Vec<String> {
        read(text).into_iter().filter(|l| l.starts_with("sum")).collect()
    }

    #[test]
    fn a_part_is_not_the_sum_of_its_siblings() {
        let found = sums("公共设施类共计312件，其中道路破损156件、井盖缺失98件、路灯不亮58件。");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("312件 <- 156件 98件 58件"), "{found:?}");
    }

    #[test]
    fn a_whole_is_not_added_to_its_parts() {
        let text = "本月共受理投诉200件，其中票务100件。票务投诉中，甲航43件、乙航36件、丙航21件。";
        assert!(sums(text).iter().all(|l| !l.contains("200件 <-")), "{:?}", sums(text));
    }

    #[test]
    fn some_parts_of_a_whole_are_no_other_whole() {
        let text =
            "共接报警1000起，其中报警A类800起、B类200起。\nA类报警800起，其中刑事类80起、治安类120起、其他类600起。";
        let found = sums(text);
        assert!(found.iter().all(|l| !l.contains("200起 <-")), "{found:?}");
        assert!(
            found.iter().any(|l| l.contains("800起 <- 80起 120起 600起")),
            "{found:?}"
        );
    }

    #[test]
    fn a_part_is_not_what_one_sibling_leaves_of_another() {
        let text = "本月共办理诉求500件，其中住建局200件、公安局150件、人社局100件，其余50件由其他单位办理。";
        let found = read(text);
        assert!(
            found.iter().any(|l| l.contains("500件 <- 200件 150件 100件 50件")),
            "{found:?}"
        );
        assert!(found.iter().all(|l| !l.starts_with("difference")), "{found:?}");
        let found = read("共受理诉求150件，已办结100件，其余50件正在办理。");
        assert!(found.iter().any(|l| l.contains("150件")), "{found:?}");
    }

    #[test]
    fn parts_divided_further_stay() {
        let text = "共接报警800起，其中刑事类500起、治安类300起。刑事类警情500起，其中盗窃类320起、诈骗类180起。";
        let found = sums(text);
        assert!(found.iter().any(|l| l.contains("800起 <- 500起 300起")), "{found:?}");
        assert!(found.iter().any(|l| l.contains("500起 <- 320起 180起")), "{found:?}");
    }
}
