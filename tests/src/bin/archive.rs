//! `archive N DIR [--seed S]`: writes N generated circulars under DIR, and `truth.jsonl` with what is planted in each.
#![allow(clippy::disallowed_methods, reason = "a tool of the tests that makes files")]
#![allow(clippy::print_stderr, reason = "its only message is how it is used")]

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gouji_tests::archive::generate;

const USAGE: &str = "usage: archive N DIR [--seed S]";

fn main() -> ExitCode {
    let Some((n, dir, seed)) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    match write(n, &dir, seed) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", dir.display());
            ExitCode::FAILURE
        }
    }
}

fn arguments() -> Option<(u64, PathBuf, u64)> {
    let (mut plain, mut seed) = (Vec::new(), 1);
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        if argument == "--seed" {
            seed = arguments.next()?.to_str()?.parse().ok()?;
        } else {
            plain.push(argument);
        }
    }
    let [n, dir] = plain.as_slice() else { return None };
    Some((n.to_str()?.parse().ok()?, PathBuf::from(dir), seed))
}

fn write(n: u64, dir: &Path, seed: u64) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let mut truth = BufWriter::new(fs::File::create(dir.join("truth.jsonl"))?);
    let mut folders = BTreeSet::new();
    for index in 0..n {
        let circular = generate(index, seed);
        let path = dir.join(&circular.path);
        if let Some(folder) = path.parent()
            && folders.insert(folder.to_path_buf())
        {
            fs::create_dir_all(folder)?;
        }
        fs::write(&path, &circular.bytes)?;
        serde_json::to_writer(&mut truth, &circular.truth)?;
        truth.write_all(b"\n")?;
    }
    truth.flush()
}
