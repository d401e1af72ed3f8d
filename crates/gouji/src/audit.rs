use std::io::Write;

use gouji_batch::{Analysed, Failure, Listing, SeriesAudit, Summary, analyse_each, list, rule_infos};
use gouji_report::{AuditObject, JunitReport, SarifReport, TerminalOptions, terminal, to_json_line};

use crate::args::{AuditArgs, Common, Format};
use crate::console::Console;
use crate::input::{inputs, threads};
use crate::run::status;

/// `gouji audit`.
pub fn audit(args: &AuditArgs, common: &Common, console: Console) -> anyhow::Result<u8> {
    let mut listing = list(&inputs(&args.inputs, console.lang)?, None);
    let mut summary = Summary::new(&mut listing);
    let mut out = console.out();
    let lang = console.lang;
    let mut report = match args.format {
        Format::Text | Format::Json => Report::Lines,
        Format::Sarif => Report::Sarif(SarifReport::new(lang, &rule_infos(lang), env!("CARGO_PKG_VERSION"))),
        Format::Junit => Report::Junit(JunitReport::new(lang, args.fail_on.least())),
    };
    let options = TerminalOptions {
        // The stream takes the colours out again where they are not wanted.
        color: true,
        lang,
        ..TerminalOptions::default()
    };
    let print = |object: &AuditObject| -> Result<String, serde_json::Error> {
        Ok(match args.format {
            Format::Json => to_json_line(object)?,
            Format::Text => terminal(object, &options),
            Format::Sarif | Format::Junit => String::new(),
        })
    };
    // A line of JSON keeps the record's path; every other form names the file as the caller's folder knows it.
    let print = |object: &mut AuditObject| match args.format {
        Format::Json => print(object),
        Format::Text | Format::Sarif | Format::Junit => at_its_place(object, &listing, print),
    };
    let make = |mut done: Analysed| -> Result<(AuditObject, String), serde_json::Error> {
        let text = print(&mut done.object)?;
        Ok((done.object, text))
    };
    let mut series = SeriesAudit::default();
    analyse_each(&listing, threads(common), make, |entry, made| -> anyhow::Result<()> {
        match made {
            Ok(made) => {
                let (mut object, mut text) = made?;
                if series.hold(&mut object) {
                    text = print(&mut object)?;
                }
                summary.add(&object, false);
                out.write_all(text.as_bytes())?;
                at_its_place(&mut object, &listing, |object| report.push(object))?;
            }
            Err(cause) => summary.fail(Failure {
                path: entry.path.clone(),
                cause,
            }),
        }
        Ok(())
    })?;
    out.write_all(report.finish(&summary, &listing, console)?.as_bytes())?;
    out.flush()?;
    console.summary(&summary);
    Ok(status(&summary, args.fail_on))
}

/// Does something with a record that names its file as the caller's folder knows it.
fn at_its_place<T>(object: &mut AuditObject, listing: &Listing, work: impl FnOnce(&AuditObject) -> T) -> T {
    let given = listing.given(&object.source.path);
    let own = std::mem::replace(&mut object.source.path, given);
    let done = work(object);
    object.source.path = own;
    done
}

/// What is printed when all documents are done; lines are printed as they come.
enum Report {
    Lines,
    Sarif(SarifReport),
    Junit(JunitReport),
}

impl Report {
    fn push(&mut self, object: &AuditObject) -> anyhow::Result<()> {
        match self {
            Self::Lines => {}
            Self::Sarif(report) => report.push(object),
            Self::Junit(report) => report.push(object)?,
        }
        Ok(())
    }

    fn finish(self, summary: &Summary, listing: &Listing, console: Console) -> anyhow::Result<String> {
        let failures = summary.failures.iter().map(|failure| gouji_report::Failure {
            path: listing.given(&failure.path),
            ..failure.record(console.lang)
        });
        match self {
            Self::Lines => Ok(String::new()),
            Self::Sarif(mut report) => {
                failures.for_each(|failure| report.push_failure(&failure));
                Ok(report.finish()?)
            }
            Self::Junit(mut report) => {
                for failure in failures {
                    report.push_failure(&failure)?;
                }
                Ok(report.finish()?)
            }
        }
    }
}
