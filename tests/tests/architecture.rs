//! The house rules that no compiler checks.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the sources")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use toml::{Table, Value};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn manifest(path: &Path) -> Table {
    fs::read_to_string(path).unwrap().parse().unwrap()
}

/// Each crate's manifest by the crate's folder name.
fn crates() -> BTreeMap<String, Table> {
    fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap())
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, manifest(&entry.path().join("Cargo.toml")))
        })
        .collect()
}

/// The row of the table in `docs/architecture.md` that a manifest asks for.
fn row(name: &str, manifest: &Table) -> String {
    let purpose = manifest["package"]["description"].as_str().unwrap();
    let empty = Table::new();
    let dependencies = manifest.get("dependencies").and_then(Value::as_table).unwrap_or(&empty);
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for dependency in dependencies.keys() {
        match dependency.strip_prefix("gouji-") {
            Some(short) => inside.push(short),
            None => outside.push(dependency.as_str()),
        }
    }
    inside.sort_unstable();
    outside.sort_unstable();
    let cell = |names: Vec<&str>| {
        if names.is_empty() {
            "–".to_owned()
        } else {
            names.join(", ")
        }
    };
    format!("| `{name}` | {purpose} | {} | {} |", cell(inside), cell(outside))
}

#[test]
fn the_table_of_crates_says_what_the_manifests_say() {
    let text = fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let mut rows: Vec<&str> = text.lines().filter(|line| line.starts_with("| `gouji")).collect();
    rows.sort_unstable();
    let mut wanted: Vec<String> = crates().iter().map(|(name, manifest)| row(name, manifest)).collect();
    wanted.sort_unstable();
    assert!(
        rows == wanted,
        "docs/architecture.md should have:\n{}",
        wanted.join("\n")
    );
}

#[test]
fn every_member_takes_versions_and_lints_from_the_workspace() {
    let workspace = manifest(&root().join("Cargo.toml"));
    assert_eq!(
        workspace["workspace"]["lints"]["rust"]["unsafe_code"].as_str(),
        Some("forbid")
    );
    let mut members = crates();
    members.insert("tests".to_owned(), manifest(&root().join("tests/Cargo.toml")));
    for (name, manifest) in &members {
        assert_eq!(manifest["lints"]["workspace"].as_bool(), Some(true), "{name}");
        if name != "tests" {
            assert_eq!(manifest["package"]["name"].as_str(), Some(name.as_str()));
        }
        for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(dependencies) = manifest.get(kind).and_then(Value::as_table) else {
                continue;
            };
            for (dependency, value) in dependencies {
                let inherited = value.get("workspace").and_then(Value::as_bool) == Some(true);
                assert!(
                    inherited,
                    "{name}: the version of {dependency} does not come from the workspace"
                );
            }
        }
    }
}

#[test]
fn rules_do_not_parse_text() {
    for parser in ["regex", "aho-corasick", "jieba-rs"] {
        let audit = &crates()["gouji-audit"];
        assert!(audit["dependencies"].get(parser).is_none(), "gouji-audit uses {parser}");
    }
}

#[test]
fn only_two_crates_touch_the_world() {
    for (name, _) in crates() {
        let main = ["lib.rs", "main.rs"]
            .into_iter()
            .find_map(|file| fs::read_to_string(root().join("crates").join(&name).join("src").join(file)).ok())
            .unwrap();
        // At the crate's root; a test module may read its own sources.
        let allowed = main
            .split("#![allow(")
            .skip(1)
            .any(|attribute| attribute.split(')').next().unwrap_or("").contains("disallowed_methods"));
        assert_eq!(allowed, name == "gouji" || name == "gouji-batch", "{name}");
    }
}

/// The pages that say where each construct is shown name tests and samples that are there.
#[test]
fn tests_and_samples_of_the_pages_are_there() {
    fn sources(folder: &Path, out: &mut String) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                sources(&path, out);
            } else if path.extension().is_some_and(|end| end == "rs") {
                out.push_str(&fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut code = String::new();
    sources(&root().join("crates"), &mut code);
    sources(&root().join("tests"), &mut code);
    let (mut n_tests, mut n_files, mut missing) = (0, 0, Vec::new());
    for page in ["docs/readers.md", "docs/writer.md"] {
        let text = fs::read_to_string(root().join(page)).unwrap();
        // Every second piece stands between two marks.
        for name in text.split('`').skip(1).step_by(2) {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
            let is_file = name
                .rsplit_once('.')
                .is_some_and(|(stem, end)| stem.contains('-') && !name.contains('/') && (2..=5).contains(&end.len()));
            let there = if name.matches('_').count() > 2 && name.chars().all(plain) {
                n_tests += 1;
                code.contains(&format!("fn {name}("))
            } else if is_file {
                n_files += 1;
                ["samples", "tests/records"]
                    .iter()
                    .any(|folder| root().join(folder).join(name).exists())
            } else {
                true
            };
            if !there {
                missing.push(format!("{page}: {name}"));
            }
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
    assert!(n_tests > 60 && n_files > 60, "{n_tests} tests, {n_files} files");
}
