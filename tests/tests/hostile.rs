//! Documents that mean harm cost themselves and nothing else: small ones here, at full size in `just hostile`.
#![allow(clippy::disallowed_methods, clippy::unwrap_used, reason = "tests write a folder")]

use std::fs;
use std::num::NonZeroUsize;
use std::path::Path;

use gouji_batch::{Input, RunOptions, run};
use gouji_report::Lang;
use gouji_tests::hostile::{CANARY, CANARY_FILE, Outcome, Size, cases};

/// What the limit for unpacked bytes is for cannot be made small; that limit has its own test where it stands.
const FULL_SIZE_ONLY: [&str; 1] = ["bomb.zip"];
const SOUND: &str = "关于检查情况的通报\n全年受理10件，其中：甲类6件、乙类4件。\n";

/// Lines of `records.jsonl` and of `failures.jsonl`.
fn done(input: &Path, out: &Path) -> (Vec<serde_json::Value>, Vec<serde_json::Value>) {
    let options = RunOptions {
        threads: NonZeroUsize::new(2).unwrap(),
        lang: Lang::En,
        write: gouji_write::Options::default(),
        fresh: false,
        annotate: false,
    };
    let summary = run(&[Input::Path(input.to_owned())], out, &options, &mut |_| {}).unwrap();
    let lines = |name: &str| -> Vec<serde_json::Value> {
        let text = fs::read_to_string(out.join(name)).unwrap();
        assert!(!text.contains(CANARY), "{name} holds the canary");
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let (records, failures) = (lines("records.jsonl"), lines("failures.jsonl"));
    assert_eq!(summary.failures.len(), failures.len());
    (records, failures)
}

fn under<'a>(lines: &'a [serde_json::Value], pointer: &str, name: &str) -> Vec<&'a serde_json::Value> {
    let inside = format!("{name}/");
    let named = |line: &&serde_json::Value| {
        let path = line.pointer(pointer).and_then(|path| path.as_str()).unwrap();
        path == name || path.starts_with(&inside)
    };
    lines.iter().filter(named).collect()
}

#[test]
fn each_hostile_document_costs_itself_only() {
    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("a/b/in"), dir.path().join("a/b/out"));
    fs::create_dir_all(&input).unwrap();
    fs::write(input.join("sound.txt"), SOUND).unwrap();
    for folder in [dir.path(), &dir.path().join("a/b")] {
        fs::write(folder.join(CANARY_FILE), CANARY).unwrap();
    }
    let cases: Vec<_> = cases()
        .into_iter()
        .filter(|case| !FULL_SIZE_ONLY.contains(&case.name))
        .collect();
    for case in &cases {
        fs::write(input.join(case.name), (case.make)(Size::Small)).unwrap();
    }
    let (records, failures) = done(&input, &out);
    let mut wrong = Vec::new();
    for case in &cases {
        let read = under(&records, "/source/path", case.name);
        let refused = under(&failures, "/path", case.name);
        if refused.iter().any(|line| line.to_string().contains("internal error")) {
            wrong.push(format!("{}: {refused:?}", case.name));
        }
        let as_expected = match case.outcome {
            Outcome::Read => refused.is_empty() && !read.is_empty(),
            Outcome::Refused => !refused.is_empty(),
            Outcome::Ends => true,
        };
        if !as_expected {
            wrong.push(format!("{}: {} records, failures {refused:?}", case.name, read.len()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(under(&records, "/source/path", "sound.txt").len(), 1);
    // No path of an archive led out of the output folder, or into the input.
    for folder in [
        dir.path().to_owned(),
        dir.path().join("a"),
        dir.path().join("a/b"),
        input,
    ] {
        for entry in fs::read_dir(folder).unwrap() {
            let name = entry.unwrap().file_name();
            assert!(!name.to_string_lossy().contains("escaped"), "{name:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn pipes_devices_loops_and_what_may_not_be_read_stop_nothing() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let dir = tempfile::tempdir().unwrap();
    let (input, out) = (dir.path().join("in"), dir.path().join("out"));
    fs::create_dir_all(input.join("folder")).unwrap();
    fs::write(input.join("sound.txt"), SOUND).unwrap();
    fs::write(input.join("folder/inner.txt"), SOUND).unwrap();
    let piped = std::process::Command::new("mkfifo")
        .arg(input.join("pipe.txt"))
        .status();
    let piped = piped.is_ok_and(|status| status.success());
    symlink("/dev/zero", input.join("device.txt")).unwrap();
    symlink("/dev/zero", input.join("device.zip")).unwrap();
    symlink(&input, input.join("folder/loop")).unwrap();
    symlink("folder", input.join("again")).unwrap();
    symlink("gone.txt", input.join("dangling.txt")).unwrap();
    symlink("itself.txt", input.join("itself.txt")).unwrap();
    let shut = input.join("shut.txt");
    fs::write(&shut, SOUND).unwrap();
    fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
    // Permissions do not bind every user.
    let denied = fs::read(&shut).is_err();

    let (records, failures) = done(&input, &out);
    let paths = |lines: &[serde_json::Value], pointer: &str| -> Vec<String> {
        lines
            .iter()
            .map(|line| line.pointer(pointer).unwrap().as_str().unwrap().to_owned())
            .collect()
    };
    let mut read = vec!["folder/inner.txt", "sound.txt"];
    let mut refused = vec!["dangling.txt", "device.txt", "device.zip", "itself.txt"];
    if piped {
        refused.push("pipe.txt");
    }
    if denied {
        refused.push("shut.txt");
    } else {
        read.insert(1, "shut.txt");
    }
    assert_eq!(paths(&records, "/source/path"), read);
    assert_eq!(paths(&failures, "/path"), refused);
}
