//! `golden`: writes what the samples are expected to give anew, and removes what is of samples that have gone: audit objects,
//! the parts of some documents, the text of the sample template.
#![allow(clippy::disallowed_methods, reason = "a tool of the tests that writes files")]
#![allow(clippy::print_stderr, reason = "it says what it could not do")]

use std::collections::BTreeSet;
use std::process::ExitCode;
use std::{fs, io};

use gouji_tests::exploded;
use gouji_tests::golden::{current, expected, pretty};

fn main() -> ExitCode {
    match write() {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// Returns how many samples could not be read.
fn write() -> io::Result<usize> {
    let folder = expected();
    fs::create_dir_all(&folder)?;
    let mut names = BTreeSet::new();
    let mut failed = 0;
    for (name, object) in current() {
        match object {
            Ok(object) => {
                let file = format!("{name}.json");
                fs::write(folder.join(&file), pretty(&object))?;
                names.insert(file);
            }
            Err(reason) => {
                eprintln!("{name}: {reason}");
                failed += 1;
            }
        }
    }
    for entry in fs::read_dir(&folder)? {
        let entry = entry?;
        if !names.contains(&*entry.file_name().to_string_lossy()) {
            fs::remove_file(entry.path())?;
        }
    }
    write_documents().map_err(|error| io::Error::other(error.to_string()))?;
    Ok(failed)
}

fn write_documents() -> Result<(), Box<dyn std::error::Error>> {
    let folder = exploded::folder();
    if folder.is_dir() {
        fs::remove_dir_all(&folder)?;
    }
    for (name, text) in exploded::current()? {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, text)?;
    }
    let path = exploded::template_text();
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    fs::write(path, exploded::composed()?)?;
    Ok(())
}
