//! The program as its users call it: exit statuses, streams, the output folder.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests make and read files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::Value;

const CLEAN: &str = "关于一项工作的通报\n\n全年受理10件，其中：甲类6件、乙类4件。\n";
const WRONG: &str = "关于一项工作的通报\n\n全年受理10件，其中：甲类6件、乙类5件。\n";

fn gouji(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.current_dir(dir).args(args);
    for name in ["LC_ALL", "LC_MESSAGES", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("LANG", "en_US.UTF-8");
    command
}

fn run(dir: &Path, args: &[&str]) -> Output {
    gouji(dir, args).output().unwrap()
}

fn status(dir: &Path, args: &[&str]) -> i32 {
    run(dir, args).status.code().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn with_files(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = dir.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    dir
}

/// A folder `in` of `n` circulars.
fn archive(n: usize) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..n {
        let folder = dir.path().join("in").join(format!("{}", i % 4));
        fs::create_dir_all(&folder).unwrap();
        let (a, b) = (i + 3, i * 2 + 1);
        let total = a + b + usize::from(i % 5 == 0);
        let text = format!(
            "关于第{}期检查情况的通报\n\n各科室：\n一、总体情况\n共受理{total}件，其中：甲类{a}件、乙类{b}件。\n",
            i + 1
        );
        fs::write(folder.join(format!("{i:03}.txt")), text).unwrap();
    }
    dir
}

/// Every file below a folder with its bytes.
fn contents(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

fn lines(bytes: &[u8]) -> Vec<Value> {
    text(bytes)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn the_exit_status_is_0_1_or_2() {
    let dir = with_files(&[
        ("clean.txt", CLEAN.as_bytes()),
        ("wrong.txt", WRONG.as_bytes()),
        ("empty.txt", b""),
    ]);
    let dir = dir.path();
    assert_eq!(status(dir, &["audit", "clean.txt"]), 0);
    assert_eq!(status(dir, &["audit", "wrong.txt"]), 1);
    assert_eq!(status(dir, &["audit", "wrong.txt", "--fail-on", "never"]), 0);
    assert_eq!(status(dir, &["audit", "wrong.txt", "empty.txt"]), 2);
    assert_eq!(status(dir, &["audit", "none.txt"]), 2);
    assert_eq!(status(dir, &["audit"]), 2);
    assert_eq!(status(dir, &["audit", "--format", "none", "clean.txt"]), 2);
    assert_eq!(status(dir, &["run", "clean.txt", "--out", "o1"]), 0);
    assert_eq!(status(dir, &["run", "wrong.txt", "--out", "o2"]), 1);
    assert_eq!(
        status(dir, &["run", "wrong.txt", "--out", "o2", "--fail-on", "never"]),
        0
    );
    assert_eq!(status(dir, &["parse", "wrong.txt"]), 0);
    assert_eq!(status(dir, &["explain", "no-such-rule"]), 2);
    assert_eq!(status(dir, &["--help"]), 0);
    assert_eq!(status(dir, &["--version"]), 0);
}

#[test]
fn data_goes_to_standard_output_and_all_else_to_standard_error() {
    let dir = with_files(&[
        ("a/wrong.txt", WRONG.as_bytes()),
        ("a/empty.txt", b""),
        ("a/notes.pdf", b"%PDF"),
    ]);
    let output = run(dir.path(), &["audit", "--format", "json", "a"]);
    let objects = lines(&output.stdout);
    assert_eq!(objects.len(), 1);
    assert_eq!(objects[0]["schema"], "gouji/1");
    assert_eq!(objects[0]["source"]["path"], "wrong.txt");
    let broken: Vec<&Value> = objects[0]["relations"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|relation| relation["verdict"] == "broken")
        .collect();
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0]["kind"], "sum");
    let messages = text(&output.stderr);
    assert!(messages.contains("gouji: empty.txt: "), "{messages}");
    assert!(messages.contains("1 documents read, 1 failed"), "{messages}");
    assert!(messages.contains(".pdf 1"), "{messages}");
    let quiet = run(dir.path(), &["audit", "-q", "--format", "json", "a"]);
    assert_eq!(quiet.stdout, output.stdout);
    assert_eq!(text(&quiet.stderr).lines().count(), 1, "only the failure is named");
}

#[test]
fn a_file_is_called_as_given_and_standard_input_is_a_dash() {
    let dir = with_files(&[("a/b/clean.txt", CLEAN.as_bytes())]);
    let path = |args: &[&str]| lines(&run(dir.path(), args).stdout)[0]["source"]["path"].clone();
    assert_eq!(path(&["parse", "a/b/clean.txt"]), "a/b/clean.txt");
    assert_eq!(path(&["parse", "./a"]), "b/clean.txt");
    let absolute = dir.path().join("a/b/clean.txt");
    assert_eq!(path(&["parse", absolute.to_str().unwrap()]), "clean.txt");
    let mut child = gouji(dir.path(), &["audit", "--format", "json", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(WRONG.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(lines(&output.stdout)[0]["source"]["path"], "-");
}

#[test]
fn every_format_is_what_it_says() {
    let dir = with_files(&[("wrong.txt", WRONG.as_bytes()), ("empty.txt", b"")]);
    let out = |format: &str| run(dir.path(), &["audit", "--format", format, "wrong.txt", "empty.txt"]).stdout;
    let sarif: Value = serde_json::from_slice(&out("sarif")).unwrap();
    assert_eq!(sarif["version"], "2.1.0");
    assert_eq!(sarif["runs"][0]["results"].as_array().unwrap().len(), 1);
    let junit = out("junit");
    assert!(text(&junit).starts_with("<?xml"));
    assert!(text(&junit).contains("<failure"));
    let plain = out("text");
    assert!(text(&plain).contains("wrong.txt"));
    assert!(!text(&plain).contains('\u{1b}'), "no colour where nobody sees it");
    let colored = run(dir.path(), &["audit", "--color", "always", "wrong.txt"]).stdout;
    assert!(text(&colored).contains('\u{1b}'));
}

#[test]
fn messages_follow_the_language() {
    let dir = with_files(&[("wrong.txt", WRONG.as_bytes())]);
    let output = run(dir.path(), &["--lang", "zh", "audit", "wrong.txt"]);
    assert!(text(&output.stderr).contains("读取1份，失败0份"));
    assert!(text(&output.stdout).contains("必错"));
    let output = gouji(dir.path(), &["audit", "wrong.txt"])
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .unwrap();
    assert!(text(&output.stderr).contains("读取1份"));
    let json = |lang: &str| run(dir.path(), &["--lang", lang, "audit", "--format", "json", "wrong.txt"]).stdout;
    assert_eq!(json("zh"), json("en"), "a record does not depend on the language");
}

#[test]
fn the_output_folder_is_the_same_on_one_thread_and_on_two_and_when_run_again() {
    let dir = archive(30);
    for (threads, out) in [("1", "one"), ("2", "two"), ("2", "one")] {
        let output = run(dir.path(), &["--threads", threads, "run", "in", "--out", out]);
        assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    }
    let one = contents(&dir.path().join("one"));
    assert!(one == contents(&dir.path().join("two")));
    let paths: Vec<Value> = lines(&one[Path::new("records.jsonl")])
        .into_iter()
        .map(|object| object["source"]["path"].clone())
        .collect();
    assert_eq!(paths.len(), 30);
    assert!(paths.is_sorted_by(|a, b| a.as_str() < b.as_str()));
    for path in paths {
        let docx = format!("docx/{}.docx", path.as_str().unwrap());
        assert!(one.contains_key(Path::new(&docx)), "{docx}");
    }
    for name in ["report.html", "findings.xlsx", "gouji.sqlite", "failures.jsonl"] {
        assert!(one.contains_key(Path::new(name)), "{name}");
    }
    let here = dir.path().to_str().unwrap().as_bytes();
    for (path, bytes) in &one {
        let named = bytes.windows(here.len()).any(|window| window == here);
        assert!(!named, "{} holds a path of this machine", path.display());
    }
}

#[test]
fn a_killed_run_goes_on_and_ends_in_the_same_bytes() {
    let dir = archive(60);
    run(dir.path(), &["run", "in", "--out", "whole"]);
    // Killed three times, each time a little further on.
    for docx in [5, 20, 40] {
        let mut child = gouji(dir.path(), &["--threads", "2", "run", "in", "--out", "cut"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let written = || {
            let folder = dir.path().join("cut/docx");
            if folder.exists() { contents(&folder).len() } else { 0 }
        };
        while written() < docx && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let last = run(dir.path(), &["run", "in", "--out", "cut"]);
    assert_eq!(last.status.code(), Some(1), "{}", text(&last.stderr));
    assert!(contents(&dir.path().join("whole")) == contents(&dir.path().join("cut")));
    let again = run(dir.path(), &["run", "in", "--out", "cut"]);
    assert!(text(&again.stderr).contains("60 taken over from an earlier run"));
}

#[test]
fn one_bad_file_stops_nothing_and_is_named() {
    let dir = with_files(&[
        ("in/a.txt", CLEAN.as_bytes()),
        ("in/b.docx", b"PK\x03\x04 no package"),
        ("in/c.txt", b"\n\n"),
        ("in/d.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("in/e.zip", b"no archive"),
        ("in/f.txt", CLEAN.as_bytes()),
    ]);
    let output = run(dir.path(), &["run", "in", "--out", "out"]);
    assert_eq!(output.status.code(), Some(2));
    let out = contents(&dir.path().join("out"));
    assert_eq!(lines(&out[Path::new("records.jsonl")]).len(), 2);
    let failures = lines(&out[Path::new("failures.jsonl")]);
    let failed: Vec<&str> = failures.iter().map(|f| f["path"].as_str().unwrap()).collect();
    assert_eq!(failed, ["b.docx", "c.txt", "d.xlsx", "e.zip"]);
    for name in failed {
        assert!(text(&output.stderr).contains(&format!("gouji: {name}: ")));
    }
}

#[test]
fn an_archive_is_read_in_place_and_its_names_stay_inside_the_folder() {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["通报/一.txt", "../../evil.txt", "通报/一.TXT", "con.txt", "notes.log"] {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(CLEAN.as_bytes()).unwrap();
    }
    let zip = zip.finish().unwrap().into_inner();
    let dir = with_files(&[("in/x.zip", &zip)]);
    let output = run(dir.path(), &["run", "in", "--out", "deep/out"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let all = contents(dir.path());
    let docx: BTreeSet<String> = all
        .keys()
        .filter(|path| path.extension().is_some_and(|extension| extension == "docx"))
        .map(|path| path.to_str().unwrap().to_owned())
        .collect();
    assert_eq!(docx.len(), 4);
    assert!(
        docx.iter().all(|path| path.starts_with("deep/out/docx/x.zip/")),
        "{docx:?}"
    );
    assert!(docx.contains("deep/out/docx/x.zip/evil.txt.docx"), "{docx:?}");
    let paths: Vec<Value> = lines(&all[Path::new("deep/out/records.jsonl")])
        .into_iter()
        .map(|object| object["source"]["path"].clone())
        .collect();
    assert_eq!(
        paths,
        [
            "x.zip/con.txt",
            "x.zip/evil.txt",
            "x.zip/通报/一.TXT",
            "x.zip/通报/一.txt"
        ]
    );
}

#[test]
fn sources_are_never_overwritten() {
    let dir = with_files(&[("in/a.txt", CLEAN.as_bytes()), ("mine/report.html", b"mine")]);
    assert_eq!(status(dir.path(), &["run", "in", "--out", "in"]), 2);
    assert_eq!(status(dir.path(), &["run", "in", "--out", "mine"]), 2);
    assert_eq!(fs::read(dir.path().join("mine/report.html")).unwrap(), b"mine");
    assert_eq!(contents(&dir.path().join("in")).len(), 1);
}

#[test]
fn a_record_becomes_a_docx_that_is_read_again() {
    let dir = with_files(&[("a.txt", CLEAN.as_bytes())]);
    let record = run(dir.path(), &["parse", "a.txt"]).stdout;
    fs::write(dir.path().join("a.json"), &record).unwrap();
    let output = run(dir.path(), &["compose", "a.json", "-o", "a.docx"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let direct = run(dir.path(), &["compose", "a.json", "-o", "-"]).stdout;
    assert_eq!(direct, fs::read(dir.path().join("a.docx")).unwrap());
    let again = lines(&run(dir.path(), &["parse", "a.docx"]).stdout);
    assert_eq!(again[0]["circular"]["meta"]["title"], "关于一项工作的通报");
    assert_eq!(status(dir.path(), &["compose", "none.json", "-o", "b.docx"]), 2);
    assert_eq!(status(dir.path(), &["compose", "a.txt", "-o", "b.docx"]), 2);
    assert!(!dir.path().join("b.docx").exists());
}

#[test]
fn a_reader_who_has_seen_enough_is_no_error() {
    let dir = archive(40);
    let mut child = gouji(dir.path(), &["audit", "--format", "json", "in"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(text(&output.stderr), "");
}

#[test]
fn rules_are_listed_and_each_is_explained() {
    let dir = tempfile::tempdir().unwrap();
    let output = run(dir.path(), &["rules"]);
    let names: Vec<&str> = text(&output.stdout)
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(names.len() > 20, "{names:?}");
    // One process each would be slow: the first, one in the middle and the last.
    for name in [names[0], names[names.len() / 2], names[names.len() - 1]] {
        for lang in ["zh", "en"] {
            let page = run(dir.path(), &["--lang", lang, "explain", name]);
            assert_eq!(page.status.code(), Some(0));
            assert!(text(&page.stdout).starts_with(name));
        }
    }
    let schema: Value = serde_json::from_slice(&run(dir.path(), &["schema"]).stdout).unwrap();
    assert!(schema["$defs"]["AuditObject"].is_object());
    let script = run(dir.path(), &["completions", "bash"]).stdout;
    assert!(text(&script).contains("_gouji"));
}

/// Code hosts and editors know a file by its way from the working folder, however many inputs are named.
#[test]
fn reports_name_a_file_as_the_working_folder_knows_it() {
    let dir = with_files(&[("in/sub/a.txt", WRONG.as_bytes()), ("in2/b.txt", CLEAN.as_bytes())]);
    for inputs in [&["in"][..], &["in", "in2"], &["./in/sub/a.txt"]] {
        let of = |format: &str| {
            let args = [&["audit", "--format", format], inputs].concat();
            text(&run(dir.path(), &args).stdout).to_owned()
        };
        let sarif: Value = serde_json::from_str(&of("sarif")).unwrap();
        let location = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(location["artifactLocation"]["uri"], "in/sub/a.txt", "{inputs:?}");
        assert!(of("text").contains(" in/sub/a.txt:"), "{inputs:?}");
        assert!(of("junit").contains("\"in/sub/a.txt\""), "{inputs:?}");
    }
    // Records keep theirs.
    let json = run(dir.path(), &["audit", "--format", "json", "in"]).stdout;
    assert_eq!(lines(&json)[0]["source"]["path"], "sub/a.txt");
}

#[test]
fn a_broken_configuration_is_an_error_of_every_command_that_takes_documents() {
    let dir = with_files(&[("in/a.txt", CLEAN.as_bytes()), ("bad.toml", b"form = \"letter\"")]);
    let commands: [&[&str]; 4] = [
        &["audit", "in"],
        &["parse", "in"],
        &["run", "in", "--out", "out"],
        &["annotate", "in", "--out", "copies"],
    ];
    for command in commands {
        assert_eq!(status(dir.path(), command), 0, "{command:?}");
        let named = [command, &["--config", "bad.toml"]].concat();
        let done = run(dir.path(), &named);
        assert_eq!(done.status.code(), Some(2), "{command:?}");
        assert!(
            text(&done.stderr).contains("`form` belongs under [house]"),
            "{command:?}"
        );
        assert!(done.stdout.is_empty());
    }
    fs::copy(dir.path().join("bad.toml"), dir.path().join("gouji.toml")).unwrap();
    for command in commands {
        assert_eq!(status(dir.path(), command), 2, "{command:?}");
    }
}

#[test]
fn what_no_reader_takes_is_listed_and_fails_nothing() {
    let dir = with_files(&[
        ("in/a.txt", CLEAN.as_bytes()),
        ("in/b.pdf", b"%PDF-1.7"),
        ("in/c.log", b"x"),
    ]);
    assert_eq!(status(dir.path(), &["run", "in", "--out", "out"]), 0);
    let failures = lines(&fs::read(dir.path().join("out/failures.jsonl")).unwrap());
    assert_eq!(failures.len(), 1);
    assert_eq!(failures[0]["path"], "b.pdf");
    assert_eq!(failures[0]["cause"], "unsupported");
    assert!(
        fs::read_to_string(dir.path().join("out/report.html"))
            .unwrap()
            .contains("b.pdf")
    );
}

#[test]
fn what_the_program_wrote_below_a_folder_is_no_source_until_somebody_changes_it() {
    let dir = with_files(&[("in/a.txt", CLEAN.as_bytes()), ("in/b.txt", WRONG.as_bytes())]);
    let at = |path: &str| dir.path().join(path);
    assert_eq!(
        status(
            dir.path(),
            &["annotate", "in", "--out", "in/copies", "--fail-on", "never"]
        ),
        0
    );
    assert_eq!(
        status(dir.path(), &["run", "in", "--out", "in/first", "--fail-on", "never"]),
        0
    );
    let sources = |out: &str, input: &str| -> Vec<String> {
        let done = run(dir.path(), &["run", input, "--out", out, "--fail-on", "never"]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        let records = lines(&fs::read(at(out).join("records.jsonl")).unwrap());
        let path = |record: &Value| record["source"]["path"].as_str().unwrap().to_owned();
        records.iter().map(path).collect()
    };
    assert_eq!(sources("out", "in"), ["a.txt", "b.txt"]);
    // Two copies; two docx of the run, its page, its workbook, its records, its failures and its database.
    let told = lines(&fs::read(at("out/failures.jsonl")).unwrap());
    let told: Vec<(&str, &str)> = told
        .iter()
        .map(|failure| (failure["path"].as_str().unwrap(), failure["cause"].as_str().unwrap()))
        .collect();
    assert_eq!(told, [("copies", "own-output"), ("first", "own-output")]);
    let said = run(dir.path(), &["audit", "in", "--fail-on", "never"]);
    let said = text(&said.stderr);
    assert!(
        said.contains("2 documents read, 0 failed, 9 files that gouji wrote before passed over (in copies and 1 more)"),
        "{said}"
    );
    // A copy that somebody has worked on is a source, and so is what somebody put beside it.
    let copy = fs::read(at("in/copies/b.txt.docx")).unwrap();
    fs::write(at("in/copies/b.txt.docx"), [copy.as_slice(), b"\0"].concat()).unwrap();
    fs::write(at("in/copies/c.txt"), CLEAN).unwrap();
    assert_eq!(
        sources("out", "in"),
        ["a.txt", "b.txt", "copies/b.txt.docx", "copies/c.txt"]
    );
    // A folder that the call names is read whatever is in it, and a run may share it with copies.
    assert_eq!(sources("of-copies", "in/copies"), ["a.txt.docx", "b.txt.docx", "c.txt"]);
    assert_eq!(status(dir.path(), &["annotate", "in/a.txt", "--out", "shared"]), 0);
    assert_eq!(sources("shared", "in/a.txt"), ["in/a.txt"]);
    // But not take the place of what somebody else has there.
    assert_eq!(status(dir.path(), &["annotate", "in/a.txt", "--out", "theirs"]), 0);
    fs::write(at("theirs/findings.xlsx"), "theirs").unwrap();
    assert_eq!(status(dir.path(), &["run", "in/a.txt", "--out", "theirs"]), 2);
}
