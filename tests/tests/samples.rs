//! `samples/` and its truth speak of the same files.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests read the samples")]

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::path::PathBuf;

use gouji_batch::{Input, RunError, analyse_each, list};
use gouji_document::Block;
use serde_json::Value;

const KINDS: [&str; 14] = [
    "sum",
    "difference",
    "ratio",
    "share-sum",
    "count",
    "table-total",
    "text-table",
    "repeat",
    "bound",
    "average",
    "change",
    "date",
    "numbering",
    "reference",
];

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../samples")
}

fn truth() -> Vec<Value> {
    serde_json::from_slice(&std::fs::read(folder().join("truth.json")).unwrap()).unwrap()
}

#[test]
fn every_sample_has_its_truth_and_its_line_in_the_readme() {
    let inputs = [
        "txt", "html", "mht", "docx", "docm", "dotx", "doc", "wps", "xlsx", "xlsm", "xlsb", "xls", "et", "ods",
    ];
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.rsplit_once('.').is_some_and(|(_, end)| inputs.contains(&end)))
        .collect();
    let named: BTreeSet<String> = truth().iter().map(|e| e["file"].as_str().unwrap().to_owned()).collect();
    assert_eq!(files, named);
    let readme = std::fs::read_to_string(folder().join("README.md")).unwrap();
    for file in &files {
        assert!(
            readme.contains(&format!("`{file}`")),
            "{file} is not in samples/README.md"
        );
        assert!(
            file.chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-.".contains(c)),
            "{file}"
        );
    }
}

#[test]
fn the_truth_uses_the_kinds_and_verdicts_of_the_contract() {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for entry in truth() {
        let of = |key: &str| entry[key].as_array().unwrap().clone();
        let (findings, rounding, holds) = (of("findings"), of("rounding"), of("holds"));
        assert_eq!(
            entry["silent"].as_bool().unwrap(),
            findings.is_empty(),
            "{}",
            entry["file"]
        );
        for (rows, verdicts) in [
            (&findings, &["broken", "infeasible"][..]),
            (&rounding, &["rounding"]),
            (&holds, &["holds"]),
        ] {
            for row in rows {
                assert!(verdicts.contains(&row["verdict"].as_str().unwrap()), "{row}");
                match row["kind"].as_str() {
                    Some(kind) => assert!(KINDS.contains(&kind), "{row}"),
                    None => assert!(row["rule"].is_string(), "{row}"),
                }
            }
        }
        for row in findings {
            *kinds
                .entry(row["kind"].as_str().unwrap_or("part").to_owned())
                .or_default() += 1;
        }
    }
    // Every kind that the contract has is broken somewhere.
    let missing: Vec<&&str> = KINDS.iter().filter(|kind| !kinds.contains_key(**kind)).collect();
    assert!(missing.is_empty(), "no sample breaks {missing:?}");
}

#[test]
fn an_old_word_document_reads_like_its_docx_twin() {
    let mut n_pairs = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let old = entry.unwrap().path();
        let new = old.with_extension("docx");
        if old.extension().is_none_or(|e| e != "doc") || !new.exists() {
            continue;
        }
        n_pairs += 1;
        let [old, new] = [old, new].map(|path| {
            let name = path.to_str().unwrap().to_owned();
            gouji_read::read(&name, &std::fs::read(path).unwrap()).unwrap()
        });
        assert_eq!(old.value.text, new.value.text);
        assert_eq!(old.value.blocks, new.value.blocks);
        assert_eq!(old.warnings, new.warnings);
    }
    assert!(n_pairs >= 3, "{n_pairs} pairs");
}

#[test]
fn an_archive_is_walked_with_its_names_and_the_archive_inside() {
    let file = "gbk-names-and-nested-archive.zip";
    let listing = list(&[Input::Path(folder().join(file))], None);
    let mut found = Vec::new();
    analyse_each(
        &listing,
        NonZeroUsize::MIN,
        |done| done.object,
        |entry, object| -> Result<(), RunError> {
            let object = object.unwrap();
            found.push((
                entry.path.clone(),
                object.circular.meta.period.unwrap(),
                object.findings.len(),
            ));
            Ok(())
        },
    )
    .unwrap();
    let expected = [
        ("通报/往期.zip/第二季度.txt", "2024Q2", 1),
        ("通报/第一季度.txt", "2024Q1", 0),
    ];
    let expected = expected.map(|(path, period, n)| (format!("{file}/{path}"), period.to_owned(), n));
    assert_eq!(found, expected);
    assert!(listing.failures.is_empty() && listing.skipped.values().sum::<usize>() == 1);
}

/// The cells with what their formulas give, which is how a stale total is told.
#[test]
fn a_workbook_reads_like_its_xlsx_twin_in_every_format() {
    let (mut n_pairs, mut n_calculations) = (0, 0);
    for entry in std::fs::read_dir(folder()).unwrap() {
        let other = entry.unwrap().path();
        let new = other.with_extension("xlsx");
        let is_other = other
            .extension()
            .is_some_and(|e| ["xls", "et", "ods", "xlsm"].iter().any(|other| e == *other));
        if !is_other || !new.exists() {
            continue;
        }
        n_pairs += 1;
        let [found, expected] = [&other, &new].map(|path| {
            let name = path.to_str().unwrap().to_owned();
            let document = gouji_read::read(&name, &std::fs::read(path).unwrap()).unwrap().value;
            (document.text, document.blocks)
        });
        assert_eq!(found, expected, "{}", other.display());
        let cells = found.1.iter().filter_map(|block| match block {
            Block::Table(grid) => Some(&grid.cells),
            Block::Paragraph(_) => None,
        });
        n_calculations += cells.flatten().filter(|cell| cell.calculation.is_some()).count();
    }
    assert!(
        n_pairs >= 6 && n_calculations >= 20,
        "{n_pairs} pairs, {n_calculations} calculations"
    );
}

#[test]
fn samples_of_one_construct_are_read_to_the_letter() {
    let reads = folder().join("../tests/reads");
    let mut n = 0;
    for entry in std::fs::read_dir(reads).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let parsed = gouji_read::read(&name, &std::fs::read(folder().join(&name)).unwrap()).unwrap();
        let document = parsed.value;
        let blocks: Vec<&str> = document.blocks.iter().map(|b| document.quote(b.span())).collect();
        assert_eq!(
            blocks.join("\n") + "\n",
            std::fs::read_to_string(&path).unwrap(),
            "{name}"
        );
        n += 1;
    }
    assert!(n >= 15, "{n} samples");
}
