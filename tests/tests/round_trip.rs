//! What is written is read back as it was meant: every sample and generated circulars, element by element, finding by finding.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the samples")]

use std::collections::BTreeMap;
use std::path::PathBuf;

use gouji_batch::analyse;
use gouji_report::{AuditObject, CircularRecord};
use gouji_standard::House;
use gouji_tests::archive::generate;
use gouji_tests::dressed::dress;
use gouji_tests::lines::lines;
use gouji_write::{Options, Writer};

/// Generated circulars that are written and read.
const GENERATED: u64 = 90;
/// Generated circulars that are dressed, written and read.
const DRESSED: u64 = 240;
/// Rules about what stands around the circular and is not written.
const ABOUT_THE_SOURCE: [&str; 1] = ["text-injected"];

/// The findings by rule, severity and figures; punctuation may have been widened.
fn findings(object: &AuditObject) -> BTreeMap<String, usize> {
    let mut out = BTreeMap::new();
    for finding in &object.findings {
        let relation = finding.relation.and_then(|idx| object.relations.get(idx));
        // A docx has no formulas: what one of a workbook says of its cell cannot come back.
        let by_formula = relation.is_some_and(|r| r.rule.starts_with("formula-"));
        if by_formula || ABOUT_THE_SOURCE.contains(&finding.rule.as_str()) {
            continue;
        }
        let figure = |text: &Option<String>| text.as_deref().map(plain).unwrap_or_default();
        let (stated, expected) = (figure(&finding.stated), figure(&finding.expected));
        let line = format!("{} {:?} {stated} → {expected}", finding.rule, finding.severity);
        *out.entry(line).or_insert(0) += 1;
    }
    out
}

fn plain(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            '，' => ',',
            '；' => ';',
            '：' => ':',
            other => other,
        })
        .collect()
}

/// What differs, for people.
fn difference(before: &[String], after: &[String]) -> String {
    let gone = before.iter().filter(|l| !after.contains(l)).map(|l| format!("- {l}"));
    let new = after.iter().filter(|l| !before.contains(l)).map(|l| format!("+ {l}"));
    gone.chain(new).collect::<Vec<_>>().join("\n")
}

/// What is wrong with the round trip of a document; nothing if all is well.
fn trip(path: &str, bytes: &[u8], writer: &Writer) -> Option<String> {
    let source = analyse(path, bytes).expect("a document");
    let docx = writer.write(&source.circular).expect("a package in memory");
    let (written, _) = writer.normalise(&source.circular);
    let back = analyse("written.docx", &docx).expect("a docx");
    let mut wrong = String::new();
    let (before, after) = (lines(&written), lines(&back.circular));
    if before != after {
        wrong = difference(&before, &after);
        if wrong.is_empty() {
            wrong = format!("another order: {before:#?}\n{after:#?}");
        }
    }
    let (before, after) = (findings(&source.object), findings(&back.object));
    if before != after {
        wrong += &format!("\nfindings {before:#?} → {after:#?}");
    }
    (!wrong.is_empty()).then(|| format!("{path}\n{wrong}"))
}

#[test]
fn every_sample_comes_back() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../samples");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| {
            let end = name.rsplit_once('.').map(|(_, end)| end);
            end.is_some_and(|end| !["md", "json", "py", "zip"].contains(&end))
        })
        .collect();
    names.sort();
    assert!(names.len() > 30);
    for options in [
        Options::default(),
        Options {
            keep_text: true,
            ..Options::default()
        },
    ] {
        let writer = Writer::new(options);
        let wrong: Vec<String> = names
            .iter()
            .filter_map(|name| trip(name, &std::fs::read(folder.join(name)).unwrap(), &writer))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    }
}

#[test]
fn generated_circulars_come_back() {
    let writer = Writer::new(Options::default());
    let wrong: Vec<String> = (0..GENERATED)
        .map(|index| generate(index, 7))
        .filter_map(|made| trip(&made.path, &made.bytes, &writer))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// In both forms, by houses that seal and that do not: element by element; the findings are those of the text as generated, and
/// what was read is written to the same bytes again.
#[test]
fn circulars_in_full_dress_come_back() {
    let house = House {
        sealed: true,
        ..House::default()
    };
    let writers = [House::default(), house].map(|house| {
        Writer::new(Options {
            house,
            ..Options::default()
        })
    });
    let (mut wrong, mut turned) = (Vec::new(), 0);
    for index in 0..DRESSED {
        let made = generate(index, 11);
        let source = analyse(&made.path, &made.bytes).unwrap();
        let dressed = dress(&source.circular, index);
        let writer = &writers[usize::from(index % 2 == 1)];
        let docx = writer.write(&dressed).unwrap();
        let (written, _) = writer.normalise(&dressed);
        let back = analyse("written.docx", &docx).unwrap();
        let (before, after) = (lines(&written), lines(&back.circular));
        let mut told = String::new();
        if before != after {
            told = difference(&before, &after);
        }
        let (before, after) = (with_figures(&source.object), with_figures(&back.object));
        if before != after {
            told += &format!("\nfindings {before:#?} → {after:#?}");
        }
        if told.is_empty() && writer.write(&back.circular).unwrap() != docx {
            told = "another docx the second time".to_owned();
        }
        turned += usize::from(dressed.tables.iter().any(|table| table.header.len() >= 10));
        if !told.is_empty() {
            wrong.push(format!("{index} {}\n{told}", made.path));
        }
    }
    assert!(wrong.is_empty(), "{} of {DRESSED}\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(turned > 30, "{turned} with wide tables");
}

/// The findings that rest on figures.
fn with_figures(object: &AuditObject) -> BTreeMap<String, usize> {
    let mut only = object.clone();
    only.findings.retain(|finding| finding.relation.is_some());
    findings(&only)
}

#[test]
fn every_record_comes_back() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("records");
    let writer = Writer::new(Options::default());
    let mut n = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        n += 1;
        let record: CircularRecord = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        let circular = record.to_circular().unwrap();
        let (written, _) = writer.normalise(&circular);
        let back = analyse("written.docx", &writer.write(&circular).unwrap()).unwrap();
        let (before, mut after) = (lines(&written), lines(&back.circular));
        // The period is read out of the text; a record may leave it out.
        after.retain(|line| !line.starts_with("period: ") || before.contains(line));
        let before: Vec<String> = before
            .into_iter()
            .filter(|line| !line.starts_with("period: ") || after.contains(line))
            .collect();
        assert!(before == after, "{}\n{}", path.display(), difference(&before, &after));
    }
    assert!(n > 1);
}
