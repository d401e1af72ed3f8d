//! Each sample gives the audit object that is kept for it. After a change that is meant, `just golden` writes them
//! anew; its diff is part of the change.
#![allow(clippy::disallowed_methods, reason = "tests read the samples")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use gouji_tests::exploded;
use gouji_tests::golden::{current, differences, expected};

#[test]
fn every_sample_gives_its_expected_audit_object() {
    let mut wrong = Vec::new();
    let mut names = BTreeSet::new();
    for (name, got) in current() {
        let path = expected().join(format!("{name}.json"));
        names.insert(format!("{name}.json"));
        match (fs::read_to_string(&path), got) {
            (_, Err(reason)) => wrong.push(format!("{name}: cannot be read: {reason}")),
            (Err(_), _) => wrong.push(format!("{name}: nothing is expected of it yet")),
            (Ok(text), Ok(got)) => {
                let kept = serde_json::from_str(&text).expect("an expected object is JSON");
                let lines = differences(&kept, &got);
                if !lines.is_empty() {
                    wrong.push(format!("{name}:\n    {}", lines.join("\n    ")));
                }
            }
        }
    }
    assert!(names.len() > 20, "the samples are found");
    for entry in fs::read_dir(expected()).expect("the folder of expected objects") {
        let file = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if !names.contains(&file) {
            wrong.push(format!("{file}: its sample has gone"));
        }
    }
    assert!(
        wrong.is_empty(),
        "{} samples differ from what is expected (`just golden` writes it anew):\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// All files below a folder, by their paths in it.
fn files(folder: &Path, within: &str, out: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let entry = entry.expect("an entry");
        let name = format!("{within}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            files(&entry.path(), &format!("{name}/"), out);
        } else {
            out.insert(name, fs::read_to_string(entry.path()).expect("a text"));
        }
    }
}

#[test]
fn every_part_is_as_it_was() {
    let mut kept = BTreeMap::new();
    files(&exploded::folder(), "", &mut kept);
    let now = exploded::current().expect("the samples can be written");
    let names = |all: &BTreeMap<String, String>| all.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&kept), names(&now));
    for (name, text) in &now {
        for (idx, (old, new)) in kept[name].lines().zip(text.lines()).enumerate() {
            assert_eq!(old, new, "{name}, line {}", idx + 1);
        }
        assert_eq!(kept[name].len(), text.len(), "{name}");
    }
}

#[test]
fn the_sample_template_gives_its_text() {
    let kept = fs::read_to_string(exploded::template_text()).expect("the text is kept");
    assert_eq!(exploded::composed().expect("the sample can be filled"), kept);
}
