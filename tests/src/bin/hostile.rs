//! `hostile GOUJI [NAME...]`: gives the release build each hostile document at full size, and measures time and memory.
//!
//! Each lies in a folder beside a sound document, which must be in the records whatever becomes of the other. A run that
//! takes longer than [`MAX_SECONDS`] of one core or more than [`MAX_MEGABYTES`] at its peak, ends by a signal or a panic, or tells of
//! a document otherwise than it should, fails the whole. Memory is what Linux says of the process; elsewhere it is not
//! measured.
//!
//! What is refused for its size is tried again smaller and smaller until it is read: the worst that a limit allows is what
//! the limit is judged by.
#![allow(
    clippy::disallowed_methods,
    reason = "a tool of the tests that makes files and takes the time"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is a table")]

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::time::{Duration, Instant};
use std::{fs, io};

use gouji_tests::hostile::{CANARY, CANARY_FILE, Case, Outcome, Size, cases};

const MAX_SECONDS: u64 = 10;
const MAX_MEGABYTES: u64 = 500;
/// After so long a run is ended: the table shall come to its end.
const PATIENCE: Duration = Duration::from_mins(3);
/// How many times smaller a document is made while it is refused for its size.
const PARTS: [usize; 12] = [2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96];
const POLL: Duration = Duration::from_millis(5);
/// Paths and their texts that stand beside each hostile document.
const SOUND: (&str, &str) = (
    "sound.txt",
    "关于检查情况的通报\n全年受理10件，其中：甲类6件、乙类4件。\n",
);

struct Run {
    status: Option<ExitStatus>,
    /// Of the processor, on Linux.
    time: Duration,
    /// Peak of resident memory in megabytes, where it can be known.
    peak: Option<u64>,
}

struct Measured {
    time: Duration,
    peak: Option<u64>,
    /// It was refused for how much it holds.
    too_much: bool,
    /// What is wrong.
    faults: Vec<String>,
}

fn main() -> ExitCode {
    let mut arguments = std::env::args_os().skip(1);
    let Some(gouji) = arguments.next().map(PathBuf::from) else {
        eprintln!("usage: hostile GOUJI [NAME...]");
        return ExitCode::from(2);
    };
    let chosen: Vec<String> = arguments.map(|name| name.to_string_lossy().into_owned()).collect();
    let work = std::env::temp_dir().join(format!("gouji-hostile-{}", std::process::id()));
    let mut n_failed = 0;
    for case in cases() {
        if !chosen.is_empty() && !chosen.iter().any(|name| case.name.contains(name.as_str())) {
            continue;
        }
        for size in [Size::Full].into_iter().chain(PARTS.map(Size::Part)) {
            let tried = trial(&gouji, &work, &case, size);
            let _ = fs::remove_dir_all(&work);
            let name = match size {
                Size::Part(times) => format!("{} / {times}", case.name),
                Size::Full | Size::Small => case.name.to_owned(),
            };
            match tried {
                Ok(Measured {
                    time,
                    peak,
                    too_much,
                    faults,
                }) => {
                    let peak = peak.map_or("?".to_owned(), |peak| peak.to_string());
                    let milliseconds = time.as_millis();
                    let told = if too_much { "refused for its size; " } else { "" };
                    println!(
                        "{name:<44} {milliseconds:>7} ms {peak:>6} MB  {told}{}",
                        faults.join("; ")
                    );
                    n_failed += usize::from(!faults.is_empty());
                    if !too_much || case.outcome == Outcome::Refused {
                        break;
                    }
                }
                Err(error) => {
                    println!("{name:<44} {error}");
                    n_failed += 1;
                    break;
                }
            }
        }
    }
    if n_failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// Runs one case and says what is wrong.
fn trial(gouji: &Path, work: &Path, case: &Case, size: Size) -> io::Result<Measured> {
    let (input, output) = (work.join("in"), work.join("out"));
    fs::create_dir_all(&input)?;
    fs::write(input.join(case.name), (case.make)(size))?;
    fs::write(input.join(SOUND.0), SOUND.1)?;
    fs::write(work.join(CANARY_FILE), CANARY)?;
    let measured = measure(gouji, work, &input, &output)?;
    let mut faults = Vec::new();
    if measured.time > Duration::from_secs(MAX_SECONDS) {
        faults.push("too slow".to_owned());
    }
    if measured.peak.is_some_and(|peak| peak > MAX_MEGABYTES) {
        faults.push("too large".to_owned());
    }
    let read = |name: &str| fs::read_to_string(output.join(name)).unwrap_or_default();
    let (records, failures) = (read("records.jsonl"), read("failures.jsonl"));
    let named = |text: &str| text.contains(&format!("\"path\":\"{}", case.name));
    let too_much = ["too-much", "too-large", "too-many-files", "archive-limit"]
        .iter()
        .any(|cause| failures.contains(&format!("\"cause\":\"{cause}\"")));
    match measured.status.and_then(|status| status.code()) {
        Some(0) if case.outcome == Outcome::Refused => faults.push("it was not refused".to_owned()),
        Some(2) if !named(&failures) => faults.push("status 2, but no failure is named".to_owned()),
        Some(2) if case.outcome == Outcome::Read && !too_much => {
            faults.push(format!("it was refused: {}", failures.trim()))
        }
        Some(0 | 2) => {}
        code => faults.push(format!("ended with {code:?}")),
    }
    if !records.contains("\"path\":\"sound.txt\"") {
        faults.push("the sound document has no record".to_owned());
    }
    if failures.contains("internal error") {
        faults.push(format!("a panic: {}", failures.trim()));
    }
    if records.contains(CANARY) {
        faults.push("the canary was read".to_owned());
    }
    Ok(Measured {
        time: measured.time,
        peak: measured.peak,
        too_much: named(&failures) && too_much,
        faults,
    })
}

fn measure(gouji: &Path, work: &Path, input: &Path, output: &Path) -> io::Result<Run> {
    let gouji = gouji.canonicalize()?;
    let started = Instant::now();
    let mut child = Command::new(gouji)
        .current_dir(work)
        .args([
            "-q",
            "--lang",
            "en",
            "--threads",
            "1",
            "run",
            "--fail-on",
            "never",
            "--out",
        ])
        .args([output, input])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let about = PathBuf::from(format!("/proc/{}", child.id()));
    let (mut peak, mut busy) = (None, None);
    let status = loop {
        peak = high_water(&about).or(peak);
        busy = processor_time(&about).or(busy);
        if let Some(status) = child.try_wait()? {
            break Some(status);
        }
        if started.elapsed() > PATIENCE {
            child.kill()?;
            child.wait()?;
            break None;
        }
        std::thread::sleep(POLL);
    };
    Ok(Run {
        status,
        time: busy.unwrap_or_else(|| started.elapsed()),
        peak,
    })
}

/// What all threads of the process have had of a processor: other processes that want it do not count.
fn processor_time(about: &Path) -> Option<Duration> {
    // proc(5): the fields behind the name in brackets begin with the third; 14 and 15 are hundredths of a second.
    let text = fs::read_to_string(about.join("stat")).ok()?;
    let (_, fields) = text.rsplit_once(')')?;
    let ticks = |field: usize| fields.split_whitespace().nth(field - 3)?.parse::<u64>().ok();
    Some(Duration::from_millis((ticks(14)? + ticks(15)?) * 10))
}

/// The largest resident size so far, in megabytes.
fn high_water(about: &Path) -> Option<u64> {
    let text = fs::read_to_string(about.join("status")).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}
