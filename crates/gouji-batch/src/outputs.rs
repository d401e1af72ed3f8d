//! The files of the output folder that tell of all documents.
//!
//! Each is written under a temporary name while the documents come in, in the order of their paths, and moved to its
//! place when all are done: until then the results of the last run stand.

use std::io::Write as _;
use std::path::Path;
use std::{fs, io};

use gouji_report::{AuditObject, HtmlReport, Lang, RuleInfo, SqliteReport, WorkbookReport, to_json_line};
use rusqlite::Connection;

use crate::store::{DOCX_FOLDER, Pending, RECORDS, Store, WORK_FOLDER};
use crate::{RunError, Summary};

const FAILURES: &str = "failures.jsonl";
const HTML: &str = "report.html";
const WORKBOOK: &str = "findings.xlsx";
const DATABASE: &str = "gouji.sqlite";

/// Everything that a run puts into its output folder.
pub(crate) const NAMES: [&str; 7] = [DOCX_FOLDER, WORK_FOLDER, RECORDS, FAILURES, HTML, WORKBOOK, DATABASE];

/// The files being written; the database's connection is the caller's, see [`connect`].
pub(crate) struct Outputs<'c> {
    lang: Lang,
    records: Pending,
    html: HtmlReport,
    workbook: WorkbookReport,
    database: SqliteReport<'c>,
}

/// Makes the database under its temporary name.
pub(crate) fn connect(store: &Store) -> Result<Connection, RunError> {
    Connection::open(store.tmp(DATABASE)).map_err(RunError::report)
}

impl<'c> Outputs<'c> {
    pub(crate) fn start(store: &Store, connection: &'c Connection, lang: Lang) -> Result<Self, RunError> {
        Ok(Self {
            lang,
            records: store.create(RECORDS).map_err(RunError::output)?,
            html: HtmlReport::new(lang, &rule_infos(lang)),
            workbook: WorkbookReport::new(lang).map_err(RunError::report)?,
            database: SqliteReport::new(connection).map_err(RunError::report)?,
        })
    }

    /// Adds the next document: `line` is its record without the line end.
    pub(crate) fn add(&mut self, line: &str, object: &AuditObject) -> Result<(), RunError> {
        writeln!(self.records.writer, "{line}").map_err(RunError::output)?;
        self.html.push(object);
        self.workbook.push(object).map_err(RunError::report)?;
        self.database.push(object).map_err(RunError::report)
    }

    /// Writes what comes last: the failures, and the files that are made in one piece. Then only names are missing.
    pub(crate) fn write(mut self, summary: &Summary, store: &Store) -> Result<Written, RunError> {
        let mut failures = store.create(FAILURES).map_err(RunError::output)?;
        for failure in summary.not_audited() {
            let record = failure.record(self.lang);
            let line = to_json_line(&record).map_err(RunError::report)?;
            failures.writer.write_all(line.as_bytes()).map_err(RunError::output)?;
            self.html.push_failure(&record);
            self.workbook.push_failure(&record).map_err(RunError::report)?;
            self.database.push_failure(&record).map_err(RunError::report)?;
        }
        let mut html = store.create(HTML).map_err(RunError::output)?;
        self.html.write_to(&mut html.writer).map_err(RunError::output)?;
        let mut workbook = store.create(WORKBOOK).map_err(RunError::output)?;
        let bytes = self.workbook.finish().map_err(RunError::report)?;
        workbook.writer.write_all(&bytes).map_err(RunError::output)?;
        self.database.finish().map_err(RunError::report)?;
        Ok(Written {
            records: self.records,
            others: [(FAILURES, failures), (HTML, html), (WORKBOOK, workbook)],
        })
    }
}

/// The files, complete under their temporary names.
pub(crate) struct Written {
    records: Pending,
    others: [(&'static str, Pending); 3],
}

impl Written {
    /// Moves all to their places; the database must be closed. The records come last, since what a later run
    /// remembers rests on them.
    pub(crate) fn publish(self, store: &Store, out: &Path) -> io::Result<()> {
        for (name, pending) in self.others {
            pending.finish(&out.join(name))?;
        }
        fs::rename(store.tmp(DATABASE), out.join(DATABASE))?;
        self.records.finish(&out.join(RECORDS))
    }
}

/// The rules as reports want to know them.
#[must_use]
pub fn rule_infos(lang: Lang) -> Vec<RuleInfo> {
    gouji_audit::registry()
        .iter()
        .map(|rule| RuleInfo {
            name: rule.name.to_owned(),
            title_zh: rule.title_zh.to_owned(),
            title_en: rule.title_en.to_owned(),
            severity: rule.severity.into(),
            help: match lang {
                Lang::Zh => rule.page_zh(),
                Lang::En => rule.page_en(),
            },
        })
        .collect()
}
