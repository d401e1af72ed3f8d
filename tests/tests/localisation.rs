//! Where an error stands: with one figure of a consistent circular changed, the figure as it was is among the repairs named.
#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "tests say what they measured")]

use std::collections::BTreeMap;

use gouji_batch::analyse;
use gouji_report::{AuditObject, FindingRecord, Verdict};
use gouji_tests::archive::{Error, generate};

const SEED: u64 = 11;
const N: u64 = 500;

/// Least share of the found errors whose true figure is named, in permille; it only ever rises.
const NAMED_PERMILLE: usize = 990;
/// Fewest relations that, all broken by one figure, leave it alone on the list.
const TELLING: usize = 3;

/// Digits and point of a figure, so that `1,250件` and `1250` are one.
fn number(surface: &str) -> String {
    surface.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect()
}

/// The findings that a change of figures could mend.
fn broken(object: &AuditObject) -> Vec<&FindingRecord> {
    let is_broken = |r: usize| object.relations[r].verdict == Verdict::Broken;
    let findings = object.findings.iter();
    findings.filter(|f| f.relation.is_some_and(is_broken)).collect()
}

/// Whether the relation of a finding holds the figure.
fn refers(object: &AuditObject, finding: &FindingRecord, printed: &str) -> bool {
    let relation = finding.relation.map(|r| &object.relations[r]);
    relation.is_some_and(|r| {
        let mut figures = std::iter::once(&r.stated).chain(&r.operands);
        figures.any(|figure| number(figure) == number(printed)) || r.quote.contains(printed)
    })
}

/// Place of the figure as it was in a list of repairs, with the cause named.
fn named<'f>(findings: &[&'f FindingRecord], error: &Error) -> Option<(usize, &'f str)> {
    let is = |from: &str, to: &str| {
        let within = match to.split_once('～') {
            // A range: in between, digit for digit, where both ends are as long.
            Some((low, high)) => {
                let (low, high, was) = (number(low), number(high), number(&error.was));
                let key = |s: &str| (s.split('.').next().unwrap_or("").len(), s.to_owned());
                key(&low) <= key(&was) && key(&was) <= key(&high)
            }
            None => number(to) == number(&error.was),
        };
        number(from) == number(&error.printed) && within
    };
    let places = findings.iter().filter_map(|finding| {
        let place = finding.repairs.iter().position(|r| is(&r.from, &r.to))?;
        Some((place, finding.repairs[place].cause.as_str()))
    });
    places.min()
}

/// How many figures a list names.
fn figures(finding: &FindingRecord) -> usize {
    let mut spans: Vec<[usize; 2]> = finding.repairs.iter().map(|r| r.span).collect();
    spans.sort_unstable();
    spans.dedup();
    spans.len()
}

#[test]
fn the_figure_as_it_was_is_among_the_repairs() {
    let (mut found, mut listed, mut first) = (0, 0, 0);
    let (mut telling, mut alone) = (0, 0);
    let mut causes: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut missing = Vec::new();
    for index in 0..N {
        let circular = generate(index, SEED);
        let Some(error) = circular.truth.planted.first() else {
            continue;
        };
        let object = analyse(&circular.path, &circular.bytes).unwrap().object;
        // Where the figure was read into no relation, nothing can be said of it.
        let findings: Vec<&FindingRecord> = broken(&object)
            .into_iter()
            .filter(|f| refers(&object, f, &error.printed))
            .collect();
        if findings.is_empty() {
            continue;
        }
        found += 1;
        let messages: Vec<&str> = findings.iter().map(|f| f.message.as_str()).collect();
        let place = named(&findings, error);
        let line = format!(
            "{}: {}, {} was {}\n    {}",
            circular.path,
            error.operator,
            error.printed,
            error.was,
            messages.join("\n    ")
        );
        let Some((place, cause)) = place else {
            missing.push(line);
            continue;
        };
        listed += 1;
        first += usize::from(place == 0);
        *causes.entry((error.operator, cause.to_owned())).or_default() += 1;
        if findings.len() >= TELLING {
            telling += 1;
            let only = findings.iter().any(|f| figures(f) == 1);
            alone += usize::from(only);
            if !only {
                println!("{line}");
            }
        }
    }
    println!("{found} found, {listed} named, {first} of them first; {alone} of {telling} in three relations alone");
    println!("{causes:#?}\n{}", missing.join("\n"));
    assert!(found > 100);
    assert!(
        listed * 1000 >= found * NAMED_PERMILLE,
        "{listed} of {found} named; not:\n{}",
        missing.join("\n")
    );
    for (operator, cause) in [
        ("digit-doubled", "digit-count"),
        ("digit-dropped", "digit-count"),
        ("digit-replaced", "digit-slip"),
    ] {
        // A slip may happen to give the figure of a neighbour; that is told then.
        let other = causes
            .keys()
            .find(|(o, c)| *o == operator && c != cause && c != "copied-neighbour");
        assert_eq!(other, None, "{operator} is told by its cause");
    }
    assert_eq!(alone, telling, "a figure in three relations is told from the others");
}

/// The list does not depend on anything but the circular.
#[test]
fn repairs_are_always_alike() {
    for index in 0..40 {
        let circular = generate(index, SEED);
        let [first, second] = [0, 1].map(|_| analyse(&circular.path, &circular.bytes).unwrap().object);
        for (a, b) in first.findings.iter().zip(&second.findings) {
            assert_eq!(a.repairs, b.repairs, "{}", circular.path);
        }
    }
}
