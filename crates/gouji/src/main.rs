//! The command line of gouji: arguments, streams, colours and the exit status.
//!
//! It is the only place that reads the environment and writes to the standard streams. Data goes to standard output,
//! everything else to standard error. Exit status: 0 nothing found, 1 findings, 2 something could not be done.

#![allow(
    clippy::disallowed_methods,
    reason = "this is the program that reads the environment; it touches no file itself"
)]

mod annotate;
mod args;
mod audit;
mod compose;
mod config;
mod console;
mod environment;
mod help;
mod input;
mod new;
mod parse;
mod rules;
mod run;
mod template;
mod wrong_call;

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _};

use args::{Cli, Command};
use console::Console;
use gouji_report::Lang;
use mimalloc::MiMalloc;

/// A large table takes and frees hundreds of megabytes; an allocator that gives each back to the system pays for it in page
/// faults, a third of the time of reading a large workbook.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Something could not be done.
const UNDONE: u8 = 2;
/// There are findings.
const FOUND: u8 = 1;

fn main() -> ExitCode {
    keep_panics_of_documents_quiet();
    let args: Vec<OsString> = std::env::args_os().collect();
    let lang = environment::lang(&args);
    let command = help::localised(Cli::command(), lang);
    let cli = match command
        .try_get_matches_from(args)
        .and_then(|matches| Cli::from_arg_matches(&matches))
    {
        Ok(cli) => cli,
        Err(error) => {
            let chinese = (lang == Lang::Zh).then(|| wrong_call::in_chinese(&error)).flatten();
            let _ = match chinese {
                Some(said) => io::stderr().lock().write_all(said.as_bytes()),
                None => error.print(),
            };
            return if error.use_stderr() {
                UNDONE.into()
            } else {
                ExitCode::SUCCESS
            };
        }
    };
    let console = Console {
        lang,
        color: environment::color(cli.common.color),
        quiet: cli.common.quiet,
    };
    match dispatch(&cli, console) {
        Ok(code) => code.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            console.complain(&format!("{error:#}"));
            UNDONE.into()
        }
    }
}

fn dispatch(cli: &Cli, console: Console) -> anyhow::Result<u8> {
    // A script that the shell is to load, and what looks at no circular, go without.
    if cli.common.config.is_some() || matches!(cli.command, Command::Audit(_) | Command::Parse(_) | Command::New(_)) {
        config::check(&cli.common, console.lang)?;
    }
    match &cli.command {
        Command::Run(args) => run::run(args, &cli.common, console),
        Command::Audit(args) => audit::audit(args, &cli.common, console),
        Command::Parse(args) => parse::parse(args, &cli.common, console),
        Command::Compose(args) => compose::compose(args, &cli.common, console),
        Command::New(args) => new::new(args, console),
        Command::Annotate(args) => annotate::annotate(args, &cli.common, console),
        Command::Rules => rules::list(console),
        Command::Explain(args) => rules::explain(&args.rule, console),
        Command::Schema => {
            let mut out = console.out();
            writeln!(out, "{:#}", gouji_report::schema())?;
            out.flush()?;
            Ok(0)
        }
        Command::Completions(args) => {
            let mut script = Vec::new();
            clap_complete::generate(args.shell, &mut Cli::command(), "gouji", &mut script);
            io::stdout().lock().write_all(&script)?;
            Ok(0)
        }
    }
}

/// Whoever read the output has seen enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

/// A panic while a document is worked on is that document's failure, and is reported as such in the summary.
fn keep_panics_of_documents_quiet() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(gouji_batch::WORKER_NAME) {
            default(info);
        }
    }));
}
