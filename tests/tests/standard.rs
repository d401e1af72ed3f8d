//! The standard as data: each value of it is written, listed with its clause, and bounds what a finding may be called.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the sources")]

use std::fs;
use std::path::{Path, PathBuf};

use gouji_batch::rule_infos;
use gouji_report::{Lang, Severity};
use gouji_standard::{PROVISIONS, Status, Strength};

/// Values that others are made of: the ranges of a house's own choices.
const RANGES: [&str; 3] = ["MARK_SIZES", "RULE_WEIGHTS", "PLAIN_ATTACHMENT_TITLE"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// All sources below a folder, one after the other.
fn sources(folder: &Path, out: &mut String) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let inside = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices(word)
        .any(|(at, _)| !text[..at].ends_with(inside) && !text[at + word.len()..].starts_with(inside))
}

#[test]
fn each_value_is_written_and_stands_with_its_clause() {
    let standard = root().join("crates/gouji-standard/src");
    let provisions = fs::read_to_string(standard.join("provisions.rs")).unwrap();
    let mut writer = String::new();
    sources(&root().join("crates/gouji-write/src"), &mut writer);
    // What a house may choose has its usual value there; the writer reads the house.
    let house = fs::read_to_string(standard.join("house.rs")).unwrap();
    let mut n = 0;
    for file in ["elements.rs", "letter.rs", "page.rs"] {
        let text = fs::read_to_string(standard.join(file)).unwrap();
        for name in text.lines().filter_map(|line| line.strip_prefix("pub const ")) {
            let name = name.split(':').next().unwrap();
            if name.starts_with("fn ") || RANGES.contains(&name) {
                continue;
            }
            n += 1;
            assert!(has_word(&provisions, name), "{file}: {name} has no clause");
            // What follows from other values needs no reader of its own: the writer reads those.
            let followed = text.matches(name).count() > 1 || has_word(&house, name) || has_word(&writer, name);
            assert!(followed, "{file}: {name} is not written");
        }
    }
    assert!(n > 60, "{n}");
}

/// Clauses that a rule names as its source: `GB/T 9704-2012 §7.2.5 and §7.3.5`.
fn clauses(source: &str) -> Vec<&str> {
    let lines = source
        .lines()
        .filter(|line| line.starts_with("//!") && line.contains("GB/T 9704-2012 §"));
    lines
        .flat_map(|line| line.split('§').skip(1))
        .map(|rest| {
            let end = rest
                .find(|c: char| !(c.is_ascii_digit() || c == '.'))
                .unwrap_or(rest.len());
            rest[..end].trim_end_matches('.')
        })
        .collect()
}

#[test]
fn no_rule_is_graver_than_its_clause() {
    let gravest = |strength: Strength| match strength {
        Strength::Required => Severity::Error,
        Strength::Recommended => Severity::Warning,
        Strength::Practice | Strength::Derived => Severity::Note,
    };
    let mut n = 0;
    for rule in rule_infos(Lang::En) {
        let file = rule.name.replace('-', "_");
        let families = fs::read_dir(root().join("crates/gouji-audit/src/rules")).unwrap();
        let path = families
            .map(|family| family.unwrap().path().join(format!("{file}.rs")))
            .find(|path| path.is_file())
            .unwrap_or_else(|| panic!("{} has no file", rule.name));
        let source = fs::read_to_string(path).unwrap();
        let cited = clauses(&source);
        if cited.is_empty() {
            continue;
        }
        n += 1;
        // A clause stands for those below it.
        let within = |its: &str, clause: &str| its == clause || its.starts_with(&format!("{clause}."));
        let provisions = |clause: &str| {
            PROVISIONS
                .iter()
                .filter(|p| within(p.clause, clause))
                .collect::<Vec<_>>()
        };
        for clause in &cited {
            assert!(
                !provisions(clause).is_empty(),
                "{}: §{clause} is no provision",
                rule.name
            );
        }
        let bound = cited
            .iter()
            .flat_map(|clause| provisions(clause))
            .map(|p| gravest(p.strength))
            .max();
        assert!(
            Some(rule.severity) <= bound,
            "{}: {:?} by {cited:?}",
            rule.name,
            rule.severity
        );
    }
    assert!(n >= 5, "{n} rules cite the standard");
}

#[test]
fn nothing_is_left_open() {
    for provision in PROVISIONS {
        assert_ne!(
            provision.status,
            Status::Open,
            "{} {}",
            provision.clause,
            provision.text
        );
    }
    // Each numbered clause of the standard has its row.
    for clause in [
        "3.1",
        "3.2",
        "4",
        "5.1",
        "5.2.1",
        "5.2.2",
        "5.2.3",
        "5.2.4",
        "6.1–6.3",
        "7.2.1",
        "7.2.2",
        "7.2.3",
        "7.2.4",
        "7.2.5",
        "7.2.6",
        "7.2.7",
        "7.3.1",
        "7.3.2",
        "7.3.3",
        "7.3.4",
        "7.3.5.1",
        "7.3.5.2",
        "7.3.5.3",
        "7.3.5.4",
        "7.3.5.5",
        "7.3.6",
        "7.3.7",
        "7.4.1",
        "7.4.2",
        "7.4.3",
        "7.5",
        "8",
        "9",
        "10.1",
        "10.2",
        "10.3",
        "11",
    ] {
        assert!(PROVISIONS.iter().any(|p| p.clause == clause), "§{clause}");
    }
}
