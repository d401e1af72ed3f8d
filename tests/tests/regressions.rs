//! Inputs that once broke something, and a few fresh ones of each kind.
//!
//! `regressions/TARGET/NAME.EXTENSION` holds an input cut to the smallest that showed the fault, named for what it proves.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests read the regressions"
)]

use std::fs;
use std::path::Path;

use gouji_tests::fuzz::{Corpus, Target, input, probe};

/// Fresh cases of each target. A debug build is slow; `just fuzz` makes many.
const FRESH: u64 = 12;

#[test]
fn no_fault_comes_back() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("regressions");
    let mut wrong = Vec::new();
    for folder in fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()) {
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap().to_owned();
        let target = Target::named(&name).unwrap_or_else(|| panic!("{name} is no target"));
        for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if let Err(what) = probe(target, &fs::read(&file).unwrap()) {
                wrong.push(format!("{}: {what}", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn fresh_damage_breaks_nothing() {
    let corpus = Corpus::load().unwrap();
    for target in Target::ALL {
        for case in 0..FRESH {
            let bytes = input(target, &corpus, 2, case);
            if let Err(what) = probe(target, &bytes) {
                panic!("{target} --seed 2 --case {case}: {what}");
            }
        }
    }
}
