//! Planted errors: in a generated archive what is planted is found, and what is consistent is left alone.
#![allow(clippy::unwrap_used, reason = "tests")]

use gouji_batch::analyse;
use gouji_report::{AuditObject, Verdict};
use gouji_tests::archive::generate;

const SEED: u64 = 7;
const N: u64 = 150;

#[test]
fn planted_errors_are_found_and_consistent_circulars_left_alone() {
    let (mut planted, mut found) = (0, 0);
    let (mut clean, mut alarmed) = (0, Vec::new());
    let (mut stated, mut held) = (0, 0);
    for index in 0..N {
        let circular = generate(index, SEED);
        let object = analyse(&circular.path, &circular.bytes).unwrap().object;
        stated += circular.truth.relations;
        held += object
            .relations
            .iter()
            .filter(|relation| relation.verdict == Verdict::Holds)
            .count();
        match circular.truth.planted.first() {
            Some(error) => {
                planted += 1;
                if complains_of(&object, &error.printed) {
                    found += 1;
                } else {
                    println!("missed: {} {} (was {})", circular.path, error.printed, error.was);
                }
            }
            None => {
                clean += 1;
                for relation in object.relations.iter().filter(|relation| is_wrong(relation.verdict)) {
                    alarmed.push(format!("{}: {} {}", circular.path, relation.rule, relation.quote));
                }
            }
        }
    }
    println!(
        "{found} of {planted} planted errors found, {} alarms in {clean} consistent circulars",
        alarmed.len()
    );
    println!("{held} relations hold where {stated} are stated");
    assert!(planted > 30 && clean > 60);
    assert!(alarmed.is_empty(), "false alarms:\n{}", alarmed.join("\n"));
    assert!(found * 100 >= planted * FOUND_PERCENT, "{found} of {planted} found");
}

/// Least share of planted errors found; it only ever rises.
const FOUND_PERCENT: usize = 90;

fn is_wrong(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Broken | Verdict::Infeasible)
}

/// Whether a relation that does not hold is about the figure.
fn complains_of(object: &AuditObject, figure: &str) -> bool {
    object
        .relations
        .iter()
        .filter(|relation| is_wrong(relation.verdict))
        .any(|relation| relation.quote.contains(figure))
}
