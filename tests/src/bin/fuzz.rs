//! `fuzz TARGET|all [--seconds S] [--seed N] [--case K] [--out DIR]`: damaged documents, case after case.
//!
//! A case that panics, breaks a promise, takes longer of the processor than [`MAX_TIME`] or more memory than [`MAX_MEGABYTES`] is written
//! to DIR as `TARGET-SEED-CASE.EXTENSION`. With `--case` only that one is made, written and probed. Should the process
//! die (a stack that overflows), `DIR/TARGET.current` names the case.
#![allow(
    clippy::disallowed_methods,
    reason = "a tool of the tests that writes files and takes the time"
)]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "its output is what it found")]

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use std::{fs, io, panic, thread};

use gouji_batch::limits::WORKER_STACK_BYTES;
use gouji_tests::fuzz::{Corpus, Target, input, probe};

const USAGE: &str = "usage: fuzz TARGET|all [--seconds S] [--seed N] [--case K] [--out DIR]";
const MAX_TIME: Duration = Duration::from_secs(20);
const MAX_MEGABYTES: u64 = 500;
/// Failures after which a target ends: they are mostly one and the same.
const MAX_FAILURES: usize = 20;

struct Asked {
    targets: Vec<Target>,
    seconds: u64,
    seed: u64,
    case: Option<u64>,
    out: PathBuf,
}

fn main() -> ExitCode {
    let Some(asked) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    // The stack of the workers that read documents.
    let work = thread::Builder::new()
        .stack_size(WORKER_STACK_BYTES)
        .spawn(move || run(&asked));
    match work.map(thread::JoinHandle::join) {
        Ok(Ok(Ok(0))) => ExitCode::SUCCESS,
        Ok(Ok(Err(error))) | Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
        Ok(_) => ExitCode::FAILURE,
    }
}

fn arguments() -> Option<Asked> {
    let mut asked = Asked {
        targets: Vec::new(),
        seconds: 60,
        seed: 1,
        case: None,
        out: PathBuf::from("target/fuzz"),
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--seconds" => asked.seconds = arguments.next()?.parse().ok()?,
            "--seed" => asked.seed = arguments.next()?.parse().ok()?,
            "--case" => asked.case = Some(arguments.next()?.parse().ok()?),
            "--out" => asked.out = PathBuf::from(arguments.next()?),
            "all" => asked.targets = Target::ALL.to_vec(),
            name => asked.targets.push(Target::named(name)?),
        }
    }
    (!asked.targets.is_empty()).then_some(asked)
}

/// How many cases failed.
fn run(asked: &Asked) -> io::Result<usize> {
    fs::create_dir_all(&asked.out)?;
    let corpus = Corpus::load()?;
    // Of a single case one wants to know where.
    let is_single = asked.case.is_some();
    panic::set_hook(Box::new(move |panic| {
        if let Some(location) = panic.location().filter(|_| is_single) {
            eprintln!("{location}");
        }
    }));
    let mut n_failed = 0;
    for target in &asked.targets {
        n_failed += fuzz(*target, &corpus, asked)?;
    }
    Ok(n_failed)
}

fn fuzz(target: Target, corpus: &Corpus, asked: &Asked) -> io::Result<usize> {
    let current = asked.out.join(format!("{target}.current"));
    let started = Instant::now();
    let limit = Duration::from_secs(asked.seconds);
    let (mut n_failed, mut n_cases, mut slowest) = (0, 0_u64, (Duration::ZERO, 0));
    let busy = processor_time().unwrap_or_default();
    let first = asked.case.unwrap_or(0);
    for case in first.. {
        if (n_cases > 0 && (asked.case.is_some() || started.elapsed() >= limit)) || n_failed >= MAX_FAILURES {
            break;
        }
        n_cases += 1;
        let bytes = input(target, corpus, asked.seed, case);
        fs::write(&current, format!("{target} --seed {} --case {case}\n", asked.seed))?;
        reset_peak();
        let (began, busy) = (Instant::now(), processor_time());
        let mut outcome = probe(target, &bytes);
        let took = match (busy, processor_time()) {
            (Some(from), Some(to)) => to.saturating_sub(from),
            _ => began.elapsed(),
        };
        if took > slowest.0 {
            slowest = (took, case);
        }
        if outcome.is_ok() && took > MAX_TIME {
            outcome = Err(format!("{} s", took.as_secs()));
        }
        if let (Ok(()), Some(peak)) = (&outcome, peak())
            && peak > MAX_MEGABYTES
        {
            outcome = Err(format!("{peak} MB"));
        }
        if let Err(what) = &outcome {
            n_failed += 1;
            println!("{target} case {case}: {what}");
        }
        if outcome.is_err() || asked.case.is_some() {
            let name = format!("{target}-{}-{case}.{}", asked.seed, target.extension());
            fs::write(asked.out.join(name), &bytes)?;
        }
    }
    fs::remove_file(&current)?;
    println!(
        "{target:<12} seed {} {n_cases:>8} cases {:>5} s of the processor {n_failed:>3} failed, slowest {} ms (case {})",
        asked.seed,
        processor_time().unwrap_or_default().saturating_sub(busy).as_secs(),
        slowest.0.as_millis(),
        slowest.1,
    );
    Ok(n_failed)
}

/// Linux: what this thread has had of a processor; others that want it do not count.
fn processor_time() -> Option<Duration> {
    let text = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// Linux: lets the peak of memory begin anew. Elsewhere nothing happens.
fn reset_peak() {
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// Linux: the largest resident size since, in megabytes.
fn peak() -> Option<u64> {
    let text = fs::read_to_string(Path::new("/proc/self/status")).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes / 1024)
}
