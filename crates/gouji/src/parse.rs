use std::io::Write as _;

use gouji_batch::{Failure, Summary, analyse_each, list};
use gouji_report::{RecordLine, to_json_line};

use crate::UNDONE;
use crate::args::{Common, ParseArgs};
use crate::console::Console;
use crate::input::{inputs, threads};

/// `gouji parse`.
pub fn parse(args: &ParseArgs, common: &Common, console: Console) -> anyhow::Result<u8> {
    let mut listing = list(&inputs(&args.inputs, console.lang)?, None);
    let mut summary = Summary::new(&mut listing);
    let mut out = console.out();
    analyse_each(
        &listing,
        threads(common),
        |done| to_json_line(&RecordLine::from(done.object)),
        |entry, line| -> anyhow::Result<()> {
            match line {
                Ok(line) => {
                    summary.totals.documents += 1;
                    out.write_all(line?.as_bytes())?;
                }
                Err(cause) => summary.fail(Failure {
                    path: entry.path.clone(),
                    cause,
                }),
            }
            Ok(())
        },
    )?;
    out.flush()?;
    console.counts(&summary);
    Ok(if summary.failures.is_empty() { 0 } else { UNDONE })
}
