use gouji_ledger::{Cue, FigureClass, Formula, RelationKind};
use gouji_quantity::Approx;
use proptest::prelude::*;

use crate::model::Verdict;
use crate::repairs::MOST_REPAIRS;
use crate::sample::Sample;

fn verdict(formula: Formula, stated: &str, operands: &[&str]) -> (Verdict, Option<String>) {
    let mut sample = Sample::new();
    sample.relate(RelationKind::Sum, Cue::Explicit, formula, stated, operands);
    let audit = sample.audit();
    (audit.judgements[0].verdict, audit.judgements[0].expected.clone())
}

fn of(formula: Formula, stated: &str, operands: &[&str]) -> &'static str {
    verdict(formula, stated, operands).0.name()
}

#[test]
fn sums() {
    assert_eq!(of(Formula::Sum, "51件", &["20件", "31件"]), "holds");
    assert_eq!(of(Formula::Sum, "52件", &["20件", "31件"]), "broken");
    assert_eq!(of(Formula::Sum, "63.24万元", &["31.52万元", "31.73万元"]), "rounding");
    assert_eq!(of(Formula::Sum, "1.23亿元", &["8000.00万元", "4261.00万元"]), "holds");
    assert_eq!(
        of(Formula::Sum, "1.22亿元", &["8000.00万元", "4261.00万元"]),
        "rounding"
    );
    // Terms as coarse as the total and finer ones.
    let mixed = ["2.36万件", "6144件", "3.10万件"];
    assert_eq!(of(Formula::Sum, "6.07万件", &mixed), "holds");
    assert_eq!(of(Formula::Sum, "6.08万件", &mixed), "rounding");
    assert_eq!(of(Formula::Sum, "6.10万件", &mixed), "broken");
    assert_eq!(of(Formula::Sum, "1.21亿元", &["8000.00万元", "4261.00万元"]), "broken");
    assert_eq!(
        verdict(Formula::Sum, "62,418.35万元", &["31,207.18万元", "31,211.18万元"])
            .1
            .as_deref(),
        Some("62,418.36万元")
    );
}

#[test]
fn differences_of_rates() {
    assert_eq!(of(Formula::Difference, "-1.20‰", &["6.15‰", "7.34‰"]), "rounding");
    assert_eq!(of(Formula::Difference, "-1.19‰", &["6.15‰", "7.34‰"]), "holds");
    assert_eq!(
        of(Formula::PointChange { negative: true }, "2.3%", &["5.4%", "7.7%"]),
        "holds"
    );
    assert_eq!(
        of(Formula::PointChange { negative: false }, "2.3%", &["5.4%", "7.7%"]),
        "broken"
    );
}

#[test]
fn ratios() {
    let ratio = || Formula::Ratio { scale: 100 };
    assert_eq!(of(ratio(), "94.7%", &["143件", "151件"]), "holds");
    assert_eq!(of(ratio(), "62%", &["5件", "8件"]), "rounding");
    assert_eq!(of(ratio(), "12%", &["1件", "9件"]), "rounding");
    assert_eq!(of(ratio(), "28.4%", &["41件", "143件"]), "broken");
    assert_eq!(of(ratio(), "29.00%", &["36件", "124件"]), "broken");
    assert_eq!(of(ratio(), "100%", &["999件", "1000件"]), "holds");
    assert_eq!(of(ratio(), "0%", &["0件", "0件"]), "undecided");
    assert_eq!(of(ratio(), "30%", &["3件", "4件", "6件"]), "holds");
    assert_eq!(of(Formula::Ratio { scale: 1000 }, "5.0‰", &["5件", "1000件"]), "holds");
    // A quotient of amounts that are rounded themselves.
    assert_eq!(of(ratio(), "7.6%", &["3.62亿元", "47.18亿元"]), "rounding");
    assert_eq!(of(ratio(), "18%", &["1.9亿元", "10.0亿元"]), "rounding");
    assert_eq!(of(ratio(), "17%", &["1.9亿元", "10.0亿元"]), "broken");
}

#[test]
fn growth() {
    let fall = || Formula::Growth { negative: true };
    assert_eq!(of(fall(), "26.0%", &["97件", "131件"]), "holds");
    assert_eq!(of(fall(), "-26.0%", &["97件", "131件"]), "holds");
    assert_eq!(of(fall(), "35.1%", &["97件", "131件"]), "broken");
    assert_eq!(
        of(Formula::Growth { negative: false }, "26.0%", &["97件", "131件"]),
        "broken"
    );
    assert_eq!(of(fall(), "26.0%", &["97件", "0件"]), "undecided");
}

#[test]
fn shares_within_and_beyond_rounding() {
    assert_eq!(of(Formula::ShareSum, "100%", &["33%", "33%", "33%"]), "holds");
    assert_eq!(of(Formula::ShareSum, "100%", &["32%", "33%", "33%"]), "rounding");
    assert_eq!(of(Formula::ShareSum, "100%", &["32%", "32%", "33%"]), "broken");
    assert_eq!(of(Formula::ShareSum, "100%", &["34%", "34%", "34%"]), "broken");
    assert_eq!(of(Formula::ShareSum, "100%", &["33.3%", "33.3%", "33.3%"]), "holds");
}

#[test]
fn one_quantity_twice() {
    assert_eq!(of(Formula::Equal, "12件", &["12件"]), "holds");
    assert_eq!(of(Formula::Equal, "12件", &["13件"]), "broken");
    assert_eq!(of(Formula::Equal, "94.7%", &["94.68%"]), "holds");
    assert_eq!(of(Formula::Equal, "94.68%", &["94.7%"]), "holds");
    assert_eq!(of(Formula::Equal, "94.6%", &["94.68%"]), "rounding");
    assert_eq!(of(Formula::Equal, "94.8%", &["94.7%"]), "broken");
}

