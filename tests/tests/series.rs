//! A series of three months that disagree: a base put down with swapped digits, cases lost between two months, a document
//! number used twice, a unit with another name, a section taken over word for word. Held together in the order of their paths and against it.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the samples")]

use std::fmt::Write as _;
use std::path::PathBuf;

use gouji_batch::{SeriesAudit, analyse};

const MONTHS: [&str; 3] = ["2031-02.txt", "2031-03.txt", "2031-04.txt"];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("series")
}

/// What is found as the months come, one finding a line.
fn told(months: &[&str]) -> String {
    let mut series = SeriesAudit::default();
    let mut out = String::new();
    for month in months {
        let bytes = std::fs::read(folder().join(month)).unwrap();
        let mut object = analyse(month, &bytes).unwrap().object;
        assert!(
            object.findings.is_empty(),
            "{month}: alone it is right: {:#?}",
            object.findings
        );
        series.hold(&mut object);
        for finding in &object.findings {
            let line = [
                month,
                finding.severity.name(),
                &finding.rule,
                &finding.place,
                &finding.message,
            ];
            writeln!(out, "{}", line.join(" | ")).unwrap();
        }
    }
    out
}

#[test]
fn months_against_each_other() {
    let expected = std::fs::read_to_string(folder().join("expected.txt")).unwrap();
    assert_eq!(told(&MONTHS), expected);
}

#[test]
fn in_whatever_order_they_come_as_much_is_found() {
    let backwards: Vec<&str> = MONTHS.into_iter().rev().collect();
    let rules = |text: &str| {
        let mut rules: Vec<String> = text
            .lines()
            .map(|l| l.split(" | ").nth(2).unwrap().to_owned())
            .collect();
        rules.sort();
        rules
    };
    assert_eq!(rules(&told(&MONTHS)), rules(&told(&backwards)));
}
