//! The expected audit objects of the samples: `samples/expected/NAME.json`, one a sample.
//!
//! Pretty-printed, so that a change shows as a diff that a person can judge. The list of all figures is left out: it
//! repeats every number of the sample, and what matters of it shows in relations, facts and coverage. So are the
//! excerpts of findings, which only show their quotes again.

use std::collections::BTreeSet;
use std::error::Error;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use gouji_batch::{Analysed, Input, analyse_each, list};
use serde_json::Value;

/// Differences shown of one sample.
const MAX_SHOWN: usize = 12;

/// The folder of the samples.
#[must_use]
pub fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../samples")
}

/// The folder of the expected audit objects.
#[must_use]
pub fn expected() -> PathBuf {
    samples().join("expected")
}

/// The audit object of each sample by the sample's name, as it is now; `Err` says why a sample could not be read. What lies in
/// archives is left out: it shows how archives are walked.
///
/// # Panics
/// If no thread can be started.
#[must_use]
pub fn current() -> Vec<(String, Result<Value, String>)> {
    let listing = list(&[Input::Path(samples())], None);
    let mut objects = Vec::new();
    let threads = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
    let all = analyse_each(
        &listing,
        threads,
        for_people,
        |entry, object| -> Result<(), Box<dyn Error>> {
            if entry.path.contains(".zip/") {
                return Ok(());
            }
            let object = object.map_err(|cause| cause.to_string());
            objects.push((entry.path.clone(), object.and_then(|object| object)));
            Ok(())
        },
    );
    all.expect("a thread can be started");
    objects
}

fn for_people(done: Analysed) -> Result<Value, String> {
    let mut object = serde_json::to_value(done.object).map_err(|error| error.to_string())?;
    if let Some(object) = object.as_object_mut() {
        object.remove("figures");
        let findings = object.get_mut("findings").and_then(Value::as_array_mut);
        for finding in findings.into_iter().flatten() {
            if let Some(finding) = finding.as_object_mut() {
                finding.remove("excerpts");
            }
        }
    }
    Ok(object)
}

/// As it stands in the file.
#[must_use]
pub fn pretty(object: &Value) -> String {
    format!("{object:#}\n")
}

/// Where two JSON values differ: a line for each place, `path: expected → got`; empty if they are equal.
#[must_use]
pub fn differences(expected: &Value, got: &Value) -> Vec<String> {
    let mut out = Vec::new();
    compare(String::new(), expected, got, &mut out);
    let n = out.len();
    if n > MAX_SHOWN {
        out.truncate(MAX_SHOWN);
        out.push(format!("and {} more", n - MAX_SHOWN));
    }
    out
}

fn compare(path: String, expected: &Value, got: &Value, out: &mut Vec<String>) {
    match (expected, got) {
        (Value::Object(a), Value::Object(b)) => {
            let keys: BTreeSet<&String> = a.keys().chain(b.keys()).collect();
            for key in keys {
                let (a, b) = (a.get(key), b.get(key));
                compare(
                    format!("{path}.{key}"),
                    a.unwrap_or(&Value::Null),
                    b.unwrap_or(&Value::Null),
                    out,
                );
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            for (idx, (a, b)) in a.iter().zip(b).enumerate() {
                compare(format!("{path}[{idx}]"), a, b, out);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            // One element more or less would make all that follow differ: say which are on one side only.
            for (side, these, those) in [("gone", a, b), ("new", b, a)] {
                for element in these.iter().filter(|element| !those.contains(element)) {
                    out.push(format!("{path}: {side} {}", short(element)));
                }
            }
            if a.iter().all(|element| b.contains(element)) && b.iter().all(|element| a.contains(element)) {
                out.push(format!("{path}: {} elements, not {}", b.len(), a.len()));
            }
        }
        (a, b) if a == b => {}
        (a, b) => out.push(format!("{path}: {} → {}", short(a), short(b))),
    }
}

fn short(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(160) {
        Some((cut, _)) => format!("{}…", &text[..cut]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn differences_name_their_places() {
        let old = json!({"a": [1, 2], "b": {"c": "x"}, "d": null});
        assert!(differences(&old, &old).is_empty());
        let new = json!({"a": [1, 3], "b": {"c": "y"}, "e": 1});
        assert_eq!(
            differences(&old, &new),
            [".a[1]: 2 → 3", ".b.c: \"x\" → \"y\"", ".e: null → 1"]
        );
    }

    #[test]
    fn a_list_that_grew_shows_only_what_is_new() {
        assert_eq!(differences(&json!([1, 3]), &json!([1, 2, 3])), [": new 2"]);
        assert_eq!(differences(&json!([1, 2]), &json!([2])), [": gone 1"]);
        assert_eq!(differences(&json!([1, 1]), &json!([1])), [": 1 elements, not 2"]);
    }
}
