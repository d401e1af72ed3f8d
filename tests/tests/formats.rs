//! A circular gives the same record and the same verdicts in whatever format it comes, whoever saved it.
#![allow(clippy::unwrap_used, reason = "a failed reading fails the test")]

use gouji_batch::analyse;
use gouji_tests::archive::{renditions, traditional_renditions};
use serde_json::{Value, json};

/// Circulars written in every format.
const GENERATED: u64 = 40;

/// What must be equal: the record without its quotes and places, the judged relations, the findings.
fn essence(name: &str, bytes: &[u8]) -> Value {
    let done = analyse(name, bytes).unwrap_or_else(|cause| panic!("{name}: {cause}"));
    let object = serde_json::to_value(&done.object).unwrap();
    let chosen = |list: &Value, keys: &[&str]| -> Vec<String> {
        let mut lines: Vec<String> = list
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| keys.iter().map(|key| format!("{} ", entry[*key])).collect())
            .collect();
        lines.sort();
        lines
    };
    let circular = &object["circular"];
    let tables: Vec<Value> = circular["tables"]
        .as_array()
        .unwrap()
        .iter()
        .map(|table| json!([table["caption"], table["header"], table["rows"]]))
        .collect();
    json!({
        "meta": circular["meta"],
        "sections": sections(&circular["sections"]),
        "tables": tables,
        "facts": chosen(&circular["facts"], &["channel", "measure", "by", "name", "value", "unit", "period"]),
        "attachments": chosen(&circular["attachments"], &["number", "title"]),
        "signature": circular["signature"],
        "relations": chosen(&object["relations"], &["kind", "verdict", "stated", "operands", "expected", "rule"]),
        "findings": chosen(&object["findings"], &["rule", "severity", "stated", "expected"]),
    })
}

fn sections(list: &Value) -> Vec<Value> {
    let of = |section: &Value| {
        json!([
            section["level"],
            section["label"],
            section["title"],
            section["body"],
            sections(&section["sections"])
        ])
    };
    list.as_array()
        .map(|list| list.iter().map(of).collect())
        .unwrap_or_default()
}

/// Files that say the same, each under its name.
type Renditions = Vec<(&'static str, Vec<u8>)>;

/// Compares what each of the renditions gives with the first; how many relations and findings there were.
fn compared(of: fn(u64, u64) -> Renditions) -> (usize, usize) {
    let (mut n_relations, mut n_findings) = (0, 0);
    let mut wrong = Vec::new();
    for index in 0..GENERATED {
        let written = of(index, 5);
        let (first, rest) = written.split_first().unwrap();
        let expected = essence(first.0, &first.1);
        n_relations += expected["relations"].as_array().unwrap().len();
        n_findings += expected["findings"].as_array().unwrap().len();
        for (name, bytes) in rest {
            let found = essence(name, bytes);
            for (key, value) in expected.as_object().unwrap() {
                if found[key] != *value {
                    wrong.push(format!("{index} {name} {key}:\n  {value}\n  {}", found[key]));
                }
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} differences\n{}",
        wrong.len(),
        wrong[..wrong.len().min(12)].join("\n")
    );
    (n_relations, n_findings)
}

#[test]
fn every_format_and_producer_gives_the_same_record_and_verdicts() {
    let (n_relations, n_findings) = compared(renditions);
    assert!(
        n_relations > 300 && n_findings > 10,
        "{n_relations} relations, {n_findings} findings"
    );
}

#[test]
fn traditional_characters_give_the_same_in_unicode_and_in_big5() {
    let (n_relations, _) = compared(traditional_renditions);
    assert!(n_relations > 50, "{n_relations} relations");
}
