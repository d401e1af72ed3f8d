use std::io::Write as _;

use gouji_batch::{Analysed, Failure, Summary, analyse_each, list};
use gouji_report::{AuditObject, TerminalOptions, terminal, to_json_line};

use crate::args::{AuditArgs, Common, Format};
use crate::console::Console;
use crate::input::{inputs, threads};
use crate::run::status;

/// `gouji audit`.
pub fn audit(args: &AuditArgs, common: &Common, console: Console) -> anyhow::Result<u8> {
    let mut listing = list(&inputs(&args.inputs)?, None);
    let mut summary = Summary::new(&mut listing);
    let mut out = console.out();
    let options = TerminalOptions {
        // The stream takes the colours out again where they are not wanted.
        color: true,
        lang: console.lang,
        ..TerminalOptions::default()
    };
    let make = |done: Analysed| -> Result<(AuditObject, String), serde_json::Error> {
        let text = match args.format {
            Format::Json => to_json_line(&done.object)?,
            Format::Text => terminal(&done.object, &options),
            Format::Sarif | Format::Junit => String::new(),
        };
        Ok((done.object, text))
    };
    analyse_each(&listing, threads(common), make, |entry, made| -> anyhow::Result<()> {
        match made {
            Ok(made) => {
                let (object, text) = made?;
                summary.add(&object, false);
                out.write_all(text.as_bytes())?;
            }
            Err(cause) => summary.fail(Failure {
                path: entry.path.clone(),
                cause,
            }),
        }
        Ok(())
    })?;
    out.flush()?;
    console.summary(&summary);
    Ok(status(&summary, args.fail_on))
}
