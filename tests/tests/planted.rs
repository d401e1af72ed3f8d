//! Planted errors: in a generated archive what is planted is found, and what is consistent is left alone.
#![allow(clippy::unwrap_used, reason = "tests")]

use gouji_batch::analyse;
use gouji_report::{AuditObject, Verdict};
use gouji_tests::archive::generate;

const SEED: u64 = 7;
const N: u64 = 150;

#[test]
fn planted_errors_are_found_and_consistent_circulars_left_alone() {
    let (mut planted, mut missed) = (0, Vec::new());
    let (mut clean, mut alarmed) = (0, Vec::new());
    for index in 0..N {
        let circular = generate(index, SEED);
        let object = analyse(&circular.path, &circular.bytes).unwrap().object;
        match circular.truth.planted.first() {
            Some(error) => {
                planted += 1;
                if !complains_of(&object, &error.printed) {
                    missed.push(format!("{}: {} (was {})", circular.path, error.printed, error.was));
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
    assert!(planted > 30 && clean > 60);
    assert!(
        alarmed.is_empty(),
        "{} false alarms in {clean} consistent circulars:\n{}",
        alarmed.len(),
        alarmed.join("\n")
    );
    let found = planted - missed.len();
    assert!(
        found * 100 >= planted * FOUND_PERCENT,
        "{found} of {planted} found; missed:\n{}",
        missed.join("\n")
    );
}

/// Least share of planted errors found by a relation that holds the figure itself; it only ever rises.
const FOUND_PERCENT: usize = 87;

fn is_wrong(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Broken | Verdict::Infeasible)
}

/// Digits and point of a figure, so that `1,250件` and `1250` are one.
fn number(printed: &str) -> String {
    printed.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect()
}

/// Whether a relation that does not hold states the figure or is held against it.
fn complains_of(object: &AuditObject, figure: &str) -> bool {
    let figure = number(figure);
    object
        .relations
        .iter()
        .filter(|relation| is_wrong(relation.verdict))
        .any(|relation| {
            std::iter::once(&relation.stated)
                .chain(&relation.operands)
                .any(|printed| number(printed) == figure)
        })
}
