use gouji_batch::{Input, RunOptions, Summary};

use crate::args::{Common, FailOn, RunArgs};
use crate::config::write_options;
use crate::console::Console;
use crate::input::threads;
use crate::{FOUND, UNDONE};

/// `gouji run`.
pub fn run(args: &RunArgs, common: &Common, console: Console) -> anyhow::Result<u8> {
    let inputs: Vec<Input> = args.inputs.iter().cloned().map(Input::Path).collect();
    let options = RunOptions {
        threads: threads(common),
        lang: console.lang,
        fresh: args.fresh,
        write: write_options(common, args.keep_text, console.lang)?,
        annotate: args.annotate,
    };
    let summary = console
        .with_progress(|report| gouji_batch::run(&inputs, &args.out, &options, report))
        .map_err(|error| anyhow::anyhow!("{}: {}", args.out.display(), error.message(console.lang)))?;
    console.summary(&summary);
    console.look_at(&args.out);
    Ok(status(&summary, args.fail_on))
}

/// The exit status: a document that could not be read weighs more than a finding.
pub fn status(summary: &Summary, fail_on: FailOn) -> u8 {
    if !summary.failures.is_empty() {
        UNDONE
    } else if fail_on.least().is_some_and(|least| summary.findings_from(least) > 0) {
        FOUND
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use gouji_batch::{Cause, Failure};
    use gouji_report::Severity;

    use super::*;

    #[test]
    fn the_status_says_the_worst() {
        let mut summary = Summary::default();
        assert_eq!(status(&summary, FailOn::Note), 0);
        summary.totals.findings.insert(Severity::Warning, 1);
        assert_eq!(status(&summary, FailOn::Error), 0);
        assert_eq!(status(&summary, FailOn::Warning), 1);
        assert_eq!(status(&summary, FailOn::Note), 1);
        assert_eq!(status(&summary, FailOn::Never), 0);
        summary.fail(Failure {
            path: "a".to_owned(),
            cause: Cause::Missing,
        });
        assert_eq!(status(&summary, FailOn::Never), 2);
    }
}
