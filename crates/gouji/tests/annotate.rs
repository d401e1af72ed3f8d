//! `gouji annotate` as its users call it.
#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    reason = "tests make and read files"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const CLEAN: &str = "关于一项工作的通报\n\n全年受理10件，其中：甲类6件、乙类4件。\n";
const WRONG: &str = "关于一项工作的通报\n\n全年受理10件，其中：甲类6件、乙类5件。\n";

fn run(dir: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_gouji"));
    command.current_dir(dir).args(args);
    command
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .env("LANG", "en_US.UTF-8");
    command.output().unwrap()
}

#[test]
fn the_status_and_the_streams_are_those_of_every_command() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("clean.txt"), CLEAN).unwrap();
    fs::write(dir.path().join("wrong.txt"), WRONG).unwrap();
    let status = |args: &[&str]| run(dir.path(), args).status.code();
    assert_eq!(status(&["annotate", "clean.txt", "--out", "one"]), Some(0));
    assert!(dir.path().join("one/clean.txt.docx").exists());
    let both = run(dir.path(), &["annotate", "clean.txt", "wrong.txt", "--out", "two"]);
    assert_eq!(both.status.code(), Some(1));
    assert!(both.stdout.is_empty());
    let said = String::from_utf8(both.stderr).unwrap();
    assert!(said.ends_with("2 copies written, 1 comment\n"), "{said}");
    assert_eq!(
        status(&["annotate", "wrong.txt", "--out", "two", "--fail-on", "never"]),
        Some(0)
    );
    assert_eq!(
        status(&["annotate", "none.txt", "wrong.txt", "--out", "three"]),
        Some(2)
    );
    assert!(dir.path().join("three/wrong.txt.docx").exists(), "the others are done");
    // What was annotated may be annotated again, but not onto itself.
    assert_eq!(status(&["annotate", "two/wrong.txt.docx", "--out", "four"]), Some(1));
    assert_eq!(status(&["annotate", "two", "--out", "two"]), Some(2));
    // A folder that cannot be written is named.
    fs::write(dir.path().join("file"), "").unwrap();
    for command in ["annotate", "run"] {
        let refused = run(dir.path(), &[command, "clean.txt", "--out", "file", "--lang", "zh"]);
        assert_eq!(refused.status.code(), Some(2));
        let said = String::from_utf8(refused.stderr).unwrap();
        assert!(
            said.ends_with("gouji: file: 无法写入输出文件夹：同名的文件已经存在，它不是文件夹\n"),
            "{said}"
        );
    }
    fs::copy(dir.path().join("two/wrong.txt.docx"), dir.path().join("own.docx")).unwrap();
    let before = fs::read(dir.path().join("own.docx")).unwrap();
    assert_eq!(status(&["annotate", "own.docx", "--out", "."]), Some(2));
    assert!(fs::read(dir.path().join("own.docx")).unwrap() == before);
}
