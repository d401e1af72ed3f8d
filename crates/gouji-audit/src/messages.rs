//! What every rule says, one example each, to be read as a person reads it: `snapshots/messages.snap` lists them.
//!
//! The examples are the sentences that the rules' own tests expect, so that none is written twice.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::rules;

/// Strings in a rule's tests that begin with a severity, in order.
fn expected(source: &str) -> Vec<&str> {
    let tests = source.split("#[cfg(test)]").nth(1).unwrap_or("");
    let mut out = Vec::new();
    for severity in ["error ", "warning ", "note "] {
        out.extend(tests.match_indices(&format!("\"{severity}")).filter_map(|(at, _)| {
            let text = &tests[at + 1..];
            text.find('"').map(|end| (at, &text[..end]))
        }));
    }
    out.sort_unstable();
    let mut seen = Vec::new();
    for (_, text) in out {
        if !seen.contains(&text) {
            seen.push(text);
        }
    }
    seen
}

#[test]
fn every_rule_says_something_that_can_be_read() {
    let mut listing = String::new();
    let mut said: BTreeMap<String, &str> = BTreeMap::new();
    for rule in rules::ALL {
        let messages = expected(rule.doc);
        assert!(!messages.is_empty(), "{}: its tests expect no sentence", rule.name);
        writeln!(listing, "{}", rule.name).expect("a string");
        for message in messages {
            let (severity, text) = message.split_once(' ').expect("a severity before it");
            writeln!(listing, "    {severity}: {text}").expect("a string");
            assert!(!text.ends_with(['。', '；', '，']), "{}: {text}", rule.name);
            assert!(
                !text.contains("  ") && !text.contains("（（（") && !text.contains("，，"),
                "{}: {text}",
                rule.name
            );
            // Two rules that say the same are one rule.
            let other = said.insert(text.to_owned(), rule.name);
            assert!(
                other.is_none_or(|other| other == rule.name),
                "{other:?} says it too: {text}"
            );
        }
    }
    insta::assert_snapshot!("messages", listing);
}
