//! The files of the output folder that tell of all documents.
//!
//! Each is written under a temporary name while the documents come in, in the order of their paths, and moved to its
//! place when all are done: until then the results of the last run stand.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use gouji_report::{AuditObject, Lang, to_json_line};

use crate::store::{DOCX_FOLDER, Pending, RECORDS, Store, WORK_FOLDER};
use crate::{RunError, Summary};

const FAILURES: &str = "failures.jsonl";
const HTML: &str = "report.html";
const WORKBOOK: &str = "findings.xlsx";
const DATABASE: &str = "gouji.sqlite";

/// The files being written.
pub(crate) struct Outputs {
    lang: Lang,
    records: Pending,
    failures: Pending,
}

impl Outputs {
    /// Everything that a run puts into its output folder.
    pub(crate) fn names() -> impl Iterator<Item = &'static str> {
        [DOCX_FOLDER, WORK_FOLDER, RECORDS, FAILURES, HTML, WORKBOOK, DATABASE].into_iter()
    }

    pub(crate) fn start(store: &Store, lang: Lang) -> Result<Self, RunError> {
        Ok(Self {
            lang,
            records: store.create(RECORDS).map_err(RunError::output)?,
            failures: store.create(FAILURES).map_err(RunError::output)?,
        })
    }

    /// Adds the next document: `line` is its record without the line end.
    pub(crate) fn add(&mut self, line: &str, object: &AuditObject) -> Result<(), RunError> {
        writeln!(self.records.writer, "{line}").map_err(RunError::output)?;
        let _ = object;
        Ok(())
    }

    /// Writes what comes last and moves all to their places.
    pub(crate) fn finish(mut self, summary: &Summary, out: &Path) -> Result<(), RunError> {
        for failure in &summary.failures {
            let line = to_json_line(&failure.record(self.lang)).map_err(RunError::report)?;
            self.failures
                .writer
                .write_all(line.as_bytes())
                .map_err(RunError::output)?;
        }
        let place = |name: &str| -> PathBuf { out.join(name) };
        self.failures.finish(&place(FAILURES)).map_err(RunError::output)?;
        self.records.finish(&place(RECORDS)).map_err(RunError::output)
    }
}