#[test]
fn rates_without_their_part() {
    let ratio = || Formula::Ratio { scale: 100 };
    assert_eq!(of(ratio(), "87.35%", &["412件"]), "infeasible");
    assert_eq!(of(ratio(), "83.7%", &["829件"]), "undecided");
    assert_eq!(of(ratio(), "87.5%", &["40件"]), "undecided");
}

#[test]
fn rough_percentages_of_exact_counts() {
    let with = |stated: &str, approx, part: &str| {
        let mut sample = Sample::new();
        let figure = sample.figure(stated, FigureClass::Rate);
        sample.figure_mut(figure).stated.as_mut().expect("a value").approx = approx;
        let formula = Formula::Ratio { scale: 100 };
        sample.relate_to(figure, RelationKind::Ratio, Cue::Explicit, formula, &[part, "200件"]);
        sample.audit().judgements[0].verdict.name()
    };
    assert_eq!(with("97%", Approx::MoreThan, "195件"), "holds");
    assert_eq!(with("97%", Approx::MoreThan, "190件"), "broken");
    assert_eq!(with("30%", Approx::Near, "58件"), "holds");
    assert_eq!(with("30%", Approx::Near, "62件"), "undecided");
    assert_eq!(with("30%", Approx::Near, "70件"), "broken");
    assert_eq!(with("50%", Approx::About, "108件"), "holds");
    assert_eq!(with("50%", Approx::About, "114件"), "undecided");
    assert_eq!(with("50%", Approx::About, "140件"), "broken");
}

#[test]
fn words_of_approximation_widen_a_figure() {
    let with = |stated: &str, approx| {
        let mut sample = Sample::new();
        let figure = sample.figure(stated, FigureClass::Count);
        sample.figure_mut(figure).stated.as_mut().expect("a value").approx = approx;
        sample.relate_to(
            figure,
            RelationKind::Sum,
            Cue::Explicit,
            Formula::Sum,
            &["300件", "190件"],
        );
        sample.audit().judgements[0].verdict.name()
    };
    assert_eq!(with("500件", Approx::About), "holds");
    assert_eq!(with("500件", Approx::Near), "holds");
    assert_eq!(with("500件", Approx::MoreThan), "undecided");
    assert_eq!(with("480件", Approx::Over), "holds");
    assert_eq!(with("490件", Approx::Exact), "holds");
    assert_eq!(with("400件", Approx::Over), "holds", "400余件 is fewer than 500");
    assert_eq!(with("460件", Approx::Over), "undecided", "460余件 is fewer than 470");
    assert_eq!(with("500件", Approx::Exact), "broken");
}

#[test]
fn a_complaint_needs_all_readings_to_fail() {
    let judged = |second: &[&str]| {
        let mut sample = Sample::new();
        let total = sample.figure("9件", FigureClass::Count);
        sample.relate_to(total, RelationKind::Sum, Cue::Explicit, Formula::Sum, &["4件", "4件"]);
        sample.relate_to(total, RelationKind::Sum, Cue::Explicit, Formula::Sum, second);
        let other = sample.ledger.relations.pop().expect("two");
        sample.ledger.relations[0].readings.extend(other.readings);
        let audit = sample.audit();
        (audit.judgements[0].verdict.name(), audit.judgements[0].reading)
    };
    assert_eq!(judged(&["4件", "5件"]), ("holds", 1));
    assert_eq!(judged(&["4件", "6件"]), ("broken", 0));
    assert_eq!(judged(&[]), ("undecided", 1));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Changing one figure of two consistent partitions breaks exactly the relations that hold it, and the old value is
    /// among the repairs.
    #[test]
    fn planted_errors_are_found_and_placed(
        by_kind in prop::collection::vec(1_u32..500, 2..6),
        cut in 1_u32..500,
        slot in 0_usize..8,
        wrong in 1_u32..900,
    ) {
        let total: u32 = by_kind.iter().sum();
        let by_unit = [cut.min(total - 1), total - cut.min(total - 1)];
        let mut values: Vec<u32> = vec![total];
        values.extend(&by_kind);
        values.extend(by_unit);
        let slot = slot % values.len();
        let right = values[slot];
        prop_assume!(wrong != right);
        values[slot] = wrong;
        let mut sample = Sample::new();
        let figures: Vec<_> = values.iter().map(|v| sample.figure(&format!("{v}件"), FigureClass::Count)).collect();
        let (kinds, units) = figures[1..].split_at(by_kind.len());
        sample.tie(RelationKind::Sum, Cue::Explicit, Formula::Sum, figures[0], kinds);
        sample.tie(RelationKind::Sum, Cue::Explicit, Formula::Sum, figures[0], units);
        let audit = sample.audit();
        let broken: Vec<bool> = audit.judgements.iter().map(|j| j.verdict == Verdict::Broken).collect();
        let in_kinds = slot <= by_kind.len();
        prop_assert_eq!(broken, vec![in_kinds, slot == 0 || !in_kinds]);
        prop_assert_eq!(audit.findings.iter().filter(|f| f.relation.is_some()).count(), if slot == 0 { 2 } else { 1 });
        let old = format!("{right}件");
        for finding in audit.findings.iter().filter(|f| f.relation.is_some()) {
            let named = finding.repairs.iter().any(|r| r.to == old && r.at == sample.ledger.figures[slot].span);
            // The list is capped; the old value stands in it wherever there was room, for it is no negative figure.
            prop_assert!(named || finding.repairs.len() == MOST_REPAIRS, "{:?}", finding.repairs);
        }
    }
}
