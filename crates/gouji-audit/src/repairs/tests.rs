use gouji_ledger::{Cue, RelationKind};

use super::*;
use crate::model::Audit;
use crate::sample::Sample;

fn repairs(audit: &Audit, finding: usize) -> Vec<String> {
    audit.findings[finding]
        .repairs
        .iter()
        .map(|r| format!("{}→{} {:?}", r.from, r.to, r.cause))
        .collect()
}

#[test]
fn any_part_or_the_total_may_be_wrong() {
    let mut sample = Sample::new();
    sample.relate(
        RelationKind::Sum,
        Cue::Explicit,
        Formula::Sum,
        "954件",
        &["712件", "231件", "10件"],
    );
    assert_eq!(
        repairs(&sample.audit(), 0),
        [
            "954件→953件 DigitSlip",
            "712件→713件 DigitSlip",
            "231件→232件 DigitSlip",
            "10件→11件 DigitSlip"
        ]
    );
}

#[test]
fn a_total_that_another_partition_confirms_is_left_alone() {
    let mut sample = Sample::new();
    let total = sample.relate(RelationKind::Sum, Cue::Explicit, Formula::Sum, "20件", &["12件", "9件"]);
    sample.relate_to(total, RelationKind::Sum, Cue::Explicit, Formula::Sum, &["15件", "5件"]);
    assert_eq!(
        repairs(&sample.audit(), 0),
        ["12件→11件 DigitSlip", "9件→8件 DigitSlip"]
    );
}

#[test]
fn the_cell_where_a_broken_row_and_column_cross_comes_first() {
    let mut sample = Sample::new();
    let cross = sample.figure("8", gouji_ledger::FigureClass::Count);
    let a = sample.figure("3", gouji_ledger::FigureClass::Count);
    let b = sample.figure("4", gouji_ledger::FigureClass::Count);
    let row = sample.figure("10", gouji_ledger::FigureClass::Count);
    let column = sample.figure("11", gouji_ledger::FigureClass::Count);
    sample.tie(RelationKind::TableTotal, Cue::Explicit, Formula::Sum, row, &[cross, a]);
    sample.tie(
        RelationKind::TableTotal,
        Cue::Explicit,
        Formula::Sum,
        column,
        &[cross, b],
    );
    let audit = sample.audit();
    assert_eq!(repairs(&audit, 0)[0], "8→7 DigitSlip");
    assert_eq!(repairs(&audit, 1)[0], "8→7 DigitSlip");
}

fn of_rate(rate: &str, part: &str, whole: &str) -> Vec<String> {
    let mut sample = Sample::new();
    let formula = Formula::Ratio { scale: 100 };
    sample.relate(RelationKind::Ratio, Cue::Explicit, formula, rate, &[part, whole]);
    repairs(&sample.audit(), 0)
}

#[test]
fn a_rate_is_corrected_as_the_circular_rounds_and_only_so() {
    let found = of_rate("6.4%", "7件", "131件");
    assert!(found.contains(&"6.4%→5.3% Other".to_owned()), "{found:?}");
    let of_the_rate = found.iter().filter(|r| r.starts_with("6.4%→")).count();
    assert_eq!(of_the_rate, 1, "{found:?}");
}

#[test]
fn the_rate_comes_before_the_second_value_of_a_count_and_before_far_ranges() {
    let found = of_rate("17%", "7件", "413件");
    let at = found.iter().position(|r| r.starts_with("17%→2%"));
    assert!(at.is_some_and(|at| at < 3), "{found:?}");
    assert!(!found.iter().any(|r| r.contains('～')), "{found:?}");
    // One near what is printed is told.
    let near = of_rate("31.7%", "1288件", "3877件");
    assert!(near.iter().any(|r| r.contains('～')), "{near:?}");
}

#[test]
fn a_count_of_running_text_is_not_made_none() {
    let found = of_rate("0.1%", "4件", "600件");
    assert!(!found.iter().any(|r| r.starts_with("4件→0件")), "{found:?}");
}

#[test]
fn exceptions_taken_off_twice() {
    let mut sample = Sample::new();
    sample.complement("96.00%", "400件", "8件");
    assert_eq!(
        repairs(&sample.audit(), 0),
        [
            "96.00%→98.00% DoubleDeduction",
            "400件→200件 DigitSlip",
            "8件→16件 Other"
        ]
    );
}

#[test]
fn a_long_column_names_only_its_total() {
    let cells: Vec<&str> = vec!["1"; 200];
    let mut sample = Sample::new();
    sample.relate(RelationKind::TableTotal, Cue::Explicit, Formula::Sum, "201", &cells);
    assert_eq!(repairs(&sample.audit(), 0), ["201→200 DigitSlip"]);
}
